//! The rows of one contract, built and judged. Pure, so that it runs beside the reader
//! and the store.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::contract::build::{Builder, ContentOf, Context, Contract, Signer};
use crate::contract::form_values::FormKind;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::{Meant, SourceRow};
use crate::contract::values;
use crate::domain::cell::{Mark, Shown, Struck, Value};
use crate::domain::field::Kind;
use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, Status};
use crate::domain::origin::Origin;
use crate::domain::problem::{Problem, Rule};
use crate::domain::remark::Remarks;
use crate::journal::{Fingerprint, NUMBER, claim, fingerprint};

use super::plan::Plan;
use super::shared::Numbered;
use super::survey::hidden::asks_when_hidden;
use super::survey::likeness::unsent;
use super::{HiddenRows, ImportOptions, KeepRows, not_a_contract, origins, red_cells};

/// The rows of a contract, on their way to being judged.
pub struct Gathered {
    pub rows: Vec<SourceRow>,
    /// Found while they were gathered.
    pub problems: Vec<Problem>,
}

/// A contract as it is stored.
pub struct Judged {
    /// The place of its first row.
    pub flow_no: FlowNo,
    pub rows: Vec<JudgedRow>,
    pub key: Option<String>,
    pub name: String,
    /// `Invalid` or `Skipped`; None: to be sent.
    pub status: Option<Status>,
    pub unsent_claim: Option<Fingerprint>,
    pub flow: Option<JudgedFlow>,
    pub problems: Vec<Problem>,
    /// The failed contracts that it is, corrected.
    pub origins: Vec<Origin>,
    /// None: it has a key.
    pub twice: Option<Twice>,
}

/// What is told of a contract without a key if the very same came before it.
pub struct Twice {
    pub problem: Problem,
    pub sheet: usize,
    /// The number of its first row.
    pub row: u32,
    /// Hash of what is not sent of it.
    pub unsent: u32,
}

pub struct JudgedRow {
    pub ord: i64,
    pub sheet: u32,
    pub number: u32,
    pub hidden: bool,
    /// JSON array of what is seen; None: nobody needs it.
    pub cells: Option<String>,
    /// A column without a header has a value.
    pub unnamed: bool,
}

/// What there is of a contract that can be sent.
pub struct JudgedFlow {
    /// See [`Court::senders`].
    pub sender: u32,
    /// The value of the `--group-by` column.
    pub group: String,
    /// See [`Court::templates`].
    pub template: Option<u32>,
    /// Bytes on the wire.
    pub size: u64,
    /// None: nobody will send it.
    pub body: Option<Vec<u8>>,
    pub deadline: i64,
    pub relative: Option<String>,
    pub claim: Fingerprint,
    pub content: Fingerprint,
    pub likeness: Option<Fingerprint>,
    pub signers: Vec<Signer>,
    pub remarks: Remarks,
}

/// What judging needs, the same for every contract of an import.
pub struct Court<'a> {
    context: &'a Context,
    hidden_rows: HiddenRows,
    flow_bytes: u64,
    keep: KeepRows,
    hash: &'a (dyn Fn(&[&[u8]]) -> [u8; 32] + Sync),
    realm: &'a (dyn Fn(&Sender) -> String + Sync),
    /// None: nobody asks what the contracts resemble others by.
    stem: Option<&'a str>,
    sheets: Vec<SheetFacts>,
    pub senders: Numbered<Arc<Sender>>,
    pub templates: Numbered<String>,
}

struct SheetFacts {
    mapping: Arc<Mapping>,
    /// Of a CSV: how many fields its lines have.
    width: Option<usize>,
    /// The column that says which failed contract a row is.
    origin: Option<usize>,
    /// The column that says which cells of a row were red and may be as they were.
    red: Option<usize>,
    name: Option<Arc<str>>,
}

impl<'a> Court<'a> {
    pub fn new(plan: &Plan, options: &'a ImportOptions<'_>, stem: Option<&'a str>) -> Self {
        let sheet = |source: &super::plan::Source| SheetFacts {
            mapping: Arc::clone(&source.mapping),
            width: source.width,
            origin: origins::column(&source.mapping),
            red: red_cells::column(&source.mapping),
            name: source.name.clone(),
        };
        Self {
            context: &options.context,
            hidden_rows: options.hidden_rows,
            flow_bytes: options.limits.bytes,
            keep: options.keep_rows,
            hash: options.hash,
            realm: options.realm,
            stem,
            sheets: plan.sources.iter().map(sheet).collect(),
            senders: Numbered::default(),
            templates: Numbered::default(),
        }
    }

