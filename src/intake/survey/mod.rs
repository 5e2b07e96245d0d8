//! What the rows of a plan leave open, gathered while the import reads them. It costs a
//! row next to nothing, and its memory hardly grows with them: by a byte a row, and by the
//! values of a column that somebody has named with `--key`.

mod across_sheets;
mod blank_companies;
mod bystanders;
mod comments;
mod company_types;
mod components_disagree;
mod copies;
mod empty_columns;
mod filled_down;
mod form_columns;
mod grouped;
mod held_rows;
pub mod hidden;
mod in_pairs;
mod keyed_rows;
mod lacking_roles;
pub mod likeness;
mod list;
mod merged_people;
mod named_together;
mod near_days;
mod newer_values;
mod numbers_twice;
mod observer;
pub mod orders;
mod own_ids;
mod products;
mod refused_in_fields;
mod second_numbers;
pub mod sends;
mod sheet;
mod signers_in_turn;
mod signers_values;
mod spares;
mod submitted_twice;
mod suspect_keys;
mod unread_lines;
mod which_rows;
mod wide_orders;
mod wide_turns;

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;

use crate::contract::beside_header::said_beside;
use crate::contract::build::Signer;
use crate::contract::columns::Target;
use crate::contract::last_day::counted_from;
use crate::contract::layout::Layout;
use crate::contract::normalize;
use crate::contract::source_row::SourceRow;
use crate::domain::job::FlowNo;
use crate::domain::problem::{Place, Problem, Rule};

use crate::intake::apart::Apart;
use crate::intake::beside::Beside;
use crate::intake::conditions::Conditions;
use crate::intake::contracts::{Deadlines, Remarked};
use crate::intake::counted::Counted;
use crate::intake::headings::Headings;
use crate::intake::like_keys::LikeKeys;
use crate::intake::named_lines::NamedLines;
use crate::intake::not_a_contract::is_ruled;
use crate::intake::not_a_contract::{is_third, lacks_a_party, may_be_second};
use crate::intake::noted::MOST_ROWS;
use crate::intake::people::People;
use crate::intake::plan::{Plan, Source};
use crate::intake::rows::NumberedRow;
use crate::intake::sections::Below;
use crate::intake::source::settles_line;
use crate::intake::stated_counts::{Read, StatedCounts};
use crate::intake::store::Differs;
use across_sheets::AcrossSheets;
use sheet::SheetSurvey;

/// Rows of the first contract that are kept to show it.
const MOST_SIGNERS: usize = 50;

pub struct Survey<'p> {
    plan: &'p Plan,
    skips_hidden: bool,
    sheets: Vec<SheetSurvey>,
    across_sheets: AcrossSheets,
    first: Vec<SourceRow>,
    first_is_whole: bool,
    /// Of the contract that was left out last, before the first that is kept.
    unsent_key: Option<String>,
    /// Some row may be a contract's.
    has_rows: bool,
    /// Of each sheet, the place of its first row in the input.
    begins: Vec<i64>,
    /// Signers of a contract -> how many such contracts are sent.
    signers: BTreeMap<usize, u64>,
    /// A byte a row: how many signers the contract has that begins there.
    by_flow: Vec<u8>,
    /// Of each sheet.
    left_out: BTreeMap<usize, Odd>,
    doubtful: BTreeMap<usize, Odd>,
    /// Rows in which 甲方 or 乙方 is blank.
    lacking: BTreeMap<usize, Odd>,
    headings: Headings,
    named_lines: NamedLines,
    beside: Beside,
    counts: StatedCounts,
    rows: u64,
    /// The same of each sheet.
    rows_of: Vec<u64>,
    today: Date,
    /// The first header of another table, of each sheet.
    other_tables: BTreeMap<usize, Problem>,
    /// Sheets in which a contract stands below such a header.
    below_tables: HashSet<usize>,
    people: People,
    /// Who signs each contract, where somebody asks: name and mobile.
    pub kept_people: Option<BTreeMap<i64, Vec<(u64, u64)>>>,
    /// Contracts that are put together anew, and whose signers were counted.
    withdrawn: HashSet<FlowNo>,
    pub conditions: Conditions,
    pub below: Below,
    /// Contracts whose rows stand apart.
    pub apart: Apart,
    pub like_keys: LikeKeys,
    /// What is worth a look in the contracts that are sent.
    pub remarks: Remarked,
    pub deadlines: Deadlines,
}

