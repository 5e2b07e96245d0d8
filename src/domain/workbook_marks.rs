//! What a report of this program says of itself: names of a workbook's custom
//! properties, of columns and of files. Whoever writes one and whoever reads it agree on them here.

/// Its kind: `report`, `fix` or `check`.
pub const KIND: &str = "flowbatch";
/// Its input's sheets were contracts each, not halves of a pair.
pub const ALL_SHEETS: &str = "flowbatch.all_sheets";
/// The beginning of a name; the value is a header and what it gives.
pub const COLUMN: &str = "flowbatch.column.";
/// Stands between the two.
pub const GIVES: char = '→';
/// The beginning of a name; the value is a sheet that is for a person only.
pub const ASIDE: &str = "flowbatch.aside.";
/// The beginning of a name; the value is a question that was open, of what the workbook does not show.
pub const OPEN: &str = "flowbatch.open.";
/// The beginning of a name; the value is the header of a column that was hidden, and its sheet.
pub const HIDDEN: &str = "flowbatch.hidden.";
/// A check has found something to correct.
pub const FOUND: &str = "flowbatch.found";
/// The job that it is of.
pub const JOB: &str = "flowbatch.job";
/// A column of a workbook to correct: which failed contract a row is, see `origin`.
pub const FLOW: &str = "flowbatch.flow";
/// A column of a workbook to correct: cells of a row whose fault only the input showed, see `red_cell`.
pub const RED: &str = "flowbatch.red";
/// Columns of a report that it is known again by.
pub const STATUS: &str = "flowbatch.status";
pub const CONFIRM_URL: &str = "flowbatch.confirm_url";
pub const FLOW_ID: &str = "flowbatch.flow_id";
/// How a contract stands after it was started.
pub const FLOW_STATUS: &str = "flowbatch.flow_status";
pub const SIGN_URL: &str = "flowbatch.sign_url";
pub const FLOW_REASON: &str = "flowbatch.flow_reason";
pub const SIGNED: &str = "flowbatch.signed";
pub const NOT_SIGNED: &str = "flowbatch.not_signed";
pub const SINCE: &str = "flowbatch.since";
pub const LINKS_MADE: &str = "flowbatch.links_made";
pub const REQUEST_ID: &str = "flowbatch.request_id";
pub const REASON: &str = "flowbatch.reason";
pub const ROW: &str = "flowbatch.row";
pub const PAGE: &str = "flowbatch.page";
pub const TIME: &str = "flowbatch.time";
/// Stands before them where there are several sheets.
pub const SHEET: &str = "flowbatch.sheet";
/// Its links are made up: a property of a workbook, the last column of a CSV.
pub const SANDBOX: &str = "flowbatch.sandbox";

/// `m` of `m (2)`, `m.report (2)`, `m.fix`, `m.check`: what a copy, or a file of ours, is named after.
/// A watched folder and every desktop number what is dropped again under its name.
pub fn without_our_ends(stem: &str) -> &str {
    let bare = match stem.strip_suffix(')').and_then(|rest| rest.rsplit_once(" (")) {
        Some((bare, number)) if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => bare,
        _ => stem,
    };
    let ours = [".report", ".fix", ".check"].into_iter().find_map(|end| bare.strip_suffix(end));
    ours.unwrap_or(bare)
}
