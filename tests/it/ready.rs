//! Ready answers, and what is remembered of them: each holds for what it was said of, and for nothing else.

use crate::meaning::{Csv, Sheets, session};
use crate::sheets::contracts;
use crate::support::{Session, unhurried};

const CONFIG: [&str; 2] = ["--config", "config.toml"];

fn check<'a>(words: &[&'a str]) -> Vec<&'a str> {
    [&["check"], words, &CONFIG].concat()
}

#[test]
fn whoever_may_sign_as_well_has_a_command_for_that() {
    let (session, name) =
        session(&Csv("姓名,手机号,法定监护人,监护人手机\n林小雨,13800138000,周大海,13800138001\n"));
    session
        .run(check(&[name]))
        .exit(3)
        .says("--map 姓名=approver1.name --map 手机号=approver1.mobile --map 法定监护人=approver2.name --map 监护人手机=approver2.mobile")
        .says("--map \"HEADER=ignore\"");
    let only = ["--map", "法定监护人=ignore", "--map", "监护人手机=ignore"];
    session.run(check(&[&[name], only.as_slice()].concat())).exit(0).says("1 contract with 1 signer");
    let both = [
        "--map", "姓名=approver1.name", "--map", "手机号=approver1.mobile", "--map",
        "法定监护人=approver2.name", "--map", "监护人手机=approver2.mobile",
    ];
    session.run(check(&[&[name], both.as_slice()].concat())).exit(0).says("1 contract with 2 signers");
}

