//! The layouts in which people keep contracts; a user never picks one by hand.

use serde_json::Value;

use crate::sheets::{Sheet, contracts, id, mobile, name, sheet, workbook};
use crate::support::{Session, count, links, unhurried};
use crate::wire::Listener;

const CONTRACT: [&str; 4] = ["合同编号", "合同名称", "模板ID", "截止日期"];

fn contract(number: usize) -> [String; 4] {
    [id(number), format!("合同{number}"), "yDtest00000000000000000000000001".into(), "2099-12-31".into()]
}

/// The second signer of each contract.
fn second(number: usize) -> usize {
    number + 500
}

/// Two signers each: one row a signer.
fn long(count: usize) -> Sheet {
    let headers = [&CONTRACT[..], &["签署方姓名", "签署方手机号"]].concat();
    let row =
        |number: usize, signer: usize| contract(number).into_iter().chain([name(signer), mobile(signer)]);
    sheet(&headers, (1..=count).flat_map(|n| [row(n, n), row(n, second(n))]).map(Vec::from_iter))
}

fn wide(count: usize) -> Sheet {
    let signers = ["签署方1姓名", "签署方1手机号", "签署方2姓名", "签署方2手机号"];
    let row = |n: usize| [name(n), mobile(n), name(second(n)), mobile(second(n))];
    let headers = [&CONTRACT[..], &signers].concat();
    sheet(&headers, (1..=count).map(|n| contract(n).into_iter().chain(row(n)).collect::<Vec<_>>()))
}

fn halves(count: usize) -> (Sheet, Sheet) {
    let signer = |n: usize, signer: usize| [id(n), name(signer), mobile(signer)];
    (
        sheet(&CONTRACT, (1..=count).map(contract)),
        sheet(
            &["合同编号", "签署方姓名", "签署方手机号"],
            (1..=count).flat_map(|n| [signer(n, n), signer(n, second(n))]),
        ),
    )
}

/// The bodies that a command makes, in the order of their first contracts.
fn bodies(session: Session, arguments: &[&str]) -> Vec<Value> {
    let listener = Listener::start();
    let session = session.env("FLOWBATCH_ENDPOINT", &listener.endpoint());
    session.run(["run"].iter().chain(arguments)).exit(0);
    let mut bodies: Vec<Value> = listener.captured().iter().map(|request| request.json()).collect();
    bodies.sort_by_key(|body| body["FlowInfos"][0]["FlowName"].to_string());
    bodies
}

#[test]
fn every_layout_makes_the_same_requests() {
    let (contracts, signers) = halves(30);
    let expected = bodies(Session::new().file("long.csv", long(30).csv()), &["long.csv"]);
    assert_eq!(expected.len(), 2);
    let flow = &expected[0]["FlowInfos"][0];
    assert_eq!(flow["FlowApprovers"][0]["Mobile"], mobile(1));
    assert_eq!(flow["FlowApprovers"][1]["Mobile"], mobile(501), "approvers in the order of their rows");

    let by_signer = {
        let mut sorted = long(30);
        sorted.rows.sort_by_key(|row| row[5].clone());
        sorted
    };
    let books: [(&str, Vec<u8>); 5] = [
        ("long.xlsx", long(30).xlsx()),
        ("wide.xlsx", wide(30).xlsx()),
        ("wide.csv", wide(30).csv()),
        ("sheets.xlsx", workbook(&[("合同", &contracts), ("签署方", &signers)])),
        ("sorted.csv", by_signer.csv()),
    ];
    for (name, book) in books {
        assert_eq!(bodies(Session::new().file(name, book), &[name]), expected, "{name}");
    }
    let pair = Session::new().file("contracts.csv", contracts.csv()).file("signers.csv", signers.csv());
    assert_eq!(bodies(pair, &["signers.csv", "contracts.csv"]), expected, "a pair of files, in any order");
}

#[test]
fn each_row_of_a_contract_has_its_contracts_result() {
    let input = long(45).csv();
    let session = Session::new().file("long.csv", input).sandbox(unhurried());
    session.run(["run", "long.csv"]).exit(0).says("45 accepted");
    let report = session.report("long");
    assert_eq!((report.len(), count(&report, "accepted"), links(&report).len()), (90, 90, 3));
    session.check_links(&report);
    for (number, rows) in (1..).zip(report.chunks(2)) {
        assert_eq!((rows[0].key(), rows[0].url()), (rows[1].key(), rows[1].url()));
        assert_eq!(rows[0].key(), id(number));
        assert_eq!(rows[1]["签署方手机号"], mobile(second(number)), "the input's columns as they were");
    }
}

