//! The rows of one contract -> one flow, or the reasons why not.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::Arc;

use serde_json::Value as Json;

use crate::domain::cell::{Cell, Row, Shown, Value};
use crate::domain::field::{AUTO_SIGN, COMPANY_AUTO_SIGN, FieldId, Kind, Level, MAX_APPROVERS, MAX_CCS};
use crate::domain::flow::Sender;
use crate::domain::identity::{self, Content, When};
use crate::domain::problem::{Correction, Place, Problem, Rule};
use crate::domain::remark::Remarks;
use crate::domain::template::Templates;

use super::columns::Target;
use super::compiled::{Column, Part};
use super::dates::Clock;
use super::draft::{Draft, Given, Party, Values};
use super::fixed::FixedSigners;
use super::form_values;
use super::layout::Mapping;
use super::needs::settle_auto_sign;
use super::template::Seat;
use super::values::{self, Parsed};
use super::vocabulary::NO_PARTY;
use super::{raw_json, rules, template, wire};

/// A row with the header that explains it.
#[derive(Clone)]
pub struct SourceRow {
    /// Its place in the input: from 0, over all sheets of the plan; the same at every reading.
    pub ord: i64,
    pub row: Row,
    pub mapping: Arc<Mapping>,
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// Columns whose value was taken from the merged cell above.
    pub merged: Vec<usize>,
    /// First and last column of the widest cell of it that is merged sideways.
    pub across: Option<(usize, usize)>,
    pub meant: Meant,
}

/// Whether a row is one of those that somebody wants sent. It stays with its contract all the same,
/// which never goes without one of its signers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Meant {
    #[default]
    Yes,
    /// Its cells that would say so are blank: what the other rows of its contract say holds.
    Unsaid,
    No,
}

impl SourceRow {
    pub fn place(&self, column: Option<usize>) -> Place {
        Place {
            file: self.file.clone(),
            sheet: self.sheet.clone(),
            row: Some(self.row.number),
            column: column.map(|index| self.mapping.place(index)),
        }
    }

    pub fn is_of_the_sheet_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.mapping, &other.mapping)
    }

    /// The column that holds the rows of a contract together.
    pub fn key_column(&self) -> Option<usize> {
        self.mapping.compiled().key
    }

    /// What the column of `--key` calls the contract, where that is more than a count of
    /// lines: the next file counts its own lines anew, so a count never belongs to a
    /// contract, and 房号 does.
    fn name_by_key(&self) -> Option<String> {
        let column = self.mapping.compiled().name?;
        Some(values_text(&self.row.cell(column).seen())).filter(|text| !text.is_empty())
    }

    /// The contract key as it stands there.
    pub fn key(&self, clock: &Clock) -> Option<String> {
        let parsed = values::parse(Kind::Key, self.row.cell(self.key_column()?), clock);
        match parsed.value {
            Some(Json::String(key)) => Some(key),
            _ => None,
        }
    }

    /// Whether a row without a key may be one more signer of the contract that
    /// `first` begins: it brings someone, and contradicts nothing.
    pub fn may_continue(&self, first: &Self) -> bool {
        let mut brings = false;
        for (column, target) in self.mapping.targets.iter().enumerate() {
            let cell = self.row.cell(column);
            if cell.is_blank() {
                continue;
            }
            let of_contract = match target {
                Target::Field { field, .. } => match field.level {
                    Level::Approver | Level::Cc => {
                        brings = true;
                        false
                    }
                    Level::Flow | Level::Request => true,
                    Level::Own => false,
                },
                Target::FormField(_) => true,
                Target::OfOurs | Target::Unknown | Target::Ignored => false,
            };
            if of_contract && values_text(&cell.seen()) != values_text(&first.row.cell(column).seen()) {
                return false;
            }
        }
        brings
    }
}

/// What stands for absent or empty columns, already as wire values.
#[derive(Clone, Default)]
pub struct Defaults {
    pub values: Vec<(FieldId, Json)>,
    /// `+30d`, where the deadline counts from the day of the import.
    pub relative_deadline: Option<String>,
    /// Signers that every contract gets.
    pub fixed: FixedSigners,
}

