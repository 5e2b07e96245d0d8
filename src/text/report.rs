//! What the reports say.

use crate::domain::cell::column_letters;
use crate::domain::doubt::Signer;
use crate::domain::job::{JobId, Status, Tally};
use crate::domain::problem::Problem;

use super::{Lang, codes, console, problems, say, several};

/// Names of the report's sheets.
pub struct SheetNames {
    pub summary: &'static str,
    pub rows: &'static str,
    pub pages: &'static str,
    pub told: &'static str,
}

pub fn sheet_names(lang: Lang) -> SheetNames {
    SheetNames {
        summary: lang.pick("摘要", "Summary"),
        rows: lang.pick("逐行结果", "Rows"),
        pages: lang.pick("确认页面", "Pages"),
        told: lang.pick("更正和提醒", "Corrections"),
    }
}

/// Above everything that a run in the sandbox writes.
pub fn rehearsal(lang: Lang) -> &'static str {
    lang.pick(
        "沙箱演练：链接是假的，没有任何合同真的发出",
        "A rehearsal in the sandbox: the links are made up, no contract was really sent",
    )
}

/// The header above the reasons in the check workbook. It is no field, so the
/// file can be read again as it is.
pub fn reason_header(lang: Lang) -> &'static str {
    lang.pick("原因", "reason")
}

/// Pages that are to be confirmed.
#[derive(Clone, Copy, Default)]
pub struct PagesLeft {
    pub own: usize,
    /// Of other jobs, that contracts of this file went out on.
    pub before: usize,
}

