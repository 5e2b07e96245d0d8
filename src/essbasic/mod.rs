//! The wire: what is asked of the API (`action`), how it is signed (`tc3`),
//! sent (`client`, `wire`), and what an answer means (`codes`).
//!
//! Facts are of service `essbasic`, version `2021-05-26`.

pub mod action;
pub mod client;
pub mod codes;
pub mod names;
pub mod tc3;
pub mod wire;