pub struct Context {
    pub clock: Clock,
    pub defaults: Defaults,
    /// Header of the column whose values never share a page.
    pub group_by: Option<String>,
    /// Values that a request cannot do without.
    pub request: &'static [FieldId],
    /// What the API says of the templates that are named.
    pub templates: Templates,
    /// Values of a contract that the action does not take.
    pub closed: &'static [FieldId],
}

/// A contract that was read.
pub struct Contract {
    pub key: Option<String>,
    /// `false`: its owner said 否 in the `send` column.
    pub send: bool,
    /// `None`: there are problems that stop it, or it is not to be sent.
    pub flow: Option<BuiltFlow>,
    /// `+30d`, where its deadline counts from the day of the import.
    pub relative: Option<String>,
    /// The value of the `--group-by` column.
    pub group: String,
    /// The name for lists, when there is one.
    pub name: String,
    /// What the rows said, before any default: the contract's identity. Empty where it was not
    /// asked for.
    pub content: Vec<u8>,
    /// Who would send it and with which template, of one that cannot be sent as it is.
    pub unsent: Option<(Arc<Sender>, String)>,
    pub problems: Vec<Problem>,
}

/// What there is of a contract that can be sent.
pub struct BuiltFlow {
    /// `FlowInfo` as JSON.
    pub body: Vec<u8>,
    pub sender: Arc<Sender>,
    pub template_id: Option<String>,
    /// Unix seconds.
    pub deadline: i64,
    pub signers: Vec<Signer>,
    /// What it resembles others by, where that is asked: see [`identity::likeness`].
    pub likeness: Option<Vec<u8>>,
    /// What is worth a look, as of many others.
    pub remarks: Remarks,
    /// Who took which place of the template; empty: it was not asked, or says nothing of it.
    pub seats: Vec<Seat>,
}

/// A signer as hashes, so that people can be compared; 0: not given.
#[derive(Clone, Copy)]
pub struct Signer {
    pub name: u64,
    pub mobile: u64,
    pub id_number: u64,
    /// The number of the row.
    pub row: u32,
}

/// Builds one contract. Whoever builds many keeps a [`Builder`].
pub fn build(rows: &[SourceRow], context: &Context) -> Contract {
    Builder::new(context, None, ContentOf::All).build(rows)
}

/// Which contracts are asked for what they say as a whole: see [`Contract::content`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentOf {
    All,
    /// Those without a number of their own.
    Keyless,
}

/// Builds contracts one after the other and remembers what most of them share.
pub struct Builder<'c> {
    context: &'c Context,
    /// See [`Self::new`].
    stem: Option<&'c str>,
    content_of: ContentOf,
    sheets: Vec<OfSheet>,
    sender: Option<Arc<Sender>>,
    /// What the settings give a request of which the rows say nothing.
    request: Values,
    content: Content,
    /// Of each form field of the sheet, where it stands among the contract's, counted from 1;
    /// 0: nowhere yet.
    places: Vec<u32>,
}

/// What is remembered of a sheet.
struct OfSheet {
    mapping: Arc<Mapping>,
    /// The column to group by.
    group: Option<usize>,
    /// Of each compiled column.
    memos: Vec<Memo>,
}

/// The last text of a column with the value that it gave: most columns say the same
/// again and again.
#[derive(Default)]
struct Memo {
    text: String,
    value: Option<Json>,
    /// Cells in a row that said something else.
    misses: u32,
}

/// A column that changes that often says something else every time.
const MISSES: u32 = 32;

impl Memo {
    fn parse(&mut self, column: &Column, cell: &Cell, clock: &Clock) -> Parsed {
        let text = match (&cell.value, &cell.shown) {
            (Value::Text(text), Shown::Same) if self.misses < MISSES => text,
            _ => return parse(column, cell, clock),
        };
        if text.as_str() == self.text && self.value.is_some() {
            self.misses = 0;
            return Parsed { value: self.value.clone(), text: String::new(), rules: Vec::new() };
        }
        let parsed = parse(column, cell, clock);
        self.misses += 1;
        if parsed.rules.is_empty() && self.misses < MISSES {
            self.text.clear();
            self.text.push_str(text);
            self.value.clone_from(&parsed.value);
        }
        parsed
    }
}

