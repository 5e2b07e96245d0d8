//! Trouble with settings, journal, pace and network, in words.

use crate::domain::problem::{Place, Problem};
use crate::essbasic::client::ClientError;
use crate::essbasic::proxy::BadProxy;
use crate::journal::{JournalError, JournalFault, JournalNote};
use crate::pace::PaceError;
use crate::settings::{Hands, SettingsError, SettingsWarning};

use crate::text::{Lang, Words, problems, say, words};

#[rustfmt::skip]
pub fn settings(lang: Lang, error: &SettingsError) -> Words {
    match error {
        SettingsError::NotFound { path } => words!(lang,
            ("找不到设置文件 {path}", "请核对 --config 后面的路径"),
            ("there is no settings file {path}", "Check the path after --config"),
            path = path.display()),
        SettingsError::Unreadable { path, detail } => words!(lang,
            ("读不了设置文件 {path}：{detail}", "请检查文件权限"),
            ("the settings file {path} cannot be read: {detail}", "Check its permissions"),
            path = path.display()),
        SettingsError::NotToml { path, detail } => words!(lang,
            ("设置文件 {path} 写法有误，在第 {line} 行", "请对照自带的 config.toml 修改这一行"),
            ("settings file {path}, line {detail}", "Compare this line with the config.toml that ships"),
            path = path.display(), line = detail.split(':').next().unwrap_or_default()),
        SettingsError::UnknownKey { key, origin, suggestion: Some(name) } => words!(lang,
            ("不认识的设置 {key}（在 {origin} 里）", "是不是 {name}？"),
            ("unknown setting {key} (in {origin})", "Did you mean {name}?")),
        SettingsError::UnknownKey { key, origin, suggestion: None } => words!(lang,
            ("不认识的设置 {key}（在 {origin} 里）", "请对照自带的 config.toml"),
            ("unknown setting {key} (in {origin})", "Compare it with the config.toml that ships")),
        SettingsError::BadValue { key, origin, expected } => words!(lang,
            ("设置 {key} 的值不对（在 {origin} 里）", "应为：{expected}"),
            ("the setting {key} has a wrong value (in {origin})", "Expected: {expected}")),
        SettingsError::BadField { key, origin, rule } => {
            let problem = rule.clone().map(|rule| Problem { place: Place::default(), value: None, rule });
            let why = problem.map(|problem| problems::explain(lang, &problem).line(lang)).unwrap_or_default();
            let what = say!(lang,
                "设置 {key} 的值不对（在 {origin} 里）：{why}",
                "the setting {key} has a wrong value (in {origin}): {why}");
            Words::new(what, "")
        }
        SettingsError::BadCredentials { name } => words!(lang,
            ("密钥里有空格、换行或其他不该有的字符（{name}）", "请重新复制一次，前后不要带空白"),
            ("there are spaces, line breaks or other characters in the credentials that no key has ({name})", "Copy them again, without white space")),
        SettingsError::OpenCredentials { path } => words!(lang,
            ("{path} 里有密钥，但别人也能读这个文件", "请把密钥放进环境变量，或运行 chmod 600 限制为只有自己可读"),
            ("{path} holds credentials but others can read it", "Put them into the environment, or make the file yours alone with chmod 600"),
            path = path.display()),
        SettingsError::UnreadableCredentials { path, detail } => words!(lang,
            ("密钥文件 {path} 读不了：{detail}", "请检查它的权限，或改用环境变量 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY"),
            ("the credentials file {path} cannot be read: {detail}", "Check its permissions, or use TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY"),
            path = path.display()),
        SettingsError::UnreadableMemory { path, detail } => words!(lang,
            ("记住的回答（{path}）读不了：{detail}", "请恢复这个文件；不要了就删掉它：以前用 --remember 记住的都没有了，表里有疑问的会重新提问，但 --where 这样的要自己再加上，否则全部行都会发送"),
            ("what was remembered ({path}) cannot be read: {detail}", "Bring the file back, or delete it if it is not needed: then nothing is remembered, what a sheet leaves open is asked again, and --where and the like have to be said again, or all rows are sent"),
            path = path.display()),
        SettingsError::NoCredentials => words!(lang,
            ("没有密钥", "请设置环境变量 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY；只想试试可加 --sandbox"),
            ("there are no credentials", "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY; to try it without an account, add --sandbox")),
        SettingsError::HalfCredentials { missing } => words!(lang,
            ("只设置了一半密钥，缺少 {missing}", "两个都要设置"),
            ("only half of the credentials is set: {missing} is missing", "Set both")),
        SettingsError::BadProfile { path, names } => words!(lang,
            ("{path} 里没有 {names}", "请补上，或改用环境变量"),
            ("{path} has no {names}", "Add them, or use the environment"),
            path = path.display()),
        SettingsError::MadeUp { key } => words!(lang,
            ("设置里的 {key} 还是自带的示例值，只能用于沙箱", "正式发送前请在 config.toml 里填上你自己的值；只想试试可加 --sandbox"),
            ("{key} still has the made-up value that ships, which only the sandbox accepts", "Put your own into config.toml before sending for real; to try it, add --sandbox")),
        SettingsError::Missing { key, origin } => words!(lang,
            ("没有设置 {key}（{field}）", "请在 config.toml 里填写 {section}{key}（现在用的设置：{origin}），或在表里加一列；只想试试可加 --sandbox"),
            ("{key} is not set", "Set {section}{key} in config.toml (settings in use: {origin}), or add a column; to try it, add --sandbox"),
            field = problems::field_name(lang, key), section = if *key == "jump_url" { "" } else { "[agent] " },
            origin = in_use(lang, origin)),
        SettingsError::Untrusted { path, hands } => words!(lang,
            ("没有使用当前文件夹里的 {path}：{why}，可能是别人放的", "确认内容无误后，请加 --config {path}，或改好文件和文件夹的权限（例如 chmod go-w）"),
            ("the {path} in this folder was not taken: {why}, so somebody else may have put it there", "If it is as it should be, name it with --config {path}, or mend the mode of the file and its folder (such as chmod go-w)"),
            path = path.display(), why = hands_words(lang, *hands)),
        SettingsError::UntrustedFolder { path, hands } => words!(lang,
            ("没有使用文件夹自己的设置 {path}：{why}，可能是别人放的", "请让别人只能写其中的 inbox（和 approved）：改好这个文件和它所在文件夹的权限（例如 chmod go-w）"),
            ("the folder's own settings {path} were not taken: {why}, so somebody else may have put them there", "Let others write into its inbox (and approved) only: mend the mode of the file and of the folder it is in (such as chmod go-w)"),
            path = path.display(), why = hands_words(lang, *hands)),
        SettingsError::NotOfFolder { key, origin } => words!(lang,
            ("{origin} 里不能写 {key}", "这一项是整个程序的，请写进 flowbatch 自己的设置文件"),
            ("{key} cannot be set in {origin}", "It is the whole program's: set it in the settings file of flowbatch itself")),
        SettingsError::Several(all) => {
            let lines: Vec<String> = all.iter().map(|one| settings(lang, one).line(lang)).collect();
            Words::new(
                say!(lang, "设置里有 {count} 处问题：\n  {lines}", "{count} things are wrong with the settings:\n  {lines}",
                    count = all.len(), lines = lines.join("\n  ")),
                "",
            )
        }
        SettingsError::NoStateFolder => words!(lang,
            ("找不到存放记录的文件夹", "请设置 FLOWBATCH_STATE_DIR"),
            ("there is no folder for the journal", "Set FLOWBATCH_STATE_DIR")),
    }
}

