//! Pending chunks -> attempts -> outcomes, until nothing is left to send.
//!
//! For every chunk the order is kept: slot reserved, intent committed, sent at
//! the slot, outcome committed, then the next decision. One loop decides
//! everything, so no decision races another; only waiting and sending happen
//! beside it (`launch`). What follows from an answer is in `land`: a chunk is
//! cut in two in `halves`, and who is at fault is found out in `blame`; their
//! pure parts are `decide`, `bisect`, `breaker`, `agents` and `templates`. Where
//! more work comes from when the queue is empty is in `refill`.

mod agents;
mod bisect;
mod blame;
mod breaker;
mod decide;
mod halves;
mod land;
mod launch;
mod refill;
mod templates;

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::domain::flow::{Agent, Sender};
use crate::domain::job::{ChunkId, FlowNo, JobId, Tally};
use crate::domain::verdict::Outcome;
use crate::essbasic::action::Action;
use crate::essbasic::client::Client;
use crate::journal::{ChunkRecord, JobFile, JobLock, Journal, JournalError, NewChunk};
use crate::pace::{Pace, PaceError};

use agents::Refused;
use bisect::Bisect;
use breaker::{Breaker, Gate};
use launch::Landed;
use templates::Templates;

pub use decide::middle;

/// How hard to try.
#[derive(Clone, Debug, PartialEq)]
pub struct RetrySettings {
    /// Tries of one chunk in one run; refusals for the quota do not count.
    pub attempts: u32,
    pub first_wait: Duration,
    pub longest_wait: Duration,
    /// How long everything may fail before the job stops.
    pub give_up: Duration,
    /// The same while no answer has come at all.
    pub first_contact: Duration,
}

#[derive(Clone, Debug)]
pub struct RunSettings {
    pub action: Action,
    pub retry: RetrySettings,
    pub flows_per_chunk: usize,
    pub bytes_per_chunk: u64,
    pub scope: Scope,
    /// Acceptances before this moment prove nothing: the operator was another one.
    pub proven_since_us: i64,
}

/// Which contracts a run may send.
#[derive(Clone, Debug)]
pub enum Scope {
    All,
    /// As a trial, so many that were not tried yet.
    First(usize),
    /// Someone named them; the others wait for another run.
    Only(HashSet<FlowNo>),
}

impl Scope {
    fn includes(&self, flow: FlowNo) -> bool {
        match self {
            Self::All | Self::First(_) => true,
            Self::Only(flows) => flows.contains(&flow),
        }
    }
}

/// Someone wants the work to end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    #[default]
    No,
    /// Finish what is in flight.
    Gently,
    /// At once.
    Now,
}

pub enum End {
    /// Nothing is left to send.
    Finished,
    /// What this run was to send is sent; the rest waits for the next one.
    Partly,
    Stopped(Reason),
}

/// Why the work ended early. All of it can be resumed.
pub enum Reason {
    /// The API says that the caller is at fault.
    Caller(Outcome),
    /// Nobody answers; the last thing that was seen.
    Unreachable(Option<String>),
    /// Some chunks used up their tries.
    Held(Option<String>),
    Signal,
    /// The same, and what was in flight was dropped.
    SignalTwice,
    /// Another job that is not running has sent, or tried to send, the same contracts.
    WaitsFor(JobId),
    Journal(JournalError),
    Pace(PaceError),
    /// A flow in the journal cannot be read back.
    Unreadable,
}

impl From<JournalError> for Reason {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<PaceError> for Reason {
    fn from(error: PaceError) -> Self {
        Self::Pace(error)
    }
}

/// What someone who watches wants to know.
pub enum Event {
    Progress {
        tally: Tally,
        requests: u64,
        rate: f64,
    },
    /// Everything fails; nothing is sent for that long.
    Paused {
        pause: Duration,
        code: String,
    },
    /// A request holds fewer flows from now on.
    SmallerChunks {
        flows: usize,
    },
    WaitingFor {
        job: JobId,
    },
    Deprecated {
        warning: String,
    },
    UnknownCode {
        code: String,
    },
    /// The other side has named a time.
    AskedToWait {
        wait: Duration,
        code: String,
    },
    /// Nothing but refusals for the quota for some time.
    Crowded,
}

pub type Tell = Box<dyn Fn(Event) + Send + Sync>;

/// What a run needs; the lock says that nobody else works on the job.
pub struct Ground {
    pub journal: Arc<Journal>,
    pub job: JobId,
    pub lock: JobLock,
    pub file: JobFile,
    pub client: Client,
    pub pace: Pace,
    pub settings: RunSettings,
    pub stop: watch::Receiver<Stop>,
    pub tell: Tell,
}

/// A chunk on its way through the loop.
#[derive(Clone)]
struct Work {
    chunk: ChunkRecord,
    /// Of its flows, once it was loaded.
    templates: BTreeSet<String>,
    /// It was tried again for an unclear code already, itself or whole.
    asked_twice: bool,
}

impl From<ChunkRecord> for Work {
    fn from(chunk: ChunkRecord) -> Self {
        Self { chunk, templates: BTreeSet::new(), asked_twice: false }
    }
}

pub struct Runner {
    journal: Arc<Journal>,
    job: JobId,
    _lock: JobLock,
    file: JobFile,
    client: Arc<Client>,
    pace: Pace,
    settings: RunSettings,
    stop: watch::Receiver<Stop>,
    tell: Tell,

