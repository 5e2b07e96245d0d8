//! What a file is, by its first bytes and its inner names; its own name is
//! not looked at.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use super::Kind;
use super::encoding::utf16_without_mark;
use super::file_errors::{Result, damaged, of_io};
use super::legacy::compound_file::{self, Ole};
use super::package::Package;
use crate::domain::file::FileFault;

const PREFIX: u64 = 4096;

/// First bytes of what is often called a spreadsheet and is none.
const OTHERS: [(&[u8], &str); 16] = [
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1F\x8B", "gzip"),
    (b"SQLite format 3", "SQLite"),
    (b"ID;P", "SYLK"),
    (b"\0\0\x02\0\x06\x04", "Lotus 1-2-3"),
    (b"\0\0\x1A\0", "Lotus 1-2-3"),
    (b"\0\0\x02\0", "Quattro Pro"),
    (b"\x00\x00\x00\x00ftyp", "video"),
];

/// `is_named`: somebody has said in which encoding the text is, so that it is text.
pub fn kind_of(path: &Path, is_named: bool) -> Result<Kind> {
    let metadata = fs::metadata(path).map_err(|error| of_io(&error))?;
    if metadata.is_dir() {
        return Err(FileFault::IsFolder);
    }
    if !metadata.is_file() {
        return Err(FileFault::Io("not a regular file".to_owned()));
    }
    let file = File::open(path).map_err(|error| of_io(&error))?;
    let mut prefix = Vec::new();
    file.take(PREFIX).read_to_end(&mut prefix).map_err(|error| of_io(&error))?;
    if prefix.is_empty() {
        return Err(FileFault::Empty);
    }
    if prefix.starts_with(b"PK\x03\x04") || prefix.starts_with(b"PK\x05\x06") {
        return kind_of_zip(path);
    }
    if prefix.starts_with(compound_file::SIGNATURE) {
        return kind_of_ole(path);
    }
    if let Some((_, kind)) = OTHERS.iter().find(|(first, _)| prefix.starts_with(first)) {
        return Err(FileFault::WrongKind { kind });
    }
    if is_bitmap(&prefix) {
        return Err(FileFault::WrongKind { kind: "BMP" });
    }
    if let Some(kind) = bare_biff(&prefix) {
        return Err(FileFault::WrongKind { kind });
    }
    if !is_named && !is_text(&prefix) {
        return Err(FileFault::Ciphertext);
    }
    kind_of_text(&prefix)
}

/// A table in HTML or XML, or a page of another sort, or else fields and separators.
fn kind_of_text(prefix: &[u8]) -> Result<Kind> {
    let encoding = Encoding::for_bom(prefix).map(|(encoding, _)| encoding);
    let text = encoding.or_else(|| utf16_without_mark(prefix)).unwrap_or(UTF_8).decode(prefix).0;
    let start = text.trim_start().to_ascii_lowercase();
    let xml = start.starts_with("<?xml")
        || start.starts_with("<?mso")
        || start.starts_with("<workbook")
        || start.starts_with("<ss:workbook");
    if xml
        && (start.contains("urn:schemas-microsoft-com:office:spreadsheet") || start.contains("excel.sheet"))
        && !start.contains("<html")
    {
        return Ok(Kind::XmlSpreadsheet);
    }
    if start.starts_with("<?xml") && start.contains("<office:document") {
        return Err(FileFault::WrongKind { kind: "fods" });
    }
    let tags = [
        "<html", "<!doctype", "<?xml", "<table", "<head", "<meta", "<style", "<!--", "<body", "<div", "<tr",
        "<center", "<font", "<title", "<script", "<p>", "<h1", "<h2", "<h3",
    ];
    // Whatever it begins with, `<b>` or a `<form>`.
    let is_page = start.starts_with('<') && ["<table", "<html"].iter().any(|tag| start.contains(tag));
    if is_page || tags.iter().any(|tag| start.starts_with(tag)) {
        return Ok(Kind::Html);
    }
    // A mail, as browsers save pages with all that is in them.
    if start.starts_with("mime-version:") { Err(FileFault::Html) } else { Ok(Kind::Csv) }
}

