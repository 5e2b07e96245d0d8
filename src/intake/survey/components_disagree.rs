//! Two components of a contract that cannot both be right: 填写:月租 is 3600 and 填写:月租大写 says 3500, or a term ends
//! before it begins, or lasts longer than 填写:期限 says.

use jiff::civil::Date;

use crate::contract::amounts::written_amount;
use crate::contract::columns::{Target, plain_header};
use crate::contract::dates::written_day;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{
    BEGINNINGS_OF_TERMS, ENDS_OF_TERMS, IN_WORDS, LENGTHS_OF_TERMS, MONEY, OTHER_LENGTHS, WORDS_OF_TERMS,
};
use crate::domain::cell::{Cell, Value};
use crate::domain::problem::{Disagreement, Rule};
use crate::intake::noted::NotedRows;

use super::observer::Observer;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    /// The second one has the first one's amount in words.
    InWords,
    /// The second one is when what begins with the first one ends.
    Term,
}

/// 填写:期限 beside the days on which it begins and ends.
struct Length {
    column: usize,
    begins: usize,
    ends: usize,
    header: String,
    /// They are called alike, so that they are of one term.
    is_certain: bool,
    /// Rows in which they agree.
    agree: u64,
    noted: NotedRows,
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
    lengths: Vec<Length>,
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
        // 填写:入住日期 and 填写:退房日期.
        for (second, name) in &components {
            let is_its_end = |(_, end): &&(&[&str], &[&str])| end.iter().any(|word| name.contains(word));
            let terms: Vec<_> = WORDS_OF_TERMS.iter().filter(is_its_end).collect();
            if terms.is_empty() {
                continue;
            }
            let begins =
                |other: &str| terms.iter().any(|(begin, _)| begin.iter().any(|word| other.contains(word)));
            let mut first = components.iter().filter(|(column, other)| column != second && begins(other));
            if let (Some((first, _)), None) = (first.next(), first.next())
                && !pairs.iter().any(|own: &Columns| own.pair == Pair::Term && own.second == *second)
            {
                let (first, second, header) = (*first, *second, mapping.header(*first));
                let (pair, is_certain) = (Pair::Term, true);
                pairs.push(Columns {
                    pair,
                    first,
                    second,
                    header,
                    is_certain,
                    agree: 0,
                    noted: NotedRows::default(),
                });
            }
        }
        let mut lengths: Vec<Length> = Length::of(mapping, &components, &pairs).into_iter().collect();
        let named = pairs.iter().filter_map(|own| Length::called_like(mapping, &components, own));
        let named: Vec<Length> =
            named.filter(|own| lengths.iter().all(|other| other.column != own.column)).collect();
        lengths.extend(named);
        Self { pairs, lengths }
    }
}

impl Length {
    /// Where only one component is called a term, and only one term has days.
    fn of(mapping: &Mapping, components: &[(usize, String)], pairs: &[Columns]) -> Option<Self> {
        let mut days = pairs.iter().filter(|own| own.pair == Pair::Term);
        let days = days.next().filter(|_| days.next().is_none())?;
        let is_length = |(column, name): &&(usize, String)| {
            LENGTHS_OF_TERMS.iter().any(|word| name.ends_with(word))
                && !OTHER_LENGTHS.iter().any(|word| name.contains(word))
                && ![days.first, days.second].contains(column)
        };
        let mut lengths = components.iter().filter(is_length);
        let (column, _) = lengths.next().filter(|_| lengths.next().is_none())?;
        let header = mapping.header(days.second);
        let (begins, ends) = (days.first, days.second);
        Some(Self {
            column: *column,
            begins,
            ends,
            header,
            is_certain: false,
            agree: 0,
            noted: NotedRows::default(),
        })
    }

