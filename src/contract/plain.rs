//! Values that are in order at the first look: most cells of most files. What is not
//! recognised here is looked at closely.

use crate::domain::field::Kind;

use super::texts::is_garbled;
use super::vocabulary::{
    BEHIND_WHOLE_NAMES, DITTO, NO_PART_OF_A_NAME, NO_PERSONS, PROMPTS, TITLES, WHAT_PEOPLE_ARE,
};

/// The longest of the words that people and programs write where there is nothing, in
/// characters: what is as short is looked at closely.
const SHORT: usize = 4;

/// What a text is made of.
#[derive(Default)]
struct Made {
    chinese: usize,
    letters: usize,
    digits: usize,
    /// `_` and `-`, not at the beginning.
    dashes: usize,
}

/// None: it has other characters.
fn made_of(text: &str) -> Option<Made> {
    let bytes = text.as_bytes();
    let mut made = Made::default();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'0'..=b'9' => {
                made.digits += 1;
                1
            }
            b'A'..=b'Z' | b'a'..=b'z' => {
                made.letters += 1;
                1
            }
            b'_' | b'-' if at > 0 => {
                made.dashes += 1;
                1
            }
            // From 一 (4E00) to the end of its block.
            0xE4 if bytes.get(at + 1).is_some_and(|next| *next >= 0xB8) => {
                made.chinese += 1;
                3
            }
            0xE5..=0xE9 => {
                made.chinese += 1;
                3
            }
            _ => return None,
        };
    }
    Some(made)
}

/// A part of it may be what a program has left: `_x000D_`, `锟斤拷`.
fn is_suspect(text: &str, made: &Made) -> bool {
    // 1900年1月0日 is how a program shows a date that there is not.
    let begins_a_year = matches!(text.as_bytes(), [b'1', b'8' | b'9', ..] | [b'0', b'0', ..]);
    if begins_a_year && ["1900年", "1899年", "0000年"].iter().any(|year| text.starts_with(year)) {
        return true;
    }
    // 北京市undefined区.
    if made.chinese > 0 && made.letters >= "null".len() {
        return true;
    }
    // 劳动合同-nan, 合同null.
    let is_last = |byte: &u8| matches!(byte, b'n' | b'N' | b'l' | b'L' | b'd' | b'D');
    if made.chinese > 0 && text.as_bytes().last().is_some_and(is_last) {
        return true;
    }
    // undefined年undefined月 and NaN元.
    if matches!(text.as_bytes().first(), Some(b'n' | b'N' | b'u' | b'U'))
        && (made.digits == 0 || made.chinese > 0)
    {
        return true;
    }
    (made.dashes > 0 && text.as_bytes().windows(2).any(|pair| pair == b"_x"))
        || (made.chinese > 0 && (text.contains(['锟', '斤']) || is_garbled(text)))
}

/// Whether a text is a value of that kind just as it stands, with nothing to tell.
pub fn is_value(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Mobile => match text.as_bytes() {
            [b'1', b'3'..=b'9', rest @ ..] => rest.len() == 9 && rest.iter().all(u8::is_ascii_digit),
            _ => false,
        },
        Kind::IdNumber => match text.as_bytes().split_last() {
            Some((last, rest)) => {
                rest.len() == 17
                    && rest.iter().all(u8::is_ascii_digit)
                    && (last.is_ascii_digit() || *last == b'X')
            }
            None => false,
        },
        Kind::TemplateId => {
            text.len() == 32
                && made_of(text).is_some_and(|made| made.letters > 0 && made.letters + made.digits == 32)
        }
        Kind::PersonName => {
            // Two to four characters may be a word that says that there is no name.
            made_of(text).is_some_and(|made| {
                let only = made.letters + made.digits + made.dashes == 0;
                only && (2..=SHORT).contains(&made.chinese)
                    && !is_suspect(text, &made)
                    && !super::texts::is_placeholder_word(text)
                    && !PROMPTS.contains(&text)
                    && !DITTO.contains(&text)
                    && !super::texts::says_of_its_contract(text)
                    && !NO_PART_OF_A_NAME
                        .iter()
                        .chain(TITLES)
                        .chain(NO_PERSONS)
                        .chain(BEHIND_WHOLE_NAMES)
                        .any(|word| text.ends_with(word))
                    && !text.ends_with('某')
                    && (made.chinese < SHORT || !WHAT_PEOPLE_ARE.iter().any(|word| text.starts_with(word)))
            })
        }
        // A number with a letter is what somebody has made up; of digits alone or of
        // letters alone it may be what a program has left.
        Kind::Key => {
            text.len() <= 64
                && text.ends_with(|c: char| c.is_ascii_alphanumeric())
                && !text.as_bytes().windows(3).any(|own| own.eq_ignore_ascii_case(b"xxx"))
                && made_of(text).is_some_and(|made| {
                    made.chinese == 0 && made.letters > 0 && made.digits > 0 && !is_suspect(text, &made)
                })
        }
        Kind::FlowName { limit } => {
            text.len() <= limit.min(300)
                && made_of(text).is_some_and(|made| {
                    let mixed = made.chinese > 0 || (made.letters > 0 && made.digits > 0);
                    mixed && made.chinese + made.letters + made.digits > SHORT && !is_suspect(text, &made)
                })
        }
        _ => false,
    }
}

/// The same for a form field.
pub fn is_form_value(text: &str) -> bool {
    made_of(text).is_some_and(|made| {
        let mixed = made.chinese > 0 && made.chinese + made.letters + made.digits > SHORT;
        let whole = made.chinese + made.letters + made.dashes == 0 && made.digits < 15;
        // 3000改为3200.
        let may_be_corrected = made.digits > 1 && text.contains(['改', '整']);
        (mixed && !may_be_corrected && !is_suspect(text, &made)) || whole
    })
}
