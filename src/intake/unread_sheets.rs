//! Sheets of a workbook that nothing is read of, and what stands in them that a contract may need.

use std::collections::HashSet;
use std::sync::Arc;

use crate::contract::above::{names_a_deadline, says_something};
use crate::contract::columns::{Target, is_counterparty, plain_header, read};
use crate::contract::parents::is_bare_deadline;
use crate::contract::texts::is_persons_number;
use crate::contract::values;
use crate::contract::vocabulary::{
    FILLING_IN_A_DATE, GUARDIANS, HELP_SHEETS, LEFT_FOR_LATER, LEFT_OUT, MORE_SHEETS, MORE_SHEETS_END,
    NUMBER_ENDS, OTHER_SHEETS, PARTIES, SHEETS_OF_A_COMPANY, TERMS_OF_SIGNING, WEAK_KEYS,
};
use crate::domain::cell::{Cell, Row};
use crate::domain::field::{FieldId, Level};
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::said::Said;
use crate::domain::understood::UnusedSheet;
use crate::table::Workbook;

use super::chosen::is_called;
use super::look::is_aside;
use super::plan::{PlanOptions, SheetChoice, Source};
use super::remarks::without_numbers;
use super::sheets::first_rows;

/// Whether nobody has said which sheets are meant.
pub fn is_open(sources: &[Source], options: &PlanOptions) -> bool {
    !is_named(options) && sources.iter().all(|source| source.said.sheets.is_empty())
}

/// Sheets that tell everybody how such a list is filled in: 填写说明, 模板.
const INSTRUCTIONS: &[&str] =
    &["填写", "模板", "模版", "示例", "样例", "帮助", "指南", "指引", "使用", "字典", "help", "readme"];

/// 只发标黄的, 二部暂不发送: the first sentence of such a sheet that says something of all contracts, or of one of the
/// sheets that are read. Until when they are to be signed is asked by [`with_settings`]. `told`: the sheet of which it is
/// asked already what it says of rows.
pub fn of_all_contracts(
    sources: &[Source],
    unused: &[UnusedSheet],
    options: &PlanOptions,
    told: Option<&str>,
) -> Option<Problem> {
    let first = sources.first().filter(|_| is_open(sources, options))?;
    let says = |sheet: &str, text: &str| {
        let of_all = || {
            told != Some(sheet)
                && !is_called(sheet, &[INSTRUCTIONS])
                && !names_a_deadline(text)
                && says_something(text, &first.mapping)
        };
        (sources.len() > 1 && leaves_out_a_sheet(text, sources)) || of_all()
    };
    let found =
        unused.iter().filter(|own| !own.hidden && !is_called(&own.sheet, &[LEFT_OUT])).find_map(|own| {
            let sentences = sentences_of(sources, &own.sheet).into_iter();
            let (row, text) = sentences.into_iter().find(|(_, text)| says(&own.sheet, text))?;
            Some(said_in(sources, &own.sheet, row, &text))
        });
    let place = Place { file: first.file.clone(), ..Place::default() };
    found.map(|rule| Problem { place, value: None, rule })
}

/// What is asked of a sentence that nothing is done about.
pub fn said_in(sources: &[Source], sheet: &str, row: u32, text: &str) -> Rule {
    Rule::SheetSaysMore {
        sheet: sheet.to_owned(),
        row,
        text: sentence_as_told(text),
        field: FieldId::Send.name().to_owned(),
        used: names_of(sources),
        joined: None,
    }
}

/// The sentence, without what is somebody's number; of a long one the beginning.
fn sentence_as_told(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut told = without_numbers(text);
    if told.chars().count() > LONGEST {
        told = told.chars().take(LONGEST).collect::<String>() + "…";
    }
    told
}

/// 二部暂不发送, 只发一部: a clause about one of the sheets, and no more.
fn leaves_out_a_sheet(text: &str, sources: &[Source]) -> bool {
    const ONLY: [&str; 6] = ["只发", "仅发", "先发", "只签", "仅签", "先签"];
    let names =
        || sources.iter().filter_map(|own| own.name.as_deref()).filter(|name| name.chars().count() > 1);
    text.split(['，', ',', '；', ';', '。', ' ']).map(str::trim).any(|clause| {
        let only = ONLY.iter().find_map(|word| clause.strip_prefix(word));
        let is_only = only.is_some_and(|rest| names().any(|name| rest == name));
        let behind = names().filter_map(|name| clause.strip_prefix(name));
        is_only
            || behind.map(|rest| rest.trim_start_matches([':', '：', '的', '先', '都'])).any(|rest| {
                LEFT_FOR_LATER.iter().any(|word| {
                    rest.strip_prefix(word).is_some_and(|end| {
                        matches!(end, "" | "送" | "发" | "签" | "签署" | "发送" | "再发" | "再签" | "了")
                    })
                })
            })
    })
}