    /// 试用期 beside 试用期开始 and 试用期结束.
    fn called_like(mapping: &Mapping, components: &[(usize, String)], days: &Columns) -> Option<Self> {
        let name = |column: usize| components.iter().find(|(own, _)| *own == column).map(|(_, name)| name);
        let stem = without(name(days.second)?, ENDS_OF_TERMS).filter(|_| days.pair == Pair::Term)?;
        let stem = ["日期", "时间", "日"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(&stem);
        let bare = stem.trim_end_matches('期');
        let is_length = |(_, name): &&(usize, String)| {
            !stem.is_empty()
                && (*name == stem
                    || [format!("{bare}期"), format!("{bare}期限"), format!("{bare}时长")].contains(name)
                    || name.strip_prefix(stem).is_some_and(|rest| LENGTHS_OF_TERMS.contains(&rest)))
        };
        let mut lengths = components.iter().filter(is_length);
        let (column, _) = lengths.next().filter(|_| lengths.next().is_none())?;
        let header = mapping.header(days.second);
        let (begins, ends) = (days.first, days.second);
        Some(Self {
            column: *column,
            begins,
            ends,
            header,
            is_certain: true,
            agree: 0,
            noted: NotedRows::default(),
        })
    }

    fn row(&mut self, row: &SourceRow) {
        /// It ends the day before, on the same day, or as somebody has counted.
        const ABOUT: i64 = 3;
        let cell = |column: usize| row.row.cell(column);
        let days = day_of(cell(self.begins)).zip(day_of(cell(self.ends)));
        let Some(((begins, ends), months)) = days.zip(months_of(&cell(self.column).seen_ref())) else {
            return;
        };
        let wanted = begins.checked_add(jiff::Span::new().months(months));
        let away = wanted.ok().map(|wanted| (ends - wanted).get_days().unsigned_abs());
        match away.is_some_and(|days| i64::from(days) <= ABOUT) {
            true => self.agree += 1,
            false => self.noted.note(row.row.number),
        }
    }
}

/// 三年, 36个月, 1年6个月, in months; None: it is something else, or more than that.
fn months_of(text: &str) -> Option<i64> {
    const MOST: i64 = 1200;
    let text = text.trim().trim_end_matches('整').trim_end_matches('期');
    let number = |text: &str| -> Option<i64> {
        match text.trim().parse() {
            Ok(number) => Some(number),
            Err(_) => i64::try_from(written_amount(&text.trim().replace('两', "二"))? / 100).ok(),
        }
    };
    let (years, rest) = match text.split_once('年') {
        Some((years, rest)) => (number(years)?, rest.trim()),
        None => (0, text),
    };
    let months = match rest {
        "" => 0,
        "半" if years > 0 => 6,
        rest => number(rest.strip_suffix("个月").or_else(|| rest.strip_suffix('月'))?)?,
    };
    let all = years.checked_mul(12)?.checked_add(months)?;
    (1..MOST).contains(&all).then_some(all)
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
        self.lengths.iter_mut().for_each(|length| length.row(row));
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
        let found =
            found.map(|Columns { pair, second, header, noted: NotedRows { rows, count }, .. }| {
                let how = match pair {
                    Pair::InWords => Disagreement::InWords,
                    Pair::Term => Disagreement::Ends,
                };
                (second, Rule::ComponentsDisagree { header, how, rows, count })
            });
        let lengths = self.lengths.into_iter();
        let lengths =
            lengths.filter(|own| own.noted.count > 0 && (own.is_certain || own.agree >= own.noted.count));
        let lengths = lengths.map(|Length { column, header, noted: NotedRows { rows, count }, .. }| {
            (column, Rule::ComponentsDisagree { header, how: Disagreement::Length, rows, count })
        });
        found.chain(lengths).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_read_in_years_and_months() {
        for (text, months) in [
            ("三年", Some(36)),
            ("3 年", Some(36)),
            ("36个月", Some(36)),
            ("1年6个月", Some(18)),
            ("两年期", Some(24)),
            ("十二个月", Some(12)),
            ("无固定期限", None),
            ("3年（含试用期3个月）", None),
            ("2026年", None),
            ("", None),
        ] {
            assert_eq!(months_of(text), months, "{text}");
        }
    }
}
