//! What the rows of one sheet leave open: which of them are one contract, what hidden
//! columns bring, whether rows differ in more than what is sent.

use jiff::civil::Date;

use crate::contract::source_row::SourceRow;
use crate::contract::values;
use crate::domain::problem::{Place, Problem};
use crate::intake::plan::Source;
use crate::intake::store::Differs;

use super::comments::Comments;
use super::hidden::Hidden;
use super::likeness::Likeness;
use super::list::ListSurvey;
use super::merged_people::MergedPeople;
use super::which_rows::WhichRows;

pub struct SheetSurvey {
    which_rows: WhichRows,
    hidden: Hidden,
    /// The column that says whether a contract is left out.
    send: Option<usize>,
    likeness: Likeness,
    merged_people: MergedPeople,
    comments: Comments,
    list: ListSurvey,
}

impl SheetSurvey {
    pub fn new(source: &Source, today: Date) -> Self {
        let mapping = &source.mapping;
        let key = mapping.key.filter(|key| mapping.column_of("contract_id") != Some(*key));
        Self {
            which_rows: WhichRows::new(mapping, key),
            hidden: Hidden::new(source),
            send: mapping.column_of("send"),
            likeness: Likeness::new(mapping, key),
            merged_people: MergedPeople::new(mapping, source.merges_downwards()),
            comments: Comments::new(source),
            list: ListSurvey::new(source, today),
        }
    }

    /// Whether the row does not say that its contract is left out.
    pub fn is_sent(&self, row: &SourceRow) -> bool {
        self.send.is_none_or(|column| values::yes_no(&row.row.cell(column).seen()) != Some(false))
    }

    /// A row of a contract. Returns, of one that is sent, whether it is the first of its contract, where that matters.
    pub fn row(&mut self, row: &SourceRow) -> Option<bool> {
        let matters = self.send.is_some() || self.list.asks_who_begins();
        let begins = matters && self.which_rows.begins_contract(row);
        let is_sent = self.is_sent(row);
        self.which_rows.any_row(row);
        self.merged_people.row(row, is_sent);
        if !is_sent {
            self.comments.pass(row);
            return None;
        }
        self.hidden.row(row);
        self.comments.row(row);
        self.likeness.row(row);
        self.list.row(row, self.which_rows.own_key(row), begins);
        self.which_rows.row(row);
        Some(begins)
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
        let beside = self.list.bystanders.several().map(header).unwrap_or_default();
        let is_of_first = |column: usize| self.list.is_of_first_alone(column);
        let mut which = self.which_rows.finish(mapping, &self.list.bystanders, &beside, is_of_first);
        let held = which.held.take();
        let asked = which.has_some() || self.likeness.has_some();
        self.list.finish(mapping, held.as_ref().map(|(column, _)| *column), asked, &mut tell);
        // One question about what holds rows together is enough.
        if let Some((column, rule)) = held.filter(|_| which.suspect_key.is_none()) {
            tell(Some(column), rule);
        }
        if let Some((column, rule)) = self.likeness.finish(mapping, header) {
            tell(column, rule);
        }
        if let Some((column, rule)) = self.merged_people.finish() {
            tell(Some(column), rule);
        }
        let unseen = self.comments.finish().chain(self.hidden.finish(source));
        unseen.for_each(|rule| tell(None, rule));
        which.finish(mapping, asked, &beside, place, problems);
    }
}
