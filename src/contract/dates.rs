//! The ways people write a date, and the moment that is meant.

use jiff::civil::{Date, DateTime, Time, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// When a date stands alone, the whole day counts.
const END_OF_DAY: Time = Time::constant(23, 59, 59, 0);

/// Serial numbers that a date column may hold when its format was lost:
/// 2000-01-01 to 2099-12-31.
const SERIALS: std::ops::RangeInclusive<i64> = 36_526..=73_050;

/// From here on a year is a slip; 2999 is what some write for no end.
const LAST_YEAR: i32 = 3000;

pub struct Clock {
    pub now: Timestamp,
    pub zone: TimeZone,
}

#[derive(Debug, PartialEq)]
pub enum Moment {
    /// Unix seconds.
    At(i64),
    /// Unix seconds, read from a serial number: worth telling.
    FromSerial(i64),
    /// Unix seconds at the end of a day of which midnight was written: worth telling.
    FromMidnight(i64),
}

impl Clock {
    /// 2026-01-31, 2026/1/31 18:00, 2026.1.31, 2026年1月31日, 20260131, epoch
    /// seconds, `+30d`. `None`: none of these.
    pub fn read(&self, text: &str) -> Option<Moment> {
        if let Some(rest) = text.strip_prefix('+') {
            return self.after(rest).map(Moment::At);
        }
        if text.bytes().all(|b| b.is_ascii_digit()) {
            return self.read_digits(text);
        }
        if let Some(at) = instant(text) {
            return self.read_instant(at);
        }
        let at = parse_written(text)?;
        if shows_time(text) { self.read_moment(at) } else { self.read_date_time(at) }
    }

    pub fn today(&self) -> Date {
        self.zone.to_datetime(self.now).date()
    }

    /// One that is midnight here is a date that a program has written.
    fn read_instant(&self, at: Timestamp) -> Option<Moment> {
        let local = self.zone.to_datetime(at);
        if local.time() == Time::midnight() {
            return self.at(local.date().to_datetime(END_OF_DAY)).map(Moment::FromMidnight);
        }
        Some(Moment::At(at.as_second()))
    }

    /// A day with its time. Midnight is told: for a person it may be the beginning of that day.
    pub fn read_moment(&self, at: DateTime) -> Option<Moment> {
        let is_midnight = at.time() == Time::midnight();
        match self.read_date_time(at)? {
            Moment::At(seconds) if is_midnight => Some(Moment::FromMidnight(seconds)),
            moment => Some(moment),
        }
    }

    /// A serial number with a time in it, as it stands where the format was lost.
    pub fn read_serial(&self, serial: f64) -> Option<Moment> {
        if !(*SERIALS.start() as f64..*SERIALS.end() as f64).contains(&serial) {
            return None;
        }
        let seconds = (serial.fract() * 86_400.0).round() as i64;
        let day = date(1899, 12, 30).checked_add(Span::new().try_days(serial.trunc() as i64).ok()?).ok()?;
        let at =
            day.to_datetime(Time::midnight()).checked_add(Span::new().try_seconds(seconds).ok()?).ok()?;
        self.at(at).map(Moment::FromSerial)
    }

    /// Midnight means that no time was given: programs write dates so.
    pub fn read_date_time(&self, at: DateTime) -> Option<Moment> {
        let at = if at.time() == Time::midnight() { at.date().to_datetime(END_OF_DAY) } else { at };
        self.at(at).map(Moment::At)
    }

    fn at(&self, at: DateTime) -> Option<i64> {
        at.to_zoned_datetime(self.zone.clone()).ok().map(|zoned| zoned.timestamp().as_second())
    }

    /// `30d`, `2w`, `1m`, `12h`, `30天`: counted from now; days end at the end of the day.
    fn after(&self, text: &str) -> Option<i64> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let number: i64 = number.parse().ok()?;
        let now = self.now.to_zoned_datetime(self.zone.clone());
        let span = Span::new();
        let span = match unit.trim().to_lowercase().as_str() {
            "d" | "天" | "日" => span.try_days(number),
            "w" | "周" => span.try_weeks(number),
            "m" | "月" | "个月" => span.try_months(number),
            "y" | "年" => span.try_years(number),
            "h" | "小时" => {
                return now
                    .checked_add(span.try_hours(number).ok()?)
                    .ok()
                    .map(|at| at.timestamp().as_second());
            }
            _ => return None,
        }
        .ok()?;
        self.at(now.checked_add(span).ok()?.date().to_datetime(END_OF_DAY))
    }

    fn read_digits(&self, text: &str) -> Option<Moment> {
        let number: i64 = text.parse().ok()?;
        match text.len() {
            8 => {
                let day = Date::new(
                    i16::try_from(number / 10_000).ok()?,
                    i8::try_from(number / 100 % 100).ok()?,
                    i8::try_from(number % 100).ok()?,
                )
                .ok()?;
                self.at(day.to_datetime(END_OF_DAY)).map(Moment::At)
            }
            // A time as machines write it, without any mark.
            14 => {
                let part = |at: usize| text.get(at..at + 2)?.parse::<i8>().ok();
                let day = Date::new(text.get(..4)?.parse().ok()?, part(4)?, part(6)?).ok()?;
                let time = Time::new(part(8)?, part(10)?, part(12)?, 0).ok()?;
                self.read_moment(day.to_datetime(time))
            }
            // 2027123118 is the end of a year for people, and a day of 2034 for programs.
            10 if is_day_and_hour(text) => None,
            10 => self.read_instant(Timestamp::from_second(number).ok()?),
            13 => self.read_instant(Timestamp::from_second(number / 1000).ok()?),
            5 if SERIALS.contains(&number) => {
                let day = date(1899, 12, 30).checked_add(Span::new().try_days(number).ok()?).ok()?;
                self.at(day.to_datetime(END_OF_DAY)).map(Moment::FromSerial)
            }
            _ => None,
        }
    }
}

