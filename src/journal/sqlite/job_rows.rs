//! Reads a job's rows and problems back: what reports and lists are made of.

use rusqlite::params;

use crate::domain::job::{FlowNo, Status};
use crate::domain::problem::{Problem, Severity};
use crate::journal::error::JournalError;

use super::job_file::{InputRow, JobFile, from_json, severity_number};

/// What a contract is called, and where it stands.
#[derive(Clone, Default)]
pub struct Outline {
    pub key: Option<String>,
    pub name: String,
    /// Sheet and number of each, in the input's order.
    pub rows: Vec<(u32, u32)>,
}

const MOST_WITH_CELLS: u64 = 2000;
/// Rows that are looked at for values that others do not have.
const LOOKED_AT: u32 = 1_000;

impl JobFile {
    /// Key and name of a contract, for lists.
    pub fn label(&self, flow: FlowNo) -> Result<(Option<String>, String), JournalError> {
        self.db
            .prepare_cached("SELECT key, name FROM contracts WHERE flow = ?1")
            .and_then(|mut statement| {
                statement.query_row(params![flow.0], |row| Ok((row.get(0)?, row.get(1)?)))
            })
            .map_err(|error| self.fail(&error))
    }

    /// Whether a contract of the job has that number.
    pub fn has_key(&self, key: &str) -> Result<bool, JournalError> {
        let found = self.query("SELECT 1 FROM contracts WHERE key = ?1 LIMIT 1", &[&key], |_| Ok(()))?;
        Ok(!found.is_empty())
    }

    /// Key and name of a contract, with its rows as [`Self::rows_of`] gives them.
    pub fn outline(&self, flow: FlowNo) -> Result<Outline, JournalError> {
        let read = || -> rusqlite::Result<Outline> {
            let mut statement = self.db.prepare_cached(
                "SELECT r.sheet, r.number, c.key, c.name FROM contracts c
                 LEFT JOIN rows r ON r.flow = c.flow WHERE c.flow = ?1 ORDER BY r.ord",
            )?;
            let mut found = statement.query(params![flow.0])?;
            let (mut outline, mut is_there) = (Outline::default(), false);
            while let Some(row) = found.next()? {
                if outline.rows.is_empty() {
                    (outline.key, outline.name) = (row.get(2)?, row.get(3)?);
                }
                let place: (Option<u32>, Option<u32>) = (row.get(0)?, row.get(1)?);
                outline.rows.extend(place.0.zip(place.1));
                is_there = true;
            }
            if is_there { Ok(outline) } else { Err(rusqlite::Error::QueryReturnedNoRows) }
        };
        read().map_err(|error| self.fail(&error))
    }

