//! What a watched folder says: lines for the log, the text beside a file, its page.

mod page;

use std::io::ErrorKind;
use std::path::Path;

use jiff::tz::TimeZone;

use crate::domain::answer::Word;
use crate::domain::shelf::Shelf;
use crate::domain::watched::{Ended, WatchError, Why};
use crate::text::console::{command, shell_word};
use crate::text::{Lang, Words, codes, say, words};

pub use page::{Page, Row, html};

pub fn begun(lang: Lang, dir: &Path) -> String {
    say!(
        lang,
        "正在看管 {dir}：把表格放进其中的 inbox",
        "watching {dir}: drop sheets into its inbox",
        dir = dir.display()
    )
}

pub fn ended(lang: Lang, dir: &Path, ended: Ended) -> String {
    let dir = dir.display();
    match ended {
        Ended::Clean => say!(lang, "不再看管 {dir}", "not watching {dir} any more"),
        Ended::Unfinished => say!(
            lang,
            "不再看管 {dir}；working 里还有文件，下次会接着处理",
            "not watching {dir} any more; the files in working are gone on with next time"
        ),
        Ended::Lost => say!(
            lang,
            "不再看管 {dir}：离线期间已由别的程序接管",
            "not watching {dir} any more: another process has taken it over while it was offline"
        ),
    }
}

pub fn away(lang: Lang, dir: &Path) -> Words {
    words!(
        lang,
        (
            "{dir} 离线：里面没有 flowbatch 的标记文件（.flowbatch）",
            "请检查共享文件夹有没有连上；连上后自动继续。如果文件夹没有问题、只是标记被删了，请重新运行 flowbatch watch"
        ),
        (
            "{dir} is offline: its mark (.flowbatch) is not there",
            "Check whether the share is mounted; work goes on once it is back. If the folder is as it should be and only the mark was deleted, start flowbatch watch again"
        ),
        dir = dir.display()
    )
}

pub fn other(lang: Lang, dir: &Path) -> Words {
    words!(
        lang,
        (
            "{dir} 现在是另一个文件夹（标记不同），所以没有动它",
            "请连上原来的共享文件夹；要改用这一个，请重新运行 flowbatch watch"
        ),
        (
            "another folder stands at {dir} (its mark differs), so nothing was touched there",
            "Mount the former share; to watch this one instead, start flowbatch watch again"
        ),
        dir = dir.display()
    )
}

pub fn back(lang: Lang, dir: &Path) -> String {
    say!(lang, "{dir} 已恢复", "{dir} is back", dir = dir.display())
}

/// What a system says of a folder or a file, in plain words.
fn refusal(lang: Lang, kind: ErrorKind) -> String {
    match kind {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            lang.pick("没有写入权限", "it may not be written").to_owned()
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            lang.pick("磁盘已满", "the disk is full").to_owned()
        }
        ErrorKind::ResourceBusy => lang.pick("正被别的程序占用", "another program has it").to_owned(),
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            lang.pick("那里有一个同名的文件", "a file stands in its place").to_owned()
        }
        ErrorKind::NotFound => lang.pick("找不到", "it is not there").to_owned(),
        other => other.to_string(),
    }
}

pub fn unusable(lang: Lang, path: &Path, kind: ErrorKind) -> Words {
    words!(
        lang,
        ("文件夹 {path} 用不了：{why}", "请改好权限或移开挡住它的文件；之后自动继续"),
        (
            "the folder {path} cannot be used: {why}",
            "Mend its permissions, or move away what stands there; work goes on by itself then"
        ),
        path = path.display(),
        why = refusal(lang, kind)
    )
}

