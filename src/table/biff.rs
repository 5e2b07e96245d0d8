//! The records of an XLS workbook stream that calamine does not tell of.

use std::collections::HashMap;

use encoding_rs::{GB18030, UTF_16LE, WINDOWS_1252};

use super::looks::{Looks, formats};
use super::ole::number;

const BOF: u32 = 0x0809;
const EOF: u32 = 0x000A;
const CODE_PAGE: u32 = 0x0042;
const SHEET: u32 = 0x0085;
const XF: u32 = 0x00E0;
const FORMAT: u32 = 0x041E;
const DIMENSIONS: u32 = 0x0200;
const ROW: u32 = 0x0208;
const MULTIPLE_RK: u32 = 0x00BD;
/// NUMBER, RK, FORMULA, LABEL, LABELSST: row, column and style come first.
const CELLS: [u32; 5] = [0x0203, 0x027E, 0x0006, 0x0204, 0x00FD];

/// One record of the stream.
struct Record<'a> {
    kind: u32,
    data: &'a [u8],
    /// Where its data start.
    at: usize,
}

fn records(stream: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut next = start;
    std::iter::from_fn(move || {
        let header = stream.get(next..).filter(|rest| rest.len() >= 4)?;
        let at = next + 4;
        next = at + number(header, 2, 2) as usize;
        Some(Record { kind: number(header, 0, 2), data: stream.get(at..next.min(stream.len()))?, at })
    })
}

/// Of the sheet with this place among the workbook's sheets.
pub fn looks(stream: &[u8], sheet: usize) -> Looks {
    let mut positions = Vec::new();
    let (mut ids, mut codes) = (Vec::new(), HashMap::new());
    let (mut is_biff8, mut code_page) = (true, 1200);
    for record in records(stream, 0) {
        match record.kind {
            BOF => is_biff8 = number(record.data, 0, 2) == 0x0600,
            CODE_PAGE => code_page = number(record.data, 0, 2),
            SHEET => positions.push(number(record.data, 0, 4) as usize),
            XF => ids.push(short(record.data, 2)),
            FORMAT => {
                let code = format_code(record.data, is_biff8, code_page);
                codes.insert(short(record.data, 0), code);
            }
            EOF => break,
            _ => {}
        }
    }
    let mut looks = Looks::new(formats(&ids, &codes));
    if let Some(position) = positions.get(sheet) {
        read_sheet(stream, *position, &mut looks);
    }
    looks.hidden.sort();
    looks
}

fn read_sheet(stream: &[u8], position: usize, looks: &mut Looks) {
    // Charts within the sheet are nested, each between its own BOF and EOF.
    let mut depth = 0_u32;
    for Record { kind, data, .. } in records(stream, position) {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => return,
            EOF => depth -= 1,
            _ if depth > 1 => {}
            ROW => {
                const HIDDEN: u32 = 0x20;
                if number(data, 12, 2) & HIDDEN != 0 {
                    looks.hidden.hide(number(data, 0, 2));
                }
            }
            MULTIPLE_RK => {
                let first = number(data, 2, 2);
                let cells = data.get(4..data.len().saturating_sub(2));
                for (column, cell) in (first..).zip(cells.unwrap_or_default().chunks_exact(6)) {
                    looks.set(number(data, 0, 2), column, short(cell, 0));
                }
            }
            kind if CELLS.contains(&kind) => {
                looks.set(number(data, 0, 2), number(data, 2, 2), short(data, 4));
            }
            _ => {}
        }
    }
}

fn format_code(data: &[u8], is_biff8: bool, code_page: u32) -> String {
    let (length, text) = if is_biff8 {
        let wide = number(data, 4, 1) & 1 == 1;
        let length = number(data, 2, 2) as usize * if wide { 2 } else { 1 };
        let text = data.get(5..).unwrap_or_default();
        if wide {
            let text = text.get(..length.min(text.len())).unwrap_or_default();
            return UTF_16LE.decode_without_bom_handling(text).0.into_owned();
        }
        (length, text)
    } else {
        (number(data, 2, 1) as usize, data.get(3..).unwrap_or_default())
    };
    let text = text.get(..length.min(text.len())).unwrap_or_default();
    // Narrow text of BIFF8 is the low half of UTF-16, not of a code page.
    let encoding = if code_page == 936 && !is_biff8 { GB18030 } else { WINDOWS_1252 };
    encoding.decode_without_bom_handling(text).0.into_owned()
}

/// Where sheets declare how large they are, and by more than could be true of
/// what they hold: calamine makes room for that many cells. Ranges of the
/// stream that are to be overwritten with zeros.
pub fn boasts(stream: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut boasts = Vec::new();
    let sheets =
        records(stream, 0).take_while(|record| record.kind != EOF).filter(|record| record.kind == SHEET);
    for sheet in sheets {
        let position = number(sheet.data, 0, 4) as usize;
        let dimensions = records(stream, position).take(4096).filter(|record| record.kind == DIMENSIONS);
        for Record { data, at, .. } in dimensions {
            let width = if data.len() >= 14 { 4 } else { 2 };
            let rows = number(data, width, width).saturating_sub(number(data, 0, width));
            let columns = number(data, 2 * width + 2, 2);
            // The smallest cell takes six bytes of the file.
            if u64::from(rows) * u64::from(columns) > stream.len() as u64 / 6 {
                boasts.push(at..at + data.len());
            }
        }
    }
    boasts
}

/// The rows and columns that calamine will lay out for the largest sheet.
pub fn largest_area(stream: &[u8]) -> u64 {
    let positions = records(stream, 0)
        .take_while(|record| record.kind != EOF)
        .filter(|record| record.kind == SHEET)
        .map(|record| number(record.data, 0, 4) as usize);
    let mut largest = 0;
    for position in positions {
        let (mut first, mut last) = ((u32::MAX, u32::MAX), (0, 0));
        for record in records(stream, position) {
            let row = number(record.data, 0, 2);
            let column = match record.kind {
                EOF => break,
                MULTIPLE_RK => number(record.data, record.data.len().saturating_sub(2), 2),
                kind if CELLS.contains(&kind) || kind == 0x0205 => number(record.data, 2, 2),
                _ => continue,
            };
            first = (row.min(first.0), column.min(first.1));
            last = (row.max(last.0), column.max(last.1));
        }
        if first.0 <= last.0 {
            let rows = u64::from(last.0 - first.0) + 1;
            let columns = u64::from(last.1.saturating_sub(first.1)) + 1;
            largest = largest.max(rows * columns);
        }
    }
    largest
}

fn short(data: &[u8], at: usize) -> u16 {
    u16::try_from(number(data, at, 2)).unwrap_or(0)
}
