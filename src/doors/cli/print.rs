//! What a person, or a program (`--json`), is shown at the end.

use std::io::IsTerminal as _;
use std::path::Path;

use crate::domain::answer::joined;
use crate::domain::file::FileFault;
use crate::domain::problem::{Problem, Severity};
use crate::domain::understood::Understood;
use crate::intake::plan::Refusal;
use crate::jobs::{Checked, Ended, Erased, Failure, Ground, Outcome, Ran, Standing};
use crate::report::{PageLine, Source, Written, page_lines};
use crate::text::console::problems::{ProblemGroup, group_problems};
use crate::text::{Lang, Words, console as words, files, troubles};

use super::Exit;

/// Links beyond these are in the report; nobody opens hundreds from a terminal.
const MOST_PAGES: usize = 30;
const MOST_GROUPS: usize = 40;

pub fn exit_of_failure(failure: &Failure) -> Exit {
    match failure {
        // A name that was typed wrongly is no fault of a file.
        Failure::Refused(Refusal::File(error)) if error.fault == FileFault::NotFound => Exit::Usage,
        Failure::Refused(_)
        | Failure::Questions { .. }
        | Failure::Invalid { .. }
        | Failure::NoContracts
        | Failure::NotApproved { .. }
        | Failure::UnknownReport(_)
        | Failure::ReportUnreadable { .. }
        | Failure::Changed { .. } => Exit::Input,
        Failure::Stopped | Failure::BeingCorrected { .. } => Exit::Stopped,
        Failure::LeftOut | Failure::NotBegun | Failure::Erased { .. } => Exit::Done,
        Failure::Settings(_)
        | Failure::Client(_)
        | Failure::NoSuchPage { .. }
        | Failure::PageReplaced { .. }
        | Failure::PageUnknown
        | Failure::PageConfirmed { .. }
        | Failure::PageOfSeveral { .. }
        | Failure::JobOfSeveral { .. }
        | Failure::NothingToRenew
        | Failure::NothingToPreview
        | Failure::OtherRealm { .. } => Exit::Usage,
        Failure::Journal(error) => match error.fault {
            crate::journal::JournalFault::JobTaken { .. } | crate::journal::JournalFault::SameInput => {
                Exit::Stopped
            }
            crate::journal::JournalFault::NoSuchJob(_) => Exit::Usage,
            _ => Exit::Other,
        },
        Failure::Pace(_) | Failure::Report(_) => Exit::Other,
    }
}

/// A command that came to nothing: said to a person, or as one document to a program.
pub fn command_failure(lang: Lang, json: bool, failed: &Failure) -> Exit {
    if json {
        super::json::failure_alone(lang, failed);
        return exit_of_failure(failed);
    }
    failure(lang, None, failed)
}

/// Says why an input went no further; returns its exit code.
pub fn failure(lang: Lang, path: Option<&Path>, failure: &Failure) -> Exit {
    match failure {
        Failure::Refused(Refusal::Sheets { problems, .. }) => {
            let alone: Vec<(Problem, Vec<String>)> =
                problems.iter().map(|problem| (problem.clone(), Vec::new())).collect();
            list_problems(lang, &alone);
            say_answer(lang, path, problems.iter(), |line| err!("{line}"));
        }
        Failure::Questions { problems, understood } => {
            for line in words::understood::lines(lang, understood, false) {
                err!("  {line}");
            }
            list_problems(lang, problems);
            err!("");
            let line = words::failure::questions(lang);
            match path.and_then(Path::file_name) {
                Some(name) => err!("{}", words::said_of(lang, &name.to_string_lossy(), &line)),
                None => err!("{line}"),
            }
            say_answer(lang, path, problems.iter().map(|(problem, _)| problem), |line| err!("{line}"));
        }
        Failure::Invalid { problems, count, written, sendable } => {
            list_problems(lang, problems);
            err!("");
            let line = words::failure::invalid(lang, *count, *sendable);
            match path.and_then(Path::file_name) {
                Some(name) => err!("{}", words::said_of(lang, &name.to_string_lossy(), &line)),
                None => err!("{line}"),
            }
            say_answer(lang, path, problems.iter().map(|(problem, _)| problem), |line| err!("{line}"));
            if let Some(written) = written {
                list_files(lang, written);
            }
        }
        Failure::NotApproved { start, asked } => {
            let words = words::start::not_approved(lang, start, *asked, &with_yes(path));
            err!("{}", words::said_of(lang, &shown(path), &words.what));
            err!("  {}", words.todo);
        }
        Failure::LeftOut => {
            let path = path.map(|path| path.display().to_string()).unwrap_or_default();
            err!("{}", words::said_of(lang, &path, &words::failure::left_out(lang)));
        }
        other => {
            let words = failure_words(lang, other);
            let place = match (other, path) {
                (Failure::Refused(Refusal::File(error)), _) => files::place(error),
                (_, Some(path)) => path.display().to_string(),
                (_, None) => "flowbatch".to_owned(),
            };
            err!("{}", words::said_of(lang, &place, &words.what));
            if !words.todo.is_empty() {
                err!("  {}", words.todo);
            }
        }
    }
    exit_of_failure(failure)
}

