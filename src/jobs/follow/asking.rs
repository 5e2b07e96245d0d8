//! Many contracts, asked about so many at a time, several requests on their way. Where the
//! API refuses a request, its halves are asked about: one bad contract spoils no other.

use std::collections::VecDeque;

use tokio::task::JoinSet;

use crate::domain::flow::Sender;
use crate::domain::network::shown;
use crate::domain::verdict::Outcome;
use crate::essbasic::details::{DescribeFlowDetailInfo, FlowDetail, MOST_FLOWS};
use crate::journal::{FlowStanding, SignerStanding};
use crate::platform::clock::now_us;
use crate::runner::{Asker, Reason, Reply};

use super::super::Failure;
use super::{Following, NOT_ANSWERED, Why};

/// Requests on their way: latency does not lower the rate.
pub const AT_ONCE: usize = 16;
/// So many refused one by one, and nothing answered yet: all would be.
const ENOUGH: usize = 5;
const MOST_TEXT: usize = 500;

/// What came of a request.
pub enum Taken<A> {
    Answer(A),
    /// Of one contract alone, or of all that is left.
    Refused(Box<Outcome>),
    /// Nobody knows whether anything was done.
    Lost(Box<Outcome>),
    /// It was never sent.
    NotAsked,
}

/// How contracts are cut into requests, and how many of these are on their way.
pub struct Cut {
    pub most: usize,
    pub at_once: usize,
}

