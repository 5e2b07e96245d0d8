//! Two components of a contract that cannot both be right: 填写:月租 is 3600 and 填写:月租大写 says 3500, or a term ends
//! before it begins.

use jiff::civil::Date;

use crate::contract::amounts::written_amount;
use crate::contract::columns::{Target, plain_header};
use crate::contract::dates::written_day;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{BEGINNINGS_OF_TERMS, ENDS_OF_TERMS, IN_WORDS};
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
                let mut others = components.iter().filter(|(column, other)| {
                    column != second
                        && match pair {
                            Pair::InWords => {
                                !IN_WORDS.iter().any(|word| other.contains(word))
                                    && without_figures(other).ends_with(&wanted)
                            }
                            Pair::Term => without(other, BEGINNINGS_OF_TERMS).as_ref() == Some(&wanted),
                        }
                });
                let (first, _) = others.next().filter(|_| others.next().is_none())?;
                let header = mapping.header(*first);
                Some(Columns { pair, first: *first, second: *second, header, noted: NotedRows::default() })
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
        for Columns { pair, first, second, noted, .. } in &mut self.pairs {
            let (first, second) = (row.row.cell(*first), row.row.cell(*second));
            if first.is_blank() || second.is_blank() {
                continue;
            }
            let disagrees = match pair {
                Pair::InWords => {
                    let amounts = written_amount(&first.seen_ref()).zip(written_amount(&second.seen_ref()));
                    amounts.is_some_and(|(one, other)| one != other)
                }
                Pair::Term => day_of(first).zip(day_of(second)).is_some_and(|(begins, ends)| ends < begins),
            };
            if disagrees {
                noted.note(row.row.number);
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let found = self.pairs.into_iter().filter(|own| own.noted.count > 0);
        found
            .map(|Columns { pair, second, header, noted: NotedRows { rows, count }, .. }| {
                (second, Rule::ComponentsDisagree { header, in_words: pair == Pair::InWords, rows, count })
            })
            .collect()
    }
}
