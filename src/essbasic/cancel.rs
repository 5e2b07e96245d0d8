//! `ChannelBatchCancelFlows` and `DescribeCancelFlowsTask`: contracts are taken back, by a
//! task that takes a while.

use serde::Serialize;
use serde_json::Value as Json;

use super::action::{MOST_CODE, MOST_MESSAGE, text};
use super::call::Call;

/// The API passes over what is more.
pub const MOST_CANCELLED: usize = 100;
/// Characters of the reason.
pub const MOST_REASON: usize = 200;

/// Takes contracts back, at most [`MOST_CANCELLED`].
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChannelBatchCancelFlows<'a> {
    pub flow_ids: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_message: Option<&'a str>,
}

/// The task that takes them back.
pub struct CancelBegun {
    /// Empty: there is none.
    pub task_id: String,
    /// Beside the FlowIds that were sent, "" where nothing is wrong; none at all where nothing
    /// is wrong with any.
    pub fail_messages: Vec<String>,
}

/// Whether a reason may be given like that: Chinese, letters, digits and underscores.
pub fn is_reason(reason: &str) -> bool {
    let count = reason.chars().count();
    (1..=MOST_REASON).contains(&count) && reason.chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl Call for ChannelBatchCancelFlows<'_> {
    const ACTION: &'static str = "ChannelBatchCancelFlows";
    const ONLY_READS: bool = false;
    type Answer = CancelBegun;

    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let task_id = text(response.get("TaskId"), MOST_CODE).unwrap_or_default().trim().to_owned();
        let messages = response.get("FailMessages").and_then(Json::as_array).into_iter().flatten();
        let fail_messages: Vec<String> =
            messages.map(|one| text(Some(one), MOST_MESSAGE).unwrap_or_default().trim().to_owned()).collect();
        (!task_id.is_empty() || !fail_messages.is_empty()).then_some(CancelBegun { task_id, fail_messages })
    }
}

/// Asks how a task stands.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeCancelFlowsTask<'a> {
    pub task_id: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    Processing,
    End,
    /// It will not go on.
    Timeout,
}

pub struct CancelTask {
    pub state: TaskState,
    /// FlowIds.
    pub done: Vec<String>,
    /// FlowIds and why not.
    pub failed: Vec<(String, String)>,
}

impl Call for DescribeCancelFlowsTask<'_> {
    const ACTION: &'static str = "DescribeCancelFlowsTask";
    const ONLY_READS: bool = true;
    type Answer = CancelTask;

    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let state = match response.get("TaskStatus")?.as_str()? {
            "END" => TaskState::End,
            "TIMEOUT" => TaskState::Timeout,
            _ => TaskState::Processing,
        };
        let list = |name: &str| response.get(name).and_then(Json::as_array).into_iter().flatten();
        let trimmed = |value: &Json| value.as_str().map(|id| id.trim().to_owned());
        let failed = list("FailureFlows").filter_map(|one| {
            let reason = text(one.get("Reason"), MOST_MESSAGE).unwrap_or_default();
            Some((trimmed(one.get("FlowId")?)?, reason))
        });
        let failed = failed.collect();
        Some(CancelTask { state, done: list("SuccessFlowIds").filter_map(trimmed).collect(), failed })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reason_is_chinese_letters_digits_and_underscores() {
        for (reason, good) in
            [("签错了_A1", true), ("", false), ("a b", false), ("错，了", false), ("错-了", false)]
        {
            assert_eq!(is_reason(reason), good, "{reason}");
        }
        assert!(is_reason(&"字".repeat(200)) && !is_reason(&"字".repeat(201)));
    }

    #[test]
    fn a_task_and_how_it_stands_are_read() {
        let call = ChannelBatchCancelFlows { flow_ids: &[], cancel_message: None };
        let begun = call.read(&json!({"TaskId": " t1 ", "FailMessages": ["", "no"]})).unwrap();
        assert_eq!((begun.task_id.as_str(), begun.fail_messages.len()), ("t1", 2));
        assert!(call.read(&json!({"FailMessages": []})).is_none(), "it says nothing");
        let call = DescribeCancelFlowsTask { task_id: "t1" };
        let failed = json!([{"FlowId": "b ", "Reason": "signed"}, {"Reason": "nobody's"}]);
        let task = json!({"TaskStatus": "END", "SuccessFlowIds": ["a "], "FailureFlows": failed});
        let task = call.read(&task).unwrap();
        assert_eq!((task.state, task.done), (TaskState::End, vec!["a".to_owned()]));
        assert_eq!(task.failed, [("b".to_owned(), "signed".to_owned())]);
        assert!(call.read(&json!({})).is_none());
        let running = json!({"TaskStatus": "PROCESSING", "SuccessFlowIds": null});
        assert_eq!(call.read(&running).unwrap().state, TaskState::Processing);
    }
}
