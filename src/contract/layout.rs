//! What a header makes of a sheet: its layout, and what each column gives.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::domain::cell::{Cell, Row, Struck};
use crate::domain::field::{Field, Level};
use crate::domain::problem::{ColumnPlace, Rule};
use crate::domain::said::{Said, SkipOrSend};

use super::columns::{Aliases, Reading, Target, Whose, is_first_mobile, name_of, plain_header};
use super::compiled::Compiled;
use super::header::Head;
use super::names::is_offered;
use super::parents::{HeaderColumn, ends_a_term, ends_a_time, is_bare_deadline};
use super::question::without_numbers;
use super::signers::{close_gaps, settle};
use super::suggest::is_serial;
use super::vocabulary::{
    BARE_BEGINNINGS, BEGINNINGS_ALONE, CARDS, DAYS_BEFORE_AN_END, DAYS_OF_CONTRACTS, DAYS_OF_ELSE, EACH_ROW,
    OWN_REASONS, TERM_BEGINNINGS, TERM_ENDS, UNSENT_BEGINNINGS, WARDS,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One row per approver; rows with the same key make one contract.
    Long,
    /// One row per contract, approvers numbered in the header.
    Wide,
    /// Contracts without approvers: one half of a pair.
    Contracts,
    /// Approvers without contracts: the other half.
    Approvers,
}

/// A second column for the signer's mobile, or his name, in which the first rows had no other one.
#[derive(Clone, Copy, Debug)]
pub struct Spare {
    pub column: usize,
    /// The column that gives it.
    pub kept: usize,
    /// Where it has another one, either may be right.
    pub open: bool,
}

/// A sheet's header and what each column gives. Every row counts itself in and out of those that have it, beside
/// threads that read it. The alignment keeps the counter on a cache line of its own, so that counting does not slow
/// down whoever reads.
#[derive(Clone)]
#[repr(align(64))]
pub struct Mapping {
    pub layout: Layout,
    /// The last row of the header, and the first: above it stand titles and lines.
    pub header_row: u32,
    pub top_row: u32,
    pub headers: Vec<Arc<str>>,
    /// The same without what makes no difference, the numbers of a form's questions among it.
    plain_headers: Vec<String>,
    pub targets: Vec<Target>,
    /// What each header says by itself; `targets` is what becomes of it.
    pub readings: Vec<Reading>,
    /// The column that someone has named for what holds rows together (`--key`).
    pub key: Option<usize>,
    /// It is a mere count of lines.
    key_is_serial: bool,
    /// Columns that are not sent and say more than a count of lines.
    pub unsent: Vec<usize>,
    /// Someone has said that each row is a contract (`--key row`).
    pub each_row: bool,
    /// Only rows with one of these values in that column are meant (`--where`).
    pub conditions: Vec<(usize, Vec<String>)>,
    pub spare_mobile: Option<Spare>,
    pub spare_name: Option<Spare>,
    /// What stands alone in rows above the header: a page may have it once more.
    pub titles: Vec<String>,
    /// The rows of the header as they stand there, made plain.
    pub head: Vec<Vec<String>>,
    /// What stands above the header and may be meant: people below another one, a deadline, a party.
    pub above: Vec<Rule>,
    /// What to do with rows that look like no contract but have a person or a key.
    pub odd_rows: Option<SkipOrSend>,
    /// Where that was said once, of a file before: the lines that stood there, each as a hash.
    pub known_lines: Option<Vec<String>>,
    /// What to do with rows in which one of the parties is blank.
    pub missing_party: Option<SkipOrSend>,
    /// Somebody has said that signers stand in the order of the rows.
    pub rows_in_order: bool,
    /// Somebody has said that whoever stands twice in a form's list gets a contract for each row.
    pub each_submission: bool,
    /// Numbers of contracts in the first rows have digits, so that a word among them is none.
    pub has_numbers: bool,
    /// Columns of types in which a blank cell beside a company's name was forgotten.
    pub forgotten_types: Vec<usize>,
    /// Every contract is signed by a company of the settings.
    pub company_signs: bool,
    /// The names of those companies, as far as the settings have them.
    pub own_companies: Vec<String>,
    /// Columns that name the own company in the first rows and give no signer: another one farther down is asked
    /// about.
    pub names_own: Vec<usize>,
    /// Columns of people in which the first rows have nobody: somebody farther down is asked about.
    pub empty: Vec<usize>,
    /// Columns with OpenIds of companies that sign, each with its company beside it.
    pub ids_of_companies: Vec<usize>,
    /// Columns whose left-overs of programs someone means as they stand (`--as-text`).
    pub as_text: Vec<usize>,
    /// What is to be asked of its columns.
    pub asked: Vec<(usize, Rule)>,
    /// What is to be asked of them if the column, of which the first rows have one company each time, has another
    /// one or none farther down.
    pub asked_later: Vec<(usize, (usize, Rule))>,
    /// Made of the targets when the first row is read.
    pub compiled: OnceLock<Compiled>,
}

