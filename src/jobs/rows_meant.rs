//! Which rows of its files a job was to send, where somebody has said so once: memory is no part of what an input is
//! known by, so that a finished file stays finished whatever is remembered of the next. Where other rows are meant of the
//! same file now, those that were left out still have to go.

use serde::{Deserialize, Serialize};

use crate::domain::said::{Said, SkipOrSend};
use crate::intake::plan::{Plan, Source};
use crate::journal::Journal;

/// Texts are keyed hashes: this outlives the data of the job, and a value may be somebody's name.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RowsMeant {
    sheets: Vec<SheetMeant>,
    /// The words that have chosen the sheets.
    chosen: Option<String>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct SheetMeant {
    sheet: String,
    /// The values of which its rows must have one.
    only: Option<String>,
    /// The column that says which of its rows go.
    send: Option<String>,
    /// What was said of its columns.
    map: Option<String>,
    header_row: u32,
    header_said: bool,
    skips_party: bool,
    skips_odd: bool,
}

impl RowsMeant {
    pub fn of(plan: &Plan, journal: &Journal) -> Self {
        let chosen = plan.sources.iter().flat_map(|source| &source.said.sheets);
        Self {
            sheets: plan.sources.iter().map(|source| SheetMeant::of(source, journal)).collect(),
            chosen: hash(journal, chosen),
        }
    }

    /// Whether rows that a job with this was not to send are meant `now`.
    pub fn left_out_of(&self, now: &Self) -> bool {
        let is_new = |own: &SheetMeant| match self.sheets.iter().find(|before| before.sheet == own.sheet) {
            Some(before) => before.left_out_of(own),
            None => self.chosen.is_some() && self.chosen != now.chosen,
        };
        now.sheets.iter().any(is_new)
    }
}

impl SheetMeant {
    fn of(source: &Source, journal: &Journal) -> Self {
        let Said { map, only, missing_party, odd_rows, header_row, .. } = source.said.as_meant();
        let only = only.iter().flat_map(|(column, values)| Some(column).into_iter().chain(values));
        let send = source.mapping.column_of("send").and_then(|column| source.mapping.headers.get(column));
        Self {
            sheet: hash(journal, source.name.as_deref()).unwrap_or_default(),
            only: hash(journal, only),
            send: hash(journal, send.map(|header| header.as_ref())),
            map: hash(journal, map.iter().flat_map(|(header, field)| [header, field])),
            header_row: source.mapping.header_row,
            header_said: header_row.is_some(),
            skips_party: missing_party == Some(SkipOrSend::Skip),
            skips_odd: odd_rows == Some(SkipOrSend::Skip),
        }
    }

    fn left_out_of(&self, now: &Self) -> bool {
        // What is read otherwise without a word of anybody is no wish of theirs.
        let has_other_words = self.map != now.map;
        (self.only.is_some() && self.only != now.only)
            || (self.send.is_some() && self.send != now.send && has_other_words)
            || (self.header_said && self.header_row > now.header_row)
            || (self.skips_party && !now.skips_party)
            || (self.skips_odd && !now.skips_odd)
    }
}

/// None: there are no texts.
fn hash(journal: &Journal, texts: impl IntoIterator<Item = impl AsRef<str>>) -> Option<String> {
    let texts: Vec<_> = texts.into_iter().collect();
    let parts: Vec<&[u8]> = texts.iter().map(|text| text.as_ref().as_bytes()).collect();
    (!parts.is_empty()).then(|| hex::encode(journal.keyed_hash(&parts)))
}
