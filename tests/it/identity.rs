//! No contract is sent twice without someone saying so.

use std::time::Duration;

use flowbatch::sandbox::Options;

use crate::sheets::{contracts, contracts_from, id};
use crate::support::{Session, count, links, read_report, unhurried};

#[test]
fn the_same_file_again_sends_nothing_and_shows_the_report() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let first = session.report("contracts");
    session.run(["run", "contracts.csv", "--json"]).exit(0).says("finished_before").says("\"accepted\": 45");
    assert_eq!(session.entries().len(), 3);
    assert_eq!(session.report("contracts"), first);

    // A copy under another name is the same input.
    let session = session.file("copy.csv", contracts(45).csv());
    session.run(["run", "copy.csv", "--json"]).exit(0).says("finished_before");
    assert_eq!(session.entries().len(), 3);
}

#[test]
fn again_is_explicit() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let first = session.report("contracts");
    session.run(["run", "contracts.csv", "--again"]).exit(0).says("45 accepted");
    assert!(session.accepted().values().all(|times| *times == 2));
    let second = read_report(&session.path("contracts.report (2).csv"));
    session.check_links(&second);
    assert!(links(&first).is_disjoint(&links(&second)));
    assert_eq!(session.report("contracts"), first, "both may have to be confirmed");
}

#[test]
fn a_contract_that_another_file_has_sent_is_a_duplicate() {
    let session = Session::new()
        .file("one.csv", contracts_from(1, 30).csv())
        .file("two.csv", contracts_from(21, 50).csv())
        .sandbox(unhurried());
    session.run(["run", "one.csv"]).exit(0).says("30 accepted");
    session.run(["check", "two.csv"]).exit(0).says("10 more were sent before");
    session.run(["run", "two.csv"]).exit(0).says("20 accepted").says("10 duplicate");
    assert!(session.accepted().values().all(|times| *times == 1));
    let report = session.report("two");
    session.check_links(&report);
    assert_eq!(report.iter().filter(|line| line.status() == "duplicate").count(), 10);
    assert!(report[..10].iter().all(|line| line.status() == "duplicate"));
}

#[test]
fn a_key_used_again_for_another_contract_is_a_question() {
    let session = Session::new()
        .file("january.csv", contracts(10).csv())
        .file("february.csv", contracts(10).set(4, "flow_name", "二月的合同").csv())
        .sandbox(unhurried());
    session.run(["run", "january.csv"]).exit(0);
    let sent = session.entries().len();
    session.run(["run", "february.csv"]).exit(3).says(&id(4)).says("--allow-duplicates").never_says(&id(5));
    assert_eq!(session.entries().len(), sent, "named before anything is sent");
    session.run(["run", "february.csv", "--allow-duplicates"]).exit(0).says("1 accepted").says("9 duplicate");
    assert_eq!(session.accepted()[&id(4)], 2);
    assert_eq!(session.accepted()[&id(5)], 1);
}

#[test]
fn overlapping_files_at_the_same_time_send_each_contract_once() {
    let options = Options { latency: Duration::from_millis(30), ..unhurried() };
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "60")
        .file("one.csv", contracts_from(1, 400).csv())
        .file("two.csv", contracts_from(201, 600).csv())
        .sandbox(options);
    let one = session.start(["run", "one.csv"]);
    let two = session.start(["run", "two.csv"]);
    one.wait().exit(0);
    two.wait().exit(0);
    let accepted = session.accepted();
    assert_eq!(accepted.len(), 600);
    assert!(accepted.values().all(|times| *times == 1), "{accepted:?}");
    let (one, two) = (session.report("one"), session.report("two"));
    session.check_links(&one);
    session.check_links(&two);
    assert_eq!(count(&one, "accepted") + count(&two, "accepted"), 600);
    assert_eq!(count(&one, "duplicate") + count(&two, "duplicate"), 200);
}

#[test]
fn the_second_process_on_a_job_is_told_who_has_it() {
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20")
        .file("contracts.csv", contracts(1000).csv())
        .sandbox(unhurried());
    let mut first = session.start(["run", "contracts.csv"]);
    first.until("it sends", || !session.entries().is_empty());
    session.run(["run", "contracts.csv"]).exit(5).says(&first.id().to_string());
    first.wait().exit(0).says("1000 accepted");
    assert!(session.accepted().values().all(|times| *times == 1));
}

