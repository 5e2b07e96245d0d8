//! `出租人 | 身份证号 | 手机号 | 承租人 | 身份证号 | 手机号`: columns that are called alike, each
//! behind the name of another person, are that person's, as below parents of their own.

use crate::domain::field::{Level, by_name};

use super::columns::{Aliases, Target, Whose, party_of, plain_header};
use super::header::HeaderColumn;
use super::vocabulary::{COUNTERPARTIES, ENDS_OF_NAMES, SIGNER_WORDS};

/// Whose name a column holds.
#[derive(Clone, PartialEq)]
enum Owner {
    /// 姓名: the header names nobody.
    Plain,
    Named(String),
}

/// Gives columns that are called alike the names of their owners, where each has one of its own.
pub fn tell_repeats_apart(columns: &mut [HeaderColumn], aliases: &Aliases) {
    let plain: Vec<String> = columns.iter().map(|column| plain_header(&column.header)).collect();
    let is_bare = |at: usize| {
        let reading = &columns[at].reading;
        let of_person = matches!(&reading.target, Target::Field { field, index: None }
            if field.level == Level::Approver && field.name != "approver.name");
        of_person && !reading.said && reading.whose == Whose::Unsaid
    };
    let repeats = |at: &usize| is_bare(*at) && plain.iter().filter(|own| **own == plain[*at]).count() > 1;
    let repeated: Vec<usize> = (0..columns.len()).filter(repeats).collect();
    let owners: Vec<Option<Owner>> = repeated.iter().map(|at| owner_before(columns, *at)).collect();
    let is_settled = |place: usize| {
        let alike = |other: &usize| plain[repeated[*other]] == plain[repeated[place]];
        let others: Vec<usize> = (0..repeated.len()).filter(alike).collect();
        let own = |at: usize| owners[at].as_ref();
        others.iter().all(|at| {
            own(*at).is_some_and(|owner| {
                others.iter().all(|other| other == at || own(*other).is_some_and(|found| found != owner))
            })
        })
    };
    let settled: Vec<(usize, String)> = (0..repeated.len())
        .filter(|place| is_settled(*place))
        .filter_map(|place| match &owners[place] {
            Some(Owner::Named(word)) => Some((repeated[place], word.clone())),
            _ => None,
        })
        .collect();
    for (at, word) in settled {
        let column = &mut columns[at];
        column.header = format!("{word}{}", column.header);
        column.reading = aliases.reading_of(&column.header);
    }
}

/// Whoever is named nearest before a column, if that is somebody who may sign.
fn owner_before(columns: &[HeaderColumn], at: usize) -> Option<Owner> {
    columns.get(..at)?.iter().rev().find_map(|column| match named_in(column) {
        Named::Nobody => None,
        Named::Stranger => Some(None),
        Named::Somebody(owner) => Some(Some(owner)),
    })?
}

enum Named {
    Nobody,
    /// What follows may be his, and nobody knows.
    Stranger,
    Somebody(Owner),
}

fn named_in(column: &HeaderColumn) -> Named {
    let (header, reading) = (column.header.trim(), &column.reading);
    let plain = plain_header(header);
    let ends = ENDS_OF_NAMES.iter().filter_map(|end| plain.strip_suffix(end));
    let word = ends.min_by_key(|word| word.len()).unwrap_or(&plain);
    if reading.whose == Whose::Stranger {
        return Named::Stranger;
    }
    let gives_a_name = match &reading.target {
        Target::Field { field, .. } => field.name == "approver.name",
        Target::Unknown => {
            let could_be = reading.could_be == by_name("approver.name") && reading.could_be.is_some();
            let is_word = SIGNER_WORDS.contains(&word)
                || party_of(word).is_some()
                || COUNTERPARTIES.iter().any(|own| word.contains(own));
            could_be || (is_word && reading.could_be.is_none())
        }
        _ => false,
    };
    match (gives_a_name, word.is_empty()) {
        (false, _) => Named::Nobody,
        (true, true) => Named::Somebody(Owner::Plain),
        (true, false) => {
            let bare = ENDS_OF_NAMES.iter().find_map(|end| header.strip_suffix(end)).unwrap_or(header);
            Named::Somebody(Owner::Named(bare.to_owned()))
        }
    }
}
