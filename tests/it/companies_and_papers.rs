//! What columns, cells and lines say by what stands in them, whatever they are called: companies that sign, papers,
//! roles, footers, last days.

use crate::meaning::{Csv, codes, session};

/// The exit code of a check and what is told.
fn told(sheet: String) -> (Option<i32>, Vec<String>) {
    let (session, name) = session(&Csv(sheet.leak()));
    let ran = session.run(["check", name, "--config", "config.toml", "--json"]);
    (ran.code, codes(&ran.json()["files"][0]))
}

fn asks(sheet: String, code: &str) {
    let shown = sheet.clone();
    let (exit, codes) = told(sheet);
    assert_eq!(exit, Some(3), "{shown}");
    assert!(codes.iter().any(|own| own == code), "{codes:?}\n{shown}");
}

fn passes(sheet: String) {
    let shown = sheet.clone();
    let (exit, codes) = told(sheet);
    assert_eq!(exit, Some(0), "{codes:?}\n{shown}");
}

#[test]
fn another_company_in_each_row_before_a_name_may_be_who_signs() {
    let sheet = |header: &str| {
        format!(
            "{header},姓名,手机号,借款金额\n北京甲有限公司,张三,13800138000,100\n上海乙有限公司,李四,13800138001,200\n"
        )
    };
    for header in [
        "借款单位", "投标单位", "盖章方", "营业执照名称", "运营主体", "债务人", "运输公司", "Vendor name",
        "Client",
    ] {
        asks(sheet(header), "signer.company");
    }
    for header in ["工作单位", "所属公司", "社保公司", "推荐公司", "开户行", "项目公司", "来源渠道"]
    {
        passes(sheet(header));
    }
}

#[test]
fn remarks_beside_the_table_are_read_as_lines_above_it_are() {
    let beside = |header: &str, cell: &str| {
        format!(
            "姓名,手机号,部门,,{header}\n张三,13800138000,技术,,\n李四,13800138001,技术,,{cell}\n王五,13800138002,技术,,\n"
        )
    };
    for text in [
        "备注：李四不签", "王五的先不发", "仅发前两人", "每人两份", "12月10日前签完", "只发标黄的",
        "王五改为王武", "黄色的是本次要签的", "除王五外全部发送",
    ] {
        asks(beside(text, ""), "sheet.said_beside");
        // What may be of its own row is asked as that.
        let (exit, codes) = told(beside("", text));
        let is_asked = codes.iter().any(|own| own == "sheet.said_beside" || own == "column.send");
        assert!(exit == Some(3) && is_asked, "{text}: {codes:?}");
    }
    for text in ["2026年11月", "制表：王芳", "注意核对手机号", "第1页", "上海甲公司"] {
        passes(beside(text, ""));
        passes(beside("", text));
    }
}

#[test]
fn how_many_a_sheet_says_there_are_is_held_against_what_was_read() {
    let rows = "姓名,手机号\n张三,13800138000\n李四,13800138001\n王五,13800138002\n";
    for line in ["合计：2份合同", "共计：5人", "合计,2人"] {
        asks(format!("{rows}{line}\n"), "sheet.count_stated");
    }
    asks(format!("劳动合同签署名单（共5人）\n{rows}"), "sheet.count_stated");
    for line in ["合计：3人", "共3份", "合计,24000", "本合同一式2份，共2份"] {
        passes(format!("{rows}{line}\n"));
    }
    passes(format!("劳动合同签署名单（共3人）\n{rows}"));
    passes(format!("培训班名单（每班30人）\n{rows}"));
}

#[test]
fn a_note_behind_the_word_for_the_signer_says_who_he_is() {
    for header in ["签署人（家长）", "签署人（监护人）", "签署人姓名（家长）", "签署人（代签）"]
    {
        for pupils in [["程丽", "何芳"], ["张伟", "王芳"]] {
            let [first, second] = pupils;
            let sheet = format!(
                "学生姓名,班级,{header},签署人手机号\n{first},1班,刘涵,13800138000\n{second},1班,罗远华,13800138001\n"
            );
            let (session, name) = session(&Csv(sheet.leak()));
            let ran = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0);
            let signers = ran.json()["files"][0]["understood"]["first"]["signers"].to_string();
            assert!(signers.contains("刘涵") && !signers.contains(first), "{header}: {signers}");
        }
    }
}

