//! `run` of a folder, again and again: what is new is done once, and then there is silence.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::sheets::{Sheet, contracts, contracts_from, sheet, workbook};
use crate::support::{Ran, Session, faulty, unhurried};

const REFUSED: &str = "sandbox:InvalidParameter.Mobile";

/// A good file, one with bad rows, one with contracts that the API refuses, one that asks a
/// question, one that is no spreadsheet, one without contracts, one with both bad and
/// refused ones.
fn folder() -> Session {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    // Is that the end of the contract, or the deadline to sign it?
    let asks = sheet(
        &["合同名称", "模板ID", "签署方姓名", "签署方手机号", "起始日期", "截止日期"],
        [["合同", "yD1", "测试甲", "13800000301", "2099-01-01", "2099-12-31"].map(str::to_owned)],
    );
    let headers = contracts(1).headers;
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    session
        .file("in/a good.csv", contracts(25).csv())
        .file("in/bad.csv", contracts_from(101, 105).set(2, "approver.mobile", "1").csv())
        .file("in/refused.csv", refused(201, 225, &[3, 20]).csv())
        .file("in/asks.xlsx", asks.xlsx())
        .file("in/picture.xlsx", b"\x89PNG\r\n\x1a\n0000000000000000\n".as_slice())
        .file("in/[2026]empty.csv", format!("{}\n", headers.join(",")))
        .file("in/reused.csv", contracts(3).set(2, "approver.mobile", "13911112222").csv())
        .file(
            "in/two.xlsx",
            workbook(&[("一月", &contracts_from(501, 503)), ("二月", &contracts_from(511, 513))]),
        )
        .file("in/garbage.csv", "no,such\ncolumns,here\n")
        .file("in/~$a good.xlsx", "lock\n")
}

/// Contracts of which the API refuses those, counted from 1.
fn refused(first: usize, last: usize, which: &[usize]) -> Sheet {
    contracts_from(first, last).with("flow_description", |n| match which.contains(&n) {
        true => REFUSED.to_owned(),
        false => String::new(),
    })
}

/// Every file of a folder, the folder itself among them: what it holds, and when it was changed.
fn state(dir: &Path) -> BTreeMap<String, (SystemTime, Vec<u8>)> {
    let changed = |path: &Path| path.metadata().unwrap().modified().unwrap();
    let mut found = BTreeMap::from([(String::new(), (changed(dir), Vec::new()))]);
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        found.insert(name, (changed(&path), std::fs::read(&path).unwrap()));
    }
    found
}

/// A pass that does nothing and says nothing.
#[track_caller]
fn silent_pass(session: &Session, arguments: &[&str], code: i32) -> Ran {
    let (before, sent) = (state(&session.path("in")), session.entries().len());
    let ran = session.run(arguments).exit(code);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    assert_eq!(session.entries().len(), sent, "no request");
    let after = state(&session.path("in"));
    let changed: Vec<&String> = after
        .iter()
        .filter(|(name, own)| before.get(*name) != Some(own))
        .map(|(name, _)| name)
        .chain(before.keys().filter(|name| !after.contains_key(*name)))
        .collect();
    assert!(changed.is_empty(), "{changed:?}");
    ran
}

