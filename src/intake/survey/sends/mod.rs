//! Columns that nothing is sent of, and that may say whether a row is to be sent at all.

mod answers;
mod columns;
mod progress;

use std::collections::{HashMap, HashSet};

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::contract::above::names_a_deadline;
use crate::contract::dates::written_day;
use crate::contract::instructions::changes_the_signing;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    BEFORE_VERDICTS, CHINESE_NUMBERS, CLASSES_OF_CHILDREN, CLASSES_OF_MINORS, DONE_WORDS, FINISHED,
    GET_A_COPY, HAS_WORKED, HIMSELF, IS_MEANT, NO_PARTY, OTHER_MARKS, PENDING, ROLE_VALUES, SURNAMES,
};
use crate::domain::problem::{Rule, SignerMatter};

use crate::intake::doubts::{doubts_the_row, names_another_amount};
use crate::intake::noted::{Harmless, NotedRows};
use crate::intake::remarks::{
    MOST_LETTERS, is_anothers_number, leaves_out, names_another_number, says_no, says_no_anywhere,
    says_otherwise, shortened,
};

use answers::{Own, Ticked, is_an_answer};
use columns::{Asked, Columns};
use progress::Progress;

/// Columns behind the last header in which rows are ticked.
const MOST_BEHIND: usize = 3;
/// Parts of a day in which people work.
const SHIFTS: [&str; 6] = ["白班", "夜班", "早班", "晚班", "常白班", "正常班"];
/// Columns that are asked about.
const MOST_FOUND: usize = 4;

/// Whether a cell says that not this person signs this contract alone.
fn is_told(matter: SignerMatter, text: &str, today: Date) -> bool {
    const OF_AGE: i64 = 18;
    let number = || text.trim_end_matches(['份', '岁']).trim().parse::<i64>().ok();
    match matter {
        SignerMatter::Relation => !text.is_empty() && !HIMSELF.contains(&text),
        SignerMatter::Age => {
            number().is_some_and(|age| (1..OF_AGE).contains(&age))
                || written_day(text).or_else(|| first_of_month(text)).is_some_and(|born| {
                    let of_age = born.checked_add(OF_AGE.years());
                    of_age.is_ok_and(|day| day > today) && born <= today
                })
        }
        SignerMatter::Class => is_class_of_minors(text),
        SignerMatter::Count => number().is_some_and(|count| count > 1),
    }
}

/// 2015-03, 2015年3月, 2015.3, 201503.
fn first_of_month(text: &str) -> Option<Date> {
    let (year, month) = match text.split_once(['年', '-', '.', '/']) {
        Some((year, month)) => (year, month.trim_end_matches('月')),
        None if text.len() == 6 && text.is_ascii() => text.split_at(4),
        None => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

/// 三年级2班, 初二(3)班, 三(2)班, 大班.
fn is_class_of_minors(text: &str) -> bool {
    let text = text.to_lowercase();
    let begins_with_grade = || {
        let behind = text.strip_prefix(|c: char| "一二三四五六七八九".contains(c) || matches!(c, '1'..='9'));
        let number = behind.and_then(|rest| rest.strip_prefix(['(', '（']));
        let rest = number.map(|rest| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c))
        });
        rest.is_some_and(|rest| matches!(rest, ")班" | "）班"))
    };
    let is_childrens = || {
        let rest = CLASSES_OF_CHILDREN.iter().find_map(|word| text.strip_prefix(word));
        rest.is_some_and(|rest| {
            !rest.contains(|c: char| c.is_alphabetic() && !CHINESE_NUMBERS.contains(&c) && c != '班')
        })
    };
    // 提高一班 is none.
    let of_school = text.replace("提高", "");
    CLASSES_OF_MINORS.iter().any(|word| of_school.contains(word)) || is_childrens() || begins_with_grade()
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

