//! Sheets as customers lay them out: what has one reading asks nothing, and what has two asks, whatever its words are.

use crate::meaning::{Csv, codes, session};

/// The exit code of a check, what is told, and the ready command from its first answer on.
fn told(sheet: &str) -> (Option<i32>, Vec<String>, String) {
    let (session, name) = session(&Csv(sheet.to_owned().leak()));
    let ran = session.run(["check", name, "--config", "config.toml", "--json"]);
    let json = ran.json();
    let file = &json["files"][0];
    let words: Vec<&str> =
        file["answer"].as_array().into_iter().flatten().filter_map(|word| word.as_str()).collect();
    (ran.code, codes(file), words.get(6..).unwrap_or_default().join(" "))
}

fn passes(sheet: &str) {
    let (exit, codes, _) = told(sheet);
    assert_eq!(exit, Some(0), "{codes:?}\n{sheet}");
}

fn asks(sheet: &str, code: &str) {
    let (exit, codes, _) = told(sheet);
    assert!(exit == Some(3) && codes.iter().any(|own| own == code), "{exit:?} {codes:?}\n{sheet}");
}

/// What the ready command says; empty: there is none.
fn ready(sheet: &str) -> String {
    let (exit, codes, answer) = told(sheet);
    assert_eq!(exit, Some(3), "{codes:?}\n{sheet}");
    answer
}

#[test]
fn columns_that_nobody_has_filled_in_ask_nothing_until_somebody_stands_there() {
    for more in ["担保人姓名,担保人电话", "配偶,配偶电话", "签署方2姓名,签署方2手机号"]
    {
        let sheet =
            |second: &str| format!("姓名,手机号,{more}\n张三,13800138000,,\n李四,13800138001,{second}\n");
        passes(&sheet(","));
        assert_eq!(told(&sheet("王五,13800138009")).0, Some(3), "{more}");
    }
    // A party of the contract is missed, and so is whoever is named without a mobile.
    for sheet in [
        "出租人,出租人手机号,承租人,承租人手机号\n张三,13800138000,,\n",
        "业主姓名,业主手机号,租户姓名,租户手机号\n张三,13800138000,赵六,\n",
        "姓名,手机号,配偶,配偶电话\n张三,13800138000,李红,\n",
    ] {
        assert_eq!(told(sheet).0, Some(3), "{sheet}");
    }
    // Below the first rows.
    let many: String = (0..60).map(|at| format!("张三,138001380{at:02},,\n")).collect();
    asks(
        &format!("姓名,手机号,担保人姓名,担保人电话\n{many}李四,13900138001,王五,13900138009\n"),
        "signer.unclear",
    );
}

#[test]
fn the_same_name_in_two_columns_is_one_and_another_one_asks() {
    for (first, second) in [("姓名", "真实姓名"), ("姓名", "身份证姓名"), ("姓名", "签署人")]
    {
        let sheet = |other: &str| {
            format!("{first},{second},手机号\n张三,张三,13800138000\n李四,{other},13800138001\n")
        };
        passes(&sheet("李四"));
        assert_eq!(told(&sheet("李思")).0, Some(3), "{first} | {second}");
    }
    let many: String = (0..60).map(|at| format!("张三,张三,138001380{at:02}\n")).collect();
    asks(&format!("姓名,真实姓名,手机号\n{many}李四,李思,13900138001\n"), "column.beside");
    passes("姓名,手机号,收款人姓名,银行卡号\n张三,13800138000,王五,6222021234567890123\n");
}

#[test]
fn remarks_that_doubt_their_row_ask_and_others_do_not() {
    let sheet = |remark: &str| {
        format!("姓名,手机号,备注\n张三,13800138000,\n李四,13800138001,{remark}\n王五,13800138002,\n")
    };
    for remark in [
        "实名王武", "名字是王武", "底薪改9000", "调薪至9000", "夫妻共同签", "用B模板", "12月底离职",
        "等身份证", "电话打不通", "委托王五", "线下", "待补", "证件未齐", "？",
    ] {
        asks(&sheet(remark), "column.send");
    }
    for remark in [
        "优秀员工", "已缴费", "老客户", "转正", "党员", "住宿舍", "李四推荐", "上海户口", "技术骨干",
        "原单位已离职", "兄弟公司签过", "一式三份",
    ] {
        passes(&sheet(remark));
    }
}

#[test]
fn a_day_to_send_that_is_still_to_come_asks() {
    for header in ["计划发送时间", "定时发送", "预约签约时间"] {
        let sheet =
            |day: &str| format!("姓名,手机号,{header}\n张三,13800138000,{day}\n李四,13800138001,{day}\n");
        asks(&sheet("2099-01-15"), "column.send");
    }
}

