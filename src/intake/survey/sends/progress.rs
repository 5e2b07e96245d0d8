//! Columns like 进度 and 合同情况, with words that nobody can list: 等回签, 卡在法务. Where they stand in some rows only, those
//! rows are not where the others are.

use crate::contract::refusals::plain_of;
use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    AHEAD_OF_SIGNING, ALL_IS_WELL, BEFORE_SIGNING, HAVE_AGREED, HAVE_TO_AGREE, IS_MEANT, LEFT_UNDONE,
    PENDING, STUCK_OR_DONE, WAITS_FOR,
};
use crate::intake::noted::{Harmless, NotedRows};

use super::Said;

/// What it says where what comes before the signing is over.
const PASSED: &[&str] = &[
    "通过", "合格", "已审核", "已审批", "已批准", "完成", "完毕", "已认证", "已实名", "已缴费", "好了",
    "已补",
];
const ENDED: &[&str] = &["完成", "完毕", "好了", "办好", "办完", "办妥", "弄好"];
const OF_PAPERS: &[&str] = &["合同", "协议", "流程", "全部", "手续"];

/// A column of progress.
pub(super) struct Progress {
    pub column: usize,
    said: Option<Said>,
    /// Rows that say nothing of the kind.
    waits: bool,
    says_more: bool,
    /// What stands in many rows is looked at once.
    harmless: Harmless,
}

impl Progress {
    pub fn new(column: usize) -> Self {
        Self { column, said: None, waits: false, says_more: false, harmless: Harmless::default() }
    }

    pub fn row(&mut self, row: &SourceRow) {
        let seen = row.row.cell(self.column).seen_ref();
        let text = seen.trim();
        if !self.harmless.or(text, is_stuck_or_done) {
            self.waits = true;
            return;
        }
        match &mut self.said {
            Some(said) if said.value == text => said.rows.note(row.row.number),
            Some(_) => self.says_more = true,
            None => {
                let mut rows = NotedRows::default();
                rows.note(row.row.number);
                self.said = Some(Said { maps: false, value: text.to_owned(), rows });
            }
        }
    }

    pub fn finish(self) -> Option<(usize, Said)> {
        let differs = self.waits || self.says_more;
        self.said.filter(|_| differs).map(|said| (self.column, said))
    }
}

/// 卡在法务, 等回签, 纸质版已存档, 待转正后签: a word of what stands in the way, or was done; 新签, 待发起, 3000元, 王芳 and 体检完成 are
/// none.
fn is_stuck_or_done(text: &str) -> bool {
    const LONGEST: usize = 60;
    const LEAST_WAITING: usize = 3;
    const SHORTLY: usize = 3;
    let plain = plain_of(text);
    let letters = plain.chars().count();
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    // 待签，急; 待签（已约12月1日）.
    let head = plain.split(['(', '（', '，', ',', '；', ';', '。']).next().unwrap_or_default();
    let is_to_go = PENDING.contains(&text) || AHEAD_OF_SIGNING.contains(&head) || is_still_to_go(head);
    // 审批通过, 体检合格: what comes before the signing is over.
    let is_passed = || has(BEFORE_SIGNING) && (plain.starts_with("已完成") || has(PASSED));
    let waits = || {
        (plain.starts_with('等') && !plain.starts_with("等级") && letters >= LEAST_WAITING)
            || (plain.contains('待') && !plain.contains("待遇") && has(WAITS_FOR))
    };
    let is_asked_of = || has(HAVE_TO_AGREE) && !has(HAVE_AGREED);
    // 签约完成, 流程完成; 水电完成 is about something else.
    let is_finished = || has(ENDED) && (letters <= SHORTLY || plain.contains('签') || has(OF_PAPERS));
    let is_going_on = || letters > 2 && plain.ends_with('中');
    let is_in_force = || matches!(plain.as_str(), "生效" | "已生效" | "毕");
    letters <= LONGEST
        && yes_no(text).is_none()
        && !IS_MEANT.contains(&text)
        && !is_to_go
        && !has(ALL_IS_WELL)
        && !is_passed()
        && (has(STUCK_OR_DONE) || waits() || is_asked_of() || is_finished() || is_going_on() || is_in_force())
}

/// 等待签约, 合同待发, 尚未签订: nothing was done yet, and nothing is in the way.
fn is_still_to_go(plain: &str) -> bool {
    let papers = ["电子合同", "合同", "协议"];
    let bare = papers.iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(plain);
    let rest = ["等待", "尚未", "还未", "还没", "待", "等", "未", "没"]
        .iter()
        .find_map(|word| bare.strip_prefix(word));
    let rest = rest.map(|rest| papers.iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest));
    rest.is_some_and(|rest| LEFT_UNDONE.contains(&rest))
}
