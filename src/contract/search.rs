//! Where a sheet's header stands; what is to be said where there is none.

use std::cmp::Ordering;
use std::collections::HashSet;

use crate::domain::cell::{Cell, Row};
use crate::domain::field::{Field, Level};
use crate::domain::problem::Rule;

use super::above::said_above;
use super::columns::{
    Aliases, Reading, Target, Whose, is_somebody, names_a_counterparty, plain_header, read,
};
use super::examine::name_in_two;
use super::header::{Head, MergedHeader};
use super::layout::{Mapping, map};
use super::names::is_offered;
use super::sampled::all_are;
use super::texts::is_persons_number;
use super::vocabulary::{
    COMPANY_ENDS, CONTACT, CONTACTS, ENDS_OF_ID_NUMBERS, ENDS_OF_MOBILES, ENDS_OF_NAMES, NAME_OF_ANYTHING,
    NAMES_OF_THINGS, PARTY_CONTACTS, PARTY_SIGNER, SIGNER_WORDS, STRANGER_PEOPLE,
};

/// How many rows from the top a header may stand in.
pub const HEADER_ROWS: u32 = 20;

/// What the search for a header has come to.
pub enum Search {
    Found(Box<Mapping>),
    /// What is to be said of it.
    Failed(Rule),
    /// The sheet is blank.
    Nothing,
}

/// The best header among the first rows of a sheet, or why there is none: a header has
/// a column that we know beside another.
pub fn find_header(rows: &[Row], merged: &[MergedHeader], aliases: &Aliases, chosen: Option<u32>) -> Search {
    let head = Head::new(rows, merged, aliases);
    if let Some(chosen) = chosen {
        let bottom = head.bottom_of(chosen);
        let mapping = map(bottom, head.columns(bottom));
        if mapping.headers.is_empty() {
            return Search::Failed(Rule::HeaderRowEmpty { row: chosen, other: None });
        }
        return if fits(&mapping) {
            let above = said_above(&head, &mapping, table_above(&head, &[], &mapping, true), true);
            found(mapping.beside(above), &head, rows, aliases)
        } else {
            let rule = with_companies(not_found(&[mapping]), rows);
            let is_unlike = matches!(rule, Rule::HeaderNotFound { row: None, .. });
            match find_header(rows, merged, aliases, None) {
                Search::Found(other) if is_unlike => {
                    Search::Failed(Rule::HeaderRowEmpty { row: chosen, other: Some(other.header_row) })
                }
                _ => Search::Failed(rule),
            }
        };
    }
    let numbers: Vec<u32> = head.numbers().collect();
    let mut maps: Vec<Mapping> = Vec::new();
    for number in numbers {
        if !head.texts(number).iter().any(|text| is_persons_number(text)) {
            maps.push(map(number, head.columns(number)));
        }
    }
    let mut best: Option<&Mapping> = None;
    for mapping in maps.iter().filter(|mapping| fits(mapping)) {
        let wins = |best: &Mapping| match mapping.known().cmp(&best.known()) {
            Ordering::Greater => true,
            // Parents alone are no header.
            Ordering::Equal => head.is_parent_row(best.header_row, mapping.header_row),
            Ordering::Less => false,
        };
        if best.is_none_or(wins) {
            best = Some(mapping);
        }
    }
    match best {
        Some(best) => {
            let above = said_above(&head, best, table_above(&head, &maps, best, false), false);
            let found = found(best.clone().beside(above), &head, rows, aliases);
            match &found {
                Search::Found(mapping) if is_typed_only(mapping) => match not_found(&[*mapping.clone()]) {
                    Rule::HeaderNotFound { ref map, .. } if !names_somebody(map) => found,
                    rule => Search::Failed(with_companies(rule, rows)),
                },
                _ => found,
            }
        }
        None if rows.is_empty() => Search::Nothing,
        None => {
            let told = shape_of(rows).or_else(|| {
                let in_two = maps.iter().find_map(name_in_two);
                in_two.map(|(_, other)| Rule::NameInTwo { other })
            });
            Search::Failed(told.unwrap_or_else(|| with_companies(not_found(&maps), rows)))
        }
    }
}

