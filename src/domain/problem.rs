//! What is wrong with a row or a cell, as facts. `text` has the words, in two
//! languages; nothing here is a sentence.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::remark::Remark;
use super::template::Misfit;

/// A stable field name, or another word of ours.
pub type Name = Cow<'static, str>;

/// Where in the user's file something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The file's name as the user gave it.
    pub file: Arc<str>,
    pub sheet: Option<Arc<str>>,
    /// As the spreadsheet program numbers it; `None`: the sheet as a whole.
    pub row: Option<u32>,
    pub column: Option<ColumnPlace>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ColumnPlace {
    /// 0 is column A.
    pub index: usize,
    pub header: Arc<str>,
}

/// One thing to tell the user about a cell, a row or a sheet.
///
/// `value` is what stands in the cell, so it may be personal data: it goes to
/// the user's screen and reports, never to a log. Hence no `Debug`.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    pub place: Place,
    pub value: Option<String>,
    pub rule: Rule,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Put right by the program, and listed.
    Correction,
    /// Sent as it is; worth a look.
    Warning,
    /// Nothing is sent before a person has answered.
    Question,
    /// The contract cannot be sent.
    Error,
}

/// A harmless spoiling that is put right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Correction {
    Spaces,
    Invisible,
    Apostrophe,
    EqualsQuote,
    FullWidth,
    Dot,
    Brackets,
    UpperX,
    Prefix86,
    Separators,
    TrailingZero,
    MergedValue,
    DateSerial,
    ShownValue,
    Punctuation,
    Mailto,
    /// A word, a note or a mark beside a number.
    Words,
    WholeDay,
    /// A time of day that the number format does not show is not meant.
    ShownDay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum IdFault {
    Length,
    Characters,
    Date,
    Checksum,
}

/// Rows that have something in common, two by two.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RowPairs {
    pub rows: Vec<u32>,
    /// Of each row, where there are several sheets.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// Pairs, also those that are not named.
    pub count: u64,
}

