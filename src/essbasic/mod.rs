//! The wire: what is asked of the API (`action`, `started`; `call` and what is asked
//! besides, such as `details`, `bills` and `templates`; `callbacks` is what it posts by itself), how it is signed (`tc3`),
//! sent (`client`, `wire`) through a `proxy`, and what an answer (`codes`, `page`) or
//! none (`faults`) means.
//!
//! Facts are of service `essbasic`, version `2021-05-26`.

pub mod action;
pub mod bills;
pub mod call;
pub mod callbacks;
pub mod cancel;
pub mod client;
pub mod details;
mod faults;
pub mod fetch;
pub mod links;
pub mod names;
mod page;
pub mod proxy;
pub mod reminds;
pub mod resources;
pub mod started;
pub mod tc3;
pub mod templates;
pub mod transport;
pub mod wire;
