//! The columns of a report: the input's as they were, then ours.

use std::collections::HashMap;

use crate::domain::workbook_marks;
use crate::journal::{JobFile, JournalError, SheetRecord};

/// Ours, in order; `flowbatch.sheet` stands before them where there are
/// several sheets. Other programs depend on these names.
pub const OWN: [&str; 9] = [
    workbook_marks::ROW,
    workbook_marks::STATUS,
    workbook_marks::CONFIRM_URL,
    "flowbatch.code",
    workbook_marks::REASON,
    workbook_marks::REQUEST_ID,
    workbook_marks::PAGE,
    "flowbatch.attempts",
    workbook_marks::TIME,
];
/// After them, where contracts were started.
pub const STARTED: [&str; 8] = [
    workbook_marks::FLOW_ID,
    workbook_marks::FLOW_STATUS,
    workbook_marks::SIGN_URL,
    workbook_marks::FLOW_REASON,
    workbook_marks::SIGNED,
    workbook_marks::NOT_SIGNED,
    workbook_marks::SINCE,
    workbook_marks::LINKS_MADE,
];
/// Places within `STARTED`.
pub const FLOW_STATUS: usize = 1;
pub const SIGN_URL: usize = 2;
pub const SINCE: usize = 6;
pub const LINKS_MADE: usize = 7;
pub const SHEET: &str = workbook_marks::SHEET;
/// Places within `OWN`.
pub const STATUS: usize = 1;
pub const CONFIRM_URL: usize = 2;
pub const REASON: usize = 4;
pub const PAGE: usize = 6;
pub const TIME: usize = 8;
/// Places within `OWN` of what a person looks for: in the workbook they stand first.
pub const LEAD: [usize; 4] = [STATUS, REASON, CONFIRM_URL, PAGE];

/// What the column of the contracts' numbers gives.
const CONTRACT_ID: &str = "contract_id";
const PADDING: f64 = 0.710_937_5;
const LEAST_WIDTH: f64 = 0.5;

/// A width as a file has it, for the writer: that adds the padding which is in the number already.
pub fn written_width(width: f64) -> f64 {
    (width - PADDING).max(LEAST_WIDTH)
}

/// One sheet of the input.
pub struct Sheet {
    /// As the job counts them.
    pub number: u32,
    pub file: String,
    pub name: Option<String>,
    pub headers: Vec<String>,
    /// Cells of its longest row, or its headers if they are more.
    pub width: usize,
    /// As the spreadsheet program numbers it.
    pub header_row: u32,
    /// Rows above the header: their numbers and cells.
    pub above: Vec<(u32, Vec<String>)>,
    /// Of columns, 0-based, in letters, where they are known.
    pub widths: Vec<(u32, f64)>,
    /// What each column gives (`approver2.mobile`); empty: nobody knows any more.
    pub gives: Vec<Option<String>>,
}

impl Sheet {
    /// As the rows name it: the sheet, or the CSV's file.
    pub fn shown_name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.file)
    }

    /// Its first column is the one that we have put into a workbook to correct.
    pub fn begins_with_reasons(&self) -> bool {
        self.gives.first().is_some_and(|name| name.as_deref() == Some(workbook_marks::REASON))
    }

    /// The sheet's name; of a CSV, the file's without its extension.
    pub fn title(&self) -> &str {
        self.name
            .as_deref()
            .unwrap_or_else(|| self.file.rsplit_once('.').map_or(&self.file, |(stem, _)| stem))
    }
}

/// The sheets of a job, and the columns of all of them together.
pub struct Columns {
    pub sheets: Vec<Sheet>,
    /// The union of the sheets' headers. The second `备注` of a sheet is another
    /// column than its first.
    pub headers: Vec<String>,
    /// There are columns for the ids of contracts that were started.
    pub starts: bool,
    /// Sheet and its column -> column of the union; None: it has neither a name nor a value.
    slots: Vec<Vec<Option<usize>>>,
}

impl Columns {
    /// `starts`: contracts were started, by it or by another job.
    pub fn read(file: &JobFile, starts: bool) -> Result<Self, JournalError> {
        let records = file.sheets()?.into_iter().map(|record| {
            let filled = file.filled_columns(record.sheet)?;
            Ok((record, filled))
        });
        let columns = Self::of(records.collect::<Result<_, JournalError>>()?);
        Ok(Self { starts, ..columns })
    }

    /// Of sheets, each with which of its columns have a value in some row.
    fn of(records: Vec<(SheetRecord, Vec<bool>)>) -> Self {
        let mut columns = Self { sheets: Vec::new(), headers: Vec::new(), starts: false, slots: Vec::new() };
        // The columns of the union that are called so, in order.
        let mut called: HashMap<String, Vec<usize>> = HashMap::new();
        for (record, filled) in records {
            let width = record.headers.len().max(filled.len());
            // How many of them this sheet has taken: a name that comes again is another column.
            let mut taken: HashMap<&str, usize> = HashMap::new();
            let mut slot_of = |column: usize| {
                let header = record.headers.get(column).map(String::as_str).unwrap_or_default();
                if header.is_empty() && !filled.get(column).copied().unwrap_or_default() {
                    return None;
                }
                let count = taken.entry(header).or_default();
                let own = called.entry(header.to_owned()).or_default();
                let slot = own.get(*count).copied().unwrap_or_else(|| {
                    columns.headers.push(header.to_owned());
                    own.push(columns.headers.len() - 1);
                    columns.headers.len() - 1
                });
                *count += 1;
                Some(slot)
            };
            let slots = (0..width).map(&mut slot_of).collect();
            columns.slots.push(slots);
            let SheetRecord { sheet, file, name, headers, header_row, above, widths, gives } = record;
            columns.sheets.push(Sheet {
                number: sheet,
                file,
                name,
                headers,
                width,
                header_row,
                above,
                widths,
                gives,
            });
        }
        columns
    }