impl Mapping {
    pub fn column_of(&self, name: &str) -> Option<usize> {
        self.targets
            .iter()
            .position(|target| matches!(target, Target::Field { field, .. } if field.name == name))
    }

    /// The column that holds the rows of a contract together.
    pub fn key_column(&self) -> Option<usize> {
        self.key.or_else(|| self.column_of("contract_id"))
    }

    /// Whether the column by which rows are put together is more than a count of lines:
    /// then its value belongs to the contract, which is otherwise known by its contents.
    pub fn names_contracts(&self) -> Option<usize> {
        self.key.filter(|key| !self.key_is_serial && self.column_of("contract_id") != Some(*key))
    }

    /// The header of a column without what makes no difference; empty: it has none.
    pub fn plain(&self, column: usize) -> String {
        self.plain_headers.get(column).cloned().unwrap_or_default()
    }

    /// The header of a column as it stands there; empty: it has none.
    pub fn header(&self, column: usize) -> String {
        self.headers.get(column).map(ToString::to_string).unwrap_or_default()
    }

    pub fn place(&self, index: usize) -> ColumnPlace {
        ColumnPlace { index, header: self.headers.get(index).cloned().unwrap_or_default() }
    }

    /// Headers that mean what they mean only because somebody has said so, or because of what stands
    /// above them, each with the name of what it gives. Written in one row, the others say it again.
    pub fn renamed(&self) -> Vec<(String, String)> {
        let cells = self.headers.iter().map(|header| Cell::text_of(header.to_string())).collect();
        let row = [Row { number: 1, cells, ..Row::default() }];
        let plain = Aliases::default();
        let alone = map(1, Head::new(&row, &[], &plain).columns(1));
        let differs = |(at, target): &(usize, &Target)| alone.targets.get(*at) != Some(*target);
        let own = self.targets.iter().enumerate().filter(differs);
        own.filter_map(|(at, target)| Some((self.headers.get(at)?.to_string(), name_of(target)?))).collect()
    }

    /// A header that is struck through, of a column that would be used all the same.
    pub fn ask_about_struck(&mut self, header: &Row) {
        for column in 0..self.targets.len() {
            let is_used = Self::means_something(&self.targets[column]) && !self.readings[column].said;
            let is_asked = self.asked.iter().any(|(own, _)| *own == column);
            if is_used && !is_asked && header.mark(column).struck != Struck::No {
                let header = self.headers[column].to_string();
                let gives = |target: &&Target| **target == self.targets[column];
                let of_signer = matches!(&self.targets[column], Target::Field { field, .. }
                    if matches!(field.name, "approver.name" | "approver.mobile"));
                // Without the only name there would be no signer.
                let needed = of_signer && self.targets.iter().filter(gives).count() == 1;
                self.asked.push((column, Rule::ColumnStruck { header, needed }));
            }
        }
    }

    /// The column with that header, as a user names it (`--group-by 部门`).
    pub fn header_named(&self, header: &str) -> Option<usize> {
        let wanted = plain_header(header);
        self.headers.iter().position(|own| plain_header(own) == wanted)
    }

