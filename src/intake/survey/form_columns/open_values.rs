//! Cells of a component whose value is not settled: 待定, 3500？, XX元, 见附件 among amounts, and a day that the
//! calendar does not have among days.

use jiff::civil::Date;

use crate::contract::texts::is_undecided;
use crate::contract::vocabulary::{SAID_ELSEWHERE, UNITS_OF_FIGURES};
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
    /// 2026-11-31: beside days it is meant as one.
    no_days: Noted,
    days: u64,
    figures: u64,
    others: u64,
}

impl OpenValues {
    /// Whether the cell's value is open in any case.
    pub fn look(&mut self, row: u32, cell: &Cell) -> bool {
        let Value::Text(text) = &cell.value else {
            self.figures += u64::from(matches!(cell.value, Value::Number(_)));
            self.days += u64::from(matches!(cell.value, Value::DateTime(_)));
            return false;
        };
        let text = text.trim();
        match () {
            () if is_open(text) => {
                self.open.note(row, text);
                return true;
            }
            () if SAID_ELSEWHERE.contains(&text) => self.elsewhere.note(row, text),
            () if is_no_day(text) => self.no_days.note(row, text),
            () if looks_like_a_date(text) => self.days += 1,
            () if text.starts_with(|c: char| c.is_ascii_digit()) => self.figures += 1,
            () => self.others += 1,
        }
        false
    }

    pub fn finish(self) -> Option<Rule> {
        let Self { open, elsewhere, no_days, days, figures, others } = self;
        let settled = days + figures + others;
        let of = |Noted { rows: NotedRows { rows, count }, first: value }, among| {
            (count > 0).then_some(Rule::FormFieldUndecided { value, among, rows, count })
        };
        of(open, settled > 0)
            .or_else(|| of(no_days, true).filter(|_| days > 0))
            .or_else(|| of(elsewhere, true).filter(|_| figures > 0))
    }
}

fn is_open(text: &str) -> bool {
    is_undecided(text) || is_questioned(text) || is_blank_form(text)
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
