//! XLSB ([MS-XLSB]): the parts of an XLSX as streams of small binary records.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use encoding_rs::UTF_16LE;

use super::cells::{Raised, RowBuilder, Sight, Strokes, look};
use super::errors;
use super::file_errors::{Result, damaged, too_large};
use super::format::serial::Epoch;
use super::legacy::compound_file::number;
use super::legacy::records::{double, rk};
use super::legacy::text::rich;
use super::package::{KeptPackage, Package};
use super::relations::relations;
use super::styles::{Font, Style, Styles, Xf};
use super::{Limits, Merge, Sheet, Visit};
use crate::domain::cell::{Cell, Mark, Value};

const WORKBOOK: &str = "xl/workbook.bin";
const MAX_RECORD: u64 = 16 << 20;

const BEGIN_DATA: u32 = 145;
const END_DATA: u32 = 146;

pub struct Xlsb {
    path: PathBuf,
    limits: Limits,
    parts: Vec<Part>,
    epoch: Epoch,
    uncalculated: bool,
    styles: Styles,
    fonts: Vec<Font>,
    strings: Vec<(Box<str>, Strokes)>,
    package: KeptPackage,
}

struct Part {
    name: String,
    shows_zeros: bool,
}

impl Xlsb {
    pub fn open(path: &Path, limits: Limits) -> Result<(Self, Vec<Sheet>)> {
        let mut package = Package::open(path)?;
        let mut xlsb = Self {
            path: path.to_owned(),
            limits,
            parts: Vec::new(),
            epoch: Epoch::Y1900,
            uncalculated: false,
            styles: Styles::default(),
            fonts: Vec::new(),
            strings: Vec::new(),
            package: KeptPackage::default(),
        };
        xlsb.read_styles(&mut package)?;
        xlsb.read_strings(&mut package)?;
        let mut sheets = Vec::new();
        for (name, hidden, part) in xlsb.listed(&mut package)? {
            let (sheet, shows_zeros) = frame(&mut package, &part, &limits)?;
            let mut sheet = Sheet { name: Some(name), hidden, hidden_rows_known: true, ..sheet };
            // What is damaged in them does not touch the rows.
            let _ = read_comments(&mut package, &part, &mut sheet, &limits);
            sheets.push(sheet);
            xlsb.parts.push(Part { name: part, shows_zeros });
        }
        // There is no workbook without a sheet: this one is none that can be understood.
        if sheets.is_empty() {
            return Err(damaged("structure"));
        }
        xlsb.package.put_back(package);
        Ok((xlsb, sheets))
    }

    /// Names, whether hidden, parts.
    fn listed(&mut self, package: &mut Package) -> Result<Vec<(String, bool, String)>> {
        let relations = relations(package, "xl/_rels/workbook.bin.rels", &self.limits)?;
        let mut listed = Vec::new();
        let Some(mut records) = Records::open(package, WORKBOOK, &self.limits)? else {
            return Err(damaged("missing part"));
        };
        while let Some(kind) = records.next()? {
            let data = &records.data;
            match kind {
                // BrtWbProp
                0x99 => self.epoch = Epoch::of_1904(number(data, 0, 4) & 1 == 1),
                // BrtCalcProp: everything is to be calculated when the file is opened.
                0x9D => self.uncalculated = number(data, 24, 2) & 1 == 1,
                // BrtBundleSh: without a relation there is no sheet behind it.
                0x9C if number(data, 8, 4) != u32::MAX => {
                    let (id, length) = text(data, 8);
                    let (name, _) = text(data, 8 + length);
                    let relation = relations.iter().rfind(|relation| relation.id == id);
                    if let Some(relation) = relation.filter(|relation| relation.kind.ends_with("/worksheet"))
                    {
                        listed.push((name, number(data, 0, 4) != 0, relation.part("xl/")));
                    }
                }
                _ => {}
            }
        }
        drop(records);
        listed.retain(|(_, _, part)| package.has(part));
        Ok(listed)
    }

