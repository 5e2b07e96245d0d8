//! `flowbatch remind`: whoever has still to sign is reminded, nobody twice of one contract.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use crate::domain::flow::Sender;
use crate::domain::job::{FlowNo, JobId};
use crate::domain::signing::About;
use crate::essbasic::reminds::{ChannelCreateFlowReminds, MOST_REMINDED, Reminded};
use crate::journal::{FlowStanding, FollowNote, NoteState};
use crate::platform::clock::now_us;
use crate::runner::Asker;
use crate::text::Lang;

use super::super::{Failure, Workspace};
use super::asking::{Cut, Taken, ask_all, describe};
use super::{Conclusion, Following, Left, NOT_ANSWERED, Why};

/// What came of it.
pub struct Reminding {
    /// Contracts whose next signer was reminded.
    pub done: u64,
    /// Whose next signer was reminded before.
    pub before: u64,
    /// Contracts that are over, or that nobody has to sign.
    pub over: u64,
    /// Contracts that nobody could be reminded of, and the first of them.
    pub failed: u64,
    pub left: Vec<Left>,
    /// Contracts of which nobody knows whether somebody was reminded.
    pub unknown: u64,
    pub conclusion: Conclusion,
}

/// Whether it is known what came of reminding persons at these times.
fn is_told(following: &Following<'_>, flow: FlowNo, times: &[i64]) -> Result<bool, Failure> {
    let note = following.file.follow_note(flow, About::Remind)?;
    Ok(note.is_some_and(|note| times.iter().all(|at_us| note.at_us >= *at_us)))
}

/// What came of contracts.
#[derive(Default)]
struct Sorted {
    done: Vec<usize>,
    failed: Vec<(usize, Why)>,
    unknown: Vec<(usize, Why)>,
}

/// Reminds the signers whose turn it is, of contracts that are not over.
///
/// # Errors
/// There is nothing to follow; those of the journal.
pub async fn remind(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<Reminding, Failure> {
    let mut following = Following::open(workspace, lang, job)?;
    let open = following.places(|contract| !contract.is_over());
    let described = describe(&mut following, &open).await?;
    let untold: Vec<usize> = described.untold.iter().map(|(place, _)| *place).collect();
    let (mut wanted, mut unclear) = (Vec::new(), Vec::new());
    let (mut before, mut over) = (0, (following.contracts.len() - open.len()) as u64);
    for place in open.into_iter().filter(|place| !untold.contains(place)) {
        match whose_turn(&following, place)? {
            // The API could not be asked: nothing is known of it, so nothing is said.
            None if described.stopped.is_some() => {}
            None => over += 1,
            Some((flow, persons)) => {
                let reminded = following.file.reminded(flow)?;
                let times = persons.iter().map(|person| reminded.get(person).copied());
                match times.collect::<Option<Vec<i64>>>() {
                    None => wanted.push(place),
                    Some(times) if is_told(&following, flow, &times)? => before += 1,
                    // A run that was cut off has noted them: nobody knows whether it has asked.
                    Some(_) => unclear.push((place, Why::code(NOT_ANSWERED))),
                }
            }
        }
    }
    let mut sorted = Sorted { failed: described.untold, unknown: unclear, ..Sorted::default() };
    note(&following, &sorted)?;
    let mut stopped = described.stopped;
    if stopped.is_none() {
        stopped = ask(&mut following, &wanted, &mut sorted).await?;
    }
    Ok(Reminding {
        done: sorted.done.len() as u64,
        before,
        over,
        failed: sorted.failed.len() as u64,
        left: following.first_left(&sorted.failed)?,
        unknown: sorted.unknown.len() as u64,
        conclusion: following.conclude(stopped),
    })
}

async fn ask(
    following: &mut Following<'_>,
    wanted: &[usize],
    sorted: &mut Sorted,
) -> Result<Option<crate::runner::Reason>, Failure> {
    // Whom this run has noted: only they are forgotten where it is certain that nobody was reminded.
    let noted: Mutex<HashSet<(FlowNo, String)>> = Mutex::default();
    let ask = |asker: Asker, sender: Sender, ids: Vec<String>| async move {
        asker.ask(&sender, &ChannelCreateFlowReminds { flow_ids: &ids }).await
    };
    // Before the request leaves: after a crash nobody is reminded twice.
    let before = |following: &Following<'_>, part: &[usize]| {
        let mut whom = Vec::new();
        for place in part {
            if let Some((flow, persons)) = whose_turn(following, *place)? {
                whom.extend(persons.into_iter().map(|person| (flow, person)));
            }
        }
        let new = following.file.note_reminded(&whom, now_us())?;
        noted.lock().unwrap_or_else(PoisonError::into_inner).extend(new);
        Ok(())
    };
    let take = async |following: &mut Following<'_>, part: &[usize], taken: Taken<Vec<Reminded>>| {
        let mut came = Sorted::default();
        match taken {
            Taken::Answer(records) => {
                let by_id = following.by_id(part);
                for place in part {
                    let is_own = |record: &&Reminded| by_id.get(record.flow_id.as_str()) == Some(place);
                    match records.iter().find(is_own) {
                        Some(record) if record.can_remind => came.done.push(*place),
                        Some(record) => {
                            forget(following, &noted, *place)?;
                            came.failed.push((*place, Why::said(&record.message)));
                        }
                        None => came.unknown.push((*place, Why::code(NOT_ANSWERED))),
                    }
                }
            }
            Taken::Refused(outcome) => {
                for place in part {
                    forget(following, &noted, *place)?;
                    came.failed.push((*place, Why::of(&outcome)));
                }
            }
            Taken::Lost(outcome) => {
                came.unknown.extend(part.iter().map(|place| (*place, Why::of(&outcome))));
            }
            Taken::NotAsked => part.iter().try_for_each(|place| forget(following, &noted, *place))?,
        }
        note(following, &came)?;
        sorted.done.extend(came.done);
        sorted.failed.extend(came.failed);
        sorted.unknown.extend(came.unknown);
        Ok(())
    };
    ask_all(following, wanted, Cut { most: MOST_REMINDED, at_once: 1 }, ask, before, take).await
}

