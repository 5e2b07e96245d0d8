//! What kind of sheet a header makes, and where its header stands.

use std::sync::Arc;

use crate::domain::cell::{Row, column_letters};
use crate::domain::field::{FORM_FIELD_NAME_LIMIT, Field, Level, by_name};
use crate::domain::flow::characters;
use crate::domain::problem::{ColumnPlace, Rule};
use crate::domain::said::{Said, SkipOrSend};

use super::columns::{Aliases, Reading, Target, field_named, is_serial, resembles_signer, suggest};
use super::header::{Head, HeaderColumn, ends_a_term, is_bare_deadline};
use super::signers::settle;
use super::vocabulary::{EACH_ROW, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, NOT_BY_ITSELF, TERM_BEGINNINGS};

pub use super::header::MergedHeader;

/// How many rows from the top a header may stand in.
pub const HEADER_ROWS: u32 = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One row per approver; rows with the same key make one contract.
    Long,
    /// One row per contract, approvers numbered in the header.
    Wide,
    /// Contracts without approvers: one half of a pair.
    Contracts,
    /// Approvers without contracts: the other half.
    Approvers,
}

/// A sheet's header and what each column gives.
#[derive(Clone)]
pub struct Mapping {
    pub layout: Layout,
    /// The last row of the header.
    pub header_row: u32,
    pub headers: Vec<Arc<str>>,
    pub targets: Vec<Target>,
    /// What each header says by itself; `targets` is what becomes of it.
    pub readings: Vec<Reading>,
    /// The column that someone has named for what holds rows together (`--key`).
    pub key: Option<usize>,
    /// Someone has said that each row is a contract (`--key row`).
    pub each_row: bool,
    /// Only rows with one of these values in that column are meant (`--where`).
    pub conditions: Vec<(usize, Vec<String>)>,
    /// What to do with rows that look like no contract but have a person or a key.
    pub odd_rows: Option<SkipOrSend>,
    /// What is to be asked of its columns.
    asked: Vec<(usize, Rule)>,
}

/// Something to tell about a column, before any row is read.
pub struct HeaderProblem {
    pub column: Option<ColumnPlace>,
    pub rule: Rule,
}

impl Mapping {
    pub fn column_of(&self, name: &str) -> Option<usize> {
        self.targets
            .iter()
            .position(|target| matches!(target, Target::Field { field, .. } if field.name == name))
    }

    /// The column that holds the rows of a contract together.
    pub fn key_column(&self) -> Option<usize> {
        self.key.or_else(|| self.column_of("contract_id"))
    }

    /// Whether the column by which rows are put together is more than a count of lines:
    /// then its value belongs to the contract, which is otherwise known by its contents.
    pub fn names_contracts(&self) -> Option<usize> {
        let key = self.key.filter(|key| self.column_of("contract_id") != Some(*key))?;
        (!is_serial(self.headers.get(key)?)).then_some(key)
    }

    pub fn place(&self, index: usize) -> ColumnPlace {
        ColumnPlace { index, header: self.headers.get(index).cloned().unwrap_or_default() }
    }

    /// The column with that header, as a user names it (`--group-by 部门`).
    pub fn header_named(&self, header: &str) -> Option<usize> {
        let wanted = super::columns::plain_header(header);
        self.headers.iter().position(|own| super::columns::plain_header(own) == wanted)
    }

    /// What a person has said of how to read the sheet, apart from names of columns.
    pub fn heed(&mut self, said: &Said, hidden: &[usize]) {
        self.key = said.key.as_deref().and_then(|key| self.header_named(key));
        self.each_row = self.key.is_none() && said.key.as_deref().is_some_and(is_each_row);
        self.odd_rows = said.odd_rows;
        let conditions = said.only.iter();
        self.conditions = conditions
            .filter_map(|(header, values)| Some((self.header_named(header)?, values.clone())))
            .collect();
        if said.hidden_columns == Some(SkipOrSend::Skip) {
            for column in hidden {
                if let Some(target) = self.targets.get_mut(*column) {
                    *target = Target::Ignored;
                }
            }
        }
    }

    /// Headers that a person has named and that are not there.
    pub fn lacks(&self, said: &Said) -> Vec<String> {
        let named =
            said.key.iter().filter(|key| !is_each_row(key)).chain(said.only.iter().map(|(header, _)| header));
        named.filter(|header| self.header_named(header).is_none()).cloned().collect()
    }