#[test]
fn a_column_for_the_company_of_the_contract_asks_whatever_it_is_called() {
    for header in [
        "合同签订方", "签合同主体", "甲方抬头", "我方", "由哪家签", "劳动关系主体", "放款机构",
        "Signing entity",
    ] {
        asks(
            format!(
                "姓名,手机,{header},岗位\n张三,13800138000,北京甲有限公司,保安\n李四,13800138001,上海乙有限公司,保洁\n"
            ),
            "column.parties_differ",
        );
    }
}

#[test]
fn papers_that_differ_ask_under_any_header() {
    let sheet = |header: &str, second: &str| {
        format!("姓名,手机,{header}\n张三,13800138000,劳动合同\n李四,13800138001,{second}\n")
    };
    for header in ["类别", "用工类型", "签什么", "事项", "Document"] {
        asks(sheet(header, "劳务协议"), "column.templates_differ");
    }
    passes(sheet("类别", "劳动合同"));
    passes(sheet("岗位说明", "劳务协议"));
    passes(
        "姓名,手机,类别\n张三,13800138000,劳动合同\n李四,13800138001,正式\n王五,13800138002,劳务协议\n"
            .to_owned(),
    );
}

#[test]
fn roles_that_are_filled_in_are_roles_all_the_same() {
    for [one, other] in [["甲方", "乙方"], ["借款人", "担保人"]] {
        asks(
            format!(
                "姓名,手机,填写:角色\n张三,13800138000,{one}\n李四,13800138001,{other}\n王五,13800138002,{one}\n赵六,13800138003,{other}\n"
            ),
            "rows.roles",
        );
    }
    passes("姓名,手机,填写:角色\n张三,13800138000,乙方\n李四,13800138001,乙方\n".to_owned());
}

#[test]
fn whoever_is_only_to_get_a_copy_or_signs_nothing_is_asked_about() {
    for word in [
        "仅抄送", "抄送收件人", "BCC", "阅知", "非签约方", "接收副本", "原业主", "旧租客", "待替换", "否",
        "observer",
    ] {
        asks(
            format!(
                "合同编号,角色,姓名,手机\nH1,甲方,张三,13800138000\nH1,{word},李四,13800138001\nH2,甲方,王五,13800138002\nH2,{word},赵六,13800138003\n"
            ),
            "rows.copies",
        );
    }
    for word in ["抄送即可", "只看不签", "非签约人", "CC only"] {
        asks(
            format!(
                "合同编号,姓名,手机,备注\nH1,张三,13800138000,\nH1,李四,13800138001,{word}\nH2,王五,13800138002,\n"
            ),
            "rows.copies",
        );
    }
}

#[test]
fn whoever_has_made_the_list_out_is_no_contract() {
    for word in ["经办人", "联系人", "物业联系人"] {
        for header in ["房号", "部门"] {
            asks(
                format!(
                    "{header},姓名,手机,月租\n101,张三,13800138000,3000\n102,王五,13800138002,3000\n{word},李四,13800138009,\n"
                ),
                "rows.doubtful",
            );
        }
    }
    for word in ["审核", "管家", "Prepared by"] {
        asks(
            format!(
                "房号,姓名,手机,月租\n101,张三,13800138000,3000\n102,王五,13800138002,3000\n{word},李四,13800138009,\n"
            ),
            "rows.doubtful",
        );
    }
    // A department, also where nobody has more; what the others have is blank only by chance.
    for [header, word] in [["部门", "客服"], ["科室", "审核"], ["Department", "HR"], ["条线", "业务员"]]
    {
        passes(format!(
            "{header},姓名,手机号,备注\n财务,李秀英,13800138001,\n{word},王建国,13800138000,\n{word},刘洋,13800138003,\n"
        ));
    }
    asks(
        "部门,姓名,手机,月租\n销售,张三,13800138000,3000\n,联系人李四,13800138009,\n".to_owned(),
        "rows.doubtful",
    );
    // With a rent of his own he is a tenant.
    passes("部门,姓名,手机,月租\n销售,张三,13800138000,3000\n审核,李四,13800138009,3000\n".to_owned());
}

