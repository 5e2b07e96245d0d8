//! How single flows stand, asked of whole jobs at once: a job's chunks are read
//! once for all questions about it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rusqlite::{Connection, OptionalExtension, params};

use crate::journal::model::{CLAIM_OWN, Fingerprint};

use super::{members, started};

/// How a flow stands, as far as others may take its claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In no chunk, or in one that is not on its way: `chunk` names it.
    Unsent {
        chunk: Option<i64>,
    },
    /// A request with it may be on the wire, or was and nobody knows.
    OnItsWay {
        chunk: i64,
    },
    Accepted,
    /// Rejected, invalid or a duplicate: it holds nothing.
    Over,
}

/// One job's flows by chunk.
struct Placement {
    /// Flow and the place of its chunk in `chunks`, by flow.
    flows: Vec<(i64, u32)>,
    chunks: Vec<(i64, Standing)>,
}

/// Jobs that were asked about. What is kept of a job that is not finished counts
/// within one transaction only.
#[derive(Default)]
pub struct Standings {
    jobs: HashMap<i64, (Option<i64>, Placement)>,
    /// SQLite's count of what other connections have committed.
    version: Option<i64>,
}

impl Standings {
    /// To be called when a new transaction begins. Where nobody else has committed, and
    /// this connection has changed no chunk meanwhile, all that is known still holds.
    pub fn begin(&mut self, db: &Connection) -> rusqlite::Result<()> {
        let version = Some(db.query_row("PRAGMA data_version", [], |row| row.get(0))?);
        if std::mem::replace(&mut self.version, version) == version {
            return Ok(());
        }
        let mut finished = db.prepare_cached("SELECT finished_us FROM jobs WHERE job = ?1")?;
        let mut gone = Vec::new();
        for (job, (kept, _)) in &self.jobs {
            let now: Option<i64> = finished.query_row(params![job], |row| row.get(0)).optional()?.flatten();
            if now.is_none() || now != *kept {
                gone.push(*job);
            }
        }
        gone.iter().for_each(|job| drop(self.jobs.remove(job)));
        Ok(())
    }

    pub fn of(&mut self, db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Standing> {
        let own: Option<String> = db
            .prepare_cached("SELECT state FROM flow_results WHERE job = ?1 AND flow = ?2")?
            .query_row(params![job, flow], |row| row.get(0))
            .optional()?;
        match own.as_deref() {
            Some("accepted") => return Ok(Standing::Accepted),
            Some(_) => return Ok(Standing::Over),
            None => {}
        }
        let placement = match self.jobs.entry(job) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let finished = db
                    .prepare_cached("SELECT finished_us FROM jobs WHERE job = ?1")?
                    .query_row(params![job], |row| row.get(0))
                    .optional()?
                    .flatten();
                new.insert((finished, Placement::read(db, job)?))
            }
        };
        Ok(placement.1.of(flow))
    }
}

impl Placement {
    fn read(db: &Connection, job: i64) -> rusqlite::Result<Self> {
        let mut placement = Self { flows: Vec::new(), chunks: Vec::new() };
        let mut statement = db.prepare_cached(
            "SELECT chunk, state, flows FROM chunks WHERE job = ?1 AND state != 'replaced'",
        )?;
        let mut rows = statement.query(params![job])?;
        while let Some(row) = rows.next()? {
            let chunk: i64 = row.get(0)?;
            let standing = match row.get_ref(1)?.as_str()? {
                "accepted" => Standing::Accepted,
                "rejected" => Standing::Over,
                "sending" | "in_doubt" => Standing::OnItsWay { chunk },
                _ => Standing::Unsent { chunk: Some(chunk) },
            };
            let place = u32::try_from(placement.chunks.len()).unwrap_or(u32::MAX);
            placement.chunks.push((chunk, standing));
            placement.flows.extend(members::decode(row.get_ref(2)?.as_blob()?).map(|flow| (flow.0, place)));
        }
        placement.flows.sort_unstable();
        Ok(placement)
    }

    fn of(&self, flow: i64) -> Standing {
        let found = self.flows.binary_search_by_key(&flow, |(own, _)| *own).ok();
        let place = found.and_then(|index| self.flows.get(index)).map(|(_, place)| *place as usize);
        place.and_then(|place| self.chunks.get(place)).map_or(Standing::Unsent { chunk: None }, |(_, s)| *s)
    }
}

/// The flow that holds a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holder {
    pub job: i64,
    pub flow: i64,
}

pub fn holder(db: &Connection, claim: &Fingerprint) -> rusqlite::Result<Option<Holder>> {
    db.prepare_cached("SELECT job, flow FROM claims WHERE claim = ?1")?
        .query_row(params![claim], |row| Ok(Holder { job: row.get(0)?, flow: row.get(1)? }))
        .optional()
}

