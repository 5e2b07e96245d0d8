//! The transitions of jobs, chunks and attempts, each one transaction. Nothing
//! outside `transitions.rs` and the reading half (`look.rs`) sees SQL.

use std::sync::Arc;

use rusqlite::{OptionalExtension, params};

use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId};
use crate::domain::verdict::Outcome;

use super::transitions::{
    accept_flows, add_chunk, add_flow, dissolve_unsent, intend, reject, set_chunk, settle, settle_claim,
    sift, split, void_links,
};
use super::{Journal, JournalError, JournalFault};

/// A job on its way into the ledger.
pub struct NewJob {
    pub id: JobId,
    pub realm: String,
    pub identity: [u8; 32],
    pub round: i64,
    pub action: String,
    /// JSON, for the report.
    pub about: String,
    pub now_us: i64,
}

#[derive(Clone)]
pub struct NewFlow {
    pub flow: FlowNo,
    /// Where its claim counts: endpoint, application and organisation.
    pub realm: Arc<str>,
    pub group: u32,
    pub size: u64,
    pub claim: [u8; 32],
    pub content: [u8; 32],
}

/// What someone has said of contracts that were sent before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Permission {
    /// The same key with other contents may go.
    pub reused_keys: bool,
    /// The very same contract may go once more.
    pub again: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChunkKind {
    Cut,
    /// Part of a chunk that was split: its link would be a fragment's.
    Half,
    /// Part of a gathered chunk that was split: its flows do not go together, so
    /// its link counts.
    Piece,
    /// Survivors of split chunks.
    Gathered,
}

impl ChunkKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Half => "half",
            Self::Piece => "piece",
            Self::Gathered => "gathered",
        }
    }

    /// Of the parts that a chunk of this kind is split into.
    pub fn of_parts(self) -> Self {
        match self {
            Self::Cut | Self::Half => Self::Half,
            Self::Gathered | Self::Piece => Self::Piece,
        }
    }

    pub(super) fn from_name(name: &str) -> Self {
        match name {
            "half" => Self::Half,
            "piece" => Self::Piece,
            "gathered" => Self::Gathered,
            _ => Self::Cut,
        }
    }
}

#[derive(Clone)]
pub struct NewChunk {
    pub id: ChunkId,
    pub group: u32,
    pub kind: ChunkKind,
    pub flows: Vec<FlowNo>,
}

/// What is to become of a chunk after an attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    /// Accepted: its flows have the page.
    Accept,
    /// Accepted, but only a fragment: its link is withheld.
    Withhold,
    /// Back to the queue; `counts`: against the number of tries.
    Again { counts: bool },
    /// Two chunks instead; the left one takes that many flows.
    Split { left: ChunkId, right: ChunkId, at: usize },
    /// The one flow is refused for good.
    Reject,
    /// No more tries for now.
    Hold,
}

impl Journal {
    /// Writes a job down, still without chunks. Until `job_ready` it counts for nothing.
    pub async fn begin_job(&self, job: NewJob) -> Result<(), JournalError> {
        self.writer()
            .write(move |db| {
                db.execute(
                    "INSERT INTO jobs (id, realm, identity, round, action, about, created_us, state)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'importing')",
                    params![job.id.0, job.realm, job.identity, job.round, job.action, job.about, job.now_us],
                )
                .map(|_| ())
            })
            .await
            .map_err(|error| match error.fault {
                JournalFault::Other(_) if error.constraint => {
                    JournalError::new(&error.path, JournalFault::SameInput)
                }
                _ => error,
            })
    }

