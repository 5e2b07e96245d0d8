//! From what a reader finds in a cell to a [`Cell`], and from cells to rows.

use std::ops::ControlFlow;

use calamine::DataRef;
use jiff::civil::{Date, DateTime};

use super::faults::{Result, too_large};
use super::number_format::NumberFormat;
use super::serial::{Epoch, clock_text};
use super::{Limits, Visit};
use crate::domain::cell::{Cell, Row, Shown, Value};

const ERRORS: [&str; 8] =
    ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#GETTING_DATA"];

/// From what calamine found.
pub fn cell_of(value: &DataRef<'_>, format: &NumberFormat, epoch: Epoch) -> Cell {
    match value {
        DataRef::Empty => Cell::default(),
        DataRef::Int(number) => cell_of_number(*number as f64, format, epoch),
        DataRef::Float(number) => cell_of_number(*number, format, epoch),
        DataRef::DateTime(serial) => cell_of_number(serial.as_f64(), format, epoch),
        DataRef::String(text) => cell_of_text(text, format),
        DataRef::SharedString(text) => cell_of_text(text, format),
        DataRef::Bool(value) => Cell::of(Value::Bool(*value)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => cell_of_iso(text, format),
        DataRef::Error(error) => Cell::of(Value::Error(error.to_string())),
    }
}

/// Of a CSV, where a formula's error and a picture are just their text.
pub fn cell_of_typed_text(bytes: &[u8]) -> Cell {
    let text = String::from_utf8_lossy(bytes);
    if is_error(&text) { Cell::of(Value::Error(text.into_owned())) } else { cell_of_plain_text(text) }
}

pub fn is_error(text: &str) -> bool {
    ERRORS.contains(&text)
}

pub fn cell_of_plain_text(text: impl Into<String>) -> Cell {
    let text = text.into();
    if is_picture_formula(&text) { Cell::of(Value::Picture) } else { Cell::text_of(text) }
}

pub fn cell_of_text(text: &str, format: &NumberFormat) -> Cell {
    let mut cell = cell_of_plain_text(text);
    if let Value::Text(text) = &cell.value {
        cell.shown = format.show_text(text);
    }
    cell
}

pub fn cell_of_number(number: f64, format: &NumberFormat, epoch: Epoch) -> Cell {
    // No program writes these, and none shows them as a number.
    if !number.is_finite() {
        return Cell::of(Value::Error("#NUM!".to_owned()));
    }
    let mut cell = Cell::of(value_of_number(number, format, epoch));
    cell.shown = match format.show(number, epoch) {
        Shown::As(shown) if shown == cell.text() => Shown::Same,
        shown => shown,
    };
    cell
}

fn value_of_number(number: f64, format: &NumberFormat, epoch: Epoch) -> Value {
    let moment = format.moment_of(number);
    let clock = || clock_text(number).map(Value::Time);
    let value = if moment.elapsed {
        clock()
    } else if moment.date || (moment.time && number >= 1.0) {
        let at = epoch.date_time(number).map(Value::DateTime);
        at.or_else(|| if number.abs() < 1.0 { clock() } else { None })
    } else if moment.time {
        clock()
    } else {
        None
    };
    value.unwrap_or(Value::Number(number))
}

/// `2026-01-31`, `2026-01-31T08:00:00`, or a time or duration, as ISO 8601 has them.
pub fn cell_of_iso(text: &str, format: &NumberFormat) -> Cell {
    match date_time_of_iso(text) {
        Some(at) => {
            let mut cell = Cell::of(Value::DateTime(at));
            cell.shown = match format.show_date_time(at) {
                Shown::As(shown) if shown == cell.text() => Shown::Same,
                shown => shown,
            };
            cell
        }
        None => Cell::of(Value::Time(duration_text(text))),
    }
}

pub fn date_time_of_iso(text: &str) -> Option<DateTime> {
    let local = text.strip_suffix('Z').unwrap_or(text);
    let at = local.parse::<DateTime>().ok();
    at.or_else(|| local.parse::<Date>().ok().map(DateTime::from))
}

/// `PT08H20M00S` as `8:20:00`; anything else as it is.
pub fn duration_text(text: &str) -> String {
    let parsed = text.parse::<jiff::SignedDuration>();
    match parsed {
        Ok(duration) if text.contains('P') => {
            let seconds = duration.as_secs();
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            format!("{hours}:{:02}:{:02}", minutes.abs(), (seconds % 60).abs())
        }
        _ => text.to_owned(),
    }
}

/// WPS keeps a picture of a cell as this formula.
fn is_picture_formula(text: &str) -> bool {
    let text = text.strip_prefix('=').unwrap_or(text);
    let text = text.strip_prefix("_xlfn.").unwrap_or(text);
    text.starts_with("DISPIMG(")
}

/// Gathers cells into rows, watches the limits, and leaves empty rows out.
pub struct RowBuilder<'a> {
    limits: &'a Limits,
    is_hidden: Box<dyn Fn(u32) -> bool + 'a>,
    /// 0-based.
    row: u32,
    cells: Vec<Cell>,
    /// Of text in this row: one shared text may be in all of its cells.
    bytes: u64,
    cells_given: u64,
}

impl<'a> RowBuilder<'a> {
    /// `is_hidden` is asked for 0-based rows.
    pub fn new(limits: &'a Limits, is_hidden: impl Fn(u32) -> bool + 'a) -> Self {
        Self { limits, is_hidden: Box::new(is_hidden), row: 0, cells: Vec::new(), bytes: 0, cells_given: 0 }
    }

    /// Row and column are 0-based. A cell of another row completes the one before.
    pub fn put(
        &mut self,
        row: u32,
        column: u32,
        cell: Cell,
        visit: &mut Visit<'_>,
    ) -> Result<ControlFlow<()>> {
        let mut flow = ControlFlow::Continue(());
        if row != self.row {
            flow = self.finish(visit)?;
            self.row = row;
        }
        if cell == Cell::default() {
            return Ok(flow);
        }
        let beyond = |what, at: u32, limit: u32| too_large(what, u64::from(at) + 1, limit.into());
        if row >= self.limits.max_rows {
            return Err(beyond("rows", row, self.limits.max_rows));
        }
        if column >= self.limits.max_columns {
            return Err(beyond("columns", column, self.limits.max_columns));
        }
        if let Value::Text(text) = &cell.value {
            self.bytes += text.len() as u64;
            if self.bytes > self.limits.max_row_bytes {
                return Err(too_large("line", self.bytes, self.limits.max_row_bytes));
            }
        }
        let column = column as usize;
        if column >= self.cells.len() {
            self.cells.resize(column + 1, Cell::default());
        }
        if let Some(place) = self.cells.get_mut(column) {
            *place = cell;
        }
        Ok(flow)
    }

    /// Hands on the row that is being gathered, if anything is in it.
    pub fn finish(&mut self, visit: &mut Visit<'_>) -> Result<ControlFlow<()>> {
        if self.cells.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        self.cells_given += self.cells.len() as u64;
        if self.cells_given > self.limits.max_cells {
            return Err(too_large("cells", self.cells_given, self.limits.max_cells));
        }
        self.bytes = 0;
        let width = self.cells.len();
        Ok(visit(Row {
            number: self.row.saturating_add(1),
            hidden: (self.is_hidden)(self.row),
            cells: std::mem::replace(&mut self.cells, Vec::with_capacity(width)),
        }))
    }
}
