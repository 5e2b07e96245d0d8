use super::*;
use crate::contract::columns::Aliases;
use crate::contract::search::{Search, find_header};
use crate::domain::cell::{Cell, Row};

/// What the columns give, and what is asked with the ready answers.
fn read(headers: &str) -> (String, String) {
    let cells: Vec<Cell> = headers.split('|').map(Cell::text_of).collect();
    let row = Row { number: 1, cells, ..Row::default() };
    let Search::Found(mapping) = find_header(&[row], &[], &Aliases::default(), None) else {
        return ("no header".to_owned(), String::new());
    };
    let gives = |target: &Target| match target {
        Target::Field { field, index: None } => field.short_name().to_owned(),
        Target::Field { field, index: Some(index) } => format!("{}{}", index + 1, field.short_name()),
        _ => "-".to_owned(),
    };
    let targets: Vec<String> = mapping.targets.iter().map(gives).collect();
    let asks = |(_, rule): &Asked| match rule {
        Rule::SignerUnclear { map, .. } => {
            let map = map.iter().map(|(header, gives)| format!("{header}={gives}"));
            map.collect::<Vec<_>>().join(" ").replace("approver", "")
        }
        rule => rule.code().to_owned(),
    };
    let asked: Vec<String> = mapping.asked.iter().map(asks).collect();
    (targets.join("|"), asked.join("; "))
}

#[test]
fn one_person_in_two_columns_is_one_person() {
    for (headers, gives) in [
        ("租客|手机号", "name|mobile"),
        ("部门|员工|手机号", "-|name|mobile"),
        ("签署方|签署方手机号", "name|mobile"),
        ("合同名称|发起人|签署方|签署方手机号", "flow_name|-|name|mobile"),
        ("乙方姓名|联系电话", "1name|1mobile"),
        ("乙方姓名|乙方手机号", "1name|1mobile"),
        ("甲方|甲方手机号|乙方|乙方手机号", "1name|1mobile|2name|2mobile"),
        ("合同名称|签署人1|手机号1|签署人2|手机号2", "flow_name|1name|1mobile|2name|2mobile"),
        ("合同名称|姓名1|电话1|姓名2|电话2", "flow_name|1name|1mobile|2name|2mobile"),
        (
            "甲方企业名称|甲方签约代表|甲方手机号|乙方姓名|乙方手机号",
            "1organization_name|1name|1mobile|2name|2mobile",
        ),
        ("签署方1姓名|签署方1手机号|签署方2-经办人姓名|签署方2-经办人手机号", "1name|1mobile|2name|2mobile"),
        ("姓名|直属上级|手机号|身份证号", "name|-|mobile|id_card_number"),
        ("姓名|紧急联系人|紧急联系人电话|手机号", "name|-|-|mobile"),
        ("甲方姓名|手机号|乙方姓名|手机号", "1name|1mobile|2name|2mobile"),
        ("姓名|手机号|紧急联系人|手机号", "name|mobile|-|-"),
        ("姓名|手机号|备用手机", "name|mobile|-"),
        ("中文名|英文名|手机号", "name|-|mobile"),
        ("申请人姓名|手机号", "name|mobile"),
        ("护工姓名|手机|身份证号|护理病区|护士长", "name|mobile|id_card_number|-|-"),
        ("受试者编号|受试者姓名|手机号|身份证号|研究者", "-|name|mobile|id_card_number|-"),
        ("领养人|手机号|身份证号|宠物编号", "name|mobile|id_card_number|-"),
        ("农户|电话|亩数", "name|mobile|-"),
        ("房号|租客|手机号|租客2|手机号2|月租", "-|1name|1mobile|2name|2mobile|-"),
        ("乙方|身份证号|手机号|金额", "name|id_card_number|mobile|-"),
        ("员工（乙方）|手机号", "name|mobile"),
        ("业主|共有人|业主电话", "name|-|mobile"),
        ("员工姓名|手机号|师傅姓名|手机号", "name|mobile|-|-"),
        ("出租方（甲方）|电话|承租方（乙方）|电话", "1name|1mobile|2name|2mobile"),
        ("甲方(出租方)姓名|甲方电话|乙方(承租方)姓名|乙方电话", "1name|1mobile|2name|2mobile"),
        ("姓名|电话|姓名2|电话2", "1name|1mobile|2name|2mobile"),
        (
            "甲方名称|甲方法定代表人|甲方联系人|甲方联系电话|乙方姓名|乙方手机",
            "1organization_name|-|1name|1mobile|2name|2mobile",
        ),
        ("合同号|甲方名称|甲方联系人|甲方联系电话", "contract_id|1organization_name|1name|1mobile"),
    ] {
        assert_eq!(read(headers), (gives.to_owned(), String::new()), "{headers}");
    }
}

