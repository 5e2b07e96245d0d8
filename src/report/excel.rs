//! What Excel takes in a cell, a link and a sheet's name.

use unicode_width::UnicodeWidthStr as _;

use crate::domain::link::is_link;

const MOST_LINK_LETTERS: usize = 2_000;
const MOST_NAME_UNITS: usize = 31;
/// Longer texts are cut at the eye, not in the cell.
const MOST_LINES: usize = 12;

/// Whether a link leads where it seems to lead, and Excel takes it.
pub fn may_be_opened(url: &str) -> bool {
    is_link(url) && url.starts_with("https://") && url.encode_utf16().count() <= MOST_LINK_LETTERS
}

/// Lines that a text takes in a column of so many letters.
pub fn lines_of(text: &str, letters: usize) -> usize {
    let lines = text.lines().map(|line| line.width().div_ceil(letters.max(1)).max(1));
    lines.sum::<usize>().clamp(1, MOST_LINES)
}

/// At most that many units as Excel counts letters.
pub fn cut(text: &str, most: usize) -> &str {
    // A letter of UTF-8 has at least as many bytes as units of UTF-16.
    if text.len() <= most {
        return text;
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, letter)| {
        units += letter.len_utf16();
        units > most
    });
    end.and_then(|(at, _)| text.get(..at)).unwrap_or(text)
}

/// `Name`, `Name (2)`: without what Excel does not take in it.
pub fn sheet_name(wanted: &str, number: usize) -> String {
    let plain: String = wanted
        .chars()
        .map(|letter| {
            if matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || letter.is_control() {
                '_'
            } else {
                letter
            }
        })
        .collect();
    let plain = plain.trim_matches('\'').trim();
    let plain = if plain.is_empty() { "Sheet1" } else { plain };
    let end = if number == 1 { String::new() } else { format!(" ({number})") };
    format!("{}{end}", cut(plain, MOST_NAME_UNITS - end.len()).trim_end_matches('\''))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_letters() {
        assert_eq!(cut("abc", 2), "ab");
        assert_eq!(cut("中文字", 2), "中文");
        assert_eq!(cut("a😀b", 2), "a");
        assert_eq!(cut("中文", 5), "中文");
    }

    #[test]
    fn only_a_link_that_leads_where_it_seems_to_is_one() {
        assert!(may_be_opened("https://example.cn/confirm?page=1&a=@") && may_be_opened("https://a.cn"));
        for no in [
            "http://a.cn", "https://", "https://a.cn@b.cn/", "https://a:b@c/", "https://a.cn\\@b",
            "https://a b",
        ] {
            assert!(!may_be_opened(no), "{no}");
        }
    }

    #[test]
    fn sheet_names_are_what_excel_takes() {
        assert_eq!(sheet_name("2026/1:[a]", 1), "2026_1__a_");
        assert_eq!(sheet_name("'x'", 2), "x (2)");
        assert_eq!(sheet_name("", 1), "Sheet1");
        assert_eq!(sheet_name(&"字".repeat(40), 3).chars().count(), 31);
    }
}
