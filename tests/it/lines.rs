//! Lines and words that decide who signs, how many contracts there are and whether any is sent, wherever in
//! a sheet they stand: each is asked about, and each answer holds.

use crate::meaning::{Case, Csv, Sheets, case, hold};

const ONE: &[&str] = &["林小雨"];
const TWO: &[&str] = &["林小雨", "周大海"];

/// Two rows, and a line below them.
fn below(line: &str) -> Case {
    let text = format!("姓名,手机号,备用\n林小雨,13800138000,\n周大海,13800138001,\n{line},,\n");
    case(
        Csv(Box::leak(text.into_boxed_str())),
        &[],
        3,
        &["rows.left_out", "sheet.said_above"],
        ONE,
        &[(1, 2)],
    )
}

#[test]
fn a_line_below_the_rows_that_says_not_to_send_them_is_asked_about() {
    let lines = ["以上仅供参考，勿发", "注：标红的不发", "备注：测试数据，请勿发送", "（作废）"];
    hold(&lines.map(below));
    hold(&[
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n以上仅供参考，暂不发送,\n"),
            &["--odd-rows", "skip"],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        // Who is not to have the list is another matter.
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n备注：请勿发给外人,\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("（作废）,\n姓名,手机号\n林小雨,13800138000\n"),
            &[],
            3,
            &["rows.below_title"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("注：标黄的不签,\n姓名,手机号\n林小雨,13800138000\n"),
            &[],
            3,
            &["sheet.said_above"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn what_a_line_says_of_the_time_to_sign_the_template_or_a_party_is_asked_about() {
    let above = |line: &str, code: &'static str| {
        let text = format!("{line}\n姓名,手机号\n林小雨,13800138000\n");
        let codes: &'static [&'static str] = Box::leak(vec![code].into_boxed_slice());
        case(Csv(Box::leak(text.into_boxed_str())), &[], 3, codes, ONE, &[(1, 1)])
    };
    hold(&[
        above("\"Deadline: Dec 5, 2026\"", "sheet.deadline_above"),
        above("截止2026-12-05", "sheet.deadline_above"),
        above("三天内签", "sheet.deadline_above"),
        above("请尽快于本周五前签署", "sheet.deadline_above"),
        above("链接有效期至2026-12-05", "sheet.deadline_above"),
        above("签约时间：12月1日-12月5日", "sheet.deadline_above"),
        above("签署时间：12-01至12-10", "sheet.deadline_above"),
        above("签署时间：即日起到12月10日", "sheet.deadline_above"),
        above("劳务协议签署名单（12月10日前）", "sheet.deadline_above"),
        above("合同签署时限 5个工作日", "sheet.deadline_above"),
        above("逾期（2026.12.5后）视为放弃", "sheet.deadline_above"),
        above("出租方李总13800009999", "sheet.party_above"),
        above("均由李总（13800009999）提供担保", "sheet.party_above"),
        above("承运人：李总 13800009999", "sheet.party_above"),
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n模板ID：yDRS4UUgygqdcj2tUuO4zjEEFuP35Swa,\n"),
            &[],
            3,
            &["rows.left_out", "sheet.said_above"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Sheets(&[
                ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"]]),
                ("甲方", &[&["公司代表", "代表手机"], &["钱经办", "13800138009"]]),
            ]),
            &[],
            3,
            &["sheet.people_elsewhere"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn a_word_for_somebody_where_a_number_or_a_name_would_stand_makes_no_contract() {
    let listed = |line: &str| {
        let text =
            format!("合同编号,姓名,手机号\nHT-1,林小雨,13800138000\nHT-2,周大海,13800138001\n{line}\n");
        case(Csv(Box::leak(text.into_boxed_str())), &[], 3, &["rows.doubtful"], ONE, &[(1, 2)])
    };
    hold(&[
        listed("经办人：,黄敏,13800138009"),
        listed("出租方,黄敏,13800138009"),
        listed("共2人,黄敏,13800138009"),
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n物业：,13800138009\n"),
            &[],
            3,
            &["rows.doubtful"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n,\n监护人,电话\n周大海,13800138001\n"),
            &[],
            3,
            &["rows.other_table"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv(
                "合同编号,姓名,手机号\nHT-1,林小雨,13800138000\n补签,周大海,13800138001\n补签,何静,13800138002\n",
            ),
            &[],
            3,
            &["rows.number_is_word"],
            ONE,
            &[(1, 1), (2, 1)],
        ),
        case(
            Csv("合同编号,姓名,手机号\n补签,林小雨,13800138000\n补签,周大海,13800138001\n"),
            &["--key", "合同编号"],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        // 合同第一号 is a number.
        case(
            Csv("合同编号,姓名,手机号\n合同第一号,林小雨,13800138000\n合同第一号,周大海,13800138001\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
    ]);
}

#[test]
fn how_many_contracts_there_are_is_asked_where_only_words_say_it() {
    const ROOMS: &str = "姓名,手机号\n101室（2人）,\n林小雨,13800138000\n周大海,13800138001\n102室（2人）,\n何静,13800138002\n方圆,13800138003\n";
    const TURNS: &str = "身份,姓名,手机号\n学员,林小雨,13800138000\n家长,周大海,13800138001\n学员,何静,13800138002\n家长,方圆,13800138003\n";
    hold(&[
        case(Csv(ROOMS), &[], 3, &["rows.below_headings", "rows.left_out"], ONE, &[(1, 4)]),
        case(Csv(ROOMS), &["--key", "row"], 0, &["rows.left_out"], ONE, &[(1, 4)]),
        // 一班, 二班: lists of people.
        case(
            Csv(
                "姓名,手机号\n一班（2人）,\n林小雨,13800138000\n周大海,13800138001\n二班（2人）,\n何静,13800138002\n方圆,13800138003\n",
            ),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 4)],
        ),
        case(Csv(TURNS), &[], 3, &["rows.roles"], ONE, &[(1, 4)]),
        case(
            Csv(Box::leak(TURNS.replace("学员", "第一方").replace("家长", "第二方").into_boxed_str())),
            &[],
            3,
            &["rows.roles"],
            ONE,
            &[(1, 4)],
        ),
        case(
            Csv(Box::leak(TURNS.replace("学员", "先生").replace("家长", "太太").into_boxed_str())),
            &[],
            3,
            &["rows.roles"],
            ONE,
            &[(1, 4)],
        ),
        case(
            Csv("合同,姓名,手机号\nA1,林小雨,13800138000\nA1,周大海,13800138001\n"),
            &[],
            3,
            &["column.key"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv("学生,关系,姓名,手机号\n小明,父亲,林小雨,13800138000\n小明,母亲,周大海,13800138001\n"),
            &[],
            3,
            &["column.key"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv(
                "合同编号,人员类型,姓名,手机号\nH1,主播,林小雨,13800138000\nH1,监护人,周大海,13800138001\nH2,监护人,何静,13800138002\nH2,主播,方圆,13800138003\n",
            ),
            &[],
            3,
            &["rows.order"],
            TWO,
            &[(2, 2)],
        ),
    ]);
}

#[test]
fn a_row_without_its_second_party_is_asked_about() {
    const SHEET: &str =
        "甲方,甲方手机号,乙方,乙方手机号\n林小雨,13800138000,周大海,13800138001\n林小雨,13800138000,,\n";
    hold(&[
        case(Csv(SHEET), &[], 3, &["rows.lack_party"], TWO, &[(1, 1), (2, 1)]),
        case(Csv(SHEET), &["--missing-party", "skip"], 0, &["rows.left_out"], TWO, &[(2, 1)]),
        case(Csv(SHEET), &["--missing-party", "send"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        // Somebody who answers for a party need not be in every contract.
        case(
            Csv(
                "甲方姓名,甲方手机号,乙方姓名,乙方手机号,丙方姓名,丙方手机号\n林小雨,13800138000,周大海,13800138001,何静,13800138002\n林小雨,13800138000,方圆,13800138003,,\n",
            ),
            &[],
            0,
            &[],
            &["林小雨", "周大海", "何静"],
            &[(2, 1), (3, 1)],
        ),
    ]);
}

#[test]
fn a_number_that_is_a_word_or_names_a_party_is_asked_about() {
    let listed = |numbers: [&str; 4], code: &'static str, contracts: &'static [(u64, u64)]| {
        let people = ["林小雨", "周大海", "何静", "方圆"];
        let rows = numbers.iter().zip(people).zip(0..);
        let rows: Vec<String> =
            rows.map(|((number, name), at)| format!("{number},{name},1380013800{at}\n")).collect();
        let text = format!("合同编号,姓名,手机号\n{}", rows.concat());
        let codes: &'static [&'static str] = Box::leak(vec![code].into_boxed_slice());
        case(Csv(Box::leak(text.into_boxed_str())), &[], 3, codes, ONE, contracts)
    };
    hold(&[
        listed(["QZ-01", "QZ-02", "QZ-03", "作废"], "rows.doubtful", &[(1, 3)]),
        listed(["QZ-01", "QZ-02", "QZ-03", "QZ-04（已签）"], "rows.doubtful", &[(1, 3)]),
        listed(["Z1-甲方", "Z1-乙方", "Z2-甲方", "Z2-乙方"], "rows.numbers_of_parties", &[(1, 4)]),
        // 甲, 乙 and others are numbers like any.
        case(
            Csv("合同编号,姓名,手机号\n甲,林小雨,13800138000\n乙,周大海,13800138001\n丙,何静,13800138002\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 3)],
        ),
    ]);
}

#[test]
fn a_contract_without_a_party_that_the_others_have_is_asked_about() {
    const SHEET: &str = "合同编号,签署方,姓名,手机号\nZ1,甲方,林小雨,13800138000\nZ1,乙方,周大海,13800138001\nZ2,甲方,林小雨,13800138000\nZ3,甲方,林小雨,13800138000\nZ3,乙方,何静,13800138002\n";
    hold(&[
        case(Csv(SHEET), &[], 3, &["rows.contract_lacks_party"], TWO, &[(1, 1), (2, 2)]),
        case(Csv(SHEET), &["--missing-party", "send"], 0, &[], TWO, &[(1, 1), (2, 2)]),
    ]);
}

#[test]
fn a_title_that_speaks_of_somebody_hides_no_table() {
    hold(&[
        case(Csv("签署名单（人事）,\n姓名,手机号\n林小雨,13800138000\n"), &[], 0, &[], ONE, &[(1, 1)]),
        case(
            Csv("2026年11月30日前入职人员,\n姓名,手机号\n林小雨,13800138000\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,现在用的号\n林小雨,13800138000,13900139000\n"),
            &[],
            3,
            &["column.beside"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,由谁签\n林小雨,13800138000,家长\n"),
            &[],
            3,
            &["column.signer"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn notes_of_how_a_form_is_filled_in_void_no_list() {
    for line in [
        "红色为必填项，不要修改表头",
        "如手机号有误，请不要发起，联系人事",
        "请于每月月底前更新本表，逾期视为未提交",
    ] {
        let text = format!("{line},\n姓名,手机号\n林小雨,13800138000\n");
        hold(&[case(Csv(Box::leak(text.into_boxed_str())), &[], 0, &[], ONE, &[(1, 1)])]);
    }
}

#[test]
fn a_row_that_is_sent_and_was_signed_before_is_asked_about() {
    const SHEET: &str = "姓名,手机号,发送,签署状态\n林小雨,13800138000,是,未签\n周大海,13800138001,是,已签\n";
    hold(&[
        case(Csv(SHEET), &[], 3, &["column.send"], ONE, &[(1, 2)]),
        case(Csv(SHEET), &["--where", "签署状态=未签"], 0, &[], ONE, &[(1, 1)]),
        case(
            Csv("姓名,手机号,是否签保密协议\n林小雨,13800138000,是\n周大海,13800138001,否\n"),
            &[],
            3,
            &["column.send"],
            ONE,
            &[(1, 2)],
        ),
        // The first contract that is shown is one that is sent.
        case(
            Csv("姓名,手机号,发送\n周大海,13800138001,否\n林小雨,13800138000,是\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn a_few_rows_in_pairs_are_asked_about_like_many() {
    let paired = |header: &str| {
        let text = format!(
            "{header},姓名,手机号\nX1,林小雨,13800138000\nX1,周大海,13800138001\nX2,何静,13800138002\nX2,方圆,13800138003\n"
        );
        case(Csv(Box::leak(text.into_boxed_str())), &[], 3, &["column.key"], ONE, &[(1, 4)])
    };
    hold(&["家庭", "户主", "夫妻编号", "进件编号", "投保单"].map(paired));
    let in_turn = |(header, one, other): (&str, &str, &str)| {
        let text = format!(
            "姓名,手机号,{header}\n林小雨,13800138000,{one}\n周大海,13800138001,{other}\n何静,13800138002,{one}\n方圆,13800138003,{other}\n"
        );
        case(Csv(Box::leak(text.into_boxed_str())), &[], 3, &["rows.roles"], ONE, &[(1, 4)])
    };
    hold(
        &[
            ("是否主借人", "是", "否"),
            ("是否户主", "是", "否"),
            ("第几方", "1", "2"),
            ("签约人类型", "主签", "副签"),
            ("担保类型", "主借", "担保"),
        ]
        .map(in_turn),
    );
}

#[test]
fn what_was_done_or_refused_is_asked_about_however_it_is_written() {
    let said = |header: &str, values: [&str; 3]| {
        let text = format!(
            "姓名,手机号,{header}\n林小雨,13800138000,{}\n周大海,13800138001,{}\n何静,13800138002,{}\n",
            values[0], values[1], values[2]
        );
        case(Csv(Box::leak(text.into_boxed_str())), &[], 3, &["column.send"], ONE, &[(1, 3)])
    };
    hold(&[
        said("已发送", ["2025-11-01", "", "2025-11-02"]),
        said("備註", ["", "暫不發送", ""]),
        said("体检", ["合格", "不合格", "合格"]),
        said("人事部", ["同意", "不同意", "同意"]),
        said("签署结果", ["√", "×", "√"]),
    ]);
    // Whoever signs as well is no column of those that are meant.
    let of_another = |header: &str| {
        let text = format!("姓名,手机号,{header}\n林小雨,13800138000,是\n周大海,13800138001,否\n");
        case(Csv(Box::leak(text.into_boxed_str())), &[], 3, &["column.of_signers"], ONE, &[(1, 2)])
    };
    hold(&["配偶是否签字", "是否需要担保人签"].map(of_another));
    hold(&[case(
        Csv("姓名,手机号,社保,体检\n林小雨,13800138000,√,√\n周大海,13800138001,√,\n"),
        &[],
        0,
        &[],
        ONE,
        &[(1, 2)],
    )]);
}

#[test]
fn a_day_that_comes_soon_may_be_the_last_one_to_sign_on() {
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let listed = |header: &str, days: i64, exit: i32, codes: &'static [&'static str]| {
        let day = today.checked_add(jiff::Span::new().days(days)).unwrap();
        let text = format!("姓名,手机号,{header}\n林小雨,13800138000,{day}\n周大海,13800138001,{day}\n");
        case(Csv(Box::leak(text.into_boxed_str())), &[], exit, codes, ONE, &[(1, 2)])
    };
    let asked: &'static [&'static str] = &["column.term_or_deadline"];
    hold(&[
        listed("有效期至", 14, 3, asked),
        listed("计划签署日期", 10, 3, asked),
        listed("签约期", 20, 3, asked),
        listed("Expires", 20, 3, &["column.term", "column.term_or_deadline"]),
        // What is further away is a term's end, and what is about something else is no deadline.
        listed("有效期至", 400, 0, &[]),
        listed("入职日期", 14, 0, &[]),
        listed("身份证有效期至", 14, 0, &[]),
        listed("资料提交截止", 14, 0, &[]),
    ]);
}

#[test]
fn a_templates_name_is_no_id() {
    hold(&[case(
        Csv("姓名,手机号,模板ID\n林小雨,13800138000,劳动合同\n"),
        &[],
        3,
        &["template_id.characters"],
        &[],
        &[],
    )]);
}
