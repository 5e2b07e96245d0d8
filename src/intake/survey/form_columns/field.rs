//! Cells of a column that gives a field of the contract which the settings may give as well:
//! its name, its template, its deadline.

use crate::domain::cell::Cell;
use crate::domain::problem::Rule;

use super::NotedRows;
use super::filled::Filled;
use super::kinds::Kinds;
use super::shapes::is_nothing_found;

pub const NAME: &str = "flow_name";
pub const DEADLINE: &str = "deadline";
const TEMPLATE: &str = "template_id";

pub struct FieldColumn {
    pub field: &'static str,
    as_text: bool,
    filled: Filled,
    /// A contract called 0 is one whose name a formula did not find.
    zeros: NotedRows,
    words: u64,
    kinds: Kinds,
    /// The template of all so far; None: there were several.
    template: Option<String>,
}

impl FieldColumn {
    pub fn new(field: &'static str, as_text: bool) -> Self {
        Self {
            field,
            as_text,
            filled: Filled::default(),
            zeros: NotedRows::default(),
            words: 0,
            kinds: Kinds::default(),
            template: (field == TEMPLATE).then(String::new),
        }
    }

    pub fn look(&mut self, row: u32, cell: &Cell) {
        if !self.filled.look(row, cell) {
            return;
        }
        if self.field == DEADLINE {
            return self.kinds.look(row, cell);
        }
        if let Some(known) = &mut self.template {
            let seen = cell.seen_ref();
            match seen.trim() {
                own if known.is_empty() => own.clone_into(known),
                own if own == known => {}
                _ => self.template = None,
            }
        }
        match is_nothing_found(cell) {
            true => self.zeros.note(row),
            false => self.words += 1,
        }
    }

    /// Only the first of several contracts has a value.
    pub fn is_of_first_alone(&self) -> bool {
        self.filled.only_first && self.filled.gaps().is_some()
    }

    /// `is_held`: it is asked already what the column holds together; `is_any_held`: that is asked of
    /// some column.
    pub fn finish(self, is_held: bool, is_any_held: bool, tell: &mut dyn FnMut(Rule)) {
        let is_name = self.field == NAME;
        let for_all = (self.is_of_first_alone() || self.filled.heads_groups()) && !is_held;
        if is_name && self.zeros.count > 0 && self.words > 0 && !self.as_text {
            tell(Rule::ZerosAmongTexts { rows: self.zeros.rows, count: self.zeros.count });
        }
        if let Some(NotedRows { rows, count }) = self.kinds.serials_among_dates().filter(|_| !self.as_text) {
            tell(Rule::SerialsAmongDates { rows, count });
        }
        // A blank name may be of a signer of the contract above, where that is asked.
        if let Some(NotedRows { rows, count }) = self.filled.gaps().filter(|_| !(is_name && is_any_held)) {
            let field = self.field.to_owned();
            let only = self.template.filter(|_| self.filled.filled() > *count);
            let for_all = for_all || only.is_some();
            tell(Rule::CellsDefaulted { field, rows: rows.clone(), count: *count, for_all, only });
        }
    }
}
