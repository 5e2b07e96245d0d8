//! What stands in the cells of a workbook, whatever its bytes are: a spreadsheet program that
//! saves a file writes all of it anew.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::domain::cell::is_space_like;

/// Of all the cells of a workbook, in whatever order they are added. Where the standard library
/// changes its hash the worst that follows is that a file counts as edited.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    sum: u64,
    count: u64,
}

impl Contents {
    /// Row and column are 0-based.
    pub fn add(&mut self, sheet: &str, row: u32, column: usize, text: &str) {
        self.add_in(&RowPlace::new(sheet, row), column, text);
    }

    /// The same for whoever adds many cells of a row.
    pub fn add_in(&mut self, row: &RowPlace, column: usize, text: &str) {
        if text.chars().all(is_space_like) {
            return;
        }
        let mut hasher = row.0.clone();
        column.hash(&mut hasher);
        // XML has one kind of line break only.
        match memchr::memchr(b'\r', text.as_bytes()) {
            None => hasher.write(text.as_bytes()),
            Some(_) => text.split('\r').for_each(|part| hasher.write(part.as_bytes())),
        }
        self.sum = self.sum.wrapping_add(hasher.finish());
        self.count += 1;
    }

    pub fn join(&mut self, other: Self) {
        self.sum = self.sum.wrapping_add(other.sum);
        self.count += other.count;
    }

    /// As the journal keeps it.
    pub fn note(self) -> [u8; 32] {
        let mut note = [0; 32];
        let bytes = self.sum.to_be_bytes().into_iter().chain(self.count.to_be_bytes());
        note.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        note
    }
}

/// The sheet and the row of cells, hashed.
pub struct RowPlace(DefaultHasher);

impl RowPlace {
    /// The row is 0-based.
    pub fn new(sheet: &str, row: u32) -> Self {
        let mut hasher = DefaultHasher::new();
        (sheet, row).hash(&mut hasher);
        Self(hasher)
    }
}

/// What the journal keeps of a workbook that was written.
#[derive(Clone, Copy)]
pub struct Notes {
    /// Of all cells but those that a person fills in.
    pub cells: Contents,
    pub ticks: ShownTicks,
}

/// The pages that a workbook shows as confirmed, and in how many rows: one that lacks a tick
/// later had it taken away.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct ShownTicks(Contents);

impl ShownTicks {
    pub fn add(&mut self, url: &str, rows: u32) {
        self.0.add("", rows, 0, url);
    }

    /// As the journal keeps it.
    pub fn note(self) -> [u8; 32] {
        self.0.note()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_are_the_same_in_any_order_and_differ_by_place() {
        let of = |cells: &[(u32, usize, &str)]| {
            let mut contents = Contents::default();
            cells.iter().for_each(|(row, column, text)| contents.add("a", *row, *column, text));
            contents.note()
        };
        let all = of(&[(0, 0, "x"), (1, 2, "y\r\nz"), (3, 3, " ")]);
        assert_eq!(all, of(&[(1, 2, "y\nz"), (0, 0, "x")]));
        assert_ne!(all, of(&[(1, 0, "y\nz"), (0, 2, "x")]));
        assert_ne!(all, of(&[(0, 0, "x")]));
    }
}
