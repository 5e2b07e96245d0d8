//! `jobs/<id>.db`: one job's rows and flows. It is written while the input is
//! read; afterwards only a contract is refused in it, or a sender corrected.
//! Until the ledger says that the job is ready it counts for nothing.

use std::collections::HashMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::thread::{Builder, JoinHandle};

use rusqlite::{Connection, Transaction, params};

use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::{Place, Problem, Severity};

use crate::journal::error::{JournalError, JournalFault};
use crate::journal::model::{Fingerprint, NewFlow};
use crate::platform::atomic;

use super::open;

/// Bytes of an input from which on its job's file is large.
const LARGE: u64 = 1024 * 1024;
/// Rows passed over for each contract of a chunk, before searching costs less.
const WORTH_A_WALK: i64 = 8;

pub struct JobFile {
    path: PathBuf,
    pub(super) db: Connection,
    scratch: bool,
    /// All that was imported, on its way to the disk.
    on_its_way: Option<JoinHandle<std::io::Result<File>>>,
    /// It is let go of after `db`, whose locks it would take along.
    on_disk: Option<File>,
}

/// While it lives every read of its file sees the same.
pub struct Snapshot<'f>(#[expect(dead_code, reason = "it ends when it is dropped")] Option<Transaction<'f>>);

#[derive(Default)]
pub struct SheetRecord {
    pub sheet: u32,
    pub file: String,
    pub name: Option<String>,
    pub headers: Vec<String>,
    /// The last row of the header.
    pub header_row: u32,
    /// Rows above the header: their numbers and cells.
    pub above: Vec<(u32, Vec<String>)>,
    /// Of columns, 0-based, in letters.
    pub widths: Vec<(u32, f64)>,
    /// What each column gives (`approver2.mobile`); empty: nobody knows any more.
    pub gives: Vec<Option<String>>,
}

pub struct ContractRecord<'a> {
    pub flow: FlowNo,
    pub key: Option<&'a str>,
    pub name: &'a str,
    /// `Invalid` or `Skipped`; `None`: to be sent.
    pub status: Option<Status>,
    /// Of one that is invalid, as far as it can be known: it may be sent corrected.
    pub unsent_claim: Option<Fingerprint>,
    pub sending: Option<&'a Sending>,
    pub problems: &'a [Problem],
}

/// What there is of a contract that can be sent.
pub struct Sending {
    pub group: u32,
    /// Of the table of templates.
    pub template: Option<u32>,
    /// Bytes on the wire.
    pub size: u64,
    /// `FlowInfo` as JSON; None: nobody will send it.
    pub body: Option<Vec<u8>>,
    /// Unix seconds.
    pub deadline: i64,
    /// `+30d`: counted from the day of the import.
    pub relative: Option<String>,
    pub claim: Fingerprint,
    pub content: Fingerprint,
    /// What it resembles others by.
    pub likeness: Option<Fingerprint>,
}

/// A contract that can be sent, without its contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Sendable {
    pub flow: FlowNo,
    pub group: u32,
    pub template: Option<u32>,
    /// Bytes on the wire.
    pub size: u64,
    /// Unix seconds.
    pub deadline: i64,
    /// Its deadline counts from the day of the import.
    pub relative: bool,
}

/// A row of the input with what is known of it without the ledger.
pub struct InputRow {
    pub ord: i64,
    pub sheet: u32,
    pub number: u32,
    pub hidden: bool,
    pub cells: Vec<String>,
    pub flow: Option<FlowNo>,
    pub status: Option<Status>,
    /// Key and name of its contract, where they were asked for.
    pub label: Option<(Option<String>, String)>,
}

impl JobFile {
    /// `bytes`: those of the input, about.
    pub fn create(path: &Path, bytes: u64) -> Result<Self, JournalError> {
        let db = open::new_job_file(path, bytes >= LARGE)?;
        let file = Self { path: path.to_owned(), db, scratch: false, on_its_way: None, on_disk: None };
        // Half an import is thrown away, so one transaction is enough for all of it. Without a
        // log of changes nothing of it is written twice.
        file.run("BEGIN")?;
        Ok(file)
    }

