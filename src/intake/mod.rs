//! Files -> flows, stored in a job's file, in one streaming pass.
//!
//! Rows of a contract that stand together are closed and stored as they stream
//! by. A key that comes back later withdraws what was stored under it; those
//! keys are gathered in further passes, some thousand at a time, so that memory
//! grows by a few bytes a contract and no more. `check` and `run` both come
//! this way: what the one accepts the other accepts.

mod odd_rows;
pub mod plan;
pub mod rows;
mod sheet_survey;
mod sheets;
mod store;
mod survey;
pub mod understood;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::ControlFlow;

use crate::contract::build::{Context, SourceRow};
use crate::contract::layout::Layout;
use crate::domain::file::FileError;
use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::{Problem, Rule};
use crate::journal::{JobFile, JournalError, SheetRecord};

use odd_rows::Verdict;
use plan::Plan;
use rows::{NumberedRow, Seen, each_row};
use survey::Survey;
pub use survey::Surveyed;

/// What to do with rows that nobody can see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HiddenRows {
    #[default]
    Ask,
    Skip,
    Send,
}

pub struct ImportOptions<'a> {
    pub context: Context,
    pub hidden_rows: HiddenRows,
    /// Bytes that a flow may have, so that a request with it alone can be sent.
    pub flow_bytes: u64,
    /// Keyed: contents are personal data.
    pub hash: &'a dyn Fn(&[&[u8]]) -> [u8; 32],
    /// Where the claims of a sender's contracts count.
    pub realm: &'a dyn Fn(&Sender) -> String,
    /// Someone wants to stop: asked once in a while.
    pub is_over: &'a dyn Fn() -> bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("someone wanted to stop")]
    Stopped,
}

/// Rows between two looks whether someone wants to stop.
const LOOK_EVERY: i64 = 256;
/// Contracts gathered in one further pass.
const BATCH: usize = 20_000;

/// Reads a plan into a job's file and seals it.
pub fn import(plan: &Plan, options: &ImportOptions<'_>, file: &JobFile) -> Result<Surveyed, ImportError> {
    for (sheet, source) in (0_u32..).zip(&plan.sources) {
        file.add_sheet(&SheetRecord {
            sheet,
            file: source.file.to_string(),
            name: source.name.as_deref().map(str::to_owned),
            headers: source.mapping.headers.iter().map(|header| header.to_string()).collect(),
            header_row: source.mapping.header_row,
            above: source.above.clone(),
            widths: source.workbook.sheets().get(source.sheet).map_or(Vec::new(), |own| own.widths.clone()),
        })?;
    }
    let mut import = Import {
        plan,
        options,
        file,
        groups: HashMap::new(),
        templates: HashMap::new(),
        realms: HashMap::new(),
        seen: Seen::default(),
        again: Vec::new(),
        keyless: HashMap::new(),
        unnamed: HashSet::new(),
        stem: plan.stem(),
        survey: Survey::new(plan, options.hidden_rows == HiddenRows::Skip),
    };
    for problem in &plan.told {
        file.add_problem(None, problem)?;
    }
    import.first_pass()?;
    let again = std::mem::take(&mut import.again);
    for batch in again.chunks(BATCH) {
        if (options.is_over)() {
            return Err(ImportError::Stopped);
        }
        import.gather(batch)?;
    }
    let surveyed = import.survey.finish();
    for problem in &surveyed.problems {
        file.add_problem(None, problem)?;
    }
    file.seal()?;
    Ok(surveyed)
}

/// Rows of one contract with their places.
type Members = Vec<(i64, SourceRow)>;

struct Import<'a> {
    plan: &'a Plan,
    options: &'a ImportOptions<'a>,
    file: &'a JobFile,
    groups: HashMap<(Sender, String), u32>,
    templates: HashMap<String, u32>,
    /// By group.
    realms: HashMap<u32, String>,
    seen: Seen,
    /// Hashes of keys that a further pass gathers, in the input's order.
    again: Vec<u64>,
    /// Hash of the content of a contract without a key -> its row, and a hash of what is
    /// not sent of it.
    keyless: HashMap<u64, (u32, u32)>,
    /// Columns without a header that were told of.
    unnamed: HashSet<(usize, usize)>,
    /// The name of the input's first file, without its end.
    stem: String,
    survey: Survey<'a>,
}

/// The contract that the rows belong to, by key and first row.
type Last = Option<(String, SourceRow)>;

/// A contract whose rows are still coming.
struct Open {
    hash: u64,
    key: String,
    rows: Members,
}

