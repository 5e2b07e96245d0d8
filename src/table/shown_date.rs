//! Dates, times and durations as their format shows them.

use jiff::civil::{DateTime, Weekday};

use super::number_format::{Section, Token};
use super::serial::days_and_millis;

/// `None` where it is not known: month names in English, numerals in Chinese,
/// a day the calendar does not have.
pub fn show(section: &Section, at: Option<DateTime>, serial: f64) -> Option<String> {
    if section.numerals.is_some() {
        return None;
    }
    let (days, mut millis) = days_and_millis(serial)?;
    let shows_fraction = section.tokens.iter().any(|token| matches!(token, Token::Fraction(_)));
    if !shows_fraction {
        millis = (millis + 500).div_euclid(1000) * 1000;
    }
    let clock = Clock {
        total_seconds: days * 86_400 + millis / 1000,
        millis: millis % 1000,
        half_day: section.tokens.iter().any(|token| matches!(token, Token::HalfDay(..))),
    };
    let mut shown = String::new();
    for token in &section.tokens {
        shown.push_str(&match token {
            Token::Literal(text) => text.clone(),
            Token::Year(1 | 2) => format!("{:02}", at?.year() % 100),
            Token::Year(_) => at?.year().to_string(),
            Token::Month(1) => at?.month().to_string(),
            Token::Month(2) => format!("{:02}", at?.month()),
            Token::Day(1) => at?.day().to_string(),
            Token::Day(2) => format!("{:02}", at?.day()),
            Token::Weekday(length) => weekday(at?.weekday(), *length),
            // A point or comma between parts of a date is just itself.
            Token::Point => ".".to_owned(),
            Token::Comma => ",".to_owned(),
            Token::Slash => "/".to_owned(),
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
