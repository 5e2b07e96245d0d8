//! What a report tells of contracts after they were started: who has signed, who has not and
//! since when, and the links to sign.

use crate::domain::job::{FlowNo, JobId};
use crate::domain::signing;
use crate::domain::signing::About;
use crate::journal::{FlowStanding, JobFile, NoteState, SignLink, SignerStanding, StartedRecord};
use crate::text::Lang;
use crate::text::signing::{
    kept_why, not_tracked, noted, sheet_headings, sheet_name, signer_status, who_waits,
};

use super::ReportError;
use super::grid::{Book, Column, Grid};
use super::model::Model;

/// Between two persons in one cell.
const BETWEEN: &str = "; ";
const REASON_WIDTH: usize = 30;
const LINK_WIDTH: usize = 24;
const TIME_WIDTH: usize = 19;
const NAME_WIDTH: usize = 14;

/// What a row says of its contract, besides state and links.
#[derive(Default)]
pub struct SigningCells {
    /// Why it was refused or taken back, and what could not be done for it.
    pub reason: String,
    /// Who has signed, each with the time.
    pub signed: String,
    pub not_signed: String,
    /// Since when nothing has happened.
    pub since: String,
    /// When the newest of its links was made.
    pub links_made: String,
}

impl SigningCells {
    pub fn read(model: &Model<'_>, flow: FlowNo) -> Result<Self, ReportError> {
        let standing = model.file.standing(flow)?;
        let links = model.file.links_of(flow)?;
        let mut cells = Self { reason: reasons(model, flow, standing.as_ref())?, ..Self::default() };
        let made = links.iter().map(|link| link.made_us).max();
        cells.links_made = made.map(|at| model.time(at)).unwrap_or_default();
        let Some(standing) = standing else { return Ok(cells) };
        let signed = standing.signed().map(|signer| match signer.at {
            0 => signer.shown().to_owned(),
            at => format!("{} {}", signer.shown(), seconds(model, at)),
        });
        cells.signed = signed.collect::<Vec<_>>().join(BETWEEN);
        let waiting: Vec<&str> = standing.waiting().map(SignerStanding::shown).collect();
        if !waiting.is_empty() {
            cells.since = seconds(model, standing.since());
        }
        cells.not_signed = waiting.join(BETWEEN);
        Ok(cells)
    }
}

fn seconds(model: &Model<'_>, at: i64) -> String {
    model.time(at.saturating_mul(1_000_000))
}

fn reasons(model: &Model<'_>, flow: FlowNo, standing: Option<&FlowStanding>) -> Result<String, ReportError> {
    let mut all: Vec<String> = Vec::new();
    if let Some(standing) = standing {
        let own = [standing.message.as_str()].into_iter();
        for said in own.chain(standing.signers.iter().map(|signer| signer.message.as_str())) {
            if !said.is_empty() && !all.iter().any(|known| known == said) {
                all.push(said.to_owned());
            }
        }
    }
    let status = standing.map(|standing| standing.status.as_str()).unwrap_or_default();
    for about in [About::Undo, About::Remind, About::Links] {
        // What has ended meanwhile needs no reminder and no link.
        let is_settled = match about {
            About::Undo => status == signing::CANCELLED,
            About::Remind | About::Links => signing::is_over(status),
        };
        if is_settled {
            continue;
        }
        if let Some(note) = model.file.follow_note(flow, about)?
            && note.state != NoteState::Done
        {
            let is_known = note.state == NoteState::Failed;
            all.push(noted(model.lang, about, is_known, &kept_why(model.lang, &note.reason)));
        }
    }
    Ok(all.join(BETWEEN))
}

/// What is to be done about contracts that were started.
pub fn next(model: &Model<'_>, is_rehearsal: bool) -> Result<Option<String>, ReportError> {
    // A rehearsal leaves no job that could be asked about.
    let Some((_, job)) = model.ledger.filter(|_| !is_rehearsal) else { return Ok(None) };
    Ok(what_next(model.lang, job, &started(model)?))
}

/// What is to be done about contracts that a job has started, in one sentence.
pub fn what_next(lang: Lang, job: &JobId, started: &[StartedRecord]) -> Option<String> {
    let open = |one: &&StartedRecord| !one.flow_status.as_deref().is_some_and(signing::is_over);
    let is_tracked = started.iter().any(|one| one.flow_status.is_some());
    let waiting = started.iter().filter(open).count() as u64;
    match (waiting, is_tracked) {
        (0, _) => None,
        (_, false) => Some(not_tracked(lang, &format!("flowbatch track {job}"))),
        (waiting, true) => Some(who_waits(lang, waiting, &format!("flowbatch remind {job}"))),
    }
}

