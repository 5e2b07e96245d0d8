//! What `flowbatch init` asks and says.

use std::path::Path;

use super::{Lang, console, problems, say};

pub fn question(lang: Lang, key: &str) -> String {
    match lang {
        Lang::Zh => format!("{}（{key}，直接回车以后再填）：", problems::field_name(lang, key)),
        Lang::En => format!("{key} (Enter: later): "),
    }
}

/// Why an answer cannot be used, before it is asked for once more.
pub fn refused(lang: Lang, key: &str, why: &str) -> String {
    match lang {
        Lang::Zh => format!("{}不对：{why}", problems::field_name(lang, key)),
        Lang::En => format!("that is no {key}: {why}"),
    }
}

pub fn written(lang: Lang, path: &Path) -> String {
    say!(
        lang,
        "已写好设置文件 {path}（只有你能读写，里面有每一项的说明）",
        "settings written to {path} (yours alone; each setting is explained in it)",
        path = path.display()
    )
}

/// Keys that still hold what ships.
pub fn left(lang: Lang, keys: &[&str]) -> String {
    say!(
        lang,
        "还是示例值，正式发送前请填写（标有 ★）：{keys}",
        "still made-up values, to be filled in before sending for real (marked ★): {keys}",
        keys = keys.join(lang.pick("、", ", "))
    )
}

/// `config`: the file, where it is not in its usual place.
pub fn next(lang: Lang, config: Option<&Path>) -> String {
    let mut command = vec!["flowbatch".to_owned(), "doctor".to_owned()];
    if let Some(config) = config {
        command.extend(["--config".to_owned(), config.to_string_lossy().into_owned()]);
    }
    let command = console::command(&command);
    say!(
        lang,
        "密钥请放在环境变量 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY 里，然后运行：{command}",
        "put the credentials into TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, then run: {command}"
    )
}

pub fn is_there(lang: Lang, path: &Path) -> String {
    say!(
        lang,
        "{path} 已经在那里，没有改动。请直接编辑它，或用 --config 指定另一个文件",
        "{path} is there already and was left as it is. Edit it, or name another file with --config",
        path = path.display()
    )
}

pub fn nowhere(lang: Lang) -> &'static str {
    lang.pick(
        "找不到用户的配置文件夹，请用 --config 指定文件",
        "there is no config folder of the user: name a file with --config",
    )
}

pub fn not_written(lang: Lang, path: &Path, error: &std::io::Error) -> String {
    say!(
        lang,
        "{path} 写不了：{error}。请检查权限，或换一个地方",
        "{path} cannot be written: {error}. Check its permissions, or choose another place",
        path = path.display()
    )
}

pub fn manual(lang: Lang, folder: &Path) -> String {
    say!(
        lang,
        "手册页已写到 {folder}",
        "the manual's pages were written to {folder}",
        folder = folder.display()
    )
}
