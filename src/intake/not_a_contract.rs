//! Rows that are no contract, and lines of a CSV whose values may stand in the
//! wrong columns.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::contract::above::names_a_deadline;
use crate::contract::build::{Meant, SourceRow};
use crate::contract::columns::{Target, form_notes, half_width, plain_header, simplified};
use crate::contract::dates::Clock;
use crate::contract::form_values::FormKind;
use crate::contract::layout::Layout;
use crate::contract::notes::is_a_note;
use crate::contract::suggest::is_serial;
use crate::contract::texts::{is_persons_number, left_over};
use crate::contract::values;
use crate::contract::vocabulary::{
    DEPARTMENTS, EXAMPLES, LAST_LINES, OPINIONS, REMARKS, ROW_WORDS, SEALS, SIGNATURE_LINES, STAMPS,
    TABLE_TITLES, TOTALS,
};
use crate::domain::cell::{Cell, Row, Value, is_space_like};
use crate::domain::field::{FieldId, Kind, Level};
use crate::domain::problem::Rule;
use crate::domain::said::SkipOrSend;

use super::other_tables::{self, Header};

/// Letters of a Chinese name.
const LONGEST_NAME: usize = 5;

/// Whether a row is a contract.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    Contract,
    /// It says nothing that we know.
    Nothing,
    /// Somebody has said which are meant, and this one does not say that it is.
    NotMeant(Meant),
    /// A total, an example, a header once more: nobody could be sent a contract.
    NoContract(String),
    /// Somebody has said that rows like it are left out, though it has somebody in it.
    LeftOut(String),
    /// The same, but it has a name, a mobile, an ID number or a key.
    Doubtful(String),
    /// The header of another table: a header of ours -> what stands there instead.
    OtherTable(Vec<(String, String)>),
}

/// What a row is known by.
struct Odd {
    word: String,
    /// The column that it stands in.
    at: usize,
    /// It says no more than that, or stands where a name or a key would: even a row with
    /// somebody in it may be none.
    is_whole: bool,
}

