//! What makes two contracts, or two inputs, the same one: what is hashed, in a form
//! of its own that never changes.
//!
//! Reading gets better from release to release; a contract that was sent must be known
//! again all the same. So nothing here depends on how values are cleaned, shown or
//! sent: texts are in NFKC without blanks, dates are civil, numbers plain, and fields
//! stand in the order of their names. The test at the end holds the vectors.
//! Whoever has to change a form writes a second one beside it and raises [`VERSION`],
//! which stands with every job, so that what an older program wrote is still found.

use std::fmt::Write as _;

use icu_normalizer::ComposingNormalizerBorrowed;
use jiff::civil::{DateTime, Time};
use serde_json::Value as Json;

use super::field::FieldId;

/// Of the form in which identities are made.
pub const VERSION: i64 = 1;

/// A date without a time means the whole day.
const END_OF_DAY: Time = Time::constant(23, 59, 59, 0);

/// Which part of a contract a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Flow,
    Request,
    Approver,
    Cc,
    FormField,
}

impl Part {
    fn mark(self) -> char {
        match self {
            Self::Flow => 'F',
            Self::Request => 'R',
            Self::Approver => 'A',
            Self::Cc => 'C',
            Self::FormField => 'V',
        }
    }
}

/// When a contract ends, as its rows say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When<'a> {
    /// A date or a time on the calendar, whatever the time zone.
    Civil(DateTime),
    /// Unix seconds.
    Instant(i64),
    /// `+30d`: what it means changes daily.
    Relative(&'a str),
}

/// What the rows of a contract say, whatever the layout and the order of the columns.
#[derive(Default)]
pub struct Content {
    text: String,
    /// Names and values of the part that is being written, one after the other.
    scratch: String,
    /// Where each name and its value stand in `scratch`: start, end of the name, end.
    values: Vec<(usize, usize, usize)>,
    part: Option<Part>,
}

impl Content {
    /// The values that follow belong to a part of their own: the next approver, say.
    pub fn begin(&mut self, part: Part) {
        self.end_part();
        self.part = Some(part);
    }

    /// A value under the stable name of its field, or a form field's own.
    pub fn value(&mut self, name: &str, value: &Json) {
        self.add(name, |text| frozen(text, value));
    }

    /// The same for a field of ours, whose name is plain as it is.
    pub fn field(&mut self, field: FieldId, value: &Json) {
        let start = self.scratch.len();
        self.scratch.push_str(field.name());
        let middle = self.scratch.len();
        frozen(&mut self.scratch, value);
        self.values.push((start, middle, self.scratch.len()));
    }

    pub fn deadline(&mut self, name: &str, when: When<'_>) {
        self.add(name, |text| match when {
            When::Civil(at) if at.time() == END_OF_DAY => text.push_str(&at.date().to_string()),
            When::Civil(at) => text.push_str(&at.to_string()),
            When::Instant(at) => text.push_str(&format!("@{at}")),
            When::Relative(own) => plain(text, own),
        });
    }

    /// The whole, and begins anew.
    pub fn take(&mut self) -> Vec<u8> {
        self.end_part();
        let whole = self.text.as_bytes().to_vec();
        self.text.clear();
        whole
    }

    fn add(&mut self, name: &str, value: impl FnOnce(&mut String)) {
        let start = self.scratch.len();
        plain(&mut self.scratch, name);
        let middle = self.scratch.len();
        value(&mut self.scratch);
        self.values.push((start, middle, self.scratch.len()));
    }

    fn end_part(&mut self) {
        let Some(part) = self.part.take() else { return };
        self.text.push(part.mark());
        let scratch = &self.scratch;
        let of =
            |&(start, middle, end): &(usize, usize, usize)| (&scratch[start..middle], &scratch[middle..end]);
        self.values.sort_unstable_by(|one, other| of(one).cmp(&of(other)));
        for value in &self.values {
            let (name, value) = of(value);
            add(&mut self.text, name);
            add(&mut self.text, value);
        }
        self.values.clear();
        self.scratch.clear();
    }
}

