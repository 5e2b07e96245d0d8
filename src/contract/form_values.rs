//! One cell of a `field:` column -> what its component takes.

use serde_json::{Value as Json, json};

use crate::domain::cell::{Cell, Shown, Value};
use crate::domain::field::Kind;
use crate::domain::problem::{Correction, Rule};

use super::dates::{Clock, Moment, says_more, says_no_month};
use super::left_over::left_over;
use super::normalize::{self, to_half_width};
use super::plain;
use super::texts::{has_lost_its_end, is_emoji, is_masked_number, is_written_by_excel, lost_characters};
use super::values::{Parsed, corrections, shows_no_day, spoilt};

/// The value of a `field:` column: what is seen is what is sent.
pub fn parse_form_value(cell: &Cell) -> Parsed {
    if cell.is_blank() {
        return Parsed::empty();
    }
    if let (Value::Text(text), Shown::Same) = (&cell.value, &cell.shown)
        && plain::is_form_value(text)
    {
        return Parsed {
            value: Some(Json::String(text.to_string())),
            text: String::new(),
            rules: Vec::new(),
        };
    }
    parse_form_value_closely(cell)
}

pub(super) fn parse_form_value_closely(cell: &Cell) -> Parsed {
    let kind = Kind::Text { limit: usize::MAX };
    if let Some(rule) = spoilt(kind, cell) {
        return Parsed { value: None, text: cell.seen(), rules: vec![rule] };
    }
    let source = cell.seen();
    let mut cleaned = normalize::clean(&source);
    // A tick box takes `true`; spreadsheet programs show and save `TRUE`.
    if matches!(cleaned.text.as_str(), "TRUE" | "FALSE") {
        cleaned.text.make_ascii_lowercase();
    }
    let fault = lost_characters(kind, &cleaned.text)
        .or_else(|| left_over(&cleaned.text))
        .or_else(|| is_masked_number(&cleaned.text).then_some(Rule::Masked))
        .or_else(|| cleaned.text.chars().any(is_emoji).then_some(Rule::Emoji))
        .or_else(|| is_written_by_excel(&cleaned.text).then_some(Rule::Scientific))
        .or_else(|| has_lost_its_end(&cleaned.text).then_some(Rule::NumberRounded));
    match fault {
        Some(rule) => Parsed { value: None, text: source, rules: vec![rule] },
        None if cleaned.text.is_empty() => Parsed::empty(),
        None => {
            let rules = corrections(&cleaned, cell, kind);
            // 8001 of 8000.5: what stands in the cell is told.
            let is_shown = |rule: &Rule| matches!(rule, Rule::Corrected { what: Correction::ShownValue, .. });
            let text = if rules.iter().any(is_shown) { cell.text() } else { source };
            Parsed { value: Some(json!(cleaned.text)), rules, text }
        }
    }
}

/// What a component's values are to be, where its header says it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormKind {
    /// What is seen is what is sent.
    #[default]
    AsSeen,
    /// `2026年01月02日`, as a date component takes it.
    Date,
    /// Digits, a point and a minus.
    Number,
}

