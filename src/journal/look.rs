//! What the ledger knows: questions, no changes.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use crate::domain::chunks::Piece;
use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId, Status, Tally};

use super::ledger::{ChunkKind, NewFlow};
use super::transitions::{holder, is_open, sent_already};
use super::{Journal, JournalError};

#[derive(Clone, Debug)]
pub struct JobRecord {
    pub id: JobId,
    pub realm: String,
    pub round: i64,
    pub about: String,
    pub created_us: i64,
    pub finished_us: Option<i64>,
    pub finished: bool,
    pub ready: bool,
}

#[derive(Clone, Debug)]
pub struct ChunkRecord {
    pub id: ChunkId,
    pub group: u32,
    pub kind: ChunkKind,
    pub tries: u32,
    pub flows: Vec<FlowNo>,
}

/// One link to open.
#[derive(Clone)]
pub struct Page {
    pub attempt: AttemptId,
    pub url: String,
    pub request_id: Option<String>,
    pub first: FlowNo,
    pub last: FlowNo,
    pub flows: u64,
    pub ended_us: i64,
}

/// The same key as a contract that was sent, with other contents.
#[derive(Clone, Debug)]
pub struct Conflict {
    pub flow: FlowNo,
    pub job: JobId,
    /// The contents are the same: a duplicate, not a conflict.
    pub same: bool,
}

impl Journal {
    /// The newest job of that input in that realm.
    pub fn find_job(&self, realm: &str, identity: &[u8; 32]) -> Result<Option<JobRecord>, JournalError> {
        self.read(|db| {
            db.query_row(
                &format!("{JOB} WHERE realm = ?1 AND identity = ?2 ORDER BY round DESC LIMIT 1"),
                params![realm, identity],
                read_job,
            )
            .optional()
        })
    }

    pub fn job(&self, id: &JobId) -> Result<Option<JobRecord>, JournalError> {
        self.read(|db| db.query_row(&format!("{JOB} WHERE id = ?1"), params![id.0], read_job).optional())
    }

    /// Every job, the newest first.
    pub fn jobs(&self) -> Result<Vec<JobRecord>, JournalError> {
        self.read(|db| {
            db.prepare(&format!("{JOB} ORDER BY created_us DESC"))?.query_map([], read_job)?.collect()
        })
    }

    /// How the job's flows stand; invalid and skipped contracts are not flows.
    pub fn tally(&self, job: &JobId) -> Result<Tally, JournalError> {
        self.read(|db| {
            let mut tally = Tally::default();
            let mut statement =
                db.prepare("SELECT state, count(*) FROM flows WHERE job = ?1 GROUP BY state")?;
            let mut rows = statement.query(params![job.0])?;
            while let Some(row) = rows.next()? {
                let state: String = row.get(0)?;
                let count: i64 = row.get(1)?;
                tally.add(Status::from_name(&state).unwrap_or(Status::Pending), count.unsigned_abs());
            }
            Ok(tally)
        })
    }

    /// Chunks to send, in order.
    pub fn pending_chunks(&self, job: &JobId) -> Result<Vec<ChunkRecord>, JournalError> {
        self.read(|db| {
            let mut statement = db.prepare(
                "SELECT c.chunk, c.grp, c.kind, c.tries, f.flow FROM chunks c
                 LEFT JOIN flows f ON f.job = c.job AND f.chunk = c.chunk
                 WHERE c.job = ?1 AND c.state = 'pending' ORDER BY c.chunk, f.position",
            )?;
            let mut rows = statement.query(params![job.0])?;
            let mut chunks: Vec<ChunkRecord> = Vec::new();
            while let Some(row) = rows.next()? {
                let id = ChunkId(row.get(0)?);
                let flow: Option<i64> = row.get(4)?;
                if chunks.last().is_none_or(|last| last.id != id) {
                    let kind: String = row.get(2)?;
                    chunks.push(ChunkRecord {
                        id,
                        group: row.get(1)?,
                        kind: ChunkKind::from_name(&kind),
                        tries: row.get(3)?,
                        flows: Vec::new(),
                    });
                }
                if let (Some(chunk), Some(flow)) = (chunks.last_mut(), flow) {
                    chunk.flows.push(FlowNo(flow));
                }
            }
            Ok(chunks)
        })
    }

