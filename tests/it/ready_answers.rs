//! What is sent after the ready command: a person reads the question, says yes, and copies it.

use serde_json::Value;

use crate::meaning::{Csv, Of, Sheets, data, session};
use crate::support::{Ran, Session};

/// The first contract once the ready command was run: each signer as `TYPE/company/name`.
fn answered(of: &Of) -> Vec<String> {
    let (session, name) = session(of);
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).json();
    let words: Vec<&str> =
        checked["files"][0]["answer"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
    let [_, command @ ..] = words.as_slice() else { panic!("no answer: {checked}") };
    signers(&session.run(command).exit(0).json())
}

fn signers(checked: &Value) -> Vec<String> {
    let of_signer = |signer: &Value| {
        let value = |field: &str| {
            let cells = signer.as_array().unwrap().iter();
            let mut own = cells.filter(|cell| cell["field"] == format!("approver.{field}"));
            own.next().map(|cell| cell["value"].as_str().unwrap().to_owned())
        };
        let all = ["type", "organization_name", "name"].into_iter().filter_map(value);
        all.collect::<Vec<_>>().join("/")
    };
    let first = &checked["files"][0]["understood"]["first"];
    first["signers"].as_array().unwrap().iter().map(of_signer).collect()
}

#[test]
fn the_company_that_is_said_to_sign_does() {
    const PARTIES: &str = "甲方,甲方代表,甲方电话,乙方,乙方代表,乙方电话\n\
        某某贸易有限公司,林小雨,13800138000,另一制造有限公司,钱多多,13800138003\n";
    const BRACKETS: &str = "甲方（公司）,甲方联系人,甲方电话,乙方（员工）,乙方电话\n某某公司,林小雨,13800138000,何静,13800138001\n";
    const DISCLOSER: &str = "披露方,披露方代表,披露方代表电话,接收方,接收方电话\n\
        某某公司,林小雨,13800138000,何静,13800138001\n";
    const BORROWER: &str = "借款单位,法定代表人,法定代表人手机,担保人,担保人手机\n\
        某某公司,林小雨,13800138000,何静,13800138001\n";
    const LENDER: &str = "借款人,借款人经办人,借款人手机,担保人,担保人手机\n\
        某某公司,林小雨,13800138000,何静,13800138001\n";
    const LANDLORD: &str = "出租方,出租方电话,承租方,承租方电话\n某某公司,13800138000,何静,13800138001\n";
    const CUSTOMERS: &str = "客户名称,联系人,联系电话\n何静,何静,13800138001\n某某公司,林小雨,13800138000\n";
    let company = |name: &str, person: &str| format!("ORGANIZATION/{name}/{person}");
    let ours = company("某某公司", "林小雨");
    for (sheet, expected) in [
        (PARTIES, vec![company("某某贸易有限公司", "林小雨"), company("另一制造有限公司", "钱多多")]),
        (BRACKETS, vec![ours.clone(), "何静".to_owned()]),
        (DISCLOSER, vec![ours.clone(), "何静".to_owned()]),
        (BORROWER, vec![ours, "何静".to_owned()]),
        (LENDER, vec![company("某某公司", "林小雨"), "何静".to_owned()]),
        (LANDLORD, vec!["ORGANIZATION/某某公司".to_owned(), "何静".to_owned()]),
        // Whose name the company has is a person.
        (CUSTOMERS, vec!["何静".to_owned()]),
    ] {
        assert_eq!(answered(&Csv(sheet)), expected, "{sheet}");
    }
}

#[test]
fn whoever_acts_for_a_named_company_signs_for_it() {
    const AGENT: &str = "甲方企业名称,甲方经办人,甲方手机号,乙方姓名,乙方手机号\n\
        某某公司,林小雨,13800138000,何静,13800138001\n";
    let (session, name) = session(&Csv(AGENT));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0).json();
    assert_eq!(signers(&checked), ["ORGANIZATION/某某公司/林小雨", "何静"]);
    const ROWS: &str = "合同编号,签约方,单位名称,姓名,手机号\nH1,甲方,某某公司,林小雨,13800138000\n\
        H1,乙方,,何静,13800138001\n";
    assert_eq!(answered(&Csv(ROWS)), ["ORGANIZATION/某某公司/林小雨", "何静"]);
}

