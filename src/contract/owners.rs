//! `出租人 | 身份证号 | 手机号 | 承租人 | 身份证号 | 手机号`: columns that are called alike, each
//! behind the name of another person, are that person's, as below parents of their own.

use std::collections::HashMap;

use crate::domain::field::Level;

use super::columns::{Aliases, Target, Whose, is_a_role, names_a_counterparty, party_of, plain_header, read};
use super::parents::HeaderColumn;
use super::vocabulary::{ENDS_OF_NAMES, GROUPS_OF_PEOPLE, GUARDIANS, OF_A_PERSON, PERSONAL, STRANGER_PEOPLE};

/// Whose name a column holds.
#[derive(Clone, PartialEq)]
enum Owner {
    /// 姓名: the header names nobody.
    Plain,
    Named(String),
}

/// Gives columns that are called alike the names of their owners, where each has one of its own.
pub fn tell_repeats_apart(columns: &mut [HeaderColumn], aliases: &Aliases) {
    let is_bare = |at: usize| {
        let reading = &columns[at].reading;
        let of_person = matches!(&reading.target, Target::Field { field, index: None }
            if field.level == Level::Approver && field.name != "approver.name");
        of_person && !reading.said && reading.whose == Whose::Unsaid
    };
    // 手机号 and 联系电话 are alike, too: what counts is what they give.
    let given: Vec<Option<&str>> = (0..columns.len())
        .map(|at| match &columns[at].reading.target {
            Target::Field { field, .. } if is_bare(at) => Some(field.name),
            _ => None,
        })
        .collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    given.iter().flatten().for_each(|name| *count.entry(name).or_default() += 1);
    let repeats = |at: &usize| given[*at].is_some_and(|name| count[name] > 1);
    let repeated: Vec<usize> = (0..columns.len()).filter(repeats).collect();
    // Nobody has so many people in a row, and each is compared with all others.
    const MOST: usize = 64;
    if repeated.len() > MOST {
        return;
    }
    let named: Vec<Option<Owner>> = repeated.iter().map(|at| owner_before(columns, *at)).collect();
    let words: Vec<Option<Owner>> = repeated.iter().map(|at| word_before(columns, *at)).collect();
    let is_settled = |owners: &[Option<Owner>], place: usize| {
        let alike = |other: &usize| given[repeated[*other]] == given[repeated[place]];
        let others: Vec<usize> = (0..repeated.len()).filter(alike).collect();
        let own = |at: usize| owners[at].as_ref();
        others.iter().all(|at| {
            own(*at).is_some_and(|owner| {
                others.iter().all(|other| other == at || own(*other).is_some_and(|found| found != owner))
            })
        })
    };
    let mut settled: Vec<(usize, String)> = Vec::new();
    for (place, at) in repeated.iter().enumerate() {
        let header = |at: usize| plain_header(&columns[repeated[at]].header);
        let alike = (0..repeated.len()).filter(|other| given[repeated[*other]] == given[*at]);
        let are_equal = alike.map(header).all(|own| own == header(place));
        let owners = [(&named, true), (&words, are_equal)].into_iter();
        let mut owners = owners.filter(|(_, counts)| *counts).map(|(owners, _)| owners);
        let owners = owners.find(|owners| is_settled(owners, place));
        if let Some(Some(Owner::Named(word))) = owners.map(|owners| &owners[place]) {
            settled.push((*at, word.clone()));
        }
    }
    // `乙方 | 身份证号 | 电话 | 甲方 | 电话`: what stands once among them has its owner there, too.
    let once: Vec<(usize, String)> = (0..columns.len())
        .filter(|at| given[*at].is_some_and(|name| count[name] == 1))
        .filter_map(|at| match owner_before(columns, at)? {
            Owner::Named(word)
                if settled.iter().any(|(own, named)| {
                    // 学员姓名 | 身份证号 | 监护人姓名 | 身份证号 | 手机号.
                    *named == word && (party_of(&word).is_some() || (*own + 1 == at && is_guardian(&word)))
                }) =>
            {
                Some((at, word))
            }
            _ => None,
        })
        .collect();
    settled.extend(once);
    for (at, word) in settled {
        let column = &mut columns[at];
        // 签署人 | 签署人手机.
        if plain_header(&column.header).starts_with(&word) {
            continue;
        }
        column.header = format!("{word}{}", column.header);
        column.reading = aliases.reading_of(&column.header);
    }
}

fn is_guardian(word: &str) -> bool {
    GUARDIANS.iter().any(|own| word.contains(own))
}

/// Whoever is named nearest before a column.
fn owner_before(columns: &[HeaderColumn], at: usize) -> Option<Owner> {
    /// Columns of one person: whoever is named farther away is another matter.
    const NEAR: usize = 12;
    columns.get(..at)?.iter().rev().take(NEAR).find_map(named_in)
}

/// What a column of a name says by itself of whose it is, whatever somebody has said of it.
fn named_in(column: &HeaderColumn) -> Option<Owner> {
    let header = column.header.trim();
    let reading = read(header);
    let plain = plain_header(header);
    let ends = ENDS_OF_NAMES.iter().filter_map(|end| plain.strip_suffix(end));
    let has_end = ends.clone().next().is_some();
    let word = ends.min_by_key(|word| word.len()).unwrap_or(&plain);
    let is_stranger = reading.whose == Whose::Stranger;
    let gives_a_name = match &reading.target {
        Target::Field { field, .. } => field.name == "approver.name",
        Target::Unknown if is_stranger => has_end || STRANGER_PEOPLE.iter().any(|end| plain.ends_with(end)),
        Target::Unknown => match reading.could_be {
            Some(field) => field.name == "approver.name",
            None => {
                let is_person = party_of(word).is_some() || is_a_role(word) || names_a_counterparty(word);
                is_person || STRANGER_PEOPLE.contains(&word)
            }
        },
        _ => false,
    };
    match (gives_a_name, word.is_empty()) {
        (false, _) => None,
        (true, true) => Some(Owner::Plain),
        (true, false) => Some(Owner::Named(word.to_owned())),
    }
}

/// `男方 | 电话 | 女方 | 电话`: whatever stands right before it, where each has something else there.
fn word_before(columns: &[HeaderColumn], at: usize) -> Option<Owner> {
    const LONGEST: usize = 6;
    let of_person = |column: &&HeaderColumn| {
        matches!(&column.reading.target, Target::Field { field, index: None }
            if field.level == Level::Approver && field.name != "approver.name")
    };
    let before = columns.get(..at)?.iter().rev().find(|column| !of_person(column))?;
    let header = before.header.trim();
    // Whatever somebody has said of it: the name that was offered has to be found again.
    let plain = plain_header(header);
    let is_word = read(header).target == Target::Unknown
        && !PERSONAL.contains(&plain.as_str())
        && !OF_A_PERSON.iter().any(|word| plain.contains(word))
        && (2..=LONGEST).contains(&header.chars().count())
        && header.chars().all(char::is_alphabetic)
        && !GROUPS_OF_PEOPLE.contains(&plain.as_str());
    is_word.then(|| Owner::Named(header.to_owned()))
}
