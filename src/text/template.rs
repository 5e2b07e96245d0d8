//! Words of the workbook that `flowbatch template` writes.

use crate::domain::field::{Field, Kind, Level, by_name};
use crate::domain::template::{Component, Template};

use super::{Lang, say};

/// What stands in the note of a column.
#[rustfmt::skip]
pub fn note(lang: Lang, field: &str) -> String {
    match field {
        "contract_id" => say!(lang, "你自己的合同编号。同一份合同的各行编号相同；不同合同不能重复", "Your own number. All rows of a contract have the same; no two contracts share one"),
        "flow_name" => say!(lang, "合同名称，最多 200 字。建议只用中文、字母、数字和下划线。同一份合同填一次即可", "Name of the contract, at most 200 characters. Once a contract is enough"),
        "template_id" => say!(lang, "电子签模板的 ID，32 位。所有合同都一样时，可改写在 config.toml 的 [defaults] 里，并删掉这一列", "The template's id, 32 characters. If it is the same for all, set it in [defaults] of config.toml and delete this column"),
        "flow_type" => say!(lang, "合同类型，可不填", "Type of the contract; may be empty"),
        "deadline" => say!(lang, "签署截止时间，如 2027-12-31 或 2027-12-31 18:00；只写日期时到当天 23:59:59；也可写 +30d", "Such as 2027-12-31 or 2027-12-31 18:00; a date alone ends at 23:59:59; +30d counts from today"),
        "approver.type" => say!(lang, "个人或企业，空着就是个人", "PERSON or ORGANIZATION; empty means PERSON"),
        "approver.name" => say!(lang, "签署人真实姓名；企业填经办人姓名", "The signer's real name; for a company, of the person who signs"),
        "approver.mobile" => say!(lang, "11 位大陆手机号", "A mobile of mainland China, 11 digits"),
        "approver.organization_name" => say!(lang, "企业填营业执照上的全称；自己的企业可不填，个人不填", "For companies: the registered name; of your own it may be empty"),
        "approver.organization_open_id" => say!(lang, "企业在应用里的 OpenId；自己的企业可不填，个人不填", "For companies: its OpenId in the application; of your own it may be empty"),
        "approver.id_card_type" => say!(lang, "可不填，默认身份证", "Optional; ID_CARD if empty"),
        "approver.id_card_number" => say!(lang, "可不填；填了会检查校验位", "Optional; if given, its check digit is checked"),
        "approver.recipient_id" => say!(lang, "模板里签署人的 ID，同类签署方多于一个时要填", "The template's id of the signer; needed where there are several of a kind"),
        "cc.name" => say!(lang, "抄送人姓名，可不填", "Who is told of the contract; may be empty"),
        "cc.mobile" => say!(lang, "抄送人手机号，可不填", "His mobile; may be empty"),
        "send" => say!(lang, "填“否”的合同不发送；空着就是“是”", "no leaves the contract out; empty means yes"),
        _ => String::new(),
    }
}

pub fn form_field(lang: Lang, name: &str) -> String {
    say!(lang, "填入模板里名为“{name}”的控件", "Goes into the template's component \"{name}\"")
}

/// Names of the sheet to fill and of the one that explains it.
pub fn sheet_names(lang: Lang) -> (&'static str, &'static str) {
    (lang.pick("合同", "contracts"), lang.pick("填写说明", "instructions"))
}

/// The header of a column; `number` where approvers stand side by side.
pub fn header(lang: Lang, field: &Field, number: Option<usize>) -> String {
    let own = field.short_name();
    let name = lang.pick(field.chinese.first().copied().unwrap_or(own), own);
    let number = number.map(|number| number.to_string()).unwrap_or_default();
    match field.level {
        Level::Approver => say!(lang, "签署方{number}{name}", "approver{number}.{name}"),
        Level::Cc => say!(lang, "抄送人{number}{name}", "cc{number}.{name}"),
        Level::Own | Level::Request | Level::Flow => name.to_owned(),
    }
}

pub fn header_of(lang: Lang, field: &str, number: Option<usize>) -> String {
    by_name(field).map(|field| header(lang, field, number)).unwrap_or_default()
}

/// The types that a signer's place of a template takes.
pub fn kind(lang: Lang, is_company: bool) -> String {
    match is_company {
        true => say!(lang, "企业", "ORGANIZATION"),
        false => say!(lang, "个人", "PERSON"),
    }
}

pub fn yes(lang: Lang, yes: bool) -> String {
    if yes { say!(lang, "是", "yes") } else { say!(lang, "否", "no") }
}

