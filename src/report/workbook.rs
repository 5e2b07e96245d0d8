//! `NAME.report.xlsx`: what to do now, a line for every row of the input, the
//! pages to confirm.

use std::path::Path;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};
use tempfile::NamedTempFile;

use crate::domain::job::Status;
use crate::domain::problem::{Place, Rule, Severity};
use crate::text::problems::{correction, explain, place_of};
use crate::text::report::{
    Headings, PagesLeft, headings, next_action, note, rehearsal, sheet_names, status_meaning,
};

use super::JobId;
use super::ReportError;
use super::columns::{CONFIRM_URL, OWN, REASON, STATUS};
use super::grid::{Book, Column, Grid, guarded, red};
use super::model::{Line, Model};
use super::pages::name;
use super::publish::{Folder, Kind};

/// Rows that are looked at for the width of a column.
const SAMPLE: u32 = 50;
const LINK_WIDTH: usize = 24;
const REASON_WIDTH: usize = 40;
const TIME_WIDTH: usize = 25;
const LABEL_WIDTH: usize = 40;
const ROW_HEIGHT: u32 = 16;
/// Places given for each kind of correction.
const MOST_PLACES: usize = 3;
/// Kinds of warnings: a misfit between file and API could make one a row.
const MOST_KINDS: usize = 200;

/// The report on its way, as far as the rows go.
pub struct RowsSheet<'m> {
    model: &'m Model<'m>,
    book: Book,
    grid: Grid,
    colours: [(Status, Format); Status::ALL.len()],
    /// Where our columns begin.
    own: usize,
}

impl<'m> RowsSheet<'m> {
    pub fn begin(model: &'m Model<'m>, folder: &Folder<'_>) -> Result<Self, ReportError> {
        let mut book = Book::begin(Kind::Report, folder)?;
        book.warning = folder.is_rehearsal().then(|| rehearsal(model.lang));
        let columns = &model.columns;
        let own = columns.headers.len() + usize::from(columns.several_sheets());
        let mut shown: Vec<Column> = columns.all_headers().map(Column::new).collect();
        for (index, sheet) in columns.sheets.iter().enumerate() {
            for row in model.file.first_rows(sheet.number, SAMPLE)? {
                for (column, cell) in shown.iter_mut().zip(columns.spread(index, &row)) {
                    column.fit(cell);
                }
            }
        }
        for (column, width) in [(CONFIRM_URL, LINK_WIDTH), (REASON, REASON_WIDTH)] {
            if let Some(column) = shown.get_mut(own + column) {
                column.width = width;
            }
        }
        if let Some(time) = shown.get_mut(own + OWN.len() - 1) {
            time.width = TIME_WIDTH;
        }
        for id in shown.iter_mut().skip(own + OWN.len()) {
            id.width = LINK_WIDTH;
        }
        let grid = Grid::begin(&mut book, sheet_names(model.lang).rows, shown)?;
        Ok(Self { model, book, grid, colours: Status::ALL.map(|status| (status, colour(status))), own })
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let columns = &self.model.columns;
        let mut row = self.grid.row(&mut self.book)?;
        for (column, cell) in columns.spread(line.sheet, line.cells).into_iter().enumerate() {
            row.text(column, cell)?;
        }
        if let Some(sheet) = columns.sheet(line.sheet).filter(|_| columns.several_sheets()) {
            row.text(self.own - 1, sheet.shown_name())?;
        }
        let number = line.number.to_string();
        for (column, value) in line.own(&number).into_iter().enumerate() {
            let place = self.own + column;
            match (column, self.colours.iter().find(|(status, _)| *status == line.status)) {
                (STATUS, Some((_, colour))) => row.styled(place, value, colour)?,
                (CONFIRM_URL, _) => row.link(place, value)?,
                _ => row.text(place, value)?,
            }
        }
        for (column, value) in line.own_started().into_iter().filter(|_| columns.starts).enumerate() {
            let place = self.own + OWN.len() + column;
            // Several links in one cell are none that can be opened.
            if value.contains(' ') { row.text(place, value)? } else { row.link(place, value)? }
        }
        Ok(())
    }