    fn means_something(target: &Target) -> bool {
        matches!(target, Target::Field { .. } | Target::FormField(_))
    }

    /// Number of different things that the columns give, or would if it were clear whose
    /// they are.
    fn known(&self) -> usize {
        let mut seen: Vec<(&Target, Option<&Field>, &super::columns::Whose)> = Vec::new();
        for (target, reading) in self.targets.iter().zip(&self.readings) {
            let whose = &reading.whose;
            let field = reading.could_be.or_else(|| reading.plain_signer());
            let thing = match (Self::means_something(target), field) {
                (true, _) => (target, None, &super::columns::Whose::Unsaid),
                (false, Some(field)) => (&Target::Unknown, Some(field), whose),
                (false, None) => continue,
            };
            if !seen.contains(&thing) {
                seen.push(thing);
            }
        }
        seen.len()
    }

    /// Whether a row says once more what the columns are: the header in
    /// another language below the first, or a page's header copied along.
    pub fn is_repeated_by(&self, row: &Row, aliases: &Aliases) -> bool {
        let mut repeated = 0;
        let mut other = 0;
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let target = aliases.target_of(&cell.seen());
            if Self::means_something(&target) && self.targets.get(column) == Some(&target) {
                repeated += 1;
            } else {
                other += 1;
            }
        }
        repeated >= 2 && repeated > other
    }

    pub fn is_report(&self) -> bool {
        self.targets.contains(&Target::OfOurs)
    }
}

/// What the search for a header has come to.
pub enum Search {
    Found(Box<Mapping>),
    /// What is to be said of it.
    Failed(Rule),
    /// The sheet is blank.
    Nothing,
}

/// The best header among the first rows of a sheet, or why there is none: a header has
/// a column that we know beside another.
pub fn find_header(rows: &[Row], merged: &[MergedHeader], aliases: &Aliases, chosen: Option<u32>) -> Search {
    let head = Head::new(rows, merged, aliases);
    if let Some(chosen) = chosen {
        let bottom = head.bottom_of(chosen);
        let mapping = map(bottom, head.columns(bottom));
        if mapping.headers.is_empty() {
            return Search::Failed(Rule::HeaderRowEmpty { row: chosen });
        }
        return if fits(&mapping) {
            found(mapping, rows, aliases)
        } else {
            Search::Failed(not_found(&[mapping]))
        };
    }
    let numbers: Vec<u32> = head.numbers().collect();
    let mut maps: Vec<Mapping> = Vec::new();
    for number in numbers {
        if !head.texts(number).iter().any(|text| is_a_value(text)) {
            maps.push(map(number, head.columns(number)));
        }
    }
    let mut best: Option<&Mapping> = None;
    for mapping in maps.iter().filter(|mapping| fits(mapping)) {
        if best.is_none_or(|best| mapping.known() > best.known()) {
            best = Some(mapping);
        }
    }
    match best {
        Some(best) => found(best.clone(), rows, aliases),
        None if rows.is_empty() => Search::Nothing,
        None => Search::Failed(shape_of(rows).unwrap_or_else(|| not_found(&maps))),
    }
}

/// A header said twice is still the header.
fn found(mut mapping: Mapping, rows: &[Row], aliases: &Aliases) -> Search {
    while let Some(again) = rows.iter().find(|row| row.number == mapping.header_row + 1)
        && mapping.is_repeated_by(again, aliases)
    {
        mapping.header_row += 1;
    }
    Search::Found(Box::new(mapping))
}

/// A mobile or an ID number: no header has one.
fn is_a_value(text: &str) -> bool {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = plain.bytes().filter(u8::is_ascii_digit).count();
    let is_mobile = digits == 11 && plain.len() == 11 && plain.starts_with('1');
    is_mobile || (plain.len() == 18 && digits >= 17)
}

