//! One line for every row of the input: its cells, and what became of its
//! contract.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::domain::doubt::Doubt;
use crate::domain::job::{FlowNo, JobId, Status, Tally};
use crate::domain::problem::Problem;
use crate::domain::workbook_marks::ALL_SHEETS;
use crate::journal::{FlowResult, InputRow, Instead, JobFile, Journal, JournalError, Results, StartedFlow};
use crate::text::Lang;
use crate::text::report::{self as words, Distance};

use super::columns::{Columns, OWN, STARTED};
use super::doubts::doubts;
use super::fix_workbook::column_mark;
use super::pages::Pages;
use super::signing::SigningCells;
use super::{ReportError, ReportInput, ReportOptions};

/// All that a report is made of, but for the rows: they come one at a time.
pub struct Model<'a> {
    pub file: &'a JobFile,
    pub ledger: Option<(&'a Journal, &'a JobId)>,
    pub columns: Columns,
    pub pages: Pages,
    /// Contracts.
    pub tally: Tally,
    pub lang: Lang,
    pub notes: &'a [String],
    /// Properties of the workbooks that are to be corrected.
    pub marks: Vec<(String, String)>,
    /// The job starts contracts.
    pub starts: bool,
    /// Something is known of them since they were started.
    pub follows: bool,
    results: Results,
    /// What later jobs have sent, corrected.
    instead: Instead,
    zone: TimeZone,
}

/// A row of the input and what is to be said of it.
pub struct Line<'r> {
    /// Index into the sheets of the columns.
    pub sheet: usize,
    pub number: u32,
    pub hidden: bool,
    pub cells: Vec<String>,
    /// Its contract.
    pub flow: Option<FlowNo>,
    /// Its contract begins here.
    pub begins: bool,
    pub status: Status,
    pub confirm_url: &'r str,
    pub code: String,
    pub reason: String,
    pub request_id: &'r str,
    pub page: String,
    /// The link of another job's page that a duplicate stands on.
    pub page_before: &'r str,
    pub attempts: String,
    /// RFC 3339.
    pub time: String,
    /// What its contract was started as.
    pub started: Option<&'r StartedFlow>,
    /// Who has signed it, and who has not.
    pub signing: SigningCells,
    /// What keeps its contract from being sent.
    pub problems: Arc<[Problem]>,
}

impl Line<'_> {
    /// Something is to be corrected. What is in doubt is not: it may be on a page
    /// already, and a corrected copy of it would be a second contract.
    pub fn failed(&self) -> bool {
        matches!(self.status, Status::Rejected | Status::Invalid)
    }

    /// The values of the columns that a job has which starts contracts.
    pub fn own_started(&self) -> [&str; STARTED.len()] {
        let started = self.started;
        [
            started.map_or("", |started| &started.flow_id),
            started.and_then(|started| started.flow_status.as_deref()).unwrap_or_default(),
            started.and_then(|started| started.sign_url.as_deref()).unwrap_or_default(),
            &self.signing.reason,
            &self.signing.signed,
            &self.signing.not_signed,
            &self.signing.since,
            &self.signing.links_made,
        ]
    }

    /// All that a table has of it, in the order of [`Columns::all_headers`].
    pub fn all_cells<'l>(&'l self, columns: &'l Columns, number: &'l str) -> Vec<&'l str> {
        let sheet =
            columns.sheet(self.sheet).filter(|_| columns.several_sheets()).map(|sheet| sheet.shown_name());
        let started = self.own_started().into_iter().filter(|_| columns.starts);
        columns
            .spread(self.sheet, &self.cells)
            .into_iter()
            .chain(sheet)
            .chain(self.own(number))
            .chain(started)
            .collect()
    }

    /// The values of our columns, but for the sheet.
    pub fn own<'l>(&'l self, number: &'l str) -> [&'l str; OWN.len()] {
        [
            number,
            self.status.name(),
            self.confirm_url,
            &self.code,
            &self.reason,
            self.request_id,
            &self.page,
            &self.attempts,
            &self.time,
        ]
    }
}

/// What the row before was told: the rows of a contract mostly stand together, and so do the
/// contracts of a request.
#[derive(Default)]
pub(super) struct RowBefore {
    flow: Option<FlowNo>,
    /// What keeps that contract from being sent.
    problems: Arc<[Problem]>,
    ended_us: i64,
    time: String,
}

impl<'a> Model<'a> {
    pub fn read(source: &ReportInput<'a>, options: &ReportOptions<'a>) -> Result<Self, ReportError> {
        let (tally, instead, results, pages) = match source.ledger {
            Some((journal, job)) => {
                let mut results = journal.results(job)?;
                let elsewhere = std::mem::take(&mut results.elsewhere);
                let (tally, instead) = journal.whole_tally(job, source.file)?;
                (tally, instead, results, Pages::read(journal, job, elsewhere)?)
            }
            None => {
                let (pending, invalid, skipped) = source.file.counts()?;
                let tally = Tally { pending, invalid, skipped, ..Tally::default() };
                (tally, Instead::new(), Results::default(), Pages::default())
            }
        };
        Ok(Self {
            file: source.file,
            ledger: source.ledger,
            // Its duplicates may have been started by another job.
            columns: Columns::read(source.file, options.starts || results.flow_ids().next().is_some())?,
            starts: options.starts,
            follows: source.ledger.is_some() && !source.file.followed_mark()?.is_empty(),
            pages,
            tally,
            lang: options.lang,
            notes: options.notes,
            marks: marks(options),
            results,
            instead,
            zone: options.zone.clone(),
        })
    }

