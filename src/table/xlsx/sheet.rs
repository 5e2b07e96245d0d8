//! One sheet's part: what stands around its cells ([`Frame`]), and the cells ([`scan`]).

use std::io::Read;

use super::strings::{Shared, rich_text, unescape};
use crate::domain::cell::{Cell, Mark, Value};
use crate::table::cells::{RowBuilder, Sight, Strokes, cell_of_iso, is_picture_formula, look};
use crate::table::file_errors::{Result, damaged, too_large};
use crate::table::markup::{Markup, Tag, Token, is_true};
use crate::table::package::Package;
use crate::table::runs::Runs;
use crate::table::styles::{Style, Styles};
use crate::table::{Limits, Merge, Visit};

/// Characters: a column pulled so narrow that a pixel or two are left, which nobody sees.
const THINNEST_COLUMN: f64 = 0.5;
/// Points, of a row.
const THINNEST_ROW: f64 = 2.0;

const DATA: &str = "sheetData";

#[derive(Clone)]
pub struct Frame {
    pub merged: Vec<Merge>,
    pub widths: Vec<(u32, f64)>,
    pub hidden_columns: Runs,
    pub shows_zeros: bool,
    /// Its formulas are to be calculated when the file is opened.
    pub is_due: bool,
    /// The areas of conditional formats, and which of the workbook's they are.
    pub conditional: Vec<(Merge, u32)>,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            merged: Vec::new(),
            widths: Vec::new(),
            hidden_columns: Runs::default(),
            is_due: false,
            shows_zeros: true,
            conditional: Vec::new(),
        }
    }
}

impl Frame {
    /// Its cells are unpacked and passed over: merged areas stand behind them.
    pub fn read(package: &mut Package, part: &str, limits: &Limits) -> Result<Self> {
        const MOST_MERGED: u64 = 1_000_000;
        const MOST_CONDITIONAL: usize = 4096;
        let mut frame = Self::default();
        let Some(mut markup) = package.markup(part, limits.max_part_bytes, limits)? else {
            return Ok(frame);
        };
        let mut behind = false;
        let mut areas: Vec<Merge> = Vec::new();
        loop {
            let token = match markup.next() {
                Ok(token) => token,
                // What is broken behind the rows does not touch them.
                Err(_) if behind => break,
                Err(fault) => return Err(fault),
            };
            match token {
                Token::Start(tag) => match tag.name {
                    b"sheetView" => {
                        frame.shows_zeros &= tag.get("showZeros").is_none_or(|shows| is_true(&shows));
                    }
                    b"sheetCalcPr" => frame.is_due = tag.is_true("fullCalcOnLoad"),
                    b"col" if !behind => frame.column(&tag),
                    b"mergeCell" => {
                        let area = tag.get("ref");
                        frame.merged.extend(area.as_deref().and_then(merge));
                        if frame.merged.len() as u64 > MOST_MERGED {
                            return Err(too_large("cells", frame.merged.len() as u64, MOST_MERGED));
                        }
                    }
                    b"conditionalFormatting" => {
                        let all = tag.get("sqref");
                        areas = all.as_deref().unwrap_or_default().split(' ').filter_map(merge).collect();
                    }
                    b"cfRule" if frame.conditional.len() < MOST_CONDITIONAL => {
                        if let Some(format) = tag.number("dxfId") {
                            frame.conditional.extend(areas.iter().map(|area| (*area, format)));
                        }
                    }
                    // Views of the sheet that somebody has kept, with pages and headings of their own.
                    b"customSheetViews" if behind => match markup.skip_to_end_of("customSheetViews") {
                        Ok(true) => {}
                        Ok(false) | Err(_) => break,
                    },
                    // Long lists of other things follow in some files, and nothing of use.
                    b"dataValidations" | b"hyperlinks" | b"printOptions" | b"pageMargins" | b"drawing"
                        if behind =>
                    {
                        break;
                    }
                    b"sheetData" if !behind => {
                        behind = true;
                        match markup.skip_to_end_of(DATA) {
                            Ok(true) => {}
                            Ok(false) => break,
                            Err(fault) => return Err(fault),
                        }
                    }
                    _ => {}
                },
                Token::End(b"worksheet") | Token::Eof => break,
                _ => {}
            }
        }
        frame.hidden_columns.sort();
        Ok(frame)
    }

