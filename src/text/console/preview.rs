//! Contracts shown as they would be.

use crate::domain::verdict::Outcome;
use crate::text::report::code_reason;
use crate::text::{Lang, Words, say, several, words};

/// Above the links.
pub fn heading(lang: Lang, count: usize) -> String {
    say!(
        lang,
        "预览 {count} 份（用掉 {count} 次预览次数）：链接 5 分钟内有效；没有发起任何合同，可以再次预览",
        "{previews} (used up as many of the account's): the links hold for 5 minutes; no contract was started, and it may be repeated",
        previews = several(count as u64, "preview")
    )
}

/// Why there is no link.
pub fn no_link(lang: Lang, outcome: &Outcome) -> String {
    let code = outcome.code.as_deref().unwrap_or_default();
    let why = code_reason(lang, code, outcome.message.as_deref());
    say!(lang, "没有预览（{code}）：{why}", "no preview ({code}): {why}")
}

pub fn nothing_to_preview(lang: Lang) -> Words {
    words!(
        lang,
        (
            "这个接口不能预览：它的确认页面上能看到合同，确认之前什么都不会发起",
            "想预览请加 --action CreateFlowsByTemplates，或直接运行（先加 --first 3）"
        ),
        (
            "this action has no preview: its page to confirm shows the contracts, and nothing starts before",
            "For a preview add --action CreateFlowsByTemplates; or just run it, with --first 3 at first"
        )
    )
}
