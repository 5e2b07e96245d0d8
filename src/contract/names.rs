//! Whose name a column holds, as the columns beside it say it: numbers, parties, and telephones.

use std::collections::{HashMap, HashSet};

use crate::domain::field::{Field, Level, by_name};

use super::columns::{
    Reading, Target, Whose, is_a_stranger, is_company, is_counterparty, is_somebody, names_a_counterparty,
    party_of, plain_header, signers_field,
};
use super::parents::HeaderColumn;
use super::vocabulary::{
    APPROVER_WORDS, BEFORE_CONTACTS, COMPANY_NAMES, CONTACT, CONTACTS, ENDS_OF_MOBILES, ENDS_OF_SIGNERS,
    GROUPS_OF_PEOPLE, GUARDIANS, NAMED_BY_PLACE, NO_SIGNERS, NUMBERED_WORDS, PARENT_ENDS, PARTIES,
    PARTY_CONTACTS, PARTY_ENDS, PARTY_SIGNER, RELATION, SIGN_FOR_THEMSELVES, SIGNER_WORDS, STAND_INS,
    STRANGER_PEOPLE, WEAK_SIGNERS, WHETHER,
};

/// A column that is called as the one whose mobile stands beside it has his name: 承租人
/// beside 承租人电话. Where no column has a name, 员工 may be one.
pub fn find_names(columns: &mut [HeaderColumn]) {
    let Some(name) = by_name("approver.name") else { return };
    number_pairs(columns);
    name_parties(columns, name);
    name_numbers(columns, name);
    number_people(columns);
    join_by_place(columns, name);
    let gives = |reading: &Reading| reading.could_be.or_else(|| reading.plain_signer());
    // Of the first column with that word, made plain: a sheet may have thousands of them.
    let mut words: HashMap<String, Whose> = HashMap::new();
    for column in columns.iter().filter(|column| gives(&column.reading).is_some_and(|field| field != name)) {
        if let whose @ (Whose::Signer(word) | Whose::Unclear(word)) = &column.reading.whose {
            words.entry(plain_header(word)).or_insert_with(|| whose.clone());
        }
    }
    let has_name = columns.iter().any(|column| match &column.reading.target {
        Target::Field { field, .. } => *field == name,
        _ => column.reading.could_be == Some(name),
    });
    let is_plain_name = |column: &&HeaderColumn| matches!(&column.reading.target, Target::Field { field, index: None } if *field == name);
    let plain_names = columns.iter().filter(is_plain_name).count();
    let sole = if has_name { None } else { sole_person(columns) };
    let contacts: HashSet<String> = columns
        .iter()
        .filter(|column| column.reading.target == Target::Unknown)
        .filter_map(|column| represented(&plain_header(&column.header)).map(str::to_owned))
        .collect();
    let unread = columns.iter().filter(|column| column.reading.target == Target::Unknown);
    let companies: HashSet<String> = unread.map(|column| plain_header(&column.header)).collect();
    let bare =
        |plain: &String| COMPANY_NAMES.iter().find_map(|end| plain.strip_suffix(end)).map(str::to_owned);
    let named: HashSet<String> = companies.iter().filter_map(bare).filter(|word| !word.is_empty()).collect();
    // 租户 of 租户名称 | 租户联系人 | 租户电话.
    let mut doubtful: HashSet<String> = HashSet::new();
    for (at, column) in columns.iter_mut().enumerate() {
        let reading = &column.reading;
        let plain = plain_header(&column.header);
        // `供应商联系人 | 供应商联系电话`: whoever answers that telephone.
        // 学校名称 | 学校联系人 | 学校联系电话: a party, though somebody else is named as well.
        let has_company =
            |whose: &str| named.contains(whose) || (is_company(whose) && companies.contains(whose));
        let contact =
            represented(&plain).filter(|whose| !has_name || is_counterparty(whose) || has_company(whose));
        if let Some(contact) = contact
            && reading.target == Target::Unknown
            && !reading.said
            && let Some(own @ (Whose::Unclear(word) | Whose::Signer(word))) = words.get(contact)
            && (matches!(own, Whose::Unclear(_)) || named.contains(contact))
            && !doubtful.contains(word)
        {
            doubtful.insert(word.clone());
            let whose = Whose::Unclear(word.clone());
            column.reading = Reading { could_be: Some(name), ..Reading::unknown(whose) };
            continue;
        }
        // `姓名 | 手机号 | 签字人 | 签字人手机`: two people.
        let other_names = plain_names > 1
            && matches!(&reading.target, Target::Field { field, index: None } if *field == name);
        let own_word = words.get(&plain).filter(|whose| matches!(whose, Whose::Signer(_)));
        if let Some(whose) = own_word.filter(|_| other_names && !reading.said) {
            column.reading.whose = whose.clone();
            continue;
        }
        if reading.target != Target::Unknown || reading.said || reading.whose != Whose::Unsaid {
            continue;
        }
        let bare = plain.strip_suffix('名').unwrap_or(&plain);
        // 部门 beside 部门电话 is nobody, and 出租方 beside 出租方联系人 is his company.
        let has_contact = contacts.contains(bare) && !SIGNER_WORDS.contains(&bare);
        if GROUPS_OF_PEOPLE.contains(&bare) || has_contact {
            continue;
        }
        // `乙方共同居住人 | 共同居住人手机号`.
        let of_party = PARTIES.iter().find_map(|(party, _)| bare.strip_prefix(party)).unwrap_or(bare);
        let own =
            [bare, of_party].into_iter().filter(|_| !of_party.is_empty()).find_map(|word| words.get(word));
        match own {
            Some(whose @ Whose::Signer(_)) => {
                let target = Target::Field { field: name, index: None };
                column.reading = Reading { whose: whose.clone(), ..Reading::of(target) };
            }
            Some(whose) => {
                column.reading = Reading { could_be: Some(name), ..Reading::unknown(whose.clone()) };
            }
            None if !has_name && (SIGNER_WORDS.contains(&plain.as_str()) || sole == Some(at)) => {
                let whose = Whose::Unclear(column.header.clone());
                column.reading = Reading { could_be: Some(name), ..Reading::unknown(whose) };
            }
            None => {}
        }
    }
    // Somebody is there for them, so it is asked who signs.
    for column in columns.iter_mut().filter(|column| !column.reading.said) {
        if let (Whose::Signer(word), Target::Field { field, index: None }) =
            (&column.reading.whose, &column.reading.target)
            && doubtful.contains(word)
        {
            let whose = Whose::Unclear(word.clone());
            column.reading = Reading { could_be: Some(*field), ..Reading::unknown(whose) };
        }
    }
}

