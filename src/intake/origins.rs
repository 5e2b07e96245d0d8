//! Rows of a workbook to correct say which failed contracts they are.

use crate::contract::build::SourceRow;
use crate::domain::job::FlowNo;
use crate::domain::origin::Origin;
use crate::domain::own::FLOW;
use crate::domain::problem::{Problem, Rule};

use super::{Import, ImportError};

impl Import<'_> {
    /// Stores what the rows of a contract say of themselves; one that a person has added
    /// says nothing.
    pub(super) fn note_origins(
        &self,
        flow: FlowNo,
        rows: &[SourceRow],
        told: &mut Vec<Problem>,
    ) -> Result<(), ImportError> {
        for row in rows {
            let Some(column) = row.mapping.headers.iter().position(|header| header.trim() == FLOW) else {
                continue;
            };
            let cell = row.row.cell(column).seen();
            match Origin::read_all(&cell) {
                Some(origins) => self.file.add_origins(flow, &origins)?,
                None => told.push(self.problem(row, Some(column), Some(cell), Rule::OriginChanged)),
            }
        }
        Ok(())
    }
}
