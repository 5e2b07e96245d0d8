//! Reports of a small job, read back as others will read them.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use crate::domain::job::{AttemptId, ChunkId, FlowNo, JobId, Status};
use crate::domain::problem::{ColumnPlace, Correction, Place, Problem, Rule};
use crate::domain::verdict::{Outcome, Verdict};
use crate::domain::wishes::Wishes;
use crate::journal::{
    After, ChunkKind, ContractRecord, JobFile, Journal, JournalError, NewChunk, NewJob, Permission,
    RowRecord, Sending, SheetRecord, Transition,
};
use crate::text::Lang;

use super::{
    ReportError, ReportInput, ReportOptions, WriteFault, Written, page_lines, read_ticks, write_check,
    write_refusal, write_report,
};

mod ticks;

const HEADERS: [&str; 6] = ["合同编号", "合同名称", "签署方姓名", "签署方手机号", "备注", "备注"];
const MOBILE: usize = 3;
/// 2026-01-31T08:00:00Z
const NOON_US: i64 = 1_769_846_400_000_000;

struct Fixture {
    dir: tempfile::TempDir,
    journal: Journal,
    job: JobId,
    wishes: Wishes,
}

fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work)
}

fn problem(sheet: Option<&str>, row: u32, column: Option<usize>, rule: Rule) -> Problem {
    let header = |index: usize| Arc::from(*HEADERS.get(index).unwrap_or(&""));
    let column = column.map(|index| ColumnPlace { index, header: header(index) });
    let place = Place { file: "a.xlsx".into(), sheet: sheet.map(Into::into), row: Some(row), column };
    Problem { place, value: Some("1380013".into()), rule }
}

fn add_row(file: &JobFile, ord: i64, cells: &[&str]) {
    add_row_of(file, ord, 0, u32::try_from(ord).unwrap() + 2, cells);
}

fn add_row_of(file: &JobFile, ord: i64, sheet: u32, number: u32, cells: &[&str]) {
    let cells = serde_json::to_string(cells).unwrap();
    let row = RowRecord { ord, sheet, number, hidden: false, cells: Some(&cells), unnamed: false };
    file.writer().unwrap().add_rows(&[(row, FlowNo(ord))]).unwrap();
}

fn add_contract(file: &JobFile, rows: &[i64], key: &str, status: Option<Status>, problems: &[Problem]) {
    let flow = FlowNo(rows[0]);
    let hash = [u8::try_from(flow.0).unwrap(); 16];
    let sending = status.is_none().then(|| Sending {
        group: 0,
        template: None,
        size: 2,
        body: Some(b"{}".to_vec()),
        deadline: 0,
        relative: None,
        claim: hash,
        content: hash,
        likeness: None,
    });
    let record = ContractRecord {
        flow,
        key: Some(key),
        name: key,
        status,
        unsent_claim: None,
        sending: sending.as_ref(),
        problems,
    };
    let mut writer = file.writer().unwrap();
    writer.add_contracts(&[record], &[]).unwrap();
    file.each_row::<JournalError>(|row| {
        let cells = serde_json::to_string(&row.cells).unwrap();
        let (ord, sheet, number, hidden) = (row.ord, row.sheet, row.number, row.hidden);
        let record = RowRecord { ord, sheet, number, hidden, cells: Some(&cells), unnamed: false };
        if rows.contains(&ord) { writer.add_rows(&[(record, flow)]) } else { Ok(()) }
    })
    .unwrap();
}

fn headers() -> Vec<String> {
    HEADERS.map(str::to_owned).into()
}

