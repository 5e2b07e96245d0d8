//! What a header says by itself.

use crate::contract::notes::begins_as_a_note;
use crate::contract::vocabulary::{
    APPROVER_WORDS, CC_WORDS, CHINESE_NUMBERS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES,
    ENGLISH_IDS, ENGLISH_MOBILES, ENGLISH_NAMES, ENGLISH_NUMBERS, FAMILY_NAMES, FIRST_OF_SEVERAL, FORM_WORDS,
    GIVEN_NAMES, GROUPS_OF_PEOPLE, LATER_OF_SEVERAL, NUMBERED_WORDS, PARTIES, PLAIN_SIGNERS, SIGNER_WORDS,
};
use crate::domain::field::{Field, FieldId, Kind, Level, by_name};
use crate::domain::workbook_marks;

use super::component_header::{bracketed_form_field, form_field, form_notes};
use super::field_names::{find, partys_field, signers_field};
use super::letters::in_one_line;
use super::plain_header::plain_header;
use super::roles::{is_a_stranger, is_company};
use super::target::{Reading, Target, Whose};

/// What a header says by itself.
pub fn read(header: &str) -> Reading {
    let normal = plain_header(header);
    if normal.is_empty() {
        return Reading::of(Target::Unknown);
    }
    let target = match recognise(&normal, header) {
        Target::Unknown => in_two_languages(&normal, header),
        target => target,
    };
    if target != Target::Unknown {
        return Reading::of(target);
    }
    if let Some(reading) = of_a_signer(&normal) {
        return reading;
    }
    if begins_as_a_note(&normal) {
        return Reading::of(Target::Unknown);
    }
    // `First Name | Last Name`: neither is a name.
    if FAMILY_NAMES.contains(&normal.as_str()) || GIVEN_NAMES.contains(&normal.as_str()) {
        return Reading::of(Target::Unknown);
    }
    // `姓名（负责人）` is `负责人姓名`.
    let turned = normal.strip_suffix(')').and_then(|rest| rest.split_once('('));
    let turned = turned.map_or_else(|| normal.clone(), |(what, whose)| format!("{whose}{what}"));
    if is_a_stranger(&turned) {
        return Reading::unknown(Whose::Stranger);
    }
    of_somebody(&turned)
}

/// `员工姓名`: a word for the one who signs, and a field of his.
fn of_a_signer(normal: &str) -> Option<Reading> {
    let words = SIGNER_WORDS.iter().chain(PLAIN_SIGNERS).filter(|word| normal.starts_with(**word));
    let word = words.max_by_key(|word| word.len())?;
    let field = signers_field(normal[word.len()..].trim_start_matches(['.', ':', '的']))?;
    // Of other fields the word may say something else: 员工角色.
    if !matches!(
        field.short_name(),
        "name" | "mobile" | "id_card_number" | "id_card_type" | "email" | "open_id"
    ) {
        return None;
    }
    let whose = if PLAIN_SIGNERS.contains(word) { Whose::Unsaid } else { Whose::Signer((*word).to_owned()) };
    Some(Reading { whose, ..Reading::of(Target::Field { field, index: None }) })
}

/// `责任人姓名`: a name, a mobile or an ID number of somebody.
fn of_somebody(normal: &str) -> Reading {
    for (ends, name) in [
        (ENDS_OF_NAMES, "approver.name"),
        (ENDS_OF_MOBILES, "approver.mobile"),
        (ENDS_OF_ID_NUMBERS, "approver.id_card_number"),
    ] {
        // 备用手机 is one more of the same person, and nobody called 备用.
        if name == "approver.mobile" && is_first_mobile(normal).is_some() {
            return Reading::of(Target::Unknown);
        }
        let mut whose = ends.iter().filter_map(|end| normal.strip_suffix(end));
        if let Some(whose) = whose.find(|whose| !whose.is_empty()) {
            // 派遣单位 is a party, 单位 alone is none.
            let is_named_company = whose.chars().count() >= 4 && is_company(whose);
            if GROUPS_OF_PEOPLE.contains(&whose) && !is_named_company {
                return Reading::unknown(Whose::Stranger);
            }
            let whose = whose.trim_end_matches(['.', ':', '的']).to_owned();
            return Reading { could_be: by_name(name), ..Reading::unknown(Whose::Unclear(whose)) };
        }
    }
    Reading::of(Target::Unknown)
}

/// Of one of several mobiles of a person, `手机号2`, `备用手机`, `手机(新)`: whether it is the first of them.
/// None: the header is not called so.
pub fn is_first_mobile(plain: &str) -> Option<bool> {
    let mark = ENDS_OF_MOBILES.iter().find_map(|end| {
        let (before, behind) = plain.split_once(end)?;
        match (before, behind.trim_matches(['(', ')', '.', ':', '#'])) {
            ("", mark) | (mark, "") if !mark.is_empty() => Some(mark),
            _ => None,
        }
    })?;
    let is_later = |digits: &str| digits.parse::<u8>().is_ok_and(|number| number > 1);
    match mark {
        _ if FIRST_OF_SEVERAL.contains(&mark) => Some(true),
        _ if LATER_OF_SEVERAL.contains(&mark) || is_later(mark) => Some(false),
        _ => None,
    }
}

