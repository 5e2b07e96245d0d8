//! Whether a file is one of ours, and whether someone has saved it since.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use zip::ZipArchive;

use super::columns::OWN;
use crate::domain::workbook_marks::{FOUND, KIND, SANDBOX};

/// More than this no properties of a workbook take.
const MOST_XML: u64 = 256 * 1024;
const MOST_HEADER: u64 = 1024 * 1024;

/// A workbook of ours of that kind which no spreadsheet program has saved: they
/// change its time of modification, we leave it equal to that of creation.
/// `sandbox`: with made-up links.
pub fn is_unedited_workbook(path: &Path, kind: &str, sandbox: bool) -> bool {
    let Some(mut archive) = File::open(path).ok().and_then(|file| ZipArchive::new(file).ok()) else {
        return false;
    };
    let custom = part(&mut archive, "docProps/custom.xml").unwrap_or_default();
    let named = names_kind(&custom, kind);
    let made_up = custom.contains(&format!("name=\"{SANDBOX}\""));
    let core = part(&mut archive, "docProps/core.xml").unwrap_or_default();
    let times = (
        between(&core, "<dcterms:created", "</dcterms:created>"),
        between(&core, "<dcterms:modified", "</dcterms:modified>"),
    );
    named && made_up == sandbox && matches!(times, (Some(created), Some(modified)) if created == modified)
}

/// A workbook of ours of that kind, whoever has saved it since.
pub fn is_workbook(path: &Path, kind: &str) -> bool {
    let Some(mut archive) = File::open(path).ok().and_then(|file| ZipArchive::new(file).ok()) else {
        return false;
    };
    let custom = part(&mut archive, "docProps/custom.xml").unwrap_or_default();
    names_kind(&custom, kind)
}

/// A workbook of a check of ours in which something was wrong, whoever has saved it since.
pub fn found_something(path: &Path) -> bool {
    let archive = File::open(path).ok().and_then(|file| ZipArchive::new(file).ok());
    let custom = archive.and_then(|mut archive| part(&mut archive, "docProps/custom.xml"));
    custom.is_some_and(|custom| names_kind(&custom, "check") && custom.contains(&format!("name=\"{FOUND}\"")))
}

fn names_kind(custom: &str, kind: &str) -> bool {
    custom.split("<property ").any(|property| {
        property.contains(&format!("name=\"{KIND}\"")) && property.contains(&format!(">{kind}<"))
    })
}

fn part(archive: &mut ZipArchive<File>, name: &str) -> Option<String> {
    let mut text = String::new();
    archive.by_name(name).ok()?.take(MOST_XML).read_to_string(&mut text).ok()?;
    Some(text)
}

fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(found, _)| found)
}

/// How a text of ours begins.
pub const PROBLEM_MARK: &str = "flowbatch: ";

pub fn is_problem_text(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(64).read_to_end(&mut head));
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head);
    read.is_ok() && text.starts_with(PROBLEM_MARK.as_bytes())
}

/// A web page of ours.
pub fn is_report_page(path: &Path) -> bool {
    head_has(path, &format!("<meta name=\"{KIND}\" content=\"report\">"))
}

/// The same, with made-up links.
pub fn is_rehearsal_page(path: &Path) -> bool {
    is_report_page(path) && head_has(path, &format!("<meta name=\"{SANDBOX}\" content=\"yes\">"))
}

/// How a report as JSON begins.
pub const JSON_MARK: &str = "{\"flowbatch\":\"report\",";

pub fn is_report_json(path: &Path) -> bool {
    head_has(path, JSON_MARK)
}

/// The same, with made-up links.
pub fn is_rehearsal_json(path: &Path) -> bool {
    head_has(path, &format!("{JSON_MARK}\"sandbox\":true,"))
}

/// Whether a mark stands where we put it: near the beginning.
fn head_has(path: &Path, mark: &str) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(512).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains(mark)
}

/// A CSV with all our columns in its header.
pub fn is_report_csv(path: &Path) -> bool {
    has_columns(path, OWN.iter().copied())
}

/// The same, with the column that a rehearsal adds.
pub fn is_rehearsal_csv(path: &Path) -> bool {
    has_columns(path, OWN.iter().copied().chain([SANDBOX]))
}

fn has_columns<'c>(path: &Path, mut columns: impl Iterator<Item = &'c str>) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_HEADER).read_to_end(&mut head));
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(head.as_slice());
    let mut header = ::csv::ByteRecord::new();
    read.is_ok()
        && reader.read_byte_record(&mut header).is_ok()
        && columns.all(|own| header.iter().any(|field| field == own.as_bytes()))
}
