//! What a reader of files hands on: rows of cells that know what the person
//! who made the file sees, and what the file holds underneath.

use std::borrow::Cow;

use compact_str::CompactString;
use jiff::civil::DateTime;

/// One row of a sheet, numbered as the spreadsheet program numbers it.
#[derive(Clone, Default)]
pub struct Row {
    /// 1-based, counting blank rows; for CSV the number of the record (line
    /// breaks inside quotes do not count).
    pub number: u32,
    /// Hidden or filtered out in the spreadsheet program.
    pub hidden: bool,
    /// Index 0 is column A. Trailing empty cells may be left out.
    pub cells: Vec<Cell>,
    /// What is to be told of cells of this row beside what they hold; by column,
    /// ascending. Nearly always empty, and then it costs no memory.
    pub marks: Vec<(u32, Mark)>,
}

/// What a person sees of a cell, or does not see, that its value does not say.
/// Facts only: what follows from them is decided where the row is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub struck: Struck,
    /// The cell holds the number zero, and the program shows nothing there: the sheet
    /// shows no zeros at all, or the number format (`0;-0;;@`) shows none. What is
    /// *not* meant: a blank cell, a text `0`, a number that only rounds to zero.
    pub unseen_zero: bool,
    /// A plain number of a workbook whose days are counted from 1904. Taken for a date
    /// it means a day 1462 days later than the same number elsewhere. A number whose
    /// format is a date comes as a date, and has no such mark.
    pub from_1904: bool,
    /// The cell lies under a merged cell that shows something else: what it holds itself
    /// is on nobody's screen.
    pub covered: bool,
    /// Its text is white, and nothing is painted behind it.
    pub white: bool,
}

/// Whether a line goes through the text of a cell, drawn by its font: people strike
/// out what no longer holds. Lines of a conditional format are not seen here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Struck {
    #[default]
    No,
    /// Some of its characters, others not.
    Part,
    /// All of its characters, white space aside.
    Whole,
}

impl Mark {
    pub fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Row {
    /// The cell of a column, or an empty one where the row is shorter.
    pub fn cell(&self, column: usize) -> &Cell {
        static EMPTY: Cell = Cell { value: Value::Empty, shown: Shown::Same };
        self.cells.get(column).unwrap_or(&EMPTY)
    }

    /// What is to be told of the cell of a column.
    pub fn mark(&self, column: usize) -> Mark {
        if self.marks.is_empty() {
            return Mark::default();
        }
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        let place = self.marks.partition_point(|(marked, _)| *marked < column);
        self.marks
            .get(place)
            .filter(|(marked, _)| *marked == column)
            .map(|(_, mark)| *mark)
            .unwrap_or_default()
    }

    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }
}

#[derive(Clone, Default, PartialEq)]
pub struct Cell {
    pub value: Value,
    pub shown: Shown,
}

/// What the number format makes of a value, beside [`Cell::text`].
#[derive(Clone, Default, PartialEq)]
pub enum Shown {
    /// The text itself: plain cells.
    #[default]
    Same,
    /// Something else: `HT-0007`, `2026/1/31`, `12.50%`.
    As(String),
    /// A format that is not rendered here, so what the person sees is not known.
    Unknown { format: String },
}

/// No `Debug`: cells hold names, mobiles and ID numbers.
#[derive(Clone, Default, PartialEq)]
pub enum Value {
    #[default]
    Empty,
    /// Most are short enough to lie in the cell itself.
    Text(CompactString),
    Number(f64),
    Bool(bool),
    /// A number whose format is a date or a time. Milliseconds are kept, but
    /// not shown.
    DateTime(DateTime),
    /// A time without a date or a duration, as `H:MM:SS`.
    Time(String),
    /// `#N/A`, `#REF!`, ...
    Error(String),
    /// A formula whose result the file does not hold.
    Uncached,
    /// A picture lies in the cell (`=DISPIMG`, rich values).
    Picture,
}

impl Cell {
    /// A cell that shows its value plainly.
    pub fn of(value: Value) -> Self {
        Self { value, shown: Shown::Same }
    }

    pub fn text_of(text: impl Into<CompactString>) -> Self {
        let text = text.into();
        Self { value: if text.is_empty() { Value::Empty } else { Value::Text(text) }, shown: Shown::Same }
    }

    pub fn is_blank(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Text(text) => match text.as_bytes().first() {
                // Most texts begin with a letter, a digit or a Chinese character.
                Some(0x21..=0x7E | 0xE4..=0xE9) => false,
                _ => text.chars().all(is_space_like),
            },
            _ => false,
        }
    }

    /// The value as text, without its number format: whole numbers without a
    /// decimal point, dates as `2026-01-31` or `2026-01-31 08:00:00`.
    pub fn text(&self) -> String {
        self.text_ref().into_owned()
    }

    /// The same, borrowed where the cell has it.
    pub fn text_ref(&self) -> Cow<'_, str> {
        let made = match &self.value {
            Value::Empty | Value::Picture | Value::Uncached => return Cow::Borrowed(""),
            Value::Text(text) => return Cow::Borrowed(text),
            Value::Time(text) | Value::Error(text) => return Cow::Borrowed(text),
            Value::Bool(value) => return Cow::Borrowed(if *value { "TRUE" } else { "FALSE" }),
            Value::Number(number) => number_text(*number),
            Value::DateTime(at) => {
                let at = at.round(jiff::Unit::Second).unwrap_or(*at);
                if at.time() == jiff::civil::Time::midnight() {
                    at.date().to_string()
                } else {
                    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
                }
            }
        };
        Cow::Owned(made)
    }

    /// What the person sees in the spreadsheet program; the text where that is
    /// not known ([`Shown::Unknown`]).
    pub fn seen(&self) -> String {
        self.seen_ref().into_owned()
    }

    /// The same, borrowed where the cell has it.
    pub fn seen_ref(&self) -> Cow<'_, str> {
        match &self.shown {
            Shown::As(seen) => Cow::Borrowed(seen),
            Shown::Same | Shown::Unknown { .. } => self.text_ref(),
        }
    }

    /// Whether a person sees nothing at all there, not even a blank.
    pub fn shows_nothing(&self) -> bool {
        self.seen_ref().is_empty()
    }
}

/// The shortest digits that mean this number, never with an exponent: a long
/// number is padded with zeros, as the spreadsheet program does it.
fn number_text(number: f64) -> String {
    // No negative zero.
    format!("{}", if number == 0.0 { 0.0 } else { number })
}

/// White space and the marks that look like nothing at all.
pub fn is_space_like(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{2064}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
                | '\u{00AD}'
                | '\u{180E}'
                // Fillers and joiners that no font shows.
                | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{FFA0}'
        )
}

/// `0` is `A`, `26` is `AA`.
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        for (index, letters) in
            [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
        {
            assert_eq!(column_letters(index), letters);
        }
    }

    #[test]
    fn numbers_read_as_people_typed_them() {
        for (number, text) in [
            (13_800_138_000.0, "13800138000"),
            (0.1, "0.1"),
            (-2.0, "-2"),
            (1.5e300, "1.5e300"),
            (110_101_199_003_070_000.0, "110101199003070000"),
            (110_101_199_003_071_000.0, "110101199003071000"),
            (-0.0, "0"),
        ] {
            let cell = Cell { value: Value::Number(number), shown: Shown::Same };
            if number > 1e299 {
                assert!(cell.text().len() > 300 || cell.text() == text);
            } else {
                assert_eq!(cell.text(), text);
            }
        }
    }
}