/// Contracts of the same number, or of the same text, in any realm and under any
/// template.
pub fn kin(db: &Connection, claim: &Fingerprint) -> rusqlite::Result<Vec<(Fingerprint, Holder)>> {
    let end =
        |fill: u8| -> Fingerprint { std::array::from_fn(|at| if at < CLAIM_OWN { claim[at] } else { fill }) };
    db.prepare_cached("SELECT claim, job, flow FROM claims WHERE claim BETWEEN ?1 AND ?2")?
        .query_map(params![end(0), end(u8::MAX)], |row| {
            Ok((row.get(0)?, Holder { job: row.get(1)?, flow: row.get(2)? }))
        })?
        .collect()
}

/// Contracts without a number that resemble one, the newest job first.
pub const ALIKE: &str = "SELECT l.job, l.flow FROM likenesses l JOIN jobs j ON j.job = l.job
     WHERE l.likeness = ?1 AND j.created_us >= ?2 ORDER BY l.job DESC";

/// Jobs in a realm, since a time, whose files may be called so, the newest first.
pub const CALLED: &str = "SELECT j.job, j.id FROM jobs j JOIN realms r USING (realm)
     WHERE r.name = ?1 AND j.created_us >= ?2 AND j.state != 'importing' AND instr(j.about, ?3) > 0
     ORDER BY j.job DESC";

pub fn realm_of(db: &Connection, job: i64) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT name FROM jobs JOIN realms USING (realm) WHERE job = ?1")?
        .query_row(params![job], |row| row.get(0))
}

pub fn content_of(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Option<Fingerprint>> {
    db.prepare_cached("SELECT content FROM flows WHERE job = ?1 AND flow = ?2")?
        .query_row(params![job, flow], |row| row.get(0))
        .optional()
}

pub fn claim_of(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Option<Fingerprint>> {
    db.prepare_cached("SELECT claim FROM flows WHERE job = ?1 AND flow = ?2")?
        .query_row(params![job, flow], |row| row.get(0))
        .optional()
}

/// Others that have the same claim and do not hold it.
pub fn rivals(db: &Connection, claim: &Fingerprint) -> rusqlite::Result<Vec<Holder>> {
    db.prepare_cached("SELECT job, flow FROM rivals WHERE claim = ?1")?
        .query_map(params![claim], |row| Ok(Holder { job: row.get(0)?, flow: row.get(1)? }))?
        .collect()
}

/// The very same contract, as it was sent before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub by: Holder,
    /// It has ended since without everybody's signature, and nothing went in its stead, nor may:
    /// neither the same nor, under its number, another one.
    pub ended: bool,
}

/// Those that have the claim, or had somebody's word to go beside it, each with whether it may
/// go without another word.
fn that_may_go(db: &Connection, claim: &Fingerprint) -> rusqlite::Result<Vec<(Holder, bool)>> {
    let mut all: Vec<(Holder, bool)> = db
        .prepare_cached("SELECT job, flow, allowed FROM rivals WHERE claim = ?1")?
        .query_map(params![claim], |row| Ok((Holder { job: row.get(0)?, flow: row.get(1)? }, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    all.extend(holder(db, claim)?.map(|held| (held, true)));
    Ok(all)
}

/// Who has sent the very same contract last: also one that did so as a second use of the key.
/// `content`: `None` where any contract of that key counts.
/// `None` also where all that were sent have ended, and of one that was to go in their stead
/// nobody knows whether it was started: that one holds the claim.
pub fn sent_already(
    db: &Connection,
    standings: &mut Standings,
    claim: &Fingerprint,
    content: Option<&Fingerprint>,
) -> rusqlite::Result<Option<Sent>> {
    let (mut lasting, mut ended): (Option<Holder>, Option<Holder>) = (None, None);
    // Of the same contents one is not sent yet, or in doubt; of other contents one is there.
    let (mut unsent, mut unclear, mut changed) = (false, false, false);
    let later = |known: Option<Holder>, one: Holder| known.filter(|own| own.job > one.job).or(Some(one));
    for (one, may_go) in that_may_go(db, claim)? {
        let standing = standings.of(db, one.job, one.flow)?;
        if content.is_some() && content_of(db, one.job, one.flow)?.as_ref() != content {
            changed |= match standing {
                Standing::Accepted => !started::has_ended(db, one.job, one.flow)?,
                Standing::OnItsWay { .. } | Standing::Unsent { .. } => may_go,
                Standing::Over => false,
            };
            continue;
        }
        match standing {
            Standing::Accepted if started::has_ended(db, one.job, one.flow)? => ended = later(ended, one),
            Standing::Accepted => lasting = later(lasting, one),
            Standing::OnItsWay { .. } => unclear |= may_go,
            Standing::Unsent { .. } => unsent |= may_go,
            Standing::Over => {}
        }
    }
    Ok(match (lasting, ended) {
        (Some(by), _) => Some(Sent { by, ended: false }),
        (None, Some(_)) if unclear => None,
        (None, by) => by.map(|by| Sent { by, ended: !unsent && !changed }),
    })
}

pub fn id_of(db: &Connection, job: i64) -> rusqlite::Result<String> {
    db.prepare_cached("SELECT id FROM jobs WHERE job = ?1")?.query_row(params![job], |row| row.get(0))
}
