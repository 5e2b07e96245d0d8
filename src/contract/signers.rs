//! Who signs, as the columns of a header say it together. Columns of different people
//! never make one signer; where it is not clear who signs, that is a question.

use std::sync::Arc;

use crate::domain::answer::IGNORE;
use crate::domain::field::{Field, Level, by_name};
use crate::domain::problem::Rule;

use super::columns::{self, Reading, Target, Whose, party_of, plain_header};
use super::suggest::resembles_signer;
use super::vocabulary::{
    CHINESE_NUMBERS, COMPANY_PARTIES, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, GROUPS_OF_PEOPLE,
    GUARDIANS, OF_A_PERSON, PARTIES, PARTY_CONTACTS, PARTY_SIGNER, PERSONAL, SIGNER_WORDS, STRANGER_PEOPLE,
    WEAK_SIGNERS,
};

/// A question about a column, by its index.
pub type Asked = (usize, Rule);

/// Columns of one person.
struct Group {
    /// Empty: the header names nobody.
    word: String,
    is_unclear: bool,
    columns: Vec<(usize, &'static Field)>,
}

impl Group {
    fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|(_, field)| field.name == name)
    }

    /// Somebody to whom a contract can be sent.
    fn is_whole(&self) -> bool {
        self.has("approver.name") && (self.has("approver.mobile") || self.has("approver.open_id"))
    }

    fn is_nobody(&self) -> bool {
        !self.has("approver.name") && !self.has("approver.mobile") && !self.has("approver.id_card_number")
    }
}

