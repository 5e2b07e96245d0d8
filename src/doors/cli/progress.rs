//! A line on a terminal that says how the sending goes; nothing in cron.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use console::Term;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::tz::TimeZone;

use crate::jobs::{Workspace, title_of};
use crate::journal::Journal;
use crate::metrics::Metrics;
use crate::runner::{Event, Tell};
use crate::settings::Settings;
use crate::text::Lang;
use crate::text::console::events;

/// Of a terminal that does not say how wide it is.
const USUAL_COLUMNS: usize = 80;

/// Those of this command, until it has ended.
static METRICS: Mutex<Option<Arc<Metrics>>> = Mutex::new(None);

/// Keeps up the file for Prometheus until the command has ended, where the settings name one
/// and no other command keeps it up.
pub fn metrics(lang: Lang, settings: &Settings, journal: &Arc<Journal>) -> Option<Arc<Metrics>> {
    let warn = move |path: &Path, kind| super::held::remark(events::no_metrics(lang, path, kind));
    let metrics = Metrics::begin(settings.metrics.as_deref()?, journal, Box::new(warn)).map(Arc::new);
    METRICS.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&metrics);
    metrics
}

/// The last writing. `good`: nothing is left to act on.
pub fn end_metrics(good: bool) {
    let metrics = METRICS.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some(metrics) = metrics {
        metrics.end(good);
    }
}

/// What is told of jobs is drawn, and counted where there are metrics.
pub fn listening(lang: Lang, quiet: bool, metrics: Option<&Arc<Metrics>>, workspace: Workspace) -> Workspace {
    let (for_titles, zone) = (Arc::clone(&workspace.journal), workspace.settings.zone.clone());
    let Some(metrics) = metrics.cloned() else {
        return Workspace {
            listen: Box::new(move |_| listener(lang, quiet, &for_titles, &zone)),
            ..workspace
        };
    };
    let asked = Arc::clone(&metrics);
    Workspace {
        listen: Box::new(move |_| metrics.counting(listener(lang, quiet, &for_titles, &zone))),
        asked: Arc::new(move |event| asked.hear(&event)),
        ..workspace
    }
}

/// A listener that draws what a job is doing.
pub fn listener(lang: Lang, quiet: bool, journal: &Arc<Journal>, zone: &TimeZone) -> Tell {
    let (journal, zone) = (Arc::clone(journal), zone.clone());
    let shown = std::io::stderr().is_terminal() && !quiet && !super::logging::is_json();
    let target = if shown { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    // The line is made by us: it has to fit, with letters of two columns.
    if let Ok(style) = ProgressStyle::with_template("{msg}") {
        bar.set_style(style);
    }
    Box::new(move |event| match event {
        Event::Progress { .. } if bar.is_hidden() => {}
        Event::Progress { tally, rate, .. } => {
            bar.set_length(tally.total());
            bar.set_position(tally.total() - tally.pending);
            let left = Some(bar.eta()).filter(|left| !left.is_zero());
            // Asked each time: a window may have been made narrower.
            let columns = Term::stderr().size_checked().map_or(USUAL_COLUMNS, |(_, columns)| columns.into());
            bar.set_message(events::progress(lang, &tally, rate, left, columns));
            if tally.pending == 0 {
                bar.finish_and_clear();
            }
        }
        other => {
            // In cron a first link is no news.
            let first_link = matches!(other, Event::PageHost { before: None, .. }) && bar.is_hidden();
            let line = match &other {
                Event::WaitingFor { job } => Some(events::waiting_for(lang, &title_of(&journal, &zone, job))),
                other => crate::messages::events::line(lang, other),
            };
            if let Some(line) = line.filter(|_| !first_link) {
                if bar.is_hidden() { err!("{line}") } else { bar.println(crate::text::harmless(&line)) }
            }
        }
    })
}
