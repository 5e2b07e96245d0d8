//! What a second look at whole sheets shows: a number in few contracts twice, a company that is blank among others,
//! questions of a form that are numbered, and remarks that are about this contract and no other.

use crate::meaning::{Csv, Sheets, case, codes, hold, session};

/// Contracts of one row each, the fifth and the sixth with one number.
fn numbered_twice(contracts: usize, more: &str) -> &'static str {
    let number = |row: usize| if row == 5 { 4 } else { row };
    let rows = (0..contracts).map(|row| {
        format!("LD-{:03},{},138001380{row:02},{more}\n", number(row), SIGNERS[row % SIGNERS.len()])
    });
    format!("合同编号,姓名,手机号,部门\n{}", rows.collect::<String>()).leak()
}

const SIGNERS: [&str; 14] = [
    "林小雨", "何静", "钱多多", "李一鸣", "王建国", "赵敏", "孙立", "周杰", "吴芳", "郑和", "冯唐", "陈晨",
    "褚健", "卫青",
];

#[test]
fn a_number_that_was_written_twice_puts_no_strangers_on_one_contract() {
    hold(&[
        case(
            Csv(numbered_twice(14, "销售")),
            &[],
            3,
            &["rows.number_twice"],
            &["林小雨"],
            &[(1, 12), (2, 1)],
        ),
        case(
            Csv(numbered_twice(14, "销售")),
            &["--key", "合同编号"],
            0,
            &[],
            &["林小雨"],
            &[(1, 12), (2, 1)],
        ),
        // Also of few contracts.
        case(Csv(numbered_twice(6, "销售")), &[], 3, &["rows.number_twice"], &["林小雨"], &[(1, 4), (2, 1)]),
    ]);
    let with_roles = numbered_twice(14, "乙方").replace("部门", "角色");
    let ran = check(with_roles.leak());
    assert!(!ran.contains(&"rows.number_twice".to_owned()), "{ran:?}");
    let all_alike = numbered_twice(14, "销售")
        .lines()
        .map(|line| match line.split_once(',') {
            Some((number, rest)) if number.starts_with("LD") => format!("LD-001,{rest}\n"),
            _ => format!("{line}\n"),
        })
        .collect::<String>();
    let all_alike: &str = all_alike.leak();
    let ignored: &[&str] = &["--map", "合同编号=ignore"];
    hold(&[case(Csv(all_alike), ignored, 0, &[], &["林小雨"], &[(1, 14)])]);
    assert!(check(all_alike).contains(&"rows.number_twice".to_owned()));
}

#[test]
fn a_company_that_is_blank_among_others_is_nobodys() {
    let sheet = |kind: &str, third: &str| -> &'static str {
        format!(
            "企业名称,签署方类型,姓名,手机号\n上海恒信商贸有限公司,企业,林小雨,13800138000\n\
             杭州远达科技有限公司,企业,何静,13800138001\n{third},{kind},钱多多,13800138002\n"
        )
        .leak()
    };
    assert!(check(sheet("企业", "")).contains(&"signer.company_blank".to_owned()));
    assert!(!check(sheet("个人", "")).contains(&"signer.company_blank".to_owned()));
    assert!(!check(sheet("企业", "广州海天物流有限公司")).contains(&"signer.company_blank".to_owned()));
    let untyped = "乙方公司名称,乙方联系人,乙方联系电话\n上海恒信商贸有限公司,林小雨,13800138000\n\
                   杭州远达科技有限公司,何静,13800138001\n,钱多多,13800138002\n";
    assert!(check(untyped).contains(&"signer.company_blank".to_owned()));
}

#[test]
fn numbered_questions_of_a_form_are_read_as_what_they_ask() {
    for (header, values, code) in [
        ("3.是否续签", ["是", "否"], "column.send"),
        ("3、合同模板", ["劳动合同", "保密协议"], "column.templates_differ"),
        ("Q3_审核状态", ["通过", "驳回"], "column.send"),
    ] {
        let sheet = format!(
            "1、姓名,2、手机号,{header}\n林小雨,13800138000,{}\n何静,13800138001,{}\n",
            values[0], values[1]
        );
        assert!(check(sheet.leak()).contains(&code.to_owned()), "{header}");
    }
}

#[test]
fn remarks_on_who_signs_and_whose_number_it_is_ask() {
    for (remark, asks) in [
        ("由父亲签", true),
        ("她老公来签", true),
        ("手机号是他儿子的", true),
        ("号码不是本人的", true),
        ("体检没过", true),
        ("12月10日前签完", true),
        ("用旧版合同", true),
        ("父母签收", false),
        ("续签三年", false),
        ("电话联系过", false),
        ("体检已过", false),
        ("兄弟公司签过", false),
        ("录用老师", false),
        ("费用旧账已结清", false),
        ("英语六级没过", false),
        ("手机号是女儿帮忙填的", false),
        ("已毕业", false),
    ] {
        let sheet = format!("姓名,手机号,备注\n林小雨,13800138000,\n何静,13800138001,{remark}\n");
        assert_eq!(check(sheet.leak()).contains(&"column.send".to_owned()), asks, "{remark}");
    }
    for (line, asks) in [
        ("每两行为一份合同", true),
        ("两行一组", true),
        ("夫妻共同签署", true),
        ("需家长签字", true),
        ("请从第3行开始填写合同信息", false),
        ("第1、2行为表头，请勿修改", false),
        ("甲乙双方共同签署", false),
        ("所有员工都要签", false),
        ("监护人签字页另附", false),
    ] {
        let sheet = format!("{line},,\n姓名,手机号,部门\n林小雨,13800138000,a\n何静,13800138001,b\n");
        assert_eq!(!check(sheet.leak()).is_empty(), asks, "{line}");
    }
}

