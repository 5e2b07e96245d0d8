//! Columns that nothing is sent of, and that may say something all the same: who of a contract
//! somebody is, and what a key alone does not tell apart.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::contract::columns::{
    Target, half_width, is_a_stranger, is_somebody, names_a_counterparty, without_name_end,
};
use crate::contract::layout::{Layout, Mapping};
use crate::contract::left_over::is_ditto;
use crate::contract::own_company::{may_name_own, other_company, own_name};
use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    AROUND_KEYS, COMPANIES_OF_PEOPLE, COMPANY_ENDS, COUPLES, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES,
    ENDS_OF_NAMES, FAMILY, GROUPS_OF_PEOPLE, HEADS_OF_FAMILIES, KINDS_OF_PEOPLE, KINDS_OF_SIGNERS,
    MAIN_SIGNERS, OF_A_PERSON, OF_FAMILIES, OF_OWN_COMPANIES, OTHER_PAPERS, OWN_COMPANIES, PAPER_ENDS,
    PAPER_KINDS, PLACES, RELATIONS, ROLE_VALUES, ROLE_WORDS, ROLES, ROLES_IN_TURN, SAYS_WHO, SIGNER_WORDS,
    SIGNING_ORDERS, SIGNING_PEOPLE, TEMPLATE_NAMES, WEAK_IN_TURN, WORK_OF_PEOPLE,
};
use crate::domain::answer::IGNORE;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::copies::Copies;
use super::orders::is_role_column;
use super::sends::Sends;
use crate::intake::noted::hash_of;

/// Different roles, companies and templates that are named.
const MOST_NAMED: usize = 4;

/// What is the same for all contracts, unless a column says otherwise.
#[derive(Clone, Copy)]
enum OneForAll {
    Company,
    /// The company of the person: where the settings have one sign, that of all of them.
    Group,
    Template,
    /// Its values are names of papers, or say nothing of templates.
    Paper,
    /// The same of a column that is called anything: where something else stands in it, it names no papers.
    NothingButPapers,
}

/// 企业, 个人, 企业, 个人: a column of types in which two take turns.
struct Turns {
    column: usize,
    /// It is the signer's type; else what somebody is, as people write it.
    is_type: bool,
    /// Its header says that it is what somebody is.
    is_called_so: bool,
    /// 是否主借人: 是 and 否 say it.
    asks_who: bool,
    two: Vec<String>,
    times: u64,
}

/// 签署顺序 1, 2, 1, 2: a column of places in a row of signers that begins anew.
struct Orders {
    column: usize,
    /// What stood there first, and how often it has come again.
    values: Vec<String>,
    restarts: u32,
}

/// 角色, 关系, 变更: a column that says what somebody is for the contract.
fn says_who(plain: &str) -> bool {
    is_role_column(plain) || says_relation(plain) || SAYS_WHO.contains(&plain)
}

/// 是否主借人, 是否户主.
fn asks_who(plain: &str) -> bool {
    plain.strip_prefix("是否").is_some_and(|who| MAIN_SIGNERS.contains(&who.trim_start_matches('为')))
}

/// 业主, 租户, 出租方, 企业; 党员 is none.
fn says_a_role(text: &str) -> bool {
    ROLE_VALUES.contains(&text)
        || SIGNER_WORDS.contains(&text)
        || ROLES_IN_TURN.contains(&text.to_lowercase().as_str())
        || names_a_counterparty(text)
        || KINDS_OF_SIGNERS.contains(&text)
}

fn is_of_a_family(text: &str) -> bool {
    HEADS_OF_FAMILIES.contains(&text) || FAMILY.contains(&text)
}

/// 与户主关系, 家庭关系.
fn says_relation(plain: &str) -> bool {
    RELATIONS.contains(&plain)
}

/// `紧急联系人 | 关系`: whose relation to the signer is told, not the signer's to the one who signs first.
fn is_behind_another(mapping: &Mapping, column: usize) -> bool {
    const NEAR: usize = 4;
    let before = (0..column).rev().take(NEAR);
    let mut before = before.take_while(|at| mapping.targets.get(*at) == Some(&Target::Unknown));
    before.any(|at| {
        let plain = mapping.plain(at);
        let ends = [ENDS_OF_NAMES, ENDS_OF_MOBILES, ENDS_OF_ID_NUMBERS].concat();
        let who = ends.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
        !OF_FAMILIES.contains(&who) && (is_a_stranger(who) || is_somebody(who))
    })
}

