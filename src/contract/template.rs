//! A contract held against its template: its signers get the template's places, its values
//! the form of their components; what does not fit is named with its cell.

use serde_json::Value as Json;

use crate::domain::field::FieldId;
use crate::domain::flow::Flow;
use crate::domain::problem::Rule;
use crate::domain::template::{
    Answered, Component, Kind, Misfit, Recipient, Template, TemplateOf, Templates, Use,
};

use super::columns::normalise;
use super::component;
use super::dates::Clock;
use super::draft::{Draft, Given, Party};

/// A signer as it is sent: which of the contract's signers it was, and what the template
/// calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seat {
    pub from: usize,
    pub role: String,
}

/// What a signer says of his place.
#[derive(Clone, Copy)]
struct Claim<'c> {
    kind: Kind,
    role: Option<&'c str>,
    recipient: Option<&'c str>,
}

/// A fault of a signer; `None`: of all of them together.
type Fault = (Option<usize>, Misfit);

/// Holds a draft against its template. In [`Use::Fit`] its signers stand in the template's
/// order afterwards, each with its RecipientId, and its values have the form that is sent.
/// Returns who took which place; empty where the template says nothing of signers.
pub fn hold(draft: &mut Draft<'_>, templates: &Templates, clock: &Clock) -> Vec<Seat> {
    if !templates.were_asked() || !draft.flow.has(FieldId::TemplateId) {
        return Vec::new();
    }
    let text = |field| draft.request.text(field).unwrap_or_default().to_owned();
    let id = draft.flow.text(FieldId::TemplateId).unwrap_or_default().to_owned();
    let of = TemplateOf {
        app_id: text(FieldId::AppId),
        organization_open_id: text(FieldId::OrganizationOpenId),
        id: id.clone(),
    };
    let template = match templates.of(&of) {
        Some(Answered::Template(template)) => template,
        Some(Answered::Unknown(said)) => {
            let said = said.clone().unwrap_or_default();
            tell_of_template(draft, Misfit::Unknown { id, said });
            return Vec::new();
        }
        None => {
            // Without a sender it was told already that he is missing.
            if !of.app_id.is_empty() && !of.organization_open_id.is_empty() {
                tell_of_template(draft, Misfit::NotAsked);
            }
            return Vec::new();
        }
    };
    if !template.available {
        tell_of_template(draft, Misfit::NotAvailable { template: template.name.clone() });
        return Vec::new();
    }
    let seats = hold_signers(draft, template, templates.to);
    if template.tells_components() {
        hold_fields(draft, template, templates.to, clock);
    }
    seats
}

fn tell_of_template(draft: &mut Draft<'_>, misfit: Misfit) {
    let Some(given) = draft.flow.get(FieldId::TemplateId) else { return };
    let (row, column) = (given.row, given.column);
    let value = given.value.as_str().map(str::to_owned);
    draft.tell(row, column, value, Rule::Template { misfit });
}

fn hold_signers(draft: &mut Draft<'_>, template: &Template, to: Use) -> Vec<Seat> {
    if !template.tells_signers() {
        return Vec::new();
    }
    let own_company = draft.request.text(FieldId::OrganizationOpenId).map(str::to_owned);
    let claims: Vec<Claim<'_>> = draft.approvers.iter().map(claim).collect();
    let numbers: Vec<u32> = draft.approvers.iter().map(|party| draft.number_of(party.row)).collect();
    let taken = match take_places(&template.recipients, &claims, &numbers) {
        Ok(taken) => taken,
        Err(faults) => {
            tell_faults(draft, faults);
            return Vec::new();
        }
    };
    draft.seals_itself = template.seals_itself;
    if template.seals_itself {
        tell_named_seals(draft, template, &taken, own_company.as_deref());
    }
    let moved = !taken.is_sorted();
    let roles = || template.recipients.iter().map(shown_role).collect();
    let seat = |(from, recipient): (&usize, &Recipient)| Seat { from: *from, role: shown_role(recipient) };
    let seats: Vec<Seat> = taken.iter().zip(&template.recipients).map(seat).collect();
    match to {
        Use::Compare if moved => tell_faults(draft, vec![(None, Misfit::Order { roles: roles() })]),
        Use::Compare => {}
        Use::Fit => put_in_order(draft, template, &taken),
    }
    seats
}

