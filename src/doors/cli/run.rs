//! `flowbatch run`.

use std::collections::HashMap;
use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::domain::problem::Rule;
use crate::domain::understood::Understood;
use crate::essbasic::client::proxy_to;
use crate::essbasic::tc3::Credentials;
use crate::intake::HiddenRows;
use crate::jobs::{self, Approval, Approve, Ended, Failure, Outcome, Request, Workspace};
use crate::journal::Journal;
use crate::platform::trust;
use crate::sandbox::{Options, Sandbox};
use crate::settings::credentials::{self, Found, Source};
use crate::settings::{Environment, Remembered, Settings, SettingsError};
use crate::text::{Lang, console};

use super::args::{Common, IfBusy, InputArgs, Instead, RunArgs};
use super::{Exit, files, held, json, logging, notices, preview, print, progress, results, sandbox, signals};

pub async fn run(args: &RunArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let mut request = args.input.request(lang);
    match files::given(&args.input.files, args.input.json, lang) {
        Ok(given) => (request.files, request.several) = (given.files, given.several),
        Err(exit) => return exit,
    }
    if !args.input.json {
        held::hold();
    }
    let approve = approver(lang, args.start_now || args.sandbox, args.sandbox || args.input.json);
    run_order(request, args, common, environment, lang, approve).await
}

/// Runs files that are known to be there.
pub async fn run_order(
    mut request: Request,
    args: &RunArgs,
    common: &Common,
    environment: &Environment,
    lang: Lang,
    approve: Approve,
) -> Exit {
    request.skip_busy = args.if_busy == IfBusy::Skip;
    request.first = args.first.map(|first| first as usize);
    request.skip_invalid = args.skip_invalid;
    request.keep_going = args.keep_going;
    let prepared = match prepare(args, common, environment, lang).await {
        Ok(prepared) => prepared,
        Err(failure) => {
            if !args.sandbox {
                notices::of_command(common, environment, &request.files, lang).await;
            }
            return print::command_failure(lang, args.input.json, &failure);
        }
    };
    let Prepared { mut settings, credentials, journal, stand_in, _state } = prepared;
    settings.sign_links |= args.sign_links;
    settings.check_templates &= !args.without_template_check;
    if let Some(end) = settings.action.announced_end().filter(|_| std::io::stderr().is_terminal()) {
        err!(
            "{}",
            console::start::past_its_end(lang, settings.action.wire_name(), end.get(..10).unwrap_or(end))
        );
    }
    if let Err(failure) = names(&mut request, &args.input, &settings, lang) {
        return print::command_failure(lang, args.input.json, &failure);
    }
    let seen: Arc<Mutex<HashMap<PathBuf, Understood>>> = Arc::default();
    let shown = Arc::clone(&seen);
    let shows = !args.quiet && !args.input.json;
    // What is rehearsed counts nowhere.
    let metrics = if args.sandbox { None } else { progress::metrics(lang, &settings, &journal) };
    let workspace = Workspace {
        sandbox: args.sandbox,
        wait: Box::new(move |path, left| held::remark(console::events::still_copied(lang, path, left))),
        tell_first: print::tell_first(lang),
        tell_ticks: print::tell_ticks(lang),
        show: Box::new(move |path, understood| {
            if let Ok(mut seen) = shown.lock() {
                seen.insert(path.to_owned(), understood.clone());
            }
            held::news();
            if shows {
                print::understood(lang, path, understood);
            }
        }),
        approve,
        ..Workspace::new(settings, credentials, journal, signals::listen(Some(lang)))
    };
    let workspace = progress::listening(lang, !shows, metrics.as_ref(), workspace);
    if let Some(most) = args.preview {
        let result = jobs::preview(&request, &workspace, usize::from(most)).await;
        if let Some(stand_in) = stand_in {
            // Nothing of it is needed any more.
            let _ = stand_in.stop().await;
        }
        return preview::shown(lang, args.input.json, result);
    }
    let result = jobs::run(&request, &workspace).await;
    if let Some(stand_in) = stand_in {
        // Its ledger is in memory only: nothing can be lost here.
        let _ = stand_in.stop().await;
    }
    let mut outcomes = match result {
        Ok(outcomes) => outcomes,
        Err(failure) => return print::command_failure(lang, args.input.json, &failure),
    };
    logging::note(&outcomes);
    if args.input.json {
        let seen = seen.lock().map(|seen| seen.clone()).unwrap_or_default();
        json::run_json(lang, &outcomes, &workspace, &seen);
    } else {
        for outcome in &mut outcomes {
            if let Ok(ran) = &mut outcome.result {
                // Told before: once is enough.
                let is_before = matches!(ran.ended, Ended::Before);
                ran.told.retain(|(problem, _)| match problem.rule {
                    Rule::SentElsewhere { .. } => is_before,
                    Rule::RestLeftOut { .. } => false,
                    _ => true,
                });
            }
            results::outcome(lang, outcome, &workspace, args.sandbox);
        }
    }
    if !args.sandbox {
        notices::of_outcomes(&outcomes, &workspace, lang).await;
    }
    let sent = outcomes.iter().any(|outcome| matches!(&outcome.result, Ok(ran) if ran.sent > 0));
    exit_of_several(outcomes.iter().map(exit_of), sent)
}