/// Eight contracts in nine rows, from row 2: accepted, accepted (two rows),
/// rejected, invalid, skipped, in doubt, pending, accepted.
fn fill(file: &mut JobFile) {
    file.add_sheet(&SheetRecord {
        sheet: 0,
        file: "a.xlsx".into(),
        name: Some("合同".into()),
        headers: headers(),
        header_row: 1,
        ..SheetRecord::default()
    })
    .unwrap();
    let mobile = "13800138000";
    add_row(file, 0, &["HT-1", "劳动合同", "张三", mobile, "+86 138-0013-8000", ""]);
    add_row(file, 1, &["HT-2", "劳动合同", "李四", mobile, "", ""]);
    add_row(file, 2, &["HT-2", "", "王五", mobile, "a,b\"c", "多行\n内容"]);
    add_row(file, 3, &["HT-3", "劳动合同", "赵六", mobile, "", ""]);
    add_row(file, 4, &["HT-4", "劳动合同", "钱七", "1380013", "", ""]);
    add_row(file, 5, &["HT-5", "劳动合同", "孙八", mobile, "", ""]);
    add_row(file, 6, &["HT-6", "劳动合同", "周九", mobile, "", ""]);
    add_row(file, 7, &["HT-7", "劳动合同", "吴十", mobile, "", ""]);
    add_row(file, 8, &["HT-8", "劳动合同", "郑一", mobile, "=HYPERLINK(\"http://x\")", "第二", "多出来"]);
    let sheet = Some("合同");
    let corrected =
        problem(sheet, 2, Some(2), Rule::Corrected { what: Correction::Spaces, to: "张三".into() });
    add_contract(file, &[0], "HT-1", None, &[corrected]);
    add_contract(file, &[1, 2], "HT-2", None, &[]);
    add_contract(file, &[3], "HT-3", None, &[]);
    let bad = [
        problem(sheet, 6, Some(MOBILE), Rule::MobileForm),
        problem(sheet, 6, None, Rule::Required { field: "deadline".into() }),
    ];
    add_contract(file, &[4], "HT-4", Some(Status::Invalid), &bad);
    add_contract(file, &[5], "HT-5", Some(Status::Skipped), &[]);
    add_contract(file, &[6], "HT-6", None, &[]);
    add_contract(file, &[7], "HT-7", None, &[]);
    add_contract(file, &[8], "HT-8", None, &[]);
    file.seal().unwrap();
}

fn outcome(verdict: Verdict, code: Option<&str>, page: u32) -> Outcome {
    Outcome {
        code: code.map(str::to_owned),
        message: code.map(|_| "手机号 13800138000 不对".to_owned()),
        request_id: Some(format!("req-{page}")),
        url: code.is_none().then(|| format!("https://example.cn/confirm?page={page}&a=1")),
        ..Outcome::new(verdict)
    }
}

