//! What the rows of a sheet leave open, gathered while the import reads them: which rows
//! are one contract, what hidden columns bring, which rows are no contracts. It costs a
//! row next to nothing, and its memory does not grow with the rows (but for the values of
//! a column that somebody has named with `--key`).

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{Hash as _, Hasher as _};

use crate::contract::build::{Signer, SourceRow};
use crate::contract::columns::{Target, Whose, form_notes, plain_header};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::suggest::{KeyLike, is_serial, resembles_key};
use crate::contract::values;
use crate::contract::vocabulary::{GROUPS_OF_PEOPLE, PERSONAL};
use crate::domain::cell::{Cell, Shown, Value};
use crate::domain::field::{Kind, Level, by_name};
use crate::domain::job::FlowNo;
use crate::domain::problem::{Place, Problem, Rule};

use super::people::People;
use super::plan::{Plan, Source};
use super::rows::NumberedRow;
use super::store::Differs;

/// Rows that are named in a question.
const MOST_ROWS: usize = 8;
/// Different values of a column that looks like a key, of which is known where they stood.
const MOST_VALUES: usize = 1 << 17;
/// Rows of the first contract that are kept to show it.
const MOST_SIGNERS: usize = 50;
/// Rows in which a column is looked at for whether it tells them apart.
const MOST_COMPARED: usize = 4096;

pub struct Survey<'p> {
    plan: &'p Plan,
    sheets: Vec<SheetSurvey>,
    first: Vec<SourceRow>,
    first_is_whole: bool,
    /// Signers of a contract -> how many such contracts are sent.
    signers: BTreeMap<usize, u64>,
    /// A byte a row: how many signers the contract has that begins there.
    by_flow: Vec<u8>,
    left_out: Odd,
    doubtful: Odd,
    people: People,
}

/// Rows that are no contracts, or may be none.
#[derive(Default)]
struct Odd {
    rows: Vec<u32>,
    count: u64,
    words: Vec<String>,
    place: Place,
}

impl Odd {
    fn add(&mut self, row: &SourceRow, word: &str) {
        if self.count == 0 {
            self.place = Place { row: None, ..row.place(None) };
        }
        self.count += 1;
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row.row.number);
        }
        if self.words.len() < MOST_ROWS && !self.words.iter().any(|own| own == word) {
            self.words.push(word.to_owned());
        }
    }

    fn problem(self, rule: fn(Vec<u32>, u64, Vec<String>) -> Rule) -> Option<Problem> {
        let Self { rows, count, words, place } = self;
        (count > 0).then(|| Problem { place, value: None, rule: rule(rows, count, words) })
    }
}

#[derive(Default)]
struct SheetSurvey {
    /// Columns by which a row is a signer's.
    signer: Vec<usize>,
    /// Columns that may hold rows together where no key does, and whether one that
    /// differs tells rows apart.
    holders: Vec<(usize, bool)>,
    /// Columns in which cells that are merged downwards mean nothing.
    harmless: Vec<usize>,
    /// What the holders had in the row that began.
    anchor: Option<(u32, Vec<u64>)>,
    held: Option<Held>,
    /// Columns that look like a key.
    keys: Vec<(usize, KeyLike)>,
    values: HashMap<(usize, u64), Seen>,
    last: HashMap<usize, (u64, Seen)>,
    nearly_key: Option<Problem>,
    /// The column of `--key`: hash of a value -> where it stood first.
    key: Option<usize>,
    groups: HashMap<u64, u32>,
    group: Option<(u64, u32)>,
    continued: bool,
    apart: Option<Problem>,
    /// Hidden columns that give something, and whether they did.
    hidden: Vec<(usize, bool)>,
    /// Columns called 类型.
    types: Vec<usize>,
    company: Option<(usize, String)>,
    /// Columns that say what a contract as a whole is.
    of_contract: Vec<usize>,
    send: Option<usize>,
    /// Columns that are not sent, with what they have had.
    unsent: Vec<Unsent>,
    alike: Option<Alike>,
    layout_is_long: bool,
    /// Of each form field that is not required.
    form: Vec<FormColumn>,
    last_key: u64,
}

/// What the cells of a form field were.
#[derive(Default)]
struct FormColumn {
    column: usize,
    filled: bool,
    empty: Few,
    dates: u64,
    serials: Few,
    as_text: bool,
}

