//! What a text must look like to be a name, a mobile, an address, ...

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::domain::field::Kind;
use crate::domain::flow::characters;
use crate::domain::problem::{IdFault, Rule};

use super::normalize;
use super::refusals::{is_noted, plain_of, surely_says_not_to};
use super::vocabulary::{
    BEHIND_WHOLE_NAMES, FOR_ANOTHER, GARBLED, LONG_SURNAMES, NO_NUMBERS, NO_PART_OF_A_NAME, NO_PERSONS,
    NOBODYS_NAMES, NOT_GIVEN_NAMES, NOTES_OF_STATES, PLACEHOLDERS, RELATED, SAY_NO_OF_PAPERS,
    STATES_AS_VALUES, SURNAMES, TITLES, TITLES_BEHIND_SURNAMES, UNDECIDED, UNREACHABLE, VOID_ENDS,
    WHAT_PEOPLE_ARE,
};

pub fn within(text: &str, limit: usize) -> Result<&str, Rule> {
    match characters(text) {
        found if found > limit => Err(Rule::TooLong { limit, found }),
        _ => Ok(text),
    }
}

/// Characters that a save in a narrower encoding, or another font, has eaten.
pub fn lost_characters(kind: Kind, text: &str) -> Option<Rule> {
    let name = matches!(kind, Kind::PersonName | Kind::OrganizationName);
    let nothing_left = text.chars().all(|c| c == '?');
    if text.contains('\u{FFFD}')
        || GARBLED.iter().any(|garbled| text.contains(garbled))
        || (name && text.contains(['?', '？']))
        || nothing_left
        || has_lost_letters(text)
    {
        return Some(Rule::CharactersLost);
    }
    if is_garbled(text) || is_latin_of_gbk(text) || is_latin_of_utf8(text) {
        return Some(Rule::CharactersLost);
    }
    let private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}');
    if text.chars().any(private) {
        return Some(Rule::CharactersPrivate);
    }
    // U+FFFC stands where a picture was.
    let control = |c: &char| (c.is_control() && !matches!(c, '\n' | '\r' | '\t')) || *c == '\u{FFFC}';
    let control = text.chars().find(control);
    control.map(|c| Rule::CharactersNotAllowed { found: format!("U+{:04X}", c as u32) })
}

/// `寮犱笁` for 张三: UTF-8 that was read as GBK. Its bytes are those of Chinese letters once more.
pub fn is_garbled(text: &str) -> bool {
    // What the first two of the three bytes of a Chinese letter are in GBK.
    static BEGINNINGS: LazyLock<HashSet<char>> = LazyLock::new(|| {
        let pairs = (0xE4_u8..=0xE9).flat_map(|lead| (0x80_u8..=0xBF).map(move |next| [lead, next]));
        pairs.filter_map(|pair| encoding_rs::GBK.decode(&pair).0.chars().next()).collect()
    });
    let Some(first) = text.chars().find(|c| !c.is_ascii()).filter(|c| BEGINNINGS.contains(c)) else {
        return false;
    };
    let from = text.find(first).unwrap_or_default();
    let run: String = text[from..].chars().take_while(|c| !c.is_ascii()).collect();
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(&run);
    // A letter may have been cut in two at the end.
    let cut = [0, 1, 2].into_iter().find_map(|cut| {
        let whole = bytes.len().checked_sub(cut)?;
        std::str::from_utf8(&bytes[..whole]).ok()
    });
    let chinese = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c) || ('\u{3000}'..='\u{303F}').contains(&c);
    // Three letters may be a name of their own, unless what they are in GBK begins as names do.
    let is_short = run.chars().count() < 4;
    let is_likely = |read: &str| {
        !is_short
            || read.starts_with(|c| SURNAMES.contains(c))
            || (read.chars().all(is_common) && !run.chars().all(is_common))
    };
    !unmappable
        && cut.is_some_and(|read| read.chars().count() >= 2 && read.chars().all(chinese) && is_likely(read))
}

/// One of the 3,755 letters that GB 2312 has first, by how they sound: nearly all that anybody writes.
fn is_common(c: char) -> bool {
    let letter = c.to_string();
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(&letter);
    !unmappable && matches!(bytes.as_ref(), [0xB0..=0xD7, 0xA1..=0xFE])
}