/// The value of a `field:` column whose header says what it holds.
pub fn parse_form_value_of(kind: FormKind, cell: &Cell, clock: &Clock) -> Parsed {
    if kind == FormKind::AsSeen || cell.is_blank() {
        return parse_form_value(cell);
    }
    let text = cell.seen();
    let refuse = |rule: Rule| Parsed { value: None, text: cell.seen(), rules: vec![rule] };
    let is_no_value = matches!(cell.value, Value::Error(_) | Value::Uncached | Value::Picture);
    if (is_no_value || kind == FormKind::Number)
        && let Some(rule) = spoilt(Kind::Text { limit: usize::MAX }, cell)
    {
        return refuse(rule);
    }
    // Of what was calculated a spreadsheet program shows fifteen digits: 0.3, not 0.30000000000000004.
    let text_of_it = match (kind, &cell.value) {
        (FormKind::Number, Value::Number(number)) => in_fifteen_digits(*number),
        _ => cell.text(),
    };
    let cleaned = normalize::clean(&to_half_width(&text_of_it)).text;
    if let Some(rule) = left_over(&cleaned) {
        return refuse(rule);
    }
    if kind == FormKind::Date
        && let Some(rule) = hides_its_day(cell)
    {
        return refuse(rule);
    }
    let (value, rules) = match kind {
        FormKind::AsSeen => return parse_form_value(cell),
        FormKind::Date => match date_of(cell, &cleaned, clock) {
            Some(date) => {
                let value = format!("{:04}年{:02}月{:02}日", date.year(), date.month(), date.day());
                let rule = Rule::Corrected { what: Correction::DateSerial, to: value.clone() };
                let told = matches!(cell.value, Value::Number(_)).then_some(rule);
                (value, told.into_iter().collect())
            }
            None => return refuse(Rule::DateForm),
        },
        FormKind::Number => match number_of(cell, &cleaned) {
            Ok((value, told)) => (value, told.into_iter().collect()),
            Err(rule) => return refuse(rule),
        },
    };
    Parsed { value: Some(Json::String(value)), text, rules }
}

/// A date of which something else is seen: 待定, nothing, 46722元.
fn hides_its_day(cell: &Cell) -> Option<Rule> {
    let Shown::As(seen) = &cell.shown else { return None };
    let seen = seen.trim();
    let is_hidden = match &cell.value {
        Value::DateTime(_) => {
            !seen.contains(|c: char| c.is_ascii_digit() || "〇一二三四五六七八九十".contains(c))
                || says_more(seen)
                || says_no_month(seen)
        }
        Value::Number(_) => seen != cell.text(),
        _ => false,
    };
    let format = if seen.is_empty() { ";;;" } else { seen };
    is_hidden.then(|| Rule::FormatHides { format: format.to_owned() })
}

fn date_of(cell: &Cell, text: &str, clock: &Clock) -> Option<jiff::civil::Date> {
    if let Value::DateTime(at) = &cell.value {
        return (!shows_no_day(cell)).then(|| at.date());
    }
    // Ten digits in a row are seconds for programs only.
    let is_bare = text.len() >= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.starts_with('+') || is_bare && text.len() != 14 {
        return None;
    }
    let (Moment::At(seconds) | Moment::FromSerial(seconds) | Moment::FromMidnight(seconds)) =
        clock.read(text)?;
    let at = jiff::Timestamp::from_second(seconds).ok()?;
    Some(clock.zone.to_datetime(at).date())
}

/// The number that is seen. Where it is seen in other words (`￥ 1,000`, `-` for 0) it is
/// the number in the cell, but only if both are the same: 15% is not 0.15.
fn number_of(cell: &Cell, text: &str) -> Result<(String, Option<Rule>), Rule> {
    let seen = match (&cell.value, &cell.shown) {
        (Value::Number(_), Shown::Same) => text.to_owned(),
        _ => normalize::clean(&to_half_width(&cell.seen())).text,
    };
    let (shown, held) = (plain_number(&seen), plain_number(text));
    let Some(held) = held else {
        return shown.map(|shown| (shown, None)).ok_or(Rule::NumberForm);
    };
    let value = |text: &str| text.parse::<f64>().ok();
    match shown.or_else(|| digits_shown(&seen)) {
        Some(shown) if value(&shown) == value(&held) => Ok((held, None)),
        // Shown in thousands it is another number; rounded it is the one that the reader has seen.
        Some(shown) if !is_rounded(&shown, &held) => Err(Rule::NumberShown { held, shown: seen }),
        Some(shown) if plain_number(&seen).is_some() => {
            let told = Rule::Corrected { what: Correction::ShownValue, to: shown.clone() };
            Ok((shown, Some(told)))
        }
        _ => Err(Rule::NumberShown { held, shown: seen }),
    }
}