#[test]
fn what_ran_in_the_sandbox_does_not_count_live() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--sandbox"]).exit(0).says("45 accepted");
    assert!(session.entries().is_empty(), "the real endpoint was not touched");
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    assert_eq!(session.accepted().len(), 45);
    session.check_links(&session.report("contracts"));

    // Nor does one endpoint for another.
    let session = session.sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    assert_eq!(session.accepted().len(), 45);
}

#[test]
fn a_rehearsal_says_so_and_never_takes_the_place_of_a_real_report() {
    let session = Session::new().file("m.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--sandbox"]).exit(0).never_says("(2)");
    session.run(["run", "m.csv", "--sandbox"]).exit(0).never_says("(2)");
    session.run(["run", "m.csv"]).exit(0).never_says("(2)");
    let real = session.report("m");
    session.run(["run", "m.csv", "--sandbox"]).exit(0).never_says("(2)");
    assert_eq!(session.report("m"), real);
    session.check_links(&real);
    let rehearsal = session.report("m.sandbox");
    assert!(rehearsal.iter().all(|line| line["flowbatch.sandbox"] == "yes"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(session.path("m.sandbox.report.xlsx")).unwrap();
    for sheet in calamine::Reader::sheet_names(&book) {
        let range = calamine::Reader::worksheet_range(&mut book, &sheet).unwrap();
        assert!(range.get((0, 0)).unwrap().to_string().contains("rehearsal"), "{sheet}");
    }
    let json = session.run(["run", "m.csv", "--sandbox", "--json"]).exit(0).json();
    assert_eq!(json["sandbox"], true);
}

#[test]
fn a_refused_run_leaves_the_report_of_what_was_sent() {
    let session = Session::new().file("m.csv", contracts(5).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let real = session.report("m");
    let bad = contracts_from(11, 15).set(2, "approver.mobile", "123");
    let session = session.file("m.csv", bad.csv());
    session.run(["run", "m.csv"]).exit(3);
    assert_eq!(session.report("m"), real);
    let session = session.file("m.csv", contracts_from(11, 15).csv());
    session.run(["run", "m.csv"]).exit(0).says("(2)");
    assert_eq!(session.report("m"), real);
    assert_eq!(
        count(
            &session
                .report("m")
                .iter()
                .chain(&read_report(&session.path("m.report (2).csv")))
                .cloned()
                .collect::<Vec<_>>(),
            "accepted"
        ),
        10
    );
}

#[test]
fn a_check_workbook_that_someone_works_on_stays() {
    let session = Session::new()
        .file("m.csv", contracts(5).set(2, "approver.mobile", "123").csv())
        .sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(3);
    let mut edited = std::fs::read(session.path("m.check.xlsx")).unwrap();
    edited.push(0);
    std::fs::write(session.path("m.check.xlsx"), &edited).unwrap();
    session.run(["check", "m.csv"]).exit(3).says("(2)");
    assert_eq!(std::fs::read(session.path("m.check.xlsx")).unwrap(), edited);
}

#[test]
fn a_journal_that_is_not_whole_sends_nothing() {
    for (gone, empty) in [("ledger.db", false), ("ledger.db", true), ("key", false)] {
        let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
        session.run(["run", "contracts.csv", "--first", "20"]).exit(0);
        // After the retention time no data of jobs is there, only claims.
        std::fs::remove_dir_all(session.state("jobs")).unwrap();
        match empty {
            true => std::fs::write(session.state(gone), "").unwrap(),
            false => std::fs::remove_file(session.state(gone)).unwrap(),
        }
        session.run(["run", "contracts.csv"]).exit(1).says(gone).says("backup");
        assert_eq!(session.accepted().len(), 20, "{gone}");
    }
}

#[test]
fn an_operator_corrected_in_the_settings_counts_from_then_on() {
    let listener =
        crate::wire::Listener::saying(|body, _| match body["Agent"]["ProxyOperator"]["OpenId"].as_str() {
            Some("right") => crate::wire::Says::Accepted,
            _ => crate::wire::Says::Refused("OperationDenied.OperatorHasNoPermission"),
        });
    let session = Session::new()
        .file("contracts.csv", contracts(45).csv())
        .env("FLOWBATCH_ENDPOINT", &listener.endpoint())
        .env("FLOWBATCH_AGENT__OPERATOR_OPEN_ID", "wrong");
    session.run(["run", "contracts.csv"]).exit(5);
    let session = session.env("FLOWBATCH_AGENT__OPERATOR_OPEN_ID", "right");
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
}

#[test]
fn what_was_never_sent_is_no_duplicate_however_it_was_changed() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    let session = session.file("contracts.csv", contracts(45).set(8, "flow_name", "改过的合同").csv());
    session.run(["run", "contracts.csv"]).exit(0).says("42 accepted").says("3 duplicate");
    assert_eq!((session.accepted().len(), session.entries().len()), (45, 4), "as few pages as can be");
}

#[test]
fn the_old_page_stands_until_a_new_one_is_there() {
    let session = Session::new().file("contracts.csv", contracts(100).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let before = session.report("contracts");
    let job = only_job(&session);
    // Nobody answers.
    let mut session = session.env("FLOWBATCH_RETRY__FIRST_CONTACT", "300ms");
    let port = session.port();
    let mut entries = session.stop_sandbox();
    session.run(["renew", &job, "2", "--yes"]).exit(5).says("old page still counts");
    session.run(["report", &job]).exit(0).says("100 accepted");
    assert_eq!(session.report("contracts"), before);
    // The API refuses it.
    session.start_sandbox(flowbatch::sandbox::Options {
        port,
        faults: "code:FailedOperation.FlowDeadLine=1".parse().unwrap(),
        ..unhurried()
    });
    session.run(["renew", &job, "2", "--yes"]).exit(5).says("old page still counts");
    session.run(["report", &job]).exit(0).says("100 accepted");
    assert_eq!(session.report("contracts"), before);
    entries.extend(session.stop_sandbox());
    session.start_sandbox(flowbatch::sandbox::Options { port, ..unhurried() });
    // Whether it was confirmed only a person knows.
    session.run(["renew", &job, "2"]).exit(2).says("--yes");
    let ran = session.run(["renew", &job, "2", "--yes"]).exit(0);
    let after = session.report("contracts");
    entries.extend(session.entries());
    crate::support::check_links(&after, &entries).unwrap();
    for (number, (old, new)) in (1..).zip(before.iter().zip(&after)) {
        assert_eq!((21..=40).contains(&number), old.url() != new.url(), "only that page changes: {number}");
    }
    // Only the new link is shown.
    assert!(ran.stdout.contains(after[25].url()) && !ran.stdout.contains(after[5].url()), "{}", ran.stdout);
    session.run(["report", &job]).exit(0).never_says("to try again");
}

#[test]
fn what_is_still_to_confirm_is_listed_and_ticked() {
    let session = Session::new()
        .file("a.csv", contracts(45).csv())
        .file("b.csv", contracts_from(51, 60).csv())
        .sandbox(unhurried());
    session.run(["run", "a.csv", "b.csv"]).exit(0);
    let a = session.report("a");
    let jobs = session.run(["pages", "--json"]).exit(0).json();
    assert_eq!(jobs["jobs"].as_array().unwrap().len(), 2);
    let listed = session.run(["pages", "a.csv"]).exit(0).says(a[0].url()).says(a[44].url()).stdout;
    assert!(!listed.contains(session.report("b")[0].url()));
    let job =
        listed.lines().next().unwrap().split("job ").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    session.run(["confirm", &format!("{job}/P02"), "--by", "王五"]).exit(0);
    session.run(["confirm", a[44].url()]).exit(0).says("P03");
    // Two jobs have a first page, one has a second.
    session.run(["confirm", "P01"]).exit(2).says(&job).says("in full");
    session.run(["confirm", "P02", "--undo"]).exit(0);
    session.run(["confirm", "P02", "--by", "王五"]).exit(0);
    let left = session
        .run(["pages", &job])
        .exit(0)
        .says("1 to confirm, 2 confirmed")
        .says("prepared 0 minutes ago")
        .stdout;
    assert!(left.contains(a[0].url()) && !left.contains(a[44].url()));
    session.run(["run", "a.csv"]).exit(0).says(a[0].url()).never_says(a[44].url());
    session.run(["confirm", "P09"]).exit(2).says("no such page");
    session.run(["pages", "nothing.csv"]).exit(2);
    // Names go with the other personal data.
    session
        .run(["purge", "--older-than", "0", "--yes"])
        .exit(0)
        .says("2 of their pages were not noted as confirmed");
    let ledger = std::fs::read(session.state("ledger.db")).unwrap();
    assert!(!ledger.windows(6).any(|bytes| bytes == "王五".as_bytes()));
}

/// In the workbook, as a spreadsheet program saves it.
#[test]
fn a_tick_that_is_taken_away_in_the_report_counts_and_is_told() {
    let session = Session::new().file("m.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    session.run(["confirm", "P01", "--by", "王五"]).exit(0);
    session.run(["run", "m.csv"]).exit(0);
    let report = session.path("m.report.xlsx");
    crate::books::replace_texts(&report, |text| text.replace(">王五<", "><").replace(">yes<", "><"));
    let ran = session.run(["run", "m.csv"]).exit(0);
    assert!(
        ran.stderr.contains("do not count as confirmed any more") && ran.stderr.contains("/P01"),
        "{}",
        ran.stderr
    );
    let unconfirmed =
        |session: &Session| session.run(["status", "--json"]).json()["jobs"][0]["unconfirmed"].clone();
    assert_eq!(unconfirmed(&session), 3);
    assert!(!session.has("m.report (2).xlsx"), "only ticks differ");
    let again = session.run(["run", "m.csv"]).exit(0);
    assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", ""), "once is enough");

    // What was noted since the report was written has no tick, and none was taken away.
    session.run(["confirm", "P02"]).exit(0);
    crate::books::replace_texts(&report, |text| text);
    let ran = session.run(["run", "m.csv"]).exit(0);
    assert!(!ran.stderr.contains("tick"), "{}", ran.stderr);
    assert_eq!(unconfirmed(&session), 2);
}

#[test]
fn nothing_that_the_api_said_is_left_after_a_purge() {
    let input = contracts(3).with("flow_description", |_| "sandbox:InvalidParameter.Mobile".to_owned());
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(4);
    let said = b"This answer was asked of the sandbox";
    let holds = |name: &str| {
        let bytes = std::fs::read(session.state(name)).unwrap_or_default();
        bytes.windows(said.len()).any(|window| window == said)
    };
    assert!(holds("ledger.db") || holds("ledger.db-wal"));
    std::fs::write(session.state("jobs/19990101-dead.db"), "a name").unwrap();
    session.run(["purge", "--older-than", "0", "--yes"]).exit(0);
    assert!(!holds("ledger.db") && !holds("ledger.db-wal"));
    assert!(!session.state("jobs/19990101-dead.db").exists(), "an import that was cut off");
}

#[test]
fn again_does_not_mean_twice_in_one_file() {
    let mut input = contracts(5);
    input.headers.remove(0);
    input.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    input.rows.push(input.rows[0].clone());
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0).says("5 accepted").says("1 duplicate");
    session.run(["run", "contracts.csv", "--again"]).exit(0).says("5 accepted").says("1 duplicate");
}

#[test]
fn a_trial_stays_one_whatever_else_is_in_the_way() {
    // A twin in the file, which waits for its other.
    let mut input = contracts(60);
    input.headers.remove(0);
    input.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    input.rows.push(input.rows[59].clone());
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0).says("3 accepted");
    // A run of the whole that was stopped: what it had cut ahead is not sent.
    let options =
        flowbatch::sandbox::Options { latency: std::time::Duration::from_millis(100), ..unhurried() };
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20")
        .file("contracts.csv", contracts(2000).csv())
        .sandbox(options);
    let mut run = session.start(["run", "contracts.csv"]);
    run.until("some are sent", || session.entries().len() >= 3);
    #[cfg(unix)]
    run.terminate();
    #[cfg(not(unix))]
    run.kill();
    #[cfg(unix)]
    run.wait().exit(5);
    let before = session.accepted().len();
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    assert!(session.accepted().len() <= before + 3 + 20, "{} then {}", before, session.accepted().len());
}

/// The number of the only job, as `status` tells programs.
fn only_job(session: &Session) -> String {
    let status = session.run(["status", "--json"]).exit(0).json();
    let jobs = status["jobs"].as_array().unwrap();
    assert_eq!(jobs.len(), 1, "{status}");
    jobs[0]["job"].as_str().unwrap().to_owned()
}

#[test]
fn retry_sends_the_failed_contracts_only() {
    // It is refused in the whole page, in three parts of it, and alone; after that it passes.
    let input = contracts(45).with("flow_description", |number| match number {
        7 => "sandbox:InvalidParameter.FlowName@5".to_owned(),
        _ => String::new(),
    });
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(4).says("44 accepted").says("1 rejected");
    let before = session.report("contracts");
    let job = only_job(&session);
    let sent = session.entries().len();
    session.run(["retry", &job]).exit(0).says("45 accepted");
    let again: Vec<usize> = session.entries()[sent..].iter().map(|entry| entry.count).collect();
    assert_eq!(again, [1], "nobody else is sent again");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!(links(&report).len(), 4);
    for (old, new) in before.iter().zip(&report).filter(|(old, _)| old.status() == "accepted") {
        assert_eq!(old.url(), new.url(), "what was accepted stays");
    }
}

#[test]
fn renew_gives_a_page_another_link_and_voids_the_old_one() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let before = session.report("contracts");
    let job = only_job(&session);
    session.run(["renew", &job, "P02", "--yes"]).exit(0);
    let after = session.report("contracts");
    session.check_links(&after);
    let gone: Vec<_> = links(&before).difference(&links(&after)).cloned().collect();
    assert_eq!((gone.len(), links(&after).len(), count(&after, "accepted")), (1, 3, 45));
    for (old, new) in before.iter().zip(&after) {
        assert_eq!(old.url() == gone[0], old.url() != new.url(), "only that page changes");
    }
    let again = session.run(["renew", &job, "P02", "--yes"]).exit(2).says("P04");
    assert!(!again.stdout.contains("accepted"), "a number means the same page for ever");
    session.run(["renew", &job, "9", "--yes"]).exit(2);
    session.run(["renew", &format!("{job}/P04"), "--yes"]).exit(0);
    assert_eq!(links(&session.report("contracts")).len(), 3);
}

