//! A report that the journal does not know.

use std::path::PathBuf;

/// A report with accepted contracts of which this journal knows nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub path: PathBuf,
    /// When it was last changed, as a person of that time zone reads it.
    pub changed: String,
    /// Accepted rows, and the pages that they stand on.
    pub rows: u64,
    pub pages: u64,
}