pub fn failure_words(lang: Lang, failure: &Failure) -> Words {
    match failure {
        Failure::Refused(Refusal::File(error)) => files::explain(lang, error),
        Failure::Settings(error) => troubles::settings(lang, error),
        Failure::Journal(error) => troubles::journal(lang, error),
        Failure::Pace(error) => troubles::pace(lang, error),
        Failure::Client(error) => troubles::client(lang, error),
        Failure::Report(error) => crate::text::report::trouble(lang, error),
        Failure::NoSuchPage { page, pages } => words::failure::no_such_page(lang, *page, *pages),
        Failure::PageConfirmed { page, by } => words::failure::page_confirmed(lang, page, by.as_deref()),
        Failure::PageUnknown => words::failure::page_unknown(lang),
        Failure::PageOfSeveral { pages } => {
            let names = pages.iter().map(|(job, number)| crate::report::full_name(job, *number));
            words::failure::page_of_several(lang, &names.collect::<Vec<_>>())
        }
        Failure::JobOfSeveral { jobs } => {
            let names: Vec<String> = jobs.iter().map(ToString::to_string).collect();
            words::failure::job_of_several(lang, &names)
        }
        Failure::NothingToPreview => words::preview::nothing_to_preview(lang),
        Failure::NothingToRenew => words::failure::nothing_to_renew(lang),
        Failure::PageReplaced { page, by } => words::failure::page_replaced(lang, *page, *by),
        Failure::Erased { job } => words::failure::erased(lang, job),
        Failure::OtherRealm { job } => words::failure::other_realm(lang, job),
        Failure::BeingCorrected { job, by } => words::failure::being_corrected(lang, job, by),
        Failure::NoContracts => words::failure::no_contracts(lang),
        Failure::UnknownReport(report) => words::failure::unknown_report(lang, report),
        Failure::ReportUnreadable { path, rows } => words::failure::report_unreadable(lang, path, *rows),
        Failure::Changed { path } => words::failure::changed(lang, path),
        Failure::Stopped => words::failure::stopped(lang),
        Failure::NotBegun => words::failure::not_begun(lang),
        Failure::Questions { .. } => Words::new(words::failure::questions(lang), ""),
        Failure::NotApproved { start, asked } => {
            words::start::not_approved(lang, start, *asked, &with_yes(None))
        }
        Failure::Refused(Refusal::Sheets { .. }) | Failure::Invalid { .. } | Failure::LeftOut => {
            Words::new("", "")
        }
    }
}

fn shown(path: Option<&Path>) -> String {
    path.map_or_else(|| "flowbatch".to_owned(), |path| path.display().to_string())
}

/// The command as it was typed, for that file, with the word that agrees.
fn with_yes(path: Option<&Path>) -> String {
    let mut command = vec!["flowbatch".to_owned()];
    command.extend(super::args::typed());
    if let Some(path) = path.filter(|_| command.get(1).is_some_and(|word| word == "run")) {
        command.insert(2, path.to_string_lossy().into_owned());
    }
    command.push("--yes".to_owned());
    command.iter().map(|word| words::shell_word(word)).collect::<Vec<_>>().join(" ")
}

/// The one command that answers all questions of a file, if any of them has an answer.
pub fn answering<'p>(path: Option<&Path>, problems: impl Iterator<Item = &'p Problem>) -> Vec<String> {
    let words = joined(problems);
    if words.is_empty() {
        return Vec::new();
    }
    let mut command = super::args::typed();
    let at = command.len().min(1);
    if let Some(path) = path {
        command.insert(at, path.to_string_lossy().into_owned());
    }
    command.insert(0, "flowbatch".to_owned());
    for word in words {
        command.push(format!("--{}", word.option));
        command.extend(word.value);
    }
    command
}

