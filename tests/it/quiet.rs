//! Logs go to machines that others read: neither secrets nor personal data
//! stand in them, however much is logged and whatever goes wrong.

use crate::sheets::{contracts, mobile, name};
use crate::support::{SECRET_ID, SECRET_KEY, Session, count, faulty, unhurried};

const ID_NUMBER: &str = "11010519491231002X";

fn personal(session: Session, faults: &str) -> Session {
    let input = contracts(45)
        .with("approver.id_card_number", |_| ID_NUMBER.to_owned())
        .with("approver.email", |n| format!("person{n}@example.com"))
        .with("flow_description", |number| match number {
            9 => "sandbox:InvalidParameter.Name".to_owned(),
            _ => String::new(),
        });
    session.file("contracts.csv", input.csv()).sandbox(faulty(faults))
}

#[track_caller]
fn holds_nothing_personal(log: &str) {
    assert!(!log.is_empty(), "there is something to look at");
    for secret in [SECRET_ID, SECRET_KEY, ID_NUMBER, "@example.com"] {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
    for number in 1..=45 {
        assert!(!log.contains(&mobile(number)), "a mobile is in the log:\n{log}");
        assert!(!log.contains(&name(number)), "a name is in the log:\n{log}");
    }
}

#[test]
fn nothing_personal_is_logged_at_any_level_in_any_form() {
    let faults = "reset-after=@2,503=@3,garbage=@4,rate-limit=@5";
    for format in ["text", "json"] {
        let session = personal(Session::new(), faults).env("FLOWBATCH_LOG", "trace");
        let ran = session.run(["run", "contracts.csv", "-vv", "--log-format", format]).exit(4);
        assert!(ran.stderr.contains("InvalidParameter.Name"), "what happened is logged:\n{}", ran.stderr);
        holds_nothing_personal(&ran.stderr);
        if format == "json" {
            let logged = ran.stderr.lines().filter(|line| line.starts_with('{'));
            let parsed = logged.map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
            assert!(parsed.count() > 10);
        }
    }
}

#[test]
fn nor_when_the_job_is_stopped() {
    for faults in ["code:ResourceNotFound.Organization=1", "revoke-after=1", "307=1"] {
        let session = personal(Session::new(), faults).env("FLOWBATCH_LOG", "trace");
        let ran = session.run(["run", "contracts.csv", "--log-format", "json"]).exit(5);
        holds_nothing_personal(&ran.stderr);
    }
}

#[test]
fn the_ledger_holds_no_contract_in_the_clear_and_nobody_else_may_read_it() {
    let session = personal(Session::new(), "500=@1");
    session.run(["run", "contracts.csv"]).exit(4);
    let ledger = std::fs::read(session.state("ledger.db")).unwrap();
    let holds = |text: &str| ledger.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(!holds(&name(1)) && !holds(&mobile(1)) && !holds(ID_NUMBER) && !holds(SECRET_KEY));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |name: &str| session.state(name).metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("ledger.db"), mode("")), (0o600, 0o700));
        for file in std::fs::read_dir(session.state("jobs")).unwrap() {
            let file = file.unwrap();
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
        }
    }
}

#[test]
fn in_cron_a_good_run_is_silent_on_stderr() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    let ran = session.run(["run", "contracts.csv"]).exit(0);
    assert_eq!(ran.stderr, "", "nothing but the result, and that on stdout");
    assert!(!ran.stdout.contains('\u{1b}'), "no colours where there is no terminal");
}

#[cfg(unix)]
#[test]
fn whoever_stops_reading_ends_no_run() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    let script = r#"{ "$@" 2>&1; echo $? > code; } | true; while [ ! -s code ]; do sleep 0.02; done"#;
    session.start_in(["sh", "-c", script, "sh"], ["run", "contracts.csv", "-v"]).wait().exit(0);
    assert_eq!(std::fs::read_to_string(session.path("code")).unwrap().trim(), "0");
    assert_eq!(count(&session.report("contracts"), "accepted"), 45);
}
