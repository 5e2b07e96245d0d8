//! Why a report could not be written, and the web pages of single values.

use crate::report::{MOST_PARTS, Parts, ReportError, WriteFault};
use crate::text::{Lang, Words, say, several, words};

use super::failures;

/// Why a report could not be written.
#[rustfmt::skip]
pub fn trouble(lang: Lang, error: &ReportError) -> Words {
    let (path, fault) = match error {
        ReportError::Journal(error) => return failures::journal(lang, error),
        ReportError::Write { path, fault } => (path.display(), fault),
    };
    match fault {
        WriteFault::DiskFull => words!(lang,
            ("磁盘已满，写不了 {path}", "请腾出空间，再运行一次生成报告；已发送的不受影响"),
            ("the disk is full: {path} could not be written", "Make room, then run again for the report; what was sent is not affected")),
        WriteFault::NotWritable => words!(lang,
            ("没有权限写入 {path}", "请修改文件夹权限，或用 --out 指定另一个文件夹"),
            ("{path} may not be written", "Change the folder's permissions, or name another one with --out")),
        WriteFault::NoFolder => words!(lang,
            ("找不到放报告的文件夹：{path}", "请建好文件夹，或用 --out 指定另一个"),
            ("the folder for the report is not there: {path}", "Make it, or name another one with --out")),
        WriteFault::NoFreeName => words!(lang,
            ("{path} 和后面带编号的文件都正打开着或被改过", "请关闭或移走旧的报告"),
            ("{path} and the numbered ones after it are all open or edited", "Close the old reports, or move them away")),
        WriteFault::TooWide => words!(lang,
            ("列数超过了 Excel 的上限，写不了 {path}", "请删除多余的列"),
            ("more columns than Excel takes: {path} could not be written", "Delete columns that are not needed")),
        WriteFault::Io(detail) => words!(lang,
            ("写 {path} 时出错：{detail}", "请检查磁盘或网络盘，再运行一次生成报告"),
            ("{path} could not be written: {detail}", "Check the disk or the network drive, then run again for the report")),
    }
}

/// Web pages of single values of a column, or why there are none.
pub fn parts(lang: Lang, parts: &Parts) -> Option<String> {
    let Parts { column, files, too_many, lacks_column } = parts;
    if let Some(count) = too_many {
        return Some(say!(
            lang,
            "“{column}”列有 {count} 种以上不同的值，超过 {most} 个文件的上限，没有按它分开写网页：请换一列",
            "the column {column} has {count} values or more; at most {most} web pages are written, so none was written for each: choose another column",
            most = MOST_PARTS
        ));
    }
    if *lacks_column {
        return Some(say!(
            lang,
            "没有名为“{column}”的列，没有按它分开写网页：请核对 [report] group_by",
            "there is no column {column}, so no web page was written for each of its values: check [report] group_by"
        ));
    }
    let first = files.first()?.path.display();
    Some(say!(
        lang,
        "按“{column}”分开的网页 {count} 个：{first} 等",
        "{pages} by {column}: {first} and so on",
        count = files.len(),
        pages = several(files.len() as u64, "web page")
    ))
}