    /// Sheet and number of each row of a contract, in the input's order.
    pub fn rows_of(&self, flow: FlowNo) -> Result<Vec<(u32, u32)>, JournalError> {
        self.query("SELECT sheet, number FROM rows WHERE flow = ?1 ORDER BY ord", &[&flow.0], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
    }

    /// Headers of columns in which all rows of these contracts have the same value,
    /// while some other row has another one.
    pub fn columns_in_common(&self, flows: &[FlowNo]) -> Result<Vec<String>, JournalError> {
        let mut common: Option<(u32, Vec<Option<String>>)> = None;
        for flow in flows {
            let rows = self.query("SELECT sheet, cells FROM rows WHERE flow = ?1", &[&flow.0], |row| {
                Ok((row.get::<_, u32>(0)?, from_json::<Vec<String>>(&row.get::<_, String>(1)?)))
            })?;
            for (sheet, cells) in rows {
                match &mut common {
                    None => common = Some((sheet, cells.into_iter().map(Some).collect())),
                    Some((own, _)) if *own != sheet => return Ok(Vec::new()),
                    Some((_, values)) => {
                        for (column, value) in values.iter_mut().enumerate() {
                            if value.as_ref() != cells.get(column) {
                                *value = None;
                            }
                        }
                    }
                }
            }
        }
        let Some((sheet, values)) = common else { return Ok(Vec::new()) };
        let Some(record) = self.sheets()?.into_iter().find(|record| record.sheet == sheet) else {
            return Ok(Vec::new());
        };
        let others = self.first_rows(sheet, LOOKED_AT)?;
        let differs = |column: usize, value: &str| {
            others.iter().any(|cells| cells.get(column).is_some_and(|other| other != value))
        };
        let named = values.into_iter().enumerate().filter_map(|(column, value)| {
            let value = value.filter(|value| !value.trim().is_empty())?;
            let header = record.headers.get(column).filter(|header| !header.is_empty())?;
            differs(column, &value).then(|| header.clone())
        });
        Ok(named.collect())
    }

    /// The cells of a sheet's first rows.
    pub fn first_rows(&self, sheet: u32, most: u32) -> Result<Vec<Vec<String>>, JournalError> {
        self.query(
            "SELECT cells FROM rows WHERE sheet = ?1 ORDER BY ord LIMIT ?2",
            params![sheet, most],
            |row| Ok(from_json(&row.get::<_, String>(0)?)),
        )
    }

    /// Which columns of a sheet have a value in some row; as many as its longest row has. None where
    /// all columns with a value have a header.
    pub fn filled_columns(&self, sheet: u32) -> Result<Vec<bool>, JournalError> {
        // One that can only be read may be older than that column.
        let known = "SELECT 1 FROM pragma_table_info('sheets') WHERE name = 'unnamed'";
        if !self.query(known, &[], |_| Ok(()))?.is_empty() {
            let named = "SELECT 1 FROM sheets WHERE sheet = ?1 AND unnamed = 0";
            if !self.query(named, &[&sheet], |_| Ok(()))?.is_empty() {
                return Ok(Vec::new());
            }
        }
        let read = || -> rusqlite::Result<Vec<bool>> {
            let mut filled = Vec::new();
            let mut statement = self.db.prepare_cached("SELECT cells FROM rows WHERE sheet = ?1")?;
            let mut rows = statement.query(params![sheet])?;
            while let Some(row) = rows.next()? {
                mark_filled(row.get_ref(0)?.as_str()?, &mut filled);
            }
            Ok(filled)
        };
        read().map_err(|error| self.fail(&error))
    }

    /// Contract, sheet and number of each row that belongs to a contract, in the input's order.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn each_place(&self, mut visit: impl FnMut(FlowNo, u32, u32)) -> Result<(), JournalError> {
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self
                .db
                .prepare_cached("SELECT flow, sheet, number FROM rows WHERE flow IS NOT NULL ORDER BY ord")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                visit(FlowNo(row.get(0)?), row.get(1)?, row.get(2)?);
            }
            Ok(())
        };
        read().map_err(|error| self.fail(&error))
    }

    /// How many rows of the input there are.
    pub fn count_rows(&self) -> Result<u64, JournalError> {
        let count = self.query("SELECT count(*) FROM rows", &[], |row| row.get::<_, i64>(0))?;
        Ok(count.first().map_or(0, |count| count.unsigned_abs()))
    }

    /// Every row of the input in order, one at a time.
    pub fn each_row<E: From<JournalError>>(
        &self,
        visit: impl FnMut(InputRow) -> Result<(), E>,
    ) -> Result<(), E> {
        self.each_labelled_row(|_| false, visit)
    }

    /// The same, with the labels of those contracts that are `wanted`.
    pub fn each_labelled_row<E: From<JournalError>>(
        &self,
        is_wanted: impl Fn(FlowNo) -> bool,
        mut visit: impl FnMut(InputRow) -> Result<(), E>,
    ) -> Result<(), E> {
        let fail = |error: rusqlite::Error| E::from(self.fail(&error));
        let mut statement = self
            .db
            .prepare(
                "SELECT r.ord, r.sheet, r.number, r.cells, r.flow, c.status, r.hidden, c.key, c.name FROM rows r
                 LEFT JOIN contracts c ON c.flow = r.flow ORDER BY r.ord",
            )
            .map_err(fail)?;
        let mut rows = statement.query([]).map_err(fail)?;
        while let Some(row) = rows.next().map_err(fail)? {
            let read = || -> rusqlite::Result<InputRow> {
                let flow = row.get::<_, Option<i64>>(4)?.map(FlowNo);
                let label = match flow.is_some_and(&is_wanted) {
                    true => Some((row.get(7)?, row.get::<_, Option<String>>(8)?.unwrap_or_default())),
                    false => None,
                };
                Ok(InputRow {
                    ord: row.get(0)?,
                    sheet: row.get(1)?,
                    number: row.get(2)?,
                    hidden: row.get(6)?,
                    cells: from_json(&row.get::<_, String>(3)?),
                    flow,
                    status: row.get::<_, Option<String>>(5)?.as_deref().and_then(Status::from_name),
                    label,
                })
            };
            visit(read().map_err(fail)?)?;
        }
        Ok(())
    }

    /// Problems of at least that severity, in the input's order.
    pub fn problems(&self, least: Severity, most: u64) -> Result<Vec<Problem>, JournalError> {
        self.query(
            "SELECT problem FROM problems WHERE severity >= ?1 ORDER BY flow, id LIMIT ?2",
            &[&severity_number(least), &i64::try_from(most).unwrap_or(i64::MAX)],
            |row| row.get::<_, String>(0),
        )
        .map(|texts| texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
    }

    /// Every problem of that severity in the input's order, one at a time.
    pub fn each_problem(
        &self,
        severity: Severity,
        mut visit: impl FnMut(Problem),
    ) -> Result<(), JournalError> {
        let mut each = || -> rusqlite::Result<()> {
            let mut statement =
                self.db.prepare("SELECT problem FROM problems WHERE severity = ?1 ORDER BY flow, id")?;
            let mut rows = statement.query(params![severity_number(severity)])?;
            while let Some(row) = rows.next()? {
                if let Ok(problem) = serde_json::from_str(row.get_ref(0)?.as_str()?) {
                    visit(problem);
                }
            }
            Ok(())
        };
        each().map_err(|error| self.fail(&error))
    }

    /// The same, each with the cells of its row, as far as anybody looks at those.
    pub fn problems_in_rows(
        &self,
        least: Severity,
        most: u64,
    ) -> Result<Vec<(Problem, Vec<String>)>, JournalError> {
        self.query(
            "SELECT p.problem, r.cells FROM problems p
             LEFT JOIN rows r ON r.flow = p.flow AND r.number = json_extract(p.problem, '$.place.row')
               AND r.sheet = (SELECT s.sheet FROM sheets s
                              WHERE s.file = json_extract(p.problem, '$.place.file')
                                AND s.name IS json_extract(p.problem, '$.place.sheet'))
             WHERE p.severity >= ?1 ORDER BY p.flow, p.id LIMIT ?2",
            &[&severity_number(least), &i64::try_from(most).unwrap_or(i64::MAX)],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)),
        )
        .map(|found| {
            (0..)
                .zip(found)
                .filter_map(|(number, (problem, cells))| {
                    let cells = cells.filter(|_| number < MOST_WITH_CELLS);
                    let cells = cells.map(|cells| from_json(&cells)).unwrap_or_default();
                    Some((serde_json::from_str(&problem).ok()?, cells))
                })
                .collect()
        })
    }

    pub fn problems_of(&self, flow: FlowNo) -> Result<Vec<Problem>, JournalError> {
        self.query("SELECT problem FROM problems WHERE flow = ?1 ORDER BY id", &[&flow.0], |row| {
            row.get::<_, String>(0)
        })
        .map(|texts| texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
    }
}

