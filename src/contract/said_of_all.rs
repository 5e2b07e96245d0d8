//! Lines above or beside a table that say of all contracts what its columns do not: 月薪统一8000, 全部签两年, 单位：万元,
//! 以下电话均为家长电话, 11月已签合同台账.

use super::columns::{Target, plain_letters};
use super::layout::Mapping;
use super::vocabulary::{
    ALL_OF_THEM, ALL_THE_SAME, AMOUNTS, GUARDIANS, GUARDIANS_IN_LINES, NOT_SIGNED_YET, SIGNED_IN_TITLES,
    TERMS_OF_CONTRACTS, UNITS_OF_MONEY,
};

/// Whether a line says such a thing, and no column does.
pub(super) fn says_of_all(text: &str, chosen: &Mapping) -> bool {
    const LONGEST: usize = 40;
    let plain = plain_letters(text);
    let line = ["备注:", "说明:", "注:"].iter().find_map(|label| plain.strip_prefix(label)).unwrap_or(&plain);
    let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
    if !(3..=LONGEST).contains(&line.chars().count()) {
        return false;
    }
    let behind_all = ALL_OF_THEM.iter().find_map(|word| line.strip_prefix(word));
    let signs_alike = behind_all.is_some_and(|rest| rest.starts_with(['签', '按', '用']));
    let has_digit = line.bytes().any(|byte| byte.is_ascii_digit());
    let has_one_term = has(TERMS_OF_CONTRACTS) && has(ALL_THE_SAME) && has_digit;
    let was_signed = has(SIGNED_IN_TITLES) && !has(NOT_SIGNED_YET);
    signs_alike
        || has_one_term
        || was_signed
        || is_unit_of_amounts(line, chosen)
        || names_guardians(line, chosen)
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
    let has_guardians = || {
        let mut headers = chosen.headers.iter();
        headers.any(|header| GUARDIANS.iter().any(|word| header.contains(word)))
    };
    GUARDIANS_IN_LINES.iter().any(|word| line.contains(word)) && !has_guardians()
}
