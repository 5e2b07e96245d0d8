//! A journal that cannot be used as it is: waited for, or said; and nothing is
//! sent that cannot be written down.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use flowbatch::sandbox::Options;
use rusqlite::Connection;

use crate::sheets::contracts;
use crate::support::{Session, count, read_report, unhurried};

fn session() -> Session {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    std::fs::create_dir_all(session.state("")).unwrap();
    session
}

fn ledger(session: &Session) -> PathBuf {
    session.state("ledger.db")
}

#[track_caller]
fn nothing_was_sent(session: &Session) {
    assert!(session.entries().is_empty(), "nothing is sent that cannot be written down");
    assert!(!session.has("contracts.report.csv"));
}

#[test]
fn one_that_another_process_is_just_making_is_waited_for() {
    let session = session();
    // As it is between the other's opening of the file and its first commit.
    let other = Connection::open(ledger(&session)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let run = session.start(["run", "contracts.csv"]);
    std::thread::sleep(std::time::Duration::from_millis(400));
    other.execute_batch("COMMIT").unwrap();
    run.wait().exit(0).says("45 accepted");
}

#[test]
fn one_that_another_process_is_writing_to_is_waited_for() {
    let session = session();
    session.run(["status"]).exit(0);
    let other = Connection::open(ledger(&session)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let mut run = session.start(["run", "contracts.csv"]);
    std::thread::sleep(std::time::Duration::from_millis(600));
    assert!(!run.is_over());
    assert!(session.entries().is_empty(), "the intent is not written down yet");
    other.execute_batch("COMMIT").unwrap();
    run.wait().exit(0).says("45 accepted");
}

/// Only some machines let a test make a small disk.
#[cfg(target_os = "linux")]
fn can_make_small_disks() -> bool {
    let probe = tempfile::tempdir().unwrap();
    let mount = std::process::Command::new("unshare")
        .args(["-rm", "mount", "-t", "tmpfs", "none"])
        .arg(probe.path())
        .output();
    let can = mount.is_ok_and(|mounted| mounted.status.success());
    if !can {
        eprintln!("not run: no small disk can be made here");
    }
    can
}

#[cfg(target_os = "linux")]
#[test]
fn a_report_that_finds_no_room_is_made_once_there_is_some() {
    if !can_make_small_disks() {
        return;
    }
    let session = Session::new().file("contracts.csv", contracts(2000).csv()).sandbox(unhurried());
    std::fs::create_dir(session.path("out")).unwrap();
    let script = r#"
        mount -t tmpfs -o size=64k none out
        "$0" run contracts.csv --out out > first.log 2>&1; echo $? > first.code
        ls -A out > first.left
        umount out
        exec "$0" run contracts.csv --out out"#;
    let run = session.start_in(["unshare", "-rm", "sh", "-c", script], [] as [&str; 0]);
    run.wait().exit(0).says("2000 accepted");
    let first = |name: &str| std::fs::read_to_string(session.path(name)).unwrap();
    assert_eq!(first("first.code").trim(), "1", "{}", first("first.log"));
    assert!(first("first.log").contains("disk is full"), "{}", first("first.log"));
    assert!(!first("first.log").contains("panicked"), "{}", first("first.log"));
    assert_eq!(first("first.left"), "", "nothing half-written");
    assert!(session.accepted().values().all(|times| *times == 1));
    session.check_links(&read_report(&session.path("out/contracts.report.csv")));
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_in_the_middle_still_takes_what_is_in_flight() {
    if !can_make_small_disks() {
        return;
    }
    let session = Session::new()
        .file("contracts.csv", contracts(4000).csv())
        .sandbox(Options { latency: Duration::from_millis(300), ..unhurried() });
    std::fs::create_dir_all(session.state("")).unwrap();
    let script = r#"
        mount -t tmpfs -o size=24m none "$FLOWBATCH_STATE_DIR"
        "$0" run contracts.csv > first.log 2>&1 & run=$!
        while [ ! -e fill ]; do sleep 0.02; done
        cat /dev/zero > "$FLOWBATCH_STATE_DIR/filler"
        wait $run; echo $? > first.code
        cp contracts.report.csv first.report.csv
        rm "$FLOWBATCH_STATE_DIR/filler"
        exec "$0" run contracts.csv"#;
    let mut run = session.start_in(["unshare", "-rm", "sh", "-c", script], [] as [&str; 0]);
    run.until("requests are on their way", || session.entries().len() > 40);
    std::fs::write(session.path("fill"), "").unwrap();
    run.wait().exit(0).says("4000 accepted");

    let first = |name: &str| std::fs::read_to_string(session.path(name)).unwrap();
    assert_eq!(first("first.code").trim(), "5", "{}", first("first.log"));
    assert!(first("first.log").contains("disk is full"), "{}", first("first.log"));
    let stopped = read_report(&session.path("first.report.csv"));
    assert_eq!(count(&stopped, "in_doubt"), 0);
    let (accepted, pending) = (count(&stopped, "accepted"), count(&stopped, "pending"));
    assert_eq!(accepted + pending, 4000);
    assert!(accepted >= 800 && pending > 0, "{accepted} accepted");
    session.check_links(&stopped);
    assert!(session.accepted().values().all(|times| *times == 1), "no outcome was lost");
    session.check_links(&session.report("contracts"));
}

#[test]
fn one_that_is_no_database_is_named() {
    let session = session();
    std::fs::write(ledger(&session), "this was a database once, or so they say; now it is prose").unwrap();
    session.run(["run", "contracts.csv"]).exit(1).says("ledger.db").says("damaged");
    nothing_was_sent(&session);
}

/// Every file of the state folder, as it is.
fn contents(session: &Session) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![session.state("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path)
            } else {
                drop(found.insert(path.clone(), std::fs::read(path).unwrap()))
            }
        }
    }
    found
}

#[test]
fn one_of_a_newer_version_is_left_alone() {
    let session = session();
    session.run(["status"]).exit(0);
    let other = Connection::open(ledger(&session)).unwrap();
    other.pragma_update(None, "user_version", 99).unwrap();
    drop(other);
    let before = contents(&session);
    session.run(["run", "contracts.csv"]).exit(1).says("newer");
    nothing_was_sent(&session);
    assert_eq!(contents(&session), before, "nothing was touched");
}

#[test]
fn one_of_version_0_1_0_is_left_alone() {
    let session = session();
    std::fs::create_dir(session.state("jobs")).unwrap();
    std::fs::write(session.state("key"), [7; 32]).unwrap();
    let other = Connection::open(ledger(&session)).unwrap();
    other
        .execute_batch("PRAGMA journal_mode=WAL; CREATE TABLE jobs (id TEXT); PRAGMA user_version=1")
        .unwrap();
    drop(other);
    let before = contents(&session);
    session.run(["run", "contracts.csv"]).exit(1).says("0.1.0").never_says("FLOWBATCH_STATE_DIR");
    nothing_was_sent(&session);
    assert_eq!(contents(&session), before, "nothing was touched");
}

#[test]
fn a_file_in_place_of_its_folder_is_named() {
    let session = session();
    let file = session.path("contracts.csv").to_str().unwrap().to_owned();
    let session = session.env("FLOWBATCH_STATE_DIR", &file);
    session.run(["run", "contracts.csv"]).exit(1).says("contracts.csv");
    nothing_was_sent(&session);
}

/// Power may go at any time; a job that was never ready counts for nothing.
#[test]
fn an_import_that_was_cut_off_is_begun_anew() {
    let session = session();
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    let other = Connection::open(ledger(&session)).unwrap();
    other
        .execute_batch(
            "PRAGMA foreign_keys=OFF; UPDATE jobs SET state = 'importing', contracts = 0; DELETE FROM pages;
             DELETE FROM attempts; DELETE FROM chunks; DELETE FROM flows WHERE flow > 20;
             DELETE FROM claims WHERE flow > 20;",
        )
        .unwrap();
    drop(other);
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    // The first report is of a job that nobody knows any more, so it stays.
    let report = read_report(&session.path("contracts.report (2).csv"));
    assert_eq!((report.len(), count(&report, "accepted")), (45, 45));
    session.check_links(&report);
}

/// Removes the files with the rows of all jobs, as a clean-up of the disk does.
fn lose_contents(session: &Session) -> Vec<String> {
    let files = std::fs::read_dir(session.state("jobs")).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|own| own == "db")).collect();
    files.iter().for_each(|path| std::fs::remove_file(path).unwrap());
    files.iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// The rows of a job have gone, and nobody has erased them: the ledger still has its links, and no
