//! Who may use whom. Read the table; the rest of this file holds the tree to it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A room, and the rooms that it may use. Data goes down; two rooms of one
/// storey never know each other.
const MAY_USE: &[(&str, &str)] = &[
    // doors: parse, call a use case, print
    (
        "doors",
        "doctor watch notify metrics jobs settings sandbox messages template text report runner intake journal essbasic pace table contract platform domain",
    ),
    // whether an installation is well: looks at what every door stands on, and does nothing
    ("doctor", "settings essbasic journal pace platform domain"),
    // a folder in a door's stead: calls the use cases file by file, and moves what they have
    // dealt with; `essbasic` and `pace` are none of its business
    ("watch", "notify jobs settings messages text report runner intake journal platform domain"),
    // tells people of a job: the proxy's rules are `essbasic`'s, everything else is its own
    ("notify", "settings messages text essbasic domain"),
    // numbers for whoever looks after an installation: what a run tells, and how all jobs stand
    // A lock says who writes the file.
    ("metrics", "jobs runner journal platform domain"),
    // use cases, and what they are configured by
    ("jobs", "settings intake runner report text table contract essbasic pace journal platform domain"),
    ("settings", "runner contract essbasic platform domain"),
    // what a use case is made of
    ("intake", "table contract journal domain"),
    ("runner", "essbasic pace journal platform domain"),
    // `table`: reads back what a person has ticked in a workbook of ours
    ("report", "text table journal platform domain"),
    ("template", "text domain"),
    // what those stand on: none of them knows another
    ("table", "platform domain"),
    ("contract", "domain"),
    ("essbasic", "domain"),
    ("pace", "platform domain"),
    ("journal", "platform domain"),
    ("domain", ""),
    // the operating system: knows no contracts
    ("platform", ""),
    // what went wrong in the rooms that do something, in words; they do not know of it
    ("messages", "doctor settings runner report text essbasic pace journal domain"),
    // every fact of `domain` in words, so that any room may say it
    ("text", "domain"),
    // the stand-in: a stranger to the client, and only a door starts it
    ("sandbox", ""),
];

/// Files whose results depend on nothing but their arguments.
const PURE: &[&str] = &[
    "contract/", "doctor/findings.rs", "domain/", "essbasic/callbacks.rs", "essbasic/faults.rs",
    "essbasic/page.rs", "essbasic/proxy.rs", "essbasic/tc3.rs", "jobs/follow/file_names.rs",
    "pace/controller.rs", "pace/folder.rs", "notify/bodies.rs", "jobs/reconcile/days.rs", "journal/model.rs",
    "journal/sqlite/members.rs", "runner/core/", "watch/book.rs", "watch/looks.rs", "watch/moves.rs",
    "watch/names.rs", "watch/page.rs", "watch/verdict.rs",
];

/// Where Chinese stands in the code, and why. Everywhere else a sentence would be
/// one that a translator does not find.
const CHINESE: &[(&str, &str)] = &[
    ("text/", "every sentence a user sees"),
    ("messages/", "failures in words"),
    ("domain/codes.rs", "the meaning of each code stands beside its verdict: one table"),
    ("runner/core/inquiry.rs", "quotes and brackets of the API's messages"),
    ("doors/cli/chinese.rs", "headings in the help of clap, which is Chinese or English as a whole"),
    ("domain/identity.rs", "year, month and day in a date that is made plain"),
    ("domain/field.rs", "what the user's columns and choices are called"),
    ("contract/", "what the user writes into headers and cells"),
    ("intake/", "rows that are no contracts: totals, notes, page numbers"),
    ("report/api_code_columns.rs", "prefixes and brackets of the user's headers"),
    ("report/rows.rs", "brackets of the user's headers"),
    ("report/csv.rs", "full-width signs that begin a formula"),
    ("sandbox/", "what the API itself finds wrong in a placeholder"),
    ("table/errors.rs", "an error as a Chinese LibreOffice shows it"),
    ("table/format/", "number formats, names of days and numerals as a Chinese Excel has them"),
];

