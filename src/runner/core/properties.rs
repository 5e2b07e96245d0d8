//! Whose fault it is, against an API that follows a script.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::scripted::{Script, World, accepted, agents, limits, refused};
use super::*;
use crate::domain::job::FlowNo;
use crate::journal::StopRecord;

fn question(world: &World) -> &Question {
    match &world.end {
        Some(Reason::Question(question)) => question,
        Some(_) => panic!("it ended for another reason"),
        None => panic!("it did not stop"),
    }
}

fn told(reason: &Reason) -> &'static str {
    match reason {
        Reason::Caller(_) => "caller",
        Reason::Question(_) => "question",
        Reason::Unreachable(_) => "unreachable",
        Reason::Held(_) => "held",
        _ => "other",
    }
}

/// Every request is refused with the code from that request on.
fn refused_from(first: u32, code: &'static str) -> Script {
    Box::new(move |request, _, _| if request < first { accepted(request) } else { refused(code) })
}

#[test]
fn what_is_refused_for_all_blames_nobody() {
    for latency in [1, 6, 64] {
        for code in [
            "FailedOperation", "InvalidParameter.OrganizationId", "InvalidParameter.SomethingNew",
            "InvalidParameter.FlowName", "MissingParameter", "OperationDenied", "ResourceNotFound.Template",
        ] {
            let world = World::new(400, 1, latency, refused_from(1, code)).run();
            assert!(world.rejected.is_empty() && world.accepted.is_empty(), "{code}");
            assert_eq!(question(&world).flows.len(), 20, "{code}");
            assert!(world.after_refusal() <= 40, "{code}: {} more", world.after_refusal());
        }
    }
}

#[test]
fn what_begins_in_the_middle_blames_nobody() {
    for latency in [1, 6, 20] {
        for code in
            ["OperationDenied", "ResourceInsufficient", "FailedOperation", "InvalidParameter.FlowName"]
        {
            let world = World::new(400, 1, latency, refused_from(3, code)).run();
            assert!(world.rejected.is_empty(), "{code} {latency}: {:?}", world.rejected);
            assert_eq!(world.accepted.len(), 40, "{code}");
            assert!(question(&world).flows.len() >= 20, "{code}");
            let most =
                40 + if code == "InvalidParameter.FlowName" { u32::try_from(latency).unwrap() } else { 0 };
            assert!(world.after_refusal() <= most, "{code} {latency}: {} more", world.after_refusal());
        }
    }
}

#[test]
fn a_caller_at_fault_stops_at_once() {
    let world = World::new(400, 1, 6, refused_from(1, "FailedOperation.AuthFail")).run();
    assert!(matches!(world.end, Some(Reason::Caller(_))));
    assert!(world.rejected.is_empty() && world.after_refusal() == 0);
}

#[test]
fn a_few_contracts_prove_nothing_about_the_caller() {
    for flows in 1..5 {
        let own = World::new(flows, 1, 6, refused_from(1, "InvalidParameter.Mobile")).run();
        assert_eq!((own.rejected.len(), own.end.is_none()), (flows as usize, true));
        let general = World::new(flows, 1, 6, refused_from(1, "OperationDenied")).run();
        assert!(general.rejected.is_empty());
        assert_eq!(question(&general).flows.len(), flows as usize);
    }
}

#[test]
fn whoever_says_keep_going_gets_them_rejected() {
    let keep = Limits { keep_going_for_all: true, ..limits(60) };
    let world = World::with(keep, agents(1), 60, 6, refused_from(1, "InvalidParameter.FlowName")).run();
    assert_eq!((world.rejected.len(), world.end.is_none()), (60, true));
}

#[test]
fn after_a_stop_one_contract_is_asked_first() {
    let stopped = |code: &str| {
        let mut agents = agents(1);
        let stop = StopRecord { code: code.into(), alike: String::new() };
        agents[0].stopped_before = Some(stop);
        agents[0].accepted_before = true;
        agents
    };
    for code in ["InvalidParameter.FlowName", "OperationDenied"] {
        let world = World::with(limits(400), stopped(code), 400, 6, refused_from(1, code)).run();
        assert_eq!(world.requests, 1, "{code}");
        assert!(world.rejected.is_empty() && world.stops.len() == 1);
        let mended =
            World::with(limits(400), stopped(code), 400, 6, Box::new(|request, _, _| accepted(request)))
                .run();
        assert_eq!((mended.accepted.len(), mended.pages.len()), (400, 20));
        assert!(mended.end.is_none());
    }
}

