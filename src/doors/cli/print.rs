//! What a person, or a program (`--json`), is shown at the end.

use std::io::{IsTerminal as _, Write as _};

use std::path::Path;

use anstyle::{AnsiColor, Style};

use crate::contract::texts::may_be_personal;
use crate::domain::answer::{Word, joined, joined_with_all_sheets, leave_some_open};
use crate::domain::discreet::discreet;
use crate::domain::file::FileFault;
use crate::domain::problem::Problem;
use crate::domain::understood::Understood;
use crate::intake::plan::Refusal;
use crate::jobs::{Erased, Failure, Moved, Ran, Standing, TellFirst, TellTicks};
use crate::journal::Contents;
use crate::messages::failures;
use crate::messages::reasons;
use crate::messages::reports;
use crate::report::Written;
use crate::text::console::problems::group_problems;
use crate::text::console::understood::Values;
use crate::text::{Lang, Words, console as words, files};

use super::typed::{typed, with_settings};
use super::{Exit, held, logging};

pub const GOOD: Style = AnsiColor::Green.on_default();
pub const BAD: Style = AnsiColor::Red.on_default();

/// In colour where the terminal has it and `NO_COLOR` says nothing.
pub fn styled_out(style: Style, line: &str) {
    let _ = writeln!(anstream::stdout().lock(), "{style}{}{style:#}", crate::text::harmless(line));
}

pub fn styled_err(style: Style, line: &str) {
    if logging::is_json() {
        return logging::say(line);
    }
    let _ = writeln!(anstream::stderr().lock(), "{style}{}{style:#}", crate::text::harmless(line));
}

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
        | Failure::TemplatesUnasked { .. }
        | Failure::TemplatesMoved { .. }
        | Failure::UnknownReport(_)
        | Failure::ReportUnreadable { .. }
        | Failure::Changed { .. } => Exit::Input,
        Failure::Stopped | Failure::Unanswered(_) | Failure::BeingCorrected { .. } => Exit::Stopped,
        Failure::LeftOut | Failure::Busy | Failure::NotBegun | Failure::Erased { failed: false, .. } => {
            Exit::Done
        }
        Failure::Erased { failed: true, .. } => Exit::Rows,
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
        | Failure::Doubt(_)
        | Failure::Callbacks { .. }
        | Failure::NothingToFollow
        | Failure::NothingStarted { .. }
        | Failure::NoSuchContract { .. }
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
    held::news();
    match failure {
        Failure::Refused(Refusal::Sheets { problems, .. }) => {
            let alone: Vec<(Problem, Vec<String>)> =
                problems.iter().map(|problem| (problem.clone(), Vec::new())).collect();
            list_problems(lang, &alone);
            say_answer(lang, path, problems.iter(), is_seen(), |line| err!("{line}"));
        }
        Failure::Questions { problems, understood } => {
            for line in words::understood::lines(lang, understood, Values::Hidden) {
                err!("  {line}");
            }
            list_problems(lang, problems);
            err!("");
            let line = words::failure::questions(lang);
            match path.and_then(Path::file_name) {
                Some(name) => styled_err(BAD, &words::said_of(lang, &name.to_string_lossy(), &line)),
                None => styled_err(BAD, &line),
            }
            let problems = problems.iter().map(|(problem, _)| problem);
            say_answer(lang, path, problems, is_seen(), |line| err!("{line}"));
        }
        Failure::Invalid { problems, count, written, sendable, .. } => {
            list_problems(lang, problems);
            err!("");
            let problems = problems.iter().map(|(problem, _)| problem);
            say_answer(lang, path, problems, is_seen(), |line| err!("{line}"));
            if let Some(written) = written {
                list_files(lang, written);
            }
            say_invalid(lang, path, *count, *sendable, written.as_ref());
        }
        Failure::NotApproved { start, asked } => {
            let words = words::start::not_approved(lang, start, *asked, &with_yes(path));
            err!("{}", words::said_of(lang, &shown(path), &words.what));
            err!("  {}", words.todo);
        }
        Failure::LeftOut | Failure::Busy if !std::io::stdout().is_terminal() => {}
        Failure::LeftOut => {
            let path = path.map(|path| path.display().to_string()).unwrap_or_default();
            err!("{}", words::said_of(lang, &path, &words::failure::left_out(lang)));
        }
        other => {
            let words = match other {
                Failure::TemplatesUnasked { .. } | Failure::TemplatesMoved { .. } => {
                    template_words(lang, path, other)
                }
                other => failure_words(lang, other),
            };
            let place = match (other, path) {
                (Failure::Refused(Refusal::File(error)), _) => files::place(error),
                (_, Some(path)) => path.display().to_string(),
                (_, None) => "flowbatch".to_owned(),
            };
            styled_err(BAD, &words::said_of(lang, &place, &words.what));
            if !words.todo.is_empty() {
                err!("  {}", words.todo);
            }
        }
    }
    exit_of_failure(failure)
}

