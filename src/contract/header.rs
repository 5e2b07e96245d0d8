//! The rows that a header may have -> what each of its columns says.
//!
//! A header has one row, or parents above its columns: 甲方 | 姓名. A parent says
//! whose the columns below it are; one that is not understood makes them somebody
//! else's, never the signer's.

use std::collections::HashSet;

use crate::domain::cell::{Row, is_space_like};
use crate::domain::field::{Field, Level};

use super::columns::{Aliases, Reading, Target, plain_header};
use super::names::find_names;
use super::owners::tell_repeats_apart;
use super::parents::{HeaderColumn, Parent, is_remark, read_path, with};
use super::party_roles::read_by_party;
use super::question::{without_numbers, without_repeats};
use super::vocabulary::{NUMBERED_WORDS, TABLE_TITLES};

/// Merged cells of a header: what stands in the first cell counts for all of them.
/// 0-based columns.
#[derive(Clone, Copy, Debug)]
pub struct MergedHeader {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

/// Rows that a header may have: its own and two of parents.
const MOST_PARENTS: u32 = 2;
/// Longer texts are titles and remarks.
const LONGEST_PARENT: usize = 16;

/// The first rows of a sheet, as texts.
pub struct Head<'a> {
    rows: Vec<(u32, Vec<String>)>,
    merged: &'a [MergedHeader],
    aliases: &'a Aliases,
}