/// `cells`: a JSON array of texts.
fn mark_filled(cells: &str, filled: &mut Vec<bool>) {
    let (mut column, mut begin, mut inside, mut escaped) = (0, 0, false, false);
    for (at, byte) in cells.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' if inside => {
                if filled.len() <= column {
                    filled.resize(column + 1, false);
                }
                if let Some(filled) = filled.get_mut(column) {
                    *filled |= at > begin + 1;
                }
                (column, inside) = (column + 1, false);
            }
            b'"' => (begin, inside) = (at, true),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::{RowRecord, SheetRecord};

    /// A file with a sheet of these headers, and one row.
    fn file_of(folder: &std::path::Path, headers: &[&str], cells: &str, unnamed: bool) -> JobFile {
        let file = JobFile::create(&folder.join("a.db"), 0).unwrap();
        let headers = headers.iter().map(|header| (*header).to_owned()).collect();
        file.add_sheet(&SheetRecord { headers, ..SheetRecord::default() }).unwrap();
        let row = RowRecord { ord: 0, sheet: 0, number: 2, hidden: false, cells: Some(cells), unnamed };
        let mut writer = file.writer().unwrap();
        writer.add_rows(&[(row, FlowNo(0))]).unwrap();
        writer.finish().unwrap();
        file
    }

    #[test]
    fn columns_are_looked_through_only_where_one_without_a_header_has_a_value() {
        let folder = tempfile::tempdir().unwrap();
        let named = file_of(folder.path(), &["a", ""], r#"["1",""]"#, false);
        assert!(named.filled_columns(0).unwrap().is_empty());
        // What is stored of further rows nobody has looked at.
        named.run("COMMIT").unwrap();
        let mut further = named.further_rows(false).unwrap();
        further.add(1, 0, 3, false, r#"["1","2","3"]"#).unwrap();
        further.finish().unwrap();
        assert_eq!(named.filled_columns(0).unwrap(), [true, true, true]);
        // Older ones have no such note.
        named.run("ALTER TABLE sheets DROP COLUMN unnamed").unwrap();
        assert_eq!(named.filled_columns(0).unwrap(), [true, true, true]);
        let folder = tempfile::tempdir().unwrap();
        let unnamed = file_of(folder.path(), &["a", ""], r#"["1","2"]"#, true);
        assert_eq!(unnamed.filled_columns(0).unwrap(), [true, true]);
    }

    #[test]
    fn columns_are_filled_where_some_row_has_a_value() {
        let mut filled = Vec::new();
        for cells in [r#"["a","","\"",""]"#, "[]", r#"["","","]\\"]"#, r#"["","","","",""]"#, ""] {
            mark_filled(cells, &mut filled);
        }
        assert_eq!(filled, [true, false, true, false, false]);
    }
}
