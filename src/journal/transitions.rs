//! The SQL of each transition. It runs inside the writer's transaction.

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId};
use crate::domain::verdict::{Outcome, Verdict};

use super::ledger::{After, ChunkKind, NewChunk, NewFlow, Permission};

pub(super) struct Holder {
    pub job: String,
    pub content: [u8; 32],
    pub state: String,
    pub chunk: Option<i64>,
}

/// Whether a request with it may be on the wire.
pub(super) fn is_open(db: &Connection, holder: &Holder) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM attempts WHERE job = ?1 AND chunk IS ?2 AND ended_us IS NULL")?
        .exists(params![holder.job, holder.chunk])
}

/// Why a flow is rejected whose key another contract has taken meanwhile.
const KEY_TAKEN: &str = "key.taken";

pub(super) fn holder(db: &Connection, realm: &str, claim: &[u8; 32]) -> rusqlite::Result<Option<Holder>> {
    db.prepare_cached(
        "SELECT job, content, state, chunk FROM flows WHERE realm = ?1 AND claim = ?2 AND holds = 1",
    )?
    .query_row(params![realm, claim], |row| {
        Ok(Holder { job: row.get(0)?, content: row.get(1)?, state: row.get(2)?, chunk: row.get(3)? })
    })
    .optional()
}

pub(super) fn add_flow(
    db: &Connection,
    job: &str,
    flow: &NewFlow,
    permission: Permission,
) -> rusqlite::Result<()> {
    if !is_known(db, flow)? {
        return insert_flow(db, job, flow, true, false, None);
    }
    let holder = holder(db, &flow.realm, &flow.claim)?;
    let free = holder.is_none();
    // Twins within one file wait for each other; nobody has to decide on them.
    let holder = holder.filter(|holder| holder.job != job);
    let sent_by = sent_already(db, flow)?;
    let same = sent_by.is_some() || holder.as_ref().is_some_and(|holder| holder.content == flow.content);
    // Who says 'again' does not mean twice in one file.
    let allowed = !has_twin(db, job, flow)?
        && (holder.is_some() || sent_by.is_some())
        && if same { permission.again } else { permission.reused_keys };
    let duplicate = sent_by.filter(|_| !allowed);
    insert_flow(db, job, flow, free && duplicate.is_none(), allowed, duplicate)
}

/// Whether anybody ever had that claim: most are new.
fn is_known(db: &Connection, flow: &NewFlow) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM flows WHERE realm = ?1 AND claim = ?2 LIMIT 1")?
        .exists(params![flow.realm, flow.claim])
}

/// `duplicate`: the job that has sent the same.
fn insert_flow(
    db: &Connection,
    job: &str,
    flow: &NewFlow,
    holds: bool,
    allowed: bool,
    duplicate: Option<String>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO flows (job, flow, realm, grp, size, claim, content, holds, allowed, state, code)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        job,
        flow.flow.0,
        flow.realm,
        flow.group,
        i64::try_from(flow.size).unwrap_or(i64::MAX),
        flow.claim,
        flow.content,
        holds,
        allowed,
        if duplicate.is_some() { "duplicate" } else { "pending" },
        duplicate,
    ])
    .map(|_| ())
}

/// The very same contract stands in the same file, further up.
fn has_twin(db: &Connection, job: &str, flow: &NewFlow) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM flows WHERE realm = ?1 AND claim = ?2 AND content = ?3 AND job = ?4 LIMIT 1",
    )?
    .exists(params![flow.realm, flow.claim, flow.content, job])
}

/// The job that has sent the very same contract: also one that did so as a
/// second use of the key.
pub(super) fn sent_already(db: &Connection, flow: &NewFlow) -> rusqlite::Result<Option<String>> {
    db.prepare_cached(
        "SELECT job FROM flows WHERE realm = ?1 AND claim = ?2 AND content = ?3 AND state = 'accepted' LIMIT 1",
    )?
    .query_row(params![flow.realm, flow.claim, flow.content], |row| row.get(0))
    .optional()
}