#[test]
fn the_type_of_each_party_is_part_of_the_answer() {
    const TYPED: &str = "出租方姓名,出租方手机,承租方类型,承租方企业名称,承租方姓名,承租方手机\n\
        林小雨,13800138000,企业,某某公司,钱多多,13800138003\n\
        林小雨,13800138000,个人,,何静,13800138001\n";
    assert_eq!(answered(&Csv(TYPED)), ["林小雨", "ORGANIZATION/某某公司/钱多多"]);
    // 老客户 says nothing of who signs.
    const REGULARS: &str = "出租方姓名,出租方手机,承租方性质,承租方姓名,承租方手机\n\
        林小雨,13800138000,老客户,钱多多,13800138003\n";
    assert_eq!(answered(&Csv(REGULARS)), ["林小雨", "钱多多"]);
}

#[test]
fn what_is_no_companys_name_makes_no_company() {
    const KINDS: &str =
        "借款单位,法定代表人,法定代表人手机\n个人,林小雨,13800138000\n某某公司,何静,13800138001\n";
    let (session, name) = session(&Csv(KINDS));
    let maps =
        ["借款单位=approver.organization_name", "法定代表人=approver.name", "法定代表人手机=approver.mobile"];
    let maps = maps.iter().flat_map(|map| ["--map", map]);
    let command = ["check", name, "--config", "config.toml", "--json"];
    session.run(command.into_iter().chain(maps)).exit(3).says("cell.required");
}

#[test]
fn a_spouse_signs_for_nobodys_employer() {
    const SPOUSE: &str = "借款人姓名,借款人手机号,借款人工作单位,配偶姓名,配偶手机号\n\
        林小雨,13800138000,某某公司,何静,13800138001\n";
    let (session, name) = session(&Csv(SPOUSE));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3);
    assert!(!checked.stdout.contains("organization_name\\\""), "{}", checked.stdout);
}

#[test]
fn a_company_that_would_be_left_out_stays_a_question() {
    const BORROWER: &str = "借款企业,企业联系人,联系人手机,担保人姓名,担保人手机\n\
        某某公司,林小雨,13800138000,何静,13800138001\n";
    let (session, name) = session(&Csv(BORROWER));
    let check = |words: &[&str]| {
        let command = ["check", name, "--config", "config.toml", "--json"];
        session.run(command.iter().chain(words)).exit(3).says("\"column.signer\"");
    };
    check(&[]);
    check(&["--map", "担保人姓名=approver.name", "--map", "担保人手机=approver.mobile"]);
}

#[test]
fn who_does_not_sign_leaves_no_gap() {
    const TENANTS: &str = "房东,房东电话,租客,租客电话\n林小雨,13800138000,何静,13800138001\n";
    let (session, name) = session(&Csv(TENANTS));
    let maps = ["房东=ignore", "房东电话=ignore", "租客=approver2.name", "租客电话=approver2.mobile"];
    let maps = maps.iter().flat_map(|map| ["--map", map]);
    let command = ["check", name, "--config", "config.toml", "--json"];
    let checked = session.run(command.into_iter().chain(maps)).exit(0).json();
    assert_eq!(signers(&checked), ["何静"]);
}

#[test]
fn the_third_who_may_sign_has_a_number_of_her_own() {
    const COUPLE: &str = "出租人,出租人电话,承租人,承租人电话,配偶,配偶电话\n\
        林小雨,13800138000,何静,13800138001,周大海,13800138002\n";
    let (session, name) = session(&Csv(COUPLE));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(3);
    checked.says("配偶=approver3.name");
}

