//! 填写:月薪 beside 新月薪, 月薪（更正） or 月薪, where a row has another value there: which of the two the contract is to say.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{DITTO, MONEY, NEWER, NEWER_SUMS, NO_CHANGE, NO_PARTY, RAISED, SYNONYMS};
use crate::domain::problem::Rule;

use super::observer::Observer;

use crate::intake::noted::NotedRows;

/// A column that is not used, and the component whose newer value it may have.
struct Pair {
    newer: usize,
    form: usize,
    name: String,
    /// It is called just as the component is: numbers alone can be compared.
    is_bare: bool,
    /// It is another word for it: where most rows have other values there, the two are two things.
    is_synonym: bool,
    equal: u64,
    rows: NotedRows,
    /// Of one that is called just so, the same of words: in most rows they are the same.
    words: NotedRows,
}

#[derive(Default)]
pub struct NewerValues {
    pairs: Vec<Pair>,
}

impl NewerValues {
    pub fn new(mapping: &Mapping) -> Self {
        let forms: Vec<(usize, String)> = mapping
            .targets
            .iter()
            .enumerate()
            .filter_map(|(column, target)| match target {
                Target::FormField(name) => Some((column, crate::contract::columns::plain_header(name))),
                _ => None,
            })
            .collect();
        if forms.is_empty() {
            return Self::default();
        }
        let pair = |newer: usize| {
            if mapping.targets[newer] != Target::Unknown || mapping.readings[newer].said {
                return None;
            }
            let plain = mapping.plain(newer);
            let is_synonym = |name: &str| {
                SYNONYMS.iter().any(|words| words.contains(&plain.as_str()) && words.contains(&name))
            };
            let is_raised = |name: &str| RAISED.contains(&plain.as_str()) && SYNONYMS[0].contains(&name);
            let other_word = forms.iter().find(|(_, name)| is_synonym(name) || is_raised(name));
            if let Some((form, own)) = other_word.filter(|(_, name)| *name != plain) {
                return Some(Pair {
                    newer,
                    form: *form,
                    name: mapping.header(*form),
                    is_bare: true,
                    is_synonym: is_synonym(own),
                    equal: 0,
                    rows: NotedRows::default(),
                    words: NotedRows::default(),
                });
            }
            let (form, mark) = forms.iter().find_map(|(form, name)| {
                let rest = plain.strip_prefix(name.as_str()).or_else(|| plain.strip_suffix(name.as_str()))?;
                Some((*form, rest.trim_matches(['(', ')', '的', '_', '-'])))
            })?;
            let bare = mark.strip_suffix('后').unwrap_or(mark);
            // 最终月薪 is newer; 最终学历 and 审批部门 are other matters.
            let is_sum =
                MONEY.iter().any(|word| forms.iter().any(|(own, name)| *own == form && name.contains(word)));
            let is_a_newer_sum = is_sum && NEWER_SUMS.contains(&mark);
            let is_newer = NEWER.contains(&mark) || NEWER.contains(&bare) || bare == "调整" || is_a_newer_sum;
            (mark.is_empty() || is_newer).then(|| Pair {
                newer,
                form,
                name: mapping.header(form),
                is_bare: mark.is_empty() || is_a_newer_sum,
                is_synonym: false,
                equal: 0,
                rows: NotedRows::default(),
                words: NotedRows::default(),
            })
        };
        Self { pairs: (0..mapping.targets.len()).filter_map(pair).collect() }
    }
}

/// `8,000.00元` as a number.
fn number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ',' | '，' | ' ' | '￥' | '¥' | '元')).collect();
    plain.parse().ok()
}

impl Observer for NewerValues {
    fn row(&mut self, row: &SourceRow) {
        for Pair { newer, form, is_bare, equal, rows, words, .. } in &mut self.pairs {
            let (newer, form) = (row.row.cell(*newer), row.row.cell(*form));
            let seen = newer.seen_ref();
            let is_nothing = |text: &str| {
                !text.chars().any(char::is_alphanumeric)
                    || NO_CHANGE.contains(&text)
                    || NO_PARTY.contains(&text)
                    || DITTO.contains(&text)
            };
            if newer.is_blank() || is_nothing(seen.trim()) {
                continue;
            }
            let (newer, form) = (newer.seen_ref(), form.seen_ref());
            let (is_number, differs) = match (number(newer.trim()), number(form.trim())) {
                (Some(newer), Some(form)) => (true, newer != form),
                _ => (false, newer.trim() != form.trim()),
            };
            if differs && *is_bare && !is_number {
                words.note(row.row.number);
            } else if differs {
                rows.note(row.row.number);
            } else {
                *equal += 1;
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let found = self
            .pairs
            .into_iter()
            .map(|pair| match pair.rows.count {
                // A form that is another one in each row is written otherwise there.
                0 if pair.equal > pair.words.count => {
                    Pair { rows: pair.words, words: NotedRows::default(), ..pair }
                }
                _ => pair,
            })
            .filter(|pair| pair.rows.count > 0)
            .filter(|pair| !pair.is_synonym || pair.equal >= pair.rows.count);
        found
            .map(|Pair { newer, name, rows: NotedRows { rows, count }, .. }| {
                (newer, Rule::FormValueNewer { name, rows, count })
            })
            .collect()
    }
}
