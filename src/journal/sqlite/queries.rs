//! What the ledger knows: questions, no changes.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::flow::Agent;
use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId, Status, Tally};
use crate::journal::model::{ChunkKind, ChunkRecord, Confirmed, JobRecord, Page, Seen, StopRecord};
use crate::journal::{Journal, JournalError};

use super::members;
use super::transitions::{AnswerHashes, knows_answer};

/// Chunks with a link that nobody has noted as confirmed. Those that are confirmed are looked up
/// once: asked for chunk by chunk, each would walk through all pages of its job.
const UNCONFIRMED: &str = "SELECT count(*) FROM chunks c WHERE c.job = ?1 AND c.state = 'accepted'
     AND EXISTS (SELECT 1 FROM attempts a WHERE a.job = c.job AND a.chunk = c.chunk
       AND a.url IS NOT NULL AND a.void = 0)
     AND c.chunk NOT IN (SELECT p.chunk FROM pages p WHERE p.job = ?1 AND p.confirmed_us IS NOT NULL)";

impl Journal {
    /// The newest job of that input in that realm.
    pub fn find_job(&self, realm: &str, identity: &[u8; 32]) -> Result<Option<JobRecord>, JournalError> {
        self.read(|db| {
            db.query_row(
                &format!("{JOB} WHERE r.name = ?1 AND j.identity = ?2 ORDER BY j.round DESC LIMIT 1"),
                params![realm, identity],
                read_job,
            )
            .optional()
        })
    }

    pub fn job(&self, id: &JobId) -> Result<Option<JobRecord>, JournalError> {
        self.read(|db| db.query_row(&format!("{JOB} WHERE j.id = ?1"), params![id.0], read_job).optional())
    }

    /// Every job, the newest first.
    pub fn jobs(&self) -> Result<Vec<JobRecord>, JournalError> {
        self.read(|db| {
            db.prepare(&format!("{JOB} ORDER BY j.created_us DESC"))?.query_map([], read_job)?.collect()
        })
    }

