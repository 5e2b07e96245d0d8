//! What is worth a look and holds of many contracts alike: told once a kind, with rows,
//! never once a contract.

use serde::{Deserialize, Serialize};

use super::problem::Severity;

/// Declares each remark once: its name in code, and its stable code.
macro_rules! remarks {
    ($($(#[$doc:meta])* $name:ident: $code:literal;)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Remark { $($(#[$doc])* $name),* }

        impl Remark {
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Stable, for machines.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }
        }
    };
}

remarks! {
    /// A company without OrganizationOpenId is the sender's own.
    OwnCompany: "approver.own_company";
    /// A company that `[[signers]]` of the settings adds once more.
    CompanyTwice: "approver.company_twice";
    /// A company of which nobody is named.
    NobodyNamed: "approver.nobody_named";
    /// A company's person with name and mobile, but no OpenId.
    ToBeClaimed: "approver.to_be_claimed";
    /// A person with an ID number and no mobile.
    IdInsteadOfMobile: "approver.no_mobile";
    /// A company that seals by itself, without its name or its OpenId.
    ServerUnnamed: "approver.server_unnamed";
    /// ENTERPRISESERVER, but it is the sender's own company.
    ServerOfOwn: "approver.server_of_own";
    /// 企业授权签 of the sender's own company: ORGANIZATION.
    AutoSignOwn: "approver.auto_sign_own";
    /// 企业授权签 of another company: ENTERPRISESERVER.
    AutoSignOther: "approver.auto_sign_other";
    /// An OpenId with other characters than letters and digits.
    OpenIdUnusual: "cell.open_id";
    /// A company's name, but no type: a person signs.
    TypeMissing: "approver.type_missing";
    /// Several signers of a kind without RecipientId.
    RecipientMissing: "approver.recipient_missing";
    SignTypesIgnored: "approver.sign_types_ignored";
    CallbackIgnored: "callback_url.ignored";
    /// Shapes that the documentation of PrepareFlows does not have.
    SeveralCompanies: "shape.several_companies";
    SeveralPersons: "shape.several_persons";
    NoPerson: "shape.no_person";
    OtherCompany: "shape.other_company";
    /// A person who has not turned 18 yet, by his ID number.
    UnderAge: "approver.under_age";
    /// A component 姓名 with another name than any signer's, or the like.
    OtherPerson: "approver.other_in_component";
}

impl Remark {
    pub fn severity(self) -> Severity {
        match self {
            Self::AutoSignOwn | Self::AutoSignOther => Severity::Correction,
            Self::CompanyTwice => Severity::Question,
            _ => Severity::Warning,
        }
    }

    /// A shape that the documentation of PrepareFlows does not have.
    pub fn is_shape(self) -> bool {
        matches!(self, Self::SeveralCompanies | Self::SeveralPersons | Self::NoPerson | Self::OtherCompany)
    }
}

/// The remarks on one contract, and the row of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    bits: u32,
    pub row: u32,
}

impl Remarks {
    pub fn add(&mut self, remark: Remark, row: u32) {
        if self.bits == 0 {
            self.row = row;
        }
        self.bits |= 1 << remark as u32;
    }

    pub fn is_empty(self) -> bool {
        self.bits == 0
    }

    pub fn has(self, remark: Remark) -> bool {
        self.bits & (1 << remark as u32) != 0
    }

    /// As a number, to be kept by the million.
    pub fn bits(self) -> u32 {
        self.bits
    }

    pub fn of_bits(bits: u32) -> Self {
        Self { bits, row: 0 }
    }

    pub fn iter(self) -> impl Iterator<Item = Remark> {
        Remark::ALL.iter().copied().filter(move |remark| self.has(*remark))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_remark_is_kept_apart_and_has_a_code_of_its_own() {
        for (at, remark) in Remark::ALL.iter().enumerate() {
            let mut remarks = Remarks::default();
            remarks.add(*remark, 7);
            remarks.add(*remark, 9);
            assert_eq!(remarks.iter().collect::<Vec<_>>(), [*remark]);
            assert_eq!(remarks.row, 7);
            assert!(Remark::ALL[..at].iter().all(|other| other.code() != remark.code()));
        }
        assert!(Remark::ALL.len() <= 32);
    }
}
