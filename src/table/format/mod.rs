//! Number formats (`0.00%`, `"HT-"0000`, `yyyy"年"m"月"`): parsed once, then
//! asked what a value looks like. What is not understood is said to be so,
//! never shown wrongly.

use std::sync::LazyLock;

use jiff::civil::DateTime;

mod code;
mod date;
mod number;
pub mod serial;

use serial::{Epoch, days_and_millis};

use crate::domain::cell::Shown;

#[derive(Clone, Debug, PartialEq)]
pub struct NumberFormat {
    code: String,
    sections: Vec<Section>,
    /// General: whole numbers and texts are shown as they are.
    plain: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Section {
    pub tokens: Vec<Token>,
    condition: Option<(Comparison, f64)>,
    /// Chinese numerals: `[DBNum1]` 八千, `[DBNum2]` 捌仟, `[DBNum3]` full-width.
    pub numerals: Option<u8>,
    /// Whose names months and weekdays have.
    pub locale: Locale,
    /// `[White]`: nobody sees it on white.
    white: bool,
    /// Something in it is not understood.
    unknown: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Locale {
    /// English names: so a Chinese Excel shows `mmm` where no language is named.
    #[default]
    English,
    Chinese,
    /// Fine for numbers, not for names.
    Other,
}

/// `[$-F800]` and `[$-F400]`: what the system calls its long date and its time,
/// whatever else the section says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum OfSystem {
    Date,
    Time,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// In a date itself, in a number the bar of a fraction.
    Slash,
    /// `E+` or `E-`: whether a plus is written.
    Exponent(bool),
    Text,
    General,
    Year(usize),
    Month(usize),
    Day(usize),
    /// `aaa` or `aaaa`.
    Weekday(usize),
    Hour(usize),
    Minute(usize),
    Second(usize),
    Fraction(usize),
    HalfDay(&'static str, &'static str),
    /// `[h]`, `[mm]`, `[ss]`.
    Elapsed(char, usize),
}

/// What a format takes a number for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    pub date: bool,
    pub time: bool,
    pub elapsed: bool,
}

impl Default for NumberFormat {
    fn default() -> Self {
        Self::general()
    }
}

impl NumberFormat {
    pub fn general() -> Self {
        Self::parse("General")
    }

    /// Of a workbook's style; the ids below 164 that depend on the language
    /// of the program mean what they mean in a Chinese one.
    pub fn of_excel(id: Option<u32>, code: &str) -> Self {
        let local = match (id, code) {
            // The short date of the system, in whatever words it was written down.
            (Some(14), "mm-dd-yy" | "m/d/yy" | "m/d/yyyy" | "mm/dd/yyyy" | "M/D/YYYY") => Some("yyyy/m/d"),
            (Some(22), "m/d/yy h:mm" | "m/d/yyyy h:mm" | "mm-dd-yy h:mm") => Some("yyyy/m/d h:mm"),
            (Some(id), "General") => chinese_format(id),
            _ => None,
        };
        Self::parse(local.unwrap_or(code))
    }

    /// Whether it shows positive numbers in white.
    pub fn is_white(&self) -> bool {
        self.sections.first().is_some_and(|section| section.white)
    }

    /// As HTML and XML name formats that are not written out; anything else is one.
    pub fn named(name: &str) -> Self {
        let code = match name.trim().to_ascii_lowercase().as_str() {
            "general" | "general number" => "General",
            "general date" => "yyyy/m/d h:mm",
            "long date" => "[$-F800]",
            "medium date" => "d-mmm-yy",
            "short date" => "yyyy/m/d",
            "long time" => "h:mm:ss",
            "medium time" => "h:mm AM/PM",
            "short time" => "h:mm",
            "currency" => r##""¥"#,##0.00;"¥"\-#,##0.00"##,
            "fixed" => "0.00",
            "standard" => "#,##0.00",
            "percent" => "0.00%",
            "scientific" => "0.00E+00",
            "text" => "@",
            _ => name,
        };
        Self::parse(code)
    }

    /// The format of an id that a file does not define itself; `None` for the
    /// general one and for ids that mean nothing.
    pub fn built_in(id: u32) -> Option<Self> {
        let code = match id {
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            37 | 38 => "#,##0;-#,##0",
            39 | 40 => "#,##0.00;-#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            41 => r#"_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ "#,
            42 => r#"_ "¥"* #,##0_ ;_ "¥"* \-#,##0_ ;_ "¥"* "-"_ ;_ @_ "#,
            43 => r#"_ * #,##0.00_ ;_ * \-#,##0.00_ ;_ * "-"??_ ;_ @_ "#,
            44 => r#"_ "¥"* #,##0.00_ ;_ "¥"* \-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ "#,
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            49 => "@",
            id => chinese_format(id)?,
        };
        Some(Self::parse(code))
    }

