//! Reports in a watched folder that belong to another journal: to one that was deleted, or to
//! another machine's.

use super::*;

/// The folder after its state was lost, with a file of 3 contracts that was sent.
fn without_state() -> Session {
    let session = watched(unhurried());
    let mut watch = start(&session);
    drop_file(&session, "m.csv", contracts(3).csv());
    watch.until("it is done", || has(&session, "done/m.csv"));
    stop(watch).exit(0);
    fs::remove_dir_all(session.state("")).unwrap();
    session
}

#[test]
fn what_a_report_of_another_journal_shows_as_sent_is_a_question() {
    let session = without_state();
    let mut watch = start(&session);
    // The same content, and the same name with more: neither goes by itself.
    drop_file(&session, "m.csv", contracts(3).csv());
    watch.until("the first has failed", || has(&session, "failed/m (2).csv"));
    drop_file(&session, "m.csv", contracts(5).csv());
    watch.until("the second has failed", || has(&session, "failed/m (3).csv"));
    // Another name has no report.
    drop_file(&session, "other.csv", contracts_from(11, 12).csv());
    watch.until("the third is done", || has(&session, "done/other.csv"));
    page_says(
        &session,
        &mut watch,
        "a report in this folder shows contracts as sent of which nothing is known here",
    );
    assert_eq!(session.accepted().values().copied().collect::<Vec<_>>(), [1; 5], "nothing goes twice");
    let words = text(&session, "failed/m (3).problem.txt");
    assert!(words.contains("m.report.csv") || words.contains("m.report.xlsx"), "{words}");
    let command = |word: &str| {
        let line = words.lines().find(|line| line.contains("flowbatch run") && line.contains(word)).unwrap();
        let file = path(&session, "failed/m (3).csv");
        assert!(line.contains(&format!("flowbatch run \"{}\" --report {word}", file.display())), "{line}");
        ["run".to_owned(), file.display().to_string(), "--report".to_owned(), word.to_owned()]
    };
    // A check by hand finds it as well.
    session.run(["check", "dir/failed/m (3).csv"]).exit(3).says("--report believe");
    assert!(command("ignore")[3] == "ignore");
    session.run(command("believe")).exit(0).says("2 accepted").says("3 duplicate");
    assert_eq!(session.accepted().values().copied().collect::<Vec<_>>(), [1; 7]);
    // From then on it is known.
    drop_file(&session, "m.csv", contracts(6).csv());
    watch.until("the fourth is done", || has(&session, "done/m (4).csv"));
    stop(watch).exit(0);
    assert_eq!(session.accepted().values().copied().collect::<Vec<_>>(), [1; 8]);
}

/// What waits for a word is looked at before it may be approved.
#[test]
fn a_file_that_is_to_be_approved_is_asked_about_as_well() {
    let session = without_state().env("FLOWBATCH_WATCH__APPROVE", "true");
    let mut watch = start(&session);
    drop_file(&session, "m.csv", contracts(3).csv());
    watch.until("it has failed", || has(&session, "failed/m (2).csv"));
    stop(watch).exit(0);
    assert!(text(&session, "failed/m (2).problem.txt").contains("--report believe"));
    assert_eq!(session.accepted().len(), 3);
}
