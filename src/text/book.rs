//! What the workbook of a report says: what its columns are called, the pages to confirm with
//! what a person fills in beside them, and what that person may write there.

use crate::domain::job::{JobId, Status};
use crate::domain::workbook_marks;

use super::{Lang, console, say};

/// What one of our columns is called in a workbook; what no person reads keeps its stable name.
pub fn own_header(lang: Lang, name: &str) -> Option<&'static str> {
    Some(match name {
        workbook_marks::STATUS => lang.pick("状态", "status"),
        workbook_marks::REASON => lang.pick("原因", "reason"),
        workbook_marks::CONFIRM_URL => lang.pick("确认链接", "link to confirm"),
        workbook_marks::PAGE => lang.pick("页", "page"),
        workbook_marks::SHEET => lang.pick("工作表", "sheet"),
        workbook_marks::ROW => lang.pick("行号", "row"),
        workbook_marks::TIME => lang.pick("时间", "time"),
        workbook_marks::FLOW_STATUS => lang.pick("签署状态", "signing"),
        workbook_marks::FLOW_REASON => lang.pick("签署备注", "signing: reason"),
        workbook_marks::SIGNED => lang.pick("已签", "signed by"),
        workbook_marks::NOT_SIGNED => lang.pick("未签", "not signed by"),
        workbook_marks::SINCE => lang.pick("未签起始", "nothing since"),
        workbook_marks::SIGN_URL => lang.pick("签署链接", "link to sign"),
        workbook_marks::LINKS_MADE => lang.pick("链接生成时间", "link made"),
        _ => return None,
    })
}

/// The same, where the file has a column of that name already: that one keeps its name.
pub fn beside_theirs(lang: Lang, header: &str) -> String {
    say!(lang, "{header}（flowbatch）", "{header} (flowbatch)")
}

/// The status that a cell of a report gives, in whatever language it was written.
pub fn status_named(cell: &str) -> Option<Status> {
    let is_it = |status: &Status| {
        [Lang::Zh, Lang::En].iter().any(|lang| console::status::status(*lang, *status) == cell)
            || status.name() == cell
    };
    Status::ALL.into_iter().find(is_it)
}

/// A time as a person reads it, of one in RFC 3339.
pub fn plain_time(time: &str) -> String {
    time.get(..19).unwrap_or(time).replacen('T', " ", 1)
}

/// Headings of the block of pages: the page, its link, how many contracts, when it was made,
/// and what a person fills in.
pub struct PageHeadings {
    pub page: &'static str,
    pub link: &'static str,
    pub contracts: &'static str,
    pub prepared: &'static str,
    pub ticks: [&'static str; 3],
}

pub fn page_headings(lang: Lang) -> PageHeadings {
    PageHeadings {
        page: lang.pick("页面", "page"),
        link: lang.pick("确认链接", "link"),
        contracts: lang.pick("合同数", "contracts"),
        prepared: lang.pick("生成时间", "prepared"),
        ticks: [lang.pick("已确认", "confirmed"), lang.pick("确认人", "by"), lang.pick("时间", "at")],
    }
}

/// What stands in the cell of a page that is confirmed, and what a person may choose there.
pub fn yes(lang: Lang) -> &'static str {
    lang.pick("是", "yes")
}

/// What a person has written where a page is to be ticked; `None`: nobody can say.
pub fn ticked(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "是" | "已确认" | "对" | "yes" | "y" | "ok" | "true" | "1" | "√" | "✓" | "✔" | "☑" => {
            Some(true)
        }
        "" | "否" | "未确认" | "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// When a page was made, and how long that was ago when the report was written.
pub fn age(lang: Lang, time: &str, seconds: i64) -> String {
    let time = plain_time(time);
    let time = time.get(..16).unwrap_or(&time);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    match (days, hours, minutes) {
        (1.., ..) => say!(lang, "{time}（{days} 天前）", "{time} ({days} d ago)"),
        (_, 1.., _) => say!(lang, "{time}（{hours} 小时前）", "{time} ({hours} h ago)"),
        (.., 1..) => say!(lang, "{time}（{minutes} 分钟前）", "{time} ({minutes} min ago)"),
        _ => time.to_owned(),
    }
}

/// How pages are ticked off.
pub fn how_to_tick(lang: Lang) -> &'static str {
    lang.pick(
        "打开链接确认后，请在“已确认”下选“是”并保存：下次写报告时会记下来",
        "When you have confirmed a page, choose yes beside it and save: it is noted when the report is written next",
    )
}

