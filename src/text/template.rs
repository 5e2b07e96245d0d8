//! Words of the workbook that `flowbatch template` writes.

use super::Lang;

/// What stands in the note of a column.
#[rustfmt::skip]
pub fn note(lang: Lang, field: &str) -> &'static str {
    let (zh, en) = match field {
        "contract_id" => ("你自己的合同编号。同一份合同的各行编号相同；不同合同不能重复", "Your own number. All rows of a contract have the same; no two contracts share one"),
        "flow_name" => ("合同名称，最多 200 字。建议只用中文、字母、数字和下划线。同一份合同填一次即可", "Name of the contract, at most 200 characters. Once a contract is enough"),
        "template_id" => ("电子签模板的 ID，32 位。所有合同都一样时，可改写在 config.toml 的 [defaults] 里，并删掉这一列", "The template's id, 32 characters. If it is the same for all, set it in [defaults] of config.toml and delete this column"),
        "flow_type" => ("合同类型，可不填", "Type of the contract; may be empty"),
        "deadline" => ("签署截止时间，如 2027-12-31 或 2027-12-31 18:00；只写日期时到当天 23:59:59；也可写 +30d", "Such as 2027-12-31 or 2027-12-31 18:00; a date alone ends at 23:59:59; +30d counts from today"),
        "approver.type" => ("个人或企业，空着就是个人", "PERSON or ORGANIZATION; empty means PERSON"),
        "approver.name" => ("签署人真实姓名；企业填经办人姓名", "The signer's real name; for a company, of the person who signs"),
        "approver.mobile" => ("11 位大陆手机号", "A mobile of mainland China, 11 digits"),
        "approver.organization_name" => ("企业填营业执照上的全称，个人不填", "For companies: the registered name"),
        "approver.organization_open_id" => ("企业在应用里的 OpenId，个人不填", "For companies: its OpenId in the application"),
        "approver.id_card_type" => ("可不填，默认身份证", "May be empty: ID_CARD"),
        "approver.id_card_number" => ("可不填；填了会检查校验位", "May be empty; if given, its check digit is checked"),
        "approver.recipient_id" => ("模板里签署人的 ID，同类签署方多于一个时要填", "The template's id of the signer; needed where there are several of a kind"),
        "cc.name" => ("抄送人姓名，可不填", "Who is told of the contract; may be empty"),
        "cc.mobile" => ("抄送人手机号，可不填", "His mobile; may be empty"),
        "send" => ("填“否”的合同不发送；空着就是“是”", "no leaves the contract out; empty means yes"),
        _ => ("", ""),
    };
    lang.pick(zh, en)
}

pub fn form_field(lang: Lang, name: &str) -> String {
    match lang {
        Lang::Zh => format!("填入模板里名为“{name}”的控件"),
        Lang::En => format!("Goes into the template's component \"{name}\""),
    }
}

/// Cells of the example: a company, then a person.
#[rustfmt::skip]
pub fn example(lang: Lang, field: &str) -> Vec<&'static str> {
    let (zh, en): (&[&str], &[&str]) = match field {
        "contract_id" => (&["HT-示例", "HT-示例"], &["HT-EXAMPLE", "HT-EXAMPLE"]),
        "flow_name" => (&["劳动合同_示例"], &["contract_example"]),
        "template_id" => (&["yDemoTemplate0000000000000000001"], &["yDemoTemplate0000000000000000001"]),
        "flow_type" => (&["劳动合同"], &["employment"]),
        "deadline" => (&["+30d"], &["+30d"]),
        "approver.type" => (&["企业", "个人"], &["ORGANIZATION", "PERSON"]),
        "approver.name" => (&["钱经办", "张测试"], &["钱经办", "张测试"]),
        "approver.mobile" => (&["13900000001", "13800000002"], &["13900000001", "13800000002"]),
        "approver.organization_name" => (&["示例科技（深圳）有限公司", ""], &["示例科技（深圳）有限公司", ""]),
        "approver.organization_open_id" => (&["orgdemo", ""], &["orgdemo", ""]),
        "approver.recipient_id" => (&["company", "employee"], &["company", "employee"]),
        "send" => (&["否", "否"], &["no", "no"]),
        _ => (&[], &[]),
    };
    if lang == Lang::Zh { zh.to_vec() } else { en.to_vec() }
}

#[rustfmt::skip]
pub fn guide(lang: Lang, wide: bool) -> Vec<&'static str> {
    match (lang, wide) {
        (Lang::Zh, false) => vec![
            "一个签署方一行；同一份合同的各行填相同的合同编号，合同的内容只需在第一行填一次。",
            "橙色的列必填，蓝色的列可不填，不用的列可以删掉。鼠标停在表头上有说明。",
            "灰色的两行是示例，“发送”填了“否”，不会发出；可以删掉。",
            "填好后先检查：flowbatch check 文件名；再试发：flowbatch run 文件名 --first 1。",
        ],
        (Lang::Zh, true) => vec![
            "一份合同一行，签署方按编号从左到右填写。",
            "橙色的列必填，蓝色的列可不填，不用的列可以删掉。鼠标停在表头上有说明。",
            "灰色的一行是示例，“发送”填了“否”，不会发出；可以删掉。",
            "填好后先检查：flowbatch check 文件名；再试发：flowbatch run 文件名 --first 1。",
        ],
        (Lang::En, false) => vec![
            "One row per signer; rows of a contract have the same contract_id, and what belongs to the contract is given in its first row.",
            "Orange columns are required, blue ones may be empty or deleted. Each header has a note.",
            "The two grey rows are an example with send = no: they are never sent and may be deleted.",
            "When filled: flowbatch check FILE, then a trial: flowbatch run FILE --first 1.",
        ],
        (Lang::En, true) => vec![
            "One row per contract; its signers stand side by side by number.",
            "Orange columns are required, blue ones may be empty or deleted. Each header has a note.",
            "The grey row is an example with send = no: it is never sent and may be deleted.",
            "When filled: flowbatch check FILE, then a trial: flowbatch run FILE --first 1.",
        ],
    }
}

pub fn written(lang: Lang, path: &str) -> String {
    match lang {
        Lang::Zh => format!("已写入 {path}：填好后运行 flowbatch check {path}"),
        Lang::En => format!("written: {path}. When it is filled, run flowbatch check {path}"),
    }
}

pub fn failed(lang: Lang, path: &str, exists: bool, detail: &str) -> String {
    match (lang, exists) {
        (Lang::Zh, true) => format!("{path} 已经存在，没有覆盖。请换一个文件名"),
        (Lang::En, true) => format!("{path} exists already and was not touched. Choose another name"),
        (Lang::Zh, false) => format!("写不了 {path}：{detail}"),
        (Lang::En, false) => format!("{path} cannot be written: {detail}"),
    }
}

pub fn long_field(lang: Lang, name: &str, limit: usize) -> String {
    match lang {
        Lang::Zh => format!("控件名“{name}”太长，最多 {limit} 个字符"),
        Lang::En => format!("the component's name \"{name}\" is too long: at most {limit} characters"),
    }
}

pub fn not_xlsx(lang: Lang, path: &str) -> String {
    match lang {
        Lang::Zh => format!("{path}：请用 .xlsx 结尾的文件名"),
        Lang::En => format!("{path}: give a name that ends in .xlsx"),
    }
}
