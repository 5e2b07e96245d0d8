//! What is asked of the API besides sending contracts: each question at its turn, and again
//! where asking again changes nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::watch;

use crate::domain::flow::Sender;
use crate::domain::verdict::{Outcome, Verdict};
use crate::essbasic::call::Call;
use crate::essbasic::client::Client;
use crate::essbasic::started;
use crate::pace::{Pace, PaceError};

use super::turn::at_its_turn;
use super::{Event, LastSeen, Reason, RetrySettings, Stop};

/// Opens the pace of an action: each has a quota of its own.
pub type OpenPace = Box<dyn Fn(&'static str) -> Result<Pace, PaceError> + Send + Sync>;

/// Asks the API. Clones share the connections and the quota, so that several questions may
/// be on their way at once.
#[derive(Clone)]
pub struct Asker {
    shared: Arc<Asking>,
    stop: watch::Receiver<Stop>,
}

struct Asking {
    client: Client,
    open_pace: OpenPace,
    paces: Mutex<HashMap<&'static str, Pace>>,
    retry: RetrySettings,
    /// Hears of each request that has ended.
    tell: Arc<dyn Fn(Event) + Send + Sync>,
}

/// What came of a question.
pub enum Reply<A> {
    Answer(A),
    /// The API says no.
    Refused(Box<Outcome>),
    /// Only where the question changes something: nobody knows whether it has.
    Lost(Box<Outcome>),
}

/// Longest wait between two tries for the quota.
const CROWDED: Duration = Duration::from_secs(5);

impl Asker {
    pub fn new(
        client: Client,
        open_pace: OpenPace,
        retry: RetrySettings,
        stop: watch::Receiver<Stop>,
        tell: Arc<dyn Fn(Event) + Send + Sync>,
    ) -> Self {
        let paces = Mutex::new(HashMap::new());
        Self { shared: Arc::new(Asking { client, open_pace, paces, retry, tell }), stop }
    }

    /// Asks until there is an answer that counts. Refusals for the quota and requests that
    /// never left are repeated always, everything else without an answer only where the
    /// question changes nothing.
    ///
    /// # Errors
    /// `Caller`: every question would meet with the same. `Unreachable`: nobody answers for
    /// as long as a first contact may take. Someone wants to stop; the slots of the quota
    /// cannot be read.
    pub async fn ask<C: Call>(&self, sender: &Sender, call: &C) -> Result<Reply<C::Answer>, Reason> {
        let Asking { client, retry, tell, .. } = self.shared.as_ref();
        let pace = self.pace(C::ACTION)?;
        let body = Bytes::from(call.body(sender).map_err(|_| Reason::Unreadable)?);
        let mut stop = self.stop.clone();
        let begun = Instant::now();
        let mut wait = retry.first_wait;
        loop {
            let send = |on_wire| client.ask(call, body.clone(), on_wire);
            let (sent, answer) = at_its_turn(&pace, &mut stop, send).await?;
            tell(Event::answered(&sent));
            let outcome = sent.outcome;
            if let Some(answer) = answer {
                return Ok(Reply::Answer(answer));
            }
            let pause = match outcome.verdict {
                Verdict::Throttled => {
                    pace.refused();
                    outcome.retry_after.unwrap_or(wait).min(CROWDED)
                }
                Verdict::NotSent => wait,
                Verdict::Server | Verdict::Gateway | Verdict::InDoubt | Verdict::Accepted => {
                    if !C::ONLY_READS {
                        return Ok(Reply::Lost(Box::new(outcome)));
                    }
                    wait
                }
                Verdict::Caller => return Err(Reason::Caller(outcome)),
                Verdict::Data | Verdict::Either | Verdict::Unclear | Verdict::Smaller => {
                    let is_plain = outcome.code.as_deref().is_some_and(started::changed_nothing);
                    return Ok(match C::ONLY_READS || is_plain {
                        true => Reply::Refused(Box::new(outcome)),
                        false => Reply::Lost(Box::new(outcome)),
                    });
                }
            };
            if begun.elapsed() + pause > retry.first_contact {
                return Err(Reason::Unreachable(LastSeen::of(&outcome)));
            }
            self.rest(pause).await?;
            wait = (wait * 2).min(retry.longest_wait);
        }
    }

    /// Waits, unless someone wants to stop.
    ///
    /// # Errors
    /// `Signal`.
    pub async fn rest(&self, pause: Duration) -> Result<(), Reason> {
        let mut stop = self.stop.clone();
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop != Stop::No) => Err(Reason::Signal),
            () = tokio::time::sleep(pause) => Ok(()),
        }
    }

    fn pace(&self, action: &'static str) -> Result<Pace, PaceError> {
        let mut paces = self.shared.paces.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pace) = paces.get(action) {
            return Ok(pace.clone());
        }
        let pace = (self.shared.open_pace)(action)?;
        paces.insert(action, pace.clone());
        Ok(pace)
    }
}
