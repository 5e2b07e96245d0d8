//! How contracts and their signers stand, in words: states as the API calls them.

use crate::domain::signing::About;

use super::{Lang, say};

/// A contract's state. One that is not known is told as it is; "" is not known yet.
pub fn flow_status(lang: Lang, status: &str) -> String {
    match status {
        "INIT" => lang.pick("已发起，还没有人签", "started, nobody has signed").to_owned(),
        "PART" => lang.pick("部分已签", "partly signed").to_owned(),
        "ALL" => lang.pick("全部签完", "signed by everybody").to_owned(),
        "REJECT" => lang.pick("已拒签", "refused by a signer").to_owned(),
        "DEADLINE" => lang.pick("已过期", "past its deadline").to_owned(),
        "CANCEL" => lang.pick("已撤回", "taken back").to_owned(),
        "INVALID" => lang.pick("已失效", "void").to_owned(),
        "RELIEVED" => lang.pick("已解除", "ended by an agreement").to_owned(),
        "" => lang.pick("还没有查到状态", "state not known yet").to_owned(),
        other => other.to_owned(),
    }
}

/// A signer's state.
pub fn signer_status(lang: Lang, status: &str) -> String {
    match status {
        "PENDING" => lang.pick("待签", "to sign").to_owned(),
        "FILLPENDING" => lang.pick("待填写", "to fill in").to_owned(),
        "FILLACCEPT" => lang.pick("已填写，待签", "filled in, to sign").to_owned(),
        "FILLREJECT" => lang.pick("拒绝填写", "refused to fill in").to_owned(),
        "WAITPICKUP" => lang.pick("待领取", "to be claimed").to_owned(),
        "ACCEPT" => lang.pick("已签", "signed").to_owned(),
        "REJECT" => lang.pick("拒签", "refused").to_owned(),
        "DEADLINE" => lang.pick("过期未签", "did not sign in time").to_owned(),
        "CANCEL" => lang.pick("已撤回", "taken back").to_owned(),
        "FORWARD" => lang.pick("已转他人", "passed on to somebody else").to_owned(),
        "STOP" => lang.pick("已终止", "ended").to_owned(),
        "RELIEVED" => lang.pick("已解除", "ended by an agreement").to_owned(),
        "" => String::new(),
        other => other.to_owned(),
    }
}

/// A code of ours of what could not be done for one contract; `None`: it is none of ours.
fn own_code(lang: Lang, code: &str) -> Option<String> {
    Some(match code {
        "follow.not_answered" => {
            lang.pick("接口的回答里没有说到它", "the API's answer says nothing of it").to_owned()
        }
        "follow.task_timeout" => {
            lang.pick("撤回任务超时结束，没有处理它", "the task ended before it was done with it").to_owned()
        }
        "follow.task_at_work" => {
            lang.pick("撤回任务还没有结束", "the task that takes it back is still at work").to_owned()
        }
        "fetch.no_link" => lang.pick("接口没有给出下载链接", "the API gave no link").to_owned(),
        "fetch.link" => lang.pick("下载链接不是 https", "the link is none with https").to_owned(),
        "fetch.status" => lang.pick("下载链接打不开", "the link cannot be opened").to_owned(),
        "fetch.too_large" => lang.pick("文件太大", "the document is too large").to_owned(),
        "fetch.not_pdf" => lang
            .pick(
                "下载到的不是 PDF（多半是代理或登录页面）",
                "what came is no PDF: most likely a proxy's page",
            )
            .to_owned(),
        "fetch.network" => lang.pick("下载时网络出错", "the network failed").to_owned(),
        "fetch.disk" => lang.pick("写不了文件", "the file could not be written").to_owned(),
        code => {
            let status = code.strip_prefix("state.")?;
            say!(lang, "它现在的状态是：{status}", "it is now: {status}", status = flow_status(lang, status))
        }
    })
}

/// Why something was not done for a contract: a code, the API's own sentence, or both.
pub fn why(lang: Lang, code: &str, message: &str) -> String {
    let Some(own) = own_code(lang, code) else {
        return match (code.is_empty(), message.is_empty()) {
            (true, true) => lang.pick("没有说明原因", "no reason was given").to_owned(),
            (true, false) => message.to_owned(),
            (false, _) => {
                super::report::code_reason(lang, code, Some(message).filter(|text| !text.is_empty()))
            }
        };
    };
    if message.is_empty() { own } else { say!(lang, "{own}（{message}）", "{own} ({message})") }
}

