//! What the first rows below a header say of its columns, where two of them would give the same or
//! one would give something that its values are not.

use std::collections::HashSet;

use crate::domain::cell::{Cell, Row};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::columns::{Target, Whose, is_a_stranger, is_company, is_somebody, party_of, plain_header};
use super::companies::ends_like_a_company;
use super::forgotten_types;
use super::layout::{Layout, Mapping, SpareMobile};
use super::names::{is_staff, represented};
use super::names_only;
use super::normalize::to_half_width;
use super::offered_companies;
use super::papers;
use super::refusals::is_noted;
use super::values;
use super::vocabulary::{
    CC_WORDS, COMPANY_ENDS, COMPANY_NAMES, ENDS_OF_MOBILES, ENDS_OF_NAMES, FAMILY, GROUPS_OF_PEOPLE,
    GUARDIANS, HAD_BY_MANY, HIMSELF, KINDS_OF_ENDINGS, MOBILES_BY_NAME, MOBILES_OF_ELSE, NOBODY_ELSE_SIGNS,
    OF_OTHER_NUMBERS, PARTY_CONTACTS, PARTY_SIGNER, PERSONAL, PLACES, RELATIVES, SAY_WHO_SIGNS,
    SHARED_BY_CONTRACTS, SIGNED_ELSEWHERE, SIGNED_HERE, SURNAMES, TEMPLATE_NAMES,
};

/// Leaves out what the values show to be something else.
pub fn heed(mapping: &mut Mapping, rows: &[Row]) {
    let below: Vec<&Row> = rows.iter().filter(|row| row.number > mapping.header_row).collect();
    if below.is_empty() {
        return;
    }
    leave_out_landlines(mapping, &below);
    leave_out_where_signed(mapping, &below);
    ask_about_relations(mapping, &below);
    ask_about_one_for_all(mapping, &below);
    take_roles(mapping, &below);
    take_agents(mapping, &below);
    ask_for_mobiles(mapping, &below);
    ask_whose_mobile(mapping, &below);
    leave_out_staff(mapping, &below);
    ask_for_names(mapping, &below);
    ask_for_the_only_signer(mapping, &below);
    ask_where_no_names_stand(mapping, &below);
    take_back(mapping, &below);
    ask_where_companies_stand(mapping, &below);
    offered_companies::heed(mapping, &below);
    names_only::heed(mapping, &below);
    ask_about_copies(mapping, &below);
    ask_who_signs(mapping, &below);
    ask_about_newer_mobiles(mapping, &below);
    papers::ask(mapping, &below);
    ask_about_template_ids(mapping, &below);
    mapping.has_numbers = has_numbers(mapping, &below);
    mapping.forgotten_types = forgotten_types::columns(mapping, &below);
}

/// QZ-01, QZ-02, 作废: at least two numbers, and as many as words; where each has a word, and those that end
/// something are kinds of agreements (TZ-01-退租), the words are part of the numbers.
fn has_numbers(mapping: &Mapping, below: &[&Row]) -> bool {
    let Some(column) = mapping.column_of(FieldId::ContractId.name()) else { return false };
    let seen = below.iter().map(|row| row.cell(column).seen()).filter(|text| !text.trim().is_empty());
    let has_digit = |text: &String| text.bytes().any(|byte| byte.is_ascii_digit());
    let (numbers, words): (Vec<String>, Vec<String>) = seen.partition(has_digit);
    let word_of =
        |text: &String| -> String { text.chars().filter(|c| *c > '\u{2e7f}' && c.is_alphabetic()).collect() };
    let is_kind = |text: &String| {
        let word = word_of(text);
        !word.is_empty() && (KINDS_OF_ENDINGS.contains(&word.as_str()) || !is_noted(&word))
    };
    let are_kinds = numbers.iter().all(is_kind) && numbers.iter().any(|text| is_noted(&word_of(text)));
    numbers.len() >= 2 && numbers.len() >= words.len() && !are_kinds
}

