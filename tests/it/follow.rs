//! Contracts after they were started, through the binary: who has signed, links, reminders,
//! taking back, documents. What fails in part, fails for those contracts only.

use std::collections::{BTreeMap, BTreeSet};

use flowbatch::sandbox::{Options, Signing};
use serde_json::{Value, json};

use crate::sheets::{Sheet, contracts, id, sheet};
use crate::support::{Line, Ran, Session, count, faulty, unhurried};

const CREATE: &str = "CreateFlowsByTemplates";

/// Contracts with these words in their descriptions, by their numbers.
pub fn told(count: usize, words: &[(usize, &str)]) -> Sheet {
    let words: BTreeMap<usize, String> =
        words.iter().map(|(number, word)| (*number, (*word).to_owned())).collect();
    contracts(count).with("flow_description", move |number| words.get(&number).cloned().unwrap_or_default())
}

/// A session whose contracts were started, and the number of its job.
pub fn started(input: &Sheet, options: Options) -> (Session, String) {
    let session = Session::new()
        .env("FLOWBATCH_ACTION", CREATE)
        // Asking for templates has tests of its own; here requests are counted.
        .env("FLOWBATCH_START__CHECK_TEMPLATES", "false")
        .env("FLOWBATCH_START__LINKS_AFTER", "100ms")
        .env("FLOWBATCH_START__FLOWS_PER_REQUEST", "20")
        .env("FLOWBATCH_REPORT__FORMATS", if input.rows.len() > 1_000 { "csv" } else { "xlsx,csv,html" })
        .file("contracts.csv", input.csv())
        .sandbox(options);
    session.run(["run", "contracts.csv", "--yes"]).exit(0);
    let job = job(&session);
    (session, job)
}

pub fn job(session: &Session) -> String {
    session.run(["status", "--json"]).json()["jobs"][0]["job"].as_str().unwrap().to_owned()
}

/// How many requests of an action came.
pub fn calls(session: &Session, action: &str) -> usize {
    session.entries().iter().filter(|entry| entry.action.as_deref() == Some(action)).count()
}

fn column<'l>(report: &'l [Line], header: &str) -> Vec<&'l str> {
    report.iter().map(|line| line[header].as_str()).collect()
}

fn has_no_names(ran: &Ran) {
    assert!(!ran.stderr.contains("测试"), "names are in the log: {}", ran.stderr);
}

#[test]
fn track_tells_who_has_signed_and_asks_about_what_is_over_once() {
    let input = told(
        6,
        &[
            (1, "sandbox:signed"),
            (2, "sandbox:refused-by-signer"),
            (3, "sandbox:expired"),
            (4, "sandbox:part-signed"),
        ],
    );
    let (session, job) = started(&input, unhurried());
    assert_eq!(column(&session.report("contracts"), "flowbatch.flow_status"), [""; 6]);
    session.run(["status"]).says(&format!("run flowbatch track {job}"));
    let ran = session.run(["track", &job]).exit(0);
    // The only signer of the fourth has signed, so everybody has.
    ran.says("signed by everybody: 2")
        .says("refused by a signer: 1")
        .says("past its deadline: 1")
        .says("started, nobody has signed: 2")
        .says("HT-0005: 测试五")
        .says("nothing has happened since")
        .says(&format!("flowbatch remind {job}"));
    let report = session.report("contracts");
    let states = ["ALL", "REJECT", "DEADLINE", "ALL", "INIT", "INIT"];
    assert_eq!(column(&report, "flowbatch.flow_status"), states);
    assert!(report[0]["flowbatch.signed"].starts_with("测试一 20"), "{:?}", report[0]);
    assert_eq!(report[1]["flowbatch.flow_reason"], "The salary is wrong");
    assert_eq!(
        (report[4]["flowbatch.not_signed"].as_str(), report[0]["flowbatch.not_signed"].as_str()),
        ("测试五", "")
    );
    assert!(!report[4]["flowbatch.since"].is_empty() && report[0]["flowbatch.since"].is_empty());
    session.run(["status"]).says("2 contracts are not signed by everybody yet");
    let page = std::fs::read_to_string(session.path("contracts.report.html")).unwrap();
    assert!(page.contains(&format!("flowbatch remind {job}")), "the first sentence says what to do");
    // What is over is not asked about again.
    let told = session.run(["track", &job, "--json"]).exit(0).json();
    assert_eq!((told["asked"].as_u64(), told["waiting"].as_u64()), (Some(2), Some(2)));
    assert_eq!(told["states"]["ALL"], 2);
    assert_eq!(told["first_waiting"][0]["contract"], "HT-0005");
    assert_eq!(calls(&session, "DescribeFlowDetailInfo"), 2);
    // The reports stand where they stood, and a report once more tells the same.
    session.run(["report", &job]).exit(0);
    assert_eq!(column(&session.report("contracts"), "flowbatch.flow_status"), states);
    has_no_names(&session.run(["track", &job, "-vv"]).exit(0));
}

