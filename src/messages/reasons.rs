//! Why a run has ended early.

use crate::domain::codes::ACTION_GONE;
use crate::domain::verdict::Verdict;
use crate::runner::{Question, Reason, Shared};
use crate::text::console::outcome::waits_for;
use crate::text::problems::field_name;
use crate::text::report::rejected_reason;
use crate::text::{Lang, Words, codes, network, say, several, words};

use super::failures;

/// Why the work ended early, and how to go on.
#[rustfmt::skip]
pub fn reason(lang: Lang, reason: &Reason) -> Words {
    match reason {
        Reason::Caller(outcome) => {
            let code = outcome.code.as_deref().unwrap_or_default();
            let words = match code {
                "UnsupportedOperation" => action_gone(lang),
                _ => codes::explain(lang, code),
            };
            let code = network::code(lang, code, outcome.trouble.as_deref());
            let api = outcome.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
            let id = outcome.request_id.as_deref().map(|id| format!(", RequestId {id}")).unwrap_or_default();
            let what = say!(lang,
                "已停止：{what}（{code}{api}{id}）。没有合同因此被判为错误",
                "stopped: {what} ({code}{api}{id}). No contract is blamed for it",
                what = words.what);
            let todo = match outcome.verdict {
                Verdict::Either => say!(lang,
                    "很可能是账号或发起方的问题：请核对 app_id、organization_open_id、operator_open_id 和权限，再运行即可继续",
                    "Most likely the account or the sender is at fault: check app_id, organization_open_id, operator_open_id and the account's rights, then run again to go on"),
                _ => words.todo,
            };
            Words::new(what, todo)
        }
        Reason::Question(question) => question_words(lang, question),
        Reason::SameLink(outcome) => words!(lang,
            ("已停止：服务器给不同的合同返回了同一个确认链接{id}。多出来的没有算作已受理，也没有显示", "多半是中间的代理在重复旧的回答：请让 IT 检查代理，再运行即可继续"),
            ("stopped: the server gave the same link for different contracts{id}. It was neither counted nor shown again", "Most likely a proxy in between repeats old answers: have it checked, then run again to go on"),
            id = outcome.request_id.as_deref().map(|id| format!(" (RequestId {id})")).unwrap_or_default()),
        Reason::Unreachable(last) => {
            let code = last.code.as_deref().unwrap_or("network.connect");
            let words = codes::explain(lang, code);
            let what = say!(lang,
                "已停止：{what}（{beside}）",
                "stopped: {what} ({beside})",
                what = words.what, beside = network::code(lang, code, last.trouble.as_deref()));
            Words::new(what, words.todo)
        }
        Reason::Held(last) => {
            let code = last.code.as_deref().unwrap_or("InternalError");
            words!(lang,
                ("有合同试了多次仍没有结果：{what}（{beside}）", "再运行一次会继续发送它们"),
                ("some contracts had no result after several tries: {what} ({beside})", "Run again to go on with them"),
                what = codes::explain(lang, code).what, beside = network::code(lang, code, last.trouble.as_deref()))
        }
        Reason::Signal => words!(lang,
            ("已按要求停止，在途的请求都已收到结果并记下", "再运行一次会从停下的地方继续"),
            ("stopped as asked; the results of all requests on their way are written down", "Run again to go on from here")),
        Reason::SignalTwice => words!(lang,
            ("已立即停止；在途请求的结果没有等到", "再运行一次会从停下的地方继续，并查清它们"),
            ("stopped at once; requests on their way were dropped, so their results are not known", "Run again to go on from here and to find out")),
        Reason::WaitsFor(job) => waits_for(lang, &job.0),
        Reason::Journal(error) => failures::journal(lang, error),
        Reason::Pace(error) => failures::pace(lang, error),
        Reason::Unreadable => words!(lang,
            ("记录里的合同内容读不出来", "请用 --again 重新发送这个文件"),
            ("a contract in the journal cannot be read back", "Send the file anew with --again")),
    }
}

/// What an action that is not there means, whatever code says it.
fn action_gone(lang: Lang) -> Words {
    let (zh, en) = ACTION_GONE;
    let meaning = if lang == Lang::Zh { zh } else { en };
    Words::new(meaning.what, meaning.todo)
}

/// All contracts were refused alike: what they were told, what they share, and how
/// to answer.
#[rustfmt::skip]
fn question_words(lang: Lang, question: &Question) -> Words {
    let outcome = &question.outcome;
    let code = outcome.code.as_deref().unwrap_or_default();
    let said = rejected_reason(lang, code, outcome.message.as_deref());
    let id = outcome.request_id.as_deref().map(|id| format!(", RequestId {id}")).unwrap_or_default();
    let shared: Vec<String> = question.shared.iter().map(|one| shared_words(lang, one)).collect();
    let shared = match shared.is_empty() {
        true => String::new(),
        false => say!(lang, "。它们的共同点：{list}", ". What they share: {list}", list = shared.join(lang.pick("，", ", "))),
    };
    let count = question.flows.len();
    let what = match count {
        1 => say!(lang,
            "已停止：1 份合同单独发送时被拒绝：{said}（{code}{id}）{shared}。还说不准是不是这份合同自己的问题，所以没有把它判为错误",
            "stopped: 1 contract, sent alone, was refused: {said} ({code}{id}){shared}. Whether it is the contract's own fault cannot be told yet, so it is not blamed"),
        _ => say!(lang,
            "已停止：{count} 份合同逐份单独发送，都同样被拒绝：{said}（{code}{id}）{shared}。没有合同因此被判为错误",
            "stopped: {contracts}, each sent alone, were all refused alike: {said} ({code}{id}){shared}. No contract is blamed for it",
            contracts = several(count as u64, "contract")),
    };
    let todo = match question.general {
        true => say!(lang,
            "这可能是账号、企业或模板的问题，请先问管理员；解决后再运行即可继续（会先试一份）。确定是这些合同自己的问题，请加 --keep-going 再运行：同样被拒绝的合同会逐份判为拒绝",
            "It may be the account, the company or the template: ask your administrator first; then run again to go on (one contract is tried first). If it is the contracts' own fault, run again with --keep-going: those refused alike are rejected one by one"),
        false => say!(lang,
            "请先核对上面的共同点；改好设置后再运行即可继续（会先试一份）。确定是这些合同自己的问题，请加 --keep-going 再运行：同样被拒绝的合同会逐份判为拒绝，放进修改表",
            "Check what they share first; once the settings are right, run again to go on (one contract is tried first). If it is the contracts' own fault, run again with --keep-going: those refused alike are rejected one by one and put into the fix workbook"),
    };
    Words::new(what, todo)
}

fn shared_words(lang: Lang, shared: &Shared) -> String {
    match shared {
        Shared::Template(id) => say!(lang, "模板 {id}", "template {id}"),
        Shared::Default(name) => {
            let field = field_name(lang, name);
            say!(lang, "设置里的{field}", "{field} of the settings")
        }
        Shared::Column(header) => say!(lang, "“{header}”一列的值相同", "the same value in column {header}"),
    }
}
