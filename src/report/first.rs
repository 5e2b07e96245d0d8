//! The first sheet: one sentence that says what to do, what the job is, the pages right there,
//! the workbook to correct, and how many contracts stand how.

use std::path::Path;

use rust_xlsxwriter::{DataValidation, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError};

use crate::domain::doubt::Doubt;
use crate::domain::job::{JobId, Status};
use crate::domain::problem::Severity;
use crate::text::book::{
    and_more, correct_in, fact_names, how_to_tick, more_pages, page_headings, sender, yes,
};
use crate::text::report::{
    Headings, PagesLeft, doubt_names, headings, how_to_settle, more_doubts, next_action, note, sheet_names,
    signer, status_meaning,
};

use super::ReportError;
use super::cells::Contents;
use super::excel::{lines_of, may_be_opened};
use super::grid::{Book, LINE_HEIGHT, guarded, is_spoilt, red};
use super::model::Model;
use super::rows::colour;
use super::signing;
use super::workbook::{ShownPage, kinds};

/// Letters of its columns; together they fit on a screen of 1366 pixels.
const WIDTHS: [u16; 7] = [46, 36, 9, 27, 9, 12, 18];
const LAST: u16 = 6;
/// The column with texts, and the one with counts.
const TEXT: u16 = 1;
const COUNT: u16 = 2;
const FIRST_TICK: u16 = 4;
/// Pages on the first sheet; the rest stands on the sheet of pages.
pub const MOST_PAGES: usize = 20;
/// Contracts in doubt on the first sheet; the rest stands among the rows.
const MOST_DOUBTS: usize = 20;
/// Templates and senders that are named.
const MOST_NAMED: usize = 3;
/// Letters that the sentence takes in one line, over all columns.
const SENTENCE_LETTERS: usize = 110;
const SENTENCE_HEIGHT: f64 = 22.0;

/// Things of one kind that were found in the input.
pub struct Found {
    pub what: String,
    pub count: u64,
    /// The first few.
    pub places: Vec<String>,
}

/// A cell that a person fills in.
pub fn to_fill() -> Format {
    Format::new().set_num_format("@").set_background_color(0xFFFBE6).set_border(FormatBorder::Thin)
}

pub fn first_sheet(
    model: &Model<'_>,
    book: &mut Book,
    pages: &[ShownPage],
    fix: Option<&Path>,
) -> Result<Worksheet, ReportError> {
    let words = headings(model.lang);
    let fix = fix.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let (own, before) = model.pages.to_confirm();
    let action = next_action(
        model.lang,
        &model.tally,
        PagesLeft { own, before },
        model.starting(),
        fix.as_deref(),
        signing::next(model, book.warning.is_some())?,
    );
    let facts = facts(model)?;
    let doubts = model.doubts()?;
    let counted = counted(model, &words)?;
    let corrections = kinds(model, Severity::Correction)?;
    let warnings = kinds(model, Severity::Warning)?;
    let mut sheet = Worksheet::new();
    let title = book.name_sheet(&mut sheet, sheet_names(model.lang).summary)?;
    let (warning, path) = (book.warning, book.path.clone());
    let contents = guarded(&path, || {
        let mut page = Page { sheet: &mut sheet, title: &title, next: 0, contents: Contents::default() };
        page.begin(&action, warning)?;
        page.facts(&facts)?;
        page.pages(model, pages)?;
        page.doubts(model, &doubts)?;
        if let Some(fix) = &fix {
            page.fix(&correct_in(model.lang, model.tally.to_correct()), fix)?;
        }
        page.statuses(model, &words)?;
        page.facts(&counted)?;
        page.kinds(words.corrections, &words, &corrections)?;
        page.kinds(words.warnings, &words, &warnings)?;
        Ok(page.contents)
    })?;
    book.contents.join(contents);
    Ok(sheet)
}

/// What was sent, when, by whom, on which template.
fn facts(model: &Model<'_>) -> Result<Vec<(&'static str, String)>, ReportError> {
    let (lang, names) = (model.lang, fact_names(model.lang));
    let mut files: Vec<String> = Vec::new();
    for sheet in &model.columns.sheets {
        if !files.contains(&sheet.file) {
            files.push(sheet.file.clone());
        }
    }
    let mut facts = vec![(names.file, and_more(lang, &files, files.len()))];
    if let Some((journal, job)) = model.ledger
        && let Some(record) = journal.job(job)?
    {
        facts.push((names.begun, model.plain_time(record.created_us)));
    }
    let senders = model.file.senders()?.into_values();
    let mut senders: Vec<String> =
        senders.map(|own| sender(lang, &own.organization_open_id, &own.operator_open_id)).collect();
    senders.sort();
    senders.dedup();
    let mut templates: Vec<String> = model.file.templates()?.into_values().collect();
    templates.sort();
    for (name, mut all) in [(names.sender, senders), (names.template, templates)] {
        let count = all.len();
        all.truncate(MOST_NAMED);
        if count > 0 {
            facts.push((name, and_more(lang, &all, count)));
        }
    }
    Ok(facts)
}

