//! Lines between the rows that name a party: 甲方：深圳甲公司 above some of them and 深圳乙公司
//! above others. Nothing of them is sent, so all contracts would be with the same company.

use std::collections::{BTreeMap, HashSet};

use crate::contract::columns::half_width;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{CHINESE_NUMBERS, ENDS_OF_MANY, OF_STAFF, PARTIES, SURNAMES, TOTALS};
use crate::domain::problem::{Place, Problem, Rule};

use super::lines::Lines;

/// Parties by the place of their sheet, each with the row that names it first.
#[derive(Default)]
pub struct Headings {
    sheets: BTreeMap<String, Sheet>,
    /// Of each sheet.
    lines: BTreeMap<String, Lines>,
}

#[derive(Default)]
struct Sheet {
    place: Place,
    parties: Vec<(String, u32)>,
    /// Nothing says which rows are one contract, so each is one.
    keyless: bool,
    /// Lines with one cell, the first of them, and whether there are more.
    titles: Vec<Title>,
    more: bool,
    /// Its columns are those of a list of staff, who stand in teams.
    is_staff: bool,
}

struct Title {
    row: u32,
    text: String,
    /// Rows of contracts between it and the next one.
    below: u64,
}

const MOST: usize = 8;
const MOST_TITLES: usize = 64;
const COMPANY: &str = "公司";

impl Headings {
    /// A row that is no contract; `said`: somebody has said where the header is, so that the lines
    /// of the sheet are not meant.
    pub fn look(&mut self, row: &SourceRow, said: bool) {
        self.lines_of(row).look(row, said);
        let Some((sheet, text)) = self.title(row) else { return };
        let Some(party) = party_of(&text) else { return };
        if sheet.parties.len() < MOST && !sheet.parties.iter().any(|(own, _)| *own == party) {
            sheet.parties.push((party, row.row.number));
        }
    }

    fn lines_of(&mut self, row: &SourceRow) -> &mut Lines {
        self.lines.entry(row.sheet.as_deref().unwrap_or_default().to_owned()).or_default()
    }

    /// A line with one cell, and its sheet.
    fn title(&mut self, row: &SourceRow) -> Option<(&mut Sheet, String)> {
        let mut filled = row.row.cells.iter().filter(|cell| !cell.is_blank());
        let (Some(only), None) = (filled.next(), filled.next()) else { return None };
        let text = only.seen_ref().trim().to_owned();
        let name = row.sheet.as_deref().unwrap_or_default().to_owned();
        let sheet = self.sheets.entry(name).or_insert_with(|| Sheet {
            place: Place { row: None, ..row.place(None) },
            parties: of_titles(&row.mapping),
            keyless: row.mapping.layout == Layout::Long
                && row.mapping.key_column().is_none()
                && !row.mapping.each_row,
            titles: Vec::new(),
            more: false,
            is_staff: (0..row.mapping.targets.len())
                .any(|column| OF_STAFF.iter().any(|word| row.mapping.plain(column).contains(word))),
        });
        match sheet.titles.len() < MOST_TITLES {
            true => sheet.titles.push(Title { row: row.row.number, text: text.clone(), below: 0 }),
            false => sheet.more = true,
        }
        Some((sheet, text))
    }

    /// A row that somebody has said is left out: it may say all the same which rows below it are one contract.
    pub fn left_out_as_said(&mut self, row: &SourceRow) {
        self.lines_of(row).look(row, true);
        self.title(row);
    }

    /// A row of a contract stands below: what a title says of it is asked there.
    pub fn goes_on(&mut self, row: &SourceRow) {
        if let Some(lines) = self.lines.get_mut(row.sheet.as_deref().unwrap_or_default()) {
            lines.goes_on();
        }
        if !self.sheets.is_empty()
            && let Some(sheet) = self.sheets.get_mut(row.sheet.as_deref().unwrap_or_default())
            && !sheet.more
            && let Some(title) = sheet.titles.last_mut()
        {
            title.below += 1;
        }
    }

    pub fn finish(self) -> impl Iterator<Item = Problem> {
        let lines: Vec<Problem> = self.lines.into_values().flat_map(Lines::finish).collect();
        let held: Vec<Problem> = self.sheets.values().filter_map(Sheet::held_by_titles).collect();
        let lines = lines.into_iter().chain(held);
        self.sheets
            .into_values()
            .filter(|sheet| sheet.parties.len() > 1)
            .map(|sheet| {
                let (parties, rows): (Vec<String>, Vec<u32>) = sheet.parties.into_iter().unzip();
                let rows = rows.into_iter().filter(|row| *row > 0).collect();
                Problem { place: sheet.place, value: None, rule: Rule::HeadingsDiffer { parties, rows } }
            })
            .chain(lines)
    }
}

impl Sheet {
    /// Those with rows below them, each with all of its rows.
    fn counted(&self) -> impl Iterator<Item = &Title> {
        let whole = self.titles.len().saturating_sub(usize::from(self.more));
        self.titles.iter().take(whole).filter(|title| title.below > 0)
    }

    /// 第1组, 张家 and 天河路12号302房, each above two rows, or each above three.
    fn homes(&self) -> Option<Vec<&Title>> {
        const SIGNERS: std::ops::RangeInclusive<u64> = 2..=3;
        let titles: Vec<&Title> = self.counted().collect();
        let below = titles.first()?.below;
        let is_alike = titles.iter().all(|title| title.below == below && names_a_home(&title.text));
        (titles.len() > 1 && is_alike && SIGNERS.contains(&below)).then_some(titles)
    }

