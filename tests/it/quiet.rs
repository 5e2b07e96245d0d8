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

/// Each line of a JSON log, which is all that there is.
#[track_caller]
fn events(log: &str) -> Vec<serde_json::Value> {
    let event =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap_or_else(|_| panic!("{log}"));
    let events: Vec<_> = log.lines().map(event).collect();
    for event in &events {
        assert!(event["timestamp"].as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{event}");
        assert!(event["level"].is_string() && event["target"].is_string(), "{event}");
    }
    events
}

#[test]
fn the_json_log_has_a_start_and_an_end_and_stands_alone_on_stderr() {
    let session = personal(Session::new(), "503=@3");
    let ran = session.run(["run", "contracts.csv", "--log-format", "json", "--json"]).exit(4);
    let told = ran.json();
    holds_nothing_personal(&ran.stderr);
    let events_of_run = events(&ran.stderr);
    let (start, end) = (&events_of_run[0]["fields"], &events_of_run[events_of_run.len() - 1]["fields"]);
    assert_eq!((&start["message"], &start["command"]), (&"start".into(), &"run".into()));
    assert_eq!(start["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!((start["files"][0].as_str(), start["pid"].is_u64()), (Some("contracts.csv"), true));
    assert_eq!((&end["message"], &end["exit_code"]), (&"end".into(), &4.into()));
    assert!(end["duration_seconds"].as_f64().unwrap() > 0.0);
    let job = &end["jobs"][0];
    assert_eq!((&job["job"], &job["file"]), (&told["files"][0]["job"], &"contracts.csv".into()));
    assert_eq!(job["contracts"], told["files"][0]["contracts"]);
    assert_eq!((&job["contracts"]["accepted"], &job["contracts"]["rejected"]), (&44.into(), &1.into()));
    let names_file = events_of_run.iter().any(|event| {
        event["fields"]["file"] == "contracts.csv" && event["fields"]["job"] == told["files"][0]["job"]
    });
    assert!(names_file, "{}", ran.stderr);

    // Whatever there is to be said is an event.
    let session = session.file("bad.csv", "contract_id,approver.name\n1,\n").file("own.toml", "endpiont = 1");
    for (words, exit) in [
        (["run", "missing.csv"].as_slice(), 2),
        (&["run", "bad.csv"], 3),
        (&["run", "bad.csv", "--frist", "3"], 2),
        (&["run", "——sandbox", "bad.csv"], 2),
        (&["confirm"], 2),
        (&["check", "bad.csv", "--config", "own.toml"], 2),
        (&["status", "20260101-ffff"], 2),
        (&["run", "contracts.csv"], 4),
    ] {
        let ran = session.run(words.iter().copied().chain(["--log-format", "json"])).exit(exit);
        let events = events(&ran.stderr);
        let (start, end) = (&events[0]["fields"], &events.last().unwrap()["fields"]);
        assert_eq!((&start["message"], &start["command"]), (&"start".into(), &words[0].into()), "{words:?}");
        assert!(start["version"].is_string() && start["pid"].is_u64(), "{start}");
        assert_eq!(events.iter().filter(|event| event["fields"]["message"] == "start").count(), 1);
        assert_eq!((&end["message"], &end["exit_code"]), (&"end".into(), &exit.into()), "{words:?}");
        assert_eq!(events.iter().filter(|event| event["fields"]["message"] == "end").count(), 1);
        holds_nothing_personal(&ran.stderr);
    }
    let ran = session.run(["chekc", "--log-format=json"]).exit(2);
    let events = events(&ran.stderr);
    assert!(events[0]["fields"]["command"].is_null(), "{}", ran.stderr);
    assert_eq!(events.last().unwrap()["fields"]["exit_code"], 2);
}

#[test]
fn what_cron_mails_of_a_run_has_no_names_whatever_is_told_of_the_rows() {
    let sheets: [(&str, i32, &str); 5] = [
        ("姓名,手机号\n王建国妈妈,13800138000\n", 0, "王建国"),
        (
            "姓名,手机号,合同模板\n林小雨,13800138000,王小明版13800138001\n周大海,13800138002,李小红\n",
            3,
            "王小明",
        ),
        ("姓名,手机号,合同模板\n林小雨,13800138000,王小明\n周大海,13800138002,李小红\n", 3, "王小明"),
        ("姓名,手机号,角色\n林小雨,13800138000,王大锤\n周大海,13800138002,甲方\n", 3, "王大锤"),
        ("姓名,手机号,签署方类型\n林小雨,13800138000,张大山公司\n", 3, "张大山"),
    ];
    let session = Session::new().sandbox(unhurried());
    for (number, (sheet, exit, name)) in sheets.into_iter().enumerate() {
        let file = format!("{number}.csv");
        std::fs::write(session.path(&file), sheet).unwrap();
        let defaults = [
            ("FLOWBATCH_DEFAULTS__TEMPLATE_ID", "yDRS4UUgygqdcj2tUuO4zjEEFuP35Swc"),
            ("FLOWBATCH_DEFAULTS__DEADLINE", "+30d"),
            ("FLOWBATCH_DEFAULTS__FLOW_NAME", "合同"),
        ];
        let ran = session.run_with(&defaults, ["run", &file]);
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.code, Some(exit), "{said}");
        for hidden in [name, "13800138"] {
            assert!(!said.contains(hidden), "{hidden} of {sheet} is in\n{said}");
        }
    }
}
