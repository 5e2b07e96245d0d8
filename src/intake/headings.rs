//! Lines between the rows that name a party: 甲方：深圳甲公司 above some of them and 深圳乙公司
//! above others. Nothing of them is sent, so all contracts would be with the same company.

use std::collections::BTreeMap;

use crate::contract::above::{names_a_deadline, names_a_party, not_to_send, says_not_to_send};
use crate::contract::columns::half_width;
use crate::contract::layout::Mapping;
use crate::contract::source_row::SourceRow;
use crate::contract::vocabulary::{PARTIES, TOTALS};
use crate::domain::problem::{Place, Problem, Rule};

/// Parties by the place of their sheet, each with the row that names it first.
#[derive(Default)]
pub struct Headings {
    sheets: BTreeMap<String, Sheet>,
    /// The first line that says until when is signed, where no column does.
    deadline: Option<Problem>,
    /// The first line that names a party with a number.
    party: Option<Problem>,
    /// The first line that says not to send what stands there.
    not_to_send: Option<Problem>,
}

#[derive(Default)]
struct Sheet {
    place: Place,
    parties: Vec<(String, u32)>,
}

const MOST: usize = 8;
const COMPANY: &str = "公司";

impl Headings {
    /// A row that is no contract; `said`: somebody has said where the header is, so that the lines
    /// of the sheet are not meant.
    pub fn look(&mut self, row: &SourceRow, said: bool) {
        self.look_for_deadline(row, said);
        self.look_for_party(row, said);
        self.look_for_stop(row, said);
        let mut filled = row.row.cells.iter().filter(|cell| !cell.is_blank());
        let (Some(only), None) = (filled.next(), filled.next()) else { return };
        let Some(party) = party_of(&only.seen_ref()) else { return };
        let name = row.sheet.as_deref().unwrap_or_default().to_owned();
        let sheet = self.sheets.entry(name).or_insert_with(|| Sheet {
            place: Place { row: None, ..row.place(None) },
            parties: of_titles(&row.mapping),
        });
        if sheet.parties.len() < MOST && !sheet.parties.iter().any(|(own, _)| *own == party) {
            sheet.parties.push((party, row.row.number));
        }
    }

    /// `请于12月10日前签完` between the rows or below them.
    fn look_for_deadline(&mut self, row: &SourceRow, said: bool) {
        const LONGEST: usize = 60;
        if self.deadline.is_some() || row.mapping.column_of("deadline").is_some() {
            return;
        }
        let texts =
            row.row.cells.iter().filter(|cell| !cell.is_blank()).map(|cell| cell.seen().trim().to_owned());
        let text = texts.collect::<Vec<_>>().join(" ");
        if names_a_deadline(&text) {
            let text = text.chars().take(LONGEST).collect();
            let header = row.mapping.header_row;
            let rule = Rule::DeadlineAbove { row: row.row.number, text, header, said };
            self.deadline =
                Some(Problem { place: Place { row: None, ..row.place(None) }, value: None, rule });
        }
    }

    /// `甲方：王五 13800138000` below the rows.
    fn look_for_party(&mut self, row: &SourceRow, said: bool) {
        if self.party.is_some() {
            return;
        }
        let cells = row.row.cells.iter().filter(|cell| !cell.is_blank());
        let texts: Vec<String> = cells.map(|cell| cell.seen().trim().to_owned()).collect();
        if names_a_party(&texts, &row.mapping) {
            let rule = Rule::PartyAbove { row: row.row.number, header: row.mapping.header_row, said };
            self.party = Some(Problem { place: Place { row: None, ..row.place(None) }, value: None, rule });
        }
    }

    /// `以上仅供参考，勿发` below the rows.
    fn look_for_stop(&mut self, row: &SourceRow, said: bool) {
        let mut cells = row.row.cells.iter().filter(|cell| !cell.is_blank());
        if self.not_to_send.is_none()
            && let Some(cell) = cells.find(|cell| says_not_to_send(&cell.seen_ref()))
        {
            let rule = not_to_send(row.row.number, &cell.seen_ref(), &row.mapping, said);
            self.not_to_send =
                Some(Problem { place: Place { row: None, ..row.place(None) }, value: None, rule });
        }
    }

    pub fn finish(self) -> impl Iterator<Item = Problem> {
        let lines = self.deadline.into_iter().chain(self.party).chain(self.not_to_send);
        self.sheets
            .into_values()
            .filter(|sheet| sheet.parties.len() > 1)
            .map(|sheet| {
                let (parties, rows): (Vec<String>, Vec<u32>) = sheet.parties.into_iter().unzip();
                let rows = rows.into_iter().filter(|row| *row > 0).collect();
                Problem { place: sheet.place, value: None, rule: Rule::HeadingsDiffer { parties, rows } }
            })
            .chain(lines)
    }
}

/// Parties above the header; their row is not known.
fn of_titles(mapping: &Mapping) -> Vec<(String, u32)> {
    let mut parties: Vec<(String, u32)> = Vec::new();
    for party in mapping.titles.iter().filter_map(|title| party_of(title)) {
        if !parties.iter().any(|(own, _)| *own == party) {
            parties.push((party, 0));
        }
    }
    parties
}

/// `甲方：深圳甲公司`, `深圳甲公司（续）`, `深圳甲公司员工名单` -> 深圳甲公司.
fn party_of(text: &str) -> Option<String> {
    let plain: String = text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect();
    let bare = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    if TOTALS.iter().any(|total| bare.ends_with(total)) {
        return None;
    }
    let (head, name) = plain.rsplit_once(':').map_or(("", plain.as_str()), |(head, name)| (head, name));
    let end = name.rfind(COMPANY).map(|at| at + COMPANY.len());
    // A branch is a group of people as often as a party.
    let company = end
        .and_then(|end| name.get(..end))
        .filter(|own| !own.ends_with("分公司") && !own.ends_with("子公司") && own.chars().count() > 3);
    let is_party = PARTIES.iter().any(|(party, _)| head == *party);
    match company {
        Some(company) => Some(company.to_owned()),
        None if is_party && !name.is_empty() => Some(name.to_owned()),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_name_a_party() {
        for (text, expected) in [
            ("甲方：深圳甲公司", Some("深圳甲公司")),
            ("深圳 甲公司（续）", Some("深圳甲公司")),
            ("单位：深圳甲公司员工名单", Some("深圳甲公司")),
            ("甲方：李四", Some("李四")),
            ("北京分公司", None),
            ("深圳甲公司小计", None),
            ("销售部", None),
            ("公司", None),
        ] {
            assert_eq!(party_of(text).as_deref(), expected, "{text}");
        }
    }
}
