//! The pace as its users see it. Nothing here measures how fast it is.

use std::fs;
use std::path::PathBuf;

use super::*;

fn key() -> SlotKey {
    SlotKey {
        endpoint: "essbasic.tencentcloudapi.com".into(),
        action: "PrepareFlows".into(),
        account: "north".into(),
    }
}

fn open(dir: &Path) -> Pace {
    Pace::open(dir, &key(), PaceSettings::default()).unwrap()
}

fn only_file(dir: &Path) -> PathBuf {
    let mut files = fs::read_dir(dir).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none());
    file
}

fn after(slot: &Slot, before: SystemTime) -> Duration {
    slot.at.duration_since(before).unwrap()
}

#[test]
fn two_processes_never_take_one_place() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (open(dir.path()), open(dir.path()));
    let mut slots = Vec::new();
    for _ in 0..15 {
        slots.push(one.reserve().unwrap().at);
        slots.push(other.reserve().unwrap().at);
    }
    for pair in slots.windows(2) {
        assert!(pair[1] >= pair[0] + Duration::from_millis(40));
    }
    for window in slots.windows(21) {
        assert!(window[20] >= window[0] + Duration::from_secs(1));
    }
}

#[test]
fn other_accounts_have_files_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    for account in ["north", "south"] {
        let key = SlotKey { account: account.into(), ..key() };
        let pace = Pace::open(dir.path(), &key, PaceSettings::default()).unwrap();
        pace.reserve().unwrap();
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
}

#[cfg(unix)]
#[test]
fn the_file_is_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    open(dir.path());
    let mode = fs::metadata(only_file(dir.path())).unwrap().permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
}

#[test]
fn no_pace_means_now_and_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let settings = PaceSettings { requests_per_second: 0.0, ..PaceSettings::default() };
    let pace = Pace::open(dir.path(), &key(), settings).unwrap();
    for _ in 0..100 {
        let slot = pace.reserve().unwrap();
        assert!(slot.at <= SystemTime::now());
        pace.sent(&slot, SystemTime::now());
    }
    pace.refused();
    assert_eq!(pace.rate(), 0.0);
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_pace_that_makes_no_sense_is_an_error() {
    for (requests_per_second, window_requests) in
        [(-1.0, None), (f64::NAN, None), (f64::INFINITY, None), (20.0, Some(0))]
    {
        let settings = PaceSettings { requests_per_second, window_requests, ..PaceSettings::default() };
        assert!(Pace::in_memory(settings).is_err());
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let missing = dir.path().join("missing");
    let Err(error) = Pace::open(&missing, &key(), PaceSettings::default()) else {
        panic!("there is no such folder");
    };
    assert!(error.to_string().contains("missing"), "{error}");
}

#[test]
fn a_damaged_file_costs_one_quiet_second() {
    type Damage = fn(Vec<u8>) -> Vec<u8>;
    let damages: [Damage; 4] = [
        |bytes| bytes[..bytes.len() / 2].to_vec(),
        |_| Vec::new(),
        |_| b"what is this?".to_vec(),
        |mut bytes| {
            bytes[40] ^= 1;
            bytes
        },
    ];
    for damage in damages {
        let dir = tempfile::tempdir().unwrap();
        let pace = open(dir.path());
        pace.reserve().unwrap();
        let file = only_file(dir.path());
        fs::write(&file, damage(fs::read(&file).unwrap())).unwrap();
        let before = SystemTime::now();
        let slot = pace.reserve().unwrap();
        assert!(after(&slot, before) >= Duration::from_secs(1));
        assert!(after(&slot, SystemTime::now()) <= Duration::from_millis(1_200));
        let next = pace.reserve().unwrap();
        assert!(after(&next, slot.at) <= Duration::from_millis(60));
    }
}

#[test]
fn a_file_that_was_there_before_is_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    let crashed = open(dir.path()).reserve().unwrap();
    let next = open(dir.path()).reserve().unwrap();
    let lead_from_now = SystemTime::now() + Duration::from_millis(50);
    let place_after = crashed.at + Duration::from_millis(60);
    assert!(next.at > crashed.at);
    assert!(next.at <= place_after.max(lead_from_now), "a crash wastes its own slot, not more");
}

