//! Carries out what the core decides: one loop, so that no decision races another.

mod claims;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use crate::domain::chunks::ChunkLimits;
use crate::domain::flow::{Agent, Sender};
use crate::domain::job::{ChunkId, JobId};
use crate::domain::verdict::{Outcome, Verdict};
use crate::essbasic::client::{Client, Sent};
use crate::essbasic::tc3::Credentials;
use crate::journal::{
    AnswerHashes, ChunkKind, JobFile, JobLock, Journal, JournalError, Lease, Seen, Transition,
};
use crate::pace::{Pace, Slot};
use crate::platform::clock::now_us;

use super::core::{AHEAD, Effect, Input, KnownAgent, Limits, Member, Moment, Next, Phase, Schedule, Work};
use super::flight::{Departure, FlightEnd, Landed};
use super::loader::{Loader, Mark, Order};
use super::planner::{Planner, member_of};
use super::records::{RENEW_LEASE, Records};
use super::{End, Event, Reason, RunSettings, Scope, Stop, Tell};
use claims::Waits;

pub type ReadKeys = Box<dyn Fn() -> Option<Credentials> + Send + Sync>;

/// What a run needs; the lock says that nobody else works on the job.
pub struct RunContext {
    pub journal: Arc<Journal>,
    pub job: JobId,
    pub lock: JobLock,
    pub file: JobFile,
    pub client: Client,
    /// Reads the credentials anew from where they came, if they can change there.
    pub read_keys: ReadKeys,
    pub pace: Pace,
    pub settings: RunSettings,
    pub stop: watch::Receiver<Stop>,
    pub tell: Tell,
}

/// With 30 s of latency at 20/s there are 600; more means that nobody answers.
const MOST_IN_FLIGHT: usize = 1000;
/// Without a pace only this holds back.
const MOST_IN_FLIGHT_UNPACED: usize = 64;
/// A job that began longer ago is resumed: its relative deadlines count from now.
const SAME_RUN_US: i64 = 3_600_000_000;

/// Sends what is pending of a job until there is nothing left, or a reason to stop.
pub async fn run(context: RunContext) -> End {
    let mut shell = match Shell::open(context).await {
        Ok(shell) => shell,
        Err(reason) => return End::Stopped(reason),
    };
    let result = shell.work().await;
    tracing::debug!("nothing left to send, or stopped");
    let last = match result {
        Ok(()) => shell.conclude().await,
        Err(reason) => {
            let dropped = shell.land_the_rest().await;
            match reason {
                Reason::Signal if dropped => Err(Reason::SignalTwice),
                // The last answers have come: it was told to stop, and had nothing more to send.
                Reason::Signal => match shell.conclude().await {
                    Ok(End::Finished) => Ok(End::Finished),
                    _ => Err(Reason::Signal),
                },
                reason => Err(reason),
            }
        }
    };
    // Where this fails other machines wait for the lease's time.
    let _ = shell.departure.journal.release_lease(&shell.departure.job, shell.departure.lease).await;
    last.unwrap_or_else(End::Stopped)
}

struct Shell {
    departure: Departure,
    read_keys: ReadKeys,
    _lock: JobLock,
    file: JobFile,
    settings: RunSettings,
    stop: watch::Receiver<Stop>,
    tell: Tell,
    schedule: Schedule,
    planner: Planner,
    loader: Loader,
    landed: mpsc::UnboundedReceiver<Landed>,
    in_flight: JoinSet<()>,
    records: Records,
    /// Hashes of answers: the journal's own reader may not see the last ones yet.
    answers: HashSet<i64>,
    /// The job that is waited for.
    waits: Option<Waits>,
    /// Relative deadlines of what never travelled count from now.
    resumed: bool,
    /// The core wants the credentials read anew.
    keys_asked: bool,
}

