//! Rules that are broken, in words.

use crate::domain::cell::column_letters;
use crate::domain::field::{Kind, by_name};
use crate::domain::problem::{Correction, IdFault, Name, Place, Problem, Rule};

use super::{Lang, Words};

/// A field as the user knows it: `合同名称`, `flow_name`.
pub fn field_name(lang: Lang, name: &str) -> String {
    match (lang, by_name(name), name.strip_prefix("field:")) {
        (Lang::Zh, Some(field), _) => field.chinese_name(),
        (Lang::Zh, None, Some(component)) => format!("填写:{component}"),
        _ => name.to_owned(),
    }
}

/// `contracts.xlsx · Sheet1 · 第3行 · D列(签署方手机号)`.
pub fn place(lang: Lang, problem: &Problem) -> String {
    place_of(lang, &problem.place)
}

pub fn place_of(lang: Lang, place: &Place) -> String {
    let mut parts = vec![place.file.to_string()];
    parts.extend(place.sheet.as_ref().map(|sheet| sheet.to_string()));
    match lang {
        Lang::Zh => {
            parts.extend(place.row.map(|row| format!("第{row}行")));
            parts.extend(
                place
                    .column
                    .as_ref()
                    .map(|column| format!("{}列({})", column_letters(column.index), column.header)),
            );
        }
        Lang::En => {
            parts.extend(place.row.map(|row| format!("row {row}")));
            parts.extend(
                place
                    .column
                    .as_ref()
                    .map(|column| format!("column {} ({})", column_letters(column.index), column.header)),
            );
        }
    }
    parts.join(" · ")
}

fn list<'n>(names: impl Iterator<Item = &'n Name>) -> String {
    names.map(AsRef::as_ref).collect::<Vec<_>>().join(" / ")
}

/// What is wrong and what to do about it.
pub fn explain(lang: Lang, problem: &Problem) -> Words {
    if let Rule::ApproverTwice { other_row } | Rule::CcIsApprover { other_row } = &problem.rule
        && problem.place.row == Some(*other_row)
    {
        return within_row(lang, &problem.rule);
    }
    let (what, todo) = match lang {
        Lang::Zh => chinese(&problem.rule),
        Lang::En => english(&problem.rule),
    };
    Words { what, todo }
}

/// The wide layout: both stand in one row.
fn within_row(lang: Lang, rule: &Rule) -> Words {
    let what = match (lang, rule) {
        (Lang::Zh, Rule::CcIsApprover { .. }) => "这个人同时是本行的签署方",
        (Lang::Zh, _) => "和本行的另一个签署方是同一个人",
        (Lang::En, Rule::CcIsApprover { .. }) => "this person is also an approver in this row",
        (Lang::En, _) => "the same person as another approver in this row",
    };
    let todo = match (lang, rule) {
        (Lang::Zh, Rule::CcIsApprover { .. }) => "请去掉这个抄送人",
        (Lang::Zh, _) => "同一份合同里一个人只能作为同一方签一次",
        (Lang::En, Rule::CcIsApprover { .. }) => "Take this cc out",
        (Lang::En, _) => "A person signs a contract once for the same party",
    };
    Words { what: what.to_owned(), todo: todo.to_owned() }
}

/// `企业` for `ORGANIZATION`.
fn kind_zh(kind: &str) -> &str {
    match by_name("approver.type").map(|field| field.kind) {
        Some(Kind::Choice(kinds)) => {
            let own = kinds.iter().find(|(sent, _)| *sent == kind);
            own.and_then(|(_, words)| words.first().copied()).unwrap_or(kind)
        }
        _ => kind,
    }
}

/// The first few of a list, and how many there are.
fn some_of(headers: &[String], separator: &str, more: &str) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = headers.iter().take(MOST).map(|header| header.replace('\n', " ")).collect();
    let more = if headers.len() > MOST { more } else { "" };
    format!("{}{more}", shown.join(separator))
}

