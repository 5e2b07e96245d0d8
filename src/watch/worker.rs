//! One file is checked or run, as the command line does it, on a thread of its own: what
//! one file breaks is no other's concern.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use tokio::runtime::Handle;
use tokio::sync::mpsc::UnboundedSender;

use crate::domain::answer::{Word, joined, joined_with_all_sheets};
use crate::domain::job::JobId;
use crate::domain::problem::Problem;
use crate::domain::verdict::Outcome;
use crate::intake::plan::Refusal;
use crate::jobs::{self, Ended, Failure, Request, Sources, Workspace};
use crate::platform::access::Access;
use crate::platform::panics;
use crate::report::write_problem;
use crate::runner::Reason;
use crate::text::console::templates::unasked;
use crate::text::{Lang, Words, folder as words, problems};

use super::book::{Shelf, Why};
use super::verdict::{Follow, after_check, after_run, or_again, rest_of, with_doubts, with_rest};
use super::{Ports, names};

/// What came of a file.
pub struct Came {
    pub name: String,
    pub follow: Follow,
    pub job: Option<JobId>,
    /// Why it stays, for whoever has to mend it.
    pub words: Option<Words>,
    /// Names of what was written beside it.
    pub files: Vec<String>,
}

/// What is to be done with a file.
pub struct Task {
    pub name: String,
    pub path: PathBuf,
    /// Where it was dropped, for what is told of it.
    pub folder: PathBuf,
    pub check_only: bool,
}

/// Begins the work; what came of it is sent.
pub fn start(
    task: Task,
    ports: &Ports,
    runtime: &Handle,
    sender: UnboundedSender<Came>,
) -> std::io::Result<()> {
    let (ports, runtime) = (ports.clone(), runtime.clone());
    let work = move || {
        let name = task.name.clone();
        let came = panics::audible(|| runtime.block_on(carry_out(task, &ports)));
        let came = came.unwrap_or_else(|_| {
            let words = words::broken(ports.lang);
            let follow = Follow::End { to: Shelf::Failed, why: Why::Broken };
            Came { name, follow, job: None, words: Some(words), files: Vec::new() }
        });
        // Whoever has ended meanwhile finds the file where it is.
        let _ = sender.send(came);
    };
    std::thread::Builder::new().name("file".to_owned()).spawn(work).map(drop)
}

async fn carry_out(task: Task, ports: &Ports) -> Came {
    let Task { name, path, folder, check_only } = task;
    let (follow, job, said) = match (ports.workspace)(&ports.settings) {
        Err(failure) => {
            let said = Said::of_failure(ports, &failure);
            (after_run(&Err(failure), None), None, said)
        }
        Ok(workspace) => {
            let mut request = (ports.request)(&path, &ports.settings);
            request.reused_keys = ports.settings.watch.sends_reused_keys;
            match check_only {
                true => checked(&request, &workspace, ports).await,
                false => ran(&request, workspace, &path, ports).await,
            }
        }
    };
    leave_words(&path, &folder, &follow, &said, ports);
    let dir = path.parent();
    let own = said.files.iter().filter(|file| file.parent() == dir).filter_map(|file| file.file_name());
    let files = own.map(|name| name.to_string_lossy().into_owned()).collect();
    Came { name, follow, job, words: said.words, files }
}

/// What is to be told of a file beside its reports.
#[derive(Default)]
struct Said {
    words: Option<Words>,
    /// One problem a line.
    lines: Vec<String>,
    /// What answers its questions.
    answer: Vec<Word>,
    /// The same where all of several sheets are meant.
    all_sheets: Vec<Word>,
    /// What says that something is meant as it stands, of the questions without a ready answer.
    if_meant: Vec<Word>,
    /// That rows of a finished file were left out.
    rest: Option<String>,
    /// What was written.
    files: Vec<PathBuf>,
}

/// More than this is in the workbook.
const MOST_LINES: usize = 20;

impl Said {
    fn of_failure(ports: &Ports, failure: &Failure) -> Self {
        let lang = ports.lang;
        let found: Vec<&Problem> = match failure {
            Failure::Refused(Refusal::Sheets { problems, .. }) => problems.iter().collect(),
            Failure::Questions { problems, .. } | Failure::Invalid { problems, .. } => {
                problems.iter().map(|(problem, _)| problem).collect()
            }
            _ => Vec::new(),
        };
        let files = match failure {
            Failure::Invalid { written: Some(written), .. } => written.files.clone(),
            _ => Vec::new(),
        };
        let words = match failure {
            Failure::TemplatesUnasked { outcome } => {
                // Without the API's own message: see `stop_words`.
                let outcome = Outcome { message: None, ..outcome.as_ref().clone() };
                unasked(lang, &outcome, "flowbatch run FILE --without-template-check")
            }
            Failure::Unanswered(reason) => stop_words(lang, reason),
            failure => (ports.explain)(lang, failure),
        };
        Self { words: Some(words), files, ..Self::of(lang, &found) }
    }

    fn of(lang: Lang, found: &[&Problem]) -> Self {
        let stops = found.iter().filter(|problem| problem.stops());
        let line = |problem: &&&Problem| {
            let place = problems::place(lang, problem);
            format!("{place}: {}", problems::explain(lang, problem).line(lang))
        };
        let mut lines: Vec<String> = stops.map(|problem| line(&problem)).collect();
        lines.dedup();
        lines.truncate(MOST_LINES);
        let all_sheets = joined_with_all_sheets(found.iter().copied());
        let mut if_meant: Vec<Word> = Vec::new();
        for word in found.iter().filter_map(|problem| problem.if_meant()) {
            if !if_meant.contains(&word) {
                if_meant.push(word);
            }
        }
        Self { lines, answer: joined(found.iter().copied()), all_sheets, if_meant, ..Self::default() }
    }
}