    /// Other words on where a job came from and where its report goes.
    pub fn set_about(&self, job: &JobId, about: String) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer().write_and_wait(move |db| {
            db.execute("UPDATE jobs SET about = ?2 WHERE id = ?1", params![job, about]).map(|_| ())
        })
    }

    /// Adds flows of a job that is being imported; each claims its key if it is free.
    pub async fn add_flows(
        &self,
        job: &JobId,
        flows: Vec<NewFlow>,
        permission: Permission,
    ) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| flows.iter().try_for_each(|flow| add_flow(db, &job, flow, permission)))
            .await
    }

    pub async fn job_ready(&self, job: &JobId) -> Result<(), JournalError> {
        self.set_job(job, "UPDATE jobs SET state = 'ready', finished_us = NULL WHERE id = ?1", None).await
    }

    pub async fn job_finished(&self, job: &JobId, now_us: i64) -> Result<(), JournalError> {
        self.set_job(job, "UPDATE jobs SET state = 'finished', finished_us = ?2 WHERE id = ?1", Some(now_us))
            .await
    }

    async fn set_job(&self, job: &JobId, sql: &'static str, now_us: Option<i64>) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                match now_us {
                    Some(now) => db.execute(sql, params![job, now]),
                    None => db.execute(sql, params![job]),
                }
                .map(|_| ())
            })
            .await
    }

    /// Takes away a job that never became ready.
    pub async fn drop_unready_job(&self, job: &JobId) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                let unready = "SELECT 1 FROM jobs WHERE id = ?1 AND state = 'importing'";
                if db.query_row(unready, params![job], |_| Ok(())).optional()?.is_some() {
                    db.execute("DELETE FROM flows WHERE job = ?1", params![job])?;
                    db.execute("DELETE FROM jobs WHERE id = ?1", params![job])?;
                }
                Ok(())
            })
            .await
    }

    /// Puts flows into new chunks, in that order.
    pub async fn add_chunks(&self, job: &JobId, chunks: Vec<NewChunk>) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| chunks.iter().try_for_each(|chunk| add_chunk(db, &job, chunk, None)))
            .await
    }

    /// Chunks that were cut but never sent are as if they had not been cut.
    pub async fn dissolve_unsent(&self, job: &JobId) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer().write(move |db| dissolve_unsent(db, &job)).await
    }

    /// The intent to send a chunk with these flows at that moment. From here on a
    /// crash is a doubt.
    pub async fn intend(
        &self,
        job: &JobId,
        chunk: ChunkId,
        flows: &[FlowNo],
        slot_us: i64,
        now_us: i64,
    ) -> Result<AttemptId, JournalError> {
        self.refuse_if_full()?;
        let (job, flows) = (job.0.clone(), flows.to_vec());
        self.writer().write(move |db| intend(db, &job, chunk, &flows, slot_us, now_us)).await
    }

    /// The attempt's outcome and what follows from it. It fits on a full disk, too.
    pub async fn settle(
        &self,
        job: &JobId,
        chunk: ChunkId,
        attempt: AttemptId,
        outcome: &Outcome,
        after: After,
        now_us: i64,
    ) -> Result<(), JournalError> {
        let write = || {
            let (job, outcome, after) = (job.0.clone(), outcome.clone(), after.clone());
            self.writer().write(move |db| settle(db, &job, chunk, attempt, &outcome, &after, now_us))
        };
        match write().await {
            Err(JournalError { fault: JournalFault::DiskFull, .. }) => {
                // Others may have let go of the room a moment ago.
                self.make_room();
                write().await
            }
            settled => settled,
        }
    }

    /// Splits a chunk that need not be sent: its other half has passed, so the
    /// fault is in this one.
    pub async fn split_unsent(
        &self,
        job: &JobId,
        chunk: ChunkId,
        left: ChunkId,
        right: ChunkId,
        at: usize,
    ) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer().write(move |db| split(db, &job, chunk, left, right, at)).await
    }

    /// Some flows of a chunk that need not be sent are rejected, in a chunk of
    /// their own; `kept` has the others.
    #[expect(clippy::too_many_arguments, reason = "one transition, with the ids made by the caller")]
    pub async fn sift(
        &self,
        job: &JobId,
        chunk: ChunkId,
        kept: ChunkId,
        refused: ChunkId,
        doomed: &[FlowNo],
        code: Option<String>,
        message: Option<String>,
    ) -> Result<(), JournalError> {
        let (job, doomed) = (job.0.clone(), doomed.to_vec());
        self.writer()
            .write(move |db| {
                sift(db, &job, chunk, kept, refused, &doomed)?;
                reject(db, &job, refused, code.as_deref(), message.as_deref())
            })
            .await
    }

    /// Rejects the flows of a chunk for a reason that is known without another attempt.
    pub async fn reject_unsent(
        &self,
        job: &JobId,
        chunk: ChunkId,
        code: Option<String>,
        message: Option<String>,
    ) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer().write(move |db| reject(db, &job, chunk, code.as_deref(), message.as_deref())).await
    }

    /// Attempts that a crash has cut off become doubts, and held chunks get another
    /// chance: all of them are pending again.
    pub async fn reopen(&self, job: &JobId, now_us: i64) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                db.execute(
                    "UPDATE attempts SET ended_us = ?2, verdict = 'in_doubt', code = 'crash'
                     WHERE job = ?1 AND ended_us IS NULL",
                    params![job, now_us],
                )?;
                db.execute(
                    "UPDATE chunks SET state = 'pending', tries = 0 WHERE job = ?1 AND state IN ('sending', 'held', 'pending')",
                    params![job],
                )?;
                db.execute(
                    "UPDATE flows SET state = 'pending', code = NULL, message = NULL
                     WHERE job = ?1 AND state = 'in_doubt'",
                    params![job],
                )
                .map(|_| ())
            })
            .await
    }

    /// The end of fragments: the links of `keep` are good after all; those of
    /// `void` are never shown, and their flows go into `chunks`.
    pub async fn gather(
        &self,
        job: &JobId,
        keep: Vec<ChunkId>,
        void: Vec<ChunkId>,
        chunks: Vec<NewChunk>,
    ) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                for chunk in &keep {
                    accept_flows(db, &job, *chunk)?;
                }
                for chunk in &void {
                    void_links(db, &job, *chunk)?;
                    set_chunk(db, &job, *chunk, "split")?;
                }
                chunks.iter().try_for_each(|chunk| add_chunk(db, &job, chunk, None))
            })
            .await
    }

    /// The failed contracts of a job may be sent again: rejected ones, doubts, and
    /// those that were tried without a result.
    /// Returns them.
    pub async fn retry_failed(&self, job: &JobId) -> Result<Vec<FlowNo>, JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                let failed: Vec<FlowNo> = db
                    .prepare(
                        "SELECT flow FROM flows WHERE job = ?1
                         AND (state IN ('rejected', 'in_doubt') OR (state = 'pending' AND attempts > 0))",
                    )?
                    .query_map(params![job], |row| row.get(0).map(FlowNo))?
                    .collect::<rusqlite::Result<_>>()?;
                db.execute(
                    "UPDATE flows SET state = 'pending', chunk = NULL, position = NULL, code = NULL, message = NULL
                     WHERE job = ?1 AND state = 'rejected'",
                    params![job],
                )?;
                if !failed.is_empty() {
                    db.execute("UPDATE jobs SET state = 'ready', finished_us = NULL WHERE id = ?1", params![job])?;
                }
                Ok(failed)
            })
            .await
    }

    /// A page is prepared once more: its flows go into a chunk of their own, and
    /// the old link is void.
    pub async fn renew(&self, job: &JobId, page: AttemptId, chunk: NewChunk) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                db.execute(
                    "UPDATE flows SET state = 'pending', accepted_by = NULL, chunk = NULL, position = NULL
                     WHERE job = ?1 AND accepted_by = ?2",
                    params![job, page.0],
                )?;
                db.execute("UPDATE attempts SET void = 2 WHERE id = ?1", params![page.0])?;
                db.execute(
                    "UPDATE jobs SET state = 'ready', finished_us = NULL WHERE id = ?1",
                    params![job],
                )?;
                add_chunk(db, &job, &chunk, None)
            })
            .await
    }

    /// Erases what the ledger has of personal data of a job: the API's messages
    /// and the names of files. Claims stay.
    pub async fn forget(&self, job: &JobId) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                db.execute("UPDATE attempts SET message = NULL, url = NULL WHERE job = ?1", params![job])?;
                db.execute("UPDATE flows SET message = NULL WHERE job = ?1", params![job])?;
                db.execute("UPDATE jobs SET about = '{}' WHERE id = ?1", params![job]).map(|_| ())
            })
            .await?;
        self.writer().empty_log().await
    }

    /// Flows that wait for another job's contract: those whose wait is over are
    /// theirs now, or duplicates. `dead` jobs are not being worked on by anyone.
    pub async fn settle_claims(&self, job: &JobId, dead: Vec<JobId>) -> Result<(), JournalError> {
        let job = job.0.clone();
        self.writer()
            .write(move |db| {
                let mut waiting = db.prepare(
                    "SELECT flow, realm, claim, content FROM flows
                     WHERE job = ?1 AND state = 'pending' AND holds = 0 AND allowed = 0",
                )?;
                let all = waiting
                    .query_map(params![job], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
                    .collect::<rusqlite::Result<Vec<(i64, String, [u8; 32], [u8; 32])>>>()?;
                for (flow, realm, claim, content) in all {
                    settle_claim(db, &job, flow, &realm, &claim, &content, &dead)?;
                }
                Ok(())
            })
            .await
    }
}
