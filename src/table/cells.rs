//! From what a reader finds in a cell to a [`Cell`], and from cells to rows.

use std::borrow::Cow;
use std::ops::ControlFlow;

use jiff::civil::{Date, DateTime};

use super::errors::is_error;
use super::file_errors::{Result, damaged, too_large};
use super::format::NumberFormat;
use super::format::serial::{Epoch, clock_text};
use super::styles::Style;
use super::{Limits, Visit};
use crate::domain::cell::{Cell, Mark, Row, Shown, Struck, Value};

/// How a sheet shows its numbers.
#[derive(Clone, Copy)]
pub struct Sight {
    pub epoch: Epoch,
    pub shows_zeros: bool,
}

impl Sight {
    pub fn number(self, number: f64, style: &Style) -> (Cell, Mark) {
        let cell = cell_of_number(number, &style.format, self.epoch);
        let mut mark = look(style);
        if let Value::Number(number) = &cell.value {
            let shows_nothing = matches!(&cell.shown, Shown::As(shown) if shown.trim().is_empty());
            mark.unseen_zero = *number == 0.0 && (!self.shows_zeros || shows_nothing);
            mark.from_1904 = self.epoch == Epoch::Y1904;
        }
        (cell, mark)
    }

    pub fn text(self, text: &str, runs: Strokes, style: &Style) -> (Cell, Mark) {
        (cell_of_text(text, &style.format), Mark { struck: runs.over(style.struck), ..look(style) })
    }
}

/// What a style says of all the text of a cell.
pub fn look(style: &Style) -> Mark {
    let struck = if style.struck { Struck::Whole } else { Struck::No };
    Mark { struck, white: style.white, ..Mark::default() }
}

/// Which of the runs of a rich text are struck through. Runs without a font of their own
/// have that of the cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Strokes {
    pub struck: bool,
    pub unstruck: bool,
    /// With the cell's font. Also what a plain text is.
    pub inherited: bool,
}

impl Strokes {
    pub const PLAIN: Self = Self { struck: false, unstruck: false, inherited: true };

    /// One more run; white space is struck or not as one likes. `None`: the cell's font.
    pub fn add(&mut self, text: &str, struck: Option<bool>) {
        if text.trim().is_empty() {
            return;
        }
        match struck {
            Some(true) => self.struck = true,
            Some(false) => self.unstruck = true,
            None => self.inherited = true,
        }
    }

    pub fn over(self, cell_is_struck: bool) -> Struck {
        let some = self.struck || (self.inherited && cell_is_struck);
        let others = self.unstruck || (self.inherited && !cell_is_struck);
        match (some, others) {
            (false, _) => Struck::No,
            (true, true) => Struck::Part,
            (true, false) => Struck::Whole,
        }
    }
}

/// Of a CSV, where a formula's error and a picture are just their text.
pub fn cell_of_typed_text(bytes: &[u8]) -> Cell {
    match std::str::from_utf8(bytes) {
        Ok(text) => cell_of_plain_text(text),
        Err(_) => cell_of_plain_text(String::from_utf8_lossy(bytes)),
    }
}

/// Whether a text that begins with this byte may be an error or a picture. Nearly every
/// text of every file comes by here.
fn may_be_no_value(first: u8) -> bool {
    // White space of whatever kind, and the first letters of what is looked for.
    matches!(first, 0..=b' ' | b'#' | b'=' | b'_' | b'D' | b'E' | b'e' | 0xC2 | 0xE1..=0xE3 | 0xE9 | 0xEF)
}

/// An error that was copied as a text is none the less no value.
pub fn cell_of_plain_text<'a>(text: impl Into<Cow<'a, str>>) -> Cell {
    let text = text.into();
    if !text.bytes().next().is_some_and(may_be_no_value) {
        Cell::text_of(text)
    } else if is_picture_formula(&text) {
        Cell::of(Value::Picture)
    } else if is_error(&text) {
        Cell::of(Value::Error(text.trim().to_owned()))
    } else if is_empty_formula(&text) {
        Cell::default()
    } else {
        Cell::text_of(text)
    }
}

/// `=""`: programs that write `="00123"` leave it where there is nothing.
fn is_empty_formula(text: &str) -> bool {
    let inner = text.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.is_some_and(|inner| inner.trim().is_empty())
}

pub fn cell_of_text(text: &str, format: &NumberFormat) -> Cell {
    let mut cell = cell_of_plain_text(text);
    if !format.is_plain()
        && let Value::Text(text) = &cell.value
    {
        cell.shown = format.show_text(text);
    }
    cell
}

