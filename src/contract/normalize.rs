//! Harmless spoilings of a cell, put right and named. What cannot be put right
//! without guessing is left for the rules.

use crate::domain::cell::is_space_like;
use crate::domain::problem::Correction;

use super::columns::half_of_full;
use super::vocabulary::{LONG_SURNAMES, MOBILE_LABELS, NOTES_BEFORE_NAMES, NOTES_BESIDE_NAMES};

/// A text on its way to being clean, with what was done to it.
pub struct Cleaned {
    pub text: String,
    pub done: Vec<Correction>,
}

impl Cleaned {
    fn apply(&mut self, what: Correction, new: String) {
        if new != self.text {
            self.text = new;
            if !self.done.contains(&what) {
                self.done.push(what);
            }
        }
    }
}

/// What is done to every cell: marks that cannot be seen, `="..."`, a leading
/// apostrophe, space around the text.
pub fn clean(text: &str) -> Cleaned {
    let mut cleaned = Cleaned { text: text.to_owned(), done: Vec::new() };
    if is_clean(text) {
        return cleaned;
    }
    // The line break of another system is no spoiling.
    cleaned.text = cleaned.text.replace("\r\n", "\n").replace('\r', "\n");
    let visible: String = cleaned.text.chars().filter(|c| c.is_whitespace() || !is_space_like(*c)).collect();
    cleaned.apply(Correction::Invisible, visible);
    let trimmed = cleaned.text.trim().to_owned();
    cleaned.apply(Correction::Spaces, trimmed);
    if let Some(inner) = cleaned.text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        let inner = inner.trim().to_owned();
        cleaned.apply(Correction::EqualsQuote, inner);
    }
    // '90后' is a quotation.
    if let Some(rest) = cleaned.text.strip_prefix('\'').filter(|rest| !rest.contains(['\'', '’'])) {
        let rest = rest.trim().to_owned();
        cleaned.apply(Correction::Apostrophe, rest);
    }
    cleaned
}

/// ⼩ for 小 in a name, as it is copied from a PDF.
pub fn radicals(cleaned: &mut Cleaned) {
    if cleaned.text.chars().any(is_a_radical) {
        let letters = cleaned.text.chars().map(letter_of).collect();
        cleaned.apply(Correction::Radicals, letters);
    }
}

/// ⼩ of a PDF, which looks like 小.
fn is_a_radical(c: char) -> bool {
    matches!(c, '\u{2F00}'..='\u{2FD5}')
}

fn letter_of(c: char) -> char {
    let mut buffer = [0; 4];
    let known = is_a_radical(c).then(|| {
        icu_normalizer::ComposingNormalizerBorrowed::new_nfkc().normalize(c.encode_utf8(&mut buffer))
    });
    known.and_then(|letter| letter.chars().next()).unwrap_or(c)
}

/// Printable ASCII and Chinese characters, with nothing at the ends to take off.
fn is_clean(text: &str) -> bool {
    let plain = text.chars().all(|c| matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}'));
    plain && !text.starts_with([' ', '=', '\'']) && !text.ends_with(' ')
}

/// `８` -> `8`, `Ａ` -> `A`, and the spaces and dashes that people group digits
/// with are dropped.
pub fn digits(cleaned: &mut Cleaned) {
    let half: String = cleaned.text.chars().map(half_of_full).collect();
    cleaned.apply(Correction::FullWidth, half);
    let joined: String = cleaned
        .text
        .chars()
        .enumerate()
        // In front it is no separator but a minus.
        .filter(|(at, c)| {
            let dash = matches!(c, '-' | '‐' | '‑' | '–' | '—' | '－');
            !c.is_whitespace() && (!dash || *at == 0)
        })
        .map(|(_, c)| c)
        .collect();
    cleaned.apply(Correction::Separators, joined);
    // What a program that took the column for numbers leaves: 13800138000.0
    if let Some(whole) = cleaned.text.strip_suffix(".0").or_else(|| cleaned.text.strip_suffix(".00"))
        && whole.bytes().all(|b| b.is_ascii_digit())
    {
        let whole = whole.to_owned();
        cleaned.apply(Correction::TrailingZero, whole);
    }
}

pub fn mobile(cleaned: &mut Cleaned) {
    // 1-312-555-0100 is a number of another country.
    if is_american(&cleaned.text) {
        return;
    }
    digits(cleaned);
    without_words(cleaned);
    for prefix in ["(+86)", "(86)", "+86", "0086", "86"] {
        if let Some(rest) = cleaned.text.strip_prefix(prefix)
            && rest.len() == 11
            && rest.starts_with('1')
        {
            let rest = rest.to_owned();
            cleaned.apply(Correction::Prefix86, rest);
            break;
        }
    }
}

/// `1-650-555-0100`, `1 415 555 0100`: eleven digits by one, three, three and four.
fn is_american(text: &str) -> bool {
    let groups: Vec<&str> = text.split(['-', '.', ' ', '(', ')']).filter(|group| !group.is_empty()).collect();
    let digits = groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()));
    digits && groups.iter().map(|group| group.len()).eq([1, 3, 3, 4]) && groups.first() == Some(&"1")
}

