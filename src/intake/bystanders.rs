//! Columns that nothing is sent of, and that may say something all the same: whether a row is to be
//! sent, who of a contract somebody is, and what a key alone does not tell apart.

use std::collections::HashMap;

use crate::contract::build::SourceRow;
use crate::contract::columns::{Target, plain_header};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    AROUND_KEYS, DONE_WORDS, LEAVES_OUT, MAY_BE_DONE, MAY_SEND, OWN_COMPANIES, PAPERS, REMARK_COLUMNS,
    ROLE_WORDS, ROLES, TEMPLATE_NAMES, TICKS,
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
}

#[derive(Default)]
pub struct Bystanders {
    /// Columns like 是否签约, and whether 是 there means that the row is to be sent.
    sends: Vec<(usize, bool)>,
    send: Option<(usize, bool, String)>,
    /// Columns like 备注.
    remarks: Vec<usize>,
    /// Columns like 签约主体 and 合同模板, and what stands in them first.
    one_for_all: Vec<(usize, OneForAll, Vec<String>)>,
    roles: Vec<usize>,
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
        let may_send = among(MAY_SEND).into_iter().map(|column| (column, true));
        let may_be_done = among(MAY_BE_DONE).into_iter().map(|column| (column, false));
        // 劳动合同 | 保密协议: a tick says which of them somebody gets.
        let papers = called(&|plain| PAPERS.iter().any(|paper| plain.ends_with(paper)));
        let papers = papers.into_iter().map(|column| (column, false));
        let companies = among(OWN_COMPANIES).into_iter().map(|column| (column, OneForAll::Company));
        let has_template = mapping.column_of("template_id").is_some();
        let templates = among(TEMPLATE_NAMES).into_iter().filter(|_| !has_template);
        let templates = templates.map(|column| (column, OneForAll::Template));
        Self {
            sends: may_send.chain(may_be_done).chain(papers).filter(|_| !has_send).collect(),
            remarks: among(REMARK_COLUMNS),
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
        for (column, sends) in &self.sends {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let says = yes_no(text).is_some() || DONE_WORDS.contains(&text) || TICKS.contains(&text);
            if !text.is_empty() && says {
                let maps = *sends && yes_no(text).is_some();
                self.send = Some((*column, maps, text.to_owned()));
                return;
            }
        }
        for column in &self.remarks {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            if LEAVES_OUT.iter().any(|word| text.contains(word)) {
                self.send = Some((*column, false, text.chars().take(MOST_LETTERS).collect()));
                return;
            }
        }
    }

    fn look_for_differences(&mut self, row: &SourceRow) {
        for (column, _, values) in
            self.one_for_all.iter_mut().filter(|(.., values)| values.len() < MOST_NAMED)
        {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            if !text.is_empty() && !values.iter().any(|own| own == text) {
                values.push(text.to_owned());
            }
        }
    }

    fn look_for_roles(&mut self, row: &SourceRow) {
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
                OneForAll::Template => Rule::TemplatesDiffer { templates: values },
            };
            tell(Some(column), rule);
        }
        if let Some((column, rule)) = self.across {
            tell(Some(column), rule);
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
