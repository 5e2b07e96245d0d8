//! Pages later: what is still to confirm, what was confirmed, a new link for one.

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use crate::domain::job::{ChunkId, JobId};
use crate::domain::verdict::{Outcome, Verdict};
use crate::journal::{ChunkKind, Confirmed, Contents, Journal, JournalError, JournalFault, NewChunk};
use crate::platform::clock::now_us;
use crate::report::{PageLine, ReportInput, cards_without_rows, own_page_lines, page_lines};
use crate::runner::{Reason, Renewal, renew_page};
use crate::text::Lang;

use super::job_origin::{JobOrigin, absolute, lock};
use super::online::Online;
use super::resume::{Out, check_place, look_beside_job, report_to, resume_limits};
use super::start::action_of;
use super::status::named_job;
use super::work::report_where_it_is;
use super::{Ended, Failure, Ran, Workspace};

/// How a person names a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageName {
    /// `20261126-0a1b/P07`.
    Full(JobId, u32),
    /// `P07`: of whichever job, if there is one only.
    Number(u32),
    Link(String),
}

/// Pages of one job that are to be confirmed.
pub struct ToConfirm {
    pub job: JobId,
    pub files: Vec<PathBuf>,
    pub pages: Vec<PageLine>,
    /// Pages of the job that somebody has said are confirmed.
    pub confirmed: usize,
}

/// What is still to confirm of every job, of one, or of those of a file; the newest first.
///
/// # Errors
/// No such job or file.
pub fn to_confirm(
    journal: &Journal,
    zone: &TimeZone,
    lang: Lang,
    of: Option<&str>,
) -> Result<Vec<ToConfirm>, Failure> {
    let path = of.map(|of| absolute(Path::new(of)));
    let mut found = Vec::new();
    let mut known = of.is_none();
    let records = journal.jobs()?;
    let is_of_file = |about: &JobOrigin| path.as_ref().is_some_and(|path| about.files.contains(path));
    let named = match of {
        // A file's name comes first: it may end like a job's number.
        Some(of) if !records.iter().any(|record| is_of_file(&JobOrigin::of(record))) => {
            Some(named_job(journal, zone, of)?)
        }
        _ => None,
    };
    for record in records.into_iter().filter(|record| record.ready) {
        let about = JobOrigin::of(&record);
        let is_it = of.is_none() || named.as_ref() == Some(&record.id) || is_of_file(&about);
        let contents = journal.contents(&record);
        // Of a job whose data was erased nobody has the links any more.
        if !is_it || contents == Contents::Erased {
            continue;
        }
        known = true;
        let read = || -> Result<Vec<PageLine>, Failure> {
            if contents == Contents::Lost {
                let cards = cards_without_rows(journal, &record.id, lang)?;
                return Ok(cards.into_iter().map(PageLine::from).collect());
            }
            let file = journal.job_file(&record.id)?;
            Ok(own_page_lines(&ReportInput { file: &file, ledger: Some((journal, &record.id)) }, lang)?)
        };
        let mut pages = match read() {
            Ok(pages) => pages,
            // One that cannot be read hides no other's.
            Err(failure) if of.is_some() => return Err(failure),
            Err(_) => {
                tracing::warn!(job = %record.id, "the pages of this job cannot be read");
                continue;
            }
        };
        let confirmed = pages.iter().filter(|page| page.confirmed).count();
        pages.retain(|page| !page.confirmed);
        if !pages.is_empty() || of.is_some() {
            found.push(ToConfirm { job: record.id, files: about.files, pages, confirmed });
        }
    }
    if known {
        return Ok(found);
    }
    Err(JournalError::new(journal.dir(), JournalFault::NoSuchJob(of.unwrap_or_default().to_owned())).into())
}

/// Notes that somebody has confirmed these pages, or that it was not so after all.
/// Returns them in full.
pub fn confirm(
    journal: &Journal,
    zone: &TimeZone,
    pages: &[PageName],
    by: Option<&str>,
    undo: bool,
) -> Result<Vec<(JobId, u32)>, Failure> {
    let pages: Vec<(JobId, u32)> =
        pages.iter().map(|page| find(journal, zone, page)).collect::<Result<_, _>>()?;
    for (job, number) in &pages {
        let all = journal.pages(job)?;
        if let Some(found) = all.iter().find(|page| page.number == *number && page.replaced) {
            let by = all
                .iter()
                .find(|page| !page.replaced && page.first <= found.first && page.last >= found.first);
            return Err(Failure::PageReplaced { page: *number as usize, by: by.map(|page| page.number) });
        }
        let confirmed = (!undo).then(|| Confirmed { at_us: now_us(), by: by.map(str::to_owned) });
        journal.confirm(job, *number, confirmed)?;
    }
    Ok(pages)
}

