//! What was typed: a command that answers a question is this one with more behind it.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::ArgMatches;

/// What is put before a file that was given without a command.
pub const OPEN: &str = "open";

/// The command line as it was typed: its command, and the rest without the files.
static TYPED: OnceLock<(String, Vec<String>)> = OnceLock::new();

/// Keeps what was typed: what answers a question is added to it.
pub fn remember(words: &[OsString], matches: &ArgMatches) {
    let Some((command, own)) = matches.subcommand() else { return };
    let files = own.try_get_raw("files").ok().flatten();
    let files: Vec<&std::ffi::OsStr> = files.into_iter().flatten().collect();
    let mut is_command = true;
    let rest = words.iter().skip(1).filter(|word| {
        let own = is_command && *word == command;
        is_command &= !own;
        !own && !files.contains(&word.as_os_str())
    });
    let rest = rest.map(|word| word.to_string_lossy().into_owned()).collect();
    let _ = TYPED.set((command.to_owned(), rest));
}

/// Of words that clap has not understood: the command, as far as one stands there.
pub fn remember_command(words: &[OsString], command: &clap::Command) {
    let mut words = words.iter().skip(1).filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        // These stand before the command, too.
        if ["--config", "--lang", "--log-format"].contains(&word) {
            words.next();
        } else if !word.starts_with('-') {
            if let Some(own) = command.find_subcommand(word) {
                let _ = TYPED.set((own.get_name().to_owned(), Vec::new()));
            }
            return;
        }
    }
}

/// The command that was typed; a file alone is one to run.
pub fn command_typed() -> Option<&'static str> {
    let own = TYPED.get().map(|(own, _)| own.as_str());
    own.map(|own| if own == OPEN { "run" } else { own })
}

/// The same for one file: under that command, or the one that was typed.
pub fn typed(command: Option<&str>, path: Option<&Path>) -> Vec<String> {
    let (own, rest) = TYPED.get().map_or(("run", [].as_slice()), |(own, rest)| (own.as_str(), rest));
    let own = if own == OPEN { "run" } else { own };
    let command = command.unwrap_or(own);
    let mut words = vec!["flowbatch".to_owned(), command.to_owned()];
    words.extend(path.map(file_word));
    // Only check asks the API without sending anything.
    let fits = |word: &&String| {
        (command == own || command != "run" || *word != "--online")
            && !["--", "--forget"].contains(&word.as_str())
    };
    words.extend(rest.iter().filter(fits).cloned());
    words
}

/// What was said of how the rows are read and a workbook with some of them does not say itself.
pub fn reading() -> Vec<String> {
    const OF_ROWS: [&str; 7] = [
        "--key", "--missing-party", "--missing-fields", "--signer-order", "--submitted-twice", "--as-text",
        "--default",
    ];
    let rest = TYPED.get().map_or([].as_slice(), |(_, rest)| rest.as_slice());
    let mut words = rest.iter();
    let mut said = Vec::new();
    while let Some(word) = words.next() {
        if OF_ROWS.contains(&word.as_str()) {
            said.push(word.clone());
            said.extend(words.next().cloned());
        } else if OF_ROWS
            .iter()
            .any(|option| word.strip_prefix(option).is_some_and(|rest| rest.starts_with('=')))
        {
            said.push(word.clone());
        }
    }
    said
}

/// A path as a word of a command: one that begins like an option is no option.
pub fn file_word(path: &Path) -> String {
    let word = path.to_string_lossy().into_owned();
    if word.starts_with('-') { format!("./{word}") } else { word }
}

/// The command that goes on with a file: the one that was typed.
pub fn again(path: &Path) -> Vec<String> {
    let is_of_file = TYPED.get().is_none_or(|(own, _)| ["run", "check", OPEN].contains(&own.as_str()));
    typed(None, Some(path).filter(|_| is_of_file))
}

/// The same for all of the files.
pub fn typed_with_files(files: &[PathBuf]) -> Vec<String> {
    let mut words = typed(Some("run"), None);
    let names = files.iter().map(|file| file_word(file));
    words.splice(2..2, names);
    words
}

/// A whole command of ours, with the settings file that was named for this one.
pub fn with_settings<S: Into<String>>(words: impl IntoIterator<Item = S>) -> Vec<String> {
    let mut words: Vec<String> = words.into_iter().map(Into::into).collect();
    let rest = TYPED.get().map_or([].as_slice(), |(_, rest)| rest.as_slice());
    let at = rest.iter().position(|word| word == "--config" || word.starts_with("--config="));
    if let Some(at) = at {
        let with_value = usize::from(rest[at] == "--config");
        words.extend(rest[at..].iter().take(1 + with_value).cloned());
    }
    words
}

/// What was typed with an option that takes a value.
pub fn typed_value(option: &str) -> Option<String> {
    let rest = TYPED.get().map_or([].as_slice(), |(_, rest)| rest.as_slice());
    let with = |word: &String| word.strip_prefix(option)?.strip_prefix('=').map(str::to_owned);
    let behind = || {
        let at = rest.iter().position(|word| word == option)?;
        rest.get(at + 1).cloned()
    };
    rest.iter().find_map(with).or_else(behind)
}
