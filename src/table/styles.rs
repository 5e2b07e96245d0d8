//! What a workbook's styles say of its cells: the number format, whether the font draws a
//! line through what is in them, and whether it is white on white.

use std::collections::HashMap;
use std::sync::Arc;

use super::cells::Raised;
use super::format::NumberFormat;

#[derive(Clone, Default)]
pub struct Style {
    pub format: Arc<NumberFormat>,
    pub struck: bool,
    /// White text with nothing painted behind it, or text that nobody sees for another reason.
    pub white: bool,
}

/// What a font does to its text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Font {
    pub struck: bool,
    pub white: bool,
    pub raised: Option<Raised>,
}

#[derive(Default)]
pub struct Styles {
    list: Vec<Style>,
    plain: Style,
    /// Of the workbook's conditional formats: whether it changes what is seen of a value, or that it holds.
    pub conditional: Vec<bool>,
}

/// One style as its file has it.
#[derive(Clone, Copy, Default)]
pub struct Xf {
    pub format: u32,
    pub font: u32,
    /// Something is painted behind its text, in whatever colour.
    pub painted: bool,
    /// Its text is in the colour that is painted behind it, or no larger than a dot.
    pub unseen: bool,
}

impl Styles {
    /// `codes`: the formats that the file defines, by id.
    pub fn new(xfs: &[Xf], codes: &HashMap<u32, String>, font: impl Fn(u32) -> Font) -> Self {
        let mut formats: HashMap<u32, Arc<NumberFormat>> = HashMap::new();
        let plain = Style::default();
        let mut format = |id: u32| {
            let of_id = || match codes.get(&id) {
                Some(code) => Arc::new(NumberFormat::of_excel(Some(id), code)),
                None => NumberFormat::built_in(id).map_or_else(|| Arc::clone(&plain.format), Arc::new),
            };
            Arc::clone(formats.entry(id).or_insert_with(of_id))
        };
        let list = xfs.iter().map(|xf| {
            let Font { struck, white, .. } = font(xf.font);
            let format = format(xf.format);
            let white = xf.unseen || ((white || format.is_white()) && !xf.painted);
            Style { format, struck, white }
        });
        Self { list: list.collect(), plain: Style::default(), conditional: Vec::new() }
    }

    /// Whether a cell may have that style: the first one is there without being written.
    pub fn has(&self, style: usize) -> bool {
        style == 0 || style < self.list.len()
    }

    pub fn get(&self, style: usize) -> &Style {
        self.list.get(style).unwrap_or(&self.plain)
    }
}

/// `FFFFFFFF`, `#ffffff`, and `FEFEFE`, which nobody tells from it. What stands before the six digits says how much of it is seen, and
/// not every program means it.
pub fn is_white(colour: &str) -> bool {
    let colour = colour.trim().trim_start_matches('#');
    let rgb = colour.len().checked_sub(6).and_then(|at| colour.get(at..));
    let is_light =
        |rgb: &str| rgb.is_ascii() && rgb.bytes().step_by(2).all(|digit| digit.eq_ignore_ascii_case(&b'f'));
    matches!(colour.len(), 6 | 8) && rgb.is_some_and(is_light)
}
