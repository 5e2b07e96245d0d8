//! When a file is whole: a state machine over what each look at a folder finds. Pure: names,
//! sizes and times come in with the time of the look; which files are to be opened, and
//! which to be taken, goes out.

use std::collections::BTreeMap;
use std::time::Duration;

use super::names;
use crate::domain::watched::Rest;

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A link, a pipe, a device: opening it could wait for ever, or lead elsewhere.
    Other,
}

/// A name that one look has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub name: String,
    pub kind: Kind,
    pub size: u64,
    /// When it was changed, as the file system says it.
    pub changed_us: i64,
    /// The system hides it.
    pub hidden: bool,
}

/// What opening it has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    Whole,
    Half,
    Refused,
}

/// How a file stood at the last look.
#[derive(Clone, Debug)]
struct Seen {
    size: u64,
    changed_us: i64,
    /// When it was first seen like that.
    since: Duration,
    rest: Rest,
}

/// What was seen of one folder.
#[derive(Default)]
pub struct Looks {
    quiet: Duration,
    seen: BTreeMap<String, Seen>,
}

/// What has no end is given that many times the quiet: a copy over a slow line may pause.
const PATIENCE: u32 = 6;

impl Looks {
    pub fn new(quiet: Duration) -> Self {
        Self { quiet, seen: BTreeMap::new() }
    }

    /// Takes in what a look has found and returns the names of those that have been still
    /// for long enough over at least two looks: they are to be opened, the longest still first.
    pub fn look(&mut self, now: Duration, found: &[Found]) -> Vec<String> {
        let hands: BTreeMap<String, &str> = found
            .iter()
            .filter_map(|one| Some((names::speaks_for(&one.name)?.to_lowercase(), one.name.as_str())))
            .collect();
        let mut seen = BTreeMap::new();
        let mut still: Vec<(Duration, String)> = Vec::new();
        for one in found.iter().filter(|one| !is_left_alone(one)) {
            let before = self.seen.remove(&one.name);
            let same = before.filter(|old| (old.size, old.changed_us) == (one.size, one.changed_us));
            // While somebody has it, it is not still, whatever its time says.
            let by = hands.get(&one.name.to_lowercase()).map(|by| (*by).to_owned());
            let is_first = same.is_none() || by.is_some();
            let since = same.as_ref().filter(|_| !is_first).map_or(now, |old| old.since);
            let rest = match (one.kind, by) {
                (Kind::Folder, _) => Rest::Folder,
                (Kind::Other, _) => Rest::Link,
                (Kind::File, Some(by)) => Rest::InHands { by },
                (Kind::File, None) => same.map_or(Rest::Changing, |old| match old.rest {
                    Rest::Shut | Rest::Half | Rest::Next => old.rest,
                    _ => Rest::Changing,
                }),
            };
            if one.kind == Kind::File && !is_first && now.saturating_sub(since) >= self.quiet {
                still.push((since, one.name.clone()));
            }
            let (size, changed_us) = (one.size, one.changed_us);
            seen.insert(one.name.clone(), Seen { size, changed_us, since, rest });
        }
        self.seen = seen;
        still.sort();
        still.into_iter().map(|(_, name)| name).collect()
    }

    /// What opening a still file has shown: whether it is to be taken now.
    pub fn opened(&mut self, now: Duration, name: &str, opened: Opened) -> bool {
        let Some(seen) = self.seen.get_mut(name) else { return false };
        match opened {
            Opened::Whole => {
                seen.rest = Rest::Next;
                true
            }
            // What nobody goes on with is taken too: the reader says what it lacks.
            Opened::Half => {
                seen.rest = Rest::Half;
                now.saturating_sub(seen.since) >= self.quiet.saturating_mul(PATIENCE)
            }
            Opened::Refused => {
                seen.rest = Rest::Shut;
                false
            }
        }
    }

    /// What is there and not taken, and why.
    pub fn waiting(&self) -> impl Iterator<Item = (&str, &Rest)> {
        self.seen.iter().map(|(name, seen)| (name.as_str(), &seen.rest))
    }

    /// It has left the folder.
    pub fn forget(&mut self, name: &str) {
        self.seen.remove(name);
    }

    /// Nothing counts that was seen before.
    pub fn clear(&mut self) {
        self.seen.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }
}

