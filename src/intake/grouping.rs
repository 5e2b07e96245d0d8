//! Rows -> the rows of each contract, in the order of the input.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
use std::ops::{ControlFlow, Range};

use crate::contract::layout::Layout;
use crate::contract::source_row::{Meant, SourceRow};
use crate::contract::values::yes_no;
use crate::domain::field::FieldId;
use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::Rule;

use super::contracts::far_deadline;
use super::judge::{Court, Gathered, Judged, has_spoilt_key, problem};
use super::not_a_contract::{Verdict, remark};
use super::pipeline::Pipeline;
use super::plan::{Plan, Source};
use super::reader::each_row_beside;
use super::rows::{NumberedRow, Seen};
use super::sections::Sections;
use super::store::{Kept, Store};
use super::survey::{Survey, Surveyed};
use super::{HiddenRows, ImportError, ImportOptions};

/// Rows between two looks whether someone wants to stop.
const LOOK_EVERY: i64 = 256;
/// Contracts gathered in one further pass.
const BATCH: usize = 20_000;

/// In the place of a contract: its key came up again, so that it is to be gathered anyway.
const AGAIN: u32 = u32::MAX;

/// Rows of one contract.
type Members = Vec<SourceRow>;

pub struct Grouping<'a, 'scope> {
    plan: &'a Plan,
    options: &'a ImportOptions<'a>,
    court: &'a Court<'a>,
    pipeline: Pipeline<'scope>,
    store: Store<'scope>,
    /// Makes the hashes of keys: with a secret of its own each time, so that nobody can write a file of equal ones.
    hashes: RandomState,
    /// Hash of a key -> the place of the contract stored under it, or [`AGAIN`].
    seen: Seen<u32>,
    /// Hashes of keys that a further pass gathers, in the input's order.
    again: Vec<u64>,
    /// Columns without a header, of each source, that were not told of yet.
    unnamed: Vec<Unnamed>,
    survey: Survey<'a>,
    sections: Sections,
    /// With `--where`, the key of the last row that is meant.
    meant: Option<String>,
}

struct Unnamed {
    /// Below the header's width.
    inner: Vec<usize>,
    /// Columns behind the last header; of a CSV those that its lines have, values behind them are a
    /// matter of separators.
    beyond: Range<usize>,
    told: HashSet<usize>,
}

/// The contract that a row without a key may belong to.
struct Last {
    key: String,
    /// Its first row; None: the first of the contract that is open.
    first: Option<SourceRow>,
}

/// A contract whose rows are still coming.
struct Open {
    key: String,
    rows: Members,
}

/// A place in the input; no input has as many rows as [`AGAIN`].
fn place(ord: i64) -> u32 {
    u32::try_from(ord).unwrap_or(AGAIN)
}

impl<'a, 'scope> Grouping<'a, 'scope> {
    pub fn new(
        plan: &'a Plan,
        options: &'a ImportOptions<'a>,
        court: &'a Court<'a>,
        pipeline: Pipeline<'scope>,
        store: Store<'scope>,
    ) -> Self {
        let unnamed = plan.sources.iter().map(|source| {
            let headers = &source.mapping.headers;
            let inner = (0..headers.len()).filter(|at| headers[*at].is_empty()).collect();
            // A line of a CSV that has more values than that is told as one whose values may have moved.
            let end = source.width.unwrap_or(usize::MAX);
            Unnamed { inner, beyond: headers.len()..end, told: HashSet::new() }
        });
        let unnamed = unnamed.collect();
        let mut survey =
            Survey::new(plan, options.hidden_rows == HiddenRows::Skip, options.context.clock.today());
        survey.kept_people = options.people.then(Default::default);
        Self {
            plan,
            options,
            court,
            pipeline,
            store,
            hashes: RandomState::new(),
            seen: Seen::default(),
            again: Vec::new(),
            unnamed,
            survey,
            sections: Sections::of(plan),
            meant: None,
        }
    }

