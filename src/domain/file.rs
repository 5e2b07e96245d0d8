//! What can be wrong with a file as a whole, as facts; `text` has the words.

use std::path::PathBuf;

/// A file that cannot be read as a table. Nothing of it was used.
#[derive(Clone, PartialEq, thiserror::Error)]
#[error("{}: {}", path.display(), fault.code())]
pub struct FileError {
    pub path: PathBuf,
    /// The sheet, where the fault lies in one.
    pub sheet: Option<String>,
    pub fault: FileFault,
}

impl std::fmt::Debug for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum FileFault {
    NotFound,
    IsFolder,
    NoPermission,
    /// Another program holds it open and does not share it (Windows).
    Locked,
    Io(String),
    /// Not a byte in it.
    Empty,
    /// No cell with a value in any visible sheet.
    NoRows,
    /// An office file that asks for a password.
    PasswordProtected,
    /// Neither zip nor OLE nor text: most often a company's encryption software.
    Ciphertext,
    /// `PNG`, `JPEG`, `PDF`, `Word`, ... by its first bytes, whatever its name says.
    WrongKind {
        kind: &'static str,
    },
    /// A web page or XML called a spreadsheet.
    Html,
    /// The mark that a spreadsheet program leaves beside a file it has open.
    LockFile,
    /// WPS's own `.et`.
    WpsEt,
    /// Broken in a way that the reader can name in a word or two; never a cell's content.
    Damaged {
        detail: String,
    },
    /// It would take more memory or time than allowed: a bomb or a stray format
    /// over a million columns. `what` is `columns`, `rows`, `cells`, `bytes`, `memory`, `time`, `cell` or `line`.
    TooLarge {
        what: &'static str,
        found: u64,
        limit: u64,
    },
    /// The text is in none of the encodings that can be told apart.
    UnknownEncoding,
    /// The text reads well in two encodings, and it is not for us to choose: a short
    /// list of names. `likely` is what it looks like.
    EncodingDoubtful {
        likely: &'static str,
        possible: &'static str,
    },
    /// Text with NUL bytes in it: cut off by a crash, or no text at all.
    NulBytes,
    /// A quote that opens at this record never closes.
    UnclosedQuote {
        row: u32,
    },
    /// Quotes within a quoted field that are not doubled.
    StrayQuote {
        row: u32,
    },
    /// The sheet asked for does not exist; the names that do.
    NoSuchSheet {
        asked: String,
        sheets: Vec<String>,
    },
}

impl FileFault {
    /// It says nothing of what the file holds, and may be over the next time.
    pub fn is_of_the_moment(&self) -> bool {
        matches!(self, Self::NotFound | Self::NoPermission | Self::Locked | Self::Io(_))
    }

    /// Stable, for machines.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "file.not_found",
            Self::IsFolder => "file.is_folder",
            Self::NoPermission => "file.no_permission",
            Self::Locked => "file.locked",
            Self::Io(_) => "file.io",
            Self::Empty => "file.empty",
            Self::NoRows => "file.no_rows",
            Self::PasswordProtected => "file.password",
            Self::Ciphertext => "file.ciphertext",
            Self::WrongKind { .. } => "file.wrong_kind",
            Self::Html => "file.html",
            Self::LockFile => "file.lock_file",
            Self::WpsEt => "file.wps_et",
            Self::Damaged { .. } => "file.damaged",
            Self::TooLarge { .. } => "file.too_large",
            Self::UnknownEncoding => "file.encoding",
            Self::EncodingDoubtful { .. } => "file.encoding_doubtful",
            Self::NulBytes => "file.nul_bytes",
            Self::UnclosedQuote { .. } => "file.unclosed_quote",
            Self::StrayQuote { .. } => "file.stray_quote",
            Self::NoSuchSheet { .. } => "file.no_such_sheet",
        }
    }
}
