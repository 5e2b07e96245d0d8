//! Remarks in cells beside a table, in no column of it: `李四不签`, `只发标黄的`, `12月10日前签完`.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::contract::above::{names_a_deadline, says_something};
use crate::contract::source_row::SourceRow;
use crate::domain::problem::{Place, Problem, Rule};

use super::named_lines::NamedLines;
use super::plan::{Plan, Source};
use super::remarks::shortened;
use super::source::settles_line;
use super::stated_counts::StatedCounts;
use super::survey::sends::says_of_its_row;

/// Cells of a sheet that are looked at: a remark is one of few.
const MOST: usize = 64;
/// Letters of a label such as 总人数, beside the number that it counts.
const LONGEST_LABEL: usize = 8;
/// Letters of a remark at least.
const SHORTEST: usize = 3;

#[derive(Default)]
pub struct Beside {
    /// By the place of its sheet in the plan.
    sheets: Vec<Sheet>,
    found: BTreeMap<usize, Problem>,
}

struct Sheet {
    /// Columns without a header, between the others and behind them.
    inner: Vec<usize>,
    beyond: Range<usize>,
    looked: usize,
}

impl Beside {
    pub fn new(plan: &Plan) -> Self {
        let of = |source: &Source| {
            let headers = &source.mapping.headers;
            let inner = (0..headers.len()).filter(|at| headers[*at].is_empty()).take(MOST).collect();
            // A line of a CSV that has more values than that is told as one whose values may have moved.
            let end = source.width.unwrap_or(usize::MAX);
            Sheet { inner, beyond: headers.len()..end, looked: 0 }
        };
        Self { sheets: plan.sources.iter().map(of).collect(), found: BTreeMap::new() }
    }

    /// A row of a contract. What its remark says of itself is asked as what a column says of its row.
    pub fn look(
        &mut self,
        row: &SourceRow,
        source: usize,
        lines: &mut NamedLines,
        counts: &mut StatedCounts,
    ) {
        let Some(sheet) = self.sheets.get_mut(source) else { return };
        let end = sheet.beyond.end.min(sheet.beyond.start.saturating_add(MOST));
        let beyond = sheet.beyond.start..row.row.cells.len().min(end);
        if (sheet.inner.is_empty() && beyond.is_empty()) || sheet.looked == MOST {
            return;
        }
        // 总人数 of 总人数 | 3, with its column.
        let mut label = (0, String::new());
        for column in sheet.inner.iter().copied().chain(beyond) {
            let cell = row.row.cell(column);
            if cell.is_blank() || sheet.looked == MOST {
                continue;
            }
            let seen = cell.seen_ref();
            let text = seen.trim();
            if text.starts_with(|c: char| c.is_ascii_digit()) && label.0 + 1 == column && !label.1.is_empty()
            {
                sheet.looked += 1;
                let both = [format!("{} {text}", label.1)];
                let said = settles_line(&row.mapping, &both);
                counts.look(&row.place(None), row.row.number, &both, said);
            }
            label.0 = column;
            label.1.clear();
            if text.chars().count() <= LONGEST_LABEL && text.chars().all(char::is_alphabetic) {
                label.1.push_str(text);
            }
            // A number says nothing, and what may be of its own row is asked as that.
            if text.chars().filter(|c| c.is_alphabetic()).count() < SHORTEST || says_of_its_row(text, row) {
                continue;
            }
            sheet.looked += 1;
            if column >= row.mapping.targets.len() && names_a_deadline(text) {
                continue;
            }
            let said = settles_line(&row.mapping, &[text.to_owned()]);
            let place = Place { row: None, ..row.place(Some(column)) };
            counts.look(&row.place(None), row.row.number, &[text.to_owned()], said);
            let rule = Rule::SaidBeside { row: row.row.number, text: shortened(text), header: false, said };
            if says_something(text, &row.mapping) {
                self.found.entry(source).or_insert(Problem { place, value: None, rule });
            } else {
                lines.look_beside(place, text, rule);
            }
        }
    }

    pub fn finish(self) -> impl Iterator<Item = Problem> {
        self.found.into_values()
    }
}
