//! What rows, values, remarks and lines leave open of a contract: it asks, and what only resembles it asks nothing.

use crate::meaning::{Csv, codes, session};

fn told(sheet: &str, options: &[&str]) -> (Option<i32>, Vec<String>) {
    let (session, name) = session(&Csv(sheet.to_owned().leak()));
    let words = ["check", name, "--config", "config.toml", "--json"];
    let ran = session.run(words.iter().chain(options));
    (ran.code, codes(&ran.json()["files"][0]))
}

fn asks(sheet: &str, code: &str) {
    let (exit, codes) = told(sheet, &[]);
    assert!(exit == Some(3) && codes.iter().any(|own| own == code), "{exit:?} {codes:?}\n{sheet}");
}

fn passes(sheet: &str, options: &[&str]) {
    let (exit, codes) = told(sheet, options);
    assert_eq!(exit, Some(0), "{codes:?}\n{sheet}");
}

/// A list of two people, with one more column.
fn list(header: &str, first: &str, second: &str) -> String {
    format!("姓名,手机号,{header}\n张三,13800138000,{first}\n李四,13800138001,{second}\n")
}

#[test]
fn signers_that_change_places_between_contracts_ask() {
    const BY_TYPE: &str = "合同编号,签署方类型,企业名称,姓名,手机号\n\
        H1,企业,甲公司有限公司,张三,13800138000\nH1,个人,,李四,13800138001\n\
        H2,个人,,王五,13800138002\nH2,企业,甲公司有限公司,张三,13800138000\n";
    const BY_NAME: &str = "合同编号,姓名,手机号\nH1,张三,13800138000\nH1,李四,13800138001\n\
        H2,王五,13800138002\nH2,张三,13800138000\n";
    asks(BY_TYPE, "rows.order");
    asks(BY_NAME, "rows.order");
    for sheet in [BY_TYPE, BY_NAME] {
        passes(sheet, &["--signer-order", "rows"]);
    }
    // What a column gives is another question.
    let (exit, codes) = told(BY_NAME, &["--map", "姓名=approver.name"]);
    assert!(exit == Some(3) && codes.iter().any(|own| own == "rows.order"), "{codes:?}");
    passes(
        &BY_TYPE.replace("H2,个人,,王五,13800138002\n", "").replace("H2,企业", "H3,企业"),
        &["--missing-party", "send"],
    );
    passes(
        "合同编号,姓名,手机号\nH1,张三,13800138000\nH1,李四,13800138001\nH2,张三,13800138000\nH2,王五,13800138002\n",
        &[],
    );
}

#[test]
fn a_contract_with_fewer_signers_than_nearly_all_asks() {
    let couples = |last: &str| -> String {
        let pairs: String =
            (1..5).map(|at| format!("H{at},张三,1380013800{at}\nH{at},李四,1380013801{at}\n")).collect();
        format!("合同编号,姓名,手机号\n{pairs}{last}")
    };
    let short = couples("H9,王五,13800138022\n");
    asks(&short, "rows.contract_lacks_party");
    passes(&short, &["--missing-party", "send"]);
    passes(&couples("H9,王五,13800138022\nH9,赵六,13800138023\n"), &[]);
    // Of three contracts one may well have a single tenant.
    passes(
        "合同编号,姓名,手机号\nH1,张三,13800138000\nH1,李四,13800138001\nH2,王五,13800138002\nH3,赵六,13800138003\nH3,孙七,13800138004\n",
        &[],
    );
    // A company without the person who signs with it everywhere else.
    let typed = "合同编号,签署方类型,企业名称,姓名,手机号\n\
        H1,企业,甲公司有限公司,张三,13800138000\nH1,个人,,李四,13800138001\n\
        H2,企业,甲公司有限公司,张三,13800138000\nH2,个人,,王五,13800138002\n\
        H3,企业,甲公司有限公司,张三,13800138000\n";
    asks(typed, "rows.contract_lacks_party");
    // Of two contracts one with a single side is an accident.
    let rows: Vec<&str> = typed.lines().collect();
    let of_two = format!("{}\n{}\n{}\n{}\n", rows[0], rows[1], rows[2], rows[5]);
    asks(&of_two, "rows.contract_lacks_party");
}

