//! `NAME.report.xlsx`: what to do now, with the pages to confirm; a line for every row of the
//! input (`rows.rs`); all the pages; what was corrected and what is worth a look.

use std::path::Path;

use rust_xlsxwriter::Worksheet;

use crate::domain::problem::{Place, Rule, Severity};
use crate::platform::clock::now_us;
use crate::text::Lang;
use crate::text::book::{age, page_headings, yes};
use crate::text::problems::{correction, explain, place_of};
use crate::text::report::{headings, sheet_names};

use super::ReportError;
use super::cells::{Notes, ShownTicks};
use super::first::{Found, MOST_PAGES, first_sheet};
use super::grid::{Book, Column, Grid, StreamedGrid};
use super::model::Model;
use super::pages::name;
use super::publish::Settled;
use super::rows::RowsSheet;
use super::signing;

pub const LINK_WIDTH: usize = 24;
pub const LABEL_WIDTH: usize = 40;
const PREPARED_WIDTH: usize = 26;
const TICK_WIDTH: usize = 8;
const AT_WIDTH: usize = 16;
/// Places given for each kind of correction.
const MOST_PLACES: usize = 3;
/// Kinds of warnings: a misfit between file and API could make one a row.
const MOST_KINDS: usize = 200;

/// The workbook, to be finished without the journal.
pub struct Report {
    book: Book,
    summary: Worksheet,
    rows: StreamedGrid,
    pages: Pages,
    others: Vec<Grid>,
}

impl Report {
    /// The file, and what the journal keeps of it. Waits for the disk.
    pub fn pack(self) -> Result<(Settled, Notes), ReportError> {
        let Self { mut book, summary, rows, pages, others } = self;
        let path = book.path.clone();
        let grid = pages.grid(&mut book)?;
        book.workbook.push_worksheet(summary);
        for worksheet in rows.finish(&mut book)? {
            book.workbook.push_worksheet(worksheet);
        }
        for grid in [grid].into_iter().chain(others) {
            for worksheet in grid.finish(&mut book)? {
                book.workbook.push_worksheet(worksheet);
            }
        }
        let (draft, cells) = book.finish()?;
        Ok((Settled::of(draft, &path)?, Notes { cells, ticks: pages.ticks() }))
    }
}

/// Asks the journal for all that it needs. `fix`: the workbook with what is to be corrected, if there is one.
pub fn assemble(rows: RowsSheet<'_>, model: &Model<'_>, fix: Option<&Path>) -> Result<Report, ReportError> {
    let RowsSheet { mut book, grid, .. } = rows;
    let pages = Pages::read(model)?;
    let summary = first_sheet(model, &mut book, &pages.shown, fix)?;
    let signers = signing::sheet(model, &mut book)?;
    let told = told(model, &mut book, sheet_names(model.lang).told, |_| true)?;
    let others = [signers, told].into_iter().flatten().collect();
    Ok(Report { book, summary, rows: grid, pages, others })
}

/// What stands on the sheet of pages.
struct Pages {
    lang: Lang,
    shown: Vec<ShownPage>,
    /// Numbers and links of those that must not be opened any more.
    replaced: Vec<(u32, String)>,
}

/// A page as it stands in the workbook.
pub struct ShownPage {
    pub label: String,
    pub url: String,
    pub flows: u64,
    pub prepared: String,
    /// What stands in the cells for a person: confirmed, by whom, when.
    pub ticks: [String; 3],
}

/// Those to open, the job's own first.
fn shown_pages(model: &Model<'_>) -> Result<Vec<ShownPage>, ReportError> {
    let now = now_us();
    let flows = model.pages.open().map(|page| (page.flows, page.confirmed.as_ref()));
    let before =
        model.pages.elsewhere().map(|(_, page)| (page.flows, model.pages.confirmed_elsewhere(&page.url)));
    let lines = model.pages.lines(model.file, model.lang)?;
    let shown = lines.into_iter().zip(flows.chain(before)).map(|(line, (flows, confirmed))| {
        let yes = if line.confirmed { yes(model.lang) } else { "" };
        let by = confirmed.and_then(|one| one.by.clone()).unwrap_or_default();
        let at = confirmed.map(|one| model.plain_time(one.at_us)).unwrap_or_default();
        let prepared = match line.prepared_us {
            0 => String::new(),
            at => age(model.lang, &model.time(at), now.saturating_sub(at) / 1_000_000),
        };
        ShownPage { label: line.label, url: line.url, flows, prepared, ticks: [yes.to_owned(), by, at] }
    });
    Ok(shown.collect())
}