/// `手机号 | 现在用的号`: a column that is called like nobody else's and holds other mobiles may be the newer one.
fn ask_about_newer_mobiles(mapping: &mut Mapping, below: &[&Row]) {
    let own = |column: &usize| is_of(mapping, *column, FieldId::ApproverMobile);
    let mut owned = (0..mapping.targets.len()).filter(own);
    let (Some(first), None) = (owned.next(), owned.next()) else { return };
    let may_be_his = |column: &usize| {
        let plain = mapping.plain(*column);
        let bare = ENDS_OF_MOBILES.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
        let is_elsewhere = OF_OTHER_NUMBERS.iter().chain(MOBILES_OF_ELSE).any(|word| plain.contains(word));
        let is_free = mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && mapping.readings[*column].whose == Whose::Unsaid
            && !mapping.asked.iter().any(|(own, _)| own == column);
        let is_anothers = is_a_stranger(&plain) || is_somebody(bare) || is_staff(bare) || is_company(bare);
        let differs = |row: &&Row| {
            let cell = row.cell(*column);
            is_mobile(cell) && digits(cell) != digits(row.cell(first))
        };
        is_free
            && !plain.is_empty()
            && !is_elsewhere
            && !is_anothers
            && all_are(below, *column, is_mobile)
            && below.iter().any(differs)
    };
    let Some(column) = (0..mapping.targets.len()).find(may_be_his) else { return };
    let (field, name) = (FieldId::ApproverMobile.name().to_owned(), mapping.headers[first].to_string());
    mapping.asked.push((column, Rule::ColumnBeside { field, first, name, open: true }));
}

/// `由谁签` with 家长 in some rows, `代签人` with a name: what is not used says that somebody else signs.
fn ask_who_signs(mapping: &mut Mapping, below: &[&Row]) {
    let says_so = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_free = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        let is_asked = mapping.asked.iter().any(|(own, _)| own == column);
        let somebody_else = |row: &&Row| {
            let seen = row.cell(*column).seen();
            !seen.trim().is_empty() && !NOBODY_ELSE_SIGNS.contains(&seen.trim().to_lowercase().as_str())
        };
        is_free && !is_asked && SAY_WHO_SIGNS.contains(&plain.as_str()) && below.iter().any(somebody_else)
    };
    let Some(column) = (0..mapping.targets.len()).find(says_so) else { return };
    mapping.asked.push((column, Rule::ColumnNearlySigner { of_party: false }));
}

/// `姓名 | 签署人` with 本人 and 父亲: of two columns for the name the one that says who somebody is to the
/// other gives no names. Where it is not 本人 the survey of all rows asks.
fn ask_about_relations(mapping: &mut Mapping, below: &[&Row]) {
    let own = (0..mapping.targets.len()).filter(|column| is_of(mapping, *column, FieldId::ApproverName));
    let [one, other] = own.collect::<Vec<_>>()[..] else { return };
    let says = |column: usize, words: &[&[&str]]| {
        below.iter().any(|row| {
            let seen = row.cell(column).seen();
            words.iter().any(|own| own.contains(&seen.trim()))
        })
    };
    let is_relation = |column: &usize| says(*column, &[HIMSELF, FAMILY, GUARDIANS, RELATIVES]);
    let Some(column) = [one, other].into_iter().find(is_relation) else { return };
    mapping.targets[column] = Target::Unknown;
}

/// `签约方` with 甲方 and 乙方: a column that would give names says who of the contract somebody is.
fn take_roles(mapping: &mut Mapping, below: &[&Row]) {
    let is_party = |cell: &Cell| party_of(cell.seen_ref().trim()).is_some();
    // Whoever calls a column 姓名 means names, 甲方 for a trial.
    let is_for_names = |column: usize| {
        let plain = mapping.plain(column);
        ENDS_OF_NAMES.iter().any(|end| plain.ends_with(end))
    };
    let is_role = |column: &usize| {
        is_of(mapping, *column, FieldId::ApproverName)
            && !is_for_names(*column)
            && all_are(below, *column, is_party)
    };
    let Some(column) = (0..mapping.targets.len()).find(is_role) else { return };
    mapping.targets[column] = match gives(mapping, FieldId::ApproverRoleName) {
        true => Target::Unknown,
        false => Target::Field { field: FieldId::ApproverRoleName.field(), index: None },
    };
    // Whose it is was asked beside that name.
    let is_of_it = |(own, rule): &(usize, Rule)| {
        *own == column || matches!(rule, Rule::MobileBehind { .. } | Rule::IdNumberBehind { .. })
    };
    let (of_it, asked) = std::mem::take(&mut mapping.asked).into_iter().partition(is_of_it);
    mapping.asked = asked;
    for (own, _) in of_it.into_iter().filter(|(own, _): &(usize, Rule)| *own != column) {
        mapping.targets[own] = mapping.readings[own].target.clone();
    }
}

