//! Sentences beside a table that say who signs, how many contracts there are, or whether they go at all:
//! `技术部的先不签`, `每户一份`, `学生由家长签署`. `签约名单（11月）` is a title and says nothing of the kind.

use super::columns::plain_letters;
use super::vocabulary::{
    COPIES_ON_PAPER, ENDS_OF_TITLES, HOW_MANY_FOR_WHOM, LINES_FOR_INK, NOT_TO_WHOM, NOT_YET_FINAL,
    OF_FILLING_IN, OF_LEAVING, OF_OTHER_MATTERS, QUALIFY_SIGNING, SENDS_IN_SENTENCES, SIGNS_IN_REMARKS,
};

/// Letters of a sentence that somebody reads beside a table; a paragraph is a contract's own.
const LONGEST: usize = 60;

/// Whether a line is such a sentence.
pub fn is_instruction(text: &str) -> bool {
    let plain = plain_letters(text);
    let letters = plain.chars().count();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    // 劳动合同签署名单（2026年11月）.
    let bare = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.split_once('(').map_or(bare, |(before, _)| if before.is_empty() { bare } else { before });
    let is_title = ENDS_OF_TITLES.iter().any(|end| bare.ends_with(end));
    let is_for_ink = plain.ends_with([':', '_']) && has(LINES_FOR_INK);
    if letters < 3 || letters > LONGEST || is_for_ink {
        return false;
    }
    let counts = plain.contains('份') && has(HOW_MANY_FOR_WHOM);
    // 如手机号有误，请不要发起: what to do in a case that is not this one.
    if plain.starts_with(['如', '若']) {
        return false;
    }
    if has(OF_LEAVING) || has(NOT_YET_FINAL) || (counts && !has(COPIES_ON_PAPER)) {
        return true;
    }
    if is_title || has(COPIES_ON_PAPER) || has(OF_FILLING_IN) || has(OF_OTHER_MATTERS) {
        return false;
    }
    // 请勿发给外人 is about the sheet itself.
    let is_sent = |(at, word): (usize, &str)| {
        let rest = plain.get(at + word.len()..).unwrap_or_default();
        !NOT_TO_WHOM.iter().any(|own| rest.starts_with(own))
    };
    let sends = SENDS_IN_SENTENCES.iter().any(|word| plain.match_indices(word).any(is_sent));
    let signs = plain.contains('签') || sends;
    let by_whom = plain.split_once('由').is_some_and(|(_, who)| who.contains('签'));
    (signs && has(QUALIFY_SIGNING)) || by_whom
}

/// The same of a remark on one contract, where most of what is said of signing is harmless: 改为李四签,
/// 需法人签, 与第1行同一份, 签2份.
pub fn changes_the_signing(text: &str) -> bool {
    let plain = plain_letters(text);
    let by_whom = plain.contains('签')
        && !OF_OTHER_MATTERS.iter().any(|word| plain.contains(word))
        && SIGNS_IN_REMARKS.iter().any(|word| plain.contains(word));
    let count = plain.split_once('签').is_some_and(|(_, rest)| {
        let number = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
        matches!(number, "2份" | "3份" | "两份" | "三份" | "2次" | "两次")
    });
    by_whom || count || plain.contains("同一份")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_and_titles_do_not() {
        for text in [
            "技术部的先不签",
            "第4-5人不发",
            "只发技术部",
            "仅发前3人",
            "夫妻双方共同签署一份",
            "每户一份，相邻两人为一户",
            "每人两份",
            "本表已发送",
            "待审批后再发",
            "学生由家长签署",
            "打×的不签",
            "第2人已离职",
            "未定稿",
            "甲方由王敏签署",
        ] {
            assert!(is_instruction(text), "{text}");
        }
        for text in [
            "2026年劳动合同签署名单",
            "签约人员明细表（2026年11月）",
            "制表：人事部",
            "部门负责人签字：",
            "合同一式两份，双方各执一份，签字生效",
            "注：签署方手机号必填，请勿修改表头",
            "填表说明：请核对手机号",
            "总计 5 人",
            "单位：元",
            "2026年11月28日",
            "上海恒信商贸有限公司",
        ] {
            assert!(!is_instruction(text), "{text}");
        }
    }

    #[test]
    fn remarks_change_who_signs_and_how_many_there_are() {
        for text in
            ["改为李四签", "需法人签", "与第1行同一份", "签2份", "换成家长签", "由其妻子代签", "明年再签"]
        {
            assert!(changes_the_signing(text), "{text}");
        }
        for text in ["待签", "转正", "已签收资料", "续签", "新签", "入职签到", "签约地点：上海"]
        {
            assert!(!changes_the_signing(text), "{text}");
        }
    }
}