    pub fn judge(&'a self) -> Judge<'a> {
        // Where nothing was sent before, a contract with a number is compared with nothing.
        let content_of = if self.keep == KeepRows::Told { ContentOf::Keyless } else { ContentOf::All };
        let builder = Builder::new(self.context, self.stem, content_of);
        Judge { court: self, builder, from: None, template: None }
    }

    fn sheet_of(&self, row: &SourceRow) -> usize {
        let found = self.sheets.iter().position(|sheet| Arc::ptr_eq(&sheet.mapping, &row.mapping));
        found.unwrap_or_default()
    }

    pub fn name_of_sheet(&self, sheet: usize) -> Option<String> {
        self.sheets.get(sheet)?.name.as_deref().map(str::to_owned)
    }

    /// A row that is stored, with its cells where they are needed.
    pub fn row(&self, row: &SourceRow, bad: bool) -> JudgedRow {
        let kept = (bad || self.keep == KeepRows::All).then(|| cells_as_json(row));
        let (cells, unnamed) = kept.unzip();
        JudgedRow {
            ord: row.ord,
            sheet: u32::try_from(self.sheet_of(row)).unwrap_or(u32::MAX),
            number: row.row.number,
            hidden: row.row.hidden,
            cells,
            unnamed: unnamed.unwrap_or_default(),
        }
    }
}

/// JSON array of what is seen in a row's cells: as many as the header has, and more
/// where there is something. And whether a column without a header has a value.
pub fn cells_as_json(row: &SourceRow) -> (String, bool) {
    let filled = row.row.cells.iter().rposition(|cell| !cell.shows_nothing()).map_or(0, |last| last + 1);
    let headers = &row.mapping.headers;
    let width = headers.len().max(filled);
    let mut unnamed = filled > headers.len();
    let mut json = String::with_capacity(24 * width + 2);
    json.push('[');
    for column in 0..width {
        if column > 0 {
            json.push(',');
        }
        let seen = as_kept(row, column);
        unnamed |= !seen.is_empty() && headers.get(column).is_some_and(|header| header.is_empty());
        let plain = seen.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\');
        if plain {
            json.push('"');
            json.push_str(&seen);
            json.push('"');
        } else {
            // A text always has a JSON form.
            json.push_str(&serde_json::to_string(&*seen).unwrap_or_else(|_| "\"\"".to_owned()));
        }
    }
    json.push(']');
    (json, unnamed)
}

/// What is seen in a cell; where a date or a number could not be read again from that, `12月31日` or `3个月`, what
/// it is. A workbook to correct has it as a text.
fn as_kept(row: &SourceRow, column: usize) -> Cow<'_, str> {
    let cell = row.row.cell(column);
    let Shown::As(seen) = &cell.shown else { return cell.seen_ref() };
    if !matches!(cell.value, Value::DateTime(_) | Value::Number(_)) {
        return cell.seen_ref();
    }
    let own = row.mapping.compiled().columns.iter().find(|own| own.at == column);
    let (is_day, is_number) = own.map_or((false, false), |own| {
        let form = own.field.is_none().then_some(own.form.kind);
        (own.kind == Kind::Deadline || form == Some(FormKind::Date), form == Some(FormKind::Number))
    });
    match &cell.value {
        Value::DateTime(at) if is_day && !says_the_day(seen, at.date()) => {
            // A time of day that is not shown is not meant.
            let shows_time = seen.contains([':', '时', '点']) && at.time() != jiff::civil::Time::midnight();
            let form = if shows_time { "%Y-%m-%d %H:%M:%S" } else { "%Y-%m-%d" };
            Cow::Owned(at.strftime(form).to_string())
        }
        Value::Number(held) if is_number && !says_another_number(seen, *held) => Cow::Owned(cell.text()),
        _ => cell.seen_ref(),
    }
}

/// `2026年12月31日`, `2026/12/31 18:00`: year, month and day, in that order.
fn says_the_day(seen: &str, day: jiff::civil::Date) -> bool {
    let numbers = seen.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty());
    let mut numbers = numbers.map(|number| number.parse::<i16>().unwrap_or(0));
    let said = [numbers.next(), numbers.next(), numbers.next()];
    let is_bare = seen.chars().all(|c| c.is_ascii_digit() || "年月日号时点分秒-/.: ".contains(c));
    is_bare && said == [Some(day.year()), Some(day.month().into()), Some(day.day().into())]
}

/// A number that is seen as another one, 8000.456 as 8000, is sent as it is seen.
fn says_another_number(seen: &str, held: f64) -> bool {
    let bare = seen.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元').replace(',', "");
    bare.trim().parse::<f64>().is_ok_and(|shown| shown != held)
}

