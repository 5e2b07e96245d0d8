//! The rows of a plan, numbered over all its sheets, with merged cells filled in.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hash, Hasher};
use std::ops::{ControlFlow, RangeInclusive};

use crate::contract::source_row::{Meant, SourceRow};
use crate::domain::cell::{Cell, Mark, Row};
use crate::domain::file::FileError;
use crate::table::Merge;

use super::plan::{Plan, Source};
use super::red_cells;

/// A row of data with the sheet that it is of.
pub struct NumberedRow {
    /// Index into the plan's sources.
    pub source: usize,
    pub row: SourceRow,
}

/// Hands every row of data to `visit`, in order: sheet by sheet, below the
/// header, blank rows left out, until it breaks.
pub fn each_row<E: From<FileError>>(
    plan: &Plan,
    mut visit: impl FnMut(NumberedRow) -> Result<ControlFlow<()>, E>,
) -> Result<(), E> {
    let mut ord = 0;
    for (index, source) in plan.sources.iter().enumerate() {
        let mut filler = Filler::new(source);
        let (mut failed, mut over) = (None, false);
        let has_reasons = source.begins_with_reasons();
        let red = red_cells::column(&source.mapping);
        source.workbook.scan(source.sheet, &mut |mut row| {
            if row.number <= source.mapping.header_row {
                return ControlFlow::Continue(());
            }
            if has_reasons {
                red_cells::pass_over_reason(&mut row, red);
            }
            let row = filler.fill(source, ord, row);
            if row.row.is_blank() {
                return ControlFlow::Continue(());
            }
            let numbered = NumberedRow { source: index, row };
            ord += 1;
            match visit(numbered) {
                Ok(flow) => {
                    over = flow.is_break();
                    flow
                }
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
        if over {
            break;
        }
    }
    Ok(())
}

/// What a merged cell holds counts for all its rows.
struct Filler {
    /// The latest first, so that the next one is popped.
    upcoming: Vec<Merge>,
    active: Vec<(Merge, Cell)>,
    /// Rows with cells that are merged sideways: their columns.
    across: HashMap<u32, (usize, usize)>,
}

impl Filler {
    fn new(source: &Source) -> Self {
        let below_header = |merge: &&Merge| merge.first_row > source.mapping.header_row;
        let mut upcoming: Vec<Merge> = source.merged.iter().filter(below_header).copied().collect();
        upcoming.sort_by_key(|merge| std::cmp::Reverse(merge.first_row));
        let mut across: HashMap<u32, (usize, usize)> = HashMap::new();
        let is_across = |merge: &&Merge| {
            merge.last_column > merge.first_column && merge.first_row > source.mapping.header_row
        };
        for merge in source.merged.iter().filter(is_across) {
            let own = (merge.first_column as usize, merge.last_column as usize);
            let widest = across.entry(merge.first_row).or_insert(own);
            if own.1 - own.0 > widest.1 - widest.0 {
                *widest = own;
            }
        }
        Self { upcoming, active: Vec::new(), across }
    }

    fn fill(&mut self, source: &Source, ord: i64, mut row: Row) -> SourceRow {
        let number = row.number;
        self.active.retain(|(merge, _)| merge.last_row >= number);
        let mut merged = Vec::new();
        for (merge, cell) in &self.active {
            let column = merge.first_column as usize;
            mark_covered(&mut row, column..=merge.last_column as usize, cell);
            if row.cell(column).is_blank() && !cell.is_blank() && column < source.mapping.targets.len() {
                if row.cells.len() <= column {
                    row.cells.resize_with(column + 1, Cell::default);
                }
                if let Some(empty) = row.cells.get_mut(column) {
                    *empty = cell.clone();
                    merged.push(column);
                }
            }
        }
        while self.upcoming.last().is_some_and(|merge| merge.first_row <= number) {
            if let Some(merge) = self.upcoming.pop()
                && merge.last_row >= number
            {
                // A row that is left out altogether has no cell of its own.
                let first = merge.first_column as usize;
                let cell = if merge.first_row == number { row.cell(first).clone() } else { Cell::default() };
                let beside = if merge.first_row == number { first + 1 } else { first };
                mark_covered(&mut row, beside..=merge.last_column as usize, &cell);
                if merge.last_row > number {
                    self.active.push((merge, cell));
                }
            }
        }
        // A row whose only values come from above is a blank row within a merged block.
        if row.cells.iter().enumerate().all(|(column, cell)| merged.contains(&column) || cell.is_blank()) {
            row.cells.clear();
            merged.clear();
        }
        SourceRow {
            meant: Meant::Yes,
            ord,
            row,
            mapping: source.mapping.clone(),
            file: source.file.clone(),
            sheet: source.name.clone(),
            merged,
            across: if self.across.is_empty() { None } else { self.across.get(&number).copied() },
        }
    }
}

/// Marks the cells of a row that lie under a merged cell and hold something else than it.
fn mark_covered(row: &mut Row, columns: RangeInclusive<usize>, shown: &Cell) {
    let last = (*columns.end()).min(row.cells.len().saturating_sub(1));
    for column in *columns.start()..=last {
        let own = row.cell(column);
        if own.is_blank() || own.seen_ref().trim() == shown.seen_ref().trim() {
            continue;
        }
        let Ok(at) = u32::try_from(column) else { return };
        let place = row.marks.partition_point(|(marked, _)| *marked < at);
        match row.marks.get_mut(place).filter(|(marked, _)| *marked == at) {
            Some((_, mark)) => mark.covered = true,
            None => row.marks.insert(place, (at, Mark { covered: true, ..Mark::default() })),
        }
    }
}

/// What is known of a contract under a hash of its key: a fixed amount of memory each.
pub struct Seen<V> {
    /// In several maps, so that never more than one of them grows at a time.
    stored: [HashMap<Short, V, BuildHasherDefault<AlreadyHash>>; SHARDS],
}

const SHARDS: usize = 64;

/// A hash in halves, which takes up no room between it and a small value.
#[derive(PartialEq, Eq)]
struct Short([u32; 2]);

impl Short {
    fn of(hash: u64) -> Self {
        Self([(hash >> 32) as u32, hash as u32])
    }
}

impl Hash for Short {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let [high, low] = self.0;
        state.write_u64(u64::from(high) << 32 | u64::from(low));
    }
}

impl<V> Default for Seen<V> {
    fn default() -> Self {
        Self { stored: std::array::from_fn(|_| HashMap::default()) }
    }
}

impl<V: Copy> Seen<V> {
    pub fn get(&self, hash: u64) -> Option<V> {
        self.stored[shard(hash)].get(&Short::of(hash)).copied()
    }

    /// What is stored, if anything is; otherwise this is from now on.
    pub fn get_or_store(&mut self, hash: u64, value: V) -> Option<V> {
        match self.stored[shard(hash)].entry(Short::of(hash)) {
            Entry::Occupied(known) => Some(*known.get()),
            Entry::Vacant(free) => {
                free.insert(value);
                None
            }
        }
    }

    pub fn store(&mut self, hash: u64, value: V) {
        self.stored[shard(hash)].insert(Short::of(hash), value);
    }
}

/// By bits that the map itself makes little of.
fn shard(hash: u64) -> usize {
    (hash >> 40) as usize % SHARDS
}

/// What is hashed with a key already needs no second hash.
#[derive(Default)]
pub struct AlreadyHash(u64);

impl Hasher for AlreadyHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}
