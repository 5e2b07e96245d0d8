//! Whatever is given instead of what was meant: one clear message that says
//! what to do, the right exit code, no panic, and nothing half-written.

use std::collections::BTreeSet;

use crate::sheets::contracts;
use crate::support::{Session, unhurried};
use crate::wire::closed_port;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

/// Runs it in English and in Chinese: the same exit code, the words of each,
/// and the folder as it was.
#[track_caller]
fn refused(session: &Session, arguments: &[&str], code: i32, english: &[&str], chinese: &[&str]) {
    let before = session.names();
    for (lang, words) in [("en", english), ("zh", chinese)] {
        let ran = session.run(arguments.iter().copied().chain(["--lang", lang])).exit(code);
        assert!(!ran.stderr.trim().is_empty(), "it is said on stderr");
        assert!(ran.stderr.lines().count() <= 8, "one message:\n{}", ran.stderr);
        words.iter().fold(ran, |ran, word| ran.says(word));
    }
    assert_eq!(session.names(), before, "nothing is left in the folder");
    assert_eq!(session.temporary(), BTreeSet::new(), "nor among temporary files");
}

/// A file that cannot be read: said as above, and beside it too, for whoever
/// finds the folder in the morning.
#[track_caller]
fn unreadable(session: &Session, name: &str, english: &str, chinese: &str) {
    refused(session, &["check", name], 3, &[english], &[chinese]);
    let before = session.names();
    let problem = format!("{}.problem.txt", name.split('.').next().unwrap());
    for (lang, words) in [("en", english), ("zh", chinese)] {
        session.run(["run", name, "--lang", lang]).exit(3).says(words);
        let mut left = before.clone();
        left.insert(problem.clone());
        assert_eq!(session.names(), left, "one sentence is left, and nothing else");
        let sentence = std::fs::read_to_string(session.path(&problem)).unwrap();
        assert!(sentence.contains(words) && sentence.contains(name), "{sentence}");
    }
    assert_eq!(session.temporary(), BTreeSet::new());
}

#[test]
fn no_settings_at_all() {
    let session = Session::bare().file("contracts.csv", contracts(3).csv());
    refused(
        &session,
        &["run", "contracts.csv"],
        2,
        &["TENCENTCLOUD_SECRET_ID", "--sandbox"],
        &["TENCENTCLOUD_SECRET_ID", "--sandbox"],
    );
    let session = session.env("TENCENTCLOUD_SECRET_ID", "AKIDx").env("TENCENTCLOUD_SECRET_KEY", "y");
    refused(&session, &["run", "contracts.csv"], 2, &["app_id"], &["app_id"]);
}

#[test]
fn half_of_the_credentials() {
    let session = Session::new().without("TENCENTCLOUD_SECRET_KEY").file("contracts.csv", contracts(3).csv());
    let both = ["TENCENTCLOUD_SECRET_KEY"];
    refused(&session, &["run", "contracts.csv"], 2, &both, &both);
}

#[test]
fn the_made_up_values_of_the_shipped_settings_never_go_live() {
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("config.toml");
    let session = Session::bare()
        .env("TENCENTCLOUD_SECRET_ID", "AKIDx")
        .env("TENCENTCLOUD_SECRET_KEY", "y")
        .file("config.toml", std::fs::read(shipped).unwrap())
        .file("contracts.csv", contracts(3).csv());
    refused(&session, &["run", "contracts.csv"], 2, &["app_id"], &["app_id"]);
}

#[test]
fn wrong_credentials() {
    let session = Session::new()
        .env("TENCENTCLOUD_SECRET_KEY", "wrong")
        .file("contracts.csv", contracts(45).csv())
        .sandbox(unhurried());
    session
        .run(["run", "contracts.csv"])
        .exit(5)
        .says("AuthFailure.SignatureFailure")
        .says("No contract is blamed")
        .never_says("wrong\n");
    assert!(session.report("contracts").iter().all(|line| line.status() == "pending"));
    let session = session.env("TENCENTCLOUD_SECRET_ID", "AKIDnobody");
    session.run(["run", "contracts.csv"]).exit(5).says("AuthFailure.SecretIdNotFound");

    let session = session
        .env("TENCENTCLOUD_SECRET_ID", crate::support::SECRET_ID)
        .env("TENCENTCLOUD_SECRET_KEY", crate::support::SECRET_KEY);
    session.run(["run", "contracts.csv"]).exit(0).says("45 accepted");
}