#[test]
fn a_slot_given_back_is_taken_by_the_next() {
    let pace = Pace::in_memory(PaceSettings::default()).unwrap();
    let first = pace.reserve().unwrap();
    let second = pace.reserve().unwrap();
    let place = second.at;
    pace.release(second);
    let third = pace.reserve().unwrap();
    assert!(third.at <= place.max(SystemTime::now() + Duration::from_millis(50)));
    assert!(third.at > first.at);
}

#[test]
fn refusals_lower_the_rate() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (open(dir.path()), open(dir.path()));
    one.reserve().unwrap();
    let before = one.rate();
    for _ in 0..3 {
        one.refused();
    }
    other.reserve().unwrap();
    assert!(other.rate() < before * 0.91, "the other one knows too");
}

#[tokio::test]
async fn a_turn_comes_at_its_slot_and_not_before() {
    let pace = Pace::in_memory(PaceSettings::default()).unwrap();
    let mut slot = pace.reserve().unwrap();
    let mut next = pace.reserve().unwrap();
    pace.approach(&slot).await;
    for slot in [&mut slot, &mut next] {
        pace.turn(slot).await.unwrap();
        assert!(Instant::now() >= slot.due);
        pace.sent(slot, SystemTime::now());
    }
}

/// One request in 200 ms (and the guard of 64), reserved without a lead.
fn one_at_a_time() -> Pace {
    let settings = PaceSettings { requests_per_second: 5.0, window_requests: Some(1), lead: Duration::ZERO };
    Pace::in_memory(settings).unwrap()
}

#[tokio::test]
async fn who_overslept_asks_again() {
    let pace = one_at_a_time();
    let mut overslept = pace.reserve().unwrap();
    let other = pace.reserve().unwrap();
    thread::sleep(Duration::from_millis(280));
    let wire = SystemTime::now();
    pace.sent(&other, wire);
    pace.turn(&mut overslept).await.unwrap();
    assert!(SystemTime::now() >= wire + Duration::from_millis(200));
}

#[tokio::test]
async fn those_who_wake_together_do_not_leave_together() {
    let pace = Pace::in_memory(PaceSettings::default()).unwrap();
    let mut slots = [pace.reserve().unwrap(), pace.reserve().unwrap(), pace.reserve().unwrap()];
    thread::sleep(Duration::from_millis(250));
    pace.turn(&mut slots[0]).await.unwrap();
    let first = Instant::now();
    pace.turn(&mut slots[1]).await.unwrap();
    pace.turn(&mut slots[2]).await.unwrap();
    assert!(first.elapsed() >= Duration::from_millis(49));
}

#[tokio::test]
async fn a_body_in_a_slow_handshake_counts_until_it_has_left() {
    let pace = one_at_a_time();
    let mut slow = pace.reserve().unwrap();
    pace.turn(&mut slow).await.unwrap();
    thread::sleep(Duration::from_millis(300));
    let now = SystemTime::now();
    let next = pace.reserve().unwrap();
    assert!(after(&next, now) >= Duration::from_millis(200));
    pace.release(next);
    pace.release(slow);
    let now = SystemTime::now();
    assert!(pace.reserve().unwrap().at < now + Duration::from_millis(200));
}

#[test]
fn nothing_leaves_in_the_future() {
    let pace = one_at_a_time();
    let slot = pace.reserve().unwrap();
    pace.sent(&slot, SystemTime::now() + Duration::from_secs(2));
    let now = SystemTime::now();
    assert!(pace.reserve().unwrap().at < now + Duration::from_secs(1));
}
