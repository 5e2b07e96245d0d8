//! Whether the formulas of a workbook have ever been calculated. A program that only writes files leaves 0 or nothing for
//! each of their results, and a person sees the real ones as soon as Excel opens the file.

use std::path::PathBuf;
use std::sync::OnceLock;

use quick_xml::events::BytesStart;

use crate::table::Limits;
use crate::table::file_errors::Result;
use crate::table::markup::{Token, is_true};
use crate::table::package::{Package, attribute};

/// What `calcPr` of the workbook says: `Some(false)` that all is to be calculated when the file is opened, `Some(true)`
/// that a program has calculated it. None: nothing, and neither does a workbook without one.
pub fn said(element: &BytesStart<'_>) -> Option<bool> {
    let is = |name, what: bool| attribute(element, name).is_some_and(|value| is_true(&value) == what);
    // Excel and WPS name their engine; LibreOffice says how it iterates.
    let engine = attribute(element, "calcId").and_then(|id| id.parse::<u64>().ok()).is_some_and(|id| id > 0);
    let iterates = attribute(element, "iterateDelta").is_some();
    match () {
        () if is("fullCalcOnLoad", true) || is("calcCompleted", false) => Some(false),
        // Whoever has that set may have calculated or not.
        () if is("forceFullCalc", true) => None,
        () if engine || iterates => Some(true),
        () => None,
    }
}

pub struct Calculated {
    path: PathBuf,
    parts: Vec<String>,
    limits: Limits,
    known: OnceLock<bool>,
}

impl Calculated {
    /// `said`: see [`said`]. `parts`: the sheets, as the package calls them.
    pub fn new(path: PathBuf, parts: Vec<String>, limits: Limits, said: Option<bool>) -> Self {
        let known = said.map_or_else(OnceLock::new, OnceLock::from);
        Self { path, parts, limits, known }
    }

    /// Looked for once, and only where some formula has 0 or nothing: whether any has a result.
    pub fn is_it(&self) -> bool {
        *self.known.get_or_init(|| {
            let Ok(mut package) = Package::open(&self.path) else { return true };
            let mut parts = self.parts.iter();
            parts.any(|part| has_results(&mut package, part, &self.limits).unwrap_or(true))
        })
    }
}

fn has_results(package: &mut Package, part: &str, limits: &Limits) -> Result<bool> {
    let Some(mut markup) = package.markup(part, limits.max_part_bytes, limits)? else { return Ok(false) };
    let (mut value, mut is_number, mut is_formula) = (String::new(), true, false);
    loop {
        match markup.next()? {
            Token::Start(tag) if tag.name == b"c" => {
                (is_formula, is_number) = (false, tag.get("t").is_none_or(|kind| kind == "n"));
            }
            Token::Start(tag) if tag.name == b"f" => is_formula = true,
            Token::Start(tag) if tag.name == b"v" && is_formula => {
                value.clear();
                markup.text_up_to(b"v", &mut value, limits)?;
                let text = value.trim();
                let is_nothing = text.is_empty() || (is_number && text.parse() == Ok(0.0));
                if !is_nothing {
                    return Ok(true);
                }
            }
            Token::End(b"sheetData") | Token::Eof => return Ok(false),
            _ => {}
        }
    }
}
