//! What an approver's type needs and forbids: the table 'What each ApproverType needs' of
//! the API's reference.

use serde_json::Value as Json;

use crate::domain::field::{AUTO_SIGN, COMPANY_AUTO_SIGN, FieldId};
use crate::domain::problem::Rule;
use crate::domain::remark::Remark;

use super::draft::{Draft, Values};

#[derive(Default)]
pub struct Needs {
    pub missing: Vec<FieldId>,
    pub forbidden: Vec<FieldId>,
    /// What is worth a look, if anything is.
    pub remark: Option<Remark>,
}

impl Needs {
    pub fn is_nothing(&self) -> bool {
        self.missing.is_empty() && self.forbidden.is_empty() && self.remark.is_none()
    }
}

/// What a type's needs depend on besides its approver.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The flow has an AutoSignScene.
    pub scene: bool,
    /// OpenId of the sender's company.
    pub own_company: Option<&'a str>,
}

impl Around<'_> {
    /// Whether an approver's company is another one than the sender's.
    pub fn is_other(&self, values: &Values) -> bool {
        values.flag(FieldId::ApproverNotChannelOrganization)
            || values
                .text(FieldId::ApproverOrganizationOpenId)
                .is_some_and(|company| Some(company) != self.own_company)
    }
}

pub fn needs(values: &Values, around: Around<'_>) -> Needs {
    use FieldId::{
        ApproverEmail, ApproverMobile, ApproverName, ApproverNotChannelOrganization, ApproverOpenId,
        ApproverOrganizationName, ApproverOrganizationOpenId, ApproverPinCode, AutoSignScene,
    };
    let filled_later = values
        .get(FieldId::ApproverApproverOptionFillType)
        .is_some_and(|given| given.value.as_i64() == Some(1));
    let mut needs = Needs::default();
    match values.text(FieldId::ApproverType).unwrap_or("PERSON") {
        "ORGANIZATION" if values.flag(ApproverNotChannelOrganization) => {
            let needed = [ApproverOrganizationName, ApproverName, ApproverMobile];
            needs.missing.extend(needed.into_iter().filter(|field| !values.has(*field)));
            let forbidden = [ApproverOpenId, ApproverOrganizationOpenId];
            needs.forbidden.extend(forbidden.into_iter().filter(|field| values.has(*field)));
        }
        "ORGANIZATION" => of_company(values, filled_later, &mut needs),
        "ENTERPRISESERVER" => {
            if filled_later {
                needs.forbidden.push(FieldId::ApproverApproverOptionFillType);
            }
            let named = values.has(ApproverOrganizationName) && values.has(ApproverOrganizationOpenId);
            needs.remark = match around.is_other(values) {
                _ if !named => Some(Remark::ServerUnnamed),
                true => None,
                false => Some(Remark::ServerOfOwn),
            };
        }
        "PERSON_AUTO_SIGN" => {
            of_person(values, &mut needs);
            if !around.scene {
                needs.missing.push(AutoSignScene);
            }
        }
        "ORGANIZATION_PIN_CODE_SIGN" | "OTHER_ORGANIZATION_PIN_CODE_SIGN" | "PERSON_PIN_CODE_SIGN" => {
            if !values.has(ApproverPinCode) {
                needs.missing.push(ApproverPinCode);
            }
        }
        _ if filled_later => {}
        _ => of_person(values, &mut needs),
    }
    if matches!(values.text(FieldId::ApproverNotifyType), Some("EMAIL" | "ALL")) && !values.has(ApproverEmail)
    {
        needs.missing.push(ApproverEmail);
    }
    needs
}

fn of_person(values: &Values, needs: &mut Needs) {
    if !values.has(FieldId::ApproverName) {
        needs.missing.push(FieldId::ApproverName);
    }
    match values.has(FieldId::ApproverIdCardNumber) {
        _ if values.has(FieldId::ApproverMobile) => {}
        true => needs.remark = Some(Remark::IdInsteadOfMobile),
        false => needs.missing.push(FieldId::ApproverMobile),
    }
}

/// The sender's own company, or another one of the application. Nobody need be named; but
/// half a person is a cell that was forgotten.
fn of_company(values: &Values, filled_later: bool, needs: &mut Needs) {
    let (name, mobile) = (values.has(FieldId::ApproverName), values.has(FieldId::ApproverMobile));
    needs.remark = match (values.has(FieldId::ApproverOpenId), name, mobile) {
        (false, true, false) => {
            needs.missing.push(FieldId::ApproverMobile);
            None
        }
        (false, false, true) => {
            needs.missing.push(FieldId::ApproverName);
            None
        }
        _ if filled_later => None,
        (false, false, false) => Some(Remark::NobodyNamed),
        (false, true, true) => Some(Remark::ToBeClaimed),
        (true, ..) => None,
    };
}

