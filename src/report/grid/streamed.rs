//! A grid whose rows are written and packed as they come.
//!
//! rust_xlsxwriter keeps the cells of a row in maps, writes its sheet to a temporary file, and packs that
//! file when all of the workbook is there. The rows of a report are most of it, so they are
//! written here, as the library would write them, and packed at once. All else is the library's:
//! what stands on the sheet before the rows, with the numbers of the styles, comes from a small
//! workbook of the same kind, and what stands behind them from the same sheet without its rows.

use std::fs::File;
use std::io::{BufWriter, Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::escaped::push_text;
use super::links::Links;
use super::{
    Book, COMPRESSION, Column, Grid, LINE_HEIGHT, MOST_CELL_UNITS, MOST_LINKS, MOST_ROWS, RowOf, guarded,
    link_format, new_sheet, xlsx_fault,
};
use crate::domain::cell::column_letters;
use crate::report::excel::{cut, lines_of, may_be_opened};
use crate::report::publish::{Folder, Kind, write_fault};
use crate::report::{ReportError, WriteFault};

/// Bytes that are gathered before they are packed.
const TOGETHER: usize = 64 * 1024;
/// What the cells hold that show how the library writes one.
const SPECIMEN: &str = "x";
const ROWS_END: &str = "</sheetData>";
/// Links stand before these.
const BEHIND_LINKS: [&str; 2] = ["<printOptions", "<pageMargins"];

/// How the library writes such a sheet.
struct Frame {
    /// All before the first row of values, without the range of the cells that stands between.
    head: (String, String),
    /// The attributes of a row that is one line high.
    row: String,
    /// For each column, what stands before the row's number in a cell.
    places: Vec<String>,
    /// Its columns in letters.
    letters: Vec<String>,
    /// For each column, what stands between the row's number and the value.
    plain: Vec<String>,
    /// The same for each style.
    styled: Vec<String>,
}

impl Frame {
    /// Asks the library with a workbook of one row of values and one of styles.
    fn ask(
        like: &Book,
        folder: &Folder<'_>,
        title: &str,
        columns: &[Column],
        styles: &[Format],
    ) -> Result<Self, ReportError> {
        let mut book = Book::begin_marked(Kind::Report, folder, &[])?;
        book.warning = like.warning;
        let mut grid = Grid::begin(&mut book, title, columns.to_vec())?;
        let first = grid.next;
        guarded(&book.path, || {
            for (column, _) in (0_u16..).zip(columns) {
                grid.sheet.write_string(first, column, SPECIMEN)?;
            }
            show_styles(&mut grid.sheet, first + 1, styles)
        })?;
        // The sheet that is opened first looks otherwise, and this one is not.
        book.workbook.push_worksheet(Worksheet::new());
        for worksheet in grid.finish(&mut book)? {
            book.workbook.push_worksheet(worksheet);
        }
        let packed = guarded(&book.path, || book.workbook.save_to_buffer())?;
        let read = || -> ZipResult<String> { sheet_of(&mut ZipArchive::new(Cursor::new(packed))?, 2) };
        let xml = read().map_err(|error| zip_fault(&book.path, error))?;
        Self::of(&xml, first).ok_or_else(|| ReportError::Write {
            path: book.path,
            fault: WriteFault::Io("the library writes sheets in an unknown form".to_owned()),
        })
    }

    /// `xml`: a sheet with a cell for each column in the row `first` (0-based), and one for each
    /// style in the next.
    fn of(xml: &str, first: u32) -> Option<Self> {
        let begin = |row: u32| format!("<row r=\"{}\"", row + 1);
        let (head, rows) = xml.split_once(&begin(first))?;
        let (before, head) = head.split_once("<dimension ref=\"")?;
        let (_, after) = head.split_once('"')?;
        let (plain, styled) = rows.split_once(&begin(first + 1))?;
        let (row, plain) = plain.split_once('>')?;
        let end = format!(">{SPECIMEN}</t>");
        let cells = |row: &str| -> Option<Vec<String>> {
            let cells = row.split("<c r=\"").skip(1);
            cells.map(|cell| cell.get(cell.find('"')?..cell.find(&end)?).map(str::to_owned)).collect()
        };
        let plain = cells(plain)?;
        let letters: Vec<String> = (0..plain.len()).map(column_letters).collect();
        Some(Self {
            head: (format!("{before}<dimension ref=\""), format!("\"{after}")),
            row: row.to_owned(),
            places: letters.iter().map(|letters| format!("<c r=\"{letters}")).collect(),
            letters,
            plain,
            styled: cells(styled)?,
        })
    }
}

/// A cell of each style: by it a workbook gives the styles their numbers.
fn show_styles(sheet: &mut Worksheet, row: u32, styles: &[Format]) -> Result<(), XlsxError> {
    for (column, style) in (0_u16..).zip(styles) {
        sheet.write_string_with_format(row, column, SPECIMEN, style)?;
    }
    Ok(())
}

/// A header and rows, packed while they are written.
pub struct StreamedGrid {
    /// The same without its rows.
    grid: Grid,
    frame: Arc<Frame>,
    /// Where the packed rows are kept.
    dir: PathBuf,
    /// Rows that are still to come.
    left: u64,
    full: Vec<Stream>,
    stream: Stream,
}

impl StreamedGrid {
    /// `styles`: of cells that do not look like their column. `rows`: how many there will be.
    pub fn begin(
        book: &mut Book,
        folder: &Folder<'_>,
        title: &str,
        columns: Vec<Column>,
        styles: Vec<Format>,
        rows: u64,
    ) -> Result<Self, ReportError> {
        let styles: Vec<Format> = styles.into_iter().chain([link_format()]).collect();
        let frame = Frame::ask(book, folder, title, &columns, &styles)?;
        let grid = Grid::begin(book, title, columns)?;
        let mut unused = new_sheet(book)?;
        guarded(&book.path, || show_styles(&mut unused, 0, &styles))?;
        let frame = Arc::new(frame);
        let dir = folder.dir().to_owned();
        let stream = Stream::begin(&frame, &dir, &grid, rows)?;
        Ok(Self { grid, frame, dir, left: rows, full: Vec::new(), stream })
    }

    /// Begins the next row.
    pub fn row(&mut self, book: &mut Book) -> Result<StreamedRow<'_>, ReportError> {
        let is_full = self.grid.next == MOST_ROWS;
        let row = self.grid.row(book)?;
        if is_full {
            let fresh = Stream::begin(&self.frame, &self.dir, row.grid, self.left)?;
            self.full.push(std::mem::replace(&mut self.stream, fresh));
        }
        self.left = self.left.saturating_sub(1);
        let number = (row.number + 1).to_string();
        Ok(StreamedRow { row, frame: &self.frame, stream: &mut self.stream, number })
    }

    /// Its sheets in order, which are the next ones of the workbook.
    pub fn finish(self, book: &mut Book) -> Result<Vec<Worksheet>, ReportError> {
        let first = book.workbook.worksheets().len() + 1;
        let streams = self.full.into_iter().chain([self.stream]);
        book.streams.extend((first..).zip(streams));
        self.grid.finish(book)
    }
}

