//! The product as its users meet it: the real binary, in a folder of its own,
//! against the stand-in, whose ledger tells what really arrived.
//!
//! `support` is the builder that lets a test read as the session it describes,
//! `sheets` makes the inputs, `wire` is the network seen from below. The suite
//! kills 12 runs; `FLOWBATCH_KILLS=100 cargo test --test it kill` does a hundred. What is asked of
//! contracts later is killed a third as often: it waits for quiet seconds of many quotas.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that cannot go on fails, and says why"
)]

mod guard;
mod sheets;
mod support;
mod wire;

mod across_sheets;
mod action;
mod again;
mod answers;
mod answers_apart;
mod as_people_write;
mod bad_input;
mod bad_rows;
mod beside_the_signer;
mod blame;
mod books;
mod both_sides;
mod cells;
mod clear_and_unclear;
mod companies;
mod companies_and_papers;
mod corrected;
mod crash;
mod cron;
mod doctor;
mod documents;
mod doubts;
mod earlier_round;
mod effects;
mod elsewhere;
mod faults;
mod fields;
mod follow;
mod found_anew;
mod found_by_hand;
mod found_last;
mod found_later;
mod found_since;
mod history;
mod identity;
mod init;
mod journal;
mod journal_model;
mod kills;
mod later;
mod layouts;
mod lines;
mod meaning;
mod memory;
mod metrics;
mod network;
mod notices;
mod odd_sheets;
mod open_matters;
mod outliers;
mod pace;
mod page;
mod pages;
mod parts;
mod process;
mod quiet;
mod ready;
mod ready_answers;
mod reconcile;
mod red_cells;
mod refusals;
mod schema;
mod settings;
mod signature;
mod signers;
mod slips;
mod spreadsheets;
mod template;
mod template_changes;
mod templates;
mod unseen;
#[cfg(unix)]
mod watch;