/// `2027123118`: year, month, day and hour without any mark.
fn is_day_and_hour(text: &str) -> bool {
    let part = |at: usize| text.get(at..at + 2).and_then(|part| part.parse::<u8>().ok()).unwrap_or(u8::MAX);
    text.starts_with("20") && (1..=12).contains(&part(4)) && (1..=31).contains(&part(6)) && part(8) <= 24
}

/// Whether a text means the same moment in every time zone: epoch seconds, or a time
/// with Z or an offset.
pub fn is_instant(text: &str) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    (digits && matches!(text.len(), 10 | 13)) || instant(text).is_some()
}

/// A time with Z or an offset, which may stand apart: `2027-12-31 23:59:59 +0800`.
fn instant(text: &str) -> Option<Timestamp> {
    let joined = text.rsplit_once(' ').filter(|(time, offset)| {
        let digits = offset.strip_prefix(['+', '-']).unwrap_or_default();
        let is_offset =
            matches!(digits.len(), 4 | 5) && digits.bytes().all(|b| b.is_ascii_digit() || b == b':');
        (is_offset || *offset == "Z") && time.contains(':')
    });
    match joined {
        Some((time, offset)) => format!("{}{offset}", time.trim_end()).parse().ok(),
        // 2027-12-31 9:00-12:00 is from nine to twelve.
        None if !text.contains('T') && text.matches(':').count() > 1 && text.matches('-').count() > 2 => None,
        None => text.parse().ok(),
    }
}

/// Whether `seen`, which a number format makes of `day`, surely shows its month, its year or
/// a time, but not the day.
pub fn shows_no_day(seen: &str, day: Date) -> bool {
    let groups: Vec<i32> = seen
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty())
        .filter_map(|group| group.parse().ok())
        .collect();
    if seen.contains(['日', '号']) || seen.contains("星期") || seen.contains('周') {
        return false;
    }
    if groups.is_empty() {
        return seen.contains(['月', '年']);
    }
    if seen.contains(':') && !seen.contains(['/', '-', '.', '年', '月']) && groups.len() <= 3 {
        return true;
    }
    let (year, month, own) = (i32::from(day.year()), i32::from(day.month()), i32::from(day.day()));
    let mut rest = groups.clone();
    let mut take = |number: i32| {
        let place = rest.iter().position(|group| *group == number);
        place.map(|place| rest.remove(place)).is_some()
    };
    let has_year = take(year);
    // `Dec-27` is the month and the year; `27-Dec` the day.
    let ends_with_year = seen.starts_with(|c: char| c.is_ascii_alphabetic()) && take(year % 100);
    if !has_year && !ends_with_year && !seen.contains(['年', '月']) {
        return false;
    }
    if seen.contains('年') && !has_year {
        take(year % 100);
    }
    take(month);
    !rest.contains(&own)
}

