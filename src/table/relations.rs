//! How the parts of an Office package name each other.

use quick_xml::events::Event;

use super::Limits;
use super::file_errors::Result;
use super::package::{Package, attribute};

const MAX_PART: u64 = 16 << 20;

pub struct Relation {
    pub id: String,
    pub kind: String,
    target: String,
}

impl Relation {
    /// The name of the part it leads to, as seen from `folder` (with its `/`).
    pub fn part(&self, folder: &str) -> String {
        match self.target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}{}", self.target),
        }
    }
}

/// Those of a `.rels` part, in its order; none if there is no such part.
pub fn relations(package: &mut Package, part: &str, limits: &Limits) -> Result<Vec<Relation>> {
    let mut relations = Vec::new();
    let Some(mut xml) = package.xml(part, MAX_PART, limits)? else {
        return Ok(relations);
    };
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                relations.push(Relation {
                    id: attribute(&element, "Id").unwrap_or_default(),
                    kind: attribute(&element, "Type").unwrap_or_default(),
                    target: attribute(&element, "Target").unwrap_or_default(),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}