#[test]
fn after_a_trial_renew_and_retry_send_nobody_who_was_not_tried() {
    let input = contracts(45).with("flow_description", |number| match number {
        2 => "sandbox:InvalidParameter.FlowName@3".to_owned(),
        _ => String::new(),
    });
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(4).says("2 accepted").says("42 pending");
    let job = only_job(&session);
    session.run(["renew", &job, "1", "--yes"]).exit(0);
    session.run(["retry", &job]).exit(0).says("3 accepted").says("42 pending").says("run the file");
    assert_eq!(session.accepted().len(), 3);
    session.check_links(&session.report("contracts"));
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    session.check_links(&session.report("contracts"));
}

#[test]
fn the_report_is_made_again_from_the_journal_alone() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let first = session.report("contracts");
    let job = only_job(&session);
    for name in ["contracts.csv", "contracts.report.csv", "contracts.report.xlsx"] {
        std::fs::remove_file(session.path(name)).unwrap();
    }
    let session = session.without("TENCENTCLOUD_SECRET_ID").without("TENCENTCLOUD_SECRET_KEY");
    session.run(["report", &job]).exit(0);
    assert_eq!(session.report("contracts"), first);
}

#[test]
fn purged_contracts_are_still_not_sent_twice() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let job = only_job(&session);
    session.run(["purge", "--older-than", "0", "--yes"]).exit(0).says(&job);
    assert!(!session.state(&format!("jobs/{job}.db")).exists());
    let ledger = std::fs::read(session.state("ledger.db")).unwrap();
    let name = crate::sheets::name(1).into_bytes();
    assert!(!ledger.windows(name.len()).any(|bytes| bytes == name), "no name is left in the ledger");

    session.run(["run", "contracts.csv", "--json"]).exit(0).says("--again");
    let session = session.file("other.csv", contracts_from(40, 50).csv());
    session.run(["run", "other.csv"]).exit(0).says("5 accepted").says("6 duplicate");
    assert!(session.accepted().values().all(|times| *times == 1));
}

