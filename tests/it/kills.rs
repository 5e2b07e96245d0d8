//! Killed at random moments under faults of every kind: runs that start contracts, and what is
//! asked of contracts afterwards. The stand-in tells what was really done.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use flowbatch::sandbox::Options;
use serde_json::Value;

use crate::action::{check_started, job, loose_ids, started, unasked, with_flows_per_request};
use crate::reconcile::in_doubt;
use crate::sheets::{Sheet, contracts, id};
use crate::support::{Line, Session, count, faulty, mark};

/// One request in five is spoilt, in every way there is, before and after contracts were
/// started.
const MIXED: &str = "reset-before=0.02,reset-after=0.03,500=0.01,503=0.01,504=0.02,half=0.02,garbage=0.01,\
                     empty=0.01,rate-limit=0.02,internal-error=0.01,start-error=0.02,no-ids=0.01,hang=0.004";

fn kills() -> u32 {
    std::env::var("FLOWBATCH_KILLS").map_or(12, |kills| kills.parse().expect("FLOWBATCH_KILLS is a number"))
}

/// From so many on, chance leaves nothing out.
const MANY: u32 = 100;

/// Many jobs are killed a few times each: one that is killed again and again sends nothing more.
const MOST_OF_ONE: u32 = 10;

/// What the API shows afterwards of contracts whose answers were lost.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shows {
    Bills,
    /// The bills come late; a receiver has kept some of the callbacks.
    SomeCallbacks,
    /// The bills come late, and nobody has kept a callback.
    Nothing,
}

fn session_of(input: &Sheet, flows: usize, shows: Shows, chance: &mut fastrand::Rng) -> Session {
    let session = unasked()
        .without("FLOWBATCH_JUMP_URL")
        .env("FLOWBATCH_ACTION", "CreateFlowsByTemplates")
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "200")
        .env("FLOWBATCH_PACE__WINDOW_REQUESTS", "400")
        .env("FLOWBATCH_HTTP__TIMEOUT", "300ms")
        .env("FLOWBATCH_START__LINKS_AFTER", "150ms")
        .file("contracts.csv", input.csv());
    let late = if shows == Shows::Bills { Duration::ZERO } else { Duration::from_secs(86_400) };
    let options = Options {
        latency: Duration::from_millis(20),
        seed: chance.u64(..),
        bill_delay: late,
        callbacks: Some(session.path("callbacks.jsonl")),
        ..faulty(MIXED)
    };
    with_flows_per_request(session, flows).sandbox(options)
}

/// Kills runs of one job at random moments, at most so many; returns how many it has killed.
fn run_through_kills(session: &Session, most: u32, chance: &mut fastrand::Rng) -> u32 {
    let mut killed = 0;
    loop {
        let mut run = session.start(["run", "contracts.csv", "--yes"]);
        if killed < most {
            std::thread::sleep(Duration::from_millis(chance.u64(..600)));
            if !run.is_over() {
                run.kill();
                killed += 1;
                continue;
            }
        }
        let ran = run.wait();
        // Several failures in a row end a run, so that not everything becomes a doubt.
        if ran.code != Some(5) {
            let doubts = count(&session.report("contracts"), "in_doubt");
            ran.exit(if doubts > 0 { 4 } else { 0 });
            return killed;
        }
    }
}

/// The FlowIds that somebody could learn of after the run, and how a person asks for them.
fn shown(session: &Session, shows: Shows, chance: &mut fastrand::Rng) -> (BTreeSet<String>, Vec<String>) {
    let ledger = started(&session.entries());
    let mut ids = loose_ids(session);
    let mut words = Vec::new();
    match shows {
        Shows::Bills => ids.extend(ledger.into_values().flatten()),
        Shows::SomeCallbacks => {
            let told = std::fs::read_to_string(session.path("callbacks.jsonl")).unwrap();
            let kept: Vec<&str> = told.lines().filter(|_| chance.bool()).collect();
            std::fs::write(session.path("kept.jsonl"), kept.join("\n")).unwrap();
            words = ["--callbacks", "kept.jsonl"].map(str::to_owned).to_vec();
            ids.extend(kept.iter().map(|line| {
                let body: Value = serde_json::from_str(line).unwrap();
                body["MsgData"]["FlowId"].as_str().unwrap().to_owned()
            }));
        }
        Shows::Nothing => {}
    }
    (ids, words)
}

