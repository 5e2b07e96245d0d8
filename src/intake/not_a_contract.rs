//! Rows that are no contract, and lines of a CSV whose values may stand in the
//! wrong columns.

use crate::contract::build::SourceRow;
use crate::contract::columns::{Target, plain_header};
use crate::contract::dates::Clock;
use crate::contract::layout::Layout;
use crate::contract::notes::is_a_note;
use crate::contract::values;
use crate::contract::vocabulary::{DEPARTMENTS, EXAMPLES, REMARKS, ROW_WORDS, SIGNATURE_LINES, TOTALS};
use crate::domain::cell::{Cell, Row, Value};
use crate::domain::field::{FieldId, Kind, Level};
use crate::domain::problem::Rule;
use crate::domain::said::SkipOrSend;

/// Whether a row is a contract.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    Contract,
    /// It says nothing that we know.
    Nothing,
    /// Somebody has said that only others are meant.
    NotMeant,
    /// A total, an example, a header once more: nobody could be sent a contract.
    NoContract(String),
    /// The same, but it has a mobile, an ID number or a key.
    Doubtful(String),
    /// The header once more with its columns in another order: what stands below has others.
    OtherHeader,
}

pub fn judge(row: &SourceRow) -> Verdict {
    if says_nothing_to_us(row) {
        return Verdict::Nothing;
    }
    if !is_meant(row) {
        return Verdict::NotMeant;
    }
    let has_person = has_person(row);
    if !has_person && is_other_header(row) {
        return Verdict::OtherHeader;
    }
    let Some(word) = odd_word(row, has_person) else {
        return match row.mapping.odd_rows {
            Some(SkipOrSend::Skip) if !has_person => left_out(row),
            _ => Verdict::Contract,
        };
    };
    let has_key = row.mapping.compiled().column_of(FieldId::ContractId).is_some_and(|column| {
        let first = row.row.cells.iter().position(|cell| !cell.is_blank());
        first != Some(column) && !row.row.cell(column).is_blank()
    });
    match row.mapping.odd_rows {
        _ if !has_person && (!has_key || repeats_header(row)) => Verdict::NoContract(word),
        None => Verdict::Doubtful(word),
        Some(SkipOrSend::Skip) => Verdict::NoContract(word),
        Some(SkipOrSend::Send) => Verdict::Contract,
    }
}

/// With `--odd-rows skip`: a title, or a total, that no word tells from somebody whose mobile was
/// forgotten.
fn left_out(row: &SourceRow) -> Verdict {
    match title_like(row).or_else(|| almost_empty(row)) {
        Some(Rule::RowLikeTitle { word } | Rule::RowAlmostEmpty { word, keyed: false }) => {
            Verdict::NoContract(word)
        }
        _ => Verdict::Contract,
    }
}

/// The text of a row in which nothing else stands.
pub fn alone(row: &SourceRow) -> Option<String> {
    let mut filled = row.row.cells.iter().filter(|cell| !cell.is_blank());
    let text = filled.next()?.seen().trim().to_owned();
    filled.all(|cell| cell.seen_ref().trim() == text).then_some(text)
}

/// A row with one cell, where a signer needs a name and a mobile.
pub fn title_like(row: &SourceRow) -> Option<Rule> {
    let compiled = row.mapping.compiled();
    let name = compiled.column_of(FieldId::ApproverName)?;
    compiled.column_of(FieldId::ApproverMobile)?;
    let filled = row.row.cells.iter().filter(|cell| !cell.is_blank()).count();
    if filled != 1 || row.row.cell(name).is_blank() || has_person(row) {
        return None;
    }
    Some(Rule::RowLikeTitle { word: row.row.cell(name).seen().trim().chars().take(20).collect() })
}

/// `--where`: the row has one of the values in each of those columns.
fn is_meant(row: &SourceRow) -> bool {
    row.mapping.conditions.iter().all(|(column, wanted)| {
        let seen = row.row.cell(*column).seen_ref();
        let seen = seen.trim();
        // A program has written midnight behind a date.
        let day = seen.strip_suffix(" 0:00:00").or_else(|| seen.strip_suffix(" 00:00:00"));
        wanted.iter().any(|value| value == seen || day == Some(value.as_str()))
    })
}

