//! An action that starts contracts, against an API that follows a script and remembers
//! what it has started.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use proptest::prelude::*;

use super::scripted::{Script, World, agents, limits};
use super::*;
use crate::domain::codes::REFUSED;
use crate::domain::job::FlowNo;
use crate::domain::verdict::{FlowAnswer, Started, Verdict};
use crate::essbasic::action::Action;
use crate::essbasic::started::{AMBIGUOUS, NO_FLOW_ID};

/// How often each flow was started.
type Ledger = Rc<RefCell<BTreeMap<FlowNo, u32>>>;

fn starting(contracts: u32, per_request: usize) -> Limits {
    Limits {
        action: Action::CreateFlowsByTemplates,
        chunk: ChunkLimits { flows: per_request, bytes: 1 << 20 },
        ..limits(u64::from(contracts))
    }
}

fn start(ledger: &Ledger, flows: &[FlowNo]) {
    for flow in flows {
        *ledger.borrow_mut().entry(*flow).or_default() += 1;
    }
}

fn id(flow: FlowNo) -> FlowAnswer {
    FlowAnswer::Started(format!("id {}", flow.0))
}

fn all_started(flows: &[FlowNo]) -> Outcome {
    let started = Started { flows: flows.iter().map(|flow| id(*flow)).collect(), loose: Vec::new() };
    Outcome { started: Box::new(started), ..Outcome::new(Verdict::Accepted) }
}

/// As the action reads an answer of which each flow has an entry.
fn each(flows: &[FlowNo], refused: impl Fn(FlowNo) -> Option<String>) -> Outcome {
    let of_flow = |flow: &FlowNo| refused(*flow).map_or_else(|| id(*flow), FlowAnswer::Refused);
    let answers: Vec<FlowAnswer> = flows.iter().map(of_flow).collect();
    let message = answers.iter().find_map(|answer| match answer {
        FlowAnswer::Refused(message) => Some(message.clone()),
        _ => None,
    });
    let passed = answers.iter().any(|answer| matches!(answer, FlowAnswer::Started(_)));
    let own =
        if passed { Outcome::new(Verdict::Accepted) } else { Outcome::with_code(Verdict::Data, REFUSED) };
    Outcome { message, started: Box::new(Started { flows: answers, loose: Vec::new() }), ..own }
}

fn refused(code: &str) -> Outcome {
    let (verdict, _) = crate::essbasic::started::judge(code);
    Outcome { message: Some(format!("the words of {code}")), ..Outcome::with_code(verdict, code) }
}

fn world(flows: u32, per_request: usize, latency: usize, script: Script) -> World {
    World::with(starting(flows, per_request), agents(1), flows, latency, script).run()
}

fn is_question(world: &World) -> bool {
    matches!(world.end, Some(Reason::Question(_)))
}

#[test]
fn each_contract_of_a_request_goes_its_own_way() {
    for per_request in [1, 20] {
        let ledger = Ledger::default();
        let own = Rc::clone(&ledger);
        let bad = |flow: FlowNo| flow.0 % 7 == 3;
        let world = world(
            100,
            per_request,
            4,
            Box::new(move |_, _, flows| {
                let good: Vec<FlowNo> = flows.iter().filter(|flow| !bad(**flow)).copied().collect();
                start(&own, &good);
                each(flows, |flow| bad(flow).then(|| format!("no such signer {}", flow.0)))
            }),
        );
        let expected = (0..100).filter(|flow| bad(FlowNo(*flow))).count();
        assert_eq!((world.rejected.len(), world.accepted.len()), (expected, 100 - expected), "{per_request}");
        assert!(world.end.is_none() && ledger.borrow().values().all(|times| *times == 1));
        assert_eq!(world.requests as usize, 100 / per_request, "nobody is asked twice");
    }
}

#[test]
fn the_same_sentence_twenty_times_stops_with_a_question() {
    for per_request in [1, 20] {
        let script: Script = Box::new(|request, _, flows| match request {
            1 => all_started(flows),
            _ => each(flows, |flow| Some(format!("合同份额不足（{}）", flow.0))),
        });
        let world = world(200, per_request, 1, script);
        assert!(is_question(&world) && world.rejected.is_empty(), "{per_request}");
        assert!(world.requests <= 22, "{} requests", world.requests);
    }
    // Other sentences are other reasons: they are the contracts' own once something passes.
    let script: Script = Box::new(|_, _, flows| {
        each(flows, |flow| (flow.0 < 30).then(|| format!("reason {}", ["a", "b", "c"][flow.0 as usize % 3])))
    });
    let world = world(60, 1, 1, script);
    assert_eq!((world.rejected.len(), world.accepted.len()), (30, 30));
}