/// What a number format shows of a date and a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// The date, and no time.
    Day,
    Time,
    /// Another day or another time.
    Otherwise,
}

/// What `seen` says of `at`, of which a number format makes it.
pub fn seen_as(seen: &str, at: DateTime) -> Seen {
    match parse_written(&super::normalize::to_half_width(seen)) {
        Some(shown) if shown.date() != at.date() => Seen::Otherwise,
        Some(shown) if shown.time() == Time::midnight() => {
            if shows_time(seen) && at.time() != Time::midnight() { Seen::Otherwise } else { Seen::Day }
        }
        // Seconds, or minutes, may be left out.
        Some(shown) if shown.hour() == at.hour() || at.second() == 59 => Seen::Time,
        Some(_) => Seen::Otherwise,
        None if says_more(seen) || says_no_month(seen) => Seen::Otherwise,
        None if shows_time(seen) => Seen::Time,
        None => Seen::Day,
    }
}

/// `2027-06-30前一天`, `自2027-06-30起`, `（待定）`: words that make another moment of it, or none. 到期 and （含）
/// change nothing.
pub fn says_more(seen: &str) -> bool {
    seen.contains([
        '前', '后', '後', '待', '约', '約', '预', '預', '暂', '暫', '左', '内', '內', '第', '起', '自',
    ])
}

/// `30`, `30日`, 星期三: a day without its month. 20270630 has one.
pub fn says_no_month(seen: &str) -> bool {
    const WITH_MONTH: usize = 6;
    let lower = seen.to_lowercase();
    let is_named = lower
        .split(|c: char| !c.is_ascii_alphabetic())
        .any(|word| word.len() >= 3 && MONTHS.iter().any(|name| name.starts_with(word)));
    let groups: Vec<&str> =
        seen.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let has_month = seen.contains('月')
        || is_named
        || groups.len() >= 2
        || groups.iter().any(|group| group.len() >= WITH_MONTH);
    let is_in_words = groups.is_empty() && seen.contains('年');
    let weekday = without_weekday(seen).1.is_some() || lower.contains(|c: char| c.is_ascii_alphabetic());
    !has_month && !is_in_words && (groups.len() == 1 || weekday)
}

/// Whether `seen`, which a number format makes of a date, says anything of a time of day.
pub(super) fn shows_time(seen: &str) -> bool {
    let lower = seen.to_lowercase();
    seen.contains([':', '：', '时', '時', '点', '點', '午']) || lower.ends_with("am") || lower.ends_with("pm")
}

/// The day of a date as people write it: 2026-12-01, 2026年12月1日, with a time or without.
pub fn written_day(text: &str) -> Option<Date> {
    parse_written(text).map(DateTime::date)
}

