//! Which files were written for people to read, for which job, and what stood in them
//! then: what someone has edited is not overwritten, nor what another job's links are in.

use rusqlite::params;

use crate::domain::job::JobId;
use crate::journal::{Journal, JournalError};

/// What a file may hold that we have written.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    pub digest: [u8; 32],
    /// None: nothing of it was sent.
    pub job: Option<JobId>,
}

impl Journal {
    /// What was written there last; two, where a crash came between the note and the
    /// file.
    pub fn written(&self, path: &str) -> Result<Vec<Written>, JournalError> {
        let path = self.hashed(path);
        self.read(|db| {
            db.prepare_cached("SELECT digest, job FROM written WHERE path = ?1")?
                .query_map(params![path], |row| {
                    Ok(Written { digest: row.get(0)?, job: row.get::<_, Option<String>>(1)?.map(JobId) })
                })?
                .collect()
        })
    }

    /// A name such as 张三离职.report.xlsx outlives no purge.
    fn hashed(&self, path: &str) -> String {
        hex::encode(self.keyed_hash(&[b"path", path.as_bytes()]))
    }

    /// A file is about to get that name. Waits for the disk: reports are written by
    /// callers that are not async.
    pub fn note_writing(&self, path: &str, written: &Written) -> Result<(), JournalError> {
        let path = self.hashed(path);
        let Written { digest, job } = written.clone();
        self.writer().write_and_wait(move |db| {
            db.execute(
                "INSERT OR REPLACE INTO written (path, digest, job) VALUES (?1, ?2, ?3)",
                params![path, digest, job.map(|job| job.0)],
            )?;
            Ok(())
        })
    }

    /// It has it now: what stood there before is gone.
    pub fn note_written(&self, path: &str, digest: [u8; 32]) -> Result<(), JournalError> {
        let path = self.hashed(path);
        self.writer().write_and_wait(move |db| {
            db.execute("DELETE FROM written WHERE path = ?1 AND digest != ?2", params![path, digest])?;
            Ok(())
        })
    }
}
