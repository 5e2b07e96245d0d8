//! A schedule with an API that follows a script, and what comes of each flow.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, Instant};

use super::*;
use crate::domain::flow::Agent;
use crate::domain::job::FlowNo;
use crate::domain::verdict::Verdict;
use crate::essbasic::action::Action;
use crate::journal::{After, Part, PartState, Seen, StopRecord, Unsent};
use crate::runner::RetrySettings;

/// What the API says of a request: the number of the request from 1, its group,
/// its flows.
pub type Script = Box<dyn FnMut(u32, u32, &[FlowNo]) -> Outcome>;

pub struct World {
    pub schedule: Schedule,
    script: Script,
    now: Moment,
    /// Still to be cut: flows with their groups.
    input: VecDeque<(FlowNo, u32)>,
    in_flight: VecDeque<(ChunkId, Outcome)>,
    /// So many are on the wire before the first is answered.
    latency: usize,
    per_chunk: usize,
    pub requests: u32,
    /// Requests that had left when the first one was refused, and those after it.
    pub in_flight_at_refusal: Option<(u32, u32)>,
    pub accepted: BTreeMap<FlowNo, ChunkId>,
    pub rejected: BTreeMap<FlowNo, String>,
    pub invalid: BTreeSet<FlowNo>,
    pub doubts: BTreeSet<FlowNo>,
    pub pages: BTreeSet<ChunkId>,
    chunks: BTreeMap<ChunkId, Vec<FlowNo>>,
    groups: BTreeMap<ChunkId, u32>,
    pub stops: Vec<StopRecord>,
    pub keys_read: u32,
    /// Whether other credentials are found when they are read.
    pub new_keys: bool,
    pub end: Option<Reason>,
}

pub fn accepted(page: u32) -> Outcome {
    Outcome { url: Some(format!("https://x.test/{page}")), ..Outcome::new(Verdict::Accepted) }
}

pub fn refused(code: &str) -> Outcome {
    let (verdict, _) = crate::domain::codes::judge_code(code);
    Outcome { message: Some(format!("the words of {code}")), ..Outcome::with_code(verdict, code) }
}

pub fn limits(contracts: u64) -> Limits {
    Limits {
        action: Action::PrepareFlows,
        retry: RetrySettings {
            attempts: 8,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(30),
            give_up: Duration::from_secs(600),
            first_contact: Duration::from_secs(15),
        },
        chunk: ChunkLimits { flows: 20, bytes: 1 << 20 },
        most_in_flight: 1000,
        keep_going: BTreeSet::new(),
        keep_going_for_all: false,
        default_template: None,
        contracts,
    }
}

/// Agents of so many groups, one each.
pub fn agents(count: u32) -> Vec<KnownAgent> {
    (0..count)
        .map(|group| KnownAgent {
            agent: Agent {
                app_id: "app".into(),
                organization_open_id: format!("organization {group}"),
                operator_open_id: "operator".into(),
            },
            groups: vec![group],
            accepted_before: false,
            stopped_before: None,
        })
        .collect()
}

fn member(flow: &FlowNo) -> Member {
    Member { flow: *flow, template: Some(0), size: 100, deadline: 1_900_000_000, relative: false }
}

impl World {
    pub fn new(flows: u32, groups: u32, latency: usize, script: Script) -> Self {
        Self::with(limits(u64::from(flows)), agents(groups), flows, latency, script)
    }

    pub fn with(limits: Limits, agents: Vec<KnownAgent>, flows: u32, latency: usize, script: Script) -> Self {
        let groups = u32::try_from(agents.len()).unwrap();
        let tally = Tally { pending: u64::from(flows), ..Tally::default() };
        let per_chunk = limits.chunk.flows;
        Self {
            schedule: Schedule::new(limits, agents, tally, 0, 0),
            script,
            now: Moment { at: Instant::now(), unix_us: 1_800_000_000_000_000 },
            input: (0..flows).map(|flow| (FlowNo(i64::from(flow)), flow % groups)).collect(),
            in_flight: VecDeque::new(),
            latency,
            per_chunk,
            requests: 0,
            in_flight_at_refusal: None,
            accepted: BTreeMap::new(),
            rejected: BTreeMap::new(),
            invalid: BTreeSet::new(),
            doubts: BTreeSet::new(),
            pages: BTreeSet::new(),
            chunks: BTreeMap::new(),
            groups: BTreeMap::new(),
            stops: Vec::new(),
            keys_read: 0,
            new_keys: false,
            end: None,
        }
    }

