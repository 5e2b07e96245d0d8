//! A further round of a file that was sent: its rows are the same, so it is known of each what earlier rounds did with it,
//! whatever is understood of it now, and with whichever options. What went, or was corrected and went, goes no more; what
//! the API has refused waits in the workbook to correct.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::domain::job::{FlowNo, JobId, Status};
use crate::journal::{Instead, JobFile, JobRecord, Journal, JournalError, LeftAlone, Results, Then, Written};

/// What a round comes after.
#[derive(Clone)]
pub struct EarlierRounds {
    /// All jobs of the same file, the newest first; not empty.
    pub jobs: Vec<JobRecord>,
    /// Only what has ended since goes once more; otherwise what was left out.
    pub only_ended: bool,
}

impl EarlierRounds {
    /// The jobs of a file, and one that is known to be of it; None: there is none.
    ///
    /// # Errors
    /// Those of the journal.
    pub fn of(
        journal: &Journal,
        (realm, hashes): (&str, &[[u8; 32]]),
        own: Option<&JobRecord>,
        only_ended: bool,
    ) -> Result<Option<Self>, JournalError> {
        let mut jobs: Vec<JobRecord> = own.cloned().into_iter().collect();
        for noted in journal.written(&key(realm, hashes))? {
            let Some(id) = noted.job else { continue };
            let record = journal.job(&id)?.filter(|job| job.ready);
            jobs.extend(record.filter(|job| jobs.iter().all(|own| own.id != job.id)));
        }
        jobs.sort_by_key(|job| std::cmp::Reverse(job.created_us));
        Ok((!jobs.is_empty()).then_some(Self { jobs, only_ended }))
    }
}

/// Like the path of a file that was written: no path begins so.
fn key(realm: &str, hashes: &[[u8; 32]]) -> String {
    let mut all: Vec<String> = hashes.iter().map(hex::encode).collect();
    // Of a pair either file may have been named first.
    all.sort();
    format!("file\t{realm}\t{}", all.join(" "))
}

/// Notes that a job is of a file, whatever else it is known by.
///
/// # Errors
/// Those of the journal.
pub fn note_file(
    journal: &Journal,
    (realm, job): (&str, &JobId),
    hashes: &[[u8; 32]],
) -> Result<(), JournalError> {
    let (key, digest) = (key(realm, hashes), journal.keyed_hash(&[b"file", job.0.as_bytes()]));
    if journal.written(&key)?.iter().any(|noted| noted.job.as_ref() == Some(job)) {
        return Ok(());
    }
    // Beside those of other jobs: what is noted as written would take their place.
    journal.note_writing(&key, &Written { digest, job: Some(job.clone()) })
}

/// What is known of the contracts of a file that can be sent, or that break a rule. Of rounds whose data was erased nothing
/// is.
///
/// # Errors
/// Those of the journal. The file has all its rows.
pub fn left_alone(
    journal: &Journal,
    EarlierRounds { jobs, .. }: &EarlierRounds,
    file: &JobFile,
) -> Result<BTreeMap<FlowNo, LeftAlone>, JournalError> {
    let mut alone: BTreeMap<FlowNo, LeftAlone> = BTreeMap::new();
    if let Some(oldest) = jobs.last() {
        let later = journal.sent_later(&oldest.id, file)?.into_iter();
        alone.extend(later.map(|(flow, by)| (flow, LeftAlone::Corrected { then: None, by })));
    }
    let mut meant: HashSet<FlowNo> = file.invalid()?.into_iter().collect();
    file.each_flow(|own| {
        meant.insert(own.flow);
        Ok(())
    })?;
    for job in jobs.iter().filter(|job| journal.job_path(&job.id).is_file()) {
        let before = journal.job_file(&job.id)?;
        let outcomes = Outcomes {
            job: &job.id,
            instead: journal.whole_tally(&job.id, &before)?.1,
            refused: journal.refused(&job.id)?,
            invalid: before.invalid()?.into_iter().collect(),
            results: journal.results(&job.id)?,
        };
        for (flow, then) in contracts_then(file, &before, &outcomes)? {
            let Some(why) = outcomes.of(then).filter(|_| meant.contains(&flow)) else { continue };
            // The newest round has the last word, but what went in an earlier one went.
            match alone.get(&flow) {
                Some(known) if weight(known) >= weight(&why) => {}
                _ => drop(alone.insert(flow, why)),
            }
        }
    }
    Ok(alone)
}

