//! Contracts of a further round of a file of which earlier rounds had the rows: what these have sent stays sent, and
//! what the API has refused waits to be corrected instead of going once more as it stands.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::job::{FlowNo, JobId};
use crate::journal::model::{Fingerprint, LeftAlone, Then};
use crate::journal::{JobFile, Journal, JournalError};

use super::claims::CHANGED;
use super::corrections::corrections_of;
use super::queries;
use super::standing::{Holder, Standing, Standings, claim_of, holder, id_of};
use super::started;

const BATCH: usize = 1_000;

const LINK: &str = "INSERT OR IGNORE INTO corrections (of_job, of_flow, job, flow, claim, same_row)
     VALUES (?1, ?2, ?3, ?4, ?5, 1)";

impl Journal {
    /// Contracts of a file that break a rule, each with a job after that one which has sent one of its number.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn sent_later(&self, job: &JobId, file: &JobFile) -> Result<Vec<(FlowNo, JobId)>, JournalError> {
        let number = self.number_of(job)?;
        let invalid = file.invalid_claims()?;
        self.read(|db| {
            let mut standings = Standings::default();
            let mut found = Vec::new();
            for (flow, claim) in &invalid {
                let Some(held) = holder(db, claim)?.filter(|held| held.job > number) else { continue };
                if standings.of(db, held.job, held.flow)? == Standing::Accepted {
                    found.push((*flow, JobId(id_of(db, held.job)?)));
                }
            }
            Ok(found)
        })
    }

    /// Of contracts that count as sent, those that have ended since without everybody's signature.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn ended_since(&self, sent: &[(FlowNo, Then)]) -> Result<HashSet<FlowNo>, JournalError> {
        self.read(|db| {
            let mut ended = HashSet::new();
            for (flow, then) in sent {
                let Some(job) = queries::number_of(db, &then.job)? else { continue };
                let by = sender(db, Holder { job, flow: then.flow.0 })?;
                if started::has_ended(db, by.job, by.flow)? {
                    ended.insert(*flow);
                }
            }
            Ok(ended)
        })
    }

    /// Writes down what is known of contracts of a job that is being imported.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn leave_alone(
        &self,
        job: &JobId,
        file: &JobFile,
        flows: impl IntoIterator<Item = (FlowNo, LeftAlone)>,
    ) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        let invalid: HashMap<FlowNo, Fingerprint> = file.invalid_claims()?.into_iter().collect();
        let flows: Vec<(FlowNo, LeftAlone)> = flows.into_iter().collect();
        for batch in flows.chunks(BATCH) {
            let claim = |flow: &FlowNo| invalid.get(flow).copied();
            let batch: Vec<_> = batch.iter().map(|(flow, why)| (*flow, why.clone(), claim(flow))).collect();
            self.writer().write_and_wait(move |db| {
                for (flow, why, invalid) in &batch {
                    leave_one(db, Holder { job: number, flow: flow.0 }, why, *invalid)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

/// `invalid`: the claim of one that breaks a rule; such a one never becomes a flow, and has no result.
fn leave_one(
    db: &Connection,
    own: Holder,
    why: &LeftAlone,
    invalid: Option<Fingerprint>,
) -> rusqlite::Result<()> {
    let claim = claim_of(db, own.job, own.flow)?;
    match why {
        LeftAlone::Sent(then) => {
            let Some(then) = holder_of(db, then)? else { return Ok(()) };
            let sent = sender(db, then)?;
            link(db, own, sent, None)?;
            end(db, own, "duplicate", &id_of(db, sent.job)?, Some(CHANGED))
        }
        LeftAlone::Corrected { then, by } => {
            let number = queries::number_of(db, by)?;
            let (mut all, mut before) = (Vec::new(), None);
            if let Some(then) = then.as_ref().map(|then| holder_of(db, then)).transpose()?.flatten() {
                all = corrections_of(db, then.job, then.flow, None)?;
                before = claim_of(db, then.job, then.flow)?;
            }
            for claim in [claim, invalid, before].into_iter().flatten() {
                all.extend(holder(db, &claim)?);
            }
            for correction in all.into_iter().filter(|one| Some(one.job) == number) {
                link(db, own, correction, claim)?;
            }
            end(db, own, "duplicate", &by.0, Some(CHANGED))
        }
        LeftAlone::Refused(then) => {
            let Some(then) = holder_of(db, then)? else { return Ok(()) };
            let refused: Option<(Option<String>, Option<String>)> = db
                .prepare_cached(
                    "SELECT code, message FROM flow_results WHERE job = ?1 AND flow = ?2 AND state = 'rejected'",
                )?
                .query_row(params![then.job, then.flow], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            // It goes in the place of the one that was refused: of the two, and of their corrections, one is sent.
            link(db, then, own, claim_of(db, then.job, then.flow)?)?;
            let (code, message) = refused.unwrap_or_default();
            end(db, own, "rejected", &code.unwrap_or_default(), message.as_deref())
        }
        LeftAlone::Invalid(then) => match holder_of(db, then)? {
            Some(then) => link(db, then, own, None),
            None => Ok(()),
        },
    }
}

fn holder_of(db: &Connection, then: &Then) -> rusqlite::Result<Option<Holder>> {
    let job = queries::number_of(db, &then.job)?;
    Ok(job.map(|job| Holder { job, flow: then.flow.0 }))
}

/// Who has sent a contract that counts as sent in a job.
fn sender(db: &Connection, flow: Holder) -> rusqlite::Result<Holder> {
    let by: Option<i64> = db
        .prepare_cached(
            "SELECT j.job FROM flow_results s JOIN jobs j ON j.id = s.code
             WHERE s.job = ?1 AND s.flow = ?2 AND s.state = 'duplicate'",
        )?
        .query_row(params![flow.job, flow.flow], |row| row.get(0))
        .optional()?;
    let Some(by) = by else { return Ok(flow) };
    let claim = claim_of(db, flow.job, flow.flow)?;
    let mut all = corrections_of(db, flow.job, flow.flow, claim.as_ref())?;
    if let Some(claim) = claim {
        all.extend(holder(db, &claim)?);
    }
    Ok(all.into_iter().find(|one| one.job == by).unwrap_or(flow))
}

/// Notes that one contract goes in the place of another. `claim`: of the latter, where whoever brings the very same
/// elsewhere is to know.
fn link(db: &Connection, of: Holder, by: Holder, claim: Option<Fingerprint>) -> rusqlite::Result<()> {
    db.prepare_cached(LINK)?.execute(params![of.job, of.flow, by.job, by.flow, claim]).map(drop)
}

/// What stands otherwise already stays as it is.
fn end(db: &Connection, own: Holder, state: &str, code: &str, message: Option<&str>) -> rusqlite::Result<()> {
    let Some(claim) = claim_of(db, own.job, own.flow)? else { return Ok(()) };
    let is_new = db
        .prepare_cached(
            "INSERT OR IGNORE INTO flow_results (job, flow, state, code, message) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![own.job, own.flow, state, code, message])?;
    if is_new == 1 {
        db.prepare_cached("DELETE FROM claims WHERE job = ?1 AND flow = ?2 AND claim = ?3")?
            .execute(params![own.job, own.flow, claim])?;
        db.prepare_cached("DELETE FROM rivals WHERE job = ?1 AND flow = ?2")?
            .execute(params![own.job, own.flow])?;
    }
    Ok(())
}
