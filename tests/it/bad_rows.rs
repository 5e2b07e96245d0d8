//! Rows that break a rule: what `check` and `run` say of them, and what a
//! person can do.

use std::collections::BTreeSet;

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use crate::sheets::{Sheet, contracts, contracts_from, id, sheet};
use crate::support::{Session, count, links, unhurried};

/// 45 contracts, three of them bad: a masked mobile, no name, a date that has passed.
fn spoilt() -> Sheet {
    contracts(45)
        .set(7, "approver.mobile", "138****8000")
        .set(20, "flow_name", "")
        .set(33, "deadline", "2001-01-31")
}

fn bad() -> BTreeSet<String> {
    [id(7), id(20), id(33)].into()
}

#[test]
fn check_and_run_agree_on_a_good_file() {
    let input = contracts(45).with("部门", |number| format!("d{}", number % 2));
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    for arguments in [&[][..], &["--per-page", "7"], &["--group-by", "部门"]] {
        // What was sent before would not go without that word.
        let checked = session
            .run(["check", "contracts.csv", "--json", "--again"].iter().chain(arguments))
            .exit(0)
            .json();
        let before = session.entries().len();
        let ran =
            session.run(["run", "contracts.csv", "--json", "--again"].iter().chain(arguments)).exit(0).json();
        let (checked, ran) = (&checked["files"][0], &ran["files"][0]);
        let sent = session.entries().len() - before;
        assert_eq!(checked["requests"], sent, "{arguments:?}");
        assert_eq!(ran["requests"], sent, "{arguments:?}");
        assert_eq!(checked["sendable"], ran["contracts"]["accepted"], "{arguments:?}");
        assert_eq!(checked["pages"], ran["pages"].as_array().unwrap().len(), "{arguments:?}");
        assert_eq!(checked["result"], "valid");
    }
}

#[test]
fn check_sends_nothing_and_leaves_nothing() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    session.run(["check", "contracts.csv"]).exit(0).says("3 requests").says("3 pages").says("45 contract");
    assert!(session.entries().is_empty());
    assert_eq!(session.names(), ["contracts.csv".to_owned()].into());
    assert!(!session.state("").exists(), "a check makes no journal");
}

#[test]
fn check_needs_no_account() {
    let session = Session::bare().file("contracts.csv", contracts(3).csv());
    session.run(["check", "contracts.csv"]).exit(0).says("app_id");
}

#[test]
fn a_run_with_bad_rows_sends_nothing_and_names_each_cell() {
    let session = Session::new().file("contracts.csv", spoilt().csv()).sandbox(unhurried());
    let english = session.run(["run", "contracts.csv"]).exit(3);
    let chinese = session.run(["run", "contracts.csv", "--lang", "zh"]).exit(3);
    assert!(session.entries().is_empty(), "nothing was sent");
    english
        .says("contracts.csv · row 8 · column F (approver.mobile)")
        .never_says("138****8000")
        .says("contracts.csv · row 21 · column B (flow_name)")
        .says("contracts.csv · row 34 · column D (deadline)")
        .says("2001-01-31")
        .says("--skip-invalid")
        .says("42");
    chinese
        .says("contracts.csv · 第8行 · F列(approver.mobile)")
        .never_says("138****8000")
        .says("第21行 · B列(flow_name)")
        .says("第34行 · D列(deadline)")
        .says("请");

    let report = session.report("contracts");
    let invalid = report.iter().filter(|line| line.status() == "invalid");
    assert_eq!(invalid.map(|line| line.key().to_owned()).collect::<BTreeSet<_>>(), bad());
    assert_eq!((report.len(), count(&report, "pending")), (45, 42));
    assert!(!session.has("contracts.report.xlsx"), "a refused run makes no job");
    assert!(session.has("contracts.check.xlsx"));
    session.run(["status"]).exit(0).says("no jobs");
}

