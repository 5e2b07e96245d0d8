//! Contracts of a corrected copy: the same people as in a list that was sent lately, and something of them is another
//! now, a mobile, an ID number, a name or a salary.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use serde::Deserialize;

use crate::contract::content::name_hash;
use crate::contract::file_names::{list_name, stem_of};
use crate::domain::job::{FlowNo, JobId, Status};
use crate::journal::{Conflict, ConflictKind, Fingerprint, JobFile, Journal};
use crate::platform::clock::now_us;

use super::Failure;
use super::conflicts::LATELY_US;
use super::job_origin::JobOrigin;

/// How long ago the list of another day was sent at most: one of last week has other people, or other contracts.
const OF_ANOTHER_DAY_US: i64 = 3 * 86_400 * 1_000_000;
/// Contracts that share a name or a mobile; whoever has more tells them not apart.
const MOST_SHARED: usize = 16;

/// Name and mobile, as hashes; 0: none.
type Person = (u64, u64);

/// Who signs a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowPeople {
    pub flow: FlowNo,
    pub people: Vec<Person>,
}

/// Jobs of a file that is called so, or was of another day, within the time in which it counts.
pub fn sent_copies(journal: &Journal, realm: &str, stem: &str) -> Result<Vec<JobId>, Failure> {
    let now = now_us();
    let bare = list_name(stem);
    let jobs = journal.jobs_called(bare, realm, now - LATELY_US)?;
    let is_copy = |about: &str, created_us: i64| {
        let files = serde_json::from_str::<JobOrigin>(about).map(|own| own.files).unwrap_or_default();
        let is_it = |file: &PathBuf| {
            let own = stem_of(file);
            own == stem || (created_us >= now - OF_ANOTHER_DAY_US && list_name(&own) == bare)
        };
        files.iter().any(is_it)
    };
    let copies = jobs.into_iter().filter(|(_, about, created_us)| is_copy(about, *created_us));
    Ok(copies.map(|(job, ..)| job).collect())
}

/// Of the contracts of a file those that resemble one that was sent from a copy of it, and that the file does not have
/// any more as it was. `known`: contracts of which something was found already.
pub fn resembling(
    journal: &Journal,
    jobs: &[JobId],
    file: &JobFile,
    people: &[FlowPeople],
    known: &HashSet<FlowNo>,
) -> Result<Vec<Conflict>, Failure> {
    if jobs.is_empty() {
        return Ok(Vec::new());
    }
    let mut claims: HashSet<Fingerprint> = HashSet::new();
    let mut sendable: HashSet<FlowNo> = HashSet::new();
    file.each_flow(|new| {
        claims.insert(new.claim);
        sendable.insert(new.flow);
        Ok(())
    })?;
    let (numbered, templates) = (numbered_of(file)?, file.templates()?);
    // What a workbook to correct says it corrects had failed.
    let corrections: HashSet<FlowNo> = file.origins()?.into_iter().map(|(flow, _)| flow).collect();
    let is_new =
        |flow: &FlowNo| sendable.contains(flow) && !known.contains(flow) && !corrections.contains(flow);
    let new: Vec<&FlowPeople> = people.iter().filter(|own| is_new(&own.flow)).collect();
    let mut alike = Alike::of(&new);
    let mut found = Vec::new();
    for job in jobs {
        // Its input may have been erased, or be damaged: then nothing can be known of it.
        let Ok(other) = journal.job_file(job) else { continue };
        let results = journal.results(job)?;
        let its_numbers = numbered_of(&other)?;
        let mut gone: Vec<FlowNo> = Vec::new();
        other.each_flow(|sent| {
            let is_accepted = results.of(sent.flow).is_some_and(|own| own.status == Status::Accepted);
            if is_accepted && !claims.contains(&sent.claim) {
                gone.push(sent.flow);
            }
            Ok(())
        })?;
        gone.sort_unstable();
        let mut bodies: Vec<(FlowNo, Vec<Person>)> = Vec::new();
        other.each_body(&gone, |flow, body| bodies.push((flow, people_of(body))))?;
        let its_templates = other.templates()?;
        for (sent, people) in bodies {
            // Two numbers say that there are two contracts.
            let may_be = |new: FlowNo| !(numbered.contains(&new) && its_numbers.contains(&sent));
            for flow in alike.take(&people, may_be) {
                // Another paper of the same people.
                let template = |file: &JobFile, flow: FlowNo| {
                    file.sendable(flow).map(|own| own.and_then(|own| own.template))
                };
                let (new, old) = (template(file, flow)?, template(&other, sent)?);
                if new.and_then(|own| templates.get(&own)) != old.and_then(|own| its_templates.get(&own)) {
                    continue;
                }
                found.push(Conflict { flow, job: job.clone(), kind: ConflictKind::Resembles });
            }
        }
    }
    Ok(found)
}

