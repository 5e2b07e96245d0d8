//! What came of a check or a run, and what to do next.

use std::io::IsTerminal as _;
use std::path::Path;

use crate::domain::job::JobId;
use crate::domain::problem::{Problem, Severity};
use crate::jobs::{Checked, Ended, Failure, Outcome, Ran, TemplatesSeen, Workspace, title_of, to_confirm};
use crate::messages::failures;
use crate::messages::reasons;
use crate::report::{ReportInput, Unconfirmed, unconfirmed, what_next};
use crate::runner::Reason;
use crate::settings::SettingsError;
use crate::text::report::{PagesLeft, next_action};
use crate::text::{Lang, console as words};

use super::print::{
    BAD, GOOD, failure, files, list_files, say_answer, say_invalid, say_problems, styled_out, tidy,
};
use super::typed::{again, file_word, reading, typed, typed_value, with_settings};
use super::{held, logging};

/// Links beyond these are in the report; nobody opens hundreds from a terminal.
const MOST_PAGES: usize = 5;

/// `next`: says how to go on where all is well.
pub fn checked(lang: Lang, checked: &Checked, next: bool) {
    let name = checked.path.display();
    out!("{name}");
    if !checked.notes.is_empty() {
        let notes: Vec<String> =
            checked.notes.iter().map(|note| crate::text::report::note(lang, note)).collect();
        out!("  {}", notes.join(" · "));
    }
    // Whoever checks wants to see what was read, on a terminal or in a file.
    say_problems(lang, &checked.problems, true, |line| out!("{line}"));
    for line in words::understood::lines(lang, &checked.understood, words::understood::Values::Whole) {
        out!("  {line}");
    }
    if checked.questions > 0 {
        out!("  {}", words::failure::questions(lang));
    }
    if let Some(written) = &checked.written {
        list_files(lang, written);
    }
    if let Some(kept) = &checked.kept {
        out!("  {}", words::outcome::kept_check(lang, &tidy(kept).to_string_lossy()));
    }
    if !checked.unset.is_empty() {
        out!("  {}", words::check::unset(lang, checked.unset.iter().copied()));
    }
    // The same words with which a run refuses them.
    if let Some(key) = checked.made_up.first() {
        let words = failures::settings(lang, &SettingsError::MadeUp { key });
        out!("  {}", words.line(lang));
    }
    let is_good = checked.invalid == 0 && checked.questions == 0;
    let style = if is_good { GOOD } else { BAD };
    let time = words::duration(lang, checked.duration);
    let counts = words::check::counts(lang, checked.sendable, checked.invalid, checked.skipped);
    styled_out(style, &format!("  {counts}"));
    if checked.questions == 0 && checked.sendable > 0 {
        let line = match checked.starts {
            true => words::check::starts(lang, checked.sendable, checked.requests, &time),
            false => words::check::requests(lang, checked.requests, &time),
        };
        out!("  {line}");
    }
    match checked.templates {
        TemplatesSeen::Asked(count) => out!("  {}", words::templates::asked(lang, count)),
        TemplatesSeen::ByRun => {
            let mut command = typed(Some("check"), Some(&checked.path));
            command.push("--online".to_owned());
            out!("  {}", words::templates::asked_by_run(lang, &words::command(&command)));
        }
        TemplatesSeen::Never => {}
    }
    if checked.twins > 0 {
        out!("  {}", words::check::twins(lang, checked.twins));
    }
    if checked.duplicates > 0 {
        out!("  {}", words::check::duplicates(lang, checked.duplicates));
    }
    if checked.ended > 0 {
        let only = again_ended(typed(Some("run"), Some(&checked.path)));
        out!("  {}", words::check::ended(lang, checked.ended, &words::command(&only)));
    }
    for (job, count) in &checked.in_doubt {
        let settle = words::command(&with_settings(["flowbatch", "reconcile", &job.0]));
        out!("  {}", words::check::in_doubt(lang, *count, &settle));
    }
    let problems = checked.problems.iter().map(|(problem, _)| problem);
    say_answer(lang, Some(&checked.path), problems, true, |line| out!("{line}"));
    let workbook = checked.written.as_ref().and_then(|written| written.files.first());
    // Before a question is answered its rows have errors that are none.
    let is_asked = checked.problems.iter().any(|(problem, _)| problem.answer().is_some());
    match workbook {
        Some(_) if is_asked => {}
        Some(workbook) if checked.invalid > 0 => {
            let command = words::command(&typed(Some("check"), Some(tidy(workbook))));
            out!("  {}", words::next::after_bad_check(lang, tidy(workbook), &command));
        }
        // No command can answer them.
        _ if checked.questions > 0 && checked.invalid == 0 && !is_asked => {
            let command = words::command(&typed(Some("check"), Some(&checked.path)));
            out!("  {}", words::next::after_questions(lang, &command));
        }
        None if is_good && next && checked.sendable > 0 && checked.made_up.is_empty() => {
            let mut all = typed(Some("run"), Some(&checked.path));
            if checked.rest.is_some() {
                all.push("--again=rest".to_owned());
            }
            let trial: Vec<String> = all.iter().cloned().chain(["--first", "3"].map(str::to_owned)).collect();
            let all = words::command(&all);
            let line = match checked.sendable {
                ..=TRIAL => words::next::after_small_check(lang, &all),
                _ => words::next::after_good_check(lang, &words::command(&trial), &all),
            };
            out!("  {line}");
        }
        _ => {}
    }
}

