//! Reading in a child process: a reader that asks for too much memory, hangs
//! or crashes takes nobody with it.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufReader, BufWriter, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::Source;
use super::wire::{self, Frame};
use crate::domain::cell::Row;
use crate::domain::file::FileFault;
use crate::table::file_errors::{self, Result, damaged, of_io, too_large};
use crate::table::{Limits, Sheet, Visit};

/// The hidden subcommand that the program calls itself with.
pub const COMMAND: &str = "__read-table";

const SHEETS: &str = "sheets";
const ROWS: &str = "rows";

pub fn sheets(program: &Path, source: &Source) -> Result<Vec<Sheet>> {
    let mut sheets = Vec::new();
    let child = ChildProcess::start(program, SHEETS, source, 0)?;
    child.listen(&mut |frame| {
        if let Frame::Sheet(sheet) = frame {
            sheets.push(sheet.into());
        }
        ControlFlow::Continue(())
    })?;
    Ok(sheets)
}

pub fn rows(program: &Path, source: &Source, sheet: usize, visit: &mut Visit<'_>) -> Result<()> {
    let child = ChildProcess::start(program, ROWS, source, sheet)?;
    child.listen(&mut |frame| match frame {
        Frame::Row { number, hidden, cells, marks } => visit(Row {
            number,
            hidden,
            cells: cells.into_iter().map(wire::cell).collect(),
            marks: marks.into_iter().map(|(column, mark)| (column, wire::mark(mark))).collect(),
        }),
        _ => ControlFlow::Continue(()),
    })
}

/// A running child. It is ended when this is dropped.
struct ChildProcess {
    child: Child,
    frames: Receiver<Frame>,
    limits: Limits,
}

