//! Whether all cells of a component are dates, or amounts, in another form than it may take.

use crate::domain::cell::{Cell, Value};
use crate::domain::problem::Rule;

use super::shapes::looks_like_a_date;

/// While all of them are of one kind.
#[derive(Default)]
pub struct Written {
    /// The header does not say what the component takes, and no cell was of another kind.
    is_open: bool,
    count: u64,
    dates: u64,
    amounts: u64,
    /// Some of either are in a form that its component does not take.
    odd_date: bool,
    odd_amount: bool,
}

impl Written {
    /// `unsaid`: the header does not say what the component takes.
    pub fn new(unsaid: bool) -> Self {
        Self { is_open: unsaid, ..Self::default() }
    }

    pub fn look(&mut self, cell: &Cell) {
        if !self.is_open {
            return;
        }
        let seen = cell.seen_ref();
        let seen = seen.trim();
        // What a program has left is told of its cell.
        if ["1899", "1900", "0000"].iter().any(|year| seen.starts_with(year)) {
            self.is_open = false;
            return;
        }
        self.count += 1;
        if matches!(cell.value, Value::DateTime(_)) || looks_like_a_date(seen) {
            self.dates += 1;
            self.odd_date |= !is_date_of_component(seen);
        }
        if is_amount(seen) {
            self.amounts += 1;
            let has_marks = seen.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'));
            // pandas makes 8000.0 of 8000 where some row has nothing.
            self.odd_amount |= has_marks || matches!(cell.value, Value::Text(_)) && seen.ends_with(".0");
        }
        self.is_open = self.dates.max(self.amounts) == self.count;
    }

    pub fn finish(self) -> Option<Rule> {
        match self {
            Self { is_open: false, .. } => None,
            Self { odd_date: true, dates, count, .. } if dates == count => Some(Rule::FormDates),
            Self { odd_amount: true, amounts, count, .. } if amounts == count => Some(Rule::FormNumbers),
            _ => None,
        }
    }
}

/// `2026年01月02日`.
fn is_date_of_component(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000年00月00日"
}

/// `1,234.50元`, `￥1000`, `8000`.
fn is_amount(text: &str) -> bool {
    let bare = text.trim_start_matches(['¥', '￥', '-']).trim_end_matches('元').trim();
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}
