//! Random transitions and crashes, against a journal kept in memory.
//!
//! The suite knows a journal only by its methods and by a function that opens
//! one in a folder, so that another kind of journal can be run through it: see
//! the end of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use flowbatch::domain::doubt::How;
use flowbatch::domain::job::{Again, AttemptId, ChunkId, FlowNo, JobId, Status, Tally};
use flowbatch::domain::verdict::{FlowAnswer, Outcome, Started, Verdict};
use flowbatch::journal::{
    After, ChunkKind, ContractRecord, DeadJob, JobFile, Journal, JournalError, Lease, NewChunk, NewJob, Part,
    PartState, Permission, Sending, Settled, SettledAs, Transition, Unsent,
};
use proptest::prelude::*;
use tempfile::TempDir;
use tokio::runtime::Runtime;

type Open = fn(&Path) -> Journal;

/// A step, with numbers that choose among what is possible then.
#[derive(Clone, Copy, Debug)]
struct Step {
    what: What,
    which: u8,
    how: u8,
}

#[derive(Clone, Copy, Debug)]
enum What {
    Import,
    CutImportOff,
    Cut,
    Intend,
    Settle,
    SplitUnsent,
    RejectUnsent,
    Sift,
    Gather,
    Claim,
    Retry,
    /// Contracts in doubt: found, said not to have been sent, or left.
    Reconcile,
    Renew,
    Finish,
    /// Power is cut and the job taken up again.
    Crash,
    /// Power is cut while the next transition is on its way.
    CrashWithin,
}

fn any_step() -> impl Strategy<Value = Step> {
    use What::*;
    let what = prop_oneof![
        3 => Just(Import), 1 => Just(CutImportOff), 6 => Just(Cut), 10 => Just(Intend), 12 => Just(Settle),
        2 => Just(SplitUnsent), 1 => Just(RejectUnsent), 1 => Just(Sift), 4 => Just(Gather), 3 => Just(Claim), 2 => Just(Retry), 4 => Just(Reconcile),
        2 => Just(Renew), 2 => Just(Finish), 2 => Just(Crash), 2 => Just(CrashWithin),
    ];
    (what, any::<u8>(), any::<u8>()).prop_map(|(what, which, how)| Step { what, which, how })
}

#[derive(Clone, Debug, PartialEq)]
struct Flow {
    claim: u8,
    content: u8,
    holds: bool,
    allowed: bool,
    /// Another job sends it in this one's stead.
    taken: bool,
    status: Status,
    chunk: Option<i64>,
    attempts: u32,
    url: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Pending,
    Sending(AttemptId),
    Waiting,
    Over,
    Held,
}

#[derive(Clone, Debug, PartialEq)]
struct Chunk {
    state: State,
    tries: u32,
    attempts: u32,
    /// The page of an accepted attempt, as long as its link is good.
    url: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Job {
    finished: bool,
    flows: BTreeMap<i64, Flow>,
    chunks: BTreeMap<i64, Chunk>,
    requests: u64,
}

/// The journal as it should be.
#[derive(Clone, Debug, Default, PartialEq)]
struct Model {
    jobs: BTreeMap<String, Job>,
    /// What really travelled to each page.
    carried: BTreeMap<String, BTreeSet<i64>>,
}

impl Job {
    fn members(&self, chunk: i64) -> Vec<i64> {
        self.flows.iter().filter(|(_, flow)| flow.chunk == Some(chunk)).map(|(number, _)| *number).collect()
    }

    fn chunks_in(&self, wanted: impl Fn(State) -> bool) -> Vec<i64> {
        let found = self.chunks.iter().filter(|(_, chunk)| wanted(chunk.state));
        found.map(|(id, _)| *id).filter(|id| !self.members(*id).is_empty()).collect()
    }

    fn uncut(&self) -> Vec<i64> {
        let may_go = |flow: &&Flow| {
            flow.status == Status::Pending && flow.chunk.is_none() && (flow.holds || flow.allowed)
        };
        self.flows.iter().filter(|(_, flow)| may_go(flow)).map(|(number, _)| *number).collect()
    }

    fn put(&mut self, chunk: i64, flows: &[i64]) {
        self.chunks.insert(chunk, Chunk { state: State::Pending, tries: 0, attempts: 0, url: None });
        for flow in flows {
            self.flows.get_mut(flow).unwrap().chunk = Some(chunk);
        }
    }

    fn new_chunk(&self) -> i64 {
        self.chunks.keys().max().copied().unwrap_or(0) + 1
    }

    fn each_of(&mut self, chunk: i64, mut change: impl FnMut(&mut Flow)) {
        self.flows.values_mut().filter(|flow| flow.chunk == Some(chunk)).for_each(&mut change);
    }

    fn reopen(&mut self) {
        for chunk in self.chunks.values_mut() {
            if matches!(chunk.state, State::Sending(_) | State::Held | State::Pending) {
                (chunk.state, chunk.tries) = (State::Pending, 0);
            }
        }
        for flow in self.flows.values_mut().filter(|flow| flow.status == Status::InDoubt) {
            flow.status = Status::Pending;
        }
    }

    fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        self.flows.values().for_each(|flow| tally.add(flow.status, 1));
        tally
    }
}

impl Model {
    /// The job and flow that hold a claim.
    fn holder(&self, claim: u8) -> Option<(String, i64)> {
        self.jobs.iter().find_map(|(id, job)| {
            let held = job.flows.iter().find(|(_, flow)| flow.holds && flow.claim == claim)?;
            Some((id.clone(), *held.0))
        })
    }

    fn sent(&self, claim: u8, content: u8) -> bool {
        self.jobs
            .values()
            .flat_map(|job| job.flows.values())
            .any(|flow| (flow.claim, flow.content, flow.status) == (claim, content, Status::Accepted))
    }

    fn import(&mut self, id: &str, flows: &[(u8, u8)], permission: Permission) {
        self.jobs.insert(id.to_owned(), Job::default());
        for (number, (claim, content)) in (0..).zip(flows.iter().copied()) {
            let holder = self.holder(claim);
            let other = holder.as_ref().filter(|(job, _)| job != id);
            let same_held = other.is_some_and(|(job, flow)| self.jobs[job].flows[flow].content == content);
            let sent = self.sent(claim, content);
            let said =
                if sent || same_held { permission.again == Again::All } else { permission.reused_keys };
            let own = self.jobs[id].flows.values();
            let twin = own.into_iter().any(|flow| (flow.claim, flow.content) == (claim, content));
            let allowed = !twin && (other.is_some() || sent) && said;
            let duplicate = sent && !allowed;
            let flow = Flow {
                claim,
                content,
                holds: holder.is_none() && !duplicate,
                allowed,
                taken: false,
                status: if duplicate { Status::Duplicate } else { Status::Pending },
                chunk: None,
                attempts: 0,
                url: None,
            };
            self.jobs.get_mut(id).unwrap().flows.insert(number, flow);
        }
    }

    fn claim(&mut self, id: &str) {
        let waiting: Vec<i64> = self.jobs[id]
            .flows
            .iter()
            .filter(|(_, flow)| flow.status == Status::Pending && !flow.holds && !flow.allowed)
            .map(|(number, _)| *number)
            .collect();
        let mut torn: BTreeSet<(String, i64)> = BTreeSet::new();
        for number in waiting {
            let own = self.jobs[id].flows[&number].clone();
            let take = |model: &mut Self| {
                let flow = model.flow(id, number);
                (flow.holds, flow.taken) = (true, false);
            };
            let Some((other, held)) = self.holder(own.claim) else {
                take(self);
                continue;
            };
            let holder = self.jobs[&other].flows[&held].clone();
            match holder.status {
                Status::Accepted if holder.content == own.content || own.taken => {
                    self.flow(id, number).status = Status::Duplicate;
                }
                Status::Accepted => self.flow(id, number).status = Status::Rejected,
                // Also what got no answer: nobody has seen a link of it.
                Status::Pending | Status::InDoubt if other != id => {
                    if let Some(chunk) = holder.chunk {
                        torn.insert((other.clone(), chunk));
                    }
                    let lost = self.flow(&other, held);
                    (lost.holds, lost.chunk, lost.taken, lost.status) = (false, None, true, Status::Pending);
                    take(self);
                }
                _ => {}
            }
        }
        // Others take the place of chunks that contracts were taken out of.
        for (other, chunk) in torn {
            let job = self.jobs.get_mut(&other).unwrap();
            let (left, new) = (job.members(chunk), job.new_chunk());
            let tries = job.chunks[&chunk].tries;
            job.set(chunk, State::Over);
            job.chunks.get_mut(&chunk).unwrap().url = None;
            if !left.is_empty() {
                job.put(new, &left);
                for flow in left {
                    job.flows.get_mut(&flow).unwrap().status = Status::Pending;
                }
                job.chunks.get_mut(&new).unwrap().tries = tries;
            }
        }
    }

    fn flow(&mut self, job: &str, flow: i64) -> &mut Flow {
        self.jobs.get_mut(job).unwrap().flows.get_mut(&flow).unwrap()
    }

    fn retry(&mut self, id: &str) {
        let job = self.jobs.get_mut(id).unwrap();
        let failed = |flow: &Flow| match flow.status {
            Status::Rejected | Status::InDoubt => true,
            Status::Pending => flow.attempts > 0,
            _ => false,
        };
        if job.flows.values().any(failed) {
            job.finished = false;
        }
        let rejected: Vec<i64> = job
            .flows
            .iter()
            .filter(|(_, flow)| flow.status == Status::Rejected)
            .map(|(number, _)| *number)
            .collect();
        for number in rejected {
            let flow = self.flow(id, number).clone();
            // One that someone has allowed needs no claim; another takes it if it is free.
            let takes = !flow.allowed && self.holder(flow.claim).is_none();
            let flow = self.flow(id, number);
            (flow.status, flow.chunk, flow.holds) = (Status::Pending, None, takes);
        }
    }

