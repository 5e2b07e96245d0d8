//! What is to be said of a header that was chosen, before any row is read.

use crate::domain::cell::column_letters;
use crate::domain::field::{FORM_FIELD_NAME_LIMIT, FieldId, Level, by_name};
use crate::domain::flow::characters;
use crate::domain::problem::{ColumnPlace, Rule};

use super::columns::{Target, field_named, plain_header};
use super::layout::{Layout, Mapping};
use super::signers::is_other_party;
use super::suggest::{ends_the_contract, is_no_deadline, resembles_deadline, resembles_signer, suggest};
use super::vocabulary::{
    FAMILY_NAMES, GIVEN_NAMES, MOBILES_BY_NAME, NAME_WORDS, NOT_BY_ITSELF, PERSONAL_MARKS, SIGNING_PEOPLE,
    TEMPLATE_NAMES, TO_SIGN_WITH,
};

/// Something to tell about a column, before any row is read.
pub struct HeaderProblem {
    pub column: Option<ColumnPlace>,
    pub rule: Rule,
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
    let halves = name_in_two(mapping);
    let mut strangers = Vec::new();
    let mut tell = |index: usize, rule: Rule| {
        problems.push(HeaderProblem { column: Some(mapping.place(index)), rule });
    };
    // A sheet may have thousands of columns.
    let has_deadline = mapping.column_of("deadline").is_some();
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
                        tell(index, with_names(mapping, index, rule, defaulted));
                    }
                    continue;
                }
                if mapping.asked.iter().any(|(_, rule)| has_column(rule, header)) {
                    continue;
                }
                if let Some((_, other)) = halves.as_ref().filter(|(family, _)| family.contains(&index)) {
                    tell(index, Rule::NameInTwo { other: other.clone() });
                    continue;
                }
                if let Some(field) = not_by_itself(header) {
                    tell(index, Rule::ColumnNotUsed { field: field.to_owned() });
                    continue;
                }
                if ends_the_contract(header) {
                    tell(index, with_names(mapping, index, &Rule::TermNotDeadline, defaulted));
                    continue;
                }
                match suggest(header).filter(|_| !is_no_deadline(header)) {
                    None if !has_deadline && resembles_deadline(header) => {
                        tell(index, Rule::ColumnNearlyDefaulted { suggestion: "deadline".to_owned() });
                    }
                    None => strangers.push(index),
                    // Nobody stands there.
                    _ if mapping.empty.contains(&index) => strangers.push(index),
                    Some(suggestion) if suggestion.starts_with("填写:") => {
                        tell(index, Rule::ColumnNearlyFormField { suggestion });
                    }
                    _ if resembles_signer(header) => {
                        let of_party = is_other_party(&plain_header(header));
                        tell(index, Rule::ColumnNearlySigner { of_party });
                    }
                    // 模板 with the names of some is told by what stands there.
                    Some(suggestion)
                        if falls_back(&suggestion)
                            && !(suggestion == FieldId::TemplateId.name()
                                && TEMPLATE_NAMES.contains(&plain_header(header).as_str())) =>
                    {
                        tell(index, Rule::ColumnNearlyDefaulted { suggestion });
                    }
                    suggestion => tell(index, Rule::ColumnUnknown { suggestion }),
                }
            }
            Target::Unknown | Target::OfOurs | Target::Ignored => {}
            Target::Field { .. } | Target::FormField(_) => {
                let of_used = |(own, rule): &&(usize, Rule)| {
                    *own == index
                        && matches!(rule, Rule::ColumnStruck { .. } | Rule::SignerMayBeCompany { .. })
                };
                if let Some((_, rule)) = mapping.asked.iter().find(of_used) {
                    tell(index, rule.clone());
                }
                if let Some(first) = mapping.targets.iter().take(index).position(|other| other == target) {
                    let field = match target {
                        Target::Field { field, .. } => field.name.to_owned(),
                        Target::FormField(name) => format!("field:{name}"),
                        Target::OfOurs | Target::Unknown | Target::Ignored => String::new(),
                    };
                    // Of two the one that is called otherwise is the one too many.
                    let (told, kept) = match is_preferred(mapping, index, first) {
                        true => (first, index),
                        false => (index, first),
                    };
                    let alike = mapping.plain(told) == mapping.plain(kept);
                    tell(told, Rule::ColumnTwice { field, first: named(mapping, kept), alike });
                }
                if let Target::FormField(name) = target
                    && characters(name) > FORM_FIELD_NAME_LIMIT
                {
                    tell(index, Rule::TooLong { limit: FORM_FIELD_NAME_LIMIT, found: characters(name) });
                }
            }
        }
    }
    if let Some(rule) = tables_beside(mapping) {
        problems.retain(|problem| !matches!(problem.rule, Rule::ColumnTwice { .. }));
        problems.push(HeaderProblem { column: None, rule });
        return problems;
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
    problems.extend(mapping.above.iter().cloned().map(|rule| HeaderProblem { column: None, rule }));
    let plain_approver = mapping.targets.iter().position(
        |target| matches!(target, Target::Field { field, index: None } if field.level == Level::Approver),
    );
    if let Some(column) = plain_approver.filter(|_| mapping.layout == Layout::Wide) {
        let column = Some(mapping.place(column));
        problems.push(HeaderProblem { column, rule: Rule::LayoutsMixed });
    }
    problems
}

