//! The pages that a person has to open and confirm, named alike everywhere.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::domain::job::{AttemptId, FlowNo, JobId};
use crate::journal::{Confirmed, Elsewhere, JobFile, Journal, JournalError, Outline, Page, SheetRecord};
use crate::platform::clock::now_us;
use crate::text::Lang;
use crate::text::report::{PageFacts, confirmed_by, page_label, page_label_without_rows, sent_before_label};

use super::objects::RowsObject;
use super::{ReportError, ReportInput};

/// A name longer than this is cut in a label.
const MOST_LETTERS: usize = 24;

/// A page as a person is told of it.
pub struct PageLine {
    /// `P07 · rows 122-141 · 20 · HT-121…HT-140`.
    pub label: String,
    pub url: String,
    /// Another job's, which may have been confirmed already.
    pub before: bool,
    /// Somebody has said so.
    pub confirmed: bool,
    /// When it was prepared, Unix microseconds.
    pub prepared_us: i64,
}

/// A page of a report that is looked at one page after the other.
pub struct Card {
    /// `20261126-0a1b/P07`.
    pub name: String,
    /// `None`: another job's.
    pub number: Option<u32>,
    pub label: String,
    pub url: String,
    pub contracts: u64,
    /// `None`: another job's, or its rows have gone.
    pub rows: Option<RowsObject>,
    /// Of this job, and not of one that has sent the same before.
    pub own: bool,
    pub confirmed: bool,
    /// Unix microseconds, where it is known.
    pub prepared_us: Option<i64>,
}

impl From<Card> for PageLine {
    fn from(card: Card) -> Self {
        Self {
            label: card.label,
            url: card.url,
            before: !card.own,
            confirmed: card.confirmed,
            prepared_us: card.prepared_us.unwrap_or_default(),
        }
    }
}

impl Card {
    /// `P07`, as rows of its own job name it.
    pub fn short_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or_default()
    }
}

/// How a page's label is written.
pub struct Labels<'s> {
    pub lang: Lang,
    /// What is shown of a contract that is called that.
    pub name: &'s dyn Fn(FlowNo, &str) -> String,
}

/// The pages of a job that are to be opened, and those of other jobs that its
/// duplicates stand on; none where nothing was sent.
pub fn page_lines(source: &ReportInput<'_>, lang: Lang) -> Result<Vec<PageLine>, ReportError> {
    let Some((journal, job)) = source.ledger else { return Ok(Vec::new()) };
    let pages = Pages::read(journal, job, journal.elsewhere(job)?)?;
    pages.lines(source.file, lang)
}

/// The pages that nobody has said to be confirmed: how many there are, and the first of them.
#[derive(Default)]
pub struct Unconfirmed {
    /// The job's own, and those of jobs that have sent the same before.
    pub count: (usize, usize),
    /// At most so many of each as were asked for.
    pub first: (Vec<PageLine>, Vec<PageLine>),
}

/// Those that are still to be confirmed, with the labels of the first only: a large job has
/// thousands of pages.
pub fn unconfirmed(source: &ReportInput<'_>, lang: Lang, most: usize) -> Result<Unconfirmed, ReportError> {
    let Some((journal, job)) = source.ledger else { return Ok(Unconfirmed::default()) };
    let pages = Pages::read(journal, job, journal.elsewhere(job)?)?;
    let sheets = source.file.sheets()?;
    let own = pages.open().filter(|page| page.confirmed.is_none()).take(most);
    let own = own.map(|page| pages.own_line(source.file, page, &sheets, lang));
    let before = pages.elsewhere.iter().filter(|(_, page)| !pages.is_confirmed(page)).take(most);
    let before = before.map(|(name, page)| pages.line_before(name, page, lang));
    Ok(Unconfirmed { count: pages.to_confirm(), first: (own.collect::<Result<_, _>>()?, before.collect()) })
}

/// Every link that a report of the job shows, with whether another job has made it and whether
/// it is confirmed, in the report's order.
pub fn shown_links(journal: &Journal, job: &JobId) -> Result<Vec<(String, bool, bool)>, JournalError> {
    let pages = Pages::read(journal, job, journal.elsewhere(job)?)?;
    let own = pages.open().map(|page| (page.url.clone(), false, page.confirmed.is_some()));
    let before = pages.elsewhere.iter().map(|(_, page)| (page.url.clone(), true, pages.is_confirmed(page)));
    Ok(own.chain(before).collect())
}