#[derive(Default)]
pub struct Bystanders {
    sends: Sends,
    copies: Copies,
    /// Columns like 签约主体 and 合同模板, and what stands in them first.
    one_for_all: Vec<(usize, OneForAll, Vec<String>)>,
    roles: Vec<usize>,
    turns: Vec<Turns>,
    orders: Option<Orders>,
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
    rows: usize,
    /// Columns with one company in the first rows: what has stood there, and whether anything else has.
    one_company: Vec<(usize, Option<String>, bool)>,
}

impl Bystanders {
    pub fn new(mapping: &Mapping, today: Date) -> Self {
        let is_used = |column: &usize| {
            mapping.key == Some(*column) || mapping.conditions.iter().any(|(own, _)| own == column)
        };
        let is_unused = |column: &usize| mapping.targets[*column] == Target::Unknown && !is_used(column);
        let unused: Vec<(usize, String)> = (0..mapping.targets.len())
            .filter(is_unused)
            .map(|column| (column, mapping.plain(column)))
            .collect();
        let called = |is_it: &dyn Fn(&str) -> bool| -> Vec<usize> {
            unused.iter().filter(|(_, plain)| is_it(plain)).map(|(column, _)| *column).collect()
        };
        let among = |words: &[&str]| called(&|plain| words.contains(&plain));
        // 角色 is sent, and says of nobody whose contract is whose.
        let is_role = |target: &Target| matches!(target, Target::Field { field, index: None } if field.id == FieldId::ApproverRoleName);
        let sent_roles = || (0..mapping.targets.len()).filter(|column| is_role(&mapping.targets[*column]));
        let is_form = |column: &usize| matches!(&mapping.targets[*column], Target::FormField(name) if is_role_column(name) || ["角色", "身份"].iter().any(|word| name.contains(word)));
        let form_columns = || (0..mapping.targets.len()).filter(is_form);
        let several_rows = mapping.layout == Layout::Long;
        let keyless = several_rows && mapping.key_column().is_none() && !mapping.each_row;
        let has = |plain: &str, words: &[&str]| words.iter().any(|word| plain.contains(word));
        // Whether it signs is asked already.
        let is_asked = |column: &usize| {
            let header = mapping.headers.get(*column);
            mapping.asked.iter().any(|(own, rule)| {
                let says = |map: &[(String, String)]| {
                    map.iter().any(|(own, _)| header.is_some_and(|header| **header == **own))
                };
                let leaves_out = |map: &[(String, String)]| map.iter().all(|(_, gives)| gives == IGNORE);
                match rule {
                    // Below the first rows there may be another company.
                    Rule::SignerUnclear { map, .. } if leaves_out(map) => false,
                    Rule::SignerUnclear { map, .. } if says(map) => true,
                    Rule::SignerMayBeCompany { company, .. } if says(company.as_slice()) => true,
                    _ => own == column,
                }
            })
        };
        let named = mapping.names_own.iter().copied();
        let of_own = called(&|plain| OF_OWN_COMPANIES.iter().any(|word| plain.contains(word)));
        let companies = among(OWN_COMPANIES).into_iter().chain(of_own).chain(named);
        let mut companies: Vec<usize> = companies.collect();
        companies.sort_unstable();
        companies.dedup();
        let companies = companies.into_iter().filter(|column| !is_asked(column));
        let companies = companies.map(|column| (column, OneForAll::Company));
        // Two people of one contract may be of two companies.
        let groups = among(COMPANIES_OF_PEOPLE)
            .into_iter()
            .filter(|column| (mapping.company_signs || keyless) && !is_asked(column));
        let companies = companies.chain(groups.map(|column| (column, OneForAll::Group)));
        let has_template = mapping.column_of("template_id").is_some();
        let templates = among(TEMPLATE_NAMES).into_iter().filter(|_| !has_template);
        let templates = templates.map(|column| (column, OneForAll::Template));
        // 合同类型 is sent, and all have one template.
        let of_type = mapping.column_of("flow_type").filter(|column| !mapping.readings[*column].said);
        let kinds = among(PAPER_KINDS).into_iter().chain(of_type).filter(|_| !has_template);
        let templates = templates.chain(kinds.map(|column| (column, OneForAll::Paper)));
        let may_be_paper = |plain: &str| !plain.is_empty() && !has(plain, OTHER_PAPERS);
        let of_any = called(&|plain| !PAPER_KINDS.contains(&plain) && may_be_paper(plain));
        let of_any = of_any.into_iter().filter(|column| !has_template && !is_asked(column));
        let templates = templates.chain(of_any.map(|column| (column, OneForAll::NothingButPapers)));
        // 岗位 and 部门 may do so by chance.
        let may_take_turns = |(_, plain): &&(usize, String)| {
            KINDS_OF_PEOPLE.contains(&plain.as_str())
                || says_who(plain)
                || (!GROUPS_OF_PEOPLE.contains(&plain.as_str()) && !WORK_OF_PEOPLE.contains(&plain.as_str()))
        };
        let of_roles = unused
            .iter()
            .filter(|(column, plain)| {
                let is_his = says_relation(plain) && !is_behind_another(mapping, *column);
                keyless
                    && !SIGNING_PEOPLE.contains(&without_name_end(plain))
                    && (is_his || (!is_a_stranger(plain) && !has(plain, OF_A_PERSON)))
            })
            .map(|(column, _)| (*column, Vec::new()))
            // 填写:角色 is sent, and says of nobody whose contract is whose.
            .chain(form_columns().filter(|_| keyless).map(|column| (column, Vec::new())))
            .collect();
        Self {
            sends: Sends::new(mapping, &unused, today),
            copies: if mapping.layout == Layout::Wide {
                Copies::default()
            } else {
                let roles = sent_roles().chain(called(&|plain| says_who(plain)));
                let all = sent_roles().chain(unused.iter().map(|(column, _)| *column));
                Copies::new(all.collect(), roles.collect())
            },
            of_roles,
            turns: mapping
                .column_of("approver.type")
                .into_iter()
                .map(|column| (column, true, true))
                .chain(
                    unused
                        .iter()
                        .filter(may_take_turns)
                        .map(|(column, plain)| (*column, false, KINDS_OF_PEOPLE.contains(&plain.as_str()))),
                )
                .filter(|_| keyless)
                .map(|(column, is_type, is_called_so)| Turns {
                    column,
                    is_type,
                    is_called_so,
                    asks_who: asks_who(&mapping.plain(column)),
                    two: Vec::new(),
                    times: 0,
                })
                .collect(),
            orders: among(SIGNING_ORDERS).first().filter(|_| keyless).map(|column| Orders {
                column: *column,
                values: Vec::new(),
                restarts: 0,
            }),
            one_company: mapping.asked_later.iter().map(|(column, _)| (*column, None, false)).collect(),
            one_for_all: companies
                .chain(templates)
                .map(|(column, what)| (column, what, Vec::new()))
                .collect(),
            roles: if keyless { sent_roles().chain(among(ROLES)).collect() } else { Vec::new() },
            around: if several_rows && mapping.column_of("contract_id").is_none() {
                called(&|plain| PLACES.contains(&plain) || AROUND_KEYS.contains(&plain))
            } else {
                Vec::new()
            },
            ..Self::default()
        }
    }

