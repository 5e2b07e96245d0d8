//! `status.html` of a watched folder: one file that needs no other, read by anybody who may
//! look into the folder. It names files, and nobody who signs.

use jiff::tz::TimeZone;

use super::outcome;
use crate::domain::shelf::Shelf;
use crate::domain::watched::{Past, Rest};
use crate::text::{Lang, Words, harmless, say, several};

/// Everything that a watched folder is to tell, without anybody's name or mobile.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub folder: String,
    pub approve: bool,
    /// Those that wait for somebody come first.
    pub rows: Vec<Row>,
    pub past: Vec<(Past, usize)>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// The folder itself cannot be used as it should.
    Trouble {
        words: Words,
    },
    /// A person is to move it to `approved`.
    ToApprove {
        name: String,
        sendable: u64,
    },
    /// Something of the account, the network or the machine is in its way.
    Stopped {
        name: String,
        words: Words,
    },
    /// It cannot be moved.
    Stuck {
        name: String,
        to: &'static str,
        words: Words,
    },
    Seen {
        name: String,
        rest: Rest,
    },
    Queued {
        name: String,
    },
    AtWork {
        name: String,
    },
    Ending {
        name: String,
        to: &'static str,
    },
}

impl Row {
    /// Those that wait for somebody come first.
    pub fn rank(&self) -> u8 {
        match self {
            Self::Trouble { .. } => 0,
            Self::Stopped { .. } => 1,
            Self::Stuck { .. } => 2,
            Self::ToApprove { .. } => 3,
            Self::AtWork { .. } => 4,
            Self::Ending { .. } => 5,
            Self::Queued { .. } => 6,
            Self::Seen { .. } => 7,
        }
    }
}

/// Seconds after which a browser looks again.
const REFRESH: u32 = 15;

const STYLE: &str = "body{font:16px/1.5 system-ui,'Microsoft YaHei',sans-serif;margin:2em auto;max-width:60em;padding:0 1em;\
color:#222;background:#fff}h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.35em .6em;\
border-bottom:1px solid #ddd;overflow-wrap:anywhere}.you{background:#fff4d6}.admin{background:#fde2e1}\
.quiet{color:#666}";

/// Whom a row waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    Nobody,
    You,
    Admin,
}

impl Who {
    fn class(self) -> &'static str {
        match self {
            Self::Nobody => "",
            Self::You => "you",
            Self::Admin => "admin",
        }
    }
}

pub fn html(lang: Lang, page: &Page, zone: &TimeZone) -> String {
    let title = say!(lang, "flowbatch 文件夹状态", "flowbatch: this folder");
    let mut body = format!("<h1>{title}</h1>\n<p class=\"quiet\">{}</p>\n", text(&page.folder));
    body.push_str(&format!("<p>{}</p>\n", text(&how(lang, page.approve))));
    let heading = lang.pick("现在", "Now");
    body.push_str(&format!("<h2>{heading}</h2>\n"));
    if page.rows.is_empty() {
        body.push_str(&format!("<p>{}</p>\n", lang.pick("没有在等的文件。", "Nothing is waiting.")));
    } else {
        body.push_str(&head(&[
            lang.pick("文件", "File"),
            lang.pick("怎么样了", "How it stands"),
            lang.pick("等谁", "Waits for"),
        ]));
        for own in &page.rows {
            let (name, state, who) = row(lang, own);
            let waits = match who {
                Who::Nobody => "",
                Who::You => lang.pick("你", "you"),
                Who::Admin => lang.pick("管理员", "the administrator"),
            };
            body.push_str(&line(who, &[name, &state, waits]));
        }
        body.push_str("</table>\n");
    }
    body.push_str(&past(lang, &page.past, zone));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"refresh\" content=\"{REFRESH}\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        lang.pick("zh-CN", "en")
    )
}

fn how(lang: Lang, approve: bool) -> String {
    match approve {
        false => say!(
            lang,
            "把表格放进 inbox；处理完在 done，要人处理的在 failed，报告都在文件旁边。",
            "Drop sheets into inbox. They end in done, or in failed where somebody has to act, with the report beside the file."
        ),
        true => say!(
            lang,
            "把表格放进 inbox；检查过的在 waiting，同意就移到 approved；处理完在 done，要人处理的在 failed，报告都在文件旁边。",
            "Drop sheets into inbox. Those that were checked wait in waiting: to send one, move it to approved. They end in done, or in failed where somebody has to act, with the report beside the file."
        ),
    }
}

