//! XML Spreadsheet 2003 (`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">`), which HR
//! systems export under the name of an XLS. Streamed; what stands behind the rows of a
//! sheet is looked at when the file is opened.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use encoding_rs::Encoding;
use jiff::civil::{DateTime, date};

use super::cells::{Raised, RowBuilder, Sight, Strokes, cell_of_iso, date_time_of_iso, look, out_of_line};
use super::encoding::{self, Decoded};
use super::file_errors::{Result, damaged, of_io, too_large};
use super::format::NumberFormat;
use super::format::serial::Epoch;
use super::markup::{Markup, Tag, Token, push_text};
use super::styles::{Style, is_white};
use super::{Limits, Merge, Sheet, Visit};
use crate::domain::cell::{Cell, Mark, Value};
use crate::domain::file::FileFault;

pub struct XmlSpreadsheet {
    path: PathBuf,
    limits: Limits,
    encoding: &'static Encoding,
    epoch: Epoch,
    styles: HashMap<String, Style>,
    traits: Vec<Traits>,
}

/// Of a sheet, beside what is told of it.
struct Traits {
    shows_zeros: bool,
    /// No formula has any result: none was calculated.
    uncalculated: bool,
}

type Xml = Markup<Decoded<File>>;

impl XmlSpreadsheet {
    pub fn open(path: &Path, limits: Limits) -> Result<(Self, Vec<Sheet>)> {
        let mut file = File::open(path).map_err(|error| of_io(&error))?;
        let encoding = encoding::of_markup(&mut file)?;
        let mut opened = Self {
            path: path.to_owned(),
            limits,
            encoding,
            epoch: Epoch::Y1900,
            styles: HashMap::new(),
            traits: Vec::new(),
        };
        let mut sheets = Vec::new();
        let mut xml = opened.xml()?;
        loop {
            match xml.next()? {
                Token::Start(tag) => match tag.name {
                    b"Styles" => opened.read_styles(&mut xml)?,
                    b"Date1904" => opened.epoch = Epoch::Y1904,
                    b"Worksheet" => {
                        let name = tag.get("Name").map(|name| name.into_owned());
                        let (sheet, traits) = look_through(&mut xml, &limits)?;
                        sheets.push(Sheet { name: Some(name.unwrap_or_default()), ..sheet });
                        opened.traits.push(traits);
                    }
                    _ => {}
                },
                Token::Eof => break,
                _ => {}
            }
        }
        if sheets.is_empty() { Err(FileFault::NoRows) } else { Ok((opened, sheets)) }
    }

    fn xml(&self) -> Result<Xml> {
        let file = File::open(&self.path).map_err(|error| of_io(&error))?;
        Ok(Markup::xml(Decoded::new(file, self.encoding), self.limits.max_part_bytes, &self.limits))
    }

    fn read_styles(&mut self, xml: &mut Xml) -> Result<()> {
        const MOST: usize = 100_000;
        let mut id = String::new();
        loop {
            match xml.next()? {
                Token::Start(tag) => match tag.name {
                    b"Style" => {
                        id = tag.get("ID").unwrap_or_default().into_owned();
                        let parent = tag.get("Parent").and_then(|parent| self.styles.get(&*parent).cloned());
                        let parent = parent.unwrap_or_else(|| self.default_style());
                        self.styles.insert(id.clone(), parent);
                        if self.styles.len() > MOST {
                            return Err(too_large("memory", self.styles.len() as u64, MOST as u64));
                        }
                    }
                    b"NumberFormat" => {
                        if let (Some(style), Some(code)) = (self.styles.get_mut(&id), tag.get("Format")) {
                            style.format = Arc::new(NumberFormat::named(&code));
                        }
                    }
                    b"Font" => {
                        if let Some(style) = self.styles.get_mut(&id) {
                            style.struck |= tag.is_true("StrikeThrough");
                            style.white = tag.get("Color").is_some_and(|colour| is_white(&colour));
                        }
                    }
                    // It stands behind the font.
                    b"Interior" => {
                        let painted = tag.get("Color").is_some_and(|colour| !is_white(&colour));
                        if let Some(style) = self.styles.get_mut(&id).filter(|_| painted) {
                            style.white = false;
                        }
                    }
                    _ => {}
                },
                Token::End(b"Styles") => return Ok(()),
                Token::Eof => return Err(damaged("xml")),
                _ => {}
            }
        }
    }

