//! Every cell of every file of a folder of hostile files. `benches/corpus.sh`
//! asks what a person is told; most of those files have no header of ours, so
//! that `check` looks no further than their first rows. This reads them whole.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flowbatch::table::{ReadOptions, Workbook};

/// `FLOWBATCH_CORPUS=DIR cargo test --release --test it corpus -- --ignored --nocapture`
#[test]
#[ignore = "needs a folder of hostile files: FLOWBATCH_CORPUS=DIR"]
fn every_cell_of_every_file_is_read_or_refused() {
    let folder = std::env::var("FLOWBATCH_CORPUS").expect("FLOWBATCH_CORPUS=DIR");
    let mut files = Vec::new();
    list(Path::new(&folder), &mut files);
    files.sort();
    let mut slow = Vec::new();
    let mut rows = 0_u64;
    let mut refused = 0;
    for file in &files {
        let begun = Instant::now();
        match read_whole(file) {
            Ok(read) => rows += read,
            Err(code) => {
                refused += 1;
                println!("{code}  {}", file.display());
            }
        }
        if begun.elapsed() > Duration::from_secs(20) {
            slow.push(format!("{} {:?}", file.display(), begun.elapsed()));
        }
    }
    println!("{} files, {refused} refused, {rows} rows, at most {:?} KiB", files.len(), peak_kib());
    assert!(slow.is_empty(), "{slow:?}");
    assert!(peak_kib().is_none_or(|kib| kib <= 1 << 20), "{:?} KiB", peak_kib());
}

fn read_whole(file: &Path) -> Result<u64, &'static str> {
    let child = Some(env!("CARGO_BIN_EXE_flowbatch").into());
    let workbook = Workbook::open(file, &ReadOptions { child, ..ReadOptions::default() })
        .map_err(|error| error.fault.code())?;
    let mut rows = 0;
    for sheet in 0..workbook.sheets().len() {
        workbook
            .scan(sheet, &mut |_| {
                rows += 1;
                ControlFlow::Continue(())
            })
            .map_err(|error| error.fault.code())?;
    }
    Ok(rows)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            list(&path, files);
        } else {
            files.push(path);
        }
    }
}

/// The most memory this process ever had; Linux tells it.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
