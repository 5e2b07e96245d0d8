//! Failed contracts of a job, and those of later ones that go in their place.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::job::{FlowNo, JobId};
use crate::domain::origin::Origin;
use crate::journal::model::Fingerprint;
use crate::journal::{JobFile, Journal, JournalError};

use super::standing::{Holder, Standing, Standings, claim_of, content_of, id_of, kin, realm_of};
use super::{StepResult, queries};

/// What stands as the code of a flow that came too late.
pub const SENT_MEANWHILE: &str = "contract.sent_meanwhile";
const BATCH: usize = 1_000;

/// What has become of a contract's correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fixed {
    /// That job has sent it.
    Sent(i64),
    /// That job has it still to send, or its answer is not known.
    Open(i64),
}

impl Fixed {
    pub fn job(self) -> i64 {
        let (Self::Sent(job) | Self::Open(job)) = self;
        job
    }
}

const OF_FLOW: &str = "SELECT job, flow FROM corrections WHERE of_job = ?1 AND of_flow = ?2";
const OF_CLAIM: &str = "SELECT job, flow, of_job, of_flow FROM corrections WHERE claim = ?1";

/// What has become of the corrections of a flow, if anything: one that was sent comes first.
pub fn fixed(
    db: &Connection,
    standings: &mut Standings,
    of: (i64, i64),
    but: Option<i64>,
) -> rusqlite::Result<Option<Fixed>> {
    let all = corrections_of(db, of.0, of.1, None)?;
    let all: Vec<(i64, i64)> = all.into_iter().map(|own| (own.job, own.flow)).collect();
    best(db, standings, &all, but)
}

/// What keeps a correction of a flow out. Another one of the same number that is still to be sent does not: the two
/// wait for each other as any two of a number do, and a dead job's is taken over.
fn fixed_before(
    db: &Connection,
    standings: &mut Standings,
    of: (i64, i64),
    (job, flow): (i64, i64),
) -> rusqlite::Result<Option<Fixed>> {
    let claim = claim_of(db, job, flow)?;
    let mut all = Vec::new();
    for own in corrections_of(db, of.0, of.1, None)? {
        let is_open = !matches!(standings.of(db, own.job, own.flow)?, Standing::Accepted | Standing::Over);
        if !(is_open && claim.is_some() && claim_of(db, own.job, own.flow)? == claim) {
            all.push((own.job, own.flow));
        }
    }
    best(db, standings, &all, Some(job))
}

/// The same for the very same contract, of whichever job it was.
pub fn fixed_claim(
    db: &Connection,
    standings: &mut Standings,
    claim: &Fingerprint,
    content: &Fingerprint,
    but: i64,
) -> rusqlite::Result<Option<Fixed>> {
    let mut all = Vec::new();
    let mut statement = db.prepare_cached(OF_CLAIM)?;
    let mut rows = statement.query(params![claim])?;
    while let Some(row) = rows.next()? {
        let (own, of): ((i64, i64), (i64, i64)) = ((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?));
        // Another contract of that number is for its owner to decide; and one that went as
        // it was is no correction.
        let is_same =
            |(job, flow)| Ok::<_, rusqlite::Error>(content_of(db, job, flow)?.as_ref() == Some(content));
        if is_same(of)? && !is_same(own)? {
            all.push(own);
        }
    }
    best(db, standings, &all, Some(but))
}

fn best(
    db: &Connection,
    standings: &mut Standings,
    all: &[(i64, i64)],
    but: Option<i64>,
) -> rusqlite::Result<Option<Fixed>> {
    let mut open = None;
    for (job, flow) in all.iter().filter(|(job, _)| Some(*job) != but) {
        // One that breaks a rule, as the row does that it goes in the place of, goes nowhere itself.
        if claim_of(db, *job, *flow)?.is_none() {
            continue;
        }
        match standings.of(db, *job, *flow)? {
            Standing::Accepted => return Ok(Some(Fixed::Sent(*job))),
            Standing::Unsent { .. } | Standing::OnItsWay { .. } => open = Some(Fixed::Open(*job)),
            Standing::Over => {
                if let Some(by) = sent_as_duplicate(db, *job, *flow)? {
                    return Ok(Some(Fixed::Sent(by)));
                }
            }
        }
    }
    Ok(open)
}

