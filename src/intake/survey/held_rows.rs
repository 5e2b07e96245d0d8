//! Rows that look like the further signers of the one above where no column says so: cells
//! merged downwards, or a serial number or a name on the first of them alone.

use std::collections::HashSet;

use crate::contract::columns::{Target, Whose, is_company, party_of, plain_header};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::suggest::{is_serial, resembles_key};
use crate::contract::vocabulary::{
    ALLOWANCES, ENDS_OF_MATTERS, ENDS_OF_MOBILES, ENDS_OF_NUMBERED, GROUPS_OF_PEOPLE, HOMES,
    MATTERS_OF_CONTRACTS, NAMES_OF_ONE_THING, OF_FAMILIES, OF_MANY_CONTRACTS, OF_PEOPLE_OR_PAIRS,
    OTHER_CONTRACTS, OWN_COMPANIES, PERSONAL, PLACES, REMARK_COLUMNS, SHARED_BY_CONTRACTS, SIGNED_ON,
};
use crate::domain::cell::Cell;
use crate::domain::field::{Kind, Level};
use crate::domain::problem::Rule;

use super::form_columns::filled::Filled as Blanks;
use super::in_pairs::is_of_many;
use super::likeness::MOST_COMPARED;
use crate::intake::noted::{MOST_ROWS, NotedRows, hash_of};

#[derive(Default)]
pub struct HeldRows {
    /// Columns by which a row is a signer's.
    signer: Vec<usize>,
    /// Columns that may hold rows together where no key does, and whether one that
    /// differs tells rows apart.
    holders: Vec<(usize, bool)>,
    /// Columns in which cells that are merged downwards mean nothing.
    harmless: Vec<usize>,
    /// Columns that were blank in the first row.
    begins_blank: HashSet<usize>,
    /// The row that began, and what the holders had in it.
    anchor: Option<(u32, Vec<u64>)>,
    held: Option<Held>,
    /// What the filled cells of each holder say of the blank ones between them.
    filled: Vec<Filled>,
    /// Rows with blank cells since the one that began.
    since: i64,
    contents: Option<Contents>,
    /// Columns behind the signer's for what a contract has, 租金 and 车牌: only blanks below each value say that they hold
    /// rows together.
    matters: Vec<(usize, Blanks)>,
    is_wide: bool,
}

/// What the filled cells of a column say of the blank ones between them.
#[derive(Clone, Default)]
struct Filled {
    number: Option<i64>,
    /// 1, blank, 3: each row was counted; and 1, blank, 2: the blank one was not.
    counts_blanks: u32,
    skips_blanks: u32,
    /// The same value twice, in rows of their own, and below blank ones.
    repeats: u32,
    begins_again: u32,
    /// Another value than in the row that began before it, the first one among them.
    differs: u32,
}

impl Filled {
    /// `is_same`: as in the row that began before it; `since`: blank cells between them.
    fn look(&mut self, cell: &Cell, is_same: bool, since: i64) {
        let number = cell.seen_ref().trim().parse::<i64>().ok();
        if let (Some(before), Some(number), true) = (self.number, number, since > 0) {
            let step = number.checked_sub(before);
            self.counts_blanks += u32::from(step == Some(1 + since));
            self.skips_blanks += u32::from(step == Some(1));
        }
        self.number = number;
        if !is_same {
            self.differs += 1;
        } else if since == 0 {
            self.repeats += 1;
        } else {
            self.begins_again += 1;
        }
    }

    /// Each row is a contract of its own.
    fn counts_each(&self) -> bool {
        self.counts_blanks > 0 && self.skips_blanks == 0 || (self.repeats > 0 && self.differs < 2)
    }
}

/// What a contract as a whole has, on the first of its rows alone.
struct Contents {
    /// The columns for it; what is called like the number of something, first.
    columns: Vec<usize>,
    /// How many of them are called so, and whether another is for what each contract has its own of.
    numbers: usize,
    is_its_own: bool,
    /// The last row that had some of that, and in which columns.
    began: Option<(u32, Vec<usize>)>,
    /// Rows without any since then.
    run: u32,
    /// How often so few were without as sign one contract, and how often more.
    short_runs: u32,
    long_runs: u32,
    held: Option<Held>,
}

/// Rows that look like the further signers of the one above.
struct Held {
    column: usize,
    /// Columns that are merged in all of them, the best first, with what stood there.
    others: Vec<(usize, HashSet<u64>)>,
    first_row: u32,
    rows: Vec<u32>,
    count: u64,
    merged: bool,
}