/// A sheet that lies on its side, or a form for one person.
fn shape_of(rows: &[Row]) -> Option<Rule> {
    let labels = |column: usize| -> Vec<(u32, &'static Field)> {
        let read = |row: &Row| match super::columns::read(&row.cell(column).seen()).target {
            Target::Field { field, .. } => Some((row.number, field)),
            _ => None,
        };
        rows.iter().filter_map(read).collect()
    };
    let is_signer = |field: &Field| matches!(field.name, "approver.name" | "approver.mobile");
    for column in 0..2 {
        let found = labels(column);
        let distinct = found
            .iter()
            .enumerate()
            .filter(|(at, (_, field))| !found[..*at].iter().any(|(_, own)| own == field));
        if distinct.count() < 2 || !found.iter().any(|(_, field)| is_signer(field)) {
            continue;
        }
        let filled = |row: u32| {
            let row = rows.iter().find(|own| own.number == row);
            row.map_or(0, |row| row.cells.iter().skip(column + 1).filter(|cell| !cell.is_blank()).count())
        };
        let widest = found.iter().map(|(row, _)| filled(*row)).max().unwrap_or(0);
        let has_more_labels =
            labels(column + 2).iter().any(|(row, _)| found.iter().any(|(own, _)| own == row));
        return Some(if widest > 1 && !has_more_labels { Rule::SheetTransposed } else { Rule::SheetIsForm });
    }
    let pairs = |row: &&Row| {
        let seen: Vec<String> = row.cells.iter().map(|cell| cell.seen()).collect();
        seen.windows(2).any(|pair| {
            let read = super::columns::read(&pair[0]);
            read.plain_signer().is_some() && is_a_value(&pair[1])
        })
    };
    rows.iter().any(|row| pairs(&row)).then_some(Rule::SheetIsForm)
}

/// The best row, what it has, what it lacks, and names for its columns that may be what
/// is missing.
fn not_found(maps: &[Mapping]) -> Rule {
    let guessed = |mapping: &Mapping| -> Vec<(String, &'static str)> {
        let unread = |at: &usize| !Mapping::means_something(&mapping.targets[*at]);
        let guess = |at: usize| {
            let header = mapping.headers.get(at)?;
            Some((header.to_string(), guess(header, &mapping.readings[at])?))
        };
        (0..mapping.targets.len()).filter(unread).filter_map(guess).collect()
    };
    let worth = |mapping: &Mapping| mapping.known() * 2 + guessed(mapping).len();
    let mut best: Option<&Mapping> = None;
    for mapping in maps.iter().filter(|mapping| worth(mapping) > 0) {
        if best.is_none_or(|best| worth(mapping) > worth(best)) {
            best = Some(mapping);
        }
    }
    let Some(best) = best else {
        return Rule::HeaderNotFound {
            row: None,
            recognised: Vec::new(),
            missing: Vec::new(),
            map: Vec::new(),
        };
    };
    let name = |target: &Target| match target {
        Target::Field { field, .. } => Some(field.name.to_owned()),
        Target::FormField(name) => Some(format!("field:{name}")),
        _ => None,
    };
    let pairs = best.headers.iter().zip(&best.targets);
    let recognised: Vec<(String, String)> =
        pairs.filter_map(|(header, target)| Some((header.to_string(), name(target)?))).collect();
    let mut map: Vec<(String, String)> = Vec::new();
    for (header, field) in guessed(best) {
        let is_there = recognised.iter().chain(&map).any(|(_, own)| own == field);
        if !is_there {
            map.push((header, field.to_owned()));
        }
    }
    let missing = ["approver.name", "approver.mobile"].into_iter();
    let missing = missing.filter(|name| !recognised.iter().chain(&map).any(|(_, own)| own == name));
    let missing = missing.map(str::to_owned).collect();
    Rule::HeaderNotFound { row: Some(best.header_row), recognised, missing, map }
}

/// What a column may well give, where no header was found.
fn guess(header: &str, reading: &Reading) -> Option<&'static str> {
    if reading.whose == super::columns::Whose::Stranger {
        return None;
    }
    if let Some(field) = reading.could_be {
        return Some(field.name);
    }
    let plain = super::columns::plain_header(header);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(ENDS_OF_MOBILES) || has(&["tel", "联系"]) {
        return Some("approver.mobile");
    }
    if has(ENDS_OF_ID_NUMBERS) {
        return Some("approver.id_card_number");
    }
    let is_name = plain.chars().count() <= 5 && (plain.ends_with('名') || plain.ends_with('人'));
    let of_things = ["品名", "店名", "用户名", "文件名", "项目名", "楼名", "地名", "栏名", "课名"];
    (is_name && !of_things.iter().any(|thing| plain.ends_with(thing))).then_some("approver.name")
}

/// `--key row`.
fn is_each_row(key: &str) -> bool {
    EACH_ROW.contains(&key.to_lowercase().as_str())
}

