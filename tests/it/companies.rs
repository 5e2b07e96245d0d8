//! Companies with those who are there for them, parties by more of their names, and whoever signs for
//! somebody else: each header with the command that answers it, or with none.

use crate::meaning::{Csv, Merged, Sheets, case, codes, hold, session};

/// A header, a row, and the maps of the ready answer: each `列=field`; empty: nothing is asked.
fn answered(sheets: &[(&str, &str, &[&str])]) {
    let faults = sheets.iter().filter_map(|(headers, row, expected)| {
        let text: &'static str = Box::leak(format!("{headers}\n{row}\n").into_boxed_str());
        let (session, name) = session(&Csv(text));
        let ran = session.run(["check", name, "--config", "config.toml", "--json"]);
        let checked = ran.json();
        let words: Vec<&str> = checked["files"][0]["answer"]
            .as_array()
            .map(|words| words.iter().map(|word| word.as_str().unwrap()).collect())
            .unwrap_or_default();
        let said = words.iter().zip(words.iter().skip(1)).filter(|(option, _)| **option == "--map");
        let maps: Vec<&str> = said.map(|(_, map)| *map).collect();
        let exit = if expected.is_empty() { 0 } else { 3 };
        (ran.code != Some(exit) || maps != *expected).then(|| format!("{headers}\n  {:?} {maps:?}", ran.code))
    });
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

const SUPPLIER: &str = "某某公司,林小雨,13800138000";

#[test]
fn a_company_signs_with_whoever_is_there_for_it() {
    answered(&[
        (
            "供应商名称,供应商联系人,供应商联系人手机",
            SUPPLIER,
            &[
                "供应商名称=approver.organization_name",
                "供应商联系人=approver.name",
                "供应商联系人手机=approver.mobile",
            ],
        ),
        (
            "代理商,联系人,联系电话",
            SUPPLIER,
            &["代理商=approver.organization_name", "联系人=approver.name", "联系电话=approver.mobile"],
        ),
        (
            "客户,联系人,电话",
            SUPPLIER,
            &["客户=approver.organization_name", "联系人=approver.name", "电话=approver.mobile"],
        ),
        (
            "公司名称,授权代表,授权代表手机",
            SUPPLIER,
            &["授权代表=approver.name", "授权代表手机=approver.mobile"],
        ),
        (
            "采购方,采购方联系人,采购方手机,供货方,供货方联系人,供货方手机",
            "某某公司,林小雨,13800138000,某某商行,周大海,13800138001",
            &[
                "采购方=approver1.organization_name", "采购方联系人=approver1.name",
                "采购方手机=approver1.mobile", "供货方=approver2.organization_name",
                "供货方联系人=approver2.name", "供货方手机=approver2.mobile",
            ],
        ),
        (
            "出租方名称,出租方经办人,出租方经办人手机号,承租方姓名,承租方手机号",
            "某某公司,林小雨,13800138000,周大海,13800138001",
            &[
                "出租方名称=approver1.organization_name",
                "出租方经办人=approver1.name",
                "出租方经办人手机号=approver1.mobile",
                "承租方姓名=approver2.name",
                "承租方手机号=approver2.mobile",
            ],
        ),
        (
            "公司名称,经办人,身份证号,手机号",
            "某某公司,林小雨,11010519491231002X,13800138000",
            &["经办人=approver.name", "手机号=approver.mobile", "身份证号=approver.id_card_number"],
        ),
        ("签署方类型,客户名称,姓名,手机号", "企业,某某公司,林小雨,13800138000", &[]),
        ("签署方类型,企业名称,经办人姓名,经办人手机号", "企业,某某公司,林小雨,13800138000", &[]),
        ("员工,员工联系电话,员工联系人", "林小雨,13800138000,周大海", &[]),
    ]);
}

#[test]
fn a_party_has_its_people_by_any_of_their_names() {
    const BOTH: &str = "某某公司,林小雨,13800138000,周大海,13800138001";
    answered(&[
        ("甲方名称,甲方法定代表人,甲方法定代表人手机号,乙方姓名,乙方手机号", BOTH, &[]),
        ("甲方名称,甲方经办人,经办人手机号,乙方姓名,乙方手机号", BOTH, &[]),
        ("甲方签约主体,甲方授权代表,甲方授权代表手机号,乙方姓名,乙方手机号", BOTH, &[]),
        ("【甲方】企业名称,【甲方】经办人,【甲方】手机号,【乙方】姓名,【乙方】手机号", BOTH, &[]),
        ("甲方/企业名称,甲方/经办人,甲方/手机号,乙方/姓名,乙方/手机号", BOTH, &[]),
        ("签署方1名称,签署方1联系人,签署方1联系电话,签署方2姓名,签署方2手机号", BOTH, &[]),
        ("签署方1（公司）,签署方1经办人,签署方1经办人手机,签署方2姓名,签署方2手机号", BOTH, &[]),
        ("乙方（签字）,联系电话,身份证号", "林小雨,13800138000,11010519491231002X", &[]),
        (
            "甲方,甲方手机,乙方,乙方手机,乙方紧急联系人,乙方备用手机",
            "林小雨,13800138000,周大海,13800138001,吴一,13800138002",
            &[],
        ),
        (
            "甲方1姓名,甲方1手机,甲方2姓名,甲方2手机,乙方姓名,乙方手机",
            "林小雨,13800138000,周大海,13800138001,吴一,13800138002",
            &[
                "甲方1姓名=approver1.name", "甲方1手机=approver1.mobile", "乙方姓名=approver3.name",
                "乙方手机=approver3.mobile", "甲方2姓名=approver2.name", "甲方2手机=approver2.mobile",
            ],
        ),
    ]);
}

#[test]
fn whoever_signs_for_somebody_else_is_offered() {
    const THREE: &str = "周大海,林小雨,13800138000";
    answered(&[
        (
            "患者姓名,家属姓名,家属电话",
            THREE,
            &["家属姓名=approver.name", "家属电话=approver.mobile", "患者姓名=ignore"],
        ),
        ("家长姓名,学生姓名,手机号", THREE, &["家长姓名=ignore"]),
        (
            "监护人,孩子,手机号",
            "林小雨,周大海,13800138000",
            &["监护人=approver.name", "手机号=approver.mobile"],
        ),
        ("姓名,签署人姓名,签署人手机", THREE, &["姓名=ignore"]),
        ("姓名,联系电话,本人手机", "林小雨,13800138001,13800138000", &["联系电话=ignore"]),
        ("姓名,抄送,手机号", "林小雨,周大海 13800138001,13800138000", &["抄送=ignore"]),
        (
            "姓名,手机号,抄送人,抄送",
            "林小雨,13800138000,周大海,13800138001",
            &["抄送人=cc.name", "抄送=cc.mobile"],
        ),
    ]);
}

#[test]
fn the_day_that_is_meant_is_the_one_that_is_offered() {
    answered(&[
        (
            "姓名,手机号,签署期限起,签署期限止",
            "林小雨,13800138000,2098-12-01,2099-12-10",
            &["签署期限止=deadline"],
        ),
        (
            "姓名,手机号,原截止日期,延期后截止日期",
            "林小雨,13800138000,2098-12-01,2099-12-10",
            &["延期后截止日期=deadline"],
        ),
        ("姓名,手机号,签署截止日期提醒", "林小雨,13800138000,2099-12-10", &[]),
        (
            "姓名,手机号,合同1,合同2",
            "林小雨,13800138000,劳动合同,保密协议",
            &["合同1=ignore", "合同2=ignore"],
        ),
    ]);
}

#[test]
fn rows_and_lists_that_only_look_like_one_contract_or_two_signers() {
    const LISTS: &[&[&str]] = &[
        &["销售部", "", "财务部", ""],
        &["姓名", "手机号", "姓名", "手机号"],
        &["林小雨", "13800138000", "周大海", "13800138001"],
    ];
    const COURSES: &[&[&str]] =
        &[&["姓名", "手机号", "填写:课程"], &["林小雨", "13800138000", "英语"], &["", "", "数学"]];
    const BATCHES: &[&[&str]] =
        &[&["合同编号", "姓名", "手机号"], &["第一批", "", ""], &["HT-001", "林小雨", "13800138000"]];
    const ROLES: &[&[&str]] = &[
        &["合同编号", "角色", "姓名", "手机号"],
        &["H1", "出租方", "林小雨", "13800138000"],
        &["H1", "承租方", "周大海", "13800138001"],
        &["H2", "承租方", "吴一", "13800138002"],
        &["H2", "出租方", "吴二", "13800138003"],
    ];
    const ONE: &[&str] = &["林小雨"];
    hold(&[
        case(Merged(LISTS, &[[0, 0, 0, 1], [0, 2, 0, 3]]), &[], 3, &["sheet.tables_beside"], &[], &[]),
        case(Merged(COURSES, &[[1, 0, 2, 0], [1, 1, 2, 1]]), &[], 3, &["rows.held_together"], ONE, &[(1, 2)]),
        case(Merged(BATCHES, &[]), &[], 3, &["row.almost_empty"], &[], &[(1, 1)]),
        case(Merged(BATCHES, &[]), &["--odd-rows", "skip"], 0, &["rows.left_out"], ONE, &[(1, 1)]),
        case(Merged(ROLES, &[]), &[], 3, &["rows.order"], &["林小雨", "周大海"], &[(2, 2)]),
    ]);
}

#[test]
fn sheets_that_are_not_read_and_say_more() {
    const NAMED: &[(&str, &[&[&str]])] = &[
        ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"]]),
        ("名单(备份)", &[&["姓名", "手机号"], &["周大海", "13800138001"]]),
    ];
    const SETTINGS: &[(&str, &[&[&str]])] = &[
        ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"]]),
        ("签署设置", &[&["模板ID", "yDwiAAABBBCCCDDDEEEFFFGGGHHHIIIJ"], &["签署截止时间", "2099-12-10"]]),
    ];
    const WAGES: &[(&str, &[&[&str]])] = &[
        ("员工", &[&["工号", "姓名", "手机号"], &["1", "林小雨", "13800138000"]]),
        ("工资", &[&["工号", "填写:工资"], &["1", "8000"]]),
    ];
    const CHOICE: &[(&str, &[&[&str]])] = &[
        ("名单", &[&["姓名", "手机号"], &["林小雨", "13800138000"]]),
        ("名单2", &[&["姓名", "手机号"], &["周大海", "13800138001"]]),
        ("签署设置", &[&["模板ID", "yDwiAAABBBCCCDDDEEEFFFGGGHHHIIIJ"]]),
    ];
    const ONE: &[&str] = &["林小雨"];
    hold(&[
        case(Sheets(CHOICE), &[], 3, &["sheet.choose", "sheet.said_elsewhere"], &[], &[]),
        case(Sheets(NAMED), &["--sheet", "名单"], 0, &[], ONE, &[(1, 1)]),
        case(Sheets(SETTINGS), &[], 3, &["sheet.said_elsewhere"], ONE, &[(1, 1)]),
        case(Sheets(SETTINGS), &["--sheet", "名单"], 0, &[], ONE, &[(1, 1)]),
        case(Sheets(WAGES), &[], 3, &["sheet.said_elsewhere"], ONE, &[(1, 1)]),
    ]);
}

/// The workbook to correct understands and asks what its input did.
#[test]
fn a_workbook_to_correct_asks_what_its_input_asked() {
    const PARTIES: &[&[&str]] = &[
        &["甲方", "", "乙方", ""],
        &["姓名", "手机号", "姓名", "手机号"],
        &["林小雨", "1380013800", "周大海", "13800138001"],
    ];
    const COMPANY: &[&[&str]] =
        &[&["甲方名称", "乙方姓名", "乙方手机号"], &["某某公司", "林小雨", "1380013800"]];
    const ROOMS: &[&[&str]] =
        &[&["房号", "姓名", "手机号"], &["101", "林小雨", "1380013800"], &["", "周大海", "13800138001"]];
    const MORE: &[(&str, &[&[&str]])] = &[
        ("名单", &[&["姓名", "手机号"], &["林小雨", "1380013800"]]),
        ("12月新增", &[&["周大海", "13800138001"]]),
    ];
    for of in [
        Merged(PARTIES, &[[0, 0, 0, 1], [0, 2, 0, 3]]),
        Merged(COMPANY, &[]),
        Merged(ROOMS, &[[1, 0, 2, 0]]),
        Sheets(MORE),
    ] {
        let (session, name) = session(&of);
        let check = |name: &str| {
            let ran = session.run(["check", name, "--config", "config.toml", "--json"]);
            let file = ran.json()["files"][0].clone();
            (ran.code, codes(&file), file["understood"]["signers"].clone())
        };
        let before = check(name);
        let after = check(&name.replace(".xlsx", ".check.xlsx"));
        assert_eq!(before.0, Some(3), "{before:?}");
        assert_eq!((before.0, &before.2), (after.0, &after.2));
        assert!(before.1.iter().all(|code| after.1.contains(code)), "{before:?} {after:?}");
    }
}
