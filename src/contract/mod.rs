//! Rows -> flows. Pure: no clock, no file, no setting is read here.
//!
//! In come a sheet's first rows (`layout` finds the header, `columns` says what
//! each column gives) and then the rows of one contract at a time (`build`,
//! which reads each cell by `values` and holds the result against `rules`).
//! Out comes a flow, ready for the wire, or problems that name file, sheet, row
//! and column.

pub mod above;
pub mod amounts;
pub mod beside_header;
pub mod build;
pub mod columns;
pub mod companies;
mod companies_beside;
mod company_ids;
mod compiled;
mod component;
pub mod content;
pub mod dates;
mod deadline_time;
pub mod draft;
pub mod empty_columns;
pub mod examine;
pub mod file_names;
pub mod fixed;
pub mod forgotten_types;
pub mod form_values;
mod gather;
pub mod header;
pub mod instructions;
pub mod last_day;
pub mod layout;
pub mod left_over;
mod memo;
pub mod names;
mod names_only;
mod needs;
pub mod normalize;
pub mod notes;
mod offered_companies;
pub mod own_company;
mod owners;
mod papers;
pub mod parents;
mod party_roles;
mod partys_fields;
mod plain;
mod question;
mod raw_json;
pub mod refusals;
mod rules;
mod said_of_all;
pub mod sampled;
pub mod search;
mod signers;
pub mod source_row;
pub mod suggest;
pub mod template;
pub mod texts;
mod two_companies;
pub mod values;
pub mod vocabulary;
mod wire;
