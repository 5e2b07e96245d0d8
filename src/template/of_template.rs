//! The columns of a sheet for exactly one template: its signers side by side in its order, and
//! its components.

use crate::domain::field::by_name;
use crate::domain::template::{Component, Kind, Recipient, Template};
use crate::text::Lang;
use crate::text::template as words;

use super::Column;

const CONTRACT: [&str; 4] = ["contract_id", "flow_name", "template_id", "deadline"];
const COMPANY: [&str; 4] =
    ["approver.name", "approver.mobile", "approver.organization_name", "approver.organization_open_id"];
const PERSON: [&str; 3] = ["approver.name", "approver.mobile", "approver.id_card_number"];
/// A list of options is longer in no cell's validation.
const LONGEST_LIST: usize = 250;

pub fn columns(lang: Lang, template: &Template) -> Vec<Column> {
    let mut columns: Vec<Column> =
        CONTRACT.iter().filter_map(|name| of_field(lang, name, None, 1, true)).collect();
    for column in
        columns.iter_mut().filter(|column| column.header == words::header_of(lang, "template_id", None))
    {
        column.example = vec![template.id.clone()];
    }
    // Whose the only company is, is clear: it seals by itself, so nobody is named for it.
    let companies = template.recipients.iter().filter(|own| own.kind == Kind::Company).count();
    for (number, recipient) in (1..).zip(&template.recipients) {
        let unnamed = template.seals_itself && recipient.kind == Kind::Company && companies == 1;
        columns.extend(of_recipient(lang, recipient, number, unnamed));
    }
    columns.extend(template.components.iter().map(|component| of_component(lang, component)));
    columns.extend(of_field(lang, "send", None, 1, false));
    columns
}

/// `shown`: which of the examples, the company's or the person's.
fn of_field(lang: Lang, name: &str, number: Option<usize>, shown: usize, required: bool) -> Option<Column> {
    let field = by_name(name)?;
    let example = words::example(lang, name).into_iter().nth(shown).map(str::to_owned);
    // What belongs to the contract has one example.
    let example = example.or_else(|| words::example(lang, name).first().map(|text| (*text).to_owned()));
    Some(Column {
        header: words::header(lang, field, number),
        note: words::note(lang, name),
        required,
        choices: words::choices(lang, field),
        strict: true,
        example: example.into_iter().collect(),
    })
}

fn of_recipient(lang: Lang, recipient: &Recipient, number: usize, unnamed: bool) -> Vec<Column> {
    let is_company = recipient.kind == Kind::Company;
    let shown = usize::from(!is_company);
    let own = |name: &str, required: bool| of_field(lang, name, Some(number), shown, required);
    let mut columns = Vec::new();
    if !recipient.role.is_empty() {
        columns.extend(own("approver.role_name", false).map(|column| Column {
            note: words::role_note(lang, &recipient.role, is_company),
            choices: vec![recipient.role.clone()],
            example: vec![recipient.role.clone()],
            ..column
        }));
    }
    columns.extend(own("approver.type", is_company).map(|column| {
        let kind = words::kind(lang, is_company);
        Column { choices: vec![kind.clone()], example: vec![kind], ..column }
    }));
    let names: &[&str] = if is_company { &COMPANY } else { &PERSON };
    let is_left_out = |name: &str| unnamed && ["approver.name", "approver.mobile"].contains(&name);
    for name in names.iter().filter(|name| !is_left_out(name)) {
        let required = !is_company && matches!(*name, "approver.name" | "approver.mobile");
        columns.extend(own(name, required));
    }
    columns
}

fn of_component(lang: Lang, component: &Component) -> Column {
    let list: usize = component.options.iter().map(|option| option.chars().count() + 1).sum();
    let ticks = [words::yes(lang, true), words::yes(lang, false)];
    let choices = match component.kind.as_str() {
        "CHECK_BOX" => ticks.to_vec(),
        _ if component.several == Some(true) || list > LONGEST_LIST => Vec::new(),
        _ => component.options.clone(),
    };
    let example = match (component.kind.as_str(), component.options.first()) {
        ("CHECK_BOX", _) => words::yes(lang, true),
        (_, Some(first)) => first.clone(),
        (kind @ ("TEXT" | "MULTI_LINE_TEXT"), None) => {
            let longest = component.longest.unwrap_or(usize::MAX);
            words::component_example(lang, kind).chars().take(longest).collect()
        }
        (kind, None) => words::component_example(lang, kind).to_owned(),
    };
    Column {
        header: words::component_header(lang, component),
        note: words::component_note(lang, component),
        required: component.required,
        // Where it is not said that one is all, several may be joined.
        strict: component.several == Some(false) || component.options.is_empty(),
        choices,
        example: vec![example],
    }
}
