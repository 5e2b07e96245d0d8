//! What an ordinary customer, an acceptance tester and a first-time user found: sheets that were read otherwise than
//! meant, ready commands against the sheet, and answers that were remembered for another case.

use crate::meaning::data;
use crate::meaning::{Csv, Merged, Sheets, case, codes, hold, session};
use crate::support::Session;
use crate::wire::Listener;

const ONE: &[&str] = &["林小雨"];
const NOBODY: &[&str] = &[];
const CONFIG: &str = "config.toml";

/// The command that is ready for a sheet, as its words behind `--config config.toml`; empty: there is none.
fn ready(sheet: &'static str) -> String {
    let (session, name) = session(&Csv(sheet));
    let checked = session.run(["check", name, "--config", CONFIG, "--json"]).exit(3).json();
    let words = checked["files"][0]["answer"].as_array().cloned().unwrap_or_default();
    let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
    words
        .iter()
        .skip_while(|word| **word != CONFIG)
        .skip(1)
        .filter(|word| **word != "--json")
        .copied()
        .collect::<Vec<_>>()
        .join(" ")
}

fn told(sheet: &'static str, words: &[&str]) -> (Option<i32>, Vec<String>) {
    let (session, name) = session(&Csv(sheet));
    let command = ["check", name, "--config", CONFIG, "--json"];
    let ran = session.run(command.iter().chain(words));
    (ran.code, codes(&ran.json()["files"][0]))
}

#[test]
fn whoever_has_the_openid_of_a_company_beside_him_signs_for_it() {
    for sheet in [
        "OrganizationName,OrganizationOpenId,Name,Mobile,ApproverType\n某某公司,yD1,林小雨,13800138000,ORGANIZATION\n",
        "Supplier,Organization OpenId,Signer Name,Signer Mobile,Type\n某某公司,yD1,林小雨,13800138000,ORGANIZATION\n",
        "乙方企业名称,乙方企业OpenId,乙方姓名,乙方手机号\n某某公司,yD1,林小雨,13800138000\n",
        "企业名称,企业OpenId,姓名,手机号\n某某公司,yD1,林小雨,13800138000\n",
        "客户名称,客户企业OpenId,签约人姓名,签约人手机号\n某某公司,yD1,林小雨,13800138000\n",
        "供应商名称,供应商OpenId,经办人,经办人手机号\n某某公司,yD1,林小雨,13800138000\n",
        "租户（公司）,企业OpenId,签约人,签约人手机\n某某公司,yD1,林小雨,13800138000\n",
    ] {
        let (session, name) = session(&Csv(sheet));
        let listener = Listener::start();
        let config = String::from_utf8(data("config.toml")).unwrap();
        let session = session.file("own.toml", format!("endpoint = \"{}\"\n{config}", listener.endpoint()));
        session.run(["run", name, "--config", "own.toml"]).exit(0).says("1 accepted");
        let sent = listener.captured().remove(0).json();
        let signer = &sent["FlowInfos"][0]["FlowApprovers"][0];
        assert_eq!(signer["ApproverType"], "ORGANIZATION", "{sheet}");
        assert_eq!(
            (&signer["OrganizationOpenId"], &signer["OrganizationName"]),
            (&"yD1".into(), &"某某公司".into()),
            "{sheet}"
        );
        assert_ne!(sent["Agent"]["ProxyOrganizationOpenId"], "yD1", "{sheet}: the sender stays who he is");
    }
    // Whose it is nobody says; and of the sender's own ids all stand together.
    assert_eq!(told("企业OpenId,姓名,手机号\nyD1,林小雨,13800138000\n", &[]).1, ["signer.company"]);
    assert!(ready("学校名称,学校OpenId,经办老师,经办老师手机,学生姓名,学生手机\n某某学校,yD1,周大海,13800138001,林小雨,13800138000\n")
        .contains("学校OpenId=approver2.organization_open_id"));
}

#[test]
fn another_company_in_each_row_before_whoever_signs_is_the_one_that_signs() {
    for company in ["运营商", "MCN", "会计师事务所", "客户", "店铺名称", "买方", "乙方", "租户（公司）"]
    {
        let sheet: &'static str = format!(
            "{company},签约人,签约人手机\n某某公司,林小雨,13800138000\n另一公司,周大海,13800138001\n"
        )
        .leak();
        assert_eq!(ready(sheet), format!("--map {company}=approver.organization_name"));
    }
    const SHOPS: &str =
        "商户名称,经营者,手机号\n阿强奶茶店,林小雨,13800138000\n小王早餐店,周大海,13800138001\n";
    assert_eq!(ready(SHOPS), "--map 经营者=approver.name");
    for none in [
        "所属公司,姓名,手机号\n某某公司,林小雨,13800138000\n另一公司,周大海,13800138001\n",
        "介绍公司,姓名,手机号\n某某公司,林小雨,13800138000\n另一公司,周大海,13800138001\n",
        "开户行,姓名,手机号\n工商银行某某支行,林小雨,13800138000\n建设银行某某支行,周大海,13800138001\n",
    ] {
        assert_eq!(told(none, &[]).0, Some(0), "{none}");
    }
}

