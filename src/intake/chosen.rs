//! Which of the sheets that have a header are meant, and what the chosen ones lack.

use crate::contract::columns::{Target, normalise, plain_header};
use crate::contract::layout::Layout;
use crate::contract::vocabulary::{
    EXAMPLE_SHEETS, EXAMPLES_ONLY, LEFT_OUT, MORE_SHEETS, MORE_SHEETS_END, NEWER_SHEETS, OF_BANKS,
    OLDER_SHEETS, OTHER_SHEETS, PARTY_CONTACTS,
};
use crate::domain::field::FieldId;
use crate::domain::problem::{Place, Problem, Rule};

use super::listed_elsewhere::lists_of_others;
use super::plan::{PlanOptions, SheetChoice, Source};
use super::sheets::{first_rows, is_same_sheet};
use super::sheets_apart::apart;

/// Leaves the sheets that are meant, and says what is to be asked of the choice.
pub fn choose(sources: &mut Vec<Source>, options: &PlanOptions, all_sheets: bool) -> Vec<Problem> {
    let fitting = options.sheets == SheetChoice::Fitting && !all_sheets;
    let mut several = matches!(&options.sheets, SheetChoice::Named(names) if names.len() > 1);
    let whole = |source: &Source| matches!(source.mapping.layout, Layout::Long | Layout::Wide);
    if sources.len() > 1 && sources.iter().any(whole) && fitting {
        sources.retain(|source| whole(source) || may_be_contracts(source, &options.defaulted));
    }
    // Sheets that were named once, for headers like these.
    let names =
        |source: &Source, own: &String| source.name.as_deref().is_some_and(|name| is_same_sheet(name, own));
    let is_named = |source: &Source| source.said.sheets.iter().any(|own| names(source, own));
    // Where one of them is not there, another one may have taken its place.
    let lacks_one = sources
        .iter()
        .flat_map(|source| &source.said.sheets)
        .any(|own| !sources.iter().any(|source| names(source, own)));
    // Or it is new beside them.
    let is_new = |source: &Source| {
        let knew = |own: &Source| match &own.said.left_sheets {
            Some(left) => left.iter().any(|left| names(source, left)),
            None => true,
        };
        !is_named(source) && source.has_rows && !sources.iter().filter(|own| is_named(own)).all(knew)
    };
    let has_new = sources.iter().any(is_new);
    let is_clear = (!lacks_one && !has_new) || sources.iter().all(is_named);
    if sources.len() > 1 && fitting && is_clear && sources.iter().any(is_named) {
        sources.retain(is_named);
        several = true;
    }
    if sources.len() > 1 && fitting && !several {
        leave_aside(sources, |source| !source.has_rows);
        leave_aside(sources, is_an_example);
        leave_aside(sources, is_an_address_book);
        // A list of bank cards: nobody could be sent a contract.
        let reaches_nobody = |source: &Source| {
            let has = |name: &&str| source.mapping.column_of(name).is_some();
            let of_a_bank =
                source.mapping.headers.iter().any(|header| OF_BANKS.iter().any(|word| header.contains(word)));
            whole(source) && of_a_bank && !["approver.mobile", "approver.open_id"].iter().any(has)
        };
        leave_aside(sources, reaches_nobody);
        let lists = lists_of_others(sources);
        leave_aside(sources, |source| source.name.as_ref().is_some_and(|name| lists.contains(name)));
    }
    if sources.len() > 1 && fitting && !several {
        let file = sources.first().map(|source| source.file.clone()).unwrap_or_default();
        let mut sheets: Vec<String> =
            sources.iter().filter_map(|source| source.name.as_deref().map(str::to_owned)).collect();
        // The first is offered, and that is not the one with the example, or with those who have left.
        let is_aside = |name: &String| is_called(name, &[EXAMPLE_SHEETS, LEFT_OUT, OTHER_SHEETS]);
        // Nor one in which nobody could be reached.
        let reaches = |name: &String| {
            let source = sources.iter().find(|source| source.name.as_deref() == Some(name));
            let has = |field: &&str| source.is_some_and(|own| own.mapping.column_of(field).is_some());
            ["approver.mobile", "approver.open_id"].iter().any(has)
                || source.is_some_and(|own| own.mapping.layout == Layout::Wide)
        };
        // 名单(新) comes before 名单, and 名单 before 名单(旧).
        let age = |name: &String| match () {
            () if is_called(name, &[OLDER_SHEETS]) => 2,
            () if is_called(name, &[NEWER_SHEETS]) => 0,
            () => 1,
        };
        sheets.sort_by_key(|name| (is_aside(name), !reaches(name), age(name)));
        let lists = sheets.iter().filter(|name| !is_aside(name)).count();
        let place = Place { file, ..Place::default() };
        return vec![Problem { place, value: None, rule: Rule::SheetsToChoose { sheets, lists } }];
    }
    let mut problems = lacking_conditions(sources);
    // What was asked of the input is not asked again of a workbook to correct it.
    if !all_sheets {
        let with_rows: Vec<&Source> = sources.iter().filter(|source| has_rows(source)).collect();
        problems.extend(lacking_fields(&with_rows, options));
        problems.extend(apart(&with_rows, options));
    }
    problems
}

