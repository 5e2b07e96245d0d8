//! What separates the fields of a CSV: told by which candidate cuts the first
//! records into the same number of fields, and by Excel's `sep=;` line.

/// In the order in which a tie is decided.
const CANDIDATES: [u8; 4] = [b',', b'\t', b';', b'|'];
const RECORDS: usize = 100;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delimiter {
    pub byte: u8,
    /// The length of the `sep=` line, its line break included; 0 without one.
    pub declaration: u64,
}

/// `sample` is the beginning of the text; `whole` says that it is all of it.
pub fn sniff(sample: &[u8], whole: bool) -> Delimiter {
    if let Some(declared) = declared(sample) {
        return declared;
    }
    let mut best = (0.0, b',');
    for candidate in CANDIDATES.into_iter().filter(|own| *own != b'\t' || !tabs_pad_cells(sample)) {
        let score = score(&field_counts(sample, whole, candidate));
        if score > best.0 {
            best = (score, candidate);
        }
    }
    Delimiter { byte: best.1, declaration: 0 }
}

/// `\t姓名,\t手机号` or `"\t姓名","\t手机号"`: a shop or an ERP writes a tab beside each separator, so that a
/// spreadsheet keeps long numbers as they are. A tab between two quotes separates.
fn tabs_pad_cells(sample: &[u8]) -> bool {
    let is_edge = |byte: Option<&u8>, separator: u8| {
        byte.is_none_or(|byte| *byte == separator || matches!(byte, b'\r' | b'\n'))
    };
    let is_quote = |byte: Option<&u8>| byte == Some(&b'"');
    let pads = |separator: u8| {
        let mut tabs = memchr::memchr_iter(b'\t', sample).peekable();
        let before = |at: usize| at.checked_sub(1).and_then(|at| sample.get(at));
        tabs.peek().is_some()
            && memchr::memchr(separator, sample).is_some()
            && tabs.all(|at| {
                let (left, right) = (before(at), sample.get(at + 1));
                is_edge(left, separator) || is_edge(right, separator) || is_quote(left) != is_quote(right)
            })
    };
    [b',', b';', b'|'].into_iter().any(pads)
}

fn declared(sample: &[u8]) -> Option<Delimiter> {
    let end = sample.iter().position(|byte| matches!(byte, b'\r' | b'\n'));
    let (line, rest) = sample.split_at_checked(end.unwrap_or(sample.len()))?;
    let byte = match line.trim_ascii_end() {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', byte] => *byte,
        _ if line.eq_ignore_ascii_case(b"sep=\t") => b'\t',
        _ => return None,
    };
    let line_break = if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) };
    let usable = byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n');
    usable.then_some(Delimiter { byte, declaration: (line.len() + line_break) as u64 })
}

fn field_counts(sample: &[u8], whole: bool, delimiter: u8) -> Vec<usize> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(sample);
    let mut record = csv::ByteRecord::new();
    let mut counts = Vec::new();
    while counts.len() <= RECORDS && reader.read_byte_record(&mut record).unwrap_or(false) {
        counts.push(record.len());
    }
    // The last one may have been cut off.
    if counts.len() > RECORDS || (!whole && counts.len() > 1) {
        counts.pop();
    }
    counts
}

/// The share of records that agree, a little more where the first (the header)
/// is one of them, a very little more for more fields; 0 if nothing is cut.
fn score(counts: &[usize]) -> f64 {
    let mut best = 0.0;
    for fields in counts.iter().copied().filter(|fields| *fields > 1) {
        let agreeing = counts.iter().filter(|count| **count == fields).count();
        let share = agreeing as f64 / counts.len() as f64;
        let header = if counts.first() == Some(&fields) { 0.5 } else { 0.0 };
        let score = share + header + (fields as f64).min(1000.0) / 100_000.0;
        best = f64::max(best, score);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn byte_of(sample: &str) -> char {
        char::from(sniff(sample.as_bytes(), true).byte)
    }

    #[test]
    fn the_separator_is_the_one_that_cuts_evenly() {
        for (sample, byte) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2,5\n1,5;3,5\n", ';'),
            ("a\tb\n1,0\t2\n", '\t'),
            ("a|b|c\n1|2|3\n", '|'),
            ("name;note\n\"x,y\";\"a,b\"\n", ';'),
            ("姓名,备注\n张三,a;b;c\n", ','),
            ("\t姓名,\t手机号\n\t张三,\t13800138000\n", ','),
            ("姓名\t,手机号\t\n张三\t,13800138000\t\n", ','),
            ("\"\t姓名\",\"\t手机号\"\n\"\t张三\",\"\t13800138000\"\n", ','),
            ("a\tb\n1\t2,3\n", '\t'),
            ("\"a\"\t\"b\"\n\"1\"\t\"2,3\"\n", '\t'),
            ("\"a\"\tb\n\"1\"\t\"2,3\"\n", '\t'),
            ("a\tb\n\"1\"\t\"2,3\"\nx\t\n", '\t'),
            ("just one column\nx\n", ','),
            ("", ','),
        ] {
            assert_eq!(byte_of(sample), byte, "{sample:?}");
        }
    }

    #[test]
    fn a_declared_separator_wins_and_is_measured() {
        let declared = sniff(b"sep=;\r\na,b;c,d\r\n", true);
        assert_eq!((declared.byte, declared.declaration), (b';', 7));
        assert_eq!(sniff(b"SEP=|", true).declaration, 5);
        assert_eq!(sniff(b"separator,b\n1,2\n", true).declaration, 0);
    }
}