#[test]
fn signers_that_sign_one_after_the_other_are_told_apart() {
    let rows = [("甲方", 1), ("乙方", 2)].map(|(name, n)| {
        [
            id(1),
            "合同".to_owned(),
            "yDtest00000000000000000000000001".to_owned(),
            "2099-12-31".to_owned(),
            name.to_owned(),
            crate::sheets::mobile(n),
        ]
    });
    let headers = ["contract_id", "flow_name", "template_id", "deadline", "approver.name", "approver.mobile"];
    let input = sheet(&headers, rows).with("flow_description", |_| "sandbox:part-signed".to_owned());
    let (session, job) = started(&input, unhurried());
    session.run(["track", &job]).exit(0).says("partly signed: 1").says("HT-0001: 乙方");
    let report = session.report("contracts");
    assert!(
        report
            .iter()
            .all(|line| line["flowbatch.signed"].starts_with("甲方 ")
                && line["flowbatch.not_signed"] == "乙方")
    );
    session.run(["links", &job]).exit(0);
    // One a signer, in the order of the contract, though the answer has another.
    let urls: Vec<String> =
        session.report("contracts")[0]["flowbatch.sign_url"].split(' ').map(str::to_owned).collect();
    assert!(urls.len() == 2 && urls[0].ends_with("signer=0") && urls[1].ends_with("signer=1"), "{urls:?}");
}

#[test]
fn ten_thousand_contracts_are_tracked_in_a_hundred_calls() {
    let (session, job) = started(&contracts(10_000), unhurried());
    session.run(["track", &job]).exit(0).says("nobody has signed: 10000").says("9990 more");
    let calls = calls(&session, "DescribeFlowDetailInfo");
    assert!(calls <= 101, "{calls} calls");
    assert_eq!(
        session.report("contracts").iter().filter(|line| line["flowbatch.flow_status"] == "INIT").count(),
        10_000
    );
}

/// Makes the API know one contract no more.
fn forget_one(session: &Session, number: usize) {
    let db = rusqlite::Connection::open(session.state("ledger.db")).unwrap();
    let changed =
        db.execute("UPDATE flow_results SET flow_id = 'yDunknown' WHERE flow = ?1", [number as i64]).unwrap();
    assert_eq!(changed, 1);
}

#[test]
fn one_contract_that_the_api_does_not_know_hides_no_other() {
    let (session, job) = started(&contracts(8), unhurried());
    forget_one(&session, 5);
    session.run(["track", &job]).exit(4).says("1 contract could not be asked about").says("HT-0006");
    let report = session.report("contracts");
    assert_eq!(column(&report, "flowbatch.flow_status").iter().filter(|state| **state == "INIT").count(), 7);
    // 8, 4 and 4, of the bad one 2 and 2, 1 and 1.
    assert_eq!(calls(&session, "DescribeFlowDetailInfo"), 7);
    session.run(["remind", &job]).exit(4).says("reminded of 7 contracts").says("HT-0006");
    session.run(["undo", &job, "--yes"]).exit(4).says("7 contracts taken back").says("HT-0006");
}