#[test]
fn of_several_sheets_all_may_be_meant() {
    let rows: &'static [&'static [&'static str]] = &[&["姓名", "手机号"], &["林小雨", "13800138000"]];
    let sheets: &'static [(&'static str, &'static [&'static [&'static str]])] = Box::leak(
        vec![("九月", rows), ("十月", &[&["姓名", "手机号"], &["周大海", "13800138001"]]), ("通讯录", rows)]
            .into_boxed_slice(),
    );
    let (session, name) = session(&Sheets(sheets));
    session.run(check(&[name])).exit(3).says("--sheet 九月\n").says("--sheet 九月 --sheet 十月\n");
    session.run(check(&[name, "--sheet", "九月", "--sheet", "十月"])).exit(0).says("2 contracts can be sent");
}

#[test]
fn what_is_said_of_one_sheet_is_said_of_no_other() {
    let lined: &'static [&'static [&'static str]] =
        &[&["请于2099年12月15日前签署", ""], &["姓名", "手机号"], &["林小雨", "13800138000"]];
    let plain: &'static [&'static [&'static str]] = &[&["姓名", "手机号"], &["周大海", "13800138001"]];
    let sheets = Box::leak(vec![("一部", lined), ("二部", plain)].into_boxed_slice());
    let (session, name) = session(&Sheets(sheets));
    session
        .run(check(&[name]))
        .exit(3)
        .says("--sheet 一部 --default deadline=2099-12-15\n")
        .never_says("--sheet 一部 --sheet 二部");
    // The header of the other one is in another row: it is read as it stands, and nothing of it is left out.
    session
        .run(check(&[name, "--sheet", "一部", "--sheet", "二部", "--header-row", "2"]))
        .exit(0)
        .says("sheet \"二部\": header in row 1")
        .says("2 contracts with 1 signer");
    // Of a sheet that has no header at all that is no remark.
    session.run(check(&[name, "--sheet", "二部", "--header-row", "2"])).exit(3).says("二部");
}

#[test]
fn a_remembered_sheet_holds_for_the_sheets_that_stood_beside_it() {
    let of = |second: &'static str| {
        let rows: &'static [&'static [&'static str]] = &[&["姓名", "手机号"], &["林小雨", "13800138000"]];
        let other: &'static [&'static [&'static str]] = &[&["姓名", "手机号"], &["周大海", "13800138001"]];
        session(&Sheets(Box::leak(vec![("九月", rows), (second, other)].into_boxed_slice()))).0
    };
    let known = of("十月");
    known.run(check(&["sheet.xlsx", "--sheet", "九月", "--remember"])).exit(0);
    known.run(check(&["sheet.xlsx"])).exit(0).says("1 contract can be sent");
    // Another month beside it is another question.
    let later = std::fs::read(of("十一月").path("sheet.xlsx")).unwrap();
    let known = known.file("later.xlsx", later);
    known.run(check(&["later.xlsx"])).exit(3).says("十一月");
}

#[test]
fn a_remembered_header_row_says_nothing_of_another_line_above_it() {
    let (session, name) = session(&Csv("请于2099年12月15日前签署,\n姓名,手机号\n林小雨,13800138000\n"));
    session.run(check(&[name])).exit(3).says("--header-row 2");
    session.run(check(&[name, "--header-row", "2", "--remember"])).exit(0);
    session.run(check(&[name])).exit(0);
    let session = session.file("b.csv", "请于2027年1月5日前签署,\n姓名,手机号\n周大海,13800138001\n");
    session.run(check(&["b.csv"])).exit(3).says("2027年1月5日前签署");
}

#[test]
fn what_is_remembered_of_a_header_row_says_nothing_of_a_new_line_below_the_rows() {
    let (session, name) =
        session(&Csv("请于2099年12月15日前签署,\n姓名,手机号\n林小雨,13800138000\n备注：月底前交回,\n"));
    session.run(check(&[name, "--header-row", "2", "--remember"])).exit(0);
    session.run(check(&[name])).exit(0);
    let session = session
        .file("b.csv", "请于2099年12月15日前签署,\n姓名,手机号\n周大海,13800138001\n模板ID：yDRS4UUgygqdcj2tUuO4zjEEFuP35Swa,\n")
        .file("c.csv", "请于2099年12月15日前签署,\n姓名,手机号\n周大海,13800138001\n以上仅供参考，勿发,\n");
    session.run(check(&["b.csv"])).exit(3).says("模板ID：yDRS4UUgygqdcj2tUuO4zjEEFuP35Swa");
    // Where the header is says nothing of it, not even in the same command.
    session
        .run(check(&["c.csv", "--header-row", "2"]))
        .exit(3)
        .says("以上仅供参考，勿发")
        .says("--odd-rows skip");
}

#[test]
fn contracts_to_correct_go_by_the_action_of_their_job() {
    let refused = |n: usize| if n == 2 { "sandbox:InvalidParameter.Mobile" } else { "" };
    let input = contracts(3).with("flow_description", |n| refused(n).to_owned());
    let session =
        Session::new().file("m.csv", input.csv()).file("direct.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "m.csv"]).exit(4).says("flowbatch run m.fix.xlsx\n");
    session
        .run([
            "run", "direct.csv", "--action", "CreateFlowsByTemplates", "--yes", "--allow-duplicates",
            "--again",
        ])
        .says("flowbatch run direct.fix.xlsx --action CreateFlowsByTemplates\n");
}

#[test]
fn a_report_that_got_a_number_while_another_was_open_does_not_keep_its_old_link() {
    let session = Session::new().file("m.csv", contracts(2).csv()).sandbox(unhurried());
    std::fs::write(session.path("~$m.report.xlsx"), "").unwrap();
    std::fs::write(session.path("m.report.xlsx"), "somebody's").unwrap();
    session.run(["run", "m.csv"]).exit(0).says("m.report (2).xlsx");
    std::fs::remove_file(session.path("~$m.report.xlsx")).unwrap();
    std::fs::remove_file(session.path("m.report.xlsx")).unwrap();
    let status = session.run(["status", "--json"]).exit(0).json();
    let job = status["jobs"][0]["job"].as_str().unwrap().to_owned();
    session.run(["renew", &format!("{job}/P01"), "--yes"]).exit(0);
    for name in ["m.report.xlsx", "m.report.csv", "m.report.html"] {
        assert!(session.has(name), "{name}");
    }
    assert!(!session.names().iter().any(|name| name.contains("(2)")), "{:?}", session.names());
}

#[test]
fn a_header_that_is_struck_through_is_asked_about_in_the_workbook_to_correct_as_well() {
    let struck = rust_xlsxwriter::Format::new().set_font_strikethrough();
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let worksheet = workbook.add_worksheet();
    for (at, text) in (0..).zip(["姓名", "手机号", "填写:新租金"]) {
        worksheet.write_string(0, at, text).unwrap();
    }
    worksheet.write_string_with_format(0, 3, "填写:租金", &struck).unwrap();
    for (at, text) in (0..).zip(["林小雨", "13800138000", "3500", "3000"]) {
        worksheet.write_string(1, at, text).unwrap();
    }
    let (session, _) = session(&Csv("a\n"));
    let session = session.file("m.xlsx", workbook.save_to_buffer().unwrap());
    for name in ["m.xlsx", "m.check.xlsx"] {
        session.run(check(&[name])).exit(3).says("--map 填写:租金=ignore");
    }
    session.run(check(&["m.xlsx", "--map", "填写:租金=ignore"])).exit(0);
}
