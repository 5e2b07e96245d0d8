//! Who signs, as the columns of a header say it together. Columns of different people
//! never make one signer; where it is not clear who signs, that is a question.

use std::sync::Arc;

use crate::domain::field::{Field, Level};
use crate::domain::problem::Rule;

use super::columns::{Reading, Target, Whose};
use super::suggest::resembles_signer;

/// A question about a column, by its index.
pub type Asked = (usize, Rule);

/// Columns of one person.
struct Group {
    /// Empty: the header names nobody.
    word: String,
    is_unclear: bool,
    columns: Vec<(usize, &'static Field)>,
}

impl Group {
    fn has(&self, name: &str) -> bool {
        self.columns.iter().any(|(_, field)| field.name == name)
    }

    /// Somebody to whom a contract can be sent.
    fn is_whole(&self) -> bool {
        self.has("approver.name") && (self.has("approver.mobile") || self.has("approver.open_id"))
    }

    fn is_nobody(&self) -> bool {
        !self.has("approver.name") && !self.has("approver.mobile") && !self.has("approver.id_card_number")
    }
}

/// Settles which columns are the signer's; takes from the others what they would give.
pub fn settle(headers: &[Arc<str>], readings: &[Reading], targets: &mut [Target]) -> Vec<Asked> {
    let mut groups = groups(readings);
    let numbered = targets.iter().any(
        |target| matches!(target, Target::Field { field, index: Some(_) } if field.level == Level::Approver),
    );
    let mut asked = Vec::new();
    join_with_plain(&mut groups, targets, &mut asked);
    let is_clear = |group: &&Group| !group.is_unclear && group.is_whole();
    let clear: Vec<usize> =
        groups.iter().enumerate().filter(|(_, g)| is_clear(g)).map(|(at, _)| at).collect();
    let has_signer = numbered || !clear.is_empty();
    // The one whom the contract can be sent to signs; whoever has no mobile does not.
    let people = groups.iter().filter(|group| !group.is_unclear && !group.is_nobody()).count();
    let candidates: Vec<usize> = match clear.as_slice() {
        [one] => {
            let unclear = (0..groups.len()).filter(|at| groups[*at].is_unclear && groups[*at].is_whole());
            for (at, group) in groups.iter().enumerate() {
                if at != *one && !group.is_unclear && people > 1 {
                    group.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
                }
            }
            unclear.collect()
        }
        [] if numbered => {
            (0..groups.len()).filter(|at| groups[*at].is_unclear && groups[*at].is_whole()).collect()
        }
        [] => {
            let several =
                people > 1 || (people == 1 && groups.iter().any(|g| g.is_unclear && !g.is_nobody()));
            let asks = |group: &Group| !group.is_nobody() && (group.is_unclear || several);
            (0..groups.len()).filter(|at| asks(&groups[*at])).collect()
        }
        several => several.to_vec(),
    };
    let several = candidates.len() > 1;
    let both = several && !has_signer || clear.len() > 1;
    let whole: Vec<usize> = candidates.iter().copied().filter(|at| groups[*at].is_whole()).collect();
    for candidate in &candidates {
        let group = &groups[*candidate];
        let number = match whole.iter().position(|own| own == candidate) {
            Some(number) if both && whole.len() > 1 => Some(number + 1),
            _ => None,
        };
        // Where there is a signer, or enough of others are whole, this one is left out.
        let signs = !(has_signer && clear.len() <= 1) && (whole.is_empty() || group.is_whole());
        let gives = |column: usize, field: &Field| {
            let name = field.name.strip_prefix("approver.").unwrap_or(field.name);
            let gives = match number {
                _ if !signs => "ignore".to_owned(),
                Some(number) => format!("approver{number}.{name}"),
                None => field.name.to_owned(),
            };
            (headers.get(column).map(ToString::to_string).unwrap_or_default(), gives)
        };
        let map: Vec<(String, String)> =
            group.columns.iter().map(|(column, field)| gives(*column, field)).collect();
        let first = group.columns.first().map_or(0, |(column, _)| *column);
        let rule = Rule::SignerUnclear { who: group.word.clone(), map, alone: !several && !has_signer };
        asked.push((first, rule));
        group.columns.iter().for_each(|(column, _)| targets[*column] = Target::Unknown);
    }
    // A party's name that is not read: without it a contract would lack a signer.
    for (column, reading) in readings.iter().enumerate() {
        let told = candidates.iter().any(|at| groups[*at].columns.iter().any(|(own, _)| *own == column));
        let unread = matches!(targets.get(column), Some(Target::Unknown));
        let is_party = headers.get(column).is_some_and(|header| resembles_signer(header));
        if !told && unread && is_party && reading.whose != Whose::Stranger {
            asked.push((column, Rule::ColumnNearlySigner));
        }
    }
    asked.sort_by_key(|(column, _)| *column);
    asked
}

fn groups(readings: &[Reading]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (column, reading) in readings.iter().enumerate() {
        let (word, is_unclear, field) = match (&reading.whose, reading.plain_signer(), reading.could_be) {
            (Whose::Signer(word), Some(field), _) => (word.clone(), false, field),
            (Whose::Unsaid, Some(field), _) => (String::new(), false, field),
            (Whose::Unclear(word), _, Some(field)) => (word.clone(), true, field),
            _ => continue,
        };
        match groups.iter_mut().find(|group| group.word == word && group.is_unclear == is_unclear) {
            Some(group) => group.columns.push((column, field)),
            None => groups.push(Group { word, is_unclear, columns: vec![(column, field)] }),
        }
    }
    groups
}

/// `员工姓名` beside a bare `身份证号`: one person. A bare `联系电话` beside `员工手机` may be
/// anybody's.
fn join_with_plain(groups: &mut Vec<Group>, targets: &mut [Target], asked: &mut Vec<Asked>) {
    let Some(plain) = groups.iter().position(|group| group.word.is_empty() && !group.is_unclear) else {
        return;
    };
    let named: Vec<usize> =
        (0..groups.len()).filter(|at| !groups[*at].word.is_empty() && !groups[*at].is_unclear).collect();
    let [named] = named.as_slice() else { return };
    if groups[plain].is_whole() && groups[*named].is_whole() {
        return;
    }
    let bare = std::mem::take(&mut groups[plain].columns);
    for (column, field) in bare {
        let first = groups[*named].columns.iter().find(|(_, own)| *own == field).map(|(first, _)| *first);
        match first {
            None => groups[*named].columns.push((column, field)),
            Some(first) => {
                targets[column] = Target::Unknown;
                asked.push((
                    column,
                    Rule::ColumnBeside { field: field.name.to_owned(), first, name: String::new() },
                ));
            }
        }
    }
    groups.remove(plain);
}