pub(super) fn settle_claim(
    db: &Connection,
    job: &str,
    flow: i64,
    realm: &str,
    claim: &[u8; 32],
    content: &[u8; 32],
    dead: &[JobId],
) -> rusqlite::Result<()> {
    let take = || {
        db.execute("UPDATE flows SET holds = 1 WHERE job = ?1 AND flow = ?2", params![job, flow]).map(|_| ())
    };
    let Some(holder) = holder(db, realm, claim)? else { return take() };
    if holder.state == "accepted" {
        // The same contract went already; or another one took its key while this
        // one waited, and two of a key need someone's word.
        let (state, code, message) = match holder.content == *content {
            true => ("duplicate", holder.job, None),
            false => ("rejected", KEY_TAKEN.to_owned(), Some(holder.job)),
        };
        return db
            .execute(
                "UPDATE flows SET state = ?3, code = ?4, message = ?5 WHERE job = ?1 AND flow = ?2",
                params![job, flow, state, code, message],
            )
            .map(|_| ());
    }
    let dead = dead.iter().any(|dead| dead.0 == holder.job);
    if holder.state == "pending" && dead && !is_open(db, &holder)? {
        {
            // A withheld page that carried it must never be shown: its chunk is sent anew.
            let carried = "job = ?1 AND chunk = ?2";
            db.execute(
                &format!("UPDATE attempts SET void = 1 WHERE {carried} AND url IS NOT NULL"),
                params![holder.job, holder.chunk],
            )?;
            db.execute(
                &format!("UPDATE chunks SET state = 'pending' WHERE {carried} AND state = 'waiting'"),
                params![holder.job, holder.chunk],
            )?;
            db.execute(
                "UPDATE flows SET holds = 0, chunk = NULL, position = NULL
                 WHERE realm = ?1 AND claim = ?2 AND holds = 1",
                params![realm, claim],
            )?;
            return take();
        }
    }
    Ok(())
}

pub(super) fn add_chunk(
    db: &Connection,
    job: &str,
    chunk: &NewChunk,
    parent: Option<ChunkId>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO chunks (job, chunk, grp, kind, parent, state) VALUES (?1, ?2, ?3, ?4, ?5, 'pending')",
    )?
    .execute(params![job, chunk.id.0, chunk.group, chunk.kind.name(), parent.map(|parent| parent.0)])?;
    let mut place =
        db.prepare_cached("UPDATE flows SET chunk = ?3, position = ?4 WHERE job = ?1 AND flow = ?2")?;
    for (position, flow) in (0_i64..).zip(&chunk.flows) {
        place.execute(params![job, flow.0, chunk.id.0, position])?;
    }
    Ok(())
}

pub(super) fn dissolve_unsent(db: &Connection, job: &str) -> rusqlite::Result<()> {
    let unsent = "SELECT c.chunk FROM chunks c WHERE c.job = ?1 AND c.kind = 'cut' AND c.state = 'pending'
         AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.job = c.job AND a.chunk = c.chunk)";
    db.execute(
        &format!("UPDATE flows SET chunk = NULL, position = NULL WHERE job = ?1 AND chunk IN ({unsent})"),
        params![job],
    )?;
    db.execute(
        &format!("UPDATE chunks SET state = 'split' WHERE job = ?1 AND chunk IN ({unsent})"),
        params![job],
    )
    .map(drop)
}

pub(super) fn intend(
    db: &Connection,
    job: &str,
    chunk: ChunkId,
    flows: &[FlowNo],
    slot_us: i64,
    now_us: i64,
) -> rusqlite::Result<AttemptId> {
    if members(db, job, chunk)? != flows {
        // Somebody has taken one over: what was loaded must not be sent.
        return Err(rusqlite::Error::StatementChangedRows(0));
    }
    let number: i64 = db
        .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM attempts WHERE job = ?1 AND chunk = ?2")?
        .query_row(params![job, chunk.0], |row| row.get(0))?;
    db.prepare_cached(
        "INSERT INTO attempts (job, chunk, number, intended_us, slot_us) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![job, chunk.0, number, now_us, slot_us])?;
    let attempt = db.last_insert_rowid();
    db.prepare_cached(
        "INSERT INTO attempt_flows (attempt, position, flow)
         SELECT ?3, position, flow FROM flows WHERE job = ?1 AND chunk = ?2",
    )?
    .execute(params![job, chunk.0, attempt])?;
    db.prepare_cached(
        "UPDATE flows SET attempts = attempts + 1, last_attempt = ?3 WHERE job = ?1 AND chunk = ?2",
    )?
    .execute(params![job, chunk.0, attempt])?;
    set_chunk(db, job, chunk, "sending")?;
    Ok(AttemptId(attempt))
}

pub(super) fn set_chunk(db: &Connection, job: &str, chunk: ChunkId, state: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE chunks SET state = ?3 WHERE job = ?1 AND chunk = ?2")?
        .execute(params![job, chunk.0, state])
        .map(|_| ())
}

pub(super) fn settle(
    db: &Connection,
    job: &str,
    chunk: ChunkId,
    attempt: AttemptId,
    outcome: &Outcome,
    after: &After,
    now_us: i64,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE attempts SET ended_us = ?2, verdict = ?3, code = ?4, message = ?5, request_id = ?6,
         http_status = ?7, url = ?8 WHERE id = ?1 AND ended_us IS NULL",
    )?
    .execute(params![
        attempt.0,
        now_us,
        outcome.verdict.name(),
        outcome.code,
        outcome.message,
        outcome.request_id,
        outcome.http_status,
        outcome.url
    ])?;
    match after {
        After::Accept => accept_flows(db, job, chunk),
        After::Withhold => set_chunk(db, job, chunk, "waiting"),
        After::Again { counts } => {
            db.prepare_cached(
                "UPDATE chunks SET state = 'pending', tries = tries + ?3 WHERE job = ?1 AND chunk = ?2",
            )?
            .execute(params![job, chunk.0, counts])?;
            Ok(())
        }
        After::Split { left, right, at } => split(db, job, chunk, *left, *right, *at),
        After::Reject => reject(db, job, chunk, outcome.code.as_deref(), outcome.message.as_deref()),
        After::Hold => {
            let doubt = outcome.verdict == Verdict::InDoubt;
            if doubt {
                db.execute(
                    "UPDATE flows SET state = 'in_doubt', code = ?3, message = ?4 WHERE job = ?1 AND chunk = ?2",
                    params![job, chunk.0, outcome.code, outcome.message],
                )?;
            }
            set_chunk(db, job, chunk, "held")
        }
    }
}

