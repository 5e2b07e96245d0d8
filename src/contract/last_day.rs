//! The day that a line about the time to sign in names: 请于12月10日前签完.

use jiff::SignedDuration;
use jiff::civil::Date;

use crate::domain::problem::Rule;

use super::above::without_number;
use super::columns::half_width;

/// A day without a year is of this one where it has passed by no more than that, or else of the next one
/// where it is no further away than that.
const SPAN_BEFORE: SignedDuration = SignedDuration::from_hours(60 * 24);
const SPAN_AHEAD: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Says in what is asked about such a line until when it is, as far as that is plain.
pub fn counted_from(rule: &mut Rule, today: Date) {
    if let Rule::DeadlineAbove { text, until, .. } = rule {
        let end = || last_day(text, today).map(|day| day.to_string());
        *until = end().or_else(|| time_to_sign(text));
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

/// `None`: none is named, or more than days is said (第3批), or the day has passed.
fn last_day(text: &str, today: Date) -> Option<Last> {
    let text: String = without_number(text).chars().map(half_width).collect();
    let numbers = numbers_of(&text);
    let (mut rest, mut last) = (numbers.as_slice(), None::<Last>);
    while !rest.is_empty() {
        let (day, days) = first_day(rest, last.map(|last| last.day), today)?;
        let before = rest.get(days - 1)?;
        rest = rest.get(days..)?;
        let time = time_of(before, rest);
        rest = rest.get(time.map_or(0, |(_, read)| read)..)?;
        last = Some(Last { day, time: time.map(|(time, _)| time) });
    }
    last.filter(|last| last.day >= today)
}

/// 18:00, 18点, 下午6点, and how many numbers it takes.
fn time_of(day: &Number<'_>, rest: &[Number<'_>]) -> Option<((i8, i8), usize)> {
    let hour = rest.first()?;
    let between = day.behind.trim_start_matches(['日', '号']).trim();
    let is_late = ["下午", "晚上", "晚"].contains(&between);
    if !between.is_empty() && !is_late && !["上午", "早上", "中午"].contains(&between) {
        return None;
    }
    let later = |hour: i8| if is_late && hour < 12 { hour + 12 } else { hour };
    let value = hour.value().filter(|hour| (0..24).contains(hour)).map(later)?;
    let minutes = || rest.get(1)?.value().filter(|minute| (0..60).contains(minute));
    match hour.behind.trim() {
        ":" | "点" | "时" if rest.len() > 1 => Some(((value, minutes()?), 2)),
        behind if behind.starts_with("点半") => Some(((value, 30), 1)),
        behind if behind.starts_with(['点', '时']) => Some(((value, 0), 1)),
        _ => None,
    }
}

/// 48小时内, 3天内签署, 三日内: counted from when the contracts go out. 工作日 are not counted here.
fn time_to_sign(text: &str) -> Option<String> {
    const NUMBERS: [&str; 10] = ["一", "两", "三", "四", "五", "六", "七", "八", "九", "十"];
    const UNITS: [(&str, &str); 3] = [("小时内", "h"), ("天内", "d"), ("日内", "d")];
    let text: String = without_number(text).chars().map(half_width).collect();
    let (before, unit) = UNITS.iter().find_map(|(word, unit)| Some((text.split_once(word)?.0, unit)))?;
    let before = before.trim_end_matches('个').trim_end();
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (other, digits) = before.split_at(before.len() - digits);
    let in_words = || {
        let (word, number) = NUMBERS.iter().zip(1_u16..).find(|(word, _)| other.ends_with(*word))?;
        // 十五.
        let rest = other.strip_suffix(word)?;
        (!NUMBERS.iter().any(|word| rest.ends_with(word))).then_some(number)
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
