//! What `--where` leaves of the rows: where it leaves none, what stands in its column is shown.

use crate::contract::columns::Target;
use crate::contract::source_row::SourceRow;
use crate::domain::field::Level;
use crate::domain::problem::{Place, Problem, Rule};

/// Different values that are shown.
const MOST_VALUES: usize = 8;

#[derive(Default)]
pub struct Conditions {
    /// Whether any row was meant.
    any: bool,
    columns: Vec<Condition>,
}

struct Condition {
    place: Place,
    wanted: Vec<String>,
    /// None: they may be personal data.
    values: Option<Vec<String>>,
    /// Some row has one of those that are wanted.
    is_met: bool,
}

impl Conditions {
    pub fn meant(&mut self) {
        self.any = true;
    }

    /// A row with none of the values that are wanted.
    pub fn not_meant(&mut self, row: &SourceRow) {
        if self.any {
            return;
        }
        for (column, wanted) in &row.mapping.conditions {
            let place = row.place(Some(*column));
            let known = self.columns.iter().position(|own| own.place.column == place.column);
            let at = known.unwrap_or_else(|| {
                let is_of_somebody = matches!(
                    row.mapping.targets.get(*column),
                    Some(Target::Field { field, .. }) if matches!(field.level, Level::Approver | Level::Cc)
                );
                let place = Place { row: Some(row.mapping.header_row), ..place };
                let values = (!is_of_somebody).then(Vec::new);
                self.columns.push(Condition { place, wanted: wanted.clone(), values, is_met: false });
                self.columns.len() - 1
            });
            let Some(own) = self.columns.get_mut(at) else { continue };
            let text = row.row.cell(*column).seen();
            own.is_met |= wanted.iter().any(|value| value == text.trim());
            let Some(values) = own.values.as_mut().filter(|values| values.len() < MOST_VALUES) else {
                continue;
            };
            let seen: String = text.trim().chars().take(40).collect();
            if !values.contains(&seen) {
                values.push(seen);
            }
        }
    }

    pub fn finish(self) -> Vec<Problem> {
        if self.any {
            return Vec::new();
        }
        let problem = |own: Condition| {
            let header =
                own.place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
            let values = own.values.unwrap_or_default();
            let rule = Rule::NothingMeant { header, wanted: own.wanted, values, met: own.is_met };
            Problem { place: own.place, value: None, rule }
        };
        // A condition that no row meets is to be told alone; else no row meets all of them.
        let some_unmet = self.columns.iter().any(|own| !own.is_met);
        self.columns.into_iter().filter(|own| !some_unmet || !own.is_met).map(problem).collect()
    }
}