impl Fixture {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let journal = Journal::open(&dir.path().join("state")).unwrap();
        Self { dir, journal, job: JobId("20260131-abcd".into()), wishes: Wishes::default() }
    }

    /// The job with its outcomes.
    fn sent() -> Self {
        let fixture = Self::new();
        let mut file = JobFile::create(&fixture.journal.job_path(&fixture.job), 0).unwrap();
        fill(&mut file);
        let new = NewJob {
            id: fixture.job.clone(),
            realm: "sandbox".into(),
            identity: [1; 32],
            round: 0,
            action: "PrepareFlows".into(),
            about: "{}".into(),
            now_us: NOON_US,
        };
        let journal = &fixture.journal;
        block_on(async {
            journal.begin_job(new).await.unwrap();
            journal.import_flows(&fixture.job, &file, Permission::default(), &|| false).unwrap();
            journal.job_ready(&fixture.job, &mut file).await.unwrap();
            fixture.send(1, &[8], outcome(Verdict::Accepted, None, 1), After::Accept).await;
            fixture.send(2, &[0, 1], outcome(Verdict::Accepted, None, 2), After::Accept).await;
            let data = outcome(Verdict::Data, Some("InvalidParameter.Mobile"), 3);
            fixture.send(3, &[3], data, After::Reject).await;
            let doubt = outcome(Verdict::InDoubt, Some("network.timeout"), 4);
            fixture.send(4, &[6], doubt, After::Hold).await;
        });
        fixture
    }

    async fn send(&self, chunk: i64, flows: &[i64], outcome: Outcome, after: After) {
        let flows: Vec<FlowNo> = flows.iter().copied().map(FlowNo).collect();
        let id = ChunkId(chunk);
        let new = NewChunk { id, group: 0, kind: ChunkKind::Cut, flows: flows.clone() };
        let lease = self.journal.hold_lease(&self.job, NOON_US).await.unwrap();
        let attempt = AttemptId { chunk: id, number: 1 };
        for transition in [
            Transition::AddChunks(vec![new]),
            Transition::Intend { attempt, slot_us: NOON_US, now_us: NOON_US },
            Transition::Settle { attempt, outcome, after, now_us: NOON_US },
        ] {
            let recorded = self.journal.record(&self.job, lease, transition).unwrap();
            self.journal.durable(recorded).await.unwrap();
        }
    }

    fn file(&self) -> JobFile {
        self.journal.job_file(&self.job).unwrap()
    }

    fn options<'a>(&'a self, notes: &'a [String]) -> ReportOptions<'a> {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        ReportOptions {
            dir: self.dir.path(),
            stem: "contracts",
            lang: Lang::Zh,
            zone,
            notes,
            renamed: &[],
            all_sheets: false,
            marks: &[],
            journal: Some(&self.journal),
            sandbox: false,
            starts: false,
            wishes: std::borrow::Cow::Borrowed(&self.wishes),
            group_by: None,
            access: None,
        }
    }

    fn report(&self) -> Written {
        let notes = ["UTF-8, ;".to_owned()];
        let file = self.file();
        let source = ReportInput { file: &file, ledger: Some((&self.journal, &self.job)) };
        let options = self.options(&notes);
        read_ticks(&options).unwrap();
        write_report(&source, &options).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }
}

fn names(written: &Written) -> Vec<String> {
    written.files.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

fn sheet(path: &Path, name: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(name).unwrap();
    range
        .rows()
        .map(|row| {
            let text = |cell: &Data| if *cell == Data::Empty { String::new() } else { cell.to_string() };
            row.iter().map(text).collect()
        })
        .collect()
}

fn parts(path: &Path, part: &str) -> String {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        if entry.name().is_ok_and(|name| name.contains(part)) {
            entry.read_to_string(&mut text).unwrap();
        }
    }
    text
}

/// Statuses of the sample's rows, in order.
const STATUSES: [&str; 9] =
    ["accepted", "accepted", "accepted", "rejected", "invalid", "skipped", "in_doubt", "pending", "accepted"];

#[test]
fn the_csv_has_the_input_and_its_results_row_by_row() {
    let fixture = Fixture::sent();
    let written = fixture.report();
    assert_eq!(
        names(&written),
        ["contracts.report.xlsx", "contracts.fix.xlsx", "contracts.report.csv", "contracts.report.html"]
    );
    assert_eq!((written.pages, written.to_fix, written.moved_aside), (2, 2, false));
    assert_eq!((written.tally.accepted, written.tally.total()), (3, 8));
    let bytes = fs::read(fixture.path("contracts.report.csv")).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    assert_eq!(text.matches("\r\n").count(), 10);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = reader.deserialize().map(|row| row.unwrap()).collect();
    let own = ["row", "status", "confirm_url", "code", "reason", "request_id", "page", "attempts", "time"];
    let own = own.map(|name| format!("flowbatch.{name}"));
    let expected: Vec<&str> = HEADERS.into_iter().chain([""]).chain(own.iter().map(String::as_str)).collect();
    assert_eq!(rows[0], expected);
    let column = |index: usize| rows[1..].iter().map(move |row| row[index].as_str());
    assert!(column(0).eq(["HT-1", "HT-2", "HT-2", "HT-3", "HT-4", "HT-5", "HT-6", "HT-7", "HT-8"]));
    assert!(column(7).eq(["2", "3", "4", "5", "6", "7", "8", "9", "10"]));
    assert!(column(8).eq(STATUSES));
    // The page of the first contract is the first page, whichever was sent first.
    assert!(column(13).eq(["P01", "P01", "P01", "", "", "", "", "", "P02"]));
    assert_eq!(rows[3][5], "多行\n内容");
    assert_eq!(rows[9][4], "'=HYPERLINK(\"http://x\")");
    assert_eq!(rows[9][6], "多出来");
    assert_eq!(rows[1][4], "+86 138-0013-8000");
    assert_eq!(rows[2][9], "https://example.cn/confirm?page=2&a=1");
    assert_eq!(
        rows[4][9..12],
        ["", "InvalidParameter.Mobile", "手机号不被接受。请核对手机号（手机号 13800138000 不对）"]
    );
    assert_eq!(rows[5][10], "mobile.form; cell.required");
    assert!(rows[5][11].starts_with("签署方手机号：") && rows[5][11].contains("; "), "{}", rows[5][11]);
    assert_eq!(rows[7][10], "network.timeout");
    assert!(!rows[7][11].contains("13800138000"));
    assert_eq!(rows[8][9..15], ["", "", "", "", "", "0"]);
    assert_eq!(rows[1][12..], ["req-2", "P01", "1", "2026-01-31T16:00:00+08:00"]);
}

