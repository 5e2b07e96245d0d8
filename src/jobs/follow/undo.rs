//! `flowbatch undo`: contracts are taken back. What is said of one is what the API's task and
//! its own state say; where they say nothing, nothing is said.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::domain::flow::Sender;
use crate::domain::job::JobId;
use crate::domain::signing::About;
use crate::domain::signing::{self, CANCELLED};
use crate::essbasic::cancel::{
    CancelBegun, CancelTask, ChannelBatchCancelFlows, DescribeCancelFlowsTask, MOST_CANCELLED, TaskState,
};
use crate::journal::{FollowNote, NoteState};
use crate::platform::clock::now_us;
use crate::runner::{Asker, Reason, Reply};
use crate::text::Lang;

use super::super::{Failure, Workspace};
use super::asking::{Cut, Taken, ask_all, describe};
use super::{Conclusion, Following, Left, MOST_NAMED, NOT_ANSWERED, TASK_AT_WORK, TASK_TIMEOUT, Why};

/// Where no task has ended for so long, those that are left are asked for once more and then left alone:
/// what they do can be asked for later.
const PATIENCE: Duration = Duration::from_secs(600);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Looks at the states of contracts that nobody can say anything of.
const LOOKS: u32 = 3;

/// Contracts that are about to be taken back.
pub struct Undoing<'g> {
    following: Following<'g>,
    wanted: Vec<usize>,
    /// Of those that were named: not open any more, by their state.
    pub over: BTreeMap<String, u64>,
    /// Nobody knows how they stand: they are left alone.
    pub untold: u64,
    untold_left: Vec<Left>,
    /// Asking how they stand has ended early.
    pub stopped: Option<Reason>,
}

/// What came of it.
pub struct Undone {
    pub done: u64,
    /// Contracts that were not taken back, and the first of them.
    pub failed: u64,
    pub left: Vec<Left>,
    /// Contracts of which nobody knows, and the first of them.
    pub unknown: u64,
    pub unclear: Vec<Left>,
    pub conclusion: Conclusion,
}

/// Looks which contracts can be taken back: those of these numbers or FlowIds, or all.
///
/// # Errors
/// `NoSuchContract`; there is nothing to follow; those of the journal.
pub async fn plan_undo<'g>(
    workspace: &'g Workspace,
    lang: Lang,
    job: &JobId,
    named: &[String],
) -> Result<Undoing<'g>, Failure> {
    let mut following = Following::open(workspace, lang, job)?;
    let meant = meant(&following, named)?;
    let open: Vec<usize> = meant
        .iter()
        .copied()
        .filter(|place| following.get(*place).is_some_and(|one| !one.is_over()))
        .collect();
    let described = describe(&mut following, &open).await?;
    let untold: Vec<usize> = described.untold.iter().map(|(place, _)| *place).collect();
    let mut over: BTreeMap<String, u64> = BTreeMap::new();
    let mut wanted = Vec::new();
    for place in meant {
        let Some(contract) = following.get(place) else { continue };
        match contract.status.as_deref() {
            Some(status) if signing::is_over(status) => *over.entry(status.to_owned()).or_default() += 1,
            _ if untold.contains(&place) => {}
            _ => wanted.push(place),
        }
    }
    let untold_left = following.first_left(&described.untold)?;
    Ok(Undoing {
        following,
        wanted,
        over,
        untold: untold.len() as u64,
        untold_left,
        stopped: described.stopped,
    })
}

/// Places of the contracts that somebody names.
fn meant(following: &Following<'_>, named: &[String]) -> Result<Vec<usize>, Failure> {
    if named.is_empty() {
        return Ok((0..following.contracts.len()).collect());
    }
    let mut meant = Vec::new();
    let mut found = vec![false; named.len()];
    for (place, contract) in following.contracts.iter().enumerate() {
        let (key, _) = following.file.label(contract.flow)?;
        for (name, found) in named.iter().zip(&mut found) {
            let name = name.trim();
            if key.as_deref() == Some(name) || contract.flow_id == name {
                *found = true;
                meant.push(place);
            }
        }
    }
    let unknown = named.iter().zip(&found).find(|(_, found)| !**found).map(|(name, _)| name.clone());
    meant.dedup();
    match unknown {
        Some(contract) => Err(Failure::NoSuchContract { contract }),
        None => Ok(meant),
    }
}

