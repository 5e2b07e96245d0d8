//! Sheets that are sent together and say of themselves that their contracts are others: the two sides of one, another
//! paper, another company, another day, where no column says it.

use crate::contract::above::names_a_deadline;
use crate::contract::columns::Target;
use crate::contract::layout::Layout;
use crate::contract::vocabulary::{
    BRANCH_COMPANIES, EMPLOYERS_ABOVE, KINDS_OF_PAPERS, SIDES_OF_CONTRACTS, UNNAMED_COMPANIES,
};
use crate::domain::field::FieldId;
use crate::domain::problem::{ApartBy, Place, Problem, Rule};

use super::plan::{PlanOptions, SheetChoice, Source};

/// Of sheets with rows that are all sent.
pub fn apart(sources: &[&Source], options: &PlanOptions) -> Vec<Problem> {
    let differ = [ApartBy::Paper, ApartBy::Company, ApartBy::Deadline].into_iter();
    let differ = differ.filter_map(|by| differ_in(sources, by, options));
    parties_apart(sources).into_iter().chain(differ).collect()
}

/// `房东 | 租客`: sheets of the two sides of one contract, with a signer in each row.
fn parties_apart(sources: &[&Source]) -> Option<Problem> {
    const AROUND: [&str; 8] = ["信息表", "信息", "名单", "资料", "人员", "明细", "列表", "表"];
    let party = |source: &Source| {
        let name = source.name.as_deref()?.trim().to_owned();
        Some(AROUND.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name).to_owned())
    };
    let is_open = |source: &&&Source| {
        let further = |target: &Target| matches!(target, Target::Field { field, index: Some(own) } if field.id == FieldId::ApproverName && *own > 0);
        // 合同编号 says which rows are one contract.
        let mapping = &source.mapping;
        !mapping.each_row && !has_column(source, FieldId::ContractId) && !mapping.targets.iter().any(further)
    };
    let named: Vec<(&Source, String)> =
        sources.iter().filter(is_open).filter_map(|source| Some((*source, party(source)?))).collect();
    let of = |party: &str| named.iter().find(|(_, own)| own == party).map(|(source, _)| *source);
    let (one, other) = SIDES_OF_CONTRACTS.iter().find_map(|(one, other)| of(one).zip(of(other)))?;
    let sheets = [one, other].iter().filter_map(|own| own.name.as_deref().map(str::to_owned)).collect();
    let place = Place { file: one.file.clone(), ..Place::default() };
    Some(Problem { place, value: None, rule: Rule::SheetsOfParties { sheets } })
}

/// `劳动合同 | 劳务协议` on one template, 用人单位：甲公司 above one list and 乙公司 above the other, `12月5日前签 | 12月20日前签`.
fn differ_in(sources: &[&Source], by: ApartBy, options: &PlanOptions) -> Option<Problem> {
    // Whoever names them one by one has seen what they are called.
    let are_named = matches!(&options.sheets, SheetChoice::Named(names) if names.len() > 1)
        || sources.iter().all(|source| !source.said.sheets.is_empty());
    let says_it = |source: &&&Source| {
        let columns: &[FieldId] = match by {
            ApartBy::Paper => &[FieldId::TemplateId],
            ApartBy::Company => &[FieldId::ApproverOrganizationName, FieldId::TemplateId],
            ApartBy::Deadline => &[FieldId::Deadline],
        };
        let is_given = |id: &FieldId| {
            has_column(source, *id) || source.said.defaults.iter().any(|(field, _)| field == id.name())
        };
        columns.iter().any(is_given)
    };
    let joined = |source: &&&Source| source.mapping.layout == Layout::Approvers;
    if are_named || sources.iter().any(|source| says_it(&source) || joined(&source)) {
        return None;
    }
    let said: Vec<(String, String)> = sources
        .iter()
        .filter_map(|source| Some((source.name.as_deref()?.to_owned(), said_by(source, by)?)))
        .collect();
    let (_, first) = said.first()?;
    // 劳动合同 and 固定期限劳动合同 are one paper.
    let is_same = |(_, own): &(String, String)| own.contains(first.as_str()) || first.contains(own.as_str());
    if said.iter().all(is_same) {
        return None;
    }
    let used = sources.iter().filter_map(|source| source.name.as_deref().map(str::to_owned)).collect();
    let place = Place { file: sources.first()?.file.clone(), ..Place::default() };
    Some(Problem { place, value: None, rule: Rule::SheetsDiffer { by, sheets: said, used } })
}

/// What a sheet says of itself, in its name or above its header.
fn said_by(source: &Source, by: ApartBy) -> Option<String> {
    let name = source.name.as_deref().unwrap_or_default();
    let above = source.above.iter().filter(|(_, texts)| !source.has_settled(texts));
    let mut above = above.map(|(_, texts)| texts.concat());
    match by {
        ApartBy::Paper => paper_of(name).or_else(|| above.find_map(|line| paper_of(&line))),
        ApartBy::Company => company_of(name).or_else(|| above.find_map(|line| employer_of(&line))),
        ApartBy::Deadline => names_a_deadline(name).then(|| name.to_owned()),
    }
}

fn has_column(source: &Source, id: FieldId) -> bool {
    source
        .mapping
        .targets
        .iter()
        .any(|target| matches!(target, Target::Field { field, .. } if field.id == id))
}

/// 劳务协议 of 劳务协议签署名单, 模板A of 模板A（一部）.
fn paper_of(text: &str) -> Option<String> {
    let template = || {
        let (_, rest) = text.split_once("模板")?;
        let which: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
        (!which.is_empty()).then(|| format!("模板{which}"))
    };
    let kinds = KINDS_OF_PAPERS.iter().filter(|kind| text.contains(**kind));
    kinds.max_by_key(|kind| kind.len()).map(|kind| (*kind).to_owned()).or_else(template)
}

/// 甲科技有限公司 of 甲科技有限公司（上海）名单; 上海分公司 is a part of one.
fn company_of(text: &str) -> Option<String> {
    const COMPANY: &str = "公司";
    let at = text.find(COMPANY)?;
    let name = text.get(..at + COMPANY.len())?.trim_start_matches(|c: char| !c.is_alphabetic());
    let is_one =
        !UNNAMED_COMPANIES.contains(&name) && !BRANCH_COMPANIES.iter().any(|end| name.ends_with(end));
    is_one.then(|| name.to_owned())
}

/// The same in a line above the header: 用人单位：甲公司, 甲公司劳动合同签署名单. 派遣单位：乙公司 is somebody else.
fn employer_of(line: &str) -> Option<String> {
    match line.split_once([':', '：']) {
        Some((label, rest)) => EMPLOYERS_ABOVE.contains(&label.trim()).then(|| company_of(rest))?,
        None => company_of(line),
    }
}
