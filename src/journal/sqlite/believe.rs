//! What another journal has sent, taken over from its report.

use rusqlite::params;

use crate::domain::job::{ChunkId, JobId};
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::model::{Believed, ChunkKind, NewChunk};
use crate::journal::{Journal, JournalError};

use super::transitions::{add_accepted, last_chunk, remember_answer};

impl Journal {
    /// Whether all of these request ids were ever answered to this journal. They are
    /// known also after the retention time.
    pub fn knows_requests<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Result<bool, JournalError> {
        let mut last = "";
        for id in ids {
            // Rows of one page stand together.
            if id == last {
                continue;
            }
            last = id;
            let outcome = Outcome { request_id: Some(id.to_owned()), ..Outcome::new(Verdict::Accepted) };
            let hash = self.answer_hashes(&outcome).request_id;
            let known = self.read(|db| {
                db.prepare_cached("SELECT 1 FROM answers WHERE hash = ?1")?.exists(params![hash])
            })?;
            if !known {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Writes contracts down as sent, on the pages that a report shows. The job's claims
    /// must be its own.
    pub async fn believe(&self, job: &JobId, pages: Vec<Believed>, now_us: i64) -> Result<(), JournalError> {
        let number = self.number_of(job)?;
        for page in pages {
            let outcome = Outcome {
                url: page.url.clone(),
                request_id: Some(page.request_id.clone()),
                ..Outcome::new(Verdict::Accepted)
            };
            let hashes = self.answer_hashes(&outcome);
            self.writer()
                .write(move |db| {
                    let id = ChunkId(last_chunk(db, number)? + 1);
                    let chunk =
                        NewChunk { id, group: page.group, kind: ChunkKind::Gathered, flows: page.flows };
                    add_accepted(db, number, &chunk, &outcome, now_us)?;
                    Ok(remember_answer(db, hashes)?)
                })
                .await?;
        }
        Ok(())
    }
}