/// The same as the journal keeps it: `CODE`, `CODE: SENTENCE`, or a sentence.
pub fn kept_why(lang: Lang, kept: &str) -> String {
    let is_code = |text: &str| {
        !text.is_empty() && !text.contains(char::is_whitespace) && text.contains('.') && text.is_ascii()
    };
    match kept.split_once(": ") {
        Some((code, message)) if is_code(code) => why(lang, code, message),
        _ if is_code(kept) => why(lang, kept, ""),
        _ => why(lang, "", kept),
    }
}

/// What was to be done for a contract, and was not, or nobody knows.
pub fn noted(lang: Lang, about: About, is_known: bool, why: &str) -> String {
    let what = match (about, is_known) {
        (About::Undo, true) => lang.pick("没有撤回", "not taken back"),
        (About::Undo, false) => lang.pick("不知道撤回了没有", "nobody knows whether it was taken back"),
        (About::Remind, true) => lang.pick("没有催办", "not reminded"),
        (About::Remind, false) => lang.pick("不知道催办了没有", "nobody knows whether somebody was reminded"),
        (About::Links, _) => lang.pick("缺签署链接", "no link to sign for somebody"),
    };
    say!(lang, "{what}：{why}", "{what}: {why}")
}

/// What a link to sign opens.
pub fn what_a_link_opens(lang: Lang) -> &'static str {
    lang.pick(
        "签署链接在微信里打开（电子签小程序），只有本人能用，90 天内有效；不要在链接后面加任何内容",
        "A link to sign opens in WeChat (the e-sign mini program), for that very person only, within 90 days; add nothing to it",
    )
}

/// Who has still to sign, in the sentence that says what is to be done.
pub fn who_waits(lang: Lang, contracts: u64, command: &str) -> String {
    say!(
        lang,
        "有 {contracts} 份合同还没有全部签完：运行 {command} 催办",
        "{them} not signed by everybody yet: to remind, run {command}",
        them = match contracts {
            1 => "1 contract is".to_owned(),
            more => format!("{more} contracts are"),
        }
    )
}

/// Nobody has asked yet how the contracts stand.
pub fn not_tracked(lang: Lang, command: &str) -> String {
    say!(lang, "谁签了、谁还没签：运行 {command}", "to see who has signed, run {command}")
}

/// `2026-11-26 10:00:00 起`.
pub fn since(lang: Lang, time: &str) -> String {
    say!(lang, "{time} 起没有进展", "nothing has happened since {time}")
}

/// Headings of the sheet of signers.
pub fn sheet_headings(lang: Lang) -> [&'static str; 9] {
    match lang {
        Lang::Zh => {
            ["行", "合同", "签署人", "手机号", "状态", "签署时间", "原因", "签署链接", "链接生成时间"]
        }
        Lang::En => [
            "row", "contract", "signer", "mobile", "state", "signed at", "reason", "link to sign",
            "link made",
        ],
    }
}

pub fn sheet_name(lang: Lang) -> &'static str {
    lang.pick("签署情况", "Signing")
}

/// Ends the name of a document that not everybody has signed yet.
pub fn not_signed_yet(lang: Lang) -> &'static str {
    lang.pick("（未签完）", " (not signed)")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_is_told_in_words() {
        for (kept, told) in [
            ("follow.not_answered", "the API's answer says nothing of it"),
            ("state.ALL", "it is now: signed by everybody"),
            ("fetch.status: status 403", "the link cannot be opened (status 403)"),
            ("The flow: it is over", "The flow: it is over"),
            ("", "no reason was given"),
        ] {
            assert_eq!(kept_why(Lang::En, kept), told);
        }
        assert!(kept_why(Lang::En, "ResourceNotFound.Flow: gone").contains("gone"));
        for status in ["INIT", "PART", "ALL", "REJECT", "DEADLINE", "CANCEL", "INVALID", "RELIEVED", ""] {
            assert_ne!(flow_status(Lang::Zh, status), status);
        }
        assert_eq!(flow_status(Lang::Zh, "NEW"), "NEW");
    }
}
