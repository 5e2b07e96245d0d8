//! What a sheet itself says of how many there are: 合计：3份合同, 劳动合同签署名单（共5人）. Where that is another number
//! than was read, rows are missing, or are counted as more contracts than are meant.

use crate::contract::amounts::written_amount;
use crate::contract::columns::plain_letters;
use crate::contract::vocabulary::{COPIES_ON_PAPER, COUNTED_IN, COUNTS_BY_LABEL, WORDS_BEFORE_COUNTS};
use crate::domain::problem::{Place, Problem, Rule};

use super::remarks::shortened;

/// Counts that are kept.
const MOST: usize = 64;

#[derive(Default)]
pub struct StatedCounts {
    found: Vec<Stated>,
}

struct Stated {
    counts: Vec<u64>,
    row: u32,
    text: String,
    place: Place,
    /// Somebody has said that the line is not meant.
    said: bool,
}

/// What was read of all rows, or of those of a sheet.
#[derive(Default)]
pub struct Read {
    pub contracts: u64,
    pub rows: u64,
    pub signers: u64,
    pub people: u64,
}

impl Read {
    fn has(&self, count: u64) -> bool {
        [self.contracts, self.rows, self.signers, self.people].contains(&count)
    }
}

impl StatedCounts {
    pub fn look(&mut self, place: &Place, row: u32, texts: &[String], said: bool) {
        self.note(place, row, texts, said, counts_in);
    }

    /// The same of a line above the header: 名单（3人）; further down 管理人员（3人） heads some of the rows.
    pub fn look_above(&mut self, place: &Place, row: u32, texts: &[String], said: bool) {
        self.note(place, row, texts, said, |text| match counts_in(text) {
            counts if counts.is_empty() => count_of_a_title(text).into_iter().collect(),
            counts => counts,
        });
    }

    fn note(
        &mut self,
        place: &Place,
        row: u32,
        texts: &[String],
        said: bool,
        counts_in: impl Fn(&str) -> Vec<u64>,
    ) {
        let text = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let text = text.collect::<Vec<_>>().join(" ");
        let counts = if self.found.len() < MOST { counts_in(&text) } else { Vec::new() };
        if !counts.is_empty() {
            let (text, place) = (shortened(&text), Place { row: None, ..place.clone() });
            self.found.push(Stated { counts, row, text, place, said });
        }
    }

    /// The same of several sheets: what a line counts may be its own sheet, or all of them.
    pub fn of_sheets(self, all: &Read, of_sheet: impl Fn(&Place) -> Option<Read>) -> Vec<Problem> {
        let mut sheets: Vec<(Place, Self)> = Vec::new();
        for line in self.found {
            let place = Place { row: None, column: None, ..line.place.clone() };
            match sheets.iter_mut().find(|(own, _)| *own == place) {
                Some((_, own)) => own.found.push(line),
                None => sheets.push((place, Self { found: vec![line] })),
            }
        }
        let counts = |own: &Self| own.found.iter().flat_map(|line| line.counts.clone()).collect::<Vec<u64>>();
        // 合计：5份 below one and 合计：7份 below the other are 12.
        let sum = sheets.iter().flat_map(|(_, own)| counts(own)).fold(0, u64::saturating_add);
        let told = sheets
            .into_iter()
            .filter(|(_, own)| !all.has(sum) && !counts(own).iter().any(|own| all.has(*own)));
        // One that stands in none of the sheets that are read counts all of them.
        told.filter_map(|(place, own)| own.finish(of_sheet(&place).as_ref().unwrap_or(all))).collect()
    }

    /// The last line, where none of the counts of all lines, nor all of them together, is a number of anything that was
    /// read.
    pub fn finish(self, read: &Read) -> Option<Problem> {
        let is_read = |count: u64| read.has(count);
        let mut all = self.found.iter().flat_map(|line| line.counts.iter().copied());
        let sum = all.clone().fold(0, u64::saturating_add);
        if all.any(is_read) || is_read(sum) {
            return None;
        }
        let Stated { counts, row, text, place, said } = self.found.into_iter().next_back()?;
        let stated = counts.last().copied()?;
        let rule = Rule::CountStated { row, text, stated, contracts: read.contracts, said };
        Some(Problem { place, value: None, rule })
    }
}

/// Behind a number, that it is one for each, or no more than a bound.
fn counts_others(behind: &str) -> bool {
    let behind = COUNTED_IN.iter().find_map(|unit| behind.trim_start().strip_prefix(unit)).unwrap_or(behind);
    ["/", "每", "以上", "以下", "以内", "左右"].iter().any(|word| behind.starts_with(word))
        && !behind.starts_with("以下为")
}

