//! A watcher that is killed, at any moment and between any two steps.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::sheets::{contracts, contracts_from};
use crate::support::{count, read_report, unhurried};

use super::{drop_file, has, names, page_says, path, start, stop, watched};

/// A crash between any two steps of a file's way: before and after each of its moves.
#[cfg(unix)]
#[test]
fn a_crash_before_or_after_a_move_leaves_the_file_on_its_way() {
    for moved_by_hand in [false, true] {
        let session = watched(unhurried());
        let mut watch = start(&session);
        for shelf in ["working", "done"] {
            fs::remove_dir(path(&session, shelf)).unwrap();
        }
        fs::write(path(&session, "working"), "").unwrap();
        drop_file(&session, "a.csv", contracts(3).csv());
        page_says(&session, &mut watch, "a.csv cannot be moved to working");
        watch.kill();
        fs::remove_file(path(&session, "working")).unwrap();
        if moved_by_hand {
            fs::create_dir(path(&session, "working")).unwrap();
            fs::rename(path(&session, "inbox/a.csv"), path(&session, "working/a.csv")).unwrap();
        }
        fs::write(path(&session, "done"), "").unwrap();
        let mut watch = session.start(["watch", "dir"]);
        page_says(&session, &mut watch, "a.csv cannot be moved to done");
        watch.kill();
        fs::remove_file(path(&session, "done")).unwrap();
        if moved_by_hand {
            fs::create_dir(path(&session, "done")).unwrap();
            for name in names(&session, "working") {
                fs::rename(
                    path(&session, &format!("working/{name}")),
                    path(&session, &format!("done/{name}")),
                )
                .unwrap();
            }
        }
        let mut watch = session.start(["watch", "dir"]);
        page_says(&session, &mut watch, "a.csv</td><td>done");
        stop(watch).exit(0);
        assert_eq!(
            names(&session, "done"),
            ["a.csv", "a.report.csv", "a.report.html", "a.report.xlsx"].map(str::to_owned).into()
        );
        assert!(names(&session, "working").is_empty() && names(&session, "inbox").is_empty());
        assert_eq!(session.entries().len(), 1, "nothing was sent twice");
        // Reports that a hand has moved stay what they are.
        session.run(["run", "dir/done/a.csv"]).exit(0);
        assert_eq!(session.entries().len(), 1, "nothing was sent twice");
        assert_eq!(names(&session, "done").len(), 4);
    }
}

/// What a file of the chaos is to come to.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Sent,
    Invalid,
    Unreadable,
}

/// 200 files: good ones of several sizes and kinds, some with a bad row, some that are no
/// workbooks, and some that were copied by half.
fn chaos() -> Vec<(String, Vec<u8>, Fate)> {
    let mut first = 1;
    (0..200)
        .map(|number| {
            let size = [1, 2, 5, 30][number % 4];
            let rows = contracts_from(first, first + size - 1);
            first += size;
            match number % 10 {
                0 => (format!("bad {number}.csv"), rows.set(1, "approver.mobile", "12").csv(), Fate::Invalid),
                1 => (
                    format!("noise {number}.xlsx"),
                    format!("no workbook {number}").into_bytes(),
                    Fate::Unreadable,
                ),
                2 => {
                    let whole = rows.xlsx();
                    (format!("half {number}.xlsx"), whole[..whole.len() / 2].to_vec(), Fate::Unreadable)
                }
                3..6 => (format!("合同 {number}.xlsx"), rows.xlsx(), Fate::Sent),
                _ => (format!("good {number}.csv"), rows.csv(), Fate::Sent),
            }
        })
        .collect()
}

