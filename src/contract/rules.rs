//! What must hold between the values of a contract: what is required, what an
//! approver's type needs and forbids, and who may not stand there twice.

use crate::domain::field::{FieldId, Level, MAX_APPROVERS};
use crate::domain::problem::{IdFault, Place, Rule};
use crate::domain::remark::Remark;

use super::companies::ends_like_a_company;
use super::compiled::Part;
use super::dates::Clock;
use super::draft::{Draft, Party, Values};
use super::needs::{Around, needs};
use super::vocabulary::{COMPONENTS_OF_ID_NUMBERS, COMPONENTS_OF_MOBILES, COMPONENTS_OF_NAMES};

/// `request`: the fields that a request cannot do without; `closed`: those of a contract that
/// the action does not take; `open`: approvers whose type is not known, as
/// [`super::needs::settle_auto_sign`] has found them.
pub fn check(draft: &mut Draft<'_>, request: &[FieldId], closed: &[FieldId], open: &[usize], clock: &Clock) {
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
    for field in closed {
        if draft.flow.has(*field) {
            let column = draft.rows.first().and_then(|source| source.mapping.compiled().column_of(*field));
            draft.tell(0, column, None, Rule::ActionForbids { field: field.name().into() });
        }
    }
    // Those of the settings sign with somebody, never alone.
    if draft.approvers.iter().all(Party::is_of_settings) {
        draft.tell(0, None, None, Rule::ApproversMissing);
    }
    draft.too_many();
    // A whole list under one number: what else is wrong with it shows when it has its own.
    if draft.approvers.len() > 2 * MAX_APPROVERS {
        return;
    }
    let untyped = check_approvers(draft, open, clock);
    forget_numbers_of_unknown_cards(draft);
    check_repeats(draft);
    check_show_map(draft);
    if !untyped && open.is_empty() {
        check_shape(draft);
    }
    check_without_effect(draft);
    check_components(draft);
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
        let number = row.and_then(|row| draft.rows.get(row)).map(|source| source.row.number);
        problem.place.column.as_ref().is_some_and(|own| own.index == column)
            && (row.is_none() || number == problem.place.row)
    })
}

/// 军官证: where the API takes no such card, what is wrong with its number is no news.
fn forget_numbers_of_unknown_cards(draft: &mut Draft<'_>) {
    if draft.problems.is_empty() {
        return;
    }
    let number_of = |party: &Party| {
        let source = draft.rows.get(party.row)?;
        let column = |field| source.mapping.compiled().column_in(field, Part::Approver(party.number));
        let (kind, number) = (column(FieldId::ApproverIdCardType)?, column(FieldId::ApproverIdCardNumber)?);
        already_told(draft, Some(party.row), kind).then_some((source.row.number, number))
    };
    let numbers: Vec<(u32, usize)> = draft.approvers.iter().filter_map(number_of).collect();
    let is_one = |place: &Place| {
        place.column.as_ref().is_some_and(|column| {
            numbers.iter().any(|(row, number)| place.row == Some(*row) && column.index == *number)
        })
    };
    draft.problems.retain(|problem| !is_one(&problem.place));
}

