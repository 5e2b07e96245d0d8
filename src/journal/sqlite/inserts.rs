//! Rows of a table written several at a time: to begin and to end a statement takes SQLite as long as the row.

use rusqlite::{Connection, Statement};

/// Rows that one statement writes.
pub const TOGETHER: usize = 16;

/// `INSERT` of one row, and of [`TOGETHER`].
pub struct Inserts<'c> {
    one: Statement<'c>,
    several: Statement<'c>,
    /// Values of a row.
    width: usize,
}

impl<'c> Inserts<'c> {
    /// `into`: the table and its columns, as `rows (ord, sheet)`.
    pub fn new(db: &'c Connection, into: &str) -> rusqlite::Result<Self> {
        Self::or("FAIL", db, into)
    }

    /// The same, where rows that are there already are passed over.
    pub fn of_new_ones(db: &'c Connection, into: &str) -> rusqlite::Result<Self> {
        Self::or("IGNORE", db, into)
    }

    /// Were all of a statement to be taken back where one of its rows fails, SQLite would write down for each
    /// statement how the pages were before.
    fn or(failing: &str, db: &'c Connection, into: &str) -> rusqlite::Result<Self> {
        let width = into.split(',').count();
        let row = format!("({})", vec!["?"; width].join(", "));
        let prepare = |rows: usize| {
            db.prepare(&format!(
                "INSERT OR {failing} INTO {into} VALUES {}",
                vec![row.as_str(); rows].join(", ")
            ))
        };
        Ok(Self { one: prepare(1)?, several: prepare(TOGETHER)?, width })
    }

    /// Writes at most [`TOGETHER`] rows. `bind` gives a row's values to the statement, the first of them at
    /// that place. Returns how many were written.
    ///
    /// # Errors
    /// Those of SQLite. Rows before the one that fails may have been written.
    pub fn add<T>(
        &mut self,
        rows: &[T],
        bind: impl Fn(&mut Statement<'_>, usize, &T) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<usize> {
        if rows.len() == TOGETHER {
            for (place, row) in (1..).step_by(self.width).zip(rows) {
                bind(&mut self.several, place, row)?;
            }
            return self.several.raw_execute();
        }
        let mut written = 0;
        for row in rows {
            bind(&mut self.one, 1, row)?;
            written += self.one.raw_execute()?;
        }
        Ok(written)
    }

    /// The same of any number of rows.
    pub fn add_all<T>(
        &mut self,
        rows: &[T],
        bind: impl Fn(&mut Statement<'_>, usize, &T) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        rows.chunks(TOGETHER).try_for_each(|lot| self.add(lot, &bind).map(drop))
    }
}

/// Whether a row is there already.
pub fn is_there(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_written_in_their_order_and_what_is_there_already_is_told() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)").unwrap();
        let mut inserts = Inserts::new(&db, "t (a, b)").unwrap();
        let bind = |statement: &mut Statement<'_>, at: usize, row: &i64| {
            statement.raw_bind_parameter(at, row)?;
            statement.raw_bind_parameter(at + 1, row.to_string())
        };
        let all: Vec<i64> = (0..35).collect();
        inserts.add_all(&all, bind).unwrap();
        let clash: Vec<i64> = (100..).take(TOGETHER - 1).chain([5]).collect();
        assert!(is_there(&inserts.add(&clash[10..], bind).unwrap_err()));
        let mut of_new_ones = Inserts::of_new_ones(&db, "t (a, b)").unwrap();
        assert_eq!(of_new_ones.add(&clash, bind).unwrap(), 10);
        assert!(is_there(&inserts.add(&clash, bind).unwrap_err()));
        db.execute("DELETE FROM t WHERE a >= 100", []).unwrap();
        let mut read = db.prepare("SELECT a, b FROM t ORDER BY rowid").unwrap();
        let found = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let found: Vec<(i64, String)> = found.map(Result::unwrap).collect();
        assert_eq!(found, all.iter().map(|row| (*row, row.to_string())).collect::<Vec<_>>());
    }
}
