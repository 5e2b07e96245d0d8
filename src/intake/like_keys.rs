//! Numbers of contracts that look the same and are written otherwise: HT-001, HT—001 and ht-001
//! are three contracts for a program, and one for whoever wrote them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::contract::columns::{half_width, names_a_counterparty, party_of};
use crate::contract::source_row::SourceRow;
use crate::contract::texts::has_lost_some;
use crate::contract::vocabulary::{
    CHINESE_NUMBERS, ENDS_OF_BATCHES, ENDS_OF_WORDS_FOR_NUMBERS, PARTIES, ROLES_IN_TURN, SHORT_PARTIES,
    SIGNER_WORDS, WORDS_FOR_NUMBERS,
};
use crate::domain::cell::is_space_like;
use crate::domain::problem::{Problem, Rule};

use super::noted::MOST_ROWS;
use super::rows::Seen;
use super::survey::orders::is_role_column;

/// Numbers in another writing that are remembered.
const MOST_ODD: usize = 100_000;

#[derive(Default)]
pub struct LikeKeys {
    /// Of the contract before: its number, its sheet and its row.
    last: String,
    sheet: Option<Arc<str>>,
    row: u32,
    /// Hashes of what numbers in another writing would be in the usual one.
    odd: HashSet<u64>,
    found: Option<Problem>,
    rows: Vec<u32>,
    count: u64,
    /// A long number that ends in zeros and holds rows together.
    rounded: Option<Problem>,
    /// 补签, 12月: a word that holds rows together and is no number.
    word: Option<Problem>,
    /// HT, 2026, 第一批: what may be counted, or begin a number. It is told where it stands in all rows.
    of_the_list: Option<Problem>,
    contracts: u64,
    /// Z1-甲方 and Z1-乙方, one below the other.
    parties: Option<Problem>,
    /// Numbers that hold rows together, and how many of them end so.
    joined: u64,
    of_zeros: u64,
    /// Of several sheets, what the numbers look like.
    sheets: Option<Sheets>,
}

/// What the numbers of several sheets look like.
#[derive(Default)]
struct Sheets {
    names: Vec<Option<Arc<str>>>,
    /// Hash of what a number looks like -> the place of the sheet that had it first.
    seen: Seen<u32>,
    /// By the sheet: what was found of its numbers.
    found: Vec<(Option<Arc<str>>, Problem)>,
}

impl Sheets {
    /// A number that no contract before had. `looks_like`: hashes of what it looks like.
    fn add(&mut self, key: &str, row: &SourceRow, looks_like: [u64; 2]) {
        let is_last = self.names.last() == Some(&row.sheet);
        let own = match is_last {
            true => self.names.len() - 1,
            false => self.names.iter().position(|name| *name == row.sheet).unwrap_or_else(|| {
                self.names.push(row.sheet.clone());
                self.names.len() - 1
            }),
        };
        let Ok(own) = u32::try_from(own) else { return };
        let known = looks_like.map(|hash| self.seen.get_or_store(hash, own));
        let Some(first) = known.into_iter().flatten().find(|first| *first != own) else { return };
        let other = usize::try_from(first).ok().and_then(|first| self.names.get(first)?.clone());
        let at = self.found.iter().position(|(sheet, _)| *sheet == row.sheet).unwrap_or_else(|| {
            let sheet = Some(other.as_deref().unwrap_or_default().to_owned());
            let rule = |value, header| {
                let (sheet, rows) = (sheet.clone(), Vec::new());
                Rule::NumbersAlike { value, header, sheet, rows, count: 0 }
            };
            self.found.push((row.sheet.clone(), of_number(key, row, rule)));
            self.found.len() - 1
        });
        if let Some((_, Problem { rule: Rule::NumbersAlike { rows, count, .. }, .. })) =
            self.found.get_mut(at)
        {
            *count += 1;
            if rows.len() < MOST_ROWS {
                rows.push(row.row.number);
            }
        }
    }
}

impl LikeKeys {
    /// `sheets`: how many are read.
    pub fn new(sheets: usize) -> Self {
        Self { sheets: (sheets > 1).then(Sheets::default), ..Self::default() }
    }

    /// A number of several rows. Where a program has kept fifteen digits of it they are strangers.
    pub fn joins(&mut self, key: &str, first: &SourceRow) {
        self.joined += 1;
        let word = |for_all: bool| {
            of_number(key, first, |value, header| Rule::NumberIsWord { value, header, for_all })
        };
        if first.mapping.key.is_none() && is_a_word(key) {
            self.word.get_or_insert_with(|| word(false));
        } else if first.mapping.key.is_none() && is_of_the_list(key) && !says_roles(first) {
            self.of_the_list.get_or_insert_with(|| word(true));
        }
        if !has_lost_some(key) || first.mapping.key.is_some() {
            return;
        }
        self.of_zeros += 1;
        if self.rounded.is_some() {
            return;
        }
        self.rounded = Some(of_number(key, first, |value, header| Rule::NumberOfZeros { value, header }));
    }