#[test]
fn a_sheet_of_those_who_have_left_is_asked_about_as_such() {
    const LIST: &[&[&str]] = &[&["姓名", "手机号"], &["林小雨", "13800138000"], &["何静", "13800138001"]];
    const LEFT: &[&[&str]] = &[&["姓名", "手机号"], &["何静", "13800138001"]];
    const OTHERS: &[&[&str]] = &[&["姓名", "手机号"], &["周大海", "13800138002"]];
    for (sheets, told) in [
        (Sheets(&[("名单", LIST), ("离职名单", LEFT)]), "sheet.left_out_elsewhere"),
        (Sheets(&[("名单", LIST), ("离职名单", OTHERS)]), "sheet.choose"),
    ] {
        let (session, name) = session(&sheets);
        session.run(["check", name, "--config", "config.toml", "--json"]).exit(3).says(told);
    }
}

#[test]
fn what_was_signed_is_left_out_by_the_ready_command() {
    const SIGNED: &str = "姓名,手机号,签约情况\n林小雨,13800138000,已签\n何静,13800138001,\n";
    const REMARKS: &str = "姓名,手机号,备注\n林小雨,13800138000,暂不签\n何静,13800138001,\n";
    assert_eq!(answered(&Csv(SIGNED)), ["何静"]);
    assert_eq!(answered(&Csv(REMARKS)), ["何静"]);
}

#[test]
fn a_sheet_called_like_an_option_is_named_in_the_command() {
    const LIST: &[&[&str]] = &[&["姓名", "手机号"], &["林小雨", "13800138000"]];
    assert_eq!(answered(&Sheets(&[("-12月", LIST), ("-11月", LIST)])), ["林小雨"]);
}

#[test]
fn whether_the_companies_beside_persons_sign_is_a_question() {
    const CUSTOMERS: &str = "企业名称,签署方姓名,手机号\n某某科技有限公司,林小雨,13800138000\n\
        另一贸易有限公司,何静,13800138001\n";
    const SECOND: &str = "甲方,甲方手机,乙方,乙方手机,乙方公司\n林小雨,13800138000,何静,13800138001,某某科技有限公司\n\
        林小雨,13800138000,钱多多,13800138003,另一贸易有限公司\n";
    for (sheet, columns, person, first) in [
        (CUSTOMERS, "签署方姓名", "签署方姓名=approver.name", "某某科技有限公司/林小雨"),
        (SECOND, "乙方", "乙方=approver2.name", "某某科技有限公司/何静"),
    ] {
        let of = Csv(sheet);
        let (session, name) = session(&of);
        let check = |words: &[&str]| {
            let mut command = vec!["check", name, "--config", "config.toml", "--json"];
            command.extend(words);
            session.run(command)
        };
        let asked = check(&[]).exit(3).json();
        let problems = asked["files"][0]["problems"].as_array().unwrap();
        let told = problems.iter().find(|told| told["code"] == "signer.company").unwrap();
        assert_eq!(told["column"], columns, "{told}");
        let person = check(&["--map", person]).exit(0).json();
        assert_eq!(signers(&person).last().unwrap(), first, "{sheet}");
        assert_eq!(answered(&of).last().unwrap(), &format!("ORGANIZATION/{first}"), "{sheet}");
    }
    // One company is most likely the own one, and a type says it.
    for sheet in [
        "姓名,手机号,公司名称\n林小雨,13800138000,某某科技有限公司\n何静,13800138001,某某科技有限公司\n",
        "姓名,手机号,公司名称,类型\n林小雨,13800138000,某某科技有限公司,个人\n何静,13800138001,另一贸易有限公司,个人\n",
    ] {
        let (session, name) = session(&Csv(sheet));
        session.run(["check", name, "--config", "config.toml", "--json"]).exit(0);
    }
}

/// The words of the ready command from its first `--map` on.
fn maps(asked: &Value) -> Vec<&str> {
    let words = asked["files"][0]["answer"].as_array().unwrap().iter();
    words.map(|word| word.as_str().unwrap()).skip_while(|word| *word != "--map").collect()
}

fn check(sheet: &str, words: &[&str]) -> Ran {
    check_with(&String::from_utf8(data("config.toml")).unwrap(), sheet, words)
}

fn check_with(config: &str, sheet: &str, words: &[&str]) -> Ran {
    let session =
        Session::new().without("FLOWBATCH_JUMP_URL").file("config.toml", config).file("a.csv", sheet);
    let mut command = vec!["check", "a.csv", "--config", "config.toml", "--json"];
    command.extend(words);
    session.run(command)
}

