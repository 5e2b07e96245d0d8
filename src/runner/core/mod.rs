//! Decides what is sent next and what follows from an answer. Pure: inputs, the
//! time and chance come in, effects go out; `shell.rs` carries them out.
//!
//! Every chunk is in exactly one [`Phase`]. What an answer means is in `answers`;
//! whose fault a refusal is, in `inquiry` and `guard`; the end of fragments, in
//! `gather`.

mod agents;
mod answers;
mod breaker;
mod decide;
mod failures;
mod gather;
mod guard;
mod halves;
mod inquiry;
mod known;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod scripted;
mod work;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};

use crate::domain::chunks::{ChunkLimits, Cut};
use crate::domain::flow::Agent;
use crate::domain::job::{AttemptId, ChunkId, FlowNo, Tally};
use crate::domain::verdict::Outcome;
use crate::essbasic::action::Action;
use crate::journal::{ChunkKind, Seen, StopRecord, Transition};

use super::{Event, Reason, RetrySettings};
use breaker::{Breaker, Gate};
use inquiry::AgentState;
use known::Known;

pub use work::{Member, Phase, Work};

/// Chunks that are queued ahead of their turn.
pub const AHEAD: usize = 40;
/// So many wait for an inquiry's end before no more are cut.
const MOST_HELD: usize = 400;

/// The time as both clocks have it.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub at: Instant,
    /// Microseconds since 1970.
    pub unix_us: i64,
}

/// How a job is to be sent.
pub struct Limits {
    pub action: Action,
    pub retry: RetrySettings,
    pub chunk: ChunkLimits,
    pub most_in_flight: usize,
    /// Codes that someone has said are the contracts' own fault.
    pub keep_going: BTreeSet<String>,
    /// The same for whatever code comes up.
    pub keep_going_for_all: bool,
    /// Of the settings, by its number in the job.
    pub default_template: Option<u32>,
    /// Contracts of the job.
    pub contracts: u64,
}

/// What the journal knows of an Agent.
pub struct KnownAgent {
    pub agent: Agent,
    pub groups: Vec<u32>,
    pub accepted_before: bool,
    pub stopped_before: Option<StopRecord>,
}

pub enum Input {
    /// Chunks that the journal has: to be sent, or withheld.
    Loaded(Vec<(Work, Phase)>),
    /// More of the input, cut but not written down.
    Cut(Vec<(Cut, Vec<Member>)>),
    /// There is no more of the input.
    Exhausted,
    /// A slot draws near.
    Slot,
    Answered {
        chunk: ChunkId,
        outcome: Outcome,
        seen: Seen,
    },
    /// It was not sent after all.
    Withdrawn {
        chunk: ChunkId,
    },
    Woke,
}

pub enum Effect {
    Record(Transition),
    /// The chunk is to be loaded, its intent recorded, and then sent.
    Send(ChunkId),
    Tell(Event),
}

/// What the schedule needs next.
pub enum Next {
    /// A slot: something can be sent.
    Slot,
    /// More of the input.
    Load,
    /// An answer, or that time.
    Wait(Option<Instant>),
    /// Nothing is left that could be sent now.
    Drained,
    End(Reason),
}

/// Why nothing of an Agent leaves any more.
#[derive(Clone)]
pub enum Blame {
    /// The API says that the caller is at fault.
    Caller(Outcome),
    /// All contracts are refused alike: someone has to say whose fault that is.
    Question(Box<Question>),
}

/// Why the work of all Agents ends.
#[derive(Clone)]
enum Ending {
    Blame(Blame),
    SameLink(Outcome),
}

impl From<Ending> for Reason {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Blame(blame) => blame.into(),
            Ending::SameLink(outcome) => Self::SameLink(outcome),
        }
    }
}

/// What all the contracts of a series were told.
#[derive(Clone)]
pub struct Question {
    pub outcome: Outcome,
    /// The code may as well be the caller's.
    pub general: bool,
    /// The series, by number.
    pub flows: Vec<FlowNo>,
    /// What they have in common, as far as somebody has looked.
    pub shared: Vec<Shared>,
}

