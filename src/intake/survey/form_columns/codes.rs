//! Codes such as 3-101, and what a spreadsheet program makes of 3-1: the first of March.

use crate::domain::cell::{Cell, Shown, Value};

use super::NotedRows;
use super::shapes::{is_serial_of_a_day, looks_like_a_date};

#[derive(Default)]
pub struct Codes {
    count: u64,
    /// Dates that nobody writes: without a year.
    made_dates: NotedRows,
    /// Whole dates, which a program has made where most are codes.
    made_days: NotedRows,
}

impl Codes {
    pub fn look(&mut self, row: u32, cell: &Cell) {
        let seen = cell.seen_ref();
        let seen = seen.trim();
        match &cell.value {
            Value::Text(_) if is_code(seen) => self.count += 1,
            Value::Text(_) if is_month_of_a_program(seen) || is_day_of_a_month(seen) => {
                self.made_dates.note(row);
            }
            Value::Text(_) if seen.contains('/') && looks_like_a_date(seen) => self.made_days.note(row),
            // A year is what a person writes into a date.
            Value::DateTime(_) if seen.bytes().filter(u8::is_ascii_digit).count() < 6 => {
                self.made_dates.note(row);
            }
            Value::DateTime(_) => self.made_days.note(row),
            Value::Number(number) if is_serial_of_a_day(*number) && cell.shown == Shown::Same => {
                self.made_dates.note(row);
            }
            _ => {}
        }
    }

    /// The dates that a program has made of codes.
    pub fn finish(self) -> Option<NotedRows> {
        let made = match self.count > self.made_days.count && self.made_dates.count == 0 {
            true => self.made_days,
            false => self.made_dates,
        };
        (made.count > 0 && self.count > 0).then_some(made)
    }
}

/// `1月2日`: what Excel has made of 1-2, saved as CSV.
fn is_day_of_a_month(text: &str) -> bool {
    let is_number =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = text.strip_suffix('日').and_then(|rest| rest.split_once('月'));
    parts.is_some_and(|(month, day)| is_number(month) && is_number(day))
}

/// `3-101`, `12-3-402`: a room, a number of a kind.
fn is_code(text: &str) -> bool {
    let is_part =
        |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    // 12-5 may be a day.
    let is_day = |parts: &[&str]| match parts {
        [one, other] => [one, other].iter().all(|part| part.parse().is_ok_and(|part: u32| part <= 31)),
        _ => false,
    };
    let parts: Vec<&str> = text.split('-').collect();
    text.len() <= 14
        && parts.len() > 1
        && parts.iter().all(|part| is_part(part))
        && !is_day(&parts)
        && !looks_like_a_date(text)
}

/// `Mar-01`, `1-Mar`: what a program has made of 3-1.
fn is_month_of_a_program(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    text.len() <= 6
        && text.split_once('-').is_some_and(|(one, other)| {
            let is_month = |part: &str| MONTHS.contains(&part.to_ascii_lowercase().as_str());
            let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            (is_month(one) && is_number(other)) || (is_number(one) && is_month(other))
        })
}
