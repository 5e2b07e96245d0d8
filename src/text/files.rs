//! Files that cannot be read, in words.

use crate::domain::file::{FileError, FileFault};

use super::{Lang, Words};

pub fn explain(lang: Lang, error: &FileError) -> Words {
    let (what, todo) = match lang {
        Lang::Zh => chinese(&error.fault),
        Lang::En => english(&error.fault),
    };
    Words { what, todo }
}

/// `contracts.xlsx · Sheet1`.
pub fn place(error: &FileError) -> String {
    let path = error.path.display().to_string();
    match &error.sheet {
        Some(sheet) => format!("{path} · {sheet}"),
        None => path,
    }
}

#[rustfmt::skip]
fn chinese(fault: &FileFault) -> (String, String) {
    match fault {
        FileFault::NotFound => ("找不到这个文件".into(), "请核对文件名和文件夹".into()),
        FileFault::IsFolder => ("这是一个文件夹，不是文件".into(), "请给出里面的文件，例如 contracts.xlsx".into()),
        FileFault::NoPermission => ("没有权限读取这个文件".into(), "请修改文件权限，或复制一份再试".into()),
        FileFault::Locked => ("文件正被其他程序占用".into(), "请先在 Excel 或 WPS 里关闭它".into()),
        FileFault::Io(detail) => (format!("读取文件时出错：{detail}"), "请检查磁盘或网络盘，再试一次".into()),
        FileFault::Empty => ("文件是空的（0 字节）".into(), "请核对是否导出完整".into()),
        FileFault::NoRows => ("可见的工作表里没有任何内容".into(), "请核对是否选对了文件".into()),
        FileFault::PasswordProtected => ("文件有打开密码".into(), "请在 Excel 或 WPS 里去掉密码，另存后再试".into()),
        FileFault::Ciphertext => ("文件内容是密文，多半被公司的加密软件加密了".into(), "请先解密（或用授权的程序另存一份），再试".into()),
        FileFault::WrongKind { kind } if is_old_excel(kind) => (format!("这是很旧的 {kind} 格式，读不了"), "请用 Excel 或 WPS 打开，另存为 .xlsx 再试".into()),
        FileFault::WrongKind { kind } => (format!("这不是表格，而是另一种文件：{kind}"), "请给出真正的表格文件（.xlsx 或 .csv）".into()),
        FileFault::Html => ("这其实是网页（HTML/XML），不是表格".into(), "请用 Excel 或 WPS 打开，另存为 .xlsx 再试".into()),
        FileFault::LockFile => ("这是 Excel 或 WPS 打开文件时留下的锁文件，不是表格".into(), "请先关闭表格，再运行表格本身".into()),
        FileFault::WpsEt => ("这是 WPS 的 .et 格式，读不了".into(), "请在 WPS 里另存为 .xlsx 再试".into()),
        FileFault::Damaged { detail } => (format!("文件已损坏：{detail}"), "请用 Excel 或 WPS 打开并另存一份，再试".into()),
        FileFault::TooLarge { what, found, limit } => (format!("文件太大：{} {found}，最多 {limit}", size_word_zh(what)), "请删除多余的空行空列，或拆成几个文件".into()),
        FileFault::UnknownEncoding => ("认不出这个文件的文字编码".into(), "请另存为“CSV UTF-8”再试".into()),
        FileFault::NulBytes => ("文本里有空字节，文件可能没有写完，或不是文本".into(), "请重新导出，或另存为“CSV UTF-8”再试".into()),
        FileFault::UnclosedQuote { row } => (format!("第 {row} 行开始的双引号没有结束"), "请补上或删掉这个双引号".into()),
        FileFault::NoSuchSheet { asked, sheets } => (format!("没有名为“{asked}”的工作表"), format!("现有的工作表：{}", sheets.join("、"))),
    }
}

#[rustfmt::skip]
fn english(fault: &FileFault) -> (String, String) {
    match fault {
        FileFault::NotFound => ("there is no such file".into(), "Check its name and folder".into()),
        FileFault::IsFolder => ("this is a folder, not a file".into(), "Give a file in it, such as contracts.xlsx".into()),
        FileFault::NoPermission => ("you may not read this file".into(), "Change its permissions, or make a copy".into()),
        FileFault::Locked => ("another program has the file open".into(), "Close it in Excel or WPS first".into()),
        FileFault::Io(detail) => (format!("the file could not be read: {detail}"), "Check the disk or the network drive, then try again".into()),
        FileFault::Empty => ("the file is empty (0 bytes)".into(), "Check whether it was exported completely".into()),
        FileFault::NoRows => ("there is nothing in the visible sheets".into(), "Check whether it is the right file".into()),
        FileFault::PasswordProtected => ("the file asks for a password".into(), "Take the password off in Excel or WPS, save, and try again".into()),
        FileFault::Ciphertext => ("the file is encrypted, most likely by your company's encryption software".into(), "Decrypt it (or save it from a program that may), and try again".into()),
        FileFault::WrongKind { kind } if is_old_excel(kind) => (format!("this is a workbook of {kind}, too old to be read"), "Open it in Excel or WPS, save it as .xlsx, and try again".into()),
        FileFault::WrongKind { kind } => (format!("this is no spreadsheet but a file of another kind: {kind}"), "Give the real spreadsheet (.xlsx or .csv)".into()),
        FileFault::Html => ("this is a web page (HTML or XML), not a spreadsheet".into(), "Open it in Excel or WPS, save it as .xlsx, and try again".into()),
        FileFault::LockFile => ("this is the lock that Excel or WPS leaves beside an open file, not a spreadsheet".into(), "Close the spreadsheet, then give the file itself".into()),
        FileFault::WpsEt => ("this is WPS's .et format, which cannot be read".into(), "Save it as .xlsx in WPS and try again".into()),
        FileFault::Damaged { detail } => (format!("the file is damaged: {detail}"), "Open it in Excel or WPS, save a copy, and try again".into()),
        FileFault::TooLarge { what, found, limit } => (format!("the file is too large: {found} {}, at most {limit} are allowed", size_word_en(what)), "Delete empty rows and columns, or split the file".into()),
        FileFault::UnknownEncoding => ("the text encoding of this file is not known".into(), "Save it as 'CSV UTF-8' and try again".into()),
        FileFault::NulBytes => ("there are NUL bytes in the text: the file is incomplete, or no text".into(), "Export it again, or save it as 'CSV UTF-8'".into()),
        FileFault::UnclosedQuote { row } => (format!("the double quote that opens in row {row} never closes"), "Close it, or remove it".into()),
        FileFault::NoSuchSheet { asked, sheets } => (format!("there is no sheet \"{asked}\""), format!("The sheets are: {}", sheets.join(", "))),
    }
}

/// The one kind that is a spreadsheet after all.
fn is_old_excel(kind: &str) -> bool {
    kind.starts_with("Excel")
}

fn size_word_en(what: &str) -> &str {
    match what {
        "cell" => "bytes in one cell",
        "line" => "bytes in one line",
        "memory" => "bytes of memory",
        "time" => "seconds",
        other => other,
    }
}

fn size_word_zh(what: &str) -> &'static str {
    match what {
        "columns" => "列数",
        "rows" => "行数",
        "cells" => "单元格",
        "cell" => "单个单元格（字节）",
        "line" => "单行长度（字节）",
        "memory" => "所需内存（字节）",
        "time" => "所需时间（秒）",
        _ => "字节数",
    }
}
