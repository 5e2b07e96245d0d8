//! What becomes of contracts of which nobody knows whether they were started.

use std::path::Path;

use crate::domain::doubt::{Doubt, DoubtFault, How, Trait, Unread, Why};
use crate::domain::verdict::Outcome;
use crate::text::report::doubt_names;
use crate::text::{Lang, Words, codes, say, several, words};

pub fn nothing_in_doubt(lang: Lang) -> String {
    say!(lang, "这个任务没有结果不明的合同", "no contract of this job is in doubt")
}

/// `flow_id`: under which it was started; `None`: it was not.
#[rustfmt::skip]
pub fn settled(lang: Lang, contract: &str, flow_id: Option<&str>, how: How) -> String {
    let id = flow_id.unwrap_or_default();
    match how {
        How::Found => say!(lang, "{contract}：已发起，FlowId {id}（接口查到）", "{contract}: started, FlowId {id} (the API knows it)"),
        How::Callback => say!(lang, "{contract}：已发起，FlowId {id}（见回调）", "{contract}: started, FlowId {id} (a callback tells of it)"),
        How::Said => say!(lang, "{contract}：已发起，FlowId {id}（按您所说，接口核对过）", "{contract}: started, FlowId {id} (as was said, and checked with the API)"),
        How::NotSent => say!(lang, "{contract}：没有发起（按您所说），可以再发", "{contract}: not started (as was said); it may be sent again"),
    }
}

#[rustfmt::skip]
pub fn overruled(lang: Lang, contract: &str, flow_id: &str) -> String {
    say!(lang,
        "{contract}：与您所说的不同，接口查到它已发起，FlowId {flow_id}，所以按已发起记下",
        "{contract}: other than was said it was started, FlowId {flow_id}; that counts")
}

/// Somebody has said it was not started, and it was, as `first`; sent again since as `second`.
#[rustfmt::skip]
pub fn twice(lang: Lang, job: &str, contract: &str, first: &str, second: Option<&str>) -> String {
    match second {
        Some(second) => say!(lang,
            "！！{contract} 被发起了两次：FlowId {first}（当时说没有发起，其实发起了）和 {second}（后来又发的一次）。两份都可能被签署，请马上撤回一份：flowbatch undo {job} --contract {second} 撤回后一份；前一份在电子签控制台撤回",
            "!! {contract} was started twice: as FlowId {first} (it was said not to be started, but was) and as {second} (when it was sent again). Both may be signed: take one of them back now. flowbatch undo {job} --contract {second} takes back the second; the first is called off in the e-sign console"),
        None => say!(lang,
            "！！{contract} 其实发起了：FlowId {first}（当时说没有发起）。请在电子签控制台处理",
            "!! {contract} was started after all, as FlowId {first} (it was said not to be). See to it in the e-sign console"),
    }
}

pub fn unknown_ids(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "回调里有 {count} 个 FlowId 接口查不到（可能是别的应用或别的环境的），不算数",
        "the API knows nothing of {them} of the callbacks (of another application or environment perhaps), so these count for nothing",
        them = several(count as u64, "FlowId")
    )
}

pub fn more(lang: Lang, rest: usize) -> String {
    say!(lang, "另有 {rest} 份见报告", "{rest} more are in the report")
}

pub fn left(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "仍然结果不明 {count} 份，不会自动重发。请在电子签控制台查找：",
        "still in doubt: {them}, not sent again by itself. To look for in the e-sign console:",
        them = several(count as u64, "contract")
    )
}

