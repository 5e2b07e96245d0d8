//! What the terminal says about checks and runs.

use std::time::Duration;

use crate::domain::job::{Status, Tally};
use crate::domain::problem::{Problem, Severity};
use crate::domain::verdict::Verdict;
use crate::runner::Reason;

use super::{Lang, Words, codes, problems, troubles};

pub fn status(lang: Lang, status: Status) -> &'static str {
    match (status, lang) {
        (Status::Accepted, Lang::Zh) => "已受理",
        (Status::Accepted, Lang::En) => "accepted",
        (Status::Rejected, Lang::Zh) => "被拒绝",
        (Status::Rejected, Lang::En) => "rejected",
        (Status::Invalid, Lang::Zh) => "不合格",
        (Status::Invalid, Lang::En) => "invalid",
        (Status::Duplicate, Lang::Zh) => "以前已发",
        (Status::Duplicate, Lang::En) => "duplicate",
        (Status::Skipped, Lang::Zh) => "跳过",
        (Status::Skipped, Lang::En) => "skipped",
        (Status::InDoubt, Lang::Zh) => "结果不明",
        (Status::InDoubt, Lang::En) => "in doubt",
        (Status::Pending, Lang::Zh) => "未发送",
        (Status::Pending, Lang::En) => "pending",
    }
}

/// `已受理 45 份 · 被拒绝 2 份`.
pub fn tally(lang: Lang, tally: &Tally) -> String {
    let counts = [
        (Status::Accepted, tally.accepted),
        (Status::Rejected, tally.rejected),
        (Status::Invalid, tally.invalid),
        (Status::Duplicate, tally.duplicate),
        (Status::Skipped, tally.skipped),
        (Status::InDoubt, tally.in_doubt),
        (Status::Pending, tally.pending),
    ];
    let parts: Vec<String> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(of, count)| match lang {
            Lang::Zh => format!("{} {count} 份", status(lang, *of)),
            Lang::En => format!("{count} {}", status(lang, *of)),
        })
        .collect();
    if parts.is_empty() { lang.pick("没有合同", "no contracts").to_owned() } else { parts.join(" · ") }
}

/// Why the work ended early, and how to go on.
pub fn reason(lang: Lang, reason: &Reason) -> Words {
    match reason {
        Reason::Caller(outcome) => {
            let code = outcome.code.as_deref().unwrap_or_default();
            let mut words = codes::explain(lang, code);
            if outcome.verdict == Verdict::Either {
                words.todo = lang
                    .pick(
                        "很可能是账号或发起方的问题：请核对 app_id、organization_open_id、operator_open_id 和权限，再运行即可继续",
                        "Most likely the account or the sender is at fault: check app_id, organization_open_id, operator_open_id and the account's rights, then run again to go on",
                    )
                    .to_owned();
            }
            let api = outcome.message.as_deref().map(|message| format!(": {message}")).unwrap_or_default();
            let id = outcome.request_id.as_deref().map(|id| format!(", RequestId {id}")).unwrap_or_default();
            let what = match lang {
                Lang::Zh => format!("已停止：{}（{code}{api}{id}）。没有合同因此被判为错误", words.what),
                Lang::En => {
                    format!("stopped: {} ({code}{api}{id}). No contract is blamed for it", words.what)
                }
            };
            Words::new(what, words.todo)
        }
        Reason::Unreachable(code) => {
            let words = codes::explain(lang, code.as_deref().unwrap_or("network.connect"));
            let code = code.as_deref().unwrap_or_default();
            Words::new(
                match lang {
                    Lang::Zh => format!("已停止：{}（{code}）", words.what),
                    Lang::En => format!("stopped: {} ({code})", words.what),
                },
                words.todo,
            )
        }
        Reason::Held(code) => {
            let words = codes::explain(lang, code.as_deref().unwrap_or("InternalError"));
            Words::new(
                match lang {
                    Lang::Zh => format!("有合同试了多次仍没有结果：{}", words.what),
                    Lang::En => format!("some contracts had no result after several tries: {}", words.what),
                },
                lang.pick("再运行一次会继续发送它们", "Run again to go on with them"),
            )
        }
        Reason::Signal => Words::new(
            lang.pick(
                "已按要求停止，在途的请求都已收到结果并记下",
                "stopped as asked; the results of all requests on their way are written down",
            ),
            lang.pick("再运行一次会从停下的地方继续", "Run again to go on from here"),
        ),
        Reason::SignalTwice => Words::new(
            lang.pick(
                "已立即停止；在途请求的结果没有等到",
                "stopped at once; requests on their way were dropped, so their results are not known",
            ),
            lang.pick(
                "再运行一次会从停下的地方继续，并查清它们",
                "Run again to go on from here and to find out",
            ),
        ),
        Reason::WaitsFor(job) => Words::new(
            match lang {
                Lang::Zh => format!("有合同正由任务 {job} 发送，而它中断了，结果不明"),
                Lang::En => format!("some contracts were being sent by job {job}, which was cut off"),
            },
            lang.pick("请先把那个文件再运行一次，然后再运行这个", "Run its file again first, then this one"),
        ),
        Reason::Journal(error) => troubles::journal(lang, error),
        Reason::Pace(error) => troubles::pace(lang, error),
        Reason::Unreadable => Words::new(
            lang.pick("记录里的合同内容读不出来", "a contract in the journal cannot be read back"),
            lang.pick("请用 --again 重新发送这个文件", "Send the file anew with --again"),
        ),
    }
}