/// `共2户4人`: 2 and 4, of a line that counts all. 每班30人 and 一式2份 count something else.
fn counts_in(text: &str) -> Vec<u64> {
    const LONGEST: usize = 60;
    const MOST_OF_ALL: u64 = 10_000_000;
    let written = plain_letters(text);
    let plain = in_figures(&written);
    let counts_all =
        WORDS_BEFORE_COUNTS.iter().any(|word| plain.contains(word)) || begins_with_a_count(&plain);
    // 今日新签5份.
    let is_of_today = || {
        let day = ["今日", "今天", "本次", "本批"].iter().find_map(|word| plain.strip_prefix(word));
        let rest = day.unwrap_or(&plain);
        let behind = ["新签", "应签", "实签"].iter().find_map(|word| rest.strip_prefix(word));
        !plain.contains("其余") && behind.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let is_labelled = || COUNTS_BY_LABEL.iter().any(|label| plain.starts_with(label));
    if !(counts_all || is_labelled() || is_of_today())
        || plain.chars().count() > LONGEST
        || COPIES_ON_PAPER.iter().any(|word| written.contains(word))
    {
        return Vec::new();
    }
    let has_digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
    let labelled = COUNTS_BY_LABEL.iter().find_map(|label| plain.strip_prefix(label));
    let labelled = labelled.map(|rest| rest.trim_start_matches(':'));
    let labelled = labelled.and_then(|rest| {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (count, behind) = rest.split_at(end);
        Some((count.parse().ok()?, behind))
    });
    match labelled {
        // 份数：3份/人, 人数：5人以上; 人数：5人，以下为名单 counts them.
        Some((_, behind)) if counts_others(behind) => return Vec::new(),
        // 人数：5（其中男3人）; 总人数：120人，本次签2人 has two.
        Some((count, behind)) if !behind.split('(').next().is_some_and(has_digit) => return vec![count],
        _ => {}
    }
    let mut rest = plain.as_str();
    let mut found = Vec::new();
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, behind) = number.split_at(end);
        // 两人一组 says how they are put together.
        let counts =
            |unit: &&str| behind.trim_start().strip_prefix(*unit).is_some_and(|rest| !rest.starts_with('一'));
        let is_counted = COUNTED_IN.iter().any(counts) && !before.ends_with(['每', '第', '各', '/']);
        let count = digits.parse::<u64>().ok().filter(|count| (1..MOST_OF_ALL).contains(count));
        found.extend(count.filter(|_| is_counted));
        rest = behind;
    }
    found
}

/// 共3份, and no more: 共3页 and 共同签署 are others.
fn begins_with_a_count(plain: &str) -> bool {
    let Some(rest) = plain.strip_prefix('共') else { return false };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    behind.len() < rest.len() && COUNTED_IN.iter().any(|unit| behind.starts_with(unit))
}

/// 共叁份, 共十二人: the number before what is counted, in figures.
fn in_figures(plain: &str) -> String {
    const NUMERALS: &str = "零〇一二三四五六七八九十百千仟壹贰叁肆伍陆柒捌玖拾佰两";
    let mut all = String::with_capacity(plain.len());
    let mut rest = plain;
    while let Some(at) = rest.find(|c| NUMERALS.contains(c)) {
        let (before, from) = rest.split_at(at);
        let end = from.find(|c| !NUMERALS.contains(c)).unwrap_or(from.len());
        let (words, behind) = from.split_at(end);
        let counts = COUNTED_IN.iter().any(|unit| behind.starts_with(unit));
        let amount = counts.then(|| written_amount(&words.replace('两', "二"))).flatten();
        all.push_str(before);
        match amount {
            Some(amount) => all.push_str(&(amount / 100).to_string()),
            None => all.push_str(words),
        }
        rest = behind;
    }
    all.push_str(rest);
    all
}

/// 3 of 劳动合同名单（3人）.
fn count_of_a_title(text: &str) -> Option<u64> {
    let plain = plain_letters(text);
    let (title, note) = plain.strip_suffix(')').and_then(|rest| rest.rsplit_once('('))?;
    let is_of_a_list = ["名单", "签约人员", "签署人员", "合同人员"].iter().any(|word| title.contains(word));
    let number = COUNTED_IN.iter().find_map(|unit| note.strip_suffix(unit))?;
    number.parse().ok().filter(|_| is_of_a_list && !title.contains("说明"))
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
            ("总人数：120人，本次签2人", &[120, 2]),
            ("人数：5", &[5]),
            ("合同份数：3份", &[3]),
            ("人数：5（其中男3人）", &[5]),
            ("份数：3份/人", &[]),
            ("总人数：5人，以下为名单", &[5]),
            ("人数：5人以上", &[]),
            ("人数不限", &[]),
            ("全校共有1200名学生", &[]),
            ("以上共计叁人", &[3]),
            ("以上共3人", &[3]),
            ("共十二份", &[12]),
            ("共同签署三人", &[]),
            ("合计：两人一组", &[]),
            ("以上共一百零三人", &[103]),
            ("以上共计每人一份", &[]),
            ("以上共五人，一人一份合同", &[]),
        ] {
            assert_eq!(counts_in(text), counts, "{text}");
        }
    }
}
