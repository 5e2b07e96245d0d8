//! What the rows of one sheet leave open: which of them are one contract, what hidden
//! columns bring, whether rows differ in more than what is sent.

use jiff::civil::Date;

use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::values;
use crate::domain::field::FieldId;
use crate::domain::problem::{Place, Problem};
use crate::intake::plan::Source;
use crate::intake::store::Differs;

use super::blank_companies::BlankCompanies;
use super::bystanders::Bystanders;
use super::comments::Comments;
use super::company_types::CompanyTypes;
use super::components_disagree::ComponentsDisagree;
use super::empty_columns::EmptyColumns;
use super::filled_down::FilledDown;
use super::form_columns::FormColumn;
use super::hidden::Hidden;
use super::lacking_roles::LackingRoles;
use super::likeness::Likeness;
use super::merged_people::MergedPeople;
use super::near_days::NearDays;
use super::newer_values::NewerValues;
use super::numbers_twice::NumbersTwice;
use super::observer::Observer;
use super::orders::Orders;
use super::own_ids::OwnIds;
use super::refused_in_fields::RefusedInFields;
use super::second_numbers::SecondNumbers;
use super::signers_in_turn::SignersInTurn;
use super::signers_values::SignersValues;
use super::spares::Spares;
use super::submitted_twice::SubmittedTwice;
use super::which_rows::WhichRows;
use super::wide_orders::WideOrders;

pub struct SheetSurvey {
    which_rows: WhichRows,
    hidden: Hidden,
    /// The column that says whether a contract is left out.
    send: Option<usize>,
    /// A workbook of ours to correct: its column 发送 is ours.
    is_ours: bool,
    likeness: Likeness,
    /// Columns with a value for each contract.
    form: Vec<FormColumn>,
    bystanders: Bystanders,
    near_days: NearDays,
    merged_people: MergedPeople,
    comments: Comments,
    /// Whatever sees every row that is sent, and nothing else.
    observers: Vec<Box<dyn Observer>>,
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
        Box::new(CompanyTypes::new(mapping)),
        Box::new(ComponentsDisagree::new(mapping)),
    ]
}

impl SheetSurvey {
    pub fn new(source: &Source, today: Date) -> Self {
        let mapping = &source.mapping;
        let key = mapping.key.filter(|key| mapping.column_of("contract_id") != Some(*key));
        let has_deadline = source.said.defaults.iter().any(|(field, _)| field == FieldId::Deadline.name());
        Self {
            which_rows: WhichRows::new(mapping, key),
            hidden: Hidden::new(source),
            send: mapping.column_of("send"),
            is_ours: source.workbook.kind_of_ours().is_some(),
            likeness: Likeness::new(mapping, key),
            form: FormColumn::all(mapping),
            bystanders: Bystanders::new(mapping, today),
            near_days: NearDays::new(mapping, has_deadline, today),
            merged_people: MergedPeople::new(mapping, source.merges_downwards()),
            comments: Comments::new(source),
            observers: observers(mapping),
        }
    }

    /// Whether the row does not say that its contract is left out.
    pub fn is_sent(&self, row: &SourceRow) -> bool {
        self.send.is_none_or(|column| values::yes_no(&row.row.cell(column).seen()) != Some(false))
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        let matters = !self.form.is_empty() || self.send.is_some() || self.bystanders.asks_who_begins();
        let begins = matters && self.which_rows.begins_contract(row);
        let is_sent = self.is_sent(row);
        self.which_rows.any_row(row);
        self.merged_people.row(row, is_sent);
        if !is_sent {
            return self.comments.pass(row);
        }
        self.hidden.row(row);
        self.comments.row(row);
        self.observers.iter_mut().for_each(|observer| observer.row(row));
        // Further rows of a contract need not say again what it is.
        if begins {
            self.form.iter_mut().for_each(|column| column.look(row));
        }
        self.likeness.row(row);
        let key = self.which_rows.own_key(row);
        self.bystanders.row(row, key, begins && !self.is_ours);
        self.near_days.row(row);
        self.which_rows.row(row);
    }

    /// A row of a contract that is not meant, or left out because nobody sees it.
    pub fn passed_over(&mut self, row: &SourceRow) {
        self.comments.pass(row);
    }

    /// A row that is no contract, or may be none.
    pub fn other_row(&mut self) {
        self.which_rows.other_row();
    }

    /// A row whose contract is like that of an earlier one but for what is not sent.
    pub fn differs(&mut self, differs: &Differs) {
        self.likeness.differs(differs);
    }

    pub fn finish(self, source: &Source, problems: &mut Vec<Problem>) {
        let mapping = &source.mapping;
        let place = |column: Option<usize>| Place {
            file: source.file.clone(),
            sheet: source.name.clone(),
            row: column.map(|_| mapping.header_row),
            column: column.map(|column| mapping.place(column)),
        };
        let header = |column: usize| mapping.header(column);
        let mut tell = |column, rule| problems.push(Problem { place: place(column), value: None, rule });
        let beside = self.bystanders.several().map(header).unwrap_or_default();
        let is_of_first = |column: usize| self.form.iter().any(|own| own.is_of_first_alone(column));
        let mut which = self.which_rows.finish(mapping, &self.bystanders, &beside, is_of_first);
        let held = which.held.take();
        let is_held = |column: usize| held.as_ref().is_some_and(|(own, _)| *own == column);
        self.form.into_iter().for_each(|own| own.finish(is_held, held.is_some(), &mut tell));
        let asked = which.has_some() || self.likeness.has_some();
        self.bystanders.finish(mapping, asked, &mut tell);
        self.near_days.finish().for_each(|(column, rule)| tell(Some(column), rule));
        // One question about what holds rows together is enough.
        if let Some((column, rule)) = held.filter(|_| which.suspect_key.is_none()) {
            tell(Some(column), rule);
        }
        if let Some((column, rule)) = self.likeness.finish(mapping, header) {
            tell(column, rule);
        }
        let observed = self.observers.into_iter().flat_map(Observer::finish);
        for (column, rule) in observed.chain(self.merged_people.finish()) {
            tell(Some(column), rule);
        }
        let unseen = self.comments.finish().chain(self.hidden.finish(source));
        unseen.for_each(|rule| tell(None, rule));
        which.finish(mapping, asked, &beside, place, problems);
    }
}
