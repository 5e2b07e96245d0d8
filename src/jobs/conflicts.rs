//! What was sent before, or might have been: a duplicate, a question, or told.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::tz::TimeZone;

use crate::domain::job::{Again, FlowNo, JobId, SentBefore};
use crate::domain::problem::{Place as SheetPlace, Problem, Rule};
use crate::journal::{Conflict, ConflictKind, JobFile, Journal, LeftAlone};
use crate::platform::clock::now_us;

use super::corrected_copies::{FlowPeople, resembling, sent_copies};
use super::earlier_round::{EarlierRounds, left_alone};
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
    /// What an earlier round of the same file did with them; those that could be sent are among the duplicates.
    pub left_alone: BTreeMap<FlowNo, LeftAlone>,
    /// Left out, since only what was sent before may go.
    pub left_out: u64,
}

impl Conflicts {
    /// Whether it is known of a contract that can be sent that it does not go.
    fn stays(&self, flow: FlowNo) -> bool {
        self.left_alone.get(&flow).is_some_and(|why| !matches!(why, LeftAlone::Invalid(_)))
    }

    /// Nothing of the file was sent before, as far as it decides what goes.
    pub fn is_empty(&self) -> bool {
        let Self { duplicates, before: _, in_doubt, refused, left_alone, left_out } = self;
        let asks_nothing = duplicates.is_empty() && in_doubt.is_empty() && left_alone.is_empty();
        asks_nothing && *refused == 0 && *left_out == 0
    }

    /// Contracts that break a rule as they stand, and whose rows went, corrected or as they were understood then.
    pub fn gone(&self) -> HashSet<FlowNo> {
        let is_it = |(flow, why): (&FlowNo, &LeftAlone)| {
            let has_gone = matches!(why, LeftAlone::Corrected { .. } | LeftAlone::Sent(_));
            (has_gone && !self.duplicates.contains(flow)).then_some(*flow)
        };
        self.left_alone.iter().filter_map(is_it).collect()
    }
}

/// What a file is compared as.
pub struct Compared<'a> {
    pub realm: &'a str,
    pub stem: &'a str,
    pub people: &'a [FlowPeople],
    pub zone: &'a TimeZone,
    pub round: Option<&'a EarlierRounds>,
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
    Compared { realm, stem, people, zone, round }: Compared<'_>,
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
    if round.is_some() || found.iter().any(|conflict| !asks_nothing(conflict.kind)) {
        find_rows()?;
    }
    let mut conflicts = Conflicts::default();
    if let Some(round) = round {
        conflicts.left_alone = left_alone(journal, round, file)?;
    }
    let only_ended = round.is_some_and(|round| round.only_ended);
    let mut goes_again: HashSet<FlowNo> = HashSet::new();
    // Thousands of contracts may be of one job.
    let mut titles: HashMap<JobId, String> = HashMap::new();
    let mut title =
        |job: JobId| titles.entry(job).or_insert_with_key(|job| title_of(journal, zone, job)).clone();
    let mut elsewhere: BTreeMap<JobId, (u64, FlowNo)> = BTreeMap::new();
    for Conflict { flow, job, kind } in found {
        let rule = match kind {
            ConflictKind::Same | ConflictKind::SameSigned | ConflictKind::SameEnded => {
                let before = &mut conflicts.before;
                if kind == ConflictKind::SameEnded && request.again == Again::Ended {
                    goes_again.insert(flow);
                }
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
                goes_again.insert(flow);
                continue;
            }
            // It is known what has become of its rows, or it is left out anyway.
            _ if only_ended || conflicts.stays(flow) => continue,
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
    if only_ended {
        // One that is read otherwise by now is the same row.
        let sent = conflicts.left_alone.iter().filter_map(|(flow, why)| match why {
            LeftAlone::Sent(then) if !goes_again.contains(flow) => Some((*flow, then.clone())),
            _ => None,
        });
        let ended = journal.ended_since(&sent.collect::<Vec<_>>())?;
        conflicts.before.ended +=
            ended.iter().filter(|flow| !conflicts.duplicates.contains(flow)).count() as u64;
        goes_again.extend(ended.into_iter().filter(|flow| !conflicts.duplicates.contains(flow)));
    }
    if round.is_some() {
        leave_alone(&mut conflicts, file, &goes_again, only_ended)?;
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

/// Notes which contracts of a further round do not go. Of one that is for what has ended these are all others.
fn leave_alone(
    conflicts: &mut Conflicts,
    file: &JobFile,
    goes_again: &HashSet<FlowNo>,
    only_ended: bool,
) -> Result<(), Failure> {
    let in_doubt: HashSet<FlowNo> = conflicts.in_doubt.values().flatten().copied().collect();
    conflicts.left_alone.retain(|flow, _| !goes_again.contains(flow) && !in_doubt.contains(flow));
    let mut left_out = Vec::new();
    let mut sent = HashSet::new();
    file.each_flow(|own| {
        let flow = own.flow;
        if conflicts.stays(flow) {
            sent.insert(flow);
        } else if only_ended
            && !goes_again.contains(&flow)
            && !conflicts.duplicates.contains(&flow)
            && !in_doubt.contains(&flow)
        {
            left_out.push(flow);
        }
        Ok(())
    })?;
    conflicts.duplicates.extend(sent);
    if only_ended {
        left_out.extend(file.invalid()?);
    }
    conflicts.left_out = left_out.len() as u64;
    left_out.iter().for_each(|flow| drop(conflicts.left_alone.remove(flow)));
    left_out.into_iter().try_for_each(|flow| file.leave_out(flow))?;
    Ok(())
}

/// Whether a job starts contracts, so that nothing of it is sent again by itself.
fn starts(journal: &Journal, job: &JobId) -> Result<bool, Failure> {
    Ok(journal.job(job)?.is_some_and(|record| JobOrigin::of(&record).starts))
}
