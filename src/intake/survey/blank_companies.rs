//! 企业名称 that is blank in a row among those that have one: whose company signs there?

use crate::contract::columns::Target;
use crate::contract::forgotten_types::is_company;
use crate::contract::layout::{Layout, Mapping};
use crate::contract::source_row::SourceRow;
use crate::domain::field::FieldId;
use crate::domain::problem::Rule;

use super::observer::Observer;

use crate::intake::noted::NotedRows;

/// The columns of one signer.
struct Company {
    name: usize,
    types: Option<usize>,
    open_id: Option<usize>,
    /// His name and mobile.
    people: Vec<usize>,
    is_row_of_one: bool,
    filled: u64,
    blank: NotedRows,
}

#[derive(Default)]
pub struct BlankCompanies {
    companies: Vec<Company>,
}

impl BlankCompanies {
    pub fn new(mapping: &Mapping) -> Self {
        let of = |id: FieldId, index: Option<usize>| {
            mapping.targets.iter().position(|target| {
                matches!(target, Target::Field { field, index: own } if field.id == id && *own == index)
            })
        };
        // Rows of one contract are those of several signers, and not all of them are companies.
        let is_row_of_one = mapping.layout == Layout::Wide || mapping.key_column().is_none();
        let company = |(name, target): (usize, &Target)| match target {
            Target::Field { field, index } if field.id == FieldId::ApproverOrganizationName => {
                let types = of(FieldId::ApproverType, *index);
                let people = [FieldId::ApproverName, FieldId::ApproverMobile].map(|id| of(id, *index));
                let people: Vec<usize> = people.into_iter().flatten().collect();
                // Somebody has said that these people sign.
                let is_said = people.iter().any(|column| mapping.readings[*column].said);
                (types.is_some() || (is_row_of_one && !is_said)).then(|| Company {
                    name,
                    types,
                    open_id: of(FieldId::ApproverOrganizationOpenId, *index),
                    people,
                    is_row_of_one,
                    filled: 0,
                    blank: NotedRows::default(),
                })
            }
            _ => None,
        };
        Self { companies: mapping.targets.iter().enumerate().filter_map(company).collect() }
    }
}

impl Observer for BlankCompanies {
    fn row(&mut self, row: &SourceRow) {
        let is_blank = |column: &usize| row.row.cell(*column).is_blank();
        for own in &mut self.companies {
            if !is_blank(&own.name) {
                own.filled += 1;
                continue;
            }
            let signs = own.people.iter().any(|column| !is_blank(column));
            let is_meant = own.types.is_none_or(|types| is_company(row.row.cell(types).seen_ref().trim()));
            if signs && is_meant && own.open_id.as_ref().is_none_or(is_blank) {
                own.blank.note(row.row.number);
            }
        }
    }

    fn finish(self: Box<Self>) -> Vec<(usize, Rule)> {
        // Without types most are people where most are blank; the own company is blank once in each contract of
        // several rows.
        let is_odd = |own: &Company| {
            let most = match (own.types, own.is_row_of_one) {
                (Some(_), true) => u64::MAX,
                (Some(_), false) => own.filled / 2,
                (None, _) => own.filled.saturating_sub(1),
            };
            own.filled > 0 && (1..=most).contains(&own.blank.count)
        };
        let odd = self.companies.into_iter().filter(is_odd).map(|own| {
            let NotedRows { rows, count } = own.blank;
            (own.name, Rule::CompanyBlank { rows, count, typed: own.types.is_some() })
        });
        odd.collect()
    }
}
