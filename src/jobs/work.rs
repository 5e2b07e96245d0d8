//! A job is worked on, and its report written.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::contract::dates::{Clock, Moment};
use crate::domain::chunks::ChunkLimits;
use crate::domain::job::JobId;
use crate::domain::problem::Severity;
use crate::essbasic::client::{Client, ClientSettings, canonical_endpoint};
use crate::journal::{JobFile, JobLock, Journal};
use crate::pace::{self, Folder, Pace, PaceSettings, SlotKey};
use crate::report::{Source, Written, write_report};
use crate::runner::{self, End, Question, Reason, RunSettings, Scope, Shared};
use crate::settings::{Settings, own_folder};
use crate::text::Lang;

use super::about::{About, Place, correct_senders};
use super::check::MOST_TOLD;
use super::{Ended, Failure, Ground, Ran};

/// Sends what is pending of a job and in the scope.
pub async fn work(
    ground: &Ground,
    lang: Lang,
    job: &JobId,
    lock: JobLock,
    limits: ChunkLimits,
    scope: Scope,
    keep_going: bool,
) -> Result<Ended, Failure> {
    let (journal, settings) = (&ground.journal, &ground.settings);
    let trial = matches!(scope, Scope::First(_));
    journal.keep_room()?;
    let file = journal.job_file(job)?;
    let proven_since_us = correct_senders(ground, job, &file)?;
    let client = Client::new(
        ClientSettings {
            endpoint: settings.endpoint.clone(),
            region: settings.region.clone(),
            language: lang.pick("zh-CN", "en-US"),
            connect_timeout: settings.connect_timeout,
            timeout: settings.timeout,
        },
        ground.credentials.clone(),
    )?;
    let slots = pace_folder(settings, journal);
    tracing::info!(folder = %slots.path().display(), "the slots of the quota");
    let pace = Pace::open(
        slots,
        &SlotKey {
            endpoint: canonical_endpoint(&settings.endpoint)?,
            action: settings.action.wire_name().to_owned(),
            account: account(settings, &ground.credentials.secret_id),
        },
        PaceSettings {
            requests_per_second: settings.requests_per_second,
            window_requests: settings.window_requests,
            ..PaceSettings::default()
        },
    )?;
    let zone = settings.zone.clone();
    let end = runner::run(runner::RunContext {
        journal: journal.clone(),
        job: job.clone(),
        lock,
        file,
        client,
        pace,
        settings: RunSettings {
            action: settings.action,
            retry: settings.retry.clone(),
            flows_per_chunk: limits.flows,
            bytes_per_chunk: limits.bytes,
            scope,
            proven_since_us,
            keep_going,
            default_template: settings.defaults.get("template_id").cloned(),
            redate: Arc::new(move |text| {
                let clock = Clock { now: jiff::Timestamp::now(), zone: zone.clone() };
                clock.read(text).map(|(Moment::At(at) | Moment::FromSerial(at))| at)
            }),
        },
        stop: ground.stop.clone(),
        tell: (ground.listen)(job),
    })
    .await;
    let end = match end {
        End::Stopped(Reason::Question(mut question)) => {
            question.shared = shared(settings, &journal.job_file(job)?, &question)?;
            End::Stopped(Reason::Question(question))
        }
        end => end,
    };
    Ok(match end {
        End::Finished => Ended::Finished,
        End::Partly if trial => Ended::Trial,
        End::Partly => Ended::Partly,
        End::Stopped(reason) => Ended::Stopped(reason),
    })
}

/// At most so many columns are named.
const MOST_COLUMNS: usize = 3;

/// What the contracts of a question have in common: where to look first.
fn shared(settings: &Settings, file: &JobFile, question: &Question) -> Result<Vec<Shared>, Failure> {
    let mut shared = Vec::new();
    let templates: BTreeSet<u32> = question
        .flows
        .iter()
        .filter_map(|flow| file.sendable(*flow).transpose())
        .map(|found| found.map(|sendable| sendable.template))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    if let [template] = templates.into_iter().collect::<Vec<_>>().as_slice()
        && let Some(id) = file.templates()?.remove(template)
    {
        shared.push(Shared::Template(id));
    }
    shared.extend(settings.defaults.keys().map(|name| Shared::Default((*name).to_owned())));
    shared
        .extend(file.columns_in_common(&question.flows)?.into_iter().take(MOST_COLUMNS).map(Shared::Column));
    Ok(shared)
}

/// Where the slots of the account stand, for this user and this journal.
pub fn pace_folder(settings: &Settings, journal: &Journal) -> Folder {
    pace::find_folder(settings.pace_folder.clone(), own_folder(), journal.dir())
}

/// The account whose quota is used; one account may have two key pairs.
fn account(settings: &Settings, secret_id: &str) -> String {
    use sha2::{Digest as _, Sha256};
    settings.account.clone().unwrap_or_else(|| hex::encode(Sha256::digest(secret_id))[..16].to_owned())
}

/// Writes the report of a job as it stands, where its first run put it.
pub fn report(
    ground: &Ground,
    lang: Lang,
    job: &JobId,
    place: Option<Place<'_>>,
    ended: Ended,
) -> Result<Ran, Failure> {
    let file = ground.journal.job_file(job)?;
    let mut about = ground.journal.job(job)?.map(|record| About::of(&record)).unwrap_or_default();
    if let Some(place) = place
        && about.adds(place.absolute())
    {
        ground.journal.set_about(job, about.to_json())?;
    }
    let source = Source { file: &file, ledger: Some((&ground.journal, job)) };
    let first = about.places.first();
    let own = place
        .or(first.map(|(dir, stem)| Place { dir, stem }))
        .unwrap_or(Place { dir: Path::new("."), stem: "job" });
    let written: Written = write_report(&source, &own.options(lang, ground, &about))?;
    tracing::debug!("reported");
    // Links that are void now must not stand in the other ones.
    for (dir, stem) in about.places.iter().filter(|other| **other != own.absolute()) {
        let other = Place { dir, stem };
        if crate::report::is_there(&other.options(lang, ground, &about))
            && let Err(error) = write_report(&source, &other.options(lang, ground, &about))
        {
            tracing::warn!(%error, "an older report of the same job stays as it is");
        }
    }
    let requests = ground.journal.requests(job)?;
    Ok(Ran {
        written,
        ended,
        told: file.problems_in_rows(Severity::Correction, MOST_TOLD)?,
        requests,
        extra_requests: requests.saturating_sub(ground.journal.needed_requests(job)?),
    })
}