#[test]
fn no_network() {
    let session = Session::new()
        .env("FLOWBATCH_ENDPOINT", &format!("http://127.0.0.1:{}", closed_port()))
        .env("FLOWBATCH_RETRY__FIRST_CONTACT", "500ms")
        .file("contracts.csv", contracts(45).csv());
    session.run(["run", "contracts.csv"]).exit(5).says("network.connect").says("Check network");
    assert!(session.report("contracts").iter().all(|line| line.status() == "pending"));
    session.run(["run", "contracts.csv", "--lang", "zh"]).exit(5).says("请");
}

#[test]
fn a_missing_file() {
    let session = Session::new().sandbox(unhurried());
    refused(&session, &["run", "contracts.csv"], 2, &["contracts.csv", "no such file"], &["找不到这个文件"]);
    refused(&session, &["check", "contracts.csv"], 2, &["no such file"], &["找不到这个文件"]);
}

#[test]
fn a_folder() {
    let session = Session::new().sandbox(unhurried());
    refused(&session, &["run", "."], 3, &["this is a folder"], &["文件夹"]);
}

#[test]
fn an_empty_file() {
    for name in ["contracts.csv", "contracts.xlsx"] {
        let session = Session::new().file(name, "").sandbox(unhurried());
        unreadable(&session, name, "empty (0 bytes)", "0 字节");
    }
}

#[test]
fn a_picture_called_xlsx() {
    let session = Session::new().file("contracts.xlsx", PNG).sandbox(unhurried());
    unreadable(&session, "contracts.xlsx", "PNG", "PNG");
}

#[test]
fn a_text_without_our_columns() {
    let session = Session::new().file("contracts.csv", "a,b\n1,2\n").sandbox(unhurried());
    unreadable(&session, "contracts.csv", "header", "表头");
    refused(&session, &["check", "contracts.csv"], 3, &["--map"], &["--map"]);
}

#[test]
fn half_a_workbook() {
    let whole = contracts(45).xlsx();
    let session = Session::new().file("contracts.xlsx", &whole[..whole.len() / 2]).sandbox(unhurried());
    unreadable(&session, "contracts.xlsx", "damaged", "损坏");
}

#[test]
fn a_misspelt_settings_key() {
    let session = Session::new()
        .file("config.toml", "[pace]\nrequest_per_second = 20\n")
        .file("contracts.csv", contracts(3).csv())
        .sandbox(unhurried());
    let words = ["pace.request_per_second", "config.toml", "pace.requests_per_second"];
    refused(&session, &["run", "contracts.csv"], 2, &words, &words);
    assert!(session.entries().is_empty());
}

#[test]
fn a_misspelt_environment_key() {
    let session = Session::new()
        .env("FLOWBATCH_AGENT__APPID", "x")
        .file("contracts.csv", contracts(3).csv())
        .sandbox(unhurried());
    let words = ["FLOWBATCH_AGENT__APPID", "agent.app_id"];
    refused(&session, &["run", "contracts.csv"], 2, &words, &words);
}

#[test]
fn wrong_values_of_settings() {
    for (name, value, key) in [
        ("FLOWBATCH_PACE__REQUESTS_PER_SECOND", "many", "pace.requests_per_second"),
        ("FLOWBATCH_HTTP__TIMEOUT", "soon", "http.timeout"),
        ("FLOWBATCH_ENDPOINT", "http://essbasic.tencentcloudapi.com", "endpoint"),
        ("FLOWBATCH_TIME_ZONE", "Mars/Base", "time_zone"),
        ("FLOWBATCH_DEFAULTS__DEADLINE", "soon", "deadline"),
    ] {
        let session =
            Session::new().sandbox(unhurried()).env(name, value).file("contracts.csv", contracts(3).csv());
        refused(&session, &["run", "contracts.csv"], 2, &[key], &[key]);
    }
}

#[test]
fn settings_that_are_no_toml_and_settings_that_are_not_there() {
    let session = Session::new()
        .file("broken.toml", "[agent\napp_id = \"secret-looking\"\n")
        .file("contracts.csv", contracts(3).csv())
        .sandbox(unhurried());
    refused(&session, &["run", "contracts.csv", "--config", "broken.toml"], 2, &["line 1"], &["broken.toml"]);
    let missing = ["nowhere.toml"];
    refused(&session, &["run", "contracts.csv", "--config", "nowhere.toml"], 2, &missing, &missing);
}

