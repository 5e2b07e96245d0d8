//! `flowbatch track`: how the contracts of a job stand.

use std::collections::BTreeMap;

use crate::domain::job::JobId;
use crate::text::Lang;

use super::super::{Failure, Workspace};
use super::asking::describe;
use super::{Conclusion, Following, Left, MOST_NAMED};

/// A contract that somebody has still to sign.
pub struct Waiting {
    pub contract: String,
    /// Who has not signed.
    pub who: Vec<String>,
    /// Since when nothing has happened; Unix seconds.
    pub since: i64,
}

/// How the contracts of a job stand.
pub struct Tracked {
    /// By state, in the API's words; "" where nobody knows.
    pub counts: BTreeMap<String, u64>,
    /// Contracts that were asked about now.
    pub asked: u64,
    pub all_waiting: u64,
    /// The first of them, those that wait longest first.
    pub waiting: Vec<Waiting>,
    /// Contracts that the API did not tell of, and the first of them.
    pub untold: u64,
    pub left: Vec<Left>,
    pub conclusion: Conclusion,
}

/// Asks how the contracts of a job stand; what is over is not asked about again.
///
/// # Errors
/// There is nothing to follow; those of the journal.
pub async fn track(workspace: &Workspace, lang: Lang, job: &JobId) -> Result<Tracked, Failure> {
    let mut following = Following::open(workspace, lang, job)?;
    let open = following.places(|contract| !contract.is_over());
    let described = describe(&mut following, &open).await?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut waiting: Vec<(i64, usize)> = Vec::new();
    for (place, contract) in following.contracts.iter().enumerate() {
        *counts.entry(contract.status.clone().unwrap_or_default()).or_default() += 1;
        if contract.is_over() {
            continue;
        }
        if let Some(standing) = following.file.standing(contract.flow)?
            && standing.waiting().next().is_some()
        {
            waiting.push((standing.since(), place));
        }
    }
    waiting.sort_unstable();
    let named = waiting.iter().take(MOST_NAMED).map(|(since, place)| {
        let flow = following.get(*place).map(|contract| contract.flow);
        let standing = flow.map(|flow| following.file.standing(flow)).transpose()?.flatten();
        let who = standing.iter().flat_map(|one| one.waiting()).map(|one| one.shown().to_owned());
        Ok(Waiting { contract: following.label(*place)?, who: who.collect(), since: *since })
    });
    Ok(Tracked {
        counts,
        asked: described.told,
        all_waiting: waiting.len() as u64,
        waiting: named.collect::<Result<_, Failure>>()?,
        untold: described.untold.len() as u64,
        left: following.first_left(&described.untold)?,
        conclusion: following.conclude(described.stopped),
    })
}
