//! Which columns may say whether a row is sent, by their headers.

use std::collections::HashSet;

use crate::contract::columns::{Target, is_somebody, names_a_counterparty, without_name_end};
use crate::contract::layout::Mapping;
use crate::contract::refusals::is_left_undone;
use crate::contract::vocabulary::{
    AGES, APPROVALS, APPROVALS_ALONE, AROUND_QUESTIONS, ASKS_FOR_LEAVE, ASKS_TO_SEND, BEFORE_SIGNING,
    BEFORE_THIS, BIRTHS, COUNT_ENDS, COUNTS_OF_CONTRACTS, DONE_MARKS, ENDS_OF_PROGRESS, ENDS_OF_QUESTIONS,
    EXAMINED, FILLED_IN_AFTERWARDS, GUARDIANS, HIMSELF, LAST_DAYS, LEAVE_OUT, LEAVING, LISTS_OF_STAFF,
    MARKED, MARKS_LEAVE_OUT, MAY_BE_DONE, MAY_SEND, NO_MORE_THAT_SIGNS, OF_ANOTHER, OF_ELSEWHERE,
    OF_OTHER_MATTERS, OF_SIGNING, OF_THE_SIGNER, PAPER_WORDS, PAPERS, PARTIES, PROGRESS, RELATION, RELATIVES,
    REMARK_COLUMNS, REMARK_END, SAYS_OF_SOMEBODY, SCHOOL_CLASSES, SENT_LATER, SIGN_FOR_HIMSELF,
    SIGNED_ALREADY, SIGNED_BY_ANOTHER, SIGNED_ON, SIGNED_TO_THE_END, SIGNER_RELATIONS, SIGNING_PEOPLE,
    SIGNS_OR_SENDS, SIGNS_OR_SIGNED, STAND_INS, TEACHERS, TICKED_FOR, WHETHER,
};
use crate::domain::field::FieldId;
use crate::domain::problem::{Rule, SignerMatter};

use super::super::orders::is_role_column;

/// A column like 是否签约 or 签署状态.
pub(super) struct Asked {
    pub column: usize,
    /// Whether 是 there means that the row is to be sent.
    pub sends: bool,
    /// Whether it says just that, so that a map to `send` means the same.
    pub maps: bool,
    /// Whether it says that somebody was found fit, and is about no paper.
    pub approves: bool,
}

/// The columns that nothing is sent of, by what they may say.
#[derive(Default)]
pub(super) struct Columns {
    pub asked: Vec<Asked>,
    /// Columns like 备注, and what stands under no header.
    pub remarks: Vec<usize>,
    /// Columns of any other name, and whether they have to do with contracts.
    pub others: Vec<(usize, bool)>,
    /// Columns of which nobody expects it: 部门, 岗位.
    pub unexpected: Vec<usize>,
    /// Columns like 离职日期.
    pub last_days: Vec<usize>,
    /// Columns like 离职原因 and 合同链接.
    pub afterwards: Vec<usize>,
    /// Columns like 签署日期: some of them that are filled in were signed that day.
    pub signed_on: Vec<usize>,
    /// Columns like 计划发送时间: a day to come is not today.
    pub later: Vec<usize>,
    /// Columns like 签署人关系, 年龄 and 合同份数, and which of them.
    pub of_signers: Vec<(usize, SignerMatter)>,
    /// Columns like 是否本人签署 and 是否未成年: they say who signs, and not whether.
    pub by_another: Vec<usize>,
    /// Columns about signing: 否 in all rows is not done yet.
    pub of_signing: HashSet<usize>,
    /// Columns without a header.
    pub nameless: Vec<usize>,
    /// Columns like 状态 and 是否签约, of which 是 may say anything.
    pub vague: Vec<usize>,
    /// Columns like 进度 and 合同情况.
    pub progress: Vec<usize>,
    /// Columns like 审批状态: what is finished there comes before the signing.
    pub before_signing: Vec<usize>,
}

