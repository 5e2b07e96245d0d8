//! Columns that are called like the number of a contract, or like the thing that it is of, where
//! no key says which rows are one contract.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use crate::contract::columns::{Target, plain_header};
use crate::contract::dates::written_day;
use crate::contract::layout::Mapping;
use crate::contract::left_over::is_ditto;
use crate::contract::source_row::SourceRow;
use crate::contract::suggest::{KeyLike, resembles_key};
use crate::contract::texts::is_placeholder_word;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    ADDRESS, ADDRESSES, AROUND_ROOMS, DONE_WORDS, ENDS_OF_NUMBERED, IS_MEANT, NUMBERED, NUMBERED_OTHERWISE,
    NUMBERS_OF_MATTERS, OF_MANY_CONTRACTS, OF_ONE_PERSON, OF_PEOPLE_OR_PAIRS, OF_STAFF, PAPER_ENDS, PENDING,
    PLACES, RENT, ROOMS,
};
use crate::domain::field::Level;
use crate::domain::problem::{Problem, Rule};

use super::held_rows::is_of_contracts;
use crate::intake::noted::hash_of;

/// Different values of a column that looks like a key, of which is known where they stood.
const MOST_VALUES: usize = 1 << 17;
/// A column with one value in more rows than that, and in all of them, says what the list is of:
/// one project, not one contract.
const MOST_SIGNERS: u32 = 5;

/// Three people may sign one contract; four in all rows of a list are in one project.
const MOST_OF_ONE: u32 = 3;
/// A row that says nothing of its contract.
const NOTHING: u64 = 0;

#[derive(Default)]
pub struct SuspectKeys {
    columns: Vec<Column>,
    /// Columns that say what a contract as a whole is.
    of_contract: Vec<usize>,
    /// Columns like 楼栋: 101 of another building is another room.
    places: Vec<usize>,
    /// The same for a room whose rows stand apart, and what stood there last: a blank cell is of the
    /// place above.
    around: Vec<(usize, u64)>,
    /// Components but for those of a person, and what the row above had in them; whether each contract has
    /// its own.
    components: Vec<Component>,
    /// The row that came before.
    last_row: u32,
    /// Of a column that names contracts: its value -> where it stood first.
    values: HashMap<(usize, u64), Seen>,
}

struct Component {
    column: usize,
    last: u64,
    is_of_contracts: bool,
}

struct Column {
    at: usize,
    like: KeyLike,
    /// It names a home or a place, which has one contract wherever in a list its people stand.
    is_room: bool,
    /// It is sent as a component.
    is_component: bool,
    /// Of how many rows one below the other a value may be that names one contract; None: of any number.
    most: Option<u32>,
    /// Rows one below the other with the same value.
    run: u32,
    /// How often so many had one as may sign one contract, and how often more.
    short_runs: u32,
    long_runs: u32,
    /// The rows of this run have one rent, or whatever each contract has.
    is_one_lease: bool,
    /// Of such a column: its value -> where it stood first since the last title between the rows.
    of_section: HashMap<u64, Seen>,
    /// The row above, and what it had.
    last: Option<(u64, Seen)>,
    /// What stood in the cell above.
    seen_last: Option<u64>,
    /// The value that all rows have had, and how many; None: they differ.
    only: Option<(u64, u32)>,
    /// The first value that came again.
    suspect: Option<Problem>,
    /// The same of a room whose rows stand apart, how many did, and of how many rows.
    apart: Option<Problem>,
    again: u32,
    rows: u32,
}

#[derive(Clone, Copy)]
struct Seen {
    row: u32,
    contract: u64,
}

impl Column {
    /// Nothing that comes can change what it says.
    fn is_settled(&self) -> bool {
        self.most.is_none() && self.suspect.is_some() && self.only.is_none()
    }