/// Judges one contract after the other.
pub struct Judge<'a> {
    court: &'a Court<'a>,
    builder: Builder<'a>,
    /// The sender before, which most contracts share.
    from: Option<From>,
    /// The template before, and its number.
    template: Option<(String, u32)>,
}

struct From {
    sender: Arc<Sender>,
    number: u32,
    realm: String,
}

impl Judge<'_> {
    pub fn judge(&mut self, gathered: &mut Gathered) -> Judged {
        let Gathered { rows, problems } = gathered;
        let mut extra = std::mem::take(problems);
        let contract = self.builder.build(rows);
        let origins = self.court.origins(rows, &mut extra);
        let mut judged = self.decide(contract, rows, extra);
        judged.origins = origins;
        judged.flow_no = FlowNo(rows.first().map_or(0, |row| row.ord));
        let bad = judged.status.is_some() || !judged.problems.is_empty() || judged.twice.is_some();
        let several = rows.len() > 1;
        if self.court.keep == KeepRows::Told && !bad && !several && judged.origins.is_empty() {
            // Nobody asks for them any more, and here is where they were made.
            (judged.key, judged.name) = (None, String::new());
        }
        // The first row of a contract is found by its place; the others have to be known.
        if bad || several || self.court.keep == KeepRows::All {
            judged.rows = rows.iter().map(|row| self.court.row(row, bad)).collect();
        }
        judged
    }

    fn decide(&mut self, mut contract: Contract, rows: &[SourceRow], mut problems: Vec<Problem>) -> Judged {
        let court = self.court;
        if is_left_out(rows) {
            return self.unsent(contract, Status::Skipped, Vec::new());
        }
        problems.extend(minus_a_row(rows, |row| row.meant == Meant::No));
        let hidden_skip = court.judge_hidden(rows, &mut problems);
        let struck_skip = court.judge_marks(rows, &mut problems);
        let hidden_skip = hidden_skip || struck_skip;
        let uneven: Vec<Problem> = rows.iter().filter_map(|row| court.uneven(row)).collect();
        if !uneven.is_empty() {
            // What else is wrong in such a line comes of it.
            let aside = |problem: &Problem| uneven.iter().any(|told| told.place.row == problem.place.row);
            contract.problems.retain(|problem| !aside(problem));
            problems.extend(uneven);
        }
        problems.extend(court.keys_missing(rows));
        problems.extend(court.keys_spoilt(rows));
        if let [row] = rows
            && contract.send
            && !hidden_skip
            && let Some(rule) = not_a_contract::continues(row)
                .or_else(|| not_a_contract::almost_empty(row))
                .or_else(|| not_a_contract::title_like(row))
        {
            return self.unsent(contract, Status::Invalid, vec![problem(row, None, None, rule)]);
        }
        if !contract.send && !contract.problems.iter().any(Problem::stops) || hidden_skip {
            return self.unsent(contract, Status::Skipped, Vec::new());
        }
        problems.append(&mut contract.problems);
        court.tell_unchanged(rows, &mut problems);
        let built = contract.flow.take().filter(|_| !problems.iter().any(Problem::stops));
        let Some(built) = built else {
            return self.unsent(contract, Status::Invalid, problems);
        };
        let size = built.body.len() as u64;
        if size > court.flow_bytes {
            let limit = usize::try_from(court.flow_bytes).unwrap_or(usize::MAX);
            if let Some(row) = rows.first() {
                problems.push(problem(row, None, None, Rule::TooLarge { limit, found: built.body.len() }));
            }
            contract.unsent = built.template_id.map(|template| (built.sender, template));
            return self.unsent(contract, Status::Invalid, problems);
        }
        let hash = court.hash;
        let compares = court.keep != KeepRows::Told;
        let content = match contract.key {
            Some(_) if !compares => Fingerprint::default(),
            _ => fingerprint(&hash(&[b"content", &contract.content])),
        };
        let template = court.within(built.template_id.as_deref().unwrap_or_default());
        let template = template.as_ref();
        let number = built.template_id.as_ref().map(|id| self.template_of(id));
        let from = self.from(&built.sender);
        let (sender, realm) = (from.number, from.realm.as_bytes());
        let claim = match &contract.key {
            _ if !compares => Fingerprint::default(),
            Some(key) => claim_of_key(hash, key, realm, template),
            None => claim(&hash(&[b"text", &content]), &hash(&[b"content", realm, &content, template])),
        };
        let likeness = built.likeness.map(|own| fingerprint(&hash(&[b"likeness", realm, &own])));
        let body = match court.keep {
            KeepRows::All => Some(built.body),
            KeepRows::Bad | KeepRows::Told => {
                self.builder.take_back(built.body);
                None
            }
        };
        let twice = rows.first().filter(|_| contract.key.is_none()).map(|row| Twice {
            // Which row is the first is known when it is stored.
            problem: problem(row, None, None, Rule::RowTwice { first_row: 0 }),
            sheet: court.sheet_of(row),
            row: row.row.number,
            unsent: unsent(rows),
        });
        Judged {
            flow_no: FlowNo(0),
            rows: Vec::new(),
            key: contract.key,
            name: contract.name,
            status: None,
            unsent_claim: None,
            flow: Some(JudgedFlow {
                sender,
                group: contract.group,
                template: number,
                size,
                body,
                deadline: built.deadline,
                relative: contract.relative,
                claim,
                content,
                likeness,
                signers: built.signers,
                remarks: built.remarks,
            }),
            problems,
            origins: Vec::new(),
            twice,
        }
    }

    /// A contract that is not to be sent, with the claim that it would have.
    fn unsent(&mut self, contract: Contract, status: Status, problems: Vec<Problem>) -> Judged {
        let court = self.court;
        let hash = court.hash;
        let unsent_claim = match (&contract.key, &contract.unsent) {
            _ if court.keep == KeepRows::Told => None,
            (Some(key), Some((sender, template))) if status == Status::Invalid => {
                let realm = self.from(sender).realm.as_bytes();
                let template = court.within(template);
                let template = template.as_ref();
                Some(claim_of_key(hash, key, realm, template))
            }
            _ => None,
        };
        Judged {
            flow_no: FlowNo(0),
            rows: Vec::new(),
            key: contract.key,
            name: contract.name,
            status: Some(status),
            unsent_claim,
            flow: None,
            problems,
            origins: Vec::new(),
            twice: None,
        }
    }

    fn from(&mut self, sender: &Arc<Sender>) -> &From {
        let known = self.from.take().filter(|own| Arc::ptr_eq(&own.sender, sender));
        let court = self.court;
        self.from.insert(known.unwrap_or_else(|| From {
            sender: Arc::clone(sender),
            number: court.senders.number_of(sender),
            realm: (court.realm)(sender),
        }))
    }

    fn template_of(&mut self, id: &String) -> u32 {
        match &self.template {
            Some((own, number)) if own == id => *number,
            _ => {
                let number = self.court.templates.number_of(id);
                self.template = Some((id.clone(), number));
                number
            }
        }
    }
}

