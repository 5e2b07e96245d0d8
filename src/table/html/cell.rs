//! What a cell of HTML holds: by what Excel wrote beside it, else by its text.

use std::collections::HashMap;

use crate::domain::cell::{Cell, Mark, Shown, Value};
use crate::table::cells::{Sight, Strokes};
use crate::table::format::NumberFormat;
use crate::table::format::serial::Epoch;
use crate::table::markup::Tag;
use crate::table::styles::Style;

#[derive(Default)]
pub struct OpenCell {
    pub column: u32,
    format: Option<String>,
    number: Option<String>,
    exact: Option<String>,
    error: Option<String>,
    boolean: Option<String>,
    formula: bool,
    /// `x:str`: a text, whatever it looks like.
    is_text: bool,
    /// `x:num` without a value: the text is the number.
    is_number: bool,
}

impl OpenCell {
    pub fn of(tag: &Tag<'_>, column: u32, format: Option<String>) -> Self {
        let owned = |name: &str| tag.html(name).map(|value| value.into_owned());
        let number = owned("x:num");
        Self {
            column,
            format,
            is_number: number.as_deref().is_some_and(|number| number.trim().is_empty()),
            number: number.filter(|number| !number.trim().is_empty()),
            is_text: tag.html("x:str").is_some(),
            exact: owned("x:str").filter(|text| !text.is_empty()),
            error: owned("x:err"),
            boolean: owned("x:bool"),
            formula: tag.html("x:fmla").is_some(),
        }
    }

    /// With the text that is seen in it.
    pub fn into_cell(
        self,
        text: &str,
        strokes: Strokes,
        formats: &mut Formats,
        epoch: Epoch,
    ) -> (Cell, Mark) {
        let sight = Sight { epoch, shows_zeros: true };
        if let Some(error) = &self.error {
            return (Cell::of(Value::Error(error.clone())), Mark::default());
        }
        if let Some(boolean) = &self.boolean {
            let is_true = boolean.eq_ignore_ascii_case("true")
                || boolean == "1"
                || (boolean.is_empty() && text == "TRUE");
            return (Cell::of(Value::Bool(is_true)), Mark { struck: strokes.over(false), ..Mark::default() });
        }
        if self.formula && text.is_empty() && self.number.is_none() && self.exact.is_none() {
            return (Cell::of(Value::Uncached), Mark::default());
        }
        let style = formats.style(self.format.as_deref());
        let written = self.number.as_deref().or(self.is_number.then_some(text));
        // In a column with a format, digits are a number; without one they are as they stand.
        let has_format = self.format.is_some() && !style.format.is_plain() && !style.format.is_text();
        let written = written.or((has_format && !self.is_text).then_some(text));
        if let Some(number) = written.and_then(plain_number) {
            let (mut cell, mark) = sight.number(number, &style);
            if matches!(cell.shown, Shown::Unknown { .. }) && !text.is_empty() {
                cell.shown = Shown::As(text.to_owned());
            }
            return (cell, Mark { struck: strokes.over(false), ..mark });
        }
        let text = self.exact.as_deref().unwrap_or(text);
        sight.text(text, strokes, &style)
    }
}

/// Number formats by what the page calls them.
#[derive(Default)]
pub struct Formats {
    by_name: HashMap<String, Style>,
}

impl Formats {
    pub fn style(&mut self, format: Option<&str>) -> Style {
        const MOST: usize = 10_000;
        let Some(format) = format else { return Style::default() };
        if let Some(style) = self.by_name.get(format) {
            return style.clone();
        }
        let style = Style { format: NumberFormat::named(format).into(), ..Style::default() };
        if self.by_name.len() < MOST {
            self.by_name.insert(format.to_owned(), style.clone());
        }
        style
    }
}

/// `1234.5`, `1,234.50`, `-7`: nothing that only looks like it.
fn plain_number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.replace(',', "");
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
    if is_number { plain.parse().ok() } else { None }
}