#[test]
fn a_caller_who_may_not_ask_stops_at_once_and_nothing_is_said_of_contracts() {
    let (session, job) =
        started(&contracts(3), faulty("code:UnauthorizedOperation.NoPermissionFeature=@2-99"));
    for command in
        [vec!["track", &job], vec!["links", &job], vec!["remind", &job], vec!["undo", &job, "--yes"]]
    {
        session.run(command).exit(5).says("UnauthorizedOperation");
    }
    let report = session.report("contracts");
    assert_eq!((count(&report, "accepted"), column(&report, "flowbatch.flow_reason")), (3, vec![""; 3]));
}

#[test]
fn jobs_with_pages_to_confirm_and_unknown_jobs_send_nothing() {
    let session = Session::new().file("contracts.csv", contracts(2).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let job = job(&session);
    let sent = session.entries().len();
    for words in
        [vec!["track"], vec!["links"], vec!["remind"], vec!["undo", "--yes"], vec!["download", "--out", "d"]]
    {
        let mut command = words.clone();
        command.insert(1, &job);
        session.run(command).exit(2).says("PrepareFlows").says("--action CreateFlowsByTemplates");
        let mut command = words;
        command.insert(1, "20260101-0000");
        session.run(command).exit(2).says("there is no job").says("run --sandbox");
    }
    assert_eq!(session.entries().len(), sent);
}

#[test]
fn links_are_asked_for_until_the_document_is_composed_and_only_those_that_are_missing() {
    let input = told(
        5,
        &[
            (1, "sandbox:early-links@3"),
            (2, "sandbox:link-error"),
            (3, "sandbox:space-link"),
            (4, "sandbox:missing-link"),
        ],
    );
    let (session, job) = started(&input, unhurried());
    let ran = session.run(["links", &job]).exit(4);
    ran.says("3 links made")
        .says("2 contracts without all links")
        .says("HT-0002: There is no link for this flow.")
        .says("HT-0004")
        .says("WeChat");
    let report = session.report("contracts");
    let has: Vec<bool> =
        column(&report, "flowbatch.sign_url").iter().map(|url| url.starts_with("https://")).collect();
    assert_eq!(has, [true, false, true, false, true]);
    assert_eq!(count(&report, "accepted"), 5, "a missing link makes no contract fail");
    assert!(!report[0]["flowbatch.links_made"].is_empty());
    let page = std::fs::read_to_string(session.path("contracts.report.html")).unwrap();
    assert_eq!(page.matches("<details class=\"link\">").count(), 3);
    assert!(
        page.contains("<svg class=\"code\"") && page.contains("90 days") && !page.contains("测试一"),
        "masked"
    );
    let asked = calls(&session, "CreateSignUrls");
    session.run(["links", &job]).exit(4).says("0 links made");
    let again =
        session.entries().split_off(session.entries().len() - (calls(&session, "CreateSignUrls") - asked));
    assert!(again.iter().all(|entry| entry.action.as_deref() == Some("CreateSignUrls")));
    assert_eq!(session.report("contracts")[0]["flowbatch.sign_url"], report[0]["flowbatch.sign_url"]);
    // The workbook has a sheet with a line for each signer.
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(session.path("contracts.report.xlsx")).unwrap();
    let range = calamine::Reader::worksheet_range(&mut book, "Signing").unwrap();
    let lines: Vec<String> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(
        lines[1].contains("HT-0001|测试一|13800000001") && lines[1].contains("https://sandbox.invalid/sign"),
        "{lines:?}"
    );
}

#[test]
fn a_run_asks_for_links_where_somebody_wants_them_and_never_fails_for_them() {
    let input = told(4, &[(2, "sandbox:link-error")]);
    let session = Session::new()
        .env("FLOWBATCH_ACTION", CREATE)
        .env("FLOWBATCH_START__LINKS_AFTER", "10ms")
        .file("contracts.csv", input.csv())
        .sandbox(unhurried());
    session
        .run(["run", "contracts.csv", "--yes", "--sign-links"])
        .exit(0)
        .says("3 links made")
        .says("HT-0002");
    let report = session.report("contracts");
    assert_eq!(column(&report, "flowbatch.sign_url").iter().filter(|url| !url.is_empty()).count(), 3);
    // The same by the setting, within a rehearsal.
    let ran = session.run_with(
        &[("FLOWBATCH_START__SIGN_LINKS", "true")],
        ["run", "contracts.csv", "--sandbox", "--out", "rehearsal"],
    );
    ran.exit(0).says("3 links made");
    // Pages need none.
    let pages =
        ["run", "contracts.csv", "--sandbox", "--sign-links", "--out", "pages", "--action", "PrepareFlows"];
    session.run(pages).exit(0).never_says("links made");
}

#[test]
fn reminding_is_done_once_for_each_person_and_says_what_was_not_possible() {
    let input = told(5, &[(1, "sandbox:signed"), (2, "sandbox:no-remind")]);
    let (session, job) = started(&input, unhurried());
    let ran = session.run(["remind", &job]).exit(4);
    ran.says("reminded of 3 contracts").says("1 need no reminder").says("HT-0002: Reminding is not allowed");
    assert!(
        session.report("contracts")[1]["flowbatch.flow_reason"]
            .contains("not reminded: Reminding is not allowed")
    );
    // Again only the one that could not be: whoever was reminded is left in peace.
    let told = session.run(["remind", &job, "--json"]).exit(4).json();
    assert_eq!(
        (told["reminded"].as_u64(), told["before"].as_u64(), told["failed"].as_u64()),
        (Some(0), Some(3), Some(1))
    );
    assert_eq!(calls(&session, "ChannelCreateFlowReminds"), 2);
}

#[test]
fn a_reminder_whose_answer_is_lost_is_not_sent_again() {
    // 1 run, 1 question how they stand, then the reminder.
    let (session, job) = started(&contracts(3), faulty("reset-after=@3"));
    session.run(["remind", &job]).exit(4).says("of 3 contracts nobody knows whether somebody was reminded");
    session.run(["remind", &job]).exit(0).says("3 before, not once more");
    assert_eq!(calls(&session, "ChannelCreateFlowReminds"), 1);
}

#[test]
fn contracts_are_taken_back_after_a_word_and_each_has_its_own_result() {
    let input = told(
        6,
        &[(1, "sandbox:signed"), (2, "sandbox:keep"), (3, "sandbox:slow-cancel@3"), (4, "sandbox:expired")],
    );
    let (session, job) = started(&input, unhurried());
    session
        .run(["undo", &job])
        .exit(3)
        .says("4 contracts will be taken back")
        .says("the quota may not come back")
        .says("--yes");
    assert_eq!(calls(&session, "ChannelBatchCancelFlows"), 0, "nobody has agreed");
    session.run(["undo", &job, "--yes", "--reason", "签错了，"]).exit(2).says("no punctuation");
    let none = session.run(["undo", &job, "--yes", "--contract", "HT-9999"]).exit(2);
    none.says("no contract HT-9999");
    let one = session.run(["undo", &job, "--yes", "--contract", "HT-0006", "--reason", "签错了_A"]).exit(0);
    one.says("1 contract taken back");
    let report = session.report("contracts");
    let states = ["ALL", "INIT", "INIT", "DEADLINE", "INIT", "CANCEL"];
    // Only the one that was named was asked about afterwards.
    assert_eq!(report[5]["flowbatch.flow_status"], states[5]);
    assert_eq!(report[5]["flowbatch.flow_reason"], "签错了_A");
    let ran = session.run(["undo", &job, "--yes"]).exit(4);
    ran.says("2 contracts taken back")
        .says("1 contract not taken back")
        .says("HT-0002: The flow cannot be taken back.");
    assert!(calls(&session, "DescribeCancelFlowsTask") >= 4, "the task is followed to its end");
    let report = session.report("contracts");
    assert_eq!(
        column(&report, "flowbatch.flow_status"),
        ["ALL", "INIT", "CANCEL", "DEADLINE", "CANCEL", "CANCEL"]
    );
    assert!(report[1]["flowbatch.flow_reason"].contains("not taken back: The flow cannot be taken back."));
    let told = session.run(["undo", &job, "--yes", "--json"]).exit(4).json();
    assert_eq!((told["taken_back"].as_u64(), told["failed"].as_u64()), (Some(0), Some(1)));
}

#[test]
fn a_check_says_which_of_those_sent_before_were_taken_back() {
    let (session, job) = started(&contracts(3), unhurried());
    session.run(["undo", &job, "--contract", "HT-0002", "--yes"]).exit(0).says("HT-0002");
    session.run(["track", &job]).exit(0);
    session.run(["check", "contracts.csv"]).exit(0).says("1 of them were taken back since");
    let checked = session.run(["check", "contracts.csv", "--json"]).exit(0).json();
    let file = &checked["files"][0];
    assert_eq!((&file["duplicates"], &file["ended"], &file["sendable"]), (&json!(3), &json!(1), &json!(0)));
    // It stays a duplicate: nothing is sent again by itself.
    session.run(["run", "contracts.csv", "--yes"]).exit(0);
    assert_eq!(session.accepted().len(), 3);
    assert!(session.accepted().values().all(|times| *times == 1));
}

#[test]
fn contracts_that_are_still_being_signed_are_erased_only_when_somebody_says_so() {
    let (session, _) = started(&told(2, &[(1, "sandbox:signed")]), unhurried());
    session.run(["track", &job(&session)]).exit(0);
    let purge = ["purge", "--older-than", "0s"];
    let words = [("FLOWBATCH_RETENTION", "0s")];
    session.run_with(&words, purge).exit(2).says("1 contract not signed by everybody yet");
    session.run(["track", &job(&session)]).exit(0);
    session.run_with(&words, ["purge", "--older-than", "0s", "--yes"]).exit(0);
}

#[test]
fn a_task_that_runs_out_of_time_and_a_lost_answer_say_no_more_than_is_known() {
    let (session, job) = started(&told(3, &[(2, "sandbox:timeout-cancel")]), unhurried());
    session
        .run(["undo", &job, "--yes"])
        .exit(4)
        .says("2 contracts taken back")
        .says("HT-0002: the task ended before");
    // 1 run, 1 question how they stand, then the order: it was carried out, the answer is lost.
    let (session, job) = started(&contracts(3), faulty("reset-after=@3"));
    session.run(["undo", &job, "--yes"]).exit(0).says("3 contracts taken back");
    assert_eq!(calls(&session, "ChannelBatchCancelFlows"), 1, "nothing is ordered twice");
    // The same where it was not carried out.
    let (session, job) = started(&contracts(3), faulty("500=@3"));
    session
        .run(["undo", &job, "--yes"])
        .exit(4)
        .says("of 3 contracts nobody knows")
        .says(&format!("flowbatch track {job}"));
    assert!(session.report("contracts").iter().all(|line| line["flowbatch.flow_status"] == "INIT"));
}

/// `FailedOperation` does not say that nothing came of it, as it does not for a start.
#[test]
fn a_reminder_whose_refusal_says_nothing_is_not_sent_again() {
    let (session, job) = started(&contracts(3), faulty("code:FailedOperation=@3"));
    session.run(["remind", &job]).exit(4).says("of 3 contracts nobody knows whether somebody was reminded");
    session.run(["remind", &job]).exit(0).says("3 before, not once more");
    assert_eq!(calls(&session, "ChannelCreateFlowReminds"), 1);
}

#[test]
fn a_document_that_is_not_signed_yet_is_not_the_signed_one() {
    let options = Options { signing: Signing::Fast, ..unhurried() };
    // Four signers, one a second.
    let input = (2..=4_usize).fold(contracts(1), |sheet, number| {
        let more = [
            ("name", ["", "", "赵二", "钱三", "孙四"][number].to_owned()),
            ("mobile", format!("1390000000{number}")),
        ];
        more.into_iter().fold(sheet, |sheet, (field, value)| {
            sheet.with(&format!("approver{number}.{field}"), |_| value.clone())
        })
    });
    let input = Sheet {
        headers: input.headers.iter().map(|header| header.replace("approver.", "approver1.")).collect(),
        ..input
    };
    let (session, job) = started(&input, options);
    session.run(["download", &job, "--out", "pdf", "--all"]).exit(0).says("1 file fetched");
    let begun = std::time::Instant::now();
    while session.run(["track", &job, "--json"]).exit(0).json()["states"]["ALL"] != 1 {
        assert!(begun.elapsed().as_secs() < 15);
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    session.run(["download", &job, "--out", "pdf"]).exit(0).says("1 file fetched");
    session.run(["download", &job, "--out", "pdf"]).exit(0).says("0 files fetched").says("1 there before");
    let read = |name: &str| std::fs::read_to_string(session.path(&format!("pdf/{name}"))).unwrap();
    assert!(read("HT-0001 劳动合同_1.pdf").contains("ALL"));
    assert!(!read("HT-0001 劳动合同_1 (not signed).pdf").contains("ALL"));
}

#[test]
fn documents_are_fetched_whole_and_never_in_place_of_a_file() {
    let input = told(
        6,
        &[
            (1, "sandbox:signed"),
            (2, "sandbox:signed sandbox:no-resource"),
            (3, "sandbox:signed sandbox:gone-resource"),
            (4, "sandbox:signed sandbox:page-resource"),
            (5, "sandbox:signed"),
        ],
    )
    .set(5, "flow_name", "名字/里:有*怪字符");
    let (session, job) = started(&input, unhurried());
    std::fs::create_dir(session.path("pdf")).unwrap();
    std::fs::write(session.path("pdf/HT-0001 劳动合同_1.pdf"), "mine").unwrap();
    let ran = session.run(["download", &job, "--out", "pdf"]).exit(4);
    ran.says("2 files fetched")
        .says("1 contract not signed by everybody")
        .says("3 contracts not fetched")
        .says("HT-0002: The right to download is not granted.")
        .says("HT-0003: the link cannot be opened")
        .says("HT-0004: what came is no PDF");
    let names = |session: &Session| -> BTreeSet<String> {
        let entries = std::fs::read_dir(session.path("pdf")).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    let expected = ["HT-0001 劳动合同_1.pdf", "HT-0001 劳动合同_1 (2).pdf", "HT-0005 名字_里_有_怪字符.pdf"]
        .map(str::to_owned);
    assert_eq!(names(&session), BTreeSet::from(expected.clone()), "and no drafts");
    let read = |name: &str| std::fs::read_to_string(session.path(&format!("pdf/{name}"))).unwrap();
    assert_eq!(read(&expected[0]), "mine");
    assert!(read(&expected[1]).starts_with("%PDF-") && read(&expected[1]).contains("ALL"));
    // Again: what is there stays, what is gone comes back under its name.
    std::fs::remove_file(session.path(&format!("pdf/{}", expected[2]))).unwrap();
    session.run(["download", &job, "--out", "pdf"]).exit(4).says("1 file fetched").says("1 there before");
    assert_eq!(names(&session), BTreeSet::from(expected));
    // All of them, into another folder.
    session.run(["download", &job, "--out", "all", "--all"]).exit(4).says("3 files fetched");
}

#[test]
fn signers_of_the_stand_in_sign_by_themselves() {
    let options = Options { signing: Signing::Fast, ..unhurried() };
    let (session, job) = started(&contracts(2), options);
    let begun = std::time::Instant::now();
    loop {
        let told: Value = session.run(["track", &job, "--json"]).exit(0).json();
        if told["states"]["ALL"] == 2 {
            break;
        }
        assert!(begun.elapsed().as_secs() < 15, "{told}");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