/// Rows, of which the first are named.
#[derive(Default)]
struct Few {
    rows: Vec<u32>,
    count: u64,
}

impl Few {
    fn add(&mut self, row: u32) {
        self.count += 1;
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }
}

impl FormColumn {
    fn look(&mut self, row: &SourceRow) {
        let cell = row.row.cell(self.column);
        if cell.is_blank() {
            self.empty.add(row.row.number);
            return;
        }
        self.filled = true;
        match &cell.value {
            Value::DateTime(_) => self.dates += 1,
            Value::Number(number) if is_serial_of_a_day(*number) && cell.shown == Shown::Same => {
                self.serials.add(row.row.number);
            }
            Value::Text(text) if text.len() == 5 && text.parse().is_ok_and(is_serial_of_a_day) => {
                self.serials.add(row.row.number);
            }
            Value::Text(text) if looks_like_a_date(text) => self.dates += 1,
            _ => {}
        }
    }

    fn finish(self, required: bool, tell: &mut dyn FnMut(Option<usize>, Rule)) {
        let (rows, count) = (self.empty.rows, self.empty.count);
        if self.filled && count > 0 && !required {
            tell(Some(self.column), Rule::FormFieldEmpty { rows, count });
        }
        let (rows, count) = (self.serials.rows, self.serials.count);
        if count > 0 && self.dates > count && !self.as_text {
            tell(Some(self.column), Rule::SerialsAmongDates { rows, count });
        }
    }
}

/// From 2000 to 2099.
fn is_serial_of_a_day(number: f64) -> bool {
    number.fract() == 0.0 && (36_526.0..=73_050.0).contains(&number)
}

