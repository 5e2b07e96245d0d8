//! What must hold between the values of a contract: what is required, what an
//! approver's type needs and forbids, and who may not stand there twice.

use std::collections::HashMap;

use crate::domain::field::{Field, by_name};
use crate::domain::problem::{IdFault, Rule};

use super::build::{Draft, Values};
use super::columns::Target;

pub fn check(draft: &mut Draft<'_>) {
    for name in ["flow_name", "template_id", "deadline"] {
        if !draft.flow.contains_key(name) {
            required(draft, 0, name, None);
        }
    }
    for name in ["app_id", "organization_open_id", "operator_open_id", "jump_url"] {
        if !draft.request.contains_key(name) {
            required(draft, 0, name, None);
        }
    }
    if draft.approvers.is_empty() {
        draft.tell(0, None, None, Rule::ApproversMissing);
    }
    draft.too_many();
    check_approvers(draft);
    check_repeats(draft);
    check_show_map(draft);
    check_recipients(draft);
}

fn text<'v>(values: &'v Values, name: &str) -> Option<&'v str> {
    values.get(name).and_then(|given| given.value.as_str())
}

fn flag(values: &Values, name: &str) -> bool {
    values.get(name).and_then(|given| given.value.as_bool()).unwrap_or(false)
}

/// A value that is not there. If its cell was spoilt, that was said already.
fn required(draft: &mut Draft<'_>, row: usize, name: &'static str, index: Option<usize>) {
    let Some(field) = by_name(name) else { return };
    if already_told(draft, row, field, index) {
        return;
    }
    let column = draft.column(row, field, index);
    draft.tell(row, column, None, Rule::Required { field: name.into() });
}

fn already_told(draft: &Draft<'_>, row: usize, field: &Field, index: Option<usize>) -> bool {
    draft.problems.iter().filter(|problem| problem.stops()).any(|problem| {
        let Some(column) = &problem.place.column else { return false };
        draft.rows.iter().enumerate().any(|(at, source)| {
            Some(source.row.number) == problem.place.row
                && (at == row || index.is_none())
                && matches!(source.mapping.targets.get(column.index),
                    Some(Target::Field { field: own, index: i }) if *own == field && *i == index)
        })
    })
}

fn check_approvers(draft: &mut Draft<'_>) {
    let scene = draft.flow.contains_key("auto_sign_scene");
    for number in 0..draft.approvers.len() {
        let Some((values, row)) = draft.approvers.get(number) else { continue };
        let row = *row;
        let wants = needs(values, scene);
        let id = id_rule(values);
        let only = sign_types_rule(values);
        let untyped =
            values.contains_key("approver.organization_name") && !values.contains_key("approver.type");
        let index = wide_index(draft, row, number);
        let kind = text(values, "approver.type").unwrap_or("PERSON").to_owned();
        for name in wants.missing {
            let Some(field) = by_name(name) else { continue };
            if already_told(draft, row, field, index) {
                continue;
            }
            let column = draft.column(row, field, index);
            draft.tell(row, column, None, Rule::ApproverNeeds { kind: kind.clone(), field: name.into() });
        }
        for name in wants.forbidden {
            let Some(field) = by_name(name) else { continue };
            let column = draft.column(row, field, index);
            draft.tell(row, column, None, Rule::ApproverForbids { kind: kind.clone(), field: name.into() });
        }
        if let Some(fault) = id {
            let given =
                draft.approvers.get(number).and_then(|(values, _)| values.get("approver.id_card_number"));
            let column = given.map(|given| given.column);
            let value = given.and_then(|given| given.value.as_str()).map(str::to_owned);
            draft.tell(row, column, value, Rule::IdNumber { fault });
        }
        if untyped {
            let column = draft.approvers.get(number).and_then(|(v, _)| v.get("approver.organization_name"));
            let column = column.map(|given| given.column).filter(|column| *column != usize::MAX);
            draft.tell(row, column, None, Rule::TypeMissing);
        }
        if let Some(rule) = only {
            let column =
                draft.approvers.get(number).and_then(|(v, _)| v.get("approver.sign_types")).map(|g| g.column);
            draft.tell(row, column, None, rule);
        }
    }
}

/// The number in the header that an approver came from, in the wide layout.
fn wide_index(draft: &Draft<'_>, row: usize, number: usize) -> Option<usize> {
    let (values, _) = draft.approvers.get(number)?;
    let column = values.values().map(|given| given.column).filter(|column| *column != usize::MAX).min()?;
    match draft.rows.get(row)?.mapping.targets.get(column)? {
        Target::Field { index, .. } => *index,
        _ => None,
    }
}