impl Shell {
    async fn open(context: RunContext) -> Result<Self, Reason> {
        let RunContext { journal, job, lock, file, client, read_keys, pace, settings, stop, tell } = context;
        let lease = journal.hold_lease(&job, now_us()).await?;
        journal.reopen(&job, now_us(), settings.action.preparing().is_some()).await?;
        if matches!(settings.scope, Scope::First(_)) {
            journal.dissolve_unsent(&job).await?;
        }
        let keep_going = keep_going(&journal, &job, lease, settings.keep_going).await?;
        let senders = file.senders()?;
        let requests = journal.requests(&job)?;
        let created_us = journal.job(&job)?.map_or(0, |record| record.created_us);
        let templates = file.templates()?;
        let default = settings.default_template.as_ref();
        let tally = journal.tally(&job)?;
        let limits = Limits {
            action: settings.action,
            retry: settings.retry.clone(),
            chunk: ChunkLimits { flows: settings.flows_per_chunk, bytes: settings.bytes_per_chunk },
            most_in_flight: if pace.rate() == 0.0 { MOST_IN_FLIGHT_UNPACED } else { MOST_IN_FLIGHT },
            keep_going: keep_going.into_iter().collect(),
            keep_going_for_all: settings.keep_going,
            default_template: templates
                .iter()
                .find(|(_, id)| Some(*id) == default)
                .map(|(number, _)| *number),
            contracts: tally.total(),
        };
        let agents = agents(&journal, &job, &senders, settings.proven_since_us)?;
        let mut schedule = Schedule::new(limits, agents, tally, requests, journal.last_chunk(&job)?.0);
        schedule.knows_page_host(journal.page_host(&job)?);
        let frames = senders
            .iter()
            .map(|(group, sender)| {
                Ok((*group, settings.action.frame(sender).map_err(|_| Reason::Unreadable)?))
            })
            .collect::<Result<HashMap<_, _>, Reason>>()?;
        // What only prepares may be asked again, so it need not be known again.
        let mark = settings.action.preparing().is_none().then(|| -> Mark {
            let (journal, job) = (Arc::clone(&journal), job.clone());
            Arc::new(move |flow| journal.mark_of(&job, flow))
        });
        let loader = Loader::start(journal.job_file(&job)?, frames, Arc::clone(&settings.redate), mark)
            .map_err(|error| JournalError::io(journal.dir(), &error))?;
        let records = Records::new(Arc::clone(&journal), job.clone(), lease);
        let (sender, landed) = mpsc::unbounded_channel();
        let planner = Planner::new(&journal, &job, settings.scope.clone())?;
        let departure = Departure {
            journal,
            job,
            lease,
            client: Arc::new(client),
            pace,
            action: settings.action,
            stop: stop.clone(),
            landed: sender,
        };
        Ok(Self {
            departure,
            read_keys,
            _lock: lock,
            file,
            settings,
            stop,
            tell,
            schedule,
            planner,
            loader,
            landed,
            in_flight: JoinSet::new(),
            records,
            answers: HashSet::new(),
            waits: None,
            resumed: requests > 0 || now_us() - created_us > SAME_RUN_US,
            keys_asked: false,
        })
    }

    async fn work(&mut self) -> Result<(), Reason> {
        self.load_open_chunks().await?;
        if !self.departure.journal.unclaimed(&self.departure.job)?.is_empty() {
            self.take_over().await?;
            self.plan_anew()?;
        }
        self.show_progress();
        loop {
            if *self.stop.borrow() != Stop::No {
                return Err(Reason::Signal);
            }
            self.records.look().await?;
            while let Ok(landed) = self.landed.try_recv() {
                self.land(landed).await?;
            }
            match self.schedule.next(Instant::now()) {
                Next::Slot => self.launch().await?,
                Next::Load => self.load_more().await?,
                Next::Wait(until) => self.wait(until).await?,
                Next::Drained => {
                    if !self.refill().await? {
                        return Ok(());
                    }
                }
                Next::End(reason) => return Err(reason),
            }
        }
    }

    async fn on(&mut self, input: Input) -> Result<Option<ChunkId>, Reason> {
        let effects = self.schedule.on(input, now(), fastrand::f64());
        self.carry_out(effects).await
    }