    /// The number of a contract that begins. `known`: whether one with that number was there before,
    /// by its hash; `hash` makes that of a text.
    pub fn add(
        &mut self,
        key: &str,
        row: &SourceRow,
        own: u64,
        hash: impl Fn(&str) -> u64,
        known: impl Fn(u64) -> bool,
    ) {
        self.contracts += 1;
        // Somebody has said that this column tells contracts apart as it stands.
        if row.mapping.key.is_some() {
            return;
        }
        if self.parties.is_none()
            && let (Some(one), Some(other)) = (without_party(&self.last), without_party(key))
            && one == other
            && self.last != key
            && self.sheet == row.sheet
        {
            self.parties =
                Some(of_number(key, row, |value, header| Rule::NumbersOfParties { value, header }));
        }
        let is_there = if is_usual(key) {
            !self.odd.is_empty() && self.odd.contains(&own)
        } else {
            let place = hash(&usual(key).collect::<String>());
            let is_there = known(place) || self.odd.contains(&place);
            if self.odd.len() < MOST_ODD {
                self.odd.insert(place);
            }
            is_there
        };
        let is_next = self.last != key
            && self.sheet == row.sheet
            && may_read_alike(&self.last, key)
            && (as_read(&self.last).eq(as_read(key)) || lacks_a_dash(&self.last, key));
        match &mut self.sheets {
            _ if is_there || is_next => self.tell(key, row, is_next.then_some(self.row)),
            Some(sheets) if !known(own) => {
                sheets.add(key, row, [hash(&as_one(key)), hash(&joined(key))]);
            }
            _ => {}
        }
        self.last.clear();
        self.last.push_str(key);
        self.row = row.row.number;
        if self.sheet != row.sheet {
            self.sheet.clone_from(&row.sheet);
        }
    }

    fn tell(&mut self, key: &str, row: &SourceRow, other: Option<u32>) {
        self.count += 1;
        for row in other.into_iter().chain([row.row.number]) {
            if self.rows.len() < MOST_ROWS && !self.rows.contains(&row) {
                self.rows.push(row);
            }
        }
        if self.found.is_none() {
            let rule =
                |value, header| Rule::NumbersAlike { value, header, sheet: None, rows: Vec::new(), count: 0 };
            self.found = Some(of_number(key, row, rule));
        }
    }

    pub fn finish(self) -> impl Iterator<Item = Problem> {
        let found = self.found.map(|mut problem| {
            if let Rule::NumbersAlike { rows, count, .. } = &mut problem.rule {
                (*rows, *count) = (self.rows, self.count);
            }
            problem
        });
        // Every hundredth number of a list ends so by itself.
        let is_most = self.of_zeros * 2 > self.joined;
        let of_the_list = self.of_the_list.filter(|_| self.contracts == 1);
        let word = self.word.into_iter().chain(of_the_list);
        let of_sheets = self.sheets.into_iter().flat_map(|sheets| sheets.found);
        let found = found.into_iter().chain(of_sheets.map(|(_, problem)| problem));
        found.chain(self.rounded.filter(|_| is_most)).chain(word).chain(self.parties)
    }
}

/// What is asked about a number, in its cell; `rule` takes the number and the header.
fn of_number(key: &str, row: &SourceRow, rule: impl Fn(String, String) -> Rule) -> Problem {
    const LONGEST: usize = 40;
    let place = row.place(row.key_column());
    let header = place.column.as_ref().map(|column| column.header.to_string()).unwrap_or_default();
    let value: String = key.chars().take(LONGEST).collect();
    Problem { place, value: Some(value.clone()), rule: rule(value, header) }
}

/// Behind a number, which of two papers or signers it is: HT1-借 and HT1-保, HT1主 and HT1从.
const SIDES_OF_NUMBERS: [char; 6] = ['借', '保', '主', '从', '正', '副'];

/// Z1 of Z1-甲方, Z1（乙方） and Z1乙.
fn without_party(key: &str) -> Option<&str> {
    const BETWEEN: [char; 10] = ['-', '_', '(', '（', '[', '【', '/', ' ', '－', '—'];
    let bare = key.trim_end_matches([')', '）', ']', '】']);
    // Nearly every number ends in a digit.
    if bare.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let is_role = |word: &str| {
        party_of(word).is_some()
            || names_a_counterparty(word)
            || SIGNER_WORDS.contains(&word)
            || ROLES_IN_TURN.contains(&word)
    };
    let apart = bare.rsplit_once(BETWEEN).filter(|(_, word)| is_role(word)).map(|(rest, _)| rest);
    let rest = apart
        .or_else(|| PARTIES.iter().find_map(|(party, _)| bare.strip_suffix(party)))
        .or_else(|| bare.strip_suffix(SHORT_PARTIES.as_slice()))
        .or_else(|| bare.strip_suffix(SIDES_OF_NUMBERS))?;
    let rest = rest.trim_end_matches(BETWEEN);
    rest.bytes().any(|byte| byte.is_ascii_digit()).then_some(rest)
}