/// `ÕÅÈý` for 张三, `±±¾©ÊÐ` for 北京市: GBK that was read as Latin-1. Nothing but letters and signs that are no
/// ASCII.
fn is_latin_of_gbk(text: &str) -> bool {
    let letters: Vec<u8> = text.chars().map_while(|c| u8::try_from(u32::from(c)).ok()).collect();
    let is_high = letters.len() == text.chars().count() && letters.iter().all(|byte| *byte >= 0xA1);
    // ×××× is what somebody has crossed out.
    let is_one = letters.iter().all(|byte| Some(byte) == letters.first());
    if !is_high || is_one || letters.len() < 4 {
        return false;
    }
    let (read, _, failed) = encoding_rs::GBK.decode(&letters);
    // One that has lost a letter no longer fits.
    letters.len() >= 6 || (!failed && letters.len() == 4 && read.chars().all(normalize::is_chinese))
}

/// `åŒ—äº¬` for 北京: UTF-8 that was read as Windows-1252, some letters of which may be lost.
fn is_latin_of_utf8(text: &str) -> bool {
    // What Chinese letters and their marks begin with.
    let begins = |c: char| matches!(c, 'ã'..='ï');
    if !text.contains(begins) || text.chars().any(normalize::is_chinese) {
        return false;
    }
    let goes_on = |c: char| {
        let letter = c.to_string();
        let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&letter);
        !unmappable && matches!(bytes.as_ref(), [0x80..=0xBF])
    };
    // Each Chinese letter has three bytes: é® is none.
    let letters: Vec<char> = text.chars().collect();
    let is_letter = |own: &&[char]| begins(own[0]) && goes_on(own[1]) && goes_on(own[2]);
    let found = letters.windows(3).filter(is_letter).count();
    found > 1 || (found == 1 && !text.bytes().any(|byte| byte.is_ascii_alphabetic()))
}

/// `北京????`, `??市??区`, `北?市朝?区`: an encoding had no place for some of the letters. 是否住校?是 asks.
fn has_lost_letters(text: &str) -> bool {
    const ASKS: [&str; 8] = ["是否", "有无", "吗", "呢", "几", "什么", "怎", "谁"];
    if !text.contains('?') || !text.chars().any(normalize::is_chinese) || text.contains("://") {
        return false;
    }
    // 真棒??? and 语文?数学?英语 are whole.
    let runs = text.split(|c| c != '?').filter(|run| run.len() > 1);
    let (several, longest) = (runs.clone().count() > 1, runs.map(str::len).max().unwrap_or(0));
    let pieces: Vec<&str> = text.split('?').collect();
    let is_letter = |piece: &&&str| piece.chars().count() == 1 && piece.chars().all(normalize::is_chinese);
    let has_letters = pieces.len() > 2 && pieces.iter().filter(is_letter).count() > 1;
    several || longest > 3 || (has_letters && !ASKS.iter().any(|word| text.contains(word)))
}

/// `何静（离职）`, `何静 已离职`, `13800138000（空号）`: what is noted behind a value, where it says that nothing is to be
/// sent, or not to this one.
fn state_behind(text: &str) -> Option<String> {
    const BEFORE: [char; 16] =
        ['(', '（', '[', '【', '-', '—', '－', ' ', '\u{3000}', '，', ',', '/', '、', '\n', '：', ':'];
    if text.is_ascii() {
        return None;
    }
    let bare = text.trim_end_matches([')', '）', ']', '】', ' ']);
    // 13800138000停机.
    let behind_digits = || {
        let note = bare.trim_start_matches(|c: char| c.is_ascii_digit());
        Some((bare.strip_suffix(note)?, note))
    };
    let (value, note) = bare.rsplit_once(BEFORE).or_else(behind_digits)?;
    let says = is_noted(note)
        || SAY_NO_OF_PAPERS.contains(&note)
        || NO_PART_OF_A_NAME.contains(&note)
        || UNREACHABLE.contains(&note)
        || FOR_ANOTHER.contains(&note);
    (!value.trim().is_empty() && says && !RELATED.contains(&note)).then(|| note.to_owned())
}

