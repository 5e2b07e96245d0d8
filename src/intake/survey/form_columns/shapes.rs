//! What a cell looks like, alone.

use crate::domain::cell::{Cell, Value};

/// 0 or FALSE: what a formula shows that points at an empty cell, or has no other answer.
pub fn is_nothing_found(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(number) => *number == 0.0,
        Value::Bool(value) => !value,
        Value::Text(text) => text.trim() == "0" || text.trim().eq_ignore_ascii_case("false"),
        _ => false,
    }
}

/// The day that programs count from, and with it the hour that it is in China.
pub fn is_an_epoch(cell: &Cell) -> bool {
    /// Midnight in Greenwich, as it is there and in China.
    const HOURS: [i64; 2] = [0, 8];
    let is_one = |year: i64, month: i64, day: i64, time: &[i64]| {
        let is_midnight = match time {
            [] => true,
            [hour, rest @ ..] => HOURS.contains(hour) && rest.iter().all(|part| *part == 0),
        };
        matches!(year, 1900 | 1970) && (month, day) == (1, 1) && is_midnight
    };
    match &cell.value {
        Value::DateTime(at) => {
            let time = [at.hour(), at.minute(), at.second()].map(i64::from);
            is_one(at.year().into(), at.month().into(), at.day().into(), &time)
        }
        Value::Text(text) => {
            let text = text.trim();
            if !text.starts_with("19") || !(8..=24).contains(&text.len()) {
                return false;
            }
            let groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
            let groups: Vec<i64> = groups.filter_map(|group| group.parse().ok()).collect();
            matches!(groups.as_slice(), [year, month, day, time @ ..] if is_one(*year, *month, *day, time))
        }
        _ => false,
    }
}

/// From 2000 to 2099, with an hour or without.
pub fn is_serial_of_a_day(number: f64) -> bool {
    (36_526.0..=73_050.0).contains(&number)
}

/// `46026`, `46026.375`.
pub fn is_written_as_serial(text: &str) -> bool {
    let is_number = text.len() >= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number && text.parse().is_ok_and(is_serial_of_a_day)
}

/// `9:00`, `17:30:00`.
pub fn is_time_of_day(text: &str) -> bool {
    let is_part =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    // 2:1 is a ratio.
    let minutes = text.split(':').nth(1).is_some_and(|part| part.len() == 2);
    text.len() <= 8 && minutes && text.split(':').all(is_part)
}

/// `30%`, whether it is written or shown so.
pub fn is_percent(cell: &Cell) -> bool {
    let seen = cell.seen_ref();
    // Of 0.5% the half may be 0.5 without its mark.
    let number = seen.trim().strip_suffix(['%', '％']).and_then(|number| number.trim().parse::<f64>().ok());
    number.is_some_and(|number| number >= 1.0)
}

/// An hour of a day, or a part of a whole.
pub fn is_part_of_a_day(number: f64) -> bool {
    0.0 < number && number < 1.0
}

/// `2026/1/2`, `2026-01-02`, `2026年1月2日`.
pub fn looks_like_a_date(text: &str) -> bool {
    let text = text.trim();
    let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let mut next = |length: std::ops::RangeInclusive<usize>, most: u32| {
        let group = groups.next().filter(|group| length.contains(&group.len()))?;
        group.parse::<u32>().ok().filter(|number| (1..=most).contains(number))
    };
    // 0755-88886666 and 2025-2026 are none.
    text.len() <= 24
        && text.get(4..).is_some_and(|rest| rest.starts_with(['-', '/', '.', '年']))
        && next(4..=4, 9999).is_some()
        && next(1..=2, 12).is_some()
        && next(1..=2, 31).is_some()
}