/// There are more pages than stand on the first sheet.
pub fn more_pages(lang: Lang, more: usize, sheet: &str) -> String {
    say!(
        lang,
        "还有 {more} 个页面，全部页面见工作表“{sheet}”（点这里）",
        "{more} more; all of them are on the sheet “{sheet}” (click here)"
    )
}

/// The workbook in which failed contracts are corrected.
pub fn correct_in(lang: Lang, count: u64) -> String {
    say!(lang, "{count} 份失败的合同在这里改：", "Correct the failed contracts ({count}) in:")
}

/// What a report says of the job as a whole.
pub struct FactNames {
    pub file: &'static str,
    pub begun: &'static str,
    pub sender: &'static str,
    pub template: &'static str,
}

pub fn fact_names(lang: Lang) -> FactNames {
    FactNames {
        file: lang.pick("文件", "file"),
        begun: lang.pick("日期", "date"),
        sender: lang.pick("发送方", "sender"),
        template: lang.pick("模板", "template"),
    }
}

/// Who sends: the company's id in the application, and the person's who acts for it.
pub fn sender(lang: Lang, organization: &str, operator: &str) -> String {
    say!(lang, "企业 {organization}，经办人 {operator}", "organization {organization}, operator {operator}")
}

/// Several of a kind, where only some are named.
pub fn and_more(lang: Lang, named: &[String], all: usize) -> String {
    let line = named.join(lang.pick("、", ", "));
    match all.saturating_sub(named.len()) {
        0 => line,
        more => say!(lang, "{line} 等 {all} 个", "{line} and {more} more"),
    }
}

/// Before the reason of a row that was hidden in the input.
pub fn was_hidden(lang: Lang, reason: &str) -> String {
    say!(lang, "（原来是隐藏的行）{reason}", "(was a hidden row) {reason}")
}

/// Behind the reason of a row that was not seen in the input and is seen here.
pub fn held_back(lang: Lang) -> &'static str {
    lang.pick(
        "。这里先在“发送”列写了“否”：要发送请改成“是”",
        ". For now it says no under send: write yes there to send it",
    )
}

/// The column that says whether a row is to be sent, and that it is not.
pub fn send_header(lang: Lang) -> &'static str {
    lang.pick("发送", "send")
}

pub fn no(lang: Lang) -> &'static str {
    lang.pick("否", "no")
}

/// Before the reason of a row that stands for a failed contract.
pub fn of_row(lang: Lang, job: &JobId, row: u32, reason: &str) -> String {
    say!(lang, "（任务 {job} 第{row}行）{reason}", "(row {row} of job {job}) {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_known_in_every_language() {
        for status in Status::ALL {
            for word in [
                status.name(),
                console::status::status(Lang::Zh, status),
                console::status::status(Lang::En, status),
            ] {
                assert!(status_named(word) == Some(status), "{word}");
            }
        }
        assert!(status_named("maybe").is_none());
    }

    #[test]
    fn times_are_as_a_person_reads_them() {
        assert_eq!(plain_time("2026-01-31T16:00:00+08:00"), "2026-01-31 16:00:00");
        assert_eq!(plain_time(""), "");
        assert_eq!(age(Lang::Zh, "2026-01-31T16:00:00+08:00", 7200), "2026-01-31 16:00（2 小时前）");
    }
}