    /// One that is thrown away afterwards, whatever happens: nothing of it need be durable.
    pub fn create_scratch(path: &Path) -> Result<Self, JournalError> {
        let db = open::new_job_file(path, true)?;
        let file = Self { path: path.to_owned(), db, scratch: true, on_its_way: None, on_disk: None };
        // What the schema forbids would be found at a run; here it is asked for each row.
        file.run(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA secure_delete=OFF;
             PRAGMA ignore_check_constraints=ON; BEGIN",
        )?;
        Ok(file)
    }

    pub fn open(path: &Path) -> Result<Self, JournalError> {
        if !path.exists() {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            return Err(JournalError::new(path, JournalFault::NoSuchJob(name)));
        }
        let db = match open::job_file(path) {
            // Where nothing can be written it can be read all the same.
            Err(JournalError { fault: JournalFault::NotWritable(_), .. }) => open::read_only(path, false)?,
            opened => opened?,
        };
        Ok(Self { path: path.to_owned(), db, scratch: false, on_its_way: None, on_disk: None })
    }

    #[cfg(test)]
    pub(super) fn over(path: &Path, db: Connection) -> Self {
        Self { path: path.to_owned(), db, scratch: false, on_its_way: None, on_disk: None }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn run(&self, sql: &str) -> Result<(), JournalError> {
        self.db.execute_batch(sql).map_err(|error| self.fail(&error))
    }

    pub(super) fn fail(&self, error: &rusqlite::Error) -> JournalError {
        JournalError::sqlite(&self.path, error)
    }

    pub(super) fn execute(&self, sql: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), JournalError> {
        let result = self.db.prepare_cached(sql).and_then(|mut statement| statement.execute(values));
        result.map(|_| ()).map_err(|error| self.fail(&error))
    }

    pub fn add_sheet(&self, sheet: &SheetRecord) -> Result<(), JournalError> {
        self.execute(
            "INSERT OR REPLACE INTO sheets (sheet, file, name, headers, header_row, above, widths, gives)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                sheet.sheet,
                sheet.file,
                sheet.name,
                json(&sheet.headers),
                sheet.header_row,
                json(&sheet.above),
                json(&sheet.widths),
                json(&sheet.gives)
            ],
        )
    }

    pub fn add_group(&self, group: u32, sender: &Sender, label: &str) -> Result<(), JournalError> {
        self.execute(
            "INSERT INTO groups (grp, sender, label) VALUES (?1, ?2, ?3)",
            params![group, json(sender), label],
        )
    }

    /// Names a template of the contracts that follow.
    pub fn add_template(&self, template: u32, id: &str) -> Result<(), JournalError> {
        self.execute("INSERT INTO templates (template, id) VALUES (?1, ?2)", params![template, id])
    }

    /// Takes back a contract whose key came up again further down.
    pub fn withdraw_contract(&self, flow: FlowNo) -> Result<(), JournalError> {
        self.execute("DELETE FROM problems WHERE flow = ?1", params![flow.0])?;
        self.execute("DELETE FROM origins WHERE flow = ?1", params![flow.0])?;
        // Its rows are stored again with the contract that is gathered anew.
        self.execute("DELETE FROM bodies WHERE flow = ?1", params![flow.0])?;
        self.execute("DELETE FROM contracts WHERE flow = ?1", params![flow.0])
    }

    pub fn add_problem(&self, flow: Option<FlowNo>, problem: &Problem) -> Result<(), JournalError> {
        self.execute(
            "INSERT INTO problems (flow, severity, problem) VALUES (?1, ?2, ?3)",
            params![flow.map(|flow| flow.0), severity_number(problem.rule.severity()), json(problem)],
        )
    }