pub fn person_name(text: &str) -> Result<&str, Rule> {
    // What a formula leaves that should have found somebody.
    if matches!(text, "TRUE" | "FALSE") {
        return Err(Rule::LeftOver);
    }
    if text.contains(['*', '＊', '×', '〇']) && text.chars().any(|c| matches!(c, '*' | '＊' | '×')) {
        return Err(Rule::Masked);
    }
    // 何静（离职）, 何静 已离职.
    if let Some(found) = state_behind(text) {
        return Err(Rule::SaysState { found });
    }
    let two_names = normalize::is_chinese_name(text) && text.contains(char::is_whitespace);
    if two_names || text.contains(['、', '，', ',', '/', ';', '；', '\n', '|', '+', '&']) {
        return Err(Rule::SeveralValues);
    }
    // 作废, 不签.
    if says_of_its_contract(text) {
        return Err(Rule::SaysState { found: text.to_owned() });
    }
    // `张伟-已签`: somebody has noted how far it is.
    let notes = NOTES_OF_STATES;
    if text.split_once('-').is_some_and(|(_, note)| notes.iter().any(|own| note.starts_with(own))) {
        return Err(Rule::CharactersNotAllowed { found: "-".to_owned() });
    }
    let is_chinese = normalize::is_chinese_name(text);
    // No Chinese name has a hyphen or a title, and 〇〇 and 某某 stand for what is not said.
    if is_chinese && text.contains('-') {
        return Err(Rule::SeveralValues);
    }
    let title = NO_PART_OF_A_NAME.iter().find(|word| is_chinese && text.ends_with(**word));
    if let Some(title) = title.filter(|title| text.len() > title.len()) {
        if is_noted(title) {
            return Err(Rule::SaysState { found: (*title).to_owned() });
        }
        return Err(Rule::CharactersNotAllowed { found: (*title).to_owned() });
    }
    let whose = BEHIND_WHOLE_NAMES.iter().find(|word| {
        text.strip_suffix(**word)
            .is_some_and(|rest| is_chinese && rest.chars().count() > 1 && !LONG_SURNAMES.contains(&rest))
    });
    if let Some(found) = whose {
        return Err(Rule::CharactersNotAllowed { found: (*found).to_owned() });
    }
    // 员工李四, 组长王芳: what somebody is, before his name.
    if let Some(found) = WHAT_PEOPLE_ARE.iter().find(|word| {
        let rest = text.strip_prefix(**word).filter(|rest| (2..=3).contains(&rest.chars().count()));
        rest.is_some_and(|rest| is_chinese && rest.starts_with(|c| SURNAMES.contains(c)))
    }) {
        return Err(Rule::CharactersNotAllowed { found: (*found).to_owned() });
    }
    // 李某.
    let is_unsaid = is_chinese && text.chars().count() == 2 && text.ends_with('某');
    let hides = is_unsaid || text.ends_with("某某") || text.contains("〇〇") || ends_in_crosses(text);
    if hides {
        return Err(Rule::Masked);
    }
    // What a Chinese name becomes that was read in another encoding.
    if let Some(odd) = text.chars().find(|c| is_of_another_script(*c)) {
        return Err(Rule::CharactersNotAllowed { found: odd.to_string() });
    }
    let belongs = |c: char| {
        c.is_alphabetic()
            || c == '〇'
            || matches!(c, '·' | ' ' | '.' | '\'' | '’' | '-' | '\u{300}'..='\u{36F}')
    };
    if let Some(odd) = text.chars().find(|c| !belongs(*c)) {
        return Err(Rule::CharactersNotAllowed { found: odd.to_string() });
    }
    Ok(text)
}

/// `王经理`, `小李`, `李`: what somebody is called, and no name.
pub fn titled(text: &str) -> Option<Rule> {
    title_of(text).map(|title| Rule::NameTitled { title: title.to_owned() })
}

