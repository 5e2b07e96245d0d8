//! A job's own life: begun, made ready, taken up, finished, tried again, erased.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::identity;
use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId};
use crate::domain::verdict::Outcome;
use crate::journal::model::{Confirmed, Fingerprint, Lease, NewChunk, NewJob};
use crate::journal::{JobFile, Journal, JournalError, JournalFault};
use crate::platform::clock::Machine;

use super::corrections::sent_otherwise;
use super::members;
use super::standing::Standings;
use super::transitions::{add_accepted, finish_job, remember_answer, reopen_job, revive, set_chunk};

/// How long a lease lasts, for other machines, unless it is renewed.
const LEASE_US: i64 = 60_000_000;
/// Pages that get their numbers in one transaction.
const BATCH: usize = 2_000;

impl Journal {
    /// Writes a job down, still without contracts. Until `job_ready` it counts for nothing.
    ///
    /// # Errors
    /// `SameInput` where another process has begun the same job meanwhile.
    pub async fn begin_job(&self, job: NewJob) -> Result<(), JournalError> {
        self.writer()
            .write(move |db| {
                db.execute("INSERT OR IGNORE INTO realms (name) VALUES (?1)", params![job.realm])?;
                db.execute(
                    "INSERT INTO jobs (id, realm, identity, version, round, action, about, created_us, state)
                     VALUES (?1, (SELECT realm FROM realms WHERE name = ?2), ?3, ?8, ?4, ?5, ?6, ?7, 'importing')",
                    params![
                        job.id.0,
                        job.realm,
                        job.identity,
                        job.round,
                        job.action,
                        job.about,
                        job.now_us,
                        identity::VERSION
                    ],
                )?;
                Ok(())
            })
            .await
            .map_err(|error| match error.fault {
                JournalFault::Other(_) if error.constraint => {
                    JournalError::new(&error.path, JournalFault::SameInput)
                }
                _ => error,
            })
    }