    pub fn several_sheets(&self) -> bool {
        self.sheets.len() > 1
    }

    /// The index of a sheet by its number in the job.
    pub fn sheet_index(&self, number: u32) -> usize {
        self.sheets.iter().position(|sheet| sheet.number == number).unwrap_or(0)
    }

    pub fn sheet(&self, index: usize) -> Option<&Sheet> {
        self.sheets.get(index)
    }

    /// The input's headers, then ours.
    pub fn all_headers(&self) -> impl Iterator<Item = &str> {
        let sheet = self.several_sheets().then_some(SHEET);
        self.headers
            .iter()
            .map(String::as_str)
            .chain(sheet)
            .chain(OWN)
            .chain(STARTED.into_iter().filter(|_| self.starts))
    }

    /// The column of the union that has the contracts' numbers.
    pub fn number(&self) -> Option<usize> {
        self.sheets.iter().zip(&self.slots).find_map(|(sheet, slots)| {
            let at = sheet.gives.iter().position(|name| name.as_deref() == Some(CONTRACT_ID))?;
            slots.get(at).copied().flatten()
        })
    }

    /// Whether a column of the union is the one that we had put into a workbook to correct:
    /// it is empty, and the report says the same of its own.
    pub fn is_ours(&self, slot: usize) -> bool {
        if !self.sheets.iter().any(Sheet::begins_with_reasons) {
            return false;
        }
        let mut sheets = self.sheets.iter().zip(&self.slots).filter(|(_, slots)| slots.contains(&Some(slot)));
        let ours = |(sheet, slots): (&Sheet, &Vec<Option<usize>>)| {
            sheet.begins_with_reasons() && slots.first() == Some(&Some(slot))
        };
        sheets.clone().next().is_some() && sheets.all(ours)
    }

    /// How wide its owner has made a column of the union, in letters.
    pub fn width_of(&self, slot: usize) -> Option<f64> {
        self.sheets.iter().zip(&self.slots).find_map(|(sheet, slots)| {
            let at = slots.iter().position(|own| *own == Some(slot))?;
            let own = sheet.widths.iter().find(|(column, _)| *column as usize == at);
            own.map(|(_, width)| written_width(*width))
        })
    }

    /// A row's cells in the places of the union; others are empty.
    pub fn spread<'r>(&self, sheet: usize, cells: &'r [String]) -> Vec<&'r str> {
        let mut spread = vec![""; self.headers.len()];
        let slots = self.slots.get(sheet).map(Vec::as_slice).unwrap_or_default();
        for (slot, cell) in slots.iter().zip(cells) {
            if let Some(place) = slot.and_then(|slot| spread.get_mut(slot)) {
                *place = cell;
            }
        }
        spread
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(sheet: u32, headers: &[&str]) -> SheetRecord {
        SheetRecord {
            sheet,
            file: "a.xlsx".into(),
            name: Some(format!("S{sheet}")),
            headers: headers.iter().map(|header| (*header).to_owned()).collect(),
            ..SheetRecord::default()
        }
    }

    #[test]
    fn doubled_headers_are_kept_apart_and_sheets_share_the_same() {
        let first = (sheet(0, &["id", "备注", "备注"]), vec![true; 4]);
        let columns = Columns::of(vec![first, (sheet(1, &["备注", "name", "id"]), vec![true; 3])]);
        assert_eq!(columns.headers, ["id", "备注", "备注", "", "name"]);
        let cells: Vec<String> = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(columns.spread(0, &cells), ["a", "b", "c", "", ""]);
        assert_eq!(columns.spread(1, &cells), ["c", "a", "", "", "b"]);
        assert_eq!(columns.all_headers().nth(5), Some("flowbatch.sheet"));
    }

    #[test]
    fn a_name_in_the_last_column_of_all_brings_no_others_along() {
        let mut headers = vec![""; 16_384];
        (headers[0], headers[1], headers[16_383]) = ("id", "", "备注");
        let mut filled = vec![false; 16_384];
        (filled[0], filled[2]) = (true, true);
        let columns = Columns::of(vec![(sheet(0, &headers), filled.clone()), (sheet(1, &headers), filled)]);
        assert_eq!(columns.headers, ["id", "", "备注"]);
        let cells: Vec<String> = ["a", "", "c", ""].map(str::to_owned).into();
        assert_eq!(columns.spread(1, &cells), ["a", "c", ""]);
    }
}
