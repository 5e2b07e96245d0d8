//! The ledger: what was received, when, and what became of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::calendar::rfc3339;

/// One request as the sandbox saw it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Instant of arrival, RFC 3339 in UTC with microseconds.
    pub time: String,
    /// The same as Unix time in microseconds; it never goes back.
    pub arrival_us: u64,
    /// `X-TC-Action` as received, if it was.
    pub action: Option<String>,
    /// `accepted`, an error code, or the name of the fault that kept the request from the API.
    pub verdict: String,
    /// The fault that struck, if one did.
    pub fault: Option<String>,
    /// The flows received, in their order; empty if the body could not be read.
    pub flows: Vec<FlowMark>,
    /// How many flows were received.
    pub count: usize,
    /// The `ConfirmUrl` made for them.
    pub url: Option<String>,
    /// Of each flow the FlowId under which it was started; None: it was not. Empty where
    /// the action starts nothing.
    pub started: Vec<Option<String>>,
    pub request_id: String,
    /// False if the API's answer was lost on purpose.
    pub delivered: bool,
}

impl Entry {
    pub(super) fn at(arrival_us: u64, action: Option<String>, request_id: String) -> Self {
        Self {
            time: rfc3339(arrival_us),
            arrival_us,
            action,
            verdict: String::new(),
            fault: None,
            flows: Vec::new(),
            count: 0,
            url: None,
            started: Vec::new(),
            request_id,
            delivered: true,
        }
    }

    /// The flows that the API took, whatever became of its answer: prepared together, or
    /// started one by one.
    pub fn taken(&self) -> impl Iterator<Item = &FlowMark> {
        let flows = self.flows.iter().enumerate().filter(|_| self.is_accepted());
        flows
            .filter(|(at, _)| self.started.is_empty() || self.started.get(*at).is_some_and(Option::is_some))
            .map(|(_, flow)| flow)
    }

    /// Whether the API took the request, whatever became of its answer.
    pub fn is_accepted(&self) -> bool {
        self.verdict == ACCEPTED
    }
}

pub(super) const ACCEPTED: &str = "accepted";

/// What tells one flow from another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlowMark {
    /// FlowName.
    pub name: Option<String>,
    /// CustomerData as received (base64).
    pub customer_data: Option<String>,
}

impl FlowMark {
    /// CustomerData, or else FlowName.
    pub fn key(&self) -> &str {
        let data = self.customer_data.as_deref().filter(|data| !data.is_empty());
        data.or(self.name.as_deref()).unwrap_or_default()
    }
}

/// Entries in order of arrival, in memory and, if wanted, as lines of JSON in a file.
#[derive(Default)]
pub(super) struct Ledger {
    file: Option<File>,
    entries: Vec<Entry>,
    failure: Option<io::Error>,
}

impl Ledger {
    pub(super) fn open(path: Option<&Path>) -> io::Result<Self> {
        let append = |path| File::options().create(true).append(true).open(path);
        Ok(Self { file: path.map(append).transpose()?, ..Self::default() })
    }

    /// A file that can't be written does not stop the sandbox: the failure is told by `close`.
    pub(super) fn record(&mut self, entry: Entry) {
        if let Some(file) = &mut self.file
            && let Err(error) = write_line(file, &entry)
        {
            self.failure.get_or_insert(error);
        }
        self.entries.push(entry);
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How often each flow was prepared or started.
    pub(super) fn accepted(&self) -> BTreeMap<String, u32> {
        let mut counts = BTreeMap::new();
        for flow in self.entries.iter().flat_map(Entry::taken) {
            *counts.entry(flow.key().to_owned()).or_default() += 1;
        }
        counts
    }

    /// Makes what was written last. Later entries stay in memory only.
    pub(super) fn close(&mut self) -> io::Result<()> {
        let synced = self.file.take().map_or(Ok(()), |file| file.sync_all());
        self.failure.take().map_or(synced, Err)
    }
}

fn write_line(file: &mut File, entry: &Entry) -> io::Result<()> {
    let mut line = serde_json::to_vec(entry)?;
    line.push(b'\n');
    file.write_all(&line)?;
    file.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(verdict: &str, flows: &[(&str, &str)]) -> Entry {
        let mark = |(name, data): &(&str, &str)| FlowMark {
            name: Some((*name).to_owned()),
            customer_data: Some((*data).to_owned()),
        };
        let mut entry = Entry::at(1_709_251_199_000_042, Some("PrepareFlows".to_owned()), "id".to_owned());
        entry.verdict = verdict.to_owned();
        entry.flows = flows.iter().map(mark).collect();
        entry
    }

    #[test]
    fn acceptances_are_counted_by_customer_data_or_else_name() {
        let mut ledger = Ledger::default();
        ledger.record(entry("accepted", &[("a", "QQ=="), ("b", "")]));
        ledger.record(entry("accepted", &[("other", "QQ==")]));
        ledger.record(entry("InternalError", &[("b", "")]));
        assert_eq!(ledger.accepted(), BTreeMap::from([("QQ==".to_owned(), 2), ("b".to_owned(), 1)]));
        assert_eq!(ledger.entries().len(), 3);
    }

    #[test]
    fn a_line_is_one_json_object_and_files_are_appended_to() {
        let path = std::env::temp_dir().join(format!("sandbox-ledger-{}.jsonl", fastrand::u64(..)));
        for _ in 0..2 {
            let mut ledger = Ledger::open(Some(&path)).unwrap();
            ledger.record(entry("accepted", &[("合同\n一", "QQ==")]));
            ledger.close().unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let lines: Vec<serde_json::Value> =
            text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1]["time"], "2024-02-29T23:59:59.000042Z");
        assert_eq!(lines[1]["flows"][0]["name"], "合同\n一");
        assert_eq!(lines[1]["delivered"], true);
    }
}