    pub fn parse(code: &str) -> Self {
        // Programs that mean no format write none.
        let code = if code.is_empty() { "General" } else { code };
        let sections = code::sections(code);
        let plain = matches!(sections.as_slice(), [section] if section.tokens == [Token::General]
            && section.numerals.is_none() && section.condition.is_none() && !section.unknown);
        Self { code: code.to_owned(), sections, plain }
    }

    /// `@`: what stands there is text, digits too.
    pub fn is_text(&self) -> bool {
        matches!(self.sections.as_slice(), [section] if section.tokens == [Token::Text])
    }

    pub fn is_plain(&self) -> bool {
        self.plain
    }

    pub fn moment_of(&self, number: f64) -> Moment {
        let section = self.section_of(number).map(|(section, _)| section);
        section.map_or(Moment::default(), Section::moment)
    }

    /// What a number looks like.
    pub fn show(&self, number: f64, epoch: Epoch) -> Shown {
        let Some((section, sign)) = self.section_of(number) else {
            return self.unknown();
        };
        let shown = if section.unknown || self.hides_minus(number) {
            None
        } else if section.moment() == Moment::default() {
            number::show(section, number, sign)
        } else {
            days_and_millis(number).and_then(|_| {
                let at = epoch.date_time(number);
                date::show(section, at, number)
            })
        };
        shown.map_or_else(|| self.unknown(), Shown::As)
    }

    /// What a date looks like that the file holds as text.
    pub fn show_date_time(&self, at: DateTime) -> Shown {
        let Some(section) = self.sections.first() else {
            return Shown::Same;
        };
        if section.moment() == Moment::default() {
            return Shown::Same;
        }
        let seconds = at.time().duration_since(jiff::civil::Time::midnight());
        let shown = (!section.unknown)
            .then(|| date::show(section, Some(at), seconds.as_secs_f64() / 86_400.0))
            .flatten();
        shown.map_or_else(|| self.unknown(), Shown::As)
    }

    /// What a text looks like: it is its own, but for `"HT-"@`.
    pub fn show_text(&self, text: &str) -> Shown {
        let (_, Some(section)) = self.split() else { return Shown::Same };
        if section.unknown {
            return self.unknown();
        }
        let shown: String = section
            .tokens
            .iter()
            .map(|token| match token {
                Token::Literal(literal) => literal.as_str(),
                Token::Text | Token::General => text,
                _ => "",
            })
            .collect();
        if section.tokens == [Token::Text] || shown.trim() == text.trim() {
            Shown::Same
        } else {
            Shown::As(shown.trim().to_owned())
        }
    }

    fn unknown(&self) -> Shown {
        Shown::Unknown { format: self.code.clone() }
    }

    /// The sections for numbers, and the one for text: the fourth, or the last with an `@`.
    fn split(&self) -> (&[Section], Option<&Section>) {
        match self.sections.as_slice() {
            [numeric @ .., last] if numeric.len() >= 3 || last.tokens.contains(&Token::Text) => {
                (numeric.get(..numeric.len().min(3)).unwrap_or_default(), Some(last))
            }
            numeric => (numeric, None),
        }
    }

    /// `0.00;[Red]0.00`: a debt looks like a payment, but for its colour.
    fn hides_minus(&self, number: f64) -> bool {
        let words = |section: &Section| -> String {
            let literals = section.tokens.iter().filter_map(|token| match token {
                Token::Literal(literal) => Some(literal.trim()),
                _ => None,
            });
            literals.collect()
        };
        match self.split().0 {
            [above, below, ..] if number < 0.0 && above.condition.is_none() && below.condition.is_none() => {
                let shows_digits = below.tokens.iter().any(|token| matches!(token, Token::Digit(_)));
                shows_digits && words(above) == words(below)
            }
            _ => false,
        }
    }

    /// The section for a number, and how its minus is written.
    fn section_of(&self, number: f64) -> Option<(&Section, Sign)> {
        static GENERAL: LazyLock<Section> =
            LazyLock::new(|| Section { tokens: vec![Token::General], ..Section::default() });
        let (numeric, text) = self.split();
        // An `@` for numbers says nothing that the programs agree on.
        if numeric.iter().any(|section| section.tokens.contains(&Token::Text)) {
            return None;
        }
        let sign = match () {
            () if number >= 0.0 => Sign::None,
            // What is rounded to zero loses it, unless the format says more than that.
            () if text.is_none() => Sign::UnlessZero,
            () => Sign::Minus,
        };
        if numeric.iter().any(|section| section.condition.is_some()) {
            return conditional(numeric, number);
        }
        match numeric {
            // Only texts have a format: numbers are as they are.
            [] => Some((&GENERAL, sign)),
            [only] => Some((only, sign)),
            [_, below, ..] if number < 0.0 => Some((below, Sign::None)),
            [_, _, zero] if number == 0.0 => Some((zero, Sign::None)),
            [positive, ..] => Some((positive, Sign::None)),
        }
    }
}