    queue: VecDeque<Work>,
    /// Cut, but not written down yet.
    ahead: VecDeque<NewChunk>,
    delayed: Vec<(Instant, Work)>,
    /// Right halves, by the left half that they wait for.
    behind: HashMap<ChunkId, Work>,
    flying: JoinSet<Landed>,
    aloft: HashMap<ChunkId, Work>,

    bisect: Option<Bisect>,
    breaker: Breaker,
    /// By group.
    senders: HashMap<u32, Sender>,
    agents: HashMap<u32, Agent>,
    /// Agents that had an acceptance.
    proven: HashSet<Agent>,
    /// Those who may be at fault, and what was said to them; their chunks are parked.
    suspended: HashMap<Agent, Outcome>,
    parked: Vec<Work>,
    /// Values from columns that the API does not accept.
    refused: Refused,
    templates: Templates,
    last_chunk: i64,
    cut_in_this_run: bool,
    tally: Tally,
    requests: u64,
    held: bool,
    last_code: Option<String>,
    warned: bool,
    unknown_codes: HashSet<String>,
    /// The API has named a time.
    quiet_until: Option<Instant>,
    dropped: bool,
    /// Fewer flows than that may pass in one request; this many did.
    fails_at: Option<usize>,
    largest_passed: usize,
    /// The job that a wait for was last told of.
    waits_told: Option<JobId>,
}

/// With 30 s of latency at 20/s there are 600; more means that nobody answers.
const MOST_IN_FLIGHT: usize = 1000;
/// Without a pace only this holds back.
const MOST_IN_FLIGHT_UNPACED: usize = 64;

/// Sends what is pending of a job until there is nothing left, or a reason to stop.
pub async fn run(ground: Ground) -> End {
    let mut runner = match Runner::new(ground) {
        Ok(runner) => runner,
        Err(error) => return End::Stopped(Reason::Journal(error)),
    };
    let result = runner.work().await;
    tracing::debug!("nothing left to send, or stopped");
    let last = match result {
        Ok(()) => runner.conclude().await,
        Err(reason) => {
            runner.land_the_rest().await;
            Err(match reason {
                Reason::Signal if runner.dropped => Reason::SignalTwice,
                reason => reason,
            })
        }
    };
    last.unwrap_or_else(End::Stopped)
}

enum Step {
    Send,
    Wait(Option<Instant>),
    Drained,
}

impl Runner {
    fn new(ground: Ground) -> Result<Self, JournalError> {
        let Ground { journal, job, lock, file, client, pace, settings, stop, tell } = ground;
        let retry = &settings.retry;
        let breaker = Breaker::new(
            retry.give_up,
            retry.first_contact,
            retry.first_wait.max(Duration::from_millis(200)),
        );
        let tally = journal.tally(&job)?;
        let requests = journal.requests(&job)?;
        let last_chunk = journal.last_chunk(&job)?.0;
        let senders = file.senders()?;
        Ok(Self {
            journal,
            job,
            _lock: lock,
            file,
            client: Arc::new(client),
            pace,
            settings,
            stop,
            tell,
            queue: VecDeque::new(),
            ahead: VecDeque::new(),
            delayed: Vec::new(),
            behind: HashMap::new(),
            flying: JoinSet::new(),
            aloft: HashMap::new(),
            bisect: None,
            breaker,
            agents: senders.iter().map(|(group, sender)| (*group, sender.agent())).collect(),
            senders,
            waits_told: None,
            proven: HashSet::new(),
            suspended: HashMap::new(),
            parked: Vec::new(),
            refused: Refused::default(),
            templates: Templates::default(),
            last_chunk,
            cut_in_this_run: false,
            tally,
            requests,
            held: false,
            last_code: None,
            warned: false,
            unknown_codes: HashSet::new(),
            quiet_until: None,
            dropped: false,
            fails_at: None,
            largest_passed: 0,
        })
    }

    async fn work(&mut self) -> Result<(), Reason> {
        self.journal.reopen(&self.job, now_us()).await?;
        if matches!(self.settings.scope, Scope::First(_)) {
            self.journal.dissolve_unsent(&self.job).await?;
        }
        for group in self.journal.proven_groups(&self.job, self.settings.proven_since_us)? {
            let sender = self.sender(group)?;
            self.proven.insert(sender.agent());
        }
        let pending = self.journal.pending_chunks(&self.job)?;
        // A chunk whose flows were all taken over by another job has nothing to send.
        let scope = self.settings.scope.clone();
        let pending =
            pending.into_iter().filter(|chunk| chunk.flows.iter().any(|flow| scope.includes(*flow)));
        self.queue.extend(pending.map(Work::from));
        self.take_over().await?;
        self.tally = self.journal.tally(&self.job)?;
        self.show_progress();
        loop {
            if *self.stop.borrow() != Stop::No {
                return Err(Reason::Signal);
            }
            self.free_delayed();
            self.draw_conclusion().await?;
            if self.queue.len() < refill::AHEAD / 2 {
                self.queue_ahead().await?;
            }
            match self.next_step()? {
                Step::Send => self.launch_next().await?,
                Step::Wait(until) => self.wait(until).await?,
                Step::Drained => {
                    if !self.refill().await? {
                        return Ok(());
                    }
                }
            }
        }
    }

