//! Rows that are no contract, and lines of a CSV whose values may stand in the
//! wrong columns.

use crate::contract::build::SourceRow;
use crate::contract::columns::{Target, plain_header};
use crate::contract::dates::Clock;
use crate::contract::layout::Layout;
use crate::contract::notes::is_a_note;
use crate::contract::values;
use crate::domain::cell::Row;
use crate::domain::field::{Kind, Level};
use crate::domain::problem::Rule;

/// Words that stand alone, or before a colon, in rows which are no contracts.
const WORDS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "total",
    "示例",
    "示例行",
    "样例",
    "例",
    "例如",
    "填写说明",
    "说明",
    "example",
    "必填",
    "选填",
    "非必填",
    "必填项",
    "选填项",
    "required",
    "optional",
    "注",
    "备注",
    "注意",
    "注意事项",
    "温馨提示",
    "制表",
    "制表人",
    "填表人",
    "审核人",
    "填表日期",
    "以下空白",
];
const TOTALS: &[&str] = &["合计", "总计", "小计", "共计"];
/// A key with such a word is the template's example.
const EXAMPLES: &[&str] = &["示例", "样例"];

/// A remark, or a running number that was drawn down too far, in columns that
/// mean nothing to us. A row with more than that may be a contract all the same.
pub fn says_nothing_to_us(row: &SourceRow) -> bool {
    known_cells(row).next().is_none() && row.row.cells.iter().filter(|cell| !cell.is_blank()).count() <= 2
}

/// A total, an example, an instruction or the header once more.
pub fn not_a_contract(row: &SourceRow) -> Option<Rule> {
    let (column, cell) = row.row.cells.iter().enumerate().find(|(_, cell)| !cell.is_blank())?;
    let text = cell.seen();
    let text = text.trim();
    let head = text.split(['：', ':']).next().unwrap_or_default();
    let word = head.trim_matches(|c: char| !c.is_alphanumeric());
    let in_key = row.mapping.column_of("contract_id") == Some(column);
    let odd = WORDS.contains(&word.to_lowercase().as_str())
        || (TOTALS.iter().any(|total| text.starts_with(total)) && text.chars().count() <= 12)
        || (in_key && EXAMPLES.iter().any(|example| text.contains(example)))
        || is_an_example(row)
        || says_how(row)
        || repeats_header(row, column);
    odd.then(|| Rule::RowNotAContract { word: text.chars().take(10).collect() })
}

/// `（示例）劳动合同`, or a signer called 示例.
fn is_an_example(row: &SourceRow) -> bool {
    let begins = |name: &str, whole: bool| {
        row.mapping.column_of(name).is_some_and(|column| {
            let text = row.row.cell(column).seen();
            let text = text.trim().trim_start_matches(['（', '(', '【', '[', '〔']);
            EXAMPLES.iter().any(|example| if whole { text == *example } else { text.starts_with(example) })
        })
    };
    begins("flow_name", false) || begins("approver.name", true)
}

/// A row below the header that says how to fill it in: 必填 | 必填，11位 | 选填.
fn says_how(row: &SourceRow) -> bool {
    let filled: Vec<String> =
        row.row.cells.iter().map(|cell| plain_header(&cell.seen())).filter(|text| !text.is_empty()).collect();
    let notes = filled.iter().filter(|text| text.contains('填') && is_a_note(text)).count();
    notes >= 2 && notes * 2 > filled.len()
}

fn repeats_header(row: &SourceRow, first: usize) -> bool {
    let same =
        |column: usize, header: &str| !header.is_empty() && row.row.cell(column).seen().trim() == header;
    row.mapping.headers.get(first).is_some_and(|header| same(first, header))
        && row.mapping.headers.iter().enumerate().filter(|(column, header)| same(*column, header)).count() > 1
}

/// A number that was drawn down too far, or a remark below the table.
pub fn almost_empty(row: &SourceRow) -> Option<Rule> {
    if !matches!(row.mapping.layout, Layout::Long | Layout::Wide) {
        return None;
    }
    let mut found = Vec::new();
    for (column, target) in known_cells(row) {
        if let Target::Field { field, .. } = target
            && (field.level == Level::Approver || field.name == "flow_name")
        {
            return None;
        }
        found.push(column);
    }
    let first = found.first().filter(|_| found.len() <= 2)?;
    Some(Rule::RowAlmostEmpty { word: row.row.cell(*first).seen().trim().chars().take(20).collect() })
}

fn known_cells(row: &SourceRow) -> impl Iterator<Item = (usize, &Target)> {
    let known = |target: &Target| matches!(target, Target::Field { .. } | Target::FormField(_));
    row.mapping
        .targets
        .iter()
        .enumerate()
        .filter(move |(column, target)| known(target) && !row.row.cell(*column).is_blank())
}

/// How many fields the lines of a CSV have: as many as the header, or one more
/// on every line where a program ends its lines with a separator.
pub fn usual_width(header: usize, below: &[&Row]) -> usize {
    match below.first().map(|row| row.cells.len()) {
        Some(width)
            if width > header
                && below.len() > 1
                && below.iter().all(|row| {
                    row.cells.len() == width && row.cells.iter().skip(header).all(|cell| cell.is_blank())
                }) =>
        {
            width
        }
        _ => header,
    }
}

/// A line with a separator too many or too few may have its values in the wrong
/// columns. It is let pass if none can have moved: a value that fits no column
/// but its own stands behind all the others (programs leave out empty fields at
/// the end of a line, or end it with a separator).
pub fn uneven(row: &SourceRow, width: usize, clock: &Clock) -> Option<Rule> {
    let found = row.row.cells.len();
    if found == width {
        return None;
    }
    let filled = row.row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
    let anchored = filled <= width && filled.checked_sub(1).is_none_or(|last| is_anchor(row, last, clock));
    (!anchored).then_some(Rule::RowUneven { found, expected: width })
}

/// Whether that cell holds a value that would be refused in other columns.
fn is_anchor(row: &SourceRow, column: usize, clock: &Clock) -> bool {
    let Some(Target::Field { field, .. }) = row.mapping.targets.get(column) else { return false };
    let strict = matches!(
        field.kind,
        Kind::Mobile
            | Kind::IdNumber
            | Kind::Deadline
            | Kind::YesNo
            | Kind::Url { .. }
            | Kind::Email
            | Kind::Choice(_)
            | Kind::Choices(_)
    ) || (field.kind == Kind::TemplateId && row.row.cell(column).text().trim().len() == 32);
    strict && values::parse(field.kind, row.row.cell(column), clock).value.is_some()
}
