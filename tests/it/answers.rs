//! An answer counts once, and only a link that hides nothing is shown.

use serde_json::json;

use crate::sheets::contracts;
use crate::support::{Session, count, links};
use crate::wire::{Listener, Says};

fn asked(say: impl Fn(usize) -> Says + Send + Sync + 'static) -> (Listener, Session) {
    let listener = Listener::saying(move |_, number| say(number));
    let session = Session::new()
        .env("FLOWBATCH_ENDPOINT", &listener.endpoint())
        .file("contracts.csv", contracts(60).csv());
    (listener, session)
}

fn page(number: usize, request: usize) -> Says {
    let url = format!("https://captured.invalid/{number}");
    Says::Fields(json!({"ConfirmUrl": url, "RequestId": format!("r{request}")}))
}

#[test]
fn an_answer_that_a_gateway_repeats_is_asked_for_again() {
    let (listener, session) = asked(|number| if number == 2 { page(1, 1) } else { page(number, number) });
    session.run(["run", "contracts.csv"]).exit(0).says("60 accepted");
    assert_eq!((links(&session.report("contracts")).len(), listener.captured().len()), (3, 4));
}

#[test]
fn a_request_id_alone_that_comes_twice_is_told_once() {
    let (_listener, session) = asked(|number| page(number, 1));
    let ran = session.run(["run", "contracts.csv"]).exit(0).says("60 accepted");
    assert_eq!(ran.stderr.matches("same RequestId").count(), 1, "{}", ran.stderr);
    assert_eq!(links(&session.report("contracts")).len(), 3);
}

#[test]
fn the_same_link_for_other_contracts_is_a_question() {
    let (_listener, session) = asked(|number| page(1, number));
    session.run(["run", "contracts.csv"]).exit(5).says("same link").says("20 accepted").says("40 pending");
    assert_eq!(links(&session.report("contracts")).len(), 1);
}

#[test]
fn a_link_is_known_again_after_its_job_was_erased() {
    let (_listener, session) = asked(|number| if number > 3 { page(1, 1) } else { page(number, number) });
    session.run(["run", "contracts.csv"]).exit(0).says("60 accepted");
    session.run(["purge", "--older-than", "0s", "--yes"]).exit(0);
    let session = session
        .file("other.csv", crate::sheets::contracts_from(101, 105).csv())
        .env("FLOWBATCH_RETRY__ATTEMPTS", "2");
    session.run(["run", "other.csv"]).exit(5).says("5 in doubt");
    assert_eq!(count(&session.report("other"), "accepted"), 0);
}

#[test]
fn a_link_that_hides_something_is_not_shown() {
    for link in [
        "http://captured.invalid/1", "https://someone@captured.invalid/1",
        "https://captured.invalid/\u{202E}1", "https://captured.invalid/\"onclick",
    ] {
        let (_listener, session) = asked(move |_| Says::Fields(json!({ "ConfirmUrl": link })));
        let session = session.env("FLOWBATCH_RETRY__GIVE_UP", "600ms");
        session.run(["run", "contracts.csv"]).exit(5).never_says(link).says("answer.link");
        assert!(links(&session.report("contracts")).is_empty());
    }
}

#[test]
fn another_host_than_before_is_told() {
    let host = |number: usize| if number < 3 { "one.invalid" } else { "two.invalid" };
    let (_listener, session) = asked(move |number| {
        Says::Fields(json!({"ConfirmUrl": format!("https://{}/{number}", host(number))}))
    });
    let session = session.env("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "20");
    let ran = session.run(["run", "contracts.csv"]).exit(0).says("one.invalid before, two.invalid now");
    assert_eq!(ran.stderr.matches("another host").count(), 1, "{}", ran.stderr);
}
