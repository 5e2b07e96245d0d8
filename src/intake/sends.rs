//! Columns that nothing is sent of, and that may say whether a row is to be sent at all.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;

use crate::contract::above::names_a_deadline;
use crate::contract::columns::{Target, without_name_end};
use crate::contract::dates::written_day;
use crate::contract::instructions::changes_the_signing;
use crate::contract::layout::Mapping;
use crate::contract::refusals::is_left_undone;
use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    AGES, AROUND_QUESTIONS, ASKS_TO_SEND, BEFORE_SIGNING, BEFORE_THIS, COUNT_ENDS, COUNTS_OF_CONTRACTS,
    CROSSES_THAT_TICK, DONE_MARKS, DONE_WORDS, ENDS_OF_QUESTIONS, FINISHED, GUARDIANS, HAS_WORKED, HIMSELF,
    IS_MEANT, LAST_DAYS, LEAVING, MAY_BE_DONE, MAY_SEND, OF_ANOTHER, OF_ELSEWHERE, OF_OTHER_MATTERS,
    OF_SIGNING, OF_THE_SIGNER, OTHER_MARKS, PAPER_WORDS, PAPERS, PENDING, RELATION, REMARK_COLUMNS,
    REMARK_END, SAYS_OF_SOMEBODY, SIGN_FOR_HIMSELF, SIGNED_ALREADY, SIGNED_BY_ANOTHER, SIGNED_ON,
    SIGNER_RELATIONS, SIGNING_PEOPLE, SIGNS_OR_SENDS, SIGNS_OR_SIGNED, SURNAMES, TICKED_FOR, WHETHER,
};
use crate::domain::field::FieldId;
use crate::domain::problem::{Rule, SignerMatter};

use super::orders::is_role_column;
use super::remarks::{
    MOST_LETTERS, is_anothers_number, leaves_out, names_another_number, says_no, says_no_anywhere,
    says_otherwise, shortened,
};
use super::sheet_survey::{MOST_ROWS, NotedRows};

/// Columns that are asked about.
const MOST_FOUND: usize = 4;

/// A column like 是否签约 or 签署状态.
struct Asked {
    column: usize,
    /// Whether 是 there means that the row is to be sent.
    sends: bool,
    /// Whether it says just that, so that a map to `send` means the same.
    maps: bool,
}

/// What a column like 年龄 is about.
fn matter_of(plain: &str) -> Option<SignerMatter> {
    match () {
        () if SIGNER_RELATIONS.contains(&plain) => Some(SignerMatter::Relation),
        // 签字人与本人关系.
        () if plain.contains('签') && plain.ends_with(RELATION) => Some(SignerMatter::Relation),
        // 签署人 beside 姓名, with 本人 and 父亲: a name there would be used.
        () if SIGNING_PEOPLE.contains(&without_name_end(plain)) => Some(SignerMatter::Relation),
        () if AGES.contains(&plain) => Some(SignerMatter::Age),
        () if COUNTS_OF_CONTRACTS.contains(&plain) => Some(SignerMatter::Count),
        () => None,
    }
}

/// 签署人姓名, 家长姓名: by their header the names are of those who sign, whatever age or relation stands beside
/// them.
fn says_who_signs(mapping: &Mapping) -> bool {
    let names = (0..mapping.targets.len()).filter(|column| {
        matches!(&mapping.targets[*column], Target::Field { field, .. } if field.id == FieldId::ApproverName)
    });
    let says = |header: &str| OF_THE_SIGNER.iter().chain(GUARDIANS).any(|word| header.contains(word));
    names.filter_map(|column| mapping.headers.get(column)).any(|header| says(header))
}

/// Whether a cell says that not this person signs this contract alone.
fn is_told(matter: SignerMatter, text: &str) -> bool {
    const OF_AGE: u32 = 18;
    let number = || text.trim_end_matches(['份', '岁']).trim().parse::<u32>().ok();
    match matter {
        SignerMatter::Relation => !text.is_empty() && !HIMSELF.contains(&text),
        SignerMatter::Age => number().is_some_and(|age| (1..OF_AGE).contains(&age)),
        SignerMatter::Count => number().is_some_and(|count| count > 1),
    }
}

