//! Slips of the hand that must never send anything, or send it otherwise than was meant.

use serde_json::{Value, json};

use crate::sheets::{contracts, contracts_from};
use crate::support::{Session, unhurried};

fn session() -> Session {
    Session::new()
        .file("m.csv", contracts(3).csv())
        .file("n.csv", contracts_from(11, 13).csv())
        .sandbox(unhurried())
}

#[test]
fn a_dash_that_is_none_of_ascii_is_no_file_and_sends_nothing() {
    let session = session();
    for (word, right) in [
        ("——sandbox", "--sandbox"),
        ("—sandbox", "--sandbox"),
        ("–sandbox", "--sandbox"),
        ("－－sandbox", "--sandbox"),
        ("−−sandbox", "--sandbox"),
        ("﹣﹣sandbox", "--sandbox"),
        ("‐‐sandbox", "--sandbox"),
        ("‑‑sandbox", "--sandbox"),
        ("―sandbox", "--sandbox"),
    ] {
        for words in [&["run", "m.csv", word][..], &["run", word, "m.csv"], &["check", "m.csv", word]] {
            session.run(words).exit(2).says(word).says(right);
            session.run(words.iter().chain(&["--lang", "zh"])).exit(2).says(right).says("横线");
        }
    }
    session.run(["run", "m.csv", "——first", "3"]).exit(2).says("--first");
    session.run(["status", "——json"]).exit(2).says("--json");
    session.run(["purge", "——yes"]).exit(2).says("--yes");
    session.run(["——sandbox", "run", "m.csv"]).exit(2).says("--sandbox");
    assert!(session.entries().is_empty(), "nothing was sent");
    assert!(!session.state("").exists(), "nothing was begun");
    let session = session.file("——x.csv", contracts_from(21, 23).csv());
    session.run(["run", "——x.csv"]).exit(2).says("./——x.csv");
    session.run(["run", "./——x.csv"]).exit(0).says("3 accepted");
    assert_eq!(session.accepted().len(), 3);
}

#[test]
fn of_several_files_one_that_is_not_there_stops_all_of_them() {
    let session = session();
    session
        .run(["run", "m.csv", "missing.csv", "n.csv"])
        .exit(2)
        .says("missing.csv")
        .says("nothing was sent");
    session.run(["check", "m.csv", "missing.csv"]).exit(2).says("missing.csv");
    let json = session.run(["run", "m.csv", "missing.csv", "--json"]).exit(2).json();
    assert!(json["error"]["what"].as_str().unwrap().contains("missing.csv"), "{json:#}");
    // A name with a blank that no quotes held together.
    session.run(["run", "'my", "contracts.csv'"]).exit(2).says("double quotes");
    assert!(session.entries().is_empty());
    session.run(["run", "m.csv", "n.csv"]).exit(0);
    assert_eq!(session.accepted().len(), 6);
}

#[test]
fn quotes_that_a_shell_has_left_in_are_taken_off() {
    let session = session().file("x y.csv", contracts_from(21, 23).csv());
    for name in ["'m.csv'", "“n.csv”", "「x y.csv」"] {
        session.run(["run", name]).exit(0).says("3 accepted");
    }
    assert_eq!(session.accepted().len(), 9);
    // A file that is really called so is that file.
    let session =
        session.file("'z.csv'", contracts_from(31, 33).csv()).file("z.csv", contracts_from(41, 43).csv());
    session.run(["run", "'z.csv'"]).exit(0);
    assert!(session.accepted().contains_key("HT-0031") && !session.accepted().contains_key("HT-0041"));
}

#[test]
fn chinese_commas_separate_the_names_of_fields() {
    let session = Session::bare();
    session.run(["template", "t.xlsx", "--fields", "姓名，岗位、部门,工号"]).exit(0);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(session.path("t.xlsx")).unwrap();
    let range = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    let cells: Vec<String> = range.rows().flatten().map(ToString::to_string).collect();
    for name in ["姓名", "岗位", "部门", "工号"] {
        assert!(cells.iter().any(|cell| cell.ends_with(&format!(":{name}"))), "{name}: {cells:?}");
    }
}

