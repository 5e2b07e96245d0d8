//! What a job's file knows of its contracts after they were started: how they stand, links
//! to sign them, who was reminded, what was taken back, what was fetched.

use std::collections::HashMap;

use rusqlite::{OptionalExtension as _, params};

use crate::domain::job::FlowNo;
use crate::domain::signing;
use crate::domain::signing::About;
use crate::journal::error::JournalError;

use super::job_file::JobFile;

/// How a contract stands, as the API said when somebody last asked.
#[derive(Clone, PartialEq)]
pub struct FlowStanding {
    pub flow: FlowNo,
    /// INIT, PART, ALL, ...
    pub status: String,
    /// Why it was refused or taken back.
    pub message: String,
    /// Unix seconds.
    pub created: i64,
    pub asked_us: i64,
    pub signers: Vec<SignerStanding>,
}

/// How one of its signers stands.
#[derive(Clone, Default, PartialEq)]
pub struct SignerStanding {
    pub sign_id: String,
    pub name: String,
    pub organization: String,
    pub mobile: String,
    /// PENDING, ACCEPT, ...
    pub status: String,
    pub message: String,
    /// Unix seconds; 0: not yet.
    pub at: i64,
    /// Lower ones sign first.
    pub turn: i64,
}

impl FlowStanding {
    /// Who has still to sign.
    pub fn waiting(&self) -> impl Iterator<Item = &SignerStanding> {
        let open = !signing::is_over(&self.status);
        self.signers.iter().filter(move |signer| open && signing::is_waiting(&signer.status))
    }

    pub fn signed(&self) -> impl Iterator<Item = &SignerStanding> {
        self.signers.iter().filter(|signer| signing::has_signed(&signer.status))
    }

    /// Since when nothing has happened: the last signature, or else the start. Unix seconds.
    pub fn since(&self) -> i64 {
        self.signed().map(|signer| signer.at).fold(self.created, i64::max)
    }
}

impl SignerStanding {
    /// What tells this person from the other signers of the contract.
    pub fn person(&self) -> &str {
        let known = [&self.sign_id, &self.mobile, &self.name];
        known.into_iter().find(|text| !text.is_empty()).map_or("", String::as_str)
    }

    /// The name, or what there is in its place.
    pub fn shown(&self) -> &str {
        let known = [&self.name, &self.organization, &self.mobile];
        known.into_iter().find(|text| !text.is_empty()).map_or("", String::as_str)
    }
}

/// A link with which one person signs one contract.
#[derive(Clone, PartialEq)]
pub struct SignLink {
    /// Of the signer, in the contract as it was sent.
    pub place: u32,
    pub name: String,
    pub mobile: String,
    pub url: String,
    pub made_us: i64,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteState {
    Done,
    Failed,
    /// Nobody knows whether it was done.
    Unknown,
}

#[derive(Clone, PartialEq)]
pub struct FollowNote {
    pub state: NoteState,
    pub reason: String,
    pub at_us: i64,
}

impl NoteState {
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "done" => Self::Done,
            "failed" => Self::Failed,
            _ => Self::Unknown,
        }
    }
}