#[test]
fn whose_a_mobile_is_behind_somebody_elses_name_is_asked() {
    for headers in [
        "姓名|紧急联系人|联系电话",
        "姓名|配偶姓名|联系电话",
        "客户姓名|身份证号|联系人|联系电话",
        "姓名|部门|部门主管|联系电话",
        "员工姓名|直属上级|手机号",
        "姓名|身份证号|紧急联系人|关系|手机",
        "姓名|身份证号|担保人|与本人关系|手机号",
        "承租人|联系人|身份证号|联系电话",
        "借款人|担保人|手机号",
        "投保人|被保险人|手机号",
        "姓名|法定代理人|手机号",
        "客户姓名|销售顾问|联系电话",
        "姓名|介绍人|微信号|联系方式",
        "姓名|联系人|联系人身份证号|手机号",
        "户主|共有人|联系电话",
        "业务员|联系电话|客户姓名|身份证号码",
        "担保人|手机号|借款人姓名|借款人身份证",
        "业务员|工号|电话|客户姓名|身份证号",
        "推荐人|手机号|乙方姓名|乙方身份证号",
        "姓名|身份证号|邮寄地址|收件人|手机号",
        "姓名|班组长|电话",
        "Agent|Phone|Customer Name|ID Number",
        "Name|Guardian|Phone",
    ] {
        assert!(read(headers).1.ends_with("column.mobile_behind"), "{headers}: {}", read(headers).1);
    }
}

#[test]
fn of_a_child_without_a_mobile_the_guardian_signs() {
    for (headers, asked) in [
        ("学生姓名|家长|电话", "家长=.name 电话=.mobile 学生姓名=ignore"),
        ("学生姓名|家长姓名|家庭住址|手机号", "家长姓名=.name 手机号=.mobile 学生姓名=ignore"),
        (
            "孩子姓名|身份证号|监护人|联系电话",
            "孩子姓名=ignore 身份证号=ignore; 监护人=.name 联系电话=.mobile",
        ),
    ] {
        assert_eq!(read(headers).1, asked, "{headers}");
    }
}

#[test]
fn among_several_people_an_id_number_is_of_the_one_before_it() {
    for (headers, asked) in [
        (
            "班组长|联系电话|工人姓名|工人手机|身份证号",
            "班组长=ignore 联系电话=ignore; 工人姓名=.name 工人手机=.mobile 身份证号=.id_card_number",
        ),
        (
            "班组长|联系电话|工人姓名|身份证号",
            "班组长=.name 联系电话=.mobile; 工人姓名=ignore 身份证号=ignore",
        ),
    ] {
        assert_eq!(read(headers).1, asked, "{headers}");
    }
}

#[test]
fn whose_an_id_number_is_behind_somebody_elses_name_is_asked() {
    for headers in [
        "姓名|手机号|配偶姓名|身份证号",
        "借款人|手机号|担保人|身份证号",
        "姓名|手机号|紧急联系人|身份证号",
        "姓名|手机号|被保险人|证件号码",
        "法定代表人|身份证号|姓名|手机号",
        "姓名|手机号|收件人|身份证号",
    ] {
        let asked = read(headers).1;
        assert!(asked.contains("column.id_number_behind"), "{headers}: {asked}");
    }
    assert_eq!(read("姓名|直属上级|手机号|身份证号").1, "");
}

