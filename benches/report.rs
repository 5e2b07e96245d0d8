//! Writes the very cells of a workbook once more, with `rust_xlsxwriter` alone: what its author
//! would do who wants nothing but the file. `report.sh` compares a report with it.
//!
//! report WORKBOOK COPY -> lines of NAME VALUE: `write_s` (reading is not in it), `sheets`, `cells`.

use std::error::Error;
use std::io::Write as _;
use std::time::{Duration, Instant};

use calamine::{Data, DataRef, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// More links than this no report has on a sheet: the others stand there as text.
const MOST_LINKS: u32 = 20_000;

/// A cell as it is read, where it is to be written.
type Placed = (u32, u16, String);

fn main() -> Result<(), Box<dyn Error>> {
    // Cargo says of itself that it runs benches.
    let files: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [from, to] = files.as_slice() else { return Err("report WORKBOOK COPY".into()) };
    let mut source: Xlsx<_> = open_workbook(from)?;
    let mut copy = Workbook::new();
    let mut took = Duration::ZERO;
    let mut cells = 0_u64;
    let names = source.sheet_names();
    for name in &names {
        let sheet = copy.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        let mut reader = source.worksheet_cells_reader(name)?;
        let (mut row, mut links) = (Vec::new(), 0);
        while let Some(cell) = reader.next_cell()? {
            let (number, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::String(text) => text.clone(),
                DataRef::SharedString(text) => (*text).to_owned(),
                other => Data::from(other.clone()).to_string(),
            };
            if row.last().is_some_and(|(last, _, _)| *last != number) {
                took += write(sheet, &mut row, &mut links)?;
            }
            cells += 1;
            row.push((number, u16::try_from(column)?, text));
        }
        took += write(sheet, &mut row, &mut links)?;
    }
    let begun = Instant::now();
    copy.save(to)?;
    took += begun.elapsed();
    let said = format!("write_s {:.3}\nsheets {}\ncells {cells}\n", took.as_secs_f64(), names.len());
    Ok(std::io::stdout().write_all(said.as_bytes())?)
}

/// Writes the cells of a row, and says how long that took.
fn write(sheet: &mut Worksheet, row: &mut Vec<Placed>, links: &mut u32) -> Result<Duration, XlsxError> {
    let begun = Instant::now();
    for (number, column, text) in row.drain(..) {
        if text.starts_with("https://") && *links < MOST_LINKS {
            *links += 1;
            sheet.write_url(number, column, text.as_str())?;
        } else {
            sheet.write_string(number, column, text)?;
        }
    }
    Ok(begun.elapsed())
}