/// `签署方 | 企业名称 | 经办人 | 经办人手机号` with 甲方 and 乙方 as 签署方: whoever acts for each company, and no OpenId of ours.
fn take_agents(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::ApproverName) || gives(mapping, FieldId::ApproverMobile) {
        return;
    }
    let acts = |column: &usize| {
        is_of(mapping, *column, FieldId::OperatorOpenId) && all_are(below, *column, is_as_long_as_a_name)
    };
    let Some(agent) = (0..mapping.targets.len()).find(acts) else { return };
    let word = mapping.plain(agent);
    let is_his = |column: &usize| {
        let plain = mapping.plain(*column);
        let end = plain.strip_prefix(&word).unwrap_or_default();
        ENDS_OF_MOBILES.contains(&end)
            && !mapping.readings[*column].said
            && all_are(below, *column, is_mobile)
    };
    let Some(mobile) = (0..mapping.targets.len()).find(is_his) else { return };
    for (column, field) in [(agent, FieldId::ApproverName), (mobile, FieldId::ApproverMobile)] {
        mapping.targets[column] = Target::Field { field: field.field(), index: None };
    }
    mapping.asked.retain(|(column, _)| ![agent, mobile].contains(column));
    // The company for which each acts was asked about together with the roles.
    let names_company = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_company = |cell: &Cell| ends_like_a_company(&cell.seen_ref());
        let is_open = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_open && COMPANY_NAMES.contains(&plain.as_str()) && all_are(below, *column, is_company)
    };
    let Some(company) = (0..mapping.targets.len()).find(names_company) else { return };
    mapping.targets[company] =
        Target::Field { field: FieldId::ApproverOrganizationName.field(), index: None };
    let is_party = |cell: &Cell| party_of(cell.seen_ref().trim()).is_some();
    let says_role = |column: &usize| {
        let is_open = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_open && all_are(below, *column, is_party)
    };
    let role =
        (0..mapping.targets.len()).filter(|_| !gives(mapping, FieldId::ApproverRoleName)).find(says_role);
    if let Some(role) = role {
        mapping.targets[role] = Target::Field { field: FieldId::ApproverRoleName.field(), index: None };
    }
    let header = mapping.headers[company].clone();
    mapping.asked.retain(|(_, rule)| {
        !matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(own, _)| **own == *header))
    });
}

/// `模板` with yDRS4UUgygqdcj2tUuO4zjEEFuP35Swc: the id of a template under another name.
fn ask_about_template_ids(mapping: &mut Mapping, below: &[&Row]) {
    const SHORTEST: usize = 20;
    if gives(mapping, FieldId::TemplateId) {
        return;
    }
    let is_id = |cell: &Cell| {
        let seen = cell.seen_ref();
        let text = seen.trim();
        text.len() >= SHORTEST
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && text.starts_with('y')
    };
    let is_free = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_called_so = TEMPLATE_NAMES.contains(&plain.as_str())
            || ["模板", "模版", "范本", "template"].iter().any(|word| plain.contains(word));
        let is_asked = mapping.asked.iter().any(|(own, _)| own == column);
        let is_open = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_called_so && is_open && !is_asked && all_are(below, *column, is_id)
    };
    let Some(column) = (0..mapping.targets.len()).find(is_free) else { return };
    let suggestion = FieldId::TemplateId.name().to_owned();
    mapping.asked.push((column, Rule::ColumnNearlyDefaulted { suggestion }));
}

