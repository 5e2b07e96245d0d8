//! Files -> flows, stored in a job's file, in one streaming pass.
//!
//! Rows of a contract that stand together are closed and handed on as they stream
//! by (`grouping`), judged beside the reader (`judge`, `pipeline`), and stored in the
//! order in which they came (`store`, `filing`). A key that comes back later withdraws what was
//! stored under it; those keys are gathered in further passes, some thousand at a
//! time, so that memory grows by a few bytes a contract and no more. `check` and `run`
//! both come this way: what the one accepts the other accepts.

mod apart;
mod beside;
mod chosen;
mod conditions;
mod contracts;
mod counted;
mod doubts;
mod filing;
mod grouping;
mod headings;
mod judge;
mod like_keys;
mod lines;
mod listed_elsewhere;
mod look;
mod named_lines;
mod named_papers;
mod not_a_contract;
mod noted;
pub mod open_marks;
mod origins;
mod other_tables;
mod people;
mod pipeline;
pub mod plan;
mod reader;
mod red_cells;
mod remarks;
pub mod rows;
mod sections;
mod shared;
mod sheets;
mod sheets_apart;
mod source;
mod stated_counts;
mod store;
mod survey;
pub mod templates;
pub mod understood;
mod unread_sheets;

use std::ops::ControlFlow;

use crate::contract::build::Context;
use crate::domain::chunks::ChunkLimits;
use crate::domain::field::{FieldId, by_name};
use crate::domain::file::FileError;
use crate::domain::flow::Sender;
use crate::domain::problem::Rule;
use crate::domain::said::SkipOrSend;
use crate::domain::workbook_marks::REASON;
use crate::journal::{JobFile, JournalError, SheetRecord};

pub use counted::Counted;
use doubts::is_a_paper;
use filing::Filing;
use grouping::Grouping;
use judge::Court;
pub use look::first_texts;
use pipeline::Pipeline;
use plan::{Plan, Source};
use reader::each_row_beside;
use store::Store;
pub use survey::Surveyed;

/// What to do with rows that nobody can see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HiddenRows {
    #[default]
    Ask,
    Skip,
    Send,
}

impl From<Option<SkipOrSend>> for HiddenRows {
    fn from(said: Option<SkipOrSend>) -> Self {
        match said {
            None => Self::Ask,
            Some(SkipOrSend::Skip) => Self::Skip,
            Some(SkipOrSend::Send) => Self::Send,
        }
    }
}

/// Which rows, and whether what is sent of them, are kept in the job's file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeepRows {
    /// All, and the flows: for a run and its reports.
    #[default]
    All,
    /// Of those that can be sent no more than hashes: for a check that compares them with what
    /// was sent.
    Bad,
    /// Of those that can be sent nothing, as long as they can be counted on the way: for a
    /// check that has nothing to compare them with.
    Told,
}

pub struct ImportOptions<'a> {
    pub context: Context,
    pub hidden_rows: HiddenRows,
    pub keep_rows: KeepRows,
    /// What a request may hold; a flow alone must fit into one.
    pub limits: ChunkLimits,
    /// Whether it is asked what contracts resemble others by.
    pub likenesses: bool,
    /// Whether it is asked who signs each contract.
    pub people: bool,
    /// Keyed: contents are personal data.
    pub hash: &'a (dyn Fn(&[&[u8]]) -> [u8; 32] + Sync),
    /// Where the claims of a sender's contracts count.
    pub realm: &'a (dyn Fn(&Sender) -> String + Sync),
    /// Someone wants to stop: asked once in a while.
    pub is_over: &'a dyn Fn() -> bool,
    /// The action starts contracts: which shapes the documentation of PrepareFlows has is
    /// no concern of theirs.
    pub starts: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Journal(#[from] JournalError),
    #[error("someone wanted to stop")]
    Stopped,
}

/// What each column of a sheet gives.
fn gives(source: &Source) -> Vec<Option<String>> {
    let mut gives: Vec<_> = source.mapping.targets.iter().map(understood::given_by).collect();
    if let Some(first) = gives.first_mut().filter(|_| source.begins_with_reasons()) {
        *first = Some(REASON.to_owned());
    }
    gives
}