/// What of a name is a title; a surname alone is all of it.
pub fn title_of(text: &str) -> Option<&str> {
    // Of three bytes each, as every Chinese character of the usual ones is.
    if text.len() <= 3 && text.chars().all(normalize::is_chinese) {
        return Some(text);
    }
    let is_chinese = || normalize::is_chinese_name(text);
    if text.len() == 6 && NOT_GIVEN_NAMES.iter().any(|word| text.starts_with(word)) {
        let called = text.chars().nth(1).filter(|own| SURNAMES.contains(*own));
        return called.map(|_| text);
    }
    let is_title = |title: &&&str| text.ends_with(**title);
    // Somebody may be called 李部.
    let is_post = |post: &&&str| is_title(post) && (post.len() > 3 || text.len() > 6);
    let nobody = NOBODYS_NAMES.iter().find(|word| **word == text);
    let behind_surname = || {
        let known = text.starts_with(|c| SURNAMES.contains(c));
        TITLES_BEHIND_SURNAMES
            .iter()
            .find(|title| known && text.ends_with(**title) && (title.len() > 3 || text.len() == 6))
    };
    let title = nobody
        .or_else(|| TITLES.iter().find(is_title))
        .or_else(behind_surname)
        .or_else(|| NO_PERSONS.iter().find(is_post))?;
    is_chinese().then_some(title)
}

/// `王大锤`, `王小明版13800138000`: what a log does not show, although no cell of a name holds it.
pub fn may_be_personal(value: &str) -> bool {
    let has_number = value.split(|c: char| !c.is_ascii_alphanumeric()).any(is_persons_number);
    let is_short = (2..=4).contains(&value.chars().count());
    let is_name = is_short && value.starts_with(|c| SURNAMES.contains(c));
    has_number || (is_name && value.chars().all(normalize::is_chinese))
}

/// 作废, 已签, 先不签: where a value would stand, what becomes of its contract.
pub fn says_of_its_contract(text: &str) -> bool {
    // Nearly every value holds neither of these letters.
    STATES_AS_VALUES.contains(&text) || (text.contains(['签', '发']) && surely_says_not_to(&plain_of(text)))
}

/// `A2(作废)`, `A2-作废`: the value of something that holds no more; 作废 alone has nothing before it.
pub fn ends_void(text: &str) -> bool {
    let bare = text.trim_end_matches([')', '）', ']', '】']);
    let last = bare.rsplit(['(', '（', '[', '【', '-']).next().unwrap_or_default();
    last.len() < bare.len() && VOID_ENDS.contains(&last)
}

/// `张XX`: its letters are crosses.
fn ends_in_crosses(text: &str) -> bool {
    let bare = text.trim_end_matches(['x', 'X', 'Ｘ', 'ｘ']);
    bare.len() < text.len() && bare.chars().next_back().is_some_and(normalize::is_chinese)
}

/// Greek, Cyrillic, Armenian, Hebrew, Arabic, kana: no name in a Chinese register.
fn is_of_another_script(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{6FF}' | '\u{3040}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9F}') && c != '・'
}

/// What people write where there is nothing.
pub fn is_placeholder(kind: Kind, text: &str) -> bool {
    let wants_a_value = matches!(
        kind,
        Kind::PersonName
            | Kind::OrganizationName
            | Kind::Mobile
            | Kind::IdNumber
            | Kind::TemplateId
            | Kind::OpenId { .. }
            | Kind::Url { .. }
            | Kind::Email
            | Kind::Key
    );
    let word = text.to_lowercase();
    wants_a_value
        && (word.chars().all(|c| !c.is_alphanumeric() && !matches!(c, '*' | '＊' | '×'))
            || is_placeholder_word(&word)
            || (kind == Kind::Key && is_no_number(&word)))
}

/// `系统生成`, `HT-2026-`, `HT-xxx`: what stands where a number of a contract is still to come. In
/// lower case.
fn is_no_number(word: &str) -> bool {
    let is_begun = word.chars().count() > 1 && word.ends_with(['-', '_', '－', '—']);
    let is_crossed = word.contains("xxx") || word.contains("***") || word.contains("___");
    NO_NUMBERS.contains(&word) || is_begun || is_crossed
}

/// In lower case.
pub fn is_placeholder_word(word: &str) -> bool {
    PLACEHOLDERS.contains(&word) || UNDECIDED.contains(&word)
}

