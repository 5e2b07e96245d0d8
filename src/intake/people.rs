//! Whether two people of a file share what only one can have, and who stands in it twice.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use crate::contract::build::Signer;
use crate::domain::problem::{Place, Problem, RowPairs, Rule};

use super::rows::AlreadyHash;

/// People of whom is known where they stood. Beyond that nothing is noticed: memory must
/// not grow with the file.
const MOST: usize = 1 << 16;
/// Rows that are named.
const MOST_ROWS: usize = 8;
/// Repeated signers that are kept until it is known who signs everything.
const MOST_REPEATS: usize = 1 << 12;

#[derive(Default)]
pub struct People {
    contracts: u64,
    mobiles: Map,
    id_numbers: Map,
    persons: Map,
    shared_mobiles: Pairs,
    shared_id_numbers: Pairs,
    /// One person with two mobiles.
    two_mobiles: Pairs,
    /// Who, the row where he stood first, and the row where he stands again.
    repeats: Vec<(u64, At, At)>,
}

type Map = HashMap<u64, Known, BuildHasherDefault<AlreadyHash>>;

struct Known {
    name: u64,
    mobile: u64,
    row: At,
    count: u64,
}

/// A row, and the place of its sheet in the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct At {
    sheet: usize,
    row: u32,
}

/// Rows that go together, two by two.
#[derive(Default)]
struct Pairs {
    rows: Vec<At>,
    count: u64,
}

impl Pairs {
    fn add(&mut self, first: At, second: At) {
        self.count += 1;
        if self.rows.len() + 2 <= MOST_ROWS {
            self.rows.extend([first, second]);
        }
    }
}

impl People {
    /// The signers of a contract that can be sent. `again`: it was counted with some of its rows,
    /// before further ones were found.
    /// `sheet`: the place of theirs in the plan.
    pub fn contract(&mut self, people: &[Signer], sheet: usize, again: bool) {
        self.contracts += u64::from(!again);
        for person in people.iter().filter(|person| person.name != 0) {
            let at = At { sheet, row: person.row };
            let by_mobile = meet(&mut self.mobiles, person.mobile, person, at);
            if let Met::Another { row } = by_mobile {
                self.shared_mobiles.add(row, at);
            }
            match meet(&mut self.id_numbers, person.id_number, person, at) {
                Met::Another { row } => self.shared_id_numbers.add(row, at),
                Met::Himself { row, mobile }
                    if ![mobile, person.mobile].contains(&0) && mobile != person.mobile =>
                {
                    self.two_mobiles.add(row, at);
                }
                Met::Himself { .. } | Met::Nobody => {}
            }
            if person.mobile == 0 {
                continue;
            }
            let who = person.name.rotate_left(17) ^ person.mobile;
            let room = self.persons.len() < MOST;
            // Whose mobile was never seen was never seen himself: there are at least as many
            // persons as mobiles.
            if !room && by_mobile == Met::Nobody {
                continue;
            }
            match self.persons.get_mut(&who) {
                // The row that was counted already.
                Some(known) if again && known.row == at => {}
                Some(known) if again && self.repeats.contains(&(who, known.row, at)) => {}
                Some(known) => {
                    known.count += 1;
                    if self.repeats.len() < MOST_REPEATS {
                        self.repeats.push((who, known.row, at));
                    }
                }
                None if room => {
                    self.persons
                        .insert(who, Known { name: person.name, mobile: person.mobile, row: at, count: 1 });
                }
                None => {}
            }
        }
    }

    /// The hashes of what they are called, as far as they are known of.
    pub fn names(&self) -> impl Iterator<Item = u64> {
        self.persons.values().map(|known| known.name)
    }

