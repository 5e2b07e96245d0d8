//! What the cells of a column are, taken together: which are empty among filled ones, and, of a
//! component's, which are bare numbers among dates.

use crate::contract::columns::{Target, form_notes, in_one_line, plain_header};
use crate::contract::form_values::FormKind;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::texts::{ends_void, is_undecided};
use crate::contract::vocabulary::{ENDS_OF_DATES, OF_BIRTH, OF_STATES, STATES_AS_VALUES};
use crate::domain::cell::{Cell, Shown, Value};
use crate::domain::problem::Rule;

use super::sheet_survey::NotedRows;

/// Fields of a contract that the settings may give where a cell is empty.
const MAY_BE_DEFAULTED: [&str; 2] = ["template_id", "deadline"];
const NAME: &str = "flow_name";

/// What the cells of a form field were.
#[derive(Default)]
pub struct FormColumn {
    column: usize,
    required: bool,
    filled: bool,
    /// The first contract has a value, and no other so far.
    only_first: bool,
    empty: NotedRows,
    dates: u64,
    serials: NotedRows,
    undecided: NotedRows,
    /// 1970-01-01, unless the column is called a birthday.
    epochs: NotedRows,
    of_birth: bool,
    /// It is called like something of which 离职 is a value.
    of_states: bool,
    /// 作废, 已签, and the first of them; and all rows with something else.
    says_no: NotedRows,
    no: String,
    others: u64,
    /// What a formula shows of an empty cell, or what is meant so; and texts without a digit.
    zeros: NotedRows,
    words: u64,
    /// Hours, and 0.375 among them: what a program keeps of nine in the morning.
    times: u64,
    percents: u64,
    fractions: NotedRows,
    /// 3-101, and what a spreadsheet program makes of 3-1: the first of March.
    codes: u64,
    made_dates: NotedRows,
    /// Whole dates, which a program has made where most are codes.
    made_days: NotedRows,
    as_text: bool,
    /// Its header says that its values are dates or numbers: what is neither is an error of its
    /// cell, and a bare number among dates is a date.
    is_said: bool,
    /// It is called like a date.
    is_called_date: bool,
    /// The settings may have a value for it: it is no component, but the field of that name.
    field: Option<&'static str>,
    /// Its header does not say what it takes.
    unsaid: bool,
    count: u64,
    amounts: u64,
    /// Some of either are in a form that its component does not take.
    odd_date: bool,
    odd_amount: bool,
}

impl FormColumn {
    pub fn all(mapping: &Mapping) -> Vec<Self> {
        let is_form = |column: &usize| match mapping.targets.get(*column) {
            Some(Target::FormField(_)) => true,
            Some(Target::Field { field, .. }) => MAY_BE_DEFAULTED.contains(&field.name) || field.name == NAME,
            _ => false,
        };
        let required = |column: usize| {
            mapping.headers.get(column).is_some_and(|own| form_notes(&in_one_line(own)).1.required)
        };
        let unsaid = |column: usize| {
            let compiled = mapping.compiled().columns.iter().find(|own| own.at == column);
            compiled.is_some_and(|own| own.form.kind == FormKind::AsSeen)
        };
        let called_date = |column: usize| {
            let name = mapping.headers.get(column).map(|own| plain_header(form_notes(&in_one_line(own)).0));
            name.is_some_and(|name| ENDS_OF_DATES.iter().any(|end| name.ends_with(end)))
        };
        let field = |column: usize| match mapping.targets.get(column) {
            Some(Target::Field { field, .. }) => Some(field.name),
            _ => None,
        };
        let own = |column| Self {
            column,
            field: field(column),
            is_called_date: called_date(column),
            of_states: mapping
                .headers
                .get(column)
                .is_some_and(|own| OF_STATES.iter().any(|word| own.contains(word))),
            of_birth: mapping.headers.get(column).is_some_and(|own| {
                let plain = plain_header(own);
                OF_BIRTH.iter().any(|word| plain.contains(word))
            }),
            unsaid: unsaid(column),
            is_said: !unsaid(column),
            required: required(column),
            as_text: mapping.as_text.contains(&column),
            ..Self::default()
        };
        (0..mapping.targets.len()).filter(is_form).map(own).collect()
    }

