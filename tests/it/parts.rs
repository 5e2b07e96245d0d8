//! A web page for every value of a column: only what is its own, under a name that every system
//! takes.

use std::collections::BTreeSet;
use std::path::Path;

use crate::sheets::{Sheet, contracts};
use crate::support::{Session, unhurried};

/// Names of web pages of single values.
fn parts(session: &Session) -> BTreeSet<String> {
    let is_one =
        |name: &String| name.starts_with("m.report.") && name.ends_with(".html") && name != "m.report.html";
    session.names().into_iter().filter(is_one).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn text(session: &Session, name: &str) -> String {
    std::fs::read_to_string(session.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// 30 contracts of three departments in turns, and three of none.
fn input() -> Sheet {
    let departments = ["Sales/East", "sales:east", "人事"];
    contracts(33).with("部门", |n| if n > 30 { " " } else { departments[n % 3] }.to_owned())
}

#[test]
fn each_value_gets_a_page_with_its_own_only() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--group-by", "部门"]).exit(0).says("4 web pages by 部门");
    let names = [
        "m.report.Sales_East.html", "m.report.sales_east-2.html", "m.report.人事.html", "m.report.blank.html",
    ];
    assert_eq!(parts(&session), set(&names));
    let report = session.report("m");
    let urls: BTreeSet<&str> = report.iter().map(|line| line.url()).collect();
    assert_eq!(urls.len(), 4, "no page has contracts of two");
    for (name, value) in names.iter().zip(["Sales/East", "sales:east", "人事", " "]) {
        let page = text(&session, name);
        for line in &report {
            let own = line["部门"].trim() == value.trim();
            assert_eq!(page.contains(&format!("\"{}\"", line.key())), own, "{} in {name}", line.key());
            assert_eq!(
                page.contains(&line.url().replace('&', "&amp;")),
                own,
                "the link of {} in {name}",
                line.key()
            );
        }
        assert!(!page.contains("belong here"), "nothing is shared");
    }
    assert!(text(&session, names[0]).contains("10 contracts"));
    // A pattern brings them along; they are no input.
    let before = session.entries().len();
    session.run(["run", "m*"]).exit(0);
    assert_eq!(session.entries().len(), before);
}

#[test]
fn a_page_that_several_share_stands_in_each_and_says_so() {
    let session = Session::new()
        .file("m.csv", input().csv())
        .env("FLOWBATCH_REPORT__GROUP_BY", "部门")
        .sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0).says("4 web pages by 部门");
    let hr = text(&session, "m.report.人事.html");
    assert!(hr.contains("7 of the 20 contracts on this page belong here"), "{hr}");
    let report = session.report("m");
    let first = report[0].url().replace('&', "&amp;");
    assert!(parts(&session).iter().filter(|name| text(&session, name).contains(&first)).count() == 3);
    // Written again for another column, those of the first one go; an edited one stays.
    std::fs::write(session.path("m.report.blank.html"), "mine").unwrap();
    let job = session.run(["status", "--json"]).exit(0).json()["jobs"][0]["job"].as_str().unwrap().to_owned();
    let session = session.env("FLOWBATCH_REPORT__GROUP_BY", "template_id");
    session.run(["report", &job]).exit(0).says("1 web page by template_id");
    let left = parts(&session);
    assert_eq!(left.len(), 2, "{left:?}");
    assert_eq!(text(&session, "m.report.blank.html"), "mine");
    let session = session.env("FLOWBATCH_REPORT__GROUP_BY", "none such");
    session.run(["report", &job]).exit(0).says("there is no column none such");
    assert_eq!(parts(&session), set(&["m.report.blank.html"]));
}

/// A pass that finds nothing new puts back what somebody has deleted, and writes nothing else.
#[test]
fn programs_are_told_of_them_and_a_missing_one_comes_back() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let group = ["run", "m.csv", "--group-by", "部门", "--json"];
    let told = |ran: &serde_json::Value| -> BTreeSet<String> {
        let pages = &ran["files"][0]["group_pages"];
        assert_eq!((&pages["column"], &pages["none"]), (&"部门".into(), &serde_json::Value::Null));
        let files = pages["files"].as_array().unwrap().iter();
        let name = |file: &serde_json::Value| {
            Path::new(file.as_str().unwrap()).file_name().unwrap().to_str().unwrap().to_owned()
        };
        files.map(name).collect()
    };
    let ran = session.run(group).exit(0).json();
    assert_eq!(told(&ran), parts(&session));
    assert_eq!(parts(&session).len(), 4);
    let ran = session.run(group).exit(0).json();
    assert_eq!(ran["files"][0]["result"], "finished_before");
    assert_eq!(told(&ran), parts(&session));

    let shown = text(&session, "m.report.人事.html");
    let before = session.path("m.report.csv").metadata().unwrap().modified().unwrap();
    // Somebody's own words in another one are left where they are, and missing is only what has gone.
    std::fs::write(session.path("m.report.blank.html"), "mine").unwrap();
    session.run(["run", "m.csv", "--group-by", "部门"]).exit(0);
    assert_eq!(
        session.path("m.report.csv").metadata().unwrap().modified().unwrap(),
        before,
        "nothing is new"
    );
    std::fs::remove_file(session.path("m.report.人事.html")).unwrap();
    let ran = session.run(group).exit(0).json();
    assert_eq!(text(&session, "m.report.人事.html"), shown);
    assert!(told(&ran).contains("m.report.人事.html"));
    assert_eq!(text(&session, "m.report.blank.html"), "mine");
    // What the names of the files say is nowhere but in the job's own data.
    let ledger = std::fs::read(session.state("ledger.db")).unwrap();
    let log = std::fs::read(session.state("ledger.db-wal")).unwrap_or_default();
    let about = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("\"parts\":[\"人事");
    assert!(!about(&ledger) && !about(&log));
}

/// The column of the settings is another one now, and there were none before.
#[test]
fn pages_that_are_wanted_later_are_written_by_the_next_pass() {
    let session = Session::new().file("m.csv", input().csv()).sandbox(unhurried());
    let ran = session.run(["run", "m.csv", "--json"]).exit(0).json();
    assert_eq!(ran["files"][0]["group_pages"], serde_json::Value::Null);
    let session = session.env("FLOWBATCH_REPORT__GROUP_BY", "部门");
    session.run(["run", "m.csv"]).exit(0).says("4 web pages by 部门");
    assert_eq!(parts(&session).len(), 4);
    let session = session.env("FLOWBATCH_REPORT__GROUP_BY", "none such");
    for _ in 0..2 {
        let ran = session.run(["run", "m.csv", "--json"]).exit(0).json();
        let wanted = serde_json::json!({"column": "none such", "files": [], "none": "no_such_column"});
        assert_eq!(ran["files"][0]["group_pages"], wanted);
    }
    assert!(parts(&session).is_empty());
}

#[test]
fn more_than_anybody_hands_out_are_refused() {
    let input = contracts(501).with("who", |n| format!("person {n}"));
    let session = Session::new()
        .file("m.csv", input.csv())
        .env("FLOWBATCH_REPORT__GROUP_BY", "who")
        .sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0).says("501 accepted").says("at most 500 web pages");
    assert!(parts(&session).is_empty() && session.has("m.report.html"));
}