/// 甲方 and 乙方 of one contract are no strangers.
fn says_roles(row: &SourceRow) -> bool {
    let mapping = &row.mapping;
    (0..mapping.targets.len()).any(|column| is_role_column(&mapping.plain(column)))
}

/// 补签, 劳动合同, 12月, 2026-12-01: what says nothing of one contract alone.
fn is_a_word(key: &str) -> bool {
    let is_word = WORDS_FOR_NUMBERS.contains(&key)
        || (has_no_number(key) && ENDS_OF_WORDS_FOR_NUMBERS.iter().any(|end| key.ends_with(end)));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = key.strip_suffix('月').is_some_and(is_number);
    let numbers: Vec<Option<u32>> = key.split(['-', '/', '.']).map(|part| part.parse().ok()).collect();
    let is_whole = key.len() == "2026-12-01".len();
    let is_day = is_whole && matches!(numbers.as_slice(), [Some(2000..=2099), Some(1..=12), Some(1..=31)]);
    is_word || is_month || is_day
}

/// 2026, 2026年劳动合同, 第一批, A类, 2026届, HT, 天河店: a number for nobody, if all rows have it.
fn is_of_the_list(key: &str) -> bool {
    const LONGEST: usize = 36;
    // HT, XSHT: what the number of each contract begins with.
    let is_prefix = (2..=5).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_chinese = has_no_number(key) && key.len() <= LONGEST && key.chars().all(|c| c > '\u{2e7f}');
    let ends = |words: &[&str]| words.iter().any(|end| key.ends_with(end));
    let is_of_a_year = || {
        ENDS_OF_WORDS_FOR_NUMBERS.iter().any(|end| {
            let rest = key.strip_suffix(end).map(|rest| rest.trim_end_matches(|c| !char::is_ascii_digit(&c)));
            rest.is_some_and(is_a_day)
        })
    };
    is_prefix || is_chinese || ends(ENDS_OF_BATCHES) || is_a_day(key) || is_of_a_year()
}

/// 2026, 2026年度, 2026-11, 202611, 2026年11月, 2026-12-01, 20261201.
fn is_a_day(key: &str) -> bool {
    let bare = key.trim_end_matches(['年', '月', '日', '度']);
    // 2026-001 counts contracts.
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| matches!(part.len(), 1 | 2 | 4 | 6 | 8));
    let numbers: Vec<Option<u32>> = bare.split(['-', '/', '.', '年', '月']).map(number).collect();
    let at = |from: usize, to: usize| bare.get(from..to).and_then(|part| part.parse::<u32>().ok());
    match numbers.as_slice() {
        [Some(_)] if bare.len() == 6 => matches!((at(0, 4), at(4, 6)), (Some(2000..=2099), Some(1..=12))),
        [Some(_)] if bare.len() == 8 => {
            matches!((at(0, 4), at(4, 6), at(6, 8)), (Some(2000..=2099), Some(1..=12), Some(1..=31)))
        }
        [Some(2000..=2099)]
        | [Some(2000..=2099), Some(1..=12)]
        | [Some(2000..=2099), Some(1..=12), Some(1..=31)] => true,
        _ => false,
    }
}

fn has_no_number(key: &str) -> bool {
    !key.chars().any(|c| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c))
}

/// As nearly all are written, at no cost.
fn is_usual(key: &str) -> bool {
    key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
        || usual(key).eq(key.chars())
}

/// Capitals, one kind of dash, no spaces, brackets and digits as they stand on a keyboard.
fn usual(key: &str) -> impl Iterator<Item = char> + '_ {
    let dash = |c: char| match c {
        '–' | '—' | '‐' | '‑' | '‒' | '―' | '−' | '－' | '_' => '-',
        _ => half_width(c),
    };
    key.chars().map(dash).filter(|c| !is_space_like(*c)).map(|c| c.to_ascii_uppercase())
}

