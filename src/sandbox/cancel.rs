//! `ChannelBatchCancelFlows` and `DescribeCancelFlowsTask`: flows are taken back by a task.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::asked::{Answer, World};
use super::fields::{Field, INVALID, Shape, WRONG, check, ensure, is_wordlike, may, need, text, texts};
use super::started::owner;
use super::stories;

const BEGIN: &[Field] = &[
    may("Agent", Shape::Object),
    need("FlowIds", Shape::Texts(usize::MAX, INVALID)),
    may("CancelMessage", Shape::TextUpTo(200, WRONG)),
    may("CancelMessageFormat", Shape::NumberIn(0..=3, WRONG)),
    may("Operator", Shape::Closed),
];

const DESCRIBE: &[Field] = &[
    may("Agent", Shape::Object),
    need("TaskId", Shape::Text),
    may("CancelType", Shape::NumberIn(0..=1, WRONG)),
];

/// What is more is passed over.
const MOST_FLOWS: usize = 100;

/// Tasks by their id.
#[derive(Default)]
pub(super) struct Tasks {
    all: HashMap<String, Task>,
}

struct Task {
    owner: (String, String),
    /// So often it is still at work when somebody asks.
    left: u32,
    times_out: bool,
    done: Vec<String>,
    /// FlowId, why not, FlowName.
    failed: Vec<(String, String, Value)>,
}

/// The flows are over at once; the task says so later.
pub(super) fn begin(request: &Map<String, Value>, world: &mut World, now: i64) -> Answer {
    check("ChannelBatchCancelFlows", request, BEGIN)?;
    let message = text(request, "CancelMessage");
    ensure(
        is_wordlike(message),
        WRONG,
        "CancelMessage has other characters than letters, digits and underscore.",
    )?;
    world.time_passes(now);
    let owner = owner(&Value::Object(request.clone()));
    let ids: Vec<&str> = texts(request, "FlowIds").into_iter().take(MOST_FLOWS).collect();
    if ids.iter().any(|id| world.flows.of(&owner, id).is_none()) {
        return Err(Refusal::new("ResourceNotFound.Flow", "A flow of FlowIds does not exist."));
    }
    let mut task =
        Task { owner: owner.clone(), left: 0, times_out: false, done: Vec::new(), failed: Vec::new() };
    let mut messages = Vec::new();
    for id in ids {
        let Some(flow) = world.flows.of_mut(&owner, id) else { continue };
        task.left = task.left.max(stories::asks(&flow.info, "slow-cancel", 2).unwrap_or(0));
        let why = match () {
            () if !flow.is_open() => Some("The flow is over."),
            () if stories::has(&flow.info, "keep") => Some("The flow cannot be taken back."),
            () => None,
        };
        messages.push(why.unwrap_or_default());
        if stories::has(&flow.info, "timeout-cancel") {
            task.times_out = true;
        } else if let Some(why) = why {
            task.failed.push((id.to_owned(), why.to_owned(), flow.info["FlowName"].clone()));
        } else {
            flow.end("CANCEL", "CANCEL", if message.is_empty() { "Taken back by the API" } else { message });
            task.done.push(id.to_owned());
        }
    }
    let none = messages.iter().all(|message| message.is_empty());
    let id = format!("yT{:030x}", fastrand::u128(..) >> 8);
    world.tasks.all.insert(id.clone(), task);
    let messages = if none { json!([]) } else { json!(messages) };
    Ok([("TaskId".to_owned(), json!(id)), ("FailMessages".to_owned(), messages)].into_iter().collect())
}

pub(super) fn describe(request: &Map<String, Value>, world: &mut World, _now: i64) -> Answer {
    check("DescribeCancelFlowsTask", request, DESCRIBE)?;
    let owner = owner(&Value::Object(request.clone()));
    let id = text(request, "TaskId");
    let task = world.tasks.all.get_mut(id).filter(|task| task.owner == owner);
    let task = task.ok_or_else(|| Refusal::new("ResourceNotFound.Task", "The task does not exist."))?;
    let is_over = task.left == 0;
    task.left = task.left.saturating_sub(1);
    let status = match (is_over, task.times_out) {
        (false, _) => "PROCESSING",
        (true, true) => "TIMEOUT",
        (true, false) => "END",
    };
    let failed =
        task.failed.iter().map(|(id, why, name)| json!({"FlowId": id, "Reason": why, "FlowName": name}));
    let (done, failed): (Vec<String>, Vec<Value>) = match is_over {
        true => (task.done.clone(), failed.collect()),
        false => (Vec::new(), Vec::new()),
    };
    Ok([
        ("TaskId".to_owned(), json!(id)),
        ("TaskStatus".to_owned(), json!(status)),
        ("SuccessFlowIds".to_owned(), json!(done)),
        ("FailureFlows".to_owned(), json!(failed)),
    ]
    .into_iter()
    .collect())
}
