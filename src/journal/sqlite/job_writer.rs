//! Writes many rows and contracts into a job's file: its statements are prepared once.

use rusqlite::{Statement, params};

use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::Problem;
use crate::journal::error::JournalError;

use super::job_file::{ContractRecord, JobFile, json, severity_number};

/// A row of the input, as it is stored.
pub struct RowRecord<'a> {
    pub ord: i64,
    pub sheet: u32,
    /// As the spreadsheet program numbers it.
    pub number: u32,
    pub hidden: bool,
    /// JSON array of what is seen; None: see [`JobFile::further_rows`].
    pub cells: Option<&'a str>,
}

pub struct JobWriter<'f> {
    file: &'f JobFile,
    row: Statement<'f>,
    row_again: Statement<'f>,
    contract: Statement<'f>,
    body: Statement<'f>,
    problem: Statement<'f>,
}

impl JobFile {
    pub fn writer(&self) -> Result<JobWriter<'_>, JournalError> {
        let prepare = |sql| self.db.prepare(sql).map_err(|error| self.fail(&error));
        Ok(JobWriter {
            file: self,
            row: prepare(
                "INSERT INTO rows (ord, sheet, number, hidden, cells, flow)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            // Where its contract was withdrawn and gathered anew. SQLite prepares itself for
            // taking this one back, which costs more than the row.
            row_again: prepare(
                "INSERT OR REPLACE INTO rows (ord, sheet, number, hidden, cells, flow)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            contract: prepare(
                "INSERT INTO contracts
                   (flow, key, name, status, grp, template, size, deadline, relative, claim, content, likeness)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?,
            body: prepare("INSERT INTO bodies (flow, body) VALUES (?1, ?2)")?,
            problem: prepare("INSERT INTO problems (flow, severity, problem) VALUES (?1, ?2, ?3)")?,
        })
    }

    /// Adds the rows, or the cells of rows, that a check has not stored. `lacks_contracts`: a row
    /// of which nothing is known is a contract that can be sent.
    pub fn further_rows(&self, lacks_contracts: bool) -> Result<FurtherRows<'_>, JournalError> {
        let prepare = |sql| self.db.prepare(sql).map_err(|error| self.fail(&error));
        self.run("BEGIN")?;
        Ok(FurtherRows {
            file: self,
            contract: match lacks_contracts {
                true => Some(prepare(
                    "INSERT INTO contracts (flow, name, grp, size) SELECT ?1, '', 0, 0
                     WHERE NOT EXISTS (SELECT 1 FROM rows WHERE ord = ?1)
                       AND NOT EXISTS (SELECT 1 FROM contracts WHERE flow = ?1)",
                )?),
                false => None,
            },
            row: prepare(
                "INSERT INTO rows (ord, sheet, number, hidden, cells, flow)
                 VALUES (?1, ?2, ?3, ?4, ?5, (SELECT flow FROM contracts WHERE flow = ?1))
                 ON CONFLICT (ord) DO UPDATE SET cells = excluded.cells WHERE cells = ''",
            )?,
        })
    }
}

impl JobWriter<'_> {
    /// Stores a contract and its rows.
    pub fn add_contract<'r>(
        &mut self,
        contract: &ContractRecord<'_>,
        rows: impl Iterator<Item = RowRecord<'r>>,
    ) -> Result<(), JournalError> {
        let mut add = || -> rusqlite::Result<()> {
            let sending = contract.sending.as_ref();
            self.contract.execute(params![
                contract.flow.0,
                contract.key,
                contract.name,
                contract.status.map(Status::name),
                sending.map(|s| s.group),
                sending.and_then(|s| s.template),
                sending.map(|s| i64::try_from(s.size).unwrap_or(i64::MAX)),
                sending.map(|s| s.deadline),
                sending.and_then(|s| s.relative.as_deref()),
                sending.map(|s| s.claim).or(contract.unsent_claim),
                sending.map(|s| s.content),
                sending.and_then(|s| s.likeness)
            ])?;
            if let Some(body) = sending.and_then(|s| s.body.as_ref()) {
                self.body.execute(params![contract.flow.0, body])?;
            }
            Ok(())
        };
        add().map_err(|error| self.file.fail(&error))?;
        rows.into_iter().try_for_each(|row| self.add_row(&row, contract.flow))?;
        contract.problems.iter().try_for_each(|problem| self.add_problem(Some(contract.flow), problem))
    }

    /// A row of that contract.
    pub fn add_row(&mut self, row: &RowRecord<'_>, flow: FlowNo) -> Result<(), JournalError> {
        let RowRecord { ord, sheet, number, hidden, cells } = row;
        let cells = cells.unwrap_or_default();
        let values = params![ord, sheet, number, hidden, cells, flow.0];
        let is_there = |error: &rusqlite::Error| {
            error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
        };
        let added = match self.row.execute(values) {
            Err(error) if is_there(&error) => self.row_again.execute(values),
            added => added,
        };
        added.map(|_| ()).map_err(|error| self.file.fail(&error))
    }

    pub fn add_problem(&mut self, flow: Option<FlowNo>, problem: &Problem) -> Result<(), JournalError> {
        let severity = severity_number(problem.rule.severity());
        self.problem
            .execute(params![flow.map(|flow| flow.0), severity, json(problem)])
            .map(|_| ())
            .map_err(|error| self.file.fail(&error))
    }
}

/// See [`JobFile::further_rows`].
pub struct FurtherRows<'f> {
    file: &'f JobFile,
    contract: Option<Statement<'f>>,
    row: Statement<'f>,
}

impl FurtherRows<'_> {
    /// `cells`: JSON array of what is seen.
    pub fn add(
        &mut self,
        ord: i64,
        sheet: u32,
        number: u32,
        hidden: bool,
        cells: &str,
    ) -> Result<(), JournalError> {
        let added = self.contract.as_mut().map_or(Ok(0), |contract| contract.execute(params![ord]));
        let added = added.and_then(|_| self.row.execute(params![ord, sheet, number, hidden, cells]));
        added.map(|_| ()).map_err(|error| self.file.fail(&error))
    }

    pub fn finish(self) -> Result<(), JournalError> {
        self.file.db.execute_batch("COMMIT").map_err(|error| self.file.fail(&error))
    }
}