    /// Refuses a contract after all: its key was used before.
    pub fn refuse_contract(&self, flow: FlowNo, problem: &Problem) -> Result<(), JournalError> {
        self.execute(
            "UPDATE contracts SET status = 'invalid', grp = NULL, template = NULL, size = NULL,
               content = NULL, likeness = NULL WHERE flow = ?1",
            params![flow.0],
        )?;
        self.execute("DELETE FROM bodies WHERE flow = ?1", params![flow.0])?;
        self.add_problem(Some(flow), problem)
    }

    /// Leaves a contract out after all.
    pub fn skip_contract(&self, flow: FlowNo) -> Result<(), JournalError> {
        self.execute(
            "UPDATE contracts SET status = 'skipped', grp = NULL, template = NULL, size = NULL,
               claim = NULL, content = NULL, likeness = NULL WHERE flow = ?1",
            params![flow.0],
        )?;
        self.execute("DELETE FROM bodies WHERE flow = ?1", params![flow.0])
    }

    /// The same of one that may break a rule: nothing is wrong with what is not meant.
    pub fn leave_out(&self, flow: FlowNo) -> Result<(), JournalError> {
        self.execute("DELETE FROM problems WHERE flow = ?1", params![flow.0])?;
        self.skip_contract(flow)
    }

    /// Where a contract begins.
    pub fn place_of(&self, flow: FlowNo) -> Result<Place, JournalError> {
        self.db
            .query_row(
                "SELECT s.file, s.name, r.number FROM rows r JOIN sheets s ON s.sheet = r.sheet WHERE r.ord = ?1",
                params![flow.0],
                |row| {
                    let file: String = row.get(0)?;
                    let sheet: Option<String> = row.get(1)?;
                    Ok(Place { file: file.into(), sheet: sheet.map(Into::into), row: row.get(2)?, column: None })
                },
            )
            .map_err(|error| self.fail(&error))
    }

