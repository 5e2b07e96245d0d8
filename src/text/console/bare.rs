//! What is said where a file was dropped on the program.

use crate::text::{Lang, say, several};

pub fn asks(lang: Lang, contracts: u64, pages: usize) -> String {
    say!(
        lang,
        "现在发送这 {contracts} 份合同吗？之后要打开 {pages} 个页面逐一确认（y/n）",
        "Send {contracts} now? Then there will be {pages} to open and confirm (y/n)",
        contracts = match lang {
            Lang::Zh => contracts.to_string(),
            Lang::En => several(contracts, "contract"),
        },
        pages = match lang {
            Lang::Zh => pages.to_string(),
            Lang::En => several(pages as u64, "page"),
        }
    )
}

/// One question says all of it: nothing more is asked before they start.
#[rustfmt::skip]
pub fn asks_to_start(lang: Lang, contracts: u64, rehearsal: bool) -> String {
    if rehearsal {
        return say!(lang, "现在演练发起这 {contracts} 份合同吗？什么都不会真的发出去（y/n）", "Rehearse starting {them} now? Nothing really goes out (y/n)",
            them = several(contracts, "contract"));
    }
    say!(lang,
        "现在就发起这 {contracts} 份合同吗？会用掉 {contracts} 份合同额度，签署方可能马上收到通知，之后没有确认页面，也不再询问（y/n）",
        "Start {them} now? That uses {contracts} of the quota, and whoever signs may get a message at once. There is no page to confirm and no further question (y/n)",
        them = several(contracts, "contract"))
}

pub fn not_sent(lang: Lang) -> String {
    say!(lang, "什么都没有发送", "nothing was sent")
}

/// Nobody is there to be asked.
pub fn cannot_ask(lang: Lang, command: &str) -> String {
    say!(
        lang,
        "只检查了，什么都没有发送。要发送，请运行：{command}",
        "checked only: nothing was sent. To send it, run: {command}"
    )
}

pub fn changed(lang: Lang) -> String {
    say!(
        lang,
        "文件在检查之后改动过，所以什么都没有发送。请重新打开它，再核对一遍",
        "a file has changed since it was checked, so nothing was sent. Open it with flowbatch once more, and look again"
    )
}

pub fn wait_for_key(lang: Lang) -> String {
    say!(lang, "按回车键关闭窗口", "press Enter to close this window")
}