/// 签署方2 in all contracts but one.
#[test]
fn a_second_signer_who_is_blank_once_is_asked_about() {
    let rows = |second: &str| {
        format!(
            "签署方1姓名,签署方1手机号,签署方2姓名,签署方2手机号\n张一,13800138001,李一,13800138011\n\
             张二,13800138002,李二,13800138012\n张山,13800138003,李山,13800138013\n王五,13800138009,{second}\n"
        )
    };
    asks(&rows(","), "rows.lack_party");
    passes(&rows(","), &["--missing-party", "send"]);
    passes(&rows("赵六,13800138010"), &[]);
}

/// The landlord signs with each tenant: who signs alone lacks him, however many do.
#[test]
fn contracts_without_somebody_who_signs_all_the_others_ask() {
    let leases = |landlords: [&str; 2], alone: &str| {
        let [first, second] = landlords;
        format!(
            "合同编号,姓名,手机号\nH1,张三,13800138000\nH1,{first},13800138009\nH2,李四,13800138001\nH2,{second},13800138009\n\
             H3,{alone},13800138002\nH4,赵六,13800138003\n"
        )
    };
    asks(&leases(["孙七", "孙七"], "王五"), "rows.contract_lacks_party");
    passes(&leases(["孙七", "孙七"], "王五"), &["--missing-party", "send"]);
    passes(&leases(["孙七", "钱八"], "王五"), &[]);
}

#[test]
fn minors_are_known_by_their_class_and_the_month_of_their_birth() {
    for (header, value) in [
        ("班级", "三年级2班"),
        ("班级", "三(2)班"),
        ("年级", "大班"),
        ("班级", "初二（3）班"),
        ("出生年月", "2015-03"),
        ("出生年月", "2016年4月"),
    ] {
        asks(&list(header, value, value), "column.of_signers");
        passes(&list(header, value, value), &["--map", &format!("{header}=ignore")]);
    }
    for (header, value) in [
        ("班级", "Java就业班"),
        ("班级", "小班课A"),
        ("年级", "大一"),
        ("出生年月", "1985-03"),
        ("班级", "1"),
    ] {
        passes(&list(header, value, value), &[]);
    }
    passes("教师姓名,手机号,班级\n张三,13800138000,三年级2班\n", &[]);
    passes("家长姓名,家长手机号,班级\n张三,13800138000,三年级2班\n", &[]);
}

#[test]
fn the_family_of_somebody_may_sign_and_that_of_staff_is_called_in_need() {
    let people = "张三,13800138000,王五,13900139001\n李四,13800138001,赵六,13900139002\n";
    asks(&format!("姓名,手机号,家属,家属电话\n{people}"), "signer.unclear");
    passes(&format!("员工姓名,手机号,家属,家属电话\n{people}"), &[]);
    passes(&format!("姓名,手机号,紧急联系人,紧急联系人电话\n{people}"), &[]);
}

#[test]
fn a_components_value_that_is_not_settled_asks_among_others() {
    for value in ["待定", "3500？", "XX元", "见附件", "面议", "6500或7000", "未谈妥"] {
        let sheet = list("填写:月薪", "8000", value);
        asks(&sheet, "column.undecided");
        passes(&sheet, &["--as-text", "填写:月薪"]);
    }
    for (first, second) in [
        ("2026-11-30", "2026-11-31"),
        ("20261130", "20261131"),
        ("2026-11-30", "12月初"),
        ("2026-11-30", "2062-11-30"),
    ] {
        asks(
            &format!("{}王五,13800138002,{first}\n", list("填写:起始日", first, second)),
            "column.undecided",
        );
    }
    passes(&list("填写:到期日", "2046-12-01", "2056-12-01"), &[]);
    passes(&list("填写:工资卡号", "6222021234567890", "621"), &[]);
    asks(&list("填写:月薪", "8000", "8000改9000"), "cell.left_over");
    for (first, second) in
        [("无", "1000"), ("见附件", "见附件"), ("X5", "XL"), ("2改4室", "3室"), ("待定", "待定")]
    {
        passes(&list("填写:约定", first, second), &[]);
    }
}

