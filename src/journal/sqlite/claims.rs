//! Contracts whose claim another flow holds: what becomes of them when that one
//! is decided, or its job is dead.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, params};

use crate::domain::job::{ChunkId, FlowNo, JobId};
use crate::journal::model::{ChunkKind, Fingerprint, NewChunk};
use crate::journal::{Journal, JournalError};
use crate::platform::clock::now_us;

use super::corrections::SENT_MEANWHILE;
use super::queries::tally_of;
use super::standing::{Holder, Standing, Standings, content_of, holder, id_of};
use super::transitions::{add_chunk, finish_job, last_chunk, set_chunk, void_link};
use super::{StepResult, members};

/// Why a flow is rejected whose key another contract has taken meanwhile.
const KEY_TAKEN: &str = "key.taken";
/// What stands as the message of a duplicate that another job has sent with other contents.
pub const CHANGED: &str = "changed";
const BATCH: usize = 4_000;

/// Flows of a job that wait for others.
const WAITING: &str = "SELECT flow FROM rivals r WHERE r.job = ?1 AND r.allowed = 0
     AND NOT EXISTS (SELECT 1 FROM flow_results s WHERE s.job = r.job AND s.flow = r.flow) ORDER BY flow";

/// A job that nobody works on, and nobody can while its lock is held.
pub struct DeadJob {
    pub job: JobId,
    /// Its requests start nothing: those without an answer may be sent anew.
    pub only_prepared: bool,
}

impl Journal {
    /// Contracts of a job that the API has refused.
    pub fn refused(&self, job: &JobId) -> Result<HashSet<FlowNo>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT flow FROM flow_results
                 WHERE job = ?1 AND state = 'rejected' AND ifnull(code, '') NOT IN (?2, ?3)",
            )?
            .query_map(params![number, KEY_TAKEN, SENT_MEANWHILE], |row| row.get(0).map(FlowNo))?
            .collect()
        })
    }

    /// Flows that may not be sent before another job's contract is decided.
    pub fn unclaimed(&self, job: &JobId) -> Result<Vec<FlowNo>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(WAITING)?.query_map(params![number], |row| row.get(0).map(FlowNo))?.collect()
        })
    }

    /// Jobs that hold claims which flows of this job wait for.
    pub fn waits_for(&self, job: &JobId) -> Result<Vec<JobId>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT DISTINCT j.id FROM rivals r JOIN claims c ON c.claim = r.claim
                 JOIN jobs j ON j.job = c.job
                 WHERE r.job = ?1 AND r.allowed = 0
                 AND NOT EXISTS (SELECT 1 FROM flow_results s WHERE s.job = r.job AND s.flow = r.flow)",
            )?
            .query_map(params![number], |row| row.get(0).map(JobId))?
            .collect()
        })
    }

    /// Flows that wait for another job's contract: those whose wait is over have
    /// their claim now, or are duplicates. What `dead` jobs have left is taken over.
    /// Returns how many were settled.
    pub async fn settle_claims(&self, job: &JobId, dead: Vec<DeadJob>) -> Result<usize, JournalError> {
        let number = self.number_of(job)?;
        let dead: HashMap<i64, bool> = dead
            .iter()
            .map(|dead| Ok((self.number_of(&dead.job)?, dead.only_prepared)))
            .collect::<Result<_, JournalError>>()?;
        let decided = self.decided(job, &dead)?;
        for batch in decided.chunks(BATCH) {
            let (batch, dead) = (batch.to_vec(), dead.clone());
            self.writer().write(move |db| settle(db, number, &batch, &dead)).await?;
        }
        Ok(decided.len())
    }

    /// The same for a job that nobody works on, whose lock is held. Where nothing is left of
    /// it then it is finished, in the same transaction: a kill leaves both or neither.
    /// Returns whether anything has changed.
    pub async fn settle_and_finish(&self, job: &JobId) -> Result<bool, JournalError> {
        let number = self.number_of(job)?;
        let nobody = HashMap::new();
        let mut decided = self.decided(job, &nobody)?;
        let has_changed = !decided.is_empty();
        while decided.len() > BATCH {
            let batch = decided.split_off(decided.len() - BATCH);
            self.writer().write(move |db| settle(db, number, &batch, &HashMap::new())).await?;
        }
        if !has_changed && !self.read(|db| is_over(db, number))? {
            return Ok(false);
        }
        self.writer()
            .write(move |db| {
                settle(db, number, &decided, &HashMap::new())?;
                if is_over(db, number)? {
                    finish_job(db, number, now_us())?;
                }
                Ok(())
            })
            .await?;
        Ok(true)
    }

    /// Most wait on: they are looked at without holding anybody up.
    fn decided(&self, job: &JobId, dead: &HashMap<i64, bool>) -> Result<Vec<FlowNo>, JournalError> {
        let number = self.number_of(job)?;
        let waiting = self.unclaimed(job)?;
        self.read(|db| {
            let mut standings = Standings::default();
            let mut decided = Vec::new();
            for flow in waiting {
                if is_decided(db, &mut standings, number, flow, dead)? {
                    decided.push(flow);
                }
            }
            Ok(decided)
        })
    }
}