/// `姓名 Name`, `Name/姓名`: the same in both, or it is neither.
fn in_two_languages(normal: &str, header: &str) -> Target {
    let is_english_first = normal.starts_with(|c: char| c.is_ascii_alphabetic());
    let Some(at) = normal.find(|c: char| match is_english_first {
        true => !c.is_ascii(),
        false => c.is_ascii_alphabetic(),
    }) else {
        return Target::Unknown;
    };
    let (first, second) = normal.split_at(at);
    let (first, second) = (first.trim_end_matches(['/', '(', '|', ':']), second.trim_end_matches(')'));
    let (english, chinese) = if is_english_first { (first, second) } else { (second, first) };
    let chinese = recognise(chinese, header);
    // `ID 身份证号`: alone it may be a number of anything.
    if matches!(&chinese, Target::Field { field, .. } if is_beside(english, field)) {
        return chinese;
    }
    match recognise(english, header) {
        english if english == chinese => chinese,
        // `甲方手机 Mobile`.
        Target::Field { field, index: None } => match chinese {
            Target::Field { field: own, .. } if own == field => chinese,
            _ => Target::Unknown,
        },
        _ => Target::Unknown,
    }
}

fn is_beside(english: &str, field: &Field) -> bool {
    let is_id = field.kind == Kind::IdNumber || field.name.contains("_id");
    let is_name = field.kind == Kind::PersonName || field.name.ends_with("organization_name");
    (is_id && ENGLISH_IDS.contains(&english))
        || (field.kind == Kind::Mobile && ENGLISH_MOBILES.contains(&english))
        || (is_name && ENGLISH_NAMES.contains(&english))
        || (field.id == FieldId::ContractId && ENGLISH_NUMBERS.contains(&english))
}

pub fn recognise(normal: &str, header: &str) -> Target {
    // They say where a row comes from, and how it was, not what it says.
    if [workbook_marks::FLOW, workbook_marks::RED].contains(&normal) {
        return Target::Ignored;
    }
    if normal.starts_with("flowbatch.") {
        return Target::OfOurs;
    }
    // 您的姓名: a form asks whoever fills it in.
    if let Some(own) = ["您的", "你的"].iter().find_map(|word| normal.strip_prefix(*word)) {
        let target = recognise(own, own);
        if matches!(target, Target::Field { .. }) {
            return target;
        }
    }
    if FORM_WORDS.iter().any(|word| normal.starts_with(word)) {
        return form_field(header);
    }
    if let Some(name) = bracketed_form_field(&in_one_line(header)) {
        return Target::FormField(form_notes(name).0.to_owned());
    }
    let bare =
        normal.strip_prefix("flowinfos.").or_else(|| normal.strip_prefix("flowinfo.")).unwrap_or(normal);
    if let Some(field) = find(bare, |level| !matches!(level, Level::Approver | Level::Cc)) {
        return Target::Field { field, index: None };
    }
    for (words, level) in [(APPROVER_WORDS, Level::Approver), (CC_WORDS, Level::Cc)] {
        // Longest words first, so that `flowapprovers` is not read as `flowapprover` + `s`.
        let mut words = words.to_vec();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        for word in words {
            let Some(rest) = bare.strip_prefix(word) else { continue };
            // `抄送人` is his name, as `签署人` is the signer's.
            let rest = if rest.is_empty() && level == Level::Cc { "name" } else { rest };
            if let Some(target) = numbered(rest, level) {
                return target;
            }
        }
    }
    // 签字人1姓名; 签字人姓名 may be somebody beside the signer.
    for word in NUMBERED_WORDS {
        let target = bare.strip_prefix(word).and_then(|rest| numbered(rest, Level::Approver));
        if let Some(target @ Target::Field { index: Some(_), .. }) = target {
            return target;
        }
    }
    for (party, index) in PARTIES {
        if let Some(rest) = bare.strip_prefix(party)
            && let Some(field) = partys_field(rest.trim_start_matches(['.', ':']))
        {
            return Target::Field { field, index: Some(*index) };
        }
    }
    // `姓名`, `Mobile`: nobody but a signer can be meant.
    match find(bare, |level| level == Level::Approver) {
        Some(field) if !matches!(field.short_name(), "type" | "json") => Target::Field { field, index: None },
        _ => Target::Unknown,
    }
}

/// Signers of one contract that a header may number: more than the API takes, so that too many are
/// told as what they are.
pub const MOST_NUMBERED: usize = 1000;

/// `1.name`, `2姓名`, `.mobile`, `姓名`.
fn numbered(rest: &str, level: Level) -> Option<Target> {
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = rest.split_at(digits);
    let mut index = None;
    let mut rest = rest.trim_start_matches(['.', ':']);
    if digits > 0 {
        index = Some(number.parse::<usize>().ok()?.checked_sub(1).filter(|index| *index < MOST_NUMBERED)?);
    } else if let Some((position, character)) =
        CHINESE_NUMBERS.iter().enumerate().find(|(_, c)| rest.starts_with(**c))
    {
        index = Some(position);
        rest = rest[character.len_utf8()..].trim_start_matches(['.', ':']);
    }
    // `抄送人1`, and `签署方1（公司）`.
    if rest.is_empty() && level == Level::Cc && index.is_some() {
        rest = "name";
    }
    let bare = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest);
    let of_party = || partys_field(bare).filter(|_| level == Level::Approver && index.is_some());
    let field = find(rest, |l| l == level).or_else(of_party)?;
    Some(Target::Field { field, index })
}
