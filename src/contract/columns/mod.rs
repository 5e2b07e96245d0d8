//! Headers -> what each column gives.

mod aliases;
mod component_header;
mod field_names;
mod letters;
mod plain_header;
mod read;
mod roles;
mod target;
#[cfg(test)]
mod tests;

pub use aliases::{AliasFault, Aliases, field_named, name_of};
pub use component_header::{FormNotes, form_notes};
pub use field_names::{partys_field, signers_field};
pub use letters::{half_of_full, half_width, in_one_line, plain_letters, simplified};
pub use plain_header::{normalise, plain_header, without_name_end};
pub use read::{MOST_NUMBERED, is_first_mobile, read};
pub use roles::{
    is_a_party, is_a_partys_word, is_a_role, is_a_stranger, is_company, is_counterparty, is_somebody,
    is_somebodys_role, names_a_counterparty, party_of,
};
pub use target::{Reading, Target, Whose};
