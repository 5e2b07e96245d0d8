//! 作废名单, 离职人员 beside the sheet with the contracts: a sheet that is not read, and whose name says no of
//! people or numbers that are to be sent.

use std::collections::HashSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::contract::columns::{Target, read};
use crate::contract::instructions::changes_the_signing;
use crate::contract::texts::is_persons_number;
use crate::contract::values::yes_no;
use crate::contract::vocabulary::{DIRECTORIES, LEFT_OUT, LISTS_LEFT_OUT, LISTS_TO_SIGN, NUMBERS_OF_LISTS};
use crate::domain::cell::Row;
use crate::domain::field::FieldId;
use crate::domain::problem::{Place, Problem, Rule};
use crate::domain::understood::UnusedSheet;
use crate::table::Workbook;

use super::chosen::is_called;
use super::plan::{PlanOptions, Source};
use super::remarks::{leaves_out, says_no};
use super::unread_sheets::{is_open, is_unsaid, names_of};

/// Values of a list that are remembered.
const MOST_LISTED: usize = 200_000;
/// Rows that are named.
const MOST_TOLD: usize = 8;

/// Rows to be sent that such a list has.
pub fn left_out_elsewhere(
    workbooks: &[Arc<Workbook>],
    sources: &[Source],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Option<Problem> {
    if !is_unsaid(options) {
        return None;
    }
    // 通讯录 has everybody.
    let is_list = |own: &&UnusedSheet| {
        let is_directory = is_called(&own.sheet, &[DIRECTORIES]);
        !own.hidden && !is_directory && is_called(&own.sheet, &[LEFT_OUT, LISTS_LEFT_OUT])
    };
    let lists =
        unused.iter().filter(is_list).filter_map(|own| Some((&own.sheet, listed(workbooks, &own.sheet)?)));
    lists
        .filter_map(|(sheet, listed)| sources.iter().find_map(|source| listed.told(sheet, source, sources)))
        .next()
}

/// `李小红 | 不同意`, `李小红先不发`: what a sheet that is not read says of rows that are to be sent.
pub fn noted_elsewhere(
    workbooks: &[Arc<Workbook>],
    sources: &[Source],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Option<Problem> {
    if !is_unsaid(options) {
        return None;
    }
    let is_other = |own: &&UnusedSheet| !own.hidden && !is_called(&own.sheet, &[LEFT_OUT, LISTS_LEFT_OUT]);
    let noted = unused.iter().filter(is_other).filter_map(|own| {
        let (workbook, at) = sheet_of(workbooks, &own.sheet)?;
        Some((&own.sheet, noted_in(workbook, at)))
    });
    noted
        .filter(|(_, noted)| {
            !noted.names.is_empty() || !noted.contracts.is_empty() || !noted.people.is_empty()
        })
        .find_map(|(sheet, noted)| sources.iter().find_map(|source| noted.told(sheet, source, sources)))
}

/// `签约名单 | 花名册`: a list of names that is not read, of some of the people to whom the other sheet would send.
pub fn listed_in_part(
    workbooks: &[Arc<Workbook>],
    sources: &[Source],
    unused: &[UnusedSheet],
    options: &PlanOptions,
) -> Option<Problem> {
    let is_directory = match sources {
        [source] => source.name.as_deref().is_some_and(|name| is_called(name, &[DIRECTORIES])),
        _ => false,
    };
    let is_list = |own: &&UnusedSheet| {
        !own.hidden
            && !is_called(&own.sheet, &[LEFT_OUT, LISTS_LEFT_OUT])
            && (is_directory || is_called(&own.sheet, &[LISTS_TO_SIGN]))
    };
    let mut lists = unused.iter().filter(is_list).filter(|_| is_open(sources, options));
    lists.find_map(|own| {
        let (workbook, at) = sheet_of(workbooks, &own.sheet)?;
        let mut listed = listed_in(workbook, at);
        if listed.by_mobile || listed.by_id_number {
            return None;
        }
        let mut listed = std::mem::take(&mut listed.names);
        listed.retain(|text| read(text).target == Target::Unknown);
        let mut met = HashSet::new();
        let others: Vec<(&Source, Vec<u32>, u64)> = sources
            .iter()
            .map(|source| {
                let (rows, count) = not_listed(source, &listed, &mut met);
                (source, rows, count)
            })
            .collect();
        let (source, rows, count) = others.into_iter().find(|(.., count)| *count > 0)?;
        let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
        let (sheet, used) = (own.sheet.clone(), names_of(sources));
        let rule = Rule::SheetListsSome { sheet, rows, count, used };
        let is_part = !listed.is_empty() && met.len() == listed.len();
        is_part.then_some(Problem { place, value: None, rule })
    })
}

/// The first rows of whoever is not on a list, and how many they are. `met`: those of the list who are there.
fn not_listed(source: &Source, listed: &HashSet<String>, met: &mut HashSet<String>) -> (Vec<u32>, u64) {
    let (mut rows, mut count) = (Vec::new(), 0);
    let Some(name) = source.mapping.column_of(FieldId::ApproverName.name()) else { return (rows, count) };
    each_row(&source.workbook, source.sheet, |row| {
        let seen = row.cell(name).seen_ref();
        let text = seen.trim();
        match row.number > source.mapping.header_row && !text.is_empty() {
            true if listed.contains(text) => drop(met.insert(text.to_owned())),
            true => {
                count += 1;
                if rows.len() < MOST_TOLD {
                    rows.push(row.number);
                }
            }
            false => {}
        }
        true
    });
    (rows, count)
}

fn sheet_of<'w>(workbooks: &'w [Arc<Workbook>], sheet: &str) -> Option<(&'w Arc<Workbook>, usize)> {
    workbooks.iter().find_map(|workbook| {
        let at = workbook.sheets().iter().position(|own| own.name.as_deref() == Some(sheet))?;
        Some((workbook, at))
    })
}

/// Whoever stands in a row that says no, or at the beginning of a sentence that does.
fn noted_in(workbook: &Workbook, at: usize) -> Listed {
    /// Such sheets are short.
    const MOST_NOTED: usize = 500;
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=4;
    let mut noted = Listed::default();
    let mut left = MOST_NOTED;
    each_row(workbook, at, |row| {
        let texts: Vec<String> = row.cells.iter().map(|cell| cell.seen().trim().to_owned()).collect();
        let says = |text: &&String| {
            !text.is_empty() && (says_no(text, true) || leaves_out(text) || changes_the_signing(text))
        };
        for text in texts.iter().filter(says) {
            let others = texts.iter().filter(|own| *own != text && LETTERS.contains(&own.chars().count()));
            noted.names.extend(others.cloned());
            let numbers = texts.iter().filter(|own| *own != text && may_be_a_number(own));
            for number in numbers {
                let known = if is_persons_number(number) { &mut noted.people } else { &mut noted.contracts };
                known.insert(number.clone());
            }
            let clauses = text.split(['，', ',', '、', '；', ';', '。', '：', ':', ' ']);
            let begins = clauses.flat_map(|clause| {
                LETTERS.filter_map(|count| {
                    let name: String = clause.chars().take(count).collect();
                    (name.chars().count() == count).then_some(name)
                })
            });
            noted.names.extend(begins);
        }
        left -= 1;
        left > 0
    });
    noted
}

/// H2, 20260001, a mobile: a number that a row may be known by. 3 may count the rows of the sheet itself.
fn may_be_a_number(text: &str) -> bool {
    const SHORTEST: usize = 4;
    const LONGEST: usize = 40;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    digits > 0 && text.len() <= LONGEST && (digits >= SHORTEST || has_letter)
}

/// Names of sheets like 离职名单 that could be read as contracts, and that list rows of another sheet: they say
/// which of those are not to be sent.
pub fn lists_of_others(sources: &[Source]) -> Vec<Arc<str>> {
    let is_list = |source: &&Source| {
        source.name.as_deref().is_some_and(|name| is_called(name, &[LEFT_OUT, LISTS_LEFT_OUT]))
    };
    let lists_some = |source: &&Source| {
        let listed = listed_in(&source.workbook, source.sheet);
        sources.iter().filter(|own| !is_list(own)).any(|own| listed.met_in(own).is_some())
    };
    sources.iter().filter(is_list).filter(lists_some).filter_map(|source| source.name.clone()).collect()
}

/// What a list has, by kind: a number of one kind is none of another.
#[derive(Default)]
struct Listed {
    /// Mobiles and ID numbers.
    people: HashSet<String>,
    /// Below a header of contracts' numbers.
    contracts: HashSet<String>,
    /// Everything else, where there are no numbers of people: 张伟 in a list with mobiles may be another one.
    names: HashSet<String>,
    by_mobile: bool,
    by_id_number: bool,
}

fn listed(workbooks: &[Arc<Workbook>], sheet: &str) -> Option<Listed> {
    let (workbook, at) = sheet_of(workbooks, sheet)?;
    Some(listed_in(workbook, at))
}

fn listed_in(workbook: &Workbook, at: usize) -> Listed {
    let mut listed = Listed::default();
    let (mut numbers, mut names): (Option<usize>, Option<usize>) = (None, None);
    let mut left = MOST_LISTED;
    each_row(workbook, at, |row| {
        for (column, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_blank()) {
            let seen = cell.seen_ref();
            let text = seen.trim();
            let gives = |wanted: FieldId| matches!(read(text).target, Target::Field { field, .. } if field.id == wanted);
            // 编号 alone is the contracts' in such a list; 工号 and 序号 are not.
            if numbers.is_none() && (gives(FieldId::ContractId) || NUMBERS_OF_LISTS.contains(&text)) {
                numbers = Some(column);
            }
            if names.is_none() && gives(FieldId::ApproverName) {
                names = Some(column);
            }
            match () {
                () if is_persons_number(text) => drop(listed.people.insert(text.to_owned())),
                () if numbers == Some(column) => drop(listed.contracts.insert(text.to_owned())),
                // 交接人 is somebody else; a list without a header has its names first.
                () if column == names.unwrap_or(0) => drop(listed.names.insert(text.to_owned())),
                () => {}
            }
        }
        left = left.saturating_sub(row.cells.len());
        left > 0
    });
    let is_mobile = |text: &String| text.len() == 11;
    listed.by_mobile = listed.people.iter().any(is_mobile);
    listed.by_id_number = listed.people.iter().any(|text| !is_mobile(text));
    if listed.contracts.len() > 1 {
        listed.names.clear();
    }
    listed
}

impl Listed {
    fn told(&self, sheet: &str, source: &Source, sources: &[Source]) -> Option<Problem> {
        let (rows, values, count) = self.met_in(source)?;
        let place = Place { file: source.file.clone(), sheet: source.name.clone(), ..Place::default() };
        let (sheet, used) = (sheet.to_owned(), names_of(sources));
        let rule = Rule::SheetLeavesOut { sheet, rows, values, count, used };
        Some(Problem { place, value: None, rule })
    }

    /// Rows of a sheet that are to be sent, what they are known by, and how many there are.
    fn met_in(&self, source: &Source) -> Option<(Vec<u32>, Vec<String>, u64)> {
        let mapping = &source.mapping;
        // 张伟 with another mobile is another one; where this sheet has no numbers of that kind, he may be the one.
        let has = |name: &str| mapping.column_of(name).is_some();
        let is_told_apart = (self.by_mobile && has("approver.mobile"))
            || (self.by_id_number && has("approver.id_card_number"));
        let nobody = HashSet::new();
        let names = if is_told_apart { &nobody } else { &self.names };
        let kinds = [
            ("contract_id", &self.contracts),
            ("approver.mobile", &self.people),
            ("approver.id_card_number", &self.people),
            ("approver.name", names),
        ];
        let columns: Vec<(usize, &HashSet<String>)> = kinds
            .into_iter()
            .filter(|(_, values)| !values.is_empty())
            .filter_map(|(name, values)| Some((mapping.column_of(name)?, values)))
            .collect();
        let send = mapping.column_of("send");
        let is_meant = |row: &Row| {
            let says_no = send.is_some_and(|column| yes_no(&row.cell(column).seen()) == Some(false));
            let chosen = mapping.conditions.iter().all(|(column, wanted)| {
                let seen = row.cell(*column).seen_ref();
                wanted.iter().any(|value| value == seen.trim())
            });
            row.number > mapping.header_row && !says_no && chosen
        };
        let (mut rows, mut values, mut count) = (Vec::new(), Vec::new(), 0);
        each_row(&source.workbook, source.sheet, |row| {
            let met = columns.iter().find_map(|(column, listed)| {
                let seen = row.cell(*column).seen_ref();
                listed.contains(seen.trim()).then(|| seen.trim().to_owned())
            });
            if let Some(value) = met.filter(|_| is_meant(row)) {
                count += 1;
                if rows.len() < MOST_TOLD {
                    rows.push(row.number);
                    values.push(value);
                }
            }
            true
        });
        (count > 0).then_some((rows, values, count))
    }
}

/// Whether a sheet has a row to be sent that is known by one of those values.
pub fn still_has(source: &Source, values: &[String]) -> bool {
    let of_values = || values.iter().cloned().collect::<HashSet<String>>();
    let listed =
        Listed { people: of_values(), contracts: of_values(), names: of_values(), ..Listed::default() };
    listed.met_in(source).is_some()
}

/// Until `visit` has had enough. What cannot be read is told where the sheet is read.
fn each_row(workbook: &Workbook, sheet: usize, mut visit: impl FnMut(&Row) -> bool) {
    let _ = workbook.scan(sheet, &mut |row| {
        if visit(&row) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
}
