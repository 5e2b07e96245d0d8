//! What a column gives, and whose it is.

use crate::domain::field::{Field, Level};

/// What a column gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// `index` counts approvers or cc's from 0 in the wide layout.
    Field {
        field: &'static Field,
        index: Option<usize>,
    },
    FormField(String),
    /// One of our report's columns.
    OfOurs,
    /// Somebody has said that it is none of ours.
    Ignored,
    Unknown,
}

/// Whose a column is, as far as its header says.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Whose {
    /// It does not say, or the number in its target does.
    #[default]
    Unsaid,
    /// A word for the one who signs: 员工, 客户.
    Signer(String),
    /// Somebody who signs nothing.
    Stranger,
    /// A word that is not understood: 责任人. Perhaps he signs.
    Unclear(String),
}

/// What a header says.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub target: Target,
    pub whose: Whose,
    /// The signer's field that it would give, were it clear whose it is.
    pub could_be: Option<&'static Field>,
    /// It ends the contract's own term.
    pub ends_term: bool,
    /// A person has said what it gives.
    pub said: bool,
    /// It gives what is a party's because another column has the party's other word.
    pub of_party: bool,
}

impl Reading {
    pub fn of(target: Target) -> Self {
        Self { target, whose: Whose::Unsaid, could_be: None, ends_term: false, said: false, of_party: false }
    }

    pub fn unknown(whose: Whose) -> Self {
        Self { whose, ..Self::of(Target::Unknown) }
    }

    /// The signer's field that it gives, where no number says which signer's.
    pub fn plain_signer(&self) -> Option<&'static Field> {
        match &self.target {
            Target::Field { field, index: None } if field.level == Level::Approver => Some(field),
            _ => None,
        }
    }
}
