//! Columns like 进度 and 合同情况, with words that nobody can list: 等回签, 卡在法务. Where they stand in some rows only, those
//! rows are not where the others are.

use crate::contract::refusals::plain_of;
use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{AHEAD_OF_SIGNING, BEFORE_SIGNING, IS_MEANT, PENDING, SURNAMES};
use crate::intake::noted::NotedRows;

use super::Said;

/// A column of progress.
pub(super) struct Progress {
    pub column: usize,
    /// Its header names contracts or signing: rows that say different things differ.
    of_contracts: bool,
    said: Option<Said>,
    /// Rows without a word, or with one of what is still to be done.
    waits: bool,
    says_more: bool,
}

impl Progress {
    pub fn new(column: usize, plain: &str) -> Self {
        let of_contracts = plain.contains(['签', '约']) || plain.contains("合同");
        Self { column, of_contracts, said: None, waits: false, says_more: false }
    }

    pub fn row(&mut self, row: &SourceRow) {
        let seen = row.row.cell(self.column).seen_ref();
        let text = seen.trim();
        if text.is_empty() || PENDING.contains(&text) {
            self.waits = true;
            return;
        }
        if !says_where_it_is(text) {
            return;
        }
        match &mut self.said {
            Some(said) if said.value == text => said.rows.note(row.row.number),
            Some(_) => self.says_more = true,
            None => {
                let mut rows = NotedRows::default();
                rows.note(row.row.number);
                self.said = Some(Said { maps: false, value: text.to_owned(), rows });
            }
        }
    }

    pub fn finish(self) -> Option<(usize, Said)> {
        let differs = self.waits || (self.says_more && self.of_contracts);
        self.said.filter(|_| differs).map(|said| (self.column, said))
    }
}

/// Whether it is none of the words for whoever is meant, of what comes before the signing, or of somebody who cares
/// for it.
fn says_where_it_is(text: &str) -> bool {
    const LONGEST: usize = 20;
    let plain = plain_of(text);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let is_name = plain.chars().count() < 4 && plain.starts_with(|c: char| SURNAMES.contains(c));
    let is_number = !plain.chars().any(char::is_alphabetic);
    !is_number
        && !is_name
        && plain.chars().count() <= LONGEST
        && yes_no(text).is_none()
        && !IS_MEANT.contains(&text)
        && (!has(BEFORE_SIGNING) || plain.ends_with('中'))
        && !has(AHEAD_OF_SIGNING)
}
