//! What a sheet itself says of how many there are: 合计：3份合同, 劳动合同签署名单（共5人）. Where that is another number
//! than was read, rows are missing, or are counted as more contracts than are meant.

use crate::contract::columns::plain_letters;
use crate::contract::vocabulary::{COPIES_ON_PAPER, COUNTED_IN, WORDS_BEFORE_COUNTS};
use crate::domain::problem::{Place, Problem, Rule};

/// Counts that are kept.
const MOST: usize = 64;

#[derive(Default)]
pub struct StatedCounts {
    found: Vec<Stated>,
}

struct Stated {
    count: u64,
    row: u32,
    text: String,
    place: Place,
    /// Somebody has said that the line is not meant.
    said: bool,
}

/// What was read of all rows.
pub struct Read {
    pub contracts: u64,
    pub rows: u64,
    pub signers: u64,
    pub people: u64,
}

impl StatedCounts {
    pub fn look(&mut self, place: &Place, row: u32, texts: &[String], said: bool) {
        let text = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let text = text.collect::<Vec<_>>().join(" ");
        let room = MOST.saturating_sub(self.found.len());
        self.found.extend(counts_in(&text).into_iter().take(room).map(|count| Stated {
            count,
            row,
            text: text.chars().take(40).collect(),
            place: Place { row: None, ..place.clone() },
            said,
        }));
    }

    /// The last count, where none of them, nor all together, is a number of anything that was read.
    pub fn finish(self, read: &Read) -> Option<Problem> {
        let is_read = |count: u64| [read.contracts, read.rows, read.signers, read.people].contains(&count);
        let all: u64 = self.found.iter().map(|one| one.count).sum();
        if self.found.iter().any(|one| is_read(one.count)) || is_read(all) {
            return None;
        }
        let Stated { count, row, text, place, said } = self.found.into_iter().next_back()?;
        let rule = Rule::CountStated { row, text, stated: count, contracts: read.contracts, said };
        Some(Problem { place, value: None, rule })
    }
}

/// `共2户4人`: 2 and 4. 每班30人 and 一式2份 count something else.
fn counts_in(text: &str) -> Vec<u64> {
    const LONGEST: usize = 60;
    /// Letters between the word and its number: 共计：约5人.
    const FURTHEST: usize = 12;
    let plain = plain_letters(text);
    if plain.chars().count() > LONGEST || COPIES_ON_PAPER.iter().any(|word| plain.contains(word)) {
        return Vec::new();
    }
    let words = WORDS_BEFORE_COUNTS.iter();
    let Some(from) = words.filter_map(|word| plain.rfind(word).map(|at| at + word.len())).max() else {
        return Vec::new();
    };
    let mut rest = &plain[from..];
    let mut found = Vec::new();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, behind) = number.split_at(end);
        let is_counted = COUNTED_IN.iter().any(|unit| behind.trim_start().starts_with(unit));
        if before.len() > FURTHEST || before.contains(['每', '第', '各']) {
            break;
        }
        found.extend(digits.parse::<u64>().ok().filter(|count| is_counted && *count > 0));
        rest = behind;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_where_they_count_people_or_contracts() {
        for (text, counts) in [
            ("合计：3份合同", &[3][..]),
            ("合计 2人", &[2]),
            ("劳动合同签署名单（共5人）", &[5]),
            ("租赁合同名单（共2户4人）", &[2, 4]),
            ("合计人数：12 人", &[12]),
            ("总计：10名", &[10]),
            ("合计6人，合同4份", &[6, 4]),
            ("培训班（第5期，每班30人）", &[]),
            ("合同一式2份，共2份", &[]),
            ("合计 24000", &[]),
            ("第1页 共2页", &[]),
            ("共同签署 2人", &[]),
        ] {
            assert_eq!(counts_in(text), counts, "{text}");
        }
    }
}
