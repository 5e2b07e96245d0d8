//! What a sheet leaves open, in words: each says what was found, and how the sheet
//! itself can answer. The options that answer it stand in `domain/answer.rs`.

use crate::domain::answer::IGNORE;
use crate::domain::problem::{Problem, RowPairs, Rule, SignerMatter};

use super::problems::{field_name, some_of};
use super::{Lang, Words, say, words};

fn rows_of(lang: Lang, rows: &[u32], count: u64) -> String {
    let shown: Vec<String> = rows.iter().map(u32::to_string).collect();
    let more = if count > rows.len() as u64 { lang.pick("…", ", ...") } else { "" };
    format!("{}{more}", shown.join(lang.pick("、", ", ")))
}

/// 甲方 of 甲方代表 and of 甲方(公司), 客户 of 客户姓名; of 姓名 whoever signs.
fn party_of(who: &str) -> &str {
    let party = who.find('方').and_then(|at| who.get(..at + '方'.len_utf8()));
    match party.unwrap_or_else(|| who.strip_suffix("姓名").unwrap_or(who)) {
        "" | "name" => "签署方",
        party => party,
    }
}

/// `rows_of` where English says that these are rows.
fn rows_in(lang: Lang, rows: &[u32], count: u64) -> String {
    let list = rows_of(lang, rows, count);
    match lang {
        Lang::Zh => list,
        Lang::En if count == 1 => format!("row {list}"),
        Lang::En => format!("rows {list}"),
    }
}

fn some_rows(lang: Lang, rows: &[u32]) -> String {
    const MOST: usize = 8;
    rows_of(lang, rows.get(..MOST).unwrap_or(rows), rows.len() as u64)
}

/// `填写:岗位 ≠ 填写:部门`.
fn unlike(lang: Lang, columns: &[(String, String)]) -> String {
    let name = |header: &str| match header.is_empty() {
        true => lang.pick("（没有表头）", "(no header)").to_owned(),
        false => header.to_owned(),
    };
    let pairs: Vec<String> =
        columns.iter().map(|(header, found)| format!("{} ≠ {}", name(header), name(found))).collect();
    some_of(lang, &pairs)
}

/// Rows that go together, two by two.
fn pairs_of(lang: Lang, pairs: &RowPairs) -> String {
    let RowPairs { rows, sheets, count } = pairs;
    let row = |at: usize| {
        let row = rows.get(at)?;
        Some(match sheets.get(at) {
            Some(sheet) => say!(lang, "“{sheet}”第 {row} 行", "row {row} of {sheet}"),
            None => say!(lang, "第 {row} 行", "row {row}"),
        })
    };
    let pair = |at: usize| {
        let (first, second) = (row(at)?, row(at + 1)?);
        Some(say!(lang, "{first}和{second}", "{first} and {second}"))
    };
    let shown: Vec<String> = (0..rows.len()).step_by(2).filter_map(pair).collect();
    let more = if *count > shown.len() as u64 { lang.pick("……", "; ...") } else { "" };
    format!("{}{more}", shown.join(lang.pick("，", "; ")))
}

/// `责任人姓名 → 签署方姓名`.
fn pairs(lang: Lang, map: &[(String, String)]) -> String {
    let is_mixed = map.iter().any(|(_, gives)| gives != IGNORE);
    let pair = |(header, gives): &(String, String)| match gives.as_str() {
        IGNORE if is_mixed => say!(lang, "{header} → 不用", "{header} → not used"),
        IGNORE => header.clone(),
        gives => format!("{header} → {}", field_name(lang, gives)),
    };
    map.iter().map(pair).collect::<Vec<_>>().join(lang.pick("，", ", "))
}

/// What the columns that are used would be called, in their order.
fn called(lang: Lang, map: &[(String, String)]) -> String {
    let used = map.iter().filter(|(_, gives)| gives != IGNORE);
    let names: Vec<String> = used.map(|(_, gives)| field_name(lang, gives)).collect();
    names.join(lang.pick("、", ", "))
}

/// The columns that would say of the same signers what they are.
fn types_of(map: &[(String, String)]) -> Vec<(String, String)> {
    let of = |gives: &String| gives.strip_suffix("organization_name").map(|signer| format!("{signer}type"));
    map.iter().filter_map(|(header, gives)| Some((header.clone(), of(gives)?))).collect()
}