/// `抄送人 | 抄送`, `抄送` with a name and a mobile in each cell: copies that nobody would get.
fn ask_about_copies(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::CcMobile) {
        return;
    }
    let is_free = |column: &usize| {
        let plain = mapping.plain(*column);
        let of_copies = CC_WORDS.iter().any(|word| plain.starts_with(word));
        let is_open = match &mapping.targets[*column] {
            Target::Unknown => true,
            Target::Field { field, .. } => field.id == FieldId::CcName,
            _ => false,
        };
        of_copies && is_open && !mapping.readings[*column].said
    };
    let free: Vec<usize> = (0..mapping.targets.len()).filter(is_free).collect();
    let has_mobile = |cell: &Cell| {
        let seen = to_half_width(&cell.seen());
        seen.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 11 && run.starts_with('1'))
    };
    let holds_some = |column: &&usize| below.iter().any(|row| has_mobile(row.cell(**column)));
    let Some(mobile) = free.iter().find(holds_some).copied() else { return };
    let header = |column: usize| mapping.headers[column].to_string();
    let is_full = |column: &usize| all_are(below, *column, is_mobile);
    let mobiles: Vec<usize> = free.iter().copied().filter(is_full).collect();
    if mobiles.len() > 1 {
        let cc = |(column, number): (&usize, usize)| (header(*column), format!("cc{number}.mobile"));
        let rule = Rule::ColumnNearlyCopies { map: mobiles.iter().zip(1..).map(cc).collect() };
        mobiles.iter().for_each(|column| mapping.targets[*column] = Target::Unknown);
        mapping.asked.push((mobile, rule));
        return;
    }
    let name =
        free.iter().find(|column| **column != mobile && all_are(below, **column, is_as_long_as_a_name));
    let map = match all_are(below, mobile, is_mobile) {
        true => name
            .map(|name| (header(*name), FieldId::CcName.name().to_owned()))
            .into_iter()
            .chain([(header(mobile), FieldId::CcMobile.name().to_owned())])
            .collect(),
        false => Vec::new(),
    };
    mapping.asked.push((mobile, Rule::ColumnNearlyCopies { map }));
}

pub(super) fn is_of(mapping: &Mapping, column: usize, id: FieldId) -> bool {
    let said = mapping.readings.get(column).is_some_and(|reading| reading.said);
    !said && matches!(&mapping.targets[column], Target::Field { field, index: None } if field.id == id)
}

pub(super) fn is_mobile(cell: &Cell) -> bool {
    values::reads(FieldId::ApproverMobile.field().kind, cell)
}

/// Whether something stands in a column, and all of it is so.
pub(super) fn all_are(below: &[&Row], column: usize, is_so: impl Fn(&Cell) -> bool) -> bool {
    let mut filled = below.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).peekable();
    filled.peek().is_some() && filled.all(is_so)
}

fn gives(mapping: &Mapping, id: FieldId) -> bool {
    mapping.targets.iter().any(|target| matches!(target, Target::Field { field, .. } if field.id == id))
}

/// Asks whether a column gives that.
fn ask(mapping: &mut Mapping, column: usize, id: FieldId) {
    let header = mapping.headers.get(column).map(ToString::to_string).unwrap_or_default();
    let map = vec![(header.clone(), id.name().to_owned())];
    mapping.asked.push((column, Rule::SignerUnclear { who: header, map, alone: true, also: Vec::new() }));
}

fn digits(cell: &Cell) -> String {
    to_half_width(&cell.seen()).chars().filter(char::is_ascii_digit).collect()
}

/// `0755-26781234`, `26781234`: nobody has mistyped a mobile so.
fn is_landline(cell: &Cell) -> bool {
    let digits = digits(cell);
    let is_written_so =
        cell.seen_ref().chars().all(|c| !c.is_alphabetic() || matches!(c, '转' | '分' | '机'));
    is_written_so && (digits.starts_with('0') && digits.len() >= 10 || matches!(digits.len(), 7 | 8))
}

/// With fewer something is no telephone: wx_zhang88.
const FEWEST_DIGITS: usize = 5;

/// Whether a row has another mobile in the column that was left out.
pub fn has_another(row: &Row, spare: SpareMobile) -> bool {
    let own = row.cell(spare.column);
    !own.is_blank() && is_mobile(own) && digits(own) != digits(row.cell(spare.kept))
}