#[test]
fn another_company_than_that_of_the_settings_is_asked_about() {
    let signs = "\n[[signers]]\nposition = \"first\"\ntype = \"企业\"\nopen_id = \"yOwn1\"\norganization_name = \"安和置业有限公司\"\n";
    let config = format!("{}{signs}", String::from_utf8(data("config.toml")).unwrap());
    let check = |sheet: &str, words: &[&str]| check_with(&config, sheet, words);
    let people = "林小雨,13800138000\n何静,13800138001\n";
    for line in ["甲方：恒通物流有限公司,", "出租方（甲方）：恒通物流有限公司,", "用人单位,恒通物流有限公司"]
    {
        let above = format!("{line}\n姓名,手机号\n{people}");
        check(&above, &[]).exit(3).says("sheet.party_above");
        check(&above, &["--header-row", "2"]).exit(0);
    }
    for line in [
        "甲方：恒通物流有限公司（盖章）,",
        "\"甲方：恒通物流有限公司，乙方：见下表\",",
        "日期：2026-01-01,甲方：恒通物流有限公司",
        "名单,甲方：恒通物流有限公司",
        "用人单位（甲方）：恒通物流有限公司,",
        "甲方：Blue Sky Trading Co. Ltd.,",
        // The head company is not its branch, and no part of a name is a company's.
        "甲方：置业有限公司,",
        "甲方：安和置业有限公司（杭州分公司）,",
    ] {
        check(&format!("{line}\n姓名,手机号\n{people}"), &[]).exit(3).says("sheet.party_above");
    }
    for line in ["甲方（盖章）：恒通物流有限公司,", "出租方：恒通物流有限公司,"] {
        let below = format!("姓名,手机号\n{people}{line}\n");
        check(&below, &[]).exit(3).says("sheet.party_above");
    }
    let own = "甲方：安和置业有限公司,\n姓名,手机号\n林小雨,13800138000\n甲方（盖章）：安和置业有限公司,\n";
    check(own, &[]).exit(0);
    let of = |header: &str, company: &str| {
        format!("{header},姓名,手机号\n{company},林小雨,13800138000\n{company},何静,13800138001\n")
    };
    for header in ["甲方", "出租方", "招租方", "签约主体", "用人单位"] {
        let sheet = of(header, "恒通物流有限公司");
        check(&sheet, &[]).exit(3).says("column.parties_differ");
        check(&sheet, &["--map", &format!("{header}=ignore")]).exit(0);
        for own in ["安和置业有限公司", "安和置业"] {
            let checked = check(&of(header, own), &[]).exit(0).json();
            assert_eq!(signers(&checked), ["ORGANIZATION/安和置业有限公司", "林小雨"], "{header}");
        }
    }
    // The own company's columns are left out by themselves, with whoever would sign for it by the answer.
    for sheet in [
        "甲方名称,乙方姓名,手机号\n安和置业有限公司,林小雨,13800138000\n",
        "甲方（出租方）,乙方（承租方）,联系电话\n安和置业有限公司,林小雨,13800138000\n",
        "公司名称,姓名,手机号\n安和置业有限公司,林小雨,13800138000\n",
    ] {
        let checked = check(sheet, &[]).exit(0).json();
        assert_eq!(signers(&checked), ["ORGANIZATION/安和置业有限公司", "林小雨"], "{sheet}");
    }
    // The lessor's own column hides no guarantor, and one command answers for both.
    const TWO: &str = "出租方,姓名,手机号,担保人\n安和置业有限公司,林小雨,13800138000,何静\n";
    check(TWO, &[]).exit(3).says("担保人");
    check(TWO, &["--map", "担保人=ignore"]).exit(0);
    const SHORT: &str = "甲方,姓名,手机号\n安和置业有限公司,林小雨,13800138000\n安和置业,何静,13800138001\n";
    check(SHORT, &[]).exit(0);
    const TWO_COMPANIES: &str =
        "甲方,姓名,手机号\n安和置业有限公司,林小雨,13800138000\n恒通物流有限公司,何静,13800138001\n";
    check(TWO_COMPANIES, &[]).exit(3).says("column.parties_differ");
    // Another company below the first rows is not lost.
    for header in ["甲方名称,乙方姓名,手机号", "公司名称,姓名,手机号", "甲方,姓名,手机号"]
    {
        let own: String = (10..40).map(|at| format!("安和置业有限公司,何静,139000000{at}\n")).collect();
        let sheet = format!("{header}\n{own}恒通物流有限公司,林小雨,13800138000\n");
        check(&sheet, &[]).exit(3).says("column.parties_differ");
    }
    const TYPED: &str = "合同编号,签署方类型,企业名称,姓名,手机号\nH1,企业,安和置业有限公司,许文,13800138020\n\
        H1,个人,,林小雨,13800138000\n";
    check(TYPED, &[]).exit(3).says("approver.company_twice");
    const EMPLOYER: &str = "公司名称,姓名,手机号\n恒通物流有限公司,林小雨,13800138000\n";
    check(EMPLOYER, &[]).exit(3).says("signer.company");
    const DISPATCHED: &str =
        "姓名,手机号,用人单位,用工单位\n林小雨,13800138000,安和置业有限公司,恒通物流有限公司\n";
    check(DISPATCHED, &[]).exit(0);
    const NUMBERED: &str = "签署方1企业名称,签署方1姓名,签署方1手机号,签署方2姓名,签署方2手机号\n\
        安和置业有限公司,许文,13800138020,林小雨,13800138000\n";
    check(NUMBERED, &[]).exit(3).says("signer.unclear");
    let agent = "甲方企业名称,甲方经办人,甲方经办人手机,乙方姓名,乙方手机号\n\
        安和置业有限公司,许文,13800138020,林小雨,13800138000\n";
    let asked = check(agent, &[]).exit(3).json();
    assert_eq!(
        signers(&check(agent, &maps(&asked)).exit(0).json()),
        ["ORGANIZATION/安和置业有限公司", "林小雨"]
    );
}