fn say_answer<'p>(
    lang: Lang,
    path: Option<&Path>,
    problems: impl Iterator<Item = &'p Problem>,
    print: impl Fn(String),
) {
    let command = answering(path, problems);
    if !command.is_empty() {
        let line: Vec<String> = command.iter().map(|word| words::shell_word(word)).collect();
        print(format!("  {}", words::failure::answer(lang, &line.join(" "))));
    }
}

/// What a file was understood as, before it is sent. Values only where somebody looks.
pub fn understood(lang: Lang, path: &Path, understood: &Understood) {
    out!("{}", path.display());
    for line in words::understood::lines(lang, understood, std::io::stdout().is_terminal()) {
        out!("  {line}");
    }
}

fn list_problems(lang: Lang, found: &[(Problem, Vec<String>)]) {
    let groups = group_problems(lang, found);
    // A log or a mail is read by others.
    print_groups(lang, &groups, std::io::stderr().is_terminal(), |line| err!("{line}"));
}

fn print_groups(lang: Lang, groups: &[ProblemGroup], values: bool, print: impl Fn(String)) {
    for group in groups.iter().take(MOST_GROUPS) {
        for line in group.lines(lang, values) {
            print(line);
        }
    }
    if groups.len() > MOST_GROUPS {
        let rest = groups.len() - MOST_GROUPS;
        print(format!("  {}", words::problems::more_kinds(lang, rest)));
    }
}

/// What was written, and why it is not where it belongs.
pub fn files(lang: Lang, ran: &Ran) {
    if let Some(error) = &ran.misplaced {
        let trouble = crate::text::report::trouble(lang, error);
        err!("  {}", words::outcome::misplaced(lang, &trouble));
    }
    list_files(lang, &ran.written);
}

fn list_files(lang: Lang, written: &Written) {
    for path in &written.files {
        let path = path.strip_prefix(".").unwrap_or(path).display();
        out!("  {}", words::written(lang, path));
    }
    if written.moved_aside {
        out!("  {}", words::moved_aside(lang));
    }
}

pub fn checked(lang: Lang, checked: &Checked) {
    let name = checked.path.display();
    out!("{name}");
    if !checked.notes.is_empty() {
        let notes: Vec<String> =
            checked.notes.iter().map(|note| crate::text::report::note(lang, note)).collect();
        out!("  {}", notes.join(" · "));
    }
    let groups = group_problems(lang, &checked.problems);
    print_groups(lang, &groups, true, |line| out!("{line}"));
    for line in words::understood::lines(lang, &checked.understood, true) {
        out!("  {line}");
    }
    if checked.questions > 0 {
        out!("  {}", words::failure::questions(lang));
    }
    say_answer(lang, Some(&checked.path), checked.problems.iter().map(|(problem, _)| problem), |line| {
        out!("{line}")
    });
    let time = words::duration(lang, checked.duration);
    out!("  {}", words::check::counts(lang, checked.sendable, checked.invalid, checked.skipped));
    if checked.questions == 0 {
        let line = match checked.starts {
            true => words::check::starts(lang, checked.sendable, checked.requests, &time),
            false => words::check::requests(lang, checked.requests, &time),
        };
        out!("  {line}");
    }
    if checked.twins > 0 {
        out!("  {}", words::check::twins(lang, checked.twins));
    }
    if checked.duplicates > 0 {
        out!("  {}", words::check::duplicates(lang, checked.duplicates));
    }
    if !checked.unset.is_empty() {
        out!("  {}", words::check::unset(lang, checked.unset.iter().copied()));
    }
    if let Some(written) = &checked.written {
        list_files(lang, written);
    }
}

pub fn outcome(lang: Lang, outcome: &Outcome, ground: &Ground, sandbox: bool) {
    let ran = match &outcome.result {
        Ok(ran) => ran,
        Err(failed) => {
            failure(lang, Some(&outcome.path), failed);
            return;
        }
    };
    let job = outcome.job.as_ref().map(ToString::to_string).unwrap_or_default();
    out!("{}", words::outcome::heading(lang, outcome.path.display(), &job));
    let worth: Vec<(Problem, Vec<String>)> = ran
        .told
        .iter()
        .filter(|(problem, _)| problem.rule.severity() >= Severity::Warning)
        .cloned()
        .collect();
    print_groups(lang, &group_problems(lang, &worth), true, |line| out!("{line}"));
    out!("  {}", words::status::tally(lang, &ran.written.tally));
    say_ending(lang, ran);
    say_pages(lang, outcome, ground, sandbox);
    files(lang, ran);
    if ran.written.to_fix > 0 {
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
        let fix = ran.written.files.iter().filter_map(|path| name(path)).find(|name| name.contains(".fix"));
        out!("  {}", words::outcome::to_fix(lang, &fix.unwrap_or_default()));
    }
}

