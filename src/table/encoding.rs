//! Which encoding a text file is in, and the stream of its text as UTF-8.
//!
//! A byte order mark decides; then strict UTF-8 over the whole file (a file
//! may be ASCII for megabytes before its first name); then detection, whose
//! guess must decode; then GB18030, the superset of what Chinese Windows saves.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, CoderResult, Decoder, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE,
};

use super::file_errors::{Result, of_io};
use crate::domain::file::FileFault;

const CHUNK: usize = 64 * 1024;
const DETECTED_BYTES: u64 = 1 << 20;
/// Bytes outside ASCII by which languages can be told apart.
const ENOUGH_BYTES: usize = 40;

/// The encoding that somebody has named, where no mark in the file says otherwise.
pub fn detect_but(file: &mut File, named: Option<&'static Encoding>) -> Result<&'static Encoding> {
    let Some(named) = named else { return detect(file) };
    let mut start = Vec::new();
    rewind(file, 0)?;
    file.take(4).read_to_end(&mut start).map_err(|error| of_io(&error))?;
    Ok(Encoding::for_bom(&start).map_or(if named == GBK { GB18030 } else { named }, |(encoding, _)| encoding))
}

/// What an XML declaration or an HTML `<meta>` in the first kilobytes says.
pub fn declared_encoding(start: &[u8]) -> Option<&'static Encoding> {
    const SEARCHED: usize = 4096;
    let start = start.get(..start.len().min(SEARCHED)).unwrap_or_default().to_ascii_lowercase();
    let word: &[u8] = if start.trim_ascii_start().starts_with(b"<?xml") { b"encoding" } else { b"charset" };
    let at = memchr::memmem::find(&start, word)?;
    let rest = start.get(at + word.len()..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
    let encoding = Encoding::for_label(rest.get(..end.unwrap_or(rest.len()))?)?;
    // Whoever could read the word did not read UTF-16.
    if encoding == UTF_16LE || encoding == UTF_16BE {
        None
    } else {
        Some(if encoding == GBK { GB18030 } else { encoding })
    }
}

/// Of HTML or XML: what the file says of itself, where it reads well in that. Programs
/// that write UTF-8 under another name are not rare.
pub fn of_markup(file: &mut File) -> Result<&'static Encoding> {
    let mut start = Vec::new();
    rewind(file, 0)?;
    file.take(4096).read_to_end(&mut start).map_err(|error| of_io(&error))?;
    if Encoding::for_bom(&start).is_none()
        && let Some(declared) = declared_encoding(&start)
    {
        if Tally::of(file, UTF_8)?.is_clean() {
            return Ok(UTF_8);
        }
        if Tally::of(file, declared)?.is_clean() {
            return Ok(declared);
        }
    }
    detect(file)
}

pub fn detect(file: &mut File) -> Result<&'static Encoding> {
    let mut prefix = Vec::new();
    rewind(file, 0)?;
    file.take(1024).read_to_end(&mut prefix).map_err(|error| of_io(&error))?;
    if is_utf32(&prefix) {
        return Err(FileFault::UnknownEncoding);
    }
    if let Some((encoding, _)) = Encoding::for_bom(&prefix) {
        return Ok(encoding);
    }
    if let Some(encoding) = utf16_without_mark(&prefix) {
        return Ok(encoding);
    }
    let utf8 = Tally::of(file, UTF_8)?;
    if utf8.is_clean() {
        return Ok(UTF_8);
    }
    let first = utf8.first_malformed.unwrap_or(0);
    let guess = guess(file, first)?;
    let guessed = Tally::of(file, guess)?;
    // In an encoding of single bytes any file reads without an error, also Chinese of which
    // a few bytes were lost.
    if guess.is_single_byte() && !utf8.is_nearly_clean() && reads_as_damaged_gb18030(file, first)? {
        return Ok(GB18030);
    }
    if guessed.is_clean() && !utf8.is_nearly_clean() {
        return if guess == GB18030 { unless_big5(file, first) } else { Ok(guess) };
    }
    let gb18030 = Tally::of(file, GB18030)?;
    if gb18030.is_clean() && !utf8.is_nearly_clean() {
        return unless_big5(file, first);
    }
    // What was damaged on its way: the characters lost will read as U+FFFD.
    [(utf8, UTF_8), (guessed, guess), (gb18030, GB18030)]
        .into_iter()
        .find(|(tally, _)| tally.is_nearly_clean())
        .map(|(_, encoding)| encoding)
        .ok_or(FileFault::UnknownEncoding)
}