impl Held {
    fn new(column: usize, first_row: u32, merged: bool) -> Self {
        Self { column, others: Vec::new(), first_row, rows: Vec::new(), count: 0, merged }
    }

    fn add(&mut self, row: u32) {
        self.count += 1;
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }

    /// `merged`: columns that are merged with the row above, the best first.
    fn is_merged_in(&mut self, merged: &[usize], row: &SourceRow) {
        if self.count == 1 {
            self.others = merged.iter().map(|column| (*column, HashSet::new())).collect();
        }
        self.others.retain(|(column, _)| merged.contains(column));
        for (column, values) in self.others.iter_mut().filter(|(_, values)| values.len() < MOST_COMPARED) {
            values.insert(hash_of(row.row.cell(*column)));
        }
    }

    /// The column that tells most of the contracts apart, and whether it tells any.
    fn best(&self) -> (usize, bool) {
        let most = self.others.iter().map(|(_, values)| values.len()).max().unwrap_or(0);
        let best = self.others.iter().find(|(_, values)| values.len() == most);
        (best.map_or(self.column, |(column, _)| *column), most != 1)
    }
}

impl HeldRows {
    pub fn new(mapping: &Mapping) -> Self {
        let plain = |column: usize| mapping.plain(column);
        let columns = 0..mapping.targets.len();
        let is_signer = |column: &usize| {
            let reading = &mapping.readings[*column];
            let of_signer = matches!(&mapping.targets[*column], Target::Field { field, .. } if field.level == Level::Approver);
            of_signer
                || reading.could_be.is_some()
                || (reading.plain_signer().is_some() && mapping.targets[*column] != Target::Ignored)
        };
        let signer: Vec<usize> = columns.clone().filter(is_signer).collect();
        let first_signer = signer.first().copied().unwrap_or(0);
        let keyless = mapping.layout == Layout::Long && mapping.key_column().is_none() && !mapping.each_row;
        let marks = |column: usize| {
            let is_name =
                matches!(&mapping.targets[column], Target::Field { field, .. } if field.name == "flow_name");
            let unknown = mapping.targets[column] == Target::Unknown;
            is_name
                || (unknown
                    && mapping
                        .headers
                        .get(column)
                        .is_some_and(|header| is_serial(header) || resembles_key(header).is_some()))
        };
        // Rows with all parties may be held together as well; only eyes see it then.
        let wide = Self::is_wide(mapping);
        let holdable = keyless || wide;
        let holds = |column: &usize| {
            let name = plain(*column);
            let is_loose = mapping.targets[*column] == Target::Unknown
                && mapping.readings[*column].whose == Whose::Unsaid
                && *column < first_signer
                && !PERSONAL.contains(&name.as_str())
                && !GROUPS_OF_PEOPLE.contains(&name.as_str());
            // A number that some have since their contract went out holds nobody together, nor does that of another one.
            let is_of_another =
                *column > first_signer && OTHER_CONTRACTS.iter().any(|own| name.starts_with(own));
            !name.is_empty()
                && !SIGNED_ON.contains(&name.as_str())
                && !is_of_another
                && (is_loose || marks(*column))
        };
        let holders =
            columns.clone().filter(|column| holdable && holds(column)).map(|column| (column, marks(column)));
        // 项目 over rows with all their parties is how a list is sorted; 房号 or 序号 names a contract.
        let holders = holders.filter(|(_, marks)| !wide || *marks);
        let harmless = |column: &usize| {
            let name = plain(*column);
            let is_shared = [GROUPS_OF_PEOPLE, SHARED_BY_CONTRACTS, PLACES]
                .iter()
                .any(|words| words.contains(&name.as_str()))
                // Whoever lives in one may have one contract.
                && !HOMES.contains(&name.as_str());
            let of_no_contract = match &mapping.targets[*column] {
                Target::Field { field, .. } => {
                    matches!(field.level, Level::Cc | Level::Request)
                        || matches!(field.kind, Kind::Deadline | Kind::TemplateId)
                }
                target => *target == Target::Ignored,
            };
            is_shared || of_no_contract
        };
        Self {
            holders: holders.collect(),
            harmless: columns.clone().filter(|column| harmless(column) || is_signer(column)).collect(),
            signer,
            contents: if keyless { Contents::new(mapping) } else { None },
            matters: columns
                .clone()
                .filter(|column| keyless && is_matter(mapping, *column))
                .map(|column| (column, Blanks::default()))
                .collect(),
            is_wide: wide,
            ..Self::default()
        }
    }

