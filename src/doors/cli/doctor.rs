//! `flowbatch doctor`.

use anstyle::{AnsiColor, Style};
use serde_json::{Value as Json, json};

use crate::doctor::{self, Finding, Level};
use crate::messages::doctor as words;
use crate::settings::Environment;
use crate::text::{Lang, Words};

use super::args::{Common, DoctorArgs};
use super::print::{BAD, GOOD, styled_out};
use super::{Exit, print_document, tell_error};

const WARNING: Style = AnsiColor::Yellow.on_default();

pub async fn doctor(args: &DoctorArgs, common: &Common, environment: &Environment, lang: Lang) -> Exit {
    let language = lang.pick("zh-CN", "en-US");
    let file = common.config.as_deref();
    let Some(facts) = doctor::look(file, environment, &args.watched, language).await else {
        tell_error(&Words::new(words::nothing_readable(lang), ""));
        return Exit::Usage;
    };
    let found = doctor::findings(facts);
    let count = |level: Level| found.iter().filter(|finding| finding.level() == level).count();
    let (bad, warnings) = (count(Level::Bad), count(Level::Warning));
    if args.json {
        let lines: Vec<Json> = found.iter().map(|finding| as_json(lang, finding)).collect();
        print_document(&json!({
            "well": bad == 0, "bad": bad, "warnings": warnings, "findings": lines,
        }));
    } else {
        for finding in &found {
            tell(lang, finding);
        }
        out!("");
        let style = if bad > 0 { BAD } else { GOOD };
        styled_out(style, &words::sum(lang, bad, warnings));
    }
    if bad > 0 { Exit::Usage } else { Exit::Done }
}

fn tell(lang: Lang, finding: &Finding) {
    let said = words::finding(lang, finding);
    let line = format!("{}  {}", words::level(lang, finding.level()), said.what);
    match finding.level() {
        Level::Good | Level::Note => out!("{line}"),
        Level::Warning => styled_out(WARNING, &line),
        Level::Bad => styled_out(BAD, &line),
    }
    if !said.todo.is_empty() {
        out!("      {}", said.todo);
    }
}

fn as_json(lang: Lang, finding: &Finding) -> Json {
    let said = words::finding(lang, finding);
    let level = match finding.level() {
        Level::Good => "good",
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Bad => "bad",
    };
    json!({"code": finding.code(), "level": level, "what": said.what, "todo": said.todo})
}