    fn read_styles(&mut self, package: &mut Package) -> Result<()> {
        let (mut xfs, mut fills, mut codes) = (Vec::new(), Vec::new(), HashMap::new());
        let mut in_cell_styles = false;
        let Some(mut records) = Records::open(package, "xl/styles.bin", &self.limits)? else {
            return Ok(());
        };
        // What is broken in here is for the cells to show.
        while let Ok(Some(kind)) = records.next() {
            let data = &records.data;
            match kind {
                0x2C => drop(codes.insert(number(data, 0, 2), text(data, 2).0)),
                0x2B => self.fonts.push(Font {
                    struck: number(data, 2, 2) & 8 != 0,
                    white: is_white_colour(data, 12),
                    raised: Raised::of_code(number(data, 6, 2)),
                }),
                0x2D => fills.push(match number(data, 0, 4) {
                    0 => false,
                    1 => !is_white_colour(data, 4),
                    _ => true,
                }),
                0x269 => in_cell_styles = true,
                0x26A => in_cell_styles = false,
                0x2F if in_cell_styles => {
                    let fill = number(data, 6, 2) as usize;
                    let painted = fills.get(fill).copied().unwrap_or(true);
                    xfs.push(Xf {
                        format: number(data, 2, 2),
                        font: number(data, 4, 2),
                        painted,
                        ..Xf::default()
                    });
                }
                _ => {}
            }
        }
        self.styles =
            Styles::new(&xfs, &codes, |font| self.fonts.get(font as usize).copied().unwrap_or_default());
        Ok(())
    }

    fn font(&self, font: u32) -> Font {
        self.fonts.get(font as usize).copied().unwrap_or_default()
    }

    fn read_strings(&mut self, package: &mut Package) -> Result<()> {
        const EACH: u64 = 32 + 16;
        let Some(mut records) = Records::open(package, "xl/sharedStrings.bin", &self.limits)? else {
            return Ok(());
        };
        let mut held = 0;
        while let Some(kind) = records.next()? {
            // BrtSSTItem
            if kind == 0x13 {
                let (text, strokes) = self.rich_text(&records.data, 0);
                held += EACH + text.len() as u64;
                if held > self.limits.max_held_bytes {
                    return Err(too_large("memory", held, self.limits.max_held_bytes));
                }
                self.strings.push((text.into(), strokes));
            }
        }
        Ok(())
    }

    /// Flags, a text, and the runs of its fonts.
    fn rich_text(&self, data: &[u8], at: usize) -> (String, Strokes) {
        let (text, length) = text(data, at + 1);
        if number(data, at, 1) & 1 == 0 {
            return (text, Strokes::PLAIN);
        }
        let runs = data.get(at + 1 + length..).unwrap_or_default();
        let count = number(runs, 0, 4) as usize;
        let runs = runs.get(4..).unwrap_or_default().chunks_exact(4).take(count);
        let fonts: Vec<(usize, u32)> =
            runs.map(|run| (number(run, 0, 2) as usize, number(run, 2, 2))).collect();
        let units: Vec<u16> = text.encode_utf16().collect();
        rich(&units, &fonts, &|font| self.font(font))
    }

    pub fn scan(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let part = self.parts.get(sheet).ok_or_else(|| damaged("missing sheet"))?;
        let mut package = self.package.take(&self.path)?;
        let outcome = self.scan_part(&mut package, part, visit);
        self.package.put_back(package);
        outcome
    }

