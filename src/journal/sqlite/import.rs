//! Contracts on their way into the ledger, thousands at a time: other processes
//! commit in between.
//!
//! Flows are written in the input's order, claims in the order of the claims: so
//! each batch touches few pages, however many contracts there are already.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::domain::identity::other_writings;
use crate::domain::job::{Again, FlowNo, JobId};
use crate::domain::origin::Origin;
use crate::domain::signing;
use crate::journal::model::{Conflict, ConflictKind, Fingerprint, NUMBER, NewFlow, Permission, fingerprint};
use crate::journal::{Journal, JournalError, JournalFault};

use super::claims::CHANGED;
use super::corrections::{Fixed, SENT_MEANWHILE, fixed, fixed_claim, is_revived};
use super::job_file::JobFile;
use super::standing::{
    ALIKE, Holder, Sent, Standing, Standings, content_of, holder, id_of, kin, realm_of, rivals, sent_already,
};
use super::writer::Promise;
use super::{StepResult, queries, started};

/// What a batch shall take. Two of them may fall into one transaction, and meanwhile no other
/// process commits.
const SHARE: Duration = Duration::from_millis(10);
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

/// No job of the ledger has that number.
const NO_JOB: i64 = 0;
const TAKE: &str = "INSERT OR IGNORE INTO claims (claim, job, flow) VALUES (?1, ?2, ?3)";

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
            batch.push(flow);
            if batch.len() >= under_way.size.0 { write(&mut batch, &mut under_way) } else { Ok(()) }
        })?;
        write(&mut batch, &mut under_way)?;
        under_way.end()?;
        // Only the writer's thread asks it, one batch after the other.
        let standings = Arc::new(Mutex::new(Standings::default()));
        let mut under_way = UnderWay::new();
        let claim = |batch: &mut Vec<NewFlow>, under_way: &mut UnderWay| -> Result<(), JournalError> {
            go_on()?;
            let (flows, standings) = (std::mem::take(batch), Arc::clone(&standings));
            under_way.next(self.writer().hand_over(move |db| {
                let started = Instant::now();
                let mut known = standings.lock().unwrap_or_else(PoisonError::into_inner);
                known.begin(db)?;
                let new = take_new(db, number, &flows)?;
                let others = flows.get(new..).unwrap_or_default();
                others.iter().try_for_each(|flow| claim_flow(db, &mut known, number, flow, permission))?;
                Ok(started.elapsed())
            })?)
        };
        file.each_flow_by_claim(|flow| {
            batch.push(flow);
            if batch.len() >= under_way.size.0 { claim(&mut batch, &mut under_way) } else { Ok(()) }
        })?;
        claim(&mut batch, &mut under_way)?;
        under_way.end()?;
        self.import_likenesses(number, file)?;
        let contracts = i64::try_from(count).unwrap_or(i64::MAX);
        self.writer().write_and_wait(move |db| {
            db.execute("UPDATE jobs SET contracts = ?2 WHERE job = ?1", params![number, contracts])?;
            Ok(())
        })?;
        Ok(count)
    }

    fn import_likenesses(&self, job: i64, file: &JobFile) -> Result<(), JournalError> {
        let mut under_way = UnderWay::new();
        let mut batch: Vec<(Fingerprint, FlowNo)> = Vec::new();
        let write = |batch: &mut Vec<(Fingerprint, FlowNo)>, under_way: &mut UnderWay| {
            let some = std::mem::take(batch);
            under_way.next(self.writer().hand_over(move |db| {
                let started = Instant::now();
                let mut insert = db.prepare_cached(
                    "INSERT OR IGNORE INTO likenesses (likeness, job, flow) VALUES (?1, ?2, ?3)",
                )?;
                for (likeness, flow) in some {
                    insert.execute(params![likeness, job, flow.0])?;
                }
                Ok(started.elapsed())
            })?)
        };
        file.each_keyless_by_likeness(|NewFlow { flow, likeness, .. }| {
            batch.extend(likeness.map(|likeness| (likeness, flow)));
            if batch.len() >= under_way.size.0 { write(&mut batch, &mut under_way) } else { Ok(()) }
        })?;
        if !batch.is_empty() {
            write(&mut batch, &mut under_way)?;
        }
        under_way.end()
    }

    /// Contracts of a file that were sent before, or might have been.
    /// `lately_us`: since when a job counts that only resembles it.
    pub fn conflicts(
        &self,
        file: &JobFile,
        realm: &str,
        lately_us: i64,
    ) -> Result<Vec<Conflict>, JournalError> {
        if !self.has_claims()? {
            return Ok(Vec::new());
        }
        let mut search = Search { realm, lately_us, ..Search::default() };
        self.read(|db| search.standings.begin(db))?;
        file.each_flow_by_claim(|flow| self.read(|db| search.by_claim(db, &flow)))?;
        let by_origin = file.origins()?;
        if !by_origin.is_empty() {
            search.known = search.found.iter().map(|found| found.conflict.flow).collect();
            by_origin
                .iter()
                .try_for_each(|(flow, origin)| self.read(|db| search.by_origin(db, *flow, origin)))?;
        }
        search.known = search.found.iter().map(|found| found.conflict.flow).collect();
        file.each_number(|flow, number| {
            let writings = other_writings(number);
            let owns = writings.iter().map(|own| fingerprint(&self.key.hash(&[NUMBER, own.as_bytes()])));
            let owns: Vec<Fingerprint> = owns.collect();
            self.read(|db| search.by_other_writings(db, flow, &owns))
        })?;
        if self.has_likenesses()? {
            search.known = search.found.iter().map(|found| found.conflict.flow).collect();
            file.each_flow_by_likeness(|flow| self.read(|db| search.by_likeness(db, &flow)))?;
        }
        let mut live = HashMap::new();
        let mut found = search.found;
        found.retain(|found| {
            let job = &found.conflict.job;
            !found.if_live || *live.entry(job.clone()).or_insert_with(|| self.is_live(job))
        });
        let mut conflicts: Vec<Conflict> = found.into_iter().map(|found| found.conflict).collect();
        conflicts.sort_by_key(|one| one.flow);
        Ok(conflicts)
    }

    /// Whether anything was sent at all, or is to be.
    pub fn has_claims(&self) -> Result<bool, JournalError> {
        self.read(|db| db.prepare("SELECT 1 FROM claims LIMIT 1")?.exists([]))
    }

    /// Whether anything was sent that others can resemble: contracts without a number.
    pub fn has_likenesses(&self) -> Result<bool, JournalError> {
        self.read(|db| db.prepare("SELECT 1 FROM likenesses LIMIT 1")?.exists([]))
    }
}