impl JobFile {
    /// All of them, or none.
    pub fn note_standings(&self, standings: &[FlowStanding]) -> Result<(), JournalError> {
        let write = || -> rusqlite::Result<()> {
            let step = self.db.unchecked_transaction()?;
            for one in standings {
                step.prepare_cached("INSERT OR REPLACE INTO standings VALUES (?1, ?2, ?3, ?4, ?5)")?
                    .execute(params![one.flow.0, one.status, one.message, one.created, one.asked_us])?;
                step.prepare_cached("DELETE FROM signers WHERE flow = ?1")?.execute(params![one.flow.0])?;
                for (place, signer) in (0_i64..).zip(&one.signers) {
                    let SignerStanding { sign_id, name, organization, mobile, status, message, at, turn } =
                        signer;
                    step.prepare_cached(
                        "INSERT INTO signers VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                    )?
                    .execute(params![
                        one.flow.0, place, sign_id, name, organization, mobile, status, message, at, turn
                    ])?;
                }
            }
            step.commit()
        };
        write().map_err(|error| self.fail(&error))
    }

    /// How a contract stood when somebody last asked.
    pub fn standing(&self, flow: FlowNo) -> Result<Option<FlowStanding>, JournalError> {
        let read = || -> rusqlite::Result<Option<FlowStanding>> {
            let found = self
                .db
                .prepare_cached("SELECT status, message, created, asked_us FROM standings WHERE flow = ?1")?
                .query_row(params![flow.0], |row| {
                    Ok(FlowStanding {
                        flow,
                        status: row.get(0)?,
                        message: row.get(1)?,
                        created: row.get(2)?,
                        asked_us: row.get(3)?,
                        signers: Vec::new(),
                    })
                })
                .optional()?;
            let Some(found) = found else { return Ok(None) };
            let mut signers = self.db.prepare_cached(
                "SELECT sign_id, name, organization, mobile, status, message, at, turn FROM signers
                 WHERE flow = ?1 ORDER BY place",
            )?;
            let signers = signers.query_map(params![flow.0], |row| {
                Ok(SignerStanding {
                    sign_id: row.get(0)?,
                    name: row.get(1)?,
                    organization: row.get(2)?,
                    mobile: row.get(3)?,
                    status: row.get(4)?,
                    message: row.get(5)?,
                    at: row.get(6)?,
                    turn: row.get(7)?,
                })
            })?;
            Ok(Some(FlowStanding { signers: signers.collect::<rusqlite::Result<_>>()?, ..found }))
        };
        read().map_err(|error| self.fail(&error))
    }

    /// Takes the place of the links that were there for the same signers.
    pub fn note_links(&self, flow: FlowNo, links: &[SignLink]) -> Result<(), JournalError> {
        let write = || -> rusqlite::Result<()> {
            let step = self.db.unchecked_transaction()?;
            for link in links {
                step.prepare_cached("INSERT OR REPLACE INTO sign_links VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
                    .execute(params![flow.0, link.place, link.name, link.mobile, link.url, link.made_us])?;
            }
            step.commit()
        };
        write().map_err(|error| self.fail(&error))
    }

    /// In the order of the signers.
    pub fn links_of(&self, flow: FlowNo) -> Result<Vec<SignLink>, JournalError> {
        self.query(
            "SELECT place, name, mobile, url, made_us FROM sign_links WHERE flow = ?1 ORDER BY place",
            &[&flow.0],
            |row| {
                Ok(SignLink {
                    place: row.get(0)?,
                    name: row.get(1)?,
                    mobile: row.get(2)?,
                    url: row.get(3)?,
                    made_us: row.get(4)?,
                })
            },
        )
    }

    pub fn note_follow(&self, flow: FlowNo, about: About, note: &FollowNote) -> Result<(), JournalError> {
        self.execute(
            "INSERT OR REPLACE INTO follow_notes VALUES (?1, ?2, ?3, ?4, ?5)",
            params![flow.0, about.name(), note.state.name(), note.reason, note.at_us],
        )
    }

    pub fn follow_note(&self, flow: FlowNo, about: About) -> Result<Option<FollowNote>, JournalError> {
        let found = self.query(
            "SELECT state, reason, at_us FROM follow_notes WHERE flow = ?1 AND about = ?2",
            &[&flow.0, &about.name()],
            |row| {
                let state = NoteState::named(row.get_ref(0)?.as_str()?);
                Ok(FollowNote { state, reason: row.get(1)?, at_us: row.get(2)? })
            },
        )?;
        Ok(found.into_iter().next())
    }

    /// Who was to be reminded of a contract, and when that was noted.
    pub fn reminded(&self, flow: FlowNo) -> Result<HashMap<String, i64>, JournalError> {
        let sql = "SELECT person, at_us FROM reminded WHERE flow = ?1";
        let found = self.query(sql, &[&flow.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.into_iter().collect())
    }

    /// To be noted before somebody is reminded.
    /// Returns those who were not noted before.
    pub fn note_reminded(
        &self,
        whom: &[(FlowNo, String)],
        at_us: i64,
    ) -> Result<Vec<(FlowNo, String)>, JournalError> {
        let write = || -> rusqlite::Result<Vec<(FlowNo, String)>> {
            let step = self.db.unchecked_transaction()?;
            let mut new = Vec::new();
            for (flow, person) in whom {
                let noted = step
                    .prepare_cached("INSERT OR IGNORE INTO reminded VALUES (?1, ?2, ?3)")?
                    .execute(params![flow.0, person, at_us])?;
                if noted > 0 {
                    new.push((*flow, person.clone()));
                }
            }
            step.commit()?;
            Ok(new)
        };
        write().map_err(|error| self.fail(&error))
    }

    /// It is certain that they were not.
    pub fn forget_reminded(&self, flow: FlowNo, persons: &[String]) -> Result<(), JournalError> {
        for person in persons {
            self.execute("DELETE FROM reminded WHERE flow = ?1 AND person = ?2", params![flow.0, person])?;
        }
        Ok(())
    }

    /// Files that were fetched into a folder, by contract and part.
    pub fn downloads(&self, folder: &str) -> Result<HashMap<(FlowNo, u32), String>, JournalError> {
        let found =
            self.query("SELECT flow, part, name FROM downloads WHERE folder = ?1", &[&folder], |row| {
                Ok(((FlowNo(row.get(0)?), row.get(1)?), row.get(2)?))
            })?;
        Ok(found.into_iter().collect())
    }

    /// To be noted before the file gets its name.
    pub fn note_download(
        &self,
        flow: FlowNo,
        part: u32,
        folder: &str,
        name: &str,
    ) -> Result<(), JournalError> {
        self.execute(
            "INSERT OR REPLACE INTO downloads VALUES (?1, ?2, ?3, ?4)",
            params![flow.0, part, folder, name],
        )
    }

    /// What a report tells of all that: it changes whenever any of it does. Empty: nothing.
    pub fn followed_mark(&self) -> Result<String, JournalError> {
        let found = self.query(
            "SELECT (SELECT count(*) FROM standings), (SELECT coalesce(max(asked_us), 0) FROM standings),
               (SELECT count(*) FROM sign_links), (SELECT coalesce(max(made_us), 0) FROM sign_links),
               (SELECT count(*) FROM follow_notes), (SELECT coalesce(max(at_us), 0) FROM follow_notes)",
            &[],
            |row| (0..6).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<i64>>>(),
        )?;
        let numbers = found.into_iter().flatten().collect::<Vec<_>>();
        Ok(match numbers.iter().all(|number| *number == 0) {
            true => String::new(),
            false => numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(" "),
        })
    }
}