    /// Whether there is such a row.
    pub fn any(&self, is_one: impl Fn(&Line<'_>) -> bool) -> Result<bool, ReportError> {
        let mut found = false;
        self.each_row(|line| {
            found |= is_one(line);
            Ok(())
        })?;
        Ok(found)
    }

    /// Whether every page that another job's report shows stands in this one, too, and what it started.
    /// One whose links were erased from the journal may be the last to have them; and what a later job
    /// has written, with what is to be corrected by now, gives way to no earlier one.
    pub fn covers(&self, other: &JobId) -> bool {
        let Some((journal, job)) = self.ledger else { return false };
        let covered = || -> Result<bool, JournalError> {
            let (own, theirs) = (journal.job(job)?, journal.job(other)?);
            let (Some(own), Some(theirs)) = (own, theirs) else { return Ok(false) };
            // What was refused elsewhere is not this one's to forget.
            if own.realm != theirs.realm || own.created_us < theirs.created_us {
                return Ok(false);
            }
            // Ids, and who has signed, stand in reports of actions that start contracts alone.
            if own.action != theirs.action && journal.results(other)?.flow_ids().next().is_some() {
                return Ok(false);
            }
            let own: HashSet<&str> = self.results.flow_ids().collect();
            if !journal.results(other)?.flow_ids().all(|id| own.contains(id)) {
                return Ok(false);
            }
            let pages = Pages::read(journal, other, journal.elsewhere(other)?)?;
            let own: HashSet<&str> = self.pages.urls().collect();
            let erased = journal.count_pages(other)? > pages.count();
            Ok(!erased && pages.urls().all(|url| own.contains(url)))
        };
        covered().unwrap_or(false)
    }

    /// The number of a job that starts contracts.
    pub fn starting(&self) -> Option<&str> {
        self.ledger.filter(|_| self.starts).map(|(_, job)| job.0.as_str())
    }

    /// Contracts in doubt that a person has to look for.
    pub fn doubts(&self) -> Result<Vec<Doubt>, ReportError> {
        match self.ledger.filter(|_| self.starts && self.tally.in_doubt > 0) {
            Some((journal, job)) => Ok(doubts(journal, job, self.file)?),
            None => Ok(Vec::new()),
        }
    }

    /// When a contract in doubt may have been started, as a person reads it.
    pub fn between(&self, doubt: &Doubt) -> String {
        let Some(window) = doubt.window else { return String::new() };
        let at = |seconds: i64| self.plain_time(seconds.saturating_mul(1_000_000));
        format!("{} - {}", at(window.from), at(window.to))
    }

    /// Every row in the order of the input.
    pub fn each_row(
        &self,
        mut visit: impl FnMut(&Line<'_>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        self.each_line(|line| visit(&line))
    }

    /// The same for whoever keeps the lines.
    pub fn each_line<'r>(
        &'r self,
        mut visit: impl FnMut(Line<'r>) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let mut before = RowBefore::default();
        self.pages.forget_ends();
        self.file.each_labelled_row(
            |flow| self.pages.is_end(flow),
            |mut row| {
                if let Some((flow, label)) = row.flow.zip(row.label.take()) {
                    self.pages.note_end(flow, label, (row.sheet, row.number));
                }
                visit(self.line(row, &mut before)?)
            },
        )?;
        self.pages.know_ends();
        Ok(())
    }

    pub(super) fn line<'r>(&'r self, row: InputRow, before: &mut RowBefore) -> Result<Line<'r>, ReportError> {
        let sheet = self.columns.sheet_index(row.sheet);
        let result = row.flow.and_then(|flow| self.results.of(flow));
        let status = match (row.status, &result, row.flow) {
            (Some(status), ..) => status,
            (None, Some(result), _) => result.status,
            (None, None, Some(_)) => Status::Pending,
            // A row that belongs to no contract can never be sent.
            (None, None, None) => Status::Invalid,
        };
        let mut line = Line {
            sheet,
            number: row.number,
            hidden: row.hidden,
            cells: row.cells,
            flow: row.flow,
            begins: row.flow.is_none_or(|flow| flow.0 == row.ord),
            status,
            confirm_url: "",
            code: String::new(),
            reason: String::new(),
            request_id: "",
            page: String::new(),
            page_before: "",
            attempts: String::new(),
            time: String::new(),
            started: None,
            signing: SigningCells::default(),
            problems: Arc::default(),
        };
        if let Some((_, by)) = row.flow.and_then(|flow| self.instead.get(&flow)) {
            line.status = Status::Duplicate;
            line.reason = words::sent_instead(self.lang, by);
            return Ok(line);
        }
        match (status, result) {
            (Status::Invalid, None) => {
                if let Some(flow) = row.flow {
                    line.problems = self.stopping_problems(flow, before)?;
                }
                line.code = codes_of(&line.problems);
                line.reason = self.reason_of(&line);
            }
            (Status::Skipped, _) => line.reason = words::skipped_reason(self.lang).to_owned(),
            (_, Some(result)) => {
                self.tell_result(&mut line, result, before);
                if let Some(flow) = row.flow.filter(|_| self.follows) {
                    line.signing = SigningCells::read(self, flow)?;
                }
            }
            (_, None) if self.ledger.is_some() => line.attempts = "0".to_owned(),
            (_, None) => {}
        }
        Ok(line)
    }

