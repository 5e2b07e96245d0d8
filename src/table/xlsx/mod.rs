//! XLSX and XLSM, streamed: a sheet is read once, as it is unpacked, and only as far as
//! somebody wants its rows. What stands before and behind its cells is looked at when
//! the file is opened.

mod calculated;
mod comments;
mod outline;
mod sheet;
mod strings;
mod style;

use std::path::{Path, PathBuf};

use self::calculated::Calculated;
use self::outline::{Outline, own_properties};
use self::sheet::{Context, Frame};
use self::strings::SharedStrings;
use super::cells::Sight;
use super::file_errors::{Result, damaged};
use super::format::serial::Epoch;
use super::package::{KeptPackage, Package};
use super::styles::Styles;
use super::{Limits, Merge, Sheet, Visit};
use crate::domain::file::FileFault;

pub struct Xlsx {
    path: PathBuf,
    limits: Limits,
    sheets: Vec<Part>,
    own_properties: Vec<(String, String)>,
    epoch: Epoch,
    calculated: Calculated,
    styles: Styles,
    strings: SharedStrings,
    package: KeptPackage,
}

/// A sheet as the package has it. What is wrong with one sheet is said when
/// that sheet is read: nobody needs a broken sheet they don't use.
struct Part {
    name: String,
    /// Whether its zeros are shown, and whether its formulas are to be calculated when the file is opened.
    frame: Result<(bool, bool)>,
}

/// Where a conditional format hides values, strikes them through or shows them otherwise.
fn restyled(conditional: Vec<(Merge, u32)>, styles: &Styles) -> Vec<Merge> {
    let changes = |format: u32| styles.conditional.get(format as usize) == Some(&true);
    conditional.into_iter().filter(|(_, format)| changes(*format)).map(|(area, _)| area).collect()
}

impl Xlsx {
    pub fn open(path: &Path, limits: Limits) -> Result<(Self, Vec<Sheet>)> {
        let mut package = Package::open(path)?;
        let outline = Outline::read(&mut package, &limits)?;
        let styles = style::read(&mut package, &outline.styles, &limits)?;
        let strings = strings::read(&mut package, &outline.shared_strings, &limits)?;
        let (mut parts, mut sheets) = (Vec::new(), Vec::new());
        for entry in outline.sheets {
            let frame = Frame::read(&mut package, &entry.part, &limits);
            parts.push(Part {
                name: entry.part,
                frame: frame.as_ref().map(|frame| (frame.shows_zeros, frame.is_due)).map_err(Clone::clone),
            });
            let frame = frame.unwrap_or_default();
            let mut sheet = Sheet {
                name: Some(entry.name),
                hidden: entry.hidden,
                merged: frame.merged,
                hidden_rows_known: true,
                hidden_columns: frame.hidden_columns,
                widths: frame.widths,
                comments: Vec::new(),
                restyled: restyled(frame.conditional, &styles),
            };
            if let Some(part) = parts.last() {
                comments::read(&mut package, &part.name, &mut sheet, &limits);
            }
            sheets.push(sheet);
        }
        if sheets.is_empty() {
            return Err(FileFault::NoRows);
        }
        let xlsx = Self {
            path: path.to_owned(),
            limits,
            own_properties: own_properties(&mut package, &limits),
            epoch: outline.epoch,
            calculated: Calculated::new(
                path.to_owned(),
                parts.iter().map(|part| part.name.clone()).collect(),
                limits,
                outline.calculated,
            ),
            styles,
            strings,
            package: KeptPackage::of(package),
            sheets: parts,
        };
        Ok((xlsx, sheets))
    }

    pub fn own_properties(&self) -> &[(String, String)] {
        &self.own_properties
    }

    pub fn scan(&self, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
        let part = self.sheets.get(sheet).ok_or_else(|| damaged("sheet"))?;
        let (shows_zeros, is_due) = *part.frame.as_ref().map_err(Clone::clone)?;
        let context = Context {
            limits: &self.limits,
            styles: &self.styles,
            strings: &self.strings,
            sight: Sight { epoch: self.epoch, shows_zeros },
            uncalculated: &|| is_due || !self.calculated.is_it(),
        };
        let mut package = self.package.take(&self.path)?;
        let outcome = sheet::scan(&mut package, &part.name, &context, visit);
        self.package.put_back(package);
        outcome
    }
}
