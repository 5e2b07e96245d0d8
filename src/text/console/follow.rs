//! What `track`, `links`, `remind`, `undo` and `download` say.

use crate::text::{Lang, Words, say, several, words};

fn contracts(count: u64) -> String {
    several(count, "contract")
}

#[rustfmt::skip]
pub fn nothing_to_follow(lang: Lang) -> Words {
    words!(lang,
        ("这个任务用的是 PrepareFlows：合同要在确认页面上确认之后才发起，flowbatch 不知道它们的合同编号（FlowId），所以不能跟踪、取签署链接、催办、撤回或下载",
         "请在电子签控制台查看；待确认的页面见 flowbatch pages。想在这里跟踪，请改用 --action CreateFlowsByTemplates 发起"),
        ("this job was sent with PrepareFlows: its contracts start on the page to confirm, and their FlowIds are not known here, so they can be neither tracked nor reminded of, taken back or downloaded",
         "Look into the e-sign console; flowbatch pages lists the pages to confirm. Contracts that are sent with --action CreateFlowsByTemplates can be followed here"))
}

#[rustfmt::skip]
pub fn nothing_started(lang: Lang, job: &str) -> Words {
    words!(lang,
        ("任务 {job} 还没有发起任何合同", "请先运行它的文件；结果见 flowbatch status {job}"),
        ("job {job} has started no contract", "Run its file first; see flowbatch status {job}"))
}

#[rustfmt::skip]
pub fn no_such_contract(lang: Lang, contract: &str) -> Words {
    words!(lang,
        ("这个任务发起的合同里没有 {contract}，所以什么都没有做", "请写合同编号或 FlowId，和报告里的一样"),
        ("the job has started no contract {contract}, so nothing was done", "Give its number or its FlowId, as the report has them"))
}

/// A job of `run --sandbox` leaves nothing behind.
pub fn maybe_rehearsal(lang: Lang) -> &'static str {
    lang.pick(
        "如果它是 run --sandbox 的演练：演练不留下任务，也没有真的合同可查，什么都没有发送",
        "If it was a rehearsal with run --sandbox: that leaves no job behind, and there are no contracts to ask about; nothing was sent",
    )
}

/// `全部签完 3 份`.
pub fn count(lang: Lang, state: &str, count: u64) -> String {
    say!(lang, "{state}：{count} 份", "{state}: {count}")
}

pub fn waiting_heading(lang: Lang, all: u64) -> String {
    say!(
        lang,
        "还没有签完的 {all} 份，等得最久的在前：",
        "not signed by everybody, those that wait longest first ({all} in all):"
    )
}

/// One contract that somebody has still to sign.
pub fn waiting(lang: Lang, contract: &str, who: &[String], since: &str) -> String {
    let who = who.join(lang.pick("、", ", "));
    say!(
        lang,
        "{contract}：{who}（{since} 起没有进展）",
        "{contract}: {who} (nothing has happened since {since})"
    )
}

/// How to go on where somebody has still to sign.
pub fn then_remind(lang: Lang, job: &str) -> String {
    say!(lang, "催办：flowbatch remind {job}", "To remind them: flowbatch remind {job}")
}

pub fn then_download(lang: Lang, job: &str) -> String {
    say!(
        lang,
        "下载签完的合同：flowbatch download {job} --out 文件夹",
        "To fetch what is signed: flowbatch download {job} --out DIR"
    )
}

pub fn untold(lang: Lang, count: u64) -> String {
    say!(lang, "有 {count} 份没有查到：", "{them} could not be asked about:", them = contracts(count))
}

/// One contract, and why something was not done.
pub fn left(lang: Lang, contract: &str, why: &str) -> String {
    say!(lang, "{contract}：{why}", "{contract}: {why}")
}

pub fn and_more(lang: Lang, more: u64) -> String {
    say!(lang, "……还有 {more} 份，见报告", "... {more} more, see the report")
}

#[rustfmt::skip]
pub fn linked(lang: Lang, links: u64, complete: u64) -> String {
    say!(lang,
        "取到 {links} 个签署链接；{complete} 份合同的链接齐了，见报告",
        "{made} made; {complete} of the contracts have all of theirs, see the report",
        made = several(links, "link"))
}

pub fn links_missing(lang: Lang, count: u64) -> String {
    say!(lang, "有 {count} 份合同还缺链接：", "{them} without all links:", them = contracts(count))
}

pub fn then_links(lang: Lang, job: &str) -> String {
    say!(lang, "再取缺的：flowbatch links {job}", "To ask for those again: flowbatch links {job}")
}