#[test]
fn ten_passes_over_good_bad_and_refused_files_do_the_work_of_one() {
    let session = folder();
    let first = session.run(["run", "in/*"]).exit(4);
    for said in ["25 accepted", "23 accepted", "2 rejected", "bad.csv", "picture.xlsx", "garbage.csv"] {
        let all = format!("{}{}", first.stdout, first.stderr);
        assert!(all.contains(said), "{said} is not in:\n{all}");
    }
    assert_eq!(session.accepted().len(), 48);
    for said in ["reused.csv", "two.xlsx", "截止日期"] {
        assert!(first.stderr.contains(said), "{said} is not in:\n{}", first.stderr);
    }
    for file in [
        "bad.check.xlsx", "asks.problem.txt", "refused.fix.xlsx", "picture.problem.txt", "a good.report.xlsx",
    ] {
        assert!(session.path("in").join(file).exists(), "{file}");
    }
    // Nothing was sent from here on, so a file that is not valid counts for more.
    for _ in 2..=10 {
        silent_pass(&session, &["run", "in/*"], 4);
    }
    let json = session.run(["run", "in/*", "--json"]).exit(4).json();
    let result = |name: &str| {
        let files = json["files"].as_array().unwrap().iter();
        let mut found = files.filter(|file| file["file"].as_str().unwrap().ends_with(name));
        found.next().unwrap_or_else(|| panic!("{name}: {json:#}"))["result"].as_str().unwrap().to_owned()
    };
    assert_eq!(result("a good.csv"), "finished_before");
    assert_eq!(result("bad.csv"), "invalid");
    assert_eq!(result("bad.check.xlsx"), "left_out");
    assert_eq!(result("refused.fix.xlsx"), "left_out");
    assert_eq!(result("refused.report.csv"), "left_out");
    assert_eq!(result("picture.problem.txt"), "left_out");
}

#[test]
fn what_is_new_or_edited_is_done_and_nothing_else() {
    let session = folder();
    session.run(["run", "in/*.csv", "in/*.xlsx"]).exit(4);
    let before = state(&session.path("in"));
    let sent = session.entries().len();
    // A new file, and one that was bad.
    let session = session
        .file("in/new.csv", contracts_from(401, 403).csv())
        .file("in/bad.csv", contracts_from(101, 105).csv());
    let ran = session.run(["run", "in/*.csv", "in/*.xlsx"]).exit(4).says("3 accepted").says("5 accepted");
    assert_eq!(session.entries().len(), sent + 2);
    assert!(!ran.stdout.contains("a good.csv"), "{}", ran.stdout);
    let after = state(&session.path("in"));
    for (name, own) in &before {
        let is_new = name.is_empty() || name.starts_with("bad.");
        assert!(is_new || after.get(name) == Some(own), "{name}");
    }
    silent_pass(&session, &["run", "in/*.csv", "in/*.xlsx"], 4);
}

/// A workbook as a person sees it, saved by another program.
fn edited(path: &Path, change: impl Fn(&[String], &mut Vec<String>)) -> Vec<u8> {
    let mut workbook: Xlsx<_> = open_workbook(path).unwrap();
    let range = workbook.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<String>>());
    let headers = rows.next().unwrap();
    let mut rows: Vec<Vec<String>> = rows.collect();
    rows.iter_mut().for_each(|row| change(&headers, row));
    Sheet { headers, rows }.xlsx()
}

/// Corrects the contract with that number.
fn correcting(number: &'static str) -> impl Fn(&[String], &mut Vec<String>) {
    move |headers, row| {
        let at = |name: &str| headers.iter().position(|own| own == name).unwrap();
        if row[at("contract_id")] == number {
            row[at("flow_description")] = String::new();
        }
    }
}