/// What a column like 签署状态 has said, and whether a map to `send` would mean the same.
#[derive(Default)]
struct Pending {
    /// That the row is to be sent.
    said: Option<Said>,
    other: Option<Said>,
    has_blank: bool,
    /// It is a yes, a no or a tick; and some row has said a word.
    answer: Option<Said>,
    has_word: bool,
}

/// What some rows have said, and whether a map to `send` would mean the same.
struct Said {
    maps: bool,
    value: String,
    rows: NotedRows,
}

impl Said {
    fn in_row(maps: bool, value: &str, row: &SourceRow) -> Self {
        let mut rows = NotedRows::default();
        rows.note(row.row.number);
        Self { maps, value: value.to_owned(), rows }
    }

    /// The rows before with the same value are told with this one.
    fn after(mut self, before: Option<Self>, row: &SourceRow) -> Self {
        if let Some(before) = before.filter(|before| before.value == self.value) {
            self.rows = before.rows;
            self.rows.note(row.row.number);
        }
        self
    }
}

/// A column that may say which rows are meant.
struct Found {
    column: usize,
    /// A map to `send` means the same.
    maps: bool,
    /// What stands there.
    value: String,
    /// It is a remark with a mobile or an ID number that stands nowhere else in its row.
    other_number: bool,
    rows: NotedRows,
}

impl Found {
    fn new(column: usize, said: Said) -> Self {
        let Said { maps, value, rows } = said;
        Self { column, maps, value, other_number: false, rows }
    }

    /// A later row.
    fn note(&mut self, row: &SourceRow) {
        let seen = row.row.cell(self.column).seen_ref();
        let text = seen.trim();
        if text == self.value || (text.len() > self.value.len() && shortened(text) == self.value) {
            self.rows.note(row.row.number);
        }
    }
}

#[derive(Default)]
pub struct Sends {
    asked: Vec<Asked>,
    /// Columns like 备注.
    remarks: Vec<usize>,
    /// Columns of any other name, and whether they have to do with contracts.
    others: Vec<(usize, bool)>,
    /// Columns of which nobody expects it: 部门, 岗位.
    unexpected: Vec<usize>,
    /// Columns like 离职日期.
    last_days: Vec<usize>,
    /// Columns like 签署日期: some of them that are filled in were signed that day.
    signed_on: Vec<usize>,
    /// A day behind it is when somebody is to sign.
    today: Date,
    /// Columns like 签署人关系, 年龄 and 合同份数, and which of them.
    of_signers: Vec<(usize, SignerMatter)>,
    /// A column of ours says it.
    own: Option<Own>,
    /// Of columns, what all of their rows have said so far; of those in `asked` apart from what they
    /// say as any other.
    pending: HashMap<(usize, bool), Pending>,
    found: Vec<Found>,
    /// Columns in which some row has said that it is to be sent, and what.
    yes: HashMap<usize, String>,
    /// Columns about signing: 否 in all rows is not done yet.
    of_signing: HashSet<usize>,
    /// Of columns like 在职状态, values that say nothing against sending, the first few; None: also
    /// other things stand there, or nothing.
    meant: HashMap<usize, Option<Vec<String>>>,
    /// Columns in which all rows say no, or nothing.
    blank_or_no: HashMap<usize, bool>,
    /// Columns without a header.
    nameless: Vec<usize>,
    /// Columns like 状态, of which 是 may say anything.
    vague: Vec<usize>,
    /// Columns like 审批状态: what is finished there comes before the signing.
    before_signing: Vec<usize>,
    /// Columns like 是否本人签署 and 是否未成年: they say who signs, and not whether.
    by_another: Vec<usize>,
    /// Columns like 需签署 that are no question, and what stands in them.
    ticked: Vec<Ticked>,
    /// Columns in which nothing stands in some rows.
    blank: HashSet<usize>,
}

/// A column of marks: √ in the rows that are meant, and in the others a cross or nothing.
struct Ticked {
    column: usize,
    tick: Option<String>,
    ticked: NotedRows,
    has_none: bool,
    has_other: bool,
}

