//! Numbers as their format shows them: rounded half up in decimal, on the 15
//! digits a spreadsheet program keeps.

use super::{Section, Sign, Token};

/// `None` where it is not known: fractions, engineering exponents.
pub fn show(section: &Section, number: f64, sign: Sign) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let tokens = section.tokens.as_slice();
    let plain = |token: &Token| matches!(token, Token::General | Token::Text);
    let shown = if tokens.iter().any(plain) {
        around_general(section, number.abs())?
    } else if tokens.iter().any(|token| matches!(token, Token::Digit(_))) {
        let shown = placed(tokens, number.abs())?;
        match section.numerals {
            None => shown,
            Some(numerals) => in_numerals(&shown, numerals)?,
        }
    } else {
        literals(tokens)?
    };
    let is_zero = || {
        let shows_digits = tokens.iter().any(|token| matches!(token, Token::Digit(_)));
        let is_written = section.numerals.is_some() && number.abs() >= 0.5;
        shows_digits && !is_written && !shown.contains(|c: char| matches!(c, '1'..='9'))
    };
    let sign = match sign {
        Sign::Minus => "-",
        Sign::UnlessZero if !is_zero() => "-",
        Sign::UnlessZero | Sign::None => "",
    };
    Some(format!("{sign}{}", shown.trim()))
}

fn literals(tokens: &[Token]) -> Option<String> {
    let mut shown = String::new();
    for token in tokens {
        match token {
            Token::Literal(text) => shown.push_str(text),
            Token::Slash => shown.push('/'),
            Token::Point => shown.push('.'),
            Token::Comma => {}
            Token::Percent => shown.push('%'),
            _ => return None,
        }
    }
    Some(shown)
}

fn around_general(section: &Section, number: f64) -> Option<String> {
    let mut shown = String::new();
    for token in &section.tokens {
        match token {
            Token::Literal(text) => shown.push_str(text),
            Token::General | Token::Text => shown.push_str(&match section.numerals {
                None => general(number),
                Some(numerals) => counted(number, numerals)?,
            }),
            _ => return None,
        }
    }
    Some(shown)
}

/// As in a column wide enough. Whole numbers are given in full: what a person
/// sees as 1.38E+11 in a narrow column is not what they mean to send.
pub fn general(number: f64) -> String {
    const WIDTH: usize = 11;
    let full = format!("{number}");
    if number.fract() == 0.0 || full.len() <= WIDTH || number >= 1e10 {
        return full;
    }
    let digits = Decimal::of(number);
    if number < 1e-4 {
        let (mantissa, exponent) = digits.scientific(5);
        return format!("{}E-{:02}", without_tail(&mantissa), exponent.abs());
    }
    let whole = usize::try_from(digits.point.max(1)).unwrap_or(1);
    let (whole, fraction) = digits.rounded(10_usize.saturating_sub(whole));
    let whole = if whole.is_empty() { "0" } else { &whole };
    without_tail(&format!("{whole}.{fraction}")).to_owned()
}

