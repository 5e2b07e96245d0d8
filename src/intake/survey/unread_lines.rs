//! Sentences of sheets that are not read, about one of the people who are: 说明 with 李四本次不签; and what they count.

use crate::contract::instructions::changes_the_signing;
use crate::domain::problem::{Place, Rule};
use crate::domain::understood::UnusedSheet;
use crate::intake::named_lines::NamedLines;
use crate::intake::plan::Plan;
use crate::intake::remarks::{leaves_out, says_no, says_otherwise};
use crate::intake::stated_counts::StatedCounts;
use crate::intake::unread_sheets::{said_in, sentences_of};

/// Hands the sentences to those who know names and counts.
pub fn look(plan: &Plan, lines: &mut NamedLines, counts: &mut StatedCounts) {
    let Some(first) = plan.sources.first() else { return };
    for sheet in open_sheets(plan) {
        let is_told = |row: u32| {
            plan.told.iter().any(|own| {
                matches!(&own.rule, Rule::SheetSaysMore { sheet: told, row: own, .. } if *told == sheet.sheet && *own == row)
            })
        };
        for (row, text) in
            sentences_of(&plan.sources, &sheet.sheet).into_iter().filter(|(row, _)| !is_told(*row))
        {
            let place = Place { file: first.file.clone(), ..Place::default() };
            if changes_something(&text) {
                lines.look_beside(place.clone(), &text, said_in(&plan.sources, &sheet.sheet, row, &text));
            }
            let of_sheet = Place { sheet: Some(sheet.sheet.as_str().into()), ..place };
            counts.look(&of_sheet, row, &[text], false);
        }
    }
}

/// 李四本次不签, 王五月薪改为9500; an example says nothing of him, and that he is a group's head changes nothing.
fn changes_something(text: &str) -> bool {
    const CHANGES: [&str; 12] =
        ["不签", "不发", "勿发", "先不", "暂不", "作废", "离职", "改为", "改成", "换成", "换为", "更正为"];
    const EXAMPLES: [&str; 5] = ["例：", "例:", "例如", "如：", "如:"];
    let is_example = EXAMPLES.iter().any(|word| text.starts_with(word));
    let says = CHANGES.iter().any(|word| text.contains(word));
    !is_example
        && (says
            || says_no(text, true)
            || leaves_out(text)
            || changes_the_signing(text)
            || says_otherwise(text))
}

/// Those that somebody sees, where nobody has said which sheets are meant, and of whose rows nothing is asked yet.
fn open_sheets(plan: &Plan) -> impl Iterator<Item = &UnusedSheet> {
    let is_open = plan.fixes.is_none() && plan.sources.iter().all(|source| source.said.sheets.is_empty());
    let is_told = |sheet: &str| {
        plan.told
            .iter()
            .any(|own| matches!(&own.rule, Rule::SheetLeavesOut { sheet: told, .. } if told == sheet))
    };
    plan.unused.iter().filter(move |own| is_open && !own.hidden && !is_told(&own.sheet))
}