pub fn judge(row: &SourceRow) -> Verdict {
    if says_nothing_to_us(row) {
        return Verdict::Nothing;
    }
    match meant(row) {
        Meant::Yes => {}
        meant => return Verdict::NotMeant(meant),
    }
    let has_person = has_person(row);
    match if has_person { None } else { other_tables::header(row) } {
        Some(Header::Same) => return Verdict::NoContract(first_word(row)),
        Some(Header::Other(columns)) => return Verdict::OtherTable(columns),
        None => {}
    }
    let footer = if has_person { None } else { footer(row) };
    let Some(Odd { word, at, is_whole }) = footer.or_else(|| odd(row, has_person)) else {
        return match row.mapping.odd_rows {
            Some(SkipOrSend::Skip) if !has_person => left_out(row),
            _ => Verdict::Contract,
        };
    };
    // Whoever has made the list out, and whoever has looked through it, signs nothing.
    let has_somebody = has_person || (names_somebody(row, at) && !is_signed_below(row, at));
    // Zeros that were drawn down are no number of a contract.
    let has_key = row.mapping.compiled().column_of(FieldId::ContractId).is_some_and(|column| {
        let cell = row.row.cell(column);
        column != at && !cell.is_blank() && !is_zero(cell)
    });
    match row.mapping.odd_rows {
        _ if !has_somebody && !has_key => Verdict::NoContract(word),
        // 累计折扣协议 is the name of a contract like any other.
        _ if !is_whole => Verdict::Contract,
        None => Verdict::Doubtful(word),
        Some(SkipOrSend::Skip) => Verdict::LeftOut(word),
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
fn meant(row: &SourceRow) -> Meant {
    let mut meant = Meant::Yes;
    for (column, wanted) in &row.mapping.conditions {
        let seen = row.row.cell(*column).seen_ref();
        let seen = seen.trim();
        // A program has written midnight behind a date.
        let day = seen.strip_suffix(" 0:00:00").or_else(|| seen.strip_suffix(" 00:00:00"));
        let is_wanted = wanted.iter().any(|value| value == seen || day == Some(value.as_str()));
        match is_wanted {
            true => {}
            false if seen.is_empty() => meant = Meant::Unsaid,
            false => return Meant::No,
        }
    }
    meant
}

/// A mobile or an ID number where one may stand: what stands under 贷款金额 is an amount.
fn has_person(row: &SourceRow) -> bool {
    row.row.cells.iter().enumerate().any(|(column, cell)| match &cell.value {
        Value::Text(text) => {
            may_hold_numbers(row, column)
                && (is_persons_number(text) || (gives_numbers(row, column) && holds_mobiles(text)))
        }
        Value::Number(number) => {
            let is_mobile = (13_000_000_000.0..20_000_000_000.0).contains(number);
            let is_id = (1e16..1e18).contains(number);
            (is_mobile || is_id) && may_hold_numbers(row, column)
        }
        _ => false,
    })
}

fn gives_numbers(row: &SourceRow, column: usize) -> bool {
    matches!(row.mapping.targets.get(column), Some(Target::Field { field, .. })
        if matches!(field.kind, Kind::Mobile | Kind::IdNumber))
}

/// `13800138003/13800138004`: mobiles among other things.
fn holds_mobiles(text: &str) -> bool {
    let mut runs = text.split(|c: char| !c.is_ascii_digit());
    let says_more = text.chars().any(char::is_alphabetic);
    text.len() > 11 && !says_more && runs.any(|run| run.len() == 11 && is_persons_number(run))
}

fn may_hold_numbers(row: &SourceRow, column: usize) -> bool {
    match row.mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => matches!(field.kind, Kind::Mobile | Kind::IdNumber),
        Some(Target::FormField(_) | Target::OfOurs) => false,
        Some(Target::Ignored | Target::Unknown) | None => true,
    }
}

/// Somebody's name or number in another cell than the one with the word.
fn names_somebody(row: &SourceRow, at: usize) -> bool {
    row.mapping.compiled().columns.iter().any(|column| {
        let is_somebodys = matches!(
            column.field,
            Some(
                FieldId::ApproverName
                    | FieldId::ApproverMobile
                    | FieldId::ApproverIdCardNumber
                    | FieldId::ApproverOrganizationName
                    | FieldId::ApproverOrganizationOpenId
                    | FieldId::ApproverOpenId
            )
        );
        let cell = row.row.cell(column.at);
        // 以上人员均已体检 is no name.
        let is_too_long = |text: &str| {
            column.field == Some(FieldId::ApproverName)
                && is_plain_chinese(text.trim())
                && text.trim().chars().count() > LONGEST_NAME
        };
        is_somebodys
            && column.at != at
            && !is_too_long(&cell.seen_ref())
            && !cell.is_blank()
            && values::reads(column.kind, cell)
            && !is_a_label(&cell.seen_ref())
    })
}

/// `审核：`, `日期`, `合计`, `1/1`: nobody is called so.
fn is_a_label(text: &str) -> bool {
    let bare = bare(text);
    text.contains([':', '：'])
        || !bare.chars().any(char::is_alphabetic)
        || bare.starts_with(|c: char| c.is_ascii_digit())
        || is_row_word(&bare)
        || LAST_LINES.contains(&bare.as_str())
        || ends_with_one_of(&bare, SIGNATURE_LINES)
        || ends_with_one_of(&bare, STAMPS)
        || ends_with_one_of(&bare, TOTALS)
}

fn ends_with_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Half width, without spaces, brackets at the end, and marks around it: `合 计（元）：` is 合计.
fn bare(text: &str) -> String {
    let plain = plain_of(text);
    let mut rest = plain.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')'));
    while let Some((before, _)) = rest.strip_suffix(')').and_then(|inner| inner.rsplit_once('(')) {
        if before.is_empty() {
            break;
        }
        rest = before.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')'));
    }
    rest.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// What `plain_of` would leave as it is.
fn is_plain_chinese(text: &str) -> bool {
    text.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) && simplified(c) == c)
}

/// Half width, lower case, without spaces.
fn plain_of(text: &str) -> String {
    let half =
        text.chars().map(half_width).map(simplified).filter(|c| !c.is_whitespace() && !is_space_like(*c));
    half.flat_map(char::to_lowercase).collect()
}

fn first_word(row: &SourceRow) -> String {
    let first = row.row.cells.iter().find(|cell| !cell.is_blank());
    first.map(|cell| shortened(&cell.seen())).unwrap_or_default()
}

fn shortened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(10).collect()
}