#[test]
fn a_party_of_whom_only_the_name_stands_there_is_asked_about() {
    for header in ["出借人", "担保人", "共同承租人", "连带责任人", "房东"] {
        let sheet = format!("{header},姓名,手机号\n许文,林小雨,13800138000\n许文,何静,13800138001\n");
        let checked = check(&sheet, &[]).exit(3).json();
        assert_eq!(checked["files"][0]["problems"][0]["code"], "column.signer", "{checked}");
    }
    let lessor =
        "出租方,姓名,手机号\n某某物流有限公司,林小雨,13800138000\n某某物流有限公司,何静,13800138001\n";
    check(lessor, &[]).exit(3).says("column.signer");
    check("姓名,手机号,共同居住人\n林小雨,13800138000,何静\n", &[]).exit(0);
    // Whoever is called by his own name signs himself.
    let traders = "门店名称,加盟商姓名,加盟商手机号\n一店,林小雨,13800138000\n二店,何静,13800138001\n";
    assert_eq!(signers(&check(traders, &[]).exit(0).json()), ["林小雨"]);
    check(&traders.replace("一店", "某某贸易有限公司").replace("二店", "另一贸易有限公司"), &[]).exit(3);
}

#[test]
fn what_the_question_offers_instead_is_taken() {
    const SPOUSE: &str =
        "乙方姓名,乙方手机号,乙方配偶姓名,乙方配偶手机号\n林小雨,13800138000,何静,13800138001\n";
    let both = ["--map", "乙方配偶姓名=approver2.name", "--map", "乙方配偶手机号=approver2.mobile"];
    assert_eq!(signers(&check(SPOUSE, &both).exit(0).json()), ["林小雨", "何静"]);
    const BLANK: &str = "甲方姓名,甲方手机号,乙方姓名,乙方手机号\n许文,13800138020,林小雨,13800138000\n\
        ,,何静,13800138001\n";
    check(BLANK, &[]).exit(3).says("approver.gap");
    let skipped = check(BLANK, &["--missing-party", "skip"]).exit(0).json();
    assert_eq!(skipped["files"][0]["understood"]["contracts"], 1, "{skipped}");
    let sent = check(BLANK, &["--missing-party", "send"]).exit(0).json();
    assert_eq!(sent["files"][0]["understood"]["contracts"], 2, "{sent}");
    const STOP: &str = "本表人员暂不发送，待审批,\n姓名,手机号\n林小雨,13800138000\n";
    let stopped = check(STOP, &[]).exit(3).json();
    assert_eq!(
        stopped["files"][0]["answer"],
        serde_json::json!([]),
        "what sends all the same is no ready answer"
    );
    const SIGNERS: &str = "企业名称,企业签署人,签署人手机号\n某某食品有限公司,林小雨,13800138000\n";
    assert_eq!(answered(&Csv(SIGNERS)), ["ORGANIZATION/某某食品有限公司/林小雨"]);
    const NAMES: &str = "合同编号,角色,名称,联系人,手机号\nX1,甲方,某某物流有限公司,许文,13800138020\n\
        X1,乙方,林小雨,林小雨,13800138000\n";
    assert_eq!(answered(&Csv(NAMES)), ["ORGANIZATION/某某物流有限公司/许文", "林小雨"]);
}

