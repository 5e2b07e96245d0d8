//! Columns that say in which order people sign, where the rows stand in another one: the template's
//! places go by the rows.

use crate::contract::columns::{Target, names_a_counterparty, plain_header};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    CHINESE_NUMBERS, FAMILY, LATER_SIGNERS, PARTIES, PLACES_OF_SIGNERS, ROLE_VALUES, ROLES, ROLES_IN_TURN,
    SIGNING_ORDERS, SIGNING_ROLES, WORK_OF_PEOPLE,
};
use crate::domain::problem::Rule;

use super::observer::Observer;

use crate::intake::noted::hash_of;

#[derive(Default)]
pub struct Orders {
    columns: Vec<Order>,
    /// The contract of the row before.
    contract: u64,
}

struct Order {
    column: usize,
    /// It is sent as what the signer is.
    is_sent: bool,
    /// It is called an order, so that bare numbers in it are one.
    is_order: bool,
    /// It is called an order or a role.
    is_called_so: bool,
    /// Of the row before, in the same contract.
    last: Option<usize>,
    /// The first row that stands behind one which signs later.
    found: Option<Found>,
    row: u32,
    /// Words such as 出租方, of which none says a place: what stood there in the row before.
    word: String,
    /// Two of them that followed each other, and the second one's row; of the contracts before this one.
    followed: Vec<(String, String, u32)>,
    /// The same of this contract.
    here: Vec<(String, String, u32)>,
}

struct Found {
    row: u32,
    first_row: u32,
    value: String,
    reversed: Option<u32>,
}

/// Columns that are looked at.
const MOST_COLUMNS: usize = 8;
/// Pairs of roles that are remembered: more differ from contract to contract.
const MOST_PAIRS: usize = 16;

impl Orders {
    pub fn new(mapping: &Mapping) -> Self {
        // With a RecipientId the template says it.
        if mapping.layout == Layout::Wide || mapping.column_of("approver.recipient_id").is_some() {
            return Self::default();
        }
        let order = |(column, target): (usize, &Target)| {
            let plain = mapping.plain(column);
            let is_free = match target {
                Target::Unknown => true,
                Target::Field { field, .. } => field.name == "approver.role_name",
                _ => false,
            };
            let is_order = SIGNING_ORDERS.contains(&plain.as_str());
            let is_role = is_role_column(&plain);
            // 人员类型, 称谓: also of one that is called otherwise, where its words are those of signers.
            let may_be_role = *target == Target::Unknown && !WORK_OF_PEOPLE.contains(&plain.as_str());
            let known = is_free && (is_order || is_role || may_be_role) && !mapping.readings[column].said;
            let is_sent = *target != Target::Unknown;
            known.then(|| Order {
                column,
                is_sent,
                is_order,
                is_called_so: is_order || is_role,
                last: None,
                found: None,
                row: 0,
                word: String::new(),
                followed: Vec::new(),
                here: Vec::new(),
            })
        };
        let mut columns: Vec<Order> = mapping.targets.iter().enumerate().filter_map(order).collect();
        columns.sort_by_key(|order| !order.is_called_so);
        columns.truncate(MOST_COLUMNS);
        Self { columns, contract: 0 }
    }
}

impl Observer for Orders {
    fn row(&mut self, row: &SourceRow) {
        if self.columns.is_empty() {
            return;
        }
        let contract = row.key_column().map_or(0, |column| hash_of(row.row.cell(column)));
        let goes_on = contract != 0 && contract == self.contract;
        self.contract = contract;
        self.columns.retain_mut(|order| order.row(row, goes_on));
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let found = self.columns.into_iter().filter_map(|order| {
            let Found { row, first_row, value, reversed } = order.found?;
            let is_sent = order.is_sent;
            let rule = Rule::RowsOutOfOrder { value, row, first_row, is_sent, reversed, reversed_in: None };
            Some((order.column, rule))
        });
        found.collect()
    }
}