#[rustfmt::skip]
fn row(lang: Lang, row: &Row) -> (&str, String, Who) {
    match row {
        Row::Trouble { words } => ("", words.line(lang), Who::Admin),
        Row::Stopped { name, words } => (name, say!(lang,
            "停在 working，会自动再试：{why}", "stays in working and is tried again: {why}", why = words.line(lang)), Who::Admin),
        Row::Stuck { name, words, .. } => (name, words.line(lang), Who::Admin),
        Row::ToApprove { name, sendable } => (name, say!(lang,
            "已检查，可发送 {sendable} 份；同意就从 waiting 移到 approved",
            "checked, {count} can be sent; to send, move it from waiting to approved",
            count = several(*sendable, "contract")), Who::You),
        Row::AtWork { name } => (name, say!(lang, "正在处理", "at work"), Who::Nobody),
        Row::Ending { name, to } => (name, say!(lang, "正在移到 {to}", "being moved to {to}"), Who::Nobody),
        Row::Queued { name } => (name, say!(lang, "排队等候处理", "in the queue"), Who::Nobody),
        Row::Seen { name, rest } => seen(lang, name, rest),
    }
}

#[rustfmt::skip]
fn seen<'n>(lang: Lang, name: &'n str, rest: &Rest) -> (&'n str, String, Who) {
    match rest {
        Rest::Changing => (name, say!(lang, "看到了，等它不再变化", "seen; to be taken once it does not change any more"), Who::Nobody),
        Rest::InHands { by } => (name, say!(lang,
            "正被打开或还在写入（{by}）：请保存并关闭", "open in a program, or still being written ({by}): save and close it"), Who::You),
        Rest::Shut => (name, say!(lang,
            "打不开：可能还在复制，或没有读取权限", "it cannot be opened: it may still be copied, or may not be read"), Who::You),
        Rest::Half => (name, say!(lang,
            "不完整：可能还在复制；没有复制完请重新放一次", "it is not whole: it may still be copied; if the copy was interrupted, drop it again"), Who::You),
        Rest::Folder => (name, say!(lang,
            "是文件夹，不会进去看：请把文件直接放进 inbox", "a folder, which is not looked into: put the files themselves into inbox"), Who::You),
        Rest::Link => (name, say!(lang, "是链接，不处理：请放文件本身", "a link, which is left alone: put the file itself there"), Who::You),
        Rest::Next => (name, say!(lang, "排队等候处理", "in the queue"), Who::Nobody),
    }
}

fn past(lang: Lang, past: &[(Past, usize)], zone: &TimeZone) -> String {
    let mut html = format!("<h2>{}</h2>\n", lang.pick("最近处理的", "Lately"));
    if past.is_empty() {
        html.push_str(&format!("<p>{}</p>\n", lang.pick("还没有。", "Nothing yet.")));
        return html;
    }
    html.push_str(&head(&[
        lang.pick("时间", "Time"),
        lang.pick("文件", "File"),
        lang.pick("在哪里", "Where"),
        lang.pick("结果", "Result"),
    ]));
    for (past, unconfirmed) in past {
        let at = jiff::Timestamp::from_microsecond(past.at_us).ok();
        let at = at.map(|at| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
        let mut said = outcome(lang, &past.why);
        if *unconfirmed > 0 {
            said.push_str(&say!(
                lang,
                "；还有 {unconfirmed} 个页面要打开确认，链接在报告里",
                "; {pages} to open and confirm, the links are in the report",
                pages = several(*unconfirmed as u64, "page")
            ));
        }
        let who = if past.to == Shelf::Failed || *unconfirmed > 0 { Who::You } else { Who::Nobody };
        html.push_str(&line(who, &[&at.unwrap_or_default(), &past.name, past.to.name(), &said]));
    }
    html.push_str("</table>\n");
    html
}

fn head(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<th>{}</th>", text(cell))).collect();
    format!("<table>\n<tr>{cells}</tr>\n")
}

fn line(who: Who, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", text(cell))).collect();
    format!("<tr class=\"{}\">{cells}</tr>\n", who.class())
}

/// A text that shows as it is: a file's name may hold anything.
fn text(raw: &str) -> String {
    harmless(raw).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::job::JobId;
    use crate::domain::watched::Why;

    #[test]
    fn the_page_says_what_waits_for_whom_and_shows_names_as_they_are() {
        let past = Past {
            name: "<b>.xlsx".into(),
            at_us: 0,
            to: Shelf::Done,
            why: Why::Before { job: JobId("20990101-0000".into()) },
            job: None,
        };
        let page = Page {
            folder: "/srv/a&b".into(),
            approve: true,
            rows: vec![
                Row::Stopped { name: "a.xlsx".into(), words: Words::new("no keys", "Set them") },
                Row::ToApprove { name: "b.xlsx".into(), sendable: 2 },
            ],
            past: vec![(past, 3)],
        };
        let html = html(Lang::En, &page, &TimeZone::UTC);
        for said in [
            "/srv/a&amp;b", "&lt;b&gt;.xlsx", "no keys. Set them", "2 contracts", "3 pages",
            "1970-01-01 00:00",
        ] {
            assert!(html.contains(said), "{said} in {html}");
        }
        assert!(
            html.contains("class=\"admin\"")
                && html.contains("http-equiv=\"refresh\"")
                && !html.contains("<b>")
        );
        assert!(super::html(Lang::Zh, &page, &TimeZone::UTC).contains("管理员"));
    }
}