#[test]
fn a_report_that_someone_has_edited_is_never_overwritten() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0);
    let mut edited = std::fs::read(session.path("contracts.report.csv")).unwrap();
    edited.extend_from_slice("a note of mine\r\n".as_bytes());
    std::fs::write(session.path("contracts.report.csv"), &edited).unwrap();
    session.run(["run", "contracts.csv"]).exit(0).says("(2)");
    assert_eq!(std::fs::read(session.path("contracts.report.csv")).unwrap(), edited);
    let others: Vec<String> = session.names().into_iter().filter(|name| name.contains("(2)")).collect();
    assert_eq!(
        others,
        ["contracts.report (2).csv", "contracts.report (2).html", "contracts.report (2).xlsx"]
    );
    let report = read_report(&session.path(&others[0]));
    assert_eq!(count(&report, "accepted"), 45);
    session.check_links(&report);
}

#[test]
fn several_files_are_several_jobs() {
    let session = Session::new()
        .file("one.csv", contracts_from(1, 30).csv())
        .file("two.csv", contracts_from(31, 60).set(4, "flow_name", "").csv())
        .file("three.csv", contracts_from(61, 90).csv())
        .sandbox(unhurried());
    session.run(["run", "one.csv", "two.csv", "three.csv"]).exit(4);
    assert_eq!(
        (session.accepted().len(), session.entries().len()),
        (60, 4),
        "the bad file holds up no other"
    );
    for name in ["one", "three"] {
        let report = session.report(name);
        assert_eq!(count(&report, "accepted"), 30);
        session.check_links(&report);
    }
    assert_eq!(session.report("two").iter().filter(|line| line.status() == "invalid").count(), 1);
}