/// `2026/1/2`, `2026-01-02`, `2026年1月2日`.
fn looks_like_a_date(text: &str) -> bool {
    let text = text.trim();
    let year = text.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
    year && text.len() <= 24
        && text.get(4..).is_some_and(|rest| rest.starts_with(['-', '/', '.', '年']))
        && text.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// Rows that look like the further signers of the one above.
struct Held {
    column: usize,
    first_row: u32,
    rows: Vec<u32>,
    count: u64,
    merged: bool,
}

/// A column that is not sent: whether each row has a value of its own there.
struct Unsent {
    column: usize,
    values: HashSet<u64>,
    repeats: bool,
}

/// Rows that are like an earlier one but for what is not sent.
struct Alike {
    first_row: u32,
    rows: Vec<u32>,
    count: u64,
}

#[derive(Clone, Copy)]
struct Seen {
    row: u32,
    contract: u64,
}

/// A row that says nothing of its contract.
const NOTHING: u64 = 0;

impl<'p> Survey<'p> {
    pub fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            sheets: plan.sources.iter().map(SheetSurvey::new).collect(),
            first: Vec::new(),
            first_is_whole: false,
            signers: BTreeMap::new(),
            by_flow: Vec::new(),
            left_out: Odd::default(),
            doubtful: Odd::default(),
            people: People::default(),
        }
    }

    /// A row that is no contract, or may be none.
    pub fn odd(&mut self, row: &SourceRow, word: &str, certain: bool) {
        let odd = if certain { &mut self.left_out } else { &mut self.doubtful };
        odd.add(row, word);
    }

    /// A row of a contract.
    pub fn row(&mut self, numbered: &NumberedRow) {
        let row = &numbered.row;
        self.keep_first(row);
        let Some(sheet) = self.sheets.get_mut(numbered.source) else { return };
        let says_no = |column| values::yes_no(&row.row.cell(column).seen()) == Some(false);
        if sheet.send.is_some_and(says_no) {
            return;
        }
        sheet.hidden.iter_mut().for_each(|(column, used)| *used |= !row.row.cell(*column).is_blank());
        sheet.look_for_companies(row);
        // Further rows of a contract need not say again what it is.
        if row.row.cells.len() > 0 && sheet.begins_contract(row) {
            sheet.form.iter_mut().for_each(|column| column.look(row));
        }
        sheet.tell_apart(row);
        if sheet.key.is_some() {
            sheet.group_by_key(row);
        } else if sheet.layout_is_long && !row.mapping.each_row {
            sheet.look_for_keys(row);
            sheet.hold(row);
        }
    }

    /// A row whose contract is like that of an earlier one but for what is not sent.
    pub fn differs(&mut self, differs: &Differs) {
        let Differs { sheet, row, first_row } = *differs;
        let Some(sheet) = self.sheets.get_mut(sheet) else { return };
        let alike = sheet.alike.get_or_insert_with(|| Alike { first_row, rows: Vec::new(), count: 0 });
        alike.count += 1;
        if alike.rows.len() < MOST_ROWS {
            alike.rows.push(row);
        }
    }

    /// A contract that can be sent, by the number of its first row.
    pub fn contract(&mut self, flow: FlowNo, signers: &[Signer]) {
        self.people.contract(signers);
        let signers = signers.len();
        let Ok(at) = usize::try_from(flow.0) else { return };
        if self.by_flow.len() <= at {
            self.by_flow.resize(at + 1, 0);
        }
        if let Some(own) = self.by_flow.get_mut(at) {
            *own = u8::try_from(signers).unwrap_or(u8::MAX);
        }
        *self.signers.entry(signers).or_default() += 1;
    }

    /// More rows of it were found: it is put together anew.
    pub fn withdrawn(&mut self, flow: FlowNo) {
        let own = usize::try_from(flow.0).ok().and_then(|at| self.by_flow.get_mut(at));
        let Some(signers) = own.map(std::mem::take).filter(|signers| *signers > 0) else { return };
        let signers = usize::from(signers);
        if let Some(count) = self.signers.get_mut(&signers) {
            *count = count.saturating_sub(1);
        }
        self.signers.retain(|_, count| *count > 0);
    }

    pub fn finish(self) -> Surveyed {
        let mut problems = Vec::new();
        for (source, sheet) in self.plan.sources.iter().zip(self.sheets) {
            sheet.finish(source, &mut problems);
        }
        let doubtful = |rows, count, words| Rule::RowsDoubtful { rows, count, words };
        let left_out = |rows, count, words| Rule::RowsLeftOut { rows, count, words };
        problems.extend(self.doubtful.problem(doubtful));
        problems.extend(self.left_out.problem(left_out));
        if let Some(source) = self.plan.sources.first() {
            let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
            problems.extend(self.people.finish(&place));
        }
        Surveyed { problems, first: self.first, signers: self.signers }
    }

    fn keep_first(&mut self, row: &SourceRow) {
        let key = |row: &SourceRow| {
            row.mapping.key_column().map(|column| row.row.cell(column).seen().trim().to_owned())
        };
        if self.plan.joined {
            let Some(first) = self.first.first() else { return self.first.push(row.clone()) };
            if self.first.len() < MOST_SIGNERS && !row.is_of_the_sheet_of(first) && key(first) == key(row) {
                self.first.push(row.clone());
            }
            return;
        }
        if self.first_is_whole {
            return;
        }
        let belongs = match self.first.first() {
            None => true,
            Some(first) => {
                let own = key(row);
                first.is_of_the_sheet_of(row)
                    && matches!(row.mapping.layout, Layout::Long | Layout::Approvers)
                    && own.as_ref().is_some_and(|own| {
                        Some(own) == key(first).as_ref() || (own.is_empty() && row.may_continue(first))
                    })
            }
        };
        if belongs && self.first.len() < MOST_SIGNERS {
            self.first.push(row.clone());
        } else {
            self.first_is_whole = true;
        }
    }
}

/// What the rows of a plan came to.
pub struct Surveyed {
    pub problems: Vec<Problem>,
    /// The rows of the first contract.
    pub first: Vec<SourceRow>,
    pub signers: BTreeMap<usize, u64>,
}

