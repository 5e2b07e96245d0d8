//! What a person has said of how a file is to be read: on the command line, in
//! `[sheet]` of config.toml, or once with `--remember`.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// What to do with what nobody sees, or with rows that look like no contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipOrSend {
    Skip,
    Send,
}

impl SkipOrSend {
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "skip" => Some(Self::Skip),
            "send" => Some(Self::Send),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Skip => "skip",
            Self::Send => "send",
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Header -> field.
    pub map: Vec<(String, String)>,
    /// The column that holds the rows of a contract together; `row`: each stands alone.
    pub key: Option<String>,
    pub header_row: Option<u32>,
    pub sheets: Vec<String>,
    /// Of what is remembered: the sheets that stood beside `sheets` and were not meant.
    pub left_sheets: Option<Vec<String>>,
    /// Of what is remembered: lines above the header of `header_row`, between the rows and below them, each
    /// as a hash.
    pub lines_above: Option<Vec<String>>,
    pub hidden_columns: Option<SkipOrSend>,
    /// Of what is remembered: the hidden headers that `hidden_columns` was said of.
    pub hidden_headers: Vec<String>,
    pub odd_rows: Option<SkipOrSend>,
    /// Rows of a sheet with columns for each party, in which one of them is blank.
    pub missing_party: Option<SkipOrSend>,
    /// Sheets that lack components which others have are sent without them.
    pub missing_fields: bool,
    /// The signers of a contract stand in the order of its rows, whatever others do. Never remembered: the next file
    /// has other rows.
    pub rows_in_order: bool,
    /// Each row of somebody who has handed in a form twice is a contract. Never remembered, as above.
    pub each_submission: bool,
    /// Comments on cells are for people only, whatever they say. Never remembered: the next file has others.
    pub ignore_comments: bool,
    /// Somebody answers by hand what becomes of hidden and struck rows: where there are some, he was told
    /// of the comments in the same breath. Never remembered.
    pub answers_hidden_rows: bool,
    /// Field -> its value where no cell gives one, instead of that of the settings. Never remembered: it was
    /// said of this file's contracts.
    pub defaults: Vec<(String, String)>,
    /// Column -> the values of which a row must have one.
    pub only: Vec<(String, Vec<String>)>,
    /// Columns whose values go as they stand, also where a program seems to have left them.
    pub as_text: Vec<String>,
}

impl Said {
    /// Whether nothing was said that may be kept for other files.
    pub fn is_empty(&self) -> bool {
        self.kept() == Self::default()
    }

    /// What may be kept for other files: nothing that sends rows of which the next file may say that they are not
    /// meant, or in which another party may be blank. Where a value was given in place of that of a line, the next file
    /// has another line, most likely: it asks again.
    #[must_use]
    pub fn kept(&self) -> Self {
        Self {
            rows_in_order: false,
            each_submission: false,
            ignore_comments: false,
            answers_hidden_rows: false,
            header_row: self.header_row.filter(|_| self.defaults.is_empty()),
            odd_rows: self.odd_rows.filter(|odd| *odd == SkipOrSend::Skip),
            missing_party: self.missing_party.filter(|party| *party == SkipOrSend::Skip),
            defaults: Vec::new(),
            ..self.clone()
        }
    }

    /// What it makes of a file, without what is only kept to know the next one by, and in one order.
    #[must_use]
    pub fn as_meant(&self) -> Self {
        let mut own = Self {
            sheets: Vec::new(),
            left_sheets: None,
            lines_above: None,
            hidden_headers: Vec::new(),
            answers_hidden_rows: false,
            defaults: Vec::new(),
            ..self.clone()
        };
        own.map.sort();
        own.only.sort();
        own.as_text.sort();
        own
    }

    /// This, and `other` where this says nothing: of columns, each by itself.
    #[must_use]
    pub fn or(self, other: &Self) -> Self {
        Self {
            map: by_column(self.map, &other.map),
            key: self.key.or_else(|| other.key.clone()),
            lines_above: match self.header_row {
                Some(_) => self.lines_above,
                None => other.lines_above.clone(),
            },
            header_row: self.header_row.or(other.header_row),
            left_sheets: if self.sheets.is_empty() { other.left_sheets.clone() } else { self.left_sheets },
            sheets: if self.sheets.is_empty() { other.sheets.clone() } else { self.sheets },
            hidden_columns: self.hidden_columns.or(other.hidden_columns),
            hidden_headers: self.hidden_headers,
            odd_rows: self.odd_rows.or(other.odd_rows),
            missing_party: self.missing_party.or(other.missing_party),
            missing_fields: self.missing_fields || other.missing_fields,
            rows_in_order: self.rows_in_order || other.rows_in_order,
            each_submission: self.each_submission || other.each_submission,
            ignore_comments: self.ignore_comments || other.ignore_comments,
            defaults: self.defaults,
            answers_hidden_rows: self.answers_hidden_rows || other.answers_hidden_rows,
            as_text: {
                let more = other.as_text.iter().filter(|column| !self.as_text.contains(column)).cloned();
                let more: Vec<String> = more.collect();
                self.as_text.into_iter().chain(more).collect()
            },
            only: if self.only.is_empty() { other.only.clone() } else { self.only },
        }
    }