#[test]
fn a_component_that_names_the_signer_and_once_somebody_else_asks() {
    for (component, first, second) in [
        ("填写:员工姓名", "张三", "赵六"),
        ("填写:乙方", "张三", "赵六"),
        ("填写:联系电话", "138 0013 8000", "13800138009"),
    ] {
        let sheet = list(component, first, second);
        asks(&sheet, "column.of_another");
        passes(&sheet, &["--as-text", component]);
    }
    asks(
        "合同编号,姓名,手机号,填写:合同编号\nH1,张三,13800138000,H1\nH2,李四,13800138001,H1\n",
        "column.of_another",
    );
    passes(&list("填写:紧急联系人", "张三", "王五"), &[]);
    passes(&list("填写:联系电话", "0086 13800138000", "８６１３８００１３８００１"), &[]);
    passes(&list("填写:员工姓名", "张三", "李四（小李）"), &[]);
    passes(&list("填写:员工姓名", "张三", "李四"), &[]);
    // In the first of a contract's rows it may name any of its signers.
    passes(
        "合同编号,姓名,手机号,填写:乙方姓名\nH1,甲一,13800138000,甲一\nH1,张三,13800138001,\nH2,甲一,13800138000,李四\nH2,李四,13800138002,\n",
        &[],
    );
}

#[test]
fn somebody_who_has_handed_in_a_form_twice_asks() {
    let form = |last: &str| {
        format!(
            "提交时间,姓名,手机号,填写:岗位\n2026-11-01 10:00,张三,13800138000,保安\n\
             2026-11-01 11:00,李四,13800138001,保洁\n2026-11-02 10:00,{last}\n"
        )
    };
    for again in ["张三,13800138000,厨师", "张三,13800138009,保安"] {
        asks(&form(again), "rows.submitted_twice");
        passes(&form(again), &["--submitted-twice", "send"]);
        // Those are answers to other questions: what holds rows together, and whether those that are alike are one.
        for answer in [["--map", "提交时间=ignore"], ["--key", "提交时间"], ["--key", "row"]] {
            let (exit, codes) = told(&form(again), &answer);
            assert!(exit == Some(3) && codes.iter().any(|own| own == "rows.submitted_twice"), "{codes:?}");
        }
    }
    let (_, codes) = told(&form("张三,13800138000,保安"), &[]);
    assert!(codes.iter().any(|own| own == "rows.differ"), "{codes:?}");
    assert!(!codes.iter().any(|own| own == "rows.submitted_twice"), "what is alike is no second thought");
    passes(&form("王五,13800138002,保安"), &[]);
    passes(
        "提交时间,姓名,手机号,身份证号\n2026-11-01 10:00,张三,13800138000,110101199003070011\n\
         2026-11-02 10:00,张三,13800138009,110101199003070038\n",
        &[],
    );
}

