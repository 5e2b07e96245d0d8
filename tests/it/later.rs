//! What is asked of jobs later, and what one job's end means for another.

use std::fs;
use std::time::Duration;

use flowbatch::sandbox::Options;
use rusqlite::Connection;

use crate::sheets::{Sheet, contracts, contracts_from};
use crate::support::{Session, count, unhurried};

fn ledger(session: &Session) -> Connection {
    Connection::open(session.state("ledger.db")).unwrap()
}

fn number(db: &Connection, sql: &str) -> i64 {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn jobs(session: &Session) -> Vec<serde_json::Value> {
    session.run(["status", "--json"]).exit(0).json()["jobs"].as_array().unwrap().clone()
}

fn id(job: &serde_json::Value) -> String {
    job["job"].as_str().unwrap().to_owned()
}

fn reversed(mut sheet: Sheet) -> Sheet {
    sheet.rows.reverse();
    sheet
}

/// A job that others have finished has both: its contracts settled, and its end. A run that
/// is cut off in between leaves neither, and the next one does both.
#[test]
fn a_job_that_others_have_finished_is_settled_and_finished_at_once() {
    let options = Options { latency: Duration::from_millis(400), ..unhurried() };
    let session = Session::new().file("m.csv", contracts(60).csv()).sandbox(options);
    let mut run = session.start(["run", "m.csv"]);
    run.until("all are sent", || session.entries().len() == 3);
    run.kill();
    let first = id(&jobs(&session)[0]);
    ledger(&session)
        .execute_batch(&format!(
            "CREATE TRIGGER cut_off BEFORE UPDATE OF state ON jobs WHEN NEW.state = 'finished' AND NEW.id = '{first}'
             BEGIN SELECT RAISE(ABORT, 'cut off'); END"
        ))
        .unwrap();
    let session = session.file("m.csv", reversed(contracts(60)).csv());
    session.run(["run", "m.csv"]).exit(0).says("60 accepted");
    let settled = "SELECT count(*) FROM flow_results WHERE state = 'duplicate'";
    assert_eq!(number(&ledger(&session), settled), 0, "one of the two without the other");
    ledger(&session).execute_batch("DROP TRIGGER cut_off").unwrap();
    let before = session.entries().len();
    session.run(["run", "m.csv", "--json"]).exit(0).says("finished_before");
    let after = jobs(&session);
    let first = after.iter().find(|job| id(job) == first).unwrap();
    assert_eq!(
        (first["finished"].as_bool(), first["contracts"]["duplicate"].as_u64()),
        (Some(true), Some(60))
    );
    // As an earlier version may have left it: settled, and not finished.
    ledger(&session)
        .execute("UPDATE jobs SET state = 'ready', finished_us = NULL WHERE id = ?1", [id(first)])
        .unwrap();
    session.run(["run", "m.csv", "--json"]).exit(0).says("finished_before");
    assert!(jobs(&session).iter().all(|job| job["finished"] == true));
    assert_eq!(session.entries().len(), before);
}

/// Where nothing was wrong with a file, its job's status needs the ledger only.
#[test]
fn the_status_of_a_valid_job_reads_no_contracts() {
    let input = contracts(30).with("send", |n| if n == 5 { "否" } else { "" }.to_owned());
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0).says("1 skipped");
    let job = id(&jobs(&session)[0]);
    fs::write(session.state(&format!("jobs/{job}.db")), "no database").unwrap();
    let found = &jobs(&session)[0]["contracts"];
    assert_eq!((found["accepted"].as_u64(), found["skipped"].as_u64()), (Some(29), Some(1)));
}

/// A page is renewed that the report of another job lists as well.
#[test]
fn a_void_link_stands_in_nobodys_report() {
    let session = Session::new()
        .file("m.csv", contracts(30).csv())
        .file("n.csv", reversed(contracts(30)).csv())
        .file("o.csv", contracts_from(1, 25).csv())
        .sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let job = id(&jobs(&session)[0]);
    session.run(["run", "n.csv", "o.csv"]).exit(0).says("30 duplicate").says("25 duplicate");
    let old = session.report("m")[0].url().to_owned();
    let text = |name: &str| fs::read_to_string(session.path(name)).unwrap();
    assert!(text("n.report.csv").contains(&old) && text("o.report.csv").contains(&old));
    // One that somebody works on stays as it is.
    for name in ["o.report.csv", "o.report.xlsx"] {
        let mut bytes = fs::read(session.path(name)).unwrap();
        bytes.extend(b"x");
        fs::write(session.path(name), bytes).unwrap();
    }
    let edited = text("o.report.csv");
    session.run(["renew", &format!("{job}/P01"), "--yes"]).exit(0);
    let new = session.report("m")[0].url().to_owned();
    assert_ne!(old, new);
    assert!(!text("n.report.csv").contains(&old) && text("n.report.csv").contains(&new));
    assert_eq!(count(&session.report("n"), "duplicate"), 30);
    assert_eq!(text("o.report.csv"), edited);
}