pub fn cell_of_number(number: f64, format: &NumberFormat, epoch: Epoch) -> Cell {
    // No program writes these, and none shows them as a number.
    if !number.is_finite() {
        return Cell::of(Value::Error("#NUM!".to_owned()));
    }
    // What nearly all numbers are: whole, and shown as they are.
    if format.is_plain() && number.fract() == 0.0 {
        return Cell::of(Value::Number(number));
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
pub fn is_picture_formula(text: &str) -> bool {
    let text = text.strip_prefix('=').unwrap_or(text);
    let text = text.strip_prefix("_xlfn.").unwrap_or(text);
    text.starts_with("DISPIMG(")
}

/// Gathers cells into rows, watches the limits, and leaves empty rows out.
pub struct RowBuilder<'a> {
    limits: &'a Limits,
    /// Whether the row of the cell that comes next is hidden.
    pub hidden: bool,
    /// 0-based.
    row: u32,
    row_is_hidden: bool,
    cells: Vec<Cell>,
    marks: Vec<(u32, Mark)>,
    /// Of text in this row: one shared text may be in all of its cells.
    bytes: u64,
    cells_given: u64,
}

impl<'a> RowBuilder<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            hidden: false,
            row: 0,
            row_is_hidden: false,
            cells: Vec::new(),
            marks: Vec::new(),
            bytes: 0,
            cells_given: 0,
        }
    }

    /// Row and column are 0-based. A cell of another row completes the one before.
    pub fn put(
        &mut self,
        row: u32,
        column: u32,
        (cell, mark): (Cell, Mark),
        visit: &mut Visit<'_>,
    ) -> Result<ControlFlow<()>> {
        let mut flow = ControlFlow::Continue(());
        if row != self.row {
            flow = self.finish(visit)?;
            self.row = row;
        }
        self.row_is_hidden = self.hidden;
        if matches!(cell.value, Value::Empty) && cell.shown == Shown::Same {
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
        if !mark.is_none() {
            self.marks.push((column, mark));
        }
        let column = column as usize;
        if column >= self.cells.len() {
            self.cells.resize(column + 1, Cell::default());
        }
        if let Some(place) = self.cells.get_mut(column) {
            // Of two cells in one place a program shows one, and nobody knows which.
            if *place != Cell::default() && *place != cell {
                return Err(damaged("structure"));
            }
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
        self.marks.sort_by_key(|(column, _)| *column);
        Ok(visit(Row {
            number: self.row.saturating_add(1),
            hidden: self.row_is_hidden,
            cells: std::mem::replace(&mut self.cells, Vec::with_capacity(width)),
            marks: std::mem::take(&mut self.marks),
        }))
    }
}

/// Text beside the line, as a font has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raised {
    Above,
    Below,
}

impl Raised {
    /// `superscript`, `subscript`; anything else stands on the line.
    pub fn of(word: Option<&str>) -> Option<Self> {
        match word {
            Some("superscript") => Some(Self::Above),
            Some("subscript") => Some(Self::Below),
            _ => None,
        }
    }

    /// As BIFF has it in a font.
    pub fn of_code(code: u32) -> Option<Self> {
        match code {
            1 => Some(Self::Above),
            2 => Some(Self::Below),
            _ => None,
        }
    }

    fn figure(self, c: char) -> char {
        const ABOVE: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
        match (c.to_digit(10), self) {
            (Some(digit), Self::Above) => ABOVE.get(digit as usize).copied().unwrap_or(c),
            (Some(digit), Self::Below) => char::from_u32('₀' as u32 + digit).unwrap_or(c),
            (None, Self::Above) if c == '+' => '⁺',
            (None, Self::Above) if c == '-' => '⁻',
            (None, _) => c,
        }
    }
}

/// The text with figures of their own where runs (from, to, in bytes, ascending) stand beside the line: 10⁴ is not 104, and 8000¹
/// has a footnote. What is behind a Latin letter is a unit (m2), below a word a number (签署方1), and what is all of the
/// text is only small.
pub fn out_of_line<'t>(text: &'t str, runs: &[(usize, usize, Raised)]) -> Cow<'t, str> {
    let all: usize = runs.iter().map(|(from, to, _)| to - from).sum();
    if runs.is_empty() || all >= text.trim().len() {
        return Cow::Borrowed(text);
    }
    let mut last = None;
    let mut shown = String::with_capacity(text.len() + all);
    let mut runs = runs.iter().peekable();
    for (at, c) in text.char_indices() {
        while runs.next_if(|(_, to, _)| *to <= at).is_some() {}
        let run = runs.peek().filter(|(from, ..)| *from <= at).map(|(.., raised)| *raised);
        if run.is_none() {
            last = Some(c);
        }
        let is_power = match run {
            Some(Raised::Above) => !last.is_some_and(|c: char| c.is_ascii_alphabetic()),
            Some(Raised::Below) => last.is_some_and(|c: char| c.is_ascii_digit()),
            None => false,
        };
        shown.push(run.filter(|_| is_power).map_or(c, |raised| raised.figure(c)));
    }
    Cow::Owned(shown)
}
