//! Odd files that work as they are.

use flowbatch::domain::problem::Rule;
use flowbatch::intake::HiddenRows;
use flowbatch::intake::plan::SheetChoice;
use rust_xlsxwriter::{Format, Workbook};

use super::{Input, TEMPLATE};
use crate::sheets::{contracts, sheet};
use crate::support::Session;

fn codes(input: &Input) -> Vec<String> {
    let Ok(read) = input.read() else { panic!("refused") };
    read.problems.iter().map(|problem| problem.rule.code().to_owned()).collect()
}

fn counts(input: &Input) -> (u64, u64, u64) {
    let Ok(read) = input.read() else { panic!("refused") };
    (read.sendable, read.invalid, read.skipped)
}

fn flows(input: &Input) -> Vec<serde_json::Value> {
    let Ok(read) = input.read() else { panic!("refused") };
    let bodies = read.requests.iter().map(|body| serde_json::from_slice::<serde_json::Value>(body).unwrap());
    bodies.flat_map(|body| body["FlowInfos"].as_array().unwrap().clone()).collect()
}

/// Excel leaves out empty columns at the end of each block of sixteen lines.
#[test]
fn a_csv_of_excel_whose_last_columns_are_empty_from_line_17() {
    let mut lines = vec![
        "合同编号,合同名称,模板ID,签署截止时间,签署方姓名,签署方手机号,填写:岗位,填写:薪资,备注,发送"
            .to_owned(),
    ];
    for n in 1..=60 {
        let end = if n < 16 { ",加急,是" } else { "" };
        lines.push(format!("HT-{n},合同,{TEMPLATE},2099-12-31,张三,138001380{n:02},司机,5000{end}"));
    }
    let whole = Input::new(&[("a.csv", lines.join("\r\n").as_bytes())]);
    assert_eq!(counts(&whole), (60, 0, 0));
    assert_eq!(flows(&whole)[40]["FormFields"][1]["ComponentValue"], "5000");

    // One line of a block that is shorter than its neighbours has lost something.
    lines[40] = lines[40].replace("司机,", "");
    let read = Input::new(&[("a.csv", lines.join("\r\n").as_bytes())]).read();
    let Ok(read) = read else { panic!("refused") };
    let uneven: Vec<_> = read.problems.iter().filter(|p| p.rule.code() == "row.uneven").collect();
    assert!(uneven.iter().any(|problem| problem.place.row == Some(41)));
}

#[test]
fn short_lines_are_let_pass_where_no_value_can_have_moved() {
    let head = "合同编号,合同名称,模板ID,签署截止时间,签署方姓名,签署方手机号,备注,填写:岗位";
    let line = |end: &str| format!("{head}\nA,合同,{TEMPLATE},2099-12-31,张三,13800138000{end}\n");
    for (end, counted) in
        [("", (1, 0, 0)), (",", (1, 0, 0)), (",司机", (0, 1, 0)), (",加急,司机,", (0, 1, 0))]
    {
        assert_eq!(counts(&Input::new(&[("a.csv", line(end).as_bytes())])), counted, "{end}");
    }
    // A program that ends each line with a separator does so on all of them.
    let ended = format!(
        "{head}\n{0},加急,司机,\n{0},加急,司机,\n",
        format_args!("A,合同,{TEMPLATE},2099-12-31,张三,13800138000")
    );
    let ended = ended.replacen("\nA,", "\nB,", 1);
    assert_eq!(counts(&Input::new(&[("a.csv", ended.as_bytes())])), (2, 0, 0));
}

#[test]
fn two_rows_of_header_with_and_without_merged_cells() {
    let rows = [
        ["劳动合同签署名单", "", "", "", "", "", "", ""],
        ["合同编号", "合同名称", "模板ID", "签署截止时间", "甲方", "", "乙方", ""],
        ["", "", "", "", "姓名", "手机号", "姓名", "手机号"],
        ["A", "合同", TEMPLATE, "2099-12-31", "张三", "13800138001", "李四", "13800138002"],
    ];
    let csv: String = rows.map(|row| row.join(",") + "\n").concat();
    let plain = Input::new(&[("a.csv", csv.as_bytes())]);
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    let format = Format::new();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            worksheet.write_string(row, column, cell).unwrap();
        }
    }
    worksheet.merge_range(0, 0, 0, 7, rows[0][0], &format).unwrap();
    worksheet.merge_range(1, 4, 1, 5, "甲方", &format).unwrap();
    worksheet.merge_range(1, 6, 1, 7, "乙方", &format).unwrap();
    let merged = Input::new(&[("a.xlsx", &workbook.save_to_buffer().unwrap())]);
    for input in [plain, merged] {
        let flows = flows(&input);
        assert_eq!(flows.len(), 1);
        assert_eq!(flows[0]["FlowApprovers"][1]["Name"], "李四");
    }
}

