//! Which rows of its files a job was to send, where somebody has said so once: memory is no part of what an input is
//! known by, so that a finished file stays finished whatever is remembered of the next. Whoever takes back what was
//! remembered may find that rows were left out by it, which still have to go.

use std::collections::{BTreeMap, BTreeSet};

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
    /// By the column, the values of which its rows must have one.
    only: BTreeMap<String, BTreeSet<String>>,
    /// The column that says which of its rows go, and whether somebody has said that it does.
    send: Option<String>,
    send_said: bool,
    header_row: u32,
    header_said: bool,
    skips_party: bool,
    skips_odd: bool,
}

impl RowsMeant {
    pub fn of(plan: &Plan, journal: &Journal) -> Self {
        let chosen = plan.sources.iter().flat_map(|source| &source.said.sheets);
        let sources = plan.sources.iter().enumerate();
        Self {
            sheets: sources.map(|(at, source)| SheetMeant::of(at, source, journal)).collect(),
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
    /// `at`: its place among what is read.
    fn of(at: usize, source: &Source, journal: &Journal) -> Self {
        let Said { only, missing_party, odd_rows, header_row, .. } = source.said.as_meant();
        let hash_of = |text: &String| hash(journal, [text]).unwrap_or_default();
        let values = |values: &[String]| values.iter().map(hash_of).collect();
        let only = only.iter().map(|(column, of)| (hash_of(column), values(of))).collect();
        let send = source.mapping.column_of("send");
        let send = send.and_then(|column| Some((column, source.mapping.headers.get(column)?)));
        Self {
            sheet: hash(journal, source.name.as_deref()).unwrap_or_else(|| format!("file {at}")),
            only,
            send: hash(journal, send.map(|(_, header)| header.as_ref())),
            send_said: send.is_some_and(|(column, _)| source.mapping.readings[column].said),
            header_row: source.mapping.header_row,
            header_said: header_row.is_some(),
            skips_party: missing_party == Some(SkipOrSend::Skip),
            skips_odd: odd_rows == Some(SkipOrSend::Skip),
        }
    }

    fn left_out_of(&self, now: &Self) -> bool {
        // Fewer values, or further columns, only leave out more.
        let is_narrower = |(column, before): (&String, &BTreeSet<String>)| {
            now.only.get(column).is_some_and(|values| values.is_subset(before))
        };
        !self.only.iter().all(is_narrower)
            || (self.send_said && self.send != now.send)
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
