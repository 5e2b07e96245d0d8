//! A zip of XML parts, read with limits on what is really unpacked.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek};
use std::path::Path;
use std::rc::Rc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use encoding_rs::{Encoding, UTF_8};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::Limits;
use super::crypt::decrypt_package;
use super::encoding::{Decoded, declared_encoding};
use super::file_errors::{Result, damaged, of_io, too_large};
use super::legacy::compound_file::{Ole, SIGNATURE};
use super::limits::{Guarded, Meter};
use super::markup::{Markup, of_content};
use crate::domain::file::FileFault;

pub struct Package {
    archive: ZipArchive<Box<dyn Source>>,
    /// Names in lower case with `/` only, as office programs compare them.
    parts: HashMap<String, usize>,
}

/// A package between two scans of its workbook, since one with many parts takes a while to open. Each scan takes it
/// out, so that a visitor, or another thread, may scan another sheet meanwhile: it opens one of its own.
#[derive(Default)]
pub struct KeptPackage(Mutex<Option<Package>>);

impl KeptPackage {
    pub fn of(package: Package) -> Self {
        Self(Mutex::new(Some(package)))
    }

    /// The one that is kept, or that of the file at `path`.
    pub fn take(&self, path: &Path) -> Result<Package> {
        let kept = self.lock().take();
        kept.map_or_else(|| Package::open(path), Ok)
    }

    pub fn put_back(&self, package: Package) {
        *self.lock() = Some(package);
    }

    fn lock(&self) -> MutexGuard<'_, Option<Package>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

trait Source: Read + Seek + Send {}
impl<S: Read + Seek + Send> Source for S {}

type Part<'a> = Decoded<BufReader<ZipFile<'a, Box<dyn Source>>>>;

/// Events of one part. Empty elements come as a start and an end.
pub struct Xml<'a> {
    reader: quick_xml::Reader<BufReader<Guarded<Part<'a>>>>,
    buffer: Vec<u8>,
    meter: Rc<Meter>,
    events: u64,
    max_events: u64,
}

impl Package {
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = File::open(path).map_err(|error| of_io(&error))?;
        let mut start = Vec::new();
        (&mut file).take(SIGNATURE.len() as u64).read_to_end(&mut start).map_err(|error| of_io(&error))?;
        file.rewind().map_err(|error| of_io(&error))?;
        let source: Box<dyn Source> = if start == SIGNATURE {
            Box::new(Cursor::new(decrypted(file)?))
        } else {
            Box::new(BufReader::new(file))
        };
        let archive = ZipArchive::new(source).map_err(|error| of_zip(&error))?;
        let mut parts = HashMap::new();
        for index in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(index) {
                parts.entry(normalized(&name)).or_insert(index);
            }
        }
        Ok(Self { archive, parts })
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.keys().map(String::as_str)
    }

    /// What an OpenDocument says it is.
    pub fn mimetype(&mut self) -> Option<String> {
        let index = *self.parts.get("mimetype")?;
        let mut mimetype = String::new();
        let part = self.archive.by_index(index).ok()?;
        part.take(256).read_to_string(&mut mimetype).ok()?;
        Some(mimetype)
    }

    /// A part as it is; `None` if there is no such part.
    pub fn bytes(&mut self, name: &str) -> Result<Option<impl Read + use<'_>>> {
        let Some(index) = self.parts.get(&normalized(name)) else {
            return Ok(None);
        };
        let part = self.archive.by_index(*index);
        Ok(Some(BufReader::new(part.map_err(|error| of_zip(&error))?)))
    }

    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&normalized(name))
    }

    /// A part as markup, at most `max_bytes` of it; `None` if there is no such part.
    pub fn markup(
        &mut self,
        name: &str,
        max_bytes: u64,
        limits: &Limits,
    ) -> Result<Option<Markup<Box<dyn Read + '_>>>> {
        let Some(index) = self.parts.get(&normalized(name)) else {
            return Ok(None);
        };
        let part = self.archive.by_index(*index);
        let mut part = BufReader::new(part.map_err(|error| of_zip(&error))?);
        // A mark decides, then what the part says of itself; else it is UTF-8.
        let start = part.fill_buf().unwrap_or_default();
        let encoding =
            Encoding::for_bom(start).map(|(encoding, _)| encoding).or_else(|| declared_encoding(start));
        let encoding = encoding.unwrap_or(UTF_8);
        let part: Box<dyn Read> = if encoding == UTF_8 && !start.starts_with(b"\xEF\xBB\xBF") {
            Box::new(part)
        } else {
            Box::new(Decoded::new(part, encoding))
        };
        Ok(Some(Markup::xml(part, max_bytes, limits)))
    }

    /// A part as XML, at most `max_bytes` of it; `None` if there is no such part.
    pub fn xml(&mut self, name: &str, max_bytes: u64, limits: &Limits) -> Result<Option<Xml<'_>>> {
        let Some(index) = self.parts.get(&normalized(name)) else {
            return Ok(None);
        };
        let part = self.archive.by_index(*index);
        let mut part = BufReader::new(part.map_err(|error| of_zip(&error))?);
        // What starts with anything but a mark is read as UTF-8.
        let start = part.fill_buf().unwrap_or_default();
        let encoding = Encoding::for_bom(start).map_or(UTF_8, |(encoding, _)| encoding);
        let part = Decoded::new(part, encoding);
        let meter = Meter::new("cell", limits.max_cell_bytes, max_bytes);
        let guarded = Guarded::new(part, Rc::clone(&meter));
        let mut reader = quick_xml::Reader::from_reader(BufReader::new(guarded));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Ok(Some(Xml {
            reader,
            buffer: Vec::new(),
            meter,
            events: 0,
            max_events: limits.max_cells.saturating_mul(4),
        }))
    }
}

