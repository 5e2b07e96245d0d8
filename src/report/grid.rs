//! Rows under a header in a workbook: text only, and on another sheet where one
//! is full.

mod escaped;
mod links;
mod streamed;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::{DocProperties, Format, FormatAlign, Note, Workbook, Worksheet, XlsxError};
use tempfile::NamedTempFile;
use unicode_width::UnicodeWidthStr as _;

use crate::domain::workbook_marks::{ASIDE, JOB, KIND, SANDBOX};
use crate::platform::panics;

use super::cells::{Contents, RowPlace};
use super::excel::{cut, lines_of, may_be_opened, sheet_name};
use super::publish::{Folder, Kind, write_fault};
use super::{ReportError, WriteFault};

pub use links::is_spoilt;
use streamed::Stream;
pub use streamed::StreamedGrid;

/// Of a sheet, its header included.
const MOST_ROWS: u32 = 1_048_576;
/// Of a sheet. Excel drops all of them where there are more than 65,530, and each is kept in
/// memory until the workbook is written; a link beyond these stands there as text.
const MOST_LINKS: u32 = 20_000;
/// Excel becomes slow with more.
const MOST_NOTES: u32 = 5_000;
const MOST_NOTE_UNITS: usize = 4_000;
const MOST_CELL_UNITS: usize = 32_767;

/// A file is a sixth larger than at 6, the usual one, and packed in a quarter of the time; at 3 it is
/// no smaller.
const COMPRESSION: u8 = 2;

/// Points. LibreOffice cuts Chinese letters in the height that Excel takes for them.
pub const LINE_HEIGHT: f64 = 17.0;

/// Pixels of a note, and the letters that fit in its width.
const NOTE_WIDTH: u32 = 260;
const NOTE_LINE: u32 = 18;
const NOTE_LETTERS: usize = 34;

const NARROWEST: usize = 8;
const WIDEST: usize = 42;

/// A workbook on its way into a file of ours.
pub struct Book {
    pub workbook: Workbook,
    /// Where it is to go, for errors.
    pub path: PathBuf,
    /// What stands in red above everything on every sheet.
    pub warning: Option<&'static str>,
    draft: NamedTempFile,
    properties: DocProperties,
    /// Sheets that are no input.
    aside: usize,
    /// What stands in its cells, but for those that a person is to fill in.
    pub contents: Contents,
    /// Names of sheets, lower case.
    names: HashSet<String>,
    /// The rows of sheets that the library has without them, by the sheets' numbers.
    streams: Vec<(usize, Stream)>,
}

impl Book {
    /// With more properties of ours, as (name, value).
    pub fn begin_marked(
        kind: Kind,
        folder: &Folder<'_>,
        marks: &[(String, String)],
    ) -> Result<Self, ReportError> {
        let mut workbook = Workbook::new();
        workbook.set_zip_compression_level(COMPRESSION);
        let mut properties = marks.iter().fold(DocProperties::new(), |properties, (name, value)| {
            properties.set_custom_property(name.as_str(), value.as_str())
        });
        properties = properties.set_custom_property(KIND, kind.property());
        if let Some(job) = folder.job() {
            properties = properties.set_custom_property(JOB, job.0.as_str());
        }
        if folder.is_rehearsal() {
            properties = properties.set_custom_property(SANDBOX, "yes");
        }
        // Not where the system keeps such files: that may be small, or not there.
        workbook.set_tempdir(folder.dir()).map_err(|error| xlsx_fault(folder.dir(), &error))?;
        let (path, draft) = (folder.path(kind), folder.draft()?);
        Ok(Self {
            workbook,
            path,
            warning: None,
            draft,
            properties,
            aside: 0,
            contents: Contents::default(),
            names: HashSet::new(),
            streams: Vec::new(),
        })
    }

    /// Names a sheet like that, as near as Excel allows and no other sheet has it.
    pub fn name_sheet(&mut self, worksheet: &mut Worksheet, wanted: &str) -> Result<String, ReportError> {
        let mut number = 1;
        let mut name = sheet_name(wanted, number);
        while !self.names.insert(name.to_lowercase()) {
            number += 1;
            name = sheet_name(wanted, number);
        }
        worksheet.set_name(&name).map_err(|error| xlsx_fault(&self.path, &error))?;
        Ok(name)
    }

    /// A sheet of that name is for a person only: nobody who reads it as input looks there.
    pub fn set_aside(&mut self, sheet: &str) {
        let name = format!("{ASIDE}{}", self.aside);
        self.aside += 1;
        self.say(&name, sheet);
    }

    /// What the workbook says of itself.
    pub fn say(&mut self, name: &str, value: &str) {
        let properties = std::mem::take(&mut self.properties);
        self.properties = properties.set_custom_property(name, value);
    }