impl Ticked {
    fn new(column: usize) -> Self {
        Self { column, tick: None, ticked: NotedRows::default(), has_none: false, has_other: false }
    }

    fn row(&mut self, row: &SourceRow) {
        let seen = row.row.cell(self.column).seen_ref();
        let text = seen.trim();
        // 1 may be a count.
        let is_yes = yes_no(text) == Some(true) && !text.starts_with(|c: char| c.is_ascii_digit());
        let is_no = text.is_empty() || yes_no(text) == Some(false) || CROSSES_THAT_TICK.contains(&text);
        match &self.tick {
            _ if is_no => self.has_none = true,
            Some(tick) => {
                self.has_other |= *tick != text;
                self.ticked.note(row.row.number);
            }
            None if is_yes || OTHER_MARKS.contains(&text) => {
                self.tick = Some(text.to_owned());
                self.ticked.note(row.row.number);
            }
            None => self.has_other = true,
        }
    }

    fn finish(self) -> Option<(usize, Rule)> {
        let value = self.tick.filter(|_| self.has_none && !self.has_other)?;
        let meant = Some(value.clone());
        let NotedRows { rows, count } = self.ticked;
        let rule = Rule::ColumnNearlySend { value, maps: false, meant, other_number: false, rows, count };
        Some((self.column, rule))
    }
}

impl Sends {
    /// `unused`: columns that nothing is sent of, with their plain headers.
    pub fn new(mapping: &Mapping, unused: &[(usize, String)], today: Date) -> Self {
        let called = |is_it: &dyn Fn(&str) -> bool| -> Vec<usize> {
            unused.iter().filter(|(_, plain)| is_it(plain)).map(|(column, _)| *column).collect()
        };
        // What stands under no header is a remark.
        let remarks = called(&|plain| is_for_remarks(plain) || plain.is_empty());
        let has = |plain: &str, words: &[&str]| words.iter().any(|word| plain.contains(word));
        // Which of several papers a row is for is asked, or was said.
        let is_of_papers = |plain: String| PAPERS.iter().any(|paper| plain.ends_with(paper));
        let one_paper = mapping.asked.iter().any(|(_, rule)| matches!(rule, Rule::PapersBeside { .. }))
            || mapping.conditions.iter().any(|(column, _)| is_of_papers(mapping.plain(*column)));
        let asked = |(column, plain): &(usize, String)| {
            let plain = plain.as_str();
            let is_exact = MAY_SEND.contains(&plain);
            // 劳动合同 | 保密协议: a tick says which of them somebody gets.
            let is_about_signing = !plain.starts_with(WHETHER) || plain.contains('签');
            let is_paper =
                !one_paper && is_about_signing && PAPERS.iter().any(|paper| plain.ends_with(paper));
            let (sends, maps) = match asks_whether(plain) {
                _ if is_exact => (true, true),
                _ if SIGNS_OR_SIGNED.contains(&plain) || SIGN_FOR_HIMSELF.contains(&plain) => (true, false),
                _ if MAY_BE_DONE.contains(&plain) || SIGNED_BY_ANOTHER.contains(&plain) => (false, false),
                Some(sends) => (sends, false),
                None if is_paper => (true, false),
                None => return None,
            };
            Some(Asked { column: *column, sends, maps })
        };
        // Where a row says that it is sent, what was done with it before may say otherwise.
        if let Some(column) = mapping.column_of("send") {
            let is_chosen = mapping.conditions.iter().any(|(own, _)| *own == column);
            let own = Own { column, is_chosen, yes: None, blank: Vec::new(), count: 0 };
            let asked: Vec<Asked> = unused.iter().filter_map(asked).filter(|own| !own.sends).collect();
            let others = asked.iter().map(|own| (own.column, true)).collect();
            return Self { asked, others, remarks, own: Some(own), ..Self::default() };
        }
        let is_told_otherwise = |plain: &str| {
            LAST_DAYS.contains(&plain) || SIGNED_ON.contains(&plain) || matter_of(plain).is_some()
        };
        let is_other = |plain: &str| {
            !is_for_remarks(plain)
                && !is_told_otherwise(plain)
                && (plain.is_empty() || has(plain, SAYS_OF_SOMEBODY))
                && !has(plain, OF_ELSEWHERE)
                && !plain.starts_with(BEFORE_THIS)
                && !has(plain, OF_OTHER_MATTERS)
        };
        let is_unexpected = |plain: &str| {
            !plain.is_empty()
                // Who does not sign by his role is asked about as that.
                && !is_role_column(plain)
                && !is_for_remarks(plain)
                && !is_told_otherwise(plain)
                && !is_other(plain)
                && !has(plain, OF_ELSEWHERE)
                && !has(plain, OF_OTHER_MATTERS)
        };
        let others = unused.iter().filter(|(_, plain)| is_other(plain));
        Self {
            by_another: called(&|plain| {
                SIGN_FOR_HIMSELF.contains(&plain)
                    || (SIGNED_BY_ANOTHER.contains(&plain)
                        && OF_ANOTHER.iter().any(|word| plain.contains(word)))
            }),
            before_signing: called(&|plain| has(plain, BEFORE_SIGNING)),
            vague: called(&|plain| {
                !plain.contains(['签', '发']) && ["状态", "情况"].iter().any(|end| plain.ends_with(end))
            }),
            asked: unused.iter().filter_map(asked).collect(),
            remarks,
            others: others.map(|(column, plain)| (*column, has(plain, OF_SIGNING))).collect(),
            of_signing: called(&|plain| plain.contains(['签', '发'])).into_iter().collect(),
            last_days: called(&|plain| LAST_DAYS.contains(&plain)),
            signed_on: called(&|plain| SIGNED_ON.contains(&plain)),
            today,
            of_signers: unused
                .iter()
                .filter(|(column, _)| !mapping.asked.iter().any(|(own, _)| own == column))
                .filter_map(|(column, plain)| Some((*column, matter_of(plain)?)))
                .filter(|(_, matter)| *matter == SignerMatter::Count || !says_who_signs(mapping))
                .collect(),
            unexpected: called(&is_unexpected),
            nameless: called(&str::is_empty),
            ticked: unused
                .iter()
                .filter(|own| asked(own).is_none() && may_be_ticked(&own.1))
                .map(|(column, _)| Ticked::new(*column))
                .collect(),
            ..Self::default()
        }
    }

