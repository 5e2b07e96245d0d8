//! What a file was understood as, for a person who is about to send it.

use crate::domain::cell::column_letters;
use crate::domain::field::{FieldId, Kind, by_name};
use crate::domain::mask::{self, Sort};
use crate::domain::understood::{
    ColumnUnderstood, DeadlinesUnderstood, FirstContract, FixedUnderstood, Understood, UnusedSheet,
    ValueUnderstood,
};
use crate::text::{Lang, problems, say, several};

/// Headers in one line; a sheet may have hundreds.
const MOST_COLUMNS: usize = 30;

/// The name of the sheet that has it in a check workbook.
pub fn title(lang: Lang) -> &'static str {
    lang.pick("识别结果", "Understood")
}

/// Lines above a header that are shown.
const MOST_LINES: usize = 3;

/// How much is shown of what stands in the cells, which is personal data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Values {
    Whole,
    /// Names and numbers cannot be read, and all that may speak of somebody is not shown.
    Masked,
    Hidden,
}

pub fn lines(lang: Lang, understood: &Understood, values: Values) -> Vec<String> {
    let mut lines = Vec::new();
    for sheet in &understood.sheets {
        let name = sheet.sheet.as_deref().filter(|_| understood.sheets.len() > 1);
        let name = name.map(|name| say!(lang, "工作表“{name}”：", "sheet \"{name}\": ")).unwrap_or_default();
        lines.push(say!(
            lang,
            "{name}表头在第 {row} 行",
            "{name}header in row {row}",
            row = sheet.header_row
        ));
        if !sheet.above.is_empty() && values == Values::Whole {
            let line =
                |(row, text): &(u32, String)| say!(lang, "第 {row} 行“{text}”", "row {row} \"{text}\"");
            let shown: Vec<String> = sheet.above.iter().take(MOST_LINES).map(line).collect();
            let more = if sheet.above.len() > MOST_LINES { lang.pick(" 等", ", ...") } else { "" };
            let list = format!("{}{more}", shown.join(lang.pick("，", ", ")));
            lines.push(say!(lang, "表头上面没有用的：{list}", "above the header, not used: {list}"));
        }
        let (used, unused): (Vec<&ColumnUnderstood>, Vec<&ColumnUnderstood>) =
            sheet.columns.iter().partition(|column| column.gives.is_some() || column.is_key);
        if !used.is_empty() {
            lines.push(list(lang, &used, |column| used_column(lang, column)));
        }
        if !unused.is_empty() {
            let list = list(lang, &unused, |column| unused_column(lang, column));
            lines.push(say!(lang, "不用的列：{list}", "not used: {list}"));
        }
        lines.extend(sheet.only.iter().map(|(header, values)| {
            if values.iter().all(String::is_empty) {
                return say!(lang, "只处理“{header}”空着的行", "only rows with nothing in {header}");
            }
            let values = values.join(lang.pick("”或“", "\" or \""));
            say!(lang, "只处理“{header}”是“{values}”的行", "only rows whose {header} is \"{values}\"")
        }));
    }
    if !understood.unused_sheets.is_empty() {
        let name = |own: &UnusedSheet| match own.hidden {
            true => say!(lang, "{name}（隐藏）", "{name} (hidden)", name = own.sheet),
            false => own.sheet.clone(),
        };
        let names: Vec<String> = understood.unused_sheets.iter().map(name).collect();
        let list = problems::some_of(lang, &names);
        lines.push(say!(lang, "没有用的工作表：{list}", "sheets not used: {list}"));
    }
    if !understood.added.is_empty() {
        let added: Vec<String> = understood
            .added
            .iter()
            .map(|(field, value)| format!("{} {value}", problems::field_name(lang, field)))
            .collect();
        lines.push(say!(
            lang,
            "设置里补上的：{list}",
            "from the settings: {list}",
            list = added.join(lang.pick("，", ", "))
        ));
    }
    lines.extend(understood.fixed.iter().map(|own| fixed_signer(lang, own)));
    if let Some(signers) = signers(lang, understood) {
        lines.push(signers);
    }
    lines.extend(deadlines(lang, &understood.deadlines));
    match (&understood.first, values) {
        (Some(first), Values::Whole) => lines.extend(first_contract(lang, first)),
        (Some(first), Values::Masked) => lines.extend(first_contract(lang, &masked(first))),
        _ => {}
    }
    lines
}

