//! Opens a database of ours: private, write-ahead, migrated forward. What another
//! program wrote, or an older or newer one of ours, is left untouched.

use std::io::Read as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use rusqlite_migration::{M, Migrations};

use crate::journal::error::{JournalError, JournalFault};
use crate::platform::private;

/// Stands in the header of every database of ours since the first migration: `fbld`.
const LEDGER: i32 = 0x6662_6C64;
/// The same for the file of a job: `fbjb`.
const JOB: i32 = 0x6662_6A62;

const LEDGER_MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("migrations/0001.sql")),
    M::up(include_str!("migrations/0002.sql")),
    M::up(include_str!("migrations/0003.sql")),
    M::up(include_str!("migrations/0004.sql")),
    M::up(include_str!("migrations/0005.sql")),
];
const JOB_MIGRATIONS: &[M<'static>] = &[
    M::up(include_str!("migrations/job_0001.sql")),
    M::up(include_str!("migrations/job_0002.sql")),
    M::up(include_str!("migrations/job_0003.sql")),
    M::up(include_str!("migrations/job_0004.sql")),
    M::up(include_str!("migrations/job_0005.sql")),
];

/// Other processes commit in milliseconds; this is for a slow disk.
const STEPS: i32 = 6_000;
const FIRST_STEPS: i32 = 40;

/// # Errors
/// `Older`, `Newer`, `Damaged`: the file stays as it is. Those of the disk.
pub fn ledger(path: &Path) -> Result<Connection, JournalError> {
    open(path, LEDGER, LEDGER_MIGRATIONS, Safety::Full)
}

/// # Errors
/// As [`ledger`].
pub fn job_file(path: &Path) -> Result<Connection, JournalError> {
    open(path, JOB, JOB_MIGRATIONS, Safety::Full)
}

/// A file that nobody knows yet: nothing of it is durable until whoever fills it says so.
///
/// # Errors
/// As [`ledger`].
pub fn new_job_file(path: &Path, large: bool) -> Result<Connection, JournalError> {
    open(path, JOB, JOB_MIGRATIONS, Safety::None { large })
}

#[derive(Clone, Copy, PartialEq)]
enum Safety {
    /// What is committed stays, and others read meanwhile.
    Full,
    /// A file that is filled.
    None { large: bool },
}

/// Opens one that is there without writing anything: where its folder cannot be written.
///
/// # Errors
/// `Older`, `Newer`, `Damaged`; `NotWritable` where its log has something in it and cannot
/// be read without being written.
pub fn read_only(path: &Path, is_ledger: bool) -> Result<Connection, JournalError> {
    let fail = |error: rusqlite::Error| JournalError::sqlite(path, &error);
    let (kind, known) = match is_ledger {
        true => (LEDGER, LEDGER_MIGRATIONS.len()),
        false => (JOB, JOB_MIGRATIONS.len()),
    };
    look_at(path, kind, known)?;
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let has_log = std::fs::metadata(log).is_ok_and(|found| found.len() > 0);
    // Without a log nothing can change underneath: nobody can write here.
    let immutable = if has_log { "" } else { "&immutable=1" };
    let uri = format!("file:{}?mode=ro{immutable}", escaped(path));
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(uri, flags).map_err(fail)?;
    db.busy_handler(Some(wait_a_little)).map_err(fail)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fail)?;
    db.set_prepared_statement_cache_capacity(128);
    // SQLite opens the log only when it is asked for something.
    version(&db).map_err(fail)?;
    Ok(db)
}

