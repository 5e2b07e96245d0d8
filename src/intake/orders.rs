//! Columns that say in which order people sign, where the rows stand in another one: the template's
//! places go by the rows.

use crate::contract::columns::{Target, plain_header};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    CHINESE_NUMBERS, LATER_SIGNERS, PARTIES, PLACES_OF_SIGNERS, ROLES, SIGNING_ORDERS, SIGNING_ROLES,
};
use crate::domain::problem::Rule;

use super::sheet_survey::hash_of;

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
    /// Of the row before, in the same contract.
    last: Option<usize>,
    /// The first row that stands behind one which signs later, and that one's.
    found: Option<(u32, u32, String)>,
    row: u32,
}

impl Orders {
    pub fn new(mapping: &Mapping) -> Self {
        // With a RecipientId the template says it.
        if mapping.layout == Layout::Wide || mapping.column_of("approver.recipient_id").is_some() {
            return Self::default();
        }
        let order = |(column, target): (usize, &Target)| {
            let plain = mapping.headers.get(column).map(|header| plain_header(header))?;
            let is_free = match target {
                Target::Unknown => true,
                Target::Field { field, .. } => field.name == "approver.role_name",
                _ => false,
            };
            let is_order = SIGNING_ORDERS.contains(&plain.as_str());
            let is_role = is_role_column(&plain);
            let known = is_free && (is_order || is_role) && !mapping.readings[column].said;
            let is_sent = *target != Target::Unknown;
            known.then_some(Order { column, is_sent, is_order, last: None, found: None, row: 0 })
        };
        Self { columns: mapping.targets.iter().enumerate().filter_map(order).collect(), contract: 0 }
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        if self.columns.is_empty() {
            return;
        }
        let contract = row.key_column().map_or(0, |column| hash_of(row.row.cell(column)));
        let goes_on = contract != 0 && contract == self.contract;
        self.contract = contract;
        for order in &mut self.columns {
            let text = row.row.cell(order.column).seen_ref();
            let place = place_of(text.trim(), order.is_order);
            if let (Some(last), Some(own)) = (order.last.filter(|_| goes_on), place)
                && own < last
                && order.found.is_none()
            {
                let value = text.trim().chars().take(12).collect();
                order.found = Some((row.row.number, order.row, value));
            }
            (order.last, order.row) = (place, row.row.number);
        }
    }

    pub fn finish(self) -> impl Iterator<Item = (usize, Rule)> {
        self.columns.into_iter().filter_map(|order| {
            let (row, first_row, value) = order.found?;
            Some((order.column, Rule::RowsOutOfOrder { value, row, first_row, is_sent: order.is_sent }))
        })
    }
}

/// 角色, 签约方: a column that says which of a contract's people somebody is.
pub fn is_role_column(plain: &str) -> bool {
    ROLES.contains(&plain) || SIGNING_ROLES.contains(&plain)
}

/// 1, 第二, 甲方, 签署方2, 后签: which place that is, counted from 0.
fn place_of(text: &str, is_order: bool) -> Option<usize> {
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