#[test]
fn another_agents_stop_stops_nobody_else() {
    let world = World::new(
        400,
        2,
        6,
        Box::new(|request, group, _| if group == 0 { refused("OperationDenied") } else { accepted(request) }),
    )
    .run();
    assert_eq!((world.accepted.len(), world.rejected.len()), (200, 0));
    assert_eq!(question(&world).flows.len(), 20);
}

#[test]
fn many_agents_with_a_contract_each_and_none_that_passes_are_not_blamed() {
    for code in ["OperationDenied", "InvalidParameter.FlowName"] {
        let world = World::new(400, 400, 6, refused_from(1, code)).run();
        assert!(world.rejected.is_empty(), "{code}");
        assert!(world.after_refusal() <= 40, "{code}: {}", world.after_refusal());
    }
}

/// The other side fails on whatever holds that flow.
fn chokes_on(flow: i64, outcome: Outcome) -> Script {
    Box::new(move |request, _, flows| match flows.contains(&FlowNo(flow)) {
        true => outcome.clone(),
        false => accepted(request),
    })
}

#[test]
fn a_contract_that_the_other_side_chokes_on_keeps_no_neighbour_back() {
    use crate::domain::verdict::Verdict;
    for (verdict, code) in [
        (Verdict::Server, "InternalError.System"),
        (Verdict::InDoubt, "network.broken"),
        (Verdict::InDoubt, "network.timeout"),
        (Verdict::Gateway, "http.403"),
    ] {
        for flow in [0, 7, 19, 20, 39] {
            let outcome = Outcome { http_status: Some(500), ..Outcome::with_code(verdict, code) };
            let world = World::new(40, 1, 1, chokes_on(flow, outcome)).run();
            // A gateway that refuses before anything passed stops at once.
            if verdict == Verdict::Gateway && flow < 20 {
                assert!(matches!(world.end, Some(Reason::Caller(_))), "{code} {flow}");
                continue;
            }
            let rejected: Vec<i64> = world.rejected.keys().map(|flow| flow.0).collect();
            let end = world.end.as_ref().map(told);
            assert_eq!((rejected, world.accepted.len(), end), (vec![flow], 39, None), "{code} {flow}");
        }
    }
}

/// A web page where an answer should be.
fn page() -> Outcome {
    use crate::domain::network::{Fault, Trouble};
    let fault = Fault::Page(None);
    let code = fault.code();
    let trouble = Trouble { fault, host: String::new(), proxy: None, cause: String::new() };
    Outcome {
        http_status: Some(200),
        trouble: Some(std::sync::Arc::new(trouble)),
        ..Outcome::with_code(crate::domain::verdict::Verdict::InDoubt, code)
    }
}

#[test]
fn a_web_page_before_any_answer_ends_the_work_after_three_tries() {
    for latency in [1, 6] {
        let world = World::new(400, 1, latency, Box::new(|_, _, _| page())).run();
        assert_eq!(world.end.as_ref().map(told), Some("unreachable"));
        assert!(world.requests <= latency as u32 + 3, "{} requests", world.requests);
    }
    // One among the first answers may be an accident.
    let script: Script = Box::new(|request, _, _| if request == 1 { page() } else { accepted(request) });
    let world = World::new(400, 1, 1, script).run();
    assert_eq!((world.accepted.len(), world.end.as_ref().map(told)), (400, None));
}

#[test]
fn a_web_page_in_the_middle_is_asked_again_like_any_answer_that_cannot_be_read() {
    let script: Script = Box::new(|request, _, _| if request == 5 { page() } else { accepted(request) });
    let world = World::new(400, 1, 3, script).run();
    assert_eq!((world.accepted.len(), world.end.as_ref().map(told)), (400, None));
}

