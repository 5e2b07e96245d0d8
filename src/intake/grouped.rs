//! What only eyes see of which rows belong together: 1.1 and 1.2 under 序号, or blank rows between pairs.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::suggest::{KeyLike, is_serial, resembles_key};
use crate::domain::problem::Rule;

/// Signers of one contract, of whom a list has several.
const MOST_TOGETHER: u32 = 3;
/// Fewer groups that look alike are chance.
const FEWEST_GROUPS: u32 = 3;

#[derive(Default)]
pub struct Grouped {
    numbers: Vec<Numbers>,
    /// None: other rows stand between, or groups differ in their size.
    blanks: Option<Blanks>,
}

/// A column with numbers like 1.1, 1.2, 2.1.
struct Numbers {
    column: usize,
    last: Option<(u32, u32)>,
    /// Where a second number has followed the first: the rows.
    pair: Option<(u32, u32)>,
    firsts: u32,
    value: String,
}

#[derive(Default)]
struct Blanks {
    first_row: u32,
    last_row: u32,
    /// Of the group that goes on, and of those before it.
    here: u32,
    size: u32,
    groups: u32,
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
        let numbers =
            columns.map(|column| Numbers { column, last: None, pair: None, firsts: 0, value: String::new() });
        let numbers: Vec<Numbers> = numbers.collect();
        let whole = keyless && mapping.conditions.is_empty();
        Self { numbers, blanks: whole.then(Blanks::default) }
    }

    /// A row of a contract, whether it is sent or not.
    pub fn row(&mut self, row: &SourceRow) {
        self.numbers.retain_mut(|own| own.goes_on(row));
        self.blanks.take_if(|blanks| !blanks.goes_on(row.row.number));
    }

    /// A row that is no contract: nothing is blank there.
    pub fn other_row(&mut self) {
        self.blanks = None;
    }

    pub fn finish(self) -> Option<(Option<usize>, Rule)> {
        let numbered = self.numbers.into_iter().find(|own| own.firsts > 1 && own.pair.is_some());
        if let Some(Numbers { column, pair: Some((first_row, row)), value, .. }) = numbered {
            return Some((Some(column), Rule::RowsGrouped { value, size: 0, first_row, row }));
        }
        let Blanks { first_row, here, size, groups, .. } = self.blanks?;
        let is_told = here == size && (2..=MOST_TOGETHER).contains(&size) && groups + 1 >= FEWEST_GROUPS;
        let row = first_row + size.saturating_sub(1);
        is_told.then_some((None, Rule::RowsGrouped { value: String::new(), size, first_row, row }))
    }
}

impl Numbers {
    fn goes_on(&mut self, row: &SourceRow) -> bool {
        let seen = row.row.cell(self.column).seen_ref();
        let Some((whole, part)) = parts(seen.trim()) else { return false };
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

/// `2.1`, `2-1`.
fn parts(text: &str) -> Option<(u32, u32)> {
    let (whole, part) = text.split_once(['.', '-', '－'])?;
    let number = |text: &str| match text.len() {
        1..=4 if !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().ok()
        }
        _ => None,
    };
    Some((number(whole)?, number(part)?))
}

impl Blanks {
    fn goes_on(&mut self, row: u32) -> bool {
        match self.last_row {
            0 => (self.first_row, self.here) = (row, 1),
            last if last + 1 == row => self.here += 1,
            _ if self.groups > 0 && self.here != self.size => return false,
            _ => {
                self.size = self.here;
                self.groups += 1;
                self.here = 1;
            }
        }
        self.last_row = row;
        self.here <= MOST_TOGETHER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_two_parts() {
        assert_eq!(parts("2.1"), Some((2, 1)));
        assert_eq!(parts("12-3"), Some((12, 3)));
        for no in ["2", "2.", "2026-001", "2.1.1", "a-1", "2.0", ""] {
            assert_eq!(parts(no), None, "{no}");
        }
    }

    #[test]
    fn groups_of_one_size_are_told_from_others() {
        let told = |rows: &[u32]| {
            let mut own = Grouped { numbers: Vec::new(), blanks: Some(Blanks::default()) };
            for row in rows {
                own.blanks.take_if(|blanks| !blanks.goes_on(*row));
            }
            own.finish().is_some()
        };
        assert!(told(&[2, 3, 5, 6, 8, 9]));
        assert!(told(&[2, 3, 4, 6, 7, 8, 11, 12, 13]));
        for no in [
            &[2, 3, 5, 6][..],
            &[2, 4, 6, 8],
            &[2, 3, 5, 6, 8],
            &[2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 14, 15],
            &[2, 3],
        ] {
            assert!(!told(no), "{no:?}");
        }
    }
}
