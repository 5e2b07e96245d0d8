//! One request: loaded, its intent durable, sent at its slot. Nothing is decided here.

use std::sync::Arc;
use std::time::{Instant, UNIX_EPOCH};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot, watch};

use crate::domain::job::{AttemptId, JobId};
use crate::essbasic::action::Action;
use crate::essbasic::client::{Client, Sent};
use crate::journal::{Journal, JournalError, Lease, Transition};
use crate::pace::{Pace, PaceError, Slot};
use crate::platform::clock::now_us;

use super::Stop;

/// A request that has ended.
pub struct Landed {
    pub attempt: AttemptId,
    pub result: FlightEnd,
}

pub enum FlightEnd {
    Sent(Box<Sent>),
    /// Someone wanted to stop before its turn came.
    Withdrawn,
    Journal(JournalError),
    Pace(PaceError),
    /// The thread that reads bodies has ended.
    Unreadable,
}

/// What a request needs of the run.
#[derive(Clone)]
pub struct Departure {
    pub journal: Arc<Journal>,
    pub job: JobId,
    pub lease: Lease,
    pub client: Arc<Client>,
    pub pace: Pace,
    pub action: Action,
    pub stop: watch::Receiver<Stop>,
    pub landed: mpsc::UnboundedSender<Landed>,
}

impl Departure {
    /// Sends one chunk, whatever happens, and says how it ended.
    pub async fn fly(
        self,
        attempt: AttemptId,
        slot: Slot,
        body: oneshot::Receiver<Result<Bytes, JournalError>>,
    ) {
        let landed = self.landed.clone();
        let result = self.send(attempt, slot, body).await;
        // Where nobody listens any more the run is over.
        let _ = landed.send(Landed { attempt, result });
    }

    async fn send(
        mut self,
        attempt: AttemptId,
        mut slot: Slot,
        body: oneshot::Receiver<Result<Bytes, JournalError>>,
    ) -> FlightEnd {
        let body = match body.await {
            Ok(Ok(body)) => body,
            Ok(Err(error)) => {
                self.pace.release(slot);
                return FlightEnd::Journal(error);
            }
            Err(_) => {
                self.pace.release(slot);
                return FlightEnd::Unreadable;
            }
        };
        if let Err(error) = self.intend(attempt, &slot).await {
            self.pace.release(slot);
            return FlightEnd::Journal(error);
        }
        let turn = tokio::select! {
            biased;
            _ = self.stop.wait_for(|stop| *stop != Stop::No) => None,
            turn = self.pace.turn(&mut slot) => Some(turn),
        };
        match turn {
            Some(Ok(())) => {}
            Some(Err(error)) => {
                self.pace.release(slot);
                return FlightEnd::Pace(error);
            }
            None => {
                self.pace.release(slot);
                return FlightEnd::Withdrawn;
            }
        }
        let slot = Arc::new(slot);
        let (noted, pace) = (Arc::clone(&slot), self.pace.clone());
        let sent = self.client.send(self.action, body, Box::new(move |wire| pace.sent(&noted, wire))).await;
        if sent.wire.is_none()
            && let Some(slot) = Arc::into_inner(slot)
        {
            self.pace.release(slot);
        }
        FlightEnd::Sent(Box::new(sent))
    }

    async fn intend(&self, attempt: AttemptId, slot: &Slot) -> Result<(), JournalError> {
        let slot_us =
            slot.at.duration_since(UNIX_EPOCH).map_or(0, |at| i64::try_from(at.as_micros()).unwrap_or(0));
        let begun = Instant::now();
        let intent = Transition::Intend { attempt, slot_us, now_us: now_us() };
        let recorded = self.journal.record(&self.job, self.lease, intent)?;
        self.journal.durable(recorded).await?;
        self.pace.committed_in(begun.elapsed());
        Ok(())
    }
}