struct Needs {
    missing: Vec<&'static str>,
    forbidden: Vec<&'static str>,
}

/// The table 'What each ApproverType needs' of the reference.
fn needs(values: &Values, scene: bool) -> Needs {
    let has = |name: &str| values.contains_key(name);
    let filled_later =
        values.get("approver.approver_option.fill_type").is_some_and(|given| given.value.as_i64() == Some(1));
    let mut needed: Vec<&'static str> = Vec::new();
    let mut forbidden = Vec::new();
    let kind = text(values, "approver.type").unwrap_or("PERSON");
    match kind {
        "ORGANIZATION" if flag(values, "approver.not_channel_organization") => {
            needed.extend(["approver.organization_name", "approver.name", "approver.mobile"]);
            forbidden.extend(["approver.open_id", "approver.organization_open_id"]);
        }
        "ORGANIZATION" => {
            needed.extend(["approver.organization_name", "approver.organization_open_id"]);
            let somebody = has("approver.name") || has("approver.mobile");
            if !has("approver.open_id") && (somebody || !filled_later) {
                needed.extend(["approver.name", "approver.mobile"]);
            }
        }
        "ENTERPRISESERVER" => needed.extend(["approver.organization_name", "approver.organization_open_id"]),
        "PERSON_AUTO_SIGN" => {
            needed.extend(["approver.name", "approver.mobile"]);
            if !scene {
                needed.push("auto_sign_scene");
            }
        }
        "ORGANIZATION_PIN_CODE_SIGN" | "OTHER_ORGANIZATION_PIN_CODE_SIGN" | "PERSON_PIN_CODE_SIGN" => {
            needed.push("approver.pin_code");
        }
        _ if filled_later => {}
        _ => needed.extend(["approver.name", "approver.mobile"]),
    }
    if matches!(text(values, "approver.notify_type"), Some("EMAIL" | "ALL")) {
        needed.push("approver.email");
    }
    Needs {
        missing: needed.into_iter().filter(|name| *name == "auto_sign_scene" || !has(name)).collect(),
        forbidden: forbidden.into_iter().filter(|name| has(name)).collect(),
    }
}

fn id_rule(values: &Values) -> Option<IdFault> {
    let number = text(values, "approver.id_card_number")?;
    match text(values, "approver.id_card_type").unwrap_or("ID_CARD") {
        "HONGKONG_AND_MACAO" => {
            let (letter, digits) = number.split_at_checked(1)?;
            if number.len() != 11 {
                Some(IdFault::Length)
            } else if matches!(letter, "H" | "M") && digits.bytes().all(|b| b.is_ascii_digit()) {
                None
            } else {
                Some(IdFault::Characters)
            }
        }
        _ => resident_number(number).err(),
    }
}

/// GB 11643: 17 digits with a date in them, and a check character.
pub fn resident_number(number: &str) -> Result<(), IdFault> {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &[u8; 11] = b"10X98765432";
    let bytes: [u8; 18] = number.as_bytes().try_into().map_err(|_| IdFault::Length)?;
    let (body, check) = (&bytes[..17], bytes[17]);
    if !body.iter().all(u8::is_ascii_digit) || !(check.is_ascii_digit() || check == b'X') {
        return Err(IdFault::Characters);
    }
    let part =
        |from: usize, to: usize| number.get(from..to).and_then(|part| part.parse::<i16>().ok()).unwrap_or(0);
    let born = jiff::civil::Date::new(
        part(6, 10),
        i8::try_from(part(10, 12)).unwrap_or(0),
        i8::try_from(part(12, 14)).unwrap_or(0),
    );
    if born.is_err() || part(6, 10) < 1850 {
        return Err(IdFault::Date);
    }
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    if CHECKS.get((sum % 11) as usize) == Some(&check) { Ok(()) } else { Err(IdFault::Checksum) }
}

fn sign_types_rule(values: &Values) -> Option<Rule> {
    let types: Vec<i64> = values
        .get("approver.sign_types")?
        .value
        .as_array()?
        .iter()
        .filter_map(serde_json::Value::as_i64)
        .collect();
    if types.iter().all(|kind| matches!(kind, 5 | 6)) {
        return Some(Rule::SignTypesOnly);
    }
    Some(Rule::SignTypesIgnored)
}

