//! What is wrong with a row or a cell, as facts. `text` has the words, in two
//! languages; nothing here is a sentence.

mod facts;
mod rule;

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use rule::{ApartBy, Disagreement, Rule, SignerMatter};

/// A stable field name, or another word of ours.
pub type Name = Cow<'static, str>;

/// Where in the user's file something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file's name as the user gave it.
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// As the spreadsheet program numbers it; `None`: the sheet as a whole.
    pub row: Option<u32>,
    pub column: Option<ColumnPlace>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnPlace {
    /// 0 is column A.
    pub index: usize,
    pub header: Arc<str>,
}

/// One thing to tell the user about a cell, a row or a sheet.
///
/// `value` is what stands in the cell, so it may be personal data: it goes to
/// the user's screen and reports, never to a log. Hence no `Debug`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub place: Place,
    pub value: Option<String>,
    pub rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Put right by the program, and listed.
    Correction,
    /// Sent as it is; worth a look.
    Warning,
    /// Nothing is sent before a person has answered.
    Question,
    /// The contract cannot be sent.
    Error,
}

/// A harmless spoiling that is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Correction {
    Spaces,
    Invisible,
    Apostrophe,
    /// A radical in the place of the letter that looks like it.
    Radicals,
    EqualsQuote,
    FullWidth,
    Dot,
    Brackets,
    UpperX,
    Prefix86,
    Separators,
    TrailingZero,
    MergedValue,
    DateSerial,
    ShownValue,
    Punctuation,
    Mailto,
    /// A word, a note or a mark beside a number.
    Words,
    WholeDay,
    /// A time of day that the number format does not show is not meant.
    ShownDay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IdFault {
    Length,
    Characters,
    Date,
    Checksum,
}

/// Rows that have something in common, two by two.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowPairs {
    pub rows: Vec<u32>,
    /// Of each row, where there are several sheets.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// Pairs, also those that are not named.
    pub count: u64,
}

impl Problem {
    /// Whether the contract (or the file) cannot go as it is.
    pub fn stops(&self) -> bool {
        self.rule.severity() >= Severity::Question
    }
}