/// Reads a plan into a job's file and seals it. With [`KeepRows::Told`] the file lacks what is
/// needed where the contracts could not be counted: it is to be read anew with [`KeepRows::Bad`].
///
/// # Errors
/// `Stopped`; those of the files and of the journal.
pub fn import(plan: &Plan, options: &ImportOptions<'_>, file: &mut JobFile) -> Result<Surveyed, ImportError> {
    for (sheet, source) in (0_u32..).zip(&plan.sources) {
        file.add_sheet(&SheetRecord {
            sheet,
            file: source.file.to_string(),
            name: source.name.as_deref().map(str::to_owned),
            headers: source.mapping.headers.iter().map(|header| header.to_string()).collect(),
            header_row: source.mapping.header_row,
            above: source.above.clone(),
            gives: gives(source),
            widths: source.workbook.sheets().get(source.sheet).map_or(Vec::new(), |own| own.widths.clone()),
        })?;
    }
    for problem in &plan.told {
        file.add_problem(None, problem)?;
    }
    let stem = plan.stem();
    let court = Court::new(plan, options, options.likenesses.then_some(stem.as_str()));
    let mut surveyed = std::thread::scope(|scope| {
        let store = Store::new(Filing::start(scope, file)?, &court, options);
        let mut grouping = Grouping::new(plan, options, &court, Pipeline::start(scope, &court), store);
        grouping.first_pass()?;
        grouping.further_passes()?;
        grouping.finish()
    })?;
    if options.context.templates.give_forms() {
        // Each value has the form of its component already.
        surveyed.problems.retain(|problem| !matches!(problem.rule, Rule::FormDates | Rule::FormNumbers));
    }
    // Where the settings have none each of those cells is an error of its own.
    let defaults = &options.context.defaults.values;
    let is_defaulted =
        |name: &str| defaults.iter().any(|(id, _)| by_name(name).is_some_and(|own| own.id == *id));
    surveyed.problems.retain(|problem| match &problem.rule {
        Rule::CellsDefaulted { field, .. } => is_defaulted(field),
        _ => true,
    });
    let template = defaults.iter().find(|(id, _)| *id == FieldId::TemplateId).map(|(_, own)| own);
    for problem in &mut surveyed.problems {
        // The same template as in the other cells.
        if let Rule::CellsDefaulted { for_all, only: Some(only), .. } = &mut problem.rule
            && template.is_some_and(|own| own.as_str() == Some(only.as_str()))
        {
            *for_all = false;
        }
    }
    let name = named_papers::name_of_settings(plan, &options.context.defaults);
    for problem in &mut surveyed.problems {
        if let Rule::PaperDiffers { paper, name: own, .. } = &mut problem.rule
            && let Some(name) =
                name.as_deref().filter(|name| named_papers::other_paper(paper, name).is_some())
        {
            name.clone_into(own);
        }
    }
    // 劳动合同 as the remark of each row is what the settings name all of them.
    let is_of_settings =
        |value: &String| is_a_paper(value) && name.as_ref().is_some_and(|name| name.contains(value));
    surveyed.problems.retain(|problem| match &problem.rule {
        Rule::PaperDiffers { name, .. } => !name.is_empty(),
        Rule::ColumnNearlySend { value, in_all: true, .. } => !is_of_settings(value),
        _ => true,
    });
    let is_told = surveyed.problems.iter().any(|problem| matches!(problem.rule, Rule::PaperDiffers { .. }));
    surveyed
        .problems
        .extend(name.filter(|_| !is_told).and_then(|name| named_papers::named_above(plan, &name)));
    if plan.sources.len() > 1 {
        surveyed.problems.iter_mut().for_each(|problem| problem.rule.of_one_sheet());
    }
    if options.starts {
        surveyed.problems.retain(|problem| !problem.rule.is_of_preparing());
    }
    for problem in &surveyed.problems {
        file.add_problem(None, problem)?;
    }
    file.seal()?;
    Ok(surveyed)
}

/// Stores the rows, and the contracts, that a check has left out, for whoever wants to see
/// all of them after all. `kept`: what it has stored.
pub fn keep_all_rows(plan: &Plan, file: &JobFile, kept: KeepRows) -> Result<(), ImportError> {
    let mut rows = file.further_rows(kept == KeepRows::Told)?;
    each_row_beside(plan, |numbered| {
        let sheet = u32::try_from(numbered.source).unwrap_or(u32::MAX);
        let row = &numbered.row;
        rows.add(row.ord, sheet, row.row.number, row.row.hidden, &judge::cells_as_json(row).0)?;
        Ok::<_, ImportError>(ControlFlow::Continue(()))
    })?;
    Ok(rows.finish()?)
}