/// What the job itself has started.
fn started(model: &Model<'_>) -> Result<Vec<StartedRecord>, ReportError> {
    match model.ledger {
        Some((journal, job)) if model.starts => Ok(journal.started_flows(job)?),
        _ => Ok(Vec::new()),
    }
}

/// One signer of one contract.
pub struct SignerLine {
    pub flow: FlowNo,
    pub name: String,
    pub mobile: String,
    pub status: String,
    pub at: i64,
    pub message: String,
    pub link: Option<SignLink>,
}

/// The signers of a contract, each with the link that is certainly his.
pub fn signer_lines(file: &JobFile, flow: FlowNo) -> Result<Vec<SignerLine>, ReportError> {
    let mut links: Vec<Option<SignLink>> = file.links_of(flow)?.into_iter().map(Some).collect();
    let standing = file.standing(flow)?;
    let signers = standing.map(|standing| standing.signers).unwrap_or_default();
    let mut lines = Vec::new();
    for signer in &signers {
        let is_like =
            |one: &SignerStanding, link: &SignLink| match one.mobile.is_empty() || link.mobile.is_empty() {
                true => !one.name.is_empty() && one.name == link.name,
                false => one.mobile == link.mobile,
            };
        let is_his = |link: &&mut Option<SignLink>| link.as_ref().is_some_and(|link| is_like(signer, link));
        // One person in two roles: whose of the two a link is cannot be told here.
        let alike = |link: &SignLink| signers.iter().filter(|other| is_like(other, link)).count();
        let found =
            links.iter_mut().find(is_his).filter(|link| link.as_ref().is_some_and(|one| alike(one) == 1));
        lines.push(SignerLine {
            flow,
            name: signer.shown().to_owned(),
            mobile: signer.mobile.clone(),
            status: signer.status.clone(),
            at: signer.at,
            message: signer.message.clone(),
            link: found.and_then(Option::take),
        });
    }
    lines.extend(links.into_iter().flatten().map(|link| SignerLine {
        flow,
        name: link.name.clone(),
        mobile: link.mobile.clone(),
        status: String::new(),
        at: 0,
        message: String::new(),
        link: Some(link),
    }));
    Ok(lines)
}

/// The lines of all contracts, in the order of the input.
pub fn each_signer(
    model: &Model<'_>,
    mut visit: impl FnMut(SignerLine) -> Result<bool, ReportError>,
) -> Result<(), ReportError> {
    if !model.follows {
        return Ok(());
    }
    for one in started(model)? {
        for line in signer_lines(model.file, one.flow)? {
            if !visit(line)? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A line for each signer; none, no sheet.
pub fn sheet(model: &Model<'_>, book: &mut Book) -> Result<Option<Grid>, ReportError> {
    let mut grid: Option<Grid> = None;
    each_signer(model, |line| {
        if grid.is_none() {
            grid = Some(Grid::begin(book, sheet_name(model.lang), columns(model))?);
        }
        let Some(grid) = &mut grid else { return Ok(false) };
        let (key, name) = model.file.label(line.flow)?;
        let place = model.file.rows_of(line.flow)?.first().map(|(_, number)| number.to_string());
        let mut row = grid.row(book)?;
        row.text(0, &place.unwrap_or_default())?;
        row.text(1, &key.unwrap_or(name))?;
        row.text(2, &line.name)?;
        row.text(3, &line.mobile)?;
        row.text(4, &signer_status(model.lang, &line.status))?;
        let at =
            if line.at > 0 { model.plain_time(line.at.saturating_mul(1_000_000)) } else { String::new() };
        row.text(5, &at)?;
        row.wrapped(6, &line.message)?;
        if let Some(link) = &line.link {
            row.link(7, &link.url)?;
            row.text(8, &model.plain_time(link.made_us))?;
        }
        Ok(true)
    })?;
    Ok(grid)
}

fn columns(model: &Model<'_>) -> Vec<Column> {
    let widths =
        [6, NAME_WIDTH, NAME_WIDTH, NAME_WIDTH, NAME_WIDTH, TIME_WIDTH, REASON_WIDTH, LINK_WIDTH, TIME_WIDTH];
    let headings = sheet_headings(model.lang);
    headings.into_iter().zip(widths).map(|(name, width)| Column { width, ..Column::new(name) }).collect()
}