/// `between`: when it may have been started, as a person reads it.
pub fn to_look_for(lang: Lang, doubt: &Doubt, between: &str) -> String {
    let names = doubt_names(lang);
    let signers: Vec<String> = doubt.signers.iter().map(crate::text::report::signer).collect();
    let mut parts = vec![doubt.contract.clone()];
    if doubt.name != doubt.contract {
        parts.push(doubt.name.clone());
    }
    parts.push(signers.join(lang.pick("、", ", ")));
    if !between.is_empty() {
        parts.push(format!("{} {between}", names.between));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// What was found of it, and why that settles nothing.
#[rustfmt::skip]
pub fn why(lang: Lang, why: &Why) -> String {
    match why {
        Why::Several(ids) => say!(lang,
            "有好几份都符合：{list}。请看清是哪一份，再用 --flow-id 写明；多出来的请在控制台撤销",
            "several fit: {list}. Find out which it is and say so with --flow-id; call the others off in the console",
            list = ids.join(lang.pick("、", ", "))),
        Why::Shared(id) => say!(lang,
            "{id} 带有它的业务信息，但另外几份结果不明的合同也是同样的业务信息",
            "{id} carries its data, but other contracts in doubt have the same"),
        Why::Differs(id, traits) => say!(lang,
            "{id} 带有它的业务信息，但{list}不同",
            "{id} carries its data, but differs in {list}",
            list = list_of(lang, traits)),
    }
}

fn list_of(lang: Lang, traits: &[Trait]) -> String {
    let names: Vec<&str> = traits.iter().map(|one| name_of(lang, *one)).collect();
    names.join(lang.pick("、", ", "))
}

fn name_of(lang: Lang, of: Trait) -> &'static str {
    match of {
        Trait::Data => lang.pick("业务信息（CustomerData）", "its data (CustomerData)"),
        Trait::Template => lang.pick("模板", "the template"),
        Trait::Name => lang.pick("合同名称", "the name"),
        Trait::Signers => lang.pick("签署人手机号", "the signers' mobiles"),
        Trait::Time => lang.pick("发起时间", "when it was started"),
    }
}

/// `job`: its number.
#[rustfmt::skip]
pub fn what_next(lang: Lang, job: &str, contract: &str) -> String {
    let contract = super::shell_word(contract);
    say!(lang,
        "账单可能晚到，过一段时间可再运行：flowbatch reconcile {job}\n  控制台里找到了：flowbatch reconcile {job} --flow-id {contract}=FlowId\n  过一段时间再查，确认没有发起的：flowbatch reconcile {job} --not-sent {contract}（之后可以再发）",
        "charges may come late, so ask again after some time: flowbatch reconcile {job}\n  found in the console: flowbatch reconcile {job} --flow-id {contract}=FLOW_ID\n  certainly not there, after some time: flowbatch reconcile {job} --not-sent {contract} (it may be sent again then)")
}

#[rustfmt::skip]
pub fn no_bills(lang: Lang, outcome: &Outcome) -> String {
    let code = outcome.code.as_deref().unwrap_or_default();
    let api = outcome.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
    say!(lang,
        "查不到账单明细：{what}（{code}{api}）。只按已有的 FlowId 和回调查找；请管理员开通计费明细的查询权限，或用 --callbacks",
        "the list of charges is not to be had: {what} ({code}{api}). Only FlowIds that had come and callbacks were looked at; have the right to query charges granted, or use --callbacks",
        what = codes::explain(lang, code).what)
}

pub fn heard(lang: Lang, lines: u64, contracts: usize) -> String {
    say!(
        lang,
        "回调文件 {lines} 行，其中有 {contracts} 份合同",
        "{lines} lines of callbacks tell of {them}",
        them = several(contracts as u64, "contract")
    )
}

#[rustfmt::skip]
pub fn unread(lang: Lang, count: u64, first: &[(u64, Unread)]) -> String {
    let one = |(line, why): &(u64, Unread)| {
        let why = match why {
            Unread::NotJson => lang.pick("不是回调的 JSON", "no callback as JSON"),
            Unread::NoKey => lang.pick("已加密，没有密钥", "encrypted, and there is no key"),
            Unread::WrongKey => lang.pick("密钥不对，或内容损坏", "the key is another one, or it is damaged"),
        };
        say!(lang, "第 {line} 行{why}", "line {line}: {why}")
    };
    let mut list: Vec<String> = first.iter().map(one).collect();
    if count > first.len() as u64 {
        list.push("…".to_owned());
    }
    say!(lang,
        "有 {count} 行回调读不了，其余照常：{list}。密钥写在 FLOWBATCH_CALLBACK_KEY 或 --callback-key-file 里",
        "{count} lines of callbacks cannot be read, the others count: {list}. The key is taken from FLOWBATCH_CALLBACK_KEY or --callback-key-file",
        list = list.join(lang.pick("；", "; ")))
}

/// A word, as whoever has said it is asked once more.
#[rustfmt::skip]
pub fn word(lang: Lang, doubt: &str, flow_id: Option<&str>) -> String {
    match flow_id {
        Some(id) => say!(lang, "{doubt} → 已发起，FlowId {id}", "{doubt} -> started, FlowId {id}"),
        None => say!(lang, "{doubt} → 没有发起，以后会再发一次", "{doubt} -> not started; it will be sent once more"),
    }
}

#[rustfmt::skip]
pub fn asks(lang: Lang) -> String {
    say!(lang,
        "您在电子签控制台查过了吗？若其实已经发起，再发会成为两份合同。确定请输入 y：",
        "Have you looked in the e-sign console? If it was started after all, sending it again makes two contracts. Type y if you are sure:")
}

pub fn declined(lang: Lang) -> String {
    say!(lang, "没有按您所说的记下", "what was said was not noted")
}

/// `command`: the same, with the word that is missing.
#[rustfmt::skip]
pub fn needs_a_word(lang: Lang, command: &str) -> String {
    say!(lang,
        "没有人可以确认，所以什么都没有做。在控制台查过、确定无误，请运行：{command}",
        "nobody was there to confirm it, so nothing was done. If you have looked in the console and are sure, run: {command}")
}

pub fn nothing_settled(lang: Lang) -> String {
    say!(lang, "没有查完，所以什么都没有记下", "the search was not finished, so nothing was settled")
}

pub fn bad_key(lang: Lang) -> Words {
    words!(
        lang,
        (
            "回调密钥不是 32 个字符",
            "请填写应用的回调密钥（EncryptKey），放在 FLOWBATCH_CALLBACK_KEY 或 --callback-key-file 的文件里"
        ),
        (
            "the callback key has not 32 characters",
            "Give the application's key for callbacks (EncryptKey) in FLOWBATCH_CALLBACK_KEY or in the file of --callback-key-file"
        )
    )
}

pub fn unreadable(lang: Lang, path: &Path, detail: &str) -> Words {
    words!(
        lang,
        ("读不了 {path}：{detail}", "请核对文件名和权限"),
        ("{path} cannot be read: {detail}", "Check its name and its rights"),
        path = path.display()
    )
}

#[rustfmt::skip]
pub fn fault(lang: Lang, fault: &DoubtFault) -> Words {
    match fault {
        DoubtFault::Prepared => words!(lang,
            ("这个任务用的是 PrepareFlows，没有要查清的合同：它只生成确认页面，没有确认就没有发起", "结果不明的再运行一次原来的文件即可；要确认的页面见 flowbatch pages"),
            ("this job used PrepareFlows, so there is nothing to settle: it makes pages to confirm, and starts nothing", "Run its file again for what is in doubt; flowbatch pages lists what is to be confirmed")),
        DoubtFault::NoSuch(name) => words!(lang,
            ("结果不明的合同里没有 {name}", "请写报告里“结果不明”一段的合同编号、名称或行号"),
            ("no contract in doubt is called {name}", "Give its number, its name or its row, as the report lists those in doubt")),
        DoubtFault::Several(name) => words!(lang,
            ("结果不明的合同里有好几份都是 {name}", "请改用合同编号或行号写清是哪一份"),
            ("{name} may be several contracts in doubt", "Say which by its number or its row")),
        DoubtFault::Twice(name) => words!(lang,
            ("对 {name} 说了两种不同的话", "请只留下对的一种"),
            ("two different things were said of {name}", "Leave only what is true")),
        DoubtFault::Taken { contract, flow_id } => words!(lang,
            ("没有记下：FlowId {flow_id} 已经是另一份合同的，不能给 {contract}", "请在控制台核对 FlowId"),
            ("not noted: FlowId {flow_id} belongs to another contract, so it cannot be that of {contract}", "Check the FlowId in the console")),
        DoubtFault::Unknown { contract, flow_id } => words!(lang,
            ("没有记下：接口不认识 FlowId {flow_id}（给 {contract}）", "请在控制台核对 FlowId，以及是不是这个企业发起的"),
            ("not noted: the API knows no FlowId {flow_id} (for {contract})", "Check the FlowId in the console, and whether this organisation has started it")),
        DoubtFault::Differs { contract, flow_id, traits } => words!(lang,
            ("没有记下：FlowId {flow_id} 不是 {contract}，{list}不同", "请在控制台核对 FlowId"),
            ("not noted: FlowId {flow_id} is not {contract}; it differs in {list}", "Check the FlowId in the console"),
            list = list_of(lang, traits)),
    }
}

/// `4` of `第4行` or `row:4`: a row that is said to be one.
pub fn row_said(name: &str) -> Option<&str> {
    let chinese = || name.strip_prefix('第').and_then(|rest| rest.strip_suffix('行'));
    name.strip_prefix("row:").or_else(chinese)
}
