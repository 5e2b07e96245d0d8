//! XLS (BIFF8, and BIFF5 before it): a stream of small records, held whole.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::Path;

use encoding_rs::Encoding;

use super::compound_file::{Ole, number};
use super::records::{Record, continued, double, record, rk, short};
use super::text::{Pieces, code_page, in_code_page, rich};
use crate::domain::cell::{Cell, Mark, Value};
use crate::domain::file::FileFault;
use crate::table::cells::{Raised, RowBuilder, Sight, Strokes, look};
use crate::table::crypt;
use crate::table::errors;
use crate::table::file_errors::{Result, damaged, of_io, too_large};
use crate::table::format::serial::Epoch;
use crate::table::runs::Runs;
use crate::table::styles::{Font, Styles, Xf};
use crate::table::{Limits, Merge, Sheet, Visit};

const BOF: u32 = 0x0809;
const EOF: u32 = 0x000A;
const FILE_PASS: u32 = 0x002F;
const OBJECT: u32 = 0x005D;
const TEXT_OF_AN_OBJECT: u32 = 0x01B6;
const COMMENT: u32 = 0x001C;
const FORMULA: [u32; 3] = [0x0006, 0x0206, 0x0406];

/// As many cells as are held for one sheet.
const MAX_CELLS: u64 = 65_536 * 128;

pub struct Book {
    stream: Vec<u8>,
    is_biff8: bool,
    encoding: &'static Encoding,
    epoch: Epoch,
    styles: Styles,
    fonts: Vec<Font>,
    strings: Vec<(String, Strokes)>,
    /// A program that calculates has calculated this: it says with which engine.
    calculated: bool,
    places: Vec<Place>,
}

struct Place {
    name: String,
    hidden: bool,
    position: usize,
}

/// What a cell holds, as its record says it.
enum Content {
    Number(f64),
    Shared(usize),
    Text(String, Strokes),
    Bool(bool),
    Error(u8),
    Formula(Box<Content>, Doubt),
    /// Announced, but not there.
    Missing,
}

struct Found {
    row: u16,
    column: u16,
    style: u16,
    content: Content,
}

#[derive(Default)]
struct Gathered {
    cells: Vec<Found>,
    hidden_rows: Runs,
    hides_zeros: bool,
    /// What stands there waits for a calculation.
    due: bool,
    /// Some formula has a result that no program makes up.
    some_result: bool,
}

/// How far the result of a formula is to be believed.
#[derive(Clone, Copy, PartialEq)]
enum Doubt {
    None,
    /// It is what programs write that calculate nothing: zero or no text.
    Empty,
    /// The same, and the program is told to calculate when it opens the file.
    Due,
}

impl Book {
    pub fn open(path: &Path, limits: &Limits) -> Result<Self> {
        let length = fs::metadata(path).map_err(|error| of_io(&error))?.len();
        // The whole file is held, and what is made of it besides.
        let limit = limits.max_held_bytes / 8;
        if length > limit {
            return Err(too_large("bytes", length, limit));
        }
        let file = File::open(path).map_err(|error| of_io(&error))?;
        let stream =
            Ole::over(BufReader::new(file))?.workbook()?.ok_or_else(|| damaged("no workbook inside"))?;
        Self::read(stream, limits)
    }

    fn read(mut stream: Vec<u8>, limits: &Limits) -> Result<Self> {
        let is_biff8 = match record(&stream, 0) {
            Some(Record { kind: BOF, data, .. }) => number(data, 0, 2) == 0x0600,
            _ => return Err(damaged("structure")),
        };
        if asks_for_password(&stream) && !crypt::decrypt_xls(&mut stream, FILE_PASS) {
            return Err(FileFault::PasswordProtected);
        }
        let mut book = Self {
            stream: Vec::new(),
            is_biff8,
            encoding: encoding_rs::WINDOWS_1252,
            epoch: Epoch::Y1900,
            styles: Styles::default(),
            fonts: Vec::new(),
            strings: Vec::new(),
            calculated: false,
            places: Vec::new(),
        };
        book.read_globals(&stream, limits)?;
        book.stream = stream;
        Ok(book)
    }

