//! What a workbook to correct says of questions that were open when it was written, and that nothing
//! in it would ask again: merged cells, comments, hidden columns, struck headers, other sheets of the input.

use std::ops::ControlFlow;

use crate::contract::columns::plain_header;
use crate::contract::layout::Mapping;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::workbook_marks::{GIVES, HIDDEN, OPEN};
use crate::table::Workbook;

use super::listed_elsewhere::still_has;
use super::plan::{Plan, PlanOptions, SheetChoice, Source};

/// Properties hold no longer texts.
const LONGEST: usize = 250;

/// What is to be written into the workbook, as (name, value).
pub fn marks_of(plan: &Plan, questions: &[Problem]) -> Vec<(String, String)> {
    let open = questions.iter().filter(|problem| is_of_the_look(&problem.rule)).filter_map(|problem| {
        let text = serde_json::to_string(&shortened(problem)).ok()?;
        (text.chars().count() <= LONGEST).then_some(text)
    });
    let open = open.enumerate().map(|(number, text)| (format!("{OPEN}{number}"), text));
    // Somebody has said it already, or is asked.
    let unasked = plan.sources.iter().filter(|source| source.asks_for_hidden);
    let hidden = unasked.flat_map(|source| {
        let sheet = source.name.as_deref().unwrap_or_default();
        source.hidden_headers().into_iter().map(move |header| format!("{header}{GIVES}{sheet}"))
    });
    let hidden = hidden.filter(|text| text.chars().count() <= LONGEST).enumerate();
    open.chain(hidden.map(|(number, text)| (format!("{HIDDEN}{number}"), text))).collect()
}

/// The same of values that the command line gave: a corrected workbook is run without it.
pub fn marks_of_given(given: &[(String, String)]) -> Vec<(String, String)> {
    let asked = given.iter().filter_map(|(field, value)| {
        let rule = Rule::DefaultOfJob { field: field.clone(), value: value.clone() };
        let text = serde_json::to_string(&Problem { place: Place::default(), value: None, rule }).ok()?;
        (text.chars().count() <= LONGEST).then_some(text)
    });
    asked.enumerate().map(|(number, text)| (format!("{OPEN}default{number}"), text)).collect()
}

fn is_of_the_look(rule: &Rule) -> bool {
    matches!(
        rule,
        Rule::RowsHeldTogether { .. }
            | Rule::SheetsWithPeople { .. }
            | Rule::SheetSaysMore { .. }
            | Rule::SheetLeavesOut { .. }
            | Rule::FieldsLacking { .. }
            | Rule::ColumnStruck { .. }
            | Rule::PersonMerged { .. }
            | Rule::CommentsSay { .. }
    )
}

/// With the first rows only, and without the file, which another one takes the place of.
fn shortened(problem: &Problem) -> Problem {
    const MOST: usize = 3;
    let mut rule = problem.rule.clone();
    match &mut rule {
        Rule::RowsHeldTogether { rows, .. } => rows.truncate(MOST),
        Rule::SheetsWithPeople { left, used } => {
            left.truncate(MOST);
            used.truncate(MOST);
        }
        Rule::SheetSaysMore { used, .. } => used.truncate(MOST),
        Rule::SheetLeavesOut { rows, values, used, .. } => {
            rows.truncate(MOST);
            values.truncate(MOST);
            used.truncate(MOST);
        }
        Rule::FieldsLacking { fields, .. } => fields.truncate(MOST),
        Rule::CommentsSay { rows, words, .. } => {
            const LETTERS: usize = 24;
            rows.truncate(MOST);
            words.truncate(1);
            words.iter_mut().for_each(|word| *word = word.chars().take(LETTERS).collect());
        }
        _ => {}
    }
    let place = Place { file: "".into(), column: None, ..problem.place.clone() };
    Problem { place, value: None, rule }
}

