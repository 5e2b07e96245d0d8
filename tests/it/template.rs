//! What `flowbatch template` writes is an input: nobody is asked about our own words.

use std::path::Path;

use calamine::{Reader as _, open_workbook_auto};

use crate::support::{Session, unhurried};

/// The header of the first sheet, and a row with these values below it, as a CSV.
fn filled(path: &Path, values: &[(&str, &str)]) -> String {
    let mut book = open_workbook_auto(path).unwrap();
    let (_, range) = book.worksheets().into_iter().next().unwrap();
    let header: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    for (title, _) in values {
        assert!(header.iter().any(|own| own == title), "{title} is not in {header:?}");
    }
    let value = |title: &String| values.iter().find(|(own, _)| own == title).map_or("", |(_, value)| value);
    let cells: Vec<String> = header.iter().map(|title| value(title).to_owned()).collect();
    [header, cells].map(|row| row.join(",")).join("\n")
}

fn made(lang: &str, more: &[&str]) -> Session {
    let session = Session::new().env("FLOWBATCH_LANG", lang).sandbox(unhurried());
    session.run(["template", "t.xlsx"].iter().chain(more)).exit(0);
    session
}

/// The workbook as it is written: nothing in it is sent, and nothing asks.
#[test]
fn an_empty_template_asks_nothing() {
    for lang in ["zh", "en"] {
        for more in [&[][..], &["--wide", "2"], &["--fields", "岗位,月薪"]] {
            let said = made(lang, more).run(["check", "t.xlsx", "--json"]).json().to_string();
            for code in ["sheet.choose", "signer.unclear", "column.unknown", "rows."] {
                assert!(!said.contains(code), "{lang} {more:?} {code}: {said}");
            }
        }
    }
}

/// A language, more arguments, and what is filled in.
type Fill<'a> = (&'a str, &'a [&'a str], &'a [(&'a str, &'a str)]);

/// Its headers, with one contract below them.
#[test]
fn a_template_that_was_filled_in_is_sent() {
    let fills: [Fill; 4] = [
        (
            "zh",
            &[],
            &[
                ("合同编号", "HT-1"),
                ("合同名称", "劳动合同"),
                ("模板ID", "yDtest00000000000000000000000001"),
                ("签署截止时间", "2099-12-31"),
                ("签署方姓名", "张三"),
                ("签署方手机号", "13800000001"),
            ],
        ),
        (
            "zh",
            &["--wide", "1"],
            &[
                ("合同编号", "HT-1"),
                ("合同名称", "劳动合同"),
                ("模板ID", "yDtest00000000000000000000000001"),
                ("签署截止时间", "2099-12-31"),
                ("签署方1姓名", "张三"),
                ("签署方1手机号", "13800000001"),
            ],
        ),
        (
            "en",
            &[],
            &[
                ("contract_id", "HT-1"),
                ("flow_name", "劳动合同"),
                ("template_id", "yDtest00000000000000000000000001"),
                ("deadline", "2099-12-31"),
                ("approver.name", "张三"),
                ("approver.mobile", "13800000001"),
            ],
        ),
        (
            "en",
            &["--wide", "1", "--fields", "岗位"],
            &[
                ("contract_id", "HT-1"),
                ("flow_name", "劳动合同"),
                ("template_id", "yDtest00000000000000000000000001"),
                ("deadline", "2099-12-31"),
                ("approver1.name", "张三"),
                ("approver1.mobile", "13800000001"),
                ("field:岗位", "工程师"),
            ],
        ),
    ];
    for (lang, more, values) in fills {
        let session = made(lang, more);
        let csv = filled(&session.path("t.xlsx"), values);
        let session = session.file("filled.csv", csv);
        session.run(["run", "filled.csv"]).exit(0);
        assert_eq!(session.accepted().len(), 1, "{lang} {more:?}");
    }
}
