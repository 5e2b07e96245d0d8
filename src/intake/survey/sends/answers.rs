//! Columns of answers and ticks: one that is called send, and those like 需签署.

use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{CROSSES_THAT_TICK, DRAWN_MARKS, OTHER_MARKS};
use crate::domain::problem::Rule;

use crate::intake::noted::{NotedRows, most_rows};

/// A yes, a no or a mark.
pub(super) fn is_an_answer(text: &str) -> bool {
    yes_no(text).is_some() || CROSSES_THAT_TICK.contains(&text) || OTHER_MARKS.contains(&text)
}

/// A column of marks: √ in the rows that are meant, and in the others a cross or nothing.
pub(super) struct Ticked {
    column: usize,
    tick: Option<String>,
    ticked: NotedRows,
    has_none: bool,
    has_other: bool,
}

impl Ticked {
    pub fn new(column: usize) -> Self {
        Self { column, tick: None, ticked: NotedRows::default(), has_none: false, has_other: false }
    }

    pub fn row(&mut self, row: &SourceRow) {
        let cell = row.row.cell(self.column);
        if self.has_other || cell.is_blank() {
            self.has_none = true;
            return;
        }
        let seen = cell.seen_ref();
        let text = seen.trim();
        // 1 may be a count.
        let is_yes = yes_no(text) == Some(true) && !text.starts_with(|c: char| c.is_ascii_digit());
        let is_no = yes_no(text) == Some(false) || CROSSES_THAT_TICK.contains(&text);
        match &self.tick {
            _ if is_no => self.has_none = true,
            Some(tick) => {
                self.has_other |= *tick != text;
                self.ticked.note(row.row.number);
            }
            None if is_yes || OTHER_MARKS.contains(&text) || DRAWN_MARKS.contains(&text) => {
                self.tick = Some(text.to_owned());
                self.ticked.note(row.row.number);
            }
            None => self.has_other = true,
        }
    }

    pub fn finish(self) -> Option<(usize, Rule)> {
        let value = self.tick.filter(|_| self.has_none && !self.has_other)?;
        let meant = Some(value.clone());
        let NotedRows { rows, count } = self.ticked;
        let rule = Rule::ColumnNearlySend {
            value,
            maps: false,
            meant,
            other_number: false,
            in_all: false,
            rows,
            count,
        };
        Some((self.column, rule))
    }
}

/// Our own column 发送: where some rows say yes, those that say nothing may not be meant.
pub(super) struct Own {
    column: usize,
    /// Somebody has said which values are.
    pub is_chosen: bool,
    yes: Option<String>,
    blank: Vec<u32>,
    count: u64,
}

impl Own {
    pub fn new(column: usize, is_chosen: bool) -> Self {
        Self { column, is_chosen, yes: None, blank: Vec::new(), count: 0 }
    }

    pub fn row(&mut self, row: &SourceRow) {
        let cell = row.row.cell(self.column);
        if cell.is_blank() {
            self.count += 1;
            if self.blank.len() < most_rows(row.row.number) {
                self.blank.push(row.row.number);
            }
        } else if self.yes.is_none() {
            let seen = cell.seen_ref();
            self.yes = (yes_no(&seen) == Some(true)).then(|| seen.trim().to_owned());
        }
    }

    pub fn finish(self) -> Option<(usize, Rule)> {
        let Self { column, yes, blank: rows, count, .. } = self;
        let value = yes.filter(|_| count > 0)?;
        Some((column, Rule::SendBlank { value, rows, count }))
    }
}