/// So many contracts are a trial.
const TRIAL: u64 = 3;

/// The same command for those alone that have ended.
fn again_ended(words: Vec<String>) -> Vec<String> {
    let is_other = |word: &String| word != "--online" && word != "--again" && !word.starts_with("--again=");
    words.into_iter().filter(is_other).chain(["--again=ended".to_owned()]).collect()
}

/// What came of an input; nothing where there is no news and nobody looks.
pub fn outcome(lang: Lang, outcome: &Outcome, workspace: &Workspace, sandbox: bool) {
    if outcome.known && !std::io::stdout().is_terminal() {
        return;
    }
    if !outcome.known {
        held::news();
    }
    let ran = match &outcome.result {
        Ok(ran) => ran,
        Err(Failure::Invalid { count, sendable, written: Some(written), known: true, .. }) => {
            say_invalid(lang, Some(&outcome.path), *count, *sendable, Some(written));
            return;
        }
        Err(failed) => {
            failure(lang, Some(&outcome.path), failed);
            say_pages_before(lang, &outcome.path, workspace, sandbox);
            return;
        }
    };
    let job = outcome.job.as_ref().map(ToString::to_string).unwrap_or_default();
    let heading = words::outcome::heading(lang, outcome.path.display(), &job);
    if ran.idle {
        let line = match ran.ended {
            Ended::TrialBefore => words::outcome::trial_before(lang),
            Ended::NoneEnded => words::outcome::none_ended(lang, &job),
            Ended::NoneLeft => words::outcome::none_left(lang, ran.written.tally.to_fix() > 0),
            _ => words::outcome::finished_before(lang),
        };
        out!(
            "{}",
            words::said_of(
                lang,
                &heading,
                &format!("{} · {line}", words::status::tally(lang, &ran.written.tally))
            )
        );
        say_pages(lang, outcome, workspace, sandbox);
        return;
    }
    out!("{heading}");
    let worth: Vec<(Problem, Vec<String>)> = ran
        .told
        .iter()
        .filter(|(problem, _)| problem.rule.severity() >= Severity::Warning)
        .cloned()
        .collect();
    say_problems(lang, &worth, std::io::stdout().is_terminal(), |line| out!("{line}"));
    say_refused(lang, ran);
    let (own, before) = say_pages(lang, outcome, workspace, sandbox);
    files(lang, ran);
    if let Some(kept) = &ran.kept {
        out!("  {}", words::outcome::kept_check(lang, &tidy(kept).to_string_lossy()));
    }
    say_ending(lang, ran, workspace, &job);
    say_links(lang, outcome, ran, sandbox);
    let style =
        if ran.written.tally.to_fix() > 0 || matches!(ran.ended, Ended::Stopped(_)) { BAD } else { GOOD };
    styled_out(style, &format!("  {}", words::status::tally(lang, &ran.written.tally)));
    out!("  {}", what_to_do(lang, outcome, ran, workspace, PagesLeft { own, before }));
    say_next(lang, outcome, ran, workspace, sandbox);
}

