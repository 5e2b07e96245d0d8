//! `flowbatch reconcile`.

use std::io::{BufRead as _, IsTerminal as _};

use jiff::tz::TimeZone;
use serde_json::{Value as Json, json};

use crate::domain::doubt::{Doubt, Why};
use crate::domain::job::JobId;
use crate::essbasic::callbacks::CallbackKey;
use crate::jobs::{
    self, Approval, Callbacks, DoubtWords, Failure, Reconciled, SettledLine, Twice, Word, Workspace,
};
use crate::messages::reasons;
use crate::settings::Environment;
use crate::text::console::reconcile as words;
use crate::text::{Lang, Words, console};

use super::args::{Common, ReconcileArgs};
use super::jobs::online;
use super::typed::typed;
use super::{Exit, print, print_document, tell_error};

const KEY_VARIABLE: &str = "FLOWBATCH_CALLBACK_KEY";
/// The rest is in the report.
const MOST_LINES: usize = 20;

pub async fn reconcile(args: &ReconcileArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let has_words = !args.not_sent.is_empty() || !args.flow_id.is_empty();
    let asks = !args.sure && !args.json && std::io::stdin().is_terminal();
    if has_words && !args.sure && !asks {
        let command: Vec<String> = typed(None, None).into_iter().chain(["--yes".to_owned()]).collect();
        let line = words::needs_a_word(lang, &console::command(&command));
        tell_error(&Words::new(line, String::new()));
        return Exit::Usage;
    }
    let callbacks = match callbacks(args, environment, lang) {
        Ok(callbacks) => callbacks,
        Err(exit) => return exit,
    };
    let done = async {
        let workspace = online(args.json, common, environment, lang)?;
        let job = jobs::named_job(&workspace.journal, &workspace.settings.zone, &args.job)?;
        let said = DoubtWords {
            not_sent: args.not_sent.clone(),
            flow_ids: args.flow_id.clone(),
            by: args.said_by.clone(),
        };
        let zone = workspace.settings.zone.clone();
        let confirm = move |said: &[Word<'_>]| match asks {
            true => ask(lang, said, &zone),
            false => Approval::Yes,
        };
        let out = args.out.as_deref();
        let done = jobs::reconcile(&workspace, lang, &job, out, &said, callbacks.as_ref(), &confirm).await?;
        Ok::<_, Failure>((workspace, job, done))
    };
    match done.await {
        Ok((workspace, job, done)) => {
            match args.json {
                true => document(lang, &job, &done),
                false => say(lang, &workspace, &job, &done),
            }
            exit_of(&done)
        }
        Err(failure) => print::command_failure(lang, args.json, &failure),
    }
}

/// The file, and the key from its file or the environment: it stands nowhere else.
fn callbacks(args: &ReconcileArgs, environment: &Environment, lang: Lang) -> Result<Option<Callbacks>, Exit> {
    let Some(path) = &args.callbacks else { return Ok(None) };
    let refuse = |words: &Words| {
        tell_error(words);
        Exit::Usage
    };
    let text = match &args.callback_key_file {
        Some(file) => {
            let read = std::fs::read_to_string(file);
            Some(read.map_err(|error| refuse(&words::unreadable(lang, file, &error.to_string())))?)
        }
        None => environment.get(KEY_VARIABLE).map(str::to_owned),
    };
    let key = match text {
        Some(text) => Some(CallbackKey::new(&text).ok_or_else(|| refuse(&words::bad_key(lang)))?),
        None => None,
    };
    Ok(Some(Callbacks { path: path.clone(), key }))
}

