//! What the rows of a list are compared for, in one sheet of it or in all of them: what a column says of who signs and of
//! what is sent, what its cells are together, in which order people stand.

use jiff::civil::Date;

use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;
use crate::intake::plan::Source;

use super::blank_companies::BlankCompanies;
use super::bystanders::Bystanders;
use super::company_types::CompanyTypes;
use super::components_disagree::ComponentsDisagree;
use super::empty_columns::EmptyColumns;
use super::filled_down::FilledDown;
use super::form_columns::FormColumn;
use super::lacking_roles::LackingRoles;
use super::near_days::NearDays;
use super::newer_values::NewerValues;
use super::numbers_twice::NumbersTwice;
use super::observer::Observer;
use super::orders::Orders;
use super::own_ids::OwnIds;
use super::products::Products;
use super::refused_in_fields::RefusedInFields;
use super::second_numbers::SecondNumbers;
use super::signers_in_turn::SignersInTurn;
use super::signers_values::SignersValues;
use super::spares::Spares;
use super::submitted_twice::SubmittedTwice;
use super::wide_orders::WideOrders;
use super::wide_turns::WideTurns;

pub struct ListSurvey {
    /// Columns with a value for each contract.
    form: Vec<FormColumn>,
    pub bystanders: Bystanders,
    near_days: NearDays,
    /// Whatever sees every row that is sent, and nothing else.
    observers: Vec<Box<dyn Observer>>,
    /// A workbook of ours to correct: its column 发送 is ours.
    is_ours: bool,
}

fn observers(mapping: &Mapping) -> Vec<Box<dyn Observer>> {
    vec![
        Box::new(OwnIds::new(mapping)),
        Box::new(FilledDown::new(mapping)),
        Box::new(Spares::default()),
        Box::new(NewerValues::new(mapping)),
        Box::new(EmptyColumns::default()),
        Box::new(Orders::new(mapping)),
        Box::new(SecondNumbers::new(mapping)),
        Box::new(NumbersTwice::new(mapping)),
        Box::new(BlankCompanies::new(mapping)),
        Box::new(LackingRoles::new(mapping)),
        Box::new(RefusedInFields::new(mapping)),
        Box::new(SignersInTurn::new(mapping)),
        Box::new(SignersValues::new(mapping)),
        Box::new(SubmittedTwice::new(mapping)),
        Box::new(WideOrders::new(mapping)),
        Box::new(WideTurns::new(mapping)),
        Box::new(CompanyTypes::new(mapping)),
        Box::new(ComponentsDisagree::new(mapping)),
        Box::new(Products::new(mapping)),
    ]
}

impl ListSurvey {
    pub fn new(source: &Source, today: Date) -> Self {
        let mapping = &source.mapping;
        let has_deadline = source.said.defaults.iter().any(|(field, _)| field == FieldId::Deadline.name());
        Self {
            form: FormColumn::all(mapping),
            bystanders: Bystanders::new(mapping, today),
            near_days: NearDays::new(mapping, has_deadline, today),
            observers: observers(mapping),
            is_ours: source.workbook.kind_of_ours().is_some(),
        }
    }

    /// Of sheets that are called like versions of one list: whoever stands in two of them with other values is asked about.
    pub fn of_versions(source: &Source, today: Date) -> Self {
        let mut own = Self::new(source, today);
        own.observers.push(Box::new(SubmittedTwice::of_versions(&source.mapping)));
        own
    }

    /// Whether it matters which row is the first of a contract.
    pub fn asks_who_begins(&self) -> bool {
        !self.form.is_empty() || self.bystanders.asks_who_begins()
    }

    /// A row of a contract that is sent. `key`: what it has in the column that somebody has named, as a hash;
    /// `begins`: it is the first of its contract.
    pub fn row(&mut self, row: &SourceRow, key: Option<u64>, begins: bool) {
        self.observers.iter_mut().for_each(|observer| observer.row(row));
        // Further rows of a contract need not say again what it is.
        if begins {
            self.form.iter_mut().for_each(|column| column.look(row));
        }
        self.bystanders.row(row, key, begins && !self.is_ours);
        self.near_days.row(row);
    }

    /// It is a field of the contract that only the first of several has.
    pub fn is_of_first_alone(&self, column: usize) -> bool {
        self.form.iter().any(|own| own.is_of_first_alone(column))
    }

    /// `held`: the column of which it is asked already what it holds together; `asked`: that, or another thing that
    /// says which rows are one contract, is asked.
    pub fn finish(
        self,
        mapping: &Mapping,
        held: Option<usize>,
        asked: bool,
        tell: &mut dyn FnMut(Option<usize>, Rule),
    ) {
        let is_held = |column: usize| held == Some(column);
        self.form.into_iter().for_each(|own| own.finish(is_held, held.is_some(), tell));
        self.bystanders.finish(mapping, asked, tell);
        self.near_days.finish().for_each(|(column, rule)| tell(Some(column), rule));
        let observed = self.observers.into_iter().flat_map(Observer::finish);
        observed.for_each(|(column, rule)| tell(Some(column), rule));
    }
}