/// One row of a streamed grid, to be filled from left to right.
pub struct StreamedRow<'g> {
    row: RowOf<'g>,
    frame: &'g Frame,
    stream: &'g mut Stream,
    /// As the sheet counts it.
    number: String,
}

impl StreamedRow<'_> {
    /// Over several lines where the column wraps.
    pub fn text(&mut self, column: usize, value: &str) {
        if let Some(own) = self.row.grid.columns.get(column).filter(|own| own.wraps) {
            self.row.lines = self.row.lines.max(lines_of(value, own.letters()));
        }
        let frame = self.frame;
        self.put(column, value, frame.plain.get(column));
    }

    /// `style`: the place among the styles of the grid.
    pub fn styled(&mut self, column: usize, value: &str, style: usize) {
        let frame = self.frame;
        self.put(column, value, frame.styled.get(style));
    }

    /// A link where it is one that may be opened and Excel takes it; else its text.
    pub fn link(&mut self, column: usize, url: &str) {
        let frame = self.frame;
        let letters = frame.letters.get(column).filter(|_| self.row.grid.links < MOST_LINKS);
        let Some(letters) = letters.filter(|_| may_be_opened(url)) else { return self.text(column, url) };
        self.put(column, url, frame.styled.last());
        self.row.grid.links += 1;
        self.stream.links.add(letters, &self.number, url);
    }

    fn put(&mut self, column: usize, value: &str, style: Option<&String>) {
        self.row.note_contents(column, value);
        let (Some(place), Some(style)) = (self.frame.places.get(column), style) else { return };
        if value.is_empty() {
            return;
        }
        let cells = &mut self.stream.cells;
        for part in [place, &self.number, style] {
            cells.extend_from_slice(part.as_bytes());
        }
        push_text(cells, cut(value, MOST_CELL_UNITS));
        cells.extend_from_slice(b"</t></is></c>");
    }

    /// Packs it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn end(self) -> Result<(), ReportError> {
        let Self { row, frame, stream, number } = self;
        match row.lines {
            1 => stream.add_row(&number, &frame.row),
            lines => stream.add_row(&number, &height(lines)),
        }
    }
}

