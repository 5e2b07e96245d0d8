//! A spreadsheet of contracts becomes pages to confirm: which contracts share
//! one, and that every row of the report has the link of its own.

use std::collections::BTreeMap;

use crate::sheets::{Sheet, contracts, id};
use crate::support::{Line, Session, check_links, count, links, unhurried};

/// How many flows each request carried, in order of arrival.
fn sizes(session: &Session) -> Vec<usize> {
    session.entries().iter().map(|entry| entry.count).collect()
}

/// The sets of contracts that share a link.
fn pages(lines: &[Line]) -> Vec<Vec<String>> {
    let mut pages: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for line in lines {
        pages.entry(line.url()).or_default().push(line.key().to_owned());
    }
    let mut pages: Vec<_> = pages.into_values().collect();
    pages.sort();
    pages
}

#[test]
fn forty_five_contracts_make_three_requests_and_each_row_has_its_own_link() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");

    let mut carried = sizes(&session);
    carried.sort_unstable();
    assert_eq!(carried, [5, 20, 20]);
    let report = session.report("contracts");
    let keys: Vec<&str> = report.iter().map(Line::key).collect();
    assert_eq!(keys, (1..=45).map(id).collect::<Vec<_>>(), "rows stand in the input's order");
    let rows: Vec<usize> = report.iter().map(|line| line["flowbatch.row"].parse().unwrap()).collect();
    assert_eq!(rows, (2..=46).collect::<Vec<_>>(), "as the spreadsheet numbers them");
    assert_eq!((count(&report, "accepted"), links(&report).len()), (45, 3));
    session.check_links(&report);
    assert!(session.has("contracts.report.xlsx"));
    assert!(!session.has("contracts.fix.xlsx"), "there is nothing to fix");
}

#[test]
fn swapped_rows_would_be_noticed() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let right = session.report("contracts");
    let changed = |change: &dyn Fn(&mut Vec<Line>)| {
        let mut wrong = right.clone();
        change(&mut wrong);
        check_links(&wrong, &session.entries())
    };
    let set = |line: &mut Line, header: &str, value: String| line.0.insert(header.to_owned(), value);

    assert_eq!(changed(&|_| ()), Ok(()));
    assert!(
        changed(&|wrong| {
            let (first, last) = (right[0].url().to_owned(), right[44].url().to_owned());
            set(&mut wrong[0], "flowbatch.confirm_url", last);
            set(&mut wrong[44], "flowbatch.confirm_url", first);
        })
        .is_err()
    );
    assert!(changed(&|wrong| drop(wrong.remove(7))).is_err(), "a row that was lost");
    assert!(changed(&|wrong| drop(set(&mut wrong[3], "flowbatch.status", "rejected".into()))).is_err());
    assert!(
        changed(&|wrong| drop(set(&mut wrong[3], "flowbatch.confirm_url", "https://other/".into()))).is_err()
    );
}

#[test]
fn run_with_the_stand_in_inside_needs_no_account() {
    let session = Session::bare().file("contracts.csv", contracts(45).csv());
    session.run(["run", "contracts.csv", "--sandbox"]).exit(0).says("45 accepted");
    let report = session.report("contracts.sandbox");
    assert_eq!((count(&report, "accepted"), links(&report).len()), (45, 3));
    assert!(session.temporary().is_empty(), "the throwaway journal is thrown away");
    assert!(!session.state("").exists(), "the real journal was not touched");
}

/// Every page must hold contracts of one value only, and as few pages as that allows.
fn never_shared(header: &str, value: fn(usize) -> String, arguments: &[&str], expected: &[usize]) {
    let input: Sheet = contracts(45).with(header, value);
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"].iter().chain(arguments)).exit(0);
    let report = session.report("contracts");
    session.check_links(&report);
    let mut values: BTreeMap<&str, &str> = BTreeMap::new();
    for line in &report {
        let first = values.entry(line.url()).or_insert(&line[header]);
        assert_eq!(*first, line[header], "{header} differs on page {}", line.url());
    }
    let mut carried = sizes(&session);
    carried.sort_unstable();
    assert_eq!(carried, expected, "{header}");
}

fn one_of_three(number: usize) -> String {
    format!("part{}", number % 3)
}

#[test]
fn different_operators_never_share_a_page() {
    never_shared("operator_open_id", one_of_three, &[], &[15, 15, 15]);
}

#[test]
fn different_organizations_never_share_a_page() {
    never_shared("organization_open_id", one_of_three, &[], &[15, 15, 15]);
}

#[test]
fn different_applications_never_share_a_page() {
    never_shared("app_id", one_of_three, &[], &[15, 15, 15]);
}

#[test]
fn different_jump_urls_never_share_a_page() {
    never_shared("jump_url", |n| format!("https://example.com/{}", n % 2), &[], &[2, 3, 20, 20]);
}

#[test]
fn a_column_can_be_kept_to_pages_of_its_own() {
    never_shared("部门", one_of_three, &["--group-by", "部门"], &[15, 15, 15]);
}

#[test]
fn pages_can_be_smaller() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--per-page", "7"]).exit(0);
    let mut carried = sizes(&session);
    carried.sort_unstable();
    assert_eq!(carried, [3, 7, 7, 7, 7, 7, 7]);
    session.check_links(&session.report("contracts"));
}

#[test]
fn a_trial_sends_the_first_contracts_and_the_next_run_the_rest() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--first", "3"]).exit(0).says("3 accepted");
    let trial = session.report("contracts");
    assert_eq!((count(&trial, "accepted"), count(&trial, "pending")), (3, 42));
    assert!(trial[..3].iter().all(|line| line.status() == "accepted"), "the first three of the file");
    session.check_links(&trial);

    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!(report[..3], trial[..3], "what was sent in the trial is not sent again");
    assert!(session.accepted().values().all(|times| *times == 1));
    assert_eq!(pages(&report).len(), 1 + 3);
}

#[test]
fn reports_go_where_they_are_told_to() {
    let session = Session::new().file("contracts.csv", contracts(2).csv()).sandbox(unhurried());
    std::fs::create_dir(session.path("out")).unwrap();
    session.run(["run", "contracts.csv", "--out", "out"]).exit(0);
    assert_eq!(count(&session.report("out/contracts"), "accepted"), 2);
    assert!(!session.has("contracts.report.csv"));
}
