//! FILE arguments -> files: patterns that no shell has expanded, quotes that one has left in,
//! and names of files that are not there.

use std::io::IsTerminal as _;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};

use crate::domain::file::{FileError, FileFault};
use crate::text::console::slips as words;
use crate::text::{Lang, Words, files};

use super::{Exit, document, print_document};

/// What the arguments name.
#[derive(Debug, Default, PartialEq)]
pub struct Given {
    pub files: Vec<PathBuf>,
    /// More than one argument, or a pattern: reports of ours among them are nobody's wish.
    pub several: bool,
}

/// Why nothing is begun.
#[derive(Debug, PartialEq)]
enum Slip {
    NotThere(PathBuf),
    NoFolder { pattern: String, folder: PathBuf },
    Unreadable { folder: PathBuf, detail: String },
}

/// The files that are meant, or the exit code where there is nothing to begin: that was said.
///
/// # Errors
/// `Usage`: a file or a pattern's folder is not there. `Done`: no file matches.
pub fn given(arguments: &[PathBuf], json: bool, lang: Lang) -> Result<Given, Exit> {
    let (given, slips) = expand(arguments);
    if !slips.is_empty() {
        let said: Vec<Words> = slips.iter().map(|slip| slip.words(lang)).collect();
        if json {
            document::hold_errors(&said);
        } else {
            for said in &said {
                err!("{}", said.what);
                err!("  {}", said.todo);
            }
            if arguments.len() > 1 {
                err!("{}", words::nothing_begun(lang));
            }
        }
        return Err(Exit::Usage);
    }
    if given.files.is_empty() {
        if json {
            print_document(&serde_json::json!({ "files": [] }));
        } else if std::io::stdout().is_terminal() {
            out!("{}", words::no_match(lang));
        }
        return Err(Exit::Done);
    }
    Ok(given)
}

impl Slip {
    fn words(&self, lang: Lang) -> Words {
        match self {
            Self::NotThere(path) => {
                let error = FileError { path: path.clone(), sheet: None, fault: FileFault::NotFound };
                let said = files::explain(lang, &error);
                words::not_there(lang, &files::place(&error), &said, has_quote(&path.to_string_lossy()))
            }
            Self::NoFolder { pattern, folder } => words::no_folder(lang, pattern, folder),
            Self::Unreadable { folder, detail } => words::unreadable(lang, folder, detail),
        }
    }
}

fn expand(arguments: &[PathBuf]) -> (Given, Vec<Slip>) {
    let mut given = Given { files: Vec::new(), several: arguments.len() > 1 };
    let mut slips = Vec::new();
    let add = |path: PathBuf, files: &mut Vec<PathBuf>| {
        let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if !files.iter().any(|known| whole(known) == whole(&path)) {
            files.push(path);
        }
    };
    for argument in arguments {
        let text = argument.to_str();
        let bare = text.map(without_quotes).filter(|bare| Some(*bare) != text);
        let bare = bare.map(PathBuf::from);
        if is_there(argument) {
            add(argument.clone(), &mut given.files);
            continue;
        }
        if let Some(bare) = bare.as_ref().filter(|bare| is_there(bare)) {
            add(bare.clone(), &mut given.files);
            continue;
        }
        let name = bare.as_ref().unwrap_or(argument);
        match name.to_str().and_then(|pattern| matching(pattern, name)) {
            Some(Ok(found)) => {
                given.several = true;
                found.into_iter().for_each(|path| add(path, &mut given.files));
            }
            Some(Err(slip)) => slips.push(slip),
            None if arguments.len() > 1 => slips.push(Slip::NotThere(argument.clone())),
            // What is wrong with a file alone is said where it is read.
            None => add(name.clone(), &mut given.files),
        }
    }
    (given, slips)
}

/// Also a link that leads nowhere: it is said what is wrong with it.
fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// Straight ones, curly ones, and those of Chinese and full-width type.
const QUOTES: [char; 16] = [
    '\'', '"', '`', '“', '”', '„', '‘', '’', '«', '»', '\u{300C}', '\u{300D}', '\u{300E}', '\u{300F}',
    '\u{FF02}', '\u{FF07}',
];

fn has_quote(text: &str) -> bool {
    text.starts_with(QUOTES) || text.ends_with(QUOTES)
}

/// A name without quotes that a shell, or whoever copied it, has left around it.
pub fn without_quotes(text: &str) -> &str {
    text.trim_matches(QUOTES)
}

fn is_pattern(text: &str) -> bool {
    text.contains(['*', '?', '['])
}

