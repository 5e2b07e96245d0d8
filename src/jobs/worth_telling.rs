//! What of a file is told while its questions are open.

use crate::domain::problem::{Problem, Rule};

/// What is told of a file: without what would not be there, were its questions answered, and without
/// that a column is not used where a question is about that column.
pub fn worth_telling(
    found: Vec<(Problem, Vec<String>)>,
    questions: &[Problem],
) -> Vec<(Problem, Vec<String>)> {
    let follows = |problem: &Problem| {
        (problem.place.row.is_some() || matches!(problem.rule, Rule::RowsLeftOut { .. } | Rule::NoContracts))
            && questions.iter().any(|question| follows_from(&question.rule, &problem.rule))
    };
    let is_said = |problem: &Problem| {
        // The same column of another sheet is asked about with it.
        let is_same = |question: &Problem| {
            question.place.column == problem.place.column && question.place.file == problem.place.file
        };
        matches!(problem.rule, Rule::ColumnNotUsed { .. } | Rule::ColumnUnknown { .. })
            && problem.place.column.as_ref().is_some_and(|column| {
                questions.iter().any(|question| is_same(question) || offers(&question.rule, &column.header))
            })
    };
    let is_kept = |problem: &Problem| questions.contains(problem) || !(follows(problem) || is_said(problem));
    found.into_iter().filter(|(problem, _)| is_kept(problem)).collect()
}

/// `姓名` asks whether `商户名称` beside it signs.
fn offers(question: &Rule, header: &str) -> bool {
    match question {
        Rule::SignerMayBeCompany { company: Some((company, _)), .. } => company == header,
        Rule::SignerUnclear { map, .. } => map.iter().any(|(own, _)| own == header),
        _ => false,
    }
}

fn follows_from(question: &Rule, rule: &Rule) -> bool {
    match question {
        Rule::SignerUnclear { alone: true, .. }
            if matches!(rule, Rule::RowsLeftOut { .. } | Rule::NoContracts) =>
        {
            true
        }
        Rule::SignerUnclear { .. }
        | Rule::ColumnNearlySigner { .. }
        | Rule::ColumnBeside { .. }
        | Rule::MobileBehind { .. }
        | Rule::IdNumberBehind { .. }
        | Rule::NameInTwo { .. } => {
            matches!(rule, Rule::Required { field } | Rule::ApproverNeeds { field, .. } if field.starts_with("approver."))
                || matches!(
                    rule,
                    Rule::ApproverTwice { .. }
                        | Rule::RowTwice { .. }
                        | Rule::RowsDiffer { .. }
                        | Rule::RowAlmostEmpty { .. }
                )
                || matches!(rule, Rule::ApproversMissing)
        }
        Rule::TermOrDeadline { .. } => matches!(rule, Rule::Required { field } if field == "deadline"),
        Rule::RowsHeldTogether { .. }
        | Rule::ColumnNearlyKey { .. }
        | Rule::RowsApart { .. }
        | Rule::NumberApart { .. } => matches!(
            rule,
            Rule::RowTwice { .. }
                | Rule::RowsDiffer { .. }
                | Rule::KeyMissing
                | Rule::Required { .. }
                | Rule::SentAlike { .. }
                | Rule::SentResembling { .. }
                | Rule::NumberSentAlike { .. }
                | Rule::Contradiction { .. }
                | Rule::ApproverTwice { .. }
        ),
        Rule::ColumnNearlyType { .. } => {
            matches!(rule, Rule::ColumnNotUsed { field } if field == "approver.type")
        }
        Rule::RowsDoubtful { .. } => matches!(rule, Rule::RowNotAContract { .. }),
        _ => false,
    }
}
