//! Which files were written for people to read, and what stood in them then:
//! a report that someone has edited is not overwritten.

use rusqlite::{OptionalExtension, params};

use crate::journal::{Journal, JournalError};

impl Journal {
    /// The digest of the file as it was last written there, if it was.
    pub fn written_digest(&self, path: &str) -> Result<Option<[u8; 32]>, JournalError> {
        let path = self.hashed(path);
        self.read(|db| {
            db.query_row("SELECT digest FROM written WHERE path = ?1", params![path], |row| row.get(0))
                .optional()
        })
    }

    /// A name such as 张三离职.report.xlsx outlives no purge.
    fn hashed(&self, path: &str) -> String {
        hex::encode(self.keyed_hash(&[b"path", path.as_bytes()]))
    }

    /// Waits for the disk: reports are written by callers that are not async.
    pub fn note_written(&self, path: &str, digest: [u8; 32]) -> Result<(), JournalError> {
        let path = self.hashed(path);
        self.writer().write_and_wait(move |db| {
            db.execute(
                "INSERT OR REPLACE INTO written (path, digest) VALUES (?1, ?2)",
                params![path, digest],
            )
            .map(drop)?;
            Ok(())
        })
    }
}
