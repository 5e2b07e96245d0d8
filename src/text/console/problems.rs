//! Problems as the terminal lists them.

use std::collections::HashMap;

use crate::domain::problem::{Problem, Rule, Severity};
use crate::text::{Lang, Words, problems, say};

/// Problems that say the same of the same column are one line with a count.
pub struct ProblemGroup {
    /// The row of the first, with the bad cell under a marker.
    pub row: Vec<String>,
    pub severity: Severity,
    pub code: &'static str,
    /// The first of them.
    pub first: String,
    pub value: Option<String>,
    pub words: Words,
    /// The value can be no personal data.
    pub concerns_nobody: bool,
    /// Rows of the others, the first few.
    pub more_rows: Vec<u32>,
    pub count: usize,
}

const MOST_ROWS: usize = 5;

/// `found`: problems, each with the cells of its row (none where there is no row).
pub fn group_problems(lang: Lang, found: &[(Problem, Vec<String>)]) -> Vec<ProblemGroup> {
    let mut groups: Vec<ProblemGroup> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for (problem, cells) in found {
        let words = problems::explain(lang, problem);
        let correction = problem.rule.severity() == Severity::Correction;
        let column = problem.place.column.as_ref().map(|column| column.header.as_ref()).unwrap_or_default();
        // Corrections differ in what they make of a value; the kind is what counts.
        let said = match &problem.rule {
            Rule::Corrected { what, .. } => problems::correction(lang, *what).to_owned(),
            _ => words.line(lang),
        };
        let sheet = problem.place.sheet.as_deref().unwrap_or_default();
        let key = format!("{}\0{sheet}\0{column}\0{said}", problem.rule.code());
        match known.get(&key).and_then(|at| groups.get_mut(*at)) {
            Some(group) => {
                group.count += 1;
                if group.more_rows.len() < MOST_ROWS
                    && let Some(row) = problem.place.row
                {
                    group.more_rows.push(row);
                }
            }
            None => {
                let words = if correction { Words::new(said, "") } else { words };
                let group = ProblemGroup {
                    row: if correction { Vec::new() } else { marked_row(problem, cells) },
                    severity: problem.rule.severity(),
                    code: problem.rule.code(),
                    first: problems::place(lang, problem),
                    value: problem.value.clone().filter(|value| !value.is_empty()),
                    words,
                    concerns_nobody: problem.rule.concerns_nobody(),
                    more_rows: Vec::new(),
                    count: 1,
                };
                known.insert(key, groups.len());
                groups.push(group);
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.severity));
    groups
}

/// Cells on either side of the bad one.
const NEIGHBOURS: usize = 2;
const CELL_WIDTH: usize = 24;
const LINE_WIDTH: usize = 78;

/// Two lines: the cell among its neighbours, and a marker under it. As many
/// neighbours as fit in a line of a terminal.
fn marked_row(problem: &Problem, cells: &[String]) -> Vec<String> {
    use unicode_width::UnicodeWidthStr as _;
    let fits = |lines: &Vec<String>| lines.iter().all(|line| line.width() <= LINE_WIDTH);
    let rows = (0..=NEIGHBOURS).rev().map(|neighbours| marked_among(problem, cells, neighbours));
    let mut last = Vec::new();
    for row in rows {
        if fits(&row) {
            return row;
        }
        last = row;
    }
    last
}

fn marked_among(problem: &Problem, cells: &[String], neighbours: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr as _;
    let Some(column) = problem.place.column.as_ref().map(|column| column.index) else { return Vec::new() };
    if cells.is_empty() {
        return Vec::new();
    }
    let first = column.saturating_sub(neighbours);
    let last = (column + neighbours).min(cells.len().max(column + 1) - 1);
    let mut line = String::from(if first > 0 { "    … │" } else { "    │" });
    let (mut from, mut width) = (0, 1);
    for index in first..=last {
        let text = short(cells.get(index).map(String::as_str).unwrap_or_default(), CELL_WIDTH);
        line.push(' ');
        if index == column {
            from = line.width();
            width = text.width().max(1);
            line.push_str(if text.is_empty() { " " } else { &text });
        } else {
            line.push_str(&text);
        }
        line.push_str(" │");
    }
    if last + 1 < cells.len() {
        line.push_str(" …");
    }
    vec![line, format!("{}{}", " ".repeat(from), "^".repeat(width))]
}

/// The beginning of a text, in one line.
fn short(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().count() > most {
        short.push('…');
    }
    short
}

impl ProblemGroup {
    /// The lines that a terminal shows. `values`: also what stands in the cells, which may
    /// be personal data.
    pub fn lines(&self, lang: Lang, values: bool) -> Vec<String> {
        let value = self
            .value
            .as_deref()
            .filter(|_| if values { self.row.is_empty() } else { self.concerns_nobody })
            .map(|value| say!(lang, "：“{short}”", ": \"{short}\"", short = short(value, 40)));
        let mut lines = vec![format!("  {}{}", self.first, value.unwrap_or_default())];
        lines.extend(self.row.iter().filter(|_| values).cloned());
        lines.push(format!("    {}", self.words.line(lang)));
        if self.count > 1 {
            let rows: Vec<String> = self.more_rows.iter().map(u32::to_string).collect();
            let dots = if self.count - 1 > self.more_rows.len() { "…" } else { "" };
            lines.push(say!(
                lang,
                "    同样的问题共 {count} 处，还有第 {rows}{dots} 行",
                "    the same in {count} places, also rows {rows}{dots}",
                count = self.count,
                rows = rows.join(lang.pick("、", ", "))
            ));
        }
        lines
    }
}

/// Beyond those that are listed.
pub fn more_kinds(lang: Lang, rest: usize) -> String {
    say!(lang, "还有 {rest} 类问题，见检查表", "{rest} more kinds of problems: see the check workbook")
}