/// Numbers in the order year, month, day [, hour, minute [, second]], with any
/// of the usual marks between them; or the month by its English name.
fn parse_written(text: &str) -> Option<DateTime> {
    let mut numbers: Vec<i32> = Vec::new();
    let mut current = String::new();
    let mut ranged = false;
    // 廿 and 卅 are twenty and thirty; Word writes a hyphen that holds its words together.
    let text =
        text.replace('卅', "三十").replace('廿', "二十").replace(['\u{2010}', '\u{2011}', '\u{2212}'], "-");
    let (text, weekday) = without_weekday(&text);
    let text = chinese_digits(&text).unwrap_or(text);
    let named = named_month(&text);
    let text = named.as_ref().map_or(text.as_str(), |(rest, _)| rest.as_str());
    let (text, half) = half_of_day(text);
    let (mut morning, mut afternoon) = (half == Some(false), half == Some(true));
    // A mark between days as well: with more than three numbers they may be a range.
    let joint = ['—', '–', '、'];
    for c in text.chars().chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            current.push(c);
            continue;
        }
        if !current.is_empty() {
            numbers.push(current.parse().ok()?);
            current.clear();
        }
        // Behind the day come hours, minutes and seconds, each with marks of its own: with a
        // dash, another day or hour begins.
        let behind_the_day = matches!(c, '-' | '/' | '年' | '月') && numbers.len() >= 3;
        let behind_the_time = matches!(c, '日' | '号' | ',' | 'T') && numbers.len() > 3;
        if (behind_the_day && named.is_none()) || behind_the_time {
            ranged = true;
        }
        match c {
            '上' => morning = true,
            '下' => afternoon = true,
            ' ' | 'T' | '-' | '/' | '.' | ':' | '：' | '年' | '月' | '日' | '号' | '时' | '点' | '分'
            | '秒' | '午' | ',' => {}
            c if joint.contains(&c) => {}
            _ => return None,
        }
    }
    if let Some((_, month)) = &named {
        year_first(&mut numbers, *month)?;
    }
    let number = |index: usize| numbers.get(index).copied().unwrap_or(0);
    let has_hour = morning || afternoon || text.contains([':', '：', '时', '点', 'T']);
    // `2026-01-31 18` can only be the hour; `2026.1.30-31` is none.
    if ranged {
        return None;
    }
    let is_hour = has_hour
        || text.rsplit_once(' ').is_some_and(|(_, hour)| hour.len() == 2 && (13..24).contains(&number(3)));
    // 12:00 AM is the beginning of a day for some, noon for others.
    let is_twelve = half == Some(false) && number(3) == 12;
    if is_twelve || (numbers.len() > 3 && (text.contains(joint) || (numbers.len() == 4 && !is_hour))) {
        return None;
    }
    // A seventh is the fraction of a second, as databases write it.
    if !(3..=7).contains(&numbers.len()) || !(1000..LAST_YEAR).contains(&number(0)) {
        return None;
    }
    let day = Date::new(
        i16::try_from(number(0)).ok()?,
        i8::try_from(number(1)).ok()?,
        i8::try_from(number(2)).ok()?,
    )
    .ok()?;
    // A day that is no Monday, called one: either may be the slip.
    if weekday.is_some_and(|own| own != day.weekday()) {
        return None;
    }
    if numbers.len() == 3 && (morning || afternoon) {
        // Of the morning or the afternoon, but when?
        return None;
    }
    if numbers.len() == 3 {
        return Some(day.to_datetime(Time::midnight()));
    }
    let hour = match number(3) {
        // The end of the day, which is what the beginning of a day means here.
        24 if number(4) == 0 && number(5) == 0 => 0,
        12 if morning => 0,
        hour if morning && hour > 12 => return None,
        hour if afternoon && hour < 12 => hour + 12,
        hour => hour,
    };
    let time =
        Time::new(i8::try_from(hour).ok()?, i8::try_from(number(4)).ok()?, i8::try_from(number(5)).ok()?, 0)
            .ok()?;
    Some(day.to_datetime(time))
}

/// Brings `31 Dec 2026` and `2026-Dec-31` into the order year, month, day. 12/31/2026 is
/// for the writer to say: the next row may have 5/6/2026.
fn year_first(numbers: &mut Vec<i32>, month: i32) -> Option<()> {
    let (year, day) = match numbers.as_slice() {
        [day, year, ..] | [year, day, ..] if *year >= 1000 && *day < 32 => (*year, *day),
        _ => return None,
    };
    numbers.splice(..2, [year, month, day]);
    Some(())
}

const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
];