    fn read_globals(&mut self, stream: &[u8], limits: &Limits) -> Result<()> {
        let (mut xfs, mut codes) = (Vec::new(), HashMap::new());
        let mut sheets = Vec::new();
        let mut shared = None;
        let mut at = 0;
        while let Some(found) = record(stream, at) {
            let Record { kind, data, next } = found;
            at = next;
            match kind {
                0x0022 => self.epoch = Epoch::of_1904(number(data, 0, 2) == 1),
                // Texts of BIFF8 are in Unicode, whatever this says.
                0x0042 if !self.is_biff8 => self.encoding = code_page(number(data, 0, 2)),
                0x0031 => self.fonts.push(Font {
                    struck: number(data, 2, 2) & 8 != 0,
                    white: matches!(number(data, 4, 2), 1 | 9),
                    raised: Raised::of_code(number(data, 8, 2)),
                }),
                0x041E => drop(codes.insert(number(data, 0, 2), data)),
                0x00E0 => xfs.push(Xf {
                    font: number(data, 0, 2),
                    format: number(data, 2, 2),
                    painted: !self.is_biff8 || is_painted(data),
                    ..Xf::default()
                }),
                0x0085 => sheets.push(data),
                0x01C1 => self.calculated = number(data, 4, 4) != 0,
                0x00FC => {
                    let (pieces, next) = continued(stream, found);
                    shared = Some(pieces);
                    at = next;
                }
                EOF => break,
                _ => {}
            }
        }
        if let Some(pieces) = shared {
            self.strings = self.shared_strings(pieces, limits)?;
        }
        let codes = codes.into_iter().map(|(id, data)| (id, self.format_code(data))).collect();
        self.styles = Styles::new(&xfs, &codes, |font| self.font(font));
        // Charts and macro sheets are none; a dialog has the type of a worksheet.
        let worksheets = sheets.into_iter().filter(|data| number(data, 5, 1) == 0);
        self.places = worksheets
            .map(|data| Place {
                name: self.short_text(data.get(6..).unwrap_or_default()),
                hidden: number(data, 4, 1) & 3 != 0,
                position: number(data, 0, 4) as usize,
            })
            .collect();
        Ok(())
    }

    /// The fifth font has the number 5: there is no number 4.
    fn font(&self, font: u32) -> Font {
        let font = if font > 4 { font - 1 } else { font };
        self.fonts.get(font as usize).copied().unwrap_or_default()
    }

    fn shared_strings(&self, pieces: Vec<&[u8]>, limits: &Limits) -> Result<Vec<(String, Strokes)>> {
        const EACH: u64 = 32;
        let mut pieces = Pieces::new(pieces);
        let (mut strings, mut held) = (Vec::new(), 0);
        pieces.number(4);
        let count = pieces.number(4).unwrap_or(0);
        for _ in 0..count {
            let Some(string) = pieces.unicode(2, &|font| self.font(font)) else { break };
            held += EACH + string.0.len() as u64;
            if held > limits.max_held_bytes {
                return Err(too_large("memory", held, limits.max_held_bytes));
            }
            strings.push(string);
        }
        Ok(strings)
    }

    fn format_code(&self, data: &[u8]) -> String {
        if self.is_biff8 {
            let text = Pieces::new(vec![data.get(2..).unwrap_or_default()]).unicode(2, &|_| Font::default());
            return text.unwrap_or_default().0;
        }
        self.short_text(data.get(2..).unwrap_or_default())
    }

    /// Behind its length in one byte.
    fn short_text(&self, data: &[u8]) -> String {
        if self.is_biff8 {
            return Pieces::new(vec![data]).unicode(1, &|_| Font::default()).unwrap_or_default().0;
        }
        let length = number(data, 0, 1) as usize;
        let text = data.get(1..).unwrap_or_default();
        in_code_page(text.get(..length.min(text.len())).unwrap_or_default(), self.encoding)
    }

