//! Rows of people who are to get a copy, in a list of signers.

use crate::contract::columns::{half_width, simplified};
use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    BEFORE_FORMER_ROLES, COPIED, COPIED_IN_ENGLISH, FORMER_ONES, GET_A_COPY, NO_COPIES, NO_SIGNERS_ALONE,
    NO_SIGNERS_IN_ENGLISH, NO_SIGNERS_ROLE, NOT_A_SIGNER, SIGN_NOT, SIGNS_NOT_IN_ENGLISH,
};
use crate::domain::problem::Rule;

use crate::intake::noted::most_rows;

#[derive(Default)]
pub struct Copies {
    /// Columns that may say it: roles, and those that nothing is sent of.
    columns: Vec<usize>,
    /// Those that say who somebody is.
    roles: Vec<usize>,
    found: Option<Found>,
}

struct Found {
    column: usize,
    value: String,
    /// They get a copy; else they have nothing to do with it.
    copy: bool,
    rows: Vec<u32>,
    count: u64,
}

impl Copies {
    pub fn new(columns: Vec<usize>, roles: Vec<usize>) -> Self {
        Self { columns, roles, found: None }
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        for column in &self.columns {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_role = self.roles.contains(column);
            let copy = is_word(text, GET_A_COPY) || says(text, COPIED, COPIED_IN_ENGLISH);
            let signs_not = !copy
                && (says(text, NOT_A_SIGNER, SIGNS_NOT_IN_ENGLISH)
                    || (is_role && (is_word(text, SIGN_NOT) || is_none(text))));
            if !copy && !signs_not {
                continue;
            }
            let found = self.found.get_or_insert_with(|| Found {
                column: *column,
                value: text.to_owned(),
                copy,
                rows: Vec::new(),
                count: 0,
            });
            if found.column == *column {
                found.count += 1;
                if found.rows.len() < most_rows(row.row.number) {
                    found.rows.push(row.row.number);
                }
            }
            return;
        }
    }

    pub fn finish(self) -> Option<(usize, Rule)> {
        self.found.map(|Found { column, value, copy, rows, count }| {
            (column, Rule::CopiesSign { value, copy, rows, count })
        })
    }
}

/// In bytes.
const LONGEST: usize = 36;

/// Whether a few words have one of those in them; `english`: an English text does, as whole words.
fn says(text: &str, words: &[&str], english: &[&str]) -> bool {
    if text.is_empty() || text.len() > LONGEST || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    if text.is_ascii() {
        return says_in_english(text, english);
    }
    // Every such word has one of these letters, and few other texts have.
    text.contains(['送', '副', '签', '簽']) && {
        let plain = plain(text);
        words.iter().any(|word| plain.contains(word)) && !NO_COPIES.iter().any(|word| plain.contains(word))
    }
}

fn says_in_english(text: &str, words: &[&str]) -> bool {
    const ABBREVIATED: usize = 4;
    // Sales: most texts are one word, and none of these.
    if text.len() > ABBREVIATED && !text.contains([' ', '-']) {
        return words.iter().any(|word| word.eq_ignore_ascii_case(text));
    }
    let lower = text.to_ascii_lowercase();
    words.iter().any(|word| {
        lower.match_indices(word).any(|(at, _)| {
            let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
            is_end(lower[..at].chars().next_back()) && is_end(lower[at + word.len()..].chars().next())
        })
    })
}

/// 阅知, 待替换, 原业主, 否: who is called so in a column of roles signs nothing.
fn is_none(text: &str) -> bool {
    let plain = plain(text);
    let is_former = || {
        BEFORE_FORMER_ROLES
            .iter()
            .any(|word| plain.strip_prefix(word).is_some_and(|rest| FORMER_ONES.contains(&rest)))
    };
    text.len() <= LONGEST
        && (NO_SIGNERS_ROLE.iter().any(|word| plain.contains(word))
            || NO_SIGNERS_ALONE.contains(&plain.as_str())
            || (text.is_ascii() && says_in_english(text, NO_SIGNERS_IN_ENGLISH))
            || is_former()
            || yes_no(text) == Some(false))
}

fn plain(text: &str) -> String {
    let letters = text.chars().map(half_width).map(simplified).filter(|c| !c.is_whitespace());
    letters.flat_map(char::to_lowercase).collect()
}

fn is_word(text: &str, words: &[&str]) -> bool {
    const LONGEST: usize = 20;
    if text.is_empty() || text.len() > LONGEST || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    // Nearly every text is none, and its first letter says so.
    let Some(first) = text.chars().next().map(|c| simplified(half_width(c)).to_ascii_lowercase()) else {
        return false;
    };
    words.iter().any(|word| word.starts_with(first)) && {
        let plain: String =
            text.chars().map(half_width).map(simplified).flat_map(char::to_lowercase).collect();
        words.contains(&plain.as_str())
    }
}
