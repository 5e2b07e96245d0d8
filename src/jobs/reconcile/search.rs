//! Asks the API what it knows of contracts in doubt.

use std::collections::{BTreeSet, HashMap};

use crate::domain::doubt::{Doubt, Found};
use crate::domain::flow::Sender;
use crate::domain::verdict::Outcome;
use crate::essbasic::bills::{BillRow, ChannelDescribeBillUsageDetail, PAGE};
use crate::essbasic::details::{DescribeFlowDetailInfo, FlowDetail, MOST_FLOWS};
use crate::runner::{Asker, Reason, Reply};

/// Pages of charges that are read at most: somebody has far fewer.
const MOST_PAGES: i64 = 20_000;
/// Ids asked for one by one that meet with a fault of whoever asks, before anything was
/// answered: then every other one would.
const MOST_SILENT: u32 = 3;

pub struct Search<'s> {
    asker: &'s Asker,
    sender: &'s Sender,
    /// Something was answered.
    heard: bool,
    silent: u32,
    /// The API has answered, and knows nothing under these.
    pub unknown: BTreeSet<String>,
}

impl<'s> Search<'s> {
    pub fn new(asker: &'s Asker, sender: &'s Sender) -> Self {
        Self { asker, sender, heard: false, silent: 0, unknown: BTreeSet::new() }
    }

    /// What the API knows under these ids, those that it does not know left out. One of them
    /// may spoil the question for the others, so each half is asked for by itself then.
    ///
    /// # Errors
    /// Nobody answers, or all of it would be refused; someone wants to stop.
    pub async fn details(&mut self, ids: &[String]) -> Result<Vec<Found>, Reason> {
        let mut found: HashMap<String, Found> = HashMap::new();
        let mut left: Vec<&[String]> = ids.chunks(MOST_FLOWS).rev().collect();
        while let Some(some) = left.pop() {
            match self.ask(some).await? {
                Some(details) => {
                    // Each by its id: the order says nothing, and what was not asked for is nothing.
                    let asked: BTreeSet<&str> = some.iter().map(String::as_str).collect();
                    let given: BTreeSet<&str> = details.iter().map(|own| own.flow_id.as_str()).collect();
                    let missing = asked.iter().filter(|id| !given.contains(**id));
                    self.unknown.extend(missing.map(|id| (*id).to_owned()));
                    for detail in details.into_iter().filter(|own| asked.contains(own.flow_id.as_str())) {
                        found.insert(detail.flow_id.clone(), found_of(detail));
                    }
                }
                None if some.len() > 1 => {
                    let (first, second) = some.split_at(some.len().div_ceil(2));
                    left.extend([second, first]);
                }
                None => {}
            }
        }
        Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
    }

    /// `None`: it was refused.
    async fn ask(&mut self, ids: &[String]) -> Result<Option<Vec<FlowDetail>>, Reason> {
        match self.asker.ask(self.sender, &DescribeFlowDetailInfo { flow_ids: ids }).await {
            Ok(Reply::Answer(details)) => {
                self.heard = true;
                Ok(Some(details))
            }
            Ok(Reply::Refused(_)) => {
                if let [one] = ids {
                    self.unknown.insert(one.clone());
                }
                Ok(None)
            }
            Ok(Reply::Lost(_)) => Ok(None),
            // Contracts of others may be refused with a code that blames whoever asks.
            Err(Reason::Caller(outcome)) if !self.heard && (is_of_keys(&outcome) || self.is_silent(ids)) => {
                Err(Reason::Caller(outcome))
            }
            Err(Reason::Caller(_)) => Ok(None),
            Err(reason) => Err(reason),
        }
    }

    fn is_silent(&mut self, ids: &[String]) -> bool {
        self.silent += u32::from(ids.len() == 1);
        self.silent >= MOST_SILENT
    }

    /// Every contract that was charged for on these days, each once; or why the API does not
    /// say it: it is asked no further then.
    ///
    /// # Errors
    /// As [`Search::details`].
    pub async fn charged(
        &mut self,
        days: &[(String, String)],
    ) -> Result<Result<Vec<BillRow>, Box<Outcome>>, Reason> {
        let mut rows: HashMap<String, BillRow> = HashMap::new();
        for (first, last) in days {
            let mut seen = 0_i64;
            for page in 0..MOST_PAGES {
                let question = ChannelDescribeBillUsageDetail {
                    start_time: first,
                    end_time: last,
                    offset: page,
                    limit: PAGE,
                };
                let bills = match self.asker.ask(self.sender, &question).await {
                    Ok(Reply::Answer(bills)) => bills,
                    Ok(Reply::Refused(outcome) | Reply::Lost(outcome)) => return Ok(Err(outcome)),
                    Err(Reason::Caller(outcome)) if !is_of_keys(&outcome) => {
                        return Ok(Err(Box::new(outcome)));
                    }
                    Err(reason) => return Err(reason),
                };
                self.heard = true;
                seen += i64::try_from(bills.count).unwrap_or(i64::MAX);
                for row in bills.rows {
                    rows.entry(row.flow_id.clone()).or_insert(row);
                }
                // More may have come meanwhile, and fewer rows than asked for are no end.
                if bills.count == 0 || (bills.total > 0 && seen >= bills.total) {
                    break;
                }
            }
        }
        Ok(Ok(rows.into_values().collect()))
    }
}

/// The keys are at fault: nothing else can be asked with them.
fn is_of_keys(outcome: &Outcome) -> bool {
    outcome.code.as_deref().is_some_and(|code| code.starts_with("AuthFailure"))
}

/// Whether a charge may be one of theirs: names may be shown in part.
pub fn may_be(row: &BillRow, doubts: &[&Doubt]) -> bool {
    let shown = row.flow_name.trim().trim_end_matches(['.', '…']);
    shown.is_empty()
        || doubts.iter().any(|doubt| {
            let own = doubt.name.trim();
            own.is_empty() || own.starts_with(shown) || shown.starts_with(own)
        })
}

fn found_of(detail: FlowDetail) -> Found {
    Found {
        flow_id: detail.flow_id,
        data: vec![detail.custom_data],
        name: detail.flow_name,
        template: detail.template_id,
        mobiles: detail.flow_approver_infos.into_iter().map(|signer| signer.mobile).collect(),
        created: detail.create_on,
        status: detail.flow_status,
        only_callback: false,
    }
}
