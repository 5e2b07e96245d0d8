//! What a contract says as a whole: by what it is the same one ever after, whom it resembles, when
//! it ends.

use std::hash::{DefaultHasher, Hasher as _};

use serde_json::Value as Json;

use crate::domain::field::{AUTO_SIGN, COMPANY_AUTO_SIGN, FieldId, Kind};
use crate::domain::identity::{self, Content, When};

use super::build::{Defaults, Signer};
use super::dates::Clock;
use super::draft::{Draft, Party, Values};
use super::source_row::SourceRow;
use super::values;

/// What is kept of a name, a mobile or an ID number while a file is read; never 0.
pub fn name_hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text.as_bytes());
    hasher.finish().max(1)
}

impl Draft<'_> {
    /// Everything the rows say that is or could be sent, in the form that makes the
    /// contract the same one ever after.
    pub fn content(&self, content: &mut Content, clock: &Clock) -> Vec<u8> {
        let mut level = |part: identity::Part, values: &Values| {
            content.begin(part);
            for (field, given) in values.iter().filter(|(field, _)| *field != FieldId::Send) {
                let is_deadline = field.field().kind == Kind::Deadline;
                match given.value.as_i64().filter(|_| is_deadline) {
                    Some(at) => {
                        let seen = self.seen_ref(given);
                        content.deadline(field.name(), when(&seen, at, clock));
                    }
                    // The words had this form before it depended on the company.
                    None if matches!(given.value.as_str(), Some(COMPANY_AUTO_SIGN | AUTO_SIGN))
                        && field == FieldId::ApproverType =>
                    {
                        content.field(field, &Json::from("ENTERPRISESERVER"));
                    }
                    None => content.field(field, &given.value),
                }
            }
        };
        level(identity::Part::Flow, &self.flow);
        level(identity::Part::Request, &self.request);
        self.approvers.iter().for_each(|party| level(identity::Part::Approver, &party.values));
        self.ccs.iter().for_each(|party| level(identity::Part::Cc, &party.values));
        content.begin(identity::Part::FormField);
        self.fields.iter().for_each(|(name, given)| content.value(name, &given.value));
        if let Some(key) = self.rows.first().and_then(SourceRow::name_by_key) {
            content.begin(identity::Part::Flow);
            content.value("key", &Json::from(key));
        }
        content.take()
    }

    pub fn signers(&self) -> Vec<Signer> {
        let hash = |text: Option<&str>| text.map_or(0, name_hash);
        let signer = |party: &Party| Signer {
            // Whoever signs everything is nobody to compare.
            name: if party.is_of_settings() { 0 } else { hash(party.values.text(FieldId::ApproverName)) },
            mobile: hash(party.values.text(FieldId::ApproverMobile)),
            id_number: hash(party.values.text(FieldId::ApproverIdCardNumber)),
            row: self.number_of(party.row),
        };
        self.approvers.iter().map(signer).collect()
    }

    pub fn likeness(&self, stem: &str) -> Vec<u8> {
        let text = |field| self.flow.text(field).unwrap_or_default();
        // Without those of the settings: another such signer is told by the claim.
        let own = self.approvers.iter().filter(|party| !party.is_of_settings());
        let signers = own.map(|party| {
            let text = |field| party.values.text(field).unwrap_or_default();
            [
                text(FieldId::ApproverName),
                text(FieldId::ApproverMobile),
                text(FieldId::ApproverIdCardNumber),
                text(FieldId::ApproverOrganizationName),
                text(FieldId::ApproverOpenId),
            ]
        });
        identity::likeness(stem, text(FieldId::TemplateId), text(FieldId::FlowName), signers)
    }

    /// Unix seconds.
    pub fn deadline(&self) -> i64 {
        self.flow.get(FieldId::Deadline).and_then(|own| own.value.as_i64()).unwrap_or(0)
    }

    /// The deadline as it is written, where it counts from the day of the import.
    pub fn relative_deadline(&self, defaults: &Defaults) -> Option<String> {
        let Some(given) = self.flow.get(FieldId::Deadline) else { return defaults.relative_deadline.clone() };
        values::relative_deadline(&self.seen_ref(given))
    }
}

/// `at`: Unix seconds, as the text was read.
fn when<'t>(seen: &'t str, at: i64, clock: &Clock) -> When<'t> {
    // A report writes `'+30d`, so that nobody takes it for a formula.
    let text = seen.trim().trim_start_matches('\'').trim();
    if text.starts_with(['+', '＋']) {
        return When::Relative(text);
    }
    if super::dates::is_instant(text) {
        return When::Instant(at);
    }
    let moment = jiff::Timestamp::from_second(at).map(|at| clock.zone.to_datetime(at));
    moment.map_or(When::Instant(at), When::Civil)
}
