//! Which inputs a command has: what is read of each, what each is known by, and where its reports go.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::domain::file::{FileError, FileFault};
use crate::domain::identity;
use crate::domain::said::Said;
use crate::intake::HiddenRows;
use crate::intake::plan::{Plan, PlanOptions, Recalled, Refusal, SheetChoice, plan};
use crate::platform::digest;
use crate::settings::Settings;

use super::names::report_names;
use super::{Failure, Request};

pub fn plans(request: &Request, settings: &Settings) -> Result<Vec<Result<Plan, Refusal>>, Failure> {
    request.remembered.readable()?;
    let aliases = settings.aliases(&request.said.map)?;
    let remembered = request.remembered.clone();
    let own = settings.clone();
    let maps_itself = !request.said.map.is_empty();
    let options = PlanOptions {
        read: request.read.clone(),
        aliases,
        // What is said now counts, not what was said once.
        remembered: Box::new(move |headers| {
            let said = remembered.find(headers)?.clone();
            let maps = !maps_itself && !said.map.is_empty();
            Some(Recalled { aliases: if maps { own.aliases(&said.map).ok() } else { None }, said })
        }),
        values: settings.defaults.iter().map(|(field, text)| (*field, text.clone())).collect(),
        nearly: {
            let remembered = request.remembered.clone();
            Box::new(move |headers| remembered.nearly(headers).cloned())
        },
        said: of_reports(&request.said, request.reports),
        of_settings: of_reports(&settings.said, request.reports),
        sheets: request.sheets.clone(),
        group_by: request.group_by.clone(),
        reports: request.reports,
        defaulted: settings.defaults.keys().chain(settings.request.keys()).copied().collect(),
        company_signs: settings.company_signs(),
        own_companies: settings.own_companies(),
        today: settings.zone.to_datetime(jiff::Timestamp::now()).date(),
        mapped: request.said.map.iter().map(|(header, _)| header.clone()).collect(),
    };
    Ok(plan(&request.files, &options))
}

/// A report of ours has its header where it has always been, whatever lines stand above that of its input.
fn of_reports(said: &Said, reports: bool) -> Said {
    match reports {
        true => Said { header_row: None, ..said.clone() },
        false => said.clone(),
    }
}

/// One input: what is to be read of it, or why nothing can, and where its
/// reports go.
pub struct Input {
    pub plan: Result<Plan, Refusal>,
    /// Its first file.
    pub path: PathBuf,
    pub dir: PathBuf,
    pub stem: String,
    pub files: Vec<PathBuf>,
    /// What the files held just before they were looked at; None: they could not be read.
    pub hashes: Option<Vec<[u8; 32]>>,
}

/// What is to be sent: the files are hashed before they are looked at.
pub fn inputs(request: &Request, settings: &Settings) -> Result<Vec<Input>, Failure> {
    let before = request.files.iter().map(|file| (file.clone(), file_hash(file).ok())).collect();
    inputs_with(request, settings, &before)
}

/// What is only looked at: whether a file changes meanwhile is nobody's concern.
pub fn inputs_to_check(request: &Request, settings: &Settings) -> Result<Vec<Input>, Failure> {
    inputs_with(request, settings, &HashMap::new())
}

fn inputs_with(
    request: &Request,
    settings: &Settings,
    before: &HashMap<PathBuf, Option<[u8; 32]>>,
) -> Result<Vec<Input>, Failure> {
    let plans = plans(request, settings)?;
    let files = |plan: &Result<Plan, Refusal>| match plan {
        Ok(plan) => plan.files.clone(),
        Err(refusal) => vec![refusal.path().to_owned()],
    };
    let path = |plan: &Result<Plan, Refusal>| match plan {
        Ok(plan) => plan.files.first().cloned().unwrap_or_default(),
        Err(refusal) => refusal.path().to_owned(),
    };
    let paths: Vec<PathBuf> = plans.iter().map(path).collect();
    let names = report_names(&paths, request.out.as_deref());
    let inputs = plans.into_iter().zip(paths).zip(names);
    Ok(inputs
        .map(|((plan, path), (dir, stem))| {
            let files = files(&plan);
            let hashes = files.iter().map(|file| before.get(file).copied().flatten()).collect();
            Input { plan, path, dir, stem, files, hashes }
        })
        .collect())
}