    /// The file, and what stands in its cells.
    pub fn finish(mut self) -> Result<(NamedTempFile, Contents), ReportError> {
        self.workbook.set_properties(&self.properties);
        let Self { mut workbook, draft, path, streams, contents, .. } = self;
        let reopened = || draft.reopen().map_err(|error| write_fault(&path, &error));
        match streams.is_empty() {
            true => {
                let file = reopened()?;
                guarded(&path, || workbook.save_to_writer(file))?;
            }
            false => streamed::put_together(&mut workbook, streams, reopened()?, &path)?,
        }
        Ok((draft, contents))
    }
}

/// What a sheet's columns look like.
#[derive(Clone)]
pub struct Column {
    pub header: String,
    /// Letters, of a width of one.
    pub width: usize,
    /// As its owner has made it.
    pub own_width: Option<f64>,
    /// It is for this program only.
    pub hidden: bool,
    /// Long texts stand in several lines.
    pub wraps: bool,
    /// It stays where it is while the others are scrolled; such columns come first.
    pub frozen: bool,
}

impl Column {
    pub fn new(header: &str) -> Self {
        Self {
            header: header.to_owned(),
            width: header.width(),
            own_width: None,
            hidden: false,
            wraps: false,
            frozen: false,
        }
    }

    /// Letters that stand in one line of it.
    fn letters(&self) -> usize {
        let width = self.own_width.map_or(room_for(self.width), |width| width as usize);
        width.saturating_sub(1)
    }

    /// Wide enough for that value, too, within reason.
    pub fn fit(&mut self, value: &str) {
        self.width = self.width.max(value.lines().map(|line| line.width()).max().unwrap_or(0));
    }
}

/// The width of a column with values of so many letters.
fn room_for(letters: usize) -> usize {
    (letters + 3).clamp(NARROWEST, WIDEST)
}

/// A header and rows, kept on disk while they are written.
pub struct Grid {
    path: PathBuf,
    title: String,
    columns: Vec<Column>,
    header: Format,
    /// Of all its columns: digits that are typed stay as they are.
    text: Format,
    link: Format,
    wrapped: Format,
    /// 0-based.
    header_row: u32,
    full: Vec<Worksheet>,
    sheet: Worksheet,
    next: u32,
    /// The last row has a height of its own, or is hidden.
    has_options: bool,
    links: u32,
    notes: u32,
    /// Of the sheet that is being written.
    name: String,
    contents: Contents,
}

impl Grid {
    pub fn begin(book: &mut Book, title: &str, columns: Vec<Column>) -> Result<Self, ReportError> {
        Self::begin_at(book, title, columns, u32::from(book.warning.is_some()), &[])
    }

    /// With the header in a row further down (0-based), and what stands above it.
    pub fn begin_at(
        book: &mut Book,
        title: &str,
        columns: Vec<Column>,
        header_row: u32,
        above: &[(u32, Vec<String>)],
    ) -> Result<Self, ReportError> {
        let header = Format::new().set_bold().set_background_color(0xD9E1F2).set_num_format("@");
        let text = beside_wrapped(Format::new().set_num_format("@"));
        let link = link_format();
        let sheet = new_sheet(book)?;
        let (path, title) = (book.path.clone(), title.to_owned());
        let wrapped = text.clone().set_text_wrap();
        let mut grid = Self {
            path,
            title,
            columns,
            header,
            text,
            link,
            wrapped,
            header_row,
            full: Vec::new(),
            sheet,
            next: 0,
            has_options: false,
            links: 0,
            notes: 0,
            name: String::new(),
            contents: Contents::default(),
        };
        grid.head(book, above)?;
        Ok(grid)
    }

