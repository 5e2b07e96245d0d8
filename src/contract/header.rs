//! The rows that a header may have -> what each of its columns says.
//!
//! A header has one row, or parents above its columns: 甲方 | 姓名. A parent says
//! whose the columns below it are; one that is not understood makes them somebody
//! else's, never the signer's.

use std::collections::HashSet;

use crate::domain::cell::{Row, is_space_like};
use crate::domain::field::{Field, Level, by_name};

use super::columns::{
    Aliases, Reading, Target, Whose, is_a_party, is_a_stranger, names_a_counterparty, partys_field,
    plain_header, plain_letters, signers_field,
};
use super::owners::tell_repeats_apart;
use super::vocabulary::{
    APPROVER_WORDS, BARE_DEADLINES, CC_WORDS, CHINESE_NUMBERS, CONTACT, CONTRACT_PARENTS, FORM_PARENTS,
    GROUPS_OF_PEOPLE, GUARDIANS, NAMED_BY_PLACE, NEUTRAL_PARENTS, PARENT_ENDS, PARTIES, PARTY_CONTACTS,
    PARTY_ENDS, PLAIN_SIGNERS, SIGNER_WORDS, TERM_ENDS, TERM_PARENTS,
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
const MOST_PARENTS: usize = 2;
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

    /// The columns of the header that ends in that row.
    pub fn columns(&self, bottom: u32) -> Vec<HeaderColumn> {
        let mut parents: Vec<Vec<String>> = Vec::new();
        let mut below = bottom;
        while parents.len() < MOST_PARENTS && below > 1 && self.is_parent_row(below - 1, below) {
            below -= 1;
            parents.push(self.parents(below, bottom));
        }
        let width = parents.iter().map(Vec::len).max().unwrap_or(0).max(self.width(bottom));
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
                read_path(&path, self.aliases)
            })
            .collect();
        while columns.last().is_some_and(|column| column.header.is_empty()) {
            columns.pop();
        }
        self.tell_apart(&mut columns, &parents, bottom);
        if parents.is_empty() {
            tell_repeats_apart(&mut columns, self.aliases);
        }
        find_names(&mut columns);
        columns
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

/// A column that is called as the one whose mobile stands beside it has his name: 承租人
/// beside 承租人电话. Where no column has a name, 员工 may be one.
fn find_names(columns: &mut [HeaderColumn]) {
    let Some(name) = by_name("approver.name") else { return };
    number_pairs(columns);
    name_parties(columns, name);
    number_people(columns);
    join_by_place(columns, name);
    let gives = |reading: &Reading| reading.could_be.or_else(|| reading.plain_signer());
    let mut words: Vec<Whose> = Vec::new();
    for column in columns.iter().filter(|column| gives(&column.reading).is_some_and(|field| field != name)) {
        let whose = &column.reading.whose;
        if !words.contains(whose) && matches!(whose, Whose::Signer(_) | Whose::Unclear(_)) {
            words.push(whose.clone());
        }
    }
    let has_name = columns.iter().any(|column| match &column.reading.target {
        Target::Field { field, .. } => *field == name,
        _ => column.reading.could_be == Some(name),
    });
    let contacts: Vec<String> = columns
        .iter()
        .filter(|column| column.reading.target == Target::Unknown)
        .filter_map(|column| plain_header(&column.header).strip_suffix(CONTACT).map(str::to_owned))
        .collect();
    for column in columns.iter_mut() {
        let reading = &column.reading;
        let plain = plain_header(&column.header);
        // `供应商联系人 | 供应商联系电话`: whoever answers that telephone.
        let contact = plain.strip_suffix(CONTACT).filter(|whose| !whose.is_empty() && !has_name);
        if let Some(contact) = contact
            && reading.target == Target::Unknown
            && !reading.said
            && let Some(whose) = words
                .iter()
                .find(|whose| matches!(whose, Whose::Unclear(word) if plain_header(word) == contact))
        {
            column.reading = Reading { could_be: Some(name), ..Reading::unknown(whose.clone()) };
            continue;
        }
        if reading.target != Target::Unknown || reading.said || reading.whose != Whose::Unsaid {
            continue;
        }
        let bare = plain.strip_suffix('名').unwrap_or(&plain);
        // 部门 beside 部门电话 is nobody, and 出租方 beside 出租方联系人 is his company.
        if GROUPS_OF_PEOPLE.contains(&bare) || contacts.iter().any(|whose| whose == bare) {
            continue;
        }
        // `乙方共同居住人 | 共同居住人手机号`.
        let of_party = PARTIES.iter().find_map(|(party, _)| bare.strip_prefix(party)).unwrap_or(bare);
        let is_it = |word: &str| !of_party.is_empty() && (word == bare || word == of_party);
        let own = words.iter().find(
            |whose| matches!(whose, Whose::Signer(word) | Whose::Unclear(word) if is_it(&plain_header(word))),
        );
        match own {
            Some(whose @ Whose::Signer(_)) => {
                let target = Target::Field { field: name, index: None };
                column.reading = Reading { whose: whose.clone(), ..Reading::of(target) };
            }
            Some(whose) => {
                column.reading = Reading { could_be: Some(name), ..Reading::unknown(whose.clone()) };
            }
            None if !has_name && SIGNER_WORDS.contains(&plain.as_str()) => {
                let whose = Whose::Unclear(column.header.clone());
                column.reading = Reading { could_be: Some(name), ..Reading::unknown(whose) };
            }
            None => {}
        }
    }
}

