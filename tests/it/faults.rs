//! What the API or the network can do to a request, and what comes of it:
//! who is at fault, what is sent again, and how few pages there still are.

use std::collections::BTreeSet;
use std::time::Duration;

use flowbatch::domain::codes::judge_code;
use flowbatch::domain::verdict::Verdict;
use flowbatch::sandbox::Options;

use crate::sheets::{contracts, id};
use crate::support::{Line, Session, count, faulty, links, unhurried};

fn contracts_under(faults: &str) -> Session {
    Session::new().file("contracts.csv", contracts(45).csv()).sandbox(faulty(faults))
}

fn keys_of(report: &[Line], status: &str) -> BTreeSet<String> {
    report.iter().filter(|line| line.status() == status).map(|line| line.key().to_owned()).collect()
}

/// One request of three is spoilt once; it is sent once more, and nobody sees that.
fn one_more_request(fault: &str) {
    let session = contracts_under(&format!("{fault}=@2"));
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!((links(&report).len(), session.entries().len()), (3, 4), "{fault}");
    assert_eq!(session.entries().iter().filter(|entry| entry.fault.is_some()).count(), 1, "{fault}");
}

macro_rules! one_more_request {
    ($($name:ident: $fault:literal,)*) => {
        $(#[test] fn $name() { one_more_request($fault); })*
    };
}

one_more_request! {
    a_reset_before_the_body_is_sent_again: "reset-before",
    a_reset_after_the_body_is_sent_again: "reset-after",
    status_500_is_sent_again: "500",
    status_502_is_sent_again: "502",
    status_503_is_sent_again: "503",
    status_504_is_sent_again: "504",
    half_an_answer_is_asked_for_again: "half",
    garbage_is_asked_for_again: "garbage",
    an_empty_answer_is_asked_for_again: "empty",
    an_internal_error_is_sent_again: "internal-error",
    a_refusal_for_the_quota_is_sent_again: "rate-limit",
    an_unclear_failure_is_sent_again: "code:FailedOperation",
}

#[test]
fn a_lost_answer_is_asked_for_again_after_the_timeout() {
    let session = contracts_under("hang=@2").env("FLOWBATCH_HTTP__TIMEOUT", "400ms");
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!((links(&report).len(), session.entries().len()), (3, 4));
    let twice = session.accepted().values().filter(|times| **times == 2).count();
    assert!([5, 20].contains(&twice), "the lost page was prepared, its link is never shown");
}

#[test]
fn a_slow_answer_counts() {
    let session = contracts_under("slow:1=@2");
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    session.check_links(&session.report("contracts"));
    assert_eq!(session.entries().len(), 3);
}

#[test]
fn retry_after_is_obeyed() {
    let session = contracts_under("503:1=@1");
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
    let entries = session.entries();
    let refused = entries.iter().find(|entry| entry.fault.as_deref() == Some("503")).unwrap();
    let last = entries.last().unwrap();
    assert_eq!(entries.len(), 4);
    assert!(last.arrival_us - refused.arrival_us >= 1_000_000, "waits are at least as long as asked");
}

#[test]
fn a_redirect_is_not_followed_and_blames_nobody() {
    let session = contracts_under("307=1");
    session.run(["run", "contracts.csv"]).exit(5);
    assert_eq!(count(&session.report("contracts"), "pending"), 45);
    assert!(session.entries().len() <= 3, "each request once: {}", session.entries().len());
    assert!(session.accepted().is_empty());
}

#[test]
fn a_notice_of_deprecation_is_shown_once() {
    let session = contracts_under("deprecated=1");
    let ran = session.run(["run", "contracts.csv"]).exit(0).says("no longer recommended");
    assert_eq!(ran.stderr.matches("no longer recommended").count(), 1, "{}", ran.stderr);
}

#[test]
fn ten_bad_contracts_among_a_thousand_are_found_and_cost_no_page() {
    let mut bad = BTreeSet::new();
    let mut chance = fastrand::Rng::new();
    while bad.len() < 10 {
        bad.insert(chance.usize(1..=1000));
    }
    let input = contracts(1000).with("flow_description", |number| match bad.contains(&number) {
        true => "sandbox:InvalidParameter.FlowName".to_owned(),
        false => String::new(),
    });
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(4).says("990 accepted").says("10 rejected");
    let report = session.report("contracts");
    let guilty: BTreeSet<String> = bad.iter().map(|number| id(*number)).collect();
    assert_eq!(keys_of(&report, "rejected"), guilty);
    assert_eq!((count(&report, "accepted"), links(&report).len()), (990, 50));
    session.check_links(&report);
    for line in report.iter().filter(|line| line.status() == "rejected") {
        assert_eq!(line.code(), "InvalidParameter.FlowName");
        assert!(!line["flowbatch.reason"].is_empty() && !line["flowbatch.request_id"].is_empty());
    }
    let extra = session.entries().len() - 50;
    // Each in a chunk of its own: five halvings of 20, two requests each.
    assert!(extra <= 100, "{extra} extra requests for {bad:?}");
    assert!(session.has("contracts.fix.xlsx"));
}

/// If the left half passes, the right one holds the fault: it is halved without being asked.
#[test]
fn wherever_in_its_page_a_bad_contract_stands_it_is_found_quickly() {
    // The first page has it first, the second second, and so on.
    let input =
        contracts(400).with("flow_description", |number| match (number - 1) / 20 == (number - 1) % 20 {
            true => "sandbox:InvalidParameter.FlowName".to_owned(),
            false => String::new(),
        });
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(4).says("380 accepted").says("20 rejected");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!(links(&report).len(), 19);
    let to_find = session.entries().len() - 20 - 19;
    assert!(to_find <= 150, "{to_find} requests to find 20 contracts");
}

#[test]
fn an_unknown_template_is_the_fault_of_its_contracts() {
    let input =
        contracts(45).set(8, "template_id", "sandbox-unknown-1").set(33, "template_id", "sandbox-unknown-2");
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(4);
    let report = session.report("contracts");
    assert_eq!(keys_of(&report, "rejected"), [id(8), id(33)].into());
    assert_eq!((report[7].code(), count(&report, "accepted")), ("ResourceNotFound.Template", 43));
    session.check_links(&report);
}

#[test]
fn a_template_that_is_gone_is_learnt_and_not_asked_for_a_contract_at_a_time() {
    // Some contract of the first page has another template: so it is not the caller.
    let gone = |number: &usize| !number.is_multiple_of(60) && *number != 7;
    let input = (1..=600)
        .filter(gone)
        .fold(contracts(600), |input, number| input.set(number, "template_id", "sandbox-unknown-1"));
    // The first page is answered before the second one leaves.
    let session = Session::new()
        .file("contracts.csv", input.csv())
        .sandbox(unhurried())
        .env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "50");
    session.run(["run", "contracts.csv"]).exit(4).says("11 accepted").says("589 rejected");
    let report = session.report("contracts");
    assert!(
        report.iter().all(|line| line.status() == "accepted" || line.code() == "ResourceNotFound.Template")
    );
    session.check_links(&report);
    // The ten good ones have to be found among the others; the rest is known by then.
    assert!(session.entries().len() < 200, "{} requests", session.entries().len());
}