fn parse(column: &Column, cell: &Cell, clock: &Clock) -> Parsed {
    let parsed = match column.field {
        Some(_) => values::parse(column.kind, cell, clock),
        None => form_values::parse_form_value_of(column.form.kind, cell, clock),
    };
    match parsed.rules.as_slice() {
        [Rule::LeftOver | Rule::Ditto] if column.as_text => {
            let value = Some(Json::String(cell.seen().trim().to_owned()));
            Parsed { value, text: String::new(), rules: Vec::new() }
        }
        _ => parsed,
    }
}

impl<'c> Builder<'c> {
    /// `stem`: the name of the input's first file, without its end; None: nobody asks what
    /// the contracts resemble others by.
    pub fn new(context: &'c Context, stem: Option<&'c str>, content_of: ContentOf) -> Self {
        let (request, content) = (Values::default(), Content::default());
        let (sheets, places) = (Vec::new(), Vec::new());
        Self { context, stem, content_of, sheets, sender: None, request, content, places }
    }

    pub fn build(&mut self, rows: &[SourceRow]) -> Contract {
        let context = self.context;
        let mut draft = Draft {
            rows,
            flow: Values::default(),
            request: Values::default(),
            approvers: Vec::with_capacity(rows.len()),
            ccs: Vec::new(),
            fields: Vec::new(),
            problems: Vec::new(),
            remarks: Remarks::default(),
            seals_itself: false,
        };
        let mut group = String::new();
        let mut places = std::mem::take(&mut self.places);
        places.clear();
        for (index, source) in rows.iter().enumerate() {
            let sheet = self.sheet_of(&source.mapping);
            if let Some(column) = sheet.group.filter(|_| group.is_empty()) {
                group = values_text(&source.row.cell(column).seen());
            }
            draft.read_row(index, source, &mut sheet.memos, &mut places, &context.clock);
        }
        self.places = places;
        draft.require_form_fields(&self.places);
        draft.join_equal_ccs();
        let key = draft.flow.text(FieldId::ContractId).map(str::to_owned);
        let send = draft.flow.get(FieldId::Send).is_none_or(|given| given.value.as_bool() != Some(false));
        let content = match (&key, self.content_of) {
            (Some(_), ContentOf::Keyless) => Vec::new(),
            _ => draft.content(&mut self.content, &context.clock),
        };
        let name = draft.flow.text(FieldId::FlowName).unwrap_or_default().to_owned();
        draft.check_send();
        if !send && !draft.problems.iter().any(|problem| matches!(problem.rule, Rule::SendDiffers { .. })) {
            let (flow, relative, unsent, problems) = (None, None, None, Vec::new());
            return Contract { key, send, flow, relative, group, name, content, unsent, problems };
        }
        let relative = draft.relative_deadline(&context.defaults);
        raw_json::absorb(&mut draft, &context.clock);
        let of_settings = draft.request.is_empty();
        if of_settings {
            std::mem::swap(&mut draft.request, &mut self.request);
        }
        draft.fill(&context.defaults, key.as_deref());
        draft.add_fixed(&context.defaults.fixed);
        draft.sort();
        // Whom it resembles does not depend on what the template says.
        let (signers, likeness) = (draft.signers(), self.stem.map(|stem| draft.likeness(stem)));
        let open = settle_auto_sign(&mut draft);
        let seats = match open.as_slice() {
            [] => template::hold(&mut draft, &context.templates, &context.clock),
            _ => Vec::new(),
        };
        rules::check(&mut draft, context.request, context.closed, &open);
        let stopped = draft.problems.iter().any(Problem::stops);
        let body = if stopped { None } else { wire::write(&mut draft) };
        let sender = self.sender_of(&draft.request);
        let template_id = draft.flow.text(FieldId::TemplateId).map(str::to_owned);
        let (flow, unsent) = match body {
            Some(body) => {
                let flow = BuiltFlow {
                    body,
                    sender,
                    template_id,
                    deadline: draft.deadline(),
                    signers,
                    likeness,
                    remarks: draft.remarks,
                    seats,
                };
                (Some(flow), None)
            }
            None => (None, template_id.map(|template| (sender, template))),
        };
        if of_settings {
            std::mem::swap(&mut draft.request, &mut self.request);
        }
        Contract { key, send, flow, relative, group, name, content, unsent, problems: draft.problems }
    }

