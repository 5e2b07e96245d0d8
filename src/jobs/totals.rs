//! How all jobs of a journal stand together.

use crate::domain::job::{Status, Tally};
use crate::journal::{Journal, JournalError};

use super::job_origin::JobOrigin;

#[derive(Default)]
pub struct Totals {
    /// Jobs that some process works on.
    pub sending: u64,
    /// Jobs with something left to send, that nobody is at.
    pub open: u64,
    pub finished: u64,
    /// Contracts.
    pub contracts: Tally,
    /// Pages that nobody has noted as confirmed, of jobs whose links are still known.
    pub unconfirmed: usize,
    pub last_finished_us: Option<i64>,
    /// The same of a job with nothing to correct.
    pub last_good_us: Option<i64>,
}

/// The ledger alone is asked, by its indexes; what a finished job's report has told of it
/// stands with the job, so its chunks are not looked at again.
///
/// # Errors
/// Those of the journal.
pub fn totals(journal: &Journal) -> Result<Totals, JournalError> {
    let mut totals = Totals::default();
    for record in journal.jobs()?.into_iter().filter(|record| record.ready) {
        let about = JobOrigin::of(&record);
        let told = about.stands.filter(|_| record.finished).map(|stands| stands.tally);
        let tally = match told {
            Some(tally) => tally,
            None => {
                let mut tally = journal.tally(&record.id)?;
                let (invalid, skipped) = about.left_out.unwrap_or_default();
                tally.invalid += invalid;
                tally.skipped += skipped;
                tally
            }
        };
        let mut tally = tally;
        // Nobody can settle a doubt of a job whose data was erased.
        let has_data = journal.job_path(&record.id).is_file();
        if record.finished && !has_data {
            tally.in_doubt = 0;
        }
        for status in Status::ALL {
            totals.contracts.add(status, tally.of(status));
        }
        match record.finished_us {
            Some(at) => {
                totals.finished += 1;
                totals.last_finished_us = totals.last_finished_us.max(Some(at));
                if tally.to_fix() == 0 {
                    totals.last_good_us = totals.last_good_us.max(Some(at));
                }
            }
            None if journal.is_live(&record.id) => totals.sending += 1,
            None => totals.open += 1,
        }
        if has_data {
            totals.unconfirmed += journal.count_unconfirmed(&record.id)?;
        }
    }
    Ok(totals)
}
