//! Lines above or beside a table that say of all contracts what its columns do not: 月薪统一8000, 全部签两年, 单位：万元,
//! 以下电话均为家长电话, 11月已签合同台账.

use super::columns::{Target, plain_letters};
use super::layout::Mapping;
use super::vocabulary::{
    ALL_OF_THEM, ALL_THE_SAME, AMOUNTS, CHINESE_NUMBERS, ENDS_OF_LIST_TITLES, GUARDIANS, GUARDIANS_IN_LINES,
    NOT_SIGNED_YET, SCHOOL_CLASSES, SIGNED_IN_TITLES, TERMS_OF_CONTRACTS, UNITS_OF_MONEY, WARDS,
};

/// What such a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OfAll {
    /// Whether the rows are to be sent, or who signs.
    Rows,
    /// What the contracts say.
    Values,
}

/// What a line says of all contracts, if no column does.
pub(super) fn said_of_all(text: &str, chosen: &Mapping) -> Option<OfAll> {
    const LONGEST: usize = 40;
    let plain = plain_letters(text);
    let line = ["备注:", "说明:", "注:"].iter().find_map(|label| plain.strip_prefix(label)).unwrap_or(&plain);
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    if !(3..=LONGEST).contains(&line.chars().count()) {
        return None;
    }
    let behind_all = ALL_OF_THEM.iter().find_map(|word| line.strip_prefix(word));
    // 全员签约名单 and 统一用工登记表 are titles.
    let is_a_term = |rest: &str| {
        let numbers = |c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c) || "两半十".contains(c);
        rest.contains("模板")
            || rest.contains(numbers) && !ENDS_OF_LIST_TITLES.iter().any(|end| rest.ends_with(end))
    };
    let signs_alike = behind_all.is_some_and(|rest| rest.starts_with(['签', '按', '用']) && is_a_term(rest));
    let has_digit = line.bytes().any(|byte| byte.is_ascii_digit());
    let has_one_term = has(TERMS_OF_CONTRACTS) && has(ALL_THE_SAME) && has_digit;
    let was_signed = has(SIGNED_IN_TITLES) && !has(NOT_SIGNED_YET);
    match () {
        () if was_signed || names_guardians(line, chosen) => Some(OfAll::Rows),
        () if signs_alike || has_one_term || is_unit_of_amounts(line, chosen) => Some(OfAll::Values),
        () => None,
    }
}

/// 单位：万元, and a component for an amount.
fn is_unit_of_amounts(line: &str, chosen: &Mapping) -> bool {
    let unit = line.trim_start_matches('(').trim_end_matches(')').strip_prefix("单位");
    let unit = unit.map(|rest| rest.trim_start_matches("金额").trim_start_matches(':'));
    let has_amounts = || {
        chosen.targets.iter().any(|target| match target {
            Target::FormField(name) => AMOUNTS.iter().any(|word| name.contains(word)) && !name.contains('万'),
            _ => false,
        })
    };
    unit.is_some_and(|unit| UNITS_OF_MONEY.contains(&unit)) && has_amounts()
}

/// 家长签署名单 above 学生姓名: the names are of those who do not sign, or the mobiles of others.
fn names_guardians(line: &str, chosen: &Mapping) -> bool {
    let has = |words: &[&str]| {
        let mut headers = chosen.headers.iter();
        headers.any(|header| words.iter().any(|word| header.contains(word)))
    };
    // 家长信息 above 姓名 is what the list is of.
    let is_a_title = ENDS_OF_LIST_TITLES.iter().any(|end| line.ends_with(end));
    GUARDIANS_IN_LINES.iter().any(|word| line.contains(word))
        && !has(GUARDIANS)
        && (!is_a_title || line.contains('签') || has(WARDS) || is_of_a_school(line))
}

/// 小学三年级家长信息表: above bare names these may be the pupils'.
fn is_of_a_school(line: &str) -> bool {
    SCHOOL_CLASSES.iter().chain(&["班", "小学", "中学", "幼儿园"]).any(|word| line.contains(word))
}
