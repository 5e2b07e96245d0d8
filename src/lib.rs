//! flowbatch sends Tencent e-sign contracts in bulk from a spreadsheet.
//!
//! A tour, in the order in which data visits the rooms:
//!
//! - [`domain`]: flows, problems, verdicts, ids: the words everybody speaks in.
//! - [`table`]: a file becomes rows of cells with what a person sees in them.
//! - [`contract`]: the rows of one contract become one flow, or problems that name the cell. Pure.
//! - [`intake`]: the two above, streamed into a job's file.
//! - [`journal`]: what was intended and what came of it; every change is on disk before the next step.
//! - [`pace`]: when the next request may go.
//! - [`essbasic`]: the wire: signing, sending once, reading the answer, judging a code.
//! - [`runner`]: pending chunk -> attempt -> outcome, until nothing is left: a pure core in a thin shell.
//! - [`report`]: the journal as workbooks and CSV.
//! - [`jobs`]: the use cases.
//! - [`watch`]: a folder whose files are run as they come.
//! - [`doors`]: the command line: parses, calls a use case, prints.
//!
//! Beside the way: [`doctor`] (whether an installation is well), [`notify`] (who is told that it ended), [`metrics`] (numbers for whoever looks after it), [`platform`] (the operating system), [`settings`] (config.toml, environment, flags), [`text`] (every
//! fact in words), [`messages`] (every failure in words), and [`sandbox`], the stand-in for the API, which shares
//! no code with the rest.
//!
//! Who may use whom is a test: `tests/architecture.rs`.

pub mod contract;
pub mod doctor;
pub mod domain;
pub mod doors;
pub mod essbasic;
pub mod intake;
pub mod jobs;
pub mod journal;
pub mod messages;
pub mod metrics;
pub mod notify;
pub mod pace;
pub mod platform;
pub mod report;
pub mod runner;
pub mod sandbox;
pub mod settings;
pub mod table;
pub mod template;
pub mod text;
pub mod watch;