#[test]
fn a_file_without_a_command_is_checked_and_nothing_is_sent_where_nobody_can_be_asked() {
    let session = session();
    session.run(["m.csv"]).exit(0).says("3 contracts can be sent").says("flowbatch run m.csv");
    session.run(["\"m.csv\"", "--lang", "zh"]).exit(0).says("flowbatch run");
    assert!(session.entries().is_empty());
    session.run(["missing.xlsx"]).exit(2).says("missing.xlsx");
    session.run(["chekc"]).exit(2).says("check");
    let session = session.file("bad.csv", contracts_from(21, 23).set(2, "approver.mobile", "1").csv());
    session.run(["bad.csv"]).exit(3).says("bad.check.xlsx");
    assert!(session.entries().is_empty());
}

#[cfg(unix)]
#[test]
fn a_file_without_a_command_asks_once_on_a_terminal() {
    let session = session();
    session.on_terminal("n\n", ["m.csv"]).exit(0).says("Send 3 contracts now?").says("nothing was sent");
    assert!(session.entries().is_empty());
    session.on_terminal("y\n", ["m.csv"]).exit(0).says("3 accepted");
    assert_eq!(session.accepted().len(), 3);
}

/// One file: the run's own question, which says whom it reaches. Several: one for all of them.
#[cfg(unix)]
#[test]
fn a_file_that_starts_contracts_is_asked_about_once() {
    let session = crate::action::starting(&contracts(3), unhurried());
    let no = session.on_terminal("n\n", ["contracts.csv"]).exit(3);
    no.says("3 contracts start now and use 3 of the quota").says("3 people").says("nothing was sent");
    assert!(session.entries().is_empty());
    // A second question would meet with silence, and nothing would start.
    let yes = session.on_terminal("y\n", ["contracts.csv"]).exit(0).says("3 accepted");
    assert_eq!(yes.stdout.matches("start now").count(), 1, "{}", yes.stdout);
    assert!(!yes.stdout.contains("Send 3"), "{}", yes.stdout);
    assert_eq!(crate::action::started(&session.entries()).len(), 3);
    // It was sent: there is nothing to ask.
    session.on_terminal("", ["contracts.csv"]).exit(0).never_says("Type y");

    let session =
        session.file("a.csv", contracts_from(11, 12).csv()).file("b.csv", contracts_from(21, 23).csv());
    let no = session.on_terminal("n\n", ["a.csv", "b.csv"]).exit(0);
    no.says("Start 5 contracts now?").says("nothing was sent");
    assert_eq!(crate::action::started(&session.entries()).len(), 3);
    let yes = session.on_terminal("y\n", ["a.csv", "b.csv"]).exit(0).says("2 accepted").says("3 accepted");
    assert!(!yes.stdout.contains("Type y"), "{}", yes.stdout);
    assert_eq!(crate::action::started(&session.entries()).len(), 8);
}

#[test]
fn help_is_there_in_both_languages() {
    let session = Session::bare();
    session.run(["help", "run"]).exit(0).says("--sandbox").says("the first that applies of 1, 5, 4, 3, 0");
    session.run(["help", "run", "--lang", "zh"]).exit(0);
    let session = session.env("FLOWBATCH_LANG", "zh");
    session.run(["help", "run"]).exit(0).says("用法").says("只试发前 N 份").says("--sandbox");
    session.run(["help"]).exit(0).says("用法").says("3 变成 4").never_says("拖到程序上");
}

#[test]
fn a_wrong_value_says_what_is_right() {
    let session = session();
    session.run(["run", "m.csv", "--first", "0"]).exit(2).says("from 1 on");
    session
        .run(["run", "m.csv", "--first", "0", "--lang", "zh"])
        .exit(2)
        .says("1 或更大的整数")
        .says("--first 3");
    session.run(["run", "m.csv", "--per-page", "50", "--lang", "zh"]).exit(2).says("1 到 20");
    session
        .run(["run", "m.csv", "--map", "x", "--lang", "zh"])
        .exit(2)
        .says("--map \"员工姓名=approver.name\"");
    assert!(session.entries().is_empty());
}