#[test]
fn parents_that_only_look_like_bystanders_ask() {
    const CARD: &[&[&str]] = &[
        &["姓名", "证件", "", "手机"],
        &["", "类型", "号码", ""],
        &["林小雨", "身份证", "440106199003071012", "13800138000"],
    ];
    let (session, name) = session(&Merged(CARD, &[[0, 0, 1, 0], [0, 1, 0, 2], [0, 3, 1, 3]]));
    let checked = session.run(["check", name, "--config", CONFIG, "--json"]).exit(0).json();
    assert!(checked.to_string().contains("approver.id_card_number"), "{checked}");
    for (sheet, exit) in [
        ("上家,,下家,\n姓名,手机,姓名,手机\n周大海,13800138001,林小雨,13800138000\n", 3),
        ("项目经理,,施工队长,\n姓名,手机,姓名,手机\n周大海,13800138001,林小雨,13800138000\n", 3),
        ("员工,,紧急联系人,\n姓名,手机,姓名,手机\n林小雨,13800138000,周大海,13800138001\n", 0),
        ("员工信息,,直属上级,\n姓名,手机,姓名,手机\n林小雨,13800138000,周大海,13800138001\n", 0),
    ] {
        assert_eq!(told(sheet, &[]).0, Some(exit), "{sheet}");
    }
    let both = "--map 原告姓名=approver1.name --map 原告手机=approver1.mobile --map 被告姓名=approver2.name --map 被告手机=approver2.mobile";
    assert_eq!(ready("原告,,被告,\n姓名,手机,姓名,手机\n林小雨,13800138000,周大海,13800138001\n"), both);
}

#[test]
fn names_by_the_ends_of_their_headers() {
    for (sheet, answer) in [
        ("承运司机,手机,身份证号\n林小雨,13800138000,440106199003071012\n", "--map 承运司机=approver.name"),
        (
            "承办律师,律师手机\n林小雨,13800138000\n",
            "--map 律师手机=approver.mobile --map 承办律师=approver.name",
        ),
        (
            "医院名称,设备科经办人,经办人手机\n某某医院,林小雨,13800138000\n",
            "--map 医院名称=approver.organization_name --map 经办人手机=approver.mobile --map 设备科经办人=approver.name",
        ),
        ("Contact,Phone\n林小雨,13800138000\n", "--map Phone=approver.mobile --map Contact=approver.name"),
    ] {
        assert_eq!(ready(sheet), answer, "{sheet}");
    }
    for clean in [
        "【姓名】,【手机号】\n林小雨,13800138000\n",
        "签署方A姓名,签署方A手机号,签署方B姓名,签署方B手机号\n林小雨,13800138000,周大海,13800138001\n",
        "签字人1,签字人1手机,签字人2,签字人2手机\n林小雨,13800138000,周大海,13800138001\n",
        "Student,Phone\n林小雨,13800138000\n",
    ] {
        assert_eq!(told(clean, &[]).0, Some(0), "{clean}");
    }
}

#[test]
fn a_bare_number_among_dates_is_named_wherever_a_date_is_wanted() {
    const COMPONENT: &str =
        "姓名,手机号,填写:入职日期(日期)\n林小雨,13800138000,2026-01-05\n周大海,13800138001,46031\n";
    const DEADLINE: &str =
        "姓名,手机号,签署截止时间\n林小雨,13800138000,2099-12-15\n周大海,13800138001,73034\n";
    const ALL: &str = "姓名,手机号,填写:入职日期(日期)\n林小雨,13800138000,46030\n周大海,13800138001,46031\n";
    hold(&[
        case(Csv(COMPONENT), &[], 3, &["column.serials"], ONE, &[(1, 2)]),
        case(Csv(DEADLINE), &[], 3, &["column.serials"], ONE, &[(1, 2)]),
        // The whole column has lost its format: it is a day, and told.
        case(Csv(ALL), &[], 0, &[], ONE, &[(1, 2)]),
    ]);
    for address in ["<a@b.cn>", "a@b.cn;", "a@b.cn?subject=x", "a@b..cn", "a b@c.cn", "\"a@b.cn\""] {
        let sheet: &'static str =
            format!("姓名,手机号,邮箱\n林小雨,13800138000,\"{}\"\n", address.replace('"', "\"\"")).leak();
        let (session, name) = session(&Csv(sheet));
        session.run(["check", name, "--config", CONFIG, "--json"]).exit(3).says("cell.email");
    }
    assert_eq!(told("姓名,手机号,邮箱\n林小雨,13800138000,a.b-c@mail.b.com.cn\n", &[]).0, Some(0));
}

