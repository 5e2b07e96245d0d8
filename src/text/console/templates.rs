//! Templates that could not be asked, or have changed: why nothing was started, and how to go on.

use crate::domain::problem::Problem;
use crate::domain::verdict::Outcome;
use crate::text::{Lang, Words, codes, problems, say, several};

/// The API does not tell what the templates are. `command`: the same once more, without asking.
#[rustfmt::skip]
pub fn unasked(lang: Lang, outcome: &Outcome, command: &str) -> Words {
    let code = outcome.code.as_deref().unwrap_or_default();
    let said = outcome.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
    let id = outcome.request_id.as_deref().map(|id| format!(", RequestId {id}")).unwrap_or_default();
    Words::new(
        say!(lang,
            "查不到合同模板，什么都没有发送：{what}（DescribeTemplates，{code}{said}{id}）",
            "the templates could not be asked, and nothing was sent: {what} (DescribeTemplates, {code}{said}{id})",
            what = codes::explain(lang, code).what),
        say!(lang,
            "请让管理员开通查询模板（DescribeTemplates）的权限，再运行。要不核对就发：签署方的顺序和类型、签署人ID、每个控件的写法都由表格自己负责，确认后运行 {command}，或在 config.toml 的 [start] 里写 check_templates = false",
            "Have the right to call DescribeTemplates granted, then run again. To go on without it the sheet alone answers for the order and type of the signers, their RecipientIds and the form of every component: {command}, or check_templates = false in [start] of config.toml"))
}

/// One template that contracts of a job do not fit any more. `problem`: of the first of them,
/// whose number or name is `first`, with the component that it is about.
pub fn moved(
    lang: Lang,
    template: &str,
    (component, problem): (Option<&str>, &Problem),
    contracts: u64,
    first: &str,
) -> String {
    let of = component.map(|name| say!(lang, "“{name}”：", "\u{201c}{name}\u{201d}: ")).unwrap_or_default();
    say!(
        lang,
        "模板 {template}：{of}{what}（{contracts} 份还没有发送的合同，第一份是 {first}，{place}）",
        "template {template}: {of}{what} ({them} not sent yet, the first is {first}, {place})",
        what = problems::explain(lang, problem).what,
        them = several(contracts, "contract"),
        place = problems::place(lang, problem)
    )
}

/// `lines`: as [`moved`] makes them.
#[rustfmt::skip]
pub fn all_moved(lang: Lang, lines: &[String], command: &str) -> Words {
    let list = lines.join(lang.pick("；", "; "));
    Words::new(
        say!(lang,
            "还没有发送的合同和现在的模板对不上，这次什么都没有发送：{list}",
            "contracts that are still to be sent do not fit their templates as they are now, and nothing was sent: {list}"),
        say!(lang,
            "模板被改过就在控制台改回来，再运行即可继续。要照原来的内容发，请运行 {command}：不合模板的会被接口拒绝，再在 .fix.xlsx 里改",
            "If a template was changed, put it back in the console, then run again to go on. To send them as they are: {command}; the API refuses what does not fit, and the .fix.xlsx has it to be corrected"))
}

/// Of a check: whether the templates were asked.
pub fn asked(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "已查询模板并逐份核对（{count} 个模板）",
        "held against the templates, as the API has them ({count} asked for)"
    )
}

pub fn asked_by_run(lang: Lang, command: &str) -> String {
    say!(
        lang,
        "模板还没有核对：正式运行会先查询模板；现在就核对请运行 {command}",
        "the templates were not asked: a run asks before it starts anything; to do so now: {command}"
    )
}