/// Only the job's own.
pub fn own_page_lines(source: &ReportInput<'_>, lang: Lang) -> Result<Vec<PageLine>, ReportError> {
    let Some((journal, job)) = source.ledger else { return Ok(Vec::new()) };
    Pages::read(journal, job, Vec::new())?.lines(source.file, lang)
}

/// The pages of a job as the ledger alone knows them: the file with its rows has gone.
pub fn cards_without_rows(journal: &Journal, job: &JobId, lang: Lang) -> Result<Vec<Card>, JournalError> {
    let pages = Pages::read(journal, job, Vec::new())?;
    let card = |page: &Page| Card {
        name: full_name(job, page.number),
        number: Some(page.number),
        label: page_label_without_rows(lang, &name(page.number), page.flows),
        url: page.url.clone(),
        contracts: page.flows,
        rows: None,
        own: true,
        confirmed: page.confirmed.is_some(),
        prepared_us: Some(page.ended_us),
    };
    Ok(pages.open().map(card).collect())
}

/// Pages by number: one keeps its number for ever.
#[derive(Default)]
pub struct Pages {
    all: Vec<Page>,
    index: HashMap<AttemptId, usize>,
    /// Pages of other jobs that duplicates stand on, with their names.
    elsewhere: Vec<(String, Elsewhere)>,
    /// Links of those that were confirmed, each with by whom and when.
    confirmed_elsewhere: HashMap<String, Confirmed>,
    ends: RefCell<Ends>,
}

/// The first and the last contracts of the pages, as whoever reads all rows has met them: to ask for each costs more.
#[derive(Default)]
struct Ends {
    outlines: HashMap<FlowNo, Outline>,
    /// All rows were read.
    are_known: bool,
}

impl Pages {
    /// Gives numbers to those that are to be shown for the first time.
    pub fn read(journal: &Journal, job: &JobId, elsewhere: Vec<Elsewhere>) -> Result<Self, JournalError> {
        journal.number_pages(job, now_us())?;
        let all = journal.pages(job)?;
        let index = all.iter().enumerate().map(|(index, page)| (page.attempt, index)).collect();
        let mut names: HashMap<JobId, HashMap<AttemptId, u32>> = HashMap::new();
        let mut confirmed_elsewhere = HashMap::new();
        for page in &elsewhere {
            if !names.contains_key(&page.job) {
                journal.number_pages(&page.job, now_us())?;
                let pages = journal.pages(&page.job)?;
                let confirmed = pages.iter().filter_map(|page| Some((page, page.confirmed.clone()?)));
                confirmed_elsewhere.extend(confirmed.map(|(page, own)| (page.url.clone(), own)));
                let numbers = pages.into_iter().map(|page| (page.attempt, page.number)).collect();
                names.insert(page.job.clone(), numbers);
            }
        }
        let named = |page: Elsewhere| {
            let number = names.get(&page.job).and_then(|numbers| numbers.get(&page.attempt));
            let name = number.map_or_else(|| page.job.to_string(), |number| full_name(&page.job, *number));
            (name, page)
        };
        let elsewhere = elsewhere.into_iter().map(named).collect();
        let ends = all.iter().flat_map(|page| [page.first, page.last]);
        let outlines = ends.map(|flow| (flow, Outline::default())).collect();
        let ends = RefCell::new(Ends { outlines, are_known: false });
        Ok(Self { all, index, elsewhere, confirmed_elsewhere, ends })
    }

    /// Whether a page begins or ends with that contract.
    pub fn is_end(&self, flow: FlowNo) -> bool {
        self.ends.borrow().outlines.contains_key(&flow)
    }

    /// Somebody begins to read all rows.
    pub fn forget_ends(&self) {
        let mut ends = self.ends.borrow_mut();
        ends.are_known = false;
        ends.outlines.values_mut().for_each(|outline| *outline = Outline::default());
    }

    /// A row of such a contract, as (sheet, number), with the contract's key and name.
    pub fn note_end(&self, flow: FlowNo, (key, name): (Option<String>, String), row: (u32, u32)) {
        if let Some(outline) = self.ends.borrow_mut().outlines.get_mut(&flow) {
            (outline.key, outline.name) = (key, name);
            outline.rows.push(row);
        }
    }

    /// All rows were read.
    pub fn know_ends(&self) {
        self.ends.borrow_mut().are_known = true;
    }

