//! What the contracts that are sent have in common: remarks on them, and when they end.

use std::collections::BTreeMap;

use crate::contract::columns::plain_header;
use crate::contract::dates::Clock;
use crate::contract::parents::is_bare_deadline;
use crate::contract::vocabulary::UNSAID_DEADLINES;
use crate::domain::job::FlowNo;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::remark::{Remark, Remarks};

use super::noted::MOST_ROWS;
use super::plan::{Plan, Source};

/// Remarks by kind, each with the first rows.
pub struct Remarked {
    kinds: [Kind; Remark::ALL.len()],
    /// Those on each contract, by the number of its first row, once there are any.
    by_flow: Vec<u32>,
}

#[derive(Clone, Default)]
struct Kind {
    /// The first contracts, and a row of each.
    rows: Vec<(FlowNo, u32)>,
    count: u64,
}

impl Default for Remarked {
    fn default() -> Self {
        Self { kinds: std::array::from_fn(|_| Kind::default()), by_flow: Vec::new() }
    }
}

impl Remarked {
    /// Those on one contract.
    pub fn add(&mut self, flow: FlowNo, remarks: Remarks) {
        let Ok(at) = usize::try_from(flow.0) else { return };
        if remarks.is_empty() {
            return;
        }
        if self.by_flow.len() <= at {
            self.by_flow.resize(at + 1, 0);
        }
        if let Some(own) = self.by_flow.get_mut(at) {
            *own = remarks.bits();
        }
        for remark in remarks.iter() {
            if let Some(kind) = self.kinds.get_mut(remark as usize) {
                kind.count += 1;
                if kind.rows.len() < MOST_ROWS {
                    kind.rows.push((flow, remarks.row));
                }
            }
        }
    }

    /// A contract is put together anew.
    pub fn take(&mut self, flow: FlowNo) {
        let own = usize::try_from(flow.0).ok().and_then(|at| self.by_flow.get_mut(at));
        let Some(bits) = own.map(std::mem::take) else { return };
        for remark in Remarks::of_bits(bits).iter() {
            if let Some(kind) = self.kinds.get_mut(remark as usize) {
                kind.count = kind.count.saturating_sub(1);
                kind.rows.retain(|(own, _)| *own != flow);
            }
        }
    }

    /// `sheet_of`: the name of a contract's sheet, where there are several.
    pub fn finish(self, place: &Place, sheet_of: impl Fn(FlowNo) -> Option<String>) -> Vec<Problem> {
        let kinds = Remark::ALL.iter().zip(self.kinds).filter(|(_, kind)| kind.count > 0);
        let problem = |(remark, Kind { rows, count }): (&Remark, Kind)| {
            let sheets = rows.iter().filter_map(|(flow, _)| sheet_of(*flow)).collect();
            let rows = rows.into_iter().map(|(_, row)| row).collect();
            let rule = Rule::Remarked { remark: *remark, rows, sheets, count };
            Problem { place: place.clone(), value: None, rule }
        };
        kinds.map(problem).collect()
    }
}

/// Different deadlines that are counted one by one. Beyond that only the first and the
/// last are known: memory must not grow with the file.
const MOST_DEADLINES: usize = 1 << 12;

/// Unix seconds -> how many contracts end then.
#[derive(Default)]
pub struct Deadlines {
    counts: BTreeMap<i64, u64>,
    /// The first and the last of those that are not counted one by one.
    others: Option<(i64, i64)>,
}

impl Deadlines {
    pub fn add(&mut self, at: i64) {
        if let Some(count) = self.counts.get_mut(&at) {
            *count += 1;
        } else if self.counts.len() < MOST_DEADLINES {
            self.counts.insert(at, 1);
        } else {
            let (first, last) = self.others.unwrap_or((at, at));
            self.others = Some((first.min(at), last.max(at)));
        }
    }

