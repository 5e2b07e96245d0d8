//! The rows of one contract -> one flow, or the reasons why not.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use crate::domain::cell::Row;
use crate::domain::field::{FIELDS, Field, Kind, Level, MAX_APPROVERS, MAX_CCS, by_name};
use crate::domain::flow::{Flow, Sender};
use crate::domain::identity::{Content, Part, When};
use crate::domain::problem::{Correction, Place, Problem, Rule};

use super::columns::Target;
use super::dates::Clock;
use super::layout::Mapping;
use super::rules;
use super::values::{self, Parsed};

/// A row with the header that explains it.
#[derive(Clone)]
pub struct SourceRow {
    pub row: Row,
    pub mapping: Arc<Mapping>,
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// Columns whose value was taken from the merged cell above.
    pub merged: Vec<usize>,
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

    /// The contract key as it stands there.
    pub fn key(&self, clock: &Clock) -> Option<String> {
        let column = self.mapping.key_column()?;
        let parsed = values::parse(Kind::Key, self.row.cell(column), clock);
        parsed.value.and_then(|value| value.as_str().map(str::to_owned))
    }

    /// What the column of `--key` calls the contract, where that is more than a count of
    /// lines: the next file counts its own lines anew, so a count never belongs to a
    /// contract, and 房号 does.
    fn name_by_key(&self) -> Option<String> {
        let column = self.mapping.names_contracts()?;
        Some(values_text(self.row.cell(column).seen())).filter(|text| !text.is_empty())
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
            if of_contract && values_text(cell.seen()) != values_text(first.row.cell(column).seen()) {
                return false;
            }
        }
        brings
    }
}

/// What stands for absent or empty columns, already as wire values.
#[derive(Clone, Default)]
pub struct Defaults {
    pub values: HashMap<&'static str, Json>,
    /// `+30d`, where the deadline counts from the day of the import.
    pub relative_deadline: Option<String>,
}

pub struct Context {
    pub clock: Clock,
    pub defaults: Defaults,
    /// Header of the column whose values never share a page.
    pub group_by: Option<String>,
}

/// A contract that was read.
pub struct Contract {
    pub key: Option<String>,
    /// `false`: its owner said 否 in the `send` column.
    pub send: bool,
    /// `None`: there are problems that stop it, or it is not to be sent.
    pub flow: Option<(Flow, Sender)>,
    /// `+30d`, where its deadline counts from the day of the import.
    pub relative: Option<String>,
    /// The value of the `--group-by` column.
    pub group: String,
    /// The name for lists, when there is one.
    pub name: String,
    /// What the rows said, before any default: the contract's identity.
    pub content: Vec<u8>,
    /// Who would send it and with which template, of one that cannot be sent as it is.
    pub unsent: Option<(Sender, String)>,
    pub problems: Vec<Problem>,
}

/// A value with where it came from.
pub struct Given {
    pub value: Json,
    pub row: usize,
    pub column: usize,
}

/// Values of one level, by field name.
pub type Values = HashMap<&'static str, Given>;

/// What was gathered from the rows before it becomes a flow.
pub struct Draft<'a> {
    pub rows: &'a [SourceRow],
    pub flow: Values,
    pub request: Values,
    /// In order; the first row that gave each.
    pub approvers: Vec<(Values, usize)>,
    pub ccs: Vec<(Values, usize)>,
    pub fields: Vec<(String, Given)>,
    pub problems: Vec<Problem>,
}