/// That nothing was sent for its rows, and where they are to be corrected.
pub fn say_invalid(lang: Lang, path: Option<&Path>, count: u64, sendable: u64, written: Option<&Written>) {
    let line = words::failure::invalid(lang, count, sendable);
    match path.and_then(Path::file_name) {
        Some(name) => styled_err(BAD, &words::said_of(lang, &name.to_string_lossy(), &line)),
        None => styled_err(BAD, &line),
    }
    if let Some(workbook) = written.and_then(|written| written.files.first()) {
        let command = words::command(&typed(None, Some(tidy(workbook))));
        err!("  {}", words::next::after_bad_check(lang, tidy(workbook), &command));
    }
}

/// Says what is to be known before anything is sent.
pub fn tell_first(lang: Lang) -> TellFirst {
    Box::new(move |problem| {
        let place = crate::text::problems::place(lang, problem);
        let words = crate::text::problems::explain(lang, problem).line(lang);
        held::news();
        err!("{}", words::said_of(lang, &place, &words));
    })
}

pub fn tell_ticks(lang: Lang) -> TellTicks {
    Box::new(move |ticks| {
        held::news();
        if !ticks.taken_back.is_empty() {
            err!("{}", words::pages::taken_back(lang, &ticks.taken_back));
        }
        if let Some(first) = ticks.unclear.first() {
            let undo = words::command(&with_settings(["flowbatch", "confirm", first, "--undo"]));
            err!("{}", words::pages::unclear_ticks(lang, &ticks.unclear, &undo));
        }
    })
}

