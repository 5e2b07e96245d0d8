//! What an action that starts contracts has answered: ids of its own for them.

use rusqlite::{Connection, params};

use crate::domain::job::{AttemptId, FlowNo};
use crate::domain::verdict::{FlowAnswer, Started};

/// That the flow is accepted its chunk says as well.
pub const NOTE_ID: &str =
    "INSERT OR REPLACE INTO flow_results (job, flow, state, flow_id) VALUES (?1, ?2, 'accepted', ?3)";
pub const NOTE_LOOSE: &str =
    "INSERT OR IGNORE INTO loose_flow_ids (job, chunk, attempt, place, flow_id) VALUES (?1, ?2, ?3, ?4, ?5)";

/// `flows`: those of the request, in its order.
pub fn note_ids(db: &Connection, job: i64, flows: &[FlowNo], started: &Started) -> rusqlite::Result<()> {
    for (flow, answer) in flows.iter().zip(&started.flows) {
        if let FlowAnswer::Started(id) = answer {
            note_id(db, job, *flow, id)?;
        }
    }
    Ok(())
}

pub fn note_id(db: &Connection, job: i64, flow: FlowNo, id: &str) -> rusqlite::Result<()> {
    db.prepare_cached(NOTE_ID)?.execute(params![job, flow.0, id]).map(drop)
}

/// Ids of which it cannot be told whose they are: they can be asked about later.
pub fn note_loose<'i>(
    db: &Connection,
    job: i64,
    attempt: AttemptId,
    ids: impl Iterator<Item = &'i str>,
) -> rusqlite::Result<()> {
    for (place, id) in (0_i64..).zip(ids) {
        db.prepare_cached(NOTE_LOOSE)?.execute(params![job, attempt.chunk.0, attempt.number, place, id])?;
    }
    Ok(())
}
