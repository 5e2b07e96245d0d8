//! Contracts on their way into the ledger, thousands at a time: other processes
//! commit in between.
//!
//! Flows are written in the input's order, claims in the order of the claims: so
//! each batch touches few pages, however many contracts there are already. Until they are
//! claimed forty bytes of each are kept, and of one without a number some more.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::domain::job::{Again, FlowNo, JobId};
use crate::journal::model::{Fingerprint, NewFlow, Permission};
use crate::journal::{Journal, JournalError, JournalFault};

use super::StepResult;
use super::claims::CHANGED;
use super::corrections::{Fixed, SENT_MEANWHILE, fixed_claim};
use super::inserts::{Inserts, TOGETHER};
use super::job_file::JobFile;
use super::standing::{Holder, Standings, content_of, holder, id_of, rivals, sent_already};
use super::writer::Promise;

/// What a batch shall take. Two of them may fall into one transaction, and meanwhile no other
/// process commits.
const SHARE: Duration = Duration::from_millis(10);
/// Contracts in the first transaction, and in the smallest and largest.
const FIRST_BATCH: usize = 1_000;
const SMALLEST_BATCH: usize = 100;
const LARGEST_BATCH: usize = 16_000;

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

/// While one batch is written the next one is read.
struct UnderWay {
    before: Option<Promise<Duration>>,
    size: BatchSize,
}

impl UnderWay {
    fn new() -> Self {
        Self { before: None, size: BatchSize(FIRST_BATCH) }
    }

    /// Waits for the one before.
    fn next(&mut self, batch: Promise<Duration>) -> Result<(), JournalError> {
        let before = self.before.replace(batch);
        before.map_or(Ok(()), |before| self.learn(before))
    }

    fn end(&mut self) -> Result<(), JournalError> {
        self.before.take().map_or(Ok(()), |last| self.learn(last))
    }

    fn learn(&mut self, batch: Promise<Duration>) -> Result<(), JournalError> {
        self.size.learn(batch.wait()?);
        Ok(())
    }
}

/// Whoever gives a job up lets go of its lock; nothing of it may come into the ledger after that.
impl Drop for UnderWay {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

/// A contract that is to be claimed.
#[derive(Clone, Copy)]
struct ToClaim {
    claim: Fingerprint,
    content: Fingerprint,
    flow: FlowNo,
}

const TAKE: &str = "INSERT OR IGNORE INTO claims (claim, job, flow) VALUES (?1, ?2, ?3)";
const GIVE_BACK: &str = "DELETE FROM claims WHERE claim = ?1 AND job = ?2 AND flow = ?3";

impl Journal {
    /// Adds the contracts of a job that is being imported; each claims its key if
    /// that is free. Holds up the caller's thread.
    ///
    /// # Errors
    /// Those of the disk; `Stopped` once `is_over`.
    pub fn import_flows(
        &self,
        job: &JobId,
        file: &JobFile,
        permission: Permission,
        is_over: &dyn Fn() -> bool,
    ) -> Result<u64, JournalError> {
        let go_on = || match is_over() {
            true => Err(JournalError::new(file.path(), JournalFault::Stopped)),
            false => Ok(()),
        };
        let number = self.number_of(job)?;
        let mut count = 0_u64;
        let mut batch: Vec<NewFlow> = Vec::with_capacity(LARGEST_BATCH);
        // SQLite takes as long to sort them as to write them.
        let (mut claims, mut alike): (Vec<ToClaim>, Vec<(Fingerprint, FlowNo)>) = Default::default();
        let mut under_way = UnderWay::new();
        let mut write = |batch: &mut Vec<NewFlow>, under_way: &mut UnderWay| -> Result<(), JournalError> {
            go_on()?;
            count += batch.len() as u64;
            let flows = std::mem::take(batch);
            under_way.next(self.writer().hand_over(move |db| {
                let started = Instant::now();
                add_flows(db, number, &flows)?;
                Ok(started.elapsed())
            })?)
        };
        file.each_flow(|flow| {
            let NewFlow { flow: number, claim, content, likeness } = flow;
            claims.push(ToClaim { claim, content, flow: number });
            alike.extend(likeness.map(|likeness| (likeness, number)));
            batch.push(flow);
            if batch.len() >= under_way.size.0 { write(&mut batch, &mut under_way) } else { Ok(()) }
        })?;
        write(&mut batch, &mut under_way)?;
        claims.sort_unstable_by_key(|own| (own.claim, own.flow));
        alike.sort_unstable();
        under_way.end()?;
        // Only the writer's thread asks it, one batch after the other.
        let standings = Arc::new(Mutex::new(Standings::default()));
        let mut under_way = UnderWay::new();
        let mut rest = claims.as_slice();
        while !rest.is_empty() {
            go_on()?;
            let (batch, others) = rest.split_at(under_way.size.0.min(rest.len()));
            rest = others;
            let (flows, standings) = (batch.to_vec(), Arc::clone(&standings));
            under_way.next(self.writer().hand_over(move |db| {
                let started = Instant::now();
                let mut known = standings.lock().unwrap_or_else(PoisonError::into_inner);
                known.begin(db)?;
                let new = take_new(db, number, &flows)?;
                let others = flows.get(new..).unwrap_or_default();
                others.iter().try_for_each(|flow| claim_flow(db, &mut known, number, flow, permission))?;
                Ok(started.elapsed())
            })?)?;
        }
        under_way.end()?;
        self.import_likenesses(number, &alike)?;
        let contracts = i64::try_from(count).unwrap_or(i64::MAX);
        self.writer().write_and_wait(move |db| {
            db.execute("UPDATE jobs SET contracts = ?2 WHERE job = ?1", params![number, contracts])?;
            Ok(())
        })?;
        Ok(count)
    }