impl Order {
    /// `goes_on`: the row is of the same contract as the one before. Returns whether the column may say
    /// who of a contract somebody is.
    fn row(&mut self, row: &SourceRow, goes_on: bool) -> bool {
        let seen = row.row.cell(self.column).seen_ref();
        let text = seen.trim();
        if !self.is_called_so && !is_a_role(text) {
            return text.is_empty();
        }
        let place = place_of(text, self.is_order);
        if !goes_on {
            let here = std::mem::take(&mut self.here);
            let is_new = |(first, second, _): &(String, String, u32)| {
                !self.followed.iter().any(|(one, other, _)| one == first && other == second)
            };
            let new: Vec<_> = here.into_iter().filter(is_new).collect();
            self.followed.extend(new.into_iter().take(MOST_PAIRS.saturating_sub(self.followed.len())));
        }
        let reversed = if goes_on && place.is_none() { self.follows(text, row.row.number) } else { None };
        let is_behind = goes_on && self.last.zip(place).is_some_and(|(last, own)| own < last);
        if (is_behind || reversed.is_some()) && self.found.is_none() {
            let value = text.chars().take(12).collect();
            self.found = Some(Found { row: row.row.number, first_row: self.row, value, reversed });
        }
        (self.last, self.row) = (place, row.row.number);
        if self.word != text {
            text.clone_into(&mut self.word);
        }
        true
    }

    /// Whether the two stood the other way round in another contract: the row there.
    fn follows(&mut self, text: &str, row: u32) -> Option<u32> {
        if text.is_empty() || self.word.is_empty() || self.word == text {
            return None;
        }
        let pair = |one: &str, other: &str| {
            let is_it = |(first, second, _): &&(String, String, u32)| first == one && second == other;
            self.followed.iter().find(is_it).map(|(_, _, row)| *row)
        };
        let reversed = pair(text, &self.word);
        if self.followed.len() < MOST_PAIRS
            && self.here.len() < MOST_PAIRS
            && pair(&self.word, text).is_none()
        {
            self.here.push((self.word.clone(), text.to_owned(), row));
        }
        reversed
    }
}

/// Beside 配偶 and the like, whoever the list is about.
const SIGNER_HIMSELF: &str = "本人";

/// 主播, 监护人, 出租方: what a signer is for the contract.
fn is_a_role(text: &str) -> bool {
    [ROLE_VALUES, ROLES_IN_TURN, FAMILY].iter().any(|words| words.contains(&text))
        || text == SIGNER_HIMSELF
        || names_a_counterparty(text)
}

/// 角色, 签约方: a column that says which of a contract's people somebody is.
pub fn is_role_column(plain: &str) -> bool {
    ROLES.contains(&plain) || SIGNING_ROLES.contains(&plain)
}

/// 1, 第二, 甲方, 签署方2, 后签: which place that is, counted from 0.
pub fn place_of(text: &str, is_order: bool) -> Option<usize> {
    const LONGEST: usize = 24;
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let plain = plain_header(text);
    if let Some((_, place)) = PARTIES.iter().find(|(party, _)| plain.starts_with(party)) {
        return Some(*place);
    }
    if let Some(place) = LATER_SIGNERS.iter().position(|words| words.contains(&plain.as_str())) {
        return Some(place);
    }
    let numbered = PLACES_OF_SIGNERS
        .iter()
        .find_map(|word| plain.strip_prefix(word).or_else(|| plain.strip_prefix('第')?.strip_suffix(word)));
    let number = match numbered {
        Some(number) => number,
        None if is_order => plain.trim_start_matches('第').trim_end_matches(['个', '位', '步', '方']),
        None => return None,
    };
    match number.trim_end_matches(".0").parse::<usize>() {
        Ok(number) => Some(number),
        Err(_) => CHINESE_NUMBERS.iter().position(|own| own.to_string() == number).map(|at| at + 1),
    }
}