pub fn failure_words(lang: Lang, failure: &Failure) -> Words {
    match failure {
        Failure::Refused(Refusal::File(error)) => files::explain(lang, error),
        Failure::Settings(error) => failures::settings(lang, error),
        Failure::Journal(error) => failures::journal(lang, error),
        Failure::Pace(error) => failures::pace(lang, error),
        Failure::Client(error) => failures::client(lang, error),
        Failure::Report(error) => crate::messages::reports::trouble(lang, error),
        Failure::NoSuchPage { page, pages } => words::failure::no_such_page(lang, *page, *pages),
        Failure::PageConfirmed { page, by } => words::failure::page_confirmed(lang, page, by.as_deref()),
        Failure::PageUnknown => words::failure::page_unknown(lang),
        Failure::PageOfSeveral { pages } => {
            let names = pages.iter().map(|(job, number)| crate::report::full_name(job, *number));
            words::failure::page_of_several(lang, &names.collect::<Vec<_>>())
        }
        Failure::JobOfSeveral { jobs } => words::failure::job_of_several(lang, jobs),
        Failure::NothingToPreview => words::preview::nothing_to_preview(lang),
        Failure::NothingToFollow => words::follow::nothing_to_follow(lang),
        Failure::NothingStarted { job } => words::follow::nothing_started(lang, &job.0),
        Failure::NoSuchContract { contract } => words::follow::no_such_contract(lang, contract),
        Failure::NothingToRenew => words::failure::nothing_to_renew(lang),
        Failure::PageReplaced { page, by } => words::failure::page_replaced(lang, *page, *by),
        Failure::Erased { title, lost: false, .. } => words::failure::erased(lang, title),
        Failure::Erased { title, lost: true, .. } => words::failure::contents_lost(lang, title),
        Failure::OtherRealm { job } => words::failure::other_realm(lang, job),
        Failure::BeingCorrected { job, by } => words::failure::being_corrected(lang, job, by),
        Failure::Doubt(fault) => words::reconcile::fault(lang, fault),
        Failure::Callbacks { path, detail } => words::reconcile::unreadable(lang, path, detail),
        Failure::TemplatesUnasked { .. } | Failure::TemplatesMoved { .. } => {
            template_words(lang, None, failure)
        }
        Failure::Unanswered(reason) => reasons::reason(lang, reason),
        Failure::NoContracts => words::failure::no_contracts(lang),
        Failure::UnknownReport(report) => words::failure::unknown_report(lang, report),
        Failure::ReportUnreadable { path, rows } => words::failure::report_unreadable(lang, path, *rows),
        Failure::Changed { path } => words::failure::changed(lang, path),
        Failure::Stopped => words::failure::stopped(lang),
        Failure::Busy => words::slips::busy(lang),
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

/// Templates that were not asked, or have changed, with the command that goes on all the same.
fn template_words(lang: Lang, path: Option<&Path>, failure: &Failure) -> Words {
    let command = words::command(&without_templates(path));
    match failure {
        Failure::TemplatesUnasked { outcome } => words::templates::unasked(lang, outcome, &command),
        Failure::TemplatesMoved { moved } => {
            let line = |own: &Moved| {
                let (place, rule) = (own.place.clone(), own.unfit.rule.clone());
                let of = (own.unfit.component.as_deref(), &Problem { place, value: None, rule });
                words::templates::moved(lang, &own.template, of, own.contracts, &own.first)
            };
            words::templates::all_moved(lang, &moved.iter().map(line).collect::<Vec<_>>(), &command)
        }
        _ => Words::new("", ""),
    }
}

/// The command as it was typed, without asking for templates; where it cannot have that word,
/// the one that can.
fn without_templates(path: Option<&Path>) -> Vec<String> {
    let typed = super::typed::typed(None, None);
    let own = match typed.get(1).map(String::as_str) {
        Some("run" | "retry") => path.map_or(typed, super::typed::again),
        _ => {
            let file = path.map_or_else(|| "FILE".to_owned(), |path| path.display().to_string());
            with_settings(["flowbatch", "run", &file])
        }
    };
    own.into_iter().chain(["--without-template-check".to_owned()]).collect()
}

fn shown(path: Option<&Path>) -> String {
    path.map_or_else(|| "flowbatch".to_owned(), |path| path.display().to_string())
}

/// The command as it was typed, for that file, with the word that agrees.
fn with_yes(path: Option<&Path>) -> String {
    let own = path.map_or_else(|| super::typed::typed(None, None), super::typed::again);
    words::command(&own.into_iter().chain(["--yes".to_owned()]).collect::<Vec<_>>())
}

/// The one command that answers all questions of a file, if any of them has an answer.
pub fn answering<'p>(path: Option<&Path>, problems: impl Iterator<Item = &'p Problem>) -> Vec<String> {
    command_with(path, joined(problems))
}

/// The command that was typed, with these answers.
fn command_with(path: Option<&Path>, words: Vec<Word>) -> Vec<String> {
    if words.is_empty() {
        return Vec::new();
    }
    let mut command = super::typed::typed(None, path);
    if words.iter().any(|word| word.option == "sheet") {
        // Some of the sheets are not all of them.
        command.retain(|word| word != "--all-sheets");
    }
    for word in words {
        let option = format!("--{}", word.option);
        if ONCE.contains(&word.option) {
            take_out(&mut command, &option);
        }
        // The same said twice is said once.
        if word.option == "default" && word.value.as_ref().is_some_and(|value| command.contains(value)) {
            continue;
        }
        match word.value {
            // A value that begins like an option would be taken for one.
            Some(value) if value.starts_with('-') => command.push(format!("{option}={value}")),
            value => {
                command.push(option);
                command.extend(value);
            }
        }
    }
    command
}

/// Options with a value that can stand only once: what answers a question goes in their place.
const ONCE: [&str; 10] = [
    "key", "header-row", "hidden-columns", "hidden-rows", "odd-rows", "missing-party", "missing-fields",
    "signer-order", "submitted-twice", "comments",
];

fn take_out(command: &mut Vec<String>, option: &str) {
    let with_value = format!("{option}=");
    while let Some(at) = command.iter().position(|word| word == option || word.starts_with(&with_value)) {
        let is_apart = command[at] == option && at + 1 < command.len();
        command.drain(at..=at + usize::from(is_apart));
    }
}

/// Options that `--remember` keeps.
const KEPT: [&str; 10] = [
    "--map", "--key", "--header-row", "--sheet", "--hidden-columns", "--odd-rows", "--missing-party",
    "--missing-fields", "--as-text", "--where",
];

/// Answers that hold for one command only.
const NOT_KEPT: [&str; 7] = [
    "--hidden-rows", "--all-sheets", "--allow-duplicates", "--signer-order", "--submitted-twice",
    "--comments", "--default",
];

/// `is_seen`: as with [`say_problems`].
pub fn say_answer<'p>(
    lang: Lang,
    path: Option<&Path>,
    problems: impl Iterator<Item = &'p Problem>,
    is_seen: bool,
    print: impl Fn(String),
) {
    let problems: Vec<&Problem> = problems.collect();
    let command = answering(path, problems.iter().copied());
    let value_of = |word: &String| word.split_once('=').is_some_and(|(_, value)| may_be_personal(value));
    if !is_seen && command.iter().any(value_of) {
        return print(format!("  {}", words::failure::answer_unsaid(lang)));
    }
    if !command.is_empty() {
        let has_default = command.iter().any(|word| word == "--default");
        // What sends rows that look odd holds for the rows that were seen.
        let sends = |option: &str| command.windows(2).any(|pair| pair[0] == option && pair[1] == "send");
        let sent: Vec<&str> =
            ["--odd-rows", "--missing-party"].into_iter().filter(|option| sends(option)).collect();
        let is_kept = |word: &str| {
            KEPT.contains(&word) && !sent.contains(&word) && !(has_default && word == "--header-row")
        };
        let can_be_kept = command.iter().any(|word| is_kept(word));
        let except: Vec<&str> =
            NOT_KEPT.into_iter().filter(|option| command.iter().any(|word| word == option)).collect();
        // The line that it answers is asked about again in the next file.
        let except = except.into_iter().chain(sent).chain(has_default.then_some("--header-row"));
        let except: Vec<&str> = except.collect();
        let answer = words::failure::answer(lang, &words::command(&command), can_be_kept, &except);
        print(format!("  {answer}"));
        if leave_some_open(problems.iter().copied()) {
            print(format!("  {}", words::failure::answer_in_part(lang)));
        }
        let all = command_with(path, joined_with_all_sheets(problems.iter().copied()));
        if !all.is_empty() {
            print(format!("  {}", words::failure::answer_all_sheets(lang, &words::command(&all))));
        }
    }
}

