//! What an action that starts contracts has answered: ids of its own for them.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::job::{AttemptId, FlowNo, JobId};
use crate::domain::signing;
use crate::domain::verdict::{FlowAnswer, Started};
use crate::journal::{Journal, JournalError};

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

/// How a contract that was started stood when somebody asked last.
pub fn status_of(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Option<String>> {
    let found = db
        .prepare_cached("SELECT flow_status FROM flow_results WHERE job = ?1 AND flow = ?2")?
        .query_row(params![job, flow], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// Whether a contract that was started has ended without everybody's signature, as far as
/// somebody has asked.
pub fn has_ended(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<bool> {
    let status = status_of(db, job, flow)?;
    Ok(status.is_some_and(|status| signing::is_over(&status) && !signing::is_complete(&status)))
}

/// Whether nobody knows what became of a chunk.
pub fn is_in_doubt(db: &Connection, job: i64, chunk: i64) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM chunks WHERE job = ?1 AND chunk = ?2 AND state = 'in_doubt'")?
        .exists(params![job, chunk])
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

/// A contract of a job that was started.
#[derive(Clone, PartialEq)]
pub struct StartedRecord {
    pub flow: FlowNo,
    pub flow_id: String,
    /// As the API has called it when somebody last asked.
    pub flow_status: Option<String>,
}

impl Journal {
    /// What the job itself has started, in the order of its input.
    pub fn started_flows(&self, job: &JobId) -> Result<Vec<StartedRecord>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(
                "SELECT flow, flow_id, flow_status FROM flow_results
                 WHERE job = ?1 AND state = 'accepted' AND flow_id IS NOT NULL ORDER BY flow",
            )?
            .query_map(params![number], |row| {
                Ok(StartedRecord {
                    flow: FlowNo(row.get(0)?),
                    flow_id: row.get(1)?,
                    flow_status: row.get(2)?,
                })
            })?
            .collect()
        })
    }

    /// How contracts stand, in the API's words.
    pub async fn note_flow_statuses(
        &self,
        job: &JobId,
        statuses: Vec<(FlowNo, String)>,
    ) -> Result<(), JournalError> {
        const NOTE: &str =
            "UPDATE flow_results SET flow_status = ?3 WHERE job = ?1 AND flow = ?2 AND flow_id IS NOT NULL";
        self.note_of_started(job, NOTE, statuses).await
    }

    /// Links to sign contracts: one a signer, in order, with spaces between them.
    pub async fn note_sign_urls(&self, job: &JobId, urls: Vec<(FlowNo, String)>) -> Result<(), JournalError> {
        const NOTE: &str =
            "UPDATE flow_results SET url = ?3 WHERE job = ?1 AND flow = ?2 AND flow_id IS NOT NULL";
        self.note_of_started(job, NOTE, urls).await
    }

    async fn note_of_started(
        &self,
        job: &JobId,
        sql: &'static str,
        texts: Vec<(FlowNo, String)>,
    ) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        self.writer()
            .write(move |db| {
                for (flow, text) in &texts {
                    db.prepare_cached(sql)?.execute(params![number, flow.0, text])?;
                }
                Ok(())
            })
            .await
    }
}
