//! The quota, in one short run at its real speed. The controller itself is
//! tested by simulation, beside it, and measured by `benches/pace.sh`: here all
//! the other tests run on the same cores, so that a request may arrive some
//! milliseconds after it has left. A client without a pace is refused 40 times.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use flowbatch::sandbox::{Entry, Options};

use crate::sheets::{contracts, contracts_from};
use crate::support::{Running, Session, unhurried};

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

/// Twenty a second, and three files of 67 contracts.
fn session_of_three() -> Session {
    Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20")
        .file("0.csv", contracts_from(1, 67).csv())
        .file("1.csv", contracts_from(68, 134).csv())
        .file("2.csv", contracts_from(135, 201).csv())
        .sandbox(Options { requests_per_second: 20, ..unhurried() })
}

/// Sends one of the three files with a journal of its own.
fn start_one(session: &Session, file: usize, endpoint: &str) -> Running {
    let state = session.path("").with_file_name(format!("state-{file}"));
    let state = format!("FLOWBATCH_STATE_DIR={}", state.display());
    let endpoint = format!("FLOWBATCH_ENDPOINT={endpoint}:{}", session.port());
    let name = format!("{file}.csv");
    session.start_in(["env", state.as_str(), endpoint.as_str()], ["run", name.as_str(), "--per-page", "1"])
}

/// The user's own folder, whatever `state_dir` says.
fn own_folder(session: &Session) -> PathBuf {
    session.home(".local/state/flowbatch")
}

fn slot_files(folder: PathBuf) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|ending| ending == "slots")).collect()
}

#[test]
fn three_state_folders_and_three_spellings_share_one_quota() {
    let session = session_of_three();
    let spellings = ["http://localhost", "http://127.0.0.1", "HTTP://LOCALHOST"];
    let runs = [0, 1, 2].map(|file| start_one(&session, file, spellings[file]));
    for run in runs {
        run.wait().exit(0).says("67 accepted");
    }
    assert_eq!(session.entries().iter().filter(|entry| entry.is_accepted()).count(), 201);
    holds_the_quota(&session.entries());
    assert_eq!(slot_files(own_folder(&session)).len(), 1);
}

#[test]
fn a_slot_file_deleted_or_replaced_underneath_keeps_the_quota() {
    let session = session_of_three();
    let mut first = start_one(&session, 0, "http://127.0.0.1");
    let second = start_one(&session, 1, "http://127.0.0.1");
    first.until("enough was sent", || session.entries().len() >= 25);
    let [file] = slot_files(own_folder(&session)).try_into().unwrap();
    let kept = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    // Whoever comes now has never seen the old one.
    let third = start_one(&session, 2, "http://127.0.0.1");
    first.until("more was sent", || session.entries().len() >= 60);
    let copy = file.with_extension("copy");
    fs::write(&copy, &kept).unwrap();
    fs::rename(&copy, &file).unwrap();
    std::thread::sleep(Duration::from_millis(1_500));
    // The same file with an older state in it.
    fs::write(&file, &kept).unwrap();
    for run in [first, second, third] {
        run.wait().exit(0).says("67 accepted");
    }
    assert_eq!(session.entries().iter().filter(|entry| entry.is_accepted()).count(), 201);
    holds_the_quota(&session.entries());
}

#[test]
fn the_first_run_of_all_need_not_wait_for_a_window() {
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "0.1")
        .file("contracts.csv", contracts(1).csv())
        .sandbox(unhurried());
    let begun = Instant::now();
    session.run(["status"]).exit(0);
    session.run(["run", "contracts.csv"]).exit(0).says("1 accepted");
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?} of a window of 10 s", begun.elapsed());
}

#[test]
fn a_folder_for_the_slots_can_be_named() {
    let session = Session::new().file("contracts.csv", contracts(2).csv()).sandbox(unhurried());
    fs::create_dir_all(session.path("etc")).unwrap();
    let session = session.file("etc/flowbatch.toml", "[pace]\nfolder = \"slots\"\n");
    session.run(["run", "contracts.csv", "--config", "etc/flowbatch.toml"]).exit(0).says("2 accepted");
    assert_eq!(slot_files(session.path("etc/slots")).len(), 1);
    let elsewhere = session.path("elsewhere");
    let session = session
        .env("FLOWBATCH_PACE__FOLDER", elsewhere.to_str().unwrap())
        .file("more.csv", contracts_from(3, 4).csv());
    session.run(["run", "more.csv", "--config", "etc/flowbatch.toml"]).exit(0).says("2 accepted");
    assert_eq!(slot_files(elsewhere).len(), 1);
    assert_eq!(slot_files(session.path("etc/slots")).len(), 1);
    assert!(slot_files(own_folder(&session)).is_empty());
}

#[test]
fn where_the_users_own_folder_cannot_be_written_status_says_so() {
    let session = Session::new().file("contracts.csv", contracts(2).csv()).sandbox(unhurried());
    session.run(["status"]).exit(0).never_says("the quota is kept in");
    fs::remove_dir_all(session.home(".local")).unwrap();
    fs::write(session.home(".local"), "a file in place of the folder").unwrap();
    session.run(["run", "contracts.csv"]).exit(0).says("2 accepted");
    let state = session.state("");
    assert_eq!(slot_files(state.clone()).len(), 1);
    let said = format!("the quota is kept in {}", state.display().to_string().trim_end_matches('/'));
    session.run(["status"]).exit(0).says(&said).says(".local/state/flowbatch");
    session.run(["status", "--lang", "zh"]).exit(0).says("频率限制记在");
}

#[test]
fn a_rehearsal_takes_no_slots_of_the_user() {
    let session = Session::new().file("contracts.csv", contracts(2).csv());
    session.run(["run", "contracts.csv", "--sandbox"]).exit(0).says("2 accepted");
    assert!(slot_files(own_folder(&session)).is_empty() && slot_files(session.state("")).is_empty());
}

fn holds_the_quota(entries: &[Entry]) {
    let refused = entries.iter().filter(|entry| entry.verdict.starts_with("RequestLimitExceeded")).count();
    assert!(refused <= 2, "{refused} refused");
    let arrivals: Vec<u64> = entries.iter().map(|entry| entry.arrival_us).collect();
    for window in arrivals.windows(21) {
        assert!(window[20] - window[0] >= 950_000, "21 requests within {} us", window[20] - window[0]);
    }
}
