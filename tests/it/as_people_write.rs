//! Sheets as people really write them: ticks under 审核结果, remarks in other sheets, companies beside their contacts,
//! categories that are merged over many people, and signers that are numbered by a word alone.

use crate::meaning::{Csv, Merged, Sheets, case, hold, session};

const NOBODY: &[&str] = &[];
const ONE: &[&str] = &["林小雨"];
const TWO: &[&str] = &["林小雨", "钱多多"];

/// The codes that `check` tells of, and its ready answer.
fn told(sheet: &'static str) -> (String, String) {
    let (session, name) = session(&Csv(sheet));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).json();
    let file = &checked["files"][0];
    (file["problems"].to_string(), file["answer"].to_string())
}

fn with_column(header: &str, values: [&str; 3]) -> &'static str {
    let people = [("林小雨", "13800138000"), ("钱多多", "13800138003"), ("何静", "13800138001")];
    let rows = people.iter().zip(values).map(|((name, mobile), value)| format!("{name},{mobile},{value}\n"));
    format!("姓名,手机号,{header}\n{}", rows.collect::<String>()).leak()
}

#[test]
fn a_tick_under_a_result_is_good_and_a_cross_is_not() {
    for header in ["审核结果", "审核", "资格审查", "是否通过", "初审"] {
        let (problems, answer) = told(with_column(header, ["√", "×", "√"]));
        assert!(problems.contains("column.send"), "{header}: {problems}");
        assert!(answer.contains("=√"), "{header}: {answer}");
    }
    let (_, answer) = told(with_column("签署状态", ["", "√", ""]));
    assert!(!answer.contains("=√"), "{answer}");
    assert!(!told(with_column("体检", ["√", "", "√"])).0.contains("column.send"));
    assert!(
        !told(with_column("审核日期", ["2026-11-01", "2026-11-02", "2026-11-03"])).0.contains("column.send")
    );
}

#[test]
fn what_says_no_of_somebody_asks_under_any_header() {
    for (header, value) in [
        ("人事", "已签"),
        ("区域", "放弃"),
        ("岗位", "开发（不签）"),
        ("部门", "技术部（离职）"),
        ("座位", "102已退"),
        ("风控", "拒绝"),
        ("离职原因", "个人原因"),
        ("合同链接", "essurl.cn/a"),
        ("备注栏", "先放着"),
        ("作废标志", "Y"),
    ] {
        let blank = if header == "作废标志" { "N" } else { "" };
        let (problems, _) = told(with_column(header, [blank, value, blank]));
        assert!(problems.contains("column.send"), "{header} {value}: {problems}");
    }
    for (header, value) in [("年终奖", "不发"), ("备注", "已毕业"), ("社保", "暂停"), ("名称", "终止协议书")]
    {
        let (problems, _) = told(with_column(header, ["", value, ""]));
        assert!(!problems.contains("column.send"), "{header} {value}: {problems}");
    }
}

#[test]
fn a_remark_with_another_number_says_and_answers_the_same() {
    let (_, answer) = told(with_column("备注", ["", "不发，联系13900139000", ""]));
    assert!(answer.contains("备注="), "{answer}");
    assert!(!answer.contains("ignore"), "{answer}");
}

#[test]
fn how_far_a_contract_is_and_how_long_it_goes_on_is_no_number() {
    for values in [["未签", "已签", "未签"], ["1年", "1年", "3年"]] {
        let (_, answer) = told(with_column("合同", values));
        assert!(!answer.contains("--key"), "{values:?}: {answer}");
    }
}

#[test]
fn what_is_merged_over_many_people_is_no_ready_number_of_a_contract() {
    const ROWS: &[&[&str]] = &[
        &["团队", "姓名", "手机号"],
        &["一队", "林小雨", "13800138000"],
        &["", "钱多多", "13800138003"],
        &["二队", "何静", "13800138001"],
        &["", "周大海", "13800138002"],
    ];
    let (session, name) = session(&Merged(ROWS, &[[1, 0, 2, 0], [3, 0, 4, 0]]));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert!(checked["files"][0]["answer"].to_string().contains("\"--key\",\"row\""));
}

#[test]
fn a_family_name_in_a_column_of_its_own_is_nobodys_name() {
    for sheet in [
        "First Name,Last Name,Mobile\nXiaoyu,Lin,13800138000\n",
        "Given Name,Surname,Mobile\nXiaoyu,Lin,13800138000\n",
    ] {
        let (problems, answer) = told(sheet);
        assert!(
            problems.contains("column.name_in_two") && !answer.contains("Last Name"),
            "{problems} {answer}"
        );
    }
}