impl Court<'_> {
    /// What a contract goes with that its rows need not say: its template, and the signers
    /// of the settings.
    fn within<'t>(&self, template: &'t str) -> Cow<'t, [u8]> {
        match self.context.defaults.fixed.mark.as_slice() {
            [] => Cow::Borrowed(template.as_bytes()),
            mark => Cow::Owned([template.as_bytes(), b"\0", mark].concat()),
        }
    }

    fn origins(&self, rows: &[SourceRow], told: &mut Vec<Problem>) -> Vec<Origin> {
        let mut origins = Vec::new();
        for row in rows {
            if let Some(column) = self.sheets.get(self.sheet_of(row)).and_then(|sheet| sheet.origin) {
                origins.extend(origins::read(row, column, told));
            }
        }
        origins
    }

    fn tell_unchanged(&self, rows: &[SourceRow], problems: &mut Vec<Problem>) {
        for row in rows {
            if let Some(column) = self.sheets.get(self.sheet_of(row)).and_then(|sheet| sheet.red) {
                problems.extend(red_cells::unchanged(row, column, problems));
            }
        }
    }

    /// Rows without a key that went with the contract above them.
    fn keys_missing(&self, rows: &[SourceRow]) -> Vec<Problem> {
        if rows.len() < 2 {
            return Vec::new();
        }
        let missing = |row: &&SourceRow| {
            row.mapping.key.is_none() && row.key(&self.context.clock).is_none() && !has_spoilt_key(row)
        };
        rows.iter()
            .filter(missing)
            .map(|row| problem(row, row.key_column(), None, Rule::KeyMissing))
            .collect()
    }

    /// With `--key`: what says that there is no value holds no rows together.
    fn keys_spoilt(&self, rows: &[SourceRow]) -> Vec<Problem> {
        let spoilt = |row: &SourceRow| {
            let column = row.mapping.key.filter(|key| row.mapping.column_of("contract_id") != Some(*key))?;
            let cell = row.row.cell(column);
            let parsed = values::parse(Kind::Key, cell, &self.context.clock);
            let rule = parsed.rules.into_iter().find(|rule| *rule == Rule::Placeholder)?;
            Some(problem(row, Some(column), Some(cell.seen()), rule))
        };
        rows.iter().filter_map(spoilt).collect()
    }

    /// Nobody wants to send what he cannot see, nor a contract minus a signer.
    fn judge_hidden(&self, rows: &[SourceRow], extra: &mut Vec<Problem>) -> bool {
        let Some(first) = rows.iter().find(|row| row.row.hidden) else { return false };
        // Whoever sends what is hidden sends the whole of it.
        let sends = matches!(self.hidden_rows, HiddenRows::Send);
        if let Some(shown) = rows.iter().find(|row| !row.row.hidden).filter(|_| !sends) {
            let other_row = shown.row.number;
            extra.push(problem(first, None, None, Rule::HiddenDiffers { other_row }));
            return false;
        }
        match self.hidden_rows {
            HiddenRows::Ask => extra.extend(rows.iter().map(|row| problem(row, None, None, Rule::RowHidden))),
            HiddenRows::Skip => return true,
            HiddenRows::Send => {}
        }
        false
    }

    /// What is struck through, or not shown at all, in cells that are used.
    fn judge_marks(&self, rows: &[SourceRow], told: &mut Vec<Problem>) -> bool {
        let mut skipped: HashSet<u32> = HashSet::new();
        for row in rows.iter().filter(|row| !row.row.marks.is_empty()) {
            let used: Vec<(usize, Mark)> = row
                .mapping
                .compiled()
                .columns
                .iter()
                .filter(|column| !row.row.cell(column.at).is_blank())
                .map(|column| (column.at, row.row.mark(column.at)))
                .collect();
            let all_struck = !used.is_empty() && used.iter().all(|(_, mark)| mark.struck == Struck::Whole);
            match self.hidden_rows {
                _ if !all_struck => {}
                HiddenRows::Ask => told.push(problem(row, None, None, Rule::RowStruck)),
                HiddenRows::Skip => drop(skipped.insert(row.row.number)),
                HiddenRows::Send => {}
            }
            for (column, mark) in used {
                let value = || Some(row.row.cell(column).text());
                if !all_struck && mark.struck != Struck::No {
                    told.push(problem(row, Some(column), value(), Rule::CellStruck));
                } else if mark.covered && row.key_column() != Some(column) {
                    told.push(problem(row, Some(column), value(), Rule::CellCovered));
                } else if mark.white && asks_when_hidden(&row.mapping, column) {
                    told.push(problem(row, Some(column), value(), Rule::CellWhite));
                } else if mark.unseen_zero {
                    told.push(problem(row, Some(column), value(), Rule::ZeroUnseen));
                }
            }
        }
        let is_skipped = |row: &SourceRow| skipped.contains(&row.row.number);
        told.extend(minus_a_row(rows, is_skipped));
        !rows.is_empty() && rows.iter().all(is_skipped)
    }

    /// Only a CSV has uneven rows.
    fn uneven(&self, row: &SourceRow) -> Option<Problem> {
        let width = self.sheets.get(self.sheet_of(row))?.width?;
        let rule = not_a_contract::uneven(row, width, &self.context.clock)?;
        Some(problem(row, None, None, rule))
    }
}