    /// Rows with all their parties, and nothing that numbers contracts.
    pub fn is_wide(mapping: &Mapping) -> bool {
        mapping.layout == Layout::Wide && mapping.key_column().is_none() && !mapping.each_row
    }

    /// Whether there are such rows.
    pub fn has_some(&self) -> bool {
        self.held.is_some() || self.contents.as_ref().is_some_and(Contents::is_told)
    }

    fn brings_somebody(&self, row: &SourceRow) -> bool {
        self.signer.iter().any(|column| !row.row.cell(*column).is_blank() && !row.merged.contains(column))
    }

    /// A row of a contract where no column says which rows are one.
    pub fn row(&mut self, row: &SourceRow) {
        for (column, blanks) in &mut self.matters {
            blanks.look(row.row.number, row.row.cell(*column));
        }
        let is_told = self.holders.is_empty() && self.contents.is_none() && row.merged.is_empty();
        if row.mapping.key_column().is_some() || is_told {
            return;
        }
        if !self.brings_somebody(row) {
            // One person over several rows, with something else in each of them.
            let merged =
                row.row.cells.iter().zip(0..).any(|(cell, at)| !cell.is_blank() && !row.merged.contains(&at));
            let person = self.signer.iter().find(|column| row.merged.contains(column)).filter(|_| merged);
            if let Some(column) = person.copied() {
                let first_row = self.anchor.as_ref().map_or(row.row.number - 1, |(row, _)| *row);
                self.held(column, first_row.max(row.row.number - 1), row.row.number, true);
            }
            return;
        }
        let mut merged: Vec<usize> =
            row.merged.iter().copied().filter(|column| !self.harmless.contains(column)).collect();
        if self.is_wide {
            merged.retain(|column| self.holders.iter().any(|(own, _)| own == column));
        }
        // Whatever names contracts best comes first; their name does that worst.
        let is_name = |column: &usize| row.mapping.column_of("flow_name") == Some(*column);
        merged.sort_by_key(|column| {
            (is_name(column), !matches!(row.mapping.targets.get(*column), Some(Target::Unknown)), *column)
        });
        if let Some(column) = merged.first() {
            let first_row = self.anchor.as_ref().map_or(row.row.number - 1, |(row, _)| *row);
            self.held(*column, first_row, row.row.number, true);
            if let Some(held) = &mut self.held {
                held.is_merged_in(&merged, row);
            }
            return;
        }
        let own: Vec<u64> = self.holders.iter().map(|(column, _)| hash_of(row.row.cell(*column))).collect();
        if let Some((first_row, first)) = &self.anchor {
            let pairs = || self.holders.iter().zip(own.iter().zip(first));
            let differs = pairs().any(|((_, marks), (own, first))| *marks && *own != 0 && own != first);
            let began = |column: usize| !self.begins_blank.contains(&column);
            let held =
                pairs().find(|((column, _), (own, first))| **own == 0 && **first != 0 && began(*column));
            if let Some(((column, _), _)) = held.filter(|_| !differs) {
                let (column, first_row) = (*column, *first_row);
                return self.held(column, first_row, row.row.number, false);
            }
        }
        self.contents.take_if(|own| !own.goes_on(row));
        // What is blank in the first row is no number of a contract.
        if self.anchor.is_none() {
            let blank = self.holders.iter().zip(&own).filter(|((_, marks), hash)| !marks && **hash == 0);
            self.begins_blank.extend(blank.map(|((column, _), _)| *column));
        }
        if own.iter().any(|hash| *hash != 0) || self.holders.is_empty() {
            let before = self.anchor.take().map(|(_, own)| own).unwrap_or_default();
            self.filled.resize(self.holders.len(), Filled::default());
            for (at, (filled, (column, _))) in self.filled.iter_mut().zip(&self.holders).enumerate() {
                let is_same = own[at] != 0 && before.get(at) == Some(&own[at]);
                filled.look(row.row.cell(*column), is_same, self.since);
            }
            self.since = 0;
            self.anchor = Some((row.row.number, own));
        }
    }

