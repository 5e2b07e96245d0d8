//! What the parts of a package say of the workbook as a whole.

use quick_xml::events::Event;

use super::calculated;
use crate::domain::workbook_marks;
use crate::table::Limits;
use crate::table::file_errors::{Result, damaged};
use crate::table::format::serial::Epoch;
use crate::table::markup::is_true;
use crate::table::package::{Package, attribute};
use crate::table::relations::relations;

const MAX_SMALL_PART: u64 = 64 << 20;

/// What the workbook part lists.
pub struct Outline {
    pub styles: String,
    pub shared_strings: String,
    pub epoch: Epoch,
    /// See [`calculated::said`].
    pub calculated: Option<bool>,
    pub sheets: Vec<Entry>,
}

pub struct Entry {
    pub name: String,
    pub hidden: bool,
    pub part: String,
}

impl Outline {
    pub fn read(package: &mut Package, limits: &Limits) -> Result<Self> {
        let main = relations(package, "_rels/.rels", limits)?
            .into_iter()
            .rfind(|relation| relation.kind.ends_with("/relationships/officeDocument"))
            .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.part(""));
        let (folder, file) = main
            .rsplit_once('/')
            .map_or_else(|| (String::new(), main.as_str()), |(folder, file)| (format!("{folder}/"), file));
        let relations = relations(package, &format!("{folder}_rels/{file}.rels"), limits)?;
        let Some(mut xml) = package.xml(&main, MAX_SMALL_PART, limits)? else {
            return Err(damaged("missing part"));
        };
        let (mut sheets, mut date1904) = (Vec::new(), false);
        let mut calculated = None;
        loop {
            match xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "sheet" => {
                    let relation = attribute_with_prefix(&element, "id")
                        .and_then(|id| relations.iter().rfind(|relation| relation.id == id))
                        .filter(|relation| relation.kind.ends_with("/worksheet"));
                    let Some(relation) = relation else { continue };
                    let state = attribute(&element, "state").unwrap_or_default();
                    sheets.push(Entry {
                        name: attribute(&element, "name").unwrap_or_default(),
                        hidden: !matches!(state.as_str(), "" | "visible"),
                        part: relation.part(&folder),
                    });
                }
                Event::Start(element) if element.local_name().as_ref() == "workbookPr" => {
                    let flag = attribute(&element, "date1904");
                    date1904 |= flag.is_some_and(|flag| is_true(&flag));
                }
                Event::Start(element) if element.local_name().as_ref() == "calcPr" => {
                    calculated = calculated::said(&element);
                }
                Event::End(element) if element.local_name().as_ref() == "workbook" => {
                    xml.drain()?;
                    break;
                }
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        // Listed, but not there: other programs leave such a sheet out, too.
        sheets.retain(|entry: &Entry| package.has(&entry.part));
        let part = |kind: &str, usual: &str| {
            let relation = relations.iter().rfind(|relation| relation.kind.ends_with(kind));
            relation
                .map(|relation| relation.part(&folder))
                .filter(|part| package.has(part))
                .unwrap_or_else(|| format!("{folder}{usual}"))
        };
        let styles = part("/styles", "styles.xml");
        let shared_strings = part("/sharedStrings", "sharedStrings.xml");
        Ok(Self { styles, shared_strings, epoch: Epoch::of_1904(date1904), calculated, sheets })
    }
}

/// `r:id`, whatever the prefix is; not a bare `id`.
fn attribute_with_prefix(element: &quick_xml::events::BytesStart<'_>, local_name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes
        .find(|found| found.key.prefix().is_some() && found.key.local_name().as_ref() == local_name)?;
    Some(found.value.into_owned())
}

/// The custom properties that this program's own workbooks carry.
pub fn own_properties(package: &mut Package, limits: &Limits) -> Vec<(String, String)> {
    let Ok(Some(mut xml)) = package.xml("docProps/custom.xml", MAX_SMALL_PART, limits) else {
        return Vec::new();
    };
    let mut found: Vec<(String, String)> = Vec::new();
    let mut ours = false;
    loop {
        match xml.next() {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "property" => {
                let name = attribute(&element, "name").unwrap_or_default();
                ours = name.starts_with(workbook_marks::KIND);
                if ours {
                    found.push((name, String::new()));
                }
            }
            Ok(Event::End(element)) if element.local_name().as_ref() == "property" => ours = false,
            Ok(Event::Text(text)) if ours => {
                if let Some((_, value)) = found.last_mut() {
                    value.push_str(text.as_ref());
                }
            }
            // A reference such as `&amp;` stands apart from the text around it.
            Ok(Event::GeneralRef(name)) if ours => {
                if let Some((_, value)) = found.last_mut() {
                    value.push_str(match name.as_ref() as &str {
                        "amp" => "&",
                        "lt" => "<",
                        "gt" => ">",
                        "quot" => "\"",
                        "apos" => "'",
                        _ => "",
                    });
                }
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}
