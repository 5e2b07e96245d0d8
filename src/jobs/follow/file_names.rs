//! Names for contracts' documents that every platform takes. Pure.

use std::collections::{HashMap, HashSet};

/// Letters, and bytes in UTF-8: with `.pdf` and a number some file systems take 255.
const MOST_LETTERS: usize = 100;
const MOST_BYTES: usize = 200;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];
const NUMBERED: [&str; 2] = ["COM", "LPT"];

/// What contracts' documents are called, without `.pdf`, each with its number, its name and its
/// FlowId. Where that tells no contract of the job from another one its FlowId stands behind it.
pub fn stems<'c>(contracts: impl Iterator<Item = (Option<&'c str>, &'c str, &'c str)>) -> Vec<String> {
    let all: Vec<(String, &str)> = contracts.map(|(key, name, id)| (stem(key, name, id), id)).collect();
    let mut times: HashMap<String, u32> = HashMap::new();
    all.iter().for_each(|(stem, _)| *times.entry(stem.to_lowercase()).or_default() += 1);
    let is_shared = |stem: &String| times.get(&stem.to_lowercase()).is_some_and(|times| *times > 1);
    let own = all.iter().map(|(stem, id)| match is_shared(stem) && stem != id {
        true => format!("{stem} {}", safe(id)),
        false => stem.clone(),
    });
    own.collect()
}

/// What one contract's document is called: by its number and its name.
fn stem(key: Option<&str>, name: &str, flow_id: &str) -> String {
    let whole = match key.map(str::trim).filter(|key| !key.is_empty()) {
        Some(key) if name.trim().is_empty() => safe(key),
        // Of a long name the end is left out, and with it the number might be.
        Some(key) if safe(name).contains(&safe(key)) => safe(name),
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
    fn a_number_is_never_cut_off_and_who_shares_a_name_is_told_apart() {
        let long = format!("{} HT-0001", "字".repeat(200));
        assert!(stem(Some("HT-0001"), &long, "f1").starts_with("HT-0001 字"));
        let contracts = [
            (None, "劳动合同", "f1"),
            (None, "劳动合同", "f2"),
            (Some("a"), "b", "f3"),
            (Some("A"), "B", "f4"),
            (None, "c", "f5"),
        ];
        let expected = ["劳动合同 f1", "劳动合同 f2", "a b f3", "A B f4", "c"];
        assert_eq!(stems(contracts.into_iter()), expected);
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
