//! The rows that a header may have -> what each of its columns says.
//!
//! A header has one row, or parents above its columns: 甲方 | 姓名. A parent says
//! whose the columns below it are; one that is not understood makes them somebody
//! else's, never the signer's.

use std::collections::HashSet;

use crate::domain::cell::{Row, is_space_like};
use crate::domain::field::{Field, Level, by_name};

use super::columns::{
    Aliases, MOST_NUMBERED, Reading, Target, Whose, is_a_party, is_a_stranger, is_company, is_somebody,
    names_a_counterparty, partys_field, plain_header, plain_letters, signers_field,
};
use super::names::find_names;
use super::owners::tell_repeats_apart;
use super::party_roles::read_by_party;
use super::question::without_numbers;
use super::vocabulary::{
    APPROVER_WORDS, BARE_DEADLINES, BARE_ENDS, CC_WORDS, CHINESE_NUMBERS, CONTRACT_PARENTS, ENDS_IN_TIME,
    FORM_PARENTS, LINES_FOR_INK, NEUTRAL_PARENTS, PARENT_ENDS, PARTIES, PARTY_CONTACTS, PARTY_ENDS,
    PARTY_SIGNER, PLAIN_SIGNERS, SIGN_BESIDE, SIGNER_WORDS, TABLE_TITLES, TERM_ENDS, TERM_PARENTS,
};

/// Merged cells of a header: what stands in the first cell counts for all of them.
/// 0-based columns.
#[derive(Clone, Copy, Debug)]
pub struct MergedHeader {
    pub first_row: u32,
    pub last_row: u32,
    pub first_column: usize,
    pub last_column: usize,
}

/// A column of a header: what is shown of it, and what it says.
pub struct HeaderColumn {
    pub header: String,
    pub reading: Reading,
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
        says_whose && (has_gaps || repeats) || (filled >= 2 && has_gaps && self.is_ambiguous(below))
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
            || text.chars().count() > LONGEST_PARENT
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
        let own: Vec<String> = (0..width).map(|column| self.text(bottom, column).to_owned()).collect();
        let asked = if parents.is_empty() { self.asked(&own) } else { own.clone() };
        let mut columns: Vec<HeaderColumn> = (0..width)
            .map(|column| {
                let mut path: Vec<&str> = vec![self.text(bottom, column)];
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
        columns
    }

    /// What questions of a form ask for; headers where they are none. 您的姓名 beside 姓名 is whoever has
    /// filled it in, and a name that is asked for twice is that of two people.
    fn asked(&self, own: &[String]) -> Vec<String> {
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

/// A parent and a child as one header.
fn with(parent: &str, child: &str) -> String {
    let both_latin = parent.ends_with(|c: char| c.is_ascii_alphanumeric())
        && child.starts_with(|c: char| c.is_ascii_alphanumeric());
    format!("{parent}{}{child}", if both_latin { " " } else { "" })
}

/// Whose the columns below a parent are.
#[derive(Debug, PartialEq)]
enum Parent {
    /// It does not say.
    Neutral,
    Form,
    /// What begins and ends below it is the contract.
    Term,
    Numbered(usize),
    Signer(String),
    Cc,
    Stranger,
    Unclear(String),
}

impl Parent {
    fn of(text: &str) -> Self {
        let plain = plain_header(text);
        let plain = plain.trim_end_matches([':', '.']);
        if plain.is_empty() || NEUTRAL_PARENTS.contains(&plain) {
            return Self::Neutral;
        }
        if FORM_PARENTS.contains(&plain) {
            return Self::Form;
        }
        if TERM_PARENTS.contains(&plain) {
            return Self::Term;
        }
        let letters = plain_letters(text);
        let letters = letters.trim_end_matches([':', '.']);
        let (base, note) = match letters.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((base, note)) => (base, note),
            None => (letters, ""),
        };
        if is_a_stranger(base) || is_a_stranger(note) {
            return Self::Stranger;
        }
        for party in [base, note] {
            if let Some(number) = party_number(party).or_else(|| signer_number(party)) {
                return Self::Numbered(number);
            }
        }
        if is_a_party(note) {
            return Self::Unclear(text.to_owned());
        }
        let bare = without_ends(base, PARENT_ENDS);
        if CC_WORDS.contains(&bare) {
            return Self::Cc;
        }
        if PLAIN_SIGNERS.contains(&bare) || APPROVER_WORDS.contains(&bare) {
            return Self::Neutral;
        }
        match SIGNER_WORDS.iter().find(|word| **word == bare) {
            Some(word) => Self::Signer((*word).to_owned()),
            None if NEUTRAL_PARENTS.contains(&bare) => Self::Neutral,
            None => Self::Unclear(text.to_owned()),
        }
    }
}

/// `制表：人事部`, `2026-11-20`: said of the whole sheet, and of no column. `甲方：某公司` is a party.
fn is_remark(text: &str) -> bool {
    let begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
    let digits = text.chars().filter(char::is_ascii_digit).count();
    // 2026年11月20日, but not 1期.
    let is_date = begins_with_digit && digits >= 5;
    let says = text.split_once(['：', ':']).filter(|(_, rest)| !rest.trim().is_empty());
    let of_somebody =
        |what: &str| !matches!(Parent::of(what), Parent::Neutral | Parent::Unclear(_) | Parent::Stranger);
    // `部门主管签字：`, `日期：`: to be filled in by hand.
    let is_for_ink = text.ends_with(['：', ':']) && LINES_FOR_INK.iter().any(|word| text.contains(word));
    is_date || is_for_ink || says.is_some_and(|(what, _)| !of_somebody(what))
}

fn without_ends<'t>(text: &'t str, ends: &[&str]) -> &'t str {
    let shorter = ends.iter().filter_map(|end| text.strip_suffix(end));
    shorter.min_by_key(|rest| rest.len()).map_or(text, |rest| rest.trim_end_matches(['.', ':', '的']))
}

