//! Sentences beside a table that say who signs, how many contracts there are, or whether they go at all:
//! `技术部的先不签`, `每户一份`, `学生由家长签署`. `签约名单（11月）` is a title and says nothing of the kind.

use super::columns::plain_letters;
use super::vocabulary::{
    CONDITIONS, COPIES_ON_PAPER, DENIED_SENTENCES, ENDS_OF_TITLES, GUARDIANS, HOW_MANY_FOR_WHOM,
    LINES_FOR_INK, MADE_OF_ROWS, NOT_TO_WHOM, NOT_YET_FINAL, OF_CONTRACTS_IN_LINES, OF_FILLING_IN,
    OF_LEAVING, OF_NO_COPIES, OF_NO_SIGNERS, OF_OTHER_MATTERS, ONE_COPY, OTHER_VERSIONS, PAGES_OF_SIGNATURES,
    PAIRS, PAPERS, QUALIFY_SIGNING, RELATIVES, SAY_OTHERWISE, SAYS_WHAT_FOR, SENDS_IN_SENTENCES,
    SEVERAL_COPIES, SEVERAL_ROWS, SIGN_AS_ONE, SIGNS_ANOTHER_PAPER, SIGNS_FOR_ANOTHER, SIGNS_IN_REMARKS,
    STAND_INS, SUCH_GROUPS, TAKEN_OUT,
};

/// Letters of a sentence that somebody reads beside a table; a paragraph is a contract's own.
const LONGEST: usize = 60;

/// Whether a line is such a sentence.
pub fn is_instruction(text: &str) -> bool {
    let plain = plain_letters(text);
    let letters = plain.chars().count();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    let is_title = is_a_title(&plain);
    let is_for_ink = plain.ends_with([':', '_']) && has(LINES_FOR_INK);
    if !(3..=LONGEST).contains(&letters) || is_for_ink {
        return false;
    }
    // 月份 and 身份 count nothing.
    let mut of_copies = plain.clone();
    OF_NO_COPIES.iter().for_each(|word| of_copies = of_copies.replace(word, ""));
    let counts = of_copies.contains('份') && has(HOW_MANY_FOR_WHOM);
    // 已签合同人员不在此列: they are not in the list.
    let is_out = ["不在此列", "不在此表", "不在本表"]
        .iter()
        .find_map(|end| plain.trim_end_matches(['.', '。']).strip_suffix(end));
    if is_out.is_some_and(|rest| !rest.contains(['不', '改', '由', '勿', '只', '仅', '暂'])) {
        return false;
    }
    // 如手机号有误，请不要发起: what to do in a case that is not this one.
    if CONDITIONS.iter().any(|word| plain.starts_with(word)) {
        return false;
    }
    let leaves = has(OF_LEAVING) && !has(SAY_OTHERWISE) && !plain.contains(TAKEN_OUT);
    // 每两行为一份合同, 一户两人同签.
    let as_one = (has(SEVERAL_ROWS) && has(MADE_OF_ROWS))
        || (!is_title && has(SUCH_GROUPS) && has(OF_CONTRACTS_IN_LINES))
        || (!is_title && has(PAIRS) && has(SIGN_AS_ONE) && !has(COPIES_ON_PAPER));
    if leaves || as_one || has(NOT_YET_FINAL) || (counts && !has(COPIES_ON_PAPER)) {
        return true;
    }
    // 仅签署部门=技术的人员 and 张三改签劳务合同 end like titles and are none.
    let is_for = SAYS_WHAT_FOR.iter().any(|begin| plain.starts_with(begin));
    let chooses = (plain.starts_with(['仅', '只']) && !is_for)
        || (plain.contains(SIGNS_ANOTHER_PAPER) && PAPERS.iter().any(|paper| plain.ends_with(paper)));
    // 张三已签纸质版: how it was signed, and no other matter.
    let of_signing = plain.replace("签纸质", "签");
    let of_else = OF_OTHER_MATTERS.iter().any(|word| of_signing.contains(word));
    if (is_title && !chooses) || has(COPIES_ON_PAPER) || has(OF_FILLING_IN) || of_else {
        return false;
    }
    // 请勿发给外人 is about the sheet itself.
    let is_sent = |(at, word): (usize, &str)| {
        let rest = plain.get(at + word.len()..).unwrap_or_default();
        !NOT_TO_WHOM.iter().any(|own| rest.starts_with(own))
    };
    let sends = SENDS_IN_SENTENCES.iter().any(|word| plain.match_indices(word).any(is_sent));
    let signs = plain.contains('签') || sends;
    let by_whom = clauses(&plain).any(says_by_whom) || clauses(&plain).any(signs_as_a_relative);
    (signs && (chooses || has(QUALIFY_SIGNING)))
        || by_whom
        || (plain.contains(SIGNS_FOR_ANOTHER) && !has(DENIED_SENTENCES))
}

/// `劳动合同签署名单（2026年11月）`: in plain letters.
pub fn is_a_title(plain: &str) -> bool {
    let bare = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.split_once('(').map_or(bare, |(before, _)| if before.is_empty() { bare } else { before });
    ENDS_OF_TITLES.iter().any(|end| bare.ends_with(end))
}

