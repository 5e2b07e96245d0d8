//! Cells of a component of the template.

use crate::contract::columns::{form_notes, in_one_line, plain_header};
use crate::contract::form_values::FormKind;
use crate::contract::layout::Mapping;
use crate::contract::refusals::is_left_undone;
use crate::contract::texts::ends_void;
use crate::contract::vocabulary::{ENDS_OF_DATES, FIRM_NEGATIONS, OF_BIRTH, OF_STATES, STATES_AS_VALUES};
use crate::domain::cell::{Cell, Value};
use crate::domain::problem::Rule;

use super::NotedRows;
use super::codes::Codes;
use super::filled::Filled;
use super::kinds::Kinds;
use super::open_values::OpenValues;
use super::shapes::is_an_epoch;
use super::written::Written;

/// What the header says of the cells below it, and the caller of the column.
struct Called {
    required: bool,
    /// The cells are dates or numbers: what is neither is an error of its cell, and a bare number
    /// among dates is a date.
    says_form: bool,
    is_date: bool,
    of_birth: bool,
    /// 离职 is a value of it.
    of_states: bool,
    as_text: bool,
}

impl Called {
    fn of(mapping: &Mapping, column: usize) -> Self {
        let header = mapping.header(column);
        let line = in_one_line(&header);
        let (name, notes) = form_notes(&line);
        let name = plain_header(name);
        let plain = plain_header(&header);
        let compiled = mapping.compiled().columns.iter().find(|own| own.at == column);
        Self {
            required: notes.required,
            says_form: compiled.is_none_or(|own| own.form.kind != FormKind::AsSeen),
            is_date: ENDS_OF_DATES.iter().any(|end| name.ends_with(end)),
            of_birth: OF_BIRTH.iter().any(|word| plain.contains(word)),
            of_states: OF_STATES.iter().any(|word| header.contains(word)),
            as_text: mapping.as_text.contains(&column),
        }
    }
}

pub struct ComponentColumn {
    called: Called,
    filled: Filled,
    written: Written,
    codes: Codes,
    kinds: Kinds,
    voids: Voids,
    open: OpenValues,
    /// 1970-01-01, unless the column is called a birthday.
    epochs: NotedRows,
}

impl ComponentColumn {
    pub fn new(mapping: &Mapping, column: usize) -> Self {
        let called = Called::of(mapping, column);
        Self {
            written: Written::new(!called.says_form),
            called,
            filled: Filled::default(),
            codes: Codes::default(),
            kinds: Kinds::default(),
            voids: Voids::default(),
            open: OpenValues::new(&mapping.header(column)),
            epochs: NotedRows::default(),
        }
    }

    pub fn look(&mut self, row: u32, cell: &Cell) {
        if !self.filled.look(row, cell) {
            return;
        }
        if !self.called.of_birth && is_an_epoch(cell) {
            self.epochs.note(row);
        }
        self.written.look(cell);
        self.codes.look(row, cell);
        if self.voids.look(row, cell) {
            return;
        }
        if !self.open.look(row, cell) {
            self.kinds.look(row, cell);
        }
    }

    pub fn finish(self, tell: &mut dyn FnMut(Rule)) {
        let Called { required, says_form, is_date, of_birth, of_states, as_text } = self.called;
        let empty = self.filled.empty_count();
        if !as_text {
            self.written.finish().map(&mut *tell);
        }
        if let Some(NotedRows { rows, count }) = self.filled.gaps().filter(|_| !required).cloned() {
            tell(Rule::FormFieldEmpty { rows, count });
        }
        if as_text {
            return;
        }
        let some = |noted: NotedRows| Some(noted).filter(|noted| noted.count > 0);
        // Where a date or a number is wanted, each is an error of its cell already.
        // Dates among 3-101 are told as that.
        let codes = if says_form { None } else { self.codes.finish() };
        self.open.finish(says_form, of_birth).filter(|_| codes.is_none()).map(&mut *tell);
        if let Some(NotedRows { rows, count }) = some(self.epochs) {
            tell(Rule::FormEpoch { rows, count });
        }
        // A component may well be a state; then most rows have one.
        if !of_states {
            self.voids.finish(empty).map(&mut *tell);
        }
        if says_form {
            // Where a number is wanted there are no days among which it could stand.
            if let Some(NotedRows { rows, count }) = self.kinds.serials_among_dates() {
                tell(Rule::SerialsAmongDates { rows, count });
            }
            return;
        }
        if let Some(NotedRows { rows, count }) = self.kinds.zeros_among_words() {
            tell(Rule::ZerosAmongTexts { rows, count });
        }
        if let Some(NotedRows { rows, count }) = codes {
            tell(Rule::DatesAmongCodes { rows, count });
        } else if let Some(NotedRows { rows, count }) = self.kinds.numbers_among_dates(is_date) {
            tell(Rule::SerialsAmongDates { rows, count });
        }
    }
}

/// 作废 and 已签 among other values.
#[derive(Default)]
struct Voids {
    rows: NotedRows,
    first: String,
    others: u64,
}

impl Voids {
    /// Whether the cell is one of them.
    fn look(&mut self, row: u32, cell: &Cell) -> bool {
        match &cell.value {
            Value::Text(text) if says_no(text.trim()) => {
                if self.first.is_empty() {
                    text.trim().clone_into(&mut self.first);
                }
                self.rows.note(row);
                true
            }
            _ => {
                self.others += 1;
                false
            }
        }
    }

    /// `empty`: rows with nothing. Told while most rows have something else.
    fn finish(self, empty: u64) -> Option<Rule> {
        let NotedRows { rows, count } = self.rows;
        let few = count > 0 && count <= self.others + empty;
        few.then_some(Rule::FormFieldSaysNo { value: self.first, rows, count })
    }
}

/// 先不要发这份, 暂不发送: of the contract itself. 不发放奖金 says what it is about.
fn is_not_to_go(text: &str) -> bool {
    FIRM_NEGATIONS.iter().filter_map(|word| text.strip_prefix(word)).any(|rest| {
        let rest = ["这份", "这个", "此份", "本份", "合同", "他", "她", "给他", "给她"]
            .iter()
            .fold(rest, |rest, word| rest.strip_suffix(word).unwrap_or(rest));
        is_left_undone(rest)
    })
}

/// 作废, 已签, A2(作废).
fn says_no(text: &str) -> bool {
    const LONGEST: usize = 48;
    !text.is_ascii()
        && text.len() <= LONGEST
        && (STATES_AS_VALUES.contains(&text) || ends_void(text) || is_not_to_go(text))
}
