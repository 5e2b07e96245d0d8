//! Rows that are no contract.

mod drawn_down;
mod footer;
mod lacking;
mod somebody;
mod uneven;
mod words;

use lacking::lacks_the_first;
pub use lacking::{is_third, lacks_a_party, may_be_second};
pub use uneven::{almost_empty, continues, uneven, usual_width};
use uneven::{may_be_a_title, surely_continues};

use crate::contract::above::names_a_deadline;
use crate::contract::columns::{Target, half_of_full, is_somebody, names_a_counterparty, party_of};
use crate::contract::companies::ends_like_a_company;
use crate::contract::left_over::left_over;
use crate::contract::refusals::{is_noted, is_noted_behind};
use crate::contract::source_row::{Meant, SourceRow};
use crate::contract::suggest::is_serial;
use crate::contract::texts::is_placeholder_word;
use crate::contract::vocabulary::BEGINNINGS_OF_NOTES;
use crate::contract::vocabulary::{
    CHINESE_NUMBERS, EXAMPLES, EXAMPLES_ONLY, GROUPS_OF_PEOPLE, LAST_LINES, MAKES_LISTS_OUT,
    OF_GROUPS_OF_PEOPLE, REMARKS, ROLES_IN_TURN, SAID_OF_NUMBERS, SIGNER_WORDS, STAMPS, TOTALS,
};
use crate::domain::cell::Value;
use crate::domain::field::{FieldId, Kind};
use crate::domain::problem::Rule;
use crate::domain::said::SkipOrSend;

use super::other_tables::{self, Header};
use drawn_down::{is_an_example, is_drawn_down, is_zero, numbers_columns, says_example, says_how};
pub use footer::is_ruled;
use footer::{
    footer, heads_a_group, holds_a_number, holds_somebody, holds_such, is_a_day_or_page, is_a_heading,
    is_a_line_to_sign, is_called_so, is_signed_below, names_a_place, says_what_people_do,
};
use somebody::{has_person, known_cells, names_somebody};
use words::{
    Odd, bare, ends_with_one_of, first_word, is_no_name, is_plain_chinese, is_row_word, plain_of, shortened,
};

/// Whether a row is a contract.
#[derive(PartialEq)]
#[cfg_attr(test, derive(Debug))]
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

