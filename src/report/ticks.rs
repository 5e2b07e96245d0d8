//! What a person has ticked in a workbook is read back before the workbook is written again.
//! Where nothing else was edited it may be replaced; else it stays, and its ticks count all the
//! same.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::domain::cell::Row;
use crate::domain::file::FileError;
use crate::domain::job::JobId;
use crate::journal::{Confirmed, Journal, Written};
use crate::platform::clock::now_us;
use crate::platform::digest;
use crate::table::{ReadOptions, Workbook};
use crate::text::Lang;
use crate::text::book::{page_headings, ticked};

use super::ReportError;
use super::cells::{Contents, ShownTicks};
use super::ownership::{cells_key, key, note, ticks_key};
use super::pages::full_name;

/// The column of the links, in the block of pages.
const LINK: usize = 1;
/// The first column that a person fills in.
const FIRST_TICK: usize = 4;

/// What came of what people have ticked, as far as somebody has to hear of it.
#[derive(Default)]
pub struct Ticks {
    /// Pages that do not count as confirmed any more, in full: their tick was taken away.
    pub taken_back: Vec<String>,
    /// Pages that stay confirmed and have no tick: nobody knows whether it was taken away.
    pub unclear: Vec<String>,
}

impl Ticks {
    pub fn is_empty(&self) -> bool {
        self.taken_back.is_empty() && self.unclear.is_empty()
    }
}

/// A page that a person has ticked.
struct Tick {
    by: Option<String>,
    at_us: Option<i64>,
}

/// A page, on whichever sheets it stands.
#[derive(Default)]
struct Shown {
    rows: u32,
    ticked: u32,
    tick: Option<Tick>,
    /// Something stands in a row of it that is no tick.
    left_over: bool,
}

/// What stands in a workbook now.
#[derive(Default)]
struct Found {
    contents: Contents,
    /// By their links.
    pages: BTreeMap<String, Shown>,
    /// Something stands in a person's cells that nobody can read as a tick.
    odd: bool,
}

/// A page as the journal has it.
struct Known {
    job: JobId,
    number: u32,
    confirmed: bool,
}

/// Reads the ticks of a report that somebody has saved since it was written; where only ticks
/// differ the journal knows the file again as its own.
pub fn read_back(
    journal: &Journal,
    path: &Path,
    zone: &TimeZone,
    ticks: &mut Ticks,
) -> Result<(), ReportError> {
    if journal.is_read_only() {
        return Ok(());
    }
    let known = journal.written(&key(path))?;
    // What cannot be read stays as it is.
    let Ok(before) = digest::of_file(path) else { return Ok(()) };
    let Some(own) = known.first().filter(|_| known.iter().all(|one| one.digest != before)) else {
        return Ok(());
    };
    let Ok(mut found) = read(path, zone) else { return Ok(()) };
    let pages = known_pages(journal, own.job.as_ref(), found.pages.keys())?;
    let is_confirmed = |url: &str| pages.get(url).is_some_and(|all| all.iter().any(|page| page.confirmed));
    let (now, full) =
        (found.shown(|page| page.ticked, is_confirmed), found.shown(|page| page.rows, is_confirmed));
    let noted = journal.written(&ticks_key(path))?.pop().map(|noted| noted.digest);
    // All that is confirmed was ticked when it was written: what lacks a tick has lost it.
    let is_clear = noted == Some(full.note());
    let mut after = ShownTicks::default();
    for (url, shown) in &found.pages {
        let lacks = shown.ticked < shown.rows && noted != Some(now.note()) && is_confirmed(url);
        let mut confirmed = false;
        for page in pages.get(url).into_iter().flatten() {
            let name = || full_name(&page.job, page.number);
            confirmed |= match (&shown.tick, page.confirmed) {
                (_, true) if lacks && is_clear => {
                    journal.confirm(&page.job, page.number, None)?;
                    ticks.taken_back.push(name());
                    false
                }
                (None, true) => {
                    ticks.unclear.extend(lacks.then(name));
                    true
                }
                (Some(tick), false) if !(lacks && is_clear) => {
                    let at_us = tick.at_us.unwrap_or_else(now_us);
                    journal.confirm(
                        &page.job,
                        page.number,
                        Some(Confirmed { at_us, by: tick.by.clone() }),
                    )?;
                    true
                }
                (_, is_confirmed) => is_confirmed,
            };
        }
        if confirmed && shown.ticked > 0 {
            after.add(url, shown.ticked);
        }
        // A name that stands beside a tick no more is our own.
        found.odd |= shown.left_over && !is_confirmed(url);
    }
    ticks.taken_back.sort_unstable();
    ticks.unclear.sort_unstable();
    // What was told once is not told again.
    note(journal, &ticks_key(path), &Written { digest: after.note(), job: own.job.clone() })?;
    let contents = found.contents.note();
    let same = journal.written(&cells_key(path))?.iter().any(|one| one.digest == contents);
    // Somebody may have saved it while it was read.
    if same && !found.odd && digest::of_file(path).is_ok_and(|after| after == before) {
        journal.note_writing(&key(path), &Written { digest: before, job: own.job.clone() })?;
    }
    Ok(())
}

/// The pages that these links lead to and that no other has taken the place of. A job's pages
/// are read at once: to look for each link would take a walk through all pages.
fn known_pages<'u>(
    journal: &Journal,
    own: Option<&JobId>,
    urls: impl Iterator<Item = &'u String>,
) -> Result<BTreeMap<String, Vec<Known>>, ReportError> {
    let mut known: BTreeMap<String, Vec<Known>> = BTreeMap::new();
    let mut read = HashSet::new();
    let mut add = |known: &mut BTreeMap<String, Vec<Known>>, job: &JobId| {
        if read.insert(job.clone()) {
            for page in journal.pages(job)?.into_iter().filter(|page| !page.replaced) {
                let (number, confirmed) = (page.number, page.confirmed.is_some());
                known.entry(page.url).or_default().push(Known { job: job.clone(), number, confirmed });
            }
        }
        Ok::<_, ReportError>(())
    };
    own.map_or(Ok(()), |own| add(&mut known, own))?;
    for url in urls {
        if !known.contains_key(url) {
            for (job, _) in journal.find_pages(None, Some(url))? {
                add(&mut known, &job)?;
            }
        }
    }
    Ok(known)
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
        let page = self.pages.entry(row.cell(LINK).seen()).or_default();
        page.rows += 1;
        match ticked(&word) {
            Some(true) => {
                let at_us = (!at.is_empty()).then(|| time_us(&at, zone)).flatten();
                self.odd |= !at.is_empty() && at_us.is_none();
                page.ticked += 1;
                page.tick.get_or_insert(Tick { by: Some(by).filter(|by| !by.is_empty()), at_us });
            }
            // A name without a tick says nothing that may be lost.
            Some(false) => page.left_over |= !word.is_empty() || !by.is_empty() || !at.is_empty(),
            // It is no tick, and none was taken away.
            None => {
                self.odd = true;
                page.ticked += 1;
            }
        }
    }

    /// Of the pages that count as confirmed, so many rows each.
    fn shown(&self, rows: impl Fn(&Shown) -> u32, is_confirmed: impl Fn(&str) -> bool) -> ShownTicks {
        let mut shown = ShownTicks::default();
        for (url, page) in self.pages.iter().filter(|(url, page)| is_confirmed(url) && rows(page) > 0) {
            shown.add(url, rows(page));
        }
        shown
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
