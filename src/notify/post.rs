//! Sends a notice: a few tries, each with a short time of its own.

use std::time::Duration;

use reqwest::Client;

use crate::essbasic::proxy::Variables;
use crate::essbasic::transport;
use crate::settings::{NotifySettings, Settings};
use crate::text::Lang;

use super::Notice;
use super::bodies::{Message, message, refusal};

/// Between two tries; twice as long each time.
const FIRST_WAIT: Duration = Duration::from_millis(500);
/// An answer is a line.
const MOST_ANSWER: usize = 64 * 1024;

/// Tells whoever is to be told of that. What goes wrong is logged, without the robot's key.
pub async fn send(settings: &Settings, notice: &Notice, lang: Lang) {
    let Some(to) = settings.notify.as_ref().filter(|to| to.on.contains(&notice.happening)) else { return };
    let client = match client(to, &settings.proxies) {
        Ok(client) => client,
        Err(cause) => {
            tracing::warn!(cause, "no notice was sent");
            return;
        }
    };
    let mut wait = FIRST_WAIT;
    for number in 1..=to.attempts {
        let now = jiff::Timestamp::now().as_millisecond();
        match post(&client, to, message(notice, to, lang, now)).await {
            Ok(()) => {
                tracing::info!(event = notice.happening.name(), "a notice was sent");
                return;
            }
            Err(Fault::Lasting(cause)) => {
                tracing::warn!(cause, "a notice was refused");
                return;
            }
            Err(Fault::Passing(cause)) if number == to.attempts => {
                tracing::warn!(cause, tries = number, "a notice was not sent");
            }
            Err(Fault::Passing(cause)) => {
                tracing::info!(cause, "a notice is tried again");
                tokio::time::sleep(wait).await;
                wait *= 2;
            }
        }
    }
}

enum Fault {
    /// Another try may help.
    Passing(String),
    Lasting(String),
}

async fn post(client: &Client, to: &NotifySettings, message: Message) -> Result<(), Fault> {
    let mut request = client.post(message.url).body(message.body);
    for (name, value) in message.headers {
        request = request.header(name, value);
    }
    let told = |error: reqwest::Error| Fault::Passing(causes(&error.without_url()));
    let mut response = request.send().await.map_err(told)?;
    match response.status().as_u16() {
        200..=299 => {}
        status @ (408 | 429 | 500..) => return Err(Fault::Passing(format!("status {status}"))),
        status => return Err(Fault::Lasting(format!("status {status}"))),
    }
    let mut answer = Vec::new();
    // It has been taken, whatever keeps the rest of the answer away.
    while let Ok(Some(part)) = response.chunk().await {
        if answer.len() + part.len() > MOST_ANSWER {
            break;
        }
        answer.extend_from_slice(&part);
    }
    match refusal(to.receiver, &answer) {
        Some(code) => Err(Fault::Lasting(format!("code {code}"))),
        None => Ok(()),
    }
}

fn client(to: &NotifySettings, proxies: &Variables) -> Result<Client, String> {
    let proxy = transport::proxy_to(&to.url, proxies);
    let client = proxy
        .and_then(|proxy| transport::build(&to.url, proxy.as_ref(), |builder| builder.timeout(to.timeout)));
    client.map_err(|error| causes(&error))
}

fn causes(error: &dyn std::error::Error) -> String {
    let all = std::iter::successors(Some(error), |error| error.source());
    all.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
