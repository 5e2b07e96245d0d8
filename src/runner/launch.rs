//! One chunk leaves: slot, intent, send. Waiting and sending happen in a task
//! of their own; nothing is decided there.

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;
use tokio::sync::watch;

use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId};
use crate::domain::verdict::Outcome;
use crate::essbasic::action::Action;
use crate::essbasic::client::{Client, Sent};
use crate::journal::{Journal, JournalError};
use crate::pace::{Pace, PaceError, Slot};

use super::{Reason, Runner, Stop, Work, now_us};

/// A task that has ended.
pub struct Landed {
    pub chunk: ChunkId,
    pub attempt: Option<AttemptId>,
    pub result: Flight,
}

pub enum Flight {
    Sent(Sent),
    /// Someone wanted to stop before its turn came.
    Withdrawn,
    Journal(JournalError),
    Pace(PaceError),
}

impl Runner {
    /// Reserves the next slot and, when it draws near, gives it to whatever may
    /// be sent then.
    pub(super) async fn launch_next(&mut self) -> Result<(), Reason> {
        let slot = self.pace.reserve()?;
        let pace = self.pace.clone();
        let mut stop = self.stop.clone();
        let mut stopped = false;
        {
            let approach = pace.approach(&slot);
            tokio::pin!(approach);
            loop {
                tokio::select! {
                    biased;
                    _ = stop.wait_for(|stop| *stop != Stop::No) => { stopped = true; break; }
                    () = &mut approach => break,
                    Some(landed) = self.flying.join_next() => self.land(landed).await?,
                }
            }
        }
        self.free_delayed();
        let work = if stopped { None } else { self.choose().and_then(|index| self.queue.remove(index)) };
        let Some(mut work) = work else {
            self.pace.release(slot);
            return Ok(());
        };
        if self.fails_at.is_some_and(|too_many| work.chunk.flows.len() >= too_many) {
            // Cut before the API said that it takes fewer.
            self.pace.release(slot);
            return self.split_unsent(work, false).await;
        }
        if self.is_suspended(&work) {
            self.pace.release(slot);
            self.parked.push(work);
            return Ok(());
        }
        match self.load(&mut work) {
            Ok(Load::Body(body)) => self.take_off(work, slot, body),
            Ok(Load::Foretold(outcome)) => {
                self.pace.release(slot);
                self.reject_unsent(work, outcome).await?;
            }
            Ok(Load::Sift(doomed, outcome)) => {
                self.pace.release(slot);
                self.sift(work, &doomed, outcome).await?;
            }
            Err(reason) => {
                self.pace.release(slot);
                return Err(reason);
            }
        }
        Ok(())
    }

    fn load(&mut self, work: &mut Work) -> Result<Load, Reason> {
        let sender = self.sender(work.chunk.group)?;
        let agent = sender.agent();
        if let Some(outcome) = self.refused.foretold(&agent) {
            return Ok(Load::Foretold(outcome.clone()));
        }
        let mut flows = Vec::with_capacity(work.chunk.flows.len());
        work.templates.clear();
        let mut doomed: Option<(Vec<FlowNo>, Outcome)> = None;
        for flow in &work.chunk.flows {
            let text = String::from_utf8(self.file.body(*flow)?).map_err(|_| Reason::Unreadable)?;
            let template = template_of(&text);
            if let Some(outcome) = template.as_ref().and_then(|own| self.templates.foretold(&agent, own)) {
                doomed.get_or_insert_with(|| (Vec::new(), outcome.clone())).0.push(*flow);
            }
            work.templates.extend(template);
            flows.push(RawValue::from_string(text).map_err(|_| Reason::Unreadable)?);
        }
        match doomed {
            Some((all, outcome)) if all.len() == flows.len() => return Ok(Load::Foretold(outcome)),
            Some((some, outcome)) => return Ok(Load::Sift(some, outcome)),
            None => {}
        }
        let body = self.settings.action.body(&sender, &flows).map_err(|_| Reason::Unreadable)?;
        Ok(Load::Body(Bytes::from(body)))
    }

    fn take_off(&mut self, work: Work, slot: Slot, body: Bytes) {
        if matches!(self.breaker.gate(std::time::Instant::now()), super::Gate::Probe) {
            self.breaker.probe();
        }
        let flight = Take {
            journal: Arc::clone(&self.journal),
            job: self.job.clone(),
            chunk: work.chunk.id,
            flows: work.chunk.flows.clone(),
            client: Arc::clone(&self.client),
            pace: self.pace.clone(),
            action: self.settings.action,
            stop: self.stop.clone(),
        };
        self.requests += 1;
        self.aloft.insert(work.chunk.id, work);
        self.flying.spawn(flight.fly(slot, body));
    }
}

enum Load {
    Body(Bytes),
    /// Its Agent, or the templates of all its contracts, are known to be refused.
    Foretold(Outcome),
    /// The templates of some of its contracts are.
    Sift(Vec<FlowNo>, Outcome),
}

fn template_of(flow: &str) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Head {
        template_id: Option<String>,
    }
    serde_json::from_str::<Head>(flow).ok()?.template_id
}

struct Take {
    journal: Arc<Journal>,
    job: JobId,
    chunk: ChunkId,
    flows: Vec<FlowNo>,
    client: Arc<Client>,
    pace: Pace,
    action: Action,
    stop: watch::Receiver<Stop>,
}

impl Take {
    async fn fly(mut self, mut slot: Slot, body: Bytes) -> Landed {
        let slot_us =
            slot.at.duration_since(UNIX_EPOCH).map_or(0, |at| i64::try_from(at.as_micros()).unwrap_or(0));
        let attempt = match self.journal.intend(&self.job, self.chunk, &self.flows, slot_us, now_us()).await {
            Ok(attempt) => attempt,
            Err(error) => {
                self.pace.release(slot);
                return self.landed(None, Flight::Journal(error));
            }
        };
        let turn = tokio::select! {
            biased;
            _ = self.stop.wait_for(|stop| *stop != Stop::No) => None,
            turn = self.pace.turn(&mut slot) => Some(turn),
        };
        match turn {
            Some(Ok(())) => {}
            Some(Err(error)) => {
                self.pace.release(slot);
                return self.landed(Some(attempt), Flight::Pace(error));
            }
            None => {
                self.pace.release(slot);
                return self.landed(Some(attempt), Flight::Withdrawn);
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
        self.landed(Some(attempt), Flight::Sent(sent))
    }

    fn landed(&self, attempt: Option<AttemptId>, result: Flight) -> Landed {
        Landed { chunk: self.chunk, attempt, result }
    }
}
