//! What stands below a table: lines to sign on, remarks, days and pages.

use crate::contract::columns::{Target, form_notes, names_a_counterparty, party_of};
use crate::contract::form_values::FormKind;
use crate::contract::left_over::is_ditto;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    ADDED, CHINESE_NUMBERS, CROSSES_THAT_TICK, DEPARTMENTS, ENDS_OF_GROUPS_IN_LISTS, ENDS_OF_NUMBERED_GROUPS,
    GROUPS_IN_LISTS, GROUPS_OF_PEOPLE, KINDS_OF_PEOPLE, LONG_SURNAMES, NO_MARKS, OPINIONS, OTHER_MARKS,
    ROLES, SEALS, SIGNATURE_LINES, STAMPS, SURNAMES, TABLE_TITLES, WORDS_OF_NOTES, WORK_OF_PEOPLE,
    WORK_ON_LISTS, WORK_WORDS, YES_MARKS,
};
use crate::domain::cell::Value;
use crate::domain::field::Kind;
use crate::domain::mask::Mask;

use super::words::{Odd, ends_with_one_of, first_word, is_row_word, plain_of};

/// `制表人： | 李娜 | 审核人： | 王芳`, `人事部（盖章） | | 2026年11月20日`, or a day alone where a mobile would
/// stand: what stands below a table. The row has neither a mobile nor an ID number.
pub fn footer(row: &SourceRow) -> Option<Odd> {
    let at = row.row.cells.iter().position(|cell| !cell.is_blank())?;
    (is_a_footer(row) || is_a_signature_block(row)).then(|| Odd { word: first_word(row), at, is_whole: true })
}

/// `制表人：`, `审核：`, with a name beside it: a line to be signed below the table.
pub fn is_signed_below(row: &SourceRow, column: usize) -> bool {
    let seen = row.row.cell(column).seen_ref();
    let plain = plain_of(&seen);
    let is_unread = matches!(row.mapping.targets.get(column), Some(Target::Unknown | Target::Ignored));
    let head = plain.strip_suffix(':').map(|head| head.trim_end_matches(['人', '员']));
    let is_signature =
        |head: &str| ends_with_one_of(head, SIGNATURE_LINES) || ends_with_one_of(head, OPINIONS);
    // 制表人 | 张三: two cells and no more.
    let few = row.row.cells.iter().filter(|cell| !cell.is_blank()).count() == 2
        && !says_what_people_do(row, column);
    head.is_some_and(|head| is_signature(head) || (is_unread && is_row_word(head)))
        || (few && is_signature(plain.trim_end_matches(['人', '员'])))
}

/// `制表人：李娜`, `审核 | 复核：`.
pub fn is_a_line_to_sign(text: &str) -> bool {
    const LONGEST: usize = 12;
    plain_of(text).split_once(':').is_some_and(|(head, _)| {
        let head = head.split('|').next().unwrap_or(head);
        head.chars().count() <= LONGEST && ends_with_one_of(head, SIGNATURE_LINES)
    })
}

/// `制表人：李娜`, `审核：`, with nothing but a name or a day behind the colon. `付款时间：每月十日` says more.
pub fn is_surely_signed(text: &str) -> bool {
    const LONGEST: usize = 4;
    let plain = plain_of(text);
    plain.split_once(':').is_some_and(|(head, rest)| {
        let bare = head.trim_end_matches(['人', '员']);
        let is_work =
            [WORK_ON_LISTS, STAMPS].iter().any(|words| words.iter().any(|word| bare.ends_with(word)));
        let is_name = rest.chars().count() <= LONGEST && rest.chars().all(|c| ('一'..='龥').contains(&c));
        is_work && (is_name || is_a_day_or_page(rest))
    })
}

/// Whether the first cell is a label or a seal in a column that nothing is read of, or a day alone.
pub fn is_a_footer(row: &SourceRow) -> bool {
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

/// `甲方（盖章）： | | 乙方（签字）：`, `年 月 日 | | 年 月 日`, `| 填报人 | | 填报日期 | 2026-11-28`: lines to sign on,
/// and what somebody has written on them.
fn is_a_signature_block(row: &SourceRow) -> bool {
    let mut is_block = false;
    let mut is_behind_label = false;
    for (column, cell) in row.row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
        let seen = cell.seen_ref();
        let plain = plain_of(&seen);
        let is_label =
            names_a_line(&plain) && (plain.ends_with([':', ')']) || !says_what_people_do(row, column));
        let fits = is_label
            || is_a_blank_day(&plain)
            || is_behind_label && (is_a_day_or_page(&plain) || says_no_number(&plain));
        if !fits {
            return false;
        }
        is_block |= is_label || is_a_blank_day(&plain);
        is_behind_label = is_label;
    }
    is_block
}

/// `年月日`, `20年月日`: a day that is yet to be written.
fn is_a_blank_day(plain: &str) -> bool {
    let marks = |c: char| matches!(c, '年' | '月' | '日' | '_') || c.is_ascii_digit();
    ['年', '月', '日'].iter().all(|mark| plain.contains(*mark))
        && plain.chars().all(marks)
        && plain.bytes().filter(u8::is_ascii_digit).count() <= 4
}

