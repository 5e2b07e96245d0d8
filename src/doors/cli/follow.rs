//! `flowbatch track`, `links`, `remind`, `undo` and `download`.

use std::io::{BufRead as _, IsTerminal as _};

use serde_json::{Value as Json, json};

use crate::domain::job::JobId;
use crate::essbasic::cancel::is_reason;
use crate::jobs::{
    self, Conclusion, Downloaded, Downloads, Failure, Left, Linked, Reminding, Tracked, Undone, Workspace,
};
use crate::journal::JournalFault;
use crate::messages::reasons;
use crate::settings::Environment;
use crate::text::console::follow as words;
use crate::text::{Lang, Words, console, signing};

use super::args::{Common, DownloadArgs, JobOnly, UndoArgs};
use super::jobs::online;
use super::typed::{typed, with_settings};
use super::{Exit, print, print_document, tell_error};

/// A job that can be asked about, or how the command ends.
fn open(
    args: &JobOnly,
    common: &Common,
    environment: &Environment,
    lang: Lang,
) -> Result<(Workspace, JobId), Exit> {
    let failed = |failure: Failure| fail(lang, args.json, &failure);
    let workspace = online(args.json, common, environment, lang).map_err(failed)?;
    let job = jobs::named_job(&workspace.journal, &workspace.settings.zone, &args.job).map_err(failed)?;
    Ok((workspace, job))
}

fn fail(lang: Lang, json: bool, failure: &Failure) -> Exit {
    let exit = print::command_failure(lang, json, failure);
    let is_unknown =
        matches!(failure, Failure::Journal(error) if matches!(error.fault, JournalFault::NoSuchJob(_)));
    if is_unknown && !json {
        err!("  {}", words::maybe_rehearsal(lang));
    }
    exit
}

pub async fn track(args: &JobOnly, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let (workspace, job) = match open(args, common, environment, lang) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let tracked = match jobs::track(&workspace, lang, &job).await {
        Ok(tracked) => tracked,
        Err(failure) => return fail(lang, args.json, &failure),
    };
    let exit = worst(exit_of(&tracked.conclusion), tracked.untold > 0);
    if args.json {
        let waiting = tracked.waiting.iter();
        let waiting: Vec<Json> = waiting
            .map(|one| json!({"contract": one.contract, "not_signed": one.who, "since": rfc3339(&workspace, one.since)}))
            .collect();
        let mut document = json!({
            "job": job, "states": tracked.counts, "asked": tracked.asked, "waiting": tracked.all_waiting,
            "first_waiting": waiting, "not_answered": tracked.untold,
        });
        add(&mut document, "first_not_answered", lang, &tracked.left, &tracked.conclusion);
        print_document(&document);
        return exit;
    }
    say_tracked(lang, &workspace, &job, &tracked);
    conclude(lang, &tracked.conclusion);
    exit
}

fn say_tracked(lang: Lang, workspace: &Workspace, job: &JobId, tracked: &Tracked) {
    for (state, count) in &tracked.counts {
        out!("{}", words::count(lang, &signing::flow_status(lang, state), *count));
    }
    if tracked.all_waiting > 0 {
        out!("{}", words::waiting_heading(lang, tracked.all_waiting));
        for one in &tracked.waiting {
            let since = crate::text::book::plain_time(&rfc3339(workspace, one.since));
            out!("  {}", words::waiting(lang, &one.contract, &one.who, &since));
        }
        more(lang, tracked.all_waiting, tracked.waiting.len());
        out!("{}", words::then_remind(lang, &job.0));
    }
    say_left(lang, &words::untold(lang, tracked.untold), tracked.untold, &tracked.left);
    if tracked.counts.keys().any(|state| crate::domain::signing::is_complete(state)) {
        out!("{}", words::then_download(lang, &job.0));
    }
}

pub async fn links(args: &JobOnly, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let (workspace, job) = match open(args, common, environment, lang) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let linked = match jobs::links(&workspace, lang, &job).await {
        Ok(linked) => linked,
        Err(failure) => return fail(lang, args.json, &failure),
    };
    if args.json {
        let mut document = json!({
            "job": job, "links": linked.links, "complete": linked.complete, "missing": linked.missing,
        });
        add(&mut document, "first_missing", lang, &linked.left, &linked.conclusion);
        print_document(&document);
    } else {
        say_linked(lang, Some(&job), &linked);
        conclude(lang, &linked.conclusion);
    }
    worst(exit_of(&linked.conclusion), linked.missing > 0)
}

/// Also at the end of a run. `job`: none that could be asked again, of a rehearsal.
pub fn say_linked(lang: Lang, job: Option<&JobId>, linked: &Linked) {
    out!("{}", words::linked(lang, linked.links, linked.complete));
    if linked.links > 0 {
        out!("{}", signing::what_a_link_opens(lang));
    }
    say_left(lang, &words::links_missing(lang, linked.missing), linked.missing, &linked.left);
    if let Some(job) = job.filter(|_| linked.missing > 0) {
        out!("{}", words::then_links(lang, &job.0));
    }
}

