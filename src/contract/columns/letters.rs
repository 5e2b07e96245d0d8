//! The letters of a header, however they were typed.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::contract::vocabulary::TRADITIONAL;

pub fn plain_letters(header: &str) -> String {
    header
        .chars()
        .map(|c| match c {
            '【' | '[' | '［' | '〔' => '(',
            '】' | ']' | '］' | '〕' => ')',
            _ => simplified(half_width(c)),
        })
        .filter(|c| !crate::domain::cell::is_space_like(*c) && !matches!(c, '_' | '-' | '*'))
        .flat_map(char::to_lowercase)
        .collect()
}

pub fn without_notes(mut plain: String, goes: impl Fn(&str) -> bool) -> String {
    while let Some(inner) = plain.strip_suffix(')') {
        match inner.rfind('(') {
            Some(open) if open > 0 && goes(&inner[open + 1..]) => plain.truncate(open),
            _ => break,
        }
    }
    if let Some((note, rest)) = plain.strip_prefix('(').and_then(|text| text.split_once(')'))
        && !rest.is_empty()
        && goes(note)
    {
        plain = rest.to_owned();
    }
    plain
}

pub fn half_width(c: char) -> char {
    match c {
        // ① is 1.
        '①'..='⑨' => char::from_u32(c as u32 - '①' as u32 + u32::from('1')).unwrap_or(c),
        _ => half_of_full(c),
    }
}

/// The same of a value, in which ① is a footnote: 8① is not 81.
pub fn half_of_full(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// The characters of our words as they are written in Hong Kong and Taiwan: 手機號碼 is 手机号码.
pub fn simplified(c: char) -> char {
    static SIMPLE: LazyLock<HashMap<char, char>> = LazyLock::new(|| TRADITIONAL.iter().copied().collect());
    if c.is_ascii() {
        return c;
    }
    SIMPLE.get(&c).copied().unwrap_or(c)
}

/// `基本\n工资` is 基本工资, `base\nsalary` is base salary.
pub fn in_one_line(header: &str) -> String {
    let mut line = String::with_capacity(header.len());
    for part in header.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_latin = |c: char| c.is_ascii_alphanumeric();
        if line.ends_with(is_latin) && part.starts_with(is_latin) {
            line.push(' ');
        }
        line.push_str(part);
    }
    line
}