/// Nothing of a job that is ready is left to send.
pub fn is_over(db: &Connection, job: i64) -> rusqlite::Result<bool> {
    let is_ready =
        db.prepare_cached("SELECT 1 FROM jobs WHERE job = ?1 AND state = 'ready'")?.exists(params![job])?;
    let tally = tally_of(db, job)?;
    Ok(is_ready && tally.pending + tally.in_doubt == 0)
}

/// Whether a waiting flow's wait is over, as things stand now.
fn is_decided(
    db: &Connection,
    standings: &mut Standings,
    job: i64,
    flow: FlowNo,
    dead: &HashMap<i64, bool>,
) -> rusqlite::Result<bool> {
    let claim: Fingerprint = db
        .prepare_cached("SELECT claim FROM flows WHERE job = ?1 AND flow = ?2")?
        .query_row(params![job, flow.0], |row| row.get(0))?;
    let Some(from) = holder(db, &claim)? else { return Ok(true) };
    Ok(match standings.of(db, from.job, from.flow)? {
        Standing::Accepted => true,
        Standing::Unsent { .. } => from.job != job && dead.contains_key(&from.job),
        Standing::OnItsWay { .. } => from.job != job && dead.get(&from.job) == Some(&true),
        Standing::Over => false,
    })
}

/// A contract that changes hands.
struct Takeover {
    from: Holder,
    claim: Fingerprint,
    flow: FlowNo,
}