    /// Whether it matters which row is the first of a contract, other than for a column of ours.
    pub fn asks_who_begins(&self) -> bool {
        !self.signed_on.is_empty() || !self.others.is_empty() || !self.remarks.is_empty()
    }

    /// A row of a contract; `begins`: its first one, which says whether the contract is sent.
    pub fn row(&mut self, row: &SourceRow, begins: bool) {
        if let Some(own) = self.own.as_mut().filter(|own| begins && !own.is_chosen) {
            own.row(row);
        }
        self.note_meant(row, begins);
        if begins {
            self.ticked.iter_mut().for_each(|own| own.row(row));
        }
        self.found.iter_mut().for_each(|found| found.note(row));
        if self.found.len() < MOST_FOUND {
            self.look_at_questions(row);
            self.look_at_remarks(row);
            self.look_at_others(row, begins);
            self.look_behind(row);
        }
    }

    fn is_found(&self, column: usize) -> bool {
        self.found.iter().any(|own| own.column == column)
    }

    /// 是否签约, 签署状态.
    fn look_at_questions(&mut self, row: &SourceRow) {
        for Asked { column, sends, maps } in &self.asked {
            let said = row.row.cell(*column).seen_ref();
            if said.trim().is_empty() {
                self.blank.insert(*column);
            }
            if *maps && !self.yes.contains_key(column) && yes_no(&said) == Some(*sends) {
                self.yes.insert(*column, said.trim().to_owned());
            }
            if self.found.iter().any(|own| own.column == *column) {
                continue;
            }
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            // 保密协议 | 已签 is about that paper.
            let of_paper = *sends && !*maps;
            let is_done = !of_paper && DONE_WORDS.contains(&text.to_lowercase().as_str());
            let says = is_an_answer(text) || is_done;
            let maps = *maps && yes_no(text).is_some();
            // Where every row says 待签, every row is meant.
            // To some a circle says no.
            let is_tick = *sends && OTHER_MARKS.contains(&text) && !text.starts_with(['○', '〇', '◯']);
            let is_meant = IS_MEANT.contains(&text)
                || (text == HAS_WORKED && (*sends || !self.of_signing.contains(column)));
            let is_pending = PENDING.contains(&text) || is_meant || yes_no(text) == Some(*sends) || is_tick;
            let pending = self.pending.entry((*column, true)).or_default();
            match () {
                () if text.is_empty() => pending.has_blank = true,
                () if !says => {}
                () if is_pending => {
                    pending.said = Some(Said::in_row(maps, text, row).after(pending.said.take(), row));
                }
                () => pending.other = Some(Said::in_row(maps, text, row)),
            }
            // 否 among 正常.
            if !text.is_empty() && self.vague.contains(column) {
                match is_an_answer(text) {
                    true => {
                        let said = Said::in_row(false, text, row);
                        pending.answer = Some(said.after(pending.answer.take(), row));
                    }
                    false => pending.has_word = true,
                }
                if pending.has_word
                    && let Some(said) = pending.answer.take()
                {
                    self.found.push(Found::new(*column, said));
                    continue;
                }
            }
            let told = pending.other.take().or_else(|| pending.said.take_if(|_| pending.has_blank));
            if let Some(said) = told {
                self.found.push(Found::new(*column, said));
            }
        }
    }