/// `open`: approvers whose type is not known. Returns whether the type of any was spoilt.
fn check_approvers(draft: &mut Draft<'_>, open: &[usize], clock: &Clock) -> bool {
    let mut untyped = false;
    for number in (0..draft.approvers.len()).filter(|number| !open.contains(number)) {
        let Some(party) = draft.approvers.get(number) else { continue };
        let (row, values, of_settings) = (party.row, &party.values, party.is_of_settings());
        let part = Part::Approver(party.number);
        let spoilt = |field: FieldId| {
            let column = draft.rows.get(row).and_then(|own| own.mapping.compiled().column_in(field, part));
            column.is_some_and(|column| already_told(draft, Some(row), column))
        };
        // What follows from a type that could not be read is not worth telling.
        if spoilt(FieldId::ApproverType) {
            untyped = true;
            continue;
        }
        let around = Around {
            scene: draft.flow.has(FieldId::AutoSignScene),
            own_company: draft.request.text(FieldId::OrganizationOpenId),
        };
        let mut wants = needs(values, around);
        if draft.seals_itself && !around.is_other(values) {
            // The template says that nobody has to claim it.
            wants.remark = wants.remark.filter(|remark| *remark != Remark::NobodyNamed);
        }
        let id = id_rule(values).filter(|_| !spoilt(FieldId::ApproverIdCardType));
        let only = only_of_devices(values);
        let company = company_as_person(values);
        let remarks = [
            wants.remark,
            own_company(values),
            (is_untyped_company(values) && !is_asked(draft, row)).then_some(Remark::TypeMissing),
            has_unusual_id(values).then_some(Remark::OpenIdUnusual),
            is_under_age(values, clock).then_some(Remark::UnderAge),
        ];
        if wants.is_nothing()
            && id.is_none()
            && !only
            && company.is_none()
            && remarks.iter().all(Option::is_none)
        {
            continue;
        }
        let number_of_row = draft.number_of(row);
        let id_card = values
            .get(FieldId::ApproverIdCardNumber)
            .map(|given| (given.column, given.value.as_str().map(str::to_owned)));
        let types = values.get(FieldId::ApproverSignTypes).and_then(|given| given.column);
        let kind = values.text(FieldId::ApproverType).unwrap_or("PERSON").to_owned();
        // A company's name and nobody's: most likely the company signs, and no person is lacking.
        let is_nobody = !values.has(FieldId::ApproverName) && !values.has(FieldId::ApproverMobile);
        let untyped_company = (is_untyped_company(values) && is_nobody)
            .then(|| values.get(FieldId::ApproverOrganizationName).and_then(|given| given.column));
        // Where the others say what they are, a blank type is a forgotten one.
        let of_type = draft.rows.get(row).and_then(|own| {
            let column = own.mapping.compiled().column_in(FieldId::ApproverType, part)?;
            own.mapping.forgotten_types.contains(&column).then_some(column)
        });
        if let Some(column) = of_type.filter(|_| is_untyped_company(values) && !of_settings) {
            draft.tell(
                row,
                Some(column),
                None,
                Rule::Required { field: FieldId::ApproverType.name().into() },
            );
            continue;
        }
        // Who wrote the settings has seen what stands there.
        for remark in remarks.into_iter().flatten().filter(|_| !of_settings) {
            draft.remarks.add(remark, number_of_row);
        }
        if let Some(column) = untyped_company.filter(|_| !wants.missing.is_empty()) {
            draft.tell(row, column, None, Rule::Required { field: FieldId::ApproverType.name().into() });
            continue;
        }
        tell_needs(draft, row, part, &kind, (wants.missing, wants.forbidden));
        if let Some((fault, (column, value))) = id.zip(id_card) {
            draft.tell(row, column, value, Rule::IdNumber { fault });
        }
        if only {
            draft.tell(row, types, None, Rule::SignTypesOnly);
        }
        if let Some((column, value)) = company {
            let typed = types.is_some() || kind != "PERSON";
            draft.tell(row, column, value, Rule::CompanyAsPerson { typed });
        }
    }
    untyped
}

/// A name that only companies have, of a signer that nothing says to be one, or of one for which a person
/// is to be named.
fn company_as_person(values: &Values) -> Option<(Option<usize>, Option<String>)> {
    if values.has(FieldId::ApproverOrganizationName) {
        return None;
    }
    let given = values.get(FieldId::ApproverName)?;
    let name = given.value.as_str()?;
    // A person may be called like a shop; nobody is called 有限公司.
    let is_person = values.text(FieldId::ApproverType) == Some("PERSON");
    if is_person && !name.trim_end_matches([')', '）']).ends_with("有限公司") {
        return None;
    }
    ends_like_a_company(name).then(|| (given.column, Some(name.to_owned())))
}

/// What is missing and what must not be there, each in its column, if it has one.
fn tell_needs(
    draft: &mut Draft<'_>,
    row: usize,
    part: Part,
    kind: &str,
    (missing, forbidden): (Vec<FieldId>, Vec<FieldId>),
) {
    let column_of = |draft: &Draft<'_>, field: FieldId| {
        let compiled = draft.rows.get(row)?.mapping.compiled();
        match field.field().level {
            Level::Approver => compiled.column_in(field, part),
            _ => compiled.column_of(field),
        }
    };
    for field in missing {
        let column = column_of(draft, field);
        if column.is_some_and(|column| already_told(draft, Some(row), column)) {
            continue;
        }
        draft.tell(
            row,
            column,
            None,
            Rule::ApproverNeeds { kind: kind.to_owned(), field: field.name().into() },
        );
    }
    for field in forbidden {
        let column = column_of(draft, field);
        draft.tell(
            row,
            column,
            None,
            Rule::ApproverForbids { kind: kind.to_owned(), field: field.name().into() },
        );
    }
}

/// A company with a name, but without what says which one it is.
fn own_company(values: &Values) -> Option<Remark> {
    let is_company = values.text(FieldId::ApproverType) == Some("ORGANIZATION")
        && !values.flag(FieldId::ApproverNotChannelOrganization)
        && !values.has(FieldId::ApproverApproverOptionFillType);
    (is_company && !values.has(FieldId::ApproverOrganizationOpenId)).then_some(Remark::OwnCompany)
}

fn is_untyped_company(values: &Values) -> bool {
    values.has(FieldId::ApproverOrganizationName) && !values.has(FieldId::ApproverType)
}

/// Whether it is a question already who signs, the companies of a column or the persons beside them.
fn is_asked(draft: &Draft<'_>, row: usize) -> bool {
    let asked = draft.rows.get(row).map(|own| own.mapping.asked.as_slice()).unwrap_or_default();
    asked.iter().any(|(_, rule)| matches!(rule, Rule::SignerMayBeCompany { company: Some(_), .. }))
}

/// The reference has letters and digits; its own examples have `_`.
fn has_unusual_id(values: &Values) -> bool {
    values.text(FieldId::ApproverOpenId).is_some_and(|id| !id.bytes().all(|b| b.is_ascii_alphanumeric()))
}