/// Whether the one is the other, to as many places as are shown.
fn is_rounded(shown: &str, held: &str) -> bool {
    let places = shown.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let half = 0.5 * 10_f64.powi(-i32::try_from(places).unwrap_or(i32::MAX));
    let (Ok(shown), Ok(held)) = (shown.parse::<f64>(), held.parse::<f64>()) else { return false };
    (shown - held).abs() <= half * (1.0 + 1e-9) + held.abs() * 1e-12
}

fn in_fifteen_digits(number: f64) -> String {
    format!("{number:.14e}").parse::<f64>().unwrap_or(number).to_string()
}

/// The digits of a number among signs and units that change nothing in it.
fn digits_shown(seen: &str) -> Option<String> {
    // Any other word may make another number of it: 万, 仟, 分, USD, 作废.
    let harmless = "元圆整个天日年月人套件次台间份岁㎡㎥.,-()[]【】¥￥";
    // So does a mark: 8², ≥8, 8°, −8 with the minus of mathematics.
    let scales = |c: char| !c.is_ascii_digit() && !c.is_whitespace() && !harmless.contains(c);
    let digits: String = seen.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let bare = seen.trim_matches(|c: char| c.is_whitespace() || matches!(c, '¥' | '￥' | '$' | '€' | '£'));
    if digits.is_empty() {
        return matches!(bare.trim(), "-" | "—" | "–").then(|| "0".to_owned());
    }
    let is_below = seen.contains('-') || (seen.starts_with('(') && seen.ends_with(')'));
    let sign = if is_below { "-" } else { "" };
    (!seen.chars().any(scales)).then(|| format!("{sign}{digits}"))
}