/// The name a person would know.
pub fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

fn rewind(file: &mut File, position: u64) -> Result<()> {
    file.seek(SeekFrom::Start(position)).map(drop).map_err(|error| of_io(&error))
}

fn is_utf32(prefix: &[u8]) -> bool {
    prefix.starts_with(&[0xFF, 0xFE, 0, 0]) || prefix.starts_with(&[0, 0, 0xFE, 0xFF])
}

/// Text in UTF-16 has a zero in every other byte wherever it is ASCII; a few characters
/// (一 is 4E00) have one in the other byte.
pub fn utf16_without_mark(prefix: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd, mut units) = (0_usize, 0_usize, 0_usize);
    for unit in prefix.chunks_exact(2) {
        match unit {
            // No text has that character.
            [0, 0] => return None,
            [0, _] => even += 1,
            [_, 0] => odd += 1,
            _ => {}
        }
        units += 1;
    }
    if units < 4 {
        None
    } else if odd * 5 >= units && even * 10 <= odd {
        Some(UTF_16LE)
    } else if even * 5 >= units && odd * 10 <= even {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn guess(file: &mut File, first_malformed: u64) -> Result<&'static Encoding> {
    rewind(file, first_malformed.saturating_sub(64))?;
    let mut bytes = Vec::new();
    let mut window = file.take(DETECTED_BYTES);
    window.read_to_end(&mut bytes).map_err(|error| of_io(&error))?;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, (bytes.len() as u64) < DETECTED_BYTES);
    // A few characters could be anything: then they are most likely Chinese.
    let evidence = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let home: Option<&[u8]> = if evidence < ENOUGH_BYTES { Some(b"cn") } else { None };
    let guess = detector.guess(home, Utf8Detection::Deny);
    Ok(if guess == GBK { GB18030 } else { guess })
}

/// GB18030, unless what it makes of the file are characters that nobody writes, and Big5
/// would make common ones of it. A short list of names from Taiwan or Hong Kong is such
/// a file; nobody but its owner knows.
fn unless_big5(file: &mut File, first_malformed: u64) -> Result<&'static Encoding> {
    const LOOKED_AT: u64 = 64 * 1024;
    rewind(file, first_malformed.saturating_sub(64))?;
    let mut bytes = Vec::new();
    file.take(LOOKED_AT).read_to_end(&mut bytes).map_err(|error| of_io(&error))?;
    let plain = bytes.iter().take_while(|byte| byte.is_ascii()).count();
    let bytes = bytes.get(plain..).unwrap_or_default();
    let pairs = Pairs::of(bytes);
    let (_, malformed) = BIG5.decode_without_bom_handling(bytes);
    // The end of what is looked at may cut a character in two.
    let fits_big5 = !malformed || bytes.len() as u64 >= LOOKED_AT.saturating_sub(plain as u64);
    let big5_likely = fits_big5 && pairs.all > 0 && pairs.common_in_big5 * 10 >= pairs.all * 8;
    let gb18030_unlikely = pairs.private > 0 || pairs.common_in_gb * 2 < pairs.all;
    if big5_likely && gb18030_unlikely {
        return Err(FileFault::EncodingDoubtful { likely: BIG5.name(), possible: name(GB18030) });
    }
    Ok(GB18030)
}

/// Nearly all of it, and as characters that are common in Chinese.
fn reads_as_damaged_gb18030(file: &mut File, first_malformed: u64) -> Result<bool> {
    let tally = Tally::of(file, GB18030)?;
    if tally.is_clean() || !tally.is_nearly_clean() {
        return Ok(false);
    }
    rewind(file, first_malformed.saturating_sub(64))?;
    let mut bytes = Vec::new();
    file.take(DETECTED_BYTES).read_to_end(&mut bytes).map_err(|error| of_io(&error))?;
    let (text, _) = GB18030.decode_without_bom_handling(&bytes);
    let (mut all, mut common) = (0_usize, 0_usize);
    for character in text.chars().filter(|character| !character.is_ascii()) {
        all += 1;
        common += usize::from(
            matches!(character, '\u{4E00}'..='\u{9FA5}' | '\u{3000}'..='\u{3011}' | '\u{FF01}'..='\u{FF5E}'),
        );
    }
    Ok(common * 10 >= all * 9)
}