fn without_tail(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// 15 significant digits and where the point stands among them.
struct Decimal {
    digits: Vec<u8>,
    /// Digits before the point; negative: zeros behind it.
    point: i32,
}

impl Decimal {
    fn of(number: f64) -> Self {
        let text = format!("{number:.14e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let digits = mantissa.bytes().filter(u8::is_ascii_digit);
        let exponent: i32 = exponent.parse().unwrap_or(0);
        Self {
            digits: digits.map(|digit| digit - b'0').collect(),
            point: if number == 0.0 { 0 } else { exponent + 1 },
        }
    }

    /// The digits before the point (none for zero) and exactly `decimals` after it.
    fn rounded(mut self, decimals: usize) -> (String, String) {
        let decimals_kept = i32::try_from(decimals).unwrap_or(i32::MAX);
        self.round_to(self.point.saturating_add(decimals_kept));
        let digit_at = |place: i32| {
            let digit = usize::try_from(place).ok();
            let digit = digit.and_then(|place| self.digits.get(place));
            char::from(b'0' + digit.copied().unwrap_or(0))
        };
        let whole: String = (0..self.point).map(digit_at).collect();
        let fraction = (self.point..self.point.saturating_add(decimals_kept)).map(digit_at);
        (whole.trim_start_matches('0').to_owned(), fraction.collect())
    }

    /// `d.ddd` and the exponent of ten.
    fn scientific(mut self, decimals: usize) -> (String, i32) {
        let exponent = self.point - 1;
        self.round_to(i32::try_from(decimals).unwrap_or(14) + 1);
        let carried = self.point - 1 - exponent;
        let (whole, fraction) = Self { digits: self.digits, point: 1 }.rounded(decimals);
        let whole = if whole.is_empty() { "0" } else { &whole };
        let mantissa = if decimals == 0 { whole.to_owned() } else { format!("{whole}.{fraction}") };
        (mantissa, exponent + carried)
    }

    /// Keeps so many digits, rounding half up; a carry may add one in front.
    fn round_to(&mut self, kept: i32) {
        let Ok(kept) = usize::try_from(kept) else {
            self.digits.clear();
            return;
        };
        let up = self.digits.get(kept).is_some_and(|digit| *digit >= 5);
        self.digits.truncate(kept);
        if !up {
            return;
        }
        for digit in self.digits.iter_mut().rev() {
            *digit += 1;
            if *digit < 10 {
                return;
            }
            *digit = 0;
        }
        self.digits.insert(0, 1);
        self.point += 1;
    }
}

/// A format of digits: `#,##0.00`, `0.0%`, `000-0000-0000`, `0.00E+00`.
fn placed(tokens: &[Token], number: f64) -> Option<String> {
    if tokens.contains(&Token::Slash) {
        return None;
    }
    let is_digit = |token: &Token| matches!(token, Token::Digit(_));
    if let Some(at) = tokens.iter().position(|token| matches!(token, Token::Exponent(_))) {
        return with_exponent(tokens, at, number);
    }
    let point = tokens.iter().position(|token| *token == Token::Point);
    let (whole, fraction) = tokens.split_at_checked(point.unwrap_or(tokens.len()))?;
    let last = whole.iter().rposition(is_digit);
    let thousands = commas_behind_digits(whole) + commas_behind_digits(fraction);
    let between = whole.get(whole.iter().position(is_digit).unwrap_or(0)..last.unwrap_or(0))?;
    let grouped = between.contains(&Token::Comma);
    let percents = tokens.iter().filter(|token| **token == Token::Percent).count();

    let mut decimal = Decimal::of(number);
    if number != 0.0 {
        decimal.point += i32::try_from(percents).ok()? * 2 - i32::try_from(thousands).ok()? * 3;
    }
    let decimals = fraction.iter().filter(|token| is_digit(token)).count();
    let (whole_digits, fraction_digits) = decimal.rounded(decimals);
    // Where digits have no place before the point, the programs do not agree on which
    // side of a literal they go.
    let is_literal = |token: &Token| matches!(token, Token::Literal(text) if !text.trim().is_empty());
    if last.is_none() && !whole_digits.is_empty() && whole.iter().any(is_literal) {
        return None;
    }
    let mut shown = whole_part(whole, &whole_digits, grouped)?;
    shown.push_str(&fraction_part(fraction, &fraction_digits)?);
    Some(shown)
}

/// Each divides by a thousand.
fn commas_behind_digits(tokens: &[Token]) -> usize {
    let behind = tokens.iter().rev().take_while(|token| !matches!(token, Token::Digit(_)));
    behind.filter(|token| **token == Token::Comma).count()
}

/// From the right: each place takes a digit, the first one all that are left.
fn whole_part(tokens: &[Token], digits: &str, grouped: bool) -> Option<String> {
    let first = tokens.iter().position(|token| matches!(token, Token::Digit(_)));
    let mut digits = digits.chars().rev();
    let mut reversed = String::new();
    let mut written = 0;
    let mut write = |reversed: &mut String, digit: char| {
        if grouped && written > 0 && written % 3 == 0 {
            reversed.push(',');
        }
        reversed.push(digit);
        written += 1;
    };
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Digit(place) => {
                match (digits.next(), place) {
                    (Some(digit), _) => write(&mut reversed, digit),
                    (None, '0') => write(&mut reversed, '0'),
                    (None, '?') => reversed.push(' '),
                    (None, _) => {}
                }
                if Some(at) == first {
                    for digit in digits.by_ref() {
                        write(&mut reversed, digit);
                    }
                }
            }
            Token::Literal(text) => reversed.extend(text.chars().rev()),
            Token::Percent => reversed.push('%'),
            Token::Comma => {}
            _ => return None,
        }
    }
    // No place before the point (`.00`) hides no digits.
    if first.is_none() {
        reversed.extend(digits);
    }
    Some(reversed.chars().rev().collect())
}

