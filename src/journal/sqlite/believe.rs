//! What another journal has sent, taken over from its report.

use rusqlite::params;

use crate::domain::job::{ChunkId, JobId};
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::model::{Believed, ChunkKind, NewChunk};
use crate::journal::{JobFile, Journal, JournalError};

use super::started;
use super::transitions::{AnswerHashes, add_accepted, add_chunk, finish_job, remember_answer, set_chunk};

impl Journal {
    /// Whether all of these request ids were ever answered to this journal. They are
    /// known also after the retention time.
    pub fn knows_requests<'i>(&self, ids: impl Iterator<Item = &'i str>) -> Result<bool, JournalError> {
        let mut last = None;
        for id in ids {
            // Rows of one page stand together.
            if last == Some(id) {
                continue;
            }
            last = Some(id);
            // Somebody has taken the ids out.
            if id.is_empty() {
                return Ok(false);
            }
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

    /// Request ids that a report shows of contracts that are known as sent: they are known from
    /// now on, too.
    pub fn know_requests(&self, ids: Vec<String>) -> Result<(), JournalError> {
        let known = |id| Outcome { request_id: Some(id), ..Outcome::new(Verdict::Accepted) };
        let ids = ids.into_iter().filter(|id| !id.is_empty());
        let hashes: Vec<AnswerHashes> = ids.map(|id| self.answer_hashes(&known(id))).collect();
        self.writer().write_and_wait(move |db| {
            Ok(hashes.into_iter().try_for_each(|hashes| remember_answer(db, hashes))?)
        })
    }

    /// Writes contracts down as sent, on the pages that a report shows, and the job as
    /// finished: all of it or nothing. The job's claims must be its own.
    pub async fn believe(
        &self,
        job: &JobId,
        file: &mut JobFile,
        pages: Vec<Believed>,
        now_us: i64,
    ) -> Result<(), JournalError> {
        file.reach_disk()?;
        let number = self.number_of(job)?;
        let pages: Vec<(Believed, Outcome, AnswerHashes)> = pages
            .into_iter()
            .map(|page| {
                let outcome = Outcome {
                    url: page.url.clone(),
                    request_id: Some(page.request_id.clone()).filter(|id| !id.is_empty()),
                    ..Outcome::new(Verdict::Accepted)
                };
                let hashes = self.answer_hashes(&outcome);
                (page, outcome, hashes)
            })
            .collect();
        self.writer()
            .write(move |db| {
                let mut has_result =
                    db.prepare_cached("SELECT 1 FROM flow_results WHERE job = ?1 AND flow = ?2")?;
                for (id, (mut page, outcome, hashes)) in (1..).map(ChunkId).zip(pages) {
                    // What the journal knew as sent stands on a page of its own.
                    let mut flows = Vec::new();
                    for flow in page.flows.drain(..) {
                        if !has_result.exists(params![number, flow.0])? {
                            flows.push(flow);
                        }
                    }
                    if flows.is_empty() {
                        remember_answer(db, hashes)?;
                        continue;
                    }
                    let chunk = NewChunk { id, group: page.group, kind: ChunkKind::Gathered, flows };
                    if page.in_doubt {
                        add_chunk(db, number, &chunk, None, 0)?;
                        set_chunk(db, number, id, "in_doubt")?;
                        continue;
                    }
                    for (flow, flow_id) in page.flow_ids.iter().filter(|(flow, _)| chunk.flows.contains(flow))
                    {
                        started::note_id(db, number, *flow, flow_id)?;
                    }
                    add_accepted(db, number, &chunk, &outcome, now_us)?;
                    remember_answer(db, hashes)?;
                }
                finish_job(db, number, now_us)?;
                Ok(())
            })
            .await
    }
}