/// What a person has to do now, in one sentence. `fix` is the name of the
/// workbook with what is to be corrected.
/// `starts`: the number of a job that starts contracts, so that nothing in doubt is sent again.
/// `signing`: what is to be done about contracts that were started.
pub fn next_action(
    lang: Lang,
    tally: &Tally,
    pages: PagesLeft,
    starts: Option<&str>,
    fix: Option<&str>,
    signing: Option<String>,
) -> String {
    let PagesLeft { own: pages, before } = pages;
    let mut parts = Vec::new();
    if pages > 0 {
        let (word, each) = if pages == 1 { ("page", "it") } else { ("pages", "each") };
        parts.push(say!(lang, "请打开 {pages} 个确认页面逐一确认", "open {pages} {word} and confirm {each}"));
    }
    if before > 0 {
        parts.push(say!(
            lang,
            "有 {duplicate} 份以前已发：它们的 {before} 个确认页面如果还没有确认，也请打开",
            "{duplicate} {were} sent before; their {pages}, if not confirmed yet, {are} listed too",
            duplicate = tally.duplicate,
            were = if tally.duplicate == 1 { "was" } else { "were" },
            pages = if before == 1 { "page" } else { "pages" },
            are = if before == 1 { "is" } else { "are" }
        ));
    }
    let to_correct = tally.rejected + tally.invalid;
    if to_correct > 0 {
        let see = fix.map(|fix| say!(lang, "，见 {fix}", " (see {fix})")).unwrap_or_default();
        parts.push(say!(
            lang,
            "有 {to_correct} 份合同需要修改{see}",
            "correct {them}{see}",
            them = contracts(to_correct)
        ));
    }
    let doubt = tally.in_doubt;
    if let Some(job) = starts.filter(|_| doubt > 0) {
        parts.push(doubts(lang, doubt, job));
    } else if doubt > 0 {
        parts.push(say!(
            lang,
            "有 {doubt} 份合同结果不明，再运行一次即可继续",
            "run again to settle {them} in doubt",
            them = contracts(doubt)
        ));
    }
    let left = tally.pending;
    if left > 0 {
        parts.push(say!(
            lang,
            "还有 {left} 份合同没有发送，再运行一次即可继续",
            "run again to send the {them} left",
            them = contracts(left)
        ));
    }
    parts.extend(signing);
    if parts.is_empty() {
        return say!(lang, "没有需要处理的事", "Nothing is left to do");
    }
    // English alone has capitals; a Chinese sentence stays as it is.
    let line = parts.join(lang.pick("；", "; "));
    let mut letters = line.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What is to be done about contracts of which nobody knows whether they were started.
#[rustfmt::skip]
pub fn doubts(lang: Lang, doubt: u64, job: &str) -> String {
    say!(lang,
        "有 {doubt} 份合同不知道是否已经发起，不会自动重发：请运行 flowbatch reconcile {job} 查清；没有查到的，在电子签控制台按合同名称和签署人查找",
        "run flowbatch reconcile {job}, and look up {them} in the e-sign console by name and signers where it finds nothing: nobody knows whether {it} started, so {again} not sent again by itself",
        them = contracts(doubt), it = if doubt == 1 { "it was" } else { "they were" }, again = if doubt == 1 { "it is" } else { "they are" })
}

fn contracts(count: u64) -> String {
    several(count, "contract")
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

/// `P07 · 第122-141行 · 20份 · HT-121…HT-140`.
pub fn page_label(lang: Lang, number: &str, page: &PageFacts) -> String {
    let (first, last) = (page.first_row.0, page.last_row.0);
    let rows = match (&page.first_row.1, &page.last_row.1) {
        (Some(a), Some(b)) if a != b => {
            say!(lang, "{a} 第{first}行-{b} 第{last}行", "{a} row {first}-{b} row {last}")
        }
        (sheet, _) => {
            let sheet = sheet.as_ref().map(|sheet| format!("{sheet} ")).unwrap_or_default();
            match first == last {
                true => say!(lang, "{sheet}第{first}行", "{sheet}row {first}"),
                false => say!(lang, "{sheet}第{first}-{last}行", "{sheet}rows {first}-{last}"),
            }
        }
    };
    let count = say!(lang, "{count}份", "{count}", count = page.contracts);
    let keys = match (page.first.as_str(), page.last.as_str()) {
        ("", "") => String::new(),
        (first, last) if first == last => format!(" · {first}"),
        (first, last) => format!(" · {first}…{last}"),
    };
    format!("{number} · {rows} · {count}{keys}")
}

/// `P07 · 20份 · 行号不详`: a page of a job whose rows have gone.
pub fn page_label_without_rows(lang: Lang, number: &str, contracts: u64) -> String {
    say!(lang, "{number} · {contracts}份 · 行号不详", "{number} · {contracts} · rows unknown")
}

/// `20261126-0a1b/P07 · 30份 · 以前发的`: a page of another job.
pub fn sent_before_label(lang: Lang, name: &str, contracts: u64) -> String {
    say!(
        lang,
        "{name} · 本文件中的 {contracts} 份 · 以前已发",
        "{name} · {contracts} of this file · sent before"
    )
}

/// What a page's label ends with once somebody has confirmed it.
pub fn confirmed_by(lang: Lang, by: Option<&str>) -> String {
    match by {
        Some(by) => say!(lang, " · 已确认（{by}）", " · confirmed ({by})"),
        None => say!(lang, " · 已确认", " · confirmed"),
    }
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
        parts.extend(place.row.map(|row| say!(lang, "第{row}行", "row {row}")));
    }
    parts.extend(place.column.as_ref().map(|column| match column.header.as_ref() {
        "" => say!(lang, "{letters}列", "column {letters}", letters = column_letters(column.index)),
        header => header.to_owned(),
    }));
    let words = problems::explain(lang, problem).line(lang);
    match parts.is_empty() {
        true => words,
        false => say!(lang, "{parts}：{words}", "{parts}: {words}", parts = parts.join(" ")),
    }
}

/// An API code in words, and the API's own sentence: of a general code only that
/// sentence tells, so it comes first.
pub fn code_reason(lang: Lang, code: &str, message: Option<&str>) -> String {
    let words = codes::explain(lang, code).line(lang);
    match message.filter(|message| !message.trim().is_empty()) {
        None => words,
        Some(message) if codes::is_general(code) => say!(lang, "{message}（{words}）", "{message} ({words})"),
        Some(message) => say!(lang, "{words}（{message}）", "{words} ({message})"),
    }
}

/// Why a contract was rejected. That the other side fails on one contract alone is
/// said as that, with what it said.
pub fn rejected_reason(lang: Lang, code: &str, message: Option<&str>) -> String {
    match codes::of_one_contract(code) {
        None => code_reason(lang, code, message),
        Some(own) => {
            let said = match message.filter(|message| !message.trim().is_empty()) {
                Some(message) => format!("{code}: {message}"),
                None => code.to_owned(),
            };
            code_reason(lang, own, Some(&said))
        }
    }
}

/// Why a contract that may have been started is in doubt.
pub fn doubt_reason(lang: Lang, code: &str) -> String {
    let what = codes::explain(lang, if code.is_empty() { "crash" } else { code }).what;
    say!(
        lang,
        "{what}；不知道是否已经发起，不会自动重发：请在电子签控制台按合同名称和签署人核对",
        "{what}; it may have been started, so it is not sent again by itself: look it up in the e-sign console by its name and signers"
    )
}

/// What a contract in doubt is looked for by.
pub struct DoubtNames {
    pub title: &'static str,
    pub contract: &'static str,
    pub name: &'static str,
    pub signers: &'static str,
    pub between: &'static str,
}

pub fn doubt_names(lang: Lang) -> DoubtNames {
    DoubtNames {
        title: lang.pick("结果不明，请查清", "In doubt, to be settled"),
        contract: lang.pick("合同", "Contract"),
        name: lang.pick("合同名称", "Name"),
        signers: lang.pick("签署人", "Signers"),
        between: lang.pick("若已发起，发起时间在", "If started, then between"),
    }
}

/// A signer as a person looks for him.
pub fn signer(signer: &Signer) -> String {
    [signer.name.as_str(), signer.mobile.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How to settle them, above their list.
#[rustfmt::skip]
pub fn how_to_settle(lang: Lang, job: &str) -> String {
    say!(lang,
        "先运行 flowbatch reconcile {job}；没有查到的按下面的内容在电子签控制台查找",
        "Run flowbatch reconcile {job} first; look for what it does not find in the e-sign console:")
}

pub fn more_doubts(lang: Lang, rest: usize) -> String {
    say!(lang, "另有 {rest} 份，见逐行结果里“结果不明”的", "{rest} more: those in doubt among the rows")
}

/// `own`: the other one stands in the same file. `page`: where it is to be confirmed.
pub fn duplicate_reason(lang: Lang, job: Option<&str>, own: bool, page: Option<&str>) -> String {
    let what = duplicate_of(lang, job, own);
    match page {
        None => what,
        Some(page) => say!(lang, "{what}。它的确认页面：{page}", "{what}. Its page to confirm: {page}"),
    }
}

/// Another job has sent the contract of that number in this one's stead, changed.
pub fn changed_reason(lang: Lang, job: &str, page: Option<&str>) -> String {
    let what = say!(
        lang,
        "这份没有发送：任务 {job} 已用改过的内容发出了这份合同",
        "not sent: job {job} has sent this contract in its stead, with other contents"
    );
    match page {
        None => what,
        Some(page) => say!(lang, "{what}。它的确认页面：{page}", "{what}. Its page to confirm: {page}"),
    }
}

fn duplicate_of(lang: Lang, job: Option<&str>, own: bool) -> String {
    match job {
        _ if own => say!(
            lang,
            "和本文件中另一份合同完全相同，只发送了一次",
            "the very same as another contract of this file, which was sent once"
        ),
        Some(job) => say!(
            lang,
            "同样的合同已在任务 {job} 中发过。确要再发请加 --again",
            "job {job} has sent the same contract. To send it once more, add --again"
        ),
        None => say!(
            lang,
            "同样的合同以前发过。确要再发请加 --again",
            "the same contract was sent before. To send it once more, add --again"
        ),
    }
}

/// It failed, and a later job has sent it.
pub fn sent_instead(lang: Lang, job: &JobId) -> String {
    say!(lang, "改好后已由任务 {job} 发出", "corrected, and sent by job {job}")
}

pub fn skipped_reason(lang: Lang) -> &'static str {
    lang.pick("按表格或命令的要求没有发送", "left out, as the file or the command says")
}

/// A status for the summary: its name and what it means.
pub fn status_meaning(lang: Lang, status: Status, starts: bool) -> (&'static str, &'static str) {
    let meaning = match status {
        Status::Accepted if starts => lang.pick("已经发起", "started"),
        Status::InDoubt if starts => lang.pick(
            "请求发出了，不知道是否已经发起，不会自动重发",
            "the request left; nobody knows whether it was started, so it is not sent again by itself",
        ),
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
    (console::status::status(lang, status), meaning)
}

/// Headings of the summary.
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
    pub replaced: &'static str,
    pub place: &'static str,
    pub what: &'static str,
    pub value: &'static str,
    pub sent_as: &'static str,
}

pub fn headings(lang: Lang) -> Headings {
    Headings {
        status: lang.pick("状态", "status"),
        contracts: lang.pick("合同数", "contracts"),
        meaning: lang.pick("说明", "meaning"),
        total: lang.pick("合计", "total"),
        job: lang.pick("任务", "job"),
        pages: lang.pick("确认页面", "pages to confirm"),
        requests: lang.pick("请求次数", "requests"),
        input: lang.pick("输入", "input"),
        corrections: lang.pick("自动更正（不影响发送）", "corrected for you (harmless)"),
        warnings: lang.pick("提醒", "worth a look"),
        places: lang.pick("处数", "places"),
        first_places: lang.pick("位置", "where"),
        replaced: lang.pick("已被新链接代替，请不要打开", "replaced by a new link: do not open"),
        place: lang.pick("位置", "place"),
        what: lang.pick("说明", "what"),
        value: lang.pick("原来的内容", "value"),
        sent_as: lang.pick("按此发送", "sent as"),
    }
}

/// `UTF-8` and what separates the fields, as a note of the input says it.
pub fn note(lang: Lang, note: &str) -> String {
    let Some((encoding, delimiter)) = note.split_once('\t') else { return note.to_owned() };
    let separator = match delimiter {
        "," => lang.pick("逗号", "commas"),
        ";" => lang.pick("分号", "semicolons"),
        "|" => lang.pick("竖线", "bars"),
        "TAB" => lang.pick("制表符", "tabs"),
        other => other,
    };
    say!(lang, "编码 {encoding}，用{separator}分隔", "{encoding}, separated by {separator}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_action_names_pages_and_what_to_correct() {
        let three = PagesLeft { own: 3, before: 0 };
        let tally = Tally { accepted: 50, rejected: 1, invalid: 1, ..Tally::default() };
        assert_eq!(
            next_action(Lang::Zh, &tally, three, None, Some("contracts.fix.xlsx"), None),
            "请打开 3 个确认页面逐一确认；有 2 份合同需要修改，见 contracts.fix.xlsx"
        );
        assert_eq!(
            next_action(Lang::En, &tally, three, None, Some("contracts.fix.xlsx"), None),
            "Open 3 pages and confirm each; correct 2 contracts (see contracts.fix.xlsx)"
        );
        assert_eq!(
            next_action(Lang::En, &Tally::default(), PagesLeft::default(), None, None, None),
            "Nothing is left to do"
        );
        let stopped = Tally { pending: 1, in_doubt: 2, ..Tally::default() };
        assert_eq!(
            next_action(Lang::En, &stopped, PagesLeft::default(), None, None, None),
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
        assert_eq!(page_label(Lang::Zh, "P07", &page), "P07 · 第122-141行 · 20份 · HT-121…HT-140");
        assert_eq!(page_label(Lang::En, "P07", &page), "P07 · rows 122-141 · 20 · HT-121…HT-140");
        page.first_row.1 = Some("1月".into());
        page.last_row = (3, Some("2月".into()));
        page.last = page.first.clone();
        assert_eq!(page_label(Lang::Zh, "P07", &page), "P07 · 1月 第122行-2月 第3行 · 20份 · HT-121");
    }
}
