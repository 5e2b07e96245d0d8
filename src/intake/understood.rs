//! A plan and its rows -> what they were understood as.

use serde_json::Value as Json;

use crate::contract::build::{Context, build};
use crate::contract::columns::Target;
use crate::contract::form_values::FormKind;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::field::{FIELDS, Field, FieldId, Level};
use crate::domain::understood::{
    ColumnUnderstood, DeadlinesUnderstood, FirstContract, FixedUnderstood, SheetUnderstood, Understood,
    ValueUnderstood,
};
use crate::domain::workbook_marks::{FLOW, RED};

use super::contracts::{Counted, Deadlines};
use super::plan::{Plan, Source};
use super::survey::Surveyed;

pub fn understood(plan: &Plan, surveyed: &Surveyed, contracts: u64, context: &Context) -> Understood {
    Understood {
        sheets: plan.sources.iter().map(sheet).collect(),
        unused_sheets: plan.unused.clone(),
        added: added(plan, context),
        fixed: fixed(context),
        deadlines: deadlines(&surveyed.deadlines, context),
        contracts,
        signers: surveyed.signers.iter().map(|(signers, count)| (*signers, *count)).collect(),
        first: first(&surveyed.first, context),
    }
}

fn sheet(source: &Source) -> SheetUnderstood {
    let mapping = &source.mapping;
    let has_reasons = source.begins_with_reasons();
    // Of columns that we have put there nobody is told.
    let is_ours =
        |column: usize, header: &str| (has_reasons && column == 0) || [FLOW, RED].contains(&header.trim());
    let columns = mapping.headers.iter().enumerate();
    let columns = columns.filter(|(column, header)| !header.is_empty() && !is_ours(*column, header));
    let header = |column: usize| mapping.header(column);
    let only = mapping.conditions.iter().map(|(column, values)| (header(*column), values.clone()));
    SheetUnderstood {
        file: source.file.to_string(),
        sheet: source.name.as_deref().map(str::to_owned),
        header_row: mapping.header_row,
        only: only.collect(),
        above: above(source),
        columns: columns
            .map(|(column, header)| ColumnUnderstood {
                column,
                header: header.to_string(),
                gives: mapping.targets.get(column).and_then(given_by),
                is_key: mapping.key_column() == Some(column),
                notes: notes_of(source, column),
            })
            .collect(),
    }
}

/// Lines above the header and its parents.
fn above(source: &Source) -> Vec<(u32, String)> {
    const LONGEST: usize = 60;
    let lines = source.above.iter().filter(|(row, _)| *row < source.mapping.top_row);
    let text = |cells: &Vec<String>| {
        let filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        filled.collect::<Vec<_>>().join(" ").chars().take(LONGEST).collect::<String>()
    };
    lines.map(|(row, cells)| (*row, text(cells))).filter(|(_, text)| !text.is_empty()).collect()
}

/// What was stripped from the name of a component.
fn notes_of(source: &Source, column: usize) -> Vec<&'static str> {
    let hidden = source.hidden.contains(&column).then_some("hidden");
    let compiled = source.mapping.compiled().columns.iter().find(|own| own.at == column);
    let Some(form) = compiled.map(|own| own.form) else { return hidden.into_iter().collect() };
    let kind = match form.kind {
        FormKind::AsSeen => None,
        FormKind::Date => Some("date"),
        FormKind::Number => Some("number"),
    };
    kind.into_iter().chain(form.required.then_some("required")).chain(hidden).collect()
}

fn fixed(context: &Context) -> Vec<FixedUnderstood> {
    let signers = context.defaults.fixed.signers.iter();
    let text = |values: &[(FieldId, Json)], field: FieldId| {
        let found = values.iter().find(|(own, _)| *own == field);
        found.and_then(|(_, value)| value.as_str()).map(str::to_owned)
    };
    let mut own: Vec<FixedUnderstood> = signers
        .map(|signer| FixedUnderstood {
            is_last: signer.is_last,
            kind: text(&signer.values, FieldId::ApproverType).unwrap_or_else(|| "PERSON".to_owned()),
            organization: text(&signer.values, FieldId::ApproverOrganizationName),
        })
        .collect();
    own.sort_by_key(|signer| signer.is_last);
    own
}

/// Deadlines that are shown one by one.
const FEW: usize = 3;

fn deadlines(found: &Deadlines, context: &Context) -> DeadlinesUnderstood {
    match found.counted() {
        Counted::All(all) => DeadlinesUnderstood {
            count: all.len(),
            is_more: false,
            first: all.first().map(|(at, _)| time(*at, context)),
            last: all.last().map(|(at, _)| time(*at, context)),
            all: if all.len() > FEW {
                Vec::new()
            } else {
                all.iter().map(|(at, count)| (time(*at, context), *count)).collect()
            },
        },
        Counted::Many { first, last, at_least } => DeadlinesUnderstood {
            count: at_least,
            is_more: true,
            all: Vec::new(),
            first: Some(time(first, context)),
            last: Some(time(last, context)),
        },
    }
}

/// `approver2.name`, `field:岗位`.
pub fn given_by(target: &Target) -> Option<String> {
    match target {
        Target::Field { field, index: None } => Some(field.name.to_owned()),
        Target::Field { field, index: Some(index) } => {
            let (level, name) = field.name.split_once('.')?;
            Some(format!("{level}{}.{name}", index + 1))
        }
        Target::FormField(name) => Some(format!("field:{name}")),
        Target::OfOurs | Target::Ignored | Target::Unknown => None,
    }
}