#[test]
fn a_company_of_the_other_side_beside_a_bare_name_may_sign() {
    const COMPANIES: [&str; 2] = ["某某科技有限公司", "另一贸易有限公司"];
    let sheet = |header: &str, name: &str| {
        let [one, other] = COMPANIES;
        format!("{header},{name},手机号\n{one},林小雨,13800138000\n{other},何静,13800138001\n")
    };
    let company = format!("ORGANIZATION/{}/林小雨", COMPANIES[0]);
    let person = "林小雨".to_owned();
    // Of a supplier it is the company most likely, of somebody's 单位 the person.
    for (header, offered) in [
        ("供应商", &company),
        ("商户名称", &company),
        ("承包商", &company),
        ("代理商名称", &company),
        ("客户", &person),
        ("客户名称", &person),
        ("合作单位", &person),
        ("单位", &person),
        ("机构", &person),
    ] {
        let asked = check(&sheet(header, "姓名"), &[]).exit(3).json();
        let problems = asked["files"][0]["problems"].as_array().unwrap();
        let asks = |told: &&Value| told["severity"] == "question" || told["severity"] == "error";
        let codes: Vec<&Value> = problems.iter().filter(asks).map(|told| &told["code"]).collect();
        assert_eq!(codes, ["signer.company"], "{header}: {asked}");
        let ready = check(&sheet(header, "姓名"), &maps(&asked)).exit(0).json();
        assert_eq!(&signers(&ready)[0], offered, "{header}");
        let person = check(&sheet(header, "姓名"), &["--map", "姓名=approver.name"]).exit(0).json();
        assert_eq!(signers(&person), ["林小雨"], "{header}");
    }
    // A supplier is one even where the list has a single row; a company that all share is an employer.
    for (header, code) in [("供应商", 3), ("单位", 0)] {
        check(&format!("{header},姓名,手机号\n某某科技有限公司,林小雨,13800138000\n"), &[]).exit(code);
    }
    for (header, name) in [
        ("供应商", "员工姓名"),
        ("工作单位", "姓名"),
        ("所属公司", "姓名"),
        ("物业公司", "姓名"),
        ("开户行", "姓名"),
        ("社保单位", "姓名"),
        ("上家公司", "姓名"),
        ("施工单位", "姓名"),
    ] {
        check(&sheet(header, name), &[]).exit(0);
    }
    let working = "单位,姓名,手机号,岗位\n某某科技有限公司,林小雨,13800138000,司机\n另一贸易有限公司,何静,13800138001,会计\n";
    check(working, &[]).exit(0);
    let behind =
        "姓名,手机号,合作单位\n林小雨,13800138000,某某科技有限公司\n何静,13800138001,另一贸易有限公司\n";
    // No sender employs people of as many companies as there are rows.
    check(behind, &[]).exit(3);
    check(behind, &["--map", "姓名=approver.name"]).exit(0);
}

