//! `[report]`: which files a report is written as, and how much its web page tells.

use crate::domain::wishes::{Format, Wishes};

use super::SettingsError;
use super::read::Values;

pub fn wishes(values: &Values) -> Result<Wishes, SettingsError> {
    let mut wishes = Wishes::default();
    let named = values.texts("report.formats")?;
    // A variable is one text.
    let names = named.iter().flat_map(|text| text.split(',')).map(str::trim).filter(|name| !name.is_empty());
    let formats: Option<Vec<Format>> = names.map(Format::from_name).collect();
    match formats {
        // Another computer knows by one of these what was sent here.
        Some(formats) if formats.iter().any(|own| matches!(own, Format::Xlsx | Format::Csv)) => {
            wishes.formats = formats;
        }
        Some(formats) if !formats.is_empty() => {
            return Err(values.bad("report.formats", "[\"xlsx\", ...] / [\"csv\", ...]"));
        }
        Some(_) if !values.is_set("report.formats") => {}
        _ => return Err(values.bad("report.formats", "[\"xlsx\", \"csv\", \"html\", \"json\"]")),
    }
    wishes.mask = values.flag("report.mask")?.unwrap_or(true);
    let column = values.text("report.group_by")?;
    wishes.group_by = column.map(|column| column.trim().to_owned()).filter(|column| !column.is_empty());
    Ok(wishes)
}