/// The same table once more to the right: name and mobile, and whatever else there is, come
/// again in the same order.
fn tables_beside(mapping: &Mapping) -> Option<Rule> {
    let known = |column: &usize| Mapping::means_something(&mapping.targets[*column]);
    let columns: Vec<usize> = (0..mapping.targets.len()).filter(known).collect();
    let (first, rest) = columns.split_first()?;
    let again = rest.iter().position(|column| mapping.targets[*column] == mapping.targets[*first])? + 1;
    let (left, right) = columns.split_at(again);
    // 姓名 | 电话 | 签署人 | 签署人手机.
    let signs = |column: &usize| {
        let plain = plain_header(&mapping.headers[*column]);
        SIGNING_PEOPLE.iter().any(|word| plain.starts_with(word))
    };
    let same = left.len() >= 2
        && right.len() == left.len()
        && left.iter().any(signs) == right.iter().any(signs)
        && left.iter().zip(right).all(|(left, right)| mapping.targets[*left] == mapping.targets[*right]);
    let letters = |column: &[usize]| column.first().map(|column| column_letters(*column)).unwrap_or_default();
    same.then(|| Rule::TablesBeside { column: letters(right), first: letters(left) })
}

/// `姓名 | 签署人姓名`, `联系电话 | 手机号`: whether the second of two columns for the same is the one that says it.
fn is_preferred(mapping: &Mapping, second: usize, first: usize) -> bool {
    let worth = |column: usize| {
        let plain = plain_header(&mapping.headers[column]);
        let signs = TO_SIGN_WITH.iter().chain(SIGNING_PEOPLE).any(|word| plain.starts_with(word));
        let is_own = PERSONAL_MARKS.iter().any(|word| plain.starts_with(word));
        let is_mobile = MOBILES_BY_NAME.iter().any(|word| plain.contains(word));
        (signs, is_own, is_mobile)
    };
    worth(second) > worth(first)
}

fn named(mapping: &Mapping, column: usize) -> String {
    let place = mapping.place(column);
    format!("{} {}", column_letters(place.index), place.header)
}

/// The rule as it is told, with what only the whole header and the settings know.
fn with_names(mapping: &Mapping, column: usize, rule: &Rule, defaulted: &[&str]) -> Rule {
    match rule {
        Rule::ColumnBeside { field, first, open, .. } => {
            // Whoever is called 签署人 is not to be left out unseen.
            let header = mapping.plain(column);
            let open = *open
                || NAME_WORDS.contains(&header.as_str())
                || TO_SIGN_WITH.iter().any(|word| header.starts_with(word));
            Rule::ColumnBeside { field: field.clone(), first: *first, name: named(mapping, *first), open }
        }
        Rule::TermNotDeadline
            if !defaulted.contains(&"deadline") && mapping.column_of("deadline").is_none() =>
        {
            Rule::TermOrDeadline { soon: false }
        }
        rule => rule.clone(),
    }
}