    fn outline(&self, file: &JobFile, flow: FlowNo) -> Result<Outline, JournalError> {
        let ends = self.ends.borrow();
        match ends.outlines.get(&flow).filter(|own| ends.are_known && !own.rows.is_empty()) {
            Some(outline) => Ok(outline.clone()),
            None => file.outline(flow),
        }
    }

    /// All that are to be opened, each with what it covers.
    pub fn lines(&self, file: &JobFile, lang: Lang) -> Result<Vec<PageLine>, ReportError> {
        let _snapshot = file.snapshot()?;
        let sheets = file.sheets()?;
        let own = self.open().map(|page| self.own_line(file, page, &sheets, lang));
        let before = self.elsewhere.iter().map(|(name, page)| Ok(self.line_before(name, page, lang)));
        own.chain(before).collect()
    }

    /// A page of another job.
    fn line_before(&self, name: &str, page: &Elsewhere, lang: Lang) -> PageLine {
        let mut label = sent_before_label(lang, name, page.flows);
        let by = self.confirmed_elsewhere.get(&page.url);
        if let Some(own) = by {
            label.push_str(&confirmed_by(lang, own.by.as_deref()));
        }
        let (url, prepared_us) = (page.url.clone(), page.ended_us.unwrap_or_default());
        PageLine { label, url, before: true, confirmed: by.is_some(), prepared_us }
    }

    /// The same for a page that somebody looks at, with the names of contracts as `shown`
    /// gives them; those of other jobs come last.
    pub fn cards(&self, file: &JobFile, job: &JobId, shown: &Labels<'_>) -> Result<Vec<Card>, ReportError> {
        let _snapshot = file.snapshot()?;
        let sheets = file.sheets()?;
        let own = self.open().map(|page| self.own_card(file, job, page, &sheets, shown));
        own.chain(self.elsewhere.iter().map(|page| Ok(self.card_before(page, shown.lang)))).collect()
    }

    /// At most so many of them, those that are still to be confirmed first.
    pub fn first_cards(
        &self,
        file: &JobFile,
        job: &JobId,
        shown: &Labels<'_>,
        most: usize,
    ) -> Result<Vec<Card>, ReportError> {
        let _snapshot = file.snapshot()?;
        let sheets = file.sheets()?;
        let (own_left, own_done): (Vec<&Page>, Vec<&Page>) =
            self.open().partition(|page| page.confirmed.is_none());
        let (done, left): (Vec<_>, Vec<_>) =
            self.elsewhere.iter().partition(|(_, page)| self.is_confirmed(page));
        let own_card = |page| self.own_card(file, job, page, &sheets, shown);
        let before = |page| Ok(self.card_before(page, shown.lang));
        let left = own_left.into_iter().map(own_card).chain(left.into_iter().map(before));
        let done = own_done.into_iter().map(own_card).chain(done.into_iter().map(before));
        left.chain(done).take(most).collect()
    }

    /// A page of another job.
    fn card_before(&self, (name, page): &(String, Elsewhere), lang: Lang) -> Card {
        Card {
            name: name.clone(),
            number: None,
            label: sent_before_label(lang, name, page.flows),
            url: page.url.clone(),
            contracts: page.flows,
            rows: None,
            own: false,
            confirmed: self.is_confirmed(page),
            prepared_us: page.ended_us,
        }
    }

    /// Those whose links are good, in the order of their first contracts.
    pub fn open(&self) -> impl Iterator<Item = &Page> {
        let mut open: Vec<&Page> = self.all.iter().filter(|page| !page.replaced).collect();
        open.sort_by_key(|page| (page.first, page.number));
        open.into_iter()
    }

    /// Whether somebody has said so of a page of another job.
    fn is_confirmed(&self, page: &Elsewhere) -> bool {
        self.confirmed_elsewhere.contains_key(&page.url)
    }

    /// By whom a page of another job was confirmed, and when.
    pub fn confirmed_elsewhere(&self, url: &str) -> Option<&Confirmed> {
        self.confirmed_elsewhere.get(url)
    }

    /// Those of other jobs, with their names.
    pub fn elsewhere(&self) -> impl Iterator<Item = (&str, &Elsewhere)> {
        self.elsewhere.iter().map(|(name, page)| (name.as_str(), page))
    }

    /// Those whose links must not be opened any more.
    pub fn replaced(&self) -> impl Iterator<Item = &Page> {
        self.all.iter().filter(|page| page.replaced)
    }

