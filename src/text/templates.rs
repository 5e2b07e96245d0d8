//! What does not fit a contract's template, in words.

use crate::domain::template::{Kind, Misfit};

use super::{Lang, Words, say, words};

/// `甲方（企业）、乙方（个人）`.
pub fn places(lang: Lang, wanted: &[(String, Kind)]) -> String {
    let place = |(role, kind): &(String, Kind)| {
        say!(lang, "{role}（{kind}）", "{role} ({kind})", kind = kind_word(lang, *kind))
    };
    wanted.iter().map(place).collect::<Vec<_>>().join(lang.pick("、", ", "))
}

fn kind_word(lang: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Company => lang.pick("企业", "ORGANIZATION"),
        Kind::Person => lang.pick("个人", "PERSON"),
        Kind::Other => lang.pick("不限", "any"),
    }
}

fn list(lang: Lang, names: &[String]) -> String {
    match names {
        [] => lang.pick("（没有）", "(none)").to_owned(),
        names => names.join(lang.pick("、", ", ")),
    }
}

#[rustfmt::skip]
pub fn explain(lang: Lang, misfit: &Misfit) -> Words {
    match misfit {
        Misfit::Unknown { id, said } => {
            let said = match said.as_str() {
                "" => String::new(),
                said => say!(lang, "（接口说：{said}）", " (the API says: {said})"),
            };
            words!(lang,
                ("发起企业没有这个模板：{id}{said}", "请在控制台的企业模板里核对模板ID，并核对 organization_open_id"),
                ("the sending company has no template {id}{said}", "Compare the id with the company's templates in the console, and check organization_open_id"))
        }
        Misfit::NotAsked => words!(lang,
            ("这份合同的模板没有查到", "请把模板ID 和发起方写在这一行，或写进 config.toml"),
            ("the template of this contract was not asked for", "Write template_id and the sender into this row, or into config.toml")),
        Misfit::NotAvailable { template } => words!(lang,
            ("模板“{template}”已停用", "请在控制台启用它，或换一个模板ID"),
            ("the template \"{template}\" is switched off", "Switch it on in the console, or use another one")),
        Misfit::Signers { wanted, found } => {
            let found: Vec<String> = found.iter().map(|kind| kind_word(lang, *kind).to_owned()).collect();
            words!(lang,
                ("模板要 {count} 个签署方：{wanted}；这份合同有 {own} 个：{found}", "请按模板补上或去掉签署方；企业请在“签署方类型”里写“企业”，每份合同都有的签署方可写在 config.toml 的 [[signers]]"),
                ("the template has {count} signers: {wanted}; this contract has {own}: {found}", "Add or remove signers as the template has them; write ORGANIZATION in approver.type for a company; a signer that every contract has may stand in [[signers]] of config.toml"),
                count = wanted.len(), own = found.len(), wanted = places(lang, wanted), found = list(lang, &found))
        }
        Misfit::RoleUnknown { roles, near } => {
            let near = near.as_ref().map(|near| say!(lang, "；是不是“{near}”？", "; did you mean \"{near}\"?"));
            words!(lang,
                ("模板里没有这个签署方角色{near}", "模板的角色：{roles}。请改成其中一个，或清空这一格，按顺序对应"),
                ("the template has no such role{near}", "Its roles: {roles}. Write one of them, or empty the cell, so that the order counts"),
                near = near.unwrap_or_default(), roles = list(lang, roles))
        }
        Misfit::RoleTwice { role, other_row } => words!(lang,
            ("角色“{role}”已经是第 {other_row} 行的签署方", "每个角色只有一个签署方，请改正其中一个"),
            ("the role \"{role}\" is taken by the signer of row {other_row}", "A role has one signer: correct one of them")),
        Misfit::RoleOfOther { role, kind } => words!(lang,
            ("模板里“{role}”是{kind}", "请把“签署方类型”改成“{kind}”，或改正角色"),
            ("\"{role}\" is a signer of type {kind} in the template", "Write {kind} in approver.type, or correct the role"),
            kind = kind_word(lang, *kind)),
        Misfit::RecipientUnknown { roles } => words!(lang,
            ("模板里没有这个签署人ID", "请清空这一格（会按角色或顺序自动填上）。模板的角色：{roles}"),
            ("the template has no signer with this RecipientId", "Empty the cell: it is filled in by role or order. The template's roles: {roles}"),
            roles = list(lang, roles)),
        Misfit::RoleAndRecipient { role } => words!(lang,
            ("角色“{role}”和签署人ID 不是模板里的同一个签署方", "请清空签署人ID 这一格，会按角色自动填上"),
            ("the role \"{role}\" and the RecipientId are different signers of the template", "Empty approver.recipient_id: it is filled in by the role")),
        Misfit::SealsItself { role } => words!(lang,
            ("这个模板由本企业自动盖章，“{role}”不要写经办人", "请清空“{role}”的姓名、手机号和 OpenId"),
            ("this template seals for your own company by itself: nobody is to be named for \"{role}\"", "Empty name, mobile and OpenId of \"{role}\"")),
        Misfit::Order { roles } => words!(lang,
            ("签署方的顺序和模板不同；PrepareFlows 会照表里的顺序发送", "请按模板的顺序排列：{roles}"),
            ("the signers stand in another order than the template's; PrepareFlows sends them as the sheet has them", "Put them into the template's order: {roles}"),
            roles = list(lang, roles)),
        Misfit::FieldUnknown { name, near, known } => {
            let near = near.as_ref().map(|near| say!(lang, "；是不是“{near}”？", "; did you mean \"{near}\"?"));
            words!(lang,
                ("模板里没有发起方填写的控件“{name}”{near}", "请改列名（填写:控件名），或删掉这一列。模板的控件：{known}"),
                ("the template has no component \"{name}\" that the initiator fills in{near}", "Rename the column (field:NAME), or delete it. The template's components: {known}"),
                near = near.unwrap_or_default(), known = list(lang, known))
        }
        Misfit::FieldMissing { name, column: Some(column) } => words!(lang,
            ("模板的必填控件“{name}”没有填；“{column}”这一列没有当作控件", "请把列名改成“填写:{name}”，或用 --map \"{column}=field:{name}\""),
            ("the template's required component \"{name}\" is not filled; the column \"{column}\" is not read as one", "Call the column field:{name}, or use --map \"{column}=field:{name}\"")),
        Misfit::FieldMissing { name, column: None } => words!(lang,
            ("模板的必填控件“{name}”没有填", "请填写“填写:{name}”这一列；没有这一列就加上"),
            ("the template's required component \"{name}\" is not filled", "Fill in the column field:{name}; add it if it is not there")),
        Misfit::Form { kind } => form(lang, kind),
        Misfit::Option { options, several: true } => words!(lang,
            ("这个控件只能选一个", "可选：{list}"),
            ("this component takes one option only", "Allowed: {list}"),
            list = list(lang, options)),
        Misfit::Option { options, several: false } => words!(lang,
            ("不是这个控件的选项", "可选：{list}；选几个时用“、”隔开"),
            ("none of this component's options", "Allowed: {list}; several are joined by 、"),
            list = list(lang, options)),
        Misfit::Exactly { to } => words!(lang,
            ("控件要的写法是“{to}”，这里会照原样发送", "请改成“{to}”"),
            ("the component takes it as \"{to}\", but it goes out as it stands here", "Write \"{to}\"")),
    }
}