fn list(lang: Lang, columns: &[&ColumnUnderstood], show: impl Fn(&ColumnUnderstood) -> String) -> String {
    let shown: Vec<String> = columns.iter().take(MOST_COLUMNS).map(|column| show(column)).collect();
    let more = if columns.len() > MOST_COLUMNS { lang.pick(" 等", ", ...") } else { "" };
    format!("{}{more}", shown.join(lang.pick("，", ", ")))
}

fn unused_column(lang: Lang, column: &ColumnUnderstood) -> String {
    let header = column.header.replace('\n', " ");
    match column.notes.contains(&"hidden") {
        true => say!(lang, "{header}（隐藏，不发送）", "{header} (hidden, not sent)"),
        false => header,
    }
}

fn used_column(lang: Lang, column: &ColumnUnderstood) -> String {
    let header = column.header.replace('\n', " ");
    let header = format!("{} {header}", column_letters(column.column));
    match &column.gives {
        // It is called what it gives.
        Some(gives) if column.header == problems::field_name(lang, gives) && column.notes.is_empty() => {
            header
        }
        Some(gives) => {
            format!("{header} → {}{}", problems::field_name(lang, gives), notes(lang, &column.notes))
        }
        None => say!(
            lang,
            "{header} → 把同一份合同的行归在一起",
            "{header} → holds the rows of a contract together"
        ),
    }
}