fn is_left_alone(one: &Found) -> bool {
    one.hidden || names::is_nobodys(&one.name) || names::is_partial(&one.name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const QUIET: Duration = Duration::from_secs(10);

    fn file(name: &str, size: u64, changed_us: i64) -> Found {
        Found { name: name.to_owned(), kind: Kind::File, size, changed_us, hidden: false }
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_file_is_taken_when_it_was_still_over_two_looks_and_long_enough() {
        let mut looks = Looks::new(QUIET);
        assert!(looks.look(at(0), &[file("a", 1, 1)]).is_empty());
        assert!(looks.look(at(5), &[file("a", 2, 1)]).is_empty(), "it has grown");
        assert!(looks.look(at(14), &[file("a", 2, 1)]).is_empty(), "not long enough");
        assert_eq!(looks.look(at(15), &[file("a", 2, 1)]), ["a"]);
        assert!(looks.look(at(30), &[file("a", 2, 9)]).is_empty(), "its time is another one");
        let mut looks = Looks::new(QUIET);
        assert!(looks.look(at(1000), &[file("old", 2, 0)]).is_empty(), "one look says nothing, however old");
        let mut hurried = Looks::new(Duration::ZERO);
        assert!(hurried.look(at(0), &[file("a", 1, 1)]).is_empty());
        assert_eq!(hurried.look(at(0), &[file("a", 1, 1)]), ["a"]);
    }

    #[test]
    fn what_somebody_has_open_is_left_alone_until_well_after() {
        let mut looks = Looks::new(QUIET);
        let open = [file("a.xlsx", 5, 1), file("~$a.xlsx", 1, 1)];
        for second in 0..60 {
            assert!(looks.look(at(second), &open).is_empty());
        }
        let rest: Vec<_> = looks.waiting().collect();
        assert_eq!(rest, [("a.xlsx", &Rest::InHands { by: "~$a.xlsx".into() })]);
        assert!(looks.look(at(60), &open[..1]).is_empty(), "it was closed a moment ago");
        assert_eq!(looks.look(at(70), &open[..1]), ["a.xlsx"]);
        let mut looks = Looks::new(Duration::ZERO);
        let download = [file("b.xlsx", 0, 1), file("b.xlsx.part", 7, 1), file(".hidden", 1, 1)];
        for _ in 0..3 {
            assert!(looks.look(at(1), &download).is_empty());
        }
        assert_eq!(looks.waiting().count(), 1, "hidden ones and partial copies are not told of");
    }

    #[test]
    fn what_cannot_be_opened_or_has_no_end_waits() {
        let mut looks = Looks::new(QUIET);
        let found = [file("a", 1, 1)];
        looks.look(at(0), &found);
        assert_eq!(looks.look(at(10), &found), ["a"]);
        assert!(!looks.opened(at(10), "a", Opened::Refused));
        assert_eq!(looks.look(at(12), &found), ["a"], "it is tried again");
        assert!(!looks.opened(at(12), "a", Opened::Half));
        assert_eq!(looks.waiting().next(), Some(("a", &Rest::Half)));
        assert!(looks.opened(at(60), "a", Opened::Half), "nobody goes on with it");
        assert!(looks.opened(at(12), "a", Opened::Whole));
        assert!(!looks.opened(at(12), "gone", Opened::Whole));
    }

    #[test]
    fn folders_and_links_are_never_taken() {
        let mut looks = Looks::new(Duration::ZERO);
        let mut found = [file("folder", 0, 0), file("link", 0, 0)];
        (found[0].kind, found[1].kind) = (Kind::Folder, Kind::Other);
        for second in 0..5 {
            assert!(looks.look(at(second), &found).is_empty());
        }
    }

    proptest! {
        /// Whatever happens to a folder: what is to be opened has stood there unchanged, with
        /// nobody's lock, at every look for as long as the quiet, and at two of them at least;
        /// and what has stood so is to be opened.
        #[test]
        fn exactly_those_are_taken_that_were_still(
            script in prop::collection::vec(
                (0_u64..6, prop::collection::vec((0_usize..4, 0_u64..3, 0_i64..3, prop::bool::weighted(0.1)), 0..5)),
                1..60,
            )
        ) {
            let quiet = at(7);
            let mut looks = Looks::new(quiet);
            let mut now = Duration::ZERO;
            let mut history: Vec<(Duration, Vec<Found>)> = Vec::new();
            for (passed, files) in script {
                now += at(passed);
                let mut found: Vec<Found> = Vec::new();
                for (name, size, changed, locked) in files {
                    let name = format!("f{name}.csv");
                    if found.iter().all(|one| one.name != name) {
                        if locked {
                            found.push(file(&format!("~${name}"), 1, 1));
                        }
                        found.push(file(&name, size, changed));
                    }
                }
                let still = looks.look(now, &found);
                history.push((now, found.clone()));
                for one in found.iter().filter(|one| !one.name.starts_with("~$")) {
                    let lock = format!("~${}", one.name);
                    let held = history.iter().rev().take_while(|(_, then)| {
                        then.contains(one) && then.iter().all(|other| other.name != lock)
                    });
                    let times: Vec<Duration> = held.map(|(time, _)| *time).collect();
                    // A lock at the look before begins the count anew at that look.
                    let before = history.iter().rev().nth(times.len());
                    let from = match before {
                        Some((time, then)) if then.contains(one) && !times.is_empty() => Some(*time),
                        _ => times.last().copied(),
                    };
                    let looked = times.len() + usize::from(from != times.last().copied());
                    let wanted = !times.is_empty() && looked >= 2 && from.is_some_and(|from| now - from >= quiet);
                    prop_assert_eq!(still.contains(&one.name), wanted, "{} at {:?}", one.name, now);
                }
            }
        }
    }
}
