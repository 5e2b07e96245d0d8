//! A file a day, and another one where that grows too large, of which the newest stay:
//! `name.2026-11-26.log`, then `name.2026-11-26.2.log`. A file that is full is never renamed, as
//! libraries do it: another process that has it open goes on to the next one by itself, and no
//! line of either is lost. No library here makes them private, either, and those that take old
//! ones away do so by how a name begins and ends, whoever's it is.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use jiff::civil::Date;

use super::private;

pub struct DailyFile {
    path: PathBuf,
    keep: u32,
    /// A file of so many bytes takes no further line.
    most: u64,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    file: Option<(Part, File)>,
    has_failed: bool,
}

/// A day and a number from 1 on: the older one is the lesser one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Part {
    day: Date,
    number: u32,
}

impl DailyFile {
    /// Nothing is opened before there is something to write.
    pub fn new(path: &Path, keep: u32, most: u64) -> Self {
        Self { path: path.to_owned(), keep, most, open: Mutex::default() }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Appends whole lines to the newest file of today; the first error is told, as the next ones
    /// say nothing new.
    pub fn append(&self, lines: &[u8]) -> Option<io::Error> {
        self.append_on(jiff::ZonedDateTime::now().date(), lines)
    }

    fn append_on(&self, today: Date, lines: &[u8]) -> Option<io::Error> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let error = self.write(&mut open, today, lines).err()?;
        (!std::mem::replace(&mut open.has_failed, true)).then_some(error)
    }

    fn write(&self, open: &mut Open, today: Date, lines: &[u8]) -> io::Result<()> {
        let current = open.file.take().filter(|(part, _)| part.day == today && self.has_room(*part));
        let (part, mut file) = match current {
            Some(current) => current,
            None => self.begin(today)?,
        };
        // One write at the end of the file: lines of other processes stand before or behind it.
        let written = file.write_all(lines);
        open.file = Some((part, file));
        written
    }

    /// Asked of the name, not of what is open: a file that somebody has taken away is begun anew.
    fn has_room(&self, part: Part) -> bool {
        std::fs::metadata(self.path_of(part)).is_ok_and(|found| found.len() < self.most)
    }

    fn begin(&self, today: Date) -> io::Result<(Part, File)> {
        private::make_folder(self.folder())?;
        let newest = self.parts().into_iter().filter(|part| part.day == today).max();
        let part = match newest {
            Some(newest) if self.has_room(newest) => newest,
            Some(newest) => Part { number: newest.number.saturating_add(1), ..newest },
            None => Part { day: today, number: 1 },
        };
        let file = private::options().create(true).append(true).open(self.path_of(part))?;
        self.remove_old();
        Ok((part, file))
    }

    fn folder(&self) -> &Path {
        self.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    }

    fn path_of(&self, part: Part) -> PathBuf {
        let (stem, end) = self.name();
        let number = if part.number > 1 { format!(".{}", part.number) } else { String::new() };
        self.path.with_file_name(format!("{stem}.{}{number}{end}", part.day))
    }

    /// What stands before the day, and behind it.
    fn name(&self) -> (String, String) {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let end = self.path.extension().map(|end| format!(".{}", end.to_string_lossy()));
        (stem, end.unwrap_or_default())
    }

    /// All that are there.
    fn parts(&self) -> Vec<Part> {
        let (stem, end) = self.name();
        let Ok(entries) = std::fs::read_dir(self.folder()) else { return Vec::new() };
        let part = |name: &str| {
            let own = name.strip_prefix(&stem)?.strip_prefix('.')?.strip_suffix(&end)?;
            let (day, number) = own.split_once('.').unwrap_or((own, "1"));
            let part = Part { day: day.parse().ok()?, number: number.parse().ok()? };
            // Nothing else may be taken for one of ours.
            (self.path_of(part).file_name()? == name).then_some(part)
        };
        entries.flatten().filter_map(|entry| part(entry.file_name().to_str()?)).collect()
    }

