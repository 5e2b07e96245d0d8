//! A list that a form has collected, with the time at which each row was handed in, and somebody who stands in it twice
//! with other values: he has corrected himself, most likely, and the first row holds no more. So it is with 原版 and 更正,
//! sheets that are called like versions of one list.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::contract::columns::Target;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::HANDED_IN_AT;
use crate::domain::field::FieldId;
use crate::domain::problem::{RowPairs, Rule};
use crate::intake::noted::{BITS_OF_ROW, MOST_ROWS, hash_of};

use super::observer::Observer;

/// People of whom is known where they stood; beyond that nobody is noticed.
const MOST: usize = 1 << 16;
/// People of one name that are told apart.
const MOST_OF_A_NAME: usize = 4;
/// Rows of a list in which two of one name are one person, where nothing but a mobile tells them apart.
const FEW: u64 = 200;

struct Columns {
    handed_in: usize,
    name: usize,
    mobile: Option<usize>,
    id_number: Option<usize>,
    /// What is sent: rows that are alike in all of it are no second thoughts.
    sent: Vec<usize>,
}

/// Where somebody stood first.
struct Known {
    row: u32,
    mobile: u64,
    id_number: u64,
    sent: u64,
}

#[derive(Default)]
pub struct SubmittedTwice {
    columns: Option<Columns>,
    /// By the name.
    known: HashMap<u64, Vec<Known>>,
    people: usize,
    rows: u64,
    /// Rows of one sheet say nothing against each other.
    of_sheets: bool,
    /// Rows of the same name, each after the row in which it stood first, that have a mobile or an ID number in common.
    same: RowPairs,
    /// The same of those that have another mobile.
    other_mobile: RowPairs,
}

impl SubmittedTwice {
    /// Of sheets that may be versions of one list, in which no column says when each row was handed in.
    pub fn of_versions(mapping: &Mapping) -> Self {
        let column_of = |id: FieldId| {
            let gives =
                |target: &Target| matches!(target, Target::Field { field, index: None } if field.id == id);
            mapping.targets.iter().position(gives)
        };
        let sent = mapping.targets.iter().enumerate();
        let sent = sent.filter(|(_, target)| Mapping::means_something(target)).map(|(column, _)| column);
        let is_asked = !mapping.each_submission && mapping.layout != Layout::Wide;
        let columns = column_of(FieldId::ApproverName).filter(|_| is_asked).map(|name| Columns {
            handed_in: name,
            name,
            mobile: column_of(FieldId::ApproverMobile),
            id_number: column_of(FieldId::ApproverIdCardNumber),
            sent: sent.collect(),
        });
        Self { columns, of_sheets: true, ..Self::default() }
    }

    pub fn new(mapping: &Mapping) -> Self {
        let column_of = |id: FieldId| {
            let gives =
                |target: &Target| matches!(target, Target::Field { field, index: None } if field.id == id);
            mapping.targets.iter().position(gives)
        };
        let is_open = |column: &usize| {
            // Whoever has said to ignore it has answered another question: whether rows that are alike are one.
            matches!(mapping.targets[*column], Target::Unknown | Target::Ignored)
                && HANDED_IN_AT.contains(&mapping.plain(*column).as_str())
        };
        // By when each was handed in no rows belong together.
        let has_key =
            mapping.key_column().is_some_and(|key| !is_open(&key)) || mapping.layout == Layout::Wide;
        let is_said = mapping.each_submission;
        let sent = mapping.targets.iter().enumerate();
        let sent = sent.filter(|(_, target)| Mapping::means_something(target)).map(|(column, _)| column);
        let sent: Vec<usize> = sent.collect();
        let handed_in = (0..mapping.targets.len()).filter(|_| !has_key && !is_said).find(is_open);
        let columns = handed_in.and_then(|handed_in| {
            let (mobile, id_number) =
                (column_of(FieldId::ApproverMobile), column_of(FieldId::ApproverIdCardNumber));
            Some(Columns { handed_in, name: column_of(FieldId::ApproverName)?, mobile, id_number, sent })
        });
        Self { columns, ..Self::default() }
    }
}

impl Observer for SubmittedTwice {
    fn row(&mut self, row: &SourceRow) {
        let Some(Columns { name, mobile, id_number, sent, .. }) = &self.columns else { return };
        let hash = |column: Option<usize>| column.map_or(0, |column| hash_of(row.row.cell(column)));
        let (name, mobile, id_number) = (hash(Some(*name)), hash(*mobile), hash(*id_number));
        self.rows += 1;
        if name == 0 {
            return;
        }
        let mut hasher = DefaultHasher::new();
        sent.iter().for_each(|column| hash_of(row.row.cell(*column)).hash(&mut hasher));
        let own = Known { row: row.row.number, mobile, id_number, sent: hasher.finish() };
        if self.people >= MOST && !self.known.contains_key(&name) {
            return;
        }
        let known = self.known.entry(name).or_default();
        let is_same = |first: &Known| {
            (mobile != 0 && mobile == first.mobile) || (id_number != 0 && id_number == first.id_number)
        };
        let may_be = |first: &Known| id_number == 0 || first.id_number == 0;
        let at = known.iter().position(is_same).map(|at| (at, true));
        let at = at.or_else(|| known.iter().position(may_be).map(|at| (at, false)));
        if let Some((at, is_same)) = at
            && let Some(first) = known.get(at).filter(|first| first.sent != own.sent)
            && (!self.of_sheets || first.row >> BITS_OF_ROW != own.row >> BITS_OF_ROW)
        {
            let noted = if is_same { &mut self.same } else { &mut self.other_mobile };
            noted.count += 1;
            if noted.rows.len() < MOST_ROWS {
                noted.rows.extend([first.row, own.row]);
            }
        }
        if !at.is_some_and(|(_, is_same)| is_same) && known.len() < MOST_OF_A_NAME && self.people < MOST {
            self.people += 1;
            known.push(own);
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        let Some(Columns { handed_in, .. }) = self.columns else { return Vec::new() };
        let of_few = Some(self.other_mobile).filter(|rows| rows.count > 0 && self.rows <= FEW);
        let found = Some(self.same).filter(|rows| rows.count > 0).or(of_few);
        found.map(|pairs| (handed_in, Rule::SubmittedTwice(pairs))).into_iter().collect()
    }
}
