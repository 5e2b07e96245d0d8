//! Sheets with more than one table, rows that are no contracts, and values that are seen
//! otherwise than they are: nothing of them is lost, or read as something else, in silence.

use rust_xlsxwriter::{ExcelDateTime, Format};
use serde_json::Value;

use crate::meaning::{Case, Csv, Merged, Of, case, codes, data, hold};
use crate::support::Session;

const ONE: &[&str] = &["林小雨"];

fn asks(csv: &'static str, codes: &'static [&'static str], contracts: &'static [(u64, u64)]) -> Case {
    case(Csv(csv), &[], 3, codes, ONE, contracts)
}

fn goes(csv: &'static str, codes: &'static [&'static str], contracts: &'static [(u64, u64)]) -> Case {
    case(Csv(csv), &[], 0, codes, ONE, contracts)
}

#[test]
fn a_table_above_the_header_is_not_lost() {
    hold(&[
        asks(
            "姓名,手机号,,\n周大海,13800138001,,\n,,,\n姓名,手机号,填写:岗位,填写:月薪\n林小雨,13800138000,文员,9000\n",
            &["sheet.table_above"],
            &[(1, 1)],
        ),
        asks(
            "客户,电话,\n周大海,１３８００１３８００１,\n何静,+86 138 0013 8002,\n姓名,手机号,填写:月薪\n林小雨,13800138000,9000\n",
            &["sheet.table_above"],
            &[(1, 1)],
        ),
        // Whoever names the header has seen both.
        case(
            Csv("姓名,手机号,\n周大海,13800138001,\n姓名,手机号,填写:月薪\n林小雨,13800138000,9000\n"),
            &["--header-row", "3"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        // Somebody to be asked, and an example: neither has a header.
        goes(
            "人事联系人,李小姐,13900139000\n姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n",
            &[],
            &[(1, 1)],
        ),
        goes(
            "示例：,,\n王小明,13900000000,文员\n姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n",
            &[],
            &[(1, 1)],
        ),
    ]);
    // It is told all the same.
    let session = Session::new()
        .file("config.toml", data("config.toml"))
        .file("a.csv", "姓名,手机号,\n周大海,13800138001,\n姓名,手机号,填写:月薪\n林小雨,13800138000,9000\n");
    let words = ["check", "a.csv", "--config", "config.toml", "--header-row", "3"];
    session.run(words).exit(0).says("rows 2 above it");
}

#[test]
fn a_second_header_is_the_same_or_a_question() {
    hold(&[
        asks(
            "姓名,手机号,填写:岗位,填写:部门\n林小雨,13800138000,文员,销售\n,,,\n姓名,手机号,填写:部门,填写:岗位\n何静,13800138002,财务部,会计\n",
            &["rows.other_table"],
            &[(1, 2)],
        ),
        asks(
            "姓名,手机号,签署截止日期\n林小雨,13800138000,2099-1-1\n姓名,手机号,合同到期日\n何静,13800138002,2099-12-31\n",
            &["rows.other_table"],
            &[(1, 2)],
        ),
        // Right below the first header as well.
        asks(
            "姓名,手机号,填写:试用期月薪\n姓名,手机号,填写:转正月薪\n林小雨,13800138000,9000\n",
            &["rows.other_table"],
            &[(1, 1)],
        ),
        // More columns than the first has.
        case(
            Csv(
                "姓名,手机号,,\n林小雨,13800138000,,\n姓名,手机号,身份证号,填写:月薪\n何静,13800138002,,9000\n",
            ),
            &[],
            3,
            &["sheet.table_above"],
            &["何静"],
            &[(1, 1)],
        ),
        goes(
            "姓名,手机号码,填写:月薪(数字)\n林小雨,13800138000,1\n\"姓\n名\",手机号码 ,填写：月薪（数字）\n何静,13800138002,2\n",
            &["rows.left_out"],
            &[(1, 2)],
        ),
        goes(
            "姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n姓 名,手 机 号,填写: 岗位\n何静,13800138002,会计\n",
            &["rows.left_out"],
            &[(1, 2)],
        ),
        case(
            Merged(
                &[
                    &["员工", "", "填写"],
                    &["姓名", "手机号", "月薪"],
                    &["林小雨", "13800138000", "8000"],
                    &["员工", "", "填写"],
                    &["姓名", "手机号", "月薪"],
                    &["何静", "13800138002", "8000"],
                ],
                &[[0, 0, 0, 1]],
            ),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 2)],
        ),
        // A role and a type are words of headers, too.
        case(
            Csv(
                "签署方角色,签署方类型,签署方企业名称,签署方企业OpenId,签署方OpenId\n签署人,企业,深圳甲公司,o1,u1\n签署人,企业,深圳乙公司,o2,u2\n",
            ),
            &[],
            0,
            &[],
            &[],
            &[(1, 2)],
        ),
    ]);
}

#[test]
fn a_contract_is_not_left_out_for_a_word() {
    const COMPANIES: &str = "合同名称,签署方类型,签署方企业名称,签署方企业OpenId,签署方OpenId\n数据汇总,企业,深圳甲公司,o1,u1\n采购合同,企业,深圳乙公司,o2,u2\n";
    hold(&[
        case(Csv(COMPANIES), &[], 0, &[], &[], &[(1, 2)]),
        goes(
            "合同名称,姓名,手机号\n累计折扣协议,林小雨,13800138000\n汇总报表服务合同,何静,13800138002\n",
            &[],
            &[(1, 2)],
        ),
        goes(
            "项目,姓名,手机号\n附件：合同一,林小雨,１３８００１３８０００\n附件：合同二,何静,0086 13800138002\n",
            &[],
            &[(1, 2)],
        ),
        // A mobile was forgotten: that is an error, not a remark.
        asks(
            "姓名,手机号,备注\n林小雨,13800138000,\n何静,,注意：急\n",
            &["approver.needs", "column.not_used"],
            &[(1, 1)],
        ),
        asks(
            "说明,姓名,手机号\n,林小雨,13800138000\n入职日期：2026-1-1,何静,\n",
            &["approver.needs"],
            &[(1, 1)],
        ),
        // The word alone leaves it open.
        asks("类别,姓名,手机号\n正式,林小雨,13800138000\n示例,何静,\n", &["rows.doubtful"], &[(1, 1)]),
        // 18,000,000,000 is nobody's mobile.
        goes(
            "姓名,手机号,填写:贷款金额\n林小雨,13800138000,9000000000\n合计,2,18000000000\n",
            &["rows.left_out"],
            &[(1, 1)],
        ),
        // Nothing but totals: never 0 in silence.
        case(
            Csv("姓名,手机号,填写:月薪\n合计,,18000\n"),
            &[],
            3,
            &["rows.left_out", "sheet.no_contracts"],
            &[],
            &[],
        ),
    ]);
}

#[test]
fn rows_that_sum_up_end_or_divide_a_table_are_left_out() {
    for line in [
        "合 计,,8000",
        "合　　计（元）,,8000",
        "總計,,8000",
        "销售部小计：,,8000",
        "Grand Total,,8000",
        "平均,,8000",
        "人数：1人,,",
        "金额大写：捌仟元整,,",
        "打印时间:2026-11-20 10:00:00,,第1页/共1页",
        "2026年11月26日,,",
        ",,1/1",
        ",经办：,审批：",
        "总经理签字,,日期",
        "——以下无正文——,,",
        "END,,",
        "名单结束,,",
        "-----,-----,-----",
        "销售部 2人 16000元,,",
        ",,请选择",
    ] {
        let sheet = format!("姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n{line}\n");
        let session = Session::new().file("config.toml", data("config.toml")).file("a.csv", sheet);
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).json();
        assert_eq!(codes(&checked["files"][0]), ["rows.left_out"], "{line}");
        assert_eq!(checked["exit_code"], 0, "{line}");
    }
    // A name alone, an amount alone: something was forgotten.
    for line in ["何静,,", "何静,,会计", ",,会计"] {
        let sheet = format!("姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n{line}\n");
        let session = Session::new().file("config.toml", data("config.toml")).file("a.csv", sheet);
        session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(3);
    }
    // A total in the column of names, behind a department.
    hold(&[goes(
        "部门,姓名,手机号,填写:月薪\n销售,林小雨,13800138000,8000\n销售,小计,,8000\n,合计,,8000\n",
        &["rows.left_out"],
        &[(1, 1)],
    )]);
}

#[test]
fn a_cell_over_all_columns_is_a_heading() {
    let of = |rows, merged| case(Merged(rows, merged), &[], 0, &["rows.left_out"], ONE, &[(1, 2)]);
    hold(&[
        of(
            &[
                &["姓名", "手机号", "填写:岗位"],
                &["采购", "", ""],
                &["林小雨", "13800138000", "文员"],
                &["12月入职", "", ""],
                &["何静", "13800138002", "会计"],
            ],
            &[[1, 0, 1, 2], [3, 0, 3, 2]],
        ),
        // Different companies: whom are the contracts with?
        case(
            Merged(
                &[
                    &["姓名", "手机号"],
                    &["深圳甲公司", ""],
                    &["林小雨", "13800138000"],
                    &["深圳乙公司", ""],
                    &["何静", "13800138002"],
                ],
                &[[1, 0, 1, 1], [3, 0, 3, 1]],
            ),
            &[],
            3,
            &["rows.headings_differ", "rows.left_out"],
            ONE,
            &[(1, 2)],
        ),
        asks(
            "甲方：深圳甲公司,\n姓名,手机号\n林小雨,13800138000\n甲方：深圳乙公司,\n姓名,手机号\n何静,13800138002\n",
            &["rows.headings_differ", "rows.left_out"],
            &[(1, 2)],
        ),
    ]);
}

#[test]
fn the_sender_is_never_somebodys_name() {
    hold(&[
        // Somebody else signs: whoever is named there does the work.
        goes("姓名,手机号,经办人\n林小雨,13800138000,王小红\n", &[], &[(1, 1)]),
        asks(
            "公司名称,姓名,手机号,经办人\n深圳示例公司,林小雨,13800138000,王小红\n",
            &["column.no_open_id"],
            &[(1, 1)],
        ),
        asks("姓名,手机号,发起企业\n林小雨,13800138000,深圳示例公司\n", &["column.no_open_id"], &[(1, 1)]),
        goes("姓名,手机号,经办人\n林小雨,13800138000,yDxOperator1\n", &[], &[(1, 1)]),
        case(
            Csv("姓名,手机号,经办人\n林小雨,13800138000,王小红\n"),
            &["--map", "经办人=ignore"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn the_own_company_signs_once() {
    let config = String::from_utf8(data("config.toml")).unwrap();
    let config =
        format!("{config}\n[[signers]]\nposition = \"last\"\ntype = \"企业\"\nopen_id = \"yOwn1\"\n");
    for (sheet, exit) in [
        ("签署方1姓名,签署方1手机号,签署方2类型,签署方2OpenId\n林小雨,13800138000,企业,yOwn1\n", 3),
        ("甲方企业名称,甲方类型,乙方姓名,乙方手机号\n深圳甲公司,企业,林小雨,13800138000\n", 3),
        ("姓名,手机号\n林小雨,13800138000\n", 0),
        (
            "甲方企业名称,甲方类型,甲方姓名,甲方手机号,乙方姓名,乙方手机号\n深圳甲公司,企业,何静,13800138002,林小雨,13800138000\n",
            0,
        ),
    ] {
        let session = Session::new().file("config.toml", &config).file("a.csv", sheet);
        let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(exit).json();
        let asked = codes(&checked["files"][0]).contains(&"approver.company_twice".to_owned());
        assert_eq!(asked, exit == 3, "{sheet}");
    }
}

/// What is sent of the first contract's form fields and signers, or the codes of its errors.
fn first_value(
    header: &str,
    write: &dyn Fn(&mut rust_xlsxwriter::Worksheet, &Format),
    format: &str,
) -> String {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let worksheet = workbook.add_worksheet();
    for (column, text) in (0..).zip(["姓名", "手机号", header]) {
        worksheet.write_string(0, column, text).unwrap();
    }
    worksheet.write_string(1, 0, "林小雨").unwrap();
    worksheet.write_string(1, 1, "13800138000").unwrap();
    write(worksheet, &Format::new().set_num_format(format));
    let session = Session::new()
        .file("config.toml", data("config.toml"))
        .file("a.xlsx", workbook.save_to_buffer().unwrap());
    let checked = session.run(["check", "a.xlsx", "--config", "config.toml", "--json"]).json();
    let checked = &checked["files"][0];
    if checked["result"] != "valid" {
        return codes(checked).join(" ");
    }
    let first = &checked["understood"]["first"];
    let of = |values: &Value| -> Vec<String> {
        let values = values.as_array().cloned().unwrap_or_default();
        let ours = values.iter().filter(|value| value["column"][0] == 2);
        ours.map(|value| value["value"].as_str().unwrap_or_default().to_owned()).collect()
    };
    let signers = first["signers"].as_array().cloned().unwrap_or_default();
    let found: Vec<String> = of(&first["values"]).into_iter().chain(signers.iter().flat_map(of)).collect();
    found.first().cloned().unwrap_or_else(|| first["deadline"].as_str().unwrap_or_default().to_owned())
}

#[test]
fn what_is_seen_of_a_number_is_what_is_sent() {
    let of = |header: &str, number: f64, format: &str| {
        first_value(
            header,
            &|sheet, own| {
                sheet.write_number_with_format(1, 2, number, own).unwrap();
            },
            format,
        )
    };
    for (header, number, format, expected) in [
        ("填写:月薪(数字)", 3_333.333_333_3, "0.00", "3333.33"),
        ("填写:月薪(数字)", 3_333.333_333_3, "#,##0", "3333"),
        ("填写:月薪(数字)", 8000.0, "¥#,##0", "8000"),
        ("填写:月薪(数字)", 8000.0, "#,##0.00", "8000"),
        ("填写:月薪(数字)", 0.0, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0"),
        ("填写:月薪(数字)", 30.0, "0\"天\"", "30"),
        ("填写:月薪(数字)", 0.15, "0%", "cell.number"),
        ("填写:月薪(数字)", 1.5, "0.0\"万元\"", "cell.number"),
        ("填写:月薪(数字)", 80000.0, "0,\"千\"", "cell.number"),
        ("签署方OpenId", 123.0, "00000", "00123"),
        ("签署方OpenId", 12_345_678_901_234_567.0, "0", "cell.rounded"),
        ("模板ID", 12_345_678_901_234_567.0, "0", "cell.rounded"),
    ] {
        assert_eq!(of(header, number, format), expected, "{header} {number} {format}");
    }
}

#[test]
fn a_date_that_shows_no_day_is_none() {
    let day = ExcelDateTime::from_ymd(2097, 12, 1).unwrap();
    let of = |header: &str, format: &str| {
        first_value(
            header,
            &|sheet, own| {
                sheet.write_datetime_with_format(1, 2, &day, own).unwrap();
            },
            format,
        )
    };
    for (header, format, expected) in [
        ("签署截止日期", "yyyy\"年\"m\"月\"", "date.form"),
        ("填写:入职日期(日期)", "yyyy\"年\"m\"月\"", "date.form"),
        ("签署截止日期", "yyyy\"年\"m\"月\"d\"日\"", "2097-12-01 23:59:59"),
        ("填写:入职日期(日期)", "yyyy/m/d", "2097年12月01日"),
    ] {
        assert_eq!(of(header, format), expected, "{header} {format}");
    }
}

#[test]
fn words_of_other_places_and_forms_of_notes_are_read() {
    hold(&[
        goes("姓名,手機號碼,填寫:職位\n林小雨,13800138000,業務員\n", &[], &[(1, 1)]),
        goes(
            "姓名,手機號,填写:月薪【数字】,填写:入职(Date),填写:奖金(数字/必填)\n林小雨,13800138000,\"8,000\",2026/1/2,1\n",
            &[],
            &[(1, 1)],
        ),
        goes(
            "姓名,手机号,签署方类型\n林小雨,13800138000（微信同号）,个人签署\n何静,手机:13800138002;,个人\n",
            &[],
            &[(1, 2)],
        ),
        asks(
            "姓名,手机号,填写:月薪(必填)\n林小雨,13800138000,8\n何静,13800138002,—\n",
            &["cell.required"],
            &[(1, 1)],
        ),
        // A serial alone is a date where the header says so; among dates it asks (found_anew.rs).
        goes(
            "姓名,手机号,填写:入职(日期)\n林小雨,13800138000,46024\n何静,13800138002,46025\n周大海,13800138001,46026\n",
            &[],
            &[(1, 3)],
        ),
    ]);
}

#[test]
fn side_by_side_tables_and_nameless_companies_are_told_as_such() {
    hold(&[
        case(
            Csv("姓名,手机号,,姓名,手机号\n林小雨,13800138000,,何静,13800138002\n"),
            &[],
            3,
            &["sheet.tables_beside"],
            &[],
            &[],
        ),
        case(
            Csv("合同编号,签署方企业名称,签署方姓名,签署方手机号\nH1,,林小雨,13800138000\nH1,深圳甲公司,,\n"),
            &[],
            3,
            &["cell.required"],
            &[],
            &[],
        ),
    ]);
    let session = Session::new()
        .file("config.toml", data("config.toml"))
        .file("a.csv", "姓名,手机号,抄送人手机号\n林小雨,13800138000,13800138002、13800138003\n");
    session.run(["check", "a.csv", "--config", "config.toml", "--lang", "zh"]).exit(3).says("抄送人1姓名");
}

#[test]
fn texts_of_odd_programs_are_read_and_doubtful_quotes_are_not() {
    let check = |contents: Vec<u8>, options: &[&str]| {
        let session = Session::new().file("config.toml", data("config.toml")).file("a.csv", contents);
        let words = ["check", "a.csv", "--config", "config.toml", "--json"];
        session.run(words.iter().chain(options)).json()
    };
    let sheet = "姓名,手机号,填写:地址\r\n林一,13800138000,深圳\r\n";
    let utf16 = |big: bool| -> Vec<u8> {
        let units = sheet.encode_utf16();
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    };
    let padded = |padding: &[u8]| [sheet.as_bytes(), padding].concat();
    for (contents, options) in [
        (utf16(false), &[][..]),
        (utf16(true), &[]),
        (utf16(false), &["--encoding", "utf-16le"]),
        (padded(&[0; 40]), &[]),
        (padded(&[0x1A]), &[]),
        (sheet.replace("深圳", "\"深\"圳").into_bytes(), &[]),
    ] {
        let checked = check(contents, options);
        assert_eq!(checked["exit_code"], 0, "{options:?} {checked}");
    }
    let stray = check(sheet.replace("深圳", "\"深\\\"圳\"").into_bytes(), &[]);
    assert_eq!(stray["files"][0]["code"], "file.stray_quote", "{stray}");
    let flat = "<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"></office:document>";
    let flat = check(flat.as_bytes().to_vec(), &[]);
    assert_eq!(flat["files"][0]["code"], "file.wrong_kind", "{flat}");
}

#[test]
fn a_header_over_two_columns_with_one_value_is_one_column() {
    const HEADERS: Of = Merged(
        &[
            &["姓名", "", "手机号", "填写:说明", ""],
            &["林小雨", "", "13800138000", "甲", ""],
            &["何静", "", "13800138001", "乙", ""],
        ],
        &[[0, 0, 0, 1], [0, 3, 0, 4], [1, 0, 1, 1], [1, 3, 1, 4], [2, 0, 2, 1], [2, 3, 2, 4]],
    );
    hold(&[case(HEADERS, &[], 0, &[], ONE, &[(1, 2)])]);
}
