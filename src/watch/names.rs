//! What a name in a watched folder says of the file, and which name a file gets. Pure.

use std::collections::BTreeSet;

/// What stands before the name of a file that a program has open: Excel's, WPS's and
/// LibreOffice's, the longest first.
const LOCKS: [&str; 3] = [".~lock.", "~$", ".~"];

/// How a copy ends that is still on its way, or whose name says that it is no file yet.
const PARTIAL: &[&str] = &[
    "part", "partial", "tmp", "temp", "crdownload", "download", "downloading", "filepart", "opdownload",
    "aria2", "swp", "td", "xltd", "qdl", "!ut",
];

/// What systems leave in every folder.
const OF_SYSTEMS: &[&str] = &["thumbs.db", "desktop.ini", "ehthumbs.db"];

/// How the names of our own files end, before a number and the extension.
const OWN: &[&str] = &["report", "fix", "check", "problem"];

/// In bytes; with room for `.report (12).xlsx` within what systems allow.
const LONGEST_STEM: usize = 180;

/// Another file that this one speaks for: while it is there, that one is in somebody's hands.
pub fn speaks_for(name: &str) -> Option<String> {
    if let Some(locked) = LOCKS.iter().find_map(|lock| name.strip_prefix(lock)) {
        return Some(locked.strip_suffix('#').unwrap_or(locked).to_owned());
    }
    // A browser puts `x.xlsx.part` beside an empty `x.xlsx`.
    is_partial(name).then(|| name.rsplit_once('.').map(|(whole, _)| whole.to_owned())).flatten()
}

/// A copy that is not whole yet.
pub fn is_partial(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| PARTIAL.contains(&end.to_ascii_lowercase().as_str()))
}

/// Nobody has put it there to be sent, and nobody needs to hear of it.
pub fn is_nobodys(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || OF_SYSTEMS.contains(&name.to_lowercase().as_str())
}

/// The name without its extension.
pub fn stem(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}

/// Whether it is a file of ours that belongs to the input with that stem.
pub fn belongs_to(name: &str, stem: &str) -> bool {
    let Some(rest) = name.strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')) else { return false };
    let Some(kind) = OWN.iter().find_map(|kind| rest.strip_prefix(kind)) else { return false };
    let number = match kind.strip_prefix(" (") {
        Some(rest) => rest.split_once(')').filter(|(number, _)| number.parse::<u32>().is_ok()),
        None => Some(("", kind)),
    };
    // A web page may be of one value of a column: `.report.VALUE.html`.
    let of_part = |end: &str| rest.starts_with("report.") && end.starts_with('.') && end.ends_with(".html");
    number
        .is_some_and(|(_, end)| matches!(end, ".xlsx" | ".csv" | ".html" | ".json" | ".txt") || of_part(end))
}

/// Whether a file of ours may have that name, whatever it belongs to.
pub fn may_be_ours(name: &str) -> bool {
    name.match_indices('.').any(|(at, _)| name.get(..at).is_some_and(|stem| belongs_to(name, stem)))
}

/// A name for a file such that neither it nor its reports meet what stands in any of the
/// folders: `taken` has all names of them.
pub fn free_name(name: &str, taken: &BTreeSet<String>) -> String {
    let plain: BTreeSet<String> = taken.iter().map(|name| name.to_lowercase()).collect();
    let own = stem(name);
    let end = name.strip_prefix(own).unwrap_or_default();
    let own = shortened(own);
    let is_free = |stem: &str| {
        let stem = stem.to_lowercase();
        !plain
            .iter()
            .any(|name| name.strip_prefix(&stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
    };
    let mut wanted = own.to_owned();
    let mut number = 1_u64;
    while !is_free(&wanted) {
        number += 1;
        wanted = format!("{own} ({number})");
    }
    format!("{wanted}{end}")
}

fn shortened(stem: &str) -> &str {
    let mut end = stem.len().min(LONGEST_STEM);
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    stem.get(..end).unwrap_or(stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_and_partial_copies_speak_for_a_file() {
        for (name, whose) in [
            ("~$合同.xlsx", Some("合同.xlsx")),
            (".~合同.xlsx", Some("合同.xlsx")),
            (".~lock.合同.xlsx#", Some("合同.xlsx")),
            ("合同.xlsx.part", Some("合同.xlsx")),
            ("合同.xlsx.crdownload", Some("合同.xlsx")),
            ("合同.TMP", Some("合同")),
            ("合同.xlsx", None),
            ("part", None),
        ] {
            assert_eq!(speaks_for(name).as_deref(), whose, "{name}");
        }
        assert!(is_nobodys(".DS_Store") && is_nobodys("Thumbs.db") && is_nobodys("~$a.xlsx"));
        assert!(!is_nobodys("a.xlsx") && !is_nobodys("无标题"));
    }

    #[test]
    fn our_own_files_are_known_by_the_name_of_their_input() {
        for own in [
            "a.report.xlsx", "a.report.csv", "a.report (2).html", "a.report.json", "a.fix (2).xlsx",
            "a.problem.txt", "a.check.xlsx",
        ] {
            assert!(belongs_to(own, "a"), "{own}");
        }
        for other in ["a.xlsx", "a.fix.fix.xlsx", "b.report.xlsx", "a.reporting.csv", "a.report (x).csv", "a"]
        {
            assert!(!belongs_to(other, "a"), "{other}");
        }
        assert!(belongs_to("a.fix.report.csv", "a.fix"), "a corrected one has reports of its own");
        for ours in ["a.fix (2).xlsx", "a.b.report.csv", "a.fix.report (3).xlsx", "a.problem.txt"] {
            assert!(may_be_ours(ours), "{ours}");
        }
        for other in ["a.xlsx", "report.xlsx", "a.fixed.xlsx", "a (2).xlsx"] {
            assert!(!may_be_ours(other), "{other}");
        }
    }

    #[test]
    fn a_name_meets_no_other_name_and_no_other_report() {
        let taken = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(free_name("a.xlsx", &taken(&[])), "a.xlsx");
        assert_eq!(free_name("a.xlsx", &taken(&["a.xlsx"])), "a (2).xlsx");
        assert_eq!(free_name("a.xlsx", &taken(&["A.CSV"])), "a (2).xlsx", "its reports would meet");
        assert_eq!(free_name("a.xlsx", &taken(&["a.report.xlsx", "a (2).xlsx"])), "a (3).xlsx");
        assert_eq!(free_name("a.xlsx", &taken(&["ab.xlsx"])), "a.xlsx");
        assert_eq!(free_name("没有扩展名", &taken(&["没有扩展名"])), "没有扩展名 (2)");
        let long = format!("{}.xlsx", "长".repeat(84));
        assert!(free_name(&long, &taken(&[])).len() < 200);
    }
}
