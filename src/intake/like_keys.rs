//! Numbers of contracts that look the same and are written otherwise: HT-001, HT—001 and ht-001
//! are three contracts for a program, and one for whoever wrote them.

use std::collections::HashSet;

use crate::contract::columns::half_width;
use crate::contract::source_row::SourceRow;
use crate::domain::cell::is_space_like;
use crate::domain::problem::{Problem, Rule};

use super::sheet_survey::MOST_ROWS;

/// Numbers in another writing that are remembered.
const MOST_ODD: usize = 100_000;

#[derive(Default)]
pub struct LikeKeys {
    /// Of the contract before: its number, how it would be read, and its row.
    last: Option<(String, String, SourceRowPlace)>,
    /// Hashes of what numbers in another writing would be in the usual one.
    odd: HashSet<u64>,
    found: Option<Problem>,
    rows: Vec<u32>,
    count: u64,
}

/// Where a row stands.
struct SourceRowPlace {
    sheet: Option<std::sync::Arc<str>>,
    number: u32,
}

impl LikeKeys {
    /// The number of a contract that begins. `known`: whether one with that number was there before,
    /// by its hash; `hash` makes that of a text.
    pub fn add(
        &mut self,
        key: &str,
        row: &SourceRow,
        own: u64,
        hash: impl Fn(&str) -> u64,
        known: impl Fn(u64) -> bool,
    ) {
        // Somebody has said that this column tells contracts apart as it stands.
        if row.mapping.key.is_some() {
            return;
        }
        let usual = usual(key);
        let is_odd = usual != key;
        let place = hash(&usual);
        let is_there = match is_odd {
            true => known(place) || self.odd.contains(&place),
            false => !self.odd.is_empty() && self.odd.contains(&own),
        };
        if is_odd && self.odd.len() < MOST_ODD {
            self.odd.insert(place);
        }
        let read = as_read(&usual);
        let is_next = self.last.as_ref().is_some_and(|(other, other_read, place)| {
            other != key && *other_read == read && place.sheet == row.sheet
        });
        if is_there || is_next {
            self.tell(key, row, self.last.as_ref().filter(|_| is_next).map(|(_, _, place)| place.number));
        }
        let place = SourceRowPlace { sheet: row.sheet.clone(), number: row.row.number };
        self.last = Some((key.to_owned(), read, place));
    }

    fn tell(&mut self, key: &str, row: &SourceRow, other: Option<u32>) {
        self.count += 1;
        for row in other.into_iter().chain([row.row.number]) {
            if self.rows.len() < MOST_ROWS && !self.rows.contains(&row) {
                self.rows.push(row);
            }
        }
        if self.found.is_none() {
            let value: String = key.chars().take(40).collect();
            let rule = Rule::NumbersAlike { value: value.clone(), rows: Vec::new(), count: 0 };
            self.found = Some(Problem { place: row.place(row.key_column()), value: Some(value), rule });
        }
    }

    pub fn finish(self) -> Option<Problem> {
        let mut problem = self.found?;
        if let Rule::NumbersAlike { rows, count, .. } = &mut problem.rule {
            (*rows, *count) = (self.rows, self.count);
        }
        Some(problem)
    }
}

/// Capitals, one kind of dash, no spaces, brackets and digits as they stand on a keyboard.
fn usual(key: &str) -> String {
    let dash = |c: char| match c {
        '–' | '—' | '‐' | '‑' | '‒' | '―' | '−' | '－' | '_' => '-',
        _ => half_width(c),
    };
    key.chars().map(dash).filter(|c| !is_space_like(*c)).map(|c| c.to_ascii_uppercase()).collect()
}

/// The same without zeros before digits, and with O for 0: HT-001, HT-1 and HT-OO1.
fn as_read(usual: &str) -> String {
    let mut read = String::with_capacity(usual.len());
    let mut after_digit = false;
    let mut letters = usual.chars().map(|c| if c == 'O' { '0' } else { c }).peekable();
    while let Some(c) = letters.next() {
        let leads = c == '0' && !after_digit && letters.peek().is_some_and(char::is_ascii_digit);
        after_digit = c.is_ascii_digit() && !leads;
        if !leads {
            read.push(c);
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_read_them() {
        for (one, other) in [
            ("HT-001", "HT—001"),
            ("HT-001", "ht-001"),
            ("HT-001", "HT- 001"),
            ("HT-001", "HT-OO1"),
            ("HT-001", "HT-1"),
            ("（2026）001", "(2026)001"),
        ] {
            assert_eq!(as_read(&usual(one)), as_read(&usual(other)), "{one} {other}");
        }
        for (one, other) in [("HT-001", "HT-002"), ("A-1-11", "A-11-1"), ("100", "10"), ("HT-010", "HT-001")]
        {
            assert_ne!(as_read(&usual(one)), as_read(&usual(other)), "{one} {other}");
        }
    }
}
