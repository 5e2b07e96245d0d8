//! Trouble with settings, journal, pace and network, in words.

use crate::domain::problem::{Place, Problem};
use crate::essbasic::client::ClientError;
use crate::journal::{JournalError, JournalFault};
use crate::pace::PaceError;
use crate::settings::SettingsError;

use super::{Lang, Words};

pub fn settings(lang: Lang, error: &SettingsError) -> Words {
    let zh = lang == Lang::Zh;
    let words = |zh_what: String, zh_todo: &str, en_what: String, en_todo: &str| {
        if zh { Words::new(zh_what, zh_todo) } else { Words::new(en_what, en_todo) }
    };
    match error {
        SettingsError::NotFound { path } => words(
            format!("找不到设置文件 {}", path.display()),
            "请核对 --config 后面的路径",
            format!("there is no settings file {}", path.display()),
            "Check the path after --config",
        ),
        SettingsError::Unreadable { path, detail } => words(
            format!("读不了设置文件 {}：{detail}", path.display()),
            "请检查文件权限",
            format!("the settings file {} cannot be read: {detail}", path.display()),
            "Check its permissions",
        ),
        SettingsError::NotToml { path, detail } => words(
            format!(
                "设置文件 {} 写法有误，在第 {} 行",
                path.display(),
                detail.split(':').next().unwrap_or_default()
            ),
            "请对照自带的 config.toml 修改这一行",
            format!("settings file {}, line {detail}", path.display()),
            "Compare this line with the config.toml that ships",
        ),
        SettingsError::UnknownKey { key, origin, suggestion } => {
            let (near_zh, near_en) = match suggestion {
                Some(name) => (format!("是不是 {name}？"), format!("Did you mean {name}?")),
                None => (
                    "请对照自带的 config.toml".to_owned(),
                    "Compare it with the config.toml that ships".to_owned(),
                ),
            };
            words(
                format!("不认识的设置 {key}（在 {origin} 里）"),
                &near_zh,
                format!("unknown setting {key} (in {origin})"),
                &near_en,
            )
        }
        SettingsError::BadValue { key, origin, expected } => words(
            format!("设置 {key} 的值不对（在 {origin} 里）"),
            &format!("应为：{expected}"),
            format!("the setting {key} has a wrong value (in {origin})"),
            &format!("Expected: {expected}"),
        ),
        SettingsError::BadField { key, origin, rule } => {
            let problem = rule.clone().map(|rule| Problem { place: Place::default(), value: None, rule });
            let said = |lang| {
                problem
                    .as_ref()
                    .map(|problem| super::problems::explain(lang, problem).line(lang))
                    .unwrap_or_default()
            };
            words(
                format!("设置 {key} 的值不对（在 {origin} 里）：{}", said(Lang::Zh)),
                "",
                format!("the setting {key} has a wrong value (in {origin}): {}", said(Lang::En)),
                "",
            )
        }
        SettingsError::BadCredentials { name } => words(
            format!("密钥里有空格、换行或其他不该有的字符（{name}）"),
            "请重新复制一次，前后不要带空白",
            format!(
                "there are spaces, line breaks or other characters in the credentials that no key has ({name})"
            ),
            "Copy them again, without white space",
        ),
        SettingsError::OpenCredentials { path } => words(
            format!("{} 里有密钥，但别人也能读这个文件", path.display()),
            "请把密钥放进环境变量，或运行 chmod 600 限制为只有自己可读",
            format!("{} holds credentials but others can read it", path.display()),
            "Put them into the environment, or make the file yours alone with chmod 600",
        ),
        SettingsError::NoCredentials => words(
            "没有密钥".into(),
            "请设置环境变量 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY；只想试试可加 --sandbox",
            "there are no credentials".into(),
            "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY; to try it without an account, add --sandbox",
        ),
        SettingsError::HalfCredentials { missing } => words(
            format!("只设置了一半密钥，缺少 {missing}"),
            "两个都要设置",
            format!("only half of the credentials is set: {missing} is missing"),
            "Set both",
        ),
        SettingsError::BadProfile { path } => words(
            format!("{} 的 [default] 里没有 secret_id 和 secret_key", path.display()),
            "请补上，或改用环境变量",
            format!("{} has no secret_id and secret_key in [default]", path.display()),
            "Add them, or use the environment",
        ),
        SettingsError::MadeUp { key } => words(
            format!("设置里的 {key} 还是自带的示例值，只能用于沙箱"),
            "正式发送前请在 config.toml 里填上你自己的值；只想试试可加 --sandbox",
            format!("{key} still has the made-up value that ships, which only the sandbox accepts"),
            "Put your own into config.toml before sending for real; to try it, add --sandbox",
        ),
        SettingsError::Missing { key, origin } => {
            let section = if *key == "jump_url" { "" } else { "[agent] " };
            words(
                format!("没有设置 {key}（{}）", super::problems::field_name(lang, key)),
                &format!(
                    "请在 config.toml 里填写 {section}{key}（现在用的设置：{origin}），或在表里加一列；只想试试可加 --sandbox"
                ),
                format!("{key} is not set"),
                &format!(
                    "Set {section}{key} in config.toml (settings in use: {origin}), or add a column; to try it, add --sandbox"
                ),
            )
        }
        SettingsError::NoStateFolder => words(
            "找不到存放记录的文件夹".into(),
            "请设置 FLOWBATCH_STATE_DIR",
            "there is no folder for the journal".into(),
            "Set FLOWBATCH_STATE_DIR",
        ),
    }
}

