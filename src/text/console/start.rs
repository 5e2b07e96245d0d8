//! Contracts are about to be started: what that means, and who has to agree.

use crate::domain::job::Start;
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
    say!(lang,
        "现在就要发起 {contracts} 份合同，会用掉 {contracts} 份合同额度；可能有 {people} 人会收到签署通知。发起之后不再有确认页面",
        "{them} start now and use {contracts} of the quota; messages may go to {reached}. There is no page to confirm any more",
        them = several(contracts, "contract"), reached = several_people(people))
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
