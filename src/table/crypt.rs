//! Workbooks whose structure is protected are encrypted with a password that every
//! spreadsheet program knows and tries by itself ([MS-OFFCRYPTO]); nobody is asked for
//! it. With any other password the file asks for one, here as there.

use std::ops::Range;

use aes::cipher::{Array, BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::Limits;
use super::legacy::compound_file::number;
use super::markup::{Markup, Token};

const PASSWORD: &str = "VelvetSweatshop";
/// What the password comes to in the oldest of the methods: a checksum of the key, one
/// of the password, and the bytes that go round.
const XOR_KEY: u32 = 0xB359;
const XOR_VERIFIER: u32 = 0x9A0A;
const XOR_BYTES: [u8; 16] =
    [0x87, 0x6B, 0x9A, 0xE2, 0x1E, 0xE3, 0x05, 0x62, 0x1E, 0x69, 0x96, 0x60, 0x98, 0x6E, 0x94, 0x04];
/// XLS: each block of so many bytes has a key of its own.
const BLOCK: usize = 1024;

fn utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

enum Cipher {
    Xor,
    /// The hash from which, with its number, each block's key is made.
    Rc4([u8; 5]),
    Rc4CryptoApi {
        hash: Vec<u8>,
        key_bytes: usize,
    },
}

/// Decrypts the stream of an XLS in place, but for what says how. False where the
/// password is another one.
pub fn decrypt_xls(stream: &mut [u8], file_pass: u32) -> bool {
    decrypt_xls_with(stream, file_pass, PASSWORD)
}

fn decrypt_xls_with(stream: &mut [u8], file_pass: u32, password: &str) -> bool {
    /// They are never encrypted: BOF, FILEPASS, INTERFACEHDR, USREXCL, FILELOCK and two of shared workbooks.
    const PLAIN: [u32; 7] = [0x0809, 0x002F, 0x00E1, 0x0194, 0x0195, 0x0196, 0x0138];
    const SHEET: u32 = 0x0085;
    let mut cipher = None;
    let mut at = 0;
    while stream.len() >= at + 4 {
        let (kind, length) = (number(stream, at, 2), number(stream, at + 2, 2) as usize);
        let start = at + 4;
        let end = (start + length).min(stream.len());
        at = start + length;
        if kind == file_pass && cipher.is_none() {
            cipher = Cipher::of(stream.get(start..end).unwrap_or_default(), password);
            if cipher.is_none() {
                return false;
            }
        } else if let Some(cipher) = cipher.as_ref().filter(|_| !PLAIN.contains(&kind)) {
            // Where a sheet begins stands there for all to read.
            let skipped = if kind == SHEET { 4 } else { 0 };
            cipher.decrypt(stream, start + skipped..end, start..start + length);
        }
    }
    cipher.is_some()
}

impl Cipher {
    /// Of the data of a FILEPASS record.
    fn of(data: &[u8], password: &str) -> Option<Self> {
        if data.len() <= 6 {
            // Before BIFF8 there is no word for the method in front.
            let (key, verifier) = if data.len() == 4 { (0, 2) } else { (2, 4) };
            let is_ours = number(data, key, 2) == XOR_KEY && number(data, verifier, 2) == XOR_VERIFIER;
            return is_ours.then_some(Self::Xor);
        }
        match (number(data, 0, 2), number(data, 2, 2), number(data, 4, 2)) {
            (1, 1, 1) => Self::rc4(data, password),
            (1, 2..=4, 2) => Self::crypto_api(data, password),
            _ => None,
        }
    }

    fn rc4(data: &[u8], password: &str) -> Option<Self> {
        let (salt, verifier, expected) = (data.get(6..22)?, data.get(22..38)?, data.get(38..54)?);
        let first = Md5::digest(utf16(password));
        let mut hash = Md5::new();
        for _ in 0..16 {
            hash.update(first.get(..5)?);
            hash.update(salt);
        }
        let hash = hash.finalize();
        let cipher = Self::Rc4(hash.get(..5)?.try_into().ok()?);
        let mut keys = cipher.keystream(0);
        let verifier: Vec<u8> = verifier.iter().map(|byte| byte ^ keys.next()).collect();
        let found: Vec<u8> = expected.iter().map(|byte| byte ^ keys.next()).collect();
        (Md5::digest(verifier).as_slice() == found).then_some(cipher)
    }

    fn crypto_api(data: &[u8], password: &str) -> Option<Self> {
        const RC4: u32 = 0x6801;
        let header_length = number(data, 10, 4) as usize;
        let header = data.get(14..14 + header_length)?;
        let key_bits = match number(header, 16, 4) {
            0 => 40,
            bits => bits,
        };
        if number(header, 8, 4) != RC4 || !(40..=128).contains(&key_bits) {
            return None;
        }
        let verifier = data.get(14 + header_length..)?;
        let (salt, secret) = (verifier.get(4..20)?, verifier.get(20..36)?);
        let expected = verifier.get(40..60)?;
        let hash = Sha1::new().chain_update(salt).chain_update(utf16(password)).finalize();
        let cipher = Self::Rc4CryptoApi { hash: hash.to_vec(), key_bytes: key_bits as usize / 8 };
        let mut keys = cipher.keystream(0);
        let secret: Vec<u8> = secret.iter().map(|byte| byte ^ keys.next()).collect();
        let found: Vec<u8> = expected.iter().map(|byte| byte ^ keys.next()).collect();
        (Sha1::digest(secret).as_slice() == found).then_some(cipher)
    }

    fn keystream(&self, block: usize) -> Rc4 {
        let block = (block as u32).to_le_bytes();
        match self {
            Self::Xor => Rc4::new(&[0]),
            Self::Rc4(hash) => Rc4::new(&Md5::new().chain_update(hash).chain_update(block).finalize()),
            Self::Rc4CryptoApi { hash, key_bytes } => {
                let key = Sha1::new().chain_update(hash).chain_update(block).finalize();
                let mut key: Vec<u8> = key.iter().copied().take(*key_bytes).collect();
                // Forty bits stand in a key of 128.
                if *key_bytes == 5 {
                    key.resize(16, 0);
                }
                Rc4::new(&key)
            }
        }
    }

    /// `record`: where its data begin and end, even if the stream has no more of it.
    fn decrypt(&self, stream: &mut [u8], range: Range<usize>, record: Range<usize>) {
        let start = range.start;
        let Some(data) = stream.get_mut(range) else { return };
        if let Self::Xor = self {
            // The bytes go round from where the record ends, odd as that is.
            for (place, byte) in data.iter_mut().enumerate() {
                let key = XOR_BYTES.get((record.end + start - record.start + place) % 16);
                *byte = (*byte ^ key.copied().unwrap_or(0)).rotate_right(5);
            }
            return;
        }
        let mut block = start / BLOCK;
        let mut keys = self.keystream(block);
        keys.skip(start % BLOCK);
        for (place, byte) in data.iter_mut().enumerate() {
            let at = start + place;
            if at / BLOCK != block {
                block = at / BLOCK;
                keys = self.keystream(block);
            }
            *byte ^= keys.next();
        }
    }
}

struct Rc4 {
    state: [u8; 256],
    i: u8,
    j: u8,
}

impl Rc4 {
    fn new(key: &[u8]) -> Self {
        let mut state = [0; 256];
        for (place, byte) in (0..=255).zip(&mut state) {
            *byte = place;
        }
        let mut j = 0_u8;
        for (i, key) in (0..256).zip(key.iter().cycle()) {
            j = j.wrapping_add(state[i]).wrapping_add(*key);
            state.swap(i, j.into());
        }
        Self { state, i: 0, j: 0 }
    }

    fn next(&mut self) -> u8 {
        self.i = self.i.wrapping_add(1);
        self.j = self.j.wrapping_add(self.state[usize::from(self.i)]);
        self.state.swap(self.i.into(), self.j.into());
        let at = self.state[usize::from(self.i)].wrapping_add(self.state[usize::from(self.j)]);
        self.state[usize::from(at)]
    }

    fn skip(&mut self, bytes: usize) {
        for _ in 0..bytes {
            self.next();
        }
    }
}

/// The package in an encrypted OOXML file, from its two streams. `None` where the
/// password is another one, or the method none that spreadsheet programs use.
pub fn decrypt_package(info: &[u8], package: &[u8], limits: &Limits) -> Option<Vec<u8>> {
    decrypt_package_with(info, package, limits, PASSWORD)
}

fn decrypt_package_with(info: &[u8], package: &[u8], limits: &Limits, password: &str) -> Option<Vec<u8>> {
    let (key, chained) = match (number(info, 0, 2), number(info, 2, 2)) {
        (2..=4, 2) => (standard_key(info, password)?, None),
        (4, 4) => {
            let agile = Agile::read(info.get(8..)?, limits)?;
            (agile.key(password)?, Some(agile))
        }
        _ => return None,
    };
    let size =
        usize::try_from(u64::from(number(package, 0, 4)) | u64::from(number(package, 4, 4)) << 32).ok()?;
    let mut data = package.get(8..)?.to_vec();
    data.truncate(data.len() / 16 * 16);
    match chained {
        None => decrypt_blocks(&key, &mut data)?,
        Some(agile) => {
            const SEGMENT: usize = 4096;
            for (number, segment) in (0_u32..).zip(data.chunks_mut(SEGMENT)) {
                let start = agile.hash.of(&[&agile.data_salt, &number.to_le_bytes()]);
                decrypt_chain(&key, &start, segment)?;
            }
        }
    }
    data.truncate(size);
    Some(data)
}

/// ECMA-376 standard encryption: AES with SHA-1.
fn standard_key(info: &[u8], password: &str) -> Option<Vec<u8>> {
    let header_length = number(info, 8, 4) as usize;
    let header = info.get(12..12 + header_length)?;
    let key_bytes = number(header, 16, 4) as usize / 8;
    let verifier = info.get(12 + header_length..)?;
    let (salt, secret, expected) = (verifier.get(4..20)?, verifier.get(20..36)?, verifier.get(40..72)?);
    let mut hash = Sha1::new().chain_update(salt).chain_update(utf16(password)).finalize();
    for round in 0..50_000_u32 {
        hash = Sha1::new().chain_update(round.to_le_bytes()).chain_update(hash).finalize();
    }
    let hash = Sha1::new().chain_update(hash).chain_update([0; 4]).finalize();
    let half = |fill: u8| {
        let mut block = [fill; 64];
        for (byte, hash) in block.iter_mut().zip(hash) {
            *byte ^= hash;
        }
        Sha1::digest(block)
    };
    let key: Vec<u8> = half(0x36).into_iter().chain(half(0x5C)).take(key_bytes).collect();
    let (mut secret, mut expected) = (secret.to_vec(), expected.to_vec());
    decrypt_blocks(&key, &mut secret)?;
    decrypt_blocks(&key, &mut expected)?;
    (Sha1::digest(secret).as_slice() == expected.get(..20)?).then_some(key)
}

#[derive(Clone, Copy)]
enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "SHA1" | "SHA-1" => Self::Sha1,
            "SHA256" => Self::Sha256,
            "SHA384" => Self::Sha384,
            "SHA512" => Self::Sha512,
            _ => return None,
        })
    }

    fn of(self, parts: &[&[u8]]) -> Vec<u8> {
        fn hash<D: Digest>(parts: &[&[u8]]) -> Vec<u8> {
            let mut digest = D::new();
            parts.iter().for_each(|part| digest.update(part));
            digest.finalize().to_vec()
        }
        match self {
            Self::Sha1 => hash::<Sha1>(parts),
            Self::Sha256 => hash::<Sha256>(parts),
            Self::Sha384 => hash::<Sha384>(parts),
            Self::Sha512 => hash::<Sha512>(parts),
        }
    }
}

