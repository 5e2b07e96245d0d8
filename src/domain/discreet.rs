//! Problems as a log, or a mail of cron, may show them: without what stands in cells.

use super::problem::{Problem, Rule};

/// Stands for what is not shown.
const HIDDEN: &str = "…";

/// The problem without texts of cells that may be somebody's.
pub fn discreet(problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    match &mut problem.rule {
        Rule::NothingMeant { values, .. } => values.clear(),
        Rule::PartyAbove { companies: Some((company, own)), .. } => {
            [company, own].into_iter().for_each(|name| HIDDEN.clone_into(name));
        }
        Rule::PartiesDiffer { parties: texts, .. }
        | Rule::HeadingsDiffer { parties: texts, .. }
        | Rule::HeldByHeadings { titles: texts, .. }
        | Rule::RowsDoubtful { words: texts, .. }
        | Rule::CommentsSay { words: texts, .. }
        | Rule::SheetLeavesOut { values: texts, .. }
        | Rule::RowsLeftOut { words: texts, .. } => hide_all(texts),
        Rule::RowsBelow { title: value, .. } => HIDDEN.clone_into(value),
        Rule::ColumnNearlySend { value, .. }
        | Rule::ColumnNoOpenId { value, .. }
        | Rule::FormFieldSaysNo { value, .. }
        | Rule::ColumnOfSigners { value, .. }
        | Rule::RowsApart { value, .. }
        | Rule::NumberApart { value, .. }
        | Rule::NumbersAlike { value, .. }
        | Rule::NumberOfZeros { value, .. }
        | Rule::NumberIsWord { value, .. }
        | Rule::NumbersOfParties { value, .. }
        | Rule::RowsOutOfOrder { value, .. }
        | Rule::ColumnNearlyKey { value, .. }
        | Rule::DeadlineAbove { text: value, .. }
        | Rule::SaidAbove { text: value, .. }
        | Rule::NotToSend { text: value, .. }
        | Rule::SheetSaysMore { text: value, .. }
        | Rule::RowLikeTitle { word: value }
        | Rule::RowNotAContract { word: value }
        | Rule::RowContinues { word: value }
        | Rule::RowAlmostEmpty { word: value, .. } => HIDDEN.clone_into(value),
        _ => {}
    }
    problem
}

fn hide_all(texts: &mut [String]) {
    texts.iter_mut().for_each(|text| HIDDEN.clone_into(text));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::problem::Place;

    #[test]
    fn what_stands_in_cells_is_in_no_log() {
        let of = |rule: Rule| Problem { place: Place::default(), value: None, rule };
        let name = || "王大锤".to_owned();
        for rule in [
            Rule::NothingMeant { header: "介绍人".into(), wanted: Vec::new(), values: vec![name()] },
            Rule::PartiesDiffer { parties: vec![name(), name()], own: None },
            Rule::RowLikeTitle { word: name() },
            Rule::HeldByHeadings { titles: vec![name()], rows: vec![2] },
            Rule::HeadingsDiffer { parties: vec![name()], rows: vec![2] },
            Rule::RowsDoubtful { rows: vec![2], count: 1, words: vec![name()] },
            Rule::CommentsSay { rows: vec![2], count: 1, words: vec![name()] },
            Rule::SheetLeavesOut {
                sheet: "作废名单".into(),
                rows: vec![2],
                values: vec![name()],
                count: 1,
                used: Vec::new(),
            },
            Rule::RowsLeftOut { rows: vec![2], count: 1, words: vec![name()] },
            Rule::RowsBelow { title: name(), title_row: 2, rows: vec![3], count: 1 },
            Rule::NumberIsWord { value: name(), header: "合同编号".into(), for_all: false },
            Rule::RowNotAContract { word: name() },
            Rule::ColumnNearlySend { value: name(), maps: false, meant: None, other_number: false },
            Rule::ColumnNoOpenId { field: "operator_open_id".into(), value: name() },
        ] {
            let seen = discreet(&of(rule.clone()));
            assert_eq!(seen.rule.code(), rule.code());
            assert!(!format!("{:?}", seen.rule).contains(&name()), "{}", rule.code());
        }
    }
}