/// `手机 | 电话`: of two columns for the mobile the one that holds landlines, nothing, or the same once
/// more is none.
fn leave_out_landlines(mapping: &mut Mapping, below: &[&Row]) {
    let own: Vec<usize> = (0..mapping.targets.len())
        .filter(|column| is_of(mapping, *column, FieldId::ApproverMobile))
        .collect();
    let [one, other] = own.as_slice() else { return };
    let adds_nothing = |column: usize, to: usize| {
        below.iter().all(|row| {
            let (cell, first) = (row.cell(column), row.cell(to));
            let is_no_number = digits(cell).len() < FEWEST_DIGITS;
            let adds_none = is_no_number || is_landline(cell) || digits(cell) == digits(first);
            cell.is_blank() || (!first.is_blank() && adds_none)
        })
    };
    let is_named_mobile = |column: usize| {
        let plain = mapping.plain(column);
        MOBILES_BY_NAME.iter().any(|word| plain.contains(word))
    };
    let mut pairs = [(*one, *other), (*other, *one)];
    if is_named_mobile(*other) {
        pairs.reverse();
    }
    let fits = |(kept, spare): &&(usize, usize)| {
        all_are(below, *kept, is_mobile)
            && adds_nothing(*spare, *kept)
            && (is_named_mobile(*kept) || !is_named_mobile(*spare))
    };
    if let Some((kept, spare)) = pairs.iter().find(fits) {
        mapping.targets[*spare] = Target::Unknown;
        mapping.spare_mobile = Some(SpareMobile { column: *spare, kept: *kept, open: false });
    }
}

/// `姓名 | 联系电话 | 签约人` with one name in all rows of the last: whoever of the own people looks after them.
fn ask_about_one_for_all(mapping: &mut Mapping, below: &[&Row]) {
    let own = (0..mapping.targets.len()).filter(|column| is_of(mapping, *column, FieldId::ApproverName));
    let [one, other] = own.collect::<Vec<_>>()[..] else { return };
    let different = |column: usize| {
        let seen = below.iter().map(|row| row.cell(column).seen().trim().to_owned());
        seen.filter(|text| !text.is_empty()).collect::<HashSet<String>>().len()
    };
    let (same, kept) = match (different(one), different(other)) {
        (1, names) if names > 1 => (one, other),
        (names, 1) if names > 1 => (other, one),
        _ => return,
    };
    mapping.targets[same] = Target::Unknown;
    let (field, name) = (FieldId::ApproverName.name().to_owned(), mapping.headers[kept].to_string());
    mapping.asked.push((same, Rule::ColumnBeside { field, first: kept, name, open: false }));
}

/// `姓名 | 身份证号 | 联系方法`: where no column gives a mobile, one that holds nothing else may be it.
fn ask_for_mobiles(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::ApproverMobile)
        || !gives(mapping, FieldId::ApproverName)
        || !mapping.asked.is_empty()
    {
        return;
    }
    let holds_mobiles = |column: &usize| {
        let is_free = mapping.targets[*column] == Target::Unknown
            && mapping.readings.get(*column).is_some_and(|own| own.whose == Whose::Unsaid && !own.said);
        is_free && all_are(below, *column, is_mobile)
    };
    let Some(column) = (0..mapping.targets.len()).find(holds_mobiles) else { return };
    ask(mapping, column, FieldId::ApproverMobile);
}

/// `姓名 | 督导 | 手机号`: the only mobile stands right behind names of people, whatever their column is called.
fn ask_whose_mobile(mapping: &mut Mapping, below: &[&Row]) {
    let gives_a_mobile = |column: &usize| is_of(mapping, *column, FieldId::ApproverMobile);
    let mut mobiles = (0..mapping.targets.len()).filter(gives_a_mobile);
    let (Some(mobile), None) = (mobiles.next(), mobiles.next()) else { return };
    let Some(before) = mobile.checked_sub(1) else { return };
    let plain = mapping.plain(before);
    let is_bare =
        mapping.readings[mobile].whose == Whose::Unsaid && mapping.readings[before].whose == Whose::Unsaid;
    let is_free = mapping.targets[before] == Target::Unknown && !mapping.readings[before].said;
    let is_elsewhere = NO_NAMES_HERE.iter().any(|words| words.contains(&plain.as_str()))
        || plain.ends_with(ENDS_OF_PLACES)
        || HAD_BY_MANY.iter().any(|word| word.chars().count() > 1 && plain.ends_with(word));
    let is_named = (0..before).any(|column| is_of(mapping, column, FieldId::ApproverName));
    if is_bare
        && is_free
        && is_named
        && !is_elsewhere
        && mapping.asked.is_empty()
        && has_full_names(below, before)
    {
        mapping.targets[mobile] = Target::Unknown;
        let who = mapping.headers[before].to_string();
        mapping.asked.push((mobile, Rule::MobileBehind { who }));
    }
}

