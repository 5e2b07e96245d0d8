//! Components that say who signs once more, his name, his mobile, his ID number or the contract's number, where in a few
//! rows they say somebody else: 填写:员工姓名 with 赵六, and 王五 signs.

use crate::contract::columns::{Target, plain_header, without_name_end};
use crate::contract::companies::ends_like_a_company;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::normalize::to_half_width;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    COMPONENTS_OF_SIGNERS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, NO_PARTY, OF_OTHER_PEOPLE, PARTIES,
};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;
use crate::intake::noted::{NotedRows, hash_of};

use super::observer::Observer;

/// Rows that have the signer's value for each that has another, where the component is not called like him.
const MANY: u64 = 4;

/// What a component may say once more.
const SAID_AGAIN: [FieldId; 3] =
    [FieldId::ApproverName, FieldId::ApproverMobile, FieldId::ApproverIdCardNumber];

/// A component, and a column of a signer whose value it may say again.
struct Pair {
    component: usize,
    own: usize,
    header: String,
    is_called_so: bool,
    /// It is his name.
    is_of_name: bool,
    /// It is the number of a contract.
    keeps_brackets: bool,
    equal: u64,
    other: NotedRows,
}

#[derive(Default)]
pub struct SignersValues {
    pairs: Vec<Pair>,
    /// The contract of the row above; where one has several rows a component stands in the first, and may be anybody's.
    contract: u64,
    has_several: bool,
}

impl SignersValues {
    pub fn new(mapping: &Mapping) -> Self {
        if mapping.is_report() || (mapping.key.is_some() && mapping.layout != Layout::Wide) {
            return Self::default();
        }
        if mapping.layout == Layout::Wide {
            return Self { pairs: of_parties(mapping), ..Self::default() };
        }
        let column_of = |id: FieldId| {
            let gives =
                |target: &Target| matches!(target, Target::Field { field, index: None } if field.id == id);
            mapping.targets.iter().position(gives)
        };
        let (own_name, number) = (column_of(FieldId::ApproverName), column_of(FieldId::ContractId));
        let own: Vec<usize> =
            SAID_AGAIN.iter().chain(&[FieldId::ContractId]).filter_map(|id| column_of(*id)).collect();
        let components = mapping.targets.iter().enumerate().filter_map(|(column, target)| match target {
            Target::FormField(name) if !mapping.as_text.contains(&column) => {
                Some((column, plain_header(name)))
            }
            _ => None,
        });
        let pairs = components.filter(|(_, name)| !OF_OTHER_PEOPLE.iter().any(|word| name.contains(word)));
        let pairs = pairs.flat_map(|(component, name)| {
            let is_known = COMPONENTS_OF_SIGNERS.contains(&name.as_str());
            // 填写:借款人 beside 借款人姓名.
            let is_his = move |own: usize| {
                let plain = mapping.plain(own);
                Some(own) == own_name && (plain == name || without_name_end(&plain) == name)
            };
            own.iter().map(move |own| Pair {
                component,
                own: *own,
                header: mapping.header(*own),
                is_called_so: is_known || is_his(*own),
                is_of_name: Some(*own) == own_name,
                keeps_brackets: Some(*own) == number,
                equal: 0,
                other: NotedRows::default(),
            })
        });
        Self { pairs: pairs.collect(), ..Self::default() }
    }
}

/// 填写:乙方姓名 beside 乙方姓名 and 填写:乙方电话 beside 乙方手机号.
fn of_parties(mapping: &Mapping) -> Vec<Pair> {
    let own = mapping.targets.iter().enumerate().filter_map(|(column, target)| match target {
        Target::Field { field, .. } if SAID_AGAIN.contains(&field.id) => {
            Some((column, field.id, party_and_kind(&mapping.plain(column))?))
        }
        _ => None,
    });
    let own: Vec<(usize, FieldId, (String, FieldId))> = own.filter(|(_, id, (_, kind))| id == kind).collect();
    let components = mapping.targets.iter().enumerate().filter_map(|(column, target)| match target {
        Target::FormField(name) if !mapping.as_text.contains(&column) => {
            Some((column, party_and_kind(&plain_header(name))?))
        }
        _ => None,
    });
    let pair = |(component, of): (usize, (String, FieldId))| {
        let (at, id, _) = own.iter().find(|(.., own)| *own == of)?;
        Some(Pair {
            component,
            own: *at,
            header: mapping.header(*at),
            is_called_so: true,
            is_of_name: *id == FieldId::ApproverName,
            keeps_brackets: false,
            equal: 0,
            other: NotedRows::default(),
        })
    };
    components.filter_map(pair).collect()
}

