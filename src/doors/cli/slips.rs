//! Slips of the hand that would change what a command does: dashes that a word processor or an
//! input method has made of `--`.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{ArgMatches, Command};

use crate::text::Lang;
use crate::text::console::slips as words;

/// What looks like the dash of an option and is none.
fn is_odd_dash(letter: char) -> bool {
    matches!(
        letter,
        '\u{AD}' | '\u{2D7}' | '\u{58A}' | '\u{5BE}' | '\u{1400}' | '\u{1806}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2053}'
                | '\u{207B}'
                | '\u{208B}'
                | '\u{2212}'
                | '\u{23AF}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{2796}'
                | '\u{2E17}'
                | '\u{2E1A}'
                | '\u{2E3A}'
                | '\u{2E3B}'
                | '\u{2E40}'
                | '\u{301C}'
                | '\u{3030}'
                | '\u{30A0}'
                | '\u{30FC}'
                | '\u{FE31}'
                | '\u{FE32}'
                | '\u{FE58}'
                | '\u{FE63}'
                | '\u{FF0D}'
                | '\u{FF70}'
    )
}

/// Marks without width, and blanks, that come along when an option is copied.
fn is_unseen(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
}

/// The option that was meant by a word that begins with another dash than the ASCII one.
pub fn meant(word: &str) -> Option<String> {
    let seen = word.trim_start_matches(is_unseen);
    let rest = seen.trim_start_matches(|letter| letter == '-' || is_unseen(letter) || is_odd_dash(letter));
    let begin = &word[..word.len() - rest.len()];
    let odd = begin.contains(is_odd_dash) || (begin.contains('-') && !begin.starts_with('-'));
    if !odd {
        return None;
    }
    // Full-width letters and signs stand in the order of the ASCII ones.
    let plain = |letter: char| match u32::from(letter) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        _ => letter,
    };
    let rest: String = rest.chars().map(plain).collect();
    let dashes = if rest.chars().count() == 1 { "-" } else { "--" };
    Some(format!("{dashes}{rest}"))
}

/// Of a command line that clap has understood: an argument that was meant as an option.
pub fn in_arguments(command: &Command, matches: &ArgMatches, lang: Lang) -> Option<String> {
    let (name, own) = matches.subcommand()?;
    let positionals = command.find_subcommand(name)?.get_positionals();
    let mut words = positionals
        .filter_map(|argument| own.try_get_raw(argument.get_id().as_str()).ok()?)
        .flatten()
        .filter_map(|word| word.to_str());
    words.find_map(|word| Some(words::odd_dash(lang, word, &meant(word)?)))
}

/// Of one that it has not.
pub fn in_words(words: &[std::ffi::OsString], lang: Lang) -> Option<String> {
    let mut words = words.iter().skip(1).filter_map(|word| word.to_str());
    words.find_map(|word| Some(words::odd_dash(lang, word, &meant(word)?)))
}

/// What a flag takes, where its value was no such thing.
pub fn expected(error: &Error, lang: Lang) -> Option<String> {
    if !matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation) {
        return None;
    }
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else { return None };
    crate::text::help::expected(lang, argument.trim_start_matches('-').split(' ').next()?)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn dashes_that_are_none_are_named_with_what_was_meant() {
        for (word, right) in [
            ("——sandbox", "--sandbox"),
            ("—sandbox", "--sandbox"),
            ("–first", "--first"),
            ("－－sandbox", "--sandbox"),
            ("－－ｓａｎｄｂｏｘ", "--sandbox"),
            ("﹣v", "-v"),
            ("−−first=3", "--first=3"),
            ("——first＝3", "--first=3"),
            ("-–sandbox", "--sandbox"),
            ("‐‐again", "--again"),
            ("──again", "--again"),
            ("\u{200b}--sandbox", "--sandbox"),
            (" --sandbox", "--sandbox"),
        ] {
            assert_eq!(meant(word).as_deref(), Some(right), "{word}");
        }
        for word in ["--sandbox", "-v", "./——x.xlsx", "一月.xlsx", "a—b.xlsx", "", "-", " x.xlsx", "·x"]
        {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