/// `手机:13800138000`, `13800138000（微信同号）`, `13800138000;`: words and marks around one
/// number that say nothing of whose it is.
fn without_words(cleaned: &mut Cleaned) {
    let mut bare = cleaned.text.trim_end_matches([';', ',', '。', '、', '.']);
    let is_number = |text: &str| {
        let digits = text.strip_prefix('+').unwrap_or(text);
        digits.len() >= 11 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    if let Some((number, note)) = bare.strip_suffix(')').and_then(|rest| rest.split_once('('))
        && is_number(number)
        // 13800138000(13900139000) is two.
        && note.chars().any(char::is_alphabetic)
        && super::notes::is_a_note(&note.to_lowercase())
    {
        bare = number;
    }
    if let Some((word, number)) = bare.split_once(':')
        && MOBILE_LABELS.contains(&word.to_lowercase().as_str())
    {
        bare = number;
    }
    if is_number(bare) && bare != cleaned.text {
        let bare = bare.to_owned();
        cleaned.apply(Correction::Words, bare);
    }
}

pub fn id_number(cleaned: &mut Cleaned) {
    digits(cleaned);
    let upper = cleaned.text.to_ascii_uppercase();
    cleaned.apply(Correction::UpperX, upper);
}

/// What a link in a cell begins with is no part of the address.
pub fn email(cleaned: &mut Cleaned) {
    if let Some(address) = cleaned.text.get(..7).filter(|head| head.eq_ignore_ascii_case("mailto:")) {
        let rest = cleaned.text[address.len()..].trim().to_owned();
        cleaned.apply(Correction::Mailto, rest);
    }
}

/// A name stands in one line.
pub fn one_line(cleaned: &mut Cleaned) {
    let lines: Vec<&str> = cleaned.text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > 1 {
        let chinese = lines.iter().all(|line| line.chars().next().is_some_and(is_chinese));
        let joined = lines.join(if chinese { "" } else { " " });
        cleaned.apply(Correction::Spaces, joined);
    }
}

/// Full-width letters and digits are typed by accident; brackets and marks are not touched.
pub fn key(cleaned: &mut Cleaned) {
    let half = cleaned.text.chars().map(|c| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' | '＿' => half_of_full(c),
        _ => c,
    });
    let half = half.collect();
    cleaned.apply(Correction::FullWidth, half);
}

/// Chinese names hold no spaces; names of minorities have one kind of dot.
pub fn person_name(cleaned: &mut Cleaned) {
    let is_latin = cleaned.text.contains(|c: char| half_of_full(c).is_ascii_alphabetic());
    let half = cleaned.text.chars().map(|c| match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half_of_full(c),
        '\u{3000}' if is_latin => ' ',
        _ => c,
    });
    let half = half.collect();
    cleaned.apply(Correction::FullWidth, half);
    without_punctuation(cleaned);
    let chinese = cleaned.text.chars().all(|c| is_chinese(c) || c == '.' || c.is_whitespace());
    let dotted: String = cleaned
        .text
        .chars()
        .map(|c| {
            if matches!(c, '•' | '‧' | '∙' | '・' | '･' | '⋅' | '●' | '．' | '˙' | '﹒')
                || (c == '.' && chinese)
            {
                '·'
            } else {
                c
            }
        })
        .collect();
    cleaned.apply(Correction::Dot, dotted);
    if is_chinese_name(&cleaned.text) && cleaned.text.contains('·') {
        let parts: Vec<&str> = cleaned.text.split('·').map(str::trim).collect();
        let joined = parts.join("·");
        cleaned.apply(Correction::Spaces, joined);
    }
    if !holds_two_names(&cleaned.text) {
        join_chinese(cleaned);
    }
}

/// `张三，` and `李四。`: what is left of a list or a sentence. The point of `Jr.` belongs to
/// a name, and so does whatever stands within one.
fn without_punctuation(cleaned: &mut Cleaned) {
    let chinese = is_chinese_name(&cleaned.text);
    let is_left_over = |c: char| {
        matches!(c, '，' | ',' | '。' | '、' | '；' | ';' | '：' | ':' | '．')
            || (chinese && c == '.')
            || c.is_whitespace()
    };
    let bare = cleaned.text.trim_matches(is_left_over);
    if !bare.is_empty() {
        let bare = bare.to_owned();
        cleaned.apply(Correction::Punctuation, bare);
    }
}

/// Registered names have full-width brackets.
pub fn organization_name(cleaned: &mut Cleaned) {
    if cleaned.text.chars().any(is_chinese) {
        let bracketed = cleaned.text.replace('(', "（").replace(')', "）");
        cleaned.apply(Correction::Brackets, bracketed);
    }
    join_chinese(cleaned);
}

