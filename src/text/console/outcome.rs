//! What came of a run: how it ended, and which pages are to be confirmed.

use crate::domain::verdict::Verdict;
use crate::essbasic::codes as essbasic;
use crate::report::{MOST_PARTS, Parts};
use crate::runner::{Question, Reason, Shared};
use crate::text::problems::field_name;
use crate::text::report::rejected_reason;
use crate::text::{Lang, Words, codes, failures, network, say, several, words};

/// The file and its job, above what is said of them.
pub fn heading(lang: Lang, path: impl std::fmt::Display, job: &str) -> String {
    say!(lang, "{path} · 任务 {job}", "{path} · job {job}")
}

pub fn to_fix(lang: Lang, fix: &str) -> String {
    say!(
        lang,
        "需要修改的合同在 {fix} 里：改好后直接运行那个文件",
        "contracts to correct are in {fix}: correct them and run that file"
    )
}

pub fn finished_before(lang: Lang) -> String {
    say!(
        lang,
        "这个文件以前已经处理完，这次什么都没有发送（确要再发请加 --again）",
        "this file was finished before; nothing was sent now (to send it once more, add --again)"
    )
}

/// `job`: that of which something might have ended.
#[rustfmt::skip]
pub fn none_ended(lang: Lang, job: &str) -> String {
    say!(lang,
        "这个文件里以前发过的合同，就上次查询所知，没有一份已撤回、被拒签或过期，所以这次什么都没有发送（先用 flowbatch track {job} 查一下现在的状态）",
        "of the contracts of this file that were sent before none was taken back, refused or is past its deadline, as far as was asked; nothing was sent now (to ask how they stand: flowbatch track {job})")
}

pub fn trial(lang: Lang) -> String {
    say!(
        lang,
        "试发完成；再运行一次（不加 --first）会发送其余合同",
        "the trial is done; run again without --first to send the rest"
    )
}

pub fn trial_before(lang: Lang) -> String {
    say!(
        lang,
        "这么多份以前已经试发过，这次什么都没有发送；数目更大的 --first 会发送差额，不加则发送其余合同",
        "as many were tried before; nothing was sent now. A larger --first sends the difference, none at all the rest"
    )
}

/// Why the report is not where it belongs.
pub fn misplaced(lang: Lang, why: &Words) -> String {
    say!(
        lang,
        "{what}。报告改放在记录文件夹里（见下）。{todo}",
        "{what}. The report went into the state folder instead (see below). {todo}",
        what = why.what,
        todo = why.todo
    )
}

pub fn pages_before(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "以前已发的合同在下面 {count} 个页面上，如果还没有确认，也请打开：",
        "Sent before; to open as well, if not confirmed yet: {pages}",
        pages = several(count as u64, "page")
    )
}

pub fn nothing_failed(lang: Lang) -> String {
    say!(
        lang,
        "没有可以原样重发的合同：没有失败的，或要先在 .fix.xlsx 里改好，或已由别的任务发出；什么都没有发送",
        "there is nothing to try again: nothing has failed, or it has to be corrected first (see the .fix.xlsx), or other jobs have sent it since; nothing was sent"
    )
}

pub fn partly(lang: Lang) -> String {
    say!(
        lang,
        "还有合同没有发送；再运行一次原来的文件会发送它们",
        "some contracts are not sent yet; run the file itself again to send them"
    )
}

/// The job starts contracts, and some may have been.
pub fn doubts(lang: Lang, count: u64, job: &str) -> String {
    crate::text::report::doubts(lang, count, job)
}

pub fn extra_requests(lang: Lang, requests: u64, extra: u64) -> String {
    say!(
        lang,
        "共 {requests} 次请求，其中 {extra} 次用于找出问题合同或重试",
        "{requests} requests, {extra} of them to find bad contracts or to try again"
    )
}

pub fn pages(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "请打开下面 {count} 个页面逐一确认，确认后合同才会发出：",
        "To open and confirm, so that the contracts go out: {pages}",
        pages = several(count as u64, "page")
    )
}

pub fn more_pages(lang: Lang, rest: usize) -> String {
    say!(lang, "其余 {rest} 个页面见报告", "{rest} more pages are in the report")
}

/// Web pages of single values of a column, or why there are none.
pub fn parts(lang: Lang, parts: &Parts) -> Option<String> {
    let Parts { column, files, too_many, lacks_column } = parts;
    if let Some(count) = too_many {
        return Some(say!(
            lang,
            "“{column}”列有 {count} 种以上不同的值，超过 {most} 个文件的上限，没有按它分开写网页：请换一列",
            "the column {column} has {count} values or more; at most {most} web pages are written, so none was written for each: choose another column",
            most = MOST_PARTS
        ));
    }
    if *lacks_column {
        return Some(say!(
            lang,
            "没有名为“{column}”的列，没有按它分开写网页：请核对 [report] group_by",
            "there is no column {column}, so no web page was written for each of its values: check [report] group_by"
        ));
    }
    let first = files.first()?.path.display();
    Some(say!(
        lang,
        "按“{column}”分开的网页 {count} 个：{first} 等",
        "{pages} by {column}: {first} and so on",
        count = files.len(),
        pages = several(files.len() as u64, "web page")
    ))
}

/// The workbook of an earlier check that nobody needs any more.
pub fn kept_check(lang: Lang, name: &str) -> String {
    say!(
        lang,
        "{name} 是以前检查时写的，有人改过或正打开着，所以没有删除；这个文件现在没有问题，不再需要它了",
        "{name} is of an earlier check; it was edited or is open, so it stays. Nothing is wrong with this file any more, so nobody needs it"
    )
}

pub fn sandbox_pages(lang: Lang) -> String {
    say!(
        lang,
        "（沙箱：以上链接是假的，没有任何合同真的发出）",
        "(sandbox: these links are made up, no contract was really sent)"
    )
}

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

/// Another job was cut off that has some of the contracts. `job`: with its file and its date.
pub fn waits_for(lang: Lang, job: &str) -> Words {
    let id = job.split(' ').next().unwrap_or(job);
    words!(
        lang,
        (
            "有合同正由任务 {job} 发送，而它中断了，或结果不明",
            "请先把那个文件再运行一次，然后再运行这个；它直接发起合同而结果不明的，先查清：flowbatch reconcile {id}"
        ),
        (
            "some contracts were being sent by job {job}, which was cut off or does not know what became of them",
            "Run its file again first, then this one; where it starts contracts, settle those in doubt: flowbatch reconcile {id}"
        ),
        id = id
    )
}

/// Pages of what a file has sent before, where nothing of it is sent now.
pub fn pages_of_before(lang: Lang, count: usize, command: &str) -> String {
    say!(
        lang,
        "这个文件以前发出的合同在 {count} 个页面上，还没有记为已确认：{command}",
        "what this file has sent before is on {pages}, not noted as confirmed: {command}",
        pages = several(count as u64, "page")
    )
}

/// What an action that is not there means, whatever code says it.
fn action_gone(lang: Lang) -> Words {
    let (zh, en) = essbasic::ACTION_GONE;
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