    /// Fragments whose links are withheld: each flow of theirs with its chunk, in
    /// the input's order.
    pub fn waiting(&self, job: &JobId) -> Result<Vec<(ChunkId, Piece)>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT f.flow, f.grp, f.size, c.chunk FROM chunks c
                 JOIN flows f ON f.job = c.job AND f.chunk = c.chunk
                 WHERE c.job = ?1 AND c.state = 'waiting' ORDER BY f.flow",
            )?
            .query_map(params![job.0], |row| Ok((ChunkId(row.get(3)?), read_piece(row)?)))?
            .collect()
        })
    }

    pub fn last_chunk(&self, job: &JobId) -> Result<ChunkId, JournalError> {
        self.read(|db| {
            db.query_row("SELECT coalesce(max(chunk), 0) FROM chunks WHERE job = ?1", params![job.0], |row| {
                row.get(0).map(ChunkId)
            })
        })
    }

    /// Flows that may be sent and are in no chunk yet, in order.
    pub fn uncut(&self, job: &JobId) -> Result<Vec<Piece>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT flow, grp, size FROM flows WHERE job = ?1 AND state = 'pending' AND chunk IS NULL
                 AND (holds = 1 OR allowed = 1) ORDER BY flow",
            )?
            .query_map(params![job.0], read_piece)?
            .collect()
        })
    }

    /// Flows that may not be sent before another job's contract is decided.
    pub fn unclaimed(&self, job: &JobId) -> Result<Vec<FlowNo>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT flow FROM flows WHERE job = ?1 AND state = 'pending' AND holds = 0 AND allowed = 0",
            )?
            .query_map(params![job.0], |row| row.get(0).map(FlowNo))?
            .collect()
        })
    }

    /// Jobs that hold claims which flows of this job wait for.
    pub fn waits_for(&self, job: &JobId) -> Result<Vec<JobId>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT DISTINCT other.job FROM flows own
                 JOIN flows other ON other.realm = own.realm AND other.claim = own.claim AND other.holds = 1
                 WHERE own.job = ?1 AND own.state = 'pending' AND own.holds = 0 AND own.allowed = 0",
            )?
            .query_map(params![job.0], |row| row.get(0).map(JobId))?
            .collect()
        })
    }

    pub fn conflicts(&self, flows: &[NewFlow]) -> Result<Vec<Conflict>, JournalError> {
        let mut known: HashMap<String, bool> = HashMap::new();
        let mut is_dead =
            |job: &str| *known.entry(job.to_owned()).or_insert_with(|| !self.is_live(&JobId(job.to_owned())));
        self.read(|db| {
            let mut conflicts = Vec::new();
            let none = db.query_row("SELECT 1 FROM flows LIMIT 1", [], |_| Ok(())).optional()?.is_none();
            for flow in flows.iter().filter(|_| !none) {
                if let Some(job) = sent_already(db, flow)? {
                    conflicts.push(Conflict { flow: flow.flow, job: JobId(job), same: true });
                } else if let Some(holder) = holder(db, &flow.realm, &flow.claim)? {
                    let same = holder.content == flow.content;
                    // What a dead job never sent is taken over, whatever stands in it now.
                    if !same && holder.state == "pending" && is_dead(&holder.job) && !is_open(db, &holder)? {
                        continue;
                    }
                    conflicts.push(Conflict { flow: flow.flow, job: JobId(holder.job), same });
                }
            }
            Ok(conflicts)
        })
    }

    /// Flows whose shown link is void and which have no other yet.
    pub fn renewing(&self, job: &JobId) -> Result<Vec<FlowNo>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT DISTINCT f.flow FROM flows f
                 JOIN attempt_flows t ON t.flow = f.flow JOIN attempts a ON a.id = t.attempt
                 WHERE f.job = ?1 AND a.job = ?1 AND a.void = 2 AND f.state IN ('pending', 'in_doubt')
                 ORDER BY f.flow",
            )?
            .query_map(params![job.0], |row| row.get(0).map(FlowNo))?
            .collect()
        })
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

    /// Links that were shown once and are replaced: the first row of each.
    pub fn replaced_links(&self, job: &JobId) -> Result<Vec<(String, FlowNo)>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT a.url, min(f.flow) FROM attempts a JOIN attempt_flows f ON f.attempt = a.id
                 WHERE a.job = ?1 AND a.void = 2 AND a.url IS NOT NULL GROUP BY a.id ORDER BY min(f.flow), a.id",
            )?
            .query_map(params![job.0], |row| Ok((row.get(0)?, FlowNo(row.get(1)?))))?
            .collect()
        })
    }

    /// The flows of a page, in the order in which they were sent.
    pub fn page_flows(&self, page: AttemptId) -> Result<Vec<FlowNo>, JournalError> {
        self.read(|db| {
            db.prepare("SELECT flow FROM flows WHERE accepted_by = ?1 ORDER BY flow")?
                .query_map(params![page.0], |row| row.get(0).map(FlowNo))?
                .collect()
        })
    }

    /// The group that a page's flows belong to.
    pub fn page_group(&self, page: AttemptId) -> Result<u32, JournalError> {
        self.read(|db| {
            db.query_row("SELECT grp FROM flows WHERE accepted_by = ?1 LIMIT 1", params![page.0], |row| {
                row.get(0)
            })
        })
    }

    /// The links to open, in the order of the input.
    pub fn pages(&self, job: &JobId) -> Result<Vec<Page>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT a.id, a.url, a.request_id, min(f.flow), max(f.flow), count(*), a.ended_us
                 FROM flows f JOIN attempts a ON a.id = f.accepted_by
                 WHERE f.job = ?1 AND a.url IS NOT NULL GROUP BY a.id ORDER BY min(f.flow)",
            )?
            .query_map(params![job.0], |row| {
                Ok(Page {
                    attempt: AttemptId(row.get(0)?),
                    url: row.get(1)?,
                    request_id: row.get(2)?,
                    first: FlowNo(row.get(3)?),
                    last: FlowNo(row.get(4)?),
                    flows: row.get::<_, i64>(5)?.unsigned_abs(),
                    ended_us: row.get(6)?,
                })
            })?
            .collect()
        })
    }

    /// Groups that had a flow accepted since that moment: their sender is not at fault.
    pub fn proven_groups(&self, job: &JobId, since_us: i64) -> Result<Vec<u32>, JournalError> {
        self.read(|db| {
            db.prepare(
                "SELECT DISTINCT c.grp FROM chunks c JOIN attempts a ON a.job = c.job AND a.chunk = c.chunk
                 WHERE c.job = ?1 AND a.verdict = 'accepted' AND a.ended_us >= ?2",
            )?
            .query_map(params![job.0, since_us], |row| row.get(0))?
            .collect()
        })
    }

    /// Chunks that were sent as they were first cut: what it takes if nothing goes wrong.
    pub fn needed_requests(&self, job: &JobId) -> Result<u64, JournalError> {
        self.read(|db| {
            db.query_row(
                "SELECT count(DISTINCT c.chunk) FROM chunks c JOIN attempts a ON a.job = c.job AND a.chunk = c.chunk
                 WHERE c.job = ?1 AND c.kind = 'cut' AND a.verdict IS NOT 'not_sent'",
                params![job.0],
                |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
            )
        })
    }

    /// Requests of the job whose turn has come since that instant.
    pub fn requests_since(&self, job: &JobId, since_us: i64) -> Result<u64, JournalError> {
        self.read(|db| {
            db.query_row(
                "SELECT count(*) FROM attempts WHERE job = ?1 AND slot_us >= ?2 AND verdict IS NOT 'not_sent'",
                params![job.0, since_us],
                |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
            )
        })
    }

    /// Requests sent for the job so far; what never left is none.
    pub fn requests(&self, job: &JobId) -> Result<u64, JournalError> {
        self.read(|db| {
            db.query_row(
                "SELECT count(*) FROM attempts WHERE job = ?1 AND verdict IS NOT 'not_sent'",
                params![job.0],
                |row| row.get::<_, i64>(0).map(i64::unsigned_abs),
            )
        })
    }
}

/// Of `flow, grp, size`.
fn read_piece(row: &rusqlite::Row<'_>) -> rusqlite::Result<Piece> {
    Ok(Piece { flow: FlowNo(row.get(0)?), group: row.get(1)?, size: row.get::<_, i64>(2)?.unsigned_abs() })
}

const JOB: &str = "SELECT id, realm, round, about, created_us, state, finished_us FROM jobs";

fn read_job(row: &rusqlite::Row<'_>) -> rusqlite::Result<JobRecord> {
    let state: String = row.get(5)?;
    Ok(JobRecord {
        id: JobId(row.get(0)?),
        realm: row.get(1)?,
        round: row.get(2)?,
        about: row.get(3)?,
        created_us: row.get(4)?,
        finished_us: row.get(6)?,
        finished: state == "finished",
        ready: state != "importing",
    })
}
