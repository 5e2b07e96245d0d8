//! Every setting that config.toml documents does something: with it a command says, sends
//! or writes something else than without it.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use flowbatch::sandbox::Options;
use rust_xlsxwriter::Workbook;

use crate::sheets::{Sheet, contracts, workbook};
use crate::support::{Ran, Session, unhurried};
use crate::wire::{Captured, Listener, closed_port};

const CONFIG: &str = include_str!("../../config.toml");

/// Keys as `section.key`, whether they are set there or only shown.
fn documented() -> BTreeSet<String> {
    let mut section = String::new();
    let mut keys = BTreeSet::new();
    for line in CONFIG.lines() {
        let line = line.trim_start_matches('#').trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            let name = name.trim_start_matches('[');
            section = format!("{name}.");
        } else if let Some((key, _)) = line.split_once(" = ")
            && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            keys.insert(format!("{section}{key}"));
        }
    }
    keys
}

/// A command with a settings file of these lines.
fn ran(session: &Session, config: &str, command: &[&str]) -> Ran {
    std::fs::write(session.path("own.toml"), config).unwrap();
    session.run(command.iter().copied().chain(["--config", "own.toml"]))
}

/// Its exit code and what it said, with the folder of the test left out.
fn said(session: &Session, config: &str, command: &[&str]) -> String {
    let Ran { code, stdout, stderr } = ran(session, config, command);
    let folder = session.path("").to_str().unwrap().to_owned();
    format!("{code:?}\n{stdout}\n{stderr}").replace(&folder, "")
}

/// The first request that a run sends.
fn first_request(config: &str) -> Captured {
    let listener = Listener::start();
    let config = format!("endpoint = \"{}\"\n{config}", listener.endpoint());
    ran(&plain(), &config, &["run", "contracts.csv"]);
    listener.captured().remove(0)
}

fn plain() -> Session {
    Session::new().file("contracts.csv", contracts(3).csv())
}

/// Without one of the variables that a session sets.
fn without(name: &str) -> Session {
    plain().without(name)
}

fn with_column(header: &str, value: impl Fn(usize) -> String) -> Session {
    plain().file("contracts.csv", contracts(3).with(header, value).csv())
}

/// With a column, or a row, that the sheet does not show.
fn hidden(column: Option<u16>, row: Option<u32>) -> Session {
    let Sheet { headers, rows } = contracts(3);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (at, cells) in (0..).zip([&headers].into_iter().chain(&rows)) {
        sheet.write_row(at, 0, cells).unwrap();
    }
    if let Some(at) = column {
        sheet.set_column_hidden(at).unwrap();
    }
    if let Some(at) = row {
        sheet.set_row_hidden(at).unwrap();
    }
    plain().file("sheet.xlsx", book.save_to_buffer().unwrap())
}

/// With a column of that number missing.
fn lacking(column: usize) -> Session {
    let mut sheet = contracts(3);
    sheet.headers.remove(column);
    sheet.rows.iter_mut().for_each(|row| drop(row.remove(column)));
    plain().file("contracts.csv", sheet.csv())
}

/// A check of `contracts.csv` says otherwise with the setting than without it.
fn check_differs(session: fn() -> Session, config: &str) {
    differs(session, config, &["check", "contracts.csv"]);
}

fn differs(session: fn() -> Session, config: &str, command: &[&str]) {
    let (with, without) = (said(&session(), config, command), said(&session(), "", command));
    assert_ne!(with, without, "{config} changes nothing of {command:?}");
}