/// Two numbers whose last digits differ are not read alike, and that is nearly always all there is to look at.
/// The last digit of `1001.0` is not read.
fn may_read_alike(one: &str, other: &str) -> bool {
    let last_digit =
        |key: &str| key.bytes().last().filter(|byte| byte.is_ascii_digit() && !key.ends_with(".0"));
    match (last_digit(one), last_digit(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// HT-001 and HT001, 2026-001 and 2026001, of which the one was written without its dash; 1-101 and 1101 are two rooms.
fn lacks_a_dash(one: &str, other: &str) -> bool {
    let is_mark = |c: &char| matches!(c, '-' | '.' | '/');
    let marks = |key: &str| usual(key).filter(is_mark).count();
    let bare = |key| usual(key).filter(move |c| !is_mark(c));
    let parted = match (marks(one), marks(other)) {
        (0, count) if count > 0 => other,
        (count, 0) if count > 0 => one,
        _ => return false,
    };
    let head: String = usual(parted).take_while(|c| !is_mark(c)).collect();
    let is_year = head.len() == 4 && head.starts_with("20") && head.bytes().all(|byte| byte.is_ascii_digit());
    (is_year || !head.ends_with(|c: char| c.is_ascii_digit())) && bare(one).eq(bare(other))
}

/// What is left of a number when it is only read out: HT1 of HT-001 and of HT001; 1-101 and 1101 are two rooms.
fn as_one(key: &str) -> String {
    let read: String = as_read(key).collect();
    match read.split_once(['-', '.']) {
        Some((head, rest)) if !head.is_empty() && !head.ends_with(|c: char| c.is_ascii_digit()) => {
            format!("{head}{rest}")
        }
        _ => read,
    }
}

/// HT2026001 of HT-2026-001 and HT2026-001: without the dashes behind letters and years. No number that is read begins so.
fn joined(key: &str) -> String {
    const LEAST_BEHIND_YEARS: usize = 3;
    let parts: String = usual(key).collect();
    let mut all = String::from("=");
    for part in parts.split(['-', '/', '.']) {
        let digits = all.len() - all.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let is_year = digits == 4 && all[all.len() - digits..].starts_with("20");
        // 2026-1 and 20261 are two numbers.
        if digits > 0 && !(is_year && part.len() >= LEAST_BEHIND_YEARS) {
            all.push('-');
        }
        all.push_str(part);
    }
    all
}

/// The same without zeros before digits, with O for 0 and a dash for a slash: HT-001, HT-1, HT/01 and HT-OO1; 01号 is
/// 01, and 1001.0 what a program has made of 1001.
fn as_read(key: &str) -> impl Iterator<Item = char> + '_ {
    let key = key.strip_suffix('号').or_else(|| key.strip_suffix(".0")).unwrap_or(key);
    // 1.05 is not 1.5.
    let (mut after_digit, mut after_point) = (false, false);
    let as_read = |c: char| match c {
        'O' => '0',
        '/' => '-',
        c => c,
    };
    let mut letters = usual(key).map(as_read).peekable();
    std::iter::from_fn(move || {
        loop {
            let c = letters.next()?;
            let goes_on = letters.peek().is_some_and(char::is_ascii_digit);
            let leads = c == '0' && !after_digit && !after_point && goes_on;
            after_digit = c.is_ascii_digit() && !leads;
            after_point = c == '.';
            if !leads {
                return Some(c);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_read_them() {
        for (one, other) in [
            ("HT-001", "HT—001"),
            ("HT-001", "ht-001"),
            ("HT-001", "HT- 001"),
            ("HT-001", "HT-OO1"),
            ("HT-001", "HT-1"),
            ("（2026）001", "(2026)001"),
            ("HT/01", "HT-01"),
            ("01号", "01"),
            ("1001.0", "1001"),
        ] {
            assert!(may_read_alike(one, other) && as_read(one).eq(as_read(other)), "{one} {other}");
        }
        for word in [
            "2026年", "2026", "2026-11", "202611", "20261128", "第一批", "A类", "2026年劳动合同", "2026届",
            "HT", "ht", "天河店", "试用期", "编号",
        ] {
            assert!(is_of_the_list(word) || is_a_word(word), "{word}");
        }
        for number in
            ["20260001", "2026001", "2026-13", "A", "HT-2026", "2026-001", "1", "HT-EXAMPLE", "HT001"]
        {
            assert!(!is_of_the_list(number) && !is_a_word(number), "{number}");
        }
        for (one, other) in
            [("HT-001", "HT001"), ("2026001", "2026-001"), ("租001", "租-001"), ("HT.001", "HT001")]
        {
            assert!(may_read_alike(one, other) && lacks_a_dash(one, other), "{one} {other}");
        }
        for (one, other) in [("A-1-11", "A-11-1"), ("HT-001", "HT-002"), ("HT-001", "HT002")] {
            assert!(!lacks_a_dash(one, other), "{one} {other}");
        }
        for (one, other) in [("HT-001", "HT-002"), ("A-1-11", "A-11-1"), ("100", "10"), ("HT-010", "HT-001")]
        {
            assert!(!as_read(one).eq(as_read(other)), "{one} {other}");
        }
    }
}
