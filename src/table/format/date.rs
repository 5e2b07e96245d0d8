//! Dates, times and durations as their format shows them.

use jiff::civil::{DateTime, Weekday};

use super::serial::days_and_millis;
use super::{Locale, Section, Token, number};

/// `None` where it is not known: names in other languages, the longer Chinese
/// numerals, a day the calendar does not have.
pub fn show(section: &Section, at: Option<DateTime>, serial: f64) -> Option<String> {
    let numerals = match section.numerals {
        None => false,
        Some(1) => true,
        Some(_) => return None,
    };
    let locale = section.locale;
    let said = |part: String| if numerals { number::said_in_date(&part) } else { Some(part) };
    let (days, mut millis) = days_and_millis(serial)?;
    let digits = section.tokens.iter().filter_map(|token| match token {
        Token::Fraction(digits) => Some(*digits),
        _ => None,
    });
    let unit = match digits.max() {
        None => 1000,
        Some(1) => 100,
        Some(2) => 10,
        Some(_) => 1,
    };
    millis = (millis + unit / 2).div_euclid(unit) * unit;
    // The last half second of a day is shown as the beginning of the next one, as a whole.
    let shows_clock = section.tokens.iter().any(|token| matches!(token, Token::Hour(_) | Token::Second(_)));
    let at = match at {
        Some(at) if millis >= 86_400_000 && shows_clock => Some(at.date().tomorrow().ok()?.at(0, 0, 0, 0)),
        at => at,
    };
    let clock = Clock {
        total_seconds: days * 86_400 + millis / 1000,
        millis: millis % 1000,
        half_day: section.tokens.iter().any(|token| matches!(token, Token::HalfDay(..))),
    };
    let mut shown = String::new();
    for token in &section.tokens {
        shown.push_str(&match token {
            Token::Literal(text) => text.clone(),
            Token::Year(length) if numerals => number::digits_said(&year(at?, *length))?,
            Token::Year(length) => year(at?, *length),
            Token::Month(1) => said(at?.month().to_string())?,
            Token::Month(2) => said(format!("{:02}", at?.month()))?,
            Token::Month(length) => month(at?.month(), *length, locale)?,
            Token::Day(1) => said(at?.day().to_string())?,
            Token::Day(2) => said(format!("{:02}", at?.day()))?,
            Token::Day(length) => day_name(at?.weekday(), *length, locale)?,
            Token::HalfDay("AM" | "A", _) if locale != Locale::English => return None,
            Token::Weekday(length) => weekday(at?.weekday(), *length),
            // A point or comma between parts of a date is just itself.
            Token::Point => ".".to_owned(),
            Token::Comma => ",".to_owned(),
            Token::Slash => "/".to_owned(),
            token if numerals => said(clock.part(token)?)?,
            token => clock.part(token)?,
        });
    }
    Some(shown.trim().to_owned())
}

struct Clock {
    total_seconds: i64,
    millis: i64,
    half_day: bool,
}

impl Clock {
    fn part(&self, token: &Token) -> Option<String> {
        let seconds = self.total_seconds;
        let hour = seconds / 3600 % 24;
        let hour_shown = match hour % 12 {
            _ if !self.half_day => hour,
            0 => 12,
            hour => hour,
        };
        Some(match token {
            Token::Hour(length) => padded(hour_shown, *length),
            Token::Minute(length) => padded(seconds / 60 % 60, *length),
            Token::Second(length) => padded(seconds % 60, *length),
            Token::Fraction(length) => {
                let digits = format!("{:03}", self.millis);
                format!(".{}", digits.get(..*length)?)
            }
            Token::HalfDay(morning, afternoon) => if hour < 12 { *morning } else { *afternoon }.to_owned(),
            Token::Elapsed('h', length) => padded(seconds / 3600, *length),
            Token::Elapsed('m', length) => padded(seconds / 60, *length),
            Token::Elapsed(_, length) => padded(seconds, *length),
            _ => return None,
        })
    }
}

fn padded(number: i64, length: usize) -> String {
    format!("{number:0length$}")
}

fn year(at: DateTime, length: usize) -> String {
    if length <= 2 { format!("{:02}", at.year() % 100) } else { at.year().to_string() }
}

/// `mmm` and longer.
fn month(month: i8, length: usize, locale: Locale) -> Option<String> {
    const ENGLISH: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ];
    let name = ENGLISH.get(usize::try_from(month - 1).ok()?)?;
    match (locale, length) {
        (Locale::English, 3) => name.get(..3).map(str::to_owned),
        (Locale::English, 4) => Some((*name).to_owned()),
        (Locale::English, 5) => name.get(..1).map(str::to_owned),
        (Locale::Chinese, 3) => Some(format!("{month}月")),
        (Locale::Chinese, 4) => Some(format!("{}月", number::said_in_date(&month.to_string())?)),
        _ => None,
    }
}

/// `ddd` and `dddd`.
fn day_name(day: Weekday, length: usize, locale: Locale) -> Option<String> {
    let name = match day {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    };
    match (locale, length) {
        (Locale::English, 3) => name.get(..3).map(str::to_owned),
        (Locale::English, _) => Some(name.to_owned()),
        (Locale::Chinese, 3) => Some(format!("周{}", weekday(day, 3))),
        (Locale::Chinese, _) => Some(weekday(day, 4)),
        (Locale::Other, _) => None,
    }
}

fn weekday(day: Weekday, length: usize) -> String {
    let name = match day {
        Weekday::Monday => "一",
        Weekday::Tuesday => "二",
        Weekday::Wednesday => "三",
        Weekday::Thursday => "四",
        Weekday::Friday => "五",
        Weekday::Saturday => "六",
        Weekday::Sunday => "日",
    };
    if length == 3 { name.to_owned() } else { format!("星期{name}") }
}
