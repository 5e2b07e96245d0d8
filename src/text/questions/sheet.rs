//! What a sheet as a whole leaves open: its header, the lines above it, other sheets.

use crate::domain::problem::{ApartBy, Problem, Rule};

use super::{pairs, rows_of, some_rows, unlike};
use crate::text::problems::field_name;
use crate::text::problems::some_of;
use crate::text::{Lang, Words, say, words};

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

/// `岗位 → 填写:岗位，只发“城市”为“福州”的行，“房号”相同的行是一份合同`.
fn answered(
    lang: Lang,
    map: &[(String, String)],
    only: &[(String, Vec<String>)],
    key: Option<&str>,
) -> String {
    let maps = (!map.is_empty()).then(|| pairs(lang, map));
    let conditions = only.iter().map(|(header, values)| {
        let values = values.join("|");
        say!(lang, "只发“{header}”为“{values}”的行", "only rows with {header}={values} are sent")
    });
    let key =
        key.map(|key| say!(lang, "“{key}”相同的行是一份合同", "rows with the same {key} are one contract"));
    maps.into_iter().chain(conditions).chain(key).collect::<Vec<_>>().join(lang.pick("，", ", "))
}

/// `--map "城市=忽略" --key row`: with which none of that is done.
fn otherwise(
    lang: Lang,
    map: &[(String, String)],
    only: &[(String, Vec<String>)],
    key: Option<&str>,
) -> String {
    let ignore = lang.pick("忽略", "ignore");
    let headers = map.iter().map(|(header, _)| header).chain(only.iter().map(|(header, _)| header));
    let maps = headers.map(|header| format!("--map \"{header}={ignore}\""));
    maps.chain(key.map(|_| "--key row".to_owned())).collect::<Vec<_>>().join(" ")
}

