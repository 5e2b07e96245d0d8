//! What nobody sees of a sheet: hidden columns, and cells that a conditional format shows otherwise.

use crate::contract::columns::Target;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::domain::field::{FieldId, Level};
use crate::domain::problem::Rule;
use crate::intake::plan::Source;
use crate::table::Merge;

/// Without them a contract lacks a signer, or cannot be sent.
const WHO_SIGNS: [FieldId; 4] = [
    FieldId::ApproverName,
    FieldId::ApproverMobile,
    FieldId::ApproverOpenId,
    FieldId::ApproverOrganizationName,
];

/// Hidden columns that give something, and whether they did.
pub struct Hidden(Vec<(usize, bool)>);

impl Hidden {
    pub fn new(source: &Source) -> Self {
        let asks = source.hidden.iter().filter(|column| asks_when_hidden(&source.mapping, **column));
        Self(asks.map(|column| (*column, false)).collect())
    }

    /// A row of a contract that is sent.
    pub fn row(&mut self, row: &SourceRow) {
        self.0.iter_mut().for_each(|(column, used)| *used |= !row.row.cell(*column).is_blank());
    }

    pub fn finish(self, source: &Source) -> Vec<Rule> {
        let asked = source.asks_for_hidden.then(|| self.asked(&source.mapping)).flatten();
        [asked, restyled(source), listed(source)].into_iter().flatten().collect()
    }

    fn asked(self, mapping: &Mapping) -> Option<Rule> {
        let used: Vec<usize> = self.0.iter().filter(|(_, used)| *used).map(|(column, _)| *column).collect();
        if used.is_empty() {
            return None;
        }
        let is_signers = |column: &usize| {
            matches!(mapping.targets.get(*column), Some(Target::Field { field, .. })
                if WHO_SIGNS.contains(&field.id))
        };
        let header = |column: usize| mapping.header(column);
        let others = used.iter().copied().filter(|column| !is_signers(column)).map(header);
        let beside_signers = used.iter().any(is_signers).then(|| others.collect());
        let headers = used.into_iter().map(header).collect();
        Some(Rule::ColumnsHidden { headers, beside_signers })
    }
}

/// Columns in use of which a conditional format shows cells otherwise than they are.
fn restyled(source: &Source) -> Option<Rule> {
    let mapping = &source.mapping;
    let areas = source.workbook.sheets().get(source.sheet).map(|sheet| sheet.restyled.as_slice());
    let is_restyled = |at: &usize| {
        let covers = |area: &Merge| {
            area.last_row > mapping.header_row
                && u32::try_from(*at).is_ok_and(|at| (area.first_column..=area.last_column).contains(&at))
        };
        areas.unwrap_or_default().iter().any(covers)
    };
    let is_used = |at: &usize| {
        let chooses = mapping.conditions.iter().any(|(column, _)| column == at) || mapping.key == Some(*at);
        chooses || !matches!(mapping.targets[*at], Target::Unknown | Target::Ignored)
    };
    let columns = (0..mapping.targets.len()).filter(is_used).filter(is_restyled);
    let headers: Vec<String> = columns.map(|column| mapping.header(column)).collect();
    (!headers.is_empty()).then_some(Rule::ConditionalFormats { headers })
}

/// Hidden columns that decide nothing.
fn listed(source: &Source) -> Option<Rule> {
    let mapping = &source.mapping;
    let is_listed = |column: &&usize| {
        let known = matches!(mapping.targets.get(**column), Some(Target::Field { .. }));
        known && !asks_when_hidden(mapping, **column)
    };
    let columns = source.hidden.iter().filter(is_listed);
    let headers: Vec<String> = columns.map(|column| mapping.header(*column)).collect();
    (!headers.is_empty()).then_some(Rule::ColumnsHiddenListed { headers })
}

/// Contract numbers, templates and operators decide nothing that a hidden column could
/// spoil unseen.
pub fn asks_when_hidden(mapping: &Mapping, column: usize) -> bool {
    match mapping.targets.get(column) {
        Some(Target::Field { field, .. }) => {
            !matches!(field.level, Level::Own | Level::Request) && field.name != "template_id"
        }
        Some(Target::FormField(_)) => true,
        _ => false,
    }
}