/// A sentence of a sheet: it stands alone in its row.
fn only_text(row: &Row) -> Option<String> {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_blank());
    let (first, second) = (filled.next()?, filled.next());
    second.is_none().then(|| first.seen().trim().to_owned())
}

/// Rows of a sheet that nothing is read of, of which each is one sentence, with their numbers.
pub fn sentences_of(sources: &[Source], sheet: &str) -> Vec<(u32, String)> {
    let rows = sources.iter().find_map(|source| {
        let sheets = source.workbook.sheets();
        let at = sheets.iter().position(|own| own.name.as_deref() == Some(sheet))?;
        first_rows(&source.workbook, at, None).ok()
    });
    let rows = rows.unwrap_or_default();
    rows.iter().filter_map(|row| Some((row.number, only_text(row)?))).collect()
}

/// Whether nobody has said of this file, or in the settings, which sheets are meant: what was said once of others
/// says nothing of the people whom this one names.
pub fn is_unsaid(options: &PlanOptions) -> bool {
    let says = |said: &Said| !said.sheets.is_empty();
    !is_named(options) && !says(&options.said) && !says(&options.of_settings)
}

/// `--all-sheets` means those that can be read, and says nothing of the others.
fn is_named(options: &PlanOptions) -> bool {
    matches!(options.sheets, SheetChoice::Named(_))
}

pub fn names_of(sources: &[Source]) -> Vec<String> {
    sources.iter().filter_map(|source| source.name.as_deref().map(str::to_owned)).collect()
}