#[test]
fn numbers_that_lack_a_dash_and_roles_that_lack_their_word_part_no_contract() {
    let lease = |first: &str, second: &str, role: &str| {
        format!(
            "合同编号,角色,姓名,手机号,填写:租金\n{first},出租方,张三,13800138000,3500\n{second},{role},李四,13800138001,\n\
             HT-2,出租方,王五,13800138002,3600\nHT-2,承租方,赵六,13800138003,\n\
             HT-3,出租方,王五,13800138002,3600\nHT-3,承租方,孙七,13800138004,\n"
        )
    };
    for (first, second) in [("HT-001", "HT001"), ("2026001", "2026-001"), ("HT.001", "HT001")] {
        asks(&lease(first, second, "承租方"), "rows.numbers_alike");
    }
    passes(&lease("HT-001", "HT-001", "承租方"), &[]);
    for (first, second) in [("1-101", "1101"), ("1-1-1", "1-11")] {
        passes(&lease(first, first, "承租方").replace("HT-2", second), &[]);
    }
    for role in ["承祖方", "中介"] {
        asks(&lease("HT-001", "HT-001", role), "rows.contract_lacks_party");
        passes(&lease("HT-001", "HT-001", role), &["--missing-party", "send"]);
    }
}

#[test]
fn components_that_cannot_both_be_right_ask() {
    let rents = |words: &str| list("填写:月租,填写:月租大写", "3500,叁仟伍佰元整", &format!("3600,{words}"));
    asks(&rents("叁仟伍佰元整"), "column.disagrees");
    passes(&rents("叁仟伍佰元整"), &["--as-text", "填写:月租大写"]);
    for words in ["叁仟陆佰元整", "三千六百元", "叁仟陆佰零拾零元整", "三千六", "", "见附件"]
    {
        passes(&rents(words), &[]);
    }
    let terms = |ends: &str| {
        list("填写:开始日期,填写:结束日期", "2026-12-01,2027-11-30", &format!("2026-12-01,{ends}"))
    };
    asks(&terms("2026-11-30"), "column.disagrees");
    passes(&terms("2027-11-30"), &[]);
    passes(&terms("2026-12-01"), &[]);
    passes(&list("填写:金额（万元）,填写:金额大写", "12,壹拾贰万元整", "10.5,壹拾万伍仟元整"), &[]);
    passes(&list("填写:年租金,填写:租金大写", "43200,叁仟陆佰元整", "48000,肆仟元整"), &[]);
    let parties = |name: &str| {
        format!(
            "甲方姓名,甲方手机,乙方姓名,乙方手机,填写:乙方姓名\n张三,13800138000,李四,13800138001,李四\n\
             王五,13800138002,赵六,13800138003,{name}\n"
        )
    };
    asks(&parties("赵柳"), "column.of_another");
    for name in ["赵六", "赵六女士", "无", "赵六、赵小六"] {
        passes(&parties(name), &[]);
    }
}

#[test]
fn remarks_that_leave_something_of_the_row_open_ask() {
    for remark in [
        "等他回来", "缺身份证", "调走了", "月薪9000", "签一年", "从1月1日起", "15号前", "跟李四一起",
        "同李四", "夫妻", "劳务合同", "签劳务", "模板2", "另签保密协议", "两份", "作废重签", "已拒",
        "过期未签", "再发一次", "改李四", "孕期，顺延", "以7000为准", "加500", "8000改7000", "下个月再签",
        "号码已注销", "手机号是他爸的", "实名王路", "跟张建中一起", "妻子也要签", "由公司盖章", "合同已签回",
        "实习生，签实习协议", "签两个合同", "月薪还没定",
    ] {
        asks(
            &format!("姓名,手机号,填写:月薪,备注\n王五,13800138000,8000,\n赵六,13800138001,8000,{remark}\n"),
            "column.send",
        );
    }
    for remark in [
        "退休", "转正", "加急", "老员工", "原合同", "月薪8000", "工龄3年", "2026年入职", "见习", "和气",
        "联系方便", "补发工资", "已发工牌", "奖金已发", "一年级", "无", "跟单员", "同安区", "和林店",
        "找房中", "改时间", "换单位", "电子合同", "2025年从甲公司离职", "电话打不通就发微信", "每年加100",
        "夜班加200", "已优惠200", "租金优惠到2026年底", "每天必须签到", "工资每月发两次", "改白班", "换房号",
        "工位待确认", "领导已批准，工号1203", "资料已齐，签劳动合同",
    ] {
        passes(
            &format!("姓名,手机号,填写:月薪,备注\n王五,13800138000,8000,\n赵六,13800138001,8000,{remark}\n"),
            &[],
        );
    }
}

