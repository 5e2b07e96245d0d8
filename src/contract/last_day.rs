//! The day that a line about the time to sign in names: 请于12月10日前签完.

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::domain::problem::Rule;

use super::above::{shortened, without_number};
use super::columns::half_width;
use super::vocabulary::{
    CHINESE_NUMBERS, EVENINGS, MORNINGS, NOONS, NUMBERS_OF_DAYS, RANGE_MARKS, TIMES_TO_SIGN,
};

/// A day without a year is of this one where it has passed by no more than that, or else of the next one
/// where it is no further away than that.
const SPAN_BEFORE: SignedDuration = SignedDuration::from_hours(60 * 24);
const SPAN_AHEAD: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Says in what is asked about such a line until when it is, as far as that is plain, and shortens the line.
pub fn counted_from(rule: &mut Rule, today: Date) {
    if let Rule::DeadlineAbove { text, until, .. } = rule {
        let end = || last_day(text, today).map(|day| day.to_string());
        *until = end().or_else(|| time_to_sign(text));
        *text = shortened(text);
    }
}

/// A day, and the time on it that a line says.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Last {
    day: Date,
    /// Hour and minute.
    time: Option<(i8, i8)>,
}

impl std::fmt::Display for Last {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.time {
            None => write!(f, "{}", self.day),
            Some((hour, minute)) => write!(f, "{} {hour:02}:{minute:02}", self.day),
        }
    }
}

/// `None`: none is named, or more is said than one day or a range of two (第3批, V2.1), or the day has passed.
fn last_day(text: &str, today: Date) -> Option<Last> {
    let text: String = without_number(text).chars().map(half_width).collect();
    let numbers = numbers_of(&text);
    let before = text.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    if before.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let (first, read) = last_of(&numbers, None, today)?;
    let rest = numbers.get(read..)?;
    let last = if rest.is_empty() {
        first
    } else {
        let between = numbers.get(read.checked_sub(1)?)?.behind;
        let between = between.trim().trim_start_matches(['日', '号', '起']).trim();
        if !RANGE_MARKS.contains(&between) {
            return None;
        }
        let (second, more) = last_of(rest, Some(first.day), today)?;
        if more < rest.len() || second.day < first.day {
            return None;
        }
        second
    };
    (last.day >= today).then_some(last)
}

/// The day, with its time, that the numbers begin with, and how many of them it takes.
fn last_of(numbers: &[Number<'_>], before: Option<Date>, today: Date) -> Option<(Last, usize)> {
    let (day, days) = first_day(numbers, before, today)?;
    let (own, rest) = (numbers.get(days.checked_sub(1)?)?, numbers.get(days..)?);
    Some(match time_of(own, rest)? {
        None => (Last { day, time: None }, days),
        Some((time, read)) => (Last { day, time: Some(time) }, days + read),
    })
}

/// 18:00, 18点, 下午6点, and how many numbers it takes; `None` inside: there is none. `None`: it is not plain.
fn time_of(day: &Number<'_>, rest: &[Number<'_>]) -> Option<Option<((i8, i8), usize)>> {
    const NOON: i8 = 12;
    let between = day.behind.trim_start_matches(['日', '号']).trim();
    let Some(hour) = rest.first().filter(|hour| hour.behind.trim_start().starts_with([':', '点', '时']))
    else {
        // 12月10日晚上 without an hour.
        return Some(None);
    };
    let value = hour.value().filter(|hour| (0..24).contains(hour))?;
    let value = match between {
        "" => value,
        part if MORNINGS.contains(&part) => value,
        part if EVENINGS.contains(&part) && value < NOON => value + NOON,
        part if EVENINGS.contains(&part) && value > NOON => value,
        NOONS if (NOON - 1..=NOON).contains(&value) => value,
        NOONS if value < 3 => value + NOON,
        _ => return None,
    };
    let behind = hour.behind.trim();
    if behind == ":" {
        let minute = rest.get(1)?.value().filter(|minute| (0..60).contains(minute))?;
        return Some(Some(((value, minute), 2)));
    }
    let behind = behind.trim_start_matches(['点', '时', '钟', '整']);
    if behind.is_empty() && rest.len() > 1 {
        // 18点30分; 18点 3楼 is no time.
        let minute = rest.get(1).filter(|minute| minute.behind.starts_with('分'))?;
        return Some(Some(((value, minute.value().filter(|minute| (0..60).contains(minute))?), 2)));
    }
    match behind.strip_prefix('半') {
        Some(_) => Some(Some(((value, 30), 1))),
        // 18点一刻.
        None if behind.starts_with(|c| CHINESE_NUMBERS.contains(&c)) => None,
        None => Some(Some(((value, 0), 1))),
    }
}

