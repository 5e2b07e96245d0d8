//! What machines and the run need to know of a rule: its code, how severe it is.

use std::fmt;

use super::{IdFault, Rule, Severity};

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Rule {
    /// The row of the line that it is about.
    pub fn line(&self) -> Option<u32> {
        match self {
            Self::DeadlineAbove { row, .. }
            | Self::SaidAbove { row, .. }
            | Self::NotToSend { row, .. }
            | Self::PartyAbove { row, .. } => Some(*row),
            _ => None,
        }
    }

    /// Whether a copy of the cell as a text would not show what was wrong with it: how it looks, or a number under a
    /// format, is not copied, and a formula without a result is nothing.
    pub fn is_lost_in_a_copy(&self) -> bool {
        matches!(
            self,
            Self::CellStruck
                | Self::CellWhite
                | Self::CellCovered
                | Self::ZeroUnseen
                | Self::FormulaError
                | Self::FormulaUncached
                | Self::Picture
                | Self::FormatHides { .. }
                | Self::NumberShown { .. }
                | Self::NumberRounded
                | Self::IdNumberRounded
                | Self::DateForKey
                | Self::DateForm
                | Self::NotCorrected
        )
    }

    /// Of a line above the header that somebody has said is not meant: asks again, unless it was this
    /// one, by its row.
    pub fn ask_again_unless(&mut self, is_known: &dyn Fn(u32) -> bool) {
        match self {
            Self::DeadlineAbove { row, said, .. }
            | Self::SaidAbove { row, said, .. }
            | Self::NotToSend { row, said, .. }
            | Self::PartyAbove { row, said, .. } => *said &= is_known(*row),
            _ => {}
        }
    }

    /// What a line gives all contracts: a field, and its value.
    pub fn given_by_a_line(&self) -> Option<(String, String)> {
        match self {
            Self::DeadlineAbove { until: Some(day), .. } => Some(("deadline".to_owned(), day.clone())),
            Self::SaidAbove { field, value: Some(value), .. } => Some((field.clone(), value.clone())),
            _ => None,
        }
    }

    /// It was found in one of several sheets: what its line says is said of that one alone, and no option can say so.
    pub fn of_one_sheet(&mut self) {
        match self {
            Self::DeadlineAbove { until, .. } => *until = None,
            Self::SaidAbove { value, several, .. } => {
                *value = None;
                *several = true;
            }
            _ => {}
        }
    }

    /// A line that gives this field is told as not used.
    pub fn tells_unused(&self, field: &str, value: &str) -> bool {
        match self {
            Self::DeadlineAbove { said: true, .. } => field == "deadline",
            Self::DeadlineAbove { until: Some(day), .. } => {
                field == "deadline" && value.starts_with(day.as_str())
            }
            Self::SaidAbove { said: true, field: own, .. } => own == field,
            Self::SaidAbove { field: own, value: Some(said), .. } => own == field && said == value,
            _ => false,
        }
    }

    /// It is a question about who signs, and a column with that header is part of it.
    pub fn names(&self, header: &str) -> bool {
        let is_it = |own: &(String, String)| own.0 == header;
        match self {
            Self::SignerUnclear { map, also, .. } => map.iter().chain(also).any(is_it),
            Self::SignerMayBeCompany { map, company, .. } => map.iter().chain(company).any(is_it),
            _ => false,
        }
    }

    /// It speaks of what the documentation of PrepareFlows has.
    pub fn is_of_preparing(&self) -> bool {
        matches!(self, Self::Remarked { remark, .. } if remark.is_shape())
    }

    /// How many contracts it is about that were sent before, or left out then.
    pub fn contracts(&self) -> Option<u64> {
        match self {
            Self::SentElsewhere { count, .. } | Self::RestLeftOut { count, .. } => Some(*count),
            _ => None,
        }
    }

    /// Stable, for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::HeaderNotFound { .. } => "sheet.header_not_found",
            Self::HeaderRowEmpty { .. } => "sheet.header_row_empty",
            Self::TableAbove { .. } => "sheet.table_above",
            Self::DeadlineAbove { .. } => "sheet.deadline_above",
            Self::PartyAbove { .. } => "sheet.party_above",
            Self::TableBelow { .. } => "rows.other_table",
            Self::HeadingsDiffer { .. } => "rows.headings_differ",
            Self::SheetTransposed => "sheet.transposed",
            Self::SheetIsForm => "sheet.form",
            Self::SignerUnclear { .. } => "signer.unclear",
            Self::ColumnBeside { .. } => "column.beside",
            Self::MobileBehind { .. } => "column.mobile_behind",
            Self::IdNumberBehind { .. } => "column.id_number_behind",
            Self::NameInTwo { .. } => "column.name_in_two",
            Self::CompanyAsPerson { .. } => "cell.company_as_person",
            Self::TermNotDeadline => "column.term",
            Self::TermOrDeadline { .. } => "column.term_or_deadline",
            Self::NothingMeant { .. } => "rows.none_meant",
            Self::ColumnNotUsed { .. } => "column.not_used",
            Self::ColumnNearlyType { .. } => "column.nearly_type",
            Self::ColumnNoOpenId { .. } => "column.no_open_id",
            Self::ColumnsHidden { .. } => "column.hidden",
            Self::ColumnsHiddenListed { .. } => "column.hidden_listed",
            Self::AnsweredBefore { .. } => "sheet.answered_before",
            Self::AnsweredNearly { .. } => "sheet.answered_nearly",
            Self::RowsHeldTogether { .. } => "rows.held_together",
            Self::RowsApart { .. } => "rows.apart",
            Self::NumberApart { .. } => "rows.number_apart",
            Self::NumbersAlike { .. } => "rows.numbers_alike",
            Self::SecondNumber { .. } => "rows.second_number",
            Self::NumberTwice { .. } => "rows.number_twice",
            Self::CompanyBlank { .. } => "signer.company_blank",
            Self::NumberIsWord { .. } => "rows.number_is_word",
            Self::HeldByHeadings { .. } => "rows.below_headings",
            Self::NumberOfZeros { .. } => "rows.number_of_zeros",
            Self::RowsOutOfOrder { .. } | Self::SignersChangePlaces { .. } => "rows.order",
            Self::SubmittedTwice(_) => "rows.submitted_twice",
            Self::ComponentOfAnother { .. } => "column.of_another",
            Self::ComponentsDisagree { .. } => "column.disagrees",
            Self::SignerMayBeCompany { .. } => "signer.company",
            Self::DeadlineFarAhead { .. } => "column.far_deadline",
            Self::FormFieldSaysNo { .. } => "column.says_no",
            Self::FormEpoch { .. } => "column.epoch",
            Self::DefaultOfJob { .. } => "default.of_job",
            Self::PersonMerged { .. } => "rows.person_merged",
            Self::SignersOutOfOrder { .. } => "column.signing_order",
            Self::DatesAmongCodes { .. } => "column.dates_among_texts",
            Self::MobilesRounded { .. } => "column.mobiles_rounded",
            Self::SaidAbove { .. } | Self::NotToSend { .. } => "sheet.said_above",
            Self::PaperDiffers { .. } => "sheet.paper_differs",
            Self::FormValueNewer { .. } => "column.newer_value",
            Self::SaidBeside { .. } => "sheet.said_beside",
            Self::CountStated { .. } => "sheet.count_stated",
            Self::CommentsSay { .. } => "cell.comment_says",
            Self::ConditionalFormats { .. } => "column.conditional_format",
            Self::CommentsListed { .. } => "cell.comment",
            Self::KeyAcross { .. } => "rows.key_across",
            Self::RolesWithoutKey { .. } => "rows.roles",
            Self::PartiesDiffer { .. } => "column.parties_differ",
            Self::TemplatesDiffer { .. } => "column.templates_differ",
            Self::PapersBeside { .. } => "column.papers",
            Self::CellsDefaulted { .. } => "column.defaulted_cells",
            Self::ColumnNearlySend { .. } => "column.send",
            Self::SendBlank { .. } => "send.blank",
            Self::CopiesSign { .. } => "rows.copies",
            Self::MobilesCountUp { .. } => "mobile.counts_up",
            Self::RowsBelow { .. } => "rows.below_title",
            Self::RowLikeTitle { .. } => "row.like_title",
            Self::RowsDiffer { .. } => "rows.differ",
            Self::RowsLeftOut { .. } => "rows.left_out",
            Self::RowsDoubtful { .. } => "rows.doubtful",
            Self::RowsLackParty { .. } => "rows.lack_party",
            Self::ContractsLackParty { .. } => "rows.contract_lacks_party",
            Self::ColumnStruck { .. } => "column.struck",
            Self::NumbersOfParties { .. } => "rows.numbers_of_parties",
            Self::RowsGrouped { .. } => "rows.grouped",
            Self::ColumnUnknown { .. } | Self::ColumnsUnknown { .. } => "column.unknown",
            Self::ColumnNearlyDefaulted { .. } => "column.nearly",
            Self::ColumnUnnamed => "column.unnamed",
            Self::ColumnNearlyFormField { .. } => "column.form_field",
            Self::ColumnNearlySigner { .. } => "column.signer",
            Self::DeadlineTimeBeside { .. } => "column.deadline_time",
            Self::ColumnNearlyCopies { .. } => "column.copies",
            Self::ColumnNearlyKey { .. } => "column.key",
            Self::ColumnTwice { .. } => "column.twice",
            Self::TablesBeside { .. } => "sheet.tables_beside",
            Self::ColumnNotThere { .. } => "column.not_there",
            Self::LayoutsMixed => "sheet.layouts_mixed",
            Self::ApproversMissing => "sheet.approvers_missing",
            Self::SheetsToChoose { .. } => "sheet.choose",
            Self::SheetsWithPeople { .. } => "sheet.people_elsewhere",
            Self::SheetSaysMore { .. } => "sheet.said_elsewhere",
            Self::SheetListsSome { .. } => "sheet.lists_some",
            Self::SheetLeavesOut { .. } => "sheet.left_out_elsewhere",
            Self::FieldsLacking { .. } => "sheet.lacks_fields",
            Self::SheetsOfParties { .. } => "sheet.parties_apart",
            Self::SheetsDiffer { .. } => "sheet.says_another",
            Self::ReportGiven => "file.report_of_ours",
            Self::NoContracts => "sheet.no_contracts",
            Self::RowUneven { .. } => "row.uneven",
            Self::RowHidden => "row.hidden",
            Self::RowStruck => "row.struck",
            Self::LeftOver => "cell.left_over",
            Self::Ditto => "cell.ditto",
            Self::CellStruck => "cell.struck",
            Self::ZeroUnseen => "cell.zero_unseen",
            Self::CellCovered => "cell.covered",
            Self::CellWhite => "cell.white",
            Self::NumberForm | Self::NumberShown { .. } => "cell.number",
            Self::CardType => "id_card_type.unknown",
            Self::FormFieldEmpty { .. } => "column.empty_cells",
            Self::FormFieldUndecided { .. } => "column.undecided",
            Self::SerialsAmongDates { .. } => "column.serials",
            Self::ZerosAmongTexts { .. } => "column.zeros",
            Self::MobileShared(_) => "mobile.shared",
            Self::IdNumberShared(_) => "id_number.shared",
            Self::TwoMobiles(_) => "mobile.two",
            Self::PersonTwice(_) => "signer.twice",
            Self::RowNotAContract { .. } => "row.not_a_contract",
            Self::RowContinues { .. } => "row.continues",
            Self::RowAlmostEmpty { .. } => "row.almost_empty",
            Self::RowTwice { .. } => "row.twice",
            Self::KeyMissing => "key.missing",
            Self::KeysBlank => "key.blank",
            Self::ColumnOfSigners { .. } => "column.of_signers",
            Self::KeyTwice { .. } => "key.twice",
            Self::KeyInSheets { .. } => "key.in_sheets",
            Self::KeyUnknown { .. } => "key.unknown",
            Self::Contradiction { .. } => "row.contradiction",
            Self::SendDiffers { .. } => "send.differs",
            Self::HiddenDiffers { .. } => "hidden.differs",
            Self::LeftOutDiffers { .. } => "left_out.differs",
            Self::Required { .. } => "cell.required",
            Self::TooLong { .. } | Self::TooManyBytes { .. } => "cell.too_long",
            Self::TooMany { .. } => "contract.too_many",
            Self::TooLarge { .. } => "contract.too_large",
            Self::MobileForm => "mobile.form",
            Self::MobileForeign => "mobile.foreign",
            Self::Masked => "cell.masked",
            Self::Placeholder => "cell.placeholder",
            Self::SaysState { .. } => "cell.says_state",
            Self::SeveralValues => "cell.several_values",
            Self::IdNumber { fault } => match fault {
                IdFault::Length => "id_number.length",
                IdFault::Characters => "id_number.characters",
                IdFault::Date => "id_number.date",
                IdFault::Checksum => "id_number.checksum",
            },
            Self::IdNumberRounded => "id_number.rounded",
            Self::NumberRounded => "cell.rounded",
            Self::Scientific => "cell.scientific",
            Self::CharactersLost => "cell.characters_lost",
            Self::CharactersPrivate => "cell.characters_private",
            Self::CharactersNotAllowed { .. } => "cell.characters",
            Self::Emoji => "cell.emoji",
            Self::DateForm => "date.form",
            Self::DatePast => "date.past",
            Self::DateForKey => "key.is_date",
            Self::BoolForm => "cell.yes_no",
            Self::Choice { .. } => "cell.choice",
            Self::Integer { .. } => "cell.integer",
            Self::Url => "cell.url",
            Self::Email => "cell.email",
            Self::Json => "cell.json",
            Self::JsonContradicts { .. } => "cell.json_contradicts",
            Self::JsonForbids { .. } => "cell.json_forbids",
            Self::ActionForbids { .. } => "cell.action_forbids",
            Self::FormulaError => "cell.formula_error",
            Self::FormulaUncached => "cell.formula_uncached",
            Self::Picture => "cell.picture",
            Self::FormatHides { .. } => "cell.format_hides",
            Self::ApproverNeeds { .. } => "approver.needs",
            Self::ApproverForbids { .. } => "approver.forbids",
            Self::ApproverTwice { .. } => "approver.twice",
            Self::CcIsApprover { .. } => "cc.is_approver",
            Self::ShowMapUnknown { .. } => "custom_show_map.token",
            Self::SignTypesOnly => "approver.sign_types",
            Self::FlowNameUnusual { .. } => "flow_name.unusual",
            Self::NameLikeTwo => "approver.name_like_two",
            Self::NameTitled { .. } => "approver.name_titled",
            Self::NotATemplateId => "template_id.characters",
            Self::TemplateIdLength { .. } => "template_id.length",
            Self::AutoSignUnclear => "approver.auto_sign_unclear",
            Self::Remarked { remark, .. } => remark.code(),
            Self::VeryLong { .. } => "cell.very_long",
            Self::FormDates => "column.looks_like_dates",
            Self::FormNumbers => "column.looks_like_numbers",
            Self::ApproverGap { .. } => "approver.gap",
            Self::Corrected { .. } => "corrected",
            Self::Template { misfit } => misfit.code(),
            Self::KeyReused { .. } => "key.reused",
            Self::TemplateChanged { .. } => "template_id.changed",
            Self::SentAlike { .. } => "contract.sent_alike",
            Self::SentResembling { .. } => "contract.sent_resembling",
            Self::NumberSentAlike { .. } => "key.sent_alike",
            Self::SentMeanwhile { .. } => "contract.sent_meanwhile",
            Self::WaitsThere { .. } => "contract.waits_elsewhere",
            Self::NotCorrected => "cell.not_corrected",
            Self::OriginChanged => "origin.changed",
            Self::OriginsGone { .. } => "origin.gone",
            Self::SenderChanged { .. } => "sender.changed",
            Self::SentElsewhere { .. } => "contract.sent_elsewhere",
            Self::RestLeftOut { .. } => "file.rest_left_out",
        }
    }

    /// Whether the value that breaks it can be no personal data: a date, a contract's number. Where a choice
    /// is expected, a name may have slipped in.
    pub fn concerns_nobody(&self) -> bool {
        matches!(
            self,
            Self::KeyTwice { .. }
                | Self::KeyInSheets { .. }
                | Self::KeyUnknown { .. }
                | Self::KeyReused { .. }
                | Self::TemplateChanged { .. }
                | Self::TemplateIdLength { .. }
                | Self::DateForm
                | Self::DatePast
                | Self::DateForKey
                | Self::BoolForm
                | Self::Integer { .. }
                | Self::FormulaError
                | Self::LeftOver
                | Self::Ditto
        )
    }

    pub fn severity(&self) -> Severity {
        match self {
            Self::Corrected { .. } => Severity::Correction,
            Self::Remarked { remark, .. } => remark.severity(),
            // Without the first one the second would sign in his place.
            Self::ApproverGap { number: 1 } => Severity::Error,
            Self::ApproverGap { .. } => Severity::Warning,
            Self::ColumnUnknown { .. }
            | Self::ColumnsUnknown { .. }
            | Self::ColumnUnnamed
            | Self::TableAbove { said: true, .. }
            | Self::DeadlineAbove { said: true, .. }
            | Self::PartyAbove { said: true, .. }
            | Self::SaidAbove { said: true, .. }
            | Self::NotToSend { said: true, .. }
            | Self::SaidBeside { said: true, .. }
            | Self::PaperDiffers { .. }
            | Self::CountStated { said: true, .. }
            | Self::TermNotDeadline
            | Self::ColumnNotUsed { .. }
            | Self::ColumnsHiddenListed { .. }
            | Self::AnsweredBefore { .. }
            | Self::RowsLeftOut { .. }
            | Self::CommentsListed { .. }
            | Self::ConditionalFormats { .. }
            | Self::RowTwice { .. }
            | Self::FormFieldEmpty { .. }
            | Self::CellsDefaulted { for_all: false, .. }
            | Self::FormFieldUndecided { among: false, .. }
            | Self::MobileShared(_)
            | Self::IdNumberShared(_)
            | Self::TwoMobiles(_)
            | Self::MobilesCountUp { .. }
            | Self::PersonTwice(_)
            | Self::FlowNameUnusual { .. }
            | Self::NameLikeTwo
            | Self::NameTitled { .. }
            | Self::TemplateIdLength { .. }
            | Self::VeryLong { .. }
            | Self::FormDates
            | Self::FormNumbers
            // The official examples have such numbers.
            | Self::MobilesRounded { .. }
            | Self::SenderChanged { .. }
            | Self::SentElsewhere { .. }
            | Self::RestLeftOut { .. } => Severity::Warning,
            Self::RowHidden
            | Self::RowStruck
            | Self::SerialsAmongDates { .. }
            | Self::ZerosAmongTexts { .. }
            | Self::SheetsToChoose { .. }
            | Self::AnsweredNearly { .. }
            | Self::SheetsWithPeople { .. }
            | Self::SheetSaysMore { .. }
            | Self::SheetLeavesOut { .. }
            | Self::SheetListsSome { .. }
            | Self::FieldsLacking { .. }
            | Self::SheetsOfParties { .. }
            | Self::SheetsDiffer { .. }
            | Self::ColumnNearlySigner { .. }
            | Self::DeadlineTimeBeside { .. }
            | Self::ColumnNearlyCopies { .. }
            | Self::ColumnNearlyKey { .. }
            | Self::ColumnNearlyDefaulted { .. }
            | Self::SignerUnclear { .. }
            | Self::ColumnBeside { .. }
            | Self::MobileBehind { .. }
            | Self::IdNumberBehind { .. }
            | Self::TermOrDeadline { .. }
            | Self::NothingMeant { .. }
            | Self::ColumnNearlyType { .. }
            | Self::ColumnNoOpenId { .. }
            | Self::ColumnsHidden { .. }
            | Self::RowsHeldTogether { .. }
            | Self::RowsApart { .. }
            | Self::NumberApart { .. }
            | Self::NumbersAlike { .. }
            | Self::SecondNumber { .. }
            | Self::NumberTwice { .. }
            | Self::CompanyBlank { .. }
            | Self::NumberOfZeros { .. }
            | Self::NumberIsWord { .. }
            | Self::HeldByHeadings { .. }
            | Self::RowsOutOfOrder { .. }
            | Self::SignersChangePlaces { .. }
            | Self::SubmittedTwice(_)
            | Self::ComponentOfAnother { .. }
            | Self::ComponentsDisagree { .. }
            | Self::SignerMayBeCompany { .. }
            | Self::DeadlineFarAhead { .. }
            | Self::FormFieldSaysNo { .. }
            | Self::CommentsSay { .. }
            | Self::PersonMerged { .. }
            | Self::SignersOutOfOrder { .. }
            | Self::DatesAmongCodes { .. }
            | Self::KeyAcross { .. }
            | Self::RolesWithoutKey { .. }
            | Self::PartiesDiffer { .. }
            | Self::TemplatesDiffer { .. }
            | Self::PapersBeside { .. }
            | Self::CellsDefaulted { for_all: true, .. }
            | Self::ColumnNearlySend { .. }
            | Self::SendBlank { .. }
            | Self::CopiesSign { .. }
            | Self::RowsBelow { .. }
            | Self::TableAbove { said: false, .. }
            | Self::DeadlineAbove { said: false, .. }
            | Self::PartyAbove { said: false, .. }
            | Self::SaidAbove { said: false, .. }
            | Self::NotToSend { said: false, .. }
            | Self::SaidBeside { said: false, .. }
            | Self::FormValueNewer { .. }
            | Self::CountStated { said: false, .. }
            | Self::TableBelow { .. }
            | Self::HeadingsDiffer { .. }
            | Self::RowsDiffer { .. }
            | Self::RowsDoubtful { .. }
            | Self::RowsLackParty { .. }
            | Self::ContractsLackParty { .. }
            | Self::ColumnStruck { .. }
            | Self::NumbersOfParties { .. }
            | Self::RowsGrouped { .. }
            | Self::KeysBlank
            | Self::FormEpoch { .. }
            | Self::FormFieldUndecided { among: true, .. }
            | Self::DefaultOfJob { .. }
            | Self::ColumnOfSigners { .. }
            | Self::KeyReused { .. }
            | Self::TemplateChanged { .. }
            | Self::SentAlike { .. }
            | Self::SentResembling { .. }
            | Self::NumberSentAlike { .. }
            | Self::SentMeanwhile { .. }
            | Self::WaitsThere { .. } => Severity::Question,
            _ => Severity::Error,
        }
    }
}