#[test]
fn the_workbook_says_what_to_do_and_links_the_pages() {
    let fixture = Fixture::sent();
    fixture.report();
    let path = fixture.path("contracts.report.xlsx");
    let summary = sheet(&path, "摘要");
    assert_eq!(
        summary[0][0],
        "请打开 2 个确认页面逐一确认；有 2 份合同需要修改，见 contracts.fix.xlsx；有 1 份合同结果不明，再运行一次即可继续；还有 1 份合同没有发送，再运行一次即可继续"
    );
    let all = summary.concat().join("|");
    for text in
        ["UTF-8, ;", "20260131-abcd", "去掉了多余的空格", "a.xlsx · 合同 · 第2行", "2026-01-31 16:00:00"]
    {
        assert!(all.contains(text), "{text} in {all}");
    }
    // The pages stand right there, with room for a person.
    let head = summary.iter().position(|row| row[4] == "已确认").unwrap();
    assert_eq!(summary[head][..3], ["页面", "确认链接", "合同数"]);
    assert_eq!(
        summary[head + 2][..3],
        ["P02 · 第10行 · 1份 · HT-8", "https://example.cn/confirm?page=1&a=1", "1"]
    );
    assert_eq!(summary[head + 1][4..], ["", "", ""]);
    let rows = sheet(&path, "逐行结果");
    assert_eq!(rows.len(), 10);
    assert_eq!(rows[0][..6], ["状态", "原因", "确认链接", "页", "合同编号", "合同名称"]);
    assert_eq!(rows[9][8], "=HYPERLINK(\"http://x\")", "a text, so nothing is to be neutralised");
    let statuses: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        statuses,
        ["已受理", "已受理", "已受理", "被拒绝", "不合格", "跳过", "结果不明", "未发送", "已受理"]
    );
    assert_eq!((rows[1][2].as_str(), rows[1][3].as_str()), ("https://example.cn/confirm?page=2&a=1", "P01"));
    assert_eq!(rows[1].last().unwrap(), "2026-01-31 16:00:00");
    let sheets = parts(&path, "xl/worksheets/sheet");
    assert!(!sheets.contains("<f>"));
    // Four rows, two pages on either sheet, and the workbook to correct.
    assert_eq!(sheets.matches("<hyperlink ").count(), 4 + 2 + 2 + 1);
    assert!(
        sheets.contains("xSplit=\"4\"") || sheets.contains("xSplit=\"5\""),
        "status and link stay in sight"
    );
    let pages = sheet(&path, "确认页面");
    assert_eq!(pages[1][0], "P01 · 第2-4行 · 2份 · HT-1…HT-2");
    assert_eq!(pages[2][0], "P02 · 第10行 · 1份 · HT-8");
    assert_eq!(pages[2][1], "https://example.cn/confirm?page=1&a=1");
    let file = fixture.file();
    let source = ReportInput { file: &file, ledger: Some((&fixture.journal, &fixture.job)) };
    let lines = page_lines(&source, Lang::Zh).unwrap();
    assert_eq!((lines[0].label.as_str(), lines.len()), (pages[1][0].as_str(), 2));
}