/// 48小时内, 3天内签署, 三日内: counted from when the contracts go out. 工作日 are not counted here.
fn time_to_sign(text: &str) -> Option<String> {
    let text: String = without_number(text).chars().map(half_width).collect();
    let (before, unit) =
        TIMES_TO_SIGN.iter().find_map(|(word, unit)| Some((text.split_once(word)?.0, unit)))?;
    let before = before.trim_end_matches('个').trim_end();
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (other, digits) = before.split_at(before.len() - digits);
    let in_words = || {
        let (word, number) = NUMBERS_OF_DAYS.iter().zip(1_u16..).find(|(word, _)| other.ends_with(*word))?;
        // 十五.
        let rest = other.strip_suffix(word)?;
        (!NUMBERS_OF_DAYS.iter().any(|word| rest.ends_with(word))).then_some(number)
    };
    let number = if digits.is_empty() { in_words()? } else { digits.parse().ok()? };
    let is_alone = !other.contains(|c: char| c.is_ascii_digit());
    (is_alone && number > 0).then(|| format!("+{number}{unit}"))
}

/// A number, its letters, and what stands between it and the next one.
struct Number<'t> {
    digits: &'t str,
    behind: &'t str,
}

impl Number<'_> {
    fn value(&self) -> Option<i8> {
        (self.digits.len() <= 2).then(|| self.digits.parse().ok())?
    }

    fn year(&self) -> Option<i16> {
        (self.digits.len() == 4 && self.digits.starts_with("20")).then(|| self.digits.parse().ok())?
    }

    /// Whether it is followed by one of these, and the next number at once.
    fn leads_on(&self, marks: &[&str]) -> bool {
        marks.contains(&self.behind.trim())
    }
}

fn numbers_of(text: &str) -> Vec<Number<'_>> {
    let is_digit = |c: char| c.is_ascii_digit();
    let mut numbers = Vec::new();
    let mut rest = text.find(is_digit).map_or("", |at| &text[at..]);
    while !rest.is_empty() {
        let end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let (digits, behind) = rest.split_at(end);
        let next = behind.find(is_digit).unwrap_or(behind.len());
        numbers.push(Number { digits, behind: &behind[..next] });
        rest = &behind[next..];
    }
    numbers
}