/// retention time is to blame.
#[test]
fn contents_that_have_gone_hide_no_link_and_are_told() {
    let session = session();
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    let [job] = lose_contents(&session).try_into().unwrap();
    let file = format!("{job}.db");
    session.run(["run", "contracts.csv"]).exit(1).says(&file).says("Restore the file from a backup");
    for command in ["retry", "report", "reconcile"] {
        session.run([command, &job]).exit(1).says(&file).never_says("has been erased");
    }
    let doctor = session.run(["doctor", "--json"]).exit(2).json();
    let is_told =
        |line: &&serde_json::Value| line["code"] == "journal.contents_lost" && line["level"] == "bad";
    assert!(doctor["findings"].as_array().unwrap().iter().find(is_told).is_some_and(|line| {
        line["what"].as_str().unwrap().contains(&file) && !line["todo"].as_str().unwrap().is_empty()
    }));
    session.run(["status"]).exit(0).says(&file).never_says("after the retention time");
    let status = session.run(["status", "--json"]).exit(0).json();
    assert_eq!((&status["jobs"][0]["lost"], &status["jobs"][0]["erased"]), (&true.into(), &false.into()));
    let report = read_report(&session.path("contracts.report.csv"));
    let link = report.iter().map(|row| row["flowbatch.confirm_url"].to_owned()).find(|url| !url.is_empty());
    let link = link.unwrap();
    session.run(["pages"]).exit(0).says(&link).says("rows unknown");
    let pages = session.run(["pages", &job, "--json"]).exit(0).json();
    assert_eq!(pages["jobs"][0]["pages"][0]["url"], link.as_str());
    assert_eq!(pages["jobs"][0]["pages"][0]["rows"], serde_json::Value::Null);
    session.run(["confirm", &format!("{job}/P01")]).exit(0);
    session.run(["pages"]).exit(0).says("no page waits");
    // Under another name the same contracts are known: those that went are not sent again.
    let mut more = contracts(45).csv();
    more.push(b'\n');
    let session = session.file("again.csv", more);
    session.run(["run", "again.csv"]).exit(0).says("42 accepted").says("3 duplicate");
}

#[test]
fn a_finished_job_whose_contents_have_gone_says_so_once_and_is_purged_in_time() {
    let session = session();
    session.run(["run", "contracts.csv"]).exit(0);
    let [job] = lose_contents(&session).try_into().unwrap();
    session.run(["run", "contracts.csv"]).exit(0).says("cannot be made again").never_says("has been erased");
    session.run(["run", "contracts.csv"]).exit(0).never_says("cannot be made again");
    session.run(["doctor"]).exit(0).says(&job);
    session.run(["purge", "--older-than", "0s", "--yes"]).exit(0).says(&job);
    session.run(["status"]).exit(0).says("after the retention time");
    session.run(["pages"]).exit(0).says("no page waits");
    session.run(["doctor"]).exit(0).never_says(&job);
    session.run(["run", "contracts.csv", "--lang", "en"]).exit(0);
    assert_eq!(session.accepted().len(), 45);
}
