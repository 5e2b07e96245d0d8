//! `NAME.report.json`: all that the CSV has, and the pages, as one object. Its rows are
//! arrays under `headers`, since two columns of a sheet may have the same header.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use serde::Serialize;
use tempfile::NamedTempFile;

use super::ReportError;
use super::model::{Line, Model};
use super::ours::JSON_MARK;
use super::pages::Card;
use super::publish::{Folder, Kind, write_fault};

pub struct JsonReport<'m> {
    model: &'m Model<'m>,
    path: PathBuf,
    draft: NamedTempFile,
    out: BufWriter<File>,
    rows: u64,
}

impl<'m> JsonReport<'m> {
    pub fn begin(model: &'m Model<'m>, folder: &Folder<'_>) -> Result<Self, ReportError> {
        let path = folder.path(Kind::Json);
        let draft = folder.draft()?;
        let headers: Vec<&str> = model.columns.all_headers().collect();
        let start = || -> std::io::Result<_> {
            let mut out = BufWriter::new(draft.reopen()?);
            write!(out, "{JSON_MARK}\"sandbox\":{},\"version\":1,", folder.is_rehearsal())?;
            write!(out, "\"job\":{},", text(&model.ledger.map(|(_, job)| job))?)?;
            write!(out, "\"contracts\":{},", text(&model.tally)?)?;
            write!(out, "\"headers\":{},\n\"rows\":[", text(&headers)?)?;
            Ok(out)
        };
        let out = start().map_err(|error| write_fault(&path, &error))?;
        Ok(Self { model, path, draft, out, rows: 0 })
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let columns = &self.model.columns;
        let number = line.number.to_string();
        let between = if self.rows == 0 { "\n" } else { ",\n" };
        self.rows += 1;
        let cells = line.all_cells(columns, &number);
        let write = text(&cells).and_then(|row| write!(self.out, "{between}{row}"));
        write.map_err(|error| write_fault(&self.path, &error))
    }

    pub fn finish(mut self) -> Result<NamedTempFile, ReportError> {
        let model = self.model;
        let cards = match model.ledger {
            Some((_, job)) => model.pages.cards(model.file, job, model.lang, &|_, name| name.to_owned())?,
            None => Vec::new(),
        };
        let mut end = || -> std::io::Result<()> {
            write!(self.out, "],\n\"pages\":[")?;
            for (at, card) in cards.iter().enumerate() {
                let between = if at == 0 { "\n" } else { ",\n" };
                write!(self.out, "{between}{}", text(&page(model, card))?)?;
            }
            writeln!(self.out, "]}}")?;
            self.out.flush()
        };
        end().map_err(|error| write_fault(&self.path, &error))?;
        Ok(self.draft)
    }
}

fn page(model: &Model<'_>, card: &Card) -> serde_json::Value {
    serde_json::json!({
        "page": card.name,
        "label": card.label,
        "url": card.url,
        "before": !card.own,
        "confirmed": card.confirmed,
        "prepared": card.prepared_us.map(|at| model.time(at)),
    })
}

fn text(value: &impl Serialize) -> std::io::Result<String> {
    Ok(serde_json::to_string(value)?)
}
