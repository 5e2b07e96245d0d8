//! Lines above the header that say of all contracts what no column says.

use crate::domain::field::Level;
use crate::domain::problem::Rule;

use super::columns::{Target, names_a_counterparty, plain_letters};
use super::header::Head;
use super::layout::Mapping;
use super::texts::is_persons_number;
use super::vocabulary::{
    BARE_DEADLINES, DEADLINE_BEFORE, DEADLINE_ENDS, DEADLINE_LAST, DEADLINE_TIMES, DEADLINE_UNITS,
    DEADLINE_WITHIN, DEADLINE_WORDS, OF_A_COMPANY, PARTIES, SIGNS_FOR_IT,
};

/// `table`: people above the header, below another one. `said`: somebody has said where the header
/// is, so that what stands above it is not meant.
pub fn said_above(head: &Head<'_>, chosen: &Mapping, table: Option<Rule>, said: bool) -> Vec<Rule> {
    let party = party_above(head, chosen, said);
    table.into_iter().chain(deadline_above(head, chosen, said)).chain(party).collect()
}

/// `签署截止：2026-12-10`, in one cell or two.
fn deadline_above(head: &Head<'_>, chosen: &Mapping, said: bool) -> Option<Rule> {
    const LONGEST: usize = 60;
    if chosen.column_of("deadline").is_some() {
        return None;
    }
    let above = head.numbers().filter(|row| *row < chosen.header_row);
    let line = |row: u32| {
        let texts = head.texts(row).iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        (row, texts.collect::<Vec<_>>().join(" "))
    };
    let (row, text) = above.map(line).find(|(_, text)| names_a_deadline(text))?;
    let text = text.chars().take(LONGEST).collect();
    Some(Rule::DeadlineAbove { row, text, header: chosen.header_row, said })
}

/// Words for the end of the time to sign in, with a day behind or before them. 统计截止日期 ends
/// something else; a bare 截止日期 at the beginning of a line is asked about as a column's is.
pub fn names_a_deadline(text: &str) -> bool {
    let plain = plain_letters(text);
    let groups = plain.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let has_day = groups >= 2 || plain.bytes().filter(u8::is_ascii_digit).count() >= 8;
    let is_called_so = || DEADLINE_WORDS.iter().chain(DEADLINE_ENDS).any(|word| plain.contains(word));
    let counts = || groups > 0 && DEADLINE_UNITS.iter().any(|word| plain.contains(word));
    let ends_then = || {
        DEADLINE_TIMES.iter().any(|word| plain.contains(word))
            && DEADLINE_BEFORE.iter().any(|word| plain.ends_with(word))
    };
    let names_it = || {
        is_called_so()
            || ends_then()
            || DEADLINE_LAST.iter().any(|word| plain.ends_with(word))
            || BARE_DEADLINES.iter().any(|word| plain.starts_with(word))
    };
    (has_day && names_it())
        || (is_called_so() && counts())
        || DEADLINE_WITHIN.iter().any(|word| plain.contains(word))
}

/// `甲方：王五 13800138000`: a party that no column names. A company with its telephone is no
/// signer, unless somebody is named who signs for it.
fn party_above(head: &Head<'_>, chosen: &Mapping, said: bool) -> Option<Rule> {
    let is_there = |party: usize| {
        let is_it = |target: &Target| {
            matches!(target, Target::Field { field, index: Some(index) }
            if field.level == Level::Approver && *index == party)
        };
        chosen.targets.iter().any(is_it)
    };
    let names_a_party = |row: &u32| {
        let texts = head.texts(*row);
        let line: String = texts.iter().map(|text| plain_letters(text)).collect();
        let has_number = texts.iter().any(|text| is_persons_number(text)) || has_mobile_within(&line);
        if !has_number {
            return false;
        }
        let party = PARTIES.iter().find(|(word, _)| line.starts_with(word)).map(|(_, party)| *party);
        let company = OF_A_COMPANY.iter().any(|word| line.contains(word))
            && !SIGNS_FOR_IT.iter().any(|word| line.contains(word));
        match party {
            _ if company => false,
            // A list of 乙方 alone has its people as the first signers.
            Some(party) => {
                !is_there(party) || chosen.headers.iter().all(|own| !own.contains(PARTIES[party].0))
            }
            None => line.split(|c: char| !c.is_alphanumeric()).any(names_a_counterparty),
        }
    };
    let row = head.numbers().filter(|row| *row < chosen.header_row).find(names_a_party)?;
    Some(Rule::PartyAbove { row, header: chosen.header_row, said })
}

/// Eleven digits in a row that begin as a mobile does.
fn has_mobile_within(text: &str) -> bool {
    text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 11 && digits.starts_with('1'))
}