#[test]
fn signers_that_are_numbered_by_a_word_alone_are_read() {
    hold(&[
        case(
            Csv("签署人1,电话,签署人2,电话\n林小雨,13800138000,钱多多,13800138003\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv("Signer 1,Phone,Signer 2,Phone\n林小雨,13800138000,钱多多,13800138003\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
    ]);
    let (_, answer) = told("姓名,手机,第二签署人,第二签署人手机\n林小雨,13800138000,钱多多,13800138003\n");
    assert!(answer.contains("姓名=approver1.name"), "{answer}");
}

#[test]
fn a_company_beside_whoever_is_there_for_it_is_not_dropped() {
    for sheet in [
        "酒店名称,酒店联系人,酒店联系电话\n安和酒店有限公司,林小雨,13800138000\n明月餐饮有限公司,钱多多,13800138003\n",
        "会员单位,姓名,手机\n安和酒店有限公司,林小雨,13800138000\n明月餐饮有限公司,钱多多,13800138003\n",
        "Company,Authorized Signatory,Mobile\n安和酒店有限公司,林小雨,13800138000\n明月餐饮有限公司,钱多多,13800138003\n",
        "合同编号,角色,姓名,手机号,公司\nH1,甲方,林小雨,13800138000,安和酒店有限公司\nH1,乙方,钱多多,13800138003,\n\
         H2,甲方,林小雨,13800138000,安和酒店有限公司\nH2,乙方,何静,13800138001,\n",
    ] {
        let (problems, answer) = told(sheet);
        assert!(problems.contains("signer.company"), "{sheet}: {problems}");
        assert!(answer.contains("organization_name"), "{sheet}: {answer}");
    }
    let (_, answer) = told("施工队名称,负责人,负责人电话\n安和建筑工程有限公司,林小雨,13800138000\n");
    assert!(answer.contains("施工队名称=approver.organization_name"), "{answer}");
    let (problems, _) = told("员工姓名,手机,公司\n林小雨,13800138000,安和酒店有限公司\n");
    assert!(!problems.contains("signer.company"), "{problems}");
}

#[test]
fn what_other_sheets_say_of_rows_asks() {
    const PEOPLE: &[&[&str]] = &[
        &["姓名", "手机号"],
        &["林小雨", "13800138000"],
        &["钱多多", "13800138003"],
        &["何静", "13800138001"],
    ];
    const NOTES: &[(&str, &[&[&str]])] = &[("名单", PEOPLE), ("审批", &[&["钱多多", "不同意"]])];
    const SENTENCE: &[(&str, &[&[&str]])] = &[("名单", PEOPLE), ("备注", &[&["钱多多先不发，等通知"]])];
    const LIST: &[(&str, &[&[&str]])] =
        &[("花名册", PEOPLE), ("签约名单", &[&["姓名", "岗位"], &["林小雨", "店员"], &["何静", "店员"]])];
    const OTHER: &[(&str, &[&[&str]])] = &[("名单", PEOPLE), ("审批", &[&["王建国", "不同意"]])];
    hold(&[
        case(Sheets(NOTES), &[], 3, &["sheet.left_out_elsewhere"], ONE, &[(1, 3)]),
        case(Sheets(SENTENCE), &[], 3, &["sheet.left_out_elsewhere"], ONE, &[(1, 3)]),
        case(Sheets(NOTES), &["--sheet", "名单"], 0, &[], ONE, &[(1, 3)]),
        case(Sheets(LIST), &[], 3, &["sheet.lists_some"], ONE, &[(1, 3)]),
        case(Sheets(LIST), &["--sheet", "花名册"], 0, &[], ONE, &[(1, 3)]),
        case(Sheets(OTHER), &[], 0, &[], ONE, &[(1, 3)]),
    ]);
}

#[test]
fn what_stands_below_a_parent_that_says_something_of_rows_is_said_of_that() {
    const SEND: &[&[&str]] = &[
        &["员工信息", "", "发送"],
        &["姓名", "手机号", "是否"],
        &["林小雨", "13800138000", "是"],
        &["钱多多", "13800138003", "否"],
    ];
    const APPROVAL: &[&[&str]] = &[
        &["员工信息", "", "审批"],
        &["姓名", "手机号", "人事部"],
        &["林小雨", "13800138000", "同意"],
        &["钱多多", "13800138003", "不同意"],
    ];
    hold(&[
        case(Merged(SEND, &[[0, 0, 0, 1]]), &[], 0, &[], ONE, &[(1, 1)]),
        case(Merged(APPROVAL, &[[0, 0, 0, 1]]), &[], 3, &["column.send"], ONE, &[(1, 2)]),
    ]);
}

#[test]
fn orders_in_words_births_and_ids_of_templates_ask() {
    let wide = |order: &str| -> &'static str {
        format!(
            "甲方姓名,甲方手机,乙方姓名,乙方手机,签署顺序\n林小雨,13800138000,钱多多,13800138003,{order}\n"
        )
        .leak()
    };
    for order in ["乙方先签", "先乙后甲", "甲方后签", "2,1"] {
        assert!(told(wide(order)).0.contains("column.signing_order"), "{order}");
    }
    for order in ["甲方先签", "先甲后乙", "乙方后签", "1,2"] {
        assert!(!told(wide(order)).0.contains("column.signing_order"), "{order}");
    }
    assert!(told(with_column("出生日期", ["2020-05-01", "1990-01-01", ""])).0.contains("column.of_signers"));
    assert!(!told(with_column("出生日期", ["1991-05-01", "1990-01-01", ""])).0.contains("column.of_signers"));
    let id = "yDRS4UUgygqdcj2tUuO4zjEEFuP35Abc";
    assert!(told(with_column("模板", [id, id, id])).1.contains("模板=template_id"));
    assert!(!told(with_column("模板", ["标准版", "标准版", "标准版"])).1.contains("template_id"));
}

#[test]
fn lines_between_the_rows_that_name_a_place_are_left_out() {
    hold(&[
        case(
            Csv("姓名,手机号\n南山店,\n林小雨,13800138000\n2026年12月入职,\n钱多多,13800138003\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 2)],
        ),
        // 王国栋 is somebody, and 王建国 as well.
        case(Csv("姓名,手机号\n林小雨,13800138000\n王国栋,\n"), &[], 3, &["row.like_title"], ONE, &[(1, 1)]),
        case(Csv("姓名,手机号\n林小雨,13800138000\n王建国,\n"), &[], 3, &["row.like_title"], ONE, &[(1, 1)]),
    ]);
    // A name that is merged over the mobile is no heading where something else stands beside it.
    const ROWS: &[&[&str]] =
        &[&["姓名", "手机号", "填写:岗位"], &["林小雨", "", "店员"], &["钱多多", "13800138003", "店长"]];
    let (session, name) = session(&Merged(ROWS, &[[1, 0, 1, 1]]));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    assert!(checked["files"][0]["problems"].to_string().contains("\"error\""));
}

#[test]
fn what_a_header_says_of_how_it_is_filled_in_makes_it_nobody_elses() {
    for header in
        ["手机（可接收验证码）", "手机号（实名认证用）", "电话（手机）", "手机-必填", "手机号 *必填"]
    {
        let sheet = format!("姓名,{header}\n林小雨,13800138000\n");
        hold(&[case(Csv(sheet.leak()), &[], 0, &[], ONE, &[(1, 1)])]);
    }
    hold(&[case(
        Csv("姓名,手机号（紧急联系人）\n林小雨,13800138000\n"),
        &[],
        3,
        &["sheet.header_not_found"],
        NOBODY,
        &[],
    )]);
}

#[test]
fn a_radical_in_a_name_is_the_letter_and_a_quotation_keeps_its_marks() {
    let (session, name) =
        session(&Csv("姓名,手机号,填写:昵称\n林⼩雨,13800138000,'90后'\n钱多多,13800138003,'007\n"));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0).json();
    let first = checked["files"][0].to_string();
    assert!(first.contains("林小雨") && first.contains("'90后'"), "{first}");
}

#[test]
fn what_was_read_in_another_encoding_or_left_blank_by_a_form_is_no_value() {
    for value in ["骞垮窞", "缁忕悊", "______元", "￥____", "pd.NaT", "-nan(ind)"] {
        let sheet = format!("姓名,手机号,填写:岗位\n林小雨,13800138000,{value}\n钱多多,13800138003,店员\n");
        let (problems, _) = told(sheet.leak());
        assert!(problems.contains("\"error\""), "{value}: {problems}");
    }
    let (problems, _) = told("姓名,手机号,填写:岗位\n林小雨,13800138000,婧洹\n钱多多,13800138003,娣卞\n");
    assert!(!problems.contains("\"error\""), "{problems}");
}

#[test]
fn two_letters_are_a_name_where_they_begin_as_most_names_do() {
    let sheet = |values: [&str; 2]| -> &'static str {
        let [one, other] = values;
        format!("姓名,出纳,联系电话\n林小雨,{one},13800138000\n钱多多,{other},13800138003\n").leak()
    };
    assert!(told(sheet(["王芳", "李强"])).0.contains("column.mobile_behind"));
    assert!(!told(sheet(["周一", "周二"])).0.contains("column.mobile_behind"));
}

