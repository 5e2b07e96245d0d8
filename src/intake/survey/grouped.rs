//! What only eyes see of which rows belong together: 1.1 and 1.2 under 序号, or blank rows between pairs.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::suggest::{KeyLike, is_serial, resembles_key};
use crate::contract::vocabulary::{
    AROUND_KEYS, BRANCHES, GROUPS_OF_PEOPLE, OF_STAFF, PLACES, WORK_OF_PEOPLE,
};
use crate::domain::problem::Rule;

use crate::intake::noted::hash_of;

/// Signers of one contract, of whom a list has several.
const MOST_TOGETHER: u32 = 3;
/// Fewer groups are chance, and so is a single one of several rows.
const FEWEST_GROUPS: u32 = 3;
const FEWEST_OF_SEVERAL: u32 = 2;

#[derive(Default)]
pub struct Grouped {
    numbers: Vec<Numbers>,
    restarts: Vec<Restarts>,
    /// None: other rows stand between, or a group is too large for one contract.
    blanks: Option<Blanks>,
    /// Columns that count people through all groups, with the last number.
    counts: Vec<(usize, Option<u64>)>,
    /// Columns like 部门 with one value in each group, and the value in this one.
    departments: Vec<(usize, u64)>,
    /// A column says what people do, or numbers staff: two small groups are no contracts.
    of_people: bool,
}

/// A column with numbers like 1.1, 1.2, 2.1.
struct Numbers {
    column: usize,
    /// It is called a serial number: 编号 with 1A and 1B may number seats.
    is_serial: bool,
    last: Option<(u32, u32)>,
    /// Where a second number has followed the first: the rows.
    pair: Option<(u32, u32)>,
    firsts: u32,
    value: String,
}

/// A serial number that begins anew: 1, 2, 1, 2.
struct Restarts {
    column: usize,
    last: u32,
    first_row: u32,
    last_row: u32,
    /// Of how many rows the groups are; None: there is only the one that goes on.
    size: Option<u32>,
    groups: u32,
    /// The rows of the first group.
    rows: Option<(u32, u32)>,
}

#[derive(Default)]
struct Blanks {
    first_row: u32,
    last_row: u32,
    /// Rows of the group that goes on.
    here: u32,
    /// The groups before it, and of how many rows; None: they differ.
    groups: u32,
    size: Option<u32>,
    /// Those of several rows, and the rows of the first.
    several: u32,
    rows: Option<(u32, u32)>,
}

impl Grouped {
    /// `keyless`: nothing else says which rows are one contract.
    pub fn new(mapping: &Mapping, keyless: bool) -> Self {
        let may_number = |column: &usize| {
            let header = mapping.headers.get(*column).map(|header| &**header).unwrap_or_default();
            mapping.targets[*column] == Target::Unknown
                && (is_serial(header) || resembles_key(header) == Some(KeyLike::Strongly))
        };
        let columns = (0..mapping.targets.len()).filter(|_| keyless).filter(may_number);
        let numbers = columns.map(|column| {
            let is_serial = mapping.headers.get(column).is_some_and(|header| is_serial(header));
            Numbers { column, is_serial, last: None, pair: None, firsts: 0, value: String::new() }
        });
        let numbers: Vec<Numbers> = numbers.collect();
        let whole = keyless && mapping.conditions.is_empty();
        let called = |is_so: &dyn Fn(&str) -> bool| -> Vec<usize> {
            let unknown =
                (0..mapping.targets.len()).filter(|at| whole && mapping.targets[*at] == Target::Unknown);
            unknown.filter(|at| is_so(&mapping.plain(*at))).collect()
        };
        let counts = called(&is_serial);
        let of_people = called(&|plain| {
            WORK_OF_PEOPLE.contains(&plain) || OF_STAFF.iter().any(|word| plain.contains(word))
        });
        // Each department counts its people from one.
        let is_sorted = !of_people.is_empty()
            || !called(&|plain| {
                [GROUPS_OF_PEOPLE, BRANCHES, PLACES, AROUND_KEYS].iter().any(|words| words.contains(&plain))
            })
            .is_empty();
        let departments = called(&|plain| GROUPS_OF_PEOPLE.contains(&plain));
        Self {
            numbers,
            restarts: counts.iter().filter(|_| !is_sorted).map(|column| Restarts::of(*column)).collect(),
            blanks: whole.then(Blanks::default),
            counts: counts.into_iter().map(|column| (column, None)).collect(),
            departments: departments.into_iter().map(|column| (column, 0)).collect(),
            of_people: !of_people.is_empty(),
        }
    }

