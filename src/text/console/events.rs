//! What a run says while it is under way.

use std::time::Duration;

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::domain::job::Tally;
use crate::text::{Lang, say};

use super::duration;

/// How the sending goes, in one line of a terminal that has so many columns: the bar and the
/// rate are left out where there is no room.
pub fn progress(lang: Lang, tally: &Tally, rate: f64, left: Option<Duration>, columns: usize) -> String {
    let done = say!(lang, "已受理 {n}", "{n} accepted", n = tally.accepted);
    let bad = say!(lang, "被拒绝 {n}", "{n} rejected", n = tally.rejected);
    let waiting = say!(lang, "等待 {n}", "{n} waiting", n = tally.pending);
    let rate = say!(lang, "{rate:.1} 次/秒", "{rate:.1}/s");
    let left = match left {
        Some(left) => say!(lang, "剩余 {time}", "{time} left", time = duration(lang, left)),
        None => String::new(),
    };
    let bar = bar(tally);
    let parts = [&bar, &done, &bad, &waiting, &rate, &left];
    let line = |without: &[usize]| {
        let kept = parts.iter().enumerate().filter(|(at, part)| !without.contains(at) && !part.is_empty());
        format!("  {}", kept.map(|(_, part)| part.as_str()).collect::<Vec<_>>().join(" · "))
    };
    // The last column of a terminal makes some of them begin a new line.
    let fits = |line: &String| line.width() < columns;
    let mut shorter = [&[][..], &[0], &[0, 4], &[0, 4, 3]].into_iter().map(line);
    shorter.clone().find(fits).unwrap_or_else(|| cut(shorter.next_back().unwrap_or_default(), columns))
}

/// Letters of the bar.
const BAR: u64 = 12;

fn bar(tally: &Tally) -> String {
    let total = tally.total().max(1);
    let full = (total - tally.pending.min(total)) * BAR / total;
    (0..BAR).map(|at| if at < full { '█' } else { '░' }).collect()
}

/// As much of a line as stands in less than so many columns.
fn cut(line: String, columns: usize) -> String {
    let mut width = 0;
    let fits = |letter: &char| {
        width += letter.width().unwrap_or(0);
        width < columns
    };
    line.chars().take_while(fits).collect()
}

/// Why nothing happens for some seconds.
pub fn still_copied(lang: Lang, path: &std::path::Path, left: std::time::Duration) -> String {
    say!(
        lang,
        "{path} 刚刚改动过，最后一行没有结束，可能还在拷贝：等 {seconds} 秒再读",
        "{path} was changed just now and its last line has no end, so it may still be on its way: waiting for {seconds} s",
        path = path.display(),
        seconds = left.as_secs() + 1
    )
}

/// The job goes on all the same.
pub fn no_metrics(lang: Lang, path: &std::path::Path, kind: std::io::ErrorKind) -> String {
    say!(
        lang,
        "写不了统计文件 {path}（{kind}），发送不受影响。请核对设置 metrics.file，或运行：flowbatch doctor",
        "the metrics file {path} cannot be written ({kind}); nothing else is affected. Check the setting metrics.file, or run: flowbatch doctor",
        path = path.display()
    )
}

/// `job`: with its file and its date.
pub fn waiting_for(lang: Lang, job: &str) -> String {
    say!(
        lang,
        "任务 {job} 正在发送其中一些合同，等它结束",
        "job {job} is sending some of these contracts: waiting for it"
    )
}

pub fn stopping(lang: Lang) -> String {
    say!(
        lang,
        "正在停止：等在途的请求收到结果（再按一次 Ctrl-C 立即停止）",
        "stopping: waiting for the results of requests on their way (Ctrl-C once more stops at once)"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_progress_fits_wherever_it_stands() {
        let tally = Tally { accepted: 1_234_567, rejected: 89_012, pending: 3_456_789, ..Tally::default() };
        for lang in [Lang::Zh, Lang::En] {
            for columns in [10, 20, 40, 60, 80, 132] {
                let line = progress(lang, &tally, 20.0, Some(Duration::from_secs(172_840)), columns);
                assert!(line.width() < columns, "{line} in {columns}");
            }
            let few = Tally { accepted: 20, rejected: 1, pending: 24, ..Tally::default() };
            let line = progress(lang, &few, 19.96, Some(Duration::from_secs(3)), 80);
            assert!(line.contains('█') && line.contains('░') && line.contains("20.0"), "{line}");
        }
        let narrow = progress(Lang::Zh, &tally, 20.0, Some(Duration::from_secs(60)), 60);
        assert!(narrow.contains("已受理 1234567") && narrow.contains("剩余"), "{narrow}");
    }
}