#[test]
fn a_purge_that_needs_a_word_says_which() {
    let session = session();
    session.run(["run", "m.csv"]).exit(0);
    session.run(["purge", "--older-than", "0s"]).exit(2).says("run: flowbatch purge --older-than 0s --yes");
    session.run(["purge"]).exit(0);
    session.run(["purge", "--older-than", "0s", "--yes"]).exit(0).says("(m.csv, 20");
}

#[test]
fn commands_that_are_shown_have_double_quotes() {
    let input = contracts(3).with("姓 名2", |_| "测试甲".to_owned()).set(2, "approver.mobile", "1");
    let session = Session::new().file("my file.csv", input.csv()).sandbox(unhurried());
    let ran = session.run(["check", "my file.csv"]).exit(3);
    assert!(ran.stdout.contains("\"my file.check.xlsx\""), "{}", ran.stdout);
    for lang in ["zh", "en"] {
        let ran = session.run(["run", "my file.csv", "--lang", lang]).exit(3);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        let commands = all.lines().filter(|line| line.contains("flowbatch ") || line.contains(" --"));
        commands.for_each(|line| assert!(!line.contains(" '"), "{line}"));
    }
}

#[test]
fn what_to_do_next_is_a_whole_command() {
    let session = session()
        .file("bad.csv", contracts_from(21, 23).set(2, "approver.mobile", "1").csv())
        .file("more.csv", contracts_from(31, 40).csv());
    session
        .run(["check", "more.csv"])
        .exit(0)
        .says("flowbatch run more.csv --first 3")
        .says("flowbatch run more.csv\n");
    // A trial with three of three is none.
    session.run(["check", "m.csv"]).exit(0).says("next: send them: flowbatch run m.csv\n");
    session.run(["run", "m.csv", "--first", "1"]).exit(0).says("send the rest: flowbatch run m.csv\n");
    session.run(["check", "bad.csv"]).exit(3).says("flowbatch check bad.check.xlsx").says("red cells");
    session.run(["run", "bad.csv"]).exit(3).says("flowbatch run bad.check.xlsx");
    let refused = contracts_from(101, 160).with("flow_description", |n| match n % 4 {
        0 => "sandbox:InvalidParameter.Mobile".to_owned(),
        _ => String::new(),
    });
    let session = session.file("r.csv", refused.csv());
    let ran = session.run(["run", "r.csv"]).exit(4);
    let refused: Vec<&str> =
        ran.stdout.lines().filter(|line| line.trim_start().starts_with("row ")).collect();
    assert_eq!(refused.len(), 10, "{}", ran.stdout);
    assert!(
        refused[0].contains("HT-0104") && ran.stdout.contains("5 more are in the report"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("run: flowbatch run r.fix.xlsx"), "{}", ran.stdout);
    let tally = ran.stdout.find("45 accepted").unwrap();
    assert!(tally > ran.stdout.find("http").unwrap(), "the summary comes last:\n{}", ran.stdout);
}

#[test]
fn five_pages_are_shown_and_the_command_that_shows_the_rest() {
    let session = session().file("many.csv", contracts_from(201, 208).csv());
    let ran = session.run(["run", "many.csv", "--per-page", "1"]).exit(0).says("8 accepted");
    assert_eq!(ran.stdout.matches("https://").count(), 5, "{}", ran.stdout);
    let line = ran.stdout.lines().find(|line| line.contains("flowbatch pages ")).unwrap();
    let job = line.rsplit(' ').next().unwrap();
    let all = session.run(["pages", job]).exit(0);
    assert_eq!(all.stdout.matches("https://").count(), 8, "{}", all.stdout);
}

#[test]
fn a_program_is_told_which_command_was_called_wrongly() {
    let session = session();
    for (words, command) in [
        (vec!["undo", "--json"], json!("undo")),
        (vec!["--lang", "en", "run", "m.csv", "--first", "0", "--json"], json!("run")),
        (vec!["download", "x", "--json"], json!("download")),
        (vec!["reconcil", "x", "--json"], Value::Null),
    ] {
        assert_eq!(session.run(words.clone()).exit(2).json()["command"], command, "{words:?}");
    }
}