/// `张三 李四`: a space that stands between two whole names is not a stray one.
/// `张 三` and `欧阳 娜娜` are one.
fn holds_two_names(text: &str) -> bool {
    let whole = |piece: &str| piece.chars().count() >= 2 && !LONG_SURNAMES.contains(&piece);
    let pieces: Vec<&str> = text.split_whitespace().collect();
    // `张三 男`, `新 张三`: a note beside a whole name.
    let is_note = |piece: &str| NOTES_BESIDE_NAMES.contains(piece) && piece.chars().count() == 1;
    match pieces.as_slice() {
        // 代 小红 and 新 小明 are somebody's names.
        [one, other] if whole(one) && is_note(other) => true,
        [one, other] if is_note(one) && NOTES_BEFORE_NAMES.contains(one) && whole(other) => true,
        [first, rest @ ..] => whole(first) && rest.iter().any(|piece| piece.chars().count() >= 2),
        [] => false,
    }
}

/// Chinese characters and no letters.
pub fn is_chinese_name(text: &str) -> bool {
    text.chars().any(is_chinese) && !text.chars().any(|c| c.is_ascii_alphabetic())
}

fn join_chinese(cleaned: &mut Cleaned) {
    if is_chinese_name(&cleaned.text) {
        let joined: String = cleaned.text.chars().filter(|c| !c.is_whitespace()).collect();
        cleaned.apply(Correction::Spaces, joined);
    }
}

/// `是`, `TRUE`, `１`.
pub fn to_half_width(text: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    text.chars().map(half_of_full).collect()
}

pub fn is_chinese(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, step: fn(&mut Cleaned)) -> (String, Vec<Correction>) {
        let mut cleaned = clean(text);
        step(&mut cleaned);
        (cleaned.text, cleaned.done)
    }

    /// (text, step, what it becomes, what is told)
    type Case = (&'static str, fn(&mut Cleaned), &'static str, &'static [Correction]);

    #[test]
    fn harmless_spoilings_are_put_right_and_named() {
        use Correction::*;
        let cases: &[Case] = &[
            ("张三", person_name, "张三", &[]),
            ("张 三 ", person_name, "张三", &[Spaces]),
            ("张\u{200B}三", person_name, "张三", &[Invisible]),
            ("John Smith", person_name, "John Smith", &[]),
            ("买买提•艾力", person_name, "买买提·艾力", &[Dot]),
            ("买买提.艾力", person_name, "买买提·艾力", &[Dot]),
            ("张三 李四", person_name, "张三 李四", &[]),
            ("张三，", person_name, "张三", &[Punctuation]),
            ("李四。", person_name, "李四", &[Punctuation]),
            ("、王五.", person_name, "王五", &[Punctuation]),
            ("张三，李四", person_name, "张三，李四", &[]),
            ("John Smith Jr.", person_name, "John Smith Jr.", &[]),
            ("John Smith,", person_name, "John Smith", &[Punctuation]),
            ("买买提 · 艾力", person_name, "买买提·艾力", &[Spaces]),
            ("买买提 . 艾力", person_name, "买买提·艾力", &[Dot, Spaces]),
            ("。", person_name, "。", &[]),
            ("张\n三", person_name, "张三", &[Spaces]),
            ("ＺＨＡＮＧ", person_name, "ZHANG", &[FullWidth]),
            ("John　Smith", person_name, "John Smith", &[FullWidth]),
            ("ＨＴ－００１", key, "HT-001", &[FullWidth]),
            ("138 0013-8000", mobile, "13800138000", &[Separators]),
            ("+8613800138000", mobile, "13800138000", &[Prefix86]),
            ("１３８００１３８０００", mobile, "13800138000", &[FullWidth]),
            ("-13800138000", mobile, "-13800138000", &[]),
            ("13800138000（微信同号）", mobile, "13800138000", &[FullWidth, Words]),
            ("13800138000（紧急联系人）", mobile, "13800138000(紧急联系人)", &[FullWidth]),
            ("13800138000;", mobile, "13800138000", &[Words]),
            ("手机:13800138000", mobile, "13800138000", &[Words]),
            ("tel:+8613800138000", mobile, "13800138000", &[Words, Prefix86]),
            ("配偶:13800138000", mobile, "配偶:13800138000", &[]),
            ("劳动合同\n张三", one_line, "劳动合同张三", &[Spaces]),
            ("NDA\r\n2026", one_line, "NDA 2026", &[Spaces]),
            ("13800138000.0", mobile, "13800138000", &[TrailingZero]),
            ("'13800138000", mobile, "13800138000", &[Apostrophe]),
            ("=\"13800138000\"", mobile, "13800138000", &[EqualsQuote]),
            ("11010119900307001x", id_number, "11010119900307001X", &[UpperX]),
            ("某某(深圳)有限公司", organization_name, "某某（深圳）有限公司", &[Brackets]),
            ("ACME (Asia) Ltd", organization_name, "ACME (Asia) Ltd", &[]),
        ];
        for (text, step, expected, done) in cases {
            let (result, corrections) = run(text, *step);
            assert_eq!(result, *expected, "{text}");
            assert_eq!(corrections, *done, "{text}");
        }
    }
}
