//! Which of the sheets that have a header are meant, what the chosen ones lack, and which of
//! a workbook's sheets nothing is read of.

use std::rc::Rc;
use std::sync::Arc;

use crate::contract::columns::{Target, normalise};
use crate::contract::layout::Layout;
use crate::contract::texts::is_persons_number;
use crate::contract::vocabulary::{
    EXAMPLE_SHEETS, EXAMPLES_ONLY, LEFT_OUT, MORE_SHEETS, MORE_SHEETS_END, OF_BANKS, OTHER_SHEETS,
};
use crate::domain::cell::Row;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::understood::UnusedSheet;
use crate::table::Workbook;

use super::plan::{PlanOptions, SheetChoice, Source, is_aside};
use super::sheets::first_rows;

/// Leaves the sheets that are meant, and says what is to be asked of the choice.
pub fn choose(sources: &mut Vec<Source>, options: &PlanOptions, all_sheets: bool) -> Vec<Problem> {
    let fitting = options.sheets == SheetChoice::Fitting && !all_sheets;
    let mut several = matches!(&options.sheets, SheetChoice::Named(names) if names.len() > 1);
    let whole = |source: &Source| matches!(source.mapping.layout, Layout::Long | Layout::Wide);
    if sources.len() > 1 && sources.iter().any(whole) && fitting {
        sources.retain(|source| whole(source) || may_be_contracts(source, &options.defaulted));
    }
    // Sheets that were named once, for headers like these.
    let names = |source: &Source, own: &String| {
        source.name.as_deref().is_some_and(|name| normalise(name) == normalise(own))
    };
    let is_named = |source: &Source| source.said.sheets.iter().any(|own| names(source, own));
    // Where one of them is not there, another one may have taken its place.
    let lacks_one = sources
        .iter()
        .flat_map(|source| &source.said.sheets)
        .any(|own| !sources.iter().any(|source| names(source, own)));
    let is_clear = !lacks_one || sources.iter().all(is_named);
    if sources.len() > 1 && fitting && is_clear && sources.iter().any(is_named) {
        sources.retain(is_named);
        several = true;
    }
    if sources.len() > 1 && fitting && !several {
        leave_aside(sources, |source| !source.has_rows);
        leave_aside(sources, is_an_example);
        // A list of bank cards: nobody could be sent a contract.
        let reaches_nobody = |source: &Source| {
            let has = |name: &&str| source.mapping.column_of(name).is_some();
            let of_a_bank =
                source.mapping.headers.iter().any(|header| OF_BANKS.iter().any(|word| header.contains(word)));
            whole(source) && of_a_bank && !["approver.mobile", "approver.open_id"].iter().any(has)
        };
        leave_aside(sources, reaches_nobody);
    }
    if sources.len() > 1 && fitting && !several {
        let file = sources.first().map(|source| source.file.clone()).unwrap_or_default();
        let mut sheets: Vec<String> =
            sources.iter().filter_map(|source| source.name.as_deref().map(str::to_owned)).collect();
        // The first is offered, and that is not the one with the example, or with those who have left.
        sheets.sort_by_key(|name| is_called(name, &[EXAMPLE_SHEETS, LEFT_OUT, OTHER_SHEETS]));
        let place = Place { file, ..Place::default() };
        return vec![Problem { place, value: None, rule: Rule::SheetsToChoose { sheets } }];
    }
    let mut problems = lacking_conditions(sources);
    // What was asked of the input is not asked again of a workbook to correct it.
    if !all_sheets {
        problems.extend(lacking_fields(sources));
    }
    problems
}

fn is_called(name: &str, lists: &[&[&str]]) -> bool {
    lists.iter().any(|words| words.iter().any(|word| name.contains(word)))
}

/// Drops those of the sheets, unless nothing would be left.
fn leave_aside(sources: &mut Vec<Source>, is_aside: impl Fn(&Source) -> bool) {
    if !sources.iter().all(&is_aside) {
        sources.retain(|source| !is_aside(source));
    }
}

/// 填写示例: it shows how another sheet is filled in.
fn is_an_example(source: &Source) -> bool {
    let name = source.name.as_deref().map(normalise).unwrap_or_default();
    EXAMPLES_ONLY.contains(&name.trim_end_matches(|c: char| c.is_ascii_digit()))
}

/// A sheet without the column of `--where` that another sheet has: all of it would be sent.
fn lacking_conditions(sources: &[Source]) -> Vec<Problem> {
    let has = |source: &Source, header: &String| source.mapping.header_named(header).is_some();
    let mut found = Vec::new();
    for source in sources {
        let lacks = source
            .said
            .only
            .iter()
            .map(|(header, _)| header)
            .filter(|header| !has(source, header) && sources.iter().any(|other| has(other, header)));
        for header in lacks {
            let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
            let rule = Rule::ColumnNotThere { header: header.clone() };
            found.push(Problem { place, value: None, rule });
        }
    }
    found
}

