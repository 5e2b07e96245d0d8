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
        let target = unescaped(&self.target);
        let whole = match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}{target}"),
        };
        // `./sheet1.xml` and `../xl/sheet1.xml` are legal (RFC 3986, 5.2.4).
        let mut parts: Vec<&str> = Vec::new();
        for part in whole.split('/') {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        parts.join("/")
    }
}

/// `sheet%31.xml` is `sheet1.xml`.
fn unescaped(target: &str) -> String {
    let mut pieces = target.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        match piece.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend(&piece.as_bytes()[2..]);
            }
            None => {
                bytes.push(b'%');
                bytes.extend(piece.as_bytes());
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| target.to_owned())
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