/// Something that contracts have in common.
#[derive(Clone, Debug, PartialEq)]
pub enum Shared {
    Template(String),
    /// A field that the settings give where no column does.
    Default(String),
    /// The header of a column whose value is the same for all of them.
    Column(String),
}

/// What happens within one call.
struct Turn {
    now: Moment,
    chance: f64,
    effects: Vec<Effect>,
}

impl Turn {
    fn record(&mut self, transition: Transition) {
        self.effects.push(Effect::Record(transition));
    }

    fn tell(&mut self, event: Event) {
        self.effects.push(Effect::Tell(event));
    }
}

pub struct Schedule {
    limits: Limits,
    work: BTreeMap<ChunkId, (Work, Phase)>,
    /// In the order in which they are to be sent; one that is not `Ready` any more is passed over.
    ready: VecDeque<ChunkId>,
    /// Those that are `Delayed`, by time.
    delayed: BTreeSet<(Instant, ChunkId)>,
    /// Left half -> the right one that waits for it.
    waiting: HashMap<ChunkId, ChunkId>,
    agents: Vec<AgentState>,
    /// Group -> its Agent's place.
    of_group: HashMap<u32, usize>,
    known: Known,
    breaker: Breaker,
    progress: Progress,
    told: Told,
    /// Chunks that the other side failed on, of which some part has passed.
    passed_in_part: HashSet<ChunkId>,
}

/// How far the work has come.
struct Progress {
    tally: Tally,
    requests: u64,
    in_flight: usize,
    /// Counts what happens: tells what was sent before what.
    clock: u64,
    last_chunk: i64,
    exhausted: bool,
    /// Some chunks used up their tries.
    held: bool,
    last_code: Option<String>,
    ending: Option<Ending>,
    /// The API has named a time.
    quiet_until: Option<Instant>,
}

/// What was said once already.
#[derive(Default)]
struct Told {
    deprecated: bool,
    repeated_request_id: bool,
    unknown_codes: HashSet<String>,
}

impl Schedule {
    /// `tally` and `requests` as the journal has them; `last_chunk`: the last number taken.
    pub fn new(
        limits: Limits,
        agents: Vec<KnownAgent>,
        tally: Tally,
        requests: u64,
        last_chunk: i64,
    ) -> Self {
        let retry = &limits.retry;
        let breaker = Breaker::new(
            retry.give_up,
            retry.first_contact,
            retry.first_wait.max(Duration::from_millis(200)),
        );
        let mut of_group = HashMap::new();
        let states = agents.into_iter().enumerate().map(|(place, known)| {
            of_group.extend(known.groups.iter().map(|group| (*group, place)));
            AgentState {
                accepted_before: known.accepted_before,
                stopped_before: known.stopped_before,
                ..AgentState::new(known.agent)
            }
        });
        let agents = states.collect();
        let mut known = Known::default();
        known.templates.default = limits.default_template;
        Self {
            limits,
            work: BTreeMap::new(),
            ready: VecDeque::new(),
            delayed: BTreeSet::new(),
            waiting: HashMap::new(),
            agents,
            of_group,
            known,
            breaker,
            progress: Progress {
                tally,
                requests,
                in_flight: 0,
                clock: 0,
                last_chunk,
                exhausted: false,
                held: false,
                last_code: None,
                ending: None,
                quiet_until: None,
            },
            told: Told::default(),
            passed_in_part: HashSet::new(),
        }
    }

    /// The links that were shown before lead there.
    pub fn knows_page_host(&mut self, host: Option<String>) {
        self.known.page_host = host;
    }

    /// Takes one input and says what is to be done, in order.
    pub fn on(&mut self, input: Input, now: Moment, chance: f64) -> Vec<Effect> {
        let mut turn = Turn { now, chance, effects: Vec::new() };
        match input {
            Input::Loaded(chunks) => self.load(chunks),
            Input::Cut(chunks) => self.cut(chunks, &mut turn),
            Input::Exhausted => self.exhausted(&mut turn),
            Input::Slot => self.send_next(&mut turn),
            Input::Answered { chunk, outcome, seen } => self.answered(chunk, outcome, seen, &mut turn),
            Input::Withdrawn { chunk } => self.withdrawn(chunk, &mut turn),
            Input::Woke => {}
        }
        self.free_delayed(now.at);
        turn.effects
    }