#[test]
fn the_sheet_is_named_and_machines_get_codes() {
    let book = crate::sheets::workbook(&[("一月", &spoilt())]);
    let session = Session::new().file("contracts.xlsx", book).sandbox(unhurried());
    session.run(["run", "contracts.xlsx"]).exit(3).says("contracts.xlsx · 一月 · row 8 · column F");
    for command in ["check", "run"] {
        let told = session.run([command, "contracts.xlsx", "--json"]).exit(3).json();
        let file = &told["files"][0];
        assert_eq!(file["result"], "invalid", "{command}");
        let mut found: Vec<(u64, String)> = file["problems"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|problem| problem["severity"] == "error")
            .map(|problem| (problem["row"].as_u64().unwrap(), problem["code"].as_str().unwrap().to_owned()))
            .collect();
        found.sort();
        let expected =
            [(8, "cell.masked"), (21, "cell.required"), (34, "date.past")].map(|(r, c)| (r, c.to_owned()));
        assert_eq!(found, expected, "{command}");
    }
}

#[test]
fn check_lists_bad_rows_and_marks_them_in_a_workbook() {
    let session = Session::new().file("contracts.csv", spoilt().csv()).sandbox(unhurried());
    session.run(["check", "contracts.csv"]).exit(3).says("row 8").says("row 21").says("row 34");
    assert!(session.entries().is_empty());
    assert_eq!(
        session.names(),
        ["contracts.csv", "contracts.check.xlsx"].map(str::to_owned).into(),
        "a check leaves its own workbook only"
    );
}

/// Where nothing was sent before there is nothing to compare with, and less is kept of what can
/// be sent: what is told must be the same.
#[test]
fn a_check_says_the_same_whether_something_was_sent_before_or_not() {
    let plain = contracts(600);
    let without_numbers = |mut sheet: Sheet| {
        sheet.headers.remove(0);
        sheet.rows.iter_mut().for_each(|row| drop(row.remove(0)));
        sheet
    };
    let mut apart = contracts(600);
    // A second signer of an early contract, far below it.
    let mut late = apart.rows[2].clone();
    (late[4], late[5]) = ("测试".to_owned(), "13900000000".to_owned());
    apart.rows.push(late);
    let mut together = contracts(600);
    together.rows.insert(6, [&apart.rows[5][..4], &["测试".to_owned(), "13900000000".to_owned()]].concat());
    let mut twins = without_numbers(contracts(600));
    twins.rows.push(twins.rows[3].clone());
    let mut differing = without_numbers(contracts(600).with("部门", |n| format!("d{n}")));
    let mut other = differing.rows[3].clone();
    other[5] = "another".to_owned();
    differing.rows.push(other);
    let sheets = [
        ("plain", plain.clone()),
        ("bad", spoilt()),
        ("together", together),
        ("apart", apart.clone()),
        ("apart_bad", apart.set(580, "approver.mobile", "1")),
        ("keyless", without_numbers(plain)),
        ("twins", twins),
        ("differing", differing),
        ("title", contracts(9).set(4, "contract_id", "小计")),
    ];
    let mut session = Session::new();
    for (name, sheet) in &sheets {
        session = session.file(&format!("{name}.csv"), sheet.csv());
    }
    let session = session.file("sent.csv", contracts_from(5001, 5003).csv()).sandbox(unhurried());
    let look = |name: &str| {
        let ran = session.run(["check", &format!("{name}.csv"), "--json"]);
        let book = session.path(&format!("{name}.check.xlsx"));
        let cells = book.exists().then(|| {
            let mut book: Xlsx<_> = open_workbook(book).unwrap();
            let sheets = book.worksheets().into_iter();
            sheets.map(|(name, range)| (name, format!("{range:?}"))).collect::<Vec<_>>()
        });
        (ran.code, ran.json()["files"].clone(), cells)
    };
    let before: Vec<_> = sheets.iter().map(|(name, _)| look(name)).collect();
    assert!(!session.state("").exists());
    session.run(["run", "sent.csv"]).exit(0);
    for ((name, _), before) in sheets.iter().zip(before) {
        assert!(before == look(name), "{name}: {:?}", before.1);
    }
}

