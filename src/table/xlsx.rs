//! XLSX and XLSM: the cells are streamed by calamine; sheets, marks and limits
//! are read beforehand from the package itself.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use calamine::{Reader, XlsxError};
use quick_xml::events::Event;

use super::cells::{self, RowBuilder};
use super::faults::{self, Result, damaged, of_io};
use super::number_format::NumberFormat;
use super::package::{Package, attribute, of_zip};
use super::relations::relations;
use super::serial::Epoch;
use super::xlsx_marks::{Mark, Marks, check_shared_strings, check_small, is_true};
use super::xlsx_rewrite::rewritten;
use super::{Limits, Sheet, Visit};
use crate::domain::cell::{Cell, Value};
use crate::domain::file::FileFault;
use crate::domain::own;

type Calamine = calamine::Xlsx<Box<dyn Source>>;

trait Source: Read + Seek + Send {}
impl<S: Read + Seek + Send> Source for S {}

const MAX_SMALL_PART: u64 = 64 << 20;

pub struct Xlsx {
    path: PathBuf,
    limits: Limits,
    sheets: Vec<Part>,
    own_properties: Vec<(String, String)>,
    /// What is read in place of the file, where the file as it is can't be.
    rewritten: Option<Arc<[u8]>>,
    /// Kept between scans: it holds the shared strings.
    reader: RefCell<Option<Calamine>>,
}

/// A sheet as the package has it. What is wrong with one sheet is said when
/// that sheet is read: nobody needs a broken sheet they don't use.
struct Part {
    name: String,
    marks: Result<Marks>,
}

impl Xlsx {
    pub fn open(path: &Path, limits: Limits) -> Result<(Self, Vec<Sheet>)> {
        let mut package = Package::open(path)?;
        let outline = Outline::read(&mut package, &limits)?;
        let folder = &outline.folder;
        for part in ["styles.xml", "theme/theme1.xml"] {
            check_small(&mut package, &format!("{folder}{part}"), &limits)?;
        }
        check_shared_strings(&mut package, &format!("{folder}sharedStrings.xml"), &limits)?;

        let (mut parts, mut sheets) = (Vec::new(), Vec::new());
        for entry in &outline.sheets {
            let marks = Marks::read(&mut package, &entry.part, &limits);
            sheets.push(Sheet {
                name: Some(entry.name.clone()),
                hidden: entry.hidden,
                merged: marks.as_ref().map_or(Vec::new(), |marks| marks.merged.clone()),
                hidden_rows_known: true,
                widths: marks.as_ref().map_or(Vec::new(), |marks| marks.widths.clone()),
                hidden_columns: marks.as_ref().map_or(Vec::new(), |marks| marks.hidden_columns.clone()),
            });
            parts.push(Part { name: entry.name.clone(), marks });
        }
        if sheets.is_empty() {
            return Err(FileFault::NoRows);
        }
        let mut xlsx = Self {
            path: path.to_owned(),
            limits,
            own_properties: own_properties(&mut package, &limits),
            rewritten: None,
            reader: RefCell::new(None),
            sheets: parts,
        };
        xlsx.settle_source(&outline)?;
        Ok((xlsx, sheets))
    }

    fn settle_source(&mut self, outline: &Outline) -> Result<()> {
        let is_odd = |part: &Part| matches!(&part.marks, Ok(marks) if marks.odd_dimension);
        let plain =
            if self.sheets.iter().any(is_odd) { Err(damaged("dimension")) } else { self.open_reader() };
        let reader = match plain {
            Err(FileFault::Damaged { .. }) => {
                self.rewritten = Some(rewritten(&self.path, outline, &self.limits)?);
                self.open_reader()
            }
            outcome => outcome,
        };
        self.reader = RefCell::new(Some(reader?));
        Ok(())
    }

