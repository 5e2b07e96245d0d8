//! Excel writes a CSV in blocks of sixteen lines, and leaves out the empty
//! columns at the end of a block: from line 17 on, all lines of a block may be
//! shorter than the header, by as much. That is no lost separator, so the
//! fields are given back.

use std::ops::ControlFlow;

use crate::domain::cell::{Cell, Row};
use crate::table::Visit;

const LINES: u32 = 16;
/// A block that is longer is handed on as it is: memory is worth more.
const MOST_BYTES: u64 = 2 << 20;

pub struct Blocks<'v, 'a> {
    visit: &'v mut Visit<'a>,
    /// Of the longest line of the first block.
    width: usize,
    waiting: Vec<Row>,
    bytes: u64,
}

impl<'v, 'a> Blocks<'v, 'a> {
    pub fn new(visit: &'v mut Visit<'a>) -> Self {
        Self { visit, width: 0, waiting: Vec::new(), bytes: 0 }
    }

    pub fn add(&mut self, row: Row, bytes: u64) -> ControlFlow<()> {
        let block = |row: &Row| row.number.saturating_sub(1) / LINES;
        if block(&row) == 0 {
            self.width = self.width.max(row.cells.len());
            return (self.visit)(row);
        }
        if self.waiting.first().is_some_and(|first| block(first) != block(&row)) {
            self.flush(true)?;
        }
        self.waiting.push(row);
        self.bytes += bytes;
        if self.bytes > MOST_BYTES { self.flush(false) } else { ControlFlow::Continue(()) }
    }

    pub fn close(&mut self) {
        // Nobody is left who could go on.
        let _ = self.flush(true);
    }

    fn flush(&mut self, whole: bool) -> ControlFlow<()> {
        self.bytes = 0;
        let width = self.waiting.first().map_or(0, |row| row.cells.len());
        // A single line is as likely to have lost a separator.
        let left_out = whole
            && width < self.width
            && self.waiting.len() > 1
            && self.waiting.iter().all(|row| row.cells.len() == width);
        for mut row in self.waiting.drain(..) {
            if left_out {
                row.cells.resize_with(self.width, Cell::default);
            }
            (self.visit)(row)?;
        }
        ControlFlow::Continue(())
    }
}
