//! What was sent before, or might have been: a duplicate, a question, or told.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::tz::TimeZone;

use crate::domain::job::{Again, FlowNo, JobId, SentBefore};
use crate::domain::problem::{Place as SheetPlace, Problem, Rule};
use crate::journal::{Conflict, ConflictKind, JobFile, Journal};
use crate::platform::clock::now_us;

use super::corrected_copies::{FlowPeople, resembling, sent_copies};
use super::job_origin::{JobOrigin, title_of};
use super::{Failure, Request};

/// Contracts whose keys were used before.
#[derive(Default)]
pub struct Conflicts {
    /// Sent before as they are: they would not go again.
    pub duplicates: HashSet<FlowNo>,
    /// How those stand that were sent before as they are, also where they go again.
    pub before: SentBefore,
    /// By the job that nobody knows it of: whether they were started.
    pub in_doubt: BTreeMap<JobId, HashSet<FlowNo>>,
    /// Refused until someone decides.
    pub refused: u64,
}

impl Conflicts {
    /// Nothing of the file was sent before, as far as it decides what goes.
    pub fn is_empty(&self) -> bool {
        let Self { duplicates, before: _, in_doubt, refused } = self;
        duplicates.is_empty() && in_doubt.is_empty() && *refused == 0
    }
}

/// How long ago a contract that only resembles one of a file was sent at most.
pub(super) const LATELY_US: i64 = 30 * 86_400 * 1_000_000;

/// Whether contracts of a file called so can resemble any that were sent lately.
pub fn may_resemble(journal: &Journal, realm: &str, stem: &str) -> Result<bool, Failure> {
    Ok(journal.may_resemble(realm, now_us() - LATELY_US, stem)?)
}

/// Keys that were used before with other contents are questions, unless
/// someone has answered. `find_rows` makes sure that the file knows the rows of them.
pub fn settle_conflicts(
    journal: &Journal,
    file: &JobFile,
    request: &Request,
    (realm, stem): (&str, &str),
    people: &[FlowPeople],
    zone: &TimeZone,
    find_rows: impl FnOnce() -> Result<(), Failure>,
) -> Result<Conflicts, Failure> {
    let mut found = journal.conflicts(file, realm, now_us() - LATELY_US, stem)?;
    if !people.is_empty() {
        let known: HashSet<FlowNo> = found.iter().map(|conflict| conflict.flow).collect();
        let jobs = sent_copies(journal, realm, stem)?;
        found.extend(resembling(journal, &jobs, file, people, &known)?);
        found.sort_by_key(|one| one.flow);
    }
    let asks_nothing = |kind| {
        matches!(
            kind,
            ConflictKind::Same | ConflictKind::SameSigned | ConflictKind::SameEnded | ConflictKind::InDoubt
        )
    };
    if found.iter().any(|conflict| !asks_nothing(conflict.kind)) {
        find_rows()?;
    }
    let mut conflicts = Conflicts::default();
    // Thousands of contracts may be of one job.
    let mut titles: HashMap<JobId, String> = HashMap::new();
    let mut title =
        |job: JobId| titles.entry(job).or_insert_with_key(|job| title_of(journal, zone, job)).clone();
    let mut elsewhere: BTreeMap<JobId, (u64, FlowNo)> = BTreeMap::new();
    for Conflict { flow, job, kind } in found {
        let rule = match kind {
            ConflictKind::Same | ConflictKind::SameSigned | ConflictKind::SameEnded => {
                let before = &mut conflicts.before;
                let (count, goes) = match kind {
                    ConflictKind::SameEnded => {
                        (&mut before.ended, matches!(request.again, Again::Ended | Again::All))
                    }
                    ConflictKind::SameSigned => (&mut before.signed, request.again == Again::All),
                    _ => (&mut before.open, request.again == Again::All),
                };
                *count += 1;
                conflicts.duplicates.extend((!goes).then_some(flow));
                continue;
            }
            ConflictKind::InDoubt => {
                if starts(journal, &job)? {
                    conflicts.in_doubt.entry(job).or_default().insert(flow);
                }
                continue;
            }
            ConflictKind::Corrected => {
                conflicts.duplicates.extend((!request.allow_duplicates).then_some(flow));
                continue;
            }
            ConflictKind::OtherRealm => {
                elsewhere.entry(job).or_insert((0, flow)).0 += 1;
                continue;
            }
            ConflictKind::KeyEnded if request.again == Again::Ended => {
                conflicts.before.ended += 1;
                continue;
            }
            _ if request.allow_duplicates => continue,
            ConflictKind::KeyReused | ConflictKind::KeyEnded | ConflictKind::NumberAlike
                if request.reused_keys =>
            {
                continue;
            }
            ConflictKind::KeyReused | ConflictKind::KeyEnded => Rule::KeyReused { job: title(job) },
            ConflictKind::OtherTemplate => Rule::TemplateChanged { job: title(job) },
            ConflictKind::Meanwhile => Rule::SentMeanwhile { job: title(job) },
            ConflictKind::Waits => Rule::WaitsThere { id: job.to_string(), job: title(job) },
            ConflictKind::Alike => Rule::SentAlike { job: title(job), numbered: false },
            ConflictKind::AlikeNumbered => Rule::SentAlike { job: title(job), numbered: true },
            ConflictKind::Resembles => Rule::SentResembling { job: title(job) },
            ConflictKind::NumberAlike => Rule::NumberSentAlike { job: title(job) },
        };
        conflicts.refused += 1;
        let value = file.label(flow)?.0;
        file.refuse_contract(flow, &Problem { place: file.place_of(flow)?, value, rule })?;
    }
    for (job, (count, first)) in elsewhere {
        let realm = journal.job(&job)?.map(|record| record.realm).unwrap_or_default();
        let mut parts = realm.rsplitn(3, '|').map(str::to_owned);
        let (organization, app, endpoint) = (parts.next(), parts.next(), parts.next());
        let rule = Rule::SentElsewhere {
            count,
            job: title(job),
            endpoint: endpoint.unwrap_or_default(),
            app: app.unwrap_or_default(),
            organization: organization.unwrap_or_default(),
        };
        let place = SheetPlace { row: None, ..file.place_of(first)? };
        file.add_problem(None, &Problem { place, value: None, rule })?;
    }
    Ok(conflicts)
}

/// Whether a job starts contracts, so that nothing of it is sent again by itself.
fn starts(journal: &Journal, job: &JobId) -> Result<bool, Failure> {
    Ok(journal.job(job)?.is_some_and(|record| JobOrigin::of(&record).starts))
}