/// 不同意 of `B.不同意`.
fn without_option(text: &str) -> &str {
    let rest = text
        .strip_prefix(|c: char| c.is_ascii_uppercase())
        .and_then(|rest| rest.strip_prefix(['.', '、', '．', ' ', ':']));
    rest.map(str::trim).filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// 2/2 of 签署进度: all have signed.
fn is_all_of_all(text: &str) -> bool {
    text.split_once('/').is_some_and(|(signed, all)| {
        signed == all
            && !all.is_empty()
            && all != "0"
            && all.len() < 3
            && all.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// 通过 of 审批通过, 拒绝 of 审核拒绝.
fn without_approval(text: &str) -> &str {
    let rest = BEFORE_VERDICTS.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    if yes_no(rest).is_some() { rest } else { text }
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

/// 抄送, 担保人, 乙方, 纸质, 同上一份: what somebody has noted behind a row, of who else has to do with its contract,
/// or in which form it comes.
fn is_of_another(text: &str) -> bool {
    const LONGEST: usize = 30;
    !text.is_empty()
        && text.len() <= LONGEST
        && (ROLE_VALUES.contains(&text)
            || GET_A_COPY.contains(&text)
            || DONE_WORDS.contains(&text)
            || (text.contains("一份") || text.contains("两份")))
}

/// Whether a remark leaves something of its row open, whatever stands beside it.
fn says_by_itself(text: &str) -> bool {
    leaves_out(text)
        || changes_the_signing(text)
        || says_otherwise(text)
        || is_anothers_number(text)
        || doubts_the_row(text)
}

/// Whether a cell without a header says what becomes of its row.
pub fn says_of_its_row(text: &str, row: &SourceRow) -> bool {
    says_no(text, false)
        || leaves_out(text)
        || changes_the_signing(text)
        || yes_no(text) == Some(false)
        || names_another_number(text, row)
        || is_of_another(text)
        || doubts_the_row(text)
}

/// 已完成 among 待签署 is a contract that was signed; among nothing else it may be the approval.
#[derive(Default)]
struct Finished {
    said: Option<Said>,
    waits: bool,
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
    columns: Columns,
    /// A day behind it is when somebody is to sign.
    today: Date,
    /// A column of ours says it.
    own: Option<Own>,
    /// Of columns, what all of their rows have said so far; of those that ask apart from what they
    /// say as any other.
    pending: HashMap<(usize, bool), Pending>,
    found: Vec<Found>,
    /// Columns of classes that are shifts.
    shifts: HashSet<usize>,
    /// Remarks that leave nothing open by themselves, whatever stands beside them.
    remarks: Harmless,
    /// The same of what stands in columns like 在职状态, of those about contracts apart, and in 部门.
    of_others: [Harmless; 2],
    anywhere: Harmless,
    /// Columns in which some row has said that it is to be sent, and what.
    yes: HashMap<usize, String>,
    /// Of columns like 在职状态, values that say nothing against sending, the first few; None: also
    /// other things stand there, or nothing.
    meant: HashMap<usize, Option<Vec<String>>>,
    /// Rows of contracts.
    rows: u64,
    /// Columns in which all rows say no, or nothing.
    blank_or_no: HashMap<usize, bool>,
    /// Of those, the ones in which nothing stands in some row.
    some_blank: HashSet<usize>,
    /// What stands in columns like 需签署 that are no question.
    ticked: Vec<Ticked>,
    /// Columns in which nothing stands in some rows.
    blank: HashSet<usize>,
    progress: Vec<Progress>,
    /// Of columns like 流程状态, rows that say 已完成, until one says of the signing that it waits.
    finished: HashMap<usize, Finished>,
}

impl Sends {
    /// `unused`: columns that nothing is sent of, with their plain headers.
    pub fn new(mapping: &Mapping, unused: &[(usize, String)], today: Date) -> Self {
        let columns = Columns::new(mapping, unused);
        // Where a row says that it is sent, what was done with it before may say otherwise.
        if let Some(column) = mapping.column_of("send") {
            let is_chosen = mapping.conditions.iter().any(|(own, _)| *own == column);
            let own = Some(Own::new(column, is_chosen));
            return Self { columns: columns.beside_ours(), own, ..Self::default() };
        }
        let behind = mapping.targets.len()..mapping.targets.len() + MOST_BEHIND;
        let ticked = columns.ticks(unused).chain(behind).map(Ticked::new).collect();
        let progress = columns.progress.iter().copied().map(Progress::new).collect();
        Self { columns, today, ticked, progress, ..Self::default() }
    }

    /// Whether it matters which row is the first of a contract, other than for a column of ours.
    pub fn asks_who_begins(&self) -> bool {
        !self.columns.signed_on.is_empty()
            || !self.columns.others.is_empty()
            || !self.columns.remarks.is_empty()
            || !self.ticked.is_empty()
            || !self.progress.is_empty()
    }

    /// A row of a contract; `begins`: its first one, which says whether the contract is sent.
    pub fn row(&mut self, row: &SourceRow, begins: bool) {
        if let Some(own) = self.own.as_mut().filter(|own| begins && !own.is_chosen) {
            own.row(row);
        }
        self.note_shifts(row);
        self.note_meant(row, begins);
        if begins {
            self.ticked.iter_mut().for_each(|own| own.row(row));
            self.progress.iter_mut().for_each(|own| own.row(row));
        }
        self.found.iter_mut().for_each(|found| found.note(row));
        if self.found.len() < MOST_FOUND {
            self.look_at_questions(row);
            self.look_at_remarks(row);
            self.look_for_the_end(row);
            self.look_at_others(row, begins);
            self.look_behind(row);
        }
    }

    /// 夜班 under 班别: 中班 beside it is of a day's work, too.
    fn note_shifts(&mut self, row: &SourceRow) {
        for (column, what) in &self.columns.of_signers {
            if *what == SignerMatter::Class && SHIFTS.contains(&row.row.cell(*column).seen_ref().trim()) {
                self.shifts.insert(*column);
            }
        }
    }

    fn is_found(&self, column: usize) -> bool {
        self.found.iter().any(|own| own.column == column)
    }

    /// 是否签约, 签署状态.
    fn look_at_questions(&mut self, row: &SourceRow) {
        for Asked { column, sends, maps, approves } in &self.columns.asked {
            let said = row.row.cell(*column).seen_ref();
            if said.trim().is_empty() {
                self.blank.insert(*column);
            }
            let says_yes = yes_no(without_approval(said.trim())) == Some(*sends);
            if (*maps || *approves) && !self.yes.contains_key(column) && says_yes {
                self.yes.insert(*column, said.trim().to_owned());
            }
            if self.found.iter().any(|own| own.column == *column) {
                continue;
            }
            let seen = row.row.cell(*column).seen_ref();
            let (whole, text) = (seen.trim(), without_approval(without_option(seen.trim())));
            // 保密协议 | 已签 is about that paper.
            let of_paper = *sends && !*maps && !*approves;
            // 已发送 | 2026-11-01.
            let is_done_on = || !*sends && written_day(text).is_some_and(|day| day <= self.today);
            let is_done = !of_paper
                && (DONE_WORDS.contains(&text.to_lowercase().as_str())
                    || is_done_on()
                    || is_all_of_all(text)
                    || (text.starts_with("已签") && text.chars().count() < MOST_LETTERS));
            // 新签 beside 续签 under 合同状态 are kinds of contracts.
            let is_kind = text == "续签" && !*sends && !row.mapping.plain(*column).contains('续');
            let says = (is_an_answer(text) || is_done) && !is_kind;
            let maps = *maps && yes_no(text).is_some();
            // Where every row says 待签, every row is meant.
            // To some a circle says no.
            let is_tick = *sends && OTHER_MARKS.contains(&text) && !text.starts_with(['○', '〇', '◯']);
            let is_meant = IS_MEANT.contains(&text)
                || (text == HAS_WORKED && (*sends || !self.columns.of_signing.contains(column)));
            // 是否续签 | 续签.
            let says_it_again = || {
                let begins_with_no = text.starts_with(['不', '未', '无', '非', '已', '拒', '暂']);
                *sends && text.len() > 3 && !begins_with_no && row.mapping.plain(*column).ends_with(text)
            };
            let is_pending = PENDING.contains(&text)
                || is_meant
                || yes_no(text) == Some(*sends)
                || is_tick
                || (says && says_it_again());
            let pending = self.pending.entry((*column, true)).or_default();
            match () {
                () if text.is_empty() => pending.has_blank = true,
                () if !says => {}
                () if is_pending => {
                    pending.said = Some(Said::in_row(maps, whole, row).after(pending.said.take(), row));
                }
                () => pending.other = Some(Said::in_row(maps, whole, row)),
            }
            // 否 among 正常.
            if !text.is_empty() && self.columns.vague.contains(column) {
                match is_an_answer(text) {
                    true => {
                        let said = Said::in_row(false, whole, row);
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
        let is_found = |column: usize| self.found.iter().any(|own| own.column == column);
        for column in self.columns.remarks.iter().filter(|column| !is_found(**column)) {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let says_when =
                || !has_deadline && (text.contains('签') || text.ends_with('前')) && names_a_deadline(text);
            if text.is_empty() {
                continue;
            }
            let by_itself = self.remarks.or(text, says_by_itself);
            let said = by_itself || names_another_amount(text, row) || says_when();
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
        let (mut of_others, mut harmless) =
            (std::mem::take(&mut self.of_others), std::mem::take(&mut self.anywhere));
        let cells = self.columns.others.iter().map(|(column, of_papers)| {
            let seen = row.row.cell(*column).seen_ref();
            let [plain, papers] = &mut of_others;
            let known = if *of_papers { papers } else { plain };
            let says = known.or(seen.trim(), |text| says_no(text, *of_papers));
            (*column, says.then(|| seen.trim().to_owned()))
        });
        let has_digit = |text: &str| text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        let told = |text: &str| text.chars().take(MOST_LETTERS).collect::<String>();
        let last_days = self.columns.last_days.iter().map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            (*column, has_digit(&seen).then(|| told(seen.trim())))
        });
        let afterwards = self.columns.afterwards.iter().map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let says =
                !text.is_empty() && !NO_PARTY.contains(&text) && text != "-" && yes_no(text) != Some(false);
            (*column, says.then(|| told(text)))
        });
        let signed_on = self.columns.signed_on.iter().filter_map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_past = has_digit(text) && written_day(text).is_none_or(|day| day <= self.today);
            // A day of signing is the contract's: its later rows need not say it again.
            (begins || !text.is_empty()).then(|| (*column, is_past.then(|| told(text))))
        });
        // 计划发送时间 | 2027-01-15: not today.
        let later = self.columns.later.iter().map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            (*column, written_day(text).is_some_and(|day| day > self.today).then(|| told(text)))
        });
        // Among days 作废 says no, even where no cell is blank.
        let refused = self.columns.last_days.iter().chain(&self.columns.signed_on).find_map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_new = !self.is_found(*column) && (says_no(text, false) || says_no_anywhere(text));
            is_new.then(|| Found::new(*column, Said::in_row(false, &told(text), row)))
        });
        let has_deadline = row.mapping.column_of("deadline").is_some();
        let anywhere = self.columns.unexpected.iter().map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let says_when = || !has_deadline && text.contains('签') && names_a_deadline(text);
            (*column, (harmless.or(text, says_no_anywhere) || says_when()).then(|| told(text)))
        });
        let of_signers = self.columns.of_signers.iter().filter_map(|(column, what)| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let told = is_told(*what, text, self.today).then(|| text.chars().take(MOST_LETTERS).collect());
            // Who has written nothing has not written 本人.
            (told.is_some() || *what != SignerMatter::Relation || !text.is_empty()).then_some((*column, told))
        });
        self.found.extend(refused);
        for (column, said) in cells
            .chain(last_days)
            .chain(afterwards)
            .chain(signed_on)
            .chain(anywhere)
            .chain(later)
            .chain(of_signers)
        {
            if self.found.iter().any(|own| own.column == column) {
                continue;
            }
            // What stands in every row tells none of them apart; but no minor signs alone.
            let pending = self.pending.entry((column, false)).or_default();
            let of_minors = [SignerMatter::Age, SignerMatter::Class];
            pending.has_blank |=
                of_minors.iter().any(|own| self.columns.of_signers.contains(&(column, *own)))
                    || self.columns.later.contains(&column);
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
        (self.of_others, self.anywhere) = (of_others, harmless);
    }

    /// 未发起 | 已完成 under 流程状态.
    fn look_for_the_end(&mut self, row: &SourceRow) {
        for (column, _) in self.columns.others.iter().filter(|(_, of_papers)| !of_papers) {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_end = FINISHED.contains(&text);
            // Nothing beside 已完成 is not done yet; before the signing it may be anything.
            let is_blank = text.is_empty() && !self.columns.before_signing.contains(column);
            let waits = is_blank || (PENDING.contains(&text) && text.contains(['签', '发']));
            if !is_end && !waits {
                continue;
            }
            let own = self.finished.entry(*column).or_default();
            match is_end {
                true => own.said = Some(Said::in_row(false, text, row).after(own.said.take(), row)),
                false => own.waits = true,
            }
            if own.waits
                && !self.found.iter().any(|found| found.column == *column)
                && let Some(said) = own.said.take()
            {
                self.found.push(Found::new(*column, said));
            }
        }
    }

    /// Behind the last header.
    fn look_behind(&mut self, row: &SourceRow) {
        let last = if self.own.is_some() { usize::MAX } else { row.mapping.targets.len() };
        let found = (last..row.row.cells.len()).filter(|column| !self.is_found(*column)).find_map(|column| {
            let seen = row.row.cell(column).seen_ref();
            let text = seen.trim();
            let says = says_of_its_row(text, row) || names_a_deadline(text);
            says.then(|| Found::new(column, Said::in_row(false, &shortened(text), row)))
        });
        self.found.extend(found);
    }

    fn note_meant(&mut self, row: &SourceRow, begins: bool) {
        /// One is an answer; several are a choice.
        const MOST: usize = 2;
        const LONGEST: usize = 12;
        self.rows += 1;
        for column in &self.columns.remarks {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            *self.blank_or_no.entry(*column).or_insert(true) &=
                begins && (text.is_empty() || leaves_out(text));
            if text.is_empty() {
                self.some_blank.insert(*column);
            }
        }
        for (column, of_papers) in &self.columns.others {
            let own = self.meant.entry(*column).or_insert_with(|| Some(Vec::new()));
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_done = DONE_WORDS.contains(&text) && !PENDING.contains(&text) && !IS_MEANT.contains(&text);
            let known = &mut self.of_others[usize::from(*of_papers)];
            let is_no = known.or(text, |text| says_no(text, *of_papers)) || (*of_papers && is_done);
            *self.blank_or_no.entry(*column).or_insert(true) &= begins && (text.is_empty() || is_no);
            if text.is_empty() {
                self.some_blank.insert(*column);
            }
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

    pub fn finish(mut self) -> impl Iterator<Item = (usize, Rule)> {
        for (column, said) in std::mem::take(&mut self.progress).into_iter().filter_map(Progress::finish) {
            if !self.is_found(column) {
                self.found.push(Found::new(column, said));
            }
        }
        // 是否离职: who says no is meant.
        let says_no = |column: usize| self.columns.asked.iter().any(|own| own.column == column && !own.sends);
        // 审核结果: who says yes is.
        let approves = |column: usize| self.columns.asked.iter().any(|own| own.column == column && own.sends);
        let meant = |column: usize| match self.meant.get(&column)?.as_deref()? {
            values if says_no(column) && values.iter().any(|own| yes_no(own).is_some()) => {
                values.iter().find(|own| yes_no(own) == Some(false)).cloned()
            }
            // A command is no secret, and a name would be one.
            values if approves(column) && values.iter().any(|own| yes_no(own) == Some(true)) => {
                values.iter().find(|own| yes_no(own) == Some(true)).cloned()
            }
            // 流程状态 | 已完成: of the approval, or of the signing?
            [only] if FINISHED.contains(&only.as_str()) && !self.columns.before_signing.contains(&column) => {
                None
            }
            // 状态 | 签署中: what was sent is not sent again by a ready answer.
            [only]
                if DONE_WORDS.contains(&only.as_str())
                    && !PENDING.contains(&only.as_str())
                    && !self.columns.before_signing.contains(&column) =>
            {
                None
            }
            [only] if yes_no(only) != Some(false) && !only.starts_with(|c| SURNAMES.contains(c)) => {
                Some(only.clone())
            }
            _ => None,
        };
        // 已签 in some rows, and nothing in the others. A column without a header cannot be named.
        let meant = |column: usize| {
            let is_blank = self.blank_or_no.get(&column) == Some(&true)
                && self.some_blank.contains(&column)
                && !self.columns.nameless.contains(&column);
            meant(column).or_else(|| is_blank.then(String::new))
        };
        let matter = |column: usize| {
            let own = self.columns.of_signers.iter().find(|(own, _)| *own == column);
            let by_another = self.columns.by_another.contains(&column).then_some(SignerMatter::Relation);
            own.map(|(_, matter)| *matter).or(by_another)
        };
        let vague = self.columns.vague;
        // 审批状态 with 已完成 in each row: all of them are approved.
        let is_settled = |own: &Found| {
            self.columns.before_signing.contains(&own.column)
                && FINISHED.contains(&own.value.as_str())
                && own.rows.count == self.rows
        };
        let found: Vec<(usize, Rule)> = self
            .found
            .into_iter()
            .filter(|own| !is_settled(own) && !self.shifts.contains(&own.column))
            .map(|Found { column, maps, value, other_number, rows: NotedRows { rows, count } }| {
                let in_all = count == self.rows;
                if let Some(matter) = matter(column) {
                    return (column, Rule::ColumnOfSigners { matter, value, rows, count });
                }
                // Under 状态 a tick may be that all is well, or that it is done.
                if vague.contains(&column) && yes_no(&value).is_some() {
                    let (maps, meant) = (false, None);
                    return (
                        column,
                        Rule::ColumnNearlySend { value, maps, meant, other_number, in_all, rows, count },
                    );
                }
                // Where all say no of signing, not signed yet is meant.
                let yes = self.yes.get(&column).cloned();
                let maps = maps
                    && (yes.is_some() || !self.columns.of_signing.contains(&column))
                    // Those with nothing there would be asked about next.
                    && !(yes.is_some() && self.blank.contains(&column));
                (
                    column,
                    Rule::ColumnNearlySend {
                        value,
                        maps,
                        meant: yes.or_else(|| meant(column)),
                        other_number,
                        in_all,
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