#[test]
fn what_is_still_bad_of_a_corrected_workbook_goes_to_the_next_number() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let session = session.file("in/m.csv", refused(1, 25, &[3, 20]).csv());
    session.run(["run", "in/*"]).exit(4).says("2 rejected");
    silent_pass(&session, &["run", "in/*"], 4);
    let fixed = edited(&session.path("in/m.fix.xlsx"), correcting("HT-0003"));
    let session = session.file("in/m.fix.xlsx", &fixed);
    let sent = session.entries().len();
    session.run(["run", "in/*"]).exit(4).says("1 accepted").says("1 rejected").says("m.fix (2).xlsx");
    assert!(session.entries().len() > sent);
    assert_eq!(std::fs::read(session.path("in/m.fix.xlsx")).unwrap(), fixed, "the corrected one stays");
    let names: Vec<String> = state(&session.path("in")).into_keys().collect();
    assert!(
        names.iter().all(|name| !name.contains(".fix.fix") && !name.contains(".report (2)")),
        "{names:?}"
    );
    let again = ["m.fix (2).xlsx", "m.fix.report.xlsx", "m.fix.report.csv"];
    assert!(again.iter().all(|name| names.contains(&(*name).to_owned())), "{names:?}");
    assert!(!names.contains(&"m.fix (3).xlsx".to_owned()), "{names:?}");
    for _ in 0..3 {
        silent_pass(&session, &["run", "in/*"], 4);
    }
    // And that one, corrected: its contract is sent once.
    let fixed = edited(&session.path("in/m.fix (2).xlsx"), correcting("HT-0020"));
    let session = session.file("in/m.fix (2).xlsx", &fixed);
    session.run(["run", "in/*"]).exit(0).says("1 accepted");
    assert_eq!(session.accepted().len(), 25);
    silent_pass(&session, &["run", "in/*"], 0);
}

#[test]
fn a_corrected_check_workbook_is_input_and_the_next_one_gets_a_number() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let input = contracts(5).set(2, "approver.mobile", "1").set(4, "flow_name", "");
    let session = session.file("in/m.csv", input.csv());
    session.run(["run", "in/*"]).exit(3);
    silent_pass(&session, &["run", "in/*"], 3);
    let fixed = edited(&session.path("in/m.check.xlsx"), |headers, row| {
        let at = |name: &str| headers.iter().position(|own| own == name).unwrap();
        if row[at("contract_id")] == "HT-0002" {
            row[at("approver.mobile")] = "13800000002".to_owned();
        }
    });
    let session = session.file("in/m.check.xlsx", &fixed);
    session.run(["run", "in/*"]).exit(3).says("m.check (2).xlsx");
    assert_eq!(std::fs::read(session.path("in/m.check.xlsx")).unwrap(), fixed);
    assert!(!session.has("in/m.check.check.xlsx"));
    silent_pass(&session, &["run", "in/*"], 3);
}

#[test]
fn a_report_or_a_check_workbook_that_is_missing_is_written_again() {
    let session = folder();
    session.run(["run", "in/*"]).exit(4);
    for name in [
        "a good.report.xlsx", "refused.report.csv", "refused.fix.xlsx", "bad.check.xlsx",
        "picture.problem.txt",
    ] {
        std::fs::remove_file(session.path("in").join(name)).unwrap();
        session.run(["run", "in/*"]).exit(4);
        assert!(session.path("in").join(name).is_file(), "{name}");
        silent_pass(&session, &["run", "in/*"], 4);
    }
    let names: Vec<String> = state(&session.path("in")).into_keys().collect();
    assert!(names.iter().all(|name| !name.contains(" (2)")), "{names:?}");
}

#[test]
fn a_report_that_somebody_works_in_stays_and_gets_no_second_one() {
    let session = folder();
    session.run(["run", "in/*"]).exit(4);
    let report = session.path("in/a good.report.xlsx");
    let mut bytes = std::fs::read(&report).unwrap();
    bytes.extend_from_slice(b" ");
    std::fs::write(&report, bytes).unwrap();
    silent_pass(&session, &["run", "in/*"], 4);
}

#[test]
fn a_pair_of_files_stays_one_beside_its_report() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let session =
        session.file("in/c.csv", "contract_id,flow_name,template_id,deadline\nHT-1,n,yD1,2099-01-31\n").file(
            "in/s.csv",
            "contract_id,approver.name,approver.mobile\nHT-1,测试甲,13800000001\nHT-1,测试乙,13800000002\n",
        );
    session.run(["run", "in/*.csv"]).exit(0).says("1 accepted");
    for _ in 0..2 {
        silent_pass(&session, &["run", "in/*"], 0);
    }
}

