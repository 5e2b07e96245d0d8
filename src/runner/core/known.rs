//! What a run has learnt: sizes that pass, templates that are gone, values of the
//! Agent that are refused. Pure.

use std::collections::HashMap;

use crate::domain::flow::Agent;
use crate::domain::verdict::Outcome;

use super::agents::Refused;
use super::decide::middle;
use super::work::Work;

pub const UNKNOWN_TEMPLATE: &str = "ResourceNotFound.Template";

/// So many contracts refused for a template, each alone, and none that passed: one
/// could be an accident.
const ENOUGH: u32 = 3;

#[derive(Default)]
pub struct Known {
    pub refused: Refused,
    pub templates: Templates,
    pub sizes: Sizes,
    /// Where the links lead that were shown so far.
    pub page_host: Option<String>,
}

/// Templates that the API does not know: learnt from a few contracts, so that a
/// thousand others need not be asked about one by one.
#[derive(Default)]
pub struct Templates {
    known: HashMap<(usize, u32), Knowledge>,
    /// That of the settings: whose fault it is is never for one contract to say.
    pub default: Option<u32>,
}

enum Knowledge {
    Exists,
    Refused { times: u32, last: Outcome },
}

impl Templates {
    /// Contracts with these were accepted.
    pub fn passed(&mut self, agent: usize, work: &Work) {
        for template in work.members.iter().filter_map(|member| member.template) {
            self.known.insert((agent, template), Knowledge::Exists);
        }
    }

    /// One contract alone was refused for its template.
    pub fn refused(&mut self, agent: usize, template: Option<u32>, outcome: &Outcome) {
        let Some(template) = template.filter(|template| Some(*template) != self.default) else { return };
        let first = Knowledge::Refused { times: 0, last: outcome.clone() };
        if let Knowledge::Refused { times, .. } = self.known.entry((agent, template)).or_insert(first) {
            *times += 1;
        }
    }

    /// What is known to come of a contract with that template: nothing as long as
    /// no other template of the Agent has passed.
    pub fn known_refusal(&self, agent: usize, template: Option<u32>) -> Option<&Outcome> {
        let found = self.known.get(&(agent, template?))?;
        let other_passed =
            || self.known.iter().any(|((own, _), known)| *own == agent && matches!(known, Knowledge::Exists));
        match found {
            Knowledge::Refused { times, last } if *times >= ENOUGH && other_passed() => Some(last),
            _ => None,
        }
    }
}

/// How many flows pass in one request.
#[derive(Default)]
pub struct Sizes {
    /// Fewer flows than that may pass; this many did.
    pub fails_at: Option<usize>,
    largest_passed: usize,
}

impl Sizes {
    /// So many flows are too many. Returns how many are to be tried from now on.
    pub fn failed(&mut self, flows: usize) -> Option<usize> {
        if self.fails_at.is_some_and(|known| known <= flows) {
            return None;
        }
        self.fails_at = Some(flows);
        Some(middle(flows).max(self.largest_passed.min(flows.saturating_sub(1))).max(1))
    }

    /// That many flows were accepted together.
    pub fn passed(&mut self, flows: usize) {
        self.largest_passed = self.largest_passed.max(flows);
    }

    pub fn is_too_many(&self, flows: usize) -> bool {
        self.fails_at.is_some_and(|fails| flows >= fails)
    }
}

impl Known {
    /// What is known to come of every request of that Agent.
    pub fn of_agent(&self, agent: &Agent) -> Option<&Outcome> {
        self.refused.known_refusal(agent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::job::{ChunkId, FlowNo};
    use crate::domain::verdict::Verdict;
    use crate::journal::ChunkKind;
    use crate::runner::core::work::Member;

    fn work(template: u32) -> Work {
        let member =
            Member { flow: FlowNo(0), template: Some(template), size: 1, deadline: 0, relative: false };
        Work::new(ChunkId(1), 0, ChunkKind::Cut, vec![member])
    }

    #[test]
    fn a_template_is_gone_once_it_was_refused_three_times_and_another_passed() {
        let outcome = Outcome::with_code(Verdict::Data, UNKNOWN_TEMPLATE);
        let mut templates = Templates { default: Some(9), ..Templates::default() };
        for _ in 0..3 {
            templates.refused(0, Some(1), &outcome);
            templates.refused(0, Some(9), &outcome);
        }
        assert!(templates.known_refusal(0, Some(1)).is_none(), "it may be the caller's fault");
        templates.passed(0, &work(2));
        assert!(templates.known_refusal(0, Some(1)).is_some());
        assert!(templates.known_refusal(1, Some(1)).is_none(), "another Agent");
        assert!(templates.known_refusal(0, Some(9)).is_none(), "that of the settings is a question");
        (0..9).for_each(|_| templates.refused(0, Some(2), &outcome));
        assert!(templates.known_refusal(0, Some(2)).is_none(), "it was accepted");
    }
}
