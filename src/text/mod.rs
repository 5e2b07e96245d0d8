//! Every fact of `domain` as a user sees it, in Chinese and English side by side; failures of other rooms
//! are in `messages`.
//!
//! Facts come in (`Problem`, `FileError`, an error code), words go out. Both
//! languages stand in the same place, so that neither can be forgotten: `say!`
//! makes a sentence, `words!` what is wrong and what to do about it. A test in
//! `tests/architecture.rs` sees to it that no other room speaks Chinese.

pub mod book;
pub mod codes;
pub mod console;
pub mod files;
pub mod folder;
pub mod help;
pub mod html_report;
pub mod init;
pub mod network;
pub mod problems;
mod questions;
mod remarks;
pub mod report;
mod say;
pub mod signing;
pub mod template;
pub mod templates;

pub(crate) use say::{say, several, words};

/// Characters that act on a terminal, or turn text around, instead of being shown.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text for a terminal or a log: what cells, names, links and answers hold can neither
/// move its cursor nor turn its lines around.
pub fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    let bad = |c: char| acts(c) && !matches!(c, '\n' | '\t');
    match text.contains(bad) {
        true => text.replace(bad, "\u{FFFD}").into(),
        false => text.into(),
    }
}

/// A JSON document with the same characters as escapes: programs get them as they are.
pub fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        match acts(c) && c != '\n' {
            true => escaped.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => escaped.push(c),
        }
    }
    escaped
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    #[default]
    Zh,
    En,
}

impl Lang {
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase();
        match name.get(..2).unwrap_or_default() {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// One of two fixed words, such as headers. Sentences are made with `say!`.
    pub fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// What is wrong, and what to do about it: two short sentences.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pub what: String,
    pub todo: String,
}

impl Words {
    pub fn new(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { what: what.into(), todo: todo.into() }
    }

    /// Both in one line.
    pub fn line(&self, lang: Lang) -> String {
        let Self { what, todo } = self;
        let ends = lang.pick("？。！", "?.!");
        if todo.is_empty() {
            what.clone()
        } else if what.ends_with(|last| ends.contains(last)) {
            say!(lang, "{what}{todo}", "{what} {todo}")
        } else {
            say!(lang, "{what}。{todo}", "{what}. {todo}")
        }
    }
}