pub fn word(text: &str) -> Result<&str, Rule> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || c == '_' || normalize::is_chinese(c);
    match text.chars().find(|c| !allowed(*c)) {
        Some(found) => Err(Rule::CharactersNotAllowed { found: found.to_string() }),
        None => Ok(text),
    }
}

/// `张伟和王芳`.
pub fn like_two_names(text: &str) -> Option<Rule> {
    const LONGEST_NAME: usize = 4;
    let letters: Vec<char> = text.chars().collect();
    let is_chinese = letters.len() > LONGEST_NAME && letters.iter().all(|c| normalize::is_chinese(*c));
    let (first, last) = (2, letters.len().saturating_sub(2));
    let joins = |at: usize| letters.get(at).is_some_and(|c| matches!(c, '和' | '与' | '及' | '跟'));
    (is_chinese && (first..last).any(joins)).then_some(Rule::NameLikeTwo)
}

/// What is longer than such a value usually is: no limit is documented.
pub fn very_long(text: &str, usual: usize) -> Vec<Rule> {
    match characters(text) {
        found if found > usual => vec![Rule::VeryLong { usual, found }],
        _ => Vec::new(),
    }
}

pub fn unusual_name(text: &str) -> Vec<Rule> {
    let usual = |c: char| {
        c.is_ascii_alphanumeric()
            || normalize::is_chinese(c)
            || matches!(c, '_' | ' ' | '(' | ')' | '[' | ']' | '-' | ',' | ';' | '.' | '&' | '+')
            || matches!(
                c,
                '（' | '）'
                    | '【'
                    | '】'
                    | '《'
                    | '》'
                    | '、'
                    | '，'
                    | '。'
                    | '；'
                    | '：'
                    | '！'
                    | '？'
                    | '“'
                    | '”'
                    | '‘'
                    | '’'
                    | '—'
                    | '…'
                    | '·'
                    | '「'
                    | '」'
                    | '〔'
                    | '〕'
            )
    };
    text.chars()
        .find(|c| !usual(*c))
        .map(|c| Rule::FlowNameUnusual { found: c.to_string() })
        .into_iter()
        .collect()
}

/// A mobile, an ID number or a permit of Hong Kong and Macao, as people write them:
/// `+86 138-0013-8000`, `１３８００１３８０００`, `H12345678`.
pub fn is_persons_number(text: &str) -> bool {
    // As nearly all are written.
    if text.len() == 11 && text.starts_with('1') && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    const LONGEST: usize = 20;
    let mut kept = [0_u8; LONGEST];
    let mut length = 0;
    for c in text.chars() {
        let c = super::columns::half_width(c);
        if matches!(c, ' ' | '-' | '+' | '(' | ')' | '\'') || crate::domain::cell::is_space_like(c) {
            continue;
        }
        let Some(place) = kept.get_mut(length).filter(|_| c.is_ascii_alphanumeric()) else { return false };
        *place = (c as u8).to_ascii_uppercase();
        length += 1;
    }
    let kept = kept.get(..length).unwrap_or_default();
    let all_digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    let without = |prefix: &[u8]| kept.strip_prefix(prefix).filter(|rest| rest.len() == 11);
    let mobile = without(b"0086").or_else(|| without(b"86")).unwrap_or(kept);
    match kept {
        _ if mobile.len() == 11 && mobile.first() == Some(&b'1') => all_digits(mobile),
        [b'H' | b'M', rest @ ..] => matches!(rest.len(), 8 | 10) && all_digits(rest),
        [rest @ .., last] if rest.len() == 17 => all_digits(rest) && (last.is_ascii_digit() || *last == b'X'),
        _ => false,
    }
}

pub fn mobile(text: &str) -> Result<&str, Rule> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let crosses =
        text.chars().all(|c| !c.is_alphabetic() || matches!(c, 'x' | 'X')) && text.contains(['x', 'X', '#']);
    if text.contains(['*', '＊']) || (digits < 11 && crosses) {
        return Err(Rule::Masked);
    }
    if is_scientific(text) {
        return Err(Rule::Scientific);
    }
    if digits >= 18 {
        return Err(Rule::SeveralValues);
    }
    if let Some(found) = state_behind(text) {
        return Err(Rule::SaysState { found });
    }
    if text.starts_with('+') || text.starts_with("00") {
        return Err(Rule::MobileForeign);
    }
    let bytes = text.as_bytes();
    let well = bytes.len() == 11 && digits == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]);
    if well { Ok(text) } else { Err(Rule::MobileForm) }
}