#[test]
fn marks_in_some_rows_may_say_which_are_meant() {
    for (header, mark) in [("备注", "√"), ("打勾", "√"), ("标记", "★"), ("签字", "张三"), ("代签", "赵六")]
    {
        asks(&list(header, mark, ""), if header == "代签" { "column.of_signers" } else { "column.send" });
    }
    passes(&list("备注", "√", "√"), &[]);
    passes(&list("本人签字", "", ""), &[]);
    asks(&list("合同类型", "固定期限", "不签"), "column.says_no");
}

#[test]
fn lines_that_say_of_all_contracts_what_no_column_does_ask() {
    for line in ["月薪统一8000", "全部签两年", "11月已签合同台账", "家长签署名单", "注：以下电话均为家长电话"]
    {
        let sheet = |line: &str| format!("{line},,\n{}", list("填写:月薪", "8000", "9000"));
        asks(&sheet(line), "sheet.said_above");
    }
    asks(&format!("单位：万元,,\n{}", list("填写:合同金额", "10", "20")), "sheet.said_above");
    for line in ["未签人员名单", "单位：元", "单位：行政部", "公司员工合同台账", "家长学校培训班", "共2人"]
    {
        passes(&format!("{line},,\n{}", list("填写:合同金额", "10", "20")), &[]);
    }
    asks(&format!("人数：5,,\n{}", list("部门", "A", "B")), "sheet.count_stated");
    passes(&format!("人数：2,,\n{}", list("部门", "A", "B")), &[]);
}

#[test]
fn another_column_with_the_newer_value_or_the_last_day_asks() {
    asks(&list("填写:月薪,调薪后", "8000,", "8000,9000"), "column.newer_value");
    asks(&list("填写:月薪,薪资", "8000,8000", "8000,9000"), "column.newer_value");
    passes(&list("填写:月薪,工资", "8000,5000", "8000,5000"), &[]);
    asks(&list("实名姓名", "张三", "李武"), "column.beside");
}

#[test]
fn another_company_in_each_row_is_no_employer_of_all() {
    let companies = ["甲科技有限公司", "乙科技有限公司"];
    for header in ["公司", "单位", "加盟公司", "委托单位", "营业执照名称"] {
        let sheet = list(header, companies[0], companies[1]);
        asks(&sheet, "signer.company");
        passes(&sheet, &["--map", "姓名=approver.name"]);
    }
    for header in ["公司", "工作单位", "所属公司", "社保公司"] {
        passes(&list(header, companies[0], companies[0]), &[]);
    }
    passes(&list("部门,公司", "销售,甲科技有限公司", "行政,乙科技有限公司"), &[]);
}

#[test]
fn a_sentence_below_the_rows_is_no_signer_and_somebody_with_a_remark_is() {
    let sheet = |last: &str| format!("姓名,手机号\n张三,13800138000\n李四,13800138001\n{last},\n");
    for line in ["签署前请先实名认证", "请使用本人实名手机号", "所有人员均为新签"]
    {
        passes(&sheet(line), &[]);
    }
    for somebody in
        ["王五：13800138009", "王五，手机号稍后补充", "王五（请补手机号码）", "周请安（手机号后补）"]
    {
        let (exit, codes) = told(&sheet(somebody), &[]);
        assert!(exit != Some(0), "{somebody} {codes:?}");
    }
}