/// The columns of a sheet that nobody saw in the input.
pub fn hidden_in_the_input(workbook: &Workbook, sheet: Option<&str>, mapping: &Mapping) -> Vec<usize> {
    let marks = workbook.own_properties().iter().filter(|(name, _)| name.starts_with(HIDDEN));
    let pairs = marks.filter_map(|(_, text)| text.rsplit_once(GIVES));
    let own: Vec<String> = pairs
        .filter(|(_, of)| sheet.is_none_or(|sheet| *of == sheet || of.is_empty()))
        .map(|(header, _)| plain_header(header))
        .collect();
    (0..mapping.headers.len()).filter(|at| own.contains(&plain_header(&mapping.headers[*at]))).collect()
}

/// The questions that were open, as far as nobody has answered them since.
pub fn still_open(sources: &[Source], options: &PlanOptions) -> Vec<Problem> {
    let Some(first) = sources.first() else { return Vec::new() };
    let marks = first.workbook.own_properties().iter().filter(|(name, _)| name.starts_with(OPEN));
    // Someone has edited the properties: then they say nothing.
    let open = marks.filter_map(|(_, text)| serde_json::from_str::<Problem>(text).ok());
    let of_sheets =
        options.sheets != SheetChoice::Fitting || sources.iter().any(|source| !source.said.sheets.is_empty());
    let source_of = |problem: &Problem| {
        let own = sources.iter().find(|source| source.name.as_deref() == problem.place.sheet.as_deref());
        own.unwrap_or(first)
    };
    let is_open = |problem: &Problem| match &problem.rule {
        Rule::RowsHeldTogether { header, .. } => {
            let mapping = &source_of(problem).mapping;
            mapping.key_column().is_none() && !mapping.each_row && mapping.header_named(header).is_some()
        }
        Rule::ColumnStruck { header, .. } => {
            let mapping = &source_of(problem).mapping;
            mapping.header_named(header).is_some_and(|at| {
                Mapping::means_something(&mapping.targets[at]) && !mapping.readings[at].said
            })
        }
        Rule::SheetLeavesOut { values, .. } => !of_sheets && still_has(source_of(problem), values),
        Rule::PersonMerged { merged, differs, .. } => {
            let source = source_of(problem);
            let at = |header: &str| source.mapping.header_named(header);
            at(merged).zip(at(differs)).is_some_and(|(same, other)| has_rows_alike(source, same, other))
        }
        Rule::FieldsLacking { .. } => !source_of(problem).said.missing_fields,
        // Its comments are our own.
        Rule::CommentsSay { .. } => !source_of(problem).said.ignore_comments,
        Rule::DefaultOfJob { field, .. } => {
            let is_given = options.said.defaults.iter().any(|(own, _)| own == field);
            !is_given && source_of(problem).mapping.column_of(field).is_none()
        }
        rule => is_of_the_look(rule) && !of_sheets,
    };
    // Columns of ours have moved the others.
    let placed = |problem: Problem| {
        let mapping = &source_of(&problem).mapping;
        let column = match &problem.rule {
            Rule::RowsHeldTogether { header, .. }
            | Rule::ColumnStruck { header, .. }
            | Rule::PersonMerged { merged: header, .. } => {
                mapping.header_named(header).map(|at| mapping.place(at))
            }
            _ => None,
        };
        Problem { place: Place { file: first.file.clone(), column, ..problem.place }, ..problem }
    };
    open.filter(is_open).map(placed).collect()
}

/// Whether two rows, one below the other, have the same value in one column and different ones in another.
fn has_rows_alike(source: &Source, same: usize, other: usize) -> bool {
    let mut above = (String::new(), String::new());
    let mut found = false;
    // What cannot be read is told where the sheet is read.
    let _ = source.workbook.scan(source.sheet, &mut |row| {
        let text = |column: usize| row.cell(column).seen_ref().trim().to_owned();
        let own = (text(same), text(other));
        let is_alike = !own.0.is_empty() && own.0 == above.0;
        found |= is_alike && own.1 != above.1 && !own.1.is_empty() && !above.1.is_empty();
        above = own;
        if found { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    found
}