/// `甲方(盖章):`, `填报人`: what somebody is to write beside it, or to sign. 会计 and 负责人 may be what somebody is.
fn names_a_line(plain: &str) -> bool {
    const LONGEST: usize = 12;
    let bare: String = plain.chars().filter(|c| !matches!(c, '(' | ')' | ':')).collect();
    let is_short = bare.chars().count() <= LONGEST;
    if plain.ends_with(':') {
        return is_short && ends_with_one_of(bare.trim_end_matches(['人', '员']), SIGNATURE_LINES);
    }
    let work = ["人", "员", "日期", "时间"].iter().find_map(|end| bare.strip_suffix(end));
    let is_seal = SEALS.iter().any(|seal| plain.ends_with(seal));
    is_short && (is_seal || work.is_some_and(|work| WORK_ON_LISTS.contains(&work)))
}

/// 岗位, 身份, 签署方角色: 审核人 is there what somebody is.
pub fn says_what_people_do(row: &SourceRow, column: usize) -> bool {
    let plain = row.mapping.plain(column);
    let is_one = [WORK_OF_PEOPLE, KINDS_OF_PEOPLE, ROLES].iter().any(|words| words.contains(&plain.as_str()));
    is_one || WORK_WORDS.iter().any(|word| plain.contains(word))
}

/// A name, as far as anybody can tell.
fn says_no_number(plain: &str) -> bool {
    const LONGEST: usize = 12;
    plain.chars().count() <= LONGEST && !plain.chars().any(|c| c.is_ascii_digit())
}

/// `-----`, `====`, `……`: no cell has a letter, a digit or a tick.
pub fn is_ruled(row: &SourceRow) -> bool {
    let mut cells = row.row.cells.iter().filter(|cell| !cell.is_blank());
    let draws = |c: char| {
        !c.is_alphanumeric()
            && !YES_MARKS
                .iter()
                .chain(NO_MARKS)
                .chain(CROSSES_THAT_TICK)
                .chain(OTHER_MARKS)
                .any(|mark| mark.contains(c))
    };
    // ? is a letter that was lost, and 〃 what stands above.
    let is_drawn =
        |text: &str| text.chars().all(draws) && !text.contains(['?', '？', '\u{FFFD}']) && !is_ditto(text);
    cells.all(|cell| matches!(&cell.value, Value::Text(text) if is_drawn(text)))
}

/// `2026年11月26日`, `1/1`, with nothing else in the row.
pub fn is_a_day_or_page(half: &str) -> bool {
    let groups = half.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let marks = |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '号' | '-' | '/' | '.');
    let is_page = groups == 2 && half.contains('/') && half.len() <= 7;
    let is_day = groups == 3 && half.starts_with(|c: char| c.is_ascii_digit());
    half.chars().all(marks) && (is_page || is_day)
}

/// A column in which a day or a number would be a value of a contract.
pub fn holds_such(row: &SourceRow, column: usize) -> bool {
    match row.mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => field.kind != Kind::PersonName,
        Some(Target::FormField(_)) => row.mapping.headers.get(column).is_some_and(|header| {
            form_notes(header).1.kind != FormKind::AsSeen || header.contains(['日', '期', '数'])
        }),
        _ => false,
    }
}

/// 【技术部】, A班, 一组, 正式工, VIP客户, 此表一式两份: in the column of names nobody is called so. 【王芳】 and 赵四业主 are
/// somebody whose mobile was forgotten.
pub fn heads_a_group(text: &str) -> bool {
    if holds_somebody(text) {
        return false;
    }
    const MARKS: [(char, char); 6] =
        [('【', '】'), ('[', ']'), ('《', '》'), ('〖', '〗'), ('<', '>'), ('(', ')')];
    let inner = MARKS.iter().find_map(|(begin, end)| text.strip_prefix(*begin)?.strip_suffix(*end));
    let bare = inner.unwrap_or(text);
    let letters = bare.chars().count();
    let begins_like_a_name =
        bare.starts_with(|c| SURNAMES.contains(c)) || LONG_SURNAMES.iter().any(|name| bare.starts_with(name));
    let counts = |c: char| c.is_ascii_alphanumeric() || CHINESE_NUMBERS.contains(&c);
    // A班, 一组, 第2批.
    let is_numbered = letters <= 4
        && bare.trim_start_matches('第').starts_with(counts)
        && ENDS_OF_NUMBERED_GROUPS.iter().any(|end| bare.ends_with(end));
    let is_department = inner.is_some()
        && !begins_like_a_name
        && letters > 2
        && DEPARTMENTS.iter().any(|end| bare.ends_with(end));
    let is_group = GROUPS_IN_LISTS.contains(&bare)
        || (letters > 3
            && !begins_like_a_name
            && ENDS_OF_GROUPS_IN_LISTS.iter().any(|end| bare.ends_with(end)));
    let is_note = letters >= 4 && WORDS_OF_NOTES.iter().any(|word| bare.contains(word));
    // 班组1, 部门:销售.
    let stem = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_counted = stem.len() < bare.len() && GROUPS_OF_PEOPLE.contains(&stem);
    let is_labelled = text.split_once(':').is_some_and(|(label, _)| GROUPS_OF_PEOPLE.contains(&label));
    is_numbered || is_department || is_group || is_note || is_counted || is_labelled
}