/// The day that the numbers begin with, and how many of them it takes. `before`: that of the same line
/// whose year it may share.
fn first_day(numbers: &[Number<'_>], before: Option<Date>, today: Date) -> Option<(Date, usize)> {
    const OF_YEARS: &[&str] = &["年", "-", "/", "."];
    const OF_MONTHS: &[&str] = &["月", "-", "/", "."];
    let first = numbers.first()?;
    if first.digits.len() == 8 {
        let part = |from: usize, to: usize| first.digits.get(from..to)?.parse::<i8>().ok();
        let year = first.digits.get(..4)?.parse().ok()?;
        return Some((Date::new(year, part(4, 6)?, part(6, 8)?).ok()?, 1));
    }
    if let Some(year) = first.year() {
        let (month, day) = (numbers.get(1)?, numbers.get(2)?);
        let is_whole = first.leads_on(OF_YEARS) && month.leads_on(OF_MONTHS) && !has_more(day);
        return is_whole.then(|| Some((Date::new(year, month.value()?, day.value()?).ok()?, 3)))?;
    }
    let day = numbers.get(1)?;
    if !first.leads_on(OF_MONTHS) || has_more(day) {
        return None;
    }
    let (month, day) = (first.value()?, day.value()?);
    if let Some(before) = before {
        return Some((Date::new(before.year(), month, day).ok()?, 2));
    }
    // The first of two days, such as 12月1日 on the 5th, may have passed.
    let (oldest, furthest) = (today.checked_sub(SPAN_BEFORE).ok()?, today.checked_add(SPAN_AHEAD).ok()?);
    let this_year = Date::new(today.year(), month, day).ok().filter(|day| *day >= oldest);
    let next_year = Date::new(today.year() + 1, month, day).ok().filter(|day| *day <= furthest);
    Some((this_year.or(next_year)?, 2))
}

/// 12.10.3: a day is followed by its mark at most, and by no time.
fn has_more(day: &Number<'_>) -> bool {
    let behind = day.behind.trim_start_matches(['日', '号']).trim();
    behind.starts_with(['.', '/', '点', '时', ':', '年', '月'])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{last_day, time_to_sign};

    #[test]
    fn a_line_names_its_last_day() {
        let today = date(2026, 11, 29);
        let until = |text: &str| last_day(text, today).map_or_else(String::new, |last| last.to_string());
        for (text, expected) in [
            ("请于2026-12-20前签完", "2026-12-20"),
            ("签署截止：2026年12月20日", "2026-12-20"),
            ("签署截止 20261220", "2026-12-20"),
            ("签署截止日期：2026/12/20", "2026-12-20"),
            ("请于12月10日前签完", "2026-12-10"),
            ("1、12月10日截止", "2026-12-10"),
            ("签署时间：12月1日至12月10日", "2026-12-10"),
            ("签署时间：11-20至12-10", "2026-12-10"),
            ("签约期：2026年12月28日-2027年1月5日", "2027-01-05"),
            ("签约期：2026.12.1-12.10", "2026-12-10"),
            ("请于1月10日前签完", "2027-01-10"),
            ("请于12月10日18点前签完", "2026-12-10 18:00"),
            ("请于12月10日 18:00前签完", "2026-12-10 18:00"),
            ("Deadline: 2026-12-10 18:30", "2026-12-10 18:30"),
            ("请于12月10日下午6点前签完", "2026-12-10 18:00"),
            ("请于12月10日晚上8点半前签完", "2026-12-10 20:30"),
            ("请于12月10日24点前签完", ""),
            ("12月10日晚上12点前签", ""),
            ("12月10日中午12点前签", "2026-12-10 12:00"),
            ("12月10日中午1点前签", "2026-12-10 13:00"),
            ("12月10日18点一刻前签", ""),
            ("12月10日18点30分前签", "2026-12-10 18:30"),
            ("12月10日18点 3楼签", ""),
            ("请于12月10日前完成签署，合同自2027年1月1日起生效", ""),
            ("请于12月10日前签署，12月15日到岗", ""),
            ("2027年1月5日入职人员请于12月10日前签署劳动合同", ""),
            ("保密协议V2.1版 请于12月10日前签署", ""),
            ("请于6月10日前签完", ""),
            ("请于11月20日前签完", ""),
            ("请于2026-11-20前签完", ""),
            ("请在3天内签完", ""),
            ("第3批，12月10日前签完", ""),
            ("请于2月30日前签完", ""),
            ("请尽快签署", ""),
        ] {
            assert_eq!(until(text), expected, "{text}");
        }
    }

    #[test]
    fn a_line_says_how_long_there_is_to_sign() {
        for (text, expected) in [
            ("48小时内签署有效", Some("+48h")),
            ("请在3天内签完", Some("+3d")),
            ("收到后三日内签署", Some("+3d")),
            ("请于7个工作日内签署", None),
            ("第3批，2天内签完", None),
            ("十五日内签署", None),
            ("请尽快签署", None),
        ] {
            assert_eq!(time_to_sign(text).as_deref(), expected, "{text}");
        }
    }
}