/// Whether contracts may be started: somebody has said so beforehand, or is asked.
/// `silent`: nobody looks.
pub fn approver(lang: Lang, said: bool, silent: bool) -> Approve {
    Box::new(move |_, start| {
        if said {
            if !silent {
                err!("{}", console::start::what_happens(lang, start));
            }
            return Approval::Yes;
        }
        if silent || !std::io::stdin().is_terminal() {
            return Approval::Nobody;
        }
        err!("{}", console::start::what_happens(lang, start));
        if let Some(trial) = console::start::trial_first(lang, start) {
            err!("{trial}");
        }
        err!("{}", console::start::asks(lang));
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        if read.is_ok() && console::pages::is_yes(&line) { Approval::Yes } else { Approval::No }
    })
}

/// The exit of several files: the first that applies of 1, 5, 4, 3, 0; a 3 becomes 4 if
/// this call sent anything. (A 2, of settings that one file lacks, counts like a 3.)
pub fn exit_of_several(exits: impl Iterator<Item = Exit>, sent: bool) -> Exit {
    let severity = |exit: &Exit| match exit {
        Exit::Done => 0,
        Exit::Input => 1,
        Exit::Usage => 2,
        Exit::Rows => 3,
        Exit::Stopped => 4,
        Exit::Other => 5,
    };
    match exits.max_by_key(severity).unwrap_or(Exit::Done) {
        Exit::Input | Exit::Usage if sent => Exit::Rows,
        exit => exit,
    }
}

pub fn exit_of(outcome: &Outcome) -> Exit {
    match &outcome.result {
        Err(failure) => print::exit_of_failure(failure),
        Ok(ran) => match ran.ended {
            // Wherever it got to in the end, nobody looks for it there.
            _ if ran.misplaced.is_some() => Exit::Other,
            Ended::Stopped(_) => Exit::Stopped,
            _ if ran.written.tally.to_fix() > 0 => Exit::Rows,
            Ended::Trial
            | Ended::TrialBefore
            | Ended::NoneEnded
            | Ended::NoneLeft
            | Ended::NothingFailed
            | Ended::Partly
            | Ended::InDoubt
            | Ended::Finished
            | Ended::Before => Exit::Done,
        },
    }
}

struct Prepared {
    settings: Settings,
    credentials: Found,
    journal: Arc<Journal>,
    stand_in: Option<Sandbox>,
    /// A throwaway folder lives as long as this.
    _state: Option<tempfile::TempDir>,
}

async fn prepare(
    args: &RunArgs,
    common: &Common,
    environment: &Environment,
    lang: Lang,
) -> Result<Prepared, Failure> {
    if !args.sandbox {
        let Live { settings, credentials, journal } = live(common, args.input.instead(), environment, lang)?;
        // What is past its time goes whenever someone comes by.
        let erased = jobs::purge(&journal, &settings.zone, settings.retention, jobs::PurgeWord::Time).await?;
        print::purged_with_pages(lang, &erased);
        return Ok(Prepared { settings, credentials, journal, stand_in: None, _state: None });
    }
    let mut settings = Settings::load_for_sandbox(common.config.as_deref(), environment)?;
    args.input.instead().settle(&mut settings)?;
    tell_settings(lang, &settings);
    // Real keys and the real journal are not even looked at.
    settings.for_sandbox();
    let made_up = sandbox::made_up();
    let options = Options { credentials: vec![made_up.clone()], ..Options::default() };
    let stand_in = Sandbox::start(options)
        .await
        .map_err(|error| Failure::Client(crate::essbasic::client::ClientError::Build(error.to_string())))?;
    settings.endpoint = stand_in.endpoint();
    clear_rehearsals();
    let state = tempfile::Builder::new().prefix(REHEARSAL).tempdir().map_err(|error| {
        SettingsError::Unreadable { path: std::env::temp_dir(), detail: error.to_string() }
    })?;
    // Slots of a rehearsal are nobody else's: its folder is new.
    settings.pace_folder = Some(state.path().join("pace"));
    let journal = Arc::new(Journal::open(state.path())?);
    let keys =
        Credentials { secret_id: made_up.secret_id, secret_key: made_up.secret_key, token: made_up.token };
    let credentials = Found { keys, source: Source::Environment };
    Ok(Prepared { settings, credentials, journal, stand_in: Some(stand_in), _state: Some(state) })
}

