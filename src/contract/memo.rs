//! What a column said last: most say the same again and again.

use serde_json::Value as Json;

use crate::domain::cell::{Cell, Shown, Value};
use crate::domain::problem::Rule;

use super::compiled::Column;
use super::dates::Clock;
use super::form_values;
use super::values::{self, Parsed};

/// The last text of a column with the value that it gave: most columns say the same
/// again and again.
#[derive(Default)]
pub struct Memo {
    text: String,
    value: Option<Json>,
    /// Cells in a row that said something else.
    misses: u32,
}

/// A column that changes that often says something else every time.
const MISSES: u32 = 32;

impl Memo {
    pub fn parse(&mut self, column: &Column, cell: &Cell, clock: &Clock) -> Parsed {
        let text = match (&cell.value, &cell.shown) {
            (Value::Text(text), Shown::Same) if self.misses < MISSES => text,
            _ => return parse(column, cell, clock),
        };
        if text.as_str() == self.text && self.value.is_some() {
            self.misses = 0;
            return Parsed { value: self.value.clone(), text: String::new(), rules: Vec::new() };
        }
        let parsed = parse(column, cell, clock);
        self.misses += 1;
        if parsed.rules.is_empty() && self.misses < MISSES {
            self.text.clear();
            self.text.push_str(text);
            self.value.clone_from(&parsed.value);
        }
        parsed
    }
}

pub fn parse(column: &Column, cell: &Cell, clock: &Clock) -> Parsed {
    let parsed = match column.field {
        Some(_) => values::parse(column.kind, cell, clock),
        None => form_values::parse_form_value_of(column.form.kind, cell, clock),
    };
    match parsed.rules.as_slice() {
        [Rule::LeftOver | Rule::Ditto | Rule::CharactersLost] if column.as_text => {
            let value = Some(Json::String(cell.seen().trim().to_owned()));
            Parsed { value, text: String::new(), rules: Vec::new() }
        }
        _ => parsed,
    }
}