    /// Until the work ends. Panics where it does not.
    pub fn run(mut self) -> Self {
        for _ in 0..200_000 {
            self.each_flow_is_in_one_place();
            match self.schedule.next(self.now.at) {
                Next::Slot if self.in_flight.len() < self.latency => self.on(Input::Slot),
                Next::Slot => self.answer(),
                Next::Load => self.load(),
                Next::Wait(_) if !self.in_flight.is_empty() => self.answer(),
                Next::Wait(Some(until)) => {
                    let passed = until.saturating_duration_since(self.now.at);
                    self.now.at = until;
                    self.now.unix_us += i64::try_from(passed.as_micros()).unwrap();
                    self.on(Input::Woke);
                }
                Next::Wait(None) => panic!("it waits for nothing"),
                Next::Drained => {
                    self.on(Input::Idle);
                    if self.schedule.takes_replan() {
                        self.load_again();
                        continue;
                    }
                    if matches!(self.schedule.next(self.now.at), Next::Drained) {
                        self.end = self.schedule.left_over();
                        self.nothing_waits_for_nobody();
                        return self;
                    }
                }
                Next::End(reason) => {
                    self.end = Some(reason);
                    return self;
                }
            }
        }
        panic!("it does not end");
    }

    /// Once nothing more is sent, no chunk waits for something that will not come.
    fn nothing_waits_for_nobody(&self) {
        for (chunk, (_, phase)) in &self.schedule.work {
            assert!(*phase == Phase::Suspected, "{chunk:?} is left as {phase:?}");
        }
        assert!(self.schedule.withheld.is_empty() || self.end.is_some(), "fragments are left");
    }

    fn load(&mut self) {
        let mut groups: BTreeMap<u32, Vec<FlowNo>> = BTreeMap::new();
        for (flow, group) in self.input.drain(..self.input.len().min(self.per_chunk * 40)) {
            groups.entry(group).or_default().push(flow);
        }
        let mut cuts: Vec<(Cut, Vec<Member>)> = Vec::new();
        for (group, flows) in groups {
            for flows in flows.chunks(self.per_chunk) {
                cuts.push((Cut { group, flows: flows.to_vec() }, flows.iter().map(member).collect()));
            }
        }
        cuts.sort_by_key(|(cut, _)| cut.flows.first().copied());
        self.on(if cuts.is_empty() { Input::Exhausted } else { Input::Cut(cuts) });
    }

    /// What the journal has that the schedule does not: as the shell loads it.
    fn load_again(&mut self) {
        let missing: Vec<(Work, Phase)> = self
            .chunks
            .iter()
            .filter(|(chunk, _)| self.schedule.work(**chunk).is_none())
            .map(|(chunk, flows)| {
                let group = self.groups[chunk];
                let members = flows.iter().map(member).collect();
                (Work::new(*chunk, group, ChunkKind::Cut, members), Phase::Ready)
            })
            .collect();
        self.on(Input::Loaded(missing));
    }

    pub fn load_for_test(&mut self, cuts: Vec<(Cut, Vec<Member>)>) {
        self.on(Input::Cut(cuts));
    }

    fn answer(&mut self) {
        let Some((chunk, outcome)) = self.in_flight.pop_front() else { return };
        if outcome.verdict != Verdict::Accepted && self.in_flight_at_refusal.is_none() {
            let others = u32::try_from(self.in_flight.len()).unwrap();
            self.in_flight_at_refusal = Some((self.requests, others));
        }
        self.now.at += Duration::from_millis(10);
        self.on(Input::Answered { chunk, outcome, seen: Seen::default() });
    }

    /// Requests that were sent after the first refusal had come.
    pub fn after_refusal(&self) -> u32 {
        self.in_flight_at_refusal.map_or(0, |(sent, _)| self.requests - sent)
    }

    fn on(&mut self, input: Input) {
        let effects = self.schedule.on(input, self.now, 0.5);
        let mut read_keys = false;
        for effect in effects {
            match effect {
                Effect::Record(transition) => self.write(transition),
                Effect::Send(chunk) => {
                    self.requests += 1;
                    let (group, flows) = {
                        let work = self.schedule.work(chunk).unwrap();
                        (work.group, work.flows())
                    };
                    assert_eq!(self.chunks[&chunk], flows, "what is sent is what was written down");
                    let outcome = (self.script)(self.requests, group, &flows);
                    self.in_flight.push_back((chunk, outcome));
                }
                Effect::ReadKeys => {
                    self.keys_read += 1;
                    read_keys = true;
                }
                Effect::Tell(_) => {}
            }
        }
        if read_keys {
            self.on(Input::KeysRead { differ: self.new_keys });
        }
    }

