//! Contracts that were sent for another organization: told before these are sent.

use std::fs;

use crate::sheets::contracts;
use crate::support::{Session, unhurried};

const SAID: &str = "30 of these were sent for another application or organization";

fn for_another(session: Session) -> Session {
    session.env("FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID", "other-organization")
}

#[test]
fn what_was_sent_for_somebody_else_is_told_before_anything_is_sent() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0);
    let session = for_another(session);
    session
        .run(["check", "m.csv"])
        .exit(0)
        .says(SAID)
        .says("test-organization")
        .says("30 contracts can be sent");
    let checked = session.run(["check", "m.csv", "--json"]).exit(0).json();
    assert_eq!(checked["files"][0]["problems"][0]["code"], "contract.sent_elsewhere");
    // Nothing can be sent here, and yet it is told: so it comes first.
    let no_folder = session.path("m.csv").join("pace");
    let blocked = [("FLOWBATCH_PACE__FOLDER", no_folder.to_str().unwrap())];
    let before = session.entries().len();
    let ran = session.run_with(&blocked, ["run", "m.csv"]);
    assert!(ran.code == Some(1) && ran.stderr.contains(SAID), "{}\n{}", ran.stdout, ran.stderr);
    assert_eq!(session.entries().len(), before);
    let ran = session.run(["run", "m.csv"]).exit(0).says("30 accepted");
    assert!(ran.stderr.contains(SAID));
    assert_eq!(format!("{}{}", ran.stdout, ran.stderr).matches(SAID).count(), 1, "once is enough");
}

#[test]
fn what_was_believed_for_one_organization_is_told_to_another() {
    let session = Session::new().file("m.csv", contracts(30).csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(0).says("30 accepted");
    fs::remove_dir_all(session.state("")).unwrap();
    session.run(["run", "m.csv", "--report", "believe"]).exit(0).says("30 duplicate");
    let session = for_another(session);
    session.run(["check", "m.csv"]).exit(0).says(SAID).says("test-organization");
    let ran = session.run(["run", "m.csv"]).exit(0).says("30 accepted");
    assert!(ran.stderr.contains(SAID), "{}", ran.stderr);
}
