//! What a sheet leaves open, in words: each says what was found, and how the sheet
//! itself can answer. The options that answer it stand in `domain/answer.rs`.

mod contents;
mod sent;
mod sheet;
mod signers;
mod which_rows;

use crate::domain::answer::IGNORE;
use crate::domain::problem::{Problem, RowPairs};

use super::problems::{field_name, some_of};
use super::{Lang, Words, say};

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

/// Rows with their word, each under its sheet where there are several: 第 2、4 行, “一部”第 2 行，“二部”第 3 行.
fn rows_of_sheets(lang: Lang, rows: &[u32], sheets: &[String], count: u64) -> String {
    if sheets.is_empty() {
        let list = rows_of(lang, rows, count);
        return say!(lang, "第 {list} 行", "rows {list}");
    }
    let mut parts: Vec<(&str, Vec<u32>)> = Vec::new();
    for (row, sheet) in rows.iter().zip(sheets) {
        match parts.last_mut().filter(|(own, _)| own == sheet) {
            Some((_, rows)) => rows.push(*row),
            None => parts.push((sheet, vec![*row])),
        }
    }
    let part = |(sheet, rows): &(&str, Vec<u32>)| {
        let list = rows_of(lang, rows, rows.len() as u64);
        say!(lang, "“{sheet}”第 {list} 行", "rows {list} of {sheet}")
    };
    let more = if count > rows.len() as u64 { lang.pick("……", "; ...") } else { "" };
    format!("{}{more}", parts.iter().map(part).collect::<Vec<_>>().join(lang.pick("，", "; ")))
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

/// `sheet`: the one that the row is in, where that has to be said.
fn row_of(lang: Lang, row: u32, sheet: Option<&str>) -> String {
    match sheet {
        Some(sheet) => say!(lang, "“{sheet}”第 {row} 行", "row {row} of {sheet}"),
        None => say!(lang, "第 {row} 行", "row {row}"),
    }
}

/// Rows that go together, two by two.
fn pairs_of(lang: Lang, pairs: &RowPairs) -> String {
    let RowPairs { rows, sheets, count } = pairs;
    let row = |at: usize| Some(row_of(lang, *rows.get(at)?, sheets.get(at).map(String::as_str)));
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

/// Empty for a rule that is an error of a cell, or known by a file's other sentences.
pub fn explain(lang: Lang, problem: &Problem) -> Words {
    let kinds = [sheet::explain, signers::explain, which_rows::explain, contents::explain, sent::explain];
    kinds.into_iter().find_map(|explain| explain(lang, problem)).unwrap_or_else(|| Words::new("", ""))
}

/// Somebody as the header calls him.
fn name(lang: Lang, who: &str) -> String {
    match who {
        "" => lang.pick("这个人", "this person").to_owned(),
        who => say!(lang, "“{who}”", "\"{who}\""),
    }
}
