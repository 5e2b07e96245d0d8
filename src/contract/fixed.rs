//! Signers that every contract gets, out of the settings: the own company, say.

use serde_json::Value as Json;

use crate::domain::field::FieldId;
use crate::domain::identity::{Content, Part};
use crate::domain::problem::Rule;
use crate::domain::remark::Remark;

use super::draft::{Draft, Given, Party, Values};
use super::needs::{Around, Settled, auto_sign, needs};
use super::rules::id_rule;

#[derive(Clone)]
pub struct FixedSigner {
    /// Behind the signers of the rows, not before them.
    pub is_last: bool,
    pub values: Vec<(FieldId, Json)>,
}

#[derive(Clone, Default)]
pub struct FixedSigners {
    pub signers: Vec<FixedSigner>,
    /// What makes a contract with other such signers another one; empty: there are none.
    pub mark: Vec<u8>,
}

impl FixedSigners {
    /// How many stand before the signers of the rows.
    pub fn before(&self) -> usize {
        self.signers.iter().filter(|signer| !signer.is_last).count()
    }
}

/// Of signers as the settings write them: whether it is the last, names of its fields and
/// what is written there.
pub fn mark<'t>(signers: impl Iterator<Item = (bool, Vec<(&'static str, &'t str)>)>) -> Vec<u8> {
    let mut content = Content::default();
    for (is_last, fields) in signers {
        content.begin(Part::Approver);
        content.value("position", &Json::from(if is_last { "last" } else { "first" }));
        fields.into_iter().for_each(|(name, text)| content.value(name, &Json::from(text)));
    }
    content.take()
}

impl FixedSigner {
    fn values(&self) -> Values {
        let mut values = Values::default();
        for (field, value) in &self.values {
            values.set(*field, Given { value: value.clone(), row: 0, column: None });
        }
        values
    }

    /// Whether a company of the rows is this one: what both say is the same, or the rows name
    /// nobody who would sign for it, as of the sender's own.
    fn is_the_company(&self, theirs: &Values, own_company: Option<&str>) -> bool {
        let own = self.values();
        if !is_company(&own) {
            return false;
        }
        let same = |field: FieldId| Some(own.text(field)? == theirs.text(field)?);
        let ids = [FieldId::ApproverOrganizationOpenId, FieldId::ApproverOpenId].map(same);
        // Who says nothing of which company it is, is the sender's own.
        let of = |values: &Values| values.text(FieldId::ApproverOrganizationOpenId).map(str::to_owned);
        let own_id = of(&own).or_else(|| own_company.map(str::to_owned));
        let is_own = of(theirs).is_some() && of(theirs) == own_id;
        if is_own || ids.contains(&Some(true)) || same(FieldId::ApproverOrganizationName) == Some(true) {
            return true;
        }
        // Nor is it another's that names somebody who signs for it, but neither company nor OpenId.
        let says_which = of(theirs).is_some()
            || theirs.has(FieldId::ApproverOrganizationName)
            || theirs.has(FieldId::ApproverApproverOptionFillType)
            || theirs.flag(FieldId::ApproverNotChannelOrganization);
        let is_senders = of(&own).is_none_or(|id| own_company == Some(id.as_str()));
        if !says_which && is_senders {
            return true;
        }
        let somebody = [
            FieldId::ApproverName,
            FieldId::ApproverMobile,
            FieldId::ApproverOpenId,
            FieldId::ApproverOrganizationOpenId,
            FieldId::ApproverApproverOptionFillType,
        ];
        let is_named = somebody.into_iter().any(|field| theirs.has(field))
            || theirs.flag(FieldId::ApproverNotChannelOrganization);
        !is_named && same(FieldId::ApproverOrganizationName) != Some(false)
    }

    /// The same company by its name, without a type that would make it one, or the same person.
    fn shares_company_or_person(&self, theirs: &Values) -> bool {
        let own = self.values();
        let name = FieldId::ApproverOrganizationName;
        (own.has(name) && own.text(name) == theirs.text(name)) || self.is_the_person(theirs)
    }

    fn is_the_person(&self, theirs: &Values) -> bool {
        let own = self.values();
        let same = |field: FieldId| own.has(field) && own.text(field) == theirs.text(field);
        same(FieldId::ApproverName) && same(FieldId::ApproverMobile)
    }

    /// What is wrong with it, whatever the contract. `own_company`: OpenId of the sender's.
    pub fn fault(&self, own_company: Option<&str>) -> Option<Rule> {
        let mut values = self.values();
        match auto_sign(&values, own_company) {
            Settled::Open => return Some(Rule::AutoSignUnclear),
            Settled::As(kind, _) => {
                values.set(FieldId::ApproverType, Given { value: Json::from(kind), row: 0, column: None });
            }
            Settled::Itself => {}
        }
        let needs = needs(&values, Around { scene: true, own_company });
        let kind = || values.text(FieldId::ApproverType).unwrap_or("PERSON").to_owned();
        let missing = needs
            .missing
            .first()
            .map(|field| Rule::ApproverNeeds { kind: kind(), field: field.name().into() });
        let forbidden = || {
            let field = needs.forbidden.first()?;
            Some(Rule::ApproverForbids { kind: kind(), field: field.name().into() })
        };
        let untyped = values.has(FieldId::ApproverOrganizationName) && !values.has(FieldId::ApproverType);
        let untyped = untyped.then(|| Rule::Required { field: FieldId::ApproverType.name().into() });
        let id = || id_rule(&values).map(|fault| Rule::IdNumber { fault });
        untyped.or(missing).or_else(forbidden).or_else(id)
    }
}

/// A word that is no type yet (企业授权签) is a company's, too.
fn is_company(values: &Values) -> bool {
    values.text(FieldId::ApproverType).is_some_and(|kind| !kind.starts_with("PERSON"))
}

impl Draft<'_> {
    /// Puts the signers of the settings before and behind those of the rows. `own_company`: OpenId of the
    /// sender's.
    pub fn add_fixed(&mut self, fixed: &FixedSigners, own_company: Option<&str>) {
        let twice = self.approvers.iter().find(|party| {
            let theirs = &party.values;
            // `--map 姓名=approver.name` says that he signs himself, and the company employs him.
            let is_person = theirs.get(FieldId::ApproverName).is_some_and(|name| {
                let reading = |column: usize| self.rows.first()?.mapping.readings.get(column);
                name.column.and_then(reading).is_some_and(|reading| reading.said)
            });
            let is_it = |own: &FixedSigner| match is_company(theirs) {
                true => own.is_the_company(theirs, own_company) || own.shares_company_or_person(theirs),
                false if is_person => own.is_the_person(theirs),
                false => own.shares_company_or_person(theirs),
            };
            fixed.signers.iter().any(is_it)
        });
        if let Some(row) = twice.map(|party| self.number_of(party.row)) {
            self.remarks.add(Remark::CompanyTwice, row);
        }
        for (at, signer) in fixed.signers.iter().filter(|signer| !signer.is_last).enumerate() {
            self.approvers.insert(at, party(signer));
        }
        self.approvers.extend(fixed.signers.iter().filter(|signer| signer.is_last).map(party));
    }
}

fn party(signer: &FixedSigner) -> Party {
    Party { values: signer.values(), row: 0, number: Party::OF_SETTINGS }
}