    fn settle(&mut self, id: &str, chunk: i64, outcome: &Outcome, after: &After) {
        let job = self.jobs.get_mut(id).unwrap();
        let url = outcome.url.clone();
        match after {
            After::Accept => {
                job.each_of(chunk, |flow| (flow.status, flow.url) = (Status::Accepted, url.clone()));
                let members = job.members(chunk);
                self.carried.insert(url.unwrap(), members.into_iter().collect());
                job.set(chunk, State::Over);
            }
            After::Withhold => {
                let members = job.members(chunk);
                self.carried.insert(url.clone().unwrap(), members.into_iter().collect());
                job.chunks.get_mut(&chunk).unwrap().url = url;
                job.set(chunk, State::Waiting);
            }
            After::Again { counts } => {
                job.chunks.get_mut(&chunk).unwrap().tries += u32::from(*counts);
                job.set(chunk, State::Pending);
            }
            After::Split { left, right, at } => job.split(chunk, left.0, right.0, *at),
            After::Apart { parts } => {
                job.set(chunk, State::Over);
                for Part { id, state, flows } in parts {
                    let flows: Vec<i64> = flows.iter().map(|flow| flow.0).collect();
                    job.part(id.0, &flows, *state);
                }
            }
            After::Reject => job.reject(chunk),
            After::Hold => {
                if outcome.verdict == Verdict::InDoubt {
                    job.each_of(chunk, |flow| flow.status = Status::InDoubt);
                }
                job.set(chunk, State::Held);
            }
        }
    }
}

impl Job {
    fn set(&mut self, chunk: i64, state: State) {
        self.chunks.get_mut(&chunk).unwrap().state = state;
    }

    fn part(&mut self, id: i64, flows: &[i64], state: PartState) {
        self.put(id, flows);
        let (own, status) = match state {
            PartState::Accepted => (State::Over, Status::Accepted),
            PartState::InDoubt => (State::Held, Status::InDoubt),
            PartState::Pending => (State::Pending, Status::Pending),
        };
        self.set(id, own);
        self.each_of(id, |flow| flow.status = status);
    }

    /// What is found is accepted, what was not sent waits alone, the rest stays.
    fn reconcile(&mut self, chunk: i64, fates: &[(i64, u8)]) {
        let of = |fate: u8| -> Vec<i64> {
            fates.iter().filter(|(_, own)| *own == fate).map(|(flow, _)| *flow).collect()
        };
        let (found, unsent, left) = (of(0), of(1), of(2));
        if found.len() == fates.len() {
            self.set(chunk, State::Over);
            self.each_of(chunk, |flow| flow.status = Status::Accepted);
        } else if unsent.len() == fates.len() && fates.len() == 1 {
            self.set(chunk, State::Pending);
            self.each_of(chunk, |flow| flow.status = Status::Pending);
        } else {
            self.set(chunk, State::Over);
            let parts = [(PartState::Accepted, found), (PartState::InDoubt, left)].into_iter();
            let alone = unsent.into_iter().map(|flow| (PartState::Pending, vec![flow]));
            for (state, flows) in parts.chain(alone).filter(|(_, flows)| !flows.is_empty()) {
                let id = self.new_chunk();
                self.part(id, &flows, state);
            }
        }
        let tally = self.tally();
        self.finished = tally.pending + tally.in_doubt == 0 || (self.finished && tally.pending == 0);
    }

    fn split(&mut self, chunk: i64, left: i64, right: i64, at: usize) {
        let members = self.members(chunk);
        self.set(chunk, State::Over);
        self.put(left, &members[..at]);
        self.put(right, &members[at..]);
    }

    fn reject(&mut self, chunk: i64) {
        self.each_of(chunk, |flow| (flow.status, flow.holds) = (Status::Rejected, false));
        self.set(chunk, State::Over);
    }
}

fn key<const N: usize>(kind: &str, number: u8) -> [u8; N] {
    let mut key = [number; N];
    key[..kind.len()].copy_from_slice(kind.as_bytes());
    key
}

/// The contracts in a job's file, as an import leaves them.
fn write_file(journal: &Journal, job: &JobId, flows: &[(u8, u8)]) -> JobFile {
    let mut file = JobFile::create(&journal.job_path(job), 0).unwrap();
    for (number, (claim, content)) in (0..).zip(flows) {
        let sending = Sending {
            group: 0,
            template: None,
            size: 2,
            body: Some(b"{}".to_vec()),
            deadline: 0,
            relative: None,
            claim: key("claim", *claim),
            content: key("content", *content),
            likeness: None,
        };
        let record = ContractRecord {
            flow: FlowNo(number),
            key: None,
            name: "",
            status: None,
            unsent_claim: None,
            sending: Some(&sending),
            problems: &[],
        };
        file.writer().unwrap().add_contracts(&[record], &[]).unwrap();
    }
    file.seal().unwrap();
    file
}

fn ids(flows: &[i64]) -> Vec<FlowNo> {
    flows.iter().copied().map(FlowNo).collect()
}

