//! What work against the endpoint needs: one client, and one pace for the account.

use std::sync::Arc;

use crate::essbasic::action::Action;
use crate::essbasic::client::{Client, ClientSettings, canonical_endpoint};
use crate::journal::Journal;
use crate::pace::{self, Folder, Pace, PaceSettings, SlotKey};
use crate::runner::Asker;
use crate::settings::{Settings, own_folder};
use crate::text::Lang;

use super::{Failure, Workspace};

pub struct Online {
    pub client: Client,
    pub pace: Pace,
}

impl Online {
    pub fn new(workspace: &Workspace, lang: Lang, action: Action) -> Result<Self, Failure> {
        let client = client(workspace, lang)?;
        let slots = pace_folder(&workspace.settings, &workspace.journal);
        tracing::info!(folder = %slots.path().display(), "the slots of the quota");
        let pace =
            Pace::open(slots, &slot_key(workspace, action.wire_name())?, pace_settings(&workspace.settings))?;
        Ok(Self { client, pace })
    }
}

/// Who asks the API what else there is to ask: each action at a pace of its own.
pub fn asker(workspace: &Workspace, lang: Lang) -> Result<Asker, Failure> {
    let settings = &workspace.settings;
    let (slots, key, pace) =
        (pace_folder(settings, &workspace.journal), slot_key(workspace, "")?, pace_settings(settings));
    let open = move |action: &'static str| {
        let key = SlotKey { action: action.to_owned(), ..key.clone() };
        Pace::open(slots.clone(), &key, pace.clone())
    };
    let client = client(workspace, lang)?;
    let asked = Arc::clone(&workspace.asked);
    Ok(Asker::new(client, Box::new(open), settings.retry.clone(), workspace.stop.clone(), asked))
}

fn client(workspace: &Workspace, lang: Lang) -> Result<Client, Failure> {
    let settings = &workspace.settings;
    Ok(Client::new(
        ClientSettings {
            endpoint: settings.endpoint.clone(),
            region: settings.region.clone(),
            language: lang.pick("zh-CN", "en-US"),
            connect_timeout: settings.connect_timeout,
            timeout: settings.timeout,
            proxies: settings.proxies.clone(),
        },
        workspace.credentials.keys.clone(),
    )?)
}

fn slot_key(workspace: &Workspace, action: &str) -> Result<SlotKey, Failure> {
    let settings = &workspace.settings;
    Ok(SlotKey {
        endpoint: canonical_endpoint(&settings.endpoint)?,
        action: action.to_owned(),
        account: account(settings, &workspace.credentials.keys.secret_id),
    })
}

fn pace_settings(settings: &Settings) -> PaceSettings {
    PaceSettings {
        requests_per_second: settings.requests_per_second,
        window_requests: settings.window_requests,
        ..PaceSettings::default()
    }
}

/// Where the slots of the account stand, for this user and this journal.
pub fn pace_folder(settings: &Settings, journal: &Journal) -> Folder {
    pace::find_folder(settings.pace_folder.clone(), own_folder(), journal.dir())
}

/// The account whose quota is used; one account may have two key pairs.
fn account(settings: &Settings, secret_id: &str) -> String {
    use sha2::{Digest as _, Sha256};
    settings.account.clone().unwrap_or_else(|| hex::encode(Sha256::digest(secret_id))[..16].to_owned())
}
