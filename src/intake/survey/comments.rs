//! Comments on cells. Nothing of them is sent; where one says something of the signing (已离职，不要发),
//! the rows go out only once somebody has said so.

use std::collections::BTreeMap;

use crate::contract::above::{names_a_deadline, says_not_to_send, shortened};
use crate::contract::columns::{Target, half_width};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{CORRECTIONS, HOLDS, NO_CORRECTIONS, SAID_AT_HEADERS};
use crate::domain::cell::{Cell, Struck};
use crate::domain::problem::Rule;
use crate::table::Comment;

use crate::intake::noted::MOST_ROWS;
use crate::intake::plan::Source;
use crate::intake::remarks::{leaves_out, speaks_of_the_row};

/// How a comment of this program begins.
const OURS: &str = "flowbatch:";
/// Comments that are shown.
const MOST_SHOWN: usize = 4;

#[derive(Default)]
pub struct Comments {
    /// By row, what is pinned to its cells.
    of_rows: BTreeMap<u32, Vec<(usize, String)>>,
    ignored: bool,
    /// Somebody has said of hidden and struck rows whether they go: what is pinned to them says no more.
    knows_hidden: bool,
    /// Those that say something of the signing.
    said: Told,
    /// All others of rows that are sent.
    other: Told,
}

#[derive(Default)]
struct Told {
    rows: Vec<u32>,
    words: Vec<String>,
    count: u64,
    /// One of them says that a row is not to be sent, or that a value is another.
    leaves_out: bool,
}

impl Told {
    fn add(&mut self, row: u32, text: &str) {
        self.count += 1;
        self.leaves_out |= text.lines().any(|line| says_not_to_send(line) || leaves_out(line.trim()));
        if self.rows.len() < MOST_ROWS && self.rows.last() != Some(&row) {
            self.rows.push(row);
        }
        if self.words.len() < MOST_SHOWN {
            self.words.push(shortened(text));
        }
    }
}

impl Comments {
    pub fn new(source: &Source) -> Self {
        let sheet = source.workbook.sheets().get(source.sheet);
        // What is wrong with a cell stands in the comments of a workbook of ours.
        let is_ours = source.workbook.kind_of_ours().is_some();
        let comments = sheet.map(|sheet| sheet.comments.as_slice()).filter(|_| !is_ours);
        let mut own = Self {
            ignored: source.said.ignore_comments,
            knows_hidden: source.said.answers_hidden_rows,
            ..Self::default()
        };
        let has_deadline = source.mapping.column_of("deadline").is_some();
        for Comment { row, column, text } in comments.unwrap_or_default() {
            // The template's own say how its columns are filled in.
            let is_ours = *row <= source.mapping.header_row && text.starts_with(OURS);
            let text = without_author(text);
            if is_ours {
                continue;
            }
            // How a column is to be filled in is said at its header, and so is what holds for all rows.
            if *row > source.mapping.header_row {
                own.of_rows.entry(*row).or_default().push((*column as usize, text.to_owned()));
            } else if concerns_all_rows(text, has_deadline) {
                own.said.add(*row, text);
            }
        }
        own
    }

    /// A row that is sent.
    pub fn row(&mut self, row: &SourceRow) {
        let is_struck = row.row.marks.iter().any(|(_, mark)| mark.struck == Struck::Whole);
        let is_answered = self.knows_hidden && (row.row.hidden || is_struck);
        let Some(texts) = self.of_rows.remove(&row.row.number) else { return };
        let is_used = |column: usize| {
            let target = row.mapping.targets.get(column);
            target.is_some_and(|target| !matches!(target, Target::Unknown | Target::Ignored))
        };
        for (column, text) in texts {
            let corrects =
                corrects(&text) || (is_used(column) && is_another_number(&text, row.row.cell(column)));
            let says = corrects || concerns_the_signing(&text) || speaks_of_the_row(&text, row);
            self.said.leaves_out |= corrects;
            let told = if says && !is_answered { &mut self.said } else { &mut self.other };
            told.add(row.row.number, &text);
        }
    }

