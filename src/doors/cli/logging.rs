//! `tracing` to stderr, and to a file where the settings name one. What is logged names
//! codes, counts, jobs and request ids, never what a cell holds, nor a file's name.

use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;

use tracing::{Level, Subscriber};
use tracing_subscriber::filter::{EnvFilter, filter_fn};
use tracing_subscriber::fmt;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::platform::daily::DailyFile;
use crate::settings::Settings;

use super::args::{Common, LogFormat};

/// Known once the settings are; nothing is opened before there is a line.
static FILE: OnceLock<DailyFile> = OnceLock::new();

pub fn start(common: &Common) {
    let default = match common.verbose {
        0 => "flowbatch=warn",
        1 => "flowbatch=info",
        _ => "flowbatch=debug",
    };
    let filter = EnvFilter::try_from_env("FLOWBATCH_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let colours = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let own = common.verbose;
    let to_file = filter_fn(move |about| {
        let level = if own > 1 { Level::DEBUG } else { Level::INFO };
        FILE.get().is_some() && about.target().starts_with("flowbatch") && *about.level() <= level
    });
    let file = || ToFile;
    // A second start in the same process keeps the first one's subscriber.
    let _ = match common.log_format {
        LogFormat::Text => tracing_subscriber::registry()
            .with(layer().with_writer(io::stderr).with_ansi(colours).with_target(false).with_filter(filter))
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
        let _ = FILE.set(DailyFile::new(&log.path, log.keep));
    }
}

fn say(file: &DailyFile, error: &io::Error) {
    err!("{}: {error}", file.path().display());
}

/// A log that cannot be written ends no run, and is said once.
struct ToFile;

impl io::Write for ToFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if let Some(file) = FILE.get()
            && let Some(error) = file.append(line)
        {
            say(file, &error);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
