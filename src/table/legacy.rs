//! XLS and XLSB: calamine holds the sheet in memory, and asks for more than a
//! gigabyte where a broken file says so; hence the child process.

use std::fs::{self, File};
use std::io::{BufReader, Cursor};
use std::path::{Path, PathBuf};

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, XlsError, XlsbError};

use super::cells::{RowBuilder, cell_of};
use super::faults::{Result, damaged, of_io, too_large};
use super::ole::Ole;
use super::package::{Package, of_zip};
use super::serial::Epoch;
use super::{Kind, Limits, Merge, ReadOptions, Sheet, Visit, biff, biff12, child};

use crate::domain::file::FileFault;

type XlsReader = calamine::Xls<Cursor<Vec<u8>>>;

/// As many cells as calamine may lay out for one sheet, which it does twice.
const MAX_AREA: u64 = 65_536 * 128;

pub struct Legacy {
    source: Source,
    child: Option<PathBuf>,
}

/// What a child is told.
#[derive(Clone)]
pub struct Source {
    pub path: PathBuf,
    pub kind: Kind,
    pub limits: Limits,
}

impl Legacy {
    pub fn open(path: &Path, kind: Kind, options: &ReadOptions) -> Result<(Self, Vec<Sheet>)> {
        let source = Source { path: path.to_owned(), kind, limits: options.limits };
        let sheets = match &options.child {
            Some(program) => child::sheets(program, &source)?,
            None => source.sheets()?,
        };
        if sheets.is_empty() {
            return Err(FileFault::NoRows);
        }
        let child = options.child.clone();
        Ok((Self { source, child }, sheets))
    }

    pub fn kind(&self) -> Kind {
        self.source.kind
    }

    pub fn scan(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        match &self.child {
            Some(program) => child::rows(program, &self.source, sheet, visit),
            None => self.source.rows(sheet, visit),
        }
    }
}

/// A worksheet and its place among all the sheets of the workbook.
struct Place {
    index: usize,
    name: String,
    hidden: bool,
}

impl Source {
    pub fn sheets(&self) -> Result<Vec<Sheet>> {
        let sheet = |place: &Place, merged| Sheet {
            name: Some(place.name.clone()),
            hidden: place.hidden,
            merged,
            hidden_rows_known: true,
            ..Sheet::default()
        };
        let mut sheets = Vec::new();
        if self.kind == Kind::Xlsb {
            let xlsb = self.open_xlsb()?;
            let mut package = Package::open(&self.path)?;
            for place in places(xlsb.sheets_metadata()) {
                let (_, merged) = biff12::looks(&mut package, place.index, &self.limits)?;
                sheets.push(sheet(&place, merged));
            }
        } else {
            let (xls, _) = self.open_xls()?;
            for place in places(xls.sheets_metadata()) {
                let areas = xls.merge_cells_by_sheet_name(&place.name);
                let merged = areas.unwrap_or_default().iter().map(merge).collect();
                sheets.push(sheet(&place, merged));
            }
        }
        Ok(sheets)
    }

    pub fn rows(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        if self.kind == Kind::Xlsb { self.rows_of_xlsb(sheet, visit) } else { self.rows_of_xls(sheet, visit) }
    }

    fn rows_of_xls(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let (mut xls, stream) = self.open_xls()?;
        let place = place(xls.sheets_metadata(), sheet)?;
        let looks = biff::looks(&stream, place.index);
        drop(stream);
        let epoch = Epoch::of_1904(xls.has_1904_epoch());
        let range = xls.worksheet_range(&place.name);
        let range = range.map_err(|error| of_xls(&error))?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut rows = RowBuilder::new(&self.limits, |row| looks.hidden.contains(row));
        for (row, column, value) in range.used_cells() {
            let row = first_row.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
            let column = first_column.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
            let content = cell_of(&as_ref(value), looks.format(row, column), epoch);
            if rows.put(row, column, content, visit)?.is_break() {
                return Ok(());
            }
        }
        rows.finish(visit).map(drop)
    }

