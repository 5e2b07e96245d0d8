//! Contracts of which somebody has said that they were not started, and that were: those that
//! have not gone again are settled, and of the others everybody should know.

use crate::domain::doubt::{Doubt, Found, differences};
use crate::domain::job::{FlowNo, Status};
use crate::domain::signing;
use crate::journal::Results;

/// A contract that was started twice, or has met with something else since.
pub struct Twice {
    pub contract: String,
    /// Under which it was started first, whatever was said.
    pub first: String,
    /// Under which it was started once more; `None`: it was not.
    pub second: Option<String>,
}

/// What was found of contracts that somebody has said were not started.
#[derive(Default)]
pub struct Seen<'f> {
    /// Not sent again yet: it counts as started.
    pub to_settle: Vec<(FlowNo, &'f Found)>,
    pub twice: Vec<Twice>,
}

/// `settled`: what belongs to contracts in doubt.
pub fn look<'f>(
    unsent: &[Doubt],
    known: &'f [Found],
    settled: &[(FlowNo, &Found)],
    results: &Results,
) -> Seen<'f> {
    let mut seen = Seen::default();
    let is_settled = |found: &Found| settled.iter().any(|(_, own)| own.flow_id == found.flow_id);
    // What has ended there is no second contract any more.
    let is_over = |found: &Found| signing::is_over(&found.status) && !signing::is_complete(&found.status);
    for doubt in unsent {
        let fitting: Vec<&Found> = known
            .iter()
            .filter(|found| differences(doubt, found).is_empty() && !is_settled(found) && !is_over(found))
            .collect();
        let own = results.of(doubt.flow);
        let goes = own.is_none_or(|own| own.status == Status::Pending);
        match fitting.as_slice() {
            [one] if goes => seen.to_settle.push((doubt.flow, one)),
            several => seen.twice.extend(several.iter().map(|found| Twice {
                contract: doubt.contract.clone(),
                first: found.flow_id.clone(),
                second: own.and_then(|own| own.started).map(|started| started.flow_id.to_string()),
            })),
        }
    }
    seen
}

/// What was settled of a contract is told with its number.
pub fn contract_of(all: &[&[Doubt]], flow: FlowNo) -> String {
    let mut each = all.iter().copied().flatten();
    each.find(|doubt| doubt.flow == flow).map(|doubt| doubt.contract.clone()).unwrap_or_default()
}
