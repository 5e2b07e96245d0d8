//! `甲方签署顺序 | … | 乙方签署顺序`: a wide sheet that says who signs first, where its columns stand in
//! another order: the template's places go by the columns.

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{NUMBERED_WORDS, PARTIES, SHORT_PARTIES, SIGNING_ORDERS, WHO_SIGNS_FIRST};
use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::observer::Observer;

use super::orders::place_of;

#[derive(Default)]
pub struct WideOrders {
    /// The place that a header gives its signer, and the column; the first place first.
    columns: Vec<(usize, usize)>,
    /// A column that says it of all of them: 签署顺序 with 乙方先签.
    of_all: Option<usize>,
    /// The names of the first two signers.
    names: Option<(usize, usize)>,
    found: Option<(usize, Rule)>,
}

impl WideOrders {
    pub fn new(mapping: &Mapping) -> Self {
        // With a RecipientId the template says it.
        if mapping.layout != Layout::Wide || mapping.column_of("approver.recipient_id").is_some() {
            return Self::default();
        }
        let order = |(column, target): (usize, &Target)| {
            let place = signer_of(&mapping.plain(column))?;
            (*target == Target::Unknown && !mapping.readings[column].said).then_some((place, column))
        };
        let mut columns: Vec<_> = mapping.targets.iter().enumerate().filter_map(order).collect();
        columns.sort_unstable();
        let is_of_all = |column: &usize| {
            let plain = mapping.plain(*column);
            let is_order =
                [SIGNING_ORDERS, WHO_SIGNS_FIRST].iter().any(|words| words.contains(&plain.as_str()));
            is_order && mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said
        };
        let of_all = (0..mapping.targets.len()).find(is_of_all);
        let of_signer = |own: usize| {
            mapping.targets.iter().position(|target| {
                matches!(target, Target::Field { field, index: Some(index) }
                    if field.level == Level::Approver && *index == own)
            })
        };
        let names = of_signer(0).zip(of_signer(1));
        Self { columns, of_all, names, found: None }
    }
}

impl Observer for WideOrders {
    fn row(&mut self, row: &SourceRow) {
        if self.found.is_some() {
            return;
        }
        if let (Some(column), Some((behind, first))) = (self.of_all, self.names)
            && turns_around(row.row.cell(column).seen_ref().trim())
        {
            let header = |column: usize| row.mapping.headers[column].to_string();
            let (first, behind, columns) = (header(first), header(behind), vec![header(column)]);
            self.found =
                Some((column, Rule::SignersOutOfOrder { first, behind, row: row.row.number, columns }));
            return;
        }
        if self.columns.len() < 2 {
            return;
        }
        let order_of = |column: usize| place_of(row.row.cell(column).seen_ref().trim(), true);
        let said = self.columns.iter().filter_map(|(_, column)| Some((*column, order_of(*column)?)));
        let said: Vec<(usize, usize)> = said.collect();
        let turned = said.windows(2).find(|pair| pair[1].1 < pair[0].1);
        self.found = turned.map(|pair| {
            let header = |column: usize| row.mapping.headers[column].to_string();
            let (behind, first) = (header(pair[0].0), header(pair[1].0));
            let columns = self.columns.iter().map(|(_, column)| header(*column)).collect();
            (pair[1].0, Rule::SignersOutOfOrder { first, behind, row: row.row.number, columns })
        });
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        self.found.into_iter().collect()
    }
}

/// 乙方先签, 先乙后甲, 甲方后签, 2,1: the second signer comes first.
fn turns_around(text: &str) -> bool {
    let is_party = |c: char| matches!(c, '甲' | '乙' | '1' | '2');
    let Some(at) = text.find(is_party) else { return false };
    let rest = text.get(at..).unwrap_or_default();
    let behind = rest.trim_start_matches(|c: char| is_party(c) || c == '方');
    // 先乙后甲.
    let is_first = text.get(..at).is_some_and(|before| before.ends_with('先'));
    let comes_later = behind.starts_with('后') && !is_first;
    rest.starts_with(['乙', '2']) != comes_later
}

/// Whose order a header gives: 0 of `甲方签署顺序` and `签署方1顺序`.
fn signer_of(plain: &str) -> Option<usize> {
    let of_party = || PARTIES.iter().find_map(|(word, place)| Some((plain.strip_prefix(word)?, *place)));
    let numbered = || {
        let rest = NUMBERED_WORDS.iter().find_map(|word| plain.strip_prefix(word))?;
        let number = rest.chars().next()?.to_digit(10)?;
        Some((rest.get(1..)?, usize::try_from(number.checked_sub(1)?).ok()?))
    };
    // 甲-签署顺序.
    let by_letter = || {
        SHORT_PARTIES.iter().zip(0..).find_map(|(letter, place)| Some((plain.strip_prefix(*letter)?, place)))
    };
    // 签署顺序1.
    let behind = || {
        let number = plain.chars().last()?.to_digit(10)?;
        let what = plain.strip_suffix(|c: char| c.is_ascii_digit())?;
        Some((what, usize::try_from(number.checked_sub(1)?).ok()?))
    };
    let is_order = |(what, _): &(&str, usize)| SIGNING_ORDERS.contains(what);
    let found = [of_party(), by_letter(), numbered(), behind()];
    found.into_iter().flatten().find(is_order).map(|(_, place)| place)
}
