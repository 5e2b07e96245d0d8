//! What became of each flow of a job, kept small: nine bytes a flow, and its
//! requests and reasons once.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId, Status};
use crate::domain::verdict::Verdict;
use crate::journal::{Journal, JournalError};

use super::members;
use super::standing::{content_of, holder, rivals};

/// What became of a flow.
#[derive(Clone, Copy)]
pub struct FlowResult<'a> {
    pub status: Status,
    /// Requests that it travelled in.
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

/// Flows that are in no chunk and have no result of their own are not here: they
/// are still to be sent.
#[derive(Default)]
pub struct Results {
    /// Flows that are or were in chunks, in order; beside them the place of their
    /// chunk, and the requests that they travelled in.
    flows: Vec<u32>,
    chunks_of: Vec<u32>,
    attempts_of: Vec<u8>,
    chunks: Vec<ChunkEntry>,
    own: HashMap<i64, OwnEntry>,
    texts: Vec<Box<str>>,
}

/// An index into `Results::texts`.
type Text = Option<std::num::NonZeroU32>;

struct ChunkEntry {
    status: Status,
    /// The attempt that accepted it, or else its last one.
    attempt: Option<AttemptEntry>,
}

#[derive(Clone)]
struct AttemptEntry {
    id: AttemptId,
    verdict: Option<Verdict>,
    code: Text,
    message: Text,
    request_id: Option<Box<str>>,
    url: Option<Box<str>>,
    ended_us: Option<i64>,
}

struct OwnEntry {
    status: Status,
    code: Text,
    message: Text,
}

impl Results {
    pub fn of(&self, flow: FlowNo) -> Option<FlowResult<'_>> {
        let place = u32::try_from(flow.0).ok().and_then(|flow| self.flows.binary_search(&flow).ok());
        let chunk = place.and_then(|place| self.chunks.get(*self.chunks_of.get(place)? as usize));
        let attempts =
            place.and_then(|place| self.attempts_of.get(place)).map_or(0, |count| u32::from(*count));
        let own = self.own.get(&flow.0);
        let status = match (own, chunk) {
            (Some(own), _) => own.status,
            (None, Some(chunk)) => chunk.status,
            (None, None) => return None,
        };
        let accepted = status == Status::Accepted;
        let attempt = chunk.and_then(|chunk| chunk.attempt.as_ref());
        let reason = attempt.filter(|attempt| attempt.speaks_of(status));
        let (code, message) = match own {
            Some(own) => (own.code, own.message),
            None => (reason.and_then(|one| one.code), reason.and_then(|one| one.message)),
        };
        Some(FlowResult {
            status,
            attempts,
            code: self.text(code),
            message: self.text(message),
            request_id: attempt.and_then(|attempt| attempt.request_id.as_deref()),
            ended_us: attempt.and_then(|attempt| attempt.ended_us),
            accepted_by: attempt.filter(|_| accepted).map(|attempt| attempt.id),
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
    /// What became of each flow of the job: one pass over its chunks.
    pub fn results(&self, job: &JobId) -> Result<Results, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| Reading::default().all(db, number))
    }
}

/// A chunk as it is read: its attempts are few.
struct Found {
    chunk: i64,
    parent: Option<i64>,
    /// `None`: others have taken its place.
    status: Option<Status>,
    flows: Vec<u8>,
    attempt: Option<AttemptEntry>,
    attempts: u32,
}

#[derive(Default)]
struct Reading {
    texts: Texts,
}

impl Reading {
    fn all(mut self, db: &Connection, job: i64) -> rusqlite::Result<Results> {
        let mut found = self.chunks(db, job)?;
        let by_id: HashMap<i64, usize> =
            found.iter().enumerate().map(|(place, chunk)| (chunk.chunk, place)).collect();
        // A half that was never sent itself travelled in what it came from.
        for place in 0..found.len() {
            let mut at = place;
            while found[at].attempt.is_none()
                && let Some(parent) = found[at].parent.and_then(|parent| by_id.get(&parent))
            {
                at = *parent;
            }
            if at != place {
                found[place].attempt = found[at].attempt.clone();
            }
        }
        let mut results = Results::default();
        let mut flows: Vec<(u32, u32)> = Vec::new();
        for chunk in found.iter().filter(|chunk| chunk.status.is_some()) {
            let place = u32::try_from(results.chunks.len()).unwrap_or(u32::MAX);
            let status = chunk.status.unwrap_or(Status::Pending);
            results.chunks.push(ChunkEntry { status, attempt: chunk.attempt.clone() });
            let members = members::decode(&chunk.flows).filter_map(|flow| u32::try_from(flow.0).ok());
            flows.extend(members.map(|flow| (flow, place)));
        }
        flows.sort_unstable();
        results.flows = flows.iter().map(|(flow, _)| *flow).collect();
        results.chunks_of = flows.into_iter().map(|(_, place)| place).collect();
        results.attempts_of = vec![0; results.flows.len()];
        for chunk in found.iter().filter(|chunk| chunk.attempts > 0) {
            let times = u8::try_from(chunk.attempts).unwrap_or(u8::MAX);
            for flow in members::decode(&chunk.flows).filter_map(|flow| u32::try_from(flow.0).ok()) {
                if let Ok(place) = results.flows.binary_search(&flow)
                    && let Some(count) = results.attempts_of.get_mut(place)
                {
                    *count = count.saturating_add(times);
                }
            }
        }
        results.own = self.own(db, job)?;
        results.texts = self.texts.all;
        Ok(results)
    }

