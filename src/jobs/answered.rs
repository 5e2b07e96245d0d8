//! A file that was sent with answers of a command line, met again otherwise. With the same answers from memory
//! (`--remember`) it is the same input, and what was refused of it is not sent once more by the way. Without them, by the
//! next pass of cron or by somebody who has left them out, its questions are answered, and what it holds has gone.

use sha2::{Digest as _, Sha256};

use crate::domain::field::FieldId;
use crate::domain::identity;
use crate::domain::job::{Again, JobId};
use crate::domain::problem::Severity;
use crate::domain::said::{Said, SkipOrSend};
use crate::intake::HiddenRows;
use crate::intake::plan::{Plan, Refusal, SheetChoice, Source};
use crate::journal::{JobRecord, Journal, JournalError, Written};
use crate::settings::Settings;

use super::inputs::input_hash;
use super::{Failure, Request};

/// Like the path of a file that was written: no path begins so.
fn key(realm: &str, raw: &[u8; 32]) -> String {
    format!("answered\t{realm}\t{}", hex::encode(raw))
}

/// Whether some of the files' contracts were not meant, so that they may still have to go; or went with values that the
/// settings do not have, so that others may have to. A deadline is not what a contract says.
fn says_which(plan: &Plan, request: &Request, settings: &Settings) -> bool {
    let chooses = |source: &Source| {
        let send = source.mapping.column_of("send");
        let is_said = send.is_some_and(|column| source.mapping.readings[column].said);
        let skips_party = |said: &Said| said.missing_party == Some(SkipOrSend::Skip);
        is_said
            || (!source.said.only.is_empty() && source.said.only != settings.said.only)
            || (skips_party(&source.said) && !skips_party(&settings.said))
    };
    // What the settings leave out is left out by whoever comes by.
    (request.hidden_rows == HiddenRows::Skip && settings.hidden_rows != Some(SkipOrSend::Skip))
        || plan.sources.iter().any(chooses)
        || request.said.defaults.iter().any(|(field, _)| field != FieldId::Deadline.name())
}

/// What the same files are to whoever says nothing of them, or nothing but their sheets.
fn without_answers(
    plan: &Plan,
    hashes: &[[u8; 32]],
    request: &Request,
    settings: &Settings,
) -> Vec<[u8; 32]> {
    let settings = settings.without_given_defaults();
    let bare = |sheets: &SheetChoice| {
        let hidden_rows = settings.hidden_rows.into();
        let request =
            Request { said: Said::default(), hidden_rows, sheets: sheets.clone(), ..request.clone() };
        input_hash(hashes, &request, &settings)
    };
    // Of sheets that are left somebody may still be asked.
    let are_all = request.sheets == SheetChoice::All || plan.left_sheets().is_empty();
    // Memory has chosen them: without it somebody has to.
    let are_chosen = request.sheets == SheetChoice::Fitting
        && plan.sources.iter().any(|source| !source.said.sheets.is_empty())
        && settings.said.sheets.is_empty();
    let mut all = if are_chosen && !are_all { Vec::new() } else { vec![bare(&request.sheets)] };
    if are_all && request.sheets != SheetChoice::Fitting {
        all.push(bare(&SheetChoice::Fitting));
    }
    all
}

/// What the files are as they are read, whoever has said so: the command line, memory, or the settings.
fn as_meant(plan: &Plan, hashes: &[[u8; 32]], request: &Request, settings: &Settings) -> [u8; 32] {
    let bare = Request { said: Said::default(), sheets: SheetChoice::Fitting, ..request.clone() };
    let mut input = identity::Input::default();
    input.file(&input_hash(hashes, &bare, settings));
    // Whoever names the sheets has settled what is asked of the others.
    let named = |source: &Source| !source.said.sheets.is_empty();
    if request.sheets != SheetChoice::All && plan.sources.iter().any(named) {
        plan.left_sheets().iter().for_each(|sheet| input.said("left", sheet));
    }
    for source in &plan.sources {
        input.said("sheet", source.name.as_deref().unwrap_or_default());
        input.said("said", &serde_json::to_string(&source.said.as_meant()).unwrap_or_default());
    }
    Sha256::digest(input.finish()).into()
}