#[test]
fn filled_cells_say_what_blank_ones_between_them_are() {
    let people = |first: [&str; 4]| -> &'static str {
        let names = ["林小雨,13800138000", "周大海,13800138001", "何静,13800138002", "钱多多,13800138003"];
        let rows: String =
            first.iter().zip(names).map(|(first, person)| format!("{first},{person}\n")).collect();
        format!("序号,姓名,手机号\n{rows}").leak()
    };
    assert_eq!(ready(people(["1", "", "3", "4"])), "--key row");
    assert_eq!(ready(people(["1", "", "2", ""])), "--key 序号");
    let named = |first| -> &'static str { people(first).replace("序号", "合同名称").leak() };
    assert_eq!(ready(named(["劳动合同", "劳动合同", "劳动合同", ""])), "--key row");
    assert_eq!(ready(named(["采购合同", "", "采购合同", ""])), "");
    const NUMBERS: &str = "合同编号,姓名,手机号\nHT-1,林小雨,13800138000\nHT-1,周大海,13800138001\nHT-2,何静,13800138002\nHT-3,钱多多,13800138003\n";
    hold(&[case(Csv(NUMBERS), &[], 0, &[], &["林小雨", "周大海"], &[(1, 2), (2, 1)])]);
}

#[test]
fn headings_between_rows_are_left_out_and_labels_with_somebody_ask() {
    const HEADINGS: &[&str] = &[
        "部门：销售", "其他", "A栋", "班组1", "管理层", "试用期", "Page 1 of 2", "深圳", "共1页", "司机",
        "一、金融部", "1. 研发中心", "销售部（3人）", "2026年12月入职", "VIP客户",
    ];
    for heading in HEADINGS {
        let sheet: &'static str =
            format!("姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n{heading},,\n周大海,13800138001,出纳\n")
                .leak();
        assert_eq!(told(sheet, &[]).0, Some(0), "{heading}");
    }
    // A name whose mobile was forgotten is none, however it is written.
    const PEOPLE: &[&str] = &[
        "王芳",
        "王芳(女)",
        "王芳（组长）",
        "王芳：",
        "1.王芳",
        "（1）王芳",
        "阿部",
        "王月1",
        "麦家琪同学",
        "尉迟恭业主",
        "阿卜杜拉·买买提·艾力江·吾买尔",
        "Maria Fernanda Lopez",
    ];
    for name in PEOPLE {
        let sheet: &'static str =
            format!("姓名,手机号,填写:岗位\n林小雨,13800138000,文员\n{name},,\n周大海,13800138001,出纳\n")
                .leak();
        assert_eq!(told(sheet, &[]).0, Some(3), "{name}");
    }
    assert_eq!(
        ready("姓名,手机号,填写:薪资\n林小雨,13800138000,8000\n联系人：周大海,13800138001,\n"),
        "--odd-rows skip"
    );
}