/// Reconciles. Exactly those contracts in doubt are settled that were started and of which the
/// API or a callback tells, each under the id that it has; all others are listed as in doubt.
fn settle_what_is_shown(session: &Session, shows: Shows, chance: &mut fastrand::Rng) -> usize {
    let entries = session.entries();
    let (all, of_ledger) = in_doubt(&session.report("contracts"), &entries);
    let ledger = started(&entries);
    let (ids, words) = shown(session, shows, chance);
    let id_of = |key: &String| ledger[&mark(key)][0].clone();
    let expected: BTreeMap<String, String> = of_ledger
        .iter()
        .map(|key| (key.clone(), id_of(key)))
        .filter(|(_, flow_id)| ids.contains(flow_id))
        .collect();
    let left: BTreeSet<String> = all.iter().filter(|key| !expected.contains_key(*key)).cloned().collect();
    let mut command = vec!["reconcile".to_owned(), job(session), "--json".to_owned()];
    command.extend(words);
    // A question that was lost too often stops it; then nothing is settled.
    let done = until_not_stopped(session, &command).json();
    let settled: BTreeMap<String, String> = listed(&done["settled"])
        .into_iter()
        .map(|one| (text(&one, "contract"), text(&one, "flow_id")))
        .collect();
    // What an earlier try has settled is settled.
    assert_eq!(settled, expected, "{shows:?}: {done:#}");
    let doubtful: BTreeSet<String> =
        listed(&done["in_doubt"]).iter().map(|one| text(one, "contract")).collect();
    assert_eq!(doubtful, left, "{shows:?}: all doubts are listed");
    let report = session.report("contracts");
    check_started(&report, &session.entries());
    assert_eq!(in_doubt(&report, &session.entries()).0, left, "the report lists them as well");
    assert_eq!(started(&session.entries()), ledger, "nothing is started");
    left.len()
}

fn listed(list: &Value) -> Vec<Value> {
    list.as_array().unwrap().clone()
}

fn text(object: &Value, key: &str) -> String {
    object[key].as_str().unwrap().to_owned()
}

/// Runs it until faults do not stop it any more.
fn until_not_stopped(session: &Session, command: &[String]) -> crate::support::Ran {
    for _ in 0..20 {
        let ran = session.run(command);
        if ran.code != Some(5) {
            assert!(
                matches!(ran.code, Some(0 | 4)),
                "{command:?}: {:?}\n{}\n{}",
                ran.code,
                ran.stdout,
                ran.stderr
            );
            return ran;
        }
    }
    panic!("{command:?} is stopped again and again");
}

/// Kills runs at random moments until so many were killed and the job is at its end.
fn kill_and_resume(kills: u32, contracts_of: usize, flows: usize) {
    let seed = fastrand::u64(..);
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut left = kills;
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let (mut settled, mut stayed) = (0, 0);
    for turn in 0_usize.. {
        let shows = [Shows::Bills, Shows::SomeCallbacks, Shows::Nothing][turn % 3];
        let session = session_of(&contracts(contracts_of), flows, shows, &mut chance);
        left -= run_through_kills(&session, left.min(MOST_OF_ONE), &mut chance);
        let report = session.report("contracts");
        let (accepted, doubts) = (count(&report, "accepted"), count(&report, "in_doubt"));
        println!("seed {seed}, {left} kills left, {accepted} accepted, {doubts} in doubt, {shows:?}");
        assert_eq!(accepted + doubts, contracts_of, "every contract is accounted for");
        check_started(&report, &session.entries());
        for line in report.iter().filter(|line| line.status() == "in_doubt") {
            *codes.entry(line.code().to_owned()).or_default() += 1;
        }
        let sent = session.entries().len();
        session.run(["run", "contracts.csv", "--yes"]);
        assert_eq!(session.entries().len(), sent, "nothing is left to send");
        let still = settle_what_is_shown(&session, shows, &mut chance);
        settled += doubts - still;
        stayed += still;
        session.run(["run", "contracts.csv", "--yes"]);
        check_started(&session.report("contracts"), &session.entries());
        if left == 0 {
            break;
        }
    }
    println!("{kills} kills: {settled} doubts settled, {stayed} stay; doubts by code: {codes:?}");
    if kills >= MANY {
        assert!(settled > 0 && stayed > 0, "{settled} settled, {stayed} stay");
        // Of kills while a request was on its way, and of answers that were lost in many ways.
        assert!(codes["crash"] > kills as usize / 4 && codes.len() > 4, "{codes:?}");
    }
}

