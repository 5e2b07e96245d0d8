//! Whether an installation is well: everything that can be known before the first file is
//! sent, and all that is wrong at once.
//!
//! `look.rs` gathers facts and changes nothing, `findings.rs` judges them. Nothing is signed
//! and nothing is sent that the API would act upon.

mod findings;
mod look;

pub use findings::{Action, Facts, Finding, FolderFacts, Keys, Ledger, Level, Quota, Role, Way, findings};
pub use look::look;