#[test]
fn a_day_near_by_in_a_column_or_a_line_about_the_signing_asks() {
    let today = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let soon = today.checked_add(jiff::ToSpan::days(20)).unwrap();
    for header in
        ["邀约截止", "落款截止", "截签前", "签毕日期", "链接到期", "最迟", "To be signed by", "Respond by"]
    {
        asks(
            format!("姓名,手机,{header}\n张三,13800138000,{soon}\n李四,13800138001,{soon}\n"),
            "column.term_or_deadline",
        );
    }
    for line in [
        "请大家12/15前把字签了", "本批链接12月15日失效", "合同须在本月15日内签妥", "签署时效：7天",
        "Link expires 15 Dec 2026",
    ] {
        asks(
            format!("{line},,\n姓名,手机,岗位\n张三,13800138000,保安\n李四,13800138001,保洁\n"),
            "sheet.deadline_above",
        );
    }
    for line in ["2026年12月签约名单", "12月10日前入职员工签约名单", "签约名单（截至2026年11月在册）"]
    {
        passes(format!("{line},,\n姓名,手机,岗位\n张三,13800138000,保安\n李四,13800138001,保洁\n"));
    }
}

#[test]
fn family_with_a_mobile_beside_whoever_is_looked_after_may_sign() {
    for who in ["老人", "长者", "入住老人", "产妇", "患者"] {
        asks(
            format!("{who}姓名,{who}电话,家属姓名,家属电话\n张三,13800138000,张小,13800138005\n"),
            "signer.unclear",
        );
    }
}

#[test]
fn what_is_written_behind_a_row_or_in_its_remark_is_asked_about() {
    for word in ["同上一份", "抄送", "纸质", "担保人", "13900001111", "no"] {
        asks(
            format!("姓名,手机,岗位,\n张三,13800138000,保安,\n李四,13800138001,保洁,{word}\n"),
            "column.send",
        );
    }
    for word in ["不干了", "重复行", "夫妻同签", "要两份", "未成年", "not signing"] {
        asks(format!("姓名,手机,备注\n张三,13800138000,\n李四,13800138001,{word}\n"), "column.send");
    }
    for [header, one, other] in [
        ["续聘意见", "续聘", "不续聘"],
        ["是否推送", "是", "否"],
        ["合同载体", "电子", "纸质"],
        ["房态", "已租", "空"],
    ] {
        asks(
            format!(
                "姓名,手机,{header}\n张三,13800138000,{one}\n李四,13800138001,{other}\n王五,13800138002,{one}\n"
            ),
            "column.send",
        );
    }
}

#[test]
fn a_form_asks_whoever_fills_it_in_for_his_own_name() {
    let sheet = "提交者,手机,您的姓名\n小鱼,13800138000,张三\n".to_owned();
    let (session, name) = session(&Csv(sheet.leak()));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    let answer = checked["files"][0]["answer"].to_string();
    assert!(!answer.contains("提交者=approver.name"), "{answer}");
    passes("您的姓名,您的手机号,您的身份证号\n张三,13800138000,11010519491231002X\n".to_owned());
}

#[test]
fn what_somebody_is_called_beside_his_name_is_no_name() {
    for name in ["员工李四", "组长王芳", "李某", "李四之妻", "李四全家"] {
        let (exit, codes) = told(format!("姓名,手机\n张三,13800138000\n{name},13800138001\n"));
        assert_eq!(exit, Some(3), "{name} {codes:?}");
    }
}

#[test]
fn what_stands_above_blank_cells_each_time_may_hold_for_them() {
    let sheet = |header: &str, cells: [&str; 4]| {
        let rows = cells.iter().enumerate().map(|(at, cell)| format!("张三{at},1380013800{at},{cell}\n"));
        format!("姓名,手机,{header}\n{}", rows.collect::<String>().replace("张三", "张"))
            .replace("张0", "张三")
            .replace("张1", "李四")
            .replace("张2", "王五")
            .replace("张3", "赵六")
    };
    for header in ["车牌", "租金", "地址", "填写:租金"] {
        asks(sheet(header, ["甲1", "", "乙2", ""]), "rows.held_together");
        passes(sheet(header, ["甲1", "", "乙2", "丙3"]));
    }
    asks(sheet("签署截止时间", ["+20d", "", "+30d", ""]), "column.defaulted_cells");
    passes(sheet("签署截止时间", ["+20d", "+20d", "", "+20d"]));
    passes(sheet("备注", ["急", "", "夜班", ""]));
}

