//! The check of TC3-HMAC-SHA256: the canonical request is rebuilt from what was received.

use hmac::{Hmac, KeyInit, Mac};
use hyper::HeaderMap;
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::Credential;
use super::answer::Refusal;
use super::calendar::utc_date;

const ALGORITHM: &str = "TC3-HMAC-SHA256";
const TERMINATOR: &str = "tc3_request";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
/// How far the timestamp may be off the server's clock, in seconds.
const CLOCK_TOLERANCE: u64 = 300;

/// Hex of a body's SHA-256.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Finds out who signed a `POST /` with these headers and this digest of its body.
/// `now` is Unix time in seconds. Answers the SecretId, or an `AuthFailure` code.
pub(super) fn verify<'c>(
    headers: &HeaderMap,
    body_digest: &str,
    credentials: &'c [Credential],
    now: i64,
) -> Result<&'c str, Refusal> {
    let claim = Claim::read(header(headers, "authorization")?)?;
    let timestamp = header(headers, "x-tc-timestamp")?;
    let signed_at = seconds(timestamp)?;

    let credential = credentials
        .iter()
        .find(|known| known.secret_id == claim.secret_id)
        .ok_or_else(|| Refusal::new("AuthFailure.SecretIdNotFound", "The SecretId is not known."))?;
    if now.abs_diff(signed_at) > CLOCK_TOLERANCE {
        let message = "X-TC-Timestamp differs from the server's clock by more than 5 minutes.";
        return Err(Refusal::new("AuthFailure.SignatureExpire", message));
    }
    check_token(headers, credential)?;
    if claim.date != utc_date(signed_at) {
        return Err(failure("The date of the credential scope is not the UTC date of X-TC-Timestamp."));
    }

    let payload = match headers.get("x-tc-content-sha256") {
        Some(value) if value.as_bytes() == UNSIGNED.as_bytes() => digest(UNSIGNED.as_bytes()),
        _ => body_digest.to_owned(),
    };
    let host = header(headers, "host")?;
    for host in [host, without_port(host)] {
        let canonical = canonical_request(headers, claim.signed_headers, host, &payload)?;
        let to_sign = string_to_sign(timestamp, &claim, &canonical);
        if claim.is_signature_of(&to_sign, credential)? {
            return Ok(&credential.secret_id);
        }
    }
    Err(failure("The signature does not match the request received."))
}

/// What the Authorization header says.
struct Claim<'h> {
    secret_id: &'h str,
    date: &'h str,
    service: &'h str,
    signed_headers: &'h str,
    signature: &'h str,
}

impl<'h> Claim<'h> {
    fn read(value: &'h str) -> Result<Self, Refusal> {
        let pairs =
            value.strip_prefix(ALGORITHM).ok_or_else(|| invalid("Authorization is not TC3-HMAC-SHA256."))?;
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for pair in pairs.split(',') {
            let slot = match pair.trim().split_once('=') {
                Some(("Credential", text)) => (&mut credential, text),
                Some(("SignedHeaders", text)) => (&mut signed_headers, text),
                Some(("Signature", text)) => (&mut signature, text),
                _ => return Err(invalid("Authorization has a part that is not known.")),
            };
            if slot.0.replace(slot.1).is_some() {
                return Err(invalid("Authorization has a part twice."));
            }
        }
        let (Some(credential), Some(signed_headers), Some(signature)) =
            (credential, signed_headers, signature)
        else {
            return Err(invalid("Authorization needs Credential, SignedHeaders and Signature."));
        };
        let mut scope = credential.split('/');
        let parts = (scope.next(), scope.next(), scope.next(), scope.next(), scope.next());
        let (Some(secret_id), Some(date), Some(service), Some(TERMINATOR), None) = parts else {
            return Err(invalid("Credential is not SecretId/date/service/tc3_request."));
        };
        if secret_id.is_empty() || service.is_empty() {
            return Err(invalid("Credential lacks its SecretId or service."));
        }
        Ok(Self { secret_id, date, service, signed_headers, signature })
    }

    /// Compares in constant time.
    fn is_signature_of(&self, to_sign: &str, credential: &Credential) -> Result<bool, Refusal> {
        let is_lower_hex = self.signature.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let Some(signature) = hex::decode(self.signature).ok().filter(|_| is_lower_hex) else {
            return Err(invalid("Signature is not lower-case hex."));
        };
        let first = format!("TC3{}", credential.secret_key.expose_secret());
        let by_date = keyed(first.as_bytes(), self.date)?.finalize().into_bytes();
        let by_service = keyed(&by_date, self.service)?.finalize().into_bytes();
        let signing = keyed(&by_service, TERMINATOR)?.finalize().into_bytes();
        Ok(keyed(&signing, to_sign)?.verify_slice(&signature).is_ok())
    }
}

fn canonical_request(
    headers: &HeaderMap,
    signed_headers: &str,
    host: &str,
    payload: &str,
) -> Result<String, Refusal> {
    let names: Vec<&str> = signed_headers.split(';').collect();
    if !names.contains(&"content-type") || !names.contains(&"host") {
        return Err(invalid("SignedHeaders must have content-type and host."));
    }
    let mut lines = String::new();
    for name in names {
        let value = if name == "host" { host } else { header(headers, name)? };
        lines += &format!("{name}:{}\n", value.trim().to_lowercase());
    }
    Ok(format!("POST\n/\n\n{lines}\n{signed_headers}\n{payload}"))
}

fn string_to_sign(timestamp: &str, claim: &Claim<'_>, canonical: &str) -> String {
    let (date, service, digest) = (claim.date, claim.service, digest(canonical.as_bytes()));
    format!("{ALGORITHM}\n{timestamp}\n{date}/{service}/{TERMINATOR}\n{digest}")
}

fn keyed(key: &[u8], message: &str) -> Result<Hmac<Sha256>, Refusal> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key).map_err(|_| failure("The key has no usable length."))?;
    mac.update(message.as_bytes());
    Ok(mac)
}

/// A header that must be there once and be readable.
fn header<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, Refusal> {
    let mut values = headers.get_all(name).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(invalid("A header that the signature needs is absent, or there twice."));
    };
    let text = std::str::from_utf8(value.as_bytes());
    text.map_err(|_| invalid("A header that the signature needs is not UTF-8."))
}

fn seconds(timestamp: &str) -> Result<i64, Refusal> {
    let digits = !timestamp.is_empty() && timestamp.bytes().all(|b| b.is_ascii_digit());
    let number = timestamp.parse().ok().filter(|_| digits);
    number.ok_or_else(|| invalid("X-TC-Timestamp is not a number of seconds."))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    }
}

fn check_token(headers: &HeaderMap, credential: &Credential) -> Result<(), Refusal> {
    let given = headers.get("x-tc-token").map_or(&b""[..], |value| value.as_bytes());
    let due = credential.token.as_ref().map_or("", |token| token.expose_secret());
    let differing = given.iter().zip(due.as_bytes()).fold(0, |sum, (a, b)| sum | (a ^ b));
    if given.len() == due.len() && differing == 0 {
        Ok(())
    } else {
        Err(Refusal::new("AuthFailure.TokenFailure", "X-TC-Token is not the token of this SecretId."))
    }
}

fn invalid(message: &str) -> Refusal {
    Refusal::new("AuthFailure.InvalidAuthorization", message)
}

fn failure(message: &str) -> Refusal {
    Refusal::new("AuthFailure.SignatureFailure", message)
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
