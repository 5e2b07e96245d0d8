//! Problems as a log, or a mail of cron, may show them: without what stands in cells.

use super::problem::{Problem, Rule};

/// Stands for what is not shown.
const HIDDEN: &str = "…";

/// The problem without texts of cells that may be somebody's.
pub fn discreet(problem: &Problem) -> Problem {
    let mut problem = problem.clone();
    for text in texts_of_cells(&mut problem.rule) {
        HIDDEN.clone_into(text);
    }
    problem
}

/// What stands in cells, of all that a rule holds. Every rule is named, so that a new one cannot be forgotten.
fn texts_of_cells(rule: &mut Rule) -> Vec<&mut String> {
    match rule {
        // Wanted is what somebody has typed, and no values are kept that may be somebody's.
        Rule::NothingMeant { values: texts, .. }
        | Rule::CommentsSay { words: texts, .. }
        | Rule::ContractsLackParty { words: texts, .. }
        | Rule::HeadingsDiffer { parties: texts, .. }
        | Rule::HeldByHeadings { titles: texts, .. }
        | Rule::RolesWithoutKey { values: texts, .. }
        | Rule::RowsDoubtful { words: texts, .. }
        | Rule::RowsLackParty { words: texts, .. }
        | Rule::RowsLeftOut { words: texts, .. }
        | Rule::SheetLeavesOut { values: texts, .. }
        | Rule::TemplatesDiffer { templates: texts, .. } => texts.iter_mut().collect(),
        Rule::AnsweredBefore { options, differs } => options.iter_mut().chain(differs).collect(),
        Rule::AnsweredNearly { only, .. } => only.iter_mut().flat_map(|(_, values)| values).collect(),
        Rule::PartiesDiffer { parties, own } => parties.iter_mut().chain(own).collect(),
        Rule::PapersBeside { tick, .. } => tick.iter_mut().collect(),
        Rule::PartyAbove { companies, .. } => {
            companies.iter_mut().flat_map(|(company, own)| [company, own]).collect()
        }
        Rule::TableBelow { columns } => columns.iter_mut().map(|(_, found)| found).collect(),
        Rule::NumberShown { held, shown } => vec![held, shown],
        Rule::ColumnNearlySend { value, .. }
        | Rule::ColumnNoOpenId { value, .. }
        | Rule::FormFieldSaysNo { value, .. }
        | Rule::FormFieldUndecided { value, .. }
        | Rule::ColumnOfSigners { value, .. }
        | Rule::RowsApart { value, .. }
        | Rule::NumberApart { value, .. }
        | Rule::NumbersAlike { value, .. }
        | Rule::NumberOfZeros { value, .. }
        | Rule::NumberIsWord { value, .. }
        | Rule::NumbersOfParties { value, .. }
        | Rule::RowsOutOfOrder { value, .. }
        | Rule::ColumnNearlyKey { value, .. }
        | Rule::ColumnNearlyType { value, .. }
        | Rule::CopiesSign { value, .. }
        | Rule::DeadlineAbove { text: value, .. }
        | Rule::SaidAbove { text: value, .. }
        | Rule::NotToSend { text: value, .. }
        | Rule::SaidBeside { text: value, .. }
        | Rule::CountStated { text: value, .. }
        | Rule::SheetSaysMore { text: value, .. }
        | Rule::RowLikeTitle { word: value, .. }
        | Rule::RowNotAContract { word: value, .. }
        | Rule::RowContinues { word: value, .. }
        | Rule::RowAlmostEmpty { word: value, .. }
        | Rule::RowsBelow { title: value, .. }
        | Rule::NameTitled { title: value }
        | Rule::Corrected { to: value, .. } => vec![value],
        Rule::HeaderNotFound { .. }
        | Rule::PaperDiffers { .. }
        | Rule::FormValueNewer { .. }
        | Rule::HeaderRowEmpty { .. }
        | Rule::TableAbove { .. }
        | Rule::SheetTransposed
        | Rule::SheetIsForm
        | Rule::ColumnUnknown { .. }
        | Rule::ColumnNearlyDefaulted { .. }
        | Rule::ColumnsUnknown { .. }
        | Rule::ColumnUnnamed
        | Rule::ColumnNearlyFormField { .. }
        | Rule::ColumnNearlySigner { .. }
        | Rule::DeadlineTimeBeside { .. }
        | Rule::ColumnNearlyCopies { .. }
        | Rule::SignerUnclear { .. }
        | Rule::SignerMayBeCompany { .. }
        | Rule::ColumnBeside { .. }
        | Rule::MobileBehind { .. }
        | Rule::IdNumberBehind { .. }
        | Rule::NameInTwo { .. }
        | Rule::CompanyAsPerson { .. }
        | Rule::TermNotDeadline
        | Rule::TermOrDeadline { .. }
        | Rule::ColumnNotUsed { .. }
        | Rule::ColumnsHidden { .. }
        | Rule::ColumnsHiddenListed { .. }
        | Rule::RowsHeldTogether { .. }
        | Rule::KeyAcross { .. }
        | Rule::CellsDefaulted { .. }
        | Rule::SendBlank { .. }
        | Rule::MobilesCountUp { .. }
        | Rule::ConditionalFormats { .. }
        | Rule::CommentsListed { .. }
        | Rule::DeadlineFarAhead { .. }
        | Rule::FormEpoch { .. }
        | Rule::DefaultOfJob { .. }
        | Rule::SignersOutOfOrder { .. }
        | Rule::SignersChangePlaces { .. }
        | Rule::SubmittedTwice(_)
        | Rule::ComponentOfAnother { .. }
        | Rule::ComponentsDisagree { .. }
        | Rule::PersonMerged { .. }
        | Rule::SecondNumber { .. }
        | Rule::NumberTwice { .. }
        | Rule::CompanyBlank { .. }
        | Rule::RowsDiffer { .. }
        | Rule::ColumnStruck { .. }
        | Rule::RowsGrouped { .. }
        | Rule::FormFieldEmpty { .. }
        | Rule::ZerosAmongTexts { .. }
        | Rule::SerialsAmongDates { .. }
        | Rule::DatesAmongCodes { .. }
        | Rule::MobilesRounded { .. }
        | Rule::MobileShared(_)
        | Rule::IdNumberShared(_)
        | Rule::TwoMobiles(_)
        | Rule::PersonTwice(_)
        | Rule::ColumnTwice { .. }
        | Rule::TablesBeside { .. }
        | Rule::ColumnNotThere { .. }
        | Rule::LayoutsMixed
        | Rule::ApproversMissing
        | Rule::SheetsToChoose { .. }
        | Rule::SheetsWithPeople { .. }
        | Rule::SheetListsSome { .. }
        | Rule::FieldsLacking { .. }
        | Rule::SheetsOfParties { .. }
        | Rule::SheetsDiffer { .. }
        | Rule::ReportGiven
        | Rule::NoContracts
        | Rule::RowUneven { .. }
        | Rule::RowHidden
        | Rule::RowStruck
        | Rule::RowTwice { .. }
        | Rule::KeyMissing
        | Rule::KeysBlank
        | Rule::KeyInSheets { .. }
        | Rule::KeyTwice { .. }
        | Rule::KeyUnknown { .. }
        | Rule::Contradiction { .. }
        | Rule::SendDiffers { .. }
        | Rule::HiddenDiffers { .. }
        | Rule::LeftOutDiffers { .. }
        | Rule::Required { .. }
        | Rule::TooLong { .. }
        | Rule::TooManyBytes { .. }
        | Rule::TooMany { .. }
        | Rule::TooLarge { .. }
        | Rule::MobileForm
        | Rule::MobileForeign
        | Rule::Masked
        | Rule::Placeholder
        | Rule::SaysState { .. }
        | Rule::SeveralValues
        | Rule::IdNumber { .. }
        | Rule::IdNumberRounded
        | Rule::NumberRounded
        | Rule::Scientific
        | Rule::CharactersLost
        | Rule::CharactersPrivate
        | Rule::CharactersNotAllowed { .. }
        | Rule::Emoji
        | Rule::LeftOver
        | Rule::Ditto
        | Rule::CellStruck
        | Rule::ZeroUnseen
        | Rule::CellCovered
        | Rule::CellWhite
        | Rule::NumberForm
        | Rule::CardType
        | Rule::DateForm
        | Rule::DatePast
        | Rule::DateForKey
        | Rule::BoolForm
        | Rule::Choice { .. }
        | Rule::Integer { .. }
        | Rule::Url
        | Rule::Email
        | Rule::Json
        | Rule::JsonContradicts { .. }
        | Rule::JsonForbids { .. }
        | Rule::ActionForbids { .. }
        | Rule::FormulaError
        | Rule::FormulaUncached
        | Rule::Picture
        | Rule::FormatHides { .. }
        | Rule::ApproverNeeds { .. }
        | Rule::ApproverForbids { .. }
        | Rule::ApproverTwice { .. }
        | Rule::CcIsApprover { .. }
        | Rule::ShowMapUnknown { .. }
        | Rule::SignTypesOnly
        | Rule::AutoSignUnclear
        | Rule::Remarked { .. }
        | Rule::VeryLong { .. }
        | Rule::FormDates
        | Rule::FormNumbers
        | Rule::FlowNameUnusual { .. }
        | Rule::NameLikeTwo
        | Rule::NotATemplateId
        | Rule::TemplateIdLength { .. }
        | Rule::ApproverGap { .. }
        | Rule::Template { .. }
        | Rule::KeyReused { .. }
        | Rule::TemplateChanged { .. }
        | Rule::SentAlike { .. }
        | Rule::SentResembling { .. }
        | Rule::NumberSentAlike { .. }
        | Rule::SentMeanwhile { .. }
        | Rule::WaitsThere { .. }
        | Rule::NotCorrected
        | Rule::OriginChanged
        | Rule::OriginsGone { .. }
        | Rule::SenderChanged { .. }
        | Rule::SentElsewhere { .. }
        | Rule::RestLeftOut { .. } => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::problem::{Correction, Place};

    #[test]
    fn what_stands_in_cells_is_in_no_log() {
        let of = |rule: Rule| Problem { place: Place::default(), value: None, rule };
        let name = || "王大锤".to_owned();
        for rule in [
            Rule::NothingMeant {
                header: "介绍人".into(),
                wanted: Vec::new(),
                values: vec![name()],
                met: false,
            },
            Rule::PartiesDiffer { parties: vec![name(), name()], own: None },
            Rule::RowLikeTitle { word: name() },
            Rule::TemplatesDiffer { is_sent: false, templates: vec![name()] },
            Rule::RolesWithoutKey { values: vec![name()] },
            Rule::NumberShown { held: name(), shown: name() },
            Rule::Corrected { what: Correction::Spaces, to: name() },
            Rule::HeldByHeadings { titles: vec![name()], rows: vec![2] },
            Rule::HeadingsDiffer { parties: vec![name()], rows: vec![2] },
            Rule::RowsDoubtful { rows: vec![2], count: 1, words: vec![name()] },
            Rule::CommentsSay { leaves_out: false, rows: vec![2], count: 1, words: vec![name()] },
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
            Rule::ColumnNearlySend {
                value: name(),
                maps: false,
                meant: None,
                other_number: false,
                in_all: false,
                rows: vec![2],
                count: 1,
            },
            Rule::ColumnNoOpenId { field: "operator_open_id".into(), value: name() },
        ] {
            let seen = discreet(&of(rule.clone()));
            assert_eq!(seen.rule.code(), rule.code());
            let held = serde_json::to_string(&seen.rule).unwrap();
            assert!(!held.contains(&name()), "{}", rule.code());
        }
    }
}
