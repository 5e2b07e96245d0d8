//! The SQL of each transition. It runs inside the writer's transaction, and what
//! it costs depends on its chunk alone: `hot_statements` are held to that by a
//! test of their query plans.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::job::{AttemptId, ChunkId, FlowNo};
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::error::JournalFault;
use crate::journal::model::{After, ChunkKind, Lease, NewChunk, Part, StopRecord, Transition, Unsent};

use super::standing::claim_of;
use super::{StepResult, members, started};

const HOLDS_LEASE: &str = "SELECT 1 FROM leases WHERE job = ?1 AND number = ?2";
const START_SENDING: &str =
    "UPDATE chunks SET state = 'sending' WHERE job = ?1 AND chunk = ?2 AND state = 'pending'";
const INSERT_ATTEMPT: &str =
    "INSERT INTO attempts (job, chunk, number, intended_us, slot_us) VALUES (?1, ?2, ?3, ?4, ?5)";
const END_ATTEMPT: &str = "UPDATE attempts SET ended_us = ?4, verdict = ?5, code = ?6, message = ?7,
     request_id = ?8, http_status = ?9, url = ?10
     WHERE job = ?1 AND chunk = ?2 AND number = ?3 AND ended_us IS NULL";
const SET_CHUNK: &str = "UPDATE chunks SET state = ?3 WHERE job = ?1 AND chunk = ?2";
const SETTLE_CHUNK: &str =
    "UPDATE chunks SET state = ?3, tries = tries + ?4 WHERE job = ?1 AND chunk = ?2 AND state = 'sending'";
const LEAVE_QUEUE: &str = "UPDATE chunks SET state = ?3 WHERE job = ?1 AND chunk = ?2
     AND state IN ('pending', 'withheld')";
const INSERT_CHUNK: &str =
    "INSERT INTO chunks (job, chunk, grp, kind, parent, state, tries, count, first, last, flows)
     VALUES (?1, ?2, ?3, ?4, ?5, 'pending', ?6, ?7, ?8, ?9, ?10)";
const READ_CHUNK: &str = "SELECT grp, kind, flows FROM chunks WHERE job = ?1 AND chunk = ?2";
const REMEMBER_ANSWER: &str = "INSERT OR IGNORE INTO answers (hash) VALUES (?1)";
const KNOWS_ANSWER: &str = "SELECT 1 FROM answers WHERE hash = ?1";
const VOID_LINK: &str =
    "UPDATE attempts SET void = 1 WHERE job = ?1 AND chunk = ?2 AND url IS NOT NULL AND void = 0";
const INSERT_RESULT: &str =
    "INSERT OR REPLACE INTO flow_results (job, flow, state, code, message) VALUES (?1, ?2, ?3, ?4, ?5)";
const LET_CLAIM_GO: &str = "DELETE FROM claims WHERE claim = ?1 AND job = ?2 AND flow = ?3";
const WAIT_NO_MORE: &str = "DELETE FROM rivals WHERE job = ?1 AND flow = ?2 AND allowed = 0";

/// What runs for each chunk or page while a job is sent.
#[cfg(test)]
pub const HOT_STATEMENTS: &[&str] = &[
    HOLDS_LEASE,
    START_SENDING,
    INSERT_ATTEMPT,
    END_ATTEMPT,
    SET_CHUNK,
    SETTLE_CHUNK,
    LEAVE_QUEUE,
    INSERT_CHUNK,
    READ_CHUNK,
    REMEMBER_ANSWER,
    KNOWS_ANSWER,
    VOID_LINK,
    INSERT_RESULT,
    LET_CLAIM_GO,
    WAIT_NO_MORE,
    started::NOTE_ID,
    started::NOTE_LOOSE,
];

/// Keyed hashes of what an answer brings: of its link, and of its request id.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnswerHashes {
    pub url: Option<i64>,
    pub request_id: Option<i64>,
}

/// One transition as the writer's thread gets it.
pub struct Step<'a> {
    pub job: i64,
    pub lease: Lease,
    pub transition: &'a Transition,
    pub hashes: AnswerHashes,
    /// Keyed hash of the Agent that a stop is about.
    pub agent: Option<[u8; 32]>,
}

