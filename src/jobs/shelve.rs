//! An input changes its place once it is dealt with: its reports go along, and the journal
//! knows where they are.

use std::path::{Path, PathBuf};

use crate::domain::job::JobId;
use crate::domain::wishes::Format;
use crate::journal::Journal;
use crate::report;
use crate::text::Lang;

use super::job_origin::{JobOrigin, Place, absolute};
use super::{Ended, Failure, Workspace, work};

/// A file on its way from one folder to another.
#[derive(Clone, Copy)]
pub struct Move<'a> {
    pub from: &'a Path,
    pub to: &'a Path,
}

/// Moves a file of ours such that it is known again under its new name.
///
/// # Errors
/// `AlreadyExists`, where something stands there; those of renaming.
pub fn carry(journal: &Journal, way: Move<'_>) -> std::io::Result<()> {
    report::carry(journal, way.from, way.to)
}

/// Whether a job began with that very file, and not with another one of the same content.
pub fn began_with(journal: &Journal, job: &JobId, file: &Path) -> Result<bool, Failure> {
    let about = journal.job(job)?.map(|record| JobOrigin::of(&record)).unwrap_or_default();
    Ok(about.files.contains(&absolute(file)))
}

/// Notes that an input of a job, and its reports, are elsewhere now. Returns whether a report
/// has come along.
///
/// # Errors
/// Those of the journal.
pub fn settle(journal: &Journal, job: &JobId, way: Move<'_>) -> Result<bool, Failure> {
    if journal.job(job)?.is_none() {
        return Ok(true);
    }
    let (from, to) = (absolute(way.from), absolute(way.to));
    let (dir, stem) = &place_of(&to);
    let (old, new) = (place_of(&from), place_of(&to));
    JobOrigin::change(journal, job, move |about| {
        for file in about.files.iter_mut().filter(|file| **file == from) {
            file.clone_from(&to);
        }
        about.places.retain(|place| *place != old && *place != new);
        about.move_kept(&old, &new);
        about.places.push(new);
    })?;
    // What was erased cannot be written again.
    let is_there = |format: &Format| dir.join(format!("{stem}.report.{}", format.name())).is_file();
    Ok(Format::ALL.iter().any(is_there) || !journal.job_path(job).is_file())
}

/// Writes the reports of a job beside a file.
///
/// # Errors
/// Those of the journal and of writing.
pub fn report_beside(workspace: &Workspace, lang: Lang, job: &JobId, file: &Path) -> Result<(), Failure> {
    let is_finished = workspace.journal.job(job)?.is_some_and(|record| record.finished);
    let ended = if is_finished { Ended::Finished } else { Ended::Partly };
    let (dir, stem) = place_of(&absolute(file));
    work::report(workspace, lang, job, Some(Place { dir: &dir, stem: &stem }), ended).map(drop)
}

/// Folder and stem of the reports of a file.
fn place_of(file: &Path) -> (PathBuf, String) {
    let dir = file.parent().unwrap_or(Path::new(".")).to_owned();
    (dir, file.file_stem().unwrap_or_default().to_string_lossy().into_owned())
}