    pub fn scan(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let mut xml = self.xml()?;
        let mut seen = 0;
        loop {
            match xml.next()? {
                Token::Start(tag) if tag.name == b"Worksheet" => {
                    if seen == sheet {
                        return self.scan_sheet(&mut xml, sheet, visit);
                    }
                    seen += 1;
                }
                Token::Eof => return Err(damaged("missing sheet")),
                _ => {}
            }
        }
    }

    fn scan_sheet(&self, xml: &mut Xml, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let traits = self.traits.get(sheet).ok_or_else(|| damaged("missing sheet"))?;
        let sight = Sight { epoch: self.epoch, shows_zeros: traits.shows_zeros };
        let mut rows = RowBuilder::new(&self.limits);
        let mut place = Grid::default();
        let (mut table, mut row_style) = (self.default_style(), None);
        let mut columns: Vec<(u32, u32, Style)> = Vec::new();
        let mut next_column = 0;
        loop {
            match xml.next()? {
                Token::Start(tag) => match tag.name {
                    b"Row" => {
                        place.row_starts(&tag);
                        rows.hidden = is_hidden_row(&tag);
                        row_style = self.style_of(&tag);
                    }
                    b"Table" => table = self.style_of(&tag).unwrap_or_else(|| self.default_style()),
                    b"Column" => {
                        let (first, end) = columns_of(&tag, next_column);
                        next_column = end;
                        if columns.len() > self.limits.max_columns as usize {
                            let limit = self.limits.max_columns.into();
                            return Err(too_large("columns", columns.len() as u64, limit));
                        }
                        columns.extend(self.style_of(&tag).map(|style| (first, end, style)));
                    }
                    b"Cell" => {
                        place.cell_starts(&tag);
                        let (row, column) = (place.row, place.column);
                        // The nearest holds: the cell's own, the row's, the column's, the table's.
                        let of_column = || {
                            // They stand in their order.
                            let behind = columns.partition_point(|(first, ..)| *first <= column);
                            let (_, end, style) = columns.get(behind.checked_sub(1)?)?;
                            (column < *end).then(|| style.clone())
                        };
                        let style = self.style_of(&tag).or_else(|| row_style.clone());
                        let style = style.or_else(of_column).unwrap_or_else(|| table.clone());
                        let has_formula = tag.raw("Formula").is_some();
                        let data = Data::read(xml, &self.limits)?;
                        place.cell_ends();
                        let cell = data.cell(&style, sight, has_formula, traits.uncalculated);
                        if rows.put(row, column, cell, visit)?.is_break() {
                            return Ok(());
                        }
                    }
                    _ => {}
                },
                Token::End(b"Row") => place.row_ends(),
                Token::End(b"Worksheet") => return rows.finish(visit).map(drop),
                Token::Eof => return Err(damaged("xml")),
                _ => {}
            }
        }
    }

    /// What holds where nothing else is said, of a cell and of a style.
    fn default_style(&self) -> Style {
        self.styles.get("Default").cloned().unwrap_or_default()
    }

    fn style_of(&self, tag: &Tag<'_>) -> Option<Style> {
        tag.get("StyleID").and_then(|id| self.styles.get(&*id)).cloned()
    }
}

/// First and end of the columns that a `<Column>` stands for; `next`: where it stands without an index.
fn columns_of(tag: &Tag<'_>, next: u32) -> (u32, u32) {
    let first = tag.number("Index").map_or(next, |index| index.saturating_sub(1));
    (first, first.saturating_add(1).saturating_add(tag.number("Span").unwrap_or(0)))
}

fn is_hidden_row(tag: &Tag<'_>) -> bool {
    tag.is_true("Hidden") || tag.get("Height").is_some_and(|height| height.parse() == Ok(0.0))
}

/// Where the next row and the next cell stand, 0-based.
#[derive(Default)]
struct Grid {
    row: u32,
    column: u32,
    /// Rows and columns that the element which is open stands for, beside its own.
    more_rows: u32,
    more_columns: u32,
    more_down: u32,
}

impl Grid {
    fn row_starts(&mut self, tag: &Tag<'_>) {
        if let Some(index) = tag.number("Index") {
            self.row = index.saturating_sub(1);
        }
        self.more_rows = tag.number("Span").unwrap_or(0);
        self.column = 0;
    }

