use super::*;

fn load(text: &str, pairs: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    Settings::load(Some(&path), &Environment::from_pairs(pairs.iter().copied()))
}

#[test]
fn the_environment_is_stronger_than_the_file() {
    let settings = load(
        "endpoint = 'https://a.example'\n[pace]\nrequests_per_second = 5\n[agent]\napp_id = 'x'\n",
        &[
            ("FLOWBATCH_ENDPOINT", "http://127.0.0.1:8080/"),
            ("FLOWBATCH_AGENT__APP_ID", "y"),
            ("FLOWBATCH_LOG", "debug"),
        ],
    )
    .unwrap();
    assert_eq!(settings.endpoint, "http://127.0.0.1:8080");
    assert_eq!(settings.requests_per_second, 5.0);
    assert_eq!(settings.request["app_id"], "y");
}

#[test]
fn a_misspelt_key_is_an_error_with_a_suggestion() {
    for (text, key, suggestion) in [
        ("endpont = 'x'", "endpont", Some("endpoint")),
        ("[pace]\nrequest_per_second = 5", "pace.request_per_second", Some("pace.requests_per_second")),
        ("[defaults]\ntemplat_id = 'x'", "defaults.templat_id", Some("defaults.template_id")),
        ("[nonsense]\nkey = 1", "nonsense.key", None),
    ] {
        match load(text, &[]).err() {
            Some(SettingsError::UnknownKey { key: found, suggestion: near, .. }) => {
                assert_eq!((found.as_str(), near.as_deref()), (key, suggestion));
            }
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(
        load("", &[("FLOWBATCH_PACE__RATE", "5")]).err(),
        Some(SettingsError::UnknownKey { origin, .. }) if origin == "FLOWBATCH_PACE__RATE"
    ));
}

#[test]
fn wrong_values_are_named() {
    for (text, key) in [
        ("endpoint = 'http://example.com'", "endpoint"),
        ("time_zone = 'Mars/Base'", "time_zone"),
        ("lang = 'fr'", "lang"),
        ("[pace]\nrequests_per_second = -1", "pace.requests_per_second"),
        ("[http]\ntimeout = 'soon'", "http.timeout"),
        ("[defaults]\ndeadline = 'never'", "defaults.deadline"),
        ("jump_url = 'nowhere'", "jump_url"),
    ] {
        match load(text, &[]).err() {
            Some(SettingsError::BadValue { key: found, .. } | SettingsError::BadField { key: found, .. }) => {
                assert_eq!(found, key);
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn folders_are_relative_to_the_file_that_names_them() {
    let settings = load("state_dir = 'journal'\n[pace]\nfolder = 'pace'\n", &[]).unwrap();
    let (journal, pace) = (settings.state_dir.unwrap(), settings.pace_folder.unwrap());
    assert!(journal.is_absolute() && journal.ends_with("journal"));
    assert_eq!(pace, journal.with_file_name("pace"));
    assert_eq!(load("", &[]).unwrap().pace_folder, None);
    for key in ["FLOWBATCH_STATE_DIR", "FLOWBATCH_PACE__FOLDER"] {
        let relative = load("", &[(key, "here")]).err();
        assert!(matches!(relative, Some(SettingsError::BadValue { origin, .. }) if origin == key));
    }
}

#[test]
fn made_up_values_are_for_a_stand_in_on_this_machine_however_it_is_spelt() {
    for (endpoint, may) in
        [("http://127.0.0.1:1", true), ("HTTP://LOCALHOST:1", true), ("https://a.example", false)]
    {
        let mut settings = load(&format!("endpoint = '{endpoint}'"), &[]).unwrap();
        settings.for_sandbox();
        assert_eq!(settings.refuse_made_up().is_ok(), may, "{endpoint}");
    }
}

#[test]
fn defaults_take_any_name_of_a_field() {
    let settings =
        load("[defaults]\nTemplateId = 't'\n'合同类型' = '劳动'\ndeadline = '+30d'\n", &[]).unwrap();
    assert_eq!(
        settings.defaults.keys().copied().collect::<Vec<_>>(),
        ["deadline", "flow_type", "template_id"]
    );
}

#[test]
fn secrets_in_a_file_that_others_can_read_are_refused() {
    let text = "[credentials]\nsecret_id = 'a'\nsecret_key = 'b'\n";
    assert!(matches!(load(text, &[]).err(), Some(SettingsError::OpenCredentials { .. })));
}

#[test]
fn durations_are_read() {
    use std::time::Duration;
    for (text, seconds) in [("30s", 30), ("2m", 120), ("12h", 43_200), ("30d", 2_592_000), ("0", 0)] {
        assert_eq!(read::parse_duration(text), Some(Duration::from_secs(seconds)), "{text}");
    }
    assert_eq!(read::parse_duration("1 fortnight"), None);
}

#[test]
fn a_watched_folder_says_what_is_its_own_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path().join("base.toml");
    let text = "[agent]\napp_id = 'base'\n[defaults]\ntemplate_id = 'yDbase'\nflow_type = '劳动合同'\n";
    std::fs::write(&base, text).unwrap();
    let environment = Environment::from_pairs([("FLOWBATCH_WATCH__QUIET", "3s")]);
    let of_folder = |text: &str| {
        let folder = dir.path().join("folder");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("config.toml"), text).unwrap();
        Settings::load_for_folder(Some(&base), &environment, &folder)
    };
    let own = "[defaults]\n'模板ID' = 'yDown'\n[watch]\nquiet = '2s'\napprove = true\nreused_keys = 'send'\n";
    let settings = of_folder(own).unwrap();
    assert_eq!(
        (settings.request["app_id"].as_str(), settings.defaults["template_id"].as_str()),
        ("base", "yDown")
    );
    assert_eq!(settings.defaults["flow_type"], "劳动合同");
    assert_eq!(settings.watch.quiet, Duration::from_secs(2), "it counts more than the environment");
    assert!(settings.watch.approve && settings.watch.sends_reused_keys);
    assert_eq!(of_folder("").unwrap().watch.quiet, Duration::from_secs(3));
    for (text, key) in [
        ("endpoint = 'https://a.example'", "endpoint"),
        ("state_dir = '/tmp/x'", "state_dir"),
        ("[pace]\naccount = 'x'", "pace.account"),
        ("[credentials]\nsecret_id = 'x'", "credentials.secret_id"),
    ] {
        match of_folder(text).err() {
            Some(SettingsError::NotOfFolder { key: found, .. }) => assert_eq!(found, key),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(matches!(of_folder("[watch]\napprove = 'maybe'").err(), Some(SettingsError::BadValue { .. })));
}
