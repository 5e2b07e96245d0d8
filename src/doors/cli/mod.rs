//! The command line.

/// A line on stdout. Whoever reads it may have gone away (`| head`): that ends no run.
macro_rules! out {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let line = format!($($words)*);
        let _ = writeln!(std::io::stdout().lock(), "{}", $crate::text::harmless(&line));
    }};
}

/// A line on stderr, with the same patience.
macro_rules! err {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let line = format!($($words)*);
        let _ = writeln!(std::io::stderr().lock(), "{}", $crate::text::harmless(&line));
    }};
}

/// Some document did not reach its program.
static IS_UNWRITTEN: AtomicBool = AtomicBool::new(false);

/// A document for a program on stdout, whole. Where it cannot be written the command
/// fails: a program that waits for it must not take silence for an answer.
fn print_document(document: &serde_json::Value) {
    use std::io::Write as _;
    let text = crate::text::escaped(&format!("{document:#}"));
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{text}").and_then(|()| out.flush()).is_err() {
        IS_UNWRITTEN.store(true, Ordering::Relaxed);
    }
}

mod args;
mod bare;
mod check;
mod chinese;
mod doctor;
mod files;
mod held;
mod init;
mod jobs;
mod json;
mod logging;
mod notices;
mod pages;
mod preview;
mod print;
mod progress;
mod results;
mod run;
mod sandbox;
mod signals;
mod slips;
mod template;
mod watch;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::settings::{self, Environment};
use crate::text::Lang;

use args::{Arguments, Command};

/// Exit codes: one table, kept stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Exit {
    /// Nothing is left to act on.
    Done = 0,
    /// Anything else.
    Other = 1,
    /// Usage or settings.
    Usage = 2,
    /// The input is not valid, or there is a question; nothing was sent.
    Input = 3,
    /// Finished, but some rows are rejected, invalid or in doubt.
    Rows = 4,
    /// Stopped early: run again to go on.
    Stopped = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Runs the command line and returns its exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    if arguments.get(1).is_some_and(|first| first == crate::table::CHILD_COMMAND) {
        return crate::table::serve_child(&arguments[2..]);
    }
    leave_no_core_dump();
    let environment = Environment::of_process();
    // The language is wanted for what may be wrong with the flags themselves.
    let config = flag(&arguments, "--config").map(Path::new);
    let chinese = language(flag(&arguments, "--lang"), config, &environment) == Lang::Zh;
    bare::complete(&mut arguments);
    let parsed = match parse(&arguments, chinese) {
        Ok(parsed) => parsed,
        Err(exit) => return exit.into(),
    };
    let lang = language(parsed.common.lang.as_deref(), parsed.common.config.as_deref(), &environment);
    logging::start(&parsed.common);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            err!("flowbatch: {error}");
            return Exit::Other.into();
        }
    };
    let exit = runtime.block_on(async {
        match &parsed.command {
            Command::Run(args) => run::run(args, &parsed.common, &environment, lang).await,
            Command::Open(args) => bare::open(args, &parsed.common, &environment, lang).await,
            Command::Check(args) => check::check(args, &parsed.common, &environment, lang).await,
            Command::Watch(args) => watch::watch(args, &parsed.common, &environment, lang).await,
            Command::Status(args) => jobs::status(args, &parsed.common, &environment, lang),
            Command::Report(args) => jobs::report(args, &parsed.common, &environment, lang),
            Command::Retry(args) => jobs::retry(args, &parsed.common, &environment, lang).await,
            Command::Renew(args) => pages::renew(args, &parsed.common, &environment, lang).await,
            Command::Pages(args) => pages::pages(args, &parsed.common, &environment, lang),
            Command::Confirm(args) => pages::confirm(args, &parsed.common, &environment, lang),
            Command::Purge(args) => jobs::purge(args, &parsed.common, &environment, lang).await,
            Command::Template(args) => template::template(args, &parsed.common, &environment, lang).await,
            Command::Completions(args) => {
                let mut command = Arguments::command();
                let mut script = Vec::new();
                clap_complete::generate(args.shell, &mut command, "flowbatch", &mut script);
                use std::io::Write as _;
                let _ = std::io::stdout().lock().write_all(&script);
                Exit::Done
            }
            Command::Doctor(args) => doctor::doctor(args, &parsed.common, &environment, lang).await,
            Command::Init(args) => init::init(args, &parsed.common, lang),
            Command::Man(args) => init::man(args, lang),
            Command::Sandbox(args) => sandbox::serve(args, &environment, lang).await,
        }
    });
    if IS_UNWRITTEN.load(Ordering::Relaxed) {
        return Exit::Other.into();
    }
    exit.into()
}

/// The command line in words of ours; whatever is wrong with it was said.
fn parse(arguments: &[OsString], chinese: bool) -> Result<Arguments, Exit> {
    let lang = if chinese { Lang::Zh } else { Lang::En };
    let mut command = match chinese {
        true => chinese::translated(Arguments::command()).after_help(crate::text::help::EXAMPLES),
        false => Arguments::command(),
    };
    let matches = command.try_get_matches_from_mut(arguments);
    let slip = match &matches {
        Ok(matches) => slips::in_arguments(&command, matches, lang),
        Err(error) if error.use_stderr() => slips::in_words(arguments, lang),
        Err(_) => None,
    };
    if let Some(slip) = slip {
        err!("{slip}");
        return Err(Exit::Usage);
    }
    if let Ok(matches) = &matches {
        args::remember(arguments, matches);
    }
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| {
        // Help and version are answers; the rest is a usage error.
        let code = if error.use_stderr() { Exit::Usage } else { Exit::Done };
        match chinese::usage(&error).filter(|_| chinese) {
            Some(words) => err!("{words}"),
            None => drop(error.print()),
        }
        if let Some(right) = slips::expected(&error, lang) {
            err!("{right}");
        }
        code
    })
}

/// A core dump would hold keys and names.
fn leave_no_core_dump() {
    // Where it cannot be forbidden, nothing else is lost.
    #[cfg(unix)]
    let _ = rlimit::Resource::CORE.set(0, 0);
}

/// The value of a flag, before anything is parsed.
fn flag<'a>(arguments: &'a [OsString], name: &str) -> Option<&'a str> {
    arguments.iter().enumerate().find_map(|(at, word)| {
        let word = word.to_str()?;
        match word.strip_prefix(name)? {
            "" => arguments.get(at + 1)?.to_str(),
            rest => rest.strip_prefix('='),
        }
    })
}

/// The flag, else the settings, else the locale; Chinese where there is none.
fn language(flag: Option<&str>, config: Option<&Path>, environment: &Environment) -> Lang {
    let named = flag.map(str::to_owned).or_else(|| settings::language(config, environment));
    if let Some(lang) = named.as_deref().and_then(Lang::from_name) {
        return lang;
    }
    match ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| environment.get(name)) {
        Some(locale) => Lang::from_name(locale).unwrap_or(Lang::En),
        None => Lang::Zh,
    }
}
