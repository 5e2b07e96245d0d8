//! What the cells of a column are, taken together: which are empty among filled ones, and, of a
//! component's, which are bare numbers among dates.

mod codes;
mod component;
mod field;
pub mod filled;
mod kinds;
mod open_values;
mod shapes;
mod written;

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::problem::Rule;

use crate::intake::noted::NotedRows;
use component::ComponentColumn;
use field::{DEADLINE, FieldColumn, NAME};

/// Fields of a contract that the settings may give where a cell is empty.
const MAY_BE_DEFAULTED: [&str; 3] = ["template_id", DEADLINE, NAME];

/// A column with a value for each contract.
pub struct FormColumn {
    column: usize,
    cells: Cells,
}

enum Cells {
    Field(Box<FieldColumn>),
    Component(Box<ComponentColumn>),
}

impl FormColumn {
    pub fn all(mapping: &Mapping) -> Vec<Self> {
        let cells = |(column, target): (usize, &Target)| {
            let cells = match target {
                Target::FormField(_) => Cells::Component(Box::new(ComponentColumn::new(mapping, column))),
                Target::Field { field, .. } if MAY_BE_DEFAULTED.contains(&field.name) => {
                    Cells::Field(Box::new(FieldColumn::new(field.name, mapping.as_text.contains(&column))))
                }
                _ => return None,
            };
            Some(Self { column, cells })
        };
        mapping.targets.iter().enumerate().filter_map(cells).collect()
    }

    /// A row that begins a contract.
    pub fn look(&mut self, row: &SourceRow) {
        let (number, cell) = (row.row.number, row.row.cell(self.column));
        match &mut self.cells {
            Cells::Field(field) => field.look(number, cell),
            Cells::Component(component) => component.look(number, cell),
        }
    }

    /// It is a field of the contract that only the first of several has.
    pub fn is_of_first_alone(&self, column: usize) -> bool {
        self.column == column && matches!(&self.cells, Cells::Field(field) if field.is_of_first_alone())
    }

    /// `is_held`: whether it is asked already what a column with values in some rows holds together;
    /// `is_any_held`: that is asked of some column.
    pub fn finish(
        self,
        is_held: impl Fn(usize) -> bool,
        is_any_held: bool,
        tell: &mut dyn FnMut(Option<usize>, Rule),
    ) {
        let column = self.column;
        let mut tell = |rule| tell(Some(column), rule);
        match self.cells {
            Cells::Field(field) => field.finish(is_held(column), is_any_held, &mut tell),
            Cells::Component(component) => component.finish(&mut tell),
        }
    }
}