    /// `fix`: the workbook with what is to be corrected, if there is one.
    pub fn finish(self, model: &Model<'_>, fix: Option<&Path>) -> Result<NamedTempFile, ReportError> {
        let Self { mut book, grid, .. } = self;
        let names = sheet_names(model.lang);
        let mut summary = summary(model, &book, fix)?;
        book.name_sheet(&mut summary, names.summary)?;
        let pages = pages(model, &mut book, names.pages)?;
        let told = told(model, &mut book, names.told)?;
        book.workbook.push_worksheet(summary);
        let told = told.map(Grid::finish).transpose()?.unwrap_or_default();
        for worksheet in grid.finish()?.into_iter().chain(pages.finish()?).chain(told) {
            book.workbook.push_worksheet(worksheet);
        }
        book.finish()
    }
}

fn colour(status: Status) -> Format {
    let (back, front) = match status {
        Status::Accepted => (0xC6EFCE, 0x006100),
        Status::Rejected | Status::Invalid => (0xFFC7CE, 0x9C0006),
        Status::InDoubt => (0xFFEB9C, 0x9C5700),
        Status::Duplicate | Status::Skipped => (0xE7E6E6, 0x404040),
        Status::Pending => (0xDDEBF7, 0x1F4E78),
    };
    Format::new().set_num_format("@").set_background_color(back).set_font_color(front)
}

fn pages(model: &Model<'_>, book: &mut Book, title: &str) -> Result<Grid, ReportError> {
    let words = headings(model.lang);
    let lines = model.pages.lines(model.file, model.lang)?;
    let mut columns: Vec<Column> =
        [words.page, words.link, words.contracts, words.prepared].into_iter().map(Column::new).collect();
    for (column, width) in columns.iter_mut().zip([LABEL_WIDTH, LABEL_WIDTH, 8, TIME_WIDTH]) {
        column.width = width;
    }
    let mut grid = Grid::begin(book, title, columns)?;
    for (line, page) in lines.iter().zip(model.pages.open()) {
        let mut row = grid.row(book)?;
        row.text(0, &line.label)?;
        row.link(1, &line.url)?;
        row.text(2, &page.flows.to_string())?;
        row.text(3, &model.time(page.ended_us))?;
    }
    let before = lines.iter().filter(|line| line.before);
    for (line, (_, page)) in before.zip(model.pages.elsewhere()) {
        let mut row = grid.row(book)?;
        row.text(0, &line.label)?;
        row.link(1, &line.url)?;
        row.text(2, &page.flows.to_string())?;
        row.text(3, &page.ended_us.map(|at| model.time(at)).unwrap_or_default())?;
    }
    for page in model.pages.replaced() {
        let mut row = grid.row(book)?;
        row.text(0, &format!("{} · {}", name(page.number), words.replaced))?;
        row.text(1, &page.url)?;
    }
    Ok(grid)
}

/// Every correction and every warning, each with its cell; none, no sheet.
fn told(model: &Model<'_>, book: &mut Book, title: &str) -> Result<Option<Grid>, ReportError> {
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
                row.text(0, &place_of(model.lang, &problem.place))?;
                let (what, sent) = match &problem.rule {
                    Rule::Corrected { what, to } => (correction(model.lang, *what).to_owned(), to.as_str()),
                    _ => (explain(model.lang, &problem).line(model.lang), ""),
                };
                row.text(1, &what)?;
                row.text(2, problem.value.as_deref().unwrap_or_default())?;
                row.text(3, sent)
            };
            if failed.is_none() {
                failed = write().err();
            }
        })?;
        if let Some(error) = failed {
            return Err(error);
        }
    }
    Ok(grid)
}