/// The input as it is now: its turn may come hours after the first look.
pub fn at_its_turn(input: Input, request: &Request, settings: &Settings) -> Result<Input, Failure> {
    let hashes = file_hashes(&input.files).ok();
    if hashes == input.hashes {
        return Ok(input);
    }
    let own = Request { files: input.files.clone(), ..request.clone() };
    let mut plans = plans(&own, settings)?.into_iter();
    match (plans.next(), plans.next()) {
        (Some(plan), None) => Ok(Input { plan, hashes, ..input }),
        // It was a pair and is none any more.
        _ => Err(Failure::Changed { path: input.path }),
    }
}

/// Hash of what the files hold and of what changes their meaning.
pub fn input_hash(hashes: &[[u8; 32]], request: &Request, settings: &Settings) -> [u8; 32] {
    let mut input = identity::Input::default();
    for hash in hashes {
        input.file(hash);
    }
    settings.say_meaning(&mut input);
    for (header, name) in &request.said.map {
        input.said("map", header);
        input.said("to", name);
    }
    let said = request.said.clone().or(&settings.said);
    if let Some(key) = &said.key {
        input.said("key", key);
    }
    if let Some(row) = said.header_row {
        input.said("header_row", &row.to_string());
    }
    if let Some(hidden) = said.hidden_columns {
        input.said("hidden_columns", hidden.name());
    }
    if let Some(odd) = said.odd_rows {
        input.said("odd_rows", odd.name());
    }
    if let Some(party) = said.missing_party {
        input.said("missing_party", party.name());
    }
    if said.missing_fields {
        input.said("missing_fields", "send");
    }
    if said.rows_in_order {
        input.said("signer_order", "rows");
    }
    if said.each_submission {
        input.said("submitted_twice", "send");
    }
    if said.ignore_comments {
        input.said("comments", "ignore");
    }
    said.as_text.iter().for_each(|header| input.said("as_text", header));
    for (header, values) in &said.only {
        input.said("where", header);
        values.iter().for_each(|value| input.said("is", value));
    }
    match &request.sheets {
        SheetChoice::Fitting => {}
        SheetChoice::Named(names) => names.iter().for_each(|name| input.said("sheet", name)),
        SheetChoice::All => input.said("sheets", "all"),
    }
    match request.hidden_rows {
        HiddenRows::Ask => {}
        HiddenRows::Skip => input.said("hidden_rows", "skip"),
        HiddenRows::Send => input.said("hidden_rows", "send"),
    }
    Sha256::digest(input.finish()).into()
}

/// What each of the files holds now.
pub fn file_hashes(files: &[PathBuf]) -> Result<Vec<[u8; 32]>, FileError> {
    files.iter().map(|path| file_hash(path)).collect()
}

fn file_hash(path: &Path) -> Result<[u8; 32], FileError> {
    digest::of_file(path).map_err(|error| FileError {
        path: path.to_owned(),
        sheet: None,
        fault: FileFault::Io(error.kind().to_string()),
    })
}

/// Values of the request that neither the settings nor a column gives.
pub fn unset_request(plan: &Plan, settings: &Settings) -> Vec<&'static str> {
    let wanted = settings.action.request_fields().iter().map(|field| field.name());
    wanted
        .filter(|name| !settings.request.contains_key(name) && !settings.defaults.contains_key(name))
        .filter(|name| !plan.sources.iter().any(|source| source.mapping.column_of(name).is_some()))
        .collect()
}