#[test]
fn a_finished_file_whose_data_was_purged_is_silent_and_keeps_its_exit() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let mixed = refused(1, 25, &[3]).set(5, "approver.mobile", "1");
    let session = session.file("in/a.csv", contracts_from(101, 103).csv()).file("in/m.csv", mixed.csv());
    session.run(["run", "in/*.csv", "--skip-invalid"]).exit(4);
    session.run(["purge", "--older-than", "0s", "--yes"]).exit(0);
    let sent = session.entries().len();
    silent_pass(&session, &["run", "in/*.csv", "--skip-invalid"], 4);
    silent_pass(&session, &["run", "in/a*.csv"], 0);
    assert_eq!(session.entries().len(), sent);
}

#[test]
fn remarks_on_the_settings_come_with_news_only() {
    let session = folder().env("FLOWBATCH_SERVICE_HOST", "10.0.0.1");
    session.run(["run", "in/*"]).exit(4).says("FLOWBATCH_SERVICE_HOST");
    silent_pass(&session, &["run", "in/*"], 4);
    let session = session.file("in/new.csv", contracts_from(401, 403).csv());
    session.run(["run", "in/*"]).exit(4).says("FLOWBATCH_SERVICE_HOST").says("3 accepted");
}

#[cfg(unix)]
#[test]
fn a_terminal_gets_a_line_a_file_and_the_pages() {
    let session = folder();
    session.run(["run", "in/*"]).exit(4);
    let session = session.env("TERM", "xterm");
    let ran = session.on_terminal("", ["run", "in/*"]).exit(4);
    let lines = |name: &str| ran.stdout.lines().filter(|line| line.contains(name)).count();
    assert_eq!(lines("a good.csv"), 1, "{}", ran.stdout);
    for url in session.report("in/a good").iter().map(|line| line.url().to_owned()) {
        assert!(ran.stdout.contains(&url), "{url}: {}", ran.stdout);
    }
    assert!(ran.stdout.contains("\u{1b}["), "a terminal has colours");
    let session = session.env("NO_COLOR", "1");
    let plain = session.on_terminal("", ["run", "in/*"]).exit(4);
    assert!(!plain.stdout.contains("\u{1b}["), "{}", plain.stdout);
}

#[test]
fn a_file_that_another_process_works_on_is_left_out_where_that_is_said() {
    let session = Session::new()
        .file("m.csv", contracts(200).csv())
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "1")
        .sandbox(unhurried());
    let mut running = session.start(["run", "m.csv"]);
    running.until("it sends", || !session.entries().is_empty());
    session.run(["run", "m.csv"]).exit(5).says("m.csv");
    let skipped = session.run(["run", "m.csv", "--if-busy", "skip"]).exit(0);
    assert_eq!((skipped.stdout.as_str(), skipped.stderr.as_str()), ("", ""));
    let json = session.run(["run", "m.csv", "--if-busy", "skip", "--json"]).exit(0).json();
    assert_eq!(json["files"][0]["result"], "busy");
    #[cfg(unix)]
    running.terminate();
    running.wait().exit(5);
}

#[test]
fn of_several_files_the_exit_is_the_first_of_1_5_4_3_0() {
    let session = Session::new()
        .file("good.csv", contracts(3).csv())
        .file("bad.csv", contracts_from(11, 13).set(2, "approver.mobile", "1").csv())
        .file("refused.csv", refused(21, 40, &[3]).csv())
        .sandbox(unhurried());
    session.run(["run", "bad.csv"]).exit(3);
    session.run(["run", "good.csv", "bad.csv"]).exit(4).says("3 accepted");
    session.run(["run", "good.csv", "bad.csv"]).exit(3);
    session.run(["run", "bad.csv", "refused.csv"]).exit(4);
    session.run(["run", "bad.csv", "refused.csv", "good.csv"]).exit(4);
    session.run(["check", "good.csv", "bad.csv"]).exit(3);
    // The report of a file cannot be written where it belongs, and that counts for most.
    let json = session.run(["run", "good.csv", "bad.csv", "--json"]).exit(3).json();
    assert_eq!(json["files"][0]["result"], "finished_before");
    assert_eq!(json["files"][0]["reports"].as_array().unwrap().len(), 3, "{json:#}");
}

