//! The styles part.

use std::collections::HashMap;

use crate::domain::cell::Shown;
use crate::table::Limits;
use crate::table::file_errors::{Result, too_large};
use crate::table::format::NumberFormat;
use crate::table::format::serial::Epoch;
use crate::table::markup::{Tag, Token};
use crate::table::package::Package;
use crate::table::styles::{Font, Styles, Xf, is_white};

const MAX_BYTES: u64 = 64 << 20;
/// A real workbook has some hundreds.
const MAX_ELEMENTS: u64 = 500_000;
/// Points: smaller text is a dot.
const SMALLEST: f64 = 1.5;

/// A colour as the file has it: red, green and blue, or the theme's with its tint, or one of the palette.
#[derive(Clone, Copy, PartialEq)]
enum Colour {
    Own(u32),
    OfTheme(u32, f64),
    OfPalette(u32),
}

#[derive(Clone, Copy, PartialEq)]
enum List {
    Formats,
    Fonts,
    Fills,
    Cells,
    Conditional,
}

/// One font of the list.
#[derive(Clone, Copy, Default)]
struct Ink {
    font: Font,
    colour: Option<Colour>,
    is_a_dot: bool,
}

/// What is painted behind the text of cells.
#[derive(Clone, Copy, Default)]
struct Fill {
    painted: bool,
    solid: bool,
    colour: Option<Colour>,
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

#[derive(Default)]
struct Lists {
    codes: HashMap<u32, String>,
    xfs: Vec<Xf>,
    inks: Vec<Ink>,
    fills: Vec<Fill>,
    conditional: Vec<Conditional>,
}

pub fn read(package: &mut Package, part: &str, limits: &Limits) -> Result<Styles> {
    let mut lists = Lists::default();
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
                    match tag.name {
                        b"numFmts" => list = Some(List::Formats),
                        b"fonts" => list = Some(List::Fonts),
                        b"fills" => list = Some(List::Fills),
                        b"cellXfs" => list = Some(List::Cells),
                        b"dxfs" => list = Some(List::Conditional),
                        _ => list.into_iter().for_each(|list| lists.read(list, &tag)),
                    }
                }
                Token::End(b"numFmts" | b"fonts" | b"fills" | b"cellXfs" | b"dxfs") => list = None,
                Token::Eof => break,
                _ => {}
            }
        }
    }
    let font = |font: u32| lists.inks.get(font as usize).map(|ink| ink.font).unwrap_or_default();
    let mut styles = Styles::new(&lists.xfs, &lists.codes, font);
    styles.conditional = lists.conditional.iter().map(Conditional::changes_what_is_seen).collect();
    Ok(styles)
}

impl Lists {
    fn read(&mut self, list: List, tag: &Tag<'_>) {
        match (list, tag.name) {
            (List::Formats, b"numFmt") => {
                if let Some(id) = tag.number("numFmtId") {
                    self.codes.insert(id, tag.get("formatCode").unwrap_or_default().into_owned());
                }
            }
            (List::Fonts, b"font") => self.inks.push(Ink::default()),
            (List::Fonts, _) => self.inks.iter_mut().next_back().into_iter().for_each(|ink| ink.read(tag)),
            (List::Fills, b"fill") => self.fills.push(Fill::default()),
            (List::Fills, _) => self.fills.iter_mut().next_back().into_iter().for_each(|fill| fill.read(tag)),
            (List::Cells, b"xf") => {
                let number = |name: &str| tag.number(name).unwrap_or(0);
                let fill = self.fills.get(number("fillId") as usize).copied().unwrap_or_default();
                let ink = self.inks.get(number("fontId") as usize).copied().unwrap_or_default();
                let is_alike =
                    fill.solid && fill.painted && fill.colour.is_some() && fill.colour == ink.colour;
                self.xfs.push(Xf {
                    format: number("numFmtId"),
                    font: number("fontId"),
                    painted: fill.painted,
                    unseen: ink.is_a_dot || is_alike,
                });
            }
            (List::Conditional, b"dxf") => self.conditional.push(Conditional::default()),
            (List::Conditional, _) => {
                self.conditional.iter_mut().next_back().into_iter().for_each(|own| own.read(tag));
            }
            _ => {}
        }
    }
}

impl Ink {
    fn read(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"strike" => self.font.struck = is_on(tag),
            b"color" => (self.font.white, self.colour) = (is_white_colour(tag), colour(tag)),
            b"sz" => {
                let size = tag.get("val").and_then(|size| size.parse::<f64>().ok());
                self.is_a_dot = size.is_some_and(|size| size <= SMALLEST);
            }
            _ => {}
        }
    }
}

impl Fill {
    fn read(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"patternFill" => {
                let pattern = tag.get("patternType");
                self.painted = pattern.as_deref().is_some_and(|pattern| pattern != "none");
                self.solid = pattern.as_deref() == Some("solid");
            }
            b"gradientFill" => self.painted = true,
            b"fgColor" if is_white_colour(tag) => self.painted = false,
            b"fgColor" => self.colour = colour(tag),
            _ => {}
        }
    }
}

impl Conditional {
    fn read(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"font" => self.in_font = true,
            b"border" | b"fill" => self.in_font = false,
            b"strike" => self.struck = is_on(tag),
            b"color" if self.in_font => self.white = is_white_colour(tag),
            b"bgColor" | b"fgColor" => self.painted |= !is_white_colour(tag),
            b"numFmt" => self.shows = tag.get("formatCode").is_some_and(|code| shows_another(&code)),
            _ => {}
        }
    }

    fn changes_what_is_seen(&self) -> bool {
        self.struck || self.shows || (self.white && !self.painted)
    }
}

/// `;;;`, `0.0,"万"`, `0%`: what is seen is no longer the number, but for commas and places behind the point.
fn shows_another(code: &str) -> bool {
    const NUMBER: f64 = 8000.0;
    match NumberFormat::parse(code).show(NUMBER, Epoch::Y1900) {
        Shown::As(seen) => seen.replace(',', "").parse() != Ok(NUMBER),
        Shown::Same => false,
        Shown::Unknown { .. } => true,
    }
}

/// `<strike/>`, `<strike val="1"/>`.
fn is_on(tag: &Tag<'_>) -> bool {
    tag.raw("val").is_none() || tag.is_true("val")
}

fn colour(tag: &Tag<'_>) -> Option<Colour> {
    let tint = tag.get("tint").and_then(|tint| tint.parse().ok()).unwrap_or(0.0);
    match (tag.get("rgb"), tag.number("theme"), tag.number("indexed")) {
        // What stands before the six digits says how much of it is seen, and not every program means it.
        (Some(rgb), ..) => {
            let six = rgb.len().checked_sub(6).and_then(|at| rgb.get(at..))?;
            u32::from_str_radix(six, 16).ok().map(Colour::Own)
        }
        (_, Some(theme), _) => Some(Colour::OfTheme(theme, tint)),
        (_, _, Some(indexed)) => Some(Colour::OfPalette(indexed)),
        _ => None,
    }
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
