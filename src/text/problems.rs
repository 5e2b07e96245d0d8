//! Rules that are broken, in words.

use crate::domain::cell::column_letters;
use crate::domain::field::{Kind, by_name};
use crate::domain::problem::{Correction, IdFault, Place, Problem, Rule};

use super::{Lang, Words, say, words};

/// A field as the user knows it: `合同名称`, `flow_name`; `签署方2姓名` of `approver2.name`.
pub fn field_name(lang: Lang, name: &str) -> String {
    let numbered = |name: &str| {
        let (level, short) = name.split_once('.')?;
        let number = level.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        let level = level.strip_suffix(number).filter(|_| !number.is_empty())?;
        let field = by_name(&format!("{level}.{short}"))?;
        let word = if level == "cc" { "抄送人" } else { "签署方" };
        field.chinese.first().map(|own| format!("{word}{number}{own}"))
    };
    if let Some(own) = numbered(name).filter(|_| lang == Lang::Zh) {
        return own;
    }
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
    parts.extend(place.row.map(|row| say!(lang, "第{row}行", "row {row}")));
    parts.extend(place.column.as_ref().map(|column| {
        let (letters, header) = (column_letters(column.index), column.header.trim());
        match header.is_empty() {
            true => say!(lang, "{letters}列", "column {letters}"),
            false => say!(lang, "{letters}列({header})", "column {letters} ({header})"),
        }
    }));
    parts.join(" · ")
}

fn list<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join(" / ")
}

/// The wide layout: both stand in one row.
fn within_row(lang: Lang, rule: &Rule) -> Words {
    match rule {
        Rule::CcIsApprover { .. } => words!(
            lang,
            ("这个人同时是本行的签署方", "请去掉这个抄送人"),
            ("this person is also an approver in this row", "Take this cc out")
        ),
        _ => words!(
            lang,
            ("和本行的另一个签署方是同一个人", "同一份合同里一个人只能作为同一方签一次"),
            (
                "the same person as another approver in this row",
                "A person signs a contract once for the same party"
            )
        ),
    }
}

/// `企业` for `ORGANIZATION`.
pub fn kind_word(lang: Lang, kind: &str) -> &str {
    match (lang, by_name("approver.type").map(|field| field.kind)) {
        (Lang::Zh, Some(Kind::Choice(kinds))) => {
            let own = kinds.iter().find(|(sent, _)| *sent == kind);
            own.and_then(|(_, words)| words.first().copied()).unwrap_or(kind)
        }
        _ => kind,
    }
}

/// The first few of a list, and whether there are more.
pub fn some_of(lang: Lang, headers: &[String]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = headers.iter().take(MOST).map(|header| header.replace('\n', " ")).collect();
    let more = if headers.len() > MOST { lang.pick(" 等", ", ...") } else { "" };
    format!("{}{more}", shown.join(lang.pick("、", ", ")))
}

fn header_of(problem: &Problem) -> String {
    let header = problem.place.column.as_ref().map(|column| column.header.replace(['\n', '\r'], ""));
    header.unwrap_or_default()
}

/// In a column of those who get a copy.
fn is_of_copies(problem: &Problem) -> bool {
    let header = header_of(problem).to_lowercase();
    header.starts_with("抄送") || header.starts_with("cc")
}

/// What is wrong and what to do about it; options name the column that it stands in.
pub fn explain(lang: Lang, problem: &Problem) -> Words {
    let words = in_general(lang, problem);
    // Of somebody's several columns the first alone is half an answer.
    let is_of_several = matches!(problem.rule, Rule::SignerUnclear { .. } | Rule::SignerMayBeCompany { .. });
    let header = problem.place.column.as_ref().map(|column| column.header.as_ref()).unwrap_or_default();
    let header: String = header.chars().filter(|c| !c.is_control()).collect();
    // What a shell would read as more than a name is not put into a command without care.
    let is_odd = header.starts_with('-') || header.contains(['"', '=', '$', '`', '\\', '!']);
    if is_of_several || header.is_empty() || is_odd {
        return words;
    }
    let todo = ["列名", "HEADER"].iter().fold(words.todo, |todo, any| {
        let mapped = todo.replace(&format!("\"{any}="), &format!("\"{header}="));
        mapped.replace(&format!("--as-text \"{any}\""), &format!("--as-text \"{header}\""))
    });
    Words { todo, ..words }
}