impl SheetSurvey {
    fn new(source: &Source) -> Self {
        let mapping = &source.mapping;
        let plain = |column: usize| {
            mapping.headers.get(column).map(|header| plain_header(header)).unwrap_or_default()
        };
        let columns = 0..mapping.targets.len();
        let is_signer = |column: &usize| {
            let reading = &mapping.readings[*column];
            let of_signer = matches!(&mapping.targets[*column], Target::Field { field, .. } if field.level == Level::Approver);
            of_signer
                || reading.could_be.is_some()
                || (reading.plain_signer().is_some() && mapping.targets[*column] != Target::Ignored)
        };
        let signer: Vec<usize> = columns.clone().filter(is_signer).collect();
        let first_signer = signer.first().copied().unwrap_or(0);
        let key = mapping.key.filter(|key| mapping.column_of("contract_id") != Some(*key));
        let keyless = mapping.layout == Layout::Long && mapping.key_column().is_none() && !mapping.each_row;
        let marks = |column: usize| {
            let is_name =
                matches!(&mapping.targets[column], Target::Field { field, .. } if field.name == "flow_name");
            let unknown = mapping.targets[column] == Target::Unknown;
            is_name
                || (unknown
                    && mapping
                        .headers
                        .get(column)
                        .is_some_and(|header| is_serial(header) || resembles_key(header).is_some()))
        };
        let holds = |column: &usize| {
            let name = plain(*column);
            let is_loose = mapping.targets[*column] == Target::Unknown
                && mapping.readings[*column].whose == Whose::Unsaid
                && *column < first_signer
                && !PERSONAL.contains(&name.as_str())
                && !GROUPS_OF_PEOPLE.contains(&name.as_str());
            !name.is_empty() && (is_loose || marks(*column))
        };
        let holders =
            columns.clone().filter(|column| keyless && holds(column)).map(|column| (column, marks(column)));
        let harmless = |column: &usize| {
            GROUPS_OF_PEOPLE.contains(&plain(*column).as_str()) || mapping.targets[*column] == Target::Ignored
        };
        let unknown = |column: &usize| mapping.targets[*column] == Target::Unknown;
        let keys = columns.clone().filter(|column| keyless && unknown(column));
        let keys = keys.filter_map(|column| Some((column, resembles_key(mapping.headers.get(column)?)?)));
        let of_contract = |target: &Target| matches!(target, Target::Field { field, .. } if matches!(field.level, Level::Flow | Level::Request));
        let is_type = |column: &usize| unknown(column) && plain(*column) == "类型";
        Self {
            holders: holders.collect(),
            harmless: columns.clone().filter(|column| harmless(column) || is_signer(column)).collect(),
            signer,
            keys: keys.collect(),
            key,
            hidden: source
                .hidden
                .iter()
                .filter(|column| asks_when_hidden(mapping, **column))
                .map(|column| (*column, false))
                .collect(),
            types: columns.clone().filter(is_type).collect(),
            of_contract: columns.filter(|column| of_contract(&mapping.targets[*column])).collect(),
            send: mapping.column_of("send"),
            form: (0..mapping.targets.len())
                .filter(|column| matches!(&mapping.targets[*column], Target::FormField(_)))
                .map(|column| FormColumn {
                    column,
                    as_text: mapping.as_text.contains(&column),
                    ..FormColumn::default()
                })
                .collect(),
            unsent: (0..mapping.headers.len())
                .filter(|column| is_unsent(mapping, *column) && key.is_none())
                .map(|column| Unsent { column, values: HashSet::new(), repeats: false })
                .collect(),
            layout_is_long: mapping.layout == Layout::Long && mapping.column_of("contract_id").is_none(),
            ..Self::default()
        }
    }

    /// Notes whether a column that is not sent has a value of its own in each row.
    fn tell_apart(&mut self, row: &SourceRow) {
        for unsent in self.unsent.iter_mut().filter(|unsent| !unsent.repeats) {
            if unsent.values.len() < MOST_COMPARED {
                let hash = hash_of(row.row.cell(unsent.column));
                unsent.repeats = hash == 0 || !unsent.values.insert(hash);
                if unsent.repeats {
                    unsent.values = HashSet::new();
                }
            }
        }
    }

    /// Rows of one signer each repeat the key; what their first row says counts for all.
    fn begins_contract(&mut self, row: &SourceRow) -> bool {
        let Some(key) = row.key_column() else { return true };
        let hash = hash_of(row.row.cell(key));
        let begins = hash != 0 && self.last_key != hash;
        self.last_key = hash;
        begins
    }

    fn look_for_companies(&mut self, row: &SourceRow) {
        if self.company.is_some() || self.types.is_empty() {
            return;
        }
        let Some(Kind::Choice(kinds)) = by_name("approver.type").map(|field| field.kind) else { return };
        for column in &self.types {
            let seen = row.row.cell(*column).seen();
            let text = seen.trim();
            let found = kinds.iter().find(|(sent, words)| *sent == text || words.contains(&text));
            if found.is_some_and(|(sent, _)| *sent != "PERSON") {
                self.company = Some((*column, text.to_owned()));
                return;
            }
        }
    }