type Act = Box<dyn FnOnce(&Journal, &Wait) -> Option<AttemptId>>;
type Change = Box<dyn FnOnce(&mut Model, Option<AttemptId>)>;

/// One step in the journal's words; what it changes in the model; its name.
struct Move {
    told: String,
    act: Act,
    /// Gets the attempt that `act` has begun, if one was.
    change: Change,
}

/// For the answer of a transition, or only until it is on its way.
struct Wait<'w> {
    runtime: &'w Runtime,
    patient: bool,
}

impl Wait<'_> {
    /// Hands one change over.
    fn record(&self, journal: &Journal, job: &JobId, lease: Lease, transition: Transition) {
        let recorded = journal.record(job, lease, transition).unwrap();
        self.answer(journal.durable(recorded));
    }

    fn answer<T>(&self, transition: impl Future<Output = Result<T, JournalError>>) -> Option<T> {
        let patience = if self.patient { Duration::from_secs(60) } else { Duration::ZERO };
        let answer = self.runtime.block_on(async { tokio::time::timeout(patience, transition).await });
        assert!(answer.is_ok() || !self.patient, "no answer");
        answer.ok().map(Result::unwrap)
    }
}

struct World {
    runtime: Runtime,
    open: Open,
    folder: TempDir,
    journal: Option<Journal>,
    model: Model,
    leases: BTreeMap<String, Lease>,
    jobs: u32,
    pages: u32,
    last: String,
}

const NOW: i64 = 1_700_000_000_000_000;

