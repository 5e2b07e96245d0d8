//! `企业名称 | 签署方姓名 | 手机号`, with other companies in other rows and no type: does each company sign, or somebody whose
//! employer it is?

use std::collections::HashSet;

use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::columns::Target;
use super::companies;
use super::forgotten_types::is_company as is_type_of_company;
use super::layout::Mapping;
use super::own_company::names_own;
use super::sampled::all_are;
use super::values;
use super::vocabulary::{
    COMPANIES_OF_ELSE, COMPANIES_OF_PEOPLE, COMPANY_ENDS, COMPANY_NAMES, DRIVERS, MANAGERS, NAME_OF_ANYTHING,
    NAMES_OF_ANYBODY, NAMES_OF_PARTIES, NUMBERS_OF_COMPANIES, OF_OWN_COMPANIES, OF_PEOPLE, OF_WORKING_PEOPLE,
    OWN_COMPANIES, PARTIES, PARTY_COMPANY, PERHAPS_EMPLOYERS, SIGN_FOR_SOMEBODY, SUPPLIERS,
    WHERE_PEOPLE_WORK,
};

/// So it is where some rows have a company, and of 甲方企业名称 | 甲方姓名. One company in all rows of a list is most likely
/// the sender's own, unless `is_named`: that one is known, and was left out.
pub(super) fn ask_whether_companies_sign(mapping: &mut Mapping, below: &[&Row], is_named: bool) {
    let list = List::of(mapping, below, is_named);
    // 类型 with 个人 is not sent, and says who signs all the same.
    let kind = FieldId::ApproverType.field().kind;
    let is_person = |cell: &Cell| values::reads(kind, cell) && !is_type_of_company(cell.seen_ref().trim());
    if list.columns().filter(|at| list.is_free(*at)).any(|at| all_are(below, at, is_person)) {
        return;
    }
    // Somebody has said that whoever stands beside it signs for himself.
    let is_decided = |column: &usize| {
        list.kind_of(*column).is_some_and(|(_, _, name)| *column != name && list.mapping.readings[name].said)
    };
    let decided: Vec<usize> = list.columns().filter(|column| is_decided(column)).collect();
    let asked = list.columns().filter_map(|column| list.asks(column));
    let (later, now): (Vec<_>, Vec<_>) = asked.partition(|own| own.is_later);
    // That it looks like a signer's is asked by the same.
    mapping.asked.retain(|(column, rule)| {
        let is_known = decided.contains(column) || now.iter().any(|own| own.column == *column);
        !is_nearly_a_signer(rule) || !is_known
    });
    mapping.asked.extend(now.into_iter().map(|own| own.asked));
    // A list is sorted by company: the second one may stand anywhere below.
    mapping.asked_later.extend(later.into_iter().map(|own| (own.column, own.asked)));
    let asked: &[(usize, Rule)] = &mapping.asked;
    mapping.asked_later.retain(|(_, later)| !asked.contains(later));
}

struct Asked {
    column: usize,
    asked: (usize, Rule),
    /// All of the first rows have one company, so it is asked where another one follows.
    is_later: bool,
}

/// What a column of companies is to the signer whose name has a column.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    /// It gives his company already, or would by its name.
    His,
    /// Whoever is called after it is there for it; and one that only some of a contract's signers have.
    Shared,
    /// 供应商, and another company in each row before whoever signs: the other side of the contract.
    OtherSide,
    /// 单位: it may be where he works.
    PerhapsEmployer,
}

/// The first rows of a sheet and what its columns are.
struct List<'m> {
    mapping: &'m Mapping,
    below: &'m [&'m Row],
    is_named: bool,
    /// Some column gives a signer's company.
    has_company: bool,
    /// Posts of people who may sign for their company.
    has_managers: bool,
    /// It tells of people that work.
    works: bool,
}

