//! Lines above, between and below the rows that say something of somebody who signs: 李四作废, 除张三外均发送,
//! 李四改为10000. Whatever it is, no column says it.

use std::collections::HashSet;

use crate::contract::above::not_to_send;
use crate::contract::content::name_hash;
use crate::contract::instructions::is_a_title;
use crate::contract::layout::Mapping;
use crate::contract::refusals::{is_noted, plain_of};
use crate::contract::vocabulary::{
    DONE_FOR_LISTS, ENDS_OF_GROUPS_IN_LISTS, ENDS_OF_LISTS, ENDS_OF_MOBILES, FIRM_NEGATIONS, NEGATIONS,
    SIGNATURE_LINES, STAMPS, TITLES, WORK_BESIDE_LISTS, WORK_ON_LISTS,
};
use crate::domain::problem::{Place, Problem, Rule};

use super::people::People;

/// Lines that are looked at, and letters of each.
const MOST_LINES: usize = 500;
const MOST_LETTERS: usize = 200;
/// What is called after somebody, and says nothing of him: 李四水果店.
const OF_SOMEBODY: &[&str] = &["店", "组", "部", "队", "班", "厂", "户", "家", "公司", "工作室", "团队"];
/// Letters of a name, by the least and the most.
const LETTERS: (usize, usize) = (2, 4);

/// Lines, each with the hashes of what may be a name in it of which more is said.
#[derive(Default)]
pub struct NamedLines {
    lines: Vec<(Problem, Vec<u64>)>,
}

impl NamedLines {
    /// `said`: somebody has said that the line is not meant.
    pub fn look(&mut self, place: Place, row: u32, texts: &[String], mapping: &Mapping, said: bool) {
        if self.lines.len() == MOST_LINES {
            return;
        }
        let text = texts.join(" ");
        let names = if is_a_mere_title(&text) { Vec::new() } else { names_in(&text) };
        if !names.is_empty() {
            let rule = not_to_send(row, text.trim(), mapping, said);
            self.lines.push((Problem { place: Place { row: None, ..place }, value: None, rule }, names));
        }
    }

    /// A remark beside the table; `rule`: what is asked of it, if it names one of them.
    pub fn look_beside(&mut self, place: Place, text: &str, rule: Rule) {
        // 李四已核对, 本表由李四填写.
        let is_work = WORK_BESIDE_LISTS.iter().any(|word| text.contains(word))
            && !text.contains(['不', '改', '换', '勿', '离', '签', '发']);
        let is_likely =
            (3..=MOST_LETTERS).contains(&text.chars().count()) && !is_work && !is_a_mere_title(text);
        let names = if is_likely && self.lines.len() < MOST_LINES { names_in(text) } else { Vec::new() };
        if !names.is_empty() {
            self.lines.push((Problem { place, value: None, rule }, names));
        }
    }

    /// The first lines of each sheet with the name of one of them; those that somebody has settled only where no other
    /// is open.
    pub fn finish(self, people: &People) -> Vec<Problem> {
        const MOST_OF_A_SHEET: usize = 4;
        if self.lines.is_empty() {
            return Vec::new();
        }
        let names: HashSet<u64> = people.names().collect();
        let lines = self.lines.into_iter().filter(|(_, own)| own.iter().any(|name| names.contains(name)));
        let mut lines: Vec<Problem> = lines.map(|(problem, _)| problem).collect();
        lines.sort_by_key(|problem| !problem.stops());
        let mut told: Vec<Problem> = Vec::new();
        for line in lines {
            let is_of_it =
                |own: &&Problem| own.place.sheet == line.place.sheet && own.place.file == line.place.file;
            let of_sheet: Vec<&Problem> = told.iter().filter(is_of_it).collect();
            let has_open = of_sheet.iter().any(|own| own.stops());
            let most = if line.stops() { MOST_OF_A_SHEET } else { 1 };
            if of_sheet.len() < most && (line.stops() || !has_open) {
                told.push(line);
            }
        }
        told
    }
}

/// 王五出租房屋合同一览表: what the list is of, and no 李四不签合同.
fn is_a_mere_title(text: &str) -> bool {
    let plain = plain_of(text);
    let denies = NEGATIONS.iter().chain(FIRM_NEGATIONS).any(|word| plain.contains(word));
    is_a_title(&plain) && !denies && !is_noted(text)
}