    /// What a person has said of how to read the sheet, apart from names of columns.
    pub fn heed(&mut self, said: &Said, hidden: &[usize]) {
        self.key = said.key.as_deref().and_then(|key| self.header_named(key));
        self.key_is_serial =
            self.key.and_then(|key| self.headers.get(key)).is_some_and(|header| is_serial(header));
        self.each_row = self.key.is_none() && said.key.as_deref().is_some_and(is_each_row);
        self.odd_rows = said.odd_rows;
        self.missing_party = said.missing_party;
        self.rows_in_order = said.rows_in_order;
        self.each_submission = said.each_submission;
        let conditions = said.only.iter();
        self.conditions = conditions
            .filter_map(|(header, values)| Some((self.header_named(header)?, values.clone())))
            .collect();
        // One paper at a time.
        let is_chosen = |papers: &[String]| {
            let chosen = self.conditions.iter().map(|(column, _)| &*self.headers[*column]);
            chosen.into_iter().any(|header| papers.iter().any(|paper| paper == header))
        };
        self.asked
            .retain(|(_, rule)| !matches!(rule, Rule::PapersBeside { papers, .. } if is_chosen(papers)));
        self.as_text = said.as_text.iter().filter_map(|header| self.header_named(header)).collect();
        if said.hidden_columns == Some(SkipOrSend::Skip) {
            for column in hidden {
                if let Some(target) = self.targets.get_mut(*column) {
                    *target = Target::Ignored;
                }
            }
            close_gaps(&self.headers, &self.readings, &mut self.targets);
        }
        self.pass_over_reasons();
        self.unsent = unsent(&self.headers, &self.targets);
    }

    /// Whether the first column is called as ours is in a workbook to correct, and is nothing else.
    pub fn begins_with_reasons(&self) -> bool {
        self.targets.first() == Some(&Target::Ignored)
            && self.headers.first().is_some_and(|header| OWN_REASONS.contains(&&*plain_header(header)))
    }

    /// A CSV that such a workbook was saved as does not say whose that column is: nothing is
    /// to be said of it in any case.
    fn pass_over_reasons(&mut self) {
        let is_used = self.key == Some(0) || self.conditions.iter().any(|(column, _)| *column == 0);
        let is_said = self.readings.first().is_some_and(|reading| reading.said);
        if let Some(first) = self.targets.first_mut().filter(|target| **target == Target::Unknown)
            && !is_used
            && !is_said
            && self.headers.first().is_some_and(|header| OWN_REASONS.contains(&&*plain_header(header)))
        {
            *first = Target::Ignored;
        }
    }

    /// Headers that a person has named and that are not there.
    pub fn lacks(&self, said: &Said) -> Vec<String> {
        let named =
            said.key.iter().filter(|key| !is_each_row(key)).chain(said.only.iter().map(|(header, _)| header));
        let named = named.chain(&said.as_text);
        named.filter(|header| self.header_named(header).is_none()).cloned().collect()
    }

    pub fn means_something(target: &Target) -> bool {
        matches!(target, Target::Field { .. } | Target::FormField(_))
    }

    /// Number of different things that the columns give, or would if it were clear whose
    /// they are.
    pub fn known(&self) -> usize {
        let mut fields: HashSet<(&str, Option<usize>)> = HashSet::new();
        let mut components: HashSet<&str> = HashSet::new();
        let mut unclear: HashSet<(&str, &str)> = HashSet::new();
        // 旧手机号 | 新手机号.
        let is_one_of_several = |header: &Arc<str>| is_first_mobile(&plain_header(header)).is_some();
        if self.headers.iter().filter(|header| is_one_of_several(header)).count() > 1 {
            unclear.insert(("approver.mobile", ""));
        }
        // Whoever is offered as a signer is known of as well: 孩子 | 家长 | 手机号.
        for (_, rule) in &self.asked {
            if let Rule::SignerUnclear { who, map, alone, .. } = rule
                && is_offered(who, map, *alone)
            {
                let offered = map.iter().filter(|(_, gives)| gives.contains("approver"));
                unclear.extend(offered.map(|(_, gives)| (gives.as_str(), who.as_str())));
            }
        }
        for (target, reading) in self.targets.iter().zip(&self.readings) {
            match (target, reading.could_be.or_else(|| reading.plain_signer())) {
                (Target::Field { field, index }, _) => drop(fields.insert((field.name, *index))),
                (Target::FormField(name), _) => drop(components.insert(name)),
                (_, Some(field)) => {
                    let whose = match &reading.whose {
                        Whose::Signer(word) | Whose::Unclear(word) => word.as_str(),
                        Whose::Unsaid | Whose::Stranger => "",
                    };
                    unclear.insert((field.name, whose));
                }
                (_, None) => {}
            }
        }
        fields.len() + components.len() + unclear.len()
    }