    pub fn count(&self) -> usize {
        self.open().count()
    }

    /// Those that nobody has said to be confirmed: the job's own, and those of others.
    pub fn to_confirm(&self) -> (usize, usize) {
        let own = self.open().filter(|page| page.confirmed.is_none()).count();
        (own, self.elsewhere.iter().filter(|(_, page)| !self.is_confirmed(page)).count())
    }

    /// Every link that a report with these pages shows.
    pub fn urls(&self) -> impl Iterator<Item = &str> {
        let own = self.all.iter().filter(|page| !page.replaced).map(|page| page.url.as_str());
        own.chain(self.elsewhere.iter().map(|(_, page)| page.url.as_str()))
    }

    /// The name of the page that an attempt has made.
    pub fn name_of(&self, attempt: AttemptId) -> Option<String> {
        self.index.get(&attempt).and_then(|index| self.all.get(*index)).map(|page| name(page.number))
    }
}

/// `20261126-0a1b/P07`.
pub fn full_name(job: &JobId, number: u32) -> String {
    format!("{job}/{}", name(number))
}

/// `P07`.
pub fn name(number: u32) -> String {
    format!("P{number:02}")
}

impl Pages {
    fn own_line(
        &self,
        file: &JobFile,
        page: &Page,
        sheets: &[SheetRecord],
        lang: Lang,
    ) -> Result<PageLine, ReportError> {
        let facts = self.facts(file, page, sheets, &|_, label| label.to_owned())?;
        let mut label = page_label(lang, &name(page.number), &facts);
        if let Some(confirmed) = &page.confirmed {
            label.push_str(&confirmed_by(lang, confirmed.by.as_deref()));
        }
        let (url, confirmed) = (page.url.clone(), page.confirmed.is_some());
        Ok(PageLine { label, url, before: false, confirmed, prepared_us: page.ended_us })
    }

    fn own_card(
        &self,
        file: &JobFile,
        job: &JobId,
        page: &Page,
        sheets: &[SheetRecord],
        shown: &Labels<'_>,
    ) -> Result<Card, ReportError> {
        let facts = self.facts(file, page, sheets, shown.name)?;
        Ok(Card {
            name: full_name(job, page.number),
            number: Some(page.number),
            label: page_label(shown.lang, &name(page.number), &facts),
            url: page.url.clone(),
            contracts: page.flows,
            rows: Some(RowsObject {
                first: facts.first_row.0,
                first_sheet: facts.first_row.1,
                last: facts.last_row.0,
                last_sheet: facts.last_row.1,
            }),
            own: true,
            confirmed: page.confirmed.is_some(),
            prepared_us: Some(page.ended_us),
        })
    }

    /// `shown`: what is shown of a contract's label.
    fn facts(
        &self,
        file: &JobFile,
        page: &Page,
        sheets: &[SheetRecord],
        shown: &dyn Fn(FlowNo, &str) -> String,
    ) -> Result<PageFacts, JournalError> {
        let (first, last) = (self.outline(file, page.first)?, self.outline(file, page.last)?);
        let (first_row, _) = ends(&first.rows, sheets);
        let (_, last_row) = ends(&last.rows, sheets);
        // Its id, or else its name.
        let label = |flow: FlowNo, one: Outline| short(&shown(flow, &one.key.unwrap_or(one.name)));
        Ok(PageFacts {
            first_row,
            last_row,
            contracts: page.flows,
            first: label(page.first, first),
            last: label(page.last, last),
        })
    }
}

type RowPlace = (u32, Option<String>);

/// The first row of a contract and its last in the same sheet; with the sheet
/// where there are several.
fn ends(rows: &[(u32, u32)], sheets: &[SheetRecord]) -> (RowPlace, RowPlace) {
    let (sheet, first) = rows.first().copied().unwrap_or_default();
    let last = rows.iter().filter(|(own, _)| *own == sheet).map(|(_, number)| *number).max().unwrap_or(first);
    let named = sheets.iter().filter(|_| sheets.len() > 1).find(|record| record.sheet == sheet);
    let name = named.map(|record| record.name.as_ref().unwrap_or(&record.file).clone());
    ((first, name.clone()), (last, name))
}

fn short(text: &str) -> String {
    if text.chars().count() <= MOST_LETTERS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(MOST_LETTERS - 1).collect();
    format!("{cut}…")
}
