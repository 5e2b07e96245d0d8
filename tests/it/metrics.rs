//! The text file for Prometheus, as an administrator finds it.

use std::collections::BTreeMap;
use std::fs;

use crate::action::{job, starting, with_flows_per_request};
use crate::sheets::{contracts, contracts_from, mobile, name};
use crate::support::{SECRET_KEY, Session, faulty, unhurried};

const FILE: &str = "metrics/flowbatch.prom";

fn session(session: Session) -> Session {
    let path = session.path(FILE).to_str().unwrap().to_owned();
    session.env("FLOWBATCH_METRICS__FILE", &path)
}

fn text(session: &Session) -> String {
    fs::read_to_string(session.path(FILE)).unwrap()
}

/// Each sample by its name with its labels; a line that is none fails.
fn samples(text: &str) -> BTreeMap<String, f64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            (name.to_owned(), value.parse().unwrap())
        })
        .collect()
}

#[test]
fn a_run_leaves_its_numbers_and_nobody_s_name() {
    let sheet = contracts(45).with("flow_description", |number| match number {
        9 => "sandbox:InvalidParameter.Name".to_owned(),
        _ => String::new(),
    });
    let session =
        session(Session::new()).file("geheim.csv", sheet.csv()).sandbox(faulty("rate-limit=@2,503=@3"));
    session.run(["run", "geheim.csv"]).exit(4);
    let page = text(&session);
    let of = samples(&page);
    let is = |name: &str, value: f64| assert_eq!(of.get(name), Some(&value), "{name}\n{page}");
    is("flowbatch_jobs{state=\"finished\"}", 1.0);
    is("flowbatch_contracts{status=\"accepted\"}", 44.0);
    is("flowbatch_contracts{status=\"rejected\"}", 1.0);
    is("flowbatch_backlog_contracts", 0.0);
    is("flowbatch_backlog_doubts", 0.0);
    is("flowbatch_running", 0.0);
    is("flowbatch_pace_refused_total", 1.0);
    is(&format!("flowbatch_build_info{{version=\"{}\"}}", env!("CARGO_PKG_VERSION")), 1.0);
    let sent = session.entries().len() as f64;
    is("flowbatch_pace_granted_total", sent);
    is("flowbatch_request_duration_seconds_count", sent);
    let outcomes = of.iter().filter(|(name, _)| name.starts_with("flowbatch_requests_total"));
    assert_eq!(outcomes.clone().map(|(_, count)| count).sum::<f64>(), sent, "{page}");
    let refused = "flowbatch_requests_total{code=\"InvalidParameter.Name\",outcome=\"data\"}";
    assert!(of[refused] >= 2.0, "{page}");
    let pages = session.run(["pages", "--json"]).json()["jobs"][0]["pages"].as_array().unwrap().len();
    is("flowbatch_backlog_pages", pages as f64);
    assert!(of["flowbatch_last_finished_timestamp_seconds"] > 1.7e9);
    assert!(!of.contains_key("flowbatch_last_success_timestamp_seconds"), "a contract has failed");
    assert!(page.contains("# TYPE flowbatch_requests_total counter"), "{page}");
    for personal in ["geheim", "https://", SECRET_KEY, &name(9), &mobile(9), "test-operator"] {
        assert!(!page.contains(personal), "{personal}:\n{page}");
    }
    assert_eq!(fs::read_dir(session.path("metrics")).unwrap().count(), 1, "no draft stays");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(session.path(FILE).metadata().unwrap().permissions().mode() & 0o044, 0o044);
    }
    // A good one is a success; one that fails later keeps when that was.
    let session = session.file("good.csv", contracts_from(101, 103).csv());
    session.run(["run", "good.csv"]).exit(0);
    let success = samples(&text(&session))["flowbatch_last_success_timestamp_seconds"];
    assert!(success > 1.7e9);
    session.run(["run", "geheim.csv"]).exit(4);
    assert_eq!(samples(&text(&session))["flowbatch_last_success_timestamp_seconds"], success);
    // A rehearsal is no work.
    fs::remove_dir_all(session.path("metrics")).unwrap();
    session.run(["run", "geheim.csv", "--sandbox"]).exit(4);
    assert!(!session.has(FILE));
}

