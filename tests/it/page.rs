//! The report as a web page: it is written, it shows what is to be done, and nobody's data.

use std::collections::BTreeSet;
use std::fs;

use crate::sheets::{contracts, mobile, name};
use crate::support::{Session, links, unhurried};

const PAGE: &str = "contracts.report.html";

fn page(session: &Session) -> String {
    fs::read_to_string(session.path(PAGE)).unwrap()
}

/// 45 contracts; one is bad, one has a hostile name, one the mobile of its signer in its name.
fn session() -> Session {
    let input = contracts(45)
        .set(7, "approver.mobile", "1380013")
        .set(8, "flow_name", "<script>alert(1)</script>")
        .set(9, "flow_name", &format!("contract of {}", mobile(9)));
    Session::new().file("contracts.csv", input.csv()).sandbox(unhurried())
}

#[test]
fn it_has_every_link_and_nobodys_mobile() {
    let session = session();
    session.run(["run", "contracts.csv", "--skip-invalid"]).exit(4).says(PAGE);
    let page = page(&session);
    let report = session.report("contracts");
    assert_eq!(links(&report).len(), 3);
    for link in links(&report) {
        let link = link.replace('&', "&amp;");
        assert!(page.contains(&format!("href=\"{link}\"")), "{link}");
    }
    for number in 1..=45 {
        assert!(!page.contains(&mobile(number)), "the mobile of {number}");
        let name = name(number);
        assert!(name.chars().count() < 2 || !page.contains(&name), "the name of {number}");
    }
    assert!(!page.contains("1380013") && page.contains("1******"), "nor one with a slip");
    assert!(page.contains("contracts.fix.xlsx"), "it says what to correct");
    assert!(!page.contains("<script>alert") && page.contains("\\u003cscript\\u003ealert(1)"));
    assert!(page.contains("default-src 'none'") && !page.contains("unsafe-inline"));
    assert!(!page.contains(" style=") && !page.contains(" onclick="), "the policy would stop them");
}

#[test]
fn it_shows_who_signs_where_that_is_wanted() {
    let session = session().env("FLOWBATCH_REPORT__MASK", "false");
    session.run(["run", "contracts.csv", "--skip-invalid"]).exit(4);
    assert!(page(&session).contains(&mobile(9)));
}

#[test]
fn a_file_that_is_refused_gets_no_page() {
    let session = session();
    session.run(["run", "contracts.csv"]).exit(3);
    assert!(session.has("contracts.check.xlsx") && !session.has(PAGE));
}

#[test]
fn only_the_formats_that_are_wanted_are_written() {
    let session = session().env("FLOWBATCH_REPORT__FORMATS", "html,json,csv");
    session.run(["run", "contracts.csv", "--skip-invalid"]).exit(4);
    let names =
        ["csv", "fix.xlsx", "report.csv", "report.html", "report.json"].map(|end| format!("contracts.{end}"));
    assert_eq!(session.names(), names.clone().into());
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(session.path("contracts.report.json")).unwrap()).unwrap();
    assert_eq!(
        (json["rows"].as_array().unwrap().len(), json["contracts"]["accepted"].as_u64()),
        (45, Some(44))
    );
    let urls: BTreeSet<&str> =
        json["pages"].as_array().unwrap().iter().map(|page| page["url"].as_str().unwrap()).collect();
    assert_eq!(urls.len(), 3);
    assert_eq!(json["rows"][0].as_array().unwrap().len(), json["headers"].as_array().unwrap().len());
    // Nothing of it is an input, and a second pass has nothing to add.
    session.run(["run", "*"]).exit(4).never_says("report.json").never_says("report.html");
    assert_eq!(session.names(), names.into());

    // Other computers know by the workbook or the CSV what was sent.
    session
        .run_with(&[("FLOWBATCH_REPORT__FORMATS", "html,json")], ["check", "contracts.csv"])
        .exit(2)
        .says("csv");
    for wrong in ["pdf", "xlsx,pdf", ","] {
        session
            .run_with(&[("FLOWBATCH_REPORT__FORMATS", wrong)], ["check", "contracts.csv"])
            .exit(2)
            .says("json");
    }
}

