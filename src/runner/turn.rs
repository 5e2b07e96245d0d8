//! One request at its turn, outside a job's own work.

use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::watch;

use crate::essbasic::action::Action;
use crate::essbasic::client::{Client, Sent};
use crate::essbasic::wire::OnWire;
use crate::pace::Pace;

use super::{Reason, Stop};

/// Sends one request of an action at its turn.
///
/// # Errors
/// Someone wants to stop; the slots of the quota cannot be read.
pub async fn send_once(
    client: &Client,
    pace: &Pace,
    action: Action,
    body: Bytes,
    stop: &mut watch::Receiver<Stop>,
) -> Result<Sent, Reason> {
    let send = |on_wire| async { (client.send(action, body, on_wire).await, ()) };
    Ok(at_its_turn(pace, stop, send).await?.0)
}

/// Waits for a slot of the quota and lets `send` go. A slot whose request never left is
/// given back.
///
/// # Errors
/// As [`send_once`].
pub async fn at_its_turn<T, F: Future<Output = (Sent, T)>>(
    pace: &Pace,
    stop: &mut watch::Receiver<Stop>,
    send: impl FnOnce(OnWire) -> F,
) -> Result<(Sent, T), Reason> {
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
    let (sent, rest) = send(Box::new(move |wire| own.sent(&noted, wire))).await;
    if sent.wire.is_none()
        && let Some(slot) = Arc::into_inner(slot)
    {
        pace.release(slot);
    }
    Ok((sent, rest))
}
