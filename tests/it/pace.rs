//! The quota, in one short run at its real speed. The controller itself is
//! tested by simulation, beside it, and measured by `benches/pace.sh`: here all
//! the other tests run on the same cores, so that a request may arrive some
//! milliseconds after it has left. A client without a pace is refused 40 times.

use flowbatch::sandbox::{Entry, Options};

use crate::sheets::{contracts, contracts_from};
use crate::support::{Session, unhurried};

#[test]
fn no_sliding_second_holds_more_than_twenty_requests() {
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20")
        .file("contracts.csv", contracts(62).csv())
        .sandbox(Options { requests_per_second: 20, ..unhurried() });
    session.run(["run", "contracts.csv", "--per-page", "1"]).exit(0).says("62 accepted");
    holds_the_quota(&session.entries());
}

#[test]
fn two_processes_share_one_quota() {
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20")
        .file("one.csv", contracts_from(1, 30).csv())
        .file("two.csv", contracts_from(31, 60).csv())
        .sandbox(Options { requests_per_second: 20, ..unhurried() });
    let both = ["one.csv", "two.csv"].map(|file| session.start(["run", file, "--per-page", "1"]));
    for run in both {
        run.wait().exit(0).says("30 accepted");
    }
    holds_the_quota(&session.entries());
}

fn holds_the_quota(entries: &[Entry]) {
    let refused = entries.iter().filter(|entry| entry.verdict.starts_with("RequestLimitExceeded")).count();
    assert!(refused <= 2, "{refused} refused");
    let arrivals: Vec<u64> = entries.iter().map(|entry| entry.arrival_us).collect();
    for window in arrivals.windows(21) {
        assert!(window[20] - window[0] >= 950_000, "21 requests within {} us", window[20] - window[0]);
    }
}
