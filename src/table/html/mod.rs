//! Tables in HTML, which HR systems export under the name of an XLS, and Excel's own
//! web pages. As Excel shows them: all tables of a page on one sheet, one below the
//! other, and text around them in rows of its own. Streamed, and read twice: once for
//! what stands around the cells, once for the cells.

use std::fs::File;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;

use self::cell::{Formats, OpenCell};
use self::css::{Look, Rules};
use super::cells::{Raised, RowBuilder, Sight, Strokes, out_of_line};
use super::encoding::{self, Decoded};
use super::file_errors::{Result, damaged, of_io, too_large};
use super::format::serial::Epoch;
use super::markup::{Markup, Tag, Token, push_html};
use super::runs::Runs;
use super::styles::Style;
use super::{Limits, Merge, ReadOptions, Sheet, Visit};
use crate::domain::file::FileFault;

mod cell;
mod css;

pub struct Html {
    path: PathBuf,
    limits: Limits,
    encoding: &'static Encoding,
}

impl Html {
    pub fn open(path: &Path, options: &ReadOptions) -> Result<(Self, Vec<Sheet>)> {
        let mut file = File::open(path).map_err(|error| of_io(&error))?;
        let encoding = match options.encoding {
            Some(_) => encoding::detect_but(&mut file, options.encoding)?,
            None => encoding::of_markup(&mut file)?,
        };
        let html = Self { path: path.to_owned(), limits: options.limits, encoding };
        let frame = html.walk(&mut |_| ControlFlow::Continue(()))?;
        if !frame.has_table {
            return Err(FileFault::Html);
        }
        let mut hidden_columns = frame.hidden_columns;
        hidden_columns.sort();
        let sheet = Sheet {
            name: Some(frame.title).filter(|title| !title.is_empty()),
            merged: frame.merged,
            hidden_rows_known: true,
            hidden_columns,
            ..Sheet::default()
        };
        Ok((html, vec![sheet]))
    }

    pub fn scan(&self, visit: &mut Visit<'_>) -> Result<()> {
        self.walk(visit).map(drop)
    }

    /// Excel says it of its own pages, in a comment for itself.
    fn counts_from_1904(&self) -> Result<bool> {
        const SEARCHED: u64 = 64 * 1024;
        let mut start = Vec::new();
        let file = File::open(&self.path).map_err(|error| of_io(&error))?;
        file.take(SEARCHED).read_to_end(&mut start).map_err(|error| of_io(&error))?;
        Ok(memchr::memmem::find(&start, b"<x:Date1904/>").is_some())
    }

    fn walk(&self, visit: &mut Visit<'_>) -> Result<Frame> {
        let file = File::open(&self.path).map_err(|error| of_io(&error))?;
        let source = Decoded::new(file, self.encoding);
        let mut markup = Markup::html(source, self.limits.max_part_bytes, &self.limits);
        let mut page = Page::new(&self.limits);
        page.epoch = Epoch::of_1904(self.counts_from_1904()?);
        let mut name = Vec::new();
        loop {
            let flow = match markup.next()? {
                Token::Start(tag) => {
                    name.clear();
                    name.extend(tag.name.iter().map(u8::to_ascii_lowercase));
                    page.start(&name, &tag, visit)?
                }
                Token::End(end) => {
                    name.clear();
                    name.extend(end.iter().map(u8::to_ascii_lowercase));
                    page.end(&name, visit)?
                }
                Token::Text(raw) => page.text(raw)?,
                Token::Raw(raw) => page.text(raw)?,
                Token::Eof if page.is_cut_off() => return Err(damaged("html")),
                Token::Eof => {
                    page.close(visit)?;
                    return Ok(page.frame);
                }
            };
            if flow.is_break() {
                return Ok(page.frame);
            }
        }
    }
}

#[derive(Default)]
struct Frame {
    has_table: bool,
    title: String,
    merged: Vec<Merge>,
    hidden_columns: Runs,
}

struct Page<'a> {
    limits: &'a Limits,
    frame: Frame,
    rows: RowBuilder<'a>,
    rules: Rules,
    formats: Formats,
    /// What is open around here, the innermost last.
    open: Vec<Open>,
    tables: Vec<Table>,
    /// 0-based.
    next_row: u32,
    /// What is being read: a cell, or text outside of any.
    content: Content,
    /// The text of a `<style>` or `<title>`.
    aside: Option<String>,
    /// Tables within the cell that is being read: what stands in them is text of that cell.
    nested: u32,
    /// The end of the body, or of all.
    has_ended: bool,
    epoch: Epoch,
}

