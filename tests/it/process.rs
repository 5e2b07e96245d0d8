//! The process among others: its environment, its folders, its streams.

use std::time::{Duration, Instant};

use crate::sheets::{contracts, contracts_from};
use crate::support::{Session, unhurried};

fn session() -> Session {
    Session::new().file("m.csv", contracts(5).csv()).sandbox(unhurried())
}

#[cfg(unix)]
fn mode(path: &std::path::Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
fn set_mode(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Only the administrator can give a file away.
#[cfg(unix)]
fn give_away(path: &std::path::Path) -> bool {
    std::os::unix::fs::chown(path, Some(54_321), Some(54_321)).is_ok()
}

#[test]
fn variables_of_others_are_passed_over_and_mistakes_are_not() {
    for name in ["FLOWBATCH_SERVICE_HOST", "FLOWBATCH_PORT_8080_TCP_ADDR", "FLOWBATCH_VERSION"] {
        session().env(name, "10.0.0.1").run(["run", "m.csv"]).exit(0).says(name).says("5 accepted");
    }
    for (name, meant) in [
        ("FLOWBATCH_ENDPIONT", "endpoint"),
        ("FLOWBATCH_SECRET_ID", "credentials.secret_id"),
        ("FLOWBATCH_PACE__SPEED", "pace.speed"),
        ("FLOWBATCH_DEFAULTS__NOTHING", "defaults.nothing"),
    ] {
        let session = session().env(name, "x");
        session.run(["run", "m.csv"]).exit(2).says(name).says(meant);
        assert!(session.entries().is_empty());
    }
}

#[test]
fn all_that_is_wrong_with_the_settings_is_told_at_once() {
    let settings = "time_zone = \"Asia/Nowhere\"\n[retry]\nattempts = 0\n[pace]\nspeed = 1\n";
    let session = session().file("settings.toml", settings);
    session.run(["run", "m.csv", "--config", "settings.toml"]).exit(2).says("pace.speed");
    let settings = settings.replace("[pace]\nspeed = 1\n", "");
    let session = session.file("settings.toml", settings).env("FLOWBATCH_JUMP_URL", "nowhere");
    let ran = session.run(["run", "m.csv", "--config", "settings.toml"]).exit(2).says("3 things");
    for key in ["time_zone", "retry.attempts", "FLOWBATCH_JUMP_URL"] {
        assert!(ran.stderr.contains(key), "{key}: {}", ran.stderr);
    }
}

#[cfg(unix)]
#[test]
fn a_settings_file_that_somebody_dropped_is_not_taken() {
    let dropped = "lang = \"en\"\n";
    // As a clone leaves it under umask 002.
    let session = session().file("config.toml", dropped);
    set_mode(&session.path("config.toml"), 0o664);
    set_mode(&session.path(""), 0o775);
    session.run(["run", "m.csv"]).exit(0).says("settings file in use: config.toml");
    session.run(["status"]).exit(0).says("settings file in use: config.toml");
    // Everybody may write it, or its folder.
    for (name, open) in [("config.toml", 0o666), ("", 0o777)] {
        let session = self::session().file("config.toml", dropped);
        set_mode(&session.path(name), open);
        session.run(["run", "m.csv"]).exit(2).says("--config config.toml");
        assert!(session.entries().is_empty());
        session.run(["run", "m.csv", "--sandbox"]).exit(0).says("make sure that it is as it should be");
        session.run(["run", "m.csv", "--config", "config.toml"]).exit(0).says("settings file in use");
    }
    let session = self::session().file("config.toml", dropped);
    if give_away(&session.path("config.toml")) {
        session.run(["run", "m.csv"]).exit(2).says("another user");
        let session = session.env("FLOWBATCH_CONFIG", "config.toml");
        session.run(["run", "m.csv"]).exit(0).says("5 accepted");
    }
}

#[test]
fn the_users_own_settings_are_not_named() {
    let session = session();
    let own = session.home(".config/flowbatch");
    std::fs::create_dir_all(&own).unwrap();
    std::fs::write(own.join("config.toml"), "lang = \"en\"\n").unwrap();
    session.run(["run", "m.csv"]).exit(0).never_says("settings file in use");
}

#[cfg(unix)]
#[test]
fn a_state_folder_open_to_others_is_closed_or_refused() {
    let session = session();
    std::fs::create_dir(session.state("")).unwrap();
    set_mode(&session.state(""), 0o755);
    session.run(["run", "m.csv"]).exit(0).says("now closed");
    assert_eq!(mode(&session.state("")), 0o700);
    session.run(["run", "m.csv"]).exit(0).never_says("now closed");
    // A folder with other things in it is not ours to close.
    let session = self::session();
    std::fs::create_dir(session.state("")).unwrap();
    std::fs::write(session.state("letter.txt"), "x").unwrap();
    set_mode(&session.state(""), 0o755);
    session.run(["run", "m.csv"]).exit(0);
    assert_eq!(mode(&session.state("")), 0o755);
    // A container's empty volume.
    let session = self::session();
    std::fs::create_dir(session.state("")).unwrap();
    set_mode(&session.state(""), 0o777);
    if give_away(&session.state("")) {
        session.run(["run", "m.csv"]).exit(1).says("state/flowbatch");
        assert!(session.entries().is_empty());
        let inner = session.state("flowbatch").to_str().unwrap().to_owned();
        let session = session.env("FLOWBATCH_STATE_DIR", &inner);
        session.run(["run", "m.csv"]).exit(0).says("5 accepted");
        assert_eq!(mode(&session.state("flowbatch")), 0o700);
    }
}

#[cfg(unix)]
#[test]
fn links_are_taken_for_the_folder_and_not_for_the_files_in_it() {
    use std::os::unix::fs::symlink;
    let session = session();
    std::fs::create_dir(session.path("real")).unwrap();
    symlink(session.path("real"), session.home("../state")).unwrap();
    session.run(["run", "m.csv"]).exit(0).says("5 accepted");
    for name in ["ledger.db", "reserve", "key"] {
        let session = self::session();
        session.run(["run", "m.csv", "--first", "1"]).exit(0);
        let moved = session.path("moved");
        if session.state(name).exists() {
            std::fs::rename(session.state(name), &moved).unwrap();
        } else {
            std::fs::write(&moved, "").unwrap();
        }
        symlink(&moved, session.state(name)).unwrap();
        session.run(["run", "m.csv"]).exit(1).says("is a link");
        assert_eq!(session.accepted().len(), 1, "{name}");
    }
}

#[test]
fn of_several_files_those_after_a_stop_are_named() {
    let session = Session::new()
        .env("FLOWBATCH_RETRY__FIRST_CONTACT", "200ms")
        .env("FLOWBATCH_ENDPOINT", "http://127.0.0.1:9")
        .file("a.csv", contracts(5).csv())
        .file("b.csv", contracts_from(11, 15).csv())
        .file("c.csv", contracts_from(21, 25).csv());
    session.run(["run", "a.csv", "b.csv", "c.csv"]).exit(5).says("b.csv: not begun").says("c.csv: not begun");
    let json = session.run(["run", "a.csv", "b.csv", "c.csv", "--json"]).exit(5).json();
    let results: Vec<&str> =
        json["files"].as_array().unwrap().iter().map(|file| file["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["stopped", "not_begun", "not_begun"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_document_that_cannot_be_written_fails_the_command() {
    let session = session();
    for words in [&["run", "m.csv", "--json"][..], &["status", "--json"], &["check", "m.csv", "--json"]] {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let status = session.command(words).stdout(full).status().unwrap();
        assert_eq!(status.code(), Some(1), "{words:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_log_that_cannot_be_written_ends_no_run() {
    let session = session();
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let status = session.command(["-vv", "run", "m.csv"]).stderr(full).status().unwrap();
    assert_eq!(status.code(), Some(0));
    assert_eq!(session.accepted().len(), 5);
}

#[test]
fn nothing_that_acts_on_a_terminal_gets_there() {
    let wild = "测\u{1b}[31m试\u{202e}abc\u{7}";
    let input =
        contracts(5).set(2, "approver.mobile", wild).set(3, "flow_name", wild).with(wild, |_| wild.into());
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    for words in [
        &["run", "m.csv", "--skip-invalid"][..],
        &["check", "m.csv"],
        &["run", "m.csv", "--skip-invalid", "--json"],
    ] {
        let ran = session.run(words);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!all.chars().any(|c| (c.is_control() && !"\n\t".contains(c)) || c == '\u{202e}'), "{all:?}");
    }
}

#[test]
fn what_stands_in_cells_goes_to_no_log() {
    let input = contracts(5).set(2, "approver.mobile", "1380013800x");
    let session = Session::new().file("m.csv", input.csv()).sandbox(unhurried());
    let ran = session.run(["run", "m.csv"]).exit(3);
    assert!(ran.stderr.contains("approver.mobile") && ran.stderr.contains("row 3"), "{}", ran.stderr);
    assert!(!ran.stderr.contains("1380013800x") && !ran.stderr.contains("测试"), "{}", ran.stderr);
}

#[test]
fn a_rehearsal_that_was_killed_is_cleared_away() {
    let session = Session::new().file("m.csv", contracts(4000).csv());
    let mut run = session.start(["run", "m.csv", "--sandbox"]);
    run.until("it works", || session.temporary().iter().any(|name| name.starts_with("flowbatch-rehearsal-")));
    std::thread::sleep(Duration::from_millis(300));
    run.kill();
    assert_eq!(session.temporary().len(), 1);
    let session = session.file("n.csv", contracts(5).csv());
    session.run(["run", "n.csv", "--sandbox"]).exit(0);
    assert!(session.temporary().is_empty(), "{:?}", session.temporary());
}

#[cfg(unix)]
#[test]
fn a_signal_ends_an_import_within_a_second() {
    let session = Session::new().file("m.csv", contracts(60_000).csv()).sandbox(unhurried());
    let mut run = session.start(["run", "m.csv"]);
    run.until("it reads", || {
        std::fs::read_dir(session.state("jobs")).is_ok_and(|mut entries| entries.next().is_some())
    });
    std::thread::sleep(Duration::from_millis(500));
    run.terminate();
    let told = Instant::now();
    run.wait().exit(5).says("nothing of this file was sent");
    // In a debug build, on a busy machine.
    assert!(told.elapsed() < Duration::from_secs(3), "{:?}", told.elapsed());
    assert!(session.entries().is_empty());
}

/// Files and folders below it, with itself.
#[cfg(unix)]
fn tree(path: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = vec![path.to_owned()];
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap().map(Result::unwrap) {
            found.extend(tree(&entry.path()));
        }
    }
    found
}

#[cfg(target_os = "linux")]
#[test]
fn a_state_folder_that_cannot_be_written_can_be_looked_at() {
    let session = session();
    session.run(["run", "m.csv"]).exit(0);
    let first = session.report("m");
    let all = session.home("..");
    // The administrator can write anywhere, so somebody else has to try.
    let other = give_away(&session.path("m.csv"));
    for path in tree(&all) {
        if other {
            give_away(&path);
        }
    }
    for path in tree(&session.home("../state")) {
        set_mode(&path, if path.is_dir() { 0o500 } else { 0o400 });
    }
    let outer: &[&str] =
        if other { &["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups"] } else { &[] };
    let run = |words: &[&str]| session.start_in(outer.iter().copied(), words.iter().copied()).wait();
    let status = run(&["status"]);
    if other && status.code != Some(0) && !status.stderr.contains("flowbatch") {
        eprintln!("not tried: {}", status.stderr);
        return;
    }
    let status = status.exit(0).says("5 accepted").says("cannot be written");
    let job = status.stdout.split_whitespace().next().unwrap().to_owned();
    std::fs::remove_file(session.path("m.report.csv")).unwrap();
    std::fs::remove_file(session.path("m.report.xlsx")).unwrap();
    run(&["report", &job]).exit(0).says("5 accepted");
    assert_eq!(session.report("m"), first);
    run(&["pages"]).exit(0).says(first[0].url());
    run(&["confirm", &format!("{job}/P01")]).exit(1).says("cannot be written");
    run(&["run", "m.csv", "--again"]).exit(1).says("cannot be written");
    for path in tree(&session.home("../state")) {
        set_mode(&path, 0o700);
    }
}

/// On a terminal one line says how the sending goes and is drawn in place; what is left to do is
/// said at the end, as the report says it.
#[cfg(unix)]
#[test]
fn a_terminal_shows_how_the_sending_goes() {
    let session = Session::new()
        .file("m.csv", contracts(300).csv())
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "10")
        .env("TERM", "xterm")
        .sandbox(unhurried());
    let ran = session.on_terminal("", ["run", "m.csv"]).exit(0);
    let drawn: Vec<&str> = ran
        .stdout
        .split(['\n', '\u{1b}'])
        .filter(|line| line.contains("waiting") && line.contains('░'))
        .collect();
    assert!(drawn.len() >= 3, "{}", ran.stdout);
    for line in &drawn {
        let line =
            line.trim_start_matches(|c: char| c == '[' || c.is_ascii_digit() || c.is_ascii_uppercase());
        assert!(line.contains("accepted") && line.contains("rejected") && line.contains("/s"), "{line:?}");
        // What was said before stands on a line of its own; each is filled up to its end.
        let line = &line[line.find(['█', '░']).unwrap()..];
        assert!(line.trim_end().chars().count() < 80, "{line:?}");
    }
    assert!(ran.stdout.contains("Open 15 pages and confirm each"), "{}", ran.stdout);
    let again = session.file("n.csv", contracts_from(401, 440).csv());
    let quiet = again.on_terminal("", ["run", "n.csv", "--quiet"]).exit(0);
    assert!(!quiet.stdout.contains('░') && quiet.stdout.contains("Open 2 pages"), "{}", quiet.stdout);
}