    /// A row that is not sent: nothing that is said of it matters.
    pub fn pass(&mut self, row: &SourceRow) {
        self.of_rows.remove(&row.row.number);
    }

    pub fn finish(self) -> impl Iterator<Item = Rule> {
        let Self { mut said, mut other, ignored, of_rows, .. } = self;
        // 以下先不发, on a blank row or on a total.
        for (row, texts) in &of_rows {
            texts
                .iter()
                .filter(|(_, text)| concerns_the_signing(text))
                .for_each(|(_, text)| said.add(*row, text));
        }
        let asks = !ignored && said.count > 0;
        if !asks && said.count > 0 {
            other.count += said.count;
            other.rows.extend(said.rows.iter().copied());
            other.rows.sort_unstable();
            other.rows.dedup();
            other.rows.truncate(MOST_ROWS);
        }
        let Told { rows, words, count, leaves_out } = said;
        let question = asks.then_some(Rule::CommentsSay { leaves_out, rows, words, count });
        let listed =
            (other.count > 0).then_some(Rule::CommentsListed { rows: other.rows, count: other.count });
        question.into_iter().chain(listed)
    }
}

/// `王敏:\n已离职`: a program puts who has written it before it.
fn without_author(text: &str) -> &str {
    const LONGEST: usize = 40;
    match text.split_once('\n') {
        Some((author, rest))
            if author.chars().count() <= LONGEST && author.trim_end().ends_with([':', '：']) =>
        {
            rest.trim()
        }
        _ => text.trim(),
    }
}

/// The same at a header, or above it: most of what stands there says how a column is filled in.
fn concerns_all_rows(text: &str, has_deadline: bool) -> bool {
    text.lines().filter(|line| !SAID_AT_HEADERS.iter().any(|word| line.contains(word))).any(|line| {
        let is_of_time = names_a_deadline(line);
        (says_not_to_send(line) && !is_of_time) || (is_of_time && !has_deadline)
    })
}

fn concerns_the_signing(text: &str) -> bool {
    text.lines().any(|line| says_not_to_send(line) || names_a_deadline(line))
}

/// `工资改为9000`, `金额有误`, `以8500为准`: the cell is sent as it is.
fn corrects(text: &str) -> bool {
    const LONGEST: usize = 40;
    // 如有误请联系 says nothing of the cell.
    let text = NO_CORRECTIONS.iter().fold(text.to_owned(), |rest, words| rest.replace(words, ""));
    let is_held =
        || text.split_once(HOLDS).is_some_and(|(before, _)| before.bytes().any(|byte| byte.is_ascii_digit()));
    text.chars().count() <= LONGEST && (CORRECTIONS.iter().any(|word| text.contains(word)) || is_held())
}

/// `9000`, `￥9,000元` and nothing else, at a cell with 8000: what it is to be, most likely.
fn is_another_number(text: &str, cell: &Cell) -> bool {
    let number = |text: &str| -> Option<f64> {
        let plain: String = text.trim().chars().map(half_width).collect();
        let bare = plain.trim_start_matches(['¥', '￥', '=']).trim_end_matches('元').replace(',', "");
        let is_number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        bare.parse().ok().filter(|_| is_number)
    };
    // 1 at 8000 is a footnote.
    let is_like = |own: f64, other: f64| own != other && other <= own * 10.0 && own <= other * 10.0;
    match (number(text), number(&cell.seen_ref())) {
        (Some(other), Some(own)) => is_like(own, other),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_written_it_says_nothing() {
        assert_eq!(without_author("王敏:\n已离职"), "已离职");
        assert_eq!(without_author("王敏：\n 已离职 \n"), "已离职");
        assert_eq!(without_author("注意\n已离职"), "注意\n已离职");
        assert_eq!(without_author("已离职"), "已离职");
    }
}
