//! What a child says to its parent: frames of JSON, each behind its length as
//! four bytes, little-endian.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::domain::cell::{Cell, Mark, Row, Shown, Struck, Value};
use crate::domain::file::FileFault;
use crate::table::file_errors::{damaged, too_large};
use crate::table::{Comment, Merge, Runs, Sheet};

const MAX_FRAME: u32 = 256 << 20;

#[derive(Serialize, Deserialize)]
pub enum Frame {
    Sheet(SheetFrame),
    Row {
        number: u32,
        hidden: bool,
        cells: Vec<(Content, Look)>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        marks: Vec<(u32, MarkFrame)>,
    },
    Done,
    Fault(Fault),
}

#[derive(Serialize, Deserialize)]
pub struct SheetFrame {
    name: String,
    hidden: bool,
    merged: Vec<(u32, u32, u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    comments: Vec<(u32, u32, String)>,
}

/// Struck in part, struck as a whole, an unseen zero, a number of 1904, white.
type MarkFrame = (bool, bool, bool, bool, bool);

#[derive(Serialize, Deserialize)]
pub enum Content {
    Empty,
    Text(String),
    Number(f64),
    Bool(bool),
    DateTime(String),
    Time(String),
    Error(String),
    Uncached,
    Picture,
}

#[derive(Serialize, Deserialize)]
pub enum Look {
    Same,
    As(String),
    Unknown(String),
}

#[derive(Serialize, Deserialize)]
pub enum Fault {
    NotFound,
    NoPermission,
    Locked,
    PasswordProtected,
    Io(String),
    Damaged(String),
    TooLarge { what: String, found: u64, limit: u64 },
}

impl Frame {
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let bytes = serde_json::to_vec(self)?;
        let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidData)?;
        out.write_all(&length.to_le_bytes())?;
        out.write_all(&bytes)
    }

    /// `None` where the child stopped speaking.
    pub fn read(input: &mut impl Read) -> Option<Self> {
        let mut length = [0; 4];
        input.read_exact(&mut length).ok()?;
        let length = u32::from_le_bytes(length);
        if length > MAX_FRAME {
            return None;
        }
        let mut bytes = Vec::new();
        input.take(length.into()).read_to_end(&mut bytes).ok()?;
        serde_json::from_slice(&bytes).ok()
    }
}

impl From<&Sheet> for Frame {
    fn from(sheet: &Sheet) -> Self {
        let merged = sheet.merged.iter();
        Self::Sheet(SheetFrame {
            name: sheet.name.clone().unwrap_or_default(),
            hidden: sheet.hidden,
            merged: merged
                .map(|merge| (merge.first_row, merge.last_row, merge.first_column, merge.last_column))
                .collect(),
            hidden_columns: sheet.hidden_columns.iter().collect(),
            comments: sheet.comments.iter().map(|own| (own.row, own.column, own.text.clone())).collect(),
        })
    }
}

impl From<SheetFrame> for Sheet {
    fn from(frame: SheetFrame) -> Self {
        let mut hidden_columns = Runs::default();
        for (first, end) in frame.hidden_columns {
            hidden_columns.add_all(first, end);
        }
        let merged = frame.merged.into_iter();
        let comments = frame.comments.into_iter();
        Self {
            comments: comments.map(|(row, column, text)| Comment { row, column, text }).collect(),
            name: Some(frame.name),
            hidden: frame.hidden,
            hidden_rows_known: true,
            hidden_columns,
            merged: merged
                .map(|(first_row, last_row, first_column, last_column)| Merge {
                    first_row,
                    last_row,
                    first_column,
                    last_column,
                })
                .collect(),
            ..Self::default()
        }
    }
}

impl From<Row> for Frame {
    fn from(row: Row) -> Self {
        let cells = row.cells.into_iter();
        Self::Row {
            number: row.number,
            hidden: row.hidden,
            cells: cells.map(|cell| (cell.value.into(), cell.shown.into())).collect(),
            marks: row.marks.into_iter().map(|(column, mark)| (column, frame_of(mark))).collect(),
        }
    }
}

fn frame_of(mark: Mark) -> MarkFrame {
    (mark.struck == Struck::Part, mark.struck == Struck::Whole, mark.unseen_zero, mark.from_1904, mark.white)
}

pub fn mark((part, whole, unseen_zero, from_1904, white): MarkFrame) -> Mark {
    let struck = match (part, whole) {
        (_, true) => Struck::Whole,
        (true, false) => Struck::Part,
        (false, false) => Struck::No,
    };
    // What is covered is found where the rows are put together.
    Mark { struck, unseen_zero, from_1904, white, covered: false }
}

pub fn cell((content, look): (Content, Look)) -> Cell {
    Cell { value: content.into(), shown: look.into() }
}

impl From<Value> for Content {
    fn from(value: Value) -> Self {
        match value {
            Value::Empty => Self::Empty,
            Value::Text(text) => Self::Text(text.into()),
            Value::Number(number) => Self::Number(number),
            Value::Bool(value) => Self::Bool(value),
            Value::DateTime(at) => Self::DateTime(at.to_string()),
            Value::Time(text) => Self::Time(text),
            Value::Error(text) => Self::Error(text),
            Value::Uncached => Self::Uncached,
            Value::Picture => Self::Picture,
        }
    }
}