/// 乙方 of 乙方, 乙方姓名, 乙方手机号 and 乙方身份证号, and what it says of him.
fn party_and_kind(plain: &str) -> Option<(String, FieldId)> {
    let kinds = [
        (ENDS_OF_MOBILES, FieldId::ApproverMobile),
        (ENDS_OF_ID_NUMBERS, FieldId::ApproverIdCardNumber),
        (&["姓名", "名字"][..], FieldId::ApproverName),
    ];
    let party = |(ends, kind): &(&[&str], FieldId)| {
        let mut rest: Vec<&str> = ends.iter().filter_map(|end| plain.strip_suffix(*end)).collect();
        rest.sort_by_key(|rest| rest.len());
        rest.first().filter(|rest| !rest.is_empty()).map(|rest| ((*rest).to_owned(), *kind))
    };
    let bare = PARTIES.iter().any(|(party, _)| *party == plain);
    kinds.iter().find_map(party).or_else(|| bare.then(|| (plain.to_owned(), FieldId::ApproverName)))
}

/// Of `138 0013 8000`, `+86 138…`, `11010…x` and 李四（小李） what makes a difference; HT(1) and HT(2) are two numbers.
fn letters(text: &str, keeps_brackets: bool) -> String {
    const MOBILE: usize = 11;
    let bare = text.split_once(['(', '（']).map(|(bare, _)| bare);
    let bare = bare.filter(|bare| !keeps_brackets && !bare.trim().is_empty());
    let half_width = to_half_width(bare.unwrap_or(text));
    let letters = half_width.chars().filter(|c| c.is_alphanumeric());
    let letters: String = letters.map(|c| c.to_ascii_uppercase()).collect();
    let is_mobile = |rest: &&str| {
        rest.len() == MOBILE && rest.starts_with('1') && rest.bytes().all(|own| own.is_ascii_digit())
    };
    let mobile = ["86", "0086"].iter().find_map(|code| letters.strip_prefix(code).filter(is_mobile));
    mobile.map_or_else(|| letters.clone(), str::to_owned)
}

impl Observer for SignersValues {
    fn row(&mut self, row: &SourceRow) {
        if self.pairs.is_empty() {
            return;
        }
        let contract = row.key_column().map_or(0, |column| hash_of(row.row.cell(column)));
        self.has_several |= contract != 0 && contract == self.contract;
        self.contract = contract;
        for Pair { component, own, is_of_name, keeps_brackets, equal, other, .. } in &mut self.pairs {
            let (component, own) = (row.row.cell(*component).seen_ref(), row.row.cell(*own).seen_ref());
            let (component, own) = (component.trim(), own.trim());
            if component == own {
                *equal += u64::from(!own.is_empty());
                continue;
            }
            // A landline, or the company that he signs for, is another thing; 王五、王小五 names him as well.
            let is_of_else = (component.starts_with('0') && !component.starts_with("0086"))
                || NO_PARTY.contains(&component)
                || (!*keeps_brackets && component.contains(own))
                || (*is_of_name && ends_like_a_company(component));
            if is_of_else && !own.is_empty() {
                continue;
            }
            match (letters(component, *keeps_brackets), letters(own, *keeps_brackets)) {
                (component, own) if component.is_empty() || own.is_empty() => {}
                (component, own) if component == own => *equal += 1,
                _ => other.note(row.row.number),
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let is_slip = |pair: &Pair| {
            let least = if pair.is_called_so { 1 } else { MANY };
            pair.other.count > 0 && pair.equal >= pair.other.count * least
        };
        let found = self.pairs.into_iter().filter(|pair| !self.has_several && is_slip(pair));
        found
            .map(|Pair { component, header, other: NotedRows { rows, count }, .. }| {
                (component, Rule::ComponentOfAnother { header, rows, count })
            })
            .collect()
    }
}
