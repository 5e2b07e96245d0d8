//! Cells of a workbook to correct whose fault its copy does not show: a value that was struck through, white, or under a
//! merged cell, or a formula without a result, stands there as plain text, or as nothing. What they held is written into
//! a column of ours, so that one that nobody has changed is refused as it was before.

use serde::{Deserialize, Serialize};

/// A cell of a row, as the workbook to correct was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedCell {
    pub header: String,
    /// How many columns of that header stand before it.
    pub nth: usize,
    /// What the cell held.
    pub text: String,
}

impl RedCell {
    /// Those of a row, as one cell has them.
    pub fn written(cells: &[Self]) -> String {
        // Texts always have a JSON form.
        serde_json::to_string(cells).unwrap_or_default()
    }

    /// What a cell names; of one that somebody has changed, nothing.
    pub fn read_all(cell: &str) -> Vec<Self> {
        serde_json::from_str(cell.trim()).unwrap_or_default()
    }

    /// Where it stands under those headers.
    pub fn column<'h>(&self, headers: impl Iterator<Item = &'h str>) -> Option<usize> {
        let own = headers.enumerate().filter(|(_, header)| header.trim() == self.header.trim());
        own.map(|(column, _)| column).nth(self.nth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_under_its_header_wherever_that_stands() {
        let cell = RedCell { header: "月薪".to_owned(), nth: 1, text: "80009000".to_owned() };
        let written = RedCell::written(std::slice::from_ref(&cell));
        assert_eq!(RedCell::read_all(&format!(" {written}")), std::slice::from_ref(&cell));
        assert_eq!(RedCell::read_all("changed"), []);
        assert_eq!(RedCell::read_all(""), []);
        assert_eq!(cell.column(["姓名", "月薪", "手机", " 月薪 "].into_iter()), Some(3));
        assert_eq!(cell.column(["姓名", "月薪"].into_iter()), None);
    }
}