#[rustfmt::skip]
fn in_general(lang: Lang, problem: &Problem) -> Words {
    let f = |name: &str| field_name(lang, name);
    match &problem.rule {
        rule @ (Rule::ApproverTwice { other_row } | Rule::CcIsApprover { other_row })
            if problem.place.row == Some(*other_row) => within_row(lang, rule),
        Rule::HeaderNotFound { .. }
        | Rule::HeaderRowEmpty { .. }
        | Rule::TableAbove { .. }
        | Rule::DeadlineAbove { .. }
        | Rule::PartyAbove { .. }
        | Rule::SaidAbove { .. }
        | Rule::NotToSend { .. }
        | Rule::SaidBeside { .. }
        | Rule::PaperDiffers { .. }
        | Rule::FormValueNewer { .. }
        | Rule::CountStated { .. }
        | Rule::CommentsSay { .. }
        | Rule::CommentsListed { .. }
        | Rule::ConditionalFormats { .. }
        | Rule::TableBelow { .. }
        | Rule::HeadingsDiffer { .. }
        | Rule::SheetTransposed
        | Rule::SheetIsForm
        | Rule::SignerUnclear { .. }
        | Rule::ColumnBeside { .. }
        | Rule::MobileBehind { .. }
        | Rule::IdNumberBehind { .. }
        | Rule::NameInTwo { .. }
        | Rule::CompanyAsPerson { .. }
        | Rule::TermNotDeadline
        | Rule::TermOrDeadline { .. }
        | Rule::ColumnNotUsed { .. }
        | Rule::ColumnNearlyType { .. }
        | Rule::ColumnNoOpenId { .. }
        | Rule::ColumnsHidden { .. }
        | Rule::ColumnsHiddenListed { .. }
        | Rule::AnsweredBefore { .. }
        | Rule::AnsweredNearly { .. }
        | Rule::RowsHeldTogether { .. }
        | Rule::RowsApart { .. }
        | Rule::NumberApart { .. }
        | Rule::NumbersAlike { .. }
        | Rule::SecondNumber { .. }
        | Rule::NumberTwice { .. }
        | Rule::CompanyBlank { .. }
        | Rule::NumberOfZeros { .. }
        | Rule::NumberIsWord { .. }
        | Rule::HeldByHeadings { .. }
        | Rule::RowsOutOfOrder { .. }
        | Rule::SignersChangePlaces { .. }
        | Rule::SubmittedTwice(_)
        | Rule::ComponentOfAnother { .. }
        | Rule::ComponentsDisagree { .. }
        | Rule::SignerMayBeCompany { .. }
        | Rule::DeadlineFarAhead { .. }
        | Rule::FormFieldSaysNo { .. }
        | Rule::PersonMerged { .. }
        | Rule::SheetLeavesOut { .. }
        | Rule::SheetListsSome { .. }
        | Rule::SignersOutOfOrder { .. }
        | Rule::DatesAmongCodes { .. }
        | Rule::MobilesRounded { .. }
        | Rule::RowsDiffer { .. }
        | Rule::RowsLeftOut { .. }
        | Rule::FormFieldEmpty { .. }
        | Rule::SerialsAmongDates { .. }
        | Rule::ZerosAmongTexts { .. }
        | Rule::MobileShared(_)
        | Rule::IdNumberShared(_)
        | Rule::TwoMobiles(_)
        | Rule::PersonTwice(_)
        | Rule::FormDates
        | Rule::FormNumbers
        | Rule::Remarked { .. }
        | Rule::FieldsLacking { .. }
        | Rule::SheetsOfParties { .. }
        | Rule::SheetsDiffer { .. }
        | Rule::KeyAcross { .. }
        | Rule::RolesWithoutKey { .. }
        | Rule::PartiesDiffer { .. }
        | Rule::TemplatesDiffer { .. }
        | Rule::PapersBeside { .. }
        | Rule::CellsDefaulted { .. }
        | Rule::ColumnNearlySend { .. }
        | Rule::SendBlank { .. }
        | Rule::CopiesSign { .. }
        | Rule::MobilesCountUp { .. }
        | Rule::RowsBelow { .. }
        | Rule::RowLikeTitle { .. }
        | Rule::FormFieldUndecided { .. }
        | Rule::NothingMeant { .. }
        | Rule::RowsDoubtful { .. }
        | Rule::RowsLackParty { .. }
        | Rule::ContractsLackParty { .. }
        | Rule::ColumnStruck { .. }
        | Rule::RowsGrouped { .. }
        | Rule::KeysBlank
        | Rule::FormEpoch { .. }
        | Rule::DefaultOfJob { .. }
        | Rule::ColumnOfSigners { .. }
        | Rule::NumbersOfParties { .. } => super::questions::explain(lang, problem),
        Rule::ColumnUnknown { suggestion: Some(name) } => words!(lang,
            ("不认识这一列，已忽略；是不是“{name}”？", "如果是，请改列名，或在 config.toml 的 [columns] 里写上"),
            ("this column is not known and left out; did you mean \"{name}\"?", "If so, rename it, or add it to [columns] in config.toml")),
        Rule::ColumnNearlyDefaulted { suggestion } => words!(lang,
            ("不认识这一列；是不是“{suggestion}”？不是的话，会用设置里的默认值", "如果是，请把列名改成“{suggestion}”；如果不是，请用 --map \"列名=忽略\""),
            ("this column is not known; did you mean \"{suggestion}\"? If not, the default of the settings goes in its place", "If so, rename it; if not, use --map \"HEADER=ignore\""),
            suggestion = field_name(lang, suggestion)),
        Rule::ColumnUnknown { suggestion: None } => words!(lang,
            ("不认识这一列，不会发送", "如果它应当是合同内容，请改列名，或写成“填写:控件名”"),
            ("this column is not known and will not be sent", "If it belongs to the contract, rename it, or write field:NAME")),
        Rule::ColumnsUnknown { headers } => words!(lang,
            ("不认识这 {count} 列，不会发送：{names}", "如果其中有合同内容，请改列名，或写成“填写:控件名”"),
            ("these {count} columns are not known and will not be sent: {names}", "If one of them belongs to the contract, rename it, or write field:COMPONENT"),
            count = headers.len(), names = some_of(lang, headers)),
        Rule::ColumnUnnamed => words!(lang,
            ("这一列没有表头，里面的内容不会发送", "如果它应当是合同内容，请补上表头"),
            ("this column has no header, so what is in it will not be sent", "If it belongs to the contract, give it a header")),
        Rule::ColumnNearlyFormField { suggestion } => words!(lang,
            ("不认识这一列；是不是“{suggestion}”？", "如果是，请把列名改成“{suggestion}”；如果不发送，请用 --map \"列名=忽略\""),
            ("this column is not known; did you mean \"{suggestion}\"?", "If so, rename it; if it is not to be sent, use --map \"HEADER=ignore\"")),
        Rule::ColumnNearlySigner { .. } => words!(lang,
            ("这一列像是签署方的信息，但列名不认识；忽略它，合同就会少一个签署方", "是人：请改成“签署方2姓名”“乙方手机号”这样的列名；是企业：请改成“乙方企业名称”这样的列名，再加一列“乙方类型”填“企业”；确实不发送请用 --map \"列名=忽略\""),
            ("this column looks like a signer's, but its name is not known; without it the contract would lack a signer", "If a person, name it like approver2.name or 乙方手机号; if a company, approver2.organization_name, with approver2.type ORGANIZATION; if it is not to be sent, use --map \"HEADER=ignore\"")),
        Rule::DeadlineTimeBeside { deadline } => words!(lang,
            ("这一列像是“{deadline}”那一天的时刻，可是没有用：现在每份合同都在当天 23:59:59 截止", "时刻要算：把日期和时刻写在“{deadline}”的同一格里，如“2026-12-20 18:00”；不用算：删掉这一列，或用 --map \"列名=忽略\""),
            ("this column seems to hold the time of the day under \"{deadline}\", and is not used: each contract would end at 23:59:59 of that day", "If it counts, write day and time into one cell of \"{deadline}\", as 2026-12-20 18:00; if not, delete the column, or use --map \"HEADER=ignore\"")),
        Rule::ColumnNearlyCopies { map } if map.is_empty() => words!(lang,
            ("这一列里有要抄送的人的手机号，可是和别的内容写在一格里，读不出抄送人：现在谁也不会收到抄送", "要抄送：请拆成“抄送人姓名”“抄送人手机号”两列；不抄送：用下面的命令，或删掉这一列"),
            ("cells of this column have a mobile for a copy beside something else, so nobody would get one", "To send copies, make it two columns, cc.name and cc.mobile; if there are to be none, use the command below, or delete the column")),
        Rule::ColumnNearlyCopies { .. } => words!(lang,
            ("这一列像是抄送人的手机号，可是列名没有写明：现在谁也不会收到抄送", "要抄送：用下面的命令，或把列名改成“抄送人姓名”“抄送人手机号”；不抄送：--map \"列名=忽略\""),
            ("this column seems to hold the mobiles of those who get a copy, and its name does not say so: nobody would get one", "To send copies, use the command below, or call the columns cc.name and cc.mobile; if there are to be none, --map \"HEADER=ignore\"")),
        Rule::ColumnNearlyKey { first_row, value, beside, .. } if !beside.is_empty() => words!(lang,
            ("没有“合同编号”列，而第 {first_row} 行和这一行在这一列都是“{value}”：它们是同一份合同的签署方，还是各自一份合同？", "是同一份：只看这一列，“{beside}”不同的也会并成一份，所以请加一列“合同编号”，同一份合同的各行编号相同（如“1栋-101”）；各自一份请用 --key row"),
            ("there is no contract_id, and row {first_row} and this one both have \"{value}\" here: are they approvers of one contract, or a contract each?", "If one: this column alone would put together rows of different \"{beside}\", so add a column contract_id, the same on all rows of a contract; if a contract each, use --key row")),
        Rule::ColumnNearlyKey { first_row, value, .. } => words!(lang,
            ("没有“合同编号”列，而第 {first_row} 行和这一行在这一列都是“{value}”：它们是同一份合同的签署方，还是各自一份合同？", "是同一份请把列名改成“合同编号”（或 --key \"列名\"、--map \"列名=合同编号\"）；各自一份请用 --key row"),
            ("there is no contract_id, and row {first_row} and this one both have \"{value}\" here: are they approvers of one contract, or a contract each?", "If one, rename the column to contract_id (or use --key \"HEADER\", --map \"HEADER=contract_id\"); if a contract each, use --key row")),
        Rule::ColumnTwice { field, first, alike: true } => words!(lang,
            ("这一列和 {first} 列是同一个字段（{field}），列名也一样", "请删掉不用的那一列，或把它的列名改掉"),
            ("this column gives the same field as column {first} ({field}), and is called the same", "Delete the one that is not meant, or rename it"),
            field = f(field)),
        Rule::ColumnTwice { field, first, .. } => words!(lang,
            ("这一列和 {first} 列是同一个字段（{field}）", "请删掉或改名其中一列；不用的那一列也可以用 --map \"列名=忽略\""),
            ("this column gives the same field as column {first} ({field})", "Delete or rename one of them, or leave one out: --map \"HEADER=ignore\""),
            field = f(field)),
        Rule::TablesBeside { column, first } => words!(lang,
            ("两张表并排放在一个工作表里：从 {column} 列起又是 {first} 列开始的那些列名", "请把右边的表剪切到左边那张表的下面，只留一行表头，或放到另一个工作表里；如果是同一份合同的两个签署方，请把列名改成“签署方1姓名…签署方2姓名…”"),
            ("two tables stand side by side: from column {column} on the headers from column {first} on come once more", "Move the right one below the left one, under one header, or put it into a sheet of its own; if they are two signers of one contract, rename the columns to approver1.name... approver2.name...")),
        Rule::ColumnNotThere { header } => words!(lang,
            ("没有名为“{header}”的列", "请核对 --group-by、--map、--key、--where、--as-text 后面的列名（或 config.toml 的 [sheet] key、where、as_text）"),
            ("there is no column \"{header}\"", "Check the name after --group-by, --map, --key, --where or --as-text (or in [sheet] of config.toml: key, where, as_text)")),
        Rule::LayoutsMixed => words!(lang,
            ("同时有带编号（签署方1姓名）和不带编号（签署方姓名）的签署方列", "请统一成一种写法"),
            ("approver columns with numbers (approver1.name) and without (approver.name) are mixed", "Use one of the two forms")),
        Rule::ApproversMissing => words!(lang,
            ("没有签署方", "每份合同至少要有一个签署方的姓名和手机号；列名不同时用 --map \"你的列名=approver.name\" 指定"),
            ("no approver", "Every contract needs the name and the mobile of at least one approver; if your columns are called otherwise, use --map \"Your header=approver.name\"")),
        Rule::SheetsToChoose { sheets, .. } => words!(lang,
            ("有多个工作表都像是合同：{names}", "请用 --sheet 名称 选一个，或用 --all-sheets 全部处理"),
            ("several sheets look like contracts: {names}", "Choose one with --sheet NAME, or take all with --all-sheets"),
            names = sheets.join(lang.pick("、", ", "))),
        Rule::SheetsWithPeople { left, used } => words!(lang,
            ("工作表“{left}”里有姓名和手机号，但表头不认识，没有读：这些人也要发送吗？", "也要发送：把那里的列名改成和“{used}”一样；不发送：{words}，或隐藏、删去“{left}”"),
            ("the sheet {left} has names and mobiles, but no header that is known, and is not read: are they to be sent, too?", "If so, give its columns the names that {used} has; if not, {words}, or hide or remove {left}"),
            words = used.iter().map(|own| format!("--sheet {own}")).collect::<Vec<_>>().join(" "),
            left = left.join(lang.pick("、", ", ")), used = used.join(lang.pick("、", ", "))),
        Rule::SheetSaysMore { sheet, row, text, used, joined: Some(header), .. } => words!(lang,
            ("没有读的工作表“{sheet}”里有“{text}”这一列（第 {row} 行），它和“{used}”都有“{header}”列：它的内容还没有填进合同", "按“{header}”合在一起（每个“{header}”一份合同）：用下面的命令，或把两边的列名都改成“合同编号”；不要那张表：{words}，或隐藏、删去“{sheet}”"),
            ("the sheet {sheet}, which is not read, has a column {text} (row {row}), and a column {header} as {used} has: nothing of it goes into the contracts so far", "To put them together by {header} (a contract each), use the command below, or call it contract_id in both; if the sheet is not meant, {words}, or hide or remove {sheet}"),
            words = used.iter().map(|own| format!("--sheet {own}")).collect::<Vec<_>>().join(" "),
            used = used.join(lang.pick("、", ", "))),
        Rule::SheetSaysMore { sheet, row, text, field, used, .. } if field == "field" => words!(lang,
            ("没有读的工作表“{sheet}”里有“{text}”这一列（第 {row} 行）：它的内容不会填进合同", "要填：请把这一列放进“{used}”，每行都填上；不填：{words}，或隐藏、删去“{sheet}”"),
            ("the sheet {sheet}, which is not read, has a column {text} (row {row}): nothing of it goes into the contracts", "If it is meant, put the column into {used}; if not, {words}, or hide or remove {sheet}"),
            words = used.iter().map(|own| format!("--sheet {own}")).collect::<Vec<_>>().join(" "),
            used = used.join(lang.pick("、", ", "))),
        Rule::SheetSaysMore { sheet, row, text, field, used, .. } if field == "send" => words!(lang,
            ("没有读的工作表“{sheet}”第 {row} 行写着“{text}”：现在没有照它做", "照它做：请改好“{used}”（不发送的行，可以加一列“发送”填“否”），再删去这一行；不用照它做：{words}，或隐藏、删去“{sheet}”"),
            ("the sheet {sheet}, which is not read, says \"{text}\" in row {row}: nothing is done about it", "If it is meant, correct {used} (rows that are not to be sent may say no in a column send), and delete the line; if not, {words}, or hide or remove {sheet}"),
            words = used.iter().map(|own| format!("--sheet {own}")).collect::<Vec<_>>().join(" "),
            used = used.join(lang.pick("、", ", "))),
        Rule::SheetSaysMore { sheet, row, text, field, used, .. } => words!(lang,
            ("没有读的工作表“{sheet}”第 {row} 行写着“{text}”：按它，还是按设置里的？", "按它：请在“{used}”里加一列“{name}”，每行都填上；按设置里的：{words}，或隐藏、删去“{sheet}”"),
            ("the sheet {sheet}, which is not read, says \"{text}\" in row {row}: this, or the settings?", "This: add a column {name} to {used} and fill it in every row. The settings: {words}, or hide or remove {sheet}"),
            name = field_name(lang, field),
            words = used.iter().map(|own| format!("--sheet {own}")).collect::<Vec<_>>().join(" "),
            used = used.join(lang.pick("、", ", "))),
        Rule::ReportGiven => words!(lang,
            ("这是 flowbatch 自己写的报告，不是要发送的合同表", "请用原来的表格，或用 .fix.xlsx"),
            ("this is a report written by flowbatch, not a sheet of contracts", "Use the original file, or the .fix.xlsx")),
        Rule::NoContracts => words!(lang,
            ("表头下面没有一份合同", "请在表头下面填写合同，一行一份"),
            ("there is no contract below the header", "Fill in contracts below the header, one a row")),
        Rule::RowUneven { found, expected } => words!(lang,
            ("这一行有 {found} 个值，表头有 {expected} 列，分隔符多了或少了，值可能错位", "请补齐或删掉多余的分隔符；值里有逗号时用双引号括起来"),
            ("this line has {found} values but the header has {expected} columns: a separator is missing or too many, so values may stand in the wrong columns", "Add or remove separators; put values that contain one in double quotes")),
        Rule::RowHidden => words!(lang,
            ("这一行被隐藏或筛选掉了", "要发送请加 --hidden-rows send；不发送请加 --hidden-rows skip；或取消隐藏"),
            ("this row is hidden or filtered out", "Add --hidden-rows send to send such rows, --hidden-rows skip to leave them out, or show them")),
        Rule::RowNotAContract { word } => words!(lang,
            ("这一行像是“{word}”，不是合同", "请删掉这一行，或在“发送”列填“否”"),
            ("this row looks like \"{word}\", not like a contract", "Delete it, or write no in the column send")),
        Rule::RowContinues { word } => words!(lang,
            ("这一行只有“{word}”，像是上一行没写完的内容：照这样发，合同里会缺这一段", "请写进上一行的同一个单元格（单元格里换行用 Alt+Enter），再删掉这一行；是说明或小标题就直接删掉"),
            ("there is nothing but \"{word}\" in this row, as if it were the rest of the text above, which the contract would lack", "Write it into the cell of the row above (Alt+Enter begins a line there) and delete this row; a remark or a title can simply be deleted")),
        Rule::RowAlmostEmpty { word, keyed: true } => words!(lang,
            ("这一行只有“{word}”，没有合同内容", "请补齐这一行，或删掉它"),
            ("there is nothing but \"{word}\" in this row, no contract", "Fill the row, or delete it")),
        Rule::RowAlmostEmpty { word, .. } => words!(lang,
            ("这一行只有“{word}”，没有合同内容", "请补齐这一行，或删掉它；是小标题或合计可以加 --odd-rows skip"),
            ("there is nothing but \"{word}\" in this row, no contract", "Fill the row, or delete it; if it is a title or a total, --odd-rows skip leaves it out")),
        Rule::RowTwice { first_row } => words!(lang,
            ("和第 {first_row} 行一模一样，只会发送一次", "如果确实是两份合同，请加一列“合同编号”"),
            ("exactly the same as row {first_row}: it is sent once only", "If these are two contracts, add a column contract_id")),
        Rule::KeyMissing => words!(lang,
            ("没有合同编号，不知道这一行属于哪份合同", "请填上合同编号；同一份合同的各行编号相同。如果空着的各行都属于上面那份合同，加 --key \"{header}\""),
            ("no contract_id, so it is unknown which contract this row belongs to", "Fill it in; all rows of a contract have the same. If every row without one belongs to the contract above it, use --key \"{header}\""),
            header = problem.place.column.as_ref().map_or("合同编号", |column| &*column.header)),
        Rule::KeyTwice { first_row } => words!(lang,
            ("合同编号和第 {first_row} 行重复", "每份合同的编号要各不相同"),
            ("the same contract_id as row {first_row}", "Every contract needs an id of its own")),
        Rule::KeyInSheets { sheet, row } => words!(lang,
            ("工作表“{sheet}”第 {row} 行有同样的合同编号", "是同一份合同的几个签署方：请放到同一个工作表里；是不同的合同：编号要各不相同，或用 --sheet 一次只发一个工作表"),
            ("the same contract_id stands in sheet \"{sheet}\", row {row}", "If they are the signers of one contract, put them into one sheet; if they are two contracts, each needs an id of its own, or send one sheet at a time with --sheet")),
        Rule::KeyUnknown { sheet } => words!(lang,
            ("在“{sheet}”里找不到这个合同编号", "请核对编号，或在合同表里补上这份合同"),
            ("this contract_id is not in \"{sheet}\"", "Correct it, or add the contract there")),
        Rule::Contradiction { other_row } => words!(lang,
            ("和第 {other_row} 行不一致：同一份合同的这一列只能有一个值", "请改成一样，或只填一处"),
            ("differs from row {other_row}: a contract has one value in this column", "Make them equal, or fill in only one")),
        Rule::SendDiffers { other_row } => words!(lang,
            ("同一份合同里，“发送”和第 {other_row} 行不一致", "一份合同要么整份发送，要么整份不发，请改成一样"),
            ("the column send differs from row {other_row} of the same contract", "A contract is sent whole or not at all: make them equal")),
        Rule::HiddenDiffers { other_row } => words!(lang,
            ("同一份合同里，这一行被隐藏，而第 {other_row} 行没有", "请取消隐藏，或把整份合同都隐藏；这一行也要的话：--hidden-rows send"),
            ("this row is hidden but row {other_row} of the same contract is not", "Show it, or hide the whole contract; if this row is meant, --hidden-rows send")),
        Rule::LeftOutDiffers { other_row } => words!(lang,
            ("同一份合同里，这一行按您的选择不发送，而第 {other_row} 行要发送", "一份合同不能少一个签署方：请改成一样，或给它们不同的合同编号"),
            ("this row is left out as you said, but row {other_row} of the same contract is not", "A contract never goes without one of its signers: make them equal, or give them contract_ids of their own")),
        Rule::Required { field } => Words::new(
            say!(lang, "缺少{field}", "{field} is missing", field = f(field)),
            match field.as_ref() {
                "app_id" | "organization_open_id" | "operator_open_id" => say!(lang,
                    "请在 config.toml 的 [agent] 里填写，或加一列",
                    "Set it in [agent] of config.toml, or add a column"),
                "jump_url" => say!(lang,
                    "请在 config.toml 里填写 jump_url，或加一列",
                    "Set jump_url in config.toml, or add a column"),
                "approver.type" => say!(lang,
                    "这里有企业名称：由企业签署请把“签署方类型”写成“企业”；由个人签署请写成“个人”，并填好姓名和手机号",
                    "There is a company's name: if the company signs write ORGANIZATION under approver.type; if a person does, write PERSON and give name and mobile"),
                "template_id" | "deadline" | "flow_name" => say!(lang,
                    "请填写；所有合同都一样时，加 --default \"{name}=值\"，或写在 config.toml 的 [defaults] 里",
                    "Fill it in; if it is the same for all contracts, add --default \"{name}=VALUE\", or set it in [defaults] of config.toml",
                    name = f(field)),
                _ => say!(lang, "请填写", "Fill it in"),
            },
        ),
        Rule::TooLong { limit, found } => words!(lang,
            ("太长：{found} 个字符，最多 {limit} 个", "请缩短"),
            ("too long: {found} characters, at most {limit} are allowed", "Shorten it")),
        Rule::TooManyBytes { limit, found } => words!(lang,
            ("太长：{found} 字节（一个汉字 3 字节），最多 {limit} 字节", "请缩短"),
            ("too long: {found} bytes in UTF-8 (a Chinese character has 3), at most {limit} are allowed", "Shorten it")),
        Rule::TooMany { what, limit, found } => words!(lang,
            ("{who}太多：{found} 个，最多 {limit} 个", "请拆成多份合同"),
            ("too many {what}: {found}, at most {limit} are allowed", "Split it into several contracts"),
            who = if what == "ccs" { "抄送人" } else { "签署方" }),
        Rule::TooLarge { limit, found } => words!(lang,
            ("这份合同太大：{found} 字节，最多 {limit} 字节", "请缩短填写内容"),
            ("this contract is too large: {found} bytes, at most {limit} are allowed", "Shorten its values")),
        Rule::MobileForm => words!(lang,
            ("手机号不对：应为 11 位数字，以 1 开头", "请核对手机号"),
            ("not a mobile number: 11 digits that begin with 1 are expected", "Check the number")),
        Rule::MobileForeign => words!(lang,
            ("只支持中国大陆手机号，不支持境外号码", "请改用大陆手机号"),
            ("only mobiles of mainland China are accepted", "Use a mainland number")),
        Rule::Masked => words!(lang,
            ("内容被打了星号，不是完整的值", "请从原系统导出完整内容"),
            ("the value is masked with asterisks", "Export it in full from where it came")),
        Rule::Placeholder => words!(lang,
            ("这不是一个有效的值", "请填写真正的值；不需要就清空这一格"),
            ("this is no value", "Give the real value; if there is none, empty the cell")),
        Rule::SaysState { found } if found.starts_with('代') || found.ends_with("托") => words!(lang,
            ("这一格里写着“{found}”：由谁签署？", "请填真正签署的人，姓名、手机号、证件号码都是这个人的，不要写别的话"),
            ("the cell says \"{found}\": who signs?", "Give whoever signs, with his own name, mobile and ID number, and nothing but that")),
        Rule::SaysState { found } => words!(lang,
            ("这一格里写着“{found}”：这份合同还要发吗？", "不发：请删掉这一行，或加一列“发送”填“否”；要发：这一格只填真正的值，不要写别的话"),
            ("the cell says \"{found}\": is this contract to be sent?", "If not, delete the row, or add a column send with no; if so, give nothing but the real value here")),
        Rule::SeveralValues | Rule::CharactersNotAllowed { .. } if is_of_copies(problem) => words!(lang,
            ("一个单元格里只能有一个抄送人的一项内容", "姓名和手机号分成两列；多个抄送人请写成“抄送人1姓名、抄送人1手机号、抄送人2姓名…”这样的列"),
            ("a cell takes one detail of one person who gets a copy", "Put name and mobile into two columns; of several people write cc1.name, cc1.mobile, cc2.name...")),
        Rule::SeveralValues => words!(lang,
            ("一个单元格里有多个值", "一个单元格只填一个；多个签署方请分行或分列"),
            ("there are several values in one cell", "One value a cell; several approvers go into several rows or columns")),
        Rule::IdNumber { fault } => Words::new(
            match fault {
                IdFault::Length => say!(lang,
                    "证件号码位数不对：身份证 18 位，港澳通行证 11 位（证件类型要填对）",
                    "the ID number has the wrong length: 18 for ID_CARD, 11 for HONGKONG_AND_MACAO (see approver.id_card_type)"),
                IdFault::Characters => say!(lang,
                    "证件号码里有不该有的字符",
                    "the ID number has characters that do not belong there"),
                IdFault::Date => say!(lang,
                    "证件号码里的出生日期不存在",
                    "the date of birth in the ID number does not exist"),
                IdFault::Checksum => say!(lang,
                    "证件号码的校验位不对，多半有一位填错了",
                    "the check digit of the ID number is wrong: most likely one digit is"),
            },
            say!(lang, "请对照证件核对", "Compare it with the card"),
        ),
        Rule::IdNumberRounded => words!(lang,
            ("证件号码被存成了数字，后几位已被 Excel 改成 0，无法恢复", "请先把这一列设为“文本”格式，再重新填写完整号码"),
            ("the ID number was stored as a number, so Excel has turned its last digits into zeros; they cannot be recovered", "Set the column's format to Text, then type the full number again")),
        Rule::NumberRounded => words!(lang,
            ("这个号码被存成了数字，第 15 位以后已被 Excel 改成 0，无法恢复", "请先把这一列设为“文本”格式，再重新填写完整号码"),
            ("the value was stored as a number, so Excel has turned all digits after the 15th into zeros; they cannot be recovered", "Set the column's format to Text, then type it again in full")),
        Rule::Scientific => words!(lang,
            ("内容是科学计数法，不是完整的号码", "请把这一列设为“文本”格式，再重新填写"),
            ("the value is in scientific notation, not a full number", "Set the column's format to Text, then type it again")),
        Rule::CharactersLost => words!(lang,
            ("有字已丢失（变成了 ? 或 �）", "请重新填写；另存 CSV 时选“CSV UTF-8”；填写列确实要原样发送请用 --as-text 列名"),
            ("characters were lost (they became ? or \u{FFFD})", "Type it again; save CSV as \"CSV UTF-8\"; to send a component as it stands use --as-text HEADER")),
        Rule::CharactersPrivate => words!(lang,
            ("有自造字或私有区字符，对方无法显示", "请换成标准汉字"),
            ("there are private-use characters that nobody else can display", "Use standard characters")),
        Rule::CharactersNotAllowed { found } => words!(lang,
            ("有不允许的字符“{found}”", "请删掉或替换"),
            ("the character \"{found}\" is not allowed here", "Remove or replace it")),
        Rule::Emoji => words!(lang,
            ("合同控件里不能有表情符号", "请删掉表情符号"),
            ("emoji are not allowed in a form field", "Remove them")),
        Rule::DateForm => words!(lang,
            ("看不懂这个日期", "请写成 2026-01-31 或 2026-01-31 18:00，几天后截止写成 +7d；写了星期几的，要和日期相符，也要真有这一天"),
            ("this is not a date that can be understood", "Write 2026-01-31 or 2026-01-31 18:00, and +7d for seven days from now; there must be such a day, and a weekday must be that of the date")),
        Rule::LeftOver => words!(lang,
            ("这不是内容，而是程序在没有值的地方留下的", "请填写真正的值，或清空这一格；确实要原样发送请用 --as-text \"列名\""),
            ("this is no value but what a program leaves where there is none", "Give the value, or clear the cell; to send it as it stands use --as-text \"HEADER\"")),
        Rule::Ditto => words!(lang,
            ("“同上”这样的写法，只有人看得懂", "请在这一格写出真正的值"),
            ("a ditto mark is understood by people only", "Write the value itself into this cell")),
        Rule::RowStruck => words!(lang,
            ("这一行画了删除线：还要发送吗？", "不发送加 --hidden-rows skip，照常发送加 --hidden-rows send；或在表里删掉这一行，或去掉删除线"),
            ("this row is struck through: is it to be sent?", "Leave it out with --hidden-rows skip, send it with --hidden-rows send; or delete it, or remove the line")),
        Rule::CellStruck => words!(lang,
            ("这一格的文字画了删除线，不知道还算不算数", "请删掉作废的文字，或去掉删除线"),
            ("text of this cell is struck through, so it is unclear whether it still holds", "Delete what no longer holds, or remove the line")),
        Rule::ZeroUnseen => words!(lang,
            ("这一格里是 0，但表里显示为空白", "请清空这一格；确实是 0 请让表格显示零值，或以“文本”格式填写 0"),
            ("the cell holds 0, but the sheet shows nothing", "Clear it; if 0 is meant, let the sheet show zeros, or type 0 as Text")),
        Rule::CellCovered => words!(lang,
            ("这一格被合并单元格盖住了：表里看到的是别的内容，这里存的谁也看不到，不知道以哪个为准", "请取消合并，再把每一格改成要发送的内容"),
            ("the cell lies under a merged cell that shows something else, and nobody sees what it holds itself: it is unclear which is meant", "Unmerge the cells and give each the value that is to be sent")),
        Rule::CellWhite => words!(lang,
            ("这一格的字在表里看不到（白色、和底色一样，或小得像一个点），不知道还要不要发送", "请把字改成看得见的，或清空这一格"),
            ("nobody sees the text of this cell (it is white, or in the colour behind it, or as small as a dot): it is unclear whether it is to be sent", "Make it one that can be seen, or clear the cell")),
        Rule::NumberShown { held, shown } => words!(lang,
            ("这一列要填数字，但格子里是 {held}，看到的是“{shown}”，不知道要哪一个", "请把要发送的数字直接填成 8000 或 0.15 这样的普通数字，单元格格式设为“常规”"),
            ("a number is expected here, but the cell holds {held} and shows \"{shown}\": it is unclear which is meant", "Type the number to be sent plainly, such as 8000 or 0.15, with the format General")),
        Rule::NumberForm => words!(lang,
            ("这一列要填数字", "请只填数字，例如 8000 或 8000.50"),
            ("a number is expected in this column", "Give a plain number such as 8000 or 8000.50")),
        Rule::CardType => words!(lang,
            ("接口不支持这种证件", "只支持身份证、港澳居民来往内地通行证、港澳台居民居住证；其他证件请把证件类型和证件号码都留空"),
            ("the API takes no card of this type", "It takes ID_CARD, HONGKONG_AND_MACAO and HONGKONG_MACAO_AND_TAIWAN; for others leave both the type and the number empty")),
        Rule::DatePast => words!(lang,
            ("截止时间已经过去", "请改成将来的时间"),
            ("the deadline has passed", "Give a time in the future")),
        Rule::DateForKey => words!(lang,
            ("这一格被 Excel 变成了日期", "请把这一列设为“文本”格式，再重新填写"),
            ("Excel has turned this cell into a date", "Set the column's format to Text, then type it again")),
        Rule::BoolForm => words!(lang,
            ("这里只能填“是”或“否”", "请改成其中一个"),
            ("yes or no is expected", "Write yes or no")),
        // Of the type of a signer that would be no advice: a person would sign for a company.
        Rule::Choice { allowed } if problem.place.column.is_some() && !allowed.iter().any(|(sent, _)| sent == "PERSON") => words!(lang,
            ("不是可选的值", "可填：{words}；这一列不是给合同用的，请加 --map \"{header}=ignore\""),
            ("not one of the allowed values", "Allowed: {words}; if the column is for something else, add --map \"{header}=ignore\""),
            header = header_of(problem),
            words = list(allowed.iter().map(|(sent, word)| lang.pick(word, sent)))),
        Rule::Choice { allowed } => words!(lang,
            ("不是可选的值", "可填：{words}"),
            ("not one of the allowed values", "Allowed: {words}"),
            words = list(allowed.iter().map(|(sent, word)| lang.pick(word, sent)))),
        Rule::Integer { min, max } => words!(lang,
            ("应为 {min} 到 {max} 的整数", "请改成这个范围内的整数"),
            ("a whole number from {min} to {max} is expected", "Give a number in that range")),
        Rule::Email => words!(lang,
            ("邮箱地址不完整", "请填 name@example.com 这样的完整地址"),
            ("not a complete e-mail address", "Give it in full, such as name@example.com")),
        Rule::JsonContradicts { key } => words!(lang,
            ("JSON 里的 {key} 和它自己那一列的值不一致", "请只在一处填写"),
            ("{key} in the JSON differs from the column of its own", "Give it in one place only")),
        Rule::JsonForbids { key } => words!(lang,
            ("JSON 列里不能写 {key}", "签署方、抄送人请用各自的列填写"),
            ("{key} cannot stand in a JSON column", "Approvers and cc's have columns of their own")),
        Rule::ActionForbids { field } => words!(lang,
            ("PrepareFlows 不接受{field}", "请删掉这一列；要用它，请在 config.toml 里写 action = \"CreateFlowsByTemplates\"（合同会直接发起）"),
            ("PrepareFlows does not take {field}", "Remove the column; to use it, set action = \"CreateFlowsByTemplates\" in config.toml, which starts contracts at once"),
            field = f(field)),
        Rule::Url => words!(lang,
            ("不是网址", "请填以 https:// 开头的完整网址"),
            ("not a web address", "Give the full address, beginning with https://")),
        Rule::Json => words!(lang,
            ("不是合格的 JSON，或有接口不认识的字段", "请核对 JSON 内容"),
            ("not well-formed JSON, or it has fields that the API does not know", "Check the JSON")),
        Rule::FormulaError => words!(lang,
            ("公式出错，没有值", "请修正公式，或直接填写值"),
            ("the formula failed, there is no value", "Correct the formula, or type the value")),
        Rule::FormulaUncached => words!(lang,
            ("公式的结果没有保存在文件里", "请用 Excel 或 WPS 打开并保存一次"),
            ("the result of the formula is not stored in the file", "Open it in Excel or WPS and save it once")),
        Rule::Picture => words!(lang,
            ("单元格里是图片，不是文字", "请填写文字"),
            ("there is a picture in the cell, no text", "Type the text")),
        Rule::FormatHides { format } => words!(lang,
            ("单元格的数字格式（{format}）显示的内容和存的值不同，不知道以哪个为准", "请把看到的内容以“文本”格式填写"),
            ("the number format ({format}) shows something else than the cell holds, so it is unclear what is meant", "Type what you see, as Text")),
        Rule::ApproverNeeds { kind, field } => Words::new(
            say!(lang,
                "类型为“{kind}”的签署方缺少{field}",
                "an approver of type {kind} needs {field}",
                kind = kind_word(lang, kind), field = f(field)),
            say!(lang, "请填写", "Fill it in"),
        ),
        Rule::ApproverForbids { kind, field } if kind == "ENTERPRISESERVER" => words!(lang,
            ("其他企业授权签（自动签）不能和“{field}”一起用", "请清空“{field}”这一格"),
            ("{kind} cannot be filled in later, so it must not have {field}", "Empty that cell"),
            field = f(field)),
        Rule::ApproverForbids { kind, field } => words!(lang,
            ("类型为“{kind}”的 SaaS 平台企业不能填{field}", "请清空这一格"),
            ("a {kind} of the SaaS platform must not have {field}", "Empty this cell"),
            kind = kind_word(lang, kind), field = f(field)),
        Rule::AutoSignUnclear => words!(lang,
            ("看不出是哪个企业的授权签（自动签）", "自己的企业请写“企业”；其他企业请写“其他企业授权签”并填企业OpenId；个人请写“个人自动签”"),
            ("it is unclear whose automatic seal this is", "Write ORGANIZATION for your own company, ENTERPRISESERVER with approver.organization_open_id for another one, PERSON_AUTO_SIGN for a person")),
        Rule::VeryLong { usual, found } => words!(lang,
            ("特别长：{found} 个字符（一般不超过 {usual} 个）", "请核对是不是填错了列"),
            ("very long: {found} characters, where {usual} are usual", "Check whether it belongs into another column")),
        Rule::ApproverTwice { other_row } => words!(lang,
            ("和第 {other_row} 行是同一个签署方", "同一份合同里一个人只能作为同一方签一次"),
            ("the same approver as in row {other_row}", "A person signs a contract once for the same party")),
        Rule::CcIsApprover { other_row } => words!(lang,
            ("抄送人同时也是签署方（第 {other_row} 行）", "请去掉这个抄送人"),
            ("this person is also an approver (row {other_row})", "Take this cc out")),
        Rule::ShowMapUnknown { token } => words!(lang,
            ("列表展示内容里不认识 {{{token}}}", "可用：{{合同名称}} {{发起方企业}} {{发起方姓名}} {{签署方1企业}} {{签署方1姓名}}"),
            ("{{{token}}} is not known here", "Allowed: {{合同名称}} {{发起方企业}} {{发起方姓名}} {{签署方1企业}} {{签署方1姓名}}")),
        Rule::SignTypesOnly => words!(lang,
            ("签署认证方式不能只有指纹和面容", "请加上人脸、密码或运营商"),
            ("sign types must not be fingerprint and device face only", "Add face, password or operator")),
        Rule::NameTitled { title } => words!(lang,
            ("“{title}”像是称呼，不像真实姓名", "签署要核对实名，请写全名"),
            ("\"{title}\" is a title rather than part of a name", "Signers are checked by their real name: write it in full")),
        Rule::NameLikeTwo => words!(lang,
            ("这像是两个人的姓名", "两个人请分成两行，各填各的手机号"),
            ("this looks like the names of two people", "Put each into a row with a mobile of its own")),
        Rule::FlowNameUnusual { found } => words!(lang,
            ("合同名称里有少见的字符“{found}”，接口可能不接受", "建议只用中文、字母、数字和下划线"),
            ("the character \"{found}\" is unusual in a contract's name, and the API may refuse it", "Chinese, letters, digits and underscore are safe")),
        Rule::NotATemplateId => words!(lang,
            ("这里写的是模板的名字，不是模板ID", "请填电子签后台里这个模板的 ID：32 位字母和数字"),
            ("this is a template's name, not its id", "Give the template's id as the e-sign console shows it: 32 letters and digits")),
        Rule::TemplateIdLength { found } => words!(lang,
            ("模板ID有 {found} 个字符，通常是 32 个", "请核对模板ID"),
            ("the template id has {found} characters, usually there are 32", "Check the template id")),
        Rule::ApproverGap { number: 1 } => words!(lang,
            ("这一行没有填签署方1，只填了后面的签署方：后面的人会排到第一位", "请填上签署方1；同一个人在每一行都要写。如果本来就没有签署方1：请把后面的填到签署方1，或删掉签署方1的各列；这样的行由后面的人签：--missing-party send；不发：--missing-party skip"),
            ("signer 1 is missing in this row, and those behind would move up to his place", "Fill him in, in every row. If there is no signer 1, write those behind into his columns, or delete his columns; to let those behind sign in such rows, --missing-party send; to leave such rows out, --missing-party skip")),
        Rule::ApproverGap { number } => words!(lang,
            ("签署方{number} 是空的，后面的签署方会往前移一位", "签署方的顺序要和模板一致；请核对"),
            ("approver{number} is empty, so those behind it move up by one", "The order must be the template's: please check")),
        Rule::Corrected { what, to } => Words::new(
            say!(lang, "{what}，按“{to}”发送", "{what}, sent as \"{to}\"", what = correction(lang, *what)),
            "",
        ),
        Rule::Template { misfit } => super::templates::explain(lang, misfit),
        Rule::KeyReused { job } => words!(lang,
            ("这个合同编号在任务 {job} 里发过，但内容不同", "确实是另一份合同时请加 --allow-duplicates；否则请核对"),
            ("this contract_id was sent by job {job} with other contents", "If it is another contract, add --allow-duplicates; otherwise check it")),
        Rule::TemplateChanged { job } => words!(lang,
            ("这份合同在任务 {job} 里用另一个模板（或设置里另外的 [[signers]]）发过，或正等着发", "要照现在这样再发一份时请加 --allow-duplicates；否则请改回原来的模板ID 和 [[signers]]，或去掉这一行"),
            ("this contract was sent by job {job} with another template (or other [[signers]] in the settings), or waits there to be sent", "To send it as it is now as well, add --allow-duplicates; otherwise put the template and the [[signers]] back, or take the row out")),
        Rule::SentAlike { job, numbered: true } => words!(lang,
            ("同名文件（或它的副本）里模板、合同名称和签署人都相同的合同在任务 {job} 里带着合同编号发过", "是同一份合同就去掉这一行，或把合同编号列加回来（编号和当时一样）；确实是另一份时请给它新的合同编号，或加 --allow-duplicates"),
            ("job {job} sent a contract of the same template, name and signers, with a contract_id, from a file of this name or a copy of it", "If it is the same contract, take the row out, or put the column with the contract_ids back as they were; if it is another one, give it a contract_id of its own, or add --allow-duplicates")),
        Rule::SentAlike { job, .. } => words!(lang,
            ("同名文件（或它的副本）里模板、合同名称和签署人都相同、没有合同编号的合同在任务 {job} 里发过，内容不同", "是同一份合同就去掉这一行；确实是另一份时请加 --allow-duplicates。以后的新合同请加一列合同编号；已发过的不要补上编号重发"),
            ("job {job} sent a contract without a contract_id of the same template, name and signers from a file of this name or a copy of it, with other contents", "If it is the same contract, take the row out; if it is another one, add --allow-duplicates. Give new contracts a contract_id, but do not send old ones again with one")),
        Rule::SentResembling { job } => words!(lang,
            ("任务 {job}（同名文件或它的副本）给同样的人（姓名或手机号相同）发过内容不同的合同：像是改过再发", "已发的那份不要了：先在电子签里撤回或不要确认它，再加 --allow-duplicates；那份仍有效：去掉这一行；确实是另一份：加 --allow-duplicates，或给每份填上合同编号"),
            ("job {job} (of a file of this name, or a copy of it) sent other contents to the same people, by name or mobile: this looks like a correction", "If the one that was sent is not wanted any more, take it back or do not confirm it, then add --allow-duplicates. If it holds, take the row out. If this is another contract, add --allow-duplicates, or give each one a contract_id")),
        Rule::NumberSentAlike { job } => words!(lang,
            ("任务 {job} 发过编号只有前面的 0、大小写或分隔符不同的合同（如 1 和 0001，HT-001 和 HT001）", "是同一份合同就去掉这一行，或把编号改成当时的写法；确实是另一份时请加 --allow-duplicates"),
            ("job {job} sent a contract whose contract_id differs in leading zeros, capitals or hyphens alone (such as 1 and 0001, HT-001 and HT001)", "If it is the same contract, take the row out, or write the number as it was then; if it is another one, add --allow-duplicates")),
        Rule::SentMeanwhile { job } => words!(lang,
            ("任务 {job} 已经发出这份合同（修改之前的，或另一次修改后的）", "是同一份合同就去掉这一行；确要再发一份请加 --allow-duplicates"),
            ("job {job} has sent this contract meanwhile, as it was or corrected otherwise", "If it is the same contract, take the row out; to send it as well, add --allow-duplicates")),
        Rule::WaitsThere { job, id } => words!(lang,
            ("这份合同（修改之前的，或另一次修改后的）在任务 {job} 里还等着发，或不知道是否已经发起，两份都发就重了", "这一行先留着：请先把那个任务做完（flowbatch status {id} 会说怎么继续），再运行这个文件，那时已经发出的会认出来；确要两份都发请加 --allow-duplicates"),
            ("this contract, as it was or corrected otherwise, still waits to be sent by job {job}, or nobody knows whether it was: both would be one too many", "Keep the row. Bring that job to its end first (flowbatch status {id} says how), then run this file again: what went out is known then. To send both, add --allow-duplicates")),
        Rule::NotCorrected => words!(lang,
            ("这一格上次标红以后没有改过，原表里的毛病（如删除线、没有算出的公式、被合并单元格盖住）在修改表里看不到了", "请改成要发送的内容；确实就要这样，请清空这一行第一列的失败原因（没有那一列，就清空这一行的 flowbatch.red 列）"),
            ("this cell has not been changed since it was marked red; what was wrong in the input (a line through it, a formula without a result, a merged cell over it) does not show in the workbook to correct", "Give it the value that is to be sent; if it is meant as it stands, clear the reason in the row's first column (or, where that is gone, the row's cell under flowbatch.red)")),
        Rule::OriginChanged => words!(lang,
            ("这一格被改动过，看不出这一行改的是哪份合同", "请从修改表里恢复原来的值；新加的合同请把这一格清空"),
            ("this cell was changed, so it is not known which contract the row corrects", "Put back what the fix workbook had there; of a contract that you have added, clear the cell")),
        Rule::OriginsGone { job } => words!(lang,
            ("修改表里隐藏的 flowbatch.flow 列没有了，看不出每一行改的是任务 {job} 的哪份合同；没有合同编号时，改好的和没改的可能都会发出去", "请运行 flowbatch report {job} 重新生成修改表，在那里改，保留这一列"),
            ("the hidden column flowbatch.flow of the fix workbook is gone, so it is not known which contracts of job {job} its rows are; without contract_ids both versions might be sent", "Run flowbatch report {job} for another fix workbook, and correct it there with that column")),
        Rule::SenderChanged { field, before } => words!(lang,
            ("这个任务开始时，{name}是“{before}”；现在设置里是“{now}”，还没有发送的合同会用现在的", "如果不对，请在发送完之前停下（Ctrl-C），改回设置再运行"),
            ("the job began with {name} \"{before}\"; the settings now have \"{now}\", and what is not sent yet goes with that", "If that is wrong, stop (Ctrl-C), set it back, and run again"),
            name = f(field), now = problem.value.as_deref().unwrap_or_default()),
        Rule::SentElsewhere { count, job, endpoint, app, organization } => words!(lang,
            ("其中 {count} 份内容相同的合同发过，但不是为这个应用和企业：应用 {app}，企业 {organization}，{endpoint}（任务 {job}）", "那里发的不算重复，所以照常发送；如果不该再发，请不要确认它们的页面，并核对设置"),
            ("{count} of these were sent for another application or organization: app {app}, organization {organization}, {endpoint} (job {job})", "What was sent there is no duplicate here, so they are sent; if they should not be, do not confirm their pages, and check the settings")),
        Rule::RestLeftOut { job, count: 0 } => words!(lang,
            ("这个文件发送过（任务 {job}），当时用 --where、--sheet 之类的回答排除了一些行；这个限制现在不在了。这些行里可能还有没有发送的，但要先改正或回答问题", "要发送：同样的命令再加上 --again=rest；改好后已经发送了，或者不用发送，就不用管"),
            ("this file was sent (job {job}), and --where, --sheet or the like left some of its rows out; they do not any more. Some of these rows may not have been sent yet, and have to be corrected or asked about first", "To send them, run the same command with --again=rest; if they have been corrected and sent, or are not to be sent, there is nothing to do")),
        Rule::RestLeftOut { job, count } => words!(lang,
            ("这个文件发送过（任务 {job}），当时用 --where、--sheet 之类的回答排除了其中的 {count} 份；这个限制现在不在了，而它们还没有发送", "要发送：同样的命令再加上 --again=rest；只发其中一些：再加上 --where \"列名=值\"；不用发送就不用管"),
            ("this file was sent (job {job}), and --where, --sheet or the like left out {count} of its contracts; they do not any more, and what was left out has not been sent", "To send them, run the same command with --again=rest; to send some of them, with --where \"HEADER=value\" as well; if they are not to be sent, there is nothing to do")),
    }
}

