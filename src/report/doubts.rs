//! Contracts of a job in doubt, with what a person looks for in the console.

use std::collections::HashMap;

use crate::domain::doubt::{Doubt, Window};
use crate::domain::job::{FlowNo, JobId};
use crate::journal::{DoubtRecord, JobFile, Journal, JournalError};

/// A request that was cut off ended within that, in microseconds: no request may take longer.
const LONGEST_US: i64 = 15 * 60 * 1_000_000;

/// Every one of them, in the input's order.
pub fn doubts(journal: &Journal, job: &JobId, file: &JobFile) -> Result<Vec<Doubt>, JournalError> {
    let records = journal.doubts(job)?;
    let windows = records.iter().map(|record| (record.flow, window(record)));
    let doubts = with_bodies(journal, job, file, windows.collect())?;
    let all = doubts.into_iter().zip(records);
    Ok(all.map(|(doubt, record)| Doubt { group: record.group, ..doubt }).collect())
}

/// Contracts of which somebody has said that they were not started, but for those that are in
/// doubt once more.
pub fn said_unsent(journal: &Journal, job: &JobId, file: &JobFile) -> Result<Vec<Doubt>, JournalError> {
    let records = journal.said_unsent(job)?;
    let seconds = |us: i64| us.div_euclid(1_000_000);
    let windows = records.iter().map(|(flow, begun_us, said_us)| {
        (*flow, Some(Window { from: seconds(*begun_us), to: seconds(*said_us) + 1 }))
    });
    let mut doubts = with_bodies(journal, job, file, windows.collect())?;
    for doubt in &mut doubts {
        let own = file.sendables(doubt.flow, 1)?.into_iter().next();
        doubt.group = own.filter(|own| own.flow == doubt.flow).map_or(0, |own| own.group);
    }
    Ok(doubts)
}

fn with_bodies(
    journal: &Journal,
    job: &JobId,
    file: &JobFile,
    windows: Vec<(FlowNo, Option<Window>)>,
) -> Result<Vec<Doubt>, JournalError> {
    let flows: Vec<FlowNo> = windows.iter().map(|(flow, _)| *flow).collect();
    let mut bodies: HashMap<FlowNo, Vec<u8>> = HashMap::new();
    file.each_body(&flows, |flow, body| drop(bodies.insert(flow, body.to_vec())))?;
    let one = |(flow, window): (FlowNo, Option<Window>)| {
        let body = bodies.get(&flow).map(Vec::as_slice).unwrap_or_default();
        let doubt = Doubt::of(flow, file.label(flow)?, body, journal.mark_of(job, flow));
        Ok(Doubt { window, ..doubt })
    };
    windows.into_iter().map(one).collect()
}

fn window(record: &DoubtRecord) -> Option<Window> {
    let begun = record.begun_us?;
    let latest = begun.saturating_add(LONGEST_US);
    // One that was cut off is found to be so when somebody comes by, days later perhaps.
    let ended = record.ended_us.map_or(latest, |ended| ended.clamp(begun, latest));
    Some(Window { from: begun.div_euclid(1_000_000), to: ended.div_euclid(1_000_000) + 1 })
}