/// What a pure file never says.
const IMPURE: &[&str] = &[
    "std::fs", "std::env", "std::net", "std::process", "tokio::", "SystemTime::now", "Instant::now",
    "Timestamp::now", "Zoned::now", "fastrand::", "getrandom::", "rustix::", "platform::clock",
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file below `dir`, by its path from `src`, without its tests and comments.
fn files() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![source()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(source()).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && !is_test(&name) {
                found.insert(name, without_tests_and_comments(&fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 50, "the tree was found");
    found
}

/// Files that their rooms include for tests only.
fn is_test(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap();
    let only_for_tests = ["simulation.rs", "scripted.rs", "properties.rs"];
    file.ends_with("tests.rs") || name.contains("/tests/") || only_for_tests.contains(&file)
}

fn without_tests_and_comments(text: &str) -> String {
    let mut kept = String::new();
    for line in text.lines() {
        // Tests of a file stand at its end; `#[cfg(test)] mod tests;` is one line and harmless.
        if line == "mod tests {" {
            break;
        }
        let code = line.split_once("//").map_or(line, |(code, _)| code);
        kept.push_str(code);
        kept.push('\n');
    }
    kept
}

/// The rooms that a text names: `use crate::{a::B, c}`, `crate::a::B`.
fn rooms_used(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for after in text.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            None => drop(rooms.insert(word(after))),
            Some(group) => {
                let mut depth = 0;
                let mut at_start = true;
                for (index, letter) in group.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => at_start = true,
                        _ if at_start && letter.is_alphabetic() => {
                            rooms.insert(word(&group[index..]));
                            at_start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    rooms
}

fn word(text: &str) -> String {
    text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect()
}

fn room_of(file: &str) -> &str {
    let room = file.split('/').next().unwrap();
    room.strip_suffix(".rs").unwrap_or(room)
}

/// The rooms that a file uses against the table.
fn against_the_rule(file: &str, text: &str) -> Vec<String> {
    let room = room_of(file);
    let allowed = MAY_USE.iter().find(|(name, _)| *name == room).map(|(_, allowed)| *allowed);
    let Some(allowed) = allowed else { return vec![format!("{file}: the room {room} is not in the table")] };
    rooms_used(text)
        .into_iter()
        .filter(|used| used != room && !allowed.split(' ').any(|own| own == used))
        .map(|used| format!("{file}: {room} must not use {used}"))
        .collect()
}

#[test]
fn every_room_uses_only_what_the_table_allows() {
    let found: Vec<String> = files()
        .iter()
        .filter(|(file, _)| !["lib.rs", "main.rs"].contains(&file.as_str()))
        .flat_map(|(file, text)| against_the_rule(file, text))
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Whoever takes away all rooms that use nobody, again and again, has taken away all of them.
#[test]
fn no_rooms_use_each_other_in_a_circle() {
    let mut left: BTreeMap<&str, BTreeSet<&str>> =
        MAY_USE.iter().map(|(room, uses)| (*room, uses.split_whitespace().collect())).collect();
    while let Some(free) = left.iter().find(|(_, uses)| uses.is_empty()).map(|(room, _)| *room) {
        left.remove(free);
        left.values_mut().for_each(|uses| uses.retain(|used| *used != free));
    }
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn the_table_has_no_edge_that_nobody_needs_and_no_room_that_is_not_there() {
    let lib = fs::read_to_string(source().join("lib.rs")).unwrap();
    let rooms: BTreeSet<String> =
        lib.lines().filter_map(|line| line.strip_prefix("pub mod ")).map(word).collect();
    let listed: BTreeSet<String> = MAY_USE.iter().map(|(room, _)| (*room).to_owned()).collect();
    assert_eq!(rooms, listed);
    // Doors and jobs stand above the rest and may look down at any time.
    let files = files();
    for (room, allowed) in MAY_USE.iter().filter(|(room, _)| !["doors", "jobs"].contains(room)) {
        let of_room = files.iter().filter(|(file, _)| room_of(file) == *room);
        let used: BTreeSet<String> = of_room.flat_map(|(_, text)| rooms_used(text)).collect();
        for edge in allowed.split(' ').filter(|edge| !edge.is_empty() && *edge != "domain") {
            assert!(used.contains(edge), "nobody in {room} uses {edge} any more");
        }
    }
}

#[test]
fn main_knows_the_command_line_only() {
    let main = fs::read_to_string(source().join("main.rs")).unwrap();
    assert_eq!(main.matches("flowbatch::").count(), main.matches("flowbatch::doors::cli::main").count());
    assert!(main.lines().count() <= 20);
}

#[test]
fn pure_files_take_time_and_chance_as_arguments() {
    let files = files();
    for pure in PURE {
        let meant: Vec<_> = files.iter().filter(|(file, _)| file.starts_with(pure)).collect();
        assert!(!meant.is_empty(), "{pure} is not there");
        for (file, text) in meant {
            for word in IMPURE {
                assert!(!text.contains(word), "{file} says {word}");
            }
        }
    }
}

#[test]
fn only_doors_start_the_sandbox_and_it_knows_nobody() {
    for (file, text) in files() {
        let uses = rooms_used(&text);
        match room_of(&file) {
            "sandbox" => assert!(uses.iter().all(|used| used == "sandbox"), "{file} uses {uses:?}"),
            "doors" => {}
            _ => assert!(!uses.contains("sandbox"), "{file} uses the sandbox"),
        }
    }
}

#[test]
fn chinese_stands_only_where_the_table_says() {
    let files: Vec<String> =
        files().into_iter().filter(|(_, text)| text.contains(is_chinese)).map(|(file, _)| file).collect();
    let elsewhere: Vec<&String> =
        files.iter().filter(|file| !CHINESE.iter().any(|(place, _)| file.starts_with(place))).collect();
    assert!(elsewhere.is_empty(), "Chinese outside src/text: {elsewhere:?}");
    for (place, why) in CHINESE {
        assert!(files.iter().any(|file| file.starts_with(place)), "no Chinese in {place} any more ({why})");
    }
}

/// Han characters, Chinese punctuation, full-width forms.
fn is_chinese(letter: char) -> bool {
    matches!(u32::from(letter), 0x2E80..=0x9FFF | 0xF900..=0xFAFF | 0xFF00..=0xFFEF | 0x2_0000..=0x3_FFFF)
}

#[test]
fn the_rule_would_notice() {
    assert!(
        "say 中".contains(is_chinese) && "say：".contains(is_chinese) && !"say · “x”…".contains(is_chinese)
    );
    for (file, text) in [
        ("journal/mod.rs", "use crate::runner::Reason;"),
        ("table/csv.rs", "use crate::{\n    domain::cell::Cell,\n    contract::{build, rules},\n};"),
        ("runner/mod.rs", "let words = crate::text::codes::explain(lang, code);"),
        ("runner/mod.rs", "use crate::sandbox::Sandbox;"),
        ("sandbox/mod.rs", "use crate::essbasic::tc3;"),
        ("newroom/mod.rs", ""),
    ] {
        assert_eq!(against_the_rule(file, text).len(), 1, "{file}: {text}");
    }
    assert!(against_the_rule("report/csv.rs", "use crate::{domain::job, journal::{a, b}};").is_empty());
    assert!(
        without_tests_and_comments("use crate::a; // crate::b\nmod tests {\nuse crate::c;").contains("a;")
    );
    assert_eq!(
        rooms_used(&without_tests_and_comments("x // crate::b\nmod tests {\ncrate::c")),
        BTreeSet::new()
    );
}

/// What a `CHECK (column IN (...))` or `CHECK (column = ... OR column = ...)` of a table allows.
fn allowed_by_schema(schema: &str, table: &str, column: &str) -> BTreeSet<String> {
    let table =
        schema.split(&format!("CREATE TABLE {table} (")).nth(1).unwrap().split("STRICT").next().unwrap();
    let checks = table.split("CHECK (").skip(1).map(|check| check.trim_start().strip_prefix(column));
    let list =
        checks.flatten().find(|check| check.starts_with([' ', '\n'])).unwrap().split("),").next().unwrap();
    list.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The states that a picture of docs/states.md draws.
fn drawn(picture: &str) -> BTreeSet<String> {
    picture
        .lines()
        .filter_map(|line| line.split_once("-->"))
        .flat_map(|(from, to)| [from.trim().to_owned(), to.split(':').next().unwrap().trim().to_owned()])
        .filter(|state| state != "[*]")
        .collect()
}

#[test]
fn the_pictures_of_states_are_those_of_the_schema() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let schema = fs::read_to_string(root.join("src/journal/sqlite/migrations/0001.sql")).unwrap();
    let states = fs::read_to_string(root.join("docs/states.md")).unwrap();
    let picture = |title: &str| -> BTreeSet<String> {
        let section = states.split(&format!("## {title}\n")).nth(1).unwrap();
        drawn(section.split("```mermaid").nth(1).unwrap().split("```").next().unwrap())
    };
    assert_eq!(picture("Job"), allowed_by_schema(&schema, "jobs", "state"));
    assert_eq!(picture("Chunk"), allowed_by_schema(&schema, "chunks", "state"));
    // An attempt is open until it has a verdict.
    let mut verdicts = allowed_by_schema(&schema, "attempts", "verdict");
    verdicts.insert("open".to_owned());
    assert_eq!(picture("Attempt"), verdicts);
    // A flow stands as its chunk does, but for what has a result of its own.
    let mut flows = allowed_by_schema(&schema, "flow_results", "state");
    flows.extend(["pending", "in_doubt"].map(str::to_owned));
    assert_eq!(picture("Flow"), flows);
}

/// Whoever runs flowbatch where nobody types has to know what may ask: docs/questions.md has
/// each question, by its code.
#[test]
fn every_question_stands_in_the_list_of_questions() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = fs::read_to_string(root.join("src/domain/problem/facts.rs")).unwrap();
    let part = |begin: &str, end: &str| {
        let from = &source[source.find(begin).unwrap()..];
        from[..from.find(end).unwrap()].to_owned()
    };
    let variant = |line: &str| {
        let (_, rest) = line.split_once("Self::")?;
        Some(rest.split(|c: char| !c.is_alphanumeric()).next()?.to_owned())
    };
    let severity = part("pub fn severity", "=> Severity::Question");
    let questions = &severity[severity.rfind("=> Severity::").unwrap()..];
    let questions: BTreeSet<String> = questions.lines().filter_map(variant).collect();
    assert!(questions.len() > 10, "{questions:?}");
    let list = fs::read_to_string(root.join("docs/questions.md")).unwrap();
    for line in part("pub fn code", "\n    }\n").lines().filter(|line| line.contains("=> \"")) {
        let code = line.split('"').nth(1).unwrap();
        if variant(line).is_some_and(|variant| questions.contains(&variant)) {
            assert!(list.contains(&format!("`{code}`")), "docs/questions.md does not tell of {code}");
        }
    }
}

#[test]
fn no_list_of_words_has_one_twice() {
    let files = fs::read_dir("src/contract/vocabulary").unwrap();
    let source: String = files.map(|entry| fs::read_to_string(entry.unwrap().path()).unwrap()).collect();
    let source = source.replace("\\\"", "(quote)");
    let mut lists = 0;
    for list in source.split("pub const ").skip(1) {
        let (name, rest) = list.split_once(':').unwrap();
        let Some((kind, words)) = rest.split_once('=') else { continue };
        if !kind.contains("&[&str]") {
            continue;
        }
        let words = words.split(";\n").next().unwrap();
        let words: Vec<&str> = words.split('"').skip(1).step_by(2).collect();
        let distinct: std::collections::HashSet<&&str> = words.iter().collect();
        assert_eq!(distinct.len(), words.len(), "{name}");
        lists += 1;
    }
    assert!(lists > 200, "{lists}");
}

#[test]
fn the_map_of_the_intake_names_each_of_its_files() {
    let map = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let files = ["src/intake", "src/intake/survey"].map(|room| fs::read_dir(room).unwrap());
    for entry in files.into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_named = map.contains(&format!("`{name}`")) || map.contains(&format!("`{name}/`"));
        assert!(is_named || name == "mod.rs", "{name} is not in the map");
    }
}
