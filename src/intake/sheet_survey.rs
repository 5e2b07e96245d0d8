//! What the rows of one sheet leave open: which of them are one contract, what hidden
//! columns bring, whether rows differ in more than what is sent.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash as _, Hasher as _};

use crate::contract::columns::{Target, Whose, is_company, party_of, plain_header};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::sampled::has_another;
use crate::contract::source_row::SourceRow;
use crate::contract::suggest::{is_serial, resembles_key};
use crate::contract::texts::is_placeholder;
use crate::contract::values;
use crate::contract::vocabulary::{
    COLUMNS_OF_TYPES, GROUPS_OF_PEOPLE, HOMES, OWN_COMPANIES, PERSONAL, PLACES, SHARED_BY_CONTRACTS,
};
use crate::domain::cell::{Cell, Value};
use crate::domain::field::{FieldId, Kind, Level, auto_sign_word, by_name};
use crate::domain::problem::{Place, Problem, Rule};

use super::bystanders::Bystanders;
use super::comments::Comments;
use super::filled_down::FilledDown;
use super::form_columns::FormColumn;
use super::grouped::Grouped;
use super::lacking_roles::LackingRoles;
use super::merged_people::MergedPeople;
use super::named_together::NamedTogether;
use super::orders::Orders;
use super::own_ids::OwnIds;
use super::plan::Source;
use super::second_numbers::SecondNumbers;
use super::store::Differs;
use super::suspect_keys::SuspectKeys;
use super::wide_orders::WideOrders;

/// Rows that are named in a question.
pub const MOST_ROWS: usize = 8;
/// Without them a contract lacks a signer, or cannot be sent.
const WHO_SIGNS: [FieldId; 4] = [
    FieldId::ApproverName,
    FieldId::ApproverMobile,
    FieldId::ApproverOpenId,
    FieldId::ApproverOrganizationName,
];
/// Rows in which a column is looked at for whether it tells them apart.
const MOST_COMPARED: usize = 4096;