impl Columns {
    pub fn new(mapping: &Mapping, unused: &[(usize, String)]) -> Self {
        let called = |is_it: &dyn Fn(&str) -> bool| -> Vec<usize> {
            unused.iter().filter(|(_, plain)| is_it(plain)).map(|(column, _)| *column).collect()
        };
        let one_paper = is_for_one_paper(mapping);
        let leaves_out = |column: usize, plain: &str| marks_leave_out(mapping, column, plain);
        let asked = |(column, plain): &(usize, String)| match leaves_out(*column, plain) {
            true => Some(Asked { column: *column, sends: false, maps: false, approves: false }),
            false => asked(*column, plain, one_paper),
        };
        let is_said_who = says_who_signs(mapping);
        let has_unclear = mapping.asked.iter().any(|(_, rule)| matches!(rule, Rule::SignerUnclear { .. }));
        let asks_no_class = has_unclear || lists_staff(mapping);
        Self {
            asked: unused.iter().filter_map(asked).collect(),
            remarks: called(&|plain| is_for_remarks(plain) || plain.is_empty()),
            others: unused
                .iter()
                .filter(|(_, plain)| is_other(plain))
                .map(|(column, plain)| (*column, has(plain, OF_SIGNING)))
                .collect(),
            unexpected: called(&is_unexpected),
            last_days: called(&|plain| LAST_DAYS.contains(&plain)),
            afterwards: called(&|plain| FILLED_IN_AFTERWARDS.contains(&plain)),
            later: called(&|plain| SENT_LATER.contains(&plain)),
            signed_on: called(&|plain| SIGNED_ON.contains(&plain)),
            of_signers: unused
                .iter()
                .filter(|(column, _)| !mapping.asked.iter().any(|(own, _)| own == column))
                .filter_map(|(column, plain)| Some((*column, matter_of(plain)?)))
                .filter(|(_, matter)| *matter == SignerMatter::Count || !is_said_who)
                // Whoever teaches a class is of age, and where a parent stands beside he is asked about.
                .filter(|(_, matter)| !asks_no_class || *matter != SignerMatter::Class)
                .collect(),
            by_another: called(&|plain| {
                SIGN_FOR_HIMSELF.contains(&plain)
                    || (SIGNED_BY_ANOTHER.contains(&plain) && has(plain, OF_ANOTHER))
                    || asks_of_another(plain)
                    || asks_of_a_party(plain)
            }),
            of_signing: called(&|plain| plain.contains(['签', '发'])).into_iter().collect(),
            nameless: called(&str::is_empty),
            vague: called(&|plain| {
                SIGNS_OR_SIGNED.contains(&plain)
                    || (!plain.contains(['签', '发'])
                        && ["状态", "情况"].iter().any(|end| plain.ends_with(end)))
            }),
            progress: called(&is_of_progress),
            before_signing: called(&|plain| has(plain, BEFORE_SIGNING)),
        }
    }

    /// Those that still matter where a column of ours says which rows are sent.
    pub fn beside_ours(self) -> Self {
        let asked: Vec<Asked> = self.asked.into_iter().filter(|own| !own.sends).collect();
        let others = asked.iter().map(|own| (own.column, true)).collect();
        Self { asked, others, remarks: self.remarks, ..Self::default() }
    }

    /// 需签署, 本月签订: where only some rows have a tick these may be the ones that are meant.
    pub fn ticks<'c>(&'c self, unused: &'c [(usize, String)]) -> impl Iterator<Item = usize> + 'c {
        let is_asked = |column: usize| self.asked.iter().any(|own| own.column == column);
        unused
            .iter()
            .filter(move |(column, plain)| {
                plain.is_empty()
                    || MARKED.contains(&plain.as_str())
                    || (!is_asked(*column) && (may_be_ticked(plain) || is_for_remarks(plain)))
            })
            .map(|(column, _)| *column)
    }
}

/// 不发送, 备注（√不签）: what stands in brackets counts.
fn marks_leave_out(mapping: &Mapping, column: usize, plain: &str) -> bool {
    let header = mapping.headers.get(column).map_or("", |header| header.as_ref());
    let whole: String =
        header.to_lowercase().chars().filter(|c| !c.is_whitespace() && !"“”\"（）()".contains(*c)).collect();
    !has(plain, OF_OTHER_MATTERS) && (LEAVE_OUT.contains(&plain) || has(&whole, MARKS_LEAVE_OUT))
}

fn has(plain: &str, words: &[&str]) -> bool {
    words.iter().any(|word| plain.contains(word))
}

/// Which of several papers a row is for is asked, or was said.
fn is_for_one_paper(mapping: &Mapping) -> bool {
    let is_of_papers = |plain: String| PAPERS.iter().any(|paper| plain.ends_with(paper));
    mapping.asked.iter().any(|(_, rule)| matches!(rule, Rule::PapersBeside { .. }))
        || mapping.conditions.iter().any(|(column, _)| is_of_papers(mapping.plain(*column)))
}

