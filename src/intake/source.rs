//! One sheet under its header, and what somebody has said of its lines.

use std::ops::ControlFlow;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use crate::contract::layout::Mapping;
use crate::contract::texts::is_persons_number;
use crate::domain::said::Said;
use crate::domain::workbook_marks::{COLUMN, FLOW, GIVES, REASON, RED};
use crate::table::{Merge, Workbook};

/// One sheet under its header.
#[derive(Clone)]
pub struct Source {
    pub workbook: Arc<Workbook>,
    pub sheet: usize,
    pub mapping: Arc<Mapping>,
    pub file: Arc<str>,
    pub name: Option<Arc<str>>,
    pub merged: Vec<Merge>,
    /// Rows above the header: their numbers and what is seen in them.
    pub above: Vec<(u32, Vec<String>)>,
    /// Of a CSV: how many fields its lines have.
    pub width: Option<usize>,
    /// The last row of the header as it stands there, by which it is known again.
    pub head: Vec<String>,
    /// What holds of how it is read.
    pub said: Said,
    /// Columns that are hidden and have a header.
    pub hidden: Vec<usize>,
    /// Nobody has said what to do with them.
    pub asks_for_hidden: bool,
    /// Something stands below its header.
    pub has_rows: bool,
}

impl Source {
    /// What the hidden columns are called.
    pub fn hidden_headers(&self) -> Vec<String> {
        let header = |column: &usize| self.mapping.headers.get(*column).map(ToString::to_string);
        self.hidden.iter().filter_map(header).collect()
    }

    /// Whether cells below the header are merged over several rows.
    pub fn merges_downwards(&self) -> bool {
        let header = self.mapping.header_row;
        self.merged.iter().any(|merge| merge.last_row > merge.first_row && merge.first_row > header)
    }

    /// Lines above the header, between the rows and below them, each as a hash: somebody may be named there.
    pub fn lines(&self) -> Vec<String> {
        const MOST: usize = 1_000;
        let mut lines: Vec<String> = self.above.iter().map(|(_, texts)| line_hash(texts)).collect();
        // Where it cannot be read it will be said.
        let _ = self.workbook.scan(self.sheet, &mut |row| {
            let texts: Vec<String> = row.cells.iter().map(|cell| cell.seen()).collect();
            let filled = texts.iter().filter(|text| !text.trim().is_empty()).count();
            // A row of somebody is no line.
            let is_line = filled == 1
                || (filled <= MOST_CELLS && !texts.iter().any(|text| is_persons_number(text.trim())));
            if row.number > self.mapping.header_row && filled > 0 && is_line {
                lines.push(line_hash(&texts));
            }
            if lines.len() < MOST { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        lines
    }

    /// Whether somebody has said that a line of the sheet is not meant: of all of them, or of this one.
    pub fn has_settled(&self, texts: &[String]) -> bool {
        let is_known = |known: &Vec<String>| known.contains(&line_hash(texts));
        self.said.header_row.is_some() && self.said.lines_above.as_ref().is_none_or(is_known)
    }

    /// Whether its first column is the one that we have put there: why a row had failed. It says
    /// nothing of the row as it is now.
    pub fn begins_with_reasons(&self) -> bool {
        let marks = self.workbook.own_properties().iter().filter(|(name, _)| name.starts_with(COLUMN));
        let mut pairs = marks.filter_map(|(_, pair)| pair.split_once(GIVES));
        let first = self.mapping.headers.first().map(|header| header.trim());
        // Saved as another kind of file it has no marks any more; what its rows are is left.
        let says_origins = || self.mapping.headers.iter().any(|header| [FLOW, RED].contains(&header.trim()));
        let is_unmarked = || self.workbook.kind_of_ours().is_none() && says_origins();
        pairs.any(|(header, gives)| gives == REASON && Some(header.trim()) == first)
            || (self.mapping.begins_with_reasons() && is_unmarked())
    }
}

/// Whether somebody has said of such a line, between the rows or below them, that it is none of them: of this file, or
/// once of this line.
pub fn settles_line(mapping: &Mapping, texts: &[String]) -> bool {
    let is_known = |known: &Vec<String>| known.contains(&line_hash(texts));
    mapping.odd_rows.is_some() && mapping.known_lines.as_ref().is_none_or(is_known)
}

/// Of a line that is remembered: more are a row.
const MOST_CELLS: usize = 3;

pub fn line_hash(texts: &[String]) -> String {
    let texts: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    hex::encode(Sha256::digest(texts.join("\u{1F}")))
}