/// 南山店, 华东区, 2026年12月入职: in the column of names nobody is called so.
pub fn names_a_place(text: &str) -> bool {
    if holds_somebody(text) {
        return false;
    }
    let is_place =
        text.chars().count() > 2 && text.ends_with(['店', '区', '组', '室', '批', '片', '站', '届']);
    // 王月1 is one of two people called so.
    let is_time = text.char_indices().any(|(at, c)| {
        matches!(c, '年' | '月' | '届' | '期' | '批' | '室' | '栋' | '楼')
            && text[..at].ends_with(|c: char| c.is_ascii_digit())
    });
    is_place || is_time
}

/// `一、销售部`, `（二）仓储部`, `1. 研发中心`, `销售部：`, `销售部 2人`.
pub fn is_a_heading(text: &str) -> bool {
    if holds_somebody(text) {
        return false;
    }
    let numbered = text.trim_start_matches(['(', ')', '第']);
    let bare = numbered.trim_start_matches([
        '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '0', '1', '2', '3', '4', '5', '6', '7',
        '8', '9',
    ]);
    // 1.王芳 is the first of a list of people; 一、金融 heads a part of it.
    let behind = bare.strip_prefix(['、', '.', ')', ',']).filter(|_| bare.len() < numbered.len());
    let counts_people = numbered.starts_with(|c: char| c.is_ascii_digit());
    let is_numbered = behind.is_some_and(|behind| !(counts_people && is_called_so(behind)));
    let name = text.trim_end_matches(':');
    let name = name.strip_suffix(')').and_then(|rest| rest.split_once('(')).map_or(name, |(name, _)| name);
    let names_people = DEPARTMENTS.iter().any(|end| {
        let has_room = || name.chars().count() > 1 && !["阿部", "服部", "织部"].contains(&name);
        name.ends_with(end) && (end.chars().count() > 1 || *end == "部" && has_room())
    });
    let has_count = text.split('人').collect::<Vec<_>>().windows(2).any(|pair| match pair {
        [before, after] => {
            before.ends_with(|c: char| c.is_ascii_digit()) && !after.starts_with(char::is_alphabetic)
        }
        _ => false,
    });
    let counts =
        has_count || (text.contains("共") && text.ends_with(['人', '条', '份', '项', '行', '户', '页', ')']));
    let is_title = ends_with_one_of(name, TABLE_TITLES);
    // （李雷） is somebody, and so is 王芳（组长）.
    let has_more = !name.is_empty() && name.len() < text.len() && !is_called_so(name);
    is_numbered || names_people || is_title || has_more || counts || is_too_long_for_a_name(text)
}

/// `李四 13800138001`, `新增：李四138-0013-8001`: somebody who was typed into one cell; 客服热线 13800138009 is nobody.
pub fn holds_somebody(text: &str) -> bool {
    // 甲方：王五 13800138000 says who signs all of them.
    let label = text.split_once([':', '：']).map_or("", |(label, _)| label.trim());
    if party_of(label).is_some() || names_a_counterparty(label) || is_a_line_to_sign(text) {
        return false;
    }
    let mut words = text.split(|c: char| !('一'..='龥').contains(&c)).filter(|word| !word.is_empty());
    let named = |word: &str| ADDED.iter().find_map(|own| word.strip_prefix(own)).unwrap_or(word).to_owned();
    holds_a_number(text) && words.any(|word| is_called_so(&named(word)))
}

/// A mobile or an ID number stands in it, whatever else does.
pub fn holds_a_number(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() > 10 && Mask::of(&[]).over(text) != text
}

/// 王芳, 欧阳娜娜: as people are called.
pub fn is_called_so(text: &str) -> bool {
    let letters = text.chars().count();
    let is_chinese = text.chars().all(|c| ('一'..='龥').contains(&c));
    let is_long = LONG_SURNAMES.iter().any(|surname| text.starts_with(surname));
    let is_group = || {
        GROUPS_IN_LISTS.contains(&text)
            || [DEPARTMENTS, ENDS_OF_GROUPS_IN_LISTS]
                .iter()
                .any(|ends| ends.iter().any(|end| text.ends_with(end)))
    };
    let fits = if is_long { (3..=4).contains(&letters) } else { (2..=3).contains(&letters) };
    is_chinese && fits && (is_long || text.starts_with(|c| SURNAMES.contains(c))) && !is_group()
}

/// 阿卜杜拉·买买提·艾力江 and Maria Fernanda Lopez have long names.
fn is_too_long_for_a_name(text: &str) -> bool {
    const LONGEST: usize = 12;
    let is_name = text.chars().all(|c| c.is_alphabetic() || matches!(c, '·' | '-' | '\'' | '.'))
        && (text.contains('·') || text.is_ascii());
    text.chars().count() > LONGEST && !is_name
}
