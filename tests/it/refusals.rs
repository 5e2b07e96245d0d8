//! Words, marks and titles that say that somebody gets no contract.

use crate::meaning::{Csv, case, hold};

const ONE: &[&str] = &["林小雨"];

/// The same four contracts, with something noted of the third.
fn noted(header: &str, text: &str) -> String {
    format!(
        "合同编号,姓名,手机号,{header}\nQZ-01,林小雨,13800138000,\nQZ-02,何静,13800138001,\n\
         QZ-03,钱多多,13800138002,{text}\nQZ-04,李一鸣,13800138003,\n"
    )
}

#[test]
fn what_is_noted_of_a_row_asks_in_whatever_words_and_marks() {
    let words =
        ["不必签", "勿签", "先别签", "不签约", "不发起", "拒绝签署", "不需要签署", "已撤销", "×", "❌", "X"];
    for header in ["备注", "状态"] {
        for word in words {
            let sheet: &str = noted(header, word).leak();
            let codes: &[&str] = match header {
                "备注" => &["column.send"],
                _ => &["column.send"],
            };
            hold(&[case(Csv(sheet), &[], 3, codes, ONE, &[(1, 4)])]);
        }
    }
    for (header, word) in [("备注", "未签"), ("备注", "待签署"), ("部门", "不发"), ("签到", "√")]
    {
        let sheet: &str = noted(header, word).leak();
        let codes: &[&str] = if header == "备注" { &["column.not_used"] } else { &[] };
        hold(&[case(Csv(sheet), &[], 0, codes, ONE, &[(1, 4)])]);
    }
}

#[test]
fn a_number_that_is_marked_void_asks_unless_all_are_called_so() {
    let numbers = |numbers: [&str; 4]| {
        let rows = numbers.iter().zip(["林小雨", "何静", "钱多多", "李一鸣"]).zip(0..);
        let rows = rows.map(|((number, name), at)| format!("{number},{name},1380013800{at}\n"));
        format!("合同编号,姓名,手机号\n{}", rows.collect::<String>())
    };
    for noted in ["已撤销", "已终止", "已退租", "暂不签", "无需签", "拒签", "失效"] {
        let sheet: &str = numbers(["QZ-01", "QZ-02", &format!("QZ-03（{noted}）"), "QZ-04"]).leak();
        hold(&[case(Csv(sheet), &[], 3, &["rows.doubtful"], ONE, &[(1, 3)])]);
    }
    // Agreements on giving a flat back.
    let sheet: &str = numbers(["TZ-01-退租", "TZ-02-退租", "TZ-03-退租", "TZ-04-退租"]).leak();
    hold(&[case(Csv(sheet), &[], 0, &[], ONE, &[(1, 4)])]);
}

#[test]
fn titles_that_say_so_ask_about_the_rows_below_them() {
    for title in ["撤销", "解除", "无效", "勿签"] {
        let sheet: &str = format!("姓名,手机号\n林小雨,13800138000\n{title},\n何静,13800138001\n").leak();
        hold(&[case(Csv(sheet), &[], 3, &["rows.below_title", "rows.left_out"], ONE, &[(1, 2)])]);
    }
    for title in ["退租名单", "撤销名单", "勿签", "旧版，请勿使用", "初稿"] {
        let sheet: &str = format!("{title},\n姓名,手机号\n林小雨,13800138000\n何静,13800138001\n").leak();
        hold(&[case(Csv(sheet), &[], 3, &["rows.below_title"], ONE, &[(1, 2)])]);
    }
    // What the contracts are called.
    for title in ["解除劳动合同协议", "2026年12月前入职的员工适用旧版合同"] {
        let sheet: &str = format!("{title},\n姓名,手机号\n林小雨,13800138000\n何静,13800138001\n").leak();
        hold(&[case(Csv(sheet), &[], 0, &[], ONE, &[(1, 2)])]);
    }
}

#[test]
fn a_column_of_ticks_asks_which_rows_are_meant_and_its_answer_is_enough() {
    for header in ["需签署", "待签", "本月签订", "需要签"] {
        let sheet: &str = format!("姓名,手机号,{header}\n林小雨,13800138000,√\n何静,13800138001,\n").leak();
        let only: &str = format!("{header}=√").leak();
        hold(&[
            case(Csv(sheet), &[], 3, &["column.send"], ONE, &[(1, 2)]),
            case(Csv(sheet), vec!["--where", only].leak(), 0, &[], ONE, &[(1, 1)]),
        ]);
    }
}

#[test]
fn numbers_that_end_in_any_party_are_asked_about() {
    for (first, second) in [("丙方", "丁方"), ("出租方", "承租方"), ("房东", "租客")] {
        let sheet: &str = format!(
            "合同编号,姓名,手机号\nZ1-{first},林小雨,13800138000\nZ1-{second},何静,13800138001\n\
             Z2-{first},钱多多,13800138002\nZ2-{second},李一鸣,13800138003\n"
        )
        .leak();
        hold(&[case(Csv(sheet), &[], 3, &["rows.numbers_of_parties"], ONE, &[(1, 4)])]);
    }
}