/// The sentence that the report begins with.
fn what_to_do(lang: Lang, outcome: &Outcome, ran: &Ran, workspace: &Workspace, left: PagesLeft) -> String {
    let fix = ran.written.fix.as_deref().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let job = outcome.job.as_ref().filter(|_| ran.starts);
    // A rehearsal leaves no job that could be asked about.
    let started =
        job.filter(|_| !workspace.sandbox).and_then(|job| workspace.journal.started_flows(job).ok());
    let signing = job.zip(started).and_then(|(job, started)| what_next(lang, job, &started));
    let starts = job.map(|job| job.0.as_str());
    next_action(lang, &ran.written.tally, left, starts, fix.as_deref(), signing)
}

/// The first contracts that failed, each with its reason.
fn say_refused(lang: Lang, ran: &Ran) {
    let (refused, count) = (&ran.written.refused, ran.written.tally.to_correct());
    if refused.is_empty() {
        return;
    }
    out!("  {}", words::next::refused(lang, count));
    for one in refused {
        out!("    {}", words::next::refused_line(lang, one.row, one.label.as_deref(), &one.reason));
    }
    let rest = count.saturating_sub(refused.len() as u64);
    if rest > 0 {
        out!("    {}", words::next::more_refused(lang, rest));
    }
}

/// Links to sign, where somebody has asked for them.
fn say_links(lang: Lang, outcome: &Outcome, ran: &Ran, sandbox: bool) {
    let Some(links) = &ran.links else { return };
    match links {
        Ok(linked) => {
            super::follow::say_linked(lang, outcome.job.as_ref().filter(|_| !sandbox), linked);
            if let Some(reason) = &linked.conclusion.stopped {
                err!("  {}", words::follow::no_links(lang, &reasons::reason(lang, reason).what));
            }
        }
        Err(failure) => {
            err!("  {}", words::follow::no_links(lang, &super::print::failure_words(lang, failure).what))
        }
    }
}

/// What to do next, as a whole command.
fn say_next(lang: Lang, outcome: &Outcome, ran: &Ran, workspace: &Workspace, sandbox: bool) {
    let once_more = || words::command(&again(&outcome.path));
    match &ran.ended {
        Ended::Stopped(_) => out!("  {}", words::next::after_stop(lang, &once_more())),
        Ended::Trial | Ended::TrialBefore if ran.written.tally.pending > 0 => {
            let mut all = without_first(again(&outcome.path));
            let line = match outcome.job.as_ref().filter(|_| ran.starts && !sandbox) {
                // Whoever pastes it is asked.
                Some(job) => {
                    all.retain(|word| word != "--yes");
                    let track = words::command(&with_settings(["flowbatch", "track", &job.0]));
                    words::next::after_started_trial(lang, &track, &words::command(&all))
                }
                None => words::next::after_trial(lang, &words::command(&all)),
            };
            out!("  {line}");
        }
        _ if sandbox => {}
        _ => {
            if let Some(fix) = &ran.written.fix {
                let fixed = file_word(tidy(fix));
                let mut run = vec!["flowbatch".to_owned(), "run".to_owned(), fixed];
                run.extend(outcome.job.as_ref().map(|job| action_of(workspace, job)).unwrap_or_default());
                run.extend(reading());
                let command = words::command(&with_settings(run));
                out!("  {}", words::next::after_failures(lang, tidy(fix), &command));
            }
        }
    }
}

/// What a command for contracts of a job needs so that they go by the same action, where the settings
/// name another one.
pub fn action_of(workspace: &Workspace, job: &JobId) -> Vec<String> {
    let Some(own) = workspace.journal.job(job).ok().flatten().map(|job| job.action) else {
        return Vec::new();
    };
    let is_said = typed_value("--action").is_some() || own != workspace.settings.action.wire_name();
    if is_said { vec!["--action".to_owned(), own] } else { Vec::new() }
}

/// A trial's command for the rest.
fn without_first(words: Vec<String>) -> Vec<String> {
    let mut skips = false;
    words
        .into_iter()
        .filter(|word| {
            let is_value = std::mem::replace(&mut skips, word == "--first");
            !is_value && word != "--first" && !word.starts_with("--first=")
        })
        .collect()
}