pub fn apply(db: &Connection, step: &Step<'_>) -> StepResult<()> {
    let job = step.job;
    match step.transition {
        Transition::AddChunks(chunks) => {
            chunks.iter().try_for_each(|chunk| add_chunk(db, job, chunk, None, 0))?;
        }
        Transition::Intend { attempt, slot_us, now_us } => {
            intend(db, job, step.lease, *attempt, *slot_us, *now_us)?;
        }
        Transition::Settle { attempt, outcome, after, now_us } => {
            settle(db, job, *attempt, outcome, after, *now_us)?;
            if outcome.verdict == Verdict::Accepted {
                remember_answer(db, step.hashes)?;
            }
        }
        Transition::Split { chunk, left, right, at } => {
            leave_queue(db, job, *chunk, "replaced")?;
            add_halves(db, job, *chunk, *left, *right, *at)?;
        }
        Transition::Sift { chunk, kept, out, why, code, message } => {
            let Chunk { group, kind, flows } = read_chunk(db, job, *chunk)?;
            let flows: Vec<FlowNo> = flows.into_iter().filter(|flow| !out.contains(flow)).collect();
            for flow in out {
                end_flow(db, job, *flow, *why, code.as_deref(), message.as_deref())?;
            }
            leave_queue(db, job, *chunk, "replaced")?;
            let kept = NewChunk { id: *kept, group, kind: kind.of_parts(), flows };
            add_chunk(db, job, &kept, Some(*chunk), 0)?;
        }
        Transition::Drop { chunk, why, code, message } => {
            leave_queue(db, job, *chunk, "rejected")?;
            end_flows(db, job, *chunk, *why, code.as_deref(), message.as_deref())?;
        }
        Transition::Gather { keep, void, chunks } => {
            for chunk in keep {
                leave_queue(db, job, *chunk, "accepted")?;
            }
            for chunk in void {
                void_link(db, job, *chunk)?;
                leave_queue(db, job, *chunk, "replaced")?;
            }
            chunks.iter().try_for_each(|chunk| add_chunk(db, job, chunk, None, 0))?;
        }
        Transition::Stop { stop: StopRecord { code, alike }, .. } => {
            db.execute(
                "INSERT OR REPLACE INTO stops (job, agent, code, alike) VALUES (?1, ?2, ?3, ?4)",
                params![job, step.agent, code, alike],
            )?;
        }
        Transition::Resume { .. } => {
            db.execute("DELETE FROM stops WHERE job = ?1 AND agent = ?2", params![job, step.agent])?;
        }
        Transition::KeepGoing { code } => {
            db.execute("INSERT OR IGNORE INTO keep_going (job, code) VALUES (?1, ?2)", params![job, code])?;
            db.execute("DELETE FROM stops WHERE job = ?1 AND code = ?2", params![job, code])?;
        }
    }
    Ok(())
}

pub fn remember_answer(db: &Connection, hashes: AnswerHashes) -> rusqlite::Result<()> {
    for hash in [hashes.url, hashes.request_id].into_iter().flatten() {
        db.prepare_cached(REMEMBER_ANSWER)?.execute(params![hash])?;
    }
    Ok(())
}

/// Whether that was in an answer before.
pub fn knows_answer(db: &Connection, hash: Option<i64>) -> rusqlite::Result<bool> {
    match hash {
        Some(hash) => db.prepare_cached(KNOWS_ANSWER)?.exists(params![hash]),
        None => Ok(false),
    }
}

pub fn add_chunk(
    db: &Connection,
    job: i64,
    chunk: &NewChunk,
    parent: Option<ChunkId>,
    tries: u32,
) -> rusqlite::Result<()> {
    let ends = chunk.flows.iter().min().zip(chunk.flows.iter().max());
    // A chunk whose flows were all taken out of it is none.
    let Some((first, last)) = ends else { return Ok(()) };
    db.prepare_cached(INSERT_CHUNK)?.execute(params![
        job,
        chunk.id.0,
        chunk.group,
        chunk.kind.name(),
        parent.map(|parent| parent.0),
        tries,
        i64::try_from(chunk.flows.len()).unwrap_or(i64::MAX),
        first.0,
        last.0,
        members::encode(&chunk.flows),
    ])?;
    Ok(())
}