pub fn journal(lang: Lang, error: &JournalError) -> Words {
    let path = error.path.display();
    let (zh, en): ((String, &str), (String, &str)) = match &error.fault {
        JournalFault::DiskFull => (
            (format!("磁盘已满，写不了记录（{path}）"), "请腾出空间，再运行即可继续；没有记下的都没有发送"),
            (
                format!("the disk is full, the journal cannot be written ({path})"),
                "Free some space and run again to go on; nothing was sent that is not written down",
            ),
        ),
        JournalFault::Locked => (
            (format!("记录文件被其他程序占用（{path}）"), "请关闭占用它的程序，再运行即可继续"),
            (
                format!("another program keeps the journal locked ({path})"),
                "Close it, then run again to go on",
            ),
        ),
        JournalFault::Damaged(detail) => (
            (format!("记录文件已损坏（{path}）：{detail}"), "请从备份恢复；不要直接删除，否则可能重复发送"),
            (
                format!("the journal is damaged ({path}): {detail}"),
                "Restore it from a backup; do not just delete it, or contracts may be sent twice",
            ),
        ),
        JournalFault::Gone => (
            (
                format!("记录不完整：{path} 不见了，已经发过哪些合同无从知道，所以什么都没有发送"),
                "请从备份恢复整个文件夹。只有确定可以重新开始时才移走整个文件夹：以前发过的合同会被当作没发过",
            ),
            (
                format!(
                    "the journal is not whole: {path} is gone, so it is unknown what was sent before; nothing was sent now"
                ),
                "Restore the whole folder from a backup. Move the folder away only if you want to start anew: what was sent before will count as unsent",
            ),
        ),
        JournalFault::SameInput => (
            ("同一个文件正由另一个 flowbatch 处理".to_owned(), "请等它结束"),
            ("another flowbatch is working on the same file".to_owned(), "Wait for it"),
        ),
        JournalFault::Newer { .. } => (
            (format!("记录文件由更新版本的 flowbatch 写成（{path}）"), "请升级 flowbatch"),
            (format!("the journal was written by a newer flowbatch ({path})"), "Upgrade flowbatch"),
        ),
        JournalFault::NotWritable(detail) => (
            (
                format!("写不了记录（{path}）：{detail}"),
                "请检查文件夹权限，或用 FLOWBATCH_STATE_DIR 换一个文件夹",
            ),
            (
                format!("the journal cannot be written ({path}): {detail}"),
                "Check the folder's permissions, or choose another with FLOWBATCH_STATE_DIR",
            ),
        ),
        JournalFault::NoSuchJob(job) => (
            (format!("没有任务 {job}，或它的数据已被清除"), "请核对任务编号"),
            (format!("there is no job {job}, or its data was erased"), "Check its number"),
        ),
        JournalFault::JobTaken { job, pid } => (
            (format!("任务 {job} 正由另一个 flowbatch 处理（进程 {pid}）"), "请等它结束，或先停止它"),
            (
                format!("job {job} is being worked on by another flowbatch (process {pid})"),
                "Wait for it, or stop it first",
            ),
        ),
        JournalFault::Closed | JournalFault::Other(_) => (
            (format!("记录出错：{error}"), "请再运行一次；仍出错请把这句话告诉我们"),
            (format!("trouble with the journal: {error}"), "Run again; if it stays so, report this line"),
        ),
    };
    let (what, todo) = if lang == Lang::Zh { zh } else { en };
    Words::new(what, todo)
}

pub fn pace(lang: Lang, error: &PaceError) -> Words {
    match lang {
        Lang::Zh => {
            Words::new(format!("控制发送速度的文件出错：{error}"), "请检查 FLOWBATCH_STATE_DIR 所在的磁盘")
        }
        Lang::En => Words::new(
            format!("trouble with the pace file: {error}"),
            "Check the disk of FLOWBATCH_STATE_DIR",
        ),
    }
}

pub fn client(lang: Lang, error: &ClientError) -> Words {
    match lang {
        Lang::Zh => {
            Words::new(format!("网络客户端建立失败：{error}"), "请检查 endpoint、代理和本机的 CA 证书")
        }
        Lang::En => Words::new(
            format!("no HTTP client: {error}"),
            "Check endpoint, proxy and this machine's CA certificates",
        ),
    }
}