#[test]
fn the_only_template_that_is_gone_is_a_question_and_blames_no_contract() {
    let input =
        (1..=100).fold(contracts(100), |input, number| input.set(number, "template_id", "sandbox-unknown-1"));
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    let ran = session.run(["run", "contracts.csv"]).exit(5).says("100 pending");
    ran.says("template sandbox-unknown-1").says("--keep-going");
    assert!(session.entries().len() <= 5 + 40, "{}", session.entries().len());
    let sent = session.entries().len();
    session.run(["run", "contracts.csv"]).exit(5).says("100 pending");
    assert_eq!(session.entries().len(), sent + 1, "one contract is asked first");
    session.run(["run", "contracts.csv", "--keep-going"]).exit(4).says("100 rejected");
}

/// A code that may be the caller's fault, but is one contract's.
#[test]
fn a_contract_without_something_is_found_and_the_caller_not_blamed() {
    for number in [1, 30, 45] {
        let input = contracts(45).with("flow_description", |own| match own == number {
            true => "sandbox:MissingParameter".to_owned(),
            false => String::new(),
        });
        let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
        session.run(["run", "contracts.csv"]).exit(4);
        let report = session.report("contracts");
        assert_eq!(keys_of(&report, "rejected"), [id(number)].into());
        assert_eq!((count(&report, "accepted"), links(&report).len()), (44, 3));
        session.check_links(&report);
    }
}

