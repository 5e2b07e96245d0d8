//! Why an input, or a command, went no further.

use crate::domain::job::JobId;
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

pub fn no_such_page(lang: Lang, page: usize, pages: usize) -> Words {
    words!(
        lang,
        ("没有第 {page} 页", "这个任务有 {pages} 个页面"),
        ("there is no page {page}", "This job has {pages} pages")
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

#[rustfmt::skip]
pub fn erased(lang: Lang, job: &JobId) -> Words {
    words!(lang,
        ("这个文件在任务 {job} 里已经处理完，内容过了保留期并已清除；这次什么都没有发送", "确要再发请加 --again"),
        ("this file was finished by job {job}, whose data has been erased since; nothing was sent now", "To send it once more, add --again"))
}

#[rustfmt::skip]
pub fn other_realm(lang: Lang, job: &JobId) -> Words {
    words!(lang,
        ("任务 {job} 是用另一个 endpoint、应用或企业发起的", "请换回当时的设置再运行"),
        ("job {job} began with another endpoint, application or organisation", "Use the settings of that time"))
}

pub fn no_contracts(lang: Lang) -> Words {
    words!(
        lang,
        ("表头下面没有一份合同", "请在表头下面填写合同"),
        ("there is no contract below the header", "Fill in contracts below the header")
    )
}
