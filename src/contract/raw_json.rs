//! Raw JSON columns: what they give for a field that has a column of its own is
//! checked as if it stood there.

use serde_json::Value as Json;

use crate::domain::cell::Cell;
use crate::domain::field::{FIELDS, FieldId, Kind, Level};
use crate::domain::problem::Rule;

use super::dates::Clock;
use super::draft::{Draft, Given, Values};
use super::values;

/// A problem before it has its place: row, column, value.
type Told = (usize, Option<usize>, String, Rule);

pub fn absorb(draft: &mut Draft<'_>, clock: &Clock) {
    let mut told = absorb_level(&mut draft.flow, FieldId::FlowJson, clock);
    for party in &mut draft.approvers {
        told.extend(absorb_level(&mut party.values, FieldId::ApproverJson, clock));
    }
    for (row, column, text, rule) in told {
        draft.tell(row, column, Some(text).filter(|text| !text.is_empty()), rule);
    }
}

fn absorb_level(values: &mut Values, raw: FieldId, clock: &Clock) -> Vec<Told> {
    let level = raw.field().level;
    let mut told = Vec::new();
    let Some(Given { value: Json::Object(object), row, column }) = values.get_mut(raw) else { return told };
    let (row, column) = (*row, *column);
    let mut tell = |rule: Rule| told.push((row, column, String::new(), rule));
    for key in ["FlowApprovers", "CcInfos"] {
        if level == Level::Flow && object.contains_key(key) {
            tell(Rule::JsonForbids { key: key.into() });
        }
    }
    let mut found = Vec::new();
    for field in FIELDS.iter().filter(|field| field.level == level) {
        let [key] = field.path else { continue };
        // It is encoded already.
        if let (Kind::Encoded { limit }, Some(Json::String(text))) = (field.kind, object.get(*key))
            && text.len() > limit
        {
            told.push((row, column, String::new(), Rule::TooLong { limit, found: text.len() }));
        }
        let text = match object.get(*key) {
            Some(Json::String(text)) if !matches!(field.kind, Kind::Encoded { .. }) => text.clone(),
            Some(value @ (Json::Number(_) | Json::Bool(_))) => value.to_string(),
            _ => continue,
        };
        object.remove(*key);
        let parsed = values::parse(field.kind, &Cell::text_of(text.clone()), clock);
        told.extend(parsed.rules.into_iter().map(|rule| (row, column, text.clone(), rule)));
        found.extend(parsed.value.map(|value| (field.id, Given { value, row, column })));
    }
    let nested: Vec<(&str, &str)> = FIELDS
        .iter()
        .filter(|field| field.level == level && values.has(field.id))
        .filter_map(|field| match field.path {
            [parent, key] => Some((*parent, *key)),
            [key] if matches!(field.kind, Kind::Encoded { .. }) => Some((*key, "")),
            _ => None,
        })
        .collect();
    if let Some(Given { value: Json::Object(object), .. }) = values.get(raw) {
        for (parent, key) in nested {
            let there = object.get(parent).is_some_and(|inner| key.is_empty() || inner.get(key).is_some());
            if there {
                let key = if key.is_empty() { parent } else { key };
                told.push((row, column, String::new(), Rule::JsonContradicts { key: key.into() }));
            }
        }
    }
    for (id, given) in found {
        match values.get(id) {
            Some(own) if own.value != given.value => {
                let key = id.field().path.last().copied().unwrap_or(id.name());
                told.push((row, column, String::new(), Rule::JsonContradicts { key: key.into() }));
            }
            Some(_) => {}
            None => values.set(id, given),
        }
    }
    told
}