#[test]
fn a_second_company_far_down_a_sorted_list_is_asked_about() {
    let rows = |company: &str, count: u32| -> String {
        (10..10 + count).map(|at| format!("{company},何静,139000{count}0{at}\n")).collect()
    };
    for header in ["企业名称", "单位"] {
        let one = rows("某某科技有限公司", 40);
        let sheet = format!("{header},姓名,手机号\n{one}");
        let mut seen = check(&sheet, &["--map", "姓名=approver.name"]).exit(0).json();
        assert_eq!(seen["files"][0]["understood"]["contracts"], 40, "{header}");
        seen = check(&sheet, &[]).exit(0).json();
        assert_eq!(seen["files"][0]["understood"]["contracts"], 40, "{header}");
        let other = rows("另一贸易有限公司", 20);
        check(&format!("{sheet}{other}"), &[]).exit(3).says("signer.company");
        // One that is written shorter is no second company.
        for same in ["某某科技", "某某科技 有限公司"] {
            check(&format!("{sheet}{same},林小雨,13800138000\n"), &[]).exit(0);
        }
    }
}

#[test]
fn an_employee_of_the_own_company_does_not_have_it_sign_twice() {
    let signs = "\n[[signers]]\nposition = \"first\"\ntype = \"企业\"\nopen_id = \"yOwn1\"\norganization_name = \"安和置业有限公司\"\n";
    let config = format!("{}{signs}", String::from_utf8(data("config.toml")).unwrap());
    const BOTH: &str = "企业名称,签署方姓名,手机号\n安和置业有限公司,林小雨,13800138000\n\
        恒通物流有限公司,何静,13800138001\n";
    let asked = check_with(&config, BOTH, &[]).exit(3).json();
    let signed = check_with(&config, BOTH, &maps(&asked)).exit(0).json();
    assert_eq!(signers(&signed), ["ORGANIZATION/安和置业有限公司", "安和置业有限公司/林小雨"]);
}

#[test]
fn a_pair_of_our_own_names_signs_whoever_stands_beside_it() {
    const PUPIL: &str = "签署方姓名,签署方手机号,学生姓名\n林小雨,13800138000,何静\n";
    const ADVISER: &str = "姓名,手机号,身份证号,保险顾问,顾问电话\n林小雨,13800138000,,何静,13800138001\n";
    const OWNER: &str = "姓名,手机号,户主姓名\n林小雨,13800138000,何静\n";
    const SUPERIOR: &str =
        "快递员姓名,快递员手机号,站长姓名,站长手机号\n林小雨,13800138000,何静,13800138001\n";
    const AGENT: &str =
        "机构,代理人姓名,代理人手机号,身份证号\n杭州中支,林小雨,13800138000,11010519491231002X\n";
    const ELSES: &str = "姓名,部门,客户电话\n林小雨,研发,13800138000\n";
    let (session, name) = session(&Csv(PUPIL));
    let checked = session.run(["check", name, "--config", "config.toml", "--json"]).exit(0).json();
    assert_eq!(signers(&checked), ["林小雨"]);
    for sheet in [ADVISER, OWNER, SUPERIOR, AGENT, ELSES] {
        assert_eq!(answered(&Csv(sheet)), ["林小雨"], "{sheet}");
    }
}

#[test]
fn numbers_of_projects_and_orders_hold_no_strangers_together() {
    for header in ["项目编号", "订单编号", "工单号", "车牌号", "客户编号"] {
        let sheet: &str = format!(
            "{header},姓名,手机号\nK1,林小雨,13800138000\nK1,何静,13800138001\nK2,钱多多,13800138002\n\
             K2,李一鸣,13800138003\n"
        )
        .leak();
        assert_eq!(answered(&Csv(sheet)), ["林小雨"], "{header}");
    }
}

