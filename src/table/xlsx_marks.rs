//! One pass over a sheet's XML for what the cell reader does not tell: hidden
//! rows, merged cells, formulas without a result, pictures in cells. The same
//! pass counts what is unpacked, so it comes before anything is held in memory.

use quick_xml::events::{BytesStart, Event};

use super::faults::{Result, too_large};
use super::hidden_rows::HiddenRows;
use super::package::{Package, Xml, attribute};
use super::{Limits, Merge};

/// What is said about the cells of a sheet.
#[derive(Clone, Default)]
pub struct Marks {
    pub merged: Vec<Merge>,
    pub widths: Vec<(u32, f64)>,
    pub hidden_columns: Vec<(u32, u32)>,
    pub hidden: HiddenRows,
    /// By the place of the `<c>` element in the part, ascending.
    cells: Vec<(u64, Mark)>,
    cell_count: u64,
    /// `<dimension>` says something that is no area.
    pub odd_dimension: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Uncached,
    Picture,
}

impl Marks {
    pub fn read(package: &mut Package, part: &str, limits: &Limits) -> Result<Self> {
        let mut marks = Self::default();
        let Some(mut xml) = package.xml(part, limits.max_part_bytes, limits)? else {
            return Ok(marks);
        };
        let mut pass = Pass::default();
        loop {
            let in_data = pass.in_data || !pass.data_seen;
            match xml.next() {
                // What is broken behind the rows does not touch them.
                Err(_) if !in_data => break,
                Err(fault) => return Err(fault),
                Ok(Event::Eof) => break,
                Ok(event) => pass.take(&event, &mut marks, limits)?,
            }
        }
        // Rows may be out of order in files no office program wrote.
        marks.hidden.sort();
        Ok(marks)
    }

    /// No cell was seen.
    pub fn is_empty(&self) -> bool {
        self.cell_count == 0
    }

    pub fn cells(&self) -> impl Iterator<Item = (u64, Mark)> {
        self.cells.iter().copied()
    }
}

/// `<col min="2" max="4" width="12.5"/>`: some programs say it for every column there is.
fn widen(element: &BytesStart<'_>, marks: &mut Marks) {
    const MOST: u32 = 256;
    let number = |name: &str| attribute(element, name)?.parse::<f64>().ok();
    let (Some(first), Some(last), Some(width)) = (number("min"), number("max"), number("width")) else {
        return;
    };
    let (first, last) = (first as u32, last as u32);
    if attribute(element, "hidden").is_some_and(|hidden| is_true(&hidden)) || width == 0.0 {
        marks.hidden_columns.push((first.max(1) - 1, last.saturating_sub(1)));
    }
    let last = last.min(MOST);
    if width > 0.0 && width <= 255.0 {
        marks.widths.extend((first.max(1)..=last).map(|column| (column - 1, width)));
    }
}

#[derive(Default)]
struct Pass {
    in_data: bool,
    data_seen: bool,
    row: u32,
    ordinal: u64,
    cell: Option<OpenCell>,
}