/// `1,000.50 元`, `RMB 8000`, `8000元整` -> `1000.50`, `8000`, `8000`.
fn plain_number(text: &str) -> Option<String> {
    let behind = |text: &'_ str| {
        let found = ["人民币", "RMB", "CNY", "¥", "￥", "+"].iter().find_map(|head| text.strip_prefix(head));
        found.map(|rest| rest.trim_start().len())
    };
    let mut bare = text.trim();
    while let Some(rest) = behind(bare).and_then(|length| bare.get(bare.len() - length..)) {
        bare = rest;
    }
    // A percentage is another number.
    if !bare.ends_with('%') {
        let unit = ["元整", "元正", "圆整", "元", "圆"].iter().find_map(|unit| bare.strip_suffix(unit));
        bare = unit.unwrap_or(bare).trim_end();
    }
    let digits: String = bare.chars().filter(|c| *c != ',').collect();
    let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = bare.contains(',');
    let groups = bare.trim_start_matches('-').split('.').next().unwrap_or_default().split(',');
    let well_grouped = !grouped || groups.skip(1).all(|group| group.len() == 3);
    // 8.000,50 has its comma where we have the point.
    let is_ours = bare.split_once('.').is_none_or(|(_, fraction)| !fraction.contains(','));
    (all_digits(whole) && all_digits(fraction) && well_grouped && is_ours).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock { now: "2026-01-01T00:00:00Z".parse().unwrap(), zone: jiff::tz::TimeZone::UTC }
    }

    fn shown(number: f64, seen: &str) -> Cell {
        Cell { value: Value::Number(number), shown: Shown::As(seen.to_owned()) }
    }

    fn number(number: f64) -> Cell {
        Cell { value: Value::Number(number), ..Cell::default() }
    }

    #[test]
    fn a_component_gets_the_form_that_its_header_names() {
        let date = jiff::civil::date(2026, 1, 2).at(0, 0, 0, 0);
        for (kind, cell, expected) in [
            (FormKind::Date, Cell::of(Value::DateTime(date)), Some("2026年01月02日")),
            (FormKind::Date, Cell::text_of("2026/1/2"), Some("2026年01月02日")),
            (FormKind::Date, number(46_024.0), Some("2026年01月02日")),
            (FormKind::Date, Cell::text_of("+30d"), None),
            (FormKind::Date, Cell::text_of("明年"), None),
            (FormKind::Number, Cell::text_of("￥1,000.50"), Some("1000.50")),
            (FormKind::Number, Cell::text_of("8000元"), Some("8000")),
            (FormKind::Number, Cell::text_of("8000元整"), Some("8000")),
            (FormKind::Number, Cell::text_of("RMB 8,000.50"), Some("8000.50")),
            (FormKind::Number, Cell::text_of("人民币8000元"), Some("8000")),
            (FormKind::Number, Cell::text_of("+5"), Some("5")),
            (FormKind::Number, Cell::text_of("NaN元"), None),
            (FormKind::AsSeen, Cell::text_of("undefined年undefined月"), None),
            (FormKind::AsSeen, Cell::text_of("nano"), Some("nano")),
            (FormKind::Number, Cell::text_of("8000元5"), None),
            (FormKind::Number, shown(8.0, "8仟"), None),
            (FormKind::Number, shown(8.0, "8 thousand"), None),
            (FormKind::Number, shown(8.0, "US$8"), None),
            (FormKind::Number, shown(8.0, "8元"), Some("8")),
            (FormKind::Number, shown(8.0, "8 个月"), Some("8")),
            (FormKind::Date, Cell::text_of("1380013800"), None),
            (FormKind::Date, Cell::text_of("20260102"), Some("2026年01月02日")),
            (FormKind::AsSeen, Cell::text_of("6.22202e+18"), None),
            (FormKind::AsSeen, Cell::text_of("6222021234567890000"), None),
            (FormKind::AsSeen, Cell::text_of("6222021234567890001"), Some("6222021234567890001")),
            (FormKind::Number, number(-3.5), Some("-3.5")),
            (FormKind::Number, number(0.1 + 0.2), Some("0.3")),
            (FormKind::Number, number(8_999.999_999_999_998), Some("9000")),
            (FormKind::Number, Cell::text_of("8①"), None),
            (FormKind::Number, shown(8.0, "8²"), None),
            (FormKind::Number, shown(8.0, "≥8"), None),
            (FormKind::Number, shown(-8.0, "−8"), None),
            (FormKind::Number, shown(-8.0, "(8)"), Some("-8")),
            (FormKind::Date, Cell { value: Value::DateTime(date), shown: Shown::As("2日".into()) }, None),
            (FormKind::Date, Cell { value: Value::DateTime(date), shown: Shown::As("星期五".into()) }, None),
            (
                FormKind::Date,
                Cell { value: Value::DateTime(date), shown: Shown::As("1月2日".into()) },
                Some("2026年01月02日"),
            ),
            (
                FormKind::Date,
                Cell { value: Value::DateTime(date), shown: Shown::As("2-Jan-26".into()) },
                Some("2026年01月02日"),
            ),
            (FormKind::Number, Cell::text_of("50%"), None),
            (FormKind::Number, Cell::text_of("1,00"), None),
            (FormKind::Number, Cell::text_of("八千"), None),
            (FormKind::AsSeen, Cell::text_of("八千"), Some("八千")),
            (FormKind::AsSeen, Cell::text_of("NaN"), None),
            (FormKind::AsSeen, Cell::text_of("同上"), None),
            (FormKind::AsSeen, Cell::text_of("########"), None),
        ] {
            let value = parse_form_value_of(kind, &cell, &clock()).value;
            assert_eq!(value.as_ref().and_then(Json::as_str), expected, "{kind:?} {}", cell.seen());
        }
    }

    #[test]
    fn a_tick_is_the_same_from_every_kind_of_file() {
        let shown = Cell { value: Value::Number(1.0), shown: Shown::As("TRUE".into()) };
        for cell in [Cell::of(Value::Bool(true)), Cell::text_of("TRUE"), shown] {
            assert_eq!(parse_form_value(&cell).value, Some(json!("true")));
        }
    }
}