/// Problems that say the same of the same column are one line with a count.
pub struct ProblemGroup {
    /// The row of the first, with the bad cell under a marker.
    pub row: Vec<String>,
    pub severity: Severity,
    pub code: &'static str,
    /// The first of them.
    pub first: String,
    pub value: Option<String>,
    pub words: Words,
    /// Rows of the others, the first few.
    pub more_rows: Vec<u32>,
    pub count: usize,
}

const MOST_ROWS: usize = 5;

/// `found`: problems, each with the cells of its row (none where there is no row).
pub fn group_problems(lang: Lang, found: &[(Problem, Vec<String>)]) -> Vec<ProblemGroup> {
    let mut groups: Vec<(String, ProblemGroup)> = Vec::new();
    for (problem, cells) in found {
        let words = problems::explain(lang, problem);
        let correction = problem.rule.severity() == Severity::Correction;
        let column = problem.place.column.as_ref().map(|column| column.header.as_ref()).unwrap_or_default();
        // Corrections differ in what they make of a value; the kind is what counts.
        let said = match &problem.rule {
            crate::domain::problem::Rule::Corrected { what, .. } => {
                problems::correction(lang, *what).to_owned()
            }
            _ => words.line(lang),
        };
        let sheet = problem.place.sheet.as_deref().unwrap_or_default();
        let key = format!("{}\0{sheet}\0{column}\0{said}", problem.rule.code());
        match groups.iter_mut().find(|(own, _)| *own == key) {
            Some((_, group)) => {
                group.count += 1;
                if group.more_rows.len() < MOST_ROWS
                    && let Some(row) = problem.place.row
                {
                    group.more_rows.push(row);
                }
            }
            None => {
                let words = if correction { Words::new(said, "") } else { words };
                let group = ProblemGroup {
                    row: if correction { Vec::new() } else { marked_row(problem, cells) },
                    severity: problem.rule.severity(),
                    code: problem.rule.code(),
                    first: problems::place(lang, problem),
                    value: problem.value.clone().filter(|value| !value.is_empty()),
                    words,
                    more_rows: Vec::new(),
                    count: 1,
                };
                groups.push((key, group));
            }
        }
    }
    let mut groups: Vec<ProblemGroup> = groups.into_iter().map(|(_, group)| group).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.severity));
    groups
}

/// Cells on either side of the bad one.
const NEIGHBOURS: usize = 2;
const CELL_WIDTH: usize = 24;
const LINE_WIDTH: usize = 78;