    /// How the job's flows stand; contracts that the import found invalid or
    /// skipped are not flows.
    pub fn tally(&self, job: &JobId) -> Result<Tally, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| tally_of(db, number))
    }

    /// Jobs that are not finished.
    pub fn open_jobs(&self) -> Result<Vec<JobId>, JournalError> {
        self.read(|db| {
            db.prepare_cached("SELECT id FROM jobs WHERE state = 'ready' ORDER BY job")?
                .query_map([], |row| row.get(0).map(JobId))?
                .collect()
        })
    }

    /// Chunks that are to be sent, and those whose links are withheld, in order.
    pub fn open_chunks(&self, job: &JobId) -> Result<Vec<ChunkRecord>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT c.chunk, c.grp, c.kind, c.tries, c.state, c.flows,
                   (SELECT coalesce(max(a.number), 0) FROM attempts a WHERE a.job = c.job AND a.chunk = c.chunk)
                 FROM chunks c WHERE c.job = ?1 AND c.state IN ('pending', 'withheld') ORDER BY c.chunk",
            )?
            .query_map(params![number], |row| {
                Ok(ChunkRecord {
                    id: ChunkId(row.get(0)?),
                    group: row.get(1)?,
                    kind: ChunkKind::from_name(row.get_ref(2)?.as_str()?),
                    tries: row.get(3)?,
                    withheld: row.get_ref(4)?.as_str()? == "withheld",
                    flows: members::decode(row.get_ref(5)?.as_blob()?).collect(),
                    attempts: row.get(6)?,
                })
            })?
            .collect()
        })
    }

    /// Calls `visit` with each flow that is in a chunk, or needs none any more.
    pub fn each_placed(&self, job: &JobId, mut visit: impl FnMut(FlowNo)) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            let mut chunks =
                db.prepare_cached("SELECT flows FROM chunks WHERE job = ?1 AND state != 'replaced'")?;
            let mut rows = chunks.query(params![number])?;
            while let Some(row) = rows.next()? {
                members::decode(row.get_ref(0)?.as_blob()?).for_each(&mut visit);
            }
            let mut over = db.prepare_cached("SELECT flow FROM flow_results WHERE job = ?1")?;
            let mut rows = over.query(params![number])?;
            while let Some(row) = rows.next()? {
                visit(FlowNo(row.get(0)?));
            }
            Ok(())
        })
    }

    /// Flows that were sent, or are about to be: those in chunks, and those rejected.
    pub fn count_tried(&self, job: &JobId) -> Result<usize, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            let count = |sql: &str| -> rusqlite::Result<i64> {
                db.prepare_cached(sql)?.query_row(params![number], |row| row.get(0))
            };
            let sent = count(
                "SELECT coalesce(sum(count), 0) FROM chunks
                 WHERE job = ?1 AND state NOT IN ('replaced', 'rejected')",
            )?;
            // What an earlier round was refused was not tried in this one.
            let rejected = count(
                "SELECT count(*) FROM flow_results s WHERE s.job = ?1 AND s.state = 'rejected' AND NOT EXISTS
                   (SELECT 1 FROM corrections c WHERE c.job = s.job AND c.flow = s.flow AND c.same_row = 1)",
            )?;
            Ok(usize::try_from(sent + rejected).unwrap_or(0))
        })
    }

    pub fn last_chunk(&self, job: &JobId) -> Result<ChunkId, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| super::transitions::last_chunk(db, number).map(ChunkId))
    }

    /// Data of jobs that the ledger does not know: their import was cut off.
    pub fn orphans(&self, known: &[JobRecord]) -> Result<Vec<JobId>, JournalError> {
        let folder = self.dir().join("jobs");
        let entries = std::fs::read_dir(&folder).map_err(|error| JournalError::io(&folder, &error))?;
        let ids = entries.flatten().filter_map(|entry| {
            let path = entry.path();
            let ours = path.extension().is_some_and(|end| end == "db");
            let id = path.file_stem()?.to_str()?.to_owned();
            (ours && !known.iter().any(|record| record.id.0 == id)).then_some(JobId(id))
        });
        Ok(ids.collect())
    }

    /// Every link that has a number, by number; those that are replaced as well.
    pub fn pages(&self, job: &JobId) -> Result<Vec<Page>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT p.number, p.chunk, p.attempt, a.url, a.request_id, c.grp, c.first, c.last, c.count,
                   a.ended_us, a.void, p.confirmed_us, p.confirmed_by
                 FROM pages p
                 JOIN attempts a ON a.job = p.job AND a.chunk = p.chunk AND a.number = p.attempt
                 JOIN chunks c ON c.job = p.job AND c.chunk = p.chunk
                 WHERE p.job = ?1 AND a.url IS NOT NULL ORDER BY p.number",
            )?
            .query_map(params![number], |row| {
                Ok(Page {
                    number: row.get(0)?,
                    attempt: AttemptId { chunk: ChunkId(row.get(1)?), number: row.get(2)? },
                    url: row.get(3)?,
                    request_id: row.get(4)?,
                    group: row.get(5)?,
                    first: FlowNo(row.get(6)?),
                    last: FlowNo(row.get(7)?),
                    flows: row.get::<_, i64>(8)?.unsigned_abs(),
                    ended_us: row.get(9)?,
                    replaced: row.get::<_, i64>(10)? != 0,
                    confirmed: match row.get::<_, Option<i64>>(11)? {
                        Some(at_us) => Some(Confirmed { at_us, by: row.get(12)? }),
                        None => None,
                    },
                })
            })?
            .collect()
        })
    }

    /// The pages with that link, or with that number: of which job each is.
    pub fn find_pages(
        &self,
        number: Option<u32>,
        url: Option<&str>,
    ) -> Result<Vec<(JobId, u32)>, JournalError> {
        self.read(|db| {
            db.prepare_cached(
                "SELECT j.id, p.number FROM pages p JOIN jobs j ON j.job = p.job
                 JOIN attempts a ON a.job = p.job AND a.chunk = p.chunk AND a.number = p.attempt
                 WHERE a.url IS NOT NULL AND (p.number = ?1 OR a.url = ?2)
                 AND (?2 IS NOT NULL OR a.void = 0) ORDER BY j.job, p.number",
            )?
            .query_map(params![number, url], |row| Ok((JobId(row.get(0)?), row.get(1)?)))?
            .collect()
        })
    }

    /// How many links there are to open, numbered or not.
    pub fn count_pages(&self, job: &JobId) -> Result<usize, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            // Contracts with ids of their own stand on no page.
            db.prepare_cached(
                "SELECT count(*) FROM chunks c WHERE c.job = ?1 AND c.state = 'accepted' AND NOT EXISTS
                   (SELECT 1 FROM flow_results s WHERE s.job = c.job AND s.flow = c.first
                    AND s.flow_id IS NOT NULL)",
            )?
            .query_row(params![number], |row| row.get::<_, i64>(0))
            .map(|count| usize::try_from(count).unwrap_or(0))
        })
    }

    /// How many of them nobody has noted as confirmed.
    pub fn count_unconfirmed(&self, job: &JobId) -> Result<usize, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(UNCONFIRMED)?
                .query_row(params![number], |row| row.get::<_, i64>(0))
                .map(|count| usize::try_from(count).unwrap_or(0))
        })
    }

    /// The flows of a chunk, in the order in which they are sent.
    pub fn chunk_flows(&self, job: &JobId, chunk: ChunkId) -> Result<Vec<FlowNo>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached("SELECT flows FROM chunks WHERE job = ?1 AND chunk = ?2")?
                .query_row(params![number, chunk.0], |row| {
                    Ok(members::decode(row.get_ref(0)?.as_blob()?).collect())
                })
        })
    }

    /// Groups that had a request accepted since that moment: their sender is not at fault.
    pub fn proven_groups(&self, job: &JobId, since_us: i64) -> Result<Vec<u32>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT DISTINCT c.grp FROM chunks c JOIN attempts a ON a.job = c.job AND a.chunk = c.chunk
                 WHERE c.job = ?1 AND a.verdict = 'accepted' AND a.ended_us >= ?2",
            )?
            .query_map(params![number, since_us], |row| row.get(0))?
            .collect()
        })
    }

    /// Chunks that were sent as they were first cut: what it takes if nothing goes wrong;
    /// and pages that someone wanted anew.
    pub fn needed_requests(&self, job: &JobId) -> Result<u64, JournalError> {
        let cut = self.count(
            job,
            "SELECT count(*) FROM chunks c WHERE c.job = ?1 AND c.kind = 'cut' AND EXISTS
               (SELECT 1 FROM attempts a WHERE a.job = c.job AND a.chunk = c.chunk
                AND a.verdict IS NOT 'not_sent')",
        )?;
        Ok(cut + self.count(job, "SELECT count(*) FROM attempts WHERE job = ?1 AND void = 2")?)
    }

    /// Requests sent for the job so far; what never left is none.
    pub fn requests(&self, job: &JobId) -> Result<u64, JournalError> {
        self.count(job, "SELECT count(*) FROM attempts WHERE job = ?1 AND verdict IS NOT 'not_sent'")
    }

    /// Requests of the job whose turn has come since that instant.
    pub fn requests_since(&self, job: &JobId, since_us: i64) -> Result<u64, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            // Late requests are of late chunks: the walk back ends where it is early.
            let mut statement = db.prepare_cached(
                "SELECT slot_us, verdict FROM attempts WHERE job = ?1 ORDER BY chunk DESC, number DESC",
            )?;
            let mut rows = statement.query(params![number])?;
            let (mut count, mut early) = (0_u64, 0_u32);
            while let Some(row) = rows.next()? {
                if row.get::<_, i64>(0)? >= since_us {
                    count += u64::from(row.get_ref(1)?.as_str_or_null()? != Some("not_sent"));
                } else {
                    early += 1;
                    if early > ENOUGH_EARLY {
                        break;
                    }
                }
            }
            Ok(count)
        })
    }

    fn count(&self, job: &JobId, sql: &str) -> Result<u64, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(sql)?
                .query_row(params![number], |row| row.get::<_, i64>(0).map(i64::unsigned_abs))
        })
    }

    /// Whether parts of an answer were in an answer before, of whatever job.
    pub fn seen(&self, hashes: AnswerHashes) -> Result<Seen, JournalError> {
        self.read(|db| {
            Ok(Seen { url: knows_answer(db, hashes.url)?, request_id: knows_answer(db, hashes.request_id)? })
        })
    }

    /// Why an Agent's work has stopped in an earlier run.
    pub fn stop_of(&self, job: &JobId, agent: &Agent) -> Result<Option<StopRecord>, JournalError> {
        let (number, agent) = (self.number_of(job)?, self.agent_hash(agent));
        self.read(|db| {
            db.prepare_cached("SELECT code, alike FROM stops WHERE job = ?1 AND agent = ?2")?
                .query_row(params![number, agent], |row| {
                    Ok(StopRecord { code: row.get(0)?, alike: row.get(1)? })
                })
                .optional()
        })
    }

    /// Codes for which the job's work has stopped.
    pub fn stopped_codes(&self, job: &JobId) -> Result<Vec<String>, JournalError> {
        self.texts(job, "SELECT DISTINCT code FROM stops WHERE job = ?1")
    }

    /// Codes that someone has said are the contracts' own fault.
    pub fn kept_going(&self, job: &JobId) -> Result<Vec<String>, JournalError> {
        self.texts(job, "SELECT code FROM keep_going WHERE job = ?1")
    }

    fn texts(&self, job: &JobId, sql: &str) -> Result<Vec<String>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| db.prepare_cached(sql)?.query_map(params![number], |row| row.get(0))?.collect())
    }

    /// The host of the links that were shown last, of this job or of another one
    /// in its realm.
    pub fn page_host(&self, job: &JobId) -> Result<Option<String>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT j.page_host FROM jobs j JOIN jobs own ON own.realm = j.realm
                 WHERE own.job = ?1 AND j.page_host IS NOT NULL ORDER BY j.job DESC LIMIT 1",
            )?
            .query_row(params![number], |row| row.get(0))
            .optional()
        })
    }
}