/// Settles which columns are the signer's; takes from the others what they would give.
pub fn settle(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Vec<Asked> {
    settle_party(headers, targets);
    let mut groups = groups(readings, targets);
    let mut asked = Vec::new();
    join_bare_word(headers, &mut groups, targets);
    join_with_plain(&mut groups, targets, &mut asked);
    doubt_weak_words(headers, targets, &mut groups);
    join_the_only_name(headers, targets, &mut groups);
    contact_who_signs(headers, readings, &mut groups, targets);
    let people = groups.iter().filter(|group| !group.is_unclear && !group.is_nobody()).count();
    let choice = Choice::of(&groups, highest_number(targets));
    // The one whom the contract can be sent to signs; whoever has no mobile does not.
    if let [one] = choice.clear.as_slice() {
        for (at, group) in groups.iter().enumerate() {
            if at != *one && !group.is_unclear && people > 1 {
                group.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
            }
        }
    }
    let several = choice.candidates.len() > 1;
    for candidate in &choice.candidates {
        let group = &groups[*candidate];
        let gives = |column: usize, field: &Field| {
            let name = field.name.strip_prefix("approver.").unwrap_or(field.name);
            let gives = match choice.place_of(*candidate) {
                Place::SignsNot => IGNORE.to_owned(),
                Place::Numbered(number) => format!("approver{number}.{name}"),
                Place::Alone => field.name.to_owned(),
            };
            (headers.get(column).map(ToString::to_string).unwrap_or_default(), gives)
        };
        let map: Vec<(String, String)> =
            group.columns.iter().map(|(column, field)| gives(*column, field)).collect();
        let first = group.columns.first().map_or(0, |(column, _)| *column);
        let alone = !several && !choice.has_signer;
        asked.push((first, Rule::SignerUnclear { who: group.word.clone(), map, alone }));
        group.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
    }
    asked.extend(behind_a_stranger(headers, readings, targets));
    asked.extend(several_mobiles(headers, targets));
    // A party's name that is not read: without it a contract would lack a signer.
    for (column, reading) in readings.iter().enumerate() {
        let told = asked.iter().any(|(own, _)| *own == column)
            || choice.candidates.iter().any(|at| groups[*at].columns.iter().any(|(own, _)| *own == column));
        let unread = matches!(targets.get(column), Some(Target::Unknown));
        if !told && let Some(company) = company_of_party(column, headers, targets) {
            asked.push((column, company));
            continue;
        }
        let is_party = headers
            .get(column)
            .is_some_and(|header| resembles_signer(header) || party_of(&plain_header(header)).is_some());
        if !told && unread && is_party && reading.whose != Whose::Stranger {
            asked.push((column, Rule::ColumnNearlySigner));
        }
    }
    leave_nobody_out(&mut asked, targets);
    asked.sort_by_key(|(column, _)| *column);
    asked
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

/// Who is asked about, and what the ready answer makes of each.
struct Choice {
    /// Those of whom the header says that they sign, and who can be sent a contract.
    clear: Vec<usize>,
    candidates: Vec<usize>,
    /// Of the candidates, those who sign with numbers of their own, and the number before
    /// the first.
    signing: Vec<usize>,
    before: usize,
    has_signer: bool,
    /// Of several candidates one may be the only signer.
    only: Option<usize>,
}

/// What the ready answer makes of a candidate.
enum Place {
    SignsNot,
    Alone,
    Numbered(usize),
}

impl Choice {
    /// `numbered`: the highest number of a signer that the header gives itself.
    fn of(groups: &[Group], numbered: usize) -> Self {
        let all = 0..groups.len();
        let is_clear = |at: &usize| !groups[*at].is_unclear && groups[*at].is_whole();
        let clear: Vec<usize> = all.clone().filter(is_clear).collect();
        let is_whole_unclear = |at: &usize| groups[*at].is_unclear && groups[*at].is_whole();
        let unclear: Vec<usize> = all.clone().filter(is_whole_unclear).collect();
        // Whoever stands on the other side of a contract signs it, most likely.
        let others: Vec<usize> =
            unclear.iter().copied().filter(|at| is_counterparty(&groups[*at].word)).collect();
        let has_signer = numbered > 0 || !clear.is_empty();
        let (candidates, signing) = match clear.as_slice() {
            [] if numbered > 0 => (unclear, others),
            // Whom a header does not name, 姓名, has no other side.
            [one] if others.is_empty() || groups[*one].word.is_empty() => (unclear, Vec::new()),
            [one] => {
                let with_one = |mut some: Vec<usize>| {
                    some.push(*one);
                    some.sort_by_key(|at| groups[*at].columns.first().map(|(column, _)| *column));
                    some
                };
                (with_one(unclear), with_one(others))
            }
            [] => {
                let people = groups.iter().filter(|group| !group.is_unclear && !group.is_nobody()).count();
                let several =
                    people > 1 || (people == 1 && groups.iter().any(|g| g.is_unclear && !g.is_nobody()));
                let asks = |at: &usize| {
                    let group = &groups[*at];
                    !group.is_nobody() && (group.is_unclear || several)
                };
                let candidates: Vec<usize> = all.filter(asks).collect();
                let whole =
                    |at: &usize| groups[*at].is_whole() && !WEAK_SIGNERS.contains(&groups[*at].word.as_str());
                let signing: Vec<usize> = candidates.iter().copied().filter(whole).collect();
                let signing = if signing.len() > 1 { signing } else { Vec::new() };
                (candidates, signing)
            }
            several => (several.to_vec(), several.to_vec()),
        };
        // Two halves of two people never make one, and nobody signs in the stead of the one
        // who is called the signer and has no mobile.
        let weak = |at: usize| WEAK_SIGNERS.contains(&groups[at].word.as_str());
        let guardian = |at: usize| {
            let word = plain_header(&groups[at].word);
            GUARDIANS.iter().any(|own| word.contains(own))
        };
        let has_guardian = candidates.iter().any(|at| groups[*at].is_whole() && guardian(*at));
        let half = candidates.iter().any(|at| !groups[*at].is_unclear && !groups[*at].is_whole());
        let half = half && !has_guardian;
        let mut whole = candidates.iter().copied().filter(|at| groups[*at].is_whole() && !weak(*at));
        let only = match (has_signer || signing.len() > 1, candidates.as_slice()) {
            (true, _) => None,
            (false, [one]) => Some(*one),
            (false, _) if half => None,
            (false, _) => whole.next(),
        };
        let before = if clear.is_empty() { numbered } else { 0 };
        Self { clear, candidates, signing, before, has_signer, only }
    }

    fn place_of(&self, candidate: usize) -> Place {
        match self.signing.iter().position(|own| *own == candidate) {
            Some(number) => Place::Numbered(self.before + number + 1),
            None if self.only == Some(candidate) => Place::Alone,
            None => Place::SignsNot,
        }
    }
}

/// Also one of several people whom the header numbers: 乙方2, 租客2.
fn is_counterparty(word: &str) -> bool {
    let plain = plain_header(word);
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit() || CHINESE_NUMBERS.contains(&c));
    let is_signer = || party_of(bare).is_some() || SIGNER_WORDS.contains(&bare);
    columns::is_counterparty(&plain) || (bare.len() < plain.len() && is_signer())
}

/// The highest number of a signer that the header gives itself; 0: none.
fn highest_number(targets: &[Target]) -> usize {
    let number = |target: &Target| match target {
        Target::Field { field, index: Some(index) } if field.level == Level::Approver => Some(index + 1),
        _ => None,
    };
    targets.iter().filter_map(number).max().unwrap_or(0)
}

/// `乙方姓名 | 联系电话`: where a header names one party only, the list is one of that
/// party's people, and what says nothing else is theirs.
fn settle_party(headers: &[Arc<str>], targets: &mut [Target]) {
    let mut party = None;
    for (header, target) in headers.iter().zip(targets.iter()) {
        let Target::Field { field, index: Some(index) } = target else { continue };
        if field.level != Level::Approver {
            continue;
        }
        let plain = plain_header(header);
        // `--map 乙方=approver1.organization_name`: somebody has said which signer's it is.
        if PARTIES.iter().any(|(word, own)| own != index && plain.starts_with(word)) {
            continue;
        }
        let of_party = PARTIES.iter().any(|(word, own)| own == index && plain.starts_with(word));
        if !of_party || party.is_some_and(|own| own != *index) {
            return;
        }
        party = Some(*index);
    }
    let Some(party) = party else { return };
    let has = |targets: &[Target], wanted: &Field, at: Option<usize>| {
        targets.iter().any(
            |target| matches!(target, Target::Field { field, index } if *field == wanted && *index == at),
        )
    };
    let is_plain = |target: &Target| matches!(target, Target::Field { field, index: None } if field.level == Level::Approver);
    let plain: Vec<usize> = (0..targets.len()).filter(|at| is_plain(&targets[*at])).collect();
    let fits = plain.iter().all(|at| match &targets[*at] {
        Target::Field { field, .. } => !has(targets, field, Some(party)),
        _ => false,
    });
    for target in targets.iter_mut() {
        let Target::Field { field, index } = target else { continue };
        if field.level == Level::Approver && (*index == Some(party) || (index.is_none() && fits)) {
            *index = Some(0);
        }
    }
}

/// `甲方 | 甲方经办人 | 甲方经办人手机`: the party is most likely the company for which that person
/// signs.
fn company_of_party(column: usize, headers: &[Arc<str>], targets: &[Target]) -> Option<Rule> {
    let header = headers.get(column)?;
    let party = plain_header(header);
    if !matches!(targets.get(column), Some(Target::Unknown)) {
        return None;
    }
    let signs_for_it = |rest: &str| PARTY_SIGNER.contains(&rest) || PARTY_CONTACTS.contains(&rest);
    // `供应商（乙方）` is called `乙方供应商` here.
    let is_company = |word: &str| COMPANY_PARTIES.contains(&word.strip_suffix("名称").unwrap_or(word));
    let number = if let Some((name, _)) = PARTIES
        .iter()
        .find(|(name, _)| party.strip_prefix(name).is_some_and(|rest| rest.is_empty() || is_company(rest)))
    {
        let of_party = |own: &str| plain_header(own).strip_prefix(name).is_some_and(signs_for_it);
        headers.iter().zip(targets).find_map(|(own, target)| match target {
            Target::Field { field, index } if field.name == "approver.name" && of_party(own) => Some(*index),
            _ => None,
        })?
    } else if is_company(&party) {
        // The only signer of the list is said to sign for somebody.
        let names: Vec<usize> = (0..targets.len())
            .filter(
                |at| matches!(&targets[*at], Target::Field { field, .. } if field.name == "approver.name"),
            )
            .collect();
        let [name] = names.as_slice() else { return None };
        let Target::Field { index, .. } = &targets[*name] else { return None };
        signs_for_it(&plain_header(headers.get(*name)?)).then_some(*index)?
    } else {
        return None;
    };
    let has_company = targets.iter().any(|target| {
        matches!(target, Target::Field { field, index }
            if *index == number && field.name == "approver.organization_name")
    });
    let signer = number.map(|number| (number + 1).to_string()).unwrap_or_default();
    let map = vec![(header.to_string(), format!("approver{signer}.organization_name"))];
    (!has_company).then(|| Rule::SignerUnclear { who: header.to_string(), map, alone: true })
}

/// `客户名称 | 联系人 | 联系电话`: where nobody else is named, whoever stands before the mobile may
/// be the one who signs.
fn contact_who_signs(
    headers: &[Arc<str>],
    readings: &[Reading],
    groups: &mut Vec<Group>,
    targets: &mut [Target],
) {
    let has_name = groups.iter().any(|group| !group.is_unclear && group.has("approver.name"))
        || targets.iter().any(|target| {
            matches!(target, Target::Field { field, index: Some(_) } if field.name == "approver.name")
        });
    if has_name {
        return;
    }
    // 经办人 beside a company is no operator of ours.
    let is_free = |at: usize| {
        let is_operator =
            matches!(&targets[at], Target::Field { field, .. } if field.name == "operator_open_id");
        (targets[at] == Target::Unknown || is_operator) && !readings[at].said
    };
    // `经办人 | 经办人手机`.
    for group in groups.iter_mut().filter(|group| group.is_unclear && group.has("approver.mobile")) {
        let is_his = |at: &usize| headers.get(*at).is_some_and(|header| plain_header(header) == group.word);
        let signs = PARTY_SIGNER.contains(&group.word.as_str());
        if let Some(own) = (0..targets.len()).filter(|_| signs).find(|at| is_his(at) && is_free(*at))
            && let Some(name) = by_name("approver.name")
        {
            group.columns.insert(0, (own, name));
            targets[own] = Target::Unknown;
            return;
        }
    }
    let is_bare = |group: &Group| group.word.is_empty() && !group.is_unclear;
    let Some(plain) = groups.iter().position(is_bare) else { return };
    let mobile = groups[plain].columns.iter().find(|(_, field)| field.name == "approver.mobile").copied();
    let Some((mobile, of_mobile)) = mobile.filter(|(at, _)| *at > 0) else { return };
    let before = mobile - 1;
    let who = headers.get(before).map(|header| plain_header(header)).unwrap_or_default();
    let named = PARTY_CONTACTS.contains(&who.as_str()) || PARTY_SIGNER.contains(&who.as_str());
    let Some(name) = by_name("approver.name").filter(|_| named && is_free(before)) else { return };
    targets[before] = Target::Unknown;
    groups[plain].columns.retain(|(at, _)| *at != mobile);
    let columns = vec![(before, name), (mobile, of_mobile)];
    groups.push(Group { word: who, is_unclear: true, columns });
    groups.retain(|group| !group.columns.is_empty());
}

/// `手机号1 | 手机号2`, `主手机 | 备用手机`: of two mobiles of one person nobody knows which is the one.
fn several_mobiles(headers: &[Arc<str>], targets: &[Target]) -> Option<Asked> {
    let gives_a_mobile =
        |target: &Target| matches!(target, Target::Field { field, .. } if field.name == "approver.mobile");
    if targets.iter().any(gives_a_mobile) {
        return None;
    }
    let marked = |(column, header): (usize, &Arc<str>)| {
        let is_first = columns::is_first_mobile(&plain_header(header))?;
        let gives = if is_first { "approver.mobile" } else { IGNORE };
        Some((column, (header.to_string(), gives.to_owned())))
    };
    let (columns, map): (Vec<usize>, Vec<(String, String)>) =
        headers.iter().enumerate().filter_map(marked).unzip();
    let first = *columns.first()?;
    let unread = matches!(targets.get(first), Some(Target::Unknown));
    let signing = map.iter().filter(|(_, gives)| gives != IGNORE).count();
    let who = headers.get(first)?.to_string();
    (unread && signing == 1).then_some((first, Rule::SignerUnclear { who, map, alone: true }))
}

/// `租客 | 手机号`: a word for the one who signs, over names, and his mobile: one person.
fn join_bare_word(headers: &[Arc<str>], groups: &mut Vec<Group>, targets: &mut [Target]) {
    let is_plain = |group: &Group| group.word.is_empty() && !group.is_unclear && !group.has("approver.name");
    let Some(plain) = groups.iter().position(is_plain) else { return };
    let is_word = |group: &Group| {
        let bare = |column: usize| headers.get(column).map(|header| plain_header(header));
        matches!(group.columns.as_slice(), [(column, _)]
            if group.is_unclear && bare(*column).is_some_and(|header| SIGNER_WORDS.contains(&header.as_str())))
    };
    let words: Vec<usize> = (0..groups.len()).filter(|at| is_word(&groups[*at])).collect();
    let has_clear = groups.iter().any(|group| !group.is_unclear && !group.word.is_empty());
    let [word] = words.as_slice() else { return };
    if has_clear {
        return;
    }
    let bare = std::mem::take(&mut groups[plain].columns);
    let group = &mut groups[*word];
    group.is_unclear = false;
    if let Some((column, field)) = group.columns.first() {
        targets[*column] = Target::Field { field, index: None };
    }
    group.columns.extend(bare);
    groups.remove(plain);
}

/// `申请人姓名 | 手机号`: where one name stands in a header and one mobile, they are most likely one
/// person's, whatever he is called.
fn join_the_only_name(headers: &[Arc<str>], targets: &[Target], groups: &mut Vec<Group>) {
    let named = (0..groups.len()).filter(|at| groups[*at].has("approver.name")).collect::<Vec<_>>();
    let [named] = named.as_slice() else { return };
    let is_plain = |group: &Group| group.word.is_empty() && !group.is_unclear;
    let Some(plain) = groups.iter().position(is_plain) else { return };
    let others = groups.len() > 2;
    let is_half = groups[*named].is_unclear && !groups[*named].has("approver.mobile");
    if others || !is_half || plain == *named {
        return;
    }
    // Nothing of anybody else may stand between the two: 业务员姓名 | 客户名称 | 联系电话.
    let at_of = |group: &Group, name: &str| {
        group.columns.iter().find(|(_, field)| field.name == name).map(|(at, _)| *at)
    };
    let (Some(name), Some(mobile)) =
        (at_of(&groups[*named], "approver.name"), at_of(&groups[plain], "approver.mobile"))
    else {
        return;
    };
    let is_his = |at: usize| {
        let header = headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
        matches!(&targets[at], Target::Field { field, .. } if field.level == Level::Approver)
            || PERSONAL.contains(&header.as_str())
            || GROUPS_OF_PEOPLE.contains(&header.as_str())
            || OF_A_PERSON.iter().any(|word| header.contains(word))
            || groups[*named].columns.iter().any(|(own, _)| *own == at)
    };
    let is_another = |at: usize| {
        let header = headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
        let signs = SIGNER_WORDS.contains(&header.as_str()) || columns::names_a_counterparty(&header);
        let is_named = groups[*named].columns.iter().any(|(own, _)| *own == at);
        targets[at] == Target::Unknown && signs && !is_named
    };
    let is_weak = WEAK_SIGNERS.contains(&groups[*named].word.as_str());
    if is_weak || name > mobile || !(name..mobile).all(is_his) || (0..targets.len()).any(is_another) {
        return;
    }
    let bare = std::mem::take(&mut groups[plain].columns);
    let fits = bare.iter().all(|(_, field)| !groups[*named].has(field.name));
    if fits {
        groups[*named].columns.extend(bare);
        groups.remove(plain);
    } else {
        groups[plain].columns = bare;
    }
}

/// `客户 | 顾问 | 顾问电话`: the one with the mobile may only look after the one who signs.
fn doubt_weak_words(headers: &[Arc<str>], targets: &[Target], groups: &mut [Group]) {
    let is_unread = |at: &usize| matches!(targets.get(*at), Some(Target::Unknown));
    let bare = |at: usize| headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
    for group in groups.iter_mut().filter(|group| !group.is_unclear) {
        let weak = WEAK_SIGNERS.contains(&group.word.as_str());
        let has_other = || {
            let words = (0..headers.len()).filter(is_unread).map(bare);
            words.into_iter().any(|own| {
                own != group.word && (SIGNER_WORDS.contains(&own.as_str()) || is_counterparty(&own))
            })
        };
        group.is_unclear = weak && has_other();
    }
}

/// `姓名 | 紧急联系人 | 联系电话`: the only mobile, or ID number, stands right behind somebody else's
/// name who has none of his own, so nobody knows whose it is.
fn behind_a_stranger(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Vec<Asked> {
    let of = |field: &str, ends: &[&str], targets: &mut [Target]| {
        let asked = only_one_behind(field, ends, headers, readings, targets)?;
        targets[asked.0] = Target::Unknown;
        Some(asked)
    };
    // Looked for before either of them is taken from the signer.
    let mut seen = targets.to_vec();
    let mobile = of("approver.mobile", ENDS_OF_MOBILES, targets);
    let number = of("approver.id_card_number", ENDS_OF_ID_NUMBERS, &mut seen);
    if let Some((column, _)) = &number {
        targets[*column] = Target::Unknown;
    }
    mobile.into_iter().chain(number).collect()
}

fn only_one_behind(
    field: &str,
    ends: &[&str],
    headers: &[Arc<str>],
    readings: &[Reading],
    targets: &[Target],
) -> Option<Asked> {
    let plain = |at: usize| headers.get(at).map(|header| plain_header(header)).unwrap_or_default();
    let gives =
        |target: &Target, name: &str| matches!(target, Target::Field { field, .. } if field.name == name);
    let found: Vec<usize> = (0..targets.len()).filter(|at| gives(&targets[*at], field)).collect();
    let [own] = found.as_slice() else { return None };
    let reading = &readings[*own];
    let is_somebody = |at: usize| {
        let who = plain(at);
        STRANGER_PEOPLE.iter().any(|end| who.ends_with(end)) || columns::names_a_counterparty(&who)
    };
    // `紧急联系人 | 关系 | 手机`, `联系人 | 身份证号 | 电话`: what stands between tells of him, too.
    let tells_of_him = |at: usize| {
        let number = field == "approver.mobile"
            && gives(&targets[at], "approver.id_card_number")
            && readings[at].whose == Whose::Unsaid
            && at > 0
            && is_somebody(at - 1);
        let unread = targets[at] == Target::Unknown;
        let his_number = || ENDS_OF_ID_NUMBERS.iter().any(|end| plain(at).ends_with(end));
        let about_him = || OF_A_PERSON.iter().any(|word| plain(at).contains(word));
        number || (unread && (about_him() || his_number()))
    };
    let before = (0..*own).rev().find(|at| !tells_of_him(*at))?;
    let who = plain(before);
    let whose = ENDS_OF_NAMES.iter().find_map(|end| who.strip_suffix(end)).unwrap_or(&who);
    let is_name = is_somebody(before)
        || (readings[before].whose == Whose::Stranger && ENDS_OF_NAMES.iter().any(|end| who.ends_with(end)))
        || STRANGER_PEOPLE.iter().any(|end| whose.ends_with(end))
        || (columns::names_a_counterparty(whose) && whose.len() < who.len());
    let has_own = (0..headers.len()).any(|at| {
        let other = plain(at);
        at != before && other.starts_with(whose) && ends.iter().any(|end| other.ends_with(end))
    });
    // `直属上级 | 手机号 | 身份证号`: what follows is the signer's, so the mobile is, too.
    let goes_on = field == "approver.mobile"
        && targets.get(own + 1).is_some_and(|target| gives(target, "approver.id_card_number"));
    let named_before = targets.iter().take(before).any(|target| gives(target, "approver.name"));
    let is_unread = matches!(targets[before], Target::Unknown);
    let bare = reading.whose == Whose::Unsaid && !reading.said && reading.plain_signer().is_some();
    if !(bare && is_name && is_unread && named_before && !has_own && !goes_on) {
        return None;
    }
    let who = headers.get(before).map(ToString::to_string).unwrap_or_default();
    let rule =
        if field == "approver.mobile" { Rule::MobileBehind { who } } else { Rule::IdNumberBehind { who } };
    Some((*own, rule))
}

fn groups(readings: &[Reading], targets: &[Target]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (column, reading) in readings.iter().enumerate() {
        // A party has taken it.
        if matches!(targets.get(column), Some(Target::Field { index: Some(_), .. })) {
            continue;
        }
        let (word, is_unclear, field) = match (&reading.whose, reading.plain_signer(), reading.could_be) {
            (Whose::Signer(word), Some(field), _) => (word.clone(), false, field),
            (Whose::Unsaid, Some(field), _) => (String::new(), false, field),
            (Whose::Unclear(word), _, Some(field)) => (word.clone(), true, field),
            _ => continue,
        };
        match groups.iter_mut().find(|group| group.word == word && group.is_unclear == is_unclear) {
            Some(group) => group.columns.push((column, field)),
            None => groups.push(Group { word, is_unclear, columns: vec![(column, field)] }),
        }
    }
    groups
}

/// `员工姓名` beside a bare `身份证号`: one person. A bare `联系电话` beside `员工手机` may be
/// anybody's.
fn join_with_plain(groups: &mut Vec<Group>, targets: &mut [Target], asked: &mut Vec<Asked>) {
    let Some(plain) = groups.iter().position(|group| group.word.is_empty() && !group.is_unclear) else {
        return;
    };
    let named: Vec<usize> =
        (0..groups.len()).filter(|at| !groups[*at].word.is_empty() && !groups[*at].is_unclear).collect();
    let [named] = named.as_slice() else { return };
    if groups[plain].is_whole() && groups[*named].is_whole() {
        return;
    }
    let bare = std::mem::take(&mut groups[plain].columns);
    for (column, field) in bare {
        let first = groups[*named].columns.iter().find(|(_, own)| *own == field).map(|(first, _)| *first);
        match first {
            None => groups[*named].columns.push((column, field)),
            Some(first) => {
                targets[column] = Target::Unknown;
                asked.push((
                    column,
                    Rule::ColumnBeside { field: field.name.to_owned(), first, name: String::new() },
                ));
            }
        }
    }
    groups.remove(plain);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::columns::Aliases;
    use crate::contract::search::{Search, find_header};
    use crate::domain::cell::{Cell, Row};

    /// What the columns give, and what is asked with the ready answers.
    fn read(headers: &str) -> (String, String) {
        let cells: Vec<Cell> = headers.split('|').map(Cell::text_of).collect();
        let row = Row { number: 1, cells, ..Row::default() };
        let Search::Found(mapping) = find_header(&[row], &[], &Aliases::default(), None) else {
            return ("no header".to_owned(), String::new());
        };
        let gives = |target: &Target| match target {
            Target::Field { field, index: None } => field.short_name().to_owned(),
            Target::Field { field, index: Some(index) } => format!("{}{}", index + 1, field.short_name()),
            _ => "-".to_owned(),
        };
        let targets: Vec<String> = mapping.targets.iter().map(gives).collect();
        let asks = |(_, rule): &Asked| match rule {
            Rule::SignerUnclear { map, .. } => {
                let map = map.iter().map(|(header, gives)| format!("{header}={gives}"));
                map.collect::<Vec<_>>().join(" ").replace("approver", "")
            }
            rule => rule.code().to_owned(),
        };
        let asked: Vec<String> = mapping.asked.iter().map(asks).collect();
        (targets.join("|"), asked.join("; "))
    }

    #[test]
    fn one_person_in_two_columns_is_one_person() {
        for (headers, gives) in [
            ("租客|手机号", "name|mobile"),
            ("部门|员工|手机号", "-|name|mobile"),
            ("签署方|签署方手机号", "name|mobile"),
            ("合同名称|发起人|签署方|签署方手机号", "flow_name|-|name|mobile"),
            ("乙方姓名|联系电话", "1name|1mobile"),
            ("乙方姓名|乙方手机号", "1name|1mobile"),
            ("甲方|甲方手机号|乙方|乙方手机号", "1name|1mobile|2name|2mobile"),
            ("合同名称|签署人1|手机号1|签署人2|手机号2", "flow_name|1name|1mobile|2name|2mobile"),
            ("合同名称|姓名1|电话1|姓名2|电话2", "flow_name|1name|1mobile|2name|2mobile"),
            (
                "甲方企业名称|甲方签约代表|甲方手机号|乙方姓名|乙方手机号",
                "1organization_name|1name|1mobile|2name|2mobile",
            ),
            (
                "签署方1姓名|签署方1手机号|签署方2-经办人姓名|签署方2-经办人手机号",
                "1name|1mobile|2name|2mobile",
            ),
            ("姓名|直属上级|手机号|身份证号", "name|-|mobile|id_card_number"),
            ("姓名|紧急联系人|紧急联系人电话|手机号", "name|-|-|mobile"),
            ("姓名|电话1|电话2", "no header"),
            ("甲方姓名|手机号|乙方姓名|手机号", "1name|1mobile|2name|2mobile"),
            ("姓名|手机号|紧急联系人|手机号", "name|mobile|-|-"),
            ("姓名|手机号|备用手机", "name|mobile|-"),
            ("中文名|英文名|手机号", "name|-|mobile"),
            ("业主|共有人|业主电话", "name|-|mobile"),
            ("员工姓名|手机号|师傅姓名|手机号", "name|mobile|-|-"),
            ("出租方（甲方）|电话|承租方（乙方）|电话", "1name|1mobile|2name|2mobile"),
            ("甲方(出租方)姓名|甲方电话|乙方(承租方)姓名|乙方电话", "1name|1mobile|2name|2mobile"),
            ("姓名|电话|姓名2|电话2", "1name|1mobile|2name|2mobile"),
            ("姓名|手机号|姓名.1|手机号.1", "1name|1mobile|2name|2mobile"),
            (
                "甲方名称|甲方法定代表人|甲方联系人|甲方联系电话|乙方姓名|乙方手机",
                "1organization_name|-|1name|1mobile|2name|2mobile",
            ),
            ("合同号|甲方名称|甲方联系人|甲方联系电话", "contract_id|1organization_name|1name|1mobile"),
        ] {
            assert_eq!(read(headers), (gives.to_owned(), String::new()), "{headers}");
        }
    }

    #[test]
    fn whose_a_mobile_is_behind_somebody_elses_name_is_asked() {
        for headers in [
            "姓名|紧急联系人|联系电话",
            "姓名|配偶姓名|联系电话",
            "学生姓名|家长|电话",
            "客户姓名|身份证号|联系人|联系电话",
            "姓名|部门|部门主管|联系电话",
            "员工姓名|直属上级|手机号",
            "姓名|身份证号|紧急联系人|关系|手机",
            "姓名|身份证号|担保人|与本人关系|手机号",
            "承租人|联系人|身份证号|联系电话",
            "借款人|担保人|手机号",
            "投保人|被保险人|手机号",
            "姓名|法定代理人|手机号",
            "客户姓名|销售顾问|联系电话",
            "学生姓名|家长姓名|家庭住址|手机号",
            "姓名|介绍人|微信号|联系方式",
            "姓名|联系人|联系人身份证号|手机号",
            "户主|共有人|联系电话",
            "Name|Guardian|Phone",
        ] {
            assert!(read(headers).1.ends_with("column.mobile_behind"), "{headers}: {}", read(headers).1);
        }
    }

    #[test]
    fn whose_an_id_number_is_behind_somebody_elses_name_is_asked() {
        for headers in [
            "姓名|手机号|配偶姓名|身份证号",
            "借款人|手机号|担保人|身份证号",
            "姓名|手机号|紧急联系人|身份证号",
            "姓名|手机号|被保险人|证件号码",
        ] {
            let asked = read(headers).1;
            assert!(asked.contains("column.id_number_behind"), "{headers}: {asked}");
        }
        assert_eq!(read("姓名|直属上级|手机号|身份证号").1, "");
    }

    /// Neither the wrong one nor half of them is the ready answer.
    #[test]
    fn the_ready_answer_leaves_out_no_party_and_mixes_no_two_people() {
        for (headers, asked) in [
            (
                "租客|手机号|担保人|担保人手机",
                "租客=1.name 手机号=1.mobile; 担保人=2.name 担保人手机=2.mobile",
            ),
            (
                "承租人|联系电话|共同承租人|共同承租人电话",
                "承租人=1.name 联系电话=1.mobile; 共同承租人=2.name 共同承租人电话=2.mobile",
            ),
            (
                "出租人|出租人手机|承租人|承租人手机",
                "出租人=1.name 出租人手机=1.mobile; 承租人=2.name 承租人手机=2.mobile",
            ),
            ("买受人|买受人电话|置业顾问|置业顾问电话", "置业顾问=ignore 置业顾问电话=ignore"),
            (
                "甲方姓名|甲方手机号|乙方姓名|乙方手机号|担保人|担保人手机",
                "担保人=3.name 担保人手机=3.mobile",
            ),
            ("员工姓名|经办人电话", "员工姓名=ignore; 经办人电话=ignore"),
            ("客户|顾问|顾问电话", "客户=ignore; 顾问=ignore 顾问电话=ignore"),
            ("学生姓名|家长姓名|家长手机号", "学生姓名=ignore; 家长姓名=.name 家长手机号=.mobile"),
            ("姓名|手机号|配偶姓名|配偶手机号", "配偶姓名=ignore 配偶手机号=ignore"),
            ("姓名|手机号1|手机号2|身份证号", "手机号1=.mobile 手机号2=ignore"),
            (
                "甲方姓名|甲方手机号|乙方姓名|乙方手机号|乙方共同居住人|共同居住人手机号",
                "乙方共同居住人=3.name 共同居住人手机号=3.mobile",
            ),
            ("学生姓名|学生手机|监护人姓名|监护人手机", "监护人姓名=ignore 监护人手机=ignore"),
            ("学生姓名|学生手机|企业导师|企业导师电话", "企业导师=ignore 企业导师电话=ignore"),
            ("合同号|供应商名称|供应商联系人|供应商联系电话", "供应商联系人=.name 供应商联系电话=.mobile"),
            ("甲方|甲方经办人|甲方经办人手机|乙方|乙方手机", "甲方=1.organization_name"),
            (
                "出租人|身份证号|手机号|承租人|身份证号|手机号",
                "出租人=1.name 出租人身份证号=1.id_card_number 出租人手机号=1.mobile; \
                 承租人=2.name 承租人身份证号=2.id_card_number 承租人手机号=2.mobile",
            ),
            ("姓名|手机号|担保人姓名|手机号", "担保人姓名=ignore 担保人手机号=ignore"),
            ("申请人姓名|手机号", "申请人姓名=.name 手机号=.mobile"),
            ("公司名称|经办人|手机号", "经办人=.name 手机号=.mobile"),
            ("单位名称|签署人|手机", "单位名称=.organization_name"),
            (
                "甲方姓名|甲方手机|乙方姓名1|乙方手机1|乙方姓名2|乙方手机2",
                "乙方姓名1=2.name 乙方手机1=2.mobile; 乙方姓名2=3.name 乙方手机2=3.mobile",
            ),
            (
                "租客姓名|租客电话|租客姓名2|租客电话2",
                "租客姓名=1.name 租客电话=1.mobile; 租客姓名2=2.name 租客电话2=2.mobile",
            ),
            (
                "借款人|借款人电话|担保人|保证人电话",
                "借款人=1.name 借款人电话=1.mobile; 担保人=2.name 保证人电话=2.mobile",
            ),
            ("男方|电话|女方|电话", "男方=1.name 男方电话=1.mobile; 女方=2.name 女方电话=2.mobile"),
            ("供应商|签署人姓名|手机号", "供应商=.organization_name"),
            (
                "供应商（乙方）|供应商（乙方）联系人|供应商（乙方）联系电话",
                "供应商（乙方）=1.organization_name",
            ),
            (
                "客户名称|联系人|联系电话|业务员|业务员电话",
                "联系人=.name 联系电话=.mobile; 业务员=ignore 业务员电话=ignore",
            ),
            ("企业名称|法定代表人|联系人|联系电话", "联系人=.name 联系电话=.mobile"),
            (
                "甲方姓名|甲方电话|乙方一姓名|乙方一电话|乙方二姓名|乙方二电话",
                "乙方一姓名=2.name 乙方一电话=2.mobile; 乙方二姓名=3.name 乙方二电话=3.mobile",
            ),
            ("姓名|身份证号|主手机|备用手机", "主手机=.mobile 备用手机=ignore"),
            ("姓名|身份证号|手机号（一）|手机号（二）", "手机号（一）=.mobile 手机号（二）=ignore"),
            ("姓名|身份证号|旧手机号|手机(新)", "旧手机号=ignore 手机(新)=.mobile"),
            ("法定代表人|企业名称|经办人|经办人手机", "经办人=.name 经办人手机=.mobile"),
            ("发起人姓名|发起人手机号|员工姓名", "发起人姓名=ignore 发起人手机号=ignore; 员工姓名=ignore"),
        ] {
            assert_eq!(read(headers).1, asked, "{headers}");
        }
        assert_eq!(read("姓名|部门|部门电话").1, "");
        // Whose the mobiles are nobody says: two columns for one field are an error.
        assert_eq!(read("甲方姓名|乙方姓名|手机号|手机号").0.matches("mobile").count(), 2);
    }
}