fn kind_of_zip(path: &Path) -> Result<Kind> {
    let mut package = Package::open(path)?;
    let wrong = |kind| Err(FileFault::WrongKind { kind });
    if let Some(kind) = package.mimetype() {
        return match kind.strip_prefix("application/vnd.oasis.opendocument.") {
            Some(kind) if kind.starts_with("spreadsheet") => Ok(Kind::Ods),
            Some(kind) if kind.starts_with("text") => wrong("OpenDocument text"),
            Some(kind) if kind.starts_with("presentation") => wrong("OpenDocument presentation"),
            Some(_) => wrong("OpenDocument drawing"),
            None => wrong("zip"),
        };
    }
    let has_folder = |folder: &str| package.names().any(|name| name.starts_with(folder));
    if package.has("xl/workbook.bin") {
        Ok(Kind::Xlsb)
    } else if package.has("xl/workbook.xml") || has_folder("xl/") {
        Ok(Kind::Xlsx)
    } else if has_folder("word/") {
        wrong("Word")
    } else if has_folder("ppt/") {
        wrong("PowerPoint")
    } else if has_folder("index/") || package.has("index.zip") {
        wrong("Numbers")
    } else if package.has("content.xml") {
        Ok(Kind::Ods)
    } else if package.has("_rels/.rels") {
        Ok(Kind::Xlsx)
    } else if package.names().next().is_none() {
        Err(damaged("empty zip"))
    } else {
        wrong("zip")
    }
}

fn kind_of_ole(path: &Path) -> Result<Kind> {
    let ole = Ole::open(path)?;
    let wrong = |kind| Err(FileFault::WrongKind { kind });
    if ole.has("EncryptedPackage") || ole.has("EncryptionInfo") {
        // Perhaps with the password that every program knows.
        kind_of_zip(path)
    } else if ole.has_workbook() {
        Ok(Kind::Xls)
    } else if ole.has("WordDocument") {
        wrong("Word")
    } else if ole.has("PowerPoint Document") {
        wrong("PowerPoint")
    } else if ole.has("NativeContent_MAIN") || ole.has("PerfectOffice_MAIN") {
        wrong("Quattro Pro")
    } else if ole.has("__properties_version1.0") {
        wrong("Outlook message")
    } else if path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("et")) {
        Err(FileFault::WpsEt)
    } else {
        Err(damaged("no workbook inside"))
    }
}

fn is_bitmap(prefix: &[u8]) -> bool {
    prefix.starts_with(b"BM") && matches!(prefix.get(6..10), Some([0, 0, 0, 0]))
}

/// A workbook without the container that XLS files have had since Excel 5.
fn bare_biff(prefix: &[u8]) -> Option<&'static str> {
    match prefix {
        [0x09, 0x00, 0x04, 0x00, ..] | [0x09, 0x02 | 0x04, 0x06, 0x00, ..] => Some("Excel 2.0-4.0"),
        [0x09, 0x08, 0x08 | 0x10, 0x00, ..] => Some("Excel 5.0"),
        _ => None,
    }
}

/// Text has no control characters but for white space; what encryption
/// software leaves has them all over.
fn is_text(prefix: &[u8]) -> bool {
    let marked = [&[0xFF, 0xFE][..], &[0xFE, 0xFF], &[0xEF, 0xBB, 0xBF]];
    if marked.iter().any(|mark| prefix.starts_with(mark)) || utf16_without_mark(prefix).is_some() {
        return true;
    }
    let is_control = |byte: &&u8| matches!(byte, 0x01..=0x08 | 0x0E..=0x1F | 0x7F);
    // One stray mark of an old program is no ciphertext.
    prefix.iter().filter(is_control).count() <= 1 + prefix.len() / 100
}
