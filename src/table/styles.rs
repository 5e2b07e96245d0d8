//! What a workbook's styles say of its cells: the number format, and whether the font
//! draws a line through what is in them.

use std::collections::HashMap;
use std::sync::Arc;

use super::format::NumberFormat;

#[derive(Clone, Default)]
pub struct Style {
    pub format: Arc<NumberFormat>,
    pub struck: bool,
}

#[derive(Default)]
pub struct Styles {
    list: Vec<Style>,
    plain: Style,
}

/// One style as its file has it.
#[derive(Clone, Copy)]
pub struct Xf {
    pub format: u32,
    pub font: u32,
}

impl Styles {
    /// `codes`: the formats that the file defines, by id.
    pub fn new(xfs: &[Xf], codes: &HashMap<u32, String>, is_struck: impl Fn(u32) -> bool) -> Self {
        let mut formats: HashMap<u32, Arc<NumberFormat>> = HashMap::new();
        let plain = Style::default();
        let mut format = |id: u32| {
            let of_id = || match codes.get(&id) {
                Some(code) => Arc::new(NumberFormat::of_excel(Some(id), code)),
                None => NumberFormat::built_in(id).map_or_else(|| Arc::clone(&plain.format), Arc::new),
            };
            Arc::clone(formats.entry(id).or_insert_with(of_id))
        };
        let list = xfs.iter().map(|xf| Style { format: format(xf.format), struck: is_struck(xf.font) });
        Self { list: list.collect(), plain: Style::default() }
    }

    pub fn get(&self, style: usize) -> &Style {
        self.list.get(style).unwrap_or(&self.plain)
    }
}
