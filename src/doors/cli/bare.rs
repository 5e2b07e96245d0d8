//! `flowbatch FILE`: a file that was dropped on the program. It is checked, what it was
//! understood as is shown, one question is asked, and it is run. Nothing is opened.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use clap::CommandFactory as _;

use crate::jobs::{Approval, Approve, FileCheck};
use crate::platform::digest;
use crate::settings::Environment;
use crate::text::console::bare as words;
use crate::text::{Lang, console};

use super::args::{Arguments, Common, RunArgs};
use super::typed::{OPEN, typed};
use super::{Exit, check, files, print, run};

/// Global options that take a value.
const WITH_VALUE: [&str; 3] = ["--config", "--lang", "--log-format"];

/// How the names of files end that somebody may mean.
const ENDS: [&str; 10] = ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "txt", "et", "html"];

/// Puts the command in where a file was given without one; `help run` becomes `run --help`.
pub fn complete(arguments: &mut Vec<OsString>) {
    let Some(at) = first_word(arguments) else { return };
    let Some(word) = arguments.get(at) else { return };
    if word == "help" {
        arguments.remove(at);
        arguments.truncate(at + 1);
        arguments.push("--help".into());
        return;
    }
    let is_command = Arguments::command().get_subcommands().any(|command| word == command.get_name());
    if !is_command && is_file(word) {
        arguments.insert(at, OPEN.into());
    }
}

/// The command among these words, if it is one of ours.
pub fn command(arguments: &[OsString]) -> Option<String> {
    let word = arguments.get(first_word(arguments)?)?.to_str()?;
    let command = Arguments::command();
    let own = command.get_subcommands().find(|own| own.get_name() == word)?;
    Some(if word == OPEN { "run" } else { own.get_name() }.to_owned())
}

/// The first argument that is neither an option nor the value of one.
fn first_word(arguments: &[OsString]) -> Option<usize> {
    let mut at = 1;
    while let Some(word) = arguments.get(at) {
        let text = word.to_string_lossy();
        match () {
            () if WITH_VALUE.contains(&text.as_ref()) => at += 2,
            () if text.starts_with('-') && text.len() > 1 => at += 1,
            () => return Some(at),
        }
    }
    None
}

/// Whether it names a file, be it that it is not there.
fn is_file(word: &OsStr) -> bool {
    let Some(text) = word.to_str() else { return true };
    let bare = Path::new(files::without_quotes(text));
    let ends = bare
        .extension()
        .and_then(OsStr::to_str)
        .is_some_and(|end| ENDS.iter().any(|own| end.eq_ignore_ascii_case(own)));
    super::slips::meant(text).is_none() && (ends || bare.is_file() || Path::new(word).is_file())
}

pub async fn open(args: &RunArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let exit = check_and_run(args, common, environment, lang).await;
    if has_own_console() {
        err!("{}", words::wait_for_key(lang));
        let _ = std::io::stdin().lock().read_line(&mut String::new());
    }
    exit
}

