//! Gathers the facts. A journal that is there is opened as `status` opens it, none is made;
//! files that are made to see whether they can be have no name.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use secrecy::SecretString;

use crate::domain::job::JobId;
use crate::domain::shelf::Shelf;
use crate::essbasic::client::{Client, ClientError, ClientSettings, endpoint_url, proxy_to, realm};
use crate::essbasic::tc3::Credentials;
use crate::journal::{Contents, Journal, JournalError};
use crate::pace;
use crate::platform::trust::{Hands, hands_on, is_mine, is_open};
use crate::platform::volume;
use crate::settings::credentials::{self, Source};
use crate::settings::{Environment, Examined, Settings, SettingsError, SettingsWarning, own_folder};

use super::findings::{Action, Facts, FolderFacts, Keys, Ledger, Quota, Role, Way};

/// Looks at an installation, and at folders that are or will be watched. `language`: that
/// of the API's messages. `None`: nothing of the settings can be read.
pub async fn look(
    file: Option<&Path>,
    environment: &Environment,
    watched: &[PathBuf],
    language: &'static str,
) -> Option<Facts> {
    let Examined { settings, file: settings_file, set, mut faults, warnings } =
        Settings::examine(file, environment)?;
    // What is wrong with the settings that all have in common is told once.
    if faults.is_empty() {
        let own = watched.iter().map(|dir| Settings::load_for_folder(file, environment, dir));
        faults = own.filter_map(Result::err).collect();
    }
    let state = settings.state_folder();
    let (ledger, accepted) = match &state {
        Ok(state) => {
            let own = |name: &str| settings.request.get(name).map(String::as_str).unwrap_or_default();
            let realm = realm(&settings.endpoint, own("app_id"), own("organization_open_id"));
            look_at_journal(state, settings.action.wire_name(), &realm)
        }
        Err(_) => (Ledger::Nowhere, None),
    };
    if let Err(error) = &state
        && faults.is_empty()
    {
        tracing::info!(%error, "no state folder");
        faults.push(SettingsError::NoStateFolder);
    }
    let slots = state.as_ref().ok();
    let slots = slots.map(|state| pace::find_folder(settings.pace_folder.clone(), own_folder(), state));
    let hands = slots.as_ref().map_or(Hands::Unknown, |slots| hands_on(slots.path(), true));
    Some(Facts {
        now: Timestamp::now(),
        settings_file,
        set,
        wrong: faults,
        // The line of its values names it already.
        warnings: warnings.into_iter().filter(|own| !matches!(own, SettingsWarning::InUse(_))).collect(),
        made_up: settings.made_up(),
        unset: unset(&settings),
        keys: keys(&settings, environment),
        way: way(&settings, language).await,
        action: Action {
            name: settings.action.wire_name(),
            ends: settings.action.announced_end().and_then(|at| at.parse().ok()),
            accepted,
        },
        folders: folders(&settings, state.ok().as_deref(), watched),
        ledger,
        quota: Quota { requests_per_second: settings.requests_per_second, folder: slots, hands },
    })
}

/// What the request needs besides the contracts. Each may be a column of the sheet, too.
fn unset(settings: &Settings) -> Vec<&'static str> {
    let names = settings.action.request_fields().iter().map(|field| field.name());
    names.filter(|name| !settings.request.contains_key(name)).collect()
}

fn keys(settings: &Settings, environment: &Environment) -> Result<Keys, SettingsError> {
    let source = match &settings.credentials {
        Some(own) => own.source.clone(),
        None => credentials::find(environment)?.source,
    };
    let open = match &source {
        Source::Environment => false,
        Source::Profile(path) | Source::CommandLine(path) | Source::Settings(path) => is_open(path),
    };
    Ok(Keys { source, open })
}

async fn way(settings: &Settings, language: &'static str) -> Way {
    let endpoint = &settings.endpoint;
    let host = endpoint_url(endpoint).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_else(|| endpoint.clone());
    let proxy = match proxy_to(endpoint, &settings.proxies) {
        Ok(proxy) => proxy.map(|proxy| proxy.shown()),
        Err(error) => return Way { host, proxy: Err(error), answer: None },
    };
    match client(settings, language) {
        Err(error) => Way { host, proxy: Err(error), answer: None },
        Ok(client) => Way { host, proxy: Ok(proxy), answer: Some(client.reach().await.map_err(Box::new)) },
    }
}

