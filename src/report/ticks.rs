//! What a person has ticked in a workbook is read back before the workbook is written again.
//! Where nothing else was edited it may be replaced; else it stays, and its ticks count all the
//! same.

use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::domain::cell::Row;
use crate::domain::file::FileError;
use crate::journal::{Confirmed, Journal, Written};
use crate::platform::clock::now_us;
use crate::platform::digest;
use crate::table::{ReadOptions, Workbook};
use crate::text::Lang;
use crate::text::book::{page_headings, ticked};

use super::ReportError;
use super::cells::Contents;
use super::ownership::{cells_key, key};

/// The column of the links, in the block of pages.
const LINK: usize = 1;
/// The first column that a person fills in.
const FIRST_TICK: usize = 4;

/// A page that a person has ticked.
struct Tick {
    url: String,
    by: Option<String>,
    at_us: Option<i64>,
}

/// What stands in a workbook now.
#[derive(Default)]
struct Found {
    contents: Contents,
    ticks: Vec<Tick>,
    /// Something stands in a person's cells that nobody can read as a tick.
    odd: bool,
}

/// Reads the ticks of a report that somebody has saved since it was written; where only ticks
/// differ the journal knows the file again as its own.
pub fn read_back(journal: &Journal, path: &Path, zone: &TimeZone) -> Result<(), ReportError> {
    if journal.is_read_only() {
        return Ok(());
    }
    let known = journal.written(&key(path))?;
    // What cannot be read stays as it is.
    let Ok(before) = digest::of_file(path) else { return Ok(()) };
    let Some(own) = known.first().filter(|_| known.iter().all(|one| one.digest != before)) else {
        return Ok(());
    };
    let Ok(found) = read(path, zone) else { return Ok(()) };
    for tick in &found.ticks {
        for (job, number) in journal.find_pages(None, Some(&tick.url))? {
            let pages = journal.pages(&job)?;
            let is_open = |page: &&crate::journal::Page| {
                page.number == number && !page.replaced && page.confirmed.is_none()
            };
            if pages.iter().any(|page| is_open(&page)) {
                let at_us = tick.at_us.unwrap_or_else(now_us);
                journal.confirm(&job, number, Some(Confirmed { at_us, by: tick.by.clone() }))?;
            }
        }
    }
    let contents = found.contents.note();
    let same = journal.written(&cells_key(path))?.iter().any(|one| one.digest == contents);
    // Somebody may have saved it while it was read.
    if same && !found.odd && digest::of_file(path).is_ok_and(|after| after == before) {
        journal.note_writing(&key(path), &Written { digest: before, job: own.job.clone() })?;
    }
    Ok(())
}

fn read(path: &Path, zone: &TimeZone) -> Result<Found, FileError> {
    let workbook = Workbook::open(path, &ReadOptions::default())?;
    let mut found = Found::default();
    for (index, sheet) in workbook.sheets().iter().enumerate() {
        let name = sheet.name.as_deref().unwrap_or_default();
        let mut in_block = false;
        workbook.scan(index, &mut |row| {
            in_block = (in_block && row.cell(LINK).seen_ref().starts_with("https://")) || is_heading(&row);
            let is_page = in_block && !is_heading(&row);
            for (column, cell) in row.cells.iter().enumerate() {
                let to_fill = is_page && (FIRST_TICK..FIRST_TICK + 3).contains(&column);
                if !to_fill {
                    found.contents.add(name, row.number.saturating_sub(1), column, &cell.seen_ref());
                }
            }
            if is_page {
                found.look_at(&row, zone);
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(found)
}

impl Found {
    fn look_at(&mut self, row: &Row, zone: &TimeZone) {
        let [word, by, at] = [0, 1, 2].map(|column| row.cell(FIRST_TICK + column).seen().trim().to_owned());
        match ticked(&word) {
            Some(true) => {
                let at_us = (!at.is_empty()).then(|| time_us(&at, zone)).flatten();
                self.odd |= !at.is_empty() && at_us.is_none();
                let url = row.cell(LINK).seen();
                self.ticks.push(Tick { url, by: Some(by).filter(|by| !by.is_empty()), at_us });
            }
            // A name without a tick says nothing that may be lost.
            Some(false) => self.odd |= !word.is_empty() || !by.is_empty() || !at.is_empty(),
            None => self.odd = true,
        }
    }
}

/// The heading of a block of pages, in whatever language.
fn is_heading(row: &Row) -> bool {
    [Lang::Zh, Lang::En].iter().any(|lang| {
        let words = page_headings(*lang);
        let mut ticks = (FIRST_TICK..).zip(words.ticks);
        row.cell(LINK).seen_ref() == words.link
            && ticks.all(|(column, word)| row.cell(column).seen_ref() == word)
    })
}

/// `2026-11-26 10:30`, `2026/11/26`.
fn time_us(text: &str, zone: &TimeZone) -> Option<i64> {
    let plain = text.replace(['/', '.'], "-");
    let forms = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"];
    let time = forms.iter().find_map(|form| DateTime::strptime(form, &plain).ok());
    let day = || jiff::civil::Date::strptime("%Y-%m-%d", &plain).ok().map(|date| date.at(0, 0, 0, 0));
    let at = time.or_else(day)?.to_zoned_datetime(zone.clone()).ok()?;
    Some(at.timestamp().as_microsecond())
}
