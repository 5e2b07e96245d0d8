//! Columns that nothing is sent of, with a day in each row that comes soon: 计划签署日期, 有效期至. It may be the last
//! one to sign on; what ends a contract's own term is further away.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::contract::columns::Target;
use crate::contract::dates::written_day;
use crate::contract::layout::Mapping;
use crate::contract::parents::is_bare_deadline;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{LAST_DAYS_ALONE, OF_DAYS_TO_SIGN, OF_OTHER_DAYS};
use crate::domain::problem::Rule;

/// Days from today.
const SOON: i64 = 62;

#[derive(Default)]
pub struct NearDays {
    columns: Vec<Column>,
    today: Date,
    last: Date,
}

struct Column {
    at: usize,
    /// Some row has a day there.
    found: bool,
    /// It is called like the end of a term, so that only an hour says that it is none.
    wants_hour: bool,
}

impl NearDays {
    /// `given`: the deadline was said for this file.
    pub fn new(mapping: &Mapping, given: bool, today: Date) -> Self {
        let has_deadline = given || mapping.column_of("deadline").is_some();
        let may_end = |column: &usize| {
            let plain = mapping.plain(*column);
            let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
            // That it ends the contract's term was a guess from its name.
            let is_question = |rule: &Rule| !matches!(rule, Rule::TermNotDeadline);
            let is_asked = mapping.asked.iter().any(|(own, rule)| own == column && is_question(rule));
            mapping.targets[*column] == Target::Unknown
                && !is_asked
                && (has(OF_DAYS_TO_SIGN) || LAST_DAYS_ALONE.contains(&plain.as_str()))
                && !has(OF_OTHER_DAYS)
        };
        // 入职日期 | 截止时间 with 2026-12-20 18:00.
        let is_bare_end = |column: &usize| {
            let is_term = |(own, rule): &(usize, Rule)| own == column && *rule == Rule::TermNotDeadline;
            mapping.asked.iter().any(is_term) && is_bare_deadline(&mapping.header(*column))
        };
        let open = (0..mapping.targets.len()).filter(|_| !has_deadline);
        let columns = open.filter_map(|at| {
            let wants_hour = !may_end(&at);
            (!wants_hour || is_bare_end(&at)).then_some(Column { at, found: false, wants_hour })
        });
        let last = today.checked_add(SOON.days()).unwrap_or(today);
        Self { columns: columns.collect(), today, last }
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        let (today, last) = (self.today, self.last);
        self.columns.retain_mut(|own| {
            let seen = row.row.cell(own.at).seen_ref();
            let text = seen.trim();
            let has_hour = text
                .split_once(':')
                .is_some_and(|(before, _)| !before.ends_with(" 0") && !before.ends_with("00"));
            let is_near = written_day(text).is_some_and(|day| day >= today && day <= last)
                && (!own.wants_hour || has_hour);
            own.found |= is_near;
            is_near || text.is_empty()
        });
    }

    pub fn finish(self) -> impl Iterator<Item = (usize, Rule)> {
        let found = self.columns.into_iter().filter(|own| own.found);
        found.map(|own| (own.at, Rule::TermOrDeadline { soon: true }))
    }
}
