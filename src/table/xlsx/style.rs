//! The styles part.

use std::collections::HashMap;

use crate::table::Limits;
use crate::table::file_errors::{Result, too_large};
use crate::table::markup::Token;
use crate::table::package::Package;
use crate::table::styles::{Styles, Xf};

const MAX_BYTES: u64 = 64 << 20;
/// A real workbook has some hundreds.
const MAX_ELEMENTS: u64 = 500_000;

#[derive(Clone, Copy, PartialEq)]
enum List {
    Formats,
    Fonts,
    Cells,
}

pub fn read(package: &mut Package, part: &str, limits: &Limits) -> Result<Styles> {
    let (mut codes, mut struck, mut xfs) = (HashMap::new(), Vec::new(), Vec::new());
    if let Some(mut markup) = package.markup(part, MAX_BYTES, limits)? {
        let mut list = None;
        let mut elements = 0;
        loop {
            match markup.next()? {
                Token::Start(tag) => {
                    elements += 1;
                    if elements > MAX_ELEMENTS {
                        return Err(too_large("memory", elements, MAX_ELEMENTS));
                    }
                    match (list, tag.name) {
                        // Conditional formats have fonts and formats, too, outside of these lists.
                        (_, b"numFmts") => list = Some(List::Formats),
                        (_, b"fonts") => list = Some(List::Fonts),
                        (_, b"cellXfs") => list = Some(List::Cells),
                        (Some(List::Formats), b"numFmt") => {
                            if let Some(id) = tag.number("numFmtId") {
                                codes.insert(id, tag.get("formatCode").unwrap_or_default().into_owned());
                            }
                        }
                        (Some(List::Fonts), b"font") => struck.push(false),
                        (Some(List::Fonts), b"strike") => {
                            if let Some(font) = struck.last_mut() {
                                *font = tag.raw("val").is_none() || tag.is_true("val");
                            }
                        }
                        (Some(List::Cells), b"xf") => xfs.push(Xf {
                            format: tag.number("numFmtId").unwrap_or(0),
                            font: tag.number("fontId").unwrap_or(0),
                        }),
                        _ => {}
                    }
                }
                Token::End(b"numFmts" | b"fonts" | b"cellXfs") => list = None,
                Token::Eof => break,
                _ => {}
            }
        }
    }
    let is_struck = |font: u32| struck.get(font as usize).copied().unwrap_or(false);
    Ok(Styles::new(&xfs, &codes, is_struck))
}
