//! What the rows of one contract say, gathered in a draft.

use std::collections::HashSet;

use crate::domain::cell::Cell;
use crate::domain::field::{FieldId, Kind, MAX_APPROVERS, MAX_CCS};
use crate::domain::problem::{Correction, Problem, Rule};
use crate::domain::said::SkipOrSend;

use super::columns::Target;
use super::compiled::{Column as CompiledColumn, Part};
use super::dates::Clock;
use super::draft::{Draft, Given, Party, Values};
use super::form_values;
use super::memo::{Memo, parse};
use super::source_row::SourceRow;
use super::values::{self, Parsed};
use super::vocabulary::NO_PARTY;

/// The third signer and those behind him, in whose columns stands nothing but 无 or /, in two of them at least: the
/// contract has no such party.
fn absent_parties(source: &SourceRow) -> Vec<usize> {
    let compiled = source.mapping.compiled();
    // A contract of two that loses the second is another one.
    if compiled.approvers < 3 {
        return Vec::new();
    }
    let mut parties = vec![(0_u32, 0_u32); compiled.approvers];
    for column in &compiled.columns {
        let Part::Approver(number) = column.part else { continue };
        let cell = source.row.cell(column.at);
        if let Some((filled, nothing)) = parties.get_mut(number).filter(|_| number > 1 && !cell.is_blank()) {
            *filled += 1;
            *nothing += u32::from(NO_PARTY.contains(&cell.seen_ref().trim()));
        }
    }
    // One in the middle would give its seat to the one behind.
    let from_behind = parties.iter().enumerate().rev();
    let last = from_behind.take_while(|(_, (filled, nothing))| filled == nothing);
    last.filter(|(_, (filled, _))| *filled > 1).map(|(number, _)| number).collect()
}

