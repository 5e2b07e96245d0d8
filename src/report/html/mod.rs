//! `NAME.report.html`: one file that needs no other and no network. Its pages come one at
//! a time with a QR code each, what failed has its reason, and every row can be searched.
//!
//! What it shows is bounded, so memory is too: rows are kept until the pages before
//! them can be written, those that failed first.

mod codes;
mod document;
mod links;
mod markup;

use std::collections::{HashMap, HashSet};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::domain::field::{Field, FieldId, Level};
use crate::domain::job::{FlowNo, Status};
use crate::domain::link::is_link;
use crate::domain::mask::{self, Mask, Personal, Sort};
use crate::text::report::PagesLeft;

use super::api_code_columns::fields_of;
use super::model::{Line, Model};
use super::pages::{Card, Labels};
use super::parts::Share;
use super::publish::{Folder, Kind, Settled, write_fault};
use super::{ReportError, ReportOptions};

use codes::Codes;
use document::Document;

/// More rows make a browser slow, and the workbook has them all.
pub const MOST_ROWS: usize = 20_000;
/// Nobody opens more of them from one page.
pub const MOST_CODES: usize = 2_000;
/// Of a text in a row: an API's message may be long.
const MOST_LETTERS: usize = 400;
/// Of a row's columns that say who somebody is.
const MOST_PERSONAL: usize = 60;

/// The page on its way, as far as the rows go.
pub struct HtmlReport<'m> {
    model: &'m Model<'m>,
    stem: &'m str,
    is_masked: bool,
    is_rehearsal: bool,
    /// What each column of each sheet gives.
    fields: Vec<Vec<Option<&'static Field>>>,
    rows: Kept,
    /// Contracts whose names stand in a page's label, with what is personal of them.
    ends: Ends,
    codes: Codes,
    label: Option<(FlowNo, (Option<String>, String))>,
}

/// What is personal of contracts whose names stand in labels.
pub type Ends = HashMap<FlowNo, Vec<Personal>>;

/// The rows that will be shown.
#[derive(Default)]
struct Kept {
    failed: Vec<Row>,
    others: Vec<Row>,
    seen: usize,
}

/// A row as the page shows it.
struct Row {
    /// In the order of the input.
    place: usize,
    flow: Option<FlowNo>,
    sheet: usize,
    number: u32,
    status: Status,
    id: String,
    name: String,
    signers: String,
    reason: String,
    page: String,
    personal: Vec<Personal>,
}

impl Kept {
    fn wants(&self, failed: bool) -> bool {
        match failed {
            true => self.failed.len() < MOST_ROWS,
            false => self.failed.len() + self.others.len() < MOST_ROWS,
        }
    }

    fn add(&mut self, failed: bool, row: Row) {
        if failed { self.failed.push(row) } else { self.others.push(row) }
    }

    /// In the order of the input, those that failed before others where not all fit.
    fn chosen(self) -> Vec<Row> {
        let Self { failed: mut rows, mut others, .. } = self;
        others.truncate(MOST_ROWS.saturating_sub(rows.len()));
        rows.append(&mut others);
        rows.sort_by_key(|row| row.place);
        rows
    }
}

impl<'m> HtmlReport<'m> {
    pub fn begin(model: &'m Model<'m>, options: &'m ReportOptions<'m>) -> Self {
        // Those that will be shown: what is still to confirm comes first.
        let mut open: Vec<_> = model.pages.open().collect();
        open.sort_by_key(|page| page.confirmed.is_some());
        open.truncate(MOST_CODES);
        let ends: HashSet<FlowNo> = open.iter().flat_map(|page| [page.first, page.last]).collect();
        Self {
            model,
            stem: options.stem,
            is_masked: options.wishes.mask,
            is_rehearsal: options.sandbox,
            fields: model
                .columns
                .sheets
                .iter()
                .map(|sheet| fields_of(&sheet.headers, &sheet.gives))
                .collect(),
            rows: Kept::default(),
            ends: ends.into_iter().map(|flow| (flow, Vec::new())).collect(),
            codes: Codes::default(),
            label: None,
        }
    }

    /// Begins to draw the codes of its pages.
    #[must_use]
    pub fn drawing(mut self) -> Self {
        let open = self.model.pages.open().filter(|page| page.confirmed.is_none() && is_link(&page.url));
        self.codes = Codes::drawing(open.take(MOST_CODES).map(|page| page.url.clone()).collect());
        self
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        self.note_ends(line);
        self.add_row(line)
    }

    /// Keeps what is personal of a contract whose name stands in a page's label.
    pub fn note_ends(&mut self, line: &Line<'_>) {
        if line.flow.is_none_or(|flow| !self.ends.contains_key(&flow)) {
            return;
        }
        let personal = self.personal(line);
        if let Some(known) = line.flow.and_then(|flow| self.ends.get_mut(&flow)) {
            known.extend(personal);
            known.truncate(MOST_PERSONAL);
        }
    }