#[test]
fn a_pattern_without_matches_is_no_error_and_one_without_its_folder_is() {
    let session = Session::new().file("m.csv", contracts(3).csv()).sandbox(unhurried());
    let none = session.run(["run", "*.xlsx"]).exit(0);
    assert_eq!((none.stdout.as_str(), none.stderr.as_str()), ("", ""));
    session.run(["run", "missing/*.xlsx"]).exit(2).says("missing");
    session.run(["run", "m.csv", "missing/*.xlsx"]).exit(2).says("nothing was sent");
    assert!(session.entries().is_empty());
    let empty = session.run(["run", "*.xlsx", "--json"]).exit(0).json();
    assert_eq!(empty["files"].as_array().unwrap().len(), 0);
    session.run(["run", "'*.csv'"]).exit(0).says("3 accepted");
}

#[test]
fn a_file_whose_name_looks_like_a_pattern_is_that_file() {
    let session = Session::new()
        .file("[2026]合同.csv", contracts(3).csv())
        .file("2合同.csv", contracts_from(11, 13).csv())
        .sandbox(unhurried());
    session.run(["run", "[2026]合同.csv"]).exit(0).says("3 accepted");
    assert_eq!(session.accepted().len(), 3);
}

#[test]
fn a_sheet_without_a_known_header_stays_one_sentence() {
    // Its problem.txt is the same each time, so it is not written again.
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let session = session.file("in/m.csv", sheet(&["a", "b"], [["1", "2"].map(str::to_owned)]).csv());
    session.run(["run", "in/*"]).exit(3).says("m.csv");
    silent_pass(&session, &["run", "in/*"], 3);
}

