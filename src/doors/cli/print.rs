//! What a person, or a program (`--json`), is shown at the end.

use std::path::Path;

use crate::domain::job::JobId;
use crate::domain::problem::{Problem, Severity};
use crate::intake::plan::Refusal;
use crate::jobs::{Checked, Ended, Failure, Ground, Outcome, Ran, Standing};
use crate::report::{PageLine, Source, Written, page_lines};
use crate::text::console::{self, ProblemGroup, group_problems};
use crate::text::report::several;
use crate::text::{Lang, Words, files, problems, troubles};

use super::Exit;

/// Links beyond these are in the report; nobody opens hundreds from a terminal.
const MOST_PAGES: usize = 30;
const MOST_GROUPS: usize = 40;

pub fn exit_of_failure(failure: &Failure) -> Exit {
    match failure {
        Failure::Refused(_) | Failure::Invalid { .. } | Failure::NoContracts => Exit::Input,
        Failure::LeftOut | Failure::Erased { .. } => Exit::Done,
        Failure::Settings(_)
        | Failure::Client(_)
        | Failure::NoSuchPage { .. }
        | Failure::OtherRealm { .. } => Exit::Usage,
        Failure::Journal(error) => match error.fault {
            crate::journal::JournalFault::JobTaken { .. } | crate::journal::JournalFault::SameInput => {
                Exit::Stopped
            }
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
        }
        Failure::Invalid { problems, count, written, sendable } => {
            list_problems(lang, problems);
            err!();
            let name = path.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
            let line = invalid_line(lang, *count, *sendable);
            match name {
                Some(name) => err!("{name}{}{line}", lang.pick("：", ": ")),
                None => err!("{line}"),
            }
            if let Some(written) = written {
                list_files(lang, written);
            }
        }
        Failure::LeftOut => {
            let path = path.map(|path| path.display().to_string()).unwrap_or_default();
            match lang {
                Lang::Zh => err!("{path}：是 flowbatch 自己的报告或打开文件的锁，已略过"),
                Lang::En => err!("{path}: a report of flowbatch, or the lock of an open file: left out"),
            }
        }
        other => {
            let words = failure_words(lang, other);
            let place = match (other, path) {
                (Failure::Refused(Refusal::File(error)), _) => files::place(error),
                (_, Some(path)) => path.display().to_string(),
                (_, None) => "flowbatch".to_owned(),
            };
            let colon = lang.pick("：", ": ");
            err!("{place}{colon}{}", words.what);
            if !words.todo.is_empty() {
                err!("  {}", words.todo);
            }
        }
    }
    exit_of_failure(failure)
}

fn invalid_line(lang: Lang, count: u64, sendable: u64) -> String {
    match lang {
        Lang::Zh if sendable > 0 => {
            format!(
                "{count} 份合同有问题，这个文件什么都没有发送。改好后再运行；或加 --skip-invalid 先发其余 {sendable} 份"
            )
        }
        Lang::Zh => format!("{count} 份合同有问题，这个文件什么都没有发送。改好后再运行"),
        Lang::En if sendable > 0 => format!(
            "{count} contract(s) with problems; nothing of this file was sent. Correct them and run again, or send the other {sendable} with --skip-invalid"
        ),
        Lang::En => {
            format!(
                "{count} contract(s) with problems; nothing of this file was sent. Correct them and run again"
            )
        }
    }
}

pub fn failure_words(lang: Lang, failure: &Failure) -> Words {
    match failure {
        Failure::Refused(Refusal::File(error)) => files::explain(lang, error),
        Failure::Settings(error) => troubles::settings(lang, error),
        Failure::Journal(error) => troubles::journal(lang, error),
        Failure::Pace(error) => troubles::pace(lang, error),
        Failure::Client(error) => troubles::client(lang, error),
        Failure::Report(error) => crate::text::report::trouble(lang, error),
        Failure::NoSuchPage { page, pages } => match lang {
            Lang::Zh => Words::new(format!("没有第 {page} 页"), format!("这个任务有 {pages} 个页面")),
            Lang::En => Words::new(format!("there is no page {page}"), format!("This job has {pages} pages")),
        },
        Failure::Erased { job } => match lang {
            Lang::Zh => Words::new(
                format!("这个文件在任务 {job} 里已经处理完，内容过了保留期并已清除；这次什么都没有发送"),
                "确要再发请加 --again",
            ),
            Lang::En => Words::new(
                format!(
                    "this file was finished by job {job}, whose data has been erased since; nothing was sent now"
                ),
                "To send it once more, add --again",
            ),
        },
        Failure::OtherRealm { job } => match lang {
            Lang::Zh => Words::new(
                format!("任务 {job} 是用另一个 endpoint、应用或企业发起的"),
                "请换回当时的设置再运行",
            ),
            Lang::En => Words::new(
                format!("job {job} began with another endpoint, application or organisation"),
                "Use the settings of that time",
            ),
        },
        Failure::NoContracts => Words::new(
            lang.pick("表头下面没有一份合同", "there is no contract below the header"),
            lang.pick("请在表头下面填写合同", "Fill in contracts below the header"),
        ),
        Failure::Refused(Refusal::Sheets { .. }) | Failure::Invalid { .. } | Failure::LeftOut => {
            Words::new("", "")
        }
    }
}

