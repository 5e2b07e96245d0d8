//! Which templates the rows of a plan name, before they are read as contracts.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use serde_json::Value as Json;

use crate::contract::build::Context;
use crate::contract::source_row::SourceRow;
use crate::contract::values;
use crate::domain::field::FieldId;
use crate::domain::flow::Sender;
use crate::domain::template::TemplateOf;

use super::ImportError;
use super::plan::Plan;
use super::rows::each_row;

/// Columns that decide which template of whose a contract has.
const DECIDING: [FieldId; 5] = [
    FieldId::TemplateId,
    FieldId::FlowJson,
    FieldId::AppId,
    FieldId::OrganizationOpenId,
    FieldId::OperatorOpenId,
];

/// Every template that a contract of the plan may have, with somebody who may ask for it.
/// Some that no contract has may be among them: a row need not be one.
///
/// # Errors
/// Those of the files.
pub fn named_templates(plan: &Plan, context: &Context) -> Result<BTreeMap<TemplateOf, Sender>, ImportError> {
    let mut named = BTreeMap::new();
    let decides = |source: &super::plan::Source| {
        DECIDING.iter().any(|field| source.mapping.compiled().column_of(*field).is_some())
    };
    let mut add = |row: Option<&SourceRow>| {
        let value =
            |field| row.and_then(|row| in_row(row, field, context)).or_else(|| default(field, context));
        let id = row.and_then(|row| in_json(row, context)).or_else(|| value(FieldId::TemplateId));
        let (Some(id), Some(app_id), Some(organization_open_id), Some(operator_open_id)) =
            (id, value(FieldId::AppId), value(FieldId::OrganizationOpenId), value(FieldId::OperatorOpenId))
        else {
            return;
        };
        let of =
            TemplateOf { app_id: app_id.clone(), organization_open_id: organization_open_id.clone(), id };
        let sender = Sender { app_id, organization_open_id, operator_open_id, jump_url: String::new() };
        named.entry(of).or_insert(sender);
    };
    add(None);
    if plan.sources.iter().any(decides) {
        each_row(plan, |numbered| {
            add(Some(&numbered.row));
            Ok::<_, ImportError>(ControlFlow::Continue(()))
        })?;
    }
    Ok(named)
}

fn in_row(row: &SourceRow, field: FieldId, context: &Context) -> Option<String> {
    let column = row.mapping.compiled().column_of(field)?;
    let parsed = values::parse(field.field().kind, row.row.cell(column), &context.clock);
    parsed.value?.as_str().map(str::to_owned)
}

/// A raw JSON column may name it as well.
fn in_json(row: &SourceRow, context: &Context) -> Option<String> {
    let field = FieldId::FlowJson;
    let column = row.mapping.compiled().column_of(field)?;
    let parsed = values::parse(field.field().kind, row.row.cell(column), &context.clock);
    parsed.value?.get("TemplateId")?.as_str().map(|id| id.trim().to_owned())
}

fn default(field: FieldId, context: &Context) -> Option<String> {
    let own = context.defaults.values.iter().find(|(own, _)| *own == field);
    own.and_then(|(_, value): &(FieldId, Json)| value.as_str()).map(str::to_owned)
}