    /// Reads all that is asked until the end of the result as it stands now, and asks the
    /// system once whether it may, not with every question.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, JournalError> {
        // Within another one that one counts.
        let fresh = self.db.is_autocommit().then(|| self.db.unchecked_transaction()).transpose();
        fresh.map(Snapshot).map_err(|error| self.fail(&error))
    }

    /// Ends the import: others can read it all, and it is on its way to the disk.
    pub fn seal(&mut self) -> Result<(), JournalError> {
        self.run("COMMIT")?;
        if self.scratch {
            return Ok(());
        }
        // Some filesystems take no log of changes.
        open::ask_for_wal(&self.db).map_err(|error| self.fail(&error))?;
        self.run("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000")?;
        let path = self.path.clone();
        let thread = Builder::new().name("to disk".to_owned()).spawn(move || atomic::sync_file(&path));
        self.on_its_way = Some(thread.map_err(|error| JournalError::io(&self.path, &error))?);
        Ok(())
    }

    /// Waits until everything that was imported is durable.
    pub(super) fn reach_disk(&mut self) -> Result<(), JournalError> {
        match self.on_its_way.take().map(JoinHandle::join) {
            None => Ok(()),
            Some(Ok(done)) => {
                self.on_disk = Some(done.map_err(|error| JournalError::io(&self.path, &error))?);
                Ok(())
            }
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
    }

    pub fn sheets(&self) -> Result<Vec<SheetRecord>, JournalError> {
        // One that can only be read may be older than that column.
        let known = "SELECT name FROM pragma_table_info('sheets') WHERE name = 'gives'";
        let gives = self.query(known, &[], |row| row.get::<_, String>(0))?.pop();
        let gives = gives.unwrap_or_else(|| "'[]'".to_owned());
        let all = "sheet, file, name, headers, header_row, above, widths";
        self.query(&format!("SELECT {all}, {gives} FROM sheets ORDER BY sheet"), &[], |row| {
            Ok(SheetRecord {
                sheet: row.get(0)?,
                file: row.get(1)?,
                name: row.get(2)?,
                headers: from_json(&row.get::<_, String>(3)?),
                header_row: row.get(4)?,
                above: from_json(&row.get::<_, String>(5)?),
                widths: from_json(&row.get::<_, String>(6)?),
                gives: from_json(&row.get::<_, String>(7)?),
            })
        })
    }

    /// Contracts that can be sent, in the input's order, one at a time. Of those with a number what they
    /// resemble others by is left out.
    pub fn each_flow(
        &self,
        visit: impl FnMut(NewFlow) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        self.each_new_flow(
            "SELECT flow, claim, content, iif(key IS NULL, likeness, NULL) FROM contracts
             WHERE status IS NULL ORDER BY flow",
            visit,
        )
    }

    /// The same in the order of their claims, so that neighbours are found together.
    pub fn each_flow_by_claim(
        &self,
        visit: impl FnMut(NewFlow) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        self.each_new_flow(
            "SELECT flow, claim, content, likeness FROM contracts WHERE status IS NULL ORDER BY claim, flow",
            visit,
        )
    }

    /// Only those without a number: of the others no two are the same.
    pub fn each_keyless_by_claim(
        &self,
        visit: impl FnMut(NewFlow) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        self.each_new_flow(
            "SELECT flow, claim, content, likeness FROM contracts
             WHERE key IS NULL AND status IS NULL ORDER BY claim, flow",
            visit,
        )
    }

    /// The same in the order of what they resemble others by.
    pub fn each_flow_by_likeness(
        &self,
        visit: impl FnMut(NewFlow) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        self.each_new_flow(
            "SELECT flow, claim, content, likeness FROM contracts
             WHERE status IS NULL AND likeness IS NOT NULL ORDER BY likeness, flow",
            visit,
        )
    }

    /// Only those without a number, in the order of what they resemble others by.
    pub fn each_keyless_by_likeness(
        &self,
        visit: impl FnMut(NewFlow) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        self.each_new_flow(
            "SELECT flow, claim, content, likeness FROM contracts
             WHERE status IS NULL AND likeness IS NOT NULL AND key IS NULL ORDER BY likeness, flow",
            visit,
        )
    }

    /// What contracts with a number resemble others by, in the input's order.
    pub fn each_numbered_likeness(
        &self,
        mut visit: impl FnMut(FlowNo, Fingerprint) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        let sql = "SELECT flow, likeness FROM contracts
                   WHERE status IS NULL AND key IS NOT NULL AND likeness IS NOT NULL ORDER BY flow";
        let mut statement = self.db.prepare(sql).map_err(|error| self.fail(&error))?;
        let mut rows = statement.query([]).map_err(|error| self.fail(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.fail(&error))? {
            let read =
                || -> rusqlite::Result<(FlowNo, Fingerprint)> { Ok((FlowNo(row.get(0)?), row.get(1)?)) };
            let (flow, likeness) = read().map_err(|error| self.fail(&error))?;
            visit(flow, likeness)?;
        }
        Ok(())
    }

    /// The numbers of contracts that can be sent, in the input's order.
    pub fn each_number(
        &self,
        mut visit: impl FnMut(FlowNo, &str) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        let sql = "SELECT flow, key FROM contracts WHERE status IS NULL AND key IS NOT NULL ORDER BY flow";
        let mut statement = self.db.prepare(sql).map_err(|error| self.fail(&error))?;
        let mut rows = statement.query([]).map_err(|error| self.fail(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.fail(&error))? {
            let read = || -> rusqlite::Result<(FlowNo, String)> { Ok((FlowNo(row.get(0)?), row.get(1)?)) };
            let (flow, number) = read().map_err(|error| self.fail(&error))?;
            visit(flow, &number)?;
        }
        Ok(())
    }

    fn each_new_flow(
        &self,
        sql: &str,
        mut visit: impl FnMut(NewFlow) -> Result<(), JournalError>,
    ) -> Result<(), JournalError> {
        let mut statement = self.db.prepare(sql).map_err(|error| self.fail(&error))?;
        let mut rows = statement.query([]).map_err(|error| self.fail(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.fail(&error))? {
            let read = || -> rusqlite::Result<NewFlow> {
                Ok(NewFlow {
                    flow: FlowNo(row.get(0)?),
                    claim: row.get(1)?,
                    content: row.get(2)?,
                    likeness: row.get(3)?,
                })
            };
            visit(read().map_err(|error| self.fail(&error))?)?;
        }
        Ok(())
    }

    /// Contracts that can be sent, in the input's order: the first so many from
    /// that one on.
    pub fn sendables(&self, from: FlowNo, most: u32) -> Result<Vec<Sendable>, JournalError> {
        self.query(
            "SELECT flow, grp, template, size, deadline, relative IS NOT NULL FROM contracts
             WHERE status IS NULL AND flow >= ?1 ORDER BY flow LIMIT ?2",
            params![from.0, most],
            read_sendable,
        )
    }

    /// The group and the size of each contract that can be sent, in the input's order.
    pub fn each_size(&self, mut visit: impl FnMut(FlowNo, u32, u64)) -> Result<(), JournalError> {
        let mut read = || -> rusqlite::Result<()> {
            let sql = "SELECT flow, grp, size FROM contracts WHERE status IS NULL ORDER BY flow";
            let mut statement = self.db.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                visit(FlowNo(row.get(0)?), row.get(1)?, row.get::<_, i64>(2)?.unsigned_abs());
            }
            Ok(())
        };
        read().map_err(|error| self.fail(&error))
    }

    /// One contract that can be sent.
    pub fn sendable(&self, flow: FlowNo) -> Result<Option<Sendable>, JournalError> {
        let found = self.query(
            "SELECT flow, grp, template, size, deadline, relative IS NOT NULL FROM contracts
             WHERE status IS NULL AND flow = ?1",
            params![flow.0],
            read_sendable,
        )?;
        Ok(found.into_iter().next())
    }

    /// `+30d` of a contract whose deadline counts from the day of the import.
    pub fn relative_deadline(&self, flow: FlowNo) -> Result<Option<String>, JournalError> {
        let found = self.query("SELECT relative FROM contracts WHERE flow = ?1", params![flow.0], |row| {
            row.get::<_, Option<String>>(0)
        })?;
        Ok(found.into_iter().next().flatten())
    }

    /// Every template that contracts name, by its number.
    pub fn templates(&self) -> Result<HashMap<u32, String>, JournalError> {
        self.query("SELECT template, id FROM templates", &[], |row| Ok((row.get(0)?, row.get(1)?)))
            .map(|all| all.into_iter().collect())
    }

    /// Contracts that are invalid.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn invalid(&self) -> Result<Vec<FlowNo>, JournalError> {
        self.query("SELECT flow FROM contracts WHERE status = 'invalid'", &[], |row| row.get(0).map(FlowNo))
    }

    /// Contracts that are invalid, with the claims that they would have.
    pub(super) fn invalid_claims(&self) -> Result<Vec<(FlowNo, Fingerprint)>, JournalError> {
        self.query(
            "SELECT flow, claim FROM contracts WHERE status = 'invalid' AND claim IS NOT NULL",
            &[],
            |row| Ok((FlowNo(row.get(0)?), row.get(1)?)),
        )
    }

    /// Number of contracts: to be sent, invalid, skipped.
    pub fn counts(&self) -> Result<(u64, u64, u64), JournalError> {
        let of = |row: &rusqlite::Row<'_>, at| row.get::<_, i64>(at).map(i64::unsigned_abs);
        // Most have no status: counting all of them needs none to be read.
        self.db
            .query_row(
                "SELECT (SELECT count(*) FROM contracts), count(*), count(iif(status = 'invalid', 1, NULL))
                   FROM contracts WHERE status IS NOT NULL",
                [],
                |row| {
                    let (all, bad, invalid) = (of(row, 0)?, of(row, 1)?, of(row, 2)?);
                    Ok((all.saturating_sub(bad), invalid, bad.saturating_sub(invalid)))
                },
            )
            .map_err(|error| self.fail(&error))
    }

    /// Who sends the contracts of each group.
    pub fn senders(&self) -> Result<HashMap<u32, Sender>, JournalError> {
        self.query("SELECT grp, sender FROM groups", &[], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .map(|all| {
                all.into_iter()
                    .filter_map(|(group, sender)| Some((group, serde_json::from_str(&sender).ok()?)))
                    .collect()
            })
    }

    /// Changes who sends, for what is not sent yet.
    pub fn correct_senders(&self, correct: impl Fn(&mut Sender)) -> Result<(), JournalError> {
        for (group, mut sender) in self.senders()? {
            correct(&mut sender);
            self.execute("UPDATE groups SET sender = ?2 WHERE grp = ?1", params![group, json(&sender)])?;
        }
        Ok(())
    }

    /// Calls `visit` with the `FlowInfo` of each of these flows, as JSON, in their order.
    pub fn each_body(
        &self,
        flows: &[FlowNo],
        mut visit: impl FnMut(FlowNo, &[u8]),
    ) -> Result<(), JournalError> {
        let mut read = || -> rusqlite::Result<()> {
            let mut wanted = flows.iter().peekable();
            // Rows of a chunk mostly stand together: one walk instead of many searches.
            let ends = flows.first().zip(flows.last());
            let walk = ends.is_some_and(|(first, last)| {
                flows.is_sorted() && (last.0 - first.0) <= WORTH_A_WALK * flows.len() as i64
            });
            if let (true, Some((first, last))) = (walk, ends) {
                let mut statement = self.db.prepare_cached(
                    "SELECT flow, body FROM bodies WHERE flow BETWEEN ?1 AND ?2 ORDER BY flow",
                )?;
                let mut rows = statement.query(params![first.0, last.0])?;
                while let Some(row) = rows.next()? {
                    let flow = FlowNo(row.get(0)?);
                    if wanted.next_if_eq(&&flow).is_some() {
                        visit(flow, row.get_ref(1)?.as_blob()?);
                    }
                }
                return match wanted.next() {
                    Some(_) => Err(rusqlite::Error::QueryReturnedNoRows),
                    None => Ok(()),
                };
            }
            let mut statement = self.db.prepare_cached("SELECT body FROM bodies WHERE flow = ?1")?;
            for flow in flows {
                statement.query_row(params![flow.0], |row| {
                    visit(*flow, row.get_ref(0)?.as_blob()?);
                    Ok(())
                })?;
            }
            Ok(())
        };
        read().map_err(|error| self.fail(&error))
    }

    pub(super) fn query<T>(
        &self,
        sql: &str,
        values: &[&dyn rusqlite::ToSql],
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, JournalError> {
        let collect = || -> rusqlite::Result<Vec<T>> {
            let mut statement = self.db.prepare_cached(sql)?;
            statement.query_map(values, read)?.collect()
        };
        collect().map_err(|error| self.fail(&error))
    }
}

/// Of `flow, grp, template, size, deadline, relative`.
fn read_sendable(row: &rusqlite::Row<'_>) -> rusqlite::Result<Sendable> {
    Ok(Sendable {
        flow: FlowNo(row.get(0)?),
        group: row.get(1)?,
        template: row.get(2)?,
        size: row.get::<_, i64>(3)?.unsigned_abs(),
        deadline: row.get(4)?,
        relative: row.get(5)?,
    })
}

pub(super) fn severity_number(severity: Severity) -> i64 {
    match severity {
        Severity::Correction => 0,
        Severity::Warning => 1,
        Severity::Question => 2,
        Severity::Error => 3,
    }
}

/// Our own plain data always has a JSON form.
pub(super) fn json<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

pub(super) fn from_json<T: serde::de::DeserializeOwned + Default>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}