/// A number that comes again on the next sheet, and below it a signer without one.
#[test]
fn a_signer_below_a_number_that_comes_again_on_another_sheet_is_not_lost() {
    let headers = ["contract_id", "flow_name", "template_id", "deadline", "approver.name", "approver.mobile"];
    let row = |key: &str, name: &str, mobile: &str| {
        let own = if key.is_empty() {
            ["", "", "", ""]
        } else {
            [key, "劳动合同", "yDtest00000000000000000000000001", "2099-12-31"]
        };
        own.into_iter().chain([name, mobile]).map(str::to_owned).collect::<Vec<_>>()
    };
    let first = sheet(&headers, [row("001", "测试一", "13800000001")]);
    let second = sheet(&headers, [row("001", "测试二", "13800000002"), row("", "测试三", "13800000003")]);
    let book = crate::sheets::workbook(&[("一月", &first), ("二月", &second)]);
    let session = Session::new().file("contracts.xlsx", book).sandbox(unhurried());
    session.run(["check", "contracts.xlsx", "--all-sheets"]).exit(3);
    let path = session.path("contracts.check.xlsx");
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range("二月").unwrap();
    // Each of its rows says why the contract cannot go.
    let reasons: Vec<String> = range.rows().skip(1).map(|row| row[0].to_string()).collect();
    assert!(reasons.len() == 2 && reasons.iter().all(|reason| !reason.is_empty()), "{reasons:?}");
    let refused = session.run(["run", "contracts.xlsx", "--all-sheets"]).exit(3);
    refused.says("一月");
    let lines = session.report("contracts");
    assert_eq!(
        count(&lines, "invalid"),
        3,
        "{:?}",
        lines.iter().map(|line| line.status()).collect::<Vec<_>>()
    );
    assert!(session.entries().is_empty());
}

/// One contract and its two signers on a sheet of their own, the second without a number.
#[test]
fn a_pair_with_one_contract_takes_a_signer_without_a_number_along() {
    let contracts = sheet(
        &["contract_id", "flow_name", "template_id", "deadline"],
        [["001", "劳动合同", "yDtest00000000000000000000000001", "2099-12-31"].map(str::to_owned)],
    );
    let signers = sheet(
        &["contract_id", "approver.name", "approver.mobile"],
        [["001", "测试一", "13800000001"], ["", "测试二", "13800000002"]].map(|row| row.map(str::to_owned)),
    );
    let book = crate::sheets::workbook(&[("合同", &contracts), ("签署方", &signers)]);
    let session = Session::new().file("contracts.xlsx", book).sandbox(unhurried());
    let told = session.run(["check", "contracts.xlsx", "--json"]).json()["files"][0].clone();
    // It must not go without the one below it.
    assert_eq!((&told["sendable"], &told["invalid"]), (&0.into(), &1.into()), "{told:#}");
    let problems = told["problems"].as_array().unwrap();
    assert!(problems.iter().any(|problem| problem["code"] == "key.missing"), "{told:#}");
}