impl<'a> Head<'a> {
    pub fn new(rows: &[Row], merged: &'a [MergedHeader], aliases: &'a Aliases) -> Self {
        let texts = |row: &Row| row.cells.iter().map(|cell| trimmed(&cell.seen())).collect();
        Self { rows: rows.iter().map(|row| (row.number, texts(row))).collect(), merged, aliases }
    }

    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().map(|(number, _)| *number)
    }

    pub fn texts(&self, number: u32) -> &[String] {
        let found = self.rows.iter().find(|(own, _)| *own == number);
        found.map_or(&[], |(_, texts)| texts.as_slice())
    }

    fn own(&self, row: u32, column: usize) -> &str {
        self.texts(row).get(column).map(String::as_str).unwrap_or_default()
    }

    /// Of merged cells what stands in the first of them.
    fn text(&self, row: u32, column: usize) -> &str {
        let own = self.own(row, column);
        if !own.is_empty() {
            return own;
        }
        let run = self.merged.iter().find(|run| {
            (run.first_row..=run.last_row).contains(&row)
                && (run.first_column..=run.last_column).contains(&column)
        });
        run.map_or("", |run| self.own(run.first_row, run.first_column))
    }

    /// The same of the last row of a header, where a cell that is merged sideways over columns with nothing below
    /// them is one column.
    fn child(&self, bottom: u32, column: usize) -> &str {
        let covers = |run: &&MergedHeader| {
            run.last_row == bottom && run.first_column < column && column <= run.last_column
        };
        let is_covered = self.own(bottom, column).is_empty() && self.merged.iter().any(|run| covers(&run));
        // The rows below are merged alike.
        let below = self
            .rows
            .iter()
            .filter(|(row, texts)| *row > bottom && texts.iter().any(|text| !text.is_empty()));
        let is_blank = || {
            below.clone().all(|(row, texts)| {
                let is_merged = self.merged.iter().any(|run| {
                    run.first_row == *row && run.first_column < column && column <= run.last_column
                });
                is_merged && texts.get(column).is_none_or(String::is_empty)
            })
        };
        if is_covered && is_blank() { "" } else { self.text(bottom, column) }
    }

    fn width(&self, row: u32) -> usize {
        let merged = self.merged.iter().filter(|run| (run.first_row..=run.last_row).contains(&row));
        let last = merged.map(|run| run.last_column + 1).max().unwrap_or(0);
        let own = self.texts(row).len();
        // A stray merge over the whole width of a sheet is a title, not a parent.
        own.max(last.min(own + 64))
    }

    /// The last row of the header that a row belongs to, where cells are merged down.
    pub fn bottom_of(&self, row: u32) -> u32 {
        let mut bottom = row;
        loop {
            let runs = self.merged.iter().filter(|run| (run.first_row..=run.last_row).contains(&bottom));
            let mut last = runs.map(|run| run.last_row).max().unwrap_or(bottom).max(bottom);
            // Parents alone are no header.
            if last == bottom && self.is_parent_row(bottom, bottom + 1) && self.has_runs(bottom) {
                last = bottom + 1;
            }
            if last == bottom {
                return bottom;
            }
            bottom = last;
        }
    }

    fn has_runs(&self, row: u32) -> bool {
        self.merged.iter().any(|run| run.first_row == row && run.last_column > run.first_column)
    }

    /// Whether `row` stands over the columns of `below` as their parents.
    pub fn is_parent_row(&self, row: u32, below: u32) -> bool {
        if below != row + 1 {
            return false;
        }
        let texts = self.texts(row);
        if texts.is_empty() || self.texts(below).is_empty() {
            return false;
        }
        let spans = |run: &&MergedHeader| run.first_row <= row && run.last_row >= below;
        if self.merged.iter().any(|run| spans(&run) && !self.own(run.first_row, run.first_column).is_empty())
            && texts.iter().any(|text| !text.is_empty())
        {
            return true;
        }
        let runs =
            self.merged.iter().filter(|run| run.first_row == row && run.last_column > run.first_column);
        let mut runs = runs.filter(|run| !self.is_title(run, below)).peekable();
        if runs.peek().is_some() {
            return true;
        }
        if self.has_runs(row) || texts.iter().any(|text| is_remark(text)) {
            return false;
        }
        // `签署名单（人事）` over the whole list is a title, though no 人事 signs.
        let is_of_all = texts.iter().position(|text| !text.is_empty()) == Some(0)
            && texts.iter().skip(1).all(String::is_empty)
            && texts.first().is_some_and(|text| Parent::of(text) == Parent::Stranger);
        if is_of_all {
            return false;
        }
        if self.has_parents_among(row, below) {
            return true;
        }
        // A CSV has lost its merged cells.
        let says_whose = texts.iter().any(|text| {
            !matches!(Parent::of(text), Parent::Neutral | Parent::Unclear(_))
                && text.chars().count() <= LONGEST_PARENT
        });
        let filled = texts.iter().filter(|text| !text.is_empty()).count();
        let has_gaps = (0..self.texts(below).len())
            .any(|column| self.own(row, column).is_empty() && !self.own(below, column).is_empty());
        let repeats =
            texts.iter().enumerate().any(|(at, text)| at > 0 && !text.is_empty() && texts[at - 1] == *text);
        says_whose && (has_gaps || repeats)
            || (filled >= 2 && has_gaps && (self.is_ambiguous(below) || self.reads_like_parents(row, below)))
    }

    /// `收货 | | 货物` above `姓名 | 电话 | 品名`: words over columns of which each has a header, where nothing is merged.
    fn reads_like_parents(&self, row: u32, below: u32) -> bool {
        const LONGEST: usize = 6;
        let (above, texts) = (self.texts(row), self.texts(below));
        let is_word = |text: &String| {
            text.is_empty()
                || (text.chars().count() <= LONGEST
                    && text.chars().all(char::is_alphabetic)
                    && match self.aliases.reading_of(text).target {
                        Target::Unknown => true,
                        // 签署人 above 姓名 and 手机.
                        Target::Field { field, .. } => field.name == "approver.name",
                        _ => false,
                    })
        };
        let is_known = |text: &&String| !matches!(self.aliases.reading_of(text).target, Target::Unknown);
        // 部门 | 技术部 is a label and its value.
        let has_a_gap_behind =
            |at: usize| at + 1 >= above.len() || above[at].is_empty() || above[at + 1].is_empty();
        above.first().is_some_and(|first| !first.is_empty())
            && (0..above.len()).all(has_a_gap_behind)
            && above.iter().all(is_word)
            && above.len() <= texts.len()
            && texts.iter().all(|text| !text.is_empty())
            && texts.iter().filter(is_known).count() >= 2
    }

    /// `姓名 | 手机号 | 担保人 |` above ` | | 姓名 | 手机号`: headers of one row beside a parent whose columns are named
    /// in the row below it, where nothing is merged.
    fn has_parents_among(&self, row: u32, below: u32) -> bool {
        let (above, texts) = (self.texts(row), self.texts(below));
        let own = |at: usize| above.get(at).map_or("", String::as_str);
        let child = |at: usize| texts.get(at).map_or("", String::as_str);
        let filled: Vec<usize> = (0..texts.len()).filter(|at| !child(*at).is_empty()).collect();
        // A parent has a second column, which nothing stands above.
        let is_parent = |at: usize| !child(at + 1).is_empty() && own(at + 1).is_empty();
        let stands_below = |at: &usize| own(*at).is_empty() || is_parent(*at);
        let is_label = |at: &&usize| {
            let reading = self.aliases.reading_of(child(**at));
            !matches!(reading.target, Target::Unknown) || reading.could_be.is_some()
        };
        // Beside a title may stand 第1页.
        let names_one = |at: usize| {
            let is_known = || !matches!(self.aliases.reading_of(own(at)).target, Target::Unknown);
            !own(at).is_empty() && child(at).is_empty() && is_known()
        };
        filled.len() >= 2
            && filled.iter().all(stands_below)
            && filled.iter().filter(is_label).count() >= 2
            && filled.iter().any(|at| !own(*at).is_empty())
            && (0..above.len()).any(names_one)
            && !texts.iter().any(|text| text.chars().filter(char::is_ascii_digit).count() > 4)
    }

    /// A text over all columns, or one that is too long, stands over nothing.
    fn is_title(&self, run: &MergedHeader, below: u32) -> bool {
        let text = self.own(run.first_row, run.first_column);
        let filled = |column: &usize| {
            !self.text(below, *column).is_empty() || !self.own(run.first_row, *column).is_empty()
        };
        let mut outside = (0..self.width(below).max(self.width(run.first_row))).filter(filled);
        let covers_all = outside.all(|column| (run.first_column..=run.last_column).contains(&column));
        // A list of one party's people has that party over all of its columns.
        let covers_all = covers_all && !matches!(Parent::of(text), Parent::Numbered(_));
        let says = text.split_once(['：', ':']).is_some_and(|(_, rest)| !rest.trim().is_empty());
        text.is_empty()
            || TABLE_TITLES.iter().any(|end| text.ends_with(end))
            || covers_all
            || says
            // Words in Latin letters take more of them.
            || text.chars().count() > if text.is_ascii() { LONGEST_PARENT * 3 } else { LONGEST_PARENT }
            || text.contains(['。', '；'])
    }

    /// Two columns of a row say the same of the signer: only parents can tell them apart.
    fn is_ambiguous(&self, row: u32) -> bool {
        let read = |text: &String| self.aliases.reading_of(text).plain_signer();
        let fields: Vec<&Field> = self.texts(row).iter().filter_map(read).collect();
        fields.iter().enumerate().any(|(at, field)| fields[..at].contains(field))
    }

    /// The first row of the header that ends in that row: its highest parents.
    pub fn top_of(&self, bottom: u32) -> u32 {
        let mut top = bottom;
        while bottom - top < MOST_PARENTS && top > 1 && self.is_parent_row(top - 1, top) {
            top -= 1;
        }
        top
    }

    /// The columns of the header that ends in that row.
    pub fn columns(&self, bottom: u32) -> Vec<HeaderColumn> {
        let mut parents: Vec<Vec<String>> = Vec::new();
        for row in (self.top_of(bottom)..bottom).rev() {
            parents.push(self.parents(row, bottom));
        }
        let width = parents.iter().map(Vec::len).max().unwrap_or(0).max(self.width(bottom));
        let own: Vec<String> = (0..width).map(|column| self.child(bottom, column).to_owned()).collect();
        let asked = if parents.is_empty() { self.asked(&own) } else { own.clone() };
        let numbered = if parents.is_empty() { with_numbers_for_letters(&own, self.aliases) } else { None };
        let read_as = numbered.as_ref().unwrap_or(&own);
        let mut columns: Vec<HeaderColumn> = (0..width)
            .map(|column| {
                let mut path: Vec<&str> = vec![read_as[column].as_str()];
                for row in &parents {
                    let parent = row.get(column).map(String::as_str).unwrap_or_default();
                    if !parent.is_empty() && path.last() != Some(&parent) {
                        path.push(parent);
                    }
                }
                path.retain(|text| !text.is_empty());
                let read = read_path(&path, self.aliases);
                // `1、您的姓名` is shown, and may be named, as it stands.
                match (asked.get(column), read.reading.said) {
                    (Some(asked), false) if *asked != own[column] => {
                        let reading = super::columns::read(asked);
                        let says = Reading::of(Target::Unknown) != reading;
                        HeaderColumn {
                            header: read.header,
                            reading: if says { reading } else { read.reading },
                        }
                    }
                    _ => read,
                }
            })
            .collect();
        while columns.last().is_some_and(|column| column.header.is_empty()) {
            columns.pop();
        }
        self.tell_apart(&mut columns, &parents, bottom);
        if parents.is_empty() {
            tell_repeats_apart(&mut columns, self.aliases);
            read_by_party(&mut columns, self.aliases);
        }
        find_names(&mut columns);
        // They are named as they stand.
        for ((column, own), numbered) in columns.iter_mut().zip(&own).zip(numbered.iter().flatten()) {
            if *column.header == **numbered {
                column.header.clone_from(own);
            }
        }
        columns
    }

    /// What questions of a form ask for; headers where they are none. 您的姓名 beside 姓名 is whoever has
    /// filled it in, and a name that is asked for twice is that of two people.
    fn asked(&self, own: &[String]) -> Vec<String> {
        if let Some(repeated) = without_repeats(own) {
            return repeated;
        }
        let asked = without_numbers(own);
        let is_stripped = |at: usize| asked[at] != own[at];
        let names_somebody = |text: &str| {
            let reading = self.aliases.reading_of(text);
            let gives = reading.could_be.or_else(|| reading.plain_signer());
            gives.is_some_and(|field| matches!(field.name, "approver.name" | "approver.mobile"))
        };
        let stripped = || (0..own.len()).filter(|at| is_stripped(*at));
        let distinct: HashSet<String> = stripped().map(|at| plain_header(&asked[at])).collect();
        let stands = (0..own.len()).any(|at| !is_stripped(at) && names_somebody(&own[at]));
        let is_form = stripped().count() > 0 && distinct.len() == stripped().count() && !stands;
        if is_form { asked } else { own.to_vec() }
    }

    /// The parents that a row gives, by column.
    fn parents(&self, row: u32, bottom: u32) -> Vec<String> {
        if self.has_runs(row) || self.merged.iter().any(|run| run.first_row <= row && run.last_row > row) {
            let is_title = |column: usize| {
                self.merged.iter().any(|run| {
                    run.first_row == row
                        && run.last_column > run.first_column
                        && (run.first_column..=run.last_column).contains(&column)
                        && self.is_title(run, bottom)
                })
            };
            let text = |column| if is_title(column) { "" } else { self.text(row, column) };
            return (0..self.width(row)).map(|column| text(column).to_owned()).collect();
        }
        let mut parent = "";
        (0..self.width(row).max(self.width(bottom)))
            .map(|column| {
                let own = self.own(row, column);
                if !own.is_empty() {
                    parent = own;
                }
                let has_child = !self.own(bottom, column).is_empty();
                if has_child { parent.to_owned() } else { own.to_owned() }
            })
            .collect()
    }

    /// Columns that are called alike are shown with what stands above them.
    fn tell_apart(&self, columns: &mut [HeaderColumn], parents: &[Vec<String>], bottom: u32) {
        if parents.is_empty() {
            return;
        }
        let headers: Vec<String> = columns.iter().map(|column| plain_header(&column.header)).collect();
        for (at, column) in columns.iter_mut().enumerate() {
            let alike =
                headers.iter().filter(|other| !other.is_empty() && **other == headers[at]).count() > 1;
            let child = self.text(bottom, at);
            let parent = parents.iter().filter_map(|row| row.get(at)).find(|text| !text.is_empty());
            if let Some(parent) = parent.filter(|parent| alike && column.header == child && *parent != child)
            {
                column.header = with(parent, child);
                if let Some(target) = self.aliases.said(&column.header) {
                    column.reading = Reading { said: true, ..Reading::of(target) };
                }
            }
        }
    }
}

