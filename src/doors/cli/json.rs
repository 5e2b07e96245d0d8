//! The same as `print`, as one JSON document for programs.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::domain::answer::Word;
use crate::domain::cell::column_letters;
use crate::domain::problem::{Problem, Severity};
use crate::domain::understood::Understood;
use crate::intake::plan::Refusal;
use crate::jobs::{Ended, Failure, FileCheck, Ground, Outcome, Standing, TemplatesSeen, problems_of};
use crate::text::{Lang, console, problems};

use super::print::{answering, failure_words};
use super::print_document;
use super::results::pages;

/// The version of the documents' shape, which docs/schema.json describes: it changes where a
/// program that reads them would have to.
pub const SCHEMA: u32 = 1;

pub fn run_json(lang: Lang, outcomes: &[Outcome], ground: &Ground, seen: &HashMap<PathBuf, Understood>) {
    let files: Vec<Json> = outcomes
        .iter()
        .map(|outcome| match &outcome.result {
            Err(failure) => failure_json(lang, &outcome.path, failure),
            Ok(ran) => {
                let ended = match &ran.ended {
                    Ended::Finished => "finished",
                    Ended::Before => "finished_before",
                    Ended::Trial | Ended::TrialBefore => "trial",
                    Ended::NothingFailed => "nothing_failed",
                    Ended::Partly => "partly",
                    Ended::InDoubt => "in_doubt",
                    Ended::Stopped(_) => "stopped",
                };
                let reason = match &ran.ended {
                    Ended::Stopped(reason) => Some(console::outcome::reason(lang, reason).line(lang)),
                    _ => None,
                };
                let pages: Vec<Json> = pages(lang, outcome, ground)
                    .into_iter()
                    .map(|page| json!({"page": page.label, "url": page.url}))
                    .collect();
                json!({
                    "file": outcome.path, "job": outcome.job, "result": ended, "reason": reason,
                    "contracts": ran.written.tally, "requests": ran.requests, "pages": pages,
                    "understood": seen.get(&outcome.path),
                    "reports": ran.written.files, "problems": problems_json(lang, ran.told.iter().map(|(problem, _)| problem)),
                })
            }
        })
        .collect();
    print_document(&json!({ "sandbox": ground.sandbox, "files": files }));
}

pub fn check_json(lang: Lang, checked: &[FileCheck]) {
    let files: Vec<Json> = checked
        .iter()
        .map(|(path, result)| match result {
            Err(failure) => failure_json(lang, path, failure),
            Ok(checked) => json!({
                "file": path,
                "result": match (checked.questions, checked.invalid) {
                    (1.., _) => "question",
                    (0, 1..) => "invalid",
                    (0, 0) => "valid",
                },
                "understood": checked.understood,
                "answer": answering(Some(path), checked.problems.iter().map(|(problem, _)| problem)),
                "sendable": checked.sendable, "invalid": checked.invalid, "skipped": checked.skipped,
                "duplicates": checked.duplicates + checked.twins, "requests": checked.requests, "pages": if checked.starts { 0 } else { checked.requests },
                "seconds": checked.duration.as_secs_f64(), "unset": checked.unset, "made_up": checked.made_up,
                "templates": match checked.templates {
                    TemplatesSeen::Asked(count) => Some(count),
                    TemplatesSeen::ByRun | TemplatesSeen::Never => None,
                },
                "reports": checked.written.as_ref().map(|written| &written.files),
                "problems": problems_json(lang, checked.problems.iter().map(|(problem, _)| problem)),
            }),
        })
        .collect();
    print_json(&files);
}

/// Nothing came of the whole command.
pub fn failure_alone(lang: Lang, failure: &Failure) {
    let words = failure_words(lang, failure);
    print_document(&json!({ "files": [], "error": { "what": words.what, "todo": words.todo } }));
}

fn print_json(files: &[Json]) {
    print_document(&json!({ "files": files }));
}

fn failure_json(lang: Lang, path: &Path, failure: &Failure) -> Json {
    let words = failure_words(lang, failure);
    let (result, found): (&str, Vec<&Problem>) = match failure {
        Failure::Invalid { problems, .. } => {
            ("invalid", problems.iter().map(|(problem, _)| problem).collect())
        }
        Failure::Questions { problems, .. } => {
            ("question", problems.iter().map(|(problem, _)| problem).collect())
        }
        Failure::Refused(refusal) => ("refused", problems_of(refusal).iter().collect()),
        Failure::LeftOut => ("left_out", Vec::new()),
        Failure::Busy => ("busy", Vec::new()),
        Failure::UnknownReport(_) | Failure::TemplatesUnasked { .. } | Failure::TemplatesMoved { .. } => {
            ("question", Vec::new())
        }
        Failure::NotApproved { .. } => ("not_approved", Vec::new()),
        Failure::Stopped | Failure::Unanswered(_) => ("stopped", Vec::new()),
        Failure::NotBegun => ("not_begun", Vec::new()),
        _ => ("failed", Vec::new()),
    };
    let code = match failure {
        Failure::Refused(Refusal::File(error)) => Some(error.fault.code()),
        _ => None,
    };
    json!({
        "file": path, "result": result, "code": code, "what": words.what, "todo": words.todo,
        "understood": match failure {
            Failure::Questions { understood, .. } => Some(understood),
            _ => None,
        },
        "answer": answering(Some(path), found.iter().copied()),
        "problems": problems_json(lang, found.into_iter()),
    })
}

/// What answers a question: options of the command line.
fn answer_json(problem: &Problem) -> Option<Json> {
    let words = |words: &[Word]| -> Vec<Json> {
        words
            .iter()
            .map(|word| json!({"option": format!("--{}", word.option), "value": word.value}))
            .collect()
    };
    let answer = problem.answer()?;
    Some(json!({"options": words(&answer.words), "otherwise": words(&answer.otherwise)}))
}

fn problems_json<'a>(lang: Lang, found: impl Iterator<Item = &'a Problem>) -> Vec<Json> {
    found
        .map(|problem| {
            let words = problems::explain(lang, problem);
            let severity = match problem.rule.severity() {
                Severity::Correction => "correction",
                Severity::Warning => "warning",
                Severity::Question => "question",
                Severity::Error => "error",
            };
            json!({
                "code": problem.rule.code(), "severity": severity, "file": problem.place.file,
                "sheet": problem.place.sheet, "row": problem.place.row,
                "column": problem.place.column.as_ref().map(|column| column.header.to_string()),
                "column_index": problem.place.column.as_ref().map(|column| column.index),
                "cell": problem.place.column.as_ref().zip(problem.place.row)
                    .map(|(column, row)| format!("{}{row}", column_letters(column.index))),
                "answer": answer_json(problem),
                "value": problem.value, "what": words.what, "todo": words.todo,
            })
        })
        .collect()
}

pub fn status_json(standings: &[Standing]) {
    let jobs: Vec<Json> = standings
        .iter()
        .map(|standing| {
            json!({
                "job": standing.job, "files": standing.files, "finished": standing.finished, "live": standing.live,
                "contracts": standing.tally, "pages": standing.pages, "unconfirmed": standing.unconfirmed, "requests": standing.requests,
                "requests_per_second": standing.rate, "seconds_left": standing.left.as_secs_f64(), "erased": standing.erased,
                "created": jiff::Timestamp::from_microsecond(standing.created_us).map(|at| at.to_string()).ok(),
            })
        })
        .collect();
    print_document(&json!({ "jobs": jobs }));
}
