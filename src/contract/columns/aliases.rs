//! Headers as people rename them.

use std::collections::HashMap;

use crate::contract::suggest::suggest;
use crate::contract::vocabulary::FORM_WORDS;
use crate::domain::field::{Field, by_name};

use super::component_header::literal_form_field;
use super::plain_header::{normalise, plain_header};
use super::read::{read, recognise};
use super::target::{Reading, Target};

/// Headers as a user's settings rename them: normalised header -> target.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    targets: HashMap<String, Target>,
}

/// An alias whose right side is no column we know.
#[derive(Clone, Debug, PartialEq)]
pub struct AliasFault {
    pub header: String,
    pub target: String,
    pub suggestion: Option<String>,
}

impl Aliases {
    /// `pairs` are (header, target), as in `[columns]` or `--map`.
    pub fn new<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self, AliasFault> {
        let mut aliases = Self::default();
        for (header, name) in pairs {
            let target = match normalise(name).as_str() {
                "ignore" | "忽略" => Target::Ignored,
                // A person who maps a name means it as it is written.
                normal if FORM_WORDS.iter().any(|word| normal.starts_with(word)) => literal_form_field(name),
                normal => recognise(normal, name),
            };
            if matches!(target, Target::Unknown | Target::OfOurs) {
                return Err(AliasFault {
                    header: header.to_owned(),
                    target: name.to_owned(),
                    suggestion: suggest(name),
                });
            }
            aliases.targets.insert(plain_header(header), target);
        }
        Ok(aliases)
    }

    /// These, and `more` where these say nothing.
    #[must_use]
    pub fn with(mut self, more: Self) -> Self {
        for (header, target) in more.targets {
            self.targets.entry(header).or_insert(target);
        }
        self
    }

    pub fn target_of(&self, header: &str) -> Target {
        self.reading_of(header).target
    }

    /// What a header says that stands alone.
    pub fn reading_of(&self, header: &str) -> Reading {
        match self.said(header) {
            Some(target) => Reading { said: true, ..Reading::of(target) },
            None => read(header),
        }
    }

    /// What a person has said of a header.
    pub fn said(&self, header: &str) -> Option<Target> {
        self.targets.get(&plain_header(header)).cloned()
    }
}

/// What a column gives, by the name that a person gives it; None: nothing.
pub fn name_of(target: &Target) -> Option<String> {
    Some(match target {
        Target::Field { field, index: None } => field.name.to_owned(),
        Target::Field { field, index: Some(index) } => {
            let (level, name) = field.name.split_once('.')?;
            format!("{level}{}.{name}", index + 1)
        }
        Target::FormField(name) => format!("field:{name}"),
        Target::Ignored => "ignore".to_owned(),
        Target::OfOurs | Target::Unknown => return None,
    })
}

/// The field that a stable name or an alias stands for, for settings.
pub fn field_named(name: &str) -> Option<&'static Field> {
    by_name(name).or_else(|| match recognise(&normalise(name), name) {
        Target::Field { field, index: None } => Some(field),
        _ => None,
    })
}
