//! Documents of contracts: each says whose it is, and comes whole.

use std::collections::BTreeSet;

use crate::action::started as of_ledger;
use crate::follow::{calls, started, told};
use crate::support::{Session, unhurried};

const ASK: &str = "DescribeResourceUrlsByFlows";

fn names(session: &Session, folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(session.path(folder)).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn documents_of_the_same_name_say_whose_they_are() {
    let mut input = told(3, &[(1, "sandbox:signed"), (2, "sandbox:signed"), (3, "sandbox:signed")]);
    for number in 1..=3 {
        let name = if number == 3 { "保密协议" } else { "劳动合同" };
        input = input.set(number, "flow_name", name);
    }
    // No numbers: a name is all that they have.
    input.headers.remove(0);
    input.rows.iter_mut().for_each(|row| drop(row.remove(0)));
    let (session, job) = started(&input, unhurried());
    session.run(["download", &job, "--out", "pdf"]).exit(0).says("3 files fetched");
    let report = session.report("contracts");
    let ids: Vec<&str> = report.iter().map(|line| line["flowbatch.flow_id"].as_str()).collect();
    let expected =
        [format!("劳动合同 {}.pdf", ids[0]), format!("劳动合同 {}.pdf", ids[1]), "保密协议.pdf".to_owned()];
    assert_eq!(names(&session, "pdf"), BTreeSet::from(expected));
    for id in &ids[..2] {
        let text = std::fs::read_to_string(session.path(&format!("pdf/劳动合同 {id}.pdf"))).unwrap();
        assert!(text.contains(id), "{text}");
    }
    assert_eq!(of_ledger(&session.entries()).len(), 3);
}

#[test]
fn pieces_after_the_first_are_numbered_and_come_all_or_none() {
    let input = told(2, &[(1, "sandbox:signed sandbox:two-resources"), (2, "sandbox:signed")]);
    let (session, job) = started(&input, unhurried());
    session.run(["download", &job, "--out", "pdf"]).exit(0).says("3 files fetched");
    let expected =
        ["HT-0001 劳动合同_1.pdf", "HT-0001 劳动合同_1_2.pdf", "HT-0002 劳动合同_2.pdf"].map(str::to_owned);
    assert_eq!(names(&session, "pdf"), BTreeSet::from(expected.clone()));
    // The first one says that all are there: where it is gone all are fetched, and what stands stays.
    std::fs::remove_file(session.path(&format!("pdf/{}", expected[0]))).unwrap();
    session.run(["download", &job, "--out", "pdf"]).exit(0).says("1 file fetched").says("1 there before");
    assert_eq!(names(&session, "pdf"), BTreeSet::from(expected));
}

#[test]
fn a_folder_is_the_same_however_it_is_written() {
    let (session, job) = started(&told(2, &[(1, "sandbox:signed"), (2, "sandbox:signed")]), unhurried());
    session.run(["download", &job, "--out", "a"]).exit(0).says("2 files fetched");
    let asked = calls(&session, ASK);
    for folder in ["./a/../a", "a/", "./a", session.path("a").to_str().unwrap()] {
        session
            .run(["download", &job, "--out", folder])
            .exit(0)
            .says("0 files fetched")
            .says("2 there before");
    }
    assert_eq!((calls(&session, ASK), names(&session, "a").len()), (asked, 2));
}
