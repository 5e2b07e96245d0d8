//! Columns that nothing is sent of, and that may say something all the same: whether a row is to be
//! sent, who of a contract somebody is, and what a key alone does not tell apart.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::contract::build::SourceRow;
use crate::contract::columns::{Target, is_a_stranger, plain_header, simplified};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    ALREADY, AROUND_KEYS, ASKS_TO_SEND, BEFORE_REMARKS, BEFORE_THIS, BEHIND_REMARKS, COUNT_ENDS,
    DONE_IN_REMARKS, DONE_MARKS, DONE_WORDS, ENDS_THAT_SAY_NO, LAST_DAYS, LEAVING, MAY_BE_DONE, MAY_SEND,
    OF_A_PERSON, OF_ELSEWHERE, OF_OTHER_MATTERS, OF_SIGNING, OWN_COMPANIES, PAPER_ENDS, PAPER_KINDS,
    PAPER_WORDS, PAPERS, PENDING, REMARK_COLUMNS, REMARKS_THAT_SAY_NO, ROLE_VALUES, ROLE_WORDS, ROLES,
    SAY_NO, SAY_NO_OF_PAPERS, SAYS_OF_SOMEBODY, TEMPLATE_NAMES, TICKS, WHETHER,
};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::sheet_survey::hash_of;

/// Different roles, companies and templates that are named.
const MOST_NAMED: usize = 4;
/// Of a remark.
const MOST_LETTERS: usize = 20;

/// What is the same for all contracts, unless a column says otherwise.
#[derive(Clone, Copy)]
enum OneForAll {
    Company,
    Template,
    /// Its values are names of papers, or say nothing of templates.
    Paper,
}

/// What a column like 签署状态 has said, and whether a map to `send` would mean the same.
#[derive(Default)]
struct Pending {
    /// That the row is to be sent.
    said: Option<(bool, String)>,
    other: Option<(bool, String)>,
    has_blank: bool,
}

/// 企业, 个人, 企业, 个人: a column of types in which two take turns.
struct Turns {
    column: usize,
    two: Vec<String>,
    times: u64,
}

#[derive(Default)]
pub struct Bystanders {
    /// Columns like 是否签约, whether 是 there means that the row is to be sent, and whether they say
    /// just that.
    sends: Vec<(usize, bool, bool)>,
    send: Option<(usize, bool, String)>,
    /// Of columns, what all of their rows have said so far; of those in `sends` apart from what they
    /// say as any other.
    pending: HashMap<(usize, bool), Pending>,
    /// Columns like 备注.
    remarks: Vec<usize>,
    /// Columns of any other name, and whether they have to do with contracts.
    others: Vec<(usize, bool)>,
    /// Columns like 离职日期.
    last_days: Vec<usize>,
    has_send: bool,
    /// Columns like 签约主体 and 合同模板, and what stands in them first.
    one_for_all: Vec<(usize, OneForAll, Vec<String>)>,
    roles: Vec<usize>,
    types: Option<Turns>,
    /// Columns in which nothing but roles has stood, and which.
    of_roles: Vec<(usize, Vec<String>)>,
    role: Option<(usize, Vec<String>)>,
    /// Columns like 楼栋.
    around: Vec<usize>,
    /// Such a column has had several values, so a key beside it says too little.
    several: Option<usize>,
    values: HashMap<usize, u64>,
    /// With `--key`: hash of its value -> its first row, and what stood around it there.
    groups: HashMap<u64, (u32, Vec<u64>)>,
    across: Option<(usize, Rule)>,
}

