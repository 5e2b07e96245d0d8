//! `flowbatch watch`.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::essbasic::client::proxy_to;
use crate::jobs::{self, Approval, Approve, Failure, Request, Workspace};
use crate::journal::Journal;
use crate::messages::failures;
use crate::metrics::Metrics;
use crate::runner::Stop;
use crate::settings::{Environment, Remembered, Settings, credentials};
use crate::table::ReadOptions;
use crate::text::{Lang, folder as words};
use crate::watch::{Contents, Ended, MakeWorkspace, Ports, Watch, WatchError};

use super::args::{Common, WatchArgs};
use super::run::{tell_journal, tell_settings};
use super::{Exit, print, progress, signals};

/// How often data past its time is erased.
const PURGE_EVERY: Duration = Duration::from_secs(6 * 3600);

pub async fn watch(args: &WatchArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let (settings, journal) = match prepare(common, environment, lang) {
        Ok(prepared) => prepared,
        Err(failure) => return print::command_failure(lang, false, &failure),
    };
    let stop = signals::listen(Some(lang));
    let contents = Contents::default();
    let metrics = progress::metrics(lang, &settings, &journal);
    let mut watches = Vec::new();
    for dir in &args.dirs {
        let own = Settings::load_for_folder(common.config.as_deref(), environment, dir);
        let own = match own.and_then(|own| own.refuse_made_up().map(|()| own)) {
            Ok(own) => own,
            Err(error) => {
                err!("{}", words::settings(lang, dir, &failures::settings(lang, &error)));
                return Exit::Usage;
            }
        };
        let ports = Ports {
            settings: own,
            config: common
                .config
                .as_deref()
                .map(|config| std::path::absolute(config).unwrap_or(config.to_owned())),
            journal: journal.clone(),
            lang,
            stop: stop.clone(),
            workspace: workspace(environment.clone(), journal.clone(), stop.clone(), lang, metrics.clone()),
            request: Arc::new(move |path, settings| request(path, settings, lang)),
            contents: contents.clone(),
            explain: print::failure_words,
            tell: Arc::new(|line| out!("{line}")),
        };
        match Watch::begin(dir, ports) {
            Ok(watch) => watches.push(watch),
            Err(error) => {
                let said = words::error(lang, dir, &error, &settings.zone);
                err!("{}", said.what);
                err!("  {}", said.todo);
                let is_taken = matches!(error, WatchError::Taken { .. });
                return if is_taken { Exit::Stopped } else { Exit::Usage };
            }
        }
    }
    tokio::spawn(purge(journal, settings.zone, settings.retention, lang));
    let mut ends = Vec::new();
    for watch in watches {
        // A share that hangs holds up its own thread only.
        let (sender, receiver) = oneshot::channel();
        let runtime = Handle::current();
        let begun = std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
            // Whoever would hear it has gone.
            let _ = sender.send(runtime.block_on(watch.run()));
        });
        if let Err(error) = begun {
            err!("flowbatch: {error}");
            return Exit::Other;
        }
        ends.push(receiver);
    }
    let mut exit = Exit::Done;
    for end in ends {
        exit = exit.max(match end.await {
            Ok(Ended::Clean) => Exit::Done,
            Ok(Ended::Unfinished | Ended::Lost) => Exit::Stopped,
            // It has panicked; its files are where they were.
            Err(_) => Exit::Stopped,
        });
    }
    exit
}

/// What all folders have in common: the keys are only looked for, as each file takes them anew.
fn prepare(
    common: &Common,
    environment: &Environment,
    lang: Lang,
) -> Result<(Settings, Arc<Journal>), Failure> {
    let settings = Settings::load(common.config.as_deref(), environment)?;
    tell_settings(lang, &settings);
    proxy_to(&settings.endpoint, &settings.proxies)?;
    if settings.credentials.is_none() {
        credentials::find(environment)?;
    }
    let journal = Arc::new(Journal::open(&settings.state_folder()?)?);
    tell_journal(lang, &journal);
    Ok((settings, journal))
}

/// What is past its time goes for as long as somebody watches.
async fn purge(journal: Arc<Journal>, zone: TimeZone, retention: Duration, lang: Lang) {
    loop {
        match jobs::purge(&journal, &zone, retention, jobs::PurgeWord::Time).await {
            Ok(erased) => print::purged_with_pages(lang, &erased),
            Err(_) => tracing::warn!("data past its time was not erased"),
        }
        tokio::time::sleep(PURGE_EVERY).await;
    }
}

/// In a folder there is nobody to ask: a file that was moved to `approved` is the word.
fn approve_by(approves: bool) -> Approve {
    Box::new(move |_, _| if approves { Approval::Yes } else { Approval::Nobody })
}

fn workspace(
    environment: Environment,
    journal: Arc<Journal>,
    stop: tokio::sync::watch::Receiver<Stop>,
    lang: Lang,
    metrics: Option<Arc<Metrics>>,
) -> MakeWorkspace {
    Arc::new(move |settings| {
        settings.refuse_made_up()?;
        // They may have been mended since the last file.
        let credentials = match settings.credentials.clone() {
            Some(own) => own,
            None => credentials::find(&environment)?,
        };
        let workspace = Workspace {
            tell_first: print::tell_first(lang),
            tell_ticks: print::tell_ticks(lang),
            // Contracts start at once only where a person has approved each file.
            approve: approve_by(settings.watch.approve),
            ..Workspace::new(settings.clone(), credentials, Arc::clone(&journal), stop.clone())
        };
        Ok(progress::listening(lang, true, metrics.as_ref(), workspace))
    })
}

/// The file as `run` without a flag takes it; answers are those of the settings, and what was
/// remembered since.
fn request(path: &Path, settings: &Settings, lang: Lang) -> Request {
    Request {
        hidden_rows: settings.hidden_rows.into(),
        remembered: settings.state_folder().map(|state| Remembered::load(&state)).unwrap_or_default(),
        read: ReadOptions { child: std::env::current_exe().ok(), ..ReadOptions::default() },
        ..Request::of(vec![path.to_owned()], lang)
    }
}
