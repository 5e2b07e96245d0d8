//! Of what kind the cells of a component are: dates with bare numbers among them, words with 0
//! among them.

use crate::domain::cell::{Cell, Shown, Value};

use super::NotedRows;
use super::shapes::{
    is_nothing_found, is_part_of_a_day, is_percent, is_serial_of_a_day, is_time_of_day, is_written_as_serial,
    looks_like_a_date,
};

#[derive(Default)]
pub struct Kinds {
    dates: u64,
    serials: NotedRows,
    /// What a formula shows of an empty cell, or what is meant so; and texts without a digit.
    zeros: NotedRows,
    words: u64,
    /// Hours, and 0.375 among them: what a program keeps of nine in the morning.
    times: u64,
    percents: u64,
    fractions: NotedRows,
}

impl Kinds {
    pub fn look(&mut self, row: u32, cell: &Cell) {
        match &cell.value {
            Value::DateTime(_) => self.dates += 1,
            // TRUE and FALSE alone are answers.
            Value::Text(text) if text.trim().eq_ignore_ascii_case("true") => {}
            _ if is_nothing_found(cell) => self.zeros.note(row),
            Value::Number(number) if is_serial_of_a_day(*number) && cell.shown == Shown::Same => {
                self.serials.note(row);
            }
            Value::Text(text) if is_written_as_serial(text.trim()) => self.serials.note(row),
            Value::Number(number) if is_part_of_a_day(*number) && cell.shown == Shown::Same => {
                self.fractions.note(row);
            }
            Value::Text(text) if text.starts_with("0.") && text.parse().is_ok_and(is_part_of_a_day) => {
                self.fractions.note(row);
            }
            _ if is_percent(cell) => self.percents += 1,
            Value::Time(_) => self.times += 1,
            Value::Text(text) if is_time_of_day(text.trim()) => self.times += 1,
            Value::Text(text) if looks_like_a_date(text) => self.dates += 1,
            Value::Text(text) if !text.bytes().any(|byte| byte.is_ascii_digit()) => self.words += 1,
            _ => {}
        }
    }

    pub fn zeros_among_words(&self) -> Option<NotedRows> {
        (self.zeros.count > 0 && self.words > 0).then(|| self.zeros.clone())
    }

    /// Bare numbers that are days, among days.
    pub fn serials_among_dates(self) -> Option<NotedRows> {
        Some(self.serials).filter(|few| few.count > 0 && self.dates > 0)
    }

    /// Bare numbers among dates, hours or percentages. `is_called_date`: the column is.
    pub fn numbers_among_dates(self, is_called_date: bool) -> Option<NotedRows> {
        let among_dates = |few: &NotedRows| few.count > 0 && (self.dates >= few.count || is_called_date);
        let among_hours = |few: &NotedRows| few.count > 0 && self.times.max(self.percents) >= few.count;
        match (self.serials, self.zeros, self.fractions) {
            (serials, ..) if among_dates(&serials) => Some(serials),
            // 0 and FALSE among dates are what a formula shows of an empty cell.
            (_, zeros, _) if self.words == 0 && among_dates(&zeros) => Some(zeros),
            (.., fractions) if among_hours(&fractions) => Some(fractions),
            _ => None,
        }
    }
}