/// How the folders of rehearsals begin.
const REHEARSAL: &str = "flowbatch-rehearsal-";
/// One without a lock may be just being made.
const BEING_MADE: Duration = Duration::from_secs(3600);

/// A rehearsal that was killed leaves its folder, with the contracts' data.
fn clear_rehearsals() {
    let Ok(entries) = std::fs::read_dir(std::env::temp_dir()) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_one = entry.file_name().to_string_lossy().starts_with(REHEARSAL);
        if !is_one || !trust::is_mine(&path) || !entry.file_type().is_ok_and(|found| found.is_dir()) {
            continue;
        }
        let age =
            entry.metadata().and_then(|found| found.modified()).map(|at| at.elapsed().unwrap_or_default());
        let is_old = age.is_ok_and(|age| age > BEING_MADE);
        if Journal::is_in_use(&path).map_or(is_old, |in_use| !in_use) {
            // What cannot be removed now is left to the next one.
            let _ = std::fs::remove_dir_all(&path);
        }
    }
}

/// What is to be known of the settings in use; from here on the log goes where they say.
pub fn tell_settings(lang: Lang, settings: &Settings) {
    logging::to_file(settings);
    for warning in &settings.warnings {
        held::remark(crate::messages::failures::settings_warning(lang, warning));
    }
}

/// What is to be known of the state folder.
pub fn tell_journal(lang: Lang, journal: &Journal) {
    for note in journal.notes() {
        held::remark(crate::messages::failures::journal_note(lang, journal.dir(), *note));
    }
}

/// What work against the real endpoint needs.
pub struct Live {
    pub settings: Settings,
    pub credentials: Found,
    pub journal: Arc<Journal>,
}

pub fn live(
    common: &Common,
    instead: Instead<'_>,
    environment: &Environment,
    lang: Lang,
) -> Result<Live, Failure> {
    let mut settings = Settings::load(common.config.as_deref(), environment)?;
    instead.settle(&mut settings)?;
    tell_settings(lang, &settings);
    settings.refuse_made_up()?;
    // Told before anything else is done: without the proxy nothing can be sent.
    proxy_to(&settings.endpoint, &settings.proxies)?;
    let credentials = match settings.credentials.clone() {
        Some(own) => own,
        None => credentials::find(environment)?,
    };
    let journal = Arc::new(Journal::open(&settings.state_folder()?)?);
    tell_journal(lang, &journal);
    Ok(Live { settings, credentials, journal })
}

/// Names of columns: kept for later if someone says so, else taken from earlier.
pub fn names(
    request: &mut Request,
    input: &InputArgs,
    settings: &Settings,
    lang: Lang,
) -> Result<(), Failure> {
    let remember = input.remember;
    if request.hidden_rows == HiddenRows::Ask {
        request.hidden_rows = settings.hidden_rows.into();
    }
    if request.per_page.is_some() && settings.action.preparing().is_none() {
        held::remark(console::start::no_pages(lang, settings.action.wire_name()));
    }
    (request.forgets, request.remembers) = (input.forget, input.remember);
    if input.forget {
        let has_some = request.forget(settings)?;
        held::remark(console::forgotten(lang, has_some));
    }
    if let Ok(state) = settings.state_folder() {
        request.remembered = Remembered::load(&state);
    }
    if request.said.is_empty() {
        if remember {
            held::remark(console::nothing_to_remember(lang));
        }
        return Ok(());
    }
    if remember {
        if request.remember(settings)? {
            err!("{}", console::remembered(lang));
        }
    } else {
        held::remark(console::may_remember(lang));
    }
    Ok(())
}
