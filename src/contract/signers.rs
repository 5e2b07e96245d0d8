//! Who signs, as the columns of a header say it together. Columns of different people
//! never make one signer; where it is not clear who signs, that is a question.

mod beside;
mod choice;
mod groups;
mod marked;
mod parties;
mod strangers;
#[cfg(test)]
mod tests;
mod undecided;
mod untyped;
mod whose_number;

use std::collections::HashSet;
use std::sync::Arc;

use crate::domain::answer::IGNORE;
use crate::domain::cell::column_letters;
use crate::domain::field::{Field, Level};
use crate::domain::problem::Rule;

use super::columns::{
    Reading, Target, Whose, is_a_stranger, is_company, is_somebody, names_a_counterparty, party_of,
    plain_header, plain_letters,
};
use super::suggest::resembles_signer;
use super::vocabulary::{
    BESIDE_THE_SIGNER, CHINESE_NUMBERS, ENDS_FOR_INK, ENDS_OF_LISTS, ENDS_OF_TYPES, MARKS_OF_SIGNERS,
    OF_THE_SIGNING, PARENT_ENDS, PARTIES, SIGN_BESIDE, SIGNER_WORDS, SIGNING_PEOPLE, SIGNS_AS_WELL,
    STRANGER_PEOPLE, TOLD_OF_SOMEBODY, WARDS, WHETHER,
};
pub use beside::offer_who_answers_for_him;
use beside::sign_as_well;
use choice::{Choice, Place, highest_number, is_one_of_several, places_before};
use groups::{
    Group, contact_who_signs, doubt_weak_words, groups, join_bare_numbers, join_bare_word, join_guardian,
    join_number_behind, join_the_only_name, join_who_signs, join_with_plain, the_only_person,
};
use marked::marked_people;
pub use parties::close_gaps;
use parties::{
    agent_of_only_party, company_of_candidate, company_of_group, company_of_party, company_with_contact,
    is_partys_company, number_of_sender, parties_that_cannot_sign, settle_party,
};
use strangers::{guardian_without_mobile, who_may_sign};
use undecided::leave_open;
use untyped::companies_without_a_type;
use whose_number::{
    behind_a_partys_stranger, behind_a_stranger, newer_values, prefer_those_to_sign, several_mobiles,
};

/// A question about a column, by its index.
pub type Asked = (usize, Rule);