/// What was put right, for lists.
#[rustfmt::skip]
pub fn correction(lang: Lang, what: Correction) -> &'static str {
    match what {
        Correction::Spaces => lang.pick("去掉了多余的空格", "spaces removed"),
        Correction::Invisible => lang.pick("去掉了看不见的字符", "invisible characters removed"),
        Correction::Radicals => lang.pick("部首字符换成了普通汉字", "radicals replaced by the letters that look like them"),
        Correction::Apostrophe => lang.pick("去掉了开头的单引号", "leading apostrophe removed"),
        Correction::EqualsQuote => lang.pick("去掉了 =\"…\"", "=\"...\" removed"),
        Correction::FullWidth => lang.pick("全角改成了半角", "full-width characters made half-width"),
        Correction::Dot => lang.pick("姓名中的点改成了“·”", "dot in the name made the usual one"),
        Correction::Brackets => lang.pick("半角括号改成了全角", "half-width brackets made full-width"),
        Correction::UpperX => lang.pick("证件号码末位 x 改成了大写", "last x of the ID number made upper case"),
        Correction::Prefix86 => lang.pick("去掉了手机号前的 86", "86 before the mobile removed"),
        Correction::Separators => lang.pick("去掉了号码中的分隔符", "separators within the number removed"),
        Correction::TrailingZero => lang.pick("去掉了号码后的 .0", ".0 after the number removed"),
        Correction::MergedValue => lang.pick("取了合并单元格的值", "value of the merged cell taken"),
        Correction::Words => lang.pick("去掉了号码旁边的文字和标点", "words and marks beside the number removed"),
        Correction::Punctuation => lang.pick("去掉了姓名前后的标点", "punctuation around the name removed"),
        Correction::DateSerial => lang.pick("数字按日期理解", "number taken for a date"),
        Correction::WholeDay => lang.pick("零点的时间按整天理解（到当天 23:59:59）", "midnight taken for the whole day, to 23:59:59"),
        Correction::ShownDay => lang.pick("看到的只有日期，按整天理解（到当天 23:59:59）", "only the date is shown: taken for the whole day, to 23:59:59"),
        Correction::Mailto => lang.pick("去掉了 mailto:", "mailto: removed"),
        Correction::ShownValue => lang.pick("按看到的格式取值", "value taken as it is displayed"),
    }
}
