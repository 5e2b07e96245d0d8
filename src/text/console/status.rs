//! Where jobs and their contracts stand.

use std::path::Path;

use crate::domain::job::{JobId, Status, Tally};
use crate::text::{Lang, say, several};

pub fn status(lang: Lang, status: Status) -> &'static str {
    match status {
        Status::Accepted => lang.pick("已受理", "accepted"),
        Status::Rejected => lang.pick("被拒绝", "rejected"),
        Status::Invalid => lang.pick("不合格", "invalid"),
        Status::Duplicate => lang.pick("以前已发", "duplicate"),
        Status::Skipped => lang.pick("跳过", "skipped"),
        Status::InDoubt => lang.pick("结果不明", "in doubt"),
        Status::Pending => lang.pick("未发送", "pending"),
    }
}

/// `已受理 45 份 · 被拒绝 2 份`.
pub fn tally(lang: Lang, tally: &Tally) -> String {
    let counts = [
        (Status::Accepted, tally.accepted),
        (Status::Rejected, tally.rejected),
        (Status::Invalid, tally.invalid),
        (Status::Duplicate, tally.duplicate),
        (Status::Skipped, tally.skipped),
        (Status::InDoubt, tally.in_doubt),
        (Status::Pending, tally.pending),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(of, count)| say!(lang, "{name} {count} 份", "{count} {name}", name = status(lang, *of)))
        .collect();
    if parts.is_empty() { say!(lang, "没有合同", "no contracts") } else { parts.join(" · ") }
}

pub fn no_jobs(lang: Lang) -> String {
    say!(
        lang,
        "还没有任务（用 --sandbox 试的不算）",
        "there are no jobs yet (what was tried with --sandbox is none)"
    )
}

/// What a job is doing, behind its number, its time and its files. `unconfirmed`: pages
/// that nobody has noted as confirmed. `doubts`: the job's number, where only doubts are left.
pub fn state(lang: Lang, live: bool, finished: bool, unconfirmed: usize, doubts: Option<&str>) -> String {
    match (live, finished) {
        (true, _) => lang.pick("正在发送", "being worked on").to_owned(),
        (false, _) if doubts.is_some() => say!(
            lang,
            "有合同结果不明，查清请运行：flowbatch reconcile {job}",
            "contracts are in doubt: flowbatch reconcile {job} finds out",
            job = doubts.unwrap_or_default()
        ),
        (false, true) if unconfirmed > 0 => say!(
            lang,
            "已完成，还有 {unconfirmed} 个页面没有记为已确认",
            "finished; not noted as confirmed yet: {pages}",
            pages = several(unconfirmed as u64, "page")
        ),
        (false, true) => lang.pick("已完成", "finished").to_owned(),
        (false, false) => {
            lang.pick("未完成，再运行一次可继续", "not finished: run its file again to go on").to_owned()
        }
    }
}

pub fn pages_and_requests(lang: Lang, pages: usize, requests: u64) -> String {
    say!(
        lang,
        "{pages} 个页面 · {requests} 次请求",
        "{p} · {r}",
        p = several(pages as u64, "page"),
        r = several(requests, "request")
    )
}

/// `rate`: requests per second, as far as it is known. `time`: as `duration` says it.
pub fn left(lang: Lang, pending: u64, rate: Option<f64>, time: &str) -> String {
    let rate =
        rate.map(|rate| say!(lang, "，每秒 {rate:.1} 次请求", ", {rate:.1} requests/s")).unwrap_or_default();
    say!(lang, "还剩 {pending} 份{rate}，约需 {time}", "{pending} left{rate}, about {time}")
}

pub fn erased(lang: Lang) -> String {
    say!(lang, "内容已过保留期并清除，报告不能再生成", "its contents were erased after the retention time")
}

/// Nobody has erased them: the file with a job's rows has gone from the state folder.
#[rustfmt::skip]
pub fn lost(lang: Lang, finished: bool, job: &JobId) -> String {
    let todo = match finished {
        true => say!(lang, "报告不能再生成，已有的报告请留好", "its report cannot be made again: keep those that are there"),
        false => say!(lang, "没有发完的合同不能接着发", "what is left of it cannot be gone on with"),
    };
    say!(lang,
        "内容文件 jobs/{job}.db 不在记录文件夹里了（不是到期清除的）：{todo}。请从备份恢复；页面链接还在：flowbatch pages {job}",
        "its contents, jobs/{job}.db, have gone from the state folder (nobody has erased them): {todo}. Restore the file from a backup; the links of its pages are still there: flowbatch pages {job}")
}

