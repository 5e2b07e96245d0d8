//! Parts of the Agent that a code finds fault with. Where they come from a
//! column, only the contracts with that value are at fault. Pure.

use crate::domain::codes::{About, find};
use crate::domain::flow::Agent;
use crate::domain::verdict::Outcome;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Application,
    Organization,
    Operator,
}

/// Whether another Agent may pass where this one does not.
pub fn is_of_an_agent(code: &str) -> bool {
    find(code).is_some_and(|known| known.about == Some(About::Agent))
}

impl Part {
    pub fn named_by(code: &str) -> Option<Self> {
        match find(code)?.about? {
            About::Application => Some(Self::Application),
            About::Organization => Some(Self::Organization),
            About::Operator => Some(Self::Operator),
            About::Agent | About::Template => None,
        }
    }

    pub fn of(self, agent: &Agent) -> &str {
        match self {
            Self::Application => &agent.app_id,
            Self::Organization => &agent.organization_open_id,
            Self::Operator => &agent.operator_open_id,
        }
    }
}

/// Values that were refused in this run.
#[derive(Default)]
pub struct Refused {
    values: Vec<(Part, String, Outcome)>,
}

impl Refused {
    pub fn add(&mut self, part: Part, value: &str, outcome: Outcome) {
        self.values.push((part, value.to_owned(), outcome));
    }

    /// What will be said of a request by that Agent.
    pub fn known_refusal(&self, agent: &Agent) -> Option<&Outcome> {
        self.values.iter().find(|(part, value, _)| part.of(agent) == value).map(|(_, _, outcome)| outcome)
    }
}