/// Nobody signs a contract twice for the same party, and nobody is told of
/// what he signs himself.
fn check_repeats(draft: &mut Draft<'_>) {
    let mut seen: HashMap<(String, String), u32> = HashMap::new();
    let mut told = Vec::new();
    for (values, row) in &draft.approvers {
        let number = draft.rows.get(*row).map_or(0, |source| source.row.number);
        let Some(mobile) = values.get("approver.mobile") else { continue };
        let party = text(values, "approver.organization_name").unwrap_or_default();
        let key = (mobile.value.as_str().unwrap_or_default().to_owned(), party.to_owned());
        match seen.get(&key) {
            Some(other_row) => {
                told.push((*row, mobile.column, key.0.clone(), Rule::ApproverTwice { other_row: *other_row }))
            }
            None => {
                seen.insert(key, number);
            }
        }
    }
    for (values, row) in &draft.ccs {
        match values.get("cc.mobile") {
            None => {
                let column = values.get("cc.name").map_or(usize::MAX, |given| given.column);
                told.push((*row, column, String::new(), Rule::Required { field: "cc.mobile".into() }));
            }
            Some(mobile) => {
                let own = mobile.value.as_str().unwrap_or_default();
                if let Some((_, other_row)) = seen.iter().find(|((number, _), _)| number == own) {
                    told.push((
                        *row,
                        mobile.column,
                        own.to_owned(),
                        Rule::CcIsApprover { other_row: *other_row },
                    ));
                }
            }
        }
    }
    for (row, column, value, rule) in told {
        let column = (column != usize::MAX).then_some(column);
        draft.tell(row, column, Some(value).filter(|value| !value.is_empty()), rule);
    }
}

/// `{合同名称}`, `{签署方2姓名}`: tokens of the list page's template.
fn check_show_map(draft: &mut Draft<'_>) {
    let Some(given) = draft.flow.get("custom_show_map") else { return };
    let (row, column) = (given.row, given.column);
    let template = given.value.as_str().unwrap_or_default().to_owned();
    let approvers = draft.approvers.len();
    for piece in template.split('{').skip(1) {
        let token = piece.split('}').next().unwrap_or_default();
        if !is_show_token(token, approvers) || !piece.contains('}') {
            let rule = Rule::ShowMapUnknown { token: token.to_owned() };
            draft.tell(row, (column != usize::MAX).then_some(column), Some(template), rule);
            return;
        }
    }
}

fn is_show_token(token: &str, approvers: usize) -> bool {
    if matches!(token, "合同名称" | "发起方企业" | "发起方姓名") {
        return true;
    }
    let Some(rest) = token.strip_prefix("签署方") else { return false };
    ["企业", "姓名"]
        .iter()
        .filter_map(|end| rest.strip_suffix(end))
        .any(|number| number.parse::<usize>().is_ok_and(|number| (1..=approvers).contains(&number)))
}

/// One person and one company need no id of the template's signer; more do.
fn check_recipients(draft: &mut Draft<'_>) {
    let people = draft
        .approvers
        .iter()
        .filter(|(values, _)| text(values, "approver.type").is_none_or(|kind| kind.starts_with("PERSON")))
        .count();
    let several = people > 1 || draft.approvers.len() - people > 1;
    let missing = draft.approvers.iter().find(|(values, _)| !values.contains_key("approver.recipient_id"));
    if let Some((_, row)) = missing.filter(|_| several) {
        let row = *row;
        draft.tell(row, None, None, Rule::RecipientMissing);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_numbers_are_checked_by_date_and_check_character() {
        // The standard's own example, and made-up ones.
        assert_eq!(resident_number("11010519491231002X"), Ok(()));
        assert_eq!(resident_number("440524188001010014"), Ok(()));
        assert_eq!(resident_number("110105194912310021"), Err(IdFault::Checksum));
        assert_eq!(resident_number("110105194913310020"), Err(IdFault::Date));
        assert_eq!(resident_number("11010519491231002A"), Err(IdFault::Characters));
        assert_eq!(resident_number("110105491231002"), Err(IdFault::Length));
    }

    #[test]
    fn show_map_tokens_count_the_approvers() {
        assert!(is_show_token("签署方2姓名", 2));
        assert!(!is_show_token("签署方3姓名", 2));
        assert!(is_show_token("合同名称", 0));
        assert!(!is_show_token("乙方", 2));
    }
}
