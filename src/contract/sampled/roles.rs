//! What else the values show a column to be: roles, whoever acts for a company, copies, ids of templates.

use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::super::columns::{Target, party_of};
use super::super::companies::ends_like_a_company;
use super::super::layout::Mapping;
use super::super::normalize::to_half_width;
use super::super::refusals::is_noted;
use super::super::vocabulary::{
    CC_WORDS, COMPANY_NAMES, ENDS_OF_MOBILES, ENDS_OF_NAMES, KINDS_OF_ENDINGS, SIGNED_ELSEWHERE, SIGNED_HERE,
    TEMPLATE_NAMES,
};
use super::{all_are, gives, is_as_long_as_a_name, is_mobile, is_of};

/// QZ-01, QZ-02, 作废: at least two numbers, and as many as words; where each has a word, and those that end
/// something are kinds of agreements (TZ-01-退租), the words are part of the numbers.
pub(super) fn has_numbers(mapping: &Mapping, below: &[&Row]) -> bool {
    let Some(column) = mapping.column_of(FieldId::ContractId.name()) else { return false };
    let seen = below.iter().map(|row| row.cell(column).seen()).filter(|text| !text.trim().is_empty());
    let has_digit = |text: &String| text.bytes().any(|byte| byte.is_ascii_digit());
    let (numbers, words): (Vec<String>, Vec<String>) = seen.partition(has_digit);
    let word_of =
        |text: &String| -> String { text.chars().filter(|c| *c > '\u{2e7f}' && c.is_alphabetic()).collect() };
    let is_kind = |text: &String| {
        let word = word_of(text);
        !word.is_empty() && (KINDS_OF_ENDINGS.contains(&word.as_str()) || !is_noted(&word))
    };
    let are_kinds = numbers.iter().all(is_kind) && numbers.iter().any(|text| is_noted(&word_of(text)));
    numbers.len() >= 2 && numbers.len() >= words.len() && !are_kinds
}

/// `签约方` with 甲方 and 乙方: a column that would give names says who of the contract somebody is.
pub(super) fn take_roles(mapping: &mut Mapping, below: &[&Row]) {
    let is_party = |cell: &Cell| party_of(cell.seen_ref().trim()).is_some();
    // Whoever calls a column 姓名 means names, 甲方 for a trial.
    let is_for_names = |column: usize| {
        let plain = mapping.plain(column);
        ENDS_OF_NAMES.iter().any(|end| plain.ends_with(end))
    };
    let is_role = |column: &usize| {
        is_of(mapping, *column, FieldId::ApproverName)
            && !is_for_names(*column)
            && all_are(below, *column, is_party)
    };
    let Some(column) = (0..mapping.targets.len()).find(is_role) else { return };
    mapping.targets[column] = match gives(mapping, FieldId::ApproverRoleName) {
        true => Target::Unknown,
        false => Target::Field { field: FieldId::ApproverRoleName.field(), index: None },
    };
    // Whose it is was asked beside that name.
    let is_of_it = |(own, rule): &(usize, Rule)| {
        *own == column || matches!(rule, Rule::MobileBehind { .. } | Rule::IdNumberBehind { .. })
    };
    let (of_it, asked) = std::mem::take(&mut mapping.asked).into_iter().partition(is_of_it);
    mapping.asked = asked;
    for (own, _) in of_it.into_iter().filter(|(own, _): &(usize, Rule)| *own != column) {
        mapping.targets[own] = mapping.readings[own].target.clone();
    }
}

/// `签署方 | 企业名称 | 经办人 | 经办人手机号` with 甲方 and 乙方 as 签署方: whoever acts for each company, and no OpenId of ours.
pub(super) fn take_agents(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::ApproverName) || gives(mapping, FieldId::ApproverMobile) {
        return;
    }
    let acts = |column: &usize| {
        is_of(mapping, *column, FieldId::OperatorOpenId) && all_are(below, *column, is_as_long_as_a_name)
    };
    let Some(agent) = (0..mapping.targets.len()).find(acts) else { return };
    let word = mapping.plain(agent);
    let is_his = |column: &usize| {
        let plain = mapping.plain(*column);
        let end = plain.strip_prefix(&word).unwrap_or_default();
        ENDS_OF_MOBILES.contains(&end)
            && !mapping.readings[*column].said
            && all_are(below, *column, is_mobile)
    };
    let Some(mobile) = (0..mapping.targets.len()).find(is_his) else { return };
    for (column, field) in [(agent, FieldId::ApproverName), (mobile, FieldId::ApproverMobile)] {
        mapping.targets[column] = Target::Field { field: field.field(), index: None };
    }
    mapping.asked.retain(|(column, _)| ![agent, mobile].contains(column));
    // The company for which each acts was asked about together with the roles.
    let names_company = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_company = |cell: &Cell| ends_like_a_company(&cell.seen_ref());
        let is_open = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_open && COMPANY_NAMES.contains(&plain.as_str()) && all_are(below, *column, is_company)
    };
    let Some(company) = (0..mapping.targets.len()).find(names_company) else { return };
    mapping.targets[company] =
        Target::Field { field: FieldId::ApproverOrganizationName.field(), index: None };
    let is_party = |cell: &Cell| party_of(cell.seen_ref().trim()).is_some();
    let says_role = |column: &usize| {
        let is_open = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_open && all_are(below, *column, is_party)
    };
    let role =
        (0..mapping.targets.len()).filter(|_| !gives(mapping, FieldId::ApproverRoleName)).find(says_role);
    if let Some(role) = role {
        mapping.targets[role] = Target::Field { field: FieldId::ApproverRoleName.field(), index: None };
    }
    let header = mapping.headers[company].clone();
    mapping.asked.retain(|(_, rule)| {
        !matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(own, _)| **own == *header))
    });
}

