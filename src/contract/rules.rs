//! What must hold between the values of a contract: what is required, what an
//! approver's type needs and forbids, and who may not stand there twice.

use crate::domain::field::{FieldId, Level};
use crate::domain::problem::{IdFault, Rule};

use super::compiled::Part;
use super::draft::{Draft, Values};

/// `request`: the fields that a request cannot do without.
pub fn check(draft: &mut Draft<'_>, request: &[FieldId]) {
    for field in [FieldId::FlowName, FieldId::TemplateId, FieldId::Deadline] {
        if !draft.flow.has(field) {
            required(draft, field);
        }
    }
    for field in request {
        if !draft.request.has(*field) {
            required(draft, *field);
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

/// A value of the contract that is not there. If its cell was spoilt, that was said already.
fn required(draft: &mut Draft<'_>, field: FieldId) {
    let column = draft.rows.first().and_then(|source| source.mapping.compiled().column_of(field));
    if column.is_some_and(|column| already_told(draft, None, column)) {
        return;
    }
    draft.tell(0, column, None, Rule::Required { field: field.name().into() });
}

/// Whether that cell of a row, or of any row, has a problem that stops it.
fn already_told(draft: &Draft<'_>, row: Option<usize>, column: usize) -> bool {
    draft.problems.iter().filter(|problem| problem.stops()).any(|problem| {
        problem.place.column.as_ref().is_some_and(|own| own.index == column)
            && draft.rows.iter().enumerate().any(|(at, source)| {
                Some(source.row.number) == problem.place.row && row.is_none_or(|row| at == row)
            })
    })
}

fn check_approvers(draft: &mut Draft<'_>) {
    let scene = draft.flow.has(FieldId::AutoSignScene);
    for number in 0..draft.approvers.len() {
        let Some(party) = draft.approvers.get(number) else { continue };
        let (row, values) = (party.row, &party.values);
        let part = Part::Approver(party.number);
        // What follows from a type that could not be read is not worth telling.
        let spoilt = |field: FieldId| {
            let column = draft.rows.get(row).and_then(|own| own.mapping.compiled().column_in(field, part));
            column.is_some_and(|column| already_told(draft, Some(row), column))
        };
        if spoilt(FieldId::ApproverType) {
            continue;
        }
        let wants = needs(values, scene);
        let id = id_rule(values).filter(|_| !spoilt(FieldId::ApproverIdCardType));
        let only = sign_types_rule(values);
        let untyped = values.has(FieldId::ApproverOrganizationName) && !values.has(FieldId::ApproverType);
        if wants.is_nothing() && id.is_none() && only.is_none() && !untyped {
            continue;
        }
        let place = |field: FieldId| values.get(field).and_then(|given| given.column);
        let id_card = values
            .get(FieldId::ApproverIdCardNumber)
            .map(|given| (given.column, given.value.as_str().map(str::to_owned)));
        let (named, types) = (place(FieldId::ApproverOrganizationName), place(FieldId::ApproverSignTypes));
        let kind = values.text(FieldId::ApproverType).unwrap_or("PERSON").to_owned();
        let column_of = |draft: &Draft<'_>, field: FieldId| {
            let compiled = draft.rows.get(row)?.mapping.compiled();
            match field.field().level {
                Level::Approver => compiled.column_in(field, part),
                _ => compiled.column_of(field),
            }
        };
        for field in wants.missing {
            let column = column_of(draft, field);
            if column.is_some_and(|column| already_told(draft, Some(row), column)) {
                continue;
            }
            draft.tell(
                row,
                column,
                None,
                Rule::ApproverNeeds { kind: kind.clone(), field: field.name().into() },
            );
        }
        for field in wants.forbidden {
            let column = column_of(draft, field);
            draft.tell(
                row,
                column,
                None,
                Rule::ApproverForbids { kind: kind.clone(), field: field.name().into() },
            );
        }
        if let Some((fault, (column, value))) = id.zip(id_card) {
            draft.tell(row, column, value, Rule::IdNumber { fault });
        }
        if untyped {
            draft.tell(row, named, None, Rule::TypeMissing);
        }
        if let Some(rule) = only {
            draft.tell(row, types, None, rule);
        }
    }
}

#[derive(Default)]
struct Needs {
    missing: Vec<FieldId>,
    forbidden: Vec<FieldId>,
}

impl Needs {
    fn is_nothing(&self) -> bool {
        self.missing.is_empty() && self.forbidden.is_empty()
    }
}

/// The table 'What each ApproverType needs' of the reference.
fn needs(values: &Values, scene: bool) -> Needs {
    use FieldId::{
        ApproverEmail, ApproverMobile, ApproverName, ApproverNotChannelOrganization, ApproverOpenId,
        ApproverOrganizationName, ApproverOrganizationOpenId, ApproverPinCode, AutoSignScene,
    };
    let filled_later = values
        .get(FieldId::ApproverApproverOptionFillType)
        .is_some_and(|given| given.value.as_i64() == Some(1));
    let mut needs = Needs::default();
    let mut need = |fields: &[FieldId]| {
        needs.missing.extend(fields.iter().filter(|field| **field == AutoSignScene || !values.has(**field)));
    };
    match values.text(FieldId::ApproverType).unwrap_or("PERSON") {
        "ORGANIZATION" if values.flag(ApproverNotChannelOrganization) => {
            need(&[ApproverOrganizationName, ApproverName, ApproverMobile]);
            let forbidden = [ApproverOpenId, ApproverOrganizationOpenId];
            needs.forbidden.extend(forbidden.into_iter().filter(|field| values.has(*field)));
        }
        "ORGANIZATION" => {
            need(&[ApproverOrganizationName, ApproverOrganizationOpenId]);
            let somebody = values.has(ApproverName) || values.has(ApproverMobile);
            if !values.has(ApproverOpenId) && (somebody || !filled_later) {
                need(&[ApproverName, ApproverMobile]);
            }
        }
        "ENTERPRISESERVER" => need(&[ApproverOrganizationName, ApproverOrganizationOpenId]),
        "PERSON_AUTO_SIGN" => {
            need(&[ApproverName, ApproverMobile]);
            if !scene {
                need(&[AutoSignScene]);
            }
        }
        "ORGANIZATION_PIN_CODE_SIGN" | "OTHER_ORGANIZATION_PIN_CODE_SIGN" | "PERSON_PIN_CODE_SIGN" => {
            need(&[ApproverPinCode]);
        }
        _ if filled_later => {}
        _ => need(&[ApproverName, ApproverMobile]),
    }
    if matches!(values.text(FieldId::ApproverNotifyType), Some("EMAIL" | "ALL")) && !values.has(ApproverEmail)
    {
        needs.missing.push(ApproverEmail);
    }
    needs
}

fn id_rule(values: &Values) -> Option<IdFault> {
    let number = values.text(FieldId::ApproverIdCardNumber)?;
    match values.text(FieldId::ApproverIdCardType).unwrap_or("ID_CARD") {
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
        .get(FieldId::ApproverSignTypes)?
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
    let mut told = Vec::new();
    let party_of =
        |values: &Values| values.text(FieldId::ApproverOrganizationName).unwrap_or_default().to_owned();
    for (at, approver) in draft.approvers.iter().enumerate() {
        let Some(mobile) = approver.values.get(FieldId::ApproverMobile) else { continue };
        let same = draft.approvers.iter().take(at).find(|other| {
            other.values.get(FieldId::ApproverMobile).is_some_and(|own| own.value == mobile.value)
                && party_of(&other.values) == party_of(&approver.values)
        });
        if let Some(other) = same {
            let rule = Rule::ApproverTwice { other_row: draft.number_of(other.row) };
            told.push((approver.row, mobile.column, mobile.value.as_str().map(str::to_owned), rule));
        }
    }
    for cc in &draft.ccs {
        let Some(mobile) = cc.values.get(FieldId::CcMobile) else {
            let column = cc.values.get(FieldId::CcName).and_then(|given| given.column);
            let field = FieldId::CcMobile.name().into();
            told.push((cc.row, column, None, Rule::Required { field }));
            continue;
        };
        let same = draft
            .approvers
            .iter()
            .find(|own| own.values.get(FieldId::ApproverMobile).is_some_and(|own| own.value == mobile.value));
        if let Some(other) = same {
            let rule = Rule::CcIsApprover { other_row: draft.number_of(other.row) };
            told.push((cc.row, mobile.column, mobile.value.as_str().map(str::to_owned), rule));
        }
    }
    for (row, column, value, rule) in told {
        draft.tell(row, column, value, rule);
    }
}

/// `{合同名称}`, `{签署方2姓名}`: tokens of the list page's template.
fn check_show_map(draft: &mut Draft<'_>) {
    let Some(given) = draft.flow.get(FieldId::CustomShowMap) else { return };
    let (row, column) = (given.row, given.column);
    let template = given.value.as_str().unwrap_or_default().to_owned();
    let approvers = draft.approvers.len();
    for piece in template.split('{').skip(1) {
        let token = piece.split('}').next().unwrap_or_default();
        if !is_show_token(token, approvers) || !piece.contains('}') {
            let rule = Rule::ShowMapUnknown { token: token.to_owned() };
            draft.tell(row, column, Some(template), rule);
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
    let is_person =
        |values: &Values| values.text(FieldId::ApproverType).is_none_or(|kind| kind.starts_with("PERSON"));
    let people = draft.approvers.iter().filter(|party| is_person(&party.values)).count();
    let several = people > 1 || draft.approvers.len() - people > 1;
    let missing = draft.approvers.iter().find(|party| !party.values.has(FieldId::ApproverRecipientId));
    if let Some(row) = missing.filter(|_| several).map(|party| party.row) {
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
