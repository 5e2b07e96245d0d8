//! The doors to the use cases: parse, call one, print.

pub mod cli;