fn trimmed(text: &str) -> String {
    text.trim_matches(is_space_like).to_owned()
}

/// A header with a letter for its signer: 签署人A, 签署方A姓名.
struct Lettered {
    /// The header without the letter.
    stem: String,
    /// 1 for A.
    number: u8,
    /// With the number in the letter's place.
    numbered: String,
}

impl Lettered {
    fn of(header: &str) -> Option<Self> {
        let header = header.trim_end();
        let is_letter = |c: &char| ('A'..='F').contains(c);
        let within = NUMBERED_WORDS.iter().find_map(|word| {
            let rest = header.strip_prefix(word)?;
            let letter = rest.chars().next().filter(is_letter)?;
            let rest = &rest[1..];
            (!rest.is_empty() && !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
                .then_some((*word, letter, rest))
        });
        let behind = || {
            let letter = header.chars().last().filter(is_letter)?;
            Some((header.strip_suffix(letter)?, letter, ""))
        };
        let (before, letter, rest) = within.or_else(behind)?;
        let number = u8::try_from(letter).unwrap_or(b'A') - b'A' + 1;
        let numbered = format!("{before}{number}{rest}");
        Some(Self { stem: format!("{before}{rest}"), number, numbered })
    }
}

/// `签署人A | 手机A | 签署人B | 手机B` as with 1 and 2: of each letter the same columns, all of them of a signer.
fn with_numbers_for_letters(own: &[String], aliases: &Aliases) -> Option<Vec<String>> {
    let split = |header: &String| -> Option<Lettered> {
        let lettered = Lettered::of(header)?;
        let reading = aliases.reading_of(&lettered.stem);
        let is_approvers =
            matches!(reading.target, Target::Field { field, .. } if field.level == Level::Approver);
        let is_signers = is_approvers || reading.plain_signer().is_some();
        // What somebody has said of a column is said of it as it stands.
        (is_signers && aliases.said(header).is_none()).then_some(lettered)
    };
    let parts: Vec<Option<Lettered>> = own.iter().map(split).collect();
    let stems = |number: u8| -> HashSet<&str> {
        let of_letter = parts.iter().flatten().filter(|own| own.number == number);
        of_letter.map(|own| own.stem.as_str()).collect()
    };
    let first = stems(1);
    let last = parts.iter().flatten().map(|own| own.number).max()?;
    let is_table = first.len() > 1 && last > 1 && (2..=last).all(|number| stems(number) == first);
    let number = |(header, part): (&String, &Option<Lettered>)| match part {
        Some(own) => own.numbered.clone(),
        None => header.clone(),
    };
    is_table.then(|| own.iter().zip(&parts).map(number).collect())
}