#[cfg(unix)]
#[test]
fn killed_ten_times_it_loses_nothing_and_sends_nothing_twice() {
    let session = watched(unhurried())
        .env("FLOWBATCH_WATCH__QUIET", "200ms")
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "1000");
    let files = chaos();
    let begun = Instant::now();
    let seed = std::env::var("FLOWBATCH_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(11);
    let mut chance = fastrand::Rng::with_seed(seed);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for (number, (name, contents, _)) in files.iter().enumerate() {
                // Every tenth arrives in pieces.
                let mut file = fs::File::create(path(&session, &format!("inbox/{name}"))).unwrap();
                for piece in contents.chunks(if number % 10 == 7 {
                    contents.len().div_ceil(5)
                } else {
                    contents.len()
                }) {
                    file.write_all(piece).unwrap();
                    std::thread::sleep(Duration::from_millis(8));
                }
            }
        });
        for _ in 0..10 {
            let watch = session.start(["watch", "dir"]);
            std::thread::sleep(Duration::from_millis(chance.u64(100..700)));
            watch.kill();
        }
    });
    let mut watch = session.start(["watch", "dir"]);
    watch.until("all have ended", || {
        let ended = names(&session, "done").len() + names(&session, "failed").len();
        ended >= files.len() && names(&session, "inbox").is_empty() && names(&session, "working").is_empty()
    });
    stop(watch).exit(0);
    println!("seed {seed}: {:?}, {} requests", begun.elapsed(), session.entries().len());

    let inputs = |shelf: &str| -> BTreeSet<String> {
        let is_own =
            |name: &String| [".report", ".check", ".problem", ".fix"].iter().any(|own| name.contains(own));
        names(&session, shelf).into_iter().filter(|name| !is_own(name)).collect()
    };
    let named = |wanted: &dyn Fn(Fate) -> bool| -> BTreeSet<String> {
        files.iter().filter(|(_, _, fate)| wanted(*fate)).map(|(name, ..)| name.clone()).collect()
    };
    assert_eq!(inputs("done"), named(&|fate| fate == Fate::Sent));
    assert_eq!(inputs("failed"), named(&|fate| fate != Fate::Sent));
    let mut sent = BTreeSet::new();
    for (name, contents, fate) in &files {
        let shelf = if *fate == Fate::Sent { "done" } else { "failed" };
        assert_eq!(&fs::read(path(&session, &format!("{shelf}/{name}"))).unwrap(), contents, "{name}");
        let stem = name.rsplit_once('.').unwrap().0;
        let own: BTreeSet<String> =
            names(&session, shelf).into_iter().filter(|own| own.starts_with(&format!("{stem}."))).collect();
        let expected: BTreeSet<String> = match fate {
            Fate::Sent => {
                let ends = ["report.csv", "report.html", "report.xlsx"];
                ends.map(|end| format!("{stem}.{end}")).into_iter().chain([name.clone()]).collect()
            }
            Fate::Invalid => {
                let ends = ["check.xlsx", "problem.txt", "report.csv"];
                ends.map(|end| format!("{stem}.{end}")).into_iter().chain([name.clone()]).collect()
            }
            Fate::Unreadable => vec![name.clone(), format!("{stem}.problem.txt")],
        }
        .into_iter()
        .collect();
        assert_eq!(own, expected, "exactly one report of each kind");
        if *fate == Fate::Sent {
            let lines = read_report(&path(&session, &format!("done/{stem}.report.csv")));
            assert_eq!(count(&lines, "accepted"), lines.len(), "{name}");
            session.check_links(&lines);
            for line in &lines {
                assert!(sent.insert(line.key().to_owned()), "{} stands in two reports", line.key());
            }
        }
    }
    let accepted: BTreeSet<String> = session.accepted().into_keys().collect();
    assert_eq!(accepted, sent, "what was sent stands in a report, and the other way round");
    let requests = session.entries().len();
    // A later watcher finds nothing to do.
    let mut watch = session.start(["watch", "dir"]);
    watch.until("it has looked", || has(&session, "status.html"));
    std::thread::sleep(Duration::from_millis(600));
    stop(watch).exit(0);
    assert_eq!(session.entries().len(), requests);
}
