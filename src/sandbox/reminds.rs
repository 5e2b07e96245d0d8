//! `ChannelCreateFlowReminds`: signers are reminded, once for a flow.

use serde_json::{Map, Value, json};

use super::answer::Refusal;
use super::asked::{Answer, World};
use super::fields::{Field, INVALID, Shape, check, may, need, texts};
use super::started::owner;
use super::stories;

const REQUEST: &[Field] = &[may("Agent", Shape::Object), need("FlowIds", Shape::Texts(100, INVALID))];

/// The records come in the reverse order: nothing is said of it.
pub(super) fn create(request: &Map<String, Value>, world: &mut World, now: i64) -> Answer {
    check("ChannelCreateFlowReminds", request, REQUEST)?;
    world.time_passes(now);
    let owner = owner(&Value::Object(request.clone()));
    let ids = texts(request, "FlowIds");
    if ids.iter().any(|id| world.flows.of(&owner, id).is_none()) {
        return Err(Refusal::new("ResourceNotFound.Flow", "A flow of FlowIds does not exist."));
    }
    let mut records = Vec::new();
    for id in ids.into_iter().rev() {
        let Some(flow) = world.flows.of_mut(&owner, id) else { continue };
        let why = match () {
            () if !flow.is_open() => "The flow is over.",
            () if stories::has(&flow.info, "no-remind") => "Reminding is not allowed for this flow.",
            () => "",
        };
        flow.reminders += u32::from(why.is_empty());
        let why = if flow.reminders > 1 { "The signer was reminded already." } else { why };
        records.push(json!({"FlowId": id, "CanRemind": why.is_empty(), "RemindMessage": why}));
    }
    Ok([("RemindFlowRecords".to_owned(), Value::Array(records))].into_iter().collect())
}
