//! The first contracts of a file shown as they would be. Nothing is started, claimed or
//! written down.

use std::path::PathBuf;

use crate::domain::job::FlowNo;
use crate::domain::problem::Severity;
use crate::domain::verdict::Outcome;
use crate::intake::KeepRows;
use crate::journal::{JournalError, JournalFault, Sendable};
use crate::runner::{Preview, Reason, preview_contract};

use super::check::MOST_TOLD;
use super::inputs::{Input, inputs, unset_request};
use super::online::Online;
use super::prepare::{How, Prepared, prepare, stay};
use super::worth_telling::worth_telling;
use super::{Failure, Request, Workspace, templates};
use crate::settings::SettingsError;

/// A contract with what came of showing it.
pub struct Shown {
    /// Its number, or else its name.
    pub contract: String,
    pub outcome: Outcome,
}

/// What was shown of one input, and why it ended early.
pub struct Previewed {
    pub path: PathBuf,
    pub shown: Result<(Vec<Shown>, Option<Reason>), Failure>,
}

/// Shows the first contracts of each input.
///
/// # Errors
/// `NothingToPreview`: the action starts nothing, its page shows the contracts. Those of
/// the files.
pub async fn preview(
    request: &Request,
    workspace: &Workspace,
    most: usize,
) -> Result<Vec<Previewed>, Failure> {
    if workspace.settings.action.previewing().is_none() {
        return Err(Failure::NothingToPreview);
    }
    let mut previewed = Vec::new();
    for input in inputs(request, &workspace.settings)? {
        let path = input.path.clone();
        previewed.push(Previewed { shown: preview_one(input, request, workspace, most).await, path });
    }
    Ok(previewed)
}

async fn preview_one(
    input: Input,
    request: &Request,
    workspace: &Workspace,
    most: usize,
) -> Result<(Vec<Shown>, Option<Reason>), Failure> {
    let (settings, journal) = (&workspace.settings, workspace.journal.as_ref());
    let plan = input.plan.map_err(Failure::Refused)?;
    if let Some(key) = unset_request(&plan, settings).first() {
        return Err(SettingsError::Missing { key, origin: settings.origin.clone() }.into());
    }
    let scratch = tempfile::tempdir().map_err(|error| {
        JournalError::new(&std::env::temp_dir(), JournalFault::NotWritable(error.to_string()))
    })?;
    let is_over = || workspace.is_over();
    let path = scratch.path().join("preview.db");
    let templates = templates::before(&plan, workspace, request.lang).await?;
    let how = How { keep_rows: KeepRows::All, is_over: &is_over, templates, round: None };
    let prepared = prepare(&path, &plan, request, settings, Some(journal), how)?;
    let Prepared { file, conflicts, sendable, invalid, questions, understood, .. } = prepared;
    if !questions.is_empty() {
        let problems = worth_telling(file.problems_in_rows(Severity::Question, MOST_TOLD)?, &questions);
        return Err(Failure::Questions { problems, understood: Box::new(understood) });
    }
    if invalid > 0 && !(request.skip_invalid && sendable > 0) {
        let problems = file.problems_in_rows(Severity::Question, MOST_TOLD)?;
        return Err(Failure::Invalid { problems, count: invalid, written: None, sendable, known: false });
    }
    let Some(previewing) = settings.action.previewing() else { return Err(Failure::NothingToPreview) };
    let stay = stay(&file, conflicts.duplicates)?;
    let enough = u32::try_from(most + stay.len()).unwrap_or(u32::MAX);
    let block = file.sendables(FlowNo(0), enough)?;
    let wanted: Vec<Sendable> =
        block.into_iter().filter(|one| !stay.contains(&one.flow)).take(most).collect();
    let Online { client, pace } = Online::new(workspace, request.lang, settings.action)?;
    let mut shown = Vec::new();
    for Sendable { flow, group, .. } in wanted {
        let asked = preview_contract(Preview {
            file: &file,
            client: &client,
            pace: &pace,
            action: settings.action,
            previewing,
            stop: workspace.stop.clone(),
            group,
            flow,
        });
        let (key, name) = file.label(flow)?;
        match asked.await {
            Ok(outcome) => shown.push(Shown { contract: key.unwrap_or(name), outcome }),
            Err(reason) => return Ok((shown, Some(reason))),
        }
    }
    Ok((shown, None))
}