fn fraction_part(tokens: &[Token], digits: &str) -> Option<String> {
    let significant = digits.trim_end_matches('0').len();
    let mut digits = digits.chars().enumerate();
    let mut shown = String::new();
    for token in tokens {
        match token {
            Token::Digit(place) => match (digits.next()?, place) {
                ((at, digit), place) if at < significant || *place == '0' => shown.push(digit),
                (_, '?') => shown.push(' '),
                _ => {}
            },
            Token::Literal(text) => shown.push_str(text),
            Token::Percent => shown.push('%'),
            Token::Point => shown.push('.'),
            Token::Comma => {}
            _ => return None,
        }
    }
    Some(shown)
}

fn with_exponent(tokens: &[Token], at: usize, number: f64) -> Option<String> {
    let (mantissa, rest) = tokens.split_at_checked(at)?;
    let [Token::Exponent(plus), rest @ ..] = rest else {
        return None;
    };
    let zeros = |token: &Token| matches!(token, Token::Digit('0'));
    let width = rest.iter().take_while(|token| zeros(token)).count();
    let decimals = match mantissa {
        [Token::Digit('0')] => 0,
        [Token::Digit('0'), Token::Point, decimals @ ..] if decimals.iter().all(zeros) => decimals.len(),
        _ => return None,
    };
    let (mantissa, exponent) = Decimal::of(number).scientific(decimals);
    let exponent = if number == 0.0 { 0 } else { exponent };
    let sign = match (exponent < 0, plus) {
        (true, _) => "-",
        (false, true) => "+",
        (false, false) => "",
    };
    let tail = literals(rest.get(width..)?)?;
    Some(format!("{mantissa}E{sign}{:0width$}{tail}", exponent.abs()))
}

const NUMERALS: [[char; 10]; 2] = [
    ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'],
    ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'],
];
const UNITS: [[&str; 4]; 2] = [["", "十", "百", "千"], ["", "拾", "佰", "仟"]];

/// Digit by digit: 2026 is 二〇二六.
fn in_numerals(shown: &str, numerals: u8) -> Option<String> {
    let names = NUMERALS.get(usize::from(numerals).checked_sub(1)?)?;
    let name = |c: char| match c.to_digit(10) {
        Some(digit) => names.get(digit as usize).copied().unwrap_or(c),
        None => c,
    };
    Some(shown.chars().map(name).collect())
}

/// Digit by digit, as a year is said: 二〇二六.
pub fn digits_said(shown: &str) -> Option<String> {
    in_numerals(shown, 1)
}

/// A month, a day or an hour: 十二, not 一十二.
pub fn said_in_date(digits: &str) -> Option<String> {
    let said = counted(digits.parse().ok()?, 1)?;
    Some(said.strip_prefix("一").filter(|rest| rest.starts_with('十')).map(str::to_owned).unwrap_or(said))
}

/// As a number is said: 8000 is 八千, 105 is 一百〇五.
fn counted(number: f64, numerals: u8) -> Option<String> {
    let kind = usize::from(numerals).checked_sub(1)?;
    let (names, units) = (NUMERALS.get(kind)?, UNITS.get(kind)?);
    let plain = general(number);
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    if whole.len() > 12 || plain.contains('E') {
        return None;
    }
    let mut said = String::new();
    let mut zero_due = false;
    for (at, digit) in whole.char_indices() {
        let place = whole.len() - 1 - at;
        let digit = digit.to_digit(10)? as usize;
        if digit == 0 {
            zero_due = true;
        } else {
            if zero_due && !said.is_empty() {
                said.push(*names.first()?);
            }
            zero_due = false;
            said.push(*names.get(digit)?);
            said.push_str(units.get(place % 4)?);
        }
        let group = whole.get(at.saturating_sub(3 - place % 4)..=at)?;
        if place % 4 == 0 && place > 0 && group.chars().any(|digit| digit != '0') {
            said.push(if place == 4 { '万' } else { '亿' });
        }
    }
    if said.is_empty() {
        said.push(*names.first()?);
    }
    if !fraction.is_empty() {
        said.push('.');
        said.push_str(&in_numerals(fraction, numerals)?);
    }
    Some(said)
}
