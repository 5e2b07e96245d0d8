//! Who is told, besides whoever reads the terminal, what came of a run.

use std::path::{Path, PathBuf};

use crate::jobs::{Ended, Failure, Outcome, Workspace};
use crate::notify::{self, Notice};
use crate::runner::Reason;
use crate::settings::{Environment, Happening, Settings};
use crate::text::Lang;

use super::Exit;
use super::args::Common;
use super::run::exit_of;

/// A notice for each file that something has come of.
pub async fn of_outcomes(outcomes: &[Outcome], workspace: &Workspace, lang: Lang) {
    for outcome in outcomes {
        let Some(happening) = happening(outcome) else { continue };
        let journal = &workspace.journal;
        let pages = outcome.job.as_ref().and_then(|job| journal.count_unconfirmed(job).ok());
        let notice = Notice {
            happening,
            file: name(&outcome.path),
            job: outcome.job.clone(),
            tally: outcome.result.as_ref().ok().map(|ran| ran.written.tally),
            pages: pages.unwrap_or_default(),
        };
        notify::send(&workspace.settings, &notice, lang).await;
    }
}

/// The whole command has failed before it looked at a file: whoever runs it in cron sees
/// nothing of it. Where the settings cannot be read, nobody is known who could be told.
pub async fn of_command(common: &Common, environment: &Environment, files: &[PathBuf], lang: Lang) {
    let Ok(settings) = Settings::load(common.config.as_deref(), environment) else { return };
    let file = files.first().map(|file| name(file)).unwrap_or_default();
    let notice = Notice { happening: Happening::Stopped, file, job: None, tally: None, pages: 0 };
    notify::send(&settings, &notice, lang).await;
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// `None`: it was told before, or it is nobody's business.
fn happening(outcome: &Outcome) -> Option<Happening> {
    if outcome.known {
        return None;
    }
    match &outcome.result {
        Ok(ran) if ran.idle => None,
        Ok(ran) => Some(match (&ran.ended, exit_of(outcome)) {
            (Ended::Stopped(Reason::Question(_)), _) => Happening::Question,
            (Ended::Stopped(_), _) => Happening::Stopped,
            (_, Exit::Rows) => Happening::Rows,
            _ => Happening::Finished,
        }),
        Err(Failure::LeftOut | Failure::Busy | Failure::NotBegun | Failure::Stopped) => None,
        Err(Failure::Invalid { known: true, .. }) => None,
        Err(Failure::Invalid { .. }) => Some(Happening::Rows),
        Err(_) => Some(match exit_of(outcome) {
            Exit::Input => Happening::Question,
            _ => Happening::Stopped,
        }),
    }
}
