//! What the report as a web page says.

use serde::Serialize;

use super::{Lang, say, several};

/// What has nothing in the column that the pages are made by; it stands in a file's name, too.
pub fn without_value(lang: Lang) -> &'static str {
    lang.pick("空白", "blank")
}

/// Before the last digits of a mobile's or an ID's number, in a file's name.
pub fn number_ending(lang: Lang) -> &'static str {
    lang.pick("尾号", "ending ")
}

/// A page to confirm holds contracts of somebody else, too.
pub fn shared_page(lang: Lang, own: u64, all: u64) -> String {
    say!(
        lang,
        "注意：这个页面共 {all} 份合同，其中只有 {own} 份属于这里，其余属于别人；确认时会一起发出",
        "Mind: {own} of the {all} contracts on this page belong here, the others to somebody else; confirming sends them all"
    )
}

/// Headings, and the words on its controls.
pub struct PageWords {
    pub language: &'static str,
    pub report: &'static str,
    pub next_action: &'static str,
    pub results: &'static str,
    pub pages: &'static str,
    pub choose_page: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub open: &'static str,
    pub scan: &'static str,
    pub no_code: &'static str,
    pub confirmed: &'static str,
    pub then: &'static str,
    pub keys: &'static str,
    pub failed: &'static str,
    pub all_rows: &'static str,
    pub search: &'static str,
    pub show_status: &'static str,
    pub every_status: &'static str,
    pub more: &'static str,
    pub no_script: &'static str,
    pub masked: &'static str,
}

pub fn page_words(lang: Lang) -> PageWords {
    PageWords {
        language: lang.pick("zh-CN", "en"),
        report: lang.pick("发送报告", "Report"),
        next_action: lang.pick("现在要做的", "What to do now"),
        results: lang.pick("结果", "Results"),
        pages: lang.pick("确认页面", "Pages to confirm"),
        choose_page: lang.pick("选择页面", "Choose a page"),
        previous: lang.pick("上一页", "Previous"),
        next: lang.pick("下一页", "Next"),
        open: lang.pick("打开确认页面", "Open this page"),
        scan: lang.pick("或用手机扫描", "or scan it with a phone"),
        no_code: lang.pick("链接太长，没有二维码", "The link is too long for a QR code"),
        confirmed: lang.pick("已确认", "confirmed"),
        then: lang.pick("确认后运行：", "Once it is confirmed, run:"),
        keys: lang.pick("键盘：← → 换页，/ 搜索", "Keys: ← → for the pages, / to search"),
        failed: lang.pick("没有成功的", "What failed"),
        all_rows: lang.pick("逐行结果", "Every row"),
        search: lang.pick("搜索：合同编号、名称、原因、行号……", "Search: number, name, reason, row ..."),
        show_status: lang.pick("状态", "Status"),
        every_status: lang.pick("全部", "All"),
        more: lang.pick("再显示一些", "Show more"),
        no_script: lang.pick(
            "这个浏览器没有运行脚本，逐行结果请看同一文件夹里的其他报告。",
            "Scripts do not run here: for every row see the other reports in the same folder.",
        ),
        masked: lang.pick(
            "姓名、手机号和证件号已隐去一部分；完整内容见工作簿。",
            "Names, mobiles and ID numbers are partly hidden; the workbook has them.",
        ),
    }
}

/// Headings of the table of rows.
pub fn columns(lang: Lang) -> [&'static str; 7] {
    match lang {
        Lang::Zh => ["行", "状态", "合同编号", "合同名称", "签署方", "原因", "页面"],
        Lang::En => ["Row", "Status", "Number", "Name", "Signers", "Reason", "Page"],
    }
}

/// What the page's script says; `#` stands for numbers.
#[derive(Serialize)]
pub struct ScriptWords {
    /// `3 / 12`, for who hears it.
    pub at: &'static str,
    /// Rows that were found, and how many of them are shown.
    pub found: &'static str,
    pub nothing: &'static str,
}

pub fn script_words(lang: Lang) -> ScriptWords {
    ScriptWords {
        at: lang.pick("第 #1 页，共 #2 页", "Page #1 of #2"),
        found: lang.pick("找到 #1 行，显示 #2 行", "#1 rows found, #2 shown"),
        nothing: lang.pick("没有找到", "Nothing was found"),
    }
}

/// Where not every row is shown. `workbook`: which file has them.
pub fn not_all_rows(lang: Lang, shown: usize, all: usize, workbook: Option<&str>) -> String {
    let see = workbook.map(|name| say!(lang, "，全部见 {name}", "; all of them are in {name}"));
    let see = see.unwrap_or_default();
    say!(
        lang,
        "共 {all} 行，这里只有 {shown} 行（先列没有成功的）{see}。",
        "{shown} of {all} rows stand here, those that failed first{see}."
    )
}

/// The same of the pages.
pub fn not_all_pages(lang: Lang, shown: usize, all: usize, workbook: Option<&str>) -> String {
    let see = workbook.map(|name| say!(lang, "，全部见 {name}", "; all of them are in {name}"));
    let see = see.unwrap_or_default();
    say!(lang, "共 {all} 个页面，这里只有 {shown} 个{see}。", "{shown} of {all} pages stand here{see}.")
}

/// The same of the list of what failed.
pub fn not_all_failed(lang: Lang, shown: usize, all: usize) -> String {
    say!(
        lang,
        "共 {all} 行没有成功，这里列出前 {shown} 行，其余在下面的逐行结果里。",
        "{all} rows failed; the first {shown} stand here, the others in the rows below."
    )
}

pub fn job_line(lang: Lang, job: &str) -> String {
    say!(lang, "任务 {job}", "Job {job}")
}

pub fn contracts(lang: Lang, count: u64) -> String {
    say!(lang, "{count} 份合同", "{all}", all = several(count, "contract"))
}

pub fn prepared_at(lang: Lang, time: &str) -> String {
    say!(lang, "{time} 生成", "prepared {time}")
}

pub fn links_heading(lang: Lang) -> &'static str {
    lang.pick("签署链接", "Links to sign")
}

pub fn link_made(lang: Lang, time: &str) -> String {
    say!(lang, "{time} 生成", "made {time}")
}

/// Where not every link is shown.
pub fn not_all_links(lang: Lang, shown: usize, all: usize) -> String {
    say!(
        lang,
        "共 {all} 个链接，这里只有 {shown} 个，其余见工作簿。",
        "{shown} of {all} links stand here; the workbook has the others."
    )
}

/// A QR code for who cannot see it.
pub fn code_of(lang: Lang, page: &str) -> String {
    say!(lang, "{page} 的二维码", "QR code of {page}")
}