    /// `101室`, `102室`, each above a few rows: what names a contract, most likely, and is not sent.
    fn held_by_titles(&self) -> Option<Problem> {
        const MOST_BELOW: u64 = 5;
        if !self.keyless {
            return None;
        }
        // A line below the rows, or a remark between them, is another matter.
        let mut kinds: BTreeMap<String, Vec<&Title>> = BTreeMap::new();
        for title in self.counted() {
            kinds.entry(stem_of(&title.text)).or_default().push(title);
        }
        let is_of_many = |stem: &str| stem.is_empty() || ENDS_OF_MANY.iter().any(|end| stem.ends_with(end));
        let own = kinds.iter().filter(|(stem, _)| !is_of_many(stem)).map(|(_, titles)| titles.clone());
        let own = own.max_by_key(Vec::len).filter(|titles| titles.len() > 1);
        let titles = own.or_else(|| self.homes().filter(|_| !self.is_staff))?;
        let texts: HashSet<&str> = titles.iter().map(|title| title.text.as_str()).collect();
        let is_few = titles.iter().all(|title| title.below <= MOST_BELOW);
        let holds_several = titles.iter().any(|title| title.below > 1);
        if titles.len() < 2 || !is_few || !holds_several || texts.len() < titles.len() {
            return None;
        }
        let shown = titles.iter().take(MOST);
        let (rows, titles) = shown.map(|title| (title.row, title.text.chars().take(20).collect())).unzip();
        Some(Problem { place: self.place.clone(), value: None, rule: Rule::HeldByHeadings { titles, rows } })
    }
}

/// 张家, 302房, 天河路12号302室, A栋-101, 第1组: who lives in a home signs its contract, most likely.
fn names_a_home(text: &str) -> bool {
    const LONGEST: usize = 90;
    let plain: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let has_digit = plain.bytes().any(|byte| byte.is_ascii_digit());
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_room = plain.rsplit_once('-').is_some_and(|(_, room)| is_number(room));
    let is_of_digits = has_digit && ["室", "房", "号", "户"].iter().any(|end| plain.ends_with(end));
    // 第1组, 一组.
    let counts = |text: &str| {
        is_number(text) || (!text.is_empty() && text.chars().all(|c| CHINESE_NUMBERS.contains(&c)))
    };
    let is_group = plain.trim_start_matches('第').strip_suffix('组').is_some_and(counts);
    let is_family =
        plain.ends_with('家') && plain.starts_with(|c| SURNAMES.contains(c)) && plain.chars().count() <= 4;
    plain.len() <= LONGEST && (is_room || is_of_digits || is_group || is_family)
}

/// What such lines have in common: 合同编号 of `合同编号：HT-001`, 室 of `101室（2人）`.
fn stem_of(text: &str) -> String {
    // `一班 班主任：李娜` is about the class.
    let first = text.split_whitespace().next().unwrap_or_default();
    let plain: String = first.chars().map(half_width).collect();
    let label = plain.split_once(':').filter(|(_, rest)| !rest.is_empty()).map(|(label, _)| label);
    let bare = label.or_else(|| plain.split_once('(').map(|(before, _)| before)).unwrap_or(&plain);
    let is_number = |c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c) || c == '十';
    bare.chars().filter(|c| !is_number(*c) && c.is_alphabetic()).collect()
}

/// Parties above the header; their row is not known.
fn of_titles(mapping: &Mapping) -> Vec<(String, u32)> {
    let mut parties: Vec<(String, u32)> = Vec::new();
    for party in mapping.titles.iter().filter_map(|title| party_of(title)) {
        if !parties.iter().any(|(own, _)| *own == party) {
            parties.push((party, 0));
        }
    }
    parties
}

/// `甲方：深圳甲公司`, `深圳甲公司（续）`, `深圳甲公司员工名单` -> 深圳甲公司.
fn party_of(text: &str) -> Option<String> {
    let plain: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let bare = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    if TOTALS.iter().any(|total| bare.ends_with(total)) {
        return None;
    }
    let (head, name) = plain.rsplit_once(':').map_or(("", plain.as_str()), |(head, name)| (head, name));
    let end = name.rfind(COMPANY).map(|at| at + COMPANY.len());
    // A branch is a group of people as often as a party.
    let company = end
        .and_then(|end| name.get(..end))
        .filter(|own| !own.ends_with("分公司") && !own.ends_with("子公司") && own.chars().count() > 3);
    let is_party = PARTIES.iter().any(|(party, _)| head == *party);
    match company {
        Some(company) => Some(company.to_owned()),
        None if is_party && !name.is_empty() => Some(name.to_owned()),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_name_a_party() {
        for (text, expected) in [
            ("甲方：深圳甲公司", Some("深圳甲公司")),
            ("深圳 甲公司（续）", Some("深圳甲公司")),
            ("单位：深圳甲公司员工名单", Some("深圳甲公司")),
            ("甲方：李四", Some("李四")),
            ("北京分公司", None),
            ("深圳甲公司小计", None),
            ("销售部", None),
            ("公司", None),
        ] {
            assert_eq!(party_of(text).as_deref(), expected, "{text}");
        }
    }
}
