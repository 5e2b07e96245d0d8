//! Which contracts of a file were sent before, or might have been.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use crate::domain::identity::other_writings;
use crate::domain::job::{FlowNo, JobId};
use crate::domain::origin::Origin;
use crate::domain::signing;
use crate::journal::model::{Conflict, ConflictKind, Fingerprint, NUMBER, NewFlow, fingerprint};
use crate::journal::{Journal, JournalError};

use super::corrections::{Fixed, fixed, fixed_besides, fixed_claim, is_revived, sent_again};
use super::job_file::JobFile;
use super::standing::{
    ALIKE, CALLED, Holder, Sent, Standing, Standings, content_of, id_of, kin, realm_of, sent_already,
};
use super::{queries, started};

/// No job of the ledger has that number.
const NO_JOB: i64 = 0;

impl Journal {
    /// Contracts of a file that were sent before, or might have been.
    /// `lately_us`: since when a job counts that only resembles it; `stem`: what its file is called.
    pub fn conflicts(
        &self,
        file: &JobFile,
        realm: &str,
        lately_us: i64,
        stem: &str,
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
        self.like_numbered(file, stem, &mut search)?;
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

    /// Contracts without a number of which one with a number was sent from a file of that name: somebody has
    /// taken the column out. What numbered contracts resemble others by stands in their job's file only.
    fn like_numbered(&self, file: &JobFile, stem: &str, search: &mut Search<'_>) -> Result<(), JournalError> {
        let jobs = self.read(|db| called(db, stem, search.realm, search.lately_us))?;
        if jobs.is_empty() {
            return Ok(());
        }
        let known: HashSet<FlowNo> = search.found.iter().map(|found| found.conflict.flow).collect();
        let mut open: HashMap<Fingerprint, Vec<FlowNo>> = HashMap::new();
        file.each_keyless_by_likeness(|new| {
            if let Some(likeness) = new.likeness.filter(|_| !known.contains(&new.flow)) {
                open.entry(likeness).or_default().push(new.flow);
            }
            Ok(())
        })?;
        for (job, id) in jobs {
            if open.is_empty() {
                break;
            }
            // Its input may have been erased, or be damaged: then nothing can be known of it.
            let Ok(other) = self.job_file(&id) else { continue };
            let mut met: Vec<(FlowNo, Fingerprint)> = Vec::new();
            let read = other.each_numbered_likeness(|flow, likeness| {
                met.extend(open.contains_key(&likeness).then_some((flow, likeness)));
                Ok(())
            });
            if let Err(error) = read {
                tracing::warn!(job = %id, %error, "cannot compare with this job");
                continue;
            }
            for (flow, likeness) in met {
                let Some(flows) = open.get(&likeness) else { continue };
                self.read(|db| {
                    if search.standings.of(db, job, flow.0)? != Standing::Accepted {
                        return Ok(());
                    }
                    flows
                        .iter()
                        .try_for_each(|flow| search.add(db, *flow, job, ConflictKind::AlikeNumbered, false))
                })?;
                if search.found.last().is_some_and(|found| flows.contains(&found.conflict.flow)) {
                    open.remove(&likeness);
                }
            }
        }
        Ok(())
    }

    /// Whether anything was sent at all, or is to be.
    pub fn has_claims(&self) -> Result<bool, JournalError> {
        self.read(|db| db.prepare("SELECT 1 FROM claims LIMIT 1")?.exists([]))
    }

    /// Whether contracts of a file called so can resemble any that were sent.
    pub fn may_resemble(&self, realm: &str, lately_us: i64, stem: &str) -> Result<bool, JournalError> {
        Ok(self.has_likenesses()? || !self.read(|db| called(db, stem, realm, lately_us))?.is_empty())
    }

    /// Jobs of which a file may be called so, the newest first: each with what it is about, and when it was begun, in
    /// microseconds of Unix time.
    pub fn jobs_called(
        &self,
        stem: &str,
        realm: &str,
        since_us: i64,
    ) -> Result<Vec<(JobId, String, i64)>, JournalError> {
        let jobs = self.read(|db| called(db, stem, realm, since_us))?;
        let records =
            jobs.into_iter().map(|(_, id)| Ok(self.job(&id)?.map(|own| (id, own.about, own.created_us))));
        records.filter_map(Result::transpose).collect()
    }

    /// Whether contracts without a number were sent.
    fn has_likenesses(&self) -> Result<bool, JournalError> {
        self.read(|db| db.prepare("SELECT 1 FROM likenesses LIMIT 1")?.exists([]))
    }
}

/// Jobs of files that may be called so, the newest first.
fn called(db: &Connection, stem: &str, realm: &str, lately_us: i64) -> rusqlite::Result<Vec<(i64, JobId)>> {
    let name = serde_json::Value::from(stem).to_string();
    let name = name.trim_matches('"');
    if name.is_empty() {
        return Ok(Vec::new());
    }
    db.prepare_cached(CALLED)?
        .query_map(params![realm, lately_us, name], |row| Ok((row.get(0)?, JobId(row.get(1)?))))?
        .collect()
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
                Fixed::Open(_) => ConflictKind::Waits,
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
            true if self.standings.of(db, of.0, of.1)? == Standing::Accepted => Some(Fixed::Sent(of_job)),
            true => Some(Fixed::Open(of_job)),
            false => match fixed(db, &mut self.standings, of, None)? {
                None => match sent_again(db, &mut self.standings, of, None)? {
                    None => fixed_besides(db, &mut self.standings, of, 0)?,
                    by => by,
                },
                by => by,
            },
        };
        if let Some(by) = by {
            self.known.insert(flow);
            let kind = match by {
                Fixed::Sent(_) => ConflictKind::Meanwhile,
                Fixed::Open(_) => ConflictKind::Waits,
            };
            self.add(db, flow, by.job(), kind, false)?;
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