/// What a contract without a number resembles another by: its template, its name, and
/// who signs, in a file of the same name. Of each signer: name, mobile, number of the
/// identity card, organisation, OpenId; what is not there is empty.
pub fn likeness<'t>(
    file_stem: &str,
    template_id: &str,
    flow_name: &str,
    signers: impl Iterator<Item = [&'t str; 5]>,
) -> Vec<u8> {
    let (mut text, mut scratch) = (String::with_capacity(160), String::new());
    let mut add_plain = |text: &mut String, own: &str| {
        if is_itself(own) {
            return add(text, own);
        }
        scratch.clear();
        plain(&mut scratch, own);
        add(text, &scratch);
    };
    add_plain(&mut text, file_stem);
    add(&mut text, template_id);
    add_plain(&mut text, flow_name);
    for signer in signers {
        text.push('A');
        signer.iter().for_each(|own| add_plain(&mut text, own));
    }
    text.into_bytes()
}

/// How a program, or a person, may have written the same number of a contract before: `1` and `0001`,
/// which a spreadsheet makes of one another, `ht-1` and `HT-1`.
pub fn other_writings(number: &str) -> Vec<String> {
    const LONGEST: usize = 8;
    if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
        let bare = number.trim_start_matches('0');
        let widths = if bare.is_empty() { 0..=0 } else { bare.len()..=LONGEST };
        let padded = widths.skip(usize::from(bare.is_empty())).map(|width| format!("{bare:0>width$}"));
        return padded.filter(|own| own != number).collect();
    }
    const SEPARATORS: [char; 10] = ['-', '_', ' ', '/', '.', '－', '—', '–', '＿', '／'];
    let bare: String = number.chars().filter(|c| !SEPARATORS.contains(c)).collect();
    // HT001 of HT-001, and the other way round.
    let begins =
        |at: &usize| bare.is_char_boundary(*at) && bare[..*at].ends_with(|c: char| c.is_alphabetic());
    let first_digit = bare.find(|c: char| c.is_ascii_digit()).filter(begins);
    let parted = first_digit.map(|at| format!("{}-{}", &bare[..at], &bare[at..]));
    let has_letters = number.bytes().any(|byte| byte.is_ascii_alphabetic());
    let mut writings = vec![number.to_uppercase(), number.to_lowercase()];
    // 2026-1 and 20261 are two numbers.
    writings.extend([Some(bare.clone()), parted].into_iter().flatten().filter(|_| has_letters));
    writings.retain(|own| own != number && !own.is_empty());
    writings.sort_unstable();
    writings.dedup();
    writings
}

/// What makes an input the same one: the hashes of its files, and what was said of how
/// to read them.
#[derive(Default)]
pub struct Input {
    text: String,
}

impl Input {
    pub fn file(&mut self, hash: &[u8; 32]) {
        self.text.push('f');
        for byte in hash {
            let _ = write!(self.text, "{byte:02x}");
        }
    }