/// The rule that is broken, with the facts a sentence needs. Field names are
/// the stable ones (`approver.mobile`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    // The sheet as a whole
    HeaderNotFound {
        /// The row that comes nearest.
        row: Option<u32>,
        /// Headers of it that are known, with what they give.
        recognised: Vec<(String, String)>,
        /// Fields that nothing in it could give.
        missing: Vec<String>,
        /// Headers that may give what is missing.
        map: Vec<(String, String)>,
    },
    /// Someone has named a row for the header in which nothing stands.
    HeaderRowEmpty {
        row: u32,
    },
    /// People above the header, below another one: they would get nothing.
    TableAbove {
        other: u32,
        header: u32,
        rows: Vec<u32>,
        /// Somebody has said which header is meant.
        said: bool,
    },
    /// A line above the header says until when to sign, and no column does.
    DeadlineAbove {
        row: u32,
        /// What the line says.
        text: String,
        header: u32,
        /// Somebody has said where the header is, so that what stands above it is not meant.
        said: bool,
    },
    /// A line above the header names a party with a mobile or an ID number: nobody reads it.
    PartyAbove {
        row: u32,
        header: u32,
        said: bool,
    },
    /// A row that is the header of another table.
    TableBelow {
        /// Header of a column -> what stands there instead.
        columns: Vec<(String, String)>,
    },
    /// Lines between the rows name different parties; nothing of them is sent.
    HeadingsDiffer {
        parties: Vec<String>,
        rows: Vec<u32>,
    },
    /// Headers in a column, values beside them.
    SheetTransposed,
    /// A form for one person.
    SheetIsForm,
    ColumnUnknown {
        suggestion: Option<String>,
    },
    /// The same, but the settings have a value that would go in its place.
    ColumnNearlyDefaulted {
        suggestion: String,
    },
    /// Several that resemble nothing; one line for all of them.
    ColumnsUnknown {
        headers: Vec<String>,
    },
    ColumnUnnamed,
    /// `填写岗位`: without it the contract would go out unfilled.
    ColumnNearlyFormField {
        suggestion: String,
    },
    /// `乙方（员工）姓名`: without it a contract would go out without that signer.
    ColumnNearlySigner,
    /// Rows share a value in a column that looks like the contract's key.
    ColumnNearlyKey {
        first_row: u32,
        value: String,
        /// A column like 楼栋 that the key alone does not tell apart; empty: there is none.
        #[serde(default)]
        beside: String,
    },
    /// Columns of somebody of whom the header does not say whether he signs.
    SignerUnclear {
        /// As the header calls him; empty where it names nobody.
        who: String,
        /// Header -> what it would give.
        map: Vec<(String, String)>,
        /// Nobody else in the sheet could sign.
        alone: bool,
    },
    /// A bare 联系电话 beside 员工手机: whose is it?
    ColumnBeside {
        field: String,
        first: usize,
        name: String,
        /// Either may be the one, so no answer is ready.
        #[serde(default)]
        open: bool,
    },
    /// A bare 联系电话 right behind somebody else's name: whose is it?
    MobileBehind {
        who: String,
    },
    /// The same of the only ID number.
    IdNumberBehind {
        who: String,
    },
    /// A family name and a given name in columns of their own.
    NameInTwo {
        other: String,
    },
    /// A company's name where a person's is to stand.
    CompanyAsPerson,
    /// It ends the contract's own term, so it is no deadline to sign it.
    TermNotDeadline,
    /// The same where nothing else gives a deadline.
    TermOrDeadline,
    /// No row has what `--where` wants.
    NothingMeant {
        header: String,
        wanted: Vec<String>,
        /// What stands there instead; empty: it may be personal data.
        values: Vec<String>,
    },
    /// 备注: sent only where somebody says as what.
    ColumnNotUsed {
        field: String,
    },
    /// A column 类型 that names companies: without it persons would sign.
    ColumnNearlyType {
        value: String,
    },
    /// 经办人 with somebody's name: an OpenId of the sender is expected.
    ColumnNoOpenId {
        field: String,
        value: String,
    },
    /// Hidden columns that give something to contracts that are sent.
    ColumnsHidden {
        headers: Vec<String>,
    },
    /// The same of columns that decide nothing.
    ColumnsHiddenListed {
        headers: Vec<String>,
    },
    /// Rows that look like the further signers of the contract above them.
    RowsHeldTogether {
        header: String,
        first_row: u32,
        /// Rows of the first such contracts.
        rows: Vec<u32>,
        count: u64,
        merged: bool,
        /// As with [`Self::ColumnNearlyKey`].
        #[serde(default)]
        beside: String,
        /// The column is one of the template's components.
        #[serde(default)]
        component: bool,
    },
    /// Rows with one value of `--key` that differ in a column like 楼栋.
    KeyAcross {
        key: String,
        other: String,
        first_row: u32,
        row: u32,
    },
    /// A column 角色 with several roles, and nothing that holds rows together.
    RolesWithoutKey {
        values: Vec<String>,
    },
    /// A column like 签约主体 that is not used, with several companies.
    PartiesDiffer {
        /// The first of them.
        parties: Vec<String>,
    },
    /// A column like 合同模板 that is not used, with several values.
    TemplatesDiffer {
        /// The first of them.
        templates: Vec<String>,
    },
    /// Cells that are empty among filled ones, for which the settings' value goes.
    CellsDefaulted {
        field: String,
        rows: Vec<u32>,
        count: u64,
    },
    /// A column like 是否签约 that is not used.
    ColumnNearlySend {
        value: String,
        /// 是 there means that the row is to be sent.
        maps: bool,
        /// The only other value of the column, which says nothing against it.
        #[serde(default)]
        meant: Option<String>,
    },
    /// 发送 says yes in some rows and nothing in these.
    SendBlank {
        /// What stands there where it says yes.
        value: String,
        rows: Vec<u32>,
        count: u64,
    },
    /// 抄送 in a column beside people who would sign.
    CopiesSign {
        value: String,
        rows: Vec<u32>,
        count: u64,
    },
    /// One name in rows one below the other, each with a mobile that is one higher.
    MobilesCountUp {
        rows: Vec<u32>,
        count: u64,
    },
    /// Rows below the title of a section like 离职人员.
    RowsBelow {
        title: String,
        title_row: u32,
        rows: Vec<u32>,
        count: u64,
    },
    /// Nothing but one cell: a title, or somebody without a mobile.
    RowLikeTitle {
        word: String,
    },
    /// Rows with one key, apart from each other.
    RowsApart {
        header: String,
        value: String,
        first_row: u32,
    },
    /// One contract of rows that stand apart, where most are rows that stand together.
    NumberApart {
        header: String,
        value: String,
        first_row: u32,
        count: u64,
        /// Rows without a number would go with the one above if the column held rows together.
        blanks: bool,
    },
    /// Alike in all that is sent, but not in columns that are not.
    RowsDiffer {
        first_row: u32,
        /// Rows that are like an earlier one.
        rows: Vec<u32>,
        count: u64,
        header: String,
        /// The column tells all rows of the sheet apart.
        tells_apart: bool,
    },
    /// Rows that are no contracts, left out.
    RowsLeftOut {
        rows: Vec<u32>,
        count: u64,
        words: Vec<String>,
    },
    /// Rows that may be no contracts.
    RowsDoubtful {
        rows: Vec<u32>,
        count: u64,
        words: Vec<String>,
    },
    /// Cells of a component that are empty among filled ones.
    FormFieldEmpty {
        rows: Vec<u32>,
        count: u64,
    },
    /// 待定, TBD: components whose value is not known yet.
    FormFieldUndecided {
        rows: Vec<u32>,
        count: u64,
    },
    /// Bare numbers among dates: what a date becomes without its format.
    /// A bare 0 where others have words: most often what a formula shows of an empty cell.
    ZerosAmongTexts {
        rows: Vec<u32>,
        count: u64,
    },
    SerialsAmongDates {
        rows: Vec<u32>,
        count: u64,
    },
    /// One mobile under two names, in pairs of rows.
    MobileShared(RowPairs),
    IdNumberShared(RowPairs),
    /// One person, by his ID number, with different mobiles.
    TwoMobiles(RowPairs),
    /// The same person in two contracts, in pairs of rows.
    PersonTwice(RowPairs),
    ColumnTwice {
        field: String,
        first: String,
    },
    /// The same headers once more to the right.
    TablesBeside {
        column: String,
        first: String,
    },
    ColumnNotThere {
        header: String,
    },
    LayoutsMixed,
    ApproversMissing,
    SheetsToChoose {
        sheets: Vec<String>,
    },
    /// Components that another of the chosen sheets fills in.
    FieldsLacking {
        fields: Vec<String>,
        other: String,
    },
    ReportGiven,
    NoContracts,
    // A row
    RowUneven {
        found: usize,
        expected: usize,
    },
    RowHidden,
    /// Every cell of it that is used is struck through.
    RowStruck,
    RowNotAContract {
        word: String,
    },
    RowAlmostEmpty {
        word: String,
        /// It has a number of its own, so it is no title and no total.
        #[serde(default)]
        keyed: bool,
    },
    RowTwice {
        first_row: u32,
        /// Where that row is; `None`: in the same sheet.
        #[serde(default)]
        sheet: Option<String>,
    },
    KeyMissing,
    /// The same key in two sheets: two contracts, or one written twice.
    KeyInSheets {
        sheet: String,
        row: u32,
    },
    KeyTwice {
        first_row: u32,
    },
    KeyUnknown {
        sheet: String,
    },
    Contradiction {
        other_row: u32,
    },
    SendDiffers {
        other_row: u32,
    },
    HiddenDiffers {
        other_row: u32,
    },
    /// Somebody has said that the row is left out, and nothing says so of another one of its
    /// contract.
    LeftOutDiffers {
        other_row: u32,
    },
    // A cell
    Required {
        field: Name,
    },
    TooLong {
        limit: usize,
        found: usize,
    },
    TooManyBytes {
        limit: usize,
        found: usize,
    },
    TooMany {
        what: Name,
        limit: usize,
        found: usize,
    },
    TooLarge {
        limit: usize,
        found: usize,
    },
    MobileForm,
    MobileForeign,
    Masked,
    Placeholder,
    SeveralValues,
    IdNumber {
        fault: IdFault,
    },
    IdNumberRounded,
    NumberRounded,
    Scientific,
    CharactersLost,
    CharactersPrivate,
    CharactersNotAllowed {
        found: String,
    },
    Emoji,
    /// `nan`, `undefined`, `1900/1/0`: what a program leaves where there is nothing.
    LeftOver,
    /// `同上`: what stands above is meant, which only a person sees.
    Ditto,
    /// Its text, or a part of it, is struck through.
    CellStruck,
    /// A zero that the sheet does not show.
    ZeroUnseen,
    /// It lies under a merged cell that shows something else.
    CellCovered,
    /// Its text is white on white.
    CellWhite,
    NumberForm,
    /// What is seen of a number is another one.
    NumberShown {
        held: String,
        shown: String,
    },
    /// The API takes three kinds of cards.
    CardType,
    DateForm,
    DatePast,
    DateForKey,
    BoolForm,
    Choice {
        /// What is sent, and what people here call it.
        allowed: Vec<(Name, Name)>,
    },
    Integer {
        min: i64,
        max: i64,
    },
    Url,
    Email,
    Json,
    /// The same field in a JSON column and in a column of its own.
    JsonContradicts {
        key: String,
    },
    /// A part of the contract that JSON columns do not carry.
    JsonForbids {
        key: String,
    },
    /// A value that only another action takes.
    ActionForbids {
        field: String,
    },
    FormulaError,
    FormulaUncached,
    Picture,
    FormatHides {
        format: String,
    },
    // Between cells
    ApproverNeeds {
        kind: String,
        field: Name,
    },
    ApproverForbids {
        kind: String,
        field: Name,
    },
    ApproverTwice {
        other_row: u32,
    },
    CcIsApprover {
        other_row: u32,
    },
    ShowMapUnknown {
        token: String,
    },
    SignTypesOnly,
    /// 企业授权签, but the row does not say of which company.
    AutoSignUnclear,
    // Told, not refused
    /// The same of many contracts.
    Remarked {
        remark: Remark,
        rows: Vec<u32>,
        count: u64,
    },
    /// Longer than such values are elsewhere; no limit is documented.
    VeryLong {
        usual: usize,
        found: usize,
    },
    /// Dates of a component in another form than a date component takes.
    FormDates,
    /// The same of amounts.
    FormNumbers,
    FlowNameUnusual {
        found: String,
    },
    /// `张伟和王芳`.
    NameLikeTwo,
    /// 王经理: a title where a name stands.
    NameTitled {
        title: String,
    },
    TemplateIdLength {
        found: usize,
    },
    /// In the wide layout a signer in the middle is not filled in.
    ApproverGap {
        number: usize,
    },
    Corrected {
        what: Correction,
        to: String,
    },
    /// What does not fit the template.
    Template {
        misfit: Misfit,
    },
    // Between contracts and jobs
    KeyReused {
        job: String,
    },
    /// The same contents went out with another template.
    TemplateChanged {
        job: String,
    },
    /// Without a number, but template, name and signers are those of a contract that
    /// went out from a file of this name lately.
    SentAlike {
        job: String,
    },
    /// It went out meanwhile, before or after another correction, or is about to.
    SentMeanwhile {
        job: String,
    },
    /// A cell of ours that says which contract is corrected was changed.
    OriginChanged,
    /// The column that says which contracts are corrected was deleted.
    OriginsGone {
        job: String,
    },
    /// The same contents went out in another realm; one line for all of them.
    /// The settings have another sender than when the job began.
    SenderChanged {
        field: String,
        before: String,
    },
    SentElsewhere {
        count: u64,
        job: String,
        endpoint: String,
        app: String,
        organization: String,
    },
}