/// What a word for a company that seals by itself comes to.
pub enum Settled {
    /// It is no such word.
    Itself,
    As(&'static str, Remark),
    /// The row does not say which company it is, so nobody guesses.
    Open,
}

/// 企业授权签 and the like: by template the sender's own company is ORGANIZATION, another
/// one ENTERPRISESERVER.
pub fn auto_sign(values: &Values, own_company: Option<&str>) -> Settled {
    let word = values.text(FieldId::ApproverType);
    if !matches!(word, Some(COMPANY_AUTO_SIGN | AUTO_SIGN)) {
        return Settled::Itself;
    }
    let person = [FieldId::ApproverName, FieldId::ApproverMobile, FieldId::ApproverIdCardNumber];
    let may_be_a_person = word == Some(AUTO_SIGN) && person.iter().any(|field| values.has(*field));
    let is_named =
        values.has(FieldId::ApproverOrganizationName) || values.flag(FieldId::ApproverNotChannelOrganization);
    match values.text(FieldId::ApproverOrganizationOpenId) {
        Some(company) if own_company == Some(company) => Settled::As("ORGANIZATION", Remark::AutoSignOwn),
        Some(_) => Settled::As("ENTERPRISESERVER", Remark::AutoSignOther),
        None if is_named || may_be_a_person => Settled::Open,
        None => Settled::As("ORGANIZATION", Remark::AutoSignOwn),
    }
}

/// Gives every approver that seals by itself the type that the API has for it.
/// Returns the approvers whose type stays open.
pub fn settle_auto_sign(draft: &mut Draft<'_>) -> Vec<usize> {
    let mut open = Vec::new();
    for at in 0..draft.approvers.len() {
        let own = draft.request.text(FieldId::OrganizationOpenId);
        let Some(party) = draft.approvers.get(at) else { continue };
        let settled = auto_sign(&party.values, own);
        let row = party.row;
        match settled {
            Settled::Itself => {}
            Settled::As(kind, remark) => {
                draft.remarks.add(remark, draft.number_of(row));
                let party = draft.approvers.get_mut(at);
                if let Some(given) = party.and_then(|own| own.values.get_mut(FieldId::ApproverType)) {
                    given.value = Json::from(kind);
                }
            }
            Settled::Open => {
                let given = party.values.get(FieldId::ApproverType);
                let seen = given.map(|given| draft.seen(given)).filter(|seen| !seen.is_empty());
                let column = given.and_then(|given| given.column);
                draft.tell(row, column, seen, Rule::AutoSignUnclear);
                open.push(at);
            }
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::draft::Given;
    use crate::domain::field::by_name;
    use serde_json::json;

    /// Fields as `type=ORGANIZATION`, -> missing, forbidden, remark.
    fn found(fields: &str) -> String {
        let mut values = Values::default();
        for pair in fields.split_whitespace() {
            let (name, value) = pair.split_once('=').unwrap_or((pair, "x"));
            let value = match value {
                "true" => json!(true),
                "1" => json!(1),
                text => json!(text),
            };
            let field = by_name(&format!("approver.{name}")).unwrap();
            values.set(field.id, Given { value, row: 0, column: None });
        }
        let needs = needs(&values, Around { scene: false, own_company: Some("own") });
        let short = |fields: &[FieldId]| {
            fields.iter().map(|field| field.field().short_name()).collect::<Vec<_>>().join(" ")
        };
        let remark = needs.remark.map(Remark::code).unwrap_or_default();
        format!("{}|{}|{remark}", short(&needs.missing), short(&needs.forbidden))
    }

    #[test]
    fn the_table_of_the_reference_holds() {
        const LATER: &str = "approver_option.fill_type=1";
        for (fields, expected) in [
            ("name mobile", "||"),
            ("name", "mobile||"),
            ("mobile", "name||"),
            ("name id_card_number", "||approver.no_mobile"),
            ("type=PERSON", "name mobile||"),
            (&format!("type=PERSON {LATER}"), "||"),
            ("type=ORGANIZATION", "||approver.nobody_named"),
            ("type=ORGANIZATION open_id", "||"),
            ("type=ORGANIZATION name mobile", "||approver.to_be_claimed"),
            ("type=ORGANIZATION name mobile open_id", "||"),
            ("type=ORGANIZATION name", "mobile||"),
            ("type=ORGANIZATION organization_open_id=other organization_name", "||approver.nobody_named"),
            (&format!("type=ORGANIZATION {LATER}"), "||"),
            (&format!("type=ORGANIZATION name {LATER}"), "mobile||"),
            (
                "type=ORGANIZATION not_channel_organization=true open_id organization_open_id",
                "organization_name name mobile|open_id organization_open_id|",
            ),
            ("type=ORGANIZATION not_channel_organization=true organization_name name mobile", "||"),
            ("type=ENTERPRISESERVER organization_name organization_open_id=other", "||"),
            ("type=ENTERPRISESERVER organization_name organization_open_id=own", "||approver.server_of_own"),
            ("type=ENTERPRISESERVER", "||approver.server_unnamed"),
            (
                &format!("type=ENTERPRISESERVER organization_name organization_open_id=other {LATER}"),
                "|approver_option.fill_type|",
            ),
            ("type=PERSON_AUTO_SIGN name mobile", "auto_sign_scene||"),
            ("type=PERSON_PIN_CODE_SIGN", "pin_code||"),
            ("type=PERSON_PIN_CODE_SIGN pin_code", "||"),
            ("name mobile notify_type=EMAIL", "email||"),
        ] {
            assert_eq!(found(fields), expected, "{fields}");
        }
    }
}
