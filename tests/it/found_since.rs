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
    const LATER: &str = "合同编号,姓名,手机号,签署日期\nH1,林小雨,13800138000,\nH1,钱多多,13800138003,作废\n\
        H2,何静,13800138001,\nH2,李一鸣,13800138004,\n";
    const VOID: &str = "姓名,手机号,签署日期\n林小雨,13800138000,2026-10-08\n何静,13800138001,作废\n";
    const AHEAD: &str = "姓名,手机号,签署日期\n林小雨,13800138000,2099-10-08\n何静,13800138001,\n";
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
        // What they do say counts; and nobody has signed on a day to come.
        case(Csv(LATER), &[], 3, &["column.send"], TWO, &[(2, 2)]),
        case(Csv(AHEAD), &[], 0, &[], ONE, &[(1, 2)]),
        case(Csv(VOID), &[], 3, &["column.send"], ONE, &[(1, 2)]),
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
    const FOURS: &str = "姓名,手机号,填写:房号,填写:租金\n林小雨,13800138000,101,3000\n钱多多,13800138003,,\n\
        何静,13800138001,,\n周大海,13800138002,,\n李一鸣,13800138004,102,3100\n";
    const CARS: &str = "姓名,手机号,填写:车牌号,填写:车型\n林小雨,13800138000,京A12345,轿车\n\
        钱多多,13800138003,,\n何静,13800138001,京A12346,轿车\n";
    const LATE: &str = "姓名,手机号,填写:租金,填写:押金\n林小雨,13800138000,,\n\
        钱多多,13800138003,3000,6000\n何静,13800138001,,\n";
    // One component that somebody lacks was forgotten, or is none of his.
    const SOME: &str = "姓名,手机号,填写:岗位,填写:账号\n林小雨,13800138000,司机,6222\n\
        钱多多,13800138003,司机,\n何静,13800138001,文员,6223\n";
    hold(&[
        case(Csv(RENT), &[], 3, &["column.empty_cells", "rows.held_together"], ONE, &[(1, 3)]),
        case(Csv(RENT), &["--key", "填写:房屋地址"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        case(Csv(RENT), &["--key", "row"], 0, &["column.empty_cells"], ONE, &[(1, 3)]),
        case(Csv(COUNTED), &["--key", "房号"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        case(Csv(SOME), &[], 0, &["column.empty_cells"], ONE, &[(1, 3)]),
        // So is what some people have, however much of it.
        // A home of four is one contract where each home has a rent.
        case(Csv(FOURS), &[], 3, &["column.empty_cells", "rows.held_together"], ONE, &[(1, 5)]),
        case(Csv(CARS), &[], 0, &["column.empty_cells"], ONE, &[(1, 3)]),
        case(Csv(LATE), &[], 0, &["column.empty_cells"], ONE, &[(1, 3)]),
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
    const PROJECT: &str = "姓名,手机号,填写:项目编号\n林小雨,13800138000,P1\n钱多多,13800138003,P1\n\
        何静,13800138001,P2\n";
    const ROOM: &str = "姓名,手机号,填写:房间号\n林小雨,13800138000,301\n钱多多,13800138003,301\n\
        何静,13800138001,301\n周大海,13800138002,301\n";
    const FAMILY: &str = "姓名,手机号,填写:租赁地址\n林小雨,13800138000,A路1号\n钱多多,13800138003,A路1号\n\
        何静,13800138001,A路2号\n周大海,13800138002,A路2号\n李一鸣,13800138004,A路3号\n\
        赵一,13800138005,A路3号\n赵二,13800138006,A路3号\n赵三,13800138007,A路3号\n";
    const CARDS: &str = "租赁地址,姓名,手机号,填写:与承租人关系\nA路1号,林小雨,13800138000,本人\n\
        A路1号,钱多多,13800138003,配偶\nA路2号,何静,13800138001,本人\n";
    const SUBSIDY: &str = "姓名,手机号,地址,填写:租房补贴\n林小雨,13800138000,A路1号,500\n\
        钱多多,13800138003,A路1号,500\n";
    hold(&[
        case(Csv(RENT), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        case(Csv(RENT), &["--key", "填写:租赁地址"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        // Each pays his own rent.
        case(Csv(RENTS), &[], 0, &[], ONE, &[(1, 3)]),
        case(Csv(LET), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        // Four people have a contract each about one project, or live in one room.
        case(Csv(PROJECT), &[], 0, &[], ONE, &[(1, 3)]),
        case(Csv(ROOM), &[], 0, &[], ONE, &[(1, 4)]),
        // A household of four among couples, and what is one person's, change nothing.
        case(Csv(FAMILY), &[], 3, &["column.key"], ONE, &[(1, 8)]),
        case(Csv(CARDS), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        case(Csv(SUBSIDY), &[], 0, &[], ONE, &[(1, 2)]),
    ]);
}

#[test]
fn small_groups_between_blank_rows_and_a_contract_called_after_one_of_two_ask() {
    const HOMES: &str = "姓名,手机号\n林小雨,13800138000\n钱多多,13800138003\n,\n何静,13800138001\n,\n\
        周大海,13800138002\n李一鸣,13800138004\n";
    const STAFF: &str = "姓名,手机号,部门\n林小雨,13800138000,财务\n钱多多,13800138003,财务\n,,\n\
        何静,13800138001,行政\n,,\n周大海,13800138002,销售\n李一鸣,13800138004,销售\n";
    const SALES: &str = "姓名,手机号,部门\n林小雨,13800138000,销售\n钱多多,13800138003,销售\n,,\n\
        何静,13800138001,销售\n,,\n周大海,13800138002,销售\n李一鸣,13800138004,销售\n";
    const COUNTED: &str = "序号,姓名,手机号\n1,林小雨,13800138000\n2,钱多多,13800138003\n,,\n\
        3,何静,13800138001\n,,\n4,周大海,13800138002\n5,李一鸣,13800138004\n";
    const BOUGHT: &str = "合同名称,姓名,手机号\n林小雨购房合同,林小雨,13800138000\n\
        林小雨购房合同,钱多多,13800138003\n何静购房合同,何静,13800138001\n";
    hold(&[
        case(Csv(HOMES), &[], 3, &["rows.grouped"], ONE, &[(1, 5)]),
        case(Csv(HOMES), &["--key", "row"], 0, &[], ONE, &[(1, 5)]),
        case(Csv(BOUGHT), &[], 3, &["column.key"], ONE, &[(1, 3)]),
        case(Csv(BOUGHT), &["--key", "合同名称"], 0, &[], TWO, &[(1, 1), (2, 1)]),
        // Departments, but not one that all have; and people who are counted through.
        case(Csv(SALES), &[], 3, &["rows.grouped"], ONE, &[(1, 5)]),
        case(Csv(STAFF), &[], 0, &[], ONE, &[(1, 5)]),
        case(Csv(COUNTED), &[], 0, &[], ONE, &[(1, 5)]),
    ]);
}

#[test]
fn headers_in_two_languages_and_lines_to_sign_on_ask_nothing() {
    const ENGLISH: &str =
        "Name 姓名,Mobile/手机号,ID No.（身份证号）\n林小雨,13800138000,11010519491231002X\n";
    const SIGNED: &str = "序号,姓名,手机号,身份证号\n1,林小雨,13800138000,11010519491231002X\n\
        ,甲方（盖章）：,,乙方（签字）：\n,年 月 日,,年 月 日\n,填报人,,填报日期\n";
    const WORK: &str = "岗位,姓名,手机号\n审核员,林小雨,13800138000\n统计员,何静,\n";
    const CHECKER: &str = "岗位,姓名,手机号\n审核员,林小雨,13800138000\n审核人,何静,\n";
    const EXPERTS: &str = "专家姓名,单位,手机号\n林小雨,市一院,13800138000\n何静,市二院,13800138001\n";
    hold(&[
        case(Csv(ENGLISH), &[], 0, &[], ONE, &[(1, 1)]),
        case(Csv(SIGNED), &[], 0, &["rows.left_out"], ONE, &[(1, 1)]),
        // Who is 统计员 by his work, and lacks a mobile, is somebody all the same.
        case(Csv(WORK), &[], 3, &["approver.needs"], ONE, &[(1, 1)]),
        case(Csv(CHECKER), &[], 3, &["rows.doubtful"], ONE, &[(1, 1)]),
    ]);
    let (session, name) = session(&Csv(EXPERTS));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    let answer = checked["files"][0]["answer"].to_string();
    assert!(
        answer.contains("专家姓名=approver.name") && answer.contains("手机号=approver.mobile"),
        "{answer}"
    );
}

#[test]
fn a_party_of_which_only_its_type_says_that_it_is_a_company_asks_for_its_name() {
    const PARTIES: &str = "合同编号,签署方名称,签署方类型,签署方姓名,签署方手机号\n\
        H1,某某公司,企业,林小雨,13800138000\nH1,另一公司,企业,钱多多,13800138003\n";
    const BLANK: &str = "合同编号,企业名称,签署方类型,签署方姓名,签署方手机号\n\
        H1,某某公司,企业,林小雨,13800138000\nH2,某某公司,,钱多多,13800138003\n";
    const UNTYPED: &str = "合同编号,企业名称,签署方类型,签署方姓名,签署方手机号\n\
        H1,某某公司,,林小雨,13800138000\nH2,某某公司,个人,钱多多,13800138003\n";
    const GOODS: &str =
        "签署方类型,名称,姓名,手机号\n个人,电脑,林小雨,13800138000\n个人,打印机,何静,13800138001\n";
    let map = "签署方名称=approver.organization_name";
    for (sheet, words, told) in [
        (PARTIES, &[][..], "\"approver.organization_name\""),
        (PARTIES, &["--map", map], "\"approver.organization_name\""),
        (BLANK, &[], "cell.required"),
        (UNTYPED, &[], "approver.type_missing"),
        (GOODS, &[], "\"result\": \"valid\""),
    ] {
        let (session, name) = session(&Csv(sheet));
        let command = ["check", name, "--config", "config.toml", "--json"];
        session.run(command.iter().chain(words)).says(told);
    }
}

#[test]
fn what_a_formula_has_not_found_asks_in_every_kind_of_file() {
    for nothing in ["0", "FALSE"] {
        let post: &'static str =
            format!("姓名,手机号,填写:部门\n林小雨,13800138000,研发部\n何静,13800138001,{nothing}\n").leak();
        let named: &'static str =
            format!("合同名称,姓名,手机号\n劳动合同,林小雨,13800138000\n{nothing},何静,13800138001\n").leak();
        hold(&[
            case(Csv(post), &[], 3, &["column.zeros"], ONE, &[(1, 2)]),
            case(Csv(post), &["--as-text", "填写:部门"], 0, &[], ONE, &[(1, 2)]),
            case(Csv(named), &[], 3, &["column.zeros"], ONE, &[(1, 2)]),
        ]);
    }
    const YES_NO: &str = "姓名,手机号,填写:住宿\n林小雨,13800138000,TRUE\n何静,13800138001,FALSE\n";
    hold(&[case(Csv(YES_NO), &[], 0, &[], ONE, &[(1, 2)])]);
    for joined in
        ["司机-nan", "￥NaN", "null_合同", "Timestamp('2026-12-01 00:00:00')", "0.30000000000000004"]
    {
        let posts: &'static str =
            format!("姓名,手机号,填写:岗位\n林小雨,13800138000,司机\n何静,13800138001,{joined}\n").leak();
        let (session, name) = session(&Csv(posts));
        session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).says("cell.left_over");
    }
    const MANY: &str = "姓名,手机号,填写:月薪\n林小雨,13800138000,8000.0\n何静,13800138001,9000.0\n";
    hold(&[case(Csv(MANY), &[], 0, &["column.looks_like_numbers"], ONE, &[(1, 2)])]);
}

#[test]
fn a_line_where_a_name_would_stand_leaves_out_those_below_it() {
    const SPARE: &str = "姓名,手机号\n林小雨,13800138000\n以下为备用人员，暂不签,\n何静,13800138001\n";
    let told = &["rows.below_title", "rows.left_out"];
    hold(&[case(Csv(SPARE), &[], 3, told, ONE, &[(1, 2)])]);
}

#[test]
fn whoever_looks_after_all_rows_is_not_offered_as_the_signer() {
    const STAFF: &str = "姓名,联系电话,签约人\n林小雨,13800138000,周大海\n何静,13800138001,周大海\n";
    hold(&[
        case(Csv(STAFF), &[], 3, &["column.beside"], ONE, &[(1, 2)]),
        case(Csv(STAFF), &["--map", "签约人=ignore"], 0, &[], ONE, &[(1, 2)]),
    ]);
}

#[test]
fn tabs_beside_the_separators_of_a_shop_are_none_themselves() {
    const SHOP: &str = "\t姓名,\t手机号\n\t林小雨,\t13800138000\n";
    const QUOTED: &str =
        "\"姓名\"\t\"手机号\"\t\"填写:住址\"\n\"林小雨\"\t\"13800138000\"\t\"A路1号, 2楼\"\n";
    hold(&[case(Csv(SHOP), &[], 0, &[], ONE, &[(1, 1)]), case(Csv(QUOTED), &[], 0, &[], ONE, &[(1, 1)])]);
}

#[test]
fn a_day_is_chosen_however_it_is_written() {
    const DAYS: &str = "姓名,手机号,入职日期\n林小雨,13800138000,2026/12/1\n何静,13800138001,2026/12/2\n";
    hold(&[case(Csv(DAYS), &["--where", "入职日期=2026-12-01"], 0, &[], ONE, &[(1, 1)])]);
}

#[test]
fn the_own_company_of_the_settings_is_not_asked_about_and_several_are() {
    const OWN: &str = "甲方,姓名,手机号\n某某公司,林小雨,13800138000\n某某公司,何静,13800138001\n";
    const GROUP: &str = "公司,姓名,手机号\n甲某公司,林小雨,13800138000\n乙某公司,何静,13800138001\n\
        甲某公司,周大海,13800138002\n乙某公司,李一鸣,13800138004\n";
    const AGENT: &str =
        "甲方,甲方代表,甲方电话,乙方,乙方电话\n某某公司,周大海,13800138002,林小雨,13800138000\n";
    const OTHER: &str = "甲方,姓名,手机号\n大客户公司,林小雨,13800138000\n大客户公司,何静,13800138001\n";
    const ALONE: &str = "甲方,甲方代表,甲方电话\n某某公司,林小雨,13800138000\n某某公司,何静,13800138001\n";
    let signs = "\n[[signers]]\nposition = \"first\"\ntype = \"企业\"\nopen_id = \"yOwn1\"\n";
    let unnamed = format!("{}{signs}", String::from_utf8(crate::meaning::data("config.toml")).unwrap());
    let named = format!("{unnamed}organization_name = \"某某公司\"\n");
    let session = crate::support::Session::new()
        .without("FLOWBATCH_JUMP_URL")
        .file("named.toml", named)
        .file("unnamed.toml", unnamed)
        .file("own.csv", OWN)
        .file("other.csv", OTHER)
        .file("alone.csv", ALONE)
        .file("group.csv", GROUP)
        .file("agent.csv", AGENT);
    let check = |file: &str, config: &str| session.run(["check", file, "--config", config, "--json"]);
    check("own.csv", "named.toml").exit(0);
    // Another company than the own one, or nobody knows: that is a question.
    check("other.csv", "named.toml").exit(3).says("column.parties_differ");
    check("own.csv", "unnamed.toml").exit(3).says("column.signer");
    check("group.csv", "named.toml").exit(3).says("column.parties_differ");
    let answer = check("agent.csv", "named.toml").exit(3).json()["files"][0]["answer"].to_string();
    assert!(answer.contains("甲方代表=ignore") && !answer.contains("organization_name"), "{answer}");
    // Without these nobody of the rows would sign.
    let answer = check("alone.csv", "named.toml").exit(3).json()["files"][0]["answer"].to_string();
    assert!(!answer.contains("甲方代表=ignore"), "{answer}");
}

#[test]
fn the_rest_of_a_text_in_the_next_row_is_not_lost() {
    const DUTIES: &str = "姓名,手机号,填写:岗位,填写:岗位职责\n林小雨,13800138000,客服,1、接听来电；\n\
        ,,,2、登记投诉；\n何静,13800138001,客服,1、接听来电；\n";
    const HOURS: &str =
        "填写:工作内容,姓名,手机号\n保洁,林小雨,13800138000\n工作时间：周一至周五9:00-18:00,,\n";
    const REMARK: &str = "姓名,手机号,填写:特别约定\n林小雨,13800138000,按月结算\n,,备注：自备车辆\n";
    const AND: &str = "填写:服务内容,姓名,手机号\n保洁服务,林小雨,13800138000\n且须自备工具,,\n";
    const BELOW: &str = "填写:服务内容,姓名,手机号\n保洁服务,林小雨,13800138000\n以下空白,,\n合计,,\n\
        制表人：李娜,,\n注：以上含税,,\n备注：含税,,\n东城片区：,,\n";
    const DISTRICT: &str = "填写:租赁地址,姓名,手机号\nA路1号101,林小雨,13800138000\n朝阳区,,\n\
        A路1号102,何静,13800138001\n";
    const ADDRESS: &str = "姓名,手机号,填写:家庭住址\n林小雨,13800138000,幸福路1号\n,,3单元\n";
    hold(&[
        case(Csv(DUTIES), &[], 3, &["column.empty_cells", "row.continues"], ONE, &[(1, 2)]),
        case(
            Csv(DUTIES),
            &["--odd-rows", "skip"],
            3,
            &["column.empty_cells", "row.continues"],
            ONE,
            &[(1, 2)],
        ),
        case(Csv(ADDRESS), &[], 3, &["row.continues"], ONE, &[(1, 1)]),
        // In a column behind others it is no title, whatever it begins with; nor where a sentence goes on.
        case(Csv(REMARK), &[], 3, &["row.continues"], ONE, &[(1, 1)]),
        case(Csv(HOURS), &[], 3, &["row.continues"], ONE, &[(1, 1)]),
        case(Csv(AND), &["--odd-rows", "skip"], 3, &["row.continues"], ONE, &[(1, 1)]),
        // What stands below any table, and a title in the first column, is no rest.
        case(Csv(BELOW), &[], 0, &["rows.left_out"], ONE, &[(1, 1)]),
        case(Csv(DISTRICT), &[], 3, &["row.continues"], ONE, &[(1, 2)]),
        case(Csv(DISTRICT), &["--odd-rows", "skip"], 0, &["rows.left_out"], ONE, &[(1, 2)]),
    ]);
}
