//! Contracts of which nobody knows whether they were started: which they are, and how they
//! are settled.

use std::collections::{BTreeMap, HashSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::job::{ChunkId, FlowNo, JobId};
use crate::domain::verdict::{FlowAnswer, Outcome, Started, Verdict};
use crate::journal::error::JournalFault;
use crate::journal::model::{DoubtRecord, NewChunk, PartState, Settled, SettledAs};
use crate::journal::{Journal, JournalError};

use super::claims::is_over;
use super::queries::tally_of;
use super::transitions::{
    AnswerHashes, add_chunk, finish_job, last_chunk, read_chunk, remember_answer, reopen_job, set_chunk,
};
use super::{StepResult, members, started};

const IS_OURS: &str = "SELECT 1 FROM flow_results WHERE flow_id = ?1";

impl Journal {
    /// Every contract of the job in doubt, in the input's order.
    pub fn doubts(&self, job: &JobId) -> Result<Vec<DoubtRecord>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            let mut chunks = db.prepare_cached(
                "SELECT chunk, grp, flows FROM chunks WHERE job = ?1 AND state = 'in_doubt'",
            )?;
            let mut rows = chunks.query(params![number])?;
            let mut doubts = Vec::new();
            while let Some(row) = rows.next()? {
                let attempt = attempt_of(db, number, row.get(0)?)?;
                let group = row.get(1)?;
                doubts.extend(members::decode(row.get_ref(2)?.as_blob()?).map(|flow| DoubtRecord {
                    flow,
                    group,
                    ..attempt.clone()
                }));
            }
            doubts.sort_unstable_by_key(|doubt| doubt.flow);
            Ok(doubts)
        })
    }

    /// Contracts of which somebody has said that they were not started, each with when the job
    /// has sent first and when that was said; those in doubt once more are left out.
    pub fn said_unsent(&self, job: &JobId) -> Result<Vec<(FlowNo, i64, i64)>, JournalError> {
        let number = self.number_of(job)?;
        let said: Vec<(FlowNo, i64, i64)> = self.read(|db| {
            db.prepare_cached(
                "SELECT flow, (SELECT coalesce(min(intended_us), 0) FROM attempts WHERE job = ?1), max(at_us)
                 FROM settled_doubts WHERE job = ?1 AND how = 'not_sent' GROUP BY flow ORDER BY flow",
            )?
            .query_map(params![number], |row| Ok((FlowNo(row.get(0)?), row.get(1)?, row.get(2)?)))?
            .collect()
        })?;
        if said.is_empty() {
            return Ok(said);
        }
        let doubts: HashSet<FlowNo> = self.doubts(job)?.into_iter().map(|doubt| doubt.flow).collect();
        Ok(said.into_iter().filter(|(flow, ..)| !doubts.contains(flow)).collect())
    }

    /// Ids that came with answers of which it could not be told whose they are, each with the
    /// group of its request.
    pub fn loose_flow_ids(&self, job: &JobId) -> Result<Vec<(u32, String)>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT DISTINCT c.grp, l.flow_id FROM loose_flow_ids l
                 JOIN chunks c ON c.job = l.job AND c.chunk = l.chunk WHERE l.job = ?1",
            )?
            .query_map(params![number], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
    }

    /// Those of some ids under which contracts of this journal were started, of whatever job.
    pub fn own_flow_ids<'i>(
        &self,
        ids: impl Iterator<Item = &'i str>,
    ) -> Result<HashSet<String>, JournalError> {
        self.read(|db| {
            let mut is_ours = db.prepare_cached(IS_OURS)?;
            let mut own = HashSet::new();
            for id in ids {
                if is_ours.exists(params![id])? {
                    own.insert(id.to_owned());
                }
            }
            Ok(own)
        })
    }

    /// What a contract without data of its own is known again by, as CustomerData: it says
    /// nothing to anybody else, and no other contract of any installation has it.
    pub fn mark_of(&self, job: &JobId, flow: FlowNo) -> String {
        let hash = self.keyed_hash(&[b"mark", job.0.as_bytes(), &flow.0.to_le_bytes()]);
        STANDARD.encode(format!("flowbatch-{}", hex::encode(hash.get(..12).unwrap_or_default())))
    }

    /// Contracts in doubt are settled, all of these or none: those that were started have
    /// their ids from now on, and those that were not may be sent again. A job of which
    /// nothing is left is finished. The job's lock must be held.
    ///
    /// # Errors
    /// One of them is not in doubt, or an id is another contract's.
    pub async fn settle_doubts(
        &self,
        job: &JobId,
        settled: Vec<Settled>,
        now_us: i64,
    ) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        let hashes: Vec<AnswerHashes> = settled.iter().filter_map(|one| self.hashes_of(one)).collect();
        self.writer()
            .write(move |db| {
                settle(db, number, &settled, now_us)?;
                hashes.iter().try_for_each(|hashes| remember_answer(db, *hashes))?;
                let left = tally_of(db, number)?;
                if left.pending > 0 {
                    reopen_job(db, number)?;
                } else if is_over(db, number)? {
                    finish_job(db, number, now_us)?;
                }
                Ok(())
            })
            .await
    }

    /// An answer with that id, should one come later, is no news.
    fn hashes_of(&self, settled: &Settled) -> Option<AnswerHashes> {
        let SettledAs::Started { flow_id, .. } = &settled.what else { return None };
        let flows = vec![FlowAnswer::Started(flow_id.clone())];
        let started = Box::new(Started { flows, loose: Vec::new() });
        Some(self.answer_hashes(&Outcome { started, ..Outcome::new(Verdict::Accepted) }))
    }

    /// When the last request of a job was intended, if one was.
    pub fn last_sent_us(&self, job: &JobId) -> Result<Option<i64>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached("SELECT max(intended_us) FROM attempts WHERE job = ?1")?
                .query_row(params![number], |row| row.get(0))
        })
    }
}

