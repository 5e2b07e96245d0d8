//! Titles between the rows of a sheet: whoever stands below 离职人员 is most likely not meant.

use crate::contract::above::is_told;
use crate::contract::refusals::{is_noted, says_not_to};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    ENDS_OF_VOID_TITLES, GET_A_COPY, LEFT_OUT, LISTS, LISTS_LEFT_OUT, SAY_OTHERWISE, SHEETS_NOT_MEANT,
    TITLES_OF_OTHERS, VOID_TITLES,
};
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::said::SkipOrSend;

use super::not_a_contract::{self, Verdict, alone};
use super::noted::MOST_ROWS;
use super::plan::{Plan, Source};
use super::remarks::says_no;
use super::rows::NumberedRow;
use super::sheets::is_same_sheet;

/// Longer texts are remarks.
const LONGEST_TITLE: usize = 24;

/// Judges rows in their order, each with the title that it stands below.
pub struct Sections {
    /// Of each sheet, what its name or a line above its header says of all its rows.
    of_sheets: Vec<Option<Title>>,
    source: Option<usize>,
    /// The last title, where it says that those below it are not meant.
    title: Option<Title>,
    /// Columns that all contracts so far have something in.
    usual: Option<Vec<bool>>,
    /// Contracts that were looked at for that.
    looked_at: u32,
}

#[derive(Clone, PartialEq)]
pub struct Title {
    pub text: String,
    /// 0: it is what the sheet is called.
    pub row: u32,
}

impl Sections {
    pub fn of(plan: &Plan) -> Self {
        // A file with one sheet called 解约 may be about just that.
        let is_one_of_several = plan.sources.len() > 1;
        let of_sheet = |source: &Source| {
            let is_title = |text: &String| {
                text.chars().count() <= LONGEST_TITLE && !SAY_OTHERWISE.iter().any(|word| text.contains(word))
            };
            // What is asked of the line itself is not asked of the rows below it.
            let is_asked = |row: u32| {
                source
                    .mapping
                    .above
                    .iter()
                    .any(|rule| matches!(rule, Rule::NotToSend { row: own, .. } if *own == row))
            };
            let lines = source.above.iter().filter(|(row, _)| !is_asked(*row));
            let lines = lines.map(|(row, cells)| (*row, cells.concat()));
            let lines = lines.filter(|(_, text)| is_title(text));
            let name = source.name.as_deref().unwrap_or_default().to_owned();
            // Row 0: it is the sheet's name.
            let mut said = lines.chain([(0, name)]);
            // Whoever names a sheet means it.
            let is_named = source
                .name
                .as_deref()
                .is_some_and(|name| source.said.sheets.iter().any(|own| is_same_sheet(own, name)));
            let is_name_of_others = |row: u32, text: &str| {
                row == 0
                    && (SHEETS_NOT_MEANT.contains(&text.trim().to_lowercase().as_str())
                        || (is_one_of_several && !is_named && says_no_of_its_rows(text)))
            };
            let is_meant = |row: u32, text: &str| {
                !LISTS_LEFT_OUT.iter().any(|word| is_told(text, word))
                    && !is_void(text)
                    && !is_a_list_of_refusals(text)
                    && !is_name_of_others(row, text)
            };
            let (row, text) = said.find(|(row, text)| !is_meant(*row, text))?;
            Some(Title { text: text.trim().chars().take(LONGEST_TITLE).collect(), row })
        };
        Self {
            of_sheets: plan.sources.iter().map(of_sheet).collect(),
            source: None,
            title: None,
            usual: None,
            looked_at: 0,
        }
    }

    /// Also the title below which the row stands, if somebody has to say whether it is meant.
    pub fn judge(&mut self, numbered: &NumberedRow) -> (Verdict, Option<&Title>) {
        let NumberedRow { source, row } = numbered;
        if self.source != Some(*source) {
            self.source = Some(*source);
            self.title = self.of_sheets.get(*source).cloned().flatten();
            (self.usual, self.looked_at) = (None, 0);
        }
        let verdict = match self.beside_others(row, not_a_contract::judge(row)) {
            // 以下人员暂不签 where a name would stand is nobody whose mobile was forgotten.
            Verdict::Contract => says_left_out(row).map_or(Verdict::Contract, Verdict::NoContract),
            verdict => verdict,
        };
        match verdict {
            // Also a title in a column that means nothing to us, but no serial drawn down too far.
            Verdict::NoContract(_) | Verdict::Nothing => {
                if let Some(text) = alone(row).filter(|text| text.chars().any(char::is_alphabetic)) {
                    let title = is_left_out(&text).then_some(Title { text, row: row.row.number });
                    // A heading takes nothing back of what is said of the whole sheet.
                    self.title = title.or_else(|| self.of_sheets.get(*source).cloned().flatten());
                }
                (verdict, None)
            }
            Verdict::Contract => match (&self.title, row.mapping.odd_rows) {
                (Some(title), Some(SkipOrSend::Skip)) => (Verdict::LeftOut(title.text.clone()), None),
                (Some(title), None) => (verdict, Some(title)),
                _ => (verdict, None),
            },
            _ => (verdict, None),
        }
    }
}