/// Of characters of two bytes.
#[derive(Default)]
struct Pairs {
    all: usize,
    common_in_big5: usize,
    common_in_gb: usize,
    /// Where GB18030 has characters of nobody's.
    private: usize,
}

impl Pairs {
    fn of(bytes: &[u8]) -> Self {
        let mut pairs = Self::default();
        let mut bytes = bytes.iter().copied();
        while let Some(first) = bytes.next() {
            if first < 0x81 {
                continue;
            }
            let Some(second) = bytes.next() else { break };
            pairs.all += 1;
            // The first level of each: the characters that are used.
            pairs.common_in_big5 += usize::from(matches!(first, 0xA1..=0xC6));
            pairs.common_in_gb += usize::from(matches!(first, 0xA1..=0xA3 | 0xB0..=0xD7) && second >= 0xA1);
            let private =
                matches!((first, second), (0xAA..=0xAF | 0xF8..=0xFE, 0xA1..) | (0xA1..=0xA7, 0x40..=0xA0));
            pairs.private += usize::from(private);
        }
        pairs
    }
}

/// How well a file reads in an encoding.
struct Tally {
    malformed: u64,
    non_ascii: u64,
    first_malformed: Option<u64>,
}

impl Tally {
    fn of(file: &mut File, encoding: &'static Encoding) -> Result<Self> {
        rewind(file, 0)?;
        let mut tally = Self { malformed: 0, non_ascii: 0, first_malformed: None };
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut input = vec![0; CHUNK];
        let mut output = vec![0; CHUNK];
        let mut position = 0;
        loop {
            let filled = file.read(&mut input).map_err(|error| of_io(&error))?;
            let mut rest = input.get(..filled).unwrap_or_default();
            loop {
                let (result, read, written) =
                    decoder.decode_to_utf8_without_replacement(rest, &mut output, filled == 0);
                rest = rest.get(read..).unwrap_or_default();
                position += read as u64;
                let decoded = output.iter().take(written);
                tally.non_ascii += decoded.filter(|byte| **byte >= 0xC0).count() as u64;
                match result {
                    DecoderResult::InputEmpty => break,
                    DecoderResult::OutputFull => {}
                    DecoderResult::Malformed(..) => {
                        tally.malformed += 1;
                        tally.first_malformed.get_or_insert(position);
                    }
                }
            }
            if filled == 0 {
                return Ok(tally);
            }
        }
    }

    fn is_clean(&self) -> bool {
        self.malformed == 0
    }

    fn is_nearly_clean(&self) -> bool {
        self.malformed * 20 <= self.non_ascii
    }
}

/// Text as UTF-8, without its byte order mark.
pub struct Decoded<R> {
    source: R,
    decoder: Decoder,
    input: Vec<u8>,
    unread: Range<usize>,
    output: Vec<u8>,
    decoded: Range<usize>,
    finished: bool,
}

impl<R: Read> Decoded<R> {
    pub fn new(source: R, encoding: &'static Encoding) -> Self {
        Self {
            source,
            decoder: encoding.new_decoder_with_bom_removal(),
            input: vec![0; CHUNK],
            unread: 0..0,
            output: vec![0; CHUNK],
            decoded: 0..0,
            finished: false,
        }
    }

    fn decode(&mut self) -> io::Result<()> {
        while self.decoded.is_empty() && !self.finished {
            if self.unread.is_empty() {
                self.unread = 0..self.source.read(&mut self.input)?;
            }
            let last = self.unread.is_empty();
            let input = self.input.get(self.unread.clone()).unwrap_or_default();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.output, last);
            self.unread.start += read;
            self.decoded = 0..written;
            self.finished = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.decode()?;
        let mut decoded = self.output.get(self.decoded.clone()).unwrap_or_default();
        let read = decoded.read(buffer)?;
        self.decoded.start += read;
        Ok(read)
    }
}