#[test]
fn two_sheets_report_each_of_their_rows() {
    let (contracts, signers) = halves(25);
    let book = workbook(&[("合同", &contracts), ("签署方", &signers)]);
    let session = Session::new().file("book.xlsx", book).sandbox(unhurried());
    session.run(["run", "book.xlsx"]).exit(0).says("25 accepted");
    let report = session.report("book");
    assert_eq!((report.len(), count(&report, "accepted"), links(&report).len()), (75, 75, 2));
    session.check_links(&report);
    let of_sheet = |name: &str| report.iter().filter(|line| line["flowbatch.sheet"] == name).count();
    assert_eq!((of_sheet("合同"), of_sheet("签署方")), (25, 50));
}

#[test]
fn a_workbook_of_contracts_runs_as_its_csv_does() {
    let session = Session::new().file("contracts.xlsx", contracts(45).xlsx()).sandbox(unhurried());
    session.run(["run", "contracts.xlsx"]).exit(0).says("45 accepted");
    let report = session.report("contracts");
    assert_eq!((report.len(), links(&report).len()), (45, 3));
    session.check_links(&report);
}

#[test]
fn what_is_not_to_be_sent_stays_and_is_in_the_report() {
    let input = contracts(5).with("发送", |number| if number == 3 { "否" } else { "是" }.to_owned());
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0).says("4 accepted").says("1 skipped");
    let report = session.report("contracts");
    assert_eq!(report[2].status(), "skipped");
    assert!(!session.accepted().contains_key(&id(3)));
    session.check_links(&report);
}

#[test]
fn two_sheets_that_fit_are_a_question() {
    let book = workbook(&[("一月", &contracts(3)), ("二月", &contracts(3))]);
    let session = Session::new().file("book.xlsx", book).sandbox(unhurried());
    session.run(["run", "book.xlsx"]).exit(3).says("一月").says("二月").says("--sheet");
    assert!(session.entries().is_empty());
    session.run(["run", "book.xlsx", "--sheet", "二月"]).exit(0).says("3 accepted");
}

#[test]
fn the_samples_that_ship_run() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    for name in
        ["contracts.xlsx", "wide.xlsx", "two-sheets.xlsx", "contracts-utf8.csv", "contracts-gb18030.csv"]
    {
        let session = Session::bare().file(name, std::fs::read(samples.join(name)).unwrap());
        session.run(["run", name, "--sandbox"]).exit(0);
        let stem = name.split('.').next().unwrap();
        let report = session.report(&format!("{stem}.sandbox"));
        assert!(!report.is_empty());
        let unsent = report.iter().filter(|line| !["accepted", "skipped"].contains(&line.status())).count();
        assert_eq!(unsent, 0, "{name}");
    }
    let session =
        Session::bare().file("mistakes.xlsx", std::fs::read(samples.join("mistakes.xlsx")).unwrap());
    session.run(["run", "mistakes.xlsx", "--sandbox"]).exit(3);
}

#[test]
fn headers_that_a_program_has_numbered_and_tables_with_fewer_columns_are_asked_about() {
    use crate::meaning::{Csv, case, hold};
    const ONE: &[&str] = &["林小雨"];
    const NOBODY: &[&str] = &[];
    let people = "姓名,手机号,姓名.1,手机号.1\n林小雨,13800138000,何静,13800138001\n";
    let filled = "姓名,手机号,填写:薪资,填写:薪资.1\n林小雨,13800138000,1,2\n";
    let fewer = "姓名,手机号,填写:薪资\n林小雨,13800138000,1\n姓名,手机号,\n何静,13800138001,\n";
    hold(&[
        case(Csv(people), &[], 3, &["sheet.tables_beside"], NOBODY, &[]),
        case(Csv(filled), &[], 3, &["column.twice"], NOBODY, &[]),
        case(Csv(fewer), &[], 3, &["column.empty_cells", "rows.other_table"], ONE, &[(1, 2)]),
    ]);
}