/// A path as SQLite's URIs want it.
fn escaped(path: &Path) -> String {
    let mut escaped = String::new();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' | '?' | '#' => escaped.push_str(&format!("%{:02X}", u32::from(c))),
            '\\' => escaped.push('/'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Whether a ledger that is there is one of ours that this program knows.
///
/// # Errors
/// `Older`, `Newer`, `Damaged`: nothing was touched.
pub fn look(path: &Path) -> Result<(), JournalError> {
    look_at(path, LEDGER, LEDGER_MIGRATIONS.len())
}

fn look_at(path: &Path, kind: i32, known: usize) -> Result<(), JournalError> {
    match path.metadata() {
        Ok(found) if found.is_file() && found.len() > 0 => refuse_foreign(path, kind, known),
        _ => Ok(()),
    }
}

fn open(
    path: &Path,
    kind: i32,
    migrations: &'static [M<'static>],
    safety: Safety,
) -> Result<Connection, JournalError> {
    let fail = |error: rusqlite::Error| JournalError::sqlite(path, &error);
    look_at(path, kind, migrations.len())?;
    private::make_file(path).map_err(|error| JournalError::io(path, &error))?;
    let mut db = Connection::open(path).map_err(fail)?;
    db.busy_handler(Some(wait_a_little)).map_err(fail)?;
    // Else whatever ends in `LIMIT ?` is planned anew each time it is asked.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fail)?;
    if safety == Safety::Full {
        switch_to_wal(&db).map_err(fail)?;
    }
    // Whoever leaves last writes the ledger's log back and says so: see whole.rs.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, kind == LEDGER).map_err(fail)?;
    // The log is written back by upkeep.rs, so that no commit has to wait for it.
    db.execute_batch(
        "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;
         PRAGMA cache_size=-16000; PRAGMA wal_autocheckpoint=0",
    )
    .map_err(fail)?;
    if kind == JOB {
        // Nobody else writes its log back.
        db.execute_batch("PRAGMA wal_autocheckpoint=1000").map_err(fail)?;
    }
    if let Safety::None { large } = safety {
        // That each row has its sheet is sure there, and would be looked up for each.
        db.execute_batch("PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF").map_err(fail)?;
        if large {
            // It is filled and read from one end to the other: with larger pages there are fewer to look
            // for. A small one would be mostly empty.
            db.execute_batch("PRAGMA page_size=16384").map_err(fail)?;
        }
    }
    db.set_prepared_statement_cache_capacity(128);
    let application: i32 = db.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(fail)?;
    refuse(path, (version(&db).map_err(fail)?, application), kind, migrations.len())?;
    if version(&db).map_err(fail)? != i64::try_from(migrations.len()).unwrap_or(i64::MAX) {
        migrate(path, &mut db, migrations)?;
    }
    Ok(db)
}

/// Where SQLite's header keeps the schema's version and the application's id.
const HEADER: usize = 72;
const VERSION_AT: usize = 60;
const APPLICATION_AT: usize = 68;

/// Reads the header of a file that is there, without SQLite: that would make files
/// beside it.
fn refuse_foreign(path: &Path, kind: i32, known: usize) -> Result<(), JournalError> {
    let mut header = [0_u8; HEADER];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut header));
    match read {
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {}
        Err(error) => return Err(JournalError::io(path, &error)),
        Ok(()) => {}
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(JournalError::new(path, JournalFault::Damaged("file is not a database".into())));
    }
    let number = |at: usize| i32::from_be_bytes(std::array::from_fn(|byte| header[at + byte]));
    refuse(path, (number(VERSION_AT).into(), number(APPLICATION_AT)), kind, known)
}

/// `found`: the schema's version, and the application's id.
fn refuse(path: &Path, found: (i64, i32), kind: i32, known: usize) -> Result<(), JournalError> {
    let known = i64::try_from(known).unwrap_or(i64::MAX);
    match found {
        // Another process is just making it, or its first change is in the log still.
        (0, _) => Ok(()),
        (version, application) if application == kind && version <= known => Ok(()),
        (version, application) if application == kind || version > 1 => {
            Err(JournalError::new(path, JournalFault::Newer { found: version, known }))
        }
        _ => Err(JournalError::new(path, JournalFault::Older)),
    }
}

