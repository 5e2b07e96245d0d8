//! What `&amp;` and its like stand for.

use std::borrow::Cow;

use crate::table::file_errors::{Result, damaged};

/// The value of an attribute: what is no reference after all stands as it is.
pub fn resolved(raw: &[u8]) -> Cow<'_, str> {
    let plain = String::from_utf8_lossy(raw);
    if !plain.contains('&') {
        return plain;
    }
    let mut text = String::new();
    push_references(&mut text, &plain, false, &mut |name| named(name));
    Cow::Owned(text)
}

/// Adds text of XML, its references resolved and its line ends as `\n`. Entities that a
/// file defines for itself stand for nothing here: no office program needs them, and
/// bombs are made of them.
pub fn push_text(text: &mut String, raw: &[u8]) -> Result<()> {
    let plain = String::from_utf8_lossy(raw);
    if memchr::memchr2(b'&', b'\r', raw).is_none() {
        text.push_str(&plain);
        return Ok(());
    }
    let mut unknown = false;
    let plain = plain.replace("\r\n", "\n").replace('\r', "\n");
    push_references(text, &plain, false, &mut |name| {
        let character = named(name).filter(|_| ["amp", "lt", "gt", "quot", "apos"].contains(&name));
        unknown |= character.is_none();
        character
    });
    if unknown { Err(damaged("entity")) } else { Ok(()) }
}

/// The same for HTML, where what is no reference is text.
pub fn push_html(text: &mut String, raw: &[u8]) {
    push_references(text, &String::from_utf8_lossy(raw), true, &mut |name| named(name));
}

/// Without the `;` that pages of old programs lack: the few names that HTML knows so, and numbers. Its length
/// is that of what it takes.
fn unended(after: &str) -> Option<(char, usize)> {
    if let Some(digits) = after.strip_prefix('#') {
        let hex = digits.strip_prefix(['x', 'X']);
        let digits = hex.unwrap_or(digits);
        let is_digit = |c: char| if hex.is_some() { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
        let end = digits.find(|c| !is_digit(c)).unwrap_or(digits.len());
        let length = after.len() - digits.len() + end;
        return Some((numbered(after.get(..length)?)?, length));
    }
    const NAMES: [&str; 16] = [
        "nbsp", "amp", "lt", "gt", "quot", "copy", "reg", "yen", "middot", "times", "deg", "sup2", "sup3",
        "plusmn", "divide", "para",
    ];
    let name = NAMES.iter().find(|name| after.starts_with(**name))?;
    Some((named(name)?, name.len()))
}

fn push_references(
    text: &mut String,
    plain: &str,
    is_html: bool,
    known: &mut dyn FnMut(&str) -> Option<char>,
) {
    /// No name of an entity is longer.
    const LONGEST: usize = 32;
    let mut rest = plain;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        rest = after;
        let end = after.bytes().take(LONGEST).position(|byte| byte == b';');
        let name = end.and_then(|end| after.get(..end)).filter(|name| !name.is_empty());
        let is_name = |name: &&str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        let character = match name.filter(is_name) {
            Some(name) if name.starts_with('#') => numbered(name),
            Some(name) => known(name),
            None => None,
        };
        match (character, name) {
            (Some(character), Some(name)) => {
                text.push(character);
                rest = after.get(name.len() + 1..).unwrap_or_default();
            }
            _ => match unended(after) {
                Some((character, length)) if is_html => {
                    text.push(character);
                    rest = after.get(length..).unwrap_or_default();
                }
                _ => text.push('&'),
            },
        }
    }
    text.push_str(rest);
}

/// `#20013`, `#x4E2D`.
fn numbered(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    };
    number.and_then(char::from_u32)
}

/// `yen`, `sup2`: the names of HTML 5, but for the few that stand for two characters.
fn named(name: &str) -> Option<char> {
    let mut characters = quick_xml::escape::resolve_html5_entity(name)?.chars();
    characters.next().filter(|_| characters.next().is_none())
}
