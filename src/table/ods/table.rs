//! The elements of an ODS table, gathered into rows.

use std::collections::{HashMap, HashSet};

use quick_xml::events::{BytesStart, Event};

use crate::domain::cell::{Cell, Mark, Shown, Value};
use crate::table::Limits;
use crate::table::cells::{
    Raised, Strokes, cell_of_plain_text, date_time_of_iso, duration_text, out_of_line,
};
use crate::table::errors::is_error;
use crate::table::file_errors::{Result, damaged, too_large};
use crate::table::package::{attribute, character};
use crate::table::styles::is_white;

pub enum Found {
    Table {
        name: String,
        hidden: bool,
    },
    /// Columns of the table that are hidden, 0-based, the end exclusive.
    HiddenColumns(u32, u32),
    Row(TableRow),
    /// On the cell of a row and a column, both 0-based.
    Comment(u32, u32, String),
}

#[derive(Default)]
pub struct TableRow {
    /// 0-based.
    pub first: u32,
    pub repeated: u32,
    pub hidden: bool,
    /// Without the empty ones.
    pub cells: Vec<Run>,
    pub spans: Vec<Span>,
}

/// One cell, as often as it is repeated to the right.
pub struct Run {
    pub column: u32,
    pub repeated: u32,
    pub cell: Cell,
    pub mark: Mark,
}

/// Cells merged into the one at `column`.
pub struct Span {
    pub column: u32,
    pub columns: u32,
    pub rows: u32,
}

/// What a style says of the text of a cell.
#[derive(Clone, Copy, Debug, Default)]
struct Look {
    /// A line goes through it, or, by another style, none.
    struck: Option<bool>,
    white: bool,
    /// Something is painted behind it.
    painted: bool,
    /// Its numbers have a form of their own.
    forms_numbers: bool,
    raised: Option<Raised>,
}

pub struct Reader<'a> {
    limits: &'a Limits,
    style: String,
    hidden_styles: HashSet<String>,
    /// What styles say of the text of cells and spans.
    looks: HashMap<String, Look>,
    /// What the columns give their cells, as runs: style, and the column behind it.
    column_styles: Vec<(Look, u32)>,
    row_style: Option<String>,
    shows_zeros: bool,
    /// A number with what is seen of it: where others have none, nothing is seen.
    numbers_are_shown: bool,
    from_1904: bool,
    tables: u32,
    next_row: u32,
    /// For each group of rows around the current one, whether it is folded away.
    groups: Vec<bool>,
    column_groups: Vec<bool>,
    row: Option<TableRow>,
    next_column: u32,
    next_column_element: u32,
    cell: Option<OpenCell>,
    /// Inside elements that are not the text of the cell.
    skipped: u32,
    comment: Option<OpenComment>,
}

/// A comment on the open cell.
struct OpenComment {
    /// How many elements were skipped where it begins.
    depth: u32,
    in_text: bool,
    text: String,
}

#[derive(Default)]
struct OpenCell {
    repeated: u32,
    style: Option<String>,
    /// Of the spans around the text, the innermost last: struck, or not, or neither; and beside the line.
    spans: Vec<(Option<bool>, Option<Raised>)>,
    /// Where its text stands above the line or below it, in bytes.
    beside_the_line: Vec<(usize, usize, Raised)>,
    strokes: Strokes,
    kind: String,
    value: String,
    string: Option<String>,
    formula: bool,
    picture: bool,
    text: String,
    paragraphs: u32,
    in_paragraph: bool,
    /// White space that counts only if more text follows.
    space_due: bool,
}

impl<'a> Reader<'a> {
    pub fn new(limits: &'a Limits, shows_zeros: bool) -> Self {
        Self {
            limits,
            style: String::new(),
            hidden_styles: HashSet::new(),
            looks: HashMap::new(),
            column_styles: Vec::new(),
            row_style: None,
            shows_zeros,
            numbers_are_shown: false,
            from_1904: false,
            tables: 0,
            next_row: 0,
            groups: Vec::new(),
            column_groups: Vec::new(),
            row: None,
            next_column: 0,
            next_column_element: 0,
            cell: None,
            skipped: 0,
            comment: None,
        }
    }

    /// The styles are known; what comes now is the content.
    pub fn styles_end(&mut self) {
        self.tables = 0;
        self.next_row = 0;
        self.row = None;
        self.cell = None;
        self.skipped = 0;
        self.comment = None;
    }