/// The same of a remark on one contract, where most of what is said of signing is harmless: 改为李四签,
/// 需法人签, 与第1行同一份, 签2份.
pub fn changes_the_signing(text: &str) -> bool {
    let plain = plain_letters(text);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    // 父 and 母 are words of other matters, too.
    let by_a_relative = !has(DENIED_SENTENCES) && clauses(&plain).any(signs_as_a_relative);
    if by_a_relative || OTHER_VERSIONS.iter().any(|begin| plain.starts_with(begin)) {
        return true;
    }
    if has(OF_OTHER_MATTERS) || has(COPIES_ON_PAPER) {
        return false;
    }
    clauses(&plain).any(|clause| {
        let count = clause.split_once('签').is_some_and(|(before, rest)| {
            let rest = rest.trim_end_matches(|c: char| !c.is_alphanumeric());
            SEVERAL_COPIES.contains(&rest) && !before.ends_with(['续', '已'])
        });
        let with_another = clause.contains(ONE_COPY) && clause.contains(['与', '和', '跟', '合']);
        let instead = clause.contains('签') && SIGNS_IN_REMARKS.iter().any(|word| clause.contains(word));
        instead || says_by_whom(clause) || count || with_another
    })
}

fn clauses(plain: &str) -> impl Iterator<Item = &str> {
    plain.split([',', ';', '。', '，', '；', ':'])
}

/// 她老公来签, 由其父亲代为签署: a relative, and that he signs.
fn signs_as_a_relative(clause: &str) -> bool {
    /// Letters between them.
    const FURTHEST: usize = 4;
    let relatives = GUARDIANS.iter().chain(STAND_INS).chain(RELATIVES).filter(|word| !word.is_ascii());
    let mut behind = relatives
        .flat_map(|word| clause.match_indices(word).filter_map(|(at, _)| clause.get(at + word.len()..)));
    behind.any(|rest| {
        rest.split_once('签').is_some_and(|(between, what)| {
            between.chars().count() <= FURTHEST
                && !between.contains(['不', '未', '无', '免', '和', '与', '已', '也', '共'])
                && !what.starts_with(['收', '到', '章', '名', '证', '约'])
                && !PAGES_OF_SIGNATURES.iter().any(|word| what.starts_with(word))
        })
    })
}

/// 由其妻子代签, 学生由家长签署; 续签理由, 事由 and 由公司统一签章 are none.
fn says_by_whom(clause: &str) -> bool {
    /// Letters of whoever signs.
    const LONGEST_NAME: usize = 8;
    let Some((before, rest)) = clause.split_once('由') else { return false };
    let Some((who, what)) = rest.split_once('签') else { return false };
    let letters = who.chars().count();
    !before.ends_with(['理', '事', '自', '缘'])
        && (1..=LONGEST_NAME).contains(&letters)
        && !what.starts_with(['章', '到', '收', '名'])
        && !OF_NO_SIGNERS.iter().any(|word| who.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_say_and_titles_do_not() {
        for text in [
            "技术部的先不签", "第4-5人不发", "只发技术部", "仅发前3人", "夫妻双方共同签署一份",
            "每户一份，相邻两人为一户", "每人两份", "本表已发送", "待审批后再发", "学生由家长签署",
            "打×的不签", "第2人已离职", "未定稿", "甲方由王敏签署", "仅签署部门=技术的人员",
            "注：张三已签纸质版", "张三改签劳务合同", "每两行为一份合同", "两行一组", "一户两人同签",
            "每户夫妻双方签字", "夫妻共同签署", "同一部门签一份", "相邻两人为一组", "需家长签字",
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
            "2026年11月份双方合作协议名单",
            "甲乙双方身份信息",
            "签约代表：王敏",
            "本次签约共12人",
            "仅用于签约",
            "仅限本公司签约使用",
            "只需签署一次",
            "下周入职人员劳动合同签署",
            "签署后合同另行邮寄",
            "由人事部统一发起",
            "请从第3行开始填写合同信息",
            "请勿删除前两行，签署信息表",
            "上下行数据请勿合并，合同信息表",
            "前两行为示例，合同信息从第三行填",
            "第1、2行为表头，请勿修改，合同导入模板",
            "所有员工都要签",
            "甲乙双方共同签署",
            "每2人一组培训名单",
            "5人为一组参加拓展",
            "监护人签字页另附",
            "家长签字版已回收",
        ] {
            assert!(!is_instruction(text), "{text}");
        }
    }

    #[test]
    fn remarks_change_who_signs_and_how_many_there_are() {
        for text in [
            "改为李四签", "需法人签", "与第1行同一份", "签2份", "换成家长签", "由其妻子代签", "明年再签",
            "由父亲签", "她老公来签", "由其父亲代为签署", "用旧版合同",
        ] {
            assert!(changes_the_signing(text), "{text}");
        }
        for text in [
            "待签", "转正", "已签收资料", "续签", "新签", "入职签到", "签约地点：上海", "离职理由：签不到",
            "需法人签字确认", "家属签字确认收到手册", "兄弟公司签过", "大哥签一年", "弟弟也签了", "录用老师",
            "费用旧账已结清", "引用旧版合同条款", "与配偶共同签署购房合同", "父母签收", "母亲已签约",
            "父亲姓名签名处",
        ] {
            assert!(!changes_the_signing(text), "{text}");
        }
    }
}