#[rustfmt::skip]
fn chinese(rule: &Rule) -> (String, String) {
    let f = |name: &str| field_name(Lang::Zh, name);
    let (what, todo): (String, String) = match rule {
        Rule::HeaderNotFound => ("没有找到表头：前 20 行里没有认识的列名".into(), "请确认有“合同名称、签署方姓名、签署方手机号”这类列名；列名不同时用 --map '你的列名=approver.name' 指定".into()),
        Rule::ColumnUnknown { suggestion: Some(name) } => (format!("不认识这一列，已忽略；是不是“{name}”？"), "如果是，请改列名，或在 config.toml 的 [columns] 里写上".into()),
        Rule::ColumnNearlyDefaulted { suggestion } => (format!("不认识这一列；是不是“{suggestion}”？不是的话，会用设置里的默认值"), format!("如果是，请把列名改成“{suggestion}”；如果不是，请用 --map '列名=忽略'")),
        Rule::ColumnUnknown { suggestion: None } => ("不认识这一列，不会发送".into(), "如果它应当是合同内容，请改列名，或写成“填写:控件名”".into()),
        Rule::ColumnsUnknown { headers } => (format!("不认识这 {} 列，不会发送：{}", headers.len(), some_of(headers, "、", " 等")), "如果其中有合同内容，请改列名，或写成“填写:控件名”".into()),
        Rule::ColumnUnnamed => ("这一列没有表头，里面的内容不会发送".into(), "如果它应当是合同内容，请补上表头".into()),
        Rule::ColumnNearlyFormField { suggestion } => (format!("不认识这一列；是不是“{suggestion}”？"), format!("如果是，请把列名改成“{suggestion}”；如果不发送，请用 --map '列名=忽略'")),
        Rule::ColumnNearlySigner => ("这一列像是签署方的信息，但列名不认识；忽略它，合同就会少一个签署方".into(), "请改成“签署方2姓名”“乙方手机号”这样的列名；确实不发送请用 --map '列名=忽略'".into()),
        Rule::ColumnNearlyKey { first_row, value } => (format!("没有“合同编号”列，而第 {first_row} 行和这一行在这一列都是“{value}”：它们是同一份合同的签署方，还是各自一份合同？"), "是同一份请把列名改成“合同编号”（或 --map '列名=合同编号'）；各自一份请用 --map '列名=忽略'".into()),
        Rule::ColumnTwice { field, first } => (format!("这一列和 {first} 列是同一个字段（{}）", f(field)), "请删掉或改名其中一列".into()),
        Rule::ColumnNotThere { header } => (format!("没有名为“{header}”的列"), "请核对 --group-by、--map 后面的列名".into()),
        Rule::LayoutsMixed => ("同时有带编号（签署方1姓名）和不带编号（签署方姓名）的签署方列".into(), "请统一成一种写法".into()),
        Rule::ApproversMissing => ("没有签署方".into(), "每份合同至少要有一个签署方的姓名和手机号；列名不同时用 --map '你的列名=approver.name' 指定".into()),
        Rule::SheetsToChoose { sheets } => (format!("有多个工作表都像是合同：{}", sheets.join("、")), "请用 --sheet 名称 选一个，或用 --all-sheets 全部处理".into()),
        Rule::ReportGiven => ("这是 flowbatch 自己写的报告，不是要发送的合同表".into(), "请用原来的表格，或用 .fix.xlsx".into()),
        Rule::NoContracts => ("表头下面没有一份合同".into(), "请在表头下面填写合同，一行一份".into()),
        Rule::RowUneven { found, expected } => (format!("这一行有 {found} 个值，表头有 {expected} 列，分隔符多了或少了，值可能错位"), "请补齐或删掉多余的分隔符；值里有逗号时用双引号括起来".into()),
        Rule::RowHidden => ("这一行被隐藏或筛选掉了".into(), "要发送请加 --hidden-rows send；不发送请加 --hidden-rows skip；或取消隐藏".into()),
        Rule::RowNotAContract { word } => (format!("这一行像是“{word}”，不是合同"), "请删掉这一行，或在“发送”列填“否”".into()),
        Rule::RowAlmostEmpty { word } => (format!("这一行只有“{word}”，没有合同内容"), "请补齐这一行，或删掉它".into()),
        Rule::RowTwice { first_row } => (format!("和第 {first_row} 行一模一样，只会发送一次"), "如果确实是两份合同，请加一列“合同编号”".into()),
        Rule::KeyMissing => ("没有合同编号，不知道这一行属于哪份合同".into(), "请填上合同编号；同一份合同的各行编号相同".into()),
        Rule::KeyTwice { first_row } => (format!("合同编号和第 {first_row} 行重复"), "每份合同的编号要各不相同".into()),
        Rule::KeyInSheets { sheet, row } => (format!("工作表“{sheet}”第 {row} 行有同样的合同编号"), "每份合同的编号要各不相同；或用 --sheet 一次只发一个工作表".into()),
        Rule::KeyUnknown { sheet } => (format!("在“{sheet}”里找不到这个合同编号"), "请核对编号，或在合同表里补上这份合同".into()),
        Rule::Contradiction { other_row } => (format!("和第 {other_row} 行不一致：同一份合同的这一列只能有一个值"), "请改成一样，或只填一处".into()),
        Rule::SendDiffers { other_row } => (format!("同一份合同里，“发送”和第 {other_row} 行不一致"), "一份合同要么整份发送，要么整份不发，请改成一样".into()),
        Rule::HiddenDiffers { other_row } => (format!("同一份合同里，这一行被隐藏，而第 {other_row} 行没有"), "请取消隐藏，或把整份合同都隐藏".into()),
        Rule::Required { field } => (format!("缺少{}", f(field)), match field.as_ref() {
            "app_id" | "organization_open_id" | "operator_open_id" => "请在 config.toml 的 [agent] 里填写，或加一列".into(),
            "jump_url" => "请在 config.toml 里填写 jump_url，或加一列".into(),
            "template_id" | "deadline" | "flow_name" => "请填写；所有合同都一样时可写在 config.toml 的 [defaults] 里".into(),
            _ => "请填写".into(),
        }),
        Rule::TooLong { limit, found } => (format!("太长：{found} 个字符，最多 {limit} 个"), "请缩短".into()),
        Rule::TooManyBytes { limit, found } => (format!("太长：{found} 字节（一个汉字 3 字节），最多 {limit} 字节"), "请缩短".into()),
        Rule::TooMany { what, limit, found } => (format!("{}太多：{found} 个，最多 {limit} 个", if what == "ccs" { "抄送人" } else { "签署方" }), "请拆成多份合同".into()),
        Rule::TooLarge { limit, found } => (format!("这份合同太大：{found} 字节，最多 {limit} 字节"), "请缩短填写内容".into()),
        Rule::MobileForm => ("手机号不对：应为 11 位数字，以 1 开头".into(), "请核对手机号".into()),
        Rule::MobileForeign => ("只支持中国大陆手机号，不支持境外号码".into(), "请改用大陆手机号".into()),
        Rule::Masked => ("内容被打了星号，不是完整的值".into(), "请从原系统导出完整内容".into()),
        Rule::Placeholder => ("这不是一个有效的值".into(), "请填写真正的值；不需要就清空这一格".into()),
        Rule::SeveralValues => ("一个单元格里有多个值".into(), "一个单元格只填一个；多个签署方请分行或分列".into()),
        Rule::IdNumber { fault } => (match fault {
            IdFault::Length => "证件号码位数不对：身份证 18 位，港澳通行证 11 位（证件类型要填对）",
            IdFault::Characters => "证件号码里有不该有的字符",
            IdFault::Date => "证件号码里的出生日期不存在",
            IdFault::Checksum => "证件号码的校验位不对，多半有一位填错了",
        }.into(), "请对照证件核对".into()),
        Rule::IdNumberRounded => ("证件号码被存成了数字，后几位已被 Excel 改成 0，无法恢复".into(), "请先把这一列设为“文本”格式，再重新填写完整号码".into()),
        Rule::NumberRounded => ("这个号码被存成了数字，第 15 位以后已被 Excel 改成 0，无法恢复".into(), "请先把这一列设为“文本”格式，再重新填写完整号码".into()),
        Rule::Scientific => ("内容是科学计数法，不是完整的号码".into(), "请把这一列设为“文本”格式，再重新填写".into()),
        Rule::CharactersLost => ("有字已丢失（变成了 ? 或 �）".into(), "请重新填写；另存 CSV 时选“CSV UTF-8”".into()),
        Rule::CharactersPrivate => ("有自造字或私有区字符，对方无法显示".into(), "请换成标准汉字".into()),
        Rule::CharactersNotAllowed { found } => (format!("有不允许的字符“{found}”"), "请删掉或替换".into()),
        Rule::Emoji => ("合同控件里不能有表情符号".into(), "请删掉表情符号".into()),
        Rule::DateForm => ("看不懂这个日期".into(), "请写成 2026-01-31 或 2026-01-31 18:00".into()),
        Rule::DatePast => ("截止时间已经过去".into(), "请改成将来的时间".into()),
        Rule::DateForKey => ("这一格被 Excel 变成了日期".into(), "请把这一列设为“文本”格式，再重新填写".into()),
        Rule::BoolForm => ("这里只能填“是”或“否”".into(), "请改成其中一个".into()),
        Rule::Choice { allowed } => ("不是可选的值".into(), format!("可填：{}", list(allowed.iter().map(|(_, word)| word)))),
        Rule::Integer { min, max } => (format!("应为 {min} 到 {max} 的整数"), "请改成这个范围内的整数".into()),
        Rule::Email => ("邮箱地址不完整".into(), "请填 name@example.com 这样的完整地址".into()),
        Rule::JsonContradicts { key } => (format!("JSON 里的 {key} 和它自己那一列的值不一致"), "请只在一处填写".into()),
        Rule::JsonForbids { key } => (format!("JSON 列里不能写 {key}"), "签署方、抄送人请用各自的列填写".into()),
        Rule::Url => ("不是网址".into(), "请填以 https:// 开头的完整网址".into()),
        Rule::Json => ("不是合格的 JSON，或有接口不认识的字段".into(), "请核对 JSON 内容".into()),
        Rule::OpenIdForm => ("OpenId 只能有字母和数字".into(), "请核对 OpenId".into()),
        Rule::FormulaError => ("公式出错，没有值".into(), "请修正公式，或直接填写值".into()),
        Rule::FormulaUncached => ("公式的结果没有保存在文件里".into(), "请用 Excel 或 WPS 打开并保存一次".into()),
        Rule::Picture => ("单元格里是图片，不是文字".into(), "请填写文字".into()),
        Rule::FormatHides { format } => (format!("单元格的数字格式（{format}）显示的内容和存的值不同，不知道以哪个为准"), "请把看到的内容以“文本”格式填写".into()),
        Rule::ApproverNeeds { kind, field } => (format!("类型为“{}”的签署方缺少{}", kind_zh(kind), f(field)), match field.as_ref() {
            "approver.organization_open_id" => "请填写签署方企业OpenId；如果它是 SaaS 平台企业，请把“是否SaaS企业”填“是”".into(),
            _ => "请填写".into(),
        }),
        Rule::ApproverForbids { kind, field } => (format!("类型为“{}”的 SaaS 平台企业不能填{}", kind_zh(kind), f(field)), "请清空这一格".into()),
        Rule::ApproverTwice { other_row } => (format!("和第 {other_row} 行是同一个签署方"), "同一份合同里一个人只能作为同一方签一次".into()),
        Rule::CcIsApprover { other_row } => (format!("抄送人同时也是签署方（第 {other_row} 行）"), "请去掉这个抄送人".into()),
        Rule::ShowMapUnknown { token } => (format!("列表展示内容里不认识 {{{token}}}"), "可用：{合同名称} {发起方企业} {发起方姓名} {签署方1企业} {签署方1姓名}".into()),
        Rule::SignTypesOnly => ("签署认证方式不能只有指纹和面容".into(), "请加上人脸、密码或运营商".into()),
        Rule::FlowNameUnusual { found } => (format!("合同名称里有少见的字符“{found}”，接口可能不接受"), "建议只用中文、字母、数字和下划线".into()),
        Rule::TemplateIdLength { found } => (format!("模板ID有 {found} 个字符，通常是 32 个"), "请核对模板ID".into()),
        Rule::RecipientMissing => ("同一份合同里有多个同类签署方，却没有填签署人ID".into(), "建议填写模板里对应的签署人ID（RecipientId）".into()),
        Rule::TypeMissing => ("填了企业名称，却没有填签署方类型，会按个人签署".into(), "如果由企业签署，请把“签署方类型”填“企业”".into()),
        Rule::ApproverGap { number } => (format!("签署方{number} 是空的，后面的签署方会往前移一位"), "签署方的顺序要和模板一致；请核对".into()),
        Rule::SignTypesIgnored => ("用模板发起时，签署认证方式以模板为准".into(), "如需修改请改模板".into()),
        Rule::Corrected { what, to } => (format!("{}，按“{to}”发送", correction_zh(*what)), String::new()),
        Rule::KeyReused { job } => (format!("这个合同编号在任务 {job} 里发过，但内容不同"), "确实是另一份合同时请加 --allow-duplicates；否则请核对".into()),
    };
    (what, todo)
}

