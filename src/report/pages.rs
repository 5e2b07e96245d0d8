//! The pages that a person has to open and confirm, named alike everywhere.

use std::collections::HashMap;

use crate::domain::job::{AttemptId, FlowNo, JobId};
use crate::journal::{JobFile, Journal, JournalError, Page};
use crate::text::Lang;
use crate::text::report::{PageFacts, page_label};

use super::{ReportError, Source};

/// A name longer than this is cut in a label.
const MOST_LETTERS: usize = 24;

/// A page as a person is told of it.
pub struct PageLine {
    /// `P07/50 · rows 122-141 · 20 · HT-121…HT-140`.
    pub label: String,
    pub url: String,
}

/// The pages of a job; none where nothing was sent.
pub fn page_lines(source: &Source<'_>, lang: Lang) -> Result<Vec<PageLine>, ReportError> {
    let Some((journal, job)) = source.ledger else { return Ok(Vec::new()) };
    let pages = Pages::read(journal, job)?;
    let several = source.file.sheets()?.len() > 1;
    let lines = pages.all.iter().enumerate().map(|(index, page)| {
        let facts = facts(source.file, page, several)?;
        Ok(PageLine {
            label: page_label(lang, &pages.name(index), pages.count(), &facts),
            url: page.url.clone(),
        })
    });
    lines.collect()
}

/// Pages in the order of their first contracts.
#[derive(Default)]
pub struct Pages {
    pub all: Vec<Page>,
    index: HashMap<AttemptId, usize>,
}

impl Pages {
    pub fn read(journal: &Journal, job: &JobId) -> Result<Self, JournalError> {
        let all = journal.pages(job)?;
        let index = all.iter().enumerate().map(|(index, page)| (page.attempt, index)).collect();
        Ok(Self { all, index })
    }

    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// The name of the page that an attempt has made.
    pub fn number(&self, attempt: AttemptId) -> Option<String> {
        self.index.get(&attempt).map(|index| self.name(*index))
    }

    /// `P07`: as many digits as the last one has, so that they sort.
    fn name(&self, index: usize) -> String {
        let width = self.count().to_string().len();
        format!("P{:0width$}", index + 1)
    }
}

fn facts(file: &JobFile, page: &Page, several: bool) -> Result<PageFacts, JournalError> {
    let (first_row, _) = ends(file, page.first, several)?;
    let (_, last_row) = ends(file, page.last, several)?;
    Ok(PageFacts {
        first_row,
        last_row,
        contracts: page.flows,
        first: short_name(file, page.first)?,
        last: short_name(file, page.last)?,
    })
}

type RowPlace = (u32, Option<String>);

/// The first row of a contract and its last in the same sheet; with the sheet
/// where there are several.
fn ends(file: &JobFile, flow: FlowNo, several: bool) -> Result<(RowPlace, RowPlace), JournalError> {
    let rows = file.rows_of(flow)?;
    let (sheet, first) = rows.first().copied().unwrap_or_default();
    let last = rows.iter().filter(|(own, _)| *own == sheet).map(|(_, number)| *number).max().unwrap_or(first);
    let name = match several {
        true => file
            .sheets()?
            .into_iter()
            .find(|record| record.sheet == sheet)
            .map(|record| record.name.unwrap_or(record.file)),
        false => None,
    };
    Ok(((first, name.clone()), (last, name)))
}

/// Its id, or else its name.
fn short_name(file: &JobFile, flow: FlowNo) -> Result<String, JournalError> {
    let (key, name) = file.label(flow)?;
    let text = key.unwrap_or(name);
    if text.chars().count() <= MOST_LETTERS {
        return Ok(text);
    }
    let cut: String = text.chars().take(MOST_LETTERS - 1).collect();
    Ok(format!("{cut}…"))
}
