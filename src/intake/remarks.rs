//! What a remark, or a cell of a column that nothing is sent of, says of its row: that nobody gets a contract, or
//! that a number is another one's.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::contract::instructions::changes_the_signing;
use crate::contract::refusals::{ends_in_not_to, is_noted_behind, is_refusal, plain_of, surely_says_not_to};
use crate::contract::source_row::SourceRow;
use crate::contract::texts::{ends_void, is_persons_number};
use crate::contract::vocabulary::{
    CORRECT_TERMS, CROSSES_THAT_TICK, DENIED_SENTENCES, GUARDIANS, HAS_FAILED, HAS_LEFT, LOOKED_AT, NO_MARKS,
    NOT_HIS_OWN, NUMBERS_IN_REMARKS, OF_ELSEWHERE, OF_OTHER_NUMBERS, RELATIVES, SAID_BY_NOW, SAY_NO_ANYWHERE,
    SAY_NO_OF_PAPERS, SENTENCES_THAT_SAY_NO, STAND_INS, TERMS_OF_CONTRACTS,
};

/// Of a remark, as it is told.
pub const MOST_LETTERS: usize = 20;

/// Whether a cell says nothing but that somebody gets no contract.
pub fn says_no(text: &str, of_papers: bool) -> bool {
    const LONGEST: usize = 24;
    // 11月离职.
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit() || "年月日号".contains(c));
    if text.len() < 4 || text.len() > LONGEST || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let plain = plain_of(text);
    is_refusal(&plain, false) || (of_papers && SAY_NO_OF_PAPERS.contains(&plain.as_str()))
}

/// 作废 under any header, and A2(作废), A2-作废: 员工协议-离职 is the name of something.
pub fn says_no_anywhere(text: &str) -> bool {
    const LONGEST: usize = 48;
    if text.is_empty() || text.is_ascii() || text.len() > LONGEST {
        return false;
    }
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| SAY_NO_ANYWHERE.iter().copied().collect());
    WORDS.contains(text)
        || ends_void(text)
        || (text.ends_with([')', '）', ']', '】']) && is_noted_behind(text))
        || is_noted_in_short(text)
        || surely_says_not_to(&plain_of(text))
}

/// 102已退, 2(退): what somebody has noted behind a number.
fn is_noted_in_short(text: &str) -> bool {
    const NOTES: [&str; 8] = ["已退", "(退)", "（退）", "已退租", "作废", "(废)", "（废）", "已退房"];
    NOTES
        .iter()
        .any(|note| text.strip_suffix(note).is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit())))
}

/// ×, ❌: no empty box.
fn is_a_cross(text: &str) -> bool {
    NO_MARKS.contains(&text) && !text.starts_with(['☐', '□'])
}

/// A remark as it is told.
pub fn shortened(text: &str) -> String {
    without_numbers(text).chars().take(MOST_LETTERS).collect()
}

/// Numbers of people are nobody's concern, `138 0013 8000` neither.
pub fn without_numbers(text: &str) -> String {
    const FEWEST: usize = 11;
    let mut told = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c: char| !c.is_ascii_digit() && !matches!(c, ' ' | '-')).unwrap_or(from.len());
        let (number, behind) = from.split_at(end);
        told.push_str(before);
        if number.bytes().filter(u8::is_ascii_digit).count() < FEWEST {
            told.push_str(number);
        } else {
            told.extend(number.chars().take(3));
            told.push_str("****");
        }
        rest = behind;
    }
    told.push_str(rest);
    told
}

/// `手机号换成139…了`, `用新身份证：1101…`: somebody's number in a remark that stands nowhere else in its row.
pub fn names_another_number(text: &str, row: &SourceRow) -> bool {
    const SHORTEST: usize = 11;
    if text.bytes().filter(u8::is_ascii_digit).count() < SHORTEST {
        return false;
    }
    let is_elsewhere = OF_OTHER_NUMBERS.iter().any(|word| text.contains(word));
    let mut numbers = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|own| is_persons_number(own));
    let stands_there = |number: &str| {
        row.row.cells.iter().any(|cell| {
            let seen = cell.seen_ref();
            !std::ptr::eq(seen.trim(), text) && seen.trim() != text && seen.contains(number)
        })
    };
    !is_elsewhere && numbers.any(|number| !stands_there(number))
}

/// 手机号是他儿子的, 号码不是本人的: the mobile of the row is not its signer's.
pub fn is_anothers_number(text: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let relatives = GUARDIANS.iter().chain(STAND_INS).chain(RELATIVES);
    let whose = text.trim_end_matches(|c: char| !c.is_alphanumeric()).strip_suffix('的').unwrap_or_default();
    let is_anybodys = text.contains('是')
        && ["爸", "妈", "哥", "姐", "弟", "妹", "中介", "老板", "朋友", "同事"]
            .iter()
            .any(|word| whose.ends_with(word));
    let is_relatives =
        text.contains('是') && relatives.filter(|word| !word.is_ascii()).any(|word| whose.ends_with(word));
    has(NUMBERS_IN_REMARKS) && (has(NOT_HIS_OWN) || is_relatives || is_anybodys)
}

/// 月薪改为8000, 工资按7000, 姓名应为林晓雨: the contract is to say something else than its row.
pub fn says_otherwise(text: &str) -> bool {
    let plain = plain_of(text);
    plain.split([',', ';', '。', '，', '；', ':']).any(|clause| {
        let has = |words: &[&str]| words.iter().any(|word| clause.contains(word));
        let by_number = clause
            .split_once('按')
            .is_some_and(|(_, rest)| rest.trim_start_matches('照').starts_with(|c: char| c.is_ascii_digit()));
        has(TERMS_OF_CONTRACTS) && !has(SAID_BY_NOW) && (has(CORRECT_TERMS) || by_number)
    })
}

/// Whether a remark says something of what becomes of its row: that it is not sent, who signs instead, or
/// another number of somebody.
pub fn speaks_of_the_row(text: &str, row: &SourceRow) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        leaves_out(line)
            || changes_the_signing(line)
            || says_otherwise(line)
            || names_another_number(line, row)
    })
}

/// Whether a remark says that its row is not to be sent.
pub fn leaves_out(text: &str) -> bool {
    // A cross alone says no; a tick says anything.
    if text.is_empty() || CROSSES_THAT_TICK.contains(&text) || is_a_cross(text) {
        return !text.is_empty();
    }
    let plain = plain_of(text);
    let is_denied = DENIED_SENTENCES.iter().any(|own| plain.contains(own));
    (!is_denied && SENTENCES_THAT_SAY_NO.iter().any(|own| plain.contains(own)))
        || plain.split(|c: char| !c.is_alphanumeric()).filter(|clause| !clause.is_empty()).any(|clause| {
            let is_elsewhere = OF_ELSEWHERE.iter().any(|own| clause.contains(own));
            // 12.5离职.
            let clause = clause
                .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '月' | '日' | '号' | '年'));
            is_refusal(clause, true)
                || (!is_elsewhere && (ends_in_not_to(clause) || clause.ends_with(HAS_LEFT)))
                || (LOOKED_AT.iter().any(|word| clause.contains(word))
                    && HAS_FAILED.iter().any(|end| clause.ends_with(end)))
        })
}