/// Why a folder cannot be watched.
pub fn error(lang: Lang, dir: &Path, error: &WatchError, zone: &TimeZone) -> Words {
    match error {
        WatchError::Taken { pid, since_us, here } => {
            let since = since_us.and_then(|at| jiff::Timestamp::from_microsecond(at).ok());
            let since =
                since.map(|at| at.to_zoned_datetime(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string());
            let since = since.unwrap_or_else(|| "?".to_owned());
            let place = match here {
                true => lang.pick("本机", "of this machine"),
                false => lang.pick("另一台电脑", "of another machine"),
            };
            words!(
                lang,
                (
                    "{dir} 已由{place}的进程 {pid} 看管（{since} 起）",
                    "一个文件夹只要一个；要换成这一个，请先停掉那一个"
                ),
                (
                    "{dir} is watched already: process {pid} {place}, since {since}",
                    "One is enough for a folder; to have this one instead, end that one first"
                ),
                dir = dir.display()
            )
        }
        WatchError::NoFolder { path } => words!(
            lang,
            ("没有 {path} 这个文件夹，上一级也没有", "请核对路径"),
            ("there is no folder {path}, nor the one above it", "Check the path"),
            path = path.display()
        ),
        WatchError::Disk { path, kind } => words!(
            lang,
            ("{path} 读写不了：{why}", "请检查磁盘和权限"),
            ("{path} cannot be read or written: {why}", "Check the disk and the permissions"),
            path = path.display(),
            why = refusal(lang, *kind)
        ),
    }
}

/// Settings of a folder that cannot be taken.
pub fn settings(lang: Lang, path: &Path, words: &Words) -> String {
    say!(lang, "{path}：{line}", "{path}: {line}", path = path.display(), line = words.line(lang))
}

pub fn taken(lang: Lang, dropped: &str, name: &str) -> String {
    match dropped == name {
        true => say!(lang, "{name}：开始处理", "{name}: taken"),
        false => say!(lang, "{dropped}：开始处理，改名为 {name}", "{dropped}: taken, as {name}"),
    }
}

pub fn approved_otherwise(lang: Lang, name: &str) -> String {
    say!(
        lang,
        "{name}：放进 approved 的内容与检查过的不同，先重新检查，通过后会回到 waiting",
        "{name}: what was put into approved is not what was checked; it is checked first, and goes back to waiting"
    )
}

pub fn gone(lang: Lang, name: &str) -> String {
    say!(lang, "{name}：已被人拿走", "{name}: somebody has taken it away")
}

pub fn not_moved(lang: Lang, name: &str, to: Shelf, kind: ErrorKind) -> Words {
    words!(
        lang,
        (
            "{name} 移不到 {to}：{why}",
            "可能正被打开、被杀毒软件占用，或文件夹没有写入权限；会继续尝试，不会重复发送"
        ),
        (
            "{name} cannot be moved to {to}: {why}",
            "Some program or a virus scanner may have it, or the folder may not be written; it is tried again, and nothing is sent twice"
        ),
        to = to.name(),
        why = refusal(lang, kind)
    )
}

pub fn moved_after_all(lang: Lang, name: &str) -> String {
    say!(lang, "{name}：移动成功了", "{name}: moved after all")
}

/// It stays where it is until somebody has mended something.
pub fn stays(lang: Lang, name: &str, why: &Words) -> String {
    say!(lang, "{name}：{line}", "{name}: {line}", line = why.line(lang))
}

pub fn ended_file(lang: Lang, name: &str, to: Shelf, why: &Why) -> String {
    say!(lang, "{name} → {to}：{why}", "{name} -> {to}: {why}", to = to.name(), why = outcome(lang, why))
}

/// The account is at fault, or the sender; the API's own words stand in the report.
pub fn caller(lang: Lang, code: &str) -> Words {
    let words = codes::explain(lang, code);
    Words::new(
        say!(lang, "已停止：{what}（{code}）", "stopped: {what} ({code})", what = words.what),
        words.todo,
    )
}

/// The program itself has failed.
#[rustfmt::skip]
pub fn broken(lang: Lang) -> Words {
    words!(lang,
        ("处理这个文件时程序自己出了错；已发的都记着，不会重复发送", "请把文件和日志交给管理员；移回 inbox 会接着处理"),
        ("the program itself failed on this file; what was sent is written down and is not sent again", "Give the file and the log to the administrator; moved back into inbox, it is gone on with"))
}

/// In one sentence, for the log and the page.
#[rustfmt::skip]
pub fn outcome(lang: Lang, why: &Why) -> String {
    match why {
        Why::Sent => say!(lang, "已处理完", "done"),
        Why::Before { job } => say!(lang,
            "内容与以前处理过的文件（任务 {job}）完全相同，这次什么都没有发送",
            "the very same content was dealt with before (job {job}); nothing was sent now"),
        Why::Erased { job } => say!(lang,
            "内容与以前处理过的文件（任务 {job}，它的内容已经不在了）完全相同，这次什么都没有发送",
            "the very same content was dealt with before (job {job}, whose contents are no longer there); nothing was sent now"),
        Why::LeftOut { count: 0, .. } => say!(lang,
            "以前发送过；当时排除了一些行，这次也没有发送：见旁边的 .problem.txt",
            "sent before; some of its rows were left out then, and were not sent now either: see the .problem.txt beside it"),
        Why::LeftOut { count, .. } => say!(lang,
            "以前发送过；当时排除的 {count} 份还没有发送，这次也没有：见旁边的 .problem.txt",
            "sent before; {count} contract(s) that were left out then have not been sent, nor now: see the .problem.txt beside it"),
        Why::Rows { to_fix } => say!(lang,
            "已处理完，但有 {to_fix} 份合同没有发成：改好 .fix.xlsx 放进 inbox",
            "finished, but {to_fix} contract(s) did not go: correct the .fix.xlsx and drop it into inbox"),
        Why::Invalid { count } => say!(lang,
            "{count} 份合同有问题，什么都没有发送：改好后重新放进 inbox",
            "{count} contract(s) with problems, nothing was sent: correct them and drop the file into inbox again"),
        Why::Questions => say!(lang,
            "有问题要先回答，什么都没有发送：见旁边的 .problem.txt",
            "there are questions to answer first, nothing was sent: see the .problem.txt beside it"),
        Why::Doubts { count, job } => {
            let job = job.as_ref().map_or(lang.pick("任务号", "JOB"), |job| &job.0);
            say!(lang,
                "已停下：有 {count} 份合同不知道是否已经发起，不会自动重发。请运行 flowbatch reconcile {job} 查清，没有查到的在电子签控制台按合同名称和签署人查找；弄清后把文件移回 inbox，其余的接着发",
                "stopped: nobody knows whether {count} contract(s) were started, and none of them is sent again by itself. Run flowbatch reconcile {job}, and look up those that it does not find in the API's console; then move the file back into inbox to go on with the others")
        }
        Why::UnknownReport => say!(lang,
            "这个文件夹里的报告显示有合同已经发过，但这里的记录里没有，所以什么都没有发送：怎么办见旁边的 .problem.txt",
            "a report in this folder shows contracts as sent of which nothing is known here, so nothing was sent: the .problem.txt beside it says how to go on"),
        Why::NotApproved => say!(lang,
            "现在的设置会立即发起合同，要有人先批准，所以什么都没有发送：请在 [watch] 里写上 approve = true，重新启动 flowbatch watch，再把文件移回 inbox",
            "as it is set, contracts start at once, so somebody has to approve each file first; nothing was sent: set approve = true below [watch], start flowbatch watch again, and move the file back into inbox"),
        Why::AllRefused => say!(lang,
            "所有合同都同样被拒绝，已停下：见报告和旁边的 .problem.txt",
            "all contracts were refused alike, so it has stopped: see the report and the .problem.txt beside it"),
        Why::NotAnInput => say!(lang,
            "读不成合同表，什么都没有发送：见旁边的 .problem.txt",
            "it cannot be read as contracts, nothing was sent: see the .problem.txt beside it"),
        Why::Half => say!(lang,
            "缺合同的列（如合同名称、模板ID）或签署方的列，什么都没有发送：请补上这些列，或写进 config.toml 的 [defaults]；合同和签署方分在两个工作表的，请放进同一个工作簿",
            "columns of the contracts (such as flow_name, template_id) or of the signers are missing; nothing was sent: add them, or write them into [defaults] of config.toml; contracts and signers in two sheets go into one workbook"),
        Why::OurReport => say!(lang,
            "是 flowbatch 自己的报告，不是要发送的合同表",
            "a report of flowbatch, not a sheet of contracts"),
        Why::Broken => say!(lang, "处理时程序出错：见旁边的 .problem.txt", "the program failed on it: see the .problem.txt beside it"),
        Why::Checked { sendable } => say!(lang,
            "已检查，可发送 {sendable} 份：同意就移到 approved",
            "checked, {sendable} contract(s) can be sent: to send them, move the file to approved"),
    }
}

/// What stands in the text beside a file; `None`: its report says all.
#[rustfmt::skip]
pub fn beside(lang: Lang, why: &Why, words: Option<&Words>) -> Option<Vec<String>> {
    let first = match why {
        Why::Sent | Why::Rows { .. } | Why::LeftOut { .. } | Why::Checked { .. } => return None,
        Why::Questions => say!(lang,
            "有问题要先回答，所以这个文件什么都没有发送",
            "there are questions to answer first, so nothing of this file was sent"),
        Why::AllRefused | Why::NotAnInput | Why::Broken | Why::UnknownReport => String::new(),
        Why::Half => say!(lang,
            "这像是一对文件中的一个（只有合同，或只有签署方），什么都没有发送。文件夹里的文件是一个一个处理的，请把两张表放进同一个工作簿（两个工作表：合同、签署方），再放进 inbox",
            "this looks like one of a pair of files (contracts without signers, or signers without contracts); nothing was sent. Files in a folder are dealt with one by one: put both sheets into one workbook (contracts and approvers) and drop that into inbox"),
        Why::OurReport => say!(lang,
            "这是 flowbatch 自己写的报告，不是要发送的合同表，什么都没有发送。要重发失败的合同，请改好 .fix.xlsx 放进 inbox",
            "this is a report written by flowbatch, not a sheet of contracts; nothing was sent. To send what has failed, correct the .fix.xlsx and drop that into inbox"),
        why => outcome(lang, why),
    };
    let said = words.map(|words| words.line(lang)).filter(|line| !line.is_empty());
    let said = said.filter(|_| matches!(why, Why::AllRefused | Why::NotAnInput | Why::Broken | Why::UnknownReport));
    let again = matches!(why, Why::AllRefused).then(|| say!(lang,
        "弄清之后，把文件移回 inbox 就会接着发送",
        "once that is settled, move the file back into inbox: it is gone on with"));
    Some([Some(first).filter(|first| !first.is_empty()), said, again].into_iter().flatten().collect())
}

/// The whole commands that say what a report is worth which nobody knows here.
#[rustfmt::skip]
pub fn answer_report(lang: Lang, failed: &Path, config: Option<&Path>) -> [String; 2] {
    let line = |word: &str| {
        let words = ["flowbatch", "run", &failed.to_string_lossy(), "--report", word].map(str::to_owned);
        command(&words.into_iter().chain(of_settings(config)).collect::<Vec<_>>())
    };
    [
        say!(lang, "那些合同确实发过：{command}（认作已发，只发其余的）", "they were sent: {command} (they count as sent, and only the others go)", command = line("believe")),
        say!(lang, "确定没有发过：{command}（会全部发送）", "they were not, and you are sure: {command} (all of it goes)", command = line("ignore")),
    ]
}

/// Rows that were left out of a finished file. `said`: how many, of which job.
pub fn rest(lang: Lang, said: &str, file: &Path, inbox: &Path, config: Option<&Path>) -> String {
    let words = ["flowbatch", "run", &file.to_string_lossy(), "--again=rest"].map(str::to_owned);
    let command = command(&words.into_iter().chain(of_settings(config)).collect::<Vec<_>>());
    let inbox = inbox.display();
    say!(
        lang,
        "{said}。不用发送就不用管。要发送：把这些行另存为一个新文件放进 {inbox}，或者运行：\r\n{command}",
        "{said}. If they are not to be sent, there is nothing to do. To send them, save these rows as a file of their own and drop it into {inbox}, or run:\r\n{command}"
    )
}

/// `--config FILE`, where such a file was named.
fn of_settings(config: Option<&Path>) -> impl Iterator<Item = String> {
    let named = config.map(|config| ["--config".to_owned(), config.to_string_lossy().into_owned()]);
    named.into_iter().flatten()
}

/// The whole command that answers what a sheet leaves open, for this file and those like it.
/// `all`: what answers them where all of several sheets are meant.
pub fn answer(
    lang: Lang,
    failed: &Path,
    inbox: &Path,
    config: Option<&Path>,
    (words, all): (&[Word], &[Word]),
) -> String {
    let (mut settings, mut defaults) = (Vec::new(), Vec::new());
    let mut line_of = |words: &[Word]| {
        let mut command =
            vec!["flowbatch".to_owned(), "check".to_owned(), failed.to_string_lossy().into_owned()];
        command.extend(of_settings(config));
        let bare = command.len();
        // What a line says is given to all rows by a column, or by the settings; that the line is not meant says the
        // opposite.
        let gives = words.iter().any(|word| word.option == "default");
        for word in words.iter().filter(|word| !(gives && word.option == "header-row")) {
            match (word.option, &word.value) {
                // A command remembers what it says of a sheet; this is said in the settings only.
                ("hidden-rows", Some(value)) => settings.push(format!("hidden_rows = \"{value}\"")),
                ("signer-order", Some(value)) => settings.push(format!("signer_order = \"{value}\"")),
                ("submitted-twice", Some(value)) => settings.push(format!("submitted_twice = \"{value}\"")),
                ("comments", Some(value)) => settings.push(format!("comments = \"{value}\"")),
                ("odd-rows", Some(value)) if value == "send" => {
                    settings.push("odd_rows = \"send\"".to_owned())
                }
                ("missing-party", Some(value)) if value == "send" => {
                    settings.push("missing_party = \"send\"".to_owned());
                }
                ("default", Some(value)) => {
                    let (field, value) = value.split_once('=').unwrap_or((value, ""));
                    defaults.push(format!("{field} = \"{value}\""));
                }
                (option, value) => {
                    command.push(format!("--{option}"));
                    command.extend(value.clone());
                }
            }
        }
        if command.len() == bare {
            return None;
        }
        command.push("--remember".to_owned());
        let line = command.iter().map(|word| shell_word(word)).collect::<Vec<_>>().join(" ");
        Some(line)
    };
    let all = if all.is_empty() { None } else { line_of(all) };
    let line = line_of(words);
    settings.dedup();
    defaults.dedup();
    let inbox = inbox.display();
    let mut text = Vec::new();
    if let Some(line) = line {
        text.push(say!(
            lang,
            "核对后运行这一条命令来回答（以后表头相同的文件也照办），再把文件移回 {inbox}：\r\n{line}",
            "once you have checked it, this command answers, also for later files with the same headers; then move the file back into {inbox}:\r\n{line}"
        ));
    }
    if let Some(line) = all {
        text.push(say!(
            lang,
            "上面的命令只发第一个工作表；几个都要发，请改用：\r\n{line}",
            "that one sends the first sheet alone; to send all of them:\r\n{line}"
        ));
    }
    if !settings.is_empty() {
        text.push(say!(
            lang,
            "在这个文件夹的 config.toml 的 [sheet] 里写上 {list}，重新启动 flowbatch watch，再把文件移回 {inbox}",
            "write {list} below [sheet] in the config.toml of the watched folder, start flowbatch watch again, and move the file back into {inbox}",
            list = settings.join(", ")
        ));
    }
    if !defaults.is_empty() {
        text.push(say!(
            lang,
            "请在表里加上这一列，每行都填；只有这一批要用的，也可以在 config.toml 的 [defaults] 里写上 {list}，重新启动 flowbatch watch，再把文件移回 {inbox}",
            "add a column for it to the sheet and fill it in every row; or, for this batch, write {list} below [defaults] in config.toml, start flowbatch watch again, and move the file back into {inbox}",
            list = defaults.join(", ")
        ));
    }
    text.join("\r\n")
}

/// What says that a file is meant as it stands, where that is most likely a slip: it is never made ready.
pub fn if_meant(lang: Lang, inbox: &Path, words: &[Word]) -> String {
    let value = |word: &Word| word.value.clone().unwrap_or_default().replace(['"', '\\'], "");
    let columns: Vec<String> = words
        .iter()
        .filter(|word| word.option == "as-text")
        .map(|word| format!("\"{}\"", value(word)))
        .collect();
    let others = words.iter().filter(|word| word.option != "as-text");
    let mut keys: Vec<String> =
        others.map(|word| format!("{} = \"{}\"", word.option.replace('-', "_"), value(word))).collect();
    if !columns.is_empty() {
        keys.push(format!("as_text = [{}]", columns.join(", ")));
    }
    let (inbox, list) = (inbox.display(), keys.join(", "));
    say!(
        lang,
        "要改的请在表里改好，再放进 {inbox}；确实就是这样的，在这个文件夹的 config.toml 的 [sheet] 里写上 {list}，重新启动 flowbatch watch，再把文件移回 {inbox}（用完请去掉）",
        "correct what is to be corrected, and drop the file into {inbox} again; if it is meant as it stands, write {list} below [sheet] in the config.toml of the watched folder, start flowbatch watch again, and move the file back into {inbox} (and take it out afterwards)"
    )
}

/// A workbook of a check that nobody needs any more.
pub fn kept_check(lang: Lang, name: &str) -> String {
    say!(
        lang,
        "failed 中的 {name} 有人改过或正打开着，所以没有删除；它的文件已改好并处理，不再需要它了",
        "{name} in failed was edited or is open, so it stays; its file was corrected and dealt with, so nobody needs it"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_with_a_whole_command_or_a_setting() {
        let word = |option, value: &str| Word { option, value: Some(value.to_owned()) };
        let answer = |words: &[Word]| {
            answer(Lang::En, Path::new("d/failed/a b.csv"), Path::new("d/inbox"), None, (words, &[]))
        };
        let said = answer(&[word("key", "房号")]);
        assert!(said.contains("flowbatch check \"d/failed/a b.csv\" --key 房号 --remember"), "{said}");
        let said = answer(&[word("hidden-rows", "skip")]);
        assert!(said.contains("hidden_rows = \"skip\"") && !said.contains("flowbatch check"), "{said}");
    }
}
