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
    let flows: Vec<FlowNo> = records.iter().map(|record| record.flow).collect();
    let mut bodies: HashMap<FlowNo, Vec<u8>> = HashMap::new();
    file.each_body(&flows, |flow, body| drop(bodies.insert(flow, body.to_vec())))?;
    let one = |record: DoubtRecord| {
        let flow = record.flow;
        let body = bodies.get(&flow).map(Vec::as_slice).unwrap_or_default();
        let doubt = Doubt::of(flow, file.label(flow)?, body, journal.mark_of(job, flow));
        Ok(Doubt { group: record.group, window: window(&record), ..doubt })
    };
    records.into_iter().map(one).collect()
}

fn window(record: &DoubtRecord) -> Option<Window> {
    let begun = record.begun_us?;
    let latest = begun.saturating_add(LONGEST_US);
    // One that was cut off is found to be so when somebody comes by, days later perhaps.
    let ended = record.ended_us.map_or(latest, |ended| ended.clamp(begun, latest));
    Some(Window { from: begun.div_euclid(1_000_000), to: ended.div_euclid(1_000_000) + 1 })
}
