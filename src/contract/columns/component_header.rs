//! `填写:入职日期(日期)`: headers that name a component of the template.

use crate::contract::form_values::FormKind;
use crate::contract::notes::is_a_note;
use crate::contract::vocabulary::{FORM_DATES, FORM_NUMBERS, FORM_REQUIRED};

use super::letters::{in_one_line, plain_letters};
use super::target::Target;

/// The name behind `field:`, as the user wrote it; a line break that makes a header narrow
/// belongs to no name.
pub fn form_field(header: &str) -> Target {
    match literal_form_field(&in_one_line(header)) {
        Target::FormField(name) => Target::FormField(form_notes(&name).0.to_owned()),
        target => target,
    }
}

/// `【填写】岗位`, `填写（岗位）`.
pub fn bracketed_form_field(header: &str) -> Option<&str> {
    const BRACKETS: [(char, char); 5] = [('【', '】'), ('[', ']'), ('（', '）'), ('(', ')'), ('〔', '〕')];
    let header = header.trim();
    BRACKETS.iter().find_map(|(open, close)| {
        let before = header.strip_prefix(*open).and_then(|rest| rest.split_once(*close));
        let before = before.filter(|(word, _)| word.trim() == "填写").map(|(_, name)| name);
        let behind = || header.strip_prefix("填写")?.trim().strip_prefix(*open)?.strip_suffix(*close);
        let name = before.or_else(behind)?.trim();
        (!name.is_empty() && !is_a_note(&plain_letters(name))).then_some(name)
    })
}

pub fn literal_form_field(header: &str) -> Target {
    let after = header.char_indices().find(|(_, c)| matches!(c, ':' | '：' | '.'));
    match after {
        Some((at, colon)) => {
            // 填写::月薪 is no component called :月薪.
            let name = header[at + colon.len_utf8()..].trim_start_matches([':', '：']);
            let name = name.trim_matches(crate::domain::cell::is_space_like);
            if name.is_empty() { Target::Unknown } else { Target::FormField(name.to_owned()) }
        }
        None => Target::Unknown,
    }
}

/// What the notes behind a component's name say of its values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FormNotes {
    pub kind: FormKind,
    pub required: bool,
}

/// `入职日期(日期)(必填)` -> the name and what the notes say. Other brackets belong to the name.
pub fn form_notes(name: &str) -> (&str, FormNotes) {
    let mut notes = FormNotes::default();
    let mut name = name.trim_end_matches(crate::domain::cell::is_space_like);
    loop {
        // A star is how people mark what must be filled in.
        let bare = name.trim_end_matches(['*', '＊']);
        if bare.len() < name.len() && !bare.trim().is_empty() {
            notes.required = true;
            name = bare.trim_end_matches(crate::domain::cell::is_space_like);
        }
        let Some(inner) = name.strip_suffix([')', '）', '】']) else { break };
        let Some((before, note)) = inner.rsplit_once(['(', '（', '【']) else { break };
        let note = note.to_lowercase();
        let parts: Vec<&str> = note.split([',', '，', '、', '/', ';', '；']).map(str::trim).collect();
        let known = |part: &&str| {
            FORM_DATES.contains(part) || FORM_NUMBERS.contains(part) || FORM_REQUIRED.contains(part)
        };
        if before.is_empty() || !parts.iter().all(known) {
            break;
        }
        for part in parts {
            match part {
                part if FORM_DATES.contains(&part) => notes.kind = FormKind::Date,
                part if FORM_NUMBERS.contains(&part) => notes.kind = FormKind::Number,
                _ => notes.required = true,
            }
        }
        name = before.trim_end_matches(crate::domain::cell::is_space_like);
    }
    (name, notes)
}