    /// Other words on where a job came from and where its report goes, made from those that
    /// stand there now: another process may have changed them since they were read.
    pub fn change_about(
        &self,
        job: &JobId,
        change: impl FnOnce(&str) -> String + Send + 'static,
    ) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.writer().write_and_wait(move |db| {
            let about: String =
                db.query_row("SELECT about FROM jobs WHERE job = ?1", params![number], |row| row.get(0))?;
            db.execute("UPDATE jobs SET about = ?2 WHERE job = ?1", params![number, change(&about)])?;
            Ok(())
        })
    }

    /// Its contracts may be sent: all that was imported of it is on the disk by now.
    pub async fn job_ready(&self, job: &JobId, file: &mut JobFile) -> Result<(), JournalError> {
        file.reach_disk()?;
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                reopen_job(db, number)?;
                Ok(())
            })
            .await
    }

    pub async fn job_finished(&self, job: &JobId, now_us: i64) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                finish_job(db, number, now_us)?;
                Ok(())
            })
            .await
    }

    /// Takes away a job that never became ready, some thousand contracts at a time.
    /// Returns whether it was one.
    pub async fn drop_unready_job(&self, job: &JobId) -> Result<bool, JournalError> {
        let id = job.0.clone();
        self.forget_number(job);
        let unready = self.read(|db| {
            db.query_row("SELECT job FROM jobs WHERE id = ?1 AND state = 'importing'", params![id], |row| {
                row.get::<_, i64>(0)
            })
            .optional()
        })?;
        let Some(number) = unready else { return Ok(false) };
        while self.writer().write(move |db| Ok(drop_some_flows(db, number)?)).await? {}
        while self.writer().write(move |db| Ok(drop_some_likenesses(db, number)?)).await? {}
        self.writer()
            .write(move |db| {
                for table in
                    ["rivals", "corrections", "flow_results", "stops", "keep_going", "leases", "jobs"]
                {
                    db.execute(&format!("DELETE FROM {table} WHERE job = ?1"), params![number])?;
                }
                db.execute("DELETE FROM corrections WHERE of_job = ?1", params![number])?;
                Ok(true)
            })
            .await
    }

    /// Takes the right to send a job's contracts; whoever had it before cannot
    /// intend anything any more. The job's lock must be held.
    pub async fn hold_lease(&self, job: &JobId, now_us: i64) -> Result<Lease, JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                let machine = Machine::this();
                db.execute(
                    "INSERT INTO leases (job, number, machine, boot, until_us) VALUES (?1, 1, ?2, ?3, ?4)
                     ON CONFLICT (job) DO UPDATE SET number = number + 1, machine = excluded.machine,
                       boot = excluded.boot, until_us = excluded.until_us",
                    params![number, machine.id, machine.boot, now_us + LEASE_US],
                )?;
                let lease =
                    db.query_row("SELECT number FROM leases WHERE job = ?1", params![number], |row| {
                        row.get(0)
                    })?;
                Ok(Lease(lease))
            })
            .await
    }

    /// Goes on holding it. To be called well before its time is over.
    pub async fn renew_lease(&self, job: &JobId, lease: Lease, now_us: i64) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                db.execute(
                    "UPDATE leases SET until_us = ?3 WHERE job = ?1 AND number = ?2",
                    params![number, lease.0, now_us + LEASE_US],
                )?;
                Ok(())
            })
            .await
    }

    /// The work is over: other machines need not wait for the lease's time.
    pub async fn release_lease(&self, job: &JobId, lease: Lease) -> Result<(), JournalError> {
        self.renew_lease(job, lease, -LEASE_US).await
    }

    /// Whether another machine holds the job's lease, as far as its time tells.
    pub(in crate::journal) fn is_leased_elsewhere(&self, job: &JobId) -> bool {
        let Ok(number) = self.number_of(job) else { return false };
        let lease = self.read(|db| {
            db.prepare_cached("SELECT machine, boot, until_us FROM leases WHERE job = ?1")?
                .query_row(params![number], |row| {
                    Ok((Machine { id: row.get(0)?, boot: row.get(1)? }, row.get::<_, i64>(2)?))
                })
                .optional()
        });
        matches!(lease, Ok(Some((machine, until_us)))
            if !machine.is_same_as(&Machine::this()) && until_us > crate::platform::clock::now_us())
    }

    /// A job is taken up: attempts that a crash has cut off become doubts, and
    /// chunks that had no more tries get another chance; so do doubts, if their
    /// requests have only prepared something.
    pub async fn reopen(&self, job: &JobId, now_us: i64, only_prepared: bool) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                db.execute(
                    "UPDATE attempts SET ended_us = ?2, verdict = 'in_doubt', code = 'crash'
                     WHERE job = ?1 AND ended_us IS NULL",
                    params![number, now_us],
                )?;
                if !only_prepared {
                    db.execute(
                        "UPDATE chunks SET state = 'in_doubt' WHERE job = ?1 AND state = 'sending'",
                        params![number],
                    )?;
                }
                db.execute(
                    "UPDATE chunks SET state = 'pending', tries = 0 WHERE job = ?1
                     AND (state IN ('held', 'pending') OR (?2 AND state IN ('sending', 'in_doubt')))",
                    params![number, only_prepared],
                )?;
                Ok(())
            })
            .await
    }

    /// Chunks that were cut and never arrived are as if they had not been cut.
    pub async fn dissolve_unsent(&self, job: &JobId) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                db.execute(
                    "UPDATE chunks SET state = 'replaced' WHERE job = ?1 AND kind = 'cut' AND state = 'pending'
                     AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.job = chunks.job AND a.chunk = chunks.chunk
                       AND a.verdict NOT IN ('not_sent', 'caller', 'throttled'))",
                    params![number],
                )?;
                Ok(())
            })
            .await
    }

    /// The failed contracts of a job may be sent again: rejected ones, those whose deadline had passed by a
    /// clock that may have been wrong, those that were tried without a result, and doubts, if requests have
    /// only prepared something. Returns them, by number.
    pub async fn retry_failed(&self, job: &JobId, only_prepared: bool) -> Result<Vec<FlowNo>, JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                let all: Vec<FlowNo> = db
                    .prepare(
                        "SELECT flow FROM flow_results WHERE job = ?1 AND state IN ('rejected', 'invalid')",
                    )?
                    .query_map(params![number], |row| row.get(0).map(FlowNo))?
                    .collect::<rusqlite::Result<_>>()?;
                // Of a contract and its corrections only one goes.
                let mut standings = Standings::default();
                let mut rejected = Vec::new();
                for flow in all {
                    if sent_otherwise(db, &mut standings, (number, flow.0))?.is_none() {
                        rejected.push(flow);
                    }
                }
                db.execute(
                    "UPDATE chunks SET state = 'replaced' WHERE job = ?1 AND state = 'rejected'",
                    params![number],
                )?;
                rejected.iter().try_for_each(|flow| revive(db, number, *flow))?;
                let mut failed = rejected;
                failed.extend(tried(db, number, only_prepared)?);
                failed.sort_unstable();
                if !failed.is_empty() {
                    reopen_job(db, number)?;
                }
                Ok(failed)
            })
            .await
    }

    /// A page was prepared once more: the new link takes the place of the old one.
    pub async fn renewed(
        &self,
        job: &JobId,
        page: AttemptId,
        chunk: NewChunk,
        outcome: Outcome,
        now_us: i64,
    ) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        let hashes = self.answer_hashes(&outcome);
        self.writer()
            .write(move |db| {
                set_chunk(db, number, page.chunk, "replaced")?;
                db.execute(
                    "UPDATE attempts SET void = 2 WHERE job = ?1 AND chunk = ?2 AND number = ?3",
                    params![number, page.chunk.0, page.number],
                )?;
                add_accepted(db, number, &chunk, &outcome, now_us)?;
                Ok(remember_answer(db, hashes)?)
            })
            .await
    }

    /// Gives every link that is good and has no number yet the next one, in the
    /// input's order: it is about to be shown.
    pub fn number_pages(&self, job: &JobId, now_us: i64) -> Result<(), JournalError> {
        if self.is_read_only() {
            return Ok(());
        }
        let number = self.number_of(job)?;
        let new = self.read(|db| unnumbered(db, number))?;
        for batch in new.chunks(BATCH) {
            let batch = batch.to_vec();
            self.writer().write_and_wait(move |db| {
                let mut insert = db.prepare_cached(
                    "INSERT OR IGNORE INTO pages (job, number, chunk, attempt, shown_us) VALUES
                     (?1, (SELECT coalesce(max(number), 0) + 1 FROM pages WHERE job = ?1), ?2, ?3, ?4)",
                )?;
                for AttemptId { chunk, number: attempt } in &batch {
                    insert.execute(params![number, chunk.0, attempt, now_us])?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Somebody has confirmed a page; `None`: not after all. Returns whether there is one.
    pub fn confirm(
        &self,
        job: &JobId,
        page: u32,
        confirmed: Option<Confirmed>,
    ) -> Result<bool, JournalError> {
        let number = self.number_of(job)?;
        self.writer().write_and_wait(move |db| {
            let (at_us, by) = confirmed.map(|one| (one.at_us, one.by)).unzip();
            let changed = db.execute(
                "UPDATE pages SET confirmed_us = ?3, confirmed_by = ?4 WHERE job = ?1 AND number = ?2",
                params![number, page, at_us, by.flatten()],
            )?;
            Ok(changed == 1)
        })
    }

    /// The links of the job are on that host.
    /// Nobody waits for it.
    pub fn set_page_host(&self, job: &JobId, host: String) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        let written = self.writer().write_in_turn(move |db| {
            db.execute("UPDATE jobs SET page_host = ?2 WHERE job = ?1", params![number, host])?;
            Ok(())
        });
        written.map(drop)
    }

    /// Erases what the ledger has of personal data of a job: the API's messages,
    /// the links, and the names of files. Claims stay.
    pub async fn forget(&self, job: &JobId) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                for sql in [
                    "UPDATE attempts SET message = NULL, url = NULL WHERE job = ?1",
                    "UPDATE flow_results SET message = NULL, url = NULL WHERE job = ?1",
                    "UPDATE stops SET alike = '' WHERE job = ?1",
                    "UPDATE pages SET confirmed_by = NULL WHERE job = ?1",
                    "UPDATE settled_doubts SET said_by = NULL WHERE job = ?1",
                    // Counts stay, and which rows were meant, in hashes: they tell how a file ended that is given once more.
                    "UPDATE jobs SET about = CASE WHEN json_valid(about) THEN
                       json_patch('{}', json_object('stands', json(about -> '$.stands'), 'meant', json(about -> '$.meant')))
                       ELSE '{}' END WHERE job = ?1",
                ] {
                    db.execute(sql, params![number])?;
                }
                Ok(())
            })
            .await?;
        self.writer().empty_log().await
    }
}

