//! A draft as the API takes it: `FlowInfo`, as JSON.

use serde_json::{Map, Value as Json};

use crate::domain::field::{FIELDS, FieldId, Level};
use crate::domain::flow::Flow;
use crate::domain::problem::Rule;

use super::draft::{Draft, Given, Party, Values};

/// Writes the draft, whose values are sorted, and tells what does not fit.
///
/// A raw JSON column is laid under the columns; only it can bring what does not fit. `out`: room for it.
pub fn write(draft: &mut Draft<'_>, mut out: Vec<u8>) -> Option<Vec<u8>> {
    let raw = draft.flow.has(FieldId::FlowJson)
        || draft.approvers.iter().any(|party| party.values.has(FieldId::ApproverJson));
    if raw {
        return merge(draft);
    }
    out.clear();
    out.reserve(512);
    out.push(b'{');
    members(&mut out, &draft.flow, Level::Flow);
    parties(&mut out, "FlowApprovers", &draft.approvers, Level::Approver);
    if !draft.fields.is_empty() {
        name(&mut out, "FormFields");
        out.push(b'[');
        for (at, (field, given)) in draft.fields.iter().enumerate() {
            if at > 0 {
                out.push(b',');
            }
            out.extend_from_slice(b"{\"ComponentName\":");
            text(&mut out, field);
            out.extend_from_slice(b",\"ComponentValue\":");
            json(&mut out, &given.value);
            out.push(b'}');
        }
        out.push(b']');
    }
    if !draft.ccs.is_empty() {
        parties(&mut out, "CcInfos", &draft.ccs, Level::Cc);
    }
    out.push(b'}');
    Some(out)
}

fn parties(out: &mut Vec<u8>, key: &str, parties: &[Party], level: Level) {
    name(out, key);
    out.push(b'[');
    for (at, party) in parties.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.push(b'{');
        members(out, &party.values, level);
        out.push(b'}');
    }
    out.push(b']');
}

/// The values of a level; those below one parent stand side by side.
fn members(out: &mut Vec<u8>, values: &Values, level: Level) {
    let mut open: Option<&str> = None;
    for (id, given) in values.iter() {
        let field = id.field();
        if field.level != level {
            continue;
        }
        let (parent, key) = match field.path {
            [key] => (None, *key),
            [parent, key] => (Some(*parent), *key),
            _ => continue,
        };
        if parent != open {
            if open.is_some() {
                out.push(b'}');
            }
            if let Some(parent) = parent {
                name(out, parent);
                out.push(b'{');
            }
            open = parent;
        }
        name(out, key);
        json(out, &given.value);
    }
    if open.is_some() {
        out.push(b'}');
    }
}