/// The job that has sent the very same as a flow that was not sent for that.
fn sent_as_duplicate(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached(
        "SELECT j.job FROM flow_results s JOIN jobs j ON j.id = s.code
         WHERE s.job = ?1 AND s.flow = ?2 AND s.state = 'duplicate'",
    )?
    .query_row(params![job, flow], |row| row.get(0))
    .optional()
}

/// The job that has sent a failed flow's contract, or is about to: corrected, or as it was
/// before it was corrected.
pub fn sent_otherwise(
    db: &Connection,
    standings: &mut Standings,
    (job, flow): (i64, i64),
) -> rusqlite::Result<Option<i64>> {
    let found = match fixed(db, standings, (job, flow), None)? {
        None => fixed_besides(db, standings, (job, flow), job)?,
        found => found,
    };
    Ok(found.map(Fixed::job))
}

/// What has become of a failed flow's contract by other ways: the very same of another job was corrected, or what it
/// was a correction of went after all, as it was or corrected otherwise. `but`: this job does not count.
pub fn fixed_besides(
    db: &Connection,
    standings: &mut Standings,
    flow: (i64, i64),
    but: i64,
) -> rusqlite::Result<Option<Fixed>> {
    besides(db, standings, flow, but, |_| Ok(true))
}

/// The same, without what went as it was where this one is a correction of that: somebody has meant something else.
pub fn sent_in_its_place(
    db: &Connection,
    standings: &mut Standings,
    (job, flow): (i64, i64),
) -> rusqlite::Result<Option<i64>> {
    let content = content_of(db, job, flow)?;
    let mut is_same_row = db.prepare_cached(
        "SELECT 1 FROM corrections
         WHERE of_job = ?1 AND of_flow = ?2 AND job = ?3 AND flow = ?4 AND same_row = 1",
    )?;
    let mut is_same = |of: (i64, i64)| {
        Ok(content_of(db, of.0, of.1)? == content || is_same_row.exists(params![of.0, of.1, job, flow])?)
    };
    Ok(match besides(db, standings, (job, flow), job, &mut is_same)? {
        Some(Fixed::Sent(by)) => Some(by),
        Some(Fixed::Open(_)) | None => None,
    })
}