#[test]
fn what_is_gathered_while_a_refusal_is_open_is_asked_next() {
    let bad = |flows: &[FlowNo]| {
        let code = [(5, "InvalidParameter.Mobile"), (220, "FailedOperation")];
        code.iter().find(|(flow, _)| flows.contains(&FlowNo(*flow))).map(|(_, code)| *code)
    };
    for latency in [1, 2, 6] {
        let script: Script =
            Box::new(move |request, _, flows| bad(flows).map_or_else(|| accepted(request), refused));
        let world = World::new(221, 1, latency, script).run();
        let rejected: Vec<i64> = world.rejected.keys().map(|flow| flow.0).collect();
        assert_eq!((rejected, world.accepted.len(), world.end.is_none()), (vec![5, 220], 219, true));
    }
}

const OLD_KEYS: &str = "AuthFailure.TokenFailure";

#[test]
fn credentials_that_end_in_the_middle_are_read_anew_once() {
    for latency in [1, 6] {
        // What leaves before they are read is signed with the old ones.
        let script: Script = Box::new(move |request, _, _| match request {
            10..=15 => refused(OLD_KEYS),
            _ => accepted(request),
        });
        let mut world = World::new(400, 1, latency, script);
        world.new_keys = true;
        let world = world.run();
        if latency == 1 {
            // The second one in a row was signed with the new ones.
            assert_eq!((world.keys_read, world.end.as_ref().map(told)), (1, Some("caller")));
        } else {
            assert_eq!((world.keys_read, world.accepted.len(), world.end.is_some()), (1, 400, false));
        }
    }
}

#[test]
fn credentials_that_stay_the_same_end_the_work() {
    let world = World::new(400, 1, 3, refused_from(10, OLD_KEYS)).run();
    assert_eq!((world.keys_read, world.end.as_ref().map(told)), (1, Some("caller")));
    assert!(world.rejected.is_empty());
    // Where nothing was accepted they were never right.
    let world = World::new(400, 1, 3, refused_from(1, OLD_KEYS)).run();
    assert_eq!((world.keys_read, world.end.as_ref().map(told)), (0, Some("caller")));
}

#[test]
fn where_the_other_side_fails_on_everything_nobody_is_blamed() {
    use crate::domain::verdict::Verdict;
    for flows in [1, 20, 45] {
        let world =
            World::new(flows, 1, 6, Box::new(|_, _, _| Outcome::with_code(Verdict::Server, "InternalError")))
                .run();
        assert!(world.rejected.is_empty() && world.accepted.is_empty());
        assert!(world.end.is_some());
    }
}

#[test]
fn an_outage_in_the_middle_blames_nobody() {
    use crate::domain::verdict::Verdict;
    let world = World::new(
        2_000,
        1,
        6,
        Box::new(|request, _, _| match request {
            30..=40 => Outcome::with_code(Verdict::InDoubt, "network.timeout"),
            _ => accepted(request),
        }),
    )
    .run();
    let end = world.end.as_ref().map(told);
    assert_eq!((world.accepted.len(), world.rejected.len(), end), (2_000, 0, None));
}

#[test]
fn a_contract_too_large_alone_is_the_callers_only_while_nothing_passes() {
    let world = World::new(40, 1, 1, refused_from(1, "RequestSizeLimitExceeded")).run();
    assert!(world.rejected.is_empty() && matches!(world.end, Some(Reason::Caller(_))));
    let world = World::new(40, 1, 1, chokes_on(25, refused("RequestSizeLimitExceeded"))).run();
    assert_eq!((world.rejected.len(), world.accepted.len()), (1, 39));
}