    /// A row that begins a contract.
    pub fn look(&mut self, row: &SourceRow) {
        let cell = row.row.cell(self.column);
        if cell.is_blank() {
            self.empty.note(row.row.number);
            return;
        }
        let is_first = !std::mem::replace(&mut self.filled, true) && self.empty.count == 0;
        if self.field.is_some() {
            self.only_first = is_first;
            // A contract called 0 is one whose name a formula did not find.
            match is_nothing_found(cell) {
                true => self.zeros.note(row.row.number),
                false => self.words += 1,
            }
            return;
        }
        if !self.of_birth && is_an_epoch(cell) {
            self.epochs.note(row.row.number);
        }
        if self.unsaid {
            self.look_at_form(cell);
        }
        self.look_for_codes(row.row.number, cell);
        match &cell.value {
            Value::Text(text) if says_no(text.trim()) => {
                if self.no.is_empty() {
                    text.trim().clone_into(&mut self.no);
                }
                self.says_no.note(row.row.number);
                return;
            }
            _ => self.others += 1,
        }
        match &cell.value {
            Value::Text(text) if is_undecided(text.trim()) => self.undecided.note(row.row.number),
            Value::DateTime(_) => self.dates += 1,
            // TRUE and FALSE alone are answers.
            Value::Text(text) if text.trim().eq_ignore_ascii_case("true") => {}
            _ if is_nothing_found(cell) => self.zeros.note(row.row.number),
            Value::Number(number) if is_serial_of_a_day(*number) && cell.shown == Shown::Same => {
                self.serials.note(row.row.number);
            }
            Value::Text(text) if is_written_as_serial(text.trim()) => self.serials.note(row.row.number),
            Value::Number(number) if is_part_of_a_day(*number) && cell.shown == Shown::Same => {
                self.fractions.note(row.row.number);
            }
            Value::Text(text) if text.starts_with("0.") && text.parse().is_ok_and(is_part_of_a_day) => {
                self.fractions.note(row.row.number);
            }
            _ if is_percent(cell) => self.percents += 1,
            Value::Time(_) => self.times += 1,
            Value::Text(text) if is_time_of_day(text.trim()) => self.times += 1,
            Value::Text(text) if looks_like_a_date(text) => self.dates += 1,
            Value::Text(text) if !text.bytes().any(|byte| byte.is_ascii_digit()) => self.words += 1,
            _ => {}
        }
    }

    fn look_for_codes(&mut self, row: u32, cell: &Cell) {
        let seen = cell.seen_ref();
        let seen = seen.trim();
        match &cell.value {
            Value::Text(_) if is_code(seen) => self.codes += 1,
            Value::Text(_) if is_month_of_a_program(seen) || is_day_of_a_month(seen) => {
                self.made_dates.note(row)
            }
            Value::Text(_) if seen.contains('/') && looks_like_a_date(seen) => self.made_days.note(row),
            // A year is what a person writes into a date.
            Value::DateTime(_) if seen.bytes().filter(u8::is_ascii_digit).count() < 6 => {
                self.made_dates.note(row);
            }
            Value::DateTime(_) => self.made_days.note(row),
            Value::Number(number) if is_serial_of_a_day(*number) && cell.shown == Shown::Same => {
                self.made_dates.note(row);
            }
            _ => {}
        }
    }