/// Names of what a run leaves in the folder of the account's slots.
fn slots(config: &str) -> BTreeSet<String> {
    let session = plain().sandbox(unhurried());
    let folder = session.path("pace");
    std::fs::create_dir(&folder).unwrap();
    let config = format!("[pace]\nfolder = {folder:?}\n{config}");
    ran(&session, &config, &["run", "contracts.csv"]).exit(0);
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

type Probe = (&'static str, fn());

const PROBES: &[Probe] = &[
    ("jump_url", || check_differs(|| without("FLOWBATCH_JUMP_URL"), "jump_url = \"https://x.test/\"")),
    ("action", || check_differs(plain, "action = \"CreateFlowsByTemplates\"")),
    ("start.flows_per_request", || {
        let starting = || plain().env("FLOWBATCH_ACTION", "CreateFlowsByTemplates");
        check_differs(starting, "start.flows_per_request = 3");
    }),
    ("start.sign_links", || {
        let starting = || {
            plain()
                .env("FLOWBATCH_ACTION", "CreateFlowsByTemplates")
                .env("FLOWBATCH_START__LINKS_AFTER", "10ms")
        };
        differs(starting, "start.sign_links = true", &["run", "contracts.csv", "--sandbox"]);
    }),
    ("start.links_after", || {
        let starting = || plain().env("FLOWBATCH_ACTION", "CreateFlowsByTemplates").sandbox(unhurried());
        // The document of that contract is not composed yet: thirty times 10 ms are not enough for 9 tries.
        let session = starting().file(
            "contracts.csv",
            contracts(1).with("flow_description", |_| "sandbox:early-links@9".to_owned()).csv(),
        );
        ran(&session, "start.links_after = \"10ms\"", &["run", "contracts.csv", "--yes", "--sign-links"])
            .exit(0)
            .says("0 links made");
        let session = starting().file("contracts.csv", contracts(1).csv());
        ran(&session, "start.links_after = \"10ms\"", &["run", "contracts.csv", "--yes", "--sign-links"])
            .exit(0)
            .says("1 link made");
    }),
    ("start.check_templates", || {
        let starting = || plain().env("FLOWBATCH_ACTION", "CreateFlowsByTemplates");
        check_differs(starting, "start.check_templates = false");
    }),
    ("agent.app_id", || check_differs(|| without("FLOWBATCH_AGENT__APP_ID"), "agent.app_id = \"a\"")),
    ("agent.organization_open_id", || {
        check_differs(
            || without("FLOWBATCH_AGENT__ORGANIZATION_OPEN_ID"),
            "agent.organization_open_id = \"a\"",
        );
    }),
    ("agent.operator_open_id", || {
        check_differs(|| without("FLOWBATCH_AGENT__OPERATOR_OPEN_ID"), "agent.operator_open_id = \"a\"");
    }),
    ("endpoint", || drop(first_request(""))),
    ("region", || {
        assert_eq!(first_request("region = \"ap-somewhere\"").header("x-tc-region"), Some("ap-somewhere"));
    }),
    ("time_zone", || {
        check_differs(
            || with_column("approver.deadline", |_| "2099-12-31T16:30:00Z".to_owned()),
            "time_zone = \"America/New_York\"",
        );
    }),
    ("lang", || {
        let speaks = |config: &str, command: &[&str], words: &str| {
            let said = said(&without("FLOWBATCH_LANG").env("LC_ALL", "C"), config, command);
            assert!(said.contains(words), "{config} {command:?}:\n{said}");
        };
        speaks("lang = \"zh\"", &["check", "contracts.csv"], "可以发送");
        speaks("lang = \"en\"", &["check", "contracts.csv"], "can be sent");
        // Also what is wrong with the settings, and with the flags.
        speaks("lang = \"zh\"\nendpiont = \"x\"", &["check", "contracts.csv"], "设置");
        speaks("lang = \"zh\"", &["check"], "用法");
    }),
    ("state_dir", || {
        let session = without("FLOWBATCH_STATE_DIR").sandbox(unhurried());
        ran(&session, "state_dir = \"journal\"", &["run", "contracts.csv"]).exit(0);
        assert!(session.has("journal/ledger.db"));
    }),
    ("defaults.template_id", || {
        check_differs(|| lacking(2), "defaults.template_id = \"yDtest00000000000000000000000001\"");
    }),
    ("defaults.deadline", || check_differs(|| lacking(3), "defaults.deadline = \"+30d\"")),
    ("defaults.flow_type", || {
        let request = first_request("defaults.flow_type = \"劳动合同\"").json();
        assert_eq!(request["FlowInfos"][0]["FlowType"], "劳动合同");
    }),
    ("signers.position", || {
        let company_at = |position: &str| {
            let config =
                format!("[[signers]]\nposition = \"{position}\"\ntype = \"企业\"\nopen_id = \"seal\"");
            let flow = first_request(&config).json()["FlowInfos"][0].clone();
            let kind = |at: usize| flow["FlowApprovers"][at]["ApproverType"] == "ORGANIZATION";
            (0..2).position(kind)
        };
        assert_eq!((company_at("first"), company_at("last")), (Some(0), Some(1)));
    }),
    ("signers.type", || {
        let of = |kind: &str| {
            format!(
                "[[signers]]\nposition = \"last\"\ntype = \"{kind}\"\nname = \"甲\"\nmobile = \"13800000099\""
            )
        };
        let said_of = |kind: &str| said(&plain(), &of(kind), &["check", "contracts.csv"]);
        assert_ne!(said_of("企业"), said_of("个人"));
    }),
    ("signers.open_id", || {
        let config = "[[signers]]\nposition = \"last\"\ntype = \"企业\"\nopen_id = \"seal_1\"";
        assert_eq!(first_request(config).json()["FlowInfos"][0]["FlowApprovers"][1]["OpenId"], "seal_1");
    }),
    ("log.file", || {
        let session = plain().sandbox(unhurried());
        ran(&session, "log.file = \"own.log\"", &["run", "contracts.csv", "-v"]).exit(0);
        let is_log = |name: &String| name.starts_with("own.") && name.ends_with(".log");
        assert!(session.names().iter().any(is_log), "{:?}", session.names());
    }),
    ("metrics.file", || {
        let session = plain().sandbox(unhurried());
        ran(&session, "metrics.file = \"own.prom\"", &["run", "contracts.csv"]).exit(0);
        assert!(session.has("own.prom"), "{:?}", session.names());
    }),
    ("sheet.key", || {
        check_differs(|| with_column("room", |n| (n / 2).to_string()), "sheet.key = \"room\"");
    }),
    ("sheet.header_row", || check_differs(plain, "sheet.header_row = 2")),
    ("sheet.as_text", || {
        check_differs(|| with_column("field:a", |_| "null".to_owned()), "sheet.as_text = [\"field:a\"]");
    }),
    ("sheet.sheets", || {
        let two = || {
            let sheets = [("one", &contracts(3)), ("two", &contracts(2))];
            plain().file("sheet.xlsx", workbook(&sheets))
        };
        differs(two, "sheet.sheets = [\"two\"]", &["check", "sheet.xlsx"]);
    }),
    ("sheet.missing_fields", || {
        let two = || {
            let one = contracts(3).with("field:a", |_| "x".to_owned());
            let sheets = [("one", &one), ("two", &crate::sheets::contracts_from(11, 12))];
            plain().file("sheet.xlsx", workbook(&sheets))
        };
        differs(two, "sheet.missing_fields = \"send\"", &["check", "sheet.xlsx", "--all-sheets"]);
    }),
    ("sheet.signer_order", || {
        let session = || {
            let text = "contract_id,姓名,手机号,flow_name,template_id,deadline\n\
                1,张三,13800138000,a,yDtest,2099-12-31\n1,李四,13800138001,,,\n\
                2,王五,13800138002,b,yDtest,2099-12-31\n2,张三,13800138000,,,\n";
            plain().file("contracts.csv", text)
        };
        check_differs(session, "sheet.signer_order = \"rows\"");
    }),
    ("sheet.submitted_twice", || {
        let session = || {
            let text = "姓名,手机号,flow_name,template_id,deadline,提交时间\n\
                张三,13800138000,a,yDtest,2099-12-31,2026-11-01 10:00\n张三,13800138000,b,yDtest,2099-12-31,2026-11-02 10:00\n";
            plain().file("contracts.csv", text)
        };
        check_differs(session, "sheet.submitted_twice = \"send\"");
    }),
    ("sheet.comments", || {
        let commented = || plain().file("sheet.xlsx", crate::unseen::with_comment("已离职，不要发"));
        differs(commented, "sheet.comments = \"ignore\"", &["check", "sheet.xlsx"]);
    }),
    ("sheet.missing_party", || {
        let session = || {
            let text = "甲方,甲方手机号,乙方,乙方手机号,flow_name,template_id,deadline\n\
                林小雨,13800138000,周大海,13800138001,a,yDtest,2099-12-31\n林小雨,13800138000,,,b,yDtest,2099-12-31\n";
            plain().file("contracts.csv", text)
        };
        check_differs(session, "sheet.missing_party = \"skip\"");
    }),
    ("sheet.hidden_columns", || {
        differs(|| hidden(Some(1), None), "sheet.hidden_columns = \"send\"", &["check", "sheet.xlsx"]);
    }),
    ("sheet.hidden_rows", || {
        differs(|| hidden(None, Some(2)), "sheet.hidden_rows = \"skip\"", &["check", "sheet.xlsx"]);
    }),
    ("sheet.odd_rows", || {
        let session = || {
            let mut sheet = contracts(3);
            sheet.rows[2][0] = "合计".to_owned();
            plain().file("contracts.csv", sheet.csv())
        };
        check_differs(session, "sheet.odd_rows = \"skip\"");
    }),
    ("sheet.where", || {
        check_differs(|| with_column("state", |n| n.to_string()), "sheet.where = [\"state=1\"]");
    }),
    ("pace.requests_per_second", || {
        let many =
            || without("FLOWBATCH_PACE__REQUESTS_PER_SECOND").file("contracts.csv", contracts(900).csv());
        check_differs(many, "pace.requests_per_second = 1");
    }),
    ("pace.folder", || assert!(!slots("").is_empty())),
    ("pace.account", || assert_ne!(slots("account = \"main\""), slots("account = \"other\""))),
    ("http.timeout", || {
        let latency = Duration::from_millis(700);
        let slow = without("FLOWBATCH_HTTP__TIMEOUT").sandbox(Options { latency, ..unhurried() });
        let config = "http.timeout = \"200ms\"\nretry.attempts = 1";
        ran(&slow, config, &["run", "contracts.csv"]).exit(5);
    }),
    ("retry.first_contact", || {
        let closed = format!("http://127.0.0.1:{}", closed_port());
        let begun = Instant::now();
        let config = "retry.first_contact = \"200ms\"";
        ran(&plain().env("FLOWBATCH_ENDPOINT", &closed), config, &["run", "contracts.csv"]).exit(5);
        assert!(begun.elapsed() < Duration::from_secs(10), "the usual time is 15 s");
    }),
];

/// Shown by tests of their own (`answers.rs`, `later.rs`, `watch.rs`), or waits that chance makes shorter
/// and a host that swallows every packet.
const ELSEWHERE: &[&str] = &[
    "retry.attempts", "retry.give_up", "retention", "log.keep", // cron.rs
    "log.size_mb", "retry.first_wait", "retry.longest_wait", "http.connect_timeout",
    // page.rs
    "report.formats", "report.mask", "report.group_by", // notices.rs
    "notify.url", "notify.kind", "notify.secret", "notify.on", "notify.file_names", "notify.timeout",
    "notify.attempts", "pace.window_requests", "watch.quiet", "watch.approve", "watch.reused_keys",
    "watch.keep_trying", "watch.try_again",
];

#[test]
fn every_setting_that_is_documented_does_something() {
    let known: BTreeSet<&str> = PROBES.iter().map(|(key, _)| *key).chain(ELSEWHERE.iter().copied()).collect();
    let documented = documented();
    let unproven: Vec<_> = documented.iter().filter(|key| !known.contains(key.as_str())).collect();
    assert!(unproven.is_empty(), "nothing shows that these do anything: {unproven:?}");
    std::thread::scope(|scope| {
        for (key, probe) in PROBES {
            assert!(documented.contains(*key), "config.toml does not tell of {key}");
            std::thread::Builder::new().name((*key).to_owned()).spawn_scoped(scope, probe).unwrap();
        }
    });
}
