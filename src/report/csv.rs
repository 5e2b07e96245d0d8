//! `NAME.report.csv`: the rows for machines, and for whoever opens it in a
//! spreadsheet program all the same.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use ::csv::{Terminator, Writer, WriterBuilder};
use tempfile::NamedTempFile;

use super::ReportError;
use super::columns::Columns;
use super::model::{Line, Model};
use super::publish::{Folder, Kind, Settled, write_fault};
use crate::domain::workbook_marks::SANDBOX;

/// By it spreadsheet programs know UTF-8.
const BOM: &[u8] = "\u{FEFF}".as_bytes();

pub struct CsvReport<'m> {
    columns: &'m Columns,
    path: PathBuf,
    draft: NamedTempFile,
    writer: Writer<BufWriter<File>>,
    is_rehearsal: bool,
}

impl<'m> CsvReport<'m> {
    pub fn begin(model: &'m Model<'m>, folder: &Folder<'_>) -> Result<Self, ReportError> {
        let path = folder.path(Kind::Csv);
        let draft = folder.draft()?;
        let start = || -> std::io::Result<_> {
            let mut file = BufWriter::new(draft.reopen()?);
            file.write_all(BOM)?;
            let mut writer =
                WriterBuilder::new().terminator(Terminator::CRLF).flexible(true).from_writer(file);
            let rehearsal = folder.is_rehearsal().then_some(SANDBOX);
            let headers = model.columns.all_headers().chain(rehearsal);
            writer.write_record(headers.map(|header| neutral(header).into_owned())).map_err(io_error)?;
            Ok(writer)
        };
        let writer = start().map_err(|error| write_fault(&path, &error))?;
        Ok(Self { columns: &model.columns, path, draft, writer, is_rehearsal: folder.is_rehearsal() })
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let columns = self.columns;
        let number = line.number.to_string();
        let cells = line.all_cells(columns, &number).into_iter().chain(self.is_rehearsal.then_some("yes"));
        let write = || -> Result<(), ::csv::Error> {
            for cell in cells {
                self.writer.write_field(neutral(cell).as_bytes())?;
            }
            self.writer.write_record(None::<&[u8]>)
        };
        write().map_err(|error| write_fault(&self.path, &io_error(error)))
    }

    /// Waits for the disk.
    pub fn finish(mut self) -> Result<Settled, ReportError> {
        self.writer.flush().map_err(|error| write_fault(&self.path, &error))?;
        Settled::of(self.draft, &self.path)
    }
}

/// Its own conversion hides the kind, and so a full disk.
fn io_error(error: ::csv::Error) -> std::io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        other => std::io::Error::other(format!("{other:?}")),
    }
}

/// What a program that separates cells by something else than we do takes for the end of one.
const SEPARATORS: [char; 4] = [';', '\t', '\r', '\n'];

/// A cell that a spreadsheet program would read as a formula gets a `'` before it; so does what
/// stands behind a semicolon, a tab or a line break, where another cell may begin.
fn neutral(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| SEPARATORS.contains(&char::from(byte))) {
        return if is_risky(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) };
    }
    let mut safe = String::with_capacity(text.len() + 2);
    for piece in text.split_inclusive(SEPARATORS) {
        let bare = piece.strip_suffix(SEPARATORS).unwrap_or(piece);
        if is_risky(bare) || (safe.is_empty() && piece.starts_with(['\t', '\r', '\n'])) {
            safe.push('\'');
        }
        safe.push_str(piece);
    }
    if safe == text { Cow::Borrowed(text) } else { Cow::Owned(safe) }
}

fn is_risky(text: &str) -> bool {
    match text.chars().next() {
        Some('=' | '@' | '＝' | '＠' | '＋' | '－') => true,
        Some('+' | '-') => !is_number_or_phone(text),
        _ => false,
    }
}

/// `-12.50`, `+8613800138000`, `+86 138-0013-8000`: nothing in it computes but
/// plain digits.
fn is_number_or_phone(text: &str) -> bool {
    let rest = text.get(1..).unwrap_or_default();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let number = match rest.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(rest),
    };
    number || (text.starts_with('+') && rest.split([' ', '-']).all(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        for text in
            ["=1+1", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "\tx", "－", "+", "-", "-1-2", "+86-", "-A1"]
        {
            assert_eq!(neutral(text), format!("'{text}"));
        }
        for (text, safe) in [
            ("甲;=1+1", "甲;'=1+1"),
            ("a\t@b", "a\t'@b"),
            ("a\n-b", "a\n'-b"),
            ("=1;=2", "'=1;'=2"),
            ("\r=1", "'\r'=1"),
            ("13800138000;+8613900139000", "13800138000;+8613900139000"),
            ("a; b\n c", "a; b\n c"),
        ] {
            assert_eq!(neutral(text), safe);
        }
        for text in
            ["", "张三", "-12.50", "+8613800138000", "+86 138-0013-8000", "-3", "13800138000", "a=b", "'=1"]
        {
            assert_eq!(neutral(text), text);
        }
    }
}