impl Import<'_> {
    fn first_pass(&mut self) -> Result<(), ImportError> {
        let mut open: Option<Open> = None;
        let mut last: Last = None;
        each_row(self.plan, |numbered| {
            if numbered.ord % LOOK_EVERY == 0 && (self.options.is_over)() {
                return Err(ImportError::Stopped);
            }
            self.take_in(&mut open, &mut last, &numbered)?;
            Ok::<_, ImportError>(ControlFlow::Continue(()))
        })?;
        self.close(open)
    }

    fn take_in(
        &mut self,
        open: &mut Option<Open>,
        last: &mut Last,
        numbered: &NumberedRow<'_>,
    ) -> Result<(), ImportError> {
        self.store_row(numbered)?;
        self.tell_unnamed(numbered)?;
        match odd_rows::judge(numbered.row) {
            Verdict::Contract => self.survey.row(numbered),
            Verdict::Nothing | Verdict::NotMeant => {
                return self.leave_out(numbered.ord, None, Status::Skipped, &[]);
            }
            Verdict::NoContract(word) => {
                self.survey.odd(numbered.row, &word, true);
                return self.leave_out(numbered.ord, None, Status::Skipped, &[]);
            }
            Verdict::Doubtful(word) => {
                self.survey.odd(numbered.row, &word, false);
                return self.refuse_row(numbered.ord, numbered.row, Rule::RowNotAContract { word });
            }
        }
        let owner = self.owner_of(last, numbered.row);
        if self.plan.joined {
            return self.note_key(numbered, owner);
        }
        match owner {
            Some(key) => self.stream(open, key, numbered),
            None => self.close_alone(numbered.ord, numbered.row),
        }
    }

    fn store_row(&self, numbered: &NumberedRow<'_>) -> Result<(), ImportError> {
        let width = numbered.row.mapping.headers.len().max(numbered.row.row.cells.len());
        let mut cells: Vec<String> = (0..width).map(|column| numbered.row.row.cell(column).seen()).collect();
        while cells.len() > numbered.row.mapping.headers.len() && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        let sheet = u32::try_from(numbered.source).unwrap_or(u32::MAX);
        Ok(self.file.add_row(
            numbered.ord,
            sheet,
            numbered.row.row.number,
            numbered.row.row.hidden,
            &cells,
        )?)
    }

    fn key_of(&self, row: &SourceRow) -> Option<String> {
        row.key(&self.options.context.clock)
    }

    /// The key of the contract that a row belongs to. A row without a key below
    /// rows that have one is most likely one more signer of theirs: it goes with
    /// them, so that they never go without it.
    fn owner_of(&self, last: &mut Last, row: &SourceRow) -> Option<String> {
        if let Some(key) = self.key_of(row) {
            if last.as_ref().is_none_or(|(own, _)| *own != key) {
                *last = Some((key.clone(), row.clone()));
            }
            return Some(key);
        }
        let several_rows = matches!(row.mapping.layout, Layout::Long | Layout::Approvers);
        let continued = last.as_ref().filter(|(_, first)| {
            several_rows
                && first.is_of_the_sheet_of(row)
                && row.mapping.key_column().is_some()
                && row.may_continue(first)
        });
        let key = continued.map(|(key, _)| key.clone());
        if key.is_none() {
            *last = None;
        }
        key
    }

    /// A note beside the table, or a header that was deleted: who knows.
    fn tell_unnamed(&mut self, numbered: &NumberedRow<'_>) -> Result<(), ImportError> {
        let NumberedRow { row, source, .. } = numbered;
        let headers = &row.mapping.headers;
        // In a CSV values beyond the header are a matter of separators.
        let width = if self.plan.source_of(row).is_some_and(|source| source.width.is_some()) {
            headers.len()
        } else {
            row.row.cells.len()
        };
        for column in (0..width).filter(|column| headers.get(*column).is_none_or(|header| header.is_empty()))
        {
            if !row.row.cell(column).is_blank() && self.unnamed.insert((*source, column)) {
                let value = Some(row.row.cell(column).seen());
                self.file.add_problem(None, &self.problem(row, Some(column), value, Rule::ColumnUnnamed))?;
            }
        }
        Ok(())
    }

    fn hash_of(&self, key: &str) -> u64 {
        let hash = (self.options.hash)(&[b"key", key.as_bytes()]);
        u64::from_le_bytes([hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7]])
    }

    /// The joined layout: keys of contracts are numbered, approvers must have one.
    fn note_key(&mut self, numbered: &NumberedRow<'_>, key: Option<String>) -> Result<(), ImportError> {
        let rule = match (&key, numbered.row.mapping.layout) {
            (None, _) => Some(Rule::KeyMissing),
            (Some(key), Layout::Contracts) => {
                let hash = self.hash_of(key);
                if self.seen.get(hash).is_none() {
                    self.seen.store(hash, numbered.ord);
                    self.again.push(hash);
                }
                None
            }
            (Some(key), _) if self.seen.get(self.hash_of(key)).is_none() => {
                let contracts = self.plan.sources.first().and_then(|source| source.name.as_deref());
                Some(Rule::KeyUnknown { sheet: contracts.unwrap_or_default().to_owned() })
            }
            _ => None,
        };
        match rule {
            Some(rule) => self.refuse_row(numbered.ord, numbered.row, rule),
            None => Ok(()),
        }
    }

    fn stream(
        &mut self,
        open: &mut Option<Open>,
        key: String,
        numbered: &NumberedRow<'_>,
    ) -> Result<(), ImportError> {
        let member = (numbered.ord, numbered.row.clone());
        let wide = numbered.row.mapping.layout == Layout::Wide;
        if let Some(current) = open
            && current.key == key
            && !wide
            && current.rows.first().is_some_and(|(_, first)| first.is_of_the_sheet_of(numbered.row))
        {
            current.rows.push(member);
            return Ok(());
        }
        let finished = open.take();
        self.close(finished)?;
        let hash = self.hash_of(&key);
        match self.seen.get(hash) {
            // A negative number marks a key that is to be gathered anyway.
            Some(flow) if flow < 0 => {}
            Some(flow) => {
                self.survey.withdrawn(FlowNo(flow));
                self.file.withdraw_contract(FlowNo(flow))?;
                self.seen.store(hash, -1);
                self.again.push(hash);
            }
            None => *open = Some(Open { hash, key, rows: vec![member] }),
        }
        Ok(())
    }

    fn close(&mut self, open: Option<Open>) -> Result<(), ImportError> {
        let Some(Open { hash, rows, .. }) = open else { return Ok(()) };
        let flow = rows.first().map_or(0, |(ord, _)| *ord);
        self.seen.store(hash, flow);
        self.store(&rows, Vec::new())
    }

    /// A row without a key: a contract of its own, unless its layout needs one.
    fn close_alone(&mut self, ord: i64, row: &SourceRow) -> Result<(), ImportError> {
        let keyed = row.mapping.key_column().is_some();
        let mut extra = Vec::new();
        if keyed && row.mapping.layout != Layout::Wide && !self.spoilt_key(row) {
            extra.push(self.problem(row, row.mapping.key_column(), None, Rule::KeyMissing));
        }
        self.store(&[(ord, row.clone())], extra)
    }

    /// Then the cell has a problem of its own, and says so.
    fn spoilt_key(&self, row: &SourceRow) -> bool {
        row.mapping.key_column().is_some_and(|column| !row.row.cell(column).is_blank())
    }

    /// Collects the rows of those keys wherever they stand.
    fn gather(&mut self, hashes: &[u64]) -> Result<(), ImportError> {
        let wanted: HashSet<u64> = hashes.iter().copied().collect();
        let mut found: HashMap<String, Members> = HashMap::new();
        let mut last: Last = None;
        each_row(self.plan, |numbered| {
            if odd_rows::judge(numbered.row) == Verdict::Contract
                && let Some(key) = self.owner_of(&mut last, numbered.row)
                && wanted.contains(&self.hash_of(&key))
            {
                found.entry(key).or_default().push((numbered.ord, numbered.row.clone()));
            }
            Ok::<_, ImportError>(ControlFlow::Continue(()))
        })?;
        let in_order: BTreeMap<i64, Members> = found
            .into_values()
            .filter_map(|rows| rows.first().map(|(ord, _)| *ord).map(|first| (first, rows)))
            .collect();
        for rows in in_order.into_values() {
            let approvers_only =
                self.plan.joined && rows.iter().all(|(_, row)| row.mapping.layout == Layout::Approvers);
            if approvers_only {
                continue;
            }
            let first = rows.first().map(|(_, row)| row);
            let several_sheets =
                first.is_some_and(|first| rows.iter().any(|(_, row)| !row.is_of_the_sheet_of(first)));
            if several_sheets && !self.plan.joined {
                self.store_in_sheets(&rows)?;
                continue;
            }
            let wide = rows.iter().filter(|(_, row)| row.mapping.layout == Layout::Wide).count();
            if wide > 1 {
                self.store_twins(&rows)?;
            } else {
                self.store(&rows, Vec::new())?;
            }
        }
        Ok(())
    }

    fn problem(&self, row: &SourceRow, column: Option<usize>, value: Option<String>, rule: Rule) -> Problem {
        Problem { place: row.place(column), value, rule }
    }
}