pub fn judge(row: &SourceRow) -> Verdict {
    if says_nothing_to_us(row) {
        // 王五 | 13800138005, two columns too far to the left, and 人事电话 | 13800138009.
        let names_somebody = || row.row.cells.iter().any(|cell| is_called_so(bare_name(&cell.seen_ref())));
        return match row.mapping.odd_rows {
            Some(SkipOrSend::Skip) => Verdict::Nothing,
            // Where it is still open who signs, every row is like that.
            _ if !has_person(row) || row.mapping.compiled().column_of(FieldId::ApproverName).is_none() => {
                Verdict::Nothing
            }
            None if !names_somebody() => Verdict::Doubtful(first_word(row)),
            _ => Verdict::Contract,
        };
    }
    match meant(row) {
        Meant::Yes => {}
        meant => return Verdict::NotMeant(meant),
    }
    if surely_continues(row) {
        return Verdict::Contract;
    }
    let has_person = has_person(row);
    match if has_person { None } else { other_tables::header(row) } {
        Some(Header::Same) => return Verdict::NoContract(first_word(row)),
        Some(Header::Other(columns)) => return Verdict::OtherTable(columns),
        None => {}
    }
    let footer = if has_person { None } else { footer(row) };
    if !has_person && is_a_note(row) {
        return Verdict::NoContract(first_word(row));
    }
    let Some(Odd { word, at, is_whole }) =
        footer.or_else(|| odd(row, has_person)).or_else(|| says_example(row))
    else {
        return match row.mapping.odd_rows {
            Some(SkipOrSend::Skip) if !has_person => left_out(row),
            _ if row.mapping.missing_party == Some(SkipOrSend::Skip) => {
                let word = lacks_a_party(row).or_else(|| lacks_the_first(row));
                word.map_or(Verdict::Contract, Verdict::LeftOut)
            }
            _ => Verdict::Contract,
        };
    };
    // Whoever has made the list out, and whoever has looked through it, signs nothing.
    let has_somebody = has_person
        || holds_unlabelled_number(row, at)
        || (names_somebody(row, at) && !is_signed_below(row, at));
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

/// 客服热线 13800138009: a number that may be somebody's. A label says whose it is: 联系电话：13800138009.
fn holds_unlabelled_number(row: &SourceRow, column: usize) -> bool {
    let seen = row.row.cell(column).seen_ref();
    !seen.contains([':', '：']) && holds_a_number(&seen)
}

/// 王五 of `3、王五`.
fn bare_name(text: &str) -> &str {
    let counts =
        |c: char| c.is_ascii_digit() || matches!(c, '、' | '.' | '．' | ' ' | '(' | ')' | '（' | '）');
    text.trim().trim_start_matches(counts)
}

/// With `--odd-rows skip`: a title, or a total, that no word tells from somebody whose mobile was
/// forgotten.
fn left_out(row: &SourceRow) -> Verdict {
    if let Some(word) = may_be_a_title(row) {
        return Verdict::NoContract(word);
    }
    if continues(row).is_some() {
        return Verdict::Contract;
    }
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

/// 签署前请先实名认证: a sentence alone in a row is nobody's name; 王五，手机号稍后补充 is somebody.
fn is_a_note(row: &SourceRow) -> bool {
    const SHORTEST: usize = 7;
    let filled = row.row.cells.iter().filter(|cell| !cell.is_blank()).count();
    let is_sentence = |text: &str| {
        text.chars().count() >= SHORTEST
            && BEGINNINGS_OF_NOTES.iter().any(|word| text.starts_with(word))
            && !holds_a_number(text)
            && !ends_like_a_company(text)
    };
    filled == 1 && alone(row).is_some_and(|text| is_sentence(&text))
}

/// A row with one cell, where a signer needs a name and a mobile.
pub fn title_like(row: &SourceRow) -> Option<Rule> {
    let compiled = row.mapping.compiled();
    let name = compiled.column_of(FieldId::ApproverName)?;
    compiled.column_of(FieldId::ApproverMobile)?;
    let filled = row.row.cells.iter().filter(|cell| !cell.is_blank()).count();
    // Of 李四 13800138001 in one cell that cell is told.
    let is_somebody = || has_person(row) || holds_somebody(&row.row.cell(name).seen_ref());
    if filled != 1 || row.row.cell(name).is_blank() || is_somebody() {
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
        let is_day =
            |value: &str| as_a_day(value).is_some_and(|own| as_a_day(day.unwrap_or(seen)) == Some(own));
        // Ａ类 is A类, and 在 职 is 在职.
        let is_alike = |value: &str| in_half_width(value).eq(in_half_width(seen));
        let is_wanted = wanted.iter().any(|value| {
            value == seen
                || day == Some(value.as_str())
                || is_day(value)
                || (!seen.is_empty() && is_alike(value))
        });
        match is_wanted {
            true => {}
            false if seen.is_empty() => meant = Meant::Unsaid,
            false => return Meant::No,
        }
    }
    meant
}

/// Without spaces.
fn in_half_width(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().map(half_of_full).filter(|c| !c.is_whitespace())
}

/// `2026-12-01` and `2026/12/1`: a day, however it is written.
fn as_a_day(text: &str) -> Option<(i32, u32, u32)> {
    let text = text.strip_suffix('日').unwrap_or(text);
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_number = |text: &str| (1..=2).contains(&text.len());
    if parts.next().is_some() || year.len() != 4 || !is_number(month) || !is_number(day) {
        return None;
    }
    Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
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
    let says_so = |text: &str| is_row_word(text) || is_no_name(text);
    let is_word = if is_plain_chinese(&seen) { says_so(&seen) } else { says_so(&bare(&seen)) };
    // 一 | 行政组, with nothing else.
    let heads = || {
        let half = plain_of(&seen);
        let number = plain_of(&row.row.cell(first).seen_ref());
        let counts = |c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c) || c == '十';
        let is_alone = row.row.cells.iter().filter(|cell| !cell.is_blank()).count() == 2;
        let is_counted = row.mapping.headers.get(first).is_some_and(|header| is_serial(header));
        is_alone
            && is_counted
            && number.chars().all(counts)
            && (names_a_place(&half) || heads_a_group(&half) || is_a_heading(&half))
    };
    (is_word || (!has_person && heads())).then(|| Odd { word: shortened(&seen), at: name, is_whole: true })
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
    let is_name = matches!(row.mapping.targets.get(column), Some(Target::Field { field, .. })
        if field.id == FieldId::ApproverName);
    let is_key = row.mapping.compiled().column_of(FieldId::ContractId) == Some(column);
    // 例1 where the others are counted.
    let is_numbered_example = || {
        let word = whole.trim_end_matches(|c: char| c.is_ascii_digit());
        word.len() < whole.len() && (word == "例" || EXAMPLES_ONLY.contains(&word))
    };
    let is_counted = row.mapping.headers.get(column).is_some_and(|header| is_serial(header));
    if (!is_number && is_counted && is_numbered_example())
        || (is_name
            && (is_no_name(&whole) || (has_person && (is_labelled(text) || has_label_before(&whole)))))
        || (is_key && has_person && (names_a_role(&whole) || is_no_number(row, text)))
        || is_row_word(&whole)
        || is_an_example(row)
        || (has_person && labels_a_person(row, column, text))
    {
        return found(true);
    }
    let plain = plain_of(text);
    let head = plain.split(':').next().unwrap_or_default();
    let is_short = whole.chars().count() <= 12;
    let begins = is_row_word(head.trim_matches(|c: char| !c.is_alphanumeric()))
        || (is_short && TOTALS.iter().any(|total| !total.is_ascii() && whole.starts_with(total)))
        || (is_key && !text.is_ascii() && EXAMPLES.iter().any(|example| text.contains(example)));
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

/// `联系人：`, `审核：孙越`: a label, and not a name.
fn is_labelled(text: &str) -> bool {
    let Some((label, _)) = text.split_once([':', '：']) else { return false };
    let label = bare(label);
    text.ends_with([':', '：'])
        || (is_no_name(&label) && !signs_himself(&label))
        || is_row_word(&label)
        || label.ends_with(['核', '批', '表', '办'])
}

/// 联系人李四, 经办人王五 under 姓名.
fn has_label_before(whole: &str) -> bool {
    let name = MAKES_LISTS_OUT
        .iter()
        .filter(|label| label.ends_with('人'))
        .find_map(|label| whole.strip_prefix(label));
    name.is_some_and(is_called_so)
}

/// 法人, 承租人, 本人: whoever is called so signs.
fn signs_himself(label: &str) -> bool {
    SIGNER_WORDS.contains(&label)
        || names_a_counterparty(label)
        || party_of(label).is_some()
        || matches!(label, "本人" | "自己" | "法人" | "法定代表人" | "法人代表" | "家长" | "配偶" | "监护人")
}

/// 作废, QZ-04（已签） among QZ-01 and QZ-02: a word where the others have numbers, or a word that is said
/// of one.
fn is_no_number(row: &SourceRow, text: &str) -> bool {
    // 同上 and nan are told of their cell.
    if !row.mapping.has_numbers
        || is_nothing(text)
        || text.is_ascii() && text.bytes().any(|byte| byte.is_ascii_digit())
    {
        return false;
    }
    let has_digit = text.chars().any(|c| c.is_numeric() || CHINESE_NUMBERS.contains(&c));
    let words: String = text.chars().filter(|c| *c > '\u{2e7f}' && c.is_alphabetic()).collect();
    !has_digit
        || is_noted_behind(text)
        // 作废QZ-04, QZ-04已撤销.
        || (!words.is_empty() && (SAID_OF_NUMBERS.contains(&words.as_str()) || is_noted(&words)))
}

/// nan, 无, 同上: what stands where there is nothing, or what is above.
fn is_nothing(text: &str) -> bool {
    left_over(text).is_some() || is_placeholder_word(&text.to_lowercase())
}

/// 经办人, 出租方, 共2人 where a contract's number would stand: whoever is named beside it is no contract.
fn names_a_role(whole: &str) -> bool {
    let has_digit = whole.chars().any(|c| c.is_ascii_digit());
    let counts = whole.starts_with('共') && whole.ends_with(['人', '份', '户']);
    let is_role = is_somebody(whole)
        || names_a_counterparty(whole)
        || party_of(whole).is_some()
        || is_no_name(whole)
        || SIGNER_WORDS.contains(&whole)
        || ROLES_IN_TURN.contains(&whole);
    // 甲 and 乙 may be numbers of contracts.
    counts || (!has_digit && whole.chars().count() > 1 && is_role)
}

/// `联系人：` or 离职 where the other rows have their number: somebody is named for another reason
/// than to sign.
fn labels_a_person(row: &SourceRow, column: usize, text: &str) -> bool {
    if row.mapping.targets.get(column) != Some(&Target::Unknown) {
        return false;
    }
    let counts = |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十".contains(c);
    // 同上 says that the row belongs to the one above; nothing else is told of a column that is not used.
    let is_number = text.chars().any(counts)
        || (is_nothing(text) && left_over(text) != Some(Rule::Ditto))
        || text.chars().count() == 1 && text.is_ascii()
        || !text.chars().any(|c| c.is_alphabetic() || matches!(c, '×' | '✗' | '✘'));
    text.ends_with([':', '：'])
        || (!is_number && row.mapping.headers.get(column).is_some_and(|header| is_serial(header)))
}

/// `联系人 | 李四 | 13800138009` with nothing else: whoever has made the list out, with his number, if the other rows
/// have more. The word, and its column.
pub fn signs_the_list(row: &SourceRow) -> Option<(String, usize)> {
    let column = row.row.cells.iter().position(|cell| !cell.is_blank())?;
    if row.mapping.targets.get(column) != Some(&Target::Unknown) || !has_person(row) {
        return None;
    }
    let seen = row.row.cell(column).seen_ref();
    if seen.len() > LONGEST_WORD || seen.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let says_else = |at: usize| at != column && !is_his(row, at) && !row.row.cell(at).is_blank();
    let columns = row.row.cells.len().max(row.mapping.targets.len());
    let header = row.mapping.plain(column);
    let is_of_groups = GROUPS_OF_PEOPLE.contains(&header.as_str())
        || OF_GROUPS_OF_PEOPLE.iter().any(|word| header.contains(word));
    let word = bare(&seen);
    // 审核 may be a team; nobody is in one that is called 联系人.
    let makes_lists = MAKES_LISTS_OUT.contains(&word.as_str()) && (!is_of_groups || word.ends_with('人'));
    let is_it = makes_lists && !says_what_people_do(row, column) && !(0..columns).any(says_else);
    is_it.then(|| (shortened(&seen), column))
}

/// In bytes.
const LONGEST_WORD: usize = 24;

/// A column of a signer's name or numbers.
pub fn is_his(row: &SourceRow, column: usize) -> bool {
    matches!(row.mapping.targets.get(column), Some(Target::Field { field, .. })
        if matches!(field.kind, Kind::PersonName | Kind::Mobile | Kind::IdNumber))
}

/// A cell that is merged over all columns of names and mobiles: nobody signs in this row.
fn covers_signers(row: &SourceRow, column: usize) -> bool {
    let Some((first, last)) = row.across.filter(|(first, _)| *first == column) else { return false };
    let own = row.mapping.compiled().columns.iter();
    let who = own.filter(|own| matches!(own.field, Some(FieldId::ApproverName | FieldId::ApproverMobile)));
    let who: Vec<usize> = who.map(|own| own.at).collect();
    // 林小雨 over 姓名 and 手机号, with a salary beside it, is somebody whose mobile was forgotten.
    let has_more = row.row.cells.iter().enumerate().any(|(at, cell)| {
        let is_serial = || row.mapping.headers.get(at).is_some_and(|header| is_serial(header));
        !(first..=last).contains(&at) && !cell.is_blank() && !is_serial()
    });
    let holds_number = holds_somebody(&row.row.cell(column).seen_ref());
    who.len() >= 2 && who.iter().all(|at| (first..=last).contains(at)) && !has_more && !holds_number
}

fn is_a_remark(plain: &str) -> bool {
    let inner = plain.trim_start_matches(['(', '[', '【', '—', '-']);
    REMARKS.iter().any(|remark| plain.starts_with(remark) || inner.starts_with(remark))
}

/// A line below or between the rows of a table: signatures, remarks, departments, pages.
fn is_a_line(row: &SourceRow, column: usize, text: &str) -> bool {
    let half = plain_of(text);
    let is_page = (half.starts_with('第') && half.contains('页'))
        || (half.starts_with('共') && half.ends_with('页'))
        || half.strip_prefix("page").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let is_signed = is_a_line_to_sign(&half);
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
            || (row.mapping.compiled().column_of(FieldId::ApproverName) == Some(column)
                && (names_a_place(&half) || heads_a_group(&half)))
            || names_a_deadline(&half)
            || (is_a_day_or_page(&half) && !holds_such(row, column)))
}