/// ECMA-376 agile encryption, which says in XML what it does.
struct Agile {
    hash: Hash,
    data_salt: Vec<u8>,
    key_hash: Hash,
    key_salt: Vec<u8>,
    key_bytes: usize,
    rounds: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

impl Agile {
    fn read(xml: &[u8], limits: &Limits) -> Option<Self> {
        /// Programs do a hundred thousand; more is somebody who wants us to wait.
        const MOST_ROUNDS: u32 = 10_000_000;
        let mut markup = Markup::xml(xml, 1 << 20, limits);
        let (mut data, mut key) = (None, None);
        loop {
            match markup.next().ok()? {
                Token::Start(tag) => {
                    let bytes = |name| STANDARD.decode(tag.get(name)?.as_bytes()).ok();
                    let hash = || Hash::named(&tag.get("hashAlgorithm")?);
                    let is_aes = || tag.get("cipherAlgorithm").is_some_and(|name| name == "AES");
                    match tag.name {
                        b"keyData" if is_aes() => data = Some((hash()?, bytes("saltValue")?)),
                        b"encryptedKey" if is_aes() => {
                            key = Some((
                                (
                                    hash()?,
                                    bytes("saltValue")?,
                                    tag.number("keyBits")? as usize / 8,
                                    tag.number("spinCount")?,
                                ),
                                (
                                    bytes("encryptedVerifierHashInput")?,
                                    bytes("encryptedVerifierHashValue")?,
                                    bytes("encryptedKeyValue")?,
                                ),
                            ));
                        }
                        _ => {}
                    }
                }
                Token::Eof => break,
                _ => {}
            }
        }
        let ((hash, data_salt), ((key_hash, key_salt, key_bytes, rounds), (verifier, verifier_hash, key))) =
            (data?, key?);
        (rounds <= MOST_ROUNDS).then_some(Self {
            hash,
            data_salt,
            key_hash,
            key_salt,
            key_bytes,
            rounds,
            verifier,
            verifier_hash,
            key,
        })
    }

