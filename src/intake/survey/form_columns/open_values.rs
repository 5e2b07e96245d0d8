//! Cells of a component whose value is not settled: 待定, 3500？, XX元, 见附件 among amounts, and a day that the
//! calendar does not have among days.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::contract::texts::is_undecided;
use crate::contract::vocabulary::{
    CHINESE_NUMBERS, NO_WAGES, SAID_ELSEWHERE, SURNAMES, UNITS_OF_FIGURES, WAGES,
};
use crate::domain::cell::{Cell, Value};
use crate::domain::problem::Rule;
use crate::intake::noted::{NotedRows, most_rows};

use super::shapes::looks_like_a_date;

/// Rows with values of one kind, and the first of them.
#[derive(Default)]
struct Noted {
    rows: NotedRows,
    first: String,
}

impl Noted {
    fn note(&mut self, row: u32, text: &str) {
        if self.first.is_empty() {
            text.clone_into(&mut self.first);
        }
        self.rows.note(row);
    }
}

#[derive(Default)]
pub struct OpenValues {
    open: Noted,
    /// 见附件 and ？: beside amounts they stand for one.
    elsewhere: Noted,
    /// 2026-11-31, 12.3: beside days it is meant as one.
    no_days: Noted,
    /// 2062-12-01 beside days of these years.
    far_days: FarDays,
    /// 8.5 among wages of thousands.
    wages: Option<Wages>,
    /// The column is called a day, so that 20261301 is meant as one.
    is_of_days: bool,
    days: u64,
    figures: u64,
    others: u64,
}

impl OpenValues {
    /// `header`: what the component is called.
    pub fn new(header: &str) -> Self {
        let has = |words: &[&str]| words.iter().any(|word| header.contains(word));
        let is_wage = has(WAGES) && !has(NO_WAGES);
        let is_of_days = header.ends_with('日') || has(&["日期", "时间", "到期", "起租", "date", "Date"]);
        Self { wages: is_wage.then(Wages::default), is_of_days, ..Self::default() }
    }

    /// Whether the cell's value is open in any case.
    pub fn look(&mut self, row: u32, cell: &Cell) -> bool {
        if let Some(wages) = &mut self.wages {
            wages.look(row, cell);
        }
        let Value::Text(text) = &cell.value else {
            self.figures += u64::from(matches!(cell.value, Value::Number(_)));
            let is_number = matches!(cell.value, Value::Number(_));
            let seen = if self.is_of_days && is_number { cell.seen_ref() } else { "".into() };
            if is_eight_digits(seen.trim()) {
                self.day_in_digits(row, seen.trim());
            }
            if let Value::DateTime(day) = &cell.value {
                self.day(row, day.year(), &cell.seen_ref());
            }
            return false;
        };
        let text = text.trim();
        // What a program has left there is an error of its cell.
        let years = ["1899", "1900", "0000", "9999"];
        let is_left_over = years
            .iter()
            .filter_map(|year| text.strip_prefix(year))
            .any(|rest| rest.starts_with(['-', '/', '.', '年']));
        match () {
            () if is_left_over => {}
            () if is_open(text) => {
                self.open.note(row, text);
                return true;
            }
            () if SAID_ELSEWHERE.contains(&text) || matches!(text, "?" | "？") => {
                self.elsewhere.note(row, text)
            }
            () if (self.wages.is_some() && (is_about(text) || are_two_sums(text)))
                || is_as_of_another(text) =>
            {
                self.elsewhere.note(row, text)
            }
            () if is_no_day(text) => self.no_days.note(row, text),
            () if self.is_of_days && is_eight_digits(text) => self.day_in_digits(row, text),
            () if looks_like_a_date(text) => {
                let year = text.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
                self.day(row, year, text);
            }
            () if self.is_of_days && is_vague_day(text) => self.no_days.note(row, text),
            () if is_half_a_day(text) => {
                self.no_days.note(row, text);
                self.figures += 1;
            }
            () if text.starts_with(|c: char| c.is_ascii_digit()) => self.figures += 1,
            () => self.others += 1,
        }
        false
    }

