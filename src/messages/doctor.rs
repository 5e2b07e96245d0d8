//! What `flowbatch doctor` says: a line for each finding, and what to do about it.

use std::io::ErrorKind;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::doctor::{Finding, Level, Role};
use crate::domain::verdict::Outcome;
use crate::pace::Folder;
use crate::settings::Hands;
use crate::settings::credentials::Source;

use crate::text::{Lang, Words, codes, network, problems, say, words};

use super::failures;

/// Jobs that are named one by one.
const MOST_NAMED: usize = 5;

/// Of one width, so that the lines stand below each other.
pub fn level(lang: Lang, level: Level) -> &'static str {
    match level {
        Level::Good => lang.pick("正常", "good"),
        Level::Note => lang.pick("说明", "note"),
        Level::Warning => lang.pick("注意", "look"),
        Level::Bad => lang.pick("有误", "BAD "),
    }
}

pub fn sum(lang: Lang, bad: usize, warnings: usize) -> String {
    match (bad, warnings) {
        (0, 0) => say!(lang, "一切正常", "all is well"),
        (0, _) => say!(
            lang,
            "可以使用，有 {warnings} 处请看一看",
            "it works; {warnings} of these lines are worth a look"
        ),
        _ => say!(
            lang,
            "有 {bad} 处要先改好（另有 {warnings} 处注意），改好后再运行 flowbatch doctor",
            "{bad} to mend first ({warnings} more to look at); then run flowbatch doctor again"
        ),
    }
}

pub fn nothing_readable(lang: Lang) -> &'static str {
    lang.pick("设置和环境变量都读不了", "neither the settings nor the environment can be read")
}

pub fn finding(lang: Lang, finding: &Finding) -> Words {
    match finding {
        Finding::SettingsFrom { .. }
        | Finding::NoSettings
        | Finding::SettingsWrong(_)
        | Finding::SettingsWarning(_)
        | Finding::MadeUp(_)
        | Finding::Unset(_) => settings(lang, finding),
        Finding::Keys(_) | Finding::KeysOpen(_) | Finding::KeysWrong(_) => keys(lang, finding),
        Finding::Proxy(_)
        | Finding::NoClient(_)
        | Finding::Reached { .. }
        | Finding::NotReached(_)
        | Finding::Clock { .. }
        | Finding::ClockOff { .. }
        | Finding::ClockUnknown => way(lang, finding),
        Finding::ActionEnds { name, ends, is_past, accepted } => {
            action_ends(lang, name, *ends, *is_past, *accepted)
        }
        Finding::Action { name, accepted } => Words::new(
            say!(lang, "接口 {name}；{last}", "action {name}; {last}", last = last(lang, *accepted)),
            "",
        ),
        Finding::Folder { .. }
        | Finding::NotWritable { .. }
        | Finding::NotThere { .. }
        | Finding::OnNetwork { .. }
        | Finding::LittleRoom { .. }
        | Finding::OfOthers { .. }
        | Finding::Apart { .. } => folder(lang, finding),
        Finding::LedgerNotYet
        | Finding::Ledger { .. }
        | Finding::LedgerNote(..)
        | Finding::ContentsLost { .. }
        | Finding::LedgerDamaged(_)
        | Finding::LedgerWrong(_) => ledger(lang, finding),
        Finding::Quota { .. } | Finding::QuotaOff | Finding::QuotaOfJournal { .. } => quota(lang, finding),
    }
}

fn nothing() -> Words {
    Words::new("", "")
}