/// A remark, or a running number that was drawn down too far, in columns that
/// mean nothing to us. A row with more than that may be a contract all the same.
fn says_nothing_to_us(row: &SourceRow) -> bool {
    known_cells(row).next().is_none() && row.row.cells.iter().filter(|cell| !cell.is_blank()).count() <= 2
}

/// What a row says that says nothing to us; a number alone is a serial that was drawn down.
pub fn remark(row: &SourceRow) -> Option<String> {
    let word = first_word(row);
    word.chars().any(char::is_alphabetic).then_some(word)
}

/// What makes a row look like none. The word stands in the first cell, or where a name would.
fn odd(row: &SourceRow, has_person: bool) -> Option<Odd> {
    let first = row.row.cells.iter().position(|cell| !cell.is_blank())?;
    if let Some(odd) = odd_in(row, first, has_person) {
        return Some(odd);
    }
    let compiled = row.mapping.compiled();
    let names = compiled.columns.iter().filter(|own| own.field == Some(FieldId::ApproverName));
    let mut names = names.filter(|own| own.at != first && !row.row.cell(own.at).is_blank());
    let name = names.next().map(|own| own.at)?;
    let seen = row.row.cell(name).seen_ref();
    // Nearly every name says by itself that it is no such word.
    let is_word = if is_plain_chinese(&seen) { is_row_word(&seen) } else { is_row_word(&bare(&seen)) };
    is_word.then(|| Odd { word: shortened(&seen), at: name, is_whole: true })
}

fn odd_in(row: &SourceRow, column: usize, has_person: bool) -> Option<Odd> {
    let cell = row.row.cell(column);
    let text = cell.seen_ref();
    let text = text.trim();
    let found = |is_whole: bool| Some(Odd { word: shortened(text), at: column, is_whole });
    // Nearly every row of a list: a number of ours beside somebody's.
    let is_number = text.is_ascii()
        && text.bytes().any(|byte| byte.is_ascii_digit())
        && !text.contains([':', '(', '[', '{']);
    // `#HT-3`, `//HT-3`: so people take a line out of a text file. `#N/A` is what a formula has not found.
    let is_error = matches!(cell.value, Value::Error(_))
        || text.starts_with("#N/A")
        || text.ends_with(['!', '?', '！', '？']);
    let is_out = text.starts_with("//")
        || !is_error
            && text.strip_prefix('#').is_some_and(|rest| rest.trim_start().starts_with(char::is_alphabetic));
    if is_out {
        return found(true);
    }
    if has_person && is_number {
        return if is_an_example(row) { found(true) } else { None };
    }
    let whole = bare(text);
    // Where anything may be written, only a word that stands alone says something.
    let is_loose = match row.mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => field.id == FieldId::FlowName,
        _ => true,
    };
    if is_row_word(&whole) || is_an_example(row) || (has_person && labels_a_person(row, column, text)) {
        return found(true);
    }
    let plain = plain_of(text);
    let head = plain.split(':').next().unwrap_or_default();
    let in_key = row.mapping.compiled().column_of(FieldId::ContractId) == Some(column);
    let is_short = whole.chars().count() <= 12;
    let begins = is_row_word(head.trim_matches(|c: char| !c.is_alphanumeric()))
        || (is_short && TOTALS.iter().any(|total| !total.is_ascii() && whole.starts_with(total)))
        || (in_key && !text.is_ascii() && EXAMPLES.iter().any(|example| text.contains(example)));
    if begins {
        return found(!is_loose);
    }
    let is_none = !has_person
        && ((is_short && ends_with_one_of(&whole, TOTALS))
            || covers_signers(row, column)
            || is_a_line(row, column, text)
            || is_drawn_down(row)
            || numbers_columns(row)
            || says_how(row));
    if is_none { found(!is_loose) } else { None }
}

/// `联系人：` or 离职 where the other rows have their number: somebody is named for another reason
/// than to sign.
fn labels_a_person(row: &SourceRow, column: usize, text: &str) -> bool {
    if row.mapping.targets.get(column) != Some(&Target::Unknown) {
        return false;
    }
    let counts = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c);
    let is_number = text.chars().any(counts)
        || text.chars().count() == 1 && text.is_ascii()
        || !text.chars().any(|c| c.is_alphabetic() || matches!(c, '×' | '✗' | '✘'));
    text.ends_with([':', '：'])
        || (!is_number && row.mapping.headers.get(column).is_some_and(|header| is_serial(header)))
}