/// Family names that begin few other words.
const MOST_USUAL: &str = "王李张刘陈杨赵吴徐孙朱胡郭何罗郑梁谢宋许韩冯邓曹彭曾肖董潘袁";

/// Whether all of it begins as a name, several are there, and half of them are as long as most names.
fn has_full_names(below: &[&Row], column: usize) -> bool {
    const LONG: usize = 3;
    let seen = below.iter().map(|row| row.cell(column).seen().trim().to_owned());
    let different: HashSet<String> = seen.filter(|text| !text.is_empty()).collect();
    let begins = |cell: &Cell| {
        let seen = cell.seen_ref();
        let text = seen.trim();
        is_as_long_as_a_name(cell)
            && text.starts_with(|c| SURNAMES.contains(c))
            && !text.ends_with(ENDS_OF_PLACES)
    };
    let long = different.iter().filter(|text| text.chars().count() == LONG).count();
    // 王芳, 李强: two letters are a name where they begin as most names do, and not as 高级 and 周一 do.
    let is_usual = |cell: &Cell| cell.seen_ref().trim().starts_with(|c| MOST_USUAL.contains(c));
    let are_usual = || all_are(below, column, is_usual);
    different.len() > 1 && (long * 2 >= different.len() || are_usual()) && all_are(below, column, begins)
}

/// `车牌号 | 养殖户 | 手机号`: where no column gives a name, one that holds nothing else may be it, the
/// one nearest before the mobile first.
fn ask_for_names(mapping: &mut Mapping, below: &[&Row]) {
    let column_of = |name: &str| mapping.column_of(name);
    let Some(mobile) = column_of("approver.mobile").or_else(|| column_of("approver.id_card_number")) else {
        return;
    };
    if !matches!(mapping.layout, Layout::Long | Layout::Approvers)
        || gives(mapping, FieldId::ApproverName)
        || gives(mapping, FieldId::ApproverOpenId)
        || !mapping.asked.is_empty()
    {
        return;
    }
    let holds_names = |column: &usize| {
        let plain = mapping.plain(*column);
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && !is_staff(&plain)
            && !NO_NAMES_HERE.iter().any(|words| words.contains(&plain.as_str()))
            && holds_peoples_names(below, *column)
    };
    // 姓名/名称, with people and companies.
    let is_called_so = |column: &usize| {
        let plain = mapping.plain(*column);
        let is_free = mapping.targets[*column] == Target::Unknown && !mapping.readings[*column].said;
        is_free && plain.split('/').any(|part| ENDS_OF_NAMES.contains(&part))
    };
    let before = (0..mobile).rev().find(holds_names);
    let behind = || (mobile..mapping.targets.len()).find(holds_names);
    let called = || (0..mapping.targets.len()).find(is_called_so);
    // 经办人 with names is no OpenId of ours.
    let acts = |column: &usize| {
        is_of(mapping, *column, FieldId::OperatorOpenId) && holds_peoples_names(below, *column)
    };
    let acts = || (0..mapping.targets.len()).find(acts);
    // 企业名称 | 联系人 | 联系电话 with a company in each row.
    let is_contact = |column: &usize| {
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && PARTY_CONTACTS.contains(&mapping.plain(*column).as_str())
            && all_are(below, *column, is_as_long_as_a_name)
    };
    let has_company = gives(mapping, FieldId::ApproverOrganizationName);
    let contact = || (0..mapping.targets.len()).filter(|_| has_company).find(is_contact);
    let found = before.or_else(behind).or_else(called).or_else(acts).or_else(contact);
    let Some(column) = found else { return };
    mapping.targets[column] = Target::Unknown;
    ask(mapping, column, FieldId::ApproverName);
}

/// `企业名称 | 企业签署人 | 签署人手机号`: where nobody else is named, whoever signs is the signer.
fn ask_for_the_only_signer(mapping: &mut Mapping, below: &[&Row]) {
    if gives(mapping, FieldId::ApproverName) || gives(mapping, FieldId::ApproverOpenId) {
        return;
    }
    let is_one = |(column, rule): &&(usize, Rule)| {
        let plain = mapping.plain(*column);
        matches!(rule, Rule::ColumnNearlySigner { .. })
            && PARTY_SIGNER.iter().any(|end| plain.ends_with(end))
            && holds_peoples_names(below, *column)
    };
    let mut signers = mapping.asked.iter().filter(is_one).map(|(column, _)| *column);
    let (Some(column), None) = (signers.next(), signers.next()) else { return };
    mapping.asked.retain(|(own, _)| *own != column);
    ask(mapping, column, FieldId::ApproverName);
}

