//! What became of each flow of a job, kept small: a million flows take some
//! 40 MB, their requests and reasons are held once.

use std::collections::HashMap;

use rusqlite::{Connection, params};

use crate::domain::job::{AttemptId, FlowNo, JobId, Status};
use crate::domain::verdict::Verdict;

use super::{Journal, JournalError};

/// What became of a flow.
#[derive(Clone, Copy)]
pub struct FlowResult<'a> {
    pub status: Status,
    pub attempts: u32,
    /// Why it stands so; of a duplicate, the job that has sent the same.
    pub code: Option<&'a str>,
    /// Of a duplicate, the page of the other one.
    pub message: Option<&'a str>,
    /// Of the request that accepted it, or else of the last one.
    pub request_id: Option<&'a str>,
    pub ended_us: Option<i64>,
    pub accepted_by: Option<AttemptId>,
    /// The page to confirm, of an accepted flow.
    pub url: Option<&'a str>,
}

#[derive(Default)]
pub struct Results {
    /// By flow.
    flows: Vec<FlowEntry>,
    /// By id.
    attempts: Vec<AttemptEntry>,
    texts: Vec<Box<str>>,
}

/// An index into `Results::texts`.
type Text = Option<std::num::NonZeroU32>;

struct FlowEntry {
    flow: i64,
    attempt: Option<i64>,
    attempts: u32,
    code: Text,
    message: Text,
    status: Status,
}

struct AttemptEntry {
    id: i64,
    verdict: Option<Verdict>,
    code: Text,
    message: Text,
    request_id: Option<Box<str>>,
    url: Option<Box<str>>,
    ended_us: Option<i64>,
}

impl Results {
    pub fn of(&self, flow: FlowNo) -> Option<FlowResult<'_>> {
        let entry = self.flows.get(self.flows.binary_search_by_key(&flow.0, |entry| entry.flow).ok()?)?;
        let attempt = entry.attempt.and_then(|id| {
            let index = self.attempts.binary_search_by_key(&id, |attempt| attempt.id).ok()?;
            self.attempts.get(index)
        });
        let accepted = entry.status == Status::Accepted;
        let reason = attempt.filter(|attempt| attempt.speaks_of(entry.status));
        Some(FlowResult {
            status: entry.status,
            attempts: entry.attempts,
            code: self.text(entry.code.or(reason.and_then(|attempt| attempt.code))),
            message: self.text(entry.message.or(reason.and_then(|attempt| attempt.message))),
            request_id: attempt.and_then(|attempt| attempt.request_id.as_deref()),
            ended_us: attempt.and_then(|attempt| attempt.ended_us),
            accepted_by: entry.attempt.filter(|_| accepted).map(AttemptId),
            url: attempt.filter(|_| accepted).and_then(|attempt| attempt.url.as_deref()),
        })
    }

    fn text(&self, text: Text) -> Option<&str> {
        self.texts.get(text?.get() as usize - 1).map(AsRef::as_ref)
    }
}

impl AttemptEntry {
    /// Whether the attempt's own code says why a flow of that status stands so.
    /// A request that failed for the data of one flow blames no other.
    fn speaks_of(&self, status: Status) -> bool {
        match (status, self.verdict) {
            (_, None | Some(Verdict::Accepted)) | (Status::Accepted | Status::Duplicate, _) => false,
            (Status::Pending, Some(verdict)) => matches!(
                verdict,
                Verdict::Caller
                    | Verdict::Throttled
                    | Verdict::NotSent
                    | Verdict::Server
                    | Verdict::Gateway
                    | Verdict::InDoubt
            ),
            _ => true,
        }
    }
}

impl Journal {
    /// What became of each flow of the job.
    pub fn results(&self, job: &JobId) -> Result<Results, JournalError> {
        self.read(|db| {
            let mut texts = Texts::default();
            let attempts = read_attempts(db, job, &mut texts)?;
            let flows = read_flows(db, job, &mut texts)?;
            Ok(Results { flows, attempts, texts: texts.all })
        })
    }
}

fn read_flows(db: &Connection, job: &JobId, texts: &mut Texts) -> rusqlite::Result<Vec<FlowEntry>> {
    let count: i64 =
        db.query_row("SELECT count(*) FROM flows WHERE job = ?1", params![job.0], |row| row.get(0))?;
    let mut flows = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    let mut statement = db.prepare(
        "SELECT f.flow, coalesce(f.accepted_by, f.last_attempt), f.attempts, f.code,
           CASE f.state WHEN 'duplicate' THEN
             (SELECT a.url FROM flows o JOIN attempts a ON a.id = o.accepted_by
              WHERE o.realm = f.realm AND o.claim = f.claim AND o.content = f.content
                AND o.state = 'accepted' LIMIT 1)
             ELSE f.message END,
           f.state
         FROM flows f WHERE f.job = ?1 ORDER BY f.flow",
    )?;
    let mut rows = statement.query(params![job.0])?;
    while let Some(row) = rows.next()? {
        flows.push(FlowEntry {
            flow: row.get(0)?,
            attempt: row.get(1)?,
            attempts: row.get(2)?,
            code: texts.keep(row.get_ref(3)?.as_str_or_null()?),
            message: texts.keep(row.get_ref(4)?.as_str_or_null()?),
            status: Status::from_name(row.get_ref(5)?.as_str()?).unwrap_or(Status::Pending),
        });
    }
    Ok(flows)
}

fn read_attempts(db: &Connection, job: &JobId, texts: &mut Texts) -> rusqlite::Result<Vec<AttemptEntry>> {
    let mut attempts = Vec::new();
    let mut statement = db.prepare(
        "SELECT id, verdict, code, message, request_id, url, ended_us FROM attempts WHERE job = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query(params![job.0])?;
    while let Some(row) = rows.next()? {
        attempts.push(AttemptEntry {
            id: row.get(0)?,
            verdict: row.get_ref(1)?.as_str_or_null()?.and_then(Verdict::from_name),
            code: texts.keep(row.get_ref(2)?.as_str_or_null()?),
            message: texts.keep(row.get_ref(3)?.as_str_or_null()?),
            request_id: row.get(4)?,
            url: row.get(5)?,
            ended_us: row.get(6)?,
        });
    }
    Ok(attempts)
}

/// Codes and messages come up again and again: each is held once.
#[derive(Default)]
struct Texts {
    known: HashMap<Box<str>, Text>,
    all: Vec<Box<str>>,
}

impl Texts {
    fn keep(&mut self, text: Option<&str>) -> Text {
        let text = text?;
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        self.all.push(text.into());
        let number = u32::try_from(self.all.len()).ok().and_then(std::num::NonZeroU32::new);
        self.known.insert(text.into(), number);
        number
    }
}