#[test]
fn it_is_there_from_the_beginning_and_tells_of_what_is_left() {
    let session = session(Session::new()).file("m.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["run", "m.csv", "--first", "3"]).exit(0);
    let left = samples(&text(&session));
    assert_eq!(left["flowbatch_backlog_contracts"], 42.0);
    assert_eq!(left["flowbatch_jobs{state=\"open\"}"], 1.0);
}

#[cfg(unix)]
#[test]
fn a_watch_writes_it_while_it_runs() {
    let session = session(Session::new()).sandbox(unhurried()).env("FLOWBATCH_WATCH__QUIET", "50ms");
    fs::create_dir(session.path("in")).unwrap();
    let mut watch = session.start(["watch", "in"]);
    watch.until("it writes", || session.has(FILE));
    assert_eq!(samples(&text(&session))["flowbatch_running"], 1.0);
    watch.until("the inbox is there", || session.has("in/inbox"));
    fs::write(session.path("in/inbox/m.csv"), contracts(3).csv()).unwrap();
    watch.until("it is done", || session.has("in/done/m.csv"));
    watch.terminate();
    watch.wait().exit(0);
    let of = samples(&text(&session));
    assert_eq!((of["flowbatch_running"], of["flowbatch_contracts{status=\"accepted\"}"]), (0.0, 3.0));
    assert_eq!(of["flowbatch_requests_total{code=\"\",outcome=\"accepted\"}"], 1.0);
    assert!(
        of.contains_key("flowbatch_last_success_timestamp_seconds"),
        "of a job that had nothing to correct"
    );
}

#[test]
fn where_it_cannot_be_written_that_is_said_once_and_nothing_fails() {
    let session = session(Session::new()).file("m.csv", contracts(3).csv()).sandbox(unhurried());
    fs::write(session.path("metrics"), "a file").unwrap();
    let ran = session.run(["run", "m.csv"]).exit(0);
    let all = format!("{}{}", ran.stdout, ran.stderr);
    assert_eq!(all.matches("flowbatch.prom cannot be written").count(), 1, "{all}");
    session.run(["doctor"]).exit(2).says("metrics (metrics.file)").says("cannot be written");
}

/// Whatever changes what the journal says writes the file anew, and whatever asks is counted.
#[test]
fn later_commands_write_it_too_and_doubts_of_erased_jobs_go() {
    let session =
        session(with_flows_per_request(starting(&contracts(6), faulty("reset-after=@3,500=@5")), 1));
    session.run(["run", "contracts.csv", "--yes"]).exit(4);
    let job = job(&session);
    let anew = |words: &[&str], exit| {
        fs::remove_file(session.path(FILE)).unwrap();
        let before = session.entries().len();
        session.run(words).exit(exit);
        let of = samples(&text(&session));
        assert_eq!(of["flowbatch_running"], 0.0);
        let asked = (session.entries().len() - before) as f64;
        let counted = of.iter().filter(|(name, _)| name.starts_with("flowbatch_requests_total"));
        assert_eq!(counted.map(|(_, count)| count).sum::<f64>(), asked, "{words:?}");
        assert_eq!(of["flowbatch_pace_granted_total"], asked, "{words:?}");
        (of, asked)
    };
    assert_eq!(samples(&text(&session))["flowbatch_backlog_doubts"], 2.0);
    let (of, asked) = anew(&["reconcile", &job], 4);
    assert_eq!((of["flowbatch_backlog_doubts"], asked > 0.0), (1.0, true));
    assert!(!of.contains_key("flowbatch_last_success_timestamp_seconds"), "one is still in doubt");
    for words in [["track", &job], ["links", &job], ["remind", &job]] {
        let (of, asked) = anew(&words, 0);
        assert!(asked > 0.0, "{words:?}");
        assert!(!of.contains_key("flowbatch_last_success_timestamp_seconds"), "{words:?} sends nothing");
    }
    let (of, _) = anew(&["retry", &job, "--yes"], 4);
    assert_eq!(of["flowbatch_contracts{status=\"in_doubt\"}"], 1.0);
    // With its data goes what could settle it.
    let (of, _) = anew(&["purge", "--older-than", "0", "--yes"], 0);
    assert_eq!(of["flowbatch_backlog_doubts"], 0.0);
    assert_eq!(of["flowbatch_contracts{status=\"in_doubt\"}"], 0.0);
    assert_eq!(of["flowbatch_contracts{status=\"accepted\"}"], 5.0, "what was sent was sent");
}

/// Each would take the other's counts away: who came first writes it.
#[cfg(unix)]
#[test]
fn a_command_beside_a_watch_leaves_the_file_to_it() {
    let session = session(Session::new()).sandbox(unhurried()).file("m.csv", contracts(3).csv());
    fs::create_dir(session.path("in")).unwrap();
    let mut watch = session.start(["watch", "in"]);
    watch.until("it writes", || session.has(FILE));
    session.run(["run", "m.csv"]).exit(0);
    session.run(["confirm", "P01"]).exit(0);
    let of = samples(&text(&session));
    assert_eq!(of["flowbatch_running"], 1.0, "the watch runs");
    assert!(!of.keys().any(|name| name.starts_with("flowbatch_requests_total")), "{of:?}");
    watch.terminate();
    watch.wait().exit(0);
    let of = samples(&text(&session));
    assert_eq!((of["flowbatch_contracts{status=\"accepted\"}"], of["flowbatch_backlog_pages"]), (3.0, 0.0));
    // Once it has ended, others write.
    session.run(["confirm", "P01", "--undo"]).exit(0);
    assert_eq!(samples(&text(&session))["flowbatch_backlog_pages"], 1.0);
}