    /// Whether a row says once more what the columns are: the header in
    /// another language below the first, or a page's header copied along.
    pub fn is_repeated_by(&self, row: &Row, aliases: &Aliases) -> bool {
        let mut repeated = 0;
        let mut other = 0;
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let target = aliases.target_of(&cell.seen());
            let own = self.targets.get(column);
            if Self::means_something(&target) && own == Some(&target) {
                repeated += 1;
            } else if Self::means_something(&target) && own.is_some_and(Self::means_something) {
                // The header of another table: read under this one, its values would be others.
                return false;
            } else {
                other += 1;
            }
        }
        repeated >= 2 && repeated > other
    }

    /// With what is to be told of the table above it.
    #[must_use]
    pub fn beside(mut self, above: Vec<Rule>) -> Self {
        self.above = above;
        self
    }

    pub fn is_report(&self) -> bool {
        self.targets.contains(&Target::OfOurs)
    }
}

/// `--key row`.
fn is_each_row(key: &str) -> bool {
    EACH_ROW.contains(&key.to_lowercase().as_str())
}

pub fn map(header_row: u32, columns: Vec<HeaderColumn>) -> Mapping {
    let (headers, readings): (Vec<Arc<str>>, Vec<Reading>) =
        columns.into_iter().map(|column| (Arc::from(column.header), column.reading)).unzip();
    let mut targets: Vec<Target> = readings.iter().map(|reading| reading.target.clone()).collect();
    leave_out_unreachable_ccs(&readings, &mut targets);
    let mut asked = settle(&headers, &readings, &mut targets);
    asked.extend(terms(&headers, &readings, &mut targets));
    let layout = layout_of(&targets, &readings, &asked);
    let unsent = unsent(&headers, &targets);
    let asked_for = without_numbers(&headers);
    Mapping {
        plain_headers: asked_for.iter().map(|header| plain_header(header)).collect(),
        layout,
        header_row,
        top_row: header_row,
        headers,
        targets,
        readings,
        unsent,
        key: None,
        key_is_serial: false,
        each_row: false,
        conditions: Vec::new(),
        titles: Vec::new(),
        head: Vec::new(),
        above: Vec::new(),
        odd_rows: None,
        known_lines: None,
        missing_party: None,
        rows_in_order: false,
        each_submission: false,
        has_numbers: false,
        forgotten_types: Vec::new(),
        company_signs: false,
        own_companies: Vec::new(),
        names_own: Vec::new(),
        empty: Vec::new(),
        ids_of_companies: Vec::new(),
        as_text: Vec::new(),
        spare_mobile: None,
        spare_name: None,
        asked,
        asked_later: Vec::new(),
        compiled: OnceLock::new(),
    }
}

/// 抄送人 with names alone, as approval systems export it: nobody is reached by a name.
fn leave_out_unreachable_ccs(readings: &[Reading], targets: &mut [Target]) {
    let of_cc = |target: &Target| matches!(target, Target::Field { field, .. } if field.level == Level::Cc);
    let is_name = |target: &Target| matches!(target, Target::Field { field, .. } if field.name == "cc.name");
    let said = |at: usize| readings.get(at).is_some_and(|reading| reading.said);
    let own: Vec<usize> = (0..targets.len()).filter(|at| of_cc(&targets[*at])).collect();
    if own.iter().all(|at| is_name(&targets[*at]) && !said(*at)) {
        own.into_iter().for_each(|at| targets[at] = Target::Unknown);
    }
}

fn unsent(headers: &[Arc<str>], targets: &[Target]) -> Vec<usize> {
    let pairs = headers.iter().zip(targets).enumerate();
    let is_unsent = |(_, (header, target)): &(usize, (&Arc<str>, &Target))| {
        // 学生姓名 that somebody has said to ignore tells two children of one parent apart all the same.
        let is_ward = || WARDS.iter().any(|word| plain_header(header).contains(word));
        let is_open = **target == Target::Unknown || (**target == Target::Ignored && is_ward());
        is_open && !header.is_empty() && !is_serial(header)
    };
    pairs.filter(is_unsent).map(|(column, _)| column).collect()
}