#[test]
fn a_line_that_names_a_day_a_name_or_a_template_is_what_the_ready_command_says() {
    const TEMPLATE: &str = "yDRS4UUgygqdcj2tUuO4zjEEFuP35Swa";
    let values = |checked: &Value| {
        let own = checked["files"][0]["understood"]["first"]["values"].as_array().unwrap().clone();
        let pair =
            |one: &Value| format!("{}={}", one["field"].as_str().unwrap(), one["value"].as_str().unwrap());
        own.iter().map(pair).collect::<Vec<_>>()
    };
    let rows = "姓名,手机号\n林小雨,13800138000\n";
    for (sheet, sent) in [
        (format!("请于2099-12-20前签完,\n{rows}"), vec!["deadline=2099-12-20 23:59:59".to_owned()]),
        (
            format!("{rows}签署时间：2099年12月1日至12月20日,\n"),
            vec!["deadline=2099-12-20 23:59:59".to_owned()],
        ),
        (format!("模板ID：{TEMPLATE},\n{rows}"), vec![format!("template_id={TEMPLATE}")]),
        (
            format!("合同名称：保密协议,\n{rows}最晚2099/12/20签署,\n"),
            vec!["flow_name=保密协议".to_owned(), "deadline=2099-12-20 23:59:59".to_owned()],
        ),
    ] {
        let session =
            Session::new().file("config.toml", data("config.toml")).file("sheet.csv", sheet.clone());
        let checked = session.run(["check", "sheet.csv", "--config", "config.toml", "--json"]).exit(3).json();
        let words = checked["files"][0]["answer"].as_array().unwrap().iter();
        let words: Vec<&str> = words.map(|word| word.as_str().unwrap()).collect();
        let answered = session.run(&words[1..]).exit(0).json();
        let understood = values(&answered);
        assert!(sent.iter().all(|value| understood.contains(value)), "{sheet}: {understood:?}");
        let told = answered["files"][0]["problems"].as_array().unwrap().iter();
        let of_lines = told.filter(|told| told["code"].as_str().unwrap().ends_with("_above"));
        assert_eq!(of_lines.count(), 0, "what is used is not told as unused: {sheet}");
        // With the header's row alone the settings' holds, and the line is told.
        let header = if sheet.starts_with("姓名") { "1" } else { "2" };
        let unused = ["check", "sheet.csv", "--config", "config.toml", "--json", "--header-row", header];
        let unused = session.run(unused).exit(0).json();
        assert!(!sent.iter().any(|value| values(&unused).contains(value)), "{sheet}");
        // It was said of this command: the next one is asked about again.
        session.run(["check", "sheet.csv", "--config", "config.toml", "--json"]).exit(3);
    }
}

#[test]
fn a_default_that_is_none_is_refused() {
    let session = Session::new()
        .file("config.toml", data("config.toml"))
        .file("sheet.csv", "姓名,手机号\n林小雨,13800138000\n");
    for (given, expected) in [
        ("deadlin=2099-12-20", 2),
        ("deadline", 2),
        ("deadline=", 2),
        ("deadline=soon", 2),
        ("send=是", 2),
        ("deadline=2099-12-20", 0),
        ("签署截止时间=2099-12-20", 0),
    ] {
        session.run(["check", "sheet.csv", "--config", "config.toml", "--default", given]).exit(expected);
    }
}

#[test]
fn what_was_given_for_a_file_is_asked_about_in_its_corrected_rows() {
    let session = Session::new()
        .file("config.toml", data("config.toml"))
        .file("a.csv", "请于2099-12-20前签完,\n姓名,手机号\n林小雨,13800138000\n周大海,1380013\n");
    let run = ["run", "a.csv", "--config", "config.toml", "--sandbox", "--skip-invalid", "--quiet"];
    session.run(run.iter().copied().chain(["--header-row", "2", "--default", "deadline=2099-12-20"])).exit(4);
    let fix = ["check", "a.sandbox.fix.xlsx", "--config", "config.toml", "--json"];
    let asked = session.run(fix).exit(3).json();
    let codes = |checked: &Value| {
        let told = checked["files"][0]["problems"].as_array().unwrap().clone();
        told.iter().map(|told| told["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(codes(&asked).contains(&"default.of_job".to_owned()), "{asked}");
    let answered =
        session.run(fix.iter().copied().chain(["--default", "deadline=2099-12-20"])).exit(3).json();
    assert!(!codes(&answered).contains(&"default.of_job".to_owned()), "{answered}");
    assert!(answered.to_string().contains("2099-12-20 23:59:59"));
}
