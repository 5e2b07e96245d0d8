//! Names for contracts' documents that every platform takes. Pure.

use std::collections::HashSet;

/// Letters, and bytes in UTF-8: with `.pdf` and a number some file systems take 255.
const MOST_LETTERS: usize = 100;
const MOST_BYTES: usize = 200;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
const NUMBERED: [&str; 2] = ["COM", "LPT"];

/// What a contract's document is called, without `.pdf`: its number and its name.
pub fn stem(key: Option<&str>, name: &str, flow_id: &str) -> String {
    let whole = match key.map(str::trim).filter(|key| !key.is_empty()) {
        Some(key) if name.trim().is_empty() || name.contains(key) => {
            safe(if name.contains(key) { name } else { key })
        }
        Some(key) => safe(&format!("{} {}", key, name.trim())),
        None => safe(name),
    };
    if whole.is_empty() { safe(flow_id) } else { whole }
}

/// Only what any file system takes, and what cannot be mistaken for something else.
fn safe(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| match c {
            '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
            c if c.is_control() => '_',
            // Marks of direction, and characters without width.
            '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => '_',
            c => c,
        })
        .collect();
    let mut short = String::new();
    for c in plain.trim().chars().take(MOST_LETTERS) {
        if short.len() + c.len_utf8() > MOST_BYTES {
            break;
        }
        short.push(c);
    }
    // Windows drops them; a dot at the beginning hides a file elsewhere.
    let bare = short.trim_end_matches(['.', ' ']).trim_start_matches('.').trim();
    match is_device(bare) {
        true => format!("_{bare}"),
        false => bare.to_owned(),
    }
}

fn is_device(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or_default().trim().to_uppercase();
    let numbered = |device: &str| {
        first.strip_prefix(device).is_some_and(|rest| {
            let mut letters = rest.chars();
            matches!((letters.next(), letters.next()), (Some('0'..='9' | '¹' | '²' | '³'), None))
        })
    };
    DEVICES.contains(&first.as_str()) || NUMBERED.iter().any(|device| numbered(device))
}

/// Names that were given, whatever their case.
#[derive(Default)]
pub struct Taken(HashSet<String>);

impl Taken {
    /// `NAME.pdf`, or `NAME (2).pdf`, the first that nobody has.
    pub fn name(&mut self, stem: &str) -> String {
        let mut number = 1;
        loop {
            let name = if number == 1 { format!("{stem}.pdf") } else { format!("{stem} ({number}).pdf") };
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
            number += 1;
        }
    }

    pub fn add(&mut self, name: &str) {
        self.0.insert(name.to_lowercase());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_on_every_platform() {
        for (key, name, expected) in [
            (Some("HT-0001"), "劳动合同", "HT-0001 劳动合同"),
            (Some("HT-0001"), "劳动合同_HT-0001", "劳动合同_HT-0001"),
            (Some("HT-0001"), "", "HT-0001"),
            (None, "劳动合同", "劳动合同"),
            (None, "../../etc/passwd", "_.._etc_passwd"),
            (None, "a<b>:c\"|?*\\d", "a_b__c_____d"),
            (None, "a\u{202E}fdp.exe", "a_fdp.exe"),
            (None, "name. . ", "name"),
            (None, "con", "_con"),
            (None, "LPT1.x", "_LPT1.x"),
            (None, "COM10", "COM10"),
            (None, " . ", "f1"),
            (None, "", "f1"),
        ] {
            assert_eq!(stem(key, name, "f1"), expected, "{key:?} {name}");
        }
        assert!(stem(None, &"字".repeat(300), "f1").len() <= MOST_BYTES);
    }

    #[test]
    fn doubles_are_kept_apart_whatever_their_case() {
        let mut taken = Taken::default();
        assert_eq!(taken.name("a"), "a.pdf");
        assert_eq!(taken.name("A"), "A (2).pdf");
        taken.add("b.PDF");
        assert_eq!(taken.name("B"), "B (2).pdf");
    }
}