#[rustfmt::skip]
fn settings(lang: Lang, finding: &Finding) -> Words {
    match finding {
        Finding::SettingsFrom { origin, values } => {
            let shown = |(key, value): &(String, Option<String>)| match value {
                Some(value) => format!("{key} = {value}"),
                None => say!(lang, "{key}（已设置，不显示）", "{key} (set, not shown)"),
            };
            let list = values.iter().map(shown).collect::<Vec<_>>().join("\n        ");
            let origin = match origin.as_str() {
                "" => lang.pick("环境变量（优先于设置文件）", "environment (counts more than the file)"),
                origin => origin,
            };
            Words::new(say!(lang, "设置来自 {origin}：\n        {list}", "set by {origin}:\n        {list}"), "")
        }
        Finding::NoSettings => words!(lang,
            ("没有设置文件，只有环境变量和默认值", "要有一份，请运行 flowbatch init"),
            ("there is no settings file: environment and defaults only", "To have one, run flowbatch init")),
        Finding::SettingsWrong(error) => failures::settings(lang, error),
        Finding::SettingsWarning(warning) => Words::new(failures::settings_warning(lang, warning), ""),
        Finding::MadeUp(keys) => words!(lang,
            ("还是自带的示例值，只能用于沙箱：{keys}", "正式发送前请在上面的设置文件里填上你自己的值（标有 ★ 的几行）；只想试试：flowbatch run 文件 --sandbox"),
            ("still the made-up values that ship, which only the sandbox accepts: {keys}", "Put your own into the settings file named above (lines with ★) before sending for real; to try it: flowbatch run FILE --sandbox"),
            keys = keys.join(lang.pick("、", ", "))),
        Finding::Unset(names) => {
            let named = |name: &&str| match lang {
                Lang::Zh => format!("{name}（{}）", problems::field_name(lang, name)),
                Lang::En => (*name).to_owned(),
            };
            let list = names.iter().map(named).collect::<Vec<_>>().join(lang.pick("、", ", "));
            words!(lang,
                ("没有设置 {list}", "每个表格里要有这些列；或写进 config.toml"),
                ("not set: {list}", "Each sheet needs them as columns; or set them in config.toml"))
        }
        _ => nothing(),
    }
}

#[rustfmt::skip]
fn keys(lang: Lang, finding: &Finding) -> Words {
    match finding {
        Finding::Keys(source) => {
            let from = match source {
                Source::Environment => {
                    lang.pick("环境变量 TENCENTCLOUD_SECRET_ID / _KEY", "the environment (TENCENTCLOUD_SECRET_ID / _KEY)").to_owned()
                }
                Source::Profile(path) | Source::CommandLine(path) | Source::Settings(path) => {
                    path.display().to_string()
                }
            };
            Words::new(
                say!(lang, "密钥已找到，来自{from}（不显示；是否有效要等第一次发送）", "credentials found in {from} (not shown; only the first request tells whether they are valid)"),
                "",
            )
        }
        Finding::KeysOpen(path) => words!(lang,
            ("别人也能读密钥文件 {path}", "请运行 chmod 600 {path}"),
            ("others can read the credentials in {path}", "Run chmod 600 {path}"),
            path = path.display()),
        Finding::KeysWrong(error) => failures::settings(lang, error),
        _ => nothing(),
    }
}

#[rustfmt::skip]
fn way(lang: Lang, finding: &Finding) -> Words {
    match finding {
        Finding::Proxy(None) => Words::new(say!(lang, "不经过代理", "no proxy in use"), ""),
        Finding::Proxy(Some(proxy)) => Words::new(say!(lang, "经过代理 {proxy}", "through the proxy {proxy}"), ""),
        Finding::NoClient(error) => failures::client(lang, error),
        Finding::Reached { host, milliseconds } => Words::new(
            say!(lang, "连得上 {host}，用时 {milliseconds} 毫秒", "{host} answers, within {milliseconds} ms"),
            "",
        ),
        Finding::NotReached(outcome) => not_reached(lang, outcome),
        Finding::Clock { ahead } => {
            Words::new(say!(lang, "本机时钟与服务器相差 {ahead} 秒", "this machine's clock and the server's differ by {ahead} s"), "")
        }
        Finding::ClockOff { ahead, too_far } => {
            let apart = apart(lang, *ahead);
            match too_far {
                true => words!(lang,
                    ("本机时钟比服务器{apart}，超过 5 分钟的请求都会被拒绝", "请校准本机时间（例如 timedatectl set-ntp true；Windows：设置 → 时间 → 立即同步）"),
                    ("this machine's clock is {apart} the server's; beyond 5 minutes every request is refused", "Set the clock (such as timedatectl set-ntp true; Windows: Settings, Time, Sync now)")),
                false => words!(lang,
                    ("本机时钟比服务器{apart}，到 5 分钟时请求会被拒绝", "请打开自动校时（例如 timedatectl set-ntp true）"),
                    ("this machine's clock is {apart} the server's; at 5 minutes requests are refused", "Have it set by itself (such as timedatectl set-ntp true)")),
            }
        }
        Finding::ClockUnknown => words!(lang,
            ("服务器没有说它的时间，本机时钟没有核对", "请自己核对：相差超过 5 分钟会被拒绝"),
            ("the server did not tell its time, so the clock was not checked", "Check it: beyond 5 minutes every request is refused")),
        _ => nothing(),
    }
}