#[test]
fn our_own_report() {
    let session = Session::new().file("contracts.csv", contracts(3).csv()).sandbox(unhurried());
    session.run(["run", "contracts.csv"]).exit(0);
    let sent = session.entries().len();
    for report in ["contracts.report.csv", "contracts.report.xlsx"] {
        refused(&session, &["run", report], 3, &["report", ".fix.xlsx"], &["报告", ".fix.xlsx"]);
        refused(&session, &["check", report], 3, &["report"], &["报告"]);
    }
    // Under another name it is still a report.
    std::fs::copy(session.path("contracts.report.xlsx"), session.path("innocent.xlsx")).unwrap();
    refused(&session, &["run", "innocent.xlsx"], 3, &["report"], &["报告"]);
    // Among several files, as a glob in cron gives them, it is left out.
    let ran =
        session.run(["run", "contracts.csv", "contracts.report.csv", "--json"]).exit(0).says("left_out");
    assert!(!ran.stderr.contains("panicked"));
    assert_eq!(session.entries().len(), sent);
}

#[test]
fn twenty_one_on_a_page() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    for number in ["21", "0", "many"] {
        let ran = session.run(["run", "contracts.csv", "--per-page", number]).exit(2).says("--per-page");
        assert!(ran.stdout.is_empty());
    }
    assert!(session.entries().is_empty());
    assert_eq!(session.names(), ["contracts.csv".to_owned()].into());
}

#[test]
fn a_column_to_group_by_that_is_not_there() {
    let session = Session::new().file("contracts.csv", contracts(45).csv()).sandbox(unhurried());
    let arguments = ["run", "contracts.csv", "--group-by", "部门"];
    refused(&session, &arguments, 3, &["部门", "--group-by"], &["部门", "--group-by"]);
}

#[test]
fn a_folder_for_reports_that_cannot_be_one() {
    let session =
        Session::new().file("out", "").file("contracts.csv", contracts(3).csv()).sandbox(unhurried());
    let ran = session.run(["run", "contracts.csv", "--out", "out"]).says("out");
    assert!(![Some(0), None].contains(&ran.code));
    assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
    assert!(session.entries().is_empty(), "found before anything was sent");
    // One that is merely not there yet is made.
    session.run(["run", "contracts.csv", "--out", "reports/january"]).exit(0);
    assert_eq!(session.report("reports/january/contracts").len(), 3);
}

#[test]
fn a_job_that_is_not_there() {
    let session = Session::new().sandbox(unhurried());
    for command in ["status", "report", "retry"] {
        let ran = session.run([command, "20990101-abcd"]).says("20990101-abcd");
        assert!(![Some(0), None].contains(&ran.code), "{command}");
    }
}

#[test]
fn a_misspelt_fault_of_the_stand_in() {
    let session = Session::bare();
    session.run(["sandbox", "--fault", "resett=1"]).exit(2).says("resett").says("reset-after");
}

/// What a wide sheet costs grows with its columns, not with their square: each of these once took
/// half a minute of a release build.
#[test]
fn nine_thousand_columns_are_no_hang() {
    const COLUMNS: usize = 9_000;
    let line = |cell: &dyn Fn(usize) -> String| (0..COLUMNS).map(cell).collect::<Vec<_>>().join(",");
    let headed = |header: &dyn Fn(usize) -> String| {
        let (headers, cells) = (line(header), line(&|n| format!("v{n}")));
        format!("姓名,手机号,{headers}\n测试,13800138000,{cells}\n")
    };
    let sheets = [
        ("none", format!("{}\n{}\n", line(&|n| (100_000 + 7 * n).to_string()), line(&|n| n.to_string()))),
        ("unknown", headed(&|n| (100_000 + 7 * n).to_string())),
        ("words", headed(&|n| format!("列{n}"))),
        ("fields", headed(&|n| format!("填写:控件{n}"))),
        ("families", format!("{}\n{}\n", line(&|_| "姓".to_owned()), line(&|n| n.to_string()))),
        (
            "parents",
            format!(
                "{}\n{}\n{}\n",
                line(&|n| format!("甲{}", n / 2)),
                line(&|n| format!("b{n}")),
                line(&|n| n.to_string())
            ),
        ),
    ];
    for (name, text) in sheets {
        let session = Session::new().file("wide.csv", text);
        let begun = std::time::Instant::now();
        session.run(["check", "wide.csv"]);
        let took = begun.elapsed();
        println!("{name}: {took:?}");
        assert!(took.as_secs() < 30, "{name}: {took:?}");
    }
}