#[test]
fn a_purge_of_what_may_still_be_wanted_needs_a_word() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let job = id(&jobs(&session)[0]);
    let data = session.state(&format!("jobs/{job}.db"));
    let due = [("FLOWBATCH_RETENTION", "0s")];
    // Nothing is due.
    session.run(["purge"]).exit(0).says("no job is past its time");
    session.run_with(&due, ["purge"]).exit(2).says("2 pages were not noted as confirmed").says("--yes");
    session.run(["confirm", &format!("{job}/P01")]).exit(0);
    session.run_with(&due, ["purge"]).exit(2).says("1 pages were not noted");
    session.run(["confirm", &format!("{job}/P02")]).exit(0);
    session.run(["purge", "--older-than", "0"]).exit(2).says("younger than the retention time");
    assert!(data.is_file());
    session.run_with(&due, ["purge"]).exit(0).says(&job);
    assert!(!data.exists());
    let session = session.file("n.csv", contracts_from(31, 40).csv());
    session.run(["run", "n.csv"]).exit(0);
    session
        .run(["purge", "--older-than", "0", "--yes"])
        .exit(0)
        .says("1 of their pages were not noted as confirmed");
}

#[test]
fn what_can_be_sent_is_what_would_go() {
    // 20 of 30 were sent, 2 of the others are the very same, one is bad.
    let mut input = contracts_from(1, 30);
    input.headers.remove(0);
    input.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    let mut sent = input.clone();
    sent.rows.truncate(20);
    input.rows[29] = input.rows[28].clone();
    input.rows.push(input.rows[0].clone());
    let session = Session::new().file("a.csv", sent.csv()).file("b.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "a.csv"]).exit(0).says("20 accepted");
    let checked = session.run(["check", "b.csv"]).exit(0);
    let checked = checked.says("9 contracts can be sent").says("21 more were sent before");
    checked.says("1 more are the very same").says("1 request,");
    let json = session.run(["check", "b.csv", "--json"]).exit(0).json();
    assert_eq!(
        (json["files"][0]["sendable"].as_u64(), json["files"][0]["duplicates"].as_u64()),
        (Some(9), Some(22))
    );
    let bad = session.file("b.csv", input.set(25, "approver.mobile", "1").csv());
    bad.run(["run", "b.csv"]).exit(3).says("send the other 8 with --skip-invalid");
    bad.run(["run", "b.csv", "--skip-invalid"]).exit(4).says("8 accepted").says("22 duplicate");
}

#[test]
fn a_finished_job_says_which_pages_are_not_confirmed() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    session.run(["status"]).exit(0).says("finished; not noted as confirmed yet: 2 pages");
    assert_eq!(jobs(&session)[0]["unconfirmed"], 2);
    session.run(["confirm", "P01", "P02"]).exit(0);
    session.run(["status"]).exit(0).says("finished").never_says("not noted");
}

#[test]
fn a_job_is_named_in_any_case_and_by_its_end() {
    let session = Session::new()
        .file("a.csv", contracts_from(1, 30).csv())
        .file("b.csv", contracts_from(31, 40).csv())
        .sandbox(unhurried());
    session.run(["run", "a.csv"]).exit(0);
    session.run(["run", "b.csv"]).exit(0);
    let (b, a) = (id(&jobs(&session)[0]), id(&jobs(&session)[1]));
    ledger(&session)
        .execute_batch(
            "UPDATE jobs SET id = substr(id, 1, 9) || 'abc' || CASE job WHEN 1 THEN 'd' ELSE 'e' END",
        )
        .unwrap();
    for (old, end) in [(&a, "abcd"), (&b, "abce")] {
        let new = format!("{}{end}", &old[..9]);
        for ending in ["db", "lock"] {
            let name = |job: &str| session.state(&format!("jobs/{job}.{ending}"));
            if name(old).exists() {
                fs::rename(name(old), name(&new)).unwrap();
            }
        }
    }
    for name in ["abcd", "ABCD", "d", &format!("{}ABCD", &a[..9])] {
        session.run(["status", name]).exit(0).says("a.csv").never_says("b.csv");
        session.run(["pages", name]).exit(0).says("2 to confirm");
        session.run(["report", name]).exit(0).says("30 accepted");
        session.run(["retry", name]).exit(0).says("nothing to try again");
    }
    session.run(["confirm", "ABCD/P01"]).exit(0).says("abcd/P01");
    session.run(["confirm", "c/P01"]).exit(2).says("no job c");
    // Both begin with the same day.
    for command in ["status", "report", "retry", "pages"] {
        session.run([command, "nothing"]).exit(2).says("no job nothing");
    }
    ledger(&session).execute("UPDATE jobs SET id = substr(id, 1, 8) || '-bbcd' WHERE job = 2", []).unwrap();
    for command in ["status", "report", "retry", "pages"] {
        session.run([command, "bcd"]).exit(2).says("several jobs").says("-abcd").says("-bbcd");
    }
    for command in ["run", "check"] {
        session.run([command, "nothing.csv"]).exit(2).says("no such file");
    }
}