fn not_reached(lang: Lang, outcome: &Outcome) -> Words {
    let code = outcome.code.as_deref().unwrap_or_default();
    let mut said = codes::explain(lang, code);
    let beside = network::code(lang, code, outcome.trouble.as_deref());
    said.what = say!(lang, "{what}（{beside}）", "{what} ({beside})", what = said.what);
    said
}

fn apart(lang: Lang, ahead: i64) -> String {
    let seconds = ahead.unsigned_abs();
    let time = crate::text::console::duration(lang, std::time::Duration::from_secs(seconds));
    match ahead > 0 {
        true => say!(lang, "快 {time}", "{time} ahead of"),
        false => say!(lang, "慢 {time}", "{time} behind"),
    }
}

/// A day as the API's owner counts it.
fn day(at: Timestamp) -> String {
    let zone = TimeZone::get("Asia/Shanghai").unwrap_or(TimeZone::UTC);
    at.to_zoned_datetime(zone).strftime("%Y-%m-%d").to_string()
}

fn last(lang: Lang, accepted: Option<Timestamp>) -> String {
    match accepted {
        Some(at) => say!(lang, "最近一次受理：{at}", "last accepted: {at}", at = day(at)),
        None => say!(lang, "这里还没有受理过", "never accepted here yet"),
    }
}

/// How an action stands whose end was announced.
#[rustfmt::skip]
fn action_ends(lang: Lang, name: &str, ends: Timestamp, is_past: bool, accepted: Option<Timestamp>) -> Words {
    let (end, last) = (day(ends), last(lang, accepted));
    let works = accepted.is_some_and(|at| at > ends);
    match (is_past, works) {
        (false, _) => words!(lang,
            ("腾讯宣布接口 {name} 将于 {end} 下线（{last}）", "请提前询问腾讯电子签客服：您的应用之后用什么"),
            ("the end of {name} is announced for {end} ({last})", "Ask the API's support in time what your application is to use then")),
        (true, true) => words!(lang,
            ("接口 {name} 已过腾讯宣布的下线日期 {end}，但之后仍受理过（{last}）：对您的应用它还在", "它随时可能停用；请询问客服，大批发送前先试发：flowbatch run 文件 --first 1"),
            ("{name} is past its announced end ({end}), but was accepted after that ({last}): for your application it is still there", "It may go any day; ask the API's support, and before a large job try: flowbatch run FILE --first 1")),
        (true, false) => words!(lang,
            ("接口 {name} 已过腾讯宣布的下线日期 {end}（{last}）：它对您的应用是否还在，只有发送时才知道", "请询问客服，并先试发一份：flowbatch run 文件 --first 1；已停用时会停下来说明，不会怪到合同头上"),
            ("{name} is past its announced end ({end}; {last}): whether it is still there for your application, only a request tells", "Ask the API's support, and try one contract: flowbatch run FILE --first 1; if it is gone the run stops and says so, and no contract is blamed")),
    }
}