    fn next_step(&self) -> Result<Step, Reason> {
        let now = Instant::now();
        let soonest = self.delayed.iter().map(|(at, _)| *at).min();
        let gate = self.breaker.gate(now);
        if gate == Gate::GiveUp && self.aloft.is_empty() {
            return Err(Reason::Unreachable(self.last_code.clone()));
        }
        let most = if self.settings_unpaced() { MOST_IN_FLIGHT_UNPACED } else { MOST_IN_FLIGHT };
        if self.aloft.len() < most && self.choose().is_some() {
            return Ok(Step::Send);
        }
        let paused = match gate {
            Gate::Paused { until } => Some(until),
            _ => None,
        };
        let paused = paused.into_iter().chain(self.quiet_until.filter(|until| *until > now)).max();
        if !self.aloft.is_empty() || soonest.is_some() || (paused.is_some() && !self.queue.is_empty()) {
            let until = soonest.into_iter().chain(paused).min();
            // In flight there may be an answer yet; else no pause goes on beyond that.
            let end = self.breaker.gives_up_at().filter(|_| self.aloft.is_empty());
            return Ok(Step::Wait(until.into_iter().chain(end).min()));
        }
        Ok(Step::Drained)
    }

    fn settings_unpaced(&self) -> bool {
        self.pace.rate() == 0.0
    }

    /// The place in the queue of what may be sent now.
    fn choose(&self) -> Option<usize> {
        let now = Instant::now();
        if self.quiet_until.is_some_and(|until| now < until) {
            return None;
        }
        match self.breaker.gate(now) {
            Gate::Open => {}
            Gate::Probe if !self.breaker.is_probing() => {}
            Gate::Probe | Gate::Paused { .. } | Gate::GiveUp => return None,
        }
        let Some(bisect) = &self.bisect else { return (!self.queue.is_empty()).then_some(0) };
        if self.aloft.keys().any(|chunk| bisect.is_member(*chunk)) {
            return None;
        }
        self.queue.iter().position(|work| bisect.is_member(work.chunk.id))
    }

    fn free_delayed(&mut self) {
        let now = Instant::now();
        let (due, later): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.delayed).into_iter().partition(|(at, _)| *at <= now);
        self.delayed = later;
        for (_, work) in due.into_iter().rev() {
            self.put_back(work);
        }
    }

    /// Until something lands, that time has come, or someone wants to stop.
    async fn wait(&mut self, until: Option<Instant>) -> Result<(), Reason> {
        let far = Instant::now() + Duration::from_secs(3600);
        let mut stop = self.stop.clone();
        tokio::select! {
            Some(landed) = self.flying.join_next() => self.land(landed).await,
            () = tokio::time::sleep_until(until.unwrap_or(far).into()) => Ok(()),
            _ = stop.wait_for(|stop| *stop != Stop::No) => Ok(()),
        }
    }

    /// No new request leaves, but none that is on the wire is dropped: that
    /// would make a doubt out of nothing. Only a second signal drops them.
    async fn land_the_rest(&mut self) {
        let mut stop = self.stop.clone();
        while !self.aloft.is_empty() {
            tokio::select! {
                landed = self.flying.join_next() => match landed {
                    // A second failure changes nothing: the first is the reason.
                    Some(landed) => drop(self.land(landed).await),
                    None => break,
                },
                _ = stop.wait_for(|stop| *stop == Stop::Now) => {
                    self.flying.abort_all();
                    self.dropped = true;
                    break;
                }
            }
        }
    }

    async fn conclude(&mut self) -> Result<End, Reason> {
        let tally = self.journal.tally(&self.job)?;
        if tally.pending == 0 && tally.in_doubt == 0 {
            self.journal.job_finished(&self.job, now_us()).await?;
            return Ok(End::Finished);
        }
        if self.held || matches!(self.settings.scope, Scope::All) {
            return Err(Reason::Held(self.last_code.clone()));
        }
        Ok(End::Partly)
    }

    fn agent(&self, group: u32) -> Result<Agent, Reason> {
        self.agents.get(&group).cloned().ok_or(Reason::Unreadable)
    }

    fn sender(&self, group: u32) -> Result<Sender, Reason> {
        self.senders.get(&group).cloned().ok_or(Reason::Unreadable)
    }

    fn show_progress(&self) {
        (self.tell)(Event::Progress { tally: self.tally, requests: self.requests, rate: self.pace.rate() });
    }

    fn new_chunk_id(&mut self) -> ChunkId {
        self.last_chunk += 1;
        ChunkId(self.last_chunk)
    }
}

/// Microseconds since 1970.
pub fn now_us() -> i64 {
    jiff::Timestamp::now().as_microsecond()
}