#[test]
fn the_log_file_begins_anew_each_day_is_private_and_names_nobody() {
    let session = Session::new().file("张三.csv", contracts(25).csv()).sandbox(unhurried());
    let log = session.path("logs/flowbatch.log");
    let session = session.env("FLOWBATCH_LOG__FILE", log.to_str().unwrap()).env("FLOWBATCH_LOG__KEEP", "2");
    std::fs::create_dir(session.path("logs")).unwrap();
    for old in ["2026-01-01", "2026-01-02", "2026-01-03"] {
        std::fs::write(session.path(&format!("logs/flowbatch.{old}.log")), "old").unwrap();
    }
    let ran = session.run(["run", "张三.csv"]).exit(0);
    assert_eq!(ran.stderr, "", "stderr stays as it is");
    let logs = session.path("logs");
    let names = || -> Vec<String> { state(&logs).into_keys().filter(|name| !name.is_empty()).collect() };
    assert_eq!(names().len(), 2, "{:?}", names());
    let today = names().pop().unwrap();
    let path = session.path("logs").join(&today);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("accepted=25") && text.contains("requests=2"), "{text}");
    for name in ["张三", &crate::sheets::name(1), &crate::sheets::mobile(1)] {
        assert!(!text.contains(name), "{name}: {text}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    session.run(["run", "张三.csv"]).exit(0);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "nothing new, no line");
    let session = session.file("li.csv", contracts_from(31, 33).csv());
    session.run(["run", "li.csv", "--log-format", "json"]).exit(0);
    let last = std::fs::read_to_string(&path).unwrap();
    let last: serde_json::Value = serde_json::from_str(last.lines().last().unwrap()).unwrap();
    assert_eq!(last["fields"]["accepted"], 3);

    // One that is full is followed by the next one, and counts as one of those that stay.
    let session = session.env("FLOWBATCH_LOG__SIZE_MB", "1");
    let full = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    full.set_len(1 << 20).unwrap();
    let session = session.file("liu.csv", contracts_from(41, 44).csv());
    session.run(["run", "liu.csv"]).exit(0);
    let stem = today.trim_end_matches(".log");
    let second = session.path(&format!("logs/{stem}.2.log"));
    assert!(std::fs::read_to_string(&second).unwrap().contains("accepted=4"));
    assert_eq!(path.metadata().unwrap().len(), 1 << 20, "nothing was added");
    assert_eq!(names(), [format!("{stem}.2.log"), today]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(second.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Two of them at once, into one file: each line is whole, and none is missing.
#[test]
fn two_processes_share_a_log_file() {
    let session = Session::new()
        .file("a.csv", contracts(300).csv())
        .file("b.csv", contracts_from(1001, 1300).csv())
        .sandbox(faulty("503=0.2"));
    let log = session.path("logs/flowbatch.log");
    let session = session.env("FLOWBATCH_LOG__FILE", log.to_str().unwrap());
    let words = |name| ["run", name, "--log-format", "json"];
    let (a, b) = (session.start(words("a.csv")), session.start(words("b.csv")));
    a.wait().exit(0);
    b.wait().exit(0);
    let text: String = state(&session.path("logs"))
        .into_keys()
        .filter(|name| !name.is_empty())
        .map(|name| std::fs::read_to_string(session.path("logs").join(name)).unwrap())
        .collect();
    let events: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect();
    let ended = events.iter().filter(|event| event["fields"]["accepted"] == 300);
    assert_eq!(ended.count(), 2, "{text}");
    let failed = session.entries().iter().filter(|entry| entry.verdict != "accepted").count();
    let told = events.iter().filter(|event| event["fields"]["message"] == "not accepted").count();
    assert!(failed > 0 && told == failed, "{told} of {failed}");
}

/// The unit and the timer as they ship, but for the program's own path.
#[cfg(target_os = "linux")]
#[test]
fn systemd_is_content_with_the_units() {
    let Ok(found) = std::process::Command::new("systemd-analyze").arg("--version").output() else { return };
    assert!(found.status.success());
    let dir = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("contrib");
    const UNITS: [&str; 3] = ["./flowbatch.service", "./flowbatch.timer", "./flowbatch-watch.service"];
    for name in UNITS {
        let unit = std::fs::read_to_string(root.join(name)).unwrap();
        let unit = unit.replace("/usr/local/bin/flowbatch", env!("CARGO_BIN_EXE_flowbatch"));
        std::fs::write(dir.path().join(name), unit).unwrap();
    }
    let mut verify = std::process::Command::new("systemd-analyze");
    let said = verify.current_dir(dir.path()).arg("verify").args(UNITS).output().unwrap();
    let words = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.success() && words.is_empty(), "{words}");
}

/// What the crontab, the unit and the task run is a command line that flowbatch takes.
#[test]
fn the_command_of_the_schedules_is_one_of_ours() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("inbox")).unwrap();
    let session = session.file("config.toml", "").file("inbox/a.csv", contracts(3).csv());
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, folder) in [
        ("contrib/crontab", "/srv/flowbatch/"),
        ("contrib/flowbatch.service", "/srv/flowbatch/"),
        ("contrib/flowbatch-task.xml", "D:\\contracts\\"),
        ("README.md", "/srv/flowbatch/"),
    ] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        let line = text.lines().find(|line| line.contains("--if-busy")).unwrap();
        let command = &line[line.find("run --config").unwrap()..];
        let command = command.split("</Arguments>").next().unwrap().replace(folder, "").replace('\\', "/");
        let mut words: Vec<String> =
            command.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect();
        words[2] = "config.toml".to_owned();
        session.run(&words).exit(0);
        assert_eq!(session.accepted().len(), 3, "{file}");
    }
}