    fn stopping_problems(&self, flow: FlowNo, before: &mut RowBefore) -> Result<Arc<[Problem]>, ReportError> {
        if before.flow != Some(flow) {
            before.problems = self.file.problems_of(flow)?.into_iter().filter(Problem::stops).collect();
            before.flow = Some(flow);
        }
        Ok(Arc::clone(&before.problems))
    }

    fn tell_result<'r>(&'r self, line: &mut Line<'r>, result: FlowResult<'r>, before: &mut RowBefore) {
        let code = result.code.unwrap_or_default();
        match line.status {
            Status::Duplicate => {
                line.page_before = result.message.unwrap_or_default();
                let own = self.ledger.is_some_and(|(_, job)| result.code == Some(job.0.as_str()));
                line.reason = match (result.changed, result.code) {
                    (true, Some(job)) => words::changed_reason(self.lang, job, result.message),
                    _ => words::duplicate_reason(self.lang, result.code, own, result.message),
                };
            }
            Status::Accepted => {
                line.confirm_url = result.url.unwrap_or_default();
                line.page =
                    result.accepted_by.and_then(|attempt| self.pages.name_of(attempt)).unwrap_or_default();
            }
            _ if !code.is_empty() => {
                let rejected = line.status == Status::Rejected;
                line.code = code.to_owned();
                line.reason = match (rejected, result.message) {
                    (true, message) => words::rejected_reason(self.lang, code, message),
                    (false, _) => words::code_reason(self.lang, code, None),
                };
            }
            _ => {}
        }
        if line.status == Status::InDoubt && self.starts {
            line.reason = words::doubt_reason(self.lang, code);
        }
        line.started = result.started;
        line.request_id = result.request_id.unwrap_or_default();
        line.attempts = result.attempts.to_string();
        if let Some(at) = result.ended_us {
            if before.time.is_empty() || before.ended_us != at {
                (before.ended_us, before.time) = (at, self.time(at));
            }
            line.time.clone_from(&before.time);
        }
    }

    /// All problems of a contract as one of its rows tells them.
    fn reason_of(&self, line: &Line<'_>) -> String {
        let reasons: Vec<String> = line
            .problems
            .iter()
            .map(|problem| words::problem_reason(self.lang, problem, self.distance(problem, line)))
            .collect();
        reasons.join("; ")
    }

    /// How far the problem stands from that row.
    pub fn distance(&self, problem: &Problem, line: &Line<'_>) -> Distance {
        let place = &problem.place;
        let same_sheet = self.columns.sheet(line.sheet).is_none_or(|sheet| {
            sheet.name.as_deref() == place.sheet.as_deref() && *sheet.file == *place.file
        });
        match (same_sheet || !self.columns.several_sheets(), place.row == Some(line.number)) {
            (true, true) => Distance::Here,
            (true, false) => Distance::OtherRow,
            (false, _) => Distance::OtherSheet,
        }
    }

    /// As a person reads it.
    pub fn plain_time(&self, at_us: i64) -> String {
        crate::text::book::plain_time(&self.time(at_us))
    }

    /// RFC 3339 in the zone of the report.
    pub fn time(&self, at_us: i64) -> String {
        let Ok(at) = Timestamp::from_microsecond(at_us) else { return String::new() };
        at.to_zoned_datetime(self.zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

/// What was said of the input counts for what is corrected, too.
fn marks(options: &ReportOptions<'_>) -> Vec<(String, String)> {
    let columns = options.renamed.iter().enumerate();
    let mut marks: Vec<(String, String)> =
        columns.map(|(number, (header, name))| column_mark(number, header, name)).collect();
    if options.all_sheets {
        marks.push((ALL_SHEETS.to_owned(), "yes".to_owned()));
    }
    marks.extend(options.marks.iter().cloned());
    marks
}

/// The stable codes of some problems, each once.
fn codes_of(problems: &[Problem]) -> String {
    let mut seen = BTreeSet::new();
    let codes: Vec<&str> =
        problems.iter().map(|problem| problem.rule.code()).filter(|code| seen.insert(*code)).collect();
    codes.join("; ")
}
