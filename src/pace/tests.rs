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
    Pace::open(folder(dir), &key(), PaceSettings::default()).unwrap()
}

/// A folder that is there already, or is to be made.
fn folder(dir: &Path) -> Folder {
    Folder::Own(dir.to_owned())
}

fn only_file(dir: &Path) -> PathBuf {
    let mut files = fs::read_dir(dir).unwrap();
    let file = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none());
    file
}

fn after(slot: &Slot, before: Instant) -> Duration {
    slot.due.saturating_duration_since(before)
}

#[test]
fn two_processes_never_take_one_place() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (open(dir.path()), open(dir.path()));
    let mut slots = Vec::new();
    for _ in 0..15 {
        slots.push(one.reserve().unwrap().due);
        slots.push(other.reserve().unwrap().due);
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
        let pace = Pace::open(folder(dir.path()), &key, PaceSettings::default()).unwrap();
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
    let pace = Pace::open(folder(dir.path()), &key(), settings).unwrap();
    for _ in 0..100 {
        let slot = pace.reserve().unwrap();
        assert!(slot.due <= Instant::now());
        pace.sent(&slot, Instant::now());
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
fn a_folder_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("file"), "").unwrap();
    let Err(error) = Pace::open(folder(&dir.path().join("file")), &key(), PaceSettings::default()) else {
        panic!("there is no such folder");
    };
    assert!(error.to_string().contains("file"), "{error}");
}

#[test]
fn a_new_file_in_an_old_folder_costs_one_quiet_second() {
    let dir = tempfile::tempdir().unwrap();
    let before = Instant::now();
    let in_new = open(&dir.path().join("new")).reserve().unwrap();
    assert!(in_new.due < before + Duration::from_millis(500), "nobody can have sent anything");
    let in_old = open(dir.path()).reserve().unwrap();
    assert!(after(&in_old, before) >= Duration::from_secs(1), "the file may have been deleted in use");
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
        let before = Instant::now();
        let slot = pace.reserve().unwrap();
        assert!(after(&slot, before) >= Duration::from_secs(1));
        assert!(after(&slot, Instant::now()) <= Duration::from_millis(1_200));
        let next = pace.reserve().unwrap();
        assert!(after(&next, slot.due) <= Duration::from_millis(60));
    }
}

#[test]
fn a_file_that_was_there_before_is_gone_on_with() {
    let dir = tempfile::tempdir().unwrap();
    let crashed = open(dir.path()).reserve().unwrap();
    let next = open(dir.path()).reserve().unwrap();
    let lead_from_now = Instant::now() + Duration::from_millis(50);
    let place_after = crashed.due + Duration::from_millis(60);
    assert!(next.due > crashed.due);
    assert!(next.due <= place_after.max(lead_from_now), "a crash wastes its own slot, not more");
}

/// Nothing else is on its way, so nothing but its own intent has to be written meanwhile.
#[test]
fn the_first_slot_of_a_process_is_not_a_whole_lead_away() {
    let settings = PaceSettings { lead: Duration::from_secs(5), ..PaceSettings::default() };
    let pace = Pace::in_memory(settings).unwrap();
    let before = Instant::now();
    let first = pace.reserve().unwrap();
    assert!(after(&first, before) < Duration::from_secs(2));
    let second = pace.reserve().unwrap();
    assert!(after(&second, before) >= Duration::from_secs(5));
}

#[test]
fn a_slot_given_back_is_taken_by_the_next() {
    // Two seconds between slots: a machine that is busy for a moment makes none of them pass.
    let settings =
        PaceSettings { requests_per_second: 0.5, window_requests: Some(1), ..PaceSettings::default() };
    let pace = Pace::in_memory(settings).unwrap();
    let first = pace.reserve().unwrap();
    let second = pace.reserve().unwrap();
    let place = second.due;
    pace.release(second);
    let third = pace.reserve().unwrap();
    assert!(third.due < place + Duration::from_secs(1), "not the place behind it");
    assert!(third.due > first.due);
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
        pace.sent(slot, Instant::now());
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
    let wire = Instant::now();
    pace.sent(&other, wire);
    pace.turn(&mut overslept).await.unwrap();
    assert!(Instant::now() >= wire + Duration::from_millis(200));
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
    let now = Instant::now();
    let next = pace.reserve().unwrap();
    assert!(after(&next, now) >= Duration::from_millis(200));
    pace.release(next);
    pace.release(slow);
    let now = Instant::now();
    assert!(pace.reserve().unwrap().due < now + Duration::from_millis(200));
}

