//! The page itself, from its head to its last row.

use std::collections::HashMap;
use std::io::{Result, Write};

use serde::Serialize;

use crate::domain::job::{FlowNo, JobId, Status, Tally};
use crate::domain::link::is_link;
use crate::domain::workbook_marks;
use crate::text::html_report::{
    PageWords, ScriptWords, code_of, columns, contracts, job_line, not_all_failed, not_all_pages,
    not_all_rows, page_words, prepared_at, script_words, shared_page, without_value,
};
use crate::text::report::{
    PagesLeft, doubt_names, how_to_settle, more_doubts, next_action, rehearsal, status_meaning,
};

use super::codes::Codes;
use super::links::{self, LinkCard};
use super::markup::{cut, hash, json, text};
use super::{Card, MOST_LETTERS, Model, Row, Share, needs_somebody, prepared};

const STYLE: &str = include_str!("page.css");
/// Before anything is shown: with scripts the pages come one at a time.
const EARLY: &str = "document.documentElement.className='js'";
const SCRIPT: &str = include_str!("page.js");

/// Of what failed; the others stand among the rows that can be searched.
const MOST_FAILED: usize = 500;
/// The width of the bar, in its own units.
const BAR: u64 = 1_000;
/// Nothing that is there may be too narrow to be seen.
const LEAST_BAR: u64 = 8;

pub struct Document<'d> {
    pub model: &'d Model<'d>,
    pub stem: &'d str,
    pub is_rehearsal: bool,
    pub is_masked: bool,
    /// It has one value of a column only.
    pub part: Option<&'d Share>,
    pub tally: Tally,
    pub left: PagesLeft,
    /// Names of the workbooks beside it.
    pub report: Option<String>,
    pub fix: Option<String>,
    pub cards: Vec<Card>,
    pub codes: Codes,
    pub all_cards: usize,
    /// When contracts in doubt may have been started.
    pub between: HashMap<FlowNo, String>,
    pub links: Vec<LinkCard>,
    pub all_links: usize,
    /// What is to be done about contracts that were started.
    pub next_of_signing: Option<String>,
    pub(super) rows: Vec<Row>,
    pub all_rows: usize,
}

/// What the script works with.
#[derive(Serialize)]
struct Data<'d> {
    words: ScriptWords,
    statuses: Vec<(&'static str, &'static str)>,
    rows: Vec<(String, usize, &'d str, &'d str, &'d str, String, &'d str)>,
}