    /// Whether it matters which row is the first of a contract.
    pub fn asks_who_begins(&self) -> bool {
        self.sends.asks_who_begins()
    }

    /// A row of a contract; `key`: the value of `--key`, as a hash, where it has one of its own;
    /// `begins`: it is the contract's first.
    pub fn row(&mut self, row: &SourceRow, key: Option<u64>, begins: bool) {
        self.sends.row(row, begins);
        self.copies.row(row);
        self.rows += 1;
        self.look_for_roles(row);
        self.look_for_differences(row);
        for (column, first, differs) in &mut self.one_company {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            if *differs || text.is_empty() || is_ditto(text) || first.as_deref() == Some(text) {
                continue;
            }
            // 某某科技 and 某某科技（深圳）有限公司 are one for whoever writes them.
            let plain = |text: &str| -> String {
                text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect()
            };
            let own = plain(text);
            let known = plain(first.get_or_insert_with(|| text.to_owned()));
            *differs = !known.contains(&own) && !own.contains(&known);
        }
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

    fn look_for_differences(&mut self, row: &SourceRow) {
        let is_paper = |text: &str| PAPER_ENDS.iter().any(|end| text.ends_with(end));
        self.one_for_all.retain(|(column, what, _)| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            !matches!(what, OneForAll::NothingButPapers) || text.is_empty() || is_paper(text)
        });
        for (column, what, values) in
            self.one_for_all.iter_mut().filter(|(.., values)| values.len() < MOST_NAMED)
        {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let says = match what {
                // 卖方 may be people: then each contract has its own.
                OneForAll::Company
                    if row.mapping.headers[*column].ends_with(['方', '人'])
                        || !OWN_COMPANIES.contains(&row.mapping.plain(*column).as_str()) =>
                {
                    COMPANY_ENDS.iter().any(|end| text.ends_with(end))
                }
                OneForAll::Group => COMPANY_ENDS.iter().any(|end| text.ends_with(end)),
                OneForAll::Paper | OneForAll::NothingButPapers => is_paper(text),
                // 主体 with 甲方 and 乙方 says who somebody is.
                OneForAll::Company => !text.is_empty() && !ROLE_VALUES.contains(&text),
                OneForAll::Template => !text.is_empty(),
            };
            if !says || values.iter().any(|own| own == text) {
                continue;
            }
            let name = match what {
                OneForAll::Company => own_name(&row.mapping, text),
                _ => None,
            };
            let name = name.unwrap_or_else(|| text.to_owned());
            if !values.contains(&name) {
                values.push(name);
            }
        }
    }