    fn sheet_of(&mut self, mapping: &Arc<Mapping>) -> &mut OfSheet {
        let known = self.sheets.iter().position(|sheet| Arc::ptr_eq(&sheet.mapping, mapping));
        let at = known.unwrap_or_else(|| {
            let memos = mapping.compiled().columns.iter().map(|_| Memo::default()).collect();
            let group = self.context.group_by.as_deref().and_then(|header| mapping.header_named(header));
            self.sheets.push(OfSheet { mapping: Arc::clone(mapping), group, memos });
            self.sheets.len() - 1
        });
        &mut self.sheets[at]
    }

    /// Most contracts have the sender of the one before.
    fn sender_of(&mut self, request: &Values) -> Arc<Sender> {
        let text = |field| request.text(field).unwrap_or_default();
        let (app_id, organization_open_id) = (text(FieldId::AppId), text(FieldId::OrganizationOpenId));
        let (operator_open_id, jump_url) = (text(FieldId::OperatorOpenId), text(FieldId::JumpUrl));
        if let Some(own) = &self.sender
            && own.app_id == app_id
            && own.organization_open_id == organization_open_id
            && own.operator_open_id == operator_open_id
            && own.jump_url == jump_url
        {
            return Arc::clone(own);
        }
        let sender = Arc::new(Sender {
            app_id: app_id.to_owned(),
            organization_open_id: organization_open_id.to_owned(),
            operator_open_id: operator_open_id.to_owned(),
            jump_url: jump_url.to_owned(),
        });
        self.sender = Some(Arc::clone(&sender));
        sender
    }
}

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
    fn read_row(
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
        let gap = gap.map(|(expected, _)| expected + 1);
        if let Some(number) = gap {
            self.tell(index, None, None, Rule::ApproverGap { number });
        }
        drop_empty(&mut self.approvers, approvers);
        drop_empty(&mut self.ccs, ccs);
    }

    /// Fields in their order, in every part.
    fn sort(&mut self) {
        self.flow.sort();
        self.request.sort();
        self.approvers.iter_mut().chain(&mut self.ccs).for_each(|party| party.values.sort());
    }

    /// Like any column of the contract, a cc may be repeated on each of its rows.
    fn join_equal_ccs(&mut self) {
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
    fn require_form_fields(&mut self, places: &[u32]) {
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
    fn check_send(&mut self) {
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

    /// Everything the rows say that is or could be sent, in the form that makes the
    /// contract the same one ever after.
    fn content(&self, content: &mut Content, clock: &Clock) -> Vec<u8> {
        let mut level = |part: identity::Part, values: &Values| {
            content.begin(part);
            for (field, given) in values.iter().filter(|(field, _)| *field != FieldId::Send) {
                let is_deadline = field.field().kind == Kind::Deadline;
                match given.value.as_i64().filter(|_| is_deadline) {
                    Some(at) => {
                        let seen = self.seen_ref(given);
                        content.deadline(field.name(), when(&seen, at, clock));
                    }
                    // The words had this form before it depended on the company.
                    None if matches!(given.value.as_str(), Some(COMPANY_AUTO_SIGN | AUTO_SIGN))
                        && field == FieldId::ApproverType =>
                    {
                        content.field(field, &Json::from("ENTERPRISESERVER"));
                    }
                    None => content.field(field, &given.value),
                }
            }
        };
        level(identity::Part::Flow, &self.flow);
        level(identity::Part::Request, &self.request);
        self.approvers.iter().for_each(|party| level(identity::Part::Approver, &party.values));
        self.ccs.iter().for_each(|party| level(identity::Part::Cc, &party.values));
        content.begin(identity::Part::FormField);
        self.fields.iter().for_each(|(name, given)| content.value(name, &given.value));
        if let Some(key) = self.rows.first().and_then(SourceRow::name_by_key) {
            content.begin(identity::Part::Flow);
            content.value("key", &Json::from(key));
        }
        content.take()
    }

    fn signers(&self) -> Vec<Signer> {
        let hash = |text: Option<&str>| {
            let mut hasher = DefaultHasher::new();
            text.map_or(0, |text| {
                hasher.write(text.as_bytes());
                hasher.finish().max(1)
            })
        };
        let signer = |party: &Party| Signer {
            // Whoever signs everything is nobody to compare.
            name: if party.is_of_settings() { 0 } else { hash(party.values.text(FieldId::ApproverName)) },
            mobile: hash(party.values.text(FieldId::ApproverMobile)),
            id_number: hash(party.values.text(FieldId::ApproverIdCardNumber)),
            row: self.number_of(party.row),
        };
        self.approvers.iter().map(signer).collect()
    }

    fn likeness(&self, stem: &str) -> Vec<u8> {
        let text = |field| self.flow.text(field).unwrap_or_default();
        // Without those of the settings: another such signer is told by the claim.
        let own = self.approvers.iter().filter(|party| !party.is_of_settings());
        let signers = own.map(|party| {
            let text = |field| party.values.text(field).unwrap_or_default();
            [
                text(FieldId::ApproverName),
                text(FieldId::ApproverMobile),
                text(FieldId::ApproverIdCardNumber),
                text(FieldId::ApproverOrganizationName),
                text(FieldId::ApproverOpenId),
            ]
        });
        identity::likeness(stem, text(FieldId::TemplateId), text(FieldId::FlowName), signers)
    }

    /// Unix seconds.
    fn deadline(&self) -> i64 {
        self.flow.get(FieldId::Deadline).and_then(|own| own.value.as_i64()).unwrap_or(0)
    }

    /// The deadline as it is written, where it counts from the day of the import.
    fn relative_deadline(&self, defaults: &Defaults) -> Option<String> {
        let Some(given) = self.flow.get(FieldId::Deadline) else { return defaults.relative_deadline.clone() };
        values::relative_deadline(&self.seen_ref(given))
    }

    fn fill(&mut self, defaults: &Defaults, key: Option<&str>) {
        let add = |values: &mut Values, field: FieldId, value: &Json| {
            if !values.has(field) {
                values.set(field, Given { value: value.clone(), row: 0, column: None });
            }
        };
        for (id, value) in &defaults.values {
            match id.field().level {
                Level::Flow => add(&mut self.flow, *id, value),
                Level::Request => add(&mut self.request, *id, value),
                Level::Approver => {
                    self.approvers.iter_mut().for_each(|party| add(&mut party.values, *id, value));
                }
                Level::Cc => self.ccs.iter_mut().for_each(|party| add(&mut party.values, *id, value)),
                Level::Own => {}
            }
        }
        let of_json = matches!(self.flow.get(FieldId::FlowJson),
            Some(Given { value: Json::Object(raw), .. }) if raw.contains_key("CustomerData"));
        if let Some(key) = key.filter(|_| !of_json && !self.flow.has(FieldId::CustomerData)) {
            add(&mut self.flow, FieldId::CustomerData, &Json::String(values::encode(key)));
            if let Kind::Encoded { limit } = FieldId::CustomerData.field().kind
                && key.len() > limit / 4 * 3
                && let Some(given) = self.flow.get(FieldId::ContractId)
            {
                let (row, column, found) = (given.row, given.column, key.len());
                self.tell(
                    row,
                    column,
                    Some(key.to_owned()),
                    Rule::TooManyBytes { limit: limit / 4 * 3, found },
                );
            }
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

/// `at`: Unix seconds, as the text was read.
fn when<'t>(seen: &'t str, at: i64, clock: &Clock) -> When<'t> {
    // A report writes `'+30d`, so that nobody takes it for a formula.
    let text = seen.trim().trim_start_matches('\'').trim();
    if text.starts_with(['+', '＋']) {
        return When::Relative(text);
    }
    if super::dates::is_instant(text) {
        return When::Instant(at);
    }
    let moment = jiff::Timestamp::from_second(at).map(|at| clock.zone.to_datetime(at));
    moment.map_or(When::Instant(at), When::Civil)
}

fn values_text(seen: &str) -> String {
    super::normalize::clean(seen).text
}