/// Contracts with a number of their own.
fn numbered_of(file: &JobFile) -> Result<HashSet<FlowNo>, Failure> {
    let mut numbered = HashSet::new();
    file.each_number(|flow, _| {
        numbered.insert(flow);
        Ok(())
    })?;
    Ok(numbered)
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Signer {
    name: Option<String>,
    mobile: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct Body {
    flow_approvers: Vec<Signer>,
}

/// Of a `FlowInfo`.
fn people_of(body: &[u8]) -> Vec<Person> {
    let hash = |text: Option<String>| text.filter(|text| !text.is_empty()).map_or(0, |text| name_hash(&text));
    let people = serde_json::from_slice::<Body>(body).unwrap_or_default().flow_approvers;
    people.into_iter().map(|own| (hash(own.name), hash(own.mobile))).collect()
}

/// A contract of the file; it resembles one that was sent at most.
struct New<'p> {
    flow: FlowNo,
    people: &'p [Person],
    is_taken: bool,
}

/// Contracts by the names and the mobiles of those who sign them.
struct Alike<'p> {
    flows: Vec<New<'p>>,
    by_hash: HashMap<u64, Vec<usize>>,
}

impl<'p> Alike<'p> {
    fn of(new: &[&'p FlowPeople]) -> Self {
        let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, own) in new.iter().enumerate() {
            for hash in
                own.people.iter().flat_map(|(name, mobile)| [*name, *mobile]).filter(|hash| *hash != 0)
            {
                let flows = by_hash.entry(hash).or_default();
                if flows.last() != Some(&at) {
                    flows.push(at);
                }
            }
        }
        by_hash.retain(|_, flows| flows.len() <= MOST_SHARED);
        Self {
            flows: new
                .iter()
                .map(|own| New { flow: own.flow, people: &own.people, is_taken: false })
                .collect(),
            by_hash,
        }
    }

    /// Those of the same people, each once.
    fn take(&mut self, sent: &[Person], may_be: impl Fn(FlowNo) -> bool) -> Vec<FlowNo> {
        let hashes = sent.iter().flat_map(|(name, mobile)| [name, mobile]);
        let mut places: Vec<usize> =
            hashes.filter_map(|hash| self.by_hash.get(hash)).flatten().copied().collect();
        places.sort_unstable();
        places.dedup();
        let mut found = Vec::new();
        for at in places {
            let Some(new) = self.flows.get_mut(at) else { continue };
            if !new.is_taken && may_be(new.flow) && are_the_same(new.people, sent) {
                new.is_taken = true;
                found.push(new.flow);
            }
        }
        found
    }
}

/// Whether everybody of the one contract is in the other, by name or by mobile: somebody may have been added.
fn are_the_same(one: &[Person], other: &[Person]) -> bool {
    let is_somebody = |person: &&Person| person.0 != 0 || person.1 != 0;
    let one: Vec<&Person> = one.iter().filter(is_somebody).collect();
    let other: Vec<&Person> = other.iter().filter(is_somebody).collect();
    let (fewer, more) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let is_same = |a: &Person, b: &Person| (a.0 != 0 && a.0 == b.0) || (a.1 != 0 && a.1 == b.1);
    !fewer.is_empty() && fewer.iter().all(|own| more.iter().any(|other| is_same(own, other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_people_are_found_by_name_or_mobile() {
        let (zhang, li, boss) = ((1, 11), (2, 12), (9, 19));
        assert!(are_the_same(&[zhang], &[(1, 99)]), "another mobile");
        assert!(are_the_same(&[zhang], &[(7, 11)]), "another name");
        assert!(!are_the_same(&[zhang], &[li]));
        assert!(are_the_same(&[boss, zhang], &[boss, (1, 99)]));
        assert!(!are_the_same(&[boss, zhang], &[boss, li]), "the boss signs them all");
        assert!(are_the_same(&[zhang, li], &[zhang, li, boss]), "somebody was added");
        assert!(!are_the_same(&[(0, 0)], &[(0, 0)]));
    }

    #[test]
    fn each_contract_is_taken_once_and_whoever_signs_all_tells_none_apart() {
        let all: Vec<FlowPeople> = (0..40)
            .map(|at| FlowPeople {
                flow: FlowNo(at),
                people: vec![(1_000, 0), (at as u64 + 1, at as u64 + 100)],
            })
            .collect();
        let all: Vec<&FlowPeople> = all.iter().collect();
        let mut alike = Alike::of(&all);
        assert_eq!(alike.take(&[(1_000, 0), (3, 777)], |_| true), [FlowNo(2)]);
        assert!(alike.take(&[(1_000, 0), (3, 777)], |_| true).is_empty());
        assert!(alike.take(&[(1_000, 0), (5, 0)], |flow| flow != FlowNo(4)).is_empty());
    }
}
