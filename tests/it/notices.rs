//! Notices: who is told that a job has ended or needs a person, and what they must not hear.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::sheets::{contracts, contracts_from, name};
use crate::support::{Session, unhurried};
use crate::wire::{Listener, Says};

/// A session whose notices go to that listener.
fn telling(listener: &Listener, kind: &str) -> Session {
    let url = format!("{}/robot/send?key=robot-key", listener.endpoint());
    Session::new()
        .env("FLOWBATCH_NOTIFY__URL", &url)
        .env("FLOWBATCH_NOTIFY__KIND", kind)
        .file("contracts.csv", contracts(5).csv())
        .sandbox(unhurried())
}

fn bodies(listener: &Listener) -> Vec<Value> {
    listener.captured().iter().map(|request| request.json()).collect()
}

#[test]
fn each_kind_of_robot_gets_what_it_understands() {
    for (kind, secret, text) in [
        ("wecom", None, "/text/content"),
        ("dingtalk", Some("SECabc"), "/text/content"),
        ("feishu", Some("abc"), "/content/text"),
        ("json", Some("abc"), "/text"),
    ] {
        let listener = Listener::saying(|_, _| Says::Accepted);
        let session = telling(&listener, kind);
        let session = match secret {
            Some(secret) => session.env("FLOWBATCH_NOTIFY__SECRET", secret),
            None => session,
        };
        session.run(["run", "contracts.csv"]).exit(0);
        let requests = listener.captured();
        let [request] = requests.as_slice() else { panic!("{kind}: {} requests", requests.len()) };
        let body = request.json();
        let said = body.pointer(text).unwrap_or_else(|| panic!("{body}")).as_str().unwrap();
        for words in ["contracts.csv", "is finished", "5 accepted", "pages to confirm: 1"] {
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(request.start.contains("sign="), kind == "dingtalk", "{}", request.start);
        assert_eq!(request.header("x-flowbatch-signature").is_some(), kind == "json");
        assert_eq!(body.get("sign").is_some(), kind == "feishu");
    }
}

#[test]
fn a_notice_says_what_came_of_a_file_once_and_of_nobody_in_it() {
    let listener = Listener::start();
    let bad = contracts_from(100, 105).set(4, "template_id", "sandbox-unknown-1");
    let session = telling(&listener, "json")
        .file("rows.csv", bad.csv())
        .file("broken.csv", "nothing that anybody knows\n1\n");
    let names = ["contracts.csv", "rows.csv", "broken.csv"];
    let log: String = names
        .iter()
        .map(|name| {
            let ran = session.run(["run", name, "-vv"]);
            format!("{}{}", ran.stdout, ran.stderr)
        })
        .collect();
    let told = bodies(&listener);
    let events: Vec<_> = told.iter().map(|body| (&body["file"], &body["event"])).collect();
    let expected = [json!("finished"), json!("rows"), json!("question")];
    let expected: Vec<_> = names.map(Value::from).into_iter().zip(expected).collect();
    assert_eq!(events, expected.iter().map(|(file, event)| (file, event)).collect::<Vec<_>>());
    assert_eq!(told[1]["contracts"]["rejected"], 1);
    for secret in [&name(1), &name(101), "1380", "https://", "robot-key"] {
        assert!(!told.iter().any(|body| body.to_string().contains(secret)), "{secret} in {told:?}");
    }
    assert!(!log.contains("robot-key"), "the robot's key is in the log");
    // A second pass finds nothing new, and tells nobody.
    for name in names {
        session.run(["run", name]);
    }
    assert!(listener.captured().iter().all(|request| request.json()["file"] == "broken.csv"));
    // Nor does a rehearsal.
    session.run(["run", "contracts.csv", "--sandbox"]).exit(0);
    assert!(listener.captured().is_empty());
}

#[test]
fn files_names_and_some_happenings_can_be_kept_back() {
    let listener = Listener::start();
    let session = telling(&listener, "json").env("FLOWBATCH_NOTIFY__FILE_NAMES", "false");
    session.run(["run", "contracts.csv"]).exit(0);
    let told = bodies(&listener);
    assert_eq!((told.len(), &told[0]["file"]), (1, &Value::Null));
    assert!(!told[0].to_string().contains("contracts.csv") && told[0]["job"].is_string());
    let listener = Listener::start();
    let session = telling(&listener, "json").env("FLOWBATCH_NOTIFY__ON", "stopped");
    session.run(["run", "contracts.csv"]).exit(0);
    assert!(listener.captured().is_empty());
    // What keeps a run from beginning is told, too.
    let session = session.without("TENCENTCLOUD_SECRET_ID").without("TENCENTCLOUD_SECRET_KEY");
    session.run(["run", "contracts.csv"]).exit(2);
    assert_eq!(bodies(&listener)[0]["event"], "stopped");
}

#[test]
fn a_notice_that_fails_fails_nothing_else() {
    // It fails at first, and is tried again.
    let listener = Listener::saying(|_, number| match number {
        1 => Says::Status(503, ""),
        _ => Says::Accepted,
    });
    telling(&listener, "json").run(["run", "contracts.csv"]).exit(0);
    assert_eq!(listener.captured().len(), 2);
    // What refuses it is not asked again.
    let listener = Listener::saying(|_, _| Says::Status(404, ""));
    telling(&listener, "json").run(["run", "contracts.csv"]).exit(0).says("a notice was refused");
    assert_eq!(listener.captured().len(), 1);
    // Nobody answers: as many tries as are set, each in its time.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/secret-path", silent.local_addr().unwrap());
    let session = telling(&listener, "json")
        .env("FLOWBATCH_NOTIFY__URL", &url)
        .env("FLOWBATCH_NOTIFY__TIMEOUT", "200ms")
        .env("FLOWBATCH_NOTIFY__ATTEMPTS", "2")
        .sandbox(unhurried());
    let begun = Instant::now();
    let ran = session.run(["run", "contracts.csv"]).exit(0).says("tries=2").never_says("secret-path");
    assert!(begun.elapsed() < Duration::from_secs(8), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_watched_folder_tells_what_ends_and_what_waits_for_a_person() {
    let listener = Listener::start();
    let session = telling(&listener, "json").env("FLOWBATCH_WATCH__QUIET", "100ms");
    std::fs::create_dir_all(session.path("dir/inbox")).unwrap();
    let mut watch = session.start(["watch", "dir"]);
    for (name, contents, end, event) in [
        ("good.csv", contracts(3).csv(), "done", "finished"),
        ("bad.csv", contracts_from(10, 12).set(2, "approver.mobile", "12").csv(), "failed", "rows"),
        ("odd.csv", b"nothing that anybody knows\n1\n".to_vec(), "failed", "question"),
    ] {
        std::fs::write(session.path("draft"), contents).unwrap();
        std::fs::rename(session.path("draft"), session.path(&format!("dir/inbox/{name}"))).unwrap();
        watch.until("it has ended", || session.has(&format!("dir/{end}/{name}")));
        let mut told = Vec::new();
        watch.until("it is told", || {
            told.extend(bodies(&listener));
            !told.is_empty()
        });
        assert_eq!((told.len(), &told[0]["file"], &told[0]["event"]), (1, &json!(name), &json!(event)));
    }
    watch.terminate();
    watch.wait().exit(0);
    assert!(listener.captured().is_empty());
}

#[test]
fn what_cannot_be_meant_is_an_error() {
    for (name, value, said) in [
        ("FLOWBATCH_NOTIFY__URL", "http://robot.example/", "notify.url"),
        ("FLOWBATCH_NOTIFY__KIND", "slack", "notify.kind"),
        ("FLOWBATCH_NOTIFY__SECRET", "s", "notify.secret"),
        ("FLOWBATCH_NOTIFY__ON", "sometimes", "notify.on"),
        ("FLOWBATCH_NOTIFY__FILE_NAMES", "perhaps", "notify.file_names"),
    ] {
        let session = Session::new()
            .env("FLOWBATCH_NOTIFY__URL", "https://robot.example/")
            .env("FLOWBATCH_NOTIFY__KIND", "wecom")
            .env(name, value)
            .file("contracts.csv", contracts(1).csv());
        session.run(["check", "contracts.csv"]).exit(2).says(said);
    }
}