#[test]
fn columns_that_say_that_a_contract_was_signed_ask_and_none_offers_those_that_were() {
    for (header, before, done) in [
        ("签约完成", "否", "是"),
        ("是否签约完成", "否", "是"),
        ("合同签完没", "否", "是"),
        ("签署标志", "0", "1"),
        ("流程状态", "未发起", "已完成"),
        ("当前环节", "待签署", "已归档"),
        ("批次", "本次", "下次"),
    ] {
        let (session, name) = session(&Csv(list(header, before, done).leak()));
        let ran = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3);
        let file = &ran.json()["files"][0];
        assert_eq!(codes(file), ["column.send"], "{header}");
        let answer = file["answer"].to_string();
        assert!(!answer.contains(&format!("{header}={done}")), "{answer}");
    }
    for (header, value) in [("流程状态", "已完成"), ("发票完成", "是"), ("签约完成日期", "")]
    {
        passes(&list(header, value, value), &[]);
    }
}

#[test]
fn a_term_that_its_days_do_not_have_asks_where_others_agree() {
    let sheet = |last: &str| {
        list(
            "填写:合同期限,填写:开始日期,填写:结束日期",
            "三年,2026-12-01,2029-11-30",
            &format!("36个月,2026-12-01,{last}"),
        )
    };
    asks(&sheet("2028-11-30"), "column.disagrees");
    passes(&sheet("2029-12-01"), &[]);
    passes(&sheet("2028-11-30"), &["--as-text", "填写:合同期限"]);
}

/// 等回签, 在法务: nobody can list what people write there; where only some rows have a word they are not where the others
/// are.
#[test]
fn columns_of_progress_ask_where_rows_stand_at_different_points() {
    for (header, value) in [
        ("进度", "等回签"),
        ("跟进", "卡在法务"),
        ("合同情况", "纸质版已存档"),
        ("签约进展", "法务审核中"),
        ("情况", "搞定"),
    ] {
        asks(&list(header, "", value), "column.send");
    }
    asks(&list("合同情况", "在法务", "老板看过"), "column.send");
    asks(&list("合同进度", "待发", "卡在法务"), "column.send");
    asks(&list("跟进", "", "待转正后签"), "column.send");
    for (header, first, second) in [
        ("进度", "待发起", "待发起"),
        ("合同情况", "首签", "续签"),
        ("合同情况", "老板看过", "老板看过"),
        ("跟进", "王芳", ""),
        ("进度", "面试通过", ""),
        ("进度", "30%", ""),
        ("合同情况", "新员工", "即将到期"),
        ("合同状态", "新签", "续签"),
        ("进展", "3000元", ""),
        ("跟进", "小王跟进", ""),
        ("进度", "等待签约", ""),
        ("预约情况", "已预约", ""),
        ("进度", "体检完成", ""),
        ("跟进", "林不凡", ""),
        ("进展", "没问题", ""),
        ("进度", "待播种", ""),
        ("合同进度", "待签（加急）", "待签"),
        ("进度", "照片已补", ""),
        ("上次签约情况", "已签", ""),
    ] {
        passes(&list(header, first, second), &[]);
    }
}

#[test]
fn a_trial_period_that_its_own_days_do_not_have_asks() {
    let trial = |end: &str| {
        let headers = "填写:试用期,填写:试用期开始日期,填写:试用期结束日期,填写:合同期限,填写:合同开始日期,填写:合同结束日期";
        let row = |end: &str| format!("3个月,2026-12-01,{end},3年,2026-12-01,2029-11-30");
        list(headers, &row("2027-02-28"), &row(end))
    };
    asks(&trial("2027-05-31"), "column.disagrees");
    passes(&trial("2027-03-01"), &[]);
    // Called alike, they are of one term, however many rows say so.
    let (first, second) = ("3个月,2026-12-01,2027-05-31", "3个月,2026-12-01,2027-05-31");
    asks(&list("填写:试用期限,填写:试用开始日期,填写:试用结束日期", first, second), "column.disagrees");
}

