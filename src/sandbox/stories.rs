//! What becomes of a flow after it was started, as its own description or name asks for it.

use serde_json::Value;

const MARK: &str = "sandbox:";

/// Words that spoil no request: they tell what comes later.
const WORDS: &[&str] = &[
    "signed", "part-signed", "refused-by-signer", "expired", "early-links", "link-error", "space-link",
    "missing-link", "keep", "slow-cancel", "timeout-cancel", "no-remind", "no-resource", "gone-resource",
    "page-resource", "two-resources",
];

pub(super) fn is_story(word: &str) -> bool {
    WORDS.contains(&word.split('@').next().unwrap_or_default())
}

/// How often the flow asks for that; None: not at all, `sandbox:WORD` alone is `usual`.
pub(super) fn asks(info: &Value, word: &str, usual: u32) -> Option<u32> {
    let texts = ["FlowDescription", "FlowName"].into_iter().filter_map(|name| info[name].as_str());
    texts.flat_map(|text| text.split(MARK).skip(1)).find_map(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-@".contains(c)).unwrap_or(rest.len());
        let (own, times) = match rest.get(..end)?.split_once('@') {
            Some((own, times)) => (own, times.parse().ok()?),
            None => (rest.get(..end)?, usual),
        };
        (own == word).then_some(times)
    })
}

pub(super) fn has(info: &Value, word: &str) -> bool {
    asks(info, word, 1).is_some()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_are_found_in_a_text_with_their_numbers() {
        let info = json!({"FlowDescription": "a sandbox:early-links@3, sandbox:keep", "FlowName": "sandbox:signed。"});
        assert_eq!((asks(&info, "early-links", 1), asks(&info, "keep", 7)), (Some(3), Some(7)));
        assert!(has(&info, "signed") && !has(&info, "part-signed"));
        assert!(is_story("slow-cancel@2") && !is_story("500@2"));
    }
}
