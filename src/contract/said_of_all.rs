//! Lines above or beside a table that say of all contracts what its columns do not: 月薪统一8000, 全部签两年, 单位：万元,
//! 以下电话均为家长电话, 11月已签合同台账.

use crate::domain::field::FieldId;

use super::columns::{Target, plain_letters};
use super::layout::Mapping;
use super::vocabulary::{
    ALL_OF_THEM, ALL_THE_SAME, AMOUNTS, CHINESE_NUMBERS, ENDS_OF_LIST_TITLES, GUARDIANS, GUARDIANS_IN_LINES,
    NOT_SIGNED_YET, SCHOOL_CLASSES, SENT_BY_NOW, SIGNED_AGAIN, SIGNED_BY_ALL_OF_IT, SIGNED_IN_TITLES,
    TERMS_OF_CONTRACTS, TITLES_NOT_MEANT, UNITS_OF_MONEY, WARDS,
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
    let signs_alike = behind_all.is_some_and(|rest| rest.starts_with(['签', '按', '用']) && is_a_term(rest));
    // 本批使用兼职合同模板, 每人另签保密协议.
    let this_time = ["本批", "本次", "这批"].iter().find_map(|word| line.strip_prefix(word));
    let by_template = this_time
        .is_some_and(|rest| rest.trim_start_matches('使').starts_with('用') && rest.ends_with("模板"));
    let signs_more =
        line.strip_prefix("每人").is_some_and(|rest| rest.trim_start_matches("还需").starts_with("另签"));
    // 店长另签竞业协议.
    let some_sign_more = line.contains("另签") && line.ends_with(['议', '同', '书']);
    let has_digit = line.bytes().any(|byte| byte.is_ascii_digit());
    let has_one_term = has(TERMS_OF_CONTRACTS) && has(ALL_THE_SAME) && has_digit;
    let outside = line.split('(').next().unwrap_or(line);
    let is_signed_again = SIGNED_AGAIN.iter().any(|word| outside.contains(word));
    let was_signed = has(SIGNED_IN_TITLES) && !has(NOT_SIGNED_YET) && !is_signed_again;
    let replaces = line.starts_with("重复发送") || (line.contains("更正表") && line.contains("替换"));
    // 12月名单(作废), 已于11月25日发送完毕, 发送前请先给陈总确认, 按户签署，一户一份.
    // That word alone is the title of what stands below it.
    let is_title = TITLES_NOT_MEANT.iter().any(|word| line.contains(word) && line.len() > word.len());
    let is_not_meant = is_title || has(SENT_BY_NOW) || has(SIGNED_BY_ALL_OF_IT);
    let is_to_be_asked = has(&["发送前", "发出前", "发起前", "签署前"])
        && has(&["确认", "同意", "批准"])
        && line.contains(|c| "给经由找待等".contains(c));
    match () {
        () if was_signed || replaces || names_guardians(line, chosen) => Some(OfAll::Rows),
        () if is_not_meant || is_to_be_asked => Some(OfAll::Rows),
        () if signs_alike
            || by_template
            || names_templates(line, chosen)
            || signs_more
            || some_sign_more
            || changes_an_amount(line)
            || has_one_term
            || is_unit_of_amounts(line, chosen) =>
        {
            Some(OfAll::Values)
        }
        () => None,
    }
}

/// 一部用模板A，二部用模板B; 兼职人员用兼职模板, where no column gives a template. 请使用本模板填写 is about the sheet.
fn names_templates(line: &str, chosen: &Mapping) -> bool {
    const TEMPLATE: &str = "模板";
    const LONGEST: usize = 5;
    /// Of the sheet itself, or of all.
    const OF_THE_SHEET: [char; 9] = ['本', '此', '该', '新', '导', '填', '表', '下', '附'];
    let names_one = |clause: &str| {
        let clause = clause.rsplit(':').next().unwrap_or(clause);
        let Some((before, behind)) = clause.split_once(TEMPLATE) else {
            // 店员用A版.
            let version = clause.strip_suffix('版').and_then(|rest| rest.rsplit_once('用'));
            return version.is_some_and(|(whose, which)| {
                !whose.is_empty() && !whose.contains("请") && which.chars().all(|c| c.is_ascii_alphanumeric())
            });
        };
        let Some((whose, which)) = before.rsplit_once('用') else { return false };
        let whose = whose.trim_end_matches(['使', '采', '应', '都']);
        let is_numbered = behind.starts_with(|c: char| c.is_ascii_alphanumeric());
        let is_named = (1..=LONGEST).contains(&which.chars().count()) && !which.contains(OF_THE_SHEET);
        !whose.is_empty() && !whose.starts_with(['请', '须', '本', '需']) && (is_numbered || is_named)
    };
    chosen.column_of(FieldId::TemplateId.name()).is_none()
        && line.split(['，', ',', '；', ';', '。']).any(names_one)
}

/// 店长月薪改为9500: of some rows, or of all.
fn changes_an_amount(line: &str) -> bool {
    let behind = ["改为", "调整为", "更正为", "变更为", "改成"].iter().find_map(|word| line.split_once(word));
    behind.is_some_and(|(before, behind)| {
        AMOUNTS.iter().any(|word| before.contains(word)) && behind.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// 签两年, 按试用期工资执行, 用B模板; 签约名单（2026年12月） and 用工登记表 are titles.
fn is_a_term(rest: &str) -> bool {
    let bare = rest.split('(').next().unwrap_or(rest);
    let bare = ["统一", "同一", "一致"].iter().fold(bare.to_owned(), |bare, word| bare.replace(word, ""));
    let is_year = |digits: &str| digits.len() == 4 && digits.starts_with("20");
    let has_figure = bare.split(|c: char| !c.is_ascii_digit()).any(|own| !own.is_empty() && !is_year(own));
    let has_number = has_figure || bare.contains(|c| CHINESE_NUMBERS.contains(&c) || "两半十".contains(c));
    let titled = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    // 本次签约共12人 counts them.
    let is_a_title = ENDS_OF_LIST_TITLES.iter().any(|end| titled.ends_with(end))
        || bare.ends_with(['人', '份', '名', '户']);
    let is_one = has_number || ["模板", "期限", "工资", "薪"].iter().any(|word| bare.contains(word));
    is_one && !is_a_title
}

/// 单位：万元, and a component for an amount.
fn is_unit_of_amounts(line: &str, chosen: &Mapping) -> bool {
    let bare = line.trim_start_matches('(').trim_end_matches(')');
    // 月薪单位：千元.
    let named = bare.split_once("单位").filter(|(what, _)| AMOUNTS.iter().any(|word| what.contains(word)));
    let unit = bare.strip_prefix("单位").or(named.map(|(_, rest)| rest));
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
    // 家长信息表 above 姓名 is what the list is of; 家长电话 may stand beside children.
    let is_a_list =
        ["家长信息", "家长名单", "家长花名册", "监护人信息"].iter().any(|word| line.contains(word));
    GUARDIANS_IN_LINES.iter().any(|word| line.contains(word))
        && !has(GUARDIANS)
        && (!is_a_list || line.contains('签') || has(WARDS) || is_of_a_school(line))
}

/// 小学三年级家长信息表: above bare names these may be the pupils'.
fn is_of_a_school(line: &str) -> bool {
    SCHOOL_CLASSES.iter().chain(&["班", "小学", "中学", "幼儿园"]).any(|word| line.contains(word))
}
