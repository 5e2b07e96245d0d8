//! The texts that cells share, and texts of several runs wherever they stand.

use std::io::Read;

use crate::table::Limits;
use crate::table::cells::{Raised, Strokes, out_of_line};
use crate::table::file_errors::{Result, too_large};
use crate::table::markup::{Markup, Token, push_text};
use crate::table::package::Package;

pub type SharedStrings = Vec<Shared>;

pub struct Shared {
    pub text: Box<str>,
    pub strokes: Strokes,
}

pub fn read(package: &mut Package, part: &str, limits: &Limits) -> Result<SharedStrings> {
    /// Of a string: what it is kept in, and the smallest allocation for its text.
    const EACH: u64 = 24 + 16;
    let mut strings = Vec::new();
    let Some(mut markup) = package.markup(part, limits.max_part_bytes, limits)? else {
        return Ok(strings);
    };
    let mut held = 0;
    let mut text = String::new();
    loop {
        match markup.next()? {
            Token::Start(tag) if tag.name == b"si" => {
                let strokes = rich_text(&mut markup, b"si", &mut text, limits)?;
                held += EACH + text.len() as u64;
                if held > limits.max_held_bytes {
                    return Err(too_large("memory", held, limits.max_held_bytes));
                }
                strings.push(Shared { text: text.as_str().into(), strokes });
            }
            Token::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of an `<si>` or `<is>` that was just started, in `text`. How a word is
/// pronounced (`<rPh>`) is none of it.
pub fn rich_text<R: Read>(
    markup: &mut Markup<R>,
    name: &[u8],
    text: &mut String,
    limits: &Limits,
) -> Result<Strokes> {
    text.clear();
    let mut strokes = Strokes::default();
    let (mut in_text, mut phonetic) = (false, false);
    let mut struck = None;
    // Whether the run stands above the line or below it; None: it stands on it.
    let mut raised = None;
    let mut runs = Vec::new();
    // Where the text of this run begins.
    let mut start = 0;
    loop {
        match markup.next()? {
            Token::Start(tag) => match tag.name {
                b"t" => in_text = !phonetic,
                b"r" => (struck, raised) = (None, None),
                b"rPr" => struck = Some(false),
                b"strike" if struck.is_some() => {
                    struck = Some(tag.raw("val").is_none() || tag.is_true("val"))
                }
                b"vertAlign" if struck.is_some() => raised = Raised::of(tag.get("val").as_deref()),
                b"rPh" => phonetic = true,
                _ => {}
            },
            Token::Text(raw) if in_text => push_text(text, raw)?,
            Token::Raw(raw) if in_text => text.push_str(&String::from_utf8_lossy(raw)),
            Token::End(b"t") if in_text => {
                in_text = false;
                if let Some(raised) = raised {
                    runs.push((start, text.len(), raised));
                }
                strokes.add(text.get(start..).unwrap_or_default(), struck);
                start = text.len();
            }
            Token::End(b"r") => (struck, raised) = (None, None),
            Token::End(b"rPh") => phonetic = false,
            Token::End(end) if end == name => break,
            Token::Eof => break,
            _ => {}
        }
        if text.len() as u64 > limits.max_cell_bytes {
            return Err(too_large("cell", text.len() as u64, limits.max_cell_bytes));
        }
    }
    if !runs.is_empty() {
        *text = out_of_line(text, &runs).into_owned();
    }
    unescape(text);
    Ok(strokes)
}

/// `_x000D_` is a carriage return: characters that XML cannot hold are written so.
pub fn unescape(text: &mut String) {
    if !text.contains("_x") {
        return;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("_x") {
        plain.push_str(before);
        let code = after.get(..5).and_then(|code| code.strip_suffix('_'));
        let digits = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let character = digits.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                plain.push(character);
                rest = after.get(5..).unwrap_or_default();
            }
            None => {
                plain.push_str("_x");
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    *text = plain;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_characters_are_read_once() {
        for (escaped, plain) in [
            ("a_x000D_b", "a\rb"),
            ("_x005F_x000D_", "_x000D_"),
            ("a_x4E2D__x6587_", "a中文"),
            ("my_xray_x12", "my_xray_x12"),
            ("_xD800_", "_xD800_"),
        ] {
            let mut text = escaped.to_owned();
            unescape(&mut text);
            assert_eq!(text, plain);
        }
    }
}