    /// `may_be_one`: what each contract has its own of is the same as in the row above; None: there is nothing
    /// of that kind.
    fn count_run(&mut self, goes_on: bool, may_be_one: Option<bool>) {
        self.run = if goes_on { self.run + 1 } else { 1 };
        self.is_one_lease =
            may_be_one.is_some() && (!goes_on || (self.is_one_lease && may_be_one == Some(true)));
        if self.is_one_lease && self.run > 2 {
            return;
        }
        let most = self.most.unwrap_or(u32::MAX);
        if self.run == 2 {
            self.short_runs += 1;
        } else if self.run == most.saturating_add(1) {
            self.short_runs = self.short_runs.saturating_sub(1);
            self.long_runs += 1;
        }
    }

    /// It is where people live, or what they work on: a household of four among couples is none.
    fn is_of_many(&self) -> bool {
        self.long_runs > self.short_runs * 2
    }

    fn is_of_the_list(&self) -> bool {
        self.like == KeyLike::Weakly && self.only.is_some_and(|(_, rows)| rows > MOST_SIGNERS)
    }
}

impl SuspectKeys {
    /// `keyless`: nothing else says which rows are one contract.
    pub fn new(mapping: &Mapping, keyless: bool) -> Self {
        let targets = &mapping.targets;
        let unknown = |column: &usize| keyless && targets[*column] == Target::Unknown;
        // 地址 is where somebody lives, or what he rents.
        let rents = mapping.headers.iter().any(|header| RENT.iter().any(|word| header.contains(word)));
        // Whoever has a post or a wage has a contract of his own.
        let is_of_staff =
            (0..targets.len()).any(|column| OF_STAFF.iter().any(|word| mapping.plain(column).contains(word)));
        let is_let = |header: &str| rents && plain_header(header) == ADDRESS;
        let like = |column: usize| {
            let (header, is_component): (&str, bool) = match &targets[column] {
                Target::FormField(name) => (name, true),
                _ => (mapping.headers.get(column)?, false),
            };
            let plain = if is_component { plain_header(header) } else { mapping.plain(column) };
            let known = resembles_key(header)
                .or_else(|| resembles_key(&plain))
                .or_else(|| is_let(header).then_some(KeyLike::Weakly));
            let numbers = known.is_none() && !is_component && !is_of_staff && numbers_something(&plain);
            let like = known.or_else(|| numbers.then_some(KeyLike::Weakly))?;
            // Who of a list has a component in common with somebody far below has no contract with him.
            let like = if is_component { KeyLike::Weakly } else { like };
            if is_component && OF_MANY_CONTRACTS.contains(&plain_header(header).as_str()) {
                return None;
            }
            let is_room = !is_component && ROOMS.contains(&plain_header(header).as_str());
            let (of_section, only) = (HashMap::new(), Some((0, 0)));
            Some(Column {
                at: column,
                like,
                is_room,
                is_component,
                most: match () {
                    () if is_component && OF_PEOPLE_OR_PAIRS.contains(&plain_header(header).as_str()) => {
                        Some(2)
                    }
                    () if numbers => Some(MOST_OF_ONE),
                    () if is_component || ADDRESSES.iter().any(|word| header.contains(word)) => {
                        Some(MOST_OF_ONE)
                    }
                    () => None,
                },
                run: 0,
                short_runs: 0,
                long_runs: 0,
                is_one_lease: false,
                of_section,
                last: None,
                seen_last: None,
                only,
                suspect: None,
                apart: None,
                again: 0,
                rows: 0,
            })
        };
        let of_contract = |target: &Target| matches!(target, Target::Field { field, .. } if matches!(field.level, Level::Flow | Level::Request));
        let called = |column: &usize, words: &[&str]| {
            let plain = mapping.plain(*column);
            words.contains(&plain.as_str())
        };
        let is_place = |column: &usize| called(column, PLACES);
        let is_around = |column: &usize| is_place(column) || called(column, AROUND_ROOMS);
        let all = || 0..targets.len();
        let sent = |column: &usize| keyless && matches!(targets[*column], Target::FormField(_));
        let component = |column: usize| {
            let Target::FormField(name) = &targets[column] else { return None };
            let is_of_a_person = OF_ONE_PERSON.iter().any(|word| name.contains(word));
            let is_of_contracts = is_of_contracts(name);
            (!is_of_a_person).then_some(Component { column, last: NOTHING, is_of_contracts })
        };
        Self {
            columns: all().filter(|column| unknown(column) || sent(column)).filter_map(like).collect(),
            components: all().filter(sent).filter_map(component).collect(),
            of_contract: all().filter(|column| of_contract(&targets[*column])).collect(),
            places: all().filter(unknown).filter(is_place).collect(),
            around: all().filter(unknown).filter(is_around).map(|column| (column, NOTHING)).collect(),
            ..Self::default()
        }
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        if self.columns.iter().all(Column::is_settled) {
            return;
        }
        let of_all = |columns: &[usize]| {
            let mut hasher = DefaultHasher::new();
            let hashes = columns.iter().map(|column| hash_of(row.row.cell(*column)));
            let said = hashes.fold(false, |said, hash| {
                hash.hash(&mut hasher);
                said || hash != 0
            });
            if said { hasher.finish().max(1) } else { NOTHING }
        };
        let contract = of_all(&self.of_contract);
        let place = of_all(&self.places);
        for (column, last) in &mut self.around {
            let hash = hash_of(row.row.cell(*column));
            *last = if hash == 0 { *last } else { hash };
        }
        let around = self.around.iter().fold(NOTHING, |all, (_, hash)| all.rotate_left(7) ^ hash);
        let (mut is_like_above, mut may_be_one) = (true, true);
        for Component { column, last, is_of_contracts } in &mut self.components {
            let hash = hash_of(row.row.cell(*column));
            let is_like = hash == NOTHING || *last == NOTHING || hash == *last;
            is_like_above &= is_like;
            may_be_one &= is_like || !*is_of_contracts;
            *last = hash;
        }
        let has_matters = self.components.iter().any(|own| own.is_of_contracts);
        let own = Seen { row: row.row.number, contract };
        let is_below_a_gap = std::mem::replace(&mut self.last_row, own.row) + 1 != own.row;
        for column in self.columns.iter_mut().filter(|column| !column.is_settled()) {
            let mut hash = hash_of(row.row.cell(column.at));
            // 同上 is the room above.
            if hash != 0 && is_ditto(row.row.cell(column.at).seen_ref().trim()) {
                hash = column.seen_last.unwrap_or(hash);
            }
            column.seen_last = Some(hash);
            if hash == 0
                || row.merged.contains(&column.at)
                || names_a_paper(&row.row.cell(column.at).seen_ref())
                || is_no_number(row.row.cell(column.at).seen_ref().trim())
            {
                continue;
            }
            column.only = match column.only {
                Some((_, 0)) => Some((hash, 1)),
                Some((only, rows)) if only == hash => Some((only, rows + 1)),
                _ => None,
            };
            let room = hash;
            // Two rooms 101 of two buildings are two.
            let hash = match (column.like, place) {
                (KeyLike::Weakly, place) if place != NOTHING => hash ^ place.rotate_left(1),
                _ => hash,
            };
            let last = column.last.replace((hash, own));
            let mut before = last.filter(|(last, _)| *last == hash).map(|(_, seen)| seen);
            column.count_run(before.is_some(), has_matters.then_some(may_be_one));
            if column.suspect.is_some() {
                continue;
            }
            match column.like {
                KeyLike::Strongly => {
                    before = before.or_else(|| self.values.get(&(column.at, hash)).copied());
                    if self.values.len() < MOST_VALUES {
                        self.values.entry((column.at, hash)).or_insert(own);
                    }
                }
                // Below a title of its own 1 is another one.
                KeyLike::Weakly => {
                    if is_below_a_gap {
                        column.of_section.clear();
                    }
                    before = before.filter(|before| before.row + 1 == row.row.number);
                    if column.is_room && names_a_room(&row.row.cell(column.at).seen_ref()) {
                        let there = room ^ around.rotate_left(13);
                        column.rows += 1;
                        if let Some(first) = column.of_section.get(&there).filter(|_| before.is_none()) {
                            column.again += 1;
                            column.apart.get_or_insert_with(|| nearly_key(row, column.at, first.row));
                        }
                        if column.of_section.len() < MOST_VALUES {
                            column.of_section.entry(there).or_insert(own);
                        }
                    }
                }
            }
            // One contract has one rent, and one value for each component.
            let is_one = match column.like {
                KeyLike::Strongly => true,
                KeyLike::Weakly if column.is_component => is_like_above,
                KeyLike::Weakly => may_be_one || column.is_room,
            };
            let before = before.filter(|_| is_one);
            if let Some(before) = before.filter(|before| before.contract == contract || contract == NOTHING) {
                column.suspect = Some(nearly_key(row, column.at, before.row));
            }
        }
    }