fn is_row_word(word: &str) -> bool {
    if word.is_ascii() {
        // None has a digit, and most keys have.
        return !word.bytes().any(|byte| byte.is_ascii_digit())
            && ROW_WORDS.iter().any(|own| own.eq_ignore_ascii_case(word));
    }
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| ROW_WORDS.iter().copied().collect());
    WORDS.contains(word)
}

/// A cell that is merged over all columns of names and mobiles: nobody signs in this row.
fn covers_signers(row: &SourceRow, column: usize) -> bool {
    let Some((first, last)) = row.across.filter(|(first, _)| *first == column) else { return false };
    let own = row.mapping.compiled().columns.iter();
    let who = own.filter(|own| matches!(own.field, Some(FieldId::ApproverName | FieldId::ApproverMobile)));
    let who: Vec<usize> = who.map(|own| own.at).collect();
    who.len() >= 2 && who.iter().all(|at| (first..=last).contains(at))
}

fn is_a_remark(plain: &str) -> bool {
    let inner = plain.trim_start_matches(['(', '[', '【', '—', '-']);
    REMARKS.iter().any(|remark| plain.starts_with(remark) || inner.starts_with(remark))
}

/// A line below or between the rows of a table: signatures, remarks, departments, pages.
fn is_a_line(row: &SourceRow, column: usize, text: &str) -> bool {
    let half = plain_of(text);
    let is_page = half.starts_with('第') && half.contains('页');
    let is_signed = half.split_once(':').is_some_and(|(head, _)| {
        let head = head.split('|').next().unwrap_or(head);
        head.chars().count() <= 12 && ends_with_one_of(head, SIGNATURE_LINES)
    });
    let whole = bare(text);
    let is_stamp = whole.chars().count() <= 12 && ends_with_one_of(&whole, STAMPS);
    if is_page
        || is_a_remark(&half)
        || is_signed
        || is_stamp
        || LAST_LINES.contains(&whole.as_str())
        || is_ruled(row)
    {
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
        && (row.mapping.titles.iter().any(|title| title == text)
            || is_a_heading(&half)
            || names_a_deadline(&half)
            || (is_a_day_or_page(&half) && !holds_such(row, column)))
}

/// `制表人： | 李娜 | 审核人： | 王芳`, `人事部（盖章） | | 2026年11月20日`, or a day alone where a mobile would
/// stand: what stands below a table. The row has neither a mobile nor an ID number.
fn footer(row: &SourceRow) -> Option<Odd> {
    let at = row.row.cells.iter().position(|cell| !cell.is_blank())?;
    is_a_footer(row).then(|| Odd { word: first_word(row), at, is_whole: true })
}

/// `制表人：`, `审核：`, with a name beside it: a line to be signed below the table.
fn is_signed_below(row: &SourceRow, column: usize) -> bool {
    let seen = row.row.cell(column).seen_ref();
    let plain = plain_of(&seen);
    let is_unread = matches!(row.mapping.targets.get(column), Some(Target::Unknown | Target::Ignored));
    let head = plain.strip_suffix(':').map(|head| head.trim_end_matches(['人', '员']));
    let is_signature =
        |head: &str| ends_with_one_of(head, SIGNATURE_LINES) || ends_with_one_of(head, OPINIONS);
    // 制表人 | 张三: two cells and no more.
    let few = row.row.cells.iter().filter(|cell| !cell.is_blank()).count() == 2;
    head.is_some_and(|head| is_signature(head) || (is_unread && is_row_word(head)))
        || (few && is_signature(plain.trim_end_matches(['人', '员'])))
}

/// Whether the first cell is a label or a seal in a column that nothing is read of, or a day alone.
fn is_a_footer(row: &SourceRow) -> bool {
    const LONGEST: usize = 12;
    let mut filled = row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank());
    let Some((first, cell)) = filled.next() else { return false };
    let is_last = filled.next().is_none();
    let target = row.mapping.targets.get(first);
    if let Some(Target::Field { field, .. }) = target
        && matches!(field.kind, Kind::Mobile | Kind::IdNumber)
    {
        return is_last && is_a_day_or_page(&plain_of(&cell.seen_ref()));
    }
    if !matches!(target, Some(Target::Unknown | Target::Ignored)) {
        return false;
    }
    let Value::Text(text) = &cell.value else { return false };
    let plain = plain_of(text);
    let is_label = plain.ends_with(':') && plain.chars().count() <= LONGEST;
    let seal = SEALS.iter().any(|seal| plain.trim_end_matches(':').ends_with(seal));
    is_label || seal
}