pub fn id_number(text: &str) -> Result<&str, Rule> {
    if text.contains(['*', '＊']) {
        return Err(Rule::Masked);
    }
    if is_scientific(text) {
        return Err(Rule::IdNumberRounded);
    }
    if text.chars().filter(char::is_ascii_alphanumeric).count() >= 30 {
        return Err(Rule::SeveralValues);
    }
    // Which of the two forms it must have depends on the card's type: see `rules`.
    if text.chars().all(|c| c.is_ascii_alphanumeric()) {
        Ok(text)
    } else {
        Err(Rule::IdNumber { fault: IdFault::Characters })
    }
}

/// `待定`, `TBD`: the value is not known yet.
pub fn is_undecided(text: &str) -> bool {
    const LONGEST: usize = 12;
    text.len() <= LONGEST && UNDECIDED.contains(&text.to_lowercase().as_str())
}

/// The same with the `+` that Excel writes: in a key `1E5` may be meant.
pub fn is_written_by_excel(text: &str) -> bool {
    let rounded = |text: &str| {
        // Python and Java write it without the plus, or with a small letter.
        let mantissa = text.split_once(['E', 'e']).map(|(mantissa, _)| mantissa);
        mantissa.is_some_and(|mantissa| mantissa.contains('.'))
    };
    (text.contains("E+") || text.contains("e+") || rounded(text)) && is_scientific(text)
}

/// `6222021234567890000`: a number of which a program has kept fifteen digits.
pub fn has_lost_its_end(text: &str) -> bool {
    text.len() > 18 && has_lost_some(text)
}

/// The same of 17 digits or more, of which one in a hundred ends so by itself.
pub fn has_lost_some(text: &str) -> bool {
    const KEPT: usize = 15;
    (KEPT + 2..=KEPT + 5).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && text.bytes().skip(KEPT).all(|byte| byte == b'0')
}

/// `1.38E+10`, `1.10101199E+17`.
fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.trim_start_matches('+');
    !mantissa.is_empty()
        && !exponent.is_empty()
        && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && exponent.bytes().all(|b| b.is_ascii_digit())
}

pub fn url(text: &str) -> Result<&str, Rule> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let well = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
        && !text.contains(char::is_whitespace);
    if well { Ok(text) } else { Err(Rule::Url) }
}

/// `138****8000`: the whole of it a number that is not whole.
pub fn is_masked_number(text: &str) -> bool {
    let star = |c: char| matches!(c, '*' | '＊');
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 4
        && (text.contains("***") || text.contains("＊＊＊"))
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| star(c) || c.is_ascii_digit() || matches!(c, 'X' | 'x' | ' ' | '-'))
}

/// The API's text components take no emoji.
pub fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{20E3}')
        && !matches!(c, '√' | '×' | '☆' | '★' | '☐' | '☑' | '☒' | '✓' | '✔')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_another_encoding_are_no_value() {
        let kind = Kind::Text { limit: usize::MAX };
        for text in [
            "±±¾©ÊÐ³¯ÑôÇø", "¹¤³ÌÊ¦", "ÏúÊÛ¾Àí", "åŒ—äº¬å¸‚", "äººæ°‘å¸æŒ", "北京????", "北?市朝?区",
            "??市??区", "烫烫烫",
        ] {
            assert_eq!(lost_characters(kind, text), Some(Rule::CharactersLost), "{text}");
        }
        for text in [
            "北京市",
            "Café Été",
            "±5℃",
            "××××",
            "§1",
            "是否同意?",
            "真的??",
            "真棒???",
            "语文?数学?英语",
            "OK??好",
            "是否住校?是；是否走读?否",
            "有无病史?无 有无过敏?无",
            "Nestlé® Nescafé®",
            "“Café” & “Pâté”",
            "https://x.cn/s?关键词=北京&ret=/p?城市=上海",
            "Crème brûlée",
            "10°C～20°C",
        ] {
            assert_eq!(lost_characters(kind, text), None, "{text}");
        }
    }
}
