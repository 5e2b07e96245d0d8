//! What a run tells while it is under way, a line each.

use crate::runner::Event;
use crate::text::console::duration;
use crate::text::console::events::waiting_for;
use crate::text::console::start::how_to_switch;
use crate::text::{Lang, codes, network, say};

pub fn line(lang: Lang, event: &Event) -> Option<String> {
    Some(match event {
        Event::Progress { .. } | Event::Answered { .. } => return None,
        Event::Paused { pause, last } => {
            let code = last.code.as_deref().unwrap_or_default();
            say!(
                lang,
                "连续失败（{what}，{beside}），暂停 {time}后再试",
                "everything fails ({what}, {beside}): pausing for {time}",
                what = codes::explain(lang, code).what,
                beside = network::code(lang, code, last.trouble.as_deref()),
                time = duration(lang, *pause)
            )
        }
        Event::SmallerChunks { flows } => say!(
            lang,
            "接口不接受这么多合同，改为每次请求 {flows} 份",
            "the API takes fewer contracts: {flows} a request from now on"
        ),
        // It is named with its file by whoever has the journal.
        Event::WaitingFor { job } => waiting_for(lang, &job.0),
        Event::Deprecated { warning, ends } => {
            let switch = if *ends { how_to_switch(lang) } else { String::new() };
            say!(lang, "腾讯电子签提示：{warning}。{switch}", "the API says: {warning}. {switch}")
        }
        Event::AskedToWait { wait, code } => say!(
            lang,
            "对方要求稍后再试（{code}），等 {time}",
            "the other side asks to wait ({code}): {time}",
            time = duration(lang, *wait)
        ),
        Event::Crowded => say!(
            lang,
            "接口一直说请求太频繁：可能有别的程序在用同一个账号。已自动放慢，继续尝试",
            "the API keeps saying that there are too many requests: another program may use the same account. Slowed down, still trying"
        ),
        Event::RepeatedRequestId => say!(
            lang,
            "两次请求的回答有同一个 RequestId，链接不同：都算数。若再出现，请检查代理",
            "two answers had the same RequestId, with links of their own: both count. If it happens again, check the proxy"
        ),
        Event::PageHost { host, before: None } => {
            say!(lang, "确认页面在 {host}", "the pages to confirm are on {host}")
        }
        Event::PageHost { host, before: Some(before) } => say!(
            lang,
            "注意：确认页面的网址变了，以前是 {before}，现在是 {host}。打开前请核对",
            "note: the pages to confirm are on another host: {before} before, {host} now. Make sure of it before you open them"
        ),
        Event::KeysRenewed => say!(
            lang,
            "密钥已失效，已从原处重新读取，继续发送",
            "the credentials have ended: others were read from the same place, and the work goes on"
        ),
        Event::UnknownCode { code } => say!(
            lang,
            "接口返回了没有见过的错误码 {code}，按谨慎的方式处理",
            "the API gave a code that is not documented, {code}: treated with care"
        ),
    })
}