/// A chunk that was accepted without ever having been in the queue.
pub fn add_accepted(
    db: &Connection,
    job: i64,
    chunk: &NewChunk,
    outcome: &Outcome,
    now_us: i64,
) -> rusqlite::Result<()> {
    add_chunk(db, job, chunk, None, 0)?;
    set_chunk(db, job, chunk.id, "accepted")?;
    db.prepare_cached(
        "INSERT INTO attempts (job, chunk, number, intended_us, slot_us, ended_us, verdict, request_id, url)
         VALUES (?1, ?2, 1, ?3, ?3, ?3, 'accepted', ?4, ?5)",
    )?
    .execute(params![job, chunk.id.0, now_us, outcome.request_id, outcome.url])
    .map(drop)
}

fn intend(
    db: &Connection,
    job: i64,
    lease: Lease,
    attempt: AttemptId,
    slot_us: i64,
    now_us: i64,
) -> StepResult<()> {
    if !db.prepare_cached(HOLDS_LEASE)?.exists(params![job, lease.0])? {
        return Err(JournalFault::LeaseLost.into());
    }
    // Where its contracts have changed hands the chunk has been replaced.
    if db.prepare_cached(START_SENDING)?.execute(params![job, attempt.chunk.0])? != 1 {
        return Err(JournalFault::NotToBeSent.into());
    }
    db.prepare_cached(INSERT_ATTEMPT)?
        .execute(params![job, attempt.chunk.0, attempt.number, now_us, slot_us])?;
    Ok(())
}

/// Nothing of a job is left to send, nor in doubt.
pub fn finish_job(db: &Connection, job: i64, now_us: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE jobs SET state = 'finished', finished_us = ?2 WHERE job = ?1")?
        .execute(params![job, now_us])
        .map(drop)
}

/// Something of it is to be sent, once more or at all.
pub fn reopen_job(db: &Connection, job: i64) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE jobs SET state = 'ready', finished_us = NULL WHERE job = ?1")?
        .execute(params![job])
        .map(drop)
}

pub fn set_chunk(db: &Connection, job: i64, chunk: ChunkId, state: &str) -> rusqlite::Result<()> {
    db.prepare_cached(SET_CHUNK)?.execute(params![job, chunk.0, state]).map(drop)
}

pub fn void_link(db: &Connection, job: i64, chunk: ChunkId) -> rusqlite::Result<()> {
    db.prepare_cached(VOID_LINK)?.execute(params![job, chunk.0]).map(drop)
}

fn settle(
    db: &Connection,
    job: i64,
    attempt: AttemptId,
    outcome: &Outcome,
    after: &After,
    now_us: i64,
) -> rusqlite::Result<()> {
    let chunk = attempt.chunk;
    let ended = db.prepare_cached(END_ATTEMPT)?.execute(params![
        job,
        chunk.0,
        attempt.number,
        now_us,
        outcome.verdict.name(),
        outcome.code,
        outcome.message,
        outcome.request_id,
        outcome.http_status,
        outcome.url
    ])?;
    if ended == 0 {
        // It was never intended, or is settled already: what it has started all the same
        // must not be forgotten.
        return started::note_loose(db, job, attempt, outcome.started.ids());
    }
    let settled = |state: &str, tries: bool| -> rusqlite::Result<bool> {
        let changed = db.prepare_cached(SETTLE_CHUNK)?.execute(params![job, chunk.0, state, tries])?;
        Ok(changed == 1)
    };
    let is_ours = match after {
        After::Accept => settled("accepted", false)?,
        After::Withhold => settled("withheld", false)?,
        After::Again { counts } => settled("pending", *counts)?,
        After::Split { .. } | After::Apart { .. } => settled("replaced", false)?,
        After::Reject => settled("rejected", false)?,
        After::Hold if outcome.verdict == Verdict::InDoubt => settled("in_doubt", false)?,
        After::Hold => settled("held", false)?,
    };
    if !is_ours {
        // Others have taken the chunk's place meanwhile: its link must never be shown.
        started::note_loose(db, job, attempt, outcome.started.ids())?;
        return void_link(db, job, chunk);
    }
    started::note_loose(db, job, attempt, outcome.started.loose.iter().map(String::as_str))?;
    if !outcome.started.flows.is_empty() {
        started::note_ids(db, job, &read_chunk(db, job, chunk)?.flows, &outcome.started)?;
    }
    match after {
        After::Apart { parts } => {
            let Chunk { group, kind, .. } = read_chunk(db, job, chunk)?;
            parts.iter().try_for_each(|Part { id, state, flows }| {
                let part = NewChunk { id: *id, group, kind: kind.of_parts(), flows: flows.clone() };
                add_chunk(db, job, &part, Some(chunk), 0)?;
                set_chunk(db, job, *id, state.name())
            })
        }
        After::Split { left, right, at } => add_halves(db, job, chunk, *left, *right, *at),
        After::Reject => {
            let (code, message) = (outcome.code.as_deref(), outcome.message.as_deref());
            end_flows(db, job, chunk, Unsent::Rejected, code, message)
        }
        After::Accept | After::Withhold | After::Again { .. } | After::Hold => Ok(()),
    }
}

