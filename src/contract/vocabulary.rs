//! Every word that people write into headers and rows, in one place: whoever wants
//! flowbatch to know one more word adds it here, and nowhere else.
//!
//! Words are as `columns` makes them plain: half-width, lower case, without spaces,
//! `_`, `-` and `*`. What the columns and choices of the API are called stands with
//! them in `domain/field.rs`.
//!
//! A list stands in the file of what it is about, and is used as `vocabulary::NAME`.

mod cells;
mod companies;
mod headers;
mod lines;
mod people;
mod remarks;
mod rows;
mod sending;
mod time;

pub use cells::*;
pub use companies::*;
pub use headers::*;
pub use lines::*;
pub use people::*;
pub use remarks::*;
pub use rows::*;
pub use sending::*;
pub use time::*;