pub async fn remind(args: &JobOnly, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let (workspace, job) = match open(args, common, environment, lang) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let reminding = match jobs::remind(&workspace, lang, &job).await {
        Ok(reminding) => reminding,
        Err(failure) => return fail(lang, args.json, &failure),
    };
    let Reminding { done, before, over, failed, left, unknown, conclusion } = &reminding;
    if args.json {
        let mut document = json!({
            "job": job, "reminded": done, "before": before, "over": over, "failed": failed, "unknown": unknown,
        });
        add(&mut document, "first_failed", lang, left, conclusion);
        print_document(&document);
    } else {
        out!("{}", words::reminded(lang, *done, *before, *over));
        say_left(lang, &words::not_reminded(lang, *failed), *failed, left);
        if *unknown > 0 {
            out!("{}", words::maybe_reminded(lang, *unknown));
        }
        conclude(lang, conclusion);
    }
    worst(exit_of(conclusion), *failed + *unknown > 0)
}

pub async fn undo(args: &UndoArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let UndoArgs { of, contract, reason, undo_now } = args;
    if reason.as_deref().is_some_and(|reason| !is_reason(reason)) {
        tell_error(&Words::new(words::bad_reason(lang), ""));
        return Exit::Usage;
    }
    let (workspace, job) = match open(of, common, environment, lang) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let plan = match jobs::plan_undo(&workspace, lang, &job, contract).await {
        Ok(plan) => plan,
        Err(failure) => return fail(lang, of.json, &failure),
    };
    if let Some(reason) = &plan.stopped {
        return stopped(lang, of.json, &job, reason);
    }
    let count = plan.contracts();
    if !of.json {
        for (state, count) in &plan.over {
            out!("{}", words::undo_over(lang, &signing::flow_status(lang, state), *count));
        }
        if count == 0 && plan.untold == 0 {
            out!("{}", words::undo_nothing(lang));
        }
    }
    let first = match plan.first() {
        Ok(first) => first,
        Err(failure) => return fail(lang, of.json, &failure),
    };
    if count > 0 && !of.json {
        err!("{}", words::undo_happens(lang, count, reason.as_deref()));
        // Their names are no business of a log.
        first.iter().for_each(|contract| out!("  {contract}"));
        more(lang, count, first.len());
    }
    if count > 0 && !may_undo(lang, *undo_now, of.json) {
        let mut command = typed(None, None);
        command.push("--yes".to_owned());
        let line = words::undo_needs_a_word(lang, &console::command(&command));
        if of.json {
            print_document(&json!({"job": job, "result": "not_approved", "contracts": count, "todo": line}));
        } else {
            err!("{line}");
        }
        return Exit::Input;
    }
    let over = plan.over.clone();
    let undone = match plan.carry_out(reason.as_deref()).await {
        Ok(undone) => undone,
        Err(failure) => return fail(lang, of.json, &failure),
    };
    if of.json {
        let mut document = json!({
            "job": job, "taken_back": undone.done, "failed": undone.failed, "unknown": undone.unknown, "over": over,
            "first_unknown": told(lang, &undone.unclear),
        });
        add(&mut document, "first_failed", lang, &undone.left, &undone.conclusion);
        print_document(&document);
    } else {
        say_undone(lang, &workspace, &job, &undone, count);
    }
    worst(exit_of(&undone.conclusion), undone.failed + undone.unknown > 0)
}

fn say_undone(lang: Lang, workspace: &Workspace, job: &JobId, undone: &Undone, wanted: u64) {
    if wanted > 0 {
        out!("{}", words::undone(lang, undone.done));
    }
    say_left(lang, &words::undo_failed(lang, undone.failed), undone.failed, &undone.left);
    say_left(lang, &words::undo_unknown(lang, undone.unknown), undone.unknown, &undone.unclear);
    if undone.unknown > 0 {
        out!("{}", words::then_track(lang, &job.0));
    }
    if undone.done > 0
        && let Some(command) = send_again(workspace, job)
    {
        out!("{}", words::then_again(lang, &command));
    }
    conclude(lang, &undone.conclusion);
}

/// Sends what was taken back once more, and nothing else of the job's files.
fn send_again(workspace: &Workspace, job: &JobId) -> Option<String> {
    let files = jobs::files_of(&workspace.journal, job);
    let mut words = vec!["flowbatch".to_owned(), "run".to_owned()];
    words.extend(files.iter().map(|file| file.to_string_lossy().into_owned()));
    words.extend(super::results::action_of(workspace, job));
    words.push("--again=ended".to_owned());
    (!files.is_empty()).then(|| console::command(&with_settings(words)))
}

