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

/// Says in what is asked about such a line which day it names, as far as that is plain.
pub fn counted_from(rule: &mut Rule, today: Date) {
    if let Rule::DeadlineAbove { text, until, .. } = rule {
        *until = last_day(text, today).map(|day| day.to_string());
    }
}

/// `None`: none is named, or more than days is said (18:00, 第3批), or the day has passed.
fn last_day(text: &str, today: Date) -> Option<Date> {
    let text: String = without_number(text).chars().map(half_width).collect();
    let numbers = numbers_of(&text);
    let (mut rest, mut last) = (numbers.as_slice(), None::<Date>);
    while !rest.is_empty() {
        let (day, read) = first_day(rest, last, today)?;
        (last, rest) = (Some(day), rest.get(read..)?);
    }
    last.filter(|day| *day >= today)
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
    let behind = day.behind.trim_start_matches(['日', '号']);
    matches!(behind.trim(), "." | "/" | "点" | "时" | ":" | "年" | "月") || behind.starts_with(['点', '时'])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::last_day;

    #[test]
    fn a_line_names_its_last_day() {
        let today = date(2026, 11, 29);
        let day = |text: &str| last_day(text, today);
        for (text, expected) in [
            ("请于2026-12-20前签完", Some(date(2026, 12, 20))),
            ("签署截止：2026年12月20日", Some(date(2026, 12, 20))),
            ("签署截止 20261220", Some(date(2026, 12, 20))),
            ("签署截止日期：2026/12/20", Some(date(2026, 12, 20))),
            ("请于12月10日前签完", Some(date(2026, 12, 10))),
            ("1、12月10日截止", Some(date(2026, 12, 10))),
            ("签署时间：12月1日至12月10日", Some(date(2026, 12, 10))),
            ("签署时间：11-20至12-10", Some(date(2026, 12, 10))),
            ("签约期：2026年12月28日-2027年1月5日", Some(date(2027, 1, 5))),
            ("签约期：2026.12.1-12.10", Some(date(2026, 12, 10))),
            ("请于1月10日前签完", Some(date(2027, 1, 10))),
            ("请于6月10日前签完", None),
            ("请于11月20日前签完", None),
            ("请于2026-11-20前签完", None),
            ("请于12月10日18点前签完", None),
            ("请于12月10日 18:00前签完", None),
            ("请在3天内签完", None),
            ("第3批，12月10日前签完", None),
            ("请于2月30日前签完", None),
            ("请尽快签署", None),
        ] {
            assert_eq!(day(text), expected, "{text}");
        }
    }
}