    /// One after the other. A record that fails keeps no other back: an outcome must
    /// not be lost for the sake of what came before it.
    async fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Option<ChunkId>, Reason> {
        let (mut send, mut failed) = (None, None);
        for effect in effects {
            match effect {
                Effect::Record(transition) => {
                    if let Err(error) = self.records.hand_over(transition) {
                        failed.get_or_insert(error);
                    }
                }
                Effect::Send(chunk) => send = Some(chunk),
                Effect::ReadKeys => self.keys_asked = true,
                Effect::Tell(event) => {
                    if let Event::PageHost { host, .. } = &event {
                        let Departure { journal, job, .. } = &self.departure;
                        // Without it the host is only told once more.
                        let _ = journal.set_page_host(job, host.clone());
                    }
                    (self.tell)(event);
                }
            }
        }
        match (failed, send) {
            (None, send) => Ok(send),
            (Some(error), None) => Err(error.into()),
            (Some(error), Some(chunk)) => {
                // What is not written down is not sent.
                let effects = self.schedule.on(Input::Withdrawn { chunk }, now(), 0.0);
                for effect in effects {
                    if let Effect::Record(transition) = effect {
                        let _ = self.records.hand_over(transition);
                    }
                }
                Err(error.into())
            }
        }
    }

    /// Chunks that earlier runs have left; those whose flows are none of ours any
    /// more, or not in the scope, stay where they are.
    async fn load_open_chunks(&mut self) -> Result<(), Reason> {
        let Departure { journal, job, .. } = &self.departure;
        let mut open = Vec::new();
        for chunk in journal.open_chunks(job)? {
            let known = self.schedule.work(chunk.id).is_some();
            if known || !chunk.flows.iter().any(|flow| self.settings.scope.includes(*flow)) {
                continue;
            }
            let mut members: Vec<Member> = Vec::with_capacity(chunk.flows.len());
            for flow in &chunk.flows {
                let found = self.file.sendable(*flow)?.ok_or(Reason::Unreadable)?;
                members.push(member_of(&found));
            }
            let phase = if chunk.withheld { Phase::Withheld } else { Phase::Ready };
            let work = Work {
                tries: chunk.tries,
                attempts: chunk.attempts,
                travelled: chunk.attempts > 0 || chunk.kind != ChunkKind::Cut,
                ..Work::new(chunk.id, chunk.group, chunk.kind, members)
            };
            open.push((work, phase));
        }
        self.on(Input::Loaded(open)).await.map(drop)
    }

    async fn load_more(&mut self) -> Result<(), Reason> {
        let schedule = &self.schedule;
        let chunks = self
            .planner
            .next_chunks(&self.file, schedule.chunk_limits(), AHEAD, |group| schedule.is_stopped(group))?;
        let input = if chunks.is_empty() { Input::Exhausted } else { Input::Cut(chunks) };
        self.on(input).await.map(drop)
    }

    /// Reserves the next slot and, when it draws near, gives it to whatever may be
    /// sent then.
    async fn launch(&mut self) -> Result<(), Reason> {
        let slot = self.departure.pace.reserve()?;
        if self.departure.pace.rate() > 0.0 {
            let (pace, mut stop) = (self.departure.pace.clone(), self.stop.clone());
            let approach = pace.approach(&slot);
            tokio::pin!(approach);
            loop {
                tokio::select! {
                    biased;
                    _ = stop.wait_for(|stop| *stop != Stop::No) => break,
                    () = &mut approach => break,
                    Some(landed) = self.landed.recv() => self.land(landed).await?,
                }
            }
        }
        let stopped = *self.stop.borrow() != Stop::No;
        let send = if stopped { None } else { self.on(Input::Slot).await? };
        match send {
            Some(chunk) => self.take_off(chunk, slot),
            None => {
                self.departure.pace.release(slot);
                Ok(())
            }
        }
    }

