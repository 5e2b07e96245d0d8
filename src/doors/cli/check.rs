//! `flowbatch check`.

use crate::essbasic::action::Action;
use crate::jobs::{self, Failure};
use crate::journal::Journal;
use crate::settings::{Environment, Settings};
use crate::text::Lang;

use super::args::{CheckArgs, Common};
use super::run::{names, tell_settings};
use super::{Exit, json, print};

pub fn check(args: &CheckArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let mut order = args.input.order(lang);
    let (settings, journal) = match prepare(common, args.input.action, environment, lang) {
        Ok(prepared) => prepared,
        Err(failure) => return print::command_failure(lang, args.input.json, &failure),
    };
    if let Err(failure) = names(&mut order, args.input.remember, &settings, lang) {
        return print::command_failure(lang, args.input.json, &failure);
    }
    let checked = match jobs::check(&order, &settings, journal.as_ref()) {
        Ok(checked) => checked,
        Err(failure) => return print::command_failure(lang, args.input.json, &failure),
    };
    if args.input.json {
        json::check_json(lang, &checked);
    }
    let mut exit = Exit::Done;
    for (path, result) in &checked {
        let own = match result {
            Ok(checked) => {
                if !args.input.json {
                    print::checked(lang, checked);
                }
                if checked.invalid > 0 || checked.questions > 0 { Exit::Input } else { Exit::Done }
            }
            Err(failure) if args.input.json => print::exit_of_failure(failure),
            Err(failure) => print::failure(lang, Some(path), failure),
        };
        exit = exit.max(own);
    }
    exit
}

/// What was sent before is told if there is a journal; a check makes none.
fn prepare(
    common: &Common,
    action: Option<Action>,
    environment: &Environment,
    lang: Lang,
) -> Result<(Settings, Option<Journal>), Failure> {
    let mut settings = Settings::load(common.config.as_deref(), environment)?;
    settings.action = action.unwrap_or(settings.action);
    tell_settings(lang, &settings);
    let folder = settings.state_folder()?;
    let journal = if folder.join("ledger.db").is_file() { Some(Journal::open(&folder)?) } else { None };
    Ok((settings, journal))
}