/// Found by testers among remarks, states and values: what leaves its row open, and what only resembles it.
#[test]
fn further_remarks_and_values_ask_or_pass() {
    for (header, first, second, code) in [
        ("备注", "", "上周已经签过纸质版", "column.send"),
        ("备注", "", "10月已签一份，这份作补充", "column.send"),
        ("备注", "", "授权委托人王五签", "column.send"),
        ("备注", "", "两人合租，室友王五也签", "column.send"),
        ("备注", "", "合同签一年就行", "column.send"),
        ("备注", "", "赵六代", "column.send"),
        ("备注", "", "salary to be confirmed", "column.send"),
        ("填写:月租,备注", "3500,", "3600,业主说涨到3800", "column.send"),
        ("填写:月薪,备注", "6000,", "6500,工资再加500", "column.send"),
        ("流程状态", "", "已完成", "column.send"),
        ("短信状态", "未发", "已送达", "column.send"),
        ("用人部门意见", "同意录用", "不同意录用", "column.send"),
        ("填写:备注", "无", "先不要发这份", "column.says_no"),
        ("填写:工资", "6000", "约6500", "column.undecided"),
        ("填写:工资", "6000", "同张三", "column.undecided"),
    ] {
        asks(&list(header, first, second), code);
    }
    for (header, first, second) in [
        ("备注", "", "续签三年"),
        ("备注", "", "已签三年老员工"),
        ("备注", "", "电话也签收"),
        ("填写:月租,备注", "3500,", "3600,原3600"),
        ("填写:备注", "无", "不发放年终奖"),
        ("填写:面积", "89.5平", "约120平"),
        ("填写:工资", "6000", "8000-10000"),
    ] {
        passes(&list(header, first, second), &[]);
    }
}

/// 年租金 is twelve times 月租 in most rows, and 单价 x 数量 is 总价; a discount for all asks nothing.
#[test]
fn amounts_that_are_not_worked_out_as_in_other_rows_ask() {
    let rent = |second: &str| list("填写:月租,填写:年租金", "3000,36000", &format!("3500,{second}"));
    asks(&rent("40000"), "column.disagrees");
    passes(&rent("42000"), &[]);
    passes(&rent("40000"), &["--as-text", "填写:年租金"]);
    let bought = |first: &str, second: &str| {
        list("填写:单价,填写:数量,填写:总价", &format!("12.5,80,{first}"), &format!("20,100,{second}"))
    };
    asks(&bought("1000", "1000"), "column.disagrees");
    passes(&bought("1000", "2000元"), &[]);
    passes(&bought("900", "1800"), &[]);
    // What is taken off a price stands beside it.
    let reduced = list("填写:单价,填写:数量,填写:优惠,填写:总价", "12.5,80,0,1000", "20,100,50,1950");
    passes(&reduced, &[]);
    passes(&list("填写:房号", "1001/1002", "1203"), &[]);
}

#[test]
fn counts_in_words_or_in_two_cells_are_counts() {
    for line in ["以上共计叁人", "以上共3人", "共三份"] {
        asks(&format!("{}{line},,\n", list("部门", "A", "B")), "sheet.count_stated");
    }
    passes(&format!("{}以上共计贰人,,\n", list("部门", "A", "B")), &[]);
    asks("姓名,手机号,,,\n张三,13800138000,,总人数,3\n李四,13800138001,,,\n", "sheet.count_stated");
}

#[test]
fn a_command_that_answers_a_part_says_so() {
    let sheet = |pay: &str| list("签约主体,填写:月薪", "甲有限公司,8000", &format!("乙有限公司,{pay}"));
    let printed = |pay: &str| {
        let (session, name) = session(&Csv(sheet(pay).leak()));
        let ran = session.run(["check", name, "--config", "config.toml"]).exit(3);
        format!("{}{}", ran.stdout, ran.stderr)
    };
    assert!(printed("待定").contains("answers a part"));
    assert!(!printed("9000").contains("answers a part"));
}
