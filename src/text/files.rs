//! Files that cannot be read, in words.

use crate::domain::file::{FileError, FileFault};

use super::{Lang, Words, words};

/// `contracts.xlsx · Sheet1`.
pub fn place(error: &FileError) -> String {
    let path = error.path.display().to_string();
    match &error.sheet {
        Some(sheet) => format!("{path} · {sheet}"),
        None => path,
    }
}

#[rustfmt::skip]
pub fn explain(lang: Lang, error: &FileError) -> Words {
    match &error.fault {
        FileFault::NotFound => words!(lang,
            ("找不到这个文件", "请核对文件名和文件夹"),
            ("there is no such file", "Check its name and folder")),
        FileFault::IsFolder => words!(lang,
            ("这是一个文件夹，不是文件", "请给出里面的文件，例如 contracts.xlsx"),
            ("this is a folder, not a file", "Give a file in it, such as contracts.xlsx")),
        FileFault::NoPermission => words!(lang,
            ("没有权限读取这个文件", "请修改文件权限，或复制一份再试"),
            ("you may not read this file", "Change its permissions, or make a copy")),
        FileFault::Locked => words!(lang,
            ("文件正被其他程序占用", "请先在 Excel 或 WPS 里关闭它"),
            ("another program has the file open", "Close it in Excel or WPS first")),
        FileFault::Io(detail) => words!(lang,
            ("读取文件时出错：{detail}", "请检查磁盘或网络盘，再试一次"),
            ("the file could not be read: {detail}", "Check the disk or the network drive, then try again")),
        FileFault::Empty => words!(lang,
            ("文件是空的（0 字节）", "请核对是否导出完整"),
            ("the file is empty (0 bytes)", "Check whether it was exported completely")),
        FileFault::NoRows => words!(lang,
            ("可见的工作表里没有内容（看了前 20 行）", "请核对是否选对了文件；上面空行太多请删掉"),
            ("there is nothing in the visible sheets (in their first 20 rows)", "Check whether it is the right file; if blank rows stand above the table, delete them")),
        FileFault::PasswordProtected => words!(lang,
            ("文件有打开密码", "请在 Excel 或 WPS 里去掉密码，另存后再试"),
            ("the file asks for a password", "Take the password off in Excel or WPS, save, and try again")),
        FileFault::Ciphertext => words!(lang,
            ("文件内容是密文，多半被公司的加密软件加密了", "请先解密（或用授权的程序另存一份），再试"),
            ("the file is encrypted, most likely by your company's encryption software", "Decrypt it (or save it from a program that may), and try again")),
        FileFault::WrongKind { kind } if is_old_excel(kind) => words!(lang,
            ("这是很旧的 {kind} 格式，读不了", "请用 Excel 或 WPS 打开，另存为 .xlsx 再试"),
            ("this is a workbook of {kind}, too old to be read", "Open it in Excel or WPS, save it as .xlsx, and try again")),
        FileFault::WrongKind { kind: "fods" } => words!(lang,
            ("这是 LibreOffice 的 .fods 格式，读不了", "请用 LibreOffice 打开，另存为 .xlsx 再试"),
            ("this is a flat OpenDocument file (.fods), which is not read", "Open it in LibreOffice, save it as .xlsx, and try again")),
        FileFault::WrongKind { kind } => words!(lang,
            ("这不是表格，而是另一种文件：{kind}", "请给出真正的表格文件（.xlsx 或 .csv）"),
            ("this is no spreadsheet but a file of another kind: {kind}", "Give the real spreadsheet (.xlsx or .csv)")),
        FileFault::Html => words!(lang,
            ("这其实是网页（HTML/XML），里面没有表格", "请用 Excel 或 WPS 打开，另存为 .xlsx 再试"),
            ("this is a web page (HTML or XML) without a table in it", "Open it in Excel or WPS, save it as .xlsx, and try again")),
        FileFault::LockFile => words!(lang,
            ("这是 Excel 或 WPS 打开文件时留下的锁文件，不是表格", "请先关闭表格，再运行表格本身"),
            ("this is the lock that Excel or WPS leaves beside an open file, not a spreadsheet", "Close the spreadsheet, then give the file itself")),
        FileFault::WpsEt => words!(lang,
            ("这是 WPS 的 .et 格式，读不了", "请在 WPS 里另存为 .xlsx 再试"),
            ("this is WPS's .et format, which cannot be read", "Save it as .xlsx in WPS and try again")),
        FileFault::Damaged { detail } => words!(lang,
            ("文件已损坏：{detail}", "请用 Excel 或 WPS 打开并另存一份，再试"),
            ("the file is damaged: {detail}", "Open it in Excel or WPS, save a copy, and try again")),
        FileFault::TooLarge { what, found, limit } => words!(lang,
            ("文件太大：{what} {found}，最多 {limit}", "请删除多余的空行空列，或拆成几个文件"),
            ("the file is too large: {found} {what}, at most {limit} are allowed", "Delete empty rows and columns, or split the file"),
            what = size_word(lang, what)),
        FileFault::UnknownEncoding => words!(lang,
            ("认不出这个文件的文字编码", "请另存为“CSV UTF-8”再试"),
            ("the text encoding of this file is not known", "Save it as \"CSV UTF-8\" and try again")),
        FileFault::EncodingDoubtful { likely, possible } => words!(lang,
            ("这个文件的文字编码有两种可能：{likely}（较像）或 {possible}", "请用 --encoding {likely} 或 --encoding {possible} 指明，或另存为“CSV UTF-8”"),
            ("the text of this file may be in {likely} (more likely) or in {possible}", "Say which with --encoding {likely} or --encoding {possible}, or save it as \"CSV UTF-8\"")),
        FileFault::NulBytes => words!(lang,
            ("文本里有空字节，文件可能没有写完，或不是文本", "请重新导出，或另存为“CSV UTF-8”再试"),
            ("there are NUL bytes in the text: the file is incomplete, or no text", "Export it again, or save it as \"CSV UTF-8\"")),
        FileFault::UnclosedQuote { row } => words!(lang,
            ("第 {row} 行开始的双引号没有结束", "请补上或删掉这个双引号"),
            ("the double quote that opens in row {row} never closes", "Close it, or remove it")),
        FileFault::StrayQuote { row } => words!(lang,
            ("第 {row} 行的双引号不成对，不知道一格到哪里为止", "引号里面的双引号要写成两个（\"\"）；或另存为 .xlsx 再试"),
            ("the double quotes of row {row} do not pair, so it is unclear where a field ends", "Write a double quote within quotes twice (\"\"); or save the file as .xlsx")),
        FileFault::NoSuchSheet { asked, sheets } => words!(lang,
            ("没有名为“{asked}”的工作表", "现有的工作表：{names}"),
            ("there is no sheet \"{asked}\"", "The sheets are: {names}"),
            names = sheets.join(lang.pick("、", ", "))),
    }
}

/// The one kind that is a spreadsheet after all.
fn is_old_excel(kind: &str) -> bool {
    kind.starts_with("Excel")
}

fn size_word(lang: Lang, what: &str) -> &str {
    match what {
        "columns" => lang.pick("列数", "columns"),
        "rows" => lang.pick("行数", "rows"),
        "cells" => lang.pick("单元格", "cells"),
        "cell" => lang.pick("单个单元格（字节）", "bytes in one cell"),
        "line" => lang.pick("单行长度（字节）", "bytes in one line"),
        "memory" => lang.pick("所需内存（字节）", "bytes of memory"),
        "time" => lang.pick("所需时间（秒）", "seconds"),
        other => lang.pick("字节数", other),
    }
}