pub fn build(rows: &[SourceRow], context: &Context) -> Contract {
    let mut draft = Draft {
        rows,
        flow: Values::new(),
        request: Values::new(),
        approvers: Vec::new(),
        ccs: Vec::new(),
        fields: Vec::new(),
        problems: Vec::new(),
    };
    for index in 0..rows.len() {
        draft.read_row(index, &context.clock);
    }
    draft.join_equal_ccs();
    let key = draft.flow.get("contract_id").and_then(|given| given.value.as_str().map(str::to_owned));
    let send = draft.flow.get("send").is_none_or(|given| given.value.as_bool() != Some(false));
    let group = context.group_by.as_deref().map(|header| draft.group(header)).unwrap_or_default();
    let content = draft.content(&context.clock);
    let name =
        draft.flow.get("flow_name").and_then(|given| given.value.as_str()).unwrap_or_default().to_owned();
    draft.check_send();
    if !send && !draft.problems.iter().any(|problem| matches!(problem.rule, Rule::SendDiffers { .. })) {
        return Contract {
            key,
            send,
            flow: None,
            relative: None,
            group,
            name,
            content,
            unsent: None,
            problems: Vec::new(),
        };
    }
    let relative = draft.relative_deadline(&context.defaults);
    let defaults = &context.defaults.values;
    draft.absorb_all_json(&context.clock);
    draft.fill(defaults, key.as_deref());
    rules::check(&mut draft);
    let flow = if draft.problems.iter().any(Problem::stops) { None } else { draft.assemble() };
    let unsent = draft.flow.get("template_id").and_then(|given| given.value.as_str()).map(str::to_owned);
    let unsent = unsent.map(|template| (draft.sender(), template));
    Contract { key, send, flow, relative, group, name, content, unsent, problems: draft.problems }
}

