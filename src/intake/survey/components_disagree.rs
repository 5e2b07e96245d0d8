//! Two components of a contract that cannot both be right: 填写:月租 is 3600 and 填写:月租大写 says 3500, or a term ends
//! before it begins.

use jiff::civil::Date;

use crate::contract::amounts::written_amount;
use crate::contract::columns::{Target, plain_header};
use crate::contract::dates::written_day;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{BEGINNINGS_OF_TERMS, ENDS_OF_TERMS, IN_WORDS, MONEY};
use crate::domain::cell::{Cell, Value};
use crate::domain::problem::Rule;
use crate::intake::noted::NotedRows;

use super::observer::Observer;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    /// The second one has the first one's amount in words.
    InWords,
    /// The second one is when what begins with the first one ends.
    Term,
}

struct Columns {
    pair: Pair,
    first: usize,
    second: usize,
    header: String,
    /// By their names they are a pair, whatever stands in them.
    is_certain: bool,
    /// Rows in which they agree.
    agree: u64,
    noted: NotedRows,
}

#[derive(Default)]
pub struct ComponentsDisagree {
    pairs: Vec<Columns>,
}

impl ComponentsDisagree {
    pub fn new(mapping: &Mapping) -> Self {
        let components = mapping.targets.iter().enumerate().filter_map(|(column, target)| match target {
            Target::FormField(name) if !mapping.as_text.contains(&column) => {
                Some((column, plain_header(name)))
            }
            _ => None,
        });
        let components: Vec<(usize, String)> = components.collect();
        let mut pairs = Vec::new();
        for (second, name) in &components {
            let partner = |pair: Pair, bare: &dyn Fn(&str) -> Option<String>| {
                let wanted = bare(name)?;
                let the_only = |is_it: &dyn Fn(&str) -> bool| {
                    let mut others =
                        components.iter().filter(|(column, other)| column != second && is_it(other));
                    others.next().filter(|_| others.next().is_none())
                };
                let is_amount = |other: &str| {
                    !IN_WORDS.iter().any(|word| other.contains(word))
                        && MONEY.iter().any(|word| other.contains(word))
                };
                let (first, _) = match pair {
                    // 合同金额 beside 金额大写, where nothing else is an amount.
                    Pair::InWords => {
                        the_only(&|other| !wanted.is_empty() && without_figures(other) == wanted)
                            .or_else(|| the_only(&is_amount))?
                    }
                    Pair::Term => {
                        the_only(&|other| without(other, BEGINNINGS_OF_TERMS).as_ref() == Some(&wanted))?
                    }
                };
                let (other, _) =
                    components.iter().find(|(column, _)| column == first).map(|(_, own)| (own, ()))?;
                let is_certain = match pair {
                    Pair::InWords => without_figures(other) == wanted,
                    // A course begins after the day until which one may join it: 开始日期, 截止日期.
                    Pair::Term => {
                        ["开始", "起始", "start"].iter().any(|word| other.contains(word))
                            && ["结束", "终止", "end"].iter().any(|word| name.contains(word))
                    }
                };
                Some(Columns {
                    pair,
                    first: *first,
                    second: *second,
                    header: mapping.header(*first),
                    is_certain,
                    agree: 0,
                    noted: NotedRows::default(),
                })
            };
            pairs.extend(partner(Pair::InWords, &|name| without(name, IN_WORDS)));
            pairs.extend(partner(Pair::Term, &|name| without(name, ENDS_OF_TERMS)));
        }
        Self { pairs }
    }
}

/// 日期 of 结束日期, 月租 of 月租（大写）; None: no such word is in it.
fn without(name: &str, words: &[&str]) -> Option<String> {
    let word = words.iter().find(|word| name.contains(**word))?;
    Some(name.replacen(word, "", 1).replace("()", ""))
}

/// 月租 of 月租小写.
fn without_figures(name: &str) -> String {
    name.replace("小写", "").replace("()", "")
}

fn day_of(cell: &Cell) -> Option<Date> {
    match &cell.value {
        Value::DateTime(day) => Some(day.date()),
        Value::Text(text) => written_day(text.trim()),
        _ => None,
    }
}

impl Observer for ComponentsDisagree {
    fn row(&mut self, row: &SourceRow) {
        for Columns { pair, first, second, agree, noted, .. } in &mut self.pairs {
            let (first, second) = (row.row.cell(*first), row.row.cell(*second));
            if first.is_blank() || second.is_blank() {
                continue;
            }
            let disagrees = match pair {
                Pair::InWords => {
                    let amounts = written_amount(&first.seen_ref()).zip(written_amount(&second.seen_ref()));
                    // 12 of 万元 is 壹拾贰万元.
                    amounts.is_some_and(|(one, other)| one != other && one.checked_mul(10_000) != Some(other))
                }
                Pair::Term => day_of(first).zip(day_of(second)).is_some_and(|(begins, ends)| ends < begins),
            };
            match disagrees {
                true => noted.note(row.row.number),
                false => *agree += 1,
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let is_told = |own: &Columns| own.noted.count > 0 && (own.is_certain || own.agree > 0);
        let found = self.pairs.into_iter().filter(is_told);
        found
            .map(|Columns { pair, second, header, noted: NotedRows { rows, count }, .. }| {
                (second, Rule::ComponentsDisagree { header, in_words: pair == Pair::InWords, rows, count })
            })
            .collect()
    }
}