    /// `sheets`: what the sheets of the plan are called.
    pub fn finish(self, place: &Place, sheets: &[String]) -> Vec<Problem> {
        // Somebody who signs for his company, say.
        let usual = (self.contracts / 10).max(2);
        let mut twice = Pairs::default();
        for (who, first, second) in &self.repeats {
            if self.persons.get(who).is_some_and(|known| known.count <= usual) {
                twice.add(*first, *second);
            }
        }
        let problem = |pairs: Pairs, rule: fn(RowPairs) -> Rule| {
            let Pairs { rows, count } = pairs;
            let several = if sheets.len() > 1 { rows.as_slice() } else { &[] };
            let name = |at: &At| sheets.get(at.sheet).cloned().unwrap_or_default();
            let sheets = several.iter().map(name).collect();
            let pairs = RowPairs { rows: rows.iter().map(|at| at.row).collect(), sheets, count };
            (count > 0).then(|| Problem { place: place.clone(), value: None, rule: rule(pairs) })
        };
        [
            problem(self.shared_mobiles, Rule::MobileShared),
            problem(self.shared_id_numbers, Rule::IdNumberShared),
            problem(self.two_mobiles, Rule::TwoMobiles),
            problem(twice, Rule::PersonTwice),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// Who had the same before.
#[derive(PartialEq)]
enum Met {
    /// Nobody of whom is known.
    Nobody,
    /// Somebody of that name, in that row and with that mobile.
    Himself { row: At, mobile: u64 },
    /// Somebody of another name, in that row.
    Another { row: At },
}

fn meet(map: &mut Map, key: u64, person: &Signer, at: At) -> Met {
    if key == 0 {
        return Met::Nobody;
    }
    match map.get(&key) {
        Some(known) if known.name == person.name => {
            return Met::Himself { row: known.row, mobile: known.mobile };
        }
        Some(known) => return Met::Another { row: known.row },
        None => {}
    }
    if map.len() < MOST {
        map.insert(key, Known { name: person.name, mobile: person.mobile, row: at, count: 1 });
    }
    Met::Nobody
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(people: People) -> Vec<(&'static str, Vec<u32>)> {
        let found = people.finish(&Place::default(), &[]);
        let rows = |rule: &Rule| match rule {
            Rule::MobileShared(RowPairs { rows, .. })
            | Rule::IdNumberShared(RowPairs { rows, .. })
            | Rule::PersonTwice(RowPairs { rows, .. }) => rows.clone(),
            _ => Vec::new(),
        };
        found.iter().map(|problem| (problem.rule.code(), rows(&problem.rule))).collect()
    }

    #[test]
    fn where_no_more_are_remembered_those_who_are_still_count() {
        let person = |who: u64, row| Signer { name: who * 2 + 1, mobile: who * 3 + 1, id_number: 0, row };
        let mut people = People::default();
        let most = MOST as u64;
        for who in 0..most + 10 {
            people.contract(&[person(who, 2)], 0, false);
        }
        people.contract(&[person(5, 8)], 0, false);
        people.contract(&[Signer { name: 7, ..person(6, 9) }], 0, false);
        people.contract(&[person(most + 5, 10)], 0, false);
        assert_eq!(people.persons.len(), MOST);
        assert_eq!(codes(people), [("mobile.shared", vec![2, 9]), ("signer.twice", vec![2, 8])]);
    }

    #[test]
    fn who_is_counted_again_with_further_rows_is_nobody_else() {
        let person = |name, row| Signer { name, mobile: name + 1, id_number: 0, row };
        let mut people = People::default();
        people.contract(&[person(10, 2)], 0, false);
        people.contract(&[person(20, 3)], 0, false);
        people.contract(&[person(10, 2), person(30, 4)], 0, true);
        assert!(codes(people).is_empty());
    }

    #[test]
    fn who_shares_a_number_and_who_stands_there_twice() {
        let person = |name, mobile, id_number, row| Signer { name, mobile, id_number, row };
        let mut people = People::default();
        for row in 2..42 {
            let own = u64::from(row) * 1000;
            // 7 signs everything.
            people.contract(&[person(own, own + 1, own + 2, row), person(7, 8, 9, row)], 0, false);
        }
        people.contract(&[person(1, 2001, 0, 50)], 0, false);
        people.contract(&[person(2, 0, 3002, 51)], 0, false);
        people.contract(&[person(4000, 4001, 0, 52)], 0, false);
        assert_eq!(
            codes(people),
            [
                ("mobile.shared", vec![2, 50]),
                ("id_number.shared", vec![3, 51]),
                ("signer.twice", vec![4, 52])
            ]
        );
    }
}