    fn open_reader(&self) -> Result<Calamine> {
        let source: Box<dyn Source> = match &self.rewritten {
            Some(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            None => {
                let file = File::open(&self.path).map_err(|error| of_io(&error))?;
                Box::new(BufReader::new(file))
            }
        };
        faults::contained(|| Calamine::new(source).map_err(|error| of_calamine(&error)))
    }

    pub fn own_properties(&self) -> &[(String, String)] {
        &self.own_properties
    }

    pub fn scan(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let part = self.sheets.get(sheet).ok_or_else(|| damaged("sheet"))?;
        let marks = part.marks.as_ref().map_err(Clone::clone)?;
        // Taken out, so that a visitor may scan another sheet meanwhile.
        let kept = self.reader.take();
        let mut reader = match kept {
            Some(reader) => reader,
            None => self.open_reader()?,
        };
        let outcome = self.scan_with(&mut reader, &part.name, marks, visit);
        self.reader.replace(Some(reader));
        outcome
    }

    fn scan_with(
        &self,
        reader: &mut Calamine,
        name: &str,
        marks: &Marks,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        let epoch = Epoch::of_1904(reader.has_1904_epoch());
        let mut cells = match reader.worksheet_cells_reader(name) {
            Ok(cells) => cells,
            // A sheet that ends before its data starts is an empty one.
            Err(XlsxError::XmlEof(_)) if marks.is_empty() => return Ok(()),
            Err(error) => return Err(of_calamine(&error)),
        };
        let formats: Vec<NumberFormat> = cells
            .styles()
            .iter()
            .map(|style| match &style.number_format {
                Some(format) => NumberFormat::of_excel(format.format_id, &format.format_code),
                None => NumberFormat::general(),
            })
            .collect();
        let general = NumberFormat::general();

        let mut rows = RowBuilder::new(&self.limits, |row| marks.hidden.contains(row));
        let mut marked = marks.cells().peekable();
        let mut ordinal = 0;
        while let Some((cell, style)) =
            cells.next_cell_with_style_id().map_err(|error| of_calamine(&error))?
        {
            let mark = marked.next_if(|(marked, _)| *marked == ordinal);
            ordinal += 1;
            let (row, column) = cell.get_position();
            let format = formats.get(style).unwrap_or(&general);
            let content = match mark {
                Some((_, Mark::Uncached)) => Cell::of(Value::Uncached),
                Some((_, Mark::Picture)) => Cell::of(Value::Picture),
                None => cells::cell_of(cell.get_value(), format, epoch),
            };
            if let ControlFlow::Break(()) = rows.put(row, column, content, visit)? {
                return Ok(());
            }
        }
        rows.finish(visit).map(drop)
    }
}

fn of_calamine(error: &XlsxError) -> FileFault {
    match error {
        XlsxError::Io(error) => of_io(error),
        XlsxError::Zip(error) => of_zip(error),
        XlsxError::Password => FileFault::PasswordProtected,
        XlsxError::Xml(_) | XlsxError::XmlEof(_) => damaged("xml"),
        XlsxError::FileNotFound(_) | XlsxError::RelationshipNotFound => damaged("missing part"),
        XlsxError::NotAWorksheet(_) => damaged("not a worksheet"),
        XlsxError::WorksheetNotFound(_) => damaged("missing sheet"),
        XlsxError::CellTAttribute(_) | XlsxError::CellError(_) => damaged("cell type"),
        XlsxError::ParseFloat(_) | XlsxError::ParseInt(_) => damaged("number"),
        _ => damaged("structure"),
    }
}

/// What the workbook part lists.
pub struct Outline {
    /// Of the workbook part, with its `/`: `xl/`.
    pub folder: String,
    pub date1904: bool,
    pub sheets: Vec<Entry>,
}

pub struct Entry {
    pub name: String,
    hidden: bool,
    pub part: String,
}

impl Outline {
    fn read(package: &mut Package, limits: &Limits) -> Result<Self> {
        let main = relations(package, "_rels/.rels", limits)?
            .into_iter()
            .rfind(|relation| relation.kind.ends_with("/relationships/officeDocument"))
            .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.part(""));
        let (folder, file) = main
            .rsplit_once('/')
            .map_or_else(|| (String::new(), main.as_str()), |(folder, file)| (format!("{folder}/"), file));
        let relations = relations(package, &format!("{folder}_rels/{file}.rels"), limits)?;
        let Some(mut xml) = package.xml(&main, MAX_SMALL_PART, limits)? else {
            return Err(damaged("missing part"));
        };
        let (mut sheets, mut date1904) = (Vec::new(), false);
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "sheet" => {
                    let relation = attribute_with_prefix(&element, "id")
                        .and_then(|id| relations.iter().rfind(|relation| relation.id == id))
                        .filter(|relation| relation.kind.ends_with("/worksheet"));
                    let Some(relation) = relation else { continue };
                    let state = attribute(&element, "state").unwrap_or_default();
                    sheets.push(Entry {
                        name: attribute(&element, "name").unwrap_or_default(),
                        hidden: !matches!(state.as_str(), "" | "visible"),
                        part: relation.part(&folder),
                    });
                }
                Event::Start(element) if element.local_name().as_ref() == "workbookPr" => {
                    let flag = attribute(&element, "date1904");
                    date1904 |= flag.is_some_and(|flag| is_true(&flag));
                }
                Event::End(element) if element.local_name().as_ref() == "workbook" => break,
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        // Listed, but not there: other programs leave such a sheet out, too.
        sheets.retain(|entry: &Entry| package.has(&entry.part));
        Ok(Self { folder, date1904, sheets })
    }
}

/// `r:id`, whatever the prefix is; not a bare `id`.
fn attribute_with_prefix(element: &quick_xml::events::BytesStart<'_>, local_name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes
        .find(|found| found.key.prefix().is_some() && found.key.local_name().as_ref() == local_name)?;
    Some(found.value.into_owned())
}

/// The custom properties that this program's own workbooks carry.
fn own_properties(package: &mut Package, limits: &Limits) -> Vec<(String, String)> {
    let Ok(Some(mut xml)) = package.xml("docProps/custom.xml", MAX_SMALL_PART, limits) else {
        return Vec::new();
    };
    let mut found: Vec<(String, String)> = Vec::new();
    let mut ours = false;
    loop {
        match xml.next() {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "property" => {
                let name = attribute(&element, "name").unwrap_or_default();
                ours = name.starts_with(own::KIND);
                if ours {
                    found.push((name, String::new()));
                }
            }
            Ok(Event::End(element)) if element.local_name().as_ref() == "property" => ours = false,
            Ok(Event::Text(text)) if ours => {
                if let Some((_, value)) = found.last_mut() {
                    value.push_str(text.as_ref());
                }
            }
            // A reference such as `&amp;` stands apart from the text around it.
            Ok(Event::GeneralRef(name)) if ours => {
                if let Some((_, value)) = found.last_mut() {
                    value.push_str(match name.as_ref() as &str {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => "",
                    });
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
