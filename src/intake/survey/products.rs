//! Components that are worked out of each other: 单价 x 数量 is 总价, 年租金 is twelve times 月租. Where most rows have it so, the
//! others ask.

use crate::contract::amounts::written_amount;
use crate::contract::columns::{Target, plain_header};
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    MAY_CHANGE_PRICES, PRICES_OF_ONE, QUANTITIES, REMARK_COLUMNS, TOTAL_PRICES, YEARLY_AMOUNTS,
};
use crate::domain::problem::{Disagreement, Rule};
use crate::intake::noted::NotedRows;

use super::observer::Observer;

/// What an amount is taken times.
enum Times {
    Column(usize),
    Months,
}

struct Product {
    amount: usize,
    times: Times,
    product: usize,
    header: String,
    /// Rows in which they agree.
    agree: u64,
    noted: NotedRows,
}

#[derive(Default)]
pub struct Products {
    products: Vec<Product>,
    /// Columns in which a row may say why it differs.
    remarks: Vec<usize>,
}

impl Products {
    pub fn new(mapping: &Mapping) -> Self {
        let components = mapping.targets.iter().enumerate().filter_map(|(column, target)| match target {
            Target::FormField(name) if !mapping.as_text.contains(&column) => {
                Some((column, plain_header(name)))
            }
            _ => None,
        });
        let components: Vec<(usize, String)> = components.collect();
        let the_only = |words: &[&str]| {
            let mut all = components.iter().filter(|(_, name)| words.contains(&name.as_str()));
            all.next().filter(|_| all.next().is_none()).map(|(column, _)| *column)
        };
        let product = |amount: usize, times: Times, product: usize| Product {
            amount,
            times,
            product,
            header: mapping.header(amount),
            agree: 0,
            noted: NotedRows::default(),
        };
        let bought = the_only(PRICES_OF_ONE).zip(the_only(QUANTITIES)).zip(the_only(TOTAL_PRICES));
        let bought = bought.map(|((price, count), total)| product(price, Times::Column(count), total));
        let yearly = YEARLY_AMOUNTS.iter().filter_map(|(monthly, yearly)| {
            Some(product(the_only(monthly)?, Times::Months, the_only(yearly)?))
        });
        // What may be in the price besides, or taken off it.
        let explains = |header: &str| MAY_CHANGE_PRICES.iter().any(|word| header.contains(word));
        let is_plain = !mapping.headers.iter().any(|header| explains(header));
        let remarks = (0..mapping.targets.len())
            .filter(|column| REMARK_COLUMNS.contains(&mapping.plain(*column).as_str()))
            .collect();
        let products = bought.into_iter().chain(yearly).filter(|_| is_plain).collect();
        Self { products, remarks }
    }
}

impl Product {
    /// None: one of them is no amount.
    fn agrees(&self, row: &SourceRow) -> Option<bool> {
        /// Amounts are in hundredths: what is left of rounding.
        const HUNDREDTHS: u64 = 100;
        const MONTHS: u64 = 12 * HUNDREDTHS;
        let amount = |column: usize| written_amount(row.row.cell(column).seen_ref().trim());
        let times = match self.times {
            Times::Column(column) => amount(column)?,
            Times::Months => MONTHS,
        };
        let product = amount(self.amount)?.checked_mul(times)? / HUNDREDTHS;
        Some(product.abs_diff(amount(self.product)?) <= HUNDREDTHS)
    }
}

impl Observer for Products {
    fn row(&mut self, row: &SourceRow) {
        for own in &mut self.products {
            match own.agrees(row) {
                Some(true) => own.agree += 1,
                Some(false) if self.remarks.iter().all(|column| row.row.cell(*column).is_blank()) => {
                    own.noted.note(row.row.number);
                }
                Some(false) => {}
                None => {}
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        // Where few have it so there is a discount, or something else in the price.
        let found =
            self.products.into_iter().filter(|own| own.noted.count > 0 && own.agree >= own.noted.count);
        let rule = |Product { product, header, noted: NotedRows { rows, count }, .. }| {
            (product, Rule::ComponentsDisagree { header, how: Disagreement::Product, rows, count })
        };
        found.map(rule).collect()
    }
}
