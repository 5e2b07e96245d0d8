//! Counts and totals as a text of Prometheus' format.

use prometheus::core::Collector;
use prometheus::{Error, Gauge, IntGaugeVec, Opts, Registry, TextEncoder};

use crate::domain::job::Status;
use crate::jobs::Totals;

use super::counts::Counts;

/// How the process stands. Times in Unix seconds.
pub struct Stand {
    pub now: f64,
    pub running: bool,
    pub last_success: Option<f64>,
}

const LAST_SUCCESS: &str = "flowbatch_last_success_timestamp_seconds";

pub fn text(counts: &Counts, totals: &Totals, stand: &Stand) -> Result<String, Error> {
    let registry = Registry::new();
    let add = |own: Box<dyn Collector>| registry.register(own);
    add(Box::new(counts.requests.clone()))?;
    add(Box::new(counts.seconds.clone()))?;
    add(Box::new(counts.granted.clone()))?;
    add(Box::new(counts.refused.clone()))?;

    let jobs = IntGaugeVec::new(Opts::new("flowbatch_jobs", "Jobs of this journal, by state."), &["state"])?;
    for (state, count) in [("sending", totals.sending), ("open", totals.open), ("finished", totals.finished)]
    {
        jobs.with_label_values(&[state]).set(whole(count));
    }
    add(Box::new(jobs))?;
    let contracts = IntGaugeVec::new(
        Opts::new("flowbatch_contracts", "Contracts of this journal, by status."),
        &["status"],
    )?;
    for status in Status::ALL {
        contracts.with_label_values(&[status.name()]).set(whole(totals.contracts.of(status)));
    }
    add(Box::new(contracts))?;
    let build = IntGaugeVec::new(Opts::new("flowbatch_build_info", "The program."), &["version"])?;
    build.with_label_values(&[env!("CARGO_PKG_VERSION")]).set(1);
    add(Box::new(build))?;

    let gauge = |name: &str, help: &str, value: f64| -> Result<(), Error> {
        let gauge = Gauge::new(name, help)?;
        gauge.set(value);
        registry.register(Box::new(gauge))
    };
    let tally = &totals.contracts;
    gauge("flowbatch_backlog_contracts", "Contracts that wait to be sent.", tally.pending as f64)?;
    gauge(
        "flowbatch_backlog_doubts",
        "Contracts of which nobody knows whether they were sent.",
        tally.in_doubt as f64,
    )?;
    gauge("flowbatch_backlog_pages", "Pages that nobody has noted as confirmed.", totals.unconfirmed as f64)?;
    gauge(
        "flowbatch_running",
        "1: the command that writes this file is under way.",
        f64::from(u8::from(stand.running)),
    )?;
    gauge("flowbatch_last_write_timestamp_seconds", "When this file was written.", stand.now)?;
    if let Some(at) = totals.last_finished_us {
        gauge("flowbatch_last_finished_timestamp_seconds", "When a job was finished last.", at as f64 / 1e6)?;
    }
    if let Some(at) = stand.last_success {
        let help = "When a command, or a job, last ended with nothing left to act on.";
        gauge(LAST_SUCCESS, help, at)?;
    }
    TextEncoder::new().encode_to_string(&registry.gather())
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// What such a text says of the last success.
pub fn last_success(text: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(LAST_SUCCESS)?.trim().parse().ok())
}
