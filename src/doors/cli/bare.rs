//! `flowbatch FILE`: a file that was dropped on the program. It is checked, what it was
//! understood as is shown, one question is asked, and it is run. Nothing is opened.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;

use crate::jobs::FileCheck;
use crate::platform::digest;
use crate::settings::Environment;
use crate::text::console::bare as words;
use crate::text::{Lang, console};

use super::args::{Arguments, Common, OPEN, RunArgs, typed};
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
    let mut order = input.order(lang);
    match files::given(&input.files, input.json, lang) {
        Ok(given) => (order.files, order.several) = (given.files, given.several),
        Err(exit) => return exit,
    }
    let seen = contents(&order.files);
    let checked = match check::look(&mut order, input, false, common, environment).await {
        Ok(checked) => checked,
        Err(failure) => return print::command_failure(lang, input.json, &failure),
    };
    let is_asked = std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && !input.json;
    let exit = check::show(lang, &checked, input.json, false);
    if exit != Exit::Done {
        return exit;
    }
    if !is_asked {
        let command: Vec<String> = match order.files.as_slice() {
            [one] => typed(Some("run"), Some(one)),
            _ => super::args::typed_with_files(&order.files),
        };
        if !input.json {
            out!("{}", words::cannot_ask(lang, &console::command(&command)));
        }
        return exit;
    }
    let (contracts, pages) = total(&checked);
    err!("{}", words::asks(lang, contracts, pages));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if read.is_err() || !console::pages::is_yes(&line) {
        err!("{}", words::not_sent(lang));
        return Exit::Done;
    }
    // What was looked at is what goes.
    if contents(&order.files) != seen {
        err!("{}", words::changed(lang));
        return Exit::Input;
    }
    let args = RunArgs { quiet: true, ..args.clone() };
    run::run_order(order, &args, common, environment, lang).await
}

fn contents(files: &[PathBuf]) -> Vec<Option<[u8; 32]>> {
    files.iter().map(|file| digest::of_file(file).ok()).collect()
}

fn total(checked: &[FileCheck]) -> (u64, usize) {
    let good = checked.iter().filter_map(|(_, result)| result.as_ref().ok());
    good.fold((0, 0), |(contracts, pages), one| (contracts + one.sendable, pages + one.requests))
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