/// Which of the two signs first in each contract? Somebody has answered by hand; the passes of cron know nothing of it.
const CHANGES_PLACES: &str = "合同编号,合同名称,模板ID,签署方姓名,签署方手机号,签署方类型,签署截止时间\n\
    A1,合同,yD1,测试甲,13800000301,企业,2099-12-31\nA1,合同,yD1,测试乙,13800000302,个人,2099-12-31\n\
    A2,合同,yD1,测试丙,13800000303,个人,2099-12-31\nA2,合同,yD1,测试甲,13800000301,企业,2099-12-31\n";

#[test]
fn a_file_that_was_answered_by_hand_and_sent_asks_in_no_later_pass() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let session = session.file("in/order.csv", CHANGES_PLACES).file("in/other.csv", contracts(2).csv());
    session.run(["run", "in/*"]).exit(4).says("--signer-order rows");
    assert!(session.path("in/order.problem.txt").is_file());
    session.run(["run", "in/order.csv", "--signer-order", "rows"]).exit(0);
    assert_eq!(session.accepted().len(), 4);
    silent_pass(&session, &["run", "in/*"], 0);
    assert!(!session.path("in/order.problem.txt").exists());
    session.run(["run", "in/order.csv"]).exit(0);
    // Who wants it sent once more is asked again, and so is who has other settings, or has changed the file.
    session.run(["run", "in/order.csv", "--again"]).exit(3);
    session.run(["run", "in/order.csv", "--default", "flow_description=x"]).exit(3);
    let session = session.file("in/order.csv", CHANGES_PLACES.replace("测试丙", "测试丁"));
    session.run(["run", "in/*"]).exit(3).says("--signer-order rows");
    assert_eq!(session.accepted().len(), 4);
}

/// Another template was given by hand: what the settings say was never sent.
#[test]
fn a_file_that_was_sent_by_hand_with_other_values_asks_on() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let session = session
        .file("in/order.csv", CHANGES_PLACES.replace("模板ID", "备注"))
        .file("own.toml", "[defaults]\ntemplate_id = \"yDtest00000000000000000000000001\"\n");
    let template = |id: &'static str| ["run", "in/order.csv", "--config", "own.toml", "--default", id];
    let by_hand = template("template_id=yDtest00000000000000000000000002");
    session.run(by_hand.iter().chain(&["--signer-order", "rows"])).exit(0);
    session.run(["run", "in/order.csv", "--config", "own.toml"]).exit(3).says("--signer-order rows");
    assert_eq!(session.accepted().len(), 2);
}

/// Somebody has sent some of the rows by hand: of the others it is still asked.
#[test]
fn a_file_of_which_some_rows_were_sent_by_hand_asks_on() {
    let session = Session::new().sandbox(unhurried());
    std::fs::create_dir(session.path("in")).unwrap();
    let list = contracts(3).with("签约状态", |n| if n == 2 { "已签" } else { "未签" }.to_owned());
    let session = session.file("in/list.csv", list.csv());
    session.run(["run", "in/*"]).exit(3);
    session.run(["run", "in/list.csv", "--where", "签约状态=未签"]).exit(0);
    assert_eq!(session.accepted().len(), 2);
    session.run(["run", "in/*"]).exit(3);
    // 先不发: those that lack a party may still have to go.
    let wide = "甲方姓名,甲方手机号,乙方姓名,乙方手机号\n测试甲,13800000301,测试乙,13800000302\n\
        测试丙,13800000303,,\n测试丁,13800000304,测试戊,13800000305\n";
    let session = session
        .file("in/wide.csv", wide)
        .file("own.toml", "[defaults]\ntemplate_id = \"yDtest00000000000000000000000001\"\ndeadline = \"2099-12-31\"\nflow_name = \"合同\"\n");
    let words = ["run", "in/wide.csv", "--config", "own.toml"];
    let run = |more: &[&str]| session.run(words.iter().chain(more));
    run(&[]).exit(3);
    run(&["--missing-party", "skip"]).exit(0);
    run(&[]).exit(3);
}