fn say_ending(lang: Lang, ran: &Ran) {
    match &ran.ended {
        Ended::Finished => {}
        Ended::Before => out!("  {}", words::outcome::finished_before(lang)),
        Ended::Trial => out!("  {}", words::outcome::trial(lang)),
        Ended::TrialBefore => out!("  {}", words::outcome::trial_before(lang)),
        Ended::NothingFailed => out!("  {}", words::outcome::nothing_failed(lang)),
        Ended::Partly => out!("  {}", words::outcome::partly(lang)),
        Ended::InDoubt => {}
        Ended::Stopped(reason) => {
            let words = words::outcome::reason(lang, reason);
            err!("  {}", words.what);
            err!("  {}", words.todo);
        }
    }
    if ran.starts && ran.written.tally.in_doubt > 0 {
        err!("  {}", words::outcome::doubts(lang, ran.written.tally.in_doubt));
    }
    if ran.extra_requests > 0 {
        out!("  {}", words::outcome::extra_requests(lang, ran.requests, ran.extra_requests));
    }
}

pub fn pages(lang: Lang, outcome: &Outcome, ground: &Ground) -> Vec<PageLine> {
    let Some(job) = &outcome.job else { return Vec::new() };
    let Ok(file) = ground.journal.job_file(job) else { return Vec::new() };
    page_lines(&Source { file: &file, ledger: Some((&ground.journal, job)) }, lang).unwrap_or_default()
}

fn say_pages(lang: Lang, outcome: &Outcome, ground: &Ground, sandbox: bool) {
    let (before, own): (Vec<PageLine>, Vec<PageLine>) =
        pages(lang, outcome, ground).into_iter().filter(|page| !page.confirmed).partition(|page| page.before);
    if before.is_empty() && own.is_empty() {
        return;
    }
    for (pages, heading) in [
        (&own, words::outcome::pages(lang, own.len())),
        (&before, words::outcome::pages_before(lang, before.len())),
    ] {
        if pages.is_empty() {
            continue;
        }
        out!("  {heading}");
        for page in pages.iter().take(MOST_PAGES) {
            out!("    {}", page.label);
            out!("      {}", page.url);
        }
        if pages.len() > MOST_PAGES {
            out!("    {}", words::outcome::more_pages(lang, pages.len() - MOST_PAGES));
        }
    }
    if sandbox {
        out!("  {}", words::outcome::sandbox_pages(lang));
    }
}

pub fn status(lang: Lang, standings: &[Standing], zone: &jiff::tz::TimeZone) {
    if standings.is_empty() {
        out!("{}", words::status::no_jobs(lang));
    }
    for standing in standings {
        let files: Vec<String> = standing
            .files
            .iter()
            .map(|file| file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned())
            .collect();
        let begun = jiff::Timestamp::from_microsecond(standing.created_us)
            .map(|at| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
            .unwrap_or_default();
        let state = words::status::state(lang, standing.live, standing.finished, standing.unconfirmed);
        out!("{}  {begun}  {}  {state}", standing.job, files.join(" + "));
        out!("  {}", words::status::tally(lang, &standing.tally));
        out!("  {}", words::status::pages_and_requests(lang, standing.pages, standing.requests));
        if standing.tally.pending > 0 {
            let time = words::duration(lang, standing.left);
            out!("  {}", words::status::left(lang, standing.tally.pending, standing.rate, &time));
        }
        if standing.erased {
            out!("  {}", words::status::erased(lang));
        }
    }
}

pub fn purged(lang: Lang, erased: &[Erased]) {
    let names: Vec<String> = erased.iter().map(|erased| erased.job.to_string()).collect();
    out!("{}", words::status::purged(lang, &names));
    let unconfirmed: usize = erased.iter().map(|erased| erased.unconfirmed).sum();
    if unconfirmed > 0 {
        out!("{}", words::status::purged_unconfirmed(lang, unconfirmed));
    }
}