/// What stands before a number that its section shows without its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    None,
    Minus,
    /// A minus, but not before zeros: -0.001 as `0.00` is 0.00.
    UnlessZero,
}

/// Sections with conditions: the first that holds; one without a condition
/// takes what the others leave.
fn conditional(sections: &[Section], number: f64) -> Option<(&Section, Sign)> {
    let holds = |section: &&Section| match section.condition {
        Some((comparison, bound)) => comparison.holds(number, bound),
        None => false,
    };
    let found = sections.iter().find(holds);
    // [>=0]0;-0: the second one is for negative numbers then, and writes its own minus.
    if let ([first, second, rest @ ..], None) = (sections, found)
        && let Some((comparison, bound)) = first.condition
        && second.condition.is_none()
        && number < 0.0
    {
        let is_above_zero =
            bound == 0.0 && matches!(comparison, Comparison::Greater | Comparison::GreaterOrEqual);
        let writes_minus =
            matches!(second.tokens.first(), Some(Token::Literal(text)) if text.starts_with(['-', '(']));
        let is_for_negatives = is_above_zero || !rest.is_empty() || writes_minus;
        return Some((second, if is_for_negatives { Sign::None } else { Sign::Minus }));
    }
    let found = found.or_else(|| {
        let mut rest = sections.iter();
        rest.rfind(|section| section.condition.is_none())
    })?;
    // A section that only negative numbers reach writes its own minus.
    let only_negative = matches!(
        found.condition,
        Some((Comparison::Less | Comparison::LessOrEqual, bound)) if bound <= 0.0
    );
    Some((found, if number < 0.0 && !only_negative { Sign::Minus } else { Sign::None }))
}

impl Comparison {
    #[expect(clippy::float_cmp, reason = "the program compares exactly, too")]
    fn holds(self, number: f64, bound: f64) -> bool {
        match self {
            Self::Less => number < bound,
            Self::LessOrEqual => number <= bound,
            Self::Greater => number > bound,
            Self::GreaterOrEqual => number >= bound,
            Self::Equal => number == bound,
            Self::NotEqual => number != bound,
        }
    }
}

impl Section {
    pub fn set_unknown(&mut self) {
        self.unknown = true;
    }

    /// As Windows has it in Chinese.
    pub fn set_system(&mut self, what: OfSystem) {
        let code = match what {
            OfSystem::Date => r#"yyyy"年"m"月"d"日""#,
            OfSystem::Time => "h:mm:ss",
        };
        self.tokens = code::sections(code).into_iter().flat_map(|section| section.tokens).collect();
        self.unknown = false;
        self.numerals = None;
    }

    /// `>=100`, `<0`: false if it is none.
    pub fn set_condition(&mut self, text: &str) -> bool {
        let operator = text.find(|c: char| !matches!(c, '<' | '>' | '='));
        let Some((operator, bound)) = text.split_at_checked(operator.unwrap_or(0)) else {
            return false;
        };
        let comparison = match operator {
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            "=" => Comparison::Equal,
            "<>" => Comparison::NotEqual,
            _ => return false,
        };
        self.condition = bound.trim().parse().ok().map(|bound| (comparison, bound));
        self.condition.is_some()
    }

    pub fn moment(&self) -> Moment {
        let mut moment = Moment::default();
        for token in &self.tokens {
            match token {
                Token::Year(_) | Token::Month(_) | Token::Day(_) | Token::Weekday(_) => {
                    moment.date = true;
                }
                Token::Hour(_) | Token::Minute(_) | Token::Second(_) => moment.time = true,
                Token::Elapsed(..) => moment.elapsed = true,
                _ => {}
            }
        }
        moment
    }
}

/// The built-in formats of a Chinese Excel (ECMA-376 part 1, 18.8.30, zh-cn).
fn chinese_format(id: u32) -> Option<&'static str> {
    Some(match id {
        5 => r##""¥"#,##0;"¥"\-#,##0"##,
        6 => r##""¥"#,##0;[Red]"¥"\-#,##0"##,
        7 => r##""¥"#,##0.00;"¥"\-#,##0.00"##,
        8 => r##""¥"#,##0.00;[Red]"¥"\-#,##0.00"##,
        27 | 36 | 50 | 52 | 57 => r#"yyyy"年"m"月""#,
        28 | 29 | 51 | 53 | 54 | 58 => r#"m"月"d"日""#,
        30 => "m-d-yy",
        31 => r#"yyyy"年"m"月"d"日""#,
        32 => r#"h"时"mm"分""#,
        33 => r#"h"时"mm"分"ss"秒""#,
        34 | 55 => r#"上午/下午h"时"mm"分""#,
        35 | 56 => r#"上午/下午h"时"mm"分"ss"秒""#,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
