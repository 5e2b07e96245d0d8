//! The little of CSS that says what is seen: formats, lines through text, what is hidden.

use std::collections::HashMap;

use crate::table::cells::Raised;
use crate::table::markup::Tag;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// `mso-number-format`, its escapes resolved.
    pub format: Option<String>,
    pub struck: bool,
    pub hidden: bool,
    /// Above the line or below it.
    pub raised: Option<Raised>,
}

impl Look {
    fn add(&mut self, other: &Self) {
        if other.format.is_some() {
            self.format.clone_from(&other.format);
        }
        self.struck |= other.struck;
        self.hidden |= other.hidden;
        self.raised = other.raised.or(self.raised);
    }
}

/// By class (`.xl65`), by tag (`td`), by both (`td.xl65`).
#[derive(Default)]
pub struct Rules {
    looks: HashMap<String, Look>,
}

impl Rules {
    pub fn read(&mut self, css: &str) {
        const MOST: usize = 100_000;
        for rule in css.split('}') {
            let Some((selectors, declarations)) = rule.split_once('{') else { continue };
            let look = declared(declarations);
            if look == Look::default() {
                continue;
            }
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim_start_matches("<!--");
            for selector in selectors.split(',') {
                // Of what is nested only the innermost counts.
                let selector = selector.split_whitespace().last().unwrap_or_default().to_ascii_lowercase();
                if !selector.is_empty() && self.looks.len() < MOST {
                    self.looks.entry(selector).or_default().add(&look);
                }
            }
        }
    }

    pub fn look(&self, name: &[u8], tag: &Tag<'_>) -> Look {
        let mut look = Look::default();
        if !self.looks.is_empty() {
            let name = String::from_utf8_lossy(name);
            let mut add = |selector: &str| {
                if let Some(found) = self.looks.get(selector) {
                    look.add(found);
                }
            };
            add(&name);
            if let Some(classes) = tag.html("class") {
                for class in classes.split_whitespace() {
                    let class = class.to_ascii_lowercase();
                    add(&format!(".{class}"));
                    add(&format!("{name}.{class}"));
                }
            }
            if let Some(id) = tag.html("id") {
                add(&format!("#{}", id.to_ascii_lowercase()));
            }
        }
        if let Some(style) = tag.html("style") {
            look.add(&declared(&style));
        }
        look.hidden |= tag.html("hidden").is_some();
        look
    }
}

/// Of `a:b;c:d`, where a `;` in quotes separates nothing.
fn declared(css: &str) -> Look {
    let mut look = Look::default();
    let mut rest = css;
    while !rest.is_empty() {
        let end = end_of_declaration(rest);
        let declaration = rest.get(..end).unwrap_or_default();
        rest = rest.get(end + 1..).unwrap_or_default();
        let Some((property, value)) = declaration.split_once(':') else { continue };
        let plain = value.trim().to_ascii_lowercase();
        match property.trim().to_ascii_lowercase().as_str() {
            // As older programs call it.
            "mso-number-format" | "vnd.ms-excel.numberformat" => look.format = Some(unescaped(value.trim())),
            "text-decoration" | "text-decoration-line" => look.struck |= plain.contains("line-through"),
            "text-line-through" => look.struck |= plain != "none",
            "font-size" => look.hidden |= is_nothing(&plain),
            "vertical-align" => {
                look.raised = match plain.as_str() {
                    "super" => Some(Raised::Above),
                    "sub" => Some(Raised::Below),
                    _ => None,
                };
            }
            "opacity" => look.hidden |= is_nothing(&plain),
            "display" => look.hidden |= plain.starts_with("none"),
            "visibility" => look.hidden |= plain.starts_with("hidden") || plain.starts_with("collapse"),
            _ => {}
        }
    }
    look
}

/// `0`, `0pt`, `0.0%`.
fn is_nothing(plain: &str) -> bool {
    let number = plain.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    number.parse() == Ok(0.0)
}

fn end_of_declaration(css: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' | b'\'' if quote.is_none() => quote = Some(byte),
            byte if quote == Some(byte) => quote = None,
            b';' if quote.is_none() => return at,
            _ => {}
        }
    }
    css.len()
}

/// `"0\0022x\0022"` is `0"x"`: Excel writes four digits for a character that
/// would not stand there, and a backslash before others.
fn unescaped(value: &str) -> String {
    let value = value.trim_end_matches("!important").trim();
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
    let value = match quote {
        Some(quote) => value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)).unwrap_or(value),
        None => value,
    };
    let mut plain = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let code = after.get(..4).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let character = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        match character {
            Some(character) => {
                plain.push(character);
                rest = after.get(4..).unwrap_or_default();
            }
            None => {
                let next = after.chars().next();
                plain.extend(next);
                rest = after.get(next.map_or(0, char::len_utf8)..).unwrap_or_default();
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_say_what_is_seen() {
        let look = declared(
            r#"color:red;mso-number-format:"\#\,\#\#0\.00\0022元\0022\;\@";text-decoration:line-through"#,
        );
        assert_eq!(look.format.as_deref(), Some(r##"#,##0.00"元";@"##));
        assert!(look.struck && !look.hidden);
        assert_eq!(declared(r"mso-number-format:'\@'").format.as_deref(), Some("@"));
        assert_eq!(declared("mso-number-format:Short Date").format.as_deref(), Some("Short Date"));
        assert!(declared(" DISPLAY : none ").hidden);
        assert!(!declared("text-decoration:none;display:inline").struck);
    }

    #[test]
    fn rules_go_by_class_and_tag() {
        let mut rules = Rules::default();
        rules.read("<!-- /* x */ td\n{padding:1px;mso-number-format:General;}\n.xl1 {mso-number-format:\"\\@\";}\ntr.no, .gone {display:none} -->");
        assert_eq!(rules.looks.get("td").and_then(|look| look.format.as_deref()), Some("General"));
        assert_eq!(rules.looks.get(".xl1").and_then(|look| look.format.as_deref()), Some("@"));
        assert!(rules.looks["tr.no"].hidden && rules.looks[".gone"].hidden);
    }
}