/// What a component of that type takes.
#[rustfmt::skip]
fn form(lang: Lang, kind: &str) -> Words {
    match kind {
        "DISTRICT" => words!(lang,
            ("不是省市区的写法", "请写到区县，例如 广东省深圳市福田区"),
            ("not a district as the component takes it", "Write province, city and district, such as 广东省深圳市福田区")),
        "FILL_IMAGE" => words!(lang,
            ("图片控件要填上传后的文件编号（FileId），不是文件名", "请先上传图片，再填它的 FileId；上传后 1 小时内有效"),
            ("an image component takes the FileId of an upload, no file name", "Upload the image and give its FileId, which lives for an hour")),
        "ATTACHMENT" => words!(lang,
            ("附件控件要填上传后的文件编号（FileId），最多 6 个，用逗号隔开", "请先上传，再填 FileId；上传后 1 小时内有效"),
            ("an attachment takes at most 6 FileIds of uploads, with commas", "Upload the files and give their FileIds, which live for an hour")),
        "DYNAMIC_TABLE" => words!(lang,
            ("动态表格控件要填一段 JSON", "请照接口文档写 {{\"headers\":…,\"body\":…}}"),
            ("a dynamic table takes JSON", "Write {{\"headers\":…,\"body\":…}} as the API's documentation has it")),
        "TEXT" => words!(lang,
            ("单行文本控件里不能换行", "请把内容写成一行"),
            ("a text component has one line", "Remove the line break")),
        "BUSI-CREDIT-CODE" => words!(lang,
            ("不是统一社会信用代码", "请填 18 位数字和大写字母"),
            ("not a unified social credit code", "Give its 18 digits and capital letters")),
        _ => words!(lang,
            ("这个控件不接受这个值", "请核对模板里的控件类型"),
            ("the component does not take this value", "Compare it with the component's type in the template")),
    }
}
