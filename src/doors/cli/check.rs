//! `flowbatch check`.

use crate::jobs::{self, Failure, FileCheck, Request, Sources};
use crate::journal::Journal;
use crate::settings::{Environment, Settings};
use crate::text::Lang;

use super::args::{CheckArgs, Common, InputArgs};
use super::jobs::online_with;
use super::run::{exit_of_several, names, tell_settings};
use super::{Exit, files, json, print, results};

pub async fn check(args: &CheckArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let (mut request, json) = (args.input.request(lang), args.input.json);
    match files::given(&args.input.files, json, lang) {
        Ok(given) => (request.files, request.several) = (given.files, given.several),
        Err(exit) => return exit,
    }
    match look(&mut request, &args.input, args.online, common, environment).await {
        Ok(checked) => show(lang, &checked, json, true),
        Err(failure) => print::command_failure(lang, json, &failure),
    }
}

/// Checks files that are known to be there. `online`: the API is asked for the templates.
pub async fn look(
    request: &mut Request,
    input: &InputArgs,
    online: bool,
    common: &Common,
    environment: &Environment,
) -> Result<Vec<FileCheck>, Failure> {
    if online {
        let workspace = online_with(input.instead(), input.json, common, environment, request.lang)?;
        names(request, input, &workspace.settings, request.lang)?;
        let (settings, journal) = (&workspace.settings, Some(workspace.journal.as_ref()));
        return jobs::check(request, &Sources { settings, journal, online: Some(&workspace) }).await;
    }
    let (settings, journal) = prepare(common, input, environment, request.lang)?;
    names(request, input, &settings, request.lang)?;
    jobs::check(request, &Sources { settings: &settings, journal: journal.as_ref(), online: None }).await
}

/// `next`: says how to go on where all is well.
pub fn show(lang: Lang, checked: &[FileCheck], json: bool, next: bool) -> Exit {
    if json {
        json::check_json(lang, checked);
    }
    let exits: Vec<Exit> = checked
        .iter()
        .map(|(path, result)| match result {
            Ok(checked) => {
                if !json {
                    results::checked(lang, checked, next);
                }
                if checked.invalid > 0 || checked.questions > 0 { Exit::Input } else { Exit::Done }
            }
            Err(failure) if json => print::exit_of_failure(failure),
            Err(failure) => print::failure(lang, Some(path), failure),
        })
        .collect();
    exit_of_several(exits.into_iter(), false)
}

/// What was sent before is told if there is a journal; a check makes none.
fn prepare(
    common: &Common,
    input: &InputArgs,
    environment: &Environment,
    lang: Lang,
) -> Result<(Settings, Option<Journal>), Failure> {
    let mut settings = Settings::load(common.config.as_deref(), environment)?;
    input.instead().settle(&mut settings)?;
    tell_settings(lang, &settings);
    let folder = settings.state_folder()?;
    let journal = if folder.join("ledger.db").is_file() { Some(Journal::open(&folder)?) } else { None };
    Ok((settings, journal))
}
