//! What went wrong in the rooms that do something, and how they end, in words: settings, journal, pace,
//! client, runner, report. `text` has the words of `domain`'s facts and knows none of those rooms, so
//! that they may use it.

pub mod doctor;
pub mod events;
pub mod failures;
pub mod notice;
pub mod reasons;
pub mod reports;
