//! Whether a signer who has a company's name signs as that company, where nothing says his type.

use serde_json::Value as Json;

use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::draft::{Draft, Given};
use super::vocabulary::{COMPANY_ENDS, SURNAMES};

/// Whoever has said of a column that it names the company that signs means a company, except in rows where the
/// name is a person's: 客户 may be both.
pub fn settle(draft: &mut Draft<'_>) {
    for at in 0..draft.approvers.len() {
        let Some(party) = draft.approvers.get(at).filter(|party| !party.is_of_settings()) else { continue };
        let Some(company) = party.values.get(FieldId::ApproverOrganizationName) else { continue };
        let (row, column) = (party.row, company.column);
        let company = company.value.as_str().unwrap_or_default().trim();
        let is_himself = party.values.text(FieldId::ApproverName).is_some_and(|name| name.trim() == company);
        let is_open = !party.values.has(FieldId::ApproverType);
        let is_person = party.values.text(FieldId::ApproverType) == Some("PERSON");
        let is_said = column.zip(draft.rows.get(row)).is_some_and(|(column, own)| {
            own.mapping.readings.get(column).is_some_and(|reading| reading.said)
        });
        let is_doubtful = may_be_a_person(company) && !is_himself;
        if is_open && is_said && is_doubtful {
            draft.tell(row, column, None, Rule::Required { field: FieldId::ApproverType.name().into() });
        }
        let Some(party) = draft.approvers.get_mut(at) else { continue };
        if is_himself && (is_person || (is_open && is_said)) {
            party.values.remove(FieldId::ApproverOrganizationName);
        } else if is_open && is_said && !is_doubtful {
            let given = Given { value: Json::from("ORGANIZATION"), row, column: None };
            party.values.set(FieldId::ApproverType, given);
        }
    }
}

/// 李四光, and not 宝洁 or 李锦记食品厂.
fn may_be_a_person(name: &str) -> bool {
    const LONGEST: usize = 3;
    let is_company = COMPANY_ENDS.iter().any(|end| name.ends_with(end));
    name.chars().count() <= LONGEST && name.starts_with(|c| SURNAMES.contains(c)) && !is_company
}
