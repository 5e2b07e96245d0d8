//! A row of a sheet with a column group for each party, in which one of them is blank.

use crate::contract::columns::{Target, names_a_counterparty, without_name_end};
use crate::contract::layout::Layout;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{BESIDE_A_PARTY, PARTIES};
use crate::domain::field::{FieldId, Level};

use super::footer::holds_somebody;

/// 甲方 and 乙方: a third party is in some contracts and not in others.
const ALWAYS: usize = 2;

/// The second signer, who may be in some contracts only.
const NUMBERED_SECOND: &[&str] =
    &["签署方2", "签署人2", "签约方2", "签署方二", "签署人二", "approver2", "signer2"];
/// Those behind him.
const THIRD_ONES: &[&str] = &[
    "丙方", "丁方", "签署方3", "签署人3", "签约方3", "签署方三", "签署人三", "签署方4", "签署人4", "签约方4",
];

/// Whether that word of [`lacks_a_party`] is of a second signer who may be in some contracts only.
pub fn may_be_second(word: &str) -> bool {
    NUMBERED_SECOND.contains(&word)
}

/// The same of a third one.
pub fn is_third(word: &str) -> bool {
    THIRD_ONES.contains(&word)
}

/// `甲方 | 甲方手机号 | 乙方 | 乙方手机号` with nothing for 乙方, or for 丙方, who would not sign. That the first
/// is missing is an error of its own, see [`lacks_the_first`]. Returns the party's word.
pub fn lacks_a_party(row: &SourceRow) -> Option<String> {
    let mapping = &row.mapping;
    if mapping.layout != Layout::Wide {
        return None;
    }
    let compiled = mapping.compiled();
    // 李四 13800138001 where a name stands is a fault of its own.
    let mut names = compiled.columns.iter().filter(|own| own.field == Some(FieldId::ApproverName));
    if names.any(|own| holds_somebody(&row.row.cell(own.at).seen_ref())) {
        return None;
    }
    let (mut word, mut others) = (None, false);
    for own in 0..ALWAYS {
        let columns = compiled.columns.iter().map(|column| column.at);
        let of_party = |at: &usize| {
            matches!(mapping.targets.get(*at), Some(Target::Field { field, index: Some(index) })
                if field.level == Level::Approver && *index == own)
        };
        let mut filled = columns.filter(of_party).map(|at| (at, !row.row.cell(at).is_blank())).peekable();
        let (first, _) = filled.peek().copied()?;
        if filled.any(|(_, is_filled)| is_filled) {
            others = true;
            continue;
        }
        if !others {
            return None;
        }
        let plain = mapping.plain(first);
        let party = PARTIES.iter().map(|(word, _)| *word).find(|word| plain.starts_with(word));
        let bare = without_name_end(&plain);
        let signs_always =
            names_a_counterparty(bare) && !BESIDE_A_PARTY.iter().any(|word| bare.contains(word));
        let numbered = NUMBERED_SECOND.iter().copied().find(|word| plain.starts_with(word));
        word = party.or_else(|| signs_always.then_some(bare)).or(numbered).map(str::to_owned);
    }
    word.or_else(|| lacks_a_third(row)).filter(|_| others)
}

/// 丙方 in a row without him.
fn lacks_a_third(row: &SourceRow) -> Option<String> {
    let mapping = &row.mapping;
    (ALWAYS..mapping.compiled().approvers).find_map(|own| {
        let of_party = |at: &usize| {
            matches!(&mapping.targets[*at], Target::Field { field, index: Some(index) }
                if field.level == Level::Approver && *index == own)
        };
        let mut columns = (0..mapping.targets.len()).filter(of_party);
        let first = columns.next()?;
        let is_blank = |at: usize| row.row.cell(at).is_blank();
        let plain = mapping.plain(first);
        let word = THIRD_ONES.iter().find(|word| plain.starts_with(**word))?;
        (is_blank(first) && columns.all(is_blank)).then(|| (*word).to_owned())
    })
}

/// The same with nothing for 甲方: those behind would move up to the first place. Returns the header of the first
/// column that is blank.
pub fn lacks_the_first(row: &SourceRow) -> Option<String> {
    let mapping = &row.mapping;
    let is_of = |target: &Target, own: usize| {
        matches!(target, Target::Field { field, index: Some(index) }
            if field.level == Level::Approver && *index == own)
    };
    let first = mapping.targets.iter().position(|target| is_of(target, 0))?;
    let is_filled = |own: usize| {
        let mut targets = mapping.targets.iter().enumerate();
        targets.any(|(at, target)| is_of(target, own) && !row.row.cell(at).is_blank())
    };
    (mapping.layout == Layout::Wide && !is_filled(0) && (1..mapping.compiled().approvers).any(is_filled))
        .then(|| mapping.place(first).header.to_string())
}