/// A chunk that is not on its way leaves the queue.
fn leave_queue(db: &Connection, job: i64, chunk: ChunkId, state: &str) -> StepResult<()> {
    match db.prepare_cached(LEAVE_QUEUE)?.execute(params![job, chunk.0, state])? {
        1 => Ok(()),
        _ => Err(JournalFault::NotToBeSent.into()),
    }
}

fn add_halves(
    db: &Connection,
    job: i64,
    chunk: ChunkId,
    left: ChunkId,
    right: ChunkId,
    at: usize,
) -> rusqlite::Result<()> {
    let Chunk { group, kind, mut flows } = read_chunk(db, job, chunk)?;
    let rest = flows.split_off(at.min(flows.len()));
    for (id, flows) in [(left, flows), (right, rest)] {
        add_chunk(db, job, &NewChunk { id, group, kind: kind.of_parts(), flows }, Some(chunk), 0)?;
    }
    Ok(())
}

pub struct Chunk {
    pub group: u32,
    pub kind: ChunkKind,
    pub flows: Vec<FlowNo>,
}

pub fn read_chunk(db: &Connection, job: i64, chunk: ChunkId) -> rusqlite::Result<Chunk> {
    db.prepare_cached(READ_CHUNK)?.query_row(params![job, chunk.0], |row| {
        Ok(Chunk {
            group: row.get(0)?,
            kind: ChunkKind::from_name(row.get_ref(1)?.as_str()?),
            flows: members::decode(row.get_ref(2)?.as_blob()?).collect(),
        })
    })
}

fn end_flows(
    db: &Connection,
    job: i64,
    chunk: ChunkId,
    why: Unsent,
    code: Option<&str>,
    message: Option<&str>,
) -> rusqlite::Result<()> {
    for flow in read_chunk(db, job, chunk)?.flows {
        end_flow(db, job, flow, why, code, message)?;
    }
    Ok(())
}

/// A flow that will not be sent has no use for its claim.
fn end_flow(
    db: &Connection,
    job: i64,
    flow: FlowNo,
    why: Unsent,
    code: Option<&str>,
    message: Option<&str>,
) -> rusqlite::Result<()> {
    let state = match why {
        Unsent::Rejected => "rejected",
        Unsent::Invalid => "invalid",
    };
    db.prepare_cached(INSERT_RESULT)?.execute(params![job, flow.0, state, code, message])?;
    if let Some(claim) = claim_of(db, job, flow.0)? {
        db.prepare_cached(LET_CLAIM_GO)?.execute(params![claim, job, flow.0])?;
    }
    db.prepare_cached(WAIT_NO_MORE)?.execute(params![job, flow.0]).map(drop)
}

/// A failed flow may go again: it takes its claim if that is free, or waits for it.
pub fn revive(db: &Connection, job: i64, flow: FlowNo) -> rusqlite::Result<()> {
    db.execute("DELETE FROM flow_results WHERE job = ?1 AND flow = ?2", params![job, flow.0])?;
    let Some(claim) = claim_of(db, job, flow.0)? else { return Ok(()) };
    let allowed = db
        .prepare_cached("SELECT 1 FROM rivals WHERE job = ?1 AND flow = ?2 AND allowed = 1")?
        .exists(params![job, flow.0])?;
    if allowed {
        return Ok(());
    }
    let free = db
        .prepare_cached("INSERT OR IGNORE INTO claims (claim, job, flow) VALUES (?1, ?2, ?3)")?
        .execute(params![claim, job, flow.0])?;
    let own = free == 1
        || db
            .prepare_cached("SELECT 1 FROM claims WHERE claim = ?1 AND job = ?2 AND flow = ?3")?
            .exists(params![claim, job, flow.0])?;
    if !own {
        db.execute(
            "INSERT OR IGNORE INTO rivals (job, flow, claim, allowed) VALUES (?1, ?2, ?3, 0)",
            params![job, flow.0, claim],
        )?;
    }
    Ok(())
}

