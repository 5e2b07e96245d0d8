//! Contracts that failed in one job and that a later one has sent, corrected.

use std::collections::{HashMap, HashSet};

use rusqlite::params;

use crate::domain::job::{FlowNo, JobId, Status, Tally};
use crate::journal::{Fingerprint, JobFile, Journal, JournalError};

use super::claims::CHANGED;
use super::corrections::{Fixed, corrected_flows, fixed, sent_in_its_place};
use super::standing::{Holder, Standing, Standings, holder, id_of};

/// By flow: how it stood, and the later job that has sent it.
pub type Instead = HashMap<FlowNo, (Status, JobId)>;

impl Journal {
    /// How all contracts of a job stand, those that never became flows as well; and what
    /// later jobs have sent in their stead, which counts as duplicate.
    pub fn whole_tally(&self, job: &JobId, file: &JobFile) -> Result<(Tally, Instead), JournalError> {
        let (_, invalid, skipped) = file.counts()?;
        self.tally_beside(job, (invalid, skipped), Some(file))
    }

    /// The same of a job of which it is known that none was invalid when it was imported:
    /// its file need not be opened.
    pub fn valid_tally(&self, job: &JobId, skipped: u64) -> Result<Tally, JournalError> {
        self.tally_beside(job, (0, skipped), None).map(|(tally, _)| tally)
    }

    fn tally_beside(
        &self,
        job: &JobId,
        (invalid, skipped): (u64, u64),
        file: Option<&JobFile>,
    ) -> Result<(Tally, Instead), JournalError> {
        let mut tally = self.tally(job)?;
        // Some become invalid only later: their deadline passes.
        tally.invalid += invalid;
        tally.skipped = skipped;
        let instead = self.sent_instead(job, file)?;
        for (status, _) in instead.values() {
            let own = if *status == Status::Rejected { &mut tally.rejected } else { &mut tally.invalid };
            *own = own.saturating_sub(1);
            tally.duplicate += 1;
        }
        Ok((tally, instead))
    }

    fn sent_instead(&self, job: &JobId, file: Option<&JobFile>) -> Result<Instead, JournalError> {
        let number = self.number_of(job)?;
        let invalid = file
            .map(JobFile::invalid_claims)
            .transpose()?
            .unwrap_or_default()
            .into_iter()
            .map(|(flow, claim)| (flow, claim, Status::Invalid));
        let mut failed: Vec<(FlowNo, Fingerprint, Status)> = invalid.collect();
        let corrected = self.read(|db| corrected_flows(db, number))?;
        let invalid_ones = file.map(|file| file.invalid_among(&corrected)).transpose()?.unwrap_or_default();
        let invalid_rows: HashSet<i64> = file
            .map(JobFile::invalid)
            .transpose()?
            .unwrap_or_default()
            .into_iter()
            .map(|flow| flow.0)
            .collect();
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT s.flow, f.claim, s.state FROM flow_results s
                 JOIN flows f ON f.job = s.job AND f.flow = s.flow
                 WHERE s.job = ?1 AND s.state IN ('rejected', 'invalid')",
            )?;
            let mut rows = statement.query(params![number])?;
            while let Some(row) = rows.next()? {
                let status = Status::from_name(row.get_ref(2)?.as_str()?).unwrap_or(Status::Rejected);
                failed.push((FlowNo(row.get(0)?), row.get(1)?, status));
            }
            let mut standings = Standings::default();
            let mut instead = Instead::new();
            let known: HashMap<i64, Status> =
                failed.iter().map(|(flow, _, status)| (flow.0, *status)).collect();
            for flow in corrected {
                let invalid = invalid_ones.contains(&flow).then_some(Status::Invalid);
                let status = known.get(&flow).copied().or(invalid);
                if let Some(status) = status
                    && let Some(Fixed::Sent(by)) = fixed(db, &mut standings, (number, flow), None)?
                {
                    instead.insert(FlowNo(flow), (status, JobId(id_of(db, by)?)));
                }
            }
            // Those that break a rule, as their rows did in an earlier round.
            let mut of_rows =
                db.prepare_cached("SELECT DISTINCT flow FROM corrections WHERE job = ?1 AND same_row = 1")?;
            let of_rows: Vec<i64> =
                of_rows.query_map(params![number], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            for flow in of_rows.into_iter().filter(|flow| invalid_rows.contains(flow)) {
                if !instead.contains_key(&FlowNo(flow))
                    && let Some(by) = sent_in_its_place(db, &mut standings, (number, flow))?
                {
                    instead.insert(FlowNo(flow), (Status::Invalid, JobId(id_of(db, by)?)));
                }
            }
            for (flow, claim, status) in failed {
                if instead.contains_key(&flow) {
                    continue;
                }
                // An earlier one is another contract of that number.
                let later = holder(db, &claim)?.filter(|holder| holder.job > number);
                let by = match later {
                    Some(Holder { job, flow }) if standings.of(db, job, flow)? == Standing::Accepted => {
                        Some(job)
                    }
                    _ => sent_in_its_place(db, &mut standings, (number, flow.0))?,
                };
                if let Some(by) = by {
                    instead.insert(flow, (status, JobId(id_of(db, by)?)));
                }
            }
            Ok(instead)
        })
    }

    /// What later jobs have sent is not to be tried again.
    pub async fn settle_instead(&self, job: &JobId, instead: &Instead) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        let rejected = instead.iter().filter(|(_, (status, _))| *status == Status::Rejected);
        let rejected: Vec<(i64, String)> = rejected.map(|(flow, (_, by))| (flow.0, by.0.clone())).collect();
        self.writer()
            .write(move |db| {
                let mut update = db.prepare_cached(
                    "UPDATE flow_results SET state = 'duplicate', code = ?3, message = ?4
                     WHERE job = ?1 AND flow = ?2",
                )?;
                for (flow, by) in rejected {
                    update.execute(params![number, flow, by, CHANGED])?;
                }
                Ok(())
            })
            .await
    }
}
