//! What an installation wants of its reports.

use serde::{Deserialize, Serialize};

/// A kind of file that a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    Xlsx,
    Csv,
    Html,
    Json,
}

impl Format {
    pub const ALL: [Self; 4] = [Self::Xlsx, Self::Csv, Self::Html, Self::Json];

    /// As settings name it, and as its files end.
    pub fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Html => "html",
            Self::Json => "json",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// `[report]` of the settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// Never empty.
    pub formats: Vec<Format>,
    /// Names, mobiles and ID numbers are made unreadable in the web page.
    pub mask: bool,
    /// A web page for every value of that column as well.
    pub group_by: Option<String>,
}

impl Default for Wishes {
    fn default() -> Self {
        Self { formats: vec![Format::Xlsx, Format::Csv, Format::Html], mask: true, group_by: None }
    }
}

impl Wishes {
    pub fn has(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }
}
