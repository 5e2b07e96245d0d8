//! What the stand-in says when it is a process of its own.

use crate::text::{Lang, say};

pub fn fault(lang: Lang, text: &str, error: &str) -> String {
    say!(lang, "--fault {text}：{error}", "--fault {text}: {error}")
}

pub fn failed(lang: Lang, error: &str) -> String {
    say!(lang, "沙箱出错：{error}", "the sandbox failed: {error}")
}

/// `keys`: the made-up ones that count where the environment has none.
pub fn ready(lang: Lang, endpoint: &str, keys: Option<(&str, &str)>) -> String {
    // Without it a program that is started afterwards would not see them.
    let export = if cfg!(windows) { "" } else { "export " };
    match keys {
        None => say!(
            lang,
            "沙箱已就绪：{endpoint}（使用环境变量里的密钥）。按 Ctrl-C 结束",
            "the sandbox is ready: {endpoint} (with the keys of the environment). Ctrl-C ends it"
        ),
        Some((id, key)) => say!(
            lang,
            "沙箱已就绪：{endpoint}（环境变量里没有密钥，使用自带的示例密钥）。按 Ctrl-C 结束\n另开一个窗口，先运行：{export}FLOWBATCH_ENDPOINT={endpoint} TENCENTCLOUD_SECRET_ID={id} TENCENTCLOUD_SECRET_KEY={key}",
            "the sandbox is ready: {endpoint} (no keys in the environment, so the made-up ones count). Ctrl-C ends it\nIn another window, run first: {export}FLOWBATCH_ENDPOINT={endpoint} TENCENTCLOUD_SECRET_ID={id} TENCENTCLOUD_SECRET_KEY={key}"
        ),
    }
}
