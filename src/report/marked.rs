//! Workbooks of the input's own rows, the bad cells red with the reason as a
//! note: `NAME.fix.xlsx` (only contracts that failed) and `NAME.check.xlsx` (all,
//! the reason in a first column as well). Corrected and saved, they are input.

use std::collections::{BTreeMap, HashMap};

use rust_xlsxwriter::Format;
use tempfile::NamedTempFile;

use crate::domain::job::Status;
use crate::domain::origin::Origin;
use crate::domain::own::{COLUMN, FLOW, GIVES};
use crate::domain::understood::Understood;
use crate::text::console::understood::{lines, title};
use crate::text::problems::explain;
use crate::text::report::{Distance, problem_reason, reason_header, rehearsal};

use super::ReportError;
use super::blame::columns_named;
use super::columns::{Sheet, written_width};
use super::grid::{Book, Column, Grid};
use super::model::{Line, Model};
use super::publish::{Folder, Kind};

/// Rows that are looked at for the width of a column.
const SAMPLE: u32 = 50;
const REASON_WIDTH: usize = 36;

pub struct Marked<'m> {
    model: &'m Model<'m>,
    book: Book,
    grids: Vec<Grid>,
    /// The reason stands in a column before the input's.
    with_reason: bool,
    bad: Format,
    /// By sheet: the column that says which contract of its job a row is.
    origins: Vec<Option<usize>>,
    /// API code -> the columns it names, sheet by sheet.
    blamed: HashMap<String, Vec<Vec<usize>>>,
    /// What the input was understood as.
    understood: Option<Grid>,
}

impl<'m> Marked<'m> {
    pub fn begin(kind: Kind, model: &'m Model<'m>, folder: &Folder<'_>) -> Result<Self, ReportError> {
        let with_reason = kind == Kind::Check;
        let mut marks = model.marks.to_vec();
        if with_reason {
            marks.push(column_mark(marks.len(), reason_header(model.lang), "ignore"));
        }
        let mut book = Book::begin_marked(kind, folder, &marks)?;
        book.warning = (folder.is_rehearsal() && !with_reason).then(|| rehearsal(model.lang));
        let mut grids = Vec::new();
        let mut origins = Vec::new();
        for sheet in &model.columns.sheets {
            let mut columns = columns_of(sheet, &model.file.first_rows(sheet.number, SAMPLE)?);
            // Of what was never sent there is nothing to correct.
            let names_rows = !with_reason && model.ledger.is_some();
            origins.push(names_rows.then(|| {
                let known = sheet.headers.iter().position(|header| header.trim() == FLOW);
                let at = known.unwrap_or(columns.len());
                if known.is_none() {
                    columns.push(Column::new(FLOW));
                }
                if let Some(column) = columns.get_mut(at) {
                    column.hidden = true;
                }
                at
            }));
            if !with_reason {
                grids.push(Grid::begin(&mut book, sheet.title(), columns)?);
                continue;
            }
            // Every row keeps its number: messages and reasons name it.
            let header = reason_header(model.lang).to_owned();
            columns.insert(0, Column { width: REASON_WIDTH, ..Column::new(&header) });
            let beside = |(number, cells): &(u32, Vec<String>)| {
                let cells = std::iter::once(String::new()).chain(cells.iter().cloned()).collect();
                (number.saturating_sub(1), cells)
            };
            let above: Vec<(u32, Vec<String>)> = sheet.above.iter().map(beside).collect();
            let header_row = sheet.header_row.saturating_sub(1);
            grids.push(Grid::begin_at(&mut book, sheet.title(), columns, header_row, &above)?);
        }
        let bad = Format::new().set_num_format("@").set_background_color(0xFFC7CE).set_font_color(0x9C0006);
        Ok(Self { model, book, grids, with_reason, bad, origins, blamed: HashMap::new(), understood: None })
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let marks = self.marks(line);
        let origin = self.origin(line).filter(|(column, _)| !marks.contains_key(column));
        let origin_at = origin.as_ref().map(|(column, _)| *column);
        let Some(grid) = self.grids.get_mut(line.sheet) else { return Ok(()) };
        let mut row = match self.with_reason {
            true => grid.row_at(&mut self.book, line.number.saturating_sub(1))?,
            false => grid.row(&mut self.book)?,
        };
        let before = usize::from(self.with_reason);
        if line.hidden {
            row.hide()?;
        }
        if self.with_reason && line.failed() {
            row.wrapped(0, &line.reason)?;
        }
        let plain = |column: &usize| !marks.contains_key(column) && origin_at != Some(*column);
        for (column, cell) in line.cells.iter().enumerate().filter(|(column, _)| plain(column)) {
            row.text(column + before, cell)?;
        }
        if let Some((column, text)) = origin {
            row.text(column, &text)?;
        }
        for (column, reasons) in &marks {
            let cell = line.cells.get(*column).map(String::as_str).unwrap_or_default();
            row.styled(column + before, cell, &self.bad)?;
            row.note(column + before, &reasons.join("\n"))?;
        }
        Ok(())
    }