/// 供应商 of 供应商联系人, 承包方 of 承包方代表: for whom somebody is there.
pub fn represented(plain: &str) -> Option<&str> {
    let words = [PARTY_CONTACTS, PARTY_SIGNER].into_iter().flatten();
    let whose = words.filter_map(|word| plain.strip_suffix(word)).min_by_key(|whose| whose.len())?;
    (!whose.is_empty()).then_some(whose)
}

/// `领养人 | 手机号`: the only column that is called like somebody, before the only mobile.
fn sole_person(columns: &[HeaderColumn]) -> Option<usize> {
    let mobile = columns.iter().position(|column| {
        let gives = column.reading.could_be.or_else(|| column.reading.plain_signer());
        gives.is_some_and(|field| field.name == "approver.mobile")
    })?;
    let is_one = |column: &HeaderColumn| {
        let plain = plain_header(&column.header);
        let reading = &column.reading;
        let is_free = reading.target == Target::Unknown && !reading.said && reading.whose == Whose::Unsaid;
        // 甲方 is a company, most likely.
        let is_party = party_of(&plain).is_some_and(|number| number > 0);
        let is_word = SIGNER_WORDS.contains(&plain.as_str());
        is_free && (is_party || is_word || is_somebody(&plain) || may_be_the_signer(&plain))
    };
    let mut people = (0..columns.len()).filter(|at| is_one(&columns[*at]));
    let sole = people.next().filter(|at| *at < mobile)?;
    let plain = plain_header(&columns[sole].header);
    (people.next().is_none() && !is_staff(&plain)).then_some(sole)
}