/// Who else may have written a file or a folder.
fn hands_words(lang: Lang, hands: Hands) -> &'static str {
    match hands {
        Hands::Others => {
            lang.pick("它或它的文件夹属于另一个用户", "it or its folder belongs to another user")
        }
        Hands::Everybody => lang.pick("任何人都能改它或它的文件夹", "everybody may write it or its folder"),
        Hands::Group => {
            lang.pick("同组的其他用户能改它或它的文件夹", "a group of users may write it or its folder")
        }
        Hands::Own | Hands::Unknown => {
            lang.pick("看不出谁能改它", "the file system does not tell who may write it")
        }
    }
}

/// What is to be told of the settings and stops nothing.
pub fn settings_warning(lang: Lang, warning: &SettingsWarning) -> String {
    match warning {
        SettingsWarning::UnknownVariable(name) => say!(
            lang,
            "环境变量 {name} 不是 flowbatch 的设置，没有使用",
            "the environment variable {name} is no setting of flowbatch and was passed over"
        ),
        SettingsWarning::InUse(path) => {
            say!(lang, "使用设置文件 {path}", "settings file in use: {path}", path = path.display())
        }
        SettingsWarning::Hands(path, hands) => say!(
            lang,
            "使用设置文件 {path}（{why}，请确认内容无误）",
            "settings file in use: {path} ({why}: make sure that it is as it should be)",
            path = path.display(),
            why = hands_words(lang, *hands)
        ),
    }
}

