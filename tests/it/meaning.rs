//! What a sheet means, as people lay it out: each line of the tables is a sheet, what is
//! said of it, and what must come of it. A guess that decides who signs, what is filled
//! in, when it ends or how many contracts there are is never made silently.

use std::path::Path;

use flowbatch::table::{ReadOptions, Workbook};
use rust_xlsxwriter::Format;
use serde_json::Value;

use crate::support::{Session, unhurried};

/// A sheet to check.
pub enum Of {
    /// In `tests/data/cases`.
    File(&'static str),
    Csv(&'static str),
    /// Rows, and areas of merged cells: first row and column, last row and column, from 0.
    Merged(&'static [&'static [&'static str]], &'static [[u32; 4]]),
    /// Sheets, each with a name and rows.
    Sheets(&'static [(&'static str, &'static [&'static [&'static str]])]),
}
pub use Of::{Csv, File, Merged, Sheets};

pub struct Case {
    of: Of,
    options: &'static [&'static str],
    exit: i32,
    /// Codes of what stops it, or is told of its header and its rows as a whole.
    codes: &'static [&'static str],
    /// Names of the first contract's signers, in their order.
    signers: &'static [&'static str],
    /// Contracts, by the number of their signers.
    contracts: &'static [(u64, u64)],
}

pub fn case(
    of: Of,
    options: &'static [&'static str],
    exit: i32,
    codes: &'static [&'static str],
    signers: &'static [&'static str],
    contracts: &'static [(u64, u64)],
) -> Case {
    Case { of, options, exit, codes, signers, contracts }
}

fn fill(worksheet: &mut rust_xlsxwriter::Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells).filter(|(_, cell)| !cell.is_empty()) {
            worksheet.write_string(row, column, *cell).unwrap();
        }
    }
}