#[test]
fn killed_at_random_moments_it_starts_no_contract_twice_with_one_a_request() {
    kill_and_resume(kills(), 200, 1);
}

#[test]
fn killed_at_random_moments_it_starts_no_contract_twice_with_twenty_a_request() {
    kill_and_resume(kills(), 800, 20);
}

const FOLLOWED: usize = 24;
/// Contracts that somebody wants back; the first of them cannot be taken back.
const UNWANTED: [usize; 3] = [5, 6, 7];

fn followed_input() -> Sheet {
    contracts(FOLLOWED).with("flow_description", |number| match number {
        5 => "sandbox:keep".to_owned(),
        10 | 20 => "sandbox:signed".to_owned(),
        12 | 22 => "sandbox:no-remind".to_owned(),
        15 => "sandbox:link-error".to_owned(),
        _ if number.is_multiple_of(8) => "sandbox:early-links@2".to_owned(),
        _ => String::new(),
    })
}

/// The report that stands there is whole, whatever was killed while it was written.
fn whole_report(session: &Session) -> Vec<Line> {
    let report = session.report("contracts");
    let keys: BTreeSet<String> = report.iter().map(|line| line.key().to_owned()).collect();
    assert_eq!(keys, (1..=FOLLOWED).map(id).collect(), "each contract once");
    check_started(&report, &session.entries());
    report
}

/// What was really done: nobody reminded twice, nothing taken back that was not meant.
fn check_done(session: &Session) {
    let meant: BTreeSet<String> = UNWANTED.iter().map(|number| mark(&id(*number))).collect();
    for flow in session.flows() {
        assert!(flow.reminders <= 1, "{flow:?} was reminded more than once");
        assert!(flow.status != "CANCEL" || meant.contains(&flow.customer_data), "{flow:?} was not meant");
    }
}

fn number(told: &Value, key: &str) -> u64 {
    told[key].as_u64().unwrap_or_else(|| panic!("no {key} in {told:#}"))
}

fn is_over(line: &Line) -> bool {
    ["ALL", "CANCEL"].contains(&line["flowbatch.flow_status"].as_str())
}

/// What a command has told at last, held against what it was about.
fn check_told(name: &str, told: &Value, report: &[Line]) {
    let accepted = count(report, "accepted") as u64;
    let sum = |keys: &[&str]| keys.iter().map(|key| number(told, key)).sum::<u64>();
    match name {
        "remind" => {
            assert_eq!(sum(&["reminded", "before", "over", "failed", "unknown"]), accepted, "{told:#}");
        }
        "track" => {
            let states = told["states"].as_object().unwrap();
            let counted: u64 = states.values().map(|count| count.as_u64().unwrap()).sum();
            assert_eq!(counted, accepted, "{told:#}");
        }
        "links" => {
            let ended = report.iter().filter(|line| is_over(line)).count() as u64;
            assert!((accepted - ended..=accepted).contains(&sum(&["complete", "missing"])), "{told:#}");
            let has = |line: &&Line| line["flowbatch.sign_url"].starts_with("https://");
            let lacks: BTreeSet<&str> = report
                .iter()
                .filter(|line| line.status() == "accepted" && !has(line))
                .map(Line::key)
                .collect();
            // Nobody signs what was taken back, or was signed at once.
            let may_lack = |key: &str| [10, 15, 20].iter().chain(&UNWANTED).any(|number| id(*number) == key);
            assert!(lacks.iter().all(|key| may_lack(key)), "{lacks:?} have no link: {told:#}");
        }
        "undo" | "reconcile" => {}
        other => panic!("{other}"),
    }
}