/// What stands in lines of its own.
fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"li"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"center"
            | b"dl"
            | b"dt"
            | b"dd"
            | b"ul"
            | b"ol"
            | b"pre"
            | b"section"
            | b"article"
            | b"blockquote"
            | b"button"
    )
}

/// An element around the text.
struct Open {
    name: Vec<u8>,
    struck: bool,
    hidden: bool,
    /// Nothing in it is text: `<script>`.
    mute: bool,
    raised: Option<Raised>,
}

#[derive(Default)]
struct Table {
    /// For each column, how many rows below this one a cell from above reaches.
    reaching: Vec<u32>,
    column_elements: u32,
    in_row: bool,
    column: u32,
    /// Cells that the row has so far, and some row above it had several.
    cells: u32,
    has_data: bool,
}

#[derive(Default)]
struct Content {
    cell: Option<OpenCell>,
    text: String,
    strokes: Strokes,
    space_due: bool,
    /// Where its text stands above the line or below it, in bytes.
    beside_the_line: Vec<(usize, usize, Raised)>,
}

type Flow = Result<ControlFlow<()>>;
const GO_ON: Flow = Ok(ControlFlow::Continue(()));

impl<'a> Page<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            frame: Frame::default(),
            rows: RowBuilder::new(limits),
            rules: Rules::default(),
            formats: Formats::default(),
            open: Vec::new(),
            tables: Vec::new(),
            next_row: 0,
            content: Content::default(),
            aside: None,
            nested: 0,
            has_ended: false,
            epoch: Epoch::Y1900,
        }
    }

    /// The page ends within a table: rows may be missing.
    fn is_cut_off(&self) -> bool {
        !self.tables.is_empty() && !self.has_ended
    }

    /// A cell with others of its row before it, below other rows: a table in it is not how a page is laid out.
    fn is_among_data(&self) -> bool {
        let column = self.content.cell.as_ref().map(|cell| cell.column);
        column.is_some_and(|column| column > 0) && self.tables.last().is_some_and(|table| table.has_data)
    }

    /// A tag of a table that stands in a cell among data.
    fn tag_of_nested(&mut self, name: &[u8], begins: bool, visit: &mut Visit<'_>) -> Result<()> {
        match (name, begins) {
            (b"table", true) => self.nested += 1,
            (b"table", false) => self.nested = self.nested.saturating_sub(1),
            _ => {}
        }
        match name {
            b"table" | b"tr" => self.block(visit),
            _ => {
                self.content.space_due |= !self.content.text.is_empty() && !self.content.text.ends_with('\n');
                Ok(())
            }
        }
    }

    fn start(&mut self, name: &[u8], tag: &Tag<'_>, visit: &mut Visit<'_>) -> Flow {
        let look = self.rules.look(name, tag);
        // What a program writes later, or somebody in a box, is no table of this page.
        if self.open.iter().any(|open| matches!(open.name.as_slice(), b"script" | b"textarea")) {
            return GO_ON;
        }
        let is_nested = self.nested > 0 || (name == b"table" && self.is_among_data());
        match name {
            b"table" | b"tr" | b"td" | b"th" | b"tbody" | b"thead" | b"tfoot" if is_nested => {
                self.tag_of_nested(name, true, visit)?;
            }
            b"table" => {
                // A table in a cell is laid out as rows of its own.
                let mut flow = self.end_text(visit)?;
                if let Some(outer) = self.tables.last_mut().filter(|outer| outer.in_row && outer.cells > 0) {
                    outer.cells = 0;
                    flow = self.rows.finish(visit)?;
                    self.next_row = self.next_row.saturating_add(1);
                }
                self.frame.has_table = true;
                self.tables.push(Table::default());
                self.push(name, &look, false)?;
                return Ok(flow);
            }
            b"tr" => {
                let flow = self.end_row(visit)?;
                self.push(name, &look, false)?;
                let hidden = look.hidden || tag.html("height").is_some_and(|height| height.trim() == "0");
                if let Some(table) = self.tables.last_mut() {
                    table.in_row = true;
                    table.column = 0;
                }
                self.rows.hidden = hidden || self.open.iter().any(|open| open.hidden);
                return Ok(flow);
            }
            b"td" | b"th" => {
                let flow = self.end_cell(visit)?;
                self.start_cell(name, tag, &look)?;
                return Ok(flow);
            }
            b"col" => self.column(tag, &look),
            b"style" | b"title" => {
                self.aside = Some(String::new());
                self.push(name, &look, true)?;
            }
            b"br" | b"hr" => self.line_break(visit)?,
            b"script" | b"xml" | b"noscript" | b"template" => self.push(name, &look, true)?,
            // Of a list to choose from what is chosen is seen.
            b"option" => {
                self.pop(name);
                self.push(name, &look, tag.html("selected").is_none())?;
            }
            // What stands in a form is its value, as a browser shows it.
            b"input" => {
                let kind = tag.html("type").map(|kind| kind.to_ascii_lowercase()).unwrap_or_default();
                let is_seen = matches!(
                    kind.as_str(),
                    "" | "text" | "number" | "tel" | "date" | "email" | "url" | "search"
                );
                // Beside a text that is there the same is shown once more, to be changed.
                let is_alone = self.content.cell.is_some() && self.content.text.trim().is_empty();
                let is_seen = is_seen && is_alone && !look.hidden && tag.html("hidden").is_none();
                if let Some(value) = tag.html("value").filter(|_| is_seen) {
                    let raw = value.replace('&', "&amp;").replace('<', "&lt;");
                    self.push(name, &look, false)?;
                    let flow = self.text(raw.as_bytes())?;
                    self.pop(name);
                    return Ok(flow);
                }
            }
            // They have no end.
            b"meta" | b"link" | b"img" | b"base" | b"wbr" => {}
            name if is_block(name) => {
                self.block(visit)?;
                self.push(name, &look, false)?;
            }
            // How a word is pronounced.
            b"rt" | b"rp" => self.push(name, &look, true)?,
            b"s" | b"strike" | b"del" => {
                self.push(name, &Look { struck: true, ..look }, false)?;
            }
            _ => self.push(name, &look, false)?,
        }
        GO_ON
    }

    fn push(&mut self, name: &[u8], look: &Look, mute: bool) -> Result<()> {
        /// More is no page that anybody wrote.
        const DEEPEST: usize = 10_000;
        if self.open.len() >= DEEPEST {
            return Err(too_large("cells", self.open.len() as u64, DEEPEST as u64));
        }
        let Look { struck, hidden, raised, .. } = *look;
        let raised = match name {
            b"sup" => Some(Raised::Above),
            b"sub" => Some(Raised::Below),
            _ => raised,
        };
        self.open.push(Open { name: name.to_owned(), struck, hidden, mute, raised });
        Ok(())
    }

    /// Closes the innermost element of this name, and what was left open within it, but
    /// never goes beyond the cell or the table around.
    fn pop(&mut self, name: &[u8]) -> bool {
        let is_wall = |open: &&Open| matches!(open.name.as_slice(), b"td" | b"th" | b"table");
        let searched = self.open.iter().rev();
        let mut depth = 0;
        for open in searched {
            depth += 1;
            if open.name == name {
                self.open.truncate(self.open.len() - depth);
                return true;
            }
            if is_wall(&open) && !matches!(name, b"table" | b"tr" | b"tbody" | b"thead" | b"tfoot") {
                return false;
            }
            if open.name == b"table" {
                return false;
            }
        }
        false
    }

    fn end(&mut self, name: &[u8], visit: &mut Visit<'_>) -> Flow {
        match name {
            b"table" | b"tr" | b"td" | b"th" | b"tbody" | b"thead" | b"tfoot" if self.nested > 0 => {
                self.tag_of_nested(name, false, visit)?;
            }
            b"body" | b"html" => {
                self.has_ended = true;
                self.pop(name);
            }
            b"td" | b"th" => {
                let flow = self.end_cell(visit)?;
                self.pop(name);
                return Ok(flow);
            }
            b"tr" => return self.end_row(visit),
            b"table" => {
                let flow = self.end_row(visit)?;
                self.tables.pop();
                self.pop(name);
                return Ok(flow);
            }
            b"style" => {
                if let Some(css) = self.aside.take() {
                    self.rules.read(&css);
                }
                self.pop(name);
            }
            b"title" => {
                if let Some(title) = self.aside.take().filter(|_| self.frame.title.is_empty()) {
                    self.frame.title = title.split_whitespace().collect::<Vec<_>>().join(" ");
                }
                self.pop(name);
            }
            name if is_block(name) => {
                self.pop(name);
                self.block(visit)?;
            }
            _ => {
                self.pop(name);
            }
        }
        GO_ON
    }

    fn start_cell(&mut self, name: &[u8], tag: &Tag<'_>, look: &Look) -> Result<()> {
        const MOST_MERGED: usize = 1_000_000;
        let span = |name: &str| tag.html(name).and_then(|span| span.trim().parse::<u32>().ok());
        let columns = span("colspan").unwrap_or(1).clamp(1, self.limits.max_columns);
        let rows = match span("rowspan").unwrap_or(1) {
            0 => self.limits.max_rows,
            rows => rows.min(self.limits.max_rows),
        };
        self.push(name, &Look { hidden: false, ..look.clone() }, false)?;
        let row = self.next_row;
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        table.in_row = true;
        while table.reaching.get(table.column as usize).is_some_and(|rows| *rows > 0) {
            table.column += 1;
        }
        let column = table.column;
        let end = column.saturating_add(columns);
        table.column = end;
        if end > self.limits.max_columns {
            return Err(too_large("columns", end.into(), self.limits.max_columns.into()));
        }
        if rows > 1 {
            let places = end as usize;
            if table.reaching.len() < places {
                table.reaching.resize(places, 0);
            }
            for reaching in table.reaching.iter_mut().skip(column as usize).take(columns as usize) {
                // This row counts, too.
                *reaching = rows;
            }
        }
        if columns > 1 || rows > 1 {
            self.frame.merged.push(Merge {
                first_row: row.saturating_add(1),
                last_row: row.saturating_add(rows),
                first_column: column,
                last_column: end - 1,
            });
            if self.frame.merged.len() > MOST_MERGED {
                return Err(too_large("cells", self.frame.merged.len() as u64, MOST_MERGED as u64));
            }
        }
        if look.hidden {
            self.frame.hidden_columns.add_all(column, end);
        }
        self.content.cell = Some(OpenCell::of(tag, column, look.format.clone()));
        Ok(())
    }

    fn column(&mut self, tag: &Tag<'_>, look: &Look) {
        let Some(table) = self.tables.last_mut() else { return };
        let span = tag.html("span").and_then(|span| span.trim().parse::<u32>().ok());
        let first = table.column_elements;
        let end = first.saturating_add(span.unwrap_or(1).max(1)).min(self.limits.max_columns);
        table.column_elements = end;
        if look.hidden || tag.html("width").is_some_and(|width| width.trim() == "0") {
            self.frame.hidden_columns.add_all(first, end);
        }
    }

    fn text(&mut self, raw: &[u8]) -> Flow {
        if let Some(aside) = &mut self.aside {
            push_html(aside, raw);
            if aside.len() as u64 > self.limits.max_cell_bytes {
                return Err(too_large("cell", aside.len() as u64, self.limits.max_cell_bytes));
            }
            return GO_ON;
        }
        // Hidden rows have text all the same.
        let in_cell =
            self.open.iter().rev().take_while(|open| !matches!(open.name.as_slice(), b"td" | b"th"));
        let hidden_here = self.content.cell.is_some() && in_cell.into_iter().any(|open| open.hidden);
        if hidden_here || self.open.iter().any(|open| open.mute) {
            return GO_ON;
        }
        // Between cells there is nothing to see.
        if self.content.cell.is_none() && self.tables.last().is_some_and(|table| table.in_row) {
            return GO_ON;
        }
        let struck = self.open.iter().any(|open| open.struck);
        let raised = self.open.iter().rev().find_map(|open| open.raised);
        let mut text = String::new();
        push_html(&mut text, raw);
        let start = self.content.text.len();
        for character in text.chars() {
            if matches!(character, ' ' | '\t' | '\r' | '\n') {
                self.content.space_due = !self.content.text.is_empty() && !self.content.text.ends_with('\n');
            } else {
                if std::mem::take(&mut self.content.space_due) {
                    self.content.text.push(' ');
                }
                self.content.text.push(character);
            }
        }
        if let Some(raised) = raised {
            self.content.beside_the_line.push((start, self.content.text.len(), raised));
        }
        let added = self.content.text.get(start..).unwrap_or_default();
        self.content.strokes.add(added, Some(struck));
        if self.content.text.len() as u64 > self.limits.max_cell_bytes {
            return Err(too_large("cell", self.content.text.len() as u64, self.limits.max_cell_bytes));
        }
        GO_ON
    }

    fn line_break(&mut self, visit: &mut Visit<'_>) -> Result<()> {
        if self.content.cell.is_some() {
            self.content.space_due = false;
            self.content.text.push('\n');
            Ok(())
        } else {
            self.block(visit)
        }
    }

    /// A paragraph begins or ends.
    fn block(&mut self, visit: &mut Visit<'_>) -> Result<()> {
        if self.content.cell.is_some() {
            self.content.space_due = false;
            if !self.content.text.is_empty() && !self.content.text.ends_with('\n') {
                self.content.text.push('\n');
            }
            return Ok(());
        }
        // Nobody goes on to the next row here, and a visitor that has had enough is asked again soon.
        self.end_text(visit).map(drop)
    }

    /// Text outside of tables is a row of its own.
    fn end_text(&mut self, visit: &mut Visit<'_>) -> Flow {
        if self.content.cell.is_some() {
            return self.end_cell(visit);
        }
        let content = std::mem::take(&mut self.content);
        let text = content.text.trim();
        if text.is_empty() {
            return GO_ON;
        }
        self.rows.hidden = self.open.iter().any(|open| open.hidden);
        let sight = Sight { epoch: self.epoch, shows_zeros: true };
        let cell = sight.text(text, content.strokes, &Style::default());
        let row = self.next_row;
        self.next_row = self.next_row.saturating_add(1);
        if self.rows.put(row, 0, cell, visit)?.is_break() {
            return Ok(ControlFlow::Break(()));
        }
        self.rows.finish(visit)
    }

    fn end_cell(&mut self, visit: &mut Visit<'_>) -> Flow {
        if self.content.cell.is_none() {
            self.content = Content::default();
            return GO_ON;
        }
        let content = std::mem::take(&mut self.content);
        let Some(open) = content.cell else { return GO_ON };
        let text = out_of_line(&content.text, &content.beside_the_line);
        let text = text.trim_matches(['\n', ' ']);
        let column = open.column;
        let cell = open.into_cell(text, content.strokes, &mut self.formats, self.epoch);
        // What was left open in the cell ends with it.
        if let Some(at) = self.open.iter().rposition(|open| matches!(open.name.as_slice(), b"td" | b"th")) {
            self.open.truncate(at);
        }
        if let Some(table) = self.tables.last_mut().filter(|_| !text.is_empty()) {
            table.cells += 1;
        }
        self.rows.put(self.next_row, column, cell, visit)
    }

    fn end_row(&mut self, visit: &mut Visit<'_>) -> Flow {
        let mut flow = self.end_cell(visit)?;
        let Some(table) = self.tables.last_mut().filter(|table| table.in_row) else { return Ok(flow) };
        table.in_row = false;
        table.has_data |= table.cells > 1;
        table.cells = 0;
        for reaching in &mut table.reaching {
            *reaching = reaching.saturating_sub(1);
        }
        let is_row = |open: &Open| open.name == b"tr";
        let walls = self.open.iter().rposition(|open| open.name == b"table").unwrap_or(0);
        if let Some(at) = self.open.iter().rposition(is_row).filter(|at| *at > walls) {
            self.open.truncate(at);
        }
        if flow.is_continue() {
            flow = self.rows.finish(visit)?;
        }
        self.next_row = self.next_row.saturating_add(1);
        Ok(flow)
    }

    fn close(&mut self, visit: &mut Visit<'_>) -> Result<()> {
        if self.end_row(visit)?.is_continue() && self.end_text(visit)?.is_continue() {
            self.rows.finish(visit).map(drop)
        } else {
            Ok(())
        }
    }
}
