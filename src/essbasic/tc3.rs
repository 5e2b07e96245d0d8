//! TC3-HMAC-SHA256, the platform's signature. Pure: the time comes in.
//!
//! Source: the API's reference, 'Signature v3'; the official Python SDK signs
//! `content-type;host`, and so do we.

use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

const ALGORITHM: &str = "TC3-HMAC-SHA256";
const SIGNED_HEADERS: &str = "content-type;host";

/// No `Debug`: not even by accident.
#[derive(Clone)]
pub struct Credentials {
    pub secret_id: String,
    pub secret_key: SecretString,
    /// Of temporary credentials.
    pub token: Option<SecretString>,
}

impl Credentials {
    /// Whether these are the same.
    pub fn are(&self, other: &Self) -> bool {
        let token = |own: &Self| own.token.as_ref().map(|token| token.expose_secret().to_owned());
        self.secret_id == other.secret_id
            && self.secret_key.expose_secret() == other.secret_key.expose_secret()
            && token(self) == token(other)
    }
}

/// What a signature covers.
pub struct ToSign<'a> {
    pub service: &'a str,
    /// With the port where it is not the scheme's own.
    pub host: &'a str,
    pub content_type: &'a str,
    /// Unix seconds; the date is its date in UTC, whatever the day is now.
    pub timestamp: i64,
    pub body: &'a [u8],
}

pub struct Signature {
    pub canonical_request: String,
    pub string_to_sign: String,
    pub hex: String,
    /// The value of the `Authorization` header.
    pub authorization: String,
}

/// # Errors
/// `None` for a timestamp that is no date.
pub fn sign(request: &ToSign<'_>, credentials: &Credentials) -> Option<Signature> {
    let date = jiff::Timestamp::from_second(request.timestamp).ok()?.strftime("%Y-%m-%d").to_string();
    let canonical_request = format!(
        "POST\n/\n\ncontent-type:{}\nhost:{}\n\n{SIGNED_HEADERS}\n{}",
        request.content_type.trim().to_lowercase(),
        request.host.trim().to_lowercase(),
        hash(request.body),
    );
    let scope = format!("{date}/{}/tc3_request", request.service);
    let string_to_sign =
        format!("{ALGORITHM}\n{}\n{scope}\n{}", request.timestamp, hash(canonical_request.as_bytes()));
    let first_key = format!("TC3{}", credentials.secret_key.expose_secret());
    let key = [date.as_str(), request.service, "tc3_request"]
        .iter()
        .fold(first_key.into_bytes(), |key, part| keyed(&key, part.as_bytes()));
    let hex = hex::encode(keyed(&key, string_to_sign.as_bytes()));
    let authorization = format!(
        "{ALGORITHM} Credential={}/{scope}, SignedHeaders={SIGNED_HEADERS}, Signature={hex}",
        credentials.secret_id
    );
    Some(Signature { canonical_request, string_to_sign, hex, authorization })
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn keyed(key: &[u8], message: &[u8]) -> Vec<u8> {
    // HMAC takes keys of any length; the error is of other algorithms.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return Vec::new() };
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}
