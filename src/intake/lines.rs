//! Lines between the rows and below them that say of all contracts what no column does: until when, by which
//! template, with whom, or that none is to be sent.

use crate::contract::above::{
    names_a_deadline, names_a_party, not_to_send, says_not_to_send, says_of_all, says_of_contracts,
};
use crate::contract::own_company::names_another;
use crate::contract::source_row::SourceRow;
use crate::domain::problem::{Place, Problem, Rule};

use super::sections::is_left_out;
use super::source::settles_line;

/// The first line of each kind.
#[derive(Default)]
pub struct Lines {
    deadline: Option<Problem>,
    party: Option<Problem>,
    contents: Option<Problem>,
    /// Also whether it would be a title, were there rows below it.
    not_to_send: Option<(Problem, bool)>,
}

impl Lines {
    /// A row that is no contract; `said`: somebody has said that the line is not meant.
    pub fn look(&mut self, row: &SourceRow, said: bool) {
        let cells = row.row.cells.iter().filter(|cell| !cell.is_blank());
        let texts: Vec<String> = cells.map(|cell| cell.seen().trim().to_owned()).collect();
        self.look_for_deadline(row, &texts, said);
        self.look_for_party(row, &texts, said);
        self.look_for_stop(row, &texts);
        self.look_for_contents(row, &texts, said);
    }

    /// `请于12月10日前签完`.
    fn look_for_deadline(&mut self, row: &SourceRow, texts: &[String], said: bool) {
        if is_open(self.deadline.as_ref()) || row.mapping.column_of("deadline").is_some() {
            return;
        }
        let text = texts.join(" ");
        if names_a_deadline(&text) {
            let (number, header) = (row.row.number, row.mapping.header_row);
            let rule = Rule::DeadlineAbove { row: number, text, header, said, until: None };
            keep(&mut self.deadline, of_line(row, rule));
        }
    }

    /// `甲方：王五 13800138000`.
    fn look_for_party(&mut self, row: &SourceRow, texts: &[String], said: bool) {
        if is_open(self.party.as_ref()) {
            return;
        }
        let companies = names_another(&row.mapping, texts);
        if companies.is_some() || names_a_party(texts, &row.mapping) {
            let header = row.mapping.header_row;
            let rule = Rule::PartyAbove { row: row.row.number, header, said, companies };
            keep(&mut self.party, of_line(row, rule));
        }
    }

    /// `以上仅供参考，勿发`.
    fn look_for_stop(&mut self, row: &SourceRow, texts: &[String]) {
        if !is_open(self.not_to_send.as_ref().map(|(problem, _)| problem))
            && let Some(text) =
                texts.iter().find(|text| says_not_to_send(text) || says_of_all(text, &row.mapping))
        {
            // Where the header is says nothing of it; what becomes of rows below titles is said already.
            let said = settles_line(&row.mapping, texts);
            let is_title = is_left_out(text);
            let problem = of_line(row, not_to_send(row.row.number, text, &row.mapping, said));
            if !said || !(is_title || self.not_to_send.is_some()) {
                self.not_to_send = Some((problem, is_title));
            }
        }
    }

    /// `模板ID：yDemo…`.
    fn look_for_contents(&mut self, row: &SourceRow, texts: &[String], said: bool) {
        if is_open(self.contents.as_ref()) {
            return;
        }
        // A contract's number is that of the rows below it.
        let found = says_of_contracts(texts, &row.mapping).filter(|line| line.field != "contract_id");
        if let Some(line) = found {
            let rule = line.asked(row.row.number, row.mapping.header_row, said);
            keep(&mut self.contents, of_line(row, rule));
        }
    }

    /// A row of a contract stands below: what a title says of it is asked there.
    pub fn goes_on(&mut self) {
        self.not_to_send.take_if(|(_, is_title)| *is_title);
    }

    pub fn finish(self) -> impl Iterator<Item = Problem> {
        let not_to_send = self.not_to_send.map(|(problem, _)| problem);
        self.deadline.into_iter().chain(self.party).chain(not_to_send).chain(self.contents)
    }
}

/// The first of them, but an open one in the place of a settled one.
fn keep(kept: &mut Option<Problem>, line: Problem) {
    if kept.is_none() || line.stops() {
        *kept = Some(line);
    }
}

/// A line is asked about already: one that somebody has settled takes the place of none.
fn is_open(line: Option<&Problem>) -> bool {
    line.is_some_and(Problem::stops)
}

/// Its row stands in what is said of it.
fn of_line(row: &SourceRow, rule: Rule) -> Problem {
    Problem { place: Place { row: None, ..row.place(None) }, value: None, rule }
}