#[test]
fn a_newer_value_beside_a_component_asks_where_it_differs() {
    for header in ["新月薪", "月薪（更正）", "调整后月薪", "月薪"] {
        let sheet = |value: &str| format!("姓名,手机号,填写:月薪,{header}\n张三,13800138000,8000,{value}\n");
        asks(&sheet("8500"), "column.newer_value");
        passes(&sheet("8000"));
        passes(&sheet("\"8,000.00\""));
    }
    passes("姓名,手机号,填写:月薪,月薪\n张三,13800138000,捌仟元整,8000\n");
    passes("姓名,手机号,填写:试用期月薪,转正后月薪\n张三,13800138000,7000,8000\n");
}

#[test]
fn what_either_of_two_may_be_has_no_ready_answer() {
    for sheet in [
        "新郎,新娘,联系电话\n张三,李四,13800138000\n",
        "业主,租户,联系电话\n张三,李四,13800138000\n",
        "宝宝姓名,月龄,联系电话\n张三,8,13800138000\n",
        "姓名,手机号,年龄\n张三,13800138000,8\n",
        "姓名,手机号,状态\n张三,13800138000,签署中\n李四,13800138001,已拒签\n",
    ] {
        assert_eq!(ready(sheet), "", "{sheet}");
    }
    assert!(
        ready("老人姓名,老人身份证号,家属姓名,家属手机号\n张三,11010519491231002X,李四,13800138000\n")
            .contains("家属姓名=approver.name --map 家属手机号=approver.mobile")
    );
    for answers in ["担保人,担保人电话", "共同借款人,共同借款人手机", "Guarantor,Guarantor phone"]
    {
        let sheet = format!("姓名,手机号,{answers}\n张三,13800138000,李四,13800138001\n");
        assert!(ready(&sheet).contains("=approver2.name"), "{answers}");
    }
}

#[test]
fn a_note_that_says_whose_number_it_is_makes_it_nobody_elses() {
    for sheet in [
        "乙方姓名,乙方手机号(父亲)\n张三,13800138000\n",
        "签署人(推荐人姓名),手机号\n王五,13800138000\n",
        "开票公司,签署人姓名,签署人手机号,签署方类型\n甲有限公司,张三,13800138000,企业\n",
        "姓名,手机号,备注\n张三,13800138000,改为王五签，原签署人已剔除\n李四,13800138001,\n",
        "以下人员不签，不在此列,\n姓名,手机号\n张三,13800138000\n",
    ] {
        assert_eq!(told(sheet).0, Some(3), "{sheet}");
    }
    passes("注：已签合同人员不在此列,\n姓名,手机号\n张三,13800138000\n");
    passes("绿色食品有限公司员工劳动合同签署名单,\n姓名,手机号\n张三,13800138000\n");
    passes("姓名,手机号,备注（不发请注明）\n张三,13800138000,\n");
}

#[test]
fn a_type_alone_is_nobody_who_signs() {
    let sheet =
        "供应商名称,供应商联系人,联系人手机,签署方类型,填写:金额\n甲有限公司,张三,13800138000,企业,100\n";
    assert!(ready(sheet).contains("供应商联系人=approver.name"));
    // The type says that a company signs, and only one column can be its name.
    passes("客户公司名称,签署人姓名,签署人手机号,签署方类型\n甲有限公司,张三,13800138000,企业\n");
}

#[test]
fn a_paper_of_another_kind_than_the_settings_name_is_told() {
    for sheet in [
        "姓名,手机号,合同类型\n张三,13800138000,实习协议\n李四,13800138001,实习协议\n",
        "保密协议签署名单,\n姓名,手机号\n张三,13800138000\n",
    ] {
        assert!(names_another_paper(sheet), "{sheet}");
    }
    for sheet in [
        "姓名,手机号,合同类型\n张三,13800138000,固定期限劳动合同\n",
        "2026年劳动合同签署名单,\n姓名,手机号\n张三,13800138000\n",
    ] {
        assert!(!names_another_paper(sheet), "{sheet}");
    }
}

/// Whether that is told of a sheet that can be sent.
fn names_another_paper(sheet: &str) -> bool {
    let (session, name) = session(&Csv(sheet.to_owned().leak()));
    let ran = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0);
    ran.stdout.contains("sheet.paper_differs")
}

#[test]
fn people_by_one_room_of_several_columns_may_be_one_contract() {
    for place in ["楼栋,室", "户室号", "Room", "报价单号"] {
        let cells = |room: &str| if place.contains(',') { format!("1,{room}") } else { room.to_owned() };
        let (one, two, three) = (cells("101"), cells("102"), cells("103"));
        let sheet = format!(
            "{place},姓名,手机号\n{one},张三,13800138000\n{one},李四,13800138001\n{two},王五,13800138002\n{three},赵六,13800138003\n"
        );
        assert_eq!(told(&sheet).0, Some(3), "{sheet}");
    }
}