/// Settles which columns are the signer's; takes from the others what they would give.
pub fn settle(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Vec<Asked> {
    let people = marked_people(headers, readings, targets);
    if people.is_empty() {
        return settle_named(headers, readings, targets);
    }
    // The others as if these were not there.
    let (mut others, mut read) = (headers.to_vec(), readings.to_vec());
    for (at, _) in people.iter().flatten() {
        others[*at] = Arc::from("");
        read[*at] = Reading::of(Target::Unknown);
        targets[*at] = Target::Unknown;
    }
    let mut asked = settle_named(&others, &read, targets);
    // 学生 beside 联系人1 and 联系人2 is not reached, and has no number among them.
    for (_, rule) in &mut asked {
        if let Rule::SignerUnclear { map, alone, .. } = rule {
            map.iter_mut().for_each(|(_, gives)| IGNORE.clone_into(gives));
            *alone = false;
        }
    }
    asked.extend(marked::ask(headers, &people));
    asked.sort_by_key(|(column, _)| *column);
    asked
}

fn settle_named(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Vec<Asked> {
    let meant_to_sign = prefer_those_to_sign(headers, readings, targets);
    let of_sender = number_of_sender(headers, readings, targets);
    settle_party(headers, readings, targets);
    let mut groups = groups(readings, targets);
    // A bare mobile is nobody's in particular.
    let is_someone = |group: &Group| group.has("approver.name") || !group.word.is_empty();
    let people = groups.iter().any(|group| !group.is_unclear && !group.is_nobody() && is_someone(group));
    let (mut doubtful, mut asked): (Vec<Vec<usize>>, Vec<Asked>) =
        parties_that_cannot_sign(headers, readings, targets, people).into_iter().unzip();
    asked.extend(meant_to_sign);
    asked.extend(of_sender);
    if !doubtful.is_empty() {
        close_gaps(headers, readings, targets);
    }
    let of_contact = company_with_contact(headers, readings, targets);
    if let Some((columns, asks)) = &of_contact {
        groups.iter_mut().for_each(|group| group.columns.retain(|(at, _)| !columns.contains(at)));
        groups.retain(|group| !group.columns.is_empty());
        asked.push(asks.clone());
    }
    doubtful.extend(of_contact.map(|(columns, _)| columns));
    if let Some((columns, asks)) = agent_of_only_party(headers, readings, targets, &mut groups) {
        asked.push(asks);
        doubtful.push(columns);
    }
    join_who_signs(&mut groups, targets);
    join_bare_word(headers, &mut groups, targets);
    join_with_plain(headers, &mut groups, targets, &mut asked);
    doubt_weak_words(headers, targets, &mut groups);
    join_the_only_name(headers, targets, &mut groups);
    join_bare_numbers(&mut groups);
    join_guardian(headers, &mut groups);
    contact_who_signs(headers, readings, &mut groups, targets);
    join_number_behind(&mut groups);
    the_only_person(headers, &mut groups, targets);
    let people = groups.iter().filter(|group| !group.is_unclear && !group.is_nobody()).count();
    let numbered = highest_number(targets);
    let is_numbered = numbered > 0;
    let has_company = targets.iter().any(
        |target| matches!(target, Target::Field { field, index: None } if field.name == "approver.organization_name"),
    );
    let mut choice = Choice::of(&groups, (places_before(targets), numbered), has_company);
    let mut moved = choice.renumber(&groups, targets);
    // The one whom the contract can be sent to signs; whoever has no mobile does not, unless
    // somebody says so.
    if let [one] = choice.clear.as_slice() {
        for (at, group) in groups.iter().enumerate() {
            if at != *one && !group.is_unclear && people > 1 {
                group.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
                let is_asked = choice.candidates.contains(&at) || group.is_nobody();
                let has_number = group.has("approver.id_card_number")
                    || (group.has("approver.organization_name") && !group.is_nobody());
                if !is_asked && !is_numbered && !group.word.is_empty() && has_number {
                    asked.push(signs_not(headers, group));
                }
            }
        }
    }
    // A bare 邮箱 beside several people is nobody's, and nobody needs it.
    for (at, target) in targets.iter_mut().enumerate().filter(|_| is_numbered) {
        let is_bare =
            matches!(target, Target::Field { field, index: None } if field.name == "approver.email");
        if is_bare && !readings.get(at).is_some_and(|reading| reading.said) {
            *target = Target::Unknown;
        }
    }
    // `甲方姓名 | 甲方手机 | 乙方姓名 | 乙方手机 | 身份证号`: whose is it?
    let is_half = |at: &usize| {
        let group = &groups[*at];
        let is_open = !group.is_unclear && !group.is_nobody() && !group.is_whole();
        // `签署方1姓名 | 手机号`: the half of one whom the header numbers.
        let completes = || {
            group.columns.iter().any(|(_, field)| {
                field.name != "approver.id_card_number" && !is_given_to_all(targets, field.name)
            })
        };
        is_open && !choice.candidates.contains(at) && !(group.word.is_empty() && completes())
    };
    let halves: Vec<usize> =
        if is_numbered { (0..groups.len()).filter(is_half).collect() } else { Vec::new() };
    for at in halves {
        groups[at].columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
        asked.push(signs_not(headers, &groups[at]));
    }
    let several = choice.candidates.len() > 1;
    let mut companies: Vec<usize> = Vec::new();
    for candidate in &choice.candidates {
        let group = &groups[*candidate];
        let offered = offer(group, choice.place_of(*candidate), (headers, readings, targets), has_company);
        let Offered { mut map, first, company } = offered;
        companies.extend(company);
        // Those whom the header numbers make room, and are said with the first who comes between.
        for (index, number) in std::mem::take(&mut moved) {
            map.extend(renumbered(headers, targets, index, number));
        }
        let alone = !several && !choice.has_signer;
        let is_asked = group.columns.iter().all(|(at, _)| doubtful.iter().flatten().any(|own| own == at));
        if !is_asked {
            asked.push((
                first,
                Rule::SignerUnclear { who: group.word.clone(), map, alone, also: Vec::new(), open: false },
            ));
        }
        group.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
    }
    asked.extend(behind_a_stranger(headers, readings, targets));
    asked.extend(behind_a_partys_stranger(headers, readings, targets));
    let of_candidate = |at: usize| {
        choice.candidates.iter().any(|own| groups[*own].columns.iter().any(|(column, _)| *column == at))
    };
    let several = several_mobiles(headers, targets).filter(|(column, _)| !of_candidate(*column));
    if several.is_some() {
        // `手机1 | 手机2 | 驾驶人 | 电话`: the signer has one of the two, so this one is the other's.
        for (_, rule) in asked.iter_mut() {
            if let Rule::MobileBehind { who, .. } = rule {
                let header =
                    headers.iter().rposition(|header| **header == **who).and_then(|at| headers.get(at + 1));
                let map = header.map(|header| (header.to_string(), IGNORE.to_owned())).into_iter().collect();
                *rule = Rule::SignerUnclear {
                    who: std::mem::take(who),
                    map,
                    alone: false,
                    also: Vec::new(),
                    open: false,
                };
            }
        }
    }
    asked.extend(several);
    asked.extend(newer_values(headers, targets));
    // A party's name that is not read: without it a contract would lack a signer.
    let of_candidates = choice.candidates.iter().flat_map(|at| &groups[*at].columns).map(|(own, _)| *own);
    let told: HashSet<usize> = asked
        .iter()
        .map(|(own, _)| *own)
        .chain(of_candidates)
        .chain(doubtful.into_iter().flatten())
        .chain(companies)
        .collect();
    asked.extend(who_may_sign(headers, readings, targets, &told));
    asked.extend(guardian_without_mobile(headers, readings, targets, &told));
    asked.extend(unread_parties(headers, readings, targets, &told));
    asked.extend(companies_left_out(headers, readings, targets, &asked));
    // 代理商 is no person of his own where it is the company of the one who is offered.
    let given: HashSet<String> = asked.iter().flat_map(|(_, rule)| given_in(rule)).collect();
    asked.retain(|(_, rule)| match rule {
        Rule::SignerUnclear { map, .. } if map.iter().all(|(_, gives)| gives == IGNORE) => {
            !map.iter().all(|(header, _)| given.contains(header))
        }
        _ => true,
    });
    leave_nobody_out(&mut asked, targets);
    leave_open(headers, targets, &mut asked);
    if let Some(beside) = tables_below_parents(&groups, &choice.candidates) {
        asked.retain(|(_, rule)| !matches!(rule, Rule::SignerUnclear { .. }));
        asked.push(beside);
    }
    asked.extend(companies_without_a_type(headers, readings, targets));
    add_types(headers, targets, &mut asked);
    asked.sort_by_key(|(column, _)| *column);
    sign_as_well(headers, targets, &mut asked);
    asked
}

/// What a question offers of one who may sign.
struct Offered {
    /// Headers, and what each would give.
    map: Vec<(String, String)>,
    first: usize,
    /// The column of the company for which he signs.
    company: Option<usize>,
}

fn offer(
    group: &Group,
    place: Place,
    (headers, readings, targets): (&[Arc<str>], &[Reading], &[Target]),
    has_company: bool,
) -> Offered {
    let gives = |field: &Field| {
        let name = field.name.strip_prefix("approver.").unwrap_or(field.name);
        match place {
            Place::SignsNot => IGNORE.to_owned(),
            Place::Numbered(number) => format!("approver{number}.{name}"),
            Place::Alone => field.name.to_owned(),
        }
    };
    // Of two people under one parent the first is the one.
    let is_first = |at: usize| {
        let (_, field) = group.columns[at];
        !group.columns[..at].iter().any(|(_, own)| *own == field)
    };
    let map = group.columns.iter().enumerate().map(|(at, (column, field))| {
        let header = headers.get(*column).map(ToString::to_string).unwrap_or_default();
        (header, if is_first(at) { gives(field) } else { IGNORE.to_owned() })
    });
    let mut map: Vec<(String, String)> = map.collect();
    let company = match place {
        // `供应商 | 经办人姓名 | 经办人手机号`: with the company for which he signs.
        Place::Alone => company_of_candidate(&plain_header(&group.word), headers, readings, targets)
            .or_else(|| company_of_group(group, headers, readings, targets).filter(|_| !has_company)),
        // `采购方名称 | 采购方经办人 | …`: the company of each of several.
        Place::Numbered(_) => company_of_group(group, headers, readings, targets),
        Place::SignsNot => None,
    };
    if let Some(at) = company {
        let gives = match place {
            Place::Numbered(number) => format!("approver{number}.organization_name"),
            Place::Alone | Place::SignsNot => "approver.organization_name".to_owned(),
        };
        map.insert(0, (headers[at].to_string(), gives));
    }
    let first = group.columns.first().map_or(0, |(column, _)| *column);
    Offered { map, first: company.map_or(first, |at| first.min(at)), company }
}

/// The columns of a signer whom the header numbers, with the number that he gets instead.
fn renumbered<'t>(
    headers: &'t [Arc<str>],
    targets: &'t [Target],
    index: usize,
    number: usize,
) -> impl Iterator<Item = (String, String)> + 't {
    targets.iter().enumerate().filter_map(move |(at, target)| match target {
        Target::Field { field, index: Some(own) } if *own == index && field.level == Level::Approver => {
            let name = field.name.trim_start_matches("approver.");
            Some((headers[at].to_string(), format!("approver{number}.{name}")))
        }
        _ => None,
    })
}

