//! A file becomes rows of cells: what each cell holds and what a person sees
//! in it. Nothing here knows what a contract is.
//!
//! What a file is, is told by its content, never by its name. Whatever is in
//! it, the answer is rows or a [`FileError`]: limits are looked at before
//! anything is allocated, and the reader that holds a whole sheet in memory (XLS)
//! runs in a child process with a memory limit and a deadline.

mod cells;
mod crypt;
mod csv;
mod encoding;
mod errors;
mod file_errors;
mod format;
mod html;
mod legacy;
mod limits;
mod markup;
mod ods;
mod package;
mod relations;
mod runs;
mod sniff;
mod styles;
mod xlsb;
mod xlsx;
mod xmlss;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use crate::domain::cell::Row;
use crate::domain::file::{FileError, FileFault};
use crate::domain::workbook_marks;

pub use legacy::child::{COMMAND as CHILD_COMMAND, serve_child};
pub use runs::Runs;

#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    pub limits: Limits,
    /// The program to start as a child for XLS: this program itself. `None` reads it
    /// in this process, without a memory limit.
    pub child: Option<PathBuf>,
    /// Of text files: the encoding that somebody has named, by its label (`big5`,
    /// `gb18030`, ...). A mark in the file goes before it.
    pub encoding: Option<&'static Encoding>,
}

/// The encoding with this name, as people and web pages call it.
pub fn encoding_named(name: &str) -> Option<&'static Encoding> {
    Encoding::for_label(name.trim().as_bytes())
}

/// What a file may ask for before it is refused as too large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Also for CSV.
    pub max_columns: u32,
    /// Of a sheet; CSV may have as many as a `u32` can count.
    pub max_rows: u32,
    /// Of a sheet, counting the empty cells left of a filled one; also of the
    /// elements of its XML, taking four of them for a cell.
    pub max_cells: u64,
    /// Of one cell of a workbook, as UTF-8.
    pub max_cell_bytes: u64,
    /// Of the text of one row, or one record of a CSV, as UTF-8.
    pub max_row_bytes: u64,
    /// Of one part of a zip once unpacked.
    pub max_part_bytes: u64,
    /// Of what has to be held in memory to read one row (the shared strings).
    pub max_held_bytes: u64,
    pub child_memory_bytes: u64,
    /// How long a child may say nothing before it is ended.
    pub child_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        const MIB: u64 = 1 << 20;
        Self {
            max_columns: 16_384,
            max_rows: 1_048_576,
            max_cells: 50_000_000,
            max_cell_bytes: MIB,
            max_row_bytes: 16 * MIB,
            max_part_bytes: 2048 * MIB,
            max_held_bytes: 768 * MIB,
            child_memory_bytes: 768 * MIB,
            child_seconds: 20,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Csv,
    Xlsx,
    Xls,
    Xlsb,
    Ods,
    /// XML Spreadsheet 2003.
    XmlSpreadsheet,
    Html,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// `None` for CSV.
    pub name: Option<String>,
    pub hidden: bool,
    pub merged: Vec<Merge>,
    /// Whether [`Row::hidden`] means anything: a CSV hides nothing.
    pub hidden_rows_known: bool,
    /// Columns that the program does not show, 0-based: hidden by hand, of no width, or
    /// in a group that is folded. Told for every format; a CSV hides nothing.
    pub hidden_columns: Runs,
    /// Of columns, 0-based, in letters; only XLSX tells them.
    pub widths: Vec<(u32, f64)>,
    /// What people have pinned to cells, in no order; told for workbooks of all kinds, but not for web pages.
    pub comments: Vec<Comment>,
    /// Where a conditional format may strike values through, hide them or show them otherwise: which of them, no
    /// reader works out. Only XLSX tells them.
    pub restyled: Vec<Merge>,
}

/// A comment on a cell: the row is 1-based, the column 0-based.
#[derive(Clone, PartialEq, Eq)]
pub struct Comment {
    pub row: u32,
    pub column: u32,
    pub text: String,
}

/// No `Debug` of the text: somebody's name may stand in it.
impl std::fmt::Debug for Comment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Comment")
            .field("row", &self.row)
            .field("column", &self.column)
            .finish_non_exhaustive()
    }
}

impl Sheet {
    /// Of a sheet with more of them, or with longer ones, the rest is not told.
    const MOST_COMMENTS: usize = 10_000;
    const MOST_LETTERS: usize = 1_000;

    fn add_comment(&mut self, row: u32, column: u32, text: &str) {
        let text: String = text.trim().chars().take(Self::MOST_LETTERS).collect();
        if !text.is_empty() && self.comments.len() < Self::MOST_COMMENTS {
            self.comments.push(Comment { row, column, text });
        }
    }
}

/// Cells merged into one. Rows are 1-based, columns 0-based, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: u32,
    pub last_column: u32,
}

/// A file that was recognised and looked through.
pub struct Workbook {
    path: PathBuf,
    sheets: Vec<Sheet>,
    content: Content,
}

enum Content {
    Csv(csv::Csv),
    Xlsx(Box<xlsx::Xlsx>),
    Ods(ods::Ods),
    Xlsb(Box<xlsb::Xlsb>),
    XmlSpreadsheet(Box<xmlss::XmlSpreadsheet>),
    Html(Box<html::Html>),
    Legacy(legacy::Legacy),
}

