//! Whether a signer who has a company's name signs as that company, where no column says his type.

use serde_json::Value as Json;

use crate::domain::field::{FieldId, Kind};
use crate::domain::problem::Rule;

use super::columns::{is_company, plain_letters};
use super::compiled::Part;
use super::draft::{Draft, Given};
use super::vocabulary::{
    AGENTS, COMPANY_ENDS, ENDS_OF_LONG_COMPANIES, KINDS_OF_COMPANIES, SIGNERS_OF_COMPANIES, SURNAMES,
};

/// Whoever has said of a column that it names the company that signs means a company, except in rows where the
/// name is a person's: 客户 may be both. And 经办人 beside 企业名称 signs for it.
pub fn settle(draft: &mut Draft<'_>) {
    for at in 0..draft.approvers.len() {
        let Some(party) = draft.approvers.get(at).filter(|party| !party.is_of_settings()) else { continue };
        let row = party.row;
        let has_id = party.values.has(FieldId::ApproverOrganizationOpenId);
        let ids = draft.rows.get(row).and_then(|own| {
            let mapping = &own.mapping;
            let part = Part::Approver(party.number);
            let column = mapping.compiled().column_in(FieldId::ApproverOrganizationOpenId, part)?;
            let is_taken = mapping.ids_of_companies.contains(&column);
            mapping.readings.get(column).map(|reading| (reading.said, reading.said || is_taken))
        });
        let Some(company) = party.values.get(FieldId::ApproverOrganizationName) else {
            // Somebody has said that the id is that of the company which signs.
            let is_open = has_id && !party.values.has(FieldId::ApproverType);
            match ids {
                Some((true, _)) if is_open => set_company(draft, at, row),
                // Who signs himself has none.
                Some(_) if is_open => drop_id(draft, at),
                _ => {}
            }
            continue;
        };
        let column = company.column;
        let company = company.value.as_str().unwrap_or_default().trim();
        let is_himself = party.values.text(FieldId::ApproverName).is_some_and(|name| name.trim() == company);
        let is_open = !party.values.has(FieldId::ApproverType);
        let is_person = party.values.text(FieldId::ApproverType) == Some("PERSON");
        let mapping = draft.rows.get(row).map(|own| &own.mapping);
        let is_said = column.zip(mapping).is_some_and(|(column, mapping)| {
            mapping.readings.get(column).is_some_and(|reading| reading.said)
        });
        let name = party.values.get(FieldId::ApproverName).and_then(|given| given.column);
        let is_agent = name.zip(mapping).is_some_and(|(name, mapping)| {
            let company = column.map(|column| mapping.plain(column)).unwrap_or_default();
            signs_for(&mapping.plain(name), &company)
        });
        // 甲方（公司） | 名称, 联系电话: nobody is named who could sign as a person.
        let says_company = name.is_none()
            && column
                .zip(mapping)
                .is_some_and(|(column, mapping)| is_called_a_company(&mapping.header(column)));
        let is_said = is_said || says_company;
        // Persons have no such ids, and one that is blank among others is only not known.
        let has_ids = ids.is_some_and(|(_, is_taken)| is_taken);
        let is_said = is_said || is_agent || has_ids;
        // 万科 below 企业名称 is no person.
        let may_be_both = column.zip(mapping).is_some_and(|(column, mapping)| {
            let plain = mapping.plain(column);
            !is_company(&plain)
        });
        let is_doubtful =
            !is_himself && !has_id && (is_a_kind(company) || may_be_a_person(company, may_be_both));
        if is_open && is_said && is_doubtful {
            draft.tell(row, column, None, Rule::Required { field: FieldId::ApproverType.name().into() });
        }
        let Some(party) = draft.approvers.get_mut(at) else { continue };
        if is_himself && (is_person || (is_open && is_said)) {
            party.values.remove(FieldId::ApproverOrganizationName);
        } else if is_open && is_said && !is_doubtful {
            set_company(draft, at, row);
        } else if is_open && has_id {
            drop_id(draft, at);
        }
    }
}

/// 甲方（公司）名称: a note behind the party says what it is.
fn is_called_a_company(header: &str) -> bool {
    let letters = plain_letters(header);
    let note = letters.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(note, _)| note);
    note.is_some_and(|note| KINDS_OF_COMPANIES.contains(&note))
}

fn drop_id(draft: &mut Draft<'_>, at: usize) {
    if let Some(party) = draft.approvers.get_mut(at) {
        party.values.remove(FieldId::ApproverOrganizationOpenId);
    }
}

fn set_company(draft: &mut Draft<'_>, at: usize, row: usize) {
    let given = Given { value: Json::from("ORGANIZATION"), row, column: None };
    if let Some(party) = draft.approvers.get_mut(at) {
        party.values.set(FieldId::ApproverType, given);
    }
}

/// 经办人 beside any company, 甲方签约人 beside 甲方公司; both as plain headers.
pub fn signs_for(name: &str, company: &str) -> bool {
    let bare = name.trim_end_matches("姓名");
    let is_its = |end: &&&str| {
        bare.strip_suffix(**end).is_some_and(|party| !party.is_empty() && company.starts_with(party))
    };
    AGENTS.iter().any(|end| bare.ends_with(end)) || SIGNERS_OF_COMPANIES.iter().any(|end| is_its(&end))
}

/// A name of four letters or more, as only companies have them: 好又多便利店.
pub fn ends_like_a_company(name: &str) -> bool {
    let bare = name.trim().trim_end_matches([')', '）']);
    let letters = bare.chars().count();
    // Most names of persons are shorter.
    if letters < 4 {
        return false;
    }
    let bare = bare.to_lowercase();
    COMPANY_ENDS.iter().any(|end| bare.ends_with(end))
        || (letters > 4 && ENDS_OF_LONG_COMPANIES.iter().any(|end| bare.ends_with(end)))
}

/// 个人, 自然人 where a company would be called.
fn is_a_kind(name: &str) -> bool {
    let Kind::Choice(kinds) = FieldId::ApproverType.field().kind else { return false };
    kinds.iter().any(|(_, words)| words.contains(&name)) || name == "个体"
}

/// 李四光, and not 李锦记食品厂; 万科 only where persons may stand as well.
fn may_be_a_person(name: &str, may_be_both: bool) -> bool {
    let is_as_long = match name.chars().count() {
        2 => may_be_both,
        count => count == 3,
    };
    let is_company = COMPANY_ENDS.iter().any(|end| name.ends_with(end));
    is_as_long && name.starts_with(|c| SURNAMES.contains(c)) && !is_company
}