    fn day(&mut self, row: u32, year: i16, text: &str) {
        self.days += u64::from(!self.far_days.look(row, year, text.trim()));
    }

    /// 20261201, and 20261301, which is meant as one.
    fn day_in_digits(&mut self, row: u32, text: &str) {
        let year = text.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
        match is_a_day_in_digits(text) {
            true => self.day(row, year, text),
            false => self.no_days.note(row, text),
        }
    }

    /// `says_form`: what is no day, or no number, is an error of its cell.
    pub fn finish(self, says_form: bool, of_birth: bool) -> Option<Rule> {
        let Self { open, elsewhere, no_days, far_days, wages, days, figures, others, .. } = self;
        let settled = days + figures + others;
        let told = |Noted { rows: NotedRows { rows, count }, first: value }, among, odd| {
            (count > 0).then_some(Rule::FormFieldUndecided { value, among, odd, rows, count })
        };
        let of = |noted, among| told(noted, among, false);
        let no_days_count = no_days.rows.count;
        let far = far_days.odd(days).filter(|_| !of_birth).and_then(|odd| told(odd, true, true));
        let odd_wage = wages.and_then(Wages::odd).and_then(|odd| told(odd, true, true));
        if says_form {
            return far.or(odd_wage);
        }
        of(open, settled > 0)
            .or_else(|| told(no_days, true, true).filter(|_| days >= no_days_count))
            .or_else(|| of(elsewhere, true).filter(|_| figures > 0 || days > 0))
            .or(far)
            .or(odd_wage)
    }
}

/// Days of years in which hardly a contract of these days begins or ends, and the years of the others.
#[derive(Default)]
struct FarDays {
    before: Noted,
    behind: Noted,
    last_before: Option<i16>,
    first_behind: Option<i16>,
    first: Option<i16>,
    last: Option<i16>,
}

impl FarDays {
    /// Whether it is one.
    fn look(&mut self, row: u32, year: i16, text: &str) -> bool {
        const YEARS: std::ops::Range<i16> = 1940..2056;
        match year {
            year if YEARS.contains(&year) => {
                self.first = Some(self.first.map_or(year, |first| first.min(year)));
                self.last = Some(self.last.map_or(year, |last| last.max(year)));
                return false;
            }
            year if year < YEARS.start => {
                self.last_before = Some(self.last_before.map_or(year, |own| own.max(year)));
                self.before.note(row, text);
            }
            year => {
                self.first_behind = Some(self.first_behind.map_or(year, |own| own.min(year)));
                self.behind.note(row, text);
            }
        }
        true
    }

    /// Those that are far from `days` others: 2056 beside 2046 is the end of a long term.
    fn odd(self, days: u64) -> Option<Noted> {
        const NEAR: i16 = 20;
        let is_far = |one: Option<i16>, other: Option<i16>| {
            one.zip(other).is_some_and(|(one, other)| other.saturating_sub(one) > NEAR)
        };
        let before = Some(self.before).filter(|own| days > own.rows.count);
        let behind = Some(self.behind).filter(|own| days > own.rows.count);
        let is_behind = is_far(self.last, self.first_behind);
        before.filter(|_| is_far(self.last_before, self.first)).or_else(|| behind.filter(|_| is_behind))
    }
}

/// What is paid by the month or the hour, by its magnitude: powers of two.
#[derive(Default)]
struct Wages {
    magnitudes: BTreeMap<i32, Magnitude>,
    most: f64,
}

#[derive(Default)]
struct Magnitude {
    most: f64,
    noted: Noted,
}

impl Wages {
    fn look(&mut self, row: u32, cell: &Cell) {
        let seen = cell.seen_ref();
        let bare = seen.trim().trim_end_matches('元').replace([',', '，'], "");
        let is_figure = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let amount = if is_figure { bare.parse::<f64>().unwrap_or_default() } else { 0.0 };
        if amount <= 0.0 || !amount.is_finite() {
            return;
        }
        let magnitude = self.magnitudes.entry(amount.log2().floor() as i32).or_default();
        magnitude.most = magnitude.most.max(amount);
        magnitude.noted.note(row, seen.trim());
        self.most = self.most.max(amount);
    }