/// The attempt that a chunk in doubt was in, its own or that of what it came from.
fn attempt_of(db: &Connection, job: i64, chunk: i64) -> rusqlite::Result<DoubtRecord> {
    let mut at = Some(chunk);
    let mut attempts = db.prepare_cached(
        "SELECT intended_us, ended_us, code FROM attempts WHERE job = ?1 AND chunk = ?2
         ORDER BY number DESC LIMIT 1",
    )?;
    let mut parents = db.prepare_cached("SELECT parent FROM chunks WHERE job = ?1 AND chunk = ?2")?;
    while let Some(chunk) = at {
        let found = attempts
            .query_row(params![job, chunk], |row| {
                let (begun, ended): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
                let code: Option<String> = row.get(2)?;
                Ok(DoubtRecord { flow: FlowNo(0), group: 0, begun_us: Some(begun), ended_us: ended, code })
            })
            .optional()?;
        if let Some(found) = found {
            return Ok(found);
        }
        at = parents.query_row(params![job, chunk], |row| row.get(0)).optional()?.flatten();
    }
    Ok(DoubtRecord { flow: FlowNo(0), group: 0, begun_us: None, ended_us: None, code: None })
}

fn settle(db: &Connection, job: i64, settled: &[Settled], now_us: i64) -> StepResult<()> {
    let wanted: BTreeMap<FlowNo, &Settled> = settled.iter().map(|one| (one.flow, one)).collect();
    let chunks = chunks_of(db, job, &wanted)?;
    let found = chunks.iter().flat_map(|(_, flows)| flows).filter(|flow| wanted.contains_key(flow)).count();
    if found != settled.len() {
        return Err(
            JournalFault::Other("a contract that is not in doubt cannot be settled".to_owned()).into()
        );
    }
    for (chunk, flows) in chunks {
        settle_chunk(db, job, ChunkId(chunk), &flows, &wanted)?;
    }
    for one in settled {
        note(db, job, one, now_us)?;
    }
    Ok(())
}