/// Looks for contracts that were sent before, or might have been.
#[derive(Default)]
struct Search<'a> {
    realm: &'a str,
    lately_us: i64,
    standings: Standings,
    found: Vec<Found>,
    /// Flows that something was found of already.
    known: HashSet<FlowNo>,
    /// What was found of the likeness that was asked for last.
    last_likeness: Option<(Fingerprint, Option<Holder>)>,
}

struct Found {
    conflict: Conflict,
    /// It is none if nobody works on that job: what a dead job got no answer for is
    /// taken over, whatever stands in it now.
    if_live: bool,
}

impl Search<'_> {
    fn by_claim(&mut self, db: &Connection, new: &NewFlow) -> rusqlite::Result<()> {
        let NewFlow { flow, claim, content, .. } = new;
        if let Some(sent) = sent_already(db, &mut self.standings, claim, Some(content))? {
            let Holder { job, flow: of } = sent.by;
            let status = started::status_of(db, job, of)?;
            let kind = match sent.ended {
                true => ConflictKind::SameEnded,
                false if status.is_some_and(|status| signing::is_complete(&status)) => {
                    ConflictKind::SameSigned
                }
                false => ConflictKind::Same,
            };
            return self.add(db, *flow, job, kind, false);
        }
        if let Some(fixed) = fixed_claim(db, &mut self.standings, claim, content, NO_JOB)? {
            let kind = match fixed {
                Fixed::Sent(_) => ConflictKind::Corrected,
                Fixed::Open(_) => ConflictKind::Meanwhile,
            };
            return self.add(db, *flow, fixed.job(), kind, false);
        }
        let mut relatives = kin(db, claim)?;
        if let Some(place) = relatives.iter().position(|(own, _)| own == claim) {
            let (_, Holder { job, flow: held }) = relatives.swap_remove(place);
            let same = content_of(db, job, held)?.as_ref() == Some(content);
            let before = if same { None } else { sent_already(db, &mut self.standings, claim, None)? };
            let kind = match before {
                _ if same => ConflictKind::Same,
                Some(Sent { ended: true, .. }) => ConflictKind::KeyEnded,
                _ => ConflictKind::KeyReused,
            };
            let standing = self.standings.of(db, job, held)?;
            if let Standing::OnItsWay { chunk } = standing
                && same
                && started::is_in_doubt(db, job, chunk)?
            {
                return self.add(db, *flow, job, ConflictKind::InDoubt, false);
            }
            // What a dead job never sent is neither: it is taken over.
            let unanswered = matches!(standing, Standing::Unsent { .. } | Standing::OnItsWay { .. });
            return self.add(db, *flow, job, kind, unanswered);
        }
        for (_, Holder { job, flow: held }) in relatives {
            let standing = self.standings.of(db, job, held)?;
            if standing == Standing::Over || content_of(db, job, held)?.as_ref() != Some(content) {
                continue;
            }
            // One that waits with another template would go out as well, some day.
            let kind = match realm_of(db, job)? == self.realm {
                true => ConflictKind::OtherTemplate,
                false if standing == Standing::Accepted => ConflictKind::OtherRealm,
                false => continue,
            };
            return self.add(db, *flow, job, kind, false);
        }
        Ok(())
    }

    /// The contract that it corrects was sent all the same, or corrected otherwise.
    fn by_origin(&mut self, db: &Connection, flow: FlowNo, origin: &Origin) -> rusqlite::Result<()> {
        let Some(of_job) = queries::number_of(db, &origin.job)? else { return Ok(()) };
        if self.known.contains(&flow) {
            return Ok(());
        }
        let of = (of_job, origin.flow.0);
        let by = match is_revived(db, &mut self.standings, of)? {
            true => Some(of_job),
            false => fixed(db, &mut self.standings, of, None)?.map(Fixed::job),
        };
        if let Some(by) = by {
            self.known.insert(flow);
            self.add(db, flow, by, ConflictKind::Meanwhile, false)?;
        }
        Ok(())
    }

    /// One whose number was written otherwise was sent. `owns`: hashes of such numbers.
    fn by_other_writings(
        &mut self,
        db: &Connection,
        flow: FlowNo,
        owns: &[Fingerprint],
    ) -> rusqlite::Result<()> {
        if self.known.contains(&flow) {
            return Ok(());
        }
        for own in owns {
            for (_, Holder { job, flow: held }) in kin(db, own)? {
                let is_sent = self.standings.of(db, job, held)? == Standing::Accepted;
                if is_sent && realm_of(db, job)? == self.realm {
                    return self.add(db, flow, job, ConflictKind::NumberAlike, false);
                }
            }
        }
        Ok(())
    }

    fn by_likeness(&mut self, db: &Connection, new: &NewFlow) -> rusqlite::Result<()> {
        let NewFlow { flow, content, likeness: Some(likeness), .. } = new else { return Ok(()) };
        if self.known.contains(flow) {
            return Ok(());
        }
        // They come in the order of their likenesses: many may share one.
        let found = match self.last_likeness {
            Some((known, found)) if known == *likeness => found,
            _ => self.first_alike(db, likeness)?,
        };
        self.last_likeness = Some((*likeness, found));
        match found {
            // One of the same contents would have been found as that.
            Some(Holder { job, flow: other }) if content_of(db, job, other)?.as_ref() != Some(content) => {
                self.add(db, *flow, job, ConflictKind::Alike, false)
            }
            _ => Ok(()),
        }
    }

    /// The newest one that was sent.
    fn first_alike(&mut self, db: &Connection, likeness: &Fingerprint) -> rusqlite::Result<Option<Holder>> {
        let mut statement = db.prepare_cached(ALIKE)?;
        let mut rows = statement.query(params![likeness, self.lately_us])?;
        while let Some(row) = rows.next()? {
            let other = Holder { job: row.get(0)?, flow: row.get(1)? };
            if self.standings.of(db, other.job, other.flow)? == Standing::Accepted {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    fn add(
        &mut self,
        db: &Connection,
        flow: FlowNo,
        job: i64,
        kind: ConflictKind,
        if_live: bool,
    ) -> rusqlite::Result<()> {
        let job = JobId(id_of(db, job)?);
        self.found.push(Found { conflict: Conflict { flow, job, kind }, if_live });
        Ok(())
    }
}

fn add_flows(db: &Connection, job: i64, flows: &[NewFlow]) -> rusqlite::Result<()> {
    let mut insert =
        db.prepare_cached("INSERT INTO flows (job, flow, claim, content) VALUES (?1, ?2, ?3, ?4)")?;
    for NewFlow { flow, claim, content, .. } in flows {
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
    let any_corrected = db.prepare_cached("SELECT 1 FROM corrections LIMIT 1")?.exists([])?;
    let mut is_corrected = db.prepare_cached("SELECT 1 FROM corrections WHERE claim = ?1")?;
    for (place, flow) in flows.iter().enumerate() {
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
    flow: &NewFlow,
    permission: Permission,
) -> StepResult<()> {
    let NewFlow { flow, claim, content, .. } = flow;
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
        Again::No => false,
        Again::Ended => false,
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