    /// What is needed next. It changes nothing but the order of the queue.
    pub fn next(&mut self, now: Instant) -> Next {
        self.free_delayed(now);
        let in_flight = self.progress.in_flight;
        if let Some(ending) = &self.progress.ending {
            return if in_flight == 0 { Next::End(ending.clone().into()) } else { Next::Wait(None) };
        }
        let gate = self.breaker.gate(now);
        if gate == Gate::GiveUp && in_flight == 0 {
            return Next::End(Reason::Unreachable(self.progress.last_code.clone()));
        }
        if !self.progress.exhausted && self.ready.len() < AHEAD / 2 && self.held() < MOST_HELD {
            return Next::Load;
        }
        if in_flight < self.limits.most_in_flight && self.may_send(now) && self.candidate().is_some() {
            return Next::Slot;
        }
        let paused = match gate {
            Gate::Paused { until } => Some(until),
            _ => None,
        };
        let paused = paused.into_iter().chain(self.progress.quiet_until.filter(|until| *until > now)).max();
        let soonest = self.soonest_delayed();
        if in_flight > 0 || soonest.is_some() || (paused.is_some() && !self.ready.is_empty()) {
            let until = soonest.into_iter().chain(paused).min();
            // In flight there may be an answer yet; else no pause goes on beyond that.
            let end = self.breaker.gives_up_at().filter(|_| in_flight == 0);
            return Next::Wait(until.into_iter().chain(end).min());
        }
        Next::Drained
    }

    /// Why the work ends where some Agent's contracts were left, or some chunks had no result.
    pub fn left_over(&self) -> Option<Reason> {
        let stopped = self.agents.iter().find_map(|agent| agent.stopped.clone());
        match stopped {
            Some(blame) => Some(Reason::from(blame)),
            None => self.progress.held.then(|| Reason::Held(self.progress.last_code.clone())),
        }
    }

    pub fn last_code(&self) -> Option<String> {
        self.progress.last_code.clone()
    }

    pub fn progress_event(&self, rate: f64) -> Event {
        Event::Progress { tally: self.progress.tally, requests: self.progress.requests, rate }
    }

    /// Other words on how the job's flows stand: claims were settled.
    pub fn recount(&mut self, tally: Tally) {
        self.progress.tally = tally;
        self.progress.exhausted = false;
    }

    pub fn in_flight(&self) -> usize {
        self.progress.in_flight
    }

    /// Whether nothing of that group is to be cut any more.
    pub fn is_stopped(&self, group: u32) -> bool {
        self.of_group
            .get(&group)
            .and_then(|place| self.agents.get(*place))
            .is_some_and(|agent| agent.stopped.is_some())
    }

    pub fn chunk_limits(&self) -> ChunkLimits {
        self.limits.chunk
    }

    pub fn work(&self, chunk: ChunkId) -> Option<&Work> {
        self.work.get(&chunk).map(|(work, _)| work)
    }

    fn load(&mut self, chunks: Vec<(Work, Phase)>) {
        for (work, phase) in chunks {
            let id = work.id;
            self.put(work, phase);
            if phase == Phase::Ready {
                self.ready.push_back(id);
            }
        }
    }

    fn cut(&mut self, chunks: Vec<(Cut, Vec<Member>)>, turn: &mut Turn) {
        let mut new = Vec::with_capacity(chunks.len());
        for (cut, members) in chunks {
            let work = Work::new(self.new_id(), cut.group, ChunkKind::Cut, members);
            new.push(work.as_new());
            self.ready.push_back(work.id);
            self.put(work, Phase::Ready);
        }
        if !new.is_empty() {
            turn.record(Transition::AddChunks(new));
        }
    }

    fn new_id(&mut self) -> ChunkId {
        self.progress.last_chunk += 1;
        ChunkId(self.progress.last_chunk)
    }

