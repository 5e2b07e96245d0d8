//! Settles contracts of which nobody knows whether they were started: by what the API lists,
//! by callbacks that a receiver has kept, and by the word of somebody who has looked.
//!
//! `domain/doubt.rs` decides, `search.rs` asks, `days.rs` says of which days.

mod days;
mod search;
mod twice;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use crate::domain::doubt::{Doubt, DoubtFault, Found, Why, carries, decide, differences};
use crate::domain::doubt::{How, Unread};
use crate::domain::flow::{Agent, Sender};
use crate::domain::job::{FlowNo, JobId};
use crate::domain::verdict::Outcome;
use crate::essbasic::callbacks::{CallbackKey, Told, read};
use crate::journal::{JobFile, Journal, Settled, SettledAs};
use crate::platform::clock::now_us;
use crate::report::{doubts as doubts_of, said_unsent};
use crate::runner::{Asker, Reason};
use crate::text::Lang;

use super::online::asker;
use super::resume::{Out, check_place, report_to, resume_limits};
use super::start::action_of;
use super::work::finish_others;
use super::{Approval, Ended, Failure, Ran, Workspace};

use search::{Search, may_be};
use twice::contract_of;

pub use twice::Twice;

/// What somebody has said beside asking.
#[derive(Default)]
pub struct Words {
    /// Contracts that were not started: by number, name or row.
    pub not_sent: Vec<String>,
    /// Contracts with the ids under which they were started.
    pub flow_ids: Vec<(String, String)>,
    /// Who says so.
    pub by: Option<String>,
}

/// Callbacks that a receiver has kept.
pub struct Callbacks {
    pub path: PathBuf,
    pub key: Option<CallbackKey>,
}

/// One word, as whoever has said it is asked once more.
pub struct Word<'d> {
    pub doubt: &'d Doubt,
    /// `None`: it was not started.
    pub flow_id: Option<&'d str>,
}