    fn look_for_roles(&mut self, row: &SourceRow) {
        self.turns.retain_mut(|Turns { column, is_type, asks_who, two, times, .. }| {
            let seen = row.row.cell(*column).seen();
            let own = seen.trim().to_owned();
            if two.len() < 2 && !two.contains(&own) {
                two.push(own.clone());
            }
            // 企业, 企业, 个人 is a list of both.
            let is_role = *is_type || says_a_role(&own) || (*asks_who && yes_no(&own).is_some());
            let takes_turns = is_role && !own.is_empty() && two.get((*times % 2) as usize) == Some(&own);
            *times += u64::from(takes_turns);
            takes_turns
        });
        if let Some(Orders { column, values, restarts }) = &mut self.orders {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            *restarts += u32::from(values.first().is_some_and(|first| first == text));
            if !text.is_empty() && values.len() < MOST_NAMED && !values.iter().any(|own| own == text) {
                values.push(text.to_owned());
            }
        }
        self.of_roles.retain_mut(|(column, values)| {
            let seen = row.row.cell(*column).seen_ref();
            let text = seen.trim();
            let is_role = ROLE_VALUES.contains(&text) || is_of_a_family(text);
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
        let roles = self.roles(mapping);
        let sends: Vec<(usize, Rule)> = self.sends.finish().collect();
        let is_new = |(column, _): &(usize, Rule)| sends.iter().all(|(own, _)| own != column);
        let copies = self.copies.finish().filter(is_new);
        for (column, rule) in sends.iter().cloned().chain(copies) {
            tell(Some(column), rule);
        }
        let other = |values: &[String]| match values {
            [one] => other_company(mapping, one),
            _ => None,
        };
        let mut told: Vec<usize> = Vec::new();
        for (column, what, values) in self.one_for_all {
            let may_be_own = match what {
                OneForAll::Company => may_name_own(&mapping.plain(column)),
                OneForAll::Group => true,
                OneForAll::Template | OneForAll::Paper | OneForAll::NothingButPapers => false,
            };
            let own = other(&values).filter(|_| may_be_own);
            // 所属公司 with the company of the settings and another one.
            let others = values.iter().filter(|value| other_company(mapping, value).is_some()).count();
            let is_own_among = may_be_own && (1..values.len()).contains(&others);
            if let ([paper], OneForAll::Paper | OneForAll::NothingButPapers) = (values.as_slice(), &what) {
                // Whether that is the paper of the settings is known to whoever has them.
                let rule = Rule::PaperDiffers { paper: paper.clone(), name: String::new(), row: 0 };
                tell(Some(column), rule);
            }
            if own.is_none() && values.len() < 2 {
                continue;
            }
            let is_type = |value: &String| KINDS_OF_SIGNERS.contains(&value.as_str());
            let rule = match what {
                OneForAll::Company if values.iter().all(is_type) => {
                    let value = values.first().cloned().unwrap_or_default();
                    Rule::ColumnNearlyType { value, unreadable: false }
                }
                // Each expert has an employer of his own; the few companies of a group have staff.
                OneForAll::Group
                    if own.is_none()
                        && !is_own_among
                        && (values.len() >= MOST_NAMED || self.rows < 2 * values.len()) =>
                {
                    continue;
                }
                OneForAll::Company | OneForAll::Group => {
                    // The ready answer sends those of the company whose settings these are.
                    let mut parties = values;
                    parties.sort_by_key(|name| other_company(mapping, name).is_some());
                    Rule::PartiesDiffer { parties, own }
                }
                OneForAll::Template | OneForAll::Paper | OneForAll::NothingButPapers => {
                    let is_sent = mapping.targets.get(column) != Some(&Target::Unknown);
                    Rule::TemplatesDiffer { templates: values, is_sent }
                }
            };
            told.push(column);
            tell(Some(column), rule);
        }
        let differs = self.one_company.iter().filter(|(.., differs)| *differs);
        for (column, ..) in differs.filter(|(column, ..)| !told.contains(column)) {
            let asked = mapping.asked_later.iter().find(|(own, _)| own == column);
            if let Some((_, (name, rule))) = asked {
                tell(Some(*name), rule.clone());
            }
        }
        if let Some((column, rule)) = self.across {
            tell(Some(column), rule);
        }
        if let Some((column, values)) = roles.filter(|_| !asked) {
            tell(Some(column), Rule::RolesWithoutKey { values });
        }
    }

    /// The column in which the rows of several signers of one contract are told apart, and how.
    pub fn roles(&self, mapping: &Mapping) -> Option<(usize, Vec<String>)> {
        // 企业, 个人, 企业, 个人: two signers of each contract.
        const FEWEST: u64 = 4;
        let takes_turns = |times: u64| times >= FEWEST && times.is_multiple_of(2);
        // 教练 and 司机 may be what two people do.
        let is_weak = |own: &Turns| {
            !own.is_called_so && own.two.iter().all(|word| WEAK_IN_TURN.contains(&word.as_str()))
        };
        if let Some(own) = self.turns.iter().find(|own| takes_turns(own.times) && !is_weak(own)) {
            return Some((own.column, own.two.clone()));
        }
        // 签署顺序 | 1, 2, 3 is one contract of three, or three of one; a bare 顺序 counts the rows.
        let begins_anew = |own: &&Orders| {
            own.values.len() > 1 && (own.restarts > 0 || mapping.plain(own.column).contains('签'))
        };
        if let Some(own) = self.orders.as_ref().filter(begins_anew) {
            return Some((own.column, own.values.clone()));
        }
        // 父亲 and 母亲 are parents of several children; beside 户主 somebody is of his contract.
        let says_who = |value: &String| !FAMILY.contains(&value.as_str());
        // But a husband and a wife are two of one contract.
        let is_couple = |values: &[String]| {
            COUPLES.iter().all(|words| values.iter().any(|value| words.contains(&value.as_str())))
        };
        let is_of_roles = |(_, values): &&(usize, Vec<String>)| {
            values.len() > 1 && (values.iter().any(says_who) || is_couple(values))
        };
        if let Some(found) = self.of_roles.iter().find(is_of_roles) {
            return Some(found.clone());
        }
        let (column, values) = self.role.as_ref().filter(|(_, values)| values.len() > 1)?;
        let header = mapping.plain(*column);
        let is_role = header.contains("角色")
            || matches!(header.as_str(), "甲乙方" | "role" | "signerrole")
            || values.iter().any(|value| {
                let value = value.to_lowercase();
                ROLE_WORDS.iter().any(|word| value.contains(word))
            });
        is_role.then(|| (*column, values.clone()))
    }
}