/// The hashes of all that may be a name, with something said behind it: 制表：李四 only names him, 张三组 is a
/// heading, and of 联系李四老师 no more is said.
fn names_in(text: &str) -> Vec<u64> {
    let letters: Vec<char> = text.chars().take(MOST_LETTERS).collect();
    let is_chinese = |c: &char| ('一'..='龥').contains(c);
    let mut found = Vec::new();
    for begin in 0..letters.len() {
        for length in LETTERS.0..=LETTERS.1 {
            let Some(name) = letters.get(begin..begin + length).filter(|name| name.iter().all(is_chinese))
            else {
                break;
            };
            let before: String = letters.iter().take(begin).collect();
            let behind: String = letters.iter().skip(begin + length).collect();
            if says_more(&behind) || denies(&before) {
                found.push(name_hash(&name.iter().collect::<String>()));
            }
        }
    }
    found
}

fn says_more(behind: &str) -> bool {
    let behind = behind.trim_start();
    let title = TITLES.iter().find_map(|title| behind.strip_prefix(title));
    let rest = title.unwrap_or(behind);
    let begun = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let first = begun.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if first.is_empty() {
        return false;
    }
    if denies(rest) {
        return true;
    }
    // 部门：销售部 负责人：张三 人数：2.
    let ends_label = begun.get(first.len()..).is_some_and(|rest| rest.starts_with([':', '：']));
    let heads = [ENDS_OF_LISTS, ENDS_OF_GROUPS_IN_LISTS].iter().any(|ends| ends.contains(&first))
        || OF_SOMEBODY.iter().any(|end| first.ends_with(end));
    // 审核：张三 制表：李四, 联系人：张三 电话：138…, 经办人张三签字; 李四手机号换成… says more.
    let is_label = ends_label
        || [WORK_ON_LISTS, STAMPS, SIGNATURE_LINES, ENDS_OF_MOBILES, TITLES, DONE_FOR_LISTS]
            .iter()
            .any(|words| words.contains(&first));
    !heads && !first.starts_with('等') && !is_label
}

/// `离职人员：`, `等2人作废`: a word that says no at the end, or before a colon.
fn denies(text: &str) -> bool {
    const LONGEST: usize = 6;
    let bare = text.trim_end_matches(|c: char| !c.is_alphabetic());
    let bare = ["人员", "名单", "的有", "的"].iter().find_map(|end| bare.strip_suffix(end)).unwrap_or(bare);
    let letters: Vec<char> = bare.chars().collect();
    let ends = (2..=LONGEST.min(letters.len())).map(|length| letters.iter().skip(letters.len() - length));
    ends.into_iter().any(|end| is_noted(&end.collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_something_of_somebody_where_words_stand_behind_his_name() {
        let says = |text: &str| !is_a_mere_title(text) && names_in(text).contains(&name_hash("李四"));
        for text in [
            "李四作废", "备注：张三、李四已离职", "除李四外均发送", "李四手机号换成13800138009",
            "李四签字改为其父", "张三同意，李四不同意", "乙方签字人为李四父亲", "李四 13800138001 不发",
            "注意：李四由其父代签", "李四不签合同", "作废：李四", "离职人员：李四", "李四离职",
            "李四（离职）", "李四等2人作废",
        ] {
            assert!(says(text), "{text}");
        }
        for text in [
            "制表：李四",
            "制表人：李四 2026-11-20",
            "审核：李四 制表：王五",
            "经办人李四签字：",
            "联系李四老师",
            "联系人：李四 电话：13800138009",
            "经理：李四",
            "李四",
            "李四组",
            "李四水果店",
            "李四（组长）",
            "李四等3人名单",
            "李四经理 13800138001",
            "咨询：张三、李四。",
            "李四出租房屋合同一览表",
            "制表人：李四 审核人：王五 日期：",
            "部门：销售部 负责人：李四 人数：2",
            "人事专员李四制表",
            "新员工名单（李四负责）",
            "如有疑问请联系李四（人事部）",
        ] {
            assert!(!says(text), "{text}");
        }
    }
}
