//! CSV in whatever encoding, separator and line break it comes, one record at
//! a time; memory is bounded by the longest record allowed.

mod blocks;
mod delimiter;
mod padding;

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use encoding_rs::Encoding;

use self::blocks::Blocks;
use self::delimiter::Delimiter;
use self::padding::WithoutPadding;
use super::cells::{cell_of_plain_text, cell_of_typed_text};
use super::encoding::{self, Decoded};
use super::file_errors::{Result, of_io, too_large};
use super::{Limits, ReadOptions, Visit};
use crate::domain::cell::{Cell, Row};
use crate::domain::file::FileFault;

const SAMPLE: u64 = 256 * 1024;

pub struct Csv {
    path: PathBuf,
    limits: Limits,
    encoding: &'static Encoding,
    delimiter: Delimiter,
}

impl Csv {
    pub fn open(path: &Path, options: &ReadOptions) -> Result<Self> {
        let mut file = File::open(path).map_err(|error| of_io(&error))?;
        let encoding = encoding::detect_but(&mut file, options.encoding)?;
        let text = decoded(path, encoding)?;
        let mut sample = Vec::new();
        text.take(SAMPLE).read_to_end(&mut sample).map_err(|error| of_io(&error))?;
        if sample.contains(&0) {
            return Err(FileFault::NulBytes);
        }
        let whole = (sample.len() as u64) < SAMPLE;
        Ok(Self {
            path: path.to_owned(),
            limits: options.limits,
            encoding,
            delimiter: delimiter::sniff(&sample, whole),
        })
    }

    pub fn encoding_name(&self) -> &'static str {
        encoding::name(self.encoding)
    }

    pub fn delimiter(&self) -> u8 {
        self.delimiter.byte
    }

    pub fn scan(&self, visit: &mut Visit<'_>) -> Result<()> {
        let mut blocks = Blocks::new(visit);
        let mut text = decoded(&self.path, self.encoding)?;
        let mut declaration = text.by_ref().take(self.delimiter.declaration);
        io::copy(&mut declaration, &mut io::sink()).map_err(|error| of_io(&error))?;

        let log = Rc::new(RefCell::new(Log::default()));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter.byte)
            .from_reader(Logged { inner: text, log: Rc::clone(&log), max_record: self.limits.max_row_bytes });
        let mut record = csv::ByteRecord::new();
        let mut number: u32 = 0;
        loop {
            let before = reader.position().byte();
            match reader.read_byte_record(&mut record) {
                Ok(true) => {}
                Ok(false) => {
                    blocks.close();
                    return Ok(());
                }
                Err(error) => return Err(self.fault_of(&error, &log.borrow(), number)),
            }
            let length = reader.position().byte().saturating_sub(before);
            let raw = log.borrow_mut().record(length, self.delimiter.byte);
            number = number
                .checked_add(1 + raw.blank_lines)
                .ok_or_else(|| too_large("rows", u64::from(u32::MAX) + 1, u32::MAX.into()))?;
            if raw.open_quote {
                return Err(FileFault::UnclosedQuote { row: number });
            }
            let holds_lines =
                || record.iter().any(|field| holds_a_line(field, self.delimiter.byte, record.len()));
            if raw.stray_quote || (raw.has_quotes && holds_lines()) {
                return Err(FileFault::StrayQuote { row: number });
            }
            let columns = record.len() as u64;
            if columns > self.limits.max_columns.into() {
                let limit = self.limits.max_columns.into();
                return Err(too_large("columns", columns, limit));
            }
            let row = Row { number, cells: cells_of(&record), ..Row::default() };
            if let ControlFlow::Break(()) = blocks.add(row, length) {
                return Ok(());
            }
        }
    }

    fn fault_of(&self, error: &csv::Error, log: &Log, number: u32) -> FileFault {
        match log.stopped {
            Some(Stop::Nul) => FileFault::NulBytes,
            Some(Stop::TooLong) if ends_inside_quotes(log.unread(), self.delimiter.byte) => {
                FileFault::UnclosedQuote {
                    row: number.saturating_add(1 + blank_lines(log.unread(), log.after_cr)),
                }
            }
            Some(Stop::TooLong) => {
                let found = log.unread().len() as u64;
                too_large("line", found, self.limits.max_row_bytes)
            }
            None => match error.kind() {
                csv::ErrorKind::Io(error) => of_io(error),
                _ => super::file_errors::damaged("csv"),
            },
        }
    }
}

/// Looks once, and not for every field, whether a record is UTF-8, as nearly all are.
fn cells_of(record: &csv::ByteRecord) -> Vec<Cell> {
    let text = std::str::from_utf8(record.as_slice()).unwrap_or_default();
    let field = |(at, bytes)| {
        let own = record.range(at).and_then(|range| text.get(range));
        own.map_or_else(|| cell_of_typed_text(bytes), cell_of_plain_text)
    };
    record.iter().enumerate().map(field).collect()
}

type Text = WithoutPadding<Decoded<File>>;

fn decoded(path: &Path, encoding: &'static Encoding) -> Result<Text> {
    let file = File::open(path).map_err(|error| of_io(&error))?;
    Ok(WithoutPadding::new(Decoded::new(file, encoding)))
}