#[test]
fn a_sheet_that_is_not_read_may_say_it_below_a_header() {
    const LIST: &[&[&str]] = &[&["姓名", "手机号"], &["林小雨", "13800138000"]];
    const SETTINGS: &[&[&str]] =
        &[&["模板ID", "签署截止时间"], &["yDRS4UUgygqdzjgpUUuO8zjEabcd1234", "2099-12-20"]];
    const TEMPLATES: &[&[&str]] = &[
        &["模板名称", "模板ID"],
        &["劳动合同", "yDRS4UUgygqdzjgpUUuO8zjEabcd1234"],
        &["保密协议", "yDRS4UUgygqdzjgpUUuO8zjEabcd1235"],
    ];
    hold(&[
        case(
            Sheets(&[("名单", LIST), ("参数", SETTINGS)]),
            &[],
            3,
            &["sheet.said_elsewhere"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Sheets(&[("名单", LIST), ("说明", SETTINGS)]),
            &[],
            3,
            &["sheet.said_elsewhere"],
            ONE,
            &[(1, 1)],
        ),
        case(Sheets(&[("名单", LIST), ("模板列表", TEMPLATES)]), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}

#[test]
fn what_was_remembered_is_told_and_can_be_forgotten() {
    let people = |rows: &str| format!("姓名,手机号,在职状态\n{rows}");
    let session = Session::new()
        .file(CONFIG, data("config.toml"))
        .file("a.csv", people("林小雨,13800138000,在职\n周大海,13800138001,离职\n"))
        .file("b.csv", people("何静,13800138002,在职\n钱多多,13800138003,离职\n"));
    let check = |file: &'static str| ["check", file, "--config", CONFIG, "--json"];
    session.run(check("a.csv").iter().chain(&["--where", "在职状态=在职", "--remember"])).exit(0);
    let told = session.run(check("b.csv")).exit(0).json();
    assert_eq!(codes(&told["files"][0]), NOBODY);
    assert!(told.to_string().contains("sheet.answered_before"), "{told}");
    session.run(check("b.csv").iter().chain(&["--forget"])).exit(3).says("column.send");
    session.run(check("b.csv")).exit(3).says("column.send");
}

#[test]
fn a_file_with_one_more_column_asks_what_was_remembered_of_the_others() {
    let session = Session::new()
        .file(CONFIG, data("config.toml"))
        .file("a.csv", "姓名,手机号,职位\n林小雨,13800138000,文员\n")
        .file("b.csv", "姓名,手机号,职位,部门\n周大海,13800138001,文员,人事\n")
        .file("c.csv", "姓名,手机号,部门\n周大海,13800138001,人事\n");
    let check = |file: &'static str| ["check", file, "--config", CONFIG, "--json"];
    session.run(check("a.csv").iter().chain(&["--map", "职位=填写:岗位", "--remember"])).exit(0);
    let asked = session.run(check("b.csv")).exit(3).json();
    assert_eq!(codes(&asked["files"][0]), ["sheet.answered_nearly"]);
    session.run(check("b.csv").iter().chain(&["--map", "职位=填写:岗位"])).exit(0);
    session.run(check("c.csv")).exit(0);
}

#[test]
fn a_file_with_one_more_column_asks_which_rows_are_meant_and_which_are_one_contract() {
    let session = Session::new()
        .file(CONFIG, data("config.toml"))
        .file("a.csv", "姓名,手机号,城市\n林小雨,13800138000,福州\n钱多多,13800138003,厦门\n")
        .file("b.csv", "姓名,手机号,城市,班次\n周大海,13800138001,福州,早\n何静,13800138002,厦门,晚\n")
        .file("c.csv", "姓名,手机号,档口\n林小雨,13800138000,三\n钱多多,13800138003,三\n")
        .file("d.csv", "姓名,手机号,档口,班次\n周大海,13800138001,三,早\n何静,13800138002,三,晚\n");
    let check = |file: &'static str| ["check", file, "--config", CONFIG, "--json"];
    session.run(check("a.csv").iter().chain(&["--where", "城市=福州", "--remember"])).exit(0);
    let asked = session.run(check("b.csv")).exit(3).json();
    assert_eq!(codes(&asked["files"][0]), ["sheet.answered_nearly"]);
    let some = session.run(check("b.csv").iter().chain(&["--where", "城市=福州"])).exit(0).json();
    assert_eq!(some["files"][0]["sendable"], 1, "{some}");
    let all = session.run(check("b.csv").iter().chain(&["--map", "城市=忽略"])).exit(0).json();
    assert_eq!(all["files"][0]["sendable"], 2, "{all}");
    session.run(check("c.csv").iter().chain(&["--key", "档口", "--remember"])).exit(0);
    session.run(check("d.csv")).exit(3).says("sheet.answered_nearly").says("--key");
    session.run(check("d.csv").iter().chain(&["--key", "档口"])).exit(0);
    session.run(check("d.csv").iter().chain(&["--key", "row"])).exit(0);
}

#[test]
fn what_was_said_of_rows_that_were_seen_is_said_of_no_others() {
    let session = Session::new()
        .file(CONFIG, data("config.toml"))
        .file("a.csv", "姓名,手机号,部门\n林小雨,13800138000,人事\n小计,13800138009,人事\n")
        .file(
            "b.csv",
            "姓名,手机号,部门\n周大海,13800138001,人事\n以下人员暂不发送,,\n何静,13800138002,人事\n",
        );
    let check = |file: &'static str| ["check", file, "--config", CONFIG, "--json"];
    session.run(check("a.csv").iter().chain(&["--odd-rows", "send", "--remember"]));
    session.run(check("b.csv")).exit(3).says("rows.below_title");
}

#[test]
fn messages_name_what_is_wrong_with_an_option() {
    const STATES: &str = "姓名,手机号,部门,状态\n林小雨,13800138000,A,在岗\n周大海,13800138001,B,离岗\n";
    let (session, name) = session(&Csv(STATES));
    let check = ["check", name, "--config", CONFIG];
    let both = ["--where", "部门=B", "--where", "状态=在岗"];
    session.run(check.iter().chain(&both)).exit(3).says("none meets all conditions");
    session.run(check.iter().chain(&["--header-row", "2"])).exit(3).says("row 1 is like one");
    session.run(check.iter().chain(&["--default", "没有=1"])).exit(2).says("没有");
}

#[test]
fn an_openid_of_where_somebody_works_makes_no_company_sign() {
    for (sheet, exit) in [
        (
            "姓名,手机号,用人单位,用人单位OpenId\n林小雨,13800138000,某某公司,org1\n周大海,13800138001,某某公司,org1\n",
            0,
        ),
        (
            "姓名,手机号,推荐公司,推荐公司OpenId\n林小雨,13800138000,某某公司,org1\n周大海,13800138001,另一公司,org2\n",
            0,
        ),
        // One for all may be the sender's own, and a blank one says nothing.
        (
            "企业名称,企业OpenId,姓名,手机号\n某某公司,org1,林小雨,13800138000\n某某公司,org1,周大海,13800138001\n",
            3,
        ),
        ("姓名,手机号,企业名称,企业OpenId\n林小雨,13800138000,某某公司,\n周大海,13800138001,另一公司,\n", 3),
    ] {
        assert_eq!(told(sheet, &["--map", "姓名=approver.name"]).0, Some(0), "{sheet}");
        assert_eq!(told(sheet, &[]).0, Some(exit), "{sheet}");
    }
    for sheet in [
        "母校,姓名,手机号\n浙江大学,林小雨,13800138000\n清华大学,周大海,13800138001\n",
        "承保公司,姓名,手机号\n某某公司,林小雨,13800138000\n另一公司,周大海,13800138001\n",
    ] {
        assert_eq!(told(sheet, &[]).0, Some(0), "{sheet}");
    }
}

#[test]
fn somebody_who_signs_is_no_label_and_a_long_number_no_fault_of_ours() {
    assert_eq!(ready("姓名,手机号\n林小雨,13800138000\n承租人：周大海,13800138001\n"), "");
    assert_eq!(told("合同编号,姓名,手机号\n3,北京,\n4,林小雨,13800138000\n", &[]).0, Some(3));
    let huge = "序号,姓名,手机号\n9223372036854775807,林小雨,13800138000\n,周大海,13800138001\n-5,何静,13800138002\n";
    assert_eq!(told(huge, &[]).0, Some(3));
    // A day with an hour is none that ends a contract's term.
    let timed = "姓名,手机号,入职日期,截止时间\n林小雨,13800138000,2026-12-01,DAY 18:00\n";
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let day = today.checked_add(jiff::ToSpan::days(20)).unwrap();
    let timed: &'static str = timed.replace("DAY", &day.to_string()).leak();
    assert_eq!(ready(timed), "--map 截止时间=deadline");
}

#[test]
fn what_is_forgotten_may_be_where_the_header_is() {
    let session =
        Session::new().file(CONFIG, data("config.toml")).file("a.csv", "业务员,手机号\n林小雨,13800138000\n");
    let check = ["check", "a.csv", "--config", CONFIG];
    session.run(check.iter().chain(&["--map", "业务员=approver.name", "--remember"])).exit(0);
    session.run(check).exit(0);
    session.run(check.iter().chain(&["--forget"])).exit(3);
    session.run(check).exit(3);
}

#[test]
fn of_two_companies_that_both_have_all_that_a_signer_needs_both_are_offered() {
    const TWO: &[&str] = &[
        "供应商名称,供应商联系人,供应商联系人手机,客户名称,客户联系人,客户联系人手机\n\
         杭州甲科技有限公司,林小雨,13800138000,北京乙商贸有限公司,周大海,13800138001\n\
         上海丙科技有限公司,何静,13800138002,北京丁商贸有限公司,钱多多,13800138003\n",
        "上家,上家编码,上家经办人,上家电话,下家,下家编码,下家经办人,下家电话\n\
         杭州甲科技有限公司,A1,林小雨,13800138000,北京乙商贸有限公司,B1,周大海,13800138001\n\
         上海丙科技有限公司,A2,何静,13800138002,北京丁商贸有限公司,B2,钱多多,13800138003\n",
    ];
    for sheet in TWO {
        let answer = ready(sheet);
        for field in ["organization_name", "name", "mobile"] {
            for number in [1, 2] {
                assert!(answer.contains(&format!("=approver{number}.{field}")), "{answer}");
            }
        }
        assert!(!answer.contains("=ignore"), "{answer}");
    }
    let answer = ready(
        "出租方,出租方OpenId,出租方经办人,出租方经办人手机,承租方,承租方OpenId,承租方经办人,承租方经办人手机\n\
         杭州甲科技有限公司,o1,林小雨,13800138000,北京乙商贸有限公司,o2,周大海,13800138001\n",
    );
    assert!(answer.contains("--map 承租方OpenId=approver2.organization_open_id"), "{answer}");
}

#[test]
fn people_whom_a_letter_or_a_number_tells_from_each_other_are_all_offered() {
    // (header, what the ready command makes of its columns)
    const ALL: &[(&str, &str)] = &[
        ("联系人A,手机A,联系人B,手机B", "1.name 1.mobile 2.name 2.mobile"),
        ("联系人,手机,联系人2,手机2", "1.name 1.mobile 2.name 2.mobile"),
        ("姓名一,手机一,姓名二,手机二", "1.name 1.mobile 2.name 2.mobile"),
        ("人员1,电话1,人员2,电话2", "1.name 1.mobile 2.name 2.mobile"),
        ("姓名（1）,手机（1）,姓名（2）,手机（2）", "1.name 1.mobile 2.name 2.mobile"),
        ("A联系人,A手机,B联系人,B手机", "1.name 1.mobile 2.name 2.mobile"),
        ("Contact 1,Phone 1,Contact 2,Phone 2", "1.name 1.mobile 2.name 2.mobile"),
    ];
    for (header, gives) in ALL {
        let sheet: &'static str = format!("{header}\n林小雨,13800138000,周大海,13800138001\n").leak();
        let answer = ready(sheet);
        let given: Vec<&str> =
            answer.split("=approver").skip(1).map(|word| word.split(' ').next().unwrap()).collect();
        assert_eq!(given.join(" "), *gives, "{answer}");
    }
    let companies = ready(
        "公司A,经办人A,电话A,公司B,经办人B,电话B\n\
         杭州甲科技有限公司,林小雨,13800138000,北京乙商贸有限公司,周大海,13800138001\n",
    );
    for word in
        ["公司A=approver1.organization_name", "电话A=approver1.mobile", "公司B=approver2.organization_name"]
    {
        assert!(companies.contains(word), "{companies}");
    }
    // Whoever is to be called in an emergency signs nothing beside the employee.
    let employee = "姓名,手机,联系人1,联系人1电话,联系人2,联系人2电话\n\
                    林小雨,13800138000,周大海,13800138001,何静,13800138002\n";
    assert_eq!(told(employee, &[]).0, Some(0));
    assert_eq!(told("姓名,手机,联系人2,手机2\n林小雨,13800138000,周大海,13800138001\n", &[]).0, Some(0));
}

#[test]
fn a_run_that_nobody_looks_at_shows_the_first_contract_without_who_signs() {
    let (session, name) = session(&Csv(
        "合同名称,姓名,手机号,身份证号,填写:月薪\n劳动合同_林小雨,林小雨,13800138000,11010519491231002X,8000\n",
    ));
    let listener = Listener::start();
    let config = String::from_utf8(data("config.toml")).unwrap();
    let session = session.file("own.toml", format!("endpoint = \"{}\"\n{config}", listener.endpoint()));
    let ran = session.run(["run", name, "--config", "own.toml"]).exit(0);
    let ran = ran
        .says("the first contract (row 2):")
        .says("林** (column B)")
        .says("138****8000 (column C)")
        .says("flow_name *** (column A)")
        .says("*** (column E)");
    let shown = ran.stdout.split("job ").next().unwrap().to_owned();
    for personal in ["林小雨", "13800138000", "11010519491231002X", "8000 (column E)"] {
        assert!(!shown.contains(personal), "{shown}");
    }
    session.run(["check", name, "--config", "own.toml"]).says("林小雨 (column B)");
}

#[test]
fn a_name_and_a_number_in_one_cell_are_somebody() {
    for sheet in [
        "序号,姓名,手机号\n1,林小雨,13800138000\n2,周大海 13800138001,\n",
        "序号,姓名,手机号\n1,林小雨,13800138000\n2,周大海138-0013-8001,\n",
        "姓名,手机号\n林小雨,13800138000\n还有周大海 13800138001,\n",
        "合同编号,姓名,手机号\nA1,林小雨,13800138000\n,周大海 13800138001,\n",
        "甲方姓名,甲方手机号,乙方姓名,乙方手机号\n林小雨,13800138000,何静,13800138002\n周大海 13800138001,,,\n",
        // Two columns too far to the left.
        "序号,部门,姓名,手机号\n1,销售,林小雨,13800138000\n周大海,13800138001,,\n",
    ] {
        let (exit, codes) = told(sheet, &[]);
        assert_eq!(exit, Some(3), "{sheet}");
        assert!(!codes.contains(&"rows.left_out".to_owned()), "{sheet}: {codes:?}");
    }
    // Whom to ring up is nobody of the list, and is asked about.
    let (exit, codes) =
        told("序号,部门,姓名,手机号\n1,销售,林小雨,13800138000\n人事电话,13800138001,,\n", &[]);
    assert!(exit == Some(3) && codes.contains(&"rows.doubtful".to_owned()), "{codes:?}");
}

#[test]
fn what_only_looks_like_that_asks_as_before() {
    // An ID number that ends in X is no name beside a number: without 乙方 it asks.
    let lacking = "甲方姓名,甲方手机号,甲方证件号码,乙方姓名,乙方手机号,乙方证件号码\n\
                   林小雨,13800138000,11010519491231002X,何静,13800138002,110101199003070011\n\
                   周大海,13800138001,11010519491231002X,,,\n";
    assert!(told(lacking, &[]).1.contains(&"rows.lack_party".to_owned()));
    // A label says whose the number is; a bare one is asked about.
    assert_eq!(told("姓名,手机号\n林小雨,13800138000\n联系电话：13800138009,\n", &[]).0, Some(0));
    assert!(
        told("姓名,手机号\n林小雨,13800138000\n客服热线 13800138009,\n", &[])
            .1
            .contains(&"rows.doubtful".to_owned())
    );
    // Who pays is not who signs.
    for header in ["社保缴纳", "税费承担", "付款方式", "住宿"] {
        let sheet: &'static str =
            format!("{header},姓名,手机号\n单位,林小雨,13800138000\n个人,周大海,13800138001\n").leak();
        assert_eq!(told(sheet, &[]).0, Some(0), "{header}");
    }
    assert_eq!(told("姓名,手机号,职务\n林小雨,13800138000,法人\n", &[]).0, Some(0));
    // Who signs second is said.
    let ordered = "合同编号,姓名,手机号,签署顺序\n1,林小雨,13800138000,1\n2,何静,13800138001,1\n\
                   1,周大海,13800138002,2\n2,许文,13800138003,2\n";
    assert_eq!(told(ordered, &[]).0, Some(0));
    // Where it is still open who signs, no row is one that nobody knows.
    assert_eq!(told("代理商,手机\n某某公司,13800138000\n另一公司,13800138001\n", &[]).1, ["signer.unclear"]);
    // A pupil without a mobile has none of the numbers of his parents.
    let answer = ready("学生,联系人1,电话1,联系人2,电话2\n何静,林小雨,13800138000,周大海,13800138001\n");
    assert!(answer.contains("学生=ignore") && answer.contains("联系人2=approver2.name"), "{answer}");
}

#[test]
fn a_line_that_says_something_of_a_signer_asks_and_has_no_ready_answer() {
    for line in
        ["周大海作废", "备注：周大海已离职", "周大海退出", "注：周大海改为10000", "第3行作废", "周大海不用发"]
    {
        let sheet: &'static str =
            format!("姓名,手机号,填写:月薪\n林小雨,13800138000,8000\n周大海,13800138001,9000\n{line},,\n")
                .leak();
        let (exit, codes) = told(sheet, &[]);
        assert!(exit == Some(3) && codes.contains(&"sheet.said_above".to_owned()), "{line}: {codes:?}");
        assert_eq!(ready(sheet), "", "{line}");
        assert_eq!(told(sheet, &["--odd-rows", "skip"]).0, Some(0), "{line}");
    }
    assert_eq!(
        told("除周大海外均发送,\n姓名,手机号\n林小雨,13800138000\n周大海,13800138001\n", &[]).1,
        ["sheet.said_above"]
    );
    for line in ["制表：周大海", "制表人：周大海 2026-11-20", "周大海组", "联系人：周大海老师"]
    {
        let sheet: &'static str =
            format!("姓名,手机号\n林小雨,13800138000\n周大海,13800138001\n{line},\n").leak();
        let (exit, codes) = told(sheet, &[]);
        assert!(exit == Some(0) && !codes.contains(&"sheet.said_above".to_owned()), "{line}: {codes:?}");
    }
}

#[test]
fn a_column_of_companies_and_persons_asks_under_any_header() {
    for (header, company, person) in [
        ("性质", "企业", "个人"),
        ("对公/对私", "对公", "对私"),
        ("Customer Type", "Company", "Individual"),
        ("租客类型", "企业客户", "个人客户"),
        ("类型", "法人", "自然人"),
        ("是否企业", "是", "否"),
    ] {
        let sheet: &'static str =
            format!("{header},姓名,手机号\n{company},林小雨,13800138000\n{person},周大海,13800138001\n")
                .leak();
        let (exit, codes) = told(sheet, &[]);
        assert!(exit == Some(3) && codes.contains(&"column.nearly_type".to_owned()), "{header}: {codes:?}");
    }
    for values in [["全职", "兼职"], ["个人", "个人"], ["企业", "事业单位"]] {
        let [one, other] = values;
        let sheet: &'static str =
            format!("性质,姓名,手机号\n{one},林小雨,13800138000\n{other},周大海,13800138001\n").leak();
        assert_eq!(told(sheet, &[]).0, Some(0), "{values:?}");
    }
}

#[test]
fn ready_commands_do_no_more_than_they_say() {
    // Of two columns that are called alike `--map` would leave out both.
    for sheet in [
        "姓名,手机号,填写:月薪,填写：月薪\n林小雨,13800138000,8000,8500\n",
        "姓名,姓 名,手机号\n林小雨,林晓雨,13800138000\n",
    ] {
        assert_eq!(ready(sheet), "", "{sheet}");
    }
    assert_eq!(ready("填写/月薪,姓名,手机号\n1,林小雨,13800138000\n"), "--map 填写/月薪=填写:月薪");
    // The manager of an artist is no operator of ours.
    let answer = ready("经理人,经理人手机,艺人,艺人手机\n林小雨,13800138000,周大海,13800138001\n");
    assert!(answer.contains("经理人=approver1.name") && answer.contains("艺人=approver2.name"), "{answer}");
    // Nothing is blank there.
    assert_eq!(ready("合同状态,姓名,手机号\n生效中,林小雨,13800138000\n已终止,周大海,13800138001\n"), "");
    let anew = "合同编号,姓名,手机号\n1,林小雨,13800138000\n2,何静,13800138001\n1,周大海,13800138002\n2,许文,13800138003\n";
    assert_eq!(told(anew, &[]).1.first().map(String::as_str), Some("rows.number_apart"));
    assert_eq!(ready(anew), "");
}

#[test]
fn a_contract_that_names_somebody_else_than_its_signer_is_worth_a_look() {
    let is_told = |sheet: &'static str| {
        let (session, name) = session(&Csv(sheet));
        let checked = session.run(["check", name, "--config", CONFIG, "--json"]).exit(0).json();
        let told = checked["files"][0]["problems"].as_array().unwrap().clone();
        told.iter().any(|problem| problem["code"] == "approver.other_in_component")
    };
    for other in [
        "姓名,手机号,填写:姓名\n林小雨,13800138000,周大海\n",
        "姓名,手机号,填写:手机号\n林小雨,13800138000,13800138001\n",
    ] {
        assert!(is_told(other), "{other}");
    }
    for same in [
        "姓名,手机号,填写:姓名\n林小雨,13800138000,林 小雨\n",
        "姓名,手机号,填写:手机号\n林小雨,+86 138-0013-8000,13800138000\n",
        "甲方姓名,甲方手机号,乙方姓名,乙方手机号,填写:姓名\n周大海,13800138001,林小雨,13800138000,林小雨\n",
        "姓名,手机号,填写:联系人姓名\n林小雨,13800138000,周大海\n",
    ] {
        assert!(!is_told(same), "{same}");
    }
}

#[test]
fn the_time_of_a_deadline_in_a_column_of_its_own_is_asked_about() {
    for sheet in [
        "姓名,手机号,签署截止日期,时间\n林小雨,13800138000,2099-01-20,18:00\n周大海,13800138001,2099-01-21,12:00\n",
        "姓名,手机号,签署截止日期,几点前\n林小雨,13800138000,2099-01-20,下午6点\n",
        "姓名,手机号,签署截止时间,具体时间\n林小雨,13800138000,2099/1/20,18：00前\n",
        // Midnight is what a program writes behind a day.
        "姓名,手机号,签署截止日期,时间\n林小雨,13800138000,2099-01-20 00:00:00,18:00\n",
        // One that has its hour, and one that is left open, say nothing of the others.
        "姓名,手机号,签署截止日期,时间\n林小雨,13800138000,2099-01-20,18:00\n周大海,13800138001,2099-01-21 12:00,\n",
        "姓名,手机号,签署截止日期,时间\n林小雨,13800138000,2099-01-20,18:00\n周大海,13800138001,2099-01-21,-\n",
        "姓名,手机号,签署截止日期,小时\n林小雨,13800138000,2099-01-20,18\n",
        "姓名,手机号,deadline,time\n林小雨,13800138000,2099-01-20,6:00 PM\n",
    ] {
        assert_eq!(told(sheet, &[]), (Some(3), vec!["column.deadline_time".to_owned()]), "{sheet}");
        // What the sheet says of the hour is nothing that one would leave out unread.
        assert_eq!(ready(sheet), "", "{sheet}");
    }
    let left_out = "姓名,手机号,签署截止日期,时间\n林小雨,13800138000,2099-01-20,18:00\n";
    assert_eq!(told(left_out, &["--map", "时间=ignore"]).0, Some(0));
    for other in [
        "姓名,手机号,签署截止日期,上班时间\n林小雨,13800138000,2099-01-20,9:00\n",
        "姓名,手机号,签署截止时间,时间\n林小雨,13800138000,2099-01-20 18:00,18:00\n",
        "姓名,手机号,签署截止日期,时间\n林小雨,13800138000,2099-01-20,2026-11-02\n",
        "姓名,手机号,填写:入职日期,时间\n林小雨,13800138000,2099-01-20,9:00\n",
    ] {
        assert_eq!(told(other, &[]).0, Some(0), "{other}");
    }
}

#[test]
fn somebody_who_signs_as_well_and_has_only_a_name_is_asked_about() {
    for header in ["联签人", "共签人", "监护人", "监护人姓名", "法定监护人", "法定代理人"]
    {
        let sheet = format!("姓名,手机号,{header}\n林小雨,13800138000,周大海\n何静,13800138001,许文\n");
        let sheet: &'static str = sheet.leak();
        assert_eq!(told(sheet, &[]), (Some(3), vec!["column.signer".to_owned()]), "{header}");
        assert_eq!(ready(sheet), format!("--map {header}=ignore"));
    }
    for other in [
        "姓名,手机号,配偶\n林小雨,13800138000,周大海\n何静,13800138001,许文\n",
        "姓名,手机号,填写:监护人,监护人\n林小雨,13800138000,周大海,周大海\n何静,13800138001,许文,许文\n",
    ] {
        assert_eq!(told(other, &[]).0, Some(0), "{other}");
    }
}

#[test]
fn whether_a_row_goes_may_be_asked_in_many_ways() {
    for header in [
        "发起签署", "本次", "这次", "能否签", "能否签署", "能否签约", "可否签署", "是否可签", "是否可以签署",
        "允许签署", "可以签吗",
    ] {
        for (yes, no) in [("是", "否"), ("√", "×")] {
            let sheet = format!(
                "姓名,手机号,{header}\n林小雨,13800138000,{yes}\n何静,13800138001,{no}\n许文,13800138002,{yes}\n"
            );
            let sheet: &'static str = sheet.leak();
            assert_eq!(told(sheet, &[]).0, Some(3), "{sheet}");
            let answer = ready(sheet);
            assert!(!answer.contains("=ignore"), "{answer}");
        }
    }
    let other = "姓名,手机号,能否出差\n林小雨,13800138000,是\n何静,13800138001,否\n";
    assert_eq!(told(other, &[]).0, Some(0));
}