/// What is known of a contract that was to be taken back.
enum Fate {
    Done,
    Failed(Why),
    Unknown(Why),
}

/// A task on its way.
struct Task {
    id: String,
    part: Vec<usize>,
}

impl Undoing<'_> {
    /// Contracts that would be taken back.
    pub fn contracts(&self) -> u64 {
        self.wanted.len() as u64
    }

    /// The first of them, by number or name.
    ///
    /// # Errors
    /// Those of the journal.
    pub fn first(&self) -> Result<Vec<String>, Failure> {
        self.wanted.iter().take(MOST_NAMED).map(|place| self.following.label(*place)).collect()
    }

    /// Takes them back, and follows that to its end.
    ///
    /// # Errors
    /// Those of the journal.
    pub async fn carry_out(self, reason: Option<&str>) -> Result<Undone, Failure> {
        let Self { mut following, wanted, untold, untold_left, .. } = self;
        let mut fates: BTreeMap<usize, Fate> = BTreeMap::new();
        let (tasks, mut stopped) = begin(&mut following, &wanted, reason, &mut fates).await?;
        let mut patience = PATIENCE;
        for task in tasks {
            match follow(&following, &task, patience, &mut fates).await {
                Ok(Ended::InTime) => patience = PATIENCE,
                Ok(Ended::NotYet) => patience = Duration::ZERO,
                Err(reason) => stopped = stopped.or(Some(reason)),
            }
        }
        look(&mut following, &mut fates).await?;
        let mut undone = Undone {
            done: 0,
            failed: untold,
            left: untold_left,
            unknown: 0,
            unclear: Vec::new(),
            conclusion: Conclusion::default(),
        };
        let (mut failed, mut unclear) = (Vec::new(), Vec::new());
        for (place, fate) in &fates {
            let (state, why) = match fate {
                Fate::Done => {
                    undone.done += 1;
                    (NoteState::Done, Why::default())
                }
                Fate::Failed(why) => {
                    failed.push((*place, why.clone()));
                    (NoteState::Failed, why.clone())
                }
                Fate::Unknown(why) => {
                    unclear.push((*place, why.clone()));
                    (NoteState::Unknown, why.clone())
                }
            };
            if let Some(contract) = following.get(*place) {
                let note = FollowNote { state, reason: why.text(), at_us: now_us() };
                following.file.note_follow(contract.flow, About::Undo, &note)?;
            }
        }
        undone.failed += failed.len() as u64;
        undone.left.extend(following.first_left(&failed)?);
        undone.unknown = unclear.len() as u64;
        undone.unclear = following.first_left(&unclear)?;
        undone.conclusion = following.conclude(stopped);
        Ok(undone)
    }
}

/// Orders all of them to be taken back. Contracts whose request never left have no fate.
async fn begin(
    following: &mut Following<'_>,
    wanted: &[usize],
    reason: Option<&str>,
    fates: &mut BTreeMap<usize, Fate>,
) -> Result<(Vec<Task>, Option<Reason>), Failure> {
    let mut tasks = Vec::new();
    let reason = reason.map(str::to_owned);
    let ask = |asker: Asker, sender: Sender, ids: Vec<String>| {
        let reason = reason.clone();
        async move {
            let call = ChannelBatchCancelFlows { flow_ids: &ids, cancel_message: reason.as_deref() };
            asker.ask(&sender, &call).await
        }
    };
    let take = async |_: &mut Following<'_>, part: &[usize], taken: Taken<CancelBegun>| {
        match taken {
            Taken::Answer(begun) => {
                let says_each = begun.fail_messages.len() == part.len();
                for (at, place) in part.iter().enumerate() {
                    let message = begun.fail_messages.get(at).filter(|one| says_each && !one.is_empty());
                    let fate = match message {
                        Some(message) => Fate::Failed(Why::said(message)),
                        None => Fate::Unknown(Why::code(NOT_ANSWERED)),
                    };
                    fates.insert(*place, fate);
                }
                if !begun.task_id.is_empty() {
                    tasks.push(Task { id: begun.task_id, part: part.to_vec() });
                }
            }
            Taken::Refused(outcome) => {
                fates.extend(part.iter().map(|place| (*place, Fate::Failed(Why::of(&outcome)))));
            }
            Taken::Lost(outcome) => {
                fates.extend(part.iter().map(|place| (*place, Fate::Unknown(Why::of(&outcome)))));
            }
            Taken::NotAsked => {}
        }
        Ok(())
    };
    let cut = Cut { most: MOST_CANCELLED, at_once: 1 };
    let stopped = ask_all(following, wanted, cut, ask, |_, _| Ok(()), take).await?;
    Ok((tasks, stopped))
}