    fn held(&mut self, column: usize, first_row: u32, row: u32, merged: bool) {
        self.since += i64::from(!merged);
        self.held.get_or_insert_with(|| Held::new(column, first_row, merged)).add(row);
    }

    /// The question, and the column that it is about. `beside`: what else could hold them together.
    pub fn finish(self, mapping: &Mapping, beside: &str) -> Option<(usize, Rule)> {
        let numbers_something =
            |column: usize| self.contents.as_ref().is_some_and(|own| own.numbers().contains(&column));
        let is_number: Vec<usize> = (0..mapping.targets.len()).filter(|at| numbers_something(*at)).collect();
        let filled = |column: usize| {
            let at = self.holders.iter().position(|(own, _)| *own == column);
            at.and_then(|at| self.filled.get(at)).cloned().unwrap_or_default()
        };
        let held = self.held.as_ref().map(|held| filled(held.column));
        let filled = held.unwrap_or_default();
        let matter = || {
            let (column, blanks) = self.matters.iter().find(|(_, blanks)| blanks.heads_groups())?;
            let NotedRows { rows, count } = blanks.gaps()?;
            let first_row = rows.first()?.saturating_sub(1);
            Some(Held { rows: rows.clone(), count: *count, ..Held::new(*column, first_row, false) })
        };
        let held = self.held.or(self.contents.and_then(Contents::held)).or_else(matter)?;
        let (column, tells_apart) = held.best();
        let Held { first_row, rows, count, merged, .. } = held;
        let is_name = mapping.column_of("flow_name") == Some(column);
        let header = mapping.header(column);
        // Who has the same salary, or is one person, is no signer of the same contract.
        let component = (!merged && filled.counts_each())
            || is_own_company(&header)
            // 备注, 状态 and 项目 are the same for many.
            || says_nothing_of_one(&plain_header(&header))
            // 入职日期, 班次 and 年级 are of many people.
            || (!is_name && is_of_many(&plain_header(&header)) && !may_name_one(&header))
            || header == beside
            // 劳动合同 over all rows of a list names none of them.
            || (is_name && !tells_apart)
            // 团队, 主管电话 and 日期 are of many people.
            || (merged && !is_name && !may_name_one(&header))
            || self.signer.contains(&column)
            || (matches!(mapping.targets.get(column), Some(Target::FormField(_)))
                && (merged || !is_number.contains(&column)));
        let beside = if header == beside { String::new() } else { beside.to_owned() };
        // 采购合同, blank, 采购合同, blank: its value does not tell them apart.
        let open = !merged && !component && filled.begins_again + filled.repeats > 0;
        let wide = mapping.layout == Layout::Wide;
        Some((
            column,
            Rule::RowsHeldTogether { header, first_row, rows, count, merged, beside, component, wide, open },
        ))
    }
}

/// 房号, 户主, 租赁物: what a contract may be of, and no other one.
fn may_name_one(header: &str) -> bool {
    let plain = plain_header(header);
    let is_of_many =
        [SHARED_BY_CONTRACTS, GROUPS_OF_PEOPLE, PLACES].iter().any(|words| words.contains(&plain.as_str()));
    let is_number = plain.ends_with('号') || ENDS_OF_NUMBERED.iter().any(|end| plain.ends_with(end));
    let is_code = CODES_OF_GROUPS.iter().any(|word| plain.starts_with(word));
    let is_one = is_serial(header)
        || resembles_key(header).is_some()
        || HOMES.contains(&plain.as_str())
        || NAMES_OF_ONE_THING.iter().any(|end| plain.ends_with(end))
        || OF_FAMILIES.iter().any(|word| plain.starts_with(word))
        || is_number;
    let is_telephone = ENDS_OF_MOBILES.iter().any(|end| plain.ends_with(end));
    is_one && !is_of_many && !is_code && !is_telephone
}

/// 岗位编码, 成本中心: numbers of what many people have in common.
const CODES_OF_GROUPS: [&str; 6] = ["岗位", "部门", "组织", "机构", "成本", "批次"];

/// 备注, 在职状态.
fn says_nothing_of_one(plain: &str) -> bool {
    REMARK_COLUMNS.contains(&plain) || ["备注", "说明", "状态", "情况"].iter().any(|end| plain.ends_with(end))
}

/// 用人单位, 派遣公司, 甲方: it is the same for many contracts.
fn is_own_company(header: &str) -> bool {
    let plain = plain_header(header);
    OWN_COMPANIES.contains(&plain.as_str()) || is_company(&plain) || party_of(&plain) == Some(0)
}