/// It signs nothing, so it needs no keys.
fn client(settings: &Settings, language: &'static str) -> Result<Client, ClientError> {
    let nobody = Credentials { secret_id: String::new(), secret_key: SecretString::from(""), token: None };
    let settings = ClientSettings {
        endpoint: settings.endpoint.clone(),
        region: settings.region.clone(),
        language,
        connect_timeout: settings.connect_timeout,
        timeout: settings.timeout,
        proxies: settings.proxies.clone(),
    };
    Client::new(settings, nobody)
}

fn folders(settings: &Settings, state: Option<&Path>, watched: &[PathBuf]) -> Vec<FolderFacts> {
    let mut found = Vec::new();
    if let Some(state) = state {
        found.push(folder(Role::State, state));
        let jobs = state.join("jobs");
        found.extend(jobs.is_dir().then(|| folder(Role::Jobs, &jobs)));
    }
    found.extend(settings.pace_folder.as_deref().map(|own| folder(Role::Slots, own)));
    let log = settings.log.as_ref().and_then(|log| log.path.parent());
    found.extend(log.map(|own| folder(Role::Log, own)));
    let metrics = settings.metrics.as_ref().and_then(|path| path.parent());
    found.extend(metrics.map(|own| folder(Role::Metrics, own)));
    for dir in watched {
        found.push(folder(Role::Watched, dir));
        for shelf in Shelf::ALL.iter().filter(|_| dir.is_dir()) {
            let path = dir.join(shelf.name());
            // The watcher makes those that are not there.
            if path.is_dir() {
                found.push(folder(Role::Shelf(shelf.name()), &path));
            }
        }
    }
    found
}

fn folder(role: Role, path: &Path) -> FolderFacts {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let there = volume::nearest(&path);
    FolderFacts {
        role,
        exists: path.is_dir(),
        // A file that has the folder's name keeps it from being made.
        writable: match path.exists() && !path.is_dir() {
            true => Err(std::io::ErrorKind::NotADirectory),
            false => volume::try_writing(&there).map_err(|error| error.kind()),
        },
        volume: volume::kind(&there),
        device: volume::device(&there),
        room: volume::room(&there),
        mine: is_mine(&path),
        path,
    }
}

/// The journal as it is, and when it last saw a request accepted. One that is not there is
/// not made.
fn look_at_journal(state: &Path, action: &str, realm: &str) -> (Ledger, Option<Timestamp>) {
    // A key without a ledger is a journal that was lost, which opening it says.
    if !state.join("ledger.db").exists() && !state.join("key").exists() {
        return (Ledger::NotYet, None);
    }
    let sound = |journal: &Journal| -> Result<(Ledger, Option<Timestamp>), JournalError> {
        if let Some(how) = journal.find_damage()? {
            return Ok((Ledger::Damaged(how), None));
        }
        let accepted = journal.last_accepted_us(action, realm)?;
        let accepted = accepted.and_then(|at| Timestamp::from_microsecond(at).ok());
        let all = journal.jobs()?;
        let lost = all.iter().filter(|job| job.ready && journal.contents(job) == Contents::Lost);
        let lost: Vec<(JobId, bool)> = lost.map(|job| (job.id.clone(), job.finished)).collect();
        let ready = all.into_iter().filter(|job| job.ready);
        let (finished, open): (Vec<_>, Vec<_>) = ready.partition(|job| job.finished);
        Ok((
            Ledger::Sound {
                jobs: finished.len() + open.len(),
                open: open.len(),
                lost_open: lost.iter().any(|(_, finished)| !finished),
                lost: lost.into_iter().map(|(job, _)| job).collect(),
                notes: journal.notes().to_vec(),
            },
            accepted,
        ))
    };
    match Journal::open_to_look(state).and_then(|journal| sound(&journal)) {
        Ok(found) => found,
        Err(error) => (Ledger::Wrong(error), None),
    }
}
