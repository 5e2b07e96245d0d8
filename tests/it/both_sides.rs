//! Sheets that went out otherwise than meant, found by a tester of unseen kinds: headers that say no, parties that change
//! sides, a third party that is blank, lines below a table. Each with the question that it has now, and its like that
//! is clear.

use crate::meaning::{Csv, codes, session};

/// Sheets as lines of CSV, each with the question that it has to have; none: it is clear.
#[track_caller]
fn asked(sheets: &[(&'static str, &str)]) {
    let faults = sheets.iter().filter_map(|(text, expected)| {
        let (session, name) = session(&Csv(text));
        let ran = session.run(["check", name, "--config", "config.toml", "--json"]);
        let found = codes(&ran.json()["files"][0]);
        let is_right = match *expected {
            "" => ran.code == Some(0),
            code => ran.code == Some(3) && found.iter().any(|own| own == code),
        };
        (!is_right).then(|| format!("{text}  {:?} {found:?}, expected {expected:?}", ran.code))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_mark_below_a_header_that_says_no_is_of_a_row_that_is_not_meant() {
    for (header, mark) in [
        ("不发送", "是"),
        ("不签署", "√"),
        ("例外", "√"),
        ("移除", "1"),
        ("线下签", "√"),
        ("有异议", "是"),
        ("备注（√不签）", "√"),
        ("标记（×=离职）", "×"),
        ("Do not send", "Yes"),
    ] {
        let sheet = format!(
            "姓名,手机号,填写:岗位,{header}\n林小雨,13800138000,店员,\n周大海,13800138001,店员,{mark}\n何静,13800138002,店员,\n"
        );
        let (session, name) = session(&Csv(Box::leak(sheet.into_boxed_str())));
        let ran = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3);
        let file = &ran.json()["files"][0];
        assert!(codes(file).iter().any(|own| own == "column.send"), "{header}: {file}");
        // What would send just these is no ready answer.
        let answer = file["answer"].to_string();
        assert!(!answer.contains(&format!("={mark}")), "{header}: {answer}");
    }
    asked(&[
        ("姓名,手机号,是否无需住宿\n林小雨,13800138000,是\n周大海,13800138001,否\n", ""),
        ("姓名,手机号,增减类型\n林小雨,13800138000,增员\n周大海,13800138001,减员\n", "column.send"),
        ("姓名,手机号,门店状态\n林小雨,13800138000,营业\n周大海,13800138001,闭店\n", "column.send"),
    ]);
}

#[test]
fn parties_that_change_sides_in_one_row_are_asked_about() {
    const HEADER: &str = "甲方姓名,甲方手机号,乙方姓名,乙方手机号\n";
    const ROWS: &str = "何静,13800138009,林小雨,13800138000\n何静,13800138009,周大海,13800138001\n";
    let with = |row: &str| -> &'static str { Box::leak(format!("{HEADER}{ROWS}{row}\n").into_boxed_str()) };
    asked(&[
        (with("孙一一,13800138003,何静,13800138009"), "rows.order"),
        (with("何静,13800138009,孙一一,13800138003"), ""),
        // Another landlord, and whoever lets what he has rented.
        (with("钱二二,13800138008,孙一一,13800138003"), ""),
        (
            "甲方姓名,甲方手机号,乙方姓名,乙方手机号\n何静,13800138009,林小雨,13800138000\n林小雨,13800138000,周大海,13800138001\n",
            "",
        ),
    ]);
    let swapped = with("孙一一,13800138003,何静,13800138009");
    let (session, name) = session(&Csv(swapped));
    session.run(["check", name, "--config", "config.toml", "--signer-order", "rows"]).exit(0);
}

#[test]
fn a_third_party_that_most_have_is_missed_in_the_others() {
    const HEADER: &str = "甲方姓名,甲方手机号,乙方姓名,乙方手机号,丙方姓名,丙方手机号\n";
    let with = |third: [&str; 3]| -> &'static str {
        let row = |n: usize, third: &str| {
            format!(
                "{},1380013800{n},{},1380013810{n},{third}\n",
                ["何静", "何平", "何安"][n],
                ["林小雨", "林大雨", "林雨"][n]
            )
        };
        let rows: String = third.iter().enumerate().map(|(n, third)| row(n, third)).collect();
        Box::leak(format!("{HEADER}{rows}").into_boxed_str())
    };
    asked(&[
        (with(["周大海,13800138201", "周大山,13800138202", ","]), "rows.lack_party"),
        // In one contract of several he may be meant alone.
        (with(["周大海,13800138201", ",", ","]), ""),
    ]);
}

#[test]
fn what_else_decides_who_signs_and_what_is_filled_in() {
    asked(&[
        (
            "甲方企业名称,甲方类型,甲方法定代表人,甲方委托代理人,甲方联系电话,乙方姓名,乙方手机号\n某某有限公司,企业,林小雨,周大海,13800138009,何静,13800138001\n",
            "column.mobile_behind",
        ),
        (
            "甲方姓名,甲方手机号,乙方姓名,乙方监护人,乙方联系电话\n何静,13800138009,林小雨,周大海,13800138000\n",
            "column.mobile_behind",
        ),
        ("乙方姓名,乙方监护人,乙方手机号\n林小雨,周大海,13800138000\n", ""),
        (
            "姓名,手机号,模板ID\n林小雨,13800138000,yDtest00000000000000000000000009\n周大海,13800138001,\n何静,13800138002,yDtest00000000000000000000000009\n",
            "column.defaulted_cells",
        ),
        ("姓名,手机号,甲方填写-岗位\n林小雨,13800138000,店员\n", "column.form_field"),
        ("姓名,手机号,模板字段:岗位\n林小雨,13800138000,店员\n", "column.form_field"),
        (
            "借款人姓名,借款人手机号,填写:借款人\n林小雨,13800138000,林小雨\n周大海,13800138001,周大海\n何静,13800138002,李四\n",
            "column.of_another",
        ),
        ("借款人姓名,借款人手机号,填写:借款人\n林小雨,13800138000,林小雨\n周大海,13800138001,周大海\n", ""),
        ("签署方类型,签署方姓名,签署方手机号\n个人,某某商贸有限公司,13800138000\n", "cell.company_as_person"),
        (
            "姓名,手机号,填写:入住日期,填写:退房日期\n林小雨,13800138000,2027-01-01,2026-12-31\n",
            "column.disagrees",
        ),
        ("姓名,手机号,填写:入住日期,填写:退房日期\n林小雨,13800138000,2027-01-01,2027-12-31\n", ""),
        (
            "姓名,手机号,原合同编号\n林小雨,13800138000,HT001\n周大海,13800138001,\n何静,13800138002,HT003\n",
            "",
        ),
    ]);
}

/// What a line says of all contracts is asked about wherever it stands.
#[test]
fn a_line_below_the_rows_says_as_much_as_one_above_them() {
    const TABLE: &str =
        "姓名,手机号,填写:岗位,填写:月薪\n林小雨,13800138000,店员,8000\n周大海,13800138001,店长,9000\n";
    let sheets = |line: &str| -> [&'static str; 2] {
        [format!("{line},,,\n{TABLE}"), format!("{TABLE}{line},,,\n")]
            .map(|text| &*Box::leak(text.into_boxed_str()))
    };
    for line in [
        "已于11月25日发送完毕",
        "注：红色字体为已离职人员",
        "注：店长月薪改为9500",
        "备注：黄色底纹的用劳务模板",
        "单位：万元",
        "月薪单位：千元",
        "12月入职名单（作废）",
        "审批未通过名单",
        "发送前请先给陈总确认",
        "夫妻双方均需签字",
        "按户签署，一户一份",
        "使用模板：店员用A版，店长用B版",
        "店长另签竞业协议",
    ] {
        for sheet in sheets(line) {
            let (session, name) = session(&Csv(sheet));
            session.run(["check", name, "--config", "config.toml"]).exit(3);
        }
    }
    for line in [
        "制表人：王敏 审核：李总",
        "打印日期：2026年11月30日",
        "12月入职员工劳动合同签署名单",
        "注：月薪含税",
        "请员工于到岗当日完成体检",
        "版本：V1.2",
        "本表仅供内部使用",
        "保密文件，请勿外传",
    ] {
        asked(&sheets(line).map(|sheet| (sheet, "")));
    }
}

/// A line's own answer says nothing of another line.
#[test]
fn the_day_that_a_line_names_is_said_without_a_word_on_the_other_lines() {
    const SHEET: &str =
        "签署截止：2099年12月20日,\n李四不签，先不发,\n姓名,手机号\n林小雨,13800138000\n周大海,13800138001\n";
    let (session, name) = session(&Csv(SHEET));
    let words = ["check", name, "--config", "config.toml"];
    session.run(words).exit(3).never_says("--default deadline=2099-12-20 --header-row");
    session.run(words.iter().chain(&["--default", "deadline=2099-12-20"])).exit(3).says("李四不签");
}