#[test]
fn hidden_rows_are_sent_or_skipped_as_asked() {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    let three = contracts(3);
    for (row, cells) in (0..).zip(std::iter::once(&three.headers).chain(&three.rows)) {
        for (column, cell) in (0..).zip(cells) {
            worksheet.write_string(row, column, cell).unwrap();
        }
    }
    worksheet.write_string(4, 0, "合计").unwrap();
    worksheet.set_row_hidden(2).unwrap().set_row_hidden(4).unwrap();
    let mut input = Input::new(&[("a.xlsx", &workbook.save_to_buffer().unwrap())]);
    assert_eq!(counts(&input), (2, 1, 1));
    input.hidden_rows = HiddenRows::Skip;
    assert_eq!(counts(&input), (2, 0, 2));
    input.hidden_rows = HiddenRows::Send;
    assert_eq!(counts(&input), (3, 0, 1), "a total is no contract");
}

/// `1`, `1.0` as a number and ` １ ` are one key; `001` is another.
#[test]
fn keys_as_numbers_and_as_text_are_one() {
    let headers =
        ["合同编号", "合同名称", "模板ID", "签署截止时间", "签署方姓名", "签署方手机号", "签署人ID"];
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    worksheet.write_row(0, 0, headers).unwrap();
    worksheet.write_number(1, 0, 1.0).unwrap();
    worksheet.write_row(1, 1, ["合同", TEMPLATE, "2099-12-31", "张三", "13800138001", "a"]).unwrap();
    worksheet.write_row(2, 0, ["001", "合同", TEMPLATE, "2099-12-31", "张三", "13800138001", "a"]).unwrap();
    worksheet.write_row(3, 0, [" １ ", "", "", "", "李四", "13800138002", "b"]).unwrap();
    let input = Input::new(&[("a.xlsx", &workbook.save_to_buffer().unwrap())]);
    let signers: Vec<usize> =
        flows(&input).iter().map(|flow| flow["FlowApprovers"].as_array().unwrap().len()).collect();
    assert_eq!(signers, [2, 1]);
}

#[test]
fn what_is_seen_is_what_is_sent() {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    let headers =
        ["合同编号", "合同名称", "模板ID", "签署截止时间", "姓名", "手机号", "填写:工资", "填写:日期"];
    worksheet.write_row(0, 0, headers).unwrap();
    worksheet.write_row(1, 1, ["合同", TEMPLATE, "", "张三"]).unwrap();
    let number = |format: &str| Format::new().set_num_format(format);
    worksheet.write_number_with_format(1, 0, 7.0, &number("\"HT-\"0000")).unwrap();
    worksheet.write_number_with_format(1, 3, 73_050.0, &number("yyyy/m/d")).unwrap();
    worksheet.write_number_with_format(1, 5, 13_800_138_000.0, &number("0.00E+00")).unwrap();
    worksheet.write_number_with_format(1, 6, 8000.0, &number("#,##0.00")).unwrap();
    worksheet.write_number_with_format(1, 7, 46_053.0, &number("yyyy\"年\"m\"月\"d\"日\"")).unwrap();
    let flow = &flows(&Input::new(&[("a.xlsx", &workbook.save_to_buffer().unwrap())]))[0];
    assert_eq!(flow["CustomerData"], "SFQtMDAwNw==");
    assert_eq!(flow["Deadline"], 4_102_415_999_i64);
    assert_eq!(flow["FlowApprovers"][0]["Mobile"], "13800138000");
    assert_eq!(flow["FormFields"][0]["ComponentValue"], "8,000.00");
    assert_eq!(flow["FormFields"][1]["ComponentValue"], "2026年1月31日");
}

/// People number their contracts anew on each sheet.
#[test]
fn one_key_in_two_sheets_is_never_one_contract() {
    let (one, other) = (contracts(2), contracts(1).set(1, "approver.mobile", "13900139000"));
    let mut input = Input::new(&[("a.xlsx", &crate::sheets::workbook(&[("一月", &one), ("二月", &other)]))]);
    input.sheets = SheetChoice::All;
    assert_eq!(counts(&input), (1, 2, 0));
    assert_eq!(codes(&input), ["key.in_sheets", "key.in_sheets"]);
}