fn say_ending(lang: Lang, ran: &Ran, workspace: &Workspace, job: &str) {
    match &ran.ended {
        Ended::Finished => {}
        Ended::Before => out!("  {}", words::outcome::finished_before(lang)),
        Ended::Trial => out!("  {}", words::outcome::trial(lang)),
        Ended::TrialBefore => out!("  {}", words::outcome::trial_before(lang)),
        Ended::NoneEnded => out!("  {}", words::outcome::none_ended(lang, job)),
        Ended::NoneLeft => out!("  {}", words::outcome::none_left(lang, ran.written.tally.to_fix() > 0)),
        Ended::NothingFailed => out!("  {}", words::outcome::nothing_failed(lang)),
        Ended::Partly => out!("  {}", words::outcome::partly(lang)),
        Ended::InDoubt => {}
        Ended::Stopped(reason) => {
            let words = match reason {
                Reason::WaitsFor(job) => words::outcome::waits_for(
                    lang,
                    &title_of(&workspace.journal, &workspace.settings.zone, job),
                ),
                // The API's own messages may quote a contract.
                Reason::Caller(outcome) if logging::is_json() => {
                    crate::text::folder::caller(lang, outcome.code.as_deref().unwrap_or_default())
                }
                Reason::Question(question) if logging::is_json() => {
                    let code = question.outcome.code.as_deref().unwrap_or_default();
                    let bare = crate::text::folder::caller(lang, code);
                    crate::text::Words::new(bare.what, reasons::reason(lang, reason).todo)
                }
                reason => reasons::reason(lang, reason),
            };
            err!("  {}", words.what);
            err!("  {}", words.todo);
        }
    }
    if ran.starts && ran.written.tally.in_doubt > 0 {
        err!("  {}", words::outcome::doubts(lang, ran.written.tally.in_doubt, job));
    }
    if ran.extra_requests > 0 {
        out!("  {}", words::outcome::extra_requests(lang, ran.requests, ran.extra_requests));
    }
}

/// Of a file that nothing is sent of now: its contracts of before may be on pages that no report shows, where
/// the run was cut off.
fn say_pages_before(lang: Lang, path: &Path, workspace: &Workspace, sandbox: bool) {
    if sandbox {
        return;
    }
    let of = path.to_string_lossy();
    let found = to_confirm(&workspace.journal, &workspace.settings.zone, lang, Some(&of)).unwrap_or_default();
    let count: usize = found.iter().map(|one| one.pages.len()).sum();
    if count > 0 {
        let command = words::command(&with_settings(["flowbatch", "pages", &of]));
        err!("  {}", words::outcome::pages_of_before(lang, count, &command));
    }
}

/// Says which pages are still to be confirmed, and how many: the job's own, and those of others.
fn say_pages(lang: Lang, outcome: &Outcome, workspace: &Workspace, sandbox: bool) -> (usize, usize) {
    let read = || {
        let job = outcome.job.as_ref()?;
        let file = workspace.journal.job_file(job).ok()?;
        unconfirmed(&ReportInput { file: &file, ledger: Some((&workspace.journal, job)) }, lang, MOST_PAGES)
            .ok()
    };
    let Unconfirmed { count: left, first } = read().unwrap_or_default();
    if left == (0, 0) {
        return left;
    }
    let mut has_more = false;
    for (count, pages, heading) in [
        (left.0, first.0, words::outcome::pages(lang, left.0)),
        (left.1, first.1, words::outcome::pages_before(lang, left.1)),
    ] {
        if count == 0 {
            continue;
        }
        out!("  {heading}");
        for page in &pages {
            out!("    {}", page.label);
            out!("      {}", page.url);
        }
        if count > pages.len() {
            out!("    {}", words::outcome::more_pages(lang, count - pages.len()));
            has_more = true;
        }
    }
    // A rehearsal's journal is gone with it.
    if has_more
        && !sandbox
        && let Some(job) = &outcome.job
    {
        // Those of other jobs stand with the file alone.
        let of = if left.1 > 0 { tidy(&outcome.path).to_string_lossy().into_owned() } else { job.0.clone() };
        let command = words::command(&with_settings(["flowbatch", "pages", &of]));
        out!("    {}", words::next::after_pages(lang, &command));
    }
    if sandbox {
        out!("  {}", words::outcome::sandbox_pages(lang));
    }
    left
}
