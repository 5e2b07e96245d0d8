//! Values that are in order at the first look: most cells of most files. What is not
//! recognised here is looked at closely.

use std::sync::LazyLock;

use crate::domain::field::Kind;

use super::texts::is_garbled;
use super::vocabulary::{BEHIND_WHOLE_NAMES, DITTO, LEFT_OVERS, NO_PART_OF_A_NAME, PROMPTS, WHAT_PEOPLE_ARE};

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
    if made.chinese > 0 && made.dashes > 1 && made.digits >= "19000100".len() && text.contains("1900") {
        return true;
    }
    if made.chinese > 0 && is_left_in_chinese(text) {
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
        || (made.chinese > 0 && (text.contains(['锟', '斤', '烫', '屯']) || is_garbled(text)))
}

/// 数据加载中, 请输入金额, 和上面一样: all of it is what a program or a form has left, or what points at another cell.
fn is_left_in_chinese(text: &str) -> bool {
    /// The words in order, and for each letter that one of them begins with, a bit.
    struct Words {
        sorted: Vec<&'static str>,
        begin: Vec<u64>,
    }
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let lists = [LEFT_OVERS, PROMPTS, DITTO];
        let mut sorted: Vec<&'static str> = lists.into_iter().flatten().copied().collect();
        sorted.sort_unstable();
        let mut begin = vec![0; 1 + usize::from(u16::MAX) / 64];
        for letter in sorted.iter().filter_map(|word| word.chars().next()) {
            let at = letter as usize;
            begin.get_mut(at / 64).into_iter().for_each(|bits: &mut u64| *bits |= 1 << (at % 64));
        }
        Words { sorted, begin }
    });
    let Some(first) = text.chars().next().map(|letter| letter as usize) else { return false };
    let words = &*WORDS;
    words.begin.get(first / 64).is_some_and(|bits| bits & (1 << (first % 64)) != 0)
        && words.sorted.binary_search(&text).is_ok()
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
                    && !super::texts::says_of_its_contract(text)
                    && !NO_PART_OF_A_NAME.iter().chain(BEHIND_WHOLE_NAMES).any(|word| text.ends_with(word))
                    && super::texts::title_of(text).is_none()
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

#[cfg(test)]
mod tests {
    use super::super::dates::Clock;
    use super::super::form_values::parse_form_value_closely;
    use super::super::values::{Parsed, parse_closely};
    use super::super::vocabulary::words_in_cells;
    use super::*;
    use crate::domain::cell::Cell;

    #[test]
    fn what_is_in_order_at_the_first_look_is_so_at_the_second() {
        let clock = Clock { now: jiff::Timestamp::UNIX_EPOCH, zone: jiff::tz::TimeZone::UTC };
        let (mut first, mut differ) = (0, Vec::new());
        let mut compare = |what: String, text: &str, parsed: Parsed| {
            first += 1;
            let value = parsed.value.as_ref().and_then(|own| own.as_str());
            if !parsed.rules.is_empty() || value != Some(text) {
                differ.push(format!("{what} {text}: {:?}", parsed.rules));
            }
        };
        let rest = ["", "张", "张三", "李小四", "A1", "劳动合同2026", "13800138000"];
        for word in words_in_cells() {
            for text in rest.iter().flat_map(|rest| [format!("{rest}{word}"), format!("{word}{rest}")]) {
                for kind in [
                    Kind::PersonName,
                    Kind::Key,
                    Kind::FlowName { limit: 200 },
                    Kind::Mobile,
                    Kind::IdNumber,
                    Kind::TemplateId,
                ] {
                    if is_value(kind, &text) {
                        let parsed = parse_closely(kind, &Cell::text_of(&text), &clock);
                        compare(format!("{kind:?}"), &text, parsed);
                    }
                }
                if is_form_value(&text) {
                    compare("field:X".to_owned(), &text, parse_form_value_closely(&Cell::text_of(&text)));
                }
            }
        }
        assert!(differ.is_empty(), "{}", differ.join("\n"));
        assert!(first > 300, "only {first} were in order at the first look");
    }
}