impl Draft<'_> {
    pub fn read_row(
        &mut self,
        index: usize,
        source: &SourceRow,
        memos: &mut [Memo],
        places: &mut Vec<u32>,
        clock: &Clock,
    ) {
        let compiled = source.mapping.compiled();
        places.resize(compiled.form_fields.len(), 0);
        let (approvers, ccs) = (self.approvers.len(), self.ccs.len());
        let party = |number| Party { values: Values::default(), row: index, number };
        self.approvers.extend((0..compiled.approvers).map(party));
        self.ccs.extend((0..compiled.ccs).map(party));
        let absent = absent_parties(source);
        for (column, memo) in compiled.columns.iter().zip(memos) {
            let cell = source.row.cell(column.at);
            let is_absent = matches!(column.part, Part::Approver(number) if absent.contains(&number));
            if cell.is_blank() || is_absent {
                continue;
            }
            let is_date = column.form.kind == form_values::FormKind::Date;
            let parsed = match source.row.mark(column.at).from_1904 && (column.field.is_some() || is_date) {
                true => {
                    let kind = if is_date { Kind::Deadline } else { column.kind };
                    parse(column, &values::counted_from_1900(kind, cell), clock)
                }
                false => memo.parse(column, cell, clock),
            };
            let merged = source.merged.contains(&column.at);
            let Some(given) = self.take(index, column.at, cell, merged, parsed) else { continue };
            match (column.part, column.field) {
                (Part::Approver(number), Some(field)) => {
                    if let Some(party) = self.approvers.get_mut(approvers + number) {
                        party.values.set(field, given);
                    }
                }
                (Part::Cc(number), Some(field)) => {
                    if let Some(party) = self.ccs.get_mut(ccs + number) {
                        party.values.set(field, given);
                    }
                }
                (part, Some(field)) => self.once(part, field, given),
                (Part::FormField(place), None) => {
                    if let (Some(name), Some(own)) = (compiled.form_fields.get(place), places.get_mut(place))
                    {
                        self.form_value(name, own, given);
                    }
                }
                (_, None) => {}
            }
        }
        let filled = self.approvers.iter().skip(approvers).filter(|party| !party.values.is_empty());
        let gap = filled.enumerate().find(|(expected, party)| party.number != *expected);
        // Nobody is missing where somebody has said that his columns are no signer's.
        let is_left_out = |number: usize| {
            let is_his = |column: &CompiledColumn| column.part == Part::Approver(number);
            source.mapping.targets.contains(&Target::Ignored) && !compiled.columns.iter().any(is_his)
        };
        let is_meant = source.mapping.missing_party == Some(SkipOrSend::Send);
        let gap = gap.filter(|(expected, _)| !is_meant && !is_left_out(*expected));
        let gap = gap.map(|(expected, _)| expected + 1);
        if let Some(number) = gap {
            self.tell(index, None, None, Rule::ApproverGap { number });
        }
        drop_empty(&mut self.approvers, approvers);
        drop_empty(&mut self.ccs, ccs);
    }

    /// Fields in their order, in every part.
    pub fn sort(&mut self) {
        self.flow.sort();
        self.request.sort();
        self.approvers.iter_mut().chain(&mut self.ccs).for_each(|party| party.values.sort());
    }

    /// Like any column of the contract, a cc may be repeated on each of its rows.
    pub fn join_equal_ccs(&mut self) {
        if self.ccs.len() < 2 {
            return;
        }
        let mut seen: HashSet<Vec<(FieldId, String)>> = HashSet::new();
        self.ccs.retain(|cc| {
            let values = cc.values.iter().map(|(id, given)| (id, given.value.to_string()));
            let mut values: Vec<(FieldId, String)> = values.collect();
            values.sort();
            seen.insert(values)
        });
    }

    fn take(
        &mut self,
        row: usize,
        column: usize,
        cell: &Cell,
        merged: bool,
        parsed: Parsed,
    ) -> Option<Given> {
        let Parsed { value, text, rules } = parsed;
        for rule in rules {
            self.tell(row, Some(column), Some(text.clone()), rule);
        }
        if merged && let Some(value) = &value {
            let text = cell.seen();
            let to = value.as_str().unwrap_or(&text).to_owned();
            let rule = Rule::Corrected { what: Correction::MergedValue, to };
            self.tell(row, Some(column), Some(text), rule);
        }
        value.map(|value| Given { value, row, column: Some(column) })
    }

    /// Contract columns are given once or repeated, never differently.
    fn once(&mut self, part: Part, field: FieldId, given: Given) {
        let values = if part == Part::Request { &mut self.request } else { &mut self.flow };
        match values.get(field) {
            None => values.set(field, given),
            Some(first) if first.value == given.value || field == FieldId::Send => {
                // A contradiction in `send` has its own sentence: see `check_send`.
            }
            Some(first) => {
                let first_row = first.row;
                self.contradiction(first_row, &given);
            }
        }
    }

    /// `place`: where it stands among the contract's, counted from 1.
    fn form_value(&mut self, name: &str, place: &mut u32, given: Given) {
        let first = (*place as usize).checked_sub(1).and_then(|at| self.fields.get(at));
        match first {
            None => {
                self.fields.push((name.to_owned(), given));
                *place = u32::try_from(self.fields.len()).unwrap_or_default();
            }
            Some((_, first)) if first.value == given.value => {}
            Some((_, first)) => {
                let first_row = first.row;
                self.contradiction(first_row, &given);
            }
        }
    }

    /// Components that the header calls required. `places`: of each, 1 + its place among those that
    /// have a value; 0: it has none.
    pub fn require_form_fields(&mut self, places: &[u32]) {
        let Some(source) = self.rows.first() else { return };
        let compiled = source.mapping.compiled();
        for column in compiled.columns.iter().filter(|column| column.form.required) {
            let Part::FormField(place) = column.part else { continue };
            let Some(name) = compiled.form_fields.get(place) else { continue };
            // A dash is what people write where there is nothing.
            let says_nothing = |given: &Given| {
                let text = given.value.as_str().unwrap_or_default().trim();
                text.chars().all(|c| matches!(c, '-' | '—' | '–' | '－' | '/' | '\\' | '_' | '.' | '。'))
            };
            let own = places.get(place).and_then(|at| (*at as usize).checked_sub(1));
            let own = own.and_then(|at| self.fields.get(at));
            let given = own.is_some_and(|(_, given)| column.as_text || !says_nothing(given));
            let told = |problem: &Problem| {
                problem.stops() && problem.place.column.as_ref().is_some_and(|own| own.index == column.at)
            };
            if !given && !self.problems.iter().any(told) {
                self.tell(0, Some(column.at), None, Rule::Required { field: format!("field:{name}").into() });
            }
        }
    }

    fn contradiction(&mut self, first_row: usize, given: &Given) {
        let other_row = self.number_of(first_row);
        let seen = self.seen(given);
        self.tell(given.row, given.column, Some(seen), Rule::Contradiction { other_row });
    }

    /// 否 on some rows of a contract only: never a contract minus a signer.
    pub fn check_send(&mut self) {
        let mut first: Option<(bool, u32)> = None;
        let mut differs = None;
        for (index, source) in self.rows.iter().enumerate() {
            let Some(column) = source.mapping.compiled().column_of(FieldId::Send) else { continue };
            let cell = source.row.cell(column);
            // Further rows need not say it again.
            if cell.is_blank() && first.is_some() {
                continue;
            }
            let said = values::yes_no(&cell.seen()).unwrap_or(true);
            match first {
                None => first = Some((said, source.row.number)),
                Some((other, row)) if other != said && differs.is_none() => {
                    differs = Some((index, column, row))
                }
                Some(_) => {}
            }
        }
        if let Some((row, column, other_row)) = differs {
            let value = self.rows.get(row).map(|source| source.row.cell(column).seen());
            self.tell(row, Some(column), value, Rule::SendDiffers { other_row });
        }
    }

    pub fn too_many(&mut self) {
        let over = |what: &'static str, parties: &[Party], limit: usize| {
            parties
                .get(limit)
                .map(|party| (party.row, Rule::TooMany { what: what.into(), limit, found: parties.len() }))
        };
        let found = [over("approvers", &self.approvers, MAX_APPROVERS), over("ccs", &self.ccs, MAX_CCS)];
        for (row, rule) in found.into_iter().flatten() {
            self.tell(row, None, None, rule);
        }
    }
}

/// Those from `first` on that got no value.
fn drop_empty(parties: &mut Vec<Party>, first: usize) {
    // A list under one number has as many before it as it has rows.
    let mut kept = first;
    for at in first..parties.len() {
        if !parties[at].values.is_empty() {
            parties.swap(kept, at);
            kept += 1;
        }
    }
    parties.truncate(kept);
}