/// A bare 截止日期 beside 起始日期 ends the contract, not the time to sign it.
fn terms(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Vec<(usize, Rule)> {
    let plain = |at: usize| headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
    let is_form = |at: usize| matches!(readings[at].target, Target::FormField(_));
    let begins = |at: &usize| {
        let plain = plain(*at);
        let name =
            if is_form(*at) { plain.split_once(':').map_or(&*plain, |(_, name)| name) } else { &*plain };
        let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        // 身份证有效期 is of a card.
        let is_of_a_card = has(CARDS);
        let is_unsent = readings[*at].target == Target::Unknown && !is_of_a_card;
        BARE_BEGINNINGS.contains(&name) || has(TERM_BEGINNINGS) || (is_unsent && has(UNSENT_BEGINNINGS))
    };
    let is_deadline =
        |at: usize| matches!(&targets[at], Target::Field { field, .. } if field.name.ends_with("deadline"));
    let form_end = (0..headers.len())
        .any(|at| is_form(at) && plain(at).split_once(':').is_some_and(|(_, name)| ends_a_term(name)));
    let begins = (0..headers.len()).filter(begins).any(|at| !(is_deadline(at) || is_form(at) && form_end));
    // 签署截止时间 | 截止日期: the one that says it is the deadline, the other one ends something else.
    let is_said = |at: &usize| {
        matches!(&targets[*at], Target::Field { field, .. } if field.name == "deadline")
            && !is_bare_deadline(&headers[*at])
    };
    let has_said = (0..headers.len()).any(|at| is_said(&at));
    // Days that may begin something: beside the end any, elsewhere one that a contract is about.
    let may_begin = |at: usize| {
        let plain = plain(at);
        let is_alone = BEGINNINGS_ALONE.contains(&plain.as_str());
        let is_day = DAYS_BEFORE_AN_END.iter().any(|end| plain.ends_with(end)) || is_alone;
        let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        let is_free = targets[at] == Target::Unknown && !readings[at].said;
        let ends = ends_a_term(&plain) || TERM_ENDS.iter().any(|end| plain.ends_with(end));
        (is_free && is_day && !has(DAYS_OF_ELSE) && !ends).then(|| (at, is_alone || has(DAYS_OF_CONTRACTS)))
    };
    let days: Vec<(usize, bool)> = (0..headers.len()).filter_map(may_begin).collect();
    let mut found = Vec::new();
    for at in 0..headers.len() {
        let reading = &readings[at];
        let is_bare = is_bare_deadline(&headers[at]) && !reading.said;
        // 租赁日期 | 截止日期: two days of a contract are a term.
        let is_day = is_bare
            && !begins
            && days
                .iter()
                .any(|(other, is_of_contract)| *other != at && (*is_of_contract || other + 1 == at));
        if is_day {
            targets[at] = Target::Unknown;
            found.push((at, Rule::TermOrDeadline { soon: false }));
            continue;
        }
        // 签署截止日期 | 截止时间 may be a day and its hour.
        let is_another = has_said && (plain(at).ends_with('日') || plain(at).ends_with("日期"));
        let begins = begins || (is_bare && is_another);
        if is_bare && begins {
            targets[at] = Target::Unknown;
        }
        // 合同起始 | 截止.
        let is_bare_end = || begins && ends_a_time(&plain(at)) && !reading.said;
        let ends = reading.ends_term
            || (is_bare && begins)
            || (reading.target == Target::Unknown && (ends_a_term(&plain(at)) || is_bare_end()));
        if ends && targets[at] == Target::Unknown {
            found.push((at, Rule::TermNotDeadline));
        }
    }
    found
}

fn layout_of(targets: &[Target], readings: &[Reading], asked: &[(usize, Rule)]) -> Layout {
    let has = |test: &dyn Fn(&'static Field, Option<usize>) -> bool| {
        targets.iter().any(|target| matches!(target, Target::Field { field, index } if test(field, *index)))
    };
    let numbered = has(&|field, index| field.level == Level::Approver && index.is_some());
    let offers = |(_, rule): &(usize, Rule)| matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(_, gives)| gives.ends_with(".name")));
    let unclear = readings.iter().any(|reading| reading.could_be.or(reading.plain_signer()).is_some())
        || asked.iter().any(offers);
    let plain = unclear || has(&|field, index| field.level == Level::Approver && index.is_none());
    let names_contracts =
        has(&|field, _| matches!(field.name, "flow_name" | "template_id" | "deadline" | "flow_type"))
            || targets.iter().any(|target| matches!(target, Target::FormField(_)));
    let keyed = has(&|field, _| field.name == "contract_id");
    match (numbered, plain) {
        (true, _) => Layout::Wide,
        (false, true) if keyed && !names_contracts => Layout::Approvers,
        (false, true) => Layout::Long,
        (false, false) => Layout::Contracts,
    }
}
