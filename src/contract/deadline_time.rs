//! `签署截止日期 | 时间`: the day of the deadline in one column, and the time of that day in the next.

use crate::domain::cell::{Cell, Row, Value};
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::columns::Target;
use super::layout::Mapping;
use super::vocabulary::{HOURS_BEHIND_A_DAY, PARTS_OF_THE_DAY, TIMES_BEHIND_A_DAY, TIMES_WITHOUT_A_NUMBER};

/// Only a day is read of the first, so contracts would end at 23:59:59.
pub(super) fn ask(mapping: &mut Mapping, below: &[&Row]) {
    let gives_deadline =
        |target: &Target| matches!(target, Target::Field { field, .. } if field.id == FieldId::Deadline);
    let Some(day) = mapping.targets.iter().position(gives_deadline) else { return };
    let time = day + 1;
    let is_free = mapping.targets.get(time) == Some(&Target::Unknown)
        && !mapping.readings[time].said
        && !mapping.asked.iter().any(|(own, _)| *own == time);
    if !is_free {
        return;
    }
    let plain = mapping.plain(time);
    let counts_hours = HOURS_BEHIND_A_DAY.contains(&plain.as_str());
    if !counts_hours && !TIMES_BEHIND_A_DAY.contains(&plain.as_str()) {
        return;
    }
    let filled = below.iter().filter(|row| !row.cell(time).is_blank());
    let (times, others): (Vec<&&Row>, Vec<&&Row>) =
        filled.partition(|row| is_a_time(row.cell(time), counts_hours));
    let is_lost = |row: &&&Row| !row.cell(day).is_blank() && !has_a_time(row.cell(day));
    if times.len() >= others.len() && times.iter().any(is_lost) {
        let deadline = mapping.headers[day].to_string();
        mapping.asked.push((time, Rule::DeadlineTimeBeside { deadline }));
    }
}

/// Of `2026-12-20 18:00`; midnight is what programs write behind a day.
fn has_a_time(day: &Cell) -> bool {
    let seen = day.seen_ref();
    let seen = seen.trim();
    let is_midnight =
        seen.ends_with(" 00:00:00") || seen.ends_with(" 0:00:00") || seen.ends_with("T00:00:00");
    !is_midnight && seen.contains([':', '：', '点', '时'])
}

/// 18:00, 18点, 下午6点半, 6 PM; 18 where hours are counted.
fn is_a_time(cell: &Cell, counts_hours: bool) -> bool {
    if matches!(cell.value, Value::Time(_)) {
        return true;
    }
    let seen = cell.seen_ref().trim().to_lowercase();
    let text = ["之前", "以前", "前"].iter().find_map(|end| seen.strip_suffix(end)).unwrap_or(&seen);
    if TIMES_WITHOUT_A_NUMBER.contains(&text) {
        return true;
    }
    let part = PARTS_OF_THE_DAY.iter().find_map(|part| text.strip_prefix(part));
    let text = part.unwrap_or(text).trim();
    let half = ["am", "pm", "a.m.", "p.m."].iter().find_map(|half| text.strip_suffix(half));
    let text = half.unwrap_or(text).trim();
    let (hour, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let minutes = rest.trim_start_matches([':', '：', '点', '时', '整', '半', '分', '钟']);
    let are_minutes = minutes.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '：' | '分' | '秒'));
    let is_told = minutes.len() < rest.len() || half.is_some() || (counts_hours && rest.is_empty());
    hour.len() <= 2 && hour.parse::<u32>().is_ok_and(|hour| hour <= 24) && is_told && are_minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_day_are_known_and_days_and_numbers_are_none() {
        let is_time = |text: &str| is_a_time(&Cell::text_of(text), false);
        for text in [
            "18:00", "9:30:00", "18：00", "18点", "下午6点半", "24:00", "晚上8点前", "12时30分", "6:00 PM",
            "6pm", "午夜",
        ] {
            assert!(is_time(text), "{text}");
        }
        for text in ["2026-12-20", "18", "30天", "1800", "上午", "25:00", "12月20日", "-", ""] {
            assert!(!is_time(text), "{text}");
        }
        assert!(is_a_time(&Cell::text_of("18"), true) && !is_a_time(&Cell::text_of("48"), true));
    }

    #[test]
    fn midnight_behind_a_day_is_no_time() {
        for (text, has) in [("2026-12-20 18:00", true), ("2026-12-20 00:00:00", false), ("2026-12-20", false)]
        {
            assert_eq!(has_a_time(&Cell::text_of(text)), has, "{text}");
        }
    }
}