/// So many early requests in a row: those before them are earlier still.
const ENOUGH_EARLY: u32 = 2_000;

const JOB: &str = "SELECT j.id, r.name, j.round, j.about, j.created_us, j.state, j.finished_us, j.action
     FROM jobs j JOIN realms r ON r.realm = j.realm";

fn read_job(row: &rusqlite::Row<'_>) -> rusqlite::Result<JobRecord> {
    let state: String = row.get(5)?;
    Ok(JobRecord {
        id: JobId(row.get(0)?),
        realm: row.get(1)?,
        round: row.get(2)?,
        action: row.get(7)?,
        about: row.get(3)?,
        created_us: row.get(4)?,
        finished_us: row.get(6)?,
        finished: state == "finished",
        ready: state != "importing",
    })
}

pub fn tally_of(db: &Connection, job: i64) -> rusqlite::Result<Tally> {
    let mut tally = Tally::default();
    let mut contracts: i64 =
        db.query_row("SELECT contracts FROM jobs WHERE job = ?1", params![job], |row| row.get(0))?;
    let mut count = |status: Status, count: i64| {
        tally.add(status, count.unsigned_abs());
        contracts -= count;
    };
    let mut chunks = db.prepare_cached(
        "SELECT state, sum(count) FROM chunks WHERE job = ?1 AND state IN ('accepted', 'in_doubt')
         GROUP BY state",
    )?;
    let mut rows = chunks.query(params![job])?;
    while let Some(row) = rows.next()? {
        let accepted = row.get_ref(0)?.as_str()? == "accepted";
        count(if accepted { Status::Accepted } else { Status::InDoubt }, row.get(1)?);
    }
    let mut own = db.prepare_cached(
        // What is accepted its chunk has counted.
        "SELECT state, count(*) FROM flow_results WHERE job = ?1 AND state != 'accepted' GROUP BY state",
    )?;
    let mut rows = own.query(params![job])?;
    while let Some(row) = rows.next()? {
        let status = Status::from_name(row.get_ref(0)?.as_str()?).unwrap_or(Status::Pending);
        count(status, row.get(1)?);
    }
    tally.pending = contracts.max(0).unsigned_abs();
    Ok(tally)
}

pub fn number_of(db: &Connection, job: &JobId) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT job FROM jobs WHERE id = ?1")?
        .query_row(params![job.0], |row| row.get(0))
        .optional()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unconfirmed_is_counted_without_a_walk_for_each_page() {
        let folder = tempfile::tempdir().unwrap();
        let db = crate::journal::sqlite::open::ledger(&folder.path().join("ledger.db")).unwrap();
        let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {UNCONFIRMED}")).unwrap();
        let plan: Vec<String> =
            statement.query_map([1], |row| row.get(3)).unwrap().map(Result::unwrap).collect();
        let pages = plan.iter().position(|line| line.starts_with("SEARCH p ")).unwrap();
        assert!(plan[pages - 1].starts_with("LIST SUBQUERY"), "once, and not for each page: {plan:?}");
        let attempts = plan.iter().find(|line| line.starts_with("SEARCH a ")).unwrap();
        assert!(attempts.contains("chunk=?"), "{plan:?}");
    }
}