/// Asks about these contracts. `before` is called for each request before it leaves, `take`
/// with what came of it. Returns why it ended early.
///
/// # Errors
/// Those of `before` and `take`.
pub async fn ask_all<A, F>(
    following: &mut Following<'_>,
    places: &[usize],
    cut: Cut,
    ask: impl Fn(Asker, Sender, Vec<String>) -> F,
    mut before: impl FnMut(&Following<'_>, &[usize]) -> Result<(), Failure>,
    mut take: impl AsyncFnMut(&mut Following<'_>, &[usize], Taken<A>) -> Result<(), Failure>,
) -> Result<Option<Reason>, Failure>
where
    A: Send + 'static,
    F: Future<Output = Result<Reply<A>, Reason>> + Send + 'static,
{
    let mut queue = cut_up(following, places, cut.most);
    let mut under_way = JoinSet::new();
    let (mut answered, mut refused_alone) = (false, 0);
    let mut stopped = None;
    let mut hopeless: Option<Box<Outcome>> = None;
    loop {
        while under_way.len() < cut.at_once.max(1)
            && stopped.is_none()
            && hopeless.is_none()
            && let Some(part) = queue.pop_front()
        {
            let group = part.first().and_then(|place| following.get(*place)).map(|one| one.group);
            let sender = group.and_then(|group| following.senders.get(&group)).cloned();
            let Some(sender) = sender else { continue };
            before(following, &part)?;
            let asked = ask(following.asker.clone(), sender, following.ids(&part));
            under_way.spawn(async move { (part, asked.await) });
        }
        let Some(came) = under_way.join_next().await else { break };
        // A task that has fallen over has answered nothing.
        let Ok((part, reply)) = came else { continue };
        match reply {
            Ok(Reply::Answer(answer)) => {
                answered = true;
                take(following, &part, Taken::Answer(answer)).await?;
            }
            Ok(Reply::Lost(outcome)) => take(following, &part, Taken::Lost(outcome)).await?,
            Ok(Reply::Refused(outcome)) if part.len() == 1 => {
                refused_alone += 1;
                if refused_alone >= ENOUGH && !answered {
                    hopeless = Some(outcome.clone());
                }
                take(following, &part, Taken::Refused(outcome)).await?;
            }
            Ok(Reply::Refused(_)) => {
                // The smaller ones go first: soon it is known which contract it is.
                let (left, right) = part.split_at(part.len() / 2);
                queue.push_front(right.to_vec());
                queue.push_front(left.to_vec());
            }
            Err(reason) => {
                take(following, &part, Taken::NotAsked).await?;
                stopped.get_or_insert(reason);
            }
        }
    }
    for part in queue {
        let taken = match &hopeless {
            Some(outcome) => Taken::Refused(outcome.clone()),
            None => Taken::NotAsked,
        };
        take(following, &part, taken).await?;
    }
    Ok(stopped)
}

/// Contracts of one sender in each.
fn cut_up(following: &Following<'_>, places: &[usize], most: usize) -> VecDeque<Vec<usize>> {
    let mut sorted: Vec<usize> = places.to_vec();
    let group = |place: &usize| following.get(*place).map_or(0, |contract| contract.group);
    sorted.sort_by_key(group);
    let of_one = sorted.chunk_by(|one, other| group(one) == group(other));
    of_one.flat_map(|own| own.chunks(most.max(1))).map(<[usize]>::to_vec).collect()
}

/// What came of asking how contracts stand.
#[derive(Default)]
pub struct Described {
    /// Contracts that the API told of.
    pub told: u64,
    /// Those that it did not tell of, and why.
    pub untold: Vec<(usize, Why)>,
    pub stopped: Option<Reason>,
}

/// Asks how these contracts stand, and writes it down.
pub async fn describe(following: &mut Following<'_>, places: &[usize]) -> Result<Described, Failure> {
    let mut described = Described::default();
    let ask = |asker: Asker, sender: Sender, ids: Vec<String>| async move {
        asker.ask(&sender, &DescribeFlowDetailInfo { flow_ids: &ids }).await
    };
    let cut = Cut { most: MOST_FLOWS, at_once: AT_ONCE };
    let take = async |following: &mut Following<'_>, part: &[usize], taken: Taken<Vec<FlowDetail>>| {
        match taken {
            Taken::Answer(details) => {
                let untold = keep(following, part, details).await?;
                described.told += (part.len() - untold.len()) as u64;
                let why = Why::code(NOT_ANSWERED);
                described.untold.extend(untold.into_iter().map(|place| (place, why.clone())));
            }
            Taken::Refused(outcome) | Taken::Lost(outcome) => {
                let why = Why::of(&outcome);
                described.untold.extend(part.iter().map(|place| (*place, why.clone())));
            }
            Taken::NotAsked => {}
        }
        Ok(())
    };
    let stopped = ask_all(following, places, cut, ask, |_, _| Ok(()), take).await?;
    described.stopped = stopped;
    described.untold.sort_by_key(|(place, _)| *place);
    Ok(described)
}

/// Writes an answer down; returns the contracts that it does not tell of.
async fn keep(
    following: &mut Following<'_>,
    part: &[usize],
    details: Vec<FlowDetail>,
) -> Result<Vec<usize>, Failure> {
    let asked_us = now_us();
    let by_id = following.by_id(part);
    let mut found: Vec<(usize, FlowStanding)> = Vec::new();
    for detail in details {
        let Some(place) = by_id.get(detail.flow_id.as_str()).copied() else { continue };
        let Some(contract) = following.get(place) else { continue };
        let is_doubled = found.iter().any(|(own, _)| *own == place);
        if !detail.flow_status.is_empty() && !is_doubled {
            found.push((place, standing(contract.flow, detail, asked_us)));
        }
    }
    let told: Vec<usize> = found.iter().map(|(place, _)| *place).collect();
    let standings: Vec<FlowStanding> = found.into_iter().map(|(_, standing)| standing).collect();
    following.file.note_standings(&standings)?;
    let statuses = standings.iter().map(|one| (one.flow, one.status.clone())).collect();
    following.workspace.journal.note_flow_statuses(&following.job, statuses).await?;
    for (place, standing) in told.iter().zip(standings) {
        if let Some(contract) = following.contracts.get_mut(*place) {
            contract.status = Some(standing.status);
        }
    }
    Ok(part.iter().filter(|place| !told.contains(place)).copied().collect())
}

fn standing(flow: crate::domain::job::FlowNo, detail: FlowDetail, asked_us: i64) -> FlowStanding {
    let short = |text: &str| shown(text.trim(), MOST_TEXT);
    let signers = detail.flow_approver_infos.iter().map(|signer| SignerStanding {
        sign_id: short(&signer.sign_id),
        name: short(&signer.approve_name),
        organization: short(&signer.proxy_organization_name),
        mobile: short(&signer.mobile),
        status: short(&signer.approve_status),
        message: short(&signer.approve_message),
        at: signer.approve_time,
        turn: signer.sign_order,
    });
    FlowStanding {
        flow,
        status: short(&detail.flow_status),
        message: short(&detail.flow_message),
        created: detail.create_on,
        asked_us,
        signers: signers.collect(),
    }
}