/// `模板` with yDRS4UUgygqdcj2tUuO4zjEEFuP35Swc: the id of a template under another name.
pub(super) fn ask_about_template_ids(mapping: &mut Mapping, below: &[&Row]) {
    const SHORTEST: usize = 20;
    if gives(mapping, FieldId::TemplateId) {
        return;
    }
    let is_id = |cell: &Cell| {
        let seen = cell.seen_ref();
        let text = seen.trim();
        text.len() >= SHORTEST
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && text.starts_with('y')
    };
    let is_free = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_called_so = TEMPLATE_NAMES.contains(&plain.as_str())
            || ["模板", "模版", "范本", "template"].iter().any(|word| plain.contains(word));
        let is_asked = mapping.asked.iter().any(|(own, _)| own == column);
        let is_open = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_called_so && is_open && !is_asked && all_are(below, *column, is_id)
    };
    let Some(column) = (0..mapping.targets.len()).find(is_free) else { return };
    let suggestion = FieldId::TemplateId.name().to_owned();
    mapping.asked.push((column, Rule::ColumnNearlyDefaulted { suggestion }));
}

/// `抄送人 | 抄送`, `抄送` with a name and a mobile in each cell: copies that nobody would get.
pub(super) fn ask_about_copies(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::CcMobile) {
        return;
    }
    let is_free = |column: &usize| {
        let plain = mapping.plain(*column);
        let of_copies = CC_WORDS.iter().any(|word| plain.starts_with(word));
        let is_open = match &mapping.targets[*column] {
            Target::Unknown => true,
            Target::Field { field, .. } => field.id == FieldId::CcName,
            _ => false,
        };
        of_copies && is_open && !mapping.readings[*column].said
    };
    let free: Vec<usize> = (0..mapping.targets.len()).filter(is_free).collect();
    let has_mobile = |cell: &Cell| {
        let seen = to_half_width(&cell.seen());
        seen.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 11 && run.starts_with('1'))
    };
    let holds_some = |column: &&usize| below.iter().any(|row| has_mobile(row.cell(**column)));
    let Some(mobile) = free.iter().find(holds_some).copied() else { return };
    let header = |column: usize| mapping.headers[column].to_string();
    let is_full = |column: &usize| all_are(below, *column, is_mobile);
    let mobiles: Vec<usize> = free.iter().copied().filter(is_full).collect();
    if mobiles.len() > 1 {
        let cc = |(column, number): (&usize, usize)| (header(*column), format!("cc{number}.mobile"));
        let rule = Rule::ColumnNearlyCopies { map: mobiles.iter().zip(1..).map(cc).collect() };
        mobiles.iter().for_each(|column| mapping.targets[*column] = Target::Unknown);
        mapping.asked.push((mobile, rule));
        return;
    }
    let name =
        free.iter().find(|column| **column != mobile && all_are(below, **column, is_as_long_as_a_name));
    let map = match all_are(below, mobile, is_mobile) {
        true => name
            .map(|name| (header(*name), FieldId::CcName.name().to_owned()))
            .into_iter()
            .chain([(header(mobile), FieldId::CcMobile.name().to_owned())])
            .collect(),
        false => Vec::new(),
    };
    mapping.asked.push((mobile, Rule::ColumnNearlyCopies { map }));
}

/// `签署方式` with 电子 and 纸质: where a contract is signed, and not how its signer proves who he is.
pub(super) fn leave_out_where_signed(mapping: &mut Mapping, below: &[&Row]) {
    let says_where = |cell: &Cell| {
        let text = cell.seen().trim().to_lowercase();
        SIGNED_HERE.iter().chain(SIGNED_ELSEWHERE).any(|word| *word == text)
    };
    for column in 0..mapping.targets.len() {
        let is_it = is_of(mapping, column, FieldId::ApproverSignTypes) && !mapping.readings[column].said;
        if is_it && all_are(below, column, says_where) {
            mapping.targets[column] = Target::Unknown;
        }
    }
}