impl Sections {
    /// A row with nothing but a word like 联系人 and somebody, where all others have more, is most likely no contract.
    fn beside_others(&mut self, row: &SourceRow, verdict: Verdict) -> Verdict {
        /// What the first rows have, the others have as well.
        const MOST: u32 = 1000;
        if verdict != Verdict::Contract {
            return verdict;
        }
        if let Some(usual) = &self.usual
            && let Some((word, column)) = not_a_contract::signs_the_list(row)
        {
            let lacks =
                |at: usize| at != column && !not_a_contract::is_his(row, at) && row.row.cell(at).is_blank();
            if usual.iter().enumerate().any(|(at, is_usual)| *is_usual && lacks(at)) {
                return match row.mapping.odd_rows {
                    None => Verdict::Doubtful(word),
                    Some(SkipOrSend::Skip) => Verdict::LeftOut(word),
                    Some(SkipOrSend::Send) => Verdict::Contract,
                };
            }
        }
        if self.looked_at < MOST {
            self.looked_at += 1;
            let width = row.mapping.targets.len();
            let usual = self.usual.get_or_insert_with(|| vec![true; width]);
            for (at, is_usual) in usual.iter_mut().enumerate().filter(|(_, is_usual)| **is_usual) {
                *is_usual = !row.row.cell(at).is_blank();
            }
        }
        verdict
    }
}

/// `（作废）`, `以下作废：`, `三、不签`, `注：以下不发`: a title that says so and no more.
fn is_void(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    let bare = letters.trim_start_matches(['注', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    VOID_TITLES.contains(&bare)
        || says_not_to(bare)
        || ENDS_OF_VOID_TITLES.iter().any(|end| bare.ends_with(end))
}

/// 抄送人, 审批人: a sheet of people who sign nothing.
fn signs_nothing(name: &str) -> bool {
    const BESIDE: [&str; 7] = ["审批人", "审核人", "联系人", "紧急联系人", "见证人", "介绍人", "推荐人"];
    GET_A_COPY.contains(&name) || BESIDE.contains(&name)
}

/// 取消, 11月离职, 1月(已签), 二部-作废: the name of a sheet beside others.
fn says_no_of_its_rows(name: &str) -> bool {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let is_digit = |c: char| c.is_ascii_digit();
    parts
        .map(|part| {
            part.trim_start_matches(|c| is_digit(c) || "年月日号".contains(c)).trim_end_matches(is_digit)
        })
        .any(|part| is_noted(part) || says_no(part, true) || signs_nothing(part))
}

/// 退租名单, 已取消人员: a list of them; 解除 alone may be what the contracts are called.
fn is_a_list_of_refusals(text: &str) -> bool {
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    LISTS.iter().find_map(|end| letters.strip_suffix(end)).is_some_and(is_noted)
}

/// A row with such a title alone.
fn says_left_out(row: &SourceRow) -> Option<String> {
    // Nearly every row has other things beside its first.
    let mut filled = row.row.cells.iter().filter(|cell| !cell.is_blank());
    let (first, second) = (filled.next()?, filled.next());
    if second.is_some_and(|second| second.seen_ref().trim() != first.seen_ref().trim()) {
        return None;
    }
    alone(row).filter(|text| is_left_out(text)).map(|text| text.chars().take(LONGEST_TITLE).collect())
}

/// Whether a title says that those below it are not meant.
pub fn is_left_out(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '：', ')', '）', '】']);
    let bare = LISTS.iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    is_void(text)
        || is_noted(bare.trim_matches(|c: char| !c.is_alphabetic()))
        || text.chars().count() <= LONGEST_TITLE
            && (LEFT_OUT.iter().any(|word| text.contains(word))
                || TITLES_OF_OTHERS.iter().any(|word| bare.ends_with(word)))
}

/// Rows below such titles.
#[derive(Default)]
pub struct Below {
    titles: Vec<(Title, Place, Vec<u32>, u64)>,
}

impl Below {
    /// Titles that are told of.
    const MOST: usize = 8;

    pub fn add(&mut self, title: &Title, row: &SourceRow) {
        let place = Place { row: None, ..row.place(None) };
        let has_room = self.titles.len() < Self::MOST;
        let known = self.titles.iter_mut().find(|(own, at, ..)| own == title && *at == place);
        match known {
            Some((_, _, rows, count)) => {
                *count += 1;
                if rows.len() < MOST_ROWS {
                    rows.push(row.row.number);
                }
            }
            None if has_room => {
                self.titles.push((title.clone(), place, vec![row.row.number], 1));
            }
            None => {}
        }
    }

    pub fn finish(self) -> impl Iterator<Item = Problem> {
        self.titles.into_iter().map(|(title, place, rows, count)| {
            let rule = Rule::RowsBelow { title: title.text, title_row: title.row, rows, count };
            Problem { place, value: None, rule }
        })
    }
}
