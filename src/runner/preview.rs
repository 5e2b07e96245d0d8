//! One contract shown as it would be, and not started. It may be asked for as often as
//! somebody likes, and each time uses up one preview of the account.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::watch;

use crate::domain::job::FlowNo;
use crate::domain::verdict::Outcome;
use crate::essbasic::action::{Action, Previewing};
use crate::essbasic::client::{Client, Sent};
use crate::journal::JobFile;
use crate::pace::Pace;

use super::loader::body_of;
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

/// Sends one request at its turn.
pub async fn send_once(
    client: &Client,
    pace: &Pace,
    action: Action,
    body: Bytes,
    stop: &mut watch::Receiver<Stop>,
) -> Result<Sent, Reason> {
    let mut slot = pace.reserve()?;
    let turn = tokio::select! {
        biased;
        _ = stop.wait_for(|stop| *stop != Stop::No) => None,
        turn = pace.turn(&mut slot) => Some(turn),
    };
    match turn {
        Some(Ok(())) => {}
        Some(Err(error)) => {
            pace.release(slot);
            return Err(error.into());
        }
        None => {
            pace.release(slot);
            return Err(Reason::Signal);
        }
    }
    let slot = Arc::new(slot);
    let (noted, own) = (Arc::clone(&slot), pace.clone());
    let sent = client.send(action, body, Box::new(move |wire| own.sent(&noted, wire))).await;
    if sent.wire.is_none()
        && let Some(slot) = Arc::into_inner(slot)
    {
        pace.release(slot);
    }
    Ok(sent)
}