    /// Every row once: contracts whose rows stand together are stored.
    pub fn first_pass(&mut self) -> Result<(), ImportError> {
        let mut open: Option<Open> = None;
        let mut last: Option<Last> = None;
        each_row_beside(self.plan, |numbered| {
            if numbered.row.ord % LOOK_EVERY == 0 && (self.options.is_over)() {
                return Err(ImportError::Stopped);
            }
            self.take_in(&mut open, &mut last, numbered)?;
            // All of it will be read anew.
            let is_over = self.store.is_short();
            Ok::<_, ImportError>(if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        })?;
        self.close(open)?;
        self.drain()
    }

    /// The contracts whose rows stand apart.
    pub fn further_passes(&mut self) -> Result<(), ImportError> {
        if self.store.is_short() {
            return Ok(());
        }
        let again = std::mem::take(&mut self.again);
        for batch in again.chunks(BATCH) {
            if (self.options.is_over)() {
                return Err(ImportError::Stopped);
            }
            self.gather(batch)?;
        }
        self.drain()
    }

    fn take_in(
        &mut self,
        open: &mut Option<Open>,
        last: &mut Option<Last>,
        mut numbered: NumberedRow,
    ) -> Result<(), ImportError> {
        self.tell_unnamed(&numbered)?;
        let (verdict, title) = self.sections.judge(&numbered);
        let below = title.filter(|_| verdict == Verdict::Contract).cloned();
        if let Some(title) = below.filter(|_| !self.is_left_out(&numbered.row)) {
            self.survey.below.add(&title, &numbered.row);
        }
        if matches!(verdict, Verdict::Contract | Verdict::Doubtful(_)) {
            self.survey.conditions.meant();
        }
        match verdict {
            Verdict::Contract => {
                self.meant = if numbered.row.mapping.conditions.is_empty() {
                    None
                } else {
                    self.key_of(&numbered.row)
                };
                self.survey.row(&mut numbered);
            }
            Verdict::NotMeant(meant) => {
                self.survey.conditions.not_meant(&numbered.row);
                self.survey.passed_over(&numbered);
                return self.set_aside(open, last, numbered, meant);
            }
            Verdict::LeftOut(word) => {
                self.survey.left_out_as_said(&numbered, &word);
                return self.set_aside(open, last, numbered, Meant::No);
            }
            Verdict::Nothing => {
                if let Some(remark) = remark(&numbered.row) {
                    self.survey.odd(&numbered, &remark, true);
                }
                return self.leave_out(&numbered, None, Status::Skipped, None);
            }
            Verdict::NoContract(word) => {
                self.survey.odd(&numbered, &word, true);
                return self.leave_out(&numbered, None, Status::Skipped, None);
            }
            Verdict::OtherTable(columns) => {
                self.survey.other_table(&numbered, columns);
                return self.leave_out(&numbered, None, Status::Skipped, None);
            }
            Verdict::Doubtful(word) => {
                // One that is not to be sent anyway asks nothing: the template's example.
                if !self.is_left_out(&numbered.row) {
                    self.survey.odd(&numbered, &word, false);
                }
                return self.refuse_row(&numbered, Rule::RowNotAContract { word });
            }
        }
        let owner = self.owner_of(last, open.as_ref(), &numbered.row);
        if self.plan.joined {
            return self.note_key(last, numbered, owner);
        }
        match owner {
            Some(key) => self.stream(open, last, key, numbered),
            None => self.close_alone(numbered),
        }
    }

    /// A row that is left out because somebody has said so. It stays with its contract.
    fn set_aside(
        &mut self,
        open: &mut Option<Open>,
        last: &mut Option<Last>,
        mut numbered: NumberedRow,
        meant: Meant,
    ) -> Result<(), ImportError> {
        numbered.row.meant = meant;
        let owner = if stays_with_others(&numbered.row) {
            self.owner_of(last, open.as_ref(), &numbered.row)
        } else {
            None
        };
        if meant == Meant::Unsaid && owner.is_some() && owner == self.meant {
            self.survey.row(&mut numbered);
        }
        match owner {
            None => self.leave_out(&numbered, None, Status::Skipped, None),
            owner if self.plan.joined => self.note_key(last, numbered, owner),
            Some(key) => self.stream(open, last, key, numbered),
        }
    }

    fn key_of(&self, row: &SourceRow) -> Option<String> {
        row.key(&self.options.context.clock)
    }

    /// The key of the contract that a row belongs to. A row without a key below
    /// rows that have one is most likely one more signer of theirs: it goes with
    /// them, so that they never go without it.
    ///
    /// Where the key is a new one, whoever takes the row in hands `last` its first row.
    fn owner_of(&self, last: &mut Option<Last>, open: Option<&Open>, row: &SourceRow) -> Option<String> {
        let of_open = open.and_then(|open| open.rows.first());
        if let Some(key) = self.key_of(row) {
            // On another sheet the same number has a first row of its own there.
            let goes_on = last.as_ref().is_some_and(|last| {
                let first = last.first.as_ref().or(of_open);
                last.key == key && first.is_none_or(|first| first.is_of_the_sheet_of(row))
            });
            if !goes_on {
                *last = Some(Last { key: key.clone(), first: None });
            }
            return Some(key);
        }
        let several_rows = matches!(row.mapping.layout, Layout::Long | Layout::Approvers);
        let continued = last.as_ref().filter(|last| {
            last.first.as_ref().or(of_open).is_some_and(|first| {
                several_rows
                    && first.is_of_the_sheet_of(row)
                    && row.key_column().is_some()
                    && row.may_continue(first)
            })
        });
        let key = continued.map(|last| last.key.clone());
        if key.is_none() {
            *last = None;
        }
        key
    }

    /// A note beside the table, or a header that was deleted: who knows.
    fn tell_unnamed(&mut self, numbered: &NumberedRow) -> Result<(), ImportError> {
        let NumberedRow { row, source, .. } = numbered;
        let Some(unnamed) = self.unnamed.get_mut(*source) else { return Ok(()) };
        let cells = row.row.cells.len();
        let beyond = unnamed.beyond.start..cells.min(unnamed.beyond.end);
        if unnamed.inner.is_empty() && beyond.is_empty() {
            return Ok(());
        }
        for column in unnamed.inner.iter().copied().chain(beyond) {
            if !row.row.cell(column).is_blank() && unnamed.told.insert(column) {
                let value = Some(row.row.cell(column).seen());
                self.store.tell(problem(row, Some(column), value, Rule::ColumnUnnamed))?;
            }
        }
        Ok(())
    }

    fn hash_of(&self, key: &str) -> u64 {
        self.hashes.hash_one(key)
    }

    /// The joined layout: keys of contracts are numbered, approvers must have one.
    fn note_key(
        &mut self,
        last: &mut Option<Last>,
        numbered: NumberedRow,
        key: Option<String>,
    ) -> Result<(), ImportError> {
        let rule = match (&key, numbered.row.mapping.layout) {
            (None, _) => Some(Rule::KeyMissing),
            (Some(key), Layout::Contracts) => {
                let hash = self.hash_of(key);
                if self.seen.get_or_store(hash, place(numbered.row.ord)).is_none() {
                    self.again.push(hash);
                }
                None
            }
            (Some(key), _) if self.seen.get(self.hash_of(key)).is_none() => {
                let contracts = self.plan.sources.first();
                let name = |source: &Source| source.name.as_deref().unwrap_or(&source.file).to_owned();
                Some(Rule::KeyUnknown { sheet: contracts.map(name).unwrap_or_default() })
            }
            _ => None,
        };
        if let Some(rule) = rule {
            match numbered.row.meant != Meant::Yes {
                true => self.leave_out(&numbered, key, Status::Skipped, None)?,
                false => self.refuse_row(&numbered, rule)?,
            }
        }
        remember_first(last, numbered.row);
        Ok(())
    }

    fn stream(
        &mut self,
        open: &mut Option<Open>,
        last: &mut Option<Last>,
        key: String,
        numbered: NumberedRow,
    ) -> Result<(), ImportError> {
        let wide = numbered.row.mapping.layout == Layout::Wide;
        if let Some(current) = open
            && current.key == key
            && !wide
            && current.rows.first().is_some_and(|first| first.is_of_the_sheet_of(&numbered.row))
        {
            current.rows.push(numbered.row);
            return Ok(());
        }
        let finished = open.take();
        self.close(finished)?;
        let hash = self.hash_of(&key);
        if !wide {
            let hash_of = |key: &str| self.hashes.hash_one(key);
            let known = |hash: u64| self.seen.get(hash).is_some();
            self.survey.like_keys.add(&key, &numbered.row, hash, hash_of, known);
        }
        match self.seen.get_or_store(hash, place(numbered.row.ord)) {
            Some(flow) => {
                if flow != AGAIN {
                    let flow = FlowNo(i64::from(flow));
                    // It may be under way yet.
                    self.drain()?;
                    self.survey.withdrawn(flow);
                    self.survey.remarks.take(flow);
                    if let Some(deadline) = self.store.withdraw(flow)? {
                        self.survey.deadlines.take(deadline);
                    }
                    self.seen.store(hash, AGAIN);
                    self.again.push(hash);
                }
                remember_first(last, numbered.row);
            }
            None => *open = Some(Open { key, rows: vec![numbered.row] }),
        }
        Ok(())
    }

    fn close(&mut self, open: Option<Open>) -> Result<(), ImportError> {
        let Some(Open { rows, key }) = open else { return Ok(()) };
        if let [first, _, ..] = rows.as_slice() {
            self.survey.like_keys.joins(&key, first);
        }
        self.push(Gathered { rows, problems: Vec::new() })
    }

    /// A row without a key: a contract of its own, unless its layout needs one.
    fn close_alone(&mut self, numbered: NumberedRow) -> Result<(), ImportError> {
        let row = numbered.row;
        let mut problems = Vec::new();
        let keyed = row.key_column();
        if keyed.is_some() && row.mapping.layout != Layout::Wide && !has_spoilt_key(&row) {
            problems.push(problem(&row, keyed, None, Rule::KeyMissing));
        }
        self.push(Gathered { rows: vec![row], problems })
    }

    /// Collects the rows of those keys wherever they stand.
    fn gather(&mut self, hashes: &[u64]) -> Result<(), ImportError> {
        let wanted: HashSet<u64> = hashes.iter().copied().collect();
        let mut found: HashMap<String, Members> = HashMap::new();
        let mut last: Option<Last> = None;
        let mut sections = Sections::of(self.plan);
        each_row_beside(self.plan, |numbered| {
            let mut numbered = numbered;
            match sections.judge(&numbered).0 {
                Verdict::Contract => {}
                Verdict::NotMeant(meant) if stays_with_others(&numbered.row) => numbered.row.meant = meant,
                Verdict::LeftOut(_) if stays_with_others(&numbered.row) => numbered.row.meant = Meant::No,
                _ => return Ok::<_, ImportError>(ControlFlow::Continue(())),
            }
            let Some(key) = self.owner_of(&mut last, None, &numbered.row) else {
                return Ok(ControlFlow::Continue(()));
            };
            if wanted.contains(&self.hash_of(&key)) {
                remember_first(&mut last, numbered.row.clone());
                found.entry(key).or_default().push(numbered.row);
            } else {
                remember_first(&mut last, numbered.row);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let in_order: BTreeMap<i64, Members> = found
            .into_values()
            .filter_map(|rows| rows.first().map(|row| row.ord).map(|first| (first, rows)))
            .collect();
        for rows in in_order.into_values() {
            let approvers_only =
                self.plan.joined && rows.iter().all(|row| row.mapping.layout == Layout::Approvers);
            if approvers_only {
                continue;
            }
            let first = rows.first();
            let several_sheets =
                first.is_some_and(|first| rows.iter().any(|row| !row.is_of_the_sheet_of(first)));
            if several_sheets && !self.plan.joined {
                self.push_in_sheets(rows)?;
                continue;
            }
            let wide = rows.iter().filter(|row| row.mapping.layout == Layout::Wide).count();
            if wide > 1 {
                self.push_twins(rows)?;
            } else {
                if !self.plan.joined {
                    self.survey.apart.add(&rows);
                }
                self.push(Gathered { rows, problems: Vec::new() })?;
            }
        }
        Ok(())
    }

    /// In the wide layout a row is a contract, so one key names one row.
    fn push_twins(&mut self, rows: Members) -> Result<(), ImportError> {
        let first_row = rows.first().map_or(0, |row| row.row.number);
        let last_row = rows.last().map_or(0, |row| row.row.number);
        for (index, row) in rows.into_iter().enumerate() {
            let column = row.key_column();
            let other = if index == 0 { last_row } else { first_row };
            let value = column.map(|column| row.row.cell(column).seen());
            let told = problem(&row, column, value, Rule::KeyTwice { first_row: other });
            self.push(Gathered { rows: vec![row], problems: vec![told] })?;
        }
        Ok(())
    }

    /// People use 001 to 500 anew on each sheet: rows of two sheets are never
    /// put together into one contract.
    fn push_in_sheets(&mut self, rows: Members) -> Result<(), ImportError> {
        let mut parts: Vec<Members> = Vec::new();
        for row in rows {
            match parts.last_mut() {
                Some(part) if part.last().is_some_and(|last| last.is_of_the_sheet_of(&row)) => part.push(row),
                _ => parts.push(vec![row]),
            }
        }
        let is_meant = |part: &&Members| part.iter().any(|row| row.meant == Meant::Yes);
        let meant = parts.iter().filter(is_meant);
        let firsts: Vec<SourceRow> = meant.filter_map(|part| part.first()).cloned().collect();
        for rows in parts {
            let Some(first) = rows.first() else { continue };
            let other = firsts.iter().find(|other| !other.is_of_the_sheet_of(first));
            let Some(other) = other.filter(|_| rows.iter().any(|row| row.meant == Meant::Yes)) else {
                self.push(Gathered { rows, problems: Vec::new() })?;
                continue;
            };
            let column = first.key_column();
            let value = column.map(|column| first.row.cell(column).seen());
            let sheet = other.sheet.as_deref().unwrap_or_default().to_owned();
            let told = problem(first, column, value, Rule::KeyInSheets { sheet, row: other.row.number });
            self.push(Gathered { rows, problems: vec![told] })?;
        }
        Ok(())
    }

    /// Somebody has said that it is not to be sent.
    fn is_left_out(&self, row: &SourceRow) -> bool {
        let send = row.mapping.compiled().column_of(FieldId::Send);
        let said_no = send.is_some_and(|column| yes_no(&row.row.cell(column).seen()) == Some(false));
        said_no || (row.row.hidden && self.options.hidden_rows == HiddenRows::Skip)
    }

    fn refuse_row(&mut self, numbered: &NumberedRow, rule: Rule) -> Result<(), ImportError> {
        let key = self.key_of(&numbered.row);
        match self.is_left_out(&numbered.row) {
            true => self.leave_out(numbered, key, Status::Skipped, None),
            false => self.leave_out(numbered, key, Status::Invalid, Some(rule)),
        }
    }

    /// A row that is no contract has its line in the report all the same.
    fn leave_out(
        &mut self,
        numbered: &NumberedRow,
        key: Option<String>,
        status: Status,
        rule: Option<Rule>,
    ) -> Result<(), ImportError> {
        let row = &numbered.row;
        self.keep(Judged {
            rows: vec![self.court.row(row, true)],
            flow_no: FlowNo(row.ord),
            key,
            name: String::new(),
            status: Some(status),
            unsent_claim: None,
            flow: None,
            problems: rule.map(|rule| problem(row, None, None, rule)).into_iter().collect(),
            origins: Vec::new(),
            twice: None,
        })
    }

    fn push(&mut self, gathered: Gathered) -> Result<(), ImportError> {
        for judged in self.pipeline.push(gathered) {
            self.keep(judged)?;
        }
        Ok(())
    }

    fn keep(&mut self, mut judged: Judged) -> Result<(), ImportError> {
        let flow_no = judged.flow_no;
        let sent = judged.flow.as_mut();
        let sent = sent.map(|flow| (std::mem::take(&mut flow.signers), flow.remarks, flow.deadline));
        let kept = self.store.keep(judged)?;
        if let Some((signers, remarks, deadline)) = sent {
            self.survey.contract(flow_no, &signers, matches!(kept, Kept::Twin));
            self.survey.remarks.add(flow_no, remarks);
            self.survey.deadlines.add(deadline);
        }
        if let Kept::Differs(differs) = kept {
            self.survey.differs(&differs);
        }
        Ok(())
    }

    /// What the rows leave open.
    pub fn finish(self) -> Result<Surveyed, ImportError> {
        let mut surveyed = self.survey.finish();
        surveyed.problems.extend(far_deadline(self.plan, &self.options.context.clock, &surveyed.deadlines));
        // Where the templates are known, roles say who takes which place.
        if self.options.context.templates.were_asked() {
            surveyed
                .problems
                .retain(|problem| !matches!(problem.rule, Rule::RowsOutOfOrder { is_sent: true, .. }));
        }
        Ok(Surveyed { counted: self.store.finish()?, ..surveyed })
    }

    fn drain(&mut self) -> Result<(), ImportError> {
        for judged in self.pipeline.drain() {
            self.keep(judged)?;
        }
        Ok(())
    }
}

/// Whether several rows may be one contract, and this one says which.
fn stays_with_others(row: &SourceRow) -> bool {
    row.mapping.layout != Layout::Wide && row.key_column().is_some()
}

/// The row is the first of its contract, if that has none yet.
fn remember_first(last: &mut Option<Last>, row: SourceRow) {
    if let Some(last) = last {
        last.first.get_or_insert(row);
    }
}