impl World {
    fn new(open: Open) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = Some(open(folder.path()));
        let runtime = Runtime::new().unwrap();
        let last = "nothing".to_owned();
        Self {
            runtime,
            open,
            folder,
            journal,
            model: Model::default(),
            leases: BTreeMap::new(),
            jobs: 0,
            pages: 0,
            last,
        }
    }

    fn journal(&self) -> &Journal {
        self.journal.as_ref().unwrap()
    }

    fn step(&mut self, step: Step, next: Option<Step>) {
        match step.what {
            What::Crash => self.crash(),
            What::CrashWithin => {
                // An import is several transitions; one that was cut off has a test of its own.
                let next = next.filter(|next| !matches!(next.what, What::Import | What::CutImportOff));
                if let Some(next) = next.and_then(|next| self.plan(next)) {
                    self.crash_within(next);
                }
            }
            _ => {
                if let Some(Move { told, act, change }) = self.plan(step) {
                    self.last = told;
                    let begun = act(self.journal(), &Wait { runtime: &self.runtime, patient: true });
                    change(&mut self.model, begun);
                    self.take_leases();
                }
            }
        }
        self.compare();
    }

    /// What is on disk when the power is cut: a copy of the files as they are.
    fn cut_power(&mut self) {
        let after = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(after.path().join("jobs")).unwrap();
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        // A log before what it is a log of: it may be written back meanwhile. What
        // processes share in memory is gone with the power.
        names.sort_by_key(|name| !name.ends_with("-wal"));
        for name in names.iter().filter(|name| *name != "jobs" && !name.ends_with("-shm")) {
            std::fs::copy(self.folder.path().join(name), after.path().join(name)).unwrap();
        }
        self.journal = None;
        self.folder = after;
        self.journal = Some((self.open)(self.folder.path()));
    }

    /// Every job is taken up by somebody.
    fn take_leases(&mut self) {
        for id in self.model.jobs.keys() {
            if !self.leases.contains_key(id) {
                let lease =
                    self.runtime.block_on(self.journal().hold_lease(&JobId(id.clone()), NOW)).unwrap();
                self.leases.insert(id.clone(), lease);
            }
        }
    }

    fn crash(&mut self) {
        self.last = "a crash".into();
        self.cut_power();
        self.leases.clear();
        self.take_leases();
        let jobs: Vec<String> = self.model.jobs.keys().cloned().collect();
        for id in jobs {
            self.runtime.block_on(self.journal().reopen(&JobId(id.clone()), NOW, true)).unwrap();
            self.model.jobs.get_mut(&id).unwrap().reopen();
        }
    }

    /// The transition is on disk whole, or not at all.
    fn crash_within(&mut self, next: Move) {
        let begun = (next.act)(self.journal(), &Wait { runtime: &self.runtime, patient: false });
        let mut after = self.model.clone();
        (next.change)(&mut after, begun);
        after.jobs.values_mut().for_each(Job::reopen);
        self.crash();
        self.last = format!("a crash within {}", next.told);
        if self.differs().is_some() {
            self.model = after;
        }
    }

    fn some_job(&self, which: u8) -> Option<String> {
        let ids: Vec<&String> = self.model.jobs.keys().collect();
        (!ids.is_empty()).then(|| ids[usize::from(which) % ids.len()].clone())
    }

    fn plan(&mut self, Step { what, which, how }: Step) -> Option<Move> {
        if matches!(what, What::Import | What::CutImportOff) {
            return Some(self.import(what, which, how));
        }
        let id = self.some_job(which)?;
        let job = &self.model.jobs[&id];
        let of = JobId(id.clone());
        let pick = |found: Vec<i64>| (!found.is_empty()).then(|| found[usize::from(how / 8) % found.len()]);
        let new = job.new_chunk();
        let lease = self.leases[&id];
        let told = format!("{what:?} of {id}");
        let one = move |act: Act, change: Box<dyn FnOnce(&mut Job)>| {
            let change = Box::new(move |model: &mut Model, _: Option<AttemptId>| {
                change(model.jobs.get_mut(&id).unwrap());
            });
            Some(Move { told, act, change })
        };
        match what {
            What::Cut => {
                let mut flows = job.uncut();
                flows.truncate(1 + usize::from(how) % 5);
                if flows.is_empty() {
                    return None;
                }
                let chunk = NewChunk { id: ChunkId(new), group: 0, kind: ChunkKind::Cut, flows: ids(&flows) };
                one(
                    Box::new(move |journal, wait| {
                        wait.record(journal, &of, lease, Transition::AddChunks(vec![chunk]));
                        None
                    }),
                    Box::new(move |job| job.put(new, &flows)),
                )
            }
            What::Intend => {
                let chunk = pick(job.chunks_in(|state| state == State::Pending))?;
                let told = format!("intend {chunk} of {}", of.0);
                let id = of.0.clone();
                let attempt = AttemptId { chunk: ChunkId(chunk), number: job.chunks[&chunk].attempts + 1 };
                Some(Move {
                    told,
                    act: Box::new(move |journal, wait| {
                        let intent = Transition::Intend { attempt, slot_us: NOW, now_us: NOW };
                        wait.record(journal, &of, lease, intent);
                        None
                    }),
                    change: Box::new(move |model, _| {
                        let job = model.jobs.get_mut(&id).unwrap();
                        job.set(chunk, State::Sending(attempt));
                        job.chunks.get_mut(&chunk).unwrap().attempts += 1;
                        job.each_of(chunk, |flow| flow.attempts += 1);
                        job.requests += 1;
                    }),
                })
            }
            What::Settle => {
                let chunk = pick(job.chunks_in(|state| matches!(state, State::Sending(_))))?;
                let State::Sending(attempt) = job.chunks[&chunk].state else { return None };
                let members = job.members(chunk).len();
                self.pages += 1;
                let flows = ids(&job.members(chunk));
                let (outcome, after) = match how % 8 {
                    6 if members > 1 => apart(&flows, new, self.pages),
                    how => ending(how, members, new, self.pages),
                };
                let (own_outcome, own_after) = (outcome.clone(), after.clone());
                let id = of.0.clone();
                Some(Move {
                    told: format!("settle {chunk} of {id} with {after:?}"),
                    act: Box::new(move |journal, wait| {
                        let settled = Transition::Settle { attempt, outcome, after, now_us: NOW };
                        wait.record(journal, &of, lease, settled);
                        None
                    }),
                    change: Box::new(move |model, _| model.settle(&id, chunk, &own_outcome, &own_after)),
                })
            }
            What::SplitUnsent => {
                let pending = job.chunks_in(|state| state == State::Pending);
                let chunk = pick(pending.into_iter().filter(|id| job.members(*id).len() > 1).collect())?;
                one(
                    Box::new(move |journal, wait| {
                        let (left, right) = (ChunkId(new), ChunkId(new + 1));
                        let split = Transition::Split { chunk: ChunkId(chunk), left, right, at: 1 };
                        wait.record(journal, &of, lease, split);
                        None
                    }),
                    Box::new(move |job| job.split(chunk, new, new + 1, 1)),
                )
            }
            What::RejectUnsent => {
                let chunk = pick(job.chunks_in(|state| state == State::Pending))?;
                one(
                    Box::new(move |journal, wait| {
                        let rejected = Transition::Drop {
                            chunk: ChunkId(chunk),
                            why: Unsent::Rejected,
                            code: Some("c".into()),
                            message: None,
                        };
                        wait.record(journal, &of, lease, rejected);
                        None
                    }),
                    Box::new(move |job| job.reject(chunk)),
                )
            }
            What::Sift => {
                let pending = job.chunks_in(|state| state == State::Pending);
                let chunk = pick(pending.into_iter().filter(|id| job.members(*id).len() > 1).collect())?;
                let members = job.members(chunk);
                let out = ids(&members[..1]);
                one(
                    Box::new(move |journal, wait| {
                        let sifted = Transition::Sift {
                            chunk: ChunkId(chunk),
                            kept: ChunkId(new),
                            out,
                            why: Unsent::Rejected,
                            code: Some("c".into()),
                            message: None,
                        };
                        wait.record(journal, &of, lease, sifted);
                        None
                    }),
                    Box::new(move |job| {
                        job.set(chunk, State::Over);
                        let gone = job.flows.get_mut(&members[0]).unwrap();
                        (gone.status, gone.holds, gone.chunk) = (Status::Rejected, false, None);
                        job.put(new, &members[1..]);
                    }),
                )
            }
            What::Gather => self.gather(of, lease, new, how % 2 == 0),
            What::Claim => {
                let others = self.model.jobs.keys().filter(|other| **other != of.0).cloned();
                let others: Vec<DeadJob> =
                    others.map(|id| DeadJob { job: JobId(id), only_prepared: true }).collect();
                let id = of.0.clone();
                Some(Move {
                    told: format!("claim for {id}"),
                    act: Box::new(move |journal, wait| {
                        wait.answer(journal.settle_claims(&of, others));
                        None
                    }),
                    change: Box::new(move |model, _| model.claim(&id)),
                })
            }
            What::Reconcile => {
                let doubts = job.chunks_in(|state| state == State::Held);
                let in_doubt = |chunk: &i64| {
                    job.members(*chunk).iter().all(|flow| job.flows[flow].status == Status::InDoubt)
                };
                let chunk = pick(doubts.into_iter().filter(in_doubt).collect())?;
                let fate =
                    |(at, flow): (usize, i64)| (flow, (how / 3).wrapping_add(how.rotate_left(at as u32)) % 3);
                let fates: Vec<(i64, u8)> = job.members(chunk).into_iter().enumerate().map(fate).collect();
                self.pages += 1;
                let page = self.pages;
                let settled: Vec<Settled> = fates
                    .iter()
                    .filter_map(|(flow, fate)| {
                        let id = format!("yD{page}-{flow}");
                        let (what, how) = match fate {
                            0 => (SettledAs::Started { flow_id: id, status: None }, How::Found),
                            1 => (SettledAs::NotSent, How::NotSent),
                            _ => return None,
                        };
                        Some(Settled { flow: FlowNo(*flow), what, how, said_by: None })
                    })
                    .collect();
                if settled.is_empty() {
                    return None;
                }
                one(
                    Box::new(move |journal, wait| {
                        wait.answer(journal.settle_doubts(&of, settled, NOW));
                        None
                    }),
                    Box::new(move |job| job.reconcile(chunk, &fates)),
                )
            }
            What::Retry => {
                let id = of.0.clone();
                Some(Move {
                    told: format!("retry of {id}"),
                    act: Box::new(move |journal, wait| {
                        wait.answer(journal.retry_failed(&of, true));
                        None
                    }),
                    change: Box::new(move |model, _| model.retry(&id)),
                })
            }
            What::Renew => {
                let urls: BTreeSet<&String> =
                    job.flows.values().filter_map(|flow| flow.url.as_ref()).collect();
                let urls: Vec<String> = urls.into_iter().cloned().collect();
                if urls.is_empty() {
                    return None;
                }
                let url = urls[usize::from(how) % urls.len()].clone();
                let flows: Vec<i64> = job
                    .flows
                    .iter()
                    .filter(|(_, flow)| flow.url.as_ref() == Some(&url))
                    .map(|(number, _)| *number)
                    .collect();
                let chunk =
                    NewChunk { id: ChunkId(new), group: 0, kind: ChunkKind::Gathered, flows: ids(&flows) };
                self.pages += 1;
                let (outcome, _) = ending(0, flows.len(), new, self.pages);
                assert_eq!(outcome.verdict, Verdict::Accepted);
                let link = outcome.url.clone().unwrap();
                let sought = url.clone();
                let id = of.0.clone();
                Some(Move {
                    told: format!("renew a page of {id}"),
                    act: Box::new(move |journal, wait| {
                        journal.number_pages(&of, NOW).unwrap();
                        let pages = journal.pages(&of).unwrap();
                        let page = pages.iter().find(|page| page.url == sought).unwrap();
                        wait.answer(journal.renewed(&of, page.attempt, chunk, outcome, NOW));
                        None
                    }),
                    change: Box::new(move |model, _| {
                        model.carried.insert(link.clone(), flows.iter().copied().collect());
                        let job = model.jobs.get_mut(&id).unwrap();
                        job.put(new, &flows);
                        job.set(new, State::Over);
                        job.chunks.get_mut(&new).unwrap().attempts = 1;
                        job.requests += 1;
                        for number in flows {
                            let flow = job.flows.get_mut(&number).unwrap();
                            flow.url = Some(link.clone());
                            flow.attempts += 1;
                        }
                    }),
                })
            }
            What::Finish => {
                let tally = job.tally();
                if tally.pending + tally.in_doubt > 0 {
                    return None;
                }
                one(
                    Box::new(move |journal, wait| {
                        wait.answer(journal.job_finished(&of, NOW));
                        None
                    }),
                    Box::new(|job| job.finished = true),
                )
            }
            What::Import | What::CutImportOff | What::Crash | What::CrashWithin => None,
        }
    }

    fn gather(&mut self, of: JobId, lease: Lease, new: i64, keep: bool) -> Option<Move> {
        let job = &self.model.jobs[&of.0];
        let waiting = job.chunks_in(|state| state == State::Waiting);
        if waiting.is_empty() {
            return None;
        }
        let mut flows: Vec<i64> = waiting.iter().flat_map(|chunk| job.members(*chunk)).collect();
        flows.sort_unstable();
        let chunks: Vec<ChunkId> = waiting.iter().copied().map(ChunkId).collect();
        let id = of.0.clone();
        let full = NewChunk { id: ChunkId(new), group: 0, kind: ChunkKind::Gathered, flows: ids(&flows) };
        Some(Move {
            told: format!("gather of {id}, kept: {keep}"),
            act: Box::new(move |journal, wait| {
                let (kept, void, full) =
                    if keep { (chunks, vec![], vec![]) } else { (vec![], chunks, vec![full]) };
                let gathered = Transition::Gather { keep: kept, void, chunks: full };
                wait.record(journal, &of, lease, gathered);
                None
            }),
            change: Box::new(move |model, _| {
                let job = model.jobs.get_mut(&id).unwrap();
                for chunk in &waiting {
                    let url = job.chunks[chunk].url.clone();
                    if keep {
                        job.each_of(*chunk, |flow| (flow.status, flow.url) = (Status::Accepted, url.clone()));
                    }
                    job.set(*chunk, State::Over);
                }
                if !keep {
                    job.put(new, &flows);
                }
            }),
        })
    }

    fn import(&mut self, what: What, which: u8, how: u8) -> Move {
        self.jobs += 1;
        let id = format!("job-{}", self.jobs);
        let flows: Vec<(u8, u8)> =
            (0..1 + which % 6).map(|n| ((which / 6 + n * 3) % 8, (how / 4 + n) % 2)).collect();
        let permission = Permission {
            reused_keys: how & 1 == 1,
            corrected: how & 1 == 1,
            again: if how & 2 == 2 { Again::All } else { Again::No },
        };
        let job = NewJob {
            id: JobId(id.clone()),
            realm: "realm".into(),
            identity: key("identity", u8::try_from(self.jobs % 256).unwrap()),
            round: i64::from(self.jobs),
            action: "PrepareFlows".into(),
            about: "{}".into(),
            now_us: NOW,
        };
        let cut_off = matches!(what, What::CutImportOff);
        let (own, contents) = (id.clone(), flows.clone());
        Move {
            told: format!("{what:?} {id} {flows:?} {permission:?}"),
            act: Box::new(move |journal, wait| {
                let of = JobId(own);
                wait.answer(journal.begin_job(job));
                let mut file = write_file(journal, &of, &contents);
                journal.import_flows(&of, &file, permission, &|| false).unwrap();
                if cut_off {
                    wait.answer(journal.drop_unready_job(&of));
                } else {
                    wait.answer(journal.job_ready(&of, &mut file));
                }
                None
            }),
            change: Box::new(move |model, _| {
                if !cut_off {
                    model.import(&id, &flows, permission);
                }
            }),
        }
    }

    fn compare(&self) {
        if let Some(difference) = self.differs() {
            panic!("after {}: {difference}", self.last);
        }
        self.keeps_its_promises();
    }

    fn differs(&self) -> Option<String> {
        let journal = self.journal();
        let records: BTreeMap<String, bool> =
            journal.jobs().unwrap().into_iter().map(|job| (job.id.0, job.finished)).collect();
        let wanted: BTreeMap<String, bool> =
            self.model.jobs.iter().map(|(id, job)| (id.clone(), job.finished)).collect();
        if records != wanted {
            return Some(format!("jobs {records:?}, wanted {wanted:?}"));
        }
        self.model.jobs.iter().find_map(|(id, job)| self.job_differs(&JobId(id.clone()), job))
    }

    fn job_differs(&self, id: &JobId, job: &Job) -> Option<String> {
        let journal = self.journal();
        let say = |what: &str, found: String, wanted: String| {
            (found != wanted).then(|| format!("{what} of {id}: {found}, wanted {wanted}"))
        };
        let open = journal.open_chunks(id).unwrap();
        let pending: Vec<(i64, u32, Vec<i64>)> = open
            .iter()
            .filter(|chunk| !chunk.withheld)
            .map(|chunk| (chunk.id.0, chunk.tries, chunk.flows.iter().map(|flow| flow.0).collect()))
            .collect();
        let wanted: Vec<(i64, u32, Vec<i64>)> = job
            .chunks_in(|state| state == State::Pending)
            .into_iter()
            .map(|chunk| (chunk, job.chunks[&chunk].tries, job.members(chunk)))
            .collect();
        let mut uncut: BTreeSet<i64> = job.flows.keys().copied().collect();
        journal.each_placed(id, |flow| _ = uncut.remove(&flow.0)).unwrap();
        journal.unclaimed(id).unwrap().iter().for_each(|flow| _ = uncut.remove(&flow.0));
        let uncut: Vec<i64> = uncut.into_iter().collect();
        let waiting: BTreeSet<i64> =
            open.iter().filter(|chunk| chunk.withheld).map(|chunk| chunk.id.0).collect();
        let wanted_waiting: BTreeSet<i64> =
            job.chunks_in(|state| state == State::Waiting).into_iter().collect();
        let results = journal.results(id).unwrap();
        // What is in no chunk has travelled as often as it has; nobody counts that.
        let flows: Vec<_> = job
            .flows
            .iter()
            .map(|(number, flow)| match results.of(FlowNo(*number)) {
                Some(found) => {
                    let attempts = if flow.chunk.is_some() { found.attempts } else { flow.attempts };
                    (*number, found.status, attempts, found.url.map(str::to_owned))
                }
                None => (*number, Status::Pending, flow.attempts, None),
            })
            .collect();
        let wanted_flows: Vec<_> = job
            .flows
            .iter()
            .map(|(number, flow)| (*number, flow.status, flow.attempts, flow.url.clone()))
            .collect();
        say("chunks to send", format!("{pending:?}"), format!("{wanted:?}"))
            .or_else(|| say("uncut", format!("{uncut:?}"), format!("{:?}", job.uncut())))
            .or_else(|| say("withheld", format!("{waiting:?}"), format!("{wanted_waiting:?}")))
            .or_else(|| say("flows", format!("{flows:?}"), format!("{wanted_flows:?}")))
            .or_else(|| {
                let tally = journal.tally(id).unwrap();
                say("tally", format!("{tally:?}"), format!("{:?}", job.tally()))
            })
            .or_else(|| {
                let requests = journal.requests(id).unwrap();
                say("requests", format!("{requests}"), format!("{}", job.requests))
            })
    }

    /// What no model is needed for.
    fn keeps_its_promises(&self) {
        let journal = self.journal();
        let mut once: BTreeSet<(u8, u8)> = BTreeSet::new();
        for (id, job) in &self.model.jobs {
            for flow in job.flows.values().filter(|flow| flow.status == Status::Accepted && !flow.allowed) {
                assert!(once.insert((flow.claim, flow.content)), "{}: a contract went twice", self.last);
            }
            let of = JobId(id.clone());
            journal.number_pages(&of, NOW).unwrap();
            for page in journal.pages(&of).unwrap().into_iter().filter(|page| !page.replaced) {
                let flows = journal.chunk_flows(&of, page.attempt.chunk).unwrap();
                let shown: BTreeSet<i64> = flows.into_iter().map(|flow| flow.0).collect();
                let carried = &self.model.carried[&page.url];
                assert_eq!(&shown, carried, "{}: {} carried others than it shows", self.last, page.url);
            }
        }
    }
}

