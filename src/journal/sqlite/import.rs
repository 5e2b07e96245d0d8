//! Contracts on their way into the ledger, thousands at a time: other processes
//! commit in between.
//!
//! Flows are written in the input's order, claims in the order of the claims: so
//! each batch touches few pages, however many contracts there are already.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::domain::job::{FlowNo, JobId};
use crate::journal::model::{Conflict, Fingerprint, NewFlow, Permission};
use crate::journal::{Journal, JournalError};

use super::StepResult;
use super::job_file::JobFile;
use super::standing::{Holder, Standing, Standings, content_of, holder, id_of, rivals, sent_already};

/// What a transaction shall take: meanwhile no other process commits.
const SHARE: Duration = Duration::from_millis(20);
/// Contracts in the first transaction, and in the smallest and largest.
const FIRST_BATCH: usize = 1_000;
const SMALLEST_BATCH: usize = 100;
const LARGEST_BATCH: usize = 4_000;

/// How many contracts go into the next transaction.
struct BatchSize(usize);

impl BatchSize {
    fn learn(&mut self, took: Duration) {
        let share = SHARE.as_secs_f64() / took.as_secs_f64().max(1e-6);
        // Half the way: one slow transaction says little.
        let wanted = self.0 as f64 * (1.0 + share.min(2.0)) / 2.0;
        self.0 = (wanted as usize).clamp(SMALLEST_BATCH, LARGEST_BATCH);
    }
}
const TAKE: &str = "INSERT OR IGNORE INTO claims (claim, job, flow) VALUES (?1, ?2, ?3)";

impl Journal {
    /// Adds the contracts of a job that is being imported; each claims its key if
    /// that is free. Holds up the caller's thread.
    ///
    /// # Errors
    /// Those of the disk; `SameInput` never.
    pub fn import_flows(
        &self,
        job: &JobId,
        file: &JobFile,
        permission: Permission,
    ) -> Result<u64, JournalError> {
        let number = self.number_of(job)?;
        let mut count = 0_u64;
        let mut batch: Vec<NewFlow> = Vec::with_capacity(LARGEST_BATCH);
        let mut size = BatchSize(FIRST_BATCH);
        let mut write = |batch: &mut Vec<NewFlow>, size: &mut BatchSize| -> Result<(), JournalError> {
            count += batch.len() as u64;
            let flows = std::mem::take(batch);
            let took = self.writer().write_and_wait(move |db| {
                let started = Instant::now();
                add_flows(db, number, &flows)?;
                Ok(started.elapsed())
            })?;
            size.learn(took);
            Ok(())
        };
        file.each_flow(|flow| {
            batch.push(flow);
            if batch.len() >= size.0 { write(&mut batch, &mut size) } else { Ok(()) }
        })?;
        write(&mut batch, &mut size)?;
        let mut standings = Standings::default();
        let mut size = BatchSize(FIRST_BATCH);
        let mut claim = |batch: &mut Vec<NewFlow>, size: &mut BatchSize| -> Result<(), JournalError> {
            let flows = std::mem::take(batch);
            let mut known = std::mem::take(&mut standings);
            let (known, took) = self.writer().write_and_wait(move |db| {
                let started = Instant::now();
                known.begin(db)?;
                let new = take_new(db, number, &flows)?;
                let others = flows.get(new..).unwrap_or_default();
                others.iter().try_for_each(|flow| claim_flow(db, &mut known, number, flow, permission))?;
                Ok((known, started.elapsed()))
            })?;
            standings = known;
            size.learn(took);
            Ok(())
        };
        file.each_flow_by_claim(|flow| {
            batch.push(flow);
            if batch.len() >= size.0 { claim(&mut batch, &mut size) } else { Ok(()) }
        })?;
        claim(&mut batch, &mut size)?;
        let contracts = i64::try_from(count).unwrap_or(i64::MAX);
        self.writer().write_and_wait(move |db| {
            db.execute("UPDATE jobs SET contracts = ?2 WHERE job = ?1", params![number, contracts])?;
            Ok(())
        })?;
        Ok(count)
    }