#[test]
fn a_callers_fault_in_disguise_stops_the_job_early_and_blames_no_row() {
    const LATENCY: Duration = Duration::from_millis(100);
    let options = Options { latency: LATENCY, ..faulty("code:MissingParameter=1") };
    let mut session = Session::new().file("contracts.csv", contracts(5000).csv()).sandbox(options);
    session.run(["run", "contracts.csv"]).exit(5).says("MissingParameter");
    let entries = session.entries();
    // The first answer is read a latency after its request, and what has a slot by then leaves.
    let known = entries.first().unwrap().arrival_us + u64::try_from(LATENCY.as_micros()).unwrap() + 150_000;
    let in_flight = entries.iter().filter(|entry| entry.arrival_us < known).count();
    assert!(entries.len() - in_flight <= 60, "{} requests, {in_flight} in flight", entries.len());
    let report = session.report("contracts");
    assert_eq!((report.len(), count(&report, "pending")), (5000, 5000));

    let port = session.port();
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..unhurried() });
    session.run(["run", "contracts.csv"]).exit(0).says("5000 accepted");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!(links(&report).len(), 250, "the question left no fragments behind");
}

#[test]
fn a_callers_fault_stops_the_job_and_blames_no_row() {
    for code in
        ["UnauthorizedOperation.NoPermissionFeature", "ResourceNotFound.Organization", "ActionOffline"]
    {
        let session = contracts_under(&format!("code:{code}=1"));
        session.run(["run", "contracts.csv"]).exit(5).says(code);
        assert_eq!(count(&session.report("contracts"), "pending"), 45, "{code}");
        assert!(session.entries().len() <= 3, "{code}");
    }
}