fn list_problems(lang: Lang, found: &[(Problem, Vec<String>)]) {
    let groups = group_problems(lang, found);
    print_groups(lang, &groups, |line| err!("{line}"));
}

fn print_groups(lang: Lang, groups: &[ProblemGroup], print: impl Fn(String)) {
    for group in groups.iter().take(MOST_GROUPS) {
        for line in group.lines(lang) {
            print(line);
        }
    }
    if groups.len() > MOST_GROUPS {
        let rest = groups.len() - MOST_GROUPS;
        print(match lang {
            Lang::Zh => format!("  还有 {rest} 类问题，见检查表"),
            Lang::En => format!("  {rest} more kinds of problems: see the check workbook"),
        });
    }
}

fn list_files(lang: Lang, written: &Written) {
    for path in &written.files {
        let path = path.strip_prefix(".").unwrap_or(path).display();
        match lang {
            Lang::Zh => out!("  已写入 {path}"),
            Lang::En => out!("  written: {path}"),
        }
    }
    if written.moved_aside {
        out!(
            "  {}",
            lang.pick(
                "原来的报告正打开着或被改过，没有覆盖，写到了带 (2) 的文件",
                "the former report is open or was edited, so it was kept and a (2) written beside it",
            )
        );
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
    print_groups(lang, &groups, |line| out!("{line}"));
    let time = console::duration(lang, checked.duration);
    match lang {
        Lang::Zh => {
            out!(
                "  可以发送 {} 份，有问题 {} 份，跳过 {} 份",
                checked.sendable,
                checked.invalid,
                checked.skipped
            );
            out!(
                "  将发出 {} 次请求，约需 {time}；之后要打开 {} 个页面逐一确认",
                checked.requests,
                checked.requests
            );
        }
        Lang::En => {
            out!(
                "  {} can be sent, {} with problems, {} skipped",
                several(checked.sendable, "contract"),
                checked.invalid,
                checked.skipped
            );
            out!(
                "  {}, about {time}; then {} to open and confirm",
                several(checked.requests as u64, "request"),
                several(checked.requests as u64, "page")
            );
        }
    }
    if checked.twins > 0 {
        match lang {
            Lang::Zh => out!("  其中 {} 份和表里另一份完全相同，只发一次", checked.twins),
            Lang::En => out!("  {} of them are the very same as another: each is sent once", checked.twins),
        }
    }
    if checked.duplicates > 0 {
        match lang {
            Lang::Zh => {
                out!("  其中 {} 份以前已经发过，不会再发（确要再发请加 --again）", checked.duplicates)
            }
            Lang::En => out!(
                "  {} of them were sent before and will not go again (unless --again is given)",
                checked.duplicates
            ),
        }
    }
    if !checked.unset.is_empty() {
        let names: Vec<String> = checked.unset.iter().map(|name| problems::field_name(lang, name)).collect();
        match lang {
            Lang::Zh => {
                out!("  注意：还没有设置 {}，正式运行前请在 config.toml 里填写", names.join("、"))
            }
            Lang::En => {
                out!("  note: {} not set yet; put them into config.toml before a real run", names.join(", "))
            }
        }
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
    match lang {
        Lang::Zh => out!("{} · 任务 {job}", outcome.path.display()),
        Lang::En => out!("{} · job {job}", outcome.path.display()),
    }
    let worth: Vec<(Problem, Vec<String>)> = ran
        .told
        .iter()
        .filter(|(problem, _)| problem.rule.severity() >= Severity::Warning)
        .cloned()
        .collect();
    print_groups(lang, &group_problems(lang, &worth), |line| out!("{line}"));
    out!("  {}", console::tally(lang, &ran.written.tally));
    say_ending(lang, ran);
    say_pages(lang, outcome, ground, sandbox);
    list_files(lang, &ran.written);
    if ran.written.to_fix > 0 {
        out!(
            "  {}",
            lang.pick(
                "需要修改的合同在 .fix.xlsx 里：改好后直接运行那个文件",
                "contracts to correct are in the .fix.xlsx: correct them and run that file",
            )
        );
    }
}

fn say_ending(lang: Lang, ran: &Ran) {
    match &ran.ended {
        Ended::Finished => {}
        Ended::Before => out!(
            "  {}",
            lang.pick(
                "这个文件以前已经处理完，这次什么都没有发送（确要再发请加 --again）",
                "this file was finished before; nothing was sent now (to send it once more, add --again)",
            )
        ),
        Ended::Trial => out!(
            "  {}",
            lang.pick(
                "试发完成；再运行一次（不加 --first）会发送其余合同",
                "the trial is done; run again without --first to send the rest",
            )
        ),
        Ended::Partly => out!(
            "  {}",
            lang.pick(
                "还有合同没有发送；再运行一次原来的文件会发送它们",
                "some contracts are not sent yet; run the file itself again to send them",
            )
        ),
        Ended::Stopped(reason) => {
            let words = console::reason(lang, reason);
            err!("  {}", words.what);
            err!("  {}", words.todo);
        }
    }
    if ran.extra_requests > 0 {
        match lang {
            Lang::Zh => {
                out!("  共 {} 次请求，其中 {} 次用于找出问题合同或重试", ran.requests, ran.extra_requests)
            }
            Lang::En => out!(
                "  {} requests, {} of them to find bad contracts or to try again",
                ran.requests,
                ran.extra_requests
            ),
        }
    }
}

pub fn pages(lang: Lang, outcome: &Outcome, ground: &Ground) -> Vec<PageLine> {
    let Some(job) = &outcome.job else { return Vec::new() };
    let Ok(file) = ground.journal.job_file(job) else { return Vec::new() };
    page_lines(&Source { file: &file, ledger: Some((&ground.journal, job)) }, lang).unwrap_or_default()
}

fn say_pages(lang: Lang, outcome: &Outcome, ground: &Ground, sandbox: bool) {
    let pages = pages(lang, outcome, ground);
    if pages.is_empty() {
        return;
    }
    match lang {
        Lang::Zh => out!("  请打开下面 {} 个页面逐一确认，确认后合同才会发出：", pages.len()),
        Lang::En => {
            out!(
                "  To open and confirm, so that the contracts go out: {}",
                several(pages.len() as u64, "page")
            )
        }
    }
    for page in pages.iter().take(MOST_PAGES) {
        out!("    {}", page.label);
        out!("      {}", page.url);
    }
    if pages.len() > MOST_PAGES {
        let rest = pages.len() - MOST_PAGES;
        match lang {
            Lang::Zh => out!("    其余 {rest} 个页面见报告"),
            Lang::En => out!("    {rest} more pages are in the report"),
        }
    }
    if sandbox {
        out!(
            "  {}",
            lang.pick(
                "（沙箱：以上链接是假的，没有任何合同真的发出）",
                "(sandbox: these links are made up, no contract was really sent)",
            )
        );
    }
}

pub fn status(lang: Lang, standings: &[Standing], zone: &jiff::tz::TimeZone) {
    if standings.is_empty() {
        out!("{}", lang.pick("还没有任务", "there are no jobs yet"));
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
        let state = match (standing.live, standing.finished, lang) {
            (true, _, Lang::Zh) => "正在发送",
            (true, _, Lang::En) => "being worked on",
            (false, true, Lang::Zh) => "已完成",
            (false, true, Lang::En) => "finished",
            (false, false, Lang::Zh) => "未完成，再运行一次可继续",
            (false, false, Lang::En) => "not finished: run its file again to go on",
        };
        out!("{}  {begun}  {}  {state}", standing.job, files.join(" + "));
        out!("  {}", console::tally(lang, &standing.tally));
        match lang {
            Lang::Zh => out!("  {} 个页面 · {} 次请求", standing.pages, standing.requests),
            Lang::En => out!(
                "  {} · {}",
                several(standing.pages as u64, "page"),
                several(standing.requests, "request")
            ),
        }
        if standing.tally.pending > 0 {
            let left = console::duration(lang, standing.left);
            let rate = standing.rate.map(|rate| match lang {
                Lang::Zh => format!("，每秒 {rate:.1} 次请求"),
                Lang::En => format!(", {rate:.1} requests/s"),
            });
            let rate = rate.unwrap_or_default();
            match lang {
                Lang::Zh => out!("  还剩 {} 份{rate}，约需 {left}", standing.tally.pending),
                Lang::En => out!("  {} left{rate}, about {left}", standing.tally.pending),
            }
        }
        if standing.erased {
            out!(
                "  {}",
                lang.pick(
                    "内容已过保留期并清除，报告不能再生成",
                    "its contents were erased after the retention time"
                )
            );
        }
    }
}

pub fn purged(lang: Lang, erased: &[JobId]) {
    let names: Vec<String> = erased.iter().map(ToString::to_string).collect();
    match (lang, names.is_empty()) {
        (Lang::Zh, true) => out!("没有到期的任务"),
        (Lang::En, true) => out!("no job is past its time"),
        (Lang::Zh, false) => out!("已清除 {} 个任务的个人数据：{}", names.len(), names.join("、")),
        (Lang::En, false) => out!("personal data of {} jobs erased: {}", names.len(), names.join(", ")),
    }
}