#[derive(Default)]
pub struct SheetSurvey {
    /// Columns by which a row is a signer's.
    signer: Vec<usize>,
    /// Columns that may hold rows together where no key does, and whether one that
    /// differs tells rows apart.
    holders: Vec<(usize, bool)>,
    /// Columns in which cells that are merged downwards mean nothing.
    harmless: Vec<usize>,
    /// What the holders had in the row that began.
    /// Columns that were blank in the first row.
    begins_blank: HashSet<usize>,
    anchor: Option<(u32, Vec<u64>)>,
    held: Option<Held>,
    suspect_keys: SuspectKeys,
    /// The column of `--key`: hash of a value -> where it stood first.
    key: Option<usize>,
    groups: HashMap<u64, u32>,
    group: Option<(u64, u32)>,
    continued: bool,
    apart: Option<Problem>,
    /// Hidden columns that give something, and whether they did.
    hidden: Vec<(usize, bool)>,
    /// Columns called 类型.
    types: Vec<usize>,
    company: Option<(usize, String)>,
    send: Option<usize>,
    /// A workbook of ours to correct: its column 发送 is ours.
    is_ours: bool,
    /// Columns that are not sent, with what they have had.
    unsent: Vec<Unsent>,
    alike: Option<Alike>,
    named: NamedTogether,
    /// Columns that would say who sends.
    own_ids: OwnIds,
    /// The first number of a contract that lies under a merged cell with another one.
    covered_key: Option<Problem>,
    /// Components of the template.
    form: Vec<FormColumn>,
    bystanders: Bystanders,
    filled_down: FilledDown,
    orders: Orders,
    lacking_roles: LackingRoles,
    second_numbers: SecondNumbers,
    wide_orders: WideOrders,
    merged_people: MergedPeople,
    comments: Comments,
    grouped: Grouped,
    /// A mobile in the column that was left out as a landline's.
    other_mobile: Option<(usize, Rule)>,
    last_key: u64,
    layout_is_long: bool,
    layout_is_wide: bool,
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

/// A column that is not sent: whether each row has a value of its own there.
struct Unsent {
    column: usize,
    values: HashSet<u64>,
    repeats: bool,
}

/// Rows that are like an earlier one but for what is not sent.
struct Alike {
    first_row: u32,
    /// The sheet of that row, where it is another one.
    other: Option<String>,
    rows: Vec<u32>,
    count: u64,
}

impl SheetSurvey {
    pub fn new(source: &Source) -> Self {
        let mapping = &source.mapping;
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
        let key = mapping.key.filter(|key| mapping.column_of("contract_id") != Some(*key));
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
        let wide = mapping.layout == Layout::Wide && mapping.key_column().is_none() && !mapping.each_row;
        let holdable = keyless || wide;
        let holds = |column: &usize| {
            let name = plain(*column);
            let is_loose = mapping.targets[*column] == Target::Unknown
                && mapping.readings[*column].whose == Whose::Unsaid
                && *column < first_signer
                && !PERSONAL.contains(&name.as_str())
                && !GROUPS_OF_PEOPLE.contains(&name.as_str());
            !name.is_empty() && (is_loose || marks(*column))
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
        let unknown = |column: &usize| mapping.targets[*column] == Target::Unknown;
        let is_type = |column: &usize| {
            let plain = plain(*column);
            unknown(column) && COLUMNS_OF_TYPES.contains(&plain.as_str())
        };
        Self {
            holders: holders.collect(),
            harmless: columns.clone().filter(|column| harmless(column) || is_signer(column)).collect(),
            signer,
            suspect_keys: SuspectKeys::new(mapping, keyless),
            key,
            hidden: source
                .hidden
                .iter()
                .filter(|column| asks_when_hidden(mapping, **column))
                .map(|column| (*column, false))
                .collect(),
            types: columns.filter(is_type).collect(),
            send: mapping.column_of("send"),
            is_ours: source.workbook.kind_of_ours().is_some(),
            unsent: mapping
                .unsent
                .iter()
                .filter(|_| key.is_none())
                .map(|column| Unsent { column: *column, values: HashSet::new(), repeats: false })
                .collect(),
            named: NamedTogether::of(mapping),
            own_ids: OwnIds::new(mapping),
            form: FormColumn::all(mapping),
            bystanders: Bystanders::new(mapping),
            filled_down: FilledDown::new(mapping),
            orders: Orders::new(mapping),
            lacking_roles: LackingRoles::new(mapping),
            second_numbers: SecondNumbers::new(mapping),
            wide_orders: WideOrders::new(mapping),
            merged_people: MergedPeople::new(mapping, source.merges_downwards()),
            comments: Comments::new(source),
            grouped: Grouped::new(mapping, keyless),
            layout_is_wide: wide,
            layout_is_long: mapping.layout == Layout::Long && mapping.column_of("contract_id").is_none(),
            ..Self::default()
        }
    }

    /// Whether the row does not say that its contract is left out.
    pub fn is_sent(&self, row: &SourceRow) -> bool {
        self.send.is_none_or(|column| values::yes_no(&row.row.cell(column).seen()) != Some(false))
    }

    /// A row of a contract.
    pub fn row(&mut self, row: &SourceRow) {
        let matters = !self.form.is_empty() || self.send.is_some() || self.bystanders.asks_who_begins();
        let begins = matters && self.begins_contract(row);
        let is_sent = self.is_sent(row);
        self.grouped.row(row);
        self.merged_people.row(row, is_sent);
        if !is_sent {
            return self.comments.pass(row);
        }
        self.hidden.iter_mut().for_each(|(column, used)| *used |= !row.row.cell(*column).is_blank());
        self.comments.row(row);
        self.look_for_companies(row);
        self.own_ids.row(row);
        if let Some(spare) = row.mapping.spare_mobile.filter(|_| self.other_mobile.is_none())
            && has_another(&row.row, spare)
        {
            let (field, first) = ("approver.mobile".to_owned(), spare.kept);
            let name = row.mapping.headers.get(first).map(ToString::to_string).unwrap_or_default();
            let rule = Rule::ColumnBeside { field, first, name, open: spare.open };
            self.other_mobile = Some((spare.column, rule));
        }
        self.filled_down.row(row);
        self.orders.row(row);
        self.lacking_roles.row(row);
        self.second_numbers.row(row);
        self.wide_orders.row(row);
        // Further rows of a contract need not say again what it is.
        if begins {
            self.form.iter_mut().for_each(|column| column.look(row));
        }
        self.tell_apart(row);
        self.look_under_merged(row);
        let key = self.key.filter(|key| !row.merged.contains(key));
        let key = key.map(|key| hash_of(row.row.cell(key))).filter(|hash| *hash != 0);
        self.bystanders.row(row, key, begins && !self.is_ours);
        if self.key.is_some() {
            self.group_by_key(row);
        } else if self.layout_is_long && !row.mapping.each_row {
            self.suspect_keys.row(row);
            self.hold(row);
            self.named.row(row);
        } else if self.layout_is_wide && !row.mapping.each_row {
            self.hold(row);
        }
    }

    /// A row of a contract that is not meant, or left out because nobody sees it.
    pub fn passed_over(&mut self, row: &SourceRow) {
        self.comments.pass(row);
    }

    /// A row that is no contract, or may be none.
    pub fn other_row(&mut self) {
        self.grouped.other_row();
    }

    /// A row whose contract is like that of an earlier one but for what is not sent.
    pub fn differs(&mut self, differs: &Differs) {
        let Differs { row, first_row, ref other, .. } = *differs;
        let alike = self.alike.get_or_insert_with(|| Alike {
            first_row,
            other: other.clone(),
            rows: Vec::new(),
            count: 0,
        });
        alike.count += 1;
        if alike.rows.len() < MOST_ROWS {
            alike.rows.push(row);
        }
    }

    fn begins_contract(&mut self, row: &SourceRow) -> bool {
        let Some(key) = row.key_column() else { return true };
        let hash = hash_of(row.row.cell(key));
        let begins = hash != 0 && self.last_key != hash;
        self.last_key = hash;
        begins
    }

    /// Which rows are one contract, nobody can say where what is seen of their number is not
    /// what they hold.
    fn look_under_merged(&mut self, row: &SourceRow) {
        if row.row.marks.is_empty() || self.covered_key.is_some() {
            return;
        }
        if let Some(key) = row.key_column().filter(|key| row.row.mark(*key).covered) {
            let value = row.row.cell(key).text();
            let place = row.place(Some(key));
            self.covered_key = Some(Problem { place, value: Some(value), rule: Rule::CellCovered });
        }
    }

    /// Notes whether a column that is not sent has a value of its own in each row.
    fn tell_apart(&mut self, row: &SourceRow) {
        for unsent in self.unsent.iter_mut().filter(|unsent| !unsent.repeats) {
            if unsent.values.len() < MOST_COMPARED {
                let hash = hash_of(row.row.cell(unsent.column));
                unsent.repeats = hash == 0 || !unsent.values.insert(hash);
                if unsent.repeats {
                    unsent.values = HashSet::new();
                }
            }
        }
    }

    fn look_for_companies(&mut self, row: &SourceRow) {
        if self.company.is_some() || self.types.is_empty() {
            return;
        }
        let Some(Kind::Choice(kinds)) = by_name("approver.type").map(|field| field.kind) else { return };
        for column in &self.types {
            let seen = row.row.cell(*column).seen();
            let text = seen.trim();
            let found = kinds.iter().find(|(sent, words)| *sent == text || words.contains(&text));
            if found.is_some_and(|(sent, _)| *sent != "PERSON") || auto_sign_word(text).is_some() {
                self.company = Some((*column, text.to_owned()));
                return;
            }
        }
    }

    /// With `--key`: the same value again, with others or an own block of cells between.
    fn group_by_key(&mut self, row: &SourceRow) {
        let Some(key) = self.key else { return };
        let cell = row.row.cell(key);
        if cell.is_blank() || row.merged.contains(&key) || is_placeholder(Kind::Key, cell.seen().trim()) {
            self.continued = true;
            return;
        }
        let hash = hash_of(cell);
        let continued = std::mem::take(&mut self.continued);
        let before = match self.group {
            Some((own, first)) if own == hash => continued.then_some(first),
            _ => self.groups.get(&hash).copied(),
        };
        if !matches!(self.group, Some((own, _)) if own == hash) {
            self.group = Some((hash, row.row.number));
            self.groups.entry(hash).or_insert(row.row.number);
        }
        if let (Some(first_row), None) = (before, &self.apart) {
            let place = row.place(Some(key));
            let header = place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
            let value: String = cell.seen().trim().chars().take(40).collect();
            let rule = Rule::RowsApart { header, value: value.clone(), first_row };
            self.apart = Some(Problem { place, value: Some(value), rule });
        }
    }

    fn brings_somebody(&self, row: &SourceRow) -> bool {
        self.signer.iter().any(|column| !row.row.cell(*column).is_blank() && !row.merged.contains(column))
    }

    /// Rows of one signer each that look like one contract.
    fn hold(&mut self, row: &SourceRow) {
        if row.mapping.key_column().is_some() || (self.holders.is_empty() && row.merged.is_empty()) {
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
        if self.layout_is_wide {
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
        // What is blank in the first row is no number of a contract.
        if self.anchor.is_none() {
            let blank = self.holders.iter().zip(&own).filter(|((_, marks), hash)| !marks && **hash == 0);
            self.begins_blank.extend(blank.map(|((column, _), _)| *column));
        }
        if own.iter().any(|hash| *hash != 0) || self.holders.is_empty() {
            self.anchor = Some((row.row.number, own));
        }
    }

    fn held(&mut self, column: usize, first_row: u32, row: u32, merged: bool) {
        let held = self.held.get_or_insert_with(|| Held {
            column,
            others: Vec::new(),
            first_row,
            rows: Vec::new(),
            count: 0,
            merged,
        });
        held.count += 1;
        if held.rows.len() < MOST_ROWS {
            held.rows.push(row);
        }
    }

    pub fn finish(self, source: &Source, problems: &mut Vec<Problem>) {
        let mapping = &source.mapping;
        let place = |column: Option<usize>| Place {
            file: source.file.clone(),
            sheet: source.name.clone(),
            row: column.map(|_| mapping.header_row),
            column: column.map(|column| mapping.place(column)),
        };
        let header = |column: usize| mapping.headers.get(column).map(ToString::to_string).unwrap_or_default();
        let mut tell = |column, rule| problems.push(Problem { place: place(column), value: None, rule });
        self.form.into_iter().for_each(|column| column.finish(&mut tell));
        let beside = self.bystanders.several().map(header).unwrap_or_default();
        let suspect_key = self.suspect_keys.finish();
        let asked = self.held.is_some() || suspect_key.is_some() || self.alike.is_some();
        self.bystanders.finish(mapping, asked, &mut tell);
        // One question about what holds rows together is enough.
        let held = self.held.filter(|_| suspect_key.is_none());
        if let Some(held) = held {
            let (column, tells_apart) = held.best();
            let Held { first_row, rows, count, merged, .. } = held;
            let is_name = mapping.column_of("flow_name") == Some(column);
            tell(
                Some(column),
                Rule::RowsHeldTogether {
                    header: header(column),
                    first_row,
                    rows,
                    count,
                    merged,
                    beside: beside.clone(),
                    // Who has the same salary, or is one person, is no signer of the same contract.
                    component: is_own_company(&mapping.headers[column])
                        // 劳动合同 over all rows of a list names none of them.
                        || (is_name && !tells_apart)
                        || self.signer.contains(&column)
                        || matches!(mapping.targets.get(column), Some(Target::FormField(_))),
                    wide: mapping.layout == Layout::Wide,
                },
            );
        }
        if let Some(Alike { first_row, other: sheet, rows, count }) = self.alike {
            let best = self.unsent.iter().find(|unsent| !unsent.repeats).map(|unsent| unsent.column);
            let unsent = || mapping.unsent.first().copied();
            let column = best.or_else(unsent);
            let header = column.map(header).unwrap_or_default();
            let tells_apart = best.is_some() && sheet.is_none();
            let column = column.filter(|_| sheet.is_none());
            tell(column, Rule::RowsDiffer { first_row, sheet, rows, count, header, tells_apart });
        }
        let filled_down = self.filled_down.finish();
        let orders = self
            .orders
            .finish()
            .chain(self.second_numbers.finish())
            .chain(self.lacking_roles.finish())
            .chain(self.wide_orders.finish())
            .chain(self.merged_people.finish());
        for (column, rule) in
            self.own_ids.finish().into_iter().chain(filled_down).chain(self.other_mobile).chain(orders)
        {
            tell(Some(column), rule);
        }
        self.comments.finish().for_each(|rule| tell(None, rule));
        if let Some((column, value)) = self.company {
            tell(Some(column), Rule::ColumnNearlyType { value });
        }
        let used: Vec<usize> =
            self.hidden.iter().filter(|(_, used)| *used).map(|(column, _)| *column).collect();
        if !used.is_empty() && source.asks_for_hidden {
            let is_signers = |column: &usize| {
                matches!(mapping.targets.get(*column), Some(Target::Field { field, .. })
                    if WHO_SIGNS.contains(&field.id))
            };
            let others = used.iter().copied().filter(|column| !is_signers(column)).map(header);
            let beside_signers = used.iter().any(is_signers).then(|| others.collect());
            let headers = used.into_iter().map(header).collect();
            tell(None, Rule::ColumnsHidden { headers, beside_signers });
        }
        let listed = |column: &&usize| {
            let known = matches!(mapping.targets.get(**column), Some(Target::Field { .. }));
            known && !asks_when_hidden(mapping, **column)
        };
        let listed: Vec<String> = source.hidden.iter().filter(listed).map(|column| header(*column)).collect();
        if !listed.is_empty() {
            tell(None, Rule::ColumnsHiddenListed { headers: listed });
        }
        if let Some((column, rule)) = self.grouped.finish().filter(|_| !asked) {
            tell(column, rule);
        }
        let named = self.named.finish().filter(|_| !asked);
        // Whoever answers that several of a row sign needs no key.
        let is_wide = mapping.asked.iter().any(|(_, rule)| {
            matches!(rule, Rule::SignerUnclear { map, .. }
                if map.iter().any(|(_, gives)| gives.starts_with("approver2.")))
        });
        let suspect_key = suspect_key.or(named).filter(|_| !is_wide);
        problems.extend(suspect_key.map(|mut problem| {
            if let Rule::ColumnNearlyKey { beside: own, .. } = &mut problem.rule {
                *own = beside;
            }
            problem
        }));
        problems.extend(self.apart);
        problems.extend(self.covered_key);
    }
}

/// Contract numbers, templates and operators decide nothing that a hidden column could
/// spoil unseen.
pub fn asks_when_hidden(mapping: &Mapping, column: usize) -> bool {
    match mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => {
            !matches!(field.level, Level::Own | Level::Request) && field.name != "template_id"
        }
        Some(Target::FormField(_)) => true,
        _ => false,
    }
}

/// Of what is seen in a cell; 0: it is blank.
pub fn hash_of(cell: &Cell) -> u64 {
    if cell.is_blank() {
        return 0;
    }
    let mut hasher = DefaultHasher::new();
    match &cell.value {
        Value::Text(text) => text.trim().hash(&mut hasher),
        _ => cell.seen().trim().hash(&mut hasher),
    }
    hasher.finish().max(1)
}

/// Of what rows say in columns that are not sent, but for mere counts of lines.
pub fn unsent(rows: &[SourceRow]) -> u32 {
    let mut hasher = DefaultHasher::new();
    for row in rows {
        for column in unsent_columns(row) {
            (column, hash_of(row.row.cell(column))).hash(&mut hasher);
        }
    }
    u32::try_from(hasher.finish() & u64::from(u32::MAX)).unwrap_or(0)
}

fn unsent_columns(row: &SourceRow) -> impl Iterator<Item = usize> {
    let Mapping { unsent, key, .. } = row.mapping.as_ref();
    unsent.iter().copied().chain(key.filter(|key| !unsent.contains(key)))
}

/// 用人单位, 派遣公司, 甲方: it is the same for many contracts.
fn is_own_company(header: &str) -> bool {
    let plain = plain_header(header);
    OWN_COMPANIES.contains(&plain.as_str()) || is_company(&plain) || party_of(&plain) == Some(0)
}
