//! The sheet with a line for every row of the input: what became of it first, then the
//! columns as their owner has made them.

use rust_xlsxwriter::{Color, Format};

use crate::domain::job::Status;
use crate::domain::workbook_marks::{FLOW, RED};
use crate::text::Lang;
use crate::text::book::{beside_theirs, own_header, plain_time};
use crate::text::console::status::status;
use crate::text::report::{rehearsal, sheet_names};
use crate::text::signing::flow_status;

use super::ReportError;
use super::columns::{
    CONFIRM_URL, Columns, FLOW_STATUS, LEAD, LINKS_MADE, OWN, REASON, SHEET, SIGN_URL, SINCE, STARTED,
    STATUS, TIME,
};
use super::fix_workbook::column_mark;
use super::grid::{Book, Column, StreamedGrid, beside_wrapped};
use super::model::{Line, Model};
use super::publish::{Folder, Kind};

/// Rows that are looked at for the width of a column.
const SAMPLE: u32 = 50;
const REASON_WIDTH: usize = 34;
const LINK_WIDTH: usize = 18;
const STATUS_WIDTH: usize = 9;
const TIME_WIDTH: usize = 19;

/// Where a column of the sheet comes from.
#[derive(Clone, Copy)]
enum From {
    /// A place within our own columns.
    Own(usize),
    /// One of those that follow ours where contracts were started.
    Started(usize),
    /// A column of the input's union.
    Input(usize),
    /// The sheet that the row stood in.
    Sheet,
}

/// The report on its way, as far as the rows go.
pub struct RowsSheet<'m> {
    columns: &'m Columns,
    lang: Lang,
    pub book: Book,
    pub grid: StreamedGrid,
    order: Vec<From>,
}

impl<'m> RowsSheet<'m> {
    pub fn begin(model: &'m Model<'m>, folder: &Folder<'_>) -> Result<Self, ReportError> {
        let columns = &model.columns;
        let order = order(model);
        let started_names = STARTED.into_iter().filter(|_| columns.starts);
        let named: Vec<(&str, String)> = OWN
            .into_iter()
            .chain([SHEET])
            .chain(started_names)
            .map(|name| (name, header(model, name)))
            .collect();
        // Whoever reads the report finds our columns by what they are called on the wire.
        let marks = named.iter().filter(|(name, header)| name != header);
        let marks: Vec<(String, String)> =
            marks.enumerate().map(|(number, (name, header))| column_mark(number, header, name)).collect();
        let mut book = Book::begin_marked(Kind::Report, folder, &marks)?;
        book.warning = folder.is_rehearsal().then(|| rehearsal(model.lang));
        let mut shown: Vec<Column> = order.iter().map(|from| shown_column(model, *from)).collect();
        for (index, sheet) in columns.sheets.iter().enumerate() {
            for row in model.file.first_rows(sheet.number, SAMPLE)? {
                let cells = columns.spread(index, &row);
                for (column, from) in shown.iter_mut().zip(&order) {
                    if let From::Input(slot) = from {
                        column.fit(cells.get(*slot).copied().unwrap_or_default());
                    }
                }
            }
        }
        let (title, rows) = (sheet_names(model.lang).rows, model.file.count_rows()?);
        let colours = Status::ALL.map(colour).into();
        let grid = StreamedGrid::begin(&mut book, folder, title, shown, colours, rows)?;
        Ok(Self { columns, lang: model.lang, book, grid, order })
    }

    pub fn write(&mut self, line: &Line<'_>) -> Result<(), ReportError> {
        let columns = self.columns;
        let cells = columns.spread(line.sheet, &line.cells);
        let number = line.number.to_string();
        let own = line.own(&number);
        let started = line.own_started();
        let mut row = self.grid.row(&mut self.book)?;
        for (column, from) in self.order.iter().enumerate() {
            match *from {
                From::Input(slot) => row.text(column, cells.get(slot).copied().unwrap_or_default()),
                From::Sheet => {
                    row.text(column, columns.sheet(line.sheet).map_or("", |sheet| sheet.shown_name()));
                }
                From::Started(place) => {
                    let value = started.get(place).copied().unwrap_or_default();
                    match place {
                        FLOW_STATUS if value.is_empty() => row.text(column, value),
                        FLOW_STATUS => row.text(column, &flow_status(self.lang, value)),
                        SINCE | LINKS_MADE => row.text(column, &plain_time(value)),
                        // Several links in one cell are none that can be opened.
                        SIGN_URL if !value.contains(' ') => row.link(column, value),
                        _ => row.text(column, value),
                    }
                }
                From::Own(place) => {
                    let value = own.get(place).copied().unwrap_or_default();
                    match (place, Status::ALL.iter().position(|status| *status == line.status)) {
                        (STATUS, Some(colour)) => row.styled(column, status(self.lang, line.status), colour),
                        (CONFIRM_URL, _) => row.link(column, value),
                        (TIME, _) => row.text(column, &plain_time(value)),
                        _ => row.text(column, value),
                    }
                }
            }
        }
        row.end()
    }
}