/// What is of use to whoever looks for a fault.
fn counted(model: &Model<'_>, words: &Headings) -> Result<Vec<(&'static str, String)>, ReportError> {
    let mut facts: Vec<(&str, String)> = Vec::new();
    if let Some((journal, job)) = model.ledger {
        let JobId(job_name) = job;
        facts.push((words.job, job_name.clone()));
        facts.push((words.pages, model.pages.count().to_string()));
        facts.push((words.requests, journal.requests(job)?.to_string()));
    }
    facts.extend(model.notes.iter().map(|one| (words.input, note(model.lang, one))));
    Ok(facts)
}

/// The sheet on its way: blocks below each other.
struct Page<'s> {
    sheet: &'s mut Worksheet,
    title: &'s str,
    next: u32,
    /// What stands in its cells, but for those that a person fills in.
    contents: Contents,
}

impl Page<'_> {
    fn begin(&mut self, action: &str, warning: Option<&str>) -> Result<(), XlsxError> {
        for (column, width) in (0_u16..).zip(WIDTHS) {
            self.sheet.set_column_width(column, width)?;
        }
        self.sheet.set_default_row_height(LINE_HEIGHT);
        self.sheet.set_landscape().set_print_fit_to_pages(1, 0);
        if let Some(warning) = warning {
            self.text(0, warning, &red())?;
            self.next += 1;
        }
        let format = Format::new().set_bold().set_font_size(14).set_text_wrap().set_align(FormatAlign::Top);
        let lines = lines_of(action, SENTENCE_LETTERS);
        self.sheet.set_row_height(self.next, SENTENCE_HEIGHT * lines as f64)?;
        self.sheet.merge_range(self.next, 0, self.next, LAST, action, &format)?;
        self.contents.add(self.title, self.next, 0, action);
        self.next += 2;
        Ok(())
    }

    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.contents.add(self.title, self.next, usize::from(column), text);
        self.sheet.write_string_with_format(self.next, column, text, format).map(drop)
    }

    fn heading<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Result<(), XlsxError> {
        let bold = Format::new().set_bold().set_background_color(0xD9E1F2);
        for (column, text) in (0..).zip(texts) {
            self.text(column, text, &bold)?;
        }
        self.next += 1;
        Ok(())
    }

    fn facts(&mut self, facts: &[(&str, String)]) -> Result<(), XlsxError> {
        for (name, value) in facts {
            self.text(0, name, &Format::new())?;
            self.text(TEXT, value, &Format::new().set_num_format("@"))?;
            self.next += 1;
        }
        self.next += 1;
        Ok(())
    }

    fn pages(&mut self, model: &Model<'_>, pages: &[ShownPage]) -> Result<(), XlsxError> {
        if pages.is_empty() {
            return Ok(());
        }
        let words = page_headings(model.lang);
        self.text(0, how_to_tick(model.lang), &Format::new().set_italic())?;
        self.next += 1;
        let headings = [words.page, words.link, words.contracts, words.prepared];
        self.heading(headings.into_iter().chain(words.ticks))?;
        let first = self.next;
        let wrapped = Format::new().set_text_wrap();
        for page in pages.iter().take(MOST_PAGES) {
            self.text(0, &page.label, &wrapped)?;
            self.sheet.set_row_height(self.next, LINE_HEIGHT * lines_of(&page.label, 44) as f64)?;
            self.link(TEXT, &page.url)?;
            self.count(page.flows)?;
            self.text(3, &page.prepared, &Format::new())?;
            for (column, tick) in (FIRST_TICK..).zip(&page.ticks) {
                self.sheet.write_string_with_format(self.next, column, tick, &to_fill())?;
            }
            self.next += 1;
        }
        let choice = DataValidation::new().allow_list_strings(&[yes(model.lang)])?;
        self.sheet.add_data_validation(first, FIRST_TICK, self.next - 1, FIRST_TICK, &choice)?;
        if pages.len() > MOST_PAGES {
            let sheet = sheet_names(model.lang).pages;
            let text = more_pages(model.lang, pages.len() - MOST_PAGES, sheet);
            self.contents.add(self.title, self.next, 0, &text);
            let link = Url::new(format!("internal:'{sheet}'!A1")).set_text(text);
            self.sheet.write_url(self.next, 0, link)?;
            self.next += 1;
        }
        self.next += 1;
        Ok(())
    }

    /// What to look for in the console.
    fn doubts(&mut self, model: &Model<'_>, doubts: &[Doubt]) -> Result<(), XlsxError> {
        let Some(job) = model.starting().filter(|_| !doubts.is_empty()) else { return Ok(()) };
        let (lang, words) = (model.lang, doubt_names(model.lang));
        self.text(0, &how_to_settle(lang, job), &Format::new().set_italic())?;
        self.next += 1;
        self.heading([words.title, words.signers, "", words.between])?;
        let wrapped = Format::new().set_text_wrap().set_num_format("@");
        for doubt in doubts.iter().take(MOST_DOUBTS) {
            let contract = match doubt.name == doubt.contract {
                true => doubt.contract.clone(),
                false => format!("{} · {}", doubt.contract, doubt.name),
            };
            let signers: Vec<String> = doubt.signers.iter().map(signer).collect();
            let cells = [(0, contract, 44), (TEXT, signers.join("\n"), 34), (3, model.between(doubt), 24)];
            let lines = cells.iter().map(|(_, text, letters)| lines_of(text, *letters)).max();
            self.sheet.set_row_height(self.next, LINE_HEIGHT * lines.unwrap_or(1) as f64)?;
            for (column, text, _) in &cells {
                self.text(*column, text, &wrapped)?;
            }
            self.next += 1;
        }
        if doubts.len() > MOST_DOUBTS {
            self.text(0, &more_doubts(lang, doubts.len() - MOST_DOUBTS), &Format::new())?;
            self.next += 1;
        }
        self.next += 1;
        Ok(())
    }

    fn link(&mut self, column: u16, url: &str) -> Result<(), XlsxError> {
        if !may_be_opened(url) || is_spoilt(url) {
            return self.text(column, url, &Format::new().set_num_format("@"));
        }
        self.contents.add(self.title, self.next, usize::from(column), url);
        self.sheet.write_url(self.next, column, url).map(drop)
    }

    /// The workbook to correct lies beside the report.
    fn fix(&mut self, text: &str, name: &str) -> Result<(), XlsxError> {
        self.text(0, text, &Format::new().set_bold())?;
        // Such letters mean something else in a link.
        if name.contains(['#', '%', '?']) {
            self.text(TEXT, name, &Format::new().set_num_format("@"))?;
        } else {
            self.contents.add(self.title, self.next, usize::from(TEXT), name);
            self.sheet.write_url(self.next, TEXT, Url::new(format!("file:///{name}")).set_text(name))?;
        }
        self.next += 2;
        Ok(())
    }

    fn statuses(&mut self, model: &Model<'_>, words: &Headings) -> Result<(), XlsxError> {
        self.heading([words.status, words.meaning, words.contracts])?;
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
            self.text(0, name, &colour(status))?;
            self.counted(count, meaning)?;
        }
        self.text(0, words.total, &Format::new().set_bold())?;
        self.counted(tally.total(), "")?;
        self.next += 1;
        Ok(())
    }

    fn count(&mut self, count: u64) -> Result<(), XlsxError> {
        self.contents.add(self.title, self.next, usize::from(COUNT), &count.to_string());
        self.sheet.write_number(self.next, COUNT, count as f64).map(drop)
    }

    fn counted(&mut self, count: u64, text: &str) -> Result<(), XlsxError> {
        self.count(count)?;
        let lines = lines_of(text, 34) as f64;
        self.sheet.set_row_height(self.next, LINE_HEIGHT * lines)?;
        self.text(TEXT, text, &Format::new().set_text_wrap())?;
        self.next += 1;
        Ok(())
    }

    fn kinds(&mut self, title: &str, words: &Headings, found: &[Found]) -> Result<(), XlsxError> {
        if found.is_empty() {
            return Ok(());
        }
        self.heading([title, words.first_places, words.places])?;
        for Found { what, count, places } in found {
            let more = if *count > places.len() as u64 { " …" } else { "" };
            self.text(0, what, &Format::new().set_text_wrap())?;
            self.counted(*count, &format!("{}{more}", places.join("\n")))?;
        }
        self.next += 1;
        Ok(())
    }
}