#[test]
fn a_number_that_lost_its_zeros_or_its_capitals_is_a_question() {
    let list = |first: &str, second: &str| {
        format!(
            "contract_id,flow_name,template_id,deadline,approver.name,approver.mobile\n\
             {first},劳动合同,yDemoTemplate0000000000000000001,+30d,林小雨,13800138000\n\
             {second},劳动合同,yDemoTemplate0000000000000000001,+30d,何静,13800138001\n"
        )
    };
    let session = Session::new()
        .file("sent.csv", list("0001", "HT-002"))
        .file("again.csv", list("1", "ht-002"))
        .file("others.csv", list("3", "ht-004"))
        .sandbox(unhurried());
    session.run(["run", "sent.csv"]).exit(0).says("2 accepted");
    let sent = session.entries().len();
    for command in ["check", "run"] {
        let told = session.run([command, "again.csv", "--json"]).exit(3).json();
        let told = told["files"][0]["problems"].as_array().unwrap();
        let told: Vec<u64> = told
            .iter()
            .filter_map(|own| own["row"].as_u64().filter(|_| own["code"] == "key.sent_alike"))
            .collect();
        assert_eq!(told, [2, 3], "{command}");
    }
    assert_eq!(session.entries().len(), sent);
    session.run(["run", "others.csv"]).exit(0).says("2 accepted");
    session.run(["run", "again.csv", "--allow-duplicates"]).exit(0).says("2 accepted");
}