/// The job of files that are read as they are now, whatever the command line says.
///
/// # Errors
/// Those of the journal.
pub fn meant_before(
    journal: &Journal,
    plan: &Plan,
    realm: &str,
    hashes: &[[u8; 32]],
    (request, settings): (&Request, &Settings),
) -> Result<Option<JobRecord>, JournalError> {
    let noted = journal.written(&key(realm, &as_meant(plan, hashes, request, settings)))?;
    let Some(job) = noted.into_iter().find_map(|noted| noted.job) else { return Ok(None) };
    Ok(journal.job(&job)?.filter(|job| job.ready))
}

/// Under what an input is noted that was met before as another one.
fn key_of_met(realm: &str, raw: &[u8; 32]) -> String {
    format!("met\t{realm}\t{}", hex::encode(raw))
}

/// The job of an input that has none of its own, but was met as that of another one: by what was remembered then.
/// Whatever is remembered since, nothing more of it is sent by the way.
///
/// # Errors
/// Those of the journal.
pub fn met_before(journal: &Journal, realm: &str, raw: &[u8; 32]) -> Result<Option<JobRecord>, JournalError> {
    let noted = journal.written(&key_of_met(realm, raw))?;
    let Some(job) = noted.into_iter().find_map(|noted| noted.job) else { return Ok(None) };
    Ok(journal.job(&job)?.filter(|job| job.ready))
}

/// Notes whose job an input was met as; and, where what it says is remembered, the same files without a word.
///
/// # Errors
/// Those of the journal.
pub fn note_met(
    journal: &Journal,
    (realm, job): (&str, &JobId),
    (hashes, raw): (&[[u8; 32]], &[u8; 32]),
    request: &Request,
    settings: &Settings,
) -> Result<(), JournalError> {
    let bare = |sheets: SheetChoice, hidden_rows: HiddenRows| {
        let bare = Request { said: Said::default(), sheets, hidden_rows, ..request.clone() };
        input_hash(hashes, &bare, settings)
    };
    // A pass may have the options that are not remembered, or none.
    let passes = [
        bare(SheetChoice::Fitting, settings.hidden_rows.into()),
        bare(request.sheets.clone(), settings.hidden_rows.into()),
        bare(request.sheets.clone(), request.hidden_rows),
    ];
    for own in [*raw].into_iter().chain(passes.into_iter().filter(|_| request.remembers)) {
        let (key, digest) = (key_of_met(realm, &own), journal.keyed_hash(&[b"met", raw]));
        if journal.written(&key)?.iter().all(|noted| noted.job.as_ref() != Some(job)) {
            journal.note_writing(&key, &Written { digest, job: Some(job.clone()) })?;
            journal.note_written(&key, digest)?;
        }
    }
    Ok(())
}

/// Notes which job has sent the files, for those who will come by without its answers, or with those that were kept.
/// `raw`: what they are with them.
pub fn note_answers(
    journal: &Journal,
    plan: &Plan,
    (realm, job): (&str, &JobId),
    (hashes, raw): (&[[u8; 32]], &[u8; 32]),
    request: &Request,
    settings: &Settings,
) -> Result<(), JournalError> {
    let mut all = vec![as_meant(plan, hashes, request, settings)];
    if !says_which(plan, request, settings) {
        all.extend(without_answers(plan, hashes, request, settings));
    }
    for own in all.iter().filter(|own| *own != raw) {
        let (key, digest) = (key(realm, own), journal.keyed_hash(&[b"answered", raw]));
        // A pass that brings nothing new writes nothing.
        if journal.written(&key)?.iter().any(|noted| noted.job.as_ref() == Some(job)) {
            continue;
        }
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
    // Who wants it sent once more is asked, and who takes back what was said.
    if !asks || hashes.is_empty() || request.forgets || request.again != Again::No || request.allow_duplicates
    {
        return Ok(None);
    }
    let noted = journal.written(&key(realm, &input_hash(hashes, request, settings)))?;
    let Some(job) = noted.into_iter().find_map(|noted| noted.job) else { return Ok(None) };
    Ok(journal.job(&job)?.filter(|job| job.finished))
}