pub fn may_be_the_signer(plain: &str) -> bool {
    let ends = |words: &[&str]| words.iter().any(|end| plain.ends_with(end));
    ends(ENDS_OF_SIGNERS) && !ends(NO_SIGNERS) && !plain.starts_with(WHETHER)
}

/// Whoever signs for somebody else, or looks after him: whether he signs is a question.
pub fn is_staff(plain: &str) -> bool {
    let ends = |words: &[&str]| words.iter().any(|end| plain.ends_with(end));
    ends(PARTY_CONTACTS)
        || ends(PARTY_SIGNER)
        || ends(WEAK_SIGNERS)
        || is_a_stranger(plain)
        || (ends(STRANGER_PEOPLE) && !ends(GUARDIANS) && !ends(SIGN_FOR_THEMSELVES))
}

/// Somebody whom a question offers as the signer, and whose columns a list of signers may have. An address
/// book has others. `alone`: nobody else of the list could sign.
pub fn is_offered(who: &str, map: &[(String, String)], alone: bool) -> bool {
    let plain = plain_header(who);
    // Nobody else of the sheet can be reached.
    if alone
        && STAND_INS.iter().any(|word| plain.contains(word))
        && map.iter().any(|(_, gives)| gives.ends_with(".mobile"))
    {
        return true;
    }
    // With the company for which he signs he is no address.
    if alone && map.iter().any(|(_, gives)| gives.ends_with(".organization_name")) {
        return true;
    }
    let of_company = plain.split_once(CONTACT).is_some_and(|(company, _)| is_of_company(company));
    // 联系人A beside 联系人B: of several alike each signs, or nobody does.
    let is_marked = |word: &&str| plain.contains(*word) && plain.replacen(*word, "", 1).chars().count() == 1;
    if !alone && CONTACTS.iter().any(is_marked) {
        return true;
    }
    !is_staff(&plain) || (alone && (of_company || STAND_INS.iter().any(|word| plain.contains(word))))
}

/// 供应商, 客户: what stands before the word for somebody who is there for a company.
pub fn is_of_company(word: &str) -> bool {
    !word.is_empty() && (is_company(word) || BEFORE_CONTACTS.contains(&word))
}

