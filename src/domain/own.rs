//! What a workbook of this program says of itself: names of its custom
//! properties. Whoever writes one and whoever reads it agree on them here.

/// Its kind: `report`, `fix` or `check`.
pub const KIND: &str = "flowbatch";
/// Its input's sheets were contracts each, not halves of a pair.
pub const ALL_SHEETS: &str = "flowbatch.all_sheets";
/// The beginning of a name; the value is a header and what it gives.
pub const COLUMN: &str = "flowbatch.column.";
/// Stands between the two.
pub const GIVES: char = '→';
/// The job that it is of.
pub const JOB: &str = "flowbatch.job";
/// Its links are made up.
pub const SANDBOX: &str = "flowbatch.sandbox";
