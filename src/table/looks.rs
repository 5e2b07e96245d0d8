//! What XLS and XLSB say about a sheet beside its values: hidden rows and the
//! number formats of the cells.

use std::collections::HashMap;

use super::hidden_rows::HiddenRows;
use super::number_format::NumberFormat;

#[derive(Default)]
pub struct Looks {
    pub hidden: HiddenRows,
    /// The style of each cell that has one with a format of its own.
    styles: HashMap<(u32, u32), u16>,
    formats: Vec<Option<NumberFormat>>,
    general: NumberFormat,
}

impl Looks {
    /// `formats`: by style; `None` for the general one.
    pub fn new(formats: Vec<Option<NumberFormat>>) -> Self {
        Self { formats, ..Self::default() }
    }

    pub fn set(&mut self, row: u32, column: u32, style: u16) {
        if matches!(self.formats.get(usize::from(style)), Some(Some(_))) {
            self.styles.insert((row, column), style);
        }
    }

    pub fn format(&self, row: u32, column: u32) -> &NumberFormat {
        let style = self.styles.get(&(row, column)).copied();
        let format = style.and_then(|style| self.formats.get(usize::from(style)));
        format.and_then(Option::as_ref).unwrap_or(&self.general)
    }
}

/// By style, from each style's format id and the codes the file defines.
pub fn formats(ids: &[u16], codes: &HashMap<u16, String>) -> Vec<Option<NumberFormat>> {
    ids.iter()
        .map(|id| match codes.get(id) {
            Some(code) => Some(NumberFormat::of_excel(Some((*id).into()), code)),
            None => NumberFormat::built_in((*id).into()),
        })
        .collect()
}
