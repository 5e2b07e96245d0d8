//! What the rows of one sheet leave open: which of them are one contract, what hidden
//! columns bring, whether rows differ in more than what is sent.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};

use jiff::civil::Date;

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::sampled::has_another;
use crate::contract::source_row::SourceRow;
use crate::contract::values;
use crate::contract::vocabulary::COLUMNS_OF_TYPES;
use crate::domain::cell::{Cell, Value};
use crate::domain::field::{FieldId, Kind, Level, auto_sign_word, by_name};
use crate::domain::problem::{Place, Problem, Rule};
use crate::table::Merge;

use super::blank_companies::BlankCompanies;
use super::bystanders::Bystanders;
use super::comments::Comments;
use super::filled_down::FilledDown;
use super::form_columns::FormColumn;
use super::grouped::Grouped;
use super::held_rows::HeldRows;
use super::in_pairs::InPairs;
use super::keyed_rows::KeyedRows;
use super::lacking_roles::LackingRoles;
use super::merged_people::MergedPeople;
use super::named_together::NamedTogether;
use super::near_days::NearDays;
use super::numbers_twice::NumbersTwice;
use super::orders::Orders;
use super::own_ids::OwnIds;
use super::plan::Source;
use super::second_numbers::SecondNumbers;
use super::store::Differs;
use super::suspect_keys::SuspectKeys;
use super::wide_orders::WideOrders;

/// Rows that are named in a question.
pub const MOST_ROWS: usize = 8;

/// Rows of which a question tells: the first few of them, and how many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NotedRows {
    pub rows: Vec<u32>,
    pub count: u64,
}

impl NotedRows {
    pub fn note(&mut self, row: u32) {
        self.count += 1;
        if self.rows.len() < MOST_ROWS {
            self.rows.push(row);
        }
    }
}
/// Without them a contract lacks a signer, or cannot be sent.
const WHO_SIGNS: [FieldId; 4] = [
    FieldId::ApproverName,
    FieldId::ApproverMobile,
    FieldId::ApproverOpenId,
    FieldId::ApproverOrganizationName,
];
/// Rows in which a column is looked at for whether it tells them apart.
pub const MOST_COMPARED: usize = 4096;