/// Two lines: the cell among its neighbours, and a marker under it. As many
/// neighbours as fit in a line of a terminal.
fn marked_row(problem: &Problem, cells: &[String]) -> Vec<String> {
    use unicode_width::UnicodeWidthStr as _;
    let fits = |lines: &Vec<String>| lines.iter().all(|line| line.width() <= LINE_WIDTH);
    let rows = (0..=NEIGHBOURS).rev().map(|neighbours| marked_among(problem, cells, neighbours));
    let mut last = Vec::new();
    for row in rows {
        if fits(&row) {
            return row;
        }
        last = row;
    }
    last
}

fn marked_among(problem: &Problem, cells: &[String], neighbours: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr as _;
    let Some(column) = problem.place.column.as_ref().map(|column| column.index) else { return Vec::new() };
    if cells.is_empty() {
        return Vec::new();
    }
    let first = column.saturating_sub(neighbours);
    let last = (column + neighbours).min(cells.len().max(column + 1) - 1);
    let mut line = String::from(if first > 0 { "    … │" } else { "    │" });
    let (mut from, mut width) = (0, 1);
    for index in first..=last {
        let text = short(cells.get(index).map(String::as_str).unwrap_or_default(), CELL_WIDTH);
        line.push(' ');
        if index == column {
            from = line.width();
            width = text.width().max(1);
            line.push_str(if text.is_empty() { " " } else { &text });
        } else {
            line.push_str(&text);
        }
        line.push_str(" │");
    }
    if last + 1 < cells.len() {
        line.push_str(" …");
    }
    vec![line, format!("{}{}", " ".repeat(from), "^".repeat(width))]
}

/// The beginning of a text, in one line.
fn short(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > most {
        short.push('…');
    }
    short
}

impl ProblemGroup {
    /// The lines that a terminal shows.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let value = self.value.as_deref().filter(|_| self.row.is_empty()).map(|value| {
            let short = short(value, 40);
            match lang {
                Lang::Zh => format!("：“{short}”"),
                Lang::En => format!(": \"{short}\""),
            }
        });
        let mut lines = vec![format!("  {}{}", self.first, value.unwrap_or_default())];
        lines.extend(self.row.iter().cloned());
        lines.push(format!("    {}", self.words.line(lang)));
        if self.count > 1 {
            let rows: Vec<String> = self.more_rows.iter().map(u32::to_string).collect();
            let dots = if self.count - 1 > self.more_rows.len() { "…" } else { "" };
            lines.push(match lang {
                Lang::Zh => {
                    format!("    同样的问题共 {} 处，还有第 {}{dots} 行", self.count, rows.join("、"))
                }
                Lang::En => {
                    format!("    the same in {} places, also rows {}{dots}", self.count, rows.join(", "))
                }
            });
        }
        lines
    }
}

pub fn duration(lang: Lang, time: Duration) -> String {
    let seconds = time.as_secs_f64();
    match lang {
        Lang::Zh if seconds > 0.0 && seconds < 10.0 && seconds.fract() != 0.0 => format!("{seconds:.1} 秒"),
        Lang::En if seconds > 0.0 && seconds < 10.0 && seconds.fract() != 0.0 => format!("{seconds:.1} s"),
        Lang::Zh if seconds < 90.0 => format!("{seconds:.0} 秒"),
        Lang::Zh => format!("{:.0} 分钟", seconds / 60.0),
        Lang::En if seconds < 90.0 => format!("{seconds:.0} s"),
        Lang::En => format!("{:.0} min", seconds / 60.0),
    }
}

pub fn remembered(lang: Lang) -> &'static str {
    lang.pick("已记住：以后表头相同的文件会自动这样对应", "remembered for every file with the same headers")
}

pub fn may_remember(lang: Lang) -> &'static str {
    lang.pick(
        "以后表头相同的文件要自动这样对应，请加 --remember",
        "to do the same for every file with these headers, add --remember",
    )
}

pub fn stopping(lang: Lang) -> &'static str {
    lang.pick(
        "正在停止：等在途的请求收到结果（再按一次 Ctrl-C 立即停止）",
        "stopping: waiting for the results of requests on their way (Ctrl-C once more stops at once)",
    )
}