pub fn role_note(lang: Lang, role: &str, is_company: bool) -> String {
    say!(
        lang,
        "模板里的签署方“{role}”（{kind}）。可以空着：空着时按顺序对应",
        "The template's signer \"{role}\" ({kind}). It may be empty: then the order counts",
        kind = kind(lang, is_company)
    )
}

/// With the notes by which also a check without the API knows what it takes.
pub fn component_header(lang: Lang, component: &Component) -> String {
    let form = match component.kind.as_str() {
        "DATE" => Some(lang.pick("日期", "date")),
        "DIGIT" | "NUMBER" => Some(lang.pick("数字", "number")),
        _ => None,
    };
    let required = component.required.then(|| lang.pick("必填", "required"));
    let notes: Vec<&str> = form.into_iter().chain(required).collect();
    let notes = if notes.is_empty() { String::new() } else { format!("({})", notes.join(",")) };
    format!("{}{notes}", form_field_header(lang, &component.name))
}

pub fn component_note(lang: Lang, component: &Component) -> String {
    let mut parts = vec![form_field(lang, &component.name)];
    if !component.options.is_empty() {
        let options = component.options.join(lang.pick("、", ", "));
        parts.push(match component.several {
            Some(false) => say!(lang, "可选：{options}", "One of: {options}"),
            _ => say!(lang, "可选：{options}；选几个时用“、”隔开", "One or more of: {options}; joined by 、"),
        });
    }
    parts.extend(
        component.longest.map(|longest| say!(lang, "最多 {longest} 个字符", "At most {longest} characters")),
    );
    let own = component_example(lang, &component.kind);
    if !own.is_empty() {
        parts.push(say!(lang, "例如 {own}", "Such as {own}"));
    }
    parts.join(lang.pick("。", ". "))
}

/// A value that a component of that type takes.
pub fn component_example(lang: Lang, kind: &str) -> &'static str {
    match kind {
        "DATE" => "2026年01月02日",
        "DIGIT" | "NUMBER" => "8000.50",
        "EMAIL" => "name@example.com",
        "PERSONAL-MOBILE" | "MOBILE" => "13800000002",
        "DISTRICT" => "广东省深圳市福田区",
        "TEXT" | "MULTI_LINE_TEXT" => lang.pick("示例", "example"),
        _ => "",
    }
}

pub fn of_template(lang: Lang, template: &Template) -> String {
    let (name, id) = (&template.name, &template.id);
    match template.seals_itself {
        true => say!(
            lang,
            "按模板“{name}”（{id}）生成，签署方和控件与模板一致。这个模板由本企业自动盖章，本企业不用写经办人。",
            "Made for the template \"{name}\" ({id}), with its signers and components. It seals for your own company by itself, so nobody is named for that."
        ),
        false => say!(
            lang,
            "按模板“{name}”（{id}）生成，签署方和控件与模板一致。",
            "Made for the template \"{name}\" ({id}), with its signers and components."
        ),
    }
}

pub fn no_such_template(lang: Lang, id: &str, said: &str) -> String {
    let said = if said.is_empty() {
        String::new()
    } else {
        say!(lang, "（接口说：{said}）", " (the API says: {said})")
    };
    say!(
        lang,
        "发起企业没有这个模板：{id}{said}。请在控制台核对模板ID",
        "the sending company has no template {id}{said}. Compare the id with the console"
    )
}

/// The API tells nothing of who signs and what is filled in.
pub fn nothing_told(lang: Lang, id: &str) -> String {
    say!(
        lang,
        "接口没有给出模板 {id} 的签署方和控件，没有生成表格。请改用 flowbatch template --template-id {id} --fields 控件名",
        "the API tells neither signers nor components of the template {id}, so no workbook was made. Use flowbatch template --template-id {id} --fields NAMES"
    )
}

pub fn form_field_header(lang: Lang, name: &str) -> String {
    say!(lang, "填写:{name}", "field:{name}")
}

/// What separates the names of a list, besides the ASCII comma.
pub const FIELD_SEPARATORS: [char; 2] = ['，', '、'];

/// The name of a form field without the `field:` that its header gets anyway.
pub fn bare_form_field(name: &str) -> &str {
    let name = name.trim();
    ["field:", "field：", "填写:", "填写："]
        .iter()
        .find_map(|word| name.strip_prefix(word))
        .unwrap_or(name)
        .trim()
}