/// What a file was understood as, before it is sent. Who signs can be read only where somebody looks.
pub fn understood(lang: Lang, path: &Path, understood: &Understood) {
    out!("{}", path.display());
    let values = if std::io::stdout().is_terminal() { Values::Whole } else { Values::Masked };
    for line in words::understood::lines(lang, understood, values) {
        out!("  {line}");
    }
}

fn list_problems(lang: Lang, found: &[(Problem, Vec<String>)]) {
    say_problems(lang, found, is_seen(), |line| err!("{line}"));
}

/// Whether a person looks at what is said of failures.
fn is_seen() -> bool {
    std::io::stderr().is_terminal() && !logging::is_json()
}

/// `is_seen`: a person looks at a terminal; a log or a mail is read by others, who are shown no cells.
pub fn say_problems(lang: Lang, found: &[(Problem, Vec<String>)], is_seen: bool, print: impl Fn(String)) {
    let shown = |(problem, cells): &(Problem, Vec<String>)| (discreet(problem), cells.clone());
    let for_others: Vec<(Problem, Vec<String>)>;
    let found = if is_seen {
        found
    } else {
        for_others = found.iter().map(shown).collect();
        &for_others
    };
    let groups = group_problems(lang, found);
    for group in groups.iter().take(MOST_GROUPS) {
        for line in group.lines(lang, is_seen) {
            print(line);
        }
    }
    if groups.len() > MOST_GROUPS {
        let rest = groups.len() - MOST_GROUPS;
        print(format!("  {}", words::problems::more_kinds(lang, rest)));
    }
}