fn book(rows: &[&[&str]], merged: &[[u32; 4]]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let worksheet = workbook.add_worksheet();
    fill(worksheet, rows);
    for [first_row, first, last_row, last] in merged {
        let text = rows[*first_row as usize].get(*first as usize).copied().unwrap_or_default();
        let (first, last) = ((*first).try_into().unwrap(), (*last).try_into().unwrap());
        worksheet.merge_range(*first_row, first, *last_row, last, text, &Format::new()).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

pub fn books(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, rows) in sheets {
        fill(workbook.add_worksheet().set_name(*name).unwrap(), rows);
    }
    workbook.save_to_buffer().unwrap()
}

pub fn data(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cases");
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A session with that sheet, and its name.
pub fn session(of: &Of) -> (Session, &'static str) {
    let (name, contents) = match of {
        File(name) => (*name, data(name)),
        Csv(text) => ("sheet.csv", text.as_bytes().to_vec()),
        Merged(rows, merged) => ("sheet.xlsx", book(rows, merged)),
        Sheets(sheets) => ("sheet.xlsx", books(sheets)),
    };
    let session = Session::new().without("FLOWBATCH_JUMP_URL").file("config.toml", data("config.toml"));
    (session.file(name, contents), name)
}

/// What is of the file, not of single rows.
pub fn codes(checked: &Value) -> Vec<String> {
    let told = checked["problems"].as_array().unwrap().iter();
    let of_file = |problem: &&Value| {
        let code = problem["code"].as_str().unwrap();
        problem["severity"] == "question"
            || problem["severity"] == "error"
            || code.starts_with("rows.")
            || code.starts_with("column.")
    };
    let mut codes: Vec<String> =
        told.filter(of_file).map(|problem| problem["code"].as_str().unwrap().to_owned()).collect();
    codes.retain(|code| code != "column.unknown");
    codes.sort();
    codes.dedup();
    codes
}

fn names(checked: &Value) -> Vec<String> {
    let signers = checked["understood"]["first"]["signers"].as_array().cloned().unwrap_or_default();
    let name = |signer: &Value| {
        let values = signer.as_array().unwrap().iter();
        let mut names = values.filter(|value| value["field"] == "approver.name");
        names.next().map(|value| value["value"].as_str().unwrap().to_owned())
    };
    signers.iter().filter_map(name).collect()
}

fn fault_of(case: &Case) -> Option<String> {
    let (session, name) = session(&case.of);
    let words = ["check", name, "--config", "config.toml", "--json"];
    let words = words.iter().chain(case.options);
    let ran = session.run(words);
    let what = match case.of {
        File(name) => name.to_owned(),
        Csv(text) => text.lines().next().unwrap_or_default().to_owned(),
        Merged(rows, _) => format!("{:?}", rows.iter().take(2).collect::<Vec<_>>()),
        Sheets(sheets) => format!("{sheets:?}"),
    };
    let what = format!("{what} {:?}", case.options);
    if ran.code == Some(2) || ran.stdout.is_empty() {
        return Some(format!("{what}: {}", ran.stderr));
    }
    let checked = &ran.json()["files"][0];
    let contracts: Vec<(u64, u64)> = checked["understood"]["signers"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|kind| (kind[0].as_u64().unwrap(), kind[1].as_u64().unwrap()))
        .collect();
    let found = (ran.code, codes(checked), names(checked), contracts);
    let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let expected = (Some(case.exit), owned(case.codes), owned(case.signers), case.contracts.to_vec());
    (found != expected).then(|| format!("{what}:\n  found    {found:?}\n  expected {expected:?}"))
}

pub fn hold(cases: &[Case]) {
    let faults: Vec<String> = cases.iter().filter_map(fault_of).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The cases of the issue, as they are.
#[test]
fn the_cases_that_were_collected() {
    hold(&[
        case(File("01a-two-parties-bracketed-parents.xlsx"), &[], 3, &["approver.needs"], &[], &[]),
        case(File("01c-boss-under-unknown-parent.xlsx"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(File("02a-merged-down-no-key.xlsx"), &[], 3, &["rows.held_together"], &["林小雨"], &[(1, 4)]),
        case(
            File("02a-merged-down-no-key.xlsx"),
            &["--key", "房号"],
            0,
            &[],
            &["林小雨", "周大海"],
            &[(2, 2)],
        ),
        case(File("02a-merged-down-no-key.xlsx"), &["--key", "row"], 0, &[], &["林小雨"], &[(1, 4)]),
        case(
            File("02b-unmerged-serial-and-name.csv"),
            &[],
            3,
            &["rows.held_together"],
            &["林小雨"],
            &[(1, 5)],
        ),
        case(
            File("02b-unmerged-serial-and-name.csv"),
            &["--key", "序号"],
            0,
            &[],
            &["林小雨", "周大海"],
            &[(2, 1), (3, 1)],
        ),
        case(
            File("03a-contract-term-as-signing-deadline.xlsx"),
            &[],
            0,
            &["column.term"],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            File("06-hidden-columns.xlsx"),
            &[],
            3,
            &["column.hidden", "column.not_used"],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            File("06-hidden-columns.xlsx"),
            &["--hidden-columns", "skip"],
            0,
            &["column.not_used"],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(File("07-internal-remark.xlsx"), &[], 0, &["column.not_used"], &["林小雨"], &[(1, 1)]),
        case(
            File("09-rows-differ-in-unknown-columns.xlsx"),
            &[],
            3,
            &["rows.differ"],
            &["林小雨"],
            &[(1, 3)],
        ),
        case(
            File("09-rows-differ-in-unknown-columns.xlsx"),
            &["--key", "商铺"],
            0,
            &[],
            &["林小雨"],
            &[(1, 3)],
        ),
        case(File("13a-wecom-template.xlsx"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(File("13d-employee-names.xlsx"), &[], 3, &["column.beside"], &["林小雨"], &[(1, 1)]),
        case(
            File("14a-salary-slips.xlsx"),
            &[],
            0,
            &["column.looks_like_numbers", "rows.left_out"],
            &["林小雨"],
            &[(1, 3)],
        ),
        case(File("15-pre-drawn-formula-zeros.xlsx"), &[], 0, &["rows.left_out"], &["林小雨"], &[(1, 3)]),
        case(
            File("16-agent-under-party-a.xlsx"),
            &[],
            0,
            &["column.not_used"],
            &["林小雨", "何静"],
            &[(2, 1)],
        ),
        case(File("19-two-unknown-parents.xlsx"), &[], 3, &["signer.unclear"], &[], &[]),
        case(File("22-three-row-header.xlsx"), &[], 0, &["column.term"], &["林小雨"], &[(1, 2)]),
        case(
            File("22-three-row-header.xlsx"),
            &["--header-row", "4", "--map", "档主名=approver.name", "--map", "档主联系电话=approver.mobile"],
            0,
            &["column.term"],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(File("24-column-called-type.xlsx"), &[], 0, &["column.not_used"], &["林小雨"], &[(1, 1)]),
        case(File("25-footer-signatures.xlsx"), &[], 0, &["rows.left_out"], &["林小雨"], &[(1, 3)]),
        case(File("26-department-rows.xlsx"), &[], 0, &["rows.left_out"], &["林小雨"], &[(1, 3)]),
        case(File("28-several-sheets.xlsx"), &[], 3, &["sheet.choose"], &[], &[]),
        case(
            File("28-several-sheets.xlsx"),
            &["--sheet", "9月", "--sheet", "11月"],
            0,
            &[],
            &["林小雨"],
            &[(1, 3)],
        ),
    ]);
}

/// Relatives of theirs.
#[test]
fn who_signs() {
    hold(&[
        // The command that a failed search or a question makes ready.
        case(
            File("19-two-unknown-parents.xlsx"),
            &[
                "--map", "责任人姓名=approver.name", "--map", "责任人手机号=approver.mobile", "--map",
                "创建人姓名=ignore", "--map", "创建人手机号=ignore",
            ],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        // One row of header.
        case(
            Csv("员工姓名,员工手机号,部门经理姓名,部门经理手机号\n林小雨,13800138000,何静,13800138002\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,负责人姓名,负责人手机号\n林小雨,13800138000,何静,13800138002\n"),
            &[],
            3,
            &["signer.unclear"],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(Csv("姓名,手机号,责任人姓名\n林小雨,13800138000,何静\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(
            Csv("员工姓名,手机号,身份证号\n林小雨,13800138000,440106199003071012\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            Csv("客户姓名,客户手机号,员工姓名,员工手机号\n林小雨,13800138000,何静,13800138002\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Csv("客户姓名,员工姓名,手机号\n林小雨,何静,13800138002\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Csv("客户姓名,客户手机号,员工姓名\n林小雨,13800138000,何静\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(Csv("姓名_real_name,手机_mobile\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(Csv("Signer Name,Signer Mobile\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(
            Csv(
                "recipient_1_name,recipient_1_mobile,recipient_2_name,recipient_2_mobile\n林小雨,13800138000,何静,13800138002\n",
            ),
            &[],
            0,
            &[],
            &["林小雨", "何静"],
            &[(2, 1)],
        ),
        case(Csv("真实姓名,联系电话\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(Csv("签约人,手机\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(
            Csv("租客姓名,租客电话,房东姓名,房东电话\n林小雨,13800138000,何静,13800138002\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        // Parents of which a CSV has lost the merging.
        case(
            Csv(
                "甲方（公司）,,乙方（员工）,\n名称,联系电话,姓名,手机号\n某某公司,13900139000,林小雨,13800138000\n",
            ),
            &[],
            3,
            &["approver.needs"],
            &[],
            &[],
        ),
        case(
            Csv("员工信息,,直属上级,\n姓名,手机,姓名,手机\n林小雨,13800138000,何静,13800138002\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            Csv("责任人,,创建人,\n姓名,手机号,姓名,手机号\n林小雨,13800138000,何静,13800138002\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Csv(
                "填表单位：,某公司,,日期：,\n合同名称,姓名,手机号,部门,岗位\n合同,林小雨,13800138000,销售,文员\n",
            ),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        // Merged parents.
        case(
            Merged(
                &[
                    &["乙方信息", "", "紧急联系人", ""],
                    &["姓名", "联系电话", "姓名", "联系电话"],
                    &["林小雨", "13800138000", "何静", "13800138002"],
                ],
                &[[0, 0, 0, 1], [0, 2, 0, 3]],
            ),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            Merged(
                &[
                    &["基本信息", "", "联系信息", ""],
                    &["姓名", "工号", "手机号", "邮箱"],
                    &["林小雨", "1", "13800138000", "a@b.cn"],
                ],
                &[[0, 0, 0, 1], [0, 2, 0, 3]],
            ),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            Merged(
                &[
                    &["出租方", "", "承租方", ""],
                    &["姓名", "电话", "姓名", "电话"],
                    &["林小雨", "13800138000", "何静", "13800138002"],
                ],
                &[[0, 0, 0, 1], [0, 2, 0, 3]],
            ),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Merged(
                &[
                    &["出租方（甲方）", "", "承租方（乙方）", ""],
                    &["姓名", "电话", "姓名", "电话"],
                    &["林小雨", "13800138000", "何静", "13800138002"],
                ],
                &[[0, 0, 0, 1], [0, 2, 0, 3]],
            ),
            &[],
            0,
            &[],
            &["林小雨", "何静"],
            &[(2, 1)],
        ),
        case(
            Merged(
                &[
                    &["员工信息登记表 2026年", "", "", ""],
                    &["姓名", "手机号", "部门", "岗位"],
                    &["林小雨", "13800138000", "销售", "文员"],
                ],
                &[[0, 0, 0, 3]],
            ),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        // Three rows of header.
        case(
            Merged(
                &[
                    &["序号", "签约各方", "", "", ""],
                    &["", "甲方", "", "乙方", ""],
                    &["", "姓名", "手机号", "姓名", "手机号"],
                    &["1", "林小雨", "13800138000", "何静", "13800138002"],
                ],
                &[[0, 0, 2, 0], [0, 1, 0, 4], [1, 1, 1, 2], [1, 3, 1, 4]],
            ),
            &[],
            0,
            &[],
            &["林小雨", "何静"],
            &[(2, 1)],
        ),
        case(
            Csv("承租人,承租人电话,出租人,出租人电话\n林小雨,13800138000,何静,13800138002\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(Csv("承租人,承租人电话\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(Csv("员工,手机号\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        // No name of a person.
        case(Csv("员工,手机号\nA0012,13800138000\n"), &[], 3, &["cell.characters"], &[], &[]),
        case(
            Csv("客户,手机号\n某某科技有限公司,13800138000\n"),
            &[],
            3,
            &["cell.company_as_person"],
            &[],
            &[],
        ),
        case(Csv("工号,姓,名,手机号\n7,欧阳,小明,13800138000\n"), &[], 3, &["column.name_in_two"], &[], &[]),
        // A bare mobile right behind somebody else's name.
        case(
            Csv("姓名,紧急联系人,联系电话\n林小雨,何静,13800138000\n"),
            &[],
            3,
            &["column.mobile_behind"],
            &[],
            &[],
        ),
        case(
            Csv("姓名,紧急联系人,联系电话\n林小雨,何静,13800138000\n"),
            &["--map", "联系电话=approver.mobile"],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            Csv("客户名称,联系人,联系人手机\n某公司,林小雨,13800138000\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Csv("客户名称,联系人,联系人手机\n某公司,林小雨,13800138000\n"),
            &["--map", "联系人=approver.name", "--map", "联系人手机=approver.mobile", "--header-row", "1"],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        // No list at all.
        case(
            Csv("姓名,林小雨,何静\n手机号,13800138000,13800138002\n岗位,文员,司机\n"),
            &[],
            3,
            &["sheet.transposed"],
            &[],
            &[],
        ),
        case(Csv("姓名,林小雨,手机号,13800138000\n性别,女,岗位,文员\n"), &[], 3, &["sheet.form"], &[], &[]),
        case(Csv("部门,人数\n销售,3\n"), &[], 3, &["sheet.header_not_found"], &[], &[]),
        case(
            Csv("类型,姓名,手机号\n企业,林小雨,13800138000\n"),
            &[],
            3,
            &["column.nearly_type"],
            &["林小雨"],
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn which_rows_are_one_contract() {
    hold(&[
        case(
            Csv("房号,姓名,手机号\n101,林小雨,13800138000\n,周大海,13800138001\n102,何静,13800138002\n"),
            &[],
            3,
            &["rows.held_together"],
            &["林小雨"],
            &[(1, 3)],
        ),
        case(
            Csv("房号,姓名,手机号\n101,林小雨,13800138000\n,周大海,13800138001\n102,何静,13800138002\n"),
            &["--key", "房号"],
            0,
            &[],
            &["林小雨", "周大海"],
            &[(1, 1), (2, 1)],
        ),
        case(
            Csv("房号,姓名,手机号\n101,林小雨,13800138000\n101,周大海,13800138001\n102,何静,13800138002\n"),
            &[],
            3,
            &["column.key"],
            &["林小雨"],
            &[(1, 3)],
        ),
        case(
            Csv(
                "合同名称,姓名,手机号\n采购,林小雨,13800138000\n,周大海,13800138001\n采购,何静,13800138002\n",
            ),
            &[],
            3,
            &["rows.held_together"],
            &["林小雨"],
            &[(1, 3)],
        ),
        // The name of two contracts is no key: it would make one of them.
        case(
            Csv(
                "合同名称,姓名,手机号\n采购,林小雨,13800138000\n,周大海,13800138001\n采购,何静,13800138002\n",
            ),
            &["--key", "合同名称"],
            3,
            &["rows.apart"],
            &["林小雨", "周大海", "何静"],
            &[(3, 1)],
        ),
        // Numbers that begin anew are no key either.
        case(
            Csv("序号,姓名,手机号\n1,林小雨,13800138000\n2,周大海,13800138001\n1,何静,13800138002\n"),
            &["--key", "序号"],
            3,
            &["rows.apart"],
            &["林小雨", "何静"],
            &[(1, 1), (2, 1)],
        ),
        case(
            Csv("序号,姓名,手机号\n1,林小雨,13800138000\n2,周大海,13800138001\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            Csv("工号,姓名,手机号\n1,林小雨,13800138000\n,周大海,13800138001\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            Csv("部门,姓名,手机号\n销售部,林小雨,13800138000\n,周大海,13800138001\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            Merged(
                &[
                    &["部门", "姓名", "手机号"],
                    &["销售部", "林小雨", "13800138000"],
                    &["", "周大海", "13800138001"],
                ],
                &[[1, 0, 2, 0]],
            ),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            Merged(
                &[
                    &["合同名称", "姓名", "手机号"],
                    &["采购", "林小雨", "13800138000"],
                    &["", "周大海", "13800138001"],
                ],
                &[[1, 0, 2, 0]],
            ),
            &[],
            3,
            &["rows.held_together"],
            &["林小雨"],
            &[(1, 2)],
        ),
        // Twice the same but for the count of lines: a repetition, told and sent once.
        case(
            Csv("序号,姓名,手机号\n1,林小雨,13800138000\n2,林小雨,13800138000\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            Csv("姓名,手机号,商铺\n林小雨,13800138000,A1\n林小雨,13800138000,A2\n"),
            &["--map", "商铺=ignore"],
            0,
            &[],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            Csv("合同编号,姓名,手机号\nA,林小雨,13800138000\nA,周大海,13800138001\nA,何静,13800138002\n"),
            &[],
            0,
            &[],
            &["林小雨", "周大海", "何静"],
            &[(3, 1)],
        ),
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n"),
            &["--key", "房号"],
            3,
            &["column.not_there"],
            &[],
            &[],
        ),
    ]);
}

#[test]
fn when_it_ends() {
    const NONE: &[&str] = &["林小雨"];
    hold(&[
        case(Csv("姓名,手机号,截止日期\n林小雨,13800138000,2099-12-31\n"), &[], 0, &[], NONE, &[(1, 1)]),
        case(
            Csv("姓名,手机号,合同开始日期,截止时间\n林小雨,13800138000,2026-12-01,2099-12-31\n"),
            &[],
            0,
            &["column.term"],
            NONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,生效日期,到期日\n林小雨,13800138000,2026-12-01,2099-12-31\n"),
            &[],
            0,
            &["column.term"],
            NONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "姓名,手机号,起始日期,截止日期,签署截止时间\n林小雨,13800138000,2026-12-01,2029-12-31,2099-12-31\n",
            ),
            &[],
            0,
            &["column.term"],
            NONE,
            &[(1, 1)],
        ),
        case(
            Merged(
                &[
                    &["姓名", "手机号", "合同期限", ""],
                    &["", "", "开始日期", "截止日期"],
                    &["林小雨", "13800138000", "2026-12-01", "2099-12-31"],
                ],
                &[[0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 0, 3]],
            ),
            &[],
            0,
            &["column.term"],
            NONE,
            &[(1, 1)],
        ),
        // `合同 | 截止日期` is 合同截止日期, and 合同 | 签署截止时间 is none.
        case(
            Merged(
                &[
                    &["姓名", "手机号", "合同", ""],
                    &["", "", "合同名称", "截止日期"],
                    &["林小雨", "13800138000", "劳动合同_林小雨", "2099-12-31"],
                ],
                &[[0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 0, 3]],
            ),
            &[],
            0,
            &["column.term"],
            NONE,
            &[(1, 1)],
        ),
        case(
            Merged(
                &[
                    &["姓名", "手机号", "合同信息", ""],
                    &["", "", "合同名称", "签署截止时间"],
                    &["林小雨", "13800138000", "劳动合同_林小雨", "2099-12-31"],
                ],
                &[[0, 0, 1, 0], [0, 1, 1, 1], [0, 2, 0, 3]],
            ),
            &[],
            0,
            &[],
            NONE,
            &[(1, 1)],
        ),
    ]);
    // Nothing else gives a deadline.
    let sheet = "姓名,手机号,合同名称,模板ID,起始日期,截止日期\n林小雨,13800138000,合同,yDtest00000000000000000000000001,2026-12-01,2099-12-31\n";
    let session = Session::new().file("a.csv", sheet);
    let checked = session.run(["check", "a.csv", "--json"]).exit(3).json();
    assert_eq!(codes(&checked["files"][0]), ["column.term_or_deadline"]);
    session
        .run(["check", "a.csv", "--map", "截止日期=deadline"])
        .exit(0)
        .says("deadline: 2099-12-31 23:59:59");
}

#[test]
fn rows_that_are_no_contracts() {
    const ONE: &[&str] = &["林小雨"];
    hold(&[
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n合计,,5000\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n（一）仓储部,,\n制表人：何静,,日期：2026-12-01\n",
            ),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n第 1 页 共 2 页,,\n姓名,手机号,填写:月薪\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪,填写:奖金\n林小雨,13800138000,5000,0\n,,0,0.00\n,,0,-\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "花名册,,\n姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n花名册,,\n姓名,手机号,填写:月薪\n",
            ),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("部门,姓名,手机号,填写:月薪\n销售,林小雨,13800138000,5000\n销售小计,,,5000\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        // A mobile was forgotten: that is no heading.
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n周大海,,\n"),
            &[],
            3,
            &["column.empty_cells", "row.like_title"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n,,6000\n"),
            &[],
            3,
            &["row.almost_empty"],
            ONE,
            &[(1, 1)],
        ),
        // With somebody's mobile it may be a contract.
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n示例,13800138001,1\n"),
            &[],
            3,
            &["rows.doubtful"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n示例,13800138001,1\n"),
            &["--odd-rows", "skip"],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪\n林小雨,13800138000,5000\n示例,13800138001,1\n"),
            &["--odd-rows", "send"],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
        // Somebody has chosen rows.
        case(
            Csv("姓名,手机号,在职状态\n林小雨,13800138000,在职\n何静,13800138001,离职\n"),
            &["--where", "在职状态=在职"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,状态\n林小雨,13800138000,在职\n"),
            &["--where", "在职状态=在职"],
            3,
            &["column.not_there"],
            &[],
            &[],
        ),
    ]);
}

#[test]
fn all_questions_come_at_once_with_one_command_that_answers_them() {
    let of = Merged(
        &[
            &["房号", "姓名", "手机号", "起租日", "担保人姓名", "担保人手机号"],
            &["101", "林小雨", "13800138000", "x", "何静", "13800138002"],
            &["", "周大海", "13800138001", "x", "", ""],
        ],
        &[[1, 0, 2, 0]],
    );
    let (session, name) = session(&of);
    let session = session.sandbox(unhurried());
    let words = ["check", name, "--config", "config.toml", "--json"];
    let checked = session.run(words).exit(3).json();
    let checked = &checked["files"][0];
    assert_eq!(checked["result"], "question");
    assert_eq!(codes(checked), ["rows.held_together", "signer.unclear"]);
    let answer: Vec<String> =
        checked["answer"].as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    assert_eq!(answer[0], "flowbatch");
    let said = session.run(["check", name, "--config", "config.toml"]).exit(3);
    assert!(
        said.stdout.contains("--key 房号 --map") || said.stdout.contains("--map 担保人姓名=ignore --map"),
        "{}",
        said.stdout
    );
    let workbook = Workbook::open(&session.path("sheet.check.xlsx"), &ReadOptions::default()).unwrap();
    let sheets: Vec<_> = workbook.sheets().iter().filter_map(|sheet| sheet.name.as_deref()).collect();
    assert_eq!(sheets, ["Sheet1", "Understood", "Corrections"]);
    // The command as it was made ready, word for word.
    session.run(&answer[1..]).exit(0);
    // The same on a run: nothing is sent, and a folder has the questions beside the file.
    session.run(["run", name, "--config", "config.toml"]).exit(3).says("--key 房号");
    assert!(session.entries().is_empty());
    assert!(session.has("sheet.problem.txt"));
}

#[test]
fn answers_are_remembered_and_settings_give_them() {
    let sheet = "房号,姓名,手机号\n101,林小雨,13800138000\n,周大海,13800138001\n";
    let config = String::from_utf8(data("config.toml")).unwrap();
    let session = Session::new()
        .file("config.toml", &config)
        .file("a.csv", sheet)
        .file("b.csv", sheet.replace("101", "102"));
    let check = |file: &'static str| ["check", file, "--config", "config.toml"];
    session.run(check("a.csv")).exit(3);
    session.run(check("a.csv").iter().chain(&["--key", "房号", "--remember"])).exit(0);
    session.run(check("b.csv")).exit(0).says("1 contract with 2 signers");
    // What is said now counts.
    session.run(check("b.csv").iter().chain(&["--key", "row"])).exit(0).says("2 contracts with 1 signer");
    let of_settings = format!("{config}\n[sheet]\nkey = \"房号\"\nwhere = \"姓名=林小雨|周大海\"\n");
    let session = Session::new().file("config.toml", of_settings).file("a.csv", sheet);
    session.run(check("a.csv")).exit(0).says("1 contract with 2 signers");
    let wrong = format!("{config}\n[sheet]\nhidden_columns = \"perhaps\"\n");
    let session = Session::new().file("config.toml", wrong).file("a.csv", sheet);
    session.run(check("a.csv")).exit(2).says("sheet.hidden_columns");
}

/// 序号 counts the lines of one file; 房号 names a contract.
#[test]
fn a_count_of_lines_is_never_a_contracts_number() {
    let config = data("config.toml");
    let sheet = |first: &str, second: &str| {
        format!("序号,姓名,手机号\n{first},林小雨,13800138000\n{second},何静,13800138002\n")
    };
    let session = Session::new()
        .file("config.toml", &config)
        .file("a.csv", sheet("1", "2"))
        .file("b.csv", sheet("3", "1"));
    let session = session.sandbox(unhurried());
    let run = |file: &'static str| ["run", file, "--config", "config.toml", "--key", "序号"];
    session.run(run("a.csv")).exit(0).says("2 accepted");
    // The same people with other counts: they have their contracts already.
    let before = session.entries().len();
    session.run(run("b.csv")).exit(0);
    assert_eq!(session.entries().len(), before, "nobody gets a second one");
    let rooms = |room: &str| format!("房号,姓名,手机号\n{room},林小雨,13800138000\n");
    let session = session.file("c.csv", rooms("101")).file("d.csv", rooms("102"));
    let run = |file: &'static str| ["run", file, "--config", "config.toml", "--key", "房号"];
    session.run(run("c.csv")).exit(0).says("1 accepted");
    session.run(run("d.csv")).exit(0).says("1 accepted");
}

#[test]
fn whoever_gets_a_copy_is_shown_as_well() {
    let sheet = "合同标题,买受人姓名,手机,抄送人,抄送人手机,最晚签署日期\n\
                 认购书,林小雨,13800138000,何静,13900139000,2099-12-31\n";
    let session = Session::new().file("a.csv", sheet).env("FLOWBATCH_DEFAULTS__TEMPLATE_ID", &"y".repeat(32));
    let checked = session.run(["check", "a.csv", "--json"]).exit(0).json();
    let first = &checked["files"][0]["understood"]["first"];
    let given: Vec<(&str, &str)> = first["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| (value["field"].as_str().unwrap(), value["value"].as_str().unwrap()))
        .collect();
    assert!(given.contains(&("flow_name", "认购书")), "{given:?}");
    assert!(
        given.contains(&("cc.name", "何静")) && given.contains(&("cc.mobile", "13900139000")),
        "{given:?}"
    );
    assert_eq!(first["deadline"], "2099-12-31 23:59:59");
}

#[test]
fn what_was_understood_is_shown_before_anything_is_sent() {
    let (session, name) = session(&File("02a-merged-down-no-key.xlsx"));
    let session = session.sandbox(unhurried());
    let words = ["run", name, "--config", "config.toml", "--key", "房号"];
    let ran = session.run(words).exit(0);
    assert!(
        ran.stdout.contains("header in row 1") && ran.stdout.contains("2 contracts with 2 signers"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("林小雨"), "nobody looks: no names");
    let again = ["run", name, "--config", "config.toml", "--key", "房号", "--again", "--quiet"];
    session.run(again).exit(0).never_says("header in row");
    let json = session
        .run(["run", name, "--config", "config.toml", "--key", "房号", "--again", "--json"])
        .exit(0)
        .json();
    assert_eq!(json["files"][0]["understood"]["sheets"][0]["columns"][2]["gives"], "approver.name");
}