    fn chunks(&mut self, db: &Connection, job: i64) -> rusqlite::Result<Vec<Found>> {
        let mut found: Vec<Found> = Vec::new();
        let mut statement = db.prepare_cached(
            "SELECT c.chunk, c.parent, c.state, c.flows, a.number, a.verdict, a.code, a.message, a.request_id,
               a.url, a.ended_us, a.void
             FROM chunks c LEFT JOIN attempts a ON a.job = c.job AND a.chunk = c.chunk
             WHERE c.job = ?1 ORDER BY c.chunk, a.number",
        )?;
        let mut rows = statement.query(params![job])?;
        while let Some(row) = rows.next()? {
            let chunk: i64 = row.get(0)?;
            if found.last().is_none_or(|last| last.chunk != chunk) {
                let status = match row.get_ref(2)?.as_str()? {
                    "replaced" => None,
                    "accepted" => Some(Status::Accepted),
                    "rejected" => Some(Status::Rejected),
                    "in_doubt" => Some(Status::InDoubt),
                    _ => Some(Status::Pending),
                };
                let flows = row.get_ref(3)?.as_blob()?.to_vec();
                found.push(Found { chunk, parent: row.get(1)?, status, flows, attempt: None, attempts: 0 });
            }
            let (Some(last), Some(number)) = (found.last_mut(), row.get::<_, Option<u32>>(4)?) else {
                continue;
            };
            last.attempts += u32::from(row.get_ref(5)?.as_str_or_null()? != Some("not_sent"));
            let settled = last.status == Some(Status::Accepted)
                && last.attempt.as_ref().is_some_and(|known| known.url.is_some());
            if settled {
                continue;
            }
            last.attempt = Some(AttemptEntry {
                id: AttemptId { chunk: ChunkId(chunk), number },
                verdict: row.get_ref(5)?.as_str_or_null()?.and_then(Verdict::from_name),
                code: self.texts.keep(row.get_ref(6)?.as_str_or_null()?),
                message: self.texts.keep(row.get_ref(7)?.as_str_or_null()?),
                request_id: row.get(8)?,
                url: row.get(9)?,
                ended_us: row.get(10)?,
            });
        }
        Ok(found)
    }

    fn own(&mut self, db: &Connection, job: i64) -> rusqlite::Result<HashMap<i64, OwnEntry>> {
        let mut own = HashMap::new();
        let mut statement =
            db.prepare_cached("SELECT flow, state, code, message FROM flow_results WHERE job = ?1")?;
        let mut rows = statement.query(params![job])?;
        while let Some(row) = rows.next()? {
            let flow: i64 = row.get(0)?;
            let status = Status::from_name(row.get_ref(1)?.as_str()?).unwrap_or(Status::Pending);
            let message = match status {
                Status::Duplicate => page_of_twin(db, job, flow)?,
                _ => row.get(3)?,
            };
            own.insert(
                flow,
                OwnEntry {
                    status,
                    code: self.texts.keep(row.get_ref(2)?.as_str_or_null()?),
                    message: self.texts.keep(message.as_deref()),
                },
            );
        }
        Ok(own)
    }
}

/// The page that the very same contract went out on.
fn page_of_twin(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Option<String>> {
    let Some((claim, content)) = db
        .prepare_cached("SELECT claim, content FROM flows WHERE job = ?1 AND flow = ?2")?
        .query_row(params![job, flow], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?
    else {
        return Ok(None);
    };
    let mut others = rivals(db, &claim)?;
    others.extend(holder(db, &claim)?);
    for other in others {
        if content_of(db, other.job, other.flow)? == Some(content)
            && let Some(url) = accepted_url(db, other.job, other.flow)?
        {
            return Ok(Some(url));
        }
    }
    Ok(None)
}

/// The link of the accepted chunk that a flow is in: among those whose first and
/// last flow it lies between.
fn accepted_url(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Option<String>> {
    let mut statement = db.prepare_cached(
        "SELECT c.flows, a.url FROM chunks c
         JOIN attempts a ON a.job = c.job AND a.chunk = c.chunk AND a.url IS NOT NULL AND a.void = 0
         WHERE c.job = ?1 AND c.state = 'accepted' AND c.first <= ?2 AND c.last >= ?2",
    )?;
    let mut rows = statement.query(params![job, flow])?;
    while let Some(row) = rows.next()? {
        if members::decode(row.get_ref(0)?.as_blob()?).any(|member| member.0 == flow) {
            return row.get(1);
        }
    }
    Ok(None)
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
