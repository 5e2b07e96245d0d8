//! `flowbatch status`, `report`, `retry` and `purge`.

use std::collections::HashMap;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;
use std::sync::Arc;

use secrecy::SecretString;

use crate::domain::job::JobId;
use crate::essbasic::tc3::Credentials;
use crate::jobs::{self, Failure, Outcome, PurgeRisk, Ran, Workspace};
use crate::journal::Journal;
use crate::pace::Folder;
use crate::settings::credentials::{Found, Source};
use crate::settings::{Environment, Settings};
use crate::text::{Lang, console};

use super::args::{Common, Instead, JobArgs, PurgeArgs, RetryArgs, StatusArgs};
use super::run::{Live, approver, exit_of, live, tell_journal, tell_settings};
use super::typed::typed;
use super::{Exit, json, logging, print, progress, results, signals};

pub fn status(args: &StatusArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let look = || {
        let (settings, journal) = offline(common, environment, lang)?;
        let job =
            args.job.as_deref().map(|job| jobs::named_job(&journal, &settings.zone, job)).transpose()?;
        let standings = jobs::status(&journal, &settings, job.as_ref())?;
        let slots = jobs::pace_folder(&settings, &journal);
        Ok::<_, Failure>((settings, journal, standings, slots))
    };
    match look() {
        Err(failure) => print::command_failure(lang, args.json, &failure),
        Ok((settings, journal, standings, _)) if args.json => {
            json::status_json(lang, &journal, &settings, &standings);
            Exit::Done
        }
        Ok((settings, _, standings, slots)) => {
            print::status(lang, &standings, &settings.zone);
            if let Ok(folder) = settings.state_folder() {
                out!("{}", console::status::folder(lang, &folder));
            }
            if let Folder::Journal { path, instead_of } = &slots {
                out!("{}", console::status::quota_of_journal(lang, path, instead_of.as_deref()));
            }
            Exit::Done
        }
    }
}

pub fn report(args: &JobArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let workspace = match offline(common, environment, lang) {
        Ok((settings, journal)) => {
            // Nothing is sent, so no keys are needed.
            let keys =
                Credentials { secret_id: String::new(), secret_key: SecretString::from(""), token: None };
            let nobody = Found { keys, source: Source::Environment };
            let (_, stop) = tokio::sync::watch::channel(crate::runner::Stop::No);
            Workspace {
                tell_ticks: print::tell_ticks(lang),
                ..Workspace::new(settings, nobody, Arc::new(journal), stop)
            }
        }
        Err(failure) => return print::command_failure(lang, args.json, &failure),
    };
    let job = match jobs::named_job(&workspace.journal, &workspace.settings.zone, &args.job) {
        Ok(job) => job,
        Err(failure) => return print::command_failure(lang, args.json, &failure),
    };
    let result = jobs::report_again(&workspace, lang, &job, args.out.as_deref());
    show(args, lang, &workspace, job, result)
}

pub async fn retry(args: &RetryArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let RetryArgs { job: args, start_now, without_template_check, keep_going, .. } = args;
    let workspace = match online(args.json, common, environment, lang) {
        Ok(mut workspace) => {
            workspace.settings.check_templates &= !without_template_check;
            Workspace { approve: approver(lang, *start_now, args.json), ..workspace }
        }
        Err(failure) => return print::command_failure(lang, args.json, &failure),
    };
    let job = match jobs::named_job(&workspace.journal, &workspace.settings.zone, &args.job) {
        Ok(job) => job,
        Err(failure) => return print::command_failure(lang, args.json, &failure),
    };
    let result = jobs::retry(&workspace, lang, &job, args.out.as_deref(), *keep_going).await;
    show(args, lang, &workspace, job, result)
}

pub async fn purge(args: &PurgeArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let (settings, journal) = match offline(common, environment, lang) {
        Ok(opened) => opened,
        Err(failure) => return print::failure(lang, None, &failure),
    };
    let journal = Arc::new(journal);
    progress::metrics(lang, &settings, &journal);
    let older_than = args.older_than.unwrap_or(settings.retention);
    let purged = async {
        let risk = jobs::purge_risk(&journal, older_than, settings.retention)?;
        if risk.in_doubt > 0 {
            err!("{}", console::status::purge_doubts(lang, risk.in_doubt, args.yes));
        }
        if !args.yes && risk.needs_a_word() && !may_purge(lang, &risk) {
            return Ok(None);
        }
        let word = jobs::PurgeWord::Somebody { doubts: args.yes };
        jobs::purge(&journal, &settings.zone, older_than, word).await.map(Some)
    };
    match purged.await {
        Ok(Some(erased)) => {
            print::purged(lang, &erased);
            Exit::Done
        }
        Ok(None) => {
            let mut command = typed(None, None);
            command.push("--yes".to_owned());
            err!("{}", console::status::purge_needs_a_word(lang, &console::command(&command)));
            Exit::Usage
        }
        Err(failure) => print::failure(lang, None, &failure),
    }
}

/// Only a person can know whether those links are still wanted.
fn may_purge(lang: Lang, risk: &PurgeRisk) -> bool {
    err!("{}", console::status::purge_risk(lang, risk.unconfirmed, risk.unsigned, risk.young));
    if !std::io::stdin().is_terminal() {
        return false;
    }
    err!("{}", console::status::purge_asks(lang));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.is_ok() && console::pages::is_yes(&line)
}

fn show(args: &JobArgs, lang: Lang, workspace: &Workspace, job: JobId, result: Result<Ran, Failure>) -> Exit {
    let path = jobs::files_of(&workspace.journal, &job)
        .into_iter()
        .next()
        .unwrap_or_else(|| PathBuf::from(&args.job));
    let outcome = Outcome { path, job: Some(job), result, known: false };
    logging::note(std::slice::from_ref(&outcome));
    if args.json {
        json::run_json(lang, std::slice::from_ref(&outcome), workspace, &HashMap::new());
    } else {
        results::outcome(lang, &outcome, workspace, false);
    }
    exit_of(&outcome)
}

/// Without keys: nothing is sent.
pub fn offline(
    common: &Common,
    environment: &Environment,
    lang: Lang,
) -> Result<(Settings, Journal), Failure> {
    let settings = Settings::load(common.config.as_deref(), environment)?;
    tell_settings(lang, &settings);
    let journal = Journal::open_to_look(&settings.state_folder()?)?;
    tell_journal(lang, &journal);
    Ok((settings, journal))
}

pub fn online(
    quiet: bool,
    common: &Common,
    environment: &Environment,
    lang: Lang,
) -> Result<Workspace, Failure> {
    online_with(Instead::default(), quiet, common, environment, lang)
}

pub fn online_with(
    instead: Instead<'_>,
    quiet: bool,
    common: &Common,
    environment: &Environment,
    lang: Lang,
) -> Result<Workspace, Failure> {
    let Live { settings, credentials, journal } = live(common, instead, environment, lang)?;
    let metrics = progress::metrics(lang, &settings, &journal);
    let stop = signals::listen(Some(lang));
    let workspace = Workspace {
        tell_first: print::tell_first(lang),
        tell_ticks: print::tell_ticks(lang),
        ..Workspace::new(settings, credentials, journal, stop)
    };
    Ok(progress::listening(lang, quiet, metrics.as_ref(), workspace))
}
