//! How the ledger is, for somebody who looks after it.

use rusqlite::OptionalExtension as _;

use crate::journal::{Journal, JournalError};

impl Journal {
    /// What SQLite finds wrong with the ledger, in its words; it reads all of it.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn find_damage(&self) -> Result<Option<String>, JournalError> {
        let found: String = self.read(|db| db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)))?;
        Ok(Some(found).filter(|found| found != "ok"))
    }

    /// When the API last accepted a request of that action, at one endpoint for one organisation.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn last_accepted_us(&self, action: &str, realm: &str) -> Result<Option<i64>, JournalError> {
        let newest =
            "SELECT max(a.ended_us) FROM attempts a JOIN jobs j USING (job) JOIN realms r USING (realm)
                      WHERE a.verdict = 'accepted' AND j.action = ?1 AND r.name = ?2";
        self.read(|db| db.query_row(newest, [action, realm], |row| row.get(0)).optional())
            .map(Option::flatten)
    }
}