/// A contract without one of its signers must not be sendable, not even beside bad ones.
#[test]
fn a_signer_whose_key_is_missing_keeps_his_contract_back() {
    let headers = ["合同编号", "签署方姓名", "签署方手机号", "合同名称", "模板ID", "签署截止时间"];
    let long = [
        ["A", "张三", "13800138001", "合同", TEMPLATE, "2099-12-31"],
        ["", "李四", "13800138002", "", "", ""],
        ["B", "王五", "13800138003", "合同", TEMPLATE, "2099-12-31"],
    ];
    let own = |rows: &[[&str; 6]]| sheet(&headers, rows.iter().map(|row| row.map(str::to_owned)));
    assert_eq!(counts(&Input::new(&[("a.csv", &own(&long).csv())])), (1, 1, 0));
    // Also where its rows stand apart.
    let apart = [long[0], long[1], long[2], ["A", "赵六", "13800138004", "", "", ""]];
    assert_eq!(counts(&Input::new(&[("a.csv", &own(&apart).csv())])), (1, 1, 0));
    // And where approvers have a sheet of their own.
    let contracts = sheet(
        &["合同编号", "合同名称", "模板ID", "签署截止时间"],
        ["A", "B"].map(|key| [key, "合同", TEMPLATE, "2099-12-31"].map(str::to_owned)),
    );
    let signers = long.map(|row| [row[0], row[1], row[2]].map(str::to_owned));
    let approvers = sheet(&["合同编号", "签署方姓名", "签署方手机号"], signers);
    let two = crate::sheets::workbook(&[("合同", &contracts), ("签署方", &approvers)]);
    let input = Input::new(&[("a.xlsx", &two)]);
    assert_eq!(counts(&input), (1, 1, 0));
    assert!(codes(&input).contains(&"key.missing".to_owned()));
}

#[test]
fn remarks_in_other_columns_are_left_out_and_contracts_in_them_are_not() {
    let headers = ["序号", "合同名称", "模板ID", "签署截止时间", "姓名", "手机号", "员工", "电邮"];
    let row = ["1", "合同", TEMPLATE, "2099-12-31", "张三", "13800138000", "", ""];
    let remark = ["2", "", "", "", "", "", "", ""];
    let elsewhere = ["3", "", "", "", "", "", "李四", "li@example.com"];
    let rows = [row, remark, elsewhere].map(|row| row.map(str::to_owned));
    assert_eq!(counts(&Input::new(&[("a.csv", &sheet(&headers, rows).csv())])), (1, 1, 1));
}

#[test]
fn things_to_tell_that_stop_nothing() {
    let headers = ["合同名称", "模板ID", "签署截止时间", "姓名", "手机号", "部门", "工号", ""];
    let row =
        ["合同", TEMPLATE, "2099-12-31", "张三", "13800138000", "研发", "7", "看这里"].map(str::to_owned);
    let mut input = Input::new(&[("a.xlsx", &sheet(&headers, [row.clone(), row]).xlsx())]);
    assert_eq!(counts(&input), (2, 0, 0));
    assert_eq!(codes(&input), ["column.unknown", "column.unnamed", "row.twice"]);
    input.group_by = Some("部门".to_owned());
    let Ok(read) = input.read() else { panic!("refused") };
    assert!(read.problems.iter().any(|problem| problem.rule == Rule::ColumnUnknown { suggestion: None }
        && problem.place.column.as_ref().is_some_and(|column| &*column.header == "工号")));
}

#[test]
fn a_cc_on_every_row_of_a_contract_is_told_once() {
    let headers =
        ["合同编号", "合同名称", "模板ID", "签署截止时间", "姓名", "手机号", "抄送人姓名", "抄送人手机号"];
    let row = |name: &str, mobile: &str, cc: &str| {
        let cells =
            ["HT-1", "劳动合同", "yDtest00000000000000000000000001", "2099-12-31", name, mobile, "王五", cc];
        cells.map(str::to_owned)
    };
    let same = [row("张三", "13800138001", "13800138009"), row("李四", "13800138002", "13800138009")];
    let flow = &flows(&Input::new(&[("a.csv", &sheet(&headers, same).csv())]))[0];
    assert_eq!(flow["CcInfos"].as_array().unwrap().len(), 1);
    let other = [row("张三", "13800138001", "13800138009"), row("李四", "13800138002", "13800138008")];
    let flow = &flows(&Input::new(&[("a.csv", &sheet(&headers, other).csv())]))[0];
    assert_eq!(flow["CcInfos"].as_array().unwrap().len(), 2);
}

#[test]
fn components_under_one_parent_are_form_fields() {
    let text = "合同编号,合同名称,模板ID,签署截止时间,姓名,手机号,填写,\n,,,,,,岗位,薪资\n\
        HT-1,劳动合同,yDtest00000000000000000000000001,2099-12-31,张三,13800138001,司机,8000\n";
    let flow = &flows(&Input::new(&[("a.csv", text.as_bytes())]))[0];
    let names: Vec<&str> =
        flow["FormFields"].as_array().unwrap().iter().map(|f| f["ComponentName"].as_str().unwrap()).collect();
    assert_eq!(names, ["岗位", "薪资"]);
}

/// What the child that reads it sets aside at its start must leave room for the reading: once
/// in eighty times it did not.
#[test]
fn a_small_xls_is_never_too_large() {
    let session = Session::new()
        .file("a.xls", include_bytes!("../../data/spreadsheets/libreoffice-wide.xls").as_slice());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                (0..40)
                    .for_each(|_| drop(session.run(["check", "a.xls", "--map", "截止日期=deadline"]).exit(0)))
            });
        }
    });
}
