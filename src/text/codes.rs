//! Error codes in words: the API's as `essbasic` has them, and ours.

use crate::domain::verdict::Verdict;
use crate::essbasic::codes as essbasic;

use super::{Lang, Words};

/// What a code means to the person who sent the contracts, and what to do.
pub fn explain(lang: Lang, code: &str) -> Words {
    let (zh, en) = match essbasic::find(code) {
        Some(known) => ((known.zh.what, known.zh.todo), (known.en.what, known.en.todo)),
        None => own(code).unwrap_or(UNKNOWN),
    };
    let (what, todo) = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    Words::new(what, todo)
}

/// The code may be the caller's fault as well as a contract's.
pub fn is_general(code: &str) -> bool {
    essbasic::find(code).is_some_and(|known| matches!(known.verdict, Verdict::Either | Verdict::Unclear))
}

/// Our own code for a failure of theirs that hit one contract alone.
pub fn of_one_contract(code: &str) -> Option<&'static str> {
    let verdict = essbasic::find(code).map(|known| known.verdict);
    let ours = ["network.", "answer.", "http."].iter().any(|family| code.starts_with(family));
    match verdict {
        Some(Verdict::Smaller) => Some("too.large"),
        None if code == "http.413" => Some("too.large"),
        Some(Verdict::Server) => Some("their.internal"),
        None if ours => Some("their.internal"),
        _ => None,
    }
}

type Pair = (&'static str, &'static str);

/// A code of ours, or its family's: `http.502` is a `http`.
fn own(code: &str) -> Option<(Pair, Pair)> {
    let family =
        || OWN.iter().find(|(known, ..)| code.split_once('.').is_some_and(|(family, _)| family == *known));
    OWN.iter().find(|(known, ..)| *known == code).or_else(family).map(|(_, zh, en)| (*zh, *en))
}

const UNKNOWN: (Pair, Pair) = (
    ("接口返回了没有见过的错误码", "请把错误码和 RequestId 告诉腾讯电子签的客服"),
    ("the API gave a code that is not documented", "Give the code and the RequestId to the API's support"),
);

#[rustfmt::skip]
const OWN: &[(&str, Pair, Pair)] = &[
    ("network.connect", ("连不上服务器", "请检查网络、代理和 endpoint，然后再运行即可继续"), ("the server cannot be reached", "Check network, proxy and endpoint, then run again to go on")),
    ("network.certificate", ("服务器的证书不被信任", "多半是公司的代理换了证书：请让 IT 把公司的根证书装进本机，或换一个网络"), ("the server's certificate is not trusted", "Most likely your company's proxy has put in its own: have its root certificate installed on this machine, or use another network")),
    ("network.timeout", ("服务器没有在时限内回答", "请检查网络，再运行即可继续"), ("no answer came in time", "Check the network, then run again to go on")),
    ("network.broken", ("连接中断", "请检查网络，再运行即可继续"), ("the connection broke", "Check the network, then run again to go on")),
    ("answer.unreadable", ("服务器的回答看不懂", "再运行即可继续；总是这样请检查代理和 endpoint"), ("the answer cannot be read", "Run again to go on; if it stays so, check proxy and endpoint")),
    ("answer.no_url", ("服务器没有返回确认链接", "再运行即可继续"), ("the answer has no ConfirmUrl", "Run again to go on")),
    ("key.taken", ("这个合同编号已经由另一个任务用于内容不同的合同", "要再发一份请换一个编号；或运行修改表并加 --allow-duplicates"), ("another job has used this contract_id for a contract with other contents", "Give it another id, or run the fix workbook with --allow-duplicates")),
    ("answer.repeated", ("服务器返回的是另一次请求已经得到过的回答", "这个链接不会显示，以免弄混；再运行即可继续，总是这样请检查代理"), ("the answer is one that another request had already", "Its link is not shown; run again to go on, and if it stays so, check the proxy")),
    ("answer.link", ("服务器返回的确认链接不是可以放心打开的链接，所以没有显示", "再运行即可继续；总是这样请检查代理和 endpoint"), ("the ConfirmUrl is not a link that may be shown", "Run again to go on; if it stays so, check proxy and endpoint")),
    ("deadline.past", ("还没有发出，签署截止时间就已经过了", "请改成更晚的时间"), ("the deadline passed before the contract was sent", "Give a later one")),
    ("their.internal", ("腾讯电子签处理这份合同时总是内部出错，其他合同正常", "请把 RequestId 告诉客服，或稍后用“flowbatch retry”再试"), ("the API fails on this contract with an internal error, while other contracts pass", "Give the RequestId to support, or try again later with flowbatch retry")),
    ("too.large", ("这份合同单独发送仍超过网关允许的大小", "请缩短合同里的文字"), ("this contract is too large for the gateway, even alone", "Shorten its texts")),
    ("request.headers", ("密钥或设置里有不能发送的字符", "请重新复制 TENCENTCLOUD_SECRET_ID、TENCENTCLOUD_TOKEN 和 region"), ("the credentials or settings contain a character that cannot be sent", "Copy TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_TOKEN and region again")),
    ("withdrawn", ("按要求停止，这次没有发出", "再运行即可继续"), ("stopped as asked before it was sent", "Run again to go on")),
    ("crash", ("上次运行中断，不知道这次请求的结果", "再运行即可继续"), ("the last run was cut off, so the outcome is unknown", "Run again to go on")),
    ("http", ("网关返回了错误", "请检查网络、代理和 endpoint"), ("a gateway answered with an error", "Check network, proxy and endpoint")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_apis_codes_have_the_apis_words() {
        for code in essbasic::CODES {
            assert_eq!(explain(Lang::Zh, code.name), Words::new(code.zh.what, code.zh.todo));
            assert_eq!(explain(Lang::En, code.name), Words::new(code.en.what, code.en.todo));
        }
    }

    #[test]
    fn our_codes_are_not_the_apis() {
        for (code, zh, en) in OWN {
            assert!(essbasic::find(code).is_none(), "{code}");
            assert_eq!(explain(Lang::Zh, code), Words::new(zh.0, zh.1));
            assert_eq!(explain(Lang::En, code), Words::new(en.0, en.1));
            assert_eq!(OWN.iter().filter(|(known, ..)| known == code).count(), 1, "{code}");
        }
    }

    #[test]
    fn a_family_speaks_for_its_members() {
        assert!(explain(Lang::En, "http.502").what.contains("gateway"));
        assert!(explain(Lang::En, "AuthFailure.SomethingNew").what.contains("credentials"));
        assert!(explain(Lang::En, "Nonsense").what.contains("not documented"));
    }
}