#[test]
fn a_state_folder_that_is_no_text_is_told() {
    for value in ["5", "true", "['a']"] {
        let session = Session::new()
            .without("FLOWBATCH_STATE_DIR")
            .file("own.toml", format!("state_dir = {value}\n"))
            .file("m.csv", contracts(1).csv())
            .sandbox(unhurried());
        session.run(["run", "m.csv", "--config", "own.toml"]).exit(2).says("state_dir").says("own.toml");
        assert!(!session.has(value));
    }
}

/// Who sends the rest of a job is told where it is not who began it.
#[test]
fn another_operator_in_the_settings_is_told_before_the_rest_goes() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0).never_says("began with");
    session
        .run_with(&[("FLOWBATCH_AGENT__OPERATOR_OPEN_ID", "another")], ["run", "contracts.csv"])
        .exit(0)
        .says("began with operator_open_id \"test-operator\"");
}

/// Nobody knows a job by its number alone.
#[test]
fn a_job_that_is_named_is_named_with_its_file_and_its_date() {
    let session = Session::new().file("m.csv", contracts(3).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let job = session.run(["status", "--json"]).json()["jobs"][0]["job"].as_str().unwrap().to_owned();
    let title = format!("job {job} (m.csv, 20");
    session.run_with(&[("FLOWBATCH_AGENT__APP_ID", "other")], ["retry", &job]).exit(2).says(&title);
    session.run(["purge", "--older-than", "0", "--yes"]).exit(0);
    let told = session.run(["run", "m.csv", "--json"]).exit(0).says("erased").json();
    // The file's name went with its data.
    let title = format!("job {job} (20");
    assert!(told["files"][0]["what"].as_str().unwrap().contains(&title), "{told:#}");
    let erased = session.run(["status", "--json"]).exit(0).json()["jobs"][0].clone();
    assert_eq!((&erased["erased"], &erased["contracts"]["accepted"]), (&true.into(), &3.into()));
    assert!(erased["pages"].as_array().unwrap().is_empty(), "{erased:#}");
}

#[test]
fn time_alone_erases_at_a_second_look_and_keeps_pages_that_nobody_has_confirmed() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let job = id(&jobs(&session)[0]);
    let data = session.state(&format!("jobs/{job}.db"));
    let marker = data.with_extension("due");
    let pass = |number: usize| {
        let name = format!("n{number}.csv");
        std::fs::write(session.path(&name), contracts_from(31 + number, 31 + number).csv()).unwrap();
        session.run_with(&[("FLOWBATCH_RETENTION", "1d")], ["run", &name]).exit(0)
    };
    let finished_days_ago = |days: i64| {
        let db = rusqlite::Connection::open(session.state("ledger.db")).unwrap();
        let changed = db.execute(
            "UPDATE jobs SET finished_us = ?1 WHERE id = ?2",
            (jiff::Timestamp::now().as_microsecond() - days * 86_400_000_000, &job),
        );
        assert_eq!(changed.unwrap(), 1);
    };
    let day_passes = || {
        let two_days_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(48);
        std::fs::File::options().write(true).open(&marker).unwrap().set_modified(two_days_ago).unwrap();
    };
    finished_days_ago(2);
    pass(1);
    assert!(data.exists() && !marker.exists(), "it has pages that nobody has confirmed");
    // Three times as long it is kept for them, and then a first look erases nothing.
    finished_days_ago(4);
    pass(2);
    pass(3);
    assert!(data.exists() && marker.exists());
    day_passes();
    let said = pass(4);
    assert!(said.stderr.contains("2 of their pages were not noted as confirmed"), "{}", said.stderr);
    assert!(!data.exists() && !marker.exists());
}