    fn look_at_remarks(&mut self, row: &SourceRow) {
        let has_deadline = row.mapping.column_of("deadline").is_some();
        for column in self.remarks.iter().filter(|column| !self.is_found(**column)) {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let says_when = || !has_deadline && text.contains('签') && names_a_deadline(text);
            let said = leaves_out(text)
                || changes_the_signing(text)
                || says_otherwise(text)
                || is_anothers_number(text)
                || says_when();
            let other_number = names_another_number(text, row);
            if said || other_number {
                let found = Found::new(*column, Said::in_row(false, &shortened(text), row));
                self.found.push(Found { other_number, ..found });
                return;
            }
        }
    }

    /// 在职状态, 离职日期, 签署日期.
    fn look_at_others(&mut self, row: &SourceRow, begins: bool) {
        let cells = self.others.iter().map(|(column, of_papers)| {
            let seen = row.row.cell(*column).seen_ref();
            (*column, says_no(seen.trim(), *of_papers).then(|| seen.trim().to_owned()))
        });
        let has_digit = |text: &str| text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        let told = |text: &str| text.chars().take(MOST_LETTERS).collect::<String>();
        let last_days = self.last_days.iter().map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            (*column, has_digit(&seen).then(|| told(seen.trim())))
        });
        let signed_on = self.signed_on.iter().filter_map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_past = has_digit(text) && written_day(text).is_none_or(|day| day <= self.today);
            // A day of signing is the contract's: its later rows need not say it again.
            (begins || !text.is_empty()).then(|| (*column, is_past.then(|| told(text))))
        });
        // Among days 作废 says no, even where no cell is blank.
        let refused = self.last_days.iter().chain(&self.signed_on).find_map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_new = !self.is_found(*column) && (says_no(text, false) || says_no_anywhere(text));
            is_new.then(|| Found::new(*column, Said::in_row(false, &told(text), row)))
        });
        let anywhere = self.unexpected.iter().map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            (*column, says_no_anywhere(seen.trim()).then(|| seen.trim().to_owned()))
        });
        let of_signers = self.of_signers.iter().filter_map(|(column, what)| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let told = is_told(*what, text).then(|| text.chars().take(MOST_LETTERS).collect());
            // Who has written nothing has not written 本人.
            (told.is_some() || *what != SignerMatter::Relation || !text.is_empty()).then_some((*column, told))
        });
        self.found.extend(refused);
        for (column, said) in cells.chain(last_days).chain(signed_on).chain(anywhere).chain(of_signers) {
            if self.found.iter().any(|own| own.column == column) {
                continue;
            }
            // What stands in every row tells none of them apart; but no minor signs alone.
            let pending = self.pending.entry((column, false)).or_default();
            pending.has_blank |= self.of_signers.contains(&(column, SignerMatter::Age));
            match said {
                Some(value) => {
                    let said = Said::in_row(false, &value, row);
                    pending.said = Some(said.after(pending.said.take(), row));
                }
                None => pending.has_blank = true,
            }
            if let Some(said) = pending.said.take_if(|_| pending.has_blank) {
                self.found.push(Found::new(column, said));
            }
        }
    }

    /// Behind the last header.
    fn look_behind(&mut self, row: &SourceRow) {
        let last = if self.own.is_some() { usize::MAX } else { row.mapping.targets.len() };
        let found = (last..row.row.cells.len()).filter(|column| !self.is_found(*column)).find_map(|column| {
            let seen = row.row.cell(column).seen_ref();
            let text = seen.trim();
            let says = says_no(text, false) || leaves_out(text) || changes_the_signing(text);
            says.then(|| Found::new(column, Said::in_row(false, &shortened(text), row)))
        });
        self.found.extend(found);
    }

    fn note_meant(&mut self, row: &SourceRow, begins: bool) {
        /// One is an answer; several are a choice.
        const MOST: usize = 2;
        const LONGEST: usize = 12;
        for column in &self.remarks {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            *self.blank_or_no.entry(*column).or_insert(true) &=
                begins && (text.is_empty() || leaves_out(text));
        }
        for (column, of_papers) in &self.others {
            let own = self.meant.entry(*column).or_insert_with(|| Some(Vec::new()));
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_done = DONE_WORDS.contains(&text) && !PENDING.contains(&text) && !IS_MEANT.contains(&text);
            let is_no = says_no(text, *of_papers) || (*of_papers && is_done);
            *self.blank_or_no.entry(*column).or_insert(true) &= begins && (text.is_empty() || is_no);
            match own {
                Some(values) if is_no || values.iter().any(|own| own == text) => {}
                Some(values)
                    if !text.is_empty() && text.chars().count() <= LONGEST && values.len() < MOST =>
                {
                    values.push(text.to_owned());
                }
                _ => *own = None,
            }
        }
    }

    pub fn finish(self) -> impl Iterator<Item = (usize, Rule)> {
        // 是否离职: who says no is meant.
        let says_no = |column: usize| self.asked.iter().any(|own| own.column == column && !own.sends);
        let meant = |column: usize| match self.meant.get(&column)?.as_deref()? {
            values if says_no(column) && values.iter().any(|own| yes_no(own).is_some()) => {
                values.iter().find(|own| yes_no(own) == Some(false)).cloned()
            }
            // A command is no secret, and a name would be one.
            // 流程状态 | 已完成: of the approval, or of the signing?
            [only] if FINISHED.contains(&only.as_str()) && !self.before_signing.contains(&column) => None,
            [only] if yes_no(only) != Some(false) && !only.starts_with(|c| SURNAMES.contains(c)) => {
                Some(only.clone())
            }
            _ => None,
        };
        // 已签 in some rows, and nothing in the others. A column without a header cannot be named.
        let meant = |column: usize| {
            let is_blank = self.blank_or_no.get(&column) == Some(&true) && !self.nameless.contains(&column);
            meant(column).or_else(|| is_blank.then(String::new))
        };
        let matter = |column: usize| {
            let own = self.of_signers.iter().find(|(own, _)| *own == column);
            let by_another = self.by_another.contains(&column).then_some(SignerMatter::Relation);
            own.map(|(_, matter)| *matter).or(by_another)
        };
        let vague = self.vague;
        let found: Vec<(usize, Rule)> = self
            .found
            .into_iter()
            .map(|Found { column, maps, value, other_number, rows: NotedRows { rows, count } }| {
                if let Some(matter) = matter(column) {
                    return (column, Rule::ColumnOfSigners { matter, value, rows, count });
                }
                // Under 状态 a tick may be that all is well, or that it is done.
                if vague.contains(&column) && yes_no(&value).is_some() {
                    let (maps, meant) = (false, None);
                    return (
                        column,
                        Rule::ColumnNearlySend { value, maps, meant, other_number, rows, count },
                    );
                }
                // Where all say no of signing, not signed yet is meant.
                let yes = self.yes.get(&column).cloned();
                let maps = maps
                    && (yes.is_some() || !self.of_signing.contains(&column))
                    // Those with nothing there would be asked about next.
                    && !(yes.is_some() && self.blank.contains(&column));
                (
                    column,
                    Rule::ColumnNearlySend {
                        value,
                        maps,
                        meant: yes.or_else(|| meant(column)),
                        other_number,
                        rows,
                        count,
                    },
                )
            })
            .collect();
        let is_told: Vec<usize> = found.iter().map(|(column, _)| *column).collect();
        let ticked = self.ticked.into_iter().filter_map(Ticked::finish);
        let ticked: Vec<(usize, Rule)> = ticked.filter(|(column, _)| !is_told.contains(column)).collect();
        found.into_iter().chain(ticked).chain(self.own.and_then(Own::finish))
    }
}