    /// A row of a contract, whether it is sent or not.
    pub fn row(&mut self, row: &SourceRow) {
        self.numbers.retain_mut(|own| own.goes_on(row));
        self.restarts.retain_mut(|own| own.goes_on(row));
        let is_first = self.blanks.as_ref().is_none_or(|blanks| blanks.last_row + 1 != row.row.number);
        self.blanks.take_if(|blanks| !blanks.goes_on(row.row.number));
        if self.blanks.is_none() {
            return;
        }
        self.counts.retain_mut(|(column, last)| {
            let number: Option<u64> = row.row.cell(*column).seen_ref().trim().parse().ok();
            let goes_on = number.is_some_and(|own| last.is_none_or(|last| own == last + 1));
            *last = number;
            goes_on
        });
        self.departments.retain_mut(|(column, value)| {
            let own = hash_of(row.row.cell(*column));
            // A group has one that the group before it has not.
            let is_one = (own == *value) != is_first;
            *value = own;
            is_one && own != 0
        });
    }

    /// A row that is no contract: nothing is blank there.
    pub fn other_row(&mut self) {
        self.blanks = None;
        self.restarts.clear();
    }

    pub fn finish(self) -> Option<(Option<usize>, Rule)> {
        let numbered = self.numbers.into_iter().find(|own| own.firsts > 1 && own.pair.is_some());
        if let Some(Numbers { column, pair: Some((first_row, row)), value, .. }) = numbered {
            return Some((Some(column), Rule::RowsGrouped { value, size: 0, first_row, row }));
        }
        if let Some(told) = self.restarts.into_iter().find_map(Restarts::finish) {
            return Some(told);
        }
        let mut blanks = self.blanks?;
        blanks.end_group();
        let Blanks { groups, size, several, rows: Some((first_row, row)), .. } = blanks else { return None };
        // Groups of any size are those of departments, or of people who are counted one by one.
        let is_counted = !(self.counts.is_empty() && self.departments.is_empty());
        let is_of_people = match groups < FEWEST_GROUPS {
            true => is_counted || self.of_people,
            false => size.is_none() && is_counted,
        };
        // Two groups of one size, as three of any.
        let fewest = if size.is_some() { FEWEST_OF_SEVERAL } else { FEWEST_GROUPS };
        let is_told = groups >= fewest && several >= FEWEST_OF_SEVERAL && !is_of_people;
        let size = size.unwrap_or_default();
        is_told.then_some((None, Rule::RowsGrouped { value: String::new(), size, first_row, row }))
    }
}

impl Restarts {
    fn of(column: usize) -> Self {
        Self { column, last: 0, first_row: 0, last_row: 0, size: None, groups: 0, rows: None }
    }

    fn goes_on(&mut self, row: &SourceRow) -> bool {
        let Ok(number) = row.row.cell(self.column).seen_ref().trim().parse::<u32>() else { return false };
        let number_of_row = row.row.number;
        // Where a row is blank between, that is told.
        let is_next = self.last == 0 || self.last_row + 1 == number_of_row;
        let fits = number == self.last + 1 || (number == 1 && self.ends_group());
        if number == 1 {
            self.first_row = number_of_row;
        }
        (self.last, self.last_row) = (number, number_of_row);
        fits && is_next && number <= MOST_TOGETHER
    }

    /// Whether the group that ends is as large as those before it.
    fn ends_group(&mut self) -> bool {
        self.groups += 1;
        self.rows.get_or_insert((self.first_row, self.last_row));
        *self.size.get_or_insert(self.last) == self.last
    }

    fn finish(mut self) -> Option<(Option<usize>, Rule)> {
        let is_alike = self.ends_group() && self.last > 1 && self.groups >= FEWEST_OF_SEVERAL;
        let (first_row, row) = self.rows.filter(|_| is_alike)?;
        let value = (1..=self.last).map(|number| number.to_string()).collect::<Vec<_>>().join("、");
        Some((Some(self.column), Rule::RowsGrouped { value, size: 0, first_row, row }))
    }
}

impl Numbers {
    fn goes_on(&mut self, row: &SourceRow) -> bool {
        let seen = row.row.cell(self.column).seen_ref();
        let Some((whole, part)) = parts(seen.trim(), self.is_serial) else { return false };
        let fits = match self.last {
            None => part == 1,
            Some((own, last)) if own == whole => part == last + 1,
            Some((own, _)) => whole == own + 1 && part == 1,
        };
        if !fits {
            return false;
        }
        if part == 1 {
            self.firsts += 1;
        } else if self.pair.is_none() {
            self.pair = Some((row.row.number - 1, row.row.number));
            seen.trim().clone_into(&mut self.value);
        }
        self.last = Some((whole, part));
        part <= MOST_TOGETHER
    }
}