impl From<Content> for Value {
    fn from(content: Content) -> Self {
        match content {
            Content::Empty => Self::Empty,
            Content::Text(text) => Self::Text(text.into()),
            Content::Number(number) => Self::Number(number),
            Content::Bool(value) => Self::Bool(value),
            Content::DateTime(at) => match at.parse() {
                Ok(at) => Self::DateTime(at),
                Err(_) => Self::Text(at.into()),
            },
            Content::Time(text) => Self::Time(text),
            Content::Error(text) => Self::Error(text),
            Content::Uncached => Self::Uncached,
            Content::Picture => Self::Picture,
        }
    }
}

impl From<Shown> for Look {
    fn from(shown: Shown) -> Self {
        match shown {
            Shown::Same => Self::Same,
            Shown::As(text) => Self::As(text),
            Shown::Unknown { format } => Self::Unknown(format),
        }
    }
}

impl From<Look> for Shown {
    fn from(look: Look) -> Self {
        match look {
            Look::Same => Self::Same,
            Look::As(text) => Self::As(text),
            Look::Unknown(format) => Self::Unknown { format },
        }
    }
}

impl From<&FileFault> for Fault {
    fn from(fault: &FileFault) -> Self {
        match fault {
            FileFault::NotFound => Self::NotFound,
            FileFault::NoPermission => Self::NoPermission,
            FileFault::Locked => Self::Locked,
            FileFault::PasswordProtected => Self::PasswordProtected,
            FileFault::Io(reason) => Self::Io(reason.clone()),
            FileFault::Damaged { detail } => Self::Damaged(detail.clone()),
            FileFault::TooLarge { what, found, limit } => {
                Self::TooLarge { what: (*what).to_owned(), found: *found, limit: *limit }
            }
            // No reader of a child says anything else.
            other => Self::Damaged(other.code().to_owned()),
        }
    }
}

impl From<Fault> for FileFault {
    fn from(fault: Fault) -> Self {
        const WHATS: [&str; 7] = ["columns", "rows", "cells", "bytes", "cell", "line", "memory"];
        match fault {
            Fault::NotFound => Self::NotFound,
            Fault::NoPermission => Self::NoPermission,
            Fault::Locked => Self::Locked,
            Fault::PasswordProtected => Self::PasswordProtected,
            Fault::Io(reason) => Self::Io(reason),
            Fault::Damaged(detail) => damaged(detail),
            Fault::TooLarge { what, found, limit } => {
                let what = WHATS.into_iter().find(|known| *known == what);
                too_large(what.unwrap_or("memory"), found, limit)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(row: &Row) -> Row {
        let mut bytes = Vec::new();
        Frame::from(row.clone()).write(&mut bytes).unwrap();
        match Frame::read(&mut bytes.as_slice()) {
            Some(Frame::Row { number, hidden, cells, marks }) => Row {
                number,
                hidden,
                cells: cells.into_iter().map(cell).collect(),
                marks: marks.into_iter().map(|(column, frame)| (column, mark(frame))).collect(),
            },
            _ => panic!("not a row"),
        }
    }

    #[test]
    fn a_row_arrives_as_it_was() {
        let values = [
            Value::Empty,
            Value::Text("张三\n\"x\"".into()),
            Value::Number(0.1 + 0.2),
            Value::Bool(true),
            Value::DateTime(jiff::civil::date(2026, 1, 31).at(8, 0, 0, 5_000_000)),
            Value::Time("36:00:00".to_owned()),
            Value::Error("#N/A".to_owned()),
            Value::Uncached,
            Value::Picture,
        ];
        let mut cells: Vec<Cell> = values.into_iter().map(Cell::of).collect();
        cells[2].shown = Shown::As("0.30".to_owned());
        cells[4].shown = Shown::Unknown { format: "d-mmm".to_owned() };
        let marks = [
            (0, Mark { struck: Struck::Part, ..Mark::default() }),
            (3, Mark { struck: Struck::Whole, from_1904: true, ..Mark::default() }),
            (9, Mark { unseen_zero: true, ..Mark::default() }),
        ];
        let row = Row { number: 7, hidden: true, cells, marks: marks.into() };
        let arrived = sent(&row);
        assert!(arrived.cells == row.cells);
        assert_eq!(arrived.marks, row.marks);
        assert_eq!((arrived.number, arrived.hidden), (7, true));
    }

    #[test]
    fn what_is_no_frame_is_the_end() {
        let mut huge = u32::MAX.to_le_bytes().to_vec();
        huge.extend([b'x'; 100]);
        assert!(Frame::read(&mut huge.as_slice()).is_none());
        assert!(Frame::read(&mut [9, 0, 0, 0, b'{'].as_slice()).is_none());
        assert!(Frame::read(&mut [].as_slice()).is_none());
    }
}