    fn take_off(&mut self, chunk: ChunkId, slot: Slot) -> Result<(), Reason> {
        let work = self.schedule.work(chunk).ok_or(Reason::Unreadable)?;
        let now = now_us() / 1_000_000;
        let fresh = self.resumed && !work.travelled;
        let anew = |member: &&Member| member.relative && (member.deadline <= now || fresh);
        let (answer, body) = oneshot::channel();
        let order = Order {
            group: work.group,
            flows: work.flows(),
            redate: work.members.iter().filter(anew).map(|member| member.flow).collect(),
            answer,
        };
        let attempt = work.attempt();
        // Where the thread has ended the flight says so.
        let _ = self.loader.load(order);
        self.in_flight.spawn(self.departure.clone().fly(attempt, slot, body));
        Ok(())
    }

    async fn land(&mut self, landed: Landed) -> Result<(), Reason> {
        // What has ended is only to be let go of.
        while self.in_flight.try_join_next().is_some() {}
        let Landed { attempt, result } = landed;
        let chunk = attempt.chunk;
        match result {
            FlightEnd::Sent(sent) => self.answered(chunk, *sent).await,
            FlightEnd::Withdrawn => self.on(Input::Withdrawn { chunk }).await.map(drop),
            FlightEnd::Journal(error) => {
                self.on(Input::Withdrawn { chunk }).await?;
                Err(error.into())
            }
            FlightEnd::Pace(error) => {
                self.on(Input::Withdrawn { chunk }).await?;
                Err(error.into())
            }
            FlightEnd::Unreadable => {
                self.on(Input::Withdrawn { chunk }).await?;
                Err(Reason::Unreadable)
            }
        }
    }

    async fn answered(&mut self, chunk: ChunkId, sent: Sent) -> Result<(), Reason> {
        (self.tell)(Event::answered(&sent));
        let Sent { outcome, round_trip, .. } = sent;
        match (outcome.verdict, round_trip) {
            (Verdict::Throttled, _) => self.departure.pace.refused(),
            (_, Some(round_trip)) if outcome.http_status.is_some() => {
                self.departure.pace.answered(round_trip);
            }
            _ => {}
        }
        if outcome.verdict != Verdict::Accepted {
            let (code, request_id) = (outcome.code.as_deref(), outcome.request_id.as_deref());
            let cause = outcome.trouble.as_deref().map(|trouble| trouble.cause.as_str());
            let cause = cause.filter(|cause| !cause.is_empty());
            tracing::info!(
                code,
                request_id,
                http_status = outcome.http_status,
                cause,
                verdict = outcome.verdict.name(),
                "not accepted"
            );
        }
        let seen = self.seen(&outcome);
        self.on(Input::Answered { chunk, outcome, seen }).await?;
        if std::mem::take(&mut self.keys_asked) {
            let differ = (self.read_keys)().is_some_and(|keys| self.departure.client.renew(keys));
            tracing::info!(differ, "the credentials were read anew");
            self.on(Input::KeysRead { differ }).await?;
        }
        self.show_progress();
        Ok(())
    }

    /// Whether an acceptance has a link or a request id that another answer had.
    fn seen(&mut self, outcome: &Outcome) -> Seen {
        if outcome.verdict != Verdict::Accepted {
            return Seen::default();
        }
        let journal = &self.departure.journal;
        let hashes: AnswerHashes = journal.answer_hashes(outcome);
        // A journal that cannot be asked, on a full disk say, must not cost the outcome.
        let mut seen = journal.seen(hashes).unwrap_or_default();
        let answers = &mut self.answers;
        let mut lately = |hash: Option<i64>| hash.is_some_and(|hash| !answers.insert(hash));
        seen.url |= lately(hashes.url);
        seen.request_id |= lately(hashes.request_id);
        seen
    }

    /// Until something lands, that time has come, or someone wants to stop.
    async fn wait(&mut self, until: Option<Instant>) -> Result<(), Reason> {
        let far = Instant::now() + RENEW_LEASE;
        let until = until.map_or(far, |until| until.min(far));
        let mut stop = self.stop.clone();
        tokio::select! {
            Some(landed) = self.landed.recv() => self.land(landed).await,
            () = tokio::time::sleep_until(until.into()) => self.on(Input::Woke).await.map(drop),
            _ = stop.wait_for(|stop| *stop != Stop::No) => Ok(()),
        }
    }