    pub fn ends(&self) -> &Ends {
        &self.ends
    }

    /// Keeps a row, as far as there is room.
    pub fn add_row(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let place = self.rows.seen;
        self.rows.seen += 1;
        let failed = needs_somebody(line.status);
        if self.rows.wants(failed) {
            let personal = self.personal(line);
            let (id, name) = self.label_of(line.flow)?;
            let row = Row {
                place,
                flow: line.flow,
                sheet: line.sheet,
                number: line.number,
                status: line.status,
                id,
                name,
                signers: self.signers(line),
                reason: line.reason.clone(),
                page: line.page.clone(),
                personal,
            };
            self.rows.add(failed, row);
        }
        Ok(())
    }

    fn field(&self, sheet: usize, column: usize) -> Option<&'static Field> {
        self.fields.get(sheet).and_then(|fields| fields.get(column)).copied().flatten()
    }

    /// What its columns say of persons.
    fn personal(&self, line: &Line<'_>) -> Vec<Personal> {
        if !self.is_masked {
            return Vec::new();
        }
        let cells = line.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let found = cells.filter_map(|(column, cell)| {
            let sort = Sort::of(self.field(line.sheet, column)?)?;
            Some(Personal { sort, value: cell.trim().to_owned() })
        });
        found.take(MOST_PERSONAL).collect()
    }

    fn signers(&self, line: &Line<'_>) -> String {
        let cells = line.cells.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
        let shown = cells.filter_map(|(column, cell)| {
            let field = self.field(line.sheet, column).filter(|field| field.level == Level::Approver)?;
            matches!(field.id, FieldId::ApproverName | FieldId::ApproverMobile).then(|| {
                match (self.is_masked, Sort::of(field)) {
                    (true, Some(sort)) => mask::hidden(sort, cell),
                    _ => cell.trim().to_owned(),
                }
            })
        });
        shown.collect::<Vec<_>>().join(" · ")
    }

    /// Id and name of a contract: its rows mostly stand together.
    fn label_of(&mut self, flow: Option<FlowNo>) -> Result<(String, String), ReportError> {
        let Some(flow) = flow else { return Ok(Default::default()) };
        if self.label.as_ref().is_none_or(|(own, _)| *own != flow) {
            self.label = Some((flow, self.model.file.label(flow)?));
        }
        let label = self.label.as_ref().map(|(_, label)| label.clone());
        Ok(label.map(|(id, name)| (id.unwrap_or_default(), name)).unwrap_or_default())
    }

    /// All that the page shows but for the name of the report beside it. `fix`: the workbook
    /// with what is to be corrected.
    pub fn document(mut self, fix: Option<&Path>) -> Result<Document<'m>, ReportError> {
        let ends = std::mem::take(&mut self.ends);
        self.document_with(fix, None, &ends)
    }

    /// With the pages of one value of a column only; whoever gets it has no other file.
    pub fn finish_part(
        self,
        folder: &Folder<'_>,
        part: &Share,
        ends: &Ends,
    ) -> Result<NamedTempFile, ReportError> {
        self.document_with(None, Some(part), ends)?.draft(folder, None)
    }

    fn document_with<'d>(
        self,
        fix: Option<&Path>,
        part: Option<&'d Share>,
        ends: &Ends,
    ) -> Result<Document<'d>, ReportError>
    where
        'm: 'd,
    {
        let Self { model, stem, is_masked, is_rehearsal, rows, codes, .. } = self;
        let codes = codes.finished();
        let nobody = Vec::new();
        let shown = |flow: FlowNo, text: &str| match is_masked {
            true => Mask::of(ends.get(&flow).unwrap_or(&nobody)).over(text),
            false => text.to_owned(),
        };
        let shown = Labels { lang: model.lang, name: &shown };
        let pages = &model.pages;
        let (cards, left, all_cards) = match (model.ledger, part) {
            (None, _) => (Vec::new(), PagesLeft { own: 0, before: 0 }, 0),
            (Some((_, job)), None) => {
                let (own, before) = pages.to_confirm();
                let cards = pages.first_cards(model.file, job, &shown, MOST_CODES)?;
                (cards, PagesLeft { own, before }, pages.count() + pages.elsewhere().count())
            }
            (Some((_, job)), Some(part)) => {
                let mut cards = pages.cards(model.file, job, &shown)?;
                cards.retain(|card| part.on(card) > 0);
                let left = |own| cards.iter().filter(|card| card.own == own && !card.confirmed).count();
                let left = PagesLeft { own: left(true), before: left(false) };
                // What is still to confirm comes first.
                cards.sort_by_key(|card| card.confirmed);
                let all = cards.len();
                cards.truncate(MOST_CODES);
                (cards, left, all)
            }
        };
        let doubts = model.doubts()?;
        let between = doubts.iter().map(|doubt| (doubt.flow, model.between(doubt))).collect();
        let all_rows = rows.seen;
        let mut rows = rows.chosen();
        if is_masked {
            mask_rows(&mut rows);
        }
        // Whoever gets a part gets no other's links.
        let own: Option<HashSet<FlowNo>> = part.map(|_| rows.iter().filter_map(|row| row.flow).collect());
        let belongs = |flow: FlowNo| own.as_ref().is_none_or(|own| own.contains(&flow));
        let (links, all_links) = links::cards(model, is_masked, &belongs)?;
        let next_of_signing = match part {
            None => super::signing::next(model, is_rehearsal)?,
            Some(_) => None,
        };
        Ok(Document {
            model,
            stem,
            is_rehearsal,
            is_masked,
            part,
            tally: part.map_or(model.tally, |part| part.tally),
            left,
            report: None,
            fix: fix.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned()),
            cards,
            codes,
            all_cards,
            between,
            links,
            all_links,
            next_of_signing,
            rows,
            all_rows,
        })
    }
}

