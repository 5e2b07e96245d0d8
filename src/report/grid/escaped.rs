//! A text as it stands in a cell of a sheet's XML, written as rust_xlsxwriter writes it.

/// Bytes that may be written otherwise: XML's own signs, letters that XML does not have, and what
/// the names of such letters begin with.
const NOT_PLAIN: [bool; 256] = {
    let mut not_plain = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        not_plain[byte] = byte != b'\t' as usize && byte != b'\n' as usize;
        byte += 1;
    }
    not_plain[b'&' as usize] = true;
    not_plain[b'<' as usize] = true;
    not_plain[b'>' as usize] = true;
    not_plain[b'_' as usize] = true;
    // U+FFFE and U+FFFF begin with it.
    not_plain[0xEF] = true;
    not_plain
};

/// Ends the tag `<t`, and writes the text.
pub fn push_text(xml: &mut Vec<u8>, text: &str) {
    let edge = ['\t', '\n', ' '];
    let is_kept = text.starts_with(edge) || text.ends_with(edge);
    xml.extend_from_slice(if is_kept { b" xml:space=\"preserve\">" } else { b">" });
    let bytes = text.as_bytes();
    let mut written = 0;
    for (at, byte) in bytes.iter().enumerate() {
        if !NOT_PLAIN[usize::from(*byte)] {
            continue;
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let control;
        let (escaped, length): (&[u8], usize) = match (*byte, rest) {
            (b'&', _) => (b"&amp;", 1),
            (b'<', _) => (b"&lt;", 1),
            (b'>', _) => (b"&gt;", 1),
            // What looks like such a letter is told from one.
            (b'_', [_, b'x', digits @ ..]) if is_code(digits) => (b"_x005F", 0),
            (b'_', _) => continue,
            (0xEF, [_, 0xBF, 0xBE, ..]) => (b"_xFFFE_", 3),
            (0xEF, [_, 0xBF, 0xBF, ..]) => (b"_xFFFF_", 3),
            (0xEF, _) => continue,
            (byte, _) => {
                control = format!("_x{byte:04X}_");
                (control.as_bytes(), 1)
            }
        };
        xml.extend_from_slice(bytes.get(written..at).unwrap_or_default());
        xml.extend_from_slice(escaped);
        written = at + length;
    }
    xml.extend_from_slice(bytes.get(written..).unwrap_or_default());
}

/// `0041_`
fn is_code(digits: &[u8]) -> bool {
    matches!(digits, [a, b, c, d, b'_', ..] if [a, b, c, d].into_iter().all(u8::is_ascii_hexdigit))
}