    /// Behind its length in two bytes, with the records that continue it.
    fn long_text(&self, pieces: Vec<&[u8]>) -> (String, Strokes) {
        if self.is_biff8 {
            let text = Pieces::new(pieces).unicode(2, &|font| self.font(font));
            return text.unwrap_or_default();
        }
        let bytes = pieces.concat();
        let length = number(&bytes, 0, 2) as usize;
        let rest = bytes.get(2..).unwrap_or_default();
        let text = rest.get(..length.min(rest.len())).unwrap_or_default();
        (in_code_page(text, self.encoding), Strokes::PLAIN)
    }

    /// In the record behind it, without a length of its own.
    fn text_of_an_object(&self, found: Record<'_>) -> String {
        const MOST: u32 = 4_000;
        let count = number(found.data, 10, 2).min(MOST) as u16;
        let (pieces, _) = continued(&self.stream, found);
        let Some(text) = pieces.get(1).filter(|_| count > 0) else { return String::new() };
        let with_length = [&count.to_le_bytes(), *text].concat();
        Pieces::new(vec![&with_length]).unicode(2, &|_| Font::default()).unwrap_or_default().0
    }

    /// A text with the fonts of its runs behind it.
    fn rich_text(&self, data: &[u8]) -> (String, Strokes) {
        let text = data.get(6..).unwrap_or_default();
        let (shown, _) = self.long_text(vec![text]);
        let length = number(text, 0, 2) as usize;
        let (runs, width, count) = if self.is_biff8 {
            let wide = number(text, 2, 1) & 1 == 1;
            let runs = text.get(3 + length * if wide { 2 } else { 1 }..).unwrap_or_default();
            (runs.get(2..).unwrap_or_default(), 2, number(runs, 0, 2))
        } else {
            let runs = text.get(2 + length..).unwrap_or_default();
            (runs.get(1..).unwrap_or_default(), 1, number(runs, 0, 1))
        };
        let fonts: Vec<(usize, u32)> = runs
            .chunks_exact(2 * width)
            .take(count as usize)
            .map(|run| (number(run, 0, width) as usize, number(run, width, width)))
            .collect();
        let units: Vec<u16> = shown.encode_utf16().collect();
        rich(&units, &fonts, &|font| self.font(font))
    }

    pub fn sheets(&self) -> Vec<Sheet> {
        self.places.iter().map(|place| self.sheet(place)).collect()
    }

    /// What stands around the cells of a sheet.
    fn sheet(&self, place: &Place) -> Sheet {
        let mut sheet = Sheet {
            name: Some(place.name.clone()),
            hidden: place.hidden,
            hidden_rows_known: true,
            ..Sheet::default()
        };
        // A comment's text stands in an object, under its number.
        let (mut object, mut texts) = (None, HashMap::new());
        for found in self.records(place) {
            let Record { kind, data, .. } = found;
            match kind {
                OBJECT => object = Some(number(data, 6, 2)),
                TEXT_OF_AN_OBJECT if self.is_biff8 => {
                    if let Some(object) = object.take() {
                        texts.insert(object, self.text_of_an_object(found));
                    }
                }
                COMMENT => {
                    if let Some(text) = texts.get(&number(data, 6, 2)) {
                        sheet.add_comment(number(data, 0, 2).saturating_add(1), number(data, 2, 2), text);
                    }
                }
                // COLINFO: columns of no width are hidden, too.
                0x007D if number(data, 8, 2) & 1 == 1 || number(data, 4, 2) == 0 => {
                    let (first, last) = (number(data, 0, 2), number(data, 2, 2));
                    sheet.hidden_columns.add_all(first, last.saturating_add(1));
                }
                0x00E5 => {
                    let areas = data.get(2..).unwrap_or_default().chunks_exact(8);
                    sheet.merged.extend(areas.take(number(data, 0, 2) as usize).map(|area| Merge {
                        first_row: number(area, 0, 2).saturating_add(1),
                        last_row: number(area, 2, 2).saturating_add(1),
                        first_column: number(area, 4, 2),
                        last_column: number(area, 6, 2),
                    }));
                }
                _ => {}
            }
        }
        sheet.hidden_columns.sort();
        sheet
    }

