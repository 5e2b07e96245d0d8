//! Workbooks of the input's own rows, why each failed in a first column, the bad cells red
//! with the reason as a note: `NAME.fix.xlsx` (only contracts that failed) and
//! `NAME.check.xlsx` (all). Corrected and saved, they are input; what is ours in them says
//! nothing of a contract then.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rust_xlsxwriter::Format;
use tempfile::NamedTempFile;

use crate::domain::job::Status;
use crate::domain::origin::Origin;
use crate::domain::problem::{Place, Rule, Severity};
use crate::domain::red_cell::{RedCell, hash};
use crate::domain::understood::Understood;
use crate::domain::workbook_marks::{COLUMN, FLOW, FOUND, GIVES, REASON, RED};
use crate::text::book::{beside_theirs, held_back, no, of_row, send_header, was_hidden};
use crate::text::console::understood::{Values, lines, title};
use crate::text::problems::explain;
use crate::text::report::{Distance, problem_reason, reason_header, rehearsal, sheet_names};

use super::ReportError;
use super::api_code_columns::columns_named;
use super::columns::{Sheet, written_width};
use super::grid::{Book, Column, Grid, beside_wrapped};
use super::model::{Line, Model};
use super::publish::{Folder, Kind};
use super::rows::is_like;
use super::workbook::told;

/// Rows that are looked at for the width of a column.
const SAMPLE: u32 = 50;
const REASON_WIDTH: usize = 36;
/// Of the one column that says how the input was understood: as wide as a small screen, and as a page.
const UNDERSTOOD_WIDTH: f64 = 90.0;

/// The field that says whether a contract is to be sent.
const SEND: &str = "send";

/// Where a sheet's columns stand, counted as in the workbook that is written.
struct Places {
    /// Columns of ours before the input's: none where the input has ours already.
    before: usize,
    /// The first column that is the input's own, as the input counts.
    first: usize,
    /// Says which contract of its job a row is.
    origin: Option<usize>,
    /// Says whether a row is to be sent; only where one that nobody saw is shown.
    send: Option<usize>,
    /// Says which cells of a row held what; only where the fault of one does not show.
    red: Option<usize>,
}

pub struct FixWorkbook<'m> {
    model: &'m Model<'m>,
    book: Book,
    grids: Vec<Grid>,
    places: Vec<Places>,
    /// All rows of the input, each under its number.
    whole: bool,
    bad: Format,
    /// API code -> the columns it names, sheet by sheet.
    blamed: HashMap<String, Vec<Vec<usize>>>,
    /// Something in it is to be corrected.
    found: bool,
    /// Rows that stand in it, by sheet and number, where not all do.
    written: HashSet<(usize, u32)>,
    /// What the input was understood as.
    understood: Option<Grid>,
}