/// The attributes of a row with so many lines; the library counts in pixels.
fn height(lines: usize) -> String {
    let pixels = (LINE_HEIGHT * lines as f64 * 4.0 / 3.0).round();
    format!(" ht=\"{}\" customHeight=\"1\"", pixels * 0.75)
}

/// The rows of one sheet on their way into a file without a name.
pub struct Stream {
    zip: ZipWriter<BufWriter<File>>,
    /// The cells of the row that is being written.
    cells: Vec<u8>,
    /// What is still to be packed.
    xml: Vec<u8>,
    links: Links,
    /// Where the workbook is to go, for errors.
    path: PathBuf,
}

impl Stream {
    fn begin(frame: &Frame, dir: &Path, grid: &Grid, rows: u64) -> Result<Self, ReportError> {
        let last = u64::from(grid.header_row + 1).saturating_add(rows).min(MOST_ROWS.into());
        let corner = column_letters(frame.places.len().saturating_sub(1));
        let begin = || -> ZipResult<ZipWriter<BufWriter<File>>> {
            let file = BufWriter::with_capacity(TOGETHER, tempfile::tempfile_in(dir)?);
            let mut zip = ZipWriter::new(file);
            zip.start_file("sheet.xml", packed())?;
            let (before, after) = &frame.head;
            write!(zip, "{before}A1:{corner}{last}{after}")?;
            Ok(zip)
        };
        let zip = begin().map_err(|error| zip_fault(&grid.path, error))?;
        let (cells, xml) = (Vec::new(), Vec::with_capacity(2 * TOGETHER));
        Ok(Self { zip, cells, xml, links: Links::default(), path: grid.path.clone() })
    }

    fn add_row(&mut self, number: &str, attributes: &str) -> Result<(), ReportError> {
        for part in
            [b"<row r=\"", number.as_bytes(), b"\"", attributes.as_bytes(), b">", &self.cells, b"</row>"]
        {
            self.xml.extend_from_slice(part);
        }
        self.cells.clear();
        if self.xml.len() < TOGETHER {
            return Ok(());
        }
        let packed = self.zip.write_all(&self.xml);
        self.xml.clear();
        packed.map_err(|error| write_fault(&self.path, &error))
    }

