//! Sheets that are sent together and say of themselves that their contracts are others: the two sides of one, another
//! paper, another company, another day, where no column says it.

use crate::contract::above::names_a_deadline;
use crate::contract::columns::Target;
use crate::contract::layout::Layout;
use crate::contract::vocabulary::{
    CHINESE_NUMBERS, CUSTOMERS, EMPLOYERS_ABOVE, EMPLOYERS_OF_PEOPLE, KINDS_OF_PAPERS, LEASED_OBJECTS,
    OF_MANY_COMPANIES, SIDES_OF_CONTRACTS, SOON_TO_SIGN,
};
use crate::domain::field::FieldId;
use crate::domain::problem::{ApartBy, Place, Problem, Rule};

use super::named_papers::other_paper;
use super::plan::{PlanOptions, SheetChoice, Source};

/// Of sheets with rows that are all sent.
pub fn apart(sources: &[&Source], options: &PlanOptions) -> Vec<Problem> {
    let differ = [ApartBy::Paper, ApartBy::Company, ApartBy::Deadline].into_iter();
    let differ = differ.filter_map(|by| differ_in(sources, by, options));
    parties_apart(sources).into_iter().chain(differ).collect()
}

/// `房东 | 租客`: sheets of the two sides of one contract, with a signer in each row.
fn parties_apart(sources: &[&Source]) -> Option<Problem> {
    const AROUND: [&str; 8] = ["信息表", "信息", "名单", "资料", "人员", "明细", "列表", "表"];
    let party = |source: &Source| {
        let name = source.name.as_deref()?.trim().to_owned();
        Some(AROUND.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name).to_owned())
    };
    let is_open = |source: &&&Source| {
        let further = |target: &Target| matches!(target, Target::Field { field, index: Some(own) } if field.id == FieldId::ApproverName && *own > 0);
        // 合同编号 says which rows are one contract.
        let mapping = &source.mapping;
        !mapping.each_row && !has_column(source, FieldId::ContractId) && !mapping.targets.iter().any(further)
    };
    let named: Vec<(&Source, String)> =
        sources.iter().filter(is_open).filter_map(|source| Some((*source, party(source)?))).collect();
    let of = |party: &str| named.iter().find(|(_, own)| own == party).map(|(source, _)| *source);
    let (one, other) = SIDES_OF_CONTRACTS.iter().find_map(|(one, other)| of(one).zip(of(other)))?;
    let sheets = [one, other].iter().filter_map(|own| own.name.as_deref().map(str::to_owned)).collect();
    let place = Place { file: one.file.clone(), ..Place::default() };
    Some(Problem { place, value: None, rule: Rule::SheetsOfParties { sheets } })
}

/// `劳动合同 | 劳务协议` on one template, 用人单位：甲公司 above one list and 乙公司 above the other, `12月5日前签 | 12月20日前签`.
fn differ_in(sources: &[&Source], by: ApartBy, options: &PlanOptions) -> Option<Problem> {
    // Whoever names them one by one has seen what they are called; until when they are signed is said with a day.
    let are_named = by != ApartBy::Deadline
        && (matches!(&options.sheets, SheetChoice::Named(names) if names.len() > 1)
            || sources.iter().all(|source| !source.said.sheets.is_empty()));
    let says_it = |source: &&&Source| {
        let columns: &[FieldId] = match by {
            ApartBy::Paper => &[FieldId::TemplateId],
            ApartBy::Company => &[FieldId::ApproverOrganizationName, FieldId::TemplateId],
            ApartBy::Deadline => &[FieldId::Deadline],
        };
        let is_given = |id: &FieldId| {
            has_column(source, *id) || source.said.defaults.iter().any(|(field, _)| field == id.name())
        };
        columns.iter().any(is_given)
    };
    let joined = |source: &&&Source| source.mapping.layout == Layout::Approvers;
    if are_named || sources.iter().any(|source| says_it(&source) || joined(&source)) {
        return None;
    }
    let of_settings =
        || options.values.iter().find(|(id, _)| *id == FieldId::FlowName.name()).map(|(_, name)| name);
    // Where one sheet names another paper than the settings do, the others are of theirs.
    let unsaid = |said: &Option<String>| {
        let name = of_settings().filter(|_| by == ApartBy::Paper)?;
        let is_other = sources
            .iter()
            .filter_map(|source| said_by(source, by))
            .any(|own| other_paper(&own, name).is_some());
        (said.is_none() && is_other).then(|| name.clone())
    };
    let said: Vec<(String, String)> = sources
        .iter()
        .filter_map(|source| {
            let said = said_by(source, by);
            let said = said.clone().or_else(|| unsaid(&said))?;
            Some((source.name.as_deref()?.to_owned(), said))
        })
        .collect();
    let (_, first) = said.first()?;
    // One day in all names is another than that of the settings, too.
    let is_same = |own: &str| own == first || (by == ApartBy::Company && is_one_company(own, first));
    if by != ApartBy::Deadline && said.iter().all(|(_, own)| is_same(own)) {
        return None;
    }
    let used = sources.iter().filter_map(|source| source.name.as_deref().map(str::to_owned)).collect();
    let place = Place { file: sources.first()?.file.clone(), ..Place::default() };
    Some(Problem { place, value: None, rule: Rule::SheetsDiffer { by, sheets: said, used } })
}

