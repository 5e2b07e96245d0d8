//! What was handed to the journal and is not known to be durable yet.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::oneshot::error::TryRecvError;

use crate::domain::job::JobId;
use crate::journal::{Journal, JournalError, JournalFault, Lease, Recorded, Transition};
use crate::platform::clock::now_us;

/// Well before a lease's time is over.
pub const RENEW_LEASE: Duration = Duration::from_secs(20);

pub struct Records {
    journal: Arc<Journal>,
    job: JobId,
    lease: Lease,
    /// In the order in which they were handed over.
    waiting: VecDeque<(Recorded, Transition)>,
    renewed: Instant,
}

impl Records {
    pub fn new(journal: Arc<Journal>, job: JobId, lease: Lease) -> Self {
        Self { journal, job, lease, waiting: VecDeque::new(), renewed: Instant::now() }
    }

    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// # Errors
    /// The journal has ended.
    pub fn hand_over(&mut self, transition: Transition) -> Result<(), JournalError> {
        let recorded = self.journal.record(&self.job, self.lease, transition.clone())?;
        self.waiting.push_back((recorded, transition));
        Ok(())
    }

    /// What is durable by now is done with, and the lease is kept.
    ///
    /// # Errors
    /// The first one that failed.
    pub async fn look(&mut self) -> Result<(), JournalError> {
        if self.renewed.elapsed() >= RENEW_LEASE {
            self.renewed = Instant::now();
            self.journal.renew_lease(&self.job, self.lease, now_us()).await?;
        }
        while let Some((recorded, _)) = self.waiting.front_mut() {
            let answer = match recorded.try_recv() {
                Ok(answer) => answer,
                Err(TryRecvError::Empty) => return Ok(()),
                Err(TryRecvError::Closed) => Err(JournalError::new(self.journal.dir(), JournalFault::Closed)),
            };
            let Some((_, transition)) = self.waiting.pop_front() else { return Ok(()) };
            self.finish(answer, transition).await?;
        }
        Ok(())
    }

    /// Everything that was handed over is on disk when this returns.
    ///
    /// # Errors
    /// The first one that failed; those after it are still waiting.
    pub async fn flush(&mut self) -> Result<(), JournalError> {
        while let Some((recorded, transition)) = self.waiting.pop_front() {
            let answer = self.journal.durable(recorded).await;
            self.finish(answer, transition).await?;
        }
        Ok(())
    }

    async fn finish(
        &self,
        answer: Result<(), JournalError>,
        transition: Transition,
    ) -> Result<(), JournalError> {
        match answer {
            Err(JournalError { fault: JournalFault::DiskFull, .. }) => {
                // Room was kept for this; nothing more is begun.
                self.journal.record_on_full_disk(&self.job, self.lease, transition).await
            }
            Err(JournalError { fault: JournalFault::Locked, .. }) => {
                // Another program had it for very long: an outcome is worth another wait.
                let again = self.journal.record(&self.job, self.lease, transition)?;
                self.journal.durable(again).await
            }
            answer => answer,
        }
    }
}
