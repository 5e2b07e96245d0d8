//! Pages later: what is still to confirm, and new links.

use std::time::Duration;

use crate::domain::job::JobId;
use crate::domain::verdict::Outcome;
use crate::text::report::code_reason;
use crate::text::{Lang, Words, say, several};

pub fn nothing_to_confirm(lang: Lang) -> String {
    say!(lang, "没有等待确认的页面", "no page waits to be confirmed")
}

/// A job above its pages.
pub fn heading(lang: Lang, job: &JobId, files: &str, pages: usize, confirmed: usize) -> String {
    say!(
        lang,
        "{files} · 任务 {job} · 待确认 {pages} 个页面，已确认 {confirmed} 个",
        "{files} · job {job} · {pages} to confirm, {confirmed} confirmed"
    )
}

/// How long ago a page was prepared.
pub fn age(lang: Lang, age: Duration) -> String {
    let (days, hours, minutes) = (age.as_secs() / 86_400, age.as_secs() / 3_600, age.as_secs() / 60);
    match (days, hours, minutes) {
        (1.., ..) => say!(lang, "{days} 天前生成", "prepared {ago} ago", ago = several(days, "day")),
        (_, 1.., _) => say!(lang, "{hours} 小时前生成", "prepared {ago} ago", ago = several(hours, "hour")),
        _ => say!(lang, "{minutes} 分钟前生成", "prepared {ago} ago", ago = several(minutes, "minute")),
    }
}

/// So many pages are named in a line.
const MOST_NAMED: usize = 10;

fn names(lang: Lang, pages: &[String]) -> String {
    let named = pages.get(..MOST_NAMED).unwrap_or(pages).join(lang.pick("、", ", "));
    match pages.len().saturating_sub(MOST_NAMED) {
        0 => named,
        rest => say!(lang, "{named} 等 {all} 个", "{named} and {rest} more", all = pages.len()),
    }
}

#[rustfmt::skip]
pub fn taken_back(lang: Lang, pages: &[String]) -> String {
    say!(lang,
        "报告里取消了“已确认”的勾，这些页面重新算作未确认：{names}",
        "their tick was taken away in the report, so these pages do not count as confirmed any more: {names}",
        names = names(lang, pages))
}

/// `command`: takes the first of them back.
#[rustfmt::skip]
pub fn unclear_ticks(lang: Lang, pages: &[String], command: &str) -> String {
    say!(lang,
        "这些页面记作已确认，但报告里没有勾：{names}。报告写好之后记录又改过，分不清是取消了还是从来没有勾，所以没有改动。确实要取消请运行：{command}",
        "these pages count as confirmed and have no tick in the report: {names}. What is noted of pages has changed since the report was written, so nobody can tell whether a tick was taken away; nothing was changed. To take one back, run: {command}",
        names = names(lang, pages))
}

pub fn how_to_tick(lang: Lang) -> String {
    say!(
        lang,
        "确认之后可以记一笔：flowbatch confirm 任务/页面 --by 姓名",
        "once one is confirmed, note it: flowbatch confirm JOB/PAGE --by NAME"
    )
}

pub fn no_browser(lang: Lang, why: &str) -> String {
    say!(
        lang,
        "打不开浏览器（{why}）；请自己复制上面的链接",
        "no browser can be opened ({why}); copy the links above"
    )
}

pub fn only_the_first(lang: Lang) -> String {
    say!(lang, "只打开了第一个页面", "only the first page was opened")
}

pub fn next_page(lang: Lang, rest: usize) -> String {
    say!(lang, "还有 {rest} 个页面，按回车打开下一个", "{rest} more; press Enter for the next one")
}

pub fn noted(lang: Lang, page: &str, undone: bool) -> String {
    match undone {
        false => say!(lang, "已记下：{page} 已确认", "noted: {page} is confirmed"),
        true => say!(lang, "已记下：{page} 还没有确认", "noted: {page} is not confirmed"),
    }
}

pub fn no_page_name(lang: Lang, word: &str) -> String {
    say!(
        lang,
        "“{word}”不是页面：请写 任务/P07、页面的链接，或 P07（只有一个任务有这个页面时）",
        "\"{word}\" is no page: write JOB/P07, its link, or P07 where only one job has such a page"
    )
}

pub fn is_it_unconfirmed(lang: Lang, page: &str) -> String {
    say!(
        lang,
        "{page} 现在的链接确定还没有人确认过吗？如果已经确认，换链接后再确认一次，同样的合同会发出两份。没有确认过请输入 y：",
        "Is it certain that nobody has confirmed {page} yet? If somebody has, confirming the new link sends the same contracts twice. Type y if nobody has:"
    )
}

/// What a person types who agrees.
pub fn is_yes(line: &str) -> bool {
    matches!(line.trim().to_lowercase().as_str(), "y" | "yes" | "是")
}

pub fn renew_needs_a_word(lang: Lang) -> String {
    say!(
        lang,
        "没有换链接：请先核实原来的链接还没有人点过“确认”，没有的话再加 --yes",
        "not renewed: make sure that nobody has confirmed the old page, then add --yes"
    )
}

pub fn renewed(lang: Lang) -> String {
    say!(lang, "新的确认链接（原来的请不要再打开）：", "the new link (do not open the old one any more):")
}

/// The API has refused to prepare the page anew.
pub fn not_renewed(lang: Lang, outcome: &Outcome) -> Words {
    let code = outcome.code.as_deref().unwrap_or_default();
    let why = code_reason(lang, code, outcome.message.as_deref());
    Words::new(
        say!(
            lang,
            "没有换成：接口拒绝了（{code}）：{why}",
            "not renewed: the API refused it ({code}): {why}"
        ),
        say!(lang, "原来的页面仍然算数", "The old page still counts"),
    )
}

/// Nobody has answered.
pub fn not_answered(lang: Lang, why: &Words) -> Words {
    Words::new(
        say!(lang, "没有换成：{what}", "not renewed: {what}", what = why.what),
        say!(lang, "原来的页面仍然算数。{todo}", "The old page still counts. {todo}", todo = why.todo),
    )
}
