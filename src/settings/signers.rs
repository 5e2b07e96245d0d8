//! `[[signers]]`: signers that every contract gets, the sender's own company, say.

use toml::{Table, Value};

use crate::contract::columns::field_named;
use crate::contract::dates::Clock;
use crate::contract::fixed::{FixedSigner, FixedSigners, mark};
use crate::contract::values;
use crate::domain::cell::Cell;
use crate::domain::field::{FIELDS, Field, FieldId, Kind, Level};
use crate::domain::identity;
use crate::domain::problem::Rule;

use super::error::SettingsError;
use super::read::scalar;

/// A signer as config.toml writes it.
#[derive(Clone)]
pub struct SettingsSigner {
    /// Counted from 1.
    number: usize,
    is_last: bool,
    /// Stable names, in the order of their letters, with the texts that a cell would hold.
    fields: Vec<(&'static str, String)>,
    origin: String,
}

impl SettingsSigner {
    /// Whether it has a type, and that is no person's.
    pub fn is_company(&self) -> bool {
        let Kind::Choice(kinds) = FieldId::ApproverType.field().kind else { return false };
        let is_persons = |text: &str| {
            let of_person = kinds.iter().filter(|(sent, _)| sent.starts_with("PERSON"));
            of_person.clone().any(|(sent, words)| *sent == text || words.contains(&text))
        };
        self.text_of(FieldId::ApproverType).is_some_and(|text| !is_persons(text))
    }

    /// What the company is called; None: it is none, or is not called anything.
    pub fn company_name(&self) -> Option<&str> {
        self.text_of(FieldId::ApproverOrganizationName).filter(|_| self.is_company())
    }

    fn text_of(&self, id: FieldId) -> Option<&str> {
        let own = self.fields.iter().find(|(name, _)| *name == id.field().name);
        own.map(|(_, text)| text.trim())
    }
}

/// One table of `[[signers]]`.
pub fn read(number: usize, table: &Table, origin: &str) -> Result<SettingsSigner, SettingsError> {
    let key = |name: &str| format!("signers[{number}].{name}");
    let bad = |name: &str, expected: &str| SettingsError::BadValue {
        key: key(name),
        origin: origin.to_owned(),
        expected: expected.to_owned(),
    };
    let mut is_last = None;
    let mut fields: Vec<(&'static str, String)> = Vec::new();
    for (name, value) in table {
        if name == "position" {
            is_last = Some(match value.as_str() {
                Some("first") => false,
                Some("last") => true,
                _ => return Err(bad(name, "first, last")),
            });
            continue;
        }
        let Some(field) = approver_field(name) else {
            let suggestion = nearest(name).map(key);
            return Err(SettingsError::UnknownKey { key: key(name), origin: origin.to_owned(), suggestion });
        };
        let text = match value {
            Value::Array(list) => {
                list.iter().map(scalar).collect::<Option<Vec<_>>>().map(|list| list.join(";"))
            }
            value => scalar(value),
        };
        let text = text.ok_or_else(|| bad(name, "\"...\""))?;
        if !text.trim().is_empty() {
            fields.push((field.name, text));
        }
    }
    fields.sort_unstable();
    match is_last {
        Some(is_last) if !fields.is_empty() => {
            Ok(SettingsSigner { number, is_last, fields, origin: origin.to_owned() })
        }
        Some(_) => Err(bad("type", "ORGANIZATION, PERSON")),
        // Nobody guesses in which order they sign.
        None => Err(bad("position", "first, last")),
    }
}

/// A field of an approver that can be written so, by any of its names.
fn approver_field(name: &str) -> Option<&'static Field> {
    let field = field_named(&format!("approver.{name}")).or_else(|| field_named(name))?;
    (field.level == Level::Approver && !field.path.is_empty()).then_some(field)
}

fn nearest(name: &str) -> Option<&'static str> {
    const NEARLY: usize = 3;
    let own = FIELDS.iter().filter(|field| field.level == Level::Approver && !field.path.is_empty());
    let names = own.map(Field::short_name).chain(std::iter::once("position"));
    let distances = names.map(|own| (strsim::osa_distance(own, name), own));
    distances.min().filter(|(distance, _)| *distance <= NEARLY).map(|(_, own)| own)
}

/// Signers as contracts take them. `own_company`: OpenId of the sender's.
///
/// # Errors
/// The first value that is none, or what is missing.
pub fn fixed(
    signers: &[SettingsSigner],
    clock: &Clock,
    own_company: Option<&str>,
) -> Result<FixedSigners, SettingsError> {
    let one = |signer: &SettingsSigner| {
        let SettingsSigner { number, origin, .. } = signer;
        let fault = |name: &str, rule: Option<Rule>| SettingsError::BadField {
            key: format!("signers[{number}].{name}"),
            origin: origin.clone(),
            rule,
        };
        let mut values: Vec<(FieldId, serde_json::Value)> = Vec::new();
        for (name, text) in &signer.fields {
            let Some(field) = field_named(name) else { continue };
            let parsed = values::parse(field.kind, &Cell::text_of(text.clone()), clock);
            match parsed.value {
                Some(value) => values.push((field.id, value)),
                None => return Err(fault(field.short_name(), parsed.rules.into_iter().next())),
            }
        }
        let own = FixedSigner { is_last: signer.is_last, values };
        match own.fault(own_company) {
            None => Ok(own),
            Some(rule) => {
                let field = match &rule {
                    Rule::ApproverNeeds { field, .. }
                    | Rule::ApproverForbids { field, .. }
                    | Rule::Required { field } => field.strip_prefix("approver.").unwrap_or(field).to_owned(),
                    Rule::IdNumber { .. } => "id_card_number".to_owned(),
                    _ => "type".to_owned(),
                };
                Err(fault(&field, Some(rule)))
            }
        }
    };
    let all = signers.iter().map(one).collect::<Result<Vec<_>, _>>()?;
    let texts = signers.iter().map(|signer| {
        (signer.is_last, signer.fields.iter().map(|(name, text)| (*name, text.as_str())).collect())
    });
    Ok(FixedSigners { signers: all, mark: mark(texts) })
}

/// What they add to the meaning of a job.
pub fn say_meaning(signers: &[SettingsSigner], input: &mut identity::Input) {
    for signer in signers {
        input.said("signer", if signer.is_last { "last" } else { "first" });
        for (name, text) in &signer.fields {
            input.said("has", name);
            input.said("is", text);
        }
    }
}