#[test]
fn a_request_that_is_refused_as_a_whole_is_taken_apart_and_nothing_is_started_twice() {
    let ledger = Ledger::default();
    let own = Rc::clone(&ledger);
    let world = world(
        60,
        20,
        3,
        Box::new(move |_, _, flows| {
            if flows.contains(&FlowNo(33)) {
                return refused("InvalidParameter.Mobile");
            }
            start(&own, flows);
            all_started(flows)
        }),
    );
    assert_eq!(world.rejected.keys().map(|flow| flow.0).collect::<Vec<_>>(), [33]);
    assert_eq!((world.accepted.len(), world.doubts.len()), (59, 0));
    assert!(ledger.borrow().values().all(|times| *times == 1));
}

#[test]
fn an_outage_makes_few_doubts() {
    // Before anything was answered, and in the middle.
    for (first, most) in [(1, 3), (10, 60)] {
        let world = world(
            1_000,
            1,
            64,
            Box::new(move |request, _, flows| match request < first {
                true => all_started(flows),
                false => Outcome::with_code(Verdict::InDoubt, "network.timeout"),
            }),
        );
        assert!(matches!(world.end, Some(Reason::Unreachable(_))));
        assert!(world.doubts.len() <= most && world.rejected.is_empty(), "{}", world.doubts.len());
        assert_eq!(world.accepted.len(), first as usize - 1);
    }
}

#[test]
fn a_doubt_that_would_come_of_every_request_ends_the_work() {
    for (code, status) in
        [("FailedOperation.OrganizationNameChanged", 200), ("http.302", 302), ("http.403", 403)]
    {
        let world = world(
            100,
            1,
            8,
            Box::new(move |_, _, _| Outcome {
                http_status: Some(status),
                ..Outcome::with_code(Verdict::InDoubt, code)
            }),
        );
        assert!(matches!(world.end, Some(Reason::Caller(_))), "{code}");
        assert_eq!((world.doubts.len(), world.requests), (1, 1), "{code}");
    }
}

#[test]
fn an_answer_that_fits_another_number_of_contracts_is_a_doubt() {
    let script: Script = Box::new(|_, _, flows| all_started(&flows[1..]));
    let world = world(60, 20, 1, script);
    assert!(world.accepted.is_empty() && world.doubts.len() == 60);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Whatever happens, and whether or not the API has started what it was asked to: no
    /// contract is started twice, every one that was started and is not known as such is in
    /// doubt, nobody who was started is rejected, and the work ends.
    #[test]
    fn nothing_is_started_twice_and_every_doubt_is_told(
        flows in 1_u32..90,
        per_request in prop::sample::select(vec![1_usize, 2, 20]),
        answers in prop::collection::vec(0_usize..16, 1..80),
        latency in 1_usize..50,
        groups in 1_u32..3,
    ) {
        let ledger = Ledger::default();
        let own = Rc::clone(&ledger);
        let script: Script = Box::new(move |request, _, flows| {
            let which = answers.get(request as usize % answers.len()).copied().unwrap_or(0);
            let doubt = |code: &str| Outcome::with_code(Verdict::InDoubt, code);
            match which {
                0..=4 => {
                    start(&own, flows);
                    all_started(flows)
                }
                5 => {
                    let good: Vec<FlowNo> = flows.iter().filter(|flow| flow.0 % 3 != 0).copied().collect();
                    start(&own, &good);
                    each(flows, |flow| (flow.0 % 3 == 0).then(|| "no".to_owned()))
                }
                6 => refused("InvalidParameter.Mobile"),
                7 => refused("OperationDenied"),
                8 => refused("RequestLimitExceeded"),
                9 => Outcome::with_code(Verdict::NotSent, "network.connect"),
                // Started, and the answer lost or spoilt.
                10 => {
                    start(&own, flows);
                    doubt("network.timeout")
                }
                11 => {
                    start(&own, flows);
                    refused("InternalError")
                }
                12 => {
                    start(&own, flows);
                    doubt(AMBIGUOUS)
                }
                // Not started, and nobody can know.
                13 => doubt(NO_FLOW_ID),
                14 => refused("FailedOperation"),
                _ => doubt("http.502"),
            }
        });
        let world = World::with(starting(flows, per_request), agents(groups), flows, latency, script).run();
        for (flow, times) in ledger.borrow().iter() {
            prop_assert!(*times == 1, "{flow:?} was started {times} times");
            prop_assert!(world.accepted.contains_key(flow) || world.doubts.contains(flow), "{flow:?}");
            prop_assert!(!world.rejected.contains_key(flow));
        }
        for flow in world.accepted.keys() {
            prop_assert!(ledger.borrow().contains_key(flow), "{flow:?} was never started");
        }
        let known = world.accepted.len() + world.rejected.len() + world.doubts.len();
        prop_assert!(world.end.is_some() || known == flows as usize, "{known} of {flows}");
    }
}