/// A mobile or an ID number in any cell.
fn has_person(row: &SourceRow) -> bool {
    row.row.cells.iter().any(|cell| match &cell.value {
        Value::Text(text) => is_of_person(text.trim().bytes()),
        Value::Number(number) => (13_000_000_000.0..20_000_000_000.0).contains(number),
        _ => false,
    })
}

fn is_of_person(text: impl Iterator<Item = u8>) -> bool {
    let (mut length, mut digits, mut first) = (0_usize, 0_usize, 0_u8);
    for byte in text.filter(|byte| !matches!(byte, b' ' | b'-')) {
        if !byte.is_ascii_digit() && !matches!(byte, b'+' | b'x' | b'X') {
            return false;
        }
        if length == 0 {
            first = byte;
        }
        length += 1;
        digits += usize::from(byte.is_ascii_digit());
    }
    (digits == 11 && first == b'1') || (length == 18 && digits >= 17) || (digits == 13 && length <= 14)
}

/// A remark, or a running number that was drawn down too far, in columns that
/// mean nothing to us. A row with more than that may be a contract all the same.
fn says_nothing_to_us(row: &SourceRow) -> bool {
    known_cells(row).next().is_none() && row.row.cells.iter().filter(|cell| !cell.is_blank()).count() <= 2
}

/// What such a row is known by.
fn odd_word(row: &SourceRow, has_person: bool) -> Option<String> {
    let (column, cell) = row.row.cells.iter().enumerate().find(|(_, cell)| !cell.is_blank())?;
    let text = cell.seen_ref();
    let text = text.trim();
    let head = text.split(['：', ':']).next().unwrap_or_default();
    let word = head.trim_matches(|c: char| !c.is_alphanumeric());
    let in_key = row.mapping.compiled().column_of(FieldId::ContractId) == Some(column);
    let odd = is_row_word(word)
        || (TOTALS.iter().any(|total| text.starts_with(total)) && text.chars().count() <= 12)
        || (in_key && !text.is_ascii() && EXAMPLES.iter().any(|example| text.contains(example)))
        || is_an_example(row)
        || (!has_person
            && (row.across
                || ends_a_block(text)
                || is_a_line(row, column, text)
                || is_drawn_down(row)
                || says_how(row)))
        || repeats_header(row);
    odd.then(|| text.chars().take(10).collect())
}

fn is_row_word(word: &str) -> bool {
    if word.is_ascii() {
        // None has a digit, and most keys have.
        return !word.bytes().any(|byte| byte.is_ascii_digit())
            && ROW_WORDS.iter().any(|own| own.eq_ignore_ascii_case(word));
    }
    let longest = ROW_WORDS.iter().map(|own| own.len()).max().unwrap_or_default();
    word.len() <= longest && ROW_WORDS.contains(&word.to_lowercase().as_str())
}

/// `销售小计`, `仓储 汇总`.
fn ends_a_block(text: &str) -> bool {
    text.chars().count() <= 12 && TOTALS.iter().any(|total| text.ends_with(total))
}

/// A line below or between the rows of a table: signatures, remarks, departments, pages.
fn is_a_line(row: &SourceRow, column: usize, text: &str) -> bool {
    let half: String =
        text.chars().map(crate::contract::columns::half_width).filter(|c| !c.is_whitespace()).collect();
    let is_page = half.starts_with('第') && half.contains('页');
    let lower = half.to_lowercase();
    let inner = lower.trim_start_matches(['(', '[', '【', '—', '-']);
    let is_remark = REMARKS.iter().any(|remark| lower.starts_with(remark) || inner.starts_with(remark));
    let is_signed = half.split_once(':').is_some_and(|(head, _)| {
        head.chars().count() <= 12 && SIGNATURE_LINES.iter().any(|word| head.ends_with(word))
    });
    if is_page || is_remark || is_signed {
        return true;
    }
    let others = row
        .row
        .cells
        .iter()
        .enumerate()
        .filter(|(at, cell)| *at != column && !cell.is_blank() && cell.seen().trim() != text);
    // A name alone may be a signer whose mobile was forgotten.
    others.count() == 0
        && (is_a_day(&half) || row.mapping.titles.iter().any(|title| title == text) || is_a_heading(&half))
}

/// `2026年11月26日`, `2026-11-26`: a date alone, below a table.
fn is_a_day(text: &str) -> bool {
    text.get(..4).is_some_and(|year| year.starts_with("20") && year.bytes().all(|byte| byte.is_ascii_digit()))
        && text
            .chars()
            .skip(4)
            .all(|c| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '-' | '/' | '.' | ':'))
        && text.chars().any(|c| matches!(c, '年' | '-' | '/' | '.'))
}

