//! What became of each flow of a job, kept small: nine bytes a flow, and its
//! requests and reasons once.

use std::collections::{BTreeMap, HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId, Status};
use crate::domain::verdict::Verdict;
use crate::journal::{Fingerprint, Journal, JournalError};

use super::corrections::{corrected_flows, corrections_of};
use super::members;
use super::standing::{Standing, Standings, claim_of, content_of, holder, id_of, rivals};

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
    /// Of a duplicate: the other one was sent with other contents, in this one's stead.
    pub changed: bool,
    pub accepted_by: Option<AttemptId>,
    /// The page to confirm, of an accepted flow.
    pub url: Option<&'a str>,
    /// What was answered of it alone, where its action starts contracts; of a duplicate,
    /// that of the other one.
    pub started: Option<&'a StartedFlow>,
}

/// A contract that was started.
#[derive(Clone, Debug, PartialEq)]
pub struct StartedFlow {
    pub flow_id: Box<str>,
    /// As the API has called it when somebody last asked.
    pub flow_status: Option<Box<str>>,
    /// Links to sign it, one a signer, in order, with spaces between them.
    pub sign_url: Option<Box<str>>,
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
    started: HashMap<i64, StartedFlow>,
    texts: Vec<Box<str>>,
    /// Pages of other jobs that duplicates stand on.
    pub elsewhere: Vec<Elsewhere>,
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
    /// Of a duplicate: that of the request with which the other one went.
    request_id: Text,
    /// The other one has other contents.
    changed: bool,
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
            request_id: own
                .and_then(|own| self.text(own.request_id))
                .or(attempt.and_then(|attempt| attempt.request_id.as_deref())),
            ended_us: attempt.and_then(|attempt| attempt.ended_us),
            changed: own.is_some_and(|own| own.changed),
            accepted_by: attempt.filter(|_| accepted).map(|attempt| attempt.id),
            url: attempt.filter(|_| accepted).and_then(|attempt| attempt.url.as_deref()),
            started: self.started.get(&flow.0),
        })
    }

    /// Ids of every contract that was started, those of duplicates as well.
    pub fn flow_ids(&self) -> impl Iterator<Item = &str> {
        self.started.values().map(|started| started.flow_id.as_ref())
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
            // Others of its request were started.
            (Status::InDoubt, Some(Verdict::Accepted)) => true,
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

pub const SHOWN_BY: &str = "SELECT DISTINCT j.id FROM flow_results s JOIN jobs j ON j.job = s.job
     WHERE s.state = 'duplicate' AND s.code = ?1 AND s.job != ?2";

impl Journal {
    /// What became of each flow of the job: one pass over its chunks.
    pub fn results(&self, job: &JobId) -> Result<Results, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| Reading::default().all(db, number))
    }

    /// Jobs whose duplicates this one has sent: their reports show its pages.
    pub fn shown_by(&self, job: &JobId) -> Result<Vec<JobId>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| {
            db.prepare_cached(SHOWN_BY)?
                .query_map(params![job.0, number], |row| row.get(0).map(JobId))?
                .collect()
        })
    }

    /// Pages of other jobs that duplicates of this one stand on.
    pub fn elsewhere(&self, job: &JobId) -> Result<Vec<Elsewhere>, JournalError> {
        let number = self.number_of(job)?;
        self.read(|db| Ok(Twins::read(db, number)?.elsewhere))
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
    elsewhere: Vec<Elsewhere>,
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
        (results.own, results.started) = self.own(db, job)?;
        results.texts = self.texts.all;
        results.elsewhere = self.elsewhere;
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

    fn own(
        &mut self,
        db: &Connection,
        job: i64,
    ) -> rusqlite::Result<(HashMap<i64, OwnEntry>, HashMap<i64, StartedFlow>)> {
        let (mut own, mut started) = (HashMap::new(), HashMap::new());
        let mut twins = Twins::read(db, job)?;
        let mut statement =
            db.prepare_cached("SELECT flow, state, code, message FROM flow_results WHERE job = ?1")?;
        let mut rows = statement.query(params![job])?;
        while let Some(row) = rows.next()? {
            let flow: i64 = row.get(0)?;
            let status = Status::from_name(row.get_ref(1)?.as_str()?).unwrap_or(Status::Pending);
            let found = match status {
                Status::Duplicate => twins.started.remove(&flow),
                _ => started_flow(db, job, flow)?,
            };
            started.extend(found.map(|found| (flow, found)));
            let page = twins.page(flow);
            let changed = status == Status::Duplicate
                && row.get_ref(3)?.as_str_or_null()? == Some(super::claims::CHANGED);
            let (message, request_id) = match status {
                Status::Duplicate => (page.map(|(url, _)| url.clone()), page.and_then(|(_, id)| id.clone())),
                _ => (row.get(3)?, None),
            };
            own.insert(
                flow,
                OwnEntry {
                    status,
                    code: self.texts.keep(row.get_ref(2)?.as_str_or_null()?),
                    message: self.texts.keep(message.as_deref()),
                    request_id: self.texts.keep(request_id.as_deref()),
                    changed,
                },
            );
        }
        self.elsewhere = twins.elsewhere;
        Ok((own, started))
    }
}

