//! What a check has found, besides the problems.

use crate::text::{Lang, problems, say, several};

pub fn counts(lang: Lang, sendable: u64, invalid: u64, skipped: u64) -> String {
    say!(
        lang,
        "可以发送 {sendable} 份，有问题 {invalid} 份，跳过 {skipped} 份",
        "{contracts} can be sent, {invalid} with problems, {skipped} skipped",
        contracts = several(sendable, "contract")
    )
}

/// Every request makes a page. `time`: as `duration` says it.
pub fn requests(lang: Lang, count: usize, time: &str) -> String {
    say!(
        lang,
        "将发出 {count} 次请求，约需 {time}；之后要打开 {count} 个页面逐一确认",
        "{requests}, about {time}; then {pages} to open and confirm",
        requests = several(count as u64, "request"),
        pages = several(count as u64, "page")
    )
}

/// The same where each request starts contracts.
pub fn starts(lang: Lang, contracts: u64, count: usize, time: &str) -> String {
    say!(
        lang,
        "正式运行会直接发起 {contracts} 份合同（用掉同样多的额度），共 {count} 次请求，约需 {time}；没有确认页面，运行前会再问一次",
        "a real run starts {them} at once and uses as many of the quota: {requests}, about {time}; there is no page to confirm, so it asks before",
        them = several(contracts, "contract"),
        requests = several(count as u64, "request")
    )
}

pub fn twins(lang: Lang, count: u64) -> String {
    say!(
        lang,
        "另有 {count} 份和表里另一份完全相同，那一份只发一次",
        "{count} more are the very same as another, which is sent once"
    )
}

pub fn duplicates(lang: Lang, count: u64) -> String {
    say!(
        lang,
        "另有 {count} 份以前已经发过，不会再发（确要再发请加 --again）",
        "{count} more were sent before and will not go again (unless --again is given)"
    )
}

/// Of those that were sent before.
/// `command`: the one that sends these again.
pub fn ended(lang: Lang, count: u64, command: &str) -> String {
    say!(
        lang,
        "其中 {count} 份发起后已撤回、被拒签或过期。只再发这几份：{command}",
        "{count} of them were taken back since, refused, or ran out of time. To send only these again: {command}"
    )
}

/// `settle`: the command that settles them.
pub fn in_doubt(lang: Lang, count: u64, settle: &str) -> String {
    say!(
        lang,
        "另有 {count} 份结果不明，查清之前不会发送：{settle}",
        "{count} more are in doubt and will not go until it is known what became of them: {settle}"
    )
}

/// `fields`: names of settings that a real run will ask for.
pub fn unset<'n>(lang: Lang, fields: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = fields.map(|name| problems::field_name(lang, name)).collect();
    say!(
        lang,
        "注意：还没有设置 {names}，正式运行前请在 config.toml 里填写",
        "note: {names} not set yet; put them into config.toml before a real run",
        names = names.join(lang.pick("、", ", "))
    )
}