/// Our own column 发送: where some rows say yes, those that say nothing may not be meant.
struct Own {
    column: usize,
    /// Somebody has said which values are.
    is_chosen: bool,
    yes: Option<String>,
    blank: Vec<u32>,
    count: u64,
}

impl Own {
    fn row(&mut self, row: &SourceRow) {
        let cell = row.row.cell(self.column);
        if cell.is_blank() {
            self.count += 1;
            if self.blank.len() < MOST_ROWS {
                self.blank.push(row.row.number);
            }
        } else if self.yes.is_none() {
            let seen = cell.seen_ref();
            self.yes = (yes_no(&seen) == Some(true)).then(|| seen.trim().to_owned());
        }
    }

    fn finish(self) -> Option<(usize, Rule)> {
        let Self { column, yes, blank: rows, count, .. } = self;
        let value = yes.filter(|_| count > 0)?;
        Some((column, Rule::SendBlank { value, rows, count }))
    }
}

/// 需签署, 本月签订: where only some rows have a tick these may be the ones that are meant.
fn may_be_ticked(plain: &str) -> bool {
    TICKED_FOR.iter().filter_map(|word| plain.strip_prefix(word)).any(is_left_undone)
}

/// A yes, a no or a mark.
fn is_an_answer(text: &str) -> bool {
    yes_no(text).is_some() || CROSSES_THAT_TICK.contains(&text) || OTHER_MARKS.contains(&text)
}