pub fn is_called(name: &str, lists: &[&[&str]]) -> bool {
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

/// 供应商 | 联系人 | 电话 beside a list of people who sign: whom to call.
fn is_an_address_book(source: &Source) -> bool {
    let calls = |(_, rule): &(usize, Rule)| match rule {
        Rule::SignerUnclear { who, .. } => PARTY_CONTACTS.iter().any(|end| plain_header(who).ends_with(end)),
        _ => false,
    };
    // 供应商合同, 12月新增: more of those who sign, most likely.
    let name = source.name.as_deref().unwrap_or_default().to_lowercase();
    if MORE_SHEETS.iter().any(|word| name.contains(word)) || name.ends_with(MORE_SHEETS_END) {
        return false;
    }
    let is_named =
        |target: &Target| matches!(target, Target::Field { field, .. } if field.id == FieldId::ApproverName);
    source.mapping.asked.iter().any(calls) && !source.mapping.targets.iter().any(is_named)
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

/// Columns that decide what contracts are, with which some of the sheets have them and others do not: a component, a
/// further signer, his type, the template, the name, the deadline, and whether a row is sent.
fn lacking_fields(sources: &[&Source], options: &PlanOptions) -> Vec<Problem> {
    // What was said once of a component says nothing of who signs.
    let is_said_now = options.said.missing_fields || options.of_settings.missing_fields;
    let decides = |target: &&Target| match target {
        Target::FormField(_) => true,
        Target::Field { field, index } => {
            TERMS.contains(&field.id)
                || (field.id == FieldId::ApproverName && index.is_some_and(|own| own > 0))
        }
        _ => false,
    };
    let mut all: Vec<(&Target, &Source, usize)> = Vec::new();
    for source in sources {
        for (column, target) in source.mapping.targets.iter().enumerate().filter(|(_, own)| decides(own)) {
            if !all.iter().any(|(own, ..)| *own == target) {
                all.push((target, source, column));
            }
        }
    }
    let mut found = Vec::new();
    for source in sources.iter().filter(|_| !is_said_now) {
        // One that is hidden and not sent is there all the same.
        let mapping = &source.mapping;
        let has = |target: &Target| {
            mapping.readings.iter().any(|own| own.target == *target) || mapping.targets.contains(target)
        };
        let is_form = |target: &Target| matches!(target, Target::FormField(_));
        // 保密协议 with a template of its own has other components.
        let lacks = all.iter().filter(|(target, other, _)| {
            let is_of_another_template = || is_form(target) && have_other_templates(source, other);
            // Where nobody names a company, persons sign.
            let is_of_persons = || is_type(target) && !names_companies(source);
            let is_said = is_form(target) && source.said.missing_fields;
            !(is_said || has(target) || is_of_another_template() || is_of_persons())
        });
        let lacks: Vec<&(&Target, &Source, usize)> = lacks.collect();
        let Some((_, other, _)) = lacks.first() else { continue };
        let name = |(target, other, column): &&(&Target, &Source, usize)| match target {
            Target::FormField(name) => format!("填写:{name}"),
            _ => other.mapping.header(*column),
        };
        let near = lacks.iter().find_map(|(target, ..)| {
            let Target::FormField(name) = target else { return None };
            Some((nearly(source, name)?, format!("填写:{name}")))
        });
        let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
        let rule = Rule::FieldsLacking {
            fields: lacks.iter().map(name).collect(),
            other: other.name.as_deref().unwrap_or_default().to_owned(),
            near,
            terms: lacks.iter().any(|(target, ..)| !is_form(target)),
        };
        found.push(Problem { place, value: None, rule });
    }
    found
}

/// There is something below its header.
fn has_rows(source: &Source) -> bool {
    let rows = first_rows(&source.workbook, source.sheet, Some(source.mapping.header_row));
    rows.is_ok_and(|rows| rows.iter().any(|row| row.number > source.mapping.header_row && !row.is_blank()))
}

fn is_type(target: &Target) -> bool {
    matches!(target, Target::Field { field, .. } if field.id == FieldId::ApproverType)
}

fn names_companies(source: &Source) -> bool {
    let is_company = |target: &Target| matches!(target, Target::Field { field, .. } if field.id == FieldId::ApproverOrganizationName);
    source.mapping.targets.iter().any(is_company)
}

/// What contracts are called, when they end, with which template, who signs as what, and whether a row is sent.
const TERMS: [FieldId; 5] =
    [FieldId::FlowName, FieldId::TemplateId, FieldId::Deadline, FieldId::ApproverType, FieldId::Send];

/// 月薪, 新月薪: a column that nothing is sent of, for the component 月薪.
fn nearly(source: &Source, component: &str) -> Option<String> {
    let wanted = plain_header(component);
    let mapping = &source.mapping;
    let is_free = |at: &usize| mapping.targets[*at] == Target::Unknown && !mapping.readings[*at].said;
    let is_near = |at: &usize| {
        let plain = mapping.plain(*at);
        plain.chars().count() > 1 && (plain.contains(&wanted) || wanted.contains(&plain))
    };
    let free = || (0..mapping.targets.len()).filter(is_free);
    // Of 原月薪 and 月薪 it is the latter, and of 原月薪 and 新月薪 nobody knows.
    let the_only = || {
        let mut near = free().filter(is_near);
        near.next().filter(|_| near.next().is_none())
    };
    let found = free().find(|at| mapping.plain(*at) == wanted).or_else(the_only);
    found.map(|at| mapping.header(at))
}

/// Each has a column of templates, and in its first row another one.
fn have_other_templates(one: &Source, other: &Source) -> bool {
    let first = |source: &Source| {
        let column = source.mapping.column_of(FieldId::TemplateId.name())?;
        let rows = first_rows(&source.workbook, source.sheet, None).ok()?;
        let row =
            rows.iter().find(|row| row.number > source.mapping.header_row && !row.cell(column).is_blank())?;
        Some(row.cell(column).seen().trim().to_owned())
    };
    first(one).zip(first(other)).is_some_and(|(one, other)| one != other)
}