/// Whether a task has ended while somebody waited for it.
enum Ended {
    InTime,
    NotYet,
}

/// Waits for the end of a task, but no longer than that.
async fn follow(
    following: &Following<'_>,
    task: &Task,
    patience: Duration,
    fates: &mut BTreeMap<usize, Fate>,
) -> Result<Ended, Reason> {
    let group = task.part.first().and_then(|place| following.get(*place)).map(|one| one.group);
    let Some(sender) = group.and_then(|group| following.senders.get(&group)) else {
        return Ok(Ended::InTime);
    };
    let begun = Instant::now();
    let mut pause = following.workspace.settings.retry.first_wait;
    loop {
        let call = DescribeCancelFlowsTask { task_id: &task.id };
        let ended = match following.asker.ask(sender, &call).await? {
            Reply::Answer(ended) => ended,
            // It cannot be asked about: the contracts' own states tell.
            Reply::Refused(_) | Reply::Lost(_) => return Ok(Ended::InTime),
        };
        if ended.state != TaskState::Processing {
            conclude(following, task, &ended, fates);
            return Ok(Ended::InTime);
        }
        if begun.elapsed() >= patience {
            let unknown = task.part.iter().filter(|place| !matches!(fates.get(place), Some(Fate::Failed(_))));
            let unknown: Vec<usize> = unknown.copied().collect();
            fates.extend(unknown.into_iter().map(|place| (place, Fate::Unknown(Why::code(TASK_AT_WORK)))));
            return Ok(Ended::NotYet);
        }
        following.asker.rest(pause).await?;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// What the end of a task says of its contracts.
fn conclude(following: &Following<'_>, task: &Task, ended: &CancelTask, fates: &mut BTreeMap<usize, Fate>) {
    let by_id = following.by_id(&task.part);
    // As the API's documentation has it: none that failed means that all were done.
    let all = ended.state == TaskState::End && ended.failed.is_empty() && ended.done.is_empty();
    for place in &task.part {
        let refused = matches!(fates.get(place), Some(Fate::Failed(_)));
        if all && !refused {
            fates.insert(*place, Fate::Done);
        } else if ended.state == TaskState::Timeout && !refused {
            fates.insert(*place, Fate::Failed(Why::code(TASK_TIMEOUT)));
        }
    }
    for id in &ended.done {
        if let Some(place) = by_id.get(id.as_str()) {
            fates.insert(*place, Fate::Done);
        }
    }
    for (id, reason) in &ended.failed {
        if let Some(place) = by_id.get(id.as_str()) {
            fates.insert(*place, Fate::Failed(Why::said(reason)));
        }
    }
}

/// The contracts' own states have the last word. Of those that nobody knows anything of they
/// are asked for some times.
async fn look(following: &mut Following<'_>, fates: &mut BTreeMap<usize, Fate>) -> Result<(), Failure> {
    let mut pause = following.workspace.settings.retry.first_wait * 2;
    let mut places: Vec<usize> = fates.keys().copied().collect();
    for look in 0..LOOKS {
        if places.is_empty() || (look > 0 && following.asker.rest(pause).await.is_err()) {
            return Ok(());
        }
        pause *= 2;
        describe(following, &places).await?;
        for place in &places {
            let status =
                following.get(*place).and_then(|contract| contract.status.clone()).unwrap_or_default();
            if status == CANCELLED {
                fates.insert(*place, Fate::Done);
            } else if signing::is_over(&status) {
                let known = match fates.get(place) {
                    Some(Fate::Failed(why)) => why.clone(),
                    _ => Why::code(&format!("state.{status}")),
                };
                fates.insert(*place, Fate::Failed(known));
            }
        }
        places.retain(|place| matches!(fates.get(place), Some(Fate::Unknown(_))));
    }
    Ok(())
}