impl<'m> FixWorkbook<'m> {
    pub fn begin(kind: Kind, model: &'m Model<'m>, folder: &Folder<'_>) -> Result<Self, ReportError> {
        let whole = kind == Kind::Check;
        let mut marks = model.marks.to_vec();
        for header in model.columns.sheets.iter().map(|sheet| reason_of(model, sheet)) {
            let value = column_mark(0, &header, REASON).1;
            if !marks.iter().any(|(_, own)| *own == value) {
                marks.push(column_mark(marks.len(), &header, REASON));
            }
        }
        let mut book = Book::begin_marked(kind, folder, &marks)?;
        book.warning = (folder.is_rehearsal() && !whole).then(|| rehearsal(model.lang));
        let unseen = Unseen::of(model)?;
        let (mut grids, mut places) = (Vec::new(), Vec::new());
        for (index, sheet) in model.columns.sheets.iter().enumerate() {
            let mut columns = columns_of(sheet, &model.file.first_rows(sheet.number, SAMPLE)?);
            // Of what was never sent there is nothing to correct.
            let names_rows = !whole && model.ledger.is_some();
            let own = lay_out(model, sheet, &mut columns, names_rows, &unseen, index);
            let above: Vec<(u32, Vec<String>)> = match whole {
                true => sheet.above.iter().map(|row| moved(row, own.before)).collect(),
                false => Vec::new(),
            };
            grids.push(match whole {
                // Every row keeps its number: messages and reasons name it.
                true => {
                    let header_row = sheet.header_row.saturating_sub(1);
                    Grid::begin_at(&mut book, sheet.title(), columns, header_row, &above)?
                }
                false => Grid::begin(&mut book, sheet.title(), columns)?,
            });
            places.push(own);
        }
        let bad = Format::new().set_num_format("@").set_background_color(0xFFC7CE).set_font_color(0x9C0006);
        let bad = beside_wrapped(bad);
        let (blamed, written) = (HashMap::new(), HashSet::new());
        Ok(Self { model, book, grids, places, whole, bad, blamed, found: false, written, understood: None })
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let marks = self.marks(line);
        let origin = self.origin(line);
        let red = self.red(line);
        let (model, whole) = (self.model, self.whole);
        let (Some(places), Some(grid)) = (self.places.get(line.sheet), self.grids.get_mut(line.sheet)) else {
            return Ok(());
        };
        let mut row = match whole {
            true => grid.row_at(&mut self.book, line.number.saturating_sub(1))?,
            false => grid.row(&mut self.book)?,
        };
        if !whole {
            self.written.insert((line.sheet, line.number));
        }
        let failed = line.failed();
        self.found |= failed;
        // What is to be corrected is seen; the rest stays as it was.
        if line.hidden && !failed {
            row.hide()?;
        }
        let held = places.send.filter(|_| failed && nobody_saw(line));
        if failed {
            row.wrapped(0, &reason(model, line, whole, held.is_some()))?;
        }
        let origin = origin.filter(|(column, _)| !marks.contains_key(&(column - places.before)));
        let ours = [held, origin.as_ref().map(|(column, _)| *column), places.red];
        for (column, cell) in line.cells.iter().enumerate().skip(places.first) {
            let at = column + places.before;
            if !marks.contains_key(&column) && !ours.contains(&Some(at)) {
                row.text(at, cell)?;
            }
        }
        for (column, text) in origin.into_iter().chain(red) {
            row.text(column, &text)?;
        }
        if let Some(column) = held {
            row.styled(column, no(model.lang), &self.bad)?;
        }
        for (column, reasons) in &marks {
            let at = column + places.before;
            if held != Some(at) {
                let cell = line.cells.get(*column).map(String::as_str).unwrap_or_default();
                row.styled(at, cell, &self.bad)?;
            }
            row.note(at, &reasons.join("\n"))?;
        }
        Ok(())
    }

    /// Where a row says which contract it is, and what: this job's, and what it was before.
    fn origin(&self, line: &Line<'_>) -> Option<(usize, String)> {
        let places = self.places.get(line.sheet)?;
        let column = places.origin?;
        let ((_, job), flow) = self.model.ledger.zip(line.flow)?;
        let own = Origin { job: job.clone(), flow };
        let cell = line.cells.get(column - places.before);
        let before = cell.and_then(|cell| Origin::read_all(cell)).unwrap_or_default();
        let all = std::iter::once(&own).chain(before.iter().filter(|one| **one != own));
        Some((column, all.map(Origin::text).collect::<Vec<_>>().join(" ")))
    }

    /// Where a row says what its cells held whose fault does not show here, and what they held.
    fn red(&self, line: &Line<'_>) -> Option<(usize, String)> {
        let places = self.places.get(line.sheet)?;
        let column = places.red?;
        let sheet = self.model.columns.sheets.get(line.sheet)?;
        let headers = &sheet.headers;
        let held = |at: usize| hash(line.cells.get(at).map(String::as_str).unwrap_or_default());
        let lost = line.problems.iter().filter(|problem| {
            problem.rule.is_lost_in_a_copy() && self.model.distance(problem, line) == Distance::Here
        });
        // One cell may have more than one fault.
        let mut columns: BTreeSet<usize> =
            lost.filter_map(|problem| Some(problem.place.column.as_ref()?.index)).collect();
        // What the input says of its cells holds on where they are as they were, whatever else is told of them.
        let before = headers.iter().position(|header| header.trim() == RED);
        let said = before.and_then(|at| line.cells.get(at));
        // Where nobody knows what it says, the next workbook does not either.
        if let Some(said) = said.filter(|_| before.is_some_and(|at| columns.contains(&at))) {
            return Some((column, said.clone()));
        }
        let before = said.and_then(|said| RedCell::read_all(said)).unwrap_or_default();
        let named = headers.iter().map(String::as_str).zip(sheet.gives.iter().cloned());
        columns.extend(before.iter().filter_map(|cell| {
            let at = cell.column(named.clone())?;
            (line.failed() && held(at) == cell.held).then_some(at)
        }));
        let cells: Vec<RedCell> = columns
            .into_iter()
            .filter_map(|at| {
                let header = headers.get(at)?;
                let nth = headers.iter().take(at).filter(|own| own.trim() == header.trim()).count();
                let gives = sheet.gives.get(at).cloned().flatten();
                Some(RedCell { header: header.clone(), nth, gives, held: held(at) })
            })
            .collect();
        (!cells.is_empty()).then(|| (column, RedCell::written(&cells)))
    }