    fn rows_of_xlsb(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let mut xlsb = self.open_xlsb()?;
        let place = place(xlsb.sheets_metadata(), sheet)?;
        let mut package = Package::open(&self.path)?;
        let (looks, _) = biff12::looks(&mut package, place.index, &self.limits)?;
        let epoch = Epoch::of_1904(xlsb.has_1904_epoch());
        let cells = xlsb.worksheet_cells_reader(&place.name);
        let mut cells = cells.map_err(|error| of_xlsb(&error))?;
        let mut rows = RowBuilder::new(&self.limits, |row| looks.hidden.contains(row));
        while let Some(cell) = cells.next_cell().map_err(|error| of_xlsb(&error))? {
            let (row, column) = cell.get_position();
            let content = cell_of(cell.get_value(), looks.format(row, column), epoch);
            if rows.put(row, column, content, visit)?.is_break() {
                return Ok(());
            }
        }
        rows.finish(visit).map(drop)
    }

    /// The reader, and the workbook stream it reads.
    fn open_xls(&self) -> Result<(XlsReader, Vec<u8>)> {
        let metadata = fs::metadata(&self.path).map_err(|error| of_io(&error))?;
        // The whole file is held, and what is made of it besides.
        let limit = self.limits.max_held_bytes / 8;
        if metadata.len() > limit {
            return Err(too_large("bytes", metadata.len(), limit));
        }
        let mut file = fs::read(&self.path).map_err(|error| of_io(&error))?;
        let stream = sober(&mut file)?;
        let area = biff::largest_area(&stream);
        if area > MAX_AREA {
            return Err(too_large("cells", area, MAX_AREA));
        }
        let xls = calamine::Xls::new(Cursor::new(file)).map_err(|error| of_xls(&error))?;
        Ok((xls, stream))
    }

    fn open_xlsb(&self) -> Result<calamine::Xlsb<BufReader<File>>> {
        Package::open(&self.path)?.check_unpacked("xl/", self.limits.max_held_bytes)?;
        let file = File::open(&self.path).map_err(|error| of_io(&error))?;
        calamine::Xlsb::new(BufReader::new(file)).map_err(|error| of_xlsb(&error))
    }
}

/// The workbook stream, after what it boasts of was taken back in the file.
fn sober(file: &mut [u8]) -> Result<Vec<u8>> {
    let pieces = Ole::over(Cursor::new(&*file))?.workbook_pieces();
    let (mut stream, mut places) = (Vec::new(), Vec::new());
    for (position, length) in pieces.unwrap_or_default() {
        let position = usize::try_from(position).unwrap_or(usize::MAX);
        let rest = file.get(position..).unwrap_or_default();
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let piece = rest.get(..length.min(rest.len())).unwrap_or_default();
        places.push((stream.len(), position));
        stream.extend_from_slice(piece);
    }
    for boast in biff::boasts(&stream) {
        for at in boast {
            let piece = places.partition_point(|(start, _)| *start <= at);
            let place = piece.checked_sub(1).and_then(|piece| places.get(piece));
            let byte = place.and_then(|(start, position)| file.get_mut(position + (at - start)));
            if let Some(byte) = byte {
                *byte = 0;
            }
        }
    }
    Ok(stream)
}

fn place(sheets: &[calamine::Sheet], sheet: usize) -> Result<Place> {
    places(sheets).nth(sheet).ok_or_else(|| damaged("missing sheet"))
}

fn places(sheets: &[calamine::Sheet]) -> impl Iterator<Item = Place> {
    sheets.iter().enumerate().filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet).map(|(index, sheet)| {
        Place { index, name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible }
    })
}

fn merge(area: &calamine::Dimensions) -> Merge {
    Merge {
        first_row: area.start.0.saturating_add(1),
        last_row: area.end.0.saturating_add(1),
        first_column: area.start.1,
        last_column: area.end.1,
    }
}

fn as_ref(value: &Data) -> DataRef<'_> {
    match value {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(serial) => DataRef::DateTime(*serial),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

fn of_xls(error: &XlsError) -> FileFault {
    match error {
        XlsError::Io(error) => of_io(error),
        XlsError::Password => FileFault::PasswordProtected,
        XlsError::Cfb(_) => damaged("ole"),
        XlsError::WorksheetNotFound(_) => damaged("missing sheet"),
        _ => damaged("structure"),
    }
}

fn of_xlsb(error: &XlsbError) -> FileFault {
    match error {
        XlsbError::Io(error) => of_io(error),
        XlsbError::Zip(error) => of_zip(error),
        XlsbError::Password => FileFault::PasswordProtected,
        XlsbError::Xml(_) | XlsbError::XmlAttr(_) => damaged("xml"),
        XlsbError::FileNotFound(_) => damaged("missing part"),
        XlsbError::WorksheetNotFound(_) => damaged("missing sheet"),
        _ => damaged("structure"),
    }
}