    /// With `--key`: the same value again, with others or an own block of cells between.
    fn group_by_key(&mut self, row: &SourceRow) {
        let Some(key) = self.key else { return };
        let cell = row.row.cell(key);
        if cell.is_blank() || row.merged.contains(&key) {
            self.continued = true;
            return;
        }
        let hash = hash_of(cell);
        let continued = std::mem::take(&mut self.continued);
        let before = match self.group {
            Some((own, first)) if own == hash => continued.then_some(first),
            _ => self.groups.get(&hash).copied(),
        };
        if !matches!(self.group, Some((own, _)) if own == hash) {
            self.group = Some((hash, row.row.number));
            self.groups.entry(hash).or_insert(row.row.number);
        }
        if let (Some(first_row), None) = (before, &self.apart) {
            let place = row.place(Some(key));
            let header = place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
            let value: String = cell.seen().trim().chars().take(40).collect();
            let rule = Rule::RowsApart { header, value: value.clone(), first_row };
            self.apart = Some(Problem { place, value: Some(value), rule });
        }
    }

    fn brings_somebody(&self, row: &SourceRow) -> bool {
        self.signer.iter().any(|column| !row.row.cell(*column).is_blank() && !row.merged.contains(column))
    }

    /// Rows of one signer each that look like one contract.
    fn hold(&mut self, row: &SourceRow) {
        if row.key_column().is_some()
            || (self.holders.is_empty() && row.merged.is_empty())
            || !self.brings_somebody(row)
        {
            return;
        }
        let mut merged: Vec<usize> =
            row.merged.iter().copied().filter(|column| !self.harmless.contains(column)).collect();
        // Whatever names contracts best comes first; their name does that worst.
        let is_name = |column: &usize| row.mapping.column_of("flow_name") == Some(*column);
        merged.sort_by_key(|column| {
            (is_name(column), !matches!(row.mapping.targets.get(*column), Some(Target::Unknown)), *column)
        });
        if let Some(column) = merged.first() {
            let first_row = self.anchor.as_ref().map_or(row.row.number - 1, |(row, _)| *row);
            return self.held(*column, first_row, row.row.number, true);
        }
        let own: Vec<u64> = self.holders.iter().map(|(column, _)| hash_of(row.row.cell(*column))).collect();
        if let Some((first_row, first)) = &self.anchor {
            let pairs = || self.holders.iter().zip(own.iter().zip(first));
            let differs = pairs().any(|((_, marks), (own, first))| *marks && *own != 0 && own != first);
            let held = pairs().find(|(_, (own, first))| **own == 0 && **first != 0);
            if let Some(((column, _), _)) = held.filter(|_| !differs) {
                let (column, first_row) = (*column, *first_row);
                return self.held(column, first_row, row.row.number, false);
            }
        }
        if own.iter().any(|hash| *hash != 0) || self.holders.is_empty() {
            self.anchor = Some((row.row.number, own));
        }
    }

    fn held(&mut self, column: usize, first_row: u32, row: u32, merged: bool) {
        let held =
            self.held.get_or_insert_with(|| Held { column, first_row, rows: Vec::new(), count: 0, merged });
        held.count += 1;
        if held.rows.len() < MOST_ROWS {
            held.rows.push(row);
        }
    }

    /// Rows that share a value in a column that looks like the contract's key.
    fn look_for_keys(&mut self, row: &SourceRow) {
        if self.keys.is_empty() || self.nearly_key.is_some() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        let mut said = false;
        for column in &self.of_contract {
            let hash = hash_of(row.row.cell(*column));
            said |= hash != 0;
            hash.hash(&mut hasher);
        }
        let contract = if said { hasher.finish().max(1) } else { NOTHING };
        let own = Seen { row: row.row.number, contract };
        for (column, like) in &self.keys {
            let hash = hash_of(row.row.cell(*column));
            if hash == 0 || row.merged.contains(column) {
                continue;
            }
            let mut before = self
                .last
                .insert(*column, (hash, own))
                .filter(|(last, _)| *last == hash)
                .map(|(_, seen)| seen);
            if *like == KeyLike::Strongly {
                before = before.or_else(|| self.values.get(&(*column, hash)).copied());
                if self.values.len() < MOST_VALUES {
                    self.values.entry((*column, hash)).or_insert(own);
                }
            }
            if let Some(before) = before.filter(|before| before.contract == contract || contract == NOTHING) {
                let value: String = row.row.cell(*column).seen().trim().chars().take(40).collect();
                let rule = Rule::ColumnNearlyKey { first_row: before.row, value: value.clone() };
                self.nearly_key = Some(Problem { place: row.place(Some(*column)), value: Some(value), rule });
                return;
            }
        }
    }

