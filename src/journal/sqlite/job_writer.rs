//! Writes many rows and contracts into a job's file: its statements are prepared once.

use std::collections::BTreeMap;

use rusqlite::{Statement, ToSql, params};

use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::Problem;
use crate::journal::error::JournalError;

use super::inserts::{Inserts, TOGETHER, is_there};
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
    /// A column without a header has a value.
    pub unnamed: bool,
}

pub struct JobWriter<'f> {
    file: &'f JobFile,
    rows: Inserts<'f>,
    row_again: Statement<'f>,
    contracts: Inserts<'f>,
    bodies: Inserts<'f>,
    problem: Statement<'f>,
    /// Of each sheet, whether some row has a value in a column without a header.
    unnamed: BTreeMap<u32, bool>,
    /// Rows came without their cells.
    lacks_cells: bool,
}

impl JobFile {
    pub fn writer(&self) -> Result<JobWriter<'_>, JournalError> {
        let prepare = |sql| self.db.prepare(sql).map_err(|error| self.fail(&error));
        let inserts = |into| Inserts::new(&self.db, into).map_err(|error| self.fail(&error));
        Ok(JobWriter {
            file: self,
            rows: inserts("rows (ord, sheet, number, hidden, cells, flow)")?,
            // Where its contract was withdrawn and gathered anew. SQLite prepares itself for
            // taking this one back, which costs more than the row.
            row_again: prepare(
                "INSERT OR REPLACE INTO rows (ord, sheet, number, hidden, cells, flow)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            contracts: inserts(
                "contracts
                 (flow, key, name, status, grp, template, size, deadline, relative, claim, content, likeness)",
            )?,
            bodies: inserts("bodies (flow, body)")?,
            problem: prepare("INSERT INTO problems (flow, severity, problem) VALUES (?1, ?2, ?3)")?,
            unnamed: BTreeMap::new(),
            lacks_cells: false,
        })
    }

    /// Adds the rows, or the cells of rows, that a check has not stored. `lacks_contracts`: a row
    /// of which nothing is known is a contract that can be sent.
    pub fn further_rows(&self, lacks_contracts: bool) -> Result<FurtherRows<'_>, JournalError> {
        let prepare = |sql| self.db.prepare(sql).map_err(|error| self.fail(&error));
        self.run("BEGIN; UPDATE sheets SET unnamed = NULL")?;
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
    /// Stores contracts, and rows of theirs.
    pub fn add_contracts(
        &mut self,
        contracts: &[ContractRecord<'_>],
        rows: &[(RowRecord<'_>, FlowNo)],
    ) -> Result<(), JournalError> {
        let file = self.file;
        for lot in contracts.chunks(TOGETHER) {
            self.add_lot(lot).map_err(|error| file.fail(&error))?;
        }
        self.add_rows(rows)?;
        for contract in contracts {
            contract
                .problems
                .iter()
                .try_for_each(|problem| self.add_problem(Some(contract.flow), problem))?;
        }
        Ok(())
    }

    /// Stores rows, each with its contract.
    pub fn add_rows(&mut self, rows: &[(RowRecord<'_>, FlowNo)]) -> Result<(), JournalError> {
        for (row, _) in rows {
            *self.unnamed.entry(row.sheet).or_default() |= row.unnamed;
            self.lacks_cells |= row.cells.is_none();
        }
        let mut lots = rows.chunks(TOGETHER);
        lots.try_for_each(|lot| self.add_lot_of_rows(lot)).map_err(|error| self.file.fail(&error))
    }

    fn add_lot(&mut self, lot: &[ContractRecord<'_>]) -> rusqlite::Result<()> {
        self.contracts.add(lot, |insert, at, contract| {
            let sending = contract.sending;
            let values: [&dyn ToSql; 12] = [
                &contract.flow.0,
                &contract.key,
                &contract.name,
                &contract.status.map(Status::name),
                &sending.map(|s| s.group),
                &sending.and_then(|s| s.template),
                &sending.map(|s| i64::try_from(s.size).unwrap_or(i64::MAX)),
                &sending.map(|s| s.deadline),
                &sending.and_then(|s| s.relative.as_deref()),
                &sending.map(|s| s.claim).or(contract.unsent_claim),
                &sending.map(|s| s.content),
                &sending.and_then(|s| s.likeness),
            ];
            (at..).zip(values).try_for_each(|(at, value)| insert.raw_bind_parameter(at, value))
        })?;
        let bodies =
            lot.iter().filter_map(|contract| Some((contract.flow.0, contract.sending?.body.as_deref()?)));
        let bodies: Vec<(i64, &[u8])> = bodies.collect();
        self.bodies.add(&bodies, |insert, at, (flow, body)| {
            insert.raw_bind_parameter(at, flow)?;
            insert.raw_bind_parameter(at + 1, body)
        })?;
        Ok(())
    }

    fn add_lot_of_rows(&mut self, lot: &[(RowRecord<'_>, FlowNo)]) -> rusqlite::Result<()> {
        let bind = |insert: &mut Statement<'_>, at: usize, (row, flow): &(RowRecord<'_>, FlowNo)| {
            let RowRecord { ord, sheet, number, hidden, cells, .. } = row;
            let values: [&dyn ToSql; 6] = [ord, sheet, number, hidden, &cells.unwrap_or_default(), &flow.0];
            (at..).zip(values).try_for_each(|(at, value)| insert.raw_bind_parameter(at, value))
        };
        match self.rows.add(lot, bind) {
            Err(error) if is_there(&error) => lot.iter().try_for_each(|row| {
                bind(&mut self.row_again, 1, row)?;
                self.row_again.raw_execute().map(drop)
            }),
            added => added.map(drop),
        }
    }

    /// Notes what all of the rows have in common.
    pub fn finish(self) -> Result<(), JournalError> {
        if self.lacks_cells {
            return Ok(());
        }
        self.unnamed.iter().try_for_each(|(sheet, unnamed)| {
            self.file.execute("UPDATE sheets SET unnamed = ?2 WHERE sheet = ?1", params![sheet, unnamed])
        })
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