/// 籍贯, 户籍地, 安阳市, 金牛区.
const ENDS_OF_PLACES: [char; 19] = [
    '省', '市', '县', '区', '镇', '乡', '村', '庄', '州', '路', '街', '店', '校', '院', '部', '地', '籍',
    '址', '城',
];

/// What 苏州, 安全 and 高级 may stand under.
const NO_NAMES_HERE: [&[&str]; 4] = [GROUPS_OF_PEOPLE, PLACES, PERSONAL, SHARED_BY_CONTRACTS];

/// Two to four Chinese letters.
pub(super) fn is_as_long_as_a_name(cell: &Cell) -> bool {
    let seen = cell.seen_ref();
    let letters = seen.trim().chars().count();
    (2..=4).contains(&letters) && seen.trim().chars().all(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c))
}

/// `签署方式` with 电子 and 纸质: where a contract is signed, and not how its signer proves who he is.
fn leave_out_where_signed(mapping: &mut Mapping, below: &[&Row]) {
    let says_where = |cell: &Cell| {
        let text = cell.seen().trim().to_lowercase();
        SIGNED_HERE.iter().chain(SIGNED_ELSEWHERE).any(|word| *word == text)
    };
    for column in 0..mapping.targets.len() {
        let is_it = is_of(mapping, column, FieldId::ApproverSignTypes) && !mapping.readings[column].said;
        if is_it && all_are(below, column, says_where) {
            mapping.targets[column] = Target::Unknown;
        }
    }
}

/// Whether all of it is as long as a name, and most of it begins as one.
fn holds_peoples_names(below: &[&Row], column: usize) -> bool {
    let filled: Vec<&Cell> =
        below.iter().map(|row| row.cell(column)).filter(|cell| !cell.is_blank()).collect();
    let begins = |cell: &&&Cell| cell.seen_ref().trim().starts_with(|c| SURNAMES.contains(c));
    let named = filled.iter().filter(begins).count();
    let different: HashSet<String> = filled.iter().map(|cell| cell.seen().trim().to_owned()).collect();
    all_are(below, column, is_as_long_as_a_name)
        && named * 4 >= filled.len() * 3
        && different.len() * 4 >= filled.len() * 3
}

/// `姓名 | 手机号 | 经办人`: names are no OpenIds. Where somebody else signs, whoever is named there only
/// does the work.
fn leave_out_staff(mapping: &mut Mapping, below: &[&Row]) {
    let has_signer = gives(mapping, FieldId::ApproverName) && gives(mapping, FieldId::ApproverMobile);
    let has_company = gives(mapping, FieldId::ApproverOrganizationName);
    for column in 0..mapping.targets.len() {
        let is_operator = is_of(mapping, column, FieldId::OperatorOpenId);
        if has_signer && !has_company && is_operator && all_are(below, column, is_as_long_as_a_name) {
            mapping.targets[column] = Target::Unknown;
        }
    }
}

/// `农户` with 贫困户 and 一般户: the only column that is called like somebody has kinds, or yes and no.
fn ask_where_no_names_stand(mapping: &mut Mapping, below: &[&Row]) {
    let is_taken = |column: &usize| {
        let unclear = mapping.readings.get(*column).is_some_and(|own| {
            !own.said && own.target == Target::Unknown && matches!(own.whose, Whose::Unclear(_))
        });
        unclear
            && matches!(&mapping.targets[*column], Target::Field { field, .. } if field.id == FieldId::ApproverName)
    };
    let Some(column) = (0..mapping.targets.len()).find(is_taken) else { return };
    let seen: Vec<String> = below.iter().map(|row| row.cell(column).seen().trim().to_owned()).collect();
    let filled: Vec<&String> = seen.iter().filter(|text| !text.is_empty()).collect();
    let is_no_name = |text: &&&String| {
        values::yes_no(text).is_some()
            || text.contains('是')
            || text.ends_with(['户', '卡', '级', '类', '型'])
    };
    let different: HashSet<&&String> = filled.iter().collect();
    let repeats = filled.len() >= 4 && different.len() * 2 < filled.len();
    if !filled.iter().any(|text| is_no_name(&text)) && !repeats {
        return;
    }
    mapping.targets[column] = Target::Unknown;
    ask(mapping, column, FieldId::ApproverName);
}

