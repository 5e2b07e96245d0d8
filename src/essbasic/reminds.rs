//! `ChannelCreateFlowReminds`: whoever has still to sign is reminded, once for each contract.

use serde::Serialize;
use serde_json::Value as Json;

use super::action::{MOST_MESSAGE, text};
use super::call::Call;

/// The API takes no more ids in a call.
pub const MOST_REMINDED: usize = 100;

/// Reminds the signers of these contracts whose turn it is, at most [`MOST_REMINDED`].
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ChannelCreateFlowReminds<'a> {
    pub flow_ids: &'a [String],
}

/// What came of one contract.
pub struct Reminded {
    pub flow_id: String,
    pub can_remind: bool,
    /// Why not.
    pub message: String,
}

impl Call for ChannelCreateFlowReminds<'_> {
    const ACTION: &'static str = "ChannelCreateFlowReminds";
    const ONLY_READS: bool = false;
    type Answer = Vec<Reminded>;

    fn read(&self, response: &Json) -> Option<Self::Answer> {
        let records = response.get("RemindFlowRecords")?.as_array()?;
        let read = |record: &Json| {
            Some(Reminded {
                flow_id: record.get("FlowId")?.as_str()?.trim().to_owned(),
                can_remind: record.get("CanRemind")?.as_bool()?,
                message: text(record.get("RemindMessage"), MOST_MESSAGE).unwrap_or_default(),
            })
        };
        Some(records.iter().filter_map(read).collect())
    }
}
