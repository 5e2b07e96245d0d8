//! What the stand-in says when it is a process of its own.

use crate::text::{Lang, say};

pub fn fault(lang: Lang, text: &str, error: &str) -> String {
    say!(lang, "--fault {text}：{error}", "--fault {text}: {error}")
}

pub fn failed(lang: Lang, error: &str) -> String {
    say!(lang, "沙箱出错：{error}", "the sandbox failed: {error}")
}

pub fn ready(lang: Lang, endpoint: &str, own_keys: bool) -> String {
    match own_keys {
        true => say!(
            lang,
            "沙箱已就绪：{endpoint}（使用环境变量里的密钥）。按 Ctrl-C 结束",
            "the sandbox is ready: {endpoint} (with the keys of the environment). Ctrl-C ends it"
        ),
        false => say!(
            lang,
            "沙箱已就绪：{endpoint}（环境变量里没有密钥，使用自带的示例密钥）。按 Ctrl-C 结束",
            "the sandbox is ready: {endpoint} (no keys in the environment, so the made-up ones count). Ctrl-C ends it"
        ),
    }
}