/// `2.1`, `2-1`; of a serial number also `2（1）` and `2a`.
fn parts(text: &str, is_serial: bool) -> Option<(u32, u32)> {
    let last = text.char_indices().next_back().filter(|_| is_serial);
    if let Some((whole, letter @ ('a'..='c' | 'A'..='C'))) =
        last.and_then(|(at, c)| Some((text.get(..at)?, c)))
    {
        let part = u32::from(letter.to_ascii_lowercase()) - u32::from('a') + 1;
        let is_number =
            whole.len() <= 4 && !whole.starts_with('0') && whole.bytes().all(|b| b.is_ascii_digit());
        return whole.parse().ok().filter(|_| is_number).map(|whole| (whole, part));
    }
    if let Some(found) = is_serial.then(|| party_of_number(text)).flatten() {
        return Some(found);
    }
    let bare = text.strip_suffix([')', '）']).filter(|bare| is_serial && bare.contains(['(', '（']));
    let (whole, part) = match bare {
        Some(bare) => bare.split_once(['(', '（'])?,
        None => text.split_once(['.', '-', '－'])?,
    };
    let number = |text: &str| match text.len() {
        1..=4 if !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().ok()
        }
        _ => None,
    };
    Some((number(whole)?, number(part)?))
}

/// `1-甲`, `乙2`, `101-租客`, `3（副）`: the number of a contract, and which of its parties somebody is.
fn party_of_number(text: &str) -> Option<(u32, u32)> {
    const PARTIES: [(&[&str], u32); 3] = [
        (&["甲", "甲方", "主", "房东", "出租人", "出租方", "A", "a"], 1),
        (&["乙", "乙方", "副", "附", "次", "租客", "承租人", "承租方", "B", "b"], 2),
        (&["丙", "丙方", "C", "c"], 3),
    ];
    let bare = text.trim_end_matches([')', '）']);
    let word = bare.trim_matches(|c: char| c.is_ascii_digit());
    let number = bare.strip_suffix(word).or_else(|| bare.strip_prefix(word))?;
    let word = word.trim_matches(['-', '－', '/', '(', '（', ' ', '_']);
    let (_, part) = PARTIES.iter().find(|(words, _)| words.contains(&word))?;
    // A-1 is a seat.
    let is_placed = !word.is_ascii() || bare.starts_with(|c: char| c.is_ascii_digit());
    let is_number = is_placed && (1..=4).contains(&number.len()) && !number.starts_with('0');
    number.parse().ok().filter(|_| is_number).map(|whole| (whole, *part))
}

impl Blanks {
    fn goes_on(&mut self, row: u32) -> bool {
        if self.last_row != 0 && self.last_row + 1 == row {
            self.here += 1;
        } else {
            self.end_group();
            (self.first_row, self.here) = (row, 1);
        }
        self.last_row = row;
        self.here <= MOST_TOGETHER
    }

    fn end_group(&mut self) {
        if self.here == 0 {
            return;
        }
        self.size =
            if self.groups == 0 { Some(self.here) } else { self.size.filter(|own| *own == self.here) };
        self.groups += 1;
        if self.here > 1 {
            self.several += 1;
            self.rows.get_or_insert((self.first_row, self.last_row));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_parts() {
        assert_eq!(parts("2.1", false), Some((2, 1)));
        assert_eq!(parts("12-3", false), Some((12, 3)));
        for written in ["2（1）", "2(1)", "2a", "2A"] {
            assert_eq!(parts(written, true), Some((2, 1)), "{written}");
            assert_eq!(parts(written, false), None, "{written}");
        }
        for no in ["2", "2.", "2026-001", "2.1.1", "a-1", "2.0", "", "a", "02a", "2d"] {
            assert_eq!(parts(no, true), None, "{no}");
        }
    }

    #[test]
    fn small_groups_are_told_from_others() {
        let told = |rows: &[u32]| {
            let mut own = Grouped { blanks: Some(Blanks::default()), ..Grouped::default() };
            for row in rows {
                own.blanks.take_if(|blanks| !blanks.goes_on(*row));
            }
            own.finish().is_some()
        };
        assert!(told(&[2, 3, 5, 6, 8, 9]));
        assert!(told(&[2, 3, 4, 6, 7, 8, 11, 12, 13]));
        assert!(told(&[2, 3, 5, 7, 8]));
        assert!(told(&[2, 3, 5, 6]));
        for no in [&[2, 4, 6, 8][..], &[2, 3, 5, 7], &[2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15], &[2, 3]] {
            assert!(!told(no), "{no:?}");
        }
    }
}
