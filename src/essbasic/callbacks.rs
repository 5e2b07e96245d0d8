//! What the API posts to the user's callback address, as a receiver has kept it: one body a
//! line, encrypted or read already. Pure.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt as _, KeyIvInit as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value as Json;

use crate::domain::doubt::Unread;

/// The application's key for its callbacks: 32 bytes, of which the first 16 begin each chain.
#[derive(Clone)]
pub struct CallbackKey(SecretString);

impl CallbackKey {
    /// `None`: it has another length.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.len() == KEY).then(|| Self(SecretString::from(text)))
    }

    fn open(&self, encrypted: &str) -> Option<Vec<u8>> {
        let bytes = STANDARD.decode(encrypted.trim()).ok()?;
        let key = self.0.expose_secret().as_bytes();
        let chain = cbc::Decryptor::<aes::Aes256>::new_from_slices(key, key.get(..CHAIN)?).ok()?;
        let mut bytes = bytes;
        chain.decrypt_padded::<Pkcs7>(&mut bytes).ok().map(<[u8]>::to_vec)
    }
}

const KEY: usize = 32;
const CHAIN: usize = 16;

/// A contract that a callback tells of.
#[derive(Clone, PartialEq)]
pub struct Told {
    pub flow_id: String,
    pub name: String,
    /// CustomerData, as base64 or plain, by whichever of its names.
    pub data: Vec<String>,
}

/// Reads one line; `None`: it tells of no contract, or of none with data.
///
/// # Errors
/// It is no callback that can be read.
pub fn read(line: &[u8], key: Option<&CallbackKey>) -> Result<Option<Told>, Unread> {
    let body: Json = serde_json::from_slice(line).map_err(|_| Unread::NotJson)?;
    let object = body.as_object().ok_or(Unread::NotJson)?;
    let opened: Json;
    let object = match object.get("encrypt").or_else(|| object.get("Encrypt")) {
        None => object,
        Some(encrypted) => {
            let key = key.ok_or(Unread::NoKey)?;
            let text = encrypted.as_str().and_then(|text| key.open(text)).ok_or(Unread::WrongKey)?;
            opened = serde_json::from_slice(&text).map_err(|_| Unread::WrongKey)?;
            opened.as_object().ok_or(Unread::WrongKey)?
        }
    };
    let inner: Json;
    // As an object, or as the text of one.
    let data = match object.get("MsgData") {
        Some(Json::Object(data)) => data,
        Some(Json::String(text)) => {
            inner = serde_json::from_str(text).map_err(|_| Unread::NotJson)?;
            inner.as_object().ok_or(Unread::NotJson)?
        }
        _ => return Err(Unread::NotJson),
    };
    let text = |name: &str| data.get(name).and_then(Json::as_str).unwrap_or_default().trim().to_owned();
    let mut carried: Vec<String> =
        ["CustomerData", "UserData"].into_iter().map(text).filter(|data| !data.is_empty()).collect();
    carried.dedup();
    let told = Told { flow_id: text("FlowId"), name: text("FlowName"), data: carried };
    Ok(Some(told).filter(|told| !told.flow_id.is_empty() && !told.data.is_empty()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const OWN: &str = "0123456789abcdef0123456789abcdef";
    /// `{"MsgType":"FlowStatusChange","MsgData":{"FlowId":"f1","UserData":"SFQtMQ=="}}` under
    /// that key, by OpenSSL.
    const SEALED: &str = "HlSxAbvK9KXLg3wqFlWleWKC6ee60oPOGfJq9RlrMKKmd7eU0GgQHw5BYI804UQbyZAZIXyshtzOqwJhZLAmQH7h12rctFg0aCyn2rB5wNM=";

    fn told(line: &str, key: Option<&str>) -> Result<Option<(String, Vec<String>)>, Unread> {
        let key = key.and_then(CallbackKey::new);
        Ok(read(line.as_bytes(), key.as_ref())?.map(|told| (told.flow_id, told.data)))
    }

    #[test]
    fn a_body_is_read_encrypted_and_plain() {
        let found = Ok(Some(("f1".to_owned(), vec!["SFQtMQ==".to_owned()])));
        let sealed = json!({ "encrypt": SEALED }).to_string();
        assert_eq!(told(&sealed, Some(OWN)), found);
        assert_eq!(told(&sealed, None), Err(Unread::NoKey));
        assert_eq!(told(&sealed, Some("another-key-of-32-bytes-in-length")), Err(Unread::NoKey), "33 bytes");
        assert_eq!(told(&sealed, Some("another-key-of-32-bytes-in-all..")), Err(Unread::WrongKey));
        for plain in [
            json!({"MsgId": "1", "MsgData": {"FlowId": "f1 ", "CustomerData": "SFQtMQ==", "FlowName": null}}),
            json!({"MsgData": {"FlowId": "f1", "UserData": "SFQtMQ==", "CustomerData": "SFQtMQ=="}}),
            json!({"MsgData": r#"{"FlowId": "f1", "UserData": "SFQtMQ=="}"#}),
        ] {
            assert_eq!(told(&plain.to_string(), None), found, "{plain}");
        }
    }

    #[test]
    fn what_tells_of_no_contract_is_none_and_what_cannot_be_read_is_said() {
        for none in [json!({"MsgData": {"FlowId": "f1"}}), json!({"MsgData": {"UserData": "x"}})] {
            assert_eq!(told(&none.to_string(), None), Ok(None));
        }
        for bad in ["", "x", "[]", "{}", r#"{"MsgData": "x"}"#, r#"{"MsgData": 7}"#] {
            assert_eq!(told(bad, None), Err(Unread::NotJson), "{bad}");
        }
        for bad in [r#"{"encrypt": 7}"#, r#"{"encrypt": "??"}"#, r#"{"encrypt": ""}"#] {
            assert_eq!(told(bad, Some(OWN)), Err(Unread::WrongKey), "{bad}");
        }
    }
}