/// `甲方信息`, `甲方单位`.
fn party_number(text: &str) -> Option<usize> {
    PARTIES.iter().find_map(|(party, index)| {
        let rest = without_ends(text.strip_prefix(party)?, PARENT_ENDS);
        (rest.is_empty() || PARTY_ENDS.contains(&rest)).then_some(*index)
    })
}

/// `签署方1`, `第二签署方`, `签署人一信息`.
fn signer_number(text: &str) -> Option<usize> {
    let text = without_ends(text, PARENT_ENDS);
    let number = |text: &str| match text.parse::<usize>() {
        Ok(number) => number.checked_sub(1).filter(|index| *index < MOST_NUMBERED),
        Err(_) => CHINESE_NUMBERS.iter().position(|own| own.to_string() == text),
    };
    APPROVER_WORDS.iter().find_map(|word| {
        let behind = text.strip_prefix(word).and_then(number);
        behind.or_else(|| text.strip_suffix(word)?.strip_prefix('第').and_then(number))
    })
}

/// What a column says with all that stands above it; the column's own text first.
fn read_path(path: &[&str], aliases: &Aliases) -> HeaderColumn {
    let [child, parents @ ..] = path else {
        return HeaderColumn { header: String::new(), reading: Reading::of(Target::Unknown) };
    };
    let joined = |count: usize| {
        parents.iter().take(count).rev().chain([child]).fold(String::new(), |above, text| with(&above, text))
    };
    for count in (0..=parents.len()).rev() {
        if let Some(target) = aliases.said(&joined(count)) {
            return HeaderColumn {
                header: joined(count),
                reading: Reading { said: true, ..Reading::of(target) },
            };
        }
    }
    // The nearest parent that says whose the column is; else one that is not understood.
    let read: Vec<(usize, Parent)> =
        parents.iter().enumerate().map(|(at, parent)| (at, Parent::of(parent))).collect();
    let stranger = read.iter().position(|(_, parent)| *parent == Parent::Stranger);
    let clear = read.iter().position(|(_, parent)| !matches!(parent, Parent::Neutral | Parent::Unclear(_)));
    let unclear = read.iter().position(|(_, parent)| matches!(parent, Parent::Unclear(_)));
    let Some((at, parent)) = stranger.or(clear).or(unclear).and_then(|found| read.get(found)) else {
        // `合同 | 截止日期` is 合同截止日期.
        let of_contract = parents.iter().position(|parent| is_of_contract(parent));
        if let Some(at) = of_contract.filter(|_| is_bare_deadline(child)) {
            let reading = Reading { ends_term: true, ..Reading::of(Target::Unknown) };
            return HeaderColumn { header: joined(at + 1), reading };
        }
        let reading = aliases.reading_of(child);
        return HeaderColumn { header: (*child).to_owned(), reading };
    };
    let whole = joined(at + 1);
    let (with_parent, reading) = under(parent, child, &whole, aliases);
    HeaderColumn { header: if with_parent { whole } else { (*child).to_owned() }, reading }
        .for_form(parent, child)
}