impl ChildProcess {
    fn start(program: &Path, mode: &str, source: &Source, sheet: usize) -> Result<Self> {
        let mut command = Command::new(program);
        // It reads a stranger's file: it needs no keys, and no settings.
        for (name, _) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if name.starts_with("TENCENTCLOUD_") || name.starts_with("FLOWBATCH_") {
                command.env_remove(name);
            }
        }
        // The allocator would set 1 GiB of addresses aside at once (KiB here), which the limit of
        // the child's memory counts: now and then nothing was left, and a small file was refused.
        command.env("MIMALLOC_ARENA_RESERVE", "32768");
        let mut child = command
            .args(arguments(mode, source, sheet))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| of_io(&error))?;
        let (sender, frames) = mpsc::sync_channel(256);
        if let Some(output) = child.stdout.take() {
            thread::spawn(move || {
                let mut output = BufReader::new(output);
                while let Some(frame) = Frame::read(&mut output) {
                    if sender.send(frame).is_err() {
                        return;
                    }
                }
            });
        }
        Ok(Self { child, frames, limits: source.limits })
    }

    fn listen(mut self, take: &mut dyn FnMut(Frame) -> ControlFlow<()>) -> Result<()> {
        let patience = Duration::from_secs(self.limits.child_seconds);
        loop {
            match self.frames.recv_timeout(patience) {
                Ok(Frame::Done) => return Ok(()),
                Ok(Frame::Fault(fault)) => return Err(fault.into()),
                Ok(frame) => {
                    if take(frame).is_break() {
                        return Ok(());
                    }
                }
                Err(RecvTimeoutError::Timeout) => {
                    let seconds = self.limits.child_seconds;
                    return Err(too_large("time", seconds, seconds));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.last_word()),
            }
        }
    }

    /// The child ended without saying so: most likely it was refused memory.
    fn last_word(&mut self) -> FileFault {
        for _ in 0..50 {
            match self.child.try_wait() {
                Ok(Some(status)) if ran_out_of_memory(status) => {
                    let limit = self.limits.child_memory_bytes;
                    return too_large("memory", limit, limit);
                }
                Ok(None) => thread::sleep(Duration::from_millis(10)),
                Ok(Some(_)) | Err(_) => break,
            }
        }
        damaged("reader stopped")
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        // Already ended, or not needed any more: nothing to do about an error.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(unix)]
fn ran_out_of_memory(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    // SIGABRT is how an allocation that fails ends; SIGKILL how the system ends it.
    matches!(status.signal(), Some(6 | 9))
}

#[cfg(not(unix))]
fn ran_out_of_memory(status: ExitStatus) -> bool {
    // STATUS_STACK_BUFFER_OVERRUN, which is how an abort ends there.
    status.code() == Some(0xC000_0409_u32.cast_signed())
}

fn arguments(mode: &str, source: &Source, sheet: usize) -> Vec<OsString> {
    let Limits {
        max_columns,
        max_rows,
        max_cells,
        max_cell_bytes,
        max_row_bytes,
        max_held_bytes,
        child_memory_bytes,
        ..
    } = source.limits;
    let mut arguments: Vec<OsString> = [COMMAND, mode].map(OsString::from).into();
    let numbers = [
        sheet as u64,
        max_columns.into(),
        max_rows.into(),
        max_cells,
        max_cell_bytes,
        max_row_bytes,
        max_held_bytes,
        child_memory_bytes,
    ];
    arguments.extend(numbers.map(|number: u64| number.to_string().into()));
    arguments.push(source.path.clone().into());
    arguments
}

/// The child's side: called for the hidden subcommand [`COMMAND`] with what
/// follows it. Writes frames to standard output.
pub fn serve_child(args: &[OsString]) -> ExitCode {
    let Some((mode, source, sheet)) = parsed(args) else {
        return ExitCode::from(2);
    };
    limit_memory(source.limits.child_memory_bytes);
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = file_errors::contained(|| match mode {
        Mode::Sheets => {
            for sheet in source.sheets()? {
                let written = Frame::from(&sheet).write(&mut out);
                written.map_err(|error| of_io(&error))?;
            }
            Ok(())
        }
        Mode::Rows => source.rows(sheet, &mut |row| match Frame::from(row).write(&mut out) {
            Ok(()) => ControlFlow::Continue(()),
            // The parent has heard enough.
            Err(_) => ControlFlow::Break(()),
        }),
    });
    let last = match &outcome {
        Ok(()) => Frame::Done,
        Err(fault) => Frame::Fault(fault.into()),
    };
    match last.write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

enum Mode {
    Sheets,
    Rows,
}

fn parsed(args: &[OsString]) -> Option<(Mode, Source, usize)> {
    let [mode, numbers @ .., path] = args else {
        return None;
    };
    let mode = match mode.to_str()? {
        SHEETS => Mode::Sheets,
        ROWS => Mode::Rows,
        _ => return None,
    };
    let number = |text: &OsString| text.to_str()?.parse::<u64>().ok();
    let numbers: Option<Vec<u64>> = numbers.iter().map(number).collect();
    let [sheet, columns, rows, cells, cell_bytes, row_bytes, held_bytes, memory] = numbers?[..] else {
        return None;
    };
    let limits = Limits {
        max_columns: u32::try_from(columns).ok()?,
        max_rows: u32::try_from(rows).ok()?,
        max_cells: cells,
        max_cell_bytes: cell_bytes,
        max_row_bytes: row_bytes,
        max_held_bytes: held_bytes,
        child_memory_bytes: memory,
        ..Limits::default()
    };
    let source = Source { path: PathBuf::from(<OsString as AsRef<OsStr>>::as_ref(path)), limits };
    Some((mode, source, usize::try_from(sheet).ok()?))
}

/// Where the system has no such limit, the deadline and the checks before
/// reading are what there is.
#[cfg(unix)]
fn limit_memory(bytes: u64) {
    let _ = rlimit::Resource::AS.set(bytes, bytes);
}

#[cfg(not(unix))]
fn limit_memory(_bytes: u64) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(child_seconds: u64) -> Source {
        Source {
            path: PathBuf::from("a.xls"),
            limits: Limits { child_seconds, max_cells: 7, ..Limits::default() },
        }
    }

    #[test]
    fn a_child_understands_what_it_is_told() {
        let told = arguments(ROWS, &source(20), 3);
        let (mode, understood, sheet) = parsed(&told[1..]).unwrap();
        assert!(matches!(mode, Mode::Rows));
        assert_eq!(sheet, 3);
        assert_eq!(understood.path, PathBuf::from("a.xls"));
        assert_eq!(understood.limits, Limits { max_cells: 7, ..Limits::default() });
        assert!(parsed(&told).is_none());
    }

    #[cfg(unix)]
    #[test]
    fn a_child_that_ends_or_hangs_is_a_fault() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let program = |text: &str| {
            let path = folder.path().join("reader");
            std::fs::write(&path, format!("#!/bin/sh\n{text}\n")).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
            path
        };
        assert_eq!(sheets(&program("exit 0"), &source(20)), Err(damaged("reader stopped")));
        let limit = Limits::default().child_memory_bytes;
        let aborted = Err(too_large("memory", limit, limit));
        assert_eq!(sheets(&program("kill -ABRT $$"), &source(20)), aborted);
        assert_eq!(sheets(&program("exec sleep 60"), &source(1)), Err(too_large("time", 1, 1)));
    }
}