    fn scan_part(&self, package: &mut Package, part: &Part, visit: &mut Visit<'_>) -> Result<()> {
        const HIDDEN: u32 = 0x10;
        let Some(mut records) = Records::open(package, &part.name, &self.limits)? else {
            return Ok(());
        };
        let sight = Sight { epoch: self.epoch, shows_zeros: part.shows_zeros };
        let mut rows = RowBuilder::new(&self.limits);
        let mut in_data = false;
        // Short cells are those to the right of the one before.
        let (mut row, mut next) = (0, 0_u32);
        loop {
            let Some(kind) = records.next()? else {
                // Rows are missing.
                return if in_data { Err(damaged("structure")) } else { rows.finish(visit).map(drop) };
            };
            let data = records.data.as_slice();
            let (column, style, at) = match kind {
                BEGIN_DATA => {
                    in_data = true;
                    continue;
                }
                END_DATA => {
                    records.drain()?;
                    return rows.finish(visit).map(drop);
                }
                0 if in_data => {
                    row = number(data, 0, 4);
                    next = 0;
                    rows.hidden = number(data, 11, 1) & HIDDEN != 0;
                    continue;
                }
                1..=11 | 62 if in_data => (number(data, 0, 4), number(data, 4, 3), 8),
                12..=18 if in_data => (next, number(data, 0, 3), 4),
                _ => continue,
            };
            next = column.saturating_add(1);
            let style = self.styles.get(style as usize);
            let cell = self.cell(kind, data, at, style, sight);
            if rows.put(row, column, cell, visit)?.is_break() {
                return Ok(());
            }
        }
    }

    /// `at`: where the value stands behind column and style.
    fn cell(&self, kind: u32, data: &[u8], at: usize, style: &Style, sight: Sight) -> (Cell, Mark) {
        let uncached = (Cell::of(Value::Uncached), Mark::default());
        match kind {
            2 | 13 => sight.number(rk(number(data, at, 4)), style),
            3 | 11 | 14 => {
                let error = errors::of_code(u8::try_from(number(data, at, 1)).unwrap_or(0));
                (Cell::of(Value::Error(error.into_owned())), Mark::default())
            }
            4 | 10 | 15 => (Cell::of(Value::Bool(number(data, at, 1) != 0)), look(style)),
            9 if self.uncalculated && double(data, at) == 0.0 => uncached,
            5 | 9 | 16 => sight.number(double(data, at), style),
            6 | 8 | 17 => {
                let (text, _) = text(data, at);
                if kind == 8 && text.is_empty() && self.uncalculated {
                    return uncached;
                }
                sight.text(&text, Strokes::PLAIN, style)
            }
            7 | 18 => match self.strings.get(number(data, at, 4) as usize) {
                Some((text, strokes)) => sight.text(text, *strokes, style),
                None => (Cell::of(Value::Error("#REF!".to_owned())), Mark::default()),
            },
            62 => {
                let (text, strokes) = self.rich_text(data, at);
                sight.text(&text, strokes, style)
            }
            _ => (Cell::default(), Mark::default()),
        }
    }
}

/// What stands around the cells, and whether zeros are shown.
fn frame(package: &mut Package, part: &str, limits: &Limits) -> Result<(Sheet, bool)> {
    const MOST_MERGED: usize = 1_000_000;
    let mut sheet = Sheet::default();
    let mut shows_zeros = true;
    let Some(mut records) = Records::open(package, part, limits)? else {
        return Ok((sheet, shows_zeros));
    };
    // What is broken in the rows is said when they are read; behind them it is no matter.
    while let Ok(Some(kind)) = records.next() {
        let data = &records.data;
        match kind {
            // BrtBeginWsView
            0x89 => shows_zeros &= number(data, 0, 2) & 0x10 != 0,
            // BrtColInfo: columns of no width are hidden, too.
            0x3C if number(data, 16, 2) & 1 == 1 || number(data, 8, 4) == 0 => {
                sheet.hidden_columns.add_all(number(data, 0, 4), number(data, 4, 4).saturating_add(1));
            }
            // BrtMergeCell
            0xB0 if sheet.merged.len() < MOST_MERGED => sheet.merged.push(Merge {
                first_row: number(data, 0, 4).saturating_add(1),
                last_row: number(data, 4, 4).saturating_add(1),
                first_column: number(data, 8, 4),
                last_column: number(data, 12, 4),
            }),
            _ => {}
        }
    }
    sheet.hidden_columns.sort();
    Ok((sheet, shows_zeros))
}

