//! Templates over several files, and over the time between a trial and the rest.

use flowbatch::sandbox::Options;
use serde_json::{Value, json};

use crate::templates::{ASK, CREATE, all, people, requests, starting, with};

const RUN: [&str; 3] = ["run", "contracts.csv", "--yes"];

/// The first template, with another extra of one of its components.
fn changed(name: &str, extra: Value, required: bool) -> Value {
    let mut templates = all();
    let components = templates[0]["Components"].as_array_mut().unwrap();
    let own = components.iter_mut().find(|component| component["ComponentName"] == name).unwrap();
    own["ComponentExtra"] = json!(extra.to_string());
    own["ComponentRequired"] = json!(required);
    templates
}

#[test]
fn values_are_compared_with_the_template_as_it_is_when_a_job_goes_on() {
    for (templates, said) in [
        (changed("岗位", json!({"SubType": "TEXT", "MaxLength": 2}), true), "岗位"),
        (changed("福利", json!({"Values": ["五险一金", "补充医疗"]}), false), "福利"),
        // Nothing of it was filled in.
        (changed("补充", json!({}), true), "补充"),
    ] {
        let mut session = starting(&people(4), with(&all()));
        session.run(["run", "contracts.csv", "--yes", "--first", "1"]).exit(0);
        let port = session.port();
        session.stop_sandbox();
        session.start_sandbox(Options { port, ..with(&templates) });
        session
            .run(RUN)
            .exit(3)
            .says("do not fit their templates")
            .says(said)
            .says("3 contracts not sent yet, the first is HT-0002, contracts.csv · row 3");
        assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (1, 0), "{said}");
        session.stop_sandbox();
        session.start_sandbox(Options { port, ..with(&all()) });
        session.run(RUN).exit(0).says("4 accepted");
    }
}

#[test]
fn a_template_is_asked_for_once_however_many_files_name_it() {
    let session = starting(&people(4), with(&all()));
    // Other contracts of the same template.
    let rest = |from: usize| {
        let mut input = people(from + 1);
        input.rows.drain(..from);
        input.csv()
    };
    std::fs::write(session.path("b.csv"), rest(4)).unwrap();
    std::fs::write(session.path("c.csv"), rest(5)).unwrap();
    session.run(["check", "contracts.csv", "b.csv", "c.csv", "--online"]).exit(0);
    assert_eq!(requests(&session, ASK), 1);
    session.run(["run", "contracts.csv", "b.csv", "c.csv", "--yes"]).exit(0);
    assert_eq!((requests(&session, ASK), requests(&session, CREATE)), (2, 6), "once a command");
    // All of it was sent, so there is nothing to ask about.
    let told = session.run(["check", "contracts.csv", "--online", "--json"]).exit(0).json();
    assert_eq!((&told["files"][0]["duplicates"], &told["files"][0]["templates"]), (&json!(4), &Value::Null));
    assert_eq!(requests(&session, ASK), 2);
}
