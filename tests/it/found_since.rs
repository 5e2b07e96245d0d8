//! What was found since by those who looked at the lines anew.

use crate::meaning::{Csv, case, hold};

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
