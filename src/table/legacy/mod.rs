//! XLS, in its container. The whole workbook is held in memory, and a broken one may ask
//! for more than there is; hence the child process.

pub mod child;
pub mod compound_file;
pub mod records;
pub mod text;
mod wire;
mod xls;

use std::path::{Path, PathBuf};

use self::xls::Book;
use super::file_errors::Result;
use super::{Limits, ReadOptions, Sheet, Visit};
use crate::domain::file::FileFault;

pub struct Legacy {
    source: Source,
    child: Option<PathBuf>,
}

/// What a child is told.
#[derive(Clone)]
pub struct Source {
    pub path: PathBuf,
    pub limits: Limits,
}

impl Legacy {
    pub fn open(path: &Path, options: &ReadOptions) -> Result<(Self, Vec<Sheet>)> {
        let source = Source { path: path.to_owned(), limits: options.limits };
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

    pub fn scan(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        match &self.child {
            Some(program) => child::rows(program, &self.source, sheet, visit),
            None => self.source.rows(sheet, visit),
        }
    }
}

impl Source {
    pub fn sheets(&self) -> Result<Vec<Sheet>> {
        Ok(Book::open(&self.path, &self.limits)?.sheets())
    }

    pub fn rows(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        Book::open(&self.path, &self.limits)?.scan(sheet, &self.limits, visit)
    }
}
