//! ODS, streamed from `content.xml`. Unlike a workbook of Excel it holds the
//! text that a person sees beside each value. Runs of a million equal rows or
//! columns are one element: they are counted, not made, unless they hold a value.

mod table;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use quick_xml::events::Event;

use self::table::{Found, Reader, TableRow};
use super::cells::RowBuilder;
use super::file_errors::{Result, damaged, too_large};
use super::package::{Package, attribute};
use super::{Limits, Merge, Sheet, Visit};
use crate::domain::file::FileFault;

const CONTENT: &str = "content.xml";
const MAX_MERGED: usize = 1_000_000;
const MAX_STYLES: u64 = 64 << 20;

pub struct Ods {
    path: PathBuf,
    limits: Limits,
    shows_zeros: bool,
}

impl Ods {
    pub fn open(path: &Path, limits: Limits) -> Result<(Self, Vec<Sheet>)> {
        let mut package = Package::open(path)?;
        if is_encrypted(&mut package, &limits)? {
            return Err(FileFault::PasswordProtected);
        }
        let shows_zeros = shows_zeros(&mut package, &limits);
        let ods = Self { path: path.to_owned(), limits, shows_zeros };
        let mut sheets: Vec<Sheet> = Vec::new();
        ods.walk(&mut package, &mut |found| {
            match found {
                Found::Table { name, hidden } => sheets.push(Sheet {
                    name: Some(name),
                    hidden,
                    merged: Vec::new(),
                    hidden_rows_known: true,
                    ..Sheet::default()
                }),
                Found::HiddenColumns(first, end) => {
                    if let Some(sheet) = sheets.last_mut() {
                        sheet.hidden_columns.add_all(first, end);
                    }
                }
                Found::Comment(row, column, text) => {
                    if let Some(sheet) = sheets.last_mut() {
                        sheet.add_comment(row.saturating_add(1), column, &text);
                    }
                }
                Found::Row(row) => {
                    if let Some(sheet) = sheets.last_mut() {
                        sheet.merged.extend(merged(&row));
                        if sheet.merged.len() > MAX_MERGED {
                            let found = sheet.merged.len() as u64;
                            return Err(too_large("cells", found, MAX_MERGED as u64));
                        }
                    }
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        if sheets.is_empty() {
            return Err(FileFault::NoRows);
        }
        Ok((ods, sheets))
    }

    pub fn scan(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let mut package = Package::open(&self.path)?;
        let mut rows = RowBuilder::new(&self.limits);
        let mut tables = 0;
        self.walk(&mut package, &mut |found| {
            match found {
                Found::Table { .. } if tables > sheet => return Ok(ControlFlow::Break(())),
                Found::Table { .. } => tables += 1,
                Found::Row(row) if tables == sheet + 1 => {
                    rows.hidden = row.hidden;
                    return emit(&row, &mut rows, visit);
                }
                Found::Row(_) | Found::HiddenColumns(..) | Found::Comment(..) => {}
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    fn walk(
        &self,
        package: &mut Package,
        take: &mut dyn FnMut(Found) -> Result<ControlFlow<()>>,
    ) -> Result<()> {
        let mut reader = Reader::new(&self.limits, self.shows_zeros);
        // Styles that others are made of stand in a part of their own.
        if let Some(mut xml) = package.xml("styles.xml", MAX_STYLES, &self.limits)? {
            loop {
                match xml.next() {
                    Ok(Event::Eof) | Err(_) => break,
                    Ok(event) => drop(reader.take(&event)),
                }
            }
        }
        reader.styles_end();
        let xml = package.xml(CONTENT, self.limits.max_part_bytes, &self.limits)?;
        let Some(mut xml) = xml else {
            return Err(damaged("missing part"));
        };
        let mut has_ended = false;
        loop {
            let event = xml.next()?;
            match &event {
                // Without the end of its tables rows may be missing.
                Event::Eof if !has_ended => return Err(damaged("xml")),
                Event::Eof => return Ok(()),
                Event::End(element) => {
                    has_ended |= matches!(element.local_name().as_ref(), "spreadsheet" | "body")
                }
                _ => {}
            }
            if let Some(found) = reader.take(&event)?
                && take(found)?.is_break()
            {
                return Ok(());
            }
        }
    }
}

fn emit(row: &TableRow, rows: &mut RowBuilder<'_>, visit: &mut Visit<'_>) -> Result<ControlFlow<()>> {
    if row.cells.is_empty() {
        return Ok(ControlFlow::Continue(()));
    }
    for number in row.first..row.first.saturating_add(row.repeated) {
        for run in &row.cells {
            for column in run.column..run.column.saturating_add(run.repeated) {
                if rows.put(number, column, (run.cell.clone(), run.mark), visit)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        if rows.finish(visit)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

fn merged(row: &TableRow) -> impl Iterator<Item = Merge> {
    let first_row = row.first.saturating_add(1);
    row.spans.iter().map(move |span| Merge {
        first_row,
        last_row: first_row.saturating_add(span.rows - 1),
        first_column: span.column,
        last_column: span.column.saturating_add(span.columns - 1),
    })
}

/// Whether the program shows zeros, as the document's settings have it.
fn shows_zeros(package: &mut Package, limits: &Limits) -> bool {
    let Ok(Some(mut xml)) = package.xml("settings.xml", MAX_STYLES, limits) else { return true };
    let mut asked = false;
    loop {
        match xml.next() {
            Ok(Event::Start(element)) => {
                asked = attribute(&element, "name").as_deref() == Some("ShowZeroValues");
            }
            Ok(Event::Text(text)) if asked && text.as_ref() == "false" => return false,
            Ok(Event::End(_)) => asked = false,
            Ok(Event::Eof) | Err(_) => return true,
            Ok(_) => {}
        }
    }
}

fn is_encrypted(package: &mut Package, limits: &Limits) -> Result<bool> {
    const MAX_MANIFEST: u64 = 16 << 20;
    if package.has("encrypted-package") {
        return Ok(true);
    }
    let Some(mut manifest) = package.xml("META-INF/manifest.xml", MAX_MANIFEST, limits)? else {
        return Ok(false);
    };
    loop {
        match manifest.next() {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "encryption-data" => {
                return Ok(true);
            }
            Ok(Event::Eof) | Err(_) => return Ok(false),
            Ok(_) => {}
        }
    }
}