#[rustfmt::skip]
pub fn reminded(lang: Lang, done: u64, before: u64, over: u64) -> String {
    let before = match before {
        0 => String::new(),
        before => say!(lang, "；{before} 份以前催过，没有再催", "; {before} before, not once more"),
    };
    let over = match over {
        0 => String::new(),
        over => say!(lang, "；{over} 份不用催", "; {over} need no reminder"),
    };
    say!(lang, "催办了 {done} 份{before}{over}", "reminded of {them}{before}{over}", them = contracts(done))
}

pub fn not_reminded(lang: Lang, count: u64) -> String {
    say!(lang, "有 {count} 份催办不了：", "{them} nobody could be reminded of:", them = contracts(count))
}

#[rustfmt::skip]
pub fn maybe_reminded(lang: Lang, count: u64) -> String {
    say!(lang,
        "有 {count} 份不知道催办了没有（没有收到回答），不会再催",
        "of {them} nobody knows whether somebody was reminded: no answer came, and they are not reminded of again",
        them = contracts(count))
}

#[rustfmt::skip]
pub fn undo_happens(lang: Lang, count: u64, reason: Option<&str>) -> String {
    let reason = match reason {
        Some(reason) => say!(lang, "签署人会看到的理由：{reason}。", " The signers see this reason: {reason}."),
        None => String::new(),
    };
    say!(lang,
        "将撤回 {count} 份合同。已经全部签完的撤不回；用掉的合同额度不一定退还。{reason}",
        "{them} will be taken back. What was signed by everybody cannot be; the quota may not come back.{reason}",
        them = contracts(count))
}

pub fn undo_asks(lang: Lang) -> String {
    say!(lang, "确定撤回请输入 y：", "Type y to take them back:")
}

#[rustfmt::skip]
pub fn undo_needs_a_word(lang: Lang, command: &str) -> String {
    say!(lang,
        "没有撤回。确定撤回请运行：{command}",
        "nothing was taken back. To do it, run: {command}")
}

pub fn undo_nothing(lang: Lang) -> String {
    say!(lang, "没有可以撤回的合同", "there is no contract to take back")
}

/// Contracts that are over, by their state.
pub fn undo_over(lang: Lang, state: &str, count: u64) -> String {
    say!(lang, "{count} 份不用或不能撤回：{state}", "{them} left as it is: {state}", them = contracts(count))
}

pub fn undone(lang: Lang, count: u64) -> String {
    say!(lang, "撤回了 {count} 份", "{them} taken back", them = contracts(count))
}

pub fn undo_failed(lang: Lang, count: u64) -> String {
    say!(lang, "有 {count} 份没有撤回：", "{them} not taken back:", them = contracts(count))
}

pub fn undo_unknown(lang: Lang, count: u64) -> String {
    say!(lang, "有 {count} 份不知道撤回了没有：", "of {them} nobody knows:", them = contracts(count))
}

/// `command`: the one that sends what was taken back.
pub fn then_again(lang: Lang, command: &str) -> String {
    say!(
        lang,
        "只再发撤回的（表格里可以先改好）：{command}",
        "To send once more only what was taken back (it may be corrected in the sheet before): {command}"
    )
}

pub fn then_track(lang: Lang, job: &str) -> String {
    say!(lang, "过一会儿再查：flowbatch track {job}", "Ask again after a while: flowbatch track {job}")
}

#[rustfmt::skip]
pub fn bad_reason(lang: Lang) -> String {
    say!(lang,
        "撤回理由只能用中文、字母、数字和下划线，最多 200 字（没有空格和标点），所以什么都没有做",
        "a reason has Chinese, letters, digits and underscores only, at most 200 (no blanks, no punctuation), so nothing was done")
}

#[rustfmt::skip]
pub fn downloaded(lang: Lang, fetched: u64, before: u64, folder: impl std::fmt::Display) -> String {
    let before = match before {
        0 => String::new(),
        before => say!(lang, "；{before} 份已经在那里", "; {before} there before"),
    };
    say!(lang,
        "下载了 {fetched} 个文件到 {folder}{before}",
        "{files} fetched into {folder}{before}",
        files = several(fetched, "file"))
}

#[rustfmt::skip]
pub fn not_complete(lang: Lang, count: u64) -> String {
    say!(lang,
        "{count} 份没有全部签完，没有下载；也要的话请加 --all",
        "{them} not signed by everybody and left out; add --all to fetch these as well",
        them = contracts(count))
}

pub fn not_downloaded(lang: Lang, count: u64) -> String {
    say!(lang, "有 {count} 份没有下载：", "{them} not fetched:", them = contracts(count))
}

/// What happened to the links of a run.
pub fn no_links(lang: Lang, what: &str) -> String {
    say!(
        lang,
        "没有取签署链接：{what}；合同不受影响",
        "no links to sign were made: {what}; the contracts are not affected"
    )
}