const DROP_LIKENESSES: &str = "DELETE FROM likenesses WHERE (likeness, job, flow) IN
     (SELECT likeness, job, flow FROM likenesses WHERE job = ?1 LIMIT ?2)";

/// Returns whether there may be more.
fn drop_some_flows(db: &Connection, job: i64) -> rusqlite::Result<bool> {
    let some: Vec<(i64, Fingerprint)> = db
        .prepare_cached("SELECT flow, claim FROM flows WHERE job = ?1 LIMIT ?2")?
        .query_map(params![job, BATCH as i64], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (flow, claim) in &some {
        db.prepare_cached("DELETE FROM claims WHERE claim = ?1 AND job = ?2 AND flow = ?3")?
            .execute(params![claim, job, flow])?;
        db.prepare_cached("DELETE FROM flows WHERE job = ?1 AND flow = ?2")?.execute(params![job, flow])?;
    }
    Ok(!some.is_empty())
}

/// Returns whether there may be more.
fn drop_some_likenesses(db: &Connection, job: i64) -> rusqlite::Result<bool> {
    Ok(db.prepare_cached(DROP_LIKENESSES)?.execute(params![job, BATCH as i64])? > 0)
}

/// Flows without a result that travelled in a request, their own or that of a
/// chunk which theirs came from.
fn tried(db: &Connection, job: i64, only_prepared: bool) -> rusqlite::Result<Vec<FlowNo>> {
    let mut flows = Vec::new();
    let mut statement = db.prepare(
        "SELECT c.flows FROM chunks c
         WHERE c.job = ?1
         AND (c.state IN ('pending', 'held', 'withheld') OR (?2 AND c.state IN ('sending', 'in_doubt')))
         AND (c.kind != 'cut' OR EXISTS
           (SELECT 1 FROM attempts a WHERE a.job = c.job AND a.chunk = c.chunk))",
    )?;
    let mut rows = statement.query(params![job, only_prepared])?;
    while let Some(row) = rows.next()? {
        flows.extend(members::decode(row.get_ref(0)?.as_blob()?));
    }
    flows.extend(put_back(db, job)?);
    Ok(flows)
}

/// Flows that were refused, and wait in a chunk that nobody has sent: whoever stops because all are refused alike
/// puts them back like that.
fn put_back(db: &Connection, job: i64) -> rusqlite::Result<Vec<FlowNo>> {
    let members_of = |sql: &str| -> rusqlite::Result<BTreeSet<FlowNo>> {
        let mut flows = BTreeSet::new();
        let mut statement = db.prepare(sql)?;
        let mut rows = statement.query(params![job])?;
        while let Some(row) = rows.next()? {
            flows.extend(members::decode(row.get_ref(0)?.as_blob()?));
        }
        Ok(flows)
    };
    let waiting = members_of(
        "SELECT c.flows FROM chunks c WHERE c.job = ?1 AND c.kind = 'cut' AND c.state IN ('pending', 'held', 'withheld')
         AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.job = c.job AND a.chunk = c.chunk)",
    )?;
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let refused = members_of(
        "SELECT c.flows FROM chunks c WHERE c.job = ?1 AND c.state NOT IN ('accepted', 'sending', 'in_doubt')
         AND EXISTS (SELECT 1 FROM attempts a WHERE a.job = c.job AND a.chunk = c.chunk)",
    )?;
    Ok(waiting.intersection(&refused).copied().collect())
}