/// A title or a row of data may hit one alias by chance; a header has a column
/// that carries a contract and at least one other.
fn fits(mapping: &Mapping) -> bool {
    let carries = mapping.targets.iter().any(|target| match target {
        Target::Field { field, .. } => {
            field.level == Level::Approver
                || matches!(field.name, "contract_id" | "flow_name" | "template_id")
        }
        _ => false,
    });
    let could = mapping.readings.iter().any(|reading| reading.could_be.or(reading.plain_signer()).is_some());
    mapping.is_report() || ((carries || could) && mapping.known() >= 2)
}

fn map(header_row: u32, columns: Vec<HeaderColumn>) -> Mapping {
    let (headers, readings): (Vec<Arc<str>>, Vec<Reading>) =
        columns.into_iter().map(|column| (Arc::from(column.header), column.reading)).unzip();
    let mut targets: Vec<Target> = readings.iter().map(|reading| reading.target.clone()).collect();
    let mut asked = settle(&headers, &readings, &mut targets);
    asked.extend(terms(&headers, &readings, &mut targets));
    let layout = layout_of(&targets, &readings);
    Mapping {
        layout,
        header_row,
        headers,
        targets,
        readings,
        key: None,
        each_row: false,
        conditions: Vec::new(),
        odd_rows: None,
        asked,
    }
}