/// Columns of 甲方 and of 员工 make no one person; who of them signs is asked.
#[test]
fn a_party_beside_people_of_no_number_is_asked_about() {
    for (headers, asked) in [
        ("甲方联系电话|员工姓名|员工身份证号", "甲方联系电话=ignore"),
        ("甲方公司名称|甲方联系电话|员工姓名|员工身份证号", "甲方公司名称=ignore 甲方联系电话=ignore"),
        ("甲方代表姓名|员工手机号|员工身份证号", "甲方代表姓名=ignore"),
        ("甲方公司名称|员工姓名|员工手机号", "甲方公司名称=ignore"),
        ("甲方公司名称|姓名|手机号", "甲方公司名称=ignore"),
        ("乙方公司名称|客户姓名|客户手机号", "乙方公司名称=ignore"),
        ("甲方邮箱|承租人姓名|承租人手机", "甲方邮箱=ignore"),
        ("甲方名称|乙方姓名|乙方手机号", "甲方名称=ignore"),
        ("甲方名称|甲方经办人|甲方手机|员工姓名|员工手机", "员工姓名=2.name 员工手机=2.mobile"),
        ("姓名|手机号|乙方姓名|乙方手机号", "姓名=2.name 手机号=2.mobile"),
        ("乙方姓名|乙方手机|丙方姓名|丙方手机|员工姓名|员工手机", "员工姓名=3.name 员工手机=3.mobile"),
        ("甲方姓名|甲方手机|乙方姓名|乙方手机|身份证号", "身份证号=ignore"),
        ("员工姓名|员工身份证号|租客姓名|租客手机号", "员工姓名=ignore 员工身份证号=ignore"),
        (
            "公司名称|法人|法人手机号|经办人|经办人手机号",
            "法人=ignore 法人手机号=ignore; 经办人=.name 经办人手机号=.mobile",
        ),
    ] {
        assert_eq!(read(headers).1, asked, "{headers}");
    }
    assert_eq!(
        read("乙方姓名|乙方手机号|丙方姓名|丙方手机号"),
        ("1name|1mobile|2name|2mobile".to_owned(), String::new()),
        "the first of them signs first"
    );
}