#[test]
fn one_that_somebody_has_edited_stays() {
    let session = session();
    session.run(["run", "contracts.csv", "--skip-invalid"]).exit(4);
    fs::write(session.path(PAGE), page(&session) + "<!-- mine -->").unwrap();
    let status = session.run(["status", "--json"]).json();
    let job = status["jobs"][0]["job"].as_str().unwrap().to_owned();
    session.run(["report", job.as_str()]);
    assert!(page(&session).ends_with("<!-- mine -->"));
    assert!(session.has("contracts.report (2).html"));
}

/// What was written when other formats were wanted shows no link that counts no more.
#[test]
fn a_link_that_was_replaced_stands_in_no_report() {
    let session = Session::new().file("contracts.csv", contracts(3).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let old = links(&session.report("contracts")).into_iter().next().unwrap();
    assert!(page(&session).contains(&old));
    let job = session.run(["status", "--json"]).json()["jobs"][0]["job"].as_str().unwrap().to_owned();
    session
        .run_with(&[("FLOWBATCH_REPORT__FORMATS", "csv")], ["renew", &format!("{job}/P01"), "--yes"])
        .exit(0);
    let new = links(&session.report("contracts")).into_iter().next().unwrap();
    assert_ne!(old, new);
    assert!(!page(&session).contains(&old) && page(&session).contains(&new));
}

/// Whoever brings a report up to date may have other settings than whoever wrote it.
#[test]
fn what_was_hidden_stays_hidden_whoever_writes_it_again() {
    let elsewhere: [(&str, &str); 4] = [
        ("FLOWBATCH_REPORT__MASK", "false"),
        ("FLOWBATCH_TIME_ZONE", "America/New_York"),
        ("FLOWBATCH_LANG", "zh"),
        ("FLOWBATCH_REPORT__FORMATS", "xlsx,csv,html,json"),
    ];
    let input = contracts(25).set(9, "flow_name", &format!("contract of {}", mobile(9)));
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let hides = |session: &Session| !page(session).contains(&mobile(9));
    assert!(hides(&session));
    let job = session.run(["status", "--json"]).json()["jobs"][0]["job"].as_str().unwrap().to_owned();
    session.run_with(&elsewhere, ["report", job.as_str()]).exit(0);
    assert!(hides(&session), "report");
    session.run_with(&elsewhere, ["renew", &format!("{job}/P01"), "--yes"]).exit(0);
    assert!(hides(&session), "renew");
    // Another place is another matter; what stands here is brought up to date as it was.
    session.run(["report", job.as_str()]).exit(0);
    fs::remove_file(session.path("contracts.report.json")).unwrap();
    session.run_with(&elsewhere, ["report", job.as_str(), "--out", "shown"]).exit(0);
    let shown = fs::read_to_string(session.path("shown/contracts.report.html")).unwrap();
    assert!(shown.contains(&mobile(9)));
    session.run_with(&elsewhere, ["renew", &format!("{job}/P02"), "--yes", "--out", "shown"]).exit(0);
    let new = links(&session.report("contracts"));
    assert!(new.iter().all(|link| page(&session).contains(link)), "it is brought up to date");
    assert!(hides(&session), "renew elsewhere");
    assert!(page(&session).contains("lang=\"en\"") && !session.has("contracts.report.json"));
    let report = session.report("contracts");
    assert!(
        report.iter().all(|line| line["flowbatch.time"].ends_with("+08:00")),
        "{}",
        report[0]["flowbatch.time"]
    );
    // Somebody may show it after all: he names the folder.
    session.run_with(&elsewhere, ["report", job.as_str(), "--out", "."]).exit(0);
    assert!(!hides(&session));
    session.run(["report", job.as_str()]).exit(0);
    assert!(hides(&session), "whoever hides it is heard");
}