impl Rule {
    /// It speaks of what the documentation of PrepareFlows has.
    pub fn is_of_preparing(&self) -> bool {
        matches!(self, Self::Remarked { remark, .. } if remark.is_shape())
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
            Self::CompanyAsPerson => "cell.company_as_person",
            Self::TermNotDeadline => "column.term",
            Self::TermOrDeadline => "column.term_or_deadline",
            Self::NothingMeant { .. } => "rows.none_meant",
            Self::ColumnNotUsed { .. } => "column.not_used",
            Self::ColumnNearlyType { .. } => "column.nearly_type",
            Self::ColumnNoOpenId { .. } => "column.no_open_id",
            Self::ColumnsHidden { .. } => "column.hidden",
            Self::ColumnsHiddenListed { .. } => "column.hidden_listed",
            Self::RowsHeldTogether { .. } => "rows.held_together",
            Self::RowsApart { .. } => "rows.apart",
            Self::NumberApart { .. } => "rows.number_apart",
            Self::KeyAcross { .. } => "rows.key_across",
            Self::RolesWithoutKey { .. } => "rows.roles",
            Self::PartiesDiffer { .. } => "column.parties_differ",
            Self::TemplatesDiffer { .. } => "column.templates_differ",
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
            Self::ColumnUnknown { .. } | Self::ColumnsUnknown { .. } => "column.unknown",
            Self::ColumnNearlyDefaulted { .. } => "column.nearly",
            Self::ColumnUnnamed => "column.unnamed",
            Self::ColumnNearlyFormField { .. } => "column.form_field",
            Self::ColumnNearlySigner => "column.signer",
            Self::ColumnNearlyKey { .. } => "column.key",
            Self::ColumnTwice { .. } => "column.twice",
            Self::TablesBeside { .. } => "sheet.tables_beside",
            Self::ColumnNotThere { .. } => "column.not_there",
            Self::LayoutsMixed => "sheet.layouts_mixed",
            Self::ApproversMissing => "sheet.approvers_missing",
            Self::SheetsToChoose { .. } => "sheet.choose",
            Self::FieldsLacking { .. } => "sheet.lacks_fields",
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
            Self::RowAlmostEmpty { .. } => "row.almost_empty",
            Self::RowTwice { .. } => "row.twice",
            Self::KeyMissing => "key.missing",
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
            Self::SentMeanwhile { .. } => "contract.sent_meanwhile",
            Self::OriginChanged => "origin.changed",
            Self::OriginsGone { .. } => "origin.gone",
            Self::SenderChanged { .. } => "sender.changed",
            Self::SentElsewhere { .. } => "contract.sent_elsewhere",
        }
    }

    /// Whether the value that breaks it can be no personal data: a date, a choice, a
    /// contract's number.
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
                | Self::Choice { .. }
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
            | Self::TermNotDeadline
            | Self::ColumnNotUsed { .. }
            | Self::ColumnsHiddenListed { .. }
            | Self::RowsLeftOut { .. }
            | Self::RowTwice { .. }
            | Self::FormFieldEmpty { .. }
            | Self::CellsDefaulted { .. }
            | Self::FormFieldUndecided { .. }
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
            | Self::SenderChanged { .. }
            | Self::SentElsewhere { .. } => Severity::Warning,
            Self::RowHidden
            | Self::RowStruck
            | Self::SerialsAmongDates { .. }
            | Self::ZerosAmongTexts { .. }
            | Self::SheetsToChoose { .. }
            | Self::FieldsLacking { .. }
            | Self::ColumnNearlySigner
            | Self::ColumnNearlyKey { .. }
            | Self::ColumnNearlyDefaulted { .. }
            | Self::SignerUnclear { .. }
            | Self::ColumnBeside { .. }
            | Self::MobileBehind { .. }
            | Self::IdNumberBehind { .. }
            | Self::TermOrDeadline
            | Self::NothingMeant { .. }
            | Self::ColumnNearlyType { .. }
            | Self::ColumnNoOpenId { .. }
            | Self::ColumnsHidden { .. }
            | Self::RowsHeldTogether { .. }
            | Self::RowsApart { .. }
            | Self::NumberApart { .. }
            | Self::KeyAcross { .. }
            | Self::RolesWithoutKey { .. }
            | Self::PartiesDiffer { .. }
            | Self::TemplatesDiffer { .. }
            | Self::ColumnNearlySend { .. }
            | Self::SendBlank { .. }
            | Self::CopiesSign { .. }
            | Self::RowsBelow { .. }
            | Self::TableAbove { said: false, .. }
            | Self::DeadlineAbove { said: false, .. }
            | Self::PartyAbove { said: false, .. }
            | Self::TableBelow { .. }
            | Self::HeadingsDiffer { .. }
            | Self::RowsDiffer { .. }
            | Self::RowsDoubtful { .. }
            | Self::KeyReused { .. }
            | Self::TemplateChanged { .. }
            | Self::SentAlike { .. }
            | Self::SentMeanwhile { .. } => Severity::Question,
            _ => Severity::Error,
        }
    }
}

impl Problem {
    /// Whether the contract (or the file) cannot go as it is.
    pub fn stops(&self) -> bool {
        self.rule.severity() >= Severity::Question
    }
}