/// `31-Dec-2026` -> the text without the month, and which one it is.
fn named_month(text: &str) -> Option<(String, i32)> {
    let start = text.find(|c: char| c.is_ascii_alphabetic())?;
    let rest = text.get(start..)?;
    let length = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
    let word = rest.get(..length)?.to_ascii_lowercase();
    let is_month =
        |name: &&str| word == **name || word == name[..3] || word == "sept" && name.starts_with("sept");
    let month = MONTHS.iter().position(is_month)?;
    let without = format!("{} {}", text.get(..start)?, rest.get(length..)?);
    Some((without, i32::try_from(month).ok()? + 1))
}

/// `二〇二六年十二月三十一日` -> `2026年12月31日`.
fn chinese_digits(text: &str) -> Option<String> {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| match c {
        '零' | '○' => Some(0),
        c => DIGITS.iter().position(|own| *own == c),
    };
    if !text.contains('年') || !text.contains('月') || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut written = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if c == '十' || digit(c).is_some() {
            run.push(c);
            continue;
        }
        match run.iter().position(|own| *own == '十') {
            // 十 is 10, 二十 is 20, 十二 is 12.
            Some(at) if at <= 1 && run.len() <= 3 => {
                let tens = run.get(..at)?.iter().try_fold(0, |all, own| Some(all * 10 + digit(*own)?))?;
                let ones = run.get(at + 1..)?.iter().try_fold(0, |all, own| Some(all * 10 + digit(*own)?))?;
                if ones > 9 {
                    return None;
                }
                written.push_str(&format!("{:02}", tens.max(usize::from(at == 0)) * 10 + ones));
            }
            Some(_) => return None,
            None => written.extend(run.iter().filter_map(|own| digit(*own)).map(|own| own.to_string())),
        }
        run.clear();
        if c != '\0' {
            written.push(c);
        }
    }
    Some(written)
}

/// `3:00 PM` -> the rest, and whether it is of the afternoon.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    let end = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at));
    let Some((rest, half)) = end.map(|at| text.split_at(at)) else { return (text, None) };
    let is_time = rest.contains(':') && rest.ends_with(|c: char| c.is_ascii_digit() || c == ' ');
    match half {
        _ if !is_time => (text, None),
        half if half.eq_ignore_ascii_case("am") => (rest, Some(false)),
        half if half.eq_ignore_ascii_case("pm") => (rest, Some(true)),
        _ => (text, None),
    }
}

