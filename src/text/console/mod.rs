//! What the terminal says, one file a topic.

pub mod bare;
pub mod check;
pub mod events;
pub mod failure;
pub mod follow;
pub mod next;
pub mod outcome;
pub mod pages;
pub mod preview;
pub mod problems;
pub mod reconcile;
pub mod sandbox;
pub mod slips;
pub mod start;
pub mod status;
pub mod templates;
pub mod understood;

use std::time::Duration;

use super::{Lang, say};

pub fn duration(lang: Lang, time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds > 0.0 && seconds < 10.0 && seconds.fract() != 0.0 {
        say!(lang, "{seconds:.1} 秒", "{seconds:.1} s")
    } else if seconds < 90.0 {
        say!(lang, "{seconds:.0} 秒", "{seconds:.0} s")
    } else {
        say!(lang, "{minutes:.0} 分钟", "{minutes:.0} min", minutes = seconds / 60.0)
    }
}

/// A word as a shell takes it.
pub fn shell_word(word: &str) -> String {
    let is_plain =
        |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '=' | ',' | '+');
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    // cmd.exe knows double quotes only; within them a Unix shell still reads these.
    match !cfg!(windows) && word.contains(['$', '`', '\\', '!', '"']) {
        true => format!("'{}'", word.replace('\'', "'\\''")),
        false => format!("\"{}\"", word.replace('"', "\\\"")),
    }
}

/// Between a file's name and what is said of it.
pub fn said_of(lang: Lang, name: &str, line: &str) -> String {
    say!(lang, "{name}：{line}", "{name}: {line}")
}

pub fn written(lang: Lang, path: impl std::fmt::Display) -> String {
    say!(lang, "已写入 {path}", "written: {path}")
}

/// A contract that has neither a number nor a name, by its first row.
pub fn row(lang: Lang, row: u32) -> String {
    say!(lang, "第 {row} 行", "row {row}")
}

/// A whole command, as a shell takes it.
pub fn command(words: &[String]) -> String {
    words.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ")
}

pub fn moved_aside(lang: Lang) -> String {
    say!(
        lang,
        "同名的报告属于别的（或更新的）任务、正打开着或被改过，所以保留不动，这次写到带编号的文件",
        "a report of that name belongs to another job, is open or was edited, so it was kept and a numbered one written beside it"
    )
}

pub fn remembered(lang: Lang) -> String {
    say!(lang, "已记住：以后表头相同的文件会自动这样对应", "remembered for every file with the same headers")
}

pub fn forgotten(lang: Lang, has_some: bool) -> String {
    match has_some {
        true => {
            say!(lang, "已忘掉以前为这样的表头记住的回答", "what was remembered of such headers is forgotten")
        }
        false => say!(lang, "没有为这样的表头记住过什么", "nothing was remembered of such headers"),
    }
}

pub fn nothing_to_remember(lang: Lang) -> String {
    say!(
        lang,
        "没有记住什么：--default、--all-sheets、--signer-order、--submitted-twice、--comments、--odd-rows send、--missing-party send 只对这个文件有效，下一个文件会再问",
        "nothing is remembered: --default, --all-sheets, --signer-order, --submitted-twice, --comments, --odd-rows send and --missing-party send hold for this file only, and the next one is asked about again"
    )
}

pub fn may_remember(lang: Lang) -> String {
    say!(
        lang,
        "以后表头相同的文件要自动这样对应，请加 --remember",
        "to do the same for every file with these headers, add --remember"
    )
}