/// A bare 截止日期 beside 起始日期 ends the contract, not the time to sign it.
fn terms(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Vec<(usize, Rule)> {
    let plain =
        |at: usize| headers.get(at).map(|header| super::columns::plain_header(header)).unwrap_or_default();
    let is_form = |at: usize| matches!(readings[at].target, Target::FormField(_));
    let begins = |at: &usize| {
        let plain = plain(*at);
        TERM_BEGINNINGS.iter().any(|word| plain.contains(word))
    };
    let form_end = (0..headers.len())
        .any(|at| is_form(at) && plain(at).split_once(':').is_some_and(|(_, name)| ends_a_term(name)));
    let begins = (0..headers.len()).filter(begins).any(|at| !(is_form(at) && form_end));
    let mut found = Vec::new();
    for at in 0..headers.len() {
        let reading = &readings[at];
        let is_bare = is_bare_deadline(&headers[at]) && !reading.said;
        if is_bare && begins {
            targets[at] = Target::Unknown;
        }
        let ends = reading.ends_term
            || (is_bare && begins)
            || (reading.target == Target::Unknown && ends_a_term(&plain(at)));
        if ends && targets[at] == Target::Unknown {
            found.push((at, Rule::TermNotDeadline));
        }
    }
    found
}

fn layout_of(targets: &[Target], readings: &[Reading]) -> Layout {
    let has = |test: &dyn Fn(&'static Field, Option<usize>) -> bool| {
        targets.iter().any(|target| matches!(target, Target::Field { field, index } if test(field, *index)))
    };
    let numbered = has(&|field, index| field.level == Level::Approver && index.is_some());
    let unclear = readings.iter().any(|reading| reading.could_be.or(reading.plain_signer()).is_some());
    let plain = unclear || has(&|field, index| field.level == Level::Approver && index.is_none());
    let names_contracts =
        has(&|field, _| matches!(field.name, "flow_name" | "template_id" | "deadline" | "flow_type"))
            || targets.iter().any(|target| matches!(target, Target::FormField(_)));
    let keyed = has(&|field, _| field.name == "contract_id");
    match (numbered, plain) {
        (true, _) => Layout::Wide,
        (false, true) if keyed && !names_contracts => Layout::Approvers,
        (false, true) => Layout::Long,
        (false, false) => Layout::Contracts,
    }
}

/// What is to be said of a header that was chosen. `group_by` is a column that
/// a person has named: it is not unknown to him. `defaulted`: fields that have a
/// value without any column.
pub fn examine(mapping: &Mapping, group_by: Option<&str>, defaulted: &[&str]) -> Vec<HeaderProblem> {
    let is_defaulted = |name: &str| defaulted.contains(&name) && mapping.column_of(name).is_none();
    let falls_back = |suggestion: &str| field_named(suggestion).is_some_and(|field| is_defaulted(field.name));
    let mut problems = Vec::new();
    let grouping = group_by.and_then(|header| mapping.header_named(header));
    let is_used = |index: usize| {
        Some(index) == grouping
            || Some(index) == mapping.key
            || mapping.conditions.iter().any(|(column, _)| *column == index)
    };
    let mut strangers = Vec::new();
    let mut tell = |index: usize, rule: Rule| {
        problems.push(HeaderProblem { column: Some(mapping.place(index)), rule });
    };
    for (index, target) in mapping.targets.iter().enumerate() {
        match target {
            Target::Unknown if !mapping.headers[index].is_empty() && !is_used(index) => {
                let header = &mapping.headers[index];
                let asked: Vec<&Rule> = mapping
                    .asked
                    .iter()
                    .filter(|(column, _)| *column == index)
                    .map(|(_, rule)| rule)
                    .collect();
                if !asked.is_empty() {
                    for rule in asked {
                        tell(index, with_names(mapping, rule, defaulted));
                    }
                    continue;
                }
                if mapping.asked.iter().any(|(_, rule)| has_column(rule, header)) {
                    continue;
                }
                if let Some(field) = not_by_itself(header) {
                    tell(index, Rule::ColumnNotUsed { field: field.to_owned() });
                    continue;
                }
                match suggest(header) {
                    None => strangers.push(index),
                    Some(suggestion) if suggestion.starts_with("填写:") => {
                        tell(index, Rule::ColumnNearlyFormField { suggestion });
                    }
                    _ if resembles_signer(header) => tell(index, Rule::ColumnNearlySigner),
                    Some(suggestion) if falls_back(&suggestion) => {
                        tell(index, Rule::ColumnNearlyDefaulted { suggestion });
                    }
                    suggestion => tell(index, Rule::ColumnUnknown { suggestion }),
                }
            }
            Target::Unknown | Target::OfOurs | Target::Ignored => {}
            Target::Field { .. } | Target::FormField(_) => {
                if let Some(first) = mapping.targets.iter().take(index).position(|other| other == target) {
                    let field = match target {
                        Target::Field { field, .. } => field.name.to_owned(),
                        Target::FormField(name) => format!("field:{name}"),
                        Target::OfOurs | Target::Unknown | Target::Ignored => String::new(),
                    };
                    tell(index, Rule::ColumnTwice { field, first: named(mapping, first) });
                }
                if let Target::FormField(name) = target
                    && characters(name) > FORM_FIELD_NAME_LIMIT
                {
                    tell(index, Rule::TooLong { limit: FORM_FIELD_NAME_LIMIT, found: characters(name) });
                }
            }
        }
    }
    match strangers.as_slice() {
        [] => {}
        [one] => tell(*one, Rule::ColumnUnknown { suggestion: None }),
        several => {
            let header = |index: &usize| mapping.headers.get(*index).map(ToString::to_string);
            let headers = several.iter().filter_map(header).collect();
            problems.push(HeaderProblem { column: None, rule: Rule::ColumnsUnknown { headers } });
        }
    }
    let plain_approver = mapping.targets.iter().any(
        |target| matches!(target, Target::Field { field, index: None } if field.level == Level::Approver),
    );
    if mapping.layout == Layout::Wide && plain_approver {
        problems.push(HeaderProblem { column: None, rule: Rule::LayoutsMixed });
    }
    problems
}

fn named(mapping: &Mapping, column: usize) -> String {
    let place = mapping.place(column);
    format!("{} {}", column_letters(place.index), place.header)
}

/// The rule as it is told, with what only the whole header and the settings know.
fn with_names(mapping: &Mapping, rule: &Rule, defaulted: &[&str]) -> Rule {
    match rule {
        Rule::ColumnBeside { field, first, .. } => {
            Rule::ColumnBeside { field: field.clone(), first: *first, name: named(mapping, *first) }
        }
        Rule::TermNotDeadline
            if !defaulted.contains(&"deadline") && mapping.column_of("deadline").is_none() =>
        {
            Rule::TermOrDeadline
        }
        rule => rule.clone(),
    }
}

fn has_column(rule: &Rule, header: &str) -> bool {
    matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(own, _)| own == header))
}

