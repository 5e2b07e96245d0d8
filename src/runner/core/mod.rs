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
mod keys;
mod known;
#[cfg(test)]
mod properties;
mod queue;
#[cfg(test)]
mod scripted;
mod starting;
#[cfg(test)]
mod starting_tests;
mod terms;
mod work;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::time::{Duration, Instant};

use crate::domain::chunks::{ChunkLimits, Cut};
use crate::domain::job::{AttemptId, ChunkId, Tally};
use crate::domain::verdict::Outcome;
use crate::journal::{ChunkKind, Transition};

use super::{Event, LastSeen, Reason};
use breaker::{Breaker, Gate};
use inquiry::AgentState;
use known::Known;

use answers::lasts;
use keys::Keys;
pub use terms::{Blame, Effect, Input, KnownAgent, Limits, Moment, Next, Question, Shared};
use terms::{Ending, Turn};
pub use work::{Member, Phase, Work};

/// Chunks that are queued ahead of their turn.
pub const AHEAD: usize = 40;
/// So many wait for an inquiry's end before no more are cut.
const MOST_HELD: usize = 400;

pub struct Schedule {
    limits: Limits,
    work: BTreeMap<ChunkId, (Work, Phase)>,
    /// Those that are `Withheld`: there may be many, and nobody asks about them before
    /// the end.
    withheld: BTreeMap<ChunkId, Work>,
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
    /// Chunks that wait for an inquiry's end, and single ones that are suspected.
    held_chunks: usize,
    suspects: usize,
    /// Some acceptance of the job, whoever's: in this run, or in an earlier one.
    accepted: bool,
    accepted_before: bool,
    /// What had stopped goes on: the input is to be looked through once more.
    replan: bool,
    /// Counts what happens: tells what was sent before what.
    clock: u64,
    last_chunk: i64,
    exhausted: bool,
    /// Some chunks used up their tries.
    held: bool,
    last: LastSeen,
    ending: Option<Ending>,
    /// The API has named a time.
    quiet_until: Option<Instant>,
    /// What became of the credentials.
    keys: Keys,
    /// Answers before the first contact that another try would not change.
    turned_away: u32,
    /// Answers that no API gives (201, 302), since something was accepted last.
    strays: u32,
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
        let agents: Vec<AgentState> = states.collect();
        let accepted_before = agents.iter().any(|agent| agent.accepted_before);
        let mut known = Known::default();
        known.templates.default = limits.default_template;
        Self {
            limits,
            work: BTreeMap::new(),
            withheld: BTreeMap::new(),
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
                held_chunks: 0,
                suspects: 0,
                accepted: false,
                accepted_before,
                replan: false,
                clock: 0,
                last_chunk,
                exhausted: false,
                held: false,
                last: LastSeen::default(),
                ending: None,
                quiet_until: None,
                keys: Keys::AsAtFirst,
                turned_away: 0,
                strays: 0,
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
            Input::Exhausted => {
                self.progress.exhausted = true;
                self.idle(&mut turn);
            }
            Input::Idle => self.idle(&mut turn),
            Input::Slot => self.send_next(&mut turn),
            Input::Answered { chunk, outcome, seen } => self.answered(chunk, outcome, seen, &mut turn),
            Input::Withdrawn { chunk } => self.withdrawn(chunk, &mut turn),
            Input::KeysRead { differ } => self.keys_read(differ, &mut turn),
            Input::Woke => {}
        }
        self.free_delayed(now.at);
        turn.effects
    }

    /// What is needed next. Chunks that may not be sent now leave the queue.
    pub fn next(&mut self, now: Instant) -> Next {
        self.free_delayed(now);
        let in_flight = self.progress.in_flight;
        if let Some(ending) = &self.progress.ending {
            return if in_flight == 0 { Next::End(ending.clone().into()) } else { Next::Wait(None) };
        }
        let gate = self.breaker.gate(now);
        if self.reads_keys() {
            return Next::Wait(None);
        }
        if gate == Gate::GiveUp && in_flight == 0 {
            return Next::End(Reason::Unreachable(self.progress.last.clone()));
        }
        let candidate = self.candidate().is_some();
        if !self.progress.exhausted && self.ready.len() < AHEAD / 2 && self.progress.held_chunks < MOST_HELD {
            return Next::Load;
        }
        if candidate && in_flight < self.most_in_flight() && self.may_send(now) {
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
            None => self.progress.held.then(|| Reason::Held(self.progress.last.clone())),
        }
    }

    pub fn last_seen(&self) -> LastSeen {
        self.progress.last.clone()
    }

    pub fn progress_event(&self, rate: f64) -> Event {
        Event::Progress { tally: self.progress.tally, requests: self.progress.requests, rate }
    }

    /// Other words on how the job's flows stand: claims were settled.
    pub fn recount(&mut self, tally: Tally) {
        self.progress.tally = tally;
        self.progress.exhausted = false;
    }

    /// Whether the input is to be looked through once more; it is asked once.
    pub fn takes_replan(&mut self) -> bool {
        std::mem::take(&mut self.progress.replan)
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
        self.work.get(&chunk).map(|(work, _)| work).or_else(|| self.withheld.get(&chunk))
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

    /// Some acceptance of the job, whoever's and whenever.
    fn anyone_accepted(&self) -> bool {
        self.progress.accepted || self.progress.accepted_before
    }
}