    fn finish(self, source: &Source, problems: &mut Vec<Problem>) {
        let mapping = &source.mapping;
        let place = |column: Option<usize>| Place {
            file: source.file.clone(),
            sheet: source.name.clone(),
            row: column.map(|_| mapping.header_row),
            column: column.map(|column| mapping.place(column)),
        };
        let header = |column: usize| mapping.headers.get(column).map(ToString::to_string).unwrap_or_default();
        let mut tell = |column, rule| problems.push(Problem { place: place(column), value: None, rule });
        for column in self.form {
            let required =
                mapping.headers.get(column.column).is_some_and(|header| form_notes(header).1.required);
            column.finish(required, &mut tell);
        }
        // One question about what holds rows together is enough.
        let held = self.held.filter(|_| self.nearly_key.is_none());
        if let Some(Held { column, first_row, rows, count, merged }) = held {
            tell(
                Some(column),
                Rule::RowsHeldTogether { header: header(column), first_row, rows, count, merged },
            );
        }
        if let Some(Alike { first_row, rows, count }) = self.alike {
            let best = self.unsent.iter().find(|unsent| !unsent.repeats).map(|unsent| unsent.column);
            let other = || (0..mapping.headers.len()).find(|column| is_unsent(mapping, *column));
            let column = best.or_else(other);
            let header = column.map(header).unwrap_or_default();
            tell(column, Rule::RowsDiffer { first_row, rows, count, header, tells_apart: best.is_some() });
        }
        if let Some((column, value)) = self.company {
            tell(Some(column), Rule::ColumnNearlyType { value });
        }
        let used: Vec<usize> =
            self.hidden.iter().filter(|(_, used)| *used).map(|(column, _)| *column).collect();
        if !used.is_empty() && source.asks_for_hidden {
            tell(None, Rule::ColumnsHidden { headers: used.into_iter().map(header).collect() });
        }
        let listed = |column: &&usize| {
            let known = matches!(mapping.targets.get(**column), Some(Target::Field { .. }));
            known && !asks_when_hidden(mapping, **column)
        };
        let listed: Vec<String> = source.hidden.iter().filter(listed).map(|column| header(*column)).collect();
        if !listed.is_empty() {
            tell(None, Rule::ColumnsHiddenListed { headers: listed });
        }
        problems.extend(self.nearly_key);
        problems.extend(self.apart);
    }
}

/// Contract numbers, templates and operators decide nothing that a hidden column could
/// spoil unseen.
pub fn asks_when_hidden(mapping: &Mapping, column: usize) -> bool {
    match mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => {
            !matches!(field.level, Level::Own | Level::Request) && field.name != "template_id"
        }
        Some(Target::FormField(_)) => true,
        _ => false,
    }
}

/// Of what is seen in a cell; 0: it is blank.
fn hash_of(cell: &Cell) -> u64 {
    if cell.is_blank() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    match &cell.value {
        Value::Text(text) => text.trim().hash(&mut hasher),
        _ => cell.seen().trim().hash(&mut hasher),
    }
    hasher.finish().max(1)
}

/// Of what rows say in columns that are not sent, but for mere counts of lines.
pub fn unsent(rows: &[SourceRow]) -> u32 {
    let mut hasher = DefaultHasher::new();
    for row in rows {
        for column in unsent_columns(row) {
            (column, hash_of(row.row.cell(column))).hash(&mut hasher);
        }
    }
    u32::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or(0)
}

fn unsent_columns(row: &SourceRow) -> impl Iterator<Item = usize> {
    let mapping = &row.mapping;
    (0..mapping.headers.len())
        .filter(move |column| is_unsent(mapping, *column) || mapping.key == Some(*column))
}

/// A column that is not sent and says more than a count of lines.
fn is_unsent(mapping: &Mapping, column: usize) -> bool {
    mapping.targets.get(column) == Some(&Target::Unknown)
        && mapping.headers.get(column).is_some_and(|header| !header.is_empty() && !is_serial(header))
}