fn role(lang: Lang, role: &Role) -> String {
    match role {
        Role::State => lang.pick("记录（state_dir）", "journal (state_dir)").to_owned(),
        Role::Jobs => lang.pick("任务的内容", "contents of jobs").to_owned(),
        Role::Slots => lang.pick("频率限制（pace.folder）", "quota (pace.folder)").to_owned(),
        Role::Log => lang.pick("日志（log.file）", "log (log.file)").to_owned(),
        Role::Metrics => lang.pick("统计（metrics.file）", "metrics (metrics.file)").to_owned(),
        Role::Watched => lang.pick("看管的文件夹", "watched folder").to_owned(),
        Role::Shelf(name) => say!(lang, "其中的 {name}", "its {name}"),
    }
}

#[rustfmt::skip]
fn folder(lang: Lang, finding: &Finding) -> Words {
    match finding {
        Finding::Folder { role: of, path, exists } => {
            let (of, path) = (role(lang, of), path.display());
            let said = match exists {
                true => say!(lang, "{of}：{path}，可以写入", "{of}: {path} can be written"),
                false => say!(lang, "{of}：{path}，用到时会建立", "{of}: {path} will be made when it is needed"),
            };
            Words::new(said, "")
        }
        Finding::NotWritable { role: of, path, kind } => words!(lang,
            ("{of}：{path} 写不了：{why}", "请让运行 flowbatch 的用户能写这个文件夹，或在设置里换一个"),
            ("{of}: {path} cannot be written: {why}", "Let the user that runs flowbatch write there, or set another folder"),
            of = role(lang, of), path = path.display(), why = why(lang, *kind)),
        Finding::NotThere { role: of, path } => words!(lang,
            ("{of}：{path} 不存在", "请先建立它，或核对路径"),
            ("{of}: {path} is not there", "Make it, or check the path"),
            of = role(lang, of), path = path.display()),
        Finding::OnNetwork { role: Role::Watched, path, kind } => words!(lang,
            ("看管的文件夹 {path} 在网络共享上（{kind}）", "可以用；只让一台机器看管它，记录（state_dir）要放在本机磁盘"),
            ("the watched folder {path} is on a network share ({kind})", "That works; let one machine only watch it, with its state_dir on a local disk"),
            path = path.display()),
        Finding::OnNetwork { role: of, path, kind } => words!(lang,
            ("{of}：{path} 在网络共享上（{kind}），那里的锁靠不住", "请放到本机磁盘：设置 state_dir（或 pace.folder）"),
            ("{of}: {path} is on a network share ({kind}), where locks cannot be relied on", "Put it on a local disk: set state_dir (or pace.folder)"),
            of = role(lang, of), path = path.display()),
        Finding::LittleRoom { path, bytes } => words!(lang,
            ("{path} 所在的磁盘只剩 {megabytes} MB", "请清理磁盘：写不下记录时不会发送"),
            ("the disk of {path} has only {megabytes} MB left", "Make room: nothing is sent that cannot be written down"),
            path = path.display(), megabytes = bytes / 1_048_576),
        Finding::OfOthers { path } => words!(lang,
            ("记录的文件夹 {path} 属于另一个用户", "同一套记录只能由一个用户使用（定时任务、服务和人都用它）：请换成那个用户运行，或设置自己的 state_dir"),
            ("the journal's folder {path} belongs to another user", "One journal is for one user (cron, services and people alike): run as that user, or set a state_dir of your own"),
            path = path.display()),
        Finding::Apart { one, other } => words!(lang,
            ("{one} 和 {other} 不在同一个文件系统上", "请放在同一个文件系统上：文件要能在其间改名移动"),
            ("{one} and {other} are on different file systems", "Put them on one: files are moved between them by renaming"),
            one = one.display(), other = other.display()),
        _ => nothing(),
    }
}