#[test]
fn a_serial_number_with_a_party_behind_it_asks() {
    let sheet = |numbers: [&str; 4]| -> &'static str {
        let people = ["林小雨,13800138000", "钱多多,13800138003", "何静,13800138001", "周大海,13800138002"];
        let rows = numbers.iter().zip(people).map(|(number, person)| format!("{number},{person}\n"));
        format!("序号,姓名,手机号\n{}", rows.collect::<String>()).leak()
    };
    for numbers in [
        ["1-甲", "1-乙", "2-甲", "2-乙"],
        ["1甲", "1乙", "2甲", "2乙"],
        ["甲1", "乙1", "甲2", "乙2"],
        ["101-房东", "101-租客", "102-房东", "102-租客"],
        ["1（主）", "1（副）", "2（主）", "2（副）"],
    ] {
        assert!(told(sheet(numbers)).0.contains("rows.grouped"), "{numbers:?}");
    }
    assert!(!told(sheet(["1", "2", "3", "4"])).0.contains("rows.grouped"));
}

#[test]
fn one_number_for_all_people_with_a_post_asks() {
    let (problems, _) =
        told("合同编号,姓名,手机号,岗位\nHT2026,林小雨,13800138000,店员\nHT2026,钱多多,13800138003,店员\n");
    assert!(problems.contains("rows.number_twice"), "{problems}");
}