/// `供应商名称 | 供应商联系人 | 联系人手机 | 签署方类型`: of those who sign only the type is read, so nobody would.
fn is_typed_only(mapping: &Mapping) -> bool {
    let of_signers = |target: &Target| match target {
        Target::Field { field, .. } if field.level == Level::Approver => Some(field.name),
        _ => None,
    };
    let says_who =
        |name: &str| ["name", "mobile", "open_id", "card_number"].iter().any(|end| name.ends_with(end));
    let given: Vec<&str> = mapping.targets.iter().filter_map(of_signers).collect();
    !given.is_empty() && !given.into_iter().any(says_who) && offered(mapping).next().is_none()
}

fn names_somebody(map: &[(String, String)]) -> bool {
    map.iter().any(|(_, gives)| gives.ends_with(".name"))
}

/// A header said twice is still the header.
fn found(mut mapping: Mapping, head: &Head<'_>, rows: &[Row], aliases: &Aliases) -> Search {
    mapping.top_row = head.top_of(mapping.header_row);
    while let Some(again) = rows.iter().find(|row| row.number == mapping.header_row + 1)
        && mapping.is_repeated_by(again, aliases)
    {
        mapping.header_row += 1;
    }
    super::sampled::heed(&mut mapping, rows);
    Search::Found(Box::new(mapping))
}

/// Rows above the chosen header that are people below another header: nobody would get a
/// contract of them. A line with somebody to be asked has no header of its own.
fn table_above(head: &Head<'_>, maps: &[Mapping], chosen: &Mapping, said: bool) -> Option<Rule> {
    let is_person = |row: &u32| head.texts(*row).iter().any(|text| is_persons_number(text));
    let people = head.numbers().filter(|row| *row < chosen.header_row && is_person(row));
    let people: Vec<u32> = people.collect();
    let last = people.last()?;
    let is_header = |mapping: &&Mapping| mapping.header_row < *last && fits(mapping) && !mapping.is_report();
    let owned: Vec<Mapping>;
    let maps = if said {
        let free = head.numbers().filter(|row| row < last && !is_person(row));
        owned = free.map(|row| map(row, head.columns(row))).collect();
        owned.as_slice()
    } else {
        maps
    };
    let other = maps.iter().filter(is_header).map(|mapping| mapping.header_row).min()?;
    let rows: Vec<u32> = people.into_iter().filter(|row| *row > other).collect();
    Some(Rule::TableAbove { other, header: chosen.header_row, rows, said })
}

/// A sheet that lies on its side, or a form for one person.
fn shape_of(rows: &[Row]) -> Option<Rule> {
    let labels = |column: usize| -> Vec<(u32, &'static Field)> {
        let read = |row: &Row| match read(&row.cell(column).seen()).target {
            Target::Field { field, .. } => Some((row.number, field)),
            _ => None,
        };
        rows.iter().filter_map(read).collect()
    };
    let is_signer = |field: &Field| matches!(field.name, "approver.name" | "approver.mobile");
    for column in 0..2 {
        let found = labels(column);
        let distinct = found
            .iter()
            .enumerate()
            .filter(|(at, (_, field))| !found[..*at].iter().any(|(_, own)| own == field));
        if distinct.count() < 2 || !found.iter().any(|(_, field)| is_signer(field)) {
            continue;
        }
        let filled = |row: u32| {
            let row = rows.iter().find(|own| own.number == row);
            row.map_or(0, |row| row.cells.iter().skip(column + 1).filter(|cell| !cell.is_blank()).count())
        };
        let widest = found.iter().map(|(row, _)| filled(*row)).max().unwrap_or(0);
        // 姓名： | 张伟 | 性别： | 男.
        let has_label = |row: &Row| {
            let seen = row.cell(column + 2).seen();
            found.iter().any(|(own, _)| *own == row.number) && seen.trim_end().ends_with([':', '：'])
        };
        let has_more_labels = rows.iter().any(has_label)
            || labels(column + 2).iter().any(|(row, _)| found.iter().any(|(own, _)| own == row));
        return Some(if widest > 1 && !has_more_labels { Rule::SheetTransposed } else { Rule::SheetIsForm });
    }
    let pairs = |row: &&Row| {
        let seen: Vec<String> = row.cells.iter().map(|cell| cell.seen()).collect();
        seen.windows(2).any(|pair| {
            let read = read(&pair[0]);
            read.plain_signer().is_some() && is_persons_number(&pair[1])
        })
    };
    rows.iter().any(|row| pairs(&row)).then_some(Rule::SheetIsForm)
}