/// Chunks in doubt that are settled at least in part, and those that are to go once more since
/// somebody has said that they were not started, and were.
fn chunks_of(
    db: &Connection,
    job: i64,
    wanted: &BTreeMap<FlowNo, &Settled>,
) -> rusqlite::Result<Vec<(i64, Vec<FlowNo>)>> {
    let mut statement = db.prepare_cached(
        "SELECT chunk, flows, state = 'in_doubt' FROM chunks
         WHERE job = ?1 AND state IN ('in_doubt', 'pending')",
    )?;
    let mut chunks = Vec::new();
    let mut rows = statement.query(params![job])?;
    while let Some(row) = rows.next()? {
        let flows: Vec<FlowNo> = members::decode(row.get_ref(1)?.as_blob()?).collect();
        let is_of = match (row.get(2)?, flows.as_slice()) {
            (true, flows) => flows.iter().any(|flow| wanted.contains_key(flow)),
            (false, [flow]) => {
                wanted.get(flow).is_some_and(|one| matches!(one.what, SettledAs::Started { .. }))
            }
            // What goes once more goes alone.
            (false, _) => false,
        };
        if is_of {
            chunks.push((row.get(0)?, flows));
        }
    }
    Ok(chunks)
}

/// A chunk whose flows have all met with the same stands so; else others take its place, as
/// where an answer spoke of each alone.
fn settle_chunk(
    db: &Connection,
    job: i64,
    chunk: ChunkId,
    flows: &[FlowNo],
    wanted: &BTreeMap<FlowNo, &Settled>,
) -> rusqlite::Result<()> {
    let (mut accepted, mut unsent, mut left) = (Vec::new(), Vec::new(), Vec::new());
    for flow in flows {
        match wanted.get(flow).map(|one| &one.what) {
            Some(SettledAs::Started { .. }) => accepted.push(*flow),
            Some(SettledAs::NotSent) => unsent.push(*flow),
            None => left.push(*flow),
        }
    }
    match (accepted.len() == flows.len(), unsent.len() == flows.len()) {
        (true, _) => return set_chunk(db, job, chunk, PartState::Accepted.name()),
        (_, true) if flows.len() == 1 => return set_chunk(db, job, chunk, PartState::Pending.name()),
        _ => {}
    }
    let whole = read_chunk(db, job, chunk)?;
    set_chunk(db, job, chunk, "replaced")?;
    let parts = [(PartState::Accepted, accepted), (PartState::InDoubt, left)].into_iter();
    // What is sent again goes each alone, so that it cannot be mistaken for another's.
    let alone = unsent.into_iter().map(|flow| (PartState::Pending, vec![flow]));
    for (state, flows) in parts.chain(alone).filter(|(_, flows)| !flows.is_empty()) {
        let id = ChunkId(last_chunk(db, job)? + 1);
        let part = NewChunk { id, group: whole.group, kind: whole.kind.of_parts(), flows };
        add_chunk(db, job, &part, Some(chunk), 0)?;
        set_chunk(db, job, id, state.name())?;
    }
    Ok(())
}

fn note(db: &Connection, job: i64, one: &Settled, now_us: i64) -> StepResult<()> {
    let flow_id = match &one.what {
        SettledAs::NotSent => None,
        SettledAs::Started { flow_id, status } => {
            if db.prepare_cached(IS_OURS)?.exists(params![flow_id])? {
                return Err(JournalFault::Other(format!("FlowId {flow_id} is another contract's")).into());
            }
            started::note_id(db, job, one.flow, flow_id)?;
            db.prepare_cached("UPDATE flow_results SET flow_status = ?3 WHERE job = ?1 AND flow = ?2")?
                .execute(params![job, one.flow.0, status])?;
            Some(flow_id)
        }
    };
    db.prepare_cached(
        "INSERT OR REPLACE INTO settled_doubts (job, flow, at_us, how, flow_id, said_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![job, one.flow.0, now_us, one.how.name(), flow_id, one.said_by])?;
    Ok(())
}
