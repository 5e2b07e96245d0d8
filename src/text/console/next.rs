//! What to do next, as a whole command to copy.

use std::path::Path;

use crate::text::{Lang, say, several};

/// A workbook with bad cells was written; corrected there, that command checks it.
pub fn after_bad_check(lang: Lang, workbook: &Path, command: &str) -> String {
    say!(
        lang,
        "下一步：打开 {path}，红色的格子就是有问题的，鼠标停在上面会显示原因和改法。改好、保存后运行：{command}",
        "next: open {path}. The red cells are wrong; the note of each says why, and what to do. Correct them, save, and run: {command}",
        path = workbook.display()
    )
}

/// Questions that only the sheet itself can answer.
pub fn after_questions(lang: Lang, command: &str) -> String {
    say!(
        lang,
        "下一步：按上面的说明改好表格，保存后再检查：{command}",
        "next: change the sheet as said above, save it, and check it again: {command}"
    )
}

pub fn after_good_check(lang: Lang, trial: &str, all: &str) -> String {
    say!(
        lang,
        "下一步：先试发三份：{trial}\n  或者直接全部发送：{all}",
        "next: a trial with three contracts: {trial}\n  or all of them: {all}"
    )
}

/// Too few for a trial.
pub fn after_small_check(lang: Lang, all: &str) -> String {
    say!(lang, "下一步：发送：{all}", "next: send them: {all}")
}

pub fn after_trial(lang: Lang, all: &str) -> String {
    say!(
        lang,
        "下一步：打开上面的页面看看对不对，再发送其余的：{all}",
        "next: look at the pages above; if they are right, send the rest: {all}"
    )
}

/// The same where the contracts have been started.
pub fn after_started_trial(lang: Lang, track: &str, all: &str) -> String {
    say!(
        lang,
        "下一步：这几份已经发起，先看看对不对：{track}；没问题再发起其余的：{all}",
        "next: these are started; see whether they are right: {track}; then start the rest: {all}"
    )
}

/// Contracts to correct are in a workbook of their own.
pub fn after_failures(lang: Lang, workbook: &Path, command: &str) -> String {
    say!(
        lang,
        "下一步：失败的合同都在 {path} 里，红色的格子有批注写着原因。改好、保存后运行：{command}",
        "next: the contracts that failed are in {path}; the notes of the red cells say why. Correct them, save, and run: {command}",
        path = workbook.display()
    )
}

pub fn after_stop(lang: Lang, command: &str) -> String {
    say!(lang, "再运行一次可继续：{command}", "to go on, run: {command}")
}

/// Not all of them were shown.
pub fn after_pages(lang: Lang, pages: &str) -> String {
    say!(lang, "要看全部页面：{pages}", "to see all of the pages: {pages}")
}

pub fn refused(lang: Lang, count: u64) -> String {
    say!(lang, "{count} 份合同失败：", "{failed} failed:", failed = several(count, "contract"))
}

/// `label`: the contract's number, if it has one.
pub fn refused_line(lang: Lang, row: u32, label: Option<&str>, reason: &str) -> String {
    let label = label.filter(|label| !label.is_empty());
    let label = label.map(|label| format!(" · {label}")).unwrap_or_default();
    say!(lang, "第{row}行{label}：{reason}", "row {row}{label}: {reason}")
}

pub fn more_refused(lang: Lang, rest: u64) -> String {
    say!(lang, "其余 {rest} 份见报告", "{rest} more are in the report")
}
