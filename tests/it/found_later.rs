//! More sheets that were read otherwise than meant: what a breaker of layouts, one of values and a
//! first-time user found. Each with the question or the error that it has now; clean ones with none.

use crate::meaning::{Csv, Merged, Sheets, case, codes, hold, session};

const NOBODY: &[&str] = &[];
const ONE: &[&str] = &["林小雨"];

/// Sheets as lines of CSV, each with its exit and what is told of the file.
fn asked(sheets: &[(&'static str, i32, &[&str])]) {
    let faults = sheets.iter().filter_map(|(text, exit, expected)| {
        let (session, name) = session(&Csv(text));
        let ran = session.run(["check", name, "--config", "config.toml", "--json"]);
        let found = codes(&ran.json()["files"][0]);
        let found: Vec<&str> = found.iter().map(String::as_str).collect();
        (ran.code != Some(*exit) || found != *expected).then(|| format!("{text}  {:?} {found:?}", ran.code))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn whoever_may_sign_is_asked_about() {
    asked(&[
        ("快递员姓名,快递员手机号,身份证号\n林小雨,13800138000,11010519491231002X\n", 0, &[]),
        ("供应单位,经办人姓名,经办人手机号\n某某公司,林小雨,13800138000\n", 3, &["signer.unclear"]),
        (
            "企业名称,联系人,联系人电话,员工姓名,员工手机号\n某某公司,周大海,13800138001,林小雨,13800138000\n",
            3,
            &["signer.unclear"],
        ),
        (
            "公司名称,联系人,联系电话,姓名,手机号\n某某公司,周大海,13800138001,林小雨,13800138000\n",
            3,
            &["signer.unclear"],
        ),
        ("企业名称,法定代表人,签署人姓名,签署人手机号\n某某公司,周大海,林小雨,13800138000\n", 0, &[]),
        ("乙方名称,经办人姓名,经办人手机号\n某某公司,林小雨,13800138000\n", 3, &["signer.unclear"]),
        ("乙方名称,联系人,联系电话\n某某公司,林小雨,13800138000\n", 3, &["signer.unclear"]),
        (
            "员工姓名,手机号,部门经理（需签字）,经理手机\n林小雨,13800138000,周大海,13800138001\n",
            3,
            &["column.signer"],
        ),
        (
            "姓名,手机号,乙方联系人,备注\n林小雨,13800138000,周大海,\n",
            3,
            &["column.not_used", "column.signer"],
        ),
        ("姓名,手机号,户主身份证号\n林小雨,13800138000,11010519491231002X\n", 3, &["signer.unclear"]),
        ("姓名,手机号,部门经理,经理手机\n林小雨,13800138000,周大海,13800138001\n", 0, &[]),
        (
            "学员姓名,身份证号,监护人姓名,身份证号,手机号\n林小雨,11010519491231002X,周大海,44010619900307343X,13800138000\n",
            3,
            &["signer.unclear"],
        ),
        ("加盟商,联系电话\n林小雨,13800138000\n", 3, &["signer.unclear"]),
    ]);
    const COMPANY: &[&[&str]] = &[
        &["企业", "", "", "个人", ""],
        &["企业名称", "经办人姓名", "经办人手机号", "姓名", "手机号"],
        &["某某公司", "周大海", "13800138001", "林小雨", "13800138000"],
    ];
    const SPOUSE: &[&[&str]] = &[
        &["个人信息", "", "家庭信息", "", ""],
        &["姓名", "手机号", "配偶姓名", "手机号", "身份证号"],
        &["林小雨", "13800138000", "周大海", "13800138001", "44010619900307343X"],
    ];
    hold(&[
        case(Merged(COMPANY, &[[0, 0, 0, 2], [0, 3, 0, 4]]), &[], 3, &["signer.unclear"], ONE, &[(1, 1)]),
        case(Merged(SPOUSE, &[[0, 0, 0, 1], [0, 2, 0, 4]]), &[], 3, &["signer.unclear"], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn a_ready_answer_keeps_the_first_person_and_the_order() {
    for (headers, answer) in [
        (
            "加盟商姓名,手机号,配偶姓名,配偶手机号\n林小雨,13800138000,周大海,13800138001\n",
            "--map 加盟商姓名=approver1.name --map 手机号=approver1.mobile --map 配偶姓名=approver2.name --map 配偶手机号=approver2.mobile",
        ),
        (
            "申请人,手机号,担保人,担保人手机号\n林小雨,13800138000,周大海,13800138001\n",
            "--map 申请人=approver1.name --map 手机号=approver1.mobile --map 担保人=approver2.name --map 担保人手机号=approver2.mobile",
        ),
    ] {
        let (session, name) = session(&Csv(headers));
        let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
        let words = checked["files"][0]["answer"].as_array().unwrap().iter();
        let words: Vec<&str> = words.map(|word| word.as_str().unwrap()).collect();
        assert!(words.join(" ").ends_with(answer), "{words:?}");
    }
}

#[test]
fn how_many_contracts_there_are_and_in_which_order_they_are_signed() {
    const TWICE: &str = "合同编号,姓名,手机号\nH1,林小雨,13800138000\nH2,周大海,13800138001\nH3,吴一,13800138002\n\
                         H4,吴二,13800138003\nH1,吴三,13800138004\n";
    asked(&[
        (TWICE, 3, &["rows.number_apart"]),
        (
            "合同编号,姓名,手机号\nHT-001,林小雨,13800138000\nht-001,周大海,13800138001\n",
            3,
            &["rows.numbers_alike"],
        ),
        (
            "合同编号,姓名,手机号\nHT-001,林小雨,13800138000\nHT-OO1,周大海,13800138001\n",
            3,
            &["rows.numbers_alike"],
        ),
        ("合同编号,姓名,手机号\nA-1-11,林小雨,13800138000\nA-11-1,周大海,13800138001\n", 0, &[]),
        (
            "合同编号,姓名,手机号\n202712010000001000,林小雨,13800138000\n202712010000001000,周大海,13800138001\n",
            3,
            &["rows.number_of_zeros"],
        ),
        (
            "合同编号,补充协议编号,姓名,手机号\nH1,B1,林小雨,13800138000\nH1,B2,周大海,13800138001\n",
            3,
            &["rows.second_number"],
        ),
        (
            "合同编号,签约方,姓名,手机号\nH1,乙方,林小雨,13800138000\nH1,甲方,周大海,13800138001\n",
            3,
            &["rows.order"],
        ),
        ("合同编号,签约方,姓名,手机号\nH1,甲方,林小雨,13800138000\nH1,乙方,周大海,13800138001\n", 0, &[]),
        (
            "合同编号,签署顺序,姓名,手机号\nH1,2,林小雨,13800138000\nH1,1,周大海,13800138001\n",
            3,
            &["rows.order"],
        ),
        ("夫妻,关系,姓名,手机号\n1,夫,林小雨,13800138000\n1,妻,周大海,13800138001\n", 3, &["rows.roles"]),
        (
            "合同编号,身份,姓名,手机号\nH1,承租人,林小雨,13800138000\nH1,无需签署,周大海,13800138001\n",
            3,
            &["rows.copies"],
        ),
    ]);
    let (session, name) = session(&Csv(TWICE));
    let keyed = ["check", name, "--config", "config.toml", "--key", "合同编号"];
    session.run(keyed).exit(0).says("3 contracts with 1 signer, 1 contract with 2 signers");
}

#[test]
fn lines_titles_and_sheets_that_say_more() {
    asked(&[
        ("最后签署日期 2026/12/10,\n姓名,手机号\n林小雨,13800138000\n", 3, &["sheet.deadline_above"]),
        ("报名截止日期：2026-12-10,\n姓名,手机号\n林小雨,13800138000\n", 0, &[]),
        (
            "模板ID：yDwiAAABBBCCCDDDEEEFFFGGGHHHIIIJ,\n姓名,手机号\n林小雨,13800138000\n",
            3,
            &["sheet.said_above"],
        ),
        ("出租方：周大海 +8613800138001,\n姓名,手机号\n林小雨,13800138000\n", 3, &["sheet.party_above"]),
        (
            "姓名,手机号\n林小雨,13800138000\n甲方：周大海 13800138001,\n",
            3,
            &["rows.left_out", "sheet.party_above"],
        ),
        (
            "姓名,手机号\n林小雨,13800138000\n抄送名单,\n周大海,13800138001\n",
            3,
            &["rows.below_title", "rows.left_out"],
        ),
        ("姓名,手机号\n林小雨,13800138000\n咨询电话,13800138001\n", 3, &["rows.doubtful"]),
        ("姓名,手机号,截止签约时间\n林小雨,13800138000,2099-12-05\n", 3, &["column.nearly"]),
        (
            "姓名,手机号,租赁日期,截止日期\n林小雨,13800138000,2098-12-05,2099-12-05\n",
            3,
            &["column.term_or_deadline"],
        ),
        (
            "姓名,手机号,在职状态,备注\n林小雨,13800138000,在职,\n周大海,13800138001,离职,不签了\n",
            3,
            &["column.send"],
        ),
        ("姓名,手机号,是否签约\n林小雨,13800138000,否\n周大海,13800138001,否\n", 3, &["column.send"]),
        (
            "姓名,手机号,合同类型\n林小雨,13800138000,劳动合同\n周大海,13800138001,实习协议\n",
            3,
            &["column.templates_differ"],
        ),
    ]);
    const ADDED: &[(&str, &[&[&str]])] = &[
        ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"]]),
        ("新增", &[&["员工", "号码簿"], &["周大海", "13800138001"]]),
    ];
    const VOID: &[(&str, &[&[&str]])] = &[
        ("作废", &[&["姓名", "手机号"], &["周大海", "13800138001"]]),
        ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"]]),
    ];
    hold(&[
        case(Sheets(ADDED), &[], 3, &["sheet.people_elsewhere"], ONE, &[(1, 1)]),
        case(Sheets(ADDED), &["--sheet", "名单"], 0, &[], ONE, &[(1, 1)]),
        case(Sheets(VOID), &[], 3, &["sheet.choose"], NOBODY, &[]),
    ]);
    let (session, name) = session(&Sheets(VOID));
    session.run(["check", name, "--config", "config.toml"]).exit(3).says("--sheet 名单");
}

#[test]
fn values_that_are_not_what_they_seem() {
    asked(&[
        ("姓名,手机号\n张三 男,13800138000\n", 3, &["cell.several_values"]),
        ("姓名,手机号\n寮犱笁,13800138000\n", 3, &["cell.characters_lost"]),
        ("姓名,手机号\nÕÅÈý,13800138000\n", 3, &["cell.characters_lost"]),
        ("姓名,手机号\nJohn Smith,1-312-555-0100\n", 3, &["mobile.form"]),
        ("姓名,手机号\n林小雨,138-0013-8000\n", 0, &[]),
        ("姓名,手机号,填写:岗位\n林小雨,13800138000,浜у搧缁忕悊\n", 3, &["cell.characters_lost"]),
        ("姓名,手机号,填写:岗位\n林小雨,13800138000,Loading...\n", 3, &["cell.left_over"]),
        (
            "姓名,手机号,填写:房号\n林小雨,13800138000,3-101\n周大海,13800138001,Mar-01\n",
            3,
            &["column.dates_among_texts"],
        ),
        ("姓名,手机号,填写:电话\n林小雨,13800138000,0755-88886666\n", 0, &[]),
    ]);
}

/// `--key` says that a number holds rows together wherever they stand; it would say as well that two
/// writings are two contracts.
#[test]
fn no_answer_answers_another_question_as_well() {
    let text = "合同编号,姓名,手机号\nHT-001,林小雨,13800138000\nHT-002,周大海,13800138001\nht-002,吴一,13800138002\n\
                HT-004,吴二,13800138003\nHT-001,吴三,13800138004\n";
    let (session, name) = session(&Csv(text));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    let checked = &checked["files"][0];
    assert_eq!(codes(checked), ["rows.number_apart", "rows.numbers_alike"]);
    assert!(checked["answer"].as_array().is_none_or(Vec::is_empty), "{}", checked["answer"]);
}

/// Found by a reviewer of the questions above: these ask nothing.
#[test]
fn what_is_clear_asks_nothing() {
    asked(&[
        ("企业名称,法定代表人,姓名,手机号\n某某公司,周大海,林小雨,13800138000\n", 0, &[]),
        (
            "乙方姓名,手机号,紧急联系人,手机号,身份证号\n林小雨,13800138000,周大海,13800138001,11010519491231002X\n",
            0,
            &[],
        ),
        ("姓名,手机号,领导签字\n林小雨,13800138000,\n", 0, &[]),
        ("姓名,手机号,部门\n林小雨,13800138000,审核\n", 0, &[]),
        ("姓名,手机号\n代 小红,13800138000\n濮鸿波,13800138001\n", 0, &[]),
        ("姓名,手机号,填写:单号\n林小雨,13800138000,202611270000001000\n", 0, &[]),
        ("合同编号,姓名,手机号\n1.05,林小雨,13800138000\n1.5,周大海,13800138001\n", 0, &[]),
        ("姓名,手机号,对应签约主体\n林小雨,13800138000,某某公司\n", 0, &[]),
        ("姓名,手机号,备注\n林小雨,13800138000,快递13711112222\n", 0, &["column.not_used"]),
    ]);
}

/// 签署方姓名1, 签约人(2)手机, 甲-姓名: signers are numbered in front, behind, or by a letter.
#[test]
fn a_signers_number_may_stand_anywhere() {
    let people = "林小雨,13800138000,周大海,13800138001\n";
    for headers in [
        "签署方姓名1,签署方手机号1,签署方姓名2,签署方手机号2",
        "签署人姓名_1,签署人手机_1,签署人姓名_2,签署人手机_2",
        "签署方（1）姓名,签署方（1）手机号,签署方（2）姓名,签署方（2）手机号",
        "签约方1姓名,签约方1手机号,签约方2姓名,签约方2手机号",
        "第一签约人姓名,第一签约人手机号,第二签约人姓名,第二签约人手机号",
        "签约人姓名（一）,签约人手机号（一）,签约人姓名（二）,签约人手机号（二）",
        "甲-姓名,甲-手机号,乙-姓名,乙-手机号",
    ] {
        let (session, name) = session(&Csv(format!("{headers}\n{people}").leak()));
        let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0).json();
        let shown = checked["files"][0]["understood"].to_string();
        assert!(shown.find("林小雨") < shown.find("周大海"), "{headers}: {shown}");
    }
    asked(&[(
        "签署方姓名,签署方手机号1,签署方手机号2\n林小雨,13800138000,13800138001\n",
        3,
        &["sheet.layouts_mixed"],
    )]);
}

#[test]
fn a_wide_sheet_that_says_another_order_asks() {
    let text = |first, second| -> &'static str {
        format!(
            "甲方姓名,甲方手机号,甲方签署顺序,乙方姓名,乙方手机号,乙方签署顺序\n\
             林小雨,13800138000,{first},周大海,13800138001,{second}\n"
        )
        .leak()
    };
    for (first, second, exit) in
        [("2", "1", 3), ("后签", "先签", 3), ("1", "2", 0), ("", "1", 0), ("1", "1", 0)]
    {
        let (session, name) = session(&Csv(text(first, second)));
        let ran = session.run(["check", name, "--config", "config.toml", "--json"]).exit(exit);
        let asks = codes(&ran.json()["files"][0]).iter().any(|code| code == "column.signing_order");
        assert_eq!(asks, exit == 3, "{first} {second}");
    }
    let (session, name) = session(&Csv(text("2", "1")));
    let answer = ["--map", "甲方签署顺序=ignore", "--map", "乙方签署顺序=ignore"];
    session.run([&["check", name, "--config", "config.toml"][..], &answer].concat()).exit(0);
}

/// A name over two rows, each with a mobile of its own; and the same once more in the workbook to correct,
/// where nothing is merged.
#[test]
fn a_name_that_is_merged_over_two_mobiles_asks() {
    const TWO: &[&[&str]] =
        &[&["合同编号", "姓名", "手机号"], &["H1", "林小雨", "13800138000"], &["H2", "", "13800138001"]];
    const ONE_MOBILE: &[&[&str]] =
        &[&["合同编号", "姓名", "手机号"], &["H1", "林小雨", "13800138000"], &["H2", "", "13800138000"]];
    hold(&[
        case(Merged(TWO, &[[1, 1, 2, 1]]), &[], 3, &["rows.person_merged"], ONE, &[(1, 2)]),
        case(Merged(ONE_MOBILE, &[[1, 1, 2, 1]]), &[], 0, &[], ONE, &[(1, 2)]),
    ]);
    let (session, name) = session(&Merged(TWO, &[[1, 1, 2, 1]]));
    session.run(["check", name, "--config", "config.toml"]).exit(3);
    let fix = name.replace(".xlsx", ".check.xlsx");
    let checked = session.run(["check", &fix, "--config", "config.toml", "--json"]).exit(3).json();
    assert_eq!(codes(&checked["files"][0]), ["rows.person_merged"]);
}

const LISTED: &[(&str, &[&[&str]])] = &[
    (
        "名单",
        &[
            &["合同编号", "姓名", "手机号"],
            &["HT-1", "林小雨", "13800138000"],
            &["HT-2", "周大海", "13800138001"],
        ],
    ),
    ("作废名单", &[&["编号", "原因"], &["HT-2", "离职"]]),
];
const LISTED_NOT: &[(&str, &[&[&str]])] = &[
    (
        "名单",
        &[
            &["合同编号", "姓名", "手机号"],
            &["HT-1", "林小雨", "13800138000"],
            &["HT-2", "周大海", "13800138001"],
        ],
    ),
    ("作废名单", &[&["编号", "原因"], &["HT-9", "离职"]]),
];
const LISTED_BY_NAME: &[(&str, &[&[&str]])] = &[
    ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"], &["周大海", "13800138001"]]),
    ("离职", &[&["周大海"]]),
];

#[test]
fn whoever_stands_in_a_list_of_those_who_are_left_out_is_asked_about() {
    hold(&[
        case(Sheets(LISTED), &[], 3, &["sheet.left_out_elsewhere"], ONE, &[(1, 2)]),
        case(Sheets(LISTED), &["--sheet", "名单"], 0, &[], ONE, &[(1, 2)]),
        case(Sheets(LISTED_NOT), &[], 0, &[], ONE, &[(1, 2)]),
        case(Sheets(LISTED_BY_NAME), &[], 3, &["sheet.left_out_elsewhere"], ONE, &[(1, 2)]),
    ]);
}

/// A row below the header that says how to fill it in, though some of its cells say what stands there.
#[test]
fn a_row_of_hints_is_no_contract() {
    let text = "合同编号,合同名称,截止日期,姓名,手机号\n必填，唯一,合同标题,格式：2026-01-01,与身份证一致,11位数字\n\
                H1,劳动合同,2099-12-31,林小雨,13800138000\n";
    asked(&[(text, 0, &["rows.left_out"])]);
}

/// `姓名 | 手机号 | 担保人 |` above ` | | 姓名 | 手机号`: a header of two rows that has lost its merged cells.
#[test]
fn a_header_of_two_rows_needs_no_merged_cells() {
    let people = "林小雨,13800138000,周大海,13800138001\n";
    for parent in ["担保人", "家长", "配偶", "房东", "法定代表人"] {
        let text = format!("姓名,手机号,{parent},\n,,姓名,手机号\n{people}").leak();
        let (session, name) = session(&Csv(text));
        let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
        let told = checked["files"][0]["problems"].to_string();
        assert!(told.contains("signer.unclear") && told.contains(parent), "{parent}: {told}");
    }
    let text = "姓名,手机号,签署信息,\n,,签署截止时间,填写:岗位\n林小雨,13800138000,2099-12-31,店员\n";
    let (session, name) = session(&Csv(text));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0).json();
    let first = checked["files"][0]["understood"]["first"].to_string();
    assert!(first.contains("2099-12-31") && first.contains("店员"), "{first}");
    // A header of one row with people below it stays one.
    asked(&[("姓名,手机号,部门,\n林小雨,13800138000,销售部,\n", 0, &[])]);
}

#[test]
fn a_second_table_below_gives_nobody_a_contract() {
    for (who, mobile) in
        [("部门负责人", "联系电话"), ("技术支持", "电话"), ("紧急联系人", "手机号"), ("领队", "手机")]
    {
        let text = format!("姓名,手机号\n林小雨,13800138000\n{who},{mobile}\n周大海,13800138001\n").leak();
        asked(&[(text, 3, &["rows.other_table"])]);
    }
    asked(&[("姓名,手机号,部门\n林小雨,13800138000,销售部\n制表人：,周大海,\n", 0, &["rows.left_out"])]);
}

/// Sentences above, between and below the rows; titles and signature lines ask nothing.
#[test]
fn sentences_beside_a_table_ask() {
    for line in [
        "技术部的先不签", "第4-5人不发", "每户一份，相邻两人为一户", "学生由家长签署", "林小雨已离职，不签",
        "本表已发送",
    ] {
        for text in [
            format!("{line},\n姓名,手机号\n林小雨,13800138000\n"),
            format!("姓名,手机号\n林小雨,13800138000\n{line},\n"),
        ] {
            let (session, name) = session(&Csv(text.clone().leak()));
            let ran = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3);
            assert!(!codes(&ran.json()["files"][0]).is_empty(), "{text}");
        }
    }
    for line in ["合同须在12月10日前签订完毕", "签约期：11.28-12.10", "逾期（12月10日）未签作废"]
    {
        let text = format!("{line},\n姓名,手机号\n林小雨,13800138000\n").leak();
        asked(&[(text, 3, &["sheet.deadline_above"])]);
    }
    for line in [
        "2026年劳动合同签署名单", "上海恒信商贸有限公司", "制表：人事部", "12月10日前入职人员名单",
        "合同一式两份，签字生效",
    ] {
        let text = format!("{line},\n姓名,手机号\n林小雨,13800138000\n").leak();
        asked(&[(text, 0, &[])]);
    }
}

#[test]
fn what_stands_above_the_header_is_shown() {
    let text = "2026年11月劳动合同名单,\n制表：人事部,\n姓名,手机号\n林小雨,13800138000\n";
    let (session, name) = session(&Csv(text));
    let checked = session.run(["check", name, "--config", "config.toml", "--lang", "zh"]).exit(0);
    checked.says("表头上面没有用的：第 1 行“2026年11月劳动合同名单”，第 2 行“制表：人事部”");
}

#[test]
fn rows_that_say_of_themselves_that_they_are_none_ask() {
    asked(&[
        (
            "姓名,手机号,填写:月薪\n张三,13912345678,\"示例，请删除此行\"\n林小雨,13800138000,8000\n",
            3,
            &["rows.doubtful"],
        ),
        (
            "姓名,手机号,备注\n张三,13912345678,示例\n林小雨,13800138000,\n",
            3,
            &["column.not_used", "rows.doubtful"],
        ),
        ("姓名,手机号\n示例姓名,13912345678\n林小雨,13800138000\n", 3, &["rows.doubtful"]),
        (
            "姓名,手机号,合同名称\n周大海,13800138001,作废\n林小雨,13800138000,劳动合同\n",
            3,
            &["rows.doubtful"],
        ),
        ("姓名,手机号,部门\n周大海,13800138001,作废\n林小雨,13800138000,销售部\n", 3, &["column.send"]),
        ("姓名,手机号,本次是否签\n周大海,13800138001,否\n林小雨,13800138000,是\n", 3, &["column.send"]),
        ("姓名,手机号,是否需要发合同\n周大海,13800138001,不要\n林小雨,13800138000,要\n", 3, &["column.send"]),
        ("姓名,手机号,备注\n周大海,13800138001,改为李四签\n林小雨,13800138000,\n", 3, &["column.send"]),
        ("姓名,手机号,公司名称\n林小雨,13800138000,示例科技有限公司\n", 0, &[]),
        ("姓名,手机号,部门\n周大海,13800138001,离退休办\n林小雨,13800138000,销售部\n", 0, &[]),
    ]);
}

#[test]
fn what_stands_nowhere_else_is_not_left_unsaid() {
    asked(&[
        ("姓名,手机号,\n林小雨,13800138000,5000\n周大海,13800138001,6000\n", 0, &["column.unnamed"]),
        (
            "合同编号,姓名,手机号\nHT1,林小雨,13800138000\nHT2,周大海,13800138001\nHT1,何静,13800138002\n",
            3,
            &["rows.number_apart"],
        ),
        (
            "姓名,手机号,截止日期\n林小雨,13800138000,2089-01-02\n周大海,13800138001,2090-03-04\n",
            3,
            &["column.far_deadline"],
        ),
        ("姓名,手机号,合同起始,截止\n林小雨,13800138000,2026-12-10,2089-01-20\n", 0, &["column.term"]),
        (
            "姓名,手机号,姓名.1,关系.1,手机号.1\n林小雨,13800138000,周大海,父亲,13800138001\n",
            3,
            &["sheet.tables_beside"],
        ),
        (
            "模板：yDRS4UUgygqdcj2tUuO4zjEEFuP35XXX,\n姓名,手机号\n林小雨,13800138000\n",
            3,
            &["sheet.said_above"],
        ),
        ("抄送人：王总 13900000001,\n姓名,手机号\n林小雨,13800138000\n", 3, &["sheet.said_above"]),
        ("姓名,手机号\n某某医院,13800138000\n", 3, &["cell.company_as_person"]),
    ]);
}

/// 甲方（公司） signs as a company or as a person: nobody has said it.
#[test]
fn a_party_that_is_called_a_company_asks_for_its_type() {
    let people = "周大海,13800138001,林小雨,13800138000\n";
    let text =
        format!("甲方（公司）姓名,甲方（公司）手机号,乙方（员工）姓名,乙方（员工）手机号\n{people}").leak();
    asked(&[
        (text, 3, &["signer.company"]),
        ("甲方姓名,甲方手机号,乙方姓名,乙方手机号\n周大海,13800138001,林小雨,13800138000\n", 0, &[]),
        (
            "甲方（公司）姓名,甲方（公司）手机号,甲方类型,乙方姓名,乙方手机号\n周大海,13800138001,个人,林小雨,13800138000\n",
            0,
            &[],
        ),
    ]);
    let (session, name) = session(&Csv(text));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    let words = checked["files"][0]["answer"].as_array().unwrap().iter();
    let words: Vec<&str> = words.skip(1).map(|word| word.as_str().unwrap()).collect();
    session.run(words).exit(0);
}

#[test]
fn a_card_that_the_api_does_not_take_is_told_once() {
    let text = "姓名,手机号,证件类型,证件号码\n林小雨,13800138000,军官证,军字第1234号\n";
    asked(&[(text, 3, &["id_card_type.unknown"])]);
    let form = "入职登记表,,,\n姓名：,林小雨,性别：,女\n手机号：,13800138000,籍贯：,江苏\n";
    asked(&[(form, 3, &["sheet.form"])]);
}

const SAID_NO: &[(&str, &[&[&str]])] = &[
    (
        "名单",
        &[&["姓名", "手机号", "发送"], &["林小雨", "13800138000", "是"], &["周大海", "13800138001", "否"]],
    ),
    ("离职人员", &[&["姓名", "离职日期"], &["周大海", "2026-11-05"]]),
];
const LEFT_LATER: &[(&str, &[&[&str]])] = &[
    ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"], &["周大海", "13800138001"]]),
    ("离职人员", &[&["姓名", "离职日期"], &["周大海", "2026-11-05"]]),
];

/// Found by a reviewer of these questions.
#[test]
fn a_list_of_those_who_are_left_out_is_answered_as_it_says() {
    hold(&[
        case(Sheets(SAID_NO), &[], 0, &[], ONE, &[(1, 1)]),
        case(Sheets(LEFT_LATER), &["--where", "姓名=林小雨"], 0, &[], ONE, &[(1, 1)]),
        case(Sheets(LEFT_LATER), &[], 3, &["sheet.left_out_elsewhere"], ONE, &[(1, 2)]),
    ]);
    // The workbook to correct asks as long as the person is to be sent a contract.
    let (session, name) = session(&Sheets(LEFT_LATER));
    session.run(["check", name, "--config", "config.toml"]).exit(3);
    let fix = name.replace(".xlsx", ".check.xlsx");
    let checked = session.run(["check", &fix, "--config", "config.toml", "--json"]).exit(3).json();
    assert_eq!(codes(&checked["files"][0]), ["sheet.left_out_elsewhere"]);
    let only = ["check", &fix, "--config", "config.toml", "--where", "姓名=林小雨"];
    session.run(only).exit(0);
}

#[test]
fn what_only_resembles_an_instruction_asks_nothing() {
    for line in [
        "签约日期：2026.11.28",
        "12月10日前到岗名单（技术部）",
        "2026年11月份双方合作协议名单",
        "甲乙双方身份信息",
        "签约代表：王敏",
        "本次签约共12人",
        "事由：2026年度劳动合同续签",
        "请每人核对身份证号",
        "签约地点：先锋大厦",
        "本名单仅用于电子签",
        "由公司统一签章",
        "他人代签无效，须本人签署",
        "统计口径：在职员工，不含已离职人员",
        "以上人员均于2026年12月1日前入职",
    ] {
        asked(&[(format!("{line},\n姓名,手机号\n林小雨,13800138000\n").leak(), 0, &[])]);
    }
    for header in [
        "是否已发工牌", "是否已发工资条", "是否需发快递", "配偶是否在职", "车牌是否有效", "工服是否已发",
        "产品",
    ] {
        let text = format!("姓名,手机号,{header}\n林小雨,13800138000,是\n周大海,13800138001,否\n").leak();
        asked(&[(text, 0, &[])]);
    }
    asked(&[
        (
            "姓名,手机号,合同名称\n林小雨,13800138000,员工协议-离职\n周大海,13800138001,终止协议（退租）\n",
            0,
            &[],
        ),
        ("姓名,手机号,产品\n林小雨,13800138000,样例展示柜\n", 0, &[]),
        ("姓名,手机号,姓名2,手机号2,劳动关系\n林小雨,13800138000,周大海,13800138001,正式\n", 0, &[]),
        ("姓名,手机号,备注\n林小雨,13800138000,离职理由：签不到\n", 0, &["column.not_used"]),
        ("姓名,手机号,备注\n林小雨,13800138000,\"由实习转正，续签三年\"\n", 0, &["column.not_used"]),
        ("姓名,手机号,工服\n林小雨,13800138000,已发\n周大海,13800138001,\n", 0, &[]),
        ("姓名,手机号,所属项目\n林小雨,13800138000,示例花园\n", 0, &[]),
        ("员工花名册,,,第1页\n序号,员工姓名,联系电话,部门\n1,林小雨,13800138000,销售部\n", 0, &[]),
        ("姓名,手机号\n林小雨,13800138000\n人事联系人,电话\n", 0, &[]),
        ("姓名,手机号,due date\n林小雨,13800138000,2099-12-31\n", 0, &[]),
    ]);
    // Two lines: the answer to one is none to the other.
    let text = "模板：yDRS4UUgygqdcj2tUuO4zjEEFuP35XXX,\n每户一份，相邻两人为一户,\n姓名,手机号\n林小雨,13800138000\n";
    let (session, name) = session(&Csv(text));
    let checked = session.run(["check", name, "--config", "config.toml"]).exit(3);
    checked.says("每户一份");
}

#[test]
fn columns_that_say_who_is_meant_in_other_words_ask() {
    let two = |header: &str, first: &str, second: &str| -> &'static str {
        format!("姓名,手机号,{header}\n林小雨,13800138000,{first}\n周大海,13800138001,{second}\n").leak()
    };
    for (header, first, second) in [
        ("参加与否", "参加", "不参加"),
        ("删除标记", "0", "1"),
        ("重复", "", "重复"),
        ("选择", "1", ""),
        ("标记", "", "×"),
        ("确认", "确认", ""),
        ("是否到岗", "是", "否"),
        ("体检结果", "合格", "不合格"),
        ("核查结果", "正常", "异常"),
        ("签字", "", "已签字"),
        ("合同回收", "", "已回收"),
        ("合同形式", "电子", "纸质"),
        ("归档编号", "", "GD-001"),
        ("年龄", "16", "17"),
        ("签署人关系", "本人", "父亲"),
        ("签约人身份", "本人", "家长"),
        ("年龄", "25", "16"),
        ("合同份数", "1", "2"),
        ("是否代签", "否", "是"),
        ("是否成年", "是", "否"),
        ("证件是否过期", "否", "是"),
        ("部门", "技术部", "A2(作废)"),
        ("岗位", "司机", "已撤销"),
        ("备注", "", "信息有误，待核实"),
        ("备注", "", "×"),
        ("", "", "换成家长签"),
    ] {
        let told: &[&str] = match header {
            "" => &["column.send", "column.unnamed"],
            "备注" => &["column.send"],
            "签署人关系" | "签约人身份" | "年龄" | "合同份数" | "是否代签" | "是否成年" => {
                &["column.of_signers"]
            }
            _ => &["column.send"],
        };
        asked(&[(two(header, first, second), 3, told)]);
    }
    // What all rows say tells none of them apart, and other words are about something else.
    for (header, first, second) in [
        ("合同份数", "2", "2"),
        ("签署日期", "2026-10-31", "2026-10-31"),
        ("签署人关系", "父亲", "母亲"),
        ("年龄", "25", "36"),
        ("年终奖", "发", "不发"),
        ("体检结果", "合格", "合格"),
        ("房屋现状", "在租", "空置"),
        ("签约身份", "员工", "实习生"),
        ("报名结果", "成功", "成功"),
        ("取消", "", ""),
    ] {
        asked(&[(two(header, first, second), 0, &[])]);
    }
}

#[test]
fn a_state_in_the_place_of_a_components_value_asks() {
    for word in ["作废", "不签", "已签", "已离职", "A2(作废)"] {
        let sheet: &'static str =
            format!("姓名,手机号,填写:岗位\n林小雨,13800138000,司机\n周大海,13800138001,{word}\n").leak();
        hold(&[
            case(Csv(sheet), &[], 3, &["column.says_no"], ONE, &[(1, 2)]),
            case(Csv(sheet), &["--as-text", "填写:岗位"], 0, &[], ONE, &[(1, 2)]),
        ]);
    }
    asked(&[
        ("姓名,手机号,填写:状态\n林小雨,13800138000,已签\n周大海,13800138001,已签\n", 0, &[]),
        ("姓名,手机号,填写:岗位\n林小雨,13800138000,离职管理\n周大海,13800138001,司机\n", 0, &[]),
    ]);
}

#[test]
fn a_deadline_that_is_a_slip_or_ends_something_else_asks() {
    const SLIP: &str = "姓名,手机号,签署截止时间\n林小雨,13800138000,2062-12-20\n周大海,13800138001,+20d\n";
    hold(&[
        case(Csv(SLIP), &[], 3, &["column.far_deadline"], ONE, &[(1, 2)]),
        case(Csv(SLIP), &["--map", "签署截止时间=deadline"], 0, &[], ONE, &[(1, 2)]),
    ]);
    asked(&[
        (
            "姓名,手机号,Due Date\n林小雨,13800138000,2029-12-20\n周大海,13800138001,2029-06-30\n",
            3,
            &["column.far_deadline"],
        ),
        ("姓名,手机号,签署截止时间\n林小雨,13800138000,2099-12-31\n周大海,13800138001,2099-12-31\n", 0, &[]),
    ]);
}

#[test]
fn rows_that_only_eyes_put_together_ask() {
    let numbered: &'static str = "序号,姓名,手机号\n1.1,林小雨,13800138000\n1.2,周大海,13800138001\n2.1,王芳,13800138002\n2.2,李雷,13800138003\n";
    let gaps: &'static str = "姓名,手机号\n林小雨,13800138000\n周大海,13800138001\n,\n王芳,13800138002\n李雷,13800138003\n,\n韩梅梅,13800138004\n陈亮,13800138005\n";
    let again: &'static str = "序号,姓名,手机号\n1,林小雨,13800138000\n2,周大海,13800138001\n1,王芳,13800138002\n2,李雷,13800138003\n";
    let departments: &'static str = "部门,序号,姓名,手机号\n客服,1,林小雨,13800138000\n客服,2,周大海,13800138001\n工程,1,王芳,13800138002\n工程,2,李雷,13800138003\n";
    let brackets: &'static str =
        "序号,姓名,手机号\n1（1）,林小雨,13800138000\n1（2）,周大海,13800138001\n2（1）,王芳,13800138002\n";
    let two: &'static str =
        "姓名,手机号\n林小雨,13800138000\n周大海,13800138001\n,\n王芳,13800138002\n李雷,13800138003\n";
    hold(&[
        case(Csv(numbered), &[], 3, &["rows.grouped"], ONE, &[(1, 4)]),
        case(Csv(numbered), &["--key", "row"], 0, &[], ONE, &[(1, 4)]),
        case(Csv(gaps), &[], 3, &["rows.grouped"], ONE, &[(1, 6)]),
        case(Csv(gaps), &["--key", "row"], 0, &[], ONE, &[(1, 6)]),
        case(Csv(two), &[], 3, &["rows.grouped"], ONE, &[(1, 4)]),
        case(Csv(again), &[], 3, &["rows.grouped"], ONE, &[(1, 4)]),
        case(Csv(departments), &[], 0, &[], ONE, &[(1, 4)]),
        case(Csv(brackets), &[], 3, &["rows.grouped"], ONE, &[(1, 3)]),
    ]);
    asked(&[
        ("序号,姓名,手机号\n1-101,林小雨,13800138000\n1-102,周大海,13800138001\n", 0, &[]),
        ("序号,姓名,手机号\n1.1,林小雨,13800138000\n1.2,周大海,13800138001\n1.3,王芳,13800138002\n", 0, &[]),
        ("编号,姓名,手机号\n2026-1,林小雨,13800138000\n2026-2,周大海,13800138001\n", 0, &[]),
        ("姓名,手机号\n林小雨,13800138000\n\n周大海,13800138001\n\n王芳,13800138002\n", 0, &[]),
    ]);
}
