//! What is asked besides preparing and starting flows: one table, a file a subject.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::answer::Refusal;
use super::callbacks::Callbacks;
use super::cancel::{self, Tasks};
use super::resources::{self, Resources};
use super::started::Flows;
use super::templates::{self, Templates};
use super::{Signing, bills, details, links, reminds};

/// What the questions are answered from, and what they change.
#[derive(Default)]
pub(super) struct World {
    pub(super) flows: Flows,
    /// None: every template id is one of which nothing is told.
    pub(super) templates: Option<Arc<Templates>>,
    /// Charges are listed only so long after a flow was started.
    pub(super) bill_delay: Duration,
    pub(super) callbacks: Option<Callbacks>,
    pub(super) tasks: Tasks,
    pub(super) resources: Resources,
    pub(super) signing: Signing,
    /// `http://127.0.0.1:PORT`, where documents are fetched from.
    pub(super) endpoint: String,
}

impl World {
    /// Signers may have signed since somebody asked last.
    pub(super) fn time_passes(&mut self, now: i64) {
        match self.signing {
            Signing::Never => {}
            Signing::Fast => self.flows.sign_by_themselves(now),
        }
    }
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
    Question { name: "ChannelDescribeBillUsageDetail", answer: bills::describe },
    Question { name: "CreateSignUrls", answer: links::create },
    Question { name: "ChannelBatchCancelFlows", answer: cancel::begin },
    Question { name: "DescribeCancelFlowsTask", answer: cancel::describe },
    Question { name: "ChannelCreateFlowReminds", answer: reminds::create },
    Question { name: "DescribeResourceUrlsByFlows", answer: resources::describe },
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