pub(super) fn split(
    db: &Connection,
    job: &str,
    chunk: ChunkId,
    left: ChunkId,
    right: ChunkId,
    at: usize,
) -> rusqlite::Result<()> {
    let mut flows = members(db, job, chunk)?;
    let rest = flows.split_off(at.min(flows.len()));
    take_apart(db, job, chunk, [(left, flows), (right, rest)])
}

pub(super) fn sift(
    db: &Connection,
    job: &str,
    chunk: ChunkId,
    kept: ChunkId,
    refused: ChunkId,
    doomed: &[FlowNo],
) -> rusqlite::Result<()> {
    let (gone, stay) = members(db, job, chunk)?.into_iter().partition(|flow| doomed.contains(flow));
    take_apart(db, job, chunk, [(kept, stay), (refused, gone)])
}

fn members(db: &Connection, job: &str, chunk: ChunkId) -> rusqlite::Result<Vec<FlowNo>> {
    db.prepare_cached("SELECT flow FROM flows WHERE job = ?1 AND chunk = ?2 ORDER BY position")?
        .query_map(params![job, chunk.0], |row| row.get(0).map(FlowNo))?
        .collect()
}

fn take_apart(
    db: &Connection,
    job: &str,
    chunk: ChunkId,
    parts: [(ChunkId, Vec<FlowNo>); 2],
) -> rusqlite::Result<()> {
    let (group, kind): (u32, String) = db.query_row(
        "SELECT grp, kind FROM chunks WHERE job = ?1 AND chunk = ?2",
        params![job, chunk.0],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let kind = ChunkKind::from_name(&kind).of_parts();
    set_chunk(db, job, chunk, "split")?;
    for (id, flows) in parts {
        add_chunk(db, job, &NewChunk { id, group, kind, flows }, Some(chunk))?;
    }
    Ok(())
}

pub(super) fn reject(
    db: &Connection,
    job: &str,
    chunk: ChunkId,
    code: Option<&str>,
    message: Option<&str>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE flows SET state = 'rejected', holds = 0, code = ?3, message = ?4 WHERE job = ?1 AND chunk = ?2",
    )?
    .execute(params![job, chunk.0, code, message])?;
    set_chunk(db, job, chunk, "done")
}

/// Every flow of the chunk has the page of its accepted attempt.
pub(super) fn accept_flows(db: &Connection, job: &str, chunk: ChunkId) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE flows SET state = 'accepted', code = NULL, message = NULL, accepted_by =
           (SELECT id FROM attempts WHERE job = ?1 AND chunk = ?2 AND verdict = 'accepted' AND void = 0
            ORDER BY number DESC LIMIT 1)
         WHERE job = ?1 AND chunk = ?2",
    )?
    .execute(params![job, chunk.0])?;
    set_chunk(db, job, chunk, "done")
}

pub(super) fn void_links(db: &Connection, job: &str, chunk: ChunkId) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE attempts SET void = 1 WHERE job = ?1 AND chunk = ?2 AND url IS NOT NULL",
        params![job, chunk.0],
    )
    .map(|_| ())
}