#[test]
fn the_fix_workbook_is_input_with_only_what_failed() {
    let fixture = Fixture::sent();
    fixture.report();
    let path = fixture.path("contracts.fix.xlsx");
    let rows = sheet(&path, "合同");
    assert_eq!(rows[0][0], "原因");
    assert_eq!(rows[0][1..7], HEADERS);
    let keys: Vec<&str> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(keys, ["合同编号", "HT-3", "HT-4"]);
    assert_eq!(rows[2][1 + MOBILE], "1380013");
    assert_eq!(
        rows[1][0],
        "（任务 20260131-abcd 第5行）手机号不被接受。请核对手机号（手机号 13800138000 不对）"
    );
    let xml = parts(&path, "xl/worksheets/sheet");
    assert!(!xml.contains("<v>"), "numbers would lose digits");
    let notes = parts(&path, "xl/comments");
    // The mobiles of HT-3 (the API's code names them) and HT-4; what has no
    // column of its own stands at the first cell.
    for reference in ["E2", "E3", "B3"] {
        assert!(notes.contains(&format!("ref=\"{reference}\"")), "{reference}");
    }
    assert_eq!(notes.matches("<comment ").count(), 3);
    assert!(parts(&path, "docProps/custom").contains(">fix<"));
}

/// What is written is never seen by more people than the input, from its first byte on.
#[cfg(unix)]
#[test]
fn a_report_is_as_private_as_its_input() {
    use crate::platform::access::Access;
    use std::os::unix::fs::PermissionsExt as _;
    let fixture = Fixture::sent();
    let input = fixture.path("contracts.csv");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for (of_input, wanted) in [(0o600, 0o600), (0o640, 0o640), (0o444, 0o644)] {
        let _ = fs::remove_file(&input);
        fs::write(&input, "").unwrap();
        fs::set_permissions(&input, fs::Permissions::from_mode(of_input)).unwrap();
        let options = ReportOptions { access: Access::of(&input), ..fixture.options(&[]) };
        let draft = super::Folder::of(&options, None).draft().unwrap();
        assert_eq!(mode(draft.path()) & !wanted, 0, "{of_input:o}: as it is made");
        let file = fixture.file();
        let source = ReportInput { file: &file, ledger: Some((&fixture.journal, &fixture.job)) };
        let written = write_report(&source, &options).unwrap();
        assert_eq!(written.files.len(), 4);
        for path in &written.files {
            assert_eq!(mode(path) & !wanted, 0, "{of_input:o}: {}", path.display());
            assert_eq!(mode(path) & 0o600, 0o600);
        }
    }
    for path in fixture.report().files {
        assert_eq!(mode(&path), 0o600, "where nothing is known of the input");
    }
}

#[test]
fn a_refusal_leaves_the_input_with_reasons() {
    let fixture = Fixture::new();
    let mut file = JobFile::create(&fixture.path("check.db"), 0).unwrap();
    fill(&mut file);
    let source = ReportInput { file: &file, ledger: None };
    let options = ReportOptions { lang: Lang::En, ..fixture.options(&[]) };
    let written = write_refusal(&source, &options).unwrap();
    assert_eq!(names(&written), ["contracts.check.xlsx", "contracts.report.csv"]);
    assert_eq!((written.tally.pending, written.tally.invalid, written.tally.skipped), (6, 1, 1));
    let rows = sheet(&fixture.path("contracts.check.xlsx"), "合同");
    assert_eq!(rows.len(), 10);
    assert_eq!((rows[0][0].as_str(), rows[0][1].as_str()), ("reason", "合同编号"));
    let marked: Vec<usize> = (1..10).filter(|row| !rows[*row][0].is_empty()).collect();
    assert_eq!(marked, [5]);
    assert!(parts(&fixture.path("contracts.check.xlsx"), "xl/comments").contains("ref=\"E6\""));
    let csv = fs::read_to_string(fixture.path("contracts.report.csv")).unwrap();
    assert_eq!((csv.matches(",pending,").count(), csv.matches(",invalid,").count()), (7, 1));
    assert!(!csv.contains("flowbatch.sheet"));
    // A check alone leaves an older report where it is.
    fs::remove_file(fixture.path("contracts.report.csv")).unwrap();
    assert_eq!(names(&write_check(&source, &options, None).unwrap()), ["contracts.check.xlsx"]);
    assert!(!fixture.path("contracts.report.csv").exists());
}