impl Document<'_> {
    /// The page on the disk.
    pub fn settled(&mut self, folder: &Folder<'_>, report: Option<&Path>) -> Result<Settled, ReportError> {
        Settled::of(self.draft(folder, report)?, &folder.path(Kind::Html))
    }

    /// `report`: the workbook that stands beside it.
    fn draft(&mut self, folder: &Folder<'_>, report: Option<&Path>) -> Result<NamedTempFile, ReportError> {
        self.report = report.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        let path = folder.path(Kind::Html);
        let draft = folder.draft()?;
        let write = || -> std::io::Result<()> {
            let mut file = BufWriter::new(draft.reopen()?);
            self.write(&mut file)?;
            file.flush()
        };
        write().map_err(|error| write_fault(&path, &error))?;
        Ok(draft)
    }
}

/// What somebody has to look at.
fn needs_somebody(status: Status) -> bool {
    matches!(status, Status::Rejected | Status::Invalid | Status::InDoubt)
}

/// A contract's name may hold the name of a signer of its other rows.
fn mask_rows(rows: &mut [Row]) {
    let mut of_flow: HashMap<FlowNo, Vec<Personal>> = HashMap::new();
    for row in rows.iter_mut() {
        if let Some(flow) = row.flow {
            let known = of_flow.entry(flow).or_default();
            known.append(&mut row.personal);
            known.truncate(MOST_PERSONAL);
        }
    }
    for row in rows {
        let mask = Mask::of(row.flow.and_then(|flow| of_flow.get(&flow)).unwrap_or(&row.personal));
        for text in [&mut row.id, &mut row.name, &mut row.reason] {
            *text = mask.over(text);
        }
    }
}

/// When a page was prepared, as a person reads it.
fn prepared(model: &Model<'_>, card: &Card) -> String {
    let time = card.prepared_us.map(|at| model.time(at)).unwrap_or_default();
    time.get(..16).map(|minute| minute.replace('T', " ")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(place: usize) -> Row {
        Row {
            place,
            flow: None,
            sheet: 0,
            number: 0,
            status: Status::Accepted,
            id: String::new(),
            name: String::new(),
            signers: String::new(),
            reason: String::new(),
            page: String::new(),
            personal: Vec::new(),
        }
    }

    #[test]
    fn of_more_rows_than_fit_those_that_failed_are_shown() {
        let mut kept = Kept::default();
        for place in 0..MOST_ROWS + 500 {
            let failed = place % 4_000 == 0 || place >= MOST_ROWS;
            if kept.wants(failed) {
                kept.add(failed, row(place));
            }
        }
        let chosen = kept.chosen();
        assert_eq!(chosen.len(), MOST_ROWS);
        assert!(chosen.is_sorted_by_key(|row| row.place));
        assert_eq!(chosen.last().map(|row| row.place), Some(MOST_ROWS + 499));
    }

    #[test]
    fn a_signer_of_one_row_is_masked_in_the_other_rows_of_the_contract() {
        let personal = |name: &str| vec![Personal { sort: Sort::Name, value: name.to_owned() }];
        let name = "张三和李四的合同".to_owned();
        let one =
            |value| Row { flow: Some(FlowNo(1)), name: name.clone(), personal: personal(value), ..row(0) };
        let mut rows = vec![one("张三"), one("李四")];
        mask_rows(&mut rows);
        assert!(rows.iter().all(|row| row.name == "张*和李*的合同"));
    }
}
