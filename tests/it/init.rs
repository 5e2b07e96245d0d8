//! `flowbatch init` and `flowbatch man`.

use crate::sheets::contracts;
use crate::support::Session;

fn flags(url: &str) -> [&str; 9] {
    [
        "init", "--app-id", "own-app", "--organization-open-id", "own-org", "--operator-open-id",
        "own-operator", "--jump-url", url,
    ]
}

#[test]
fn a_settings_file_is_made_once_and_is_used() {
    let session = Session::bare().file("contracts.csv", contracts(1).csv());
    session.run(flags("https://own.example/")).exit(0).says("flowbatch doctor").never_says("made-up");
    let path = session.home(".config/flowbatch/config.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("app_id = \"own-app\"") && text.contains("# ★") && !text.contains("= \"sandbox-"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    session.run(["doctor"]).says("agent.app_id = own-app");
    // Whatever is there stays.
    session.run(flags("https://other.example/")).exit(2).says("is there already");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    session.run(["init", "--config", "own.toml"]).exit(0).says("made-up").says("--config own.toml");
    session.run(["init", "--config", "own.toml", "--lang", "zh"]).exit(2).says("已经在那里");
}

#[test]
fn what_cannot_be_used_is_not_left_behind() {
    let session = Session::bare();
    session.run(flags("not an address")).exit(2).says("jump_url");
    assert!(!session.home(".config/flowbatch/config.toml").exists());
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_asks() {
    let session = Session::bare();
    let ran = session.on_terminal("typed-app\n\ntyped-operator\nhttps://typed.example/\n", ["init"]).exit(0);
    assert!(ran.stdout.contains("app_id (Enter: later)"), "{}", ran.stdout);
    let text = std::fs::read_to_string(session.home(".config/flowbatch/config.toml")).unwrap();
    for line in
        ["app_id = \"typed-app\"", "organization_open_id = \"sandbox-organization\"", "typed-operator"]
    {
        assert!(text.contains(line), "{line} is not in {text}");
    }
}

#[cfg(unix)]
#[test]
fn on_a_terminal_it_asks_again_for_what_it_cannot_use() {
    let session = Session::bare();
    let typed = "typed-app\n\ntyped-operator\nhr.example.com\nhttps://typed.example/\n";
    let ran = session.on_terminal(typed, ["init"]).exit(0);
    assert!(ran.stdout.contains("that is no jump_url"), "{}", ran.stdout);
    let text = std::fs::read_to_string(session.home(".config/flowbatch/config.toml")).unwrap();
    assert!(text.contains("typed-app") && text.contains("https://typed.example/"), "{text}");
}

#[test]
fn each_command_has_a_page_of_the_manual() {
    let session = Session::bare();
    session.run(["man", "pages"]).exit(0);
    for page in ["flowbatch.1", "flowbatch-run.1", "flowbatch-doctor.1"] {
        let text = std::fs::read_to_string(session.path(&format!("pages/{page}"))).unwrap();
        assert!(text.contains(".SH NAME"), "{page}");
    }
}
