//! The flows that were started: what later questions are answered from.

use std::collections::HashMap;

use serde_json::Value;

/// One flow that was started.
pub(super) struct Flow {
    pub(super) id: String,
    /// Whose it is: Agent.AppId and Agent.ProxyOrganizationOpenId.
    pub(super) owner: (String, String),
    /// The FlowInfo as it was received.
    pub(super) info: Value,
    /// Unix time in seconds.
    pub(super) created: i64,
    /// INIT, PART, ALL, ...
    pub(super) status: String,
    /// One for each signer, in the order of the request.
    pub(super) signers: Vec<Signer>,
}

/// How one signer stands.
pub(super) struct Signer {
    /// PENDING, ACCEPT, ...
    pub(super) status: String,
    pub(super) sign_id: String,
    /// Unix time in seconds; 0: not yet.
    pub(super) at: i64,
}

/// In the order in which they were started.
#[derive(Default)]
pub(super) struct Flows {
    all: Vec<Flow>,
    places: HashMap<String, usize>,
}

impl Flows {
    /// `ids`: of each flow of the request its FlowId, or that it was not started.
    pub(super) fn start(&mut self, request: &Value, ids: &[Option<String>], now: i64) {
        let infos = request["FlowInfos"].as_array().into_iter().flatten();
        let owner = owner(request);
        for (info, id) in infos.zip(ids) {
            let Some(id) = id else { continue };
            let approvers = info["FlowApprovers"].as_array().map_or(0, Vec::len);
            let signers = (0..approvers).map(|place| Signer {
                status: "PENDING".to_owned(),
                sign_id: format!("yS{}{place:02}", id.get(2..30).unwrap_or_default()),
                at: 0,
            });
            self.places.insert(id.clone(), self.all.len());
            self.all.push(Flow {
                id: id.clone(),
                owner: owner.clone(),
                info: info.clone(),
                created: now,
                status: "INIT".to_owned(),
                signers: signers.collect(),
            });
        }
    }

    pub(super) fn all(&self) -> impl Iterator<Item = &Flow> {
        self.all.iter()
    }

    /// A flow of that owner.
    pub(super) fn of(&self, owner: &(String, String), id: &str) -> Option<&Flow> {
        let flow = self.all.get(*self.places.get(id)?)?;
        (flow.owner == *owner).then_some(flow)
    }
}

/// Whose flows a request is about.
pub(super) fn owner(request: &Value) -> (String, String) {
    let text = |name: &str| request["Agent"][name].as_str().unwrap_or_default().to_owned();
    (text("AppId"), text("ProxyOrganizationOpenId"))
}