/// `客户名称 | 联系电话` with companies only: what would give a person's name gives a company's. And 名称 beside 联系人
/// names the company for which he signs.
fn with_companies(mut rule: Rule, rows: &[Row]) -> Rule {
    let Rule::HeaderNotFound { row: Some(row), map, recognised, .. } = &mut rule else { return rule };
    let below: Vec<&Row> = rows.iter().filter(|own| own.number > *row).collect();
    let header = rows.iter().find(|own| own.number == *row);
    let is_company = |cell: &Cell| COMPANY_ENDS.iter().any(|end| cell.seen_ref().trim().ends_with(end));
    let column_of =
        |name: &str| header.and_then(|row| row.cells.iter().position(|cell| cell.seen_ref().trim() == name));
    let has_company = |at: usize| below.iter().any(|row| is_company(row.cell(at)));
    let is_agent = |(name, gives): &(String, String)| {
        let plain = plain_header(name);
        gives == "approver.name" && PARTY_SIGNER.iter().chain(PARTY_CONTACTS).any(|end| plain.ends_with(end))
    };
    // 参展商 | 联系人 | 手机, with companies in each row.
    let names_companies = |name: &String, column: usize| {
        !map.iter().chain(recognised.iter()).any(|(own, _)| own == name)
            && (name == NAME_OF_ANYTHING && has_company(column) || all_are(&below, column, is_company))
    };
    if map.iter().any(is_agent)
        && let Some(cells) = header.map(|row| &row.cells)
    {
        let named = cells.iter().map(|cell| cell.seen_ref().trim().to_owned()).enumerate();
        let named = named.filter(|(column, name)| !name.is_empty() && names_companies(name, *column));
        // One company in all rows has made the list out, or carries the goods of all.
        let differs = |column: usize| {
            let seen: HashSet<String> = below.iter().map(|row| row.cell(column).seen()).collect();
            below.len() < 2 || seen.len() > 1
        };
        let mut named = named.filter(|(column, _)| differs(*column)).map(|(_, name)| name);
        if let (Some(name), None) = (named.next(), named.next()) {
            map.insert(0, (name, "approver.organization_name".to_owned()));
        }
    }
    for (name, gives) in map.iter_mut().filter(|(_, gives)| gives == "approver.name") {
        if column_of(name).is_some_and(|column| all_are(&below, column, is_company)) {
            "approver.organization_name".clone_into(gives);
        }
    }
    rule
}