/// What a cell of the column may be chosen from.
pub fn choices(lang: Lang, field: &Field) -> Vec<String> {
    match field.kind {
        Kind::YesNo => vec![say!(lang, "是", "yes"), say!(lang, "否", "no")],
        Kind::Choice(choices) => {
            let word = |(sent, others): &(&'static str, &[&'static str])| {
                lang.pick(others.first().copied().unwrap_or(sent), sent).to_owned()
            };
            choices.iter().map(word).collect()
        }
        _ => Vec::new(),
    }
}

/// A column in the instructions: whether it is required, and its note.
pub fn instruction(lang: Lang, required: bool, note: &str) -> String {
    let must = if required { lang.pick("（必填）", "(required) ") } else { "" };
    format!("{must}{note}")
}

/// Cells of the example: a company, then a person.
#[rustfmt::skip]
pub fn example(lang: Lang, field: &str) -> Vec<&'static str> {
    match field {
        "contract_id" => vec![lang.pick("HT-示例", "HT-EXAMPLE"); 2],
        "flow_name" => vec![lang.pick("劳动合同_示例", "contract_example")],
        "template_id" => vec!["yDemoTemplate0000000000000000001"],
        "flow_type" => vec![lang.pick("劳动合同", "employment")],
        "deadline" => vec!["+30d"],
        "approver.type" => vec![lang.pick("企业", "ORGANIZATION"), lang.pick("个人", "PERSON")],
        "approver.name" => vec!["钱经办", "张测试"],
        "approver.mobile" => vec!["13900000001", "13800000002"],
        "approver.organization_name" => vec!["示例科技（深圳）有限公司", ""],
        "approver.organization_open_id" => vec!["orgdemo", ""],
        "approver.recipient_id" => vec!["company", "employee"],
        "send" => vec![lang.pick("否", "no"); 2],
        _ => Vec::new(),
    }
}

#[rustfmt::skip]
pub fn guide(lang: Lang, wide: bool) -> Vec<String> {
    let (rows, example) = match wide {
        false => (
            say!(lang,
                "一个签署方一行；同一份合同的各行填相同的合同编号，合同的内容只需在第一行填一次。",
                "One row per signer; rows of a contract have the same contract_id, and what belongs to the contract is given in its first row."),
            say!(lang,
                "灰色的两行是示例，“发送”填了“否”，不会发出；可以删掉。",
                "The two grey rows are an example with send = no: they are never sent and may be deleted."),
        ),
        true => (
            say!(lang,
                "一份合同一行，签署方按编号从左到右填写。",
                "One row per contract; its signers stand side by side by number."),
            say!(lang,
                "灰色的一行是示例，“发送”填了“否”，不会发出；可以删掉。",
                "The grey row is an example with send = no: it is never sent and may be deleted."),
        ),
    };
    let colours = say!(lang,
        "橙色的列必填，蓝色的列可不填，不用的列可以删掉。鼠标停在表头上有说明。",
        "Orange columns are required, blue ones may be empty or deleted. Each header has a note.");
    let next = say!(lang,
        "填好后先检查：flowbatch check 文件名；再试发：flowbatch run 文件名 --first 1。",
        "When filled: flowbatch check FILE, then a trial: flowbatch run FILE --first 1.");
    vec![rows, colours, example, next]
}

pub fn written(lang: Lang, path: &str) -> String {
    say!(
        lang,
        "已写入 {path}：填好后运行 flowbatch check {path}",
        "written: {path}. When it is filled, run flowbatch check {path}"
    )
}

pub fn exists(lang: Lang, path: &str) -> String {
    say!(
        lang,
        "{path} 已经存在，没有覆盖。请换一个文件名",
        "{path} exists already and was not touched. Choose another name"
    )
}

pub fn no_folder(lang: Lang, path: &str) -> String {
    failed(lang, path, lang.pick("没有这个文件夹", "there is no such folder"))
}

pub fn failed(lang: Lang, path: &str, detail: &str) -> String {
    say!(lang, "写不了 {path}：{detail}", "{path} cannot be written: {detail}")
}

pub fn long_field(lang: Lang, name: &str, limit: usize) -> String {
    say!(
        lang,
        "控件名“{name}”太长，最多 {limit} 个字符",
        "the component's name \"{name}\" is too long: at most {limit} characters"
    )
}

pub fn not_xlsx(lang: Lang, path: &str) -> String {
    say!(lang, "{path}：请用 .xlsx 结尾的文件名", "{path}: give a name that ends in .xlsx")
}
