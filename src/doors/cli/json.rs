//! The same as `print`, as one JSON document for programs: `docs/schema.json` describes it, and
//! `document.rs` adds what stands in every one.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::domain::answer::Word;
use crate::domain::cell::column_letters;
use crate::domain::problem::{Problem, Severity};
use crate::domain::understood::Understood;
use crate::intake::plan::Refusal;
use crate::jobs::{
    Ended, Failure, FileCheck, Outcome, Ran, Standing, TemplatesSeen, ToConfirm, Workspace, job_object,
    problems_of,
};
use crate::journal::{Contents, Journal};
use crate::messages::reasons;
use crate::report::{PageLine, Parts, time};
use crate::settings::Settings;
use crate::text::{Lang, problems};

use super::pages::age_of;
use super::print::{answering, failure_words};
use super::{document, print_document};

pub fn run_json(
    lang: Lang,
    outcomes: &[Outcome],
    workspace: &Workspace,
    seen: &HashMap<PathBuf, Understood>,
) {
    let files: Vec<Json> = outcomes
        .iter()
        .map(|outcome| match &outcome.result {
            Err(failure) => {
                with(failure_json(lang, &outcome.path, failure), json!({ "job": outcome.job }))
            }
            Ok(ran) => {
                let ended = match &ran.ended {
                    Ended::Finished => "finished",
                    Ended::Before => "finished_before",
                    Ended::Trial | Ended::TrialBefore => "trial",
                    Ended::NoneEnded => "none_ended",
                    Ended::NoneLeft => "none_left",
                    Ended::NothingFailed => "nothing_failed",
                    Ended::Partly => "partly",
                    Ended::InDoubt => "in_doubt",
                    Ended::Stopped(_) => "stopped",
                };
                let reason = match &ran.ended {
                    Ended::Stopped(reason) => Some(reasons::reason(lang, reason).line(lang)),
                    _ => None,
                };
                let own = json!({
                    "file": outcome.path, "job": outcome.job, "result": ended, "reason": reason,
                    "contracts": ran.written.tally, "requests": ran.requests, "sent": ran.sent,
                    "understood": seen.get(&outcome.path),
                    "reports": ran.written.files, "group_pages": group_pages(&ran.written.parts), "problems": problems_json(lang, ran.told.iter().map(|(problem, _)| problem)),
                });
                with(job_of(lang, outcome, ran, workspace), own)
            }
        })
        .collect();
    print_document(&json!({ "sandbox": workspace.sandbox, "files": files }));
}

/// Web pages of single values of a column; null where nobody wants any.
pub fn group_pages(parts: &Parts) -> Json {
    if parts.column.is_empty() {
        return Json::Null;
    }
    let files: Vec<&Path> = parts.files.iter().map(|part| part.path.as_path()).collect();
    let none = match (parts.too_many, parts.lacks_column) {
        (Some(_), _) => Some("too_many_values"),
        (None, true) => Some("no_such_column"),
        (None, false) => None,
    };
    json!({ "column": parts.column, "files": files, "none": none })
}

/// The job of an outcome; what cannot be read of it is left out.
fn job_of(lang: Lang, outcome: &Outcome, ran: &Ran, workspace: &Workspace) -> Json {
    let job = outcome.job.as_ref().map(|job| {
        let mut told =
            job_object(&workspace.journal, &workspace.settings, lang, job, ran.written.fix.as_deref())?;
        if workspace.sandbox {
            // Its journal goes with this command.
            told.next.clear();
        }
        Ok::<_, Failure>(told)
    });
    match job {
        Some(Ok(told)) => json!(told),
        Some(Err(_)) | None => json!({
            "files": [outcome.path], "state": "open", "created": null, "ended": null,
            "page_count": ran.written.pages, "unconfirmed": ran.written.pages, "pages": [], "refused": [], "next": [],
        }),
    }
}

/// Both objects as one; what the second one says counts.
fn with(one: Json, more: Json) -> Json {
    match (one, more) {
        (Json::Object(mut one), Json::Object(more)) => {
            one.extend(more);
            Json::Object(one)
        }
        (one, _) => one,
    }
}

/// A job's pages that are still to be confirmed, with their age.
pub fn to_confirm(
    lang: Lang,
    journal: &Journal,
    settings: &Settings,
    one: &ToConfirm,
) -> Result<Json, Failure> {
    let mut told = job_object(journal, settings, lang, &one.job, None)?;
    let age = |url: &str| one.pages.iter().find(|page| page.url == url).map(|page| age_of(page).as_secs());
    let pages: Vec<Json> = std::mem::take(&mut told.pages)
        .into_iter()
        .filter_map(|page| {
            let age = age(&page.url)?;
            Some(with(json!(page), json!({ "age_seconds": age })))
        })
        .collect();
    Ok(with(json!(told), json!({ "pages": pages, "confirmed": one.confirmed })))
}

/// The page of a link that was just made.
pub fn page_with(lang: Lang, workspace: &Workspace, page: &PageLine) -> Json {
    let found =
        workspace.journal.find_pages(None, Some(&page.url)).ok().and_then(|all| all.into_iter().next());
    let told =
        found.and_then(|(job, _)| job_object(&workspace.journal, &workspace.settings, lang, &job, None).ok());
    let told = told.and_then(|told| told.pages.into_iter().find(|own| own.url == page.url));
    // Its link is told whatever cannot be read.
    let bare = || {
        json!({
            "page": "", "number": null, "label": page.label, "url": page.url, "contracts": 0, "rows": null,
            "before": false, "confirmed": false, "prepared": time(&workspace.settings.zone, page.prepared_us),
        })
    };
    told.map_or_else(bare, |told| json!(told))
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
                "rest": checked.rest.is_some(), "ended": checked.ended, "in_doubt": checked.in_doubt.iter().map(|(_, count)| count).sum::<u64>(),
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
    print_document(&json!({ "kind": "check", "files": files }));
}

/// Nothing came of the whole command.
pub fn failure_alone(lang: Lang, failure: &Failure) {
    document::hold_errors(&[failure_words(lang, failure)]);
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
        Failure::Erased { rest: Some(rest), .. } => ("failed", vec![rest.as_ref()]),
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
                "value": problem.value, "contracts": problem.rule.contracts(), "what": words.what, "todo": words.todo,
            })
        })
        .collect()
}

pub fn status_json(lang: Lang, journal: &Journal, settings: &Settings, standings: &[Standing]) {
    let jobs: Vec<Json> = standings
        .iter()
        .map(|standing| {
            // One that cannot be read hides no other's.
            let told = job_object(journal, settings, lang, &standing.job, None);
            let told = told.map_or_else(|_| json!({"state": "unreadable"}), |told| json!(told));
            let own = json!({
                "job": standing.job, "files": standing.files, "file": standing.files.first().cloned().unwrap_or_default(),
                "finished": standing.finished, "live": standing.live,
                "contracts": standing.tally, "page_count": standing.pages.all, "unconfirmed": standing.pages.unconfirmed,
                "requests": standing.requests, "requests_per_second": standing.rate,
                "seconds_left": standing.left.as_secs_f64(),
                "erased": standing.contents == Contents::Erased, "lost": standing.contents == Contents::Lost,
                "created": time(&settings.zone, standing.created_us),
            });
            let unread = json!({"ended": null, "pages": [], "refused": [], "next": []});
            with(with(unread, told), own)
        })
        .collect();
    print_document(&json!({ "jobs": jobs }));
}