#[test]
fn a_corrected_copy_without_numbers_is_known_by_the_name_of_a_copy() {
    let list = |post: &str| {
        format!(
            "flow_name,template_id,deadline,approver.name,approver.mobile,field:岗位\n\
             劳动合同,yDemoTemplate0000000000000000001,+30d,林小雨,13800138000,{post}\n"
        )
    };
    for copy in ["名单 - 副本.csv", "名单(1).csv", "名单v2.csv", "名单（最终版）.csv"] {
        let session =
            Session::new().file("名单.csv", list("文员")).file(copy, list("会计")).sandbox(unhurried());
        session.run(["run", "名单.csv"]).exit(0).says("1 accepted");
        session.run(["run", copy, "--json"]).exit(3).says("contract.sent_alike");
    }
}

#[test]
fn a_copy_in_which_a_person_was_corrected_is_known_by_whoever_else_he_is() {
    const OF_ALL: &str = "劳动合同,yDemoTemplate0000000000000000001,+30d";
    let list = |headers: &str, rows: &[&str]| {
        let rows: Vec<String> = rows.iter().map(|row| format!("{OF_ALL},{row}")).collect();
        format!("flow_name,template_id,deadline,{headers}\n{}\n", rows.join("\n"))
    };
    let (plain, more) = ("姓名,手机号,填写:月薪", "姓名,手机号,填写:月薪,身份证号");
    let first = list(plain, &["张三,13800138000,8000", "李四,13800138001,9000"]);
    let asks = |name: &str, second: String, rows: &[u64]| {
        let session = Session::new()
            .file("名单20261130.csv", first.clone())
            .file(name, second.clone())
            .sandbox(unhurried());
        session.run(["run", "名单20261130.csv"]).exit(0).says("2 accepted");
        let sent = session.entries().len();
        for command in ["check", "run"] {
            let told = session.run([command, name, "--json"]).json();
            let told = told["files"][0]["problems"].as_array().unwrap().clone();
            let asked = told.iter().filter(|own| own["code"] == "contract.sent_resembling");
            let found: Vec<u64> = asked.filter_map(|own| own["row"].as_u64()).collect();
            assert_eq!(found, rows, "{command} {name}\n{second}");
            if rows.is_empty() {
                return;
            }
        }
        assert_eq!(session.entries().len(), sent);
        session.run(["run", name, "--allow-duplicates"]).exit(0);
        assert_eq!(session.entries().len(), sent + 1);
    };
    let same = "李四,13800138001,9000";
    asks("名单20261130 (1).csv", list(plain, &["张三,13800138009,8000", same]), &[2]);
    asks("名单20261130-改.csv", list(plain, &["张山,13800138000,8000", same]), &[2]);
    asks("名单20261201.csv", list(plain, &["张三,13800138000,8500", same]), &[2]);
    asks("副本名单20261130.csv", list(plain, &["张三,13800138009,8500", same]), &[2]);
    asks(
        "名单20261130_新.csv",
        list(more, &["张三,13800138000,8000,110101199003070011", "李四,13800138001,9000,"]),
        &[2],
    );
    // Somebody else, and another list.
    asks("名单20261130(2).csv", list(plain, &["王五,13800138005,8000", same]), &[]);
    asks("别的.csv", list(plain, &["张三,13800138009,8000", same]), &[]);
}