/// Files that a pattern matches, in the order of their names; `None`: it is no pattern.
/// What stands there under a part of it as it is, is no pattern: `[2026]/*.xlsx`.
fn matching(text: &str, path: &Path) -> Option<Result<Vec<PathBuf>, Slip>> {
    if !is_pattern(text) {
        return None;
    }
    let mut folder = PathBuf::new();
    let mut rest: Vec<&str> = Vec::new();
    for part in path.components() {
        let name = part.as_os_str().to_str()?;
        let is_plain = !matches!(part, Component::Normal(_)) || !is_pattern(name);
        if rest.is_empty() && (is_plain || is_there(&folder.join(name))) {
            folder.push(name);
        } else {
            rest.push(name);
        }
    }
    let named = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
    if !named.is_dir() {
        return Some(Err(Slip::NoFolder { pattern: text.to_owned(), folder: named.to_owned() }));
    }
    // It would match nothing, without a word.
    if let Err(error) = std::fs::read_dir(named) {
        let detail = error.kind().to_string();
        return Some(Err(Slip::Unreadable { folder: named.to_owned(), detail }));
    }
    let rest = rest.join("/");
    let pattern = match folder.as_os_str().is_empty() {
        true => rest,
        false => {
            let folder = Pattern::escape(folder.to_str()?);
            let folder = folder.trim_end_matches(['/', std::path::MAIN_SEPARATOR]);
            format!("{folder}/{rest}")
        }
    };
    let options = MatchOptions {
        case_sensitive: !cfg!(windows),
        require_literal_separator: true,
        // Hidden files are nobody's wish, drafts of ours among them.
        require_literal_leading_dot: true,
    };
    // A bracket that never closes: the name of a file.
    let found = glob::glob_with(&pattern, options).ok()?;
    let mut files = Vec::new();
    for path in found {
        match path {
            Ok(path) if path.is_file() => files.push(path),
            Ok(_) => {}
            Err(error) => {
                let detail = error.error().kind().to_string();
                return Some(Err(Slip::Unreadable { folder: error.path().to_owned(), detail }));
            }
        }
    }
    Some(Ok(files))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path, arguments: &[&str]) -> (Vec<String>, bool, usize) {
        let arguments: Vec<PathBuf> =
            arguments.iter().map(|own| PathBuf::from(own.replace("DIR", dir.to_str().unwrap()))).collect();
        let (given, slips) = expand(&arguments);
        let name = |path: &PathBuf| {
            let path = path.strip_prefix(dir).unwrap_or(path);
            path.to_str().unwrap().replace('\\', "/")
        };
        (given.files.iter().map(name).collect(), given.several, slips.len())
    }

    #[test]
    fn patterns_names_and_quotes() {
        let dir = tempfile::tempdir().unwrap();
        let dir = dir.path();
        for name in ["a.xlsx", "b.xlsx", ".hidden.xlsx", "[2026]合同.xlsx", "2合同.xlsx"] {
            std::fs::write(dir.join(name), "").unwrap();
        }
        for folder in ["[9]", "sub.xlsx"] {
            std::fs::create_dir(dir.join(folder)).unwrap();
        }
        std::fs::write(dir.join("[9]/c.xlsx"), "").unwrap();
        let of = |arguments: &[&str]| names(dir, arguments);
        let all = ["2合同.xlsx", "[2026]合同.xlsx", "a.xlsx", "b.xlsx"].map(str::to_owned).to_vec();
        assert_eq!(of(&["DIR/*.xlsx"]), (all.clone(), true, 0), "neither folders nor hidden files");
        assert_eq!(of(&["'DIR/*.xlsx'"]), (all, true, 0), "cmd.exe leaves such quotes in");
        assert_eq!(
            of(&["DIR/[2026]合同.xlsx"]),
            (vec!["[2026]合同.xlsx".into()], false, 0),
            "a file as it is"
        );
        assert_eq!(of(&["DIR/[9]/*.xlsx"]), (vec!["[9]/c.xlsx".into()], true, 0), "a folder as it is");
        assert_eq!(of(&["DIR/[ab].xlsx"]), (vec!["a.xlsx".into(), "b.xlsx".into()], true, 0));
        for quoted in ["\"DIR/a.xlsx\"", "'DIR/a.xlsx'", "“DIR/a.xlsx”", "「DIR/a.xlsx」", "DIR/a.xlsx\""]
        {
            assert_eq!(of(&[quoted]), (vec!["a.xlsx".into()], false, 0), "{quoted}");
        }
        assert_eq!(of(&["DIR/z*.xlsx"]), (vec![], true, 0), "no match is no error");
        assert_eq!(of(&["DIR/none/*.xlsx"]).2, 1, "no folder is one");
        assert_eq!(of(&["DIR/a.xlsx", "DIR/c.xlsx"]), (vec!["a.xlsx".into()], true, 1));
        assert_eq!(of(&["DIR/a.xlsx", "DIR/a*"]), (vec!["a.xlsx".into()], true, 0), "each once");
        assert_eq!(of(&["DIR/[ab.xlsx", "DIR/a.xlsx"]).2, 1, "a bracket that never closes is a name");
    }
}