    /// Those that are far below others: they are in thousands, most likely.
    fn odd(self) -> Option<Noted> {
        const FURTHEST: f64 = 500.0;
        const NEAR: f64 = 20.0;
        /// Of two nobody knows which one is odd.
        const FEWEST: u64 = 3;
        let Self { magnitudes, most } = self;
        let all: u64 = magnitudes.values().map(|own| own.noted.rows.count).sum();
        let is_odd = |own: &Magnitude| own.most * FURTHEST <= most;
        let near = magnitudes.values().filter(|own| own.most * NEAR >= most);
        let near: u64 = near.map(|own| own.noted.rows.count).sum();
        let (mut odd, mut count) = (Vec::new(), 0);
        let mut first = None;
        for Magnitude { noted, .. } in magnitudes.into_values().filter(is_odd) {
            count += noted.rows.count;
            odd.extend(noted.rows.rows.iter().copied());
            first = first.or(Some(noted.first));
        }
        odd.sort_unstable();
        odd.truncate(odd.first().map_or(0, |row| most_rows(*row)));
        let is_told = all >= FEWEST && count > 0 && count <= near;
        first.filter(|_| is_told).map(|first| Noted { rows: NotedRows { rows: odd, count }, first })
    }
}

/// 12月初, 12月, 2026-12-: what is meant as a day beside days.
fn is_vague_day(text: &str) -> bool {
    const LONGEST: usize = 6;
    let bare = text.trim_end_matches(['初', '底', '中', '末', '旬', '上', '下']);
    let is_month = bare.strip_suffix('月').is_some_and(|number| {
        (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_cut = text.ends_with('-') && text.starts_with("20") && text.len() < "2026-12-01".len();
    (is_month && text.chars().count() <= LONGEST) || is_cut
}

/// 12.3, 20206-12-01, 01/02/2026, 26.12.3: what is meant as a day beside days.
fn is_half_a_day(text: &str) -> bool {
    const LONGEST: usize = 12;
    let groups: Vec<&str> = text.split(['-', '/', '.']).collect();
    let is_month = groups.len() == 2 && groups.first().is_some_and(|year| year.len() == 4);
    text.len() <= LONGEST
        && !is_month
        && (2..=3).contains(&groups.len())
        && groups
            .iter()
            .all(|group| (1..=5).contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit()))
}

/// 20261301.
fn is_eight_digits(text: &str) -> bool {
    text.len() == 8 && text.starts_with("20") && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// 20261201.
fn is_a_day_in_digits(text: &str) -> bool {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let month_and_day =
        [number(4, 6), number(6, 8)].map(|part| part.and_then(|part| i8::try_from(part).ok()));
    match (number(0, 4), month_and_day) {
        (Some(year), [Some(month), Some(day)]) => Date::new(year, month, day).is_ok(),
        _ => false,
    }
}

fn is_open(text: &str) -> bool {
    is_undecided(text)
        || is_noted_undecided(text)
        || is_questioned(text)
        || is_blank_form(text)
        || is_one_of_two(text)
}

/// 约6500, 6500左右: a wage is settled.
fn is_about(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let begins = ["约", "大约", "大概", "近"]
        .iter()
        .any(|word| text.strip_prefix(word).is_some_and(|rest| rest.starts_with(is_digit)));
    let ends = ["左右", "上下", "不等"].iter().any(|word| text.ends_with(word)) && text.starts_with(is_digit);
    begins || ends
}

/// 3500/3800.
fn are_two_sums(text: &str) -> bool {
    let is_sum = |part: &str| (4..=6).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('/').is_some_and(|(one, other)| is_sum(one) && is_sum(other) && one != other)
}

/// 同张三: beside amounts, what stands in his row.
fn is_as_of_another(text: &str) -> bool {
    text.strip_prefix('同').is_some_and(|rest| {
        (2..=3).contains(&rest.chars().count()) && rest.starts_with(|c: char| SURNAMES.contains(c))
    })
}

/// 6500或7000, 6500(7000?), 保安/保洁（二选一）, 同张三.
fn is_one_of_two(text: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_either = text.split_once('或').is_some_and(|(one, other)| {
        one.len() > 2 && one.chars().all(is_digit) && other.starts_with(is_digit)
    });
    let bare = text.trim_end_matches([')', '）']);
    let is_asked = bare.len() < text.len() && bare.ends_with(['?', '？']);
    is_either
        || is_asked
        || are_two_amounts(text)
        || ["（二选一", "(二选一"].iter().any(|note| text.contains(note))
        || text.ends_with("稍后发")
}

/// 三年/五年, 6500元/7000元: two of one kind; 1/3 and 元/月 are none.
fn are_two_amounts(text: &str) -> bool {
    const UNITS: [&str; 5] = ["年", "个月", "月", "元", "天"];
    let is_number = |text: &str| {
        !text.is_empty()
            && text.chars().all(|c| {
                c.is_ascii_digit() || c == '.' || c == '两' || c == '十' || CHINESE_NUMBERS.contains(&c)
            })
    };
    text.split_once('/').is_some_and(|(one, other)| {
        let counts = |unit: &&str| {
            let number = |part: &str| part.trim().strip_suffix(*unit).is_some_and(is_number);
            number(one) && number(other)
        };
        UNITS.iter().any(counts) && one.trim() != other.trim()
    })
}

/// 3500(待确认)
fn is_noted_undecided(text: &str) -> bool {
    let note = text.strip_suffix([')', '）']).and_then(|rest| rest.rsplit_once(['(', '（']));
    note.is_some_and(|(_, note)| is_undecided(note))
}

/// 3500？
fn is_questioned(text: &str) -> bool {
    const LONGEST: usize = 8;
    let said = text.trim_end_matches(['?', '？']);
    // 免？ among figures.
    let is_free = matches!(said, "免" | "免费" | "无");
    said.len() < text.len()
        && said.chars().count() <= LONGEST
        && (is_free || said.bytes().any(|byte| byte.is_ascii_digit()))
}

/// XX元, ____, 20XX年X月X日: a form that nobody has filled in.
fn is_blank_form(text: &str) -> bool {
    const LONGEST: usize = 16;
    let is_gap = |c: char| matches!(c, 'X' | 'x' | '_' | '×' | 'Ｘ' | 'ｘ' | '＿' | '○');
    let is_unit = |c: char| UNITS_OF_FIGURES.contains(&c);
    let (letters, gaps) = (text.chars().count(), text.chars().filter(|c| is_gap(*c)).count());
    let is_a_form = text.chars().all(|c| is_gap(c) || is_unit(c) || c.is_ascii_digit());
    let is_bare = gaps == letters && gaps > 2;
    letters <= LONGEST && gaps > 1 && is_a_form && (is_bare || text.ends_with(is_unit))
}

/// 2026-11-31, 2026年2月30日.
fn is_no_day(text: &str) -> bool {
    let mut parts = text.trim_end_matches(['日', '号']).split(['-', '/', '.', '年', '月']);
    let mut next = |length: std::ops::RangeInclusive<usize>| {
        let part = parts.next().filter(|part| length.contains(&part.len()))?;
        part.parse::<i16>().ok()
    };
    let (Some(year), Some(month), Some(day)) = (next(4..=4), next(1..=2), next(1..=2)) else { return false };
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else { return false };
    let is_one = (1900..2200).contains(&year) && (1..32).contains(&day);
    is_one && parts.next().is_none() && Date::new(year, month, day).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_open_while_it_asks_or_is_a_form() {
        for text in ["3500？", "3500元?", "XX元", "____", "20XX年X月X日", "xx月xx日"] {
            assert!(is_open(text), "{text}");
        }
        for text in [
            "3500", "X", "XL", "XXL", "3改4室", "改", "是否同意？", "X5", "3x4", "20×30", "X光", "A-3",
            "6222****1234",
        ] {
            assert!(!is_open(text), "{text}");
        }
        assert!(is_no_day("2026-11-31") && is_no_day("2026年2月30日") && is_no_day("2026/13/1"));
        assert!(
            !is_no_day("2026-11-30")
                && !is_no_day("2026-11-0031")
                && !is_no_day("1-2-3")
                && !is_no_day("2026-2027-31")
        );
    }
}
