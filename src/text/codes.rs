//! Error codes in words: the API's as `essbasic` has them, and ours.

use crate::domain::codes as essbasic;
use crate::domain::codes::REFUSED;
use crate::domain::verdict::Verdict;

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
    code == REFUSED
        || essbasic::find(code)
            .is_some_and(|known| matches!(known.verdict, Verdict::Either | Verdict::Unclear))
}

/// Our own code for a failure of theirs that hit one contract alone.
pub fn of_one_contract(code: &str) -> Option<&'static str> {
    if code == REFUSED {
        return None;
    }
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

/// A code of ours, or its nearest family's: `http.502` is a `http`.
fn own(code: &str) -> Option<(Pair, Pair)> {
    let families = std::iter::successors(Some(code), |code| Some(code.rsplit_once('.')?.0));
    families
        .filter_map(|name| OWN.iter().find(|(known, ..)| *known == name))
        .map(|(_, zh, en)| (*zh, *en))
        .next()
}

const UNKNOWN: (Pair, Pair) = (
    ("接口返回了没有见过的错误码", "请把错误码和 RequestId 告诉腾讯电子签的客服"),
    ("the API gave a code that is not documented", "Give the code and the RequestId to the API's support"),
);

#[rustfmt::skip]
const OWN: &[(&str, Pair, Pair)] = &[
    ("network.connect", ("连不上服务器", "请检查网络、代理和 endpoint，然后再运行即可继续"), ("the server cannot be reached", "Check network, proxy and endpoint, then run again to go on")),
    ("network.connect.name", ("找不到服务器的域名", "请检查网络、DNS 和 endpoint；公司网络多半要用代理：请设置 HTTPS_PROXY，然后再运行即可继续"), ("the server's name is not found", "Check network, DNS and endpoint; in a company network you most likely need a proxy: set HTTPS_PROXY, then run again to go on")),
    ("network.connect.refused", ("服务器拒绝连接", "请核对 endpoint 的主机和端口，检查防火墙，然后再运行即可继续"), ("the server refuses the connection", "Check network, firewall and the endpoint's host and port, then run again to go on")),
    ("network.connect.route", ("没有到服务器的网络路径", "请检查本机是否联网、VPN 是否连上，然后再运行即可继续"), ("no network leads to the server", "Check whether this machine is online and its VPN connected, then run again to go on")),
    ("network.connect.timeout", ("在时限内没有连上服务器", "多半是防火墙拦住了：请检查网络，需要代理时设置 HTTPS_PROXY，然后再运行即可继续"), ("no connection to the server came in time", "Most likely a firewall drops it: check the network, set HTTPS_PROXY if you need a proxy, then run again to go on")),
    ("network.tls", ("与服务器的加密连接没有建立起来", "多半是中间的代理或防火墙切断了连接：请让 IT 放行这个主机，然后再运行即可继续"), ("no encrypted connection to the server came about", "Most likely a proxy or firewall in between cuts it off: have this host allowed, then run again to go on")),
    ("network.tls.none", ("对方没有使用加密连接（不是 TLS）", "请核对 endpoint 的端口；端口没错就是中间有代理或登录页：请用浏览器打开任意网页看看"), ("the other side does not speak TLS", "Check the endpoint's port; if it is right, a proxy or login page stands in between: open any web page in a browser and look")),
    ("network.certificate", ("服务器的证书有问题", "请换一个网络试试；仍这样请把这句话交给 IT"), ("there is something wrong with the server's certificate", "Try another network; if it stays so, show this to your IT")),
    ("network.certificate.issuer", ("服务器证书的签发者不被信任", "多半是公司的代理换了证书：请让 IT 把公司的根证书装进本机（或用 SSL_CERT_FILE 指定），或换一个网络"), ("the server's certificate is from an issuer that is not trusted", "Most likely your company's proxy has put in its own: have its root certificate installed on this machine (or named by SSL_CERT_FILE), or use another network")),
    ("network.certificate.expired", ("服务器的证书已过期", "请先核对本机时间；时间没错就是对方或中间代理的证书到期了，请联系 IT"), ("the server's certificate has expired", "Check this machine's clock first; if it is right, the certificate of the server or of a proxy in between has run out: ask your IT")),
    ("network.certificate.early", ("服务器的证书还没有生效", "多半是本机时间慢了：请校准本机时间后再运行"), ("the server's certificate is not valid yet", "Most likely this machine's clock is behind: set it, then run again")),
    ("network.certificate.name", ("服务器的证书是另一个主机的", "请核对 endpoint；没错就是中间的代理或登录页在应答，请换一个网络或联系 IT"), ("the server's certificate is for another host", "Check the endpoint; if it is right, a proxy or login page answers instead: use another network, or ask your IT")),
    ("network.files", ("打开的文件和连接太多，系统不让再开", "请关闭其他程序，或调高 ulimit -n，然后再运行即可继续"), ("too many files and connections are open, and the system allows no more", "Close other programs or raise ulimit -n, then run again to go on")),
    ("network.proxy.name", ("找不到代理的域名", "请核对代理变量里的主机名，然后再运行即可继续"), ("the proxy's name is not found", "Check the host in the proxy variable, then run again to go on")),
    ("network.proxy.unreachable", ("连不上代理", "请核对代理变量里的主机和端口，确认代理正在运行；不需要代理就去掉这个变量，然后再运行即可继续"), ("the proxy cannot be reached", "Check host and port in the proxy variable and that the proxy runs; if you need none, remove the variable, then run again to go on")),
    ("network.proxy.password", ("代理要求用户名和密码（407）", "请把代理变量写成 http://用户名:密码@主机:端口（特殊字符要写成 %XX）；已经写了就请核对，然后再运行即可继续"), ("the proxy wants a user and a password (407)", "Write the proxy variable as http://user:password@host:port (special characters as %XX), or check the ones that are there, then run again to go on")),
    ("network.proxy.forbidden", ("代理不允许访问这个主机（403）", "请让 IT 在代理上放行这个主机，然后再运行即可继续"), ("the proxy does not allow this host (403)", "Have the host allowed on the proxy, then run again to go on")),
    ("network.proxy.failed", ("代理连不上服务器", "请检查代理的上网情况，或换一个代理，然后再运行即可继续"), ("the proxy cannot reach the server", "Check whether the proxy is online, or use another one, then run again to go on")),
    ("network.proxy.none", ("那里的程序没有像这种代理那样应答", "请核对代理变量的端口和类型（http:// 还是 socks5://），然后再运行即可继续"), ("what listens there does not answer as a proxy of that kind", "Check port and kind in the proxy variable (http:// or socks5://), then run again to go on")),
    ("answer.page", ("收到的是一个网页，不是接口的回答", "多半是上网登录页或代理的提示页：请用浏览器打开任意网页，登录后再运行即可继续；总是这样请核对 endpoint"), ("a web page came instead of the API's answer", "Most likely it is a login page of the network or a notice of the proxy: open any web page in a browser and log in, then run again to go on; if it stays so, check the endpoint")),
    ("network.timeout", ("服务器没有在时限内回答", "请检查网络，再运行即可继续"), ("no answer came in time", "Check the network, then run again to go on")),
    ("network.broken", ("连接中断", "请检查网络，再运行即可继续"), ("the connection broke", "Check the network, then run again to go on")),
    ("answer.unreadable", ("服务器的回答看不懂", "再运行即可继续；总是这样请检查代理和 endpoint"), ("the answer cannot be read", "Run again to go on; if it stays so, check proxy and endpoint")),
    ("answer.no_url", ("服务器没有返回确认链接", "再运行即可继续"), ("the answer has no ConfirmUrl", "Run again to go on")),
    ("answer.refused", ("接口拒绝了这份合同，原因见它的原话", "请按原话修改这份合同；看不懂请把 RequestId 告诉腾讯电子签客服"), ("the API refused this contract: its own sentence says why", "Correct the contract as it says; if it cannot be understood, give the RequestId to support")),
    ("answer.no_flow_id", ("服务器的回答里既没有合同的编号，也没有失败的原因", "请在电子签控制台核对这份合同是否已经发起"), ("the answer has neither an id for the contract nor a reason against it", "Look up in the e-sign console whether it was started")),
    ("answer.no_preview", ("服务器没有返回预览链接", "请稍后再预览一次；总是这样请核对模板里有没有动态表格"), ("the answer has no link to a preview", "Try again later; if it stays so, check whether the template has a dynamic table")),
    ("answer.contradicts", ("服务器的回答里这份合同既有编号，又有失败的原因", "请在电子签控制台核对这份合同是否已经发起"), ("the answer has both an id for the contract and a reason against it", "Look up in the e-sign console whether it was started")),
    ("answer.ambiguous", ("服务器的回答里分不清哪一项属于哪份合同", "请在电子签控制台核对这些合同；在设置里写 [start] flows_per_request = 1 以后就不会这样"), ("it cannot be told which part of the answer is whose", "Look the contracts up in the e-sign console; with [start] flows_per_request = 1 this cannot happen")),
    ("key.taken", ("这个合同编号已经由另一个任务用于内容不同的合同", "要再发一份请换一个编号；或运行修改表并加 --allow-duplicates"), ("another job has used this contract_id for a contract with other contents", "Give it another id, or run the fix workbook with --allow-duplicates")),
    ("contract.sent_meanwhile", ("这份合同（或改正前的原件）在另一个任务里已经发出，或正等着发，所以这里没有发送", "请先看那个任务的报告：它还没发完的，先运行 flowbatch retry 任务编号 让它发完或判为拒绝，再运行修改表；确要再发一份请加 --allow-duplicates"), ("another job has sent this contract (or what it was before it was corrected) meanwhile, or is about to, so it was not sent here", "Look at that job's report first: if it is not finished, flowbatch retry JOB settles it, then run the fix workbook again; to send this one as well, add --allow-duplicates")),
    ("answer.repeated", ("服务器返回的是另一次请求已经得到过的回答", "这个链接不会显示，以免弄混；再运行即可继续，总是这样请检查代理"), ("the answer is one that another request had already", "Its link is not shown; run again to go on, and if it stays so, check the proxy")),
    ("answer.link", ("服务器返回的确认链接不是可以放心打开的链接，所以没有显示", "再运行即可继续；总是这样请检查代理和 endpoint"), ("the ConfirmUrl is not a link that may be shown", "Run again to go on; if it stays so, check proxy and endpoint")),
    ("deadline.past", ("还没有发出，签署截止时间就已经过了", "请改成更晚的时间"), ("the deadline passed before the contract was sent", "Give a later one")),
    ("their.internal", ("腾讯电子签处理这份合同时总是内部出错，其他合同正常", "请把 RequestId 告诉客服，或稍后用“flowbatch retry”再试"), ("the API fails on this contract with an internal error, while other contracts pass", "Give the RequestId to support, or try again later with flowbatch retry")),
    ("too.large", ("这份合同单独发送仍超过网关允许的大小", "请缩短合同里的文字"), ("this contract is too large for the gateway, even alone", "Shorten its texts")),
    ("request.headers", ("密钥或设置里有不能发送的字符", "请重新复制 TENCENTCLOUD_SECRET_ID、TENCENTCLOUD_TOKEN 和 region"), ("the credentials or settings contain a character that cannot be sent", "Copy TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_TOKEN and region again")),
    ("withdrawn", ("按要求停止，这次没有发出", "再运行即可继续"), ("stopped as asked before it was sent", "Run again to go on")),
    ("crash", ("上次运行中断，不知道这次请求的结果", "再运行即可继续"), ("the last run was cut off, so the outcome is unknown", "Run again to go on")),
    ("http", ("网关返回了错误", "请检查网络、代理和 endpoint"), ("a gateway answered with an error", "Check network, proxy and endpoint")),
    ("http.301", ("接口的地址被永久转到了别处，没有跟着走", "请核对 endpoint 是不是写错了主机"), ("the address is redirected for good, which was not followed", "Check whether the endpoint names the right host")),
    ("http.302", ("接口的地址被临时转到了别处，没有跟着走", "多半是上网登录页：请用浏览器登录网络，然后再运行即可继续"), ("the address is redirected for now, which was not followed", "Most likely to a login page of the network: log in with a browser, then run again to go on")),
    ("http.303", ("接口的地址被临时转到了别处，没有跟着走", "多半是上网登录页：请用浏览器登录网络，然后再运行即可继续"), ("the address is redirected for now, which was not followed", "Most likely to a login page of the network: log in with a browser, then run again to go on")),
    ("http.307", ("接口的地址被临时转到了别处，没有跟着走", "多半是上网登录页：请用浏览器登录网络，然后再运行即可继续"), ("the address is redirected for now, which was not followed", "Most likely to a login page of the network: log in with a browser, then run again to go on")),
    ("http.308", ("接口的地址被永久转到了别处，没有跟着走", "请核对 endpoint 是不是写错了主机"), ("the address is redirected for good, which was not followed", "Check whether the endpoint names the right host")),
    ("http.401", ("对方要求登录，而接口从不这样要求", "应答的不是接口：请核对 endpoint，或换一个网络"), ("the other side wants a login, which the API never does", "It is not the API that answers: check the endpoint, or use another network")),
    ("http.403", ("中间的防火墙或网关不允许这个请求", "请让 IT 放行这个主机，然后再运行即可继续"), ("a firewall or gateway in between does not allow the request", "Have the host allowed, then run again to go on")),
    ("http.404", ("这个地址上没有接口", "请核对 endpoint"), ("there is no API at this address", "Check the endpoint")),
    ("http.407", ("中间的代理要求用户名和密码", "请把代理变量写成 http://用户名:密码@主机:端口，然后再运行即可继续"), ("a proxy in between wants a user and a password", "Write the proxy variable as http://user:password@host:port, then run again to go on")),
    ("http.413", ("网关不接受这么大的请求", "请用 --per-page 改小，或让 IT 调高网关的上限"), ("a gateway does not take a request of this size", "Use a smaller --per-page, or have the gateway's limit raised")),
    ("http.500", ("服务器内部出错", "请稍后再运行即可继续"), ("the server failed", "Run again later to go on")),
    ("http.502", ("网关没有从服务器得到回答", "请稍后再运行即可继续；总是这样请检查代理和 endpoint"), ("a gateway got no answer from the server", "Run again later to go on; if it stays so, check proxy and endpoint")),
    ("http.503", ("服务器暂时不可用", "请稍后再运行即可继续"), ("the server is unavailable for now", "Run again later to go on")),
    ("http.504", ("网关没有及时从服务器得到回答", "请稍后再运行即可继续；总是这样请检查代理和 endpoint"), ("a gateway got no answer from the server in time", "Run again later to go on; if it stays so, check proxy and endpoint")),
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
    fn what_the_api_refused_is_no_failure_of_theirs() {
        assert_eq!(of_one_contract(REFUSED), None);
        assert_eq!(of_one_contract("answer.unreadable"), Some("their.internal"));
        assert_eq!(of_one_contract("http.413"), Some("too.large"));
    }

    #[test]
    fn a_family_speaks_for_its_members() {
        assert!(explain(Lang::En, "http.599").what.contains("gateway"));
        assert!(explain(Lang::En, "network.certificate.new").what.contains("certificate"));
        assert!(explain(Lang::En, "AuthFailure.SomethingNew").what.contains("credentials"));
        assert!(explain(Lang::En, "Nonsense").what.contains("not documented"));
    }
}
