//! `flowbatch doctor`: what is wrong with an installation, all at once, and nothing done to it.

use serde_json::Value;

use crate::sheets::contracts;
use crate::support::{Ran, SECRET_ID, SECRET_KEY, Session, unhurried};
use crate::wire::{Listener, Says, closed_port};

/// Level and code of each line.
fn lines(ran: &Ran) -> Vec<(String, String)> {
    let json = ran.json();
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let all = json["findings"].as_array().unwrap().iter();
    all.map(|line| (text(line, "level"), text(line, "code"))).collect()
}

fn level_of(ran: &Ran, code: &str) -> Option<String> {
    lines(ran).into_iter().find(|(_, own)| own == code).map(|(level, _)| level)
}

#[test]
fn an_installation_that_is_well_passes_before_and_after_its_first_run() {
    let session = Session::new().file("contracts.csv", contracts(5).csv()).sandbox(unhurried());
    let before = session.run(["doctor", "--json"]).exit(0);
    assert_eq!(level_of(&before, "journal.none").as_deref(), Some("note"));
    assert_eq!(level_of(&before, "clock.right").as_deref(), Some("good"));
    assert!(!session.state("").exists(), "it makes no journal");
    assert!(session.accepted().is_empty(), "it sends nothing");
    session.run(["run", "contracts.csv"]).exit(0);
    let after = session.run(["doctor", "--json"]).exit(0);
    assert_eq!(level_of(&after, "journal.sound").as_deref(), Some("good"));
    assert_eq!(after.json()["well"], true);
    session
        .run(["doctor"])
        .exit(0)
        .says("1 jobs, 0 not finished")
        .says("2025-09-18")
        .says("was accepted after that")
        .says("FLOWBATCH_AGENT__APP_ID (agent.app_id) = test-app")
        .never_says(SECRET_ID)
        .never_says(SECRET_KEY);
    session.run(["doctor", "--lang", "zh"]).exit(0).says("下线日期 2025-09-18").says("可以使用");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let closed = format!("http://127.0.0.1:{}", closed_port());
    let session = Session::new()
        .without("TENCENTCLOUD_SECRET_KEY")
        .without("FLOWBATCH_JUMP_URL")
        .env("FLOWBATCH_ENDPOINT", &closed)
        .env("FLOWBATCH_TIME_ZONE", "Mars/Olympus")
        .file("own.toml", "endpiont = \"x\"\n[retry]\nattempts = \"many\"\n")
        .file("state-file", "")
        .file("contracts.csv", contracts(1).csv());
    let state = session.path("state-file").to_str().unwrap().to_owned();
    let session = session.env("FLOWBATCH_STATE_DIR", &state);
    let ran = session.run(["doctor", "missing", "--json", "--config", "own.toml"]).exit(2);
    let bad: Vec<String> =
        lines(&ran).into_iter().filter(|(level, _)| level == "bad").map(|(_, code)| code).collect();
    let expected = [
        "settings.wrong", "settings.wrong", "settings.wrong", "credentials.wrong", "network.not_reached",
        "folder.not_writable", "folder.missing",
    ];
    assert_eq!(bad, expected, "{}", ran.stdout);
    assert_eq!(level_of(&ran, "settings.unset").as_deref(), Some("note"));
    assert!(
        ran.json()["findings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|line| { line["level"] != "bad" || !line["todo"].as_str().unwrap().is_empty() })
    );
}

#[test]
fn a_clock_that_is_off_is_told_with_how_much() {
    for (date, expected) in [
        ("Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n", Some("bad")),
        ("Date: Fri, 01 Jan 2100 00:00:00 GMT\r\n", Some("bad")),
        ("", None),
    ] {
        let listener = Listener::saying(move |_, _| Says::Status(200, date));
        let session = Session::new().env("FLOWBATCH_ENDPOINT", &listener.endpoint());
        let ran = session.run(["doctor", "--json"]);
        assert_eq!(level_of(&ran, "clock.off").as_deref(), expected, "{date}");
        assert_eq!(level_of(&ran, "clock.unknown").is_some(), expected.is_none());
        assert_eq!(ran.code, Some(if expected.is_some() { 2 } else { 0 }));
        // Nothing of ours was in the knock: neither a signature nor an action.
        let knock = listener.captured().remove(0);
        assert!(knock.header("authorization").is_none() && knock.header("x-tc-action").is_none());
        assert_eq!(knock.body, b"{}");
    }
}

#[test]
fn a_gateway_in_the_apis_place_is_told() {
    let listener = Listener::saying(|_, _| Says::Status(302, "Location: http://login.example/\r\n"));
    let session = Session::new().env("FLOWBATCH_ENDPOINT", &listener.endpoint());
    session.run(["doctor"]).exit(2).says("http.302").says("login.example");
}

#[cfg(unix)]
#[test]
fn what_others_may_read_and_what_was_lost_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let session = Session::new()
        .without("TENCENTCLOUD_SECRET_ID")
        .without("TENCENTCLOUD_SECRET_KEY")
        .file("contracts.csv", contracts(1).csv())
        .sandbox(unhurried());
    let folder = session.home(".tencentcloud");
    std::fs::create_dir_all(&folder).unwrap();
    let keys = folder.join("credentials");
    std::fs::write(&keys, format!("[default]\nsecret_id={SECRET_ID}\nsecret_key={SECRET_KEY}\n")).unwrap();
    let close = |mode| std::fs::set_permissions(&keys, std::fs::Permissions::from_mode(mode)).unwrap();
    close(0o644);
    session.run(["doctor"]).exit(0).says("others can read").says("chmod 600").never_says(SECRET_KEY);
    close(0o600);
    session.run(["doctor"]).exit(0).never_says("others can read");
    session.run(["run", "contracts.csv"]).exit(0);
    // A ledger in whose middle a disk has written something else.
    let ledger = session.state("ledger.db");
    let mut bytes = std::fs::read(&ledger).unwrap();
    let page = 4096;
    bytes[page..page * 3].fill(0xA5);
    std::fs::write(&ledger, bytes).unwrap();
    let ran = session.run(["doctor", "--json"]).exit(2);
    let damaged = ["journal.damaged", "journal.wrong"].iter().any(|code| level_of(&ran, code).is_some());
    assert!(damaged, "{}", ran.stdout);
    std::fs::remove_file(&ledger).unwrap();
    let ran = session.run(["doctor", "--json"]).exit(2);
    assert_eq!(level_of(&ran, "journal.wrong").as_deref(), Some("bad"));
}

#[test]
fn a_watched_folder_and_its_own_settings_are_looked_at() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir_all(session.path("hr/inbox")).unwrap();
    session.run(["doctor", "hr"]).exit(0).says("watched folder").says("its inbox");
    let session = session.file("hr/config.toml", "endpoint = \"https://else.where\"\n");
    session.run(["doctor", "hr"]).exit(2).says("endpoint cannot be set in");
}
