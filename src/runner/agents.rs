//! Parts of the Agent that a code finds fault with. Where they come from a
//! column, only the contracts with that value are at fault. Pure.

use crate::domain::flow::Agent;
use crate::domain::verdict::Outcome;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Application,
    Organization,
    Operator,
}

/// Codes that name a part of the Agent.
const CODES: &[(&str, Part)] = &[
    ("ResourceNotFound.Application", Part::Application),
    ("ResourceNotFound.NotExistApplication", Part::Application),
    ("InvalidParameter.Application", Part::Application),
    ("OperationDenied.NoApiAuth", Part::Application),
    ("OperationDenied.BannedApplication", Part::Application),
    ("ResourceNotFound.Organization", Part::Organization),
    ("OperationDenied.OrganizationClosing", Part::Organization),
    ("UnauthorizedOperation.NoPermissionFeature", Part::Organization),
    ("InvalidParameter.OperatorId", Part::Operator),
    ("OperationDenied.OperatorHasNoPermission", Part::Operator),
];

/// Codes that are about some of the Agent together, or about what it has left.
const OF_AN_AGENT: &[&str] = &[
    "OperationDenied.NoIdentityVerify",
    "OperationDenied.UserNotInOrganization",
    "OperationDenied.NoQuota",
    "LimitExceeded.CreateFlowNum",
    "FailedOperation.FlowNumExceed",
    "FailedOperation.LicenseNoQuota",
    "FailedOperation.OrganizationExperienceChange",
    "FailedOperation.OrganizationNameChanged",
    "FailedOperation.OrganizationNameNeedChange",
];

/// Whether another Agent may pass where this one does not.
pub fn is_of_an_agent(code: &str) -> bool {
    OF_AN_AGENT.contains(&code)
}

impl Part {
    pub fn named_by(code: &str) -> Option<Self> {
        CODES.iter().find(|(own, _)| *own == code).map(|(_, part)| *part)
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
    pub fn foretold(&self, agent: &Agent) -> Option<&Outcome> {
        self.values.iter().find(|(part, value, _)| part.of(agent) == value).map(|(_, _, outcome)| outcome)
    }
}
