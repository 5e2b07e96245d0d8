//! Files made on the spot, read through the room's own door.

mod csv;
mod kinds;
mod legacy;
mod markup;
mod ods;
mod values;
mod xlsx;

use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::domain::cell::{Cell, Shown, Value};

/// A file in a folder of its own, gone with it.
struct Scratch {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Scratch {
    fn new(name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        Self { _folder: folder, path }
    }

    fn open(&self) -> Result<Workbook, FileFault> {
        self.open_with(Limits::default())
    }

    fn open_with(&self, limits: Limits) -> Result<Workbook, FileFault> {
        let options = ReadOptions { limits, ..ReadOptions::default() };
        Workbook::open(&self.path, &options).map_err(|error| error.fault)
    }

    /// Rows of the first sheet.
    fn rows(&self) -> Result<Vec<Row>, FileFault> {
        rows_of(&self.open()?, 0)
    }
}

fn rows_of(workbook: &Workbook, sheet: usize) -> Result<Vec<Row>, FileFault> {
    let mut rows = Vec::new();
    let scanned = workbook.scan(sheet, &mut |row| {
        rows.push(row);
        ControlFlow::Continue(())
    });
    scanned.map(|()| rows).map_err(|error| error.fault)
}

/// `number: text|text`, a hidden row with a `~`.
fn lines(rows: &[Row]) -> Vec<String> {
    let line = |row: &Row| {
        let texts: Vec<String> = row.cells.iter().map(Cell::seen).collect();
        let mark = if row.hidden { "~" } else { "" };
        format!("{}{mark}: {}", row.number, texts.join("|"))
    };
    rows.iter().map(line).collect()
}

fn zipped<B: AsRef<[u8]>>(parts: &[(&str, B)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes.as_ref()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
