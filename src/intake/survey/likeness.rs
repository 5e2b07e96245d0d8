//! Rows that are like an earlier one but for what is not sent.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::problem::Rule;
use crate::intake::noted::{NotedRows, hash_of};
use crate::intake::store::Differs;

/// Rows in which a column is looked at for whether it tells them apart.
pub const MOST_COMPARED: usize = 4096;

/// In headers of when a row was written: 提交时间, Timestamp.
const TIMES: [&str; 4] = ["时间", "日期", "time", "date"];

pub struct Likeness {
    /// Columns that are not sent, with what they have had.
    unsent: Vec<Unsent>,
    alike: Option<Alike>,
}

/// A column that is not sent: whether each row has a value of its own there.
struct Unsent {
    column: usize,
    values: HashSet<u64>,
    repeats: bool,
}

struct Alike {
    first_row: u32,
    /// The sheet of that row, where it is another one.
    other: Option<String>,
    rows: NotedRows,
}

impl Likeness {
    /// `key`: the column that somebody has named as the key, which settles it.
    pub fn new(mapping: &Mapping, key: Option<usize>) -> Self {
        let unsent = |column: &usize| Unsent { column: *column, values: HashSet::new(), repeats: false };
        let columns = mapping.unsent.iter().filter(|_| key.is_none());
        Self { unsent: columns.map(unsent).collect(), alike: None }
    }

    /// Notes whether a column that is not sent has a value of its own in each row.
    pub fn row(&mut self, row: &SourceRow) {
        for unsent in self.unsent.iter_mut().filter(|unsent| !unsent.repeats) {
            if unsent.values.len() < MOST_COMPARED {
                let hash = hash_of(row.row.cell(unsent.column));
                unsent.repeats = hash == 0 || !unsent.values.insert(hash);
                if unsent.repeats {
                    unsent.values = HashSet::new();
                }
            }
        }
    }

    /// A row whose contract is like that of an earlier one but for what is not sent.
    pub fn differs(&mut self, differs: &Differs) {
        let Differs { row, first_row, ref other, .. } = *differs;
        let alike = self.alike.get_or_insert_with(|| Alike {
            first_row,
            other: other.clone(),
            rows: NotedRows::default(),
        });
        alike.rows.note(row);
    }

    pub fn has_some(&self) -> bool {
        self.alike.is_some()
    }

    pub fn finish(
        self,
        mapping: &Mapping,
        header: impl Fn(usize) -> String,
    ) -> Option<(Option<usize>, Rule)> {
        let Alike { first_row, other: sheet, rows: NotedRows { rows, count } } = self.alike?;
        let best = self.unsent.iter().find(|unsent| !unsent.repeats).map(|unsent| unsent.column);
        let column = best.or_else(|| mapping.unsent.first().copied());
        let header = column.map(header).unwrap_or_default();
        let tells_apart = best.is_some() && sheet.is_none();
        let column = column.filter(|_| sheet.is_none());
        let by_time = TIMES.iter().any(|word| header.to_lowercase().contains(word));
        Some((column, Rule::RowsDiffer { first_row, sheet, rows, count, header, tells_apart, by_time }))
    }
}

/// Of what rows say in columns that are not sent, but for mere counts of lines.
pub fn unsent(rows: &[SourceRow]) -> u32 {
    let mut hasher = DefaultHasher::new();
    for row in rows {
        for column in unsent_columns(row) {
            (column, hash_of(row.row.cell(column))).hash(&mut hasher);
        }
    }
    u32::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or(0)
}

fn unsent_columns(row: &SourceRow) -> impl Iterator<Item = usize> {
    let Mapping { unsent, key, .. } = row.mapping.as_ref();
    unsent.iter().copied().chain(key.filter(|key| !unsent.contains(key)))
}