/// `客户 | 联系人 | 电话` with companies as 客户: whoever is there for them signs, most likely.
fn ask_where_companies_stand(mapping: &mut Mapping, below: &[&Row]) {
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let is_name = |column: &usize| {
        is_of(mapping, *column, FieldId::ApproverName) && all_are(below, *column, is_company)
    };
    let Some(company) = (0..mapping.targets.len()).find(is_name) else { return };
    if gives(mapping, FieldId::ApproverOrganizationName) || gives(mapping, FieldId::ApproverType) {
        return;
    }
    let is_there_for_it = |column: &usize| {
        let plain = mapping.plain(*column);
        let bare = ["姓名", "名字"].iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(&plain);
        mapping.targets[*column] == Target::Unknown
            && !mapping.readings[*column].said
            && (PARTY_CONTACTS.contains(&bare)
                || PARTY_SIGNER.contains(&bare)
                || represented(bare).is_some_and(|whose| plain_header(&mapping.headers[company]) == whose))
    };
    let Some(agent) = (0..mapping.targets.len()).find(is_there_for_it) else { return };
    // Also one of which it was asked whose it is.
    let gives_a_mobile = |column: &usize| {
        mapping.readings[*column].plain_signer().is_some_and(|field| field.id == FieldId::ApproverMobile)
    };
    let behind = (agent..mapping.targets.len()).find(gives_a_mobile);
    let Some(mobile) = behind.or_else(|| (0..agent).find(gives_a_mobile)) else { return };
    let header = |column: usize| mapping.headers[column].to_string();
    let map = [
        (header(company), FieldId::ApproverOrganizationName.name().to_owned()),
        (header(agent), FieldId::ApproverName.name().to_owned()),
        (header(mobile), FieldId::ApproverMobile.name().to_owned()),
    ];
    let who = header(agent);
    mapping.asked.retain(|(column, _)| ![company, agent, mobile].contains(column));
    mapping
        .asked
        .push((company, Rule::SignerUnclear { who, map: map.to_vec(), alone: true, also: Vec::new() }));
    for column in [company, agent, mobile] {
        mapping.targets[column] = Target::Unknown;
    }
}

/// Questions that the values answer: 党员 is yes or no and nobody, 开户名 is the signer, and a newer mobile
/// that stands nowhere is none.
fn take_back(mapping: &mut Mapping, below: &[&Row]) {
    let name = mapping.column_of("approver.name");
    let mobile = mapping.column_of("approver.mobile");
    let holds_nobody = |who: &str| {
        let Some(column) = mapping.headers.iter().position(|header| **header == *who) else { return false };
        // Where nothing stands, somebody may stand farther down.
        let is_filled = below.iter().any(|row| !row.cell(column).is_blank());
        is_filled
            && below.iter().all(|row| {
                let seen = row.cell(column).seen();
                let signer = name.map(|name| row.cell(name).seen()).unwrap_or_default();
                seen.trim().is_empty() || values::yes_no(&seen).is_some() || seen.trim() == signer.trim()
            })
    };
    let is_answered = |(column, rule): &(usize, Rule)| match rule {
        Rule::MobileBehind { who } | Rule::IdNumberBehind { who } => holds_nobody(who),
        Rule::ColumnBeside { field, .. }
            if field == "approver.mobile" && mapping.readings[*column].target == Target::Unknown =>
        {
            !below.iter().any(|row| {
                let cell = row.cell(*column);
                is_mobile(cell) && mobile.is_none_or(|first| digits(cell) != digits(row.cell(first)))
            })
        }
        _ => false,
    };
    let answered: Vec<(usize, Rule)> =
        mapping.asked.iter().filter(|asked| is_answered(asked)).cloned().collect();
    for (column, rule) in &answered {
        mapping.targets[*column] = mapping.readings[*column].target.clone();
        // A newer one may stand farther down.
        if let Rule::ColumnBeside { first, .. } = rule {
            mapping.spare_mobile = Some(SpareMobile { column: *column, kept: *first, open: true });
        }
    }
    mapping.asked.retain(|asked| !answered.contains(asked));
}