/// `None`: it is another one of the questions.
#[rustfmt::skip]
pub fn explain(lang: Lang, problem: &Problem) -> Option<Words> {
    Some(match &problem.rule {
        rule @ Rule::HeaderNotFound { .. } => header_not_found(lang, rule),
        Rule::AnsweredNearly { map, only, key } => words!(lang,
            ("以前记住过一个表头差不多的文件：{list}；这个文件的表头不完全一样，所以没有照办。这次也这样吗？", "也这样：用下面的命令；不这样：{other}"),
            ("of a file with nearly these headers it was remembered: {list}. The headers of this one differ, so it is not done; does it hold here as well?", "If so, use the command below; if not, {other}"),
            list = answered(lang, map, only, key.as_deref()),
            other = otherwise(lang, map, only, key.as_deref())),
        Rule::AnsweredBefore { options, differs } if differs.is_empty() => words!(lang,
            ("按以前记住的回答处理（表头相同的文件）：{list}", "不要了：加 --forget，会忘掉并重新提问"),
            ("answered as it was remembered for files with these headers: {list}", "To forget it and be asked again, add --forget"),
            list = options.join(" ")),
        Rule::AnsweredBefore { options, differs } => words!(lang,
            ("按以前记住的回答处理（表头相同的文件）：{list}；其中 {other} 和 config.toml 的 [sheet] 不一样，用的是记住的", "要按 config.toml：加 --forget，会忘掉记住的回答"),
            ("answered as it was remembered for files with these headers: {list}; of these [sheet] of config.toml says otherwise than {other}, and what was remembered counts", "To have config.toml count, add --forget, which forgets what was remembered"),
            list = options.join(" "), other = differs.join(" ")),
        Rule::HeaderRowEmpty { row, other: Some(other) } => words!(lang,
            ("第 {row} 行不像表头：没有认识的列名；第 {other} 行像", "请核对 --header-row 后面的行号（或 config.toml 的 [sheet] header_row、以前记住的）"),
            ("row {row} is no header, since none of its columns is known; row {other} is like one", "Check the number after --header-row (or header_row in [sheet] of config.toml, or what was remembered)")),
        Rule::HeaderRowEmpty { row, .. } => words!(lang,
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
            ("第 {row} 行写着“{text}”，可是没有签署截止时间这一列：按哪个截止？", "按这一行：--default \"deadline={day}\"，或加一列“签署截止时间”，每行都填上；按设置里的：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column 签署截止时间: which one holds?", "This line: --default \"deadline={day}\", or a column 签署截止时间, filled in every row. The settings: --header-row {header}, or delete the line")),
        Rule::DeadlineAbove { row, text, header, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有签署截止时间这一列：按哪个截止？", "按这一行：请加一列“签署截止时间”，每行都填上；按设置里的：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column 签署截止时间: which one holds?", "This line: add a column 签署截止时间 and fill it in every row. The settings: --header-row {header}, or delete the line")),
        Rule::SaidAbove { row, text, field, header, said: false, .. } if field == "contract_id" => words!(lang,
            ("第 {row} 行写着“{text}”，可是没有“合同编号”这一列：下面的行是同一份合同，还是各自一份？", "同一份：请加一列“合同编号”，各行填一样的编号；各自一份：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column contract_id: are the rows below one contract, or a contract each?", "If one, add a column contract_id, the same on all rows; if a contract each, --header-row {header}, or delete the line")),
        Rule::NotToSend { row, text, said: true, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，仍按要求发送", ""),
            ("row {row} says \"{text}\"; the rows are sent all the same, as you have said", "")),
        Rule::FormValueNewer { name, rows, count, .. } => words!(lang,
            ("这一列有 {count} 行（第 {list} 行）和“{name}”列的值不同，像是更正后的；现在填入合同的是“{name}”列的", "以这一列为准：把这些值改到“{name}”列里再发；不用管它：--map \"列名=忽略\""),
            ("in {count} row(s) ({list}) this column has another value than \"{name}\", as if it were the newer one; the contracts would say what \"{name}\" has", "If this column counts, put its values into \"{name}\"; if not, --map \"HEADER=ignore\""),
            list = rows_of(lang, rows, *count)),
        Rule::PaperDiffers { paper, name, row } if *row > 0 => words!(lang,
            ("第 {row} 行写的是“{paper}”，可是设置给所有合同的名称是“{name}”，用它的模板：请核对发的是哪一种", "发“{paper}”：换成它的模板ID和合同名称（config.toml 的 [defaults]，或 --default \"合同名称={paper}\" --default \"模板ID=…\"）；就发“{name}”：改掉或删掉这一行，或加 --header-row 表头行号"),
            ("row {row} says \"{paper}\", but the settings name all contracts \"{name}\" and give its template: see which is meant", "If \"{paper}\", give its template and name ([defaults] of config.toml, or --default \"flow_name={paper}\" --default \"template_id=...\"); if \"{name}\", change or delete that line, or add --header-row with the header's row")),
        Rule::PaperDiffers { paper, name, .. } => words!(lang,
            ("这里写的都是“{paper}”，可是设置给所有合同的名称是“{name}”，用它的模板：请核对发的是哪一种", "发“{paper}”：换成它的模板ID和合同名称（config.toml 的 [defaults]，或 --default \"合同名称={paper}\" --default \"模板ID=…\"）；就发“{name}”：改掉这里的字，或用 --map \"列名=忽略\"（工作表的名字：--sheet 说明就是它）"),
            ("all of it says \"{paper}\", but the settings name all contracts \"{name}\" and give its template: see which is meant", "If \"{paper}\", give its template and name ([defaults] of config.toml, or --default \"flow_name={paper}\" --default \"template_id=...\"); if \"{name}\", change it here, or --map \"HEADER=ignore\" (of a sheet's name: --sheet says that it is meant)")),
        Rule::CountStated { row, text, stated, contracts, said: true } => words!(lang,
            ("第 {row} 行写着“{text}”（{stated}），读到 {contracts} 份合同，仍按要求发送", ""),
            ("row {row} says \"{text}\" ({stated}), and {contracts} contract(s) were read; they are sent all the same, as you have said", "")),
        Rule::CountStated { row, text, stated, contracts, .. } => words!(lang,
            ("第 {row} 行写着“{text}”（{stated}），可是读到 {contracts} 份合同：是不是少了或多了几行？", "没有错：改掉或删掉这一行的数字，或加 --odd-rows skip（写在表头上面的：--header-row 表头行号）；几行是一份合同：加一列“合同编号”，同一份的填一样"),
            ("row {row} says \"{text}\" ({stated}), but {contracts} contract(s) were read: are rows missing, or too many?", "If all is well, correct or delete that number, or add --odd-rows skip (above the header: --header-row with the header's row). If several rows are one contract, add a column contract_id, the same in all of them")),
        Rule::SaidBeside { row, text, said: true, .. } => words!(lang,
            ("第 {row} 行旁边写着“{text}”，仍按要求发送", ""),
            ("beside row {row} stands \"{text}\"; the rows are sent all the same, as you have said", "")),
        Rule::SaidBeside { row, text, header: true, .. } => words!(lang,
            ("表头这一行（第 {row} 行）写着“{text}”，下面没有内容，像是一句说明：下面的行都要照样发送吗？", "都要：--map \"{text}=忽略\"，或删掉这一格；有要改的：先在表里改好，再删掉这一格；只发一部分：加一列“发送”，不发的行填“否”，再删掉这一格；都不发：不用再运行"),
            ("the header's row {row} says \"{text}\", with nothing below it, like a remark: are the rows below to be sent as they are?", "All of them: --map \"{text}=ignore\", or delete that cell. If it corrects a row, correct that row and delete the cell. Some: add a column send with no in the others, and delete the cell. None: there is nothing more to do")),
        Rule::SaidBeside { row, text, .. } => words!(lang,
            ("第 {row} 行的表格旁边写着“{text}”：这个表的行都要照样发送吗？", "都要：--odd-rows skip（不理这句话），或删掉这一格；有要改的：先在表里改好，再删掉这一格；只发一部分：加一列“发送”，不发的行填“否”，再删掉这一格；都不发：不用再运行"),
            ("beside the table, in row {row}, stands \"{text}\": are the rows of this sheet to be sent as they are?", "All of them: --odd-rows skip (it passes over that remark), or delete that cell. If it corrects a row, correct that row and delete the cell. Some: add a column send with no in the others, and delete the cell. None: there is nothing more to do")),
        Rule::NotToSend { row, text, header, of_values: true, .. } => words!(lang,
            ("第 {row} 行写着“{text}”，这一行本身不会用到：要填进合同吗？", "要：在“填写:控件名”这样的列里每行都填上（没有就加一列），再删掉这一行；表里已经是对的，或者不用填：{still}，或删掉这一行"),
            ("row {row} says \"{text}\", and the line itself is not used: is it to stand in the contracts?", "If so, fill it into every row of its column (field:NAME for a component), and delete the line; if the rows are right as they stand, {still}, or delete the line"),
            still = if row > header { "--odd-rows skip".to_owned() } else { format!("--header-row {header}") }),
        Rule::NotToSend { row, text, header, .. } if row > header => words!(lang,
            ("第 {row} 行写着“{text}”：上面的这些行都要照样发送吗？", "都要：--odd-rows skip（只跳过这一行），或删掉这一行；有要改的：先在表里改好，再删掉这一行；只发一部分：加一列“发送”，不发的行填“否”，再删掉这一行；都不发：不用再运行"),
            ("row {row} says \"{text}\": are the rows of this sheet to be sent as they are?", "All of them: --odd-rows skip (it leaves out that line alone), or delete the line. If it corrects a row, correct that row and delete the line. Some: add a column send with no in the others, and delete the line. None: there is nothing more to do")),
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
            ("第 {row} 行写着“{text}”，可是没有“{name}”这一列：按这一行，还是按设置里的？", "按这一行：--default \"{field}={value}\"，或加一列“{name}”，每行都填上；按设置里的：--header-row {header}，或删掉这一行"),
            ("row {row} says \"{text}\", but there is no column {name}: this line, or the settings?", "This line: --default \"{field}={value}\", or a column {name}, filled in every row. The settings: --header-row {header}, or delete the line"),
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
        Rule::DefaultOfJob { field, value } => words!(lang,
            ("上次发送时用 --default 给“{name}”填了“{value}”，这个文件里没有写：这次也用它吗？", "也用：--default \"{field}={value}\"；不用：--default \"{field}=别的值\"，或加一列“{name}”，每行都填上"),
            ("the contracts were sent with --default {field}={value}, which this file does not say: does it hold here as well?", "If it does, --default \"{field}={value}\"; if not, --default with another value, or a column {name}, filled in every row"),
            name = field_name(lang, field)),
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
        Rule::SheetsOfParties { sheets } => words!(lang,
            ("工作表{sheets}像是同一份合同的双方，却分在两个工作表里：现在各签各的", "一起签：请把同一份合同的双方写进同一个工作表，每方一行，“合同编号”写一样；各签各的：--key row"),
            ("the sheets {sheets} seem to be the two sides of one contract, and are apart: each side would sign by itself", "If they sign together, put both sides into one sheet, a row for each, with the same contract_id; if each signs by itself, --key row"),
            sheets = sheets.iter().map(|own| say!(lang, "“{own}”", "\"{own}\"")).collect::<Vec<_>>().join(lang.pick("、", ", "))),
        Rule::SheetsDiffer { by, sheets, used } => sheets_differ(lang, *by, sheets, used),
        Rule::FieldsLacking { fields, other, near: Some((header, field)), .. } => words!(lang,
            ("这个工作表没有{fields}，“{other}”有：它的“{header}”列是“{field}”吗？不用它，这里的合同会缺这些内容", "是：把列名改成“{field}”；确实不填：--missing-fields send"),
            ("this sheet has no {fields}, which \"{other}\" has: is its column {header} meant for {field}? It is not used, and its contracts would lack them", "If so, call it {field}; if nothing is to be filled in, --missing-fields send"),
            fields = some_of(lang, fields)),
        Rule::FieldsLacking { fields, other, terms: true, .. } => words!(lang,
            ("这个工作表没有{fields}，“{other}”有：这里的合同会和那里的不一样（少一方签署，不按“发送”列，或用设置里的模板、名称、截止时间）", "请在这个工作表里补上这些列；确实不要：--missing-fields send"),
            ("this sheet has no {fields}, which \"{other}\" has: its contracts would be others than those there (without a signer, without regard to send, or with the template, the name or the deadline of the settings)", "Add the columns to this sheet; if they are not meant, --missing-fields send"),
            fields = some_of(lang, fields)),
        Rule::FieldsLacking { fields, other, .. } => words!(lang,
            ("这个工作表没有{fields}，“{other}”有：这里的合同会缺这些内容", "请在这个工作表里补上这些列；确实不填：--missing-fields send"),
            ("this sheet has no {fields}, which \"{other}\" has: its contracts would lack them", "Add the columns to this sheet; if nothing is to be filled in, --missing-fields send"),
            fields = some_of(lang, fields)),
        _ => return None,
    })
}

/// What sheets say of themselves, each in its own words.
fn sheets_differ(lang: Lang, by: ApartBy, sheets: &[(String, String)], used: &[String]) -> Words {
    let said: Vec<String> = sheets
        .iter()
        .map(|(sheet, said)| match by == ApartBy::Deadline || sheet.contains(said.as_str()) {
            true => say!(lang, "“{sheet}”", "\"{sheet}\""),
            false => say!(lang, "“{sheet}”（{said}）", "\"{sheet}\" ({said})"),
        })
        .collect();
    let said = said.join(lang.pick("、", ", "));
    let named: Vec<String> = used.iter().map(|sheet| format!("--sheet \"{sheet}\"")).collect();
    let (named, one) = (named.join(" "), named.first().cloned().unwrap_or_default());
    match by {
        ApartBy::Paper => words!(
            lang,
            (
                "工作表{said}写着不同的合同，却没有“模板ID”列：现在都用同一个模板发送",
                "各用各的模板：每个工作表加一列“模板ID”和一列“合同名称”，或一次发一个：{one} --default \"模板ID=…\" --default \"合同名称=…\"；都用这个模板：{named}"
            ),
            (
                "the sheets {said} name different papers, and there is no column template_id: all of them would be sent with one template",
                "If each has its own, add the columns template_id and flow_name to each, or send one at a time: {one} --default template_id=... --default flow_name=...; if one holds for all, {named}"
            )
        ),
        ApartBy::Company => words!(
            lang,
            (
                "工作表{said}写着不同的公司，却没有“企业名称”或“模板ID”列：现在都由同一家公司签署，用同一个模板",
                "各签各的：每个工作表加一列“模板ID”（或“企业名称”），或一次发一个，各用各的设置：{one} --config …；都是同一家公司签：{named}"
            ),
            (
                "the sheets {said} name different companies, and no column says which one signs: the same company and the same template would be used for all",
                "If each signs its own, add a column template_id (or organization_name) to each, or send one at a time with its own settings: {one} --config ...; if the same company signs all, {named}"
            )
        ),
        ApartBy::Deadline => words!(
            lang,
            (
                "工作表{said}的名称写着签署时间，却没有“签署截止时间”列：现在都用设置里的",
                "请在每个工作表加一列“签署截止时间”，或一次发一个：{one} --default \"签署截止时间=…\"；都是同一天：--default \"签署截止时间=…\""
            ),
            (
                "the names of the sheets {said} say until when they are signed, and there is no column deadline: all of them would get that of the settings",
                "Add a column deadline to each, or send one at a time: {one} --default deadline=...; if one day holds for all, --default deadline=..."
            )
        ),
    }
}
