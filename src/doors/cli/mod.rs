//! The command line.

/// A line on stdout. Whoever reads it may have gone away (`| head`): that ends no run.
macro_rules! out {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        let line = format!($($words)*);
        let _ = writeln!(std::io::stdout().lock(), "{}", $crate::text::harmless(&line));
    }};
}

/// A line on stderr, with the same patience; in a JSON log an event.
macro_rules! err {
    ($($words:tt)*) => {
        $crate::doors::cli::logging::say(&format!($($words)*))
    };
}

/// What a program is told of the command; a later one takes its place.
fn print_document(document: &serde_json::Value) {
    document::hold(document);
}

mod args;
mod bare;
mod check;
mod chinese;
mod doctor;
mod document;
mod files;
mod follow;
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
mod reconcile;
mod results;
mod run;
mod sandbox;
mod signals;
mod slips;
mod template;
mod typed;
mod watch;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use crate::platform::panics;
use crate::settings::{self, Environment};
use crate::text::{Lang, Words};

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
    document::begin(&arguments);
    logging::begin(flag(&arguments, "--log-format"));
    leave_no_core_dump();
    let environment = Environment::of_process();
    // The language is wanted for what may be wrong with the flags themselves.
    let config = flag(&arguments, "--config").map(Path::new);
    let chinese = language(flag(&arguments, "--lang"), config, &environment) == Lang::Zh;
    bare::complete(&mut arguments);
    let parsed = match parse(&arguments, chinese) {
        Ok(parsed) => parsed,
        // Help is no document.
        Err(Exit::Done) => return Exit::Done.into(),
        Err(exit) => {
            let lang = if chinese { Lang::Zh } else { Lang::En };
            return logging::ended(document::finish(lang, exit)).into();
        }
    };
    let lang = language(parsed.common.lang.as_deref(), parsed.common.config.as_deref(), &environment);
    logging::start(&parsed.common);
    logging::started(&parsed.command);
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            tell_error(&Words::new(format!("flowbatch: {error}"), ""));
            return logging::ended(document::finish(lang, Exit::Other)).into();
        }
    };
    let work = async {
        match &parsed.command {
            Command::Run(args) => run::run(args, &parsed.common, &environment, lang).await,
            Command::Open(args) => bare::open(args, &parsed.common, &environment, lang).await,
            Command::Check(args) => check::check(args, &parsed.common, &environment, lang).await,
            Command::Watch(args) => watch::watch(args, &parsed.common, &environment, lang).await,
            Command::Status(args) => jobs::status(args, &parsed.common, &environment, lang),
            Command::Report(args) => jobs::report(args, &parsed.common, &environment, lang),
            Command::Retry(args) => jobs::retry(args, &parsed.common, &environment, lang).await,
            Command::Reconcile(args) => reconcile::reconcile(args, &parsed.common, &environment, lang).await,
            Command::Track(args) => follow::track(args, &parsed.common, &environment, lang).await,
            Command::Links(args) => follow::links(args, &parsed.common, &environment, lang).await,
            Command::Remind(args) => follow::remind(args, &parsed.common, &environment, lang).await,
            Command::Undo(args) => follow::undo(args, &parsed.common, &environment, lang).await,
            Command::Download(args) => follow::download(args, &parsed.common, &environment, lang).await,
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
    };
    let result = panics::audible(|| runtime.block_on(work));
    progress::end_metrics(matches!(result, Ok(Exit::Done)) && parsed.command.sends());
    let exit = match result {
        Ok(exit) => exit,
        Err(_) if document::is_wanted() => {
            document::hold_errors(&[crate::text::console::failure::internal(lang)]);
            Exit::Other
        }
        Err(panic) => std::panic::resume_unwind(panic),
    };
    logging::ended(document::finish(lang, exit)).into()
}

/// What went wrong with a whole command: to a program in its document, to a person on stderr.
fn tell_error(words: &Words) {
    if document::is_wanted() {
        document::hold_errors(std::slice::from_ref(words));
        return;
    }
    err!("{}", words.what);
    if !words.todo.is_empty() {
        err!("  {}", words.todo);
    }
}

/// The command line in words of ours; whatever is wrong with it was said.
fn parse(arguments: &[OsString], chinese: bool) -> Result<Arguments, Exit> {
    let lang = if chinese { Lang::Zh } else { Lang::En };
    let mut command = match chinese {
        true => chinese::translated(Arguments::command()).after_help(crate::text::help::EXAMPLES),
        false => Arguments::command(),
    };
    let matches = command.try_get_matches_from_mut(arguments);
    if matches.as_ref().is_err_and(|error| error.use_stderr()) {
        typed::remember_command(arguments, &command);
    }
    let slip = match &matches {
        Ok(matches) => slips::in_arguments(&command, matches, lang),
        Err(error) if error.use_stderr() => slips::in_words(arguments, lang),
        Err(_) => None,
    };
    if let Some(slip) = slip {
        logging::started_with(arguments);
        tell_error(&Words::new(slip, ""));
        return Err(Exit::Usage);
    }
    if let Ok(matches) = &matches {
        typed::remember(arguments, matches);
    }
    matches.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| {
        // Help and version are answers; the rest is a usage error.
        if !error.use_stderr() {
            drop(error.print());
            return Exit::Done;
        }
        logging::started_with(arguments);
        let words = chinese::usage(&error).filter(|_| chinese);
        let right = slips::expected(&error, lang);
        match words {
            words if document::is_wanted() => {
                let words = words.unwrap_or_else(|| error.render().to_string().trim_end().to_owned());
                tell_error(&Words::new(words, right.unwrap_or_default()));
                return Exit::Usage;
            }
            Some(words) => err!("{words}"),
            None if logging::is_json() => err!("{}", error.render()),
            None => drop(error.print()),
        }
        if let Some(right) = right {
            err!("{right}");
        }
        Exit::Usage
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
