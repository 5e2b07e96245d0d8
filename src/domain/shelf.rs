//! A watched folder, as whoever looks for its files knows it.

use serde::{Deserialize, Serialize};

/// A file in it that tells the folder from an empty place where it is not mounted.
pub const MARK: &str = ".flowbatch";

/// The folders in a watched one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shelf {
    Inbox,
    Working,
    /// Checked, until a person has moved it to `Approved`.
    Waiting,
    Approved,
    Done,
    Failed,
}

impl Shelf {
    pub const ALL: [Self; 6] =
        [Self::Inbox, Self::Working, Self::Waiting, Self::Approved, Self::Done, Self::Failed];

    pub fn name(self) -> &'static str {
        match self {
            Self::Inbox => "inbox",
            Self::Working => "working",
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}
