//! Comments on the cells of a sheet: the old ones, and the conversations of newer programs, which
//! stand in a part of their own and leave a notice in the old one.

use std::collections::{BTreeSet, HashSet};

use quick_xml::events::Event;

use super::sheet::place;
use crate::table::file_errors::Result;
use crate::table::package::{Package, attribute, character};
use crate::table::relations::relations;
use crate::table::{Limits, Sheet};

const MAX_PART: u64 = 16 << 20;
const MOST_PARTS: usize = 8;

/// Adds those of the sheet that stands in that part. What is damaged in them does not touch its rows.
pub fn read(package: &mut Package, part: &str, sheet: &mut Sheet, limits: &Limits) {
    let (folder, file) = match part.rsplit_once('/') {
        Some((folder, file)) => (format!("{folder}/"), file),
        None => (String::new(), part),
    };
    let Ok(relations) = relations(package, &format!("{folder}_rels/{file}.rels"), limits) else { return };
    // A program writes one of each; some have a few.
    let parts = |end: &str| -> BTreeSet<String> {
        let own = relations.iter().filter(|relation| relation.kind.ends_with(end));
        own.map(|relation| relation.part(&folder)).take(MOST_PARTS).collect()
    };
    // What is said in a conversation comes in its own words only there.
    let mut told = HashSet::new();
    for part in parts("/threadedComment") {
        let _ = each(
            package,
            &part,
            Words { comment: "threadedComment", text: "text" },
            limits,
            &mut |at, text| {
                told.insert(at);
                sheet.add_comment(at.0, at.1, text);
            },
        );
    }
    for part in parts("/comments") {
        let _ = each(package, &part, Words { comment: "comment", text: "t" }, limits, &mut |at, text| {
            if !told.contains(&at) {
                sheet.add_comment(at.0, at.1, text);
            }
        });
    }
}

/// What the elements are called.
#[derive(Clone, Copy)]
struct Words {
    comment: &'static str,
    text: &'static str,
}

fn each(
    package: &mut Package,
    part: &str,
    words: Words,
    limits: &Limits,
    take: &mut dyn FnMut((u32, u32), &str),
) -> Result<()> {
    let Some(mut xml) = package.xml(part, MAX_PART, limits)? else { return Ok(()) };
    let (mut at, mut text, mut in_text) = (None, String::new(), false);
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == words.comment => {
                at = attribute(&element, "ref").and_then(|area| {
                    let cell = area.split(':').next().unwrap_or(&area);
                    place(cell.as_bytes())
                });
                text.clear();
            }
            Event::Start(element) => in_text |= element.local_name().as_ref() == words.text,
            Event::CData(own) if in_text => text.push_str(&own.xml10_content()),
            Event::Text(own) if in_text => text.push_str(&own.xml10_content()),
            Event::GeneralRef(reference) if in_text => text.extend(character(&reference)),
            Event::End(element) if element.local_name().as_ref() == words.text => in_text = false,
            Event::End(element) if element.local_name().as_ref() == words.comment => {
                if let Some(at) = at.take() {
                    take(at, &text);
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}
