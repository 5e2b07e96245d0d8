//! What work against the endpoint needs: one client, and one pace for the account.

use crate::essbasic::action::Action;
use crate::essbasic::client::{Client, ClientSettings, canonical_endpoint};
use crate::journal::Journal;
use crate::pace::{self, Folder, Pace, PaceSettings, SlotKey};
use crate::settings::{Settings, own_folder};
use crate::text::Lang;

use super::{Failure, Ground};

pub struct Online {
    pub client: Client,
    pub pace: Pace,
}

impl Online {
    pub fn new(ground: &Ground, lang: Lang, action: Action) -> Result<Self, Failure> {
        let settings = &ground.settings;
        let client = Client::new(
            ClientSettings {
                endpoint: settings.endpoint.clone(),
                region: settings.region.clone(),
                language: lang.pick("zh-CN", "en-US"),
                connect_timeout: settings.connect_timeout,
                timeout: settings.timeout,
                proxies: settings.proxies.clone(),
            },
            ground.credentials.keys.clone(),
        )?;
        let slots = pace_folder(settings, &ground.journal);
        tracing::info!(folder = %slots.path().display(), "the slots of the quota");
        let pace = Pace::open(
            slots,
            &SlotKey {
                endpoint: canonical_endpoint(&settings.endpoint)?,
                action: action.wire_name().to_owned(),
                account: account(settings, &ground.credentials.keys.secret_id),
            },
            PaceSettings {
                requests_per_second: settings.requests_per_second,
                window_requests: settings.window_requests,
                ..PaceSettings::default()
            },
        )?;
        Ok(Self { client, pace })
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
