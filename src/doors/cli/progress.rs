//! A bar on a terminal; nothing in cron.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::jobs::title_of;
use crate::journal::Journal;
use crate::metrics::Metrics;
use crate::runner::{Event, Tell};
use crate::settings::Settings;
use crate::text::Lang;
use crate::text::console::events;

/// Keeps up the file for Prometheus, where the settings name one.
pub fn metrics(lang: Lang, settings: &Settings, journal: &Arc<Journal>) -> Option<Arc<Metrics>> {
    let warn = move |path: &Path, kind| super::held::remark(events::no_metrics(lang, path, kind));
    Metrics::begin(settings.metrics.as_deref()?, journal, Box::new(warn)).map(Arc::new)
}

/// The same listener, counted where there are metrics.
pub fn counted(metrics: Option<&Arc<Metrics>>, tell: Tell) -> Tell {
    match metrics {
        Some(metrics) => metrics.counting(tell),
        None => tell,
    }
}

/// The last writing. `good`: nothing is left to act on.
pub fn end_metrics(metrics: Option<Arc<Metrics>>, good: bool) {
    if let Some(metrics) = metrics {
        metrics.end(good);
    }
}

/// A listener that draws what a job is doing.
pub fn listener(lang: Lang, quiet: bool, journal: &Arc<Journal>) -> Tell {
    let journal = Arc::clone(journal);
    let shown = std::io::stderr().is_terminal() && !quiet && !super::logging::is_json();
    let target = if shown { ProgressDrawTarget::stderr_with_hz(5) } else { ProgressDrawTarget::hidden() };
    let bar = ProgressBar::with_draw_target(Some(0), target);
    if let Ok(style) = ProgressStyle::with_template(events::bar(lang)) {
        bar.set_style(style);
    }
    Box::new(move |event| match event {
        Event::Progress { tally, requests, rate } => {
            bar.set_length(tally.total());
            bar.set_position(tally.total() - tally.pending);
            bar.set_message(events::progress(lang, &tally, requests, rate));
            if tally.pending == 0 {
                bar.finish_and_clear();
            }
        }
        other => {
            // In cron a first link is no news.
            let first_link = matches!(other, Event::PageHost { before: None, .. }) && bar.is_hidden();
            let line = match &other {
                Event::WaitingFor { job } => Some(events::waiting_for(lang, &title_of(&journal, job))),
                other => events::line(lang, other),
            };
            if let Some(line) = line.filter(|_| !first_link) {
                if bar.is_hidden() { err!("{line}") } else { bar.println(crate::text::harmless(&line)) }
            }
        }
    })
}