/// What goes out of the settings: of a sheet with a column for it only blank cells.
fn added(plan: &Plan, context: &Context) -> Vec<(String, String)> {
    let has = |name: &str| plan.sources.iter().any(|source| source.mapping.column_of(name).is_some());
    let shown = FIELDS.iter().filter(|field| !matches!(field.level, Level::Request | Level::Own));
    let values = shown.filter(|field| !has(field.name)).filter_map(|field| {
        let value =
            context.defaults.values.iter().find(|(own, _)| *own == field.id).map(|(_, value)| value)?;
        Some((field.name.to_owned(), text(field, value, context)))
    });
    values.collect()
}

fn text(field: &Field, value: &Json, context: &Context) -> String {
    let is_time = field.name.ends_with("deadline");
    match value {
        Json::Number(number) if is_time => number.as_i64().map(|at| time(at, context)).unwrap_or_default(),
        Json::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Unix seconds as the settings' time zone has them.
fn time(at: i64, context: &Context) -> String {
    let moment = jiff::Timestamp::from_second(at).map(|at| context.clock.zone.to_datetime(at));
    moment.map(|at| at.strftime("%Y-%m-%d %H:%M:%S").to_string()).unwrap_or_default()
}

fn first(rows: &[SourceRow], context: &Context) -> Option<FirstContract> {
    if rows.is_empty() {
        return None;
    }
    let built = build(rows, context).flow?;
    let flow: Json = serde_json::from_slice(&built.body).ok()?;
    let column_of = |row: Option<&SourceRow>, matches: &dyn Fn(&Target) -> bool| {
        let row = row?;
        let found = row.mapping.targets.iter().enumerate();
        let found = found.filter(|(_, target)| matches(target)).map(|(column, _)| column);
        let column = found.into_iter().find(|column| !row.row.cell(*column).is_blank())?;
        Some((column, row.mapping.headers.get(column)?.to_string()))
    };
    let any_row =
        |matches: &dyn Fn(&Target) -> bool| rows.iter().find_map(|row| column_of(Some(row), matches));
    let places = signer_places(rows);
    let approvers = flow.get("FlowApprovers").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    let signers = approvers.iter().enumerate().map(|(number, approver)| {
        // The template may have another order than the sheet.
        let number = built.seats.get(number).map_or(number, |seat| seat.from);
        // Before them stand those of the settings; whoever stands behind has no place either.
        let place = number.checked_sub(context.defaults.fixed.before()).and_then(|own| places.get(own));
        values(approver, Level::Approver, context, &|field| {
            let (row, index) = place?;
            let is_it = |target: &Target| matches!(target, Target::Field { field: own, index: at } if own.name == field.name && at == index);
            column_of(rows.get(*row), &is_it)
        })
    });
    let signers = signers.collect();
    let mut of_contract = values(&flow, Level::Flow, context, &|field| {
        any_row(&|target| matches!(target, Target::Field { field: own, .. } if own.name == field.name))
    });
    of_contract.retain(|value| value.field != "customer_data");
    for form in flow.get("FormFields").and_then(Json::as_array).into_iter().flatten() {
        let (Some(name), Some(value)) = (form["ComponentName"].as_str(), form["ComponentValue"].as_str())
        else {
            continue;
        };
        let column = any_row(&|target| matches!(target, Target::FormField(own) if own == name));
        of_contract.push(ValueUnderstood { field: format!("field:{name}"), value: value.to_owned(), column });
    }
    // Whoever gets a copy reads the contract: that is shown as well.
    let copies = flow.get("CcInfos").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    for (number, copy) in copies.iter().enumerate() {
        of_contract.extend(values(copy, Level::Cc, context, &|field| {
            any_row(&|target| matches!(target, Target::Field { field: own, index } if own.name == field.name && index.is_none_or(|at| at == number)))
        }));
    }
    let deadline = flow.get("Deadline").and_then(Json::as_i64).map(|at| time(at, context));
    Some(FirstContract {
        rows: rows.iter().map(|row| row.row.number).collect(),
        deadline,
        signers,
        roles: built.seats.iter().map(|seat| seat.role.clone()).collect(),
        values: of_contract,
    })
}

/// The row and the number in the header of each signer, in the order in which they sign.
fn signer_places(rows: &[SourceRow]) -> Vec<(usize, Option<usize>)> {
    let mut places = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut numbers: Vec<Option<usize>> = signer_columns(&row.mapping)
            .filter(|(column, _)| !row.row.cell(*column).is_blank())
            .map(|(_, index)| index)
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        places.extend(numbers.into_iter().map(|index| (at, index)));
    }
    places
}

fn signer_columns(mapping: &Mapping) -> impl Iterator<Item = (usize, Option<usize>)> {
    mapping.targets.iter().enumerate().filter_map(|(column, target)| match target {
        Target::Field { field, index } if field.level == Level::Approver => Some((column, *index)),
        _ => None,
    })
}

type ColumnOf<'a> = &'a dyn Fn(&Field) -> Option<(usize, String)>;

/// The values of a level that stand in what is sent.
fn values(object: &Json, level: Level, context: &Context, column_of: ColumnOf<'_>) -> Vec<ValueUnderstood> {
    let fields = FIELDS.iter().filter(|field| field.level == level && !field.path.is_empty());
    let found = fields.filter_map(|field| {
        let value = field.path.iter().try_fold(object, |value, key| value.get(*key))?;
        let value = text(field, value, context);
        Some(ValueUnderstood { field: field.name.to_owned(), value, column: column_of(field) })
    });
    found.collect()
}