/// 是否同意续签, 合同已发: whether 是 there means that the row is to be sent. None: it asks something
/// else.
fn asks_whether(plain: &str) -> Option<bool> {
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(OF_OTHER_MATTERS) || COUNT_ENDS.iter().any(|end| plain.ends_with(end)) {
        return None;
    }
    let is_done = has(PAPER_WORDS) && has(DONE_MARKS);
    let begins = plain.starts_with(WHETHER);
    let asks = plain.contains(WHETHER) || ENDS_OF_QUESTIONS.iter().any(|end| plain.ends_with(end));
    // 本次是否签, 是否需要发合同, 签了吗: no more than that; 工服是否已发 is another matter.
    let bare = ENDS_OF_QUESTIONS.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(plain);
    let bare = PAPERS.iter().find_map(|paper| bare.strip_suffix(paper)).unwrap_or(bare);
    let core = AROUND_QUESTIONS.iter().fold(bare.to_owned(), |rest, word| rest.replace(word, ""));
    let is_one = |words: &[&str]| words.contains(&core.as_str());
    match () {
        () if asks && is_one(SIGNED_ALREADY) => Some(false),
        () if asks && is_one(SIGNS_OR_SENDS) => Some(true),
        () if is_done || (begins && has(LEAVING)) => Some(false),
        () if begins && has(ASKS_TO_SEND) => Some(true),
        () => None,
    }
}

/// 备注, 备注1, HR备注.
fn is_for_remarks(plain: &str) -> bool {
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    REMARK_COLUMNS.contains(&bare) || bare.ends_with(REMARK_END)
}