#[derive(Default)]
pub struct SheetSurvey {
    held: HeldRows,
    suspect_keys: SuspectKeys,
    in_pairs: InPairs,
    keyed: KeyedRows,
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
    near_days: NearDays,
    filled_down: FilledDown,
    orders: Orders,
    lacking_roles: LackingRoles,
    second_numbers: SecondNumbers,
    numbers_twice: NumbersTwice,
    blank_companies: BlankCompanies,
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
    pub fn new(source: &Source, today: Date) -> Self {
        let mapping = &source.mapping;
        let plain = |column: usize| mapping.plain(column);
        let columns = 0..mapping.targets.len();
        let key = mapping.key.filter(|key| mapping.column_of("contract_id") != Some(*key));
        let keyless = mapping.layout == Layout::Long && mapping.key_column().is_none() && !mapping.each_row;
        let unknown = |column: &usize| mapping.targets[*column] == Target::Unknown;
        let is_type = |column: &usize| {
            let plain = plain(*column);
            unknown(column) && COLUMNS_OF_TYPES.contains(&plain.as_str())
        };
        Self {
            held: HeldRows::new(mapping),
            keyed: KeyedRows::new(key),
            suspect_keys: SuspectKeys::new(mapping, keyless),
            in_pairs: InPairs::new(mapping, keyless),
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
            bystanders: Bystanders::new(mapping, today),
            near_days: NearDays::new(
                mapping,
                source.said.defaults.iter().any(|(field, _)| field == FieldId::Deadline.name()),
                today,
            ),
            filled_down: FilledDown::new(mapping),
            orders: Orders::new(mapping),
            lacking_roles: LackingRoles::new(mapping),
            second_numbers: SecondNumbers::new(mapping),
            numbers_twice: NumbersTwice::new(mapping),
            blank_companies: BlankCompanies::new(mapping),
            wide_orders: WideOrders::new(mapping),
            merged_people: MergedPeople::new(mapping, source.merges_downwards()),
            comments: Comments::new(source),
            grouped: Grouped::new(mapping, keyless),
            layout_is_wide: HeldRows::is_wide(mapping),
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
        self.numbers_twice.row(row);
        self.blank_companies.row(row);
        self.wide_orders.row(row);
        // Further rows of a contract need not say again what it is.
        if begins {
            self.form.iter_mut().for_each(|column| column.look(row));
        }
        self.tell_apart(row);
        self.look_under_merged(row);
        let key = self.keyed.own_value(row);
        self.bystanders.row(row, key, begins && !self.is_ours);
        self.near_days.row(row);
        if self.keyed.is_keyed() {
            self.keyed.row(row);
        } else if self.layout_is_long && !row.mapping.each_row {
            self.suspect_keys.row(row);
            self.in_pairs.row(row);
            self.held.row(row);
            self.named.row(row);
        } else if self.layout_is_wide && !row.mapping.each_row {
            self.held.row(row);
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
        let has_held = self.held.has_some();
        let held = self.held.finish(mapping, &self.bystanders.several().map(header).unwrap_or_default());
        // What only the first of all contracts is called is the name of each, or of the one that they are: one question.
        let names_first = |column: usize| self.form.iter().any(|own| own.is_of_first_alone(column));
        let held = held.map(|(column, rule)| match rule {
            Rule::RowsHeldTogether { header, first_row, rows, count, merged, beside, wide, .. }
                if names_first(column) =>
            {
                let component = true;
                (
                    column,
                    Rule::RowsHeldTogether {
                        header,
                        first_row,
                        rows,
                        count,
                        merged,
                        beside,
                        component,
                        wide,
                    },
                )
            }
            rule => (column, rule),
        });
        let is_held = |column: usize| held.as_ref().is_some_and(|(own, _)| *own == column);
        self.form.into_iter().for_each(|own| own.finish(is_held, held.is_some(), &mut tell));
        let beside = self.bystanders.several().map(header).unwrap_or_default();
        let mut suspect_key = self.suspect_keys.finish().or_else(|| self.in_pairs.finish());
        // 车牌号 with 出租人 and 承租人: where the rows are of several roles it holds two people together.
        if let Some(Problem { rule: Rule::ColumnNearlyKey { for_all, .. }, .. }) = &mut suspect_key {
            *for_all &= self.bystanders.roles(mapping).is_none();
        }
        let asked = has_held || suspect_key.is_some() || self.alike.is_some();
        self.bystanders.finish(mapping, asked, &mut tell);
        for (column, rule) in self.near_days.finish() {
            tell(Some(column), rule);
        }
        // One question about what holds rows together is enough.
        if suspect_key.is_none()
            && let Some((column, rule)) = held
        {
            tell(Some(column), rule);
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
            .chain(self.numbers_twice.finish(header))
            .chain(self.blank_companies.finish())
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
        let restyled = source.workbook.sheets().get(source.sheet).map(|sheet| sheet.restyled.as_slice());
        let is_restyled = |at: &usize| {
            let covers = |area: &&Merge| {
                area.last_row > mapping.header_row
                    && u32::try_from(*at).is_ok_and(|at| (area.first_column..=area.last_column).contains(&at))
            };
            restyled.unwrap_or_default().iter().any(|area| covers(&area))
        };
        let is_used = |at: &usize| {
            let chooses =
                mapping.conditions.iter().any(|(column, _)| column == at) || mapping.key == Some(*at);
            chooses || !matches!(mapping.targets[*at], Target::Unknown | Target::Ignored)
        };
        let restyled: Vec<String> =
            (0..mapping.targets.len()).filter(is_used).filter(is_restyled).map(header).collect();
        if !restyled.is_empty() {
            tell(None, Rule::ConditionalFormats { headers: restyled });
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
        problems.extend(self.keyed.finish());
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
