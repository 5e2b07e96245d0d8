//! Some workbooks that every office program opens are refused by the cell
//! reader: macro sheets among the sheets, a relation that leads nowhere, parts
//! in UTF-16, a `<dimension>` without columns. They are written anew, in
//! memory: the same cells in a package as plain as can be.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use quick_xml::Writer;
use quick_xml::escape::escape;
use quick_xml::events::Event;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::Limits;
use super::faults::{Result, damaged, of_io, too_large};
use super::package::{Package, of_zip};
use super::xlsx::Outline;

type Zip = ZipWriter<Cursor<Vec<u8>>>;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

pub fn rewritten(path: &Path, outline: &Outline, limits: &Limits) -> Result<Arc<[u8]>> {
    let length = fs::metadata(path).map_err(|error| of_io(&error))?.len();
    let limit = limits.max_held_bytes / 8;
    if length > limit {
        return Err(too_large("bytes", length, limit));
    }
    let mut package = Package::open(path)?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let root = relation("rId1", "officeDocument", "xl/workbook.xml");
    add_text(&mut zip, "_rels/.rels", &relations(&root))?;
    add_text(&mut zip, "xl/workbook.xml", &workbook(outline))?;
    let sheets = (1..=outline.sheets.len())
        .map(|n| relation(&format!("rId{n}"), "worksheet", &sheet_part(n)))
        .collect::<String>();
    add_text(&mut zip, "xl/_rels/workbook.xml.rels", &relations(&sheets))?;
    for part in ["sharedStrings.xml", "styles.xml"] {
        let from = format!("{}{part}", outline.folder);
        copy(&mut package, &from, &mut zip, &format!("xl/{part}"), limits)?;
    }
    for (entry, n) in outline.sheets.iter().zip(1..) {
        let to = format!("xl/{}", sheet_part(n));
        copy(&mut package, &entry.part, &mut zip, &to, limits)?;
    }
    let bytes = zip.finish().map_err(|error| of_zip(&error))?.into_inner();
    Ok(bytes.into())
}

fn sheet_part(n: usize) -> String {
    format!("worksheets/sheet{n}.xml")
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

fn relations(relations: &str) -> String {
    format!(r#"<Relationships xmlns="{RELATIONS}">{relations}</Relationships>"#)
}

fn workbook(outline: &Outline) -> String {
    let sheets: String = outline
        .sheets
        .iter()
        .zip(1..)
        .map(|(entry, n)| {
            let name = escape(&entry.name);
            format!(r#"<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>"#)
        })
        .collect();
    let date1904 = u8::from(outline.date1904);
    format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr date1904="{date1904}"/><sheets>{sheets}</sheets></workbook>"#
    )
}

fn start(zip: &mut Zip, name: &str) -> Result<()> {
    let options = SimpleFileOptions::default().compression_level(Some(1));
    zip.start_file(name, options).map_err(|error| of_zip(&error))
}

fn add_text(zip: &mut Zip, name: &str, text: &str) -> Result<()> {
    start(zip, name)?;
    zip.write_all(text.as_bytes()).map_err(|error| of_io(&error))
}

/// Copies a part in UTF-8, up to where it breaks, without its `<dimension>`.
fn copy(package: &mut Package, from: &str, zip: &mut Zip, to: &str, limits: &Limits) -> Result<()> {
    let Some(mut xml) = package.xml(from, limits.max_part_bytes, limits)? else {
        return Ok(());
    };
    start(zip, to)?;
    let mut writer = Writer::new(zip);
    let mut in_dimension = false;
    loop {
        let event = match xml.next() {
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(event) => event,
        };
        let skipped = match &event {
            Event::Decl(_) | Event::DocType(_) => true,
            Event::Start(element) if element.local_name().as_ref() == "dimension" => {
                in_dimension = true;
                true
            }
            Event::End(element) if element.local_name().as_ref() == "dimension" => {
                in_dimension = false;
                true
            }
            _ => in_dimension,
        };
        if !skipped {
            writer.write_event(event).map_err(|_| damaged("xml"))?;
        }
    }
}