/// What a reviewer found asked, or refused, that is in order.
#[test]
fn words_that_only_look_like_it_ask_nothing() {
    let soon = jiff::tz::TimeZone::UTC.to_datetime(jiff::Timestamp::now()).date();
    let soon = soon.checked_add(jiff::ToSpan::days(20)).unwrap();
    for header in ["最晚提货时间", "最晚入住日期", "公积金截至", "Sign Date", "Closing Date"]
    {
        passes(format!("姓名,手机,{header}\n张三,13800138000,{soon}\n李四,13800138001,{soon}\n"));
    }
    for line in [
        "合同期限：2026年12月1日至2027年11月30日（到期自动续签）",
        "Lease expires: 2027-12-31",
        "Invoice due: 2026-12-15",
        "链接：https://docs.qq.com/s/20261201 前端组",
        "上次签约时间2025年12月1日，到期续签",
        "此表暂停更新",
        "本表未经批准不得外传",
    ] {
        passes(format!("{line},,\n姓名,手机,岗位\n张三,13800138000,保安\n李四,13800138001,保洁\n"));
    }
    for remark in
        ["需要两份工资条", "要两份盒饭", "未成年子女两名", "两个人签到", "不做了班长改做组长", "第二批入职"]
    {
        passes(format!("姓名,手机,备注\n张三,13800138000,\n李四,13800138001,{remark}\n"));
    }
    for header in ["上一家单位", "驻场客户"] {
        passes(format!(
            "{header},姓名,手机号\n北京甲有限公司,张三,13800138000\n上海乙有限公司,李四,13800138001\n"
        ));
    }
    for [header, one, other] in
        [["案由", "租赁合同", "买卖合同"], ["擅长", "买卖合同", "婚姻协议"], ["持有证明", "告知书", "承诺书"]]
    {
        passes(format!("姓名,手机,{header}\n张三,13800138000,{one}\n李四,13800138001,{other}\n"));
    }
    for [header, value] in [
        ["Company", "ABCC Holdings"],
        ["Notes", "ID copied"],
        ["国家", "泰国免签"],
        ["签到", "不签到"],
        ["接收方式", "抄送邮箱"],
        ["身份", "Performer"],
        ["身份", "原料供应商"],
        ["身份", "退出现役军人"],
    ] {
        passes(format!("姓名,手机,{header}\n张三,13800138000,{value}\n李四,13800138001,其他\n"));
    }
    for [one, other] in [["原权利人", "新权利人"], ["原股东", "新股东"], ["离职员工", "公司代表"]]
    {
        passes(format!("合同编号,角色,姓名,手机\nH1,{one},张三,13800138000\nH1,{other},李四,13800138001\n"));
    }
    passes(
        "姓名,手机,填写:与户主关系\n张三,13800138000,丈夫\n李四,13800138001,妻子\n王五,13800138002,丈夫\n赵六,13800138003,妻子\n"
            .to_owned(),
    );
    for name in ["张一家", "欧阳一家", "李之子", "王之夫", "刘全家"] {
        passes(format!("姓名,手机\n张三,13800138000\n{name},13800138001\n"));
    }
    for value in ["***", "*****", "…", "？"] {
        passes(format!("姓名,手机,填写:评级\n张三,13800138000,好\n李四,13800138001,{value}\n"));
    }
}

#[test]
fn who_signs_as_well_another_name_and_two_halves_of_a_number_ask() {
    for header in ["共签方", "同签人", "另一方", "第二承租人", "Co-applicant", "Surety"] {
        asks(format!("姓名,手机,{header}\n张三,13800138000,李四\n王五,13800138002,赵六\n"), "column.signer");
    }
    for header in ["护照名", "签约用名", "正确名", "Passport name"] {
        asks(format!("姓名,手机,{header}\n张三,13800138000,张山\n王五,13800138002,王武\n"), "column.beside");
    }
    for [one, other] in [["HT1-借", "HT1-保"], ["HT1主", "HT1从"]] {
        asks(
            format!("合同编号,姓名,手机\n{one},张三,13800138000\n{other},李四,13800138001\n"),
            "rows.numbers_of_parties",
        );
    }
}