/// Parties of which nothing is read: without them a contract would lack a signer. `told`: columns that are asked
/// about already.
fn unread_parties(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
    told: &HashSet<usize>,
) -> Vec<Asked> {
    let asks = |column: &usize| {
        if let Some(company) = company_of_party(*column, headers, readings, targets) {
            return Some((*column, company));
        }
        let (header, reading) = (headers.get(*column)?, &readings[*column]);
        let is_party = names_a_party(header) && reading.whose != Whose::Stranger;
        let signs = says_he_signs(header) && !reading.said;
        let is_unread = matches!(targets.get(*column), Some(Target::Unknown));
        let of_party = is_other_party(&plain_header(header));
        (is_unread && (is_party || signs)).then_some((*column, Rule::ColumnNearlySigner { of_party }))
    };
    (0..readings.len()).filter(|column| !told.contains(column)).filter_map(|column| asks(&column)).collect()
}

fn names_a_party(header: &str) -> bool {
    let plain = plain_header(header);
    // 是否签署人 has no names, and 乙方紧急联系人 signs nothing.
    let beside = BESIDE_THE_SIGNER.iter().any(|word| plain.contains(word));
    if plain.starts_with(WHETHER) || (beside && party_of_prefix(&plain)) {
        return false;
    }
    // 公司签署人, 担保人信息.
    let of_whom = TOLD_OF_SOMEBODY.iter().find_map(|end| plain.strip_suffix(end));
    let is_called_so =
        SIGNING_PEOPLE.iter().any(|own| plain.ends_with(own)) || of_whom.is_some_and(names_a_counterparty);
    // 甲方（学校）, 学校(甲方): whoever that is.
    let in_brackets = plain.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let is_in_brackets =
        in_brackets.is_some_and(|(one, other)| party_of(one).is_some() || party_of(other).is_some());
    resembles_signer(header)
        || party_of(&plain).is_some()
        || is_one_of_several(&plain)
        || is_called_so
        || is_in_brackets
}