fn started_flow(db: &Connection, job: i64, flow: i64) -> rusqlite::Result<Option<StartedFlow>> {
    db.prepare_cached(
        "SELECT flow_id, flow_status, url FROM flow_results
         WHERE job = ?1 AND flow = ?2 AND flow_id IS NOT NULL",
    )?
    .query_row(params![job, flow], |row| {
        Ok(StartedFlow { flow_id: row.get(0)?, flow_status: row.get(1)?, sign_url: row.get(2)? })
    })
    .optional()
}

/// A page of another job that contracts of this one went out on.
#[derive(Clone, Debug, PartialEq)]
pub struct Elsewhere {
    pub job: JobId,
    pub attempt: AttemptId,
    pub url: String,
    /// Contracts of this job that are on it, and the first of them.
    pub flows: u64,
    pub first: FlowNo,
    pub ended_us: Option<i64>,
}

/// Where the contracts went out that are duplicates of others.
#[derive(Default)]
struct Twins {
    /// By flow of this job, the place in `urls`.
    of: HashMap<i64, usize>,
    /// Links, with the ids of the requests that they came with.
    urls: Vec<(String, Option<Box<str>>)>,
    /// By flow of this job, what the other one was started as.
    started: HashMap<i64, StartedFlow>,
    elsewhere: Vec<Elsewhere>,
}

impl Twins {
    /// Each other job's pages are read once, however many of its contracts are asked for.
    fn read(db: &Connection, job: i64) -> rusqlite::Result<Self> {
        let mut wanted: BTreeMap<i64, Vec<(i64, i64)>> = BTreeMap::new();
        let mut statement = db.prepare_cached(
            "SELECT s.flow, f.claim, f.content, s.code FROM flow_results s
             JOIN flows f ON f.job = s.job AND f.flow = s.flow
             WHERE s.job = ?1 AND s.state = 'duplicate'",
        )?;
        let mut rows = statement.query(params![job])?;
        while let Some(row) = rows.next()? {
            let (flow, claim, content): (i64, Fingerprint, Fingerprint) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let sender: Option<String> = row.get(3)?;
            let mut others = rivals(db, &claim)?;
            others.extend(holder(db, &claim)?);
            others.extend(corrections_of(db, job, flow, Some(&claim))?);
            for other in others.into_iter().filter(|other| (other.job, other.flow) != (job, flow)) {
                let is_it = content_of(db, other.job, other.flow)? == Some(content)
                    || sender.as_deref() == Some(id_of(db, other.job)?.as_str());
                if is_it {
                    wanted.entry(other.job).or_default().push((other.flow, flow));
                }
            }
        }
        // What broke a rule was never a flow, and may have gone out corrected all the same.
        let known: HashSet<i64> = wanted.values().flatten().map(|(_, own)| *own).collect();
        let mut standings = Standings::default();
        for flow in corrected_flows(db, job)?.into_iter().filter(|flow| !known.contains(flow)) {
            let is_flow = claim_of(db, job, flow)?.is_some();
            if is_flow && standings.of(db, job, flow)? == Standing::Accepted {
                continue;
            }
            for other in corrections_of(db, job, flow, None)? {
                wanted.entry(other.job).or_default().push((other.flow, flow));
            }
        }
        for flows in wanted.values_mut() {
            flows.sort_unstable();
            flows.dedup();
        }
        let mut twins = Self::default();
        for (other, flows) in &wanted {
            for (theirs, own) in flows {
                let found = started_flow(db, *other, *theirs)?;
                twins.started.extend(found.map(|found| (*own, found)));
            }
        }
        for (other, flows) in wanted {
            twins.read_pages(db, job, other, &flows)?;
        }
        Ok(twins)
    }

    /// `flows`: those of the other job, and their twins in this one, in order.
    fn read_pages(
        &mut self,
        db: &Connection,
        job: i64,
        other: i64,
        flows: &[(i64, i64)],
    ) -> rusqlite::Result<()> {
        let id = JobId(id_of(db, other)?);
        let mut statement = db.prepare_cached(
            "SELECT c.chunk, a.number, a.url, a.ended_us, c.flows, a.request_id FROM chunks c
             JOIN attempts a ON a.job = c.job AND a.chunk = c.chunk AND a.url IS NOT NULL AND a.void = 0
             WHERE c.job = ?1 AND c.state = 'accepted' ORDER BY c.chunk",
        )?;
        let mut rows = statement.query(params![other])?;
        while let Some(row) = rows.next()? {
            let mut found: Vec<i64> = Vec::new();
            for member in members::decode(row.get_ref(4)?.as_blob()?) {
                let from = flows.partition_point(|(own, _)| *own < member.0);
                let here = flows.iter().skip(from).take_while(|(own, _)| *own == member.0);
                found.extend(here.map(|(_, twin)| *twin).filter(|twin| !self.of.contains_key(twin)));
            }
            let Some(first) = found.iter().min() else { continue };
            let url: String = row.get(2)?;
            if other != job {
                self.elsewhere.push(Elsewhere {
                    job: id.clone(),
                    attempt: AttemptId { chunk: ChunkId(row.get(0)?), number: row.get(1)? },
                    url: url.clone(),
                    flows: found.len() as u64,
                    first: FlowNo(*first),
                    ended_us: row.get(3)?,
                });
            }
            self.of.extend(found.iter().map(|flow| (*flow, self.urls.len())));
            self.urls.push((url, row.get(5)?));
        }
        Ok(())
    }

    /// The link, and the id of its request.
    fn page(&self, flow: i64) -> Option<&(String, Option<Box<str>>)> {
        self.urls.get(*self.of.get(&flow)?)
    }
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
