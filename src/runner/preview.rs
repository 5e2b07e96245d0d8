//! One contract shown as it would be, and not started. It may be asked for as often as
//! somebody likes, and each time uses up one preview of the account.

use tokio::sync::watch;

use crate::domain::job::FlowNo;
use crate::domain::verdict::Outcome;
use crate::essbasic::action::{Action, Previewing};
use crate::essbasic::client::Client;
use crate::journal::JobFile;
use crate::pace::Pace;

use super::loader::body_of;
use super::turn::send_once;
use super::{Reason, Stop};

/// What showing a contract needs.
pub struct Preview<'a> {
    pub file: &'a JobFile,
    pub client: &'a Client,
    pub pace: &'a Pace,
    pub action: Action,
    /// Only what starts contracts can show them.
    pub previewing: Previewing,
    pub stop: watch::Receiver<Stop>,
    pub group: u32,
    pub flow: FlowNo,
}

/// Asks once. The outcome has the link, or says why there is none.
///
/// # Errors
/// Someone wants to stop; the slots of the quota cannot be read.
pub async fn preview_contract(preview: Preview<'_>) -> Result<Outcome, Reason> {
    let Preview { file, client, pace, action, previewing, mut stop, group, flow } = preview;
    let sender = file.senders()?.remove(&group).ok_or(Reason::Unreadable)?;
    let frame = previewing.frame(action, &sender).map_err(|_| Reason::Unreadable)?;
    let body = body_of(file, &frame, &[flow])?;
    Ok(send_once(client, pace, action, body, &mut stop).await?.outcome)
}
