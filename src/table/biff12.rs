//! The records of an XLSB that calamine does not tell of.

use std::collections::HashMap;
use std::io::Read;

use encoding_rs::UTF_16LE;

use super::Limits;
use super::Merge;
use super::faults::Result;
use super::looks::{Looks, formats};
use super::ole::number;
use super::package::Package;
use super::relations::relations;

const ROW: u32 = 0x0000;
const FIRST_CELL: u32 = 0x0001;
const LAST_CELL: u32 = 0x000B;
const FORMAT: u32 = 0x002C;
const XF: u32 = 0x002F;
const SHEET: u32 = 0x009C;
const MERGE: u32 = 0x00B0;
const CELL_XFS: u32 = 0x0269;
const CELL_XFS_END: u32 = 0x026A;

const WORKBOOK: &str = "xl/workbook.bin";
const MAX_RECORD: u64 = 16 << 20;

/// Of the sheet with this place among the workbook's sheets, and its merged cells.
pub fn looks(package: &mut Package, sheet: usize, limits: &Limits) -> Result<(Looks, Vec<Merge>)> {
    let mut looks = Looks::new(style_formats(package)?);
    let mut merged = Vec::new();
    let Some(part) = sheet_part(package, sheet, limits)? else {
        return Ok((looks, merged));
    };
    let mut row = 0;
    each_record(package, &part, |kind, data| match kind {
        ROW => {
            const HIDDEN: u32 = 0x10;
            row = number(data, 0, 4);
            if number(data, 11, 1) & HIDDEN != 0 {
                looks.hidden.hide(row);
            }
        }
        FIRST_CELL..=LAST_CELL => {
            let style = u16::try_from(number(data, 4, 3)).unwrap_or(0);
            looks.set(row, number(data, 0, 4), style);
        }
        MERGE => merged.push(Merge {
            first_row: number(data, 0, 4).saturating_add(1),
            last_row: number(data, 4, 4).saturating_add(1),
            first_column: number(data, 8, 4),
            last_column: number(data, 12, 4),
        }),
        _ => {}
    })?;
    looks.hidden.sort();
    Ok((looks, merged))
}

fn style_formats(package: &mut Package) -> Result<Vec<Option<super::number_format::NumberFormat>>> {
    let (mut ids, mut codes) = (Vec::new(), HashMap::new());
    let mut in_cell_styles = false;
    each_record(package, "xl/styles.bin", |kind, data| match kind {
        FORMAT => {
            let id = u16::try_from(number(data, 0, 2)).unwrap_or(0);
            codes.insert(id, text(data, 2));
        }
        CELL_XFS => in_cell_styles = true,
        CELL_XFS_END => in_cell_styles = false,
        XF if in_cell_styles => ids.push(u16::try_from(number(data, 2, 2)).unwrap_or(0)),
        _ => {}
    })?;
    Ok(formats(&ids, &codes))
}

fn sheet_part(package: &mut Package, sheet: usize, limits: &Limits) -> Result<Option<String>> {
    let mut ids = Vec::new();
    each_record(package, WORKBOOK, |kind, data| {
        // Without a relation there is no sheet behind it.
        if kind == SHEET && number(data, 8, 4) != u32::MAX {
            ids.push(text(data, 8));
        }
    })?;
    let Some(id) = ids.get(sheet) else {
        return Ok(None);
    };
    let relations = relations(package, "xl/_rels/workbook.bin.rels", limits)?;
    let relation = relations.into_iter().rfind(|relation| relation.id == *id);
    Ok(relation.map(|relation| relation.part("xl/")))
}

/// Text behind its length in characters.
fn text(data: &[u8], at: usize) -> String {
    let length = (number(data, at, 4) as usize).saturating_mul(2);
    let rest = data.get(at + 4..).unwrap_or_default();
    let text = rest.get(..length.min(rest.len())).unwrap_or_default();
    UTF_16LE.decode_without_bom_handling(text).0.into_owned()
}

/// Hands over each record until the part ends or breaks: what is broken is for
/// the reader of the values to judge.
fn each_record(package: &mut Package, part: &str, mut take: impl FnMut(u32, &[u8])) -> Result<()> {
    let Some(mut input) = package.bytes(part)? else {
        return Ok(());
    };
    let mut data = Vec::new();
    while let Some((kind, length)) = header(&mut input) {
        data.clear();
        let mut record = (&mut input).take(length);
        if length > MAX_RECORD || record.read_to_end(&mut data).is_err() {
            break;
        }
        take(kind, &data);
    }
    Ok(())
}

fn header(input: &mut impl Read) -> Option<(u32, u64)> {
    let first = byte(input)?;
    let kind = if first & 0x80 == 0 { first } else { (first & 0x7F) | (byte(input)? & 0x7F) << 7 };
    let mut length = 0;
    for shift in [0, 7, 14, 21] {
        let next = byte(input)?;
        length |= u64::from(next & 0x7F) << shift;
        if next & 0x80 == 0 {
            break;
        }
    }
    Some((kind, length))
}

fn byte(input: &mut impl Read) -> Option<u32> {
    let mut byte = [0];
    input.read_exact(&mut byte).ok()?;
    Some(byte[0].into())
}