    fn import_likenesses(&self, job: i64, alike: &[(Fingerprint, FlowNo)]) -> Result<(), JournalError> {
        let mut under_way = UnderWay::new();
        let mut rest = alike;
        while !rest.is_empty() {
            let (batch, others) = rest.split_at(under_way.size.0.min(rest.len()));
            rest = others;
            let some = batch.to_vec();
            under_way.next(self.writer().hand_over(move |db| {
                let started = Instant::now();
                let mut insert = db.prepare_cached(
                    "INSERT OR IGNORE INTO likenesses (likeness, job, flow) VALUES (?1, ?2, ?3)",
                )?;
                for (likeness, flow) in some {
                    insert.execute(params![likeness, job, flow.0])?;
                }
                Ok(started.elapsed())
            })?)?;
        }
        under_way.end()
    }
}

fn add_flows(db: &Connection, job: i64, flows: &[NewFlow]) -> rusqlite::Result<()> {
    let mut inserts = Inserts::new(db, "flows (job, flow, claim, content)")?;
    inserts.add_all(flows, |insert, at, NewFlow { flow, claim, content, .. }| {
        insert.raw_bind_parameter(at, job)?;
        insert.raw_bind_parameter(at + 1, flow.0)?;
        insert.raw_bind_parameter(at + 2, claim)?;
        insert.raw_bind_parameter(at + 3, content)
    })
}

/// Takes claims by lots as long as all of a lot are new. Returns how many.
fn take_lots(db: &Connection, job: i64, flows: &[ToClaim]) -> rusqlite::Result<usize> {
    let mut inserts = Inserts::of_new_ones(db, "claims (claim, job, flow)")?;
    let mut taken = 0;
    for lot in flows.chunks_exact(TOGETHER) {
        let new = inserts.add(lot, |insert, at, ToClaim { flow, claim, .. }| {
            insert.raw_bind_parameter(at, claim)?;
            insert.raw_bind_parameter(at + 1, job)?;
            insert.raw_bind_parameter(at + 2, flow.0)
        })?;
        if new < TOGETHER {
            // Each of them is looked at by itself.
            let mut give_back = db.prepare_cached(GIVE_BACK)?;
            for ToClaim { claim, flow, .. } in lot {
                give_back.execute(params![claim, job, flow.0])?;
            }
            break;
        }
        taken += TOGETHER;
    }
    Ok(taken)
}

/// Takes claims as long as they are new, which most are: where the ledger has no
/// rivals at all, nobody need be asked for them. Returns how many.
fn take_new(db: &Connection, job: i64, flows: &[ToClaim]) -> rusqlite::Result<usize> {
    if db.prepare_cached("SELECT 1 FROM rivals LIMIT 1")?.exists([])? {
        return Ok(0);
    }
    let mut take = db.prepare_cached(TAKE)?;
    let any_corrected = db.prepare_cached("SELECT 1 FROM corrections LIMIT 1")?.exists([])?;
    let mut is_corrected = db.prepare_cached("SELECT 1 FROM corrections WHERE claim = ?1")?;
    let taken = if any_corrected { 0 } else { take_lots(db, job, flows)? };
    for (place, flow) in flows.iter().enumerate().skip(taken) {
        if any_corrected && is_corrected.exists(params![flow.claim])? {
            return Ok(place);
        }
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
    flow: &ToClaim,
    permission: Permission,
) -> StepResult<()> {
    let ToClaim { flow, claim, content } = flow;
    let take = || -> rusqlite::Result<bool> {
        Ok(db.prepare_cached(TAKE)?.execute(params![claim, job, flow.0])? == 1)
    };
    // One that failed before and was corrected since does not go as it was.
    if !permission.corrected
        && let Some(fixed) = fixed_claim(db, standings, claim, content, job)?
    {
        let by = id_of(db, fixed.job())?;
        let (state, code, message) = match fixed {
            Fixed::Sent(_) => ("duplicate", by, CHANGED.to_owned()),
            Fixed::Open(_) => ("rejected", SENT_MEANWHILE.to_owned(), by),
        };
        db.prepare_cached(
            "INSERT INTO flow_results (job, flow, state, code, message) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![job, flow.0, state, code, message])?;
        return Ok(());
    }
    let known_rivals = rivals(db, claim)?;
    // Most claims are new.
    if known_rivals.is_empty() && take()? {
        return Ok(());
    }
    let held_by = holder(db, claim)?;
    // Twins within one file wait for each other; nobody has to decide on them.
    let other = held_by.filter(|held| held.job != job);
    let sent_by = sent_already(db, standings, claim, Some(content))?;
    let same = match other {
        Some(other) => content_of(db, other.job, other.flow)?.as_ref() == Some(content),
        None => false,
    };
    let has_ended = match sent_by {
        None if permission.again == Again::Ended && !same => sent_already(db, standings, claim, None)?,
        sent_by => sent_by,
    };
    let has_ended = has_ended.is_some_and(|sent| sent.ended);
    let said = match permission.again {
        Again::Ended if has_ended => true,
        _ if sent_by.is_none() && !same => permission.reused_keys,
        Again::No | Again::Rest | Again::Ended => false,
        Again::All => true,
    };
    // The word 'again' is for what was sent before, not for twins in one file.
    let allowed = said
        && (other.is_some() || sent_by.is_some())
        && !has_twin(db, job, *flow, content, held_by, &known_rivals)?;
    if let Some(sent_by) = sent_by.filter(|_| !allowed) {
        db.prepare_cached(
            "INSERT INTO flow_results (job, flow, state, code) VALUES (?1, ?2, 'duplicate', ?3)",
        )?
        .execute(params![job, flow.0, id_of(db, sent_by.by.job)?])?;
        return Ok(());
    }
    if held_by.is_none() && take()? && !allowed {
        return Ok(());
    }
    // What goes in the stead of one that has ended has its claim from now on.
    if allowed
        && has_ended
        && let Some(held) = other
    {
        return hand_over(db, claim, held, Holder { job, flow: flow.0 });
    }
    db.prepare_cached("INSERT INTO rivals (job, flow, claim, allowed) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![job, flow.0, claim, allowed])?;
    Ok(())
}

fn hand_over(db: &Connection, claim: &Fingerprint, from: Holder, to: Holder) -> StepResult<()> {
    db.prepare_cached("INSERT OR REPLACE INTO rivals (job, flow, claim, allowed) VALUES (?1, ?2, ?3, 1)")?
        .execute(params![from.job, from.flow, claim])?;
    db.prepare_cached("INSERT OR REPLACE INTO claims (claim, job, flow) VALUES (?1, ?2, ?3)")?
        .execute(params![claim, to.job, to.flow])?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{ContractRecord, NewJob, Sending};

    /// A job with contracts of these claims, in the order of the input.
    fn import(journal: &Journal, id: &str, claims: &[u8]) -> i64 {
        let job = JobId(id.to_owned());
        let mut file = JobFile::create(&journal.job_path(&job), 0).unwrap();
        let sendings: Vec<Sending> = claims.iter().map(|claim| sending(*claim)).collect();
        let records: Vec<ContractRecord<'_>> = (0..).zip(&sendings).map(record).collect();
        file.writer().unwrap().add_contracts(&records, &[]).unwrap();
        file.seal().unwrap();
        let new = NewJob {
            id: job.clone(),
            realm: "realm".to_owned(),
            identity: [claims.len() as u8; 32],
            round: 0,
            action: "PrepareFlows".to_owned(),
            about: "{}".to_owned(),
            now_us: 0,
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(journal.begin_job(new)).unwrap();
        journal.import_flows(&job, &file, Permission::default(), &|| false).unwrap();
        runtime.block_on(journal.job_ready(&job, &mut file)).unwrap();
        journal.number_of(&job).unwrap()
    }

    fn sending(claim: u8) -> Sending {
        Sending {
            group: 0,
            template: None,
            size: 2,
            body: Some(b"{}".to_vec()),
            deadline: 0,
            relative: None,
            claim: [claim; 16],
            content: [claim; 16],
            likeness: None,
        }
    }

    fn record((flow, sending): (i64, &Sending)) -> ContractRecord<'_> {
        ContractRecord {
            flow: FlowNo(flow),
            key: None,
            name: "",
            status: None,
            unsent_claim: None,
            sending: Some(sending),
            problems: &[],
        }
    }

    /// Flows of a job in that table, with their claims.
    fn found(journal: &Journal, table: &str, job: i64) -> Vec<(i64, u8)> {
        let sql = format!("SELECT flow, claim FROM {table} WHERE job = ?1 ORDER BY flow");
        journal
            .read(|db| {
                let mut statement = db.prepare(&sql)?;
                let rows =
                    statement.query_map([job], |row| Ok((row.get(0)?, row.get::<_, Fingerprint>(1)?[0])))?;
                rows.collect::<rusqlite::Result<Vec<_>>>()
            })
            .unwrap()
    }

    #[test]
    fn claims_are_taken_by_lots_as_they_are_one_by_one() {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::open(folder.path()).unwrap();
        let first = import(&journal, "20260101-0001", &(0..40).collect::<Vec<_>>());
        assert_eq!(found(&journal, "claims", first), (0..40).map(|n| (i64::from(n), n)).collect::<Vec<_>>());
        // The last before those of the first job, some of those in the middle of a lot, twins over the edge of one.
        let own: Vec<u8> = (100..130).chain(35..38).chain([107, 115, 115, 116]).chain(130..170).collect();
        let second = import(&journal, "20260101-0002", &own);
        let all: Vec<(i64, u8)> = (0..).zip(own.iter().copied()).collect();
        assert_eq!(found(&journal, "flows", second), all);
        let (mut taken, mut waiting) = (Vec::new(), Vec::new());
        for (flow, claim) in all {
            let is_first = !taken.iter().any(|(_, held)| *held == claim);
            if claim >= 40 && is_first { &mut taken } else { &mut waiting }.push((flow, claim));
        }
        assert_eq!(found(&journal, "claims", second), taken);
        assert_eq!(found(&journal, "rivals", second), waiting);
        assert_eq!(found(&journal, "claims", first).len(), 40);
    }
}