#[test]
fn nothing_leaves_in_the_future() {
    let pace = one_at_a_time();
    let slot = pace.reserve().unwrap();
    pace.sent(&slot, Instant::now() + Duration::from_secs(2));
    let now = Instant::now();
    assert!(pace.reserve().unwrap().due < now + Duration::from_secs(1));
}

#[test]
fn what_was_sent_before_the_file_is_deleted_counts_after_it() {
    let dir = tempfile::tempdir().unwrap();
    let (one, other) = (open(dir.path()), open(dir.path()));
    for pace in [&one, &other].into_iter().cycle().take(20) {
        pace.sent(&pace.reserve().unwrap(), Instant::now());
    }
    let mut pending = one.reserve().unwrap();
    fs::remove_file(only_file(dir.path())).unwrap();
    let deleted = Instant::now();
    let late_comer = open(dir.path());
    pending.due = deleted;
    assert!(!one.stands(&mut pending).unwrap(), "its turn is later now");
    assert!(after(&pending, deleted) >= Duration::from_secs(1));
    for pace in [&late_comer, &other, &one] {
        assert!(after(&pace.reserve().unwrap(), deleted) >= Duration::from_secs(1));
    }
}

/// A machine whose wall clock is set an hour forth or back with every reading.
static READINGS: AtomicI64 = AtomicI64::new(0);
const RESTLESS: Clocks = Clocks {
    shared: Clocks::OF_MACHINE.shared,
    wall: || {
        let hour = Duration::from_secs(3_600);
        let forth = READINGS.fetch_add(1, Ordering::Relaxed) % 2 == 0;
        if forth { SystemTime::now() + hour } else { SystemTime::now() - hour }
    },
};

#[test]
fn steps_of_the_wall_clock_move_no_slot() {
    let dir = tempfile::tempdir().unwrap();
    let open =
        || Pace::open_by(RESTLESS, "boot", folder(dir.path()), &key(), PaceSettings::default()).unwrap();
    let (one, other) = (open(), open());
    let begun = Instant::now();
    let mut slots = Vec::new();
    for _ in 0..30 {
        slots.push(one.reserve().unwrap());
        slots.push(other.reserve().unwrap());
    }
    for window in slots.windows(21) {
        assert!(window[20].due >= window[0].due + Duration::from_secs(1), "no burst");
    }
    let last = after(&slots[59], begun);
    assert!(last <= Duration::from_millis(5_500), "no hang: {last:?}");
    let recorded = slots[0].at.max(slots[1].at).duration_since(SystemTime::now()).unwrap();
    assert!(recorded > Duration::from_secs(3_500), "records keep the wall clock's time");
}

#[test]
fn what_was_noted_before_the_machines_start_is_void() {
    let dir = tempfile::tempdir().unwrap();
    let open = |boot| {
        let settings = PaceSettings::default();
        Pace::open_by(Clocks::OF_MACHINE, boot, folder(dir.path()), &key(), settings).unwrap()
    };
    let before = open("before");
    for _ in 0..40 {
        before.reserve().unwrap();
    }
    let started = Instant::now();
    let since = open("since");
    let slot = since.reserve().unwrap();
    assert!(after(&slot, started) >= Duration::from_secs(1), "one window is waited for");
    assert!(after(&slot, started) <= Duration::from_millis(1_300), "and nothing else");
    assert!(after(&since.reserve().unwrap(), slot.due) <= Duration::from_millis(60));
    // It is alive, so this is another machine, whose clock is not ours.
    assert!(matches!(before.reserve(), Err(PaceError::OtherMachine { .. })));
}

#[cfg(unix)]
#[test]
fn who_may_write_into_a_named_folder_may_write_its_files() {
    use std::os::unix::fs::PermissionsExt;
    for (of_folder, of_file) in [(0o700, 0o600), (0o2770, 0o660), (0o2777, 0o666), (0o755, 0o600)] {
        let dir = tempfile::tempdir().unwrap();
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(of_folder)).unwrap();
        let named = Folder::Named(dir.path().to_owned());
        Pace::open(named, &key(), PaceSettings::default()).unwrap().reserve().unwrap();
        let mode = fs::metadata(only_file(dir.path())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, of_file, "{of_folder:o}");
    }
}