pub fn id_rule(values: &Values) -> Option<IdFault> {
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

/// Whether a person's own number says that he has not turned 18 yet.
fn is_under_age(values: &Values, clock: &Clock) -> bool {
    const OF_AGE: i16 = 18;
    /// Whoever was born before it has been of age since before this was written.
    const FIRST_YEAR: &str = "2007";
    let is_person = matches!(values.text(FieldId::ApproverType), None | Some("PERSON"));
    let is_resident = matches!(values.text(FieldId::ApproverIdCardType), None | Some("ID_CARD"));
    let number = values.text(FieldId::ApproverIdCardNumber).filter(|_| is_person && is_resident);
    let Some(number) = number.filter(|number| number.get(6..10).is_some_and(|year| year >= FIRST_YEAR))
    else {
        return false;
    };
    let is_valid = resident_number(number).is_ok();
    let turned = || {
        let year: i16 = number.get(6..10)?.parse().ok()?;
        Some((
            year + OF_AGE,
            number.get(10..12)?.parse::<i8>().ok()?,
            number.get(12..14)?.parse::<i8>().ok()?,
        ))
    };
    let today = clock.today();
    is_valid && turned().is_some_and(|day| day > (today.year(), today.month(), today.day()))
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

/// Nothing but fingerprint and device face.
fn only_of_devices(values: &Values) -> bool {
    let types = values.get(FieldId::ApproverSignTypes).and_then(|given| given.value.as_array());
    types.is_some_and(|types| types.iter().all(|kind| matches!(kind.as_i64(), Some(5 | 6))))
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

/// One person, with or without the sender's own company: what the documentation of
/// PrepareFlows has, and where no signer needs the id of the template's.
fn check_shape(draft: &mut Draft<'_>) {
    let is_person = |party: &&Party| {
        party.values.text(FieldId::ApproverType).is_none_or(|kind| kind.starts_with("PERSON"))
    };
    let people = draft.approvers.iter().filter(is_person).count();
    let companies = draft.approvers.len() - people;
    let around = Around { scene: false, own_company: draft.request.text(FieldId::OrganizationOpenId) };
    let others = draft.approvers.iter().filter(|party| !is_person(party));
    let other = others.into_iter().any(|party| around.is_other(&party.values));
    let row = draft.approvers.iter().find(|party| !party.is_of_settings()).map_or(0, |party| party.row);
    let number = draft.number_of(row);
    let shape = match (people, companies) {
        (_, 2..) => Some(Remark::SeveralCompanies),
        (2.., _) => Some(Remark::SeveralPersons),
        (0, 1) => Some(Remark::NoPerson),
        _ if other => Some(Remark::OtherCompany),
        _ => None,
    };
    if let Some(shape) = shape {
        draft.remarks.add(shape, number);
    }
    let missing = draft.approvers.iter().find(|party| !party.values.has(FieldId::ApproverRecipientId));
    if let Some(row) = missing.filter(|_| people > 1 || companies > 1).map(|party| party.row) {
        draft.remarks.add(Remark::RecipientMissing, draft.number_of(row));
    }
}

/// 填写:姓名 with another name than any signer's: the contract would be about somebody else.
fn check_components(draft: &mut Draft<'_>) {
    // 林小雨（女） and +86 make nobody else of him.
    let plain = |text: &str| {
        let bare = text.split(['(', '（']).next().unwrap_or(text);
        let letters = bare.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_uppercase();
        letters.strip_prefix("86").filter(|own| own.len() == 11).map(str::to_owned).unwrap_or(letters)
    };
    let kinds = [
        (COMPONENTS_OF_NAMES, FieldId::ApproverName),
        (COMPONENTS_OF_MOBILES, FieldId::ApproverMobile),
        (COMPONENTS_OF_ID_NUMBERS, FieldId::ApproverIdCardNumber),
    ];
    let is_anothers = |name: &str, value: &str| {
        let Some((_, field)) = kinds.iter().find(|(names, _)| names.contains(&name)) else { return false };
        let mut theirs = draft.approvers.iter().filter_map(|party| party.values.text(*field)).peekable();
        !value.trim().is_empty() && theirs.peek().is_some() && theirs.all(|own| plain(own) != plain(value))
    };
    let other = draft
        .fields
        .iter()
        .find(|(name, given)| given.value.as_str().is_some_and(|value| is_anothers(name, value)));
    if let Some(row) = other.map(|(_, given)| given.row) {
        draft.remarks.add(Remark::OtherPerson, draft.number_of(row));
    }
}

/// What the API takes and does nothing with.
fn check_without_effect(draft: &mut Draft<'_>) {
    let first =
        |field: FieldId| draft.approvers.iter().find(|party| party.values.has(field)).map(|own| own.row);
    let of_flow = draft.flow.get(FieldId::CallbackUrl).map(|given| given.row);
    let callback = of_flow.or_else(|| first(FieldId::ApproverCallbackUrl));
    let found =
        [(Remark::CallbackIgnored, callback), (Remark::SignTypesIgnored, first(FieldId::ApproverSignTypes))];
    for (remark, row) in found {
        if let Some(row) = row {
            draft.remarks.add(remark, draft.number_of(row));
        }
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
