//! What files are called that hold the same list: a copy, a corrected one, the one of another day.

use std::path::Path;

use crate::domain::workbook_marks::without_our_ends;

use super::vocabulary::{COPY_BEGINS, COPY_ENDS};

/// Ends of files that stay within a name: `名单.xls.xlsx`.
const FILE_ENDS: &[&str] = &[".xlsx", ".xls", ".csv", ".xlsm", ".xlsb", ".ods", ".et"];

/// What a file is called, without its end, and without what makes it a copy.
pub fn stem_of(path: &Path) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    without_marks_of_copies(without_our_ends(&stem)).to_owned()
}

/// 名单 of `名单 - 副本`, `名单(1)`, `名单_v2` and `名单（最终版）`: what a corrected copy is called after.
pub fn without_marks_of_copies(stem: &str) -> &str {
    const SEPARATORS: [char; 8] = [' ', '-', '_', '—', '(', '（', '[', '【'];
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut own = stem;
    while let Some(end) =
        FILE_ENDS.iter().find(|end| own.len() > end.len() && own.to_lowercase().ends_with(**end))
    {
        own = own.get(..own.len() - end.len()).unwrap_or(own);
    }
    let begins = |begin: &&&str| own.get(..begin.len()).is_some_and(|head| head.eq_ignore_ascii_case(begin));
    if let Some(begin) = COPY_BEGINS.iter().find(begins) {
        let rest = own.get(begin.len()..).unwrap_or_default().trim_start_matches(SEPARATORS);
        own = if rest.is_empty() { own } else { rest };
    }
    loop {
        let bare = own.trim_end_matches([' ', ')', '）', ']', '】']);
        let in_brackets = bare.len() < own.trim_end().len();
        let word = COPY_ENDS.iter().find_map(|end| {
            let at = bare.len().checked_sub(end.len())?;
            let (rest, own) = (bare.get(..at)?, bare.get(at..)?);
            // A 新 or new that belongs to a word marks nothing.
            let is_apart = (end.chars().count() > 1 && !end.is_ascii()) || rest.ends_with(SEPARATORS);
            (own.eq_ignore_ascii_case(end) && is_apart).then_some(rest)
        });
        let number = || {
            bare.rsplit_once(['(', '（']).filter(|(_, own)| in_brackets && own.len() < 3 && is_number(own))
        };
        let version = || {
            let (rest, number) = bare.rsplit_once(['v', 'V'])?;
            let is_apart = !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
            (is_apart && number.split('.').all(is_number)).then_some((rest, number))
        };
        let rest = word.or_else(|| number().or_else(version).map(|(rest, _)| rest));
        match rest.map(|rest| rest.trim_end_matches(SEPARATORS)).filter(|rest| !rest.is_empty()) {
            Some(rest) => own = rest,
            None => return own,
        }
    }
}

/// The same without days and marks of copies, in whatever order: 名单 of 名单修正20261201.
pub fn list_name(stem: &str) -> &str {
    let mut own = stem;
    loop {
        let bare = without_marks_of_copies(without_day(own));
        if bare == own {
            return own;
        }
        own = bare;
    }
}

/// 名单 of 名单20261130, 名单1201, 12月1日名单 and 名单 2026-11-30: the same list of another day.
fn without_day(stem: &str) -> &str {
    const SEPARATORS: [char; 9] = [' ', '-', '_', '—', '.', '(', '（', ')', '）'];
    let of_day =
        |c: char| c.is_ascii_digit() || matches!(c, '年' | '月' | '日' | '号') || SEPARATORS.contains(&c);
    let bare = stem.trim_matches(of_day);
    // 2026 alone, and 名单2 of 名单1, are no days.
    let digits =
        stem.chars().filter(char::is_ascii_digit).count() - bare.chars().filter(char::is_ascii_digit).count();
    if bare.is_empty() || !(3..=14).contains(&digits) { stem } else { bare }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_called_after_what_it_is_a_copy_of() {
        for copy in [
            "名单", "名单 - 副本", "名单 - 副本 (2)", "名单(1)", "名单（2）", "名单-修改", "名单v2",
            "名单_V1.1", "名单最终版", "名单（修改后）", "名单 - Copy", "名单_新",
        ] {
            assert_eq!(without_marks_of_copies(copy), "名单", "{copy}");
        }
        for other in ["名单_20261128", "名单12月", "副本", "创新", "renew", "rev1", "2026", "名单(甲)"]
        {
            assert_eq!(without_marks_of_copies(other), other);
        }
    }

    #[test]
    fn a_list_of_another_day_is_called_the_same_but_for_the_day() {
        for (stem, bare) in [
            ("名单20261130", "名单"),
            ("名单1201", "名单"),
            ("12月1日名单", "名单"),
            ("名单 2026-11-30", "名单"),
            ("2026-11-30", "2026-11-30"),
            ("名单2", "名单2"),
            ("名单", "名单"),
        ] {
            assert_eq!(without_day(stem), bare, "{stem}");
        }
        for path in ["副本名单.xlsx", "Copy of 名单.xlsx", "名单.xls.xlsx", "名单 (2).xlsx"] {
            assert_eq!(stem_of(Path::new(path)), "名单", "{path}");
        }
    }
}
