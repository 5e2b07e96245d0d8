//! Cells of a component whose value is not settled: 待定, 3500？, XX元, 见附件 among amounts, and a day that the
//! calendar does not have among days.

use jiff::civil::Date;

use crate::contract::texts::is_undecided;
use crate::contract::vocabulary::{SAID_ELSEWHERE, UNITS_OF_FIGURES, WAGES};
use crate::domain::cell::{Cell, Value};
use crate::domain::problem::Rule;
use crate::intake::noted::NotedRows;

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
    /// 见附件: beside amounts it stands for one.
    elsewhere: Noted,
    /// 2026-11-31, 12.3: beside days it is meant as one.
    no_days: Noted,
    /// 2062-12-01 beside days of these years.
    far_days: Noted,
    /// 8.5 among wages of thousands.
    wages: Option<Wages>,
    days: u64,
    figures: u64,
    others: u64,
}

impl OpenValues {
    /// `header`: what the component is called.
    pub fn new(header: &str) -> Self {
        let is_wage = WAGES.iter().any(|word| header.contains(word));
        Self { wages: is_wage.then(Wages::default), ..Self::default() }
    }

    /// Whether the cell's value is open in any case.
    pub fn look(&mut self, row: u32, cell: &Cell) -> bool {
        if let Some(wages) = &mut self.wages {
            wages.look(row, cell);
        }
        let Value::Text(text) = &cell.value else {
            self.figures += u64::from(matches!(cell.value, Value::Number(_)));
            if let Value::DateTime(day) = &cell.value {
                self.day(row, day.year(), &cell.seen_ref());
            }
            return false;
        };
        let text = text.trim();
        // What a program has left there is an error of its cell.
        let is_left_over = ["1899", "1900", "0000"].iter().any(|year| text.starts_with(year));
        match () {
            () if is_left_over => {}
            () if is_open(text) => {
                self.open.note(row, text);
                return true;
            }
            () if SAID_ELSEWHERE.contains(&text) => self.elsewhere.note(row, text),
            () if is_no_day(text) => self.no_days.note(row, text),
            () if looks_like_a_date(text) => {
                let year = text.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
                self.day(row, year, text);
            }
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
        /// Of whatever begins or ends with a contract of these days.
        const YEARS: std::ops::Range<i16> = 1940..2056;
        match YEARS.contains(&year) {
            true => self.days += 1,
            false => self.far_days.note(row, text.trim()),
        }
    }

    /// `says_form`: what is no day, or no number, is an error of its cell.
    pub fn finish(self, says_form: bool, of_birth: bool) -> Option<Rule> {
        let Self { open, elsewhere, no_days, far_days, wages, days, figures, others } = self;
        let settled = days + figures + others;
        let of = |Noted { rows: NotedRows { rows, count }, first: value }, among| {
            (count > 0).then_some(Rule::FormFieldUndecided { value, among, rows, count })
        };
        let (no_days_count, far_count) = (no_days.rows.count, far_days.rows.count);
        let far = of(far_days, true).filter(|_| !of_birth && days > far_count);
        let odd_wage = wages.and_then(Wages::odd).and_then(|odd| of(odd, true));
        if says_form {
            return far.or(odd_wage);
        }
        of(open, settled > 0)
            .or_else(|| of(no_days, true).filter(|_| days >= no_days_count))
            .or_else(|| of(elsewhere, true).filter(|_| figures > 0))
            .or(far)
            .or(odd_wage)
    }
}

/// The least and the most of what is paid by the month or the hour.
#[derive(Default)]
struct Wages {
    least: Option<Wage>,
    most: f64,
    first: f64,
    count: u64,
}

struct Wage {
    amount: f64,
    row: u32,
    text: String,
}

impl Wages {
    fn look(&mut self, row: u32, cell: &Cell) {
        let seen = cell.seen_ref();
        let bare = seen.trim().trim_end_matches('元').replace([',', '，'], "");
        let is_figure = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let amount = if is_figure { bare.parse::<f64>().unwrap_or_default() } else { 0.0 };
        if amount <= 0.0 {
            return;
        }
        self.count += 1;
        if self.least.is_none() {
            self.first = amount;
        }
        let wage = || Some(Wage { amount, row, text: seen.trim().to_owned() });
        if self.least.as_ref().is_none_or(|least| amount < least.amount) {
            self.least = wage();
        }
        self.most = self.most.max(amount);
    }

    /// The least of a column in which no two are so far apart: it is in thousands, most likely.
    fn odd(self) -> Option<Noted> {
        const FURTHEST: f64 = 500.0;
        const NEAR: f64 = 20.0;
        /// Of two nobody knows which one is odd.
        const FEWEST: u64 = 3;
        let least = self.least?;
        let is_far = self.most >= least.amount * FURTHEST && self.first * NEAR >= self.most;
        let mut noted = Noted::default();
        noted.note(least.row, &least.text);
        (self.count >= FEWEST && is_far).then_some(noted)
    }
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

fn is_open(text: &str) -> bool {
    is_undecided(text) || is_noted_undecided(text) || is_questioned(text) || is_blank_form(text)
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
    said.len() < text.len()
        && said.chars().count() <= LONGEST
        && said.bytes().any(|byte| byte.is_ascii_digit())
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
