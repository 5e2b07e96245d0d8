//! The SHA-256 of a file.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use sha2::{Digest as _, Sha256};

/// # Errors
/// Those of opening and reading the file.
pub fn of_file(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0_u8; 256 * 1024];
    loop {
        let read = file.read(&mut buffer)?;
        match buffer.get(..read) {
            None | Some([]) => return Ok(hash.finalize().into()),
            Some(bytes) => hash.update(bytes),
        }
    }
}
