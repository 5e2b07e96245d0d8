//! Columns like 进度 and 合同情况, with words that nobody can list: 等回签, 卡在法务. Where they stand in some rows only, those
//! rows are not where the others are.

use crate::contract::refusals::plain_of;
use crate::contract::source_row::SourceRow;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{
    AHEAD_OF_SIGNING, BEFORE_SIGNING, IS_MEANT, LEFT_UNDONE, PENDING, STUCK_OR_DONE,
};
use crate::intake::noted::{Harmless, NotedRows};

use super::Said;

/// How it ends where what comes before the signing is over.
const PASSED: [&str; 9] =
    ["通过", "合格", "已审核", "已审批", "已批准", "已完成", "已认证", "已实名", "已缴费"];

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

/// 卡在法务, 等回签, 纸质版已存档, 待转正后签: a word of what stands in the way, or was done; 新签, 待发起, 3000元, 王芳 and 面试通过 are
/// none.
fn is_stuck_or_done(text: &str) -> bool {
    const LONGEST: usize = 60;
    let plain = plain_of(text);
    let has = |words: &[&str]| words.iter().any(|word| plain.contains(word));
    // 审批通过, 体检合格: what comes before the signing is over.
    let is_passed = || {
        has(BEFORE_SIGNING) && (plain.starts_with("已完成") || PASSED.iter().any(|end| plain.ends_with(end)))
    };
    let is_going_on = || plain.chars().count() > 2 && plain.ends_with('中');
    plain.chars().count() <= LONGEST
        && yes_no(text).is_none()
        && !PENDING.contains(&text)
        && !IS_MEANT.contains(&text)
        && !AHEAD_OF_SIGNING.contains(&plain.as_str())
        && !is_still_to_go(&plain)
        && (has(STUCK_OR_DONE) || is_going_on())
        && !is_passed()
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