    fn tick(&mut self) -> u64 {
        self.progress.clock += 1;
        self.progress.clock
    }

    fn agent_of(&self, group: u32) -> usize {
        // Groups are all known from the job's file; a journal that has lost one is
        // noticed when its sender is loaded.
        self.of_group.get(&group).copied().unwrap_or(0)
    }

    fn put(&mut self, work: Work, phase: Phase) {
        match phase {
            Phase::Sent { .. } => self.progress.in_flight += 1,
            Phase::Delayed { until } => drop(self.delayed.insert((until, work.id))),
            _ => {}
        }
        self.work.insert(work.id, (work, phase));
    }

    /// Takes a chunk out; it is in no phase until it is put back.
    fn take(&mut self, chunk: ChunkId) -> Option<(Work, Phase)> {
        let taken = self.work.remove(&chunk)?;
        match taken.1 {
            Phase::Sent { .. } => self.progress.in_flight -= 1,
            Phase::Delayed { until } => drop(self.delayed.remove(&(until, chunk))),
            _ => {}
        }
        Some(taken)
    }

    fn set(&mut self, chunk: ChunkId, phase: Phase) {
        if let Some((work, _)) = self.take(chunk) {
            self.put(work, phase);
        }
    }

    /// To the head of the queue.
    fn first(&mut self, work: Work) {
        self.ready.push_front(work.id);
        self.put(work, Phase::Ready);
    }

    fn held(&self) -> usize {
        self.agents.iter().filter_map(|agent| agent.inquiry.as_ref()).map(|one| one.held.len()).sum()
    }

    fn soonest_delayed(&self) -> Option<Instant> {
        self.delayed.first().map(|(until, _)| *until)
    }

    fn free_delayed(&mut self, now: Instant) {
        let due: Vec<ChunkId> =
            self.delayed.iter().take_while(|(until, _)| *until <= now).map(|(_, chunk)| *chunk).collect();
        for chunk in due {
            let Some((work, _)) = self.take(chunk) else { continue };
            let agent = self.agent_of(work.group);
            if let Some(inquiry) = self.agents.get_mut(agent).and_then(|agent| agent.inquiry.as_mut())
                && inquiry.busy == Some(chunk)
            {
                inquiry.busy = None;
            }
            // Behind the others: it may be the only one that fails.
            self.ready.push_back(chunk);
            self.put(work, Phase::Ready);
        }
    }

    fn may_send(&self, now: Instant) -> bool {
        if self.progress.quiet_until.is_some_and(|until| now < until) {
            return false;
        }
        match self.breaker.gate(now) {
            Gate::Open => true,
            Gate::Probe => !self.breaker.is_probing(),
            Gate::Paused { .. } | Gate::GiveUp => false,
        }
    }

    /// The first chunk of the queue that may be sent now. Those that wait for an
    /// inquiry, or whose Agent has stopped, leave the queue.
    fn candidate(&mut self) -> Option<ChunkId> {
        let mut index = 0;
        while let Some(chunk) = self.ready.get(index).copied() {
            let Some((work, Phase::Ready)) = self.work.get(&chunk) else {
                self.ready.remove(index);
                continue;
            };
            let place = self.agent_of(work.group);
            let Some(agent) = self.agents.get_mut(place) else { return Some(chunk) };
            if agent.stopped.is_some() {
                // The journal has it: the next run may send it.
                self.ready.remove(index);
                self.work.remove(&chunk);
                continue;
            }
            let Some(inquiry) = &mut agent.inquiry else { return Some(chunk) };
            if inquiry.members.contains(&chunk) {
                if inquiry.busy.is_none() {
                    return Some(chunk);
                }
                index += 1;
                continue;
            }
            inquiry.held.push(chunk);
            self.ready.remove(index);
            self.set(chunk, Phase::Held);
        }
        None
    }

