//! The same fifty contracts in every kind of file and in all three layouts:
//! what would be sent is the same, byte for byte.

use std::path::Path;

use encoding_rs::GB18030;

use super::{Input, Read, TEMPLATE};
use crate::sheets::{Sheet, sheet, workbook};

const CONTRACT: [&str; 8] =
    ["合同名称", "模板ID", "合同类型", "截止日期", "填写:岗位", "填写:月薪", "抄送人姓名", "抄送人手机号"];
const SIGNER: [&str; 6] = ["类型", "姓名", "手机号", "企业名称", "企业OpenId", "签署人ID"];

fn key(n: usize) -> String {
    format!("HT-{n:04}")
}

fn contract(n: usize) -> Vec<String> {
    let cc = if n.is_multiple_of(5) { ["孙人事", "13900000002"] } else { ["", ""] };
    let job = if n.is_multiple_of(2) { "产品经理" } else { "司机" };
    let (name, salary) = (format!("劳动合同_{n}"), (8000 + n).to_string());
    [&name, TEMPLATE, "劳动合同", "2099/12/31", job, &salary, cc[0], cc[1]].map(str::to_owned).to_vec()
}

fn signers(n: usize) -> [Vec<String>; 2] {
    let (name, mobile) = (crate::sheets::name(n), (13_800_000_000 + n).to_string());
    [
        ["企业", "钱经办", "13900000001", "示例科技（深圳）有限公司", "orgdemo", "company"],
        ["个人", &name, &mobile, "", "", "employee"],
    ]
    .map(|signer| signer.map(str::to_owned).to_vec())
}

fn headers(groups: &[&[String]]) -> Vec<String> {
    std::iter::once("合同编号".to_owned()).chain(groups.concat()).collect()
}

fn named(prefix: &str, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("{prefix}{name}")).collect()
}

fn made(headers: &[String], rows: Vec<Vec<String>>) -> Sheet {
    sheet(&headers.iter().map(String::as_str).collect::<Vec<_>>(), rows)
}

fn long() -> Sheet {
    let rows = (1..=50).flat_map(|n| {
        let [company, person] = signers(n);
        [
            [vec![key(n)], contract(n), company].concat(),
            [vec![key(n)], vec![String::new(); 8], person].concat(),
        ]
    });
    made(&headers(&[&named("", &CONTRACT), &named("签署方", &SIGNER)]), rows.collect())
}

fn wide() -> Sheet {
    let rows = (1..=50).map(|n| [vec![key(n)], contract(n), signers(n).concat()].concat());
    let headers = headers(&[&named("", &CONTRACT), &named("签署方1", &SIGNER), &named("签署方2", &SIGNER)]);
    made(&headers, rows.collect())
}

/// Contracts, and their approvers.
fn two() -> [Sheet; 2] {
    let contracts = (1..=50).map(|n| [vec![key(n)], contract(n)].concat());
    let approvers = (1..=50).flat_map(|n| signers(n).map(|signer| [vec![key(n)], signer].concat()));
    [
        made(&headers(&[&named("", &CONTRACT)]), contracts.collect()),
        made(&headers(&[&named("签署方", &SIGNER)]), approvers.collect()),
    ]
}

fn read(files: &[(&str, &[u8])]) -> Read {
    let read = Input::new(files).read().unwrap_or_else(|_| panic!("{} is refused", files[0].0));
    assert_eq!((read.sendable, read.invalid, read.skipped), (50, 0, 0), "{}", files[0].0);
    read
}

/// Bodies of the requests, as every other file must give them.
fn expected() -> Read {
    let read = read(&[("long.xlsx", &long().xlsx())]);
    assert_eq!(read.requests.len(), 3);
    let first: serde_json::Value = serde_json::from_slice(&read.requests[0]).unwrap();
    assert_eq!(
        first["FlowInfos"][4],
        serde_json::json!({
            "FlowName": "劳动合同_5", "Deadline": 4_102_415_999_u64, "TemplateId": TEMPLATE,
            "FlowApprovers": [
                {
                    "Name": "钱经办", "Mobile": "13900000001", "OrganizationName": "示例科技（深圳）有限公司",
                    "OrganizationOpenId": "orgdemo", "ApproverType": "ORGANIZATION", "RecipientId": "company"
                },
                {"Name": "测试五", "Mobile": "13800000005", "ApproverType": "PERSON", "RecipientId": "employee"}
            ],
            "FormFields": [
                {"ComponentValue": "司机", "ComponentName": "岗位"},
                {"ComponentValue": "8005", "ComponentName": "月薪"}
            ],
            "FlowType": "劳动合同", "CustomerData": "SFQtMDAwNQ==",
            "CcInfos": [{"Mobile": "13900000002", "Name": "孙人事"}]
        })
    );
    read
}