/// `counts`: whether it does of a failed one that this is a correction of, if it went after all.
fn besides(
    db: &Connection,
    standings: &mut Standings,
    (job, flow): (i64, i64),
    but: i64,
    mut counts: impl FnMut((i64, i64)) -> rusqlite::Result<bool>,
) -> rusqlite::Result<Option<Fixed>> {
    if let (Some(claim), Some(content)) = (claim_of(db, job, flow)?, content_of(db, job, flow)?)
        && let Some(fixed) = fixed_claim(db, standings, &claim, &content, but)?
    {
        return Ok(Some(fixed));
    }
    let before = db
        .prepare_cached("SELECT of_job, of_flow FROM corrections WHERE job = ?1 AND flow = ?2")?
        .query_map(params![job, flow], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(i64, i64)>>>()?;
    for of in before {
        if is_revived(db, standings, of)? {
            if !counts(of)? {
                continue;
            }
            let is_sent = standings.of(db, of.0, of.1)? == Standing::Accepted;
            return Ok(Some(if is_sent { Fixed::Sent(of.0) } else { Fixed::Open(of.0) }));
        }
        if let Some(fixed) = fixed(db, standings, of, Some(but))? {
            return Ok(Some(fixed));
        }
    }
    Ok(None)
}

/// What has become of a failed contract where a later job has brought it once more, as it was.
pub fn sent_again(
    db: &Connection,
    standings: &mut Standings,
    (job, flow): (i64, i64),
    but: Option<i64>,
) -> rusqlite::Result<Option<Fixed>> {
    let Some((claim, content)) = claim_of(db, job, flow)?.zip(content_of(db, job, flow)?) else {
        return Ok(None);
    };
    // With whichever template, in the realm of the failed one.
    let realm = realm_of(db, job)?;
    let mut open = None;
    for (_, own) in kin(db, &claim)? {
        let is_other = own.job != job && Some(own.job) != but;
        if !is_other
            || content_of(db, own.job, own.flow)?.as_ref() != Some(&content)
            || realm_of(db, own.job)? != realm
        {
            continue;
        }
        match standings.of(db, own.job, own.flow)? {
            Standing::Accepted => return Ok(Some(Fixed::Sent(own.job))),
            Standing::Unsent { .. } | Standing::OnItsWay { .. } => open = Some(Fixed::Open(own.job)),
            Standing::Over => {}
        }
    }
    // Refused there as well, and corrected from there.
    Ok(fixed_claim(db, standings, &claim, &content, but.unwrap_or_default())?.or(open))
}

/// Whether a failed contract is failed no more: sent after all, or about to be.
pub fn is_revived(
    db: &Connection,
    standings: &mut Standings,
    (job, flow): (i64, i64),
) -> rusqlite::Result<bool> {
    // One that broke a rule when it was imported never became a flow.
    Ok(claim_of(db, job, flow)?.is_some() && standings.of(db, job, flow)? != Standing::Over)
}

/// Contracts that go in the place of one: of this flow, or of any with its claim; and those that go
/// in the place of these, since a correction may be refused and corrected once more.
pub fn corrections_of(
    db: &Connection,
    job: i64,
    flow: i64,
    claim: Option<&Fingerprint>,
) -> rusqlite::Result<Vec<Holder>> {
    let read = |row: &rusqlite::Row<'_>| Ok(Holder { job: row.get(0)?, flow: row.get(1)? });
    let of_flow = |job: i64, flow: i64| -> rusqlite::Result<Vec<Holder>> {
        db.prepare_cached(OF_FLOW)?.query_map(params![job, flow], read)?.collect()
    };
    let mut all: Vec<Holder> = Vec::new();
    let mut known = HashSet::from([(job, flow)]);
    let mut add = |all: &mut Vec<Holder>, found: Vec<Holder>| {
        all.extend(found.into_iter().filter(|own| known.insert((own.job, own.flow))));
    };
    add(&mut all, of_flow(job, flow)?);
    if let Some(claim) = claim {
        let mut statement = db.prepare_cached(OF_CLAIM)?;
        let found = statement.query_map(params![claim], read)?.collect::<rusqlite::Result<_>>()?;
        add(&mut all, found);
    }
    let mut at = 0;
    while let Some((job, flow)) = all.get(at).map(|own| (own.job, own.flow)) {
        add(&mut all, of_flow(job, flow)?);
        at += 1;
    }
    Ok(all)
}

impl Journal {
    /// Notes which failed contracts those of a job are that is being imported. Where one
    /// was sent meanwhile, its correction stays out, unless that was `allowed`.
    pub fn import_corrections(&self, job: &JobId, file: &JobFile, allowed: bool) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        for batch in file.origins()?.chunks(BATCH) {
            let batch = batch.to_vec();
            self.writer().write_and_wait(move |db| {
                let mut standings = Standings::default();
                for (flow, origin) in &batch {
                    correct(db, &mut standings, (number, *flow), origin, allowed)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    /// A job that has contracts of this one still to send, corrected.
    pub fn being_corrected(&self, job: &JobId) -> Result<Option<JobId>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            let mut standings = Standings::default();
            for of_flow in corrected_flows(db, number)? {
                if let Some(Fixed::Open(by)) = fixed(db, &mut standings, (number, of_flow), None)? {
                    return Ok(Some(JobId(id_of(db, by)?)));
                }
            }
            Ok(None)
        })
    }

    /// Failed contracts of a job that a later job has brought, corrected, whatever came of them:
    /// also where they still break a rule, so that they were never sent.
    pub fn corrected(&self, job: &JobId) -> Result<HashSet<FlowNo>, JournalError> {
        let number = self.number_of(job)?;
        let (flows, later) =
            self.read(|db| Ok((corrected_flows(db, number)?, correcting_jobs(db, number)?)))?;
        let mut flows: HashSet<FlowNo> = flows.into_iter().map(FlowNo).collect();
        // Of a job whose data was erased nobody knows them any more.
        for later in later.into_iter().filter(|later| self.job_path(later).is_file()) {
            flows.extend(self.job_file(&later)?.invalid_origins(job)?);
        }
        Ok(flows)
    }

    /// Jobs whose failed contracts a job brings, corrected.
    pub fn corrects(&self, job: &JobId) -> Result<Vec<JobId>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT DISTINCT j.id FROM corrections c JOIN jobs j ON j.job = c.of_job WHERE c.job = ?1",
            )?
            .query_map(params![number], |row| row.get(0).map(JobId))?
            .collect()
        })
    }
}

pub fn corrected_flows(db: &Connection, job: i64) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached("SELECT DISTINCT of_flow FROM corrections WHERE of_job = ?1")?
        .query_map(params![job], |row| row.get(0))?
        .collect()
}

