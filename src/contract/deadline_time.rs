//! `签署截止日期 | 时间`: the day of the deadline in one column, and the time of that day in the next.

use crate::domain::cell::{Cell, Row, Value};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::columns::Target;
use super::layout::Mapping;
use super::sampled::all_are;
use super::vocabulary::{PARTS_OF_THE_DAY, TIMES_BEHIND_A_DAY};

/// Only a day is read of the first, so each contract would end at 23:59:59.
pub(super) fn ask(mapping: &mut Mapping, below: &[&Row]) {
    let gives_deadline =
        |target: &Target| matches!(target, Target::Field { field, .. } if field.id == FieldId::Deadline);
    let Some(day) = mapping.targets.iter().position(gives_deadline) else { return };
    let time = day + 1;
    let is_free = mapping.targets.get(time) == Some(&Target::Unknown)
        && !mapping.readings[time].said
        && !mapping.asked.iter().any(|(own, _)| *own == time);
    let has_time = |row: &&Row| row.cell(day).seen_ref().contains([':', '：', '点', '时']);
    if !is_free
        || !TIMES_BEHIND_A_DAY.contains(&mapping.plain(time).as_str())
        || !all_are(below, time, is_a_time)
        || below.iter().any(has_time)
    {
        return;
    }
    let deadline = mapping.headers[day].to_string();
    mapping.asked.push((time, Rule::DeadlineTimeBeside { deadline }));
}

/// 18:00, 18点, 下午6点半.
fn is_a_time(cell: &Cell) -> bool {
    if matches!(cell.value, Value::Time(_)) {
        return true;
    }
    let seen = cell.seen_ref();
    let text = seen.trim();
    let text = PARTS_OF_THE_DAY.iter().find_map(|part| text.strip_prefix(part)).unwrap_or(text).trim();
    let text = ["之前", "以前", "前"].iter().find_map(|end| text.strip_suffix(end)).unwrap_or(text);
    let (hour, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let minutes = rest.trim_start_matches([':', '：', '点', '时', '整', '半', '分', '钟']);
    let are_minutes = minutes.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '：' | '分' | '秒'));
    hour.parse::<u32>().is_ok_and(|hour| hour <= 24) && minutes.len() < rest.len() && are_minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_day_are_known_and_days_and_numbers_are_none() {
        let is_time = |text: &str| is_a_time(&Cell::text_of(text));
        for text in ["18:00", "9:30:00", "18：00", "18点", "下午6点半", "24:00", "晚上8点前", "12时30分"]
        {
            assert!(is_time(text), "{text}");
        }
        for text in ["2026-12-20", "18", "30天", "1800", "上午", "25:00", "12月20日", ""] {
            assert!(!is_time(text), "{text}");
        }
    }
}