fn asked(column: usize, plain: &str, one_paper: bool) -> Option<Asked> {
    // 劳动合同 | 保密协议: a tick says which of them somebody gets.
    let is_about_signing = !plain.starts_with(WHETHER) || plain.contains('签');
    let is_paper = !one_paper && is_about_signing && PAPERS.iter().any(|paper| plain.ends_with(paper));
    let is_of_else = OF_OTHER_APPROVALS.iter().any(|end| plain.ends_with(end));
    let approves = (has(plain, APPROVALS) && !is_of_else) || APPROVALS_ALONE.contains(&plain);
    let (sends, maps) = match asks_whether(plain) {
        _ if MAY_SEND.contains(&plain) => (true, true),
        // 审核结果 | √ is good.
        _ if approves => (true, false),
        _ if SIGNS_OR_SIGNED.contains(&plain) || SIGN_FOR_HIMSELF.contains(&plain) => (true, false),
        _ if MAY_BE_DONE.contains(&plain) || is_by_another(plain) || says_that_it_ended(plain) => {
            (false, false)
        }
        // 乙方是否签署 | 否.
        _ if asks_of_a_party(plain) => (true, false),
        Some(sends) => (sends, false),
        None if is_paper => (true, false),
        None => return None,
    };
    Some(Asked { column, sends, maps, approves })
}

/// 审核日期, 面试官: they say nothing of the kind.
const OF_OTHER_APPROVALS: &[&str] = &[
    "日期", "时间", "人", "官", "员", "编号", "号", "机构", "医院", "地点", "分", "成绩", "费", "证", "表",
    "是否已", "数",
];

/// 签约完成, 是否完成签署, 合同签完没: 是 there is a contract that was signed.
fn says_that_it_ended(plain: &str) -> bool {
    let of_sending =
        has(plain, &["发送", "发起", "发出"]) || (plain.contains('发') && has(plain, &["合同", "协议"]));
    (plain.contains('签') || of_sending)
        && has(plain, SIGNED_TO_THE_END)
        && !plain.ends_with('率')
        && !has(plain, OF_OTHER_MATTERS)
        && !COUNT_ENDS.iter().any(|end| plain.ends_with(end))
}

fn is_told_otherwise(plain: &str) -> bool {
    LAST_DAYS.contains(&plain)
        || FILLED_IN_AFTERWARDS.contains(&plain)
        || SIGNED_ON.contains(&plain)
        || SENT_LATER.contains(&plain)
        || matter_of(plain).is_some()
}

/// 在职状态, 情况: columns that may say so in words of their own.
fn is_other(plain: &str) -> bool {
    !is_for_remarks(plain)
        && !is_told_otherwise(plain)
        && (plain.is_empty() || has(plain, SAYS_OF_SOMEBODY))
        && !has(plain, OF_ELSEWHERE)
        && !plain.starts_with(BEFORE_THIS)
        && !has(plain, OF_OTHER_MATTERS)
}

fn is_unexpected(plain: &str) -> bool {
    !plain.is_empty()
        // Who does not sign by his role is asked about as that.
        && !is_role_column(plain)
        && !is_for_remarks(plain)
        && !is_told_otherwise(plain)
        && !is_other(plain)
        && !has(plain, OF_ELSEWHERE)
        && (!has(plain, OF_OTHER_MATTERS) || has(plain, EXAMINED))
}

/// 进度, 合同情况, 签约阶段; 上次签约情况 is of what was before, and 合同打印情况 of something else.
fn is_of_progress(plain: &str) -> bool {
    let of_contracts =
        ["签约", "签署", "签订", "签字", "合同", "协议", "电子签"].iter().any(|word| plain.contains(word));
    let of_before = plain.starts_with(BEFORE_THIS) || has(plain, &["上次", "上期", "上份", "上一", "旧"]);
    PROGRESS.contains(&plain)
        || (of_contracts
            && ENDS_OF_PROGRESS.iter().any(|end| plain.ends_with(end))
            && !of_before
            && !has(plain, &["打印", "寄送", "地址"])
            && !has(plain, BEFORE_SIGNING)
            && !has(plain, OF_OTHER_MATTERS))
}

fn may_be_ticked(plain: &str) -> bool {
    MARKED.contains(&plain)
        || plain.is_empty()
        || TICKED_FOR.iter().filter_map(|word| plain.strip_prefix(word)).any(is_left_undone)
}

/// 代签, 配偶是否签字.
fn is_by_another(plain: &str) -> bool {
    SIGNED_BY_ANOTHER.contains(&plain) || asks_of_another(plain)
}

/// 配偶是否签字, 是否需要担保人签.
fn asks_of_another(plain: &str) -> bool {
    let signs = |rest: &str| NO_MORE_THAT_SIGNS.contains(&rest);
    let is_one = |who: &str| {
        !HIMSELF.contains(&who) && (is_somebody(who) || names_a_counterparty(who) || names_a_relative(who))
    };
    let before = plain.split_once(WHETHER).is_some_and(|(who, rest)| signs(rest) && is_one(who));
    let behind = || {
        let rest = plain.strip_prefix(WHETHER)?;
        let rest = rest.trim_start_matches("需要").trim_start_matches('需').trim_start_matches('由');
        NO_MORE_THAT_SIGNS.iter().find_map(|word| rest.strip_suffix(word))
    };
    before || behind().is_some_and(is_one)
}