impl Bystanders {
    pub fn new(mapping: &Mapping) -> Self {
        let is_used = |column: &usize| {
            mapping.key == Some(*column) || mapping.conditions.iter().any(|(own, _)| own == column)
        };
        let is_unused = |column: &usize| mapping.targets[*column] == Target::Unknown && !is_used(column);
        let unused: Vec<(usize, String)> = (0..mapping.targets.len())
            .filter(is_unused)
            .filter_map(|column| Some((column, plain_header(mapping.headers.get(column)?))))
            .collect();
        let called = |is_it: &dyn Fn(&str) -> bool| -> Vec<usize> {
            unused.iter().filter(|(_, plain)| is_it(plain)).map(|(column, _)| *column).collect()
        };
        let among = |words: &[&str]| called(&|plain| words.contains(&plain));
        // 角色 is sent, and says of nobody whose contract is whose.
        let is_role = |target: &Target| matches!(target, Target::Field { field, index: None } if field.id == FieldId::ApproverRoleName);
        let sent_roles = || (0..mapping.targets.len()).filter(|column| is_role(&mapping.targets[*column]));
        let several_rows = mapping.layout == Layout::Long;
        let keyless = several_rows && mapping.key_column().is_none() && !mapping.each_row;
        let has_send = mapping.column_of("send").is_some();
        let may_send = called(&|plain| MAY_SEND.contains(&plain) || asks_whether(plain) == Some(true));
        let is_exact = |column: &usize| {
            unused.iter().any(|(own, plain)| own == column && MAY_SEND.contains(&plain.as_str()))
        };
        let may_send = may_send.into_iter().map(|column| (column, true, is_exact(&column)));
        let may_be_done = called(&|plain| MAY_BE_DONE.contains(&plain) || asks_whether(plain) == Some(false));
        let may_be_done = may_be_done.into_iter().map(|column| (column, false, false));
        let has = |plain: &str, words: &[&str]| words.iter().any(|word| plain.contains(word));
        let is_other = |plain: &str| {
            !REMARK_COLUMNS.contains(&plain)
                && (plain.is_empty() || has(plain, SAYS_OF_SOMEBODY))
                && !has(plain, OF_ELSEWHERE)
                && !plain.starts_with(BEFORE_THIS)
                && !has(plain, OF_OTHER_MATTERS)
        };
        let of_papers = |plain: &str| has(plain, OF_SIGNING);
        let others = unused.iter().filter(|(_, plain)| is_other(plain) && !has_send);
        let others = others.map(|(column, plain)| (*column, of_papers(plain))).collect();
        let last_days = if has_send { Vec::new() } else { among(LAST_DAYS) };
        // 劳动合同 | 保密协议: a tick says which of them somebody gets.
        let papers =
            called(&|plain| !plain.starts_with(WHETHER) && PAPERS.iter().any(|paper| plain.ends_with(paper)));
        let papers = papers.into_iter().map(|column| (column, true, false));
        let companies = among(OWN_COMPANIES).into_iter().map(|column| (column, OneForAll::Company));
        let has_template = mapping.column_of("template_id").is_some();
        let templates = among(TEMPLATE_NAMES).into_iter().filter(|_| !has_template);
        let templates = templates.map(|column| (column, OneForAll::Template));
        let kinds = among(PAPER_KINDS).into_iter().filter(|_| !has_template);
        let templates = templates.chain(kinds.map(|column| (column, OneForAll::Paper)));
        let of_roles = unused
            .iter()
            .filter(|(_, plain)| keyless && !is_a_stranger(plain) && !has(plain, OF_A_PERSON))
            .map(|(column, _)| (*column, Vec::new()))
            .collect();
        Self {
            sends: may_send.chain(may_be_done).chain(papers).filter(|_| !has_send).collect(),
            remarks: among(REMARK_COLUMNS),
            others,
            last_days,
            has_send,
            of_roles,
            types: mapping.column_of("approver.type").filter(|_| keyless).map(|column| Turns {
                column,
                two: Vec::new(),
                times: 0,
            }),
            one_for_all: companies
                .chain(templates)
                .map(|(column, what)| (column, what, Vec::new()))
                .collect(),
            roles: if keyless { sent_roles().chain(among(ROLES)).collect() } else { Vec::new() },
            around: if several_rows && mapping.column_of("contract_id").is_none() {
                among(AROUND_KEYS)
            } else {
                Vec::new()
            },
            ..Self::default()
        }
    }

    /// A row of a contract; `key`: the value of `--key`, as a hash, where it has one of its own.
    pub fn row(&mut self, row: &SourceRow, key: Option<u64>) {
        if self.send.is_none() {
            self.look_for_sends(row);
        }
        self.look_for_roles(row);
        self.look_for_differences(row);
        for column in &self.around {
            let hash = hash_of(row.row.cell(*column));
            if hash != 0 && *self.values.entry(*column).or_insert(hash) != hash {
                self.several.get_or_insert(*column);
            }
        }
        if let Some(key) = key.filter(|_| !self.around.is_empty() && self.across.is_none()) {
            self.look_across(row, key);
        }
    }