    pub fn take(&mut self, event: &Event<'_>) -> Result<Option<Found>> {
        match event {
            Event::Start(element) if self.cell.is_some() => self.start_in_cell(element)?,
            Event::Start(element) => return Ok(self.start(element)),
            Event::End(element) => return self.end(element.local_name().as_ref()),
            Event::Text(text) => self.text(&text.xml10_content())?,
            Event::CData(text) => self.text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = character(reference).ok_or_else(|| damaged("entity"))?;
                self.text(character.encode_utf8(&mut [0; 4]))?;
            }
            _ => {}
        }
        Ok(None)
    }

    fn start(&mut self, element: &BytesStart<'_>) -> Option<Found> {
        match element.local_name().as_ref() {
            "style" => {
                self.style = attribute(element, "name").unwrap_or_default();
                let parent = attribute(element, "parent-style-name");
                if let Some(look) = parent.and_then(|parent| self.looks.get(&parent).copied()) {
                    self.looks.insert(self.style.clone(), look);
                }
                // N0 is how LibreOffice calls what has no form.
                if let Some(form) = attribute(element, "data-style-name").filter(|form| form != "N0") {
                    self.looks.entry(self.style.clone()).or_default().forms_numbers = !form.is_empty();
                }
            }
            "text-properties" => {
                let line = ["text-line-through-style", "text-line-through-type"];
                let line = line.iter().find_map(|name| attribute(element, name));
                let colour = attribute(element, "color");
                let raised = attribute(element, "text-position");
                if line.is_some() || colour.is_some() || raised.is_some() {
                    let look = self.looks.entry(self.style.clone()).or_default();
                    look.raised = raised.map_or(look.raised, |position| raised_by(&position));
                    look.struck = line.map(|line| line != "none").or(look.struck);
                    look.white = colour.map_or(look.white, |colour| is_white(&colour));
                }
            }
            // Days of a sheet are counted from there; only numbers without a form are counted days.
            "null-date" => {
                self.from_1904 = attribute(element, "date-value").is_some_and(|day| day.starts_with("1904-"));
            }
            "table-cell-properties" => {
                if let Some(colour) = attribute(element, "background-color") {
                    let look = self.looks.entry(self.style.clone()).or_default();
                    look.painted = colour != "transparent" && !is_white(&colour);
                }
            }
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            "table" => {
                self.tables += 1;
                if self.tables == 1 {
                    self.next_row = 0;
                    self.next_column_element = 0;
                    self.column_styles.clear();
                    self.groups.clear();
                    self.column_groups.clear();
                }
                let style = attribute(element, "style-name").unwrap_or_default();
                return (self.tables == 1).then(|| Found::Table {
                    name: attribute(element, "name").unwrap_or_default(),
                    hidden: self.hidden_styles.contains(&style),
                });
            }
            "table-row-group" => {
                let display = attribute(element, "display");
                self.groups.push(display.as_deref() == Some("false"));
            }
            "table-column-group" => {
                let display = attribute(element, "display");
                self.column_groups.push(display.as_deref() == Some("false"));
            }
            "table-column" if self.tables == 1 => {
                let visibility = attribute(element, "visibility");
                let hidden = matches!(visibility.as_deref(), Some("collapse" | "filter"))
                    || self.column_groups.contains(&true);
                let first = self.next_column_element;
                let end = first.saturating_add(count(element, "number-columns-repeated"));
                self.next_column_element = end;
                let look = self.look(attribute(element, "default-cell-style-name").as_deref());
                self.column_styles.push((look, end));
                return hidden.then_some(Found::HiddenColumns(first, end));
            }
            "table-row" if self.tables == 1 => {
                self.row_style = attribute(element, "default-cell-style-name");
                let visibility = attribute(element, "visibility");
                let collapsed = matches!(visibility.as_deref(), Some("collapse" | "filter"));
                self.next_column = 0;
                self.row = Some(TableRow {
                    first: self.next_row,
                    repeated: count(element, "number-rows-repeated"),
                    hidden: collapsed || self.groups.contains(&true),
                    ..TableRow::default()
                });
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(row) = &mut self.row {
                    self.cell = Some(OpenCell::of(element));
                    let columns = count(element, "number-columns-spanned");
                    let rows = count(element, "number-rows-spanned");
                    if columns > 1 || rows > 1 {
                        row.spans.push(Span { column: self.next_column, columns, rows });
                    }
                }
            }
            _ => {}
        }
        None
    }

    fn start_in_cell(&mut self, element: &BytesStart<'_>) -> Result<()> {
        let Self { cell: Some(cell), looks, .. } = self else {
            return Ok(());
        };
        let name = element.local_name();
        let prefix = element.name().prefix().map(|prefix| prefix.as_ref() == "text");
        let is_aside = matches!(name.as_ref(), "ruby-text" | "hidden-text" | "hidden-paragraph");
        if self.skipped > 0 || prefix != Some(true) || is_aside {
            cell.picture |= name.as_ref() == "frame";
            self.skipped += 1;
            match &mut self.comment {
                None if name.as_ref() == "annotation" => {
                    let depth = self.skipped;
                    self.comment = Some(OpenComment { depth, in_text: false, text: String::new() });
                }
                Some(comment) if name.as_ref() == "p" => {
                    comment.in_text = true;
                    if !comment.text.is_empty() {
                        comment.text.push('\n');
                    }
                }
                _ => {}
            }
            return Ok(());
        }
        match name.as_ref() {
            "p" | "h" => {
                if cell.paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.paragraphs += 1;
                cell.in_paragraph = true;
                cell.space_due = false;
            }
            "span" => {
                const DEEPEST: usize = 1000;
                let name = attribute(element, "style-name");
                let look = name.and_then(|name| looks.get(&name).copied()).unwrap_or_default();
                let (struck, raised) = cell.spans.last().copied().unwrap_or_default();
                if cell.spans.len() < DEEPEST {
                    cell.spans.push((look.struck.or(struck), look.raised.or(raised)));
                }
            }
            "s" => {
                let spaces = count(element, "c");
                cell.grows_by(spaces.into(), self.limits)?;
                cell.text.extend(std::iter::repeat_n(' ', spaces as usize));
            }
            "tab" => cell.text.push('\t'),
            "line-break" => cell.text.push('\n'),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<()> {
        const MOST_OF_A_COMMENT: usize = 1 << 16;
        if let Some(comment) = self.comment.as_mut().filter(|comment| comment.in_text) {
            if comment.text.len() < MOST_OF_A_COMMENT {
                comment.text.push_str(text);
            }
            return Ok(());
        }
        match &mut self.cell {
            Some(cell) if self.skipped == 0 && cell.in_paragraph => {
                cell.grows_by(text.len() as u64, self.limits)?;
                let (struck, raised) = cell.spans.last().copied().unwrap_or_default();
                cell.strokes.add(text, struck);
                let start = cell.text.len();
                cell.push_collapsed(text);
                let run = raised.map(|raised| (start, cell.text.len(), raised));
                cell.beside_the_line.extend(run.filter(|(start, end, _)| start < end));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, name: &str) -> Result<Option<Found>> {
        if self.skipped > 0 {
            self.skipped -= 1;
            if let Some(comment) = self.comment.as_mut().filter(|_| name == "p") {
                comment.in_text = false;
            }
            let ended = self.comment.take_if(|comment| comment.depth > self.skipped);
            return Ok(ended
                .zip(self.row.as_ref())
                .map(|(comment, row)| Found::Comment(row.first, self.next_column, comment.text)));
        }
        match name {
            "p" | "h" => {
                if let Some(cell) = &mut self.cell {
                    cell.in_paragraph = false;
                }
            }
            "table-cell" | "covered-table-cell" => self.end_cell(),
            "span" => {
                if let Some(cell) = &mut self.cell {
                    cell.spans.pop();
                }
            }
            "table-row-group" => drop(self.groups.pop()),
            "table-column-group" => drop(self.column_groups.pop()),
            "table-row" => {
                if let Some(row) = self.row.take() {
                    self.next_row = row.first.saturating_add(row.repeated);
                    return Ok(Some(Found::Row(row)));
                }
            }
            "table" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
        Ok(None)
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let column = self.next_column;
        let repeated = cell.repeated;
        self.next_column = column.saturating_add(repeated);
        let style = cell.style.clone().or_else(|| self.row_style.clone());
        let look = match &style {
            Some(style) => self.look(Some(style)),
            None => {
                let run = self.column_styles.partition_point(|(_, end)| *end <= column);
                self.column_styles.get(run).map(|(look, _)| *look).unwrap_or_default()
            }
        };
        let strokes = if cell.strokes == Strokes::default() { Strokes::PLAIN } else { cell.strokes };
        let shows_something = !cell.text.trim().is_empty();
        let is_number = cell.has_number();
        let is_unseen = cell.paragraphs == 0;
        let is_percent = cell.kind == "percentage";
        let mut cell = cell.into_cell();
        // Some programs leave what is seen to whoever opens the file.
        let has_form = matches!(cell.value, Value::Number(_) | Value::DateTime(_) | Value::Time(_));
        if is_unseen && has_form && (look.forms_numbers || is_percent) && cell.value != Value::Number(0.0) {
            cell.shown = Shown::Unknown { format: style.unwrap_or_default() };
        }
        let mut mark = Mark {
            struck: strokes.over(look.struck == Some(true)),
            white: look.white && !look.painted,
            from_1904: self.from_1904 && is_number,
            ..Mark::default()
        };
        if is_number && cell.value == Value::Number(0.0) && !shows_something {
            mark.unseen_zero = !self.shows_zeros || self.numbers_are_shown || cell.shown != Shown::Same;
        }
        mark.unseen_zero |= cell.value == Value::Number(0.0) && !self.shows_zeros;
        self.numbers_are_shown |= is_number && shows_something;
        if let (Some(row), false) = (&mut self.row, cell == Cell::default()) {
            row.cells.push(Run { column, repeated, cell, mark });
        }
    }

    fn look(&self, style: Option<&str>) -> Look {
        style.and_then(|style| self.looks.get(style)).copied().unwrap_or_default()
    }
}

impl OpenCell {
    fn of(element: &BytesStart<'_>) -> Self {
        let mut cell = Self {
            repeated: count(element, "number-columns-repeated"),
            formula: attribute(element, "formula").is_some(),
            style: attribute(element, "style-name"),
            string: attribute(element, "string-value"),
            ..Self::default()
        };
        // `calcext:value-type="error"` stands beside `office:value-type="string"`.
        for found in element.attributes().with_checks(false).flatten() {
            match found.key.local_name().as_ref() {
                "value-type" if cell.kind != "error" => cell.kind = found.value.into_owned(),
                "value" | "date-value" | "time-value" | "boolean-value" => {
                    cell.value = found.value.into_owned();
                }
                _ => {}
            }
        }
        cell
    }

    fn grows_by(&self, bytes: u64, limits: &Limits) -> Result<()> {
        let length = (self.text.len() as u64).saturating_add(bytes);
        if length > limits.max_cell_bytes {
            Err(too_large("cell", length, limits.max_cell_bytes))
        } else {
            Ok(())
        }
    }

    /// White space in the XML is one space, and none at a paragraph's ends.
    fn push_collapsed(&mut self, text: &str) {
        for character in text.chars() {
            if matches!(character, ' ' | '\t' | '\r' | '\n') {
                self.space_due = !self.text.is_empty() && !self.text.ends_with('\n');
            } else {
                if std::mem::take(&mut self.space_due) {
                    self.text.push(' ');
                }
                self.text.push(character);
            }
        }
    }

    fn has_number(&self) -> bool {
        matches!(self.kind.as_str(), "float" | "percentage" | "currency")
    }

    fn into_cell(self) -> Cell {
        let seen = out_of_line(&self.text, &self.beside_the_line).into_owned();
        // Older programs store an error as a zero, or as a text, and show what it is.
        if is_error(&seen) {
            return Cell::of(Value::Error(seen.trim().to_owned()));
        }
        let value = match self.kind.as_str() {
            "error" => Value::Error(if seen.is_empty() { "#N/A".to_owned() } else { seen.clone() }),
            "float" | "percentage" | "currency" => match self.value.parse() {
                Ok(number) => Value::Number(number),
                Err(_) => return Cell::text_of(seen),
            },
            "date" => match date_time_of_iso(&self.value) {
                Some(at) => Value::DateTime(at),
                None => return Cell::text_of(seen),
            },
            "time" => Value::Time(duration_text(&self.value)),
            "boolean" => Value::Bool(self.value == "true"),
            _ if self.paragraphs > 0 || self.string.is_some() => {
                let text = if self.paragraphs > 0 { seen } else { self.string.unwrap_or_default() };
                return cell_of_plain_text(text);
            }
            _ if self.formula && self.kind.is_empty() => Value::Uncached,
            _ if self.picture => Value::Picture,
            _ => Value::Empty,
        };
        let mut cell = Cell::of(value);
        // A long number in its general form is given in full.
        let scientific = seen.contains("E+") && matches!(cell.value, Value::Number(_));
        // What LibreOffice shows where a format or a column's width lets it show nothing else.
        let says_nothing = seen == "#FMT" || (!seen.is_empty() && seen.bytes().all(|byte| byte == b'#'));
        if self.paragraphs > 0 && !scientific && seen != cell.text() {
            cell.shown = if says_nothing { Shown::Unknown { format: seen } } else { Shown::As(seen) };
        }
        cell
    }
}

/// `super 58%`, `-33% 58%`.
fn raised_by(position: &str) -> Option<Raised> {
    match position.split_whitespace().next()? {
        "super" => Some(Raised::Above),
        "sub" => Some(Raised::Below),
        height => match height.trim_end_matches('%').parse::<f64>().ok()? {
            height if height > 0.0 => Some(Raised::Above),
            height if height < 0.0 => Some(Raised::Below),
            _ => None,
        },
    }
}

/// How often something is repeated: at least once.
fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    let count = attribute(element, name).and_then(|count| count.parse::<u32>().ok());
    count.unwrap_or(1).max(1)
}
