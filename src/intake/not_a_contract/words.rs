//! What a cell says, without what stands around the word.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::contract::columns::{half_width, simplified};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{ENDS_OF_NO_NAMES, NO_NAMES, ROW_WORDS};
use crate::domain::cell::is_space_like;

pub fn ends_with_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// Half width, without spaces, brackets at the end, and marks around it: `合 计（元）：` is 合计.
pub fn bare(text: &str) -> String {
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
pub fn is_plain_chinese(text: &str) -> bool {
    text.chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c) && simplified(c) == c)
}

/// Half width, lower case, without spaces.
pub fn plain_of(text: &str) -> String {
    let half =
        text.chars().map(half_width).map(simplified).filter(|c| !c.is_whitespace() && !is_space_like(*c));
    half.flat_map(char::to_lowercase).collect()
}

pub fn first_word(row: &SourceRow) -> String {
    let first = row.row.cells.iter().find(|cell| !cell.is_blank());
    first.map(|cell| shortened(&cell.seen())).unwrap_or_default()
}

pub fn shortened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(10).collect()
}

/// What a row is known by.
pub struct Odd {
    pub word: String,
    /// The column that it stands in.
    pub at: usize,
    /// It says no more than that, or stands where a name or a key would: even a row with
    /// somebody in it may be none.
    pub is_whole: bool,
}

pub fn is_row_word(word: &str) -> bool {
    if word.is_ascii() {
        // None has a digit, and most keys have.
        return !word.bytes().any(|byte| byte.is_ascii_digit())
            && ROW_WORDS.iter().any(|own| own.eq_ignore_ascii_case(word));
    }
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| ROW_WORDS.iter().copied().collect());
    WORDS.contains(word)
}

/// Letters of a Chinese name.
pub const LONGEST_NAME: usize = 5;

/// 咨询电话, 负责人, 待招: what stands where a name does, and is nobody's.
pub fn is_no_name(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| NO_NAMES.iter().copied().collect());
    let ends_so = || word.len() >= 9 && ENDS_OF_NO_NAMES.iter().any(|end| word.ends_with(end));
    if word.is_ascii() {
        return WORDS.contains(word.to_ascii_lowercase().as_str());
    }
    WORDS.contains(word) || ends_so()
}