/// 备注: not sent, unless somebody says as what.
fn not_by_itself(header: &str) -> Option<&'static str> {
    let plain = super::columns::plain_header(header);
    let (_, field) = NOT_BY_ITSELF.iter().find(|(word, _)| *word == plain)?;
    by_name(field).map(|field| field.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cell::Cell;

    fn row(number: u32, texts: &[&str]) -> Row {
        Row { number, hidden: false, cells: texts.iter().map(|t| Cell::text_of(*t)).collect() }
    }

    fn layout(rows: &[Row], merged: &[MergedHeader]) -> Option<(Layout, u32)> {
        find_header(rows, merged, &Aliases::default()).map(|m| (m.layout, m.header_row))
    }

    #[test]
    fn layouts_are_told_by_their_headers() {
        for (headers, expected) in [
            (&["合同编号", "合同名称", "签署方姓名", "签署方手机号"][..], Layout::Long),
            (&["合同名称", "签署方1姓名", "签署方1手机号"], Layout::Wide),
            (&["合同编号", "合同名称", "截止日期"], Layout::Contracts),
            (&["合同编号", "签署方姓名", "签署方手机号"], Layout::Approvers),
            (&["合同名称", "甲方姓名", "乙方姓名"], Layout::Wide),
        ] {
            assert_eq!(layout(&[row(1, headers)], &[]), Some((expected, 1)), "{headers:?}");
        }
    }

    #[test]
    fn a_header_may_stand_below_a_title_and_have_two_rows() {
        let rows = [
            row(1, &["2026年春季劳动合同"]),
            row(3, &["合同编号", "甲方", "", "备注"]),
            row(4, &["", "姓名", "手机号", ""]),
            row(5, &["HT-1", "张三", "13800138000", ""]),
        ];
        let merged = [MergedHeader { row: 3, first_column: 1, last_column: 2 }];
        assert_eq!(layout(&rows, &merged), Some((Layout::Wide, 4)));
        assert_eq!(layout(&[row(1, &["部门", "预算"]), row(2, &["研发", "3"])], &[]), None);
    }

    #[test]
    fn doubled_and_mixed_columns_are_named() {
        let mapping = find_header(
            &[row(1, &["合同名称", "flow_name", "签署方1姓名", "签署方手机号", "合同标号"])],
            &[],
            &Aliases::default(),
        )
        .unwrap();
        let codes: Vec<_> = examine(&mapping, None, &[]).iter().map(|p| p.rule.code()).collect();
        assert_eq!(codes, ["column.twice", "column.unknown", "sheet.layouts_mixed"]);
    }

    #[test]
    fn a_slip_in_a_column_that_has_a_default_is_a_question() {
        let told = |headers: &[&str]| -> Vec<&str> {
            let mapping = find_header(&[row(1, headers)], &[], &Aliases::default()).unwrap();
            examine(&mapping, None, &["deadline"]).iter().map(|p| p.rule.code()).collect()
        };
        assert_eq!(told(&["合同名称", "姓名", "截至日期"]), ["column.nearly"]);
        assert_eq!(told(&["合同名称", "姓名", "截至日期", "截止日期"]), ["column.unknown"]);
        assert_eq!(told(&["合同名称", "姓名", "合同类别"]), ["column.unknown"]);
    }

    #[test]
    fn strangers_are_told_in_one_line_but_for_the_column_to_group_by() {
        let headers = ["合同名称", "姓名", "部门", "工号", "职级"];
        let mapping = find_header(&[row(1, &headers)], &[], &Aliases::default()).unwrap();
        let told =
            |group_by| examine(&mapping, group_by, &[]).into_iter().map(|p| p.rule).collect::<Vec<_>>();
        let unknown = |headers: &[&str]| {
            [Rule::ColumnsUnknown { headers: headers.iter().map(|h| (*h).to_owned()).collect() }]
        };
        assert_eq!(told(None), unknown(&["部门", "工号", "职级"]));
        assert_eq!(told(Some("部门")), unknown(&["工号", "职级"]));
    }

    #[test]
    fn two_rows_of_header_need_no_merged_cells() {
        let rows = [
            row(1, &["合同编号", "合同名称", "甲方", "", "乙方", ""]),
            row(2, &["", "", "姓名", "手机号", "姓名", "手机号"]),
            row(3, &["HT-1", "合同", "张三", "13800138000", "李四", "13900139000"]),
        ];
        let mapping = find_header(&rows, &[], &Aliases::default()).unwrap();
        assert_eq!((mapping.layout, mapping.header_row), (Layout::Wide, 2));
        assert!(examine(&mapping, None, &[]).is_empty());
    }

    #[test]
    fn a_header_said_twice_is_no_contract() {
        let rows = [
            row(1, &["contract_id", "flow_name", "approver.name", "approver.mobile"]),
            row(2, &["合同编号", "合同名称", "签署方姓名", "签署方手机号"]),
            row(3, &["HT-1", "合同", "张三", "13800138000"]),
        ];
        assert_eq!(layout(&rows, &[]), Some((Layout::Long, 2)));
    }
}
