//! What the reports say.

use crate::domain::cell::column_letters;
use crate::domain::job::{Status, Tally};
use crate::domain::problem::Problem;
use crate::report::{ReportError, WriteFault};

use super::{Lang, Words, codes, console, problems, troubles};

/// Names of the report's sheets.
pub struct SheetNames {
    pub summary: &'static str,
    pub rows: &'static str,
    pub pages: &'static str,
    pub told: &'static str,
}

pub fn sheet_names(lang: Lang) -> SheetNames {
    match lang {
        Lang::Zh => SheetNames {
            summary: "摘要", rows: "逐行结果", pages: "确认页面", told: "更正和提醒"
        },
        Lang::En => SheetNames { summary: "Summary", rows: "Rows", pages: "Pages", told: "Corrections" },
    }
}

/// The header above the reasons in the check workbook. It is no field, so the
/// file can be read again as it is.
pub fn reason_header(lang: Lang) -> &'static str {
    lang.pick("原因", "reason")
}

/// What a person has to do now, in one sentence. `fix` is the name of the
/// workbook with what is to be corrected.
pub fn next_action(lang: Lang, tally: &Tally, pages: usize, fix: Option<&str>) -> String {
    let to_correct = tally.rejected + tally.invalid;
    let mut parts = Vec::new();
    let mut part = |wanted: bool, zh: String, en: String| {
        if wanted {
            parts.push(match lang {
                Lang::Zh => zh,
                Lang::En => en,
            });
        }
    };
    let (pages_word, is_one) = if pages == 1 { ("page", "it") } else { ("pages", "each") };
    part(
        pages > 0,
        format!("请打开 {pages} 个确认页面逐一确认"),
        format!("open {pages} {pages_word} and confirm {is_one}"),
    );
    let (see_zh, see_en) =
        fix.map(|fix| (format!("，见 {fix}"), format!(" (see {fix})"))).unwrap_or_default();
    part(
        to_correct > 0,
        format!("有 {to_correct} 份合同需要修改{see_zh}"),
        format!("correct {}{see_en}", contracts(to_correct)),
    );
    let doubt = tally.in_doubt;
    part(
        doubt > 0,
        format!("有 {doubt} 份合同结果不明，再运行一次即可继续"),
        format!("run again to settle {} in doubt", contracts(doubt)),
    );
    let left = tally.pending;
    part(
        left > 0,
        format!("还有 {left} 份合同没有发送，再运行一次即可继续"),
        format!("run again to send the {} left", contracts(left)),
    );
    if parts.is_empty() {
        return lang.pick("没有需要处理的事", "Nothing is left to do").to_owned();
    }
    match lang {
        Lang::Zh => parts.join("；"),
        Lang::En => {
            let line = parts.join("; ");
            let mut letters = line.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
        }
    }
}

pub fn contracts(count: u64) -> String {
    several(count, "contract")
}

/// `1 page`, `2 pages`.
pub fn several(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// What is known of a page besides its number.
pub struct PageFacts {
    /// Number and sheet of the first row and of the last; the sheet where there
    /// are several.
    pub first_row: (u32, Option<String>),
    pub last_row: (u32, Option<String>),
    pub contracts: u64,
    /// Id or name of the first contract and of the last.
    pub first: String,
    pub last: String,
}

/// `P07/50 · 第122-141行 · 20份 · HT-121…HT-140`.
pub fn page_label(lang: Lang, number: &str, of: usize, page: &PageFacts) -> String {
    let (first, last) = (page.first_row.0, page.last_row.0);
    let rows = match (&page.first_row.1, &page.last_row.1, lang) {
        (Some(a), Some(b), Lang::Zh) if a != b => format!("{a} 第{first}行-{b} 第{last}行"),
        (Some(a), Some(b), Lang::En) if a != b => format!("{a} row {first}-{b} row {last}"),
        (sheet, _, _) => {
            let sheet = sheet.as_ref().map(|sheet| format!("{sheet} ")).unwrap_or_default();
            match (lang, first == last) {
                (Lang::Zh, true) => format!("{sheet}第{first}行"),
                (Lang::Zh, false) => format!("{sheet}第{first}-{last}行"),
                (Lang::En, true) => format!("{sheet}row {first}"),
                (Lang::En, false) => format!("{sheet}rows {first}-{last}"),
            }
        }
    };
    let count = match lang {
        Lang::Zh => format!("{}份", page.contracts),
        Lang::En => page.contracts.to_string(),
    };
    let keys = match (page.first.as_str(), page.last.as_str()) {
        ("", "") => String::new(),
        (first, last) if first == last => format!(" · {first}"),
        (first, last) => format!(" · {first}…{last}"),
    };
    format!("{number}/{of} · {rows} · {count}{keys}")
}

/// How far a problem stands from the row that tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    Here,
    /// In another row of the same contract.
    OtherRow,
    OtherSheet,
}