/// Adds the comments of the sheet that stands in that part.
fn read_comments(package: &mut Package, part: &str, sheet: &mut Sheet, limits: &Limits) -> Result<()> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let relations = relations(package, &format!("{folder}/_rels/{file}.rels"), limits)?;
    // A program writes one.
    const MOST_PARTS: usize = 8;
    let parts = relations.iter().filter(|relation| relation.kind.ends_with("/comments"));
    let parts = parts.map(|relation| relation.part(&format!("{folder}/"))).take(MOST_PARTS);
    for part in parts.collect::<BTreeSet<String>>() {
        let Some(mut records) = Records::open(package, &part, limits)? else { continue };
        let mut place = (0, 0);
        while let Some(kind) = records.next()? {
            let data = &records.data;
            match kind {
                // BrtBeginComment: its author, then the first and the last row and column.
                0x27B => place = (number(data, 4, 4), number(data, 12, 4)),
                // BrtCommentText
                0x27D => sheet.add_comment(place.0.saturating_add(1), place.1, &text(data, 1).0),
                _ => {}
            }
        }
    }
    Ok(())
}

/// A BrtColor: its kind, an index, the tint, and the colour itself.
fn is_white_colour(data: &[u8], at: usize) -> bool {
    let (kind, index, tint) = (number(data, at, 1) >> 1, number(data, at + 1, 1), number(data, at + 2, 2));
    match kind {
        1 => matches!(index, 1 | 9),
        2 => number(data, at + 4, 3) == 0x00FF_FFFF,
        3 => index == 0 && tint == 0,
        _ => false,
    }
}

/// Text behind its length in characters, and how many bytes both take.
fn text(data: &[u8], at: usize) -> (String, usize) {
    let length = (number(data, at, 4) as usize).saturating_mul(2);
    let rest = data.get(at + 4..).unwrap_or_default();
    let text = rest.get(..length.min(rest.len())).unwrap_or_default();
    (UTF_16LE.decode_without_bom_handling(text).0.into_owned(), 4_usize.saturating_add(length))
}

struct Records<R> {
    input: R,
    /// Of the record that came last.
    data: Vec<u8>,
    total: u64,
    max_total: u64,
}

impl<'a> Records<Box<dyn Read + 'a>> {
    fn open(package: &'a mut Package, part: &str, limits: &Limits) -> Result<Option<Self>> {
        let input = package.bytes(part)?;
        Ok(input.map(|input| Self {
            input: Box::new(input),
            data: Vec::new(),
            total: 0,
            max_total: limits.max_part_bytes,
        }))
    }
}

impl<R: Read> Records<R> {
    /// The kind of the next record; `None` where the part ends between two.
    fn next(&mut self) -> Result<Option<u32>> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let broken = || damaged("structure");
        let kind = match first & 0x80 {
            0 => first,
            _ => (first & 0x7F) | (self.byte()?.ok_or_else(broken)? & 0x7F) << 7,
        };
        let mut length = 0;
        for shift in [0, 7, 14, 21] {
            let next = self.byte()?.ok_or_else(broken)?;
            length |= u64::from(next & 0x7F) << shift;
            if next & 0x80 == 0 {
                break;
            }
        }
        self.total += length;
        if self.total > self.max_total {
            return Err(too_large("bytes", self.total, self.max_total));
        }
        self.data.clear();
        let read = (&mut self.input).take(length).read_to_end(&mut self.data);
        // A broken part blames the file, not the disk: that has told of its own troubles by now.
        let read = read.map_err(|_| broken())?;
        if length > MAX_RECORD || (read as u64) < length {
            return Err(broken());
        }
        Ok(Some(kind))
    }

    /// See [`Markup::drain`](super::markup::Markup::drain).
    fn drain(&mut self) -> Result<()> {
        io::copy(&mut self.input, &mut io::sink()).map(drop).map_err(|_| damaged("zip"))
    }

    fn byte(&mut self) -> Result<Option<u32>> {
        let mut byte = [0];
        match self.input.read(&mut byte) {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(byte[0].into())),
            Err(_) => Err(damaged("structure")),
        }
    }
}
