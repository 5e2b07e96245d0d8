//! Mobiles that a spreadsheet program has counted up: one name in rows one below the other, each
//! with a number that is one higher.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::normalize::to_half_width;
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::observer::Observer;

use crate::intake::noted::MOST_ROWS;

/// 1.38E+10 has lost eight digits, and 1.3801E+10 six.
const ROUNDED: u64 = 1_000_000;

#[derive(Default)]
pub struct FilledDown {
    /// Columns of a name and of the mobile beside it.
    pairs: Vec<(usize, usize)>,
    /// Of each pair, the row above.
    last: Vec<Option<Above>>,
    found: Option<(usize, Vec<u32>, u64)>,
    /// The last row that was found so.
    counted: Option<u32>,
    /// Mobiles that end in zeros, of how many, in the first such column.
    rounded: Option<(usize, Vec<u32>, u64)>,
    mobiles: u64,
}

struct Above {
    row: u32,
    name: String,
    mobile: u64,
}

impl FilledDown {
    pub fn new(mapping: &Mapping) -> Self {
        let of = |id: FieldId| {
            let places = mapping.targets.iter().enumerate();
            places.filter_map(move |(column, target)| match target {
                Target::Field { field, index } if field.id == id => Some((column, *index)),
                _ => None,
            })
        };
        let pair = |(name, own): (usize, Option<usize>)| {
            let mobile = of(FieldId::ApproverMobile).find(|(_, index)| *index == own)?;
            Some((name, mobile.0))
        };
        let pairs: Vec<(usize, usize)> = of(FieldId::ApproverName).filter_map(pair).collect();
        let last = pairs.iter().map(|_| None).collect();
        Self { last, pairs, ..Self::default() }
    }
}

impl Observer for FilledDown {
    fn row(&mut self, row: &SourceRow) {
        for ((name, mobile), last) in self.pairs.iter().zip(&mut self.last) {
            let seen = row.row.cell(*mobile).seen_ref();
            let plain = |text: &str| text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit());
            let digits: u64 = match plain(&seen) {
                true => seen.parse().unwrap_or(0),
                false => {
                    let half = to_half_width(&seen);
                    half.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
                }
            };
            self.mobiles += u64::from(digits > 0);
            if digits > 0 && digits.is_multiple_of(ROUNDED) {
                let (_, rows, count) = self.rounded.get_or_insert_with(|| (*mobile, Vec::new(), 0));
                *count += 1;
                if rows.len() < MOST_ROWS {
                    rows.push(row.row.number);
                }
            }
            let own = row.row.cell(*name).seen_ref();
            let own = own.trim();
            let Some(above) = last else {
                *last = Some(Above { row: row.row.number, name: own.to_owned(), mobile: digits });
                continue;
            };
            if digits > 0 && digits == above.mobile + 1 && own == above.name && !own.is_empty() {
                let (_, rows, count) = self.found.get_or_insert_with(|| (*mobile, Vec::new(), 0));
                // The row above begins such a pair, unless it has ended one.
                let begins = self.counted != Some(above.row);
                for number in begins.then_some(above.row).into_iter().chain([row.row.number]) {
                    *count += 1;
                    if rows.len() < MOST_ROWS {
                        rows.push(number);
                    }
                }
                self.counted = Some(row.row.number);
            } else if own != above.name {
                own.clone_into(&mut above.name);
            }
            (above.row, above.mobile) = (row.row.number, digits);
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let counted = self.found.map(|(column, rows, count)| (column, Rule::MobilesCountUp { rows, count }));
        // One such number may be somebody's.
        let rounded = self.rounded.filter(|(_, _, count)| *count > 1 && count * 2 >= self.mobiles);
        let rounded = rounded.map(|(column, rows, count)| (column, Rule::MobilesRounded { rows, count }));
        counted.into_iter().chain(rounded).collect()
    }
}