/// A problem of a contract as one of its rows tells it.
pub fn problem_reason(lang: Lang, problem: &Problem, distance: Distance) -> String {
    let place = &problem.place;
    let mut parts = Vec::new();
    if distance == Distance::OtherSheet {
        parts.push(place.sheet.as_ref().unwrap_or(&place.file).to_string());
    }
    if distance != Distance::Here {
        parts.extend(place.row.map(|row| match lang {
            Lang::Zh => format!("第{row}行"),
            Lang::En => format!("row {row}"),
        }));
    }
    parts.extend(place.column.as_ref().map(|column| match (column.header.as_ref(), lang) {
        ("", Lang::Zh) => format!("{}列", column_letters(column.index)),
        ("", Lang::En) => format!("column {}", column_letters(column.index)),
        (header, _) => header.to_owned(),
    }));
    let words = problems::explain(lang, problem).line(lang);
    match (parts.is_empty(), lang) {
        (true, _) => words,
        (false, Lang::Zh) => format!("{}：{words}", parts.join(" ")),
        (false, Lang::En) => format!("{}: {words}", parts.join(" ")),
    }
}

/// An API code in words, and the API's own sentence.
pub fn code_reason(lang: Lang, code: &str, message: Option<&str>) -> String {
    let words = codes::explain(lang, code).line(lang);
    match (message.filter(|message| !message.trim().is_empty()), lang) {
        (None, _) => words,
        (Some(message), Lang::Zh) => format!("{words}（{message}）"),
        (Some(message), Lang::En) => format!("{words} ({message})"),
    }
}

/// `own`: the other one stands in the same file. `page`: where it is to be confirmed.
pub fn duplicate_reason(lang: Lang, job: Option<&str>, own: bool, page: Option<&str>) -> String {
    let what = duplicate_of(lang, job, own);
    match (page, lang) {
        (None, _) => what,
        (Some(page), Lang::Zh) => format!("{what}。它的确认页面：{page}"),
        (Some(page), Lang::En) => format!("{what}. Its page to confirm: {page}"),
    }
}

fn duplicate_of(lang: Lang, job: Option<&str>, own: bool) -> String {
    if own {
        return lang
            .pick(
                "和本文件中另一份合同完全相同，只发送了一次",
                "the very same as another contract of this file, which was sent once",
            )
            .to_owned();
    }
    match (job, lang) {
        (Some(job), Lang::Zh) => format!("同样的合同已在任务 {job} 中发过。确要再发请加 --again"),
        (Some(job), Lang::En) => {
            format!("job {job} has sent the same contract. To send it once more, add --again")
        }
        (None, Lang::Zh) => "同样的合同以前发过。确要再发请加 --again".to_owned(),
        (None, Lang::En) => "the same contract was sent before. To send it once more, add --again".to_owned(),
    }
}

pub fn skipped_reason(lang: Lang) -> &'static str {
    lang.pick("按表格或命令的要求没有发送", "left out, as the file or the command says")
}

/// A status for the summary: its name and what it means.
pub fn status_meaning(lang: Lang, status: Status) -> (&'static str, &'static str) {
    let meaning = match status {
        Status::Accepted => {
            lang.pick("已生成确认页面，确认后才会发出", "on a page to confirm; only then does it go out")
        }
        Status::Rejected => {
            lang.pick("接口拒绝了它，原因见逐行结果", "the API refused it; the reason is in the rows")
        }
        Status::Invalid => lang.pick("有问题，没有发送", "breaks a rule, so it was not sent"),
        Status::Duplicate => lang.pick("以前发过，没有再发", "was sent before, not once more"),
        Status::Skipped => lang.pick("按要求没有发送", "left out as asked"),
        Status::InDoubt => lang.pick("请求发出了，没有收到结果", "the request left, no answer came"),
        Status::Pending => lang.pick("还没有发送", "not sent yet"),
    };
    (console::status(lang, status), meaning)
}

/// Headings of the summary and of the list of pages.
pub struct Headings {
    pub status: &'static str,
    pub contracts: &'static str,
    pub meaning: &'static str,
    pub total: &'static str,
    pub job: &'static str,
    pub pages: &'static str,
    pub requests: &'static str,
    pub input: &'static str,
    pub corrections: &'static str,
    pub warnings: &'static str,
    pub places: &'static str,
    pub first_places: &'static str,
    pub page: &'static str,
    pub link: &'static str,
    pub prepared: &'static str,
    pub replaced: &'static str,
    pub place: &'static str,
    pub what: &'static str,
    pub value: &'static str,
    pub sent_as: &'static str,
}

pub fn headings(lang: Lang) -> Headings {
    match lang {
        Lang::Zh => Headings {
            status: "状态",
            contracts: "合同数",
            meaning: "说明",
            total: "合计",
            job: "任务",
            pages: "确认页面",
            requests: "请求次数",
            input: "输入",
            corrections: "自动更正（不影响发送）",
            warnings: "提醒",
            places: "处数",
            first_places: "位置",
            page: "页面",
            link: "确认链接",
            prepared: "生成时间",
            replaced: "已被新链接代替，请不要打开",
            place: "位置",
            what: "说明",
            value: "原来的内容",
            sent_as: "按此发送",
        },
        Lang::En => Headings {
            status: "status",
            contracts: "contracts",
            meaning: "meaning",
            total: "total",
            job: "job",
            pages: "pages to confirm",
            requests: "requests",
            input: "input",
            corrections: "corrected for you (harmless)",
            warnings: "worth a look",
            places: "places",
            first_places: "where",
            page: "page",
            link: "link",
            prepared: "prepared",
            replaced: "replaced by a new link: do not open",
            place: "place",
            what: "what",
            value: "value",
            sent_as: "sent as",
        },
    }
}

