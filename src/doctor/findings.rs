//! Facts about an installation -> what is to be said of them. Pure.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::domain::job::JobId;
use crate::domain::verdict::Outcome;
use crate::essbasic::client::{ClientError, Reached};
use crate::journal::{JournalError, JournalNote};
use crate::pace::Folder;
use crate::platform::trust::Hands;
use crate::platform::volume::Volume;
use crate::settings::credentials::Source;
use crate::settings::{SetValue, SettingsError, SettingsWarning};

/// What was found, before anybody judges it.
pub struct Facts {
    pub now: Timestamp,
    pub settings_file: Option<PathBuf>,
    pub set: Vec<SetValue>,
    pub wrong: Vec<SettingsError>,
    pub warnings: Vec<SettingsWarning>,
    /// Settings that still have the value that config.toml ships with.
    pub made_up: Vec<&'static str>,
    /// Settings that every contract needs and nothing sets.
    pub unset: Vec<&'static str>,
    pub keys: Result<Keys, SettingsError>,
    pub way: Way,
    pub action: Action,
    pub folders: Vec<FolderFacts>,
    pub ledger: Ledger,
    pub quota: Quota,
}

pub struct Keys {
    pub source: Source,
    /// Others may read the file that they are in.
    pub open: bool,
}

/// The way to the API.
pub struct Way {
    pub host: String,
    pub proxy: Result<Option<String>, ClientError>,
    /// `None`: there was no client to try it with.
    pub answer: Option<Result<Reached, Box<Outcome>>>,
}

pub struct Action {
    pub name: &'static str,
    /// When its owner has said that it ends.
    pub ends: Option<Timestamp>,
    /// When this journal last saw a request of it accepted.
    pub accepted: Option<Timestamp>,
}

/// What a folder is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    State,
    Jobs,
    Slots,
    Log,
    Metrics,
    Watched,
    /// One of the folders within a watched one.
    Shelf(&'static str),
}

#[derive(Clone, Debug)]
pub struct FolderFacts {
    pub role: Role,
    pub path: PathBuf,
    pub exists: bool,
    /// Of itself, or of the one above it that it will be made in.
    pub writable: Result<(), ErrorKind>,
    pub volume: Volume,
    pub device: Option<u64>,
    pub room: Option<u64>,
    pub mine: bool,
}

pub enum Ledger {
    /// The first run makes it.
    NotYet,
    /// There is no folder for it.
    Nowhere,
    Sound {
        jobs: usize,
        open: usize,
        /// Those whose contents have gone though nobody has erased them.
        lost: Vec<JobId>,
        /// One of these is not finished.
        lost_open: bool,
        notes: Vec<JournalNote>,
    },
    Damaged(String),
    Wrong(JournalError),
}

pub struct Quota {
    pub requests_per_second: f64,
    pub folder: Option<Folder>,
    /// Who may write where it is kept.
    pub hands: Hands,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Good,
    /// It may be meant so.
    Note,
    /// It works, but somebody should look at it.
    Warning,
    /// A run would stop at it, or could not be trusted.
    Bad,
}

/// A key, and its value where that may be shown.
pub type Setting = (String, Option<String>);