    /// The first rows that may be one contract.
    pub fn finish(self) -> Option<Problem> {
        // One room that comes again far below is a coincidence, or two contracts one after the other.
        let stands_apart = |column: &Column| column.again.saturating_mul(3) >= column.rows;
        let suspects =
            self.columns.into_iter().filter(|column| !column.is_of_the_list() && !column.is_of_many());
        let suspect = |mut column: Column| {
            let apart = column.apart.take().filter(|_| stands_apart(&column));
            let is_of_all = column.only.is_some_and(|(_, rows)| rows > MOST_OF_ONE);
            column.suspect.or(apart).map(|mut problem| {
                let header = problem.place.column.as_ref().map(|column| plain_header(&column.header));
                let is_for_all =
                    is_of_all || header.is_some_and(|own| NUMBERS_OF_MATTERS.contains(&own.as_str()));
                if let Rule::ColumnNearlyKey { for_all, .. } = &mut problem.rule {
                    *for_all = is_for_all;
                }
                problem
            })
        };
        suspects.filter_map(suspect).min_by_key(|problem| problem.place.row)
    }
}

pub fn nearly_key(row: &SourceRow, column: usize, first_row: u32) -> Problem {
    let value: String = row.row.cell(column).seen().trim().chars().take(40).collect();
    let rule =
        Rule::ColumnNearlyKey { first_row, value: value.clone(), beside: String::new(), for_all: false };
    Problem { place: row.place(Some(column)), value: Some(value), rule }
}