fn has_column(rule: &Rule, header: &str) -> bool {
    matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(own, _)| own == header))
}

/// 姓 beside 名, where nothing gives the signer's name: the columns of the first, and the place of
/// the second. Each header is looked at once, however many there are.
pub fn name_in_two(mapping: &Mapping) -> Option<(Vec<usize>, String)> {
    let is_one_of = |header: &str, words: &[&str]| words.contains(&plain_header(header).as_str());
    let name = mapping.column_of("approver.name").and_then(|name| mapping.headers.get(name));
    if name.is_some_and(|name| !is_one_of(name, GIVEN_NAMES)) {
        return None;
    }
    let of = |words| {
        mapping
            .headers
            .iter()
            .enumerate()
            .filter(move |(_, header)| is_one_of(header, words))
            .map(|(at, _)| at)
    };
    let given = of(GIVEN_NAMES).next()?;
    let family: Vec<usize> = of(FAMILY_NAMES).collect();
    (!family.is_empty()).then(|| (family, named(mapping, given)))
}

/// 备注: not sent, unless somebody says as what.
fn not_by_itself(header: &str) -> Option<&'static str> {
    let plain = plain_header(header);
    let (_, field) = NOT_BY_ITSELF.iter().find(|(word, _)| *word == plain)?;
    by_name(field).map(|field| field.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::columns::Aliases;
    use crate::contract::header::MergedHeader;
    use crate::contract::search::{Search, find_header};
    use crate::domain::cell::{Cell, Row};

    fn row(number: u32, texts: &[&str]) -> Row {
        Row { number, cells: texts.iter().map(|t| Cell::text_of(*t)).collect(), ..Row::default() }
    }

    fn found(rows: &[Row], merged: &[MergedHeader]) -> Option<Mapping> {
        match find_header(rows, merged, &Aliases::default(), None) {
            Search::Found(mapping) => Some(*mapping),
            Search::Failed(_) | Search::Nothing => None,
        }
    }

    #[test]
    fn doubled_and_mixed_columns_are_named() {
        let mapping =
            found(&[row(1, &["合同名称", "flow_name", "签署方1姓名", "签署方手机号", "合同标号"])], &[])
                .unwrap();
        let codes: Vec<_> = examine(&mapping, None, &[]).iter().map(|p| p.rule.code()).collect();
        assert_eq!(codes, ["column.twice", "column.unknown", "sheet.layouts_mixed"]);
    }

    #[test]
    fn a_slip_in_a_column_that_has_a_default_is_a_question() {
        let told = |headers: &[&str]| -> Vec<&str> {
            let mapping = found(&[row(1, headers)], &[]).unwrap();
            examine(&mapping, None, &["deadline"]).iter().map(|p| p.rule.code()).collect()
        };
        assert_eq!(told(&["合同名称", "姓名", "截至日期"]), ["column.nearly"]);
        assert_eq!(told(&["合同名称", "姓名", "截至日期", "截止日期"]), ["column.unknown"]);
        assert_eq!(told(&["合同名称", "姓名", "合同类别"]), ["column.unknown"]);
    }

    #[test]
    fn strangers_are_told_in_one_line_but_for_the_column_to_group_by() {
        let headers = ["合同名称", "姓名", "部门", "工号", "职级"];
        let mapping = found(&[row(1, &headers)], &[]).unwrap();
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
        let mapping = found(&rows, &[]).unwrap();
        assert_eq!((mapping.layout, mapping.header_row), (Layout::Wide, 2));
        assert!(examine(&mapping, None, &[]).is_empty());
    }
}