/// The best row, what it has, what it lacks, and names for its columns that may be what
/// is missing.
fn not_found(maps: &[Mapping]) -> Rule {
    let guessed = |mapping: &Mapping| -> Vec<(String, &'static str)> {
        // What somebody has said of it already is no offer.
        let unread =
            |at: &usize| !Mapping::means_something(&mapping.targets[*at]) && !mapping.readings[*at].said;
        let guess = |at: usize| {
            let header = mapping.headers.get(at)?;
            Some((header.to_string(), guess(header, &mapping.readings[at])?))
        };
        (0..mapping.targets.len()).filter(unread).filter_map(guess).collect()
    };
    let spoken_to = |mapping: &Mapping| {
        mapping.headers.iter().filter(|header| begins_with_contact(&plain_header(header))).count()
    };
    let worth = |mapping: &Mapping| mapping.known() * 2 + guessed(mapping).len() + spoken_to(mapping);
    let mut best: Option<&Mapping> = None;
    for mapping in maps.iter().filter(|mapping| worth(mapping) > 0) {
        if best.is_none_or(|best| worth(mapping) > worth(best)) {
            best = Some(mapping);
        }
    }
    let Some(best) = best else {
        return Rule::HeaderNotFound {
            row: None,
            recognised: Vec::new(),
            missing: Vec::new(),
            map: Vec::new(),
        };
    };
    let name = |target: &Target| match target {
        Target::Field { field, .. } => Some(field.name.to_owned()),
        Target::FormField(name) => Some(format!("field:{name}")),
        _ => None,
    };
    let pairs = best.headers.iter().zip(&best.targets);
    let recognised: Vec<(String, String)> =
        pairs.filter_map(|(header, target)| Some((header.to_string(), name(target)?))).collect();
    let mut map: Vec<(String, String)> = Vec::new();
    for (header, field) in guessed(best) {
        let is_there = recognised.iter().chain(&map).any(|(_, own)| own == field);
        if !is_there {
            map.push((header, field.to_owned()));
        }
    }
    // A name of one and the mobile of another are nobody's.
    let owner = |header: &str| {
        let plain = plain_header(header);
        let ends = ENDS_OF_MOBILES.iter().chain(ENDS_OF_NAMES);
        let bare = ends.filter_map(|end| plain.strip_suffix(end)).min_by_key(|rest| rest.len());
        bare.map_or_else(|| plain.clone(), str::to_owned)
    };
    let of = |wanted: &str| map.iter().find(|(_, field)| field == wanted).map(|(header, _)| owner(header));
    let people = best.headers.iter().zip(&best.readings).filter(|(header, reading)| {
        let plain = plain_header(header);
        reading.whose == Whose::Stranger && STRANGER_PEOPLE.iter().any(|end| plain.ends_with(end))
    });
    let several = people.count() > 0 || guessed(best).len() > map.len();
    let names_its_owner =
        map.iter().any(|(header, field)| field == "approver.mobile" && owner(header) != plain_header(header));
    let is_mixed = match (of("approver.name"), of("approver.mobile")) {
        (Some(name), Some(mobile)) if mobile.is_empty() => several && !name.is_empty(),
        // 会员名 | 电话号 names nobody by its end.
        (Some(name), Some(mobile)) => names_its_owner && !name.ends_with(&mobile) && !mobile.ends_with(&name),
        _ => false,
    };
    if is_mixed {
        map.clear();
    }
    // `法定代表人 | 联系人 | 联系人手机`: of two people the one with the mobile.
    let is_contacts_mobile =
        |plain: &str| begins_with_contact(plain) && ENDS_OF_MOBILES.iter().any(|end| plain.ends_with(end));
    let contact = best.headers.iter().find(|header| {
        let plain = plain_header(header);
        is_contact(&plain) || plain.ends_with("联系人姓名") || plain.ends_with(CONTACT)
    });
    let has_their_mobile = best.headers.iter().any(|header| is_contacts_mobile(&plain_header(header)));
    let has_mobile = recognised.iter().chain(&map).any(|(_, own)| own == "approver.mobile");
    if let Some(contact) = contact.filter(|_| has_their_mobile && !has_mobile) {
        map.retain(|(_, own)| own != "approver.name");
        map.push((contact.to_string(), "approver.name".to_owned()));
    }
    // Where nobody else could sign, the one to be spoken to may.
    for (header, reading) in best.headers.iter().zip(&best.readings) {
        let plain = plain_header(header);
        let field = match () {
            () if reading.whose != Whose::Stranger || !begins_with_contact(&plain) => continue,
            () if is_contact(&plain) || plain.ends_with("姓名") => "approver.name",
            () if ENDS_OF_MOBILES.iter().any(|end| plain.ends_with(end)) => "approver.mobile",
            () => continue,
        };
        if !recognised.iter().chain(&map).any(|(_, own)| own == field) {
            map.push((header.to_string(), field.to_owned()));
        }
    }
    // `投标单位 | 授权代表 | 联系电话`: whoever stands right before the only mobile.
    let has =
        |field: &str, map: &[(String, String)]| recognised.iter().chain(map).any(|(_, own)| own == field);
    if !has("approver.name", &map) && !is_mixed {
        let mobiles = recognised.iter().chain(&map).filter(|(_, field)| field == "approver.mobile");
        let headers: Vec<&String> = mobiles.map(|(header, _)| header).collect();
        let at = match headers.as_slice() {
            [only] => best.headers.iter().position(|header| **header == ***only),
            _ => None,
        };
        if let Some(before) = at.and_then(|at| at.checked_sub(1)).filter(|at| may_name_somebody(best, *at)) {
            map.push((best.headers[before].to_string(), "approver.name".to_owned()));
        }
    }
    let missing = ["approver.name", "approver.mobile"].into_iter();
    let missing = missing.filter(|name| !recognised.iter().chain(&map).any(|(_, own)| own == name));
    let missing = missing.map(str::to_owned).collect();
    Rule::HeaderNotFound { row: Some(best.header_row), recognised, missing, map }
}