/// Contracts with all signers for each that lacks the second one.
const WHOLE_FOR_EACH_SHORT: u64 = 3;
/// The same of contracts without the third party that the others have.
const WHOLE_FOR_EACH_WITHOUT_THIRD: u64 = 2;

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

/// The lines above the headers of which nothing is asked otherwise.
fn lines_above(plan: &Plan) -> NamedLines {
    let mut lines = NamedLines::default();
    for source in &plan.sources {
        let is_asked = |row: u32| source.mapping.above.iter().any(|rule| rule.line() == Some(row));
        for (row, texts) in source.above.iter().filter(|(row, _)| !is_asked(*row)) {
            let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
            lines.look(place, *row, texts, &source.mapping, source.has_settled(texts));
        }
        // 备注：李四不签 where a header would be.
        for (column, header) in source.mapping.headers.iter().enumerate() {
            let is_asked = source.mapping.asked.iter().any(|(own, _)| *own == column);
            if source.mapping.targets[column] == Target::Unknown && !is_asked {
                let place = Place {
                    file: source.file.clone(),
                    sheet: source.name.clone(),
                    column: Some(source.mapping.place(column)),
                    ..Place::default()
                };
                let said = source.mapping.readings[column].said;
                lines.look_beside(place, header, said_beside(&source.mapping, header, said));
            }
        }
    }
    lines
}

/// How many there are, as the lines above the headers say.
fn counts_above(plan: &Plan) -> StatedCounts {
    let mut counts = StatedCounts::default();
    for source in &plan.sources {
        let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
        for (row, texts) in &source.above {
            counts.look_above(&place, *row, texts, source.has_settled(texts));
        }
    }
    counts
}

impl<'p> Survey<'p> {
    /// `skips_hidden`: hidden rows are left out, so they ask nothing.
    pub fn new(plan: &'p Plan, skips_hidden: bool, today: Date) -> Self {
        let (mut named_lines, mut counts) = (lines_above(plan), counts_above(plan));
        unread_lines::look(plan, &mut named_lines, &mut counts);
        Self {
            plan,
            skips_hidden,
            sheets: plan.sources.iter().map(|source| SheetSurvey::new(source, today)).collect(),
            across_sheets: AcrossSheets::new(plan, today),
            first: Vec::new(),
            first_is_whole: false,
            unsent_key: None,
            has_rows: false,
            begins: Vec::new(),
            signers: BTreeMap::new(),
            by_flow: Vec::new(),
            left_out: BTreeMap::new(),
            doubtful: BTreeMap::new(),
            lacking: BTreeMap::new(),
            headings: Headings::default(),
            named_lines,
            beside: Beside::new(plan),
            rows_of: Vec::new(),
            counts,
            rows: 0,
            today,
            other_tables: BTreeMap::new(),
            below_tables: HashSet::new(),
            people: People::default(),
            kept_people: None,
            withdrawn: HashSet::new(),
            conditions: Conditions::default(),
            below: Below::default(),
            apart: Apart::default(),
            like_keys: LikeKeys::new(if plan.joined { 1 } else { plan.sources.len() }),
            remarks: Remarked::default(),
            deadlines: Deadlines::default(),
        }
    }

    /// A row that is no contract, or may be none.
    pub fn odd(&mut self, numbered: &NumberedRow, word: &str, certain: bool) {
        let row = &numbered.row;
        self.apart.title(row.ord);
        // A drawn line parts rows as a blank one does.
        if let Some(sheet) = self.sheets.get_mut(numbered.source).filter(|_| !is_ruled(row)) {
            sheet.other_row();
        }
        if certain {
            let source = self.plan.sources.get(numbered.source);
            let texts = || row.row.cells.iter().map(|cell| cell.seen()).collect::<Vec<_>>();
            self.headings.look(row, source.is_some_and(|source| source.has_settled(&texts())));
            let said = settles_line(&row.mapping, &texts());
            self.named_lines.look(row.place(None), row.row.number, &texts(), &row.mapping, said);
            self.counts.look(&row.place(None), row.row.number, &texts(), said);
        }
        let odd = if certain { &mut self.left_out } else { &mut self.doubtful };
        odd.entry(numbered.source).or_default().add(row, word);
    }

