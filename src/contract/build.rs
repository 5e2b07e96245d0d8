//! The rows of one contract -> one flow, or the reasons why not.

use std::sync::Arc;

use serde_json::Value as Json;

use crate::domain::field::{FieldId, Kind, Level};
use crate::domain::flow::Sender;
use crate::domain::identity::Content;
use crate::domain::problem::{Problem, Rule};
use crate::domain::remark::Remarks;
use crate::domain::template::Templates;

use super::dates::Clock;
use super::draft::{Draft, Given, Values};
use super::fixed::FixedSigners;
use super::layout::Mapping;
use super::memo::Memo;
use super::needs::settle_auto_sign;
use super::source_row::{SourceRow, values_text};
use super::template::Seat;
use super::{companies, raw_json, rules, template, values, wire};

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
    /// For the next body; see [`Self::take_back`].
    room: Vec<u8>,
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

impl<'c> Builder<'c> {
    /// `stem`: the name of the input's first file, without its end; None: nobody asks what
    /// the contracts resemble others by.
    pub fn new(context: &'c Context, stem: Option<&'c str>, content_of: ContentOf) -> Self {
        let (request, content) = (Values::default(), Content::default());
        let (sheets, places, room) = (Vec::new(), Vec::new(), Vec::new());
        Self { context, stem, content_of, sheets, sender: None, request, content, room, places }
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
        companies::settle(&mut draft);
        if !context.defaults.fixed.signers.is_empty() {
            let own_company = draft.request.text(FieldId::OrganizationOpenId).map(str::to_owned);
            draft.add_fixed(&context.defaults.fixed, own_company.as_deref());
        }
        draft.sort();
        // Whom it resembles does not depend on what the template says.
        let (signers, likeness) = (draft.signers(), self.stem.map(|stem| draft.likeness(stem)));
        let open = settle_auto_sign(&mut draft);
        let seats = match open.as_slice() {
            [] => template::hold(&mut draft, &context.templates, &context.clock),
            _ => Vec::new(),
        };
        rules::check(&mut draft, context.request, context.closed, &open, &context.clock);
        let stopped = draft.problems.iter().any(Problem::stops);
        let body = if stopped { None } else { wire::write(&mut draft, std::mem::take(&mut self.room)) };
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

    /// The body of a contract that nobody keeps: the next one is written in its place.
    pub fn take_back(&mut self, body: Vec<u8>) {
        self.room = body;
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

impl Draft<'_> {
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
}
