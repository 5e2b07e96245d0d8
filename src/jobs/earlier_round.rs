//! A further round of a file that was sent: its rows are the same, so it is known of each what an earlier round did with
//! it, whatever is understood of it now. What went, or was corrected and went, goes no more; what the API has refused
//! waits in the workbook to correct.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::job::{FlowNo, Status};
use crate::journal::{Instead, JobFile, JobRecord, Journal, JournalError, LeftAlone, Results};

/// What a round comes after.
#[derive(Clone)]
pub struct EarlierRound {
    pub job: JobRecord,
    /// Only what has ended since goes once more; otherwise what was left out.
    pub only_ended: bool,
}

/// Contracts of a file that its earlier round has sent or was refused, and those that break a rule and that a later job
/// has sent under their number. Of a round whose data was erased no more than the latter is known.
///
/// # Errors
/// Those of the journal. The file has all its rows.
pub fn left_alone(
    journal: &Journal,
    EarlierRound { job, .. }: &EarlierRound,
    file: &JobFile,
) -> Result<BTreeMap<FlowNo, LeftAlone>, JournalError> {
    let mut alone: BTreeMap<FlowNo, LeftAlone> = journal
        .sent_later(&job.id, file)?
        .into_iter()
        .map(|(flow, by)| (flow, LeftAlone::Corrected { flow: None, by }))
        .collect();
    if !journal.job_path(&job.id).is_file() {
        return Ok(alone);
    }
    let before = journal.job_file(&job.id)?;
    let outcomes = Outcomes {
        instead: journal.whole_tally(&job.id, &before)?.1,
        refused: journal.refused(&job.id)?,
        results: journal.results(&job.id)?,
    };
    for (flow, then) in contracts_then(file, &before, &outcomes)? {
        alone.extend(outcomes.of(then).map(|why| (flow, why)));
    }
    Ok(alone)
}

/// What came of the contracts of a round.
struct Outcomes {
    instead: Instead,
    refused: HashSet<FlowNo>,
    results: Results,
}

impl Outcomes {
    /// `None`: it was not to be sent, or broke a rule.
    fn of(&self, flow: FlowNo) -> Option<LeftAlone> {
        if let Some((_, by)) = self.instead.get(&flow) {
            return Some(LeftAlone::Corrected { flow: Some(flow), by: by.clone() });
        }
        if self.refused.contains(&flow) {
            return Some(LeftAlone::Refused { flow });
        }
        match self.results.of(flow)?.status {
            Status::Accepted | Status::Duplicate | Status::InDoubt | Status::Pending => {
                Some(LeftAlone::Sent { flow })
            }
            Status::Rejected | Status::Invalid | Status::Skipped => None,
        }
    }

    /// Of two contracts that are one by now, what has gone counts.
    fn weight(&self, flow: FlowNo) -> u8 {
        match self.of(flow) {
            Some(LeftAlone::Sent { .. }) => 3,
            Some(LeftAlone::Corrected { .. }) => 2,
            Some(LeftAlone::Refused { .. }) => 1,
            None => 0,
        }
    }
}

/// By contract, the one that all its rows were of in an earlier round.
fn contracts_then(
    file: &JobFile,
    before: &JobFile,
    outcomes: &Outcomes,
) -> Result<BTreeMap<FlowNo, FlowNo>, JournalError> {
    // Sheets are known by their names, and those of one name by their order.
    let sheets_then = sheets_by_name(before)?;
    let named = sheets_by_name(file)?.into_iter();
    let sheets: HashMap<u32, u32> =
        named.filter_map(|(name, sheet)| Some((sheet, *sheets_then.get(&name)?))).collect();
    let mut rows: HashMap<(u32, u32), FlowNo> = HashMap::new();
    before.each_place(|flow, sheet, number| rows.extend([((sheet, number), flow)]))?;
    let mut found: BTreeMap<FlowNo, Option<FlowNo>> = BTreeMap::new();
    file.each_place(|flow, sheet, number| {
        let then = sheets.get(&sheet).and_then(|sheet| rows.get(&(*sheet, number))).copied();
        let then = then.filter(|then| outcomes.of(*then).is_some());
        let known = found.entry(flow).or_insert(then);
        if *known != then {
            // A row that was not sent makes another contract of it.
            *known =
                known.zip(then).map(|(one, other)| match outcomes.weight(other) > outcomes.weight(one) {
                    true => other,
                    false => one,
                });
        }
    })?;
    Ok(found.into_iter().filter_map(|(flow, then)| Some((flow, then?))).collect())
}

fn sheets_by_name(file: &JobFile) -> Result<HashMap<(String, usize), u32>, JournalError> {
    let mut sheets: HashMap<(String, usize), u32> = HashMap::new();
    for record in file.sheets()? {
        let name = record.name.unwrap_or_default();
        let before = sheets.keys().filter(|(other, _)| *other == name).count();
        sheets.insert((name, before), record.sheet);
    }
    Ok(sheets)
}