    fn row_ends(&mut self) {
        self.row = self.row.saturating_add(1).saturating_add(self.more_rows);
        self.more_rows = 0;
    }

    fn cell_starts(&mut self, tag: &Tag<'_>) {
        if let Some(index) = tag.number("Index") {
            self.column = index.saturating_sub(1);
        }
        self.more_columns = tag.number("MergeAcross").unwrap_or(0);
        self.more_down = tag.number("MergeDown").unwrap_or(0);
    }

    fn cell_ends(&mut self) {
        self.column = self.column.saturating_add(1).saturating_add(self.more_columns);
        self.more_columns = 0;
    }

    fn merged(&self) -> Option<Merge> {
        (self.more_columns > 0 || self.more_down > 0).then(|| Merge {
            first_row: self.row.saturating_add(1),
            last_row: self.row.saturating_add(1).saturating_add(self.more_down),
            first_column: self.column,
            last_column: self.column.saturating_add(self.more_columns),
        })
    }
}

/// The whole of a sheet, but for what its cells hold.
fn look_through(xml: &mut Xml, limits: &Limits) -> Result<(Sheet, Traits)> {
    const MOST_MERGED: usize = 1_000_000;
    let mut sheet = Sheet { hidden_rows_known: true, ..Sheet::default() };
    let mut traits = Traits { shows_zeros: true, uncalculated: false };
    let (mut formulas, mut results) = (false, false);
    let mut place = Grid::default();
    let mut column = 0_u32;
    loop {
        match xml.next()? {
            Token::Start(tag) => match tag.name {
                b"Column" => {
                    let (first, end) = columns_of(&tag, column);
                    let flat = tag.get("Width").is_some_and(|width| width.parse() == Ok(0.0));
                    if tag.is_true("Hidden") || flat {
                        sheet.hidden_columns.add_all(first, end);
                    }
                    column = end;
                }
                b"Row" => place.row_starts(&tag),
                b"Cell" => {
                    place.cell_starts(&tag);
                    sheet.merged.extend(place.merged());
                    if sheet.merged.len() > MOST_MERGED {
                        return Err(too_large("cells", sheet.merged.len() as u64, MOST_MERGED as u64));
                    }
                    let has_formula = tag.raw("Formula").is_some();
                    let data = Data::read(xml, limits)?;
                    sheet.add_comment(place.row.saturating_add(1), place.column, &data.comment);
                    formulas |= has_formula;
                    results |= has_formula && !data.is_nothing();
                    place.cell_ends();
                }
                b"Visible" => {
                    let mut visible = String::new();
                    xml.text_up_to(b"Visible", &mut visible, limits)?;
                    sheet.hidden = visible.trim() != "SheetVisible" && !visible.trim().is_empty();
                }
                b"DoNotDisplayZeros" => traits.shows_zeros = false,
                _ => {}
            },
            Token::End(b"Row") => place.row_ends(),
            Token::End(b"Worksheet") => break,
            Token::Eof => return Err(damaged("xml")),
            _ => {}
        }
    }
    sheet.hidden_columns.sort();
    traits.uncalculated = formulas && !results;
    Ok((sheet, traits))
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    /// No `<Data>`.
    #[default]
    None,
    Text,
    Number,
    DateTime,
    Bool,
    Error,
}

/// The inside of a cell.
#[derive(Default)]
struct Data {
    kind: Kind,
    text: String,
    strokes: Strokes,
    /// Where its text stands above the line or below it, in bytes.
    beside_the_line: Vec<(usize, usize, Raised)>,
    comment: String,
}

/// Bytes of a comment that are read.
const MOST_OF_A_COMMENT: usize = 1 << 16;