/// `姓名1 | 电话1 | 姓名2 | 电话2`: signers by number, where each has a name and a mobile.
fn number_pairs(columns: &mut [HeaderColumn]) {
    let read = |column: &HeaderColumn| {
        let reading = &column.reading;
        if reading.target != Target::Unknown || reading.said || reading.whose == Whose::Stranger {
            return None;
        }
        let (plain, number) = numbered_end(&column.header)?;
        let bare = plain.as_str();
        let named =
            if APPROVER_WORDS.contains(&bare) { by_name("approver.name") } else { signers_field(bare) };
        Some((number, named?))
    };
    let mut found: Vec<Option<(usize, &'static Field)>> = columns.iter().map(read).collect();
    // 姓名 | 电话 | 姓名2 | 电话2: the first has no number, and stands before the others.
    if !found.iter().flatten().any(|(number, _)| *number == 0) {
        let first = found.iter().position(Option::is_some).unwrap_or(0);
        for (column, own) in columns.iter().zip(&mut found).take(first) {
            let reading = &column.reading;
            let is_bare = matches!(reading.target, Target::Field { index: None, .. }) && !reading.said;
            if let (Some(field), Whose::Unsaid, true) = (reading.plain_signer(), &reading.whose, is_bare) {
                *own = Some((0, field));
            }
        }
    }
    let has = |number: usize, name: &str| {
        found.iter().flatten().any(|(own, field)| *own == number && field.name == name)
    };
    let is_whole = |number: usize| has(number, "approver.name") && has(number, "approver.mobile");
    let most = found.iter().flatten().map(|(number, _)| number + 1).max().unwrap_or(0);
    let once = |own: &(usize, &Field)| found.iter().flatten().filter(|found| *found == own).count() == 1;
    if most < 2 || most > columns.len() || !(0..most).all(is_whole) || !found.iter().flatten().all(once) {
        return;
    }
    for (column, found) in columns.iter_mut().zip(found) {
        if let Some((number, field)) = found {
            column.reading = Reading::of(Target::Field { field, index: Some(number) });
        }
    }
}

/// `姓名2` and `姓名.1`: what stands before, and the number counted from 0.
fn numbered_end(header: &str) -> Option<(String, usize)> {
    let plain = plain_header(header);
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = plain[bare.len()..].parse::<usize>().ok().filter(|number| *number < 1000)?;
    match bare.strip_suffix('.') {
        // So a program writes that a header is there once more.
        Some(bare) => Some((bare.to_owned(), number)),
        None => Some((bare.to_owned(), number.checked_sub(1)?)),
    }
}

/// `乙方姓名1 | 乙方手机1 | 乙方姓名2 | 乙方手机2`: people of one party, each with a name and a mobile, who
/// may sign.
fn number_people(columns: &mut [HeaderColumn]) {
    let read = |column: &HeaderColumn| {
        if column.reading.target != Target::Unknown || column.reading.said {
            return None;
        }
        let (bare, number) = numbered_end(&column.header)?;
        let reading = super::columns::read(&bare);
        let (field, who) = match (&reading.target, &reading.whose, reading.could_be) {
            (Target::Field { field, index }, whose, _) if field.level == Level::Approver => {
                let of_party =
                    PARTIES.iter().find(|(word, own)| Some(*own) == *index && bare.starts_with(word));
                let who = match (of_party, whose) {
                    (Some((word, _)), _) => (*word).to_owned(),
                    (None, Whose::Signer(word)) => word.clone(),
                    _ => "签署方".to_owned(),
                };
                (*field, who)
            }
            (Target::Unknown, Whose::Unclear(who), Some(field)) => (field, who.clone()),
            _ => return None,
        };
        Some((field, format!("{who}{}", number + 1)))
    };
    let found: Vec<Option<(&'static Field, String)>> = columns.iter().map(read).collect();
    let has =
        |who: &str, name: &str| found.iter().flatten().any(|(field, own)| own == who && field.name == name);
    for (column, own) in columns.iter_mut().zip(&found) {
        if let Some((field, who)) = own
            && has(who, "approver.name")
            && has(who, "approver.mobile")
        {
            column.reading =
                Reading { could_be: Some(field), ..Reading::unknown(Whose::Unclear(who.clone())) };
        }
    }
}

/// `担保人 | 保证人电话`: a mobile of whom no column has the name is that of the one who stands
/// before it, if nobody else's stands there.
fn join_by_place(columns: &mut [HeaderColumn], name: &'static Field) {
    let word_of = |column: &HeaderColumn| match (&column.reading.whose, column.reading.could_be) {
        (Whose::Unclear(word), Some(field)) if !column.reading.said => Some((word.clone(), field)),
        _ => None,
    };
    let words: Vec<Option<(String, &'static Field)>> = columns.iter().map(word_of).collect();
    if !words.iter().flatten().any(|(_, field)| field.name == "approver.mobile") {
        return;
    }
    let plain: Vec<String> = columns.iter().map(|column| plain_header(&column.header)).collect();
    // Whoever has a name of his own, and whoever has a mobile.
    let mut named: HashSet<String> = plain.iter().cloned().collect();
    named.extend(words.iter().flatten().filter(|(_, field)| *field == name).map(|(word, _)| word.clone()));
    let reached: HashSet<String> = words
        .iter()
        .flatten()
        .filter(|(_, field)| *field != name)
        .map(|(word, _)| plain_header(word))
        .collect();
    for at in 1..columns.len() {
        let Some((word, field)) = &words[at] else { continue };
        let before = &columns[at - 1].reading;
        let own = plain[at - 1].as_str();
        let is_free = before.target == Target::Unknown && !before.said && before.whose != Whose::Stranger;
        let is_person = names_a_counterparty(own)
            || GUARDIANS.contains(&own)
            || NAMED_BY_PLACE.iter().any(|end| own.ends_with(end));
        let is_alone = !named.contains(word) && !reached.contains(own);
        if field.name == "approver.mobile" && is_free && is_person && is_alone {
            let whose = Whose::Unclear(if names_a_counterparty(own) { own.to_owned() } else { word.clone() });
            columns[at - 1].reading = Reading { could_be: Some(name), ..Reading::unknown(whose.clone()) };
            columns[at].reading = Reading { could_be: Some(field), ..Reading::unknown(whose) };
        }
    }
}

/// `乙方 | 乙方手机号`: the column that is called as the party has its signer's name; before it the
/// one of whoever is named for the party, `甲方 | 甲方联系人 | 甲方联系电话`.
fn name_parties(columns: &mut [HeaderColumn], name: &'static Field) {
    for (word, party) in PARTIES {
        let gives = |wanted: &str| {
            columns.iter().any(|column| {
                matches!(&column.reading.target, Target::Field { field, index: Some(own) }
                    if own == party && field.name == wanted)
            })
        };
        if !gives("approver.mobile") || gives("approver.name") {
            continue;
        }
        let mobile = columns.iter().position(|column| {
            matches!(&column.reading.target, Target::Field { field, index: Some(own) }
                if own == party && field.name == "approver.mobile")
        });
        let called = |ends: &[&str]| {
            let is_it = |column: &HeaderColumn| {
                let unread = column.reading.target == Target::Unknown && !column.reading.said;
                let plain = if unread { plain_header(&column.header) } else { String::new() };
                plain.strip_prefix(word).is_some_and(|end| ends.contains(&end))
            };
            // Of several the one whose telephone it is stands nearest before it.
            let before = columns.iter().take(mobile.unwrap_or(0)).rposition(is_it);
            before.or_else(|| columns.iter().position(is_it))
        };
        let found = called(PARTY_CONTACTS).or_else(|| called(&[""]));
        if let Some(column) = found.and_then(|at| columns.get_mut(at)) {
            column.reading = Reading::of(Target::Field { field: name, index: Some(*party) });
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
    is_date || says.is_some_and(|(what, _)| !of_somebody(what))
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
        Ok(number) => number.checked_sub(1),
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
            let ends = ends_a_term(&plain)
                || matches!(plain.as_str(), "止" | "至" | "结束" | "截止" | "到期" | "终止");
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
            // Whose deadline is that?
            (None, Target::Field { .. }) if is_bare_deadline(child) && !name.contains(['签', '署']) => {
                (true, Reading { ends_term: true, ..Reading::of(Target::Unknown) })
            }
            _ => (false, alone),
        },
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