/// 借款企业 | 企业联系人 beside 担保人, who is asked about: the company would be left out.
fn companies_left_out(
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
    asked: &[Asked],
) -> Vec<Asked> {
    let is_offered = |(_, rule): &Asked| matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(_, gives)| gives.ends_with(".name")));
    let is_said = |(at, target): (usize, &Target)| {
        readings[at].said && matches!(target, Target::Field { field, .. } if field.name == "approver.name")
    };
    if !asked.iter().any(is_offered) && !targets.iter().enumerate().any(is_said) {
        return Vec::new();
    }
    let given: HashSet<String> = asked.iter().flat_map(|(_, rule)| given_in(rule)).collect();
    let is_left = |at: &usize| {
        targets[*at] == Target::Unknown
            && !readings[*at].said
            && !given.contains(&*headers[*at])
            && !asked.iter().any(|(own, _)| own == at)
            && is_partys_company(&plain_header(&headers[*at]))
    };
    let left = (0..headers.len()).filter(is_left);
    left.map(|at| (at, Rule::ColumnNearlySigner { of_party: true })).collect()
}

/// 承租方类型 beside 承租方姓名: it says whether he signs as a person or a company.
fn add_types(headers: &[Arc<str>], targets: &[Target], asked: &mut [Asked]) {
    let mut given: HashSet<String> = asked.iter().flat_map(|(_, rule)| given_in(rule)).collect();
    for (_, rule) in asked {
        let Rule::SignerUnclear { map, .. } = rule else { continue };
        let named =
            map.iter().find(|(_, gives)| gives.ends_with(".name") || gives.ends_with(".organization_name"));
        let Some((who, gives)) = named.and_then(|(header, gives)| Some((header, gives.split_once('.')?.0)))
        else {
            continue;
        };
        let who = plain_header(who);
        let is_his = |at: &usize| {
            let plain = plain_header(&headers[*at]);
            let word = ENDS_OF_TYPES.iter().find_map(|end| plain.strip_suffix(end));
            targets[*at] == Target::Unknown
                && word.is_some_and(|word| !word.is_empty() && who.starts_with(word))
        };
        let Some(at) = (0..headers.len()).find(is_his) else { continue };
        let of_type = (headers[at].to_string(), format!("{gives}.type"));
        if !map.iter().any(|(own, to)| *own == of_type.0 || *to == of_type.1)
            && given.insert(of_type.0.clone())
        {
            map.push(of_type);
        }
    }
}