    /// The records of a sheet itself, without those of the charts in it, which are nested,
    /// each between its own BOF and EOF.
    fn records(&self, place: &Place) -> impl Iterator<Item = Record<'_>> {
        let mut at = place.position;
        let mut depth = 0_u32;
        std::iter::from_fn(move || {
            loop {
                let found = record(&self.stream, at)?;
                at = found.next;
                match found.kind {
                    BOF => depth += 1,
                    EOF if depth <= 1 => return None,
                    EOF => depth -= 1,
                    _ if depth > 1 => {}
                    _ => return Some(found),
                }
            }
        })
    }

    pub fn scan(&self, index: usize, limits: &Limits, visit: &mut Visit<'_>) -> Result<()> {
        let place = self.places.get(index).ok_or_else(|| damaged("missing sheet"))?;
        let mut gathered = Gathered::default();
        let limit = limits.max_cells.min(MAX_CELLS);
        let mut end = None;
        for found in self.records(place) {
            end = Some(found.next);
            self.take(found, &mut gathered);
            if gathered.cells.len() as u64 > limit {
                return Err(too_large("cells", gathered.cells.len() as u64, limit));
            }
        }
        // Without its end there is no knowing which rows are missing.
        if end.is_some_and(|end| record(&self.stream, end).is_none()) {
            return Err(damaged("structure"));
        }
        gathered.hidden_rows.sort();
        // Some programs write column by column.
        gathered.cells.sort_by_key(|cell| (cell.row, cell.column));
        let sight = Sight { epoch: self.epoch, shows_zeros: !gathered.hides_zeros };
        // Where no formula has any result, none was calculated.
        let nothing = !self.calculated && !gathered.some_result;
        let mut rows = RowBuilder::new(limits);
        for found in gathered.cells {
            rows.hidden = gathered.hidden_rows.contains(found.row.into());
            let cell = self.cell(found.content, found.style, sight, nothing);
            if rows.put(found.row.into(), found.column.into(), cell, visit)?.is_break() {
                return Ok(());
            }
        }
        rows.finish(visit).map(drop)
    }

    fn take(&self, found: Record<'_>, gathered: &mut Gathered) {
        let data = found.data;
        let mut put = |content| {
            gathered.cells.push(Found {
                row: short(data, 0),
                column: short(data, 2),
                style: short(data, 4),
                content,
            });
        };
        match found.kind {
            0x0203 => put(Content::Number(double(data, 6))),
            0x027E => put(Content::Number(rk(number(data, 6, 4)))),
            0x00BD => {
                let row = short(data, 0);
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (column, cell) in (short(data, 2)..).zip(cells.chunks_exact(6)) {
                    let content = Content::Number(rk(number(cell, 2, 4)));
                    gathered.cells.push(Found { row, column, style: short(cell, 0), content });
                }
            }
            0x0205 if number(data, 7, 1) == 0 => put(Content::Bool(number(data, 6, 1) != 0)),
            0x0205 => put(Content::Error(number(data, 6, 1) as u8)),
            0x00FD => put(Content::Shared(number(data, 6, 4) as usize)),
            0x0204 => {
                let (mut pieces, _) = continued(&self.stream, found);
                if let Some(first) = pieces.first_mut() {
                    *first = first.get(6..).unwrap_or_default();
                }
                let (text, strokes) = self.long_text(pieces);
                put(Content::Text(text, strokes));
            }
            0x00D6 => {
                let (text, strokes) = self.rich_text(data);
                put(Content::Text(text, strokes));
            }
            kind if FORMULA.contains(&kind) => {
                let (content, doubt) = self.result(data);
                gathered.some_result |= doubt == Doubt::None;
                put(Content::Formula(Box::new(content), doubt));
            }
            // The text of the formula before.
            0x0207 => {
                let (pieces, _) = continued(&self.stream, found);
                let (text, strokes) = self.long_text(pieces);
                if let Some(Found { content: Content::Formula(content, doubt), .. }) =
                    gathered.cells.last_mut()
                    && matches!(**content, Content::Missing)
                {
                    gathered.some_result |= !text.is_empty();
                    *doubt = if text.is_empty() { *doubt } else { Doubt::None };
                    **content = Content::Text(text, strokes);
                }
            }
            0x0208 => {
                const HIDDEN: u32 = 0x20;
                // A row of no height is seen as little as one that is hidden.
                let is_flat = data.len() >= 8 && number(data, 6, 2) == 0;
                if is_flat || number(data, 12, 2) & HIDDEN != 0 {
                    gathered.hidden_rows.add(number(data, 0, 2));
                }
            }
            0x023E => gathered.hides_zeros = number(data, 0, 2) & 0x10 == 0,
            // UNCALCED: what stands there waits for a calculation.
            0x005E => gathered.due = true,
            _ => {}
        }
        if gathered.due
            && let Some(Found { content: Content::Formula(_, doubt), .. }) = gathered.cells.last_mut()
            && *doubt == Doubt::Empty
        {
            *doubt = Doubt::Due;
        }
    }

    /// Of a FORMULA record.
    fn result(&self, data: &[u8]) -> (Content, Doubt) {
        let due = number(data, 14, 2) & 2 != 0 && !self.calculated;
        let empty = if due { Doubt::Due } else { Doubt::Empty };
        if data.get(12..14) == Some(&[0xFF, 0xFF]) {
            return match number(data, 6, 1) {
                // A STRING record follows.
                0 => (Content::Missing, empty),
                1 => (Content::Bool(number(data, 8, 1) != 0), Doubt::None),
                2 => (Content::Error(number(data, 8, 1) as u8), Doubt::None),
                _ => (Content::Text(String::new(), Strokes::PLAIN), empty),
            };
        }
        let number = double(data, 6);
        // What a Java library writes, which is no result of anything.
        let bogus = due && (number.abs() > 1e100 || (number != 0.0 && number.abs() < 1e-100));
        (Content::Number(number), if number == 0.0 || bogus { empty } else { Doubt::None })
    }

    fn cell(&self, content: Content, style_id: u16, sight: Sight, nothing: bool) -> (Cell, Mark) {
        let style = self.styles.get(style_id.into());
        match content {
            Content::Number(number) => sight.number(number, style),
            Content::Shared(index) => match self.strings.get(index) {
                Some((text, strokes)) => sight.text(text, *strokes, style),
                None => (Cell::of(Value::Error("#REF!".to_owned())), Mark::default()),
            },
            Content::Text(text, strokes) => sight.text(&text, strokes, style),
            Content::Bool(value) => (Cell::of(Value::Bool(value)), look(style)),
            Content::Error(code) => {
                (Cell::of(Value::Error(errors::of_code(code).into_owned())), Mark::default())
            }
            Content::Formula(_, Doubt::Due) => (Cell::of(Value::Uncached), Mark::default()),
            Content::Formula(_, Doubt::Empty) if nothing => (Cell::of(Value::Uncached), Mark::default()),
            Content::Formula(content, _) => self.cell(*content, style_id, sight, nothing),
            Content::Missing => (Cell::of(Value::Uncached), Mark::default()),
        }
    }
}

/// Whether a BIFF8 XF has a pattern in another colour than white.
fn is_painted(xf: &[u8]) -> bool {
    match number(xf, 14, 4) >> 26 {
        0 => false,
        1 => !matches!(number(xf, 18, 2) & 0x7F, 1 | 9),
        _ => true,
    }
}

/// Whether a FILEPASS record stands among the first ones.
fn asks_for_password(stream: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = record(stream, at) {
        match found.kind {
            FILE_PASS => return true,
            // The end of the workbook's own part.
            EOF => return false,
            _ => at = found.next,
        }
    }
    false
}