/// Jobs that bring failed contracts of this one, corrected.
fn correcting_jobs(db: &Connection, job: i64) -> rusqlite::Result<Vec<JobId>> {
    db.prepare_cached(
        "SELECT DISTINCT j.id FROM corrections c JOIN jobs j ON j.job = c.job WHERE c.of_job = ?1",
    )?
    .query_map(params![job], |row| row.get(0).map(JobId))?
    .collect()
}

fn correct(
    db: &Connection,
    standings: &mut Standings,
    (job, flow): (i64, FlowNo),
    origin: &Origin,
    allowed: bool,
) -> StepResult<()> {
    let of_flow = origin.flow.0;
    // Another installation's workbook: its jobs are not known here.
    let Some(of_job) = queries::number_of(db, &origin.job)?.filter(|of_job| *of_job != job) else {
        return Ok(());
    };
    db.prepare_cached(
        "INSERT OR IGNORE INTO corrections (of_job, of_flow, job, flow, claim) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![of_job, of_flow, job, flow.0, claim_of(db, of_job, of_flow)?])?;
    if allowed {
        return Ok(());
    }
    let by = match is_revived(db, standings, (of_job, of_flow))? {
        true => Some(of_job),
        false => match fixed_before(db, standings, (of_job, of_flow), (job, flow.0))? {
            Some(by) => Some(by.job()),
            None => match sent_again(db, standings, (of_job, of_flow), Some(job))? {
                None => fixed_besides(db, standings, (of_job, of_flow), job)?.map(Fixed::job),
                by => by.map(Fixed::job),
            },
        },
    };
    let Some(by) = by else { return Ok(()) };
    let has_result = db
        .prepare_cached("SELECT 1 FROM flow_results WHERE job = ?1 AND flow = ?2")?
        .exists(params![job, flow.0])?;
    if !has_result {
        db.prepare_cached(
            "INSERT INTO flow_results (job, flow, state, code, message) VALUES (?1, ?2, 'rejected', ?3, ?4)",
        )?
        .execute(params![job, flow.0, SENT_MEANWHILE, id_of(db, by)?])?;
        db.prepare_cached("DELETE FROM claims WHERE job = ?1 AND flow = ?2 AND claim = ?3")?
            .execute(params![job, flow.0, claim_of(db, job, flow.0)?])?;
        db.prepare_cached("DELETE FROM rivals WHERE job = ?1 AND flow = ?2")?
            .execute(params![job, flow.0])?;
    }
    Ok(())
}

impl JobFile {
    /// Says which failed contracts a contract is, corrected.
    pub fn add_origins(&self, flow: FlowNo, origins: &[Origin]) -> Result<(), JournalError> {
        for origin in origins {
            self.execute(
                "INSERT OR IGNORE INTO origins (flow, origin_job, origin_flow) VALUES (?1, ?2, ?3)",
                params![flow.0, origin.job.0, origin.flow.0],
            )?;
        }
        Ok(())
    }

    /// Which failed contracts those that can be sent are, corrected.
    pub fn origins(&self) -> Result<Vec<(FlowNo, Origin)>, JournalError> {
        self.query(
            "SELECT o.flow, o.origin_job, o.origin_flow FROM origins o
             JOIN contracts c ON c.flow = o.flow WHERE c.status IS NULL ORDER BY o.flow",
            &[],
            |row| Ok((FlowNo(row.get(0)?), Origin { job: JobId(row.get(1)?), flow: FlowNo(row.get(2)?) })),
        )
    }

    /// Failed contracts of another job that stand here as ones that still break a rule.
    fn invalid_origins(&self, of: &JobId) -> Result<Vec<FlowNo>, JournalError> {
        self.query(
            "SELECT DISTINCT o.origin_flow FROM origins o JOIN contracts c ON c.flow = o.flow
             WHERE c.status = 'invalid' AND o.origin_job = ?1",
            &[&of.0],
            |row| Ok(FlowNo(row.get(0)?)),
        )
    }

    /// Those of some contracts that are invalid.
    pub(super) fn invalid_among(&self, flows: &[i64]) -> Result<HashSet<i64>, JournalError> {
        let mut invalid = HashSet::new();
        for flow in flows {
            let sql = "SELECT flow FROM contracts WHERE flow = ?1 AND status = 'invalid'";
            invalid.extend(self.query(sql, params![flow], |row| row.get::<_, i64>(0))?);
        }
        Ok(invalid)
    }
}