impl Contents {
    /// Further signers of one contract; a list in which more people lack something gives it to some.
    const MOST_BELOW: u32 = 2;

    /// Components, the deadline and columns like 房号. None: there are fewer than two, or none of which each
    /// contract has its own.
    fn new(mapping: &Mapping) -> Option<Self> {
        let header = |column: usize| mapping.headers.get(column).map(|header| &**header).unwrap_or_default();
        let rank = |column: usize| match &mapping.targets[column] {
            Target::FormField(name) if names_something(name) => Some(0),
            Target::FormField(_) => Some(1),
            Target::Field { field, .. } if matches!(field.kind, Kind::Deadline) => Some(2),
            Target::Unknown if names_something(header(column)) && !is_serial(header(column)) => Some(0),
            _ => None,
        };
        let ranked = (0..mapping.targets.len()).filter_map(|column| Some((rank(column)?, column)));
        let mut ranked: Vec<(i32, usize)> = ranked.collect();
        ranked.sort_unstable();
        let numbers = ranked.iter().filter(|(rank, _)| *rank == 0).count();
        let is_its_own = ranked.iter().any(|(_, column)| {
            matches!(mapping.targets.get(*column), Some(Target::FormField(name)) if is_of_contracts(name))
        });
        let columns: Vec<usize> = ranked.into_iter().map(|(_, column)| column).collect();
        (columns.len() > 1 && (numbers > 0 || is_its_own)).then_some(Self {
            columns,
            numbers,
            is_its_own,
            began: None,
            run: 0,
            short_runs: 0,
            long_runs: 0,
            held: None,
        })
    }

    fn numbers(&self) -> &[usize] {
        self.columns.get(..self.numbers).unwrap_or_default()
    }

    /// Whether the rows may still be signers below what their contract has. The first row of all begins one.
    fn goes_on(&mut self, row: &SourceRow) -> bool {
        let filled = self.columns.iter().copied().filter(|column| !row.row.cell(*column).is_blank());
        let filled: Vec<usize> = filled.collect();
        if !filled.is_empty() {
            (self.began, self.run) = (Some((row.row.number, filled)), 0);
            return true;
        }
        let Some((first_row, columns)) = &self.began else { return false };
        if let [first, _, ..] = columns.as_slice() {
            self.held.get_or_insert_with(|| Held::new(*first, *first_row, false)).add(row.row.number);
        }
        self.run += 1;
        if self.run == 1 {
            self.short_runs += 1;
        } else if self.run == Self::MOST_BELOW + 1 {
            self.short_runs -= 1;
            self.long_runs += 1;
        }
        true
    }

    /// A family of five among couples is one contract; where most groups are larger, some people have what
    /// the others lack.
    fn held(self) -> Option<Held> {
        let is_told = self.is_told();
        self.held.filter(|_| is_told)
    }

    /// Where each contract has a home and a rent, as many may sign as live there.
    fn is_told(&self) -> bool {
        self.short_runs > self.long_runs || (self.numbers > 0 && self.is_its_own && self.long_runs > 0)
    }
}

/// 租金, 车牌, 填写:租金: a contract has one, whoever signs it.
fn is_matter(mapping: &Mapping, column: usize) -> bool {
    let plain = mapping.plain(column);
    match &mapping.targets[column] {
        Target::FormField(name) => is_of_contracts(name),
        Target::Unknown => {
            let is_one = NAMES_OF_ONE_THING.iter().any(|end| plain.ends_with(end));
            (is_of_contracts(&plain) || is_one) && !PERSONAL.contains(&plain.as_str())
        }
        _ => false,
    }
}

/// 填写:租金, 填写:借款金额: who signs no contract of his own has none. A 津贴 has whoever gets one.
pub fn is_of_contracts(name: &str) -> bool {
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let ends = ENDS_OF_MATTERS.iter().any(|end| name.ends_with(end));
    (ends || has(MATTERS_OF_CONTRACTS)) && !has(ALLOWANCES)
}

/// 房号, 租赁地址: a contract is of one.
fn names_something(header: &str) -> bool {
    let plain = plain_header(header);
    let is_of_others =
        [OF_MANY_CONTRACTS, OF_PEOPLE_OR_PAIRS].iter().any(|words| words.contains(&plain.as_str()));
    resembles_key(header).is_some() && !is_of_others
}