/// An answer that speaks of each flow alone.
fn apart(flows: &[FlowNo], new: i64, page: u32) -> (Outcome, After) {
    let states = [PartState::Accepted, PartState::InDoubt, PartState::Pending];
    let of = |at: usize| states[(at + page as usize) % 3];
    let answer = |at: usize| match of(at) {
        PartState::Accepted => FlowAnswer::Started(format!("yD{page}-{at}")),
        PartState::InDoubt => FlowAnswer::Unclear,
        PartState::Pending => FlowAnswer::Refused("no".into()),
    };
    let answers: Vec<FlowAnswer> = (0..flows.len()).map(answer).collect();
    let parts = (new..).zip(states).filter_map(|(id, state)| {
        let own: Vec<FlowNo> =
            flows.iter().enumerate().filter(|(at, _)| of(*at) == state).map(|(_, flow)| *flow).collect();
        (!own.is_empty()).then_some(Part { id: ChunkId(id), state, flows: own })
    });
    let started = Box::new(Started { flows: answers, loose: Vec::new() });
    (Outcome { started, ..Outcome::new(Verdict::Accepted) }, After::Apart { parts: parts.collect() })
}

fn ending(how: u8, members: usize, new: i64, page: u32) -> (Outcome, After) {
    let accepted =
        Outcome { url: Some(format!("https://x.example/{page:05}")), ..Outcome::new(Verdict::Accepted) };
    let data = Outcome::with_code(Verdict::Data, "InvalidParameter.Name");
    match how {
        0..=2 => (accepted, After::Accept),
        3 => (accepted, After::Withhold),
        4 => (Outcome::with_code(Verdict::Server, "InternalError"), After::Again { counts: members > 1 }),
        5 if members > 1 => {
            (data, After::Split { left: ChunkId(new), right: ChunkId(new + 1), at: members.div_ceil(2) })
        }
        5 | 6 => (data, After::Reject),
        _ => {
            let verdict = if members > 1 { Verdict::InDoubt } else { Verdict::Server };
            (Outcome::with_code(verdict, "network.timeout"), After::Hold)
        }
    }
}

/// Every kind of journal goes through this.
fn suite(open: Open, steps: &[Step]) {
    let mut world = World::new(open);
    for (index, step) in steps.iter().enumerate() {
        world.step(*step, steps.get(index + 1).copied());
    }
    world.crash();
    world.compare();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn the_journal_on_disk_is_the_one_in_memory(steps in prop::collection::vec(any_step(), 1..80)) {
        suite(|folder| Journal::open(folder).unwrap(), &steps);
    }
}
