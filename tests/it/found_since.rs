//! What was found since by those who looked at the lines anew.

use crate::meaning::{Csv, case, hold, session};

const ONE: &[&str] = &["林小雨"];
const TWO: &[&str] = &["林小雨", "钱多多"];

#[test]
fn a_day_of_signing_in_some_rows_says_that_those_have_signed() {
    const SOME: &str = "姓名,手机号,签署日期\n林小雨,13800138000,2026-10-08\n何静,13800138001,\n";
    const ALL: &str = "姓名,手机号,签署日期\n林小雨,13800138000,2026-10-08\n何静,13800138001,2026-10-08\n";
    const FIRST: &str = "合同编号,姓名,手机号,签署日期\nH1,林小雨,13800138000,2026-10-08\nH1,钱多多,13800138003,\n\
        H2,何静,13800138001,2026-10-09\nH2,李一鸣,13800138004,\n";
    hold(&[
        case(Csv(SOME), &[], 3, &["column.send"], ONE, &[(1, 2)]),
        case(Csv(SOME), &["--where", "签署日期="], 0, &[], &["何静"], &[(1, 1)]),
        case(Csv(SOME), &["--map", "签署日期=ignore"], 0, &[], ONE, &[(1, 2)]),
        case(
            Csv(SOME),
            &["--map", "签署日期=field:签署日期"],
            0,
            &["column.empty_cells", "column.looks_like_dates"],
            ONE,
            &[(1, 2)],
        ),
        case(Csv(ALL), &[], 0, &[], ONE, &[(1, 2)]),
        // The further rows of a contract need not say it again.
        case(Csv(FIRST), &[], 0, &[], TWO, &[(2, 2)]),
    ]);
}

#[test]
fn rows_that_differ_in_what_is_not_sent_can_be_said_to_be_repetitions() {
    const SHIFTS: &str =
        "姓名,手机号,班次\n林小雨,13800138000,早\n林小雨,13800138000,晚\n何静,13800138001,早\n";
    hold(&[
        case(Csv(SHIFTS), &[], 3, &["rows.differ"], ONE, &[(1, 3)]),
        case(Csv(SHIFTS), &["--map", "班次=ignore"], 0, &[], ONE, &[(1, 3)]),
        case(Csv(SHIFTS), &["--map", "班次=field:班次"], 0, &[], ONE, &[(1, 3)]),
    ]);
}

#[test]
fn what_a_contract_has_on_its_first_row_alone_asks_whose_the_others_are() {
    const RENT: &str = "填写:房屋地址,姓名,手机号,填写:租金\nA区1-101,林小雨,13800138000,3000\n\
        ,钱多多,13800138003,\nA区1-102,何静,13800138001,3100\n";
    const COUNTED: &str = "序号,房号,姓名,手机号,填写:租金\n1,101,林小雨,13800138000,3000\n\
        2,,钱多多,13800138003,\n3,102,何静,13800138001,3100\n";
    const DEADLINE: &str = "姓名,手机号,签署截止时间,填写:租金\n林小雨,13800138000,+20d,3000\n\
        钱多多,13800138003,,\n何静,13800138001,+20d,3100\n";
    // One component that somebody lacks was forgotten, or is none of his.
    const SOME: &str = "姓名,手机号,填写:岗位,填写:账号\n林小雨,13800138000,司机,6222\n\
        钱多多,13800138003,司机,\n何静,13800138001,文员,6223\n";
    hold(&[
        case(Csv(RENT), &[], 3, &["column.empty_cells", "rows.held_together"], ONE, &[(1, 3)]),
        case(Csv(RENT), &["--key", "填写:房屋地址"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        case(Csv(RENT), &["--key", "row"], 0, &["column.empty_cells"], ONE, &[(1, 3)]),
        case(Csv(COUNTED), &["--key", "房号"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        case(Csv(SOME), &[], 0, &["column.empty_cells"], ONE, &[(1, 3)]),
    ]);
    for sheet in [COUNTED, DEADLINE] {
        let (session, name) = session(&Csv(sheet));
        session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).says("rows.held_together");
    }
}

#[test]
fn the_same_home_in_a_component_of_two_rows_asks() {
    const RENT: &str = "填写:租赁地址,姓名,手机号,填写:月租\nA区1-101,林小雨,13800138000,3000\n\
        A区1-101,钱多多,13800138003,3000\nA区1-102,何静,13800138001,3100\n";
    const RENTS: &str = "填写:房号,姓名,手机号,填写:月租\n101,林小雨,13800138000,3000\n\
        101,钱多多,13800138003,2000\n102,何静,13800138001,3100\n";
    const LET: &str = "地址,租客,电话\nA路1号101,林小雨,13800138000\nA路1号101,钱多多,13800138003\n\
        A路1号102,何静,13800138001\n";
    hold(&[
        case(Csv(RENT), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        case(Csv(RENT), &["--key", "填写:租赁地址"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        // Each pays his own rent.
        case(Csv(RENTS), &[], 0, &[], ONE, &[(1, 3)]),
        case(Csv(LET), &[], 3, &["column.key"], ONE, &[(1, 3)]),
    ]);
}

#[test]
fn small_groups_between_blank_rows_and_a_contract_called_after_one_of_two_ask() {
    const HOMES: &str = "姓名,手机号\n林小雨,13800138000\n钱多多,13800138003\n,\n何静,13800138001\n,\n\
        周大海,13800138002\n李一鸣,13800138004\n";
    const BOUGHT: &str = "合同名称,姓名,手机号\n林小雨购房合同,林小雨,13800138000\n\
        林小雨购房合同,钱多多,13800138003\n何静购房合同,何静,13800138001\n";
    hold(&[
        case(Csv(HOMES), &[], 3, &["rows.grouped"], ONE, &[(1, 5)]),
        case(Csv(HOMES), &["--key", "row"], 0, &[], ONE, &[(1, 5)]),
        case(Csv(BOUGHT), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        case(Csv(BOUGHT), &["--key", "合同名称"], 0, &[], TWO, &[(1, 1), (2, 1)]),
    ]);
}