    /// Column -> what is wrong there.
    fn marks(&mut self, line: &Line<'_>) -> BTreeMap<usize, Vec<String>> {
        let mut marks: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        let model = self.model;
        let first = self.places.get(line.sheet).map_or(0, |places| places.first);
        for problem in line.problems.iter() {
            let column = problem.place.column.as_ref().map_or(first, |column| column.index.max(first));
            let distance = model.distance(problem, line);
            if distance == Distance::Here {
                marks.entry(column).or_default().push(explain(model.lang, problem).line(model.lang));
            } else if problem.place.row.is_none() && line.begins {
                marks.entry(first).or_default().push(problem_reason(model.lang, problem, distance));
            }
        }
        if line.status == Status::Rejected || (line.status == Status::Invalid && line.problems.is_empty()) {
            for column in self.blamed_columns(line, first) {
                marks.entry(column).or_default().push(line.reason.clone());
            }
        }
        marks
    }

    /// The columns of a row that the API's code names; the first cell of a
    /// contract whose code names none.
    fn blamed_columns(&mut self, line: &Line<'_>, first: usize) -> Vec<usize> {
        let sheets = &self.model.columns.sheets;
        let by_sheet = self.blamed.entry(line.code.clone()).or_insert_with(|| {
            sheets.iter().map(|sheet| columns_named(&line.code, &sheet.headers, &sheet.gives)).collect()
        });
        let named = by_sheet.get(line.sheet).cloned().unwrap_or_default();
        let filled = |column: &usize| line.cells.get(*column).is_some_and(|cell| !cell.trim().is_empty());
        match named.iter().any(filled) {
            true => named.into_iter().filter(filled).collect(),
            false if line.begins && by_sheet.iter().all(Vec::is_empty) => vec![first],
            false => named,
        }
    }

    /// A sheet of its own, behind the input's.
    pub fn add_understood(&mut self, understood: &Understood) -> Result<(), ReportError> {
        let lang = self.model.lang;
        let column = Column { own_width: Some(UNDERSTOOD_WIDTH), ..Column::new(title(lang)) };
        let lines = lines(lang, understood, Values::Whole);
        let mut grid = Grid::begin(&mut self.book, title(lang), vec![column])?;
        for line in &lines {
            grid.row(&mut self.book)?.wrapped(0, line)?;
        }
        self.understood = Some(grid);
        Ok(())
    }

    pub fn finish(self) -> Result<NamedTempFile, ReportError> {
        let Self { model, mut book, grids, whole, understood, found, written, .. } = self;
        let sheets = &model.columns.sheets;
        // An empty sheet stays where it is the other half of a pair; one that is
        // like another would only make the program ask which of them is meant.
        let alike = |sheet: &Sheet| {
            grids.iter().zip(sheets).any(|(grid, other)| !grid.is_empty() && other.headers == sheet.headers)
        };
        let wanted: Vec<bool> = grids
            .iter()
            .zip(sheets)
            .map(|(grid, sheet)| whole || !grid.is_empty() || !alike(sheet))
            .collect();
        for (grid, _) in grids.into_iter().zip(wanted).filter(|(_, wanted)| *wanted) {
            for worksheet in grid.finish(&mut book)? {
                book.workbook.push_worksheet(worksheet);
            }
        }
        let is_meant = |place: &Place| whole || stands_in(model, &written, place);
        let told = told(model, &mut book, sheet_names(model.lang).told, is_meant)?;
        for grid in [understood, told].into_iter().flatten() {
            for worksheet in grid.finish(&mut book)? {
                // Whoever reads the workbook as input passes over it.
                book.set_aside(&worksheet.name());
                book.workbook.push_worksheet(worksheet);
            }
        }
        if found {
            book.say(FOUND, "yes");
        }
        Ok(book.finish()?.0)
    }
}

/// Whether it is of a row that was written.
fn stands_in(model: &Model<'_>, written: &HashSet<(usize, u32)>, place: &Place) -> bool {
    let sheet = model.columns.sheets.iter().position(|sheet| is_of(sheet, place));
    sheet.zip(place.row).is_some_and(|row| written.contains(&row))
}

fn is_of(sheet: &Sheet, place: &Place) -> bool {
    sheet.name.as_deref() == place.sheet.as_deref() && *sheet.file == *place.file
}

