//! Why an input, or a command, went no further.

use std::path::Path;

use crate::domain::answer::Word;
use crate::domain::unknown::Unknown;
use crate::text::{Lang, Words, say, words};

pub fn left_out(lang: Lang) -> String {
    say!(
        lang,
        "是 flowbatch 自己的报告或打开文件的锁，已略过",
        "a report of flowbatch, or the lock of an open file: left out"
    )
}

#[rustfmt::skip]
pub fn invalid(lang: Lang, count: u64, sendable: u64) -> String {
    match sendable {
        0 => say!(lang,
            "{count} 份合同有问题，这个文件什么都没有发送。改好后再运行",
            "{count} contract(s) with problems; nothing of this file was sent. Correct them and run again"),
        _ => say!(lang,
            "{count} 份合同有问题，这个文件什么都没有发送。改好后再运行；或加 --skip-invalid 先发其余 {sendable} 份",
            "{count} contract(s) with problems; nothing of this file was sent. Correct them and run again, or send the other {sendable} with --skip-invalid"),
    }
}

/// A fault of ours ended the command.
pub fn internal(lang: Lang) -> Words {
    Words::new(
        lang.pick("flowbatch 自己出错了（内部错误）", "a fault of flowbatch itself ended the command"),
        lang.pick(
            "已经发出去的都记着；请再运行一次，仍然这样就把标准错误的内容发给开发者",
            "what was sent is written down; run it again, and if it happens once more, report what stands on stderr",
        ),
    )
}

/// Of a command that has failed and tells a program nothing more.
pub fn said_elsewhere(lang: Lang) -> Words {
    Words::new(
        lang.pick("命令没有成功", "the command has failed"),
        lang.pick("原因在标准错误里", "the reason stands on stderr"),
    )
}

pub fn questions(lang: Lang) -> String {
    say!(
        lang,
        "还有问题要先回答，所以这个文件什么都没有发送",
        "there are questions to answer first, so nothing of this file was sent"
    )
}

/// The command that answers all of them.
/// `can_be_kept`: what it says may be remembered, but for `except`.
pub fn answer(lang: Lang, command: &str, can_be_kept: bool, except: &[&str]) -> String {
    match can_be_kept {
        true if !except.is_empty() => say!(
            lang,
            "核对后，用这一条命令可以回答（加 --remember 以后照办，{except} 除外）：{command}",
            "once you have checked it, this command answers (with --remember also from now on, but for {except}): {command}",
            except = except.join(lang.pick("、", ", "))
        ),
        true => say!(
            lang,
            "核对后，用这一条命令可以回答（加 --remember 以后照办）：{command}",
            "once you have checked it, this command answers (with --remember also from now on): {command}"
        ),
        false => say!(
            lang,
            "核对后，用这一条命令可以回答：{command}",
            "once you have checked it, this command answers: {command}"
        ),
    }
}

/// Behind a command, or options, of which some question has no answer.
pub fn answer_in_part(lang: Lang) -> String {
    say!(
        lang,
        "这只回答其中一部分：其余的请按上面的说明处理",
        "that answers a part of them: for the rest, see above what to do"
    )
}

/// The command that answers where all of the sheets are meant.
pub fn answer_all_sheets(lang: Lang, command: &str) -> String {
    say!(
        lang,
        "上面的命令只发第一个工作表；几个都要发：{command}",
        "that one sends the first sheet alone; to send all of them: {command}"
    )
}

/// Instead of a command in which somebody's name may stand, where others read it.
pub fn answer_unsaid(lang: Lang) -> String {
    say!(
        lang,
        "能回答的命令里可能有人名，这里不显示；在终端里运行 flowbatch check 就能看到",
        "the command that answers may hold somebody's name and is not shown here: run flowbatch check on a terminal"
    )
}

/// What is added to the command that was typed, for whoever reads it in a file.
pub fn options(lang: Lang, words: &[Word]) -> String {
    say!(
        lang,
        "核对后，在原来的命令后面加上这些来回答：{options}",
        "once you have checked it, add this to the command that was typed: {options}",
        options = options_of(words)
    )
}

