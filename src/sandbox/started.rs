//! The flows that were started: what later questions are answered from.

use std::collections::HashMap;

use serde_json::Value;

use super::stories;

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
    /// Why it was refused or taken back.
    pub(super) message: String,
    /// How often its links were asked for.
    pub(super) links_asked: u32,
    /// How often its signers were reminded, or would have been.
    pub(super) reminders: u32,
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

/// A flow that was started, as whoever runs the sandbox sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct StartedFlow {
    pub id: String,
    /// CustomerData as received (base64).
    pub customer_data: String,
    /// INIT, PART, ALL, ...
    pub status: String,
    /// How often its signers were reminded, or would have been.
    pub reminders: u32,
}

impl Flow {
    pub(super) fn seen(&self) -> StartedFlow {
        StartedFlow {
            id: self.id.clone(),
            customer_data: self.info["CustomerData"].as_str().unwrap_or_default().to_owned(),
            status: self.status.clone(),
            reminders: self.reminders,
        }
    }

    /// Somebody has still to sign.
    pub(super) fn is_open(&self) -> bool {
        ["INIT", "PART"].contains(&self.status.as_str())
    }

    /// The first so many have signed.
    fn sign(&mut self, count: usize, now: i64) {
        for signer in self.signers.iter_mut().take(count).filter(|signer| signer.status == "PENDING") {
            "ACCEPT".clone_into(&mut signer.status);
            signer.at = now;
        }
        let signed = self.signers.iter().filter(|signer| signer.status == "ACCEPT").count();
        let status = match signed {
            0 => "INIT",
            _ if signed == self.signers.len() => "ALL",
            _ => "PART",
        };
        status.clone_into(&mut self.status);
    }

    /// It ends without all signatures.
    pub(super) fn end(&mut self, status: &str, signer_status: &str, message: &str) {
        status.clone_into(&mut self.status);
        message.clone_into(&mut self.message);
        for signer in self.signers.iter_mut().filter(|signer| signer.status == "PENDING") {
            signer_status.clone_into(&mut signer.status);
        }
    }

    /// What its own text asks for happens at once.
    fn tell_story(&mut self, now: i64) {
        let has = |word| stories::has(&self.info, word);
        if has("signed") {
            self.sign(usize::MAX, now);
        } else if has("part-signed") {
            self.sign(1, now);
        } else if has("refused-by-signer") {
            self.end("REJECT", "STOP", "The salary is wrong");
            if let Some(signer) = self.signers.first_mut() {
                "REJECT".clone_into(&mut signer.status);
                signer.at = now;
            }
        } else if has("expired") {
            self.end("DEADLINE", "DEADLINE", "");
        }
    }
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
            let mut flow = Flow {
                id: id.clone(),
                owner: owner.clone(),
                info: info.clone(),
                created: now,
                status: "INIT".to_owned(),
                message: String::new(),
                links_asked: 0,
                reminders: 0,
                signers: signers.collect(),
            };
            flow.tell_story(now);
            self.all.push(flow);
        }
    }

    /// The same, to be changed.
    pub(super) fn of_mut(&mut self, owner: &(String, String), id: &str) -> Option<&mut Flow> {
        let flow = self.all.get_mut(*self.places.get(id)?)?;
        (flow.owner == *owner).then_some(flow)
    }

    /// Signers that sign by themselves, one a second and flow.
    pub(super) fn sign_by_themselves(&mut self, now: i64) {
        for flow in self.all.iter_mut().filter(|flow| flow.is_open()) {
            let due = usize::try_from(now - flow.created).unwrap_or(0);
            flow.sign(due, now);
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