#[test]
fn the_valid_ones_can_go_alone() {
    let session = Session::new().file("contracts.csv", spoilt().csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--skip-invalid"]).exit(4).says("42 accepted").says("3 invalid");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!((count(&report, "accepted"), links(&report).len()), (42, 3));
    for line in &report {
        assert_eq!(line.status() == "invalid", bad().contains(line.key()));
        assert_eq!(line.status() == "invalid", !line["flowbatch.reason"].is_empty());
    }
    assert!(bad().iter().all(|key| !session.accepted().contains_key(key)));
    assert!(session.has("contracts.fix.xlsx"));
}

/// Rewrites a workbook as a person corrects it: other values in some cells.
fn corrected(session: &Session, name: &str, cells: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut book: Xlsx<_> = open_workbook(session.path(name)).unwrap();
    let range = book.worksheet_range_at(0).unwrap().unwrap();
    let text = |cell: &Data| cell.to_string();
    let mut rows = range.rows().map(|row| row.iter().map(text).collect::<Vec<_>>());
    let headers = rows.next().unwrap();
    let mut input = Sheet { headers, rows: rows.collect() };
    for (key, header, value) in cells {
        let column = |name: &str| input.headers.iter().position(|own| own == name).unwrap();
        let (keys, at) = (column("contract_id"), column(header));
        let row = input.rows.iter_mut().find(|row| row[keys] == *key).unwrap();
        (*value).clone_into(&mut row[at]);
    }
    input.xlsx()
}

const CORRECTIONS: [(&str, &str, &str); 3] = [
    ("HT-0007", "approver.mobile", "13800000007"),
    ("HT-0020", "flow_name", "劳动合同_20"),
    ("HT-0033", "deadline", "2099-12-31"),
];

#[test]
fn what_failed_is_in_a_workbook_that_runs_once_corrected() {
    let mut session = Session::new().file("contracts.csv", spoilt().csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv", "--skip-invalid"]).exit(4);
    // As it is, it is refused for the same reasons.
    session.run(["run", "contracts.fix.xlsx"]).exit(3).says("approver.mobile").says("masked");
    let fixed = corrected(&session, "contracts.fix.xlsx", &CORRECTIONS);
    session = session.file("contracts.fix.xlsx", fixed);
    session.run(["run", "contracts.fix.xlsx"]).exit(0).says("3 accepted");
    assert_eq!(session.accepted().len(), 45, "now all of them are sent");
    assert!(session.accepted().values().all(|times| *times == 1));
    let report = session.report("contracts.fix");
    session.check_links(&report);
    assert_eq!(report.iter().map(|line| line.key().to_owned()).collect::<BTreeSet<_>>(), bad());
}

#[test]
fn the_check_workbook_runs_once_corrected() {
    let mut session = Session::new().file("contracts.csv", spoilt().csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(3);
    let fixed = corrected(&session, "contracts.check.xlsx", &CORRECTIONS);
    session = session.file("contracts.check.xlsx", fixed);
    session.run(["run", "contracts.check.xlsx"]).exit(0).says("45 accepted");
    assert_eq!(links(&session.report("contracts.check")).len(), 3);
}

#[test]
fn a_rejected_contract_corrected_in_the_fix_workbook_is_sent() {
    let input = contracts(45).with("flow_description", |number| match number {
        5 => "sandbox:InvalidParameter.Sensitive".to_owned(),
        _ => String::new(),
    });
    let mut session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(4).says("1 rejected");
    let fixed = corrected(&session, "contracts.fix.xlsx", &[("HT-0005", "flow_description", "好的")]);
    session = session.file("contracts.fix.xlsx", fixed);
    session.run(["run", "contracts.fix.xlsx"]).exit(0).says("1 accepted");
    session.check_links(&session.report("contracts.fix"));
}

#[test]
fn a_contradiction_within_a_contract_names_both_rows() {
    let mut input = contracts(3);
    let mut other = input.rows[1].clone();
    other[1] = "另一个名称".to_owned();
    other[4] = "测试甲".to_owned();
    other[5] = "13900000001".to_owned();
    input.rows.push(other);
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    let ran = session.run(["run", "contracts.csv"]).exit(3).says("row 5").says("row 3");
    assert!(session.entries().is_empty(), "{}", ran.stderr);
}

#[test]
fn a_header_without_contracts_is_said() {
    let input =
        sheet(&["contract_id", "flow_name", "approver.name", "approver.mobile"], Vec::<[String; 4]>::new());
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(3).says("no contract");
}