/// The same where all of the sheets are meant.
pub fn options_for_all_sheets(lang: Lang, words: &[Word]) -> String {
    say!(
        lang,
        "这样只发第一个工作表；几个都要发：{options}",
        "that sends the first sheet alone; to send all of them: {options}",
        options = options_of(words)
    )
}

fn options_of(words: &[Word]) -> String {
    let option = |word: &Word| match &word.value {
        // A value that begins like an option would be taken for one.
        Some(value) if value.starts_with('-') => {
            super::command(std::slice::from_ref(&format!("--{}={value}", word.option)))
        }
        Some(value) => format!("--{} {}", word.option, super::command(std::slice::from_ref(value))),
        None => format!("--{}", word.option),
    };
    words.iter().map(option).collect::<Vec<_>>().join(" ")
}

/// A report that this journal does not know.
#[rustfmt::skip]
pub fn unknown_report(lang: Lang, report: &Unknown) -> Words {
    words!(lang,
        ("{path}（{at}）里有 {rows} 行已受理的合同、{pages} 个确认页面，但这里的记录里没有它们，所以什么都没有发送。可能是换了用户、电脑或记录文件夹，或从备份恢复过", "如果那些合同确实发过，请再运行一次同样的命令，加上 --report believe（把它们连同链接认作已发）；确定没有发过才用 --report ignore。这时加 --again 没有用"),
        ("{path} ({at}) shows {rows} rows of accepted contracts on {pages} pages of which the journal here knows nothing, so nothing was sent. Another user, machine or state folder may have sent them, or this one was restored from a backup", "If they were sent, run the same command again with --report believe: they count as sent, with their links. Only if they were not, use --report ignore. --again is no answer to this"),
        path = report.path.display(), at = report.changed, rows = report.rows, pages = report.pages)
}

#[rustfmt::skip]
pub fn report_unreadable(lang: Lang, path: &Path, rows: u64) -> Words {
    words!(lang,
        ("{path} 里有 {rows} 行已受理，但读不成合同，所以没有认作已发，也没有发送", "请用原来的报告（没有改过的 .report.csv 或 .report.xlsx）；列名经过 --map 的，请加上同样的 --map"),
        ("{rows} accepted rows of {path} cannot be read as contracts, so they do not count as sent, and nothing was sent", "Use the report as it was written (.report.csv or .report.xlsx); where --map gave names to columns, add the same --map"),
        path = path.display())
}

#[rustfmt::skip]
pub fn changed(lang: Lang, path: &Path) -> Words {
    words!(lang,
        ("{path} 在读取时被改动了，所以什么都没有发送", "请等它保存完，再运行"),
        ("{path} was changed while it was being read, so nothing was sent", "Wait until it is saved, then run again"),
        path = path.display())
}

/// Of several files an earlier one has stopped.
pub fn not_begun(lang: Lang) -> Words {
    words!(
        lang,
        ("没有开始：前面的文件停下了", "原因解决后，再运行同样的命令"),
        ("not begun, as an earlier file has stopped", "Once that is settled, run the same command again")
    )
}

#[rustfmt::skip]
pub fn stopped(lang: Lang) -> Words {
    words!(lang,
        ("已按要求停止，这个文件还没有发送任何合同", "再运行即可重新开始"),
        ("stopped as asked; nothing of this file was sent yet", "Run again to begin anew"))
}

pub fn no_such_page(lang: Lang, page: usize, pages: usize) -> Words {
    words!(
        lang,
        ("没有第 {page} 页", "这个任务有 {pages} 个页面"),
        ("there is no page {page}", "This job has {pages} pages")
    )
}

/// Somebody has noted that the page is confirmed.
pub fn page_confirmed(lang: Lang, page: &str, by: Option<&str>) -> Words {
    let by = by.map(|by| say!(lang, "（{by}）", " by {by}")).unwrap_or_default();
    words!(
        lang,
        (
            "没有换链接：{page} 已记为确认过{by}，再换链接、再确认，同样的合同会发出两份",
            "记错了请先运行 flowbatch confirm {page} --undo"
        ),
        (
            "not renewed: {page} was noted as confirmed{by}; confirming a new link would send the same contracts twice",
            "If that was a mistake, run flowbatch confirm {page} --undo first"
        )
    )
}