fn weight(why: &LeftAlone) -> u8 {
    match why {
        LeftAlone::Sent(_) => 3,
        LeftAlone::Corrected { .. } => 2,
        LeftAlone::Refused(_) => 1,
        LeftAlone::Invalid(_) => 0,
    }
}

/// What came of the contracts of a round.
struct Outcomes<'j> {
    job: &'j JobId,
    instead: Instead,
    refused: HashSet<FlowNo>,
    invalid: HashSet<FlowNo>,
    results: Results,
}

impl Outcomes<'_> {
    /// `None`: it was not to be sent.
    fn of(&self, flow: FlowNo) -> Option<LeftAlone> {
        let then = || Then { job: self.job.clone(), flow };
        if let Some((_, by)) = self.instead.get(&flow) {
            return Some(LeftAlone::Corrected { then: Some(then()), by: by.clone() });
        }
        if self.refused.contains(&flow) {
            return Some(LeftAlone::Refused(then()));
        }
        if self.invalid.contains(&flow) {
            return Some(LeftAlone::Invalid(then()));
        }
        match self.results.of(flow)?.status {
            Status::Accepted | Status::Duplicate | Status::InDoubt => Some(LeftAlone::Sent(then())),
            // What a job has still to send is taken over from it, if that is dead.
            Status::Pending | Status::Rejected | Status::Invalid | Status::Skipped => None,
        }
    }
}

/// By contract, the one that all its rows were of in an earlier round.
fn contracts_then(
    file: &JobFile,
    before: &JobFile,
    outcomes: &Outcomes<'_>,
) -> Result<BTreeMap<FlowNo, FlowNo>, JournalError> {
    // Sheets are known by their names, and those of one name by their order.
    let sheets_then = sheets_by_name(before)?;
    let named = sheets_by_name(file)?.into_iter();
    let sheets: HashMap<u32, u32> =
        named.filter_map(|(name, sheet)| Some((sheet, *sheets_then.get(&name)?))).collect();
    let mut rows: HashMap<(u32, u32), FlowNo> = HashMap::new();
    before.each_place(|flow, sheet, number| rows.extend([((sheet, number), flow)]))?;
    let heavy = |flow: FlowNo| outcomes.of(flow).as_ref().map(weight);
    let mut found: BTreeMap<FlowNo, Option<FlowNo>> = BTreeMap::new();
    file.each_place(|flow, sheet, number| {
        let then = sheets.get(&sheet).and_then(|sheet| rows.get(&(*sheet, number))).copied();
        let then = then.filter(|then| heavy(*then).is_some());
        let known = found.entry(flow).or_insert(then);
        if *known != then {
            // A row that was not sent makes another contract of it.
            *known = known.zip(then).map(|(one, other)| if heavy(other) > heavy(one) { other } else { one });
        }
    })?;
    Ok(found.into_iter().filter_map(|(flow, then)| Some((flow, then?))).collect())
}

fn sheets_by_name(file: &JobFile) -> Result<HashMap<(String, usize), u32>, JournalError> {
    let mut sheets: HashMap<(String, usize), u32> = HashMap::new();
    for record in file.sheets()? {
        let name = record.name.unwrap_or_default();
        let before = sheets.keys().filter(|(other, _)| *other == name).count();
        sheets.insert((name, before), record.sheet);
    }
    Ok(sheets)
}
