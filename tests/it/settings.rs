//! Where settings, keys and the journal come from, however they are written.

use crate::sheets::contracts;
use crate::support::{SECRET_ID, SECRET_KEY, Session, unhurried};

fn session() -> Session {
    Session::new().file("contracts.csv", contracts(5).csv()).sandbox(unhurried())
}

#[test]
fn a_relative_state_folder_is_relative_to_its_settings_file() {
    let session = session().without("FLOWBATCH_STATE_DIR");
    std::fs::create_dir_all(session.path("etc")).unwrap();
    let session = session.file("etc/flowbatch.toml", "state_dir = \"journal\"\n");
    session.run(["run", "contracts.csv", "--config", "etc/flowbatch.toml"]).exit(0).says("5 accepted");
    assert!(session.has("etc/journal/ledger.db"));
    session.run(["status", "--config", "etc/flowbatch.toml"]).exit(0).says("etc/journal");
}

#[test]
fn a_state_folder_that_nobody_can_place_is_an_error() {
    for folder in ["journal", "$HOME/journal", "~other/journal", "%APPDATA%/journal"] {
        let session = session().env("FLOWBATCH_STATE_DIR", folder);
        session.run(["run", "contracts.csv"]).exit(2).says("state_dir");
        assert!(session.entries().is_empty());
    }
}

#[test]
fn one_endpoint_spelt_otherwise_is_the_same_realm() {
    let session = session();
    let port = session.port();
    session.run(["run", "contracts.csv"]).exit(0).says("5 accepted");
    for spelling in [format!("http://localhost:{port}"), format!("HTTP://LOCALHOST:{port}/")] {
        std::fs::copy(session.path("contracts.csv"), session.path("copy.csv")).unwrap();
        let mut again = session.command(["run", "copy.csv"]);
        again.env("FLOWBATCH_ENDPOINT", spelling);
        assert!(again.status().unwrap().success());
    }
    assert!(session.accepted().values().all(|times| *times == 1), "nothing was sent twice");
}

#[test]
fn keys_and_settings_are_read_as_editors_save_them() {
    let profile = format!("[default]\r\nsecret_id = {SECRET_ID}\r\nsecret_key = {SECRET_KEY}\r\n");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(profile.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marked = [b"\xEF\xBB\xBF".as_slice(), profile.as_bytes()].concat();
    for bytes in [marked, utf16] {
        let session = session().without("TENCENTCLOUD_SECRET_ID").without("TENCENTCLOUD_SECRET_KEY");
        let folder = session.home(".tencentcloud");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("credentials"), bytes).unwrap();
        session.run(["run", "contracts.csv"]).exit(0).says("5 accepted");
    }
    // GBK, as Chinese Windows saves it.
    let gbk = [b"# ".as_slice(), &[0xC9, 0xE8, 0xD6, 0xC3], b"\nlang = \"en\"\n"].concat();
    let session = session().file("config.toml", gbk);
    session.run(["run", "contracts.csv"]).exit(0).says("5 accepted");
}

#[cfg(unix)]
#[test]
fn keys_that_cannot_be_read_are_not_absent_keys() {
    let session = session().without("TENCENTCLOUD_SECRET_ID").without("TENCENTCLOUD_SECRET_KEY");
    let folder = session.home(".tencentcloud");
    // A folder in its place: unreadable for root as well.
    std::fs::create_dir_all(folder.join("credentials")).unwrap();
    session.run(["run", "contracts.csv"]).exit(2).says("cannot be read").never_says("no credentials");
}

#[test]
fn a_credentials_file_that_is_named_is_meant() {
    let session = session().without("TENCENTCLOUD_SECRET_ID").without("TENCENTCLOUD_SECRET_KEY");
    let path = session.path("keys.ini").to_str().unwrap().to_owned();
    let session = session.env("TENCENTCLOUD_CREDENTIALS_FILE", &path);
    session
        .run(["run", "contracts.csv"])
        .exit(2)
        .says("keys.ini cannot be read")
        .never_says("no credentials");
    let session = session.file("keys.ini", "[default]\nsecret_id = hidden-id\n");
    session
        .run(["run", "contracts.csv"])
        .exit(2)
        .says("keys.ini has no [default] secret_id")
        .never_says("hidden");
    let session =
        session.file("keys.ini", format!("[default]\nsecret_id={SECRET_ID}\nsecret_key={SECRET_KEY}\n"));
    session.run(["run", "contracts.csv"]).exit(0).says("5 accepted");
}
