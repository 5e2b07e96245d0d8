use std::time::Duration;

use super::*;
use crate::domain::verdict::Verdict;

fn folder(role: Role, path: &str) -> FolderFacts {
    FolderFacts {
        role,
        path: path.into(),
        exists: true,
        writable: Ok(()),
        volume: Volume::Local,
        device: Some(1),
        room: Some(LITTLE_ROOM),
        mine: true,
    }
}

/// An installation that is well.
fn well() -> Facts {
    Facts {
        now: "2026-11-26T00:00:00Z".parse().unwrap(),
        settings_file: Some("config.toml".into()),
        set: Vec::new(),
        wrong: Vec::new(),
        warnings: Vec::new(),
        made_up: Vec::new(),
        unset: Vec::new(),
        keys: Ok(Keys { source: Source::Environment, open: false }),
        way: Way {
            host: "h".into(),
            proxy: Ok(None),
            answer: Some(Ok(Reached { clock_ahead: Some(0), took: Duration::ZERO })),
        },
        action: Action { name: "PrepareFlows", ends: None, accepted: None },
        folders: vec![folder(Role::State, "/s"), folder(Role::Jobs, "/s/jobs")],
        ledger: Ledger::NotYet,
        quota: Quota { requests_per_second: 20.0, folder: Some(Folder::Own("/s".into())), hands: Hands::Own },
    }
}

/// Codes of what is worse than good.
fn told(facts: Facts) -> Vec<(Level, &'static str)> {
    let found = findings(facts);
    let all = found.iter().map(|finding| (finding.level(), finding.code()));
    all.filter(|(level, _)| *level > Level::Note).collect()
}

#[test]
fn an_installation_that_is_well_has_nothing_to_look_at() {
    assert_eq!(told(well()), []);
}

#[test]
fn the_clock_counts_by_how_far_it_is_off() {
    for (clock_ahead, expected) in [
        (Some(59), vec![]),
        (Some(-59), vec![]),
        (Some(60), vec![(Level::Warning, "clock.off")]),
        (Some(-299), vec![(Level::Warning, "clock.off")]),
        (Some(300), vec![(Level::Bad, "clock.off")]),
        (Some(-300), vec![(Level::Bad, "clock.off")]),
        (Some(i64::MIN), vec![(Level::Bad, "clock.off")]),
        (None, vec![]),
    ] {
        let mut facts = well();
        facts.way.answer = Some(Ok(Reached { clock_ahead, took: Duration::ZERO }));
        assert_eq!(told(facts), expected, "{clock_ahead:?}");
    }
    // Theirs behind is ours ahead.
    let mut facts = well();
    facts.way.answer = Some(Ok(Reached { clock_ahead: Some(-400), took: Duration::ZERO }));
    assert!(findings(facts).iter().any(|found| matches!(found, Finding::ClockOff { ahead: 400, .. })));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let mut facts = well();
    facts.wrong = vec![SettingsError::NoStateFolder, SettingsError::NoStateFolder];
    facts.made_up = vec!["app_id", "jump_url"];
    facts.keys = Err(SettingsError::NoCredentials);
    facts.way.answer = Some(Err(Box::new(Outcome::with_code(Verdict::NotSent, "network.connect"))));
    facts.ledger = Ledger::Damaged("page 3".into());
    facts.quota.requests_per_second = 0.0;
    facts.folders[0].writable = Err(ErrorKind::PermissionDenied);
    facts.folders[1].device = Some(2);
    let codes: Vec<&str> = told(facts).into_iter().map(|(_, code)| code).collect();
    let expected = [
        "settings.wrong", "settings.wrong", "settings.made_up", "credentials.wrong", "network.not_reached",
        "folder.not_writable", "folder.apart", "journal.damaged", "quota.off",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn a_journal_belongs_on_a_local_disk_and_a_watched_folder_need_not() {
    let on = |role: Role| {
        let mut facts = well();
        facts.folders = vec![FolderFacts { volume: Volume::Network("NFS"), ..folder(role, "/n") }];
        told(facts)
    };
    assert_eq!(on(Role::State), [(Level::Bad, "folder.network")]);
    assert_eq!(on(Role::Slots), [(Level::Bad, "folder.network")]);
    assert_eq!(on(Role::Watched), []);
}

#[test]
fn shelves_are_held_against_their_own_folder() {
    let mut facts = well();
    let other = |role, path| FolderFacts { device: Some(2), ..folder(role, path) };
    facts.folders = vec![
        folder(Role::Watched, "/a"),
        other(Role::Shelf("done"), "/a/done"),
        other(Role::Watched, "/b"),
        other(Role::Shelf("done"), "/b/done"),
        FolderFacts { exists: false, ..folder(Role::Watched, "/c") },
    ];
    assert_eq!(told(facts), [(Level::Bad, "folder.missing"), (Level::Bad, "folder.apart")]);
}

#[test]
fn an_announced_end_is_said_before_and_after_it() {
    for (ends, expected) in [("2026-11-25T00:00:00Z", true), ("2026-11-27T00:00:00Z", false)] {
        let mut facts = well();
        facts.action.ends = Some(ends.parse().unwrap());
        let found = findings(facts);
        let end = found.iter().find(|finding| finding.code() == "action.ends").unwrap();
        assert!(matches!(end, Finding::ActionEnds { is_past, .. } if *is_past == expected));
        assert_eq!(end.level(), Level::Warning);
    }
}

#[test]
fn each_variable_is_named_and_the_file_has_one_line() {
    let set = |key: &str, origin: &str| SetValue { key: key.into(), value: None, origin: origin.into() };
    let found = settings(true, vec![set("a", "FLOWBATCH_A"), set("b", "c.toml"), set("c", "c.toml")]);
    let lines: Vec<_> = found
        .iter()
        .map(|line| match line {
            Finding::SettingsFrom { origin, values } => (origin.as_str(), values.len()),
            _ => panic!("another line"),
        })
        .collect();
    assert_eq!(lines, [("c.toml", 2), ("", 1)]);
}