impl Document<'_> {
    pub fn write(&self, out: &mut impl Write) -> Result<()> {
        let words = page_words(self.model.lang);
        self.head(out, &words)?;
        self.summary(out, &words)?;
        self.pages(out, &words)?;
        self.doubts(out)?;
        links::write(out, self.model.lang, &self.links, self.all_links)?;
        self.failed(out, &words)?;
        self.rows(out, &words)?;
        writeln!(out, "</main>\n<script type=\"application/json\" id=\"data\">{}</script>", self.data())?;
        writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
    }

    fn title(&self) -> String {
        match self.part.map(|part| part.value.as_str()) {
            None => self.stem.to_owned(),
            Some("") => format!("{} · {}", self.stem, without_value(self.model.lang)),
            Some(value) => format!("{} · {value}", self.stem),
        }
    }

    fn head(&self, out: &mut impl Write, words: &PageWords) -> Result<()> {
        writeln!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">",
            words.language
        )?;
        writeln!(out, "<meta name=\"{}\" content=\"report\">", workbook_marks::KIND)?;
        if self.is_rehearsal {
            writeln!(out, "<meta name=\"{}\" content=\"yes\">", workbook_marks::SANDBOX)?;
        }
        writeln!(
            out,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; \
             script-src {} {}; base-uri 'none'; form-action 'none'\">",
            hash(STYLE),
            hash(EARLY),
            hash(SCRIPT)
        )?;
        let title = format!("{} · {}", self.title(), words.report);
        writeln!(
            out,
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
             <meta name=\"format-detection\" content=\"telephone=no\">\n\
             <title>{}</title>\n<style>{STYLE}</style>\n<script>{EARLY}</script>\n</head>\n<body>\n<main>",
            text(&title)
        )
    }

    fn summary(&self, out: &mut impl Write, words: &PageWords) -> Result<()> {
        let (model, lang) = (self.model, self.model.lang);
        writeln!(out, "<h1>{}</h1>", text(&self.title()))?;
        let job = model.ledger.map(|(_, JobId(job))| job_line(lang, job));
        let facts: Vec<String> = job.into_iter().chain([contracts(lang, self.tally.total())]).collect();
        writeln!(out, "<p class=\"quiet\">{}</p>", text(&facts.join(" · ")))?;
        if self.is_rehearsal {
            writeln!(out, "<p class=\"rehearsal\">{}</p>", text(rehearsal(lang)))?;
        }
        let action = next_action(
            lang,
            &self.tally,
            self.left,
            model.starting(),
            self.fix.as_deref(),
            self.next_of_signing.clone(),
        );
        writeln!(
            out,
            "<section class=\"action\" aria-labelledby=\"h-action\"><h2 id=\"h-action\">{}</h2><p id=\"action\">{}</p></section>",
            words.next_action,
            text(&action)
        )?;
        self.bar(out, words)
    }

    /// How many contracts stand where: a bar, and the same in words.
    fn bar(&self, out: &mut impl Write, words: &PageWords) -> Result<()> {
        let lang = self.model.lang;
        let counts: Vec<(Status, u64)> = Status::ALL
            .into_iter()
            .map(|status| (status, self.tally.of(status)))
            .filter(|(_, count)| *count > 0)
            .collect();
        writeln!(out, "<section aria-labelledby=\"h-results\"><h2 id=\"h-results\">{}</h2>", words.results)?;
        let widths: Vec<u64> = widths(&counts);
        let whole: u64 = widths.iter().sum::<u64>().max(1);
        write!(
            out,
            "<svg class=\"bar\" aria-hidden=\"true\" viewBox=\"0 0 {whole} 20\" preserveAspectRatio=\"none\">"
        )?;
        let mut x = 0;
        for ((status, _), width) in counts.iter().zip(widths) {
            write!(out, "<rect class=\"{}\" x=\"{x}\" width=\"{width}\" height=\"20\"/>", status.name())?;
            x += width;
        }
        writeln!(out, "</svg>\n<ul class=\"legend\">")?;
        for (status, count) in counts {
            let (name, meaning) = status_meaning(lang, status, self.model.starts);
            writeln!(
                out,
                "<li><span class=\"tag {}\">{name}</span> <b>{count}</b> <span class=\"quiet\">{}</span></li>",
                status.name(),
                text(meaning)
            )?;
        }
        writeln!(out, "</ul></section>")
    }

    fn pages(&self, out: &mut impl Write, words: &PageWords) -> Result<()> {
        if self.cards.is_empty() {
            return Ok(());
        }
        writeln!(
            out,
            "<section id=\"pages\" aria-labelledby=\"h-pages\"><h2 id=\"h-pages\">{}</h2>",
            words.pages
        )?;
        if self.all_cards > self.cards.len() {
            let note =
                not_all_pages(self.model.lang, self.cards.len(), self.all_cards, self.report.as_deref());
            writeln!(out, "<p class=\"note\">{}</p>", text(&note))?;
        }
        writeln!(
            out,
            "<div class=\"controls\"><button type=\"button\" id=\"previous\">{}</button>\
             <select id=\"jump\" aria-label=\"{}\">",
            words.previous, words.choose_page
        )?;
        for card in &self.cards {
            let done = if card.confirmed { format!(" · {}", words.confirmed) } else { String::new() };
            writeln!(out, "<option>{}{done}</option>", text(&card.label))?;
        }
        writeln!(
            out,
            "</select><button type=\"button\" id=\"next\">{}</button>\
             <span id=\"at\" role=\"status\"></span></div>\n<ol class=\"cards\">",
            words.next
        )?;
        for card in &self.cards {
            self.card(out, words, card)?;
        }
        writeln!(out, "</ol><p class=\"quiet keys\">{}</p></section>", words.keys)
    }

    fn card(&self, out: &mut impl Write, words: &PageWords, card: &Card) -> Result<()> {
        let lang = self.model.lang;
        let short = card.short_name();
        let done = if card.confirmed { " done" } else { "" };
        // Rows name pages of their own job only.
        let own = if card.own { format!(" data-page=\"{}\"", text(short)) } else { String::new() };
        writeln!(out, "<li class=\"card{done}\"{own} tabindex=\"-1\">")?;
        write!(out, "<h3>{}", text(&card.label))?;
        if card.confirmed {
            write!(out, " <span class=\"tag accepted\">{}</span>", words.confirmed)?;
        }
        writeln!(out, "</h3>")?;
        let time = prepared(self.model, card);
        if !time.is_empty() {
            writeln!(out, "<p class=\"quiet\">{}</p>", text(&prepared_at(lang, &time)))?;
        }
        if let Some(own) = self.part.map(|part| part.on(card)).filter(|own| *own < card.contracts) {
            writeln!(out, "<p class=\"note\">{}</p>", text(&shared_page(lang, own, card.contracts)))?;
        }
        let url = text(&card.url);
        if is_link(&card.url) {
            match self.codes.svg(&card.url, &code_of(lang, short)) {
                Some(code) => writeln!(out, "{code}")?,
                None => writeln!(out, "<p class=\"note\">{}</p>", words.no_code)?,
            }
            writeln!(
                out,
                "<p><a class=\"open\" href=\"{url}\" target=\"_blank\" rel=\"noopener noreferrer\">{}</a> \
                 <span class=\"quiet scan\">{}</span></p>",
                words.open, words.scan
            )?;
        }
        writeln!(out, "<p class=\"url\">{url}</p>")?;
        if !card.confirmed && !self.is_rehearsal {
            let command = format!("flowbatch confirm {}", card.name);
            writeln!(out, "<p class=\"quiet then\">{} <code>{}</code></p>", words.then, text(&command))?;
        }
        writeln!(out, "</li>")
    }

    /// Contracts of which nobody knows whether they were started: what to look for.
    fn doubts(&self, out: &mut impl Write) -> Result<()> {
        let (lang, rows) = (self.model.lang, &self.rows);
        let doubts: Vec<&Row> = rows.iter().filter(|row| self.is_doubt(row)).collect();
        let Some(job) = self.model.starting().filter(|_| !doubts.is_empty()) else { return Ok(()) };
        let names = doubt_names(lang);
        writeln!(
            out,
            "<section aria-labelledby=\"h-doubts\"><h2 id=\"h-doubts\">{}</h2><p class=\"note\">{}</p>",
            names.title,
            text(&how_to_settle(lang, job))
        )?;
        if doubts.len() > MOST_FAILED {
            writeln!(out, "<p class=\"note\">{}</p>", text(&more_doubts(lang, doubts.len() - MOST_FAILED)))?;
        }
        let [place, _, id, name, signers, reason, _] = columns(lang);
        let headings = [place, id, name, signers, names.between, reason];
        writeln!(out, "<table><thead><tr>{}</tr></thead><tbody>", headings_of(&headings))?;
        for row in doubts.into_iter().take(MOST_FAILED) {
            let between = row.flow.and_then(|flow| self.between.get(&flow)).map_or("", String::as_str);
            let reason = cut(&row.reason, MOST_LETTERS);
            let place = self.place(row);
            write!(out, "<tr>")?;
            let cells = [&*place, &row.id, &row.name, &row.signers, between, &*reason];
            for (cell, heading) in cells.into_iter().map(text).zip(&headings) {
                write!(out, "<td data-of=\"{heading}\">{cell}</td>")?;
            }
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</tbody></table></section>")
    }

    fn is_doubt(&self, row: &Row) -> bool {
        self.model.starts && row.status == Status::InDoubt
    }

    fn failed(&self, out: &mut impl Write, words: &PageWords) -> Result<()> {
        let failed: Vec<&Row> =
            self.rows.iter().filter(|row| needs_somebody(row.status) && !self.is_doubt(row)).collect();
        if failed.is_empty() {
            return Ok(());
        }
        writeln!(out, "<section aria-labelledby=\"h-failed\"><h2 id=\"h-failed\">{}</h2>", words.failed)?;
        if failed.len() > MOST_FAILED {
            let note = not_all_failed(self.model.lang, MOST_FAILED, failed.len());
            writeln!(out, "<p class=\"note\">{}</p>", text(&note))?;
        }
        let [row, status, id, name, signers, reason, _] = columns(self.model.lang);
        let headings = [row, status, reason, id, name, signers];
        writeln!(out, "<table><thead><tr>{}</tr></thead><tbody>", headings_of(&headings))?;
        for row in failed.into_iter().take(MOST_FAILED) {
            let (label, _) = status_meaning(self.model.lang, row.status, self.model.starts);
            let place = self.place(row);
            writeln!(
                out,
                "<tr><td data-of=\"{}\">{}</td><td data-of=\"{}\"><span class=\"tag {}\">{label}</span></td>",
                headings[0],
                text(&place),
                headings[1],
                row.status.name()
            )?;
            let cells = [&*cut(&row.reason, MOST_LETTERS), &row.id, &row.name, &row.signers].map(text);
            for (cell, heading) in cells.iter().zip(headings.iter().skip(2)) {
                write!(out, "<td data-of=\"{heading}\">{cell}</td>")?;
            }
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</tbody></table></section>")
    }

    fn rows(&self, out: &mut impl Write, words: &PageWords) -> Result<()> {
        let lang = self.model.lang;
        writeln!(
            out,
            "<section id=\"rows\" aria-labelledby=\"h-rows\"><h2 id=\"h-rows\">{}</h2>\n\
             <noscript><p class=\"note\">{}</p></noscript>",
            words.all_rows, words.no_script
        )?;
        if self.all_rows > self.rows.len() {
            let note = not_all_rows(lang, self.rows.len(), self.all_rows, self.report.as_deref());
            writeln!(out, "<p class=\"note\">{}</p>", text(&note))?;
        }
        writeln!(
            out,
            "<div class=\"controls\"><input type=\"search\" id=\"search\" autocomplete=\"off\" \
             placeholder=\"{0}\" aria-label=\"{0}\">\
             <label>{1} <select id=\"filter\"><option value=\"\">{2}</option></select></label></div>\n\
             <p id=\"found\" class=\"quiet\" role=\"status\"></p>",
            words.search, words.show_status, words.every_status
        )?;
        writeln!(
            out,
            "<table class=\"dynamic\"><thead><tr>{}</tr></thead><tbody id=\"list\"></tbody></table>\n\
             <button type=\"button\" id=\"more\" hidden>{}</button>",
            headings_of(&columns(lang)),
            words.more
        )?;
        if self.is_masked {
            writeln!(out, "<p class=\"quiet\">{}</p>", words.masked)?;
        }
        writeln!(out, "</section>")
    }

    /// Its number, and its sheet where there are several.
    fn place(&self, row: &Row) -> String {
        let columns = &self.model.columns;
        match columns.sheet(row.sheet).filter(|_| columns.several_sheets()) {
            Some(sheet) => format!("{} {}", sheet.shown_name(), row.number),
            None => row.number.to_string(),
        }
    }

    fn data(&self) -> String {
        let status_at =
            |status: Status| Status::ALL.iter().position(|one| *one == status).unwrap_or_default();
        let rows = self.rows.iter().map(|row| {
            let reason = cut(&row.reason, MOST_LETTERS).into_owned();
            let status = status_at(row.status);
            (self.place(row), status, &*row.id, &*row.name, &*row.signers, reason, &*row.page)
        });
        let statuses = Status::ALL
            .map(|status| (status.name(), status_meaning(self.model.lang, status, self.model.starts).0));
        json(&Data { words: script_words(self.model.lang), statuses: statuses.into(), rows: rows.collect() })
    }
}

fn headings_of(headings: &[&str]) -> String {
    headings.iter().map(|heading| format!("<th scope=\"col\">{heading}</th>")).collect()
}

/// Of the parts of the bar: as the counts are, and none too narrow to be seen.
fn widths(counts: &[(Status, u64)]) -> Vec<u64> {
    let total = counts.iter().map(|(_, count)| count).sum::<u64>().max(1);
    let share = |count: u64| u64::try_from(u128::from(count) * u128::from(BAR) / u128::from(total));
    counts.iter().map(|(_, count)| share(*count).unwrap_or(BAR).max(LEAST_BAR)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_bar_is_seen() {
        let counts = [(Status::Accepted, 999_999), (Status::Rejected, 1)];
        assert_eq!(widths(&counts), [999, LEAST_BAR]);
        assert_eq!(widths(&[(Status::Accepted, 0)]), [LEAST_BAR]);
    }
}
