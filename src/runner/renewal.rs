//! One page prepared anew. Nothing of the job changes before there is another link: the
//! request starts nothing, so one whose answer is lost leaves a page that nobody can open.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use crate::domain::job::FlowNo;
use crate::domain::verdict::{Outcome, Verdict};
use crate::essbasic::action::{Action, Preparing};
use crate::essbasic::client::Client;
use crate::journal::{JobFile, Journal};
use crate::pace::Pace;

use super::loader::body_of;
use super::turn::send_once;
use super::{Reason, RetrySettings, Stop};

/// What preparing a page anew needs.
pub struct Renewal<'a> {
    pub journal: &'a Journal,
    pub file: &'a JobFile,
    pub client: &'a Client,
    pub pace: &'a Pace,
    pub action: Action,
    /// Only what starts nothing may be asked for twice.
    pub preparing: Preparing,
    pub retry: &'a RetrySettings,
    pub stop: watch::Receiver<Stop>,
    pub group: u32,
    /// In the order of the page.
    pub flows: Vec<FlowNo>,
}

/// Longest wait between two tries for the quota.
const CROWDED: Duration = Duration::from_secs(5);

/// Asks until there is an answer that counts. `Ok`: accepted, or refused by the API.
///
/// # Errors
/// Nobody answers, someone wants to stop, or the same link came again.
pub async fn renew_page(renewal: Renewal<'_>) -> Result<Outcome, Reason> {
    let Renewal { journal, file, client, pace, action, retry, mut stop, group, flows, .. } = renewal;
    let sender = file.senders()?.remove(&group).ok_or(Reason::Unreadable)?;
    let frame = action.frame(&sender).map_err(|_| Reason::Unreadable)?;
    let body = body_of(file, &frame, &flows)?;
    let started = Instant::now();
    let mut wait = retry.first_wait;
    loop {
        let outcome = send_once(client, pace, action, body.clone(), &mut stop).await?.outcome;
        let pause = match outcome.verdict {
            Verdict::Accepted if journal.seen(journal.answer_hashes(&outcome))?.url => {
                return Err(Reason::SameLink(outcome));
            }
            Verdict::Throttled => {
                pace.refused();
                outcome.retry_after.unwrap_or(wait).min(CROWDED)
            }
            Verdict::NotSent | Verdict::Server | Verdict::Gateway | Verdict::InDoubt => wait,
            _ => return Ok(outcome),
        };
        if started.elapsed() + pause > retry.first_contact {
            return Err(Reason::Unreachable(super::LastSeen::of(&outcome)));
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop != Stop::No) => return Err(Reason::Signal),
            () = tokio::time::sleep(pause) => {}
        }
        wait = (wait * 2).min(retry.longest_wait);
    }
}