/// What was handed to the CSV reader and belongs to no finished record yet.
#[derive(Default)]
struct Log {
    bytes: Vec<u8>,
    start: usize,
    after_cr: bool,
    at_end: bool,
    stopped: Option<Stop>,
}

#[derive(Clone, Copy)]
enum Stop {
    TooLong,
    Nul,
}

struct RawRecord {
    blank_lines: u32,
    open_quote: bool,
    stray_quote: bool,
    has_quotes: bool,
}

impl Log {
    fn unread(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    fn record(&mut self, length: u64, delimiter: u8) -> RawRecord {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let raw = self.unread();
        let raw = raw.get(..length.min(raw.len())).unwrap_or_default();
        let has_quotes = raw.contains(&b'"');
        let seen = RawRecord {
            has_quotes,
            blank_lines: blank_lines(raw, self.after_cr),
            // The reader ends a record at the file's end only if nothing else did.
            open_quote: self.at_end && ends_inside_quotes(raw, delimiter),
            stray_quote: has_quotes && has_stray_quote(raw, delimiter),
        };
        let (length, after_cr) = (raw.len(), raw.last() == Some(&b'\r'));
        self.start += length;
        self.after_cr = after_cr;
        seen
    }
}

/// Empty lines before the record; the reader passes over them in silence.
/// `after_cr`: a first `\n` still belongs to the `\r` before it.
fn blank_lines(raw: &[u8], after_cr: bool) -> u32 {
    let mut blank = 0;
    let mut after_cr = after_cr;
    for byte in raw {
        match byte {
            b'\n' if after_cr => after_cr = false,
            b'\r' | b'\n' => {
                blank += 1;
                after_cr = *byte == b'\r';
            }
            _ => break,
        }
    }
    blank
}

/// `"文\"员"`: behind the quote that closes a field stands more, with another quote in it.
/// Where the field ends is then anybody's guess; `"文"员` is merely odd.
fn has_stray_quote(raw: &[u8], delimiter: u8) -> bool {
    let is_end = |byte: u8| byte == delimiter || matches!(byte, b'\r' | b'\n');
    let mut bytes = raw.iter().copied().peekable();
    while let Some(first) = bytes.next() {
        if is_end(first) {
            continue;
        }
        if first == b'"' {
            loop {
                match bytes.next() {
                    None => return false,
                    Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                    Some(_) => {}
                }
            }
            while let Some(more) = bytes.next_if(|byte| !is_end(*byte)) {
                if more == b'"' {
                    return true;
                }
            }
        } else {
            while bytes.next_if(|byte| !is_end(*byte)).is_some() {}
        }
    }
    false
}

/// Two stray quotes make one field of all between them: a line of the file then stands in a
/// cell, with its separators and somebody's mobile or ID number between two of them.
fn holds_a_line(field: &[u8], delimiter: u8, columns: usize) -> bool {
    const FEWEST_COLUMNS: usize = 3;
    let is_number = |part: &[u8]| {
        let part = part.trim_ascii();
        let (digits, last) = part.split_at(part.len().saturating_sub(1));
        let is_long = part.len() == 18 && digits.iter().all(u8::is_ascii_digit);
        let is_mobile =
            part.len() == 11 && part.first() == Some(&b'1') && part.iter().all(u8::is_ascii_digit);
        is_mobile || (is_long && (last.iter().all(u8::is_ascii_digit) || last == b"X" || last == b"x"))
    };
    let is_line = |line: &[u8]| {
        let parts = || line.split(|byte| *byte == delimiter);
        parts().count() >= columns && parts().any(is_number)
    };
    let mut lines = field.split(|byte| *byte == b'\n').skip(1).peekable();
    columns >= FEWEST_COLUMNS && lines.peek().is_some() && lines.any(is_line)
}

fn ends_inside_quotes(raw: &[u8], delimiter: u8) -> bool {
    let mut bytes = raw.iter().copied().peekable();
    let mut at_start = true;
    while let Some(byte) = bytes.next() {
        if !(at_start && byte == b'"') {
            at_start = byte == delimiter || matches!(byte, b'\r' | b'\n');
            continue;
        }
        at_start = false;
        loop {
            match bytes.next() {
                None => return true,
                Some(b'"') if bytes.next_if_eq(&b'"').is_none() => break,
                Some(_) => {}
            }
        }
    }
    false
}

struct Logged {
    inner: Text,
    log: Rc<RefCell<Log>>,
    max_record: u64,
}

impl Read for Logged {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut log = self.log.borrow_mut();
        let start = std::mem::take(&mut log.start);
        log.bytes.drain(..start);
        if log.bytes.len() as u64 > self.max_record {
            log.stopped = Some(Stop::TooLong);
            return Err(io::Error::other("record too long"));
        }
        let read = self.inner.read(buffer)?;
        let fresh = buffer.get(..read).unwrap_or_default();
        if fresh.contains(&0) {
            log.stopped = Some(Stop::Nul);
            return Err(io::Error::other("NUL"));
        }
        log.at_end = read == 0;
        log.bytes.extend_from_slice(fresh);
        Ok(read)
    }
}