    fn look_for_sends(&mut self, row: &SourceRow) {
        for (column, sends, maps) in &self.sends {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            // 保密协议 | 已签 is about that paper.
            let of_paper = *sends && !*maps;
            let is_done = !of_paper && DONE_WORDS.contains(&text);
            let says = yes_no(text).is_some() || TICKS.contains(&text) || is_done;
            let maps = *maps && yes_no(text).is_some();
            // Where every row says 待签, every row is meant.
            let is_tick = *sends && TICKS.contains(&text) && yes_no(text) != Some(false);
            let is_pending = PENDING.contains(&text) || yes_no(text) == Some(*sends) || is_tick;
            let pending = self.pending.entry((*column, true)).or_default();
            match () {
                () if text.is_empty() => pending.has_blank = true,
                () if !says => {}
                () if is_pending => pending.said = Some((maps, text.to_owned())),
                () => pending.other = Some((maps, text.to_owned())),
            }
            let told = pending.other.take().or_else(|| pending.said.take_if(|_| pending.has_blank));
            if let Some((maps, value)) = told {
                self.send = Some((*column, maps, value));
                return;
            }
        }
        for column in &self.remarks {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            if leaves_out(text) {
                self.send = Some((*column, false, text.chars().take(MOST_LETTERS).collect()));
                return;
            }
        }
        let cells = self.others.iter().map(|(column, of_papers)| {
            let seen = row.row.cell(*column).seen_ref();
            (*column, says_no(seen.trim(), *of_papers).then(|| seen.trim().to_owned()))
        });
        let days = self.last_days.iter().map(|column| {
            let seen = row.row.cell(*column).seen_ref();
            let is_day = seen.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
            (*column, is_day.then(|| seen.trim().chars().take(MOST_LETTERS).collect()))
        });
        for (column, said) in cells.chain(days) {
            // What stands in every row tells none of them apart.
            let pending = self.pending.entry((column, false)).or_default();
            match said {
                Some(value) => pending.said = Some((false, value)),
                None => pending.has_blank = true,
            }
            if let Some((maps, value)) = pending.said.take_if(|_| pending.has_blank) {
                self.send = Some((column, maps, value));
                return;
            }
        }
        // Also behind the last header.
        let last = if self.has_send { usize::MAX } else { row.mapping.targets.len() };
        self.send = (last..row.row.cells.len()).find_map(|column| {
            let seen = row.row.cell(column).seen_ref();
            says_no(seen.trim(), false).then(|| (column, false, seen.trim().to_owned()))
        });
    }

    fn look_for_differences(&mut self, row: &SourceRow) {
        for (column, what, values) in
            self.one_for_all.iter_mut().filter(|(.., values)| values.len() < MOST_NAMED)
        {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let says = match what {
                OneForAll::Paper => PAPER_ENDS.iter().any(|end| text.ends_with(end)),
                OneForAll::Company | OneForAll::Template => !text.is_empty(),
            };
            if says && !values.iter().any(|own| own == text) {
                values.push(text.to_owned());
            }
        }
    }