/// 乙方是否签署.
fn asks_of_a_party(plain: &str) -> bool {
    let halves = plain.split_once(WHETHER);
    halves.is_some_and(|(who, rest)| {
        NO_MORE_THAT_SIGNS.contains(&rest) && PARTIES.iter().any(|(own, _)| *own == who)
    })
}

fn names_a_relative(who: &str) -> bool {
    GUARDIANS.iter().chain(STAND_INS).chain(RELATIVES).any(|own| *own == who)
}

/// What a column like 年龄 is about.
fn matter_of(plain: &str) -> Option<SignerMatter> {
    match () {
        () if SIGNER_RELATIONS.contains(&plain) => Some(SignerMatter::Relation),
        // 签字人与本人关系.
        () if plain.contains('签') && plain.ends_with(RELATION) => Some(SignerMatter::Relation),
        // 签署人 beside 姓名, with 本人 and 父亲: a name there would be used.
        () if SIGNING_PEOPLE.contains(&without_name_end(plain)) => Some(SignerMatter::Relation),
        () if AGES.contains(&plain) || plain.ends_with("年龄") || BIRTHS.contains(&plain) => {
            Some(SignerMatter::Age)
        }
        () if SCHOOL_CLASSES.contains(&plain) => Some(SignerMatter::Class),
        () if COUNTS_OF_CONTRACTS.contains(&plain) => Some(SignerMatter::Count),
        () => None,
    }
}

/// 签署人姓名, 家长姓名: by their header the names are of those who sign, whatever age or relation stands beside
/// them.
fn says_who_signs(mapping: &Mapping) -> bool {
    let names = (0..mapping.targets.len()).filter(|column| {
        matches!(&mapping.targets[*column], Target::Field { field, .. } if field.id == FieldId::ApproverName)
    });
    let says = |header: &str| OF_THE_SIGNER.iter().chain(GUARDIANS).any(|word| header.contains(word));
    names.filter_map(|column| mapping.headers.get(column)).any(|header| says(header))
}

/// 岗位, 教师姓名.
fn lists_staff(mapping: &Mapping) -> bool {
    let is_of_staff = |header: &str| LISTS_OF_STAFF.iter().any(|word| header.contains(word));
    let teaches = |column: usize| TEACHERS.iter().any(|word| mapping.headers[column].contains(word));
    mapping.headers.iter().any(|header| is_of_staff(header))
        || mapping.column_of(FieldId::ApproverName.name()).is_some_and(teaches)
}

/// 是否同意续签, 合同已发: whether 是 there means that the row is to be sent. None: it asks something
/// else.
fn asks_whether(plain: &str) -> Option<bool> {
    if has(plain, OF_OTHER_MATTERS) || COUNT_ENDS.iter().any(|end| plain.ends_with(end)) {
        return None;
    }
    let is_done = has(plain, PAPER_WORDS) && has(plain, DONE_MARKS);
    let begins = plain.starts_with(WHETHER);
    let asks = plain.contains(WHETHER)
        || ASKS_FOR_LEAVE.iter().any(|word| plain.starts_with(word))
        || ENDS_OF_QUESTIONS.iter().any(|end| plain.ends_with(end));
    // 本次是否签, 是否需要发合同, 签了吗: no more than that; 工服是否已发 is another matter.
    let bare = ENDS_OF_QUESTIONS.iter().find_map(|end| plain.strip_suffix(end)).unwrap_or(plain);
    let bare = PAPERS.iter().find_map(|paper| bare.strip_suffix(paper)).unwrap_or(bare);
    let core = AROUND_QUESTIONS.iter().fold(bare.to_owned(), |rest, word| rest.replace(word, ""));
    let is_one = |words: &[&str]| words.contains(&core.as_str());
    match () {
        () if asks && is_one(SIGNED_ALREADY) => Some(false),
        () if asks && is_one(SIGNS_OR_SENDS) => Some(true),
        () if is_done || (begins && has(plain, LEAVING)) => Some(false),
        () if begins && has(plain, ASKS_TO_SEND) => Some(true),
        () => None,
    }
}

/// 备注, 备注1, HR备注.
fn is_for_remarks(plain: &str) -> bool {
    let bare = plain.trim_end_matches(|c: char| c.is_ascii_digit());
    REMARK_COLUMNS.contains(&bare) || bare.ends_with(REMARK_END) || bare.starts_with(REMARK_END)
}
