//! Cells of a workbook to correct whose fault its copy does not show: a value that was struck through, white, or under a
//! merged cell, or a formula without a result, stands there as plain text, or as nothing. What they held is written into
//! a column of ours, so that one that nobody has changed is refused as it was before.

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A cell of a row, as the workbook to correct was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedCell {
    pub header: String,
    /// How many columns of that header stand before it.
    pub nth: usize,
    /// What the column gives, where it gives something: it is called otherwise by now, most likely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gives: Option<String>,
    /// Of what the cell held: see [`hash`].
    pub held: String,
}

/// Eight bytes of a hash of what a cell shows, in hexadecimal digits; spaces around it make no difference.
pub fn hash(text: &str) -> String {
    hex::encode(&Sha256::digest(text.trim())[..8])
}

impl RedCell {
    /// Those of a row, as one cell has them.
    pub fn written(cells: &[Self]) -> String {
        // Texts always have a JSON form.
        serde_json::to_string(cells).unwrap_or_default()
    }

    /// What a cell names. `None`: somebody has changed it.
    pub fn read_all(cell: &str) -> Option<Vec<Self>> {
        match cell.trim() {
            "" => Some(Vec::new()),
            cell => serde_json::from_str(cell).ok(),
        }
    }

    /// Where it stands in a sheet with those headers, each with what its column gives.
    pub fn column<'h>(
        &self,
        columns: impl Iterator<Item = (&'h str, Option<String>)> + Clone,
    ) -> Option<usize> {
        let called_so =
            columns.clone().enumerate().filter(|(_, (header, _))| header.trim() == self.header.trim());
        let by_header = called_so.map(|(column, _)| column).nth(self.nth);
        by_header
            .or_else(|| columns.into_iter().position(|(_, gives)| gives.is_some() && gives == self.gives))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_found_under_its_header_wherever_that_stands_or_by_what_its_column_gives() {
        let gives = || Some("field:月薪".to_owned());
        let cell = RedCell { header: "月薪".to_owned(), nth: 1, gives: gives(), held: hash("80009000") };
        let written = RedCell::written(std::slice::from_ref(&cell));
        assert_eq!(RedCell::read_all(&format!(" {written}")), Some(vec![cell.clone()]));
        assert_eq!(RedCell::read_all("changed"), None);
        assert_eq!(RedCell::read_all(" "), Some(Vec::new()));
        let column = |headers: &[&'static str]| cell.column(headers.iter().map(|header| (*header, None)));
        assert_eq!(column(&["姓名", "月薪", "手机", " 月薪 "]), Some(3));
        assert_eq!(column(&["姓名", "月薪"]), None);
        let named = [("姓名", None), ("填写：月薪（数字）", gives())];
        assert_eq!(cell.column(named.into_iter()), Some(1));
        assert_eq!(hash(" 8000 "), hash("8000"));
        assert_ne!(hash("8000"), hash("9000"));
    }
}