    fn head(&mut self, book: &mut Book, above: &[(u32, Vec<String>)]) -> Result<(), ReportError> {
        self.name = book.name_sheet(&mut self.sheet, &self.title)?;
        self.note_head(book.warning, above);
        guarded(&self.path, || {
            for (column, Column { width, own_width, hidden, wraps, .. }) in (0_u16..).zip(&self.columns) {
                let width = u32::try_from(room_for(*width)).unwrap_or(0);
                self.sheet.set_column_width(column, own_width.unwrap_or(width.into()))?;
                self.sheet.set_column_format(column, if *wraps { &self.wrapped } else { &self.text })?;
                if *hidden {
                    self.sheet.set_column_hidden(column)?;
                }
            }
            if let Some(warning) = book.warning {
                self.sheet.write_string_with_format(0, 0, warning, &red())?;
            }
            for (row, cells) in above {
                for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                    self.sheet.write_string(*row, column, cut(cell, MOST_CELL_UNITS))?;
                }
            }
            for (column, Column { header, .. }) in (0_u16..).zip(&self.columns) {
                let header = cut(header, MOST_CELL_UNITS);
                self.sheet.write_string_with_format(self.header_row, column, header, &self.header)?;
            }
            let frozen = self.columns.iter().take_while(|column| column.frozen).count();
            self.sheet.set_freeze_panes(self.header_row + 1, u16::try_from(frozen).unwrap_or(0))?;
            self.sheet.set_default_row_height(LINE_HEIGHT);
            let sheet = self.sheet.set_landscape().set_print_fit_to_pages(1, 0);
            sheet.set_repeat_rows(self.header_row, self.header_row)?;
            Ok(())
        })?;
        self.next = self.header_row + 1;
        Ok(())
    }

    fn note_head(&mut self, warning: Option<&str>, above: &[(u32, Vec<String>)]) {
        let (name, contents) = (&self.name, &mut self.contents);
        if let Some(warning) = warning {
            contents.add(name, 0, 0, warning);
        }
        for (row, cells) in above {
            cells.iter().enumerate().for_each(|(column, cell)| contents.add(name, *row, column, cell));
        }
        for (column, own) in self.columns.iter().enumerate() {
            contents.add(name, self.header_row, column, cut(&own.header, MOST_CELL_UNITS));
        }
    }

    /// Begins the row with that number (0-based) where it is still ahead, else
    /// the next one.
    pub fn row_at(&mut self, book: &mut Book, number: u32) -> Result<RowOf<'_>, ReportError> {
        if number < MOST_ROWS && self.full.is_empty() {
            self.next = self.next.max(number);
        }
        self.row(book)
    }

    /// Begins the next row.
    pub fn row(&mut self, book: &mut Book) -> Result<RowOf<'_>, ReportError> {
        if self.next == MOST_ROWS {
            let fresh = new_sheet(book)?;
            self.close()?;
            self.full.push(std::mem::replace(&mut self.sheet, fresh));
            (self.links, self.notes) = (0, 0);
            self.head(book, &[])?;
        }
        let number = self.next;
        self.next += 1;
        self.has_options = false;
        let place = RowPlace::new(&self.name, number);
        Ok(RowOf { grid: self, number, place, lines: 1 })
    }

    fn close(&mut self) -> Result<(), ReportError> {
        let last_column = u16::try_from(self.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
        let last_row = self.next.saturating_sub(1);
        guarded(&self.path, || {
            // The library writes the last row once more, empty, where it has options of its own; a sheet
            // with two rows of one number is damaged.
            if self.has_options && self.next < MOST_ROWS {
                self.sheet.write_blank(self.next, 0, &self.text)?;
            }
            self.sheet.autofilter(self.header_row, 0, last_row.max(self.header_row), last_column)?;
            // Digits as text are meant: no green corners.
            self.sheet.ignore_error_range(
                0,
                0,
                last_row,
                last_column,
                rust_xlsxwriter::IgnoreError::NumberStoredAsText,
            )?;
            Ok(())
        })
    }

    /// No row was written.
    pub fn is_empty(&self) -> bool {
        self.next <= self.header_row + 1 && self.full.is_empty()
    }

    /// Its sheets, in order.
    pub fn finish(mut self, book: &mut Book) -> Result<Vec<Worksheet>, ReportError> {
        self.close()?;
        book.contents.join(self.contents);
        self.full.push(self.sheet);
        Ok(self.full)
    }
}

/// Where one cell of a row has several lines, the others stand beside their middle.
pub fn beside_wrapped(format: Format) -> Format {
    format.set_align(FormatAlign::VerticalCenter)
}

fn link_format() -> Format {
    beside_wrapped(Format::new().set_hyperlink())
}

/// How a warning stands above a sheet.
pub fn red() -> Format {
    Format::new().set_bold().set_font_color(0xC00000)
}

fn new_sheet(book: &mut Book) -> Result<Worksheet, ReportError> {
    book.workbook.new_worksheet_with_constant_memory().map_err(|error| xlsx_fault(&book.path, &error))
}

/// One row of a grid, to be filled.
pub struct RowOf<'g> {
    grid: &'g mut Grid,
    number: u32,
    place: RowPlace,
    /// It is so high.
    lines: usize,
}