    fn look_for_roles(&mut self, row: &SourceRow) {
        if let Some(Turns { column, two, times }) = &mut self.types {
            let seen = row.row.cell(*column).seen();
            let own = seen.trim().to_owned();
            if two.len() < 2 && !two.contains(&own) {
                two.push(own.clone());
            }
            // 企业, 企业, 个人 is a list of both.
            if own.is_empty() || two.get((*times % 2) as usize) != Some(&own) {
                self.types = None;
            } else {
                *times += 1;
            }
        }
        self.of_roles.retain_mut(|(column, values)| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_role = ROLE_VALUES.contains(&text);
            if is_role && values.len() < MOST_NAMED && !values.iter().any(|own| own == text) {
                values.push(text.to_owned());
            }
            text.is_empty() || is_role
        });
        let Some(column) = self.roles.first().copied() else { return };
        let seen = row.row.cell(column).seen_ref();
        let text = seen.trim();
        let (_, values) = self.role.get_or_insert_with(|| (column, Vec::new()));
        if !text.is_empty() && values.len() < MOST_NAMED && !values.iter().any(|own| own == text) {
            values.push(text.chars().take(20).collect());
        }
    }

    fn look_across(&mut self, row: &SourceRow, key: u64) {
        let own: Vec<u64> = self.around.iter().map(|column| hash_of(row.row.cell(*column))).collect();
        let (first_row, first) = self.groups.entry(key).or_insert_with(|| (row.row.number, own.clone()));
        let pairs = self.around.iter().zip(own.iter().zip(first.iter()));
        let mut differing = pairs.filter(|(_, (own, first))| **own != 0 && **first != 0 && own != first);
        if let Some((column, _)) = differing.next() {
            let header = |column: usize| row.mapping.headers.get(column).map(ToString::to_string);
            let rule = Rule::KeyAcross {
                key: row.mapping.key.and_then(header).unwrap_or_default(),
                other: header(*column).unwrap_or_default(),
                first_row: *first_row,
                row: row.row.number,
            };
            self.across = Some((*column, rule));
        }
    }

    /// The column beside a key that has several values.
    pub fn several(&self) -> Option<usize> {
        self.several
    }

    /// `asked`: what holds rows together is a question already.
    pub fn finish(self, mapping: &Mapping, asked: bool, tell: &mut dyn FnMut(Option<usize>, Rule)) {
        if let Some((column, maps, value)) = self.send {
            tell(Some(column), Rule::ColumnNearlySend { value, maps });
        }
        for (column, what, values) in self.one_for_all.into_iter().filter(|(.., values)| values.len() > 1) {
            let rule = match what {
                OneForAll::Company => Rule::PartiesDiffer { parties: values },
                OneForAll::Template | OneForAll::Paper => Rule::TemplatesDiffer { templates: values },
            };
            tell(Some(column), rule);
        }
        if let Some((column, rule)) = self.across {
            tell(Some(column), rule);
        }
        // 企业, 个人, 企业, 个人: two signers of each contract.
        const FEWEST: u64 = 4;
        let takes_turns = |times: u64| times >= FEWEST && times.is_multiple_of(2) && !asked;
        if let Some(Turns { column, two, .. }) = self.types.filter(|own| takes_turns(own.times)) {
            tell(Some(column), Rule::RolesWithoutKey { values: two });
            return;
        }
        let of_roles = self.of_roles.into_iter().find(|(_, values)| values.len() > 1 && !asked);
        if let Some((column, values)) = of_roles {
            tell(Some(column), Rule::RolesWithoutKey { values });
            return;
        }
        let Some((column, values)) = self.role.filter(|(_, values)| values.len() > 1 && !asked) else {
            return;
        };
        let header = mapping.headers.get(column).map(|header| plain_header(header)).unwrap_or_default();
        let is_role = header.contains("角色")
            || matches!(header.as_str(), "甲乙方" | "role" | "signerrole")
            || values.iter().any(|value| {
                let value = value.to_lowercase();
                ROLE_WORDS.iter().any(|word| value.contains(word))
            });
        if is_role {
            tell(Some(column), Rule::RolesWithoutKey { values });
        }
    }
}

/// 是否同意续签, 合同已发: whether 是 there means that the row is to be sent. None: it asks something
/// else.
fn asks_whether(plain: &str) -> Option<bool> {
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(OF_OTHER_MATTERS) || COUNT_ENDS.iter().any(|end| plain.ends_with(end)) {
        return None;
    }
    let is_done = has(PAPER_WORDS) && has(DONE_MARKS);
    let asks = plain.starts_with(WHETHER);
    match () {
        () if is_done || (asks && has(LEAVING)) => Some(false),
        () if asks && has(ASKS_TO_SEND) => Some(true),
        () => None,
    }
}

/// Whether a cell says nothing but that somebody gets no contract.
fn says_no(text: &str, of_papers: bool) -> bool {
    const LONGEST: usize = 18;
    if text.len() < 4 || text.len() > LONGEST || text.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| SAY_NO.iter().copied().collect());
    let plain: String = text.chars().map(simplified).flat_map(char::to_lowercase).collect();
    WORDS.contains(plain.as_str()) || (of_papers && SAY_NO_OF_PAPERS.contains(&plain.as_str()))
}

/// Whether a remark says that its row is not to be sent.
fn leaves_out(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).filter(|clause| !clause.is_empty()).any(|clause| {
        let bare = BEFORE_REMARKS.iter().find_map(|word| clause.strip_prefix(word)).unwrap_or(clause);
        let (done, bare) = match ALREADY.iter().find_map(|word| bare.strip_prefix(word)) {
            Some(rest) => (true, rest),
            None => (false, bare),
        };
        let rest = BEHIND_REMARKS.iter().find_map(|word| bare.strip_suffix(word)).unwrap_or(bare);
        let says = |words: &[&str]| words.contains(&bare) || words.contains(&rest);
        let is_elsewhere = OF_ELSEWHERE.iter().any(|own| clause.contains(own));
        says(REMARKS_THAT_SAY_NO)
            || (done && says(DONE_IN_REMARKS))
            || (!is_elsewhere && ENDS_THAT_SAY_NO.iter().any(|end| clause.ends_with(end)))
    })
}