/// What a sheet says of itself, in its name or above its header.
fn said_by(source: &Source, by: ApartBy) -> Option<String> {
    let name = source.name.as_deref().unwrap_or_default();
    let above = source.above.iter().filter(|(_, texts)| !source.has_settled(texts));
    let mut above = above.map(|(_, texts)| texts.join(" "));
    // 用工单位, 客户: where people are sent to is no company that signs.
    let has_customers =
        || source.mapping.headers.iter().any(|header| CUSTOMERS.iter().any(|word| header.contains(word)));
    match by {
        ApartBy::Paper => paper_of(name).or_else(|| above.find_map(|line| paper_in_title(&line))),
        ApartBy::Company if has_customers() => None,
        ApartBy::Company => company_of(name).or_else(|| above.find_map(|line| employer_of(&line))),
        ApartBy::Deadline => (names_a_deadline(name) || is_soon(name)).then(|| day_in(name)),
    }
}

fn has_column(source: &Source, id: FieldId) -> bool {
    source
        .mapping
        .targets
        .iter()
        .any(|target| matches!(target, Target::Field { field, .. } if field.id == id))
}

/// A text without what stands in brackets: 劳动合同名单（含保密协议）.
fn without_notes(text: &str) -> String {
    let mut depth = 0_u32;
    let outside = |c: char| {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    text.chars()
        .filter({
            let mut outside = outside;
            move |c| outside(*c)
        })
        .collect()
}

/// 12 5 of 北京12月5日前签, 年底前签.
fn day_in(name: &str) -> String {
    let name = without_notes(name);
    let digits = name.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let day = digits.collect::<Vec<_>>().join(" ");
    if day.is_empty() { name } else { day }
}

/// 本周签, 月底前签, 签署截止1205; 年底续签 and 数据截止1130 are none.
fn is_soon(name: &str) -> bool {
    let name = without_notes(name);
    let mut signs = ["签", "签署", "签约", "签完"].iter().filter_map(|end| name.strip_suffix(end));
    let is_then = |day: &str| SOON_TO_SIGN.iter().any(|word| day.trim_end_matches('前').ends_with(word));
    let ends = name.contains('签') && name.contains("截止") && name.ends_with(|c: char| c.is_ascii_digit());
    signs.any(is_then) || ends
}

/// 劳务协议 of 劳务协议签署名单, 解除劳动合同 of 解除劳动合同协议, 模板A of A模板, 高管版.
fn paper_of(text: &str) -> Option<String> {
    const OTHERWISE: [&str; 4] = ["解除", "终止", "变更", "通知书"];
    /// 销售合同组 are people.
    const GROUPS: [&str; 5] = ["组", "部", "科", "岗", "团队"];
    let text = without_notes(text);
    let text = text.trim();
    let kinds = KINDS_OF_PAPERS.iter().filter(|kind| text.contains(**kind));
    let kind = kinds.max_by_key(|kind| kind.len()).filter(|kind| {
        let behind = text.split_once(**kind).map_or("", |(_, rest)| rest);
        !GROUPS.iter().any(|word| behind.starts_with(word))
    });
    let otherwise: String =
        OTHERWISE.iter().chain(LEASED_OBJECTS).filter(|word| text.contains(**word)).copied().collect();
    kind.map(|kind| format!("{otherwise}{kind}")).or_else(|| template_of(text)).or_else(|| version_of(text))
}

fn template_of(text: &str) -> Option<String> {
    let is_mark =
        |c: &char| c.is_ascii_alphanumeric() || CHINESE_NUMBERS.contains(c) || "甲乙丙丁".contains(*c);
    // 合同A beside 合同B.
    if let Some(which) = text.strip_prefix("合同").filter(|which| which.chars().count() == 1) {
        return which.chars().all(|c| is_mark(&c)).then(|| text.to_owned());
    }
    let (before, behind) = text.split_once("模板")?;
    let behind: String = behind.chars().take_while(is_mark).collect();
    let before: String = before.chars().rev().take_while(char::is_ascii_alphanumeric).collect();
    let which = if behind.is_empty() { before.chars().rev().collect() } else { behind };
    (!which.is_empty()).then(|| format!("模板{which}"))
}

/// 标准版 beside 高管版, A版; 网页版 is of something else.
fn version_of(text: &str) -> Option<String> {
    const VERSIONS: [&str; 8] = ["标准", "高管", "员工", "中文", "英文", "简易", "完整", "双语"];
    let bare = text.strip_suffix("合同").unwrap_or(text);
    let which = bare.strip_suffix('版')?;
    let is_letter = which.len() == 1 && which.bytes().all(|byte| byte.is_ascii_uppercase());
    (VERSIONS.contains(&which) || is_letter).then(|| bare.to_owned())
}

/// 劳务协议签署名单 above a list; 注：原劳务协议到期 is a note.
fn paper_in_title(line: &str) -> Option<String> {
    const LONGEST: usize = 30;
    const LABELS: [&str; 9] =
        ["合同类型", "合同种类", "合同", "合同名称", "合同模板", "使用模板", "模板", "签署合同", "协议类型"];
    if let Some((label, which)) = line.split_once(['：', ':'])
        && LABELS.contains(&label.trim())
    {
        return Some(which.trim().to_owned()).filter(|which| !which.is_empty());
    }
    let is_title = line.chars().count() <= LONGEST && !line.contains(['：', ':', '，', ',', '。', '；']);
    paper_of(line).filter(|_| is_title)
}

/// 甲科技有限公司 of 2026年12月甲科技有限公司（上海）名单, 星河公司: 北京公司, 客户A公司 may be a part of one, or a customer.
fn company_of(text: &str) -> Option<String> {
    const COMPANY: &str = "公司";
    const LIMITED: &str = "有限";
    const BEFORE: [char; 14] =
        ['年', '月', '日', '-', '—', '_', ' ', '\u{3000}', '、', '：', ':', '】', ']', '》'];
    let is_customer = CUSTOMERS.iter().any(|word| text.contains(word));
    // （研发部）甲科技有限公司.
    let text = match text.strip_prefix(['(', '（']).and_then(|rest| rest.split_once([')', '）'])) {
        Some((_, rest)) => rest,
        None => text,
    };
    let at = text.find(COMPANY)?;
    let name = text.get(..at + COMPANY.len())?;
    let name = name.rsplit_once(BEFORE).map_or(name, |(_, name)| name);
    // 南山店（甲餐饮有限公司）; 甲（深圳）科技有限公司 is one name.
    let name = match name.rsplit_once(['(', '（']) {
        Some((_, inner)) if !inner.contains([')', '）']) => inner,
        _ => name,
    };
    let is_whole = || {
        let behind = text.split_once(name).map_or("", |(_, behind)| behind);
        let who = name.strip_suffix(COMPANY).unwrap_or(name);
        (2..=6).contains(&who.chars().count())
            && text.starts_with(name)
            && ["", "员工", "人员", "名单"].contains(&behind)
            && !OF_MANY_COMPANIES.iter().any(|word| who.contains(word))
    };
    (!is_customer && (name.contains(LIMITED) || is_whole())).then(|| name.to_owned())
}

/// The same in a line above the header, and 星河中学 of 用人单位：星河中学. 派遣单位：乙公司 is somebody else, and 单位名称：一车间 a
/// part of one.
fn employer_of(line: &str) -> Option<String> {
    const COMPANY: &str = "公司";
    let line = line.replace(':', "：");
    let labelled = EMPLOYERS_ABOVE.iter().find_map(|label| {
        let (before, rest) = line.split_once(&format!("{label}："))?;
        let is_word = before.is_empty() || before.ends_with(|c: char| !c.is_alphabetic());
        let ends = [' ', '\u{3000}', '，', '、', '；', ';', '。', '|', '(', '（', '/'];
        let value = match rest.trim().split_once(COMPANY) {
            Some((name, _)) if !name.contains(['。', '，', '；', '|']) => format!("{name}{COMPANY}"),
            _ => rest.trim().split(ends).next().unwrap_or_default().to_owned(),
        };
        let is_one = value.ends_with(COMPANY) || EMPLOYERS_OF_PEOPLE.iter().any(|end| value.ends_with(end));
        (is_word && is_one).then_some(value)
    });
    labelled.or_else(|| if line.contains('：') { None } else { company_of(&line) })
}

/// Whether two names are of one company: before it may stand 一部, 附件1, 2027春季.
fn is_one_company(one: &str, other: &str) -> bool {
    const SHARED: usize = "星河餐饮有限公司".len() / "星".len();
    // 甲（深圳）科技有限公司 and 甲（广州）科技有限公司 are two.
    let is_of_a_place = [one, other].iter().any(|name| name.contains([')', '）']));
    let same = one.chars().rev().zip(other.chars().rev()).take_while(|(one, other)| one == other).count();
    one == other || (same >= SHARED && !is_of_a_place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sheet_says_is_what_it_is_compared_by() {
        for (text, company) in [
            ("2026年11月星河科技有限公司劳动合同名单", Some("星河科技有限公司")),
            ("研发部-星河科技有限公司", Some("星河科技有限公司")),
            ("附件一 星河科技有限公司", Some("星河科技有限公司")),
            ("（研发部）星河科技有限公司", Some("星河科技有限公司")),
            ("星河科技有限公司上海子公司", Some("星河科技有限公司")),
            ("派遣至华为技术有限公司", None),
            ("2026年11月公司新员工", None),
            ("北京公司", None),
            ("星河公司员工", Some("星河公司")),
            ("保洁公司", None),
        ] {
            assert_eq!(company_of(text).as_deref(), company, "{text}");
        }
        for (line, employer) in [
            ("用人单位：星河科技有限公司 填表人：王芳", Some("星河科技有限公司")),
            ("甲方（用人单位）：星河中学", Some("星河中学")),
            ("1. 用人单位: 星河中学", Some("星河中学")),
            ("部门：一部 用人单位：云海贸易有限公司", Some("云海贸易有限公司")),
            ("单位：万元", None),
            ("用工单位：甲科技有限公司", None),
            ("请各公司人事核对", None),
        ] {
            assert_eq!(employer_of(line).as_deref(), employer, "{line}");
        }
        for (text, paper) in [
            ("固定期限劳动合同", Some("劳动合同")),
            ("劳动合同签署名单（含保密协议）", Some("劳动合同")),
            ("解除劳动合同协议", Some("解除劳动合同")),
            ("A模板", Some("模板A")),
            ("模板二", Some("模板二")),
            ("高管版", Some("高管版")),
            ("最终版", None),
            ("合同A", Some("合同A")),
            ("车位租赁合同", Some("车位租赁合同")),
            ("销售合同组", None),
        ] {
            assert_eq!(paper_of(text).as_deref(), paper, "{text}");
        }
        assert_eq!(day_in("12月5日前签（1部）"), day_in("北京12月5日前签"));
    }
}