pub fn page_unknown(lang: Lang) -> Words {
    words!(
        lang,
        ("没有这个页面", "请核对页面编号或链接：flowbatch pages 会列出所有待确认的页面"),
        ("there is no such page", "Check its number or its link: flowbatch pages lists those to confirm")
    )
}

pub fn page_of_several(lang: Lang, pages: &[String]) -> Words {
    let pages = pages.join(lang.pick("、", ", "));
    words!(
        lang,
        ("有好几个任务都有这个页面：{pages}", "请写全，例如 任务/P07"),
        ("several jobs have a page of that number: {pages}", "Write it in full, as JOB/P07")
    )
}

pub fn job_of_several(lang: Lang, jobs: &[String]) -> Words {
    let jobs = jobs.join(lang.pick("、", ", "));
    words!(
        lang,
        ("有好几个任务的编号这样结尾：{jobs}", "请把任务编号写全"),
        ("the numbers of several jobs end like that: {jobs}", "Write the number in full")
    )
}

pub fn nothing_to_renew(lang: Lang) -> Words {
    words!(
        lang,
        ("这个接口没有确认页面，不能换链接", "合同已经直接发起"),
        (
            "this action has no pages to confirm, so there is none to renew",
            "The contracts were started at once"
        )
    )
}

pub fn page_replaced(lang: Lang, page: usize, by: Option<u32>) -> Words {
    let by = by.map(|by| format!("P{by:02}"));
    match by {
        Some(by) => words!(
            lang,
            ("P{page:02} 的链接已经换过了", "现在用的是 {by}；还要换链接请对 {by} 运行 renew"),
            ("the link of P{page:02} was replaced", "Its place has {by}; to renew that one, name {by}")
        ),
        None => words!(
            lang,
            ("P{page:02} 的链接已经换过了", "现在用的页面见报告"),
            ("the link of P{page:02} was replaced", "The report has the page that took its place")
        ),
    }
}

/// `job`: with its files and its date.
#[rustfmt::skip]
pub fn erased(lang: Lang, job: &str) -> Words {
    words!(lang,
        ("这个文件在任务 {job} 里已经处理完，内容过了保留期并已清除；这次什么都没有发送", "确要再发请加 --again"),
        ("this file was finished by job {job}, whose data has been erased since; nothing was sent now", "To send it once more, add --again"))
}

/// `job`: with its files and its date.
#[rustfmt::skip]
pub fn contents_lost(lang: Lang, job: &str) -> Words {
    words!(lang,
        ("这个文件在任务 {job} 里已经处理完，但那个任务的内容文件不在记录文件夹的 jobs 里了，报告不能再生成；这次什么都没有发送", "请从备份恢复它；页面链接用 flowbatch pages 查看。确要再发请加 --again"),
        ("this file was finished by job {job}, whose contents have gone from jobs in the state folder, so its report cannot be made again; nothing was sent now", "Restore them from a backup; flowbatch pages has the links of its pages. To send the file once more, add --again"))
}

/// `job`: with its files and its date.
#[rustfmt::skip]
pub fn other_realm(lang: Lang, job: &str) -> Words {
    words!(lang,
        ("任务 {job} 是用另一个 endpoint、应用或企业发起的", "请换回当时的设置再运行"),
        ("job {job} began with another endpoint, application or organisation", "Use the settings of that time"))
}

#[rustfmt::skip]
pub fn being_corrected(lang: Lang, job: &str, by: &str) -> Words {
    words!(lang,
        ("任务 {job} 的一些合同改好后由任务 {by} 发送，还没有发完，所以没有重发原来的", "请先把任务 {by} 的文件再运行一次"),
        ("job {by} has contracts of job {job} still to send, corrected, so the old ones were not sent again", "Run the file of job {by} again first"))
}

pub fn no_contracts(lang: Lang) -> Words {
    words!(
        lang,
        ("表头下面没有一份合同", "请在表头下面填写合同"),
        ("there is no contract below the header", "Fill in contracts below the header")
    )
}