impl<'m> List<'m> {
    fn of(mapping: &'m Mapping, below: &'m [&'m Row], is_named: bool) -> Self {
        let columns = 0..mapping.targets.len();
        let is_manager = |cell: &Cell| MANAGERS.contains(&cell.seen_ref().trim());
        let are_managers = |at: usize| all_are(below, at, is_manager);
        // Who is 经理 or 主任 there may sign for it.
        let works = mapping.headers.iter().enumerate().any(|(at, header)| {
            OF_WORKING_PEOPLE.iter().any(|word| header.contains(word)) && !are_managers(at)
        });
        let has_company = mapping.targets.iter().any(
            |target| matches!(target, Target::Field { field, .. } if field.id == FieldId::ApproverOrganizationName),
        );
        let has_managers = columns.clone().any(are_managers);
        Self { mapping, below, is_named, has_company, has_managers, works }
    }

    fn columns(&self) -> std::ops::Range<usize> {
        0..self.mapping.targets.len()
    }

    fn column_of(&self, id: FieldId, index: Option<usize>) -> Option<usize> {
        self.mapping.targets.iter().position(
            |target| matches!(target, Target::Field { field, index: own } if field.id == id && *own == index),
        )
    }

    fn is_free(&self, column: usize) -> bool {
        self.mapping.targets[column] == Target::Unknown
    }

    fn is_open(&self, column: usize) -> bool {
        self.is_free(column) && !self.has_company && !self.mapping.names_own.contains(&column)
    }

    /// 名称, or 企业名称 below 企业信息, which nobody has read as the signer's.
    fn may_be_his(&self, column: usize) -> bool {
        let plain = self.mapping.plain(column);
        let is_below = |end: &&str| plain.strip_suffix(*end).is_some_and(|parent| parent.ends_with("信息"));
        let is_called_so = plain == NAME_OF_ANYTHING || ["企业名称", "公司名称"].iter().any(is_below);
        self.is_free(column) && !self.has_company && is_called_so
    }

    /// Of 供应商 | 员工姓名 and of 工作单位 | 姓名 it is plain who signs, and of 单位 beside 岗位.
    fn is_supplier(&self, column: usize) -> bool {
        let plain = self.mapping.plain(column);
        let is_the_party = NAMES_OF_PARTIES.contains(&plain.as_str()) && plain != NAME_OF_ANYTHING;
        self.is_open(column) && (is_the_party || is_called(&plain, SUPPLIERS))
    }

    fn is_perhaps_employer(&self, column: usize) -> bool {
        self.is_open(column) && !self.works && is_called(&self.mapping.plain(column), PERHAPS_EMPLOYERS)
    }

    /// 酒店名称 | 酒店联系人, 参会单位 | 参会人: whoever is called after it is there for it.
    fn is_called_after(&self, column: usize, name: usize) -> bool {
        let (company, person) = (self.mapping.plain(column), self.mapping.plain(name));
        let shared = company.chars().zip(person.chars()).take_while(|(one, other)| one == other).count();
        let is_party = PARTIES.iter().any(|(party, _)| company.starts_with(party));
        self.is_open(column) && column < name && shared > 1 && !is_party
    }

    /// 合同编号 | 角色 | 姓名 | 公司 with a company in the rows of 甲方 alone.
    fn is_partial(&self, column: usize, name: usize) -> bool {
        let plain = self.mapping.plain(column);
        let words = [COMPANY_NAMES, COMPANIES_OF_PEOPLE, OWN_COMPANIES, PARTY_COMPANY];
        let has_some = |filled: bool| {
            self.below.iter().any(|row| !row.cell(name).is_blank() && row.cell(column).is_blank() != filled)
        };
        words.iter().any(|words| words.contains(&plain.as_str()))
            && self.mapping.key_column().is_some()
            && has_some(true)
            && has_some(false)
    }

    /// 运营商 | 签约人: another company in each row before whoever signs, whatever it is called.
    fn has_another_in_each_row(&self, column: usize, name: usize) -> bool {
        let plain = self.mapping.plain(column);
        let person = self.mapping.plain(name);
        let signs = SIGN_FOR_SOMEBODY.contains(&person.as_str()) || acts_for_somebody(&person);
        let is_of_else = OF_PEOPLE.iter().any(|word| plain.contains(word));
        let is_of_people =
            [WHERE_PEOPLE_WORK, COMPANIES_OF_PEOPLE].iter().any(|words| words.contains(&plain.as_str()));
        let seen = self.below.iter().map(|row| row.cell(column).seen().trim().to_owned());
        let seen: Vec<String> = seen.filter(|text| !text.is_empty()).collect();
        let different: HashSet<&String> = seen.iter().collect();
        // 甲方 may be the sender, unless his company is known and never stands there.
        let may_be_own = OWN_COMPANIES.contains(&plain.as_str())
            && (!self.is_named || seen.iter().any(|name| names_own(self.mapping, name)));
        if self.is_one_for_each_row(column, name, &seen) {
            return true;
        }
        // Where somebody works, or what he has to do with, stands in several rows most likely.
        let is_his_own = different.len() > 1
            && different.len() * 2 > seen.len()
            && !self.works
            && !COMPANIES_OF_ELSE.iter().any(|word| plain.contains(word));
        self.is_open(column)
            && column < name
            && self.is_anybodys(name)
            && !(is_of_else || is_of_people || may_be_own)
            && ((signs && (seen.len() == 1 || different.len() > 1)) || is_his_own)
    }

    /// 公司 or 加盟公司 with another company in each row, on whichever side of the name: no sender employs people of as
    /// many companies as there are rows. And a licence is whoever signs with it.
    fn is_one_for_each_row(&self, column: usize, name: usize, seen: &[String]) -> bool {
        let plain = self.mapping.plain(column);
        let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
        let is_known = [OWN_COMPANIES, WHERE_PEOPLE_WORK, COMPANIES_OF_PEOPLE]
            .iter()
            .any(|words| words.contains(&plain.as_str()));
        let is_of_else = is_known || has(OF_PEOPLE) || has(COMPANIES_OF_ELSE) || has(OF_OWN_COMPANIES);
        let different: HashSet<&String> = seen.iter().collect();
        let differs = different.len() > 1 && different.len() == seen.len();
        let is_of_each = differs && (BARE_COMPANIES.contains(&plain.as_str()) || !is_of_else);
        let says_no_type = self.column_of(FieldId::ApproverType, None).is_none();
        // One licence in all rows is the sender's own.
        let has_licence = has(&LICENCES) && (different.len() > 1 || seen.len() == 1);
        // A company and its number in some rows, and in the others nothing: those sign for themselves, most likely.
        let has_number = || {
            let mut plain = (0..self.mapping.targets.len()).map(|at| self.mapping.plain(at));
            plain.any(|own| NUMBERS_OF_COMPANIES.contains(&own.as_str()))
        };
        let people = self.below.iter().filter(|row| !row.cell(name).is_blank()).count();
        let is_of_some =
            !has(OF_PEOPLE) && !has(COMPANIES_OF_ELSE) && different.len() == seen.len() && !seen.is_empty();
        let is_of_some = is_of_some && seen.len() < people && has_number();
        (has_licence || is_of_each || is_of_some)
            && says_no_type
            && self.is_open(column)
            && self.is_anybodys(name)
            && !self.works
    }

    fn is_anybodys(&self, column: usize) -> bool {
        let plain = self.mapping.plain(column);
        [NAMES_OF_ANYBODY, SIGN_FOR_SOMEBODY].iter().any(|words| words.contains(&plain.as_str()))
    }

    /// What it is, with the number and the name of the signer.
    fn kind_of(&self, column: usize) -> Option<(Is, Option<usize>, usize)> {
        if let Target::Field { field, index } = &self.mapping.targets[column] {
            let is_company = field.id == FieldId::ApproverOrganizationName;
            return is_company
                .then(|| Some((Is::His, *index, self.column_of(FieldId::ApproverName, *index)?)))
                .flatten();
        }
        let name = self.column_of(FieldId::ApproverName, None)?;
        let drives = |name: usize| DRIVERS.contains(&self.mapping.plain(name).as_str());
        let is_shared =
            self.is_called_after(column, name) || (self.is_open(column) && self.is_partial(column, name));
        let is = match () {
            () if is_shared => Is::Shared,
            // 姓名 | 手机号 | 合作单位 is his employer, or whoever sent him.
            () if self.is_supplier(column) && (self.is_anybodys(name) || drives(name)) => Is::OtherSide,
            () if self.is_perhaps_employer(column) && self.is_anybodys(name) && column < name => {
                Is::PerhapsEmployer
            }
            () if self.may_be_his(column)
                && !self.is_supplier(column)
                && !self.is_perhaps_employer(column) =>
            {
                Is::His
            }
            () if self.has_another_in_each_row(column, name) => Is::OtherSide,
            () => return None,
        };
        Some((is, None, name))
    }

    fn asks(&self, column: usize) -> Option<Asked> {
        let (mapping, below) = (self.mapping, self.below);
        let (is, index, name) = self.kind_of(column)?;
        let is_company = |cell: &Cell| {
            let seen = cell.seen_ref();
            COMPANY_ENDS.iter().any(|end| seen.trim().ends_with(end)) || companies::ends_like_a_company(&seen)
        };
        let says_type = |id: FieldId| {
            self.column_of(id, index).is_some_and(|at| below.iter().any(|row| !row.cell(at).is_blank()))
        };
        // 签署方类型 says that a company signs, and nothing says which.
        let lacks_company = || {
            let types = self.column_of(FieldId::ApproverType, index);
            !self.has_company
                && is != Is::His
                && types
                    .is_some_and(|at| all_are(below, at, |cell| is_type_of_company(cell.seen_ref().trim())))
        };
        let is_typed = (says_type(FieldId::ApproverType) && !lacks_company())
            || says_type(FieldId::ApproverOrganizationOpenId);
        let is_said = mapping.readings[column].said || mapping.readings[name].said;
        let acts = companies::signs_for(&mapping.plain(name), &mapping.plain(column));
        let is_beside = below.iter().any(|row| !row.cell(name).is_blank() && !row.cell(column).is_blank());
        let is_open = !is_said && !self.is_asked(column, name) && (!acts || is == Is::Shared) && is_beside;
        if !is_open || is_typed || !all_are(below, column, is_company) {
            return None;
        }
        let header = |at: usize| mapping.header(at);
        let gives = |field: &str| match index {
            Some(index) => format!("approver{}.{field}", index + 1),
            None => format!("approver.{field}"),
        };
        let company = Some((header(column), gives("organization_name")));
        let map = vec![(header(name), gives("name"))];
        let signs = index.is_some() || self.signs_most_likely(is, column, name);
        let rule = Rule::SignerMayBeCompany { who: header(name), company, signs, map };
        let is_later = index.is_none() && self.is_one_for_all(is, column, name);
        Some(Asked { column, asked: (name, rule), is_later })
    }

    fn is_asked(&self, column: usize, name: usize) -> bool {
        self.mapping.asked.iter().any(|(own, rule)| {
            let is_told = |at: usize| {
                matches!(rule, Rule::SignerUnclear { map, .. }
                    if map.iter().any(|(header, _)| **header == *self.mapping.headers[at]))
            };
            let is_same = *own == column && !is_nearly_a_signer(rule);
            is_same || *own == name || is_told(column) || is_told(name)
        })
    }

    /// One company in all rows that have a signer.
    fn is_one_for_all(&self, is: Is, column: usize, name: usize) -> bool {
        let seen = self.below.iter().map(|row| row.cell(column).seen().trim().to_owned());
        let different: HashSet<String> = seen.filter(|text| !text.is_empty()).collect();
        let may_be_own = match is {
            Is::OtherSide | Is::Shared => false,
            Is::PerhapsEmployer => true,
            Is::His => !self.is_named,
        };
        may_be_own
            && different.len() == 1
            && self.below.iter().all(|row| row.cell(name).is_blank() || !row.cell(column).is_blank())
    }

    /// Rather than the person; 姓名 | 手机号 | 公司名称 is most likely his employer.
    fn signs_most_likely(&self, is: Is, column: usize, name: usize) -> bool {
        let person = self.mapping.plain(name);
        if self.is_called_after(column, name) || self.is_partial(column, name) {
            return true;
        }
        // A shop is its keeper's own, unless it is a company.
        let is_owner = OWNERS.contains(&person.as_str());
        let is_firm = |cell: &Cell| cell.seen_ref().trim().ends_with(FIRM);
        if is_owner && !all_are(self.below, column, is_firm) {
            return false;
        }
        let acts = acts_for_somebody(&person) || SIGN_FOR_SOMEBODY.contains(&person.as_str());
        let signs = match is {
            Is::His | Is::Shared => true,
            Is::OtherSide => !self.works,
            // 客户 | 姓名 may be where somebody was sent to work.
            Is::PerhapsEmployer => false,
        };
        column < name && (acts || self.has_managers || signs)
    }
}

fn is_nearly_a_signer(rule: &Rule) -> bool {
    matches!(rule, Rule::ColumnNearlySigner { .. })
}

/// Headers that say no more than that a company stands below them.
const BARE_COMPANIES: [&str; 6] = ["公司", "单位", "企业", "公司全称", "单位全称", "company"];
/// In headers of the name that stands in a company's licence.
const LICENCES: [&str; 4] = ["营业执照", "执照名称", "工商名称", "工商注册"];
/// Whoever a shop belongs to.
const OWNERS: [&str; 5] = ["经营者", "经营者姓名", "店主", "店主姓名", "老板"];
const FIRM: &str = "公司";

/// 供应商 of 供应商名称 and 租户（公司）.
fn is_called(plain: &str, words: &[&str]) -> bool {
    let bracketed = plain.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let plain = bracketed.filter(|(_, note)| COMPANY_NAMES.contains(note)).map_or(plain, |(own, _)| own);
    let name = COMPANY_NAMES.iter().find_map(|end| plain.strip_suffix(end)).filter(|bare| !bare.is_empty());
    [Some(plain), name].into_iter().flatten().any(|own| words.contains(&own))
}

/// 经办人, Authorized Signatory: whoever is called so acts for a company that stands beside him.
fn acts_for_somebody(plain: &str) -> bool {
    const ACTS: [&str; 8] =
        ["signatory", "contact", "representative", "经办", "代表", "联系人", "负责人", "对接人"];
    ACTS.iter().any(|word| plain.contains(word))
}