/// Somebody has said so beforehand, or says so now.
fn may_undo(lang: Lang, said: bool, silent: bool) -> bool {
    if said {
        return true;
    }
    if silent || !std::io::stdin().is_terminal() {
        return false;
    }
    err!("{}", words::undo_asks(lang));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.is_ok() && console::pages::is_yes(&line)
}

pub async fn download(args: &DownloadArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let DownloadArgs { of, documents, unsigned } = args;
    let (workspace, job) = match open(of, common, environment, lang) {
        Ok(opened) => opened,
        Err(exit) => return exit,
    };
    let wanted = Downloads { folder: documents, all: *unsigned };
    let downloaded = match jobs::download(&workspace, lang, &job, &wanted).await {
        Ok(downloaded) => downloaded,
        Err(failure) => return fail(lang, of.json, &failure),
    };
    let Downloaded { fetched, before, open, failed, left, stopped, folder } = downloaded;
    let conclusion = Conclusion { stopped, unreported: None };
    if of.json {
        let mut document = json!({
            "job": job, "folder": folder, "fetched": fetched, "before": before, "not_signed": open, "failed": failed,
        });
        add(&mut document, "first_failed", lang, &left, &conclusion);
        print_document(&document);
    } else {
        out!("{}", words::downloaded(lang, fetched, before, folder.display()));
        if open > 0 {
            out!("{}", words::not_complete(lang, open));
        }
        say_left(lang, &words::not_downloaded(lang, failed), failed, &left);
        conclude(lang, &conclusion);
    }
    worst(exit_of(&conclusion), failed > 0)
}

fn rfc3339(workspace: &Workspace, seconds: i64) -> String {
    let Ok(at) = jiff::Timestamp::from_second(seconds) else { return String::new() };
    let zoned = at.to_zoned_datetime(workspace.settings.zone.clone());
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

fn why(lang: Lang, left: &Left) -> String {
    signing::why(lang, &left.code, &left.message)
}

fn told(lang: Lang, all: &[Left]) -> Vec<Json> {
    let one = |left: &Left| json!({"contract": left.contract, "code": left.code, "reason": why(lang, left)});
    all.iter().map(one).collect()
}

/// What every document has: the first contracts that something could not be done for, and
/// what ended the work.
fn add(document: &mut Json, name: &str, lang: Lang, left: &[Left], conclusion: &Conclusion) {
    let Some(fields) = document.as_object_mut() else { return };
    fields.insert(name.to_owned(), Json::Array(told(lang, left)));
    let ended = conclusion.stopped.as_ref().map(|reason| reasons::reason(lang, reason));
    let unreported =
        conclusion.unreported.as_ref().map(|error| crate::messages::reports::trouble(lang, error));
    let result = if ended.is_some() { "stopped" } else { "done" };
    fields.insert("result".to_owned(), json!(result));
    let words = ended.or(unreported);
    fields.insert("what".to_owned(), json!(words.as_ref().map(|words| words.what.as_str())));
    fields.insert("todo".to_owned(), json!(words.as_ref().map(|words| words.todo.as_str())));
}

fn say_left(lang: Lang, heading: &str, count: u64, left: &[Left]) {
    if count == 0 {
        return;
    }
    out!("{heading}");
    for one in left {
        out!("  {}", words::left(lang, &one.contract, &why(lang, one)));
    }
    more(lang, count, left.len());
}

fn more(lang: Lang, all: u64, shown: usize) {
    let rest = all.saturating_sub(shown as u64);
    if rest > 0 {
        out!("  {}", words::and_more(lang, rest));
    }
}

fn conclude(lang: Lang, conclusion: &Conclusion) {
    if let Some(error) = &conclusion.unreported {
        err!("{}", crate::messages::reports::trouble(lang, error).line(lang));
    }
    if let Some(reason) = &conclusion.stopped {
        let words = reasons::reason(lang, reason);
        err!("{}", words.what);
        err!("{}", words.todo);
    }
}

fn stopped(lang: Lang, json: bool, job: &JobId, reason: &crate::runner::Reason) -> Exit {
    let words = reasons::reason(lang, reason);
    if json {
        print_document(&json!({"job": job, "result": "stopped", "what": words.what, "todo": words.todo}));
    } else {
        err!("{}", words.what);
        err!("{}", words.todo);
    }
    Exit::Stopped
}

fn exit_of(conclusion: &Conclusion) -> Exit {
    match conclusion {
        Conclusion { stopped: Some(_), .. } => Exit::Stopped,
        Conclusion { unreported: Some(_), .. } => Exit::Other,
        _ => Exit::Done,
    }
}

/// Some contracts need a look.
fn worst(exit: Exit, some_left: bool) -> Exit {
    if exit == Exit::Done && some_left { Exit::Rows } else { exit }
}
