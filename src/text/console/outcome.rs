//! What came of a run: how it ended, and which pages are to be confirmed.

use crate::text::{Lang, Words, say, several, words};

/// The file and its job, above what is said of them.
pub fn heading(lang: Lang, path: impl std::fmt::Display, job: &str) -> String {
    say!(lang, "{path} · 任务 {job}", "{path} · job {job}")
}

pub fn to_fix(lang: Lang, fix: &str) -> String {
    say!(
        lang,
        "需要修改的合同在 {fix} 里：改好后直接运行那个文件",
        "contracts to correct are in {fix}: correct them and run that file"
    )
}

pub fn finished_before(lang: Lang) -> String {
    say!(
        lang,
        "这个文件以前已经处理完，这次什么都没有发送（确要再发请加 --again）",
        "this file was finished before; nothing was sent now (to send it once more, add --again)"
    )
}

/// `job`: that of which something might have ended.
#[rustfmt::skip]
pub fn none_ended(lang: Lang, job: &str) -> String {
    say!(lang,
        "这个文件里以前发过的合同，就上次查询所知，没有一份已撤回、被拒签或过期，所以这次什么都没有发送（先用 flowbatch track {job} 查一下现在的状态）",
        "of the contracts of this file that were sent before none was taken back, refused or is past its deadline, as far as was asked; nothing was sent now (to ask how they stand: flowbatch track {job})")
}

/// `to_fix`: some were refused, or break a rule.
pub fn none_left(lang: Lang, to_fix: bool) -> String {
    if to_fix {
        return say!(
            lang,
            "按现在的设置和记住的回答，这个文件里除了要改正的，都已经发送过，这次什么都没有发送",
            "all of this file, as it is read now, was sent before, except what has to be corrected; nothing was sent now"
        );
    }
    say!(
        lang,
        "按现在的设置和记住的回答，这个文件里该发送的都已经发送过，这次什么都没有发送",
        "all that is to be sent of this file, as it is read now, was sent before; nothing was sent now"
    )
}

pub fn trial(lang: Lang) -> String {
    say!(
        lang,
        "试发完成；再运行一次（不加 --first）会发送其余合同",
        "the trial is done; run again without --first to send the rest"
    )
}

pub fn trial_before(lang: Lang) -> String {
    say!(
        lang,
        "这么多份以前已经试发过，这次什么都没有发送；数目更大的 --first 会发送差额，不加则发送其余合同",
        "as many were tried before; nothing was sent now. A larger --first sends the difference, none at all the rest"
    )
}

/// Why the report is not where it belongs.
pub fn misplaced(lang: Lang, why: &Words) -> String {
    say!(
        lang,
        "{what}。报告改放在记录文件夹里（见下）。{todo}",
        "{what}. The report went into the state folder instead (see below). {todo}",
        what = why.what,
        todo = why.todo
    )
}

pub fn pages_before(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "以前已发的合同在下面 {count} 个页面上，如果还没有确认，也请打开：",
        "Sent before; to open as well, if not confirmed yet: {pages}",
        pages = several(count as u64, "page")
    )
}

pub fn nothing_failed(lang: Lang) -> String {
    say!(
        lang,
        "没有可以原样重发的合同：没有失败的，或要先在 .fix.xlsx 里改好，或已由别的任务发出；什么都没有发送",
        "there is nothing to try again: nothing has failed, or it has to be corrected first (see the .fix.xlsx), or other jobs have sent it since; nothing was sent"
    )
}

pub fn partly(lang: Lang) -> String {
    say!(
        lang,
        "还有合同没有发送；再运行一次原来的文件会发送它们",
        "some contracts are not sent yet; run the file itself again to send them"
    )
}

/// The job starts contracts, and some may have been.
pub fn doubts(lang: Lang, count: u64, job: &str) -> String {
    crate::text::report::doubts(lang, count, job)
}

pub fn extra_requests(lang: Lang, requests: u64, extra: u64) -> String {
    say!(
        lang,
        "共 {requests} 次请求，其中 {extra} 次用于找出问题合同或重试",
        "{requests} requests, {extra} of them to find bad contracts or to try again"
    )
}

pub fn pages(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "请打开下面 {count} 个页面逐一确认，确认后合同才会发出：",
        "To open and confirm, so that the contracts go out: {pages}",
        pages = several(count as u64, "page")
    )
}

pub fn more_pages(lang: Lang, rest: usize) -> String {
    say!(lang, "其余 {rest} 个页面见报告", "{rest} more pages are in the report")
}

/// The workbook of an earlier check that nobody needs any more.
pub fn kept_check(lang: Lang, name: &str) -> String {
    say!(
        lang,
        "{name} 是以前检查时写的，有人改过或正打开着，所以没有删除；这个文件现在没有问题，不再需要它了",
        "{name} is of an earlier check; it was edited or is open, so it stays. Nothing is wrong with this file any more, so nobody needs it"
    )
}

pub fn sandbox_pages(lang: Lang) -> String {
    say!(
        lang,
        "（沙箱：以上链接是假的，没有任何合同真的发出）",
        "(sandbox: these links are made up, no contract was really sent)"
    )
}

/// Another job was cut off that has some of the contracts. `job`: with its file and its date.
pub fn waits_for(lang: Lang, job: &str) -> Words {
    let id = job.split(' ').next().unwrap_or(job);
    words!(
        lang,
        (
            "有合同正由任务 {job} 发送，而它中断了，或结果不明",
            "请先把那个文件再运行一次，然后再运行这个；它直接发起合同而结果不明的，先查清：flowbatch reconcile {id}"
        ),
        (
            "some contracts were being sent by job {job}, which was cut off or does not know what became of them",
            "Run its file again first, then this one; where it starts contracts, settle those in doubt: flowbatch reconcile {id}"
        ),
        id = id
    )
}

/// Pages of what a file has sent before, where nothing of it is sent now.
pub fn pages_of_before(lang: Lang, count: usize, command: &str) -> String {
    say!(
        lang,
        "这个文件以前发出的合同在 {count} 个页面上，还没有记为已确认：{command}",
        "what this file has sent before is on {pages}, not noted as confirmed: {command}",
        pages = several(count as u64, "page")
    )
}