fn shown_column(model: &Model<'_>, from: From) -> Column {
    let columns = &model.columns;
    match from {
        From::Own(place) => {
            let mut column = Column::new(&header(model, OWN.get(place).copied().unwrap_or_default()));
            column.frozen = LEAD.contains(&place);
            column.wraps = place == REASON;
            column.width = match place {
                STATUS => column.width.max(STATUS_WIDTH),
                REASON => REASON_WIDTH,
                CONFIRM_URL => LINK_WIDTH,
                TIME => TIME_WIDTH,
                _ => column.width,
            };
            column
        }
        From::Started(place) => {
            let name = STARTED.get(place).copied().unwrap_or_default();
            Column { width: LINK_WIDTH, ..Column::new(&header(model, name)) }
        }
        From::Input(slot) => Column {
            frozen: columns.number() == Some(slot),
            own_width: columns.width_of(slot),
            hidden: columns.headers.get(slot).is_some_and(|header| [FLOW, RED].contains(&header.trim())),
            ..Column::new(columns.headers.get(slot).map(String::as_str).unwrap_or_default())
        },
        From::Sheet => Column::new(&header(model, SHEET)),
    }
}

/// What a person looks for, the contract's number, the other columns of the input, and what is left.
fn order(model: &Model<'_>) -> Vec<From> {
    let columns = &model.columns;
    let number = columns.number();
    let others = (0..columns.headers.len()).filter(|slot| number != Some(*slot) && !columns.is_ours(*slot));
    let others = others.map(From::Input);
    let left = (0..OWN.len()).filter(|place| !LEAD.contains(place)).map(From::Own);
    let started = (0..STARTED.len()).filter(|_| columns.starts).map(From::Started);
    let lead = LEAD.into_iter().map(From::Own).chain(number.map(From::Input));
    lead.chain(others)
        .chain(columns.several_sheets().then_some(From::Sheet))
        .chain(left)
        .chain(started)
        .collect()
}

/// What a column of ours is called; where the input has one of that name, theirs keeps it.
pub fn header(model: &Model<'_>, name: &str) -> String {
    let Some(own) = own_header(model.lang, name) else { return name.to_owned() };
    let mut theirs =
        model.columns.headers.iter().enumerate().filter(|(slot, _)| !model.columns.is_ours(*slot));
    match theirs.any(|(_, theirs)| is_like(theirs, own)) {
        true => beside_theirs(model.lang, own),
        false => own.to_owned(),
    }
}

/// Whether a reader may take one for the other: case, spaces and notes in brackets count for nothing.
pub fn is_like(theirs: &str, own: &str) -> bool {
    let plain = |text: &str| -> String {
        let bare = text.split(['(', '（', '[', '［', '【', ':', '：']).next().unwrap_or_default();
        let letters = bare.chars().filter(|letter| letter.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    plain(theirs) == plain(own)
}

/// Of different brightness as well, so that they can be told apart in grey.
pub fn colour(status: Status) -> Format {
    let (back, front) = match status {
        Status::Accepted => (0xE2F0D9, 0x1E5631),
        Status::Rejected | Status::Invalid => (0xF4A6A6, 0x5F0000),
        Status::InDoubt => (0xFFD966, 0x5C3D00),
        Status::Duplicate | Status::Skipped => (0xD9D9D9, 0x303030),
        Status::Pending => (0xFFFFFF, 0x1F4E78),
    };
    let format =
        Format::new().set_num_format("@").set_background_color(Color::RGB(back)).set_font_color(front);
    let format = beside_wrapped(format);
    match status {
        Status::Rejected | Status::Invalid => format.set_bold(),
        Status::InDoubt => format.set_bold().set_italic(),
        _ => format,
    }
}