    /// What cannot be removed now is tried when the next one begins.
    fn remove_old(&self) {
        let mut parts = self.parts();
        parts.sort_unstable();
        for old in parts.into_iter().rev().skip(self.keep as usize) {
            let _ = std::fs::remove_file(self.path_of(old));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(dir: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(dir).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn the_newest_days_stay_and_nothing_of_others_goes() {
        let dir = tempfile::tempdir().unwrap();
        let others = [
            "run.all.log", "run.log", "ru.2026-01-01.log", "run.2026-01-01.1.log", "run.2026-01-01.02.log",
            "run.2026-01-01.x.log", "run.20260101.log",
        ];
        let own = ["run.2026-01-01.log", "run.2026-01-02.log", "run.2026-01-03.log"];
        others.iter().chain(&own).for_each(|name| std::fs::write(dir.path().join(name), "x").unwrap());
        let log = DailyFile::new(&dir.path().join("run.log"), 2, 1 << 20);
        let today = day("2026-01-04");
        assert!(log.append_on(today, b"one\n").is_none() && log.append_on(today, b"two\n").is_none());
        let mut wanted = [["run.2026-01-03.log", "run.2026-01-04.log"].as_slice(), &others].concat();
        wanted.sort_unstable();
        assert_eq!(names(dir.path()), wanted);
        assert_eq!(std::fs::read_to_string(dir.path().join("run.2026-01-04.log")).unwrap(), "one\ntwo\n");
        assert!(log.append_on(day("2026-01-05"), b"three\n").is_none());
        assert!(dir.path().join("run.2026-01-05.log").is_file());
        assert!(!dir.path().join("run.2026-01-03.log").exists());
    }

    #[test]
    fn a_full_one_is_followed_by_the_next_number_and_the_oldest_goes() {
        let dir = tempfile::tempdir().unwrap();
        let today = day("2026-01-04");
        std::fs::write(dir.path().join("run.2026-01-03.log"), "yesterday\n").unwrap();
        let log = DailyFile::new(&dir.path().join("run.log"), 11, 8);
        for number in 0..12 {
            assert!(log.append_on(today, format!("line {number:02}\n").as_bytes()).is_none());
        }
        // 2 is older than 10, whatever letters say.
        let mut wanted: Vec<String> = (2..=12).map(|number| format!("run.2026-01-04.{number}.log")).collect();
        wanted.sort();
        assert_eq!(names(dir.path()), wanted);
        assert_eq!(std::fs::read_to_string(dir.path().join("run.2026-01-04.12.log")).unwrap(), "line 11\n");
        // A later process goes on where there is room.
        let later = DailyFile::new(&dir.path().join("run.log"), 11, 12);
        assert!(later.append_on(today, b"more\n").is_none());
        let last = std::fs::read_to_string(dir.path().join("run.2026-01-04.12.log")).unwrap();
        assert_eq!(last, "line 11\nmore\n");
        // Whoever takes it away loses no line that comes after.
        std::fs::remove_file(dir.path().join("run.2026-01-04.12.log")).unwrap();
        assert!(later.append_on(today, b"again\n").is_none());
        let last = names(dir.path()).into_iter().map(|name| std::fs::read_to_string(dir.path().join(name)));
        assert!(last.map(Result::unwrap).any(|text| text.contains("again")));
    }

    /// Each has a file of its own open, as two processes have.
    #[test]
    fn several_writers_lose_no_line_and_cut_none() {
        const EACH: usize = 2_000;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("run.log");
        let line = |writer: usize, number: usize| format!("{writer} {number} {}\n", "x".repeat(number % 200));
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let log = DailyFile::new(&path, 1_000, 20_000);
                scope.spawn(move || {
                    for number in 0..EACH {
                        assert!(log.append_on(day("2026-01-04"), line(writer, number).as_bytes()).is_none());
                    }
                });
            }
        });
        let files = names(dir.path());
        assert!(files.len() > 20, "{}", files.len());
        let read = |name: &String| std::fs::read_to_string(dir.path().join(name)).unwrap();
        let text: String = files.iter().map(read).collect();
        let mut found: Vec<&str> = text.lines().collect();
        found.sort_unstable();
        let all: Vec<String> =
            (0..4).flat_map(|writer| (0..EACH).map(move |number| line(writer, number))).collect();
        let mut wanted: Vec<&str> = all.iter().map(|line| line.trim_end_matches('\n')).collect();
        wanted.sort_unstable();
        assert!(found == wanted, "{} of {}", found.len(), wanted.len());
    }

    #[test]
    fn an_error_is_told_once() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("file"), "").unwrap();
        let log = DailyFile::new(&dir.path().join("file/run.log"), 2, 1 << 20);
        assert!(log.append(b"one\n").is_some());
        assert!(log.append(b"two\n").is_none());
    }
}