/// So often a session is asked each question: what waits for a quiet second does so once.
const ROUNDS: usize = 3;

/// One of the commands is killed at a random moment, then runs to its end. Returns whether it
/// was killed.
fn kill_once(session: &Session, command: &[String], chance: &mut fastrand::Rng) -> bool {
    let mut first = session.start(command);
    // Once so many of its requests have come: a slow machine changes nothing.
    let goal = session.entries().len() + chance.usize(..=3);
    while !first.is_over() && session.entries().len() < goal {
        std::thread::sleep(Duration::from_millis(1));
    }
    std::thread::sleep(Duration::from_millis(chance.u64(..40)));
    let killed = !first.is_over();
    if killed {
        first.kill();
    }
    whole_report(session);
    check_done(session);
    let told = until_not_stopped(session, command).json();
    let report = whole_report(session);
    check_done(session);
    check_told(&command[0], &told, &report);
    if command[0] == "remind" {
        // Whoever was reminded is left in peace, whether it is known or not.
        let again = until_not_stopped(session, command).json();
        check_told("remind", &again, &whole_report(session));
        check_done(session);
    }
    killed
}

/// Every question about started contracts is killed at random moments, and asked again.
#[test]
fn killed_at_random_moments_what_is_asked_of_contracts_is_done_once_and_told_whole() {
    let seed = fastrand::u64(..);
    let mut chance = fastrand::Rng::with_seed(seed);
    let mut left = kills().div_ceil(3);
    let begun = Instant::now();
    let mut killed: BTreeMap<String, u32> = BTreeMap::new();
    while left > 0 {
        let session = session_of(&followed_input(), 1, Shows::Bills, &mut chance);
        run_through_kills(&session, 0, &mut chance);
        println!("seed {seed}, {left} kills left, {:?}", begun.elapsed());
        let job = job(&session);
        let command = |words: &[&str]| -> Vec<String> {
            let mut own: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            own.insert(1, job.clone());
            own.push("--json".to_owned());
            own
        };
        let report = session.report("contracts");
        let is_started = |number: &usize| {
            report.iter().any(|line| line.key() == id(*number) && line.status() == "accepted")
        };
        let unwanted: Vec<String> =
            UNWANTED.iter().filter(|number| is_started(number)).map(|n| id(*n)).collect();
        let mut undo = vec!["undo", "--yes"];
        unwanted.iter().for_each(|number| undo.extend(["--contract", number]));
        let mut commands =
            vec![command(&["track"]), command(&["remind"]), command(&["links"]), command(&["reconcile"])];
        if !unwanted.is_empty() {
            commands.push(command(&undo));
        }
        for _ in 0..ROUNDS {
            chance.shuffle(&mut commands);
            for command in &commands {
                if left == 0 {
                    break;
                }
                if kill_once(&session, command, &mut chance) {
                    *killed.entry(command[0].clone()).or_default() += 1;
                    left -= 1;
                }
            }
        }
        // What the report says at last is how the contracts stand.
        until_not_stopped(&session, &command(&["track"]));
        let stand: BTreeMap<String, String> =
            session.flows().into_iter().map(|flow| (flow.id, flow.status)).collect();
        for line in whole_report(&session).iter().filter(|line| line.status() == "accepted") {
            assert_eq!(&line["flowbatch.flow_status"], &stand[&line["flowbatch.flow_id"]], "{}", line.key());
        }
    }
    println!("killed: {killed:?}");
}
