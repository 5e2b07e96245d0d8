//! The container of XLS files, as far as telling what is in it needs.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use crate::table::file_errors::{Result, damaged, of_io};

pub const SIGNATURE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const FREE: u32 = 0xFFFF_FFFA;
const MAX_SECTORS: usize = 1 << 20;

pub struct Ole<R> {
    source: R,
    sector_size: u64,
    fat: Vec<u32>,
    entries: Vec<Entry>,
    mini_fat: Vec<u32>,
    mini_cutoff: u64,
}

struct Entry {
    name: String,
    is_root: bool,
    start: u32,
    size: u64,
}

impl Ole<BufReader<File>> {
    pub fn open(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| of_io(&error))?;
        Self::over(BufReader::new(file))
    }
}

impl<R: Read + Seek> Ole<R> {
    pub fn over(source: R) -> Result<Self> {
        Self::read(source).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => damaged("ole"),
            _ => of_io(&error),
        })
    }

    fn read(mut source: R) -> io::Result<Self> {
        let mut header = [0; 512];
        source.read_exact(&mut header)?;
        let shift = number(&header, 30, 2);
        if shift != 9 && shift != 12 {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut ole = Self {
            source,
            sector_size: 1 << shift,
            fat: Vec::new(),
            entries: Vec::new(),
            mini_fat: Vec::new(),
            mini_cutoff: number(&header, 56, 4).into(),
        };
        ole.read_fat(&header)?;
        let directory = ole.bytes_of(number(&header, 48, 4))?;
        ole.entries = directory.chunks_exact(128).filter_map(entry).collect();
        let mini_fat = ole.bytes_of(number(&header, 60, 4))?;
        ole.mini_fat = numbers(&mini_fat);
        Ok(ole)
    }

    /// The table of sectors, itself listed in the header and in a chain behind it.
    fn read_fat(&mut self, header: &[u8]) -> io::Result<()> {
        let mut listed = numbers(header.get(76..).unwrap_or_default());
        let mut next = number(header, 68, 4);
        let mut seen = HashSet::new();
        while next < FREE && seen.insert(next) {
            let mut more = numbers(&self.sector(next)?);
            next = more.pop().unwrap_or(FREE);
            listed.append(&mut more);
        }
        for sector in listed.into_iter().filter(|sector| *sector < FREE) {
            // Files cut short still have their beginning.
            let Ok(bytes) = self.sector(sector) else { break };
            self.fat.append(&mut numbers(&bytes));
            if self.fat.len() > MAX_SECTORS * 128 {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
        Ok(())
    }

    fn sector(&mut self, index: u32) -> io::Result<Vec<u8>> {
        let bytes = self.piece(self.position(index), self.sector_size)?;
        if bytes.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(bytes)
    }

    fn position(&self, sector: u32) -> u64 {
        (u64::from(sector) + 1) * self.sector_size
    }

    fn piece(&mut self, position: u64, length: u64) -> io::Result<Vec<u8>> {
        self.source.seek(SeekFrom::Start(position))?;
        let mut bytes = Vec::new();
        (&mut self.source).take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn bytes_of(&mut self, start: u32) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        for sector in chain(&self.fat, start) {
            // Files cut short still have their beginning.
            let Ok(mut sector) = self.sector(sector) else {
                break;
            };
            bytes.append(&mut sector);
        }
        Ok(bytes)
    }

    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        let mut entries = self.entries.iter();
        entries.find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The workbook stream, if there is one, as far as the file has it.
    pub fn workbook(&mut self) -> Result<Option<Vec<u8>>> {
        if self.entry("Workbook").is_some() { self.stream("Workbook") } else { self.stream("Book") }
    }

    pub fn has_workbook(&self) -> bool {
        self.has("Workbook") || self.has("Book")
    }

    pub fn stream(&mut self, name: &str) -> Result<Option<Vec<u8>>> {
        let (Some(size), Some(pieces)) = (self.entry(name).map(|entry| entry.size), self.pieces(name)) else {
            return Ok(None);
        };
        let mut stream = Vec::new();
        for (position, length) in pieces {
            let piece = self.piece(position, length);
            stream.append(&mut piece.map_err(|error| of_io(&error))?);
        }
        let size = usize::try_from(size).unwrap_or(usize::MAX);
        // Cut short: whatever is missing, it may be rows.
        if stream.len() < size {
            return Err(damaged("ole"));
        }
        stream.truncate(size);
        Ok(Some(stream))
    }

    /// Where a stream lies in the file: positions and lengths, in order.
    fn pieces(&self, name: &str) -> Option<Vec<(u64, u64)>> {
        const MINI_SECTOR: u64 = 64;
        let workbook = self.entry(name)?;
        if workbook.size >= self.mini_cutoff {
            let sectors = chain(&self.fat, workbook.start).into_iter();
            let piece = |sector| (self.position(sector), self.sector_size);
            return Some(sectors.map(piece).collect());
        }
        // Short streams lie in sectors of their own, within a stream of the root's.
        let root = self.entries.iter().find(|entry| entry.is_root)?;
        let container = chain(&self.fat, root.start);
        let piece = |mini: u32| {
            let offset = u64::from(mini) * MINI_SECTOR;
            let sector = usize::try_from(offset / self.sector_size).ok()?;
            let sector = container.get(sector)?;
            let position = self.position(*sector) + offset % self.sector_size;
            Some((position, MINI_SECTOR))
        };
        let sectors = chain(&self.mini_fat, workbook.start).into_iter();
        Some(sectors.map_while(piece).collect())
    }
}

/// The sectors from `start` on, each once.
fn chain(table: &[u32], start: u32) -> Vec<u32> {
    let mut sectors = Vec::new();
    let mut seen = HashSet::new();
    let mut next = start;
    while next < FREE && sectors.len() < MAX_SECTORS && seen.insert(next) {
        sectors.push(next);
        next = table.get(next as usize).copied().unwrap_or(FREE);
    }
    sectors
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let units: Vec<u16> = bytes
        .get(..number(bytes, 64, 2).min(64).saturating_sub(2) as usize)?
        .chunks_exact(2)
        .map(|unit| u16::try_from(number(unit, 0, 2)).unwrap_or(0))
        .collect();
    let kind = *bytes.get(66)?;
    (kind == 2 || kind == 5 || kind == 1).then(|| Entry {
        name: String::from_utf16_lossy(&units),
        is_root: kind == 5,
        start: number(bytes, 116, 4),
        size: number(bytes, 120, 4).into(),
    })
}

/// Little-endian; 0 where there is nothing.
pub fn number(bytes: &[u8], at: usize, length: usize) -> u32 {
    let bytes = bytes.get(at..at + length).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u32::from(*byte))
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|word| number(word, 0, 4)).collect()
}