    /// Contracts of a file whose claims others have.
    pub fn conflicts(&self, file: &JobFile) -> Result<Vec<Conflict>, JournalError> {
        struct Found {
            flow: FlowNo,
            job: JobId,
            same: bool,
            /// What a dead job never sent is taken over, whatever stands in it now.
            unsent: bool,
        }
        let mut found: Vec<Found> = Vec::new();
        if self.read(|db| Ok(!db.prepare("SELECT 1 FROM claims LIMIT 1")?.exists([])?))? {
            return Ok(Vec::new());
        }
        let mut standings = Standings::default();
        self.read(|db| standings.begin(db))?;
        file.each_flow_by_claim(|NewFlow { flow, claim, content }| {
            self.read(|db| {
                let Some(held_by) = holder(db, &claim)? else {
                    if rivals(db, &claim)?.is_empty() {
                        return Ok(());
                    }
                    if let Some(job) = sent_already(db, &mut standings, &claim, &content)? {
                        let job = JobId(id_of(db, job)?);
                        found.push(Found { flow, job, same: true, unsent: false });
                    }
                    return Ok(());
                };
                if let Some(job) = sent_already(db, &mut standings, &claim, &content)? {
                    let job = JobId(id_of(db, job)?);
                    found.push(Found { flow, job, same: true, unsent: false });
                    return Ok(());
                }
                let Holder { job, flow: held } = held_by;
                let same = content_of(db, job, held)? == Some(content);
                let unsent = matches!(standings.of(db, job, held)?, Standing::Unsent { .. });
                found.push(Found { flow, job: JobId(id_of(db, job)?), same, unsent });
                Ok(())
            })
        })?;
        let mut live = std::collections::HashMap::new();
        found.retain(|one| {
            one.same || !one.unsent || *live.entry(one.job.clone()).or_insert_with(|| self.is_live(&one.job))
        });
        found.sort_by_key(|one| one.flow);
        Ok(found.into_iter().map(|Found { flow, job, same, .. }| Conflict { flow, job, same }).collect())
    }
}

fn add_flows(db: &Connection, job: i64, flows: &[NewFlow]) -> rusqlite::Result<()> {
    let mut insert =
        db.prepare_cached("INSERT INTO flows (job, flow, claim, content) VALUES (?1, ?2, ?3, ?4)")?;
    for NewFlow { flow, claim, content } in flows {
        insert.execute(params![job, flow.0, claim, content])?;
    }
    Ok(())
}

/// Takes claims as long as they are new, which most are: where the ledger has no
/// rivals at all, nobody need be asked for them. Returns how many.
fn take_new(db: &Connection, job: i64, flows: &[NewFlow]) -> rusqlite::Result<usize> {
    if db.prepare_cached("SELECT 1 FROM rivals LIMIT 1")?.exists([])? {
        return Ok(0);
    }
    let mut take = db.prepare_cached(TAKE)?;
    for (place, flow) in flows.iter().enumerate() {
        if take.execute(params![flow.claim, job, flow.flow.0])? == 0 {
            return Ok(place);
        }
    }
    Ok(flows.len())
}

fn claim_flow(
    db: &Connection,
    standings: &mut Standings,
    job: i64,
    flow: &NewFlow,
    permission: Permission,
) -> StepResult<()> {
    let NewFlow { flow, claim, content } = flow;
    let take = || -> rusqlite::Result<bool> {
        Ok(db.prepare_cached(TAKE)?.execute(params![claim, job, flow.0])? == 1)
    };
    let known_rivals = rivals(db, claim)?;
    // Most claims are new.
    if known_rivals.is_empty() && take()? {
        return Ok(());
    }
    let held_by = holder(db, claim)?;
    // Twins within one file wait for each other; nobody has to decide on them.
    let other = held_by.filter(|held| held.job != job);
    let sent_by = sent_already(db, standings, claim, content)?;
    let same = match other {
        Some(other) => content_of(db, other.job, other.flow)?.as_ref() == Some(content),
        None => false,
    };
    let said = if sent_by.is_some() || same { permission.again } else { permission.reused_keys };
    // The word 'again' is for what was sent before, not for twins in one file.
    let allowed = said
        && (other.is_some() || sent_by.is_some())
        && !has_twin(db, job, *flow, content, held_by, &known_rivals)?;
    if let Some(sent_by) = sent_by.filter(|_| !allowed) {
        db.prepare_cached(
            "INSERT INTO flow_results (job, flow, state, code) VALUES (?1, ?2, 'duplicate', ?3)",
        )?
        .execute(params![job, flow.0, id_of(db, sent_by)?])?;
        return Ok(());
    }
    if held_by.is_none() && take()? && !allowed {
        return Ok(());
    }
    db.prepare_cached("INSERT INTO rivals (job, flow, claim, allowed) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![job, flow.0, claim, allowed])?;
    Ok(())
}

/// The very same contract stands in the same file and was claimed before this one.
fn has_twin(
    db: &Connection,
    job: i64,
    flow: FlowNo,
    content: &Fingerprint,
    held_by: Option<Holder>,
    rivals: &[Holder],
) -> rusqlite::Result<bool> {
    for Holder { flow: other, .. } in
        held_by.iter().chain(rivals).filter(|one| one.job == job && one.flow != flow.0)
    {
        if content_of(db, job, *other)?.as_ref() == Some(content) {
            return Ok(true);
        }
    }
    Ok(false)
}