/// 联系人电话, Contact Phone.
fn begins_with_contact(plain: &str) -> bool {
    CONTACTS.iter().any(|word| plain.starts_with(word))
}

/// 联系人, Contact, Contact Name.
fn is_contact(plain: &str) -> bool {
    CONTACTS.contains(&plain) || matches!(plain, "contactname" | "contactperson")
}

/// 授权代表, 客户名称, 收款人: a column that nothing is read of and that may hold names.
fn may_name_somebody(mapping: &Mapping, at: usize) -> bool {
    let plain = plain_header(&mapping.headers[at]);
    let is_free = !Mapping::means_something(&mapping.targets[at]) && !mapping.readings[at].said;
    let bare = plain.strip_suffix("名称").unwrap_or(&plain);
    is_free
        && (is_somebody(&plain)
            || names_a_counterparty(bare)
            || SIGNER_WORDS.contains(&bare)
            || PARTY_SIGNER.iter().chain(PARTY_CONTACTS).any(|word| plain.ends_with(word)))
}

/// What a column may well give, where no header was found.
fn guess(header: &str, reading: &Reading) -> Option<&'static str> {
    if reading.whose == Whose::Stranger {
        return None;
    }
    if let Some(field) = reading.could_be {
        return Some(field.name);
    }
    let plain = plain_header(header);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    if has(ENDS_OF_MOBILES) || has(&["tel", "联系"]) {
        return Some("approver.mobile");
    }
    if has(ENDS_OF_ID_NUMBERS) {
        return Some("approver.id_card_number");
    }
    let is_name = plain.chars().count() <= 5 && (plain.ends_with('名') || plain.ends_with('人'));
    (is_name && !NAMES_OF_THINGS.iter().any(|thing| plain.ends_with(thing))).then_some("approver.name")
}

/// A title or a row of data may hit one alias by chance; a header has a column
/// that carries a contract and at least one other.
fn fits(mapping: &Mapping) -> bool {
    let carries = mapping.targets.iter().any(|target| match target {
        Target::Field { field, .. } => {
            field.level == Level::Approver
                || matches!(field.name, "contract_id" | "flow_name" | "template_id")
        }
        _ => false,
    });
    let could = mapping.readings.iter().any(|reading| reading.could_be.or(reading.plain_signer()).is_some())
        || offered(mapping).next().is_some();
    mapping.is_report() || ((carries || could) && mapping.known() >= 2 && gives_several(mapping))
}

