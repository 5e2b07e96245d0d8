//! A contract template of the API, as far as a sheet is held against it: who signs, in which
//! order, and what the initiator fills in.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::problem::Name;

pub struct Template {
    pub id: String,
    pub name: String,
    /// The sender's own company seals by itself, so nobody is named for it.
    pub seals_itself: bool,
    /// It may be used.
    pub available: bool,
    /// In the order in which contracts have to name them; empty: the API tells nothing of
    /// signers and components.
    pub recipients: Vec<Recipient>,
    /// What the initiator fills in.
    pub components: Vec<Component>,
}

/// A signer's place in a template.
pub struct Recipient {
    pub id: String,
    pub kind: Kind,
    /// What the template calls it.
    pub role: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    Company,
    Person,
    /// Of a type that is not known here: nothing is said of it.
    Other,
}

impl Kind {
    /// Whether a signer of that kind may take this place.
    pub fn takes(self, signer: Self) -> bool {
        self == signer || self == Self::Other
    }
}

/// A component that the initiator fills in.
pub struct Component {
    pub name: String,
    /// `TEXT`, `DATE`, ...: the narrower one, where the template says one.
    pub kind: String,
    pub required: bool,
    /// In characters.
    pub longest: Option<usize>,
    /// What may be chosen; empty: it is not said.
    pub options: Vec<String>,
    /// Whether more than one may be; `None`: it is not said.
    pub several: Option<bool>,
}

impl Template {
    pub fn component(&self, name: &str) -> Option<&Component> {
        self.components.iter().find(|component| component.name == name)
    }

    pub fn tells_signers(&self) -> bool {
        !self.recipients.is_empty()
    }

    /// One with signers may have nothing to fill in; of one with nothing at all nothing is known.
    pub fn tells_components(&self) -> bool {
        self.tells_signers() || !self.components.is_empty()
    }
}

/// Whose template it is: the API tells a company's own ones only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TemplateOf {
    pub app_id: String,
    pub organization_open_id: String,
    pub id: String,
}

/// What the API said of a template.
#[derive(Clone)]
pub enum Answered {
    Template(Arc<Template>),
    /// There is none; the API's sentence, where it had one.
    Unknown(Option<String>),
}

/// What is done with what the API said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Use {
    /// Contracts are put into the template's order and form.
    #[default]
    Fit,
    /// They go as the sheet says: where that is not the template's, it is told.
    Compare,
}

/// What the API said of all templates that a file names; by default nobody has asked.
#[derive(Clone, Default)]
pub struct Templates {
    asked: Option<Arc<BTreeMap<TemplateOf, Answered>>>,
    pub to: Use,
}

impl Templates {
    pub fn new(asked: BTreeMap<TemplateOf, Answered>, to: Use) -> Self {
        Self { asked: Some(Arc::new(asked)), to }
    }

    pub fn were_asked(&self) -> bool {
        self.asked.is_some()
    }

    pub fn of(&self, template: &TemplateOf) -> Option<&Answered> {
        self.asked.as_ref()?.get(template)
    }

    /// How many were asked for.
    pub fn count(&self) -> usize {
        self.asked.as_ref().map_or(0, |asked| asked.len())
    }

    /// Those that there are.
    pub fn known(&self) -> impl Iterator<Item = &Template> {
        self.asked.iter().flat_map(|asked| asked.values()).filter_map(|answered| match answered {
            Answered::Template(template) => Some(&**template),
            Answered::Unknown(_) => None,
        })
    }

    /// Whether every component's form is known, so that nobody need be asked about columns.
    pub fn give_forms(&self) -> bool {
        self.to == Use::Fit && self.were_asked() && self.known().all(Template::tells_components)
    }
}

/// What of a contract does not fit its template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Misfit {
    Unknown {
        id: String,
        /// The API's own sentence.
        said: String,
    },
    /// It was not among those that were asked.
    NotAsked,
    NotAvailable {
        template: String,
    },
    /// Another number of signers, or of another type.
    Signers {
        /// Roles with their types, in the template's order.
        wanted: Vec<(String, Kind)>,
        found: Vec<Kind>,
    },
    RoleUnknown {
        roles: Vec<String>,
        near: Option<String>,
    },
    RoleTwice {
        role: String,
        other_row: u32,
    },
    /// A role that is a company's, given to a person, or the other way round.
    RoleOfOther {
        role: String,
        kind: Kind,
    },
    RecipientUnknown {
        roles: Vec<String>,
    },
    /// The role and the RecipientId are those of different signers.
    RoleAndRecipient {
        role: String,
    },
    /// The template seals for the sender's company: somebody is named all the same.
    SealsItself {
        role: String,
    },
    /// Another order than the template's, where nobody puts it right.
    Order {
        roles: Vec<String>,
    },
    FieldUnknown {
        name: String,
        near: Option<String>,
        known: Vec<String>,
    },
    FieldMissing {
        name: String,
        /// A column that is called like it, but not read as a component.
        column: Option<String>,
    },
    /// A value that its component does not take.
    Form {
        kind: Name,
    },
    /// None of the options, or several where one is taken.
    Option {
        options: Vec<String>,
        several: bool,
    },
    /// Right in another form, where nobody puts it right.
    Exactly {
        to: String,
    },
}

impl Misfit {
    /// Stable, for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown { .. } => "template.unknown",
            Self::NotAsked => "template.not_asked",
            Self::NotAvailable { .. } => "template.not_available",
            Self::Signers { .. } => "template.signers",
            Self::RoleUnknown { .. } => "template.role_unknown",
            Self::RoleTwice { .. } => "template.role_twice",
            Self::RoleOfOther { .. } => "template.role_type",
            Self::RecipientUnknown { .. } => "template.recipient_unknown",
            Self::RoleAndRecipient { .. } => "template.role_and_recipient",
            Self::SealsItself { .. } => "template.seals_itself",
            Self::Order { .. } => "template.order",
            Self::FieldUnknown { .. } => "template.field_unknown",
            Self::FieldMissing { .. } => "template.field_missing",
            Self::Form { .. } => "template.field_form",
            Self::Option { .. } => "template.field_option",
            Self::Exactly { .. } => "template.field_exactly",
        }
    }
}
