//! What is asked besides preparing and starting flows: one table, a file a subject.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::answer::Refusal;
use super::details;
use super::started::Flows;
use super::templates::{self, Templates};

/// What the questions are answered from, and what they change.
#[derive(Default)]
pub(super) struct World {
    pub(super) flows: Flows,
    /// None: every template id is one of which nothing is told.
    pub(super) templates: Option<Arc<Templates>>,
}

/// One action besides `PrepareFlows` and `CreateFlowsByTemplates`.
pub(super) struct Question {
    pub(super) name: &'static str,
    /// Answers a request whose Agent is in order; `now` is Unix time in seconds. The map is
    /// `Response` without its RequestId.
    pub(super) answer: fn(request: &Map<String, Value>, world: &mut World, now: i64) -> Answer,
}

pub(super) type Answer = Result<Map<String, Value>, Refusal>;

const QUESTIONS: &[Question] = &[
    Question { name: "DescribeFlowDetailInfo", answer: details::describe },
    Question { name: "DescribeTemplates", answer: templates::describe },
];

impl Question {
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        QUESTIONS.iter().find(|question| question.name == name)
    }
}

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}