#[test]
fn what_is_open_edited_or_not_ours_is_left_alone() {
    let fixture = Fixture::sent();
    fixture.report();
    assert!(!fixture.report().moved_aside, "our own files are replaced");

    let report = fixture.path("contracts.report.xlsx");
    save_anew(&report, |_, text| text.replace(">郑一<", ">郑二<"));
    let edited = fs::read(&report).unwrap();
    let written = fixture.report();
    assert!(written.moved_aside);
    assert_eq!(names(&written)[0], "contracts.report (2).xlsx");
    assert_eq!(fs::read(&report).unwrap(), edited);
    assert_eq!(names(&fixture.report())[0], "contracts.report (2).xlsx", "that one is ours");

    let lock = fixture.path(".~lock.contracts.report.csv#");
    fs::write(&lock, "").unwrap();
    assert_eq!(names(&fixture.report())[2], "contracts.report (2).csv");
    fs::remove_file(lock).unwrap();
    fs::write(fixture.path("~$contracts.fix.xlsx"), "").unwrap();
    let written = fixture.report();
    assert_eq!(
        names(&written),
        [
            "contracts.report (2).xlsx", "contracts.fix (2).xlsx", "contracts.report (2).csv",
            "contracts.report (2).html"
        ]
    );
    let summary = sheet(&written.files[0], "摘要");
    assert!(summary[0][0].contains("contracts.fix (2).xlsx"));
    assert!(
        fs::read_dir(fixture.dir.path())
            .unwrap()
            .all(|entry| { !entry.unwrap().file_name().to_string_lossy().ends_with(".tmp") })
    );
}

/// The workbook as a spreadsheet program would save it, with other cells.
fn save_anew(path: &Path, edit: impl Fn(&str, String) -> String) {
    let mut archive = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut saved = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().to_string();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        saved.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut saved, edit(&name, text).as_bytes()).unwrap();
    }
    fs::write(path, saved.finish().unwrap().into_inner()).unwrap();
}

/// Writes into the `nth` row of pages on the first sheet: whether, and by whom.
fn tick(path: &Path, nth: usize, texts: [&str; 2]) {
    let head = sheet(path, "摘要").iter().position(|row| row[4] == "已确认").unwrap();
    save_anew(path, |name, mut text| {
        if name != "xl/worksheets/sheet1.xml" {
            return text;
        }
        for (column, value) in ["E", "F"].iter().zip(texts) {
            let cell = format!("<c r=\"{column}{}\"", head + 2 + nth);
            let start = text.find(&cell).unwrap();
            let end = start + text[start..].find("/>").unwrap() + 2;
            let filled = format!("{cell} t=\"inlineStr\"><is><t>{value}</t></is></c>");
            text.replace_range(start..end, &filled);
        }
        text
    });
}

