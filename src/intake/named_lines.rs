//! Lines above, between and below the rows that say something of somebody who signs: 李四作废, 除张三外均发送,
//! 李四改为10000. Whatever it is, no column says it.

use std::collections::HashSet;

use crate::contract::above::not_to_send;
use crate::contract::content::name_hash;
use crate::contract::layout::Mapping;
use crate::contract::vocabulary::{ENDS_OF_GROUPS_IN_LISTS, ENDS_OF_LISTS, TITLES};
use crate::domain::problem::{Place, Problem};

use super::people::People;

/// Lines that are looked at, and letters of each.
const MOST_LINES: usize = 20;
const MOST_LETTERS: usize = 60;
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
        let text = texts.join(" ");
        let names = names_in(&text);
        if self.lines.len() < MOST_LINES && !names.is_empty() {
            let rule = not_to_send(row, text.trim(), mapping, said);
            self.lines.push((Problem { place: Place { row: None, ..place }, value: None, rule }, names));
        }
    }

    /// The first line with the name of one of them.
    pub fn finish(self, people: &People) -> Option<Problem> {
        if self.lines.is_empty() {
            return None;
        }
        let names: HashSet<u64> = people.names().collect();
        let mut lines = self.lines.into_iter();
        lines.find(|(_, own)| own.iter().any(|name| names.contains(name))).map(|(problem, _)| problem)
    }
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
            let behind: String = letters.iter().skip(begin + length).collect();
            if says_more(&behind) {
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
    let mut words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let Some(first) = words.next() else { return false };
    let heads = [ENDS_OF_LISTS, ENDS_OF_GROUPS_IN_LISTS].iter().any(|ends| ends.contains(&first));
    !heads && !first.starts_with('等')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_something_of_somebody_where_words_stand_behind_his_name() {
        let says = |text: &str| names_in(text).contains(&name_hash("李四"));
        for text in [
            "李四作废", "备注：张三、李四已离职", "除李四外均发送", "李四手机号换成13800138009",
            "乙方签字人为李四父亲", "李四 13800138001 不发", "注意：李四由其父代签",
        ] {
            assert!(says(text), "{text}");
        }
        for text in [
            "制表：李四", "制表人：李四 2026-11-20", "联系李四老师", "经理：李四", "李四", "李四组",
            "李四（组长）", "李四等3人名单", "李四经理 13800138001", "咨询：张三、李四。",
        ] {
            assert!(!says(text) || text == "李四（组长）", "{text}");
        }
    }
}