    /// Gives the slot to a chunk. On the way to it some chunks may turn out to need
    /// no request.
    fn send_next(&mut self, turn: &mut Turn) {
        while self.progress.ending.is_none() && self.may_send(turn.now.at) {
            let Some(chunk) = self.candidate() else { return };
            self.ready.retain(|own| *own != chunk);
            let Some((work, _)) = self.take(chunk) else { continue };
            let Some(mut work) = self.prepare(work, turn) else { continue };
            if matches!(self.breaker.gate(turn.now.at), Gate::Probe) {
                self.breaker.probe();
            }
            let place = self.agent_of(work.group);
            if let Some(inquiry) = self.agents.get_mut(place).and_then(|agent| agent.inquiry.as_mut()) {
                inquiry.busy = Some(chunk);
            }
            let at = self.tick();
            work.attempts += 1;
            work.first_sent.get_or_insert(at);
            self.progress.requests += 1;
            self.put(work, Phase::Sent { at });
            turn.effects.push(Effect::Send(chunk));
            return;
        }
    }

    /// What is known before a chunk is sent. `None`: something else was done with it.
    fn prepare(&mut self, work: Work, turn: &mut Turn) -> Option<Work> {
        let place = self.agent_of(work.group);
        if work.len() > 1 && self.known.sizes.is_too_many(work.len()) {
            // Cut before the API said that it takes fewer.
            self.split_unsent(work, false, turn);
            return None;
        }
        let foretold = self.agents.get(place).and_then(|state| self.known.of_agent(&state.agent)).cloned();
        if let Some(outcome) = foretold {
            self.reject_unsent(work, &outcome, turn);
            return None;
        }
        let work = self.sift_expired(work, turn)?;
        let work = self.sift_templates(work, place, turn)?;
        let state = self.agents.get_mut(place)?;
        if state.stopped_before.is_some() && state.inquiry.is_none() {
            state.inquiry = Some(inquiry::Inquiry::of(work.id));
            if work.len() > 1 {
                // An earlier run has stopped for this Agent: one contract is asked first.
                self.split_at(work, 1, false, turn);
                return None;
            }
        }
        Some(work)
    }

    fn withdrawn(&mut self, chunk: ChunkId, turn: &mut Turn) {
        let Some((work, _)) = self.take(chunk) else { return };
        self.progress.requests = self.progress.requests.saturating_sub(1);
        self.no_longer_busy(&work);
        let outcome = Outcome::with_code(crate::domain::verdict::Verdict::NotSent, "withdrawn");
        self.settle(&work, &outcome, crate::journal::After::Again { counts: false }, turn);
        self.first(work);
    }

    fn no_longer_busy(&mut self, work: &Work) {
        let place = self.agent_of(work.group);
        if let Some(inquiry) = self.agents.get_mut(place).and_then(|agent| agent.inquiry.as_mut())
            && inquiry.busy == Some(work.id)
        {
            inquiry.busy = None;
        }
    }

    fn settle(&self, work: &Work, outcome: &Outcome, after: crate::journal::After, turn: &mut Turn) {
        let attempt: AttemptId = work.attempt();
        turn.record(Transition::Settle {
            attempt,
            outcome: outcome.clone(),
            after,
            now_us: turn.now.unix_us,
        });
    }

    fn count_accepted(&mut self, flows: usize) {
        self.progress.tally.pending = self.progress.tally.pending.saturating_sub(flows as u64);
        self.progress.tally.accepted += flows as u64;
    }

    fn count_rejected(&mut self, flows: usize) {
        self.progress.tally.pending = self.progress.tally.pending.saturating_sub(flows as u64);
        self.progress.tally.rejected += flows as u64;
    }

    fn count_invalid(&mut self, flows: usize) {
        self.progress.tally.pending = self.progress.tally.pending.saturating_sub(flows as u64);
        self.progress.tally.invalid += flows as u64;
    }

    /// Some acceptance of the job, whoever's.
    fn anyone_accepted(&self) -> bool {
        self.agents.iter().any(|agent| agent.accepted_before || agent.accepted_at.is_some())
    }
}

impl From<Blame> for Reason {
    fn from(blame: Blame) -> Self {
        match blame {
            Blame::Caller(outcome) => Self::Caller(outcome),
            Blame::Question(question) => Self::Question(question),
        }
    }
}