    /// `<col min="2" max="4" width="12.5" hidden="1"/>`: some programs say it for every column there is.
    fn column(&mut self, tag: &Tag<'_>) {
        const MOST: u32 = 256;
        let width = tag.get("width").and_then(|width| width.parse::<f64>().ok());
        let (Some(first), Some(last)) = (tag.number("min"), tag.number("max")) else {
            return;
        };
        if tag.is_true("hidden") || width.is_some_and(|width| (0.0..=THINNEST_COLUMN).contains(&width)) {
            self.hidden_columns.add_all(first.saturating_sub(1), last);
        }
        if let Some(width) = width
            && width > 0.0
            && width <= 255.0
        {
            self.widths.extend((first.max(1)..=last.min(MOST)).map(|column| (column - 1, width)));
        }
    }
}

/// What the cells of a sheet refer to.
pub struct Context<'a> {
    pub limits: &'a Limits,
    pub styles: &'a Styles,
    pub strings: &'a [Shared],
    pub sight: Sight,
    /// Whether no formula has a result: looked for where one has 0 or nothing.
    pub uncalculated: &'a dyn Fn() -> bool,
}

pub fn scan(package: &mut Package, part: &str, context: &Context<'_>, visit: &mut Visit<'_>) -> Result<()> {
    let limits = context.limits;
    let Some(mut markup) = package.markup(part, limits.max_part_bytes, limits)? else {
        return Ok(());
    };
    loop {
        match markup.next()? {
            Token::Start(tag) if tag.name == DATA.as_bytes() => break,
            // A sheet that ends before its data starts is an empty one.
            Token::Eof => return Ok(()),
            _ => {}
        }
    }
    let mut rows = RowBuilder::new(limits);
    let mut scratch = Scratch::default();
    let (mut row, mut column) = (0_u32, 0_u32);
    // The last row with cells, and whether the one that is being read has some.
    let (mut filled, mut is_begun) = (None, false);
    loop {
        match markup.next()? {
            Token::Start(tag) if tag.name == b"c" => {
                let head = Head::of(&tag);
                let (cell_row, cell_column) = head.place.unwrap_or((row, column));
                // Of two rows with one number a program shows one, and nobody knows which.
                if !is_begun && filled.replace(cell_row) == Some(cell_row) {
                    return Err(damaged("xml"));
                }
                is_begun = true;
                let cell = scratch.cell(&mut markup, head, context)?;
                if rows.put(cell_row, cell_column, cell, visit)?.is_break() {
                    return Ok(());
                }
                column = cell_column.saturating_add(1);
            }
            Token::Start(tag) if tag.name == b"row" => {
                column = 0;
                rows.hidden = false;
                for (name, value) in tag.attributes() {
                    match name {
                        b"r" => row = digits(value).map_or(row, |row| row.saturating_sub(1)),
                        b"hidden" => rows.hidden |= matches!(value, b"1" | b"true" | b"on"),
                        b"ht" => {
                            rows.hidden |=
                                float(value).is_some_and(|height| (0.0..=THINNEST_ROW).contains(&height))
                        }
                        _ => {}
                    }
                }
                is_begun = false;
            }
            Token::End(b"row") => row = row.saturating_add(1),
            Token::End(b"sheetData") => {
                markup.drain()?;
                break;
            }
            // Rows are missing.
            Token::Eof => return Err(damaged("xml")),
            _ => {}
        }
    }
    rows.finish(visit).map(drop)
}

#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    #[default]
    Number,
    Shared,
    /// The result of a formula, or a text that stands in the cell itself.
    Text,
    Bool,
    Error,
    Iso,
    Unknown,
}

/// The attributes of a `<c>`.
#[derive(Default)]
struct Head {
    /// 0-based.
    place: Option<(u32, u32)>,
    style: usize,
    kind: Kind,
    /// `vm`: a picture in the cell, or a value of a richer type.
    has_metadata: bool,
}

impl Head {
    fn of(tag: &Tag<'_>) -> Self {
        let mut head = Self::default();
        for (name, value) in tag.attributes() {
            match name {
                b"r" => head.place = place(value).map(|(row, column)| (row.saturating_sub(1), column)),
                b"s" => head.style = digits(value).map_or(0, |style| style as usize),
                b"t" => {
                    head.kind = match value {
                        b"n" | b"" => Kind::Number,
                        b"s" => Kind::Shared,
                        b"str" | b"inlineStr" => Kind::Text,
                        b"b" => Kind::Bool,
                        b"e" => Kind::Error,
                        b"d" => Kind::Iso,
                        _ => Kind::Unknown,
                    }
                }
                b"vm" => head.has_metadata = true,
                _ => {}
            }
        }
        head
    }
}

/// What the inside of a cell is gathered in; used again for each.
#[derive(Default)]
struct Scratch {
    value: String,
    formula: String,
}