async fn checked(request: &Request, workspace: &Workspace, ports: &Ports) -> (Follow, Option<JobId>, Said) {
    let request = Request { keep_check: true, ..request.clone() };
    let settings = &workspace.settings;
    // What is approved is to fit: where contracts start at once, the run would ask as well.
    let asks = settings.action.preparing().is_none() && settings.check_templates;
    let sources = Sources { settings, journal: Some(&workspace.journal), online: asks.then_some(workspace) };
    let result = match jobs::check(&request, &sources).await {
        Ok(mut checked) => checked.pop().map_or(Err(Failure::NoContracts), |(_, result)| result),
        Err(failure) => Err(failure),
    };
    let said = match &result {
        Ok(checked) => {
            let found: Vec<_> = checked.problems.iter().map(|(problem, _)| problem).collect();
            let files = checked.written.as_ref().map(|written| written.files.clone()).unwrap_or_default();
            let rest = checked.rest.as_ref().map(|problem| problems::explain(ports.lang, problem).what);
            Said { files, rest, ..Said::of(ports.lang, &found) }
        }
        Err(failure) => Said::of_failure(ports, failure),
    };
    (after_check(&result), None, said)
}

async fn ran(
    request: &Request,
    mut workspace: Workspace,
    path: &Path,
    ports: &Ports,
) -> (Follow, Option<JobId>, Said) {
    // How many requests the job had taken when the work on it began, if it did.
    let before: Arc<Mutex<Option<u64>>> = Arc::default();
    let (listen, noted, journal) = (workspace.listen, before.clone(), workspace.journal.clone());
    workspace.listen = Box::new(move |job| {
        *noted.lock().unwrap_or_else(PoisonError::into_inner) = journal.requests(job).ok();
        listen(job)
    });
    let as_taken = stamp(path);
    let (result, job) = match jobs::run(request, &workspace).await {
        Ok(mut outcomes) => match outcomes.pop() {
            Some(outcome) => (outcome.result, outcome.job),
            None => (Err(Failure::NoContracts), None),
        },
        Err(failure) => (Err(failure), None),
    };
    let before = *before.lock().unwrap_or_else(PoisonError::into_inner);
    let has_sent = matches!((&result, before), (Ok(ran), Some(before)) if ran.requests > before);
    // What cannot be read says at worst that the file was dealt with before.
    let is_own = |job: &&JobId| jobs::began_with(&workspace.journal, job, path).unwrap_or(false);
    let other = job.as_ref().filter(|job| !has_sent && !is_own(job));
    let said = match &result {
        Ok(ran) => {
            let words = match &ran.ended {
                Ended::Stopped(reason) => Some(stop_words(ports.lang, reason)),
                _ => None,
            };
            Said { words, files: ran.written.files.clone(), ..Said::default() }
        }
        Err(failure) => Said::of_failure(ports, failure),
    };
    let what = |problem: &Problem| problems::explain(ports.lang, problem).what;
    let said = Said { rest: rest_of(&result).map(what), ..said };
    let starts = ports.settings.action.preparing().is_none();
    let follow = with_rest(after_run(&result, other), &result, job.as_ref());
    let follow = with_doubts(follow, &result, job.as_ref(), starts);
    let has_changed = as_taken.zip(stamp(path)).is_some_and(|(before, now)| before != now);
    (or_again(follow, has_changed), job, said)
}

/// Whoever has written on into a file while it was worked on has added rows that nobody has read.
fn stamp(path: &Path) -> Option<(u64, SystemTime)> {
    let found = std::fs::metadata(path).ok()?;
    Some((found.len(), found.modified().ok()?))
}

/// The API's own messages go to reports and never to a page that everybody sees.
fn stop_words(lang: Lang, reason: &Reason) -> Words {
    match reason {
        Reason::Caller(outcome) => words::caller(lang, outcome.code.as_deref().unwrap_or_default()),
        other => crate::messages::reasons::reason(lang, other),
    }
}

/// In a folder nobody sees a terminal: what a person has to know stands beside the file.
fn leave_words(path: &Path, folder: &Path, follow: &Follow, said: &Said, ports: &Ports) {
    let (lang, config) = (ports.lang, ports.config.as_deref());
    let Follow::End { to, why } = follow else { return };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let rest = said.rest.as_deref().map(|said| {
        let file = folder.join(to.name()).join(&*name);
        words::rest(lang, said, &file, &folder.join(Shelf::Inbox.name()), config)
    });
    let Some(mut text) = words::beside(lang, why, said.words.as_ref()).or(rest.is_some().then(Vec::new))
    else {
        return;
    };
    text.extend(said.lines.iter().cloned().chain(rest));
    if !said.answer.is_empty() && *to == Shelf::Failed {
        let failed = folder.join(Shelf::Failed.name()).join(&*name);
        let inbox = folder.join(Shelf::Inbox.name());
        text.push(words::answer(lang, &failed, &inbox, config, (&said.answer, &said.all_sheets)));
    }
    if !said.if_meant.is_empty() && *to == Shelf::Failed {
        text.push(words::if_meant(lang, &folder.join(Shelf::Inbox.name()), &said.if_meant));
    }
    if *why == Why::UnknownReport {
        text.extend(words::answer_report(lang, &folder.join(Shelf::Failed.name()).join(&*name), config));
    }
    let dir = path.parent().unwrap_or(Path::new("."));
    if let Err(error) = write_problem(dir, names::stem(&name), &text.join("\r\n"), Access::of(path)) {
        tracing::warn!(%error, "no text was left beside a file");
    }
}