type Visit<'a> = dyn FnMut(Row) -> ControlFlow<()> + 'a;

impl Workbook {
    /// Recognises the file and looks through it: the sheets are known, and
    /// what would not fit the limits is refused, before any row is read.
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Self, FileError> {
        let failed = |fault| FileError { path: path.to_owned(), sheet: None, fault };
        let limits = options.limits;
        let (content, sheets) = file_errors::contained(|| {
            Ok(match sniff::kind_of(path, options.encoding.is_some())? {
                Kind::Csv => {
                    let csv = csv::Csv::open(path, options)?;
                    (Content::Csv(csv), vec![Sheet::of_csv()])
                }
                Kind::Xlsx => {
                    let (xlsx, sheets) = xlsx::Xlsx::open(path, limits)?;
                    (Content::Xlsx(Box::new(xlsx)), sheets)
                }
                Kind::Ods => {
                    let (ods, sheets) = ods::Ods::open(path, limits)?;
                    (Content::Ods(ods), sheets)
                }
                Kind::Xlsb => {
                    let (xlsb, sheets) = xlsb::Xlsb::open(path, limits)?;
                    (Content::Xlsb(Box::new(xlsb)), sheets)
                }
                Kind::XmlSpreadsheet => {
                    let (xml, sheets) = xmlss::XmlSpreadsheet::open(path, limits)?;
                    (Content::XmlSpreadsheet(Box::new(xml)), sheets)
                }
                Kind::Html => {
                    let (html, sheets) = html::Html::open(path, options)?;
                    (Content::Html(Box::new(html)), sheets)
                }
                Kind::Xls => {
                    let (legacy, sheets) = legacy::Legacy::open(path, options)?;
                    (Content::Legacy(legacy), sheets)
                }
            })
        })
        .map_err(failed)?;
        Ok(Self { path: path.to_owned(), sheets, content })
    }

    pub fn kind(&self) -> Kind {
        match &self.content {
            Content::Csv(_) => Kind::Csv,
            Content::Xlsx(_) => Kind::Xlsx,
            Content::Ods(_) => Kind::Ods,
            Content::Xlsb(_) => Kind::Xlsb,
            Content::XmlSpreadsheet(_) => Kind::XmlSpreadsheet,
            Content::Html(_) => Kind::Html,
            Content::Legacy(_) => Kind::Xls,
        }
    }

    /// In the file's order; charts and macro sheets are not among them.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The name of the encoding a CSV is in (`UTF-8`, `GB18030`, `UTF-16LE`, ...).
    pub fn encoding(&self) -> Option<&'static str> {
        match &self.content {
            Content::Csv(csv) => Some(csv.encoding_name()),
            _ => None,
        }
    }

    /// What separates the fields of a CSV.
    pub fn delimiter(&self) -> Option<u8> {
        match &self.content {
            Content::Csv(csv) => Some(csv.delimiter()),
            _ => None,
        }
    }

    /// What a workbook of this program says of itself: its custom properties that
    /// begin with `flowbatch` (XLSX only). `flowbatch` itself is its kind.
    pub fn own_properties(&self) -> &[(String, String)] {
        match &self.content {
            Content::Xlsx(xlsx) => xlsx.own_properties(),
            _ => &[],
        }
    }

    /// `report`, `check` or `fix`, if it is one of ours.
    pub fn kind_of_ours(&self) -> Option<&str> {
        self.own_properties()
            .iter()
            .find(|(name, _)| name == workbook_marks::KIND)
            .map(|(_, kind)| kind.as_str())
    }

    /// Hands the rows of one sheet to `visit`, in order, until it breaks.
    /// Rows without any value are left out (their numbers are not given to
    /// others). Each call reads the file again.
    ///
    /// # Errors
    /// `NoSuchSheet` for an index that [`Workbook::sheets`] has not; what
    /// turns out to be wrong with the file while it is read. Rows that were
    /// visited before an error must not be relied on.
    pub fn scan(&self, sheet: usize, visit: &mut dyn FnMut(Row) -> ControlFlow<()>) -> Result<(), FileError> {
        let Some(Sheet { name, .. }) = self.sheets.get(sheet) else {
            return Err(self.no_such_sheet(sheet));
        };
        file_errors::contained_but(visit, |visit| match &self.content {
            Content::Csv(csv) => csv.scan(visit),
            Content::Xlsx(xlsx) => xlsx.scan(sheet, visit),
            Content::Ods(ods) => ods.scan(sheet, visit),
            Content::Xlsb(xlsb) => xlsb.scan(sheet, visit),
            Content::XmlSpreadsheet(xml) => xml.scan(sheet, visit),
            Content::Html(html) => html.scan(visit),
            Content::Legacy(legacy) => legacy.scan(sheet, visit),
        })
        .map_err(|fault| FileError { path: self.path.clone(), sheet: name.clone(), fault })
    }

    fn no_such_sheet(&self, asked: usize) -> FileError {
        let sheets = self.sheets.iter();
        FileError {
            path: self.path.clone(),
            sheet: None,
            fault: FileFault::NoSuchSheet {
                asked: (asked + 1).to_string(),
                sheets: sheets.filter_map(|sheet| sheet.name.clone()).collect(),
            },
        }
    }
}

impl Sheet {
    fn of_csv() -> Self {
        Self { hidden_rows_known: true, ..Self::default() }
    }
}

#[cfg(test)]
mod tests;