fn assert_same(files: &[(&str, &[u8])], expected: &Read) {
    let read = read(files);
    assert!(read.requests == expected.requests, "{}: other requests", files[0].0);
    assert!(read.contents == expected.contents, "{}: other contents", files[0].0);
}

#[test]
fn xlsx_in_three_layouts() {
    let expected = expected();
    assert_same(&[("wide.xlsx", &wide().xlsx())], &expected);
    let [contracts, approvers] = two();
    let both = workbook(&[("合同", &contracts), ("签署方", &approvers)]);
    assert_same(&[("two.xlsx", &both)], &expected);
    assert_same(&[("approvers.xlsx", &approvers.xlsx()), ("contracts.xlsx", &contracts.xlsx())], &expected);
}

#[test]
fn workbooks_of_other_programs_in_three_layouts() {
    let expected = expected();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/spreadsheets");
    for program in ["openpyxl", "libreoffice"] {
        for layout in ["long", "wide", "two"] {
            for kind in ["xlsx", "xls", "ods"] {
                let name = format!("{program}-{layout}.{kind}");
                let Ok(bytes) = std::fs::read(folder.join(&name)) else {
                    assert_eq!((program, kind == "xlsx"), ("openpyxl", false), "{name} is not there");
                    continue;
                };
                assert_same(&[(&name, &bytes)], &expected);
            }
        }
    }
}

#[test]
fn csv_in_four_encodings_with_three_delimiters_in_three_layouts() {
    let expected = expected();
    for (encoding, encode) in ENCODINGS {
        for delimiter in [b',', b';', b'\t'] {
            let name = |layout: &str| format!("{layout}-{encoding}-{}.csv", delimiter.escape_ascii());
            let bytes = |sheet: &Sheet| encode(&delimited(sheet, delimiter));
            assert_same(&[(&name("long"), &bytes(&long()))], &expected);
            assert_same(&[(&name("wide"), &bytes(&wide()))], &expected);
            let [contracts, approvers] = two().map(|sheet| bytes(&sheet));
            assert_same(&[(&name("contracts"), &contracts), (&name("approvers"), &approvers)], &expected);
        }
    }
}

type Encode = fn(&str) -> Vec<u8>;

const ENCODINGS: [(&str, Encode); 4] = [
    ("utf8", |text| text.as_bytes().to_vec()),
    ("utf8-bom", |text| ["\u{FEFF}", text].concat().into_bytes()),
    ("gb18030", |text| GB18030.encode(text).0.into_owned()),
    ("utf16", |text| ["\u{FEFF}", text].concat().encode_utf16().flat_map(u16::to_le_bytes).collect()),
];

fn delimited(sheet: &Sheet, delimiter: u8) -> String {
    let mut writer = csv::WriterBuilder::new()
        .delimiter(delimiter)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(&sheet.headers).unwrap();
    for row in &sheet.rows {
        writer.write_record(row).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn rows_of_a_contract_far_apart_and_columns_moved_about() {
    let expected = expected();
    let mut apart = long();
    let (companies, people): (Vec<_>, Vec<_>) =
        apart.rows.into_iter().enumerate().partition(|(index, _)| index.is_multiple_of(2));
    apart.rows = companies.into_iter().chain(people).map(|(_, row)| row).collect();
    assert_same(&[("apart.csv", &apart.csv())], &expected);

    let mut moved = wide();
    for row in std::iter::once(&mut moved.headers).chain(&mut moved.rows) {
        // Form fields keep their order: it is theirs on the wire.
        row[..5].reverse();
        row[9..].rotate_left(6);
    }
    assert_same(&[("moved.csv", &moved.csv())], &expected);
}
