//! What the first rows below a header say of its columns, where two of them would give the same or
//! one would give something that its values are not.

mod mobiles;
mod names;
mod roles;
mod types;

use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::beside_header;
use super::columns::Target;
use super::deadline_time;
use super::forgotten_types;
use super::layout::{Mapping, Spare};
use super::names_only;
use super::normalize::to_half_width;
use super::offered_companies;
use super::papers;
use super::values;
use super::vocabulary::{GROUPS_OF_PEOPLE, PERSONAL, PLACES, SHARED_BY_CONTRACTS};

use mobiles::{
    ask_about_newer_mobiles, ask_for_mobiles, ask_whose_mobile, drop_beside_the_same_name,
    leave_out_landlines, leave_out_same_names,
};
pub use mobiles::{has_another, names_another};
use names::{
    ask_about_one_for_all, ask_about_relations, ask_for_names, ask_for_names_by_their_ends,
    ask_for_the_only_signer, ask_where_companies_stand, ask_where_no_names_stand, ask_who_signs,
    leave_out_staff,
};
use roles::{
    ask_about_copies, ask_about_template_ids, has_numbers, leave_out_where_signed, take_agents, take_roles,
};
use types::{offer_second_signers, take_the_only_company};

/// Leaves out what the values show to be something else.
pub fn heed(mapping: &mut Mapping, rows: &[Row]) {
    let below: Vec<&Row> = rows.iter().filter(|row| row.number > mapping.header_row).collect();
    if below.is_empty() {
        return;
    }
    leave_out_landlines(mapping, &below);
    leave_out_same_names(mapping, &below);
    leave_out_where_signed(mapping, &below);
    ask_about_relations(mapping, &below);
    ask_about_one_for_all(mapping, &below);
    take_roles(mapping, &below);
    take_agents(mapping, &below);
    ask_for_mobiles(mapping, &below);
    ask_whose_mobile(mapping, &below);
    leave_out_staff(mapping, &below);
    ask_for_names(mapping, &below);
    ask_for_names_by_their_ends(mapping, &below);
    ask_for_the_only_signer(mapping, &below);
    ask_where_no_names_stand(mapping, &below);
    take_back(mapping, &below);
    ask_where_companies_stand(mapping, &below);
    offered_companies::heed(mapping, &below);
    names_only::heed(mapping, &below);
    ask_about_copies(mapping, &below);
    ask_who_signs(mapping, &below);
    ask_about_newer_mobiles(mapping, &below);
    papers::ask(mapping, &below);
    beside_header::ask(mapping, &below);
    drop_beside_the_same_name(mapping, &below);
    take_the_only_company(mapping, &below);
    offer_second_signers(mapping, &below);
    deadline_time::ask(mapping, &below);
    ask_about_template_ids(mapping, &below);
    mapping.has_numbers = has_numbers(mapping, &below);
    mapping.forgotten_types = forgotten_types::columns(mapping, &below);
}

pub(super) fn is_of(mapping: &Mapping, column: usize, id: FieldId) -> bool {
    let said = mapping.readings.get(column).is_some_and(|reading| reading.said);
    !said && matches!(&mapping.targets[column], Target::Field { field, index: None } if field.id == id)
}

pub(super) fn is_mobile(cell: &Cell) -> bool {
    values::reads(FieldId::ApproverMobile.field().kind, cell)
}

/// Whether something stands in a column, and all of it is so.
pub(super) fn all_are(below: &[&Row], column: usize, is_so: impl Fn(&Cell) -> bool) -> bool {
    let mut filled = below.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).peekable();
    filled.peek().is_some() && filled.all(is_so)
}

fn gives(mapping: &Mapping, id: FieldId) -> bool {
    mapping.targets.iter().any(|target| matches!(target, Target::Field { field, .. } if field.id == id))
}

/// Asks whether a column gives that.
fn ask(mapping: &mut Mapping, column: usize, id: FieldId) {
    let header = mapping.header(column);
    let map = vec![(header.clone(), id.name().to_owned())];
    mapping
        .asked
        .push((column, Rule::SignerUnclear { who: header, map, alone: true, also: Vec::new(), open: false }));
}

fn digits(cell: &Cell) -> String {
    to_half_width(&cell.seen()).chars().filter(char::is_ascii_digit).collect()
}

/// 籍贯, 户籍地, 安阳市, 金牛区.
const ENDS_OF_PLACES: [char; 19] = [
    '省', '市', '县', '区', '镇', '乡', '村', '庄', '州', '路', '街', '店', '校', '院', '部', '地', '籍',
    '址', '城',
];

/// What 苏州, 安全 and 高级 may stand under.
const NO_NAMES_HERE: [&[&str]; 4] = [GROUPS_OF_PEOPLE, PLACES, PERSONAL, SHARED_BY_CONTRACTS];

/// Two to four Chinese letters.
pub(super) fn is_as_long_as_a_name(cell: &Cell) -> bool {
    let seen = cell.seen_ref();
    let letters = seen.trim().chars().count();
    (2..=4).contains(&letters) && seen.trim().chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// Questions that the values answer: 党员 is yes or no and nobody, 开户名 is the signer, and a newer mobile
/// that stands nowhere is none.
fn take_back(mapping: &mut Mapping, below: &[&Row]) {
    let name = mapping.column_of("approver.name");
    let mobile = mapping.column_of("approver.mobile");
    let holds_nobody = |who: &str| {
        let Some(column) = mapping.headers.iter().position(|header| **header == *who) else { return false };
        // Where nothing stands, somebody may stand farther down.
        let is_filled = below.iter().any(|row| !row.cell(column).is_blank());
        is_filled
            && below.iter().all(|row| {
                let seen = row.cell(column).seen();
                let signer = name.map(|name| row.cell(name).seen()).unwrap_or_default();
                seen.trim().is_empty() || values::yes_no(&seen).is_some() || seen.trim() == signer.trim()
            })
    };
    let is_answered = |(column, rule): &(usize, Rule)| match rule {
        Rule::MobileBehind { who, .. } | Rule::IdNumberBehind { who } => holds_nobody(who),
        Rule::ColumnBeside { field, .. }
            if field == "approver.mobile" && mapping.readings[*column].target == Target::Unknown =>
        {
            !below.iter().any(|row| {
                let cell = row.cell(*column);
                is_mobile(cell) && mobile.is_none_or(|first| digits(cell) != digits(row.cell(first)))
            })
        }
        _ => false,
    };
    let answered: Vec<(usize, Rule)> =
        mapping.asked.iter().filter(|asked| is_answered(asked)).cloned().collect();
    for (column, rule) in &answered {
        mapping.targets[*column] = mapping.readings[*column].target.clone();
        // A newer one may stand farther down.
        if let Rule::ColumnBeside { first, .. } = rule {
            mapping.spare_mobile = Some(Spare { column: *column, kept: *first, open: true });
        }
    }
    mapping.asked.retain(|asked| !answered.contains(asked));
}