fn summary(model: &Model<'_>, book: &Book, fix: Option<&Path>) -> Result<Worksheet, ReportError> {
    let words = headings(model.lang);
    let fix = fix.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let (own, before) = model.pages.to_confirm();
    let pages = PagesLeft { own, before };
    let action = next_action(model.lang, &model.tally, pages, model.starts, fix.as_deref());
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some((journal, job)) = model.ledger {
        let JobId(job_name) = job;
        facts.push((words.job, job_name.clone()));
        facts.push((words.pages, model.pages.count().to_string()));
        facts.push((words.requests, journal.requests(job)?.to_string()));
    }
    facts.extend(model.notes.iter().map(|one| (words.input, note(model.lang, one))));
    let corrections = kinds(model, Severity::Correction)?;
    let warnings = kinds(model, Severity::Warning)?;
    guarded(&book.path, || {
        let mut page = Page::begin(&action, book.warning)?;
        page.statuses(model, &words)?;
        page.facts(&facts)?;
        page.kinds(words.corrections, &words, &corrections)?;
        page.kinds(words.warnings, &words, &warnings)?;
        Ok(page.sheet)
    })
}

/// Things of one kind that were found in the input.
struct Found {
    what: String,
    count: u64,
    /// The first few.
    places: Vec<String>,
}

fn kinds(model: &Model<'_>, severity: Severity) -> Result<Vec<Found>, ReportError> {
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

/// The summary on its way: blocks below each other.
struct Page {
    sheet: Worksheet,
    next: u32,
    bold: Format,
}

impl Page {
    fn begin(action: &str, warning: Option<&str>) -> Result<Self, XlsxError> {
        let mut sheet = Worksheet::new();
        for (column, width) in [(0, 34), (1, 14), (2, 90)] {
            sheet.set_column_width(column, width)?;
        }
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
        let mut next = 0;
        if let Some(warning) = warning {
            sheet.write_string_with_format(next, 0, warning, &red())?;
            next += 1;
        }
        sheet.write_string_with_format(next, 0, action, &Format::new().set_bold().set_font_size(14))?;
        Ok(Self { sheet, next: next + 2, bold: Format::new().set_bold().set_background_color(0xD9E1F2) })
    }

    fn heading(&mut self, texts: [&str; 3]) -> Result<(), XlsxError> {
        for (column, text) in (0..).zip(texts) {
            self.sheet.write_string_with_format(self.next, column, text, &self.bold)?;
        }
        self.next += 1;
        Ok(())
    }

    fn statuses(&mut self, model: &Model<'_>, words: &Headings) -> Result<(), XlsxError> {
        self.heading([words.status, words.contracts, words.meaning])?;
        let tally = &model.tally;
        let counts = [
            (Status::Accepted, tally.accepted),
            (Status::Rejected, tally.rejected),
            (Status::Invalid, tally.invalid),
            (Status::InDoubt, tally.in_doubt),
            (Status::Pending, tally.pending),
            (Status::Duplicate, tally.duplicate),
            (Status::Skipped, tally.skipped),
        ];
        for (status, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
            let (name, meaning) = status_meaning(model.lang, status, model.starts);
            self.sheet.write_string_with_format(self.next, 0, name, &colour(status))?;
            self.counted(count, meaning)?;
        }
        self.sheet.write_string_with_format(self.next, 0, words.total, &Format::new().set_bold())?;
        self.counted(tally.total(), "")
    }

    fn counted(&mut self, count: u64, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_number(self.next, 1, count as f64)?;
        let lines = u32::try_from(text.lines().count()).unwrap_or(1).max(1);
        self.sheet.set_row_height(self.next, ROW_HEIGHT * lines)?;
        self.sheet.write_string_with_format(
            self.next,
            2,
            text,
            &Format::new().set_text_wrap().set_indent(1),
        )?;
        self.next += 1;
        Ok(())
    }

    fn facts(&mut self, facts: &[(&str, String)]) -> Result<(), XlsxError> {
        self.next += 1;
        for (name, value) in facts {
            self.sheet.write_string(self.next, 0, *name)?;
            self.sheet.write_string(self.next, 1, value)?;
            self.next += 1;
        }
        Ok(())
    }

    fn kinds(&mut self, title: &str, words: &Headings, found: &[Found]) -> Result<(), XlsxError> {
        if found.is_empty() {
            return Ok(());
        }
        self.next += 1;
        self.heading([title, words.places, words.first_places])?;
        for Found { what, count, places } in found {
            let more = if *count > places.len() as u64 { " …" } else { "" };
            self.sheet.write_string(self.next, 0, what)?;
            self.counted(*count, &format!("{}{more}", places.join("\n")))?;
        }
        Ok(())
    }
}