async fn check_and_run(args: &RunArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let input = &args.input;
    let mut request = input.request(lang);
    match files::given(&input.files, input.json, lang) {
        Ok(given) => (request.files, request.several) = (given.files, given.several),
        Err(exit) => return exit,
    }
    let seen = contents(&request.files);
    let checked = match check::look(&mut request, input, false, common, environment).await {
        Ok(checked) => checked,
        Err(failure) => return print::command_failure(lang, input.json, &failure),
    };
    let is_asked = std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && !input.json;
    let exit = check::show(lang, &checked, input.json, false);
    if exit != Exit::Done {
        return exit;
    }
    if !is_asked {
        let command: Vec<String> = match request.files.as_slice() {
            [one] => typed(Some("run"), Some(one)),
            _ => super::typed::typed_with_files(&request.files),
        };
        if !input.json && !Total::of(&checked).is_nothing() {
            out!("{}", words::cannot_ask(lang, &console::command(&command)));
        }
        return exit;
    }
    let total = Total::of(&checked);
    let args = &RunArgs { quiet: true, ..args.clone() };
    if total.is_nothing() {
        // It was sent before: the run tells what came of it.
        let approve = agreed(lang, 0, args.sandbox);
        return run::run_order(request, args, common, environment, lang, approve).await;
    }
    if total.starting > 0 && request.files.len() == 1 && !args.sandbox {
        // The run knows who is reached, and asks: once is enough.
        let approve = asks_once(lang, request.files.clone(), seen);
        return run::run_order(request, args, common, environment, lang, approve).await;
    }
    match total.starting {
        0 => err!("{}", words::asks(lang, total.contracts, total.pages)),
        // All files go by one action.
        contracts => err!("{}", words::asks_to_start(lang, contracts, args.sandbox)),
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if read.is_err() || !console::pages::is_yes(&line) {
        err!("{}", words::not_sent(lang));
        return Exit::Done;
    }
    // What was looked at is what goes.
    if contents(&request.files) != seen {
        err!("{}", words::changed(lang));
        return Exit::Input;
    }
    let approve = agreed(lang, total.starting, args.sandbox);
    run::run_order(request, args, common, environment, lang, approve).await
}

/// Asks of one file, as long as it is what was looked at.
fn asks_once(lang: Lang, files: Vec<PathBuf>, seen: Vec<Option<[u8; 32]>>) -> Approve {
    let ask = run::approver(lang, false, false);
    Box::new(move |path, start| {
        if contents(&files) == seen {
            return ask(path, start);
        }
        err!("{}", words::changed(lang));
        Approval::No
    })
}

/// The question was about so many contracts that start at once; it is asked again for what would
/// go beyond them.
fn agreed(lang: Lang, contracts: u64, sandbox: bool) -> Approve {
    let left = AtomicU64::new(contracts);
    let (said, ask) = (run::approver(lang, true, sandbox), run::approver(lang, sandbox, sandbox));
    Box::new(move |path, start| {
        let within =
            left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(start.contracts));
        if within.is_ok() { said(path, start) } else { ask(path, start) }
    })
}

fn contents(files: &[PathBuf]) -> Vec<Option<[u8; 32]>> {
    files.iter().map(|file| digest::of_file(file).ok()).collect()
}

/// What would go.
#[derive(Default)]
struct Total {
    contracts: u64,
    /// Of them: contracts that start at once.
    starting: u64,
    /// To open and confirm.
    pages: usize,
    in_doubt: u64,
}

impl Total {
    fn is_nothing(&self) -> bool {
        self.contracts == 0 && self.in_doubt == 0
    }

    fn of(checked: &[FileCheck]) -> Self {
        let mut total = Self::default();
        for one in checked.iter().filter_map(|(_, result)| result.as_ref().ok()) {
            total.contracts += one.sendable;
            total.in_doubt += one.in_doubt.iter().map(|(_, count)| count).sum::<u64>();
            match one.starts {
                true => total.starting += one.sendable,
                false => total.pages += one.requests,
            }
        }
        total
    }
}

/// Whether the window closes with the program: Explorer has made it for this process alone.
#[cfg(windows)]
fn has_own_console() -> bool {
    // The list is padded with zeros.
    win32console::console::WinConsole::get_process_list()
        .is_ok_and(|all| all.iter().filter(|process| **process != 0).count() == 1)
}

/// Elsewhere a terminal stays, or whoever has opened it sees to that.
#[cfg(not(windows))]
fn has_own_console() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(words: &[&str]) -> Vec<String> {
        let mut words: Vec<OsString> =
            std::iter::once("flowbatch").chain(words.iter().copied()).map(OsString::from).collect();
        complete(&mut words);
        words.into_iter().skip(1).map(|word| word.into_string().unwrap()).collect()
    }

    #[test]
    fn a_file_without_a_command_gets_one_and_help_is_a_flag() {
        assert_eq!(completed(&["x.xlsx", "--sandbox"]), ["open", "x.xlsx", "--sandbox"]);
        assert_eq!(completed(&["--lang", "zh", "\"a b.XLSX\""]), ["--lang", "zh", "open", "\"a b.XLSX\""]);
        assert_eq!(completed(&["run", "x.xlsx"]), ["run", "x.xlsx"]);
        assert_eq!(completed(&["chekc", "x.xlsx"]), ["chekc", "x.xlsx"], "a command that is typed wrongly");
        assert_eq!(completed(&["help", "run"]), ["run", "--help"]);
        assert_eq!(completed(&["help"]), ["--help"]);
        assert_eq!(completed(&["--lang=zh", "help", "run"]), ["--lang=zh", "run", "--help"]);
        assert_eq!(completed(&[]), Vec::<String>::new());
    }
}
