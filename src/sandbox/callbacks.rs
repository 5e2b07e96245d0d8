//! What the API posts to the application's callback address, written to a file instead: a body
//! a line, as a receiver keeps it.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

/// Bytes of a block, and of what stands before the first one.
const BLOCK: usize = 16;

pub(super) struct Callbacks {
    file: File,
    key: Option<SecretString>,
    written: u64,
}

impl Callbacks {
    /// `key`: bodies are encrypted with it.
    pub(super) fn open(path: &Path, key: Option<SecretString>) -> io::Result<Self> {
        if key.as_ref().is_some_and(|key| key.expose_secret().len() != 2 * BLOCK) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a callback key has 32 bytes"));
        }
        let file = File::options().create(true).append(true).open(path)?;
        Ok(Self { file, key, written: 0 })
    }

    /// Tells of each flow of a request that was started. A file that cannot be written does not
    /// stop the sandbox: whoever reads it misses what was not told.
    pub(super) fn tell(&mut self, request: &Value, ids: &[Option<String>], now: i64) {
        let infos = request["FlowInfos"].as_array().into_iter().flatten();
        for (info, id) in infos.zip(ids) {
            if let Some(id) = id {
                let body = self.body(info, id, now);
                let _ = self.write(&body);
            }
        }
    }

    /// Documents name what the caller has given in two ways: here they take turns.
    fn body(&mut self, info: &Value, id: &str, now: i64) -> Value {
        self.written += 1;
        let name = if self.written.is_multiple_of(2) { "CustomerData" } else { "UserData" };
        json!({
            "MsgId": format!("yD{:030x}", self.written),
            "MsgType": "FlowStatusChange",
            "MsgVersion": "ThirdPartyApp",
            "MsgData": {
                "FlowId": id,
                "FlowName": info["FlowName"],
                "CallbackType": "sign",
                "FlowCallbackStatus": 1,
                "CreateOn": now,
                name: info["CustomerData"],
            },
        })
    }

    fn write(&mut self, body: &Value) -> io::Result<()> {
        let line = match &self.key {
            None => body.to_string(),
            Some(key) => json!({ "encrypt": sealed(key, &body.to_string())? }).to_string(),
        };
        writeln!(self.file, "{line}")?;
        self.file.flush()
    }
}

fn sealed(key: &SecretString, text: &str) -> io::Result<String> {
    let key = key.expose_secret().as_bytes();
    let wrong = || io::Error::from(io::ErrorKind::InvalidInput);
    let start = key.get(..BLOCK).ok_or_else(wrong)?;
    let chain = cbc::Encryptor::<aes::Aes256>::new_from_slices(key, start).map_err(|_| wrong())?;
    let mut bytes = text.as_bytes().to_vec();
    let length = bytes.len();
    bytes.resize(length + BLOCK, 0);
    let sealed = chain.encrypt_padded::<Pkcs7>(&mut bytes, length).map_err(|_| wrong())?;
    Ok(STANDARD.encode(sealed))
}