fn settle(db: &Connection, job: i64, waiting: &[FlowNo], dead: &HashMap<i64, bool>) -> StepResult<()> {
    let mut standings = Standings::default();
    let mut takeovers: Vec<Takeover> = Vec::new();
    // The chunks that contracts are taken out of, by job and chunk.
    let mut torn: BTreeMap<(i64, i64), Vec<FlowNo>> = BTreeMap::new();
    let mut taken: HashSet<Fingerprint> = HashSet::new();
    for flow in waiting {
        let (claim, content): (Fingerprint, Fingerprint) = db
            .prepare_cached("SELECT claim, content FROM flows WHERE job = ?1 AND flow = ?2")?
            .query_row(params![job, flow.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let Some(from) = holder(db, &claim)? else {
            take(db, job, *flow, &claim)?;
            continue;
        };
        match standings.of(db, from.job, from.flow)? {
            Standing::Accepted => {
                // The same contract went already; or another one took its key while
                // this one waited, and two of a key need someone's word.
                let by = id_of(db, from.job)?;
                let same = content_of(db, from.job, from.flow)? == Some(content);
                let (state, code, message) = match same || is_taken(db, job, *flow)? {
                    true => ("duplicate", by, (!same).then(|| CHANGED.to_owned())),
                    false => ("rejected", KEY_TAKEN.to_owned(), Some(by)),
                };
                db.prepare_cached(
                    "INSERT OR REPLACE INTO flow_results (job, flow, state, code, message)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![job, flow.0, state, code, message])?;
                end_wait(db, job, *flow)?;
            }
            Standing::Unsent { chunk } if from.job != job && dead.contains_key(&from.job) => {
                if !taken.insert(claim) {
                    continue;
                }
                if let Some(chunk) = chunk {
                    torn.entry((from.job, chunk)).or_default().push(FlowNo(from.flow));
                }
                takeovers.push(Takeover { from, claim, flow: *flow });
            }
            // Nobody has seen its link, so nobody can confirm what it may have prepared.
            Standing::OnItsWay { chunk } if from.job != job && dead.get(&from.job) == Some(&true) => {
                if taken.insert(claim) {
                    torn.entry((from.job, chunk)).or_default().push(FlowNo(from.flow));
                    takeovers.push(Takeover { from, claim, flow: *flow });
                }
            }
            Standing::Unsent { .. } | Standing::OnItsWay { .. } | Standing::Over => {}
        }
    }
    for ((other, chunk), gone) in torn {
        tear(db, other, ChunkId(chunk), &gone)?;
    }
    for Takeover { from, claim, flow } in takeovers {
        // The dead job's contract waits for ours from now on.
        db.prepare_cached(
            "INSERT OR REPLACE INTO rivals (job, flow, claim, allowed, taken) VALUES (?1, ?2, ?3, 0, 1)",
        )?
        .execute(params![from.job, from.flow, claim])?;
        take(db, job, flow, &claim)?;
    }
    Ok(())
}

fn is_taken(db: &Connection, job: i64, flow: FlowNo) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM rivals WHERE job = ?1 AND flow = ?2 AND taken = 1")?
        .exists(params![job, flow.0])
}

fn take(db: &Connection, job: i64, flow: FlowNo, claim: &Fingerprint) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR REPLACE INTO claims (claim, job, flow) VALUES (?1, ?2, ?3)")?
        .execute(params![claim, job, flow.0])?;
    end_wait(db, job, flow)
}

fn end_wait(db: &Connection, job: i64, flow: FlowNo) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM rivals WHERE job = ?1 AND flow = ?2")?
        .execute(params![job, flow.0])
        .map(drop)
}

/// Some contracts of a chunk have changed hands: others take its place without
/// them. A withheld page that carried them must never be shown.
fn tear(db: &Connection, job: i64, chunk: ChunkId, gone: &[FlowNo]) -> rusqlite::Result<()> {
    let (group, kind, parent, tries, flows): (u32, String, Option<i64>, u32, Vec<u8>) = db
        .prepare_cached("SELECT grp, kind, parent, tries, flows FROM chunks WHERE job = ?1 AND chunk = ?2")?
        .query_row(params![job, chunk.0], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
    db.prepare_cached(
        "UPDATE attempts SET ended_us = ?3, verdict = 'in_doubt', code = 'crash'
         WHERE job = ?1 AND chunk = ?2 AND ended_us IS NULL",
    )?
    .execute(params![job, chunk.0, now_us()])?;
    void_link(db, job, chunk)?;
    set_chunk(db, job, chunk, "replaced")?;
    let travelled = db
        .prepare_cached("SELECT 1 FROM attempts WHERE job = ?1 AND chunk = ?2 LIMIT 1")?
        .exists(params![job, chunk.0])?;
    let kind = ChunkKind::from_name(&kind);
    // What is left of one that travelled is a part of it.
    let (kind, parent) = if travelled { (kind.of_parts(), Some(chunk)) } else { (kind, parent.map(ChunkId)) };
    let left = NewChunk {
        id: ChunkId(last_chunk(db, job)? + 1),
        group,
        kind,
        flows: members::decode(&flows).filter(|flow| !gone.contains(flow)).collect(),
    };
    add_chunk(db, job, &left, parent, tries)
}