/// No row of it is meant, or the one that says what it is where those of its signers say nothing.
fn is_left_out(rows: &[SourceRow]) -> bool {
    let of_contract = |row: &SourceRow| row.meant == Meant::No && row.mapping.layout == Layout::Contracts;
    rows.iter().all(|row| row.meant != Meant::Yes) || rows.iter().any(of_contract)
}

/// A contract minus a signer is another contract.
fn minus_a_row(rows: &[SourceRow], is_out: impl Fn(&SourceRow) -> bool) -> Option<Problem> {
    let out = rows.iter().find(|row| is_out(row))?;
    let other = rows.iter().find(|row| !is_out(row) && row.meant == Meant::Yes)?;
    Some(problem(out, None, None, Rule::LeftOutDiffers { other_row: other.row.number }))
}

/// A key's cell with a problem of its own, which says so.
pub fn has_spoilt_key(row: &SourceRow) -> bool {
    row.key_column().is_some_and(|column| !row.row.cell(column).is_blank())
}

pub fn problem(row: &SourceRow, column: Option<usize>, value: Option<String>, rule: Rule) -> Problem {
    Problem { place: row.place(column), value, rule }
}

fn claim_of_key(
    hash: &dyn Fn(&[&[u8]]) -> [u8; 32],
    key: &str,
    realm: &[u8],
    template: &[u8],
) -> Fingerprint {
    let key = key.as_bytes();
    claim(&hash(&[NUMBER, key]), &hash(&[b"contract", realm, key, template]))
}