impl Xml<'_> {
    /// See [`Markup::drain`].
    pub fn drain(&mut self) -> Result<()> {
        match io::copy(self.reader.get_mut(), &mut io::sink()) {
            Ok(_) => Ok(()),
            Err(_) => Err(self.meter.fault().unwrap_or_else(|| damaged("zip"))),
        }
    }

    pub fn next(&mut self) -> Result<Event<'_>> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(_) if self.events > self.max_events => {
                Err(too_large("cells", self.events / 4, self.max_events / 4))
            }
            Ok(event) => {
                self.events += 1;
                self.meter.item_done();
                Ok(event)
            }
            Err(_) => Err(self.meter.fault().unwrap_or_else(|| damaged("xml"))),
        }
    }
}

/// The package in a file that is encrypted without anybody being asked for a password.
fn decrypted(file: File) -> Result<Vec<u8>> {
    let limits = Limits::default();
    let limit = limits.max_held_bytes / 8;
    let length = file.metadata().map_err(|error| of_io(&error))?.len();
    if length > limit {
        return Err(too_large("bytes", length, limit));
    }
    let mut ole = Ole::over(BufReader::new(file))?;
    let (info, package) = (ole.stream("EncryptionInfo")?, ole.stream("EncryptedPackage")?);
    let package = match (info, package) {
        (Some(info), Some(package)) => decrypt_package(&info, &package, &limits),
        _ => None,
    };
    package.ok_or(FileFault::PasswordProtected)
}

/// The value of the attribute with this local name, if it is there and sound.
pub fn attribute(element: &BytesStart<'_>, local_name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|found| found.key.local_name().as_ref() == local_name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| found.value.into_owned(), |value| value.into_owned()))
}

/// The character that `&amp;` or `&#20013;` stands for. Entities that a file
/// defines for itself stand for nothing here: no office program needs them,
/// and bombs are made of them.
pub fn character(reference: &BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn normalized(name: &str) -> String {
    let name = name.replace('\\', "/").to_ascii_lowercase();
    name.strip_prefix('/').unwrap_or(&name).to_owned()
}

pub fn of_zip(error: &ZipError) -> FileFault {
    match error {
        ZipError::Io(error) => of_content(error),
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => {
            FileFault::PasswordProtected
        }
        _ => damaged("zip"),
    }
}