/// Why a report could not be written.
pub fn trouble(lang: Lang, error: &ReportError) -> Words {
    let (path, fault) = match error {
        ReportError::Journal(error) => return troubles::journal(lang, error),
        ReportError::Write { path, fault } => (path.display(), fault),
    };
    let (zh, en) = match fault {
        WriteFault::DiskFull => (
            (format!("磁盘已满，写不了 {path}"), "请腾出空间，再运行一次生成报告；已发送的不受影响"),
            (
                format!("the disk is full: {path} could not be written"),
                "Make room, then run again for the report; what was sent is not affected",
            ),
        ),
        WriteFault::NotWritable => (
            (format!("没有权限写入 {path}"), "请修改文件夹权限，或用 --out 指定另一个文件夹"),
            (
                format!("{path} may not be written"),
                "Change the folder's permissions, or name another one with --out",
            ),
        ),
        WriteFault::NoFolder => (
            (format!("找不到放报告的文件夹：{path}"), "请建好文件夹，或用 --out 指定另一个"),
            (
                format!("the folder for the report is not there: {path}"),
                "Make it, or name another one with --out",
            ),
        ),
        WriteFault::NoFreeName => (
            (format!("{path} 和后面带编号的文件都正打开着或被改过"), "请关闭或移走旧的报告"),
            (
                format!("{path} and the numbered ones after it are all open or edited"),
                "Close the old reports, or move them away",
            ),
        ),
        WriteFault::TooWide => (
            (format!("列数超过了 Excel 的上限，写不了 {path}"), "请删除多余的列"),
            (
                format!("more columns than Excel takes: {path} could not be written"),
                "Delete columns that are not needed",
            ),
        ),
        WriteFault::Io(detail) => (
            (format!("写 {path} 时出错：{detail}"), "请检查磁盘或网络盘，再运行一次生成报告"),
            (
                format!("{path} could not be written: {detail}"),
                "Check the disk or the network drive, then run again for the report",
            ),
        ),
    };
    let (what, todo) = if lang == Lang::Zh { zh } else { en };
    Words::new(what, todo)
}

/// `UTF-8` and what separates the fields, as a note of the input says it.
pub fn note(lang: Lang, note: &str) -> String {
    let Some((encoding, delimiter)) = note.split_once('\t') else { return note.to_owned() };
    let (zh, en) = match delimiter {
        "," => ("逗号", "commas"),
        ";" => ("分号", "semicolons"),
        "|" => ("竖线", "bars"),
        "TAB" => ("制表符", "tabs"),
        other => (other, other),
    };
    match lang {
        Lang::Zh => format!("编码 {encoding}，用{zh}分隔"),
        Lang::En => format!("{encoding}, separated by {en}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_action_names_pages_and_what_to_correct() {
        let tally = Tally { accepted: 50, rejected: 1, invalid: 1, ..Tally::default() };
        assert_eq!(
            next_action(Lang::Zh, &tally, 3, Some("contracts.fix.xlsx")),
            "请打开 3 个确认页面逐一确认；有 2 份合同需要修改，见 contracts.fix.xlsx"
        );
        assert_eq!(
            next_action(Lang::En, &tally, 3, Some("contracts.fix.xlsx")),
            "Open 3 pages and confirm each; correct 2 contracts (see contracts.fix.xlsx)"
        );
        assert_eq!(next_action(Lang::En, &Tally::default(), 0, None), "Nothing is left to do");
        let stopped = Tally { pending: 1, in_doubt: 2, ..Tally::default() };
        assert_eq!(
            next_action(Lang::En, &stopped, 0, None),
            "Run again to settle 2 contracts in doubt; run again to send the 1 contract left"
        );
    }

    #[test]
    fn pages_are_named_alike() {
        let mut page = PageFacts {
            first_row: (122, None),
            last_row: (141, None),
            contracts: 20,
            first: "HT-121".into(),
            last: "HT-140".into(),
        };
        assert_eq!(page_label(Lang::Zh, "P07", 50, &page), "P07/50 · 第122-141行 · 20份 · HT-121…HT-140");
        assert_eq!(page_label(Lang::En, "P07", 50, &page), "P07/50 · rows 122-141 · 20 · HT-121…HT-140");
        page.first_row.1 = Some("1月".into());
        page.last_row = (3, Some("2月".into()));
        page.last = page.first.clone();
        assert_eq!(page_label(Lang::Zh, "P07", 50, &page), "P07/50 · 1月 第122行-2月 第3行 · 20份 · HT-121");
    }
}