fn put_in_order(draft: &mut Draft<'_>, template: &Template, taken: &[usize]) {
    renumber_show_map(draft, taken);
    let mut parties: Vec<Option<Party>> =
        std::mem::take(&mut draft.approvers).into_iter().map(Some).collect();
    let ordered = taken.iter().filter_map(|from| parties.get_mut(*from)?.take());
    draft.approvers = ordered.collect();
    for (party, recipient) in draft.approvers.iter_mut().zip(&template.recipients) {
        let column = party.values.get(FieldId::ApproverRecipientId).and_then(|given| given.column);
        let value = Json::from(recipient.id.as_str());
        party.values.set(FieldId::ApproverRecipientId, Given { value, row: party.row, column });
        party.values.sort();
    }
}

/// `{签署方2姓名}` goes on meaning the signer whom it meant in the sheet.
fn renumber_show_map(draft: &mut Draft<'_>, taken: &[usize]) {
    const MARK: &str = "{签署方";
    let Some(given) = draft.flow.get_mut(FieldId::CustomShowMap) else { return };
    let Some(text) = given.value.as_str().map(str::to_owned) else { return };
    let mut parts = text.split(MARK);
    let mut renumbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
        let own = digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let place = own.and_then(|own| taken.iter().position(|from| *from == own));
        renumbered.push_str(MARK);
        match place {
            Some(place) => {
                renumbered.push_str(&(place + 1).to_string());
                renumbered.push_str(part.strip_prefix(digits.as_str()).unwrap_or(part));
            }
            None => renumbered.push_str(part),
        }
    }
    given.value = Json::from(renumbered);
}

/// Somebody who is named for a company that the template seals for.
fn tell_named_seals(draft: &mut Draft<'_>, template: &Template, taken: &[usize], own_company: Option<&str>) {
    const NAMES: [FieldId; 3] = [FieldId::ApproverName, FieldId::ApproverMobile, FieldId::ApproverOpenId];
    let is_own = |party: &Party| {
        let values = &party.values;
        kind_of(party) == Kind::Company
            && !values.flag(FieldId::ApproverNotChannelOrganization)
            && values.text(FieldId::ApproverOrganizationOpenId).is_none_or(|id| Some(id) == own_company)
    };
    let mut own = draft.approvers.iter().enumerate().filter(|(_, party)| is_own(party));
    // Where the company signs twice, the template does not say for which of them it seals.
    let (Some((at, party)), None) = (own.next(), own.next()) else { return };
    let place = taken.iter().position(|from| *from == at);
    let role = place.and_then(|place| template.recipients.get(place)).map(shown_role).unwrap_or_default();
    let row = party.row;
    let named = NAMES.iter().filter_map(|field| party.values.get(*field)).next();
    let Some(named) = named else { return };
    let (column, value) = (named.column, draft.seen(named));
    draft.tell(row, column, Some(value), Rule::Template { misfit: Misfit::SealsItself { role } });
}

fn tell_faults(draft: &mut Draft<'_>, faults: Vec<Fault>) {
    for (signer, misfit) in faults {
        let party = signer.and_then(|signer| draft.approvers.get(signer));
        let row = party.map_or_else(|| first_row(draft), |party| party.row);
        let field = match misfit {
            Misfit::RecipientUnknown { .. } => FieldId::ApproverRecipientId,
            _ => FieldId::ApproverRoleName,
        };
        let given = party.and_then(|party| party.values.get(field));
        let (column, value) = match given {
            Some(given) => (given.column, given.value.as_str().map(str::to_owned)),
            None => (None, None),
        };
        draft.tell(row, column, value, Rule::Template { misfit });
    }
}

/// The first row that gave a signer.
fn first_row(draft: &Draft<'_>) -> usize {
    draft.approvers.iter().find(|party| !party.is_of_settings()).map_or(0, |party| party.row)
}

