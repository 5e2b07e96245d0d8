//! Columns that say which papers each person of a list signs: 劳动合同 and 保密协议 with ticks, 签署文件1 and 签署文件2.
//! A row is one contract of one template, whatever they say.

use std::collections::BTreeMap;

use crate::domain::cell::{Cell, Row};
use crate::domain::problem::Rule;

use super::columns::Target;
use super::layout::Mapping;
use super::sampled::{all_are, is_mobile};
use super::values::yes_no;
use super::vocabulary::{NUMBERED_PAPERS, PAPER_ENDS, WHETHER};

/// Asks how many contracts a row is where several such columns have something in them.
pub(super) fn ask(mapping: &mut Mapping, below: &[&Row]) {
    let is_free = |column: &usize| {
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !mapping.asked.iter().any(|(own, _)| own == column)
    };
    let free: Vec<(usize, String)> =
        (0..mapping.targets.len()).filter(is_free).map(|column| (column, mapping.plain(column))).collect();
    let is_tick = |cell: &Cell| yes_no(cell.seen_ref().trim()) == Some(true);
    let is_paper =
        |plain: &str| !plain.starts_with(WHETHER) && PAPER_ENDS.iter().any(|end| plain.ends_with(end));
    let ticked = free.iter().filter(|(column, plain)| is_paper(plain) && all_are(below, *column, is_tick));
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
        let tick = below.iter().map(|row| row.cell(*first).seen().trim().to_owned());
        let tick = tick.filter(|_| ticked).find(|text| !text.is_empty());
        mapping.asked.push((*first, Rule::PapersBeside { papers, tick }));
    }
}