#[test]
fn ticks_are_read_back_before_the_workbook_is_written_again() {
    let fixture = Fixture::sent();
    fixture.report();
    let path = fixture.path("contracts.report.xlsx");
    tick(&path, 0, ["是", "王芳"]);
    let written = fixture.report();
    assert!(!written.moved_aside, "only ticks differ");
    let pages = fixture.journal.pages(&fixture.job).unwrap();
    let confirmed: Vec<Option<&str>> =
        pages.iter().map(|page| page.confirmed.as_ref()?.by.as_deref()).collect();
    assert_eq!(confirmed, [Some("王芳"), None]);
    for name in ["摘要", "确认页面"] {
        let rows = sheet(&path, name);
        let row = rows.iter().find(|row| row[0].starts_with("P01")).unwrap();
        assert_eq!(row[4..6], ["是", "王芳"], "{name}");
    }
    // Saved without any change it is still ours.
    save_anew(&path, |_, text| text);
    assert!(!fixture.report().moved_aside);
}

#[test]
fn what_else_is_edited_stays_and_its_ticks_are_carried_over() {
    let fixture = Fixture::sent();
    fixture.report();
    let path = fixture.path("contracts.report.xlsx");
    save_anew(&path, |name, text| match name {
        "xl/sharedStrings.xml" => text.replace("郑一", "郑二"),
        _ => text.replace(">郑一<", ">郑二<"),
    });
    tick(&path, 1, ["√", ""]);
    let edited = fs::read(&path).unwrap();
    assert_eq!(names(&fixture.report())[0], "contracts.report (2).xlsx");
    assert!(fs::read(&path).unwrap() == edited);
    let pages = fixture.journal.pages(&fixture.job).unwrap();
    assert!(pages[0].confirmed.is_none() && pages[1].confirmed.is_some());
    // What nobody can read as a tick is not lost either.
    let second = fixture.path("contracts.report (2).xlsx");
    tick(&second, 0, ["明天再看", ""]);
    assert_eq!(names(&fixture.report())[0], "contracts.report (3).xlsx");
    assert!(fixture.journal.pages(&fixture.job).unwrap()[0].confirmed.is_none());
}

#[test]
fn a_file_of_that_name_by_someone_else_is_kept() {
    let fixture = Fixture::sent();
    fs::write(fixture.path("contracts.report.csv"), "my,own\n1,2\n").unwrap();
    fs::create_dir(fixture.path("contracts.fix.xlsx")).unwrap();
    let written = fixture.report();
    assert_eq!(
        names(&written),
        [
            "contracts.report (2).xlsx", "contracts.fix (2).xlsx", "contracts.report (2).csv",
            "contracts.report (2).html"
        ],
        "what was written together has one number"
    );
    assert_eq!(fs::read_to_string(fixture.path("contracts.report.csv")).unwrap(), "my,own\n1,2\n");
}

#[test]
fn the_report_of_another_installation_is_never_replaced() {
    let fixture = Fixture::sent();
    fixture.report();
    let other = Fixture::sent();
    for name in ["contracts.report.xlsx", "contracts.report.csv", "contracts.fix.xlsx"] {
        fs::copy(fixture.path(name), other.path(name)).unwrap();
    }
    assert!(other.report().moved_aside);
    for name in ["contracts.report.xlsx", "contracts.report.csv", "contracts.fix.xlsx"] {
        assert_eq!(fs::read(fixture.path(name)).unwrap(), fs::read(other.path(name)).unwrap(), "{name}");
    }
}

#[test]
fn a_lock_without_its_workbook_is_no_open_workbook() {
    let fixture = Fixture::sent();
    for lock in ["~$contracts.report.xlsx", ".~lock.contracts.report.csv#"] {
        fs::write(fixture.path(lock), "").unwrap();
    }
    assert!(!fixture.report().moved_aside);
}

#[test]
fn a_name_that_is_too_long_is_shortened() {
    let fixture = Fixture::sent();
    let file = fixture.file();
    let source = ReportInput { file: &file, ledger: Some((&fixture.journal, &fixture.job)) };
    let stem = "合同".repeat(42);
    let written = write_report(&source, &ReportOptions { stem: &stem, ..fixture.options(&[]) }).unwrap();
    for name in names(&written) {
        assert!(name.len() <= 255 && name.starts_with("合同合同"), "{name}");
    }
}