/// Asks whether that is meant.
pub type Confirm<'c> = &'c (dyn Fn(&[Word<'_>]) -> Approval + Sync);

/// What came of it.
pub struct Reconciled {
    pub ran: Ran,
    pub settled: Vec<Line>,
    /// Somebody has said it was not started, and it was.
    pub overruled: Vec<Line>,
    /// Somebody has said it was not started, it was, and it has gone again since.
    pub twice: Vec<Twice>,
    /// Still in doubt.
    pub left: Vec<(Doubt, Option<Why>)>,
    pub heard: Option<Heard>,
    /// Why the API does not list what it has charged for.
    pub no_bills: Option<Box<Outcome>>,
    /// Somebody was asked about words, and said no.
    pub declined: bool,
    /// Why the search went no further: then nothing was settled.
    pub stopped: Option<Reason>,
}

/// A contract that is settled.
pub struct Line {
    pub contract: String,
    pub flow_id: Option<String>,
    pub how: How,
}

/// What a file of callbacks holds.
#[derive(Default)]
pub struct Heard {
    pub lines: u64,
    /// Contracts with data of their own.
    pub contracts: usize,
    /// Lines that cannot be read, by number; the first ones are kept.
    pub unread: Vec<(u64, Unread)>,
    pub unread_count: u64,
    /// Ids of contracts in doubt of which the API knows nothing.
    pub unknown: usize,
}

const MOST_UNREAD: usize = 20;
/// A line that is longer is no callback.
const LONGEST_LINE: usize = 1 << 20;

/// Settles what can be settled of a job, and writes its report.
///
/// # Errors
/// `Doubt`: a word does not count; nothing was settled then. Those of the job.
pub async fn reconcile(
    workspace: &Workspace,
    lang: Lang,
    job: &JobId,
    out: Out<'_>,
    words: &Words,
    callbacks: Option<&Callbacks>,
    confirm: Confirm<'_>,
) -> Result<Reconciled, Failure> {
    let journal = &workspace.journal;
    resume_limits(workspace, job)?;
    if action_of(journal, &workspace.settings, job)?.preparing().is_some() {
        return Err(Failure::Doubt(DoubtFault::Prepared));
    }
    check_place(journal, job, out)?;
    let _lock = journal.lock_job(job)?;
    // What a crash has cut off is in doubt as well.
    journal.reopen(job, now_us(), false).await?;
    let file = journal.job_file(job)?;
    let doubts = doubts_of(journal, job, &file)?;
    let unsent = said_unsent(journal, job, &file)?;
    let said = resolve(&file, &doubts, words)?;
    let (told, mut heard) = match callbacks {
        Some(callbacks) => {
            let (told, heard) = listen(callbacks, &[&doubts, &unsent])?;
            (told, Some(heard))
        }
        None => (Vec::new(), None),
    };
    let senders = file.senders()?;
    let mut settling =
        Settling { journal, job, doubts: &doubts, unsent: &unsent, senders, no_bills: None, unknown: 0 };
    let mut stopped = None;
    let mut known = Vec::new();
    if !doubts.is_empty() || !unsent.is_empty() {
        let asker = asker(workspace, lang)?;
        match settling.look(&asker, told).await {
            Ok(found) => {
                known = found;
                settling.check(&asker, &said).await?;
            }
            Err(reason) => stopped = Some(reason),
        }
    }
    let decision = decide(&doubts, &known);
    let (mut all, mut overruled, mut declined) = (Vec::new(), Vec::new(), false);
    let seen = twice::look(&unsent, &known, &decision.settled, &journal.results(job)?);
    if stopped.is_none() {
        let found = decision.settled.iter().chain(&seen.to_settle);
        all.extend(found.map(|(flow, found)| found_as(*flow, found)));
        let is_found = |flow: FlowNo| all.iter().any(|one: &Settled| one.flow == flow);
        let (moot, meant): (Vec<_>, Vec<_>) = said.into_iter().partition(|(flow, _)| is_found(*flow));
        let contradicted = |(flow, id): &(FlowNo, Option<String>)| {
            let own = all.iter().find(|one| one.flow == *flow)?;
            (own_id(own) != id.as_deref()).then(|| line(&[&doubts], own))
        };
        overruled = moot.iter().filter_map(contradicted).collect();
        let late = all.iter().filter(|one| seen.to_settle.iter().any(|(flow, _)| *flow == one.flow));
        overruled.extend(late.map(|one| line(&[&unsent], one)));
        declined = !meant.is_empty() && !is_meant(&doubts, &meant, confirm);
        if !declined {
            all.extend(meant.into_iter().map(|(flow, id)| said_as(flow, id, words.by.clone())));
        }
    }
    let settled: Vec<Line> = all.iter().map(|one| line(&[&doubts, &unsent], one)).collect();
    let done: BTreeSet<FlowNo> = all.iter().map(|one| one.flow).collect();
    if !all.is_empty() {
        journal.settle_doubts(job, all, now_us()).await?;
    }
    let mut unclear = decision.unclear;
    let no_bills = settling.no_bills;
    heard.iter_mut().for_each(|heard| heard.unknown = settling.unknown);
    let left: Vec<(Doubt, Option<Why>)> = doubts
        .into_iter()
        .filter(|doubt| !done.contains(&doubt.flow))
        .map(|doubt| {
            let why = unclear.remove(&doubt.flow);
            (doubt, why)
        })
        .collect();
    finish(workspace, lang, job).await?;
    let ran = report_to(workspace, lang, job, out, ended(journal, job, &left)?)?;
    Ok(Reconciled { ran, settled, overruled, twice: seen.twice, left, heard, no_bills, declined, stopped })
}

/// Others may have waited for what is settled now, and this job for others.
async fn finish(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<(), Failure> {
    workspace.journal.settle_and_finish(job).await?;
    finish_others(workspace, lang, job).await
}

fn ended(journal: &Journal, job: &JobId, left: &[(Doubt, Option<Why>)]) -> Result<Ended, Failure> {
    let tally = journal.tally(job)?;
    Ok(match (tally.pending, left.is_empty()) {
        (1.., _) => Ended::Partly,
        (0, false) => Ended::InDoubt,
        (0, true) => Ended::Finished,
    })
}

fn found_as(flow: FlowNo, found: &Found) -> Settled {
    let status = Some(found.status.clone()).filter(|status| !status.is_empty());
    let how = if found.only_callback { How::Callback } else { How::Found };
    Settled { flow, what: SettledAs::Started { flow_id: found.flow_id.clone(), status }, how, said_by: None }
}

fn said_as(flow: FlowNo, id: Option<String>, said_by: Option<String>) -> Settled {
    let (what, how) = match id {
        Some(flow_id) => (SettledAs::Started { flow_id, status: None }, How::Said),
        None => (SettledAs::NotSent, How::NotSent),
    };
    Settled { flow, what, how, said_by }
}

fn own_id(settled: &Settled) -> Option<&str> {
    match &settled.what {
        SettledAs::Started { flow_id, .. } => Some(flow_id),
        SettledAs::NotSent => None,
    }
}

fn line(doubts: &[&[Doubt]], settled: &Settled) -> Line {
    Line {
        contract: contract_of(doubts, settled.flow),
        flow_id: own_id(settled).map(str::to_owned),
        how: settled.how,
    }
}

fn is_meant(doubts: &[Doubt], said: &[(FlowNo, Option<String>)], confirm: Confirm<'_>) -> bool {
    let words: Vec<Word<'_>> = said
        .iter()
        .filter_map(|(flow, id)| {
            let doubt = doubts.iter().find(|doubt| doubt.flow == *flow)?;
            Some(Word { doubt, flow_id: id.as_deref() })
        })
        .collect();
    confirm(&words) == Approval::Yes
}

/// Which contracts in doubt somebody means, each with its id, or that it was not started.
fn resolve(
    file: &JobFile,
    doubts: &[Doubt],
    words: &Words,
) -> Result<Vec<(FlowNo, Option<String>)>, Failure> {
    let mut said: BTreeMap<FlowNo, Option<String>> = BTreeMap::new();
    let unsent = words.not_sent.iter().map(|name| (name, None));
    let started = words.flow_ids.iter().map(|(name, id)| (name, Some(id.trim().to_owned())));
    for (name, id) in unsent.chain(started) {
        let flow = named(file, doubts, name.trim())?;
        if said.insert(flow, id.clone()).is_some_and(|before| before != id) {
            return Err(Failure::Doubt(DoubtFault::Twice(name.clone())));
        }
    }
    Ok(said.into_iter().collect())
}

/// By its number or name, or by a row of its; what may be two of them is none.
fn named(file: &JobFile, doubts: &[Doubt], name: &str) -> Result<FlowNo, Failure> {
    // A row that is said to be one.
    let said = crate::text::console::reconcile::row_said(name);
    let row: Option<u32> = said.unwrap_or(name).trim().parse().ok();
    let [mut by_number, mut by_name, mut by_row] = [(); 3].map(|()| BTreeSet::<FlowNo>::new());
    for doubt in doubts {
        let (number, own) = file.label(doubt.flow)?;
        if number.as_deref() == Some(name) {
            by_number.insert(doubt.flow);
        }
        if own == name {
            by_name.insert(doubt.flow);
        }
        if let Some(row) = row
            && file.rows_of(doubt.flow)?.iter().any(|(_, number)| *number == row)
        {
            by_row.insert(doubt.flow);
        }
    }
    // A contract's number goes before a row's. One that is the number of a contract which is
    // not in doubt means that contract, and no other that happens to stand in such a row.
    let is_taken = said.is_none() && by_number.is_empty() && file.has_key(name)?;
    let found = match () {
        () if said.is_some() => by_row,
        () if is_taken => BTreeSet::new(),
        () if !by_number.is_empty() => by_number,
        () if !by_name.is_empty() => by_name,
        () => by_row,
    };
    match found.into_iter().collect::<Vec<_>>().as_slice() {
        [one] => Ok(*one),
        [] => Err(Failure::Doubt(DoubtFault::NoSuch(name.to_owned()))),
        _ => Err(Failure::Doubt(DoubtFault::Several(name.to_owned()))),
    }
}

/// Reads a file of callbacks: what tells of contracts in doubt, each once.
fn listen(callbacks: &Callbacks, doubts: &[&[Doubt]]) -> Result<(Vec<Found>, Heard), Failure> {
    let Callbacks { path, key } = callbacks;
    let fail = |error: &std::io::Error| unreadable(path, error);
    let mut lines = std::io::BufReader::new(std::fs::File::open(path).map_err(|error| fail(&error))?);
    let mut heard = Heard::default();
    let mut told: BTreeMap<String, Found> = BTreeMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if lines.read_until(b'\n', &mut line).map_err(|error| fail(&error))? == 0 {
            break;
        }
        heard.lines += 1;
        let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&line);
        if line.trim_ascii().is_empty() {
            continue;
        }
        let found = match line.len() {
            ..=LONGEST_LINE => read(line.trim_ascii(), key.as_ref()),
            _ => Err(Unread::NotJson),
        };
        match found {
            Ok(Some(one)) => add_told(&mut told, one),
            Ok(None) => {}
            Err(why) => {
                heard.unread_count += 1;
                if heard.unread.len() < MOST_UNREAD {
                    heard.unread.push((heard.lines, why));
                }
            }
        }
    }
    heard.contracts = told.len();
    let is_of = |found: &Found| doubts.iter().copied().flatten().any(|doubt| carries(found, doubt));
    let own = told.into_values().filter(is_of);
    Ok((own.collect(), heard))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Callbacks { path: path.to_owned(), detail: error.to_string() }
}

/// Several callbacks tell of one contract, as it goes on.
fn add_told(told: &mut BTreeMap<String, Found>, one: Told) {
    let Told { flow_id, name, data } = one;
    let known = told.entry(flow_id.clone()).or_insert_with(|| Found {
        flow_id,
        only_callback: true,
        name,
        ..Found::default()
    });
    for data in data {
        if !known.data.contains(&data) {
            known.data.push(data);
        }
    }
}

/// One job's doubts on their way.
struct Settling<'s> {
    journal: &'s Journal,
    job: &'s JobId,
    doubts: &'s [Doubt],
    /// Of these somebody has said that they were not started.
    unsent: &'s [Doubt],
    senders: HashMap<u32, Sender>,
    no_bills: Option<Box<Outcome>>,
    /// Ids of callbacks that the API knows nothing of.
    unknown: usize,
}

impl Settling<'_> {
    /// What is known of contracts that are not ours yet: ids that came with answers, those of
    /// callbacks, and, where that does not settle everything, those that were charged for.
    ///
    /// What only a callback tells of is left out where the API has answered that it knows no such
    /// contract: it may come from another application, or another year.
    async fn look(&mut self, asker: &Asker, mut told: Vec<Found>) -> Result<Vec<Found>, Reason> {
        let mut known: Vec<Found> = Vec::new();
        let loose = self.journal.loose_flow_ids(self.job)?;
        for (agent, sender) in self.agents() {
            let is_own = |doubt: &&Doubt| self.is_of(doubt.group, &agent);
            let asked_for = self.unsent.iter().any(|doubt| is_own(&doubt));
            let doubts: Vec<&Doubt> = self.doubts.iter().chain(self.unsent).filter(is_own).collect();
            let mut search = Search::new(asker, &sender);
            let of_answers = loose.iter().filter(|(group, _)| self.is_of(*group, &agent));
            let ids = of_answers.map(|(_, id)| id).chain(told.iter().map(|found| &found.flow_id));
            let ids = self.unknown(ids.cloned().collect(), &known)?;
            known.extend(search.details(&ids).await?);
            let before = told.len();
            told.retain(|found| !search.unknown.contains(&found.flow_id));
            self.unknown += before - told.len();
            let open = self.left(&known, &told);
            if !asked_for && !doubts.iter().any(|doubt| open.contains(&doubt.flow)) {
                continue;
            }
            let windows = doubts.iter().filter_map(|doubt| doubt.window);
            let days = days::days(windows, now_us().div_euclid(1_000_000));
            let rows = match search.charged(&days).await? {
                Ok(rows) => rows,
                Err(outcome) => {
                    self.no_bills = Some(outcome);
                    continue;
                }
            };
            let ids = rows.into_iter().filter(|row| may_be(row, &doubts)).map(|row| row.flow_id);
            let asked: BTreeSet<String> = ids.filter(|id| !loose.iter().any(|(_, own)| own == id)).collect();
            let ids = self.unknown(asked, &known)?;
            known.extend(search.details(&ids).await?);
        }
        Ok(with_told(known, &told, &self.own(&told)?))
    }

    /// Whoever sends contracts that are in doubt: the API tells each only of its own.
    fn agents(&self) -> Vec<(Agent, Sender)> {
        let mut agents: Vec<(Agent, Sender)> = Vec::new();
        for sender in self.doubts.iter().chain(self.unsent).filter_map(|doubt| self.senders.get(&doubt.group))
        {
            let agent = sender.agent();
            if !agents.iter().any(|(known, _)| *known == agent) {
                agents.push((agent, sender.clone()));
            }
        }
        agents
    }

    fn is_of(&self, group: u32, agent: &Agent) -> bool {
        self.senders.get(&group).is_some_and(|sender| sender.agent() == *agent)
    }

    /// Those of some ids that are neither ours nor known yet.
    fn unknown(&self, ids: BTreeSet<String>, known: &[Found]) -> Result<Vec<String>, Reason> {
        let own = self.journal.own_flow_ids(ids.iter().map(String::as_str))?;
        let is_new = |id: &String| !own.contains(id) && !known.iter().any(|found| found.flow_id == *id);
        Ok(ids.into_iter().filter(is_new).collect())
    }

    fn own(&self, told: &[Found]) -> Result<BTreeSet<String>, Reason> {
        Ok(self.journal.own_flow_ids(told.iter().map(|found| found.flow_id.as_str()))?.into_iter().collect())
    }

    /// Contracts that are not settled by what is known so far.
    fn left(&self, known: &[Found], told: &[Found]) -> BTreeSet<FlowNo> {
        let all = with_told(known.to_vec(), told, &BTreeSet::new());
        let settled: BTreeSet<FlowNo> =
            decide(self.doubts, &all).settled.into_iter().map(|(flow, _)| flow).collect();
        self.doubts.iter().map(|doubt| doubt.flow).filter(|flow| !settled.contains(flow)).collect()
    }

    /// An id that somebody has said must be that contract's.
    async fn check(&self, asker: &Asker, said: &[(FlowNo, Option<String>)]) -> Result<(), Failure> {
        let mut taken: BTreeSet<&str> = BTreeSet::new();
        for (flow, id) in said {
            let Some(id) = id else { continue };
            let Some(doubt) = self.doubts.iter().find(|doubt| doubt.flow == *flow) else { continue };
            let (contract, flow_id) = (doubt.contract.clone(), id.clone());
            let own = self.journal.own_flow_ids(std::iter::once(id.as_str()))?;
            if !taken.insert(id) || !own.is_empty() {
                return Err(Failure::Doubt(DoubtFault::Taken { contract, flow_id }));
            }
            let Some(sender) = self.senders.get(&doubt.group) else { continue };
            let details = Search::new(asker, sender).details(std::slice::from_ref(id)).await;
            let found = details.map_err(|reason| Failure::Unanswered(Box::new(reason)))?.into_iter().next();
            match found.map(|found| differences(doubt, &found)) {
                None => return Err(Failure::Doubt(DoubtFault::Unknown { contract, flow_id })),
                Some(traits) if !traits.is_empty() => {
                    return Err(Failure::Doubt(DoubtFault::Differs { contract, flow_id, traits }));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}

/// What only a callback tells of stands beside what the API has said; `own` is ours already.
fn with_told(mut known: Vec<Found>, told: &[Found], own: &BTreeSet<String>) -> Vec<Found> {
    let is_new = |found: &&Found| {
        !own.contains(&found.flow_id) && !known.iter().any(|known| known.flow_id == found.flow_id)
    };
    let more: Vec<Found> = told.iter().filter(is_new).cloned().collect();
    known.extend(more);
    known
}
