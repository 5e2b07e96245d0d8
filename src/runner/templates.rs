//! Templates that the API does not know: learnt from a few contracts, so that
//! a thousand others need not be asked about one by one. Pure.

use std::collections::{BTreeSet, HashMap};

use crate::domain::flow::Agent;
use crate::domain::verdict::Outcome;

pub const UNKNOWN_TEMPLATE: &str = "ResourceNotFound.Template";

/// So many contracts refused for it, each alone, and none that passed: one
/// could be an accident.
const ENOUGH: u32 = 3;

#[derive(Default)]
pub struct Templates {
    known: HashMap<(Agent, String), Knowledge>,
}

enum Knowledge {
    Exists,
    Refused { times: u32, last: Outcome },
}

impl Templates {
    /// Contracts with these were accepted.
    pub fn passed(&mut self, agent: &Agent, templates: &BTreeSet<String>) {
        for template in templates {
            self.known.insert((agent.clone(), template.clone()), Knowledge::Exists);
        }
    }

    /// One contract alone was refused for its template.
    pub fn refused(&mut self, agent: &Agent, template: &str, outcome: &Outcome) {
        let first = Knowledge::Refused { times: 0, last: outcome.clone() };
        let known = self.known.entry((agent.clone(), template.to_owned())).or_insert(first);
        if let Knowledge::Refused { times, .. } = known {
            *times += 1;
        }
    }

    /// What is known to come of a contract with that template.
    pub fn foretold(&self, agent: &Agent, template: &str) -> Option<&Outcome> {
        match self.known.get(&(agent.clone(), template.to_owned())) {
            Some(Knowledge::Refused { times, last }) if *times >= ENOUGH => Some(last),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::verdict::Verdict;

    #[test]
    fn three_refusals_and_no_acceptance_condemn_a_template_of_that_agent() {
        let agent = |app: &str| Agent {
            app_id: app.to_owned(),
            organization_open_id: "o".to_owned(),
            operator_open_id: "p".to_owned(),
        };
        let outcome = Outcome::with_code(Verdict::Data, UNKNOWN_TEMPLATE);
        let mut templates = Templates::default();
        let one = agent("a");
        for _ in 0..3 {
            assert!(templates.foretold(&one, "gone").is_none());
            templates.refused(&one, "gone", &outcome);
        }
        assert!(templates.foretold(&one, "gone").is_some());
        assert!(templates.foretold(&agent("b"), "gone").is_none());
        assert!(templates.foretold(&one, "other").is_none());
        templates.passed(&one, &["there".to_owned()].into());
        (0..9).for_each(|_| templates.refused(&one, "there", &outcome));
        assert!(templates.foretold(&one, "there").is_none());
    }
}
