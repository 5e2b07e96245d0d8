//! Tables of fields and the check of one JSON object against its table.

use std::ops::RangeInclusive;

use serde_json::{Map, Value};

use super::answer::Refusal;

pub(super) type Object = Map<String, Value>;

pub(super) const MISSING: &str = "MissingParameter";
pub(super) const INVALID: &str = "InvalidParameter";
pub(super) const WRONG: &str = "InvalidParameter.ParamError";

/// What a value must be. The code is the answer when the value has the right JSON type
/// but breaks the limit; a wrong JSON type is always `InvalidParameter`.
pub(super) enum Shape {
    Text,
    /// At most so many characters.
    TextUpTo(usize, &'static str),
    OneOf(&'static [&'static str], &'static str),
    Number,
    NumberIn(RangeInclusive<i64>, &'static str),
    Flag,
    Object,
    /// A list of objects, at most so many.
    Objects(usize, &'static str),
    /// A list of texts, at most so many.
    Texts(usize, &'static str),
    TextsOf(&'static [&'static str], &'static str),
    NumbersOf(&'static [i64], &'static str),
    /// In the SDK's model, but not open to callers: anything but empty is refused.
    Closed,
}

pub(super) struct Field {
    name: &'static str,
    shape: Shape,
    required: bool,
}

pub(super) const fn need(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: true }
}

pub(super) const fn may(name: &'static str, shape: Shape) -> Field {
    Field { name, shape, required: false }
}

/// Checks one object: no unknown field, then each field of the table in its order.
pub(super) fn check(kind: &str, object: &Object, table: &[Field]) -> Result<(), Refusal> {
    for name in object.keys() {
        if !table.iter().any(|field| field.name == name) {
            let message = format!("{kind} has a parameter that is not recognized.");
            return Err(Refusal::new("UnknownParameter", message));
        }
    }
    for field in table {
        let label = format!("{kind}.{}", field.name);
        match given(object, field.name) {
            Some(value) => fits(&label, value, &field.shape)?,
            None if field.required => return Err(missing(&label)),
            None => {}
        }
    }
    Ok(())
}

/// A value that was given: null, an empty text and an empty list count as not given.
fn given<'o>(object: &'o Object, name: &str) -> Option<&'o Value> {
    object.get(name).filter(|value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        _ => true,
    })
}

fn fits(label: &str, value: &Value, shape: &Shape) -> Result<(), Refusal> {
    let of_type = |right: bool| {
        let wrong = || Refusal::new(INVALID, format!("{label} has a value of the wrong type."));
        right.then_some(()).ok_or_else(wrong)
    };
    let within = |right: bool, code: &'static str, limit: String| {
        right.then_some(()).ok_or_else(|| Refusal::new(code, format!("{label} {limit}.")))
    };
    match shape {
        Shape::Text => of_type(value.is_string()),
        Shape::TextUpTo(longest, code) => {
            of_type(value.is_string())?;
            let length = value.as_str().map_or(0, |text| text.chars().count());
            within(length <= *longest, code, format!("is longer than {longest} characters"))
        }
        Shape::OneOf(choices, code) => {
            of_type(value.is_string())?;
            within(is_choice(value, choices), code, "is none of its choices".to_owned())
        }
        Shape::Number => of_type(value.is_i64()),
        Shape::NumberIn(range, code) => {
            of_type(value.is_i64())?;
            let inside = value.as_i64().is_some_and(|number| range.contains(&number));
            within(inside, code, format!("is not in {}..{}", range.start(), range.end()))
        }
        Shape::Flag => of_type(value.is_boolean()),
        Shape::Object => of_type(value.is_object()),
        Shape::Objects(most, code) => {
            let items = value.as_array();
            of_type(items.is_some_and(|items| items.iter().all(Value::is_object)))?;
            within(items.is_some_and(|items| items.len() <= *most), code, format!("has more than {most}"))
        }
        Shape::Texts(most, code) => {
            let items = value.as_array().map_or(&[][..], Vec::as_slice);
            of_type(value.is_array() && items.iter().all(Value::is_string))?;
            within(items.len() <= *most, code, format!("has more than {most}"))
        }
        Shape::TextsOf(choices, code) => {
            let items = value.as_array().map_or(&[][..], Vec::as_slice);
            of_type(value.is_array() && items.iter().all(Value::is_string))?;
            let known = items.iter().all(|item| is_choice(item, choices));
            within(known, code, "has an item that is none of its choices".to_owned())
        }
        Shape::NumbersOf(choices, code) => {
            let items = value.as_array().map_or(&[][..], Vec::as_slice);
            of_type(value.is_array() && items.iter().all(Value::is_i64))?;
            let known =
                items.iter().all(|item| item.as_i64().is_some_and(|number| choices.contains(&number)));
            within(known, code, "has an item that is none of its choices".to_owned())
        }
        Shape::Closed => Err(Refusal::new(INVALID, format!("{label} is not open to callers."))),
    }
}

fn is_choice(value: &Value, choices: &[&str]) -> bool {
    value.as_str().is_some_and(|text| choices.contains(&text))
}

pub(super) fn missing(label: &str) -> Refusal {
    Refusal::new(MISSING, format!("The parameter {label} is missing."))
}

/// A text field, "" if it was not given.
pub(super) fn text<'o>(object: &'o Object, name: &str) -> &'o str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

pub(super) fn number(object: &Object, name: &str) -> Option<i64> {
    object.get(name).and_then(Value::as_i64)
}

pub(super) fn flag(object: &Object, name: &str) -> bool {
    object.get(name).and_then(Value::as_bool).unwrap_or_default()
}

pub(super) fn object<'o>(object: &'o Object, name: &str) -> Option<&'o Object> {
    object.get(name).and_then(Value::as_object)
}

pub(super) fn objects<'o>(object: &'o Object, name: &str) -> impl Iterator<Item = &'o Object> + use<'o> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// A list of texts, empty if it was not given.
pub(super) fn texts<'o>(object: &'o Object, name: &str) -> Vec<&'o str> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Refuses unless the rule holds.
pub(super) fn ensure(holds: bool, code: &'static str, message: &str) -> Result<(), Refusal> {
    if holds { Ok(()) } else { Err(Refusal::new(code, message)) }
}

/// Chinese or other letters, digits and underscore.
pub(super) fn is_wordlike(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_')
}
