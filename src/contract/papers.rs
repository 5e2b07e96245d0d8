//! Columns that say which papers each person of a list signs: 劳动合同 and 保密协议 with ticks, 签署文件1 and 签署文件2.
//! A row is one contract of one template, whatever they say.

use std::collections::BTreeMap;

use crate::domain::cell::{Cell, Row};
use crate::domain::problem::Rule;

use super::columns::Target;
use super::layout::Mapping;
use super::sampled::{all_are, is_mobile};
use super::values::yes_no;
use super::vocabulary::{NUMBERED_PAPERS, PAPER_ENDS, PAPER_TICKS, WHETHER};

/// Nothing, as people write it: -, /, 无.
fn is_dash(cell: &Cell) -> bool {
    matches!(cell.seen_ref().trim(), "-" | "—" | "——" | "/" | "无" | "\\")
}

/// Asks how many contracts a row is where several such columns have something in them.
pub(super) fn ask(mapping: &mut Mapping, below: &[&Row]) {
    let is_free = |column: &usize| {
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !mapping.asked.iter().any(|(own, _)| own == column)
    };
    let free: Vec<(usize, String)> =
        (0..mapping.targets.len()).filter(is_free).map(|column| (column, mapping.plain(column))).collect();
    let is_tick = |cell: &Cell| {
        let seen = cell.seen_ref();
        let text = seen.trim();
        let is_copies = text.len() == 1 && text.bytes().all(|b| b.is_ascii_digit()) && text != "0";
        is_copies || yes_no(text) == Some(true) || PAPER_TICKS.contains(&text)
    };
    let is_answer =
        |cell: &Cell| is_tick(cell) || yes_no(cell.seen_ref().trim()) == Some(false) || is_dash(cell);
    let is_paper =
        |plain: &str| !plain.starts_with(WHETHER) && PAPER_ENDS.iter().any(|end| plain.ends_with(end));
    let is_ticked = |column: usize| {
        all_are(below, column, is_answer) && below.iter().any(|row| is_tick(row.cell(column)))
    };
    let ticked = free.iter().filter(|(column, plain)| is_paper(plain) && is_ticked(*column));
    let ticked: Vec<usize> = ticked.map(|(column, _)| *column).collect();
    // 合同1 with 劳动合同, and not with a number or a day.
    let is_name = |cell: &Cell| {
        let seen = cell.seen_ref();
        let text = seen.trim();
        !is_mobile(cell)
            && text.chars().any(|c| c.is_alphabetic())
            && !text.bytes().any(|b| b.is_ascii_digit())
    };
    let mut numbered: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (column, plain) in &free {
        let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit());
        if bare.len() < plain.len() && NUMBERED_PAPERS.contains(&bare) && all_are(below, *column, is_name) {
            numbered.entry(bare).or_default().push(*column);
        }
    }
    let named = numbered.into_values().find(|columns| columns.len() > 1).unwrap_or_default();
    let (columns, ticked) = if ticked.len() > 1 { (ticked, true) } else { (named, false) };
    if let Some(first) = columns.first().filter(|_| columns.len() > 1) {
        let papers = columns.iter().map(|column| mapping.headers[*column].to_string()).collect();
        let cells = below.iter().map(|row| row.cell(*first));
        let tick =
            cells.filter(|cell| ticked && is_tick(cell)).map(|cell| cell.seen().trim().to_owned()).next();
        mapping.asked.push((*first, Rule::PapersBeside { papers, tick }));
    }
}
