//! Contracts are about to be started: what that means, and who has to agree.

use crate::domain::job::{Again, SentBefore, Start};
use crate::text::{Lang, Words, say, several};

/// There are no pages that a number of contracts could be meant for.
pub fn no_pages(lang: Lang, action: &str) -> String {
    say!(
        lang,
        "{action} 直接发起合同，没有确认页面：--per-page 不起作用。每次请求几份合同由设置 [start] flows_per_request 决定",
        "{action} starts contracts at once, without pages to confirm: --per-page changes nothing. The setting [start] flows_per_request says how many go in a request"
    )
}

/// A trial of so many is offered where there are more.
const TRIAL: u64 = 3;

/// What happens once somebody agrees.
#[rustfmt::skip]
pub fn what_happens(lang: Lang, start: &Start) -> String {
    let Start { contracts, people, .. } = *start;
    let mut happens = say!(lang,
        "现在就要发起 {contracts} 份合同，会用掉 {contracts} 份合同额度；可能有 {people} 人会收到签署通知。发起之后不再有确认页面",
        "{them} start now and use {contracts} of the quota; messages may go to {reached}. There is no page to confirm any more",
        them = several(contracts, "contract"), reached = several_people(people));
    if let Some(before) = of_those_before(lang, start) {
        happens.push_str(lang.pick("。", ". "));
        happens.push_str(&before);
    }
    happens
}

/// What was sent before, where somebody wants some of it to go again.
#[rustfmt::skip]
fn of_those_before(lang: Lang, start: &Start) -> Option<String> {
    let SentBefore { open, signed, ended } = start.before;
    match start.again {
        _ if start.before.all() == 0 => None,
        Again::No | Again::Rest => None,
        Again::Ended => Some(say!(lang,
            "只再发已撤回、被拒签或过期的 {ended} 份；以前发过、还在签署的 {open} 份和已经签完的 {signed} 份（就上次查询所知）不再发",
            "Of what was sent before only the {ended} go again that were taken back, refused or ran out of time; {open} still being signed and {signed} signed by everybody, as far as was asked, do not")),
        Again::All => {
            let mut told = say!(lang,
                "注意：其中 {all} 份以前发过：{open} 份还在签署，{signed} 份已经签完（就上次查询所知），再发就各成了两份合同；{ended} 份已撤回、被拒签或过期",
                "Mind that {all} of them were sent before: {open} are still being signed and {signed} signed by everybody, as far as was asked, and each of these would exist twice; {ended} were taken back, refused or ran out of time",
                all = start.before.all());
            if ended > 0 {
                told.push_str(&say!(lang,
                    "。只想再发这 {ended} 份，请把 --again 换成 --again=ended",
                    ". To send only these {ended}, write --again=ended in place of --again"));
            }
            Some(told)
        }
    }
}

fn several_people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

pub fn trial_first(lang: Lang, start: &Start) -> Option<String> {
    (!start.trial && start.contracts > TRIAL).then(|| {
        say!(lang, "想先试发 3 份，请加 --first 3", "to start 3 of them as a trial first, add --first 3")
    })
}

pub fn asks(lang: Lang) -> String {
    say!(lang, "确定发起请输入 y：", "Type y to start them:")
}

/// `command`: the same once more, with the word that is missing.
pub fn not_approved(lang: Lang, start: &Start, asked: bool, command: &str) -> Words {
    let what = match asked {
        true => say!(lang, "没有发起，什么都没有发送", "not started; nothing was sent"),
        false => say!(
            lang,
            "没有人可以确认，所以什么都没有发送。{happens}",
            "nobody was there to agree, so nothing was sent. {happens}",
            happens = what_happens(lang, start)
        ),
    };
    let mut todo = say!(lang, "确定发起请运行：{command}", "To start them, run: {command}");
    if let Some(trial) = trial_first(lang, start) {
        todo.push_str(lang.pick("；", "; "));
        todo.push_str(&trial);
    }
    Words::new(what, todo)
}

/// The action is past its announced end.
#[rustfmt::skip]
pub fn past_its_end(lang: Lang, action: &str, end: &str) -> String {
    say!(lang,
        "提示：腾讯电子签已公布 {action} 接口于 {end} 下线，随时可能停用。{switch}",
        "note: the API's owner has announced the end of {action} for {end}; it may stop at any time. {switch}",
        switch = how_to_switch(lang))
}

#[rustfmt::skip]
pub fn how_to_switch(lang: Lang) -> String {
    say!(lang,
        "换用的办法：在 config.toml 里写 action = \"CreateFlowsByTemplates\"（或加 --action CreateFlowsByTemplates），表格不用改；它会直接发起合同，请先加 --first 3 试发",
        "To switch: set action = \"CreateFlowsByTemplates\" in config.toml (or add --action CreateFlowsByTemplates); the sheet stays as it is. It starts contracts at once, so try --first 3 first")
}