/// Those who are next to sign; `None`: nobody is.
fn whose_turn(following: &Following<'_>, place: usize) -> Result<Option<(FlowNo, Vec<String>)>, Failure> {
    let Some(contract) = following.get(place) else { return Ok(None) };
    let standing = following.file.standing(contract.flow)?;
    let persons = standing.as_ref().map(next_persons).unwrap_or_default();
    Ok((!persons.is_empty()).then_some((contract.flow, persons)))
}

fn next_persons(standing: &FlowStanding) -> Vec<String> {
    let next = standing.waiting().map(|signer| signer.turn).min();
    let of_turn = standing.waiting().filter(|signer| Some(signer.turn) == next);
    of_turn.map(|signer| signer.person().to_owned()).collect()
}

/// It is certain that nobody was reminded by this run.
fn forget(
    following: &Following<'_>,
    noted: &Mutex<HashSet<(FlowNo, String)>>,
    place: usize,
) -> Result<(), Failure> {
    let Some((flow, mut persons)) = whose_turn(following, place)? else { return Ok(()) };
    let noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
    persons.retain(|person| noted.contains(&(flow, person.clone())));
    drop(noted);
    Ok(following.file.forget_reminded(flow, &persons)?)
}

fn note(following: &Following<'_>, sorted: &Sorted) -> Result<(), Failure> {
    let done = sorted.done.iter().map(|place| (place, NoteState::Done, String::new()));
    let failed = sorted.failed.iter().map(|(place, why)| (place, NoteState::Failed, why.text()));
    let unknown = sorted.unknown.iter().map(|(place, why)| (place, NoteState::Unknown, why.text()));
    for (place, state, reason) in done.chain(failed).chain(unknown) {
        if let Some(contract) = following.get(*place) {
            let note = FollowNote { state, reason, at_us: now_us() };
            following.file.note_follow(contract.flow, About::Remind, &note)?;
        }
    }
    Ok(())
}