impl HeaderColumn {
    fn for_form(mut self, parent: &Parent, child: &str) -> Self {
        if *parent == Parent::Form {
            self.header = format!("填写:{child}");
        }
        self
    }
}

/// What a column says below a parent, and whether it is shown with it.
fn under(parent: &Parent, child: &str, whole: &str, aliases: &Aliases) -> (bool, Reading) {
    let alone = aliases.reading_of(child);
    let plain = plain_header(child);
    match parent {
        Parent::Neutral => (false, alone),
        Parent::Form => (true, aliases.reading_of(&format!("填写:{child}"))),
        Parent::Term => {
            let ends = ends_a_term(&plain) || BARE_ENDS.contains(&plain.as_str());
            if ends {
                return (true, Reading { ends_term: true, ..Reading::of(Target::Unknown) });
            }
            (false, alone)
        }
        Parent::Numbered(number) => {
            let own = alone.plain_signer().or_else(|| partys_field(&plain));
            match (own, &alone.target) {
                _ if alone.whose == Whose::Stranger => (true, alone),
                (Some(field), _) => (true, Reading::of(Target::Field { field, index: Some(*number) })),
                (None, Target::Field { field, .. }) if field.level == Level::Flow => (false, alone),
                (None, Target::FormField(_)) => (false, alone),
                _ => match aliases.reading_of(whole) {
                    Reading { target: Target::Field { field, index }, .. } => {
                        (true, Reading::of(Target::Field { field, index }))
                    }
                    _ => (true, Reading::unknown(Whose::Unsaid)),
                },
            }
        }
        Parent::Signer(word) => match alone.plain_signer() {
            // It has a word of its own: 员工信息 | 员工姓名.
            Some(_) if alone.whose != Whose::Unsaid => (false, alone),
            Some(_) => (true, Reading { whose: Whose::Signer(word.clone()), ..alone }),
            None => (false, alone),
        },
        Parent::Cc => (true, aliases.reading_of(&format!("抄送人{child}"))),
        Parent::Stranger => (true, Reading::unknown(Whose::Stranger)),
        Parent::Unclear(name) => match (alone.plain_signer(), &alone.target) {
            (Some(_), _) if matches!(alone.whose, Whose::Signer(_)) => (false, alone),
            (Some(field), _) => {
                let could_be = Some(field);
                (true, Reading { could_be, ..Reading::unknown(Whose::Unclear(name.clone())) })
            }
            // 用人单位 | 签约代表, 企业 | 经办人姓名, 学校 | 老师姓名: whoever signs for it.
            (None, _) if !alone.said && field_of_its_people(name, &plain, &alone).is_some() => {
                let could_be = field_of_its_people(name, &plain, &alone);
                (true, Reading { could_be, ..Reading::unknown(Whose::Unclear(name.clone())) })
            }
            // 签署时间 | 结束, 签约 | 截止时间.
            (None, _) if !alone.said && name.contains(['签', '署']) && ends_a_time(&plain) => {
                (true, aliases.reading_of(whole))
            }
            // Whose deadline is that?
            (None, Target::Field { .. }) if is_bare_deadline(child) && !name.contains(['签', '署']) => {
                (true, Reading { ends_term: true, ..Reading::of(Target::Unknown) })
            }
            _ => (false, alone),
        },
    }
}

