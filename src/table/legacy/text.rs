//! Texts in XLS records, which may go on in the records behind them.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, MACINTOSH, SHIFT_JIS, UTF_8, UTF_16LE, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258,
};

use super::compound_file::number;
use crate::table::cells::{Raised, Strokes, out_of_line};
use crate::table::styles::Font;

/// A record's data and those of the CONTINUE records behind it.
pub struct Pieces<'a> {
    pieces: Vec<&'a [u8]>,
    piece: usize,
    at: usize,
}

impl<'a> Pieces<'a> {
    pub fn new(pieces: Vec<&'a [u8]>) -> Self {
        Self { pieces, piece: 0, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.pieces.get(self.piece).and_then(|piece| piece.get(self.at..)).unwrap_or_default()
    }

    /// To the next piece, where this one is used up; false behind the last.
    fn settle(&mut self) -> bool {
        while self.rest().is_empty() {
            if self.piece >= self.pieces.len() {
                return false;
            }
            self.piece += 1;
            self.at = 0;
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        self.settle();
        let byte = self.rest().first().copied()?;
        self.at += 1;
        Some(byte)
    }

    pub fn number(&mut self, bytes: u32) -> Option<u32> {
        let mut number = 0;
        for place in 0..bytes {
            number |= u32::from(self.byte()?) << (8 * place);
        }
        Some(number)
    }

    fn skip(&mut self, bytes: usize) {
        let mut bytes = bytes;
        while bytes > 0 && self.settle() {
            let step = bytes.min(self.rest().len());
            self.at += step;
            bytes -= step;
        }
    }

    /// So many characters. Where they go on in another record, it says anew how wide they are.
    fn characters(&mut self, count: usize, wide: bool, text: &mut Vec<u16>) {
        let (mut count, mut wide) = (count, wide);
        while count > 0 {
            if self.rest().is_empty() {
                self.piece += 1;
                self.at = 0;
                if self.piece >= self.pieces.len() {
                    return;
                }
                match self.byte() {
                    Some(flags) => wide = flags & 1 == 1,
                    None => return,
                }
            }
            let width = if wide { 2 } else { 1 };
            let step = count.min(self.rest().len() / width);
            if step == 0 {
                // Half a character is none.
                self.at += self.rest().len();
                count -= 1;
                continue;
            }
            let bytes = self.rest().get(..step * width).unwrap_or_default();
            // Narrow text of BIFF8 is the low half of UTF-16, not of a code page.
            text.extend(bytes.chunks_exact(width).map(|unit| number(unit, 0, width) as u16));
            self.at += step * width;
            count -= step;
        }
    }

    /// A text of BIFF8 behind its length, which has so many bytes: its flags, its
    /// characters, the runs of its fonts.
    pub fn unicode(&mut self, length_bytes: u32, font_of: &dyn Fn(u32) -> Font) -> Option<(String, Strokes)> {
        let count = self.number(length_bytes)? as usize;
        let flags = self.byte()?;
        let runs = if flags & 8 == 0 { 0 } else { self.number(2)? as usize };
        let phonetic = if flags & 4 == 0 { 0 } else { self.number(4)? as usize };
        let mut units = Vec::new();
        self.characters(count, flags & 1 == 1, &mut units);
        let mut fonts = Vec::new();
        for _ in 0..runs {
            let (Some(start), Some(font)) = (self.number(2), self.number(2)) else { break };
            fonts.push((start as usize, font));
        }
        self.skip(phonetic);
        Some(rich(&units, &fonts, font_of))
    }
}

/// A text, with figures of their own where they stand beside the line, and the lines through it. `fonts`: where runs
/// begin, and their fonts; what stands before the first has the cell's.
pub fn rich(units: &[u16], fonts: &[(usize, u32)], font_of: &dyn Fn(u32) -> Font) -> (String, Strokes) {
    let text = String::from_utf16_lossy(units);
    if fonts.is_empty() {
        return (text, Strokes::PLAIN);
    }
    let strokes = strokes(units, fonts, &|font| font_of(font).struck);
    if !fonts.iter().any(|(_, font)| font_of(*font).raised.is_some()) {
        return (text, strokes);
    }
    // Where each unit begins in the text, in bytes.
    let mut begins = Vec::with_capacity(units.len() + 1);
    let mut at = 0;
    for decoded in char::decode_utf16(units.iter().copied()) {
        let letter = decoded.unwrap_or(char::REPLACEMENT_CHARACTER);
        begins.extend(std::iter::repeat_n(at, letter.len_utf16()));
        at += letter.len_utf8();
    }
    let bytes_to = |unit: usize| begins.get(unit).copied().unwrap_or(text.len());
    let ends = fonts.iter().skip(1).map(|(start, _)| *start).chain([units.len()]);
    let raised: Vec<(usize, usize, Raised)> = fonts
        .iter()
        .zip(ends)
        .filter_map(|((start, font), end)| Some((bytes_to(*start), bytes_to(end), font_of(*font).raised?)))
        .filter(|(start, end, _)| start < end)
        .collect();
    let shown = out_of_line(&text, &raised).into_owned();
    (shown, strokes)
}

fn strokes(units: &[u16], fonts: &[(usize, u32)], is_struck: &dyn Fn(u32) -> bool) -> Strokes {
    let mut strokes = Strokes::default();
    let mut add = |from: usize, to: usize, struck| {
        let run = units.get(from..to.min(units.len())).unwrap_or_default();
        strokes.add(&String::from_utf16_lossy(run), struck);
    };
    add(0, fonts.first().map_or(0, |(start, _)| *start), None);
    for (place, (start, font)) in fonts.iter().enumerate() {
        let end = fonts.get(place + 1).map_or(units.len(), |(next, _)| *next);
        add(*start, end, Some(is_struck(*font)));
    }
    strokes
}

/// Of older workbooks, whose texts are bytes in a code page.
pub fn in_code_page(bytes: &[u8], encoding: &'static Encoding) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

pub fn code_page(number: u32) -> &'static Encoding {
    match number {
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 | 54936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1200 => UTF_16LE,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        // The Macintosh, which Excel writes with its own number, too.
        10000 | 32768 => MACINTOSH,
        10002 => BIG5,
        10008 => GBK,
        65001 => UTF_8,
        _ => WINDOWS_1252,
    }
}