#[rustfmt::skip]
fn english(rule: &Rule) -> (String, String) {
    let (what, todo): (String, String) = match rule {
        Rule::HeaderNotFound => ("no header found: none of the first 20 rows has column names that are known".into(), "Make sure there are columns such as flow_name, approver.name, approver.mobile; if yours are called otherwise, use --map 'Your header=approver.name'".into()),
        Rule::ColumnUnknown { suggestion: Some(name) } => (format!("this column is not known and left out; did you mean \"{name}\"?"), "If so, rename it, or add it to [columns] in config.toml".into()),
        Rule::ColumnNearlyDefaulted { suggestion } => (format!("this column is not known; did you mean \"{suggestion}\"? If not, the default of the settings goes in its place"), "If so, rename it; if not, use --map 'HEADER=ignore'".into()),
        Rule::ColumnUnknown { suggestion: None } => ("this column is not known and will not be sent".into(), "If it belongs to the contract, rename it, or write field:NAME".into()),
        Rule::ColumnsUnknown { headers } => (format!("these {} columns are not known and will not be sent: {}", headers.len(), some_of(headers, ", ", ", ...")), "If one of them belongs to the contract, rename it, or write field:COMPONENT".into()),
        Rule::ColumnUnnamed => ("this column has no header, so what is in it will not be sent".into(), "If it belongs to the contract, give it a header".into()),
        Rule::ColumnNearlyFormField { suggestion } => (format!("this column is not known; did you mean \"{suggestion}\"?"), "If so, rename it; if it is not to be sent, use --map 'HEADER=ignore'".into()),
        Rule::ColumnNearlySigner => ("this column looks like a signer's, but its name is not known; without it the contract would lack a signer".into(), "Name it like approver2.name or 乙方手机号; if it is not to be sent, use --map 'HEADER=ignore'".into()),
        Rule::ColumnNearlyKey { first_row, value } => (format!("there is no contract_id, and row {first_row} and this one both have \"{value}\" here: are they approvers of one contract, or a contract each?"), "If one, rename the column to contract_id (or --map 'HEADER=contract_id'); if a contract each, use --map 'HEADER=ignore'".into()),
        Rule::ColumnTwice { field, first } => (format!("this column gives the same field as column {first} ({field})"), "Delete or rename one of them".into()),
        Rule::ColumnNotThere { header } => (format!("there is no column \"{header}\""), "Check the name after --group-by or --map".into()),
        Rule::LayoutsMixed => ("approver columns with numbers (approver1.name) and without (approver.name) are mixed".into(), "Use one of the two forms".into()),
        Rule::ApproversMissing => ("no approver".into(), "Every contract needs the name and the mobile of at least one approver; if your columns are called otherwise, use --map 'Your header=approver.name'".into()),
        Rule::SheetsToChoose { sheets } => (format!("several sheets look like contracts: {}", sheets.join(", ")), "Choose one with --sheet NAME, or take all with --all-sheets".into()),
        Rule::ReportGiven => ("this is a report written by flowbatch, not a sheet of contracts".into(), "Use the original file, or the .fix.xlsx".into()),
        Rule::NoContracts => ("there is no contract below the header".into(), "Fill in contracts below the header, one a row".into()),
        Rule::RowUneven { found, expected } => (format!("this line has {found} values but the header has {expected} columns: a separator is missing or too many, so values may stand in the wrong columns"), "Add or remove separators; put values that contain one in double quotes".into()),
        Rule::RowHidden => ("this row is hidden or filtered out".into(), "Add --hidden-rows send to send such rows, --hidden-rows skip to leave them out, or show them".into()),
        Rule::RowNotAContract { word } => (format!("this row looks like \"{word}\", not like a contract"), "Delete it, or write no in the column send".into()),
        Rule::RowAlmostEmpty { word } => (format!("there is nothing but \"{word}\" in this row, no contract"), "Fill the row, or delete it".into()),
        Rule::RowTwice { first_row } => (format!("exactly the same as row {first_row}: it is sent once only"), "If these are two contracts, add a column contract_id".into()),
        Rule::KeyMissing => ("no contract_id, so it is unknown which contract this row belongs to".into(), "Fill it in; all rows of a contract have the same".into()),
        Rule::KeyTwice { first_row } => (format!("the same contract_id as row {first_row}"), "Every contract needs an id of its own".into()),
        Rule::KeyInSheets { sheet, row } => (format!("the same contract_id stands in sheet \"{sheet}\", row {row}"), "Every contract needs an id of its own; or send one sheet at a time with --sheet".into()),
        Rule::KeyUnknown { sheet } => (format!("this contract_id is not in \"{sheet}\""), "Correct it, or add the contract there".into()),
        Rule::Contradiction { other_row } => (format!("differs from row {other_row}: a contract has one value in this column"), "Make them equal, or fill in only one".into()),
        Rule::SendDiffers { other_row } => (format!("the column send differs from row {other_row} of the same contract"), "A contract is sent whole or not at all: make them equal".into()),
        Rule::HiddenDiffers { other_row } => (format!("this row is hidden but row {other_row} of the same contract is not"), "Show it, or hide the whole contract".into()),
        Rule::Required { field } => (format!("{field} is missing"), match field.as_ref() {
            "app_id" | "organization_open_id" | "operator_open_id" => "Set it in [agent] of config.toml, or add a column".into(),
            "jump_url" => "Set jump_url in config.toml, or add a column".into(),
            "template_id" | "deadline" | "flow_name" => "Fill it in; if it is the same for all contracts, set it in [defaults] of config.toml".into(),
            _ => "Fill it in".into(),
        }),
        Rule::TooLong { limit, found } => (format!("too long: {found} characters, at most {limit} are allowed"), "Shorten it".into()),
        Rule::TooManyBytes { limit, found } => (format!("too long: {found} bytes in UTF-8 (a Chinese character has 3), at most {limit} are allowed"), "Shorten it".into()),
        Rule::TooMany { what, limit, found } => (format!("too many {what}: {found}, at most {limit} are allowed"), "Split it into several contracts".into()),
        Rule::TooLarge { limit, found } => (format!("this contract is too large: {found} bytes, at most {limit} are allowed"), "Shorten its values".into()),
        Rule::MobileForm => ("not a mobile number: 11 digits that begin with 1 are expected".into(), "Check the number".into()),
        Rule::MobileForeign => ("only mobiles of mainland China are accepted".into(), "Use a mainland number".into()),
        Rule::Masked => ("the value is masked with asterisks".into(), "Export it in full from where it came".into()),
        Rule::Placeholder => ("this is no value".into(), "Give the real value; if there is none, empty the cell".into()),
        Rule::SeveralValues => ("there are several values in one cell".into(), "One value a cell; several approvers go into several rows or columns".into()),
        Rule::IdNumber { fault } => (match fault {
            IdFault::Length => "the ID number has the wrong length: 18 for ID_CARD, 11 for HONGKONG_AND_MACAO (see approver.id_card_type)",
            IdFault::Characters => "the ID number has characters that do not belong there",
            IdFault::Date => "the date of birth in the ID number does not exist",
            IdFault::Checksum => "the check digit of the ID number is wrong: most likely one digit is",
        }.into(), "Compare it with the card".into()),
        Rule::IdNumberRounded => ("the ID number was stored as a number, so Excel has turned its last digits into zeros; they cannot be recovered".into(), "Set the column's format to Text, then type the full number again".into()),
        Rule::NumberRounded => ("the value was stored as a number, so Excel has turned all digits after the 15th into zeros; they cannot be recovered".into(), "Set the column's format to Text, then type it again in full".into()),
        Rule::Scientific => ("the value is in scientific notation, not a full number".into(), "Set the column's format to Text, then type it again".into()),
        Rule::CharactersLost => ("characters were lost (they became ? or \u{FFFD})".into(), "Type it again; save CSV as 'CSV UTF-8'".into()),
        Rule::CharactersPrivate => ("there are private-use characters that nobody else can display".into(), "Use standard characters".into()),
        Rule::CharactersNotAllowed { found } => (format!("the character \"{found}\" is not allowed here"), "Remove or replace it".into()),
        Rule::Emoji => ("emoji are not allowed in a form field".into(), "Remove them".into()),
        Rule::DateForm => ("this is not a date that can be understood".into(), "Write 2026-01-31 or 2026-01-31 18:00".into()),
        Rule::DatePast => ("the deadline has passed".into(), "Give a time in the future".into()),
        Rule::DateForKey => ("Excel has turned this cell into a date".into(), "Set the column's format to Text, then type it again".into()),
        Rule::BoolForm => ("yes or no is expected".into(), "Write yes or no".into()),
        Rule::Choice { allowed } => ("not one of the allowed values".into(), format!("Allowed: {}", list(allowed.iter().map(|(sent, _)| sent)))),
        Rule::Integer { min, max } => (format!("a whole number from {min} to {max} is expected"), "Give a number in that range".into()),
        Rule::Email => ("not a complete e-mail address".into(), "Give it in full, such as name@example.com".into()),
        Rule::JsonContradicts { key } => (format!("{key} in the JSON differs from the column of its own"), "Give it in one place only".into()),
        Rule::JsonForbids { key } => (format!("{key} cannot stand in a JSON column"), "Approvers and cc's have columns of their own".into()),
        Rule::Url => ("not a web address".into(), "Give the full address, beginning with https://".into()),
        Rule::Json => ("not well-formed JSON, or it has fields that the API does not know".into(), "Check the JSON".into()),
        Rule::OpenIdForm => ("an OpenId has letters and digits only".into(), "Check the OpenId".into()),
        Rule::FormulaError => ("the formula failed, there is no value".into(), "Correct the formula, or type the value".into()),
        Rule::FormulaUncached => ("the result of the formula is not stored in the file".into(), "Open it in Excel or WPS and save it once".into()),
        Rule::Picture => ("there is a picture in the cell, no text".into(), "Type the text".into()),
        Rule::FormatHides { format } => (format!("the number format ({format}) shows something else than the cell holds, so it is unclear what is meant"), "Type what you see, as Text".into()),
        Rule::ApproverNeeds { kind, field } => (format!("an approver of type {kind} needs {field}"), match field.as_ref() {
            "approver.organization_open_id" => "Fill it in; if it is a company of the SaaS platform, set approver.not_channel_organization to yes".into(),
            _ => "Fill it in".into(),
        }),
        Rule::ApproverForbids { kind, field } => (format!("a {kind} of the SaaS platform must not have {field}"), "Empty this cell".into()),
        Rule::ApproverTwice { other_row } => (format!("the same approver as in row {other_row}"), "A person signs a contract once for the same party".into()),
        Rule::CcIsApprover { other_row } => (format!("this person is also an approver (row {other_row})"), "Take this cc out".into()),
        Rule::ShowMapUnknown { token } => (format!("{{{token}}} is not known here"), "Allowed: {合同名称} {发起方企业} {发起方姓名} {签署方1企业} {签署方1姓名}".into()),
        Rule::SignTypesOnly => ("sign types must not be fingerprint and device face only".into(), "Add face, password or operator".into()),
        Rule::FlowNameUnusual { found } => (format!("the character \"{found}\" is unusual in a contract's name, and the API may refuse it"), "Chinese, letters, digits and underscore are safe".into()),
        Rule::TemplateIdLength { found } => (format!("the template id has {found} characters, usually there are 32"), "Check the template id".into()),
        Rule::RecipientMissing => ("several approvers of a kind in one contract, but no approver.recipient_id".into(), "Give the template's id of each signer".into()),
        Rule::TypeMissing => ("there is a company's name but no approver.type, so a person signs".into(), "If the company signs, write ORGANIZATION in approver.type".into()),
        Rule::ApproverGap { number } => (format!("approver{number} is empty, so those behind it move up by one"), "The order must be the template's: please check".into()),
        Rule::SignTypesIgnored => ("with a template, its own sign types count".into(), "Change the template instead".into()),
        Rule::Corrected { what, to } => (format!("{}, sent as \"{to}\"", correction_en(*what)), String::new()),
        Rule::KeyReused { job } => (format!("this contract_id was sent by job {job} with other contents"), "If it is another contract, add --allow-duplicates; otherwise check it".into()),
    };
    (what, todo)
}