    fn key(&self, password: &str) -> Option<Vec<u8>> {
        let mut hash = self.key_hash.of(&[&self.key_salt, &utf16(password)]);
        for round in 0..self.rounds {
            hash = self.key_hash.of(&[&round.to_le_bytes(), &hash]);
        }
        let open = |sealed: &[u8], purpose: [u8; 8]| {
            let mut key = self.key_hash.of(&[&hash, &purpose]);
            key.resize(self.key_bytes, 0x36);
            let mut opened = sealed.to_vec();
            decrypt_chain(&key, &self.key_salt, &mut opened)?;
            Some(opened)
        };
        let input = open(&self.verifier, [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79])?;
        let value = open(&self.verifier_hash, [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E])?;
        let expected = self.key_hash.of(&[&input]);
        if !value.starts_with(&expected) {
            return None;
        }
        let mut key = open(&self.key, [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6])?;
        key.truncate(self.key_bytes);
        Some(key)
    }
}

/// AES, each block by itself.
fn decrypt_blocks(key: &[u8], data: &mut [u8]) -> Option<()> {
    fn all<C: KeyInit + BlockCipherDecrypt>(key: &[u8], data: &mut [u8]) -> Option<()> {
        let cipher = C::new_from_slice(key).ok()?;
        for block in data.chunks_exact_mut(16) {
            let block: &mut Array<u8, C::BlockSize> = block.try_into().ok()?;
            cipher.decrypt_block(block);
        }
        Some(())
    }
    match key.len() {
        16 => all::<aes::Aes128>(key, data),
        24 => all::<aes::Aes192>(key, data),
        32 => all::<aes::Aes256>(key, data),
        _ => None,
    }
}

/// AES, each block with the one before it; `start` stands before the first.
fn decrypt_chain(key: &[u8], start: &[u8], data: &mut [u8]) -> Option<()> {
    fn all<C: KeyIvInit + BlockModeDecrypt>(key: &[u8], start: &[u8], data: &mut [u8]) -> Option<()> {
        let mut cipher = C::new_from_slices(key, start).ok()?;
        for block in data.chunks_exact_mut(16) {
            let block: &mut Array<u8, C::BlockSize> = block.try_into().ok()?;
            cipher.decrypt_block(block);
        }
        Some(())
    }
    let mut first = start.to_vec();
    first.resize(16, 0x36);
    match key.len() {
        16 => all::<cbc::Decryptor<aes::Aes128>>(key, &first, data),
        24 => all::<cbc::Decryptor<aes::Aes192>>(key, &first, data),
        32 => all::<cbc::Decryptor<aes::Aes256>>(key, &first, data),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::legacy::compound_file::Ole;

    const FILE_PASS: u32 = 0x2F;

    /// A file of the folder of hostile files, where there is one.
    fn hostile(name: &str) -> Option<Ole<std::io::Cursor<Vec<u8>>>> {
        let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
        let bytes = std::fs::read(corpus.join(name)).ok()?;
        Some(Ole::over(std::io::Cursor::new(bytes)).unwrap())
    }

    #[test]
    fn packages_are_opened_with_the_right_password_only() {
        for name in [
            "exceldatareader/TestData__standard_AES192_SHA1_ECB_pwd_password.xlsx",
            "exceldatareader/TestData__agile_AES256_SHA512_CBC_pwd_password.xlsx",
        ] {
            let Some(mut ole) = hostile(name) else { return };
            let info = ole.stream("EncryptionInfo").unwrap().unwrap();
            let package = ole.stream("EncryptedPackage").unwrap().unwrap();
            let open = |password| decrypt_package_with(&info, &package, &Limits::default(), password);
            assert!(open("password").unwrap().starts_with(b"PK"), "{name}");
            assert!(open(PASSWORD).is_none(), "{name}");
        }
    }

    #[test]
    fn streams_are_opened_with_the_right_password_only() {
        let Some(mut ole) = hostile("sheetjs/password_2002_40_dss.xls") else { return };
        let stream = ole.workbook().unwrap().unwrap();
        assert!(!decrypt_xls_with(&mut stream.clone(), FILE_PASS, PASSWORD));
        let mut opened = stream.clone();
        assert!(decrypt_xls_with(&mut opened, FILE_PASS, "password"));
        assert_ne!(opened, stream);
    }

    #[test]
    fn the_oldest_method_goes_round_from_the_end_of_each_record() {
        // FILEPASS, then one record of twenty bytes, which begin at 14.
        let mut stream = [&[0x2F, 0, 6, 0, 0, 0, 0x59, 0xB3, 0x0A, 0x9A][..], &[0x55, 0, 20, 0]].concat();
        let plain: Vec<u8> = (0..20).collect();
        let sealed =
            plain.iter().zip(0..).map(|(byte, place)| byte.rotate_left(5) ^ XOR_BYTES[(34 + place) % 16]);
        stream.extend(sealed);
        assert!(decrypt_xls(&mut stream, FILE_PASS));
        assert_eq!(stream[14..], plain);
        stream[6] = 0;
        assert!(!decrypt_xls(&mut stream, FILE_PASS));
    }
}