#[test]
fn a_file_without_its_column_of_numbers_is_known_again() {
    let numbered = |first: &str, second: &str| {
        format!(
            "contract_id,flow_name,template_id,deadline,approver.name,approver.mobile\n\
             {first},劳动合同,yDemoTemplate0000000000000000001,+30d,林小雨,13800138000\n\
             {second},劳动合同,yDemoTemplate0000000000000000001,+30d,何静,13800138001\n"
        )
    };
    const BARE: &str = "flow_name,template_id,deadline,approver.name,approver.mobile\n\
        劳动合同,yDemoTemplate0000000000000000001,+30d,林小雨,13800138000\n\
        劳动合同,yDemoTemplate0000000000000000001,+30d,周大海,13800138002\n";
    let session = Session::new()
        .file("名单.csv", numbered("HT-1", "HT-2"))
        .file("名单 - 副本.csv", BARE)
        .file("别的.csv", BARE)
        .file("名单(2).csv", numbered("HT-3", "HT-4"))
        .sandbox(unhurried());
    session.run(["run", "名单.csv"]).exit(0).says("2 accepted");
    let sent = session.entries().len();
    for command in ["check", "run"] {
        let told = session.run([command, "名单 - 副本.csv", "--json"]).exit(3).json();
        let told = told["files"][0]["problems"].as_array().unwrap();
        let rows: Vec<u64> = told
            .iter()
            .filter_map(|own| own["row"].as_u64().filter(|_| own["code"] == "contract.sent_alike"))
            .collect();
        assert_eq!(rows, [2], "{command}");
    }
    assert_eq!(session.entries().len(), sent);
    // Numbers of their own, or the name of another file, are those of other contracts.
    session.run(["run", "名单(2).csv"]).exit(0).says("2 accepted");
    session.run(["run", "别的.csv"]).exit(0).says("2 accepted");
    session.run(["run", "名单 - 副本.csv", "--allow-duplicates"]).exit(0).says("2 accepted");
}
