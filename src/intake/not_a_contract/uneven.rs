//! Rows with fewer cells than their neighbours, and lines of a CSV whose values may stand in the
//! wrong columns.

use crate::contract::columns::Target;
use crate::contract::dates::Clock;
use crate::contract::layout::Layout;
use crate::contract::source_row::SourceRow;
use crate::contract::values;
use crate::contract::vocabulary::{GO_ON, LONG_TEXTS, REMARKS};
use crate::domain::cell::{Cell, Row, Value};
use crate::domain::field::{FieldId, Kind, Level};
use crate::domain::problem::Rule;

use super::footer::{is_a_day_or_page, is_surely_signed};
use super::somebody::known_cells;
use super::words::plain_of;

/// A number that was drawn down too far, or a remark below the table.
pub fn almost_empty(row: &SourceRow) -> Option<Rule> {
    if row.mapping.layout == Layout::Contracts {
        return None;
    }
    let (mut first, mut count) = (None, 0);
    for (column, target) in known_cells(row) {
        if let Target::Field { field, .. } = target
            && (field.level == Level::Approver || field.id == FieldId::FlowName)
        {
            return None;
        }
        first = first.or(Some(column));
        count += 1;
    }
    let first = first.filter(|_| count <= 2)?;
    // 第一批, 1栋 above numbers such as HT-001 are titles; 租字001号 is a number.
    let is_title = |text: &str| {
        let is_number = text.ends_with(|c: char| c.is_ascii_digit() || c == '号');
        count == 1 && text.chars().any(|c| c > '\u{2e7f}') && !is_number
    };
    let keyed = row.mapping.key_column().map(|key| row.row.cell(key)).is_some_and(|key| {
        let text = key.seen_ref();
        !text.trim().is_empty() && !is_title(text.trim())
    });
    Some(Rule::RowAlmostEmpty { keyed, word: row.row.cell(first).seen().trim().chars().take(20).collect() })
}

/// `3单元` below 填写:家庭住址 and nothing else: who typed the text has gone on in the next row.
pub fn continues(row: &SourceRow) -> Option<Rule> {
    rest_of_a_text(row).map(|rest| Rule::RowContinues { word: rest.word })
}

/// `2、登记客户投诉；` below 填写:岗位职责, or `备注：自备车辆` below 填写:特别约定 in a column behind others: whatever it
/// looks like, it is of that text. Titles, totals and remarks stand in the first column.
pub fn surely_continues(row: &SourceRow) -> bool {
    rest_of_a_text(row).is_some_and(|rest| rest.is_point || rest.begins > 0 || rest.is_sentence)
}

/// The same in the first column, where a title would stand as well.
pub fn may_be_a_title(row: &SourceRow) -> Option<String> {
    let rest = rest_of_a_text(row)?;
    let goes_on = GO_ON.iter().any(|word| rest.word.starts_with(word));
    (rest.begins == 0 && !rest.is_point && !rest.is_sentence && !goes_on).then_some(rest.word)
}

struct Rest {
    begins: usize,
    is_point: bool,
    /// `工作时间：周一至周五`, and no `注：以上含税`.
    is_sentence: bool,
    word: String,
}

fn is_a_sentence(text: &str) -> bool {
    const SHORTEST: usize = 6;
    let plain = plain_of(text);
    let is_remark = REMARKS.iter().any(|remark| plain.starts_with(remark));
    let rest = plain.split_once(':').map(|(_, rest)| rest);
    !is_remark && rest.is_some_and(|rest| rest.chars().count() > SHORTEST && !is_a_day_or_page(rest))
}

fn rest_of_a_text(row: &SourceRow) -> Option<Rest> {
    const MOST: usize = 2;
    let mut filled = row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()).peekable();
    // Nearly every row begins with something else.
    let begins = filled.peek().map(|(column, _)| *column)?;
    if !matches!(row.mapping.targets.get(begins), Some(Target::FormField(_))) {
        return None;
    }
    let filled: Vec<(usize, &Cell)> = filled.take(MOST + 1).collect();
    let goes_on = |(column, cell): &(usize, &Cell)| {
        let Some(Target::FormField(name)) = row.mapping.targets.get(*column) else { return false };
        let Value::Text(text) = &cell.value else { return false };
        let text = text.trim();
        let is_text = text.chars().filter(|c| *c > '\u{2e7f}' && c.is_alphabetic()).count() > 1;
        is_text
            && (begins > 0 || !text.ends_with([':', '：']))
            && !is_surely_signed(text)
            && (LONG_TEXTS.iter().any(|word| name.contains(word)) || is_a_point(text))
    };
    let is_rest = !filled.is_empty() && filled.len() <= MOST && filled.iter().all(goes_on);
    let (_, cell) = filled.first().filter(|_| is_rest)?;
    let seen = cell.seen_ref();
    let is_point = is_a_point(seen.trim());
    let is_sentence = is_a_sentence(seen.trim());
    Some(Rest { begins, is_point, is_sentence, word: seen.trim().chars().take(20).collect() })
}

/// `2、…`, `（3）…`, `②…`: not the first of several points.
fn is_a_point(text: &str) -> bool {
    let bare = text.trim_start_matches(['(', '（']);
    let rest = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = &bare[..bare.len() - rest.len()];
    let is_numbered = (1..=2).contains(&number.len()) && number != "1";
    text.starts_with(['②', '③', '④', '⑤', '⑥', '⑦', '⑧', '⑨'])
        || is_numbered && rest.starts_with(['、', '.', '．', ')', '）'])
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
pub fn is_anchor(row: &SourceRow, column: usize, clock: &Clock) -> bool {
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