impl Draft<'_> {
    pub fn tell(&mut self, row: usize, column: Option<usize>, value: Option<String>, rule: Rule) {
        if let Some(source) = self.rows.get(row) {
            self.problems.push(Problem { place: source.place(column), value, rule });
        }
    }

    /// The column of a field in a row's sheet, for a value that is missing.
    pub fn column(&self, row: usize, field: &Field, index: Option<usize>) -> Option<usize> {
        let mapping = &self.rows.get(row)?.mapping;
        mapping.targets.iter().position(
            |target| matches!(target, Target::Field { field: own, index: at } if *own == field && *at == index),
        )
    }

    /// What a raw JSON column gives for a field that has a column of its own is
    /// checked as if it stood there.
    fn absorb_json(values: &mut Values, level: Level, clock: &Clock) -> Vec<(usize, usize, String, Rule)> {
        let name = if level == Level::Flow { "flow.json" } else { "approver.json" };
        let mut told = Vec::new();
        let Some(Given { value: Json::Object(raw), row, column }) = values.get_mut(name) else { return told };
        let (row, column) = (*row, *column);
        let mut tell = |rule: Rule| told.push((row, column, String::new(), rule));
        for key in ["FlowApprovers", "CcInfos"] {
            if level == Level::Flow && raw.contains_key(key) {
                tell(Rule::JsonForbids { key: key.into() });
            }
        }
        let mut found = Vec::new();
        for field in FIELDS.iter().filter(|field| field.level == level) {
            let [key] = field.path else { continue };
            let text = match raw.get(*key) {
                Some(Json::String(text)) if !matches!(field.kind, Kind::Encoded { .. }) => text.clone(),
                Some(value @ (Json::Number(_) | Json::Bool(_))) => value.to_string(),
                _ => continue,
            };
            raw.remove(*key);
            let parsed = values::parse(field.kind, &crate::domain::cell::Cell::text_of(text), clock);
            told.extend(parsed.rules.into_iter().map(|rule| (row, column, parsed.text.clone(), rule)));
            found.extend(parsed.value.map(|value| (field.name, Given { value, row, column })));
        }
        let nested: Vec<(&str, &str)> = FIELDS
            .iter()
            .filter(|field| field.level == level && values.contains_key(field.name))
            .filter_map(|field| match field.path {
                [parent, key] => Some((*parent, *key)),
                [key] if matches!(field.kind, Kind::Encoded { .. }) => Some((*key, "")),
                _ => None,
            })
            .collect();
        if let Some(Given { value: Json::Object(raw), .. }) = values.get(name) {
            for (parent, key) in nested {
                let there = raw.get(parent).is_some_and(|inner| key.is_empty() || inner.get(key).is_some());
                if there {
                    let key = if key.is_empty() { parent } else { key };
                    told.push((row, column, String::new(), Rule::JsonContradicts { key: key.into() }));
                }
            }
        }
        for (name, given) in found {
            match values.get(name) {
                Some(own) if own.value != given.value => {
                    let key = by_name(name).and_then(|field| field.path.last().copied()).unwrap_or(name);
                    told.push((row, column, String::new(), Rule::JsonContradicts { key: key.into() }));
                }
                Some(_) => {}
                None => {
                    values.insert(name, given);
                }
            }
        }
        told
    }

    fn absorb_all_json(&mut self, clock: &Clock) {
        let mut told = Self::absorb_json(&mut self.flow, Level::Flow, clock);
        for (approver, _) in &mut self.approvers {
            told.extend(Self::absorb_json(approver, Level::Approver, clock));
        }
        for (row, column, text, rule) in told {
            self.tell(row, Some(column), Some(text).filter(|text| !text.is_empty()), rule);
        }
    }

    fn read_row(&mut self, index: usize, clock: &Clock) {
        let Some(source) = self.rows.get(index) else { return };
        let mapping = Arc::clone(&source.mapping);
        let mut approvers: BTreeMap<usize, Values> = BTreeMap::new();
        let mut ccs: BTreeMap<usize, Values> = BTreeMap::new();
        for (column, target) in mapping.targets.iter().enumerate() {
            let cell = source.row.cell(column);
            let parsed = match target {
                Target::Field { field, .. } => values::parse(field.kind, cell, clock),
                Target::FormField(_) => values::parse_form_value(cell),
                Target::OfOurs | Target::Unknown | Target::Ignored => continue,
            };
            let merged = source.merged.contains(&column);
            let Some(given) = self.take(index, column, merged, parsed) else { continue };
            match target {
                Target::Field { field, index: at } => match field.level {
                    Level::Approver => {
                        approvers.entry(at.unwrap_or(0)).or_default().insert(field.name, given);
                    }
                    Level::Cc => {
                        ccs.entry(at.unwrap_or(0)).or_default().insert(field.name, given);
                    }
                    Level::Request => self.once(Level::Request, field.name, given),
                    Level::Flow | Level::Own => self.once(Level::Flow, field.name, given),
                },
                Target::FormField(name) => self.form_value(name, given),
                Target::OfOurs | Target::Unknown | Target::Ignored => {}
            }
        }
        if let Some((number, _)) = (0..).zip(approvers.keys()).find(|(number, index)| number != *index) {
            self.tell(index, None, None, Rule::ApproverGap { number: number + 1 });
        }
        self.approvers.extend(approvers.into_values().map(|values| (values, index)));
        self.ccs.extend(ccs.into_values().map(|values| (values, index)));
    }

    /// Like any column of the contract, a cc may be repeated on each of its rows.
    fn join_equal_ccs(&mut self) {
        let mut kept: Vec<(Values, usize)> = Vec::new();
        for (cc, row) in std::mem::take(&mut self.ccs) {
            let same = |other: &Values| {
                other.len() == cc.len()
                    && cc
                        .iter()
                        .all(|(name, given)| other.get(name).is_some_and(|own| own.value == given.value))
            };
            if !kept.iter().any(|(other, _)| same(other)) {
                kept.push((cc, row));
            }
        }
        self.ccs = kept;
    }

    fn take(&mut self, row: usize, column: usize, merged: bool, parsed: Parsed) -> Option<Given> {
        let Parsed { value, text, rules } = parsed;
        for rule in rules {
            self.tell(row, Some(column), Some(text.clone()), rule);
        }
        if merged && value.is_some() {
            let to = value.as_ref().and_then(Json::as_str).unwrap_or(&text).to_owned();
            let rule = Rule::Corrected { what: Correction::MergedValue, to };
            self.tell(row, Some(column), Some(text), rule);
        }
        value.map(|value| Given { value, row, column })
    }

    /// Contract columns are given once or repeated, never differently.
    fn once(&mut self, level: Level, name: &'static str, given: Given) {
        let values = if level == Level::Request { &mut self.request } else { &mut self.flow };
        match values.get(name) {
            None => {
                values.insert(name, given);
            }
            Some(first) if first.value == given.value || name == "send" => {
                // A contradiction in `send` has its own sentence: see `check_send`.
            }
            Some(first) => {
                let other_row = self.rows.get(first.row).map_or(0, |row| row.row.number);
                let seen = self.seen(&given);
                self.tell(given.row, Some(given.column), Some(seen), Rule::Contradiction { other_row });
            }
        }
    }

    fn form_value(&mut self, name: &str, given: Given) {
        match self.fields.iter().find(|(own, _)| own == name) {
            None => self.fields.push((name.to_owned(), given)),
            Some((_, first)) if first.value == given.value => {}
            Some((_, first)) => {
                let other_row = self.rows.get(first.row).map_or(0, |row| row.row.number);
                let seen = self.seen(&given);
                self.tell(given.row, Some(given.column), Some(seen), Rule::Contradiction { other_row });
            }
        }
    }

    /// 否 on some rows of a contract only: never a contract minus a signer.
    fn check_send(&mut self) {
        let mut first: Option<(bool, u32)> = None;
        let mut differs = None;
        for (index, source) in self.rows.iter().enumerate() {
            let Some(column) = source.mapping.column_of("send") else { continue };
            let said = values::yes_no(&source.row.cell(column).seen()).unwrap_or(true);
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

    fn group(&self, header: &str) -> String {
        self.rows
            .iter()
            .filter_map(|source| {
                let column = source.mapping.header_named(header)?;
                Some(values_text(source.row.cell(column).seen()))
            })
            .find(|text| !text.is_empty())
            .unwrap_or_default()
    }

    /// Everything the rows say that is or could be sent, in the form that makes the
    /// contract the same one ever after.
    fn content(&self, clock: &Clock) -> Vec<u8> {
        let mut content = Content::default();
        let mut level = |part: Part, values: &Values| {
            content.begin(part);
            for (name, given) in values.iter().filter(|(name, _)| **name != "send") {
                let is_deadline = by_name(name).is_some_and(|field| field.kind == Kind::Deadline);
                match given.value.as_i64().filter(|_| is_deadline) {
                    Some(at) => {
                        let seen = self.seen(given);
                        content.deadline(name, when(&seen, at, clock));
                    }
                    None => content.value(name, &given.value),
                }
            }
        };
        level(Part::Flow, &self.flow);
        level(Part::Request, &self.request);
        self.approvers.iter().for_each(|(values, _)| level(Part::Approver, values));
        self.ccs.iter().for_each(|(values, _)| level(Part::Cc, values));
        content.begin(Part::FormField);
        self.fields.iter().for_each(|(name, given)| content.value(name, &given.value));
        if let Some(key) = self.rows.first().and_then(SourceRow::name_by_key) {
            content.begin(Part::Flow);
            content.value("key", &Json::from(key));
        }
        content.finish()
    }

    /// The deadline as it is written, where it counts from the day of the import.
    fn relative_deadline(&self, defaults: &Defaults) -> Option<String> {
        let Some(given) = self.flow.get("deadline") else { return defaults.relative_deadline.clone() };
        values::relative_deadline(&self.seen(given))
    }

    /// What a person sees in the cell that a value came from.
    fn seen(&self, given: &Given) -> String {
        self.rows.get(given.row).map(|source| source.row.cell(given.column).seen()).unwrap_or_default()
    }

    fn fill(&mut self, defaults: &HashMap<&'static str, Json>, key: Option<&str>) {
        let nowhere = |value: &Json| Given { value: value.clone(), row: 0, column: usize::MAX };
        for (name, value) in defaults {
            let Some(field) = by_name(name) else { continue };
            let values = match field.level {
                Level::Flow => &mut self.flow,
                Level::Request => &mut self.request,
                Level::Approver => {
                    for (approver, _) in &mut self.approvers {
                        approver.entry(field.name).or_insert_with(|| nowhere(value));
                    }
                    continue;
                }
                Level::Cc => {
                    for (cc, _) in &mut self.ccs {
                        cc.entry(field.name).or_insert_with(|| nowhere(value));
                    }
                    continue;
                }
                Level::Own => continue,
            };
            values.entry(field.name).or_insert_with(|| nowhere(value));
        }
        let of_json = matches!(self.flow.get("flow.json"),
            Some(Given { value: Json::Object(raw), .. }) if raw.contains_key("CustomerData"));
        if let Some(key) = key.filter(|_| !of_json) {
            let encoded = Json::String(values::encode(key));
            self.flow.entry("customer_data").or_insert_with(|| nowhere(&encoded));
        }
    }

    /// The wire form. What the raw JSON columns hold is laid under the columns.
    fn sender(&self) -> Sender {
        let text = |name: &str| {
            self.request.get(name).and_then(|given| given.value.as_str()).unwrap_or_default().to_owned()
        };
        Sender {
            app_id: text("app_id"),
            organization_open_id: text("organization_open_id"),
            operator_open_id: text("operator_open_id"),
            jump_url: text("jump_url"),
        }
    }

    fn assemble(&mut self) -> Option<(Flow, Sender)> {
        let mut object = wire(&self.flow, Level::Flow);
        let approvers: Vec<Json> =
            self.approvers.iter().map(|(values, _)| Json::Object(wire(values, Level::Approver))).collect();
        object.insert("FlowApprovers".into(), Json::Array(approvers));
        if !self.ccs.is_empty() {
            let ccs = self.ccs.iter().map(|(values, _)| Json::Object(wire(values, Level::Cc))).collect();
            object.insert("CcInfos".into(), Json::Array(ccs));
        }
        let mut fields: Vec<Json> = match object.remove("FormFields") {
            Some(Json::Array(fields)) => fields,
            _ => Vec::new(),
        };
        let twice = self.fields.iter().find(|(name, _)| {
            fields.iter().any(|field| field["ComponentName"].as_str() == Some(name.as_str()))
        });
        if let Some((name, given)) = twice {
            let (row, column, key) = (given.row, given.column, name.clone());
            self.tell(row, Some(column), None, Rule::JsonContradicts { key });
            return None;
        }
        fields.extend(
            self.fields.iter().map(
                |(name, given)| serde_json::json!({"ComponentName": name, "ComponentValue": given.value}),
            ),
        );
        if !fields.is_empty() {
            object.insert("FormFields".into(), Json::Array(fields));
        }
        let sender = self.sender();
        match serde_json::from_value::<Flow>(Json::Object(object)) {
            Ok(flow) => Some((flow, sender)),
            // Only a raw JSON column can bring what does not fit.
            Err(_) => {
                let (row, column) = self.json_column().unwrap_or((0, None));
                self.tell(row, column, None, Rule::Json);
                None
            }
        }
    }

    fn json_column(&self) -> Option<(usize, Option<usize>)> {
        let given = self
            .flow
            .get("flow.json")
            .or_else(|| self.approvers.iter().find_map(|(values, _)| values.get("approver.json")))?;
        Some((given.row, Some(given.column)))
    }

    pub fn too_many(&mut self) {
        for (what, limit, rows) in [
            ("approvers", MAX_APPROVERS, self.approvers.iter().map(|(_, row)| *row).collect::<Vec<_>>()),
            ("ccs", MAX_CCS, self.ccs.iter().map(|(_, row)| *row).collect()),
        ] {
            if let Some(row) = rows.get(limit) {
                self.tell(*row, None, None, Rule::TooMany { what: what.into(), limit, found: rows.len() });
            }
        }
    }
}

fn wire(values: &Values, level: Level) -> Map<String, Json> {
    let mut object = match values.get(if level == Level::Flow { "flow.json" } else { "approver.json" }) {
        Some(Given { value: Json::Object(raw), .. }) => raw.clone(),
        _ => Map::new(),
    };
    for field in FIELDS.iter().filter(|field| field.level == level) {
        let Some(given) = values.get(field.name) else { continue };
        match field.path {
            [name] => {
                object.insert((*name).into(), given.value.clone());
            }
            [parent, name] => {
                let parent = object.entry(*parent).or_insert_with(|| Json::Object(Map::new()));
                if let Json::Object(parent) = parent {
                    parent.insert((*name).into(), given.value.clone());
                }
            }
            _ => {}
        }
    }
    object
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

fn values_text(seen: String) -> String {
    super::normalize::clean(&seen).text
}