    /// A row that is not meant.
    pub fn passed_over(&mut self, numbered: &NumberedRow) {
        if let Some(sheet) = self.sheets.get_mut(numbered.source) {
            sheet.passed_over(&numbered.row);
        }
    }

    /// A row that somebody has said is left out: nothing of it is asked again.
    pub fn left_out_as_said(&mut self, numbered: &NumberedRow, word: &str) {
        self.passed_over(numbered);
        self.apart.title(numbered.row.ord);
        if let Some(sheet) = self.sheets.get_mut(numbered.source) {
            sheet.other_row();
        }
        self.headings.left_out_as_said(&numbered.row);
        self.left_out.entry(numbered.source).or_default().add(&numbered.row, word);
    }

    /// A row that is the header of another table.
    pub fn other_table(&mut self, numbered: &NumberedRow, columns: Vec<(String, String)>) {
        let place = numbered.row.place(None);
        let rule = Rule::TableBelow { columns };
        self.other_tables.entry(numbered.source).or_insert(Problem { place, value: None, rule });
    }

    /// A row of a contract, which is handed back as it was.
    pub fn row(&mut self, numbered: &mut NumberedRow) {
        let row = &numbered.row;
        self.has_rows = true;
        if self.other_tables.contains_key(&numbered.source) {
            self.below_tables.insert(numbered.source);
        }
        while self.begins.len() <= numbered.source {
            self.begins.push(row.ord);
        }
        if row.row.hidden && self.skips_hidden {
            return self.passed_over(numbered);
        }
        if row.mapping.missing_party.is_none()
            && let Some(party) = lacks_a_party(row)
        {
            self.lacking.entry(numbered.source).or_default().add(row, &party);
        }
        self.rows += 1;
        if self.rows_of.len() <= numbered.source {
            self.rows_of.resize(numbered.source + 1, 0);
        }
        self.rows_of[numbered.source] += 1;
        self.apart.row(row);
        self.beside.look(row, numbered.source, &mut self.named_lines, &mut self.counts);
        self.headings.goes_on(row);
        let is_sent = self.sheets.get(numbered.source).is_none_or(|sheet| sheet.is_sent(row));
        self.keep_first(row, is_sent);
        let sent = self.sheets.get_mut(numbered.source).and_then(|sheet| sheet.row(row));
        if let Some(begins) = sent {
            self.across_sheets.row(numbered, begins);
        }
    }

    /// A row whose contract is like that of an earlier one but for what is not sent.
    pub fn differs(&mut self, differs: &Differs) {
        if let Some(sheet) = self.sheets.get_mut(differs.sheet) {
            sheet.differs(differs);
        }
    }