impl Pages {
    fn read(model: &Model<'_>) -> Result<Self, ReportError> {
        let replaced = model.pages.replaced().map(|page| (page.number, page.url.clone())).collect();
        Ok(Self { lang: model.lang, shown: shown_pages(model)?, replaced })
    }

    fn grid(&self, book: &mut Book) -> Result<Grid, ReportError> {
        let words = page_headings(self.lang);
        let headers =
            [words.page, words.link, words.contracts, words.prepared].into_iter().chain(words.ticks);
        let mut columns: Vec<Column> = headers.map(Column::new).collect();
        let widths = [LABEL_WIDTH, LINK_WIDTH, 8, PREPARED_WIDTH, TICK_WIDTH, TICK_WIDTH, AT_WIDTH];
        for (column, width) in columns.iter_mut().zip(widths) {
            column.width = width;
        }
        if let Some(label) = columns.first_mut() {
            label.wraps = true;
        }
        let ticks = columns.len() - words.ticks.len();
        let mut grid = Grid::begin(book, sheet_names(self.lang).pages, columns)?;
        let to_fill = super::first::to_fill();
        for page in &self.shown {
            let mut row = grid.row(book)?;
            row.wrapped(0, &page.label)?;
            row.link(1, &page.url)?;
            row.text(2, &page.flows.to_string())?;
            row.text(3, &page.prepared)?;
            for (column, tick) in (ticks..).zip(&page.ticks) {
                row.tick(column, tick, &to_fill)?;
            }
        }
        for (number, url) in &self.replaced {
            let mut row = grid.row(book)?;
            row.wrapped(0, &format!("{} · {}", name(*number), headings(self.lang).replaced))?;
            row.text(1, url)?;
        }
        Ok(grid)
    }

    fn ticks(&self) -> ShownTicks {
        let mut ticks = ShownTicks::default();
        for (place, page) in self.shown.iter().enumerate().filter(|(_, page)| !page.ticks[0].is_empty()) {
            // The first of them stand on both sheets.
            ticks.add(&page.url, if place < MOST_PAGES { 2 } else { 1 });
        }
        ticks
    }
}

/// Every correction and every warning of the cells that are meant; none, no sheet.
pub fn told(
    model: &Model<'_>,
    book: &mut Book,
    title: &str,
    is_meant: impl Fn(&Place) -> bool,
) -> Result<Option<Grid>, ReportError> {
    let words = headings(model.lang);
    let mut columns: Vec<Column> =
        [words.place, words.what, words.value, words.sent_as].into_iter().map(Column::new).collect();
    for (column, width) in columns.iter_mut().zip([LABEL_WIDTH, LABEL_WIDTH, LINK_WIDTH, LINK_WIDTH]) {
        column.width = width;
    }
    let mut grid: Option<Grid> = None;
    for severity in [Severity::Warning, Severity::Correction] {
        let mut failed = None;
        model.file.each_problem(severity, |problem| {
            let mut write = || -> Result<(), ReportError> {
                if grid.is_none() {
                    grid = Some(Grid::begin(book, title, columns.clone())?);
                }
                let Some(grid) = &mut grid else { return Ok(()) };
                let mut row = grid.row(book)?;
                row.wrapped(0, &place_of(model.lang, &problem.place))?;
                let (what, sent) = match &problem.rule {
                    Rule::Corrected { what, to } => (correction(model.lang, *what).to_owned(), to.as_str()),
                    _ => (explain(model.lang, &problem).line(model.lang), ""),
                };
                row.wrapped(1, &what)?;
                row.text(2, problem.value.as_deref().unwrap_or_default())?;
                row.text(3, sent)
            };
            if failed.is_none() && is_meant(&problem.place) {
                failed = write().err();
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
    }
    Ok(grid)
}

pub fn kinds(model: &Model<'_>, severity: Severity) -> Result<Vec<Found>, ReportError> {
    let mut found: Vec<Found> = Vec::new();
    let place = |place: &Place| place_of(model.lang, place);
    model.file.each_problem(severity, |problem| {
        let what = match &problem.rule {
            Rule::Corrected { what, .. } => correction(model.lang, *what).to_owned(),
            _ => explain(model.lang, &problem).what,
        };
        if let Some(kind) = found.iter_mut().find(|kind| kind.what == what) {
            kind.count += 1;
            if kind.places.len() < MOST_PLACES {
                kind.places.push(place(&problem.place));
            }
        } else if found.len() < MOST_KINDS {
            found.push(Found { what, count: 1, places: vec![place(&problem.place)] });
        }
    })?;
    Ok(found)
}