#[test]
fn headings_and_notes_where_a_name_would_stand_are_left_out_together() {
    for line in [
        "【技术部】", "A班", "一组", "正式工", "VIP客户", "一期业主", "白班", "此表一式两份",
        "上表已核对无误", "未完待续", "二、司机",
    ] {
        let text = format!("姓名,手机号,备用\n{line},,\n林小雨,13800138000,\n周大海,13800138001,\n");
        hold(&[case(
            Csv(Box::leak(text.into_boxed_str())),
            &[],
            0,
            &["rows.left_out"],
            &["林小雨"],
            &[(1, 2)],
        )]);
    }
    // Somebody whose mobile was forgotten is no heading.
    for name in [
        "张伟", "欧阳小雨", "班超", "阿依古丽", "王小明同学", "赵四业主", "李小龙员工", "王大锤家庭",
        "【王芳】", "（李雷）", "《周大海》", "[韩梅梅]",
    ] {
        let text = format!("姓名,手机号,备用\n林小雨,13800138000,\n{name},,\n");
        let session = crate::support::Session::new()
            .file("config.toml", crate::meaning::data("config.toml"))
            .file("a.csv", text);
        session.run(["check", "a.csv", "--config", "config.toml"]).exit(3);
    }
    hold(&[case(
        Csv("姓名,手机号,填写:工资\n林小雨,13800138000,8000\n平均工资,,8000\n"),
        &[],
        0,
        &["rows.left_out"],
        &["林小雨"],
        &[(1, 1)],
    )]);
}

#[test]
fn letters_of_components_stay_as_they_are() {
    let session =
        crate::support::Session::new().file("config.toml", crate::meaning::data("config.toml")).file(
            "a.csv",
            "姓名,手机号,填写:方案A,填写:价格A,填写:方案B,填写:价格B\n林小雨,13800138000,a,1,b,2\n",
        );
    let checked = session.run(["check", "a.csv", "--config", "config.toml", "--json"]).exit(0).json();
    let values = checked["files"][0]["understood"]["first"]["values"].as_array().unwrap().clone();
    let fields: Vec<&str> = values.iter().filter_map(|own| own["field"].as_str()).collect();
    for field in ["field:方案A", "field:价格A", "field:方案B", "field:价格B"] {
        assert!(fields.contains(&field), "{fields:?}");
    }
}

#[test]
fn letters_count_signers_like_numbers_and_two_words_name_one_person() {
    hold(&[
        // A label and its value stand over nothing.
        case(
            Csv("部门,技术部,,\n姓名,手机号,岗位,工号\n林小雨,13800138000,文员,1\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        // Riders and bookkeepers of a list of their own sign for themselves.
        case(Csv("配送员姓名,配送员手机号\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(Csv("会计姓名,会计手机\n林小雨,13800138000\n"), &[], 0, &[], &["林小雨"], &[(1, 1)]),
        case(
            Csv("签署人A,手机A,签署人B,手机B\n林小雨,13800138000,周大海,13800138001\n"),
            &[],
            0,
            &[],
            &["林小雨", "周大海"],
            &[(2, 1)],
        ),
        case(
            Csv("签约客户,客户手机,客户身份证\n林小雨,13800138000,11010519491231002X\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
        case(
            Csv(
                "单位名称,姓名,手机号,职务\n甲餐饮有限公司,林小雨,13800138000,经理\n乙餐饮有限公司,周大海,13800138001,主任\n",
            ),
            &[],
            3,
            &["signer.company"],
            &["林小雨"],
            &[(1, 2)],
        ),
        case(
            Csv("编码,老板,会计,会计手机\n1,方总,林小雨,13800138000\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Csv("收货,,货物\n姓名,电话,品名\n林小雨,13800138000,米\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Csv("签署人,,合同,\n姓名,手机号,名称,描述\n林小雨,13800138000,保密协议,a\n"),
            &[],
            0,
            &[],
            &["林小雨"],
            &[(1, 1)],
        ),
    ]);
}