    /// Where a row says which contract it is, and what: this job's, and what it was before.
    fn origin(&self, line: &Line<'_>) -> Option<(usize, String)> {
        let column = (*self.origins.get(line.sheet)?)?;
        let ((_, job), flow) = self.model.ledger.zip(line.flow)?;
        let own = Origin { job: job.clone(), flow };
        let before = line.cells.get(column).and_then(|cell| Origin::read_all(cell)).unwrap_or_default();
        let all = std::iter::once(&own).chain(before.iter().filter(|one| **one != own));
        Some((column, all.map(Origin::text).collect::<Vec<_>>().join(" ")))
    }

    /// Column -> what is wrong there.
    fn marks(&mut self, line: &Line<'_>) -> BTreeMap<usize, Vec<String>> {
        let mut marks: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let model = self.model;
        for problem in line.problems {
            let column = problem.place.column.as_ref().map_or(0, |column| column.index);
            let distance = model.distance(problem, line);
            if distance == Distance::Here {
                marks.entry(column).or_default().push(explain(model.lang, problem).line(model.lang));
            } else if problem.place.row.is_none() && line.begins {
                marks.entry(0).or_default().push(problem_reason(model.lang, problem, distance));
            }
        }
        if line.status == Status::Rejected || (line.status == Status::Invalid && line.problems.is_empty()) {
            for column in self.blamed_columns(line) {
                marks.entry(column).or_default().push(line.reason.clone());
            }
        }
        marks
    }

    /// The columns of a row that the API's code names; the first cell of a
    /// contract whose code names none.
    fn blamed_columns(&mut self, line: &Line<'_>) -> Vec<usize> {
        let sheets = &self.model.columns.sheets;
        let by_sheet = self.blamed.entry(line.code.clone()).or_insert_with(|| {
            sheets.iter().map(|sheet| columns_named(&line.code, &sheet.headers, &sheet.gives)).collect()
        });
        let named = by_sheet.get(line.sheet).cloned().unwrap_or_default();
        let filled = |column: &usize| line.cells.get(*column).is_some_and(|cell| !cell.trim().is_empty());
        match named.iter().any(filled) {
            true => named.into_iter().filter(filled).collect(),
            false if line.begins && by_sheet.iter().all(Vec::is_empty) => vec![0],
            false => named,
        }
    }

    /// A sheet of its own, behind the input's.
    pub fn add_understood(&mut self, understood: &Understood) -> Result<(), ReportError> {
        let lang = self.model.lang;
        let mut column = Column::new(title(lang));
        let lines = lines(lang, understood, true);
        lines.iter().for_each(|line| column.fit(line));
        let mut grid = Grid::begin(&mut self.book, title(lang), vec![column])?;
        for line in &lines {
            grid.row(&mut self.book)?.text(0, line)?;
        }
        self.understood = Some(grid);
        Ok(())
    }

    pub fn finish(self) -> Result<NamedTempFile, ReportError> {
        let Self { model, mut book, grids, with_reason, understood, .. } = self;
        let sheets = &model.columns.sheets;
        // An empty sheet stays where it is the other half of a pair; one that is
        // like another would only make the program ask which of them is meant.
        let alike = |sheet: &Sheet| {
            grids.iter().zip(sheets).any(|(grid, other)| !grid.is_empty() && other.headers == sheet.headers)
        };
        let wanted: Vec<bool> = grids
            .iter()
            .zip(sheets)
            .map(|(grid, sheet)| with_reason || !grid.is_empty() || !alike(sheet))
            .collect();
        for (grid, _) in grids.into_iter().zip(wanted).filter(|(_, wanted)| *wanted) {
            for worksheet in grid.finish(&mut book)? {
                book.workbook.push_worksheet(worksheet);
            }
        }
        if let Some(grid) = understood {
            for worksheet in grid.finish(&mut book)? {
                book.workbook.push_worksheet(worksheet);
            }
        }
        Ok(book.finish()?.0)
    }
}

/// What a workbook of ours says of a column that is called otherwise.
pub fn column_mark(number: usize, header: &str, name: &str) -> (String, String) {
    (format!("{COLUMN}{number}"), format!("{header}{GIVES}{name}"))
}

fn columns_of(sheet: &Sheet, sample: &[Vec<String>]) -> Vec<Column> {
    let header = |column: usize| sheet.headers.get(column).map(String::as_str).unwrap_or_default();
    let mut columns: Vec<Column> = (0..sheet.width).map(|column| Column::new(header(column))).collect();
    for (column, width) in &sheet.widths {
        if let Some(column) = columns.get_mut(*column as usize) {
            column.own_width = Some(written_width(*width));
        }
    }
    for row in sample {
        for (column, cell) in columns.iter_mut().zip(row) {
            column.fit(cell);
        }
    }
    columns
}