    /// `foot`: what stands behind the rows, without links.
    fn end(mut self, foot: &str) -> ZipResult<(ZipArchive<File>, Links)> {
        let behind = BEHIND_LINKS.into_iter().filter_map(|part| foot.find(part)).min();
        let (before, behind) = behind.and_then(|at| foot.split_at_checked(at)).unwrap_or((foot, ""));
        self.zip.write_all(&self.xml)?;
        for part in [before, &self.links.element(), behind] {
            self.zip.write_all(part.as_bytes())?;
        }
        let file = self.zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        Ok((ZipArchive::new(file)?, self.links))
    }
}

/// Writes a workbook with sheets whose rows are in the streams (by the sheets' numbers, from 1).
pub fn put_together(
    workbook: &mut Workbook,
    streams: Vec<(usize, Stream)>,
    to: File,
    path: &Path,
) -> Result<(), ReportError> {
    let dir = path.parent().unwrap_or(path);
    let own = tempfile::tempfile_in(dir).map_err(|error| write_fault(dir, &error))?;
    guarded(path, || workbook.save_to_writer(&own))?;
    let put = || -> ZipResult<()> {
        let mut own = ZipArchive::new(own)?;
        let (mut sheets, mut lead) = (Vec::new(), Vec::new());
        for (number, stream) in streams {
            let xml = sheet_of(&mut own, number)?;
            let foot = xml.find(ROWS_END).and_then(|at| xml.get(at..));
            let foot = foot.ok_or_else(|| ZipError::Io(std::io::Error::other("a sheet without an end")))?;
            let (rows, links) = stream.end(foot)?;
            sheets.push((sheet_name(number), rows));
            lead.push((number, links));
        }
        let mut all = ZipWriter::new(BufWriter::with_capacity(TOGETHER, to));
        for index in 0..own.len() {
            let part = own.by_index_raw(index)?;
            let name = part.name()?.into_owned();
            match sheets.iter_mut().find(|(sheet, _)| *sheet == name) {
                Some((_, rows)) => all.raw_copy_file_rename(rows.by_index_raw(0)?, name)?,
                None => all.raw_copy_file(part)?,
            }
        }
        for (number, links) in lead.iter().filter(|(_, links)| !links.is_empty()) {
            all.start_file(format!("xl/worksheets/_rels/sheet{number}.xml.rels"), packed())?;
            links.part().iter().try_for_each(|part| all.write_all(part.as_bytes()))?;
        }
        Ok(all.finish()?.flush()?)
    };
    put().map_err(|error| zip_fault(path, error))
}

fn packed() -> SimpleFileOptions {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    options.compression_level(Some(COMPRESSION.into()))
}

fn sheet_name(number: usize) -> String {
    format!("xl/worksheets/sheet{number}.xml")
}

fn sheet_of<R: std::io::Read + std::io::Seek>(
    archive: &mut ZipArchive<R>,
    number: usize,
) -> ZipResult<String> {
    let mut xml = String::new();
    archive.by_name(&sheet_name(number))?.read_to_string(&mut xml)?;
    Ok(xml)
}