fn unnumbered(db: &Connection, job: i64) -> rusqlite::Result<Vec<AttemptId>> {
    db.prepare_cached(
        "SELECT c.chunk, a.number FROM chunks c
         JOIN attempts a ON a.job = c.job AND a.chunk = c.chunk AND a.url IS NOT NULL AND a.void = 0
         WHERE c.job = ?1 AND c.state = 'accepted' AND NOT EXISTS
           (SELECT 1 FROM pages p WHERE p.job = c.job AND p.chunk = c.chunk AND p.attempt = a.number)
         ORDER BY c.first, c.chunk",
    )?
    .query_map(params![job], |row| Ok(AttemptId { chunk: ChunkId(row.get(0)?), number: row.get(1)? }))?
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::sqlite::open;
    use crate::journal::sqlite::results::SHOWN_BY;

    /// What concerns one job of many reads no other's contracts.
    #[test]
    fn what_is_of_one_job_is_found_by_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let db = open::ledger(&folder.path().join("ledger.db")).unwrap();
        for sql in [DROP_LIKENESSES, SHOWN_BY] {
            let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let plan: Vec<String> = statement
                .query_map(params![1, 1], |row| row.get(3))
                .unwrap()
                .collect::<rusqlite::Result<_>>()
                .unwrap();
            assert!(plan.iter().all(|line| !line.starts_with("SCAN")), "{sql}: {plan:?}");
        }
    }
}