    /// What of this counts where `now` is said: as options of the command line, and those of them that `settings`
    /// answer otherwise.
    pub fn counting(&self, now: &Self, settings: &Self) -> (Vec<String>, Vec<String>) {
        let (mut counts, mut differs) = (Vec::new(), Vec::new());
        let mut tell = |option: String, is_overruled: bool, is_other: bool| {
            if !is_overruled {
                differs.extend(is_other.then(|| option.clone()));
                counts.push(option);
            }
        };
        for (header, gives) in &self.map {
            tell(format!("--map {header}={gives}"), !now.map.is_empty(), false);
        }
        if let Some(key) = &self.key {
            let other = settings.key.as_ref().is_some_and(|own| own != key);
            tell(format!("--key {key}"), now.key.is_some(), other);
        }
        if let Some(row) = self.header_row {
            let other = settings.header_row.is_some_and(|own| own != row);
            tell(format!("--header-row {row}"), now.header_row.is_some(), other);
        }
        for sheet in &self.sheets {
            let other = !settings.sheets.is_empty() && !settings.sheets.contains(sheet);
            tell(format!("--sheet {sheet}"), !now.sheets.is_empty(), other);
        }
        let choices = [
            ("hidden-columns", self.hidden_columns, now.hidden_columns, settings.hidden_columns),
            ("odd-rows", self.odd_rows, now.odd_rows, settings.odd_rows),
            ("missing-party", self.missing_party, now.missing_party, settings.missing_party),
        ];
        for (name, own, said, other) in choices {
            if let Some(own) = own {
                let is_other = other.is_some_and(|other| other != own);
                tell(format!("--{name} {}", own.name()), said.is_some(), is_other);
            }
        }
        if self.missing_fields {
            tell("--missing-fields send".to_owned(), now.missing_fields, false);
        }
        for (header, values) in &self.only {
            let other = !settings.only.is_empty()
                && !settings.only.iter().any(|own| own == &(header.clone(), values.clone()));
            tell(format!("--where {header}={}", values.join("|")), !now.only.is_empty(), other);
        }
        for column in &self.as_text {
            tell(format!("--as-text {column}"), now.as_text.contains(column), false);
        }
        (counts, differs)
    }

    /// This, beside what was said before of the same headers: one more answer takes none back.
    #[must_use]
    pub fn beside(self, before: &Self) -> Self {
        let only = by_column(self.only.clone(), &before.only);
        let hidden_headers = match self.hidden_columns {
            Some(_) => self.hidden_headers.clone(),
            None => before.hidden_headers.clone(),
        };
        // Another sheet, or another team's file, with these headers has lines of its own.
        let is_of_lines = self.header_row.is_some() || self.odd_rows.is_some();
        let lines = match is_of_lines {
            true => self.lines_above.iter().chain(&before.lines_above).flatten().cloned().collect(),
            false => before.lines_above.clone().unwrap_or_default(),
        };
        let lines_above = (is_of_lines || before.lines_above.is_some()).then(|| newest(lines));
        Self { only, hidden_headers, lines_above, ..self.or(before) }
    }
}

/// The first of them, each once.
fn newest(lines: Vec<String>) -> Vec<String> {
    const MOST: usize = 1_000;
    let mut kept: Vec<String> = Vec::new();
    let mut known = HashSet::new();
    kept.extend(lines.into_iter().filter(|line| known.insert(line.clone())).take(MOST));
    kept
}

fn by_column<T: Clone>(mut own: Vec<(String, T)>, other: &[(String, T)]) -> Vec<(String, T)> {
    let said = own.len();
    for (column, value) in other {
        if !own.iter().take(said).any(|(known, _)| known == column) {
            own.push((column.clone(), value.clone()));
        }
    }
    own
}

/// `在职状态=在职`, `部门=销售部|仓储部`.
pub fn condition(text: &str) -> Option<(String, Vec<String>)> {
    let (header, values) = text.split_once('=')?;
    let values: Vec<String> = values.split(['|', '\u{FF5C}']).map(|value| value.trim().to_owned()).collect();
    // `状态=`: those in which nothing stands.
    let of_empty = matches!(values.as_slice(), [only] if only.is_empty());
    let says = of_empty || values.iter().all(|value| !value.is_empty());
    let is_whole = !header.trim().is_empty() && says;
    is_whole.then(|| (header.trim().to_owned(), values))
}
