//! Slips of the hand on a command line.

use std::path::Path;

use crate::text::{Lang, Words, say, words};

pub fn odd_dash(lang: Lang, word: &str, right: &str) -> String {
    say!(
        lang,
        "“{word}”开头的横线不是英文减号，所以没有当作选项，什么都没有做。\n  选项请写成 {right}；如果真的是文件，请写 ./{word}",
        "\"{word}\" begins with a dash that is not the ASCII one, so it is no option, and nothing was done.\n  The option is {right}; if a file is meant, write ./{word}"
    )
}

/// `quoted`: there are quotes around it, or one at an end.
#[rustfmt::skip]
pub fn not_there(lang: Lang, path: &str, said: &Words, quoted: bool) -> Words {
    let what = say!(lang, "{path}：{what}", "{path}: {what}", what = said.what);
    match quoted {
        true => Words::new(what, say!(lang,
            "文件名里有空格时，请用英文双引号：\"我的 合同.xlsx\"",
            "Where a name has blanks in it, use double quotes: \"my contracts.xlsx\"")),
        false => Words::new(what, said.todo.clone()),
    }
}

pub fn nothing_begun(lang: Lang) -> String {
    say!(lang, "所以一个文件也没有处理，什么都没有发送", "so no file was begun, and nothing was sent")
}

pub fn no_folder(lang: Lang, pattern: &str, folder: &Path) -> Words {
    words!(
        lang,
        ("{pattern}：没有 {folder} 这个文件夹", "请核对文件夹的名字"),
        ("{pattern}: there is no folder {folder}", "Check its name"),
        folder = folder.display()
    )
}

pub fn unreadable(lang: Lang, folder: &Path, detail: &str) -> Words {
    words!(
        lang,
        ("文件夹 {folder} 读不了：{detail}", "请检查它的权限，或网络盘是否连着"),
        (
            "the folder {folder} cannot be read: {detail}",
            "Check its permissions, and whether its drive is connected"
        ),
        folder = folder.display()
    )
}

pub fn no_match(lang: Lang) -> String {
    say!(lang, "没有符合的文件，什么都没有做", "no file matches: nothing was done")
}

/// Another process works on that file, and `--if-busy skip` was said.
pub fn busy(lang: Lang) -> Words {
    words!(lang, ("另一个 flowbatch 正在处理，已略过", ""), ("another flowbatch is at it: left out", ""))
}