fn name(out: &mut Vec<u8>, key: &str) {
    if !out.ends_with(b"{") {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(key.as_bytes());
    out.extend_from_slice(b"\":");
}

fn text(out: &mut Vec<u8>, text: &str) {
    // All of it is looked at, so that many bytes are at a time.
    let is_plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    let plain = text.bytes().fold(true, |plain, byte| plain & is_plain(byte));
    if plain {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        // Writing to memory fails for no text.
        let _ = serde_json::to_writer(out, text);
    }
}

fn json(out: &mut Vec<u8>, value: &Json) {
    match value {
        Json::String(own) => text(out, own),
        // Nor for a value that was read from JSON or made here.
        other => {
            let _ = serde_json::to_writer(out, other);
        }
    }
}

/// What the raw JSON columns hold, with the columns laid over it.
fn merge(draft: &mut Draft<'_>) -> Option<Vec<u8>> {
    let mut object = laid_over(&draft.flow, FieldId::FlowJson, Level::Flow);
    let own = |party: &Party| Json::Object(laid_over(&party.values, FieldId::ApproverJson, Level::Approver));
    object.insert("FlowApprovers".into(), Json::Array(draft.approvers.iter().map(own).collect()));
    if !draft.ccs.is_empty() {
        // No column gives the JSON of a cc.
        let own = |party: &Party| Json::Object(laid_over(&party.values, FieldId::FlowJson, Level::Cc));
        object.insert("CcInfos".into(), Json::Array(draft.ccs.iter().map(own).collect()));
    }
    let mut fields: Vec<Json> = match object.remove("FormFields") {
        Some(Json::Array(fields)) => fields,
        _ => Vec::new(),
    };
    let twice = draft
        .fields
        .iter()
        .find(|(name, _)| fields.iter().any(|field| field["ComponentName"].as_str() == Some(name.as_str())));
    if let Some((name, given)) = twice {
        let (row, column, key) = (given.row, given.column, name.clone());
        draft.tell(row, column, None, Rule::JsonContradicts { key });
        return None;
    }
    let own = |(name, given): &(String, Given)| serde_json::json!({"ComponentName": name, "ComponentValue": given.value});
    fields.extend(draft.fields.iter().map(own));
    if !fields.is_empty() {
        object.insert("FormFields".into(), Json::Array(fields));
    }
    let flow = serde_json::from_value::<Flow>(Json::Object(object));
    let bytes = flow.ok().and_then(|flow| serde_json::to_vec(&flow).ok());
    if bytes.is_none() {
        let of_approver = || draft.approvers.iter().find_map(|own| own.values.get(FieldId::ApproverJson));
        let given = draft.flow.get(FieldId::FlowJson).or_else(of_approver);
        let (row, column) = given.map_or((0, None), |given| (given.row, given.column));
        draft.tell(row, column, None, Rule::Json);
    }
    bytes
}

fn laid_over(values: &Values, raw: FieldId, level: Level) -> Map<String, Json> {
    let mut object = match values.get(raw) {
        Some(Given { value: Json::Object(raw), .. }) => raw.clone(),
        _ => Map::new(),
    };
    for field in FIELDS.iter().filter(|field| field.level == level) {
        let Some(given) = values.get(field.id) else { continue };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::Kind;
    use serde_json::json;

    fn given(kind: Kind) -> Json {
        match kind {
            Kind::YesNo => json!(true),
            Kind::Deadline | Kind::Integer { .. } | Kind::IntChoice(_) => json!(5),
            Kind::Choices(_) => json!(["A\"", "B"]),
            Kind::IntChoices(_) => json!([1, 2]),
            _ => json!("值 \"\\\n\u{1}<"),
        }
    }

    fn every(level: Level) -> Values {
        let mut values = Values::default();
        for field in FIELDS.iter().rev().filter(|field| field.level == level && !field.path.is_empty()) {
            values.set(field.id, Given { value: given(field.kind), row: 0, column: None });
        }
        values.sort();
        values
    }

    fn draft() -> Draft<'static> {
        let party = |level| Party { values: every(level), row: 0, number: 0 };
        let text = |text: &str| Given { value: json!(text), row: 0, column: None };
        Draft {
            rows: &[],
            flow: every(Level::Flow),
            request: Values::default(),
            approvers: vec![party(Level::Approver), party(Level::Approver)],
            ccs: vec![party(Level::Cc)],
            fields: vec![("岗位".to_owned(), text("a\"b")), ("b".to_owned(), text("2"))],
            problems: Vec::new(),
            remarks: Default::default(),
            seals_itself: false,
        }
    }

    /// With an empty raw JSON the same goes the long way, by the API's own names.
    #[test]
    fn what_is_written_at_once_is_what_goes_through_the_structures_of_the_api() {
        let quick = write(&mut draft(), Vec::new()).unwrap();
        let mut long = draft();
        long.flow.set(FieldId::FlowJson, Given { value: json!({}), row: 0, column: None });
        let long = write(&mut long, Vec::new()).unwrap();
        let flow = |bytes: &[u8]| serde_json::from_slice::<Flow>(bytes).unwrap();
        assert!(flow(&quick) == flow(&long));
        let value = |bytes: &[u8]| serde_json::from_slice::<Json>(bytes).unwrap();
        assert_eq!(value(&quick), value(&long));
    }

    #[test]
    fn a_contract_with_nothing_but_its_name_is_json_as_well() {
        let mut draft = draft();
        draft.flow = Values::default();
        draft.approvers.clear();
        draft.ccs.clear();
        draft.fields.clear();
        assert_eq!(write(&mut draft, Vec::new()).unwrap(), b"{\"FlowApprovers\":[]}");
    }
}
