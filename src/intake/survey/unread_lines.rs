//! Sentences of sheets that are not read: 说明 with 李四本次不签, 只发标黄的, 共5份合同.

use crate::contract::above::says_something;
use crate::domain::field::FieldId;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::understood::UnusedSheet;
use crate::intake::chosen::is_called;
use crate::intake::named_lines::NamedLines;
use crate::intake::plan::Plan;
use crate::intake::remarks::shortened;
use crate::intake::stated_counts::StatedCounts;
use crate::intake::unread_sheets::{names_of, sentences_of};

/// Sheets that tell everybody how such a list is filled in: 填写说明, 模板.
const INSTRUCTIONS: &[&str] =
    &["填写", "模板", "模版", "示例", "样例", "帮助", "指南", "指引", "使用", "字典", "help", "readme"];

/// Hands the sentences to those who know names and counts. Returns the first one that says something of all contracts.
pub fn look(plan: &Plan, lines: &mut NamedLines, counts: &mut StatedCounts) -> Option<Problem> {
    let first = plan.sources.first()?;
    let mut found = None;
    for sheet in open_sheets(plan) {
        let is_about_lists = is_called(&sheet.sheet, &[INSTRUCTIONS]);
        for (row, text) in sentences_of(&plan.sources, &sheet.sheet) {
            let rule = Rule::SheetSaysMore {
                sheet: sheet.sheet.clone(),
                row,
                text: shortened(&text),
                field: FieldId::Send.name().to_owned(),
                used: names_of(&plan.sources),
                joined: None,
            };
            let place = Place { file: first.file.clone(), ..Place::default() };
            if !is_about_lists && found.is_none() && says_something(&text, &first.mapping) {
                found = Some(Problem { place, value: None, rule });
                continue;
            }
            lines.look_beside(place, &text, rule);
            let of_sheet = Place {
                file: first.file.clone(),
                sheet: Some(sheet.sheet.as_str().into()),
                ..Place::default()
            };
            counts.look(&of_sheet, row, &[text], false);
        }
    }
    found
}

/// Those that somebody sees, where nobody has said which sheets are meant, and of which nothing is asked yet.
fn open_sheets(plan: &Plan) -> impl Iterator<Item = &UnusedSheet> {
    let is_open = plan.fixes.is_none() && plan.sources.iter().all(|source| source.said.sheets.is_empty());
    let is_told = |sheet: &str| {
        plan.told.iter().any(|own| match &own.rule {
            Rule::SheetLeavesOut { sheet: told, .. } | Rule::SheetSaysMore { sheet: told, .. } => {
                told == sheet
            }
            _ => false,
        })
    };
    plan.unused.iter().filter(move |own| is_open && !own.hidden && !is_told(&own.sheet))
}
