//! `业主(甲方) | 业主电话 | 租户(乙方) | 租户电话`: a party that has another word as well, and columns of
//! a party that stand right behind its name.

use crate::domain::field::Level;

use super::columns::{
    Aliases, Reading, Target, Whose, is_a_partys_word, party_of, plain_header, plain_letters,
};
use super::parents::HeaderColumn;

/// Reads columns by the party to which the others of the header give their word or their place.
pub fn read_by_party(columns: &mut [HeaderColumn], aliases: &Aliases) {
    let mut words: Vec<(String, String)> = Vec::new();
    for column in columns.iter_mut() {
        let Some((word, party)) = word_and_party(&column.header) else { continue };
        if !column.reading.said && column.reading.target == Target::Unknown {
            column.reading = aliases.reading_of(&party);
        }
        words.push((word, party));
    }
    for column in columns.iter_mut().filter(|column| !column.reading.said) {
        let plain = plain_header(&column.header);
        let own = words.iter().find_map(|(word, party)| Some((plain.strip_prefix(word.as_str())?, party)));
        if let Some((rest, party)) = own.filter(|(rest, _)| !rest.is_empty()) {
            let reading = aliases.reading_of(&format!("{party}{rest}"));
            if matches!(reading.target, Target::Field { .. }) {
                column.reading = Reading { of_party: true, ..reading };
            }
        }
    }
    behind_their_names(columns, aliases);
}

/// `甲方(雇主)`, `业主（甲方）`: the word and the party, where the word is one for somebody.
fn word_and_party(header: &str) -> Option<(String, String)> {
    let letters = plain_letters(header);
    let (first, second) = letters.strip_suffix(')')?.split_once('(')?;
    let (word, party) = match (party_of(first), party_of(second)) {
        (Some(_), None) => (second, first),
        (None, Some(_)) => (first, second),
        _ => return None,
    };
    is_a_partys_word(word).then(|| (word.to_owned(), party.to_owned()))
}

/// `甲方 | 甲方电话 | 乙方 | 电话`: what says nothing of whose it is, right behind a party's name, is that
/// party's where another one has columns of its own.
fn behind_their_names(columns: &mut [HeaderColumn], aliases: &Aliases) {
    let numbers = |column: &HeaderColumn| match &column.reading.target {
        Target::Field { field, index: Some(index) } if field.level == Level::Approver => Some(*index),
        _ => None,
    };
    let others: Vec<usize> = columns.iter().filter_map(numbers).collect();
    let mut party: Option<(String, usize)> = None;
    for column in columns.iter_mut() {
        let plain = plain_header(&column.header);
        let is_bare = matches!(&column.reading.target, Target::Field { field, index: None }
            if field.level == Level::Approver && field.name != "approver.name")
            && column.reading.whose == Whose::Unsaid
            && !column.reading.said;
        match (&party, party_of(&plain)) {
            (_, Some(number)) => party = Some((plain, number)),
            (Some((word, number)), None) if is_bare && others.iter().any(|other| other != number) => {
                let reading = aliases.reading_of(&format!("{word}{plain}"));
                if matches!(reading.target, Target::Field { index: Some(_), .. }) {
                    column.reading = Reading { of_party: true, ..reading };
                }
            }
            (_, None) => party = None,
        }
    }
}