#[test]
fn an_application_from_a_column_is_the_fault_of_its_contracts_only() {
    let input = contracts(45).with("app_id", |number| match number {
        11..=13 => "sandbox-unknown-app".to_owned(),
        _ => "good-app".to_owned(),
    });
    let session = Session::new().file("contracts.csv", input.csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(4);
    let report = session.report("contracts");
    assert_eq!(keys_of(&report, "rejected"), (11..=13).map(id).collect());
    assert_eq!(count(&report, "accepted"), 42);
    session.check_links(&report);
}

#[test]
fn revoked_credentials_stop_the_job_and_the_next_run_finishes() {
    let mut session =
        Session::new().file("contracts.csv", contracts(1000).csv()).sandbox(faulty("revoke-after=20"));
    session.run(["run", "contracts.csv"]).exit(5).says("AuthFailure.SecretIdNotFound");
    let stopped = session.report("contracts");
    assert_eq!((count(&stopped, "accepted"), count(&stopped, "pending")), (400, 600));

    let port = session.port();
    let mut entries = session.stop_sandbox();
    session.start_sandbox(Options { port, ..unhurried() });
    session.run(["run", "contracts.csv"]).exit(0).says("1000 accepted");
    entries.extend(session.entries());
    let report = session.report("contracts");
    crate::support::check_links(&report, &entries).unwrap();
    assert_eq!(links(&report).len(), 50);
    assert_eq!(session.accepted().len(), 600, "only the rest was sent");
}

#[test]
fn fewer_flows_a_request_are_learnt() {
    let session = Session::new()
        .file("contracts.csv", contracts(100).csv())
        .sandbox(Options { max_flows: 10, ..unhurried() });
    session.run(["run", "contracts.csv"]).exit(0).says("100 accepted");
    let report = session.report("contracts");
    session.check_links(&report);
    assert_eq!(links(&report).len(), 10);
}

#[test]
fn when_everything_fails_it_pauses_and_gives_up_without_burning_attempts() {
    let mut session = Session::new()
        .env("FLOWBATCH_RETRY__GIVE_UP", "900ms")
        .file("contracts.csv", contracts(2000).csv())
        .sandbox(faulty("503=1"));
    session.run(["run", "contracts.csv"]).exit(5).says("http.503");
    assert_eq!(count(&session.report("contracts"), "pending"), 2000);
    // Some eight failures open the breaker; what was on its way then still lands.
    assert!(session.entries().len() < 100, "{} requests", session.entries().len());

    let port = session.port();
    session.stop_sandbox();
    session.start_sandbox(Options { port, ..unhurried() });
    session.run(["run", "contracts.csv"]).exit(0).says("2000 accepted");
    session.check_links(&session.report("contracts"));
}

/// Every code of the API's reference that a batch may meet, and what it means.
#[rustfmt::skip]
#[test]
fn every_documented_code_has_its_meaning() {
    use Verdict::{Caller, Data, Either, Server, Smaller, Throttled, Unclear};
    let table: &[(Verdict, &str)] = &[
        (Unclear, "FailedOperation"),
        (Server, "InternalError InternalError.Api InternalError.Db InternalError.System ServiceUnavailable"),
        (Either, "InvalidParameter InvalidParameter.ParamError InvalidParameter.DataNotFound MissingParameter \
                  OperationDenied"),
        (Data, "InvalidParameter.FlowDeadLine InvalidParameter.FlowName InvalidParameter.Name \
                ResourceNotFound.Template"),
        (Smaller, "LimitExceeded.FlowInfos RequestSizeLimitExceeded"),
        (Caller, "ResourceNotFound.Application ResourceNotFound.Organization \
                  UnauthorizedOperation.NoPermissionFeature"),
        (Caller, "AuthFailure.SecretIdNotFound AuthFailure.SignatureFailure AuthFailure.SignatureExpire \
                  AuthFailure.TokenFailure AuthFailure.InvalidSecretId AuthFailure.UnauthorizedOperation \
                  AuthFailure.InvalidAuthorization AuthFailure.MFAFailure"),
        (Throttled, "RequestLimitExceeded RequestLimitExceeded.UinLimitExceeded \
                     RequestLimitExceeded.IPLimitExceeded RequestLimitExceeded.GlobalRegionUinLimitExceeded"),
        (Caller, "UnsupportedProtocol UnsupportedRegion InvalidAction NoSuchVersion NoSuchProduct ActionOffline"),
        (Data, "InvalidParameter.Mobile InvalidParameter.NonsupportMobile InvalidParameter.CardNumber \
                InvalidParameter.CardType InvalidParameter.OpenId InvalidParameter.OrganizationName \
                InvalidParameter.FlowApprovers InvalidParameter.FlowApproverInfos InvalidParameter.FlowDescription \
                InvalidParameter.FlowType InvalidParameter.FlowCallbackUrl InvalidParameter.CustomerData \
                InvalidParameter.CustomShowMap InvalidParameter.ComponentValue \
                InvalidParameter.BizApproverAlreadyExists InvalidParameter.Sensitive InvalidParameter.ApproverType"),
        (Caller, "InvalidParameter.Application InvalidParameter.OperatorId OperationDenied.NoApiAuth \
                  OperationDenied.BannedApplication OperationDenied.OrganizationClosing \
                  OperationDenied.OperatorHasNoPermission OperationDenied.NoQuota LimitExceeded.CreateFlowNum \
                  LimitExceeded.CallTimes FailedOperation.FlowNumExceed FailedOperation.LicenseNoQuota \
                  UnauthorizedOperation ResourceNotFound.NotExistApplication"),
        (Data, "OperationDenied.ApproverRepeat OperationDenied.CcUserRepeat OperationDenied.Sensitive \
                OperationDenied.InvalidApproverAge OperationDenied.RequiredComponentNotFill \
                OperationDenied.NoApproverMobileCheckPermission OperationDenied.OverseaAbilityNotOpen \
                ResourceNotFound.FlowApprovers FailedOperation.AgeNotAchieveNormalLegal"),
        (Caller, "IpInBlacklist IpNotInWhitelist InvalidRequest"),
    ];
    for (verdict, codes) in table {
        for code in codes.split_whitespace() {
            assert_eq!(judge_code(code), (*verdict, true), "{code}");
        }
    }
    // Common ones that say too little to tell whose fault they are: never just one side's.
    for code in "LimitExceeded InvalidParameterValue UnknownParameter ResourceInUse ResourceInsufficient \
                 ResourceUnavailable ResourceNotFound UnsupportedOperation".split_whitespace() {
        assert_eq!(judge_code(code), (Either, true), "{code}");
    }
    assert_eq!(judge_code("SomethingNobodyWroteDown"), (Either, false), "an unknown code gets a safe default");
}
