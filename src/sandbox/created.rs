//! What `CreateFlowsByTemplates` answers: an entry for each flow in some arrays, whose
//! lengths the official examples do not agree on.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::asked::Question;
use super::faults::{Fault, Form};
use super::ledger::FlowMark;

/// The actions that the sandbox knows.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Action {
    Prepare,
    Create,
    /// What is asked besides.
    Ask(&'static Question),
}

impl Action {
    pub(super) fn named(name: &str) -> Option<Self> {
        let own = [Self::Prepare, Self::Create].into_iter().find(|action| action.name() == name);
        own.or_else(|| Question::named(name).map(Self::Ask))
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Prepare => "PrepareFlows",
            Self::Create => "CreateFlowsByTemplates",
            Self::Ask(question) => question.name,
        }
    }
}

/// Flows that are refused each alone, by their place in the request, with the word that
/// their sentence ends with.
pub(super) type Refused = BTreeMap<usize, String>;

/// What became of each flow of a request.
pub(super) struct Created {
    /// FlowId or sentence.
    flows: Vec<Result<String, String>>,
    marks: Vec<String>,
    form: Option<Form>,
    is_preview: bool,
}

impl Created {
    pub(super) fn of(flows: &[FlowMark], refused: &Refused, fault: Option<&Fault>, is_preview: bool) -> Self {
        let of_all = match fault {
            Some(Fault::RefuseFlow(why)) => Some(why),
            _ => None,
        };
        let flow = |place| match refused.get(&place).or(of_all) {
            Some(why) => Err(format!("The contract was refused: {why}")),
            None => Ok(flow_id()),
        };
        Self {
            flows: (0..flows.len()).map(flow).collect(),
            marks: flows.iter().map(|flow| flow.customer_data.clone().unwrap_or_default()).collect(),
            form: match fault {
                Some(Fault::Form(form)) => Some(*form),
                _ => None,
            },
            is_preview,
        }
    }

    /// The FlowId of each contract that was started.
    pub(super) fn ledger(&self) -> Vec<Option<String>> {
        self.flows.iter().map(|flow| flow.clone().ok().filter(|_| !self.is_preview)).collect()
    }

    pub(super) fn arrays(&self) -> Map<String, Value> {
        let started = |flow: &Result<String, String>| flow.clone().ok().filter(|_| !self.is_preview);
        let mut ids: Vec<String> = self.flows.iter().map(|flow| started(flow).unwrap_or_default()).collect();
        let mut messages: Vec<String> =
            self.flows.iter().map(|flow| flow.clone().err().unwrap_or_default()).collect();
        let mut marks = self.marks.clone();
        if marks.iter().all(String::is_empty) {
            // As an official example has it where none was given.
            marks = vec![String::new()];
        }
        match self.form {
            Some(Form::OneMessage) => {
                messages = vec![messages.into_iter().find(|text| !text.is_empty()).unwrap_or_default()]
            }
            Some(Form::NoData) => marks.clear(),
            Some(Form::BlankData) => marks = vec![String::new()],
            Some(Form::ShortIds) => ids.retain(|id| !id.is_empty()),
            Some(Form::SpaceId) => ids.iter_mut().filter(|id| !id.is_empty()).for_each(|id| id.push(' ')),
            Some(Form::NoIds) => {
                ids.clear();
                messages.clear();
            }
            None => {}
        }
        let previews: Vec<String> = match self.is_preview {
            true => self.flows.iter().map(|_| "https://sandbox.invalid/preview".to_owned()).collect(),
            false => self.flows.iter().map(|_| String::new()).collect(),
        };
        [
            ("FlowIds", json!(ids)),
            ("CustomerData", json!(marks)),
            ("ErrorMessages", json!(messages)),
            ("PreviewUrls", json!(previews)),
            ("TaskInfos", json!([])),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
    }
}

/// 32 characters.
fn flow_id() -> String {
    format!("yD{:030x}", fastrand::u128(..) >> 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrays(fault: Option<Fault>) -> (usize, Value, Value) {
        let mark = |name: &str| FlowMark { name: None, customer_data: Some(name.to_owned()) };
        let refused = Refused::from([(1, "x".to_owned())]);
        let created = Created::of(&["a", "b"].map(mark), &refused, fault.as_ref(), false);
        assert!(created.ledger()[0].is_some() && created.ledger()[1].is_none());
        let arrays = created.arrays();
        (
            arrays["FlowIds"].as_array().unwrap().len(),
            arrays["ErrorMessages"].clone(),
            arrays["CustomerData"].clone(),
        )
    }

    #[test]
    fn arrays_come_in_every_form() {
        let (messages, marks) = (json!(["", "The contract was refused: x"]), json!(["a", "b"]));
        assert_eq!(arrays(None), (2, messages.clone(), marks.clone()));
        let form = |form| arrays(Some(Fault::Form(form)));
        assert_eq!(form(Form::ShortIds), (1, messages.clone(), marks.clone()));
        assert_eq!(form(Form::OneMessage), (2, json!(["The contract was refused: x"]), marks.clone()));
        assert_eq!(form(Form::NoData), (2, messages.clone(), json!([])));
        assert_eq!(form(Form::BlankData), (2, messages, json!([""])));
        assert_eq!(form(Form::NoIds), (0, json!([]), marks));
        assert_eq!(flow_id().len(), 32);
    }

    #[test]
    fn a_preview_starts_nothing() {
        let flows = [FlowMark { name: Some("a".to_owned()), customer_data: None }];
        let created = Created::of(&flows, &Refused::new(), None, true);
        assert_eq!(created.ledger(), [None]);
        assert!(created.arrays()["PreviewUrls"][0].as_str().unwrap().starts_with("https://"));
    }
}