    /// No new request leaves, but none that is on the wire is dropped: that would
    /// make a doubt where there was none. Only a second signal drops them; returns
    /// whether it did.
    async fn land_the_rest(&mut self) -> bool {
        let mut stop = self.stop.clone();
        let mut dropped = false;
        while self.schedule.in_flight() > 0 {
            tokio::select! {
                biased;
                // A second failure changes nothing: the first is the reason.
                Some(landed) = self.landed.recv() => drop(self.land(landed).await),
                flight = self.in_flight.join_next() => {
                    // What has ended has told its end before; nobody else is coming.
                    if flight.is_none() {
                        while let Ok(landed) = self.landed.try_recv() {
                            let _ = self.land(landed).await;
                        }
                        break;
                    }
                }
                _ = stop.wait_for(|stop| *stop == Stop::Now) => {
                    self.in_flight.abort_all();
                    dropped = true;
                    break;
                }
            }
        }
        // Each record is tried, whatever became of the one before it.
        while !self.records.is_empty() {
            let _ = self.records.flush().await;
        }
        self.show_progress();
        dropped
    }

    /// Returns whether there is something to do again.
    async fn refill(&mut self) -> Result<bool, Reason> {
        self.on(Input::Idle).await?;
        if self.schedule.takes_replan() {
            self.records.flush().await?;
            self.plan_anew()?;
            self.load_open_chunks().await?;
            return Ok(true);
        }
        let more = !matches!(self.schedule.next(Instant::now()), Next::Drained);
        Ok(more || self.claim().await?)
    }

    async fn conclude(&mut self) -> Result<End, Reason> {
        self.records.flush().await?;
        let Departure { journal, job, .. } = &self.departure;
        let tally = journal.tally(job)?;
        if tally.pending == 0 && tally.in_doubt == 0 {
            journal.job_finished(job, now_us()).await?;
            return Ok(End::Finished);
        }
        match self.schedule.left_over() {
            Some(reason) => Err(reason),
            // Doubts of an action that starts contracts are for a person to settle.
            None if tally.pending == 0 && self.settings.action.preparing().is_none() => Ok(End::InDoubt),
            None if matches!(self.settings.scope, Scope::All) => Err(Reason::Held(self.schedule.last_seen())),
            None => Ok(End::Partly),
        }
    }

    fn show_progress(&self) {
        (self.tell)(self.schedule.progress_event(self.departure.pace.rate()));
    }
}

fn now() -> Moment {
    Moment { at: Instant::now(), unix_us: now_us() }
}

/// The codes that someone has said are the contracts' own fault; `said`: just now,
/// of what the job has stopped for.
async fn keep_going(journal: &Journal, job: &JobId, lease: Lease, said: bool) -> Result<Vec<String>, Reason> {
    if said {
        for code in journal.stopped_codes(job)? {
            journal.durable(journal.record(job, lease, Transition::KeepGoing { code })?).await?;
        }
    }
    Ok(journal.kept_going(job)?)
}

/// The Agents of a job with what earlier runs have learnt of them.
fn agents(
    journal: &Journal,
    job: &JobId,
    senders: &HashMap<u32, Sender>,
    proven_since_us: i64,
) -> Result<Vec<KnownAgent>, JournalError> {
    let proven: HashSet<u32> = journal.proven_groups(job, proven_since_us)?.into_iter().collect();
    let mut known: Vec<KnownAgent> = Vec::new();
    let mut places: HashMap<Agent, usize> = HashMap::new();
    for (group, sender) in senders.iter().collect::<BTreeMap<_, _>>() {
        let agent = sender.agent();
        let place = match places.get(&agent) {
            Some(place) => *place,
            None => {
                let stopped_before = journal.stop_of(job, &agent)?;
                places.insert(agent.clone(), known.len());
                known.push(KnownAgent { agent, groups: Vec::new(), accepted_before: false, stopped_before });
                known.len() - 1
            }
        };
        if let Some(own) = known.get_mut(place) {
            own.groups.push(*group);
            own.accepted_before |= proven.contains(group);
        }
    }
    Ok(known)
}