    /// A contract is put together anew.
    pub fn take(&mut self, at: i64) {
        if let Some(count) = self.counts.get_mut(&at) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                self.counts.remove(&at);
            }
        }
    }

    /// The last of several that differ, where it is more than a year from `now` (Unix seconds); `said`:
    /// the header says that it is the deadline to sign, so that only a slip among near ones is asked about.
    pub fn far_ahead(&self, now: i64, said: bool) -> Option<i64> {
        const YEAR: i64 = 366 * 24 * 3600;
        let (first, last) = match self.counted() {
            Counted::All(all) => (all.first()?.0, all.last()?.0),
            Counted::Many { first, last, .. } => (first, last),
        };
        let is_far = if said { first < now + YEAR && last > now + 5 * YEAR } else { last > now + YEAR };
        (first != last && is_far).then_some(last)
    }

    /// The different ones, the earliest first, with the number of contracts; where there
    /// are too many, how many there are at least, the first and the last.
    pub fn counted(&self) -> Counted {
        let first = self.counts.keys().next().copied();
        let last = self.counts.keys().next_back().copied();
        match (first, last, self.others) {
            (Some(first), Some(last), Some((other, latest))) => Counted::Many {
                first: first.min(other),
                last: last.max(latest),
                at_least: self.counts.len() + 1,
            },
            _ => Counted::All(self.counts.iter().map(|(at, count)| (*at, *count)).collect()),
        }
    }
}

pub enum Counted {
    All(Vec<(i64, u64)>),
    Many { first: i64, last: i64, at_least: usize },
}

/// 截止日期, Due Date: nothing in it says that it is the signing that ends.
fn may_end_anything(header: &str) -> bool {
    is_bare_deadline(header) || UNSAID_DEADLINES.contains(&plain_header(header).as_str())
}

/// A bare 截止日期 with days of its own for each contract, years ahead: most likely the contracts' own end.
pub fn far_deadline(plan: &Plan, clock: &Clock, deadlines: &Deadlines) -> Option<Problem> {
    let unsaid = |source: &&Source| {
        let mapping = &source.mapping;
        mapping.column_of("deadline").is_some_and(|at| !mapping.readings[at].said)
    };
    let is_bare = |source: &&Source| {
        let mapping = &source.mapping;
        mapping.column_of("deadline").is_some_and(|at| may_end_anything(&mapping.headers[at]))
    };
    // Where another sheet says what it ends, or the settings do, it is not known whose day that is.
    let source = plan.sources.first().filter(|_| plan.sources.iter().all(|source| unsaid(&source)))?;
    let said = !plan.sources.iter().all(|source| is_bare(&source));
    let last = jiff::Timestamp::from_second(deadlines.far_ahead(clock.now.as_second(), said)?).ok()?;
    let last = last.to_zoned_datetime(clock.zone.clone()).strftime("%Y-%m-%d").to_string();
    let place = Place {
        file: source.file.clone(),
        sheet: source.name.clone(),
        row: Some(source.mapping.header_row),
        column: source.mapping.column_of("deadline").map(|column| source.mapping.place(column)),
    };
    Some(Problem { place, value: None, rule: Rule::DeadlineFarAhead { last, said } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_anew_counts_once() {
        let mut remarked = Remarked::default();
        let mut remarks = Remarks::default();
        remarks.add(Remark::NoPerson, 7);
        remarked.add(FlowNo(5), remarks);
        remarked.take(FlowNo(5));
        remarked.take(FlowNo(99));
        remarks.add(Remark::OwnCompany, 8);
        remarked.add(FlowNo(6), remarks);
        let told = remarked.finish(&Place::default(), |_| None);
        let found: Vec<_> = told.iter().map(|problem| &problem.rule).collect();
        let expected = [Remark::OwnCompany, Remark::NoPerson].map(|remark| Rule::Remarked {
            remark,
            rows: vec![7],
            sheets: Vec::new(),
            count: 1,
        });
        assert_eq!(found, expected.iter().collect::<Vec<_>>());
    }

    #[test]
    fn deadlines_are_counted_until_there_are_too_many() {
        let mut deadlines = Deadlines::default();
        for at in [5, 9, 5, 7] {
            deadlines.add(at);
        }
        deadlines.take(9);
        assert!(matches!(deadlines.counted(), Counted::All(all) if all == [(5, 2), (7, 1)]));
        for at in 0..MOST_DEADLINES as i64 + 10 {
            deadlines.add(100 + at);
        }
        let last = 100 + MOST_DEADLINES as i64 + 9;
        let Counted::Many { first, last: found, at_least } = deadlines.counted() else { panic!() };
        assert_eq!((first, found, at_least), (5, last, MOST_DEADLINES + 1));
    }
}