fn migrate(path: &Path, db: &mut Connection, migrations: &'static [M<'static>]) -> Result<(), JournalError> {
    let migrated = Migrations::from_slice(migrations).to_latest(db);
    // Two processes may both find it new: the second one fails on what the first has
    // made, and finds nothing left to do.
    let latest = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    match migrated {
        Ok(()) => Ok(()),
        Err(_) if version(db).is_ok_and(|version| version == latest) => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(JournalError::sqlite(path, &err)),
        Err(other) => Err(JournalError::new(path, JournalFault::Other(other.to_string()))),
    }
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Short steps at first: SQLite's own handler soon sleeps for a tenth of a second.
pub(super) fn wait_a_little(steps: i32) -> bool {
    let step = if steps < FIRST_STEPS { 1 } else { 5 };
    std::thread::sleep(Duration::from_millis(step));
    steps < STEPS
}

/// SQLite does not wait for a lock when it changes the mode, so we do: another
/// process may be making the very same file.
fn switch_to_wal(db: &Connection) -> rusqlite::Result<()> {
    let started = Instant::now();
    loop {
        match ask_for_wal(db).map(drop) {
            Err(error)
                if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
                    && started.elapsed() < Duration::from_secs(30) =>
            {
                std::thread::sleep(Duration::from_millis(20));
            }
            done => return done,
        }
    }
}

/// Whether the file has a log of changes now; some filesystems take none. The change is a
/// transaction, which ends behind the row that the answer is: whoever stops at the row never
/// hears of its errors.
pub(super) fn ask_for_wal(db: &Connection) -> rusqlite::Result<bool> {
    let mut ask = db.prepare("PRAGMA journal_mode=WAL")?;
    let mut rows = ask.query([])?;
    let mut has_log = false;
    while let Some(row) = rows.next()? {
        has_log = row.get_ref(0)?.as_str()?.eq_ignore_ascii_case("wal");
    }
    Ok(has_log)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_sound() {
        for migrations in [LEDGER_MIGRATIONS, JOB_MIGRATIONS] {
            Migrations::from_slice(migrations).validate().unwrap();
        }
    }

    /// A program that knows one more migration takes over what this one left half-sent.
    #[test]
    fn a_migration_carries_a_half_sent_job_over() {
        const NEXT: &[M<'static>] = &[
            M::up(include_str!("migrations/0001.sql")),
            M::up(include_str!("migrations/0002.sql")),
            M::up(include_str!("migrations/0003.sql")),
            M::up(include_str!("migrations/0004.sql")),
            M::up(include_str!("migrations/0005.sql")),
            M::up("ALTER TABLE chunks ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'"),
        ];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        let db = ledger(&path).unwrap();
        db.execute_batch(
            "INSERT INTO realms VALUES (1, 'r');
             INSERT INTO jobs (job, id, realm, identity, version, action, about, created_us, state, contracts)
               VALUES (1, 'a', 1, x'00', 1, 'PrepareFlows', '{}', 0, 'ready', 40);
             INSERT INTO chunks VALUES (1, 1, 0, 'cut', NULL, 'accepted', 0, 20, 0, 19, x'00');
             INSERT INTO chunks VALUES (1, 2, 0, 'cut', NULL, 'sending', 0, 20, 20, 39, x'28');
             INSERT INTO attempts (job, chunk, number, intended_us, slot_us) VALUES (1, 2, 1, 5, 6);",
        )
        .unwrap();
        drop(db);
        let db = open(&path, LEDGER, NEXT, Safety::Full).unwrap();
        let half: (String, String) = db
            .query_row(
                "SELECT c.state, c.colour FROM chunks c JOIN attempts a USING (job, chunk)
                 WHERE a.ended_us IS NULL",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert_eq!(half, ("sending".to_owned(), "blue".to_owned()));
        drop(db);
        let older = ledger(&path).unwrap_err();
        assert!(matches!(older.fault, JournalFault::Newer { found: 6, known: 5 }), "{older}");
    }

    #[test]
    fn what_version_0_1_0_wrote_is_refused_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger.db");
        Connection::open(&path)
            .unwrap()
            .execute_batch("CREATE TABLE jobs (id TEXT); PRAGMA user_version=1")
            .unwrap();
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(ledger(&path).unwrap_err().fault, JournalFault::Older));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    /// What each column gave came with the third migration.
    #[test]
    fn a_job_of_an_older_program_is_read_without_what_its_columns_gave() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let db = open(&path, JOB, &JOB_MIGRATIONS[..2], Safety::Full).unwrap();
        db.execute_batch("INSERT INTO sheets VALUES (0, 'a.csv', NULL, '[\"手机\"]', 1, '[]', '[]')")
            .unwrap();
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        let sheets = |db: Connection| {
            let found = crate::journal::JobFile::over(&path, db).sheets().unwrap();
            found.into_iter().map(|sheet| (sheet.headers, sheet.gives)).collect::<Vec<_>>()
        };
        let expected = [(vec!["手机".to_owned()], Vec::new())];
        assert_eq!(sheets(read_only(&path, false).unwrap()), expected, "as it is");
        drop(db);
        assert_eq!(sheets(job_file(&path).unwrap()), expected, "carried over");
    }
}