impl RowOf<'_> {
    pub fn text(&mut self, column: usize, value: &str) -> Result<(), ReportError> {
        self.note_contents(column, value);
        self.put(column, |sheet, row, column| {
            sheet.write_string(row, column, cut(value, MOST_CELL_UNITS)).map(drop)
        })
    }

    /// Over several lines where it is long; the row is made as high as that.
    pub fn wrapped(&mut self, column: usize, value: &str) -> Result<(), ReportError> {
        let own = self.grid.columns.get(column);
        let lines = own.map_or(1, |own| lines_of(value, own.letters()));
        let wraps = own.is_some_and(|own| own.wraps);
        if lines > self.lines {
            self.lines = lines;
            let (number, height) = (self.number, LINE_HEIGHT * lines as f64);
            self.grid.has_options = true;
            guarded(&self.grid.path, || self.grid.sheet.set_row_height(number, height).map(drop))?;
        }
        if wraps {
            return self.text(column, value);
        }
        let wrapped = self.grid.wrapped.clone();
        self.styled(column, value, &wrapped)
    }

    /// As it was in the input.
    pub fn hide(&mut self) -> Result<(), ReportError> {
        let number = self.number;
        self.grid.has_options = true;
        guarded(&self.grid.path, || self.grid.sheet.set_row_hidden(number).map(drop))
    }

    pub fn styled(&mut self, column: usize, value: &str, format: &Format) -> Result<(), ReportError> {
        self.note_contents(column, value);
        let value = cut(value, MOST_CELL_UNITS);
        self.put(column, |sheet, row, column| {
            sheet.write_string_with_format(row, column, value, format).map(drop)
        })
    }

    /// A link where it is one that may be opened and Excel takes it; else its text.
    pub fn link(&mut self, column: usize, url: &str) -> Result<(), ReportError> {
        if self.grid.links == MOST_LINKS || !may_be_opened(url) || is_spoilt(url) {
            return self.text(column, url);
        }
        self.grid.links += 1;
        self.note_contents(column, url);
        let link = self.grid.link.clone();
        self.put(column, |sheet, row, column| sheet.write_url_with_format(row, column, url, &link).map(drop))
    }

    pub fn note(&mut self, column: usize, text: &str) -> Result<(), ReportError> {
        if self.grid.notes == MOST_NOTES {
            return Ok(());
        }
        self.grid.notes += 1;
        let text = cut(text, MOST_NOTE_UNITS);
        let lines = text.lines().map(|line| line.width() / NOTE_LETTERS + 1).sum::<usize>().clamp(3, 20);
        let height = NOTE_LINE * u32::try_from(lines).unwrap_or(3);
        let note = Note::new(text).add_author_prefix(false).set_width(NOTE_WIDTH).set_height(height);
        self.put(column, |sheet, row, column| sheet.insert_note(row, column, &note).map(drop))
    }

    /// What a person fills in.
    pub fn tick(&mut self, column: usize, value: &str, format: &Format) -> Result<(), ReportError> {
        self.put(column, |sheet, row, column| {
            sheet.write_string_with_format(row, column, value, format).map(drop)
        })
    }

    fn note_contents(&mut self, column: usize, value: &str) {
        let grid = &mut *self.grid;
        grid.contents.add_in(&self.place, column, cut(value, MOST_CELL_UNITS));
    }

    fn put(
        &mut self,
        column: usize,
        put: impl FnOnce(&mut Worksheet, u32, u16) -> Result<(), XlsxError>,
    ) -> Result<(), ReportError> {
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        guarded(&self.grid.path, || put(&mut self.grid.sheet, self.number, column))
    }
}

/// The writer of workbooks panics where its temporary file cannot be written,
/// which a full disk is enough for.
pub fn guarded<T>(path: &Path, write: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, ReportError> {
    match panics::silenced(write) {
        Ok(written) => written.map_err(|error| xlsx_fault(path, &error)),
        Err(panic) => {
            let said = panic.downcast_ref::<String>().map(String::as_str).unwrap_or_default();
            let full = said.contains("StorageFull") || said.contains("QuotaExceeded");
            let fault = if full { WriteFault::DiskFull } else { WriteFault::Io("temporary file".to_owned()) };
            Err(ReportError::Write { path: path.parent().unwrap_or(path).to_owned(), fault })
        }
    }
}

fn xlsx_fault(path: &Path, error: &XlsxError) -> ReportError {
    let io = match error {
        XlsxError::IoError(error) => Some((path, error)),
        XlsxError::TempFileError(dir, error) => Some((dir.as_path(), error)),
        XlsxError::ZipError(zip) => {
            std::error::Error::source(zip).and_then(|source| source.downcast_ref()).map(|error| (path, error))
        }
        _ => None,
    };
    match (io, error) {
        (Some((path, error)), _) => write_fault(path, error),
        (None, XlsxError::RowColumnLimitError) => {
            ReportError::Write { path: path.to_owned(), fault: WriteFault::TooWide }
        }
        (None, error) => {
            ReportError::Write { path: path.to_owned(), fault: WriteFault::Io(error.to_string()) }
        }
    }
}