    /// A setting or an option under a name that never changes.
    pub fn said(&mut self, name: &str, value: &str) {
        self.text.push('s');
        add(&mut self.text, name);
        add(&mut self.text, value);
    }

    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

/// With its length, so that ("ab", "c") and ("a", "bc") differ.
fn add(text: &mut String, part: &str) {
    // `write!` takes ten times as long.
    text.push_str(itoa::Buffer::new().format(part.len()));
    text.push(':');
    text.push_str(part);
}

fn frozen(text: &mut String, value: &Json) {
    match value {
        Json::Null => {}
        Json::Bool(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Json::Number(number) => plain(text, &number.to_string()),
        Json::String(own) => plain(text, own),
        Json::Array(values) => {
            text.push('[');
            for value in values {
                add(text, &frozen_alone(value));
            }
        }
        Json::Object(values) => {
            let mut values: Vec<(String, String)> =
                values.iter().map(|(name, value)| (plain_alone(name), frozen_alone(value))).collect();
            values.sort_unstable();
            text.push('{');
            for (name, value) in values {
                add(text, &name);
                add(text, &value);
            }
        }
    }
}

fn frozen_alone(value: &Json) -> String {
    let mut text = String::new();
    frozen(&mut text, value);
    text
}

fn plain_alone(text: &str) -> String {
    let mut plain_text = String::new();
    plain(&mut plain_text, text);
    plain_text
}

/// Adds a text in NFKC without blanks and marks that nobody sees; a number without what
/// only shows it, a date in one form.
fn plain(to: &mut String, text: &str) {
    match is_itself(text) {
        true => to.push_str(text),
        false => to.push_str(&made_plain(text)),
    }
}

fn made_plain(text: &str) -> String {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic());
    let text: String = match is_plain {
        true => text.to_owned(),
        false => {
            let composed = ComposingNormalizerBorrowed::new_nfkc().normalize(text);
            composed.chars().filter(|c| !is_nothing(*c)).collect()
        }
    };
    number(&text).or_else(|| date(&text)).unwrap_or(text)
}

/// Whether a text is its own plain form, as can be told at once: whole numbers, and
/// Chinese characters, letters, digits and few marks that begin with no digit.
fn is_itself(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return true };
    if first.is_ascii_digit() {
        return (bytes.len() == 1 || *first != b'0') && bytes.iter().all(u8::is_ascii_digit);
    }
    if matches!(first, b'+' | b'-') {
        return false;
    }
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            0x21..=0x7E => 1,
            // From 一 (4E00) to the end of its block: NFKC leaves them as they are.
            0xE4 if bytes.get(at + 1).is_some_and(|next| *next >= 0xB8) => 3,
            0xE5..=0xE9 => 3,
            _ => return false,
        };
    }
    true
}

/// Blanks, controls, and the marks of format that Unicode had in 2025.
fn is_nothing(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// `1,000.50` -> `1000.5`; what begins with a zero is no number but a code.
fn number(text: &str) -> Option<String> {
    // Most texts are none, as a look at their characters tells.
    if !text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b',')) {
        return None;
    }
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = match groups.as_slice() {
        [one] => all_digits(one),
        [first, rest @ ..] => {
            all_digits(first)
                && first.len() <= 3
                && rest.iter().all(|group| all_digits(group) && group.len() == 3)
        }
        [] => false,
    };
    let whole = groups.concat();
    let is_code = whole.len() > 1 && whole.starts_with('0');
    if !grouped || is_code || (digits.contains('.') && !all_digits(fraction)) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let dot = if fraction.is_empty() { "" } else { "." };
    let sign = if whole == "0" && fraction.is_empty() { "" } else { sign };
    Some(format!("{sign}{whole}{dot}{fraction}"))
}