fn why(lang: Lang, kind: ErrorKind) -> String {
    match kind {
        ErrorKind::PermissionDenied => lang.pick("没有权限", "no permission").to_owned(),
        ErrorKind::ReadOnlyFilesystem => lang.pick("文件系统只读", "the file system is read-only").to_owned(),
        ErrorKind::StorageFull => lang.pick("磁盘已满", "the disk is full").to_owned(),
        ErrorKind::NotADirectory => lang.pick("那里有一个同名的文件", "a file has that name").to_owned(),
        other => other.to_string(),
    }
}

#[rustfmt::skip]
fn ledger(lang: Lang, finding: &Finding) -> Words {
    match finding {
        Finding::LedgerNotYet => words!(lang,
            ("还没有记录，第一次运行时建立", "以前发送过的话，请核对 state_dir：没有记录就不知道发过什么"),
            ("there is no journal yet; the first run makes it", "If contracts were sent before, check state_dir: without its journal flowbatch does not know of them")),
        Finding::Ledger { jobs, open } => Words::new(
            say!(lang, "记录完好，共 {jobs} 个任务，{open} 个未完成", "the journal is sound: {jobs} jobs, {open} not finished"),
            if *open > 0 { lang.pick("见 flowbatch status", "See flowbatch status") } else { "" },
        ),
        Finding::LedgerNote(folder, note) => Words::new(failures::journal_note(lang, folder, *note), ""),
        Finding::ContentsLost { jobs, .. } => {
            let files = jobs.iter().take(MOST_NAMED).map(|job| format!("jobs/{job}.db"));
            let files = files.collect::<Vec<_>>().join(lang.pick("、", ", "));
            words!(lang,
                ("{count} 个任务的内容文件不在记录文件夹里了（不是到期清除的）：{files}", "请从备份恢复这些文件。发过哪些合同还记着，页面链接用 flowbatch pages 查看；没有发完的任务恢复后才能接着发"),
                ("the contents of {count} job(s) have gone from the state folder (nobody has erased them): {files}", "Restore these files from a backup. What was sent is still known, and flowbatch pages has the links; what is not finished can be gone on with only then"),
                count = jobs.len())
        }
        Finding::LedgerDamaged(how) => words!(lang,
            ("记录已损坏：{how}", "请先不要发送：停下所有 flowbatch，从备份恢复整个 state_dir，或把它和报告一起交给支持人员"),
            ("the journal is damaged: {how}", "Send nothing: stop every flowbatch, restore the whole state_dir from a backup, or show it with the reports to whoever supports you")),
        Finding::LedgerWrong(error) => failures::journal(lang, error),
        _ => nothing(),
    }
}

#[rustfmt::skip]
fn quota(lang: Lang, finding: &Finding) -> Words {
    match finding {
        Finding::Quota { requests_per_second, folder, hands } => {
            let path = folder.path().display();
            let who = match (folder, hands) {
                (Folder::Named(_), Hands::Group) => {
                    lang.pick("能写那里的同组用户共用", "shared by the group that may write there")
                }
                (Folder::Named(_), Hands::Everybody) => {
                    lang.pick("本机所有用户共用", "shared by all users of this machine")
                }
                _ => lang.pick(
                    "本机这一个用户的所有 flowbatch 共用；别的用户和别的机器不知道它",
                    "shared by every flowbatch of this user on this machine; other users and machines know nothing of it",
                ),
            };
            Words::new(
                say!(lang, "频率限制每秒 {requests_per_second} 次请求，记在 {path}：{who}", "quota of {requests_per_second} requests a second, kept in {path}: {who}"),
                "",
            )
        }
        Finding::QuotaOff => words!(lang,
            ("频率限制已关闭（pace.requests_per_second = 0）", "正式发送请写账号的限额，一般是 20"),
            ("pacing is off (pace.requests_per_second = 0)", "For real sending set the account's quota, 20 as a rule")),
        Finding::QuotaOfJournal { folder, instead_of } => Words::new(
            crate::text::console::status::quota_of_journal(lang, folder, instead_of.as_deref()),
            lang.pick("请让那个文件夹可写，或设置 pace.folder", "Make that folder writable, or set pace.folder"),
        ),
        _ => nothing(),
    }
}
