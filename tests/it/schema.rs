//! Whatever is printed with `--json`, and every JSON report, is as docs/schema.json says.
//! (`Ran::json` holds every document of the other tests to it, too.)

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::sheets::contracts;
use crate::support::{Ran, Session, unhurried};

static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(include_str!("../../docs/schema.json")).unwrap();
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
});

#[track_caller]
pub fn conforms(document: &Value) {
    let faults: Vec<String> = SCHEMA.iter_errors(document).map(|error| error.to_string()).collect();
    assert!(SCHEMA.is_valid(document), "{document:#}\nis against docs/schema.json: {faults:#?}");
}

fn session() -> Session {
    let sheet = contracts(45).with("flow_description", |number| match number {
        9 => "sandbox:InvalidParameter.Name".to_owned(),
        _ => String::new(),
    });
    Session::new()
        .file("contracts.csv", sheet.csv())
        .env("FLOWBATCH_REPORT__FORMATS", "csv,json")
        .sandbox(unhurried())
}

/// Nothing but the document is on stdout; it says how the process has ended.
#[track_caller]
fn document(ran: Ran, kind: &str, exit: i32) -> Value {
    let json = ran.exit(exit).json();
    assert_eq!((json["kind"].as_str(), json["exit_code"].as_i64()), (Some(kind), Some(exit.into())));
    let time = |name: &str| json[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert!(time("started") <= time("ended"), "{json:#}");
    assert_eq!(json["version"], env!("CARGO_PKG_VERSION"));
    json
}

#[test]
fn a_job_is_the_same_object_wherever_it_is_told_of() {
    let session = session();
    document(session.run(["check", "contracts.csv", "--json"]), "check", 0);
    let ran = document(session.run(["run", "contracts.csv", "--json"]), "run", 4);
    let ran = &ran["files"][0];
    let status = document(session.run(["status", "--json"]), "status", 0)["jobs"][0].clone();
    let report: Value =
        serde_json::from_slice(&std::fs::read(session.path("contracts.report.json")).unwrap()).unwrap();
    conforms(&report);
    for name in ["job", "state", "created", "ended", "contracts", "requests", "page_count", "unconfirmed"] {
        assert_eq!(ran[name], status[name], "{name}");
        assert_eq!(ran[name], report[name], "{name}");
    }
    for name in ["pages", "refused"] {
        assert!(!ran[name].as_array().unwrap().is_empty(), "{name}");
        assert_eq!((&ran[name], &ran[name]), (&status[name], &report[name]), "{name}");
    }
    let page = &ran["pages"][0];
    assert_eq!(
        (&page["number"], &page["rows"]["first"], &page["contracts"]),
        (&json!(1), &json!(2), &json!(19))
    );
    assert_eq!(ran["refused"][0]["row"], 10);
    assert_eq!(ran["refused"][0]["code"], "InvalidParameter.Name");
    let steps = |told: &Value| -> Vec<String> {
        told["next"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(steps(ran), ["correct", "confirm"]);
    assert_eq!((steps(ran), steps(ran)), (steps(&status), steps(&report)));

    // What is to be done next can be done.
    let words = |what: &str| -> Vec<String> {
        let all = ran["next"].as_array().unwrap();
        let words = all.iter().find(|one| one["what"] == what).unwrap()["command"].as_array().unwrap();
        words.iter().skip(1).map(|word| word.as_str().unwrap().to_owned()).collect()
    };
    let pages: Vec<String> = words("confirm").into_iter().chain(["--json".to_owned()]).collect();
    let pages = document(session.run(&pages), "pages", 0);
    let mut to_confirm = pages["jobs"][0]["pages"].clone();
    for page in to_confirm.as_array_mut().unwrap() {
        assert!(page.as_object_mut().unwrap().remove("age_seconds").unwrap().is_u64());
    }
    assert_eq!(to_confirm, ran["pages"]);
    let job = ran["job"].as_str().unwrap();
    let renewed =
        document(session.run(["renew", page["page"].as_str().unwrap(), "--yes", "--json"]), "renew", 0);
    assert_ne!(renewed["page"]["url"], page["url"]);
    document(session.run(["report", job, "--json"]), "report", 4);
    document(session.run(["retry", job, "--json"]), "retry", 4);
    document(session.run(["doctor", "--json"]), "doctor", 0);
}

#[test]
fn whatever_is_wrong_is_one_document_with_the_exit_code() {
    let session = session();
    let usage: &[&[&str]] = &[
        &["run", "missing.csv", "other.csv", "--json"],
        &["run", "contracts.csv", "--frist", "3", "--json"],
        &["run", "contracts.csv", "--first", "0", "--json"],
        &["run", "--json"],
        &["run", "——sandbox", "contracts.csv", "--json"],
        &["chekc", "contracts.csv", "--json"],
        &["status", "20260101-ffff", "--json"],
        &["renew", "nonsense", "--json"],
        &["check", "contracts.csv", "--json", "--config", "nowhere.toml"],
        &["confirm", "P01", "--json"],
        &["pages", "nobody.csv", "--json"],
    ];
    for lang in ["zh", "en"] {
        for words in usage {
            let ran = session.run_with(&[("FLOWBATCH_LANG", lang)], words.iter().copied());
            assert_eq!(ran.stderr, "", "{words:?}");
            let json = document(ran, "error", 2);
            assert!(!json["error"]["what"].as_str().unwrap().is_empty(), "{words:?}: {json:#}");
        }
    }
    // A journal that cannot be opened is no usage error.
    std::fs::write(session.state("ledger.db"), "no ledger at all ".repeat(100)).unwrap();
    document(session.run(["status", "--json"]), "error", 1);
    // Help is for people.
    session.run(["run", "--help", "--json"]).exit(0).says("--json");
}

#[test]
fn the_schema_takes_nothing_else() {
    let session = session();
    let good = document(session.run(["run", "contracts.csv", "--json"]), "run", 4);
    let broken: [fn(&mut Value); 8] = [
        |json| json["schema"] = json!(2),
        |json| drop(json.as_object_mut().unwrap().remove("exit_code")),
        |json| json["surprise"] = json!(1),
        |json| json["started"] = json!("yesterday"),
        |json| json["files"][0]["pages"][0] = json!("P01"),
        |json| json["files"][0]["contracts"]["refused"] = json!(1),
        |json| drop(json["files"][0].as_object_mut().unwrap().remove("refused")),
        |json| json["files"][0]["state"] = json!("done"),
    ];
    for (number, spoil) in broken.iter().enumerate() {
        let mut json = good.clone();
        spoil(&mut json);
        assert!(!SCHEMA.is_valid(&json), "{number}");
    }
}