/// What was done to the state folder, or is to be known of it.
pub fn journal_note(lang: Lang, folder: &std::path::Path, note: JournalNote) -> String {
    let folder = folder.display();
    match note {
        JournalNote::Closed => say!(
            lang,
            "记录文件夹 {folder} 原来别人也能看，已改为只有自己可读写（0700）",
            "the state folder {folder} was open to others and is now closed to them (0700)"
        ),
        JournalNote::ReadOnly => say!(
            lang,
            "记录文件夹 {folder} 不能写，只能查看",
            "the state folder {folder} cannot be written; it is only looked at"
        ),
        JournalNote::Group => say!(
            lang,
            "记录文件夹 {folder} 同组的用户也能写",
            "a group of users may write the state folder {folder}"
        ),
    }
}

#[rustfmt::skip]
pub fn journal(lang: Lang, error: &JournalError) -> Words {
    let path = error.path.display();
    match &error.fault {
        JournalFault::DiskFull => words!(lang,
            ("磁盘已满，写不了记录（{path}）", "请腾出空间，再运行即可继续；没有记下的都没有发送"),
            ("the disk is full, the journal cannot be written ({path})", "Free some space and run again to go on; nothing was sent that is not written down")),
        JournalFault::Locked => words!(lang,
            ("记录文件被其他程序占用（{path}）", "请关闭占用它的程序，再运行即可继续"),
            ("another program keeps the journal locked ({path})", "Close it, then run again to go on")),
        JournalFault::Damaged(detail) => words!(lang,
            ("记录文件已损坏（{path}）：{detail}", "请从备份恢复；不要直接删除，否则可能重复发送"),
            ("the journal is damaged ({path}): {detail}", "Restore it from a backup; do not just delete it, or contracts may be sent twice")),
        JournalFault::Gone => words!(lang,
            ("记录不完整：{path} 不见了，已经发过哪些合同无从知道，所以什么都没有发送", "请从备份恢复整个文件夹。只有确定可以重新开始时才移走整个文件夹：以前发过的合同会被当作没发过"),
            ("the journal is not whole: {path} is gone, so it is unknown what was sent before; nothing was sent now", "Restore the whole folder from a backup. Move the folder away only if you want to start anew: what was sent before will count as unsent")),
        JournalFault::ContentsGone => words!(lang,
            ("任务的内容文件 {path} 不见了，没有发完的合同不能接着发；发过哪些都还记着，不会重复发送", "请从备份恢复这个文件，再运行；页面链接用 flowbatch pages 查看。恢复不了时，把没有发出的合同存成另一个文件再运行"),
            ("the contents of a job, {path}, have gone: what is left of it cannot be gone on with; what was sent is still known and is not sent twice", "Restore the file from a backup, then run again; flowbatch pages has the links of its pages. Where that is not possible, save the contracts that have not gone as another file and run that")),
        JournalFault::Link => words!(lang,
            ("{path} 是一个链接，可能指向别处，所以没有使用", "记录文件夹本身可以是链接，里面的文件不可以：请删掉这个链接，或把真正的文件放回来"),
            ("{path} is a link and may lead elsewhere, so it was not taken", "The state folder itself may be a link, the files in it may not: remove the link, or put the file itself back")),
        JournalFault::Others(own) => words!(lang,
            ("记录文件夹 {path} 任何人都能写，又不是自己的，放在那里不安全", "请把 state_dir（FLOWBATCH_STATE_DIR）改为它下面的子文件夹 {own}，flowbatch 会自己建好（0700）。如果这里已有记录（ledger.db 等），请先全部移过去：新的文件夹不知道以前发过什么，会重复发送"),
            ("everybody may write the state folder {path}, and it is not yours: nothing is safe there", "Set state_dir (FLOWBATCH_STATE_DIR) to a folder in it, {own}, which flowbatch makes (0700). If there is a journal here (ledger.db and so on), move all of it there first: a new folder does not know what was sent before, and would send it again"),
            own = own.display()),
        JournalFault::Stopped => words!(lang,
            ("已按要求停止，还没有发送任何合同", "再运行即可重新开始"),
            ("stopped as asked; nothing was sent yet", "Run again to begin anew")),
        JournalFault::LogGone => words!(lang,
            ("记录不完整：{path} 旁边的 ledger.db-wal 不见了（没有拷过来，或被别的数据库工具删掉了），最后发过哪些合同无从知道，所以什么都没有发送", "请从原来的文件夹把 ledger.db-wal 也拷过来（拷贝整个文件夹，而且不要在 flowbatch 运行时拷贝），或从备份恢复整个文件夹。都不行时，移走整个文件夹，再带着以前的报告用 --report believe 运行，把报告里的合同认作已发"),
            ("the journal is not whole: ledger.db-wal, which belongs beside {path}, is gone (it was not copied, or another database tool has removed it), so it is unknown what was sent last; nothing was sent now", "Copy ledger.db-wal from where the folder came from (copy the whole folder, while no flowbatch runs), or restore the folder from a backup. Where neither is possible, move the whole folder away and run with --report believe beside the earlier reports: what they show counts as sent")),
        JournalFault::SameInput => words!(lang,
            ("同一个文件正由另一个 flowbatch 处理", "请等它结束"),
            ("another flowbatch is working on the same file", "Wait for it")),
        JournalFault::Older => words!(lang,
            ("记录文件由 0.1.0 写成（{path}），那个版本没有正式发布，它的记录不能沿用", "请用 0.1.0 查完以前的任务，再把整个文件夹移走；移走后，以前发过的合同会被当作没发过"),
            ("the journal was written by 0.1.0 ({path}), which was never released and whose journal cannot be taken over", "Finish its jobs with 0.1.0, then move the whole folder away: what was sent before will count as unsent")),
        JournalFault::LeaseLost | JournalFault::NotToBeSent => words!(lang,
            ("这个任务已由另一个 flowbatch 接手", "请等它结束，再运行即可继续"),
            ("another flowbatch has taken this job over", "Wait for it to end, then run again to go on")),
        JournalFault::Newer { .. } => words!(lang,
            ("记录文件由更新版本的 flowbatch 写成（{path}）", "请升级 flowbatch"),
            ("the journal was written by a newer flowbatch ({path})", "Upgrade flowbatch")),
        JournalFault::NotWritable(detail) => words!(lang,
            ("写不了记录（{path}）：{detail}", "请检查文件夹的权限。不要换成另一个文件夹：那里不知道以前发过什么，会重复发送"),
            ("the journal cannot be written ({path}): {detail}", "Check the folder's permissions. Do not use another folder instead: it does not know what was sent before, and would send it again")),
        JournalFault::NoSuchJob(job) => words!(lang,
            ("没有任务 {job}，或它的数据已被清除", "请核对任务编号；用 --sandbox 试的任务不保留，只看它旁边的报告"),
            ("there is no job {job}, or its data was erased", "Check its number; of what was tried with --sandbox nothing is kept but the reports beside the file")),
        JournalFault::JobTaken { job, pid } => words!(lang,
            ("任务 {job} 正由另一个 flowbatch 处理（进程 {pid}）", "请等它结束，或先停止它"),
            ("job {job} is being worked on by another flowbatch (process {pid})", "Wait for it, or stop it first")),
        JournalFault::Closed | JournalFault::Other(_) => words!(lang,
            ("记录出错：{error}", "请再运行一次；仍出错请把这句话告诉我们"),
            ("trouble with the journal: {error}", "Run again; if it stays so, report this line")),
    }
}