/// Neither the wrong one nor half of them is the ready answer.
#[test]
fn the_ready_answer_leaves_out_no_party_and_mixes_no_two_people() {
    for (headers, asked) in [
        ("租客|手机号|担保人|担保人手机", "租客=1.name 手机号=1.mobile; 担保人=2.name 担保人手机=2.mobile"),
        (
            "承租人|联系电话|共同承租人|共同承租人电话",
            "承租人=1.name 联系电话=1.mobile; 共同承租人=2.name 共同承租人电话=2.mobile",
        ),
        (
            "出租人|出租人手机|承租人|承租人手机",
            "出租人=1.name 出租人手机=1.mobile; 承租人=2.name 承租人手机=2.mobile",
        ),
        ("买受人|买受人电话|置业顾问|置业顾问电话", "置业顾问=ignore 置业顾问电话=ignore"),
        ("甲方姓名|甲方手机号|乙方姓名|乙方手机号|担保人|担保人手机", "担保人=3.name 担保人手机=3.mobile"),
        ("员工姓名|经办人电话", "员工姓名=ignore; 经办人电话=ignore"),
        ("客户|顾问|顾问电话", "客户=ignore; 顾问=ignore 顾问电话=ignore"),
        ("学生姓名|家长姓名|家长手机号", "学生姓名=ignore; 家长姓名=.name 家长手机号=.mobile"),
        ("姓名|手机号|配偶姓名|配偶手机号", "配偶姓名=ignore 配偶手机号=ignore"),
        ("姓名|手机号1|手机号2|身份证号", "手机号1=.mobile 手机号2=ignore"),
        (
            "甲方姓名|甲方手机号|乙方姓名|乙方手机号|乙方共同居住人|共同居住人手机号",
            "乙方共同居住人=3.name 共同居住人手机号=3.mobile",
        ),
        ("学生姓名|学生手机|监护人姓名|监护人手机", "监护人姓名=ignore 监护人手机=ignore"),
        ("学生姓名|学生手机|企业导师|企业导师电话", "企业导师=ignore 企业导师电话=ignore"),
        (
            "合同号|供应商名称|供应商联系人|供应商联系电话",
            "供应商名称=.organization_name 供应商联系人=.name 供应商联系电话=.mobile",
        ),
        ("甲方|甲方经办人|甲方经办人手机|乙方|乙方手机", "甲方=1.organization_name"),
        (
            "出租人|身份证号|手机号|承租人|身份证号|手机号",
            "出租人=1.name 出租人身份证号=1.id_card_number 出租人手机号=1.mobile; \
             承租人=2.name 承租人身份证号=2.id_card_number 承租人手机号=2.mobile",
        ),
        ("姓名|手机号|担保人姓名|手机号", "担保人姓名=ignore 担保人手机号=ignore"),
        ("公司名称|经办人|手机号", "经办人=.name 手机号=.mobile"),
        ("单位名称|签署人|手机", "单位名称=.organization_name"),
        (
            "甲方姓名|甲方手机|乙方姓名1|乙方手机1|乙方姓名2|乙方手机2",
            "乙方姓名1=2.name 乙方手机1=2.mobile; 乙方姓名2=3.name 乙方手机2=3.mobile",
        ),
        (
            "租客姓名|租客电话|租客姓名2|租客电话2",
            "租客姓名=1.name 租客电话=1.mobile; 租客姓名2=2.name 租客电话2=2.mobile",
        ),
        (
            "借款人|借款人电话|担保人|保证人电话",
            "借款人=1.name 借款人电话=1.mobile; 担保人=2.name 保证人电话=2.mobile",
        ),
        ("男方|电话|女方|电话", "男方=1.name 男方电话=1.mobile; 女方=2.name 女方电话=2.mobile"),
        ("供应商|签署人姓名|手机号", "供应商=.organization_name"),
        ("供应商（乙方）|供应商（乙方）联系人|供应商（乙方）联系电话", "供应商（乙方）=1.organization_name"),
        (
            "客户名称|联系人|联系电话|业务员|业务员电话",
            "客户名称=.organization_name 联系人=.name 联系电话=.mobile; 业务员=ignore 业务员电话=ignore",
        ),
        ("企业名称|法定代表人|联系人|联系电话", "联系人=.name 联系电话=.mobile"),
        (
            "甲方姓名|甲方电话|乙方一姓名|乙方一电话|乙方二姓名|乙方二电话",
            "乙方一姓名=2.name 乙方一电话=2.mobile; 乙方二姓名=3.name 乙方二电话=3.mobile",
        ),
        ("姓名|身份证号|主手机|备用手机", "主手机=.mobile 备用手机=ignore"),
        ("姓名|电话1|电话2", "电话1=.mobile 电话2=ignore"),
        ("买方|卖方|电话", "卖方=.name 电话=.mobile"),
        ("司机|车主|手机号", "司机=ignore; 车主=.name 手机号=.mobile"),
        (
            "姓名|手机号|签约人姓名|签约人手机号",
            "姓名=1.name 手机号=1.mobile; 签约人姓名=2.name 签约人手机号=2.mobile",
        ),
        ("姓名|身份证号|手机号（一）|手机号（二）", "手机号（一）=.mobile 手机号（二）=ignore"),
        ("姓名|身份证号|旧手机号|手机(新)", "旧手机号=ignore 手机(新)=.mobile"),
        ("法定代表人|企业名称|经办人|经办人手机", "经办人=.name 经办人手机=.mobile"),
        ("发起人姓名|发起人手机号|员工姓名", "发起人姓名=ignore 发起人手机号=ignore; 员工姓名=ignore"),
    ] {
        assert_eq!(read(headers).1, asked, "{headers}");
    }
    assert_eq!(read("姓名|部门|部门电话").1, "");
    // Whose the mobiles are nobody says.
    let (gives, asked) = read("甲方姓名|乙方姓名|手机号|手机号");
    assert!(gives.matches("mobile").count() == 2 || asked.contains("手机号=ignore"), "{gives} {asked}");
}
