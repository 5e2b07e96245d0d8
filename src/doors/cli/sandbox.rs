//! `flowbatch sandbox`: the stand-in as a process of its own.

use secrecy::SecretString;

use crate::essbasic::tc3::Credentials;
use crate::sandbox::{self, Credential, Faults, Options, Sandbox, Templates};
use crate::settings::Environment;
use crate::text::Lang;
use crate::text::console::sandbox as words;

use super::Exit;
use super::args::{SandboxArgs, Signing};

/// Keys that the stand-in knows when the environment has none. They are made up.
pub const MADE_UP_ID: &str = "AKIDsandboxsandboxsandboxsandbox0000";
pub const MADE_UP_KEY: &str = "sandboxsandboxsandboxsandbox0000";

pub async fn serve(args: &SandboxArgs, environment: &Environment, lang: Lang) -> Exit {
    let mut faults = Faults::default();
    for text in &args.fault {
        match text.parse::<Faults>() {
            Ok(more) => faults = faults.and(more),
            Err(error) => {
                err!("{}", words::fault(lang, text, &error.to_string()));
                return Exit::Usage;
            }
        }
    }
    let credential = match crate::settings::credentials::find(environment) {
        Ok(found) => {
            let Credentials { secret_id, secret_key, token } = found.keys;
            Credential { secret_id, secret_key, token }
        }
        Err(_) => made_up(),
    };
    let own = credential.secret_id != MADE_UP_ID;
    let templates = match args.templates.as_deref().map(Templates::read).transpose() {
        Ok(templates) => templates,
        Err(error) => {
            err!("{}", words::failed(lang, &error.to_string()));
            return Exit::Usage;
        }
    };
    let options = Options {
        port: args.port,
        credentials: vec![credential],
        requests_per_second: args.rate,
        latency: args.latency,
        jitter: args.jitter,
        ledger: args.ledger.clone(),
        faults,
        bill_delay: args.bill_delay,
        callbacks: args.post_callbacks.clone(),
        callback_key: environment.get("FLOWBATCH_CALLBACK_KEY").map(SecretString::from),
        templates,
        seed: args.seed,
        signing: match args.signing {
            Signing::Never => sandbox::Signing::Never,
            Signing::Fast => sandbox::Signing::Fast,
        },
        ..Options::default()
    };
    let sandbox = match Sandbox::start(options).await {
        Ok(sandbox) => sandbox,
        Err(error) => {
            err!("{}", words::failed(lang, &error.to_string()));
            return Exit::Other;
        }
    };
    out!("{}", words::ready(lang, &sandbox.endpoint(), (!own).then_some((MADE_UP_ID, MADE_UP_KEY))));
    let mut stop = super::signals::listen(None);
    let stopped = async move {
        let _ = stop.changed().await;
    };
    match sandbox.serve_until(stopped).await {
        Ok(()) => Exit::Done,
        Err(error) => {
            err!("{}", words::failed(lang, &error.to_string()));
            Exit::Other
        }
    }
}

pub fn made_up() -> Credential {
    Credential { secret_id: MADE_UP_ID.to_owned(), secret_key: SecretString::from(MADE_UP_KEY), token: None }
}
