//! `flowbatch init`: a commented settings file of one's own, from flags, or by asking on a
//! terminal; and `flowbatch man`.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;

use clap::CommandFactory as _;

use crate::domain::problem::{Place, Problem};
use crate::messages::failures;
use crate::platform::private;
use crate::settings::{Environment, Settings, SettingsError, usual_file};
use crate::text::problems::explain;
use crate::text::{Lang, init as words};

use super::args::{Arguments, Common, InitArgs, ManArgs};
use super::{Exit, print};

/// What ships, with made-up values that only the sandbox takes.
const SHIPPED: &str = include_str!("../../../config.toml");

/// Keys that a person has to fill in, as lines of it begin.
const KEYS: [&str; 4] = ["app_id", "organization_open_id", "operator_open_id", "jump_url"];

pub fn init(args: &InitArgs, common: &Common, lang: Lang) -> Exit {
    let Some(path) = common.config.clone().or_else(usual_file) else {
        err!("{}", words::nowhere(lang));
        return Exit::Usage;
    };
    // Before anybody has typed anything.
    if std::fs::symlink_metadata(&path).is_ok() {
        err!("{}", words::is_there(lang, &path));
        return Exit::Usage;
    }
    let given = [&args.app_id, &args.organization_open_id, &args.operator_open_id, &args.jump_url];
    let asks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut text = SHIPPED.to_owned();
    let mut left = Vec::new();
    for (key, given) in KEYS.into_iter().zip(given) {
        let asked = if given.is_none() && asks { ask_until_it_fits(lang, key, &text) } else { None };
        match given.as_deref().or(asked.as_deref()) {
            Some(value) => text = with_value(&text, key, value),
            None => left.push(key),
        }
    }
    match write(&path, &text, lang) {
        Ok(()) => {
            out!("{}", words::written(lang, &path));
            if !left.is_empty() {
                out!("{}", words::left(lang, &left));
            }
            out!("{}", words::next(lang, common.config.as_deref()));
            Exit::Done
        }
        Err(exit) => exit,
    }
}

/// Asks once more where the answer cannot be used.
fn ask_until_it_fits(lang: Lang, key: &str, text: &str) -> Option<String> {
    loop {
        let answer = ask(lang, key)?;
        match refused(&with_value(text, key, &answer), lang) {
            Some(why) => err!("{why}"),
            None => return Some(answer),
        }
    }
}

/// Why settings with that text could not be used. Where no file can be written for a while, that is found later.
fn refused(text: &str, lang: Lang) -> Option<String> {
    let mut file = tempfile::Builder::new().suffix(".toml").tempfile().ok()?;
    file.write_all(text.as_bytes()).ok()?;
    match Settings::load(Some(file.path()), &Environment::default()).err()? {
        SettingsError::BadValue { key, expected, .. } => Some(words::refused(lang, &key, &expected)),
        SettingsError::BadField { key, rule: Some(rule), .. } => {
            let problem = Problem { place: Place::default(), value: None, rule };
            Some(words::refused(lang, &key, &explain(lang, &problem).line(lang)))
        }
        other => Some(failures::settings(lang, &other).line(lang)),
    }
}

/// An empty answer leaves what ships.
fn ask(lang: Lang, key: &str) -> Option<String> {
    let mut out = std::io::stderr().lock();
    let _ = write!(out, "{}", words::question(lang, key)).and_then(|()| out.flush());
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    Some(line.trim().to_owned()).filter(|line| !line.is_empty())
}

/// The one line that sets the key, with another value.
fn with_value(text: &str, key: &str, value: &str) -> String {
    let begins = format!("{key} = ");
    let value = toml::Value::String(value.to_owned());
    let lines = text.lines().map(|line| match line.starts_with(&begins) {
        true => format!("{key} = {value}"),
        false => line.to_owned(),
    });
    lines.map(|line| line + "\n").collect()
}

/// Writes a file that nobody else may read; one that cannot be used is taken away again.
fn write(path: &Path, text: &str, lang: Lang) -> Result<(), Exit> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), private::make_folder);
    let written = made.and_then(|()| {
        let mut file = private::options().write(true).create_new(true).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|error| {
        err!("{}", words::not_written(lang, path, &error));
        Exit::Usage
    })?;
    Settings::load(Some(path), &Environment::default()).map(drop).map_err(|error| {
        let _ = std::fs::remove_file(path);
        err!("{}", failures::settings(lang, &error).line(lang));
        Exit::Usage
    })
}

/// A page of the manual for each command.
pub fn man(args: &ManArgs, lang: Lang) -> Exit {
    let made = std::fs::create_dir_all(&args.folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), &args.folder));
    match made {
        Ok(()) => {
            print::styled_out(print::GOOD, &words::manual(lang, &args.folder));
            Exit::Done
        }
        Err(error) => {
            err!("{}", words::not_written(lang, &args.folder, &error));
            Exit::Usage
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_stands_once_in_what_ships_and_takes_any_text() {
        for key in KEYS {
            let begins = format!("{key} = ");
            assert_eq!(SHIPPED.lines().filter(|line| line.starts_with(&begins)).count(), 1, "{key}");
            let value = "a\"b\\c 中";
            let table: toml::Table = with_value(SHIPPED, key, value).parse().unwrap();
            let found = table.get(key).or_else(|| table["agent"].get(key)).unwrap();
            assert_eq!(found.as_str(), Some(value));
        }
    }
}