impl Data {
    /// Reads up to the end of the cell.
    fn read(xml: &mut Xml, limits: &Limits) -> Result<Self> {
        let mut data = Self::default();
        let (mut in_data, mut in_comment, mut in_its_text, mut struck) = (false, false, false, 0_u32);
        let mut raised: Vec<Raised> = Vec::new();
        loop {
            match xml.next()? {
                Token::Start(tag) => match tag.name {
                    b"Comment" => in_comment = true,
                    b"Data" if in_comment => in_its_text = true,
                    b"Data" => {
                        in_data = true;
                        data.kind = match tag.raw("Type") {
                            Some(b"Number") => Kind::Number,
                            Some(b"DateTime") => Kind::DateTime,
                            Some(b"Boolean") => Kind::Bool,
                            Some(b"Error") => Kind::Error,
                            _ => Kind::Text,
                        };
                    }
                    b"S" | b"Strike" | b"Del" if in_data => struck += 1,
                    b"Sup" if in_data => raised.push(Raised::Above),
                    b"Sub" if in_data => raised.push(Raised::Below),
                    _ => {}
                },
                Token::Text(raw) if in_data => {
                    let start = data.text.len();
                    push_text(&mut data.text, raw)?;
                    data.add(start, struck > 0);
                    data.raise(start, raised.last());
                }
                // What is wrong with a comment does not touch the cell.
                Token::Text(raw) if in_its_text && data.comment.len() < MOST_OF_A_COMMENT => {
                    let _ = push_text(&mut data.comment, raw);
                }
                Token::Raw(raw) if in_data => {
                    let start = data.text.len();
                    data.text.push_str(&String::from_utf8_lossy(raw));
                    data.add(start, struck > 0);
                    data.raise(start, raised.last());
                }
                Token::End(b"S" | b"Strike" | b"Del") => struck = struck.saturating_sub(1),
                Token::End(b"Sup" | b"Sub") => drop(raised.pop()),
                Token::End(b"Data") => (in_data, in_its_text) = (false, false),
                Token::End(b"Comment") => in_comment = false,
                Token::End(b"Cell") => {
                    data.text = out_of_line(&data.text, &data.beside_the_line).into_owned();
                    return Ok(data);
                }
                Token::Eof => return Err(damaged("xml")),
                _ => {}
            }
            if data.text.len() as u64 > limits.max_cell_bytes {
                return Err(too_large("cell", data.text.len() as u64, limits.max_cell_bytes));
            }
        }
    }

    fn add(&mut self, start: usize, is_struck: bool) {
        let text = self.text.get(start..).unwrap_or_default();
        self.strokes.add(text, is_struck.then_some(true));
    }

    fn raise(&mut self, start: usize, raised: Option<&Raised>) {
        let run = raised.filter(|_| start < self.text.len()).map(|raised| (start, self.text.len(), *raised));
        self.beside_the_line.extend(run);
    }

    /// What a program writes for a formula that it has not calculated.
    fn is_nothing(&self) -> bool {
        match self.kind {
            Kind::None => true,
            Kind::Number => self.text.trim().parse() == Ok(0.0),
            Kind::Text => self.text.is_empty(),
            _ => false,
        }
    }

    fn cell(self, style: &Style, sight: Sight, has_formula: bool, uncalculated: bool) -> (Cell, Mark) {
        if has_formula && (self.kind == Kind::None || (uncalculated && self.is_nothing())) {
            return (Cell::of(Value::Uncached), Mark::default());
        }
        let text = self.text.trim();
        let look = look(style);
        match self.kind {
            Kind::None => (Cell::default(), Mark::default()),
            Kind::Text => sight.text(&self.text, self.strokes, style),
            Kind::Number => match text.parse() {
                Ok(number) => sight.number(number, style),
                Err(_) => (Cell::of(Value::Error(text.to_owned())), Mark::default()),
            },
            Kind::Bool => (Cell::of(Value::Bool(text == "1" || text.eq_ignore_ascii_case("true"))), look),
            Kind::Error => (Cell::of(Value::Error(text.to_owned())), Mark::default()),
            Kind::DateTime => match date_time_of_iso(text).and_then(|at| serial(at, sight.epoch)) {
                Some(serial) if !style.format.is_plain() => sight.number(serial, style),
                _ => (cell_of_iso(text, &style.format), look),
            },
        }
    }
}

/// Days as the workbook counts them; a time without a day is on day 0.
fn serial(at: DateTime, epoch: Epoch) -> Option<f64> {
    let first = match epoch {
        Epoch::Y1904 => date(1904, 1, 1),
        Epoch::Y1900 if at.date() < date(1900, 3, 1) => date(1899, 12, 31),
        Epoch::Y1900 => date(1899, 12, 30),
    };
    let days = at.date().since(first).ok()?.get_days();
    let of_day = at.time().duration_since(jiff::civil::Time::midnight());
    Some(f64::from(days) + of_day.as_secs_f64() / 86_400.0)
}