fn kind_of(party: &Party) -> Kind {
    kind_of_type(party.values.text(FieldId::ApproverType))
}

fn kind_of_type(kind: Option<&str>) -> Kind {
    if kind.is_none_or(|kind| kind.is_empty() || kind.starts_with("PERSON")) {
        Kind::Person
    } else {
        Kind::Company
    }
}

fn claim(party: &Party) -> Claim<'_> {
    Claim {
        kind: kind_of(party),
        role: party.values.text(FieldId::ApproverRoleName),
        recipient: party.values.text(FieldId::ApproverRecipientId),
    }
}

/// A role as it is told; one without a name by its id.
pub fn shown_role(recipient: &Recipient) -> String {
    if recipient.role.is_empty() { recipient.id.clone() } else { recipient.role.clone() }
}

/// Who takes which of the template's places: for each place the index of its signer. A
/// RecipientId counts first, then a role; of the others the first company takes the first
/// place of a company that is free, and so on. `rows`: the number of each signer's row.
fn take_places(
    recipients: &[Recipient],
    claims: &[Claim<'_>],
    rows: &[u32],
) -> Result<Vec<usize>, Vec<Fault>> {
    let mut taken: Vec<Option<usize>> = vec![None; recipients.len()];
    let mut faults: Vec<Fault> = Vec::new();
    let mut wishes: Vec<(usize, Claim<'_>, Vec<usize>)> = Vec::new();
    for (signer, claim) in claims.iter().enumerate() {
        match places_of(recipients, *claim) {
            Ok(places) => wishes.push((signer, *claim, places)),
            Err(misfit) => faults.push((Some(signer), misfit)),
        }
    }
    // Whoever names one place has it; then those who name one of several of the same role;
    // then those who name none.
    let any: Vec<usize> = (0..recipients.len()).collect();
    let rank = |places: &[usize]| match places.len() {
        0 => usize::MAX,
        some => some,
    };
    wishes.sort_by_key(|(_, _, places)| rank(places));
    for (signer, claim, places) in &wishes {
        let open = if places.is_empty() { &any } else { places };
        let suits = |at: usize| recipients.get(at).is_some_and(|own| own.kind.takes(claim.kind));
        let free = open.iter().copied().find(|at| taken.get(*at).is_some_and(Option::is_none) && suits(*at));
        match (free, places.first()) {
            (Some(at), _) => {
                if let Some(holder) = taken.get_mut(at) {
                    *holder = Some(*signer);
                }
            }
            (None, Some(at)) => faults.push((Some(*signer), not_free(recipients, &taken, *at, *claim, rows))),
            // There are too many of them: told below.
            (None, None) => {}
        }
    }
    if !faults.is_empty() {
        faults.sort_by_key(|(signer, _)| *signer);
        return Err(faults);
    }
    let all: Option<Vec<usize>> = taken.into_iter().collect();
    all.filter(|all| all.len() == claims.len()).ok_or_else(|| {
        let wanted = recipients.iter().map(|own| (shown_role(own), own.kind)).collect();
        let found = claims.iter().map(|claim| claim.kind).collect();
        vec![(None, Misfit::Signers { wanted, found })]
    })
}

/// Why a signer does not get the place that he names.
fn not_free(
    recipients: &[Recipient],
    taken: &[Option<usize>],
    at: usize,
    claim: Claim<'_>,
    rows: &[u32],
) -> Misfit {
    let Some(recipient) = recipients.get(at) else { return Misfit::NotAsked };
    let role = shown_role(recipient);
    match taken.get(at).copied().flatten() {
        _ if !recipient.kind.takes(claim.kind) => Misfit::RoleOfOther { role, kind: recipient.kind },
        holder => {
            let row = holder.and_then(|holder| rows.get(holder));
            Misfit::RoleTwice { role, other_row: row.copied().unwrap_or_default() }
        }
    }
}

/// The places that a signer names; none: he names none.
fn places_of(recipients: &[Recipient], claim: Claim<'_>) -> Result<Vec<usize>, Misfit> {
    let roles = || recipients.iter().map(shown_role).collect::<Vec<_>>();
    let by_id = match claim.recipient {
        Some(id) => match recipients.iter().position(|own| own.id == id) {
            Some(place) => Some(place),
            None => return Err(Misfit::RecipientUnknown { roles: roles() }),
        },
        None => None,
    };
    let Some(role) = claim.role else { return Ok(by_id.into_iter().collect()) };
    let wanted = normalise(role);
    let named = recipients.iter().enumerate().filter(|(_, own)| normalise(&own.role) == wanted);
    let named: Vec<usize> = named.map(|(at, _)| at).collect();
    match by_id {
        _ if named.is_empty() => Err(Misfit::RoleUnknown { near: near(role, &roles()), roles: roles() }),
        Some(place) if named.contains(&place) => Ok(vec![place]),
        Some(_) => Err(Misfit::RoleAndRecipient { role: role.to_owned() }),
        None => Ok(named),
    }
}

/// The name that is meant most likely.
fn near(name: &str, known: &[String]) -> Option<String> {
    let wanted = normalise(name);
    let letters = wanted.chars().count();
    let distance = |own: &String| strsim::osa_distance(&normalise(own), &wanted);
    let part = |own: &&String| {
        let own = normalise(own);
        letters > 1 && own.chars().count() > 1 && (own.contains(&wanted) || wanted.contains(&own))
    };
    let nearest = known.iter().min_by_key(|own| distance(own)).filter(|own| distance(own) * 2 <= letters);
    nearest.or_else(|| known.iter().find(part)).cloned()
}

fn hold_fields(draft: &mut Draft<'_>, template: &Template, to: Use, clock: &Clock) {
    for at in 0..draft.fields.len() {
        let Some((name, given)) = draft.fields.get(at) else { continue };
        let rule = match template.component(name) {
            None => Some(unknown_field(template, name)),
            Some(component) => match fit_value(draft, component, given, clock) {
                Err(rule) => Some(rule),
                Ok(to_send) if Some(to_send.as_str()) == given.value.as_str() => None,
                Ok(to_send) if to == Use::Compare => {
                    Some(Rule::Template { misfit: Misfit::Exactly { to: to_send } })
                }
                Ok(to_send) => {
                    if let Some((_, given)) = draft.fields.get_mut(at) {
                        given.value = Json::String(to_send);
                    }
                    None
                }
            },
        };
        if let Some(rule) = rule
            && let Some((_, given)) = draft.fields.get(at)
        {
            let (row, column, seen) = (given.row, given.column, draft.seen(given));
            draft.tell(row, column, Some(seen), rule);
        }
    }
    hold_json_fields(draft, template, clock);
    tell_missing(draft, template);
}

fn unknown_field(template: &Template, name: &str) -> Rule {
    let known: Vec<String> = template.components.iter().map(|own| own.name.clone()).collect();
    Rule::Template { misfit: Misfit::FieldUnknown { name: name.to_owned(), near: near(name, &known), known } }
}

fn fit_value(draft: &Draft<'_>, component: &Component, given: &Given, clock: &Clock) -> Result<String, Rule> {
    let cell = draft.rows.get(given.row).zip(given.column).map(|(source, column)| source.row.cell(column));
    component::fit(component, given.value.as_str().unwrap_or_default(), cell, clock)
}

/// Components that a JSON column fills: each goes as it stands there, so it has to be exact.
fn hold_json_fields(draft: &mut Draft<'_>, template: &Template, clock: &Clock) {
    let Some(given) = draft.flow.get(FieldId::FlowJson) else { return };
    let (row, column) = (given.row, given.column);
    let fields = given.value.get("FormFields").and_then(Json::as_array);
    let mut faults = Vec::new();
    for field in fields.into_iter().flatten() {
        let Some(name) = field["ComponentName"].as_str() else { continue };
        let value = field["ComponentValue"].as_str().unwrap_or_default();
        let rule = match template.component(name) {
            None => Some(unknown_field(template, name)),
            Some(component) => match component::fit(component, value, None, clock) {
                Err(rule) => Some(rule),
                Ok(to) if to != value => Some(Rule::Template { misfit: Misfit::Exactly { to } }),
                Ok(_) => None,
            },
        };
        faults.extend(rule.map(|rule| (value.to_owned(), rule)));
    }
    for (value, rule) in faults {
        draft.tell(row, column, Some(value), rule);
    }
}

fn tell_missing(draft: &mut Draft<'_>, template: &Template) {
    for component in template.components.iter().filter(|component| component.required) {
        let name = &component.name;
        let in_json =
            draft.flow.get(FieldId::FlowJson).and_then(|given| given.value.get("FormFields")?.as_array());
        let is_it = |field: &Json| field["ComponentName"].as_str() == Some(name.as_str());
        let is_filled = |given: &Given| given.value.as_str().is_some_and(|text| !text.is_empty());
        let filled = draft.fields.iter().any(|(own, given)| own == name && is_filled(given))
            || in_json.is_some_and(|fields| fields.iter().any(is_it));
        if filled {
            continue;
        }
        let compiled = draft.rows.first().map(|source| source.mapping.compiled());
        let place = compiled.and_then(|own| own.form_fields.iter().position(|field| field == name));
        let column = compiled.zip(place).and_then(|(own, place)| own.column_of_field(place));
        // What is wrong with its cell was said already.
        let told = |at: usize| {
            let problems = draft.problems.iter().filter(|problem| problem.stops());
            problems.into_iter().any(|own| own.place.column.as_ref().is_some_and(|own| own.index == at))
        };
        if column.is_some_and(told) {
            continue;
        }
        let near = column.is_none().then(|| header_like(draft, name)).flatten();
        let misfit = Misfit::FieldMissing { name: name.clone(), column: near };
        draft.tell(0, column, None, Rule::Template { misfit });
    }
}

/// A header that has the component's name, but is not read as one.
fn header_like(draft: &Draft<'_>, name: &str) -> Option<String> {
    let wanted = normalise(name);
    let headers = draft.rows.iter().flat_map(|source| source.mapping.headers.iter());
    headers.into_iter().find(|header| normalise(header) == wanted).map(|header| header.to_string())
}

/// What of a contract that was put together earlier does not fit any more.
#[derive(Clone, PartialEq)]
pub struct Unfit {
    /// The component whose value it is.
    pub component: Option<String>,
    pub rule: Rule,
}

impl From<Misfit> for Unfit {
    fn from(misfit: Misfit) -> Self {
        Self { component: None, rule: Rule::Template { misfit } }
    }
}

/// Whether a contract that was put together earlier still fits, as far as its body tells.
///
/// # Errors
/// The first thing that does not.
pub fn still_fits(template: &Template, flow: &Flow, clock: &Clock) -> Result<(), Unfit> {
    if !template.available {
        return Err(Misfit::NotAvailable { template: template.name.clone() }.into());
    }
    if template.tells_signers() {
        let fits = |(approver, recipient): (&crate::domain::flow::Approver, &Recipient)| {
            let same = approver.recipient_id.as_ref().is_none_or(|id| *id == recipient.id);
            same && recipient.kind.takes(kind_of_type(approver.approver_type.as_deref()))
        };
        let as_many = flow.flow_approvers.len() == template.recipients.len();
        if !as_many || !flow.flow_approvers.iter().zip(&template.recipients).all(fits) {
            let found = |own: &crate::domain::flow::Approver| kind_of_type(own.approver_type.as_deref());
            return Err(Misfit::Signers {
                wanted: template.recipients.iter().map(|own| (shown_role(own), own.kind)).collect(),
                found: flow.flow_approvers.iter().map(found).collect(),
            }
            .into());
        }
    }
    if !template.tells_components() {
        return Ok(());
    }
    let fields = || {
        let named = |field: &'_ crate::domain::flow::FormField| {
            Some((field.component_name.clone()?, field.component_value.clone()))
        };
        flow.form_fields.iter().filter_map(named)
    };
    for (name, value) in fields() {
        let Some(component) = template.component(&name) else {
            let known = template.components.iter().map(|own| own.name.clone()).collect();
            return Err(Misfit::FieldUnknown { name, near: None, known }.into());
        };
        let rule = match component::fit(component, &value, None, clock) {
            Err(rule) => rule,
            Ok(to) if to != value => Rule::Template { misfit: Misfit::Exactly { to } },
            Ok(_) => continue,
        };
        return Err(Unfit { component: Some(name), rule });
    }
    let is_missing = |component: &&Component| {
        component.required && !fields().any(|(name, value)| name == component.name && !value.is_empty())
    };
    match template.components.iter().find(is_missing) {
        Some(component) => Err(Misfit::FieldMissing { name: component.name.clone(), column: None }.into()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipients(places: &str) -> Vec<Recipient> {
        let place = |(at, word): (usize, &str)| Recipient {
            id: format!("r{at}"),
            kind: if word.starts_with('企') { Kind::Company } else { Kind::Person },
            role: word.chars().skip(1).collect(),
        };
        places.split_whitespace().enumerate().map(place).collect()
    }

    /// Signers as `企` or `个`, with a role behind it, or `#` and a RecipientId.
    fn taken(places: &str, signers: &str) -> String {
        let words: Vec<&str> = signers.split_whitespace().collect();
        let claims: Vec<Claim<'_>> = words
            .iter()
            .map(|word| {
                let kind = if word.starts_with('企') { Kind::Company } else { Kind::Person };
                let rest = &word['企'.len_utf8()..];
                let (role, recipient) =
                    rest.split_once('#').map_or((rest, None), |(role, id)| (role, Some(id)));
                Claim { kind, role: Some(role).filter(|role| !role.is_empty()), recipient }
            })
            .collect();
        let rows: Vec<u32> = (2..).take(claims.len()).collect();
        match take_places(&recipients(places), &claims, &rows) {
            Ok(taken) => taken.iter().map(usize::to_string).collect::<Vec<_>>().join(" "),
            Err(faults) => faults
                .iter()
                .map(|(signer, misfit)| {
                    let signer = signer.map(|signer| signer.to_string()).unwrap_or_default();
                    format!("{signer}:{}", misfit.code().trim_start_matches("template."))
                })
                .collect::<Vec<_>>()
                .join(" "),
        }
    }

    #[test]
    fn roles_come_first_then_types_in_their_order() {
        const THREE: &str = "企甲方 个乙方 个担保人";
        for (places, signers, expected) in [
            (THREE, "企甲方 个乙方 个担保人", "0 1 2"),
            (THREE, "个担保人 个乙方 企甲方", "2 1 0"),
            (THREE, "个 个 企", "2 0 1"),
            (THREE, "个 个乙方 企", "2 1 0"),
            (THREE, "个#r2 个 企", "2 1 0"),
            (THREE, "个担保人#r2 个 企", "2 1 0"),
            (THREE, "个担保人#r1 个 企", "0:role_and_recipient"),
            (THREE, "个#r9 个 企", "0:recipient_unknown"),
            (THREE, "个丙方 个 企", "0:role_unknown"),
            (THREE, "个乙方 个乙方 企", "1:role_twice"),
            (THREE, "个甲方 个 企", "0:role_type"),
            (THREE, "个 企", ":signers"),
            (THREE, "企 企 个", ":signers"),
            (THREE, "个 个 个 企", ":signers"),
            // Two places of one role: in their order, and nobody else's.
            ("企甲方 个乙方 个见证人 个见证人", "个见证人 企 个 个见证人", "1 2 0 3"),
            ("个 个", "个 个", "0 1"),
            ("", "个", ":signers"),
        ] {
            assert_eq!(taken(places, signers), expected, "{places} | {signers}");
        }
    }

    #[test]
    fn what_is_meant_most_likely_is_named() {
        let known = ["岗位", "入职日期", "月薪"].map(str::to_owned);
        for (name, expected) in
            [("岗位名", Some("岗位")), ("入职曰期", Some("入职日期")), ("部门", None), ("x", None)]
        {
            assert_eq!(near(name, &known).as_deref(), expected, "{name}");
        }
    }
}