pub fn pace(lang: Lang, error: &PaceError) -> Words {
    words!(
        lang,
        (
            "控制发送速度的文件出错：{error}",
            "请检查它所在的文件夹，或用 FLOWBATCH_PACE__FOLDER 另指定一个本机磁盘上的文件夹（共用账号的都要一样）"
        ),
        (
            "trouble with the pace file: {error}",
            "Check its folder, or name another on a local disk as FLOWBATCH_PACE__FOLDER (the same for all who use the account)"
        )
    )
}

#[rustfmt::skip]
pub fn client(lang: Lang, error: &ClientError) -> Words {
    match error {
        ClientError::Proxy(error) => bad_proxy(lang, error),
        ClientError::NoRoots(_) => words!(lang,
            ("本机没有可信的根证书（CA），无法确认服务器的身份，什么都没有发送", "请安装 ca-certificates，或用 SSL_CERT_FILE 指定证书文件（现在设置了的话请核对），再运行即可继续"),
            ("this machine has no CA certificates to know the server by; nothing was sent", "Install ca-certificates, or name a file of them with SSL_CERT_FILE (check it if it is set), then run again to go on")),
        ClientError::Endpoint(_) | ClientError::Build(_) => words!(lang,
            ("网络客户端建立失败：{error}", "请检查 endpoint、代理和本机的 CA 证书"),
            ("no HTTP client: {error}", "Check endpoint, proxy and this machine's CA certificates")),
    }
}

/// Where settings are from, as a person reads it.
fn in_use(lang: Lang, origin: &str) -> &str {
    match origin {
        crate::settings::BUILT_IN => lang.pick("没有设置文件", "no settings file"),
        origin => origin,
    }
}

pub fn bad_proxy(lang: Lang, error: &BadProxy) -> Words {
    let BadProxy { variable, value } = error;
    words!(
        lang,
        (
            "环境变量 {variable} 里的代理看不懂：{value}",
            "请写成 http://主机:端口 或 socks5h://主机:端口（用户名和密码放在主机前，特殊字符写成 %XX）；不需要代理就去掉这个变量"
        ),
        (
            "the proxy in {variable} cannot be read: {value}",
            "Write it as http://host:port or socks5h://host:port (with user and password before the host, special characters as %XX); if you need no proxy, remove the variable"
        )
    )
}