fn ask(lang: Lang, said: &[Word<'_>], zone: &TimeZone) -> Approval {
    for word in said {
        let doubt = words::to_look_for(lang, word.doubt, &between(word.doubt, zone));
        err!("{}", words::word(lang, &doubt, word.flow_id));
    }
    err!("{}", words::asks(lang));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if read.is_ok() && console::pages::is_yes(&line) { Approval::Yes } else { Approval::No }
}

/// When it may have been started, in the zone of the settings.
fn between(doubt: &Doubt, zone: &TimeZone) -> String {
    let Some(window) = doubt.window else { return String::new() };
    let at = |seconds: i64, form: &str| {
        let at = jiff::Timestamp::from_second(seconds).unwrap_or_default();
        at.to_zoned_datetime(zone.clone()).strftime(form).to_string()
    };
    format!("{} - {}", at(window.from, "%Y-%m-%d %H:%M:%S"), at(window.to, "%H:%M:%S"))
}

fn say(lang: Lang, workspace: &Workspace, job: &JobId, done: &Reconciled) {
    let path = jobs::files_of(&workspace.journal, job).into_iter().next().unwrap_or_default();
    out!("{}", console::outcome::heading(lang, path.display(), &job.0));
    if let Some(heard) = &done.heard {
        out!("  {}", words::heard(lang, heard.lines, heard.contracts));
        if heard.unread_count > 0 {
            err!("  {}", words::unread(lang, heard.unread_count, &heard.unread));
        }
        if heard.unknown > 0 {
            err!("  {}", words::unknown_ids(lang, heard.unknown));
        }
    }
    if let Some(outcome) = &done.no_bills {
        err!("  {}", words::no_bills(lang, outcome));
    }
    let lines = |all: &[SettledLine], line: &dyn Fn(&SettledLine) -> String| {
        all.iter().take(MOST_LINES).for_each(|one| out!("  {}", line(one)));
        if all.len() > MOST_LINES {
            out!("  {}", words::more(lang, all.len() - MOST_LINES));
        }
    };
    lines(&done.settled, &|one| words::settled(lang, &one.contract, one.flow_id.as_deref(), one.how));
    lines(&done.overruled, &|one| {
        words::overruled(lang, &one.contract, one.flow_id.as_deref().unwrap_or_default())
    });
    done.twice.iter().for_each(|one| {
        let line = words::twice(lang, &job.0, &one.contract, &one.first, one.second.as_deref());
        print::styled_err(print::BAD, &format!("  {line}"));
    });
    if done.declined {
        err!("  {}", words::declined(lang));
    }
    say_left(lang, job, &done.left, &workspace.settings.zone);
    if done.settled.is_empty() && done.left.is_empty() && done.twice.is_empty() {
        out!("  {}", words::nothing_in_doubt(lang));
    }
    print::files(lang, &done.ran);
    if done.ran.written.tally.pending > 0 && done.stopped.is_none() {
        out!("  {}", console::outcome::partly(lang));
    }
    if let Some(reason) = &done.stopped {
        let words = reasons::reason(lang, reason);
        err!("  {}", words.what);
        err!("  {}", words.todo);
        err!("  {}", words::nothing_settled(lang));
    }
    let style = if done.ran.written.tally.to_fix() > 0 { print::BAD } else { print::GOOD };
    print::styled_out(style, &format!("  {}", console::status::tally(lang, &done.ran.written.tally)));
}

fn say_left(lang: Lang, job: &JobId, left: &[(Doubt, Option<Why>)], zone: &TimeZone) {
    let Some((first, _)) = left.first() else { return };
    out!("  {}", words::left(lang, left.len()));
    for (doubt, why) in left.iter().take(MOST_LINES) {
        out!("    {}", words::to_look_for(lang, doubt, &between(doubt, zone)));
        if let Some(why) = why {
            out!("      {}", words::why(lang, why));
        }
    }
    if left.len() > MOST_LINES {
        out!("    {}", words::more(lang, left.len() - MOST_LINES));
    }
    out!("  {}", words::what_next(lang, &job.0, &first.contract));
}

fn document(lang: Lang, job: &JobId, done: &Reconciled) {
    let line =
        |one: &SettledLine| json!({"contract": one.contract, "flow_id": one.flow_id, "how": one.how.name()});
    let twice = |one: &Twice| json!({"contract": one.contract, "first": one.first, "second": one.second});
    let left: Vec<Json> = done
        .left
        .iter()
        .map(|(doubt, why)| {
            let at = |seconds: i64| jiff::Timestamp::from_second(seconds).map(|at| at.to_string()).ok();
            json!({
                "contract": doubt.contract, "name": doubt.name,
                "from": doubt.window.and_then(|window| at(window.from)),
                "to": doubt.window.and_then(|window| at(window.to)),
                "why": why.as_ref().map(|why| words::why(lang, why)),
            })
        })
        .collect();
    let heard = done.heard.as_ref().map(|heard| {
        let lines: Vec<u64> = heard.unread.iter().map(|(line, _)| *line).collect();
        json!({
            "lines": heard.lines, "contracts": heard.contracts, "unread": heard.unread_count,
            "unread_lines": lines, "unknown": heard.unknown,
        })
    });
    let reason = done.stopped.as_ref().map(|reason| reasons::reason(lang, reason).line(lang));
    print_document(&json!({
        "job": job, "result": if done.stopped.is_some() { "stopped" } else { "reconciled" }, "reason": reason,
        "settled": done.settled.iter().map(line).collect::<Vec<_>>(),
        "overruled": done.overruled.iter().map(line).collect::<Vec<_>>(),
        "started_twice": done.twice.iter().map(twice).collect::<Vec<_>>(),
        "in_doubt": left, "callbacks": heard,
        "no_bills": done.no_bills.as_ref().map(|outcome| words::no_bills(lang, outcome)),
        "contracts": done.ran.written.tally, "reports": done.ran.written.files,
        "group_pages": super::json::group_pages(&done.ran.written.parts),
    }));
}

fn exit_of(done: &Reconciled) -> Exit {
    match (&done.stopped, done.ran.written.tally.to_fix()) {
        (Some(_), _) => Exit::Stopped,
        (None, 1..) => Exit::Rows,
        (None, 0) if !done.twice.is_empty() => Exit::Rows,
        (None, 0) if done.ran.misplaced.is_some() => Exit::Other,
        (None, 0) => Exit::Done,
    }
}

/// `CONTRACT=ID`.
pub fn contract_and_id(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((contract, id)) if !contract.trim().is_empty() && !id.trim().is_empty() => {
            Ok((contract.trim().to_owned(), id.trim().to_owned()))
        }
        _ => Err("CONTRACT=ID is expected".to_owned()),
    }
}
