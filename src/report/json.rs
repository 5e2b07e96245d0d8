//! `NAME.report.json`: all that the CSV has, and the job as `--json` tells of it, as one
//! object. Its rows are arrays under `headers`, since two columns of a sheet may have the
//! same header.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::NamedTempFile;

use super::model::{Line, Model};
use super::objects::{JobObject, MOST_FAILED, PageObject, RefusedObject, SCHEMA, next, time};
use super::ours::JSON_MARK;
use super::pages::Labels;
use super::publish::{Folder, Kind, write_fault};
use super::{ReportError, ReportInput, ReportOptions};

pub struct JsonReport<'m> {
    model: &'m Model<'m>,
    options: &'m ReportOptions<'m>,
    path: PathBuf,
    draft: NamedTempFile,
    out: BufWriter<File>,
    rows: u64,
    refused: Vec<RefusedObject>,
}

impl<'m> JsonReport<'m> {
    pub fn begin(
        model: &'m Model<'m>,
        folder: &Folder<'_>,
        options: &'m ReportOptions<'m>,
    ) -> Result<Self, ReportError> {
        let path = folder.path(Kind::Json);
        let draft = folder.draft()?;
        let headers: Vec<&str> = model.columns.all_headers().collect();
        let start = || -> std::io::Result<_> {
            let mut out = BufWriter::new(draft.reopen()?);
            write!(out, "{JSON_MARK}\"sandbox\":{},\"schema\":{SCHEMA},", folder.is_rehearsal())?;
            write!(out, "\"kind\":\"report_file\",\"version\":\"{}\",", env!("CARGO_PKG_VERSION"))?;
            write!(out, "\"headers\":{},\n\"rows\":[", text(&headers)?)?;
            Ok(out)
        };
        let out = start().map_err(|error| write_fault(&path, &error))?;
        Ok(Self { model, options, path, draft, out, rows: 0, refused: Vec::new() })
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let columns = &self.model.columns;
        let number = line.number.to_string();
        let between = if self.rows == 0 { "\n" } else { ",\n" };
        self.rows += 1;
        if self.refused.len() < MOST_FAILED {
            self.refused.extend(RefusedObject::of(line, &self.source()));
        }
        let cells = line.all_cells(columns, &number);
        let write = text(&cells).and_then(|row| write!(self.out, "{between}{row}"));
        write.map_err(|error| write_fault(&self.path, &error))
    }

    /// `fix`: the workbook with what is to be corrected.
    pub fn finish(mut self, fix: Option<&Path>) -> Result<NamedTempFile, ReportError> {
        let job = self.job(fix)?;
        let mut end = || -> std::io::Result<()> {
            // Its members are this object's own.
            let job = text(&job)?;
            writeln!(self.out, "],\n{}", job.strip_prefix('{').unwrap_or(&job))?;
            self.out.flush()
        };
        end().map_err(|error| write_fault(&self.path, &error))?;
        Ok(self.draft)
    }

    fn source(&self) -> ReportInput<'m> {
        ReportInput { file: self.model.file, ledger: self.model.ledger }
    }

    /// Files and folders by their names: where they lie is nobody's concern who was given
    /// the report.
    fn job(&mut self, fix: Option<&Path>) -> Result<JobObject, ReportError> {
        let (model, zone) = (self.model, &self.options.zone);
        let name = |path: &Path| path.file_name().map(PathBuf::from);
        let mut files = Vec::new();
        for sheet in model.file.sheets()? {
            let file = PathBuf::from(sheet.file);
            if !files.contains(&file) {
                files.push(file);
            }
        }
        let mut pages = Vec::new();
        let (mut record, mut requests) = (None, 0);
        if let Some((journal, job)) = model.ledger {
            let cards = model.pages.cards(
                model.file,
                job,
                &Labels { lang: model.lang, name: &|_, name| name.to_owned() },
            )?;
            pages.extend(cards.into_iter().map(|card| PageObject::of(card, zone)));
            (record, requests) = (journal.job(job)?, journal.requests(job)?);
        }
        let job = model.ledger.map(|(_, job)| job.clone());
        let unconfirmed = model.pages.to_confirm().0;
        let fix = fix.and_then(name);
        Ok(JobObject {
            file: files.first().cloned().unwrap_or_default(),
            state: if record.as_ref().is_some_and(|record| record.finished) { "finished" } else { "open" },
            created: record.as_ref().and_then(|record| time(zone, record.created_us)),
            ended: record.as_ref().and_then(|record| time(zone, record.finished_us?)),
            contracts: model.tally,
            requests,
            page_count: model.pages.count(),
            unconfirmed,
            pages,
            refused: std::mem::take(&mut self.refused),
            next: next(job.as_ref(), &files, fix.as_deref(), &model.tally, unconfirmed),
            job,
            files,
        })
    }
}

fn text(value: &impl Serialize) -> std::io::Result<String> {
    Ok(serde_json::to_string(value)?)
}