pub fn sandbox_fault(lang: Lang, text: &str, error: &str) -> String {
    match lang {
        Lang::Zh => format!("--fault {text}：{error}"),
        Lang::En => format!("--fault {text}: {error}"),
    }
}

pub fn sandbox_failed(lang: Lang, error: &str) -> String {
    match lang {
        Lang::Zh => format!("沙箱出错：{error}"),
        Lang::En => format!("the sandbox failed: {error}"),
    }
}

pub fn sandbox_ready(lang: Lang, endpoint: &str, own_keys: bool) -> String {
    match (lang, own_keys) {
        (Lang::Zh, true) => format!("沙箱已就绪：{endpoint}（使用环境变量里的密钥）。按 Ctrl-C 结束"),
        (Lang::En, true) => {
            format!("the sandbox is ready: {endpoint} (with the keys of the environment). Ctrl-C ends it")
        }
        (Lang::Zh, false) => {
            format!("沙箱已就绪：{endpoint}（环境变量里没有密钥，使用自带的示例密钥）。按 Ctrl-C 结束")
        }
        (Lang::En, false) => format!(
            "the sandbox is ready: {endpoint} (no keys in the environment, so the made-up ones count). Ctrl-C ends it"
        ),
    }
}

/// What a run says while it is under way.
pub mod events {
    use super::{Lang, Tally, codes, duration};
    use crate::runner::Event;

    pub fn progress(lang: Lang, tally: &Tally, requests: u64, rate: f64) -> String {
        let bad = tally.rejected;
        match lang {
            Lang::Zh => format!("请求 {requests} 次 · {rate:.1} 次/秒 · 拒绝 {bad}"),
            Lang::En => format!("{requests} requests · {rate:.1}/s · {bad} rejected"),
        }
    }

    pub fn line(lang: Lang, event: &Event) -> Option<String> {
        Some(match (event, lang) {
            (Event::Progress { .. }, _) => return None,
            (Event::Paused { pause, code }, Lang::Zh) => {
                format!(
                    "连续失败（{}，{code}），暂停 {} 后再试",
                    codes::explain(lang, code).what,
                    duration(lang, *pause)
                )
            }
            (Event::Paused { pause, code }, Lang::En) => {
                format!(
                    "everything fails ({}, {code}): pausing for {}",
                    codes::explain(lang, code).what,
                    duration(lang, *pause)
                )
            }
            (Event::SmallerChunks { flows }, Lang::Zh) => {
                format!("接口不接受这么多合同，改为每次请求 {flows} 份")
            }
            (Event::SmallerChunks { flows }, Lang::En) => {
                format!("the API takes fewer contracts: {flows} a request from now on")
            }
            (Event::WaitingFor { job }, Lang::Zh) => format!("任务 {job} 正在发送其中一些合同，等它结束"),
            (Event::WaitingFor { job }, Lang::En) => {
                format!("job {job} is sending some of these contracts: waiting for it")
            }
            (Event::Deprecated { warning }, Lang::Zh) => format!("腾讯电子签提示：{warning}"),
            (Event::Deprecated { warning }, Lang::En) => format!("the API says: {warning}"),
            (Event::AskedToWait { wait, code }, Lang::Zh) => {
                format!("对方要求稍后再试（{code}），等 {}", duration(lang, *wait))
            }
            (Event::AskedToWait { wait, code }, Lang::En) => {
                format!("the other side asks to wait ({code}): {}", duration(lang, *wait))
            }
            (Event::Crowded, Lang::Zh) => {
                "接口一直说请求太频繁：可能有别的程序在用同一个账号。已自动放慢，继续尝试".to_owned()
            }
            (Event::Crowded, Lang::En) => {
                "the API keeps saying that there are too many requests: another program may use the same account. Slowed down, still trying".to_owned()
            }
            (Event::UnknownCode { code }, Lang::Zh) => {
                format!("接口返回了没有见过的错误码 {code}，按谨慎的方式处理")
            }
            (Event::UnknownCode { code }, Lang::En) => {
                format!("the API gave a code that is not documented, {code}: treated with care")
            }
        })
    }
}