/// `2027年12月31日 星期五`, `2027-12-31（周五）`: the rest, and the weekday.
fn without_weekday(text: &str) -> (String, Option<Weekday>) {
    for word in ["星期", "礼拜", "周"] {
        let Some(at) = text.find(word) else { continue };
        let rest = text.get(at + word.len()..).unwrap_or_default();
        let day = rest.chars().next().and_then(|c| "一二三四五六日天".chars().position(|own| own == c));
        if let Some(day) = day {
            let weekday =
                i8::try_from(day + 1).ok().and_then(|day| Weekday::from_monday_one_offset(day.min(7)).ok());
            let before = text.get(..at).unwrap_or_default();
            let after: String = rest.chars().skip(1).collect();
            let rest = match (before.strip_suffix(['(', '（']), after.strip_prefix([')', '）'])) {
                (Some(before), Some(after)) => format!("{before} {after}"),
                _ => format!("{before}{after}"),
            };
            return (rest, weekday);
        }
    }
    (text.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock { now: "2026-01-01T04:00:00Z".parse().unwrap(), zone: TimeZone::get("Asia/Shanghai").unwrap() }
    }

    #[test]
    fn dates_as_people_write_them() {
        let end = 1_769_875_199; // 2026-01-31T23:59:59+08:00
        for text in [
            "2026-01-31", "2026/1/31", "2026.1.31", "2026年1月31日", "2026年1月31日 星期六",
            "2026年1月31日（周六）", "2026-01-31 周六", "2026年1月31日礼拜六", "2026\u{2011}01\u{2011}31",
            "二〇二六年一月卅一日", "2026—1—31", "2026、1、31", "2026-01-31 11:59:59 PM",
            "2026-01-31 11:59:59pm", "20260131235959", "2026-01-31 23:59:59 +0800",
            "2026-01-31 23:59:59 +08:00", "2026-01-31 23:59:59.999", "20260131", "2026-01-31 23:59:59",
            "31-Jan-2026", "Jan 31, 2026", "January 31, 2026 11:59:59 PM", "2026-Jan-31",
            "二〇二六年一月三十一日", "二零二六年一月三十一日", "2026/1/31 下午11:59:59", "1769875199",
            "1769875199000", "2026-01-31T15:59:59Z", "+30d", "+30天",
        ] {
            assert_eq!(clock().read(text), Some(Moment::At(end)), "{text}");
        }
        for text in [
            "2026-01-31 00:00:00.0", "2026/1/31 0:00", "2026-01-31 24:00", "20260131000000",
            "2026年1月31日0时",
        ] {
            assert_eq!(clock().read(text), Some(Moment::FromMidnight(end)), "{text}");
        }
        assert_eq!(clock().read("46053"), Some(Moment::FromSerial(end)));
        assert_eq!(clock().read("2026-01-31 18:00"), Some(Moment::At(end - 6 * 3600 + 1)));
        assert_eq!(clock().read("2026/1/31 上午12:30"), Some(Moment::At(end - 84_599)));
        assert_eq!(clock().read_serial(46_053.75), Some(Moment::FromSerial(end - 6 * 3600 + 1)));
        assert_eq!(clock().read("+12h"), Some(Moment::At(1_767_240_000 + 12 * 3600)));
    }

    #[test]
    fn a_format_may_show_a_date_without_its_day() {
        let day = date(2027, 12, 1);
        for (seen, expected) in [
            ("2027年12月", true),
            ("27年12月", true),
            ("二〇二七年十二月", true),
            ("2027", true),
            ("2027-12", true),
            ("2027/12", true),
            ("Dec-27", true),
            ("18:00", true),
            ("12月", true),
            ("2027年12月1日", false),
            ("2027/12/1", false),
            ("27-12-01", false),
            ("1-Dec-27", false),
            ("1-Dec", false),
            ("December 1, 2027", false),
            ("12/1", false),
            ("星期三", false),
            ("2027-12-01 18:00", false),
            ("12月1日", false),
            ("二〇二七年十二月一日", false),
        ] {
            assert_eq!(shows_no_day(seen, day), expected, "{seen}");
        }
        assert!(shows_no_day("2027年12月", date(2027, 12, 12)));
        assert!(!shows_no_day("2027/12/12", date(2027, 12, 12)));
        assert!(!shows_no_day("27-Dec", date(2027, 12, 27)));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "2026-01-31 上午",
            "2026年1月1日-1月31日",
            "2026.1.1-1.31",
            "2026/1/1-2/28",
            "2026年1月1日 2月28日",
            "2026年1月31日，2月15日",
            "2026年1月31日/2月15日",
            "2026年1月31日 9:00-18:00",
            "2026-01-31 9:00-18:00",
            "2026-01-31 09:00-12:00",
            "2026年1月31日9时-18时",
            "2026-01-31 9-18",
            "2026/1/31 18:00-20:00",
            "二〇二六年一月一日-一月三十一日",
            "2026013118",
            "上午18:00",
            "2026-01-31 上午18:00",
            "2026-01-31 PM",
            "2026-01-31 12",
            "2026.1.20-21",
            "202601311800",
            "2026-01-31 12:00 AM",
            "2026.1.30—31",
            "20261331235959",
            "2026年1月31日下午",
            "",
            "soon",
            "2026-01-31（周五）",
            "3027-01-31",
            "2026年1月3①日",
            "2026年1月31日 星期日",
            "5/6/2026",
            "31/1/2026",
            "1/31/2026",
            "31-Dec-26",
            "May the fourth",
            "二〇二六年十三月一日",
            "2026-01-31 24:30",
            "2026-13-01",
            "2026-02-30",
            "+3x",
            "123",
            "2026-01",
            "1月31日",
            "+99999999999d",
        ] {
            assert_eq!(clock().read(text), None, "{text}");
        }
    }
}