/// A list of signers of whose contracts the settings say the rest.
fn may_be_contracts(source: &Source, defaulted: &[&str]) -> bool {
    let has = |name: &&str| source.mapping.column_of(name).is_some();
    source.mapping.layout == Layout::Approvers
        && ["approver.name", "approver.mobile"].iter().all(has)
        && ["flow_name", "template_id", "deadline"].iter().all(|name| defaulted.contains(name))
}

/// Components that some of the sheets fill in and others do not.
fn lacking_fields(sources: &[Source]) -> Vec<Problem> {
    let is_form = |target: &&Target| matches!(target, Target::FormField(_));
    let mut all: Vec<(&Target, &Source)> = Vec::new();
    for source in sources {
        for target in source.mapping.targets.iter().filter(is_form) {
            if !all.iter().any(|(own, _)| *own == target) {
                all.push((target, source));
            }
        }
    }
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| !source.said.missing_fields) {
        // One that is hidden and not sent is there all the same.
        let has = |target: &Target| source.mapping.readings.iter().any(|own| own.target == *target);
        let lacks: Vec<&(&Target, &Source)> = all.iter().filter(|(target, _)| !has(target)).collect();
        let Some((_, other)) = lacks.first() else { continue };
        let name = |(target, _): &&(&Target, &Source)| match target {
            Target::FormField(name) => format!("填写:{name}"),
            _ => String::new(),
        };
        let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
        let rule = Rule::FieldsLacking {
            fields: lacks.iter().map(name).collect(),
            other: other.name.as_deref().unwrap_or_default().to_owned(),
        };
        found.push(Problem { place, value: None, rule });
    }
    found
}

/// Visible sheets without a header of ours in which people stand with their mobiles: rows that were
/// added later, most likely.
pub fn with_people(
    workbooks: &[Rc<Workbook>],
    sources: &[Source],
    with_header: &[Arc<str>],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Option<Problem> {
    let first = sources.first()?;
    if options.sheets != SheetChoice::Fitting || sources.iter().any(|source| !source.said.sheets.is_empty()) {
        return None;
    }
    // A name of two to four Chinese letters beside a mobile.
    let names = |row: &Row| {
        let seen: Vec<String> = row.cells.iter().map(|cell| cell.seen().trim().to_owned()).collect();
        let is_name = |text: &String| {
            (2..=4).contains(&text.chars().count()) && text.chars().all(|c| ('一'..='龥').contains(&c))
        };
        let is_mobile = |text: &String| text.len() == 11 && is_persons_number(text);
        seen.iter().any(is_name) && seen.iter().any(is_mobile)
    };
    let has_people = |name: &str| {
        let find = |workbook: &Rc<Workbook>| {
            let at = workbook.sheets().iter().position(|sheet| sheet.name.as_deref() == Some(name))?;
            first_rows(workbook, at, None).ok()
        };
        // 通讯录 and 供应商库 have people as well.
        let is_kept = is_called(name, &[LEFT_OUT, OTHER_SHEETS]);
        let is_more = MORE_SHEETS.iter().any(|word| name.to_lowercase().contains(word))
            || name.ends_with(MORE_SHEETS_END);
        is_more
            && !is_kept
            && !with_header.iter().any(|own| **own == *name)
            && workbooks.iter().find_map(find).is_some_and(|rows| rows.iter().any(names))
    };
    let left = unused.iter().filter(|own| !own.hidden && has_people(&own.sheet));
    let left: Vec<String> = left.map(|own| own.sheet.clone()).collect();
    let used = sources.iter().filter_map(|source| source.name.as_deref().map(str::to_owned)).collect();
    let place = Place { file: first.file.clone(), ..Place::default() };
    (!left.is_empty()).then_some(Problem { place, value: None, rule: Rule::SheetsWithPeople { left, used } })
}

/// Sheets of which nothing is read although something stands in them.
pub fn unused(workbooks: &[Rc<Workbook>], sources: &[Source]) -> Vec<UnusedSheet> {
    let mut unused = Vec::new();
    for workbook in workbooks {
        let is_used = |index: usize| {
            sources.iter().any(|source| Rc::ptr_eq(&source.workbook, workbook) && source.sheet == index)
        };
        for (index, sheet) in workbook.sheets().iter().enumerate() {
            let Some(name) = &sheet.name else { continue };
            // What cannot be read matters to nobody here.
            let is_blank = || first_rows(workbook, index, None).is_ok_and(|rows| rows.is_empty());
            if !is_used(index) && !is_aside(workbook, index) && !is_blank() {
                unused.push(UnusedSheet { sheet: name.clone(), hidden: sheet.hidden });
            }
        }
    }
    unused
}