fn zip_fault(path: &Path, error: ZipError) -> ReportError {
    xlsx_fault(path, &XlsxError::from(error))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::report::ownership::Owner;

    const VALUES: [&str; 16] = [
        "张三", "", "a & b < c > d \"e\" 'f'", "_x0041_", "_x004G_", "_x0041__x0042_", "_x", "_x00",
        "\u{1}\u{b}", "多\r\n行\n文", " 前", "后\n", "\t", "\u{FFFE}一\u{FFFF}", "\u{FEFF}二", "=1+1",
    ];

    fn columns() -> Vec<Column> {
        let mut columns: Vec<Column> = (0..30).map(|number| Column::new(&format!("列{number}"))).collect();
        columns[2].wraps = true;
        columns[3].hidden = true;
        columns
    }

    fn styles() -> Vec<Format> {
        [0x00AA_0000, 0x0000_AA00].map(|colour| Format::new().set_background_color(colour)).into()
    }

    fn rows() -> Vec<Vec<String>> {
        let long = "长".repeat(40_000);
        let shifted = (0..VALUES.len()).map(|by| {
            let values = VALUES.iter().cycle().skip(by).take(28);
            values.map(|value| (*value).to_owned()).chain([long.clone(), "末".to_owned()]).collect()
        });
        shifted.collect()
    }

    fn link(row: usize) -> String {
        let links = [
            "https://a.cn/?a=1&b=2", "https://a.cn@b.cn", "", "https://a.cn/#/p?q=[1]&r={2}",
            "https://a.cn/^[1]{2}%", "https://a.cn/%5B1]%", "https://a.cn/%5b%E5%BC%A0#%",
            "https://a.cn/张三#", "https://a.cn/#a#b",
        ];
        links[row % links.len()].to_owned()
    }

    /// The parts of a workbook by their names, and what stands in its cells.
    fn parts(book: Book, warning: Option<&str>) -> (BTreeMap<String, String>, [u8; 32]) {
        assert_eq!(book.warning, warning);
        let (draft, contents) = book.finish().unwrap();
        let mut archive = ZipArchive::new(draft.reopen().unwrap()).unwrap();
        let parts = (0..archive.len()).map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            (part.name().unwrap().into_owned(), text)
        });
        (parts.filter(|(name, _)| name != "docProps/core.xml").collect(), contents.note())
    }

    fn by_library(
        folder: &Folder<'_>,
        warning: Option<&'static str>,
    ) -> (BTreeMap<String, String>, [u8; 32]) {
        let mut book = Book::begin_marked(Kind::Report, folder, &[]).unwrap();
        book.warning = warning;
        let mut grid = Grid::begin(&mut book, "明细", columns()).unwrap();
        let mut unused = new_sheet(&mut book).unwrap();
        let all: Vec<Format> = styles().into_iter().chain([link_format()]).collect();
        show_styles(&mut unused, 0, &all).unwrap();
        for (number, values) in rows().iter().enumerate() {
            let mut row = grid.row(&mut book).unwrap();
            row.styled(0, "好", &styles()[number % 2]).unwrap();
            row.link(1, &link(number)).unwrap();
            row.wrapped(2, &values[2]).unwrap();
            for (column, value) in values.iter().enumerate().skip(3) {
                row.text(column, value).unwrap();
            }
        }
        book.workbook.push_worksheet(Worksheet::new());
        for worksheet in grid.finish(&mut book).unwrap() {
            book.workbook.push_worksheet(worksheet);
        }
        parts(book, warning)
    }

    fn streamed(folder: &Folder<'_>, warning: Option<&'static str>) -> (BTreeMap<String, String>, [u8; 32]) {
        let mut book = Book::begin_marked(Kind::Report, folder, &[]).unwrap();
        book.warning = warning;
        let count = rows().len() as u64;
        let mut grid = StreamedGrid::begin(&mut book, folder, "明细", columns(), styles(), count).unwrap();
        for (number, values) in rows().iter().enumerate() {
            let mut row = grid.row(&mut book).unwrap();
            row.styled(0, "好", number % 2);
            row.link(1, &link(number));
            for (column, value) in values.iter().enumerate().skip(2) {
                row.text(column, value);
            }
            row.end().unwrap();
        }
        book.workbook.push_worksheet(Worksheet::new());
        for worksheet in grid.finish(&mut book).unwrap() {
            book.workbook.push_worksheet(worksheet);
        }
        parts(book, warning)
    }

    #[test]
    fn a_streamed_grid_is_what_the_library_writes() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::bare(dir.path(), "a", Owner { journal: None, job: None, sandbox: false });
        for warning in [None, Some("演练")] {
            let (theirs, ours) = (by_library(&folder, warning), streamed(&folder, warning));
            assert_eq!(ours.0.keys().collect::<Vec<_>>(), theirs.0.keys().collect::<Vec<_>>());
            for (name, part) in &theirs.0 {
                assert!(ours.0[name] == *part, "{name}\n{}\n\n{part}", ours.0[name]);
            }
            assert_eq!(ours.1, theirs.1);
        }
    }
}
