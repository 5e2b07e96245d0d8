//! What looks at every row of a sheet for one thing that the rows may leave open.

use crate::contract::source_row::SourceRow;
use crate::domain::problem::Rule;

pub trait Observer {
    /// A row of a contract that is sent.
    fn row(&mut self, row: &SourceRow);

    /// The columns that are asked about, with what is asked of each.
    fn finish(self: Box<Self>) -> Vec<(usize, Rule)>;
}