/// The one page that is meant.
///
/// # Errors
/// There is none, or several.
pub fn find(journal: &Journal, zone: &TimeZone, page: &PageName) -> Result<(JobId, u32), Failure> {
    let found = match page {
        PageName::Full(job, number) => {
            let job = &named_job(journal, zone, &job.0)?;
            journal.number_pages(job, now_us())?;
            let pages = journal.pages(job)?;
            let own = pages.iter().find(|own| own.number == *number);
            let own = own.ok_or(Failure::NoSuchPage { page: *number as usize, pages: pages.len() })?;
            vec![(job.clone(), own.number)]
        }
        PageName::Number(number) => journal.find_pages(Some(*number), None)?,
        PageName::Link(url) => journal.find_pages(None, Some(url))?,
    };
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Failure::PageUnknown),
        several => Err(Failure::PageOfSeveral { pages: several.to_vec() }),
    }
}

/// How asking for a new link has ended.
pub enum Renewed {
    /// The link, as the report names it.
    Done(Box<(PageLine, Ran)>),
    /// The API has refused it: the old page stands.
    Refused(Outcome),
    /// It was not answered: the old page stands.
    Stopped(Reason),
}

/// A new link for a page, in place of one that was lost or has expired. The old page
/// stands until the new one is there.
pub async fn renew(
    workspace: &Workspace,
    lang: Lang,
    page: &PageName,
    out: Out<'_>,
) -> Result<Renewed, Failure> {
    let journal = &workspace.journal;
    let zone = &workspace.settings.zone;
    let (job, number) = find(journal, zone, page)?;
    resume_limits(workspace, &job)?;
    check_place(journal, &job, out)?;
    look_beside_job(workspace, lang, &job).await?;
    let action = action_of(journal, &workspace.settings, &job)?;
    let Some(preparing) = action.preparing() else { return Err(Failure::NothingToRenew) };
    let _lock = lock(journal, zone, &job)?;
    let pages = journal.pages(&job)?;
    let Some(found) = pages.iter().find(|own| own.number == number) else {
        return Err(Failure::NoSuchPage { page: number as usize, pages: pages.len() });
    };
    if found.replaced {
        let by =
            pages.iter().find(|own| !own.replaced && own.first <= found.first && own.last >= found.first);
        return Err(Failure::PageReplaced { page: number as usize, by: by.map(|own| own.number) });
    }
    if let Some(confirmed) = &found.confirmed {
        let page = crate::report::full_name(&job, number);
        return Err(Failure::PageConfirmed { page, by: confirmed.by.clone() });
    }
    journal.keep_room()?;
    let file = journal.job_file(&job)?;
    let flows = journal.chunk_flows(&job, found.attempt.chunk)?;
    let Online { client, pace } = Online::new(workspace, lang, action)?;
    let answered = renew_page(Renewal {
        journal,
        file: &file,
        client: &client,
        pace: &pace,
        action,
        preparing,
        retry: &workspace.settings.retry,
        stop: workspace.stop.clone(),
        group: found.group,
        flows: flows.clone(),
    })
    .await;
    let outcome = match answered {
        Ok(outcome) if outcome.verdict == Verdict::Accepted => outcome,
        Ok(refused) => return Ok(Renewed::Refused(refused)),
        Err(reason) => return Ok(Renewed::Stopped(reason)),
    };
    let url = outcome.url.clone().unwrap_or_default();
    let id = ChunkId(journal.last_chunk(&job)?.0 + 1);
    let chunk = NewChunk { id, group: found.group, kind: ChunkKind::Gathered, flows };
    journal.renewed(&job, found.attempt, chunk, outcome, now_us()).await?;
    let ran = report_to(workspace, lang, &job, out, Ended::Finished)?;
    // The old link must not stand in what others report, either.
    for other in journal.shown_by(&job)? {
        if let Err(failure) = report_where_it_is(workspace, lang, &other) {
            tracing::warn!(job = %other, %failure, "a report that shows the old link stays as it is");
        }
    }
    let source = ReportInput { file: &file, ledger: Some((journal, &job)) };
    let line = page_lines(&source, lang)?.into_iter().find(|line| line.url == url);
    let line = line.unwrap_or(PageLine {
        label: String::new(),
        url,
        before: false,
        confirmed: false,
        prepared_us: now_us(),
    });
    Ok(Renewed::Done(Box::new((line, ran))))
}