#[test]
fn what_a_kill_left_between_note_and_name_is_still_ours() {
    let fixture = Fixture::sent();
    fixture.report();
    let path = fixture.path("contracts.report.xlsx").to_string_lossy().into_owned();
    let next = crate::journal::Written { digest: [9; 32], job: Some(fixture.job.clone()) };
    fixture.journal.note_writing(&path, &next).unwrap();
    assert!(!fixture.report().moved_aside, "noted and not written");
    let report = fs::read(fixture.path("contracts.report.xlsx")).unwrap();
    let next =
        crate::journal::Written { digest: Sha256::digest([&report[..], b"x"].concat()).into(), ..next };
    fixture.journal.note_writing(&path, &next).unwrap();
    fs::write(fixture.path("contracts.report.xlsx"), [&report[..], b"x"].concat()).unwrap();
    assert!(!fixture.report().moved_aside, "noted, written, and not confirmed");
}

#[test]
fn both_halves_of_a_pair_come_with_the_rows_that_belong_together() {
    let fixture = Fixture::new();
    let mut file = JobFile::create(&fixture.path("pair.db"), 0).unwrap();
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let sheets =
        [("合同", texts(&["合同编号", "合同名称"])), ("签署方", texts(&["合同编号", "签署方手机号"]))];
    for (sheet, (name, headers)) in (0..).zip(sheets) {
        file.add_sheet(&SheetRecord {
            sheet,
            file: "a.xlsx".into(),
            name: Some(name.into()),
            headers,
            ..SheetRecord::default()
        })
        .unwrap();
    }
    for (ord, sheet, number, cells) in [
        (0, 0, 2, ["A-1", "甲"]),
        (1, 0, 3, ["A-2", "乙"]),
        (2, 1, 2, ["A-1", "138"]),
        (3, 1, 3, ["A-2", "13800138000"]),
        (4, 1, 4, ["A-1", "13900139000"]),
    ] {
        add_row_of(&file, ord, sheet, number, &cells);
    }
    let mut bad = problem(Some("签署方"), 2, Some(1), Rule::MobileForm);
    bad.place.column = Some(ColumnPlace { index: 1, header: "签署方手机号".into() });
    add_contract(&file, &[0, 2, 4], "A-1", Some(Status::Invalid), &[bad]);
    add_contract(&file, &[1, 3], "A-2", None, &[]);
    file.seal().unwrap();
    let source = ReportInput { file: &file, ledger: None };
    let written = write_report(&source, &fixture.options(&[])).unwrap();
    let fix = &written.files[1];
    let own = |name: &str| -> Vec<Vec<String>> {
        sheet(fix, name).into_iter().map(|row| row[1..].to_vec()).collect()
    };
    assert_eq!(own("合同"), [["合同编号", "合同名称"], ["A-1", "甲"]]);
    assert_eq!(own("签署方"), [["合同编号", "签署方手机号"], ["A-1", "138"], ["A-1", "13900139000"]]);
    assert!(sheet(fix, "签署方").iter().all(|row| !row[0].is_empty()), "each row says why");
    let csv = fs::read_to_string(&written.files[2]).unwrap();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].contains("合同编号,合同名称,签署方手机号,flowbatch.sheet,flowbatch.row,"));
    assert!(
        lines[1].starts_with("A-1,甲,,合同,2,invalid,") && lines[1].contains("签署方 第2行 签署方手机号：")
    );
    assert!(lines[3].starts_with("A-1,,138,签署方,2,invalid,,mobile.form,签署方手机号："));
    assert!(lines[5].contains(",第2行 签署方手机号："));
}

#[test]
fn a_missing_folder_is_named() {
    let fixture = Fixture::sent();
    let file = fixture.file();
    let source = ReportInput { file: &file, ledger: Some((&fixture.journal, &fixture.job)) };
    let dir = fixture.path("nowhere");
    let error = write_report(&source, &ReportOptions { dir: &dir, ..fixture.options(&[]) }).err();
    assert!(matches!(error, Some(ReportError::Write { path, fault: WriteFault::NoFolder }) if path == dir));
}