/// What was read out of a component's name, and does not belong to it.
fn notes(lang: Lang, notes: &[&'static str]) -> String {
    let hidden = if notes.contains(&"hidden") { lang.pick("（隐藏）", " (hidden)") } else { "" };
    let notes: Vec<&str> = notes.iter().copied().filter(|note| *note != "hidden").collect();
    if notes.is_empty() {
        return hidden.to_owned();
    }
    let word = |note: &&str| match *note {
        "date" => lang.pick("(日期)：按日期控件的形式发送", "(日期): sent as a date component takes it"),
        "number" => lang.pick("(数字)：只发送数字", "(数字): sent as a plain number"),
        _ => lang.pick("(必填)：不能空着", "(必填): must not be empty"),
    };
    let words: Vec<&str> = notes.iter().map(word).collect();
    let list = words.join(lang.pick("，", ", "));
    say!(lang, "（去掉了列名后的{list}）{hidden}", " (left out of its name: {list}){hidden}")
}

fn fixed_signer(lang: Lang, own: &FixedUnderstood) -> String {
    let kind = problems::kind_word(lang, &own.kind);
    let name = own.organization.as_deref().map(|name| format!(" {name}")).unwrap_or_default();
    match own.is_last {
        true => say!(
            lang,
            "设置里的签署方，排在每份合同的最后面：{kind}{name}",
            "signer of the settings, the last of every contract: {kind}{name}"
        ),
        false => say!(
            lang,
            "设置里的签署方，排在每份合同的最前面：{kind}{name}",
            "signer of the settings, the first of every contract: {kind}{name}"
        ),
    }
}

fn deadlines(lang: Lang, found: &DeadlinesUnderstood) -> Option<String> {
    let (first, last) = found.first.as_deref().zip(found.last.as_deref())?;
    let count = found.count;
    if let [(at, _)] = found.all.as_slice() {
        return Some(say!(lang, "签署截止时间：都是 {at}", "deadline of all: {at}"));
    }
    if !found.all.is_empty() {
        let one = |(at, contracts): &(String, u64)| {
            say!(
                lang,
                "{at}（{contracts} 份）",
                "{at} ({several})",
                several = match lang {
                    Lang::Zh => String::new(),
                    Lang::En => several(*contracts, "contract"),
                }
            )
        };
        let list = found.all.iter().map(one).collect::<Vec<_>>().join(lang.pick("，", ", "));
        return Some(say!(lang, "签署截止时间：{list}", "deadlines: {list}"));
    }
    let more = if found.is_more { lang.pick("至少 ", "at least ") } else { "" };
    Some(say!(
        lang,
        "签署截止时间：有{more} {count} 个不同的，最早 {first}，最晚 {last}",
        "deadlines: {more}{count} different ones, the earliest {first}, the latest {last}"
    ))
}

/// How many contracts have how many signers.
pub fn signers(lang: Lang, understood: &Understood) -> Option<String> {
    let kinds: Vec<String> = understood
        .signers
        .iter()
        .map(|(signers, count)| {
            say!(
                lang,
                "{count} 份各有 {signers} 个签署方",
                "{contracts} with {signers}",
                contracts = several(*count, "contract"),
                signers = match lang {
                    Lang::Zh => signers.to_string(),
                    Lang::En => several(*signers as u64, "signer"),
                }
            )
        })
        .collect();
    (!kinds.is_empty()).then(|| kinds.join(lang.pick("，", ", ")))
}

fn first_contract(lang: Lang, first: &FirstContract) -> Vec<String> {
    let rows: Vec<String> = first.rows.iter().map(u32::to_string).collect();
    let mut lines = vec![say!(
        lang,
        "第一份合同（第 {rows} 行）：",
        "the first contract (row {rows}):",
        rows = rows.join(lang.pick("、", ", "))
    )];
    for (number, signer) in (1..).zip(&first.signers) {
        let values =
            signer.iter().map(|value| shown(lang, value)).collect::<Vec<_>>().join(lang.pick("，", ", "));
        let role = first
            .roles
            .get(number - 1)
            .map(|role| say!(lang, "（模板的“{role}”）", " (the template's {role})"));
        let role = role.unwrap_or_default();
        lines.push(say!(lang, "  签署方{number}{role}：{values}", "  signer {number}{role}: {values}"));
    }
    if let Some(deadline) = &first.deadline {
        lines.push(say!(lang, "  签署截止时间：{deadline}", "  deadline: {deadline}"));
    }
    let others =
        first.values.iter().filter(|value| value.field != "deadline").map(|value| shown(lang, value));
    let others: Vec<String> = others.collect();
    if !others.is_empty() {
        lines.push(format!("  {}", others.join(lang.pick("，", ", "))));
    }
    lines
}

/// `张*`, `138****8001`: who signs cannot be read, and of all else only what says nothing of anybody.
fn masked(first: &FirstContract) -> FirstContract {
    let masked = |value: &ValueUnderstood| {
        let field = by_name(&value.field);
        let says_nothing = field.is_some_and(|field| {
            matches!(field.id, FieldId::ApproverType | FieldId::TemplateId | FieldId::Deadline)
                || field.kind == Kind::YesNo
        });
        let shown = match field.map(|field| field.kind) {
            _ if says_nothing => value.value.clone(),
            Some(Kind::PersonName) => mask::hidden(Sort::Name, &value.value),
            Some(Kind::Mobile | Kind::IdNumber) => mask::hidden(Sort::Number, &value.value),
            _ => "***".to_owned(),
        };
        ValueUnderstood { value: shown, ..value.clone() }
    };
    FirstContract {
        signers: first.signers.iter().map(|own| own.iter().map(masked).collect()).collect(),
        values: first.values.iter().map(masked).collect(),
        ..first.clone()
    }
}

/// `姓名 张三（B列）`.
fn shown(lang: Lang, value: &ValueUnderstood) -> String {
    let field = problems::field_name(lang, &value.field);
    let value_text = match value.field.as_str() {
        "approver.type" => problems::kind_word(lang, &value.value),
        _ => &value.value,
    };
    let text: String = value_text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    match &value.column {
        Some((column, _)) => {
            say!(
                lang,
                "{field} {text}（{letters}列）",
                "{field} {text} (column {letters})",
                letters = column_letters(*column)
            )
        }
        None => say!(lang, "{field} {text}（设置）", "{field} {text} (settings)"),
    }
}