#[derive(Default)]
struct OpenCell {
    is_string: bool,
    is_error: bool,
    has_value_metadata: bool,
    part: CellPart,
    formula: bool,
    picture: bool,
    value_element: bool,
    value: bool,
    bytes: u64,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum CellPart {
    #[default]
    Between,
    Formula,
    Value,
}

impl Pass {
    fn take(&mut self, event: &Event<'_>, marks: &mut Marks, limits: &Limits) -> Result<()> {
        match event {
            Event::Start(element) => self.start(element, marks),
            Event::End(element) => self.end(element.local_name().as_ref(), marks),
            Event::Text(text) => self.text(text.as_ref(), limits)?,
            Event::CData(text) => self.text(text.as_ref(), limits)?,
            Event::GeneralRef(name) => self.text(name.as_ref(), limits)?,
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, element: &BytesStart<'_>, marks: &mut Marks) {
        match element.local_name().as_ref() {
            "sheetData" => {
                self.in_data = true;
                self.data_seen = true;
            }
            "col" if !self.data_seen => widen(element, marks),
            "row" if self.in_data => {
                let row = attribute(element, "r").and_then(|row| row.parse::<u32>().ok());
                if let Some(row) = row {
                    self.row = row.saturating_sub(1);
                }
                let hidden = attribute(element, "hidden");
                let flat = attribute(element, "ht").and_then(|height| height.parse::<f64>().ok());
                if hidden.is_some_and(|hidden| is_true(&hidden)) || flat == Some(0.0) {
                    marks.hidden.hide(self.row);
                }
            }
            "c" if self.in_data => self.cell = Some(OpenCell::of(element)),
            "f" => self.part(CellPart::Formula),
            "v" | "is" => self.part(CellPart::Value),
            "dimension" => {
                let area = attribute(element, "ref");
                marks.odd_dimension = area.as_deref().and_then(merge).is_none();
            }
            "mergeCell" => {
                let area = attribute(element, "ref");
                marks.merged.extend(area.as_deref().and_then(merge));
            }
            _ => {}
        }
    }

    fn part(&mut self, part: CellPart) {
        if let Some(cell) = &mut self.cell {
            cell.part = part;
            cell.formula |= part == CellPart::Formula;
            cell.value_element |= part == CellPart::Value;
        }
    }

    fn end(&mut self, name: &str, marks: &mut Marks) {
        match name {
            "sheetData" => self.in_data = false,
            "row" if self.in_data => self.row = self.row.saturating_add(1),
            "c" => {
                if let Some(cell) = self.cell.take() {
                    let mark = cell.mark().map(|mark| (self.ordinal, mark));
                    marks.cells.extend(mark);
                    self.ordinal += 1;
                    marks.cell_count = self.ordinal;
                }
            }
            "f" | "v" | "is" => {
                if let Some(cell) = &mut self.cell {
                    cell.part = CellPart::Between;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, limits: &Limits) -> Result<()> {
        let Some(cell) = &mut self.cell else {
            return Ok(());
        };
        cell.bytes += text.len() as u64;
        if cell.bytes > limits.max_cell_bytes {
            return Err(too_large("cell", cell.bytes, limits.max_cell_bytes));
        }
        match cell.part {
            CellPart::Formula => cell.picture |= text.contains("DISPIMG("),
            CellPart::Value => cell.value = true,
            CellPart::Between => {}
        }
        Ok(())
    }
}

impl OpenCell {
    fn of(element: &BytesStart<'_>) -> Self {
        let mut cell = Self::default();
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                "t" => {
                    cell.is_string = attribute.value == "str";
                    cell.is_error = attribute.value == "e";
                }
                "vm" => cell.has_value_metadata = true,
                _ => {}
            }
        }
        cell
    }

    fn mark(&self) -> Option<Mark> {
        // An empty text is a result: `<v></v>` of a cell of type `str`.
        let empty_text = self.is_string && self.value_element;
        if self.picture || (self.has_value_metadata && self.is_error) {
            Some(Mark::Picture)
        } else if self.formula && !self.value && !empty_text {
            Some(Mark::Uncached)
        } else {
            None
        }
    }
}

pub fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true" | "on")
}

fn merge(area: &str) -> Option<Merge> {
    let (first, last) = area.split_once(':').unwrap_or((area, area));
    let (first_row, first_column) = place(first)?;
    let (last_row, last_column) = place(last)?;
    (first_row <= last_row && first_column <= last_column).then_some(Merge {
        first_row,
        last_row,
        first_column,
        last_column,
    })
}

/// `C7` or `$C$7` is row 7 (1-based), column 2 (0-based).
fn place(reference: &str) -> Option<(u32, u32)> {
    let reference = reference.replace('$', "");
    let split = reference.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = reference.split_at_checked(split)?;
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let digit = letter.to_ascii_uppercase().checked_sub(b'A')?;
        column = column.checked_mul(26)?.checked_add(u32::from(digit) + 1)?;
    }
    Some((digits.parse().ok()?, column.checked_sub(1)?))
}

/// The bytes that the shared strings will take in memory.
pub fn check_shared_strings(package: &mut Package, part: &str, limits: &Limits) -> Result<()> {
    /// Of a string: its header, and the smallest allocation for its text.
    const EACH: u64 = 24 + 16;
    let Some(mut xml) = package.xml(part, limits.max_part_bytes, limits)? else {
        return Ok(());
    };
    let (mut held, mut item) = (0_u64, 0_u64);
    loop {
        let text = match xml.next()? {
            Event::Start(element) => {
                match element.local_name().as_ref() {
                    "si" => {
                        held += EACH;
                        item = 0;
                    }
                    // The reader makes room for as many as are announced.
                    "sst" => {
                        let announced = attribute(&element, "uniqueCount");
                        let announced = announced.and_then(|count| count.parse::<u64>().ok());
                        let room = announced.unwrap_or(0).saturating_mul(24);
                        within("memory", room, limits.max_held_bytes)?;
                    }
                    _ => {}
                }
                0
            }
            Event::Text(text) => text.len() as u64,
            Event::CData(text) => text.len() as u64,
            Event::GeneralRef(_) => 1,
            Event::Eof => return Ok(()),
            _ => 0,
        };
        item += text;
        held += text;
        within("cell", item, limits.max_cell_bytes)?;
        within("memory", held, limits.max_held_bytes)?;
    }
}

/// Styles, theme and relationships: small in any real file, and what is made of
/// them in memory is many times as large.
pub fn check_small(package: &mut Package, part: &str, limits: &Limits) -> Result<()> {
    const MAX_BYTES: u64 = 64 << 20;
    const MAX_ELEMENTS: u64 = 500_000;
    let Some(mut xml) = package.xml(part, MAX_BYTES, limits)? else {
        return Ok(());
    };
    let mut elements = 0;
    // Broken XML is for the reader to judge: it may not read that far.
    while let Some(element) = next_element(&mut xml)? {
        elements += u64::from(element);
        within("memory", elements, MAX_ELEMENTS)?;
    }
    Ok(())
}

/// `None` at the end or where the XML breaks.
fn next_element(xml: &mut Xml<'_>) -> Result<Option<bool>> {
    match xml.next() {
        Ok(Event::Eof) => Ok(None),
        Ok(event) => Ok(Some(matches!(event, Event::Start(_)))),
        Err(crate::domain::file::FileFault::Damaged { .. }) => Ok(None),
        Err(fault) => Err(fault),
    }
}

pub fn within(what: &'static str, found: u64, limit: u64) -> Result<()> {
    if found > limit { Err(too_large(what, found, limit)) } else { Ok(()) }
}