    fn write(&mut self, transition: Transition) {
        match transition {
            Transition::AddChunks(chunks) => self.add(chunks),
            Transition::Intend { .. } => {}
            Transition::Settle { attempt, outcome, after, .. } => match after {
                After::Accept => self.accept(attempt.chunk),
                After::Reject => self.reject(attempt.chunk, Unsent::Rejected, outcome.code),
                After::Split { left, right, at } => self.split(attempt.chunk, left, right, at),
                After::Apart { parts } => self.apart(attempt.chunk, parts),
                After::Hold if outcome.verdict == Verdict::InDoubt => self.doubt(attempt.chunk),
                After::Withhold | After::Again { .. } | After::Hold => {}
            },
            Transition::Split { chunk, left, right, at } => self.split(chunk, left, right, at),
            Transition::Sift { chunk, kept, out, why, code, .. } => {
                let flows = self.chunks.remove(&chunk).unwrap();
                let (gone, left): (Vec<_>, Vec<_>) = flows.into_iter().partition(|flow| out.contains(flow));
                self.chunks.insert(kept, left);
                self.chunks.insert(chunk, gone);
                self.reject(chunk, why, code);
            }
            Transition::Drop { chunk, why, code, .. } => self.reject(chunk, why, code),
            Transition::Gather { keep, void, chunks } => {
                keep.into_iter().for_each(|chunk| self.accept(chunk));
                for chunk in void {
                    assert!(self.chunks.remove(&chunk).is_some());
                }
                self.add(chunks);
            }
            Transition::Stop { stop, .. } => self.stops.push(stop),
            Transition::Resume { .. } | Transition::KeepGoing { .. } => {}
        }
    }

    fn add(&mut self, chunks: Vec<crate::journal::NewChunk>) {
        for chunk in chunks {
            self.groups.insert(chunk.id, chunk.group);
            assert!(self.chunks.insert(chunk.id, chunk.flows).is_none());
        }
    }

    fn split(&mut self, chunk: ChunkId, left: ChunkId, right: ChunkId, at: usize) {
        let mut flows = self.chunks.remove(&chunk).unwrap();
        let rest = flows.split_off(at);
        let group = self.groups[&chunk];
        self.groups.extend([(left, group), (right, group)]);
        self.chunks.insert(left, flows);
        self.chunks.insert(right, rest);
    }

    fn apart(&mut self, chunk: ChunkId, parts: Vec<Part>) {
        let mut whole: BTreeSet<FlowNo> = self.chunks.remove(&chunk).unwrap().into_iter().collect();
        let group = self.groups[&chunk];
        for Part { id, state, flows } in parts {
            assert!(flows.iter().all(|flow| whole.remove(flow)), "a part of its own chunk, once");
            self.groups.insert(id, group);
            self.chunks.insert(id, flows);
            match state {
                PartState::Accepted => self.accept(id),
                PartState::InDoubt => self.doubt(id),
                PartState::Pending => {}
            }
        }
        assert!(whole.is_empty(), "every flow is in some part");
    }

    fn doubt(&mut self, chunk: ChunkId) {
        for flow in self.chunks.remove(&chunk).unwrap() {
            assert!(self.doubts.insert(flow) && !self.accepted.contains_key(&flow));
        }
    }

    fn accept(&mut self, chunk: ChunkId) {
        for flow in self.chunks.remove(&chunk).unwrap() {
            assert!(self.accepted.insert(flow, chunk).is_none(), "accepted twice");
            assert!(!self.rejected.contains_key(&flow));
        }
        self.pages.insert(chunk);
    }

    fn reject(&mut self, chunk: ChunkId, why: Unsent, code: Option<String>) {
        for flow in self.chunks.remove(&chunk).unwrap() {
            assert!(!self.accepted.contains_key(&flow));
            match why {
                Unsent::Rejected => drop(self.rejected.insert(flow, code.clone().unwrap_or_default())),
                Unsent::Invalid => drop(self.invalid.insert(flow)),
            }
        }
    }

    /// A chunk is in one phase by its type; its flows are in no other chunk.
    fn each_flow_is_in_one_place(&self) {
        let mut seen = BTreeSet::new();
        for (work, _) in self.schedule.work.values() {
            for flow in work.flows() {
                assert!(seen.insert(flow), "{flow:?} is in two chunks");
            }
        }
        for left in self.schedule.waiting.values() {
            assert!(self.schedule.work.contains_key(left), "a half waits that is not there");
        }
    }
}