/// What was put right, for lists.
pub fn correction(lang: Lang, what: Correction) -> &'static str {
    match lang {
        Lang::Zh => correction_zh(what),
        Lang::En => correction_en(what),
    }
}

fn correction_zh(what: Correction) -> &'static str {
    match what {
        Correction::Spaces => "去掉了多余的空格",
        Correction::Invisible => "去掉了看不见的字符",
        Correction::Apostrophe => "去掉了开头的单引号",
        Correction::EqualsQuote => "去掉了 =\"…\"",
        Correction::FullWidth => "全角改成了半角",
        Correction::Dot => "姓名中的点改成了“·”",
        Correction::Brackets => "半角括号改成了全角",
        Correction::UpperX => "证件号码末位 x 改成了大写",
        Correction::Prefix86 => "去掉了手机号前的 86",
        Correction::Separators => "去掉了号码中的分隔符",
        Correction::TrailingZero => "去掉了号码后的 .0",
        Correction::MergedValue => "取了合并单元格的值",
        Correction::DateSerial => "数字按日期理解",
        Correction::ShownValue => "按看到的格式取值",
    }
}

fn correction_en(what: Correction) -> &'static str {
    match what {
        Correction::Spaces => "spaces removed",
        Correction::Invisible => "invisible characters removed",
        Correction::Apostrophe => "leading apostrophe removed",
        Correction::EqualsQuote => "=\"...\" removed",
        Correction::FullWidth => "full-width characters made half-width",
        Correction::Dot => "dot in the name made the usual one",
        Correction::Brackets => "half-width brackets made full-width",
        Correction::UpperX => "last x of the ID number made upper case",
        Correction::Prefix86 => "86 before the mobile removed",
        Correction::Separators => "separators within the number removed",
        Correction::TrailingZero => ".0 after the number removed",
        Correction::MergedValue => "value of the merged cell taken",
        Correction::DateSerial => "number taken for a date",
        Correction::ShownValue => "value taken as it is displayed",
    }
}
