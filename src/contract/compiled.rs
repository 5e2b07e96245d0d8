//! A sheet's mapping, compiled once: where each cell of a row goes.

use std::collections::HashMap;

use crate::domain::field::{FieldId, Kind, Level};

use super::columns::{FormNotes, Target, form_notes, in_one_line};
use super::layout::Mapping;

/// The part of a contract that a column's value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Flow,
    Request,
    /// Counted from 0 among the approvers (or cc's) of the header.
    Approver(usize),
    Cc(usize),
    /// A place in [`Compiled::form_fields`].
    FormField(usize),
}

/// A column that gives something.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// 0-based.
    pub at: usize,
    /// None: a form field.
    pub field: Option<FieldId>,
    pub kind: Kind,
    pub part: Part,
    /// Of a form field: what its header says of its values.
    pub form: FormNotes,
    /// Someone has said that what looks like a left-over is meant.
    pub as_text: bool,
}

/// What is done with each column of a row.
#[derive(Clone, Debug, Default)]
pub struct Compiled {
    pub columns: Vec<Column>,
    /// How many approvers (or cc's) a row can bring.
    pub approvers: usize,
    pub ccs: usize,
    pub form_fields: Vec<String>,
    /// The column that holds the rows of a contract together.
    pub key: Option<usize>,
    /// The same, where its value belongs to the contract: see [`Mapping::names_contracts`].
    pub name: Option<usize>,
    /// The first column of each field.
    first: Vec<Option<usize>>,
}

impl Compiled {
    fn new(targets: &[Target]) -> Self {
        let mut compiled = Self { first: vec![None; FieldId::COUNT], ..Self::default() };
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (at, target) in targets.iter().enumerate() {
            let column = match target {
                Target::Field { field, index } => {
                    let index = index.unwrap_or(0);
                    let part = match field.level {
                        Level::Own | Level::Flow => Part::Flow,
                        Level::Request => Part::Request,
                        Level::Approver => {
                            compiled.approvers = compiled.approvers.max(index + 1);
                            Part::Approver(index)
                        }
                        Level::Cc => {
                            compiled.ccs = compiled.ccs.max(index + 1);
                            Part::Cc(index)
                        }
                    };
                    if let Some(first) = compiled.first.get_mut(field.id as usize) {
                        first.get_or_insert(at);
                    }
                    Column {
                        at,
                        field: Some(field.id),
                        kind: field.kind,
                        part,
                        form: FormNotes::default(),
                        as_text: false,
                    }
                }
                Target::FormField(name) => {
                    let place = *places.entry(name.as_str()).or_insert_with(|| {
                        compiled.form_fields.push(name.clone());
                        compiled.form_fields.len() - 1
                    });
                    let kind = Kind::Text { limit: usize::MAX };
                    Column {
                        at,
                        field: None,
                        kind,
                        part: Part::FormField(place),
                        form: FormNotes::default(),
                        as_text: false,
                    }
                }
                Target::OfOurs | Target::Unknown | Target::Ignored => continue,
            };
            compiled.columns.push(column);
        }
        compiled
    }

    /// The first column of a field.
    pub fn column_of(&self, field: FieldId) -> Option<usize> {
        self.first.get(field as usize).copied().flatten()
    }

    /// The first column of a form field, by its place in [`Self::form_fields`].
    pub fn column_of_field(&self, place: usize) -> Option<usize> {
        self.columns.iter().find(|column| column.part == Part::FormField(place)).map(|own| own.at)
    }

    /// The column of a field of the approver (or cc) with that number in the header.
    pub fn column_in(&self, field: FieldId, part: Part) -> Option<usize> {
        self.columns
            .iter()
            .find(|column| column.field == Some(field) && column.part == part)
            .map(|own| own.at)
    }
}

impl Mapping {
    /// Its columns, compiled at the first row.
    pub fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| {
            let mut compiled = Compiled {
                key: self.key_column(),
                name: self.names_contracts(),
                ..Compiled::new(&self.targets)
            };
            for column in &mut compiled.columns {
                column.as_text = self.as_text.contains(&column.at);
                let header = self.headers.get(column.at).map(|header| &**header).unwrap_or_default();
                let name = self.targets.get(column.at);
                let header = in_one_line(header);
                let (bare, notes) = form_notes(&header);
                // A name that somebody has mapped is meant as it is written.
                let is_own = matches!(name, Some(Target::FormField(name)) if bare.ends_with(name.as_str()));
                if column.field.is_none() && is_own {
                    column.form = notes;
                }
            }
            compiled
        })
    }
}