pub fn last_chunk(db: &Connection, job: i64) -> rusqlite::Result<i64> {
    db.prepare_cached("SELECT max(chunk) FROM chunks WHERE job = ?1")?
        .query_row(params![job], |row| row.get::<_, Option<i64>>(0))
        .optional()
        .map(|found| found.flatten().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SQLite says SEARCH where it goes down an index, and SCAN where it reads all
    /// of a table. A search by the job alone reads all of a job.
    #[test]
    fn what_a_chunk_costs_does_not_depend_on_its_job() {
        let folder = tempfile::tempdir().unwrap();
        let db = crate::journal::sqlite::open::ledger(&folder.path().join("ledger.db")).unwrap();
        // The planner may choose otherwise where tables are large.
        db.execute_batch(
            "PRAGMA foreign_keys=OFF;
             INSERT INTO realms VALUES (1, 'r');
             INSERT INTO jobs (job, id, realm, identity, version, action, about, created_us, state)
               VALUES (1, 'a', 1, x'00', 1, 'PrepareFlows', '{}', 0, 'ready');
             WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
             INSERT INTO chunks SELECT 1, n, 0, 'cut', NULL, 'accepted', 0, 1, n, n, x'02' FROM n;
             INSERT INTO attempts (job, chunk, number, intended_us, slot_us, ended_us, verdict)
               SELECT 1, chunk, 1, 0, 0, 0, 'accepted' FROM chunks;
             INSERT INTO flows SELECT 1, chunk, randomblob(16), randomblob(16) FROM chunks;
             INSERT INTO claims SELECT claim, job, flow FROM flows;",
        )
        .unwrap();
        let plans = |db: &Connection| {
            for sql in HOT_STATEMENTS {
                let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
                let count = statement.parameter_count();
                let values: Vec<i64> = vec![1; count];
                let plan: Vec<String> = statement
                    .query_map(rusqlite::params_from_iter(values), |row| row.get(3))
                    .unwrap()
                    .map(Result::unwrap)
                    .collect();
                for line in &plan {
                    assert!(!line.starts_with("SCAN"), "{sql}: {line}");
                    assert!(!line.ends_with("(job=?)"), "{sql}: {line}");
                }
            }
        };
        plans(&db);
        db.execute_batch("ANALYZE").unwrap();
        plans(&db);
    }

    /// It makes one for a list, and to keep what it is about to change.
    #[test]
    fn what_is_written_for_a_chunk_needs_no_table_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let db = crate::journal::sqlite::open::ledger(&folder.path().join("ledger.db")).unwrap();
        for sql in HOT_STATEMENTS {
            let mut statement = db.prepare(&format!("EXPLAIN {sql}")).unwrap();
            let values = vec![1; statement.parameter_count()];
            let steps: Vec<String> = statement
                .query_map(rusqlite::params_from_iter(values), |row| row.get(1))
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert!(!steps.iter().any(|step| step == "OpenEphemeral"), "{sql}: {steps:?}");
        }
        let refused = |sql: &str| db.execute(sql, []).unwrap_err().to_string();
        db.execute_batch("PRAGMA foreign_keys=OFF").unwrap();
        let chunk = |kind: &str, state: &str| {
            refused(&format!(
                "INSERT INTO chunks (job, chunk, grp, kind, state, count, first, last, flows)
                 VALUES (1, 1, 0, '{kind}', '{state}', 1, 1, 1, x'02')"
            ))
        };
        assert!(chunk("cut", "sent").contains("CHECK"));
        assert!(chunk("whole", "pending").contains("CHECK"));
    }

    #[test]
    fn the_test_of_plans_would_notice_a_walk_through_the_job() {
        let folder = tempfile::tempdir().unwrap();
        let db = crate::journal::sqlite::open::ledger(&folder.path().join("ledger.db")).unwrap();
        let plan: String = db
            .query_row("EXPLAIN QUERY PLAN SELECT 1 FROM chunks WHERE job = 1 AND state = 'x'", [], |row| {
                row.get(3)
            })
            .unwrap();
        assert!(plan.ends_with("(job=?)"), "{plan}");
    }
}