/// `姓名1 | 电话1 | 姓名2 | 电话2`: signers by number, where each has a name and a mobile.
fn number_pairs(columns: &mut [HeaderColumn]) {
    let read = |column: &HeaderColumn| {
        let reading = &column.reading;
        if reading.target != Target::Unknown || reading.said || reading.whose == Whose::Stranger {
            return None;
        }
        let (plain, number) = numbered_end(&column.header)?;
        let bare = plain.as_str();
        let is_word = APPROVER_WORDS.contains(&bare) || SIGNER_WORDS.contains(&bare);
        let named = if is_word { by_name("approver.name") } else { signers_field(bare) };
        Some((number, named?))
    };
    // 姓名 | 手机号 | 姓名2 | 关系 | 手机号2: whoever is related to the signer may be told of only.
    if columns.iter().any(|column| says_relation(&plain_header(&column.header))) {
        return;
    }
    let mut found: Vec<Option<(usize, &'static Field)>> = columns.iter().map(read).collect();
    // 姓名 | 电话 | 姓名2 | 电话2: the first has no number, and stands before the others.
    if !found.iter().flatten().any(|(number, _)| *number == 0) {
        let first = found.iter().position(Option::is_some).unwrap_or(0);
        for (column, own) in columns.iter().zip(&mut found).take(first) {
            let reading = &column.reading;
            let is_bare = matches!(reading.target, Target::Field { index: None, .. }) && !reading.said;
            // 租客 | 手机号 | 租客2 | 手机号2.
            let is_word = reading.target == Target::Unknown
                && !reading.said
                && SIGNER_WORDS.contains(&plain_header(&column.header).as_str());
            if let Some(name) = by_name("approver.name").filter(|_| is_word) {
                *own = Some((0, name));
            }
            if let (Some(field), Whose::Unsaid, true) = (reading.plain_signer(), &reading.whose, is_bare) {
                *own = Some((0, field));
            }
        }
    }
    let has = |number: usize, name: &str| {
        found.iter().flatten().any(|(own, field)| *own == number && field.name == name)
    };
    let is_whole = |number: usize| has(number, "approver.name") && has(number, "approver.mobile");
    let most = found.iter().flatten().map(|(number, _)| number + 1).max().unwrap_or(0);
    let once = |own: &(usize, &Field)| found.iter().flatten().filter(|found| *found == own).count() == 1;
    if most < 2 || most > columns.len() || !(0..most).all(is_whole) || !found.iter().flatten().all(once) {
        return;
    }
    for (column, found) in columns.iter_mut().zip(found) {
        if let Some((number, field)) = found {
            column.reading = Reading::of(Target::Field { field, index: Some(number) });
        }
    }
}

/// 关系, 与本人关系, 关系.1: what somebody is to the signer; 劳动关系 is none.
fn says_relation(plain: &str) -> bool {
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    bare == RELATION || (bare.starts_with('与') && bare.ends_with(RELATION))
}

/// `签署人1 | 签署人1手机号`: the column that is called as the signer alone has his name.
fn name_numbers(columns: &mut [HeaderColumn], name: &'static Field) {
    let gives = |columns: &[HeaderColumn], wanted: &str, number: usize| {
        columns.iter().any(|column| {
            matches!(&column.reading.target, Target::Field { field, index: Some(own) }
                if *own == number && field.name == wanted)
        })
    };
    for at in 0..columns.len() {
        let reading = &columns[at].reading;
        if reading.target != Target::Unknown || reading.said {
            continue;
        }
        let Some((bare, number)) = numbered_end(&columns[at].header) else { continue };
        if APPROVER_WORDS.contains(&bare.as_str())
            && gives(columns, "approver.mobile", number)
            && !gives(columns, "approver.name", number)
        {
            columns[at].reading = Reading::of(Target::Field { field: name, index: Some(number) });
        }
    }
}

/// `姓名2` and `姓名.1`: what stands before, and the number counted from 0.
fn numbered_end(header: &str) -> Option<(String, usize)> {
    let plain = plain_header(header);
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = plain[bare.len()..].parse::<usize>().ok().filter(|number| *number < 1000)?;
    match bare.strip_suffix('.') {
        // So a program writes that a header is there once more.
        Some(bare) => Some((bare.to_owned(), number)),
        None => Some((bare.to_owned(), number.checked_sub(1)?)),
    }
}

/// `乙方姓名1 | 乙方手机1 | 乙方姓名2 | 乙方手机2`: people of one party, each with a name and a mobile, who
/// may sign.
fn number_people(columns: &mut [HeaderColumn]) {
    let read = |column: &HeaderColumn| {
        if column.reading.target != Target::Unknown || column.reading.said {
            return None;
        }
        let (bare, number) = numbered_end(&column.header)?;
        let reading = super::columns::read(&bare);
        let (field, who) = match (&reading.target, &reading.whose, reading.could_be) {
            (Target::Field { field, index }, whose, _) if field.level == Level::Approver => {
                let of_party =
                    PARTIES.iter().find(|(word, own)| Some(*own) == *index && bare.starts_with(word));
                let who = match (of_party, whose) {
                    (Some((word, _)), _) => (*word).to_owned(),
                    (None, Whose::Signer(word)) => word.clone(),
                    _ => "签署方".to_owned(),
                };
                (*field, who)
            }
            (Target::Unknown, Whose::Unclear(who), Some(field)) => (field, who.clone()),
            _ => return None,
        };
        Some((field, format!("{who}{}", number + 1)))
    };
    let found: Vec<Option<(&'static Field, String)>> = columns.iter().map(read).collect();
    let has =
        |who: &str, name: &str| found.iter().flatten().any(|(field, own)| own == who && field.name == name);
    for (column, own) in columns.iter_mut().zip(&found) {
        if let Some((field, who)) = own
            && has(who, "approver.name")
            && has(who, "approver.mobile")
        {
            column.reading =
                Reading { could_be: Some(field), ..Reading::unknown(Whose::Unclear(who.clone())) };
        }
    }
}

/// `担保人 | 保证人电话`: a mobile of whom no column has the name is that of the one who stands
/// before it, if nobody else's stands there.
fn join_by_place(columns: &mut [HeaderColumn], name: &'static Field) {
    let word_of = |column: &HeaderColumn| match (&column.reading.whose, column.reading.could_be) {
        (Whose::Unclear(word), Some(field)) if !column.reading.said => Some((word.clone(), field)),
        _ => None,
    };
    let words: Vec<Option<(String, &'static Field)>> = columns.iter().map(word_of).collect();
    if !words.iter().flatten().any(|(_, field)| field.name == "approver.mobile") {
        return;
    }
    let plain: Vec<String> = columns.iter().map(|column| plain_header(&column.header)).collect();
    // Whoever has a name of his own, and whoever has a mobile.
    let mut named: HashSet<String> = plain.iter().cloned().collect();
    named.extend(words.iter().flatten().filter(|(_, field)| *field == name).map(|(word, _)| word.clone()));
    let reached: HashSet<String> = words
        .iter()
        .flatten()
        .filter(|(_, field)| *field != name)
        .map(|(word, _)| plain_header(word))
        .collect();
    for at in 1..columns.len() {
        let Some((word, field)) = &words[at] else { continue };
        let before = &columns[at - 1].reading;
        let own = plain[at - 1].as_str();
        let is_free = before.target == Target::Unknown && !before.said && before.whose != Whose::Stranger;
        let is_person = names_a_counterparty(own)
            || GUARDIANS.contains(&own)
            || NAMED_BY_PLACE.iter().any(|end| own.ends_with(end));
        let is_alone = !named.contains(word) && !reached.contains(own);
        if field.name == "approver.mobile" && is_free && is_person && is_alone {
            let whose = Whose::Unclear(if names_a_counterparty(own) { own.to_owned() } else { word.clone() });
            columns[at - 1].reading = Reading { could_be: Some(name), ..Reading::unknown(whose.clone()) };
            columns[at].reading = Reading { could_be: Some(field), ..Reading::unknown(whose) };
        }
    }
}

/// `乙方 | 乙方手机号`: the column that is called as the party has its signer's name; before it the
/// one of whoever is named for the party, `甲方 | 甲方联系人 | 甲方联系电话`.
fn gives_of(columns: &[HeaderColumn], party: usize, wanted: &str) -> bool {
    columns.iter().any(|column| {
        !column.reading.said
            && matches!(&column.reading.target, Target::Field { field, index: Some(own) }
                if *own == party && field.name == wanted)
    })
}

/// `甲方名称 | 甲方经办人 | 经办人手机号`: the mobile is whose name the party has.
fn name_mobile(columns: &mut [HeaderColumn], word: &str, party: usize) {
    let is_name = |column: &&HeaderColumn| {
        matches!(&column.reading.target, Target::Field { field, index: Some(own) }
            if *own == party && field.name == "approver.name")
    };
    let called = columns.iter().find(is_name).map(|column| plain_header(&column.header));
    let Some(person) = called.as_deref().and_then(|plain| plain.strip_prefix(word)) else { return };
    let person = person.strip_suffix("姓名").unwrap_or(person);
    if !PARTY_SIGNER.contains(&person) && !PARTY_CONTACTS.contains(&person) {
        return;
    }
    let is_his = |column: &HeaderColumn| {
        let plain = plain_header(&column.header);
        !column.reading.said
            && column.reading.target == Target::Unknown
            && plain.strip_prefix(person).is_some_and(|end| ENDS_OF_MOBILES.contains(&end))
    };
    if let (Some(at), Some(field)) = (columns.iter().position(is_his), by_name("approver.mobile")) {
        columns[at].reading = Reading::of(Target::Field { field, index: Some(party) });
    }
}

/// `甲方名称 | 甲方法定代表人 | 甲方法定代表人手机号`: whoever is there for a party that nobody else signs for.
fn name_representative(columns: &mut [HeaderColumn], word: &str, party: usize) {
    let called = |ends: &dyn Fn(&str) -> bool| {
        columns.iter().position(|column| {
            let is_free = column.reading.target == Target::Unknown && !column.reading.said;
            is_free && plain_header(&column.header).strip_prefix(word).is_some_and(ends)
        })
    };
    let mut people = [PARTY_SIGNER, PARTY_CONTACTS].into_iter().flatten();
    let found = people.find_map(|person| {
        let name = called(&|rest| rest == *person || rest.strip_suffix("姓名") == Some(person))?;
        let is_mobile =
            |rest: &str| rest.strip_prefix(person).is_some_and(|end| ENDS_OF_MOBILES.contains(&end));
        Some((name, called(&is_mobile)?))
    });
    if let Some((name, mobile)) = found {
        for (at, field) in [(name, "approver.name"), (mobile, "approver.mobile")] {
            if let Some(field) = by_name(field) {
                columns[at].reading = Reading::of(Target::Field { field, index: Some(party) });
            }
        }
    }
}

fn name_parties(columns: &mut [HeaderColumn], name: &'static Field) {
    // `签署方1联系人 | 签署方1联系电话`.
    const MOST: usize = 4;
    let numbered: Vec<(String, usize)> = NUMBERED_WORDS
        .iter()
        .flat_map(|word| (1..=MOST).map(move |number| (format!("{word}{number}"), number - 1)))
        .collect();
    let parties = PARTIES.iter().map(|(word, party)| (*word, party));
    for (word, party) in parties.chain(numbered.iter().map(|(word, party)| (word.as_str(), party))) {
        // Who somebody has said to sign second is no 乙方.
        let gives = |wanted: &str| gives_of(columns, *party, wanted);
        if !gives("approver.mobile") && !gives("approver.name") {
            name_representative(columns, word, *party);
        }
        if gives_of(columns, *party, "approver.name") && !gives_of(columns, *party, "approver.mobile") {
            name_mobile(columns, word, *party);
        }
        let gives = |wanted: &str| gives_of(columns, *party, wanted);
        if !gives("approver.mobile") || gives("approver.name") {
            continue;
        }
        let mobile = columns.iter().position(|column| {
            !column.reading.said
                && matches!(&column.reading.target, Target::Field { field, index: Some(own) }
                    if own == party && field.name == "approver.mobile")
        });
        let called = |ends: &[&str]| {
            let is_it = |column: &HeaderColumn| {
                let unread = column.reading.target == Target::Unknown && !column.reading.said;
                let plain = if unread { plain_header(&column.header) } else { String::new() };
                // 甲方信息 | 联系人.
                plain.strip_prefix(word).is_some_and(|end| {
                    // 甲方（供应商）.
                    let end =
                        end.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map_or(end, |_| "");
                    let bare =
                        PARENT_ENDS.iter().chain(PARTY_ENDS).find_map(|within| end.strip_prefix(within));
                    ends.contains(&end) || bare.is_some_and(|bare| !bare.is_empty() && ends.contains(&bare))
                })
            };
            // Of several the one whose telephone it is stands nearest before it.
            let before = columns.iter().take(mobile.unwrap_or(0)).rposition(is_it);
            before.or_else(|| columns.iter().position(is_it))
        };
        let found = called(PARTY_CONTACTS).or_else(|| called(&[""]));
        if let Some(column) = found.and_then(|at| columns.get_mut(at)) {
            column.reading = Reading::of(Target::Field { field: name, index: Some(*party) });
        }
    }
}
