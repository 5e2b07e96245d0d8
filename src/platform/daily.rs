//! A file a day, of which the newest stay: `name.2026-11-26.log`. No library here makes them
//! private, and those that take old ones away do so by how a name begins and ends, whoever's
//! it is.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::private;

pub struct DailyFile {
    path: PathBuf,
    keep: u32,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    day: String,
    file: Option<File>,
    has_failed: bool,
}

impl DailyFile {
    /// Nothing is opened before there is something to write.
    pub fn new(path: &Path, keep: u32) -> Self {
        Self { path: path.to_owned(), keep, open: Mutex::default() }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends to today's file; the first error is told, as the next ones say nothing new.
    pub fn append(&self, bytes: &[u8]) -> Option<io::Error> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let today = jiff::ZonedDateTime::now().strftime("%Y-%m-%d").to_string();
        let error = self.write(&mut open, &today, bytes).err()?;
        (!std::mem::replace(&mut open.has_failed, true)).then_some(error)
    }

    fn write(&self, open: &mut Open, today: &str, bytes: &[u8]) -> io::Result<()> {
        if open.day != today || open.file.is_none() {
            if let Some(folder) = self.path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                private::make_folder(folder)?;
            }
            // One write a line, at the end: other processes write into it, too.
            let file = private::options().create(true).append(true).open(self.of_day(today))?;
            (open.day, open.file) = (today.to_owned(), Some(file));
            self.remove_old();
        }
        open.file.as_mut().map_or(Ok(()), |file| file.write_all(bytes))
    }

    fn of_day(&self, day: &str) -> PathBuf {
        let (stem, end) = self.name();
        self.path.with_file_name(format!("{stem}.{day}{end}"))
    }

    /// What stands before the day, and behind it.
    fn name(&self) -> (String, String) {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let end = self.path.extension().map(|end| format!(".{}", end.to_string_lossy()));
        (stem, end.unwrap_or_default())
    }

    /// What cannot be removed now is tried tomorrow.
    fn remove_old(&self) {
        let (stem, end) = self.name();
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let Ok(entries) = std::fs::read_dir(folder.unwrap_or(Path::new("."))) else { return };
        let is_of_day = |name: &str| {
            let day = name.strip_prefix(&stem).and_then(|rest| rest.strip_prefix('.'));
            let day = day.and_then(|rest| rest.strip_suffix(&end));
            day.is_some_and(|day| day.len() == 10 && day.parse::<jiff::civil::Date>().is_ok())
        };
        let mut days: Vec<PathBuf> = entries
            .flatten()
            .filter(|entry| entry.file_name().to_str().is_some_and(is_of_day))
            .map(|entry| entry.path())
            .collect();
        days.sort();
        for old in days.iter().rev().skip(self.keep as usize) {
            let _ = std::fs::remove_file(old);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_days_stay_and_nothing_of_others_goes() {
        let dir = tempfile::tempdir().unwrap();
        let names = [
            "run.2026-01-01.log",
            "run.2026-01-02.log",
            "run.2026-01-03.log",
            "run.all.log",
            "run.log",
            "ru.2026-01-01.log",
        ];
        names.iter().for_each(|name| std::fs::write(dir.path().join(name), "x").unwrap());
        let log = DailyFile::new(&dir.path().join("run.log"), 2);
        assert!(log.append(b"one\n").is_none() && log.append(b"two\n").is_none());
        let today = jiff::ZonedDateTime::now().strftime("run.%Y-%m-%d.log").to_string();
        let mut left: Vec<String> = std::fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        let mut wanted = vec!["ru.2026-01-01.log", "run.2026-01-03.log", &today, "run.all.log", "run.log"];
        wanted.sort_unstable();
        assert_eq!(left, wanted);
        assert_eq!(std::fs::read_to_string(dir.path().join(&today)).unwrap(), "one\ntwo\n");
    }

    #[test]
    fn an_error_is_told_once() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        let log = DailyFile::new(&dir.path().join("file/run.log"), 2);
        assert!(log.append(b"one\n").is_some());
        assert!(log.append(b"two\n").is_none());
    }
}