/// `2026/1/2`, `2026.01.02`, `2026年1月2日` -> `2026-01-02`.
fn date(text: &str) -> Option<String> {
    let mut parts = text.split(['-', '/', '.', '年', '月']);
    let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    let day = day.strip_suffix('日').unwrap_or(day);
    let of = |text: &str, most: usize| {
        let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { text.parse::<u16>().ok() } else { None }
    };
    let (year, month, day) = (of(year, 4).filter(|_| year.len() == 4)?, of(month, 2)?, of(day, 2)?);
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::field::FIELDS;

    #[test]
    fn a_number_may_have_lost_its_zeros_or_its_capitals() {
        assert_eq!(other_writings("1").first().map(String::as_str), Some("01"));
        assert!(other_writings("1").contains(&"0001".to_owned()));
        assert!(other_writings("0001").contains(&"1".to_owned()));
        assert!(!other_writings("0001").contains(&"0001".to_owned()));
        assert_eq!(other_writings("ht-001"), ["HT-001", "ht001"]);
        assert!(other_writings("HT001").contains(&"HT-001".to_owned()));
        assert_eq!(other_writings("Ht-001"), ["HT-001", "Ht001", "ht-001"]);
        for none in ["", "0", "00", "123456789", "合同-1", "2026-1"] {
            assert!(other_writings(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn forms_of_one_value_are_one() {
        for (one, other) in [
            ("１３８ 0000 0001", "13800000001"),
            ("1,000.50", "1000.5"),
            ("+5.0", "5"),
            ("-0.00", "0"),
            ("2026年1月2日", "2026-01-02"),
            ("2026/01/2", "2026.1.2"),
            ("张 三", "张三"),
            ("ﬁrm（甲）", "firm(甲)"),
            ("a\u{200B}b\u{FEFF}", "ab"),
        ] {
            assert_eq!(plain_alone(one), plain_alone(other), "{one} {other}");
        }
        for (one, other) in [
            ("007", "7"),
            ("A", "a"),
            ("1,00", "100"),
            ("1.2.3", "12.3"),
            ("2026-13-01", "2026-1-301"),
            ("1.", "1"),
        ] {
            assert_ne!(plain_alone(one), plain_alone(other), "{one} {other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_told_at_once_is_what_the_long_way_tells(text in "[0-9+,./-]{0,8}|[一丁龥鿿㐀Ａａa-c0-9 ,./年月日+-]{0,10}") {
            proptest::prop_assert_eq!(plain_alone(&text), made_plain(&text));
        }
    }

    #[test]
    fn order_does_not_count_but_parts_do() {
        let write = |values: &[(Part, &str, &str)]| {
            let mut content = Content::default();
            let mut last = None;
            for (part, name, value) in values {
                if last != Some(*part) {
                    content.begin(*part);
                }
                last = Some(*part);
                content.value(name, &Json::from(*value));
            }
            content.take()
        };
        let one = write(&[(Part::Flow, "a", "1"), (Part::Flow, "b", "2")]);
        assert_eq!(one, write(&[(Part::Flow, "b", "2"), (Part::Flow, "a", "1")]));
        assert_ne!(one, write(&[(Part::Flow, "a", "1"), (Part::Approver, "b", "2")]));
        assert_ne!(one, write(&[(Part::Flow, "a", "12"), (Part::Flow, "b", "")]));
    }

    /// What version 1 wrote, and every later program must be able to write: a change here
    /// makes every contract that was ever sent another one.
    #[test]
    fn version_1_is_frozen() {
        let mut content = Content::default();
        content.begin(Part::Flow);
        content.value("flow_name", &Json::from("劳动合同　Ａ"));
        content.value("contract_id", &Json::from("HT-001"));
        let day = jiff::civil::date(2026, 12, 31);
        content.deadline("deadline", When::Civil(day.to_datetime(END_OF_DAY)));
        content.begin(Part::Approver);
        content.value("mobile", &Json::from("13800000001"));
        content.value("pre_read_time", &Json::from(5));
        content.begin(Part::Approver);
        content.deadline("deadline", When::Civil(day.at(18, 0, 0, 0)));
        content.deadline("a", When::Instant(1_798_000_000));
        content.deadline("b", When::Relative("＋30d"));
        content.begin(Part::FormField);
        content.value("薪资", &Json::from("1,000.00"));
        content.value("入职日期", &Json::from("2026年1月2日"));
        content.value("json", &serde_json::json!({"b": [1, "x y"], "a": true}));
        let written = String::from_utf8(content.take()).unwrap();
        assert_eq!(
            written,
            "F11:contract_id6:HT-0018:deadline10:2026-12-319:flow_name13:劳动合同A\
             A6:mobile11:1380000000113:pre_read_time1:5\
             A1:a11:@17980000001:b4:+30d8:deadline19:2026-12-31T18:00:00\
             V4:json23:{1:a4:true1:b8:[1:12:xy12:入职日期10:2026-01-026:薪资4:1000"
        );
        let mut input = Input::default();
        input.file(&[7; 32]);
        input.said("time_zone", "Asia/Shanghai");
        let written = String::from_utf8(input.finish()).unwrap();
        assert_eq!(written, format!("f{}s9:time_zone13:Asia/Shanghai", "07".repeat(32)));
    }

    /// Names of fields are hashed: one that is called otherwise would make every
    /// contract another one.
    #[test]
    fn names_of_fields_are_the_ones_that_were_frozen() {
        let known: Vec<&str> = include_str!("../../tests/data/identity_names.txt").lines().collect();
        for field in FIELDS {
            assert!(known.contains(&field.name), "{} is new: add it to the list", field.name);
            assert_eq!(plain_alone(field.name), field.name, "what Content::field rests on");
        }
        for name in known {
            assert!(FIELDS.iter().any(|field| field.name == name), "{name} must stay, or VERSION rises");
        }
    }
}
