//! `tracing` to stderr, and to a file where the settings name one. What is logged names
//! codes, counts, jobs and request ids, never what a cell holds. Names of files stand in the
//! JSON log on stderr only, which has nothing else beside it: there each line is an event.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Instant;

use serde_json::{Map, Value as Json, json};
use tracing::{Level, Subscriber};
use tracing_subscriber::filter::{EnvFilter, FilterExt as _, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::jobs::{NAMES_FILES, Outcome};
use crate::platform::daily::DailyFile;
use crate::settings::Settings;

use super::args::{Command, Common, LogFormat};
use super::typed::command_typed;
use super::{Exit, bare};

/// Known once the settings are; nothing is opened before there is a line.
static FILE: OnceLock<DailyFile> = OnceLock::new();

/// Stderr is the JSON log's alone.
static IS_JSON: AtomicBool = AtomicBool::new(false);
static BEGUN: OnceLock<Instant> = OnceLock::new();
/// What came of each file, for the last event.
static ENDED: Mutex<Vec<Json>> = Mutex::new(Vec::new());

/// Known before anything is parsed: what is wrong with the flags is an event, too.
pub fn begin(format: Option<&str>) {
    let _ = BEGUN.set(Instant::now());
    if format != Some("json") {
        return;
    }
    IS_JSON.store(true, Ordering::Relaxed);
    std::panic::set_hook(Box::new(|panic| {
        // Its message may quote what is in a cell.
        let place = panic.location().map(|at| format!("{}:{}", at.file(), at.line()));
        event("ERROR", "panic", json!({ "place": place }));
    }));
}

pub fn is_json() -> bool {
    IS_JSON.load(Ordering::Relaxed)
}

/// A line for a person on stderr; in a JSON log an event. Whoever reads it may have gone away.
pub fn say(line: &str) {
    if !is_json() {
        let _ = writeln!(io::stderr().lock(), "{}", crate::text::harmless(line));
    } else if !line.trim().is_empty() {
        event("INFO", "message", json!({ "text": line.trim() }));
    }
}

/// A line of the JSON log, in the form of those that `tracing` writes.
fn event(level: &str, message: &str, more: Json) {
    let mut fields = Map::from_iter([("message".to_owned(), Json::from(message))]);
    if let Json::Object(more) = more {
        fields.extend(more);
    }
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.6fZ").to_string();
    let line = json!({"timestamp": now, "level": level, "target": "flowbatch", "fields": fields});
    let _ = writeln!(io::stderr().lock(), "{}", crate::text::escaped(&line.to_string()));
}

/// The first event.
pub fn started(command: &Command) {
    let files: &[PathBuf] = match command {
        Command::Run(args) | Command::Open(args) => &args.input.files,
        Command::Check(args) => &args.input.files,
        Command::Watch(args) => &args.dirs,
        _ => &[],
    };
    start_event(command_typed(), files);
}

/// The same of flags that nobody can read: it is the first event, too, and says which command
/// was meant as far as that is known.
pub fn started_with(arguments: &[OsString]) {
    start_event(bare::command(arguments).as_deref(), &[]);
}

fn start_event(command: Option<&str>, files: &[PathBuf]) {
    if is_json() {
        let (version, pid) = (env!("CARGO_PKG_VERSION"), std::process::id());
        event("INFO", "start", json!({"version": version, "command": command, "files": files, "pid": pid}));
    }
}

/// What came of files, for the last event.
pub fn note(outcomes: &[Outcome]) {
    let mut ended = ENDED.lock().unwrap_or_else(PoisonError::into_inner);
    ended.extend(outcomes.iter().map(|outcome| {
        let ran = outcome.result.as_ref().ok();
        json!({
            "job": outcome.job, "file": outcome.path, "exit_code": super::run::exit_of(outcome) as u8,
            "contracts": ran.map(|ran| ran.written.tally), "requests": ran.map(|ran| ran.sent),
        })
    }));
}

/// The last event.
pub fn ended(exit: Exit) -> Exit {
    if is_json() {
        let jobs = std::mem::take(&mut *ENDED.lock().unwrap_or_else(PoisonError::into_inner));
        let seconds = BEGUN.get().map_or(0.0, |begun| begun.elapsed().as_secs_f64());
        let own = json!({"exit_code": exit as u8, "duration_seconds": seconds, "jobs": jobs});
        event("INFO", "end", own);
    }
    exit
}

pub fn start(common: &Common) {
    let default = match common.verbose {
        // Who asks for events wants some.
        0 if is_json() => "flowbatch=info",
        0 => "flowbatch=warn",
        1 => "flowbatch=info",
        _ => "flowbatch=debug",
    };
    let filter = EnvFilter::try_from_env("FLOWBATCH_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let colours = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let own = common.verbose;
    let to_file = filter_fn(move |about| {
        let level = if own > 1 { Level::DEBUG } else { Level::INFO };
        let target = about.target();
        let is_ours = target.starts_with("flowbatch") && target != NAMES_FILES;
        FILE.get().is_some() && is_ours && *about.level() <= level
    });
    let nameless = filter_fn(|about| about.target() != NAMES_FILES);
    let file = || ToFile;
    // A second start in the same process keeps the first one's subscriber.
    let _ = match common.log_format {
        LogFormat::Text => tracing_subscriber::registry()
            .with(
                layer()
                    .with_writer(io::stderr)
                    .with_ansi(colours)
                    .with_target(false)
                    .with_filter(filter.and(nameless)),
            )
            .with(layer().with_writer(file).with_ansi(false).with_target(false).with_filter(to_file))
            .try_init(),
        LogFormat::Json => tracing_subscriber::registry()
            .with(layer().json().with_writer(io::stderr).with_filter(filter))
            .with(layer().json().with_writer(file).with_filter(to_file))
            .try_init(),
    };
}

fn layer<S: Subscriber + for<'a> LookupSpan<'a>>() -> fmt::Layer<S> {
    // It would panic where nobody reads stderr any more, and end the run.
    fmt::layer().log_internal_errors(false)
}

/// From here on the log goes to that file, too.
pub fn to_file(settings: &Settings) {
    if let Some(log) = &settings.log {
        let _ = FILE.set(DailyFile::new(&log.path, log.keep, log.most));
    }
}

/// A log that cannot be written ends no run, and is said once.
struct ToFile;

impl io::Write for ToFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Some(file) = FILE.get()
            && let Some(error) = file.append(line)
        {
            err!("{}: {error}", file.path().display());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