/// 租赁编号, 客户号, 派单号: whoever has one in common in two rows may be of one contract. 部门编码 is no such number.
fn numbers_something(plain: &str) -> bool {
    let is_one = |end: &&str| plain.strip_suffix(*end).is_some_and(|what| NUMBERED.contains(&what));
    NUMBERED_OTHERWISE.contains(&plain) || ENDS_OF_NUMBERED.iter().any(is_one)
}

/// 合同 | 已签, 合同 | 3年: how far it is, how long it goes on, or when it ends.
fn is_no_number(text: &str) -> bool {
    let states = [DONE_WORDS, PENDING, IS_MEANT];
    let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
    let is_state = (!has_digit && yes_no(text).is_some()) || states.iter().any(|words| words.contains(&text));
    // Contract End | 2029-11-30.
    let is_a_day = text.contains(['-', '/', '.', '年']) && written_day(text).is_some();
    is_state || is_a_day || (text.chars().count() <= 4 && text.ends_with(['年', '期', '月']))
}

/// 劳动合同 says which kind of contract, and not which one.
fn names_a_paper(text: &str) -> bool {
    let text = text.trim();
    PAPER_ENDS.iter().any(|end| text.ends_with(end)) && !text.bytes().any(|byte| byte.is_ascii_digit())
}

/// 无 and 待分配 are no rooms.
fn names_a_room(text: &str) -> bool {
    let word = text.trim().to_lowercase();
    !is_placeholder_word(&word) && word.chars().any(char::is_alphanumeric)
}
