//! What a checker of the lines found with 657 sheets of his own: which rows are one contract, whose
//! rows they are, and answers that did something else than was meant.

use crate::meaning::{Csv, Merged, Sheets, case, hold, session};

const NOBODY: &[&str] = &[];
const ONE: &[&str] = &["林小雨"];
const TWO: &[&str] = &["林小雨", "钱多多"];
const THREE: &[&str] = &["林小雨", "何静", "钱多多"];

#[test]
fn numbers_that_begin_anew_below_another_title_or_of_another_branch_ask() {
    const AGAIN: &str = "分公司,合同编号,姓名,手机号\n广州,H1,林小雨,13800138000\n广州,H2,何静,13800138001\n\
        深圳,H1,钱多多,13800138003\n深圳,H2,李一鸣,13800138004\n";
    const ROLES: &str = "合同编号,姓名,手机号,角色\nH1,林小雨,13800138000,甲方\nH2,何静,13800138001,甲方\n\
        H1,钱多多,13800138003,乙方\nH2,李一鸣,13800138004,乙方\n";
    const BRANCHES: &[&[&str]] = &[
        &["合同编号", "姓名", "手机号"],
        &["广州分公司", "", ""],
        &["H1", "林小雨", "13800138000"],
        &["H2", "何静", "13800138001"],
        &["深圳分公司", "", ""],
        &["H1", "钱多多", "13800138003"],
        &["H2", "李一鸣", "13800138004"],
    ];
    hold(&[
        case(Csv(AGAIN), &[], 3, &["rows.number_apart"], TWO, &[(2, 2)]),
        case(Csv(AGAIN), &["--key", "合同编号"], 0, &[], TWO, &[(2, 2)]),
        // All signers of the first contract are shown, wherever their rows stand.
        case(Csv(ROLES), &[], 0, &[], TWO, &[(2, 2)]),
        case(
            Merged(BRANCHES, &[[1, 0, 1, 2], [4, 0, 4, 2]]),
            &[],
            3,
            &["rows.left_out", "rows.number_apart"],
            TWO,
            &[(2, 2)],
        ),
    ]);
}

#[test]
fn cells_merged_over_rows_with_all_their_parties_ask() {
    const WIDE: &[&[&str]] = &[
        &["房号", "甲方姓名", "甲方手机号", "乙方姓名", "乙方手机号"],
        &["101", "林小雨", "13800138000", "钱多多", "13800138003"],
        &["", "林小雨", "13800138000", "何静", "13800138001"],
        &["102", "周大海", "13800138002", "李一鸣", "13800138004"],
    ];
    hold(&[
        case(Merged(WIDE, &[[1, 0, 2, 0]]), &[], 3, &["rows.held_together"], TWO, &[(2, 3)]),
        case(Merged(WIDE, &[[1, 0, 2, 0]]), &["--key", "row"], 0, &[], TWO, &[(2, 3)]),
    ]);
}

#[test]
fn of_several_merged_columns_the_one_that_tells_contracts_apart_is_offered() {
    const SHOPS: &[&[&str]] = &[
        &["物业名称", "铺位号", "姓名", "手机号"],
        &["阳光花园", "101", "林小雨", "13800138000"],
        &["", "", "钱多多", "13800138003"],
        &["阳光花园", "102", "何静", "13800138001"],
        &["", "", "周大海", "13800138002"],
    ];
    const OVER: &[[u32; 4]] = &[[1, 0, 2, 0], [1, 1, 2, 1], [3, 0, 4, 0], [3, 1, 4, 1]];
    let (session, name) = crate::meaning::session(&Merged(SHOPS, OVER));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    let answer = checked["files"][0]["answer"].as_array().unwrap();
    let answer: Vec<&str> = answer.iter().filter_map(|word| word.as_str()).collect();
    assert!(answer.ends_with(&["--key", "铺位号"]), "{answer:?}");
    // 劳动合同 over all rows of a list names none of them.
    const LIST: &[&[&str]] = &[
        &["合同名称", "姓名", "手机号"],
        &["劳动合同", "林小雨", "13800138000"],
        &["", "何静", "13800138001"],
        &["", "周大海", "13800138002"],
    ];
    let (session, name) = crate::meaning::session(&Merged(LIST, &[[1, 0, 3, 0]]));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert!(checked["files"][0]["answer"].to_string().contains("\"--key\",\"row\""));
}