/// `一、销售部`, `（二）仓储部`, `1. 研发中心`, `销售部：`.
fn is_a_heading(text: &str) -> bool {
    let numbered = text.trim_start_matches(['(', ')', '第']);
    let bare = numbered.trim_start_matches([
        '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '0', '1', '2', '3', '4', '5', '6', '7',
        '8', '9',
    ]);
    let is_numbered = bare.len() < numbered.len() && bare.starts_with(['、', '.', ')', ',']);
    let name = text.trim_end_matches(':');
    let name = name.strip_suffix(')').and_then(|rest| rest.split_once('(')).map_or(name, |(name, _)| name);
    let names_people = DEPARTMENTS.iter().any(|end| {
        name.ends_with(end) && (end.chars().count() > 1 || *end == "部" && name.chars().count() > 1)
    });
    let counts = text.contains("共") && text.ends_with(['人', ')']);
    is_numbered || names_people || name.len() < text.len() || counts || text.chars().count() > 12
}

/// Formulas that were drawn down too far: zeros where a contract would have values.
fn is_drawn_down(row: &SourceRow) -> bool {
    let mut zeros = 0;
    for (column, target) in known_cells(row) {
        if !is_zero(row.row.cell(column))
            || matches!(target, Target::Field { field, .. } if field.name == "contract_id")
        {
            return false;
        }
        zeros += 1;
    }
    zeros > 0 && row.row.cells.iter().filter(|cell| !cell.is_blank() && !is_zero(cell)).count() <= 2
}

fn is_zero(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(number) => *number == 0.0,
        Value::Text(text) => {
            let text = text.trim();
            matches!(text, "-" | "—" | "/") || text.parse::<f64>().is_ok_and(|number| number == 0.0)
        }
        _ => false,
    }
}

/// `（示例）劳动合同`, or a signer called 示例.
fn is_an_example(row: &SourceRow) -> bool {
    let begins = |field: FieldId, whole: bool| {
        row.mapping.compiled().column_of(field).is_some_and(|column| {
            let text = row.row.cell(column).seen_ref();
            let text = text.trim().trim_start_matches(['（', '(', '【', '[', '〔']);
            EXAMPLES.iter().any(|example| if whole { text == *example } else { text.starts_with(example) })
        })
    };
    begins(FieldId::FlowName, false) || begins(FieldId::ApproverName, true)
}

/// A row below the header that says how to fill it in: 必填 | 必填，11位 | 选填.
fn says_how(row: &SourceRow) -> bool {
    let filled: Vec<String> =
        row.row.cells.iter().map(|cell| plain_header(&cell.seen())).filter(|text| !text.is_empty()).collect();
    let notes = filled.iter().filter(|text| text.contains('填') && is_a_note(text)).count();
    notes >= 2 && notes * 2 > filled.len()
}

fn repeats_header(row: &SourceRow) -> bool {
    let Some(first) = row.row.cells.iter().position(|cell| !cell.is_blank()) else { return false };
    let same =
        |column: usize, header: &str| !header.is_empty() && row.row.cell(column).seen_ref().trim() == header;
    row.mapping.headers.get(first).is_some_and(|header| same(first, header))
        && row.mapping.headers.iter().enumerate().filter(|(column, header)| same(*column, header)).count() > 1
}

/// Nothing but names of columns, some of which stand elsewhere in the header.
fn is_other_header(row: &SourceRow) -> bool {
    let (mut count, mut moved) = (0, false);
    for (column, cell) in row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        let text = cell.seen_ref();
        let text = text.trim();
        let Some(at) = row.mapping.headers.iter().position(|header| header.trim() == text) else {
            return false;
        };
        count += 1;
        moved |= at != column && row.mapping.headers.get(column).is_none_or(|own| own.trim() != text);
    }
    count > 1 && moved
}

/// A number that was drawn down too far, or a remark below the table.
pub fn almost_empty(row: &SourceRow) -> Option<Rule> {
    if !matches!(row.mapping.layout, Layout::Long | Layout::Wide) {
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
    let keyed = row.mapping.key_column().is_some_and(|key| !row.row.cell(key).is_blank());
    Some(Rule::RowAlmostEmpty { keyed, word: row.row.cell(first).seen().trim().chars().take(20).collect() })
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