/// What is asked because nobody sees the row in the input as it is seen here.
fn is_unseen(rule: &Rule) -> bool {
    matches!(rule, Rule::RowHidden | Rule::HiddenDiffers { .. } | Rule::RowStruck)
}

/// Whether that is asked of this row. Shown, it would ask nothing any more, and go.
fn nobody_saw(line: &Line<'_>) -> bool {
    let mut asked = line.problems.iter().filter(|problem| is_unseen(&problem.rule));
    asked.any(|problem| line.hidden || problem.place.row == Some(line.number))
}

/// Indexes of sheets with what the input shows otherwise than a workbook to correct.
#[derive(Default)]
struct Unseen {
    /// See [`is_unseen`].
    rows: HashSet<usize>,
    /// See [`Rule::is_lost_in_a_copy`].
    cells: HashSet<usize>,
}

impl Unseen {
    fn of(model: &Model<'_>) -> Result<Self, ReportError> {
        let mut found = Self::default();
        for severity in [Severity::Error, Severity::Question] {
            model.file.each_problem(severity, |problem| {
                let own = match &problem.rule {
                    rule if is_unseen(rule) => &mut found.rows,
                    rule if rule.is_lost_in_a_copy() => &mut found.cells,
                    _ => return,
                };
                let sheets = &model.columns.sheets;
                own.extend(sheets.iter().position(|sheet| is_of(sheet, &problem.place)));
            })?;
        }
        Ok(found)
    }
}

/// What our first column of a sheet is called; where the input has one of that name, theirs keeps it.
fn reason_of(model: &Model<'_>, sheet: &Sheet) -> String {
    let own = reason_header(model.lang);
    match sheet.headers.first().filter(|_| sheet.begins_with_reasons()) {
        Some(ours) => ours.clone(),
        None if sheet.headers.iter().any(|theirs| is_like(theirs, own)) => beside_theirs(model.lang, own),
        None => own.to_owned(),
    }
}

/// Adds our columns to those of the input.
fn lay_out(
    model: &Model<'_>,
    sheet: &Sheet,
    columns: &mut Vec<Column>,
    names_rows: bool,
    unseen: &Unseen,
    index: usize,
) -> Places {
    let has_ours = sheet.begins_with_reasons();
    let before = usize::from(!has_ours);
    let reasons = Column { width: REASON_WIDTH, frozen: true, ..Column::new(&reason_of(model, sheet)) };
    match columns.first_mut().filter(|_| has_ours) {
        Some(own) => *own = reasons,
        None => columns.insert(0, reasons),
    }
    let mut place = |known: Option<usize>, header: &str| {
        known.map(|at| at + before).unwrap_or_else(|| {
            columns.push(Column::new(header));
            columns.len() - 1
        })
    };
    let send = sheet.gives.iter().position(|name| name.as_deref() == Some(SEND));
    let send = unseen.rows.contains(&index).then(|| place(send, send_header(model.lang)));
    let known = |name: &str| sheet.headers.iter().position(|header| header.trim() == name);
    let origin = names_rows.then(|| place(known(FLOW), FLOW));
    // What an input of ours says of its cells holds no longer.
    let red = (unseen.cells.contains(&index) || known(RED).is_some()).then(|| place(known(RED), RED));
    // Also where the input has one, and this workbook nothing to write there.
    let theirs = known(FLOW).map(|at| at + before);
    for column in [origin, red, theirs].into_iter().flatten() {
        if let Some(column) = columns.get_mut(column) {
            column.hidden = true;
        }
    }
    Places { before, first: usize::from(has_ours), origin, send, red }
}

/// Why a row failed, for whoever corrects it. `whole`: it stands where it stood in the input.
fn reason(model: &Model<'_>, line: &Line<'_>, whole: bool, held: bool) -> String {
    let lang = model.lang;
    let mut reason = line.reason.clone();
    if held {
        reason.push_str(held_back(lang));
    }
    if line.hidden {
        reason = was_hidden(lang, &reason);
    }
    match model.ledger.filter(|_| !whole) {
        Some((_, job)) => of_row(lang, job, line.number, &reason),
        None => reason,
    }
}

/// A row above the header, with so many columns before it.
fn moved((number, cells): &(u32, Vec<String>), before: usize) -> (u32, Vec<String>) {
    let cells = std::iter::repeat_n(String::new(), before).chain(cells.iter().cloned()).collect();
    (number.saturating_sub(1), cells)
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