/// One line to say.
pub enum Finding {
    SettingsFrom { origin: String, values: Vec<Setting> },
    NoSettings,
    SettingsWrong(SettingsError),
    SettingsWarning(SettingsWarning),
    MadeUp(Vec<&'static str>),
    Unset(Vec<&'static str>),
    Keys(Source),
    KeysOpen(PathBuf),
    KeysWrong(SettingsError),
    Proxy(Option<String>),
    NoClient(ClientError),
    Reached { host: String, milliseconds: u128 },
    NotReached(Box<Outcome>),
    Clock { ahead: i64 },
    ClockOff { ahead: i64, too_far: bool },
    ClockUnknown,
    ActionEnds { name: &'static str, ends: Timestamp, is_past: bool, accepted: Option<Timestamp> },
    Action { name: &'static str, accepted: Option<Timestamp> },
    Folder { role: Role, path: PathBuf, exists: bool },
    NotWritable { role: Role, path: PathBuf, kind: ErrorKind },
    NotThere { role: Role, path: PathBuf },
    OnNetwork { role: Role, path: PathBuf, kind: &'static str },
    LittleRoom { path: PathBuf, bytes: u64 },
    OfOthers { path: PathBuf },
    Apart { one: PathBuf, other: PathBuf },
    LedgerNotYet,
    Ledger { jobs: usize, open: usize },
    LedgerNote(PathBuf, JournalNote),
    ContentsLost { jobs: Vec<JobId>, open: bool },
    LedgerDamaged(String),
    LedgerWrong(JournalError),
    Quota { requests_per_second: f64, folder: Folder, hands: Hands },
    QuotaOff,
    QuotaOfJournal { folder: PathBuf, instead_of: Option<PathBuf> },
}

/// The API takes signatures of the last five minutes.
const CLOCK_LIMIT_S: i64 = 300;
/// What is off by so much now will be off by more soon.
const CLOCK_WARNING_S: i64 = 60;
/// A job of a hundred thousand contracts needs about a tenth of that.
const LITTLE_ROOM: u64 = 512 * 1024 * 1024;

impl Finding {
    pub fn level(&self) -> Level {
        match self {
            Self::SettingsFrom { .. }
            | Self::Keys(_)
            | Self::Proxy(_)
            | Self::Reached { .. }
            | Self::Clock { .. }
            | Self::Action { .. }
            | Self::Folder { .. }
            | Self::Ledger { .. }
            | Self::Quota { .. } => Level::Good,
            Self::NoSettings | Self::Unset(_) | Self::ClockUnknown | Self::LedgerNotYet => Level::Note,
            Self::SettingsWarning(SettingsWarning::InUse(_)) => Level::Note,
            Self::SettingsWarning(_)
            | Self::KeysOpen(_)
            | Self::ActionEnds { .. }
            | Self::LittleRoom { .. }
            | Self::LedgerNote(..)
            | Self::ContentsLost { open: false, .. }
            | Self::QuotaOff
            | Self::QuotaOfJournal { .. } => Level::Warning,
            // Shares deliver no events, but watching one is what many do.
            Self::OnNetwork { role, .. } if !matches!(role, Role::State | Role::Jobs | Role::Slots) => {
                Level::Note
            }
            Self::ClockOff { too_far, .. } if !too_far => Level::Warning,
            Self::SettingsWrong(_)
            | Self::MadeUp(_)
            | Self::KeysWrong(_)
            | Self::NoClient(_)
            | Self::NotReached(_)
            | Self::ClockOff { .. }
            | Self::NotWritable { .. }
            | Self::NotThere { .. }
            | Self::OnNetwork { .. }
            | Self::OfOthers { .. }
            | Self::Apart { .. }
            | Self::LedgerDamaged(_)
            | Self::ContentsLost { .. }
            | Self::LedgerWrong(_) => Level::Bad,
        }
    }

    /// A stable name, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SettingsFrom { .. } => "settings.from",
            Self::NoSettings => "settings.none",
            Self::SettingsWrong(_) => "settings.wrong",
            Self::SettingsWarning(_) => "settings.warning",
            Self::MadeUp(_) => "settings.made_up",
            Self::Unset(_) => "settings.unset",
            Self::Keys(_) => "credentials.found",
            Self::KeysOpen(_) => "credentials.open",
            Self::KeysWrong(_) => "credentials.wrong",
            Self::Proxy(_) => "network.proxy",
            Self::NoClient(_) => "network.client",
            Self::Reached { .. } => "network.reached",
            Self::NotReached(_) => "network.not_reached",
            Self::Clock { .. } => "clock.right",
            Self::ClockOff { .. } => "clock.off",
            Self::ClockUnknown => "clock.unknown",
            Self::ActionEnds { .. } => "action.ends",
            Self::Action { .. } => "action",
            Self::Folder { .. } => "folder.writable",
            Self::NotWritable { .. } => "folder.not_writable",
            Self::NotThere { .. } => "folder.missing",
            Self::OnNetwork { .. } => "folder.network",
            Self::LittleRoom { .. } => "folder.room",
            Self::OfOthers { .. } => "folder.of_others",
            Self::Apart { .. } => "folder.apart",
            Self::LedgerNotYet => "journal.none",
            Self::Ledger { .. } => "journal.sound",
            Self::LedgerNote(..) => "journal.note",
            Self::ContentsLost { .. } => "journal.contents_lost",
            Self::LedgerDamaged(_) => "journal.damaged",
            Self::LedgerWrong(_) => "journal.wrong",
            Self::Quota { .. } => "quota",
            Self::QuotaOff => "quota.off",
            Self::QuotaOfJournal { .. } => "quota.of_journal",
        }
    }
}

/// Everything that there is to say, in the order in which one would mend it.
pub fn findings(facts: Facts) -> Vec<Finding> {
    let mut found = settings(facts.settings_file.is_some(), facts.set);
    found.extend(facts.wrong.into_iter().map(Finding::SettingsWrong));
    found.extend(facts.warnings.into_iter().map(Finding::SettingsWarning));
    found.extend(Some(facts.made_up).filter(|keys| !keys.is_empty()).map(Finding::MadeUp));
    if !facts.unset.is_empty() {
        found.push(Finding::Unset(facts.unset));
    }
    match facts.keys {
        Err(error) => found.push(Finding::KeysWrong(error)),
        Ok(Keys { source, open }) => {
            let path = match &source {
                Source::Environment => None,
                Source::Profile(path) | Source::CommandLine(path) | Source::Settings(path) => {
                    Some(path.clone())
                }
            };
            found.push(Finding::Keys(source));
            found.extend(path.filter(|_| open).map(Finding::KeysOpen));
        }
    }
    found.extend(way(facts.way));
    let Action { name, ends, accepted } = facts.action;
    found.push(match ends {
        Some(ends) => Finding::ActionEnds { name, ends, is_past: facts.now >= ends, accepted },
        None => Finding::Action { name, accepted },
    });
    found.extend(folders(&facts.folders));
    match facts.ledger {
        Ledger::NotYet => found.push(Finding::LedgerNotYet),
        // What is wrong with the settings says so.
        Ledger::Nowhere => {}
        Ledger::Sound { jobs, open, lost, lost_open, notes } => {
            found.push(Finding::Ledger { jobs, open });
            if !lost.is_empty() {
                found.push(Finding::ContentsLost { jobs: lost, open: lost_open });
            }
            let folder = facts.folders.iter().find(|own| own.role == Role::State).map(|own| own.path.clone());
            let folder = folder.unwrap_or_default();
            found.extend(notes.into_iter().map(|note| Finding::LedgerNote(folder.clone(), note)));
        }
        Ledger::Damaged(how) => found.push(Finding::LedgerDamaged(how)),
        Ledger::Wrong(error) => found.push(Finding::LedgerWrong(error)),
    }
    found.extend(quota(facts.quota));
    found
}

/// One line for each place that sets something.
fn settings(has_file: bool, set: Vec<SetValue>) -> Vec<Finding> {
    // The files first, the environment behind them.
    let mut by_origin: BTreeMap<(bool, String), Vec<Setting>> = BTreeMap::new();
    for SetValue { key, value, origin } in set {
        // Each variable is an origin of its own; together they are the environment.
        let is_variable = origin.starts_with("FLOWBATCH_");
        let (origin, key) =
            if is_variable { (String::new(), format!("{origin} ({key})")) } else { (origin, key) };
        by_origin.entry((is_variable, origin)).or_default().push((key, value));
    }
    let none = (!has_file).then_some(Finding::NoSettings);
    let from = by_origin.into_iter();
    let from = from.map(|((_, origin), values)| Finding::SettingsFrom { origin, values });
    none.into_iter().chain(from).collect()
}

fn way(way: Way) -> Vec<Finding> {
    let mut found = Vec::new();
    match way.proxy {
        Ok(proxy) => found.push(Finding::Proxy(proxy)),
        Err(error) => return vec![Finding::NoClient(error)],
    }
    match way.answer {
        None => {}
        Some(Err(outcome)) => found.push(Finding::NotReached(outcome)),
        Some(Ok(Reached { clock_ahead, took })) => {
            found.push(Finding::Reached { host: way.host, milliseconds: took.as_millis() });
            // Theirs ahead is ours behind.
            found.push(match clock_ahead.map(i64::saturating_neg) {
                None => Finding::ClockUnknown,
                Some(ahead) if ahead.abs() < CLOCK_WARNING_S => Finding::Clock { ahead },
                Some(ahead) => Finding::ClockOff { ahead, too_far: ahead.abs() >= CLOCK_LIMIT_S },
            });
        }
    }
    found
}

fn folders(all: &[FolderFacts]) -> Vec<Finding> {
    let mut found = Vec::new();
    for folder in all {
        let FolderFacts { role, path, exists, .. } = folder;
        let (role, path) = (role.clone(), path.clone());
        let must_be_there = matches!(role, Role::Watched);
        match folder.writable {
            _ if must_be_there && !exists => found.push(Finding::NotThere { role, path }),
            Err(kind) => found.push(Finding::NotWritable { role, path, kind }),
            Ok(()) => found.push(Finding::Folder { role, path, exists: *exists }),
        }
        let (role, path) = (folder.role.clone(), folder.path.clone());
        let is_within = matches!(role, Role::Jobs | Role::Shelf(_));
        if let (Volume::Network(kind), false) = (folder.volume, is_within) {
            found.push(Finding::OnNetwork { role: role.clone(), path: path.clone(), kind });
        }
        if let (Some(bytes @ ..LITTLE_ROOM), false) = (folder.room, is_within) {
            found.push(Finding::LittleRoom { path: path.clone(), bytes });
        }
        if role == Role::State && *exists && !folder.mine {
            found.push(Finding::OfOthers { path });
        }
    }
    found.extend(apart(all));
    found
}

/// A rename within a folder must not cross to another file system.
fn apart(all: &[FolderFacts]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut whole: Option<&FolderFacts> = None;
    for folder in all {
        match folder.role {
            Role::State | Role::Watched => whole = Some(folder),
            Role::Jobs | Role::Shelf(_) => {
                let Some(whole) = whole else { continue };
                let devices = whole.device.zip(folder.device);
                if devices.is_some_and(|(one, other)| one != other) {
                    found.push(Finding::Apart { one: whole.path.clone(), other: folder.path.clone() });
                }
            }
            _ => whole = None,
        }
    }
    found
}

fn quota(quota: Quota) -> Option<Finding> {
    if quota.requests_per_second == 0.0 {
        return Some(Finding::QuotaOff);
    }
    Some(match quota.folder? {
        Folder::Journal { path, instead_of } => Finding::QuotaOfJournal { folder: path, instead_of },
        folder => {
            Finding::Quota { requests_per_second: quota.requests_per_second, folder, hands: quota.hands }
        }
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
