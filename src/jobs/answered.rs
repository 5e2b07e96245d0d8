//! A file that was sent with answers of a command line, met again without them: by the next pass of cron, which knows
//! no answers, or by somebody who has left them out. Its questions are answered, and what it holds has gone.

use crate::domain::job::{Again, JobId};
use crate::domain::problem::Severity;
use crate::domain::said::Said;
use crate::intake::plan::{Refusal, SheetChoice};
use crate::journal::{JobRecord, Journal, JournalError, Written};
use crate::settings::Settings;

use super::prepare::input_hash;
use super::{Failure, Request};

/// Like the path of a file that was written: no path begins so.
fn key(realm: &str, raw: &[u8; 32]) -> String {
    format!("answered\t{realm}\t{}", hex::encode(raw))
}

/// What the same files are to whoever says nothing of them, or nothing but their sheets. Where only some of the rows or
/// sheets were meant, the rest may still have to go.
fn without_answers(hashes: &[[u8; 32]], request: &Request, settings: &Settings) -> Vec<[u8; 32]> {
    let settings = settings.without_given_defaults();
    let bare = |sheets: &SheetChoice| {
        let hidden_rows = settings.hidden_rows.into();
        let request =
            Request { said: Said::default(), hidden_rows, sheets: sheets.clone(), ..request.clone() };
        input_hash(hashes, &request, &settings)
    };
    match &request.sheets {
        _ if !request.said.only.is_empty() => Vec::new(),
        SheetChoice::All => vec![bare(&SheetChoice::Fitting), bare(&SheetChoice::All)],
        own => vec![bare(own)],
    }
}

/// Notes which job has sent the files, for those who will come by without its answers. `raw`: what they are with them.
pub fn note_answers(
    journal: &Journal,
    (realm, job): (&str, &JobId),
    (hashes, raw): (&[[u8; 32]], &[u8; 32]),
    request: &Request,
    settings: &Settings,
) -> Result<(), JournalError> {
    for bare in without_answers(hashes, request, settings).iter().filter(|bare| *bare != raw) {
        let (key, digest) = (key(realm, bare), journal.keyed_hash(&[b"answered", raw]));
        journal.note_writing(&key, &Written { digest, job: Some(job.clone()) })?;
        journal.note_written(&key, digest)?;
    }
    Ok(())
}

/// The finished job that has sent the same files, which only lack the answers that it had.
///
/// # Errors
/// Those of the journal.
pub fn sent_with_answers(
    journal: &Journal,
    realm: &str,
    hashes: &[[u8; 32]],
    (request, settings): (&Request, &Settings),
    failure: &Failure,
) -> Result<Option<JobRecord>, JournalError> {
    let asks = match failure {
        Failure::Questions { .. } => true,
        Failure::Refused(Refusal::Sheets { problems, .. }) => {
            problems.iter().all(|own| own.rule.severity() != Severity::Error)
        }
        _ => false,
    };
    // Who wants it sent once more is asked.
    if !asks || hashes.is_empty() || request.again != Again::No || request.allow_duplicates {
        return Ok(None);
    }
    let noted = journal.written(&key(realm, &input_hash(hashes, request, settings)))?;
    let Some(job) = noted.into_iter().find_map(|noted| noted.job) else { return Ok(None) };
    Ok(journal.job(&job)?.filter(|job| job.finished))
}