/// `签署方姓名 | 签署人真实姓名，必填` explains one column and heads no table.
fn gives_several(mapping: &Mapping) -> bool {
    let given = |(target, reading): (&Target, &Reading)| match target {
        Target::FormField(name) => Some(format!("field:{name}")),
        Target::Field { field, .. } => Some(field.name.to_owned()),
        _ => Some(reading.could_be.or(reading.plain_signer())?.name.to_owned()),
    };
    // Whoever is offered as a signer counts as well.
    let offered = offered(mapping).filter(|(_, gives)| gives.starts_with("approver")).map(|(_, gives)| {
        let field = gives.split_once('.').map_or(gives.as_str(), |(_, field)| field);
        format!("approver.{field}")
    });
    let mut given = mapping.targets.iter().zip(&mapping.readings).filter_map(given).chain(offered);
    given.next().is_some_and(|first| given.any(|other| other != first))
}

/// What ready answers make of columns of people who may sign; an address book is no list of signers.
fn offered(mapping: &Mapping) -> impl Iterator<Item = &(String, String)> {
    mapping.asked.iter().flat_map(|(_, rule)| match rule {
        Rule::SignerUnclear { who, map, alone, .. } if is_offered(who, map, *alone) => map.as_slice(),
        _ => &[],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::layout::Layout;
    use crate::domain::cell::Cell;

    fn row(number: u32, texts: &[&str]) -> Row {
        Row { number, cells: texts.iter().map(|t| Cell::text_of(*t)).collect(), ..Row::default() }
    }

    fn found(rows: &[Row], merged: &[MergedHeader]) -> Option<Mapping> {
        match find_header(rows, merged, &Aliases::default(), None) {
            Search::Found(mapping) => Some(*mapping),
            Search::Failed(_) | Search::Nothing => None,
        }
    }

    fn layout(rows: &[Row], merged: &[MergedHeader]) -> Option<(Layout, u32)> {
        found(rows, merged).map(|m| (m.layout, m.header_row))
    }

    #[test]
    fn layouts_are_told_by_their_headers() {
        for (headers, expected) in [
            (&["合同编号", "合同名称", "签署方姓名", "签署方手机号"][..], Layout::Long),
            (&["合同名称", "签署方1姓名", "签署方1手机号"], Layout::Wide),
            (&["合同编号", "合同名称", "截止日期"], Layout::Contracts),
            (&["合同编号", "签署方姓名", "签署方手机号"], Layout::Approvers),
            (&["合同名称", "甲方姓名", "乙方姓名"], Layout::Wide),
        ] {
            assert_eq!(layout(&[row(1, headers)], &[]), Some((expected, 1)), "{headers:?}");
        }
    }

    #[test]
    fn a_header_may_stand_below_a_title_and_have_two_rows() {
        let rows = [
            row(1, &["2026年春季劳动合同"]),
            row(3, &["合同编号", "甲方", "", "备注"]),
            row(4, &["", "姓名", "手机号", ""]),
            row(5, &["HT-1", "张三", "13800138000", ""]),
        ];
        let merged = [MergedHeader { first_row: 3, last_row: 3, first_column: 1, last_column: 2 }];
        assert_eq!(layout(&rows, &merged), Some((Layout::Wide, 4)));
        assert_eq!(layout(&[row(1, &["部门", "预算"]), row(2, &["研发", "3"])], &[]), None);
    }

    #[test]
    fn a_header_said_twice_is_no_contract() {
        let rows = [
            row(1, &["contract_id", "flow_name", "approver.name", "approver.mobile"]),
            row(2, &["合同编号", "合同名称", "签署方姓名", "签署方手机号"]),
            row(3, &["HT-1", "合同", "张三", "13800138000"]),
        ];
        assert_eq!(layout(&rows, &[]), Some((Layout::Long, 2)));
    }
}