/// A path as a person would write it.
pub fn tidy(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// What was written, and why it is not where it belongs.
pub fn files(lang: Lang, ran: &Ran) {
    if let Some(error) = &ran.misplaced {
        let trouble = crate::messages::reports::trouble(lang, error);
        err!("  {}", words::outcome::misplaced(lang, &trouble));
    }
    list_files(lang, &ran.written);
}

pub fn list_files(lang: Lang, written: &Written) {
    for path in &written.files {
        out!("  {}", words::written(lang, tidy(path).display()));
    }
    if let Some(line) = reports::parts(lang, &written.parts) {
        out!("  {line}");
    }
    if written.moved_aside {
        out!("  {}", words::moved_aside(lang));
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
        let doubts = standing.needs_reconciling().then_some(standing.job.0.as_str());
        let unconfirmed = standing.pages.unconfirmed;
        let state = words::status::state(lang, standing.live, standing.finished, unconfirmed, doubts);
        out!("{}  {begun}  {}  {state}", standing.job, files.join(" + "));
        out!("  {}", words::status::tally(lang, &standing.tally));
        out!("  {}", words::status::pages_and_requests(lang, standing.pages.all, standing.requests));
        if standing.tally.pending > 0 {
            let time = words::duration(lang, standing.left);
            out!("  {}", words::status::left(lang, standing.tally.pending, standing.rate, &time));
        }
        match standing.signing.filter(|signing| signing.waiting > 0 && standing.contents == Contents::Kept) {
            Some(signing) if signing.tracked => {
                let command = format!("flowbatch remind {}", standing.job);
                out!("  {}", crate::text::signing::who_waits(lang, signing.waiting, &command));
            }
            Some(_) => {
                let command = format!("flowbatch track {}", standing.job);
                out!("  {}", crate::text::signing::not_tracked(lang, &command));
            }
            None => {}
        }
        match standing.contents {
            Contents::Kept => {}
            Contents::Erased => out!("  {}", words::status::erased(lang)),
            Contents::Lost => out!("  {}", words::status::lost(lang, standing.finished, &standing.job)),
        }
    }
}

/// What time has erased: nobody has to know of jobs of which all pages were confirmed.
pub fn purged_with_pages(lang: Lang, erased: &[Erased]) {
    let with_pages = erased.iter().filter(|erased| erased.unconfirmed > 0);
    let (names, pages): (Vec<String>, Vec<usize>) =
        with_pages.map(|erased| (erased.title.clone(), erased.unconfirmed)).unzip();
    if !names.is_empty() {
        err!("{}", words::status::purged(lang, &names));
        err!("{}", words::status::purged_unconfirmed(lang, pages.iter().sum()));
    }
}

pub fn purged(lang: Lang, erased: &[Erased]) {
    let names: Vec<String> = erased.iter().map(|erased| erased.title.clone()).collect();
    out!("{}", words::status::purged(lang, &names));
    let unconfirmed: usize = erased.iter().map(|erased| erased.unconfirmed).sum();
    if unconfirmed > 0 {
        out!("{}", words::status::purged_unconfirmed(lang, unconfirmed));
    }
}