/// `模板ID | yDRS4…` in a sheet of settings: what no column of the list says.
pub fn with_settings(
    workbooks: &[Arc<Workbook>],
    sources: &[Source],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Option<Problem> {
    const LONGEST: usize = 60;
    let first = sources.first().filter(|_| is_open(sources, options))?;
    let lacks = |name: &str| sources.iter().all(|source| source.mapping.column_of(name).is_none());
    let said = |row: &Row| {
        // 工号 | 填写:工资: what goes into the contracts stands in another sheet.
        let form = row.cells.iter().find(|cell| matches!(read(&cell.seen()).target, Target::FormField(_)));
        if let Some(form) = form {
            return Some((row.number, "field", form.seen().trim().to_owned()));
        }
        let filled: Vec<&Cell> = row.cells.iter().filter(|cell| !cell.is_blank()).collect();
        let [label, value] = filled.as_slice() else { return None };
        let Target::Field { field, .. } = read(&label.seen()).target else { return None };
        let is_one = matches!(field.id, FieldId::TemplateId | FieldId::Deadline)
            && lacks(field.name)
            && values::reads(field.kind, value)
            // 模板名称 beside 模板ID is a header.
            && (value.seen().chars().any(|c| c.is_ascii_digit())
                || value.seen().trim().chars().all(|c| c.is_ascii_alphanumeric()));
        is_one.then(|| (row.number, field.name, format!("{} {}", label.seen().trim(), value.seen().trim())))
    };
    let rows_of = |name: &str| {
        let find = |workbook: &Arc<Workbook>| {
            let at = workbook.sheets().iter().position(|sheet| sheet.name.as_deref() == Some(name))?;
            first_rows(workbook, at, None).ok()
        };
        workbooks.iter().find_map(find).unwrap_or_default()
    };
    let open = unused.iter().filter(|own| !own.hidden && !is_called(&own.sheet, &[LEFT_OUT]));
    // 说明: 请于12月10日前签完. How a cell is to be filled in is said there as well.
    let sentence = |row: &Row| {
        let filled = row.cells.iter().filter(|cell| !cell.is_blank());
        let text = filled.map(|cell| cell.seen().trim().to_owned()).collect::<Vec<_>>().join(" ");
        let says = lacks("deadline") && !says_how_to_fill_in(&text) && names_a_deadline(&text);
        says.then_some((row.number, "deadline", text))
    };
    let has_header = |plain: &String| {
        sources.iter().any(|own| own.mapping.headers.iter().any(|header| plain_header(header) == *plain))
    };
    let shares_a_name = |row: &Row| {
        let plain = row.cells.iter().map(|cell| plain_header(&cell.seen()));
        plain.filter(|plain| !plain.is_empty()).any(|plain| has_header(&plain))
    };
    let said_in = |sheet: &str| {
        let is_help = is_called(sheet, &[HELP_SHEETS]);
        let rows = rows_of(sheet);
        // An example of a list has people in it.
        let names_people = |row: &Row| {
            let level = |cell: &Cell| match read(&cell.seen()).target {
                Target::Field { field, .. } => Some(field.level),
                _ => None,
            };
            row.cells.iter().any(|cell| level(cell) == Some(Level::Approver))
        };
        let below = |row: &Row| match is_help && names_people(row) {
            true => None,
            false => below_a_header(row, &rows, lacks, shares_a_name),
        };
        let said = |row: &Row| {
            let said = if is_help { None } else { said(row) };
            said.or_else(|| sentence(row))
                .or_else(|| names_a_template(row).filter(|_| lacks("template_id")))
                .or_else(|| below(row))
        };
        rows.iter().filter_map(said).collect::<Vec<_>>()
    };
    // What the settings say as well is no question.
    let is_known = |field: &str, text: &str| {
        options.values.iter().any(|(own, value)| *own == field && text.ends_with(value.trim()))
    };
    let said_in = |sheet: &str| {
        let all = said_in(sheet).into_iter();
        all.filter(|(_, field, text)| !is_known(field, text)).collect::<Vec<_>>()
    };
    let (sheet, all) =
        open.map(|own| (own.sheet.clone(), said_in(&own.sheet))).find(|(_, all)| !all.is_empty())?;
    let (row, field) = all.first().map(|(row, field, _)| (*row, *field))?;
    let texts: Vec<&str> = all.iter().map(|(.., text)| text.as_str()).collect();
    let text = texts.join("; ").chars().take(LONGEST * 2).collect();
    let place = Place { file: first.file.clone(), ..Place::default() };
    let is_form = all.iter().any(|(.., own, _)| *own == "field");
    let joined = if is_form { number_of_both(&rows_of(&sheet), row, sources) } else { None };
    let used = names_of(sources);
    let rule = Rule::SheetSaysMore { sheet, row, text, field: field.to_owned(), used, joined };
    Some(Problem { place, value: None, rule })
}

/// `模板ID | 签署截止时间` above their values; and `合同编号 | 合同名称` of the contracts whose signers are read.
fn below_a_header(
    row: &Row,
    rows: &[Row],
    lacks: impl Fn(&str) -> bool,
    is_shared: impl Fn(&Row) -> bool,
) -> Option<(u32, &'static str, String)> {
    let below =
        rows.iter().find(|own| own.number > row.number && own.cells.iter().any(|cell| !cell.is_blank()))?;
    let numbers_contracts = row.cells.iter().any(
        |cell| matches!(read(&cell.seen()).target, Target::Field { field, .. } if field.id == FieldId::ContractId),
    );
    row.cells.iter().enumerate().find_map(|(column, cell)| {
        let Target::Field { field, .. } = read(&cell.seen()).target else { return None };
        let is_one = match field.id {
            FieldId::TemplateId => true,
            // A bare 截止日期 may end anything.
            FieldId::Deadline => !is_bare_deadline(&cell.seen()),
            FieldId::FlowName => numbers_contracts,
            _ => false,
        };
        let value = below.cell(column);
        let seen = value.seen();
        let is_value = !value.is_blank()
            && values::reads(field.kind, value)
            && (field.id == FieldId::FlowName || seen.chars().any(|c| c.is_ascii_digit()));
        let text = format!("{} {}", cell.seen().trim(), seen.trim());
        // A list of all templates says nothing of these contracts, unless it says of which one each is.
        let different: HashSet<String> = rows
            .iter()
            .filter(|own| own.number > row.number)
            .map(|own| own.cell(column).seen().trim().to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        let is_of_all = different.len() == 1 || numbers_contracts || is_shared(row);
        (is_of_all && is_one && lacks(field.name) && is_value).then_some((row.number, field.name, text))
    })
}

/// `模板ID：yDRS4…` in one cell.
fn names_a_template(row: &Row) -> Option<(u32, &'static str, String)> {
    const SHORTEST: usize = 24;
    row.cells.iter().find_map(|cell| {
        let seen = cell.seen();
        let (label, value) = seen.trim().split_once(['：', ':'])?;
        let field = FieldId::TemplateId.field();
        let is_label =
            matches!(read(label).target, Target::Field { field, .. } if field.id == FieldId::TemplateId);
        let is_id =
            value.trim().len() >= SHORTEST && value.trim().bytes().all(|byte| byte.is_ascii_alphanumeric());
        (is_label && is_id).then(|| (row.number, field.name, seen.trim().to_owned()))
    })
}

/// `房号 | 填写:租金` beside `房号 | 姓名 | 手机号`: a header of both, where the sheet that is not read has no number that the
/// other one lacks.
fn number_of_both(unread: &[Row], header: u32, sources: &[Source]) -> Option<String> {
    let [source] = sources else { return None };
    let mapping = &source.mapping;
    if mapping.key_column().is_some() {
        return None;
    }
    let read = first_rows(&source.workbook, source.sheet, None).ok()?;
    let seen = |rows: &[Row], below: u32, column: usize| -> HashSet<String> {
        let rows = rows.iter().filter(|row| row.number > below);
        rows.map(|row| row.cell(column).seen().trim().to_owned()).filter(|text| !text.is_empty()).collect()
    };
    let titles = unread.iter().find(|row| row.number == header)?;
    let is_one = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_number =
            NUMBER_ENDS.iter().any(|end| plain.ends_with(end)) || WEAK_KEYS.contains(&plain.as_str());
        let is_free = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        let at = titles.cells.iter().position(|cell| plain_header(&cell.seen()) == plain);
        let Some(at) = at.filter(|_| is_number && is_free) else { return false };
        let (theirs, ours) = (seen(unread, header, at), seen(&read, mapping.header_row, *column));
        !theirs.is_empty() && theirs.is_subset(&ours)
    };
    let column = (0..mapping.targets.len()).find(is_one)?;
    Some(mapping.headers[column].to_string())
}

/// How a date is to be written; 签署期限 is no 期限 of that kind.
fn says_how_to_fill_in(text: &str) -> bool {
    let bare = TERMS_OF_SIGNING.iter().fold(text.to_owned(), |text, word| text.replace(word, ""));
    FILLING_IN_A_DATE.iter().any(|word| bare.contains(word))
}

/// Visible sheets without a header of ours in which people stand with their mobiles: rows that were
/// added later, most likely.
pub fn with_people(
    workbooks: &[Arc<Workbook>],
    sources: &[Source],
    with_header: &[Arc<str>],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Option<Problem> {
    let first = sources.first().filter(|_| is_open(sources, options))?;
    // A name of two to four Chinese letters beside a mobile.
    let names = |row: &Row| {
        let seen: Vec<String> = row.cells.iter().map(|cell| cell.seen().trim().to_owned()).collect();
        let is_name = |text: &String| {
            (2..=4).contains(&text.chars().count()) && text.chars().all(|c| ('一'..='龥').contains(&c))
        };
        let is_mobile = |text: &String| text.len() == 11 && is_persons_number(text);
        seen.iter().any(is_name) && seen.iter().any(is_mobile)
    };
    let has_mobile = |row: &Row| {
        let seen = row.cells.iter().map(|cell| cell.seen().trim().to_owned());
        seen.into_iter().any(|text| text.len() == 11 && is_persons_number(&text))
    };
    let has_people = |name: &str| {
        let find = |workbook: &Arc<Workbook>| {
            let at = workbook.sheets().iter().position(|sheet| sheet.name.as_deref() == Some(name))?;
            first_rows(workbook, at, None).ok()
        };
        // 通讯录 and 供应商库 have people as well.
        let is_kept = is_called(name, &[LEFT_OUT, OTHER_SHEETS]);
        // 甲方, 公司信息: a party of all contracts, most likely.
        let of_a_party = PARTIES.iter().any(|(word, _)| name.contains(word))
            || SHEETS_OF_A_COMPANY.iter().any(|word| name.contains(word))
            || name.trim_end_matches("信息").chars().count() > 1
                && (is_counterparty(name.trim_end_matches("信息"))
                    || GUARDIANS.contains(&name.trim_end_matches("信息")));
        let is_more = of_a_party
            || MORE_SHEETS.iter().any(|word| name.to_lowercase().contains(word))
            || name.ends_with(MORE_SHEETS_END);
        is_more
            && !is_kept
            && !with_header.iter().any(|own| **own == *name)
            && workbooks.iter().find_map(find).is_some_and(|rows| {
                // 甲方手机号 | 139…: one line below the other.
                rows.iter().any(names) || (of_a_party && rows.iter().any(has_mobile))
            })
    };
    let left = unused.iter().filter(|own| !own.hidden && has_people(&own.sheet));
    let left: Vec<String> = left.map(|own| own.sheet.clone()).collect();
    let used = names_of(sources);
    let place = Place { file: first.file.clone(), ..Place::default() };
    (!left.is_empty()).then_some(Problem { place, value: None, rule: Rule::SheetsWithPeople { left, used } })
}

/// Sheets of which nothing is read although something stands in them.
pub fn unused(workbooks: &[Arc<Workbook>], sources: &[Source]) -> Vec<UnusedSheet> {
    let mut unused = Vec::new();
    for workbook in workbooks {
        let is_used = |index: usize| {
            sources.iter().any(|source| Arc::ptr_eq(&source.workbook, workbook) && source.sheet == index)
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
