//! A watched folder: what is dropped into it, what becomes of it, and what its watcher is put through.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use flowbatch::sandbox::Options;

#[cfg(unix)]
mod elsewhere;
mod killed;

use crate::sheets::{contracts, contracts_from, id, mobile, name, sheet, workbook};
use crate::support::{Running, Session, count, faulty, read_report, unhurried};

/// Names in one of the folders, without hidden ones.
fn names(session: &Session, shelf: &str) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(session.path(&format!("dir/{shelf}"))) else { return BTreeSet::new() };
    let names = entries.flatten().map(|entry| entry.file_name().into_string().unwrap());
    names.filter(|name| !name.starts_with('.')).collect()
}

fn has(session: &Session, path: &str) -> bool {
    session.has(&format!("dir/{path}"))
}

fn path(session: &Session, path: &str) -> PathBuf {
    session.path(&format!("dir/{path}"))
}

/// As a program saves it that takes care: whole at once.
fn drop_file(session: &Session, name: &str, contents: impl AsRef<[u8]>) {
    let draft = path(session, &format!("inbox/.{name}.draft"));
    fs::write(&draft, contents).unwrap();
    fs::rename(draft, path(session, &format!("inbox/{name}"))).unwrap();
}

fn text(session: &Session, name: &str) -> String {
    fs::read_to_string(path(session, name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn watched(options: Options) -> Session {
    let session = Session::new()
        .env("FLOWBATCH_WATCH__QUIET", "100ms")
        .env("FLOWBATCH_WATCH__KEEP_TRYING", "300ms")
        .env("FLOWBATCH_WATCH__TRY_AGAIN", "200ms")
        .sandbox(options);
    fs::create_dir_all(session.path("dir/inbox")).unwrap();
    session
}

fn start(session: &Session) -> Running {
    let mut watch = session.start(["watch", "dir"]);
    watch.until("it has begun", || has(session, "status.html"));
    watch
}

/// The page is written last: what it says is done.
fn page_says(session: &Session, watch: &mut Running, words: &str) {
    watch.until(&format!("the page says {words}"), || text(session, "status.html").contains(words));
}

#[cfg(unix)]
fn stop(watch: Running) -> crate::support::Ran {
    watch.terminate();
    watch.wait()
}

#[cfg(unix)]
#[test]
fn what_is_dropped_ends_in_done_or_failed_with_its_report() {
    let session = watched(unhurried());
    let mut watch = start(&session);
    drop_file(&session, "好的.xlsx", contracts(25).xlsx());
    drop_file(&session, "bad.csv", contracts_from(100, 103).set(2, "approver.mobile", "12").csv());
    drop_file(&session, "picture.xlsx", "no workbook at all\n");
    watch.until("all have ended", || {
        has(&session, "done/好的.xlsx")
            && has(&session, "failed/bad.csv")
            && has(&session, "failed/picture.xlsx")
    });
    page_says(&session, &mut watch, "picture.xlsx</td><td>failed");
    let ran = stop(watch).exit(0).says("好的.xlsx -> done");
    let lines = read_report(&path(&session, "done/好的.report.csv"));
    assert_eq!(count(&lines, "accepted"), 25);
    session.check_links(&lines);
    assert!(has(&session, "done/好的.report.xlsx"));
    assert!(has(&session, "failed/bad.check.xlsx") && has(&session, "failed/bad.report.csv"));
    assert!(text(&session, "failed/bad.problem.txt").contains("drop the file into inbox again"));
    assert!(text(&session, "failed/picture.problem.txt").contains("flowbatch: "));
    assert_eq!((names(&session, "inbox").len(), names(&session, "working").len()), (0, 0));
    let page = text(&session, "status.html");
    assert!(page.contains("2 pages to open and confirm"), "{page}");
    for personal in [name(1), mobile(1), name(101)] {
        assert!(
            !page.contains(&personal) && !ran.stdout.contains(&personal) && !ran.stderr.contains(&personal)
        );
    }
    // The journal knows where the report went: one more there, and none elsewhere.
    session.run(["pages", "--json"]).exit(0).says("\"pages\"");
    let before = names(&session, "done");
    let job = session.run(["status", "--json"]).json()["jobs"][0]["job"].as_str().unwrap().to_owned();
    session.run(["report", &job]).exit(0).says("done");
    assert_eq!(names(&session, "done"), before, "it is replaced, not put beside");
    assert!(names(&session, "working").is_empty());
}

/// What memory had left out of a file that is dropped again is told beside it and on the page.
#[cfg(unix)]
#[test]
fn rows_that_were_left_out_are_told_beside_the_file() {
    let session = watched(unhurried());
    let lots = |first: usize, last: usize| {
        contracts_from(first, last).with("批次", |n| if n % 2 == 0 { "二" } else { "一" }.to_owned()).csv()
    };
    let session = session.file("a.csv", lots(11, 14));
    session.run(["run", "a.csv", "--where", "批次=一", "--remember"]).exit(0);
    let mut watch = start(&session);
    drop_file(&session, "b.csv", lots(1, 6));
    watch.until("it is done", || has(&session, "done/b.csv"));
    assert!(!has(&session, "done/b.problem.txt"));
    session.run(["check", "a.csv", "--forget"]).exit(0);
    for name in ["again.csv", "once more.csv"] {
        drop_file(&session, name, lots(1, 6));
        watch.until("it is done", || has(&session, &format!("done/{name}")));
        let told = text(&session, &format!("done/{}.problem.txt", name.trim_end_matches(".csv")));
        assert!(told.contains("left out 3 of its contracts"), "{told}");
        assert!(told.contains("--again=rest") && told.contains("inbox"), "{told}");
        assert!(told.contains(path(&session, &format!("done/{name}")).to_str().unwrap()), "{told}");
    }
    page_says(&session, &mut watch, "3 contract(s) that were left out then have not been sent");
    stop(watch).exit(0);
    // The command stands there as it is to be run.
    let file = path(&session, "done/again.csv");
    session.run(["run", file.to_str().unwrap(), "--again=rest"]).exit(0).says("3 accepted");
    let sent: u32 = session.accepted().values().sum();
    assert_eq!(sent, 8);
}

#[cfg(unix)]
#[test]
fn the_same_name_twice_gives_two_reports_and_the_same_content_goes_once() {
    let session = watched(unhurried());
    let mut watch = start(&session);
    drop_file(&session, "a.csv", contracts(3).csv());
    watch.until("the first is done", || has(&session, "done/a.csv"));
    drop_file(&session, "a.csv", contracts_from(11, 13).csv());
    watch.until("the second is done", || has(&session, "done/a (2).csv"));
    drop_file(&session, "again.csv", contracts(3).csv());
    watch.until("the third is done", || has(&session, "done/again.csv"));
    page_says(&session, &mut watch, "the very same content was dealt with before");
    stop(watch).exit(0);
    assert_eq!(read_report(&path(&session, "done/a.report.csv"))[0].key(), id(1));
    assert_eq!(read_report(&path(&session, "done/a (2).report.csv"))[0].key(), id(11));
    let again = read_report(&path(&session, "done/again.report.csv"));
    assert_eq!((count(&again, "accepted"), again[0].key()), (3, id(1).as_str()));
    assert!(text(&session, "done/again.problem.txt").contains("nothing was sent now"));
    assert!(!has(&session, "done/a.problem.txt") && !has(&session, "done/a (2).problem.txt"));
    assert_eq!(session.accepted().values().copied().collect::<Vec<_>>(), [1; 6]);
}

#[cfg(unix)]
#[test]
fn the_same_content_several_times_at_once_goes_once_and_the_others_say_so() {
    // So many that reports are written and moved while another one is at it.
    let session = watched(Options { latency: Duration::from_millis(50), ..unhurried() });
    fs::create_dir_all(session.path("other/inbox")).unwrap();
    for name in ["dir/inbox/a.csv", "dir/inbox/b.csv", "dir/inbox/c.csv", "other/inbox/d.csv"] {
        fs::write(session.path(name), contracts(400).csv()).unwrap();
    }
    let mut watch = session.start(["watch", "dir", "other"]);
    watch.until("all are done", || {
        ["a", "b", "c"].iter().all(|name| has(&session, &format!("done/{name}.csv")))
            && session.has("other/done/d.csv")
    });
    page_says(&session, &mut watch, "c.csv</td><td>done");
    stop(watch).exit(0);
    let mut all: Vec<String> =
        names(&session, "done").into_iter().map(|name| format!("dir/done/{name}")).collect();
    all.extend(
        fs::read_dir(session.path("other/done"))
            .unwrap()
            .map(|entry| format!("other/done/{}", entry.unwrap().file_name().to_str().unwrap())),
    );
    let ending = |end: &str| all.iter().filter(|name| name.ends_with(end)).count();
    assert_eq!((ending(".report.csv"), ending(".report.xlsx"), ending(".problem.txt")), (4, 4, 3), "{all:?}");
    assert_eq!((ending(".report.html"), all.len()), (4, 19), "{all:?}");
    assert!(names(&session, "working").is_empty() && names(&session, "inbox").is_empty());
    assert_eq!(session.entries().len(), 20, "each page once");
}

#[cfg(unix)]
#[test]
fn rows_that_are_written_while_a_file_is_worked_on_are_sent_as_well() {
    let session = watched(Options { latency: Duration::from_millis(1500), ..unhurried() });
    let mut watch = start(&session);
    let whole = contracts(60).csv();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let (first, rest) = lines.split_at(31);
    drop_file(&session, "grows.csv", first.concat());
    watch.until("it is in working", || has(&session, "working/grows.csv"));
    std::thread::sleep(Duration::from_millis(700));
    let mut file = fs::File::options().append(true).open(path(&session, "working/grows.csv")).unwrap();
    file.write_all(&rest.concat()).unwrap();
    drop(file);
    watch.until("it is done", || has(&session, "done/grows.csv"));
    stop(watch).exit(0);
    assert_eq!(session.accepted().len(), 60);
    assert!(session.accepted().values().all(|times| *times == 1));
}

#[cfg(unix)]
#[test]
fn a_file_that_is_copied_slowly_is_taken_once_and_whole() {
    let session = watched(unhurried()).env("FLOWBATCH_WATCH__QUIET", "400ms");
    let mut watch = start(&session);
    // Pieces end between lines: nothing but the time tells that more is to come.
    let whole = contracts(200).csv();
    let lines: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let mut file = fs::File::create(path(&session, "inbox/slow.csv")).unwrap();
    for piece in lines.chunks(lines.len().div_ceil(20)) {
        file.write_all(&piece.concat()).unwrap();
        assert!(names(&session, "working").is_empty() && names(&session, "done").is_empty());
        std::thread::sleep(Duration::from_millis(120));
    }
    drop(file);
    watch.until("it is done", || has(&session, "done/slow.csv"));
    stop(watch).exit(0);
    assert_eq!(fs::read(path(&session, "done/slow.csv")).unwrap(), whole);
    assert_eq!(session.accepted().len(), 200);
    assert!(session.accepted().values().all(|times| *times == 1));
    assert_eq!(names(&session, "failed").len(), 0);
}

#[cfg(unix)]
#[test]
fn what_somebody_has_open_and_what_is_no_file_yet_is_left_alone() {
    let session = watched(unhurried());
    fs::create_dir(path(&session, "inbox/sub")).unwrap();
    for (name, contents) in [
        ("open.csv", contracts(1).csv()),
        ("~$open.csv", b"x".to_vec()),
        ("wps.csv", contracts_from(2, 2).csv()),
        (".~wps.csv", b"x".to_vec()),
        ("down.csv", Vec::new()),
        ("down.csv.crdownload", contracts_from(3, 3).csv()),
        ("copy.csv.part", contracts_from(4, 4).csv()),
        (".hidden.csv", contracts_from(5, 5).csv()),
    ] {
        fs::write(path(&session, &format!("inbox/{name}")), contents).unwrap();
    }
    let mut watch = start(&session);
    drop_file(&session, "free.csv", contracts_from(6, 6).csv());
    watch.until("the free one is done", || has(&session, "done/free.csv"));
    page_says(&session, &mut watch, "open in a program, or still being written (~$open.csv)");
    std::thread::sleep(Duration::from_millis(700));
    assert_eq!(names(&session, "inbox").len(), 7, "{:?}", names(&session, "inbox"));
    fs::remove_file(path(&session, "inbox/~$open.csv")).unwrap();
    fs::rename(path(&session, "inbox/down.csv.crdownload"), path(&session, "inbox/down.csv")).unwrap();
    watch.until("both are done", || has(&session, "done/open.csv") && has(&session, "done/down.csv"));
    stop(watch).exit(0);
    assert_eq!(session.accepted().len(), 3);
}

#[cfg(unix)]
#[test]
fn a_move_that_is_refused_for_a_while_neither_loops_nor_sends_twice() {
    let session = watched(unhurried());
    let mut watch = start(&session);
    // Whoever may do everything is stopped by a file where the folder should be.
    fs::remove_dir(path(&session, "done")).unwrap();
    fs::write(path(&session, "done"), "").unwrap();
    drop_file(&session, "a.csv", contracts(3).csv());
    page_says(&session, &mut watch, "a.csv cannot be moved to done");
    std::thread::sleep(Duration::from_millis(500));
    assert!(has(&session, "working/a.csv"));
    assert_eq!(session.entries().len(), 1);
    fs::remove_file(path(&session, "done")).unwrap();
    watch.until("it is done", || has(&session, "done/a.csv"));
    assert_eq!(count(&read_report(&path(&session, "done/a.report.csv")), "accepted"), 3);

    fs::remove_dir(path(&session, "working")).unwrap();
    fs::write(path(&session, "working"), "").unwrap();
    drop_file(&session, "b.csv", contracts_from(4, 6).csv());
    page_says(&session, &mut watch, "b.csv cannot be moved to working");
    fs::remove_file(path(&session, "working")).unwrap();
    watch.until("it is done", || has(&session, "done/b.csv"));
    let ran = stop(watch).exit(0);
    for told in ["a.csv cannot be moved", "b.csv cannot be moved"] {
        assert_eq!(ran.stdout.matches(told).count(), 1, "{}", ran.stdout);
    }
    assert!(session.accepted().values().all(|times| *times == 1));
    assert_eq!(session.entries().len(), 2);
}

#[cfg(unix)]
#[test]
fn a_person_approves_what_was_checked() {
    let session = watched(unhurried()).env("FLOWBATCH_WATCH__APPROVE", "true");
    let mut watch = start(&session);
    drop_file(&session, "good.csv", contracts(3).csv());
    drop_file(&session, "bad.csv", contracts_from(10, 11).set(1, "approver.mobile", "12").csv());
    watch.until("both are checked", || has(&session, "waiting/good.csv") && has(&session, "failed/bad.csv"));
    page_says(&session, &mut watch, "checked, 3 contracts can be sent");
    assert!(has(&session, "waiting/good.check.xlsx") && has(&session, "failed/bad.check.xlsx"));
    assert!(session.entries().is_empty(), "nobody has said so");
    // Whoever marks both files moves both.
    for name in ["good.check.xlsx", "good.csv"] {
        fs::rename(path(&session, &format!("waiting/{name}")), path(&session, &format!("approved/{name}")))
            .unwrap();
    }
    watch.until("it is done", || has(&session, "done/good.csv"));
    page_says(&session, &mut watch, "good.csv</td><td>done");
    stop(watch).exit(0);
    let all = ["good.check.xlsx", "good.csv", "good.report.csv", "good.report.html", "good.report.xlsx"];
    assert_eq!(names(&session, "done"), all.map(str::to_owned).into());
    assert_eq!((names(&session, "waiting").len(), names(&session, "approved").len()), (0, 0));
    assert_eq!(session.accepted().len(), 3);
}

#[cfg(unix)]
#[test]
fn what_was_changed_since_its_check_or_never_checked_is_checked_first() {
    let session = watched(unhurried()).env("FLOWBATCH_WATCH__APPROVE", "true");
    let mut watch = start(&session);
    drop_file(&session, "good.csv", contracts(3).csv());
    watch.until("it is checked", || has(&session, "waiting/good.csv"));
    fs::write(path(&session, "waiting/good.csv"), contracts(4).csv()).unwrap();
    let approve = |name: &str| {
        fs::rename(path(&session, &format!("waiting/{name}")), path(&session, &format!("approved/{name}")))
            .unwrap();
    };
    approve("good.csv");
    page_says(&session, &mut watch, "checked, 4 contracts can be sent");
    fs::write(path(&session, "approved/new.csv"), contracts_from(10, 11).csv()).unwrap();
    watch.until("it is checked", || has(&session, "waiting/new.csv"));
    watch.until("it is back", || has(&session, "waiting/good.csv"));
    assert!(session.entries().is_empty(), "nobody has seen what would go");
    approve("good.csv");
    approve("new.csv");
    watch.until("both are done", || has(&session, "done/good.csv") && has(&session, "done/new.csv"));
    let ran = stop(watch).exit(0);
    assert_eq!(ran.stdout.matches("is not what was checked").count(), 2, "{}", ran.stdout);
    assert_eq!(session.accepted().len(), 6);
}

/// A look lists the folders one after the other: a file that a person moves just then is no
/// file that was taken away, or what was approved would have to be checked and approved again.
#[cfg(unix)]
#[test]
fn what_is_moved_while_the_folders_are_listed_is_still_what_was_checked() {
    let session =
        watched(unhurried()).env("FLOWBATCH_WATCH__APPROVE", "true").env("FLOWBATCH_WATCH__QUIET", "2s");
    let mut watch = start(&session);
    drop_file(&session, "good.csv", contracts(3).csv());
    page_says(&session, &mut watch, "checked, 3 contracts can be sent");
    let (waiting, approved) = (path(&session, "waiting/good.csv"), path(&session, "approved/good.csv"));
    let until = std::time::Instant::now() + Duration::from_secs(3);
    while std::time::Instant::now() < until {
        fs::rename(&waiting, &approved).unwrap();
        std::thread::sleep(Duration::from_millis(1));
        fs::rename(&approved, &waiting).unwrap();
        std::thread::sleep(Duration::from_millis(1));
    }
    fs::rename(&waiting, &approved).unwrap();
    watch.until("it is done", || has(&session, "done/good.csv"));
    let ran = stop(watch).exit(0);
    assert!(!ran.stdout.contains("somebody has taken it away"), "{}", ran.stdout);
    assert_eq!(session.accepted().len(), 3);
}

#[cfg(unix)]
#[test]
fn what_a_person_has_to_decide_fails_with_the_question_and_the_answer() {
    let session = watched(unhurried());
    let mut watch = start(&session);
    let two = [("9月", &contracts(2)), ("10月", &contracts_from(3, 4))];
    drop_file(&session, "two.xlsx", workbook(&two));
    let half = |headers: &[&str], value: &[&str]| {
        sheet(headers, [value.iter().map(|v| (*v).to_owned()).collect::<Vec<_>>()]).csv()
    };
    drop_file(
        &session,
        "contracts.csv",
        half(&["contract_id", "flow_name", "template_id", "deadline"], &["H1", "n", "yDtest", "2099-12-31"]),
    );
    drop_file(
        &session,
        "approvers.csv",
        half(&["contract_id", "approver.name", "approver.mobile"], &["H1", &name(1), &mobile(1)]),
    );
    drop_file(&session, "sent.csv", contracts_from(5, 6).csv());
    watch.until("all have ended", || {
        ["failed/two.xlsx", "failed/contracts.csv", "failed/approvers.csv", "done/sent.csv"]
            .iter()
            .all(|path| has(&session, path))
    });
    let question = text(&session, "failed/two.problem.txt");
    assert!(question.contains("9月, 10月") && question.contains("--sheet 9月 --remember"), "{question}");
    for half in ["contracts", "approvers"] {
        let said = text(&session, &format!("failed/{half}.problem.txt"));
        assert!(said.contains("one workbook"), "{said}");
    }
    // A report of ours is no input; a question that was answered is none any more.
    fs::copy(path(&session, "done/sent.report.csv"), path(&session, "inbox/copy.csv")).unwrap();
    watch.until("the report has failed", || has(&session, "failed/copy.csv"));
    assert!(text(&session, "failed/copy.problem.txt").contains("a report written by flowbatch"));
    session.run(["check", "dir/failed/two.xlsx", "--sheet", "9月", "--remember"]).exit(0);
    fs::rename(path(&session, "failed/two.xlsx"), path(&session, "inbox/two.xlsx")).unwrap();
    watch.until("it is done", || {
        // The file itself comes last, behind its reports.
        names(&session, "done")
            .iter()
            .any(|name| name.starts_with("two") && name.ends_with(".xlsx") && !name.ends_with("report.xlsx"))
    });
    assert!(has(&session, "done/two.xlsx"), "it keeps its name");
    assert!(!has(&session, "failed/two.problem.txt"), "nothing is to be done about it any more");
    stop(watch).exit(0);
    assert_eq!(session.accepted().len(), 4);
}

#[cfg(unix)]
#[test]
fn a_stop_that_is_the_callers_leaves_the_file_in_working() {
    let session = watched(faulty("code:AuthFailure.SignatureFailure=1"));
    let mut watch = start(&session);
    drop_file(&session, "a.csv", contracts(3).csv());
    page_says(&session, &mut watch, "AuthFailure.SignatureFailure");
    assert!(has(&session, "working/a.csv"));
    watch.until("it is tried again", || session.entries().len() >= 2);
    stop(watch).exit(5);
    let mut session = session;
    let port = session.port();
    assert!(session.stop_sandbox().len() >= 2, "it is tried again by itself");
    session.start_sandbox(Options { port, ..unhurried() });
    let mut watch = start(&session);
    watch.until("it is done", || has(&session, "done/a.csv"));
    stop(watch).exit(0);
    assert_eq!(
        names(&session, "done"),
        ["a.csv", "a.report.csv", "a.report.html", "a.report.xlsx"].map(str::to_owned).into()
    );
    assert!(session.accepted().values().all(|times| *times == 1));
}

#[cfg(unix)]
#[test]
fn a_share_that_drops_is_offline_and_not_empty() {
    let session = watched(unhurried());
    let mut watch = start(&session);
    drop_file(&session, "a.csv", contracts(1).csv());
    page_says(&session, &mut watch, "a.csv</td><td>done");
    fs::rename(session.path("dir"), session.path("away")).unwrap();
    fs::create_dir(session.path("dir")).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(fs::read_dir(session.path("dir")).unwrap().count(), 0, "an empty mount point stays empty");
    fs::write(session.path("away/inbox/b.csv"), contracts_from(2, 2).csv()).unwrap();
    fs::remove_dir(session.path("dir")).unwrap();
    fs::rename(session.path("away"), session.path("dir")).unwrap();
    watch.until("it goes on", || has(&session, "done/b.csv"));
    stop(watch).exit(0).says("offline").says("is back");
    // A watcher that begins while the share is not there waits for it.
    fs::rename(session.path("dir"), session.path("away")).unwrap();
    fs::create_dir(session.path("dir")).unwrap();
    let watch = session.start(["watch", "dir"]);
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(fs::read_dir(session.path("dir")).unwrap().count(), 0);
    stop(watch).exit(0).says("offline");
}

#[cfg(unix)]
#[test]
fn one_watcher_has_a_folder_and_a_second_one_is_told_who() {
    let session = watched(unhurried());
    let watch = start(&session);
    let pid = watch.id().to_string();
    session.run(["watch", "dir"]).exit(5).says(&format!("process {pid} of this machine"));
    session.run(["watch", "./dir/../dir"]).exit(5).says(&pid);
    let other = session.path("other-state");
    session
        .run_with(&[("FLOWBATCH_STATE_DIR", other.to_str().unwrap())], ["watch", "dir"])
        .exit(5)
        .says(&pid);
    watch.kill();
    let watch = start(&session);
    std::thread::sleep(Duration::from_millis(200));
    stop(watch).exit(0);
    session.run(["watch", "no/such/folder"]).exit(2).says("no/such/folder");
}

#[cfg(unix)]
#[test]
fn each_folder_has_settings_of_its_own() {
    let session = watched(unhurried());
    let bare = |count: usize| {
        let whole = contracts(count);
        let rows = whole
            .rows
            .iter()
            .map(|row| vec![row[0].clone(), row[1].clone(), row[3].clone(), row[4].clone(), row[5].clone()]);
        sheet(&["contract_id", "flow_name", "deadline", "员工", "电话"], rows).csv()
    };
    fs::create_dir_all(session.path("hr/inbox")).unwrap();
    let own = "[defaults]\ntemplate_id = \"yDtest00000000000000000000000001\"\n[columns]\n\"员工\" = \"approver.name\"\n\"电话\" = \"approver.mobile\"\n";
    fs::write(session.path("hr/config.toml"), own).unwrap();
    let mut watch = session.start(["watch", "dir", "hr"]);
    watch.until("both have begun", || has(&session, "status.html") && session.has("hr/status.html"));
    fs::write(session.path("hr/inbox/a.csv"), bare(2)).unwrap();
    drop_file(&session, "a.csv", bare(2));
    watch.until("both have ended", || session.has("hr/done/a.csv") && has(&session, "failed/a.csv"));
    stop(watch).exit(0);
    assert_eq!(session.accepted().len(), 2);
    fs::write(session.path("hr/config.toml"), "endpoint = \"https://evil.example.com\"\n").unwrap();
    session.run(["watch", "dir", "hr"]).exit(2).says("endpoint cannot be set in");
    fs::write(session.path("hr/config.toml"), "[watch]\nquite = \"1s\"\n").unwrap();
    session.run(["watch", "hr"]).exit(2).says("watch.quiet");
    fs::write(session.path("hr/config.toml"), "[watch]\nquiet = \"1s\"\n").unwrap();
    std::os::unix::fs::chown(session.path("hr/config.toml"), Some(54_321), None).ok();
    fs::set_permissions(session.path("hr/config.toml"), std::os::unix::fs::PermissionsExt::from_mode(0o666))
        .unwrap();
    session.run(["watch", "hr"]).exit(2).says("may have put them there");
}

#[cfg(unix)]
#[test]
fn a_key_that_is_used_again_is_asked_or_sent() {
    for (word, ends) in [("ask", "failed"), ("send", "done")] {
        let session = watched(unhurried()).env("FLOWBATCH_WATCH__REUSED_KEYS", word);
        let mut watch = start(&session);
        drop_file(&session, "sept.csv", contracts(2).csv());
        watch.until("the first is done", || has(&session, "done/sept.csv"));
        drop_file(&session, "oct.csv", contracts(2).set(1, "flow_name", "另一份").csv());
        watch.until("the second has ended", || has(&session, &format!("{ends}/oct.csv")));
        stop(watch).exit(0);
        assert_eq!(session.accepted()[&id(1)], if word == "send" { 2 } else { 1 });
    }
}

/// `reused_keys = "send"` says that a number may be another contract, and nothing else.
#[cfg(unix)]
#[test]
fn another_template_is_asked_whatever_is_said_of_numbers() {
    let list = |last: &str| {
        let row = |n: usize| [id(n), format!("劳动合同_{n}"), last.to_owned(), name(n), mobile(n)];
        sheet(&["contract_id", "flow_name", "deadline", "approver.name", "approver.mobile"], [row(1), row(2)])
            .csv()
    };
    let template = |end: usize| format!("yDtest0000000000000000000000000{end}");
    let session = watched(unhurried()).env("FLOWBATCH_WATCH__REUSED_KEYS", "send");
    let session = session.env("FLOWBATCH_DEFAULTS__TEMPLATE_ID", &template(1));
    let mut watch = start(&session);
    drop_file(&session, "sept.csv", list("2099-12-31"));
    watch.until("the first is done", || has(&session, "done/sept.csv"));
    stop(watch).exit(0);
    let session = session.env("FLOWBATCH_DEFAULTS__TEMPLATE_ID", &template(2));
    let mut watch = start(&session);
    drop_file(&session, "oct.csv", list("2099-12-31"));
    watch.until("the second has ended", || has(&session, "failed/oct.csv"));
    stop(watch).exit(0);
    assert_eq!(session.accepted()[&id(1)], 1);
}

/// Dropped again under its name it is numbered; it is the same list all the same.
#[cfg(unix)]
#[test]
fn a_list_without_numbers_that_comes_again_is_asked_as_it_is_by_hand() {
    let list = |name: &str| {
        let row = ["劳动合同", "yDtest00000000000000000000000001", "2099-12-31", name, "13800000001"];
        sheet(
            &["flow_name", "template_id", "deadline", "approver.name", "approver.mobile"],
            [row.map(str::to_owned)],
        )
    };
    let session = watched(unhurried());
    let mut watch = start(&session);
    drop_file(&session, "list.csv", list("测试一").csv());
    watch.until("the first is done", || has(&session, "done/list.csv"));
    // Another deadline, the same person.
    let changed = list("测试一").set(1, "deadline", "2099-11-30");
    drop_file(&session, "list.csv", changed.csv());
    watch.until("the second has ended", || !names(&session, "failed").is_empty());
    stop(watch).exit(0);
    assert_eq!(session.entries().len(), 1, "it was not sent once more");
}

#[cfg(unix)]
#[test]
fn told_to_end_it_waits_for_what_is_on_the_wire() {
    let session = watched(Options { latency: Duration::from_millis(400), ..unhurried() })
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20");
    let mut watch = start(&session);
    drop_file(&session, "big.csv", contracts(1000).csv());
    watch.until("some requests are sent", || session.entries().len() >= 3);
    stop(watch).exit(5);
    let accepted = session.accepted().len();
    assert!((60..1000).contains(&accepted), "{accepted}");
    assert!(has(&session, "working/big.csv"));
    let mut watch = start(&session);
    watch.until("it is done", || has(&session, "done/big.csv"));
    stop(watch).exit(0);
    let lines = read_report(&path(&session, "done/big.report.csv"));
    assert_eq!(count(&lines, "accepted"), 1000);
    session.check_links(&lines);
    assert!(session.accepted().values().all(|times| *times == 1), "nothing was sent twice");
}

/// What a failed contract was refused for, in the stand-in's words.
fn refused(number: usize, guilty: usize) -> String {
    if number == guilty { "sandbox:InvalidParameter.FlowName".to_owned() } else { String::new() }
}

#[cfg(unix)]
#[test]
fn a_corrected_workbook_is_an_input_and_one_that_is_not_is_refused_once_more() {
    let session = watched(unhurried());
    let mut watch = start(&session);
    drop_file(&session, "a.csv", contracts(5).with("flow_description", |number| refused(number, 2)).csv());
    watch.until("it has failed", || has(&session, "failed/a.csv"));
    page_says(&session, &mut watch, "1 contract(s) did not go");
    let lines = read_report(&path(&session, "failed/a.report.csv"));
    assert_eq!((count(&lines, "accepted"), count(&lines, "rejected")), (4, 1));
    // Nobody has corrected it: it is refused again, and left where it ends.
    fs::rename(path(&session, "failed/a.fix.xlsx"), path(&session, "inbox/a.fix.xlsx")).unwrap();
    // What is still to be corrected of it has a name of its own.
    page_says(&session, &mut watch, "a.fix.xlsx</td><td>failed");
    assert!(has(&session, "failed/a.fix.xlsx") && has(&session, "failed/a.fix (2).xlsx"));
    let requests = session.entries().len();
    std::thread::sleep(Duration::from_millis(600));
    assert_eq!(session.entries().len(), requests, "it is not tried for ever");
    assert!(names(&session, "working").is_empty(), "{:?}", names(&session, "working"));
    let corrected = contracts_from(2, 2).with("flow_description", |_| String::new());
    drop_file(&session, "corrected.csv", corrected.csv());
    watch.until("it is done", || has(&session, "done/corrected.csv"));
    stop(watch).exit(0);
    assert_eq!(session.accepted().len(), 5);
    for name in ["failed/a", "done/corrected"] {
        session.check_links(&read_report(&path(&session, &format!("{name}.report.csv"))));
    }
}