fn check(sheet: &'static str) -> Vec<String> {
    let (session, name) = session(&Csv(sheet));
    let ran = session.run(["check", name, "--config", "config.toml", "--json"]);
    codes(&ran.json()["files"][0])
}

#[test]
fn pairs_under_any_header_ask_and_what_people_share_by_chance_does_not() {
    let sheet = |header: &str| -> &'static str {
        let rows = (0..6).map(|row| format!("A{},{},138001380{row:02}\n", row / 2, SIGNERS[row]));
        format!("{header},姓名,手机号\n{}", rows.collect::<String>()).leak()
    };
    for header in ["Agreement No.", "户主", "船名", "摊位"] {
        assert!(check(sheet(header)).contains(&"column.key".to_owned()), "{header}");
        let chosen: &[&str] = vec!["--key", header].leak();
        hold(&[case(Csv(sheet(header)), chosen, 0, &[], &["林小雨", "何静"], &[(2, 3)])]);
        let each: &[&str] = &["--key", "row"];
        hold(&[case(Csv(sheet(header)), each, 0, &[], &["林小雨"], &[(1, 6)])]);
    }
    for header in ["部门", "小组", "批次", "岗位", "入职日期", "备注"] {
        assert!(!check(sheet(header)).contains(&"column.key".to_owned()), "{header}");
    }
}

#[test]
fn somebody_who_acts_for_a_party_and_family_beside_a_patient_ask() {
    for (headers, code) in [
        ("乙方姓名,乙方手机,甲方代表,甲方代表手机", Some("signer.company")),
        ("乙方姓名,乙方手机,甲方经办人,甲方经办人手机", Some("signer.company")),
        ("乙方姓名,乙方手机,甲方姓名,甲方手机", None),
        ("患者姓名,患者电话,家属姓名,家属电话", Some("signer.unclear")),
        ("老人姓名,老人电话,子女姓名,子女电话", Some("signer.unclear")),
        ("患者姓名,患者电话,紧急联系人,紧急联系人电话", None),
        ("员工姓名,手机号,家属姓名,家属电话", None),
    ] {
        let sheet = format!("{headers}\n林小雨,13800138000,何静,13800138001\n");
        let found = check(sheet.leak());
        assert_eq!(
            found.iter().find(|own| own.starts_with("signer.")).map(String::as_str),
            code,
            "{headers}"
        );
    }
}

/// The ready command names every signer, and what is said of 乙方 stays.
#[test]
fn what_is_said_of_both_parties_makes_two_signers() {
    let sheet = "甲方联系人姓名,甲方联系人手机,乙方姓名,乙方手机\n林小雨,13800138000,何静,13800138001\n";
    assert!(check(sheet).contains(&"signer.company".to_owned()));
    let said: &[&str] = &[
        "--map", "甲方联系人姓名=approver1.name", "--map", "甲方联系人手机=approver1.mobile", "--map",
        "乙方姓名=approver2.name", "--map", "乙方手机=approver2.mobile",
    ];
    hold(&[case(Csv(sheet), said, 0, &[], &["林小雨", "何静"], &[(2, 1)])]);
}

#[test]
fn a_number_that_is_of_one_contract_for_all_to_see_is_no_question() {
    let rows = |header: &str, of_pair: &str| -> &'static str {
        let number = |row: usize| if row == 5 { 4 } else { row };
        let own = |row: usize| match number(row) {
            4 => of_pair.to_owned(),
            other => format!("{other}01"),
        };
        let rows = (0..14)
            .map(|row| format!("LD-{:03},{},138001380{row:02},{}\n", number(row), SIGNERS[row], own(row)));
        format!("合同编号,姓名,手机号,{header}\n{}", rows.collect::<String>()).leak()
    };
    for (header, of_pair) in [("房号", "501"), ("产权比例", "50%")] {
        assert!(!check(rows(header, of_pair)).contains(&"rows.number_twice".to_owned()), "{header}");
    }
    // 紧急联系人关系 says nothing of who signs.
    assert!(check(rows("紧急联系人关系", "父亲")).contains(&"rows.number_twice".to_owned()));
}

#[test]
fn headers_of_a_deadline_in_other_words_ask() {
    for header in ["请在此日期前完成签署", "合同截止签署日期", "DDL", "链接失效时间", "签署有效天数"]
    {
        let sheet = format!("姓名,手机号,{header}\n林小雨,13800138000,2099-12-15\n");
        let found = check(sheet.leak());
        assert!(found.contains(&"column.nearly".to_owned()), "{header} {found:?}");
    }
    for header in ["体检完成日期", "入职截止日期", "签署完成日期", "任务到期时间"] {
        let sheet = format!("姓名,手机号,{header}\n林小雨,13800138000,2099-12-15\n");
        assert!(!check(sheet.leak()).contains(&"column.nearly".to_owned()), "{header}");
    }
}

#[test]
fn a_sheet_that_is_called_like_a_list_of_others_asks_and_may_be_sent() {
    let rows: &[&[&str]] = &[&["姓名", "手机号"], &["林小雨", "13800138000"]];
    for name in ["已发送", "离职", "测试", "备份"] {
        let sheets: &[(&str, &[&[&str]])] = vec![(&*name.to_owned().leak(), rows)].leak();
        hold(&[
            case(Sheets(sheets), &[], 3, &["rows.below_title"], &["林小雨"], &[(1, 1)]),
            case(Sheets(sheets), &["--odd-rows", "send"], 0, &[], &["林小雨"], &[(1, 1)]),
        ]);
    }
}