    /// A contract that can be sent, by the number of its first row.
    pub fn contract(&mut self, flow: FlowNo, signers: &[Signer], twin: bool) {
        let again = self.withdrawn.remove(&flow);
        if !twin {
            self.people.contract(signers, self.sheet_of(flow), again);
        }
        if let Some(kept) = &mut self.kept_people {
            kept.insert(flow.0, signers.iter().map(|own| (own.name, own.mobile)).collect());
        }
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

    /// The sheet of a contract, by the number of its first row.
    fn sheet_of(&self, flow: FlowNo) -> usize {
        self.begins.partition_point(|begin| *begin <= flow.0).saturating_sub(1)
    }

    /// More rows of it were found: it is put together anew.
    pub fn withdrawn(&mut self, flow: FlowNo) {
        self.withdrawn.insert(flow);
        let own = usize::try_from(flow.0).ok().and_then(|at| self.by_flow.get_mut(at));
        let Some(signers) = own.map(std::mem::take).filter(|signers| *signers > 0) else { return };
        let signers = usize::from(signers);
        if let Some(count) = self.signers.get_mut(&signers) {
            *count = count.saturating_sub(1);
        }
        self.signers.retain(|_, count| *count > 0);
    }

    pub fn finish(mut self) -> Surveyed {
        let mut problems = Vec::new();
        problems.extend(self.apart.unfilled());
        for (source, sheet) in self.plan.sources.iter().zip(self.sheets) {
            sheet.finish(source, &mut problems);
        }
        self.across_sheets.finish(self.plan, &mut problems);
        let doubtful = |rows, count, words| Rule::RowsDoubtful { rows, count, words };
        let lacking = |rows, count, words| Rule::RowsLackParty { rows, count, words };
        let left_out = |rows, count, words| Rule::RowsLeftOut { rows, count, words };
        // 人事联系人 | 电话 below the last row heads nothing.
        let heads_some = |source: &usize| self.below_tables.contains(source);
        let tables = self.other_tables.into_iter().filter(|(source, _)| heads_some(source));
        problems.extend(tables.map(|(_, problem)| problem));
        let given = self.plan.sources.first().map_or([].as_slice(), |source| &source.said.defaults);
        let is_used = |rule: &Rule| given.iter().any(|(field, value)| rule.tells_unused(field, value));
        let lines = self.headings.finish().map(|mut problem| {
            counted_from(&mut problem.rule, self.today);
            problem
        });
        problems.extend(lines.filter(|problem| !is_used(&problem.rule)));
        problems.extend(self.beside.finish());
        let read = Read {
            contracts: self.signers.values().sum(),
            rows: self.rows,
            signers: self.signers.iter().map(|(signers, count)| *signers as u64 * count).sum(),
            people: self.people.names().collect::<HashSet<u64>>().len() as u64,
        };
        match self.plan.sources.len() {
            1 => problems.extend(self.counts.finish(&read)),
            _ => {
                let source = |place: &Place| {
                    self.plan.sources.iter().position(|own| own.file == place.file && own.name == place.sheet)
                };
                let of_sheet = |place: &Place| {
                    let own = source(place)?;
                    let first = |source: usize| usize::try_from(*self.begins.get(source)?).ok();
                    let (begins, ends) = (first(own)?, first(own + 1).unwrap_or(self.by_flow.len()));
                    let signers = self.by_flow.get(begins..ends.min(self.by_flow.len())).unwrap_or_default();
                    Some(Read {
                        contracts: signers.iter().filter(|own| **own > 0).count() as u64,
                        rows: self.rows_of.get(own).copied().unwrap_or_default(),
                        signers: signers.iter().map(|own| u64::from(*own)).sum(),
                        people: read.people,
                    })
                };
                problems.extend(self.counts.of_sheets(&read, of_sheet));
            }
        }
        let is_told = |line: &Problem| problems.iter().any(|own| own.rule == line.rule);
        let named: Vec<Problem> =
            self.named_lines.finish(&self.people).into_iter().filter(|line| !is_told(line)).collect();
        problems.extend(named);
        if let Some(odd) =
            self.left_out.values().next().filter(|_| !self.has_rows && self.doubtful.is_empty())
        {
            // All of it looks like totals and notes: that nothing goes is no success.
            problems.push(Problem { place: odd.place.clone(), value: None, rule: Rule::NoContracts });
        }
        problems.extend(self.doubtful.into_values().filter_map(|odd| odd.problem(doubtful)));
        let rows_of = self.rows_of;
        let of_sheets = self.lacking.into_iter();
        let lacking_some = of_sheets.filter(|(source, odd)| {
            // Where it is not rare, some contracts have a second signer and others have not.
            let whole = rows_of.get(*source).copied().unwrap_or_default().saturating_sub(odd.count);
            let all = |is_it: fn(&str) -> bool| odd.words.iter().all(|word| is_it(word));
            match () {
                () if all(may_be_second) => whole >= WHOLE_FOR_EACH_SHORT * odd.count,
                () if all(is_third) => whole >= WHOLE_FOR_EACH_WITHOUT_THIRD * odd.count,
                () => true,
            }
        });
        problems.extend(lacking_some.filter_map(|(_, odd)| odd.problem(lacking)));
        problems.extend(self.left_out.into_values().filter_map(|odd| odd.problem(left_out)));
        problems.extend(self.conditions.finish());
        problems.extend(self.below.finish());
        let alike: Vec<Problem> = self.like_keys.finish().collect();
        // What would answer the one would answer the other as well.
        problems.extend(self.apart.finish(self.signers.values().sum(), alike.is_empty()));
        problems.extend(alike);
        // What stands apart is only half of its contract.
        if problems.iter().any(|own| matches!(own.rule, Rule::NumberApart { .. } | Rule::RowsApart { .. })) {
            problems.retain(|own| {
                !matches!(own.rule, Rule::ContractsLackParty { .. } | Rule::SignersChangePlaces { .. })
            });
        }
        if let Some(source) = self.plan.sources.first() {
            let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
            let place = if self.plan.sources.len() > 1 { Place { sheet: None, ..place } } else { place };
            let name = |source: &Source| {
                source.name.as_deref().map_or_else(|| source.file.to_string(), str::to_owned)
            };
            let names: Vec<String> = self.plan.sources.iter().map(name).collect();
            problems.extend(self.people.finish(&place, &names));
            let sheet_of = |flow: FlowNo| {
                let own = self.begins.partition_point(|begin| *begin <= flow.0).checked_sub(1)?;
                names.get(own).filter(|_| names.len() > 1).cloned()
            };
            problems.extend(self.remarks.finish(&place, sheet_of));
        }
        let (signers, deadlines) = (self.signers, self.deadlines);
        Surveyed {
            problems,
            first: self.first,
            signers,
            deadlines,
            counted: None,
            people: self.kept_people.unwrap_or_default(),
        }
    }

    /// `is_sent`: the row does not say that its contract is left out.
    fn keep_first(&mut self, row: &SourceRow, is_sent: bool) {
        // Full-width letters and digits are the same number.
        let key = |row: &SourceRow| {
            let column = row.mapping.key_column()?;
            let mut cleaned = normalize::clean(&row.row.cell(column).seen());
            normalize::key(&mut cleaned);
            Some(cleaned.text)
        };
        if self.plan.joined {
            let Some(first) = self.first.first() else { return self.first.push(row.clone()) };
            if self.first.len() < MOST_SIGNERS && !row.is_of_the_sheet_of(first) && key(first) == key(row) {
                self.first.push(row.clone());
            }
            return;
        }
        if self.first_is_whole {
            if is_sent
                && self.first.len() < MOST_SIGNERS
                && self.first.first().is_some_and(|own| shares_number(own, row))
            {
                self.first.push(row.clone());
            }
            return;
        }
        // Further rows of a contract need not say again that it is left out.
        if self.first.is_empty() {
            let own = key(row);
            let goes_on = self.unsent_key.as_ref().is_some_and(|first| {
                let is_several = matches!(row.mapping.layout, Layout::Long | Layout::Approvers);
                is_several && own.as_ref().is_some_and(|own| own == first || own.is_empty())
            });
            if !is_sent || goes_on {
                self.unsent_key = if is_sent { self.unsent_key.take() } else { own };
                return;
            }
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
    pub deadlines: Deadlines,
    /// None: the job's file has to be asked.
    pub counted: Option<Counted>,
    /// Who signs each contract, by its number, as hashes of names and mobiles; 0: none. Empty where nobody asked.
    pub people: BTreeMap<i64, Vec<(u64, u64)>>,
}

/// A row of the same contract that stands further down. Rows of a million are asked this: the number is
/// compared as it is seen.
fn shares_number(first: &SourceRow, row: &SourceRow) -> bool {
    let is_several = matches!(row.mapping.layout, Layout::Long | Layout::Approvers);
    let Some(column) = row.key_column().filter(|_| is_several && first.is_of_the_sheet_of(row)) else {
        return false;
    };
    let (own, other) = (first.row.cell(column).seen_ref(), row.row.cell(column).seen_ref());
    !own.trim().is_empty() && own.trim() == other.trim()
}