impl Scratch {
    fn cell<R: Read>(
        &mut self,
        markup: &mut Markup<R>,
        head: Head,
        context: &Context<'_>,
    ) -> Result<(Cell, Mark)> {
        self.value.clear();
        let mut strokes = Strokes::PLAIN;
        let (mut has_formula, mut has_value, mut picture) = (false, false, false);
        loop {
            match markup.next()? {
                Token::Start(tag) => match tag.name {
                    b"v" => {
                        has_value = true;
                        markup.text_up_to(b"v", &mut self.value, context.limits)?;
                        if head.kind == Kind::Text {
                            unescape(&mut self.value);
                        }
                    }
                    b"f" => {
                        has_formula = true;
                        self.formula.clear();
                        markup.text_up_to(b"f", &mut self.formula, context.limits)?;
                        picture |= is_picture_formula(&self.formula);
                    }
                    b"is" => {
                        has_value = true;
                        strokes = rich_text(markup, b"is", &mut self.value, context.limits)?;
                    }
                    _ => {}
                },
                Token::End(b"c") => break,
                Token::Text(blank) if blank.len() as u64 > context.limits.max_cell_bytes => {
                    return Err(too_large("cell", blank.len() as u64, context.limits.max_cell_bytes));
                }
                Token::Eof => return Err(damaged("xml")),
                _ => {}
            }
        }
        // A number says what it is by its format: 46024 or 2026-01-02.
        if head.kind == Kind::Number && !self.value.is_empty() && !context.styles.has(head.style) {
            return Err(damaged("styles.xml"));
        }
        let style = context.styles.get(head.style);
        if picture || (head.has_metadata && head.kind == Kind::Error) {
            return Ok((Cell::of(Value::Picture), Mark::default()));
        }
        // An empty text is a result, but not of a program that has calculated nothing.
        let empty_text = head.kind == Kind::Text
            && has_value
            && has_formula
            && self.value.is_empty()
            && !(context.uncalculated)();
        if has_formula && self.value.is_empty() && !empty_text {
            return Ok((Cell::of(Value::Uncached), Mark::default()));
        }
        // A zero as Java writes it is one, too.
        let is_zero = || head.kind == Kind::Number && self.value.trim().parse() == Ok(0.0);
        if has_formula && is_zero() && (self.value == "0.0" || (context.uncalculated)()) {
            return Ok((Cell::of(Value::Uncached), Mark::default()));
        }
        Ok(self.value_of(head.kind, strokes, style, context))
    }

    fn value_of(&self, kind: Kind, strokes: Strokes, style: &Style, context: &Context<'_>) -> (Cell, Mark) {
        let value = self.value.as_str();
        if value.is_empty() {
            return (Cell::default(), Mark::default());
        }
        let look = look(style);
        let error = |text: &str| (Cell::of(Value::Error(text.to_owned())), Mark::default());
        match kind {
            Kind::Number => match value.trim().parse() {
                Ok(number) => context.sight.number(number, style),
                Err(_) => error(value),
            },
            Kind::Shared => {
                let shared = value.trim().parse().ok().and_then(|index: usize| context.strings.get(index));
                match shared {
                    Some(shared) => context.sight.text(&shared.text, shared.strokes, style),
                    None => error("#REF!"),
                }
            }
            Kind::Text => context.sight.text(value, strokes, style),
            Kind::Bool => (Cell::of(Value::Bool(is_true(&value.trim().to_ascii_lowercase()))), look),
            Kind::Error | Kind::Unknown => error(value),
            Kind::Iso => (cell_of_iso(value, &style.format), look),
        }
    }
}

fn digits(value: &[u8]) -> Option<u32> {
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

fn float(value: &[u8]) -> Option<f64> {
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

fn merge(area: &str) -> Option<Merge> {
    let (first, last) = area.split_once(':').unwrap_or((area, area));
    let (first_row, first_column) = place(first.as_bytes())?;
    let (last_row, last_column) = place(last.as_bytes())?;
    (first_row <= last_row && first_column <= last_column).then_some(Merge {
        first_row,
        last_row,
        first_column,
        last_column,
    })
}

/// `C7` or `$C$7` is row 7 (1-based), column 2 (0-based).
pub fn place(reference: &[u8]) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0_u32, 0_u32);
    for byte in reference {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let digit = u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                column = column.checked_mul(26)?.checked_add(digit)?;
            }
            b'0'..=b'9' if column > 0 => row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?,
            b'$' => {}
            _ => return None,
        }
    }
    if row == 0 { None } else { Some((row, column.checked_sub(1)?)) }
}