/// 结束, 止, 截止时间.
pub fn ends_a_time(plain: &str) -> bool {
    ends_a_term(plain) || BARE_ENDS.contains(&plain) || ENDS_IN_TIME.contains(&plain)
}

/// A name or a number of somebody whom a child names below its parent.
fn field_of_its_people(parent: &str, plain: &str, alone: &Reading) -> Option<&'static Field> {
    let people = || PARTY_SIGNER.iter().chain(PARTY_CONTACTS);
    if people().any(|word| *word == plain) {
        return by_name("approver.name");
    }
    let rest = people().filter_map(|word| plain.strip_prefix(word)).min_by_key(|rest| rest.len());
    let of_contact = rest.and_then(|rest| signers_field(rest.trim_start_matches(['.', ':', '的'])));
    // 备注 has no people.
    let parent = plain_header(parent);
    let parent = without_ends(&parent, PARENT_ENDS);
    let has_people = is_company(parent) || is_somebody(parent) || names_a_counterparty(parent);
    match &alone.whose {
        Whose::Unclear(word) if has_people || SIGN_BESIDE.iter().any(|own| word.contains(own)) => {
            alone.could_be
        }
        Whose::Unclear(_) => None,
        _ => of_contact,
    }
}

fn is_of_contract(parent: &str) -> bool {
    CONTRACT_PARENTS.contains(&plain_header(parent).trim_end_matches([':', '.']))
}

pub fn is_bare_deadline(header: &str) -> bool {
    BARE_DEADLINES.contains(&plain_header(header).as_str())
}

/// `到期日`, `截止日期`: an end, of what the header does not say.
pub fn ends_a_term(plain: &str) -> bool {
    TERM_ENDS.contains(&plain) || BARE_DEADLINES.contains(&plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_the_whole_sheet_stands_over_no_column() {
        for text in ["制表：人事部", "2026-11-20", "2026年11月20日", "联系人：李四 13800138000", "单位：元"]
        {
            assert!(is_remark(text), "{text}");
        }
        for text in ["甲方：某某公司", "甲方：", "员工信息", "第1期", "2期", "紧急联系人", "乙方(2人)"]
        {
            assert!(!is_remark(text), "{text}");
        }
    }

    #[test]
    fn parents_say_whose_their_columns_are() {
        let signer = |word: &str| Parent::Signer(word.to_owned());
        let unclear = |word: &str| Parent::Unclear(word.to_owned());
        for (text, expected) in [
            ("甲方", Parent::Numbered(0)),
            ("甲方（公司）", Parent::Numbered(0)),
            ("甲方信息", Parent::Numbered(0)),
            ("乙方 基本信息：", Parent::Numbered(1)),
            ("出租方（甲方）", Parent::Numbered(0)),
            ("甲方单位", Parent::Numbered(0)),
            ("签署方2", Parent::Numbered(1)),
            ("第二签署方", Parent::Numbered(1)),
            ("Party B", Parent::Numbered(1)),
            ("员工信息", signer("员工")),
            ("员工", signer("员工")),
            ("签署方", Parent::Neutral),
            ("基本信息", Parent::Neutral),
            ("个人", Parent::Neutral),
            ("直属上级", Parent::Stranger),
            ("紧急联系人", Parent::Stranger),
            ("甲方联系人", Parent::Stranger),
            ("合同期限", Parent::Term),
            ("填写项", Parent::Form),
            ("抄送人", Parent::Cc),
            ("责任人", unclear("责任人")),
            ("出租方", unclear("出租方")),
        ] {
            assert_eq!(Parent::of(text), expected, "{text}");
        }
    }
}