/// `--map "配偶=approver2.name" --map …`.
fn maps(map: &[(String, String)]) -> String {
    let word = |(header, gives): &(String, String)| {
        let header: String = header.chars().filter(|c| !c.is_control()).collect();
        format!("--map \"{header}={gives}\"")
    };
    map.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// The options that leave these columns out.
fn ignored(lang: Lang, headers: &[String]) -> String {
    let no = lang.pick("忽略", IGNORE);
    headers.iter().map(|header| format!("--map \"{header}={no}\"")).collect::<Vec<_>>().join(" ")
}

fn header_not_found(lang: Lang, rule: &Rule) -> Words {
    let Rule::HeaderNotFound { row, recognised, missing, map } = rule else { return Words::new("", "") };
    let Some(row) = row else {
        return words!(
            lang,
            (
                "没有找到表头：前 20 行里没有认识的列名",
                "请确认有“合同名称、签署方姓名、签署方手机号”这类列名；表头在更下面请用 --header-row 行号，列名不同时用 --map \"你的列名=approver.name\" 指定"
            ),
            (
                "no header found: none of the first 20 rows has column names that are known",
                "Make sure there are columns such as flow_name, approver.name, approver.mobile; use --header-row N for one further down, and --map \"Your header=approver.name\" if yours are called otherwise"
            )
        );
    };
    let known = match recognised.as_slice() {
        [] => say!(lang, "没有一列认识", "none of its columns is known"),
        some => say!(lang, "认识的列：{list}", "known: {list}", list = pairs(lang, some)),
    };
    let maybe = match map.as_slice() {
        [] => String::new(),
        some => say!(lang, "；可能是：{list}", "; perhaps: {list}", list = pairs(lang, some)),
    };
    let lacks = match missing.as_slice() {
        [] => String::new(),
        some => {
            let names: Vec<String> = some.iter().map(|name| field_name(lang, name)).collect();
            say!(lang, "；还缺：{list}", "; missing: {list}", list = names.join(lang.pick("、", ", ")))
        }
    };
    words!(
        lang,
        (
            "没有找到表头。最像的是第 {row} 行，{known}{maybe}{lacks}",
            "请把列名改成“签署方姓名、签署方手机号”，或用 --map \"你的列名=签署方姓名\" 指定（表头不在这一行请加 --header-row 行号）"
        ),
        (
            "no header found. Row {row} comes nearest: {known}{maybe}{lacks}",
            "Rename the columns to approver.name and approver.mobile, or say with --map \"Your header=approver.name\" what they are (and with --header-row N where the header is)"
        )
    )
}

#[rustfmt::skip]
pub fn explain(lang: Lang, problem: &Problem) -> Words {
    let f = |name: &str| field_name(lang, name);
    match &problem.rule {
        rule @ Rule::HeaderNotFound { .. } => header_not_found(lang, rule),
        Rule::HeaderRowEmpty { row } => words!(lang,
            ("第 {row} 行是空的，不能作表头", "请核对 --header-row 后面的行号"),
            ("row {row} is empty, so it is no header", "Check the number after --header-row")),
        Rule::TableAbove { other, header, rows, said: true } => words!(lang,
            ("表头用第 {header} 行；它上面的第 {list} 行（在第 {other} 行的表头下面）不会发送", "也要发送的话，请把两张表分别放到两个工作表里"),
            ("the header is row {header}; rows {list} above it (below the header in row {other}) are not sent", "If they are to go as well, put the two tables into two sheets"),
            list = some_rows(lang, rows)),
        Rule::TableAbove { other, header, rows, .. } => words!(lang,
            ("这个工作表里有两张表：第 {other} 行和第 {header} 行都像表头。按第 {header} 行读的话，它上面的第 {list} 行就不会发送", "都要发送：请把两张表分别放到两个工作表里。只发下面的表：--header-row {header}；第 {other} 行才是表头：--header-row {other}"),
            ("there are two tables in this sheet: row {other} and row {header} both look like a header. Below row {header} alone, rows {list} would not be sent", "To send both, put the two tables into two sheets. The lower table only: --header-row {header}; if row {other} is the header: --header-row {other}"),
            list = some_rows(lang, rows)),
        Rule::DeadlineAbove { row, text, said: true, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，没有用作签署截止时间", "要用它，请加一列“签署截止时间”"),
            ("row {row} says \"{text}\", which is not used as the time to sign in", "To use it, add a column 签署截止时间")),
        Rule::DeadlineAbove { row, text, header, until: Some(day), .. } => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有签署截止时间这一列：按哪个截止？", "按这一行：--default \"deadline={day}\" --header-row {header}，或加一列“签署截止时间”，每行都填上；按设置里的：只用 --header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column 签署截止时间: which one holds?", "This line: --default \"deadline={day}\" --header-row {header}, or a column 签署截止时间, filled in every row. The settings: --header-row {header} alone, or delete the line")),
        Rule::DeadlineAbove { row, text, header, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有签署截止时间这一列：按哪个截止？", "按这一行：请加一列“签署截止时间”，每行都填上；按设置里的：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column 签署截止时间: which one holds?", "This line: add a column 签署截止时间 and fill it in every row. The settings: --header-row {header}, or delete the line")),
        Rule::SaidAbove { row, text, field, header, said: false, .. } if field == "contract_id" => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有“合同编号”这一列：下面的行是同一份合同，还是各自一份？", "同一份：请加一列“合同编号”，各行填一样的编号；各自一份：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column contract_id: are the rows below one contract, or a contract each?", "If one, add a column contract_id, the same on all rows; if a contract each, --header-row {header}, or delete the line")),
        Rule::NotToSend { row, text, said: true, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，仍按要求发送", ""),
            ("row {row} says \"{text}\"; the rows are sent all the same, as you have said", "")),
        Rule::NotToSend { row, text, header, .. } if row > header => words!(lang,
            ("第 {row} 行写着“{text}”：上面的这些行都要照样发送吗？", "都要：--odd-rows skip（只跳过这一行），或删掉这一行；只发一部分：加一列“发送”，不发的行填“否”，再删掉这一行；都不发：不用再运行"),
            ("row {row} says \"{text}\": are the rows of this sheet to be sent as they are?", "All of them: --odd-rows skip (it leaves out that line alone), or delete the line. Some: add a column send with no in the others, and delete the line. None: there is nothing more to do")),
        Rule::NotToSend { row, text, header, .. } => words!(lang,
            ("第 {row} 行写着“{text}”：下面的行都要照样发送吗？", "都要：--header-row {header}，或删掉这一行；只发一部分：加一列“发送”，不发的行填“否”，再删掉这一行；都不发：不用再运行"),
            ("row {row} says \"{text}\": are the rows below to be sent as they are?", "All of them: --header-row {header}, or delete the line. Some: add a column send with no in the others, and delete the line. None: there is nothing more to do")),
        Rule::SaidAbove { row, text, field, header, said: false, .. } if field == "cc.mobile" => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有抄送人这一列：不会抄送给任何人", "要抄送：请加“抄送人姓名”“抄送人手机号”两列，每行都填上；不抄送：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column of copies: nobody would get one", "If somebody is to get a copy, add columns cc.name and cc.mobile and fill them in every row; if not, --header-row {header}, or delete the line")),
        Rule::SaidAbove { row, text, field, said: true, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，没有用作{name}", "要用它，请加一列“{name}”"),
            ("row {row} says \"{text}\", which is not used as {name}", "To use it, add a column {name}"),
            name = field_name(lang, field)),
        Rule::SaidAbove { row, text, field, header, value: Some(value), .. } => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有“{name}”这一列：按这一行，还是按设置里的？", "按这一行：--default \"{field}={value}\" --header-row {header}，或加一列“{name}”，每行都填上；按设置里的：只用 --header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column {name}: this line, or the settings?", "This line: --default \"{field}={value}\" --header-row {header}, or a column {name}, filled in every row. The settings: --header-row {header} alone, or delete the line"),
            name = field_name(lang, field)),
        Rule::SaidAbove { row, text, field, header, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有“{name}”这一列：按这一行，还是按设置里的？", "按这一行：请加一列“{name}”，每行都填上；按设置里的：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column {name}: this line, or the settings?", "This line: add a column {name} and fill it in every row. The settings: --header-row {header}, or delete the line"),
            name = field_name(lang, field)),
        Rule::PartyAbove { row, said: true, companies: Some((company, own)), .. } => words!(lang,
            ("第 {row} 行写着和“{company}”签，没有用：每份合同都由设置里的“{own}”签", "应当由那一行的企业签：请换成它的设置再发送"),
            ("row {row} names \"{company}\", which is not used: all contracts are signed by \"{own}\" of the settings", "If they are to be with the company of that line, send them with its settings")),
        Rule::PartyAbove { row, header, companies: Some((company, own)), .. } => words!(lang,
            ("第 {row} 行写着和“{company}”签，可是每份合同都由设置里的“{own}”签：以哪一家为准？", "由那一行的企业签：请换成它的设置再发送；由设置里的企业签：--header-row {header}，或删掉这一行"),
            ("row {row} names \"{company}\", but all contracts would be signed by \"{own}\" of the settings: which is meant?", "If the company of that line, send them with its settings; if that of the settings, --header-row {header}, or delete the line")),
        Rule::PartyAbove { row, said: true, .. } => words!(lang,
            ("第 {row} 行写着一方的姓名和号码，没有用", "这个人也要签署的话，请加上他的姓名、手机号两列"),
            ("row {row} names a party with a number, which is not used", "If this person signs as well, add columns for the name and the mobile")),
        Rule::PartyAbove { row, header, .. } => words!(lang,
            ("第 {row} 行写着一方的姓名和号码：这个人也签署吗？现在每份合同里都没有", "要签署：请把姓名、手机号写成表里的两列，每行都填，或写到 config.toml 的 [[signers]]；不签署：--header-row {header}，或删掉这一行"),
            ("row {row} names a party with a number: does this person sign, too? So far no contract has them", "If so, give the name and the mobile columns of their own, in every row, or [[signers]] in config.toml; if not, --header-row {header}, or delete the line")),
        Rule::TableBelow { columns } => words!(lang,
            ("第 {row} 行起是另一张表，表头和上面的不一样：{list}", "请把这张表放到另一个工作表里；其实是同一种内容的，请把这一行改成和表头一样"),
            ("another table begins in row {row}, with another header: {list}", "Put it into a sheet of its own; if its columns mean the same, write them as the header has them"),
            row = problem.place.row.unwrap_or_default(), list = unlike(lang, columns)),
        Rule::HeadingsDiffer { parties, rows } => words!(lang,
            ("表里有几个不同的公司（或甲方）作小标题：{names}（第 {list} 行）。小标题不会发送，下面的合同都一样：是不是应该和不同的公司签？", "和不同的公司签：请拆成几个文件，分别用各自的模板或设置；都是同一方的：请删掉这些小标题行"),
            ("lines between the rows name different companies: {names} (rows {list}). Nothing of such a line is sent, so all contracts are with the same: are they meant to be?", "If not, split the sheet into files with a template or settings for each; if so, delete those lines"),
            names = some_of(lang, parties), list = some_rows(lang, rows)),
        Rule::SheetTransposed => words!(lang,
            ("这个表是横着的：列名在左边一列，每份合同是一列", "请在 Excel 里复制后用“选择性粘贴 → 转置”，改成一行一份合同"),
            ("this sheet lies on its side: the names of the fields stand in a column, and each contract is a column", "Copy it and use Paste Special, Transpose, so that each contract is a row")),
        Rule::SheetIsForm => words!(lang,
            ("这是一张单人的登记表，不是名单：列名和内容成对地写在一起", "请把每个人汇总成一行，第一行写列名（flowbatch template 可以生成空表）"),
            ("this is a form for one person, not a list: names of fields and values stand in pairs", "Put each person into a row below one header (flowbatch template makes an empty workbook)")),
        Rule::SignerUnclear { who, map, alone: true, .. } if map.iter().all(|(_, gives)| gives == IGNORE) => words!(lang,
            ("从列名看不出谁签署：表里的人有的没有手机号，有的没有姓名，{who}（{columns}）是其中之一", "请把签署人的列名改成“签署方姓名、签署方手机号”，或用 --map \"列名=approver.name\"、--map \"列名=approver.mobile\" 说明"),
            ("the headers do not say who signs: of some there is a name without a mobile, or a mobile without a name; {who} ({columns}) is one of them all", "Rename the signer's columns to approver.name and approver.mobile, or say so with --map \"HEADER=approver.name\" and --map \"HEADER=approver.mobile\""),
            who = name(lang, who), columns = pairs(lang, map)),
        Rule::SignerUnclear { who, map, also, .. } if !also.is_empty() => words!(lang,
            ("看不出{who}是不是签署方（{columns}）；现在没有把{who}当作签署方", "不签署：用下面的命令，或删掉这些列；也签署：把命令里的这几列换成 {maps}"),
            ("it is unclear whether {who} signs ({columns}); so far {who} does not", "If not, use the command below, or delete the columns; if so, put {maps} into it in their stead"),
            who = name(lang, who), columns = pairs(lang, map), maps = maps(also)),
        Rule::SignerUnclear { who, map, .. } if map.iter().all(|(_, gives)| gives == IGNORE) => words!(lang,
            ("看不出{who}是不是签署方（{columns}）；现在没有把{who}当作签署方", "不签署：用下面的命令，或删掉这些列；要签署：请把列名改成“签署方2姓名、签署方2手机号”，其他签署方改成“签署方1…”"),
            ("it is unclear whether {who} signs ({columns}); so far {who} does not", "If not, use the command below, or delete the columns; if so, rename them to approver2.name and approver2.mobile, and the other signer's to approver1..."),
            who = name(lang, who), columns = pairs(lang, map)),
        Rule::SignerUnclear { who, map, .. } if map.iter().all(|(_, gives)| gives.ends_with(".organization_name")) => words!(lang,
            ("{who}是不是签约的公司？{columns}", "是公司：用下面的命令，或把列名改成“{named}”，再加一列“{typed}”填“企业”；与签署无关：--map \"列名=忽略\""),
            ("is {who} the company that signs? {columns}", "If so, use the command below, or rename the column to {named} and add {typed} with ORGANIZATION; if it has nothing to do with signing, --map \"HEADER=ignore\""),
            who = name(lang, who), columns = pairs(lang, map), named = called(lang, map), typed = called(lang, &types_of(map))),
        Rule::SignerUnclear { who, map, alone, .. } => Words::new(
            say!(lang, "看不出{who}是不是签署方：{columns}", "it is unclear whether {who} signs: {columns}",
                who = name(lang, who), columns = pairs(lang, map)),
            match alone {
                true => say!(lang,
                    "是签署方：用下面的命令，或把列名改成“{called}”；不签署的列请用 --map \"列名=忽略\"",
                    "If so, use the command below, or rename the columns to {called}; columns of somebody who does not sign: --map \"HEADER=ignore\"",
                    called = called(lang, map)),
                false => say!(lang,
                    "表里不止一个人：都签署用下面的命令，或把这几列改名为“{called}”；不签署的人请用 --map \"列名=忽略\"",
                    "There is more than one person: if all sign, use the command below, or rename these columns to {called}; of those who do not: --map \"HEADER=ignore\"",
                    called = called(lang, map)),
            }),
        Rule::ColumnBeside { field, name, .. } => words!(lang,
            ("不知道这一列是谁的{field}：{name} 列已经是签署方的了", "不是签署方的：--map \"列名=忽略\"，或在列名里写明是谁的；它才是签署方的：--map \"另一列=忽略\"，或改列名"),
            ("it is unclear whose {field} this is: column {name} has the signer's", "If it is somebody else's, --map \"HEADER=ignore\", or say whose in its header; if it is the signer's, --map \"OTHER=ignore\", or rename the other column"),
            field = f(field)),
        Rule::MobileBehind { who } => words!(lang,
            ("不知道这一列是签署方的，还是{who}的：它紧跟在“{who}”后面，那一列没有自己的电话", "是签署方的：用下面的命令，或把列名改成“签署方手机号”；是{who}的：把列名改成“{who}电话”，再加一列“签署方手机号”"),
            ("it is unclear whether this is the signer's or {who}'s: it stands right behind \"{who}\", which has no telephone of its own", "If it is the signer's, use the command below, or call it approver.mobile; if it is {who}'s, say so in its header, and add a column approver.mobile"),
            who = who),
        Rule::IdNumberBehind { who } => words!(lang,
            ("不知道这一列是签署方的证件号码，还是{who}的：它紧跟在“{who}”后面，那一列没有自己的证件号码", "是{who}的：用下面的命令（不发送），或把列名改成“{who}身份证号”；是签署方的：--map \"列名=approver.id_card_number\"，或把列名改成“签署方证件号码”"),
            ("it is unclear whether this is the signer's ID number or {who}'s: it stands right behind \"{who}\", which has none of its own", "If it is {who}'s, use the command below (it is not sent), or say so in its header; if it is the signer's, --map \"HEADER=approver.id_card_number\""),
            who = who),
        Rule::NameInTwo { other } => words!(lang,
            ("姓和名分在两列（另一列是 {other}），看不出签署方的全名", "请合并成一列“姓名”：在 Excel 里用 =B2&C2 这样的公式，再复制、选择性粘贴为值"),
            ("the signer's name is divided between two columns (the other is {other})", "Put both into one column approver.name"),
            other = other),
        Rule::CompanyAsPerson { typed: true } => words!(lang,
            ("这是单位名称，不是经办人的姓名", "单位名称请写在“企业名称”列，姓名列写经办人"),
            ("this is the name of a company, not of the person who signs for it", "Write the company into approver.organization_name, and here who signs for it")),
        Rule::CompanyAsPerson { typed: false } => words!(lang,
            ("这是单位名称，不是人的姓名；没有填签署方类型，会被当成个人", "企业签署：加一列“签署方类型”填“企业”，单位名称写在“企业名称”列，姓名列写经办人；个人签署：请改成本人姓名"),
            ("this is the name of a company, not of a person, and no approver.type says that a company signs", "If the company signs: approver.type ORGANIZATION, its name in approver.organization_name, and here who signs for it; if a person signs, write his name")),
        Rule::Remarked { remark, rows, count } => super::remarks::explain(lang, *remark, &rows_of(lang, rows, *count), *count),
        Rule::FormDates => words!(lang,
            ("这一列都像日期，会照看到的样子发送", "日期控件要“2026年01月02日”的形式：请在列名后加“(日期)”，就会自动改成这种形式；文本控件不用改"),
            ("all of this column look like dates, and go out as they are seen", "A date component takes 2026年01月02日 only: put (日期) behind the column's name, and it is written so; of a text component nothing is to be done")),
        Rule::FormNumbers => words!(lang,
            ("这一列都像金额，会照看到的样子发送", "数字控件只收数字和小数点：请在列名后加“(数字)”，就会去掉逗号和单位；文本控件不用改"),
            ("all of this column look like amounts, and go out as they are seen", "A number component takes digits and a point only: put (数字) behind the column's name, and the rest is left out; of a text component nothing is to be done")),
        Rule::FormFieldEmpty { rows, count } => words!(lang,
            ("有 {count} 行这一列是空的（第 {list} 行），合同会缺这一项", "不该空的请补上；要让空着成为错误，请把列名写成“填写:控件名(必填)”"),
            ("{count} rows have nothing in this column (rows {list}), so their contracts lack it", "Fill them in; to make that an error call the column field:NAME(必填)"),
            list = rows_of(lang, rows, *count)),
        Rule::FormFieldUndecided { rows, count } => words!(lang,
            ("有 {count} 行这一列写着“待定”之类（第 {list} 行），会原样填进合同", "请填写真正的内容，或清空；就要这样写请加 --as-text \"列名\""),
            ("{count} rows say TBD or the like in this column (rows {list}), and that goes into the contract", "Give the value, or clear the cell; if it is meant, add --as-text \"HEADER\""),
            list = rows_of(lang, rows, *count)),
        Rule::ZerosAmongTexts { rows, count } => words!(lang,
            ("这一列别的格都是文字，但有 {count} 格是 0 或 FALSE（第 {list} 行）：是公式没有找到内容吗？", "请填上真正的内容，或清空；确实这样：--as-text \"列名\""),
            ("other cells of this column are words, but {count} are 0 or FALSE (rows {list}): has a formula found nothing?", "Give the value, or clear the cell; if that is meant, --as-text \"HEADER\""),
            list = rows_of(lang, rows, *count)),
        Rule::SerialsAmongDates { rows, count } => words!(lang,
            ("这一列应当是日期、时间或百分比，有 {count} 格却是单独的数字、0 或 FALSE（第 {list} 行）：是丢了格式，还是公式没有取到值？", "请在这几格写成日期（和别的行一样），或清空；确实要这样发送：--as-text \"列名\""),
            ("this column is one of dates, times or percents, yet {count} cells are bare numbers, 0 or FALSE (rows {list}): have they lost their format, or has a formula found nothing?", "Write them like the other rows, or clear them; if they are meant as they stand, --as-text \"HEADER\""),
            list = rows_of(lang, rows, *count)),
        Rule::DatesAmongCodes { rows, count } => words!(lang,
            ("这一列有“3-101”这样的编号，也有 {count} 格是日期（第 {list} 行）：像是表格软件把“3-1”变成了日期", "请把列设成文本格式，重新填写这些格子；确实是日期：--as-text \"列名\""),
            ("this column has numbers such as 3-101, and {count} cells are dates (rows {list}): a spreadsheet program has made them of 3-1, most likely", "Make the column one of texts and write these cells anew; if dates are meant, --as-text \"HEADER\""),
            list = rows_of(lang, rows, *count)),
        Rule::MobilesRounded { rows, count } => words!(lang,
            ("有 {count} 个手机号以 000000 结尾（第 {list} 行）：可能是 1.38E+10 这样的科学计数丢了后面的数字", "请核对；填错的请填写真正的手机号（列设成文本格式）"),
            ("{count} mobiles end in 000000 (rows {list}): their last digits may have been lost to a form like 1.38E+10", "Check them, and write the real numbers where they are wrong (make the column one of texts)"),
            list = rows_of(lang, rows, *count)),
        Rule::MobileShared(pairs) => words!(lang,
            ("不同的姓名用了同一个手机号：{list}", "请核对是不是填错了人或号码"),
            ("people of different names have one mobile: {list}", "Check whether a name or a number is wrong"),
            list = pairs_of(lang, pairs)),
        Rule::IdNumberShared(pairs) => words!(lang,
            ("不同的姓名用了同一个证件号码：{list}", "请核对是不是填错了人或号码"),
            ("people of different names have one ID number: {list}", "Check whether a name or a number is wrong"),
            list = pairs_of(lang, pairs)),
        Rule::TwoMobiles(pairs) => words!(lang,
            ("同一个人（证件号码相同）填了不同的手机号：{list}", "请核对哪个号码是对的"),
            ("one person, by the ID number, has different mobiles: {list}", "Check which number is right"),
            list = pairs_of(lang, pairs)),
        Rule::PersonTwice(pairs) => words!(lang,
            ("同一个人在不止一份合同里：{list}", "确实要签多份就不用改"),
            ("the same person stands in more than one contract: {list}", "If that is meant, nothing is to be done"),
            list = pairs_of(lang, pairs)),
        Rule::TermNotDeadline => words!(lang,
            ("这一列像是合同期限的结束日期，不作签署截止时间，也不会发送", "要作签署截止时间，请把列名改成“签署截止时间”；要填进合同，请写成“填写:控件名”"),
            ("this column ends the contract's own term, so it is not taken for the deadline to sign, and not sent", "If it is the deadline to sign, call it deadline; if it goes into the contract, write field:NAME")),
        Rule::TermOrDeadline { soon: true } => words!(lang,
            ("这一列的日期就在最近，没有用它：是签署截止时间吗？", "是：--map \"列名=签署截止时间\"，或把列名改成“签署截止时间”；不是：--map \"列名=忽略\"，或把列名写清楚是什么日期"),
            ("the days of this column come soon, and it is not used: is it the deadline to sign?", "If it is, --map \"HEADER=deadline\", or call the column deadline; if not, --map \"HEADER=ignore\", or say in its name what day it is")),
        Rule::DefaultOfJob { field, value } => words!(lang,
            ("上次发送时用 --default 给“{name}”填了“{value}”，这个文件里没有写：这次也用它吗？", "也用：--default \"{field}={value}\"；不用：--default \"{field}=别的值\"，或加一列“{name}”，每行都填上"),
            ("the contracts were sent with --default {field}={value}, which this file does not say: does it hold here as well?", "If it does, --default \"{field}={value}\"; if not, --default with another value, or a column {name}, filled in every row"),
            name = field_name(lang, field)),
        Rule::TermOrDeadline { .. } => words!(lang,
            ("这一列是合同期限的结束日期，还是签署截止时间？", "是签署截止时间：--map \"列名=签署截止时间\"，或把列名改成“签署截止时间”；不是：--map \"列名=忽略\"，或把列名改成“合同到期日”，签署截止时间另加一列，或写在 config.toml 的 [defaults] 里（deadline = \"+30d\"）"),
            ("does this column end the contract's own term, or is it the deadline to sign?", "If it is the deadline, --map \"HEADER=deadline\", or call the column deadline; if not, --map \"HEADER=ignore\", or call it contract end date, and give the deadline in a column of its own, or as deadline = \"+30d\" under [defaults] of config.toml")),
        Rule::NothingMeant { header, wanted, values } => Words::new(
            say!(lang, "没有一行的“{header}”是“{wanted}”", "no row has \"{wanted}\" in column \"{header}\"",
                wanted = wanted.join(lang.pick("”或“", "\" or \""))),
            match values.as_slice() {
                [] => say!(lang, "请核对 --where（或 [sheet] where、以前记住的条件）", "Check --where (or [sheet] where, or what was remembered)"),
                some => say!(lang,
                    "这一列里是：{list}。请核对 --where（或 [sheet] where、以前记住的条件）；几个 --where 要同时成立，同一列要几个值请写成“列名=值1|值2”",
                    "It holds: {list}. Check --where (or [sheet] where, or what was remembered); several --where hold together, and several values of one column are written HEADER=A|B",
                    list = some_of(lang, &some.iter().map(|value| match value.as_str() {
                        "" => lang.pick("（空）", "(nothing)").to_owned(),
                        value => value.to_owned(),
                    }).collect::<Vec<_>>())),
            }),
        Rule::ColumnNotUsed { field } => words!(lang,
            ("这一列不会发送（可能是内部备注或别的分类）", "要作为“{field}”发送，请把列名改成“{field}”，或加 --map \"列名={field}\""),
            ("this column is not sent: it may be internal", "To send it as {field}, rename it, or add --map \"HEADER={field}\""),
            field = f(field)),
        Rule::ColumnNearlyType { value } => words!(lang,
            ("这一列里有“{value}”：它是签署方类型吗？不用它，会按个人签署", "是：用下面的命令，或把列名改成“签署方类型”；不是：请加 --map \"列名=忽略\""),
            ("this column has \"{value}\": is it the type of the signer? Without it a person signs", "If so, use the command below, or call it approver.type; if not, add --map \"HEADER=ignore\"")),
        Rule::ColumnNoOpenId { field, value } => words!(lang,
            ("这一列会作为发起方的“{name}”（OpenId）发给接口，但里面有“{value}”，不是 OpenId", "不发送用下面的命令（用设置里的发起方），或改列名；他是签署方：--map \"{header}=approver.name\"；确实是 OpenId：--map \"{header}={field}\""),
            ("this column would be sent as the sender's {name}, an OpenId, but it has \"{value}\", which is none", "To leave it out (the settings name the sender) use the command below, or rename it; if that is who signs: --map \"{header}=approver.name\"; if it is an OpenId: --map \"{header}={field}\""),
            name = f(field), header = problem.place.column.as_ref().map(|own| own.header.replace('\n', "")).unwrap_or_default()),
        Rule::ColumnsHidden { headers, beside_signers: Some(_) } => words!(lang,
            ("有隐藏的列，里面的内容会发送：{names}。其中有签署方的列，不发送就会少签署方", "签署方照常发送、其余的列不发送：用下面的命令；都发送：--hidden-columns send；都不发送：--hidden-columns skip；或在表里取消隐藏"),
            ("hidden columns have values that would be sent: {names}. Some of them say who signs", "The command below sends the signers and none of the others; --hidden-columns send sends all, skip none; or show them in the sheet"),
            names = some_of(lang, headers)),
        Rule::ColumnsHidden { headers, .. } => words!(lang,
            ("有隐藏的列，里面的内容会发送：{names}", "不发送加 --hidden-columns skip，照常发送加 --hidden-columns send；或在表里取消隐藏"),
            ("hidden columns have values that would be sent: {names}", "Add --hidden-columns skip to leave them out, --hidden-columns send to send them, or show them in the sheet"),
            names = some_of(lang, headers)),
        Rule::ColumnsHiddenListed { headers } => words!(lang,
            ("隐藏的列，照常使用：{names}", ""),
            ("hidden columns that are used as they are: {names}", ""),
            names = some_of(lang, headers)),
        Rule::RowsHeldTogether { header, first_row, rows, count, merged, beside, component, wide } => Words::new(
            match merged {
                true => say!(lang,
                    "“{header}”列有上下合并的单元格（第 {first_row} 行起；还有 {count} 行，第 {rows} 行）：合并在一起的几行是同一份合同的几个签署方，还是各自一份合同？",
                    "cells of column \"{header}\" are merged downwards (from row {first_row}; {count} row(s) below such a cell: {rows}): are those rows the signers of one contract, or a contract each?",
                    rows = rows_of(lang, rows, *count)),
                false => say!(lang,
                    "“{header}”只写在第一行（第 {first_row} 行），下面 {count} 行（第 {rows} 行）空着：它们是上面那份合同的其他签署方，还是各自一份合同？",
                    "\"{header}\" stands on the first row only (row {first_row}), and {count} row(s) below are empty there ({rows}): are they further signers of the contract above, or a contract each?",
                    rows = rows_of(lang, rows, *count)),
            },
            if *wide { say!(lang,
                "各自一份：--key row；同一份合同：请把它的签署方都写在同一行，多出来的加列（如“签署方3姓名”“签署方3手机号”）",
                "A contract each: --key row; one contract: write all its signers into one row, with more columns (such as approver3.name, approver3.mobile)") }
            else if !beside.is_empty() { say!(lang,
                "同一份合同：只看“{header}”，“{beside}”不同的也会并成一份，所以请在表里加一列“合同编号”，同一份合同的各行编号相同；各自一份：--key row",
                "One contract: \"{header}\" alone would put together rows of different \"{beside}\", so add a column contract_id, the same on all rows of a contract; a contract each: --key row") }
            else if *component && !merged { say!(lang,
                "各自一份：--key row，并请往下填满这一列；同一份合同：请在表里加一列“合同编号”，同一份合同的各行编号相同",
                "A contract each: --key row, and fill the column in; one contract: add a column contract_id, the same on all rows of a contract") }
            else if *component { say!(lang,
                "各自一份、都用这个值：--key row；同一份合同：请在表里加一列“合同编号”，同一份合同的各行编号相同",
                "A contract each, all with this value: --key row; one contract: add a column contract_id, the same on all rows of a contract") }
            else { say!(lang,
                "同一份合同：--key \"{header}\"；各自一份：--key row；或在表里加一列“合同编号”，同一份合同的各行编号相同",
                "One contract: --key \"{header}\"; a contract each: --key row; or add a column contract_id, the same on all rows of a contract") }),
        Rule::KeyAcross { key, other, first_row, row } => words!(lang,
            ("第 {first_row} 行和第 {row} 行的“{key}”一样，“{other}”却不同：会并成一份合同", "请在表里加一列“合同编号”，同一份合同的各行编号相同，不同的合同不同（如“1栋-101”）；各自一份：--key row"),
            ("rows {first_row} and {row} have the same \"{key}\" and different \"{other}\": they would be one contract", "Add a column contract_id, the same on all rows of a contract and on no others; if each row is a contract, --key row")),
        Rule::RolesWithoutKey { values } => words!(lang,
            ("这一列有几种角色（{names}），却没有哪一列说明哪几行是同一份合同：现在每行各是一份", "同一份合同有几个签署方：请加一列“合同编号”，同一份合同的各行编号相同（或用 --key 列名）；确实每行一份：--key row"),
            ("this column has several roles ({names}), and nothing says which rows are one contract: each would be a contract of its own", "If a contract has several signers, add a column contract_id, the same on all its rows (or --key COLUMN); if each row is a contract, --key row"),
            names = some_of(lang, values)),
        Rule::PartiesDiffer { parties, own: Some(own) } => words!(lang,
            ("这一列写的是“{names}”，可是每份合同都由设置里的“{own}”签：以哪一家为准？", "由这一列的企业签：请换成它的设置再发送；由设置里的企业签：--map \"列名=忽略\""),
            ("this column names \"{names}\", but all contracts would be signed by \"{own}\" of the settings: which is meant?", "If the company of the column, send them with its settings; if that of the settings, --map \"HEADER=ignore\""),
            names = some_of(lang, parties)),
        Rule::PartiesDiffer { parties, .. } => words!(lang,
            ("这一列有几个不同的签约主体（{names}），但没有用它：所有合同都由设置里的同一家企业签", "各签各的：每一家用自己的设置各发一次，用下面的命令先发一家；都由同一家签：--map \"列名=忽略\""),
            ("this column names different companies ({names}) and is not used: all contracts would be with the company of the settings", "If each signs its own, send those of one at a time with its settings: the command below takes the first; if one signs all, --map \"HEADER=ignore\""),
            names = some_of(lang, parties)),
        Rule::TemplatesDiffer { templates, is_sent: true } => words!(lang,
            ("这一列有几种合同（{list}），但所有合同都用设置里的同一个模板", "只发其中一种：用下面的命令；各用各的模板：加一列“模板ID”；都用这一个模板：--map \"列名=flow_type\""),
            ("this column has several kinds of contracts ({list}), but the settings' one template goes for all", "To send one kind, use the command below; for a template each, add a column template_id; if one template is meant for all, --map \"HEADER=flow_type\""),
            list = templates.join(lang.pick("、", ", "))),
        Rule::TemplatesDiffer { templates, .. } => words!(lang,
            ("这一列有几个不同的模板（{names}），但没有用它：所有合同都用设置里的同一个模板", "各用各的模板：加一列“模板ID”，填每份合同的模板ID；或用下面的命令一种一种地发；都用同一个：--map \"列名=忽略\""),
            ("this column names different templates ({names}) and is not used: all contracts would have the template of the settings", "If each has its own, add a column template_id with their ids, or send one kind at a time with the command below; if all have the same, --map \"HEADER=ignore\""),
            names = some_of(lang, templates)),
        Rule::PapersBeside { papers, tick: Some(tick) } => words!(lang,
            ("“{list}”像是每人要签的几种合同，却没有用到：现在每行只发送一份，用同一个模板", "几种都要签：每种用自己的模板ID各发一次，下面的命令先发一种（--where \"{first}={tick}\"）；每行只要一份：{ignored}"),
            ("\"{list}\" seem to be several papers that each person signs, and are not used: each row is one contract, of one template", "If several are to be signed, send one kind at a time with its own template; the command below takes the first (--where \"{first}={tick}\"); if each row is one contract, {ignored}"),
            list = papers.join(lang.pick("、", ", ")),
            first = papers.first().map_or("", String::as_str),
            ignored = ignored(lang, papers)),
        Rule::PapersBeside { papers, .. } => words!(lang,
            ("“{list}”像是每人要签的几种合同，却没有用到：现在每行只发送一份，用同一个模板", "几种都要签：请给每份合同写一行，加一列“模板ID”；每行只要一份：{ignored}"),
            ("\"{list}\" seem to be several papers that each person signs, and are not used: each row is one contract, of one template", "If several are to be signed, write a row for each, with a column template_id; if each row is one contract, {ignored}"),
            list = papers.join(lang.pick("、", ", ")),
            ignored = ignored(lang, papers)),
        Rule::CellsDefaulted { field, rows, count, for_all: true } => words!(lang,
            ("只有第一份合同写了{field}，其余 {count} 份（第 {list} 行）是空的：都用这一个，还是用设置里的？", "都用这一个：请往下填满；全部用设置里的：--map \"列名=忽略\""),
            ("only the first contract has a {field}, and {count} others (rows {list}) have none: is it meant for all, or does that of the settings go?", "If it is meant for all, fill it in down the column; if that of the settings is, --map \"HEADER=ignore\""),
            field = field_name(lang, field),
            list = rows_of(lang, rows, *count)),
        Rule::CellsDefaulted { field, rows, count, .. } => words!(lang,
            ("有 {count} 行这一列是空的（第 {list} 行），用设置里的{field}", "不对的请补上"),
            ("{count} rows have nothing in this column (rows {list}): the {field} of the settings goes in its place", "Fill them in where that is wrong"),
            field = field_name(lang, field), list = rows_of(lang, rows, *count)),
        Rule::ColumnNearlySend { value, maps: true, rows, count, .. } => words!(lang,
            ("这一列里有“{value}”（第 {list} 行），但没有用它：写“否”的行也会发送", "写“否”的不发：用下面的命令，或把列名改成“发送”；与发送无关：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}) and is not used: rows with no would be sent, too", "To leave those out use the command below, or call the column send; if it has nothing to do with it, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::ColumnNearlySend { value, meant: Some(meant), rows, count, .. } if meant.is_empty() => words!(lang,
            ("这一列里有“{value}”（第 {list} 行），但没有用它：这些行也会发送", "只发这一列空着的：用下面的命令；全部发送：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}) and is not used: those would be sent, too", "To send those with nothing here only, use the command below; to send all, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::ColumnNearlySend { value, meant: Some(meant), rows, count, .. } if value == meant => words!(lang,
            ("这一列有的行是“{value}”（第 {list} 行），有的没有，但没有用它：没有“{value}”的行也会发送", "只发有“{value}”的：用下面的命令；全部发送：--map \"列名=忽略\""),
            ("this column has \"{value}\" in some rows ({list}) and is not used: rows without it would be sent, too", "To send those with it only, use the command below; to send all, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::ColumnNearlySend { value, meant: Some(meant), rows, count, .. } => words!(lang,
            ("这一列里有“{value}”（第 {list} 行），但没有用它：这些行也会发送", "只发“{meant}”的：用下面的命令；全部发送：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}) and is not used: those would be sent, too", "To send those with \"{meant}\" only, use the command below; to send all, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::ColumnNearlySend { value, other_number: true, rows, count, .. } => words!(lang,
            ("这一列里有“{value}”（第 {list} 行），这个号码不在它那一行的其他列里，也没有用它", "应该用它：写到手机号或证件号码那一列里；不用：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}), a number that stands nowhere else in its row and is not used", "If it is the right one, write it into the column of mobiles or ID numbers; if not, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::ColumnNearlySend { value, rows, count, .. } => words!(lang,
            ("这一列里有“{value}”（第 {list} 行），但没有用它：这些行也会发送", "只发其中一些：--where \"列名=值\"（只发这一列空着的：--where \"列名=\"），或加一列“发送”写“否”；全部发送：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}) and is not used: those would be sent, too", "To send some of them, --where \"HEADER=VALUE\" (those with nothing there: --where \"HEADER=\"), or a column send with no; to send all, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::SendBlank { value, rows, count } => words!(lang,
            ("这一列有的行写着“{value}”，另外 {count} 行空着（第 {list} 行）：空着的也要发送吗？", "只发送写了的：用下面的命令，或在空着的格子里写“否”；空着的也发送：写“是”，或 --map \"列名=忽略\""),
            ("some rows have \"{value}\" in this column, and {count} have nothing ({list}): are those to be sent, too?", "To send those with it only, use the command below, or write no into the others; to send all, write yes, or --map \"HEADER=ignore\""),
            list = rows_of(lang, rows, *count)),
        Rule::CopiesSign { value, copy: false, rows, count } => words!(lang,
            ("这一列写着“{value}”的有 {count} 行（第 {list} 行），这些人会成为签署方", "不签署：删掉这些行；他们也签署：--map \"列名=忽略\""),
            ("{count} rows have \"{value}\" in this column ({list}), and those people would sign", "If they do not, take those rows out; if they sign, --map \"HEADER=ignore\""),
            list = rows_of(lang, rows, *count)),
        Rule::CopiesSign { value, rows, count, .. } => words!(lang,
            ("这一列写着“{value}”的有 {count} 行（第 {list} 行），这些人会成为签署方", "抄送人不签署：删掉这些行，把姓名和手机号写进合同第一行的“抄送人姓名”“抄送人手机号”列；他们也签署：--map \"列名=忽略\""),
            ("{count} rows have \"{value}\" in this column ({list}), and those people would sign", "Whoever gets a copy only stands in cc.name and cc.mobile of the contract's first row, not in a row of his own; if they sign, --map \"HEADER=ignore\""),
            list = rows_of(lang, rows, *count)),
        Rule::MobilesCountUp { rows, count } => words!(lang,
            ("有 {count} 行（第 {list} 行）姓名和相邻行相同，手机号却逐行加 1：像是下拉填充时自动递增了", "请把手机号改成这个人真正的号码（下拉时按住 Ctrl，或用复制粘贴）"),
            ("one name stands in {count} rows one below the other, each with a mobile that is one higher ({list}): a fill handle has counted them up", "Write that person's real mobile into each row (copy and paste it, or hold Ctrl while filling down)"),
            list = rows_of(lang, rows, *count)),
        Rule::RowsBelow { title, title_row: 0, rows, count } => words!(lang,
            ("这个工作表叫“{title}”：里面的 {count} 行（第 {list} 行）要发送吗？", "要发送：用下面的命令，或给工作表改个名字；不发送：什么都不用做"),
            ("this sheet is called \"{title}\": are its {count} row(s) ({list}) to be sent?", "If they are, use the command below, or give the sheet another name; if not, there is nothing to do"),
            list = rows_of(lang, rows, *count)),
        Rule::RowsBelow { title, title_row, rows, count } => words!(lang,
            ("小标题“{title}”（第 {title_row} 行）下面有 {count} 行（第 {list} 行）：这些人也要发送吗？", "不发送：--odd-rows skip，或删掉这些行；发送：--odd-rows send"),
            ("{count} row(s) ({list}) stand below the title \"{title}\" (row {title_row}): are they to be sent, too?", "If not, --odd-rows skip, or delete them; if so, --odd-rows send"),
            list = rows_of(lang, rows, *count)),
        Rule::RowLikeTitle { word } => words!(lang,
            ("这一行只有“{word}”，像是小标题，或者少了手机号", "是小标题：删掉这一行，或加 --odd-rows skip；是签署方：请补上手机号"),
            ("there is nothing but \"{word}\" in this row: a title, or somebody without a mobile", "If it is a title, delete the row, or add --odd-rows skip; if it is a signer, add the mobile")),
        Rule::RowsApart { header, value, first_row } => words!(lang,
            ("“{header}”的值“{value}”在第 {first_row} 行出现过，中间隔着别的合同：是同一份合同，还是两份？", "同一份请把这些行放在一起；两份请改成不同的值，或加一列“合同编号”"),
            ("\"{value}\" in column \"{header}\" stood in row {first_row}, with other contracts between: is it one contract, or two?", "If one, put its rows together; if two, give them different values, or add a column contract_id")),
        Rule::RowsOutOfOrder { value, row, first_row, reversed: Some(other), .. } => words!(lang,
            ("同一份合同里，第 {row} 行的“{value}”排在第 {first_row} 行后面，而第 {other} 行那份合同里正好相反：签署方是按行的先后对应模板位置的", "请把每份合同的行排成一样的先后；就按现在的行序请用 --map \"列名=approver.role_name\"（作为签署方角色发送）或 --map \"列名=忽略\""),
            ("within one contract, row {row} (\"{value}\") stands below row {first_row}, and in the contract of row {other} it is the other way round: signers take the template's places in the order of the rows", "Sort the rows of each contract alike; to go by the rows as they stand, --map \"HEADER=approver.role_name\" (sent as the signer's role) or --map \"HEADER=ignore\"")),
        Rule::RowsOutOfOrder { value, row, first_row, is_sent: true, .. } => words!(lang,
            ("同一份合同里，第 {row} 行的“{value}”排在第 {first_row} 行后面：签署方是按行的先后对应模板位置的", "请把每份合同的行按这一列排好；就按现在的行序请用 --map \"列名=approver.role_name\""),
            ("within one contract, row {row} (\"{value}\") stands below row {first_row}: signers take the template's places in the order of the rows", "Sort the rows of each contract by this column; to go by the rows as they stand, --map \"HEADER=approver.role_name\"")),
        Rule::RowsOutOfOrder { value, row, first_row, .. } => words!(lang,
            ("同一份合同里，第 {row} 行的“{value}”排在第 {first_row} 行后面：签署方是按行的先后对应模板位置的，没有用这一列", "按这一列：把每份合同的行按它排好；按现在的行序：--map \"列名=忽略\""),
            ("within one contract, row {row} (\"{value}\") stands below row {first_row}: signers take the template's places in the order of the rows, and this column is not used", "To go by this column, sort the rows of each contract by it; to go by the rows as they stand, --map \"HEADER=ignore\"")),
        Rule::SignersOutOfOrder { first, behind, row, .. } => words!(lang,
            ("第 {row} 行里“{first}”比“{behind}”靠前：签署方是按列的先后（签署方1、签署方2…，甲方、乙方…）对应模板位置的，没有用这些列", "按它：请把先签的一方写成签署方1；按现在的列序：--map \"列名=忽略\"（每个这样的列）"),
            ("row {row} has \"{first}\" before \"{behind}\": signers take the template's places in the order of their numbers (approver1, approver2, ...), and these columns are not used", "To go by them, call whoever signs first approver1; to go by the columns as they stand, --map \"HEADER=ignore\" for each of them")),
        Rule::SheetListsSome { sheet, rows, count, used } => words!(lang,
            ("没有读的工作表“{sheet}”只列了这里的一部分人，不在上面的 {count} 行（第 {list} 行）也会发送：只发名单上的吗？", "只发名单上的：在这张表里加一列“发送”，名单上的填“是”，其他填“否”，或把手机号写进“{sheet}”；全部发送：{words}，或隐藏“{sheet}”"),
            ("the sheet {sheet}, which is not read, lists some of these people, and {count} row(s) (rows {list}) that it does not list would be sent, too: are only those on the list meant?", "If so, add a column send to this sheet with yes for those and no for the others, or write the mobiles into {sheet}; if all are meant, {words}, or hide {sheet}"),
            list = rows_of(lang, rows, *count),
            words = used.iter().map(|own| format!("--sheet \"{own}\"")).collect::<Vec<_>>().join(" ")),
        Rule::SheetLeavesOut { sheet, rows, count, used, .. } => words!(lang,
            ("没有读的工作表“{sheet}”里有这里的 {count} 行（第 {list} 行）：这些还要发送吗？", "不发送：删掉这些行，或加一列“发送”填“否”；照样发送：{words}，或改“{sheet}”的名称"),
            ("the sheet {sheet}, which is not read, lists {count} row(s) of this one (rows {list}): are they to be sent all the same?", "If not, delete them, or write no into a column send; if so, {words}, or give {sheet} another name"),
            list = rows_of(lang, rows, *count),
            words = used.iter().map(|own| format!("--sheet \"{own}\"")).collect::<Vec<_>>().join(" ")),
        Rule::KeysBlank => words!(lang,
            ("这一列一个编号也没有填：每行各是一份合同吗？", "每行一份：用下面的命令，或删掉这一列；几行一份：请填上编号，同一份合同的各行编号相同"),
            ("there is no number in this column at all: is each row a contract?", "If it is, use the command below, or delete the column; if several rows are one contract, fill in the same number in all of them")),
        Rule::FormEpoch { rows, count } => words!(lang,
            ("这一列有 {count} 格是 1970-01-01 或 1900-01-01 这样的日期（第 {rows} 行），像是程序在没有日期时写的：真的是这一天吗？", "不是：请填上真正的日期，或清空；就是这一天：--as-text \"列名\""),
            ("{count} cell(s) ({rows}) of this column are 1970-01-01 or 1900-01-01, which programs write where there is no date: is that day meant?", "If not, fill in the date, or clear the cell; if it is, --as-text \"HEADER\""),
            rows = rows_of(lang, rows, *count)),
        Rule::ColumnOfSigners { matter: SignerMatter::Age, value, rows, count } => words!(lang,
            ("这一列里有“{value}”（第 {list} 行），没有满 18 岁：未成年人自己签署吗？这一列没有用到", "由监护人签署：请把监护人的姓名和手机号填成签署方；照这样发送：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}), under 18: does a minor sign? The column is not used", "If a guardian signs, give his name and mobile as the signer's; to send it like that, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::ColumnOfSigners { matter: SignerMatter::Relation, value, rows, count } => words!(lang,
            ("这一列里有“{value}”（第 {list} 行）：这些行由别人签署吗？这一列没有用到，会由“签署方姓名”那一列的人签署", "由别人签署：请把他的姓名和手机号填成签署方；照这样发送：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}): does somebody else sign there? It is not used, and whoever is named as the signer signs", "If another one signs, give his name and mobile as the signer's; to send it like that, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::ColumnOfSigners { matter: SignerMatter::Count, value, rows, count } => words!(lang,
            ("这一列里有“{value}”（第 {list} 行）：这些行要签几份合同？这一列没有用到，每行只发一份", "要几份：请写成几行，并加一列“合同编号”，编号各不相同；每行一份：--map \"列名=忽略\""),
            ("this column has \"{value}\" ({list}): how many contracts are those rows? It is not used, and each row is one", "For several, write a row for each with a contract_id of its own; if each row is one, --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::FormFieldSaysNo { value, rows, count } => words!(lang,
            ("这一列有 {count} 行写着“{value}”之类（第 {rows} 行），会填进合同：这些行还要发送吗？", "不发送：删掉这些行，或加一列“发送”填“否”；就这样填进合同：--as-text \"列名\""),
            ("{count} row(s) ({rows}) have \"{value}\" or the like in this column, and it would be filled into the contract: are they to be sent at all?", "If not, delete them, or write no into a column send; if it is to stand in the contract, --as-text \"HEADER\""),
            rows = rows_of(lang, rows, *count)),
        Rule::DeadlineFarAhead { last, said: true } => words!(lang,
            ("这一列最晚到 {last}，别的都近得多：是写错了年份吗？", "写错了：请改正；没有错：用下面的命令"),
            ("this column goes up to {last}, and the others are much nearer: is the year a slip?", "If it is, correct it; if not, use the command below")),
        Rule::DeadlineFarAhead { last, .. } => words!(lang,
            ("这一列有几个不同的日期，最晚到 {last}：是签署截止时间，还是合同自己的到期日？", "是签署截止时间：用下面的命令，或把列名改成“签署截止时间”；是到期日：请把列名改成“合同到期日”，另加一列“签署截止时间”"),
            ("this column has different days, up to {last}: is it the deadline to sign, or the contracts' own end?", "If it is the deadline, use the command below, or call the column deadline; if it is the end, call it contract end date, and add a column deadline")),
        Rule::SignerMayBeCompany { who, company: Some((company, gives)), map, .. } => words!(lang,
            ("“{who}”旁边的“{company}”写着企业，却没有一列说明签署方类型：由企业签署，还是由“{who}”以个人身份签署？", "由企业签署：--map \"{company}={gives}\"；由个人签署：{person}；也可以加一列“签署方类型”，填“企业”或“个人”"),
            ("companies stand under \"{company}\" beside \"{who}\", and no column says the signer's type: do these companies sign, or does that person sign for himself?", "If the companies sign, --map \"{company}={gives}\"; if the person does, {person}; or add a column approver.type with ORGANIZATION or PERSON"),
            person = maps(map)),
        Rule::SignerMayBeCompany { who, .. } => words!(lang,
            ("“{who}”像是企业，或是替企业签署的人，却没有一列说明签署方类型：现在会按个人签署", "由企业签署：请加一列“{party}类型”填“企业”，再加一列“{party}企业名称”；就由这个人以个人身份签署：用下面的命令"),
            ("\"{who}\" seems to be a company, or somebody who acts for one, and no column says the type: it would sign as a person", "If the company signs, add a column {party}类型 with ORGANIZATION, and {party}企业名称 with its name; if that person signs for himself, use the command below"),
            party = party_of(who)),
        Rule::PersonMerged { merged, differs, row, first_row } => words!(lang,
            ("第 {row} 行的“{merged}”和第 {first_row} 行是合并的一格，“{differs}”却不同：是同一个人，还是两个人？", "两个人：请取消合并，每行写上各自的“{merged}”；同一个人：请把“{differs}”写成一样"),
            ("rows {first_row} and {row} have \"{merged}\" merged into one cell, and different values in \"{differs}\": is it one person, or are they two?", "If they are two, unmerge the cell and write \"{merged}\" into each row; if it is one, write the same \"{differs}\"")),
        Rule::NumberIsWord { value, header, .. } => words!(lang,
            ("“{header}”写着“{value}”，不像编号，却有几行都是它：这几行会并成一份合同", "确实是同一份：--key \"{header}\"；不是：请给每份合同各写一个编号"),
            ("\"{value}\" under \"{header}\" is no number, and several rows have it: they would be one contract", "If they are, --key \"{header}\"; if not, give each contract a number of its own")),
        Rule::HeldByHeadings { titles, rows } => words!(lang,
            ("表里有小标题（{names}，第 {list} 行），每个下面有几行：下面的几行是同一份合同的签署方，还是各自一份？小标题不会发送", "同一份：请加一列“合同编号”，同一份合同的行写一样的编号；各自一份：--key row"),
            ("there are lines between the rows ({names}; rows {list}) with a few rows below each: are these one contract, or a contract each? Nothing of such a line is sent", "If one, add a column contract_id, the same on the rows of a contract; if a contract each, --key row"),
            names = some_of(lang, titles), list = some_rows(lang, rows)),
        Rule::NumberOfZeros { value, header } => words!(lang,
            ("几行都是编号“{value}”，它从第 16 位起全是 0：像是表格软件只留了前 15 位，不同的合同变成了同一个编号", "请核对，写上完整的编号（列设成文本格式）；确实是同一份合同：--key \"{header}\""),
            ("several rows have the number \"{value}\", all zeros from the sixteenth digit on: a program has kept fifteen digits, most likely, and made one number of several", "Write the whole numbers (make the column one of texts); if it is one contract, --key \"{header}\"")),
        Rule::NumbersAlike { value, header, rows, count } => words!(lang,
            ("有 {count} 个编号只是写法不同（第 {list} 行，如“{value}”）：大小写、横线、空格、全角或前面的 0。是同一份合同，还是两份？", "同一份请写成一样；确实是两份：--key \"{header}\""),
            ("{count} number(s) differ from another one in nothing but their writing (rows {list}, such as \"{value}\"): case, dash, space, width or leading zeros. Is it one contract, or two?", "If one, write them alike; if they are two, --key \"{header}\""),
            list = rows_of(lang, rows, *count)),
        Rule::NumberTwice { header, rows, count, others: 0 } => words!(lang,
            ("“{header}”每行都一样（第 {list} 行）：这 {count} 行会成为一份合同的 {count} 个签署方", "确实是一份：用下面的命令；每行一份：给每份合同各写一个编号，或用 --map \"列名=忽略\""),
            ("\"{header}\" is the same in each row ({list}): these {count} rows would be one contract with {count} signers", "If it is one contract, use the command below; if each row is one, give each a number of its own, or use --map \"HEADER=ignore\""),
            list = rows_in(lang, rows, *count)),
        Rule::NumberTwice { header, rows, count, others } => words!(lang,
            ("“{header}”有 {others} 份合同都只有一行，第 {list} 行却是几行同一个编号：是一份合同的几个签署方，还是编号写重了？", "确实是同一份：用下面的命令；写重了：请改成不同的编号"),
            ("{others} contracts have one row each, and {list} have a number in \"{header}\" that stands in several rows: are they signers of one contract, or was a number written twice?", "If they are one contract, use the command below; if not, give each its own number"),
            list = rows_in(lang, rows, *count)),
        Rule::CompanyBlank { rows, count, typed: true } => words!(lang,
            ("类型写的是企业，企业名称却空着（第 {list} 行），别的行都写了：由哪个企业签署？现在会当作你自己的企业", "请在这些格里写上企业名称；是自己的企业也请写上它的名称"),
            ("the type says that a company signs, and its name is blank ({list}), where other rows have one: which company is it? It would count as your own", "Write the company's name into these cells, also where it is your own"),
            list = rows_in(lang, rows, *count)),
        Rule::CompanyBlank { rows, count, .. } => words!(lang,
            ("企业名称空着（第 {list} 行），别的行都写了：这些行由谁签署？现在会按个人签署", "由企业签署：请写上企业名称；由个人签署：请加一列“签署方类型”，写“个人”（别的行写“企业”）"),
            ("the company's name is blank ({list}), where other rows have one: who signs there? It would be that person for himself", "If a company signs, write its name; if the person does, add a column approver.type with PERSON there and ORGANIZATION in the others"),
            list = rows_in(lang, rows, *count)),
        Rule::SecondNumber { header, first_row, row } => words!(lang,
            ("第 {first_row} 行和第 {row} 行是同一个合同编号，“{header}”却不同：是一份合同，还是两份？", "两份：--key \"{header}\"；一份：--map \"{header}=忽略\""),
            ("rows {first_row} and {row} have one contract number, and different values in \"{header}\": is it one contract, or two?", "If two, --key \"{header}\"; if one, --map \"{header}=ignore\"")),
        Rule::NumberApart { header, value, first_row, count, key_answers } => Words::new(
            say!(lang,
                "“{header}”的值“{value}”在第 {first_row} 行出现过，中间隔着别的合同（这样的编号有 {count} 个）：是同一份合同的几个签署方，还是编号写重了？",
                "\"{value}\" in column \"{header}\" stood in row {first_row}, with other contracts between ({count} such number(s)): are these signers of one contract, or was a number given twice?"),
            match key_answers {
                true => say!(lang,
                    "写重了请改成不同的编号；同一份请把这些行放在一起，或加 --key \"{header}\"",
                    "If it was given twice, write different numbers; if it is one contract, put its rows together, or add --key \"{header}\""),
                false => say!(lang,
                    "写重了请改成不同的编号；同一份请把这些行放在一起",
                    "If it was given twice, write different numbers; if it is one contract, put its rows together"),
            }),
        Rule::RowsDiffer { first_row, sheet: Some(sheet), rows, count, .. } => words!(lang,
            ("有 {count} 行（第 {rows} 行）要发送的内容和工作表“{sheet}”里的一样（如它的第 {first_row} 行）：各是一份合同，还是重复了？", "各是一份：请在两个工作表都加一列“合同编号”，编号各不相同；重复的请删掉，或只用一个工作表：--sheet"),
            ("{count} row(s) ({rows}) send the same as rows of the sheet {sheet} (such as its row {first_row}): is each a contract, or a repetition?", "A contract each: add a column contract_id to both sheets, with a number for each. Delete what is a repetition, or use one of the sheets: --sheet"),
            rows = rows_of(lang, rows, *count)),
        Rule::RowsDiffer { first_row, rows, count, header, tells_apart, .. } => Words::new(
            say!(lang,
                "有 {count} 行（第 {rows} 行）要发送的内容和前面的一行（第 {first_row} 行）一样，只有不发送的列（如“{header}”）不同：各是一份合同，还是重复了？",
                "{count} row(s) ({rows}) send the same as an earlier one (row {first_row}); only columns that are not sent (such as \"{header}\") differ: is each a contract, or a repetition?",
                rows = rows_of(lang, rows, *count)),
            match tells_apart {
                true => say!(lang,
                    "各是一份：--key \"{header}\"，或加一列“合同编号”；“{header}”要写进合同的，请改成“填写:{header}”；重复的请删掉，或只发一次：--map \"{header}=忽略\"",
                    "A contract each: --key \"{header}\", or add a column contract_id; if \"{header}\" belongs into the contract, call it field:{header}; delete what is a repetition, or send it once: --map \"{header}=ignore\""),
                false => say!(lang,
                    "各是一份：请加一列“合同编号”；“{header}”要写进合同的，请改成“填写:{header}”；重复的请删掉，或只发一次：--map \"{header}=忽略\"",
                    "A contract each: add a column contract_id; if \"{header}\" belongs into the contract, call it field:{header}; delete what is a repetition, or send it once: --map \"{header}=ignore\""),
            }),
        Rule::RowsLeftOut { rows, count, words } => words!(lang,
            ("有 {count} 行不是合同，已跳过（第 {rows} 行）：{words}", ""),
            ("{count} row(s) are no contracts and left out (rows {rows}): {words}", ""),
            rows = rows_of(lang, rows, *count), words = some_of(lang, words)),
        Rule::RowsDoubtful { rows, count, words } => words!(lang,
            ("有 {count} 行（第 {rows} 行）像说明、合计或页脚，但里面有姓名、手机号、证件号码或合同编号：{words}", "不是合同：--odd-rows skip，或删掉这些行；是合同：--odd-rows send"),
            ("{count} row(s) ({rows}) look like remarks, totals or footers, but have a name, a mobile, an ID number or a key: {words}", "If they are no contracts, --odd-rows skip, or delete them; if they are, --odd-rows send"),
            rows = rows_of(lang, rows, *count), words = some_of(lang, words)),
        Rule::CommentsSay { rows, count, words } => words!(lang,
            ("有 {count} 个批注（第 {rows} 行）说到了签署，或要改内容：{words}。批注不会发送，这些行会照常发送", "都照常发送：--comments ignore，或删掉批注；有的不发：加一列“发送”，不发的行填“否”，再删掉批注；要改签署人、截止时间或内容：改表格，再删掉批注"),
            ("{count} comment(s) on cells (rows {rows}) speak of the signing, or correct something: {words}. Comments are not sent, and the rows go out as they are", "All as they are: --comments ignore, or delete the comments. Some are not to go: add a column send with no for these, and delete the comments. Another signer, deadline or value: correct the cells, and delete the comments"),
            rows = rows_of(lang, rows, *count), words = some_of(lang, words)),
        Rule::ConditionalFormats { headers } => words!(lang,
            ("{names}设了条件格式，会给一些格子画删除线、变成白字或改变显示：程序不看条件格式，格子里的值都照常使用", "请核对这几列：不该发送的行请删掉，或加一列“发送”写“否”"),
            ("conditional formats strike through, hide or show otherwise some cells of {names}: they are not looked at, and what the cells hold is used", "Check these columns; take out the rows that are not to be sent, or add a column send with no"),
            names = some_of(lang, headers)),
        Rule::CommentsListed { rows, count } => words!(lang,
            ("有 {count} 个批注（第 {rows} 行），内容不会发送", ""),
            ("{count} comment(s) on cells (rows {rows}) are not sent", ""),
            rows = rows_of(lang, rows, *count)),
        Rule::ContractsLackParty { rows, count, words } => words!(lang,
            ("有 {count} 份合同（从第 {rows} 行起）没有{words}，别的合同都有：会缺一方签署", "漏写或写错了：请补上或改正；确实不由这一方签署：--missing-party send"),
            ("{count} contract(s) (from rows {rows}) lack {words}, whom the others have", "If it was forgotten or mistyped, correct it; if this party does not sign, --missing-party send"),
            rows = rows_of(lang, rows, *count), words = some_of(lang, words)),
        Rule::ColumnStruck { .. } => words!(lang,
            ("这一列的列名画了删除线，但会照常使用", "不用这一列：用下面的命令，或删掉它；要用：请去掉列名上的删除线"),
            ("the header of this column is struck through, and the column would be used all the same", "If it is not meant, use the command below, or delete the column; if it is, take the strike off its header")),
        Rule::RowsGrouped { value, size: 0, first_row, row } if value.is_empty() => words!(lang,
            ("这些行之间空着行，分成一到三行的小组（如第 {first_row} 到 {row} 行），像是一组一份合同；现在每行各是一份", "一组一份：请加一列“合同编号”，同一份写同一个编号；每行一份：--key row"),
            ("blank rows part these rows into groups of one to three (such as rows {first_row} to {row}), as if each group were one contract; so far each row is one", "A contract for each group: add a column contract_id with the same number in all its rows. A contract for each row: --key row")),
        Rule::RowsGrouped { value, size, first_row, row } if value.is_empty() => words!(lang,
            ("这些行每 {size} 行一组，组和组之间空着行（如第 {first_row} 到 {row} 行），像是一组一份合同；现在每行各是一份", "一组一份：请加一列“合同编号”，同一份写同一个编号；每行一份：--key row"),
            ("these rows stand in groups of {size} between blank rows (such as rows {first_row} to {row}), as if each group were one contract; so far each row is one", "A contract for each group: add a column contract_id with the same number in all its rows. A contract for each row: --key row")),
        Rule::RowsGrouped { value, first_row, row, .. } => words!(lang,
            ("这一列是“{value}”这样的编号，像是第 {first_row}、{row} 行为同一份合同；现在每行各是一份", "是同一份：请加一列“合同编号”，同一份写同一个编号；每行一份：--key row"),
            ("this column has numbers like \"{value}\", as if rows {first_row} and {row} were one contract; so far each row is one", "If they are, add a column contract_id with the same number in all rows of a contract. A contract for each row: --key row")),
        Rule::NumbersOfParties { value, header } => words!(lang,
            ("有几个编号只差最后的甲方、乙方（如“{value}”）：现在各是一份合同，每份只有一方签署", "同一份合同的两方：请写成同一个编号；确实各是一份：--key \"{header}\""),
            ("numbers that differ in nothing but the party at their end (such as \"{value}\"): so far each is a contract of one party", "If they are two parties of one contract, give them one number; if each is a contract, --key \"{header}\"")),
        Rule::RowsLackParty { rows, count, words } => words!(lang,
            ("有 {count} 行（第 {rows} 行）没有填{words}：这些合同会缺一方签署", "漏填了：请补上；这几份先不发：--missing-party skip；确实只由另一方签署：--missing-party send"),
            ("{count} row(s) ({rows}) have nothing for {words}: these contracts would lack a signer", "If it was forgotten, fill it in; to leave these out, --missing-party skip; if the other one signs alone, --missing-party send"),
            rows = rows_of(lang, rows, *count), words = some_of(lang, words)),
        Rule::FieldsLacking { fields, other } => words!(lang,
            ("这个工作表没有{fields}，“{other}”有：这里的合同会缺这些内容", "请在这个工作表里补上这些列；确实不填：--missing-fields send"),
            ("this sheet has no {fields}, which \"{other}\" has: its contracts would lack them", "Add the columns to this sheet; if nothing is to be filled in, --missing-fields send"),
            fields = some_of(lang, fields)),
        _ => Words::new("", ""),
    }
}

/// Somebody as the header calls him.
fn name(lang: Lang, who: &str) -> String {
    match who {
        "" => lang.pick("这个人", "this person").to_owned(),
        who => say!(lang, "“{who}”", "\"{who}\""),
    }
}
