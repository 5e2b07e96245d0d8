//! The styles part.

use std::collections::HashMap;

use crate::table::Limits;
use crate::table::file_errors::{Result, too_large};
use crate::table::markup::{Tag, Token};
use crate::table::package::Package;
use crate::table::styles::{Font, Styles, Xf, is_white};

const MAX_BYTES: u64 = 64 << 20;
/// A real workbook has some hundreds.
const MAX_ELEMENTS: u64 = 500_000;

#[derive(Clone, Copy, PartialEq)]
enum List {
    Formats,
    Fonts,
    Fills,
    Cells,
    Conditional,
}

/// What one format of the conditional ones does.
#[derive(Default)]
struct Conditional {
    struck: bool,
    white: bool,
    painted: bool,
    /// Another number format.
    shows: bool,
    /// Its font is being read: borders have colours, too.
    in_font: bool,
}

impl Conditional {
    fn read(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"font" => self.in_font = true,
            b"border" | b"fill" => self.in_font = false,
            b"strike" => self.struck = tag.raw("val").is_none() || tag.is_true("val"),
            b"color" if self.in_font => self.white = is_white_colour(tag),
            b"bgColor" => self.painted = !is_white_colour(tag),
            b"numFmt" => self.shows = true,
            _ => {}
        }
    }

    fn changes_what_is_seen(&self) -> bool {
        self.struck || self.shows || (self.white && !self.painted)
    }
}

pub fn read(package: &mut Package, part: &str, limits: &Limits) -> Result<Styles> {
    let (mut codes, mut xfs) = (HashMap::new(), Vec::new());
    let (mut fonts, mut fills) = (Vec::new(), Vec::new());
    let mut conditional: Vec<Conditional> = Vec::new();
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
                        (_, b"fills") => list = Some(List::Fills),
                        (_, b"cellXfs") => list = Some(List::Cells),
                        (_, b"dxfs") => list = Some(List::Conditional),
                        (Some(List::Conditional), b"dxf") => conditional.push(Conditional::default()),
                        (Some(List::Conditional), _) => {
                            conditional.iter_mut().next_back().into_iter().for_each(|own| own.read(&tag));
                        }
                        (Some(List::Formats), b"numFmt") => {
                            if let Some(id) = tag.number("numFmtId") {
                                codes.insert(id, tag.get("formatCode").unwrap_or_default().into_owned());
                            }
                        }
                        (Some(List::Fonts), b"font") => fonts.push(Font::default()),
                        (Some(List::Fonts), b"strike") => {
                            if let Some(font) = fonts.last_mut() {
                                font.struck = tag.raw("val").is_none() || tag.is_true("val");
                            }
                        }
                        (Some(List::Fonts), b"color") => {
                            if let Some(font) = fonts.last_mut() {
                                font.white = is_white_colour(&tag);
                            }
                        }
                        (Some(List::Fills), b"fill") => fills.push(false),
                        (Some(List::Fills), b"patternFill") => {
                            if let Some(fill) = fills.last_mut() {
                                *fill = tag.get("patternType").is_some_and(|pattern| pattern != "none");
                            }
                        }
                        (Some(List::Fills), b"gradientFill") => {
                            if let Some(fill) = fills.last_mut() {
                                *fill = true;
                            }
                        }
                        (Some(List::Fills), b"fgColor") if is_white_colour(&tag) => {
                            if let Some(fill) = fills.last_mut() {
                                *fill = false;
                            }
                        }
                        (Some(List::Cells), b"xf") => xfs.push(Xf {
                            format: tag.number("numFmtId").unwrap_or(0),
                            font: tag.number("fontId").unwrap_or(0),
                            painted: {
                                let fill = tag.number("fillId").unwrap_or(0);
                                fills.get(fill as usize).copied().unwrap_or(false)
                            },
                        }),
                        _ => {}
                    }
                }
                Token::End(b"numFmts" | b"fonts" | b"fills" | b"cellXfs" | b"dxfs") => list = None,
                Token::Eof => break,
                _ => {}
            }
        }
    }
    let font = |font: u32| fonts.get(font as usize).copied().unwrap_or_default();
    let mut styles = Styles::new(&xfs, &codes, font);
    styles.conditional = conditional.iter().map(Conditional::changes_what_is_seen).collect();
    Ok(styles)
}

/// `rgb="FFFFFFFF"`, the first colour of the theme, or white in the palette of old.
fn is_white_colour(tag: &Tag<'_>) -> bool {
    // A twentieth darker is still nothing that anybody sees.
    const BARELY: std::ops::RangeInclusive<f64> = -0.06..=1.0;
    let tinted =
        tag.get("tint").is_some_and(|tint| !tint.parse().is_ok_and(|tint: f64| BARELY.contains(&tint)));
    match (tag.get("rgb"), tag.number("theme"), tag.number("indexed")) {
        (Some(rgb), ..) => is_white(&rgb),
        (_, Some(theme), _) => theme == 0 && !tinted,
        (_, _, Some(indexed)) => matches!(indexed, 1 | 9),
        _ => false,
    }
}
