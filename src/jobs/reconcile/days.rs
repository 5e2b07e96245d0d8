//! Which days the list of charges is asked for: those of Beijing. Pure.

use std::collections::BTreeSet;

use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::domain::doubt::Window;

const BEIJING: i64 = 8 * 3600;
const DAY: i64 = 86_400;

/// First and last day of each question, as the API writes them: the days of the attempts and
/// the day after each, up to today, and within a question one calendar month.
pub fn days(windows: impl Iterator<Item = Window>, now: i64) -> Vec<(String, String)> {
    let today = day_of(now);
    let mut wanted: BTreeSet<i64> = BTreeSet::new();
    for window in windows.map(Window::wide) {
        // Our own clock may be behind, so a day that has begun elsewhere is asked for as well.
        let last = (day_of(window.to) + 1).min(today.max(day_of(window.to)));
        wanted.extend(day_of(window.from)..=last);
    }
    let mut questions: Vec<(i64, i64)> = Vec::new();
    for day in wanted {
        match questions.last_mut() {
            Some((first, last)) if *last + 1 == day && month(*first) == month(day) => *last = day,
            _ => questions.push((day, day)),
        }
    }
    questions.into_iter().map(|(first, last)| (written(first), written(last))).collect()
}

/// Days since 1970 began in Beijing.
fn day_of(seconds: i64) -> i64 {
    (seconds + BEIJING).div_euclid(DAY)
}

fn civil(day: i64) -> Date {
    date(1970, 1, 1).saturating_add(day.days())
}

fn month(day: i64) -> (i16, i8) {
    let day = civil(day);
    (day.year(), day.month())
}

fn written(day: i64) -> String {
    civil(day).strftime("%Y%m%d").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In Beijing.
    fn at(text: &str) -> i64 {
        format!("{text}+08:00").parse::<jiff::Timestamp>().unwrap().as_second()
    }

    fn asked(attempts: &[&str], now: &str) -> Vec<String> {
        let windows = attempts.iter().map(|from| Window { from: at(from), to: at(from) + 5 });
        days(windows, at(now)).into_iter().map(|(first, last)| format!("{first}-{last}")).collect()
    }

    #[test]
    fn the_days_of_the_attempts_are_those_of_beijing() {
        assert_eq!(asked(&["2026-11-26T12:00:00"], "2026-11-26T13:00:00"), ["20261126-20261126"]);
        assert_eq!(asked(&["2026-11-26T12:00:00"], "2026-11-29T13:00:00"), ["20261126-20261127"]);
        assert_eq!(asked(&["2026-11-26T00:30:00"], "2026-11-26T01:00:00"), ["20261126-20261126"]);
        // Clocks may differ around midnight.
        assert_eq!(asked(&["2026-11-26T00:03:00"], "2026-11-26T01:00:00"), ["20261125-20261126"]);
        assert_eq!(asked(&["2026-11-26T23:58:00"], "2026-11-26T23:59:00"), ["20261126-20261127"]);
    }

    #[test]
    fn a_question_stays_within_one_month() {
        let attempts = ["2026-11-30T12:00:00", "2026-12-01T12:00:00", "2026-12-31T12:00:00"];
        assert_eq!(
            asked(&attempts, "2027-03-01T00:00:00"),
            ["20261130-20261130", "20261201-20261202", "20261231-20261231", "20270101-20270101"]
        );
        assert!(asked(&[], "2027-03-01T00:00:00").is_empty());
    }
}