/// The jobs whose personal data has just been erased.
pub fn purged(lang: Lang, jobs: &[String]) -> String {
    match jobs {
        [] => say!(lang, "没有到期的任务", "no job is past its time"),
        jobs => say!(
            lang,
            "已清除 {count} 个任务的个人数据：{names}",
            "personal data of {count} jobs erased: {names}",
            count = jobs.len(),
            names = jobs.join(lang.pick("、", ", "))
        ),
    }
}

/// What would be lost: links that are still wanted, perhaps, and data that is not due.
pub fn purge_risk(lang: Lang, unconfirmed: usize, unsigned: usize, young: usize) -> String {
    let mut parts = Vec::new();
    if unconfirmed > 0 {
        parts.push(say!(
            lang,
            "{unconfirmed} 个页面没有记为确认过，清除后它们的链接只在当时的报告里",
            "{unconfirmed} pages were not noted as confirmed: their links would stand in the reports of that time only"
        ));
    }
    if unsigned > 0 {
        parts.push(say!(
            lang,
            "{unsigned} 份已发起的合同还没有签完（或没有查过），清除后不能再跟进、催办、撤回或下载",
            "{them} not signed by everybody yet, as far as anybody has asked: no more tracking, reminding, undoing or downloading",
            them = several(unsigned as u64, "contract")
        ));
    }
    if young > 0 {
        parts.push(say!(
            lang,
            "{young} 个任务还没有过保留期（retention）",
            "{young} jobs are younger than the retention time"
        ));
    }
    parts.join(lang.pick("；", "; "))
}

/// `erases`: somebody has said to erase them as well.
#[rustfmt::skip]
pub fn purge_doubts(lang: Lang, jobs: usize, erases: bool) -> String {
    match erases {
        true => say!(lang,
            "{jobs} 个任务还有结果不明的合同，按 --yes 一起清除：以后不能再查清，那些合同也不会再发",
            "{jobs} jobs have contracts in doubt and are erased as well, as --yes says: nobody can settle them any more, and they are never sent"),
        false => say!(lang,
            "{jobs} 个任务还有结果不明的合同，没有清除：请先用 flowbatch reconcile 查清（见 flowbatch status）；确要清除请加 --yes",
            "{jobs} jobs have contracts in doubt and are kept: settle them first (flowbatch status, flowbatch reconcile), or erase them with --yes"),
    }
}

pub fn purge_asks(lang: Lang) -> &'static str {
    lang.pick("确定清除？（y/n）", "Erase them all the same? (y/n)")
}

/// `command`: with the option that answers.
pub fn purge_needs_a_word(lang: Lang, command: &str) -> String {
    say!(
        lang,
        "什么都没有清除。确定要清除，请运行：{command}",
        "nothing was erased; to erase them, run: {command}"
    )
}

/// Of the jobs that were erased.
pub fn purged_unconfirmed(lang: Lang, pages: usize) -> String {
    say!(
        lang,
        "其中 {pages} 个页面没有记为确认过：它们的链接现在只在当时的报告里",
        "{pages} of their pages were not noted as confirmed: their links stand in the reports of that time only"
    )
}

/// The quota is shared by fewer than it should be.
pub fn quota_of_journal(lang: Lang, folder: &Path, instead_of: Option<&Path>) -> String {
    let own = instead_of.map(|own| own.display().to_string());
    let own = own.unwrap_or_else(|| lang.pick("（没有）", "(there is none)").to_owned());
    say!(
        lang,
        "频率限制记在 {folder}，因为用户自己的文件夹 {own} 写不了：用其他 state_dir 的 flowbatch 不共用这个限制",
        "the quota is kept in {folder}, since the user's own folder {own} cannot be written: a flowbatch with another state_dir does not share it",
        folder = folder.display()
    )
}

/// Where all this is known from: another folder knows nothing of it.
pub fn folder(lang: Lang, folder: &Path) -> String {
    say!(lang, "记录在 {folder}", "the journal is in {folder}", folder = folder.display())
}
