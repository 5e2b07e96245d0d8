//! Whatever happens to the process: nothing is lost, nothing is doubled.

use std::collections::BTreeSet;
use std::time::Duration;

use flowbatch::sandbox::Options;

use crate::sheets::{contracts, id};
use crate::support::{Session, check_links, count, faulty, links, unhurried};

/// One request in five is spoilt, in every way there is.
const MIXED: &str = "reset-before=0.03,reset-after=0.03,500=0.02,502=0.01,503=0.02,504=0.02,half=0.02,\
                     garbage=0.02,empty=0.01,rate-limit=0.02,internal-error=0.02,hang=0.004";

fn kills() -> u32 {
    std::env::var("FLOWBATCH_KILLS").map_or(12, |kills| kills.parse().expect("FLOWBATCH_KILLS is a number"))
}

/// Kills runs of a job at random moments until it is done, and jobs until so
/// many runs were killed. `bad` contracts of each job are refused by the API.
fn kill_and_resume(kills: u32, bad: usize) {
    let seed = fastrand::u64(..);
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut left = kills;
    while left > 0 {
        let mut guilty = BTreeSet::new();
        while guilty.len() < bad {
            guilty.insert(id(chance.usize(1..=1000)));
        }
        let input = contracts(1000).with("flow_description", |number| match guilty.contains(&id(number)) {
            true => "sandbox:InvalidParameter.FlowName".to_owned(),
            false => String::new(),
        });
        let options = Options { latency: Duration::from_millis(20), seed: chance.u64(..), ..faulty(MIXED) };
        let session = Session::new()
            .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "100")
            .env("FLOWBATCH_HTTP__TIMEOUT", "300ms")
            .file("contracts.csv", input.csv())
            .sandbox(options);
        let ended = loop {
            let mut run = session.start(["run", "contracts.csv"]);
            if left == 0 {
                break run.wait();
            }
            std::thread::sleep(Duration::from_millis(chance.u64(..600)));
            if run.is_over() {
                break run.wait();
            }
            run.kill();
            left -= 1;
        };
        println!("seed {seed}, {left} kills left, {} requests", session.entries().len());
        // The last kill may have come when all was written: then this run has nothing to say.
        ended.exit(if bad > 0 { 4 } else { 0 });
        let report = session.report("contracts");
        assert_eq!((report.len(), count(&report, "accepted")), (1000, 1000 - bad));
        // A chunk that meets with a broken answer three times in a row is asked in two parts, which makes a
        // page more.
        assert!((50..=53).contains(&links(&report).len()), "{} pages", links(&report).len());
        let rejected = report.iter().filter(|line| line.status() == "rejected");
        assert_eq!(rejected.map(|line| line.key().to_owned()).collect::<BTreeSet<_>>(), guilty);
        session.check_links(&report);

        let sent = session.entries().len();
        session.run(["run", "contracts.csv"]);
        assert_eq!(session.entries().len(), sent, "a finished job sends nothing");
        assert_eq!(links(&session.report("contracts")), links(&report));
    }
}

#[test]
fn killed_at_random_moments_it_still_accounts_for_every_contract() {
    kill_and_resume(kills(), 0);
}

#[test]
fn killed_while_it_looks_for_bad_contracts_it_still_finds_exactly_those() {
    kill_and_resume(kills().div_ceil(2), 10);
}

#[cfg(unix)]
#[test]
fn told_to_end_it_waits_for_what_is_on_the_wire() {
    let options = Options { latency: Duration::from_millis(300), ..unhurried() };
    let session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50")
        .file("contracts.csv", contracts(1000).csv())
        .sandbox(options);
    let mut run = session.start(["run", "contracts.csv"]);
    run.until("some requests are sent", || session.entries().len() >= 5);
    run.terminate();
    run.wait().exit(5).says("Run again");
    let report = session.report("contracts");
    session.check_links(&report);
    let accepted = session.accepted();
    assert!((100..1000).contains(&accepted.len()), "{} accepted", accepted.len());
    assert_eq!(count(&report, "accepted"), accepted.len(), "no answer was dropped");
    assert_eq!(count(&report, "pending"), 1000 - accepted.len());

    session.run(["run", "contracts.csv"]).exit(0).says("1000 accepted");
    session.check_links(&session.report("contracts"));
    assert!(session.accepted().values().all(|times| *times == 1), "nothing was sent twice");
}

#[cfg(unix)]
#[test]
fn told_twice_it_ends_at_once_and_loses_nothing() {
    let options = Options { latency: Duration::from_secs(8), ..unhurried() };
    let mut session = Session::new()
        .env("FLOWBATCH_HTTP__TIMEOUT", "30s")
        .file("contracts.csv", contracts(45).csv())
        .sandbox(options);
    let mut run = session.start(["run", "contracts.csv"]);
    // With half the latency before it, the arrival is too late a sign; the journal is not.
    run.until("the intents are written down", || {
        session.state("ledger.db-wal").metadata().is_ok_and(|file| file.len() > 0)
    });
    std::thread::sleep(Duration::from_millis(500));
    run.terminate();
    std::thread::sleep(Duration::from_millis(100));
    run.terminate();
    run.wait().exit(5);

    let port = session.port();
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..unhurried() });
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    session.check_links(&session.report("contracts"));
}

#[test]
fn when_the_other_side_goes_away_the_next_run_goes_on() {
    let options = Options { latency: Duration::from_millis(40), ..unhurried() };
    let mut session = Session::new()
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50")
        .env("FLOWBATCH_RETRY__GIVE_UP", "700ms")
        .file("contracts.csv", contracts(1000).csv())
        .sandbox(options);
    let mut run = session.start(["run", "contracts.csv"]);
    run.until("some requests are sent", || session.entries().len() >= 10);
    let port = session.port();
    let mut entries = session.stop_sandbox();
    run.wait().exit(5).says("network.");
    let stopped = session.report("contracts");
    check_links(&stopped, &entries).unwrap();
    assert!(count(&stopped, "accepted") >= 100);
    assert_eq!(count(&stopped, "accepted") + count(&stopped, "pending"), 1000);

    session.start_sandbox(Options { port, ..unhurried() });
    session.run(["run", "contracts.csv"]).exit(0).says("1000 accepted");
    entries.extend(session.entries());
    let report = session.report("contracts");
    check_links(&report, &entries).unwrap();
    assert_eq!(links(&report).len(), 50);
}
