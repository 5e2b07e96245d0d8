//! What can be wrong or unclear, each with the facts that its sentence needs.

use serde::{Deserialize, Serialize};

use super::{Correction, IdFault, Name, RowPairs};
use crate::domain::remark::Remark;
use crate::domain::template::Misfit;

/// The rule that is broken, with the facts a sentence needs. Field names are
/// the stable ones (`approver.mobile`).
/// Some hold texts of cells, so `Debug` says no more than the code.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
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
        /// Something stands there, and none of it is known; and a row that is a header.
        #[serde(default)]
        other: Option<u32>,
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
        /// The day that the line names, where it is plain: 2026-12-20.
        until: Option<String>,
    },
    /// A line above the header names a party with a mobile or an ID number, or a company as the own one: nobody
    /// reads it.
    PartyAbove {
        row: u32,
        header: u32,
        said: bool,
        /// That company, and the one of the settings that signs instead.
        #[serde(default)]
        companies: Option<(String, String)>,
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
    ColumnNearlySigner {
        /// It is 乙方's, or of another party for whom the contract is: left out, nobody would sign.
        of_party: bool,
    },
    /// `签署截止日期 | 时间`: the time of the day on which a contract ends stands in a column of its own.
    DeadlineTimeBeside {
        /// The header of the day.
        deadline: String,
    },
    /// `抄送` with a name and a mobile in each cell: as it stands nobody gets a copy.
    ColumnNearlyCopies {
        /// A header -> the field of a copy that it gives; empty: its cells have to be divided.
        map: Vec<(String, String)>,
    },
    /// Rows share a value in a column that looks like the contract's key.
    ColumnNearlyKey {
        first_row: u32,
        value: String,
        /// A column like 楼栋 that the key alone does not tell apart; empty: there is none.
        #[serde(default)]
        beside: String,
        /// It is one project or one customer, more likely than one contract: all rows have it, or it is called so.
        #[serde(default)]
        for_all: bool,
    },
    /// Columns of somebody of whom the header does not say whether he signs.
    SignerUnclear {
        /// As the header calls him; empty where it names nobody.
        who: String,
        /// Header -> what it would give.
        map: Vec<(String, String)>,
        /// Nobody else in the sheet could sign.
        alone: bool,
        /// Header -> what it gives where he signs as well, if the map says that he does not.
        #[serde(default)]
        also: Vec<(String, String)>,
        /// Somebody else is meant as likely as the one of the map, so that it is no ready answer.
        #[serde(default)]
        open: bool,
    },
    /// A header calls a signer a company, or companies stand beside his name, and nothing says his type.
    SignerMayBeCompany {
        who: String,
        /// The column of the companies, if it is not the signer's own, and what it gives of a company that signs.
        #[serde(default)]
        company: Option<(String, String)>,
        /// Most likely the company signs.
        #[serde(default)]
        signs: bool,
        /// Header -> what it gives of a person.
        map: Vec<(String, String)>,
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
        /// Of his family, or there to be called: it is his as likely as the signer's.
        #[serde(default)]
        his: bool,
        /// 乙方, where both columns say that they are of that party.
        #[serde(default)]
        party: String,
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
    CompanyAsPerson {
        /// The sheet says that a company signs, but this would be the name of its person.
        typed: bool,
    },
    /// It ends the contract's own term, so it is no deadline to sign it.
    TermNotDeadline,
    /// The same where nothing else gives a deadline.
    TermOrDeadline {
        /// Its days come within weeks.
        soon: bool,
    },
    /// No row has what `--where` wants.
    NothingMeant {
        header: String,
        wanted: Vec<String>,
        /// What stands there instead; empty: it may be personal data.
        values: Vec<String>,
        /// Some rows have it, and none of them meets the other conditions.
        #[serde(default)]
        met: bool,
    },
    /// 备注: sent only where somebody says as what.
    ColumnNotUsed {
        field: String,
    },
    /// A column 类型 that names companies: without it persons would sign.
    ColumnNearlyType {
        value: String,
        /// Called otherwise it could not be read all the same: 对公, or 是 under 是否企业.
        #[serde(default)]
        unreadable: bool,
    },
    /// 经办人 with somebody's name: an OpenId of the sender is expected.
    ColumnNoOpenId {
        field: String,
        value: String,
    },
    /// Hidden columns that give something to contracts that are sent.
    ColumnsHidden {
        headers: Vec<String>,
        /// Those that do not say who signs, where others do: without these a contract would lack a signer.
        beside_signers: Option<Vec<String>>,
    },
    /// The same of columns that decide nothing.
    ColumnsHiddenListed {
        headers: Vec<String>,
    },
    /// What was said once of files with these headers, and counts here: options of the command line, and those of
    /// them that the settings answer otherwise.
    AnsweredBefore {
        options: Vec<String>,
        differs: Vec<String>,
    },
    /// What was said once of columns of this file, in a file with nearly these headers: what they give, the values
    /// that rows must have to be sent, and the column that holds the rows of a contract together.
    AnsweredNearly {
        map: Vec<(String, String)>,
        only: Vec<(String, Vec<String>)>,
        key: Option<String>,
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
        /// Each row has all parties of a contract.
        #[serde(default)]
        wide: bool,
        /// Several contracts have one value there, so that it cannot be their key.
        #[serde(default)]
        open: bool,
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
        /// All rows name one company, and this one of the settings signs.
        #[serde(default)]
        own: Option<String>,
    },
    /// A column like 合同模板 that is not used, with several values.
    TemplatesDiffer {
        /// The column is sent as the contract's type.
        #[serde(default)]
        is_sent: bool,
        /// The first of them.
        templates: Vec<String>,
    },
    /// Columns that say which papers somebody signs, where each row is one contract of one template.
    PapersBeside {
        papers: Vec<String>,
        /// What stands in the first of them, where these are ticks.
        tick: Option<String>,
    },
    /// Cells that are empty among filled ones, for which the settings' value goes.
    CellsDefaulted {
        field: String,
        rows: Vec<u32>,
        count: u64,
        /// Only the first contract has a value, which may be meant for all.
        #[serde(default)]
        for_all: bool,
        /// Of templates, what stands in most of the cells, and nothing else in any.
        #[serde(default)]
        only: Option<String>,
    },
    /// A column like 是否签约 that is not used.
    ColumnNearlySend {
        value: String,
        /// 是 there means that the row is to be sent.
        maps: bool,
        /// The only other value of the column, which says nothing against it.
        #[serde(default)]
        meant: Option<String>,
        /// It is a remark with a mobile or an ID number that stands nowhere else in its row.
        #[serde(default)]
        other_number: bool,
        /// Each row has the value.
        #[serde(default)]
        in_all: bool,
        /// Those that have the value, or were seen to.
        #[serde(default)]
        rows: Vec<u32>,
        #[serde(default)]
        count: u64,
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
        /// They get a copy; else they have nothing to do with it.
        copy: bool,
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
        /// 0: it is what the sheet is called.
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
    /// A line says not to send the rows; above the header it says which by what only eyes see.
    NotToSend {
        row: u32,
        text: String,
        header: u32,
        /// Somebody has said that they are sent all the same.
        said: bool,
        /// It is about what the contracts say: 月薪统一8000.
        #[serde(default)]
        of_values: bool,
    },
    /// Beside the table, in a cell of its own or where a header would be, a line says something of the contracts or of
    /// somebody who signs.
    SaidBeside {
        row: u32,
        text: String,
        /// It stands in the header's row, above nothing.
        header: bool,
        /// Somebody has said that it is not meant.
        said: bool,
    },
    /// A line of the sheet says of how many there are, and that is no number of anything that was read.
    CountStated {
        row: u32,
        text: String,
        stated: u64,
        contracts: u64,
        /// Somebody has said that the line is not meant.
        said: bool,
    },
    /// A column that is not used has another value than the component whose newer value it may be.
    FormValueNewer {
        /// The header of the component's column.
        name: String,
        rows: Vec<u32>,
        count: u64,
    },
    /// The sheet says that it is for another paper than the settings give all contracts.
    PaperDiffers {
        paper: String,
        /// The contracts' name by the settings.
        name: String,
        /// 0: the tab, or a column, says so.
        row: u32,
    },
    /// The same people were sent a contract with other contents from a file of the same name, lately.
    SentResembling {
        job: String,
    },
    /// Comments on cells that say something of the signing: 已离职，不要发.
    CommentsSay {
        /// One of them says that a row is not to be sent.
        #[serde(default)]
        leaves_out: bool,
        rows: Vec<u32>,
        /// The first of them.
        words: Vec<String>,
        count: u64,
    },
    /// Columns that are used, in which a conditional format strikes values through, hides them or shows them
    /// otherwise.
    ConditionalFormats {
        headers: Vec<String>,
    },
    /// All others on rows that are sent.
    CommentsListed {
        rows: Vec<u32>,
        count: u64,
    },
    /// A line above the header says what no column does: a template, what the contracts are called.
    SaidAbove {
        row: u32,
        text: String,
        field: String,
        header: u32,
        /// Somebody has said where the header is, so that the line is not meant.
        said: bool,
        /// What the line gives that field, where it is plain.
        value: Option<String>,
        /// It stands in one of several sheets, of which the others say something else or nothing.
        #[serde(default)]
        several: bool,
    },
    /// A column says who signs first, and the rows of a contract stand in another order.
    RowsOutOfOrder {
        value: String,
        row: u32,
        /// The row above, which signs later.
        first_row: u32,
        /// The column is sent as the signer's role.
        is_sent: bool,
        /// A row of another contract, in which the two stand the other way round: nothing else says who
        /// is first.
        reversed: Option<u32>,
        /// The sheet of that row, where it is another one.
        #[serde(default)]
        reversed_in: Option<String>,
    },
    /// The same signer, or the company, stands first in one contract and later in another, and no column says who is
    /// who.
    SignersChangePlaces {
        first_row: u32,
        row: u32,
        /// The sheet of the first row, where it is another one.
        #[serde(default)]
        first_in: Option<String>,
        /// Its parties stand beside each other: it is their columns that say who is who.
        #[serde(default)]
        wide: bool,
    },
    /// Somebody stands twice in a list that says when each row was handed in, in pairs of rows.
    SubmittedTwice(RowPairs),
    /// A component says who signs once more, and in a few rows somebody else. `header`: the column of the signer.
    ComponentOfAnother {
        header: String,
        rows: Vec<u32>,
        count: u64,
    },
    /// Two components that cannot both be right. `header`: the other one, which has the amount in figures, or begins or
    /// ends the term.
    ComponentsDisagree {
        header: String,
        how: Disagreement,
        rows: Vec<u32>,
        count: u64,
    },
    /// A bare 截止日期 differs from contract to contract and lies years ahead. `last`: the last day of all.
    DeadlineFarAhead {
        last: String,
        /// The header says that it is the deadline to sign: one of them is a slip, most likely.
        #[serde(default)]
        said: bool,
    },
    /// The contracts of this workbook were sent with a value that the command line gave, and it does not say it.
    DefaultOfJob {
        field: String,
        value: String,
    },
    /// 1970-01-01, 1900-01-01: what a program makes of a date that there is not.
    FormEpoch {
        rows: Vec<u32>,
        count: u64,
    },
    /// 作废, 已签 in the place of a component's value, where other rows have values.
    FormFieldSaysNo {
        value: String,
        rows: Vec<u32>,
        count: u64,
    },
    /// A wide sheet says who signs first, and its columns stand in another order: by its headers.
    SignersOutOfOrder {
        first: String,
        behind: String,
        row: u32,
        columns: Vec<String>,
    },
    /// A name, a mobile or an ID number is merged over rows that differ in another of them: by its headers.
    PersonMerged {
        merged: String,
        differs: String,
        row: u32,
        first_row: u32,
    },
    /// Numbers of contracts that are written otherwise and look the same. `sheet`: those that they look like stand in
    /// another sheet.
    NumbersAlike {
        value: String,
        header: String,
        sheet: Option<String>,
        rows: Vec<u32>,
        count: u64,
    },
    /// Lines between the rows that name each contract, most likely, with a few rows below each.
    HeldByHeadings {
        titles: Vec<String>,
        rows: Vec<u32>,
    },
    /// 补签 under 合同编号: a word that holds rows together.
    NumberIsWord {
        value: String,
        header: String,
        /// It stands in all rows, and strangers would sign one contract.
        for_all: bool,
    },
    /// A long number that ends in zeros holds rows together.
    NumberOfZeros {
        value: String,
        header: String,
    },
    /// 合同编号 stands in several rows of a few contracts, and the others have one row each.
    NumberTwice {
        header: String,
        /// Those rows.
        rows: Vec<u32>,
        count: u64,
        /// Contracts of one row each.
        others: u64,
    },
    /// 企业名称 is blank in some rows in which somebody signs, and not in others.
    CompanyBlank {
        rows: Vec<u32>,
        count: u64,
        /// A column says that companies sign there.
        typed: bool,
    },
    /// A second number of contracts differs within one of them.
    SecondNumber {
        header: String,
        first_row: u32,
        row: u32,
    },
    /// One contract of rows that stand apart, where most are rows that stand together.
    NumberApart {
        header: String,
        value: String,
        first_row: u32,
        count: u64,
        /// Naming the column answers this and nothing else: no row without a number would go with the one above, and
        /// the numbers do not begin anew in each place.
        key_answers: bool,
    },
    /// Alike in all that is sent, but not in columns that are not.
    RowsDiffer {
        first_row: u32,
        /// The sheet of that row, where it is another one.
        #[serde(default)]
        sheet: Option<String>,
        /// Rows that are like an earlier one.
        rows: Vec<u32>,
        count: u64,
        header: String,
        /// The column tells all rows of the sheet apart.
        tells_apart: bool,
        /// What tells them apart is when each was written.
        #[serde(default)]
        by_time: bool,
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
    /// Contracts in which somebody is missing whom the others have, by the column that says who is who.
    ContractsLackParty {
        rows: Vec<u32>,
        count: u64,
        words: Vec<String>,
    },
    /// A header that is struck through, of a column that is used.
    ColumnStruck {
        header: String,
        /// Nothing else gives what it gives, and without that nobody signs.
        #[serde(default)]
        needed: bool,
    },
    /// Numbers of contracts that differ in nothing but the party that they end in: Z1-甲方, Z1-乙方.
    NumbersOfParties {
        value: String,
        header: String,
    },
    /// Rows that look like one contract to eyes only: 1.1 and 1.2 under 序号, or groups between blank rows.
    RowsGrouped {
        /// The second number of a group; empty: blank rows tell the groups apart.
        value: String,
        /// Rows of each group between blank rows; 0: they differ.
        size: u32,
        first_row: u32,
        /// Another row of the first group.
        row: u32,
    },
    /// Rows of a sheet with columns for each party, in which one of them is blank: who that is.
    RowsLackParty {
        rows: Vec<u32>,
        count: u64,
        words: Vec<String>,
    },
    /// Cells of a component that are empty among filled ones.
    FormFieldEmpty {
        rows: Vec<u32>,
        count: u64,
    },
    /// 待定, 3500？: components whose value is not settled. `among`: other rows have one. `odd`: it is a value, but far from
    /// all others, or written otherwise.
    FormFieldUndecided {
        value: String,
        among: bool,
        #[serde(default)]
        odd: bool,
        rows: Vec<u32>,
        count: u64,
    },
    /// A bare 0 where others have words: most often what a formula shows of an empty cell.
    ZerosAmongTexts {
        rows: Vec<u32>,
        count: u64,
    },
    /// Bare numbers among dates: what a date becomes without its format.
    SerialsAmongDates {
        rows: Vec<u32>,
        count: u64,
    },
    /// Dates among texts like 3-101: a spreadsheet program has made them of such texts.
    DatesAmongCodes {
        rows: Vec<u32>,
        count: u64,
    },
    /// Mobiles that end in zeros: a program has kept their first digits.
    MobilesRounded {
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
        /// Both are called alike, so that `--map` would mean both.
        #[serde(default)]
        alike: bool,
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
        /// How many of them, from the first, are lists by their names; 0: nobody has looked.
        #[serde(default)]
        lists: usize,
    },
    /// Sheets that are not read, with names and mobiles in them.
    SheetsWithPeople {
        left: Vec<String>,
        used: Vec<String>,
    },
    /// A sheet that is not read says what no column does: a template, a deadline.
    SheetSaysMore {
        sheet: String,
        row: u32,
        text: String,
        field: String,
        used: Vec<String>,
        /// A header of both sheets, with the same numbers below it: the contract's number, most likely.
        joined: Option<String>,
    },
    /// A sheet that is not read lists some of the people to whom this one would send.
    SheetListsSome {
        sheet: String,
        /// Of those who are not on it.
        rows: Vec<u32>,
        count: u64,
        used: Vec<String>,
    },
    /// A sheet that is not read has rows in it that are to be sent, and its name says that they are not.
    SheetLeavesOut {
        sheet: String,
        rows: Vec<u32>,
        /// What these rows are known by: numbers of contracts, of people, or names.
        values: Vec<String>,
        count: u64,
        used: Vec<String>,
    },
    /// Components that another of the chosen sheets fills in, or columns that say who signs, with which template, or
    /// until when.
    FieldsLacking {
        fields: Vec<String>,
        other: String,
        /// A column of this sheet that nothing is sent of, and the component that it may be: by its header.
        #[serde(default)]
        near: Option<(String, String)>,
        /// It is about more than components.
        #[serde(default)]
        terms: bool,
    },
    /// Sheets that are called like the two sides of one contract: 房东 and 租客.
    SheetsOfParties {
        sheets: Vec<String>,
    },
    /// Sheets that are sent alike and say of themselves that their contracts differ: each with what it says. `used`: all
    /// that are read.
    SheetsDiffer {
        by: ApartBy,
        sheets: Vec<(String, String)>,
        used: Vec<String>,
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
    /// Nothing but the rest of a text that stands in the row above.
    RowContinues {
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
    },
    KeyMissing,
    /// A column of numbers in which no row has any.
    KeysBlank,
    /// A column like 年龄 or 签署人关系 that is not used and says something of who signs.
    ColumnOfSigners {
        matter: SignerMatter,
        value: String,
        #[serde(default)]
        rows: Vec<u32>,
        #[serde(default)]
        count: u64,
    },
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
    /// `离职` in the place of a value, or noted behind it.
    SaysState {
        found: String,
    },
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
        /// Of each row, where there are several sheets.
        #[serde(default)]
        sheets: Vec<String>,
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
    /// 劳动合同: a template's name where its id belongs.
    NotATemplateId,
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
        /// That one had a number.
        #[serde(default)]
        numbered: bool,
    },
    /// A contract whose number differs in leading zeros or in capitals alone was sent.
    NumberSentAlike {
        job: String,
    },
    /// It went out meanwhile, before or after another correction.
    SentMeanwhile {
        job: String,
    },
    /// It is about to go out there, or nobody knows whether it did.
    WaitsThere {
        job: String,
        id: String,
    },
    /// A cell of a workbook to correct that is as it was, and whose fault only the input showed.
    NotCorrected,
    /// A cell of ours that says which contract is corrected was changed.
    OriginChanged,
    /// The column that says which contracts are corrected was deleted.
    OriginsGone {
        job: String,
    },
    /// The settings have another sender than when the job began.
    SenderChanged {
        field: String,
        before: String,
    },
    /// The same contents went out in another realm; one line for all of them.
    SentElsewhere {
        count: u64,
        job: String,
        endpoint: String,
        app: String,
        organization: String,
    },
    /// A finished file of which answers had left out rows that are meant now. `count`: contracts that would go; 0: they
    /// are to be corrected, or asked about, first.
    RestLeftOut {
        job: String,
        count: u64,
    },
}

/// What sheets say of themselves in which their contracts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApartBy {
    /// Another paper, or another template.
    Paper,
    /// Another company that signs.
    Company,
    /// Another day to sign by.
    Deadline,
}

/// In what two components of a contract disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disagreement {
    /// The amount in words is not the one in figures.
    InWords,
    /// The term ends before it begins.
    Ends,
    /// The term is said to be longer or shorter than it is by its days.
    Length,
    /// An amount is not what it is worked out of in other rows.
    Product,
}

/// What a column says of who signs, or how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignerMatter {
    /// 本人, or somebody else.
    Relation,
    Age,
    /// The class of a school.
    Class,
    Count,
}