/// `-----`, `====`: no cell has a letter or a digit.
fn is_ruled(row: &SourceRow) -> bool {
    let mut cells = row.row.cells.iter().filter(|cell| !cell.is_blank());
    cells.all(|cell| {
        matches!(&cell.value, Value::Text(text) if text.trim().chars().count() >= 2
            && text.chars().all(|c| !c.is_alphanumeric()))
    })
}

/// `2026年11月26日`, `1/1`, with nothing else in the row.
fn is_a_day_or_page(half: &str) -> bool {
    let groups = half.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let marks = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '号' | '-' | '/' | '.');
    let is_page = groups == 2 && half.contains('/') && half.len() <= 7;
    let is_day = groups == 3 && half.starts_with(|c: char| c.is_ascii_digit());
    half.chars().all(marks) && (is_page || is_day)
}

/// A column in which a day or a number would be a value of a contract.
fn holds_such(row: &SourceRow, column: usize) -> bool {
    match row.mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => field.kind != Kind::PersonName,
        Some(Target::FormField(_)) => row.mapping.headers.get(column).is_some_and(|header| {
            form_notes(header).1.kind != FormKind::AsSeen || header.contains(['日', '期', '数'])
        }),
        _ => false,
    }
}

/// `一、销售部`, `（二）仓储部`, `1. 研发中心`, `销售部：`, `销售部 2人`.
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
    let has_count = text.split('人').collect::<Vec<_>>().windows(2).any(|pair| match pair {
        [before, after] => {
            before.ends_with(|c: char| c.is_ascii_digit()) && !after.starts_with(char::is_alphabetic)
        }
        _ => false,
    });
    let counts = has_count || (text.contains("共") && text.ends_with(['人', ')']));
    let is_title = ends_with_one_of(name, TABLE_TITLES);
    is_numbered || names_people || is_title || name.len() < text.len() || counts || text.chars().count() > 12
}

/// Formulas and lists to choose from that were drawn down too far: zeros and 请选择 where a
/// contract would have values.
fn is_drawn_down(row: &SourceRow) -> bool {
    let mut zeros = 0;
    for (column, _) in known_cells(row) {
        if !is_zero(row.row.cell(column)) {
            return false;
        }
        zeros += 1;
    }
    zeros > 0 && row.row.cells.iter().filter(|cell| !cell.is_blank() && !is_zero(cell)).count() <= 2
}

fn is_zero(cell: &Cell) -> bool {
    if let Value::Number(number) = &cell.value {
        return *number == 0.0;
    }
    let seen = cell.seen_ref();
    let text = plain_of(&seen);
    let is_day_zero = text.starts_with("1900") && left_over(seen.trim()).is_some();
    matches!(text.as_str(), "-" | "—" | "/" | "00:00:00" | "0:00:00")
        || is_day_zero
        || matches!(bare(&text).as_str(), "请选择" | "pleaseselect" | "select")
        || text.parse::<f64>().is_ok_and(|number| number == 0.0)
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

/// `1 | 2 | 3 | 4`, `(1) | (2) | (3)`: a row below the header that numbers its columns.
fn numbers_columns(row: &SourceRow) -> bool {
    const FEWEST: usize = 3;
    let filled = row.row.cells.iter().filter(|cell| !cell.is_blank());
    let numbers: Option<Vec<u32>> = filled.map(|cell| bare(&cell.seen_ref()).parse().ok()).collect();
    numbers.is_some_and(|numbers| {
        numbers.len() >= FEWEST
            && numbers.first() == Some(&1)
            && numbers.windows(2).all(|pair| pair[0] + 1 == pair[1])
    })
}

/// A row below the header that says how to fill it in: 必填 | 必填，11位 | 选填.
fn says_how(row: &SourceRow) -> bool {
    let filled: Vec<String> =
        row.row.cells.iter().map(|cell| plain_header(&cell.seen())).filter(|text| !text.is_empty()).collect();
    let notes = filled.iter().filter(|text| text.contains('填') && is_a_note(text)).count();
    notes >= 2 && notes * 2 > filled.len()
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