    /// Whether what is seen is a date or an amount; while all of them are.
    fn look_at_form(&mut self, cell: &Cell) {
        self.count += 1;
        if self.dates.max(self.amounts) + 1 < self.count {
            self.unsaid = false;
            return;
        }
        let seen = cell.seen_ref();
        let seen = seen.trim();
        if ["1899", "1900", "0000"].iter().any(|year| seen.starts_with(year)) {
            // What a program has left is told of its cell.
            self.unsaid = false;
            return;
        }
        let is_date = matches!(cell.value, Value::DateTime(_)) || looks_like_a_date(seen);
        self.odd_date |= is_date && !is_date_of_component(seen);
        if is_amount(seen) {
            self.amounts += 1;
            let has_marks = seen.contains(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | '-'));
            // pandas makes 8000.0 of 8000 where some row has nothing.
            self.odd_amount |= has_marks || matches!(cell.value, Value::Text(_)) && seen.ends_with(".0");
        }
    }

    /// It is a field of the contract that only the first of several has.
    pub fn is_of_first_alone(&self, column: usize) -> bool {
        self.column == column && self.field.is_some() && self.only_first && self.empty.count > 0
    }

    /// `is_held`: whether it is asked already what a column with values in some rows holds together;
    /// `is_any_held`: that is asked of some column.
    pub fn finish(
        self,
        is_held: impl Fn(usize) -> bool,
        is_any_held: bool,
        tell: &mut dyn FnMut(Option<usize>, Rule),
    ) {
        if let Some(field) = self.field {
            let for_all = self.is_of_first_alone(self.column) && !is_held(self.column);
            let (rows, count) = (self.zeros.rows, self.zeros.count);
            if field == NAME && count > 0 && self.words > 0 && !self.as_text {
                tell(Some(self.column), Rule::ZerosAmongTexts { rows, count });
            }
            let (rows, count) = (self.empty.rows, self.empty.count);
            // A blank name may be of a signer of the contract above, where that is asked.
            if self.filled && count > 0 && !(field == NAME && is_any_held) {
                let field = field.to_owned();
                tell(Some(self.column), Rule::CellsDefaulted { field, rows, count, for_all });
            }
            return;
        }
        if self.unsaid && !self.as_text {
            if self.odd_date && self.dates == self.count {
                tell(Some(self.column), Rule::FormDates);
            } else if self.odd_amount && self.amounts == self.count {
                tell(Some(self.column), Rule::FormNumbers);
            }
        }
        let (rows, count) = (self.empty.rows, self.empty.count);
        if self.filled && count > 0 && !self.required {
            tell(Some(self.column), Rule::FormFieldEmpty { rows, count });
        }
        let (rows, count) = (self.undecided.rows, self.undecided.count);
        // Where a date or a number is wanted, each is an error of its cell already.
        if count > 0 && !self.as_text && !self.is_said {
            tell(Some(self.column), Rule::FormFieldUndecided { rows, count });
        }
        let (rows, count) = (self.epochs.rows, self.epochs.count);
        if count > 0 && !self.as_text {
            tell(Some(self.column), Rule::FormEpoch { rows, count });
        }
        let (rows, count) = (self.says_no.rows, self.says_no.count);
        // A component may well be a state; then most rows have one.
        if count > 0 && count <= self.others + self.empty.count && !self.of_states && !self.as_text {
            tell(Some(self.column), Rule::FormFieldSaysNo { value: self.no, rows, count });
        }
        let (rows, count) = (self.zeros.rows.clone(), self.zeros.count);
        if count > 0 && self.words > 0 && !self.as_text && !self.is_said {
            tell(Some(self.column), Rule::ZerosAmongTexts { rows, count });
        }
        let made = match self.codes > self.made_days.count && self.made_dates.count == 0 {
            true => self.made_days,
            false => self.made_dates,
        };
        let (rows, count) = (made.rows, made.count);
        if count > 0 && self.codes > 0 && !self.as_text && !self.is_said {
            return tell(Some(self.column), Rule::DatesAmongCodes { rows, count });
        }
        // 0 and FALSE among dates are what a formula shows of an empty cell.
        let is_called_date = self.is_called_date;
        let among_dates = |few: &NotedRows| few.count > 0 && (self.dates >= few.count || is_called_date);
        let few = match (self.serials, self.zeros, self.fractions) {
            (serials, ..) if among_dates(&serials) => serials,
            (_, zeros, _) if self.words == 0 && among_dates(&zeros) => zeros,
            (.., fractions) if fractions.count > 0 && self.times.max(self.percents) >= fractions.count => {
                fractions
            }
            _ => return,
        };
        if !self.as_text && !self.is_said {
            tell(Some(self.column), Rule::SerialsAmongDates { rows: few.rows, count: few.count });
        }
    }
}
/// 0 or FALSE: what a formula shows that points at an empty cell, or has no other answer.
fn is_nothing_found(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(number) => *number == 0.0,
        Value::Bool(value) => !value,
        Value::Text(text) => text.trim() == "0" || text.trim().eq_ignore_ascii_case("false"),
        _ => false,
    }
}

/// The day that programs count from, and with it the hour that it is in China.
fn is_an_epoch(cell: &Cell) -> bool {
    /// Midnight in Greenwich, as it is there and in China.
    const HOURS: [i64; 2] = [0, 8];
    let is_one = |year: i64, month: i64, day: i64, time: &[i64]| {
        let is_midnight = match time {
            [] => true,
            [hour, rest @ ..] => HOURS.contains(hour) && rest.iter().all(|part| *part == 0),
        };
        matches!(year, 1900 | 1970) && (month, day) == (1, 1) && is_midnight
    };
    match &cell.value {
        Value::DateTime(at) => {
            let time = [at.hour(), at.minute(), at.second()].map(i64::from);
            is_one(at.year().into(), at.month().into(), at.day().into(), &time)
        }
        Value::Text(text) => {
            let text = text.trim();
            if !text.starts_with("19") || !(8..=24).contains(&text.len()) {
                return false;
            }
            let groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
            let groups: Vec<i64> = groups.filter_map(|group| group.parse().ok()).collect();
            matches!(groups.as_slice(), [year, month, day, time @ ..] if is_one(*year, *month, *day, time))
        }
        _ => false,
    }
}

