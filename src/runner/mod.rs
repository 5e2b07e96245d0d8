//! Pending chunks -> attempts -> outcomes, until nothing is left to send.
//!
//! `core` decides and is pure: inputs and the time come in, effects go out. `shell`
//! carries the effects out in their order: each record is durable before the next
//! effect of the same chunk, while chunks do not wait for each other. `flight` is
//! one request, `loader` reads bodies beside it, `planner` cuts the input. `asking` asks
//! what else there is to ask of the API.

mod asking;
mod core;
mod event;
mod flight;
mod loader;
mod planner;
mod preview;
mod records;
mod renewal;
mod settings;
mod shell;
mod turn;

pub use asking::{Asker, OpenPace, Reply};
pub use core::{Question, Shared};
pub use event::{Event, Tell};
pub use loader::Redate;
pub use preview::{Preview, preview_contract};
pub use renewal::{Renewal, renew_page};
pub use settings::{End, LastSeen, Reason, RetrySettings, RunSettings, Scope, Stop};
pub use shell::{RunContext, run};
