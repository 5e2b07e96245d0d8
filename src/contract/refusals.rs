//! What says that somebody gets no contract: 不签, 先别发送了, 合同已撤销. Most of it is put together of short
//! lists, so that each negation goes with everything that can be left undone.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::columns::simplified;
use super::vocabulary::{
    ALREADY, BEFORE_REMARKS, BEHIND_REMARKS, DONE_IN_REMARKS, FIRM_NEGATIONS, LEFT_UNDONE, NEGATIONS, SAY_NO,
    SAY_NO_IN_REMARKS,
};

/// Without traditional letters and capitals.
pub fn plain_of(text: &str) -> String {
    text.chars().map(simplified).flat_map(char::to_lowercase).collect()
}

/// 不签, 无须签署, 先别发了: no more than that something is not signed or sent.
pub fn says_not_to(plain: &str) -> bool {
    let negations = NEGATIONS.iter().chain(FIRM_NEGATIONS);
    negations.filter_map(|word| plain.strip_prefix(word)).any(is_left_undone)
}

/// 勿签, 不用发, 不签署: no more than that, also where nobody expects it; a bare 不发 may be about a bonus.
pub fn surely_says_not_to(plain: &str) -> bool {
    says_not_to(plain) && (plain.contains('签') || FIRM_NEGATIONS.iter().any(|word| plain.starts_with(word)))
}

/// 合同寄过了不用签: a clause that ends so.
pub fn ends_in_not_to(clause: &str) -> bool {
    // 社保不用续 is about something else.
    let is_of_contracts = |rest: &str| !rest.starts_with('续') && is_left_undone(rest);
    FIRM_NEGATIONS.iter().any(|word| {
        clause.rfind(word).and_then(|at| clause.get(at + word.len()..)).is_some_and(is_of_contracts)
    })
}

/// 签, 发送合同了, 签协议.
pub fn is_left_undone(words: &str) -> bool {
    /// 发劳动合同了.
    const MOST_BEHIND: usize = 2;
    let mut bare = words;
    for _ in 0..=MOST_BEHIND {
        if LEFT_UNDONE.contains(&bare) {
            return true;
        }
        // 不签协议; but 解除协议 is what a contract may be called.
        let behind = BEHIND_REMARKS.iter().chain(&["协议", "电子版"]);
        match behind.copied().find_map(|word| bare.strip_suffix(word)) {
            Some(rest) => bare = rest,
            None => return false,
        }
    }
    false
}

/// 作废, 离职, 拒签: the word itself, without anything around it.
pub fn is_a_refusal(plain: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| SAY_NO.iter().copied().collect());
    WORDS.contains(plain) || says_not_to(plain)
}

/// 已离职, 合同作废了: no more than a word that says no, but for what may stand around it.
pub fn is_refusal(clause: &str, is_remark: bool) -> bool {
    let before = BEFORE_REMARKS.iter().find_map(|word| clause.strip_prefix(word));
    // 本人 alone is nobody who has left.
    let bare = before.filter(|rest| !rest.is_empty()).unwrap_or(clause);
    let (done, bare) = match ALREADY.iter().find_map(|word| bare.strip_prefix(word)) {
        Some(rest) => (true, rest),
        None => (false, bare),
    };
    let rest = BEHIND_REMARKS.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
    let forms = [clause, bare, rest];
    forms.iter().any(|own| is_a_refusal(own) || (is_remark && SAY_NO_IN_REMARKS.contains(own)))
        || (done && forms.iter().any(|own| DONE_IN_REMARKS.contains(own)))
}

/// 已撤销, 先不签, 已签: what is noted behind the number of a contract that is not meant.
pub fn is_noted(text: &str) -> bool {
    is_refusal(&plain_of(text), false)
}

/// `QZ-04（已撤销）`, `QZ-04-不签`.
pub fn is_noted_behind(text: &str) -> bool {
    let bare = text.trim_end_matches([')', '）', ']', '】', ' ']);
    bare.rsplit_once(['(', '（', '[', '【', '-']).is_some_and(|(_, last)| is_noted(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_negation_goes_with_everything_that_is_left_undone() {
        let negations = [
            "不", "暂不", "先不", "无需", "无须", "不用", "不必", "不需", "不需要", "勿", "别", "先别",
            "不要", "请勿", "暂时不", "暂勿", "不再", "拒绝",
        ];
        let undone = ["签", "签署", "签约", "签订", "签字", "签合同", "发", "发送", "发起"];
        for negation in negations {
            for verb in undone {
                let text = format!("{negation}{verb}");
                assert!(is_refusal(&text, false), "{text}");
                assert!(is_refusal(&format!("合同{text}了"), true), "{text}");
            }
        }
    }

    #[test]
    fn what_is_still_to_be_done_and_what_is_about_other_things_is_no_refusal() {
        for text in [
            "未签", "待签署", "签", "不发工资", "不签到", "不要求", "不定期", "取消资格", "别墅", "勿忘我",
            "发送",
        ] {
            assert!(!is_refusal(text, false), "{text}");
        }
        for text in ["工资已发不用愁", "押金不用退"] {
            assert!(!ends_in_not_to(text), "{text}");
        }
        for text in ["社保不用续", "居住证无需续签"] {
            assert!(!ends_in_not_to(text), "{text}");
        }
        assert!(ends_in_not_to("合同寄过了不必再签"));
        assert!(ends_in_not_to("合同寄过了不必签"));
        for text in ["解除协议", "终止续签", "取消协议"] {
            assert!(!is_refusal(text, false), "{text}");
        }
        // 年终奖 | 不发.
        assert!(!surely_says_not_to("不发"));
        assert!(surely_says_not_to("不签约") && surely_says_not_to("先别发"));
    }
}
