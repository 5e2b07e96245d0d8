//! `tracing` to stderr. What is logged names codes, counts and request ids,
//! never what a cell holds.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use super::args::{Common, LogFormat};

pub fn start(common: &Common) {
    let default = match common.verbose {
        0 => "flowbatch=warn",
        1 => "flowbatch=info",
        _ => "flowbatch=debug",
    };
    let filter = EnvFilter::try_from_env("FLOWBATCH_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let colours = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(colours)
        // It would panic where nobody reads stderr any more, and end the run.
        .log_internal_errors(false);
    // A second start in the same process keeps the first one's subscriber.
    let _ = match common.log_format {
        LogFormat::Text => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().try_init(),
    };
}