/// 作废, 已签, A2(作废).
fn says_no(text: &str) -> bool {
    const LONGEST: usize = 48;
    !text.is_ascii() && text.len() <= LONGEST && (STATES_AS_VALUES.contains(&text) || ends_void(text))
}

/// `2026年01月02日`.
fn is_date_of_component(text: &str) -> bool {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    shape == "0000年00月00日"
}

/// `1,234.50元`, `￥1000`, `8000`.
fn is_amount(text: &str) -> bool {
    let bare = text.trim_start_matches(['¥', '￥', '-']).trim_end_matches('元').trim();
    let digits = bare.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && bare.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
}

/// From 2000 to 2099, with an hour or without.
fn is_serial_of_a_day(number: f64) -> bool {
    (36_526.0..=73_050.0).contains(&number)
}

/// `46026`, `46026.375`.
fn is_written_as_serial(text: &str) -> bool {
    let is_number = text.len() >= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_number && text.parse().is_ok_and(is_serial_of_a_day)
}

/// `9:00`, `17:30:00`.
fn is_time_of_day(text: &str) -> bool {
    let is_part =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    // 2:1 is a ratio.
    let minutes = text.split(':').nth(1).is_some_and(|part| part.len() == 2);
    text.len() <= 8 && minutes && text.split(':').all(is_part)
}

/// `30%`, whether it is written or shown so.
fn is_percent(cell: &Cell) -> bool {
    let seen = cell.seen_ref();
    // Of 0.5% the half may be 0.5 without its mark.
    let number = seen.trim().strip_suffix(['%', '％']).and_then(|number| number.trim().parse::<f64>().ok());
    number.is_some_and(|number| number >= 1.0)
}

/// An hour of a day, or a part of a whole.
fn is_part_of_a_day(number: f64) -> bool {
    0.0 < number && number < 1.0
}

/// `1月2日`: what Excel has made of 1-2, saved as CSV.
fn is_day_of_a_month(text: &str) -> bool {
    let is_number =
        |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts = text.strip_suffix('日').and_then(|rest| rest.split_once('月'));
    parts.is_some_and(|(month, day)| is_number(month) && is_number(day))
}

/// `2026/1/2`, `2026-01-02`, `2026年1月2日`.
fn looks_like_a_date(text: &str) -> bool {
    let text = text.trim();
    let mut groups = text.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let mut next = |length: std::ops::RangeInclusive<usize>, most: u32| {
        let group = groups.next().filter(|group| length.contains(&group.len()))?;
        group.parse::<u32>().ok().filter(|number| (1..=most).contains(number))
    };
    // 0755-88886666 and 2025-2026 are none.
    text.len() <= 24
        && text.get(4..).is_some_and(|rest| rest.starts_with(['-', '/', '.', '年']))
        && next(4..=4, 9999).is_some()
        && next(1..=2, 12).is_some()
        && next(1..=2, 31).is_some()
}

/// `3-101`, `12-3-402`: a room, a number of a kind.
fn is_code(text: &str) -> bool {
    let is_part =
        |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    // 12-5 may be a day.
    let is_day = |parts: &[&str]| match parts {
        [one, other] => [one, other].iter().all(|part| part.parse().is_ok_and(|part: u32| part <= 31)),
        _ => false,
    };
    let parts: Vec<&str> = text.split('-').collect();
    text.len() <= 14
        && parts.len() > 1
        && parts.iter().all(|part| is_part(part))
        && !is_day(&parts)
        && !looks_like_a_date(text)
}

/// `Mar-01`, `1-Mar`: what a program has made of 3-1.
fn is_month_of_a_program(text: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    text.len() <= 6
        && text.split_once('-').is_some_and(|(one, other)| {
            let is_month = |part: &str| MONTHS.contains(&part.to_ascii_lowercase().as_str());
            let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            (is_month(one) && is_number(other)) || (is_number(one) && is_month(other))
        })
}