#[test]
fn contracts_whose_deadline_has_passed_are_not_sent() {
    let mut world = World::new(0, 1, 6, Box::new(|request, _, _| accepted(request)));
    let member = |flow: i64, deadline: i64| Member {
        flow: FlowNo(flow),
        template: None,
        size: 1,
        deadline,
        relative: flow == 3,
    };
    let members = vec![member(0, 1_900_000_000), member(1, 1_700_000_000), member(2, 0), member(3, 1)];
    let flows = members.iter().map(|member| member.flow).collect();
    world.load_for_test(vec![(Cut { group: 0, flows }, members)]);
    let world = world.run();
    assert_eq!(world.invalid.iter().map(|flow| flow.0).collect::<Vec<_>>(), [1]);
    assert_eq!(world.accepted.len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// Contracts that the API refuses, each with a code: those are rejected and no
    /// others, whatever is in flight, and what passes needs no more pages than it must.
    #[test]
    fn exactly_the_bad_ones_are_rejected(
        flows in 21_u32..300,
        bad in prop::collection::btree_map(0_i64..300, 0_usize..4, 0..12),
        latency in 1_usize..30,
        groups in 1_u32..4,
    ) {
        const CODES: [&str; 4] =
            ["InvalidParameter.Mobile", "MissingParameter", "FailedOperation", "OperationDenied"];
        let bad: BTreeMap<i64, usize> = bad.into_iter().filter(|(flow, _)| *flow < i64::from(flows)).collect();
        let guilty: BTreeSet<FlowNo> = bad.keys().map(|flow| FlowNo(*flow)).collect();
        let script = move |request: u32, _: u32, flows: &[FlowNo]| {
            match flows.iter().find_map(|flow| bad.get(&flow.0)) {
                Some(code) => refused(CODES[*code]),
                None => accepted(request),
            }
        };
        let world = World::new(flows, groups, latency, Box::new(script)).run();
        let rejected: BTreeSet<FlowNo> = world.rejected.keys().copied().collect();
        prop_assert!(rejected.is_subset(&guilty), "{rejected:?} of {guilty:?}");
        if world.end.is_none() {
            prop_assert_eq!(&rejected, &guilty);
            prop_assert_eq!(world.accepted.len(), flows as usize - guilty.len());
        } else {
            // Only where a chunk was bad through and through may somebody be asked; the
            // last one of a group may be short.
            let short = (0..groups).any(|group| {
                let last = (flows - group).div_ceil(groups) as usize % 20;
                (1..=guilty.len()).contains(&last)
            });
            prop_assert!(short || guilty.len() >= 5 || u64::from(flows / groups) < 25);
        }
    }

    /// From some request on the API says the same to everything: whatever it is, and
    /// whenever it begins, nobody is blamed, and it stops or ends with something held.
    #[test]
    fn what_is_said_to_everything_from_some_request_on_blames_nobody(
        flows in 20_u32..240,
        first in 1_u32..16,
        latency in 1_usize..30,
        groups in 1_u32..4,
        what in prop::sample::select(vec![
            "FailedOperation", "OperationDenied", "InvalidParameter.FlowName", "InvalidParameter.Mobile",
            "MissingParameter", "ResourceNotFound.Template", "ResourceNotFound.Application",
            "RequestSizeLimitExceeded", "LimitExceeded.FlowInfos", "FailedOperation.NoRoleAuth",
            "UnsupportedOperation", "InternalError", "Nobody.KnowsThis",
        ]),
    ) {
        let plainly_own = crate::domain::codes::judge_code(what).0 == crate::domain::verdict::Verdict::Data;
        let world = World::new(flows, groups, latency, refused_from(first, what)).run();
        // What is plainly a contract's own, of fewer than twenty that an Agent had left, may be theirs.
        if !(plainly_own && world.rejected.len() < 20 * groups as usize) {
            prop_assert!(world.rejected.is_empty(), "{what}: {:?}", world.rejected);
        }
        let all = world.accepted.len() + world.rejected.len();
        prop_assert!(world.end.is_some() || all == flows as usize, "{what}: {all} of {flows} have a result");
    }

    /// Contracts that are refused, and from some request on trouble of the account, until the end:
    /// nobody else is blamed.
    #[test]
    fn trouble_of_the_account_blames_no_good_contract(
        flows in 15_u32..120,
        bad in prop::collection::btree_map(0_i64..120, 0_usize..4, 0..6),
        first in 2_u32..25,
        trouble in 0_usize..4,
        latency in 1_usize..12,
        groups in 1_u32..4,
    ) {
        const CODES: [&str; 5] =
            ["MissingParameter", "FailedOperation", "OperationDenied", "Nobody.KnowsThis", "InvalidParameter.Mobile"];
        let guilty: BTreeSet<FlowNo> = bad.keys().map(|flow| FlowNo(*flow)).collect();
        let script = move |request: u32, _: u32, flows: &[FlowNo]| {
            if request >= first {
                return refused(CODES[trouble]);
            }
            match flows.iter().find_map(|flow| bad.get(&flow.0)) {
                Some(code) => refused(CODES[*code + 1]),
                None => accepted(request),
            }
        };
        let world = World::new(flows, groups, latency, Box::new(script)).run();
        let rejected: BTreeSet<FlowNo> = world.rejected.keys().copied().collect();
        prop_assert!(rejected.is_subset(&guilty), "{rejected:?} of {guilty:?}");
    }

    /// Contracts that the other side chokes on, wherever they stand: the others pass.
    #[test]
    fn what_the_other_side_chokes_on_keeps_nobody_back(
        flows in 3_u32..150,
        bad in prop::collection::btree_set(0_i64..150, 0..5),
        latency in 1_usize..12,
    ) {
        use crate::domain::verdict::Verdict;
        let own: BTreeSet<i64> = bad.into_iter().filter(|flow| *flow < i64::from(flows)).collect();
        let guilty = own.clone();
        let script = move |request: u32, _: u32, flows: &[FlowNo]| {
            match flows.iter().any(|flow| own.contains(&flow.0)) {
                true => Outcome::with_code(Verdict::Server, "InternalError"),
                false => accepted(request),
            }
        };
        let world = World::new(flows, 1, latency, Box::new(script)).run();
        prop_assert!(world.rejected.keys().all(|flow| guilty.contains(&flow.0)));
        // Nearly nothing else there: then it looks like an outage.
        if flows as usize >= 40 && guilty.len() < 5 {
            prop_assert_eq!(world.accepted.len(), flows as usize - guilty.len());
        }
    }

    /// The other side fails on everything for a while, however few contracts are left: nobody is blamed.
    #[test]
    fn an_outage_blames_nobody_whenever_it_begins_and_ends(
        flows in 1_u32..90,
        first in 1_u32..12,
        length in 1_u32..60,
        latency in 1_usize..12,
        groups in 1_u32..6,
    ) {
        use crate::domain::verdict::Verdict;
        let script = move |request: u32, _: u32, _: &[FlowNo]| match (first..first + length).contains(&request) {
            true => Outcome::with_code(Verdict::Server, "InternalError"),
            false => accepted(request),
        };
        let world = World::new(flows, groups, latency, Box::new(script)).run();
        prop_assert!(world.rejected.is_empty(), "{:?}", world.rejected);
        prop_assert!(world.end.is_some() || world.accepted.len() == flows as usize);
    }

    /// A contract in each chunk is refused: a chunk costs no more requests where there are many.
    #[test]
    fn a_bad_contract_in_each_chunk_costs_the_same_in_a_long_job(
        chunks in 2_u32..50,
        place in 0_i64..20,
        code in prop::sample::select(vec!["OperationDenied", "FailedOperation", "InvalidParameter.Mobile"]),
        latency in 1_usize..64,
    ) {
        let script = move |request: u32, _: u32, flows: &[FlowNo]| {
            match flows.iter().any(|flow| flow.0 % 20 == place) {
                true => refused(code),
                false => accepted(request),
            }
        };
        let world = World::new(chunks * 20, 1, latency, Box::new(script)).run();
        prop_assert!(world.requests <= 14 * chunks + 30, "{} requests for {chunks} chunks", world.requests);
        prop_assert_eq!(world.rejected.len(), chunks as usize);
    }

    /// Nothing is accepted or rejected twice and the work ends, whatever the API says.
    #[test]
    fn whatever_the_api_says_the_work_ends(
        flows in 1_u32..120,
        answers in prop::collection::vec(0_usize..9, 1..60),
        latency in 1_usize..20,
        groups in 1_u32..4,
    ) {
        use crate::domain::verdict::Verdict;
        let script = move |request: u32, _: u32, _: &[FlowNo]| {
            let which = answers.get(request as usize % answers.len()).copied().unwrap_or(0);
            match which {
                0..=3 => accepted(request),
                4 => refused("InvalidParameter.Name"),
                5 => refused("MissingParameter"),
                6 => refused("FailedOperation"),
                7 => Outcome::with_code(Verdict::Server, "InternalError"),
                _ => refused("RequestLimitExceeded"),
            }
        };
        World::new(flows, groups, latency, Box::new(script)).run();
    }
}