#[test]
fn the_same_in_two_months_is_two_contracts_or_one() {
    const MONTHS: &[(&str, &[&[&str]])] = &[
        ("9月", &[&["姓名", "手机号", "填写:月薪"], &["林小雨", "13800138000", "8000"]]),
        ("10月", &[&["姓名", "手机号", "填写:月薪"], &["林小雨", "13800138000", "8000"]]),
    ];
    hold(&[
        case(Sheets(MONTHS), &["--all-sheets"], 3, &["rows.differ"], ONE, &[(1, 2)]),
        case(Sheets(MONTHS), &["--sheet", "10月"], 0, &[], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn nothing_in_a_number_that_is_not_used_leaves_nobody_out() {
    hold(&[
        case(
            Csv("序号,姓名,手机号\nnan,林小雨,13800138000\n无,何静,13800138001\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv(
                "合同编号,姓名,手机号\nH1,林小雨,13800138000\n同上,何静,13800138001\nH2,周大海,13800138002\n",
            ),
            &[],
            3,
            &["cell.ditto"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("合同编号,姓名,手机号\n,林小雨,13800138000\n,何静,13800138001\n"),
            &["--map", "合同编号=ignore"],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
    ]);
    let blank = Csv("合同编号,姓名,手机号\n,林小雨,13800138000\n,何静,13800138001\n");
    let (session, name) = crate::meaning::session(&blank);
    session.run(["check", name, "--config", "config.toml"]).exit(3).says("--map");
}

#[test]
fn a_footer_with_a_mobile_asks_once() {
    hold(&[
        case(
            Csv(
                "甲方姓名,甲方手机号,乙方姓名,乙方手机号\n林小雨,13800138000,钱多多,13800138003\n制表人,何静,13800138099,\n",
            ),
            &[],
            3,
            &["rows.doubtful"],
            TWO,
            &[(2, 1)],
        ),
        // What is left out as somebody has said is not asked about once more.
        case(
            Csv("序号,姓名,手机号\n1,林小雨,13800138000\n见证人,何静,13800138099\n"),
            &["--odd-rows", "skip"],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn a_day_that_programs_count_from_is_asked_about_and_birthdays_are_not() {
    hold(&[
        case(
            Csv("姓名,手机号,填写:入职日期\n林小雨,13800138000,1970-01-01\n何静,13800138001,2026-12-01\n"),
            &[],
            3,
            &["column.epoch", "column.looks_like_dates"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv("姓名,手机号,填写:入职日期(日期)\n林小雨,13800138000,1970-01-01 08:00:00\n"),
            &[],
            3,
            &["column.epoch"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:出生日期\n林小雨,13800138000,1970年01月01日\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn a_deadline_that_says_so_stands_beside_a_bare_one() {
    hold(&[
        case(
            Csv("姓名,手机号,签署截止时间,截止日期\n林小雨,13800138000,+20d,2099-11-30\n"),
            &[],
            0,
            &["column.term"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,签署截止日期,截止时间\n林小雨,13800138000,2099-11-30,18:00\n"),
            &[],
            3,
            &["column.twice"],
            NOBODY,
            &[],
        ),
    ]);
}

#[test]
fn a_company_without_a_type_asks_although_it_is_named() {
    const PARTIES: &[&[&str]] = &[
        &["甲方（公司）", "", "", "乙方（个人）", ""],
        &["企业名称", "经办人", "手机号", "姓名", "手机号"],
        &["某某公司", "林小雨", "13800138000", "钱多多", "13800138003"],
    ];
    hold(&[case(
        Merged(PARTIES, &[[0, 0, 0, 2], [0, 3, 0, 4]]),
        &[],
        3,
        &["signer.company"],
        TWO,
        &[(2, 1)],
    )]);
}

#[test]
fn the_own_company_by_its_name_is_no_second_signer() {
    let own = "[[signers]]\nposition = \"first\"\ntype = \"ORGANIZATION\"\norganization_name = \"某某公司\"\nname = \"何总\"\n\
        mobile = \"13800138008\"\n";
    for (sheet, told) in [
        (
            "甲方企业名称,甲方经办人,甲方手机号,乙方姓名,乙方手机号\n某某公司,王秀英,13800138005,林小雨,13800138000\n",
            "甲方企业名称=ignore",
        ),
        ("甲方姓名,甲方手机号,乙方姓名,乙方手机号\n何总,13800138008,林小雨,13800138000\n", "[[signers]]"),
    ] {
        let (session, name) = crate::meaning::session(&Csv(Box::leak(sheet.to_owned().into_boxed_str())));
        let settings = std::fs::read_to_string(session.path("config.toml")).unwrap();
        let session = session.file("own.toml", format!("{settings}\n{own}"));
        session.run(["check", name, "--config", "own.toml", "--lang", "en"]).exit(3).says(told);
    }
}

#[test]
fn a_header_may_have_an_equals_sign() {
    hold(&[case(
        Csv("担保人=保证人姓名,手机号\n林小雨,13800138000\n"),
        &["--map", "担保人=保证人姓名=approver.name"],
        0,
        &[],
        ONE,
        &[(1, 1)],
    )]);
}

#[test]
fn what_holds_rows_together_and_names_no_contract_asks() {
    /// Two rows of one number in each of two places.
    fn restarted(place: &str, role: bool) -> &'static str {
        let row = |place: &str, number: u32, name: &str, mobile: u32| {
            let role = if role { if place == "甲" { ",甲方" } else { ",乙方" } } else { "" };
            format!("{place},{number},{name},1380013800{mobile}{role}\n")
        };
        let role = if role { ",角色" } else { "" };
        let people =
            [("甲", 1, "林小雨", 0), ("甲", 2, "何静", 1), ("乙", 1, "钱多多", 3), ("乙", 2, "李一鸣", 4)];
        let rows: String =
            people.iter().map(|(place, number, name, mobile)| row(place, *number, name, *mobile)).collect();
        Box::leak(format!("{place},合同编号,姓名,手机号{role}\n{rows}").into_boxed_str())
    }
    fn of_one_number(number: &str) -> &'static str {
        let rows = ["林小雨,13800138000", "何静,13800138001", "钱多多,13800138003"];
        let rows: String = rows.iter().map(|row| format!("{number},{row}\n")).collect();
        Box::leak(format!("合同编号,姓名,手机号\n{rows}").into_boxed_str())
    }
    fn pairs(header: &str) -> &'static str {
        let rows = [
            "K1,林小雨,13800138000", "K1,何静,13800138001", "K2,钱多多,13800138003", "K2,李一鸣,13800138004",
        ];
        Box::leak(format!("{header},姓名,手机号\n{}\n", rows.join("\n")).into_boxed_str())
    }
    let mut cases = Vec::new();
    for place in ["门店", "项目", "楼栋", "部门", "班级"] {
        cases.push(case(Csv(restarted(place, false)), &[], 3, &["rows.number_apart"], TWO, &[(2, 2)]));
    }
    // First all owners, then all tenants.
    cases.push(case(Csv(restarted("部门", true)), &[], 0, &[], TWO, &[(2, 2)]));
    for number in
        ["2026年", "2026", "2026-11", "20261128", "第一批", "A类", "2026年劳动合同", "固定期限", "HT", "编号"]
    {
        cases.push(case(Csv(of_one_number(number)), &[], 3, &["rows.number_is_word"], THREE, &[(3, 1)]));
    }
    for number in ["HT-2026", "2026001", "HT001"] {
        cases.push(case(Csv(of_one_number(number)), &[], 0, &[], THREE, &[(3, 1)]));
    }
    for header in ["租赁编号", "客户号", "派单号", "学员编号", "订单", "签约单号"] {
        cases.push(case(Csv(pairs(header)), &[], 3, &["column.key"], ONE, &[(1, 4)]));
    }
    for header in ["部门编号", "门店编码", "岗位编号", "银行卡号", "班级"] {
        cases.push(case(Csv(pairs(header)), &[], 0, &[], ONE, &[(1, 4)]));
    }
    hold(&cases);
}

#[test]
fn of_two_contracts_one_may_lack_a_party_and_a_tick_says_anything() {
    const LACKS: &str = "合同编号,角色,姓名,手机号\nH1,甲方,林小雨,13800138000\nH1,乙方,钱多多,13800138003\n\
        H2,甲方,何静,13800138001\n";
    const TWICE: &str = "合同编号,角色,姓名,手机号\nH1,甲方,林小雨,13800138000\nH1,乙方,钱多多,13800138003\n\
        H2,甲方,何静,13800138001\nH2,甲方,李一鸣,13800138004\n";
    const TICKS: &str = "姓名,手机号,状态\n林小雨,13800138000,√\n何静,13800138001,×\n钱多多,13800138003,√\n";
    const WELL: &str =
        "姓名,手机号,状态\n林小雨,13800138000,正常\n何静,13800138001,否\n钱多多,13800138003,正常\n";
    const KINDS: &str =
        "姓名,手机号,类别\n林小雨,13800138000,A类\n何静,13800138001,Ａ类\n钱多多,13800138003,B类\n";
    const EXAMPLE: &str = "序号,姓名,手机号\n例1,林小雨,13800138000\n1,何静,13800138001\n";
    hold(&[
        case(Csv(LACKS), &[], 3, &["rows.contract_lacks_party"], TWO, &[(1, 1), (2, 1)]),
        case(Csv(TWICE), &[], 3, &["rows.contract_lacks_party"], TWO, &[(2, 2)]),
        case(Csv(TICKS), &[], 3, &["column.send"], ONE, &[(1, 3)]),
        case(Csv(WELL), &[], 3, &["column.send"], ONE, &[(1, 3)]),
        case(Csv(KINDS), &["--where", "类别=A类"], 0, &[], ONE, &[(1, 2)]),
        case(Csv(EXAMPLE), &[], 3, &["rows.doubtful"], &["何静"], &[(1, 1)]),
    ]);
    let (session, name) = session(&Csv(TICKS));
    let asked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert_eq!(asked["files"][0]["answer"], serde_json::json!([]), "nobody knows which of them are meant");
}

#[test]
fn lines_above_pairs_of_rows_or_between_them_ask() {
    const DRAWN: &str = "姓名,手机号\n林小雨,13800138000\n何静,13800138001\n-----,\n\
        钱多多,13800138003\n李一鸣,13800138004\n";
    fn in_front(lines: [&str; 2]) -> &'static str {
        let [one, other] = lines;
        Box::leak(
            format!(
                "序号,姓名,手机号\n{one},,\n1,林小雨,13800138000\n2,何静,13800138001\n{other},,\n\
                 3,钱多多,13800138003\n4,李一鸣,13800138004\n"
            )
            .into_boxed_str(),
        )
    }
    hold(&[
        case(
            Csv(in_front(["第1组", "第2组"])),
            &[],
            3,
            &["rows.below_headings", "rows.left_out"],
            ONE,
            &[(1, 4)],
        ),
        case(
            Csv(in_front(["张家", "李家"])),
            &[],
            3,
            &["rows.below_headings", "rows.left_out"],
            ONE,
            &[(1, 4)],
        ),
        case(
            Csv(in_front(["天河路12号302房", "北京路9号"])),
            &[],
            3,
            &["rows.below_headings", "rows.left_out"],
            ONE,
            &[(1, 4)],
        ),
        case(
            Csv(in_front(["A栋-101", "B栋-102"])),
            &[],
            3,
            &["rows.below_headings", "rows.left_out"],
            ONE,
            &[(1, 4)],
        ),
        case(Csv(in_front(["销售部", "研发部"])), &[], 0, &["rows.left_out"], ONE, &[(1, 4)]),
        case(Csv(in_front(["张家", "李家"])), &["--key", "row"], 0, &["rows.left_out"], ONE, &[(1, 4)]),
        case(Csv(DRAWN), &[], 3, &["rows.grouped", "rows.left_out"], ONE, &[(1, 4)]),
    ]);
}

#[test]
fn what_a_reviewer_saw_asks_nothing_or_asks_again() {
    const SORTED: &str = "合同编号,公司,姓名,手机号\nH1,甲公司,林小雨,13800138000\nH2,甲公司,何静,13800138001\n\
        H1,乙公司,钱多多,13800138003\nH2,乙公司,李一鸣,13800138004\n";
    const PROJECTS: &[&[&str]] = &[
        &["项目", "甲方姓名", "甲方手机号", "乙方姓名", "乙方手机号"],
        &["一期", "林小雨", "13800138000", "钱多多", "13800138003"],
        &["", "周大海", "13800138002", "何静", "13800138001"],
    ];
    hold(&[
        case(Csv(SORTED), &[], 0, &[], TWO, &[(2, 2)]),
        case(Merged(PROJECTS, &[[1, 0, 2, 0]]), &[], 0, &[], TWO, &[(2, 2)]),
        case(
            Csv(
                "房号,姓名,手机号\n1-1,林小雨,13800138000\n1-2,何静,13800138001\n2-1,周大海,13800138002\n2-2,李一鸣,13800138004\n",
            ),
            &[],
            0,
            &[],
            ONE,
            &[(1, 4)],
        ),
        case(
            Csv("签署人姓名,签署人手机号,签署人关系\n林小雨,13800138000,父亲\n何静,13800138001,本人\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
        // 同上 below 序号 says that the row belongs to the one above.
        case(
            Csv("序号,姓名,手机号\n1,林小雨,13800138000\n同上,何静,13800138001\n2,周大海,13800138002\n"),
            &[],
            3,
            &["rows.doubtful"],
            ONE,
            &[(1, 2)],
        ),
    ]);
}
