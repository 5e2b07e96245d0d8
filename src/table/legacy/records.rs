//! The records of an XLS stream, and the numbers in them.

use super::compound_file::number;

const CONTINUE: u32 = 0x003C;

#[derive(Clone, Copy)]
pub struct Record<'a> {
    pub kind: u32,
    pub data: &'a [u8],
    /// Where the record behind it begins.
    pub next: usize,
}

pub fn record(stream: &[u8], at: usize) -> Option<Record<'_>> {
    let header = stream.get(at..).filter(|rest| rest.len() >= 4)?;
    let start = at + 4;
    let next = start + number(header, 2, 2) as usize;
    Some(Record { kind: number(header, 0, 2), data: stream.get(start..next.min(stream.len()))?, next })
}

/// The data of a record and of the CONTINUE records behind it, and where those end.
pub fn continued<'a>(stream: &'a [u8], first: Record<'a>) -> (Vec<&'a [u8]>, usize) {
    let mut pieces = vec![first.data];
    let mut next = first.next;
    while let Some(more) = record(stream, next).filter(|more| more.kind == CONTINUE) {
        pieces.push(more.data);
        next = more.next;
    }
    (pieces, next)
}

pub fn short(data: &[u8], at: usize) -> u16 {
    number(data, at, 2) as u16
}

pub fn double(data: &[u8], at: usize) -> f64 {
    let bits = u64::from(number(data, at, 4)) | u64::from(number(data, at + 4, 4)) << 32;
    f64::from_bits(bits)
}

/// A number in four bytes: the upper half of a double, or an integer of 30 bits; either
/// may be meant in hundredths.
pub fn rk(rk: u32) -> f64 {
    let number = if rk & 2 != 0 {
        f64::from(rk.cast_signed() >> 2)
    } else {
        f64::from_bits(u64::from(rk & 0xFFFF_FFFC) << 32)
    };
    if rk & 1 != 0 { number / 100.0 } else { number }
}