/// Headers of which a question says what they give.
fn given_in(rule: &Rule) -> Vec<String> {
    match rule {
        Rule::SignerUnclear { map, .. } => {
            map.iter().filter(|(_, gives)| gives != IGNORE).map(|(header, _)| header.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// `销售部 | 财务部`, `在职 | 离职` above the same columns once more: two lists, and no two signers.
fn tables_below_parents(groups: &[Group], candidates: &[usize]) -> Option<Asked> {
    let [first, others @ ..] = candidates else { return None };
    let fields = |at: &usize| groups[*at].columns.iter().map(|(_, field)| field.name).collect::<Vec<_>>();
    let is_list = |at: &usize| {
        let word = plain_header(&groups[*at].word);
        let ends = PARENT_ENDS.iter().filter_map(|end| word.strip_suffix(end));
        let word = ends.min_by_key(|rest| rest.len()).unwrap_or(&word).to_owned();
        // 股东1, 股东二.
        let bare = word.trim_end_matches(|c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c));
        let is_one = is_somebody(&word)
            || is_somebody(bare)
            || names_a_counterparty(&word)
            || is_company(&word)
            || is_one_of_several(&word)
            || party_of_prefix(&word)
            || SIGNER_WORDS.iter().chain(STRANGER_PEOPLE).any(|own| word.ends_with(own))
            || SIGN_BESIDE.iter().chain(WARDS).any(|own| word.contains(own))
            || word.ends_with(['方', '者', '户']);
        let is_called_so = ENDS_OF_LISTS.iter().any(|end| word.ends_with(end));
        groups[*at].is_unclear && groups[*at].is_whole() && is_called_so && !is_one
    };
    let second = others.first()?;
    let column = |at: &usize| groups[*at].columns.first().map(|(column, _)| column_letters(*column));
    let is_same = candidates.iter().all(|at| is_list(at) && fields(at) == fields(first));
    let rule = Rule::TablesBeside { column: column(second)?, first: column(first)? };
    is_same.then_some((groups[*second].columns.first()?.0, rule))
}

/// `部门经理（需签字）`, `学校（乙方）联系人`: somebody of whom a list only tells, but for what else the header says.
fn says_he_signs(header: &str) -> bool {
    let letters = plain_letters(header);
    // 领导签字: a place for ink.
    // 乙方紧急联系人.
    if BESIDE_THE_SIGNER.iter().any(|word| letters.contains(word)) && party_of_prefix(&letters) {
        return false;
    }
    let is_for_ink = ENDS_FOR_INK.iter().any(|end| letters.ends_with(end))
        && !SIGNS_AS_WELL.iter().any(|word| letters.contains(word));
    is_a_stranger(&letters)
        && !is_for_ink
        && MARKS_OF_SIGNERS.iter().any(|mark| letters.contains(mark))
        && !OF_THE_SIGNING.iter().any(|word| letters.contains(word))
}

/// 乙方, 丙方: for whom the contract is. 甲方 may be the sender.
pub fn is_other_party(plain: &str) -> bool {
    PARTIES.iter().any(|(word, index)| *index > 0 && plain.starts_with(word))
}

fn party_of_prefix(plain: &str) -> bool {
    PARTIES.iter().any(|(word, _)| plain.starts_with(word))
}

/// Whether each signer whom the header numbers has that field.
fn is_given_to_all(targets: &[Target], name: &str) -> bool {
    let of = |target: &Target, wanted: Option<&str>| match target {
        Target::Field { field, index: Some(index) } if wanted.is_none_or(|name| field.name == name) => {
            Some(*index)
        }
        _ => None,
    };
    let given: HashSet<usize> = targets.iter().filter_map(|target| of(target, Some(name))).collect();
    targets.iter().filter_map(|target| of(target, None)).all(|index| given.contains(&index))
}

/// Somebody who signs, as his header says, and to whom nothing can be sent.
fn signs_not(headers: &[Arc<str>], group: &Group) -> Asked {
    let header = |column: usize| headers.get(column).map(ToString::to_string).unwrap_or_default();
    let map = group.columns.iter().map(|(column, _)| (header(*column), IGNORE.to_owned())).collect();
    let first = group.columns.first().map_or(0, |(column, _)| *column);
    (first, Rule::SignerUnclear { who: group.word.clone(), map, alone: false, also: Vec::new(), open: false })
}

/// An answer after which nobody would sign is none.
fn leave_nobody_out(asked: &mut [Asked], targets: &[Target]) {
    let gives_a_name =
        |target: &Target| matches!(target, Target::Field { field, .. } if field.name == "approver.name");
    let offers_a_name = |(_, rule): &Asked| matches!(rule, Rule::SignerUnclear { map, .. } if map.iter().any(|(_, gives)| gives.ends_with(".name")));
    if targets.iter().any(gives_a_name) || asked.iter().any(offers_a_name) {
        return;
    }
    for (_, rule) in asked {
        if let Rule::SignerUnclear { map, alone, .. } = rule
            && map.iter().all(|(_, gives)| gives == IGNORE)
        {
            *alone = true;
        }
    }
}
